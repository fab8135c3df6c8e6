"""Tree → numbers, for a whole batch at once: NumPy, or autograd's NumPy when a derivative is taken.

Values carry a leading batch axis (see `shapes`). Undefined results are NaN or infinite, never an exception: what they
mean is decided where they are used. Errors about shapes carry the span of the part they arose in. Special forms take
functions and names, not values:

    grad(f, p)         gradient of the function f (of one argument) at the point p
    grad(u, w)         derivative of the value u by the name w, through every step that depends on w
    jacobian(u, w)     rows are outputs, columns inputs          hessian(u, w)   of a number
    diff(u, x)         symbolic; resolved before evaluation where x is the argument of a function
    iterate(f, x, n)   f applied n times                         count_until(f, x, stop)  until stop(before, after)

Derivatives by a number come from the rules of the table where these suffice, everything else from autograd; the two
check each other in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from grader.arrays import Floats, Numeric, Shape, Truths
from grader.errors import AuthorError, ShapeFault
from grader.language import calculus, shapes
from grader.language.functions import Function, inlined
from grader.language.nodes import Array, Call, Name, Node, Number, names, substitute, walk
from grader.language.primitives import CONSTANTS, REPETITIONS, SPECIAL_FORMS, bound_primitives
from grader.language.scope import Scope, Values, dependent_steps

Table = dict[str, Callable[..., Floats]]

_BACKWARD = {"grad": calculus.gradient, "diff": calculus.gradient, "jacobian": calculus.jacobian,
             "hessian": calculus.hessian}  # fmt: skip
_CONSTANTS = {name: np.array([value]) for name, value in CONSTANTS.items()}


def evaluate(node: Node, scope: Scope | Values) -> Floats:
    """The batched value of a tree, shape (N or 1, ...). Raises ShapeFault with its span, KeyError for a name."""
    if not isinstance(scope, Scope):
        scope = Scope(scope)
    with np.errstate(all="ignore"):
        return _value(node, scope, bound_primitives(scope.xp))


def _value(node: Node, scope: Scope, table: Table) -> Floats:
    if isinstance(node, Call):
        op = node.op
        function = table.get(op)
        if function is None:
            return _called(node, scope, table)
        args = node.args
        try:
            if len(args) == 2:
                return function(_value(args[0], scope, table), _value(args[1], scope, table))
            if len(args) == 1:
                return function(_value(args[0], scope, table))
            return function(*[_value(arg, scope, table) for arg in args])
        except ShapeFault as fault:
            if fault.span is None:
                fault.span = node.span
            raise
    if isinstance(node, Number):
        return np.array((float(node.text),))
    if isinstance(node, Name):
        value = scope.values.get(node.name)
        return _CONSTANTS[node.name] if value is None else value
    if isinstance(node, Array):
        return _array(node, scope, table)
    raise KeyError(node.base)


def _called(node: Call, scope: Scope, table: Table) -> Floats:
    """A special form, or a function of the file."""
    if node.op in SPECIAL_FORMS:
        return special_form(node, scope)
    function = scope.functions[node.op]
    arguments = [_value(arg, scope, table) for arg in node.args]
    inner = scope.having(dict(zip(function.parameters, arguments, strict=True)))
    return _value(function.body, inner, table)


def _array(node: Array, scope: Scope, table: Table) -> Floats:
    literal = literal_array(node)
    if literal is not None:
        return literal
    try:
        return shapes.stack(scope.xp, [_value(item, scope, table) for item in node.items])
    except ShapeFault as fault:
        if fault.span is None:
            fault.span = node.span
        raise


def literal_array(node: Array) -> Floats | None:
    """The array at once where every entry is a literal, perhaps with a minus; None otherwise or when ragged."""
    numbers: list[float | Floats] = []
    for item in node.items:
        if isinstance(item, Array):
            row = literal_array(item)
            if row is None:
                return None
            numbers.append(row[0])
        elif isinstance(item, Number):
            numbers.append(float(item.text))
        elif isinstance(item, Call) and item.op == "neg" and isinstance(item.args[0], Number):
            numbers.append(-float(item.args[0].text))
        else:
            return None
    try:
        return np.array((numbers,), dtype=float)
    except ValueError:  # ragged: the slow way names the row
        return None


# ----- Derivatives -----------------------------------------------------------------------------------------------


def special_form(node: Call, scope: Scope) -> Floats:
    """The value of a special form; raises AuthorError where its arguments do not make sense."""
    if node.op in REPETITIONS:
        return _repetition(node, scope)
    if node.op == "diff" and len(node.args) == 3:
        raise AuthorError("spec-diff-twice")
    result = by_rules(node, scope) if node.op in ("grad", "diff") else None
    return by_autograd(node, scope) if result is None else result


def by_autograd(node: Call, scope: Scope) -> Floats:
    """The derivative by backward passes."""
    return _BACKWARD[node.op](*as_function(node, scope))


def by_rules(node: Call, scope: Scope) -> Floats | None:
    """The value of what `derivative_by_rules` gives; None where it gives nothing."""
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

    declared = dict(shapes_read)
    if declared.get(name) != () or any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(tree)):
        return None
    try:
        value = evaluate(tree, {other: np.ones((1, *shape)) for other, shape in shapes_read})
        return differentiate(tree, name, declared) if value.ndim == 1 else None
    except (AuthorError, ShapeFault):  # autograd can do it, or says what is wrong
        return None


def as_function(node: Call, scope: Scope) -> tuple[calculus.ArrayFunction, Floats]:
    """The differentiated thing as a function of one batched array, and the point."""
    import autograd.numpy as anp

    what, by = node.args[:2]
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


def _through(
    what: Node, by: str, z: Floats, chain: tuple[str, ...], apart: Values, scope: Scope, xp: Numeric
) -> Floats:
    """`what` with z in place of `by`, the steps of the chain computed anew."""
    values = {by: z}
    for name in chain:
        value = evaluate(scope.definitions[name], scope.having(values, xp))
        values[name] = value + apart[name] if name in apart else value
    return evaluate(what, scope.having(values, xp))


def _apart(by: str, chain: tuple[str, ...], scope: Scope) -> dict[str, Floats]:
    """How far kept values lie from what their formulas give: constants, which the derivative goes past."""
    values = {by: scope.values[by]}
    apart: dict[str, Floats] = {}
    for name in chain:
        value = evaluate(scope.definitions[name], scope.having(values))
        if name in scope.kept:
            apart[name] = scope.values[name] - value
        values[name] = scope.values[name] if name in scope.kept else value
    return apart


def _full(point: Floats, scope: Scope) -> Floats:
    """The point for every member of the batch (it may be shared), as float."""
    size = max([1, *(getattr(value, "shape", (1,))[0] for value in scope.values.values())])
    if point.shape[0] == size:
        return point
    return point + scope.xp.zeros((size,) + (1,) * (point.ndim - 1))


# ----- Repetition ------------------------------------------------------------------------------------------------


def _repetition(node: Call, scope: Scope) -> Floats:
    """`iterate(f, x0, n)` and `count_until(f, x0, stop)`."""
    step = _function_of(node.args[0], scope)
    start = _full(evaluate(node.args[1], scope), scope)
    most = calculus.TRIAL_REPETITIONS if scope.trial else calculus.MAX_REPETITIONS

    def stepped(point: Floats) -> Floats:
        return evaluate(step.body, scope.having({step.parameters[0]: point}))

    if node.op == "iterate":
        times = _full(evaluate(node.args[2], scope), scope)
        if times.ndim > 1:
            raise AuthorError("spec-repetition-times", shape=shapes.in_words(times.shape[1:]))
        beyond = times > most
        if beyond.any() and not scope.trial:
            raise AuthorError("spec-repetition-long", limit=calculus.MAX_REPETITIONS)
        return calculus.repeated(stepped, start, np.where(beyond, np.nan, times), most=most)[0]
    stop = _function_of(node.args[2], scope)

    def stops(before: Floats, after: Floats) -> Truths:
        arguments = dict(zip(stop.parameters, (before, after), strict=True))
        return evaluate(stop.body, scope.having(arguments)) > 0.5

    most = calculus.TRIAL_ROUNDS if scope.trial else most
    return calculus.repeated(stepped, start, np.full(start.shape[0], np.inf), stops, most)[1]


def _function_of(node: Node, scope: Scope) -> Function:
    """The function of the file that a name means; raises AuthorError for anything else."""
    if isinstance(node, Name) and node.name in scope.functions:
        return scope.functions[node.name]
    raise AuthorError("spec-repetition")
