"""How well slips are named: simulated students' sheets are marked, and what is said is compared with what they did.

`python -m benchmarks diagnosis [--variants 200] [--families ID ...] [--json]`; the students: `benchmarks/students/`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any

import grader
from benchmarks.diagnosis_table import as_dict, lines_of
from benchmarks.students import FAMILIES
from benchmarks.students.sheet import Family, Slip
from benchmarks.students.simulate import STYLES, Case, right_case, slipping_case, twin_rules
from benchmarks.students.texts import Digits

RIGHT_STYLES = ("full", "rounded", "fractions")
ALONE = 24
"""Answers timed one by one, in each family."""


@dataclass
class RowResult:
    """What was said of one slip, over all variants: `said` counts alone, tie, twin, step, wrong, nothing, missed.

    twin: the name of another slip of the table that gives the same answer here; step: the right name at another step;
    missed: the wrong answer was marked right.
    """

    slip: str
    counts: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    example: dict[str, Any] | None = None

    @property
    def pairs(self) -> int:
        """Students in whose answers the slip shows."""
        return self.said.total()

    @property
    def named(self) -> float:
        """Share of them told so, alone or in a tie."""
        return (self.said["alone"] + self.said["tie"]) / self.pairs if self.pairs else 1.0


@dataclass
class FamilyResult:
    """A family: a row a slip, a row a pair of slips, and what was said of right answers and of those that follow."""

    problem: str
    rows: list[RowResult] = field(default_factory=list)
    pairs: list[RowResult] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    follow: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)
    alone: float = 0.0
    batched: float = 0.0


class Course:
    """The variants of a family, drawn once; every row of the table is marked as one batch."""

    def __init__(self, family: Family, count: int) -> None:
        self.family, self.problem = family, grader.bank()[family.problem]
        self.variants = self.problem.variants(range(count))
        self.students = list(self.variants)
        self.givens = [student.given for student in self.students]
        self.digits = [digits_of(student) for student in self.students]
        self.full_marks = [{ask.id: ask.points for ask in student.group.plan.asks} for student in self.students]

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
        """Verdicts by ask, and the time it took."""
        sheets = [case.answers for case in cases]
        start = perf_counter()
        verdicts = self.variants.mark(sheets)
        taken = perf_counter() - start
        return [{verdict.ask: verdict for verdict in row} for row in verdicts], taken


def digits_of(student: Any) -> dict[str, Digits]:
    """What every blank wants, as the worksheet says it."""
    return {
        ask.id: Digits(ask.tolerance.decimals, ask.tolerance.significant, ask.tolerance.relative or 1e-12)
        for ask in student.group.plan.asks
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
    """Mark right students; their sheets and the time for a batch stand beside those with slips."""
    taken, rights = 0.0, course.right("rounded")
    for style in (*RIGHT_STYLES, "typed"):
        cases = course.right(style)
        verdicts, taken = course.marked(cases)
        kind = "carried " if style == "typed" else ""
        for case, row in zip(cases, verdicts, strict=True):
            for verdict in row.values():
                result.right[f"{kind}answers"] += 1
                lost = verdict.points < verdict.of - 1e-9
                result.right[f"{kind}lost"] += lost
                result.right[f"{kind}diagnosed"] += bool(verdict.slips)
                if not kind and (lost or verdict.slips):
                    result.examples.append(_example(course, case, verdict.ask, verdict, "right answer, " + style))
    course.marked(rights)
    _, taken = course.marked(rights)
    return rights, taken


def _marked_row(
    course: Course, result: FamilyResult, name: str, cases: Sequence[Case | str], rights: Sequence[Case]
) -> tuple[RowResult, float, int]:
    """Mark a row as one batch; where the slip does not show, the right student hands in."""
    row = RowResult(name, Counter(case for case in cases if isinstance(case, str)))
    sheets = [rights[place] if isinstance(case, str) else case for place, case in enumerate(cases)]
    verdicts, taken = course.marked(sheets)
    for case, marks in zip(sheets, verdicts, strict=True):
        if case.slips:
            _judge(course, result, row, case, marks)
    return row, taken, sum(len(case.wrong) for case in sheets)


# ----- What was said, against what was done ----------------------------------------------------------------------


def _judge(
    course: Course, result: FamilyResult, row: RowResult, case: Case, marks: Mapping[str, grader.Verdict]
) -> None:
    first = marks[case.wrong[0]]
    said = _said(course, case, first)
    row.said[said] += 1
    if said not in ("alone", "tie", "twin") and (row.example is None or (row.example["said as"] == "nothing" != said)):
        row.example = _example(course, case, first.ask, first, said)
    result.follow["degenerate"] += len(case.degenerate)
    for ask, verdict in marks.items():
        if ask in case.wrong or ask in case.degenerate:
            continue
        kind = "follows" if ask in case.follows else "untouched"
        credited = verdict.points >= verdict.of - 1e-9
        result.follow[f"{kind} {case.style}"] += 1
        result.follow[f"{kind} {case.style} credited"] += credited
        result.right["after answers"] += 1
        result.right["after diagnosed"] += bool(verdict.slips)
        if (not credited or verdict.slips) and len(result.examples) < 400:
            what = f"{kind}, {'diagnosed' if verdict.slips else 'not credited'}, {case.style}"
            result.examples.append(_example(course, case, ask, verdict, what))


def _said(course: Course, case: Case, verdict: grader.Verdict) -> str:
    if verdict.status == "correct":
        return "missed"
    if not verdict.slips:
        return "nothing"
    accepted = [slip for slip in case.slips if any(found.rule in slip.rules for found in verdict.slips)]
    authored = course.problem.spec.mistakes
    if any(
        found.rule in slip.rules and (found.rule in authored or _at(found.step, slip, verdict.ask))
        for slip in accepted
        for found in verdict.slips
    ):
        return "alone" if len(verdict.slips) == 1 else "tie"
    if accepted:
        return "step"
    twins = twin_rules(course.family, course.givens[case.place], course.digits[case.place], case, verdict.ask)
    return "twin" if any(found.rule in twins for found in verdict.slips) else "wrong"


def _at(step: str, slip: Slip, ask: str) -> bool:
    """Whether the step named is where the slip was made: the step of the table, in any round, or the blank itself."""
    step = step.partition("(")[0].strip()
    names = {*slip.at, ask, ask.partition("[")[0]}
    return not step or step in names or step.partition("[")[0] in names or not slip.at


def _example(course: Course, case: Case, ask: str, verdict: grader.Verdict, said: str) -> dict[str, Any]:
    student = course.students[case.place]
    return {
        "family": course.family.problem,
        "seed": student.seed,
        "slip": " + ".join(slip.name for slip in case.slips),
        "style": case.style,
        "ask": ask,
        "typed": case.answers[ask],
        "right": student.right_answer(ask),
        "said as": said,
        "status": verdict.status,
        "said": [f"{found.rule} at {found.step}" for found in verdict.slips],
        "answers": dict(case.answers),
    }


def _time_alone(course: Course, cases: Sequence[Case], rights: Sequence[Case]) -> float:
    """Seconds that one wrong answer adds to the marking of one sheet, in the median."""
    times = []
    for case in cases[:: max(1, len(cases) // ALONE)][:ALONE]:
        seed = course.students[case.place].seed
        spent = []
        for answers in (rights[case.place].answers, case.answers, rights[case.place].answers, case.answers):
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
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    return parser.parse_args(argv)


def results(families: Sequence[str], count: int) -> Iterator[FamilyResult]:
    """Family by family."""
    return (measured(FAMILIES[name], count) for name in families)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a figure to reach was missed."""
    options = arguments(argv)
    found: list[FamilyResult] = []
    if options.json:
        found = list(results(options.families, options.variants))
        print(json.dumps(as_dict(found), indent=2, ensure_ascii=False))
    else:
        for line in lines_of(results(options.families, options.variants), found):
            print(line, flush=True)
    return int(not as_dict(found)["totals"]["met"])
