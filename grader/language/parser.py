"""Text → tree: a Pratt parser with spans. Every refusal says where, what was understood, and what to write.

Strength of binding, weakest first: or · and · not · comparison · + − · * / and juxtaposition · unary − · ^ · postfix '.
Juxtaposition binds as `*` does: `1/2x` is (1/2)·x. `x(t+1)` is a product when x is a declared name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Set
from functools import lru_cache
from typing import NamedTuple

from grader.errors import SyntaxFault
from grader.language.brackets import bar, bracketed, inner_product, parentheses, rounded
from grader.language.calls import word
from grader.language.characters import DOTTED, places_in
from grader.language.cursor import MAX_TREE_DEPTH, SIGN, Cursor, Reader
from grader.language.ends import numeric, root_goes_on
from grader.language.forms import latex_form
from grader.language.lexer import canonical_name, tokenize
from grader.language.literals import literal
from grader.language.nodes import Array, Call, Name, Node, Number, depth, placed, transform
from grader.language.refusals import unexpected
from grader.language.scan import Token

SAFE_TOKENS = 200  # fewer tokens cannot make a tree too deep to walk

_STAR = re.compile(r"(?<![*.])\*(?!\*)")
_ROOTS = {"√": "sqrt", "∛": "cbrt"}


class Parsed(NamedTuple):
    """A tree, the doubts that were met on the way to it, and the transposes in it."""

    tree: Node
    doubts: Set[str] = frozenset()
    transposes: tuple[Node, ...] = ()


def parse(text: str, names: Collection[str] = (), *, spec: bool = False, comma: str = "auto", lists: bool = False,
          functions: Collection[str] = ()) -> Node:  # fmt: skip
    """The tree of a text in which `names` are declared; raises SyntaxFault.

    `spec` adds indices, comparisons, conditions and special forms, and leaves names to be checked later;
    `functions` are user functions callable in a spec; `lists` allows a list without brackets (`1; 2; 3`).
    """
    return _read(text, names, spec, comma, lists, functions)[0]


def parse_noting(
    text: str, names: Collection[str] = (), settled: frozenset[str] = frozenset(), dots: bool = False
) -> Parsed:
    """The tree of an answer with the doubts in it; those in `settled` are settled the other way. Raises SyntaxFault.

    `dots`: those that may stand between columns are marked, and become `inner`.
    """
    starred = frozenset({"entries"}) if "@" in text and _STAR.search(text) else frozenset[str]()
    if starred & settled:  # who writes A @ B multiplies entry by entry with a star
        text = _STAR.sub("⊙", text)
    tree, cursor = _read(text, names, False, "auto", False, (), settled, dots)
    if "I" in names and "e" in text.lower():
        tree = transform(tree, _exponential)
    return Parsed(tree, cursor.doubts | starred, cursor.transposes)


def _read(text: str, names: Collection[str], spec: bool, comma: str, lists: bool, functions: Collection[str],
          settled: frozenset[str] = frozenset(), dots: bool = False) -> tuple[Node, Cursor]:  # fmt: skip
    """The tree with the cursor that read it; places are those of the text as typed."""
    if not dots and (place := text.find(DOTTED)) >= 0:
        raise SyntaxFault("syntax-character", span=(place, place + 1), text=DOTTED, hint="")
    known = names if isinstance(names, frozenset) else _canonical(tuple(names))
    try:
        cursor = Cursor(tokenize(text, comma), _READERS, known, spec, frozenset(functions), settled)
        tree = _whole(cursor, lists)
    except SyntaxFault as fault:
        if fault.span and (places := places_in(text)):
            fault.span = (places[fault.span[0]], places[fault.span[1]])
        raise
    if not text.isascii() and (places := places_in(text)):
        tree = placed(tree, places)
        cursor.transposes = tuple([placed(node, places) for node in cursor.transposes])
    return tree, cursor


def _whole(cursor: Cursor, lists: bool) -> Node:
    """All of the tokens as one tree."""
    if cursor.tokens[0].kind == "end":
        raise SyntaxFault("syntax-empty", span=(0, 0))
    node = cursor.expression(0)
    token = cursor.tokens[cursor.position]
    if lists and token.text in (",", ";"):
        cursor.position += 1
        items = (node, *cursor.items())
        node = Array(items, (items[0].span[0], items[-1].span[1]))
        token = cursor.tokens[cursor.position]
    if token.kind != "end":
        raise unexpected(token, cursor.before())
    if len(cursor.tokens) > SAFE_TOKENS and depth(node) > MAX_TREE_DEPTH:
        raise SyntaxFault("syntax-too-deep", span=(0, token.end), limit=MAX_TREE_DEPTH)
    return node


def _exponential(part: Node) -> Node:
    """Among named arrays a power of the number e is the exponential of every entry."""
    match part:
        case Call("pow", (Name("e"), exponent)) if not numeric(exponent):
            return Call("exp", (exponent,), part.span)
    return part


@lru_cache(maxsize=256)
def _canonical(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(canonical_name(name) for name in names)


def _number(cursor: Cursor, token: Token) -> Node:
    cursor.position += 1
    cursor.count(token)
    span = token.start, token.end
    return Number(literal(token.text, span), span)


def _signed(cursor: Cursor, token: Token) -> Node:
    cursor.position += 1
    inner = cursor.expression(SIGN)
    return inner if token.text == "+" else cursor.call("neg", (inner,), token.start)


def _root(cursor: Cursor, token: Token) -> Node:
    cursor.position += 1
    inner = cursor.nested(cursor.operand)
    while not cursor.spec and root_goes_on(cursor.tokens, cursor.position, cursor.names) and cursor.otherwise("root"):
        inner = cursor.binary("mul", inner, cursor.expression(SIGN))
    return cursor.call(_ROOTS[token.text], (inner,), token.start)


_READERS: dict[str, Reader] = {
    "number": _number,
    "name": word,
    "form": latex_form,
    **dict.fromkeys("-+", _signed),
    **dict.fromkeys("({", parentheses),
    "[": bracketed,
    **dict.fromkeys(("|", "|<", "‖", "‖<"), bar),
    **dict.fromkeys("⌊⌈", rounded),
    **dict.fromkeys("⟨<", inner_product),
    **dict.fromkeys("√∛", _root),
}
"""An operand by the kind of its first token, or by its sign."""
