"""What a row of the table of slips says: ways to make it, each with a right formula and the wrong one it becomes."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import msgspec

from grader.slips.context import Rewrite
from grader.slips.rank import GENERIC, KNOWN, USUAL, Rank


class Family(StrEnum):
    """Where a slip is looked for."""

    NODE = "node"
    """At every node of a formula; the row has the rewrite."""
    NAMES = "names"
    """Among the names in a formula."""
    WHOLE = "whole"
    """In a formula as a whole."""
    STEPS = "steps"
    """In formulas computed one from another: `right` is the slope at x, from where x - eta*(slope) leads on."""
    SLOPE = "slope"
    """In slopes: `right` is computed from x through its argument, `wrong` given for its derivative, or for it.

    With `p` the point of a descent with momentum, `wrong` is the slope of `right` elsewhere.
    """
    DERIVATIVE = "derivative"
    """In the rules of differentiation: `right` is what is differentiated by x, `wrong` its derivative done wrong."""
    VALUE = "value"
    """In the number or array that was answered, whatever the formula."""
    FUNCTION = "function"
    """In the expression that was answered, whatever the formula."""


class Way(msgspec.Struct, frozen=True):
    """One way to make a slip: a right formula, and the wrong one it becomes.

    `of` tells ways of one family apart; `main` slips also choose the numbers of a draw.
    """

    family: Family
    right: str
    wrong: str
    of: str = ""
    rank: Rank = USUAL
    main: bool = False
    rewrite: Rewrite | None = None


class SlipKind(msgspec.Struct, frozen=True):
    """A slip with a name; `names_part`: there is a second text, with the part; `hasty`: looked for two at a time."""

    id: str
    ways: tuple[Way, ...]
    names_part: bool = False
    hasty: bool = False

    @property
    def key(self) -> str:
        """Its text in the catalogue."""
        return f"slip-{self.id}"

    @property
    def key_with_part(self) -> str:
        """Its text with the part, which only those have that name it."""
        return f"{self.key}-part"


class Row(NamedTuple):
    """What a way gives to the slips made in it."""

    rule: str
    rank: Rank
    main: bool


def node(rewrite: Rewrite, right: str, wrong: str, *, of: str = "", rank: Rank = USUAL, main: bool = False) -> Way:
    """At a node, by a rewrite."""
    return Way(Family.NODE, right, wrong, of, rank, main, rewrite)


def names(right: str, wrong: str, of: str = "", rank: Rank = USUAL, main: bool = False) -> Way:
    """Among the names."""
    return Way(Family.NAMES, right, wrong, of, rank, main)


def derivative(right: str, wrong: str) -> Way:
    """A rule of differentiation that numbers are drawn for."""
    return Way(Family.DERIVATIVE, right, wrong, main=True)


def seldom(right: str, wrong: str) -> Way:
    """A rule of differentiation that they are not drawn for."""
    return Way(Family.DERIVATIVE, right, wrong, "seldom", KNOWN)


def whole(right: str, wrong: str, of: str = "", rank: Rank = USUAL, main: bool = False) -> Way:
    """In the formula as a whole."""
    return Way(Family.WHOLE, right, wrong, of, rank, main)


def value(right: str, wrong: str, of: str = "", rank: Rank = GENERIC) -> Way:
    """In the value."""
    return Way(Family.VALUE, right, wrong, of, rank)


def function(right: str, wrong: str) -> Way:
    """In the expression."""
    return Way(Family.FUNCTION, right, wrong, rank=GENERIC)
