"""Verdicts: what is said of an answer, and what it earned."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.blanks.kind import Typed
from grader.errors import Message, Span
from grader.internal import Internal

STATUSES = ("correct", "follows", "partly", "coarse", "wrong", "invalid", "blank", "received", "internal")
"""follows: right for the student's own earlier values; invalid: it could not be read, which costs this answer only;
blank: nothing was written; received: the assignment does not show this student more; internal: the
program failed here, which costs nobody an attempt."""
INTERNAL = "internal"

UNEXPLAINED = 1 / 3
"""The share of its points that an answer earns which follows from guesses, where the assignment says nothing."""


class Shares(msgspec.Struct, frozen=True):
    """Which part of its points an answer earns that is not simply right.

    `follow`: right for the student's own earlier values; `unexplained`: the same where most of these are wrong and
    nothing explains them; `layout`: a derivative in the other layout.
    """

    follow: float = 1.0
    unexplained: float = UNEXPLAINED
    layout: float = 0.0


class Slip(msgspec.Struct, frozen=True):
    """A slip with a name: `rule` is an authored mistake or a row of the table of slips, `step` where it was made.

    `general` says what it is without one student's formulas.
    """

    rule: str
    step: str
    message: Message
    general: Message

    @property
    def is_pair(self) -> bool:
        """Two slips at once."""
        return "+" in self.rule


class Verdict(msgspec.Struct, frozen=True):
    """One answer: its status, the points it earned of those it could, and why.

    `span` is a place in the text, `follows` names the wrong answers it is computed from, `slips` explain a wrong one
    (more than one is a tie), `echo` shows by language how an expression was read. `guarded`: it does follow, from what
    leaves nothing to compute. `internal` is what failed of the program: in marking, or in naming the slip.
    """

    ask: str
    kind: str
    status: str
    points: float
    of: float
    typed: Typed = ""
    reasons: tuple[Message, ...] = ()
    span: Span | None = None
    follows: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    echo: Mapping[str, str] = msgspec.field(default_factory=dict)
    guarded: bool = False
    internal: Internal | None = None


class ProblemVerdict(msgspec.Struct, frozen=True):
    """All asks of one problem for one student; `faults` are what kept it from being marked at all.

    `total` stands for the sum where the points of the answers are hidden, `first_wrong` is the ask of the first wrong
    line where lines are computed one from another, `internal` what failed of the program before that.
    """

    problem: str
    variant: str
    verdicts: tuple[Verdict, ...]
    of: float
    faults: tuple[Message, ...] = ()
    title: Mapping[str, str] = msgspec.field(default_factory=dict)
    total: float | None = None
    first_wrong: str = ""
    internal: Internal | None = None

    @property
    def points(self) -> float:
        """Earned points."""
        return self.total if self.total is not None else sum(verdict.points for verdict in self.verdicts)
