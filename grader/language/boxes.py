r"""LaTeX maths as it is written: boxes that stand side by side, above and below each other.

    Sign       a letter, an operator, a bracket without a partner     x  \eta  +  \cdot
    Numeral    digits, `{,}` between them a decimal comma             12  0{,}5
    Word       a name of several letters                              \ln  \mathrm{end}
    Text       words of the author inside a formula                   \text{ if }
    Space      what parts two signs                                   \,  \qquad
    Row        boxes side by side                                     {a + b}
    Fence      a row between brackets                                 \left( a + b \right)
    Fraction   one above the other                                    \frac{a}{b}
    Root       a radical                                              \sqrt{x}  \sqrt[3]{x}
    Script     what stands below or above a box, a prime              x_1  x^2  f'
    Accent     a mark over a row                                      \hat y
    Table      rows of cells                                          \begin{pmatrix} .. \end{pmatrix}
    Unknown    a command or environment without a meaning here        \foo

They say how a formula looks and nothing of what it means: `grader.language.parser` reads answers.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


class Sign(msgspec.Struct, frozen=True):
    """One sign, in Unicode."""

    text: str


class Numeral(msgspec.Struct, frozen=True):
    """Digits as they are printed."""

    text: str


class Word(msgspec.Struct, frozen=True):
    """A name of several letters; a `function` keeps its distance from its neighbours."""

    text: str
    function: bool = False


class Text(msgspec.Struct, frozen=True):
    """Words with the spaces around them."""

    text: str


class Space(msgspec.Struct, frozen=True):
    """A space of the source; `wide` where TeX leaves one too."""

    wide: bool = False


class Row(msgspec.Struct, frozen=True):
    """Boxes side by side."""

    boxes: tuple[Box, ...]


class Fence(msgspec.Struct, frozen=True):
    """A row between two brackets, either of which may be missing."""

    left: str
    body: Row
    right: str


class Fraction(msgspec.Struct, frozen=True):
    """What is above the stroke and below."""

    upper: Row
    lower: Row


class Root(msgspec.Struct, frozen=True):
    """A radical, with its degree where that is written."""

    body: Row
    degree: Row | None = None


class Script(msgspec.Struct, frozen=True):
    """A box and what stands below (`_`) or above it (`^`), or a prime; those of `x_1^2` in the order of writing."""

    base: Box
    where: str
    script: Row


class Accent(msgspec.Struct, frozen=True):
    """A combining mark over a row; `command` is its name."""

    body: Row
    mark: str
    command: str


class Table(msgspec.Struct, frozen=True):
    """The rows of an environment."""

    name: str
    rows: tuple[tuple[Row, ...], ...]


class Unknown(msgspec.Struct, frozen=True):
    """A command that has no meaning here."""

    command: str


Box = Sign | Numeral | Word | Text | Space | Row | Fence | Fraction | Root | Script | Accent | Table | Unknown


def inside(box: Box) -> Iterator[Box]:
    """The box and all boxes in it."""
    yield box
    for part in _parts(box):
        yield from inside(part)


def _parts(box: Box) -> tuple[Box, ...]:
    match box:
        case Row(parts):
            return parts
        case Fence(_, body, _) | Accent(body) | Root(body, None):
            return (body,)
        case Fraction(one, other) | Script(one, _, other) | Root(one, Row() as other):
            return one, other
        case Table(_, rows):
            return tuple(cell for row in rows for cell in row)
    return ()
