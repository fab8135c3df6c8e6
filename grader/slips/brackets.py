"""Slips that take a formula apart wrongly: another operation, a bracket elsewhere, f(a) + f(b) for f(a + b).

There are many of these at every formula, so they are looked for last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.language.nodes import Call, Name, Node, Number, summands
from grader.slips.context import Context, Rewrites

_PRODUCTS, _SUMS, _QUOTIENTS, _POWERS = ("mul", "emul"), ("add", "sub"), ("div", "ediv"), ("pow", "epow")
_ONE, _TWO = Number("1"), Number("2")
_OF_ENTRIES = frozenset(
    ("exp", "ln", "log2", "log10", "sqrt", "sigmoid", "tanh", "relu", "abs", "sin", "cos", "tan"),
)
_FUNCTIONS = _OF_ENTRIES | {"norm", "inv"}


def operation(node: Node, context: Context) -> Rewrites:
    """A sum, a difference or a quotient for a product, a product for a sum or a power."""
    match node:
        case Call(op, (left, right)) if op in _PRODUCTS and context.axes_of(left) == context.axes_of(right):
            yield Call("add", (left, right)), node
            yield Call("sub", (left, right)), node
            yield Call("ediv", (left, right)), node
            yield Call("ediv", (right, left)), node
        case Call(op, (left, right)) if op in _PRODUCTS and not context.axes_of(left):
            yield Call("div", (right, left)), node
            yield Call("add", (Call("mul", (left, Call("epow", (right, Number("0"))))), right)), node
        case Call(op, (left, right)) if op in _SUMS and context.axes_of(left) == context.axes_of(right):
            yield Call("emul", (left, right)), node
            yield Call("ediv", (left, right)), node
        case Call(op, (base, exponent)) if op in _POWERS and exponent != _TWO:
            yield Call("mul", (exponent, base)), node
        case Call(op, (left, right)) if op in _QUOTIENTS and left != _ONE and not context.axes_of(left):
            if not context.axes_of(right):
                yield Call("sub", (left, right)), node


def factor_apart(node: Node, context: Context) -> Rewrites:
    """Of several factors one added, or the rest added to one another."""
    factors = _factors(node)
    if len(factors) < 3:
        return
    for factor, rest in _apart_from(factors, node):
        if context.axes_of(factor) in (0, context.axes_of(node)):
            spread = _spread(factor, rest) if context.axes_of(node) > context.axes_of(factor) else factor
            yield Call("add", (spread, rest)), node
    if isinstance(factors[0], Number | Name) or not context.axes_of(factors[0]):
        for cut in range(2, len(factors)):
            left, right = _product(factors[1:cut], node), _product(factors[cut:], node)
            yield Call("emul", (factors[0], Call("add", (left, right)))), node


def rest_squared(node: Node, context: Context) -> Rewrites:
    """All factors but one squared."""
    del context
    factors = _factors(node)
    if len(factors) > 2:
        for factor, rest in _apart_from(factors, node):
            yield Call("emul", (factor, Call("epow", (rest, _TWO)))), rest


def factor_into_bracket(node: Node, context: Context) -> Rewrites:
    """Of several factors one at one term of a bracket only, or put into it once more."""
    del context
    factors = _factors(node)
    for number, factor in enumerate(factors) if len(factors) > 2 else ():
        yield from _into_bracket(factors, number, node)
        match factor:
            case Call("neg", (Number() as bare,)):  # the sign stays outside
                apart = [*factors[:number], bare, *factors[number + 1 :]]
                yield from ((Call("neg", (put,)), part) for put, part in _into_bracket(apart, number, node))


def _apart_from(factors: list[Node], node: Node) -> Iterator[tuple[Node, Node]]:
    """Each factor, and the product of the others."""
    for number, factor in enumerate(factors):
        yield factor, _product([*factors[:number], *factors[number + 1 :]], node)


def _spread(factor: Node, like: Node) -> Node:
    """A number in every entry of an array of this shape."""
    return Call("emul", (factor, Call("epow", (like, Number("0")))))


def _into_bracket(factors: list[Node], number: int, node: Node) -> Rewrites:
    """One factor at one term of a bracket only, or put into it once more."""
    factor = factors[number]
    for place, other in enumerate(factors):
        if place == number or not isinstance(other, Call) or other.op not in _SUMS:
            continue
        left, right = other.args
        for one, two in ((_by(factor, left), right), (left, _by(factor, right))):
            changed = [*factors]
            changed[place] = Call(other.op, (one, two))
            yield _product(changed, node), node
            yield _product([*changed[:number], *changed[number + 1 :]], node), node


def _by(factor: Node, term: Node) -> Node:
    return Call("mul", (factor, term))


def _factors(node: Node) -> list[Node]:
    match node:
        case Call(op, (left, right)) if op in _PRODUCTS:
            return [*_factors(left), *_factors(right)]
    return [node]


def _product(factors: list[Node], like: Node) -> Node:
    """The product of the factors, of matrices or by entries as it is in the formula."""
    product = factors[0]
    for factor in factors[1:]:
        product = Call(like.op if isinstance(like, Call) else "mul", (product, factor))
    return product


def argument_as_factor(node: Node, context: Context) -> Rewrites:
    """x·f(x) for f(x)."""
    match node:
        case Call(op, (inner,)) if op in _FUNCTIONS - {"norm", "inv"} and context.axes_of(inner) == context.axes_of(
            node
        ):
            put = Call("emul" if context.axes_of(inner) else "mul", (inner, node))
            yield put, inner


def argument_negated(node: Node, context: Context) -> Rewrites:
    """-x for f(x)."""
    match node:
        case Call(op, (inner,)) if op in _FUNCTIONS - {"norm", "inv"} and context.axes_of(inner) == context.axes_of(
            node
        ):
            yield Call("neg", (inner,)), node


def term_doubled(node: Node, context: Context) -> Rewrites:
    """Twice a term of a sum, or one more or less of a name in a product."""
    del context
    match node:
        case Call(op, (left, right)) if op in _SUMS:
            yield Call(op, (Call("mul", (_TWO, left)), right)), left
            yield Call(op, (left, Call("mul", (_TWO, right)))), right


def term_alone(node: Node, context: Context) -> Rewrites:
    """Of three terms or more only one is left."""
    del context
    terms = summands(node)
    yield from ((term, None) for term in terms if len(terms) > 2)


def one_more_of_a_factor(node: Node, context: Context) -> Rewrites:
    """(n + 1)·m for n·m."""
    match node:
        case Call(op, (left, right)) if op in _PRODUCTS:
            for part, build in ((left, lambda new: (new, right)), (right, lambda new: (left, new))):
                if isinstance(part, Name) and not context.axes_of(part):
                    yield Call(op, build(Call("add", (part, _ONE)))), part
                    yield Call(op, build(Call("sub", (part, _ONE)))), part


def bracket(node: Node, context: Context) -> Rewrites:
    """a·b + c for a·(b + c) and the reverse, a power of one factor for that of a product and the reverse."""
    del context
    match node:
        case Call(op, (factor, Call(inner, (left, right)))) if op in _PRODUCTS and inner in _SUMS:
            yield Call(inner, (Call(op, (factor, left)), right)), node
            yield Call(inner, (left, Call(op, (factor, right)))), node
        case Call(op, (Call(inner, (left, right)), factor)) if op in _PRODUCTS and inner in _SUMS:
            yield Call(inner, (Call(op, (left, factor)), right)), node
            yield Call(inner, (left, Call(op, (right, factor)))), node
        case Call(op, (Call(inner, (left, right)), divisor)) if op in _QUOTIENTS and inner in _SUMS:
            yield Call(inner, (Call(op, (left, divisor)), right)), node
            yield Call(inner, (left, Call(op, (right, divisor)))), node
        case Call(op, (top, Call(inner, (left, right)))) if op in _QUOTIENTS and inner in _SUMS:
            yield Call(inner, (Call(op, (top, left)), right)), node
    match node:
        case Call(op, (left, right)) if op in _SUMS:
            yield from _pulled(op, left, right, node)
        case Call(op, (factor, Call(power, (base, exponent)))) if op in _PRODUCTS and power in _POWERS:
            yield Call(power, (Call(op, (factor, base)), exponent)), node
        case Call(power, (Call(op, (left, right)), exponent)) if power in _POWERS and op in (*_PRODUCTS, *_QUOTIENTS):
            yield Call(op, (left, Call(power, (right, exponent)))), node
            yield Call(op, (Call(power, (left, exponent)), right)), node


def _pulled(op: str, left: Node, right: Node, node: Node) -> Rewrites:
    """a·(b + c) for a·b + c, and for c + a·b; the same of a quotient."""
    match left:
        case Call(product, (factor, rest)) if product in _PRODUCTS:
            yield Call(product, (factor, Call(op, (rest, right)))), node
        case Call(quotient, (rest, divisor)) if quotient in _QUOTIENTS:
            yield Call(quotient, (Call(op, (rest, right)), divisor)), node
    match right:
        case Call(product, (factor, rest)) if product in _PRODUCTS:
            yield Call(product, (factor, Call(op, (left, rest)))), node
            yield Call(product, (Call(op, (left, factor)), rest)), node
        case Call(quotient, (rest, divisor)) if quotient in _QUOTIENTS:
            yield Call(quotient, (Call(op, (left, rest)), divisor)), node


def taken_apart(node: Node, context: Context) -> Rewrites:
    """f(a) + f(b) for f(a + b), f(a)·b for f(a·b), a² + b² for (a + b)², and a function of a sum for a sum of them."""
    match node:
        case Call(op, (inner,)) if op in _FUNCTIONS:
            yield from _apart(inner, lambda part: Call(op, (part,)), node)
        case Call(op, (inner, Number(text))) if op in _POWERS and text.isdigit():
            yield from _apart(inner, lambda part: Call(op, (part, Number(text))), node)
        case Call("sum" | "mean" as outer, (Call(op, (inner,)),)) if op in _FUNCTIONS and context.axes_of(inner):
            yield Call(op, (Call(outer, (inner,)),)), node
        case Call("sum" | "mean" as outer, (Call(op, (inner, power)),)) if op in _POWERS and context.axes_of(inner):
            yield Call("pow", (Call(outer, (inner,)), power)), node
    match node:
        case Call(op, (Call(function, (left,)), Call(other, (right,)))) if (
            op in _SUMS and function == other and function in _FUNCTIONS
        ):
            yield Call(function, (Call(op, (left, right)),)), node


def _apart(inner: Node, of: Callable[[Node], Node], node: Node) -> Rewrites:
    match inner:
        case Call(op, (left, right)) if op in _SUMS:
            yield Call(op, (of(left), of(right))), node
        case Call(op, (left, right)) if op in (*_PRODUCTS, *_QUOTIENTS):
            yield Call(op, (of(left), right)), node
            yield Call(op, (left, of(right))), node


def factor_squared(node: Node, context: Context) -> Rewrites:
    """Any factor or term squared, whatever it is."""
    del context
    match node:
        case Call(op, (left, right)) if op in (*_PRODUCTS, *_SUMS, *_QUOTIENTS):
            for part, build in ((left, lambda new: (new, right)), (right, lambda new: (left, new))):
                if not isinstance(part, Number):
                    yield Call(op, build(Call("epow", (part, _TWO)))), part


def number_off(node: Node, context: Context) -> Rewrites:
    """Another number in the formula: one more, one less, twice, half."""
    del context
    match node:
        case Number(text) if text.isdigit():
            value = int(text)
            others = [value + 1, value - 1, 2 * value]
            yield from ((Number(str(other)), node) for other in others if other > 0)
            if value > 1:
                yield Call("div", (node, _TWO)), node


def power_base(node: Node, context: Context) -> Rewrites:
    """The power of 2 or of 10 for that of e."""
    yield from _other_base(node, context, ("2", "10"))


def base_rounded(node: Node, context: Context) -> Rewrites:
    """e to few digits."""
    yield from _other_base(node, context, ("2.7", "2.72", "2.718", "3"))


def _other_base(node: Node, context: Context, bases: tuple[str, ...]) -> Rewrites:
    match node:
        case Call("exp", (inner,)):
            op = "epow" if context.axes_of(inner) else "pow"
            yield from ((Call(op, (Number(base), inner)), node) for base in bases)


def one_minus(node: Node, context: Context) -> Rewrites:
    """1 - q for q."""
    match node:
        case Name() if not context.axes_of(node):
            yield Call("sub", (_ONE, node)), node
        case Call("ln" | "log2", (inner,)) if not context.axes_of(inner):
            yield Call(node.op, (Call("sub", (_ONE, inner)),)), inner
