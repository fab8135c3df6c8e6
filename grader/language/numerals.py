"""Numbers, arrays and names in print: LaTeX for both languages, and plain text."""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import ArrayLike

from grader.language.characters import GREEK

DIGITS = 10
"""Significant digits of a computed number; fewer where fewer say the same."""

_GREEK = {name: f"\\{name}" for name in GREEK.values()} | {"epsilon": r"\varepsilon", "phi": r"\varphi"}
_ACCENTS = ("hat", "bar", "tilde")
NAME = re.compile(r"([A-Za-z]+?)(\d*)(?:_(\w+))?((?:\[[\w+\-*, ]*\])*)")
"""Letters, digits, what stands after `_`, indices in square brackets."""


def plain_number(value: float) -> tuple[str, int]:
    """Digits with a point and the power of ten, 0 where none is needed: ("2.5", -7), ("12", 0)."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value)), 0
    mantissa, _, exponent = f"{value:.{DIGITS}g}".partition("e")
    return mantissa, int(exponent or 0)


def number_text(value: float, language: str = "en") -> str:
    """The shortest honest decimal, as it can be typed in an answer: `0.1`, `1e-7`; a comma in Russian."""
    value = float(value)
    if not math.isfinite(value):
        return "—" if math.isnan(value) else "∞" if value > 0 else "-∞"
    digits, exponent = plain_number(value)
    text = f"{digits}e{exponent}" if exponent else digits
    return text.replace(".", ",") if language == "ru" else text


def number_latex(value: float, language: str = "en") -> str:
    """The shortest honest decimal in LaTeX: `0.1`, `10^{-7}`, `2{,}5 \\cdot 10^{12}`."""
    value = float(value)
    if not math.isfinite(value):
        return r"\text{—}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    return scientific(*plain_number(value), language)


def scientific(digits: str, exponent: int, language: str) -> str:
    """digits * 10^exponent in LaTeX, without a factor 1."""
    if language == "ru":
        digits = digits.replace(".", "{,}")
    if not exponent:
        return digits
    power = f"10^{{{exponent}}}"
    sign = digits[: digits.startswith("-")]
    return f"{sign}{power}" if digits.lstrip("-") == "1" else rf"{digits} \cdot {power}"


def array_latex(array: ArrayLike, language: str = "en") -> str:
    """A value without its batch axis: a number, a vector as `(1,\\ 2)`, a matrix between brackets."""
    array = np.asarray(array, dtype=float)
    if array.ndim == 0:
        return number_latex(float(array), language)
    if array.ndim == 1:
        separator = r";\ " if language == "ru" else r",\ "
        return f"({separator.join(number_latex(entry, language) for entry in array)})"
    return matrix_latex([[number_latex(entry, language) for entry in row] for row in array])


def matrix_latex(rows: list[list[str]]) -> str:
    """Typeset entries between round brackets."""
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def name_latex(name: str, indices: tuple[str, ...] = ()) -> str:
    """A name: `alpha` a Greek letter, `mhat[2]` \\hat m_{2}, `loss` upright; typeset `indices` go below."""
    match = NAME.fullmatch(name)
    if match is None:
        return _word(re.sub(r"[^\w]", "", name))
    stem, digits, below, brackets = match.groups()
    parts = [digits] if digits else []
    parts += [_word(below)] if below else []
    brackets = ",".join(re.findall(r"\[(.*?)\]", brackets))
    parts += [brackets] if brackets else []
    parts += indices
    if not parts:
        return _stem(stem)
    subscript = ",".join(parts)
    bare = len(subscript) == 1 and not brackets
    return f"{_stem(stem)}_{subscript}" if bare else f"{_stem(stem)}_{{{subscript}}}"


def _stem(stem: str) -> str:
    for accent in _ACCENTS:
        inner = stem.removesuffix(accent)
        if inner != stem and (len(inner) == 1 or inner in _GREEK):
            return f"\\{accent} {_word(inner)}"
    return _word(stem)


def _word(text: str) -> str:
    if text in _GREEK:
        return _GREEK[text]
    if len(text) == 1 or text.isdigit():
        return text
    return rf"\mathrm{{{text.replace('_', ' ')}}}"
