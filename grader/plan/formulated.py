"""`written as: b + w1*x1 + w2*x2 > 0` beside the fields of a construct: which formula, or formulas, they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from grader.language.linear import SIDES, linear
from grader.language.nodes import Call, Node, Number, names, substitute
from grader.language.primitives import CONSTANTS
from grader.language.rectified import rectified
from grader.plan.formulas import Formulas
from grader.plan.plan import WrittenAs
from grader.spec import models
from grader.spec.source import Path

_PROBES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
"""Values of the fields with which the formula must be the sum of its terms."""


MOST_LETTERS = 3
"""In a product that is an input of its own: w3*x1*x2."""


def read_written(planner: Formulas, model: models.AskModel, path: Path) -> Mapping[str, WrittenAs]:
    """The formulas of the fields by label, "" where there is one alone; raises AuthorError where a field does not
    stand in one of them once, alone or at a letter, or where their order is not that of the fields.
    """
    if model.written_as is None:
        return {}
    at, fields = (*path, "written as"), tuple(model.fields or ())
    if not isinstance(model.written_as, dict):
        return {"": _written(planner, planner.tree(str(model.written_as), at, fields), fields, fields, at)}
    found: dict[str, WrittenAs] = {}
    left = fields
    for label, text in model.written_as.items():
        tree = planner.tree(str(text), (*at, label), fields)
        mine = left[: len(names(tree) & set(fields))]
        found[label] = _written(planner, tree, mine, fields, (*at, label))
        left = left[len(mine) :]
    if left or len(found) < 2:
        planner.source.fail("spec-written", at, fields=fields)
    return found


def _written(planner: Formulas, tree: Node, mine: tuple[str, ...], fields: tuple[str, ...], at: Path) -> WrittenAs:
    """One formula with the fields that are its own."""
    sign, height = _height(tree)
    inner = rectified(height) if not sign else None
    height = inner or height
    letters = tuple(sorted(names(tree) - {*mine, *CONSTANTS}))
    terms: dict[str, tuple[str, Fraction]] = {}
    for field in mine:
        form = _form(height, {name: int(name == field) for name in mine}, letters)
        if form is None or len(form) != 1:
            planner.source.fail("spec-written", at, fields=fields)
        ((letter, factor),) = form.items()
        terms[field] = letter, factor
    probes = {name: _PROBES[place % len(_PROBES)] for place, name in enumerate(mine)}
    whole = {letter: factor * probes[field] for field, (letter, factor) in terms.items()}
    stand = {letter for letter, _ in terms.values()}
    if len(stand) < len(mine) or not stand.issuperset(letters) or not letters or not set(fields).isdisjoint(letters):
        planner.source.fail("spec-written", at, fields=fields)
    if _form(height, probes, letters) != whole or _form(height, dict.fromkeys(mine, 0), letters) != {}:
        planner.source.fail("spec-written", at, fields=fields)
    return WrittenAs(tree, sign, letters, terms, inner is not None)


def _height(tree: Node) -> tuple[str, Node]:
    """The sign of a comparison with 0, and what is compared."""
    if not isinstance(tree, Call) or tree.op not in SIDES:
        return "", tree
    sign, turned = SIDES[tree.op]
    left, right = tree.args if turned > 0 else tree.args[::-1]
    return sign, Call("sub", (left, right))


def _form(height: Node, values: dict[str, int], letters: tuple[str, ...]) -> dict[str, Fraction] | None:
    """The factors that are not 0 with some values of the fields; None where it is not linear."""
    numbers: dict[str, Node] = {name: Number(str(value)) for name, value in values.items()}
    form = linear(substitute(height, numbers), letters, MOST_LETTERS)
    return None if form is None else {letter: factor for letter, factor in form.items() if factor}
