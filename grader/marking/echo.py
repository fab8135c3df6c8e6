"""How an answer was read, in one line of Unicode beside what was typed, so that a misreading is seen at once."""

from __future__ import annotations

import re
from typing import Any

from grader.blanks.kind import AnswerKind, Typed
from grader.language.characters import GREEK, REPLACE, SUBSCRIPTS, SUPERSCRIPTS
from grader.messages import LANGUAGES

LONGEST = 240

_PLAIN = str.maketrans(
    {**SUBSCRIPTS, **GREEK, "_": "", "'": "^T", "⊙": ".*", "⊘": "./", "⊤": "^T", "[": "(", "]": ")", ";": ","}
)
_POWER = re.compile(f"[{''.join(SUPERSCRIPTS)}]+")
_SIGNED_POWER = re.compile(r"\^-([0-9]+|[a-z])(?![\^\w(])")


def echo_of(kind: AnswerKind, answer: Any) -> dict[str, str]:
    """By language what was read; empty for a plain number or list, and for kinds in which nothing can be misread.

    `answer` is what the kind's `read` returned.
    """
    shown = {language: kind.echo(answer, language) for language in LANGUAGES}
    return {language: _bounded(text) for language, text in shown.items() if text}


def tells_more(typed: Typed, echo: str) -> bool:
    """Does the echo say anything that the text itself does not: not where they differ in spaces and signs only."""
    return isinstance(typed, str) and _folded(typed) != _folded(echo)


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _folded(text: str) -> str:
    """The text without the differences between ways to type the same signs: `x_1 * y ^2` and `x₁y²` agree."""
    text = _POWER.sub(_written_out, text.translate(REPLACE).replace(" ", "").replace("**", "^").replace("^⊤", "⊤"))
    text = text.translate(_PLAIN)
    text = _SIGNED_POWER.sub(r"^(-\1)", text.replace("{", "(").replace("}", ")"))
    text = re.sub(r"\^\(([0-9a-zT])\)", r"^\1", re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text))
    return re.sub(r"\*(?!\()|(?<=[0-9)])\*", "", text)  # x(y + 1) read as a product is worth showing


def _written_out(match: re.Match[str]) -> str:
    plain = "".join(SUPERSCRIPTS[sign] for sign in match[0])
    return f"^{plain}" if plain.isdigit() else f"^({plain})"
