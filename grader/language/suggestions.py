"""What a mistaken word was meant to be: the cure in "did you mean"."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from grader.errors import Message, Span, SyntaxFault
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES

_ELSEWHERE = {
    "trans": "A'", "root": "x^(1/n)", "nthroot": "x^(1/n)", "power": "x^n", "fabs": "abs", "sen": "sin", "lb": "log2",
    "ld": "log2", "expit": "sigmoid", "inner": "dot", "multiply": "A .* B",
}  # fmt: skip
"""Names from other systems, to what is written here."""


def nearest(word: str, words: Collection[str]) -> str | None:
    """The word of the list that was probably meant: other case first, then close spelling."""
    lower = {known.lower(): known for known in words}
    if word.lower() in lower:
        return lower[word.lower()]
    close = get_close_matches(word.lower(), sorted(lower), 1, 0.7)
    return lower[close[0]] if close else None


def _functions() -> list[str]:
    return [name for name, row in FUNCTIONS.items() if not PRIMITIVES[row].spec_only]


def unknown_name(word: str, span: Span, names: Collection[str]) -> SyntaxFault:
    """The refusal of an unknown name, with the likeliest one or the names there are."""
    return SyntaxFault("syntax-unknown-name", span=span, name=word, hint=_name_hint(word, names))


def _name_hint(word: str, names: Collection[str]) -> Message:
    meant = _ELSEWHERE.get(word) or nearest(word, [*names, *CONSTANTS, *_functions()])
    if meant:
        return Message("syntax-did-you-mean", {"word": meant})
    if names:
        return Message("syntax-names", {"names": tuple(sorted(names))})
    return Message("syntax-no-names")


def unknown_function(word: str, span: Span, names: Collection[str]) -> SyntaxFault:
    """The refusal of an unknown function, with the likeliest one; `S(1 - S)` may be a product of the name s."""
    meant = _ELSEWHERE.get(word) or nearest(word, [*names, *_functions()])
    hint: Message | str = Message("syntax-did-you-mean", {"word": meant}) if meant else ""
    if not meant and names:
        hint = Message("syntax-names", {"names": tuple(sorted(names))})
    return SyntaxFault("syntax-unknown-function", span=span, name=word, hint=hint)
