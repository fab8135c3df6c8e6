"""What begins with a bracket or a bar: groups, vectors and matrices, `|x|`, `‖x‖`, `⌊x⌋`, `⟨x, y⟩`."""

from __future__ import annotations

from grader.errors import Span, SyntaxFault
from grader.language.cursor import Cursor
from grader.language.nodes import Array, Node
from grader.language.scan import Token

MAX_BARS = 6

_ROUNDED = {"⌊": "floor", "⌈": "ceil"}


def parentheses(cursor: Cursor, token: Token) -> Node:
    """A group, or a vector written (1; 2) or {1; 2}."""
    cursor.position += 1
    bars, cursor.bars = cursor.bars, 0
    items = cursor.items()
    inner = items[0] if len(items) == 1 else Array(tuple(items), (token.start, cursor.tokens[cursor.position].end))
    cursor.close(token)
    cursor.bars = bars
    return inner


def bracketed(cursor: Cursor, token: Token) -> Node:
    """`[1, 2]` a vector, `[1, 2; 3, 4]` or `[[1, 2], [3, 4]]` a matrix, `[1; 2]` a column."""
    cursor.position += 1
    bars, cursor.bars = cursor.bars, 0
    if cursor.tokens[cursor.position].text == "]":
        raise SyntaxFault("syntax-empty-list", span=(token.start, cursor.tokens[cursor.position].end))
    rows: list[list[Node]] = [[cursor.expression(0)]]
    while cursor.tokens[cursor.position].text in (",", ";"):
        if cursor.tokens[cursor.position].text == ";":
            rows.append([])
        cursor.position += 1
        rows[-1].append(cursor.expression(0))
    cursor.close(token)
    cursor.bars = bars
    return array_of(rows, (token.start, cursor.tokens[cursor.position - 1].end))


def inner_product(cursor: Cursor, token: Token) -> Node:
    """`⟨x, y⟩`, also with a bar between."""
    cursor.position += 1
    cursor.bars += 1  # a bar here divides
    left = cursor.expression(0)
    cursor.bars -= 1
    if cursor.tokens[cursor.position].text not in (",", ";", "|"):
        raise cursor.unexpected(cursor.tokens[cursor.position])
    cursor.position += 1
    right = cursor.expression(0)
    cursor.close(token)
    return cursor.call("dot", (left, right), token.start)


def rounded(cursor: Cursor, token: Token) -> Node:
    """`⌊x⌋`, `⌈x⌉`."""
    return cursor.call(_ROUNDED[token.text], (cursor.group(token),), token.start)


def bar(cursor: Cursor, token: Token) -> Node:
    """`|x|` or `‖x‖`; `||x||` is a norm where it closes as one."""
    following = cursor.tokens[cursor.position + 1]
    if token.text == "|" and following.text == "|" and following.start == token.end:
        start, depth, nodes = cursor.position, cursor.depth, cursor.nodes
        try:
            cursor.position += 1
            return _between_bars(cursor, cursor.tokens[cursor.position], "norm", 2)
        except SyntaxFault:
            cursor.position, cursor.depth, cursor.nodes = start, depth, nodes
    return _between_bars(cursor, token, "abs" if token.text.startswith("|") else "norm", 1)


def _between_bars(cursor: Cursor, token: Token, function: str, count: int) -> Node:
    cursor.position += 1
    cursor.bars += 1
    if cursor.bars > MAX_BARS:
        raise SyntaxFault("syntax-too-deep", span=(token.start, token.end), limit=MAX_BARS)
    try:
        inner = cursor.expression(0)
        for _ in range(count):
            closing = cursor.tokens[cursor.position]
            if closing.text.lstrip(">") != token.text.rstrip("<"):
                raise SyntaxFault("syntax-unclosed", span=(token.start, token.end), bracket=token.text[0],
                                  closing=token.text[0])  # fmt: skip
            cursor.position += 1
    finally:
        cursor.bars -= 1
    matrix = isinstance(inner, Array) and isinstance(inner.items[0], Array)
    return cursor.call("det" if matrix and function == "abs" else function, (inner,), token.start)


def array_of(rows: list[list[Node]], span: Span) -> Node:
    """A vector or a matrix from its rows; one row or one column is a vector."""
    if len(rows) == 1:
        only = rows[0][0]
        if len(rows[0]) == 1 and isinstance(only, Array) and isinstance(only.items[0], Array):
            return only  # a matrix in one more pair of brackets: LaTeX's [array]
        return Array(tuple(rows[0]), span)
    if all(len(row) == 1 for row in rows):
        return Array(tuple(row[0] for row in rows), span)
    return Array(tuple(Array(tuple(row), (row[0].span[0], row[-1].span[1])) for row in rows), span)
