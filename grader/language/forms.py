"""LaTeX with a shape of its own: fractions, roots and matrices."""

from __future__ import annotations

from grader.errors import SyntaxFault
from grader.language.brackets import array_of
from grader.language.cursor import Cursor
from grader.language.nodes import Array, Call, Node, Number
from grader.language.refusals import missing_operand, unexpected
from grader.language.scan import Token


def latex_form(cursor: Cursor, token: Token) -> Node:
    """What a command such as `\\frac` begins, two levels deeper."""
    cursor.depth += 1  # it takes as many calls as two brackets
    node = cursor.nested(lambda: _form(cursor, token))
    cursor.depth -= 1
    return node


def _form(cursor: Cursor, token: Token) -> Node:
    """A fraction, a root or a matrix."""
    cursor.position += 1
    if token.text == "frac":
        top = _latex_group(cursor)
        return cursor.binary("div", top, _latex_group(cursor))
    if token.text == "sqrt":
        return _root(cursor, token)
    if token.text == "end":
        raise missing_operand(token, cursor.before())
    inner = _environment(cursor, token)
    return inner if token.text == "begin" else cursor.call(token.text, (inner,), token.start)


def _latex_group(cursor: Cursor) -> Node:
    """The argument of a command: a group in braces, one digit, or one letter."""
    token = cursor.tokens[cursor.position]
    if token.text == "{":
        return cursor.group(token)
    if token.kind in ("number", "name") and len(token.text) > 1 and token.end - token.start == len(token.text):
        first = Token(token.kind, token.text[0], token.start, token.start + 1)
        rest = Token("number" if token.text[1].isdigit() else "name", token.text[1:], token.start + 1, token.end)
        if not (first.text.isalnum() and rest.text.isalnum()):  # of 1.5 which digit, of 1e+5 what
            raise SyntaxFault("syntax-latex-braces", span=(token.start, token.end))
        cursor.tokens[cursor.position : cursor.position + 1] = [first, rest]
    if token.kind in ("number", "name", "form"):
        return cursor.operand()
    raise SyntaxFault("syntax-latex-braces", span=(token.start, token.end))


def _root(cursor: Cursor, token: Token) -> Node:
    """`\\sqrt{x}`, `\\sqrt3`, `\\sqrt[3]{x}`; `\\sqrt(2)` is not LaTeX and is refused."""
    opening = cursor.tokens[cursor.position]
    degree = cursor.group(opening) if opening.text == "[" else Number("2")
    inner = _latex_group(cursor)
    if degree == Number("2"):
        return cursor.call("sqrt", (inner,), token.start)
    if degree == Number("3"):
        return cursor.call("cbrt", (inner,), token.start)
    exponent = Call("div", (Number("1", degree.span), degree), degree.span)
    return Call("pow", (inner, exponent), (token.start, inner.span[1]))


def _environment(cursor: Cursor, token: Token) -> Node:
    """The rows up to `\\end`."""
    rows: list[list[Node]] = [[]]
    while True:
        rows[-1].append(cursor.expression(0))
        sign = cursor.tokens[cursor.position]
        cursor.position += 1
        if sign.text == "\\\\":
            if cursor.tokens[cursor.position].text == "end":
                cursor.position += 1
                break
            rows.append([])
        elif sign.kind == "form" and sign.text == "end":
            break
        elif sign.kind == "end":
            raise SyntaxFault("syntax-latex-end", span=(token.start, token.end))
        elif sign.text != "&":
            raise unexpected(sign, cursor.before())
    span = (token.start, cursor.tokens[cursor.position - 1].end)
    if len(rows) == 1:
        return Array((Array(tuple(rows[0]), span),), span) if len(rows[0]) > 1 else rows[0][0]
    return array_of(rows, span)
