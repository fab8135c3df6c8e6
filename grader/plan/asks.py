"""The `ask` part of a plan: one blank from one entry of the file."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec.structs import replace

from grader.errors import StudentError
from grader.language.enclosed import INFINITE, interval_text
from grader.language.functions import inlined
from grader.language.nodes import Array, Name, Node, Number, names
from grader.language.primitives import CONSTANTS
from grader.plan.formulas import Formulas
from grader.plan.formulated import read_written
from grader.plan.plan import Ask, Condition, Option, Plan, Step
from grader.plan.rules import domain_of, layout_of, tolerance_of
from grader.plan.solve import altered
from grader.plan.worth import points_of
from grader.spec import kinds, models
from grader.spec.limits import MOST_LISTED, MOST_OPTIONS
from grader.spec.source import Path
from grader.yamltext import Entries, Text
from grader.yamltext import Node as YamlNode


def read_ask(planner: Formulas, plan: Plan, text: str, node: YamlNode, path: Path) -> Ask:
    """The blank of an entry; raises AuthorError for what it cannot be."""
    model = _model(planner, node, path)
    name = planner.name(text, path)
    step = plan.by_name.get(name)
    variables = planner.source.key(text, path).parameters or (_arguments(planner, plan, step) if step else ())
    symbolic = step is not None and step.symbolic
    tree, sides = _reference(planner, model, step, variables, path)
    if tree is None and not _parts(model):
        planner.source.fail("spec-ask-unknown", path, name=name)
    if tree is not None:
        if step is not None and symbolic and step.parameters:
            planner.source.fail("spec-symbolic-function", path, name=name)
        planner.known(tree, {*_known(planner, symbolic), *variables}, path)
    if tree is not None and (symbolic or variables):
        planner.written_down(tree, "spec-symbolic-form" if symbolic else "spec-function-form", path)
    if step is not None and step.parameters:
        _refuse_slips(planner, plan, step, variables)
    kind = _kind(planner, model, step, variables, path)
    tolerance, rule_from = tolerance_of(planner, model, kind, path)
    rows = _rows(planner, plan, name, node, path)
    return Ask(
        id=name,
        kind=kind,
        points=_not_negative(planner, points_of(planner, node, path), (*path, "points")),
        tree=tree,
        tolerance=tolerance,
        rule_from=rule_from,
        variables=variables,
        domain=domain_of(planner, model.domain, path),
        prompt=model.prompt,
        options=tuple(_options(planner, model, path, variables, symbolic)),
        pick=_pick(planner, model, path),
        fields=tuple(model.fields or ()),
        conditions=tuple(_conditions(planner, model, path)),
        written=read_written(planner, model, path),
        path=path,
        hints=tuple(model.hints),
        sides=sides,
        layout=layout_of(planner, model, kind, path),
        rows=rows,
        rounds={name: int(node.value) for name, node in planner.loop_values.items() if isinstance(node, Number)},
    )


def _arguments(planner: Formulas, plan: Plan, step: Step) -> tuple[str, ...]:
    """The arguments of a function that this form has: its formula reads them, what confirms it, what it derives, or
    a mistake in it.
    """
    depth = len(step.path)
    wrong = [mistake.steps[step.name] for mistake in plan.mistakes if step.name in mistake.steps]
    trees = [
        step.tree,
        step.check,
        *wrong,
        *(part.what for part in planner.derivatives if part.path[:depth] == step.path),
    ]
    read = {name for tree in trees if tree is not None for name in names(inlined(tree, planner.functions))}
    read |= {name for tree in (step.tree, *wrong) for name in names(tree)}
    return tuple(name for name in step.parameters if name in read) or step.parameters


def _refuse_slips(planner: Formulas, plan: Plan, step: Step, variables: tuple[str, ...]) -> None:
    """Slips in an asked function: each is compared as a formula in the arguments that the blank has."""
    for mistake in plan.mistakes:
        path = ("mistakes", mistake.name, "steps")
        slipped = altered(plan, mistake.steps)
        tree = inlined(slipped.step(step.name).tree, slipped.functions)
        planner.written_down(tree, "spec-function-form", path)
        for name in sorted(names(tree) & set(step.parameters) - set(variables)):
            planner.source.fail("spec-mistake-argument", path, name=name, ask=step.name, known=variables)


def _model(planner: Formulas, node: YamlNode, path: Path) -> models.AskModel:
    """What the entry says; words that are there in some languages only are refused."""
    if not isinstance(node, Entries):
        return models.AskModel(points=str(node.value) if isinstance(node, Text) else node.source)
    model = planner.source.model(node, models.AskModel, path)
    planner.source.texts(model.prompt, (*path, "prompt"), template=True)
    for number, hint in enumerate(model.hints):
        planner.source.all_texts(hint, (*path, "hints", number), template=True)
    return model


def _pick(planner: Formulas, model: models.AskModel, path: Path) -> int | None:
    """How many options are shown."""
    if model.pick is None:
        return None
    number = planner.constant(str(model.pick), (*path, "pick"))
    if not 1 <= number <= MOST_LISTED or number != int(number):
        planner.source.fail("spec-digits", (*path, "pick"), name="pick", least=1, most=MOST_LISTED)
    return int(number)


def _not_negative(planner: Formulas, points: float, path: Path) -> float:
    if not 0 <= points < math.inf:
        planner.source.fail("spec-points", path, points=points)
    return points


def _reference(
    planner: Formulas, model: models.AskModel, step: Step | None, variables: tuple[str, ...], path: Path
) -> tuple[Node | None, tuple[str, ...]]:
    """The formula of the right answer: an interval's ends (with what each is), a stated one, or that of the step."""
    if model.interval is not None:
        return _interval(planner, str(model.interval), (*path, "interval"))
    for part, reference in (("is", model.is_), ("equal to", model.equal_to)):
        if reference is not None:
            return planner.tree(str(reference), (*path, part), variables), ()
    if step is None or model.rows:
        return None, ()
    return (step.tree if step.parameters else Name(step.name)), ()


def _rows(planner: Formulas, plan: Plan, table: str, node: YamlNode, path: Path) -> tuple[Ask, ...]:
    """The rows of a table: one named after a step asks for it, another has a name of its own in the table."""
    rows = node.get("rows") if isinstance(node, Entries) else None
    if not isinstance(rows, Entries):
        return ()
    steps = {step.name for step in plan.steps}
    asks = []
    for key, value in rows.entries:
        at = (*path, "rows", key.value)
        ask = read_ask(planner, plan, key.value, value, at)
        if ask.rows:
            planner.source.fail("spec-rows-nested", at)
        asks.append(ask if ask.id in steps else replace(ask, id=f"{table}.{ask.id}"))
    return tuple(asks)


def _interval(planner: Formulas, text: str, path: Path) -> tuple[Node, tuple[str, ...]]:
    """The finite ends of `[a, b)` as an array of formulas, and what each end is."""
    try:
        parts = interval_text(text)
    except StudentError as fault:
        planner.source.fail("spec-expression", path, text=text, reason=fault.message)
    ends = [piece.text for piece, side in zip(parts.ends, parts.sides, strict=True) if side != INFINITE]
    if not ends:
        planner.source.fail("spec-interval", path)
    return Array(tuple(planner.tree(end, path) for end in ends)), parts.sides


def _known(planner: Formulas, symbolic: bool = False) -> set[str]:
    """What may be read where a blank is filled in; named arrays only by what is a formula in them."""
    arrays = {*planner.always_known(), *planner.symbolic}
    return (planner.valued | arrays) if symbolic else (planner.valued - arrays) | CONSTANTS.keys()


def _refuse_unknown(
    planner: Formulas, trees: Iterable[Node | None], local: Iterable[str], path: Path, symbolic: bool = False
) -> None:
    """Names that are nothing here; a word that no form has before one that stands beside it."""
    for tree in trees:
        if tree is not None:
            planner.known(tree, {*_known(planner, symbolic), *local, *planner.words}, path)
            planner.known(tree, {*_known(planner, symbolic), *local}, path)


def _parts(model: models.AskModel) -> list[str]:
    """The parts of an ask that make it a kind."""
    return [row.part for row in kinds.ROWS if row.part and getattr(model, row.part)]


def _kind(planner: Formulas, model: models.AskModel, step: Step | None, variables: tuple[str, ...], path: Path) -> str:
    """The kind stated, or where it follows; "" where only the shape of the value tells (number, vector, matrix)."""
    if model.kind and model.kind not in kinds.NAMES:
        planner.source.unknown_key(model.kind, kinds.NAMES, (*path, "kind"))
    asked = "symbolic" if step and step.symbolic else "function" if variables else "value"
    if model.kind:
        _refuse_kind(planner, model, asked, (*path, "kind"))
    return model.kind or kinds.following(_parts(model), asked)


def _refuse_kind(planner: Formulas, model: models.AskModel, asked: str, path: Path) -> None:
    """A kind without its part, beside the part of another, or of a step that is something else."""
    row, parts = kinds.TRAITS[model.kind or ""], _parts(model)
    if parts not in ([], [row.part]) or (row.part and not parts):
        planner.source.fail("spec-kind-part", path, kind=row.name, part=row.part or parts[0])
    if row.formula and asked != row.step:
        planner.source.fail("spec-kind-step", path, kind=row.name)
    if row.numbers and not row.part and asked != "value" and model.is_ is model.equal_to is None:
        planner.source.fail("spec-kind-formula", path, kind=row.name)


def _options(
    planner: Formulas, model: models.AskModel, path: Path, variables: tuple[str, ...], symbolic: bool
) -> list[Option]:
    part = "choice" if model.choice is not None else "choices"
    if (model.choice or model.choices) is not None and not (model.choice or model.choices):
        planner.source.fail("spec-options", (*path, part))
    if len(model.choice or model.choices or {}) > MOST_OPTIONS:
        planner.source.fail(
            "spec-many", (*path, part), count=len(model.choice or model.choices or {}), most=MOST_OPTIONS
        )
    options = []
    for name, option in (model.choice or model.choices or {}).items():
        at = (*path, part, name)
        if (option.when is None) == (option.is_ is None):
            planner.source.fail("spec-option", at)
        if option.is_ is None and not (option.en and option.ru):
            planner.source.fail("spec-language", at, language="en" if option.ru else "ru")
        texts = {"en": option.en, "ru": option.ru} if option.en else {}
        planner.source.texts(texts, at, template=True)
        planner.source.texts(option.why, (*at, "why"))
        when = planner.tree(str(option.when), at) if option.when is not None else None
        tree = planner.tree(str(option.is_), at, variables) if option.is_ is not None else None
        _refuse_unknown(planner, (when,), variables, at)
        _refuse_unknown(planner, (tree,), variables, at, symbolic)
        options.append(Option(name, texts, when, tree, option.why))
    return options


def _conditions(planner: Formulas, model: models.AskModel, path: Path) -> list[Condition]:
    fields = tuple(model.fields or ())
    if fields and not model.such_that:
        planner.source.fail("spec-conditions", path)
    conditions = []
    for number, item in enumerate(model.such_that or ()):
        at = (*path, "such that", number)
        planner.source.texts(item.name, (*at, "name"))
        planner.source.texts(item.subject, (*at, "subject"))
        row_names: tuple[str, ...] = ()
        rows: Node | None = None
        if item.for_ is not None:
            names, _, table = item.for_.partition(" in ")
            row_names = tuple(name.strip() for name in names.strip(" []").split(","))
            rows = planner.tree(table, at)
        holds = planner.tree(str(item.holds), at, (*fields, *row_names))
        _refuse_unknown(planner, (rows,), (), at)
        _refuse_unknown(planner, (holds,), (*fields, *row_names), at)
        share = _not_negative(planner, planner.constant(str(item.share), at), (*at, "share"))
        conditions.append(Condition(holds, rows, row_names, item.name, share, item.subject))
    return conditions
