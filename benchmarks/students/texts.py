"""What students write: numbers rounded as asked, fractions, formulas with numbers put in; and what these are worth.

Own code from end to end: nothing here is shared with the marking that is measured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

FEW = 10
"""So many units of the last digit are a few."""

Value = Any
"""A number, an array, or the text of a formula."""


@dataclass(frozen=True, slots=True)
class Digits:
    """What a blank wants: decimals or significant figures, or else a relative margin; `formula` for a text."""

    decimals: int | None = None
    significant: int | None = None
    relative: float = 1e-12
    formula: bool = False
    absolute: float = 0.0

    def unit(self, value: float) -> float | None:
        """The last digit to be written; None where nothing is rounded."""
        if not np.isfinite(value):
            return None
        if self.decimals is not None:
            return 10.0**-self.decimals
        if self.significant is not None and value:
            return 10.0 ** (int(np.floor(np.log10(abs(value) * (1 + 1e-15)))) - self.significant + 1)
        return None

    def rounded(self, value: Value, cut: bool = False) -> Value:
        """To the digits wanted, half away from zero; or cut off after them. A formula as it is."""
        if isinstance(value, str) or (self.decimals is None and self.significant is None):
            return value
        if np.ndim(value):
            return np.array([self.rounded(entry, cut) for entry in value])
        unit = self.unit(float(value))
        if unit is None or not np.isfinite(value) or abs(value) > 1e20 * unit:  # more digits than a display has
            return float(value)
        way = ROUND_DOWN if cut else ROUND_HALF_UP
        # Twelve digits are what the student's calculator shows: 0.12345 is a tie, whatever its double says.
        return float(Decimal(f"{value:.12g}").quantize(Decimal(f"{unit:.0e}"), rounding=way))

    def coarser(self) -> Digits:
        """A digit less than the blank wants."""
        decimals = None if self.decimals is None else self.decimals - 1
        return Digits(decimals, None if self.significant is None else self.significant - 1)

    def accepts(self, typed: Value, right: Value) -> bool:
        """Whether the answer is as good as the right value."""
        if isinstance(right, str):
            return same_formula(typed, right)
        typed, right = np.asarray(typed, float), np.asarray(right, float)
        if typed.shape != right.shape:
            return False
        if typed.ndim:
            return all(self.accepts(one, other) for one, other in zip(typed, right, strict=True))
        if not np.isfinite(typed) or not np.isfinite(right):
            return False
        unit, gap = self.unit(float(right)), abs(float(typed - right))
        if unit is None:
            return bool(gap <= max(self.relative, 1e-12) * abs(float(right)) + max(self.absolute, 1e-12))
        return gap <= 0.5 * unit * (1 + 1e-9) or abs(self.rounded(float(typed)) - self.rounded(float(right))) < unit / 2

    def near(self, typed: Value, right: Value) -> bool:
        """Within a few units of the last digit: what honest rounding on the way can come to."""
        if isinstance(right, str) or np.shape(typed) != np.shape(right):
            return False
        if np.ndim(right):
            return all(self.near(one, other) for one, other in zip(typed, right, strict=True))
        unit = self.unit(float(right))
        return abs(float(typed) - float(right)) <= (self.absolute if unit is None else FEW * unit)


# ----- Writing down ----------------------------------------------------------------------------------------------


def typed(value: Value, style: str, digits: Digits) -> str:
    """A value as text: with all its digits, rounded, or as a fraction where it is one; blank where there is none."""
    if isinstance(value, str):
        return value
    if np.ndim(value):
        entries = [typed(entry, style, digits) for entry in value]
        return "" if "" in entries else f"[{', '.join(entries)}]"
    number = float(value)
    if not np.isfinite(number):
        return ""
    if style == "fractions":
        fraction = Fraction(number).limit_denominator(400)
        if abs(float(fraction) - number) <= 1e-13 * max(1.0, abs(number)):
            return str(fraction)
    if style == "full":
        return repr(number + 0.0)
    if digits.decimals is None and digits.significant is None:
        return f"{number + 0.0:.12g}"
    unit = digits.unit(number)
    places = max(0, -int(np.floor(np.log10(unit) + 0.5))) if unit else 0
    return f"{digits.rounded(number) + 0.0:.{places}f}"


def number(value: float) -> str:
    """A number inside a formula."""
    text = f"{value:.12g}"
    return f"({text})" if text.startswith("-") else text


def put(text: str, **numbers: float) -> str:
    """Numbers for letters: `put("a*x + b", a=2, b=-1)` is `2*x + (-1)`."""
    return re.sub(r"\b[a-z]\w*", lambda word: number(numbers[word[0]]) if word[0] in numbers else word[0], text)


def inside(outer: str, name: str, inner: str) -> str:
    """The formula with another one in the place of a letter."""
    return re.sub(rf"\b{name}\b", f"({inner})", outer)


# ----- The worth of a formula ------------------------------------------------------------------------------------


class Matrix(np.ndarray):
    """`*` is the product of matrices."""

    def __mul__(self, other: Any) -> Any:
        return np.matmul(self, other) if np.ndim(other) and not _number(self, other) else np.multiply(self, other)

    def __rmul__(self, other: Any) -> Any:
        return np.matmul(other, self) if np.ndim(other) and not _number(self, other) else np.multiply(self, other)

    def __mod__(self, other: Any) -> Any:
        """Entry by entry: `.*` stands as high as `*` does, and so does Python's `%`."""
        return np.multiply(self, other)


def _number(one: Any, other: Any) -> bool:
    """Whether one of them is a row times a column, which is a number."""
    return np.size(one) == 1 or np.size(other) == 1


def matrix(entries: Any) -> Matrix:
    """A matrix of numbers."""
    return np.array(entries, float).view(Matrix)


_FUNCTIONS = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "exp": np.exp, "sqrt": np.sqrt, "ln": np.log, "log10": np.log10,
    "det": np.linalg.det, "inv": lambda square: matrix(np.linalg.inv(square)), "tr": np.trace, "I": matrix(np.eye(2)),
    "tanh": np.tanh, "sigmoid": lambda sums: 1 / (1 + np.exp(-sums)),
    "norm": np.linalg.norm,
    "diag": lambda column: matrix(np.diag(np.ravel(column))),
    "max": np.maximum, "min": np.minimum,
    "__builtins__": {},
}  # fmt: skip


@lru_cache(maxsize=50_000)
def _compiled(text: str) -> CodeType:
    operators = text.replace(".*", "%").replace(".^", "**").replace("^", "**")
    return compile(operators.replace("'", ".T"), text, "eval")


_DEGREES = _FUNCTIONS | {
    "sin": lambda angle: np.sin(np.radians(angle)),
    "cos": lambda angle: np.cos(np.radians(angle)),
    "tan": lambda angle: np.tan(np.radians(angle)),
}


def worth(text: str, **names: Any) -> Any:
    """The value of one of our own formulas; NaN where it has none."""
    return _value(text, _FUNCTIONS, names)


def in_degrees(text: str, **names: Any) -> Any:
    """What a calculator set to degrees makes of it."""
    return _value(text, _DEGREES, names)


def _value(text: str, functions: dict[str, Any], names: Mapping[str, Any]) -> Any:
    with np.errstate(all="ignore"):
        try:
            return eval(_compiled(text), functions, {name: _float(value) for name, value in names.items()})
        except (ValueError, np.linalg.LinAlgError):  # shapes that do not fit, a matrix without an inverse
            return np.nan


def _float(value: Any) -> Any:
    return value if isinstance(value, np.ndarray) else np.float64(value)


_POINTS = dict(zip(("x", "u", "x1", "x2", "y", "y1", "y2", "y3", "s", "p", "w", "λ", "h", "v", "q",
                    "w1", "w2", "w11", "w12", "w21", "w22"), np.array(
    [[0.47, 0.83, 1.21], [0.53, 0.89, 1.13], [0.61, 1.07, 1.23], [1.19, 0.71, 0.49],
     [1.11, 0.67, 0.93], [0.51, 1.03, 0.79], [1.17, 0.59, 0.97], [0.73, 1.09, 0.57], [0.31, 0.44, 0.78],
     [0.23, 0.41, 0.86], [0.39, 0.97, 1.31], [0.23, 0.57, 1.09], [0.17, 0.43, 0.71], [0.67, 1.27, 0.37],
     [0.19, 0.61, 0.83], [0.29, 1.33, 0.59], [0.97, 0.43, 1.17], [0.77, 0.37, 1.03], [1.29, 0.91, 0.33],
     [0.49, 1.27, 0.69], [1.09, 0.63, 1.37]]),
    strict=True))  # fmt: skip
_POINTS |= dict(zip(("g", "z", "x3", "o1", "o2", "v11", "v12", "v21", "v22"), np.array(
    [[1.29, 0.63, -1.47], [0.37, -0.59, 1.13], [0.87, 1.33, 0.41], [0.29, 0.77, 0.53], [0.61, 0.35, 0.81],
     [1.07, -0.83, 0.47], [0.43, 1.21, -0.71], [-0.97, 0.57, 1.39], [1.51, 0.69, 0.91]]),
    strict=True))  # fmt: skip
_POINTS |= {"b0": np.array([0.37, -0.81, 1.13]), "b1": np.array([-0.47, 0.29, 0.61])}
_POINTS["dx"] = np.array([0.43, -0.77, 0.59])
_POINTS["μ"] = np.array([0.37, -0.61, 0.29])
_CUT = dict(zip(
    ("x1", "x2"), np.reshape(np.meshgrid(np.linspace(-3.9, 3.7, 9), np.linspace(-3.7, 3.9, 9)), (2, -1)), strict=True
))  # fmt: skip
"""Where functions with corners are compared: on all sides of these."""
_INTERVAL = re.compile(r"[\[(][^()\[\],]+,[^()\[\],]+[\])]")
_MATRICES = {
    "A": matrix([[1.3, -0.4], [0.7, 2.1]]), "B": matrix([[0.6, 1.9], [-1.1, 0.8]]),
    "X": matrix([[1.7, 0.5], [-0.9, 1.2]]), "x": matrix([[0.7], [-1.6]]),
    "D": matrix([[-0.8, 1.4], [2.2, 0.3]]), "u": matrix([[1.5], [0.4]]), "s": matrix([[-1.3], [0.9]]),
    "b": matrix([[0.2], [1.8]]),
    "a": matrix([[1.1], [-0.6]]), "dx": matrix([[0.9], [1.7]]),
    "dX": matrix([[0.7, -1.2], [1.9, 0.4]]), "W": matrix([[0.6, 1.5], [-1.1, 0.8]]),
    "dW": matrix([[1.3, 0.2], [-0.7, 2.4]]),
    "O1": matrix([[0.3, 0.8], [0.6, -0.4]]), "O2": matrix([[-0.7, 0.9], [0.2, 0.5]]),
    "W1": matrix([[0.5, 1.3], [-1.8, 0.9]]), "W2": matrix([[1.1, -0.6], [0.4, 1.9]]), "W3": matrix([[0.8], [-1.7]]),
    "P": matrix([[1.6], [-0.3]]), "Y": matrix([[0.9], [2.3]]),
    "d1": matrix([[0.4, -1.5], [1.2, 0.7]]), "d2": matrix([[-0.9, 0.3], [1.4, 1.8]]), "d3": matrix([[2.1], [-0.5]]),
}  # fmt: skip

_MATRICES |= {
    "y": matrix([[1], [-1]]), "w": matrix([[0.8], [1.3]]), "r": matrix([[0.6], [1.7]]),
    "mu": matrix([[-0.9], [0.5]]), "h": matrix([[1.2], [0.7]]),
    "V": matrix([[2.3, 0.6], [0.6, 1.1]]), "S": matrix([[1.9, -0.7], [-0.7, 2.6]]),
    "Sigma": matrix([[1.6, 0.4], [0.4, 0.9]]), "K": matrix([[2.1, -0.5], [-0.5, 1.4]]),
    "H": matrix([[0.3, 1.1], [-0.8, 0.6]]), "Lambda": matrix([[0.7, -1.2], [0.4, 1.5]]),
    "n": np.float64(7.3), "gamma": np.float64(0.43), "λ": np.float64(0.77),
}  # fmt: skip
"""Vectors, symmetric matrices, matrices, numbers."""
_TALL = {
    "A": matrix([[1.1, -0.3, 0.8], [0.6, 1.9, -1.2], [-0.7, 0.4, 1.5]]),
    "X": matrix([[0.9, -1.4], [0.5, 1.3], [1.7, 0.2]]), "w": matrix([[0.8], [1.3]]),
    "V": matrix([[2.3, 0.6, -0.4], [0.6, 1.1, 0.3], [-0.4, 0.3, 1.7]]), "y": matrix([[1], [-1], [1]]),
}  # fmt: skip
"""X may be square and need not: what is the same for square ones alone differs here."""


def same_formula(one: str, other: str) -> bool:
    """Equal at the points we try; square matrices for named ones. Of intervals the brackets and both ends."""
    if one == other:
        return True
    intervals = [_INTERVAL.fullmatch(f"{text}") is not None for text in (one, other)]
    if any(intervals) and not all(intervals):
        return False
    if all(intervals):
        ends = zip(*(re.split(r"\s*,\s*", text[1:-1]) for text in (one, other)), strict=True)
        return one[0] + one[-1] == other[0] + other[-1] and all(same_formula(*both) for both in ends)
    both, named = f"{one} {other}", r"'|\b([ABDIXPYWVSKHab]|d[XW]|Sigma|Lambda|[OWd]\d)\b"
    arrays = re.search(named, both)
    names: Mapping[str, Any] = _MATRICES if arrays else _CUT if "max(" in both else _POINTS
    read = set(re.findall(r"\b(?:[A-Z]\w*|[a-z]\d?)\b", both))
    tall = arrays and (read <= {"A", "X", "c"} or "V" in read <= {*_TALL, "c"})
    return _same_at(one, other, names) and not (
        tall and np.all(np.isfinite(worth(other, **_TALL))) and not _same_at(one, other, _TALL)
    )


def _same_at(one: str, other: str, names: Mapping[str, Any]) -> bool:
    here, there = np.asarray(worth(one, **names), float), np.asarray(worth(other, **names), float)
    if here.ndim and there.ndim and here.shape != there.shape:
        return False
    return bool(np.all(np.abs(here - there) <= 1e-6 * np.abs(there) + 1e-12))
