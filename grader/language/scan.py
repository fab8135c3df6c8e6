"""One text being cut into tokens: what is read so far, and what every reader of it shares."""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from grader.errors import Message, SyntaxFault
from grader.language.characters import HINTS
from grader.language.literals import literal
from grader.language.primitives import FUNCTIONS, PRIMITIVES


class Token(msgspec.Struct, frozen=True):
    """`kind` is number, name, op, form (LaTeX) or end; `text` is normalised. `comma`: a number with a decimal comma."""

    kind: str
    text: str
    start: int
    end: int
    comma: bool = False


class Scan:
    """The text, its tokens so far, and the brackets open where it stands."""

    def __init__(self, source: str, comma: str) -> None:
        self.source, self.comma = source, comma
        self.tokens: list[Token] = []
        self.brackets: list[str] = []  # "[", "(" grouping, "f" arguments of a function of several

    def put(self, kind: str, text: str, start: int, end: int, comma: bool = False) -> None:
        """One more token; raises SyntaxFault for a number that is none, or has too many digits."""
        if kind == "number":
            literal(text, (start, end))
        self.tokens.append(Token(kind, text, start, end, comma))

    def operator(self, text: str, start: int, end: int) -> None:
        """A sign; brackets decide what a comma means inside them."""
        if text in ("(", "["):
            self.brackets.append(self.opening(text, self.source.find(text, start, end)))
        elif text in (")", "]") and self.brackets:
            self.brackets.pop()
        self.tokens.append(Token("op", text, start, end))

    def opening(self, text: str, place: int) -> str:
        """`f` for a bracket around the arguments of a function of several arguments, `(` around one number.

        Where semicolons part the arguments, commas between digits are decimal ones: `max(0; 1,5x)`.
        """
        previous = self.tokens[-1] if self.tokens else None
        row = PRIMITIVES.get(FUNCTIONS.get(previous.text, "")) if previous and previous.kind == "name" else None
        if row and row.arity[1] > 1 and row.name != "ln":  # ln(0,5) is that of one half
            return "(" if place in self.parted else "f"
        return "(" if row and row.entrywise else text

    @cached_property
    def parted(self) -> frozenset[int]:
        """Where brackets open in which a semicolon stands, outside of further brackets."""
        opened: list[int] = []
        found = set()
        for place, letter in enumerate(self.source):
            if letter in "([":
                opened.append(place)
            elif letter in ")]" and opened:
                opened.pop()
            elif letter == ";" and opened:
                found.add(opened[-1])
        return frozenset(found)

    def decimal_comma(self) -> bool:
        """Whether a comma between digits is a decimal comma here."""
        if self.comma != "auto":
            return self.comma == "decimal"
        return not self.brackets or self.brackets[-1] == "("

    def unreadable(self, position: int) -> SyntaxFault:
        """The refusal of a character that begins no token, with its cure."""
        letter = self.source[position]
        word = re.match(r"[А-Яа-яЁёІіЈј]+", self.source[position:])
        if word:
            return SyntaxFault("syntax-cyrillic-word", span=(position, position + word.end()), word=word[0])
        hint = Message(f"syntax-hint-{HINTS[letter]}") if letter in HINTS else ""
        return SyntaxFault("syntax-character", span=(position, position + 1), text=letter, hint=hint)
