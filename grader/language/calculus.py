"""Derivatives of values over the same evaluator and through the steps; repetition of a step.

    grad(f, p)         gradient of the function f (of one argument) at the point p
    grad(u, w)         derivative of the value u by the name w, through every step that depends on w
    jacobian(u, w)     rows are outputs, columns inputs          hessian(u, w)   of a number
    diff(u, x)         symbolic; resolved before evaluation where x is the argument of a function
    iterate(f, x, n)   f applied n times                         count_until(f, x, stop)  until stop(before, after)

A gradient has the shape of its argument; members of the batch are independent, so one backward pass gives all of
theirs. Derivatives by a number come from the rules of the table where these suffice, everything else from autograd,
which is imported only then; the two check each other in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from grader.arrays import Floats, Shape
from grader.errors import AuthorError, ShapeFault
from grader.language import shapes
from grader.language.evaluate import Function, Scope, evaluate, finite
from grader.language.nodes import Call, Name, Node, names, substitute, transform, walk
from grader.language.primitives import SPECIAL_FORMS

MAX_REPETITIONS = 20_000


def special_form(node: Call, scope: Scope) -> Any:
    """The value of a special form; raises AuthorError where its arguments do not make sense."""
    if node.op in ("iterate", "count_until"):
        return _repeat(node, scope)
    if node.op == "diff" and len(node.args) == 3:
        raise AuthorError("spec-diff-twice")
    result = by_rules(node, scope) if node.op in ("grad", "diff") else None
    return by_autograd(node, scope) if result is None else result


def by_autograd(node: Call, scope: Scope) -> Any:
    """The derivative by backward passes."""
    form = {"grad": _grad, "diff": _grad, "jacobian": _jacobian, "hessian": _hessian}[node.op]
    return form(*_as_function(node, scope))


# ----- By the rules ----------------------------------------------------------------------------------------------


def by_rules(node: Call, scope: Scope) -> Any:
    """The value of what `derivative_by_rules` finds; None where it finds nothing."""
    derivative = derivative_by_rules(node, scope)
    return None if derivative is None else evaluate(derivative, scope)


def derivative_by_rules(node: Call, scope: Scope) -> Node | None:
    """The derivative of a number by a number; None where an array, a step between or a missing rule is in the way."""
    what, by = node.args
    values = scope.values
    if isinstance(what, Name) and what.name in scope.functions:
        function = scope.functions[what.name]
        tree, name = function.body, function.parameters[0]
        values = {**values, name: evaluate(by, scope)}
    elif isinstance(by, Name) and not dependent_steps(what, by.name, scope):
        tree, name = what, by.name
    else:
        return None
    tree = inlined(tree, scope.functions)
    shapes_read = tuple((other, shapes.shape_of(values[other]))
                        for other in sorted({name, *names(tree)} & values.keys()))  # fmt: skip
    derivative = _derivative(tree, name, shapes_read)
    return None if derivative is None else substitute(derivative, {name: by})


@lru_cache(maxsize=512)
def _derivative(tree: Node, name: str, shapes_read: tuple[tuple[str, Shape], ...]) -> Node | None:
    from grader.language.differentiate import differentiate

    known = dict(shapes_read)
    if known.get(name) != () or any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(tree)):
        return None
    try:
        value = evaluate(tree, {other: np.ones((1, *shape)) for other, shape in shapes_read})
        return differentiate(tree, name, known) if value.ndim == 1 else None
    except (AuthorError, ShapeFault):  # autograd can do it, or says what is wrong
        return None


def inlined(node: Node, functions: Mapping[str, Function]) -> Node:
    """The tree with calls of user functions written out."""

    def rule(part: Node) -> Node:
        if isinstance(part, Call) and part.op in functions:
            function = functions[part.op]
            return inlined(substitute(function.body, dict(zip(function.parameters, part.args, strict=True))), functions)
        return part

    return transform(node, rule)


# ----- By autograd -----------------------------------------------------------------------------------------------


def _as_function(node: Call, scope: Scope) -> tuple[Callable[[Any], Any], Any]:
    """The differentiated thing as a function of one batched array, and the point."""
    import autograd.numpy as anp

    what, by = node.args[0], node.args[1]
    if isinstance(what, Name) and what.name in scope.functions:
        function = scope.functions[what.name]
        point = evaluate(by, scope)
        name = function.parameters[0]
        return (lambda z: evaluate(function.body, scope.having({name: z}, anp))), _full(point, scope)
    if not isinstance(by, Name):
        raise AuthorError("spec-derivative-by")
    chain = dependent_steps(what, by.name, scope)
    apart = _apart(by.name, chain, scope) if scope.kept.intersection(chain) else {}
    return (lambda z: _through(what, by.name, z, chain, apart, scope, anp)), _full(evaluate(by, scope), scope)


def _apart(by: str, chain: tuple[str, ...], scope: Scope) -> dict[str, Any]:
    """How far kept values lie from what their formulas give: constants, which the derivative goes past."""
    values: dict[str, Any] = {by: scope.values[by]}
    apart: dict[str, Any] = {}
    for name in chain:
        found = evaluate(scope.definitions[name], scope.having(values))
        if name in scope.kept:
            apart[name] = scope.values[name] - found
        values[name] = scope.values[name] if name in scope.kept else found
    return apart


def _full(point: Any, scope: Scope) -> Any:
    """The point for every member of the batch (it may be shared), as float."""
    size = max([1, *(getattr(value, "shape", (1,))[0] for value in scope.values.values())])
    if point.shape[0] == size:
        return point
    return point + scope.xp.zeros((size,) + (1,) * (point.ndim - 1))


def dependent_steps(what: Node, by: str, scope: Scope) -> tuple[str, ...]:
    """Steps between `by` and `what`, in order: those that depend on `by` and that `what` depends on."""
    moved, order = {by}, []
    for name, tree in scope.definitions.items():
        if name != by and names_read(tree, scope.functions) & moved:
            moved.add(name)
            order.append(name)
    needed: set[str] = set()
    todo = list(names_read(what, scope.functions))
    while todo:
        name = todo.pop()
        if name not in needed and name != by:
            needed.add(name)
            todo += names_read(scope.definitions[name], scope.functions) if name in scope.definitions else ()
    return tuple(name for name in order if name in needed)


def names_read(tree: Node, functions: Mapping[str, Function]) -> set[str]:
    """Names a tree reads, those inside the functions it mentions included."""
    found, todo = set(), [tree]
    mentioned: set[str] = set()
    while todo:
        part = todo.pop()
        here = names(part) | {node.op for node in walk(part) if isinstance(node, Call)}
        called = (here & functions.keys()) - mentioned
        mentioned |= called
        found |= here
        todo += [functions[name].body for name in called]
    return found


def _through(
    what: Node, by: str, z: Any, chain: tuple[str, ...], apart: Mapping[str, Any], scope: Scope, xp: Any
) -> Any:
    values: dict[str, Any] = {by: z}
    for name in chain:
        found = evaluate(scope.definitions[name], scope.having(values, xp))
        values[name] = found + apart[name] if name in apart else found
    return evaluate(what, scope.having(values, xp))


def _grad(function: Callable[[Any], Any], point: Any) -> Any:
    from autograd import make_vjp

    backward, value = make_vjp(function)(point)
    if value.ndim != 1:
        raise ShapeFault("shape-gradient", shape=shapes.in_words(shapes.shape_of(value)))
    return backward(np.ones(value.shape))


def _jacobian(function: Callable[[Any], Any], point: Any) -> Any:
    """(N, m, n): one backward pass per output; a number counts as one output or one input."""
    import autograd.numpy as anp
    from autograd import make_vjp

    backward, value = make_vjp(function)(point)
    size = value.shape[0]
    outputs = int(np.prod(value.shape[1:]))
    rows = []
    for output in range(outputs):
        seed = np.zeros((size, outputs))
        seed[:, output] = 1.0
        rows.append(anp.reshape(backward(seed.reshape(value.shape)), (size, -1)))
    return shapes.collapse(anp.stack(rows, axis=1))


def _hessian(function: Callable[[Any], Any], point: Any) -> Any:
    return _jacobian(lambda z: _grad(function, z), point)


# ----- Repetition ------------------------------------------------------------------------------------------------


def _repeat(node: Call, scope: Scope) -> Floats:
    """`iterate(f, x0, n)` and `count_until(f, x0, stop)`, each member of the batch at its own pace."""
    step_name = node.args[0]
    if not isinstance(step_name, Name) or step_name.name not in scope.functions:
        raise AuthorError("spec-repetition")
    step = scope.functions[step_name.name]
    point = _full(evaluate(node.args[1], scope), scope)
    stop = node.args[2]
    counting = node.op == "count_until"
    if counting and not (isinstance(stop, Name) and stop.name in scope.functions):
        raise AuthorError("spec-repetition")
    times = np.full(point.shape[0], np.inf) if counting else _full(evaluate(stop, scope), scope)
    made = np.zeros(point.shape[0])
    for _ in range(MAX_REPETITIONS):
        running = (made < times) & finite(point)
        if not running.any():
            break
        after = evaluate(step.body, scope.having({step.parameters[0]: point}))
        made = made + running
        if counting and isinstance(stop, Name):
            times = np.where(running & _stopped(stop.name, point, after, scope), made, times)
        point = np.where(running.reshape((-1,) + (1,) * (point.ndim - 1)), after, point)
    result = made if counting else point
    return np.where((made < times).reshape((-1,) + (1,) * (result.ndim - 1)), np.nan, result)  # never stopped: no value


def _stopped(stop: str, before: Any, after: Any, scope: Scope) -> Any:
    function = scope.functions[stop]
    truth = evaluate(function.body, scope.having(dict(zip(function.parameters, (before, after), strict=True))))
    return truth > 0.5


# ----- The independent check -------------------------------------------------------------------------------------


def finite_difference(function: Callable[[Floats], Floats], point: Floats, step: float = 1e-5) -> Floats:
    """Central differences: the independent check of gradients and Jacobians, (N, outputs, inputs)."""
    size, inputs = point.shape[0], int(np.prod(point.shape[1:]))
    columns = []
    for entry in range(inputs):
        shift = np.zeros((size, inputs))
        shift[:, entry] = step
        moved = shift.reshape(point.shape)
        columns.append((function(point + moved) - function(point - moved)).reshape(size, -1) / (2 * step))
    return np.stack(columns, axis=-1)


def check_derivative(node: Call, scope: Scope) -> Floats:
    """A derivative form by central differences, in the shape the form has; independent of autograd."""
    function, point = _as_function(node, scope)
    point = np.asarray(point, dtype=float)
    if node.op == "hessian":
        inner = finite_difference
        return inner(lambda z: inner(function, z, 1e-4)[:, 0], point, 1e-4)
    table = finite_difference(function, point)
    if node.op in ("grad", "diff"):
        return table[:, 0].reshape(point.shape)
    return np.asarray(shapes.collapse(table))
