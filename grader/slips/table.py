"""THE table of slips: what each is called, how simple it is, how it is told, and an example of each way to make it.

A kind of slip is a row, the more telling ones first: of two that are one formula and equally simple, the first is told.
One kind may be made in several ways, of different families and ranks. Rules, names, wrong derivatives, generic slips,
the catalogue's tests and the page in `docs/` take everything from here, by `row`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import msgspec

from grader.slips import activations, brackets, formulas, habits
from grader.slips.context import Rewrite
from grader.slips.rank import ACCIDENT, EVERYWHERE, FAR, GENERIC, KNOWN, PATTERN, RARE, UNLIKELY, USUAL, Rank


class Family(StrEnum):
    """Where a slip is looked for."""

    NODE = "node"
    """At every node of a formula; the row has the rewrite."""
    NAMES = "names"
    """Among the names in a formula."""
    WHOLE = "whole"
    """In a formula as a whole."""
    STEPS = "steps"
    """In formulas computed one from another: `right` is the slope at x, from where x - eta*(slope) leads on."""
    DERIVATIVE = "derivative"
    """In the rules of differentiation: `right` is what is differentiated by x, `wrong` its derivative done wrong."""
    VALUE = "value"
    """In the number or array that was answered, whatever the formula."""
    FUNCTION = "function"
    """In the expression that was answered, whatever the formula."""


class Way(msgspec.Struct, frozen=True):
    """One way to make a slip: a right formula, and the wrong one it becomes.

    `of` tells ways of one family apart; `main` slips also choose the numbers of a draw.
    """

    family: Family
    right: str
    wrong: str
    of: str = ""
    rank: Rank = USUAL
    main: bool = False
    rewrite: Rewrite | None = None


class SlipKind(msgspec.Struct, frozen=True):
    """A slip with a name; `names_part`: there is a second text, with the part; `hasty`: looked for two at a time."""

    id: str
    ways: tuple[Way, ...]
    names_part: bool = False
    hasty: bool = False

    @property
    def key(self) -> str:
        """Its text in the catalogue."""
        return f"slip-{self.id}"

    @property
    def key_with_part(self) -> str:
        """Its text with the part, which only those have that name it."""
        return f"{self.key}-part"


class Row(NamedTuple):
    """What a way gives to the slips made in it."""

    rule: str
    rank: Rank
    main: bool


def _node(rewrite: Rewrite, right: str, wrong: str, *, of: str = "", rank: Rank = USUAL, main: bool = False) -> Way:
    return Way(Family.NODE, right, wrong, of, rank, main, rewrite)


def _names(right: str, wrong: str, of: str = "", rank: Rank = USUAL, main: bool = False) -> Way:
    return Way(Family.NAMES, right, wrong, of, rank, main)


def _derivative(right: str, wrong: str) -> Way:
    return Way(Family.DERIVATIVE, right, wrong, main=True)


def _seldom(right: str, wrong: str) -> Way:
    return Way(Family.DERIVATIVE, right, wrong, "seldom", KNOWN)


def _whole(right: str, wrong: str, of: str = "", rank: Rank = USUAL, main: bool = False) -> Way:
    return Way(Family.WHOLE, right, wrong, of, rank, main)


def _value(right: str, wrong: str, of: str = "", rank: Rank = GENERIC) -> Way:
    return Way(Family.VALUE, right, wrong, of, rank)


def _function(right: str, wrong: str) -> Way:
    return Way(Family.FUNCTION, right, wrong, rank=GENERIC)


SLIPS: tuple[SlipKind, ...] = (
    # ----- Derivatives
    SlipKind("inner-lost", (_derivative("sin(x^2)", "cos(x^2)"),), names_part=True),
    SlipKind("inner-inside", (_derivative("sin(x^2)", "cos(2*x)"),)),
    SlipKind("outer-at-x", (_derivative("sin(x^2)", "2*x*cos(x)"), _whole("df(g(x))", "df(x)", main=True))),
    SlipKind("product-rule", (_derivative("x^2*sin(x)", "2*x*cos(x)"),)),
    SlipKind("sum-of-derivatives", (_seldom("x^2*sin(x)", "2*x + cos(x)"),)),
    SlipKind("product-sign", (_derivative("x^2*sin(x)", "2*x*sin(x) - x^2*cos(x)"),)),
    SlipKind("quotient-sign", (_derivative("sin(x)/x", "(cos(x)*x + sin(x))/x^2"),)),
    SlipKind("quotient-square", (_derivative("sin(x)/x", "(cos(x)*x - sin(x))/x"),)),
    SlipKind("quotient-denominator", (_seldom("sin(x)/x", "(cos(x)*x - sin(x))/x^4"),)),
    SlipKind("quotient-numerator", (_seldom("sin(x)/x", "(cos(x) - 1)/x^2"),)),
    SlipKind("quotient-rule", (_derivative("sin(x)/x", "cos(x)/1"),)),
    SlipKind("power-kept", (_derivative("x^5", "5*x^5"),)),
    SlipKind("constant-kept", (_derivative("x^2 + 7", "2*x + 7"),)),
    SlipKind("table-slip", (_derivative("cos(x)", "sin(x)"), _seldom("cos(x)", "-cos(x)")), names_part=True),
    SlipKind("function-for-derivative", (
        _seldom("sin(x^2)", "2*x*sin(x^2)"),
        _whole("diff(a*x^2 + b, x)", "a*x^2 + b", rank=KNOWN),
    ), names_part=True),
    SlipKind("constant-taken", (_seldom("x^2 + sin(x)", "2*x"),), names_part=True),
    # ----- Names
    SlipKind("old-for-new", (_names("w[1] - a*b", "w[0] - a*b", main=True),), names_part=True),
    SlipKind("new-for-old", (_names("w[1] - a*b", "w[2] - a*b", main=True),), names_part=True),
    SlipKind("one-by-one", (Way(Family.STEPS, "[x[2], x[1]]", "[x[2], x[1] - eta*x[2]]", rank=KNOWN),)),
    SlipKind("wrong-point", (
        _names("a*w[2]", "a*w[0]"),
        _names("p^2*a", "1^2*a", "not put in", EVERYWHERE),
    ), names_part=True),
    SlipKind("names-swapped", (
        _names("b1*m + b2*v", "b2*m + b1*v", "alike", main=True),
        _names("b1*m + b2*v", "m*b1 + b2*v", "unlike", UNLIKELY),
        _names("x[1]*a + x[2]", "x[2]*a + x[1]", "entries"),
        _names("b1*m", "b2*m", "another"),
        _names("x'*y", "[x[2], x[1]]'*y", "order", FAR),
        _names("eta*m", "rho*m", "another unlike", UNLIKELY),
    )),
    SlipKind("rows-for-columns", (
        _names("A*x", "A'*x", rank=EVERYWHERE),
        _names("A*x", "[[A[1, 1], A[2, 1]], [A[1, 2], A[2, 2]]]*x", "read", FAR),
    ), names_part=True),
    SlipKind("other-quantity", (
        _names("b1*m", "b1*n", rank=KNOWN),
        _names("b1*m", "b1*c", "far", FAR),
        _whole("df(g(x))", "g(g(x))", "function", FAR),
    ), names_part=True),
    # ----- Activations and other functions
    SlipKind("activation-for-derivative", (
        _node(activations.activation_for_derivative, "d*o*(1 - o)", "d*o", rank=PATTERN),
        _derivative("sigmoid(x)", "sigmoid(x)"),
    )),
    SlipKind("derivative-at-output",
             (_node(activations.derivative_at_output, "d*o*(1 - o)", "d*(h*(1 - h))", rank=PATTERN),)),
    SlipKind("activation-missing", (
        _node(activations.activation_missing, "w*sigmoid(h)", "w*h", main=True),
        _node(activations.function_missing, "-ln(p)", "-p", of="function"),
    ), names_part=True),
    SlipKind("other-function", (
        _node(habits.other_function, "w*sigmoid(h)", "w*tanh(h)", rank=KNOWN),
        _node(habits.other_loss, "-ln(p)", "(1 - p)^2", of="loss", rank=KNOWN),
    ), names_part=True),
    # ----- Numbers, powers, roots, logarithms
    SlipKind("factor-two", (
        _node(formulas.factor_two, "2*a + b", "a + b", main=True),
        _whole("a + b", "2*(a + b)", rank=EVERYWHERE),
        _node(brackets.term_doubled, "a + b", "2*a + b", of="term", rank=FAR),
    ), hasty=True),
    SlipKind("degrees", (_whole("sin(a)", "sin(a*pi/180)"), _value("arctan(a)", "180/pi*arctan(a)"))),
    SlipKind("sum-for-mean", (
        _node(formulas.sum_for_mean, "mean(x)", "sum(x)", main=True),
        _names("a*x[1]", "1/2*(a*x[1])", "count", FAR),
    )),
    SlipKind("power-dropped", (_node(formulas.power_dropped, "a^2 + b", "a + b", main=True),),
             names_part=True, hasty=True),
    SlipKind("exponent-off", (
        _node(formulas.exponent_off, "a^3", "a^2"),
        _node(formulas.power_extra, "b*a", "b*a^2", of="none", rank=RARE),
        _derivative("x^5", "5*x^6"),
        _node(brackets.factor_squared, "a + b/c", "a + (b/c).^2", of="factor", rank=FAR),
        _names("x'*y", "(x.^2)'*y", "everywhere", FAR),
        _whole("a*b", "(a*b)^2", rank=FAR),
    )),
    SlipKind("number-off", (_node(brackets.number_off, "3*a + b", "4*a + b", rank=FAR),), names_part=True),
    SlipKind("square-doubled", (_node(habits.power_doubled, "a^2 + b", "2*a + b", rank=KNOWN),), names_part=True),
    SlipKind("root-missing", (_node(formulas.root_missing, "m/sqrt(v)", "m/v", main=True),), hasty=True),
    SlipKind("log-base", (
        _node(formulas.log_base, "ln(p)", "log2(p)", main=True),
        _node(brackets.power_base, "exp(a)", "2^a", of="power", rank=FAR),
    )),
    # ----- Matrices
    SlipKind("inverse-missing", (_node(formulas.inverse_missing, "inv(A)*x", "A*x", main=True),), names_part=True),
    SlipKind("as-symmetric", (
        _names("A*x + A'*x", "A*x + A*x", main=True),
        _names("A*x + A'*x", "A'*x + A'*x", "turned", KNOWN),
    ), names_part=True),
    SlipKind("transpose-missing", (
        _node(formulas.transpose_missing, "A'*x", "A*x", main=True),
        _node(habits.transposes_missing, "A'*B'", "A*B", of="all", rank=KNOWN),
    ), names_part=True),
    SlipKind("transpose-extra", (_node(formulas.transpose_extra, "A*x", "A'*x"),)),
    SlipKind("product-reversed", (_node(formulas.product_reversed, "A*B", "B*A", main=True),)),
    SlipKind("wrong-axis", (_names("B[1]/sum(B[1])", "B[1]/sum(B)", rank=KNOWN),), names_part=True),
    SlipKind("elementwise", (_node(formulas.elementwise, "A*B", "A.*B", main=True),)),
    # ----- Signs, terms, factors
    SlipKind("sign", (
        _node(formulas.sign, "w - a*b", "w + a*b", main=True),
        _whole("a*b", "-(a*b)", rank=PATTERN),
        _names("a*b + a", "(-a)*b + (-a)", "everywhere", EVERYWHERE),
        _names("a*x", "a*(x.*[-1, 1])", "one entry", UNLIKELY),
        _derivative("x^5", "-5*x^4"),
        _names("a*x", "a*abs(x)", "size", FAR),
        _names("A*x", "(A.*[1, -1; 1, -1])*x", "line", FAR),
        _value("a - b", "b - a"),
        _function("x^2 + sin(x)", "-x^2 - sin(x)"),
    ), names_part=True, hasty=True),
    SlipKind("complement", (
        _node(formulas.complement, "b*m + (1 - b)*v", "b*m + b*v"),
        _node(brackets.one_minus, "b*m + v", "(1 - b)*m + v", of="extra", rank=FAR),
        _whole("a*b", "1 - a*b", rank=FAR),
    ), names_part=True),
    SlipKind("moving-average", (_node(habits.averaged, "b*m + v", "b*m + (1 - b)*v", rank=KNOWN),), names_part=True),
    SlipKind("factor-extra", (_names("b*m + v", "b*m + eta*v", rank=RARE),), names_part=True),
    SlipKind("factor-dropped", (
        _node(formulas.factor_dropped, "a*b + c", "a + c", main=True),
        _node(formulas.weights_dropped, "x'*y", "sum(x')", of="weights", rank=RARE),
        _names("a*b + a", "1*b + 1", "everywhere", EVERYWHERE),
        _derivative("7*x^2", "2*x"),
    ), names_part=True, hasty=True),
    SlipKind("term-extra", (_names("a*b", "a*b + c", rank=FAR),), names_part=True),
    SlipKind("divisor-dropped", (_node(formulas.divisor_dropped, "a/(1 - b)", "a", main=True),),
             names_part=True, hasty=True),
    SlipKind("term-dropped", (
        _node(formulas.term_dropped, "a + b*c", "a", main=True),
        _names("a*b + a", "0*b + 0", "everywhere", EVERYWHERE),
        _names("a*x", "a*(x.*[0, 1])", "one entry", UNLIKELY),
        _node(brackets.part_of_sum, "sum(x)", "x[1]", of="sum", rank=FAR),
        _names("A*x", "(A.*[1, 0; 1, 0])*x", "line", FAR),
        _derivative("x^2*sin(x)", "2*x*sin(x)"),
        _seldom("sin(x)/x", "cos(x)*x/x^2"),
    ), names_part=True, hasty=True),
    SlipKind("inverted", (
        _node(formulas.inverted, "a/b", "b/a"),
        _names("a*b + a", "(1./a)*b + 1./a", "everywhere", FAR),
    )),
    SlipKind("one-off", (
        _node(formulas.one_more, "(n + 1)*m", "(n + 2)*m", rank=RARE),
        _node(brackets.one_more_of_a_factor, "n*m", "(n + 1)*m", of="factor", rank=FAR),
        _whole("a*b", "a*b + 1", rank=FAR),
        _value("4*3", "13", of="whole"),
    )),
    SlipKind("index-off", (
        _node(formulas.index_off, "a*x[1]", "a*x[2]", rank=RARE),
        _names("a*h[2]", "a*h[1]", "neighbour"),
        _names("x[1]*y[1]", "x[2]*y[2]", "object", main=True),
        _names("A[1, 1]*x[1]", "A[1, 2]*x[1]", "column", FAR),
    ), names_part=True),
    SlipKind("all-objects", (_names("x[1]*y[1]", "x[1]*y[1] + x[2]*y[2]", rank=FAR),)),
    SlipKind("taken-apart", (_node(brackets.taken_apart, "exp(a + b)", "exp(a) + exp(b)", rank=FAR),), names_part=True),
    SlipKind("brackets", (_node(brackets.bracket, "a*(b + c)", "a*b + c", rank=FAR),)),
    SlipKind("other-operation", (
        _node(brackets.operation, "a*b", "a + b", rank=FAR),
        _node(brackets.factor_apart, "a*b*c", "a + b*c", of="apart", rank=FAR),
        _node(brackets.matrix_operation, "A + B", "A*B", of="matrices", rank=FAR),
        _whole("[a, b]", "[a, b]/norm([a, b])", rank=FAR),
    )),
    # ----- Of the value or the function, whatever the formula
    SlipKind("rounding", (
        _value("2/3", "0.666"),
        _node(brackets.base_rounded, "exp(a)", "2.7^a", of="base", rank=FAR),
    )),
    SlipKind("transposed", (_value("A", "A'"), _function("A*B", "B'*A'"))),
    SlipKind("permuted", (_value("x", "[x[2], x[1]]"),)),
    SlipKind("reciprocal", (_value("a/b", "b/a"), _function("x^2 + 1", "1/(x^2 + 1)"))),
    SlipKind("power-of-ten", (
        _value("a*b", "10*a*b"),
        _value("x", "x.*[1, 10]", of="one entry", rank=ACCIDENT),
    )),
    SlipKind("other-blank", (_value("a*b", "a + b"), _function("x^2 + sin(x)", "cos(x)"))),
    SlipKind("entry-repeated", (_value("A", "[A[1], A[1]]"),)),
    SlipKind("digits-swapped", (_value("1234/10", "1243/10", rank=ACCIDENT),)),
    SlipKind("digit-missed", (_value("12345/100", "1245/100", rank=ACCIDENT),)),
    SlipKind("one-digit", (_value("1234/10", "1264/10", rank=ACCIDENT),)),
    SlipKind("constant-factor", (_function("x^2 + sin(x)", "5*x^2 + 5*sin(x)"),)),
    SlipKind("constant-term", (_function("x^2 + sin(x)", "x^2 + sin(x) + 7"),)),
)  # fmt: skip

SLIP_KINDS = {kind.id: kind for kind in SLIPS}
_POSITIONS = {rule: position for position, rule in enumerate(SLIP_KINDS, 1)}


def position(rule: str) -> int:
    """The number of a row; what is not in the table, an author's mistake or a pair, comes before it."""
    return _POSITIONS.get(rule, 0)


def rows() -> Iterator[tuple[Row, Way]]:
    """Every way to make a slip."""
    for kind in SLIPS:
        for way in kind.ways:
            yield Row(kind.id, way.rank, way.main), way


_ROWS = {(way.family, row.rule, way.of): row for row, way in rows()}


def row(family: Family, rule: str, of: str = "") -> Row:
    """The row of a way; there is no slip without one."""
    return _ROWS[family, rule, of]
