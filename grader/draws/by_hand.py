"""Numbers set by hand: they have to meet what drawn ones meet, and it is said what they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

import numpy as np

from grader.arrays import Shape
from grader.blanks.kinds import blank_of, kind_of
from grader.draws.answerable import unclear
from grader.draws.tries import Tries
from grader.errors import AuthorError, GraderError, Message, StudentError
from grader.language.evaluate import evaluate
from grader.language.graph import Graph
from grader.language.nodes import Name, Node, names
from grader.language.plaintext import to_text
from grader.language.shapes import finite, in_words
from grader.plan.graph import trees_of
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan
from grader.plan.planner import first_form, plan_of
from grader.spec.problem import Problem
from grader.spec.source import Path
from grader.yamltext import Items, Text, line_of

_NUMBER = re.compile(r"-?[0-9.]+")


class Refused(AuthorError):
    """Numbers set by hand that cannot be used; `condition` where only a condition of the problem is against them."""

    condition = False


_Against = tuple[Path, Message, tuple[Node, ...], bool]
"""Place, words and formulas of what is not met, and whether it is a condition; the first is the one to tell."""


def refuse_unknown(problem: Problem, fixed: Mapping[str, str]) -> None:
    """Every name that is set has to be a given or a choice of the form, and a word one of those listed."""
    if not fixed:
        return
    for choice in problem.form:
        words = choice.options and not any(map(_NUMBER.fullmatch, choice.options))
        if words and fixed.get(choice.name, choice.options[0]) not in choice.options:
            values = {"name": choice.name, "text": fixed[choice.name], "known": choice.options}
            problem.source.fail("spec-set-form", ("form", choice.name), **values)
    form = first_form(problem)
    plan = plan_of(problem, {**form, **{name: text for name, text in fixed.items() if name in form}})
    known = {*form, *(given.name for given in plan.givens)}
    for name in fixed:
        if name not in known:
            raise AuthorError("spec-set-unknown", file=problem.source.file, name=name, known=tuple(sorted(known)))
    _refuse_other_shapes(plan_of(problem, form), plan, fixed)


def _refuse_other_shapes(usual: Plan, plan: Plan, fixed: Mapping[str, str]) -> None:
    """A function that is set gives what the listed ones give: a number where they give one."""
    for name in fixed.keys() & usual.form.keys() & plan.functions.keys():
        wanted, found = (_shape(one.functions[name].body) for one in (usual, plan))
        if found and wanted is not None and len(found) != len(wanted):
            file, text = plan.problem.source.file, fixed[name]
            shape, number = in_words(found), in_words(wanted)
            raise AuthorError("spec-set-shape", file=file, name=name, text=text, shape=shape, usual=number)


def _shape(tree: Node) -> Shape | None:
    """The shape of a formula of numbers; None where it has no value, or is one of arrays."""
    try:
        return np.shape(evaluate(tree, {name: np.ones(1) for name in names(tree)}))[1:]
    except (GraderError, KeyError):
        return None


def decided(plan: Plan, fixed: Mapping[str, str]) -> bool:
    """Is nothing left to draw: neither the form nor a number."""
    form = all(choice.name in fixed for choice in plan.problem.form)
    return form and not any(given.draw is not None and given.name not in fixed for given in plan.givens)


def refuse_unfit(drawn: Tries, fixed: Mapping[str, str], *, printed: bool = False) -> None:
    """Raise what is wrong with numbers of which none was drawn; they are the same for everybody.

    Where they pass as drawn ones do, it is tried once, before a sheet of theirs is `printed`, that their right answers
    can be typed and read.
    """
    plan = drawn.group.plan
    source = plan.problem.source
    proved = printed and bool(drawn.taken[0])
    against = _without_value(drawn) if proved else chain(_without_value(drawn), _unanswerable(drawn.group.at(0)))
    for path, reason, trees, condition in against:
        concerned = _behind(plan, trees, fixed) or fixed.keys()
        numbers = tuple(f"{name} = {text}" for name, text in fixed.items() if name in concerned)
        line, place = line_of(source.root, path), ".".join(map(str, path))
        fault = Refused("spec-set-unfit", file=source.file, line=line, path=place, numbers=numbers, reason=reason)
        fault.condition = condition
        raise fault


def _behind(plan: Plan, trees: tuple[Node, ...], fixed: Mapping[str, str]) -> frozenset[str]:
    """The numbers set by hand that formulas are computed from, through steps and computed givens."""
    computed = {given.name: plan.names_read((given.tree,)) for given in plan.givens if given.tree is not None}
    return Graph({**plan.graph.reads, **computed}).behind(plan.names_read(trees), fixed.keys()).met


def _without_value(drawn: Tries) -> Iterator[_Against]:
    """What is against the numbers as such: a condition of the problem, or something that has no value."""
    group = drawn.group.at(0)
    plan = group.plan
    why = next((why for why, rejected in drawn.causes.items() if rejected[0] and why != "telling"), "")
    if why.isdigit():
        tree, path = plan.require[int(why)]
        yield path, Message("spec-set-condition", {"condition": condition_text(plan.problem, int(why))}), (tree,), True
    for given in plan.givens:
        if not finite(group.given[given.name]).all():
            yield given.path, Message("spec-set-given", {"name": given.name}), (Name(given.name),), False
    for step in plan.steps:
        if step.has_value and not finite(group.solution[step.name]).all():
            values = {"name": step.name, "formula": to_text(step.tree)}
            yield step.path, Message("spec-set-step", values), (step.tree,), False


def _unanswerable(group: Group) -> Iterator[_Against]:
    """What is against asking for them: a right answer that is not taken, options that are alike."""
    plan = group.plan
    for ask in plan.asks:
        if not _is_answerable(ask, group):
            yield ask.path, Message("spec-set-answer", {"ask": ask.id}), trees_of(ask), False
    for name in unclear(group):
        ask = next(part for ask in plan.asks for part in (ask, *ask.rows) if part.id == name)
        yield ask.path, Message("spec-set-options", {"ask": ask.id}), trees_of(ask), False


def _is_answerable(ask: Ask, group: Group) -> bool:
    """Is the right answer of a group of one, typed as it is, read and judged right."""
    kind, blank = kind_of(ask, group), blank_of(ask, group)
    for sample in kind.samples(ask, group):
        if sample.status == "correct":
            try:
                right = kind.compare(ask, group, [0], [blank.read(sample.text)])[0].status == "correct"
            except StudentError:
                right = False
            if not right:
                return False
    return True


def condition_text(problem: Problem, number: int) -> str:
    """A condition as the file has it."""
    require = problem.source.root.get("require")
    item = require.items[number] if isinstance(require, Items) else None
    return item.value if isinstance(item, Text) else ""
