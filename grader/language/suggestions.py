"""What a mistaken word was meant to be: the cure in "did you mean"."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from grader.errors import Message, Span, SyntaxFault
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES


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
    """The refusal of an unknown name, with the names there are and the likeliest one."""
    meant = nearest(word, [*names, *CONSTANTS, *_functions()])
    hint: Message | str = Message("syntax-did-you-mean", {"word": meant}) if meant else ""
    if not meant and names:
        hint = Message("syntax-names", {"names": tuple(sorted(names))})
    return SyntaxFault("syntax-unknown-name", span=span, name=word, hint=hint)


def unknown_function(word: str, span: Span, names: Collection[str]) -> SyntaxFault:
    """The refusal of an unknown function: another spelling, or a forgotten sign before the bracket."""
    meant = nearest(word, _functions())
    hint = Message("syntax-did-you-mean", {"word": meant}) if meant else Message("syntax-missing-star", {"name": word})
    del names
    return SyntaxFault("syntax-unknown-function", span=span, name=word, hint=hint)
