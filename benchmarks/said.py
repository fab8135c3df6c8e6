"""What was said of a simulated student's answers, against what the student did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import grader
from benchmarks.revealing import messages_of, revealed
from benchmarks.students.sheet import Family, Given, Slip
from benchmarks.students.simulate import Case, twin_rules
from benchmarks.students.texts import Digits
from grader.messages import translate

Marks = Mapping[str, grader.Verdict]
NAMED = ("alone", "tie", "twin")
FACTS = frozenset({"constant-factor", "constant-term"})
"""Names that are true wherever they are given."""


@dataclass
class RowResult:
    """What was said of one slip, over all variants: `said` counts alone, tie, twin, step, wrong, nothing, missed.

    twin: the name of another slip that gives the same answer here; step: the right name at another step;
    missed: the wrong answer was marked right. `counts` has among others those who were told the right answer to a wrong
    one of theirs, `revealed`. For two slips it counts how many were named right: both, one, none,
    or another slip.
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
        """Share of them reported so, alone, in a tie, or by the name of another slip that gives the same answer."""
        return sum(self.said[word] for word in NAMED) / self.pairs if self.pairs else 1.0


@dataclass
class FamilyResult:
    """A family: a row a slip, a row a pair of slips, and what was said of right answers and of those that follow.

    `faults` counts right answers that were diagnosed or lost points, by kind, with an example of each.
    """

    problem: str
    rows: list[RowResult] = field(default_factory=list)
    pairs: list[RowResult] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    follow: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, dict[str, Any]] = field(default_factory=dict)
    alone: float = 0.0
    batched: float = 0.0

    def fault(self, kind: str, example: dict[str, Any]) -> None:
        """Count one, and keep the first as an example."""
        self.faults[kind] += 1
        self.examples.setdefault(kind, example)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a student: the family, the givens, what each blank wants, the names of authored mistakes."""

    family: Family
    given: Given
    digits: Mapping[str, Digits]
    authored: Collection[str]
    student: Any


def judge_right(result: FamilyResult, known: Known, case: Case, marks: Marks) -> None:
    """A right student: full points, and nothing said. Those who carry rounded values on are counted apart."""
    kind = "carried " if case.style == "typed" else ""
    for verdict in marks.values():
        lost = verdict.points < verdict.of - 1e-9
        result.right[f"{kind}answers"] += 1
        result.right[f"{kind}lost"] += lost
        result.right[f"{kind}diagnosed"] += bool(verdict.slips)
        if verdict.slips or (lost and not kind):
            what = f"right answer {'diagnosed' if verdict.slips else 'without full points'}, {case.style}"
            result.fault(what, example(known, case, verdict, what))


def judge(result: FamilyResult, row: RowResult, known: Known, case: Case, marks: Marks) -> None:
    """A student with a slip: was the first wrong answer explained?"""
    first = marks[case.wrong[0]]
    said = said_of(known, case, first)
    if said == "drowned":
        row.counts["hidden"] += 1
        return
    row.said[said] += 1
    telling = next((ask for ask in case.wrong if tells(known, marks[ask])), None)
    if telling is not None:
        row.counts["revealed"] += 1
        result.fault("right answer revealed", example(known, case, marks[telling], "revealed"))
    if said not in NAMED and (row.example is None or (row.example["said as"] == "nothing" != said)):
        row.example = example(known, case, first, said)
    judge_rest(result, known, case, marks)


def tells(known: Known, verdict: grader.Verdict) -> bool:
    """Whether what is said of an answer gives the right one away."""
    group = known.student.group
    return verdict.status != "correct" and revealed(verdict, group, 0, group.plan.ask(verdict.ask))


def judge_rest(result: FamilyResult, known: Known, case: Case, marks: Marks) -> None:
    """The answers that are not wrong of themselves: full points, and nothing said."""
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
        if not credited or verdict.slips:
            what = f"{kind}, {'diagnosed' if verdict.slips else 'not credited'}, {case.style}"
            result.fault(what, example(known, case, verdict, what))


def judge_pair(row: RowResult, known: Known, case: Case, marks: Marks) -> None:
    """A student with two slips: each is looked for in the first answer that it alone makes wrong."""
    first = [next((ask for ask in case.wrong if case.blame.get(ask) == (slip,)), "") for slip in case.slips]
    if "" in first:
        row.counts["one answer"] += 1
        return
    named = [said_of(known, case, marks[ask], [slip]) for slip, ask in zip(case.slips, first, strict=True)]
    right = sum(said in ("alone", "tie") for said in named)
    said = "another slip" if "wrong" in named else ("none", "one", "both")[right]
    row.said[said] += 1
    if said != "both" and row.example is None:
        ask = first[0] if named[0] not in ("alone", "tie") else first[1]
        row.example = example(known, case, marks[ask], said)


def said_of(known: Known, case: Case, verdict: grader.Verdict, slips: Sequence[Slip] = ()) -> str:
    """In a word, what the verdict says of these slips (all of the student's, where none are given)."""
    if verdict.status == "correct":
        near = known.digits[verdict.ask].near(case.own[verdict.ask], case.exact[verdict.ask])
        return "drowned" if near else "missed"  # the slip is lost in what rounding on the way allows
    if not verdict.slips:
        return "nothing"
    named = [(slip, said) for slip in slips or case.slips for said in verdict.slips if said.rule in slip.rules | FACTS]
    if any(said.rule in known.authored or is_at(said.step, slip, verdict.ask) for slip, said in named):
        return "alone" if len(verdict.slips) == 1 else "tie"
    if named:
        return "step"
    twins = twin_rules(known.family, known.given, known.digits, case, verdict.ask)
    return "twin" if any(said.rule in twins for said in verdict.slips) else "wrong"


def is_at(step: str, slip: Slip, ask: str) -> bool:
    """Whether the step named is where the slip was made: a step of the table, in any round, or the blank itself."""
    step = step.partition("(")[0].strip()
    names = {*slip.at, ask, ask.partition("[")[0]}
    return not step or not slip.at or step in names or step.partition("[")[0] in names


def example(known: Known, case: Case, verdict: grader.Verdict, said: str) -> dict[str, Any]:
    """Everything needed to look at it again."""
    return {
        "family": known.family.problem,
        "seed": known.student.seed,
        "slip": " + ".join(slip.name for slip in case.slips),
        "style": case.style,
        "ask": verdict.ask,
        "typed": case.answers.get(verdict.ask, ""),
        "right": known.student.right_answer(verdict.ask),
        "said as": said,
        "status": verdict.status,
        "said": [f"{slip.rule} at {slip.step}" for slip in verdict.slips],
        "words": [translate(message, "en") for message in messages_of(verdict)],
        "answers": dict(case.answers),
    }
