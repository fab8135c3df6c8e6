"""The rules of differentiation broken, one at a time at one part: the derivatives that students produce.

The table of wrong derivatives is written in the language, as the right ones are in the table of primitives; `a` is the
argument and `da` its derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from grader.errors import AuthorError, ShapeFault
from grader.language import construct
from grader.language.differentiate import Differentiation, differentiate
from grader.language.exact import ONE, ZERO
from grader.language.nodes import Call, Name, Node, names, substitute, transform, walk
from grader.language.parser import parse
from grader.language.products import merged
from grader.slips.table import Family, Row, row

_SELDOM = "seldom"
"""The `of` of the rows whose numbers nobody is drawn for."""


class Broken(NamedTuple):
    """A wrong derivative: the row of the rule that was broken, the whole tree, and the part where it happened."""

    row: Row
    tree: Node
    part: Node | None


_WrongAt = Callable[[Call, Differentiation], Iterator[tuple[str, Node, Node | None]]]
_Table = Mapping[str, tuple[tuple[str, str], ...]]

# id, and what stands instead of the derivative of the node; the first column is the operation.
_ROWS: dict[str, tuple[tuple[str, str], ...]] = {
    "mul": (("product-rule", "da*db"), ("product-sign", "da*b - a*db"),
            ("term-dropped", "da*b"), ("term-dropped", "a*db")),
    "div": (("quotient-sign", "(a*db - da*b)/b^2"), ("quotient-sign", "(da*b + a*db)/b^2"),
            ("quotient-square", "(da*b - a*db)/b"), ("quotient-rule", "da/db")),
    "sin": (("table-slip", "-cos(a)*da"),),
    "cos": (("table-slip", "sin(a)*da"),),
    "tan": (("table-slip", "1/sin(a)^2*da"), ("table-slip", "-1/cos(a)^2*da"), ("table-slip", "1/cos(a)*da"),
            ("table-slip", "cot(a)*da")),
    "exp": (("table-slip", "a*exp(a-1)*da"),),
    "ln": (("table-slip", "1/ln(a)*da"), ("table-slip", "-1/a^2*da")),
    "log2": (("table-slip", "1/a*da"), ("table-slip", "ln(2)/a*da")),
    "log10": (("table-slip", "1/a*da"), ("table-slip", "ln(10)/a*da")),
    "sqrt": (("table-slip", "1/sqrt(a)*da"), ("table-slip", "1/2*sqrt(a)*da"), ("table-slip", "-1/(2*sqrt(a))*da"),
             ("table-slip", "2/sqrt(a)*da")),
    "sigmoid": (("table-slip", "sigmoid(a)*(1+sigmoid(a))*da"), ("activation-for-derivative", "sigmoid(a)*da"),
                ("table-slip", "(1-sigmoid(a)^2)*da"), ("table-slip", "-sigmoid(a)*(1-sigmoid(a))*da")),
    "tanh": (("table-slip", "(1-tanh(a))*da"), ("activation-for-derivative", "tanh(a)*da"),
             ("table-slip", "tanh(a)*(1-tanh(a))*da")),
    "arctan": (("table-slip", "1/(1-a^2)*da"), ("table-slip", "1/cos(a)^2*da")),
}  # fmt: skip
_ONE_SIDED: dict[str, tuple[tuple[str, str], ...]] = {
    "constant over": (("quotient-sign", "a*db/b^2"), ("quotient-square", "-a*db/b"), ("quotient-rule", "a/db")),
    "power": (("power-kept", "b*a^b*da"), ("factor-dropped", "a^(b-1)*da"), ("exponent-off", "b*a^(b+1)*da"),
              ("exponent-off", "b*a^(b-2)*da"), ("sign", "-b*a^(b-1)*da")),
    "exponential": (("table-slip", "b*a^(b-1)*db"), ("table-slip", "a^b*db"), ("table-slip", "a^b/ln(a)*db")),
    "logarithm": (("table-slip", "1/a*da"), ("table-slip", "ln(b)/a*da"), ("table-slip", "1/(a*b)*da")),
}  # fmt: skip


# The same of what is done more seldom, or is told from the rest by few numbers: these are looked at after all others.
_SELDOM_ROWS: dict[str, tuple[tuple[str, str], ...]] = {
    "mul": (("sum-of-derivatives", "da+db"), ("function-for-derivative", "da*b + a*b"),
            ("function-for-derivative", "a*b + a*db"), ("product-sign", "(da*b - a*db)/b^2"),
            ("product-rule", "2*da*db"), ("term-extra", "da*b + a*db + a*b"),
            ("other-operation", "(da*b + a*db)/b^2"), ("other-operation", "da*b/(a*db)")),
    "div": (("quotient-numerator", "(da-db)/b^2"), ("quotient-numerator", "da*db/b^2"),
            ("quotient-numerator", "(da*b - a*b)/b^2"), ("quotient-numerator", "(a*b - a*db)/b^2"),
            ("quotient-numerator", "(da*db - a*b)/b^2"), ("quotient-numerator", "(da*a - db*b)/b^2"),
            ("quotient-numerator", "da*b - a*db"),
            ("quotient-numerator", "da*b + a*db"), ("quotient-denominator", "a/db"),
            ("term-dropped", "da*b/b^2"), ("term-dropped", "-a*db/b^2"),
            ("quotient-denominator", "(da*b - a*db)/b^4"), ("quotient-denominator", "(da*b - a*db)/b^3"),
            ("quotient-denominator", "(da*b - a*db)/(2*b)"), ("quotient-denominator", "(da*b - a*db)/a^2"),
            ("quotient-denominator", "(da*b - a*db)/db^2"), ("quotient-denominator", "(da*b - a*db)/db"),
            ("quotient-denominator", "(da*b - a*db)/(a*b)"), ("other-operation", "da*b/(a*db)"),
            ("other-operation", "da - db")),
    "sin": (("table-slip", "-sin(a)*da"),),
    "cos": (("table-slip", "cos(a)*da"), ("table-slip", "-cos(a)*da")),
    "tan": (("table-slip", "-1/sin(a)^2*da"), ("table-slip", "1/(1+a^2)*da"), ("table-slip", "cos(a)^2*da")),
    "cot": (("table-slip", "1/sin(a)^2*da"), ("table-slip", "-1/cos(a)^2*da"), ("table-slip", "1/cos(a)^2*da"),
            ("table-slip", "-1/sin(a)*da")),
    "exp": (("table-slip", "exp(a-1)*da"), ("table-slip", "1/a*da"), ("table-slip", "a*exp(a)*da")),
    "ln": (("table-slip", "exp(a)*da"), ("table-slip", "a*da"), ("table-slip", "ln(a)/a*da")),
    "sqrt": (("table-slip", "2*sqrt(a)*da"), ("table-slip", "1/(2*a)*da"), ("table-slip", "1/(2*a^2)*da"),
             ("table-slip", "a^2*da"), ("table-slip", "-1/2*a^(-3/2)*da")),
    "sigmoid": (("table-slip", "(1-sigmoid(a))*da"), ("table-slip", "(1-tanh(a)^2)*da"),
                ("table-slip", "sigmoid(a)^2*da")),
    "tanh": (("table-slip", "(1+tanh(a)^2)*da"), ("table-slip", "sigmoid(a)*(1-sigmoid(a))*da"),
             ("table-slip", "1/cosh(a)*da"), ("table-slip", "tanh(a)^2*da")),
    "relu": (("table-slip", "da"),),
    "arcsin": (("table-slip", "-1/sqrt(1-a^2)*da"), ("table-slip", "1/(1+a^2)*da"), ("table-slip", "1/cos(a)*da")),
    "arccos": (("table-slip", "1/sqrt(1-a^2)*da"), ("table-slip", "-1/sin(a)*da")),
    "arctan": (("table-slip", "1/(1+a)*da"), ("table-slip", "1/sqrt(1-a^2)*da")),
}  # fmt: skip
_SELDOM_ONE_SIDED: dict[str, tuple[tuple[str, str], ...]] = {
    "constant over": (("quotient-denominator", "-a*db/b^4"), ("quotient-denominator", "-a*db/(2*b)")),
    "power": (("table-slip", "a^(b+1)/(b+1)*da"), ("table-slip", "(b-1)*a^b*da"), ("table-slip", "(b-1)*a^(b-1)*da"),
              ("table-slip", "b*a*da")),
    "exponential": (("table-slip", "b*a^b*db"), ("table-slip", "a^b*ln(b)*db")),
    "logarithm": (),
}  # fmt: skip

_SLOT = Name("·")
_DIGITS = "0123456789"
_LETTERS = frozenset("xyz")
"""Variables that stand beside each other without a number."""


class _Usual(NamedTuple):
    """What is broken usually; the right derivative with what is known of it, and the formulas that were seen."""

    right: Differentiation
    tidied: dict[Node, Node]
    seen: frozenset[Node]
    each: tuple[Broken, ...]


def broken_derivatives(what: Node, by: str, seldom: bool = True) -> Iterator[Broken]:
    """Every derivative of the tree by `by` with one rule broken at one place; the right one is never among them.

    Without `seldom` only what numbers are drawn for.
    """
    yield from _usually(what, by).each
    if seldom:
        yield from broken_seldom(what, by)


def broken_seldom(what: Node, by: str) -> Iterator[Broken]:
    """Those alone that numbers are not drawn for."""
    right, tidied, seen, _ = _usually(what, by)
    yield from _broken_at(right, tidied, set(seen), _seldom_at, _SELDOM)


@lru_cache(maxsize=256)
def _usually(what: Node, by: str) -> _Usual:
    """Forms of a problem share their derivatives, and what is drawn for is made before what is not."""
    right = Differentiation(what, by)
    tidied: dict[Node, Node] = {}
    seen = {merged(right.result, tidied)}
    each = tuple(_broken_at(right, tidied, seen, _wrong_at, ""))
    return _Usual(right, tidied, frozenset(seen), each)


def _broken_at(
    right: Differentiation, tidied: dict[Node, Node], seen: set[Node], wrong_at: _WrongAt, of: str
) -> Iterator[Broken]:
    """The derivatives broken at every part, each formula once; `tidied` and `seen` are added to."""
    for part in walk(right.tree):  # whose own nodes it goes by, not those of an equal tree
        if not isinstance(part, Call) or right.name not in names(part):
            continue
        for rule, wrong, about in wrong_at(part, right):
            try:
                tree = right.instead(part, wrong)
            except (AuthorError, ShapeFault):
                continue
            tidy = merged(tree, tidied)
            if rule == "constant-taken" and tidy == ZERO:
                continue  # of all there is nobody thinks so
            if tidy not in seen:
                seen.add(tidy)
                yield Broken(row(Family.DERIVATIVE, rule, of), tidy, about)


def _wrong_at(part: Call, right: Differentiation) -> Iterator[tuple[str, Node, Node | None]]:
    """What a student may write for the derivative of this part: rule, tree, and what the slip is about.

    A lost factor is that factor; a lost term has been differentiated, and would tell half of the answer. So has one of
    a wrong sign: what it was before, x² of 2x, may stand elsewhere in the answer, with the right sign.
    """
    first, last = part.args[0], part.args[-1]
    inner, other = right.of(first), right.of(last)
    about = {"factor-dropped": last, "term-dropped": None, "sign": None}
    for rule, text in _rows_for(part, inner, other):
        yield rule, _filled(text, first, last, inner, other), about.get(rule, part)
    if inner not in (ONE, ZERO) and (len(part.args) == 1 or part.op == "pow") and part.op != "neg":
        yield from _chain(part, right.name, inner)
    if part.op in ("add", "sub") and ZERO in (inner, other) and (inner, other) != (ZERO, ZERO):
        kept = Call(part.op, (first if inner == ZERO else inner, last if other == ZERO else other))
        yield "constant-kept", kept, part
    if part.op in ("mul", "emul") and (inner == ZERO) != (other == ZERO):
        yield ("factor-dropped", other, first) if inner == ZERO else ("factor-dropped", inner, last)


def _seldom_at(part: Call, right: Differentiation) -> Iterator[tuple[str, Node, Node | None]]:
    """The same of what is done more seldom."""
    first, last = part.args[0], part.args[-1]
    inner, other = right.of(first), right.of(last)
    if part.op not in ("neg", "add", "sub"):
        if len(part.args) == 1 or other == ZERO:
            yield "function-for-derivative", construct.mul(part, inner), part
        yield "function-for-derivative", part, part
        yield "constant-taken", ZERO, part
    for variable in _beside(part, right.name):
        yield "other-variable", construct.add(right.of(part), differentiate(part, variable)), part
    layered = inner != ZERO and part.op != "neg" and (len(part.args) == 1 or part.op in ("pow", "ln"))
    if layered and inner != ONE:
        yield from _layers_mixed_up(part, right.name, inner)
    for rule, text in _rows_for(part, inner, other, _SELDOM_ROWS, _SELDOM_ONE_SIDED):
        yield rule, _filled(text, first, last, inner, other), part
    for extra in dict.fromkeys((first, part)) if layered else ():
        if extra != Name(right.name):
            yield "factor-extra", construct.mul(extra, right.of(part)), extra


def _beside(part: Call, by: str) -> list[str]:
    """The other variables of a function of several: y beside x, x2 beside x1."""
    stem = by.rstrip(_DIGITS)
    numbered = {name for name in names(part) if name.rstrip(_DIGITS) == stem != by and name not in (by, stem)}
    return sorted(numbered | (names(part) & _LETTERS - {by} if by in _LETTERS else set()))


def _chain(part: Call, by: str, inner: Node) -> Iterator[tuple[str, Node, Node]]:
    """The inner derivative lost, put inside, or the outer derivative taken at x."""
    first = part.args[0]
    outer = _outer(part.op) if len(part.args) == 1 else _at_slot(part.op, part.args[1:])
    yield "inner-lost", substitute(outer, {_SLOT.name: first}), first
    yield "inner-inside", substitute(outer, {_SLOT.name: inner}), part
    yield "outer-at-x", construct.mul(substitute(outer, {_SLOT.name: Name(by)}), inner), part


def _layers_mixed_up(part: Call, by: str, inner: Node) -> Iterator[tuple[str, Node, Node]]:
    """The layers of f(g) taken for factors, and f or its derivative taken at x."""
    first, rest, at_x = part.args[0], part.args[1:], Name(by)
    function, outer = Call(part.op, (at_x, *rest)), substitute(_at_slot(part.op, rest), {_SLOT.name: at_x})
    yield "inner-inside", Call(part.op, (inner, *rest)), part
    yield "outer-at-x", construct.mul(function, inner), part
    yield "outer-at-x", construct.add(construct.mul(outer, first), construct.mul(function, inner)), part
    yield "outer-at-x", outer, part


@cache
def _outer(op: str) -> Node:
    """The derivative of a function of one number, taken at the slot."""
    return _at_slot(op, ())


def _at_slot(op: str, rest: tuple[Node, ...]) -> Node:
    return differentiate(Call(op, (_SLOT, *rest)), _SLOT.name)


def _rows_for(
    part: Call, inner: Node, other: Node, rows: _Table = _ROWS, one_sided: _Table = _ONE_SIDED
) -> tuple[tuple[str, str], ...]:
    both = inner != ZERO and other != ZERO
    match part.op:
        case "mul" | "div" if both:
            return rows[part.op]
        case "div" if inner == ZERO:
            return one_sided["constant over"]
        case "pow" if other == ZERO:
            return one_sided["power"]
        case "pow" if inner == ZERO:
            return one_sided["exponential"]
        case "ln" if len(part.args) == 2:
            return one_sided["logarithm"]
        case "mul" | "div" | "pow":
            return ()
    return rows.get(part.op, ())


def _filled(text: str, first: Node, last: Node, inner: Node, other: Node) -> Node:
    """A row with the arguments put in, tidied."""
    values = {"a": first, "b": last, "da": inner, "db": other}

    def tidy(part: Node) -> Node:
        if isinstance(part, Name):
            return values.get(part.name, part)
        return construct.call(part.op, *part.args) if isinstance(part, Call) else part

    return transform(_row(text), tidy)


@cache
def _row(text: str) -> Node:
    return parse(text, frozenset({"a", "b", "da", "db"}))
