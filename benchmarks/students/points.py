"""Gradients and Jacobian matrices: formulas first, then their values at a point."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put, worth

# Partial derivatives of each kind of function, right and with a slip, as a student writes them down.
PARTIALS = {
    "polynomial": {
        "f1": "m*a*x1^(m-1) + c*x2", "f2": "c*x1 + k*b*x2^(k-1)",
        "exponent of f1 kept": "m*a*x1^m + c*x2", "factor of f1 lost": "a*x1^(m-1) + c*x2",
        "mixed term of f1 lost": "m*a*x1^(m-1)", "sign in f1": "m*a*x1^(m-1) - c*x2",
        "wrong letter in f1": "m*a*x1^(m-1) + c*x1", "number in front lost in f1": "m*x1^(m-1) + c*x2",
        "exponent of f2 kept": "c*x1 + k*b*x2^k", "factor of f2 lost": "c*x1 + b*x2^(k-1)",
        "mixed term of f2 lost": "k*b*x2^(k-1)",
    },
    "exponential": {
        "f1": "a*exp(x1 - p)*x2^k", "f2": "a*exp(x1 - p)*k*x2^(k-1)",
        "power rule for the exponential in f1": "a*(x1 - p)*exp(x1 - p - 1)*x2^k",
        "number in front lost in f1": "exp(x1 - p)*x2^k",
        "exponent of f2 kept": "a*exp(x1 - p)*k*x2^k", "factor of f2 lost": "a*exp(x1 - p)*x2^(k-1)",
        "sign in f1": "-a*exp(x1 - p)*x2^k",
    },
    "logarithm": {
        "f1": "2*a*x1/(x1^2 + q*x2^2)", "f2": "2*a*q*x2/(x1^2 + q*x2^2)",
        "inner derivative of f1 lost": "a/(x1^2 + q*x2^2)", "inner derivative of f2 lost": "a/(x1^2 + q*x2^2)",
        "factor of f1 lost": "a*x1/(x1^2 + q*x2^2)", "factor of f2 lost": "2*a*x2/(x1^2 + q*x2^2)",
        "number in front lost in f1": "2*x1/(x1^2 + q*x2^2)", "upside down in f1": "2*a*x1*(x1^2 + q*x2^2)",
    },
    "distance": {
        "f1": "a*x1/sqrt(x1^2 + x2^2)", "f2": "a*x2/sqrt(x1^2 + x2^2)",
        "inner derivative of f1 lost": "a/(2*sqrt(x1^2 + x2^2))",
        "inner derivative of f2 lost": "a/(2*sqrt(x1^2 + x2^2))",
        "half of the root lost in f1": "2*a*x1/sqrt(x1^2 + x2^2)", "number in front lost in f1": "x1/sqrt(x1^2 + x2^2)",
        "root lost in f1": "a*x1/(x1^2 + x2^2)",
    },
}  # fmt: skip
BOTH = {
    "factors lost in both": {
        "polynomial": ("a*x1^(m-1) + c*x2", "c*x1 + b*x2^(k-1)"),
        "exponential": ("a*exp(x1 - p)*x2^k", "a*exp(x1 - p)*x2^(k-1)"),
        "logarithm": ("a/(x1^2 + q*x2^2)", "a/(x1^2 + q*x2^2)"),
        "distance": ("a/(2*sqrt(x1^2 + x2^2))", "a/(2*sqrt(x1^2 + x2^2))"),
    }
}


def gradient(given: Given, sheet: Sheet) -> None:
    """Both partial derivatives, then the gradient at (p1, p2)."""
    rows, both = PARTIALS[given["kind"]], BOTH["factors lost in both"][given["kind"]]
    numbers = {name: float(given[name]) for name in ("a", "b", "c", "q", "m", "k")} | {"p": given["p1"]}
    written = {}
    for place, name in enumerate(("f1", "f2")):
        text = rows[name]
        for row, wrong in rows.items():
            if name in row.split() and row != name and sheet(row):
                text = wrong
        if sheet("factors lost in both"):
            text = both[place]
        if sheet("minus the gradient"):
            text = f"-({text})"
        written[name] = sheet.write(name, put(text, **numbers))
    p1, p2 = given["p1"], given["p2"]
    if given["kind"] != "distance" and sheet("coordinates of the point swapped"):
        p1, p2 = p2, p1
    if sheet("sign of a coordinate lost"):
        p2 = -p2
    values = [float(worth(written[name], x1=p1, x2=p2)) for name in ("f1", "f2")]
    sheet.write("G", np.array(values[::-1] if sheet("components swapped") else values))


GRADIENT = Family(
    "grad-at-point",
    gradient,
    (
        slip("exponent of f1 kept", "power-kept exponent-off", "f1"),
        slip("factor of f1 lost", "factor-dropped factor-two factor-lost", "f1"),
        slip("mixed term of f1 lost", "term-dropped", "f1"),
        slip("sign in f1", "sign whole-sign descent", "f1"),
        slip("wrong letter in f1", "names-swapped index-off", "f1"),
        slip("number in front lost in f1", "factor-dropped factor-two", "f1"),
        slip("exponent of f2 kept", "power-kept exponent-off", "f2"),
        slip("factor of f2 lost", "factor-dropped factor-two factor-lost inner-lost", "f2"),
        slip("mixed term of f2 lost", "term-dropped", "f2"),
        slip("power rule for the exponential in f1", "table-slip", "f1"),
        slip("inner derivative of f1 lost", "inner-lost factor-lost", "f1"),
        slip("inner derivative of f2 lost", "inner-lost factor-lost", "f2"),
        slip("upside down in f1", "inverted", "f1"),
        slip("half of the root lost in f1", "table-slip factor-two factor-dropped", "f1"),
        slip("root lost in f1", "root-missing", "f1"),
        slip("factors lost in both", "factor-lost inner-lost factor-dropped factor-two", "f1 f2", every=True),
        slip("minus the gradient", "descent sign whole-sign", "f1 f2", every=True),
        slip("coordinates of the point swapped", "transposed-point wrong-point names-swapped", "G"),
        slip("sign of a coordinate lost", "sign wrong-point", "G"),
        slip("components swapped", "swapped permuted names-swapped", "G"),
        pen("whole-sign", "G", "descent"),
        pen("power-of-ten", "G"),
    ),
    (("factor of f1 lost", "components swapped"), ("exponent of f2 kept", "coordinates of the point swapped")),
)


# First row of the Jacobian: derivatives by x1 and x2 of each form, and the same with a slip.
FIRST = {
    "a*x1^2 + b*x2": ("2*a*x1", "b", {"factor of d11 lost": "a*x1", "exponent of d11 kept": "2*a*x1^2",
                                      "number of d11 lost": "2*x1", "sign of d11": "-2*a*x1"}, {}),
    "a*x1*x2 + b*x1": ("a*x2 + b", "a*x1", {"term of d11 lost": "a*x2", "sign in d11": "a*x2 - b",
                                            "number of d11 lost": "x2 + b",
                                            "wrong letter in d11": "a*x1 + b"}, {"wrong letter in d12": "a*x2"}),
    "a*x1^2*x2": ("2*a*x1*x2", "a*x1^2", {"factor of d11 lost": "a*x1*x2", "exponent of d11 kept": "2*a*x1^2*x2",
                                          "number of d11 lost": "2*x1*x2"}, {}),
    "a*x1^3 + b*x2^2": ("3*a*x1^2", "2*b*x2", {"factor of d11 lost": "a*x1^2", "exponent of d11 kept": "3*a*x1^3",
                                               "number of d11 lost": "3*x1^2", "sign of d11": "-3*a*x1^2"},
                        {"factor of d12 lost": "b*x2", "exponent of d12 kept": "2*b*x2^2"}),
}  # fmt: skip
SECOND = {
    "d*x2": ("0", "d", {}),
    "d*x1*x2": ("d*x2", "d*x1", {"number lost in row 2": ("x2", "d*x1")}),
    "d*x1*x2^2": ("d*x2^2", "2*d*x1*x2", {"factor lost in row 2": ("d*x2^2", "d*x1*x2"),
                                          "exponent kept in row 2": ("d*x2^2", "2*d*x1*x2^2")}),
    "d*exp(x1 - p1)*x2": ("d*exp(x1 - p1)*x2", "d*exp(x1 - p1)",
                          {"number lost in row 2": ("exp(x1 - p1)*x2", "d*exp(x1 - p1)")}),
    "d*x1 + x2^2": ("d", "2*x2", {"factor lost in row 2": ("d", "x2"), "exponent kept in row 2": ("d", "2*x2^2")}),
}  # fmt: skip
THIRD = {"x1^2 - k*x2": ("2*x1", "-k"), "k*x1*x2": ("k*x2", "k*x1")}


def jacobian(given: Given, sheet: Sheet) -> None:
    """The first row as formulas, then the matrix at (p1, p2)."""
    numbers = {name: given[name] for name in ("a", "b", "c", "d", "k", "p1")}
    d11, d12, wrong11, wrong12 = FIRST[given["first"]]
    for row, text in wrong11.items():
        d11 = text if sheet(row) else d11
    for row, text in wrong12.items():
        d12 = text if sheet(row) else d12
    if sheet("constant kept"):
        d11, d12 = f"{d11} + c", f"{d12} + c"
    d11 = sheet.write("d11", put(d11, **numbers))
    d12 = sheet.write("d12", put(d12, **numbers))
    e1, e2, wrong2 = SECOND[given["second"]]
    for row, pair in wrong2.items():
        e1, e2 = pair if sheet(row) else (e1, e2)
    rows = [(d11, d12), (e1, e2), THIRD[given["third"]]][: int(given["outputs"])]
    x1, x2 = given["p1"], given["p2"]
    if sheet("coordinates of the point swapped"):
        x1, x2 = x2, x1
    if sheet("sign of a coordinate lost"):
        x1 = -x1
    matrix = np.array([[float(worth(put(text, **numbers), x1=x1, x2=x2)) for text in row] for row in rows])
    if sheet("columns swapped in row 2"):
        matrix[1] = matrix[1, ::-1]
    sheet.write("J", matrix.T if sheet("transposed") else matrix)


JACOBIAN = Family(
    "jacobian-at-point",
    jacobian,
    (
        slip("factor of d11 lost", "factor-two factor-dropped", "d11"),
        slip("exponent of d11 kept", "power-kept exponent-off", "d11"),
        slip("number of d11 lost", "factor-dropped factor-two", "d11"),
        slip("sign of d11", "sign whole-sign", "d11"),
        slip("sign in d11", "sign", "d11"),
        slip("term of d11 lost", "term-dropped", "d11"),
        slip("wrong letter in d11", "names-swapped index-off", "d11"),
        slip("wrong letter in d12", "names-swapped index-off", "d12"),
        slip("factor of d12 lost", "factor-two factor-dropped", "d12"),
        slip("exponent of d12 kept", "power-kept exponent-off", "d12"),
        slip("constant kept", "constant-kept", "d11 d12"),
        slip("number lost in row 2", "factor-dropped factor-two", "row2 y2 second J table"),
        slip("factor lost in row 2", "factor-two factor-dropped", "row2 y2 second J table"),
        slip("exponent kept in row 2", "power-kept exponent-off", "row2 y2 second J table"),
        slip("columns swapped in row 2", "permuted names-swapped", "row2 J table"),
        slip("coordinates of the point swapped", "transposed-point wrong-point names-swapped", "J"),
        slip("sign of a coordinate lost", "sign wrong-point", "J"),
        slip("transposed", "transposed transpose-missing", "J"),
        pen("whole-sign", "J"),
        pen("power-of-ten", "J"),
    ),
    (("factor of d11 lost", "transposed"), ("number of d11 lost", "coordinates of the point swapped")),
)


def squared_loss(given: Given, sheet: Sheet) -> None:
    """Backwards through y = Wx and the sum of squares."""
    W, t, x = np.array(given["W"]), np.array(given["t"]), np.array(given["x"])
    square = len(t) == 2
    names = [f"y{i + 1}" for i in range(len(t))]
    column = W[0] if square and sheet("row of W for its column") else W[:, 0]
    two = "" if sheet("two lost in the formula") else "2*"
    between = "+" if sheet("plus in the formula") else "-"
    terms = [put(f"{two}w*({y} {between} t)", w=w, t=goal) for w, y, goal in zip(column, names, t, strict=True)]
    if sheet("targets left out of the formula"):
        terms = [put(f"{two}w*{y}", w=w) for w, y in zip(column, names, strict=True)]
    if sheet("weights left out of the formula"):
        terms = [put(f"{two}({y} - t)", t=goal) for y, goal in zip(names, t, strict=True)]
    if sheet("last term left out of the formula"):
        terms = terms[:-1]
    sheet.write("first", " + ".join(terms))
    y = sheet.write("y", W.T @ x if square and sheet("transposed matrix in the outputs") else W @ x)
    u = 2 * (y - t)
    if sheet("two lost"):
        u = y - t
    if sheet("target forgotten"):
        u = 2 * y
    if sheet("sign of the residual"):
        u = 2 * (t - y)
    if sheet("plus in the residual"):
        u = 2 * (y + t)
    u = sheet.write("u", u)
    g = W.T @ u
    if square and sheet("not transposed"):
        g = W @ u
    if sheet("uphill"):
        g = -g
    if sheet("two once more"):
        g = 2 * g
    sheet.write("g", g)


SQUARED_LOSS = Family(
    "chain-jacobian-mse-linear",
    squared_loss,
    (
        slip("row of W for its column", "transpose-missing index-off rows-for-columns", "first"),
        slip("two lost in the formula", "factor-two factor-dropped factor-two-lost", "first"),
        slip("plus in the formula", "sign constant-term", "first"),
        slip("targets left out of the formula", "term-dropped target-forgotten constant-term", "first"),
        slip("weights left out of the formula", "factor-dropped inner-lost constant-factor", "first"),
        slip("last term left out of the formula", "term-dropped", "first"),
        slip("transposed matrix in the outputs", "transpose-extra transpose-missing rows-for-columns", "y"),
        slip("two lost", "factor-two-lost factor-two factor-dropped", "u"),
        slip("target forgotten", "target-forgotten term-dropped", "u r"),
        slip("sign of the residual", "sign whole-sign names-swapped", "u r"),
        slip("plus in the residual", "sign", "r"),
        slip("not transposed", "not-transposed transpose-missing", "g"),
        slip("uphill", "sign whole-sign", "g"),
        slip("two once more", "factor-two", "g"),
        pen("permuted", "g u y"),
        pen("power-of-ten", "g u y"),
    ),
    (("two lost", "not transposed"), ("target forgotten", "uphill")),
)

FAMILIES = (GRADIENT, JACOBIAN, SQUARED_LOSS)
