"""YAML read as text, with places.

YAML turns `no` into False, `010` into 8 and `1:30` into 90. Here every scalar stays the text that was typed,
and every node knows its line and its source, so that `w: [0,5; 1,5]` can be given back as it stood.

    Text      a scalar                 value, line, column, plain (typed without quotes)
    Items     a sequence               items, line
    Entries   a mapping, in order      entries, line

The tree is built from PyYAML's stream of events: nothing is constructed, and there are no tags, anchors,
aliases or merge keys, hence no billion laughs. Size, depth and number of nodes have limits. Lines start at 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec
import yaml

from grader.errors import InputError
from grader.textfile import SIZE_LIMIT, decode, shorten
from grader.textfile import read_file as read_file  # both halves under one name

DEPTH_LIMIT = 30
NODE_LIMIT = 100_000

Duplicates = Literal["error", "keep"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CAUSES = (
    ("maximum nesting depth", "file-depth"),  # libyaml's own limit, which it meets while it looks ahead
    ("unknown escape", "file-escape"),
    ("quoted scalar", "file-quote"),
    ("flow sequence", "file-bracket"),
    ("flow mapping", "file-bracket"),
    ("could not find expected ':'", "file-no-colon"),
    ("mapping values are not allowed", "file-colon"),
    ("block mapping", "file-trailing"),
    ("block collection", "file-trailing"),
)
"""What PyYAML says (both loaders) to the likely slip; the rest is "file-start" or "file-yaml"."""


class Text(msgspec.Struct, frozen=True):
    """A scalar. `source` is the text with its quotes; `given` is False for the missing value of `{x}`."""

    value: str
    line: int
    column: int = 1
    plain: bool = True
    source: str = ""
    given: bool = True


class Items(msgspec.Struct, frozen=True):
    """A sequence. `typed` is the text of a flow sequence without quotes in it, "" otherwise."""

    items: tuple[Node, ...]
    line: int
    typed: str = ""

    @property
    def source(self) -> str:
        """The text as typed; block style becomes a list, rows such as `- 0,5` are joined by semicolons."""
        commas = any(isinstance(item, Text) and "," in item.value and item.value[0] not in "[({" for item in self.items)
        return self.typed or f"[{('; ' if commas else ', ').join(map(_bare, self.items))}]"


class Entries(msgspec.Struct, frozen=True):
    """A mapping in the order of the file; keys may repeat where `read` was told to keep them."""

    entries: tuple[tuple[Text, Node], ...]
    line: int
    typed: str = ""

    @property
    def source(self) -> str:
        """The text as typed; block style becomes `{key: value}`."""
        return self.typed or f"{{{', '.join(f'{key.value}: {_bare(node)}' for key, node in self.entries)}}}"

    def keys(self) -> tuple[str, ...]:
        """The keys as typed, without quotes."""
        return tuple(key.value for key, _ in self.entries)

    def get(self, key: str) -> Node | None:
        """The node of the first entry of that key."""
        return next((node for name, node in self.entries if name.value == key), None)

    def __contains__(self, key: str) -> bool:
        return key in self.keys()


Node = Text | Items | Entries
Event = Any
"""An event of PyYAML that has both its marks, which its types cannot say."""


def _bare(node: Node) -> str:
    return node.value if isinstance(node, Text) else node.source


def plain(node: Node) -> dict[str, Any] | list[Any] | str:
    """The tree as dicts, lists and strings."""
    if isinstance(node, Entries):
        return {key.value: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items] if isinstance(node, Items) else node.value


def line_of(node: Node, path: Sequence[str | int]) -> int:
    """The line of the deepest node of the file on that path: the line of its key, or of its item."""
    line = node.line
    for part in path:
        if isinstance(node, Entries):
            below = next(((key.line, value) for key, value in node.entries if key.value == str(part)), None)
        elif isinstance(node, Items) and isinstance(part, int) and 0 <= part < len(node.items):
            below = (node.items[part].line, node.items[part])
        else:
            below = None
        if below is None:
            break
        line, node = below
    return line


# ----- Text to tree -----------------------------------------------------------------------------------------


def read(data: bytes, name: str, *, limit: int = SIZE_LIMIT, duplicates: Duplicates = "error") -> Entries:
    """The mapping a file holds; raises InputError with file, line and cure."""
    return parse(decode(data, name, limit), name, duplicates=duplicates)


def parse(text: str, name: str, *, duplicates: Duplicates = "error") -> Entries:
    """The mapping a decoded text holds; raises InputError with file, line and cure."""
    if odd := UNPRINTABLE.search(text):
        line, column = _position(text, odd.start())
        code = f"U+{ord(odd[0]):04X}"
        raise InputError("file-control", file=name, line=line, code=code, column=column)
    try:
        root = _Builder(text, name, duplicates).tree()
    except yaml.MarkedYAMLError as error:
        raise _fault(error, text, name) from None
    except yaml.YAMLError:
        raise InputError("file-yaml", file=name, line=1, column=1) from None
    if not isinstance(root, Entries):
        raise InputError("file-root", file=name, line=root.line)
    return root


def _position(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _fault(error: yaml.MarkedYAMLError, text: str, name: str) -> InputError:
    """A YAML error as the likely slip and its cure, at the place where it began."""
    said = f"{error.context or ''}; {error.problem or ''}"
    key = next((key for words, key in _CAUSES if words in said), "file-start")
    opened = key in ("file-quote", "file-bracket", "file-no-colon")
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    index = min(mark.index if mark else 0, len(text.rstrip()) - 1)
    line, column = _position(text, index)
    before = text[index - column + 1 : index]
    character = text[index]
    if key in ("file-colon", "file-trailing") and ": " not in before:
        key = "file-indent"
    if key == "file-start":
        character = (re.findall(r"(?::|^ *-)\s+(\S)", before) or [character])[-1]
        key = "file-tab" if text[index] == "\t" else key if character in "*&!|>%@`]},?-" else "file-yaml"
    return InputError(key, file=name, line=line, column=column, character=character, limit=DEPTH_LIMIT)


class _Open(msgspec.Struct):
    """A collection whose end has not come: its start, and its nodes so far (keys and values in turn)."""

    event: Event
    nodes: list[Node] = msgspec.field(default_factory=list)
    ends: list[int] = msgspec.field(default_factory=list)


class _Builder(msgspec.Struct):
    """From the stream of events to the tree, without recursion."""

    text: str
    name: str
    duplicates: Duplicates

    def tree(self) -> Node:
        """The root; raises InputError, or yaml.YAMLError from the parser."""
        stack = [_Open(None)]
        count = 0
        for event in self._events():
            count += isinstance(event, yaml.NodeEvent)
            if count > NODE_LIMIT:
                raise self._error("file-nodes", event, limit=NODE_LIMIT)
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append(_Open(event))
                if len(stack) > DEPTH_LIMIT + 1:
                    raise self._error("file-depth", event, limit=DEPTH_LIMIT)
                continue
            scalar = isinstance(event, yaml.ScalarEvent)
            node = self._scalar(event, stack[-1]) if scalar else self._collection(stack.pop(), event)
            stack[-1].nodes.append(node)
            stack[-1].ends.append(event.end_mark.index)
        return stack[0].nodes[0] if stack[0].nodes else Text("", 1)

    def _events(self) -> Iterator[Event]:
        """Scalars, starts and ends of collections of a single document."""
        documents = 0
        event: Event
        for event in yaml.parse(self.text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error("file-documents", event)
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise self._error("file-start", event, character=self.text[event.start_mark.index])
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event

    def _error(self, key: str, event: Event, **values: Any) -> InputError:
        line, column = _position(self.text, event.start_mark.index)
        return InputError(key, file=self.name, line=line, column=column, **values)

    def _scalar(self, event: Event, parent: _Open) -> Text:
        start, end = event.start_mark.index, event.end_mark.index
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        given = True
        if start == end and parent.ends:
            given = ":" in self.text[parent.ends[-1] : start] or not parent.event.flow_style
        return Text(event.value, line, column, not event.style, self.text[start:end], given)

    def _collection(self, opened: _Open, end: Event) -> Node:
        event, nodes = opened.event, opened.nodes
        line = event.start_mark.line + 1
        typed = ""
        if event.flow_style and all(node.plain if isinstance(node, Text) else node.typed for node in nodes):
            typed = _one_line(self.text[event.start_mark.index : end.end_mark.index])
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(nodes), line, typed)
        return Entries(tuple(self._pairs(nodes)), line, typed)

    def _pairs(self, nodes: list[Node]) -> Iterator[tuple[Text, Node]]:
        first: dict[str, int] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Text):
                raise InputError("file-key", file=self.name, line=key.line)
            if key.plain and key.value == "<<":
                raise InputError("file-merge", file=self.name, line=key.line)
            if self.duplicates == "error" and key.value in first:
                raise InputError(
                    "file-duplicate-key",
                    file=self.name,
                    line=key.line,
                    key=shorten(key.value),
                    first=first[key.value],
                    second=key.line,
                )
            first.setdefault(key.value, key.line)
            yield key, value


def _one_line(source: str) -> str:
    """A flow collection as one line, without comments."""
    if "\n" not in source:
        return source
    return " ".join(line.strip() for line in re.sub(r"(^|\s)#[^\n]*", "", source).split("\n"))
