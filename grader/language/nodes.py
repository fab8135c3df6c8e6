"""The tree of the maths language: frozen nodes, built by the parser and rewritten by functions.

    Number   a literal, its digits kept as typed        0.1
    Name     a variable, a constant                     w[1]  alpha  pi
    Array    a vector, or a matrix as rows of arrays    [1, 2; 3, 4]
    Call     a row of the table of primitives           add(x, 1)  sin(x)  matmul...
    Index    spec only, until steps are unrolled        w[t-1]

Spans are places in the source text; they do not take part in equality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import is_not

import msgspec
from msgspec.structs import force_setattr

from grader.errors import Span

NOWHERE: Span = (0, 0)


class _Tree(msgspec.Struct, frozen=True, eq=False):
    """Equality and hash, which each kind of node defines, are by all fields but the span."""

    def __ne__(self, other: object) -> bool:
        return not self == other


class Number(_Tree, frozen=True, eq=False):
    """A decimal literal (`12`, `.5`, `1e-3`), ASCII digits with a point."""

    text: str
    span: Span = NOWHERE

    @property
    def value(self) -> float:
        """The nearest double."""
        return float(self.text)

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Number and self.text == other.text)

    def __hash__(self) -> int:
        return hash(self.text)


class Name(_Tree, frozen=True, eq=False):
    """A variable or a constant. Steps unrolled from a loop are named `w[1]`."""

    name: str
    span: Span = NOWHERE

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Name and self.name == other.name)

    def __hash__(self) -> int:
        return hash(self.name)


class Array(_Tree, frozen=True, eq=False):
    """A vector of scalars, or a matrix: an array of rows, each an Array."""

    items: tuple[Node, ...]
    span: Span = NOWHERE

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Array and self.items == other.items)

    def __hash__(self) -> int:
        return hash(self.items)


class Call(_Tree, frozen=True, eq=False):
    """A primitive (operators included: `add`, `mul`, `transpose`) applied to arguments."""

    op: str
    args: tuple[Node, ...]
    span: Span = NOWHERE
    hashed: int = 0
    """The hash once it was asked for, or every look-up would walk the whole tree again; of this process alone."""

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Call and self.op == other.op and self.args == other.args)

    def __hash__(self) -> int:
        if not self.hashed:
            force_setattr(self, "hashed", hash((self.op, self.args)))
        return self.hashed

    def __repr__(self) -> str:
        return f"Call(op={self.op!r}, args={self.args!r}, span={self.span!r})"

    def __reduce__(self) -> tuple[type[Call], tuple[str, tuple[Node, ...], Span]]:
        return Call, (self.op, self.args, self.span)


class Index(_Tree, frozen=True, eq=False):
    """`w[t-1]` in a spec: a step of a loop or an entry of an array; gone once the steps are unrolled."""

    base: str
    indices: tuple[Node, ...]
    span: Span = NOWHERE

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Index and self.base == other.base and self.indices == other.indices)

    def __hash__(self) -> int:
        return hash((self.base, self.indices))


Node = Number | Name | Array | Call | Index
LEAVES = (Number, Name)
"""Nodes without children: more than half of most trees."""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below."""
    if type(node) is Call:  # the types have no others below them, and this is what most of the time goes by
        return node.args
    if type(node) is Array:
        return node.items
    return node.indices if type(node) is Index else ()


def walk(node: Node) -> Iterator[Node]:
    """Every node of the tree, the root first."""
    todo = [node]
    while todo:
        part = todo.pop()
        yield part
        if type(part) is Call:
            todo += part.args[::-1]
        elif type(part) not in LEAVES:
            todo += children(part)[::-1]


def depth(node: Node) -> int:
    """Levels of the tree, counted without recursion (the tree may be too deep to recurse into)."""
    deepest, todo = 0, [(node, 1)]
    while todo:
        part, level = todo.pop()
        deepest = max(deepest, level)
        todo += [(child, level + 1) for child in children(part)]
    return deepest


def summands(node: Node) -> list[Node]:
    """The terms of a sum, each with its sign."""
    match node:
        case Call("add", (left, right)):
            return [*summands(left), *summands(right)]
        case Call("sub", (left, right)):
            return [*summands(left), *(Call("neg", (term,)) for term in summands(right))]
    return [node]


def names(node: Node) -> set[str]:
    """Names that occur in the tree (constants included)."""
    occurring, todo = set(), [node]
    while todo:  # a loop, not `walk`: this runs for every answer
        part = todo.pop()
        if type(part) is Call:
            todo += part.args
        elif type(part) is Name:
            occurring.add(part.name)
        elif type(part) is not Number:
            todo += children(part)
    return occurring


def rebuild(node: Node, parts: tuple[Node, ...]) -> Node:
    """The same node with other children."""
    if isinstance(node, Call):
        return Call(node.op, parts, node.span)
    if isinstance(node, Array):
        return Array(parts, node.span)
    return Index(node.base, parts, node.span) if isinstance(node, Index) else node


def transform(node: Node, rule: Callable[[Node], Node]) -> Node:
    """Rewrite bottom-up: `rule` sees every node after its children were rewritten."""
    if type(node) not in LEAVES:
        parts = children(node)
        done = tuple([transform(part, rule) for part in parts])
        if any(map(is_not, done, parts)):
            node = rebuild(node, done)
    return rule(node)


def placed(node: Node, places: Sequence[int]) -> Node:
    """The same node with its spans given by a table of places: of the text as typed, for those of the text as read."""
    span = (places[node.span[0]], places[node.span[1]])
    if isinstance(node, Number):
        return Number(node.text, span)
    if isinstance(node, Name):
        return Name(node.name, span)
    parts = tuple([placed(part, places) for part in children(node)])
    if isinstance(node, Call):
        return Call(node.op, parts, span)
    return Array(parts, span) if isinstance(node, Array) else Index(node.base, parts, span)


def substitute(node: Node, values: Mapping[str, Node]) -> Node:
    """Put trees in for names."""
    if type(node) is Name:
        return values.get(node.name, node)
    return _with_names(node, values) if values else node


def _with_names(node: Node, values: Mapping[str, Node]) -> Node:
    """The same of what is no name; the leaves, more than half of most trees, are spared a call."""
    parts = children(node)
    done: list[Node] = []
    for part in parts:
        if type(part) is Name:
            done.append(values.get(part.name, part))
        else:
            done.append(part if type(part) is Number else _with_names(part, values))
    return rebuild(node, tuple(done)) if any(map(is_not, done, parts)) else node


def replaced(node: Node, was: Node, put: Node) -> Node:
    """The tree with another part wherever this one stands, or comes to stand from below."""
    parts = children(node)
    if parts:
        done = tuple([replaced(part, was, put) for part in parts])
        if any(map(is_not, done, parts)):
            node = rebuild(node, done)
    return put if type(node) is type(was) and node == was else node


def outer(left: Node, right: Node) -> Call:
    """The matrix of two vectors, left times right transposed."""
    return Call("mul", (left, Call("transpose", (right,), right.span)), (left.span[0], right.span[1]))
