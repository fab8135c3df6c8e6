"""What one form of a family costs: its plan, what is known for drawing it, and the programs for marking wrong sheets.

`python -m benchmarks forms [--students 300] [--families ID ...] [--json]`. A problem is read afresh, and every
form that so many students meet is planned, then drawn and marked for two students: what the first costs more than the
second is paid once per form. Times are those of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import ParamSpec, TypeVar

import grader
from benchmarks.answers import wrong_sheet

ROOT = Path(grader.__file__).parents[1]
P, Made = ParamSpec("P"), TypeVar("Made")
WIDTHS = (32, 7, 9, 10, 10, 10, 10, 10, 10)
HEADS = ("family", "forms", "load ms", "plan ms", "draw ms", "mark ms", "a form ms", "programs", "total s")


@dataclass(slots=True)
class FormCosts:
    """The sums over the forms of a family that so many students meet, in seconds; `programs` are those compiled."""

    family: str
    load: float = 0.0
    forms: int = 0
    plan: float = 0.0
    draw: float = 0.0
    mark: float = 0.0
    programs: int = 0

    @property
    def each(self) -> float:
        """Seconds for one form."""
        return (self.plan + self.draw + self.mark) / max(1, self.forms)

    @property
    def total(self) -> float:
        """Seconds for all of them."""
        return self.load + self.plan + self.draw + self.mark


def costs_of(family: str, students: int) -> FormCosts:
    """Every form of a family that the students meet."""
    forms = forms_met(family, students)
    problem, load = timed(fresh, family)
    costs = FormCosts(family, load, len(forms))
    planned = its_home("plan_of", "grader.plan.planner", "grader.problem.plan").plan_of
    with counted_programs() as programs:
        for form in forms:
            costs.plan += timed(planned, problem.spec, form)[1]
            (one, first), (other, second) = (timed(problem.variant, seed, form) for seed in (1, 2))
            costs.draw += max(0.0, first - second)
            sheets = [(variant, wrong_sheet(variant)) for variant in (one, other)]
            first, second = (timed(variant.mark, sheet)[1] for variant, sheet in sheets)
            costs.mark += max(0.0, first - second)
    costs.programs = len(programs)
    return costs


@contextmanager
def counted_programs() -> Iterator[list[object]]:
    """The programs that are compiled meanwhile, wherever the tree at hand keeps its compiler."""
    compiler = its_home("Program", "grader.suspects.program", "grader.problem.program").Program
    programs: list[object] = []
    trial = compiler.trial

    def counted(program: object, *given: object, **named: object) -> object:
        programs.append(program)
        return trial(program, *given, **named)

    compiler.trial = counted
    try:
        yield programs
    finally:
        compiler.trial = trial


def its_home(name: str, *modules: str) -> ModuleType:
    """The first of some modules that has a name: a measurement runs on older trees too."""
    for module in modules:
        with suppress(ModuleNotFoundError):
            home = import_module(module)
            if hasattr(home, name):
                return home
    raise LookupError(name)


def forms_met(family: str, students: int) -> list[dict[str, str]]:
    """The forms of so many students, by a problem of its own, so that nothing of it is known afterwards."""
    variants = fresh(family).variants(range(1, students + 1))
    return [dict(form) for form in sorted({tuple(sorted(group.plan.form.items())) for group in variants.groups})]


def fresh(family: str) -> grader.Problem:
    """The problem as it is read from its file, with nothing known of its forms."""
    return grader.bank(ROOT / "problems")[family]


def timed(work: Callable[P, Made], *given: P.args, **named: P.kwargs) -> tuple[Made, float]:
    """What the work makes, and the seconds that the processor took for it."""
    start = process_time()
    made = work(*given, **named)
    return made, process_time() - start


def line_of(costs: FormCosts) -> str:
    """A row of the table; plan, draw and mark for one form."""
    each = [1000 * part / max(1, costs.forms) for part in (costs.plan, costs.draw, costs.mark)]
    cells = (
        costs.family, str(costs.forms), f"{1000 * costs.load:.1f}", *(f"{part:.1f}" for part in each),
        f"{1000 * costs.each:.1f}", str(costs.programs), f"{costs.total:.2f}",
    )  # fmt: skip
    return joined(cells)


def joined(cells: Sequence[str]) -> str:
    """Cells in columns, numbers to the right."""
    name, *numbers = cells
    return name.ljust(WIDTHS[0]) + "".join(cell.rjust(width) for cell, width in zip(numbers, WIDTHS[1:], strict=True))


def total_of(rows: Sequence[FormCosts]) -> FormCosts:
    """The sums over all families."""
    parts = ("load", "forms", "plan", "draw", "mark", "programs")
    return FormCosts("all", **{part: sum(getattr(row, part) for row in rows) for part in parts})


def main(argv: Sequence[str]) -> int:
    """Measure and print a line per family and the sums."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks forms", description=__doc__)
    parser.add_argument("--students", type=int, default=300, help="whose forms are counted")
    parser.add_argument("--families", nargs="+", metavar="ID", default=sorted(grader.bank()))
    parser.add_argument("--json", action="store_true", help="print one JSON object, times in seconds")
    options = parser.parse_args(argv)
    rows = []
    if not options.json:
        print(joined(HEADS))
    for family in options.families:
        rows.append(costs_of(family, options.students))
        if not options.json:
            print(line_of(rows[-1]), flush=True)
    if options.json:
        json.dump({"students": options.students, "rows": [asdict(row) for row in rows]}, sys.stdout, indent=2)
    else:
        print(line_of(total_of(rows)))
    return 0
