"""The base of a logarithm: written below its sign, `log_2(x)`, or as a second argument, `log(8, 2)`.

A comma between digits is a decimal one there as everywhere: `ln(0,5)` is ln 0.5, and `log(8,2)` may be the logarithm of
8 to the base 2 as well. A file has no decimal commas.
"""

from __future__ import annotations

import re

from grader.errors import SyntaxFault
from grader.language.cursor import Cursor
from grader.language.lexer import canonical_name
from grader.language.literals import literal
from grader.language.nodes import Call, Name, Node, Number
from grader.language.primitives import CONSTANTS
from grader.language.scan import Token
from grader.language.suggestions import unknown_name

_BASE = re.compile(r"log_?\{?(?:([0-9₀-₉]+(?:[.,][0-9]+)?)(?:/([0-9]+))?|([^{}]*))\}?")


def base_below(cursor: Cursor, token: Token) -> Node:
    """The base written below the sign of a logarithm; raises SyntaxFault."""
    span = (token.start, token.end)
    match = _BASE.fullmatch(token.text)
    above, below, name = match.groups() if match else (None, None, token.text)
    if above:
        number = Number(literal(canonical_name(above).replace(",", "."), span), span)
        return Call("div", (number, Number(literal(below, span), span)), span) if below else number
    canonical = canonical_name(name)
    if canonical in cursor.names or canonical in CONSTANTS or cursor.spec:
        return Name(canonical, span)
    raise unknown_name(name, span, cursor.names)


def base_behind(cursor: Cursor, function: str, token: Token, items: tuple[Node, ...]) -> tuple[Node, ...]:
    """The arguments in the brackets just closed; those of `log(8,2)` are two where the comma is to part them."""
    match items:
        case (Number(text, (start, end)),) if function == "ln" and cursor.tokens[cursor.position - 2].comma:
            if cursor.spec or (token.text == "log" and cursor.otherwise("base")):
                number, _, base = text.partition(".")
                cut = start + len(number)
                return Number(number, (start, cut)), Number(base, (cut + 1, end))
    return items


def refuse_two_bases(call: Node, token: Token) -> None:
    """`log_2(8, 2)` has one base too many: raises SyntaxFault."""
    if isinstance(call, Call) and call.op == "ln" and len(call.args) > 1:
        raise SyntaxFault("syntax-arity", span=call.span, function=token.text, count=1, given=len(call.args))
