"""Do the values that a form comes to have the shapes that its blanks speak of: asked once, of one student's numbers."""

from __future__ import annotations

import numpy as np

from grader.facts import fact
from grader.language.shapes import in_words, shape_of
from grader.plan.plan import STRUCTURE, Ask, Plan
from grader.plan.solve import Values, value_of
from grader.plan.specimen import specimen
from grader.plan.symbols import sizes, symbol_values


@fact(needs=(*STRUCTURE, sizes, symbol_values, specimen))
def fitting(plan: Plan) -> bool:
    """True; raises AuthorError for a blank whose kind, fields or rows are not those of its value."""
    values = specimen(plan).values
    for ask in plan.asks:
        for part in (ask, *ask.rows):
            _refuse_kind(part, plan, values)
            _refuse_fields(part, plan, values)
            _refuse_rows(part, plan, values)
            _compute(part, plan, values)
    named = {**values, **symbol_values(plan)} if plan.symbols else values
    for step in plan.steps:
        if step.symbolic and not step.parameters:
            named[step.name] = value_of(plan, step.tree, named, step.path)
    for mistake in plan.mistakes:
        for name, tree in mistake.steps.items():
            if plan.step(name).has_value:
                value_of(plan, tree, values, ("mistakes", mistake.name, "steps", name))
    return True


def _compute(ask: Ask, plan: Plan, values: Values) -> None:
    """A formula in variables is computed for some numbers, as it will be where answers are compared with it."""
    if ask.tree is None or not ask.traits.variables:
        return
    numbers = dict.fromkeys(ask.variables, np.array([0.5]))
    for tree in (ask.tree, *(option.tree for option in ask.options if option.tree is not None)):
        value_of(plan, tree, {**values, **numbers}, ask.path)


def _refuse_kind(ask: Ask, plan: Plan, values: Values) -> None:
    """A vector where a matrix is asked for; a set or an interval whose members are none."""
    traits = ask.traits
    if ask.tree is None or not traits.numbers or ask.variables or not traits.name:
        return
    shape = shape_of(value_of(plan, ask.tree, values, ask.path))
    if (traits.rank not in (None, len(shape))) or (traits.enclosed and not shape) or (ask.sides and len(shape) != 1):
        plan.problem.source.fail("spec-kind-shape", ask.path, kind=traits.name, shape=in_words(shape))


def _refuse_fields(ask: Ask, plan: Plan, values: Values) -> None:
    """An example that has not as many numbers as there are fields."""
    if not ask.fields or ask.tree is None:
        return
    size = value_of(plan, ask.tree, values, ask.path)[0].size
    if size != len(ask.fields):
        plan.problem.source.fail("spec-fields", ask.path, count=len(ask.fields), given=size)


def _refuse_rows(ask: Ask, plan: Plan, values: Values) -> None:
    """Rows that have not as many numbers as there are names for them."""
    for number, condition in enumerate(ask.conditions):
        if condition.rows is None:
            continue
        path = (*ask.path, "such that", number)
        shape = shape_of(value_of(plan, condition.rows, values, path))
        columns = shape[1] if len(shape) == 2 else len(shape)
        if not shape or columns != len(condition.row_names):
            names = len(condition.row_names)
            plan.problem.source.fail("spec-row-names", path, count=names, shape=in_words(shape))
