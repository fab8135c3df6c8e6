"""How well slips are named: simulated students' sheets are marked, and what is said is compared with what they did.

`python -m benchmarks diagnosis [--variants 200] [--families ID ...] [--json]`; the students: `benchmarks/students/`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter
from typing import Any

import grader
from benchmarks.diagnosis_table import as_dict, lines_of
from benchmarks.said import FamilyResult, Known, RowResult, judge, judge_pair, judge_rest, judge_right
from benchmarks.students import FAMILIES
from benchmarks.students.sheet import Family, Slip
from benchmarks.students.simulate import STYLES, Case, right_case, slipping_case
from benchmarks.students.texts import Digits

RIGHT_STYLES = ("full", "rounded", "fractions")
ALONE = 24
"""Answers timed one by one, in each family."""


class Course:
    """The variants of a family, drawn once; every row of the table is marked as one batch."""

    def __init__(self, family: Family, count: int) -> None:
        self.family, self.problem = family, grader.bank()[family.problem]
        self.variants = self.problem.variants(range(count))
        self.students = list(self.variants)
        self.givens = [student.given for student in self.students]
        self.digits = [digits_of(student) for student in self.students]
        self.others = [
            {ask: student.right_answer(ask) for ask in student.asks if ask not in known}
            for student, known in zip(self.students, self.digits, strict=True)
        ]
        authored = self.problem.spec.mistakes
        self.known = [
            Known(family, *known, authored, student)
            for *known, student in zip(self.givens, self.digits, self.students, strict=True)
        ]

    def right(self, style: str) -> list[Case]:
        """Everybody works rightly."""
        return [right_case(self.family, self.givens[i], self.digits[i], i, style) for i in range(len(self.students))]

    def slipping(self, slips: Sequence[Slip], shift: int) -> list[Case | str]:
        """Everybody makes the slips; who writes and carries on how, goes round."""
        return [
            slipping_case(self.family, self.givens[i], self.digits[i], i, slips, STYLES[(i + shift) % len(STYLES)])
            for i in range(len(self.students))
        ]

    def marked(self, cases: Sequence[Case]) -> tuple[list[dict[str, grader.Verdict]], float]:
        """Verdicts by ask, and the time it took; what nobody works out is answered rightly."""
        sheets = [{**self.others[case.position], **case.answers} for case in cases]
        start = perf_counter()
        verdicts = self.variants.mark(sheets)
        taken = perf_counter() - start
        return [{verdict.ask: verdict for verdict in row} for row in verdicts], taken


def digits_of(student: Any) -> dict[str, Digits]:
    """What every blank for numbers or a formula wants, as the worksheet says it."""
    rules = {ask.id: ask.tolerance for ask in student.group.plan.asks if ask.traits.diagnosed}
    return {
        name: Digits(rule.decimals, rule.significant, rule.relative or 1e-12, absolute=rule.absolute or 0.0)
        for name, rule in rules.items()
    }


def measured(family: Family, count: int) -> FamilyResult:
    """All rows of a family."""
    course, result = Course(family, count), FamilyResult(family.problem)
    rights, taken = _right_students(course, result)
    shown: list[Case] = []
    slow = wrong = 0.0
    for shift, row in enumerate(family.slips):
        cases = course.slipping([row], shift)
        tally, seconds, answers = _marked_row(course, result, row.name, cases, rights)
        result.rows.append(tally)
        slow, wrong = slow + max(0.0, seconds - taken), wrong + answers
        shown += [case for case in cases if isinstance(case, Case)]
    result.batched = slow / max(1, wrong)
    result.alone = _time_alone(course, shown, rights)
    slips = {row.name: row for row in family.slips}
    for shift, names in enumerate(family.pairs):
        cases = course.slipping([slips[name] for name in names], shift)
        result.pairs.append(_marked_row(course, result, " + ".join(names), cases, rights)[0])
    return result


def _right_students(course: Course, result: FamilyResult) -> tuple[list[Case], float]:
    """Mark right students; the sheets of one kind, and the time for a batch, stand beside those with slips."""
    for style in (*RIGHT_STYLES, "typed"):
        cases = course.right(style)
        for case, marks in zip(cases, course.marked(cases)[0], strict=True):
            judge_right(result, course.known[case.position], case, marks)
    rights = course.right("rounded")
    return rights, min(course.marked(rights)[1] for _ in range(3))


def _marked_row(
    course: Course, result: FamilyResult, name: str, cases: Sequence[Case | str], rights: Sequence[Case]
) -> tuple[RowResult, float, int]:
    """Mark a row as one batch; where the slip does not show, the right student hands in."""
    row = RowResult(name, Counter(case for case in cases if isinstance(case, str)))
    sheets = [rights[position] if isinstance(case, str) else case for position, case in enumerate(cases)]
    verdicts, taken = course.marked(sheets)
    for case, marks in zip(sheets, verdicts, strict=True):
        if len(case.slips) == 1:
            judge(result, row, course.known[case.position], case, marks)
        elif case.slips:
            judge_pair(row, course.known[case.position], case, marks)
            judge_rest(result, course.known[case.position], case, marks)
    return row, taken, sum(len(case.wrong) for case in sheets)


def _time_alone(course: Course, cases: Sequence[Case], rights: Sequence[Case]) -> float:
    """Seconds that one wrong answer adds to the marking of one sheet, in the median."""
    times = []
    for case in cases[:: max(1, len(cases) // ALONE)][:ALONE]:
        seed = course.students[case.position].seed
        spent = []
        for answers in (rights[case.position].answers, case.answers, rights[case.position].answers, case.answers):
            student = course.problem.variant(seed)
            start = perf_counter()
            student.mark(answers)
            spent.append(perf_counter() - start)
        times.append(max(0.0, spent[3] - spent[2]) / len(case.wrong))
    return median(times) if times else 0.0


# ----- The command -----------------------------------------------------------------------------------------------


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks diagnosis", description=__doc__.splitlines()[0])
    parser.add_argument("--variants", type=int, default=200, metavar="N", help="variants of each family")
    parser.add_argument("--families", nargs="+", metavar="ID", default=list(FAMILIES), choices=list(FAMILIES))
    parser.add_argument("--worst", type=int, default=30, metavar="N", help="how many of the worst slips are shown")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    return parser.parse_args(argv)


def results(families: Sequence[str], count: int) -> Iterator[FamilyResult]:
    """Family by family."""
    return (measured(FAMILIES[name], count) for name in families)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a figure to reach was missed."""
    options = arguments(argv)
    rows: list[FamilyResult] = []
    if options.json:
        rows = list(results(options.families, options.variants))
        print(json.dumps(as_dict(rows), indent=2, ensure_ascii=False))
    else:
        for line in lines_of(results(options.families, options.variants), rows, options.worst):
            print(line, flush=True)
    return int(not as_dict(rows)["totals"]["met"])
