"""Marking a class, so that a fault of ours costs only the answer that brings it about.

Everybody is marked at once, as ever. Where that fails, halves are, down to the student; then it is found which answers
of this one it takes to fail. Such an answer is internal, not right nor wrong.
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
from grader.marking.mark import FULL, Answers, mark
from grader.marking.verdict import INTERNAL, Shares, Verdict
from grader.plan.group import Group
from grader.plan.plan import Ask

Attempt = Callable[[Collection[str]], list[Verdict] | Internal]
"""Marks one sheet without some of its answers."""


def mark_class(
    group: Group,
    answers: Sequence[Answers],
    shares: Shares = FULL,
    *,
    strict: bool = False,
) -> list[list[Verdict]]:
    """As `mark`, but it marks everything that can be marked."""

    def marked(members: Sequence[int], aside: Aside = NOTHING) -> list[list[Verdict]]:
        some = group if len(members) == len(answers) else group.taking(list(members))
        sheets = [answers[member] for member in members]
        return mark(some, sheets, shares, strict=strict, aside=aside)

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
    tables = {row.id: ask.id for ask in group.plan.asks for row in ask.rows}

    def attempt(unmarked: Collection[str], untold: Collection[str]) -> list[Verdict] | Internal:
        done = contained(lambda: marked(Aside(frozenset(unmarked), frozenset(untold)))[0])
        if isinstance(done, Internal):
            return replace(done, asks=tuple(tables.get(ask, ask) for ask in done.asks))
        return done

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


def _guilty(asks: Sequence[str], attempt: Attempt) -> dict[str, Internal]:
    """The answers without which an attempt succeeds, as few as may be, and what failed."""
    found: dict[str, Internal] = {}
    while isinstance(failure := attempt(found), Internal) and len(found) < len(asks):
        rest = [ask for ask in asks if ask not in found]
        found[_culprit(rest, lambda some: attempt({*found, *some}), failure)] = failure
    return found


def _culprit(asks: Sequence[str], attempt: Attempt, failure: Internal) -> str:
    """One answer to put aside: it succeeds without it, or it failed there; of several that where it failed."""
    seen = [ask for ask in failure.asks if ask in asks]
    for ask in dict.fromkeys((*seen, *asks)):
        if not isinstance(attempt((ask,)), Internal):
            return ask
    shortest = (number for number in range(1, len(asks)) if isinstance(attempt(asks[number:]), Internal))
    return seen[0] if seen else asks[next(shortest, len(asks)) - 1]


def internal_verdict(ask: Ask, group: Group, answers: Answers, failure: Internal) -> Verdict:
    """Nothing is earned, and it is not the student's fault."""
    broken = Message("problem-broken", {"problem": group.plan.problem.id, "reason": failure.said})
    reasons = (broken if failure.said else Message("internal-answer"),)
    typed = answers.get(ask.id, "")
    kind = contained(lambda: kind_of(ask, group).name)
    name = ask.kind if isinstance(kind, Internal) else kind
    return Verdict(ask.id, name, INTERNAL, 0.0, ask.points, typed, reasons, internal=failure)
