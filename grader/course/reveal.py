"""What a student may see of a verdict, by the level of the policy. Pure; the teacher's record holds everything."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from grader.course.policy import LEVELS, revealed_level
from grader.course.sheet_verdict import SheetVerdict
from grader.internal import Internal
from grader.language.doubts import DOUBTS
from grader.marking.verdict import ProblemVerdict, Verdict

_PLAIN = ("blank", "invalid", "internal")
"""What says nothing of right and wrong is always shown: a student must be able to mend it."""
_HARMLESS = (
    "answer-coarse", "answer-coarse-exact", "answer-coarse-or-slip", "hint-taken", "follow-correct", "follow-coarse",
    "follow-undefined", "follow-outside", "follow-trivial", "follow-constant", "follow-unexplained",
    "reading-list", "reading-words",
    *(doubt.advice for doubt in DOUBTS.values()),
)  # fmt: skip


def revealed(sheet: SheetVerdict, now: datetime) -> SheetVerdict:
    """The sheet as its student may see it now; without a policy, as it is."""
    if sheet.policy is None:
        return sheet
    used = [standing.used for standing in sheet.standings] or [0] * len(sheet.problems)
    problems = (
        revealed_problem(problem, revealed_level(sheet.policy, attempts, now))
        for problem, attempts in zip(sheet.problems, used, strict=True)
    )
    return replace(sheet, problems=tuple(problems))


def revealed_problem(problem: ProblemVerdict, level: str) -> ProblemVerdict:
    """A problem at a level: its points alone, which answers are right, or everything."""
    if level in LEVELS[LEVELS.index("slips") :]:
        return problem
    verdicts = tuple(_points_only(v) if level == "points" else _verdict_only(v) for v in problem.verdicts)
    first = "" if level == "points" else problem.first_wrong
    internal = _by_name(problem.internal)
    return replace(problem, verdicts=verdicts, total=problem.points, first_wrong=first, internal=internal)


def _points_only(verdict: Verdict) -> Verdict:
    if verdict.status in _PLAIN:
        return _without_details(verdict)
    return Verdict(verdict.ask, verdict.kind, "received", 0.0, verdict.of, verdict.typed, echo=verdict.echo)


def _verdict_only(verdict: Verdict) -> Verdict:
    if verdict.status in _PLAIN:
        return _without_details(verdict)
    harmless = tuple(reason for reason in verdict.reasons if reason.key in _HARMLESS)
    return replace(_without_details(verdict), reasons=harmless, slips=())


def _without_details(verdict: Verdict) -> Verdict:
    return verdict if verdict.internal is None else replace(verdict, internal=_by_name(verdict.internal))


def _by_name(internal: Internal | None) -> Internal | None:
    """What failed of the program only by its name: the right values may stand in what it says."""
    return internal and replace(internal, error=internal.error.partition(":")[0], traceback="")
