"""What begins with a word: `x_1`, `w[t-1]`, `sin 2x cos x`, `sin^-1 x`, `log_2(x)`."""

from __future__ import annotations

from collections.abc import Set

from grader.errors import SyntaxFault
from grader.language.bases import base_behind, base_below, refuse_two_bases
from grader.language.cursor import NOT, SIGN, Cursor
from grader.language.ends import argument_goes_on, numeric
from grader.language.lexer import canonical_name
from grader.language.nodes import Array, Call, Index, Name, Node, Number, children, names, outer
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES, SPECIAL_FORMS
from grader.language.refusals import CLOSING, missing_operand, unexpected
from grader.language.respelled import expand, recased, respelled
from grader.language.scan import Token
from grader.language.suggestions import unknown_function, unknown_name
from grader.language.words import also_a_product, capital_function

_INVERSES = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "cot": "arccot", "sinh": "arcsinh", "cosh": "arccosh",
             "tanh": "arctanh"}  # fmt: skip
_ADJUGATES, _COFACTORS = {"adj", "adjugate"}, {"cof", "cofactor"}
_ARGUMENT_SIGNS = {"|", "|<", "-", "√", "∛", "{", "‖", "‖<", "⌊", "⌈", "⟨"}


def word(cursor: Cursor, token: Token) -> Node:
    """A name, or a function with its argument."""
    cursor.position += 1
    cursor.depth += 1  # what begins with a word takes as many calls as two brackets
    node = _named(cursor, token)
    cursor.depth -= 1
    return node


def _named(cursor: Cursor, token: Token) -> Node:
    """The token just passed, with the index or the argument that follows."""
    text, span = token.text, (token.start, token.end)
    name = canonical_name(text)
    cursor.count(token)
    following = cursor.tokens[cursor.position]
    if following.text == "[" and following.start == token.end:
        indexed = _index(cursor, text, token) if cursor.spec else _indexed_name(cursor, name, token)
        if indexed is not None:
            return indexed
    if cursor.spec and text in cursor.functions and following.text == "(" and following.start == token.end:
        return _arguments(cursor, text, token)
    if name in cursor.names:
        return Name(name, span)
    if name in CONSTANTS:
        return Name(name, span)
    if text == "E" and text in cursor.words and following.text != "^":  # E^x is the number e: its name began a line
        return Name("I", span)
    if cursor.spec and (text in SPECIAL_FORMS or text in cursor.functions) and following.text == "(":
        return _arguments(cursor, text, token)
    row = FUNCTIONS.get(name) or FUNCTIONS.get(text)
    if row is not None and (cursor.spec or not PRIMITIVES[row].spec_only):
        return _function(cursor, row, token)
    if text in _ADJUGATES and not cursor.spec:
        return _adjugate(cursor, token)
    if text in _COFACTORS and not cursor.spec:
        return Call("transpose", (_adjugate(cursor, token),), span)
    if text == "outer" and following.text == "(" and not cursor.spec:
        return _outer(cursor, token)
    if text.startswith(("log_", "log₁", "log₂", "log₃", "log₄", "log₅")):
        return _logarithm(cursor, token)
    if cursor.spec:
        return cursor.call("not", (cursor.expression(NOT),), token.start) if text == "not" else Name(name, span)
    return _run_together(cursor, token)


def _run_together(cursor: Cursor, token: Token) -> Node:
    """`xy` for x·y, `2pix`, `sinx`: an unknown word made of known ones is their product; `Sin` is sin, `X` is x."""
    cursor.position -= 1
    if respelled(cursor):
        return cursor.operand()
    if (row := capital_function(token.text)) is not None:
        cursor.position += 1
        return _function(cursor, row, token)
    following = cursor.tokens[cursor.position + 1]
    if following.text == "(":
        raise unknown_function(token.text, (token.start, token.end), cursor.names)
    raise unknown_name(token.text, (token.start, token.end), cursor.names)


# ----- Indices --------------------------------------------------------------------------------------------------------


def _indexed_name(cursor: Cursor, name: str, token: Token) -> Node | None:
    """`x[1]` for the declared name x1."""
    match cursor.tokens[cursor.position + 1 : cursor.position + 3]:
        case [Token("number", number), Token("op", "]") as closing] if name + number in cursor.names:
            cursor.position += 3
            return Name(name + number, (token.start, closing.end))
    return None


def _index(cursor: Cursor, base: str, token: Token) -> Node:
    """`w[t-1]` in a spec."""
    cursor.position += 1
    indices = [cursor.expression(0)]
    while cursor.tokens[cursor.position].text == ",":
        cursor.position += 1
        indices.append(cursor.expression(0))
    closing = cursor.tokens[cursor.position]
    if closing.text != "]":
        raise SyntaxFault("syntax-unclosed", span=(token.start, token.end), bracket="[", closing="]")
    cursor.position += 1
    node = Index(base, tuple(indices), (token.start, closing.end))
    if base in cursor.functions and cursor.tokens[cursor.position].text == "(":
        raise unexpected(cursor.tokens[cursor.position], cursor.before())
    return node


# ----- Functions ------------------------------------------------------------------------------------------------------


def _function(cursor: Cursor, row: str, token: Token) -> Node:
    """`sin(x)`, `sin x`, `sin 2x`, `sin^2 x`, `sin^-1 x`."""
    letters = not cursor.spec and token.end - token.start == len(token.text)
    product = also_a_product(token.text, cursor.names) if letters else None
    if product:
        raise SyntaxFault("syntax-ambiguous-name", span=(token.start, token.end), name=token.text, function=row,
                          product="*".join(product))  # fmt: skip
    exponent = None
    if cursor.tokens[cursor.position].text == "^":
        cursor.position += 1
        exponent = _exponent(cursor)
    node = _applied(cursor, row, token, exponent is None)
    if row == "diag" and not cursor.spec and cursor.otherwise("diagonal"):
        node = Call("diag", (node,), node.span)
    elif row == "dot" and isinstance(node, Call) and not cursor.spec and cursor.otherwise("dot"):
        node = Call("mul", node.args, node.span)
    if exponent is None:
        return node
    if (
        exponent == Call("neg", (Number("1"),))
        and row in _INVERSES
        and isinstance(node, Call)
        and (cursor.spec or not cursor.otherwise("inverse"))
    ):
        return Call(_INVERSES[row], node.args, node.span)
    return cursor.binary("pow", node, exponent)


def _adjugate(cursor: Cursor, token: Token) -> Node:
    """`adj(A)`: the transposed cofactors, which are the inverse times the determinant."""
    inverse = _applied(cursor, "inv", token, True)
    return Call("mul", (Call("det", children(inverse), inverse.span), inverse), inverse.span)


def _outer(cursor: Cursor, token: Token) -> Node:
    """`outer(x, y)`: the matrix xy'."""
    return outer(*children(_arguments(cursor, "kron", token)))


def _applied(cursor: Cursor, row: str, token: Token, plain: bool) -> Node:
    """The function with its argument; `plain` without an exponent before it."""
    following = cursor.tokens[cursor.position]
    if following.text == "(" or (following.text == "[" and not cursor.spec):
        return _arguments(cursor, row, token)
    if following.text == "{" and plain:
        return cursor.call(row, (cursor.group(following),), token.start)
    if following.kind in ("number", "name", "form") or following.text in _ARGUMENT_SIGNS:
        return cursor.call(row, (_bare_argument(cursor, row, token),), token.start)
    if following.text == "[":
        raise SyntaxFault("syntax-square-bracket", span=(following.start, following.end))
    key = "syntax-prime" if following.text == "'" else "syntax-argument"
    raise SyntaxFault(key, span=(token.start, token.end), function=token.text)


def _exponent(cursor: Cursor) -> Node:
    """The exponent right after a function's name: a number, a name or a group, with a sign."""
    token = cursor.tokens[cursor.position]
    if token.text == "-":
        cursor.position += 1
        return cursor.call("neg", (cursor.nested(lambda: _exponent(cursor)),), token.start)
    if token.kind == "number" and token.text.isdigit():
        cursor.position += 1
        return Number(token.text, (token.start, token.end))
    if token.text in ("{", "("):
        return cursor.group(token)
    if token.kind == "name":
        cursor.position += 1
        return cursor.nested(lambda: _named(cursor, token))
    raise missing_operand(token, cursor.before())


def _bare_argument(cursor: Cursor, row: str, function: Token) -> Node:
    """The argument of `sin 2x cos x`: factors side by side, up to the next sign, bracket or function."""
    node = cursor.expression(SIGN)
    known, coefficient = names(node), numeric(node)
    while _goes_on(cursor, row, known, coefficient):
        cursor.position += cursor.tokens[cursor.position].text == "*"
        factor = cursor.expression(SIGN)
        node = cursor.binary("mul", node, factor)
        known |= names(factor)
        coefficient = coefficient and numeric(factor)
    token, previous = cursor.tokens[cursor.position], cursor.before()
    if cursor.spec and token.text == "(" and previous is not None and previous.kind == "number":
        raise SyntaxFault("syntax-bare-argument", span=(function.start, token.end), function=function.text,
                          number=previous.text)  # fmt: skip
    return node


def _goes_on(cursor: Cursor, row: str, known: Set[str], coefficient: bool) -> bool:
    """Does the next factor belong to the argument, which has these names or is only a coefficient so far.

    A formula in a file has only variables and constants there.
    """
    token = cursor.tokens[cursor.position]
    name = ""
    if token.kind == "name":
        if cursor.spec and token.text in ("and", "or"):
            return False
        name = canonical_name(token.text)
        if name not in cursor.names and name not in CONSTANTS:
            return not cursor.spec and (expand(cursor) or recased(cursor)) and _goes_on(cursor, row, known, coefficient)
    if cursor.spec:
        return bool(name)
    repeated = PRIMITIVES[row].entrywise and name in known  # tr A X A is one trace
    goes_on = argument_goes_on(cursor.tokens, cursor.position, coefficient, repeated)
    if goes_on is None:
        return False
    first, short, long = goes_on
    if short != first and cursor.otherwise("argument-short"):
        return short
    if long != first and cursor.otherwise("argument-long"):
        return long
    return first


def _arguments(cursor: Cursor, function: str, token: Token) -> Node:
    """A function with its arguments in brackets; `ln[(x + 1)y]` has one in square ones, and no list."""
    opening = cursor.tokens[cursor.position]
    outside = cursor.step_in()
    items = [] if cursor.tokens[cursor.position].text == CLOSING[opening.text] else cursor.items()
    cursor.close(opening, outside)
    if len(items) > 1 and not cursor.spec and PRIMITIVES[function].listed:
        items = [Array(tuple(items), (opening.start, cursor.tokens[cursor.position - 1].end))]
    if opening.text == "[" and len(items) > PRIMITIVES[function].arity[1]:
        raise SyntaxFault("syntax-square-bracket", span=(opening.start, opening.end))
    return cursor.call(function, base_behind(cursor, function, token, tuple(items)), token.start)


def _logarithm(cursor: Cursor, token: Token) -> Node:
    """`log_2(x)`, `log₃ x`, `log_a x`, `\\log_{1/2} x`."""
    base = base_below(cursor, token)
    node = _function(cursor, "ln", token)
    refuse_two_bases(node, token)

    def with_base(part: Node) -> Node:
        match part:
            case Call("ln", (argument,), span):
                return Call("ln", (argument, base), span)
            case Call("pow", (logarithm, exponent), span):  # log_2^3 x
                return Call("pow", (with_base(logarithm), exponent), span)
        return part

    return with_base(node)
