"""Repeated steps: how many times, and a table of the first rounds and the last."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.arrays import Floats
from grader.errors import Message
from grader.language.evaluate import evaluate
from grader.language.functions import Function
from grader.language.nodes import Call, Name, Node
from grader.language.plaintext import to_text
from grader.language.primitives import REPETITIONS
from grader.messages import translate
from grader.plan.plan import Step
from grader.worksheet.solution.steps import latex_of
from grader.worksheet.solution.writing import Writing

FIRST_ROUNDS = 3
MOST_ROUNDS = 1000
"""That are gone through to confirm what a formula gives; nobody does so many one by one."""
_RELATIONS = ("lt", "le", "gt", "ge")


def repeated(step: Step, writing: Writing) -> Call | None:
    """The repetition that a step is, or is confirmed by in not too many rounds."""
    for tree in (step.tree, step.check):
        if isinstance(tree, Call) and tree.op in REPETITIONS:
            return tree if tree is step.tree or count_of(tree, step, writing) <= MOST_ROUNDS else None
    return None


def process(tree: Call) -> str:
    """What is repeated and from where: two repetitions of one process need one table."""
    return f"{to_text(tree.args[0])} {to_text(tree.args[1])}"


def count_of(tree: Call, step: Step, writing: Writing) -> int:
    """How many times it is repeated."""
    if tree.op == "count_until":
        return round(float(writing.group.solution[step.name][0]))
    count = writing.known(tree.args[2])
    return 0 if count is None else round(float(count))


def rounds(tree: Call, step: Step, writing: Writing) -> str:
    """The rounds in words and as a table."""
    function = writing.functions[_name(tree.args[0])]
    stop = writing.functions.get(_name(tree.args[2])) if tree.op == "count_until" else None
    count = count_of(tree, step, writing)
    points = [np.asarray(writing.known(tree.args[1]))[None]]
    for _ in range(count):
        points.append(evaluate(function.body, writing.scope.having({function.parameters[0]: points[-1]})))
    key = "solution-rounds" if tree is step.tree else "solution-rounds-check"
    return f"{translate(Message(key, {'count': count}), writing.language)}\n\n{_table(points, function, stop, writing)}"


def _name(tree: Node) -> str:
    return tree.name if isinstance(tree, Name) else ""


def _table(points: Sequence[Floats], function: Function, stop: Function | None, writing: Writing) -> str:
    variable = writing.latex(Name(function.parameters[0]))
    tested = _tested(stop)
    heads = [translate(Message("solution-round"), writing.language), f"${variable}$"]
    if stop is not None and tested is not None:
        heads.append(f"{translate(Message('solution-tested'), writing.language)}, ${_limit(stop, writing)}$")
    last = len(points) - 1
    shown = [*range(min(FIRST_ROUNDS, last) + 1), *sorted({last - 1, last} - set(range(FIRST_ROUNDS + 1)))]
    rows = []
    before = -1
    for number in shown:
        if number != before + 1:
            rows.append(["…"] * len(heads))
        before = number
        row = [str(number), f"${latex_of(points[number][0], writing)}$"]
        if stop is not None and tested is not None:
            row.append(f"${_at(tested, stop, points[number - 1 : number + 1], writing)}$" if number else "–")
        rows.append(row)
    lines = [heads, ["--:"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _tested(stop: Function | None) -> Node | None:
    """The side of the stopping rule that changes, where the rule compares it with a number."""
    if stop is None or not isinstance(stop.body, Call) or stop.body.op not in _RELATIONS:
        return None
    return stop.body.args[0]


def _limit(stop: Function, writing: Writing) -> str:
    """The relation and the number of the stopping rule."""
    assert isinstance(stop.body, Call)  # noqa: S101 - a relation, see _tested
    relation = Call(stop.body.op, (Name("_"), stop.body.args[1]))
    return writing.latex(writing.with_numbers(writing.written(relation, stop.parameters))).partition(" ")[2]


def _at(tree: Node, stop: Function, pair: Sequence[Floats], writing: Writing) -> str:
    values = dict(zip(stop.parameters, pair, strict=True))
    return latex_of(np.asarray(evaluate(tree, writing.scope.having(values)))[0], writing)
