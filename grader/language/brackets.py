"""What begins with a bracket or a bar: groups, vectors and matrices, `|x|`, `‖x‖`, `⌊x⌋`, `⟨x, y⟩`."""

from __future__ import annotations

from grader.errors import Span, SyntaxFault
from grader.language.cursor import Cursor
from grader.language.ends import opens_a_product
from grader.language.nodes import Array, Call, Node, Number, names
from grader.language.refusals import missing_operand, unexpected
from grader.language.scan import Token

MAX_BARS = 6

_STEPS = {">": (True, False), "<": (False, False), ">=": (True, True), "<=": (False, True)}
"""A comparison: whether its left side is the greater one, and whether the two may be equal."""
_LIST_OPENS, _LIST_GOES_ON = frozenset("[({,;&\\") | {"\\\\"}, frozenset("])},;&\\") | {"\\\\"}
_INDEXED = {("norm", "F"): "norm", ("norm", "2"): "norm2", ("dot", "F"): "dot"}
_STATE = ("position", "depth", "bars", "nodes", "raised", "doubts", "transposes")
"""What is set back where a reading is given up."""
_ROUNDED = {"⌊": "floor", "⌈": "ceil"}


def parentheses(cursor: Cursor, token: Token) -> Node:
    """A group, or a vector written (1; 2) or {1; 2}; `(x > 0)` is 1 or 0 as `[x > 0]` is."""
    outside = cursor.step_in()
    items = cursor.items()
    if not cursor.spec and len(items) == 1 and cursor.tokens[cursor.position].text in _STEPS:
        items = [_indicator(cursor, items[0])]
    inner = items[0] if len(items) == 1 else Array(tuple(items), (token.start, cursor.tokens[cursor.position].end))
    cursor.close(token, outside)
    named = "I" in cursor.names and not cursor.spec and token.text == "(" and all(names(item) for item in items)
    if named and len(items) == 2 and cursor.otherwise("scalar-product"):
        return Call("dot", tuple(items), inner.span)
    return inner


def bracketed(cursor: Cursor, token: Token) -> Node:
    """`[1, 2]` a vector, `[1, 2; 3, 4]` or `[[1, 2], [3, 4]]` a matrix, `[1; 2]` a column; `2[x + 1]` a group.

    A list in brackets is a row wherever it stands: `[[1, 2]]v`.
    """
    before = cursor.before()
    outside = cursor.step_in()
    if cursor.tokens[cursor.position].text == "]":
        raise SyntaxFault("syntax-empty-list", span=(token.start, cursor.tokens[cursor.position].end))
    rows: list[list[Node]] = [[cursor.expression(0)]]
    while cursor.tokens[cursor.position].text in (",", ";"):
        if cursor.tokens[cursor.position].text == ";":
            rows.append([])
        cursor.position += 1
        rows[-1].append(cursor.expression(0))
    if not cursor.spec and cursor.tokens[cursor.position].text in _STEPS and len(rows) == len(rows[0]) == 1:
        rows = [[_indicator(cursor, rows[0][0])]]
        before = token
    cursor.close(token, outside)
    alone = len(rows) == len(rows[0]) == 1 and not isinstance(rows[0][0], Array) and not cursor.spec
    if alone and (before is token or not _is_entry(before, cursor.tokens[cursor.position])):
        return rows[0][0]
    return array_of(rows, (token.start, cursor.tokens[cursor.position - 1].end))


def _is_entry(before: Token | None, after: Token) -> bool:
    """Does a bracket between these stand by itself, as an entry of a list or as the whole answer."""
    return (before is None or before.text in _LIST_OPENS) and (after.kind == "end" or after.text in _LIST_GOES_ON)


def _indicator(cursor: Cursor, left: Node) -> Node:
    """`[x > 0]`, `[0 ≤ x < 1]`: 1 where it holds and 0 where it does not, as a step (or a product of two)."""
    node: Node | None = None
    while (token := cursor.tokens[cursor.position]).text in _STEPS:
        cursor.position += 1
        right = cursor.expression(0)
        up, closed = _STEPS[token.text]
        high, low = (left, right) if up != closed else (right, left)
        span = (left.span[0], right.span[1])
        step: Node = Call("step", (high if low == Number("0") else Call("sub", (high, low), span),), span)
        if closed:
            step = Call("sub", (Number("1", span), step), span)
        node = step if node is None else Call("mul", (node, step), (node.span[0], span[1]))
        left = right
    assert node is not None  # noqa: S101  (the caller saw a comparison)
    return node


def inner_product(cursor: Cursor, token: Token) -> Node:
    """`⟨x, y⟩`, also with a bar between; `<x, y>`."""
    if token.text == "<" and not opens_a_product(cursor.tokens, cursor.position):
        raise missing_operand(token, cursor.before())
    cursor.position += 1
    cursor.bars += 1  # a bar here divides
    left = cursor.expression(0)
    cursor.bars -= 1
    if cursor.tokens[cursor.position].text not in (",", ";", "|"):
        raise unexpected(cursor.tokens[cursor.position], cursor.before())
    cursor.position += 1
    right = cursor.expression(0)
    if token.text == "<" and cursor.tokens[cursor.position].text == ">":
        cursor.position += 1
    else:
        cursor.close(token)
    return cursor.call(_with_index(cursor, "dot"), (left, right), token.start)


def rounded(cursor: Cursor, token: Token) -> Node:
    """`⌊x⌋`, `⌈x⌉`."""
    return cursor.call(_ROUNDED[token.text], (cursor.group(token),), token.start)


def bar(cursor: Cursor, token: Token) -> Node:
    """`|x|` or `‖x‖`; `||x||` is a norm where it closes as one."""
    following = cursor.tokens[cursor.position + 1]
    double = token.text == "|" and following.text == "|" and following.start == token.end
    if double and token.start not in cursor.no_norms:
        before = [getattr(cursor, part) for part in _STATE]
        try:
            cursor.position += 1
            return _between_bars(cursor, following, "norm", 2)
        except SyntaxFault:
            cursor.no_norms.add(token.start)  # it is none whatever stands around it: once is enough
            for part, value in zip(_STATE, before, strict=True):
                setattr(cursor, part, value)
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
    function = _with_index(cursor, "det" if matrix and function == "abs" else function)
    return cursor.call(function, (inner,), token.start)


def _with_index(cursor: Cursor, function: str) -> str:
    """`‖A‖_F`, `‖x‖_2`, `⟨A, B⟩_F`: the norm and the product of all entries; the norm of 2 of a matrix is another."""
    token = cursor.tokens[cursor.position]
    if token.kind != "below":
        return function
    indexed = _INDEXED.get((function, token.text))
    if indexed is None:
        raise SyntaxFault("syntax-norm-index", span=(token.start, token.end), index=token.text)
    cursor.position += 1
    return indexed


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
