"""Where a problem comes from: the tree of its file, faults with file and line, and texts read as expressions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, NoReturn, TypeVar

import msgspec

from grader.errors import AuthorError, Message, StudentError
from grader.language.nodes import Index, Name, Node, Number
from grader.language.parser import parse
from grader.language.prose import fault_of
from grader.language.suggestions import nearest
from grader.messages import LANGUAGES
from grader.yamltext import Entries, line_of, plain
from grader.yamltext import Node as YamlNode

Model = TypeVar("Model", bound=msgspec.Struct)
Path = tuple[str | int, ...]

_KEY = re.compile(r"\s*(?P<base>[^\W\d]\w*)\s*(?:\[(?P<indices>[^\]]*)\])?\s*(?:\((?P<parameters>[^)]*)\))?\s*")
_LOOP = re.compile(r"for\s+(?P<name>\w+)\s+in\s+(?P<first>.+?)\.\.(?P<last>.+)")


class Key(msgspec.Struct, frozen=True):
    """A key of `given`, `where`, `steps` or `ask`: `x`, `w[t]`, `f(x)`."""

    base: str
    indices: tuple[Node, ...] = ()
    parameters: tuple[str, ...] = ()


class Loop(msgspec.Struct, frozen=True):
    """A key `for t in 1..n` above a block."""

    name: str
    first: Node
    last: Node


class Source(msgspec.Struct, frozen=True):
    """A file's tree and its name."""

    file: str
    root: Entries

    def fail(self, key: str, path: Sequence[str | int], /, **values: Any) -> NoReturn:
        """Raise an AuthorError at a place of the file."""
        line = line_of(self.root, path)
        raise AuthorError(key, file=self.file, line=line, path=".".join(map(str, path)), **values)

    def expression(self, text: str, path: Path, names: Collection[str], functions: Collection[str]) -> Node:
        """A scalar as a tree; a syntax error is the author's, with what was not understood."""
        try:
            return _tree(text, frozenset(names), frozenset(functions))
        except StudentError as fault:
            self.fail("spec-expression", path, text=text, reason=fault.message)

    def key(self, text: str, path: Path) -> Key:
        """A key with its indices and parameters."""
        found = _KEY.fullmatch(text)
        if found is None:
            self.fail("spec-key", path, key=text)
        indices = found["indices"]
        trees = tuple(self.expression(part, path, (), ()) for part in indices.split(",")) if indices else ()
        parameters = tuple(part.strip() for part in found["parameters"].split(",")) if found["parameters"] else ()
        return Key(found["base"], trees, parameters)

    def loop(self, text: str, path: Path) -> Loop | None:
        """The key as a loop; None if it is not one."""
        found = _LOOP.fullmatch(text.strip())
        if found is None:
            return None
        first, last = (self.expression(found[part], path, (), ()) for part in ("first", "last"))
        return Loop(found["name"], first, last)

    def model(self, node: YamlNode, kind: type[Model], path: Path) -> Model:
        """A leaf of the file as a validated model."""
        try:
            return msgspec.convert(plain(node), kind, strict=True)
        except msgspec.ValidationError as error:
            inner, _, where = str(error).partition(" - at `$")
            deeper = tuple(int(part) if part.isdigit() else part for part in re.findall(r"[\w ]+", where.rstrip("`")))
            unknown = re.search(r"unknown field `(.+?)`", inner)
            if unknown:
                self.unknown_key(unknown[1], _fields(kind), (*path, *deeper, unknown[1]))
            self.fail("spec-value", (*path, *deeper), reason=inner)

    def texts(self, texts: Mapping[str, str], path: Path, *, template: bool = False) -> None:
        """Refuse a text that is there in some languages only, or says what no text may.

        What has numbers to be filled in, in a `template`, is looked at when they are.
        """
        for language in LANGUAGES if texts else ():
            if not texts.get(language, "").strip():
                self.fail("spec-language", path, language=language)
        for language, text in texts.items():
            if language not in LANGUAGES:
                self.unknown_key(language, LANGUAGES, (*path, language))
            filled = any(mark in text for mark in ("{{", "{%", "{#"))
            if filled and not template:
                self.fail("spec-not-filled", (*path, language))
            if not filled:
                self.prose(text, (*path, language))

    def all_texts(self, texts: Mapping[str, str], path: Path, *, template: bool = False) -> None:
        """Refuse a text that is not there in every language."""
        self.texts(texts or {"": ""}, path, template=template)

    def prose(self, text: str, path: Path) -> None:
        """Refuse a text that says what no text may: other links, other commands of maths."""
        if fault := fault_of(text):
            self.fail(fault.key, path, **fault.values)

    def unknown_key(self, key: str, known: Collection[str], path: Path) -> NoReturn:
        """Refuse a key, with the likeliest one."""
        meant = nearest(key, known)
        hint: Message = (
            Message("syntax-did-you-mean", {"word": meant}) if meant else Message("spec-keys", {"keys": tuple(known)})
        )
        self.fail("spec-unknown-key", path, key=key, hint=hint)


@lru_cache(maxsize=2048)
def _tree(text: str, names: frozenset[str], functions: frozenset[str]) -> Node:
    """Loops and forms come back to the same texts again and again."""
    return parse(text, names, spec=True, functions=functions)


def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(kind))


def label(base: str, indices: Sequence[int]) -> str:
    """The name of an unrolled step: `w[1]`, `c[1,2]`."""
    return f"{base}[{','.join(map(str, indices))}]" if indices else base


def whole(node: Node, values: Mapping[str, Node]) -> int | None:
    """The whole number an index comes to, or None if it depends on drawn values."""
    tree = values.get(node.name, node) if isinstance(node, Name) else node
    if isinstance(tree, Number):  # most are: spare them the evaluator
        return int(tree.value) if tree.value.is_integer() else None
    from grader.language.evaluate import evaluate
    from grader.language.nodes import names, substitute, walk

    tree = substitute(tree, values)
    if names(tree) or any(isinstance(part, Index) for part in walk(tree)):
        return None
    value = float(evaluate(tree, {}).ravel()[0])
    return int(value) if value.is_integer() else None


def number_node(value: float) -> Node:
    """A number as a tree; negative ones as a minus."""
    from grader.language.nodes import Call

    text = repr(abs(float(value)))
    text = text.removesuffix(".0")
    return Call("neg", (Number(text),)) if value < 0 else Number(text)
