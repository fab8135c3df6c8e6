"""Line by line repair of an answers file that is not valid YAML, so that one bad line costs only itself.

The format is shallow, `key: value` on every line, so lines can be told apart without a parser. Values are
quoted, and the text is then read as YAML again. Two repairs, each a single pass: of the line at fault, and of
every line.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from grader import yamltext
from grader.errors import InputError

_BLOCK = re.compile(r"[|>][+-]?[1-9]?[+-]?")
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE_BACKSLASH = re.compile(r"""(?<!\\)(?:\\\\)*\\[^\\"]""")
_DEPTH = {**dict.fromkeys("[({", 1), **dict.fromkeys("])}", -1)}


def raw_double(source: str) -> str | None:
    """The inside of a double-quoted text whose backslashes are LaTeX (`"\\frac{1}{2}"`), None elsewhere."""
    inside = _DOUBLE.fullmatch(source)
    if inside is None or not _SINGLE_BACKSLASH.search(inside[1]):
        return None
    return " ".join(line.strip() for line in inside[1].replace('\\"', '"').split("\n"))


def without_tabs(text: str) -> list[str]:
    """The text; where lines begin with tabs, what it may have been: editors put one for four, two or eight spaces."""
    if not re.search(r"(?m)^ *\t", text):
        return [text]
    return [re.sub(r"(?m)^[ \t]+", lambda indent: indent[0].expandtabs(width), text) for width in (4, 2, 8)]  # noqa: B023


def indented(text: str) -> str | None:
    """The text with the indentation that its answers have lost altogether, in a chat perhaps; None where it is there.

    A line with nothing behind its colon, before one with a variant, is a problem.
    """
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if _split(_uncommented(line).lower()) == ("'answers': ", "")), None)
    there = [n for n, line in enumerate(lines) if start is not None and n > start and _uncommented(line)]
    if len({_width(lines[n]) for n in there}) != 1:
        return None
    parts = {n: _split(_uncommented(lines[n])) for n in there}
    heads = {n for n, after in pairwise(there) if parts[after][0].lower() == "'variant': "}
    heads = {n for n in heads if parts[n][0] and not parts[n][1]}
    for n in there:
        lines[n] = ("  " if n in heads else "    " if parts[n][0] else "        ") + lines[n].strip()
    return "\n".join(lines) if heads else None


def quote_line(text: str, number: int) -> str | None:
    """The text with the value of one line (counted from 1) quoted; None where that would leave a line out."""
    lines = text.split("\n")
    if 0 < number <= len(lines):
        line = lines[number - 1]
        body = _uncommented(line)
        key, value = _split(body)
        if body and not key:
            return None
        indent = line[: len(line) - len(line.lstrip())]
        lines[number - 1] = f"{indent}{key}{_quoted(value)}" if value else line if key else ""
    return "\n".join(lines)


class _Leaf(msgspec.Struct):
    """A `key: value` line, with the lines that go on with it."""

    index: int
    head: str
    indent: int
    parts: list[str] = msgspec.field(default_factory=list)
    depth: int = 0

    def add(self, part: str) -> None:
        self.parts.append(part)
        self.depth += sum(_DEPTH.get(character, 0) for character in part)

    @property
    def unclosed(self) -> bool:
        """A bracket is open, so the next line may belong to the value."""
        return self.depth > 0

    def line(self) -> str:
        return self.head + _quoted(" ".join(self.parts))


class _Rewriter:
    """One pass over the lines: every value quoted, siblings aligned, lines without a colon left out."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.dropped: list[int] = []
        self._indents = [0]
        self._leaf: _Leaf | None = None
        self._branch = True  # the last key had no value: deeper lines are below it
        self._block: int | None = None  # indentation of the key of a block scalar

    def take(self, line: str) -> None:
        body = _uncommented(line)
        indent = _width(line)
        self.lines.append("")
        if self._block is not None and (not line.strip() or indent > self._block):
            self.lines[-1] = line
        elif body and body not in ("---", "..."):
            self._block = None
            self._content(indent, body)

    def _content(self, indent: int, body: str) -> None:
        key, value = _split(body)
        leaf = self._leaf
        deeper = leaf is not None and indent > leaf.indent
        if leaf and (deeper + (not key) + leaf.unclosed) >= 2:  # two of three signs that the value goes on
            leaf.add(body)
        elif not key:
            self.dropped.append(len(self.lines))
        elif key == "- ":
            self._item(body, value)
        else:
            self._key(indent, key, value)

    def _item(self, body: str, value: str) -> None:
        if self._branch:
            self.lines[-1] = " " * (self._indents[-1] + 2) + "- " + _quoted(value)
        elif self._leaf:
            self._leaf.add(body)

    def _key(self, indent: int, key: str, value: str) -> None:
        self.flush()
        head = " " * self._aligned(indent) + key
        self.lines[-1] = head
        self._branch = not value
        if _BLOCK.fullmatch(value):
            self.lines[-1] = head + value
            self._block = indent
        elif value:
            self._leaf = _Leaf(len(self.lines) - 1, head, indent)
            self._leaf.add(value)

    def _aligned(self, indent: int) -> int:
        """The indentation of the siblings this line stands with."""
        if indent > self._indents[-1]:
            if self._branch:
                self._indents.append(indent)
            return self._indents[-1]
        above = self._indents[-1]
        while len(self._indents) > 1 and self._indents[-1] > indent:
            above = self._indents.pop()
        if self._indents[-1] < indent:
            self._indents.append(above)
        return self._indents[-1]

    def flush(self) -> None:
        """Write the leaf that was being collected."""
        if self._leaf:
            self.lines[self._leaf.index] = self._leaf.line()
        self._leaf = None


def quote_all(text: str) -> tuple[str, list[int]]:
    """The text with every value quoted, on the same lines, and the lines that had to be left out."""
    rewriter = _Rewriter()
    for line in text.split("\n"):
        rewriter.take(line)
    rewriter.flush()
    return "\n".join(rewriter.lines), rewriter.dropped


def _width(line: str) -> int:
    """Width of the indentation, a tab counted as two spaces."""
    return sum(2 if character == "\t" else 1 for character in line[: len(line) - len(line.lstrip())])


def _uncommented(line: str) -> str:
    body = line.strip()
    return "" if body.startswith("#") else re.split(r"\s#", body, maxsplit=1)[0].rstrip()


def _split(body: str) -> tuple[str, str]:
    """`key: ` and value; the head of an item is `- `; no colon, no head."""
    if body.startswith("- "):
        return "- ", body[2:].strip()
    quoted = _QUOTED.match(body) or _DOUBLE.match(body)
    if quoted:
        rest = body[quoted.end() :].lstrip()
        return (quoted[0] + ": ", rest[1:].strip()) if rest.startswith(":") else ("", "")
    key, colon, value = (body + " ").partition(": ")
    if not colon:
        key, colon, value = body.partition(":")
    if not colon or not key.strip():
        return "", ""
    return _single(key.strip()) + ": ", value.strip()


def _quoted(value: str) -> str:
    """A value that YAML reads as the text it is."""
    raw = raw_double(value)
    if raw is not None:
        return _single(raw)
    if _QUOTED.fullmatch(value) or _DOUBLE.fullmatch(value) or _is_mapping(value):
        return value
    return _single(value[1:] if value[0] in "\"'" and value[0] not in value[1:] else value)


def _is_mapping(value: str) -> bool:
    """Whether the value is a whole flow mapping, the fields of a construct."""
    try:
        return value.startswith("{") and bool(yamltext.parse(value, "", duplicates="keep"))
    except InputError:
        return False


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
