"""Numbers by field: `{b: -1.5, w1: 1}`, `b = -1,5; w_1 = 1`, or a list in the order of the fields.

Fields k11, k12, k21, k22 in a row are a matrix, too: `K = [1, 2; 3, 4]; s = 5` or `[[1, 2], [3, 4]], 5`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby, product
from typing import NamedTuple

import numpy as np

from grader.arrays import Shape
from grader.blanks.labels import other_names
from grader.blanks.numbers import read_number
from grader.errors import GraderError, StudentError, SyntaxFault, ValueFault
from grader.language.evaluate import evaluate
from grader.language.labels import assignments, equation, folded
from grader.language.reading import plain_value, read_array
from grader.language.tex import formulas_of
from grader.plan.plan import Ask

_BRACES = re.compile(r"^\s*\{(.*)\}\s*$", re.DOTALL)
_COLON = re.compile(r"(?<=\w)\s*:")
_INDEXED = re.compile(r"([A-Za-z]+)([1-9])([1-9])")
_ENCLOSED = re.compile(r"^\s*[(\[{](.*)[)\]}]\s*$", re.DOTALL)


class Reading(NamedTuple):
    """A number for every field, and whether it was a list in which commas can be misread."""

    values: Mapping[str, float]
    shown: bool = False


def field_of(label: str, ask: Ask) -> str | None:
    """The field that a label names, as the file or as the prompt writes it."""
    return labels_of(ask.fields, ask).get(folded(label))


def labels_of(names: Sequence[str], ask: Ask) -> dict[str, str]:
    """Names by the labels they go by; the prompt's where it has one for each, in their order."""
    labels = {folded(name): name for name in names}
    for prompt in ask.prompt.values():
        typeset = formulas_of(prompt)
        if len(typeset) == len(names):
            labels |= {folded(label): name for label, name in zip(typeset, names, strict=True)}
    return labels


def named(text: str) -> list[tuple[str, str]]:
    """`b = -0.5, w1 = 1` or `{b: -0,5; w1: 1}` as labels with their texts; empty for a text without labels."""
    bare = _BRACES.sub(r"\1", text)
    parts = equation(bare if "=" in bare else _COLON.sub(" =", bare))
    pairs = assignments(parts) if len(parts) > 1 else []
    texts = [(label.text.strip(), value.text.strip()) for label, value in pairs]
    return texts if all(label for label, _ in texts) else []


def by_field(texts: Sequence[tuple[str, str]], ask: Ask) -> Reading:
    """The numbers of texts by label; raises StudentError naming the field."""
    fields = {field_of(label, ask) or label: text for label, text in _apart(texts, ask)}
    missing = [name for name in ask.fields if not str(fields.get(name, "")).strip()]
    unknown = [name for name in fields if name not in ask.fields]
    if missing or unknown or len(fields) < len(texts):
        raise other_names(ask.fields, missing, unknown)
    values = {}
    for name in ask.fields:
        try:
            values[name] = read_number(fields[name])
        except GraderError as fault:
            raise SyntaxFault("answer-field", field=name, reason=fault.message) from fault
    return Reading(values)


def listed(text: str, fields: Sequence[str]) -> Reading:
    """The numbers of a list in the order of the fields, read like a vector; raises StudentError."""
    try:
        return _in_a_row(text, fields)
    except StudentError:
        for other in _laid_out(text, fields):
            with suppress(StudentError):
                return _in_a_row(other, fields)
        raise


def _in_a_row(text: str, fields: Sequence[str]) -> Reading:
    size = len(fields)
    plain = plain_value(text.strip(), 1)
    value = plain if plain is not None else evaluate(read_array(text, (), (size,)), {})[0]
    if np.size(value) != size:
        raise SyntaxFault("answer-field-count", count=size, fields=tuple(fields))
    if not np.isfinite(value).all():
        raise ValueFault("value-undefined")
    return Reading(dict(zip(fields, np.ravel(value).tolist(), strict=True)), shown=plain is None)


# ----- Matrices of fields ----------------------------------------------------------------------------------------


class Block(NamedTuple):
    """Fields that stand in a row: a matrix of them, or one alone."""

    letter: str
    names: tuple[str, ...]
    shape: Shape = ()


def blocks(fields: Sequence[str]) -> list[Block]:
    """k11, k12, k21, k22, s as a matrix of two rows and a number."""
    found: list[Block] = []
    for letter, some in groupby(fields, key=_letter):
        names = tuple(some)
        last = _INDEXED.fullmatch(names[-1])
        shape = (int(last[2]), int(last[3])) if last else ()
        whole = [f"{letter}{row + 1}{column + 1}" for row, column in product(*map(range, shape))] if shape else []
        if len(shape) == 2 and min(shape) > 1 and list(names) == whole:
            found.append(Block(letter, names, shape))
        else:
            found.extend(Block(name, (name,)) for name in names)
    return found


def _letter(name: str) -> str:
    indexed = _INDEXED.fullmatch(name)
    return indexed[1] if indexed else name


def _matrix(text: str, block: Block) -> list[str]:
    """The numbers of a matrix as typed, row by row; raises StudentError."""
    value = evaluate(read_array(text, (), block.shape), {})[0]
    if np.shape(value) != block.shape:
        raise SyntaxFault("answer-field-count", count=len(block.names), fields=block.names)
    if not np.isfinite(value).all():
        raise ValueFault("value-undefined")
    return [repr(float(entry)) for entry in np.ravel(value)]


def _apart(texts: Sequence[tuple[str, str]], ask: Ask) -> list[tuple[str, str]]:
    """Labels with their texts, a matrix by its fields; raises StudentError naming the matrix."""
    matrices = {block.letter.casefold(): block for block in blocks(ask.fields) if block.shape}
    found: list[tuple[str, str]] = []
    for label, text in texts:
        block = None if field_of(label, ask) else matrices.get(folded(label).casefold())
        if block is None:
            found.append((label, text))
            continue
        try:
            found.extend(zip(block.names, _matrix(text, block), strict=True))
        except GraderError as fault:
            raise SyntaxFault("answer-field", field=label, reason=fault.message) from fault
    return found


def _laid_out(text: str, fields: Sequence[str]) -> Iterator[str]:
    """The list that is meant by lines of it, or by a matrix beside numbers."""
    lines = [line.strip(" \t,;") for line in text.strip().splitlines() if line.strip()]
    if len(lines) > 1 and not set("[]()") & set(text):
        yield ("; " if ";" in text else ", " if ", " in text else " ").join(lines)
    parts = blocks(fields)
    if len(parts) == len(fields):
        return
    for inner in (text, *_ENCLOSED.findall(text)):
        pieces = _pieces(inner)
        if len(pieces) == len(parts):
            with suppress(StudentError):
                numbers = [_matrix(piece, part) if part.shape else [repr(read_number(piece))]
                           for piece, part in zip(pieces, parts, strict=True)]  # fmt: skip
                yield f"[{', '.join(number for some in numbers for number in some)}]"


def _pieces(text: str) -> list[str]:
    """What stands between semicolons, commas and line breaks that no bracket holds; a decimal comma is none."""
    pieces, depth = [""], 0
    for number, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        decimal = sign == "," and text[number + 1 : number + 2].isdigit() and text[number - 1 : number].isdigit()
        if depth == 0 and sign in ";,\n" and not decimal:
            pieces.append("")
        else:
            pieces[-1] += sign
    return [piece.strip() for piece in pieces if piece.strip()]
