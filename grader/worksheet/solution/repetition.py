"""Repeated steps: how many times, and a table of the first rounds and the last."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.errors import Message
from grader.language.evaluate import evaluate
from grader.language.functions import Function
from grader.language.nodes import Call, Name, Node
from grader.language.plaintext import to_text
from grader.messages import translate
from grader.plan.plan import Step
from grader.worksheet.solution.formulas import Formulas
from grader.worksheet.solution.steps import REPEATED, latex_of

FIRST_ROUNDS = 3
_RELATIONS = ("lt", "le", "gt", "ge")


def repeated(step: Step) -> Call | None:
    """The repetition that a step is, or is confirmed by."""
    for tree in (step.tree, step.check):
        if isinstance(tree, Call) and tree.op in REPEATED:
            return tree
    return None


def process(tree: Call) -> str:
    """What is repeated and from where: two repetitions of one process need one table."""
    return f"{to_text(tree.args[0])} {to_text(tree.args[1])}"


def count_of(tree: Call, step: Step, formulas: Formulas) -> int:
    """How many times it is repeated."""
    counted = tree.op == "count_until"
    return round(float(formulas.group.solution[step.name][0] if counted else formulas.known(tree.args[2])))


def rounds(tree: Call, step: Step, formulas: Formulas) -> str:
    """The rounds in words and as a table."""
    function = formulas.functions[_name(tree.args[0])]
    stop = formulas.functions.get(_name(tree.args[2])) if tree.op == "count_until" else None
    count = count_of(tree, step, formulas)
    points = [np.asarray(formulas.known(tree.args[1]))[None]]
    for _ in range(count):
        points.append(evaluate(function.body, formulas.scope.having({function.parameters[0]: points[-1]})))
    key = "solution-rounds" if tree is step.tree else "solution-rounds-check"
    return (
        f"{translate(Message(key, {'count': count}), formulas.language)}\n\n{_table(points, function, stop, formulas)}"
    )


def _name(tree: Node) -> str:
    return tree.name if isinstance(tree, Name) else ""


def _table(points: Sequence[np.ndarray], function: Function, stop: Function | None, formulas: Formulas) -> str:
    variable = formulas.latex(Name(function.parameters[0]))
    tested = _tested(stop)
    heads = [translate(Message("solution-round"), formulas.language), f"${variable}$"]
    if stop is not None and tested is not None:
        heads.append(f"{translate(Message('solution-tested'), formulas.language)}, ${_limit(stop, formulas)}$")
    last = len(points) - 1
    places = [*range(min(FIRST_ROUNDS, last) + 1), *sorted({last - 1, last} - set(range(FIRST_ROUNDS + 1)))]
    rows = []
    before = -1
    for place in places:
        if place != before + 1:
            rows.append(["…"] * len(heads))
        before = place
        row = [str(place), f"${latex_of(points[place][0], formulas)}$"]
        if stop is not None and tested is not None:
            row.append(f"${_at(tested, stop, points[place - 1 : place + 1], formulas)}$" if place else "–")
        rows.append(row)
    lines = [heads, ["--:"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _tested(stop: Function | None) -> Node | None:
    """The side of the stopping rule that changes, where the rule compares it with a number."""
    if stop is None or not isinstance(stop.body, Call) or stop.body.op not in _RELATIONS:
        return None
    return stop.body.args[0]


def _limit(stop: Function, formulas: Formulas) -> str:
    """The relation and the number of the stopping rule."""
    assert isinstance(stop.body, Call)  # noqa: S101 - a relation, see _tested
    relation = Call(stop.body.op, (Name("_"), stop.body.args[1]))
    return formulas.latex(formulas.with_numbers(formulas.written(relation, stop.parameters))).partition(" ")[2]


def _at(tree: Node, stop: Function, pair: Sequence[np.ndarray], formulas: Formulas) -> str:
    values = dict(zip(stop.parameters, pair, strict=True))
    return latex_of(np.asarray(evaluate(tree, formulas.scope.having(values)))[0], formulas)
