"""The rows of the table: what is timed, on what, and the figure to reach."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import grader
from benchmarks import peers
from benchmarks.answers import sheet_with_one_wrong
from benchmarks.texts import FORMULAS, MATRIX_FORMULAS, SHAPES, decimals, new_texts
from benchmarks.timing import Entrant, Row, batched, looped
from grader.blanks.kind import Typed, expected_value
from grader.course.assignment import assignment_of
from grader.course.bank import default_bank
from grader.course.printing import Printed, print_assignment
from grader.course.roster import Student
from grader.draws.draw import draw
from grader.marking.mark import mark_ask
from grader.plan.load import problem_from
from grader.worksheet.formats import render

ROOT = Path(grader.__file__).parents[1]
MS, US = 1e-3, 1e-6


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything: `slow` answers for a slow peer, `starts` cold starts; students in a `course`."""

    rounds: int
    answers: int
    slow: int
    batch: int
    starts: int
    sheets: int
    course: int


ARRAY_PROBLEM = """\
id: array
title: {en: a, ru: а}
topic: t
text: {en: a, ru: а}
given: {a: {ints: [1, 9]}, A: {ints: [-5, 5], shape: 3x3}}
steps: {b: a/7}
ask: {v: {is: "A*A*[a, 1, b]", decimals: 3}}
"""

# 300 and 15 answers hold every formula equally often, so that rounds are alike.
FULL = Sizes(rounds=7, answers=300, slow=15, batch=10_000, starts=21, sheets=40, course=300)
QUICK = Sizes(rounds=2, answers=20, slow=2, batch=200, starts=2, sheets=2, course=3)


def all_rows(sizes: Sizes, dataset_python: str) -> Iterator[Row]:
    """The rows in order, each made when it is its turn."""
    for wrong in (False, True):
        yield formula_row(sizes, wrong)
    for wrong in (False, True):
        yield matrix_formula_row(sizes, wrong)
    yield number_row(sizes)
    yield array_row(sizes)
    yield draw_row(sizes, dataset_python)
    yield mark_row(sizes)
    yield array_column_row(sizes)
    yield submit_row(sizes)
    yield batch_row(sizes)
    for family in ("relu-forward-picture", "graph-path-sum", "gd-nd-steps"):
        yield figure_row(family, sizes)
    for count in (1, sizes.sheets):
        yield sheet_row(count)


# ----- Reading and judging an answer -----------------------------------------------------------------------------


def judged(options: Mapping[str, Any]) -> Callable[[tuple[str, str]], bool]:
    """Our verdict on an answer and its reference."""
    return lambda pair: grader.compare(*pair, **options).verdict == "correct"


def fresh(pairs: Iterator[tuple[str, str]], count: int) -> Callable[[int], Sequence[tuple[str, str]]]:
    """The next answers of a source that never repeats one, for every round."""
    return lambda _: list(islice(pairs, count))


def answer_row(
    work: str, target: float, sizes: Sizes, source: Callable[[], Iterator[tuple[str, str]]], notation: str,
    options: Mapping[str, Any], wanted: bool,
) -> Row:  # fmt: skip
    """Reading and judging answers of one kind: ours and the peers' on texts from the same source."""
    ours = looped("ours", fresh(source(), sizes.answers), judged(options), wanted)
    return Row(work, "ms", ours, peers.judges(fresh(source(), sizes.slow), wanted, notation), target)


def formula_row(sizes: Sizes, wrong: bool) -> Row:
    """An expression in x."""
    work = f"formula answer, {'wrong' if wrong else 'right'}"
    source = partial(new_texts, FORMULAS, wrong, commute=True)
    return answer_row(work, 0.15 * MS, sizes, source, "formula", {"variables": ["x"]}, not wrong)


def matrix_formula_row(sizes: Sizes, wrong: bool) -> Row:
    """An expression in named matrices and vectors of size 3."""
    work = f"matrix formula answer, {'wrong' if wrong else 'right'}"
    source = partial(new_texts, MATRIX_FORMULAS, wrong, commute=False)
    return answer_row(work, 0.2 * MS, sizes, source, "matrices", {"options": {"shapes": SHAPES}}, not wrong)


def number_row(sizes: Sizes) -> Row:
    """A decimal, to three decimals."""

    def source() -> Iterator[tuple[str, str]]:
        random = Random(1)
        while True:
            text = decimals(random)
            yield text, f"{float(text.replace(',', '.')):.3f}"

    options = {"kind": "number", "options": {"decimals": 3}}
    return answer_row("number answer", 0.01 * MS, sizes, source, "number", options, True)


def array_row(sizes: Sizes) -> Row:
    """A 3 x 3 matrix of decimals, by the default equality."""

    def source() -> Iterator[tuple[str, str]]:
        random = Random(2)
        while True:
            entries = [[random.randrange(-9999, 9999) / 100 for _ in range(3)] for _ in range(3)]
            yield str(entries), "[" + ",".join(f"[{a:.2f}, {b:.2f}, {c:.2f}]" for a, b, c in entries) + "]"

    return answer_row("3x3 matrix answer", 0.04 * MS, sizes, source, "array", {"kind": "matrix"}, True)


# ----- Batches ---------------------------------------------------------------------------------------------------


def seeds(number: int, count: int) -> range:
    """Other students in every round."""
    first = (number + 2) * count
    return range(first, first + count)


def draw_row(sizes: Sizes, dataset_python: str) -> Row:
    """Variants of a problem, drawn and solved."""
    problem = grader.bank()["adam-two-steps"]
    ours = batched("ours", lambda number: seeds(number, sizes.batch), problem.variants, sizes.batch)
    work = f"draw and solve adam-two-steps, {sizes.batch} at once"
    return Row(work, "us", ours, (peers.dataset(dataset_python, 5 * sizes.slow),), 10 * US)


def mark_row(sizes: Sizes) -> Row:
    """Whole answer sheets, every other answer wrong."""
    problem = grader.bank()["adam-two-steps"]

    def handed_in(number: int) -> tuple[grader.Variants, list[dict[str, str]]]:
        variants = problem.variants(seeds(number, sizes.batch))
        sheets = []
        for student, variant in enumerate(variants):
            slips = {ask: 0.37 * ((number + student) % 2) for number, ask in enumerate(variant.asks)}
            sheets.append({ask: f"{variant.solution[ask] + slip:.5f}" for ask, slip in slips.items()})
        return variants, sheets

    work = f"mark adam-two-steps, {sizes.batch} sheets at once"
    return Row(work, "us", batched("ours", handed_in, lambda both: both[0].mark(both[1]), sizes.batch))


def array_column_row(sizes: Sizes) -> Row:
    """A vector with a formula of its own: what it costs a student does not grow with the batch."""
    size = max(4, 2 * sizes.batch // 5)
    (group,) = draw(problem_from(ARRAY_PROBLEM.encode(), "array.yaml"), range(size))
    ask = group.plan.asks[0]
    texts: Sequence[Typed] = [str(value.round(3).tolist()) for value in expected_value(ask, group)]
    work = f"vector answers to a formula of their own, {size} at once"
    return Row(work, "us", batched("ours", lambda _: texts, partial(mark_ask, group, ask), size))


# ----- Whole processes and worksheets ----------------------------------------------------------------------------


def figure_row(family: str, sizes: Sizes) -> Row:
    """The figure of a student: laid out, told in words and written as SVG."""
    problem = grader.bank()[family]

    def students(number: int) -> list[grader.Variant]:
        return list(problem.variants(seeds(number, sizes.answers)))

    def drawn(variants: list[grader.Variant]) -> list[str]:
        return [drawing.svg() for variant in variants if (drawing := variant.figure("ru"))]

    return Row(f"figure of {family}", "ms", batched("ours", students, drawn, sizes.answers), (), 2 * MS)


def printed(count: int, first: int) -> list[Printed]:
    """Worksheets of two problems for students whose numbers begin at `first`."""
    students = [Student(f"student-{number}", "", "en") for number in range(first, first + count)]
    return print_assignment(assignment_of(("md-quadratic-form", "adam-two-steps")), students, default_bank())


def filled_in() -> str:
    """An answers file with something in every blank."""
    lines = []
    for line in printed(1, 1)[0].answers.splitlines():
        blank = line.startswith("    ") and line.rstrip().endswith(":")
        answer = "(A + A')*x" if line.strip() == "g:" else "0.25"
        lines.append(f"{line.rstrip()} {answer}" if blank else line)
    return "\n".join(lines) + "\n"


def process(folder: Path, *arguments: str) -> Callable[[int], float]:
    """Rounds of one whole process of Python, started in a folder."""
    # Modules are compiled once, as they are where a package is installed, whatever this shell is told about that.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}

    def one_round(_: int) -> float:
        start = perf_counter()
        command = [sys.executable, *arguments]
        subprocess.run(command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, check=True)
        return perf_counter() - start

    return one_round


def submit_row(sizes: Sizes) -> Row:
    """The whole process, from the shell's call to its end, against a process that only imports NumPy."""
    samples = sorted((ROOT / "submissions" / "samples").glob("*.yaml"))
    folder = Path(tempfile.mkdtemp(prefix="grader-benchmark-"))
    answers = samples[0] if samples else folder / "answers.yaml"
    if not samples:
        answers.write_text(filled_in(), encoding="utf-8")
    ours = Entrant("ours", process(folder, "-m", "grader", "submit", str(answers)))
    numpy = Entrant("import numpy", process(folder, "-c", "import numpy"))
    return Row("grade submit, the whole process", "ms", ours, (numpy,), 3.0, times_peer=True, rounds=sizes.starts)


COURSE = (
    "adam-two-steps", "backprop-scalar-chain", "deriv-chain-two-layer", "gd-nd-steps", "grad-at-point", "matrix-mul",
    "md-quadratic-form", "product-rule", "quotient-rule", "softmax-logloss",
)  # fmt: skip


def batch_row(sizes: Sizes) -> Row:
    """A whole course marked at the end of a term: a file per student, in every problem one wrong answer."""
    folder = Path(tempfile.mkdtemp(prefix="grader-benchmark-"))
    write_course(folder / "answers", sizes.course)
    ours = Entrant("ours", process(folder, "-m", "grader", "batch", "answers", "-o", "results"))
    work = f"grade batch, {len(COURSE)} problems, {sizes.course} students"
    return Row(work, "ms", ours, rounds=1)


def write_course(folder: Path, students: int) -> None:
    """The answers of so many students to the problems of the course, without the record of their numbers."""
    folder.mkdir()
    columns = {name: list(grader.bank()[name].variants(range(1, students + 1))) for name in COURSE}
    for number in range(students):
        lines = [f"student: student-{number}", "assignment: term", "answers:"]
        for name, variants in columns.items():
            lines += [f"  {name}:", f"    variant: {variants[number].code}"]
            answers = sheet_with_one_wrong(variants[number], number)
            lines += [f"    {json.dumps(ask)}: {json.dumps(text)}" for ask, text in answers.items()]
        (folder / f"student-{number}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def sheet_row(count: int) -> Row:
    """Worksheets typeset as PDF, other students in every round."""
    ours = batched(
        "ours", lambda number: [item.sheet for item in printed(count, (number + 2) * count)],
        lambda sheets: render(sheets, ["pdf"]), count,
    )  # fmt: skip
    return Row(f"typeset as PDF, {count} worksheet{'s' if count > 1 else ''}", "ms a sheet", ours)
