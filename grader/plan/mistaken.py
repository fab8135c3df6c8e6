"""The `mistakes` part of a plan: steps that are done otherwise, each from what a student has at that place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from grader.language.graph import names_read
from grader.language.lexer import canonical_name
from grader.language.nodes import Node
from grader.plan.formulas import Formulas
from grader.plan.plan import Mistake, Plan
from grader.plan.solve import altered
from grader.spec import models
from grader.spec.source import Path


def read_mistakes(planner: Formulas, plan: Plan) -> Iterator[Mistake]:
    """The authored slips that make sense in this form; raises AuthorError for a formula that cannot be computed."""
    planner.loop_values = {}
    for name, model in planner.problem.mistakes.items():
        possible = model.when is None or planner.constant(f"if({model.when}, 1, 0)", ("mistakes", name, "when"))
        if possible:
            drawn = str(model.drawn).lower() != "false"
            found = list(_formulas(planner, plan, name, model.steps))
            trees = {step: tree for step, tree, _ in found}
            _computable(planner, plan, trees, {step: path for step, _, path in found})
            yield Mistake(name, trees, model.say, drawn)


def _formulas(
    planner: Formulas, plan: Plan, mistake: str, steps: Mapping[str, models.Scalar]
) -> Iterator[tuple[str, Node, Path]]:
    """The altered formulas of a slip, for every round of the loop their key names (`mhat[t]`)."""
    known = {text: place for text, _, place in planner.unrolled("steps")}
    for key, text in steps.items():
        path = ("mistakes", mistake, "steps", key)
        place = known.get(key)
        if place is None and key not in plan.by_name:
            planner.source.fail("spec-unknown-step", path, name=key)
        for found, _, _ in planner.unrolled("steps") if place else iter([(key, None, ())]):
            if found == key:
                local = planner.source.key(key, path).parameters
                step, tree = planner.name(key, path), planner.tree(str(text), path, local)
                planner.known(tree, {*_before(planner, plan, step), *local}, path)
                yield step, tree, path


def _computable(planner: Formulas, plan: Plan, trees: Mapping[str, Node], paths: Mapping[str, Path]) -> None:
    """Refuse a slip whose formula comes back to its own step, and one with which some step reads a later one."""
    slipped = altered(plan, trees)
    for name, path in paths.items():
        if name in map(canonical_name, names_read((trees[name],), slipped.functions)):
            planner.source.fail("spec-mistake-circle", path, name=name)
    everywhere = any(step.name in trees and not step.has_value for step in plan.steps)
    for step in slipped.steps:
        if step.symbolic and step.name in trees:
            planner.of_values(step.tree, paths[step.name])
        if step.name in trees or (everywhere and step.has_value):
            path = paths.get(step.name) or next(iter(paths.values()))
            known = {*_before(planner, plan, step.name), *step.parameters}
            planner.reached(step.tree, known, path, slipped.functions)


def _before(planner: Formulas, plan: Plan, step: str) -> set[str]:
    """What has a value where a step is done."""
    functions = {other.name for other in plan.steps if other.parameters}
    return {*planner.always_known(), *takewhile(lambda label: label != step, planner.labels)} - functions
