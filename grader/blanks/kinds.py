"""Answer kinds: the registry. A new kind is a class with the methods of `AnswerKind`, a row of traits, a line here."""

from __future__ import annotations

from collections.abc import Callable

from grader.blanks.arrays import ArrayKind
from grader.blanks.choices import ChoiceKind, ChoicesKind
from grader.blanks.construct import ConstructKind
from grader.blanks.expressions import ExpressionKind, MatrixExpressionKind
from grader.blanks.intervals import IntervalKind
from grader.blanks.kind import AnswerKind, Blank, expected_value
from grader.blanks.numbers import IntegerKind, NumberKind
from grader.blanks.sets import SetKind
from grader.blanks.tables import TableKind
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.spec.kinds import BY_RANK, NAMES, TRAITS, Traits

CLASSES: dict[str, Callable[[Traits], AnswerKind]] = {
    "number": NumberKind,
    "integer": IntegerKind,
    "vector": ArrayKind,
    "matrix": ArrayKind,
    "expression": ExpressionKind,
    "matrix expression": MatrixExpressionKind,
    "choice": ChoiceKind,
    "choices": ChoicesKind,
    "construct": ConstructKind,
    "interval": IntervalKind,
    "set": SetKind,
    "table": lambda traits: TableKind(traits, kind_of),
}


def kind_of(ask: Ask, group: Group) -> AnswerKind:
    """The answer kind of an ask; where the file leaves it open, the shape of the value tells."""
    return KINDS[ask.kind or BY_RANK[expected_value(ask, group).ndim - 1]]


KINDS: dict[str, AnswerKind] = {name: CLASSES[name](TRAITS[name]) for name in NAMES}


def blank_of(ask: Ask, group: Group, *, strict: bool = False) -> Blank:
    """The ask with what its answers are read by; `strict`: in their first reading only."""
    shape = expected_value(ask, group).shape[1:] if ask.traits.numbers else ()
    kind = KINDS[ask.kind or BY_RANK[len(shape)]]
    rows = tuple(blank_of(row, group, strict=strict) for row in ask.rows)
    return Blank(ask, kind, group.plan, shape, kind.vocabulary(ask, group), rows, kind.arrays(ask, group), strict)


def in_key(ask: Ask, group: Group, language: str) -> str:
    """The right answer of a group of one as a key prints it, Markdown with maths."""
    kind = kind_of(ask, group)
    return kind.markdown(kind.explain(ask, group), ask, language)


def in_latex(ask: Ask, group: Group, language: str) -> str:
    """The right answer of a group of one, in LaTeX without dollars."""
    kind = kind_of(ask, group)
    return kind.latex(kind.explain(ask, group), ask, language)
