"""Slips in a formula as a whole: its sign, a factor, degrees, the wrong point, coordinates moved one after another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations

from grader.arrays import Shape
from grader.language.functions import inlined
from grader.language.graph import names_read
from grader.language.lexer import canonical_name
from grader.language.nodes import Array, Call, Name, Node, Number, names, replaced, substitute, transform, walk
from grader.plan.plan import Plan, Step
from grader.plan.solve import Values
from grader.slips.table import Family, Row, row

_WHOLE_SIGN, _WHOLE_TWO, _DEGREES, _AT_X = (
    row(Family.WHOLE, rule) for rule in ("sign", "factor-two", "degrees", "outer-at-x")
)
_COMPLEMENT, _ONE_OFF, _FUNCTION, _SQUARE, _UNIT = (
    row(Family.WHOLE, rule)
    for rule in ("complement-taken", "one-off", "function-for-derivative", "exponent-off", "other-operation")
)
_ACTIVATED = row(Family.WHOLE, "other-function")
_INSIDE, _ALONE_AT_X = row(Family.WHOLE, "inner-inside"), row(Family.WHOLE, "outer-at-x", "alone")
_OTHER_FUNCTION = row(Family.WHOLE, "other-quantity", "function")
_LATER = row(Family.NAMES, "other-quantity", "far")
_ONE_BY_ONE = row(Family.STEPS, "one-by-one")
_TURNS = {"sin", "cos", "tan", "cot"}
_DEEPEST = 3
"""Steps that are put one into the other."""
_MOST_ENTRIES = 4
"""Coordinates that are moved one after another."""

Made = tuple[Row, Node, Node | None]
"""A row of the table, the formula done wrong, and the part that the slip is about."""


def sign_of_whole(tree: Node) -> Iterator[Made]:
    """Minus the formula."""
    if not isinstance(tree, Name | Number):
        yield _WHOLE_SIGN, Call("neg", (tree,)), None


def scaled_whole(tree: Node) -> Iterator[Made]:
    """Twice the formula and half of it, and its angles in degrees."""
    if isinstance(tree, Name | Number):
        return
    yield _WHOLE_TWO, Call("mul", (Number("2"), tree)), None
    yield _WHOLE_TWO, Call("div", (tree, Number("2"))), None
    if any(isinstance(part, Call) and part.op in _TURNS for part in walk(tree)):
        yield _DEGREES, transform(tree, _in_degrees), None


def far_whole(tree: Node, axes: int) -> Iterator[Made]:
    """A function of the formula, its square, one more and one less, what is left to one; a vector of length one."""
    for function in ("sigmoid", "tanh", "relu") if not isinstance(tree, Name | Number) else ():
        yield _ACTIVATED, Call(function, (tree,)), None
    if axes:
        yield _UNIT, Call("div", (tree, Call("norm", (tree,)))), None
    if axes or isinstance(tree, Name | Number):
        return
    one = Number("1")
    yield _SQUARE, Call("pow", (tree, Number("2"))), None
    yield _ONE_OFF, Call("add", (tree, one)), None
    yield _ONE_OFF, Call("sub", (tree, one)), None
    yield _COMPLEMENT, Call("sub", (one, tree)), tree


def undifferentiated(plan: Plan, step: Step) -> Iterator[Made]:
    """What the step, or its check, differentiates."""
    functions = plan.functions
    for tree in (step.tree, step.check):
        for part in walk(tree) if tree is not None else ():
            if isinstance(part, Call) and part.op == "grad":
                what, by = part.args
                called = isinstance(what, Name) and what.name in functions
                function = inlined(Call(what.name, (by,)) if called else what, functions)  # type: ignore[union-attr]
                yield _FUNCTION, function, None
                if isinstance(function, Call) and function.op == "sum":
                    yield _FUNCTION, function.args[0], None
    for derivative in plan.derivatives:
        if derivative.path in (step.path, (*step.path, "check")):
            yield _FUNCTION, derivative.what, None


def one_step_on(plan: Plan, step: Step) -> Iterator[Made]:
    """What the next step makes of it, where nobody asks for that: the student went on before writing it down."""
    asked = {name for ask in plan.asks if (name := plan.asked_step(ask))}
    functions = plan.functions
    for name in sorted(plan.graph.read_by(step.name) & plan.by_name.keys() - asked - plan.index_names):
        later = plan.step(name)
        if later.has_value and not later.parameters and not step.parameters:
            tree = substitute(inlined(later.tree, functions), {step.name: inlined(step.tree, functions)})
            if not any(plan.graph.depends(read, {step.name}) for read in names(tree)):
                yield _LATER, tree, Name(name)


def _in_degrees(part: Node) -> Node:
    if isinstance(part, Call) and part.op in _TURNS:
        return Call(part.op, (Call("div", (Call("mul", (part.args[0], Name("pi"))), Number("180"))),))
    return part


def calls_at(plan: Plan, step: Step) -> Iterator[Made]:
    """A function of the file taken at the variable where it belongs at another function: f′(x) for f′(g(x))."""
    if len(step.parameters) != 1:
        return
    variable = Name(step.parameters[0])
    for call in walk(step.tree):
        if isinstance(call, Call) and call.op in plan.functions and len(call.args) == 1 and call.args[0] != variable:
            put = replaced(step.tree, call, Call(call.op, (variable,)))
            yield _AT_X, inlined(put, plan.functions), call
    for slip, put in _mixed_up(step.tree, variable, plan.functions.keys()):
        yield slip, inlined(put, plan.functions), None


def _mixed_up(tree: Node, variable: Name, functions: Collection[str]) -> Iterator[tuple[Row, Node]]:
    """Of f′(g(x))·g′(x) what is written with g′, or x, in the place of g."""
    match tree:
        case Call("mul", (Call(outer, (Call(inner, (argument,)),)), Call(_, (other,)) as slope)) if {
            outer,
            inner,
            slope.op,
        } <= {*functions} and argument == other == variable:
            inside = Call(outer, (slope,))
            yield _INSIDE, inside
            yield _INSIDE, Call("mul", (inside, slope))
            yield _ALONE_AT_X, Call(outer, (variable,))


def other_calls(plan: Plan, step: Step) -> Iterator[Made]:
    """One function of the file for another, everywhere or in one place: f for f′, g for f."""
    every = plan.functions
    functions = {name: made for name, made in every.items() if canonical_name(name) != step.name}
    calls = [part for part in walk(step.tree) if isinstance(part, Call) and part.op in functions]
    for call in dict.fromkeys(calls):
        for other, function in functions.items():
            if other != call.op and len(function.parameters) == len(call.args) and _is_free(plan, other, step.name):
                yield (
                    _OTHER_FUNCTION,
                    inlined(replaced(step.tree, call, Call(other, call.args)), plan.functions),
                    None,
                )
    for one, other in combinations(sorted({call.op for call in calls}), 2):
        if len(functions[one].parameters) == len(functions[other].parameters):
            swap = {one: other, other: one}
            tree = transform(step.tree, lambda part, swap=swap: _renamed(part, swap))  # type: ignore[misc]
            yield _OTHER_FUNCTION, inlined(tree, every), None


def _renamed(part: Node, swap: dict[str, str]) -> Node:
    return Call(swap[part.op], part.args) if isinstance(part, Call) and part.op in swap else part


def _is_free(plan: Plan, function: str, step: str) -> bool:
    """It is not computed from the step itself, nor from an identity whose size only named arrays tell."""
    return names_read((plan.functions[function].body,), plan.functions).isdisjoint({step, "I"})


def with_unasked(plan: Plan, step: Step) -> Node:
    """The formula with the steps before it that nobody is asked for put in: a slip may be made across them."""
    asked = {name for ask in plan.asks if (name := plan.asked_step(ask))}
    tree = inlined(step.tree, plan.functions)
    for _ in range(_DEEPEST):
        known = {
            name: inlined(plan.step(name).tree, plan.functions)
            for name in names(tree) & plan.by_name.keys() - asked - plan.index_names
            if plan.step(name).has_value
        }
        if not known:
            break
        tree = substitute(tree, known)
    return tree


# ----- Coordinates moved one after another ---------------------------------------------------------------------------


def one_by_one(plan: Plan, step: Step, values: Values) -> Iterator[Made]:
    """The gradient, or the step along it, where each coordinate is taken at the point that those before it have left.

    `step` is the gradient g[t] of a step x[t] = x[t-1] - eta*g[t], or that step itself.
    """
    for moved, old in moves(plan):
        (shape,) = {values[name].shape[1:] for name in (moved.name, old)} if moved.name in values else {()}
        if len(shape) != 1 or shape[0] > _MOST_ENTRIES:
            continue
        for name in sorted(names(moved.tree) & plan.by_name.keys()):
            slope = plan.step(name)
            if slope.parameters or values[name].shape[1:] != shape or old not in plan.names_read((slope.tree,)):
                continue
            if step.name not in (name, moved.name):
                continue
            by_turns = _by_turns(plan, moved, slope, old, shape)
            tree = by_turns if step.name == name else substitute(moved.tree, {name: by_turns})
            yield _ONE_BY_ONE, inlined(tree, plan.functions), None


def moves(plan: Plan) -> Iterator[tuple[Step, str]]:
    """Steps that are computed from the same of the round before, with the name of that."""
    for step in plan.steps:
        base, _, index = step.name.partition("[")
        number = index.removesuffix("]")
        if number.isdigit() and (old := f"{base}[{int(number) - 1}]") in names(step.tree):
            yield step, old


def _by_turns(plan: Plan, moved: Step, slope: Step, old: str, shape: Shape) -> Node:
    """The slope with each entry taken where the entries before it have been moved already."""
    functions = plan.functions
    tree, point = inlined(slope.tree, functions), Name(old)
    entries: list[Node] = []
    at: Node = point
    for number in range(1, shape[0] + 1):
        entries.append(_entry(substitute(tree, {old: at}), number))
        known = Array((*entries, *(_entry(point, later) for later in range(number + 1, shape[0] + 1))))
        new = substitute(moved.tree, {slope.name: known})
        at = Array(tuple(_entry(new if n <= number else point, n) for n in range(1, shape[0] + 1)))
    return Array(tuple(entries))


def _entry(array: Node, number: int) -> Node:
    return Call("entry", (array, Number(str(number))))
