"""Marking a class, so that a fault of ours costs only the answer that brings it about.

Everybody is marked at once, as ever. Where that fails, halves are, down to the student; then it is found which answers
of this one it takes to fail: one if there is one, of two the later. Such an answer is internal, not right nor wrong.
Where only the naming of its slip fails, or the words for it, the verdict stands, and nothing is named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from msgspec.structs import replace

from grader.blanks.kinds import kind_of
from grader.errors import Message
from grader.internal import Internal, apart, contained
from grader.marking.aside import NOTHING, Aside
from grader.marking.mark import Answers, mark
from grader.marking.verdict import INTERNAL, UNEXPLAINED, Verdict
from grader.plan.group import Group
from grader.plan.plan import Ask

Attempt = Callable[[Collection[str]], list[Verdict] | Internal]
"""Marks one sheet without some of its answers."""


def mark_class(
    group: Group,
    answers: Sequence[Answers],
    follow_share: float = 1.0,
    unexplained_share: float = UNEXPLAINED,
    *,
    strict: bool = False,
) -> list[list[Verdict]]:
    """As `mark`, but it marks everything that can be marked."""

    def marked(members: Sequence[int], aside: Aside = NOTHING) -> list[list[Verdict]]:
        some = group if len(members) == len(answers) else group.taking(list(members))
        sheets = [answers[member] for member in members]
        return mark(some, sheets, follow_share, unexplained_share, strict=strict, aside=aside)

    rows: list[list[Verdict]] = []
    for members, done in apart(range(len(answers)), marked):
        if isinstance(done, Internal):
            (member,) = members
            done = [_one_sheet(group.at(member), answers[member], partial(marked, members), done)]
        rows += done
    return rows


def _one_sheet(
    group: Group, answers: Answers, marked: Callable[[Aside], list[list[Verdict]]], failure: Internal
) -> list[Verdict]:
    """The verdicts on a sheet that cannot be marked as a whole."""
    asks = [ask.id for ask in group.plan.asks]

    def attempt(unmarked: Collection[str], untold: Collection[str]) -> list[Verdict] | Internal:
        return contained(lambda: marked(Aside(frozenset(unmarked), frozenset(untold)))[0])

    unmarked = _guilty(asks, lambda some: attempt(some, asks))
    untold = _guilty([ask for ask in asks if ask not in unmarked], lambda some: attempt(unmarked, some))
    row = attempt(unmarked, untold)
    if isinstance(row, Internal):
        unmarked = dict.fromkeys(asks, failure)
    verdicts = {} if isinstance(row, Internal) else {verdict.ask: verdict for verdict in row}
    return [
        replace(verdicts[ask.id], internal=untold.get(ask.id))
        if ask.id in verdicts
        else internal_verdict(ask, group, answers, unmarked[ask.id])
        for ask in group.plan.asks
    ]


def _guilty(answers: Sequence[str], attempt: Attempt) -> dict[str, Internal]:
    """The fewest answers without which an attempt succeeds, and what failed."""
    failure = attempt(())
    if not isinstance(failure, Internal):
        return {}
    cures = [answer for answer in answers if not isinstance(attempt((answer,)), Internal)]
    if len(cures) == 1:
        return {cures[0]: failure}
    found: dict[str, Internal] = {}
    for number, answer in enumerate(answers, 1):  # what fails beside those before it
        failed = attempt([*found, *answers[number:]])
        if isinstance(failed, Internal):
            found[answer] = failed
    return {cures[0]: failure} if cures and len(found) > 1 else found


def internal_verdict(ask: Ask, group: Group, answers: Answers, failure: Internal) -> Verdict:
    """Nothing is earned, and it is not the student's fault."""
    broken = Message("problem-broken", {"problem": group.plan.problem.id, "reason": failure.said})
    reasons = (broken if failure.said else Message("internal-answer"),)
    typed = answers.get(ask.id, "")
    kind = contained(lambda: kind_of(ask, group).name)
    name = ask.kind if isinstance(kind, Internal) else kind
    return Verdict(ask.id, name, INTERNAL, 0.0, ask.points, typed, reasons, internal=failure)
