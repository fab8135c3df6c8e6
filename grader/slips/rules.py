"""The table of slips: what may go wrong at one place of a formula.

A row is an id, the rewrite, and how much it takes to explain (`cost`; the simplest explanation wins). A rewrite sees
one node and yields what may stand there instead, with the part the slip is about. The more telling rows come first: a
slip that two rows describe belongs to the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from grader.language.nodes import Array, Call, Index, Name, Node, Number, children, rebuild
from grader.slips.activations import (
    activation_for_derivative,
    activation_missing,
    derivative_at_output,
    function_missing,
)
from grader.slips.place import Found, Place

_PRODUCTS = ("mul", "emul")
_ONE, _TWO = Number("1"), Number("2")
_MOST_PLACES = 4


class Rule(msgspec.Struct, frozen=True):
    """A row of the table; `main` slips also choose the numbers of a draw."""

    id: str
    rewrite: Callable[[Node, Place], Found]
    cost: float = 1
    main: bool = False


SPECIAL = 0.98
"""What a pattern of its own says better than the loss of a factor does."""
RARE = 1.5
"""The cost of slips that are looked for when none of the usual ones fits."""


def rewrites(tree: Node, rule: Rule, place: Place) -> Iterator[tuple[Node, Node, Node | None]]:
    """Every single application of a rule: the tree, what was put in, and the part it is about."""
    for instead, part in rule.rewrite(tree, place):
        yield instead, instead, part
    parts = children(tree)
    for number, part_tree in enumerate(parts if not _closed(tree) else ()):
        for inner, put, part in rewrites(part_tree, rule, place):
            yield rebuild(tree, (*parts[:number], inner, *parts[number + 1 :])), put, part


def _closed(tree: Node) -> bool:
    """A place where formulas are not looked into: indices, conditions, derivatives by a name."""
    return isinstance(tree, Index) or (isinstance(tree, Call) and tree.op in _OPAQUE)


_OPAQUE = {"entry", "grad", "jacobian", "hessian", "diff", "iterate", "count_until", "eq", "ne", "lt", "le", "gt", "ge"}


# ----- Numbers ---------------------------------------------------------------------------------------------------


def _two(node: Node) -> Node | None:
    """What is left of a literal 2, -2 or 1/2 when the two is lost."""
    match node:
        case Number("2") | Number("0.5") | Call("div", (Number("1"), Number("2"))):
            return _ONE
        case Call("neg", (inner,)):
            rest = _two(inner)
            return Call("neg", (rest,)) if rest else None
    return None


def _factor_two(node: Node, place: Place) -> Found:
    """A factor 2 or 1/2 is lost."""
    del place
    match node:
        case Call(op, (left, right)) if op in _PRODUCTS:
            if (rest := _two(left)) is not None:
                yield (right if rest == _ONE else Call("neg", (right,))), left
            if (rest := _two(right)) is not None:
                yield (left if rest == _ONE else Call("neg", (left,))), right
        case Call("div", (left, right)):
            if right == _TWO and left != _ONE:
                yield left, right
            if (rest := _two(left)) is not None and isinstance(right, Call):
                yield Call("div", (rest, right)), left


def _sum_for_mean(node: Node, place: Place) -> Found:
    match node:
        case Call("mean", args):
            yield Call("sum", args), node
        case Call("sum", (inner,)) if place.rank(inner):
            yield Call("mean", args=(inner,)), node


# ----- Signs, terms, factors -------------------------------------------------------------------------------------


def _sign(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call("add", (left, right)):
            yield Call("sub", (left, right)), right
            yield Call("sub", (right, left)), left
        case Call("sub", (left, right)):
            yield Call("add", (left, right)), right
            yield Call("sub", (right, left)), node
        case Call("neg", (inner,)):
            yield inner, inner
        case Call("relu", (inner,)):
            yield Call("abs", (inner,)), node
        case Call("exp" | "sigmoid" as op, (inner,)) if not (isinstance(inner, Call) and inner.op == "neg"):
            yield Call(op, (Call("neg", (inner,)),)), inner


def _term_dropped(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call("add", (left, right)):
            yield left, right
            yield right, left
        case Call("sub", (left, right)):
            yield left, right
            yield Call("neg", (right,)), left


def _complement(node: Node, place: Place) -> Found:
    """β instead of 1 − β."""
    del place
    match node:
        case Call("sub", (Number("1"), inner)):
            yield inner, inner


def _factor_dropped(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call(op, (left, right)) if op in _PRODUCTS:
            if _two(right) is None:
                yield left, right
            if _two(left) is None:
                yield right, left


def _divisor_dropped(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call("div" | "ediv", (left, right)) if not isinstance(left, Number) or not isinstance(right, Number):
            if right != _TWO:
                yield left, right


def _inverted(node: Node, place: Place) -> Found:
    """A quotient upside down, or a product in its place."""
    match node:
        case Call("div", (left, right)) if not (place.rank(left) or place.rank(right)):
            if not isinstance(left, Number) or not isinstance(right, Number):
                yield Call("div", (right, left)), node
                if left != _ONE:
                    yield Call("mul", (left, right)), right


# ----- Powers, roots, logarithms ---------------------------------------------------------------------------------


def _power_dropped(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call("pow" | "epow", (base, exponent)) if exponent not in (_ONE, Call("neg", (_ONE,))):
            yield base, exponent


def _exponent_off(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call("pow" | "epow" as op, (base, Number(text))) if text.isdigit():
            yield Call(op, (base, Number(str(int(text) + 1)))), Number(text)
            if int(text) > 2:
                yield Call(op, (base, Number(str(int(text) - 1)))), Number(text)
        case Call("pow" | "epow" as op, (base, Name() as exponent)):
            yield Call(op, (base, Call("add", (exponent, _ONE)))), exponent
            yield Call(op, (base, Call("sub", (exponent, _ONE)))), exponent
        case Call("pow" | "epow" as op, (base, Call("sub" | "add" as sign, (exponent, Number("1"))))):
            yield Call(op, (base, exponent)), exponent
            yield Call(op, (base, Call(sign, (exponent, _TWO)))), exponent


def _root_missing(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call("sqrt" | "norm", (inner,)):
            yield inner if node.op == "sqrt" else Call("pow", (node, _TWO)), node


def _log_base(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call("ln", (inner,)):
            yield Call("log2", (inner,)), Number("2")
            yield Call("log10", (inner,)), Number("10")
        case Call("ln", (inner, base)):
            yield Call("ln", (inner,)), base


def _inverse_missing(node: Node, place: Place) -> Found:
    del place
    match node:
        case Call("inv", (inner,)) | Call("pow", (inner, Call("neg", (Number("1"),)))):
            yield inner, inner


# ----- Matrices --------------------------------------------------------------------------------------------------


def _transpose_missing(node: Node, place: Place) -> Found:
    match node:
        case Call("transpose", (inner,)) if place.rank(inner):
            yield inner, inner


def _transpose_extra(node: Node, place: Place) -> Found:
    match node:
        case Call("mul", (left, right)) if place.rank(left) and place.rank(right):
            for part, build in ((left, lambda new: (new, right)), (right, lambda new: (left, new))):
                if place.rank(part) == 2 and not (isinstance(part, Call) and part.op in ("transpose", "mul")):
                    yield Call("mul", build(Call("transpose", (part,)))), part


def _product_reversed(node: Node, place: Place) -> Found:
    match node:
        case Call("mul", (left, right)) if place.rank(left) and place.rank(right):
            yield Call("mul", (right, left)), node


def _elementwise(node: Node, place: Place) -> Found:
    match node:
        case Call("mul", (left, right)) if place.rank(left) and place.rank(right):
            yield Call("emul", (left, right)), node
        case Call("emul", (left, right)) if place.rank(left) and place.rank(right):
            yield Call("mul", (left, right)), node


def _weights_dropped(node: Node, place: Place) -> Found:
    """The bare sum of one factor of an inner product."""
    match node:
        case Call("mul", (left, right)) if place.rank(left) and place.rank(right) and not place.rank(node):
            yield Call("sum", (left,)), right
            yield Call("sum", (right,)), left


def _one_more(node: Node, place: Place) -> Found:
    """n + 2 for n + 1."""
    del place
    match node:
        case Call("add" | "sub" as op, (left, Number("1"))):
            yield Call(op, (left, _TWO)), None
        case Call("add", (Number("1"), right)):
            yield Call("add", (_TWO, right)), None


def _power_extra(node: Node, place: Place) -> Found:
    """x² for x in a product."""
    match node:
        case Call("mul" | "emul" as op, (left, right)):
            if isinstance(right, Name) and not place.rank(right):
                yield Call(op, (left, Call("pow", (right, _TWO)))), right
            if isinstance(left, Name) and not place.rank(left):
                yield Call(op, (Call("pow", (left, _TWO)), right)), left


def _index_off(node: Node, place: Place) -> Found:
    """A neighbouring entry of an array."""
    del place
    match node:
        case Call("entry", (array, *indices)):
            for number, index in enumerate(indices):
                if isinstance(index, Number) and index.text.isdigit():
                    for other in (int(index.text) + 1, int(index.text) - 1):
                        if other > 0:
                            others = (*indices[:number], Number(str(other)), *indices[number + 1 :])
                            put = Call("entry", (array, *others))
                        yield put, put
                elif number == len(indices) - 1 and len(indices) == 1:
                    for other in range(1, _MOST_PLACES + 1):
                        put = Call("entry", (array, Number(str(other))))
                        yield put, put


RULES = (
    Rule("activation-for-derivative", activation_for_derivative, SPECIAL),
    Rule("derivative-at-output", derivative_at_output, SPECIAL),
    Rule("activation-missing", activation_missing, main=True),
    Rule("activation-missing", function_missing),
    Rule("factor-two", _factor_two, main=True),
    Rule("sum-for-mean", _sum_for_mean, main=True),
    Rule("power-dropped", _power_dropped, main=True),
    Rule("exponent-off", _exponent_off),
    Rule("root-missing", _root_missing, main=True),
    Rule("log-base", _log_base, main=True),
    Rule("inverse-missing", _inverse_missing, main=True),
    Rule("transpose-missing", _transpose_missing, main=True),
    Rule("transpose-extra", _transpose_extra),
    Rule("product-reversed", _product_reversed, main=True),
    Rule("elementwise", _elementwise, main=True),
    Rule("sign", _sign, main=True),
    Rule("complement", _complement),
    Rule("factor-dropped", _factor_dropped, main=True),
    Rule("divisor-dropped", _divisor_dropped, main=True),
    Rule("term-dropped", _term_dropped, main=True),
    Rule("inverted", _inverted),
    Rule("factor-dropped", _weights_dropped, RARE),
    Rule("one-off", _one_more, RARE),
    Rule("index-off", _index_off, RARE),
    Rule("exponent-off", _power_extra, RARE),
)


# ----- Ranks -----------------------------------------------------------------------------------------------------


def ranks_of(tree: Node, value_of: Callable[[Node], Any]) -> dict[int, int]:
    """Rank of every part by identity; parts that have no value by themselves count as numbers."""
    found: dict[int, int] = {}
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, Number):
            continue
        try:
            found[id(node)] = int(value_of(node).ndim) - 1
        except (KeyError, ValueError, ArithmeticError):
            continue
        if not _closed(node):
            todo += [part for part in children(node) if not isinstance(part, Array)]
    return found
