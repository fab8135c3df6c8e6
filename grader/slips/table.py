"""THE table of slips: what each is called, how simple it is, how it is told, and an example of each way to make it.

A kind of slip is a row, the more telling ones first: of two that are one formula and equally simple, the first is told.
One kind may be made in several ways, of different families and ranks. Rules, names, wrong derivatives, generic slips,
the catalogue's tests and the page in `docs/` take everything from here, by `row`.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.slips import activations, brackets, expansions, formulas, habits, matrices, sums
from grader.slips.calculus import DERIVATIVES
from grader.slips.rank import ACCIDENT, EVERYWHERE, FAR, KNOWN, PATTERN, RARE, UNLIKELY
from grader.slips.ways import (
    Family,
    Row,
    SlipKind,
    Way,
    derivative,
    function,
    names,
    node,
    seldom,
    value,
    whole,
)

__all__ = ["SLIPS", "SLIP_KINDS", "Family", "Row", "SlipKind", "Way", "position", "row", "rows"]


SLIPS: tuple[SlipKind, ...] = (
    *DERIVATIVES,
    # ----- Names
    SlipKind("old-for-new", (names("w[1] - a*b", "w[0] - a*b", main=True),), names_part=True),
    SlipKind("new-for-old", (names("w[1] - a*b", "w[2] - a*b", main=True),), names_part=True),
    SlipKind("one-by-one", (Way(Family.STEPS, "[x[2], x[1]]", "[x[2], x[1] - eta*x[2]]", rank=KNOWN),)),
    SlipKind("wrong-point", (
        names("a*w[2]", "a*w[0]"),
        names("p^2*a", "1^2*a", "not put in", EVERYWHERE),
        names("p^2*a + p", "p^2*a + d", "elsewhere", FAR),
        Way(Family.SLOPE, "p^2", "2*(p - eta*rho*v)", "ahead", KNOWN),
    ), names_part=True),
    SlipKind("names-swapped", (
        names("b1*m + b2*v", "b2*m + b1*v", "alike", main=True),
        names("b1*m + b2*v", "m*b1 + b2*v", "unlike", UNLIKELY),
        names("x[1]*a + x[2]", "x[2]*a + x[1]", "entries"),
        names("b1*m", "b2*m", "another"),
        names("x'*y", "[x[2], x[1]]'*y", "order", FAR),
        names("eta*m", "rho*m", "another unlike", UNLIKELY),
    )),
    SlipKind("rows-for-columns", (
        names("A*x", "A'*x", rank=EVERYWHERE),
        names("A*x", "[[A[1, 1], A[2, 1]], [A[1, 2], A[2, 2]]]*x", "read", FAR),
    ), names_part=True),
    SlipKind("other-quantity", (
        names("b1*m", "b1*n", rank=RARE),
        names("b1*m", "b1*k", "farther", UNLIKELY),
        names("b1*m", "b1*c", "far", FAR),
        names("[b1*m, b2*m]", "[h[1]*m, h[2]*m]", "series", FAR),
        whole("df(g(x))", "g(g(x))", "function", FAR),
        Way(Family.SLOPE, "(x^2)^3", "sin((x^2)^3)", "later", FAR),
    ), names_part=True),
    # ----- Activations and other functions
    SlipKind("activation-for-derivative", (
        node(activations.activation_for_derivative, "d*o*(1 - o)", "d*o", rank=PATTERN),
        node(activations.derivative_for_activation, "sigmoid(h)", "sigmoid(h).*(1 - sigmoid(h))", of="turned",
             rank=KNOWN),
        derivative("sigmoid(x)", "sigmoid(x)"),
    )),
    SlipKind("derivative-at-output",
             (node(activations.derivative_at_output, "d*o*(1 - o)", "d*(h*(1 - h))", rank=PATTERN),)),
    SlipKind("activation-missing", (
        node(activations.activation_missing, "w*sigmoid(h)", "w*h", main=True),
        node(activations.function_missing, "-ln(p)", "-p", of="function"),
        node(activations.logarithm_missing, "-ln(p)", "1 - p", of="logarithm", rank=KNOWN),
        node(habits.threshold_missing, "if(a + b >= 1, 1, 0)", "a + b", of="threshold", rank=KNOWN),
    ), names_part=True),
    SlipKind("other-function", (
        node(habits.other_function, "w*sigmoid(h)", "w*tanh(h)", rank=KNOWN),
        node(habits.other_loss, "-ln(p)", "(1 - p)^2", of="loss", rank=KNOWN),
        node(brackets.argument_negated, "ln(p)", "-p", of="negated", rank=FAR),
        whole("a*b", "sigmoid(a*b)", rank=FAR),
    ), names_part=True),
    # ----- Numbers, powers, roots, logarithms
    SlipKind("factor-two", (
        node(formulas.factor_two, "2*a + b", "a + b", main=True),
        node(habits.two_doubled, "2*a + b", "4*a + b", of="doubled", rank=KNOWN),
        whole("a + b", "2*(a + b)", rank=EVERYWHERE),
        node(brackets.term_doubled, "a + b", "2*a + b", of="term", rank=FAR),
    ), hasty=True),
    SlipKind("degrees", (whole("sin(a)", "sin(a*pi/180)"), value("arctan(a)", "180/pi*arctan(a)"))),
    SlipKind("sum-for-mean", (
        node(formulas.sum_for_mean, "mean(x)", "sum(x)", main=True),
        names("a*x[1]", "1/2*(a*x[1])", "count", FAR),
    )),
    SlipKind("power-dropped", (node(formulas.power_dropped, "a^2 + b", "a + b", main=True),),
             names_part=True, hasty=True),
    SlipKind("exponent-off", (
        node(formulas.exponent_off, "a^3", "a^2"),
        node(formulas.power_extra, "b*a", "b*a^2", of="none", rank=RARE),
        derivative("x^5", "5*x^6"),
        node(brackets.factor_squared, "a + b/c", "a + (b/c).^2", of="factor", rank=FAR),
        node(brackets.rest_squared, "a*b*c", "a.*(b*c).^2", of="rest", rank=FAR),
        node(matrices.inverse_squared, "inv(A)", "inv(A)*inv(A)", of="inverse", rank=FAR),
        names("x'*y", "(x.^2)'*y", "everywhere", FAR),
        whole("a*b", "(a*b)^2", rank=FAR),
    )),
    SlipKind("number-off", (node(brackets.number_off, "3*a + b", "4*a + b", rank=FAR),), names_part=True),
    SlipKind("square-doubled", (node(habits.power_doubled, "a^2 + b", "2*a + b", rank=KNOWN),), names_part=True),
    SlipKind("root-missing", (node(formulas.root_missing, "m/sqrt(v)", "m/v", main=True),), hasty=True),
    SlipKind("log-base", (
        node(formulas.log_base, "ln(p)", "log2(p)", main=True),
        node(brackets.power_base, "exp(a)", "2^a", of="power", rank=FAR),
    )),
    # ----- Matrices
    SlipKind("inverse-missing", (
        node(formulas.inverse_missing, "inv(A)*x", "A*x", main=True),
        node(matrices.over_determinant, "inv(A)*x", "A/det(A)*x", of="over", rank=FAR),
        node(matrices.inverse_and_transpose, "inv(A)'*x", "A*x", of="transposed", rank=FAR),
    ), names_part=True),
    SlipKind("as-symmetric", (
        names("A*x + A'*x", "A*x + A*x", main=True),
        names("A*x + A'*x", "A'*x + A'*x", "turned", KNOWN),
    ), names_part=True),
    SlipKind("transpose-missing", (
        node(formulas.transpose_missing, "A'*x", "A*x", main=True),
        node(matrices.transposes_missing, "A'*B'", "A*B", of="all", rank=KNOWN),
    ), names_part=True),
    SlipKind("transpose-extra", (node(formulas.transpose_extra, "A*x", "A'*x"),)),
    SlipKind("product-reversed", (node(formulas.product_reversed, "A*B", "B*A", main=True),)),
    SlipKind("wrong-axis", (names("B[1]/sum(B[1])", "B[1]/sum(B)", rank=KNOWN),), names_part=True),
    SlipKind("elementwise", (
        node(formulas.elementwise, "A*B", "A.*B", main=True),
        node(matrices.inverse_by_entries, "inv(A)*x", "(1./A)*x", of="inverse", rank=KNOWN),
        node(matrices.by_sums, "A*x", "x.*(A*x.^0)", of="sums", rank=FAR),
    )),
    # ----- Signs, terms, factors
    SlipKind("sign", (
        node(formulas.sign, "w - a*b", "w + a*b", main=True),
        node(matrices.diagonals_added, "det(A)", "2*A[1, 1]*A[2, 2] - det(A)", of="determinant", rank=PATTERN),
        whole("a*b", "-(a*b)", rank=PATTERN),
        names("a*b + a", "(-a)*b + (-a)", "everywhere", EVERYWHERE),
        names("a*x", "a*(x.*[-1, 1])", "one entry", UNLIKELY),
        derivative("x^5", "-5*x^4"),
        names("a*x", "a*abs(x)", "size", FAR),
        names("A*x", "(A.*[1, -1; 1, -1])*x", "line", FAR),
        node(sums.sign_in_sum, "sum(x)", "sum(x) - 2*x[1]", of="sum", rank=FAR),
        value("a - b", "b - a"),
        function("x^2 + sin(x)", "-x^2 - sin(x)"),
    ), names_part=True, hasty=True),
    SlipKind("complement", (
        node(formulas.complement, "b*m + (1 - b)*v", "b*m + b*v"),
        node(habits.shares_swapped, "b*m + (1 - b)*v", "(1 - b)*m + b*v", of="shares", rank=KNOWN),
    ), names_part=True),
    SlipKind("complement-taken", (
        node(brackets.one_minus, "b*m + v", "(1 - b)*m + v", rank=FAR),
        whole("a*b", "1 - a*b", rank=FAR),
    ), names_part=True),
    SlipKind("moving-average", (node(habits.averaged, "b*m + v", "b*m + (1 - b)*v", rank=KNOWN),), names_part=True),
    SlipKind("factor-extra", (
        names("b*m + v", "b*m + eta*v", rank=RARE),
        seldom("sin(x^2)", "sin(x^2)*cos(x^2)*2*x"),
        node(brackets.argument_as_factor, "ln(p)", "p*ln(p)", of="argument", rank=FAR),
        names("b*x", "y.*(b*x)", "entries", FAR),
        names("A*B", "A*A*B", "matrix", FAR),
        node(matrices.determinant_extra, "inv(A)", "1/det(A)*inv(A)", of="determinant", rank=FAR),
    ), names_part=True),
    SlipKind("factor-dropped", (
        node(formulas.factor_dropped, "a*b + c", "a + c", main=True),
        node(formulas.weights_dropped, "x'*y", "sum(x')", of="weights", rank=RARE),
        names("a*b + a", "1*b + 1", "everywhere", EVERYWHERE),
        derivative("7*x^2", "2*x"),
        Way(Family.SLOPE, "(x^2)^3", "2*x", rank=KNOWN),
    ), names_part=True, hasty=True),
    SlipKind("term-extra", (
        names("a*b", "a*b + c", rank=FAR),
        seldom("x^2*sin(x)", "2*x*sin(x) + x^2*cos(x) + x^2*sin(x)"),
        names("a*w[2]", "a*(w[2] + w[1])", "older", UNLIKELY),
    ), names_part=True),
    SlipKind("divisor-dropped", (
        node(formulas.divisor_dropped, "a/(1 - b)", "a", main=True),
        node(matrices.not_divided, "inv(A)", "det(A)*inv(A)", of="determinant", rank=FAR),
    ), names_part=True, hasty=True),
    SlipKind("term-dropped", (
        node(formulas.term_dropped, "a + b*c", "a", main=True),
        names("a*b + a", "0*b + 0", "everywhere", EVERYWHERE),
        names("a*x", "a*(x.*[0, 1])", "one entry", UNLIKELY),
        node(matrices.main_diagonal, "det(A)", "A[1, 1]*A[2, 2]", of="determinant"),
        node(sums.part_of_sum, "sum(x)", "x[1]", of="sum", rank=FAR),
        node(brackets.term_alone, "a + b*c - d", "b*c", of="alone", rank=FAR),
        names("A*x", "(A.*[1, 0; 1, 0])*x", "line", FAR),
        names("A + A'", "A + A' - A.*[1, 0; 0, 1]", "diagonal", FAR),
        derivative("x^2*sin(x)", "2*x*sin(x)"),
        seldom("sin(x)/x", "cos(x)*x/x^2"),
    ), names_part=True, hasty=True),
    SlipKind("inverted", (
        node(formulas.inverted, "a/b", "b/a"),
        node(matrices.multiplied, "inv(A)", "det(A)^2*inv(A)", of="determinant", rank=FAR),
        names("a*b + a", "(1./a)*b + 1./a", "everywhere", FAR),
    )),
    SlipKind("one-off", (
        node(formulas.one_more, "(n + 1)*m", "(n + 2)*m", rank=RARE),
        node(brackets.one_more_of_a_factor, "n*m", "(n + 1)*m", of="factor", rank=FAR),
        whole("a*b", "a*b + 1", rank=FAR),
        value("4*3", "13", of="whole"),
    )),
    SlipKind("index-off", (
        node(formulas.index_off, "a*x[1]", "a*x[2]", rank=RARE),
        names("a*h[2]", "a*h[1]", "neighbour"),
        names("x[1]*y[1]", "x[2]*y[2]", "object", main=True),
        names("A[1, 1]*x[1]", "A[1, 2]*x[1]", "column", FAR),
    ), names_part=True),
    SlipKind("all-objects", (names("x[1]*y[1]", "x[1]*y[1] + x[2]*y[2]", rank=FAR),)),
    SlipKind("taken-apart", (
        node(brackets.taken_apart, "exp(a + b)", "exp(a) + exp(b)", rank=FAR),
        node(sums.sums_multiplied, "sum(x.*y)", "sum(x)*sum(y)", of="sum", rank=RARE),
        node(sums.lines_added, "A*x", "sum(x)*(A*x.^0)", of="lines", rank=FAR),
    ), names_part=True),
    SlipKind("brackets", (
        node(brackets.bracket, "a*(b + c)", "a*b + c", rank=FAR),
        node(brackets.factor_into_bracket, "a*b*(1 - c)", "a*(b*1 - c)", of="several", rank=FAR),
        node(expansions.square_expanded, "(a - b)^2", "a^2 - a*b + b^2", of="square", rank=FAR),
        node(expansions.first_term_alone, "a*(b + c + d)", "a*b + c + d", of="first", rank=FAR),
    )),
    SlipKind("other-operation", (
        node(brackets.operation, "a*b", "a + b", rank=FAR),
        seldom("x^2*sin(x)", "(2*x*sin(x) + x^2*cos(x))/sin(x)^2"),
        node(brackets.factor_apart, "a*b*c", "a + b*c", of="apart", rank=FAR),
        node(matrices.matrix_operation, "A + B", "A*B", of="matrices", rank=FAR),
        whole("[a, b]", "[a, b]/norm([a, b])", rank=FAR),
        names("a*x", "a*(x/norm(x))", "unit", FAR),
    )),
    # ----- Of the value or the function, whatever the formula
    SlipKind("rounding", (
        value("2/3", "0.666"),
        node(brackets.base_rounded, "exp(a)", "2.7^a", of="base", rank=FAR),
    )),
    SlipKind("transposed", (value("A", "A'"), function("A*B", "B'*A'"))),
    SlipKind("permuted", (value("x", "[x[2], x[1]]"),)),
    SlipKind("reciprocal", (value("a/b", "b/a"), function("x^2 + 1", "1/(x^2 + 1)"))),
    SlipKind("power-of-ten", (
        value("a*b", "10*a*b"),
        value("x", "x.*[1, 10]", of="one entry", rank=ACCIDENT),
    )),
    SlipKind("other-blank", (value("a*b", "a + b"), function("x^2 + sin(x)", "cos(x)"))),
    SlipKind("line-missing", (value("A", "[A[1]]", of="shape"),)),
    SlipKind("entry-left-out", (value("x", "x.*[0, 1]"),)),
    SlipKind("entry-repeated", (value("A", "[A[1], A[1]]"), value("x", "[x[1], x[1]]", of="two", rank=ACCIDENT))),
    SlipKind("digits-swapped", (value("1234/10", "1243/10", rank=ACCIDENT),)),
    SlipKind("digit-missed", (value("12345/100", "1245/100", rank=ACCIDENT),)),
    SlipKind("one-digit", (value("1234/10", "1264/10", rank=ACCIDENT),)),
    SlipKind("constant-factor", (function("x^2 + sin(x)", "5*x^2 + 5*sin(x)"),)),
    SlipKind("constant-term", (function("x^2 + sin(x)", "x^2 + sin(x) + 7"),)),
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
