"""The students whose sheets the golden verdicts record: simulated ones with slips, and hands that type anything.

Families that are simulated (`benchmarks/students`) work every blank by formulas of their own; in the others the right
answer and the answers of other variants are what is written, each blank spoiled in turn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np
from golden_verdicts import Sheet

import grader
from benchmarks.students import FAMILIES
from benchmarks.students.sheet import Family, Slip, pen
from benchmarks.students.sheet import Sheet as Paper
from benchmarks.students.simulate import STYLES, Case, right_case, slipping_case, worked
from benchmarks.students.texts import Digits, Value, typed

LOOKED_AT, FEWEST, MOST = 40, 3, 4
"""Among so many seeds, variants that show every choice of the form are taken, 3 or 4 of them."""

UNREADABLE = ("2*(3", "abc", "1/0", "x +", "3 → 4", "1.2.3", "[1, 2", "√", "sin", "не знаю")
SPOILED = {"sign": -1.0, "twice": 2.0, "half": 0.5, "tenfold": 10.0, "a little": 1.02}
PENS = ("whole-sign", "power-of-ten", "reciprocal", "rounding", "other-blank", "permuted", "transposed")


class Student:
    """One variant and who sits there."""

    def __init__(self, variant: grader.Variant) -> None:
        self.variant, self.seed, self.given = variant, variant.seed, variant.given
        self.blanks = {blank["id"]: blank for blank in variant.as_dict()["asks"]}
        worked = {ask.id for ask in variant.group.plan.asks if ask.traits.diagnosed}
        self.digits = {name: _digits(blank["tolerance"]) for name, blank in self.blanks.items() if name in worked}
        self.others = {ask: variant.right_answer(ask) for ask in self.blanks if ask not in worked}

    def sheet(self, student: str, answers: dict[str, str]) -> Sheet:
        """What this student hands in; blanks are left out."""
        return Sheet(self.seed, student, {ask: text for ask, text in answers.items() if text})


def _digits(tolerance: dict[str, float]) -> Digits:
    decimals, figures = tolerance.get("decimals"), tolerance.get("sigfigs")
    relative, absolute = tolerance.get("rel") or 1e-12, tolerance.get("abs") or 0.0
    return Digits(decimals and int(decimals), figures and int(figures), relative, absolute=absolute)


def students_of(problem: grader.Problem) -> list[Student]:
    """A few variants, with every choice of the form among them as far as a few go."""
    variants = list(problem.variants(range(LOOKED_AT)))
    seen: set[tuple[str, str]] = set()
    chosen: list[grader.Variant] = []
    for variant in variants:
        choices = {(name, value) for name, value in variant.given.items() if isinstance(value, str)}
        if len(chosen) < MOST and not choices <= seen:
            chosen.append(variant)
            seen |= choices
    chosen += [variant for variant in variants if variant not in chosen][: max(0, FEWEST - len(chosen))]
    return [Student(variant) for variant in chosen]


def sheets_of(problem: grader.Problem) -> list[Sheet]:
    """All sheets of a family."""
    students = students_of(problem)
    made = list(_by_hand(students))
    if problem.id in FAMILIES:
        room = Room(FAMILIES[problem.id], students)
        made += [*room.right(), *room.slipping(), *room.misprinted(), *room.following(), *room.coarse()]
        made += _chosen(students)
    else:
        made += _spoiled(students)
    return made


# ----- Anybody ---------------------------------------------------------------------------------------------------


def _by_hand(students: Sequence[Student]) -> Iterator[Sheet]:
    """The right answers as typed with points and with commas; what cannot be read; blanks."""
    rights = [{ask: student.variant.right_answer(ask) for ask in student.blanks} for student in students]
    yield students[0].sheet("right", rights[0])
    yield students[1].sheet("right, decimal commas", {ask: _commas(text) for ask, text in rights[1].items()})
    yield students[0].sheet("nothing", {})
    for number, ask in enumerate(_asks(students)):
        seat = _seat(students, number, [ask])
        yield students[seat].sheet(f"unreadable in {ask}", {**rights[seat], ask: UNREADABLE[number % len(UNREADABLE)]})
        yield students[seat].sheet(f"nothing in {ask}", {**rights[seat], ask: ""})
    everything = {ask: UNREADABLE[(number + 3) % len(UNREADABLE)] for number, ask in enumerate(rights[2])}
    yield students[2].sheet("unreadable throughout", everything)


def _asks(students: Sequence[Student]) -> list[str]:
    """All blanks; a variant of fewer rounds has fewer."""
    return list(dict.fromkeys(ask for student in students for ask in student.blanks))


def _worked(students: Sequence[Student]) -> list[str]:
    """The blanks that simulated students work."""
    return [ask for ask in _asks(students) if any(ask in student.digits for student in students)]


def _seat(students: Sequence[Student], number: int, asks: Sequence[str]) -> int:
    """Whose turn it is among those who have these blanks."""
    seats = [seat for seat, student in enumerate(students) if student.blanks.keys() >= set(asks)]
    return seats[number % len(seats)]


def _commas(text: str) -> str:
    """As one types in Russian: a decimal comma, and semicolons between entries."""
    return text.replace(", ", "; ").replace(".", ",")


def _spoiled(students: Sequence[Student]) -> Iterator[Sheet]:
    """Where nobody is simulated: every option, another variant's answer, an entry changed, two of these at once."""
    rights = [{ask: student.variant.right_answer(ask) for ask in student.blanks} for student in students]
    for number, student in enumerate(students[:2]):
        right, other = rights[number], rights[number - 1]
        wrongs = {ask: list(_wrongs(student.blanks[ask], right[ask], other[ask])) for ask in right}
        for ask in right:
            for wrong in wrongs[ask]:
                yield student.sheet(f"another answer in {ask}", {**right, ask: wrong})
        first, last = next(iter(right)), next(reversed(right))
        for one, two in product(wrongs[first][:1], wrongs[last][:5]) if first != last else ():
            yield student.sheet(f"another answer in {first} and {last}", {**right, first: one, last: two})
        yield student.sheet("all of another variant", other)


def _chosen(students: Sequence[Student]) -> Iterator[Sheet]:
    """Blanks that simulated students do not work, wrong in every way, on a sheet that is right."""
    for student, neighbour in pairwise(students[:3]):
        right = {ask: student.variant.right_answer(ask) for ask in student.blanks}
        for ask in student.others:
            for wrong in _wrongs(student.blanks[ask], right[ask], neighbour.others.get(ask, "1")):
                yield student.sheet(f"another answer in {ask}", {**right, ask: wrong})


def _wrongs(blank: dict[str, Any], right: str, other: str) -> Iterator[str]:
    if "options" in blank:
        numbers = [str(number) for number in range(len(blank["options"]) + 2)]
        yield from numbers if blank["kind"] == "choice" else (numbers[0], numbers[1], "1, 2", ", ".join(numbers[1:-1]))
        return
    yield other
    try:
        value = np.array(json.loads(right))
    except ValueError:
        yield from (f"-({right})", f"2*({right})", f"{right} + 1")
        return
    for changed in (-value, 1 - value, np.roll(value, 1, axis=0) if value.ndim else 2 * value):
        yield str(changed.tolist())
    if value.ndim:
        yield from (str([1 - value[0], *value[1:].tolist()]), str(value[:-1].tolist()))


# ----- Simulated students ----------------------------------------------------------------------------------------


class Room:
    """A family and the students who work it."""

    def __init__(self, family: Family, students: Sequence[Student]) -> None:
        self.family, self.students = family, students

    def right(self) -> Iterator[Sheet]:
        """Without a slip, written in every style."""
        for number, style in enumerate((*STYLES, "fractions")):
            student = self.students[number % len(self.students)]
            case = right_case(self.family, student.given, student.digits, number, style)
            yield student.sheet(f"right, {style}", {**student.others, **case.answers})

    def slipping(self) -> Iterator[Sheet]:
        """Every slip of the family, and its pairs, by the first student who can make it."""
        rows = {row.name: row for row in self.family.slips}
        singles = [[row] for row in self.family.slips]
        for number, slips in enumerate([*singles, *([rows[name] for name in pair] for pair in self.family.pairs)]):
            yield from self._made(slips, number)

    def misprinted(self) -> Iterator[Sheet]:
        """Every blank in turn wrong in writing down, in two ways; the student goes on with the right value."""
        for number, ask in enumerate(_worked(self.students)):
            for kind in (PENS[number % 5], PENS[(number + 2) % len(PENS)]):
                yield from self._made([pen(kind, ask)], number)

    def _made(self, slips: Sequence[Slip], number: int) -> Iterator[Sheet]:
        style = STYLES[number % len(STYLES)]
        for shift in range(len(self.students)):
            seat = (number + shift) % len(self.students)
            student = self.students[seat]
            case = slipping_case(self.family, student.given, student.digits, seat, slips, style)
            if isinstance(case, Case):
                answers = {**student.others, **case.answers}
                yield student.sheet(f"{' + '.join(row.name for row in slips)}, {style}", answers)
                return

    def following(self) -> Iterator[Sheet]:
        """Every blank in turn spoiled, and the rest worked out from it; then two blanks at once."""
        asks = _worked(self.students)
        for number, ask in enumerate(asks):
            yield self._from(number, [ask])
        for number, pair in enumerate(zip(asks[:-1:2], asks[1::2], strict=False)):
            yield self._from(number, list(pair))

    def _from(self, number: int, asks: Sequence[str]) -> Sheet:
        student, spoiled = self.students[_seat(self.students, number, asks)], list(SPOILED)[number % len(SPOILED)]
        exact = worked(self.family, student.given, Paper(student.digits)).values
        own = {ask: _spoilt(exact[ask], SPOILED[spoiled]) for ask in asks}
        values = {**worked(self.family, student.given, Paper(student.digits, own=own)).values, **own}
        answers = {ask: typed(values[ask], "full", student.digits[ask]) for ask in student.digits}
        return student.sheet(f"{spoiled} in {' and '.join(asks)}, and what follows", {**student.others, **answers})

    def coarse(self) -> Iterator[Sheet]:
        """A digit less than the blank wants."""
        student = self.students[-1]
        case = right_case(self.family, student.given, student.digits, 0, "full")
        answers = {ask: typed(case.own[ask], "rounded", digits.coarser()) for ask, digits in student.digits.items()}
        yield student.sheet("a digit less", {**student.others, **answers})


def _spoilt(value: Value, factor: float) -> Value:
    if isinstance(value, str):
        return f"{factor:g}*({value})"
    return np.asarray(value) * factor if np.any(value) else np.asarray(value) + factor
