"""An answers file as a tree, whether or not its text is YAML: with the line at fault quoted, or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from grader import yamltext
from grader.course.answer_lines import indented, quote_all, quote_line, without_tabs
from grader.errors import InputError, Message
from grader.yamltext import Entries

NOTHING = (None, 0)


class Tolerant(NamedTuple):
    """A tree, the lines that were left out of it, and what was lost of a text that is no YAML, with the line."""

    root: Entries
    dropped: Sequence[int] = ()
    lost: tuple[Message | None, int] = NOTHING


def tolerant(text: str, name: str) -> Tolerant:
    """The text as YAML, repaired where it is none and indented where it has lost its indentation; raises InputError."""
    read = _read(text, name)
    if _is_flat(read.root) and (lines := indented(text)) is not None:
        return _read(lines, name)
    return read


def _is_flat(root: Entries) -> bool:
    """Whether variants stand where the problems should, or nothing at all."""
    answers = next((node for key, node in root.entries if key.value.strip().lower() == "answers"), None)
    return not isinstance(answers, Entries) or any(key.value.strip().lower() == "variant" for key, _ in answers.entries)


def _read(text: str, name: str) -> Tolerant:
    """The file as YAML; if it is not, with the line at fault quoted; failing that, with all values quoted.

    It is said only where something of the text was lost on the way.
    """
    try:
        return Tolerant(yamltext.parse(text, name, duplicates="keep"))
    except InputError as error:
        first = error
    printable = yamltext.UNPRINTABLE.sub("\ufffd", text)
    line = first.line or 1
    found = [tree for lines in without_tabs(printable) if (tree := _repaired(lines, name, line, lines != printable))]
    if not found:
        raise first from None
    best = max(found, key=lambda tree: (tree.sound, _problems_in(tree.root)))
    lost = bool(best.dropped) or printable != text
    said = (Message("answers-as-text", {"reason": first.message}), line) if lost else NOTHING
    return Tolerant(best.root, best.dropped, said)


class _Tree(NamedTuple):
    """What a text that was not YAML was read as; `sound` where spaces for tabs were all it took."""

    root: Entries
    sound: bool = False
    dropped: Sequence[int] = ()


def _repaired(text: str, name: str, line: int, untabbed: bool) -> _Tree | None:
    """The text as it is, with the line at fault quoted, or with all values quoted; None where even that is no YAML."""
    for sound, lines in [(True, text)] * untabbed + [(False, quote_line(text, line))]:
        try:
            if lines is not None:
                return _Tree(yamltext.parse(lines, name, duplicates="keep"), sound)
        except InputError:
            continue
    quoted, dropped = quote_all(text)
    try:
        return _Tree(yamltext.parse(quoted, name, duplicates="keep"), dropped=dropped)
    except InputError:
        return None


def _problems_in(root: Entries) -> int:
    """How many problems a tree has with the variant that each must have."""
    answers = next((node for key, node in root.entries if key.value.strip().lower() == "answers"), None)
    blocks = [node for _, node in answers.entries] if isinstance(answers, Entries) else []
    return sum(
        [key.value.strip().lower() for key, _ in block.entries].count("variant") == 1
        for block in blocks
        if isinstance(block, Entries)
    )
