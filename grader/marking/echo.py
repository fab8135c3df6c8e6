"""How an answer was read, in one line of Unicode beside what was typed, so that a misreading is seen at once."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from grader.blanks.kind import Typed
from grader.blanks.numbers import read_number
from grader.equality.compare import is_numeral, plain_value, read_array
from grader.equality.readings import second_reading
from grader.language.characters import GREEK, REPLACE, SUBSCRIPTS, SUPERSCRIPTS
from grader.language.nodes import Call, Node, Number
from grader.language.parser import parse
from grader.language.unicode import number_unicode, to_unicode
from grader.messages import LANGUAGES, Message, translate

LONGEST = 240
DIGITS = 6

_PLAIN = str.maketrans({**SUBSCRIPTS, **GREEK, "_": "", "'": "^T", "⊙": ".*", "⊘": "./", "[": "(", "]": ")", ";": ","})
_POWER = re.compile(f"[{''.join(SUPERSCRIPTS)}]+")
_SIGNED_POWER = re.compile(r"\^-([0-9]+|[a-z])(?![\^\w(])")


def echo_of(kind: str, typed: Typed, value: Any) -> dict[str, str]:
    """By language what was read; empty for a plain number or list, and for kinds that are not formulas or numbers.

    `value` is what the kind's `read` returned: the tree of an expression, the entries of an array.
    """
    if not isinstance(typed, str):
        return {}
    if kind in ("expression", "matrix expression"):
        return {language: _bounded(to_unicode(value, language)) for language in LANGUAGES}
    if kind in ("number", "integer"):
        return _number_echo(typed, whole=kind == "integer")
    if kind in ("vector", "matrix") and plain_value(typed.strip(), np.ndim(value)) is None:
        tree = read_array(typed, frozenset(), np.shape(value))
        return {language: _bounded(to_unicode(tree, language)) for language in LANGUAGES}
    return {}


def tells_more(typed: Typed, echo: str) -> bool:
    """Does the echo say anything that the text itself does not: not where they differ in spaces and signs only."""
    return isinstance(typed, str) and _folded(typed) != _folded(echo)


def _number_echo(typed: str, whole: bool) -> dict[str, str]:
    second = second_reading(typed)
    if second is None and is_numeral(typed):
        return {}
    trees = [parse(text) for text in (typed, second) if text is not None]
    values = [read_number(text) for text in (typed, second) if text is not None]
    read = [pair for pair in zip(trees, values, strict=True) if not whole or abs(pair[1] - round(pair[1])) < 1e-9]
    shown = _whole if whole else _computed
    return {language: _either([shown(*pair, language) for pair in read], language) for language in LANGUAGES}


def _either(texts: list[str], language: str) -> str:
    """One reading, or two that are both accepted."""
    if len(texts) == 1:
        return _bounded(texts[0])
    return _bounded(translate(Message("echo-either", {"first": texts[0], "second": texts[1]}), language))


def _computed(tree: Node, value: float, language: str) -> str:
    """`1/3 ≈ 0.333333`; a number alone as it is."""
    text = to_unicode(tree, language)
    if isinstance(tree, Number) or (isinstance(tree, Call) and tree.op == "neg" and isinstance(tree.args[0], Number)):
        return text
    rounded = float(f"{value:.{DIGITS}g}")
    sign = "=" if abs(rounded - value) <= 1e-12 * abs(value) else "≈"
    return f"{text} {sign} {number_unicode(rounded, language)}"


def _whole(tree: Node, value: float, language: str) -> str:
    """A whole number: `84,000` is 84 or 84000."""
    return number_unicode(round(value), language) if isinstance(tree, Number) else _computed(tree, value, language)


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _folded(text: str) -> str:
    """The text without the differences between ways to type the same signs: `x_1 * y ^2` and `x₁y²` agree."""
    text = _POWER.sub(_written_out, text.translate(REPLACE).replace(" ", "").replace("**", "^")).translate(_PLAIN)
    text = _SIGNED_POWER.sub(r"^(-\1)", text.replace("{", "(").replace("}", ")"))
    text = re.sub(r"\^\(([0-9a-zT])\)", r"^\1", re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text))
    return re.sub(r"\*(?!\()|(?<=[0-9)])\*", "", text)  # x(y + 1) read as a product is worth showing


def _written_out(found: re.Match[str]) -> str:
    plain = "".join(SUPERSCRIPTS[sign] for sign in found[0])
    return f"^{plain}" if plain.isdigit() else f"^({plain})"
