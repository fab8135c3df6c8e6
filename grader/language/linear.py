"""A formula as numbers times letters and a number, exactly, whatever way it is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

import numpy as np

from grader.language.evaluate import evaluate
from grader.language.exact import exact
from grader.language.nodes import Call, Name, Node, names

Linear = Mapping[str, Fraction]
"""What each letter is multiplied by; the number alone stands at ""."""

SIDES = {"gt": (">", 1), "lt": (">", -1), "ge": (">=", 1), "le": (">=", -1), "eq": ("=", 1)}
"""A comparison as one of `left - right` with 0, and the sign that turns it so."""


def linear(node: Node, letters: Collection[str], degree: int = 1) -> Linear | None:
    """The factors of a formula that is linear in `letters`; None where it is not, or has no finite value.

    With a higher `degree` it may have products of different letters as well, as letters of their own: `x1*x2`.
    """
    form = _polynomial(node, letters, degree)
    return form if form is None or all(_square_free(letter) for letter, factor in form.items() if factor) else None


def degree_of(letter: str) -> int:
    """Of how many letters one is the product."""
    return len(letter.split("*"))


def _square_free(letter: str) -> bool:
    return len(set(letter.split("*"))) == degree_of(letter)


def _polynomial(node: Node, letters: Collection[str], degree: int) -> Linear | None:
    if isinstance(node, Name) and node.name in letters:
        return {node.name: Fraction(1)}
    if names(node).isdisjoint(letters):
        value = _number(node)
        return None if value is None else {"": value}
    if not isinstance(node, Call):
        return None
    parts = [_polynomial(part, letters, degree) for part in node.args]
    known = [part for part in parts if part is not None]
    return _combined(node.op, known, degree) if len(known) == len(parts) else None


def _combined(op: str, parts: list[Linear], degree: int) -> Linear | None:
    match op, parts:
        case "neg", [inner]:
            return scaled(inner, Fraction(-1))
        case "add", [left, right]:
            return total(left, right)
        case "sub", [left, right]:
            return total(left, scaled(right, Fraction(-1)))
        case (("mul" | "emul"), [left, right]) if left.keys() <= {""}:
            return scaled(right, left.get("", Fraction(0)))
        case (("mul" | "emul"), [left, right]) if right.keys() <= {""}:
            return scaled(left, right.get("", Fraction(0)))
        case (("mul" | "emul"), [left, right]):
            return _product(left, right, degree)
        case (("div" | "ediv"), [left, right]) if right.keys() <= {""} and right.get(""):
            return scaled(left, 1 / right[""])
    return None


def _product(left: Linear, right: Linear, degree: int) -> Linear | None:
    """Every term of one by every term of the other; None beyond the degree."""
    terms: dict[str, Fraction] = {}
    for mine, factor in left.items():
        for other, second in right.items():
            letter = "*".join(sorted(part for part in (*mine.split("*"), *other.split("*")) if part))
            if degree_of(letter) > degree:
                return None
            terms[letter] = terms.get(letter, Fraction(0)) + factor * second
    return terms


def total(left: Linear, right: Linear) -> Linear:
    """The sum of two."""
    return {name: left.get(name, Fraction(0)) + right.get(name, Fraction(0)) for name in {**left, **right}}


def scaled(form: Linear, factor: Fraction) -> Linear:
    """One times a number."""
    return {name: value * factor for name, value in form.items()}


def _number(node: Node) -> Fraction | None:
    """The value of a formula without letters: exact for short literals, else the nearest double."""
    short = exact(node)
    if short is not None:
        return Fraction(short.value)
    value = np.ravel(evaluate(node, {}))
    return Fraction(float(value[0])) if value.size == 1 and np.isfinite(value[0]) else None
