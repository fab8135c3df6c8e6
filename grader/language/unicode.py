"""Tree → one line of Unicode, as a careful person types it in a terminal: `2x·cos(x²)`, `(β₁m₀ + (1 − β₁)g₁)/√v`.

Brackets appear where a piece binds too weakly for its place, and where a reader could take it for something else: a
fraction that is multiplied, `(1/2)x`; a power of a function, `sin(x)²`. Factors stand side by side only where that
has one meaning (`grader.language.pieces`). What a function looks like is taken from its row of the table of primitives.
Built from the leaves up, without recursion: any tree that was parsed can be printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from grader.language.characters import GREEK
from grader.language.lexer import canonical_name
from grader.language.nodes import Array, Call, Index, Name, Node, Number, children, names, walk
from grader.language.pieces import (
    AND,
    ATOM,
    ENTRYWISE,
    FRACTION,
    NOT,
    OR,
    POWER,
    PRODUCT,
    RELATION,
    ROOT,
    SUM,
    Piece,
    Pieces,
    at,
    minus,
    name_piece,
    number_piece,
    raised,
    side_by_side,
)
from grader.language.primitives import PRIMITIVES
from grader.language.scripts import (
    MINUS,
    array_unicode,
    indexed,
    literal_unicode,
    matrix_unicode,
    name_unicode,
    number_unicode,
    row_unicode,
    subscript,
    superscript,
)
from grader.language.words import also_a_product

__all__ = ["array_unicode", "name_unicode", "number_unicode", "to_unicode"]

_BINARY = {"or": OR, "and": AND, **dict.fromkeys(("eq", "ne", "lt", "le", "gt", "ge"), RELATION)}
_TEX = {
    **{name: letter for letter, name in reversed(GREEK.items())}, "left": "", "right": "", "lvert": "|", "rvert": "|",
    "lVert": "‖", "rVert": "‖", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨", "rangle": "⟩",
    "sqrt": "√", "ne": "≠", "le": "≤", "ge": "≥", "wedge": "∧", "vee": "∨", "neg": "¬",
}  # fmt: skip
_ENTRYWISE = {"emul": "⊙", "ediv": "⊘", "kron": "⊗"}
_CASES = {"en": ("if", "otherwise"), "ru": ("если", "иначе")}


def to_unicode(node: Node, language: str = "en", values: Mapping[str, ArrayLike] | None = None) -> str:
    """The tree in a line of Unicode; names in `values` are replaced by their number or array (without batch axis)."""
    printer = _Printer(node, language, values or {})
    done: dict[int, Piece] = {}
    for part in reversed(list(walk(node))):  # children before parents
        if id(part) not in done:
            done[id(part)] = printer.piece(part, tuple([done[id(child)] for child in children(part)]))
    return done[id(node)].text


class _Printer:
    def __init__(self, root: Node, language: str, values: Mapping[str, ArrayLike]) -> None:
        self.root, self.language, self.values = root, language, values
        self.separator = "; " if language == "ru" else ", "
        self.known: frozenset[str] | None = None
        self.operators: dict[str, Callable[[Call, Pieces], Piece]] = {
            "add": self.sum, "sub": self.difference, "neg": self.negative, "mul": self.product, "div": self.fraction,
            "pow": self.power, **dict.fromkeys(_ENTRYWISE, self.entrywise), "epow": self.entrywise_power,
            "transpose": self.transpose, "inv": self.inverse, "entry": self.entry, "if": self.choice,
            "not": self.negation, "identity": lambda *_: name_piece("I"),
            "grad": self.gradient, "hessian": self.gradient, "jacobian": self.derivative, "diff": self.derivative,
        }  # fmt: skip

    def piece(self, node: Node, parts: Pieces) -> Piece:
        match node:
            case Number(text):
                return number_piece(literal_unicode(text, self.language))
            case Name(name):
                return self.name(name)
            case Index(base, _):
                return name_piece(name_unicode(base, tuple(part.text for part in parts)))
            case Array():
                return self.array(parts)
            case Call(op, _):
                if op in self.operators:
                    return self.operators[op](node, parts)
                return self.relation(op, parts) if op in _BINARY else self.function(node, parts)
        raise TypeError(node)

    # ----- Leaves and arrays ------------------------------------------------------------------------------------

    def name(self, name: str) -> Piece:
        if name not in self.values:
            return name_piece(name_unicode(name))
        text = array_unicode(self.values[name], self.language)
        return Piece(text, ATOM, "array", "array") if np.ndim(self.values[name]) else number_piece(text)

    def array(self, parts: Pieces) -> Piece:
        entries = tuple([part.text for part in parts])
        if all(part.entries for part in parts) and len({len(part.entries) for part in parts}) == 1:
            rows = [list(part.entries) for part in parts]
            return Piece(matrix_unicode(rows, self.language), ATOM, "array", "array")
        return Piece(row_unicode(list(entries), self.language), ATOM, "array", "array", entries=entries)

    # ----- Sums and products ------------------------------------------------------------------------------------

    def sum(self, _: Call, parts: Pieces) -> Piece:
        left, right = parts
        second = right if right.text[0] != MINUS else right._replace(strength=OR)
        return Piece(f"{at(left, SUM).text} + {at(second, SUM).text}", SUM)

    def difference(self, _: Call, parts: Pieces) -> Piece:
        left, right = parts
        return Piece(f"{at(left, SUM).text} {MINUS} {at(right, FRACTION).text}", SUM)

    def negative(self, _: Call, parts: Pieces) -> Piece:
        return minus(at(parts[0], FRACTION))

    def product(self, node: Call, parts: Pieces) -> Piece:
        left, right = parts
        if left.body is not None:
            return minus(self.product(node, (left.body, right)))
        first = at(left, PRODUCT)
        second = at(right, PRODUCT if right.strength == PRODUCT and _associates(*node.args) else ROOT)
        dot = "" if side_by_side(first, second, self.names) else "·"
        return Piece(f"{first.text}{dot}{second.text}", PRODUCT, first.start, second.end)

    def names(self) -> frozenset[str]:
        """The names of the whole tree."""
        if self.known is None:
            self.known = frozenset(names(self.root))
        return self.known

    def entrywise(self, node: Call, parts: Pieces) -> Piece:
        left, right = parts
        if left.body is not None:
            return minus(self.entrywise(node, (left.body, right)))
        return Piece(f"{at(left, ENTRYWISE).text} {_ENTRYWISE[node.op]} {at(right, ROOT).text}", ENTRYWISE)

    def fraction(self, node: Call, parts: Pieces) -> Piece:
        upper, lower = parts
        if upper.body is not None:
            return minus(self.fraction(node, (upper.body, lower)))
        return Piece(f"{at(upper, PRODUCT).text}/{at(lower, ROOT).text}", FRACTION)

    # ----- Powers -----------------------------------------------------------------------------------------------

    def power(self, _: Call, parts: Pieces) -> Piece:
        return raised(*parts)

    def entrywise_power(self, _: Call, parts: Pieces) -> Piece:
        base, exponent = parts
        return Piece(f"{at(base, ATOM).text}.^{at(exponent, ATOM).text}", POWER, base.start, "caret")

    def transpose(self, _: Call, parts: Pieces) -> Piece:
        base = parts[0]
        if base.strength == POWER and base.start != "digit" and base.text.endswith("⁻¹"):
            return Piece(f"{base.text[:-1]}ᵀ", POWER, base.start, "transpose")
        under = at(base, ATOM)
        return Piece(f"{under.text}ᵀ", POWER, under.start, "transpose")

    def inverse(self, _: Call, parts: Pieces) -> Piece:
        return raised(parts[0], minus(number_piece("1")))

    # ----- Functions --------------------------------------------------------------------------------------------

    def function(self, node: Call, parts: Pieces) -> Piece:
        shape = _shape(node.op, self.language)
        if "{0}" not in shape:
            return self.applied(node, parts, shape)
        before, after = shape[0], shape[-1]
        if shape.endswith("^{0}"):
            if before in self.names():
                return self.applied(node, parts, node.op)
            return raised(Piece(before, ATOM, "letter"), *parts)
        if after == "}":
            argument = parts[0] if parts[0].start in ("digit", "letter") else parts[0]._replace(strength=OR)
            return Piece(f"{before}{at(argument, ATOM).text}", ROOT, "root", "root")
        text = self.separator.join(part.text for part in parts)
        if re.search(r"[|‖]", text):  # which bar closes which
            return self.applied(node, parts, node.op)
        return Piece(f"{before}{text}{after}", ATOM, "fence", "fence")

    def applied(self, node: Call, parts: Pieces, word: str) -> Piece:
        """A word with its arguments in brackets; a word that is also a name here gives way to the row's own."""
        if node.op == "ln" and len(parts) == 2:
            based = _logarithm(parts[1])
            if based is not None:
                return Piece(f"{based}({parts[0].text})", ATOM, "call", "call")
        canonical = canonical_name(word)
        if canonical in self.names() or also_a_product(canonical, self.names()):
            word = node.op
        return Piece(f"{word}({self.separator.join(part.text for part in parts)})", ATOM, "call", "call")

    def entry(self, node: Call, parts: Pieces) -> Piece:
        base, indices = at(parts[0], ATOM), tuple(part.text for part in parts[1:])
        plain = isinstance(node.args[0], Name) and base.end == "letter" and not base.text[-1:].isnumeric()
        text = indexed(base.text, indices, taken=False) if plain else f"{base.text}[{', '.join(indices)}]"
        return name_piece(text)

    def gradient(self, node: Call, parts: Pieces) -> Piece:
        what, by = parts
        nabla = "∇" if node.op == "grad" else "∇²"
        return Piece(f"{nabla}_{at(by, ATOM).text} {at(what, POWER).text}", ROOT, "word", "root")

    def derivative(self, node: Call, parts: Pieces) -> Piece:
        sign = "d" if node.op == "diff" else "∂"
        what, by = at(parts[0], ATOM), at(parts[1], ATOM)
        order = superscript(parts[2].text) if len(parts) == 3 else ""
        if order is None:
            return self.applied(node, parts, node.op)
        return Piece(f"{sign}{order}{what.text}/{sign}{by.text}{order}", FRACTION)

    # ----- Conditions -------------------------------------------------------------------------------------------

    def relation(self, op: str, parts: Pieces) -> Piece:
        least = _BINARY[op]
        left, right = at(parts[0], least), at(parts[1], least + 1)
        return Piece(f"{left.text} {_shape(op, self.language)} {right.text}", least)

    def negation(self, node: Call, parts: Pieces) -> Piece:
        return Piece(f"{_shape(node.op, self.language)}{at(parts[0], ATOM).text}", NOT)

    def choice(self, _: Call, parts: Pieces) -> Piece:
        condition, then, otherwise = (part.text for part in parts)
        when, else_ = _CASES[self.language]
        return Piece(f"{{{then}, {when} {condition}; {otherwise}, {else_}}}", ATOM, "array", "array")


def _logarithm(base: Piece) -> str | None:
    """`log₂`, `log_a`; None for a base that cannot stand below."""
    if base.text.isdecimal():
        return f"log{subscript(base.text)}"
    return f"log_{base.text}" if re.fullmatch("[A-Za-zͰ-Ͽ]", base.text) else None


def _associates(left: Node, right: Node) -> bool:
    """May the brackets of left·(right) go: not where a product with a transpose inside can be a number, as A(xᵀx)."""
    return not names(left) or not any(isinstance(part, Call) and part.op == "transpose" for part in walk(right))


@lru_cache(maxsize=512)
def _shape(op: str, language: str) -> str:
    """What a function looks like, from the LaTeX of its row: `sin`, `log₂`, `√{0}`, `|{0}|`, `e^{0}`."""
    row = PRIMITIVES.get(op)
    if row is None:
        return name_unicode(op)
    tex = ((row.latex_ru if language == "ru" else "") or row.latex).replace("{{{0}}}", "{0}")
    tex = re.sub(r"\\operatorname\{\{(\w+)\}\}", r"\1", tex).replace(r"\sqrt[3]", "∛")
    tex = re.sub(r"\\([A-Za-z]+)", lambda match: _TEX.get(match[1], match[1]), tex)
    tex = re.sub(r"_\{\{(\d+)\}\}", lambda match: subscript(match[1]) or "", tex)
    return tex.replace(" ", "") or op
