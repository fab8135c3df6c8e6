"""A derivative in the other layout: the transpose of what is asked for is told as such, and earns what the policy says.

Books quarrel about it: some write gradients as rows, some a Jacobian with a column for each output. A statement says
which layout it wants; who keeps the other one has not differentiated wrongly. It is looked for in the blanks that say
so (`layout` of the ask), by the reference and by what follows from the student's own answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from grader.blanks.kind import Answer, Judgement
from grader.errors import Message, StudentError
from grader.internal import looking_at
from grader.marking.column import Column
from grader.marking.follow import follow
from grader.marking.verdict import Shares, Slip, Verdict
from grader.plan.group import Group

RULE = "layout"
_SAID = {"gradient": "layout-gradient", "jacobian": "layout-jacobian"}
_TAKEN = frozenset({"wrong", "partly"})
_RIGHT = frozenset({"correct", "follows"})


def take_other_layouts(group: Group, columns: Sequence[Column], shares: Shares) -> None:
    """Put into the verdicts which answers are right in the other layout, and what they earn: `shares.layout`.

    An answer keeps what its entries earn by themselves, where that is more.
    """
    for column in columns:
        if not column.ask.layout or not column.told:
            continue
        with looking_at(column.ask.id):
            for member in column.members(_TAKEN):
                if column.verdicts[member].guarded:
                    continue
                turned = column.kind.transposed(column.values[member])
                found = None if turned is None else _found(group, columns, column, member, turned)
                if found is not None and found.status in _RIGHT:
                    column.verdicts[member] = _told(column, member, found, shares)


def _found(group: Group, columns: Sequence[Column], column: Column, member: int, turned: Answer) -> Verdict:
    """The verdict on the transposed answer, beside the others of the same sheet."""
    one, now = group.at(member), column.verdicts[member]
    try:
        judgement = column.kind.compare(column.ask, one, [0], [turned])[0]
    except StudentError as fault:
        judgement = Judgement("wrong", 0.0, (fault.message,))
    verdict = replace(now, status=judgement.status, points=now.of * judgement.share, reasons=(), follows=())
    if judgement.status == "correct":
        return verdict
    own = Column(column.ask, column.kind, [turned], [verdict])
    sheet = [
        own if other is column else Column(other.ask, other.kind, [other.values[member]], [other.verdicts[member]])
        for other in columns
    ]
    follow(one, sheet)
    return own.verdicts[0]


def _told(column: Column, member: int, found: Verdict, shares: Shares) -> Verdict:
    """What is said of it: a slip with a name, or only a remark where the other layout is as good."""
    now = column.verdicts[member]
    message = Message(_SAID[column.ask.layout])
    points = max(now.points, found.points * shares.layout * (shares.follow if found.follows else 1.0))
    if shares.layout == 1:
        return replace(found, points=points, reasons=(*found.reasons, message))
    slip = Slip(RULE, column.ask.id, message, message)
    return replace(
        now, status="partly" if points else "wrong", points=points, reasons=(), follows=found.follows, slips=(slip,)
    )
