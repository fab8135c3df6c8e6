"""What one form of a family costs: its plan, what is known for drawing it, and the programs for marking wrong sheets.

`python -m benchmarks forms [--students 300] [--families ID ...] [--json]`. A problem is read afresh, and every
form that so many students meet is planned, then drawn and marked for two students: what the first costs more than the
second is paid once per form.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import grader
from benchmarks.answers import wrong_sheet

ROOT = Path(grader.__file__).parents[1]
Made = TypeVar("Made")
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


class Programs:
    """Counts the programs that are compiled, wherever the tree at hand keeps its compiler."""

    HOMES = ("grader.suspects.program", "grader.problem.program")

    def __init__(self) -> None:
        self.count = 0
        compiler = next(filter(None, map(_compiler, self.HOMES)))
        trial = compiler.trial

        def counted(*given: object, **named: object) -> object:
            self.count += 1
            return trial(*given, **named)

        compiler.trial = counted  # type: ignore[attr-defined]


def _compiler(home: str) -> type | None:
    try:
        return getattr(import_module(home), "Program", None)
    except ModuleNotFoundError:
        return None


def costs_of(family: str, students: int, programs: Programs) -> FormCosts:
    """Every form of a family that the students meet, in the order in which they meet it."""
    forms = list(forms_met(family, students))
    before = programs.count
    problem, load = timed(lambda: fresh(family))
    costs = FormCosts(family, load, len(forms))
    planned = plan_of()
    for form in forms:
        costs.plan += timed(lambda form=form: planned(problem.spec, form))[1]
        (one, first), (other, second) = (
            timed(lambda seed=seed, form=form: problem.variant(seed, form)) for seed in (1, 2)
        )
        costs.draw += max(0.0, first - second)
        marked = [(variant, wrong_sheet(variant)) for variant in (one, other)]
        first, second = (timed(lambda pair=pair: pair[0].mark(pair[1]))[1] for pair in marked)
        costs.mark += max(0.0, first - second)
    costs.programs = programs.count - before
    return costs


def forms_met(family: str, students: int) -> Iterator[dict[str, str]]:
    """The forms of so many students, by a problem of its own, so that nothing of it is known afterwards."""
    variants = fresh(family).variants(range(1, students + 1))
    met = {tuple(sorted(group.plan.form.items())) for group in variants.groups}
    yield from map(dict, sorted(met))


def fresh(family: str) -> grader.Problem:
    """The problem as it is read from its file, with nothing known of its forms."""
    return grader.bank(ROOT / "problems")[family]


def plan_of() -> Callable[..., object]:
    """The planner of the tree at hand."""
    for home in ("grader.plan.planner", "grader.problem.plan"):
        try:
            return import_module(home).plan_of
        except (ModuleNotFoundError, AttributeError):
            continue
    raise LookupError("plan_of")


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    """What the work makes, and the seconds it took."""
    start = perf_counter()
    made = work()
    return made, perf_counter() - start


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
    programs, rows = Programs(), []
    if not options.json:
        print(joined(HEADS))
    for family in options.families:
        rows.append(costs_of(family, options.students, programs))
        if not options.json:
            print(line_of(rows[-1]), flush=True)
    if options.json:
        json.dump({"students": options.students, "rows": [asdict(row) for row in rows]}, sys.stdout, indent=2)
    else:
        print(line_of(total_of(rows)))
    return 0
