"""The names of blanks as students spell them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from grader.errors import Message
from grader.language.suggestions import nearest
from grader.plan.plan import Ask

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₜₙ", "0123456789+-ijtn")


@lru_cache(maxsize=1024)
def normal_form(ask: str) -> str:
    """One spelling for `w1`, `w[1]`, `w_1`, `w_{1}` and `w₁`; `w[1][2]` and `w12` stay apart."""
    text = unicodedata.normalize("NFC", ask.translate(_SUBSCRIPTS))
    text = re.sub(r"(?<=\d)[\s\[\]{}_,;]+(?=\d)", ",", text)
    return re.sub(r"[\s\[\]{}_$]+", "", text)


def by_spelling(asks: Iterable[Ask]) -> dict[str, Ask]:
    """Blanks by the normal form of their names."""
    return {normal_form(ask.id): ask for ask in asks}


def unknown_ask(problem: str, name: str, asks: Iterable[Ask]) -> Message:
    """A problem has no blank of that name: the nearest one, or all there are."""
    known = tuple(ask.id for ask in asks)
    meant = nearest(name, known)
    hint = Message("syntax-did-you-mean", {"word": meant}) if meant else Message("answers-asks", {"asks": known})
    return Message("answers-unknown-ask", {"problem": problem, "ask": name, "hint": hint})
