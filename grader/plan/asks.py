"""The `ask` part of a plan: one blank from one entry of the file."""

from __future__ import annotations

from typing import Any

from grader.equality.sampling import Domain
from grader.language.nodes import Name, Node
from grader.language.primitives import CONSTANTS
from grader.plan.formulas import Formulas
from grader.plan.plan import Ask, Condition, Option, Plan, Step
from grader.spec import models
from grader.spec.source import Path
from grader.tolerance import Tolerance
from grader.yamltext import Entries
from grader.yamltext import Node as YamlNode

DEFAULT = Tolerance(relative=1e-6)
"""For asks of numbers that state no rule: exact input, so six figures are expected."""
ROUNDED = frozenset({"", "number", "vector", "matrix"})
"""Kinds that take the rule of the sheet; "" is one of the others, told by the shape of the value."""


def read_ask(planner: Formulas, plan: Plan, text: str, node: YamlNode, path: Path) -> Ask:
    """The blank of an entry; raises AuthorError for what it cannot be."""
    source = planner.source
    model = (
        source.model(node, models.AskModel, path)
        if isinstance(node, Entries)
        else models.AskModel(points=_points(node))
    )
    key = source.key(text, path)
    name = planner.name(text, path)
    step = plan.by_name.get(name)
    variables = key.parameters or (step.parameters if step else ())
    tree: Node | None = None
    stated = "is" if model.is_ is not None else "equal to"
    reference = model.is_ if model.is_ is not None else model.equal_to
    if reference is not None:
        tree = planner.tree(str(reference), (*path, stated), variables)
    elif step is not None:
        tree = step.tree if step.parameters else Name(name)
    elif not (model.choice or model.choices or model.fields):
        source.fail("spec-ask-unknown", path, name=name)
    if model.kind is not None and model.kind not in models.KINDS:
        source.unknown_key(model.kind, models.KINDS, (*path, "kind"))
    planner.source.texts(model.prompt, (*path, "prompt"))
    for number, hint in enumerate(model.hints):
        planner.source.all_texts(hint, (*path, "hints", number))
    if tree is not None and not isinstance(tree, Name):
        planner.known(tree, {*_known(plan), *variables}, path)
    kind = model.kind or _kind(model, step, variables)
    tolerance, rule_from = _tolerance(planner, model, kind, path)
    return Ask(
        id=name,
        kind=kind,
        points=planner.constant(str(model.points), path),
        tree=tree,
        tolerance=tolerance,
        rule_from=rule_from,
        variables=variables,
        domain=_domain(planner, model.domain, path),
        prompt=model.prompt,
        options=tuple(_options(planner, model, path, variables)),
        pick=int(planner.constant(str(model.pick), path)) if model.pick is not None else None,
        fields=tuple(model.fields or ()),
        conditions=tuple(_conditions(planner, model, path)),
        path=path,
        hints=tuple(model.hints),
    )


def _points(node: YamlNode) -> str:
    return node.source if not hasattr(node, "value") else str(node.value)


def _known(plan: Plan) -> set[str]:
    return {*CONSTANTS, *plan.symbols, "I", *(given.name for given in plan.givens), *(step.name for step in plan.steps)}


def _kind(model: models.AskModel, step: Step | None, variables: tuple[str, ...]) -> str:
    """The kind where it follows; "" where only the shape of the value tells (number, vector, matrix)."""
    if model.choice:
        return "choice"
    if model.choices:
        return "choices"
    if model.fields:
        return "construct"
    if step is not None and step.symbolic:
        return "matrix expression"
    return "expression" if variables else ""


def _tolerance(planner: Formulas, model: models.AskModel, kind: str, path: Path) -> tuple[Tolerance, str]:
    """The rule, and who gave it: the ask; the sheet, for numbers that have none; or nobody."""
    stated = _stated(planner, model, path)
    if stated is not None:
        return stated, "ask"
    sheet = planner.problem.rounding
    return (sheet, "problem") if sheet is not None and kind in ROUNDED else (DEFAULT, "nobody")


def _stated(planner: Formulas, model: models.AskModel, path: Path) -> Tolerance | None:
    given = {name: getattr(model, name) for name in ("decimals", "significant", "relative", "absolute", "exact")}
    stated = {name: value for name, value in given.items() if value is not None}
    if not stated:
        return None
    if len(stated) > 1 and set(stated) != {"relative", "absolute"}:
        planner.source.fail("spec-tolerance", path, rules=tuple(stated))
    if "exact" in stated:
        return Tolerance()
    numbers: dict[str, Any] = {name: planner.constant(str(value), (*path, name)) for name, value in stated.items()}
    for name in ("decimals", "significant"):
        if name in numbers:
            numbers[name] = int(numbers[name])
    return Tolerance(**numbers)


def _domain(planner: Formulas, domain: dict[str, Any], path: Path) -> dict[str, Domain]:
    result: dict[str, Domain] = {}
    for name, value in domain.items():
        if value == "positive":
            result[name] = "positive"
        elif isinstance(value, list) and len(value) == 2:
            low, high = (planner.constant(str(bound), (*path, "domain", name)) for bound in value)
            result[name] = (low, high)
        else:
            planner.source.fail("spec-domain", (*path, "domain", name))
    return result


def _options(planner: Formulas, model: models.AskModel, path: Path, variables: tuple[str, ...]) -> list[Option]:
    part = "choice" if model.choice is not None else "choices"
    if (model.choice or model.choices) is not None and not (model.choice or model.choices):
        planner.source.fail("spec-options", (*path, part))
    options = []
    for name, option in (model.choice or model.choices or {}).items():
        place = (*path, part, name)
        if (option.when is None) == (option.is_ is None):
            planner.source.fail("spec-option", place)
        if option.is_ is None and not (option.en and option.ru):
            planner.source.fail("spec-language", place, language="en" if option.ru else "ru")
        texts = {"en": option.en, "ru": option.ru} if option.en else {}
        when = planner.tree(str(option.when), place) if option.when is not None else None
        tree = planner.tree(str(option.is_), place, variables) if option.is_ is not None else None
        options.append(Option(name, texts, when, tree))
    return options


def _conditions(planner: Formulas, model: models.AskModel, path: Path) -> list[Condition]:
    fields = tuple(model.fields or ())
    if fields and not model.such_that:
        planner.source.fail("spec-conditions", path)
    conditions = []
    for number, item in enumerate(model.such_that or ()):
        place = (*path, "such that", number)
        planner.source.texts(item.name, (*place, "name"))
        planner.source.texts(item.subject, (*place, "subject"))
        row_names: tuple[str, ...] = ()
        rows: Node | None = None
        if item.for_ is not None:
            names, _, table = item.for_.partition(" in ")
            row_names = tuple(name.strip() for name in names.strip(" []").split(","))
            rows = planner.tree(table, place)
        holds = planner.tree(str(item.holds), place, (*fields, *row_names))
        share = planner.constant(str(item.share), place)
        conditions.append(Condition(holds, rows, row_names, item.name, share, item.subject))
    return conditions
