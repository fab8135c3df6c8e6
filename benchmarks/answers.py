"""Answers to the blanks of any family, through the public API: right ones, and wrong ones for whatever is asked."""

from __future__ import annotations

import re
from functools import partial

import grader

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")
CONSTRUCTED = "construct"
"""A kind whose answers are mappings of fields."""


def wrong_sheet(variant: grader.Variant) -> dict[str, str]:
    """Every blank wrong, but for what a student makes up."""
    return {ask: wrong(kind, right) for ask, kind, right in _typed(variant)}


def sheet_with_one_wrong(variant: grader.Variant, number: int) -> dict[str, str]:
    """Right answers but for one blank, another for every `number`."""
    typed = _typed(variant)
    answers = {ask: right for ask, _, right in typed}
    for ask, kind, right in typed[number % len(typed) :][:1] if typed else ():
        answers[ask] = wrong(kind, right)
    return answers


def _typed(variant: grader.Variant) -> list[tuple[str, str, str]]:
    """Ask, kind and right answer of every blank whose answer is one text."""
    asks = [(ask["id"], ask["kind"]) for ask in variant.as_dict()["asks"]]
    return [(ask, kind, variant.right_answer(ask)) for ask, kind in asks if kind != CONSTRUCTED]


def wrong(kind: str, right: str) -> str:
    """Another answer than the right one, of the kind asked for."""
    match kind:
        case "expression":
            return f"({right}) + 1.37"
        case "matrix expression":
            return f"3*({right})"
        case "choice" | "choices":
            return "2" if right.strip() == "1" else "1"
    return _NUMBER.sub(partial(_moved, by=3 if kind == "integer" else 0.37), right)


def _moved(match: re.Match[str], by: float) -> str:
    return f"{float(match[0]) + by:.7g}"
