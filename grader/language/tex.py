"""LaTeX maths → boxes: every author's formula reads as something, and what is unknown is a box to be named.

A bracket finds the next one that closes, `[0, 1)` too; without a partner it is a sign like others.
"""

from __future__ import annotations

import re
from functools import lru_cache

from grader.language.boxes import (
    Accent,
    Box,
    Fence,
    Fraction,
    Numeral,
    Root,
    Row,
    Script,
    Sign,
    Space,
    Table,
    Text,
    Unknown,
    Word,
)
from grader.language.signs import (
    ACCENTS,
    CLOSING,
    FONTS,
    FRACTIONS,
    FUNCTIONS,
    GRIDS,
    LINES,
    OPENING,
    SIGNS,
    SPACES,
    TEXTS,
)

_MATHS = re.compile(r"(?<!\\)\$\$(.+?)\$\$|(?<!\\)\$(.+?)(?<!\\)\$", re.DOTALL)
_TOKEN = re.compile(
    r"""
    (?P<numeral>[0-9]+(?:(?:\.|\{,\})[0-9]+)?)
  | \\(?P<size>left|right|middle|[bB]igg?[lrm]?)(?![a-zA-Z])\s*(?P<sized>\\[a-zA-Z]+|\\?.)
  | \\(?P<command>[^\W\d_]+|.)
  | (?P<space>[\s~]+)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ENVIRONMENT = re.compile(r"\s*\{([a-zA-Z]+\*?)\}")
_COLUMNS = re.compile(r"\s*\{[lcr| ]*\}")


def split(markdown: str) -> tuple[list[str], list[str]]:
    """The words of a Markdown text around its formulas, and the formulas: `a $x$ b` is [a, b] and [x]."""
    pieces = _MATHS.split(markdown)
    formulas = [displayed or beside for displayed, beside in zip(pieces[1::3], pieces[2::3], strict=True)]
    return pieces[::3], formulas


def formulas_of(markdown: str) -> list[str]:
    """The formulas of a Markdown text."""
    return split(markdown)[1]


@lru_cache(maxsize=4096)
def boxes(latex: str) -> Row:
    """The boxes of a formula."""
    return Row(tuple(box for _, box in placed(latex)))


def placed(latex: str) -> list[tuple[int, Box]]:
    """The outermost boxes, each with the index in the text where it begins."""
    return _Reader(latex).until("")


class _Reader:
    """One pass over a formula; `end` is where reading goes on, `scopes` what would end the rows that are open."""

    def __init__(self, latex: str) -> None:
        self.latex, self.end = latex, 0
        self.scopes: list[str] = []
        self.stopped: re.Match[str] | None = None

    def token(self) -> re.Match[str] | None:
        match = _TOKEN.match(self.latex, self.end)
        if match is not None:
            self.end = match.end()
        return match

    def until(self, stop: str) -> list[tuple[int, Box]]:
        """Boxes up to a token that ends this row, which is `stopped`; or up to one that ends a row around it."""
        self.scopes.append(stop)
        row: list[tuple[int, Box]] = []
        self.stopped = None
        while (token := self.token()) is not None:
            ending = _ends(token)
            if ending and ending in self.scopes:
                self.stopped = token if ending == stop else None
                self.end = token.end() if ending == stop else token.start()
                break
            self._put(token, row)
            self.stopped = None
        self.scopes.pop()
        return row

    def _put(self, token: re.Match[str], row: list[tuple[int, Box]]) -> None:
        """The boxes that begin with a token, at the end of a row."""
        start = token.start()
        if token["sign"] in ("_", "^", "'"):
            at, base = row.pop() if row and not isinstance(row[-1][1], Space) else (start, Row(()))
            row.append((at, self._script(base, token[0])))
        elif _opens(token):
            row += self._fence(token)
        else:
            row += [(start, box) for box in self._boxes(token)]

    def row(self, stop: str) -> Row:
        """The boxes of an inner row."""
        return Row(tuple(box for _, box in self.until(stop)))

    def _boxes(self, token: re.Match[str]) -> list[Box]:
        match token.lastgroup:
            case "numeral":
                return [Numeral(token[0].replace("{,}", ","))]
            case "space":
                return [Space()]
            case "sized":
                return [Sign(_bracket(token))] if _bracket(token) else []
            case "command":
                return self._command(token["command"])
        return [self.row("}")] if token[0] == "{" else [Sign(token[0])]

    def _command(self, name: str) -> list[Box]:
        if name in SIGNS:
            return [Sign(SIGNS[name])]
        if name in FUNCTIONS:
            return [Word(FUNCTIONS[name], function=True)]
        if name in SPACES:
            return [Space(wide=True)] if SPACES[name] else []
        if name in FRACTIONS:
            return [Fraction(self.argument(), self.argument())]
        if name == "sqrt":
            return [self._root()]
        if name in ACCENTS:
            return [Accent(self.argument(), ACCENTS[name], name)]
        if name in TEXTS:
            return [Text(self._words())]
        if name in FONTS:
            return [self._named(name)]
        return [self._environment() if name == "begin" else Unknown(f"\\{name}")]

    # ----- Arguments --------------------------------------------------------------------------------------------

    def argument(self) -> Row:
        r"""What follows as one argument: a group or one token, of a number one digit (`\frac12` is a half)."""
        while self.latex[self.end : self.end + 1].isspace():
            self.end += 1
        token = self.token()
        if token is None:
            return Row(())
        if (ending := _ends(token)) and ending in self.scopes:
            self.end = token.start()
            return Row(())
        if token.lastgroup == "numeral":
            self.end = token.start() + 1
            return Row((Numeral(token[0][0]),))
        inner = self._boxes(token)
        return inner[0] if len(inner) == 1 and isinstance(inner[0], Row) else Row(tuple(inner))

    def _script(self, base: Box, sign: str) -> Script:
        if sign == "'":
            return Script(base, "'", Row(()))
        script = self.argument()
        primes = bool(script.boxes) and all(box == Sign("'") for box in script.boxes)
        for _ in script.boxes[1:] if primes else ():
            base = Script(base, "'", Row(()))
        return Script(base, "'", Row(())) if primes else Script(base, sign, script)

    def _root(self) -> Root:
        degree = None
        if self.latex.startswith("[", self.end):
            self.end += 1
            degree = self.row("close")
        return Root(self.argument(), degree)

    def _words(self) -> str:
        """A text in braces as it is written."""
        if not self.latex.startswith("{", self.end):
            return ""
        start = self.end + 1
        depth, self.end = 1, start
        while depth and self.end < len(self.latex):
            depth += {"{": 1, "}": -1}.get(self.latex[self.end], 0)
            self.end += 1
        return self.latex[start : self.end - (not depth)]

    def _named(self, font: str) -> Box:
        r"""`\operatorname{tr}` is a function, `\mathrm{end}` a word, `\mathbf{x}` the letter."""
        if self.latex.startswith("*", self.end):
            self.end += 1
        inner = self.argument()
        letters = [box.text for box in inner.boxes if isinstance(box, Sign | Numeral)]
        function = font == "operatorname"
        whole = len(letters) == len(inner.boxes) and (len(letters) > 1 or function)
        return Word("".join(letters), function) if whole else inner

    # ----- Brackets and tables ----------------------------------------------------------------------------------

    def _fence(self, token: re.Match[str]) -> list[tuple[int, Box]]:
        """A row between brackets; where none closes, the bracket as a sign and what follows it."""
        row = self.until("close")
        if self.stopped is None:
            return [(token.start(), Sign(_bracket(token))), *row]
        return [(token.start(), Fence(_bracket(token), Row(tuple(box for _, box in row)), _bracket(self.stopped)))]

    def _environment(self) -> Box:
        match = _ENVIRONMENT.match(self.latex, self.end)
        name = match[1] if match else ""
        self.end = match.end() if match else self.end
        if name not in GRIDS and name not in LINES:
            return Unknown(f"\\begin{{{name}}}")
        columns = _COLUMNS.match(self.latex, self.end) if name == "array" else None
        self.end = columns.end() if columns else self.end
        rows: list[list[Row]] = [[]]
        while True:
            rows[-1].append(self.row("cell"))
            if self.stopped is None or self.stopped["command"] == "end":
                break
            if self.stopped["command"] == "\\":
                rows.append([])
        closed = _ENVIRONMENT.match(self.latex, self.end)
        self.end = closed.end() if closed else self.end
        return Table(name, tuple(map(tuple, rows)))


def _ends(token: re.Match[str]) -> str:
    """Which rows a token ends: of a group, of a bracket, of a cell."""
    if token["sign"] == "}":
        return "}"
    if token["sign"] == "&" or token["command"] in ("\\", "end"):
        return "cell"
    size = token["size"] or ""
    closes = size == "right" or size.endswith("r") if size else (token["sign"] or token["command"]) in CLOSING
    return "close" if closes else ""


def _opens(token: re.Match[str]) -> bool:
    size = token["size"] or ""
    if size:
        return size == "left" or size.endswith("l")
    return token["command"] in OPENING or token["sign"] in ("(", "[")


def _bracket(token: re.Match[str]) -> str:
    """The bracket of a token as it prints; nothing for the point of `\\left.`."""
    if token["sized"] == ".":
        return ""
    written = token["sized"] or token[0]
    return SIGNS.get(written[1:], written[1:]) if len(written) > 1 else written
