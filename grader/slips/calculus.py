"""The first rows of THE table of slips: those of derivatives."""

from __future__ import annotations

from grader.slips.rank import KNOWN
from grader.slips.ways import Family, SlipKind, Way, derivative, seldom, whole

DERIVATIVES: tuple[SlipKind, ...] = (
    SlipKind("inner-lost", (
        derivative("sin(x^2)", "cos(x^2)"),
        Way(Family.SLOPE, "(x^2)^3", "3*(x^2)^2", rank=KNOWN),
    ), names_part=True),
    SlipKind("inner-inside", (
        derivative("sin(x^2)", "cos(2*x)"),
        seldom("sin(x^2)", "sin(2*x)"),
        whole("df(g(x))*dg(x)", "df(dg(x))*dg(x)", rank=KNOWN),
    )),
    SlipKind("outer-at-x", (
        derivative("sin(x^2)", "2*x*cos(x)"),
        whole("df(g(x))", "df(x)", main=True),
        whole("df(g(x))*dg(x)", "df(x)", "alone", KNOWN),
        seldom("sin(x^2)", "2*x*sin(x)"),
    )),
    SlipKind("product-rule", (derivative("x^2*sin(x)", "2*x*cos(x)"), seldom("x^2*sin(x)", "2*2*x*cos(x)"))),
    SlipKind("sum-of-derivatives", (seldom("x^2*sin(x)", "2*x + cos(x)"),)),
    SlipKind("product-sign", (
        derivative("x^2*sin(x)", "2*x*sin(x) - x^2*cos(x)"),
        seldom("x^2*sin(x)", "(2*x*sin(x) - x^2*cos(x))/sin(x)^2"),
    )),
    SlipKind("quotient-sign", (derivative("sin(x)/x", "(cos(x)*x + sin(x))/x^2"),)),
    SlipKind("quotient-square", (derivative("sin(x)/x", "(cos(x)*x - sin(x))/x"),)),
    SlipKind("quotient-denominator", (seldom("sin(x)/x", "(cos(x)*x - sin(x))/x^4"),)),
    SlipKind("quotient-numerator", (seldom("sin(x)/x", "(cos(x) - 1)/x^2"),)),
    SlipKind("quotient-rule", (derivative("sin(x)/x", "cos(x)/1"),)),
    SlipKind("power-kept", (derivative("x^5", "5*x^5"),)),
    SlipKind("constant-kept", (derivative("x^2 + 7", "2*x + 7"),)),
    SlipKind("other-variable", (seldom("(x + 3*y)^2", "2*(x + 3*y)*4"),)),
    SlipKind("table-slip", (derivative("cos(x)", "sin(x)"), seldom("cos(x)", "-cos(x)")), names_part=True),
    SlipKind("function-for-derivative", (
        seldom("sin(x^2)", "2*x*sin(x^2)"),
        whole("diff(a*x^2 + b, x)", "a*x^2 + b", rank=KNOWN),
    ), names_part=True),
    SlipKind("derivative-for-function", (Way(Family.SLOPE, "(x^2)^3", "3*(x^2)^2", rank=KNOWN),)),
    SlipKind("constant-taken", (seldom("x^2 + sin(x)", "2*x"),), names_part=True),
)  # fmt: skip
