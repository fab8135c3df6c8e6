"""Values that are typed as the formula they stand in: a neuron as `2x1 + 3x2 > 4`, a line as `x2 = 1 - x1`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction

from grader.errors import Message, SyntaxFault, ValueFault
from grader.language.linear import SIDES, Linear, degree_of, linear, scaled, total
from grader.language.nodes import Call, Node
from grader.language.parser import parse
from grader.language.rectified import rectified
from grader.language.relations import RELATION, SIGNS
from grader.language.unicode import to_unicode
from grader.plan.plan import WrittenAs

_LABEL = re.compile(r"\s*\$?\s*(?P<label>[^\W\d]\w*)\s*(?:\([^()=<>]*\))?\s*=(?!=)")
_OUTER = ("step", "sign")
"""What a neuron's output may be written with: 1 where the sum is above 0."""
_ENCLOSED = re.compile(r"^\s*\[([^\[\]]*[<>≤≥][^\[\]]*)\]\s*$")
"""The indicator of a comparison: `[x > 2]`."""
_LOOKALIKES = str.maketrans("хуХУ", "xyXY")


def mentions(text: str, written: WrittenAs) -> bool:
    """Whether one of the letters of the formula stands in a text."""
    bare = _bare(text)
    return any(_bare(letter) in bare for letter in written.letters)


def _bare(text: str) -> str:
    return re.sub(r"[_{}\s]", "", unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)).lower()


def formulated(text: str, written: WrittenAs) -> Mapping[str, float]:
    """The values of the fields in a formula or a comparison; raises StudentError with what to write."""
    label = _LABEL.match(text)
    if written.sign != "=" and label and label["label"] not in (*written.letters, *written.terms):
        text = " " * label.end() + text[label.end() :]
    if written.sign in (">", ">="):
        text = _ENCLOSED.sub(lambda match: f" {match[1]} ", text)
    signs = list(RELATION.finditer(text))
    if len(signs) > 1:
        raise SyntaxFault("answer-written-signs", span=signs[1].span(), form=form_of(written))
    if not signs and isinstance(written.tree, Call) and SIDES.get(written.tree.op, ("", 1))[1] < 0:  # which side?
        raise SyntaxFault("answer-written-signs", form=form_of(written))
    if not signs:
        return _values(_output(text, written), written, "")
    (sign,) = signs
    operator = str(sign.lastgroup)
    kind, turned = SIDES[operator]
    _refuse_sign(kind, SIGNS[operator], sign.span(), written)
    left = _side(text[: sign.start()], written)
    right = _side(" " * sign.end() + text[sign.end() :], written)
    return _values(scaled(total(left, scaled(right, Fraction(-1))), Fraction(turned)), written, kind)


def form_of(written: WrittenAs) -> str:
    """The formula as a person reads it."""
    return to_unicode(written.tree)


def _refuse_sign(kind: str, typed: str, span: tuple[int, int], written: WrittenAs) -> None:
    """A comparison that is another than that of the blank: strict or not, an equation, one where none is wanted."""
    if kind == written.sign:
        return
    strictness = {kind, written.sign} == {">", ">="}
    wanted = written.sign if typed.startswith(">") else written.sign.replace(">", "<")
    if strictness:
        key = "answer-written-strict" if written.sign == ">" else "answer-written-loose"
        raise ValueFault(key, span=span, typed=typed, wanted=wanted)
    raise ValueFault("answer-written-sign", span=span, typed=typed, form=form_of(written))


def _side(text: str, written: WrittenAs) -> Linear:
    """One side as numbers times letters."""
    return _linear(parse(text, written.letters), written)


def _output(text: str, written: WrittenAs) -> Linear:
    """A formula alone, or the output that a neuron makes of it."""
    tree = parse(text, written.letters)
    if written.rectified:
        return _linear(rectified(tree) or tree, written)
    fires = isinstance(tree, Call) and tree.op in _OUTER and written.sign in (">", ">=")
    return _linear(tree.args[0] if isinstance(tree, Call) and fires else tree, written)


def _linear(tree: Node, written: WrittenAs) -> Linear:
    standing = {letter for letter, _ in written.terms.values()}
    degree = max(degree_of(letter) for letter in standing)
    form = linear(tree, written.letters, degree)
    if form is None or any(factor and letter not in standing | {""} for letter, factor in form.items()):
        key = "answer-written-linear" if degree == 1 else "answer-written-products"
        raise ValueFault(key, span=tree.span, form=form_of(written), letters=written.letters)
    return form


def _values(form: Linear, written: WrittenAs, kind: str) -> Mapping[str, float]:
    """The field of every letter; an equation of a line needs its sign."""
    if written.sign == "=" and kind != "=":
        raise SyntaxFault("answer-written-equation", form=form_of(written))
    return {
        field: float(form.get(letter, Fraction(0)) / factor) + 0.0 for field, (letter, factor) in written.terms.items()
    }


def typed_as(values: Mapping[str, float], written: WrittenAs) -> str:
    """The formula with these values, for the self-test."""
    terms = [
        f"({values[field] * float(factor)!r})" + (f"*{letter}" if letter else "")
        for field, (letter, factor) in written.terms.items()
    ]
    return " + ".join(terms) + (f" {written.sign} 0" if written.sign else "")


def how_to(fields: tuple[str, ...], written: WrittenAs) -> Message:
    """How such a blank is filled in."""
    return Message("answer-write-fields-or-formula", {"fields": fields, "form": form_of(written)})
