"""The name of a blank repeated in its answer, `w_1 = 3`, `y'(x) = e^x`: dropped where it is its own.

A blank goes by its id, the step that it asks for and the labels of its prompt. Entries of a vector go by the name
with a number, or as the prompt lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import msgspec

from grader.arrays import Shape
from grader.errors import NotItsBlank, SyntaxFault
from grader.facts import fact
from grader.language.enclosed import Piece
from grader.language.labels import (
    HOLE,
    NUMBER,
    assignments,
    equation,
    folded,
    label_behind,
    labels_in,
    listed,
    spellings,
)
from grader.language.nodes import Name
from grader.plan.plan import Ask, Plan


class Labels(msgspec.Struct, frozen=True):
    """What a blank goes by, folded: whole names, names with holes, and the names of entries that the prompt lists.

    `stems` name entries alone: the x of `x[1]`, whose entries are x₁ and x₂ too, and the c of a matrix C. `hatless` is
    the Σ of an estimate Σ̂, which names its formula alone: among numbers y and ŷ are two.
    """

    names: frozenset[str]
    patterns: tuple[re.Pattern[str], ...] = ()
    stems: frozenset[str] = frozenset()
    hatless: frozenset[str] = frozenset()
    listed: tuple[tuple[str, ...], ...] = ()

    def has(self, label: str) -> bool:
        """Whether a folded label is one of them."""
        return label in self.names or any(pattern.fullmatch(label) for pattern in self.patterns)


@fact()
def labels_of(plan: Plan) -> Mapping[str, Labels]:
    """By id what each blank goes by, rows of tables too."""
    return {ask.id: _labels(ask) for whole in plan.asks for ask in (whole, *whole.rows)}


def _labels(ask: Ask) -> Labels:
    typeset = [label for text in ask.prompt.values() for label in labels_in(text)]
    own = [ask.id, ask.id.rpartition(".")[2], *([ask.tree.name] if isinstance(ask.tree, Name) else ())]
    own += [f"{name}({','.join(ask.variables)})" for name in own if ask.variables]
    names = {spelling for label in (*own, *typeset) for spelling in spellings(label)} - {""}
    holes = [name for name in sorted(names) if HOLE in name or NUMBER in name]
    lists = [listed(label) for label in typeset]
    return Labels(
        frozenset(names.difference(holes)),
        tuple(map(_pattern, holes)),
        frozenset(
            stem
            for name in own
            for stem in (folded(name.partition("[")[0]), name.lower())
            if stem not in names and (len(name) == 1 or "[" in name)
        ),
        frozenset(name.removesuffix("hat") for name in map(folded, typeset) if name.endswith("hat")),
        tuple(dict.fromkeys(tuple(map(folded, entries)) for entries in lists if entries)),
    )


def is_labelled(label: str, plan: Plan) -> bool:
    """Whether a folded label is that of a blank and nothing that a formula is made of."""
    everybody = labels_of(plan)
    return any(labels.has(label) for labels in everybody.values())


def _pattern(label: str) -> re.Pattern[str]:
    """What a label with holes in it matches."""
    factor = re.compile(rf"{HOLE}(?=[^\W\d_])")  # 5A is 5 times A; what stands by itself may be anything
    if factor.search(label):
        label = factor.sub(NUMBER, label) + NUMBER
    text = re.escape(label).replace(re.escape(HOLE), ".+")
    return re.compile(text.replace(re.escape(NUMBER), r"[-+*0-9.,/]*"))


def values_of(text: str, ask: Ask, plan: Plan, shape: Shape) -> list[str]:
    """What stands behind the blank's own name, in its place: one text, or those of a chain `w1 = 2*3 = 6`.

    The text itself where nothing before its `=` is the name. Raises NotItsBlank for the name of another blank.
    """
    parts = equation(text)
    everybody = labels_of(plan)
    own = everybody.get(ask.id) or _labels(ask)
    label = _label(parts[0].text, own)
    inner = (*ask.fields, *(row.id.rpartition(".")[2] for row in ask.rows))
    if len(parts) == 1 or (not label and parts[0].text.strip(" $")) or label in map(folded, inner):
        return [text]
    if len(parts) == 2 and own.has(folded(parts[1].text)) and not own.has(label):  # 3 = w_1
        return [parts[0].text]
    entries = list(_entry_names(own, shape))
    if _are_entries(parts, entries, ask, everybody):
        return [text]
    elsewhere = any(labels.has(label) for labels in everybody.values())
    several = any(map(label_behind, parts[1:-1]))
    loose = not label or (not elsewhere and not several and _DERIVATIVE.fullmatch(label))
    stems = own.stems | own.hatless if ask.traits.formula else own.stems
    stem = label in stems and not elsewhere and not several  # w for w[2], in the blank of w[2]
    if loose or stem or own.has(label) or label in ("".join(names) for names in entries):
        chain = ask.traits.formula or not (ask.fields or ask.rows or ask.options or ask.traits.enclosed)
        values = [_in_place(part) for part in parts[1:]]
        another = next(filter(None, map(label_behind, parts[1:-1])), None)
        if chain and another is not None:
            raise _another(another, ask, everybody)
        return values if chain or len(values) == 1 else [text]
    entry = any(label in names for names in entries) and not (elsewhere and len(parts) == 2)
    if elsewhere and not entry and not ask.traits.unordered:
        raise _another(parts[0], ask, everybody)
    return [text]


def _label(text: str, own: Labels) -> str:
    """A label, folded; `|X|` is the determinant where that is asked for."""
    label = folded(text)
    return f"det{label}" if _BARS.fullmatch(text.strip(" $\n")) and own.has(f"det{label}") else label


def _are_entries(parts: list[Piece], entries: list[tuple[str, ...]], ask: Ask, everybody: Mapping[str, Labels]) -> bool:
    """Several values under names of entries, `x1 = 2, x2 = 1`, none of which is another blank."""
    given = {folded(label.text) for label, _ in assignments(parts)}
    if len(given) < 2 or not any(given <= set(names) for names in entries):
        return False
    return not any(labels.has(label) for name, labels in everybody.items() if name != ask.id for label in given)


def unnamed_chain(text: str, ask: Ask) -> list[str]:
    """The parts of `2*3 = 6`, in their places; empty for everything that is no chain, or has a name before it."""
    parts = equation(text)
    whole = ask.fields or ask.rows or ask.options or ask.traits.enclosed
    if whole or len(parts) < 2 or not all(part.text.strip() for part in parts):
        return []
    if folded(parts[0].text).isidentifier() or any(map(label_behind, parts[:-1])):
        return []
    if any(_SEVERAL.search(part.text) for part in parts[1:-1]):
        return []
    return [_in_place(part) for part in parts]


def is_rule(text: str, ask: Ask) -> bool:
    """Whether a formula is said to follow from this: a rule or derivatives written out, `f'g + fg'`, `(5x)'cos x`."""
    return ask.traits.variables and _PRIME.search(text) is not None and _FACTORS.search(text) is not None


def without_end(text: str, ask: Ask) -> str:
    """A value without the full stop or the separator behind it, and a number without the dots of what goes on."""
    if ask.fields or ask.rows or ask.options or ask.traits.enclosed:
        return text
    return _END.sub("", _DOTS.sub("", text) if ask.traits.numbers else text)


_PRIME = re.compile(r"['′’]")
_FACTORS = re.compile(r"[-+*·×−()]|['′’]\s*\w")
_DERIVATIVE = re.compile(r"[^\W\d]\w*'\w*|d\w+/d\w+|∇\w+")
"""A name that is a derivative's whoever writes it: y' where the sheet has f."""
_BARS = re.compile(r"(?:\\left\s*)?(?:\||\\l?vert\b).+(?:\||\\r?vert\b)", re.DOTALL)
_SEVERAL = re.compile(r"[;\n]")
_END = re.compile(r"(?<![.,;\s])\s*[.,;]\s*$")
_DOTS = re.compile(r"(?<=[0-9])(?:…|\.\.\.)\s*$")


def _another(label: Piece, ask: Ask, everybody: Mapping[str, Labels]) -> NotItsBlank:
    """The refusal of a value that is not this blank's, with the blank it is, if it is one's."""
    typed_label = folded(label.text)
    other = next((name for name, labels in everybody.items() if name != ask.id and labels.has(typed_label)), None)
    span = (label.start, label.start + len(label.text))
    typed = label.text.strip(" $\n")
    if other is None:
        return NotItsBlank("answer-two-values", span=span, asked=ask.id, typed=typed)
    return NotItsBlank("answer-other-blank", span=span, asked=ask.id, typed=typed, other=other)


def other_names(wanted: Sequence[str], missing: Sequence[str], unknown: Sequence[str]) -> SyntaxFault:
    """What is said of values with other names than the wanted ones; where both lists are empty one is there twice."""
    fields = tuple(wanted)
    if missing and unknown:
        return SyntaxFault("answer-fields", fields=fields, missing=tuple(missing), unknown=tuple(unknown))
    if missing:
        return SyntaxFault("answer-fields-missing", fields=fields, missing=tuple(missing))
    if unknown:
        return SyntaxFault("answer-fields-unknown", fields=fields, unknown=tuple(unknown))
    return SyntaxFault("answer-fields-twice", fields=fields)


def named_entries(text: str, ask: Ask, plan: Plan, shape: Shape) -> list[Piece] | None:
    """The entries of `z1 = -1, z2 = 20` in the order of the array; None where no entry is named.

    Raises SyntaxFault where some are missing.
    """
    pairs = assignments(equation(text))
    given = {folded(label.text): value for label, value in pairs}
    for names in _entry_names(labels_of(plan).get(ask.id) or _labels(ask), shape):
        if given.keys() & set(names):
            missing = tuple(name for name in names if name not in given)
            unknown = tuple(label.text.strip() for label, _ in pairs if folded(label.text) not in names)
            if missing or unknown or len(given) < len(pairs):
                raise other_names(names, missing, unknown)
            return [given[name] for name in names]
    return None


def _entry_names(labels: Labels, shape: Shape) -> Iterator[tuple[str, ...]]:
    """The names of all entries, in every way of naming them: as the prompt lists them, `z1`, `A12`, `A1,2`."""
    size = 1
    for length in shape:
        size *= length
    yield from (names for names in labels.listed if len(names) == size and shape)
    if not shape or size > MOST_NAMED:
        return
    places = list(product(*(range(1, length + 1) for length in shape)))
    for name in sorted(labels.names | labels.stems):
        separator = "," if name[-1:].isdigit() else ""
        yield tuple(f"{name}{separator}{','.join(map(str, place))}" for place in places)
        if len(shape) > 1:
            yield tuple(f"{name}{separator}{''.join(map(str, place))}" for place in places)


MOST_NAMED = 16
"""Entries of larger arrays nobody names one by one."""


def _in_place(part: Piece) -> str:
    """The text of a part where it stood, so that places in it are places in the whole text."""
    return " " * part.start + part.text
