"""Texts and bytes that were changed: a place cut, doubled, moved, or something put in that breaks readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

BREAKERS = (
    "(", ")", "[", "]", "{", "}", "|", "||", "‖", "'", '"', "`", ",", ";", ":", ".", "..", "_", "^", "**", "\\", "$",
    "&", "#", "%", "!",
    "=", "<", ">", "≤", "±", "∞", "√", "²", "⁻", "ᵀ", "₁", "½", "⊗", "⌊", "⟨", "⌉", "-", "−", "+", "/", "*", "~", "0",
    "1e400", "1e-400",
    ".5_2", "NaN", "inf", "\n", "\r", "\t", " ", "\u00a0", "\u200b", "\u00ad", "\u202e", "\ufeff", "\x00", "\x1f",
    "\x1b", "\x85", "\u2028",
    "е", "х", "Т", "\\frac", "\\left", "\\right", "\\begin{", "\\end{", "\\\\", "\\sqrt[", "- ", ": ", "? ", "&a",
    "*a", "!!int ", "|\n", ">\n",
    "{{", "}}", "{%", "%}", "{{ 1/0 }}", "---\n", "...\n", "<<: ", "null", "~", "[]", "{}", "9" * 40, "x" * 40, "٣",
    "１", "e\u0301", "\ud7ff", "💥",
)  # fmt: skip
_HIGHEST = 60
"""How often a piece is repeated at most."""
MOST = 4_000
"""Characters of a text that was changed: longer ones only cost time; limits of length have tests of their own."""


def changed(text: str, random: Random, pieces: Sequence[str] = BREAKERS, most: int = MOST) -> str:
    """A text after one to four changes."""
    for _ in range(_few(random)):
        text = _CHANGES[int(random.random() * len(_CHANGES))](text, random, pieces)
    return text[:most]


def changed_lines(text: str, random: Random, pieces: Sequence[str] = BREAKERS, most: int = 20_000) -> str:
    """A file after changes, some of them of whole lines."""
    lines = text.split("\n")
    for _ in range(_few(random)):
        place = int(random.random() * len(lines))
        kind = random.random()
        if kind < 0.6:
            lines[place] = changed(lines[place], random, pieces)
        elif kind < 0.7 and len(lines) > 1:
            del lines[place]
        elif kind < 0.8:
            lines.insert(int(random.random() * len(lines)), lines[place])
        elif kind < 0.9:
            lines[place] = " " * int(random.random() * 9) + lines[place].strip()
        else:
            lines[place] = lines[place].partition(":")[0] + ": " + random.choice(pieces)
    return "\n".join(lines)[:most]


ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "cp1251",
    "utf-16",
    "koi8-r",
    "cp866",
    "latin-1",
    "utf-32",
)


def as_bytes(text: str, random: Random) -> bytes:
    """A text in one of the encodings that files come in, sometimes with bytes that are of none."""
    data = text.encode(random.choice(ENCODINGS), "replace")
    if random.random() < 0.2:
        data = data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\x0b")))
    if data and random.random() < 0.15:
        place = int(random.random() * len(data))
        data = data[:place] + random.randbytes(1 + int(random.random() * 3)) + data[place + int(random.random() * 2) :]
    return data


def _few(random: Random) -> int:
    return 1 + int(random.random() ** 2 * 4)


def _span(text: str, random: Random) -> tuple[int, int]:
    start = int(random.random() * (len(text) + 1))
    return start, min(len(text), start + int(random.random() ** 3 * 12))


def _insert(text: str, random: Random, pieces: Sequence[str]) -> str:
    place, _ = _span(text, random)
    return text[:place] + random.choice(pieces) + text[place:]


def _cut(text: str, random: Random, pieces: Sequence[str]) -> str:
    del pieces
    start, end = _span(text, random)
    return text[:start] + text[end + 1 :]


def _repeat(text: str, random: Random, pieces: Sequence[str]) -> str:
    """A piece many times, at one place: what costs more than its length shows so."""
    place, end = _span(text, random)
    piece = text[place:end] if place < end and random.random() < 0.5 else random.choice(pieces) + random.choice(pieces)
    return text[:place] + piece * int(2 + random.random() ** 2 * _HIGHEST) + text[place:]


def _replace(text: str, random: Random, pieces: Sequence[str]) -> str:
    start, end = _span(text, random)
    return text[:start] + random.choice(pieces) + text[end:]


def _move(text: str, random: Random, pieces: Sequence[str]) -> str:
    del pieces
    start, end = _span(text, random)
    rest = text[:start] + text[end:]
    place = int(random.random() * (len(rest) + 1))
    return rest[:place] + text[start:end] + rest[place:]


def _spell(text: str, random: Random, pieces: Sequence[str]) -> str:
    """One character becomes any other of Unicode."""
    del pieces
    if not text:
        return text
    place = int(random.random() * len(text))
    code = int(random.random() ** 4 * 0x2FFFF)
    return text[:place] + (chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd") + text[place + 1 :]


_CHANGES: tuple[Callable[[str, Random, Sequence[str]], str], ...] = (
    _insert, _insert, _cut, _cut, _replace, _replace, _repeat, _move, _spell,
)  # fmt: skip
