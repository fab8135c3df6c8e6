"""Markdown with LaTeX maths as plain text, for comments of answer files and for the terminal.

Maths reads as one types it: `w_1` and `x^2`, which an answer may be typed with too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from grader.language.boxes import (
    Accent,
    Box,
    Fence,
    Fraction,
    Numeral,
    Root,
    Row,
    Script,
    Sign,
    Space,
    Table,
    Text,
    Unknown,
    Word,
)
from grader.language.signs import BESIDE, GRIDS, LINES, MATRIX, RELATIONS, TIGHT
from grader.language.tex import boxes, split
from grader.patterns import pattern

_EMPHASIS = pattern(r"(?<![*\\])\*(?=[^\s*])([^*\n]*[^\s*])\*")
_KEPT = "\x00"
"""Stands for a formula while the words around it are read."""

_ABOVE = pattern(r"-?(?:\d+|[^\W\d_])|\(.*\)|[^\w]")
_BELOW = pattern(r"-?\w+|\(.*\)|.")
"""Scripts that can be read without brackets: `t`, `-1`; `ij` below."""
_INDICES = pattern(r"\w+(?:[-+, ]+\w+)+")
"""What stands in braces below, as one types a name: `c_{1,2}`, `w_{t-1}`."""
_DECIMALS = pattern(r"\d,\d")
_ROOTS = {"3": "∛", "4": "∜"}
_ADDING = frozenset("+-±∓")
_DIFFERENTIALS = ((Sign("d"),), (Sign("∂"),))
_LETTER = pattern(r"[^\W_]")


def plain(markdown: str) -> str:
    """The text with its maths in Unicode: `$\\frac{\\partial f}{\\partial x_1}$` is ∂f/∂x_1."""
    words, formulas = split(markdown)
    first, *rest = _EMPHASIS.sub(r"\1", _KEPT.join(words)).replace(r"\$", "$").split(_KEPT)
    return first + "".join(_shown(formula) + text for formula, text in zip(formulas, rest, strict=True))


@lru_cache(maxsize=4096)
def plain_maths(latex: str) -> str:
    """One formula, without line breaks."""
    return _row(boxes(latex))


def _shown(latex: str) -> str:
    """A formula; aligned lines one below the other."""
    formula = boxes(latex)
    aligned = next((box for box in formula.boxes if isinstance(box, Table) and box.name in LINES), None)
    if aligned is None:
        return _row(formula)
    return "".join(f"\n    {_row(_one(cells))}" for cells in aligned.rows)


def _one(cells: tuple[Row, ...]) -> Row:
    return Row(tuple(box for cell in cells for box in cell.boxes))


# ----- Boxes side by side ----------------------------------------------------------------------------------------


def _row(row: Row) -> str:
    """Boxes side by side, with spaces where two of them would read as one."""
    text = ""
    printed = list(_flat(row))
    for number, box in enumerate(printed):
        piece = _box(box)
        if isinstance(box, Fraction) and _is_multiplied(printed, number):
            piece = f"({piece})"
        if isinstance(box, Table) and _is_function(_before(printed, number)):
            text, piece = text.rstrip(), f"({piece})"
        if isinstance(box, Space):
            text += "" if text[-1:] in TIGHT | BESIDE else " "
        elif isinstance(box, Sign) and piece in RELATIONS:
            text = f"{text.rstrip()} {piece} "
        elif isinstance(box, Sign) and piece in TIGHT:
            text = text.rstrip() + piece
        else:
            text += f" {piece}" if number and _apart(printed[number - 1], box, text, piece) else piece
    return " ".join(text.split())


def _flat(row: Row) -> Iterator[Box]:
    """The boxes of a row and of groups in it, which print nothing themselves."""
    for box in row.boxes:
        if isinstance(box, Row):
            yield from _flat(box)
        else:
            yield box


def _before(row: Sequence[Box], number: int) -> Box | None:
    """What stands before a box, spaces left out."""
    return next((box for box in reversed(row[:number]) if not isinstance(box, Space)), None)


def _apart(before: Box, box: Box, text: str, piece: str) -> bool:
    """Must a space part two pieces: a function and its neighbours, a script and a letter that would join it."""
    last, first = text[-1:], piece[:1]
    if not last or not piece or last.isspace():
        return False
    if isinstance(_base(box), Word) and _is_function(box):
        return bool(_LETTER.match(last)) or last in ")]}|'"
    if not (_LETTER.match(first) or first == "√"):
        return False
    if _is_function(before) or (isinstance(before, Sign) and before.text in "∑∏∫"):
        return bool(_LETTER.match(last)) or last in "∑∏∫'"
    if isinstance(before, Script) and before.where != "'" and _LETTER.match(last):
        return last.isdigit() == first.isdigit() if last.isdigit() else True
    return False


def _base(box: Box | None) -> Box | None:
    while isinstance(box, Script):
        box = box.base
    return box


def _is_function(box: Box | None) -> bool:
    base = _base(box)
    return isinstance(base, Word) and base.function


def _is_multiplied(row: Sequence[Box], number: int) -> bool:
    """Has a fraction a factor beside it, which the stroke would take in; a derivative like dy/dx goes without."""
    fraction = row[number]
    if isinstance(fraction, Fraction) and fraction.upper.boxes[:1] in _DIFFERENTIALS:
        return False
    if _before(row, number) == Sign("/"):
        return True
    after = next((box for box in row[number + 1 :] if not isinstance(box, Space)), None)
    before = row[number - 1] if number else None
    return _is_factor(after) or (_is_factor(before) and not _is_function(before))


def _is_factor(box: Box | None) -> bool:
    """Does the box multiply what it stands beside."""
    match box:
        case Sign(text):
            return bool(_LETTER.match(text)) or text in "∂∇∑∏∫"
        case Fence() | Numeral() | Word() | Root() | Accent() | Table() | Fraction():
            return True
        case Script(base):
            return _is_factor(base)
    return False


# ----- One box ---------------------------------------------------------------------------------------------------


def _box(box: Box) -> str:
    match box:
        case Sign("⊤"):
            return "T"  # as a transpose is typed
        case Sign(text) | Numeral(text) | Word(text) | Text(text) | Unknown(text):
            return text
        case Row():
            return _row(box)
        case Fence(left, body, right):
            return f"{left}{_row(body)}{right}"
        case Fraction(upper, lower):
            return f"{_operand(upper)}/{_operand(lower, below=True)}"
        case Root(body, degree):
            return f"{_radical(degree)}({_row(body)})"
        case Script(base, "^", Row((Sign("∘"), *power))):  # of every entry
            return f"{_stem(base)}.^{_script(Row(tuple(power)), '^', False)}"
        case Script(base, where, script):
            return _stem(base) + where + (_script(script, where, _is_function(base)) if where != "'" else "")
        case Accent(body, mark, command):
            return _accented(body, mark, command)
        case Table(name, rows):
            return _table(GRIDS.get(name, ("", "")), [[_row(cell) for cell in row] for row in rows])
    return " "


def _table(brackets: tuple[str, str], rows: list[list[str]]) -> str:
    """A matrix as one types it: `[1, 2; 3, 4]`, a column `[1; 2]`, a row `[[1, 2]]`; `[[0,5; 1]; [2; 3]]` where a comma
    is a decimal one.
    """
    left, right = brackets
    if brackets != MATRIX:
        return f"{left} {'; '.join(' '.join(row) for row in rows)} {right}".strip()
    columns = max(map(len, rows))
    decimal = any(_DECIMALS.search(cell) for row in rows for cell in row)
    separator = "; " if decimal else ", "
    lines = [separator.join(row) for row in rows]
    nested = columns > 1 and (decimal or len(rows) == 1)
    return f"[{'; '.join(f'[{line}]' if nested else line for line in lines)}]"


def _stem(box: Box) -> str:
    """What a script stands at; of a fraction the script would go with what is below."""
    boxes = [part for part in _flat(Row((box,))) if not isinstance(part, Space)]
    alone = len(boxes) == 1 and isinstance(boxes[0], Fraction)
    return f"({_box(box)})" if alone else _box(box)


def _operand(row: Row, *, below: bool = False) -> str:
    """A numerator or denominator, in brackets where the stroke would cut it in two."""
    text, parts = _row(row), [box for box in _flat(row) if not isinstance(box, Space)]
    joined = any(
        isinstance(box, Fraction) or (isinstance(box, Sign) and number and _parts_terms(box.text))
        for number, box in enumerate(parts)
    )
    return f"({text})" if joined or (below and _has_factors(parts)) else text


def _parts_terms(sign: str) -> bool:
    return sign in _ADDING or sign in RELATIONS or sign == "/"


def _has_factors(parts: Sequence[Box]) -> bool:
    """Is it more than one number, name or call: `2x`, `2·3`; dx is one."""
    parts = parts[1:] if tuple(parts[:1]) in (*_DIFFERENTIALS, (Sign("-"),)) else parts
    return len(parts) > 1 and not (len(parts) == 2 and _is_call(*parts))


def _is_call(function: Box, arguments: Box) -> bool:
    """`ln(2x)`, `f(x, y)`; where `x(y + 1)` is a product."""
    brackets = _base(arguments)
    if not isinstance(brackets, Fence):
        return False
    names = all(isinstance(box, Numeral | Script | Space | Sign) for box in brackets.body.boxes)
    return _is_function(function) or (names and not any(map(_parts_terms, _row(brackets.body))))


def _radical(degree: Row | None) -> str:
    text = _row(degree) if degree is not None else ""
    return _ROOTS.get(text, f"[{text}]√" if text else "√")


def _script(row: Row, where: str, function: bool) -> str:
    """What stands below or above, in brackets where they keep it together: e^(x_1)y, for e^x_1y is anything.

    Indices, and the base of a logarithm, stand in braces.
    """
    text = _row(row)
    if where == "_" and (_INDICES.fullmatch(text) or (function and not text.isalnum())):
        return f"{{{text.replace(' ', '')}}}"
    return text if (_BELOW if where == "_" else _ABOVE).fullmatch(text) else f"({text})"


def _accented(body: Row, mark: str, command: str) -> str:
    """The mark on a letter; a bar over a whole formula in words."""
    if len(body.boxes) != 1:
        return f"{command}({_row(body)})"
    box = body.boxes[0]
    if isinstance(box, Script):
        return _box(Script(Sign(_accented(Row((box.base,)), mark, command)), box.where, box.script))
    text = _box(box)
    return text + mark if len(text) == 1 else f"{command}({text})"
