"""THE table of doubts: where a formula as people write it can honestly be read in more than one way.

The parser reads the first way and notes the doubts that it met; only where that is not right is the text read in the
other ways (`grader.language.natural`). To add one is to add a row, its words, and the place in the parser
that asks `cursor.otherwise`.

Columns
    name      what the parser notes
    advice    the key of what is said where it was settled the other way: how to write it safely
    family    doubts of one family are about the same signs: one at a time is settled
    example   with the names x, y, n and the matrices A and B
    first     what the example is read as at first, written out
    other     what it may mean as well; this is also how to write it so that it has one meaning
"""

from __future__ import annotations

import msgspec


class Doubt(msgspec.Struct, frozen=True):
    """A row; see the head of the module for the columns."""

    name: str
    advice: str
    family: str
    example: str
    first: str
    other: str


_ROWS = (
    Doubt("argument-short", "reading-argument", "argument", "sin x y", "sin(x*y)", "sin(x)*y"),
    Doubt("argument-long", "reading-argument", "argument", "cos x e^x", "cos(x)*e^x", "cos(x*e^x)"),
    Doubt("denominator", "reading-denominator", "denominator", "1/2x", "(1/2)*x", "1/(2*x)"),
    Doubt("exponent-product", "reading-exponent", "exponent", "e^2x", "(e^2)*x", "e^(2*x)"),
    Doubt("exponent-fraction", "reading-exponent", "exponent", "x^1/2", "(x^1)/2", "x^(1/2)"),
    Doubt("exponent-sum", "reading-exponent", "exponent", "x^n-1", "(x^n) - 1", "x^(n - 1)"),
    Doubt("root", "reading-root", "root", "√2x", "sqrt(2)*x", "sqrt(2*x)"),
    Doubt("inverse", "reading-inverse", "inverse", "sin^-1 x", "arcsin(x)", "sin(x)^(-1)"),
    Doubt("diagonal", "reading-diagonal", "diagonal", "A - diag(A)", "A - diag(A)", "A - diag(diag(A))"),
    Doubt("dot", "reading-dot", "dot", "dot(A, B)", "dot(A, B)", "A*B"),
    Doubt("outer", "reading-outer", "outer", "x⊗y", "kron(x, y)", "x*y'"),
    Doubt("entries", "reading-entries", "entries", "A @ B*A", "A*B*A", "(A*B).*A"),
    Doubt("entrywise-after", "reading-entrywise", "entrywise-after", "x .* A y", "(x.*A)*y", "x.*(A*y)"),
    Doubt("entrywise-before", "reading-entrywise", "entrywise-before", "A x .* y", "(A*x).*y", "A*(x.*y)"),
    Doubt("scalar-product", "reading-scalar-product", "scalar-product", "(x, y)", "[x, y]", "<x, y>"),
    Doubt("thousands", "reading-thousands", "number", "1,234", "1.234", "1234"),
    Doubt("base", "reading-base", "number", "log(8,2)", "log(8.2)", "log(8, 2)"),
    Doubt("mixed", "reading-mixed", "number", r"1\frac{1}{2}", "1*(1/2)", "1 + 1/2"),
)
DOUBTS = {row.name: row for row in _ROWS}
