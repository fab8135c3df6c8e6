"""One problem of many files: its numbers found, all students marked at once, and a verdict for each.

What is wrong with a code, with the problem or with one answer costs only what belongs to it; so does a fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from grader.blanks.kind import Typed
from grader.chance.codes import SEALED
from grader.course.answers_file import ProblemAnswers
from grader.course.ask_names import by_spelling, normal_form, unknown_ask
from grader.course.bank import Bank
from grader.course.claims import Resolved, resolve
from grader.course.policy import NO_POLICY, Policy
from grader.course.rights import Claim, Rights
from grader.course.sheet_verdict import Note
from grader.errors import AuthorError, Message
from grader.internal import Internal, apart, contained
from grader.marking.contain import mark_class
from grader.marking.mark import first_slip
from grader.marking.verdict import ProblemVerdict
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.plan.planner import first_form, plan_of
from grader.spec.problem import Problem


class Work(msgspec.Struct):
    """One problem of one file on its way through marking."""

    sheet: int
    answers: ProblemAnswers
    claim: Claim
    policy: Policy = NO_POLICY
    missing: bool = False
    refused: Message | None = None
    verdict: ProblemVerdict | None = None
    owners: tuple[str, ...] = ()
    remarks: list[Message] = msgspec.field(default_factory=list)
    faults: list[Note] = msgspec.field(default_factory=list)
    notes: list[Note] = msgspec.field(default_factory=list)


def mark_problem(name: str, works: Sequence[Work], bank: Bank, rights: Rights) -> None:
    """Fill in the verdicts of all works on one problem."""
    failure = contained(partial(_mark, name, works, bank, rights))
    if isinstance(failure, Internal):
        _fail([work for work in works if work.verdict is None], failure)


def _mark(name: str, works: Sequence[Work], bank: Bank, rights: Rights) -> None:
    for work in works:
        if work.refused is not None:
            _refuse([work], work.refused)
    works = [work for work in works if work.refused is None]
    if not works:
        return
    if name not in bank.paths:
        _refuse(works, Message("bank-unknown", {"problem": name, "hint": bank.near(name)}))
        return
    try:
        problem = bank[name]
    except AuthorError as error:
        _refuse(works, _broken(name, error))
        return
    _refuse([work for work in works if work.missing], Message("problem-missing"), problem)
    for some, found in _resolved(problem, [work for work in works if not work.missing], rights):
        if isinstance(found, Resolved):
            _mark_drawn(problem, some, found)
        elif isinstance(found, Internal):
            _fail(some, found, problem)
        else:
            _refuse(some, _broken(problem.id, found), problem)


def _resolved(
    problem: Problem, works: Sequence[Work], rights: Rights
) -> Iterator[tuple[Sequence[Work], Resolved | AuthorError | Internal]]:
    """The numbers of all works; where some cannot be drawn, these are apart from the others."""

    def numbers(some: Sequence[Work]) -> Resolved | AuthorError:
        try:
            return resolve(problem, [work.claim for work in some], rights)
        except AuthorError as error:
            return error

    for some, found in apart(works, numbers):
        if isinstance(found, AuthorError) and len(some) > 1:
            middle = len(some) // 2
            for half in (some[:middle], some[middle:]):
                yield from _resolved(problem, half, rights)
        else:
            yield some, found


def _mark_drawn(problem: Problem, works: Sequence[Work], found: Resolved) -> None:
    """Works whose numbers are on record or were drawn again, marked together as far as their forms go."""
    for position, message in found.faults.items():
        _refuse([works[position]], message, problem)
    for position, message in found.notes.items():
        works[position].notes.append(Note(message, works[position].answers.line))
    for position, told in found.remarks.items():
        works[position].remarks += told
    for position, students in found.owners.items():
        work = works[position]
        work.owners = students
        if position in found.faults:
            continue
        message = Message("variant-of-another", {"problem": work.claim.item.label, "code": work.claim.code})
        work.notes.append(Note(message, work.answers.line, harmless=True))  # the teacher is told whose
    for group in found.groups:
        members = [works[position] for position in group.positions]
        failure = contained(partial(_mark_group, group, members))
        if isinstance(failure, Internal):
            _fail([work for work in members if work.verdict is None], failure, problem)


def _refuse(works: Sequence[Work], message: Message, problem: Problem | None = None) -> None:
    """These works earn nothing of the problem's points, and why."""
    if not works:
        return
    of, title = _worth(problem), problem.title if problem else {}
    of = 0.0 if message.key == SEALED else of  # nothing is said of it, nor counted, before it is opened
    for work in works:
        work.verdict = ProblemVerdict(work.claim.item.label, work.claim.code, (), of, (message,), title)


def _fail(works: Sequence[Work], failure: Internal, problem: Problem | None = None) -> None:
    """The program failed before it looked at an answer."""
    of, title = _worth(problem), problem.title if problem else {}
    for work in works:
        label, reason = work.claim.item.label, failure.said
        said = (
            Message("problem-broken", {"problem": label, "reason": reason}) if reason else Message("internal-problem")
        )
        work.verdict = ProblemVerdict(label, work.claim.code, (), of, (said,), title, internal=failure)


def _worth(problem: Problem | None) -> float:
    """The points of a problem (they are the same for every form); 0 where it cannot be read."""
    points = contained(lambda: plan_of(problem, first_form(problem)).points if problem else 0.0)
    return 0.0 if isinstance(points, Internal) else points


def _broken(name: str, error: AuthorError) -> Message:
    return Message("problem-broken", {"problem": name, "reason": error.message})


def _mark_group(group: Group, works: Sequence[Work]) -> None:
    """Works on one plan, the same shares for what follows and one way to read."""
    asks = by_spelling(group.plan.asks)
    typed: list[dict[str, Typed]] = []
    members: list[int] = []
    for member, work in enumerate(works):
        found = contained(partial(_matched, work, asks))
        if isinstance(found, Internal):
            _fail([work], found, group.plan.problem)
        else:
            members.append(member)
            typed.append(found)
    group = group if len(members) == len(works) else group.taking(members)
    policy = works[0].policy
    rows = mark_class(group, typed, policy.shares, strict=policy.readings == "first")
    for member, verdicts in zip(members, rows, strict=True):
        claim = works[member].claim
        works[member].verdict = ProblemVerdict(
            claim.item.label,
            claim.code,
            tuple(verdicts),
            group.plan.points,
            title=group.plan.problem.title,
            first_wrong=first_slip(group.plan, verdicts),
        )


def _matched(work: Work, asks: Mapping[str, Ask]) -> dict[str, Typed]:
    """Answers by the ask's own id; an answer to an ask that is not there is a fault."""
    typed: dict[str, Typed] = {}
    faults = []
    for name, answer in work.answers.answers.items():
        ask = asks.get(normal_form(name))
        if ask is not None:
            typed[ask.id] = answer.text
        else:
            fault = unknown_ask(work.answers.problem, name, asks.values())
            faults.append(Note(fault, answer.line, work.answers.problem, name))
    work.faults += faults
    return typed
