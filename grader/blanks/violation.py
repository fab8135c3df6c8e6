"""A condition that a constructed answer breaks, in words: the row, what came out there, and what must."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from grader.arrays import Floats
from grader.errors import Message, StudentError
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name, Node, Number, names
from grader.language.scope import Scope
from grader.messages import LANGUAGES, Figure, distinguishable, number_in_words
from grader.plan.group import Group
from grader.plan.plan import Ask, Condition
from grader.plan.solve import value_of

_TURNED = {"eq": "eq", "ne": "ne", "lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_WANTED = {
    "eq": Message("answer-wanted-eq"),
    "ne": Message("answer-wanted-ne"),
    "lt": Message("answer-wanted-lt"),
    "le": Message("answer-wanted-le"),
    "gt": Message("answer-wanted-gt"),
    "ge": Message("answer-wanted-ge"),
}
"""What must come out, by the sign between the student's side and the other."""
_TOLERANCE = 1 / 100
"""A distance that may be no greater than this is how a file writes that two numbers are equal."""


def violation(ask: Ask, condition: Condition, group: Group, answer: Mapping[str, float]) -> Message | None:
    """None where the condition holds for a group of one, otherwise the first row that breaks it, in words."""
    values: dict[str, Any] = {**group.values, **{name: np.array([number]) for name, number in answer.items()}}
    rows = None
    if condition.rows is not None:
        rows = value_of(group.plan, condition.rows, values, ask.path)[0]
        rows = rows.reshape(len(rows), -1)
        values |= {name: rows[:, column] for column, name in enumerate(condition.row_names)}
    truth = np.ravel(evaluate(condition.holds, Scope(values, group.plan.functions)) > 0.5)
    if truth.all():
        return None
    row: dict[str, float] = {}
    if rows is not None:
        row = dict(zip(condition.row_names, rows[int(np.argmin(truth))].tolist(), strict=True))
        values |= {name: np.array([number]) for name, number in row.items()}
    return _sentence(condition, ask, row, Scope(values, group.plan.functions))


def _sentence(condition: Condition, ask: Ask, row: Mapping[str, float], scope: Scope) -> Message:
    """The sentence: with both sides of the first comparison that fails where they are numbers, else with the row."""
    failed = first_failing(condition.holds, scope)
    detail = _sides(failed, condition, ask, row, scope) if failed and _has_the_subject(failed, condition, ask) else None
    if detail is not None:
        return Message("answer-violated", {"condition": condition.text, "detail": detail}) if condition.text else detail
    text: Any = condition.text or Message("answer-condition")
    if not row:
        return Message("answer-condition-fails", {"condition": text})
    return Message("answer-row-fails", {"condition": text, "row": in_words(row)})


def first_failing(holds: Node, scope: Scope) -> Call | None:
    """The comparison at fault: of `a and b` the first that fails; None where no single one is to blame."""
    match holds:
        case Call("and", (left, right)):
            return first_failing(right if _true(left, scope) else left, scope)
        case Call(op, (_, _)) if op in _TURNED:
            return holds
    return None


def _has_the_subject(failed: Call, condition: Condition, ask: Ask) -> bool:
    """Whether it is about what the first comparison is about, which a `subject` names: of “the sum is 0 and the weights
    are not all 0” the second part is not."""
    if not condition.subject:
        return True
    first = condition.holds
    while isinstance(first, Call) and first.op == "and":
        first = first.args[0]
    return isinstance(first, Call) and _mine(failed, ask) == _mine(first, ask)


def _mine(call: Call, ask: Ask) -> Node:
    return next((side for side in call.args if names(side) & set(ask.fields)), call)


def _true(node: Node, scope: Scope) -> bool:
    return bool((np.ravel(evaluate(node, scope)) > 0.5).all())


def _sides(call: Call, condition: Condition, ask: Ask, row: Mapping[str, float], scope: Scope) -> Message | None:
    """“For x = (1, 0) your neuron gives 0 and must give 1”; None where a side is not one number."""
    op, (mine, other) = call.op, call.args
    if not names(mine) & set(ask.fields):
        op, mine, other = _TURNED[op], other, mine
    if op in ("lt", "le") and (bound := _number(other, scope)) is not None and bound <= _TOLERANCE:
        op, mine, other = _without_tolerance(op, mine, other, ask)
    given, wanted = _number(mine, scope), _number(other, scope)
    if given is None or wanted is None:
        return None
    shown: tuple[Any, Any] = (
        distinguishable(given, wanted) if given != wanted else (Figure(given, 6), Figure(wanted, 6))
    )
    target = other.name if isinstance(other, Name) else ""
    point = {name: number for name, number in row.items() if name != target}
    wish = _WANTED[op]
    said: dict[str, Any] = {
        "subject": condition.subject or Message("answer-subject"),
        "value": shown[0],
        "wanted": Message(wish.key, {"value": shown[1]}),
    }
    return Message("answer-row-gives", {**said, "row": in_words(point)}) if point else Message("answer-gives", said)


def _without_tolerance(op: str, mine: Node, other: Node, ask: Ask) -> tuple[str, Node, Node]:
    """`abs(b + w - t) < 1/1000` as b + w = t, `abs(b + w) < 1/1000` as b + w = 0; anything else as it is."""
    match mine:
        case Call("abs", (Call("sub", (left, right)),)) if not names(right) & set(ask.fields):
            return "eq", left, right
        case Call("abs", (Call("sub", (left, right)),)) if not names(left) & set(ask.fields):
            return "eq", right, left
        case Call("abs", (inner,)):
            return "eq", inner, Number("0")
    return op, mine, other


def _number(node: Node, scope: Scope) -> float | None:
    """The one finite number a side comes to."""
    try:
        value: Floats = np.asarray(evaluate(node, scope), dtype=float)
    except StudentError:
        return None
    return float(value.ravel()[0]) if value.size == 1 and np.isfinite(value).all() else None


def in_words(row: Mapping[str, float]) -> dict[str, str]:
    """A row by language: x = (1, 0) of `x1, x2`, in Russian (1; 0), and (x, y) = (1, 0), (2, 3) of `x1, y1, x2, y2`."""
    return {language: ", ".join(_families(row, language)) for language in LANGUAGES}


def _families(row: Mapping[str, float], language: str) -> list[str]:
    split = [re.fullmatch(r"(.*?[^\W\d_])_?(\d+)", name) for name in row]
    families: dict[str, list[float]] = {}
    if points := _points(list(row)):
        tuples = ", ".join(_tuple([row[name] for name in point], language) for point in points)
        letters = _tuple([name.removesuffix("1") for name in points[0]], language)
        return [f"{letters} = {tuples}"]
    for match, value in zip(split, row.values(), strict=True):
        if match is None or int(match[2]) != len(families.setdefault(match[1], [])) + 1:
            break
        families[match[1]].append(value)
    else:
        if all(len(values) > 1 for values in families.values()):
            return [f"{base} = {_tuple(values, language)}" for base, values in families.items()]
    return [f"{name} = {number_in_words(value, language)}" for name, value in row.items()]


def _points(row: Sequence[str]) -> list[list[str]]:
    """The names of two or more points that stand one after another, [x1, y1], [x2, y2], …; none of any other row."""
    width = sum(name.endswith("1") for name in row)
    letters = [name.removesuffix("1") for name in row[:width]]
    count = len(row) // width if width > 1 else 0
    points = [[f"{letter}{number}" for letter in letters] for number in range(1, count + 1)]
    return points if count > 1 and list(chain.from_iterable(points)) == list(row) else []


def _tuple(values: Sequence[float | str], language: str) -> str:
    separator = "; " if language == "ru" else ", "
    told = (value if isinstance(value, str) else number_in_words(value, language) for value in values)
    return f"({separator.join(told)})"
