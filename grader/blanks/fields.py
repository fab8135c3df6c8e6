"""Numbers by field: `{b: -1.5, w1: 1}`, `b = -1,5; w_1 = 1`, or a list in the order of the fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from grader.blanks.numbers import read_number
from grader.errors import GraderError, SyntaxFault, ValueFault
from grader.language.evaluate import evaluate
from grader.language.labels import assignments, equation, folded
from grader.language.reading import plain_value, read_array
from grader.language.tex import formulas_of
from grader.plan.plan import Ask

_BRACES = re.compile(r"^\s*\{(.*)\}\s*$", re.DOTALL)
_COLON = re.compile(r"(?<=\w)\s*:")


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
    fields = {field_of(label, ask) or label: text for label, text in texts}
    missing = [name for name in ask.fields if not str(fields.get(name, "")).strip()]
    unknown = [name for name in fields if name not in ask.fields]
    if missing or unknown or len(fields) < len(texts):
        raise SyntaxFault(
            "answer-fields", fields=ask.fields, missing=tuple(missing) or ("–",), unknown=tuple(unknown) or ("–",)
        )
    values = {}
    for name in ask.fields:
        try:
            values[name] = read_number(fields[name])
        except GraderError as fault:
            raise SyntaxFault("answer-field", field=name, reason=fault.message) from fault
    return Reading(values)


def listed(text: str, fields: Sequence[str]) -> Reading:
    """The numbers of a list in the order of the fields, read like a vector; raises StudentError."""
    size = len(fields)
    plain = plain_value(text.strip(), 1)
    value = plain if plain is not None else evaluate(read_array(text, (), (size,)), {})[0]
    if np.size(value) != size:
        raise SyntaxFault("answer-field-count", count=size, fields=tuple(fields))
    if not np.isfinite(value).all():
        raise ValueFault("value-undefined")
    return Reading(dict(zip(fields, np.ravel(value).tolist(), strict=True)), shown=plain is None)
