"""Several neurons in one blank: `h1 = x1 + x2 > 1; h2 = x1 < x2; y = h1 + h2 > 1.5`, or their weights by turns.

h1: [-1, 1, 1]; y: [-1.5, 1, 1]     weights by neuron
x1 + x2 > 1; x1 < x2; h1 > h2       formulas in the order of the blank
[-1, 1, 1], [0, -1, 1], [0, 1, -1]  lists in the order of the blank
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from grader.blanks.fields import labels_of, listed
from grader.blanks.formulated import form_of, formulated, mentions, typed_as
from grader.errors import GraderError, Message, SyntaxFault
from grader.language.labels import folded
from grader.plan.plan import Ask, WrittenAs

_LABEL = re.compile(
    r"(?:^|(?<=[;,\n\s]))\$?(?P<label>(?:\\hat\s*)?\{?[^\W\d]\w*\}?(?:_?\{\w+\})?)\$?\s*(?:\([^()=<>;]*\))?\s*(?::=?|=(?![=<>]))"
)
"""What may be a label with its sign: `h_1 =`, `$h_{1}$:`, `h1(x1, x2) :=`."""
_ENDS = " \t\r\n;,"
_AND = re.compile(r"(?<![^;,\s])(?:and|и)\s*$")
_BRACKETS = {"[": "]", "(": ")", "{": "}"}


def neurons(typed: str | Mapping[str, str], ask: Ask) -> Mapping[str, float]:
    """The value of every field; raises StudentError naming the neuron."""
    if isinstance(typed, str):
        texts = _labelled(_opened(typed, "{"), ask) or _ordered(typed, ask)
        return _by_neuron(texts, ask) if texts else listed(typed, ask.fields).values
    labels = labels_of(tuple(ask.written), ask)
    return _by_neuron({labels.get(folded(label), label): text for label, text in typed.items()}, ask)


def _labelled(text: str, ask: Ask) -> dict[str, str]:
    """The text of every neuron by its label; empty where no label of the blank stands in front of anything."""
    labels = labels_of(tuple(ask.written), ask)
    plain = "".join(unicodedata.normalize("NFKC", letter)[:1] for letter in text)  # indices as digits, in their places
    matches = [match for match in _LABEL.finditer(plain) if folded(match["label"]) in labels]
    found = [(labels[folded(match["label"])], match) for match in matches]
    ends = [*(match.start() for _, match in found), len(text)][1:]
    texts: dict[str, str] = {}
    for (label, match), end in zip(found, ends, strict=True):
        if label in texts:
            raise SyntaxFault("answer-neuron-twice", neuron=label)
        texts[label] = _AND.sub("", text[match.end() : end]).strip(_ENDS)
    return texts


def _ordered(text: str, ask: Ask) -> dict[str, str]:
    """The texts of neurons in the order of the blank; empty for one list of all numbers."""
    pieces = _pieces(text)
    if len(pieces) == len(ask.written):
        return dict(zip(ask.written, pieces, strict=True))
    if any(mentions(text, written) for written in ask.written.values()):
        raise SyntaxFault("answer-neuron-count", count=len(ask.written), form=forms_of(ask))
    return {}


def _pieces(text: str) -> list[str]:
    """What stands between separators outside brackets: semicolons and lines, or commas between lists."""
    text = _opened(_opened(text, "["), "(")
    cuts = [place for place, depth in enumerate(_depths(text)) if depth == 0 and _separates(text, place)]
    pieces = [text[start:end] for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)]
    return [piece.strip(_ENDS) for piece in pieces if piece.strip(_ENDS)]


def _separates(text: str, place: int) -> bool:
    before, after = text[:place].rstrip()[-1:], text[place + 1 :].lstrip()[:1]
    return text[place] in ";\n" or (text[place] == "," and before in _BRACKETS.values() and after in _BRACKETS)


def _opened(text: str, bracket: str) -> str:
    """The text without the brackets around the whole of it: `[[1, 2], [3, 4]]`, `[1, 2; 3, 4]`."""
    bare = text.strip()
    inside = bare.startswith(bracket) and bare.endswith(_BRACKETS[bracket]) and 0 not in _depths(bare)[:-1]
    return bare[1:-1] if inside else text


def _depths(text: str) -> list[int]:
    """How many brackets are open behind every letter."""
    depths = [0]
    for letter in text:
        depths.append(depths[-1] + (letter in _BRACKETS) - (letter in _BRACKETS.values()))
    return depths[1:]


def _by_neuron(texts: Mapping[str, str], ask: Ask) -> Mapping[str, float]:
    """The fields of every neuron: its formula, or its numbers in their order."""
    missing = [label for label in ask.written if not texts.get(label)]
    unknown = [label for label in texts if label not in ask.written]
    if missing or unknown:
        raise SyntaxFault("answer-neuron-missing", neurons=tuple(missing or unknown), form=forms_of(ask))
    values: dict[str, float] = {}
    for label, written in ask.written.items():
        try:
            values |= _one(texts[label], written)
        except GraderError as fault:
            raise SyntaxFault("answer-field", field=label, reason=fault.message) from fault
    return values


def _one(text: str, written: WrittenAs) -> Mapping[str, float]:
    if mentions(text, written):
        return formulated(text, written)
    return listed(text, tuple(written.terms)).values


def forms_of(ask: Ask) -> str:
    """The formulas of all neurons as a person reads them."""
    return "; ".join(f"{label}: {form_of(written)}" for label, written in ask.written.items())


def how_to_neurons(ask: Ask) -> Message:
    """How such a blank is filled in."""
    return Message("answer-write-neurons", {"fields": ask.fields, "form": forms_of(ask)})


def typed_formulas(values: Mapping[str, float], ask: Ask) -> list[str]:
    """The formulas with these values, for the self-test; empty where the blank takes none."""
    if len(ask.written) < 2:
        return [typed_as(values, written) for written in ask.written.values()]
    named = "; ".join(f"{label} = {typed_as(values, written)}" for label, written in ask.written.items())
    lists = "; ".join(f"{label}: {[values[name] for name in written.terms]}" for label, written in ask.written.items())
    return [named, lists]
