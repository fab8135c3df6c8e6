"""The answers file to fill in: every blank with its prompt as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from grader.errors import Message
from grader.messages import LANGUAGES, translate


def blank_answers(
    student: str,
    assignment: str,
    language: str,
    problems: Iterable[tuple[str, str, str, Sequence[tuple[str, str]]]],
) -> str:
    """The answers file of a student; a problem is (id, variant, title, [(ask, prompt), ...])."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    lines = [*_comment(translate(Message("answers-blank-head"), known), 0)]
    lines += [
        f"{key}: {_name(value)}"
        for key, value in (("student", student), ("assignment", assignment), ("language", known))
    ]
    lines.append("answers:")
    for problem, variant, title, asks in problems:
        lines += ["", *_comment(title, 2), f"  {_name(problem)}:", f"    variant: {_name(variant)}"]
        for ask, prompt in asks:
            lines += [*_comment(prompt, 4), f"    {_name(ask)}:"]
    return "\n".join(lines) + "\n"


def _comment(text: str, indent: int) -> list[str]:
    """Comment lines; nothing in the text can end one early."""
    lines = ("".join(c if c.isprintable() else " " for c in line).strip() for line in text.splitlines())
    return [f"{' ' * indent}# {line}" for line in lines if line]


def _name(text: str) -> str:
    """A name as YAML reads it back: bare where that is safe, else in quotes."""
    if re.fullmatch(r"[^\W_](?:[\w.\[\]@+-]|(?<!:) (?=[^\W_]))*", text) and text.isprintable():
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = (c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return '"' + "".join(escaped) + '"'
