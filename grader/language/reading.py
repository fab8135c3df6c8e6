"""Numbers and arrays as people type them: plain decimals without a parser, arrays by the shape that is wanted.

What can honestly be read in two ways has a second reading: an answer is right if either is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import islice

import msgspec
import numpy as np

from grader.arrays import Floats
from grader.errors import Span, StudentError, SyntaxFault
from grader.language.bare import plain_lines
from grader.language.drawn import may_be_drawn, undrawn
from grader.language.enclosed import Piece
from grader.language.layout import MOST, all_spaced, layouts, may_be_spaced
from grader.language.literals import numeral
from grader.language.nodes import Array, Call, Node
from grader.language.parser import parse
from grader.patterns import pattern

_THOUSANDS = re.compile(r"\s*([-+−]?[1-9][0-9]{0,2}),([0-9]{3})\s*")
_FRACTION = r"\\[dtc]?frac\s*(?:[0-9]\s*[0-9]|\{[0-9]{1,6}\}\s*\{[0-9]{1,6}\})"
_MIXED = re.compile(rf"([-+−]?\s*)([0-9]{{1,6}})(\s*{_FRACTION})")
_SPACED_COMMA = re.compile(r",\s")
_MIXED_BY_SPACE = re.compile(r"([-+−]?\s*)([0-9]{1,6})\s+([0-9]{1,6}\s*/\s*[0-9]{1,6})")
_LISTS = {1: list[float], 2: list[list[float]]}


def is_numeral(text: str) -> bool:
    """A plain decimal number, as almost every answer is."""
    return numeral(text) is not None


def second_reading(text: str) -> str | None:
    """`1,234` with the comma of thousands, `1\\frac{1}{2}` and `1 1/2` as mixed numbers; None for others."""
    thousands = _THOUSANDS.fullmatch(text)
    if thousands:
        return thousands[1] + thousands[2]
    bare = text.strip(" \t\n$")
    mixed = _MIXED.fullmatch(bare) or _MIXED_BY_SPACE.fullmatch(bare)
    return f"{mixed[1]}({mixed[2]}+{mixed[3]})" if mixed else None


def plain_number(text: str) -> float | None:
    """The float that a plain decimal is; None for anything else, and for what a double cannot hold."""
    plain = numeral(text)
    if plain is None:
        return None
    value = float(plain)
    # 1e400 and 1e-400 are left to high precision.
    held = 1e-300 < abs(value) < 1e300 or not re.search("[1-9]", re.split("[eE]", text)[0])
    return value if held else None


def plain_value(text: str, rank: int) -> float | Floats | None:
    """The float, or the array (n,) or (m, n), that a text of plain decimals is; None for anything else."""
    if rank == 0:
        return plain_number(text)
    if rank not in _LISTS:
        return None
    try:
        return np.array(msgspec.json.decode(text, type=_LISTS[rank]))
    except (msgspec.DecodeError, ValueError):  # ValueError: ragged rows
        return None


def array_shape(node: Node) -> tuple[int, ...] | None:
    """The shape of a literal array; None where rows differ, and for anything else (known only by value)."""
    if not isinstance(node, Array):
        return None
    shapes = {array_shape(item) if isinstance(item, Array) else () for item in node.items}
    inner = shapes.pop() if len(shapes) == 1 else None
    return None if inner is None else (len(node.items), *inner)


def read_array(text: str, declared: Collection[str], wanted: tuple[int, ...] | None) -> Node:
    """An array as typed, in the first of its readings."""
    return array_readings(text, declared, wanted)[0]


def array_readings(text: str, declared: Collection[str], wanted: tuple[int, ...] | None) -> list[Node]:
    """An array as typed, in every reading that is a literal of the wanted shape; where none is, in every other one.

    `[0,5; 1,5]` is two decimals where a vector of two is wanted, a matrix where a matrix is. Where no names are
    declared it may be laid out as people do (`layout`): `1 -2⏎3 -4`, `(1, 2; 3, 4)`, `[[1], [2]]`.
    """
    if wanted and not declared and may_be_drawn(text):
        text = undrawn(text, wanted[-1])
    text = text if text.isascii() else plain_lines(text)
    fault: SyntaxFault | None = None
    others: list[Node] = []
    for comma in ("auto", "decimal", "list"):
        if comma != "auto" and "," not in text:
            break
        try:
            node = parse(text, declared, comma=comma, lists=True)
        except SyntaxFault as error:
            fault = fault or error
            continue
        if wanted is None or array_shape(node) == wanted:
            return [node] if wanted is None or declared else _with_others(text, node, wanted)
        others.append(node)
    readings = (_scaled(text, wanted) or _laid_out(text, wanted)) if wanted and not declared else []
    if not readings and not others:
        raise fault or SyntaxFault("syntax-empty")
    if not readings and wanted and not declared and may_be_spaced(text):  # entries too few or too many, or a difference
        raise SyntaxFault("syntax-spaced-sign", span=(0, len(text)))
    return readings or _distinct(others)


_FACTOR = pattern(r"(?P<factor>[^\[\]]*[^\[\]\s*])\s*\*?\s*(?P<array>\[[^\[\]]*\])\s*")
_SPACED = pattern(r"[\w.)][ \t]+[-+]?[\w.(]")


def _scaled(text: str, wanted: tuple[int, ...]) -> list[Node]:
    """A number before an array with spaces between its entries, `1/3 [2 3; 1 4]`; nothing for every other text."""
    product = _FACTOR.fullmatch(text)
    if product is None or not _SPACED.search(product["array"]):
        return []
    with suppress(StudentError):
        factor = parse(product["factor"])
        trees = array_readings(" " * product.start("array") + product["array"], (), wanted)
        return [Call("mul", (factor, tree)) for tree in trees if array_shape(tree) == wanted]
    return []


def _with_others(text: str, node: Node, shape: tuple[int, ...]) -> list[Node]:
    """The reading of the parser, and the others where the text has some.

    `1 -2` is a difference first and two entries next. Where it stands in every entry and has to be a difference for
    the shape to fit, it could as well be a table. `-0,5,-1,1` has the comma of one decimal; which one, must be clear.
    """
    if may_be_spaced(text):
        return _distinct([node, *_laid_out(text, shape)])
    over = text.replace("{,}", ".").count(",") - math.prod(shape) + 1
    if over > 0 and ";" not in text and len(_SPACED_COMMA.findall(text)) < math.prod(shape) - 1:
        others = _laid_out(text, shape)
        if not others:
            raise SyntaxFault("syntax-commas", span=(0, len(text)))
        return others
    return [node]


def _distinct(nodes: Sequence[Node]) -> list[Node]:
    return list(dict.fromkeys(nodes))


def _laid_out(text: str, shape: tuple[int, ...]) -> list[Node]:
    """The readings of a text laid out in this shape whose pieces are formulas."""
    readings: list[Node] = []
    spaced = False
    for grid in islice(layouts(text, shape), MOST):
        if all_spaced(grid):
            spaced = True
            continue
        with suppress(StudentError):
            rows = [Array(tuple(_entry(piece) for piece in row), _across(row)) for row in grid]
            whole = Array(tuple(rows), (rows[0].span[0], rows[-1].span[1]))
            readings.append(rows[0] if len(shape) == 1 else whole)
    if spaced and not readings:
        raise SyntaxFault("syntax-spaced-sign", span=(0, len(text)))
    return _distinct(readings)


def _entry(piece: Piece) -> Node:
    """A number or a formula of numbers, its places those in the whole text."""
    node = parse(" " * piece.start + piece.text)
    if isinstance(node, Array):
        raise SyntaxFault("syntax-list", span=node.span, sign="[")
    return node


def _across(row: Sequence[Piece]) -> Span:
    return row[0].start, row[-1].start + len(row[-1].text)
