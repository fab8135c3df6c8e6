"""Jacobian matrices, and the chain rule with them: formulas first, then their values."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put, worth

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
    if sheet("other variable not frozen"):
        d11 = f"{d11} + {d12}"
    if sheet("partial derivatives swapped"):
        d11, d12 = d12, d11
    if sheet("sign of d12"):
        d12 = f"-({d12})"
    if sheet("d12 the same as d11"):
        d12 = d11
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
    if sheet("rows swapped"):
        matrix[[0, 1]] = matrix[[1, 0]]
    if sheet("columns swapped"):
        matrix = matrix[:, ::-1]
    if sheet("last row left out"):
        matrix = matrix[:-1]
    if sheet("sign of row 2"):
        matrix[1] = -matrix[1]
    if sheet("row 2 the same as row 1"):
        matrix[1] = matrix[0]
    if sheet("first coordinate put for both"):
        matrix = np.array([[float(worth(put(text, **numbers), x1=x1, x2=x1)) for text in row] for row in rows])
    if sheet("first coordinate not put in"):
        matrix = np.array([[float(worth(put(text, **numbers), x1=1.0, x2=x2)) for text in row] for row in rows])
    if sheet("nought off the diagonal"):
        matrix[0, 1] = matrix[1, 0] = 0.0
    if sheet("values of the map for row 1"):
        matrix[0] = float(worth(put(given["first"], **numbers), x1=x1, x2=x2)) + given["c"]
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
        slip("transposed", "layout transposed transpose-missing", "J"),
        slip("other variable not frozen", "other-variable other-convention", "d11"),
        slip("partial derivatives swapped", "names-swapped", "d11 d12", every=True),
        slip("sign of d12", "sign whole-sign", "d12"),
        slip("d12 the same as d11", "other-blank names-swapped index-off", "d12"),
        slip("rows swapped", "permuted index-off", "J table"),
        slip("columns swapped", "permuted", "J table"),
        slip("last row left out", "size line-missing", "J"),
        slip("sign of row 2", "sign", "row2 y2 second J table"),
        slip("row 2 the same as row 1", "index-off", "row2 J table"),
        slip("first coordinate put for both", "wrong-point names-swapped", "J"),
        slip("first coordinate not put in", "argument-kept wrong-point", "J"),
        slip("nought off the diagonal", "entry-left-out term-dropped", "J"),
        slip("values of the map for row 1", "function-for-derivative", "J row1"),
        pen("digit", "J d11 d12", "constant-factor constant-term exponent-off"),
        pen("digits", "J"),
        pen("entry-sign", "J"),
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
    wrong = {
        "other column in the formula": [put(f"2*w*({y} - t)", w=w, t=goal)
                                        for w, y, goal in zip(W[:, 1], names, t, strict=True)],
        "square kept in the formula": [put(f"2*w*({y} - t)^2", w=w, t=goal)
                                       for w, y, goal in zip(column, names, t, strict=True)],
        "targets in front in the formula": [put(f"2*t*({y} - w)", w=w, t=goal)
                                            for w, y, goal in zip(column, names, t, strict=True)],
        "sign in the formula": [put(f"2*w*(t - {y})", w=w, t=goal)
                                for w, y, goal in zip(column, names, t, strict=True)],
        "first output alone in the formula": terms[:1],
        "weights squared in the formula": [put(f"2*w*w*({y} - t)", w=w, t=goal)
                                           for w, y, goal in zip(column, names, t, strict=True)],
        "input in the formula": [put(f"2*x*({y} - t)", x=x[0], t=goal) for y, goal in zip(names, t, strict=True)],
    }  # fmt: skip
    if sheet("two in front of the first term alone"):
        terms = [terms[0], *(term.removeprefix("2*") for term in terms[1:])]
    if sheet("bracket forgotten in the formula"):
        terms = [put(f"2*w*{y} - t", w=w, t=goal) for w, y, goal in zip(column, names, t, strict=True)]
    for name, text in wrong.items():
        terms = text if sheet(name) else terms
    sheet.write("first", " + ".join(terms))
    y = W.T @ x if square and sheet("transposed matrix in the outputs") else W @ x
    for name, value in (
        ("inputs swapped", W @ x[::-1]),
        ("second input left out", W[:, 0] * x[0]),
        ("minus between the products", W[:, 0] * x[0] - W[:, 1] * x[1]),
        ("targets taken off the outputs", W @ x - t),
        ("signs lost in the outputs", np.abs(W) @ np.abs(x)),
        ("sign of a weight lost", (W * np.where(np.arange(W.size).reshape(W.shape) == 1, -1, 1)) @ x),
        ("first input for both", W.sum(axis=1) * x[0]),
    ):
        y = value if sheet(name) else y
    y = sheet.write("y", y)
    u = 2 * (y - t)
    for name, value in (
        ("squares for the derivatives", (y - t) ** 2),
        ("targets alone", 2 * t),
        ("two in front of the outputs alone", 2 * y - t),
        ("square kept", 2 * (y - t) ** 2),
        ("four for two", 4 * (y - t)),
        ("targets in another order", 2 * (y - t[::-1])),
        ("sum for the differences", np.full(len(t), 2 * (y - t).sum())),
        ("plus at the first target", 2 * (y - t) + 4 * t * (np.arange(len(t)) == 0)),
        ("mean for the sum of squares", 2 * (y - t) / len(t)),
    ):
        u = value if sheet(name) else u
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
    for name, value in (
        ("outputs for derivatives", W.T @ y),
        ("two forgotten on the way", W.T @ (y - t)),
        ("last output left out", W[:-1].T @ u[:-1]),
        ("components swapped", g[::-1]),
        ("column sums alone", W.sum(axis=0)),
        ("derivatives added up first", W.sum(axis=0) * u.sum()),
        ("minus between the terms", W[0] * u[0] - W[1:].T @ u[1:]),
        ("inputs as well", (W.T @ u) * x),
        ("residuals squared on the way", W.T @ (y - t) ** 2),
    ):
        g = value if sheet(name) else g
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
        slip("other column in the formula", "index-off names-swapped", "first"),
        slip("square kept in the formula", "power-kept exponent-off", "first"),
        slip("targets in front in the formula", "names-swapped", "first"),
        slip("sign in the formula", "sign whole-sign names-swapped", "first"),
        slip("first output alone in the formula", "term-dropped", "first"),
        slip("weights squared in the formula", "exponent-off", "first"),
        slip("input in the formula", "names-swapped", "first"),
        slip("squares for the derivatives", "function-for-derivative", "u"),
        slip("targets alone", "term-dropped names-swapped", "u r"),
        slip("two in front of the outputs alone", "factor-two factor-dropped other-convention", "u"),
        slip("square kept", "power-kept exponent-off", "u"),
        slip("four for two", "factor-two", "u"),
        slip("targets in another order", "permuted index-off", "u r"),
        slip("sum for the differences", "wrong-axis differences-added", "u"),
        slip("inputs swapped", "permuted names-swapped index-off", "y"),
        slip("second input left out", "term-dropped", "y"),
        slip("minus between the products", "sign", "y"),
        slip("targets taken off the outputs", "other-convention names-swapped", "y"),
        slip("signs lost in the outputs", "sign", "y"),
        slip("outputs for derivatives", "names-swapped", "g"),
        slip("two forgotten on the way", "names-swapped factor-two", "g"),
        slip("last output left out", "term-dropped", "g"),
        slip("components swapped", "permuted", "g"),
        slip("column sums alone", "factor-dropped", "g"),
        slip("derivatives added up first", "wrong-axis taken-apart", "g"),
        slip("minus between the terms", "sign", "g"),
        slip("inputs as well", "other-convention", "g"),
        slip("two in front of the first term alone", "factor-two factor-dropped", "first"),
        slip("bracket forgotten in the formula", "brackets factor-dropped constant-term", "first"),
        slip("sign of a weight lost", "sign", "y"),
        slip("first input for both", "names-swapped index-off", "y"),
        slip("plus at the first target", "sign", "u r"),
        slip("mean for the sum of squares", "sum-for-mean", "u"),
        slip("residuals squared on the way", "exponent-off function-for-derivative names-swapped", "g"),
        pen("entry-sign", "g u y"),
        pen("digit", "g u y"),
        pen("digits", "g u y"),
        pen("permuted", "g u y"),
        pen("power-of-ten", "g u y"),
    ),
    (("two lost", "not transposed"), ("target forgotten", "uphill")),
)

FAMILIES = (JACOBIAN, SQUARED_LOSS)
