"""A differentiation rule by rule, as data: lines as they stand in a notebook, each true by itself.

    table, power         a derivative that is looked up: sin(x), 3*x^2
    constant-multiple    the number stays in front
    sum                  term by term
    product, quotient    with the pieces f and g named
    layer, chain         outer and inner functions: a line per layer, outermost first, then their product
    whole                what no rule above splits (x^x, a choice of cases), differentiated at once
    tidy                 the same derivative, merged into one tidy term

All derivatives come from `differentiate`, so from the one table of primitives; here is only the order of work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import reduce

import msgspec

from grader.language.differentiate import differentiate
from grader.language.nodes import Call, Name, Node, Number, names, rebuild, substitute, walk
from grader.language.primitives import CONSTANTS, PRIMITIVES
from grader.language.products import merged

_PLACEHOLDERS = ("u", "v", "w", "s", "r", "p", "q", "h", "z", "k", "u1", "u2", "u3", "u4", "u5")


class Line(msgspec.Struct, frozen=True):
    """d what / d by = derivative, by this rule; `parts` are the pieces it speaks of, under the names it gives them."""

    rule: str
    what: Node
    by: str
    derivative: Node
    parts: tuple[tuple[str, Node], ...] = ()


def derivation(node: Node, by: str, taken: Collection[str] = ()) -> tuple[Line, ...]:
    """The lines that lead to the derivative of a formula of numbers; the last one is its tidy form.

    Layers are named by letters that are not `taken`. Raises AuthorError `diff-no-rule` where a function has no rule.
    """
    result = merged(differentiate(node, by))
    letters = tuple(name for name in _PLACEHOLDERS if name not in {by, *taken, *names(node), *CONSTANTS})
    lines = list(_lines(node, by, letters))
    if not lines or lines[-1].derivative != result:
        rule = "tidy" if lines else _trivial(node)
        lines.append(Line(rule, node, by, result))
    return tuple(lines)


def _trivial(node: Node) -> str:
    return "power" if isinstance(node, Name) else "constant"


def _lines(node: Node, by: str, letters: tuple[str, ...]) -> Iterator[Line]:
    if not _depends(node, by) or isinstance(node, Name):
        return
    if _is_power(node, by):
        yield Line("power", node, by, _tidy(node, by))
        return
    match node:
        case Call("add" | "sub", (left, right)):
            for term in (*_terms(left), *_terms(right)):
                if not _is_power(term, by):
                    yield from _lines(term, by, letters)
            yield Line("sum", node, by, differentiate(node, by))
        case Call() if (factor := _factor(node, by)) is not node:
            yield from _lines(factor, by, letters)
            yield Line("constant-multiple", node, by, _tidy(node, by))
        case Call("mul", (left, right)):
            yield from _of_two(node, by, (left, right), letters)
        case Call("div", (left, right)) if _depends(left, by):
            yield from _of_two(node, by, (left, right), letters)
        case _:
            yield from _chain(node, by, letters)


def _factor(node: Node, by: str) -> Node:
    """The one factor that depends on the variable, all constant ones taken off; the node itself if there are none."""
    match node:
        case Call("neg", (inner,)):
            return _factor(inner, by)
        case Call("mul", (left, right)) if not (_depends(left, by) and _depends(right, by)):
            return _factor(left if _depends(left, by) else right, by)
        case Call("div", (left, right)) if not _depends(right, by):
            return _factor(left, by)
    return node


def _of_two(node: Call, by: str, two: tuple[Node, Node], letters: tuple[str, ...]) -> Iterator[Line]:
    """Product and quotient: the derivatives of both parts, then the rule."""
    left, right = two
    yield from _lines(left, by, letters)
    yield from _lines(right, by, letters)
    first, second = _product(_tidy(left, by), right), _product(left, _tidy(right, by))
    parts = (("f", left), ("g", right))
    if node.op == "mul":
        yield Line("product", node, by, Call("add", (first, second)), parts)
    else:
        square = Call("pow", (right, Number("2")))
        yield Line("quotient", node, by, Call("div", (Call("sub", (first, second)), square)), parts)


def _product(left: Node, right: Node) -> Node:
    """The product as the rule says it, without a factor 1."""
    if Number("1") in (left, right):
        return right if left == Number("1") else left
    return Call("mul", (left, right))


def _chain(node: Node, by: str, letters: tuple[str, ...]) -> Iterator[Line]:
    """Layers from the outermost in, then what stands inside, then the product of all derivatives."""
    if (argument := _layer(node, by)) is not None and isinstance(node, Call) and node.args[argument] == Name(by):
        yield Line("table", node, by, _tidy(node, by))
        return
    free = list(letters)
    factors: list[Node] = []
    inner = node
    while free and (argument := _layer(inner, by)) is not None and not _is_power(inner, by):
        assert isinstance(inner, Call)  # noqa: S101 - a layer is a call
        if inner.args[argument] == Name(by):
            break
        variable = free.pop(0)
        outer = rebuild(inner, (*inner.args[:argument], Name(variable), *inner.args[argument + 1 :]))
        inner = inner.args[argument]
        slope = _tidy(outer, variable)
        yield Line("layer", outer, variable, slope, ((variable, inner),))
        factors.append(substitute(slope, {variable: inner}))
    if not factors:
        yield Line("whole", node, by, _tidy(node, by))
        return
    yield from _lines(inner, by, letters)
    factors.append(_tidy(inner, by))
    yield Line("chain", node, by, reduce(lambda left, right: Call("mul", (left, right)), factors))


def _layer(node: Node, by: str) -> int | None:
    """The index of the only argument that depends on the variable, in an entrywise function of numbers."""
    if not isinstance(node, Call) or node.op in ("add", "sub", "neg", "mul") or node.op not in PRIMITIVES:
        return None
    dependent = [index for index, arg in enumerate(node.args) if _depends(arg, by)]
    if len(dependent) != 1 or not PRIMITIVES[node.op].entrywise or (node.op == "div" and dependent == [0]):
        return None
    return dependent[0]


def _is_power(node: Node, by: str) -> bool:
    """A number, or a multiple of a power of the variable: differentiated at sight."""
    if not _depends(node, by):
        return True
    match node:
        case Name():
            return True
        case Call("neg", (inner,)):
            return _is_power(inner, by)
        case Call("mul", (left, right)):
            return not (_depends(left, by) and _depends(right, by)) and _is_power(left, by) and _is_power(right, by)
        case Call("div", (left, right)):
            return _is_power(left, by) and _is_power(right, by) and not (_depends(left, by) and _depends(right, by))
        case Call("pow", (Name(), exponent)):
            return not _depends(exponent, by)
    return False


def _terms(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Call) and node.op in ("add", "sub"):
        return (*_terms(node.args[0]), *_terms(node.args[1]))
    return (node,)


def _depends(node: Node, by: str) -> bool:
    return any(isinstance(part, Name) and part.name == by for part in walk(node))


def _tidy(node: Node, by: str) -> Node:
    return merged(differentiate(node, by))
