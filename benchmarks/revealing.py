"""Whether a message gives the right answer away: one of the values or formulas put into its text is the answer.

The fixed words of a text are the same for everybody and cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

import grader
from grader.blanks.expressions import reference_tree
from grader.blanks.kind import expected_value
from grader.errors import GraderError, Message
from grader.language.evaluate import evaluate
from grader.language.parser import parse
from grader.messages import Figure, catalogue
from grader.plan.group import Group
from grader.plan.plan import Ask

TELLING = 3
"""A number of fewer digits may stand in a text by chance."""
NEAR = 5e-4
"""Values in texts have four digits."""
HARMLESS = frozenset({"place", "name", "names", "title", "say", "rule", "answer", "done", "subject", "fields"})
"""What says where, what stands there, and what the student wrote."""


def reveals(message: Message, group: Group, member: int, ask: Ask) -> bool:
    """Whether the answer of one student to an ask, right from the givens, stands in a message."""
    same = _is_formula if ask.traits.formula else _is_value
    return any(same(text, group, member, ask) for text in put_in(message))


def revealed(verdict: grader.Verdict, group: Group, member: int, ask: Ask) -> bool:
    """Whether anything that is said of an answer gives the right one away."""
    return any(reveals(message, group, member, ask) for message in messages_of(verdict))


def messages_of(verdict: grader.Verdict) -> list[Message]:
    """Everything that is said of an answer."""
    return [*verdict.reasons, *(slip.message for slip in verdict.slips)]


def put_in(message: Message) -> Iterator[str]:
    """The texts put into a message and those into them; of an equation, its sides."""
    said = str(catalogue("en")[message.key])
    for name, value in message.values.items():
        if name not in HARMLESS and f"{{{name}}}" in said:
            yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Message):
        yield from put_in(value)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, Figure):
        yield f"{value.value:.{value.digits}g}"
    elif isinstance(value, int | float | np.number) and not isinstance(value, bool):
        yield f"{float(value):.6g}"
    elif isinstance(value, str):
        yield from re.split(r"\s*=\s*", value)


def _read(text: str, known: frozenset[str]) -> Any:
    try:
        return parse(text.strip(), known)
    except GraderError:
        return None


def _is_formula(text: str, group: Group, member: int, ask: Ask) -> bool:
    known = frozenset(ask.variables) | (frozenset({*group.plan.symbols, "I"}) if ask.traits.arrays else frozenset())
    tree = _read(text, known)
    if tree is None:
        return False
    if not ask.traits.arrays:
        reference = reference_tree(ask, group, member)
        points = {name: np.linspace(*ask.domain.get(name, (0.4, 1.9)), 7)[1:6] for name in ask.variables}
        return _close(_value(tree, points), _value(reference, points))
    from grader.blanks.kinds import kind_of

    try:
        return bool(kind_of(ask, group).is_same(tree, reference_tree(ask, group, member), ask, group))  # type: ignore[attr-defined]
    except GraderError:
        return False


def _is_value(text: str, group: Group, member: int, ask: Ask) -> bool:
    tree = _read(text, frozenset())
    if tree is None:
        return False
    values = expected_value(ask, group)
    right = np.asarray(values[member if len(values) > 1 else 0], float)
    told = _value(tree, {})
    digits = len(re.sub(r"\D", "", text).strip("0"))
    if told is None or not np.any(right) or (digits < TELLING and not np.ndim(told)):
        return False
    if np.ndim(told) == 0:
        return any(_close(told, entry) for entry in np.ravel(right) if entry)
    return _close(told, right)


def _value(tree: Any, points: Mapping[str, Any]) -> Any:
    try:
        with np.errstate(all="ignore"):
            found = np.asarray(evaluate(tree, dict(points)), float)
    except GraderError:
        return None
    return found[0] if not points and found.ndim and len(found) == 1 else found


def _close(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return False
    one, other = np.asarray(one, float), np.asarray(other, float)
    if one.ndim and other.ndim and one.shape != other.shape:
        return False
    return bool(np.all(np.isfinite(other)) and np.all(np.abs(one - other) <= NEAR * np.abs(other) + 1e-12))
