"""Text → tokens, for everything people type: ASCII maths, Unicode signs, decimal commas and pasted LaTeX.

Spans are places in the text as typed: characters are replaced one by one, never removed.
"""

from __future__ import annotations

import re

import msgspec

from grader.errors import Message, Span, SyntaxFault
from grader.language.characters import (
    ACCENTED,
    ACCENTS,
    FRACTIONS,
    GREEK,
    HINTS,
    LOOKALIKES,
    REPLACE,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)
from grader.language.latex import read_command
from grader.language.primitives import FUNCTIONS, PRIMITIVES

MAX_LENGTH = 10_000
MAX_DIGITS = 1_000  # of one number; Python converts 4300 at most

_LETTERS = f"A-Za-zͰ-Ͽ{''.join(ACCENTED)}"
_MARKS, _BELOW, _ABOVE = ("".join(signs) for signs in (ACCENTS, SUBSCRIPTS, SUPERSCRIPTS))
_TOKEN = re.compile(
    rf"""
    (?P<space>[ ]+|(?<=[^ ])~)
  | (?P<number>(?:[0-9]+(?:\.(?![*/^'T])[0-9]*|\{{,\}}[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>[{_LETTERS}][{_LETTERS}{_MARKS}0-9{_BELOW}]*(?:_(?:[0-9]+|[A-Za-zͰ-Ͽ]+[0-9]*|\{{[^{{}}\\]*\}}))?)
  | \\(?P<command>[A-Za-z]+|[,;:!\ \\|{{}}()\[\]]?)
  | (?P<op>\*\*|\.\*|\./|\.\^|\.T(?![A-Za-z])|[<>!=]=|[-+*/^'()\[\]{{}},;|‖@⊙⊘√∛=<>≤≥≠&⊤⌊⌋⌈⌉⟨⟩])
  | (?P<power>[{_ABOVE}]+)
  | (?P<fraction>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
    """,
    re.VERBOSE,
)  # fmt: skip

_DECIMAL_TAIL = re.compile(r",([0-9]+(?:[eE][+-]?[0-9]+)?)(?![0-9]|\.(?![*/^'T])|,(?! ))")
_GROUPED = re.compile(
    r"[1-9][0-9]{0,2}(?:(?:(?: [0-9]{3})+|(?:\\,[0-9]{3})+)(?![0-9]| [0-9])(?:[.,][0-9]+)?"
    r"|(?:,[0-9]{3}){2,}(?!,?[0-9])(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)(?![.,]?[0-9])"
)
"""`1 000`, `1 000 000,5`, `1,000,000`, `1,000.5`; one comma alone (`1,234`) is a decimal."""
_MANY_DIGITS = re.compile(rf"[0-9]{{{MAX_DIGITS + 1},}}")
_PERIODIC = re.compile(r"([0-9]{1,15})(?:[.,]|\{,\})([0-9]*)\(([0-9]{1,15})\)")

_OPERATORS = {"**": "^", "@": "*", "==": "=", "≤": "<=", "≥": ">=", "≠": "!=", ".T": "'", "⊙": ".*",
              "⊘": "./"}  # fmt: skip
_PLAIN = str.maketrans({**SUBSCRIPTS, **ACCENTS, **ACCENTED})
_LETTERS_BELOW = re.compile(rf"(?<!_)([{_BELOW[10:]}])")
_BEFORE_A_TERM = {"+", "-", "(", "{", ";", "=", "<", ">", "<=", ">="}


class Token(msgspec.Struct, frozen=True):
    """`kind` is number, name, op, form (LaTeX) or end; `text` is normalised."""

    kind: str
    text: str
    start: int
    end: int


def canonical_name(text: str) -> str:
    """One spelling for a name: `x_1`, `x₁`, `x_{1}` → `x1`; Greek letters by name; `ŷ` → `yhat`, `xₙ` → `x_n`."""
    if text.isascii() and "_" not in text:
        return text
    text = _LETTERS_BELOW.sub(r"_\1", text, count=1).translate(_PLAIN)
    head, _, tail = text.partition("_")
    tail = re.sub(r"[\s{},]", "", tail)
    head = "".join(GREEK.get(letter, letter) for letter in head)
    tail = "".join(GREEK.get(letter, letter) for letter in tail)
    return head + tail if not tail or tail[0].isdigit() else f"{head}_{tail}"


def tokenize(text: str, comma: str = "auto") -> list[Token]:
    """Tokens of the text, with one of kind `end` last; raises SyntaxFault with the place and the cure.

    `comma` between digits without spaces: "decimal", "list", or "auto" (decimal outside square brackets and
    outside the arguments of a function of several arguments).
    """
    if len(text) > MAX_LENGTH:
        raise SyntaxFault("syntax-too-long", length=len(text), limit=MAX_LENGTH)
    if len(text) > MAX_DIGITS and (digits := _MANY_DIGITS.search(text)):
        raise _too_many_digits(digits.span(), len(digits[0]))
    return Lexer(text.translate(REPLACE), comma).run()


def _too_many_digits(span: Span, count: int) -> SyntaxFault:
    return SyntaxFault("syntax-too-long", span=span, length=count, limit=MAX_DIGITS)


class Lexer:
    """One pass over one text; LaTeX commands are read by `grader.language.latex`."""

    def __init__(self, source: str, comma: str) -> None:
        self.source, self.comma = source, comma
        self.tokens: list[Token] = []
        self.brackets: list[str] = []  # "[", "(" grouping, "f" arguments of a function of several

    def run(self) -> list[Token]:
        """All tokens; raises SyntaxFault."""
        source, tokens, position, length = self.source, self.tokens, 0, len(self.source)
        match = _TOKEN.match
        while position < length:
            found = match(source, position)
            if found is None:
                raise self.unreadable(position)
            kind, end = found.lastgroup, found.end()
            if kind == "number":
                end = self.number(position, end)
            elif kind == "name":
                tokens.append(Token("name", found[0], position, end))
            elif kind == "op":
                self.operator(_OPERATORS.get(found[0], found[0]), position, end)
            elif kind == "command":
                end = read_command(self, found["command"], position, end)
            elif kind == "power":
                self.superscript(found[0], position, end)
            elif kind == "fraction":
                self.fraction(found[0], position, end)
            position = end
        tokens.append(Token("end", "", length, length))
        return tokens

    def put(self, kind: str, text: str, start: int, end: int) -> None:
        """One more token."""
        self.tokens.append(Token(kind, text, start, end))

    # ----- Numbers -----------------------------------------------------------------------------------------------

    def number(self, start: int, end: int) -> int:
        """A number from `start`; returns where reading goes on."""
        source = self.source
        text = source[start:end].replace("{,}", ".")
        following = source[end] if end < len(source) else ""
        if following in (" ", ",", "\\", "(", "{") and (special := self.special_number(start)):
            return special
        if following == "," and text.isdigit() and self.decimal_comma():
            tail = _DECIMAL_TAIL.match(source, end)
            if tail:
                text, end = f"{text}.{tail[1]}", tail.end()
                following = source[end : end + 1]
        if following.isdecimal() or (following == "." and source[end : end + 2] not in (".*", "./", ".^", ".T")):
            raise self.bad_number(start, end + 1)
        if following == "_" and source[end + 1 : end + 2].isdigit():
            whole = re.match(r"[0-9_]+", source[start:])
            assert whole is not None  # noqa: S101  (the text begins with a digit)
            raise SyntaxFault("syntax-number-underscore", span=(start, start + whole.end()), text=whole[0],
                              joined=whole[0].replace("_", ""))  # fmt: skip
        self.tokens.append(Token("number", text, start, end))
        return end

    def special_number(self, start: int) -> int | None:
        """`1 000 000` (digits in groups) and `0.(3)` (a period); None where it is an ordinary number."""
        if not self.decimal_comma():
            return None
        periodic = _PERIODIC.match(self.source, start)
        if periodic:
            whole, head, period = periodic.groups()
            if head:  # 0.1(6), or a product
                raise SyntaxFault("syntax-periodic", span=periodic.span(), text=periodic[0])
            below = 10 ** len(period) - 1
            self.ratio(str(int(whole) * below + int(period)), str(below), start, periodic.end())
            return periodic.end()
        grouped = _GROUPED.match(self.source, start)
        if not grouped or (self.tokens and self.tokens[-1].text not in _BEFORE_A_TERM):
            return None
        digits = grouped[0].replace("\\,", " ")
        digits = digits.replace(" ", "").replace(",", ".") if " " in digits else digits.replace(",", "")
        if len(digits) > MAX_DIGITS:
            raise _too_many_digits(grouped.span(), len(digits))
        self.put("number", digits, start, grouped.end())
        return grouped.end()

    def bad_number(self, start: int, end: int) -> SyntaxFault:
        """The refusal of `1.2.3`, and of `0.33...`."""
        if self.source.startswith("...", end - 1):
            dots = Message("syntax-hint-dots")
            return SyntaxFault("syntax-character", span=(end - 1, end + 2), text="...", hint=dots)
        return SyntaxFault("syntax-number", span=(start, end), text=self.source[start:end])

    def decimal_comma(self) -> bool:
        """Whether a comma between digits is a decimal comma here."""
        if self.comma != "auto":
            return self.comma == "decimal"
        return not self.brackets or self.brackets[-1] == "("

    def fraction(self, sign: str, start: int, end: int) -> None:
        """`½`; after a whole number a mixed one: `1½` is 3/2."""
        above, below = FRACTIONS[sign][0], FRACTIONS[sign][1]
        previous = self.tokens[-1] if self.tokens else None
        if previous and previous.kind == "number" and previous.end == start and previous.text.isdigit():
            self.tokens.pop()
            above, start = str(int(previous.text[:15]) * int(below) + int(above)), previous.start
        self.ratio(above, below, start, end)

    def ratio(self, above: str, below: str, start: int, end: int) -> None:
        """The tokens of one fraction."""
        for kind, text in (("op", "{"), ("number", above), ("op", "/"), ("number", below), ("op", "}")):
            self.put(kind, text, start, end)

    # ----- Signs -------------------------------------------------------------------------------------------------

    def operator(self, text: str, start: int, end: int) -> None:
        """A sign; brackets decide what a comma means inside them."""
        if text in ("(", "["):
            self.brackets.append(self.opening(text))
        elif text in (")", "]") and self.brackets:
            self.brackets.pop()
        self.tokens.append(Token("op", text, start, end))

    def opening(self, text: str) -> str:
        """`f` for a bracket around the arguments of a function of several arguments."""
        previous = self.tokens[-1] if self.tokens else None
        if text == "(" and previous and previous.kind == "name":
            row = PRIMITIVES.get(FUNCTIONS.get(previous.text, ""))
            return "f" if row and row.arity[1] > 1 else "("
        return text

    def superscript(self, text: str, start: int, end: int) -> None:
        """`x²` is `x^2`; `x⁵⁺³` is `x^(5+3)`; `Aᵀ` is `A^T`."""
        inner = "".join(SUPERSCRIPTS[sign] for sign in text)
        self.put("op", "^", start, end)
        self.put("op", "{", start, end)
        for found in re.finditer(r"[0-9]+|[A-Za-z]|[-+()]", inner):
            sign = found[0]
            kind = "number" if sign.isdigit() else "name" if sign.isalpha() else "op"
            self.put(kind, sign, start + found.start(), start + found.end())
        self.put("op", "}", end, end)

    def unreadable(self, position: int) -> SyntaxFault:
        """The refusal of a character that begins no token, with its cure."""
        letter = self.source[position]
        word = re.match(r"[А-Яа-яЁёІіЈј]+", self.source[position:])
        if word:
            latin = LOOKALIKES.get(letter)
            if latin and all(part in LOOKALIKES for part in word[0]):
                return SyntaxFault("syntax-cyrillic", span=(position, position + 1), letter=letter, latin=latin)
            return SyntaxFault("syntax-cyrillic-word", span=(position, position + word.end()), word=word[0])
        hint = Message(f"syntax-hint-{HINTS[letter]}") if letter in HINTS else ""
        return SyntaxFault("syntax-character", span=(position, position + 1), text=letter, hint=hint)
