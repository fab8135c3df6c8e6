"""The chain rule with vectors: back through layers, through softmax, and a step along a gradient."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def longer(given: Given, sheet: Sheet) -> None:
    """A step u = A'f, the new value f + Au, the squares of both norms."""
    A, f = np.array(given["A"], float), np.array(given["f"], float)
    square = len(f) == 2
    u = A.T @ f
    if square and sheet("not transposed"):
        u = A @ f
    if sheet("square not halved"):
        u = 2 * A.T @ f
    if sheet("sign of a product in u"):
        u[0] -= 2 * A[-1, 0] * f[-1]
    if sheet("a product left out in u"):
        u[0] -= A[-1, 0] * f[-1]
    if sheet("f left out"):
        u = A.sum(axis=0)
    u = sheet.write("u", u)
    du = A @ u
    if square and sheet("transposed again"):
        du = A.T @ u
    if sheet("a product left out in the change"):
        du[1] -= A[1, 1] * u[1]
    new = f + du
    if sheet("change alone"):
        new = du
    if square and sheet("step added itself"):
        new = f + u
    if sheet("change subtracted"):
        new = f - du
    if square and sheet("Jacobian from both sides"):
        new = f + A.T @ (A @ f)
    new = sheet.write("new", new)
    before, after = f @ f, new @ new
    if sheet("norm itself"):
        before, after = np.sqrt(before), np.sqrt(after)
    if sheet("square of the sum"):
        before, after = f.sum() ** 2, new.sum() ** 2
    if sheet("last coordinate left out"):
        before = f[:-1] @ f[:-1]
    if sheet("minus sign squared to minus") and min(new) < 0:
        after = np.sum(new * abs(new))
    if sheet("coordinates added"):
        before = f.sum()
    if sheet("old one with the new one"):
        after = f @ new
    if sheet("squares added"):
        after = f @ f + du @ du
    if sheet("change squared alone"):
        after = du @ du
    sheet.write("before", before)
    sheet.write("after", after)


LONGER = Family(
    "norm-ascent-jacobian",
    longer,
    (
        slip("not transposed", "not-transposed transpose-missing", "u"),
        slip("square not halved", "square-not-halved factor-two", "u"),
        slip("sign of a product in u", "sign entry-sign", "u"),
        slip("a product left out in u", "term-dropped entry-left-out", "u"),
        slip("f left out", "factor-dropped", "u"),
        slip("transposed again", "transposed-again transpose-extra", "du new"),
        slip("a product left out in the change", "term-dropped entry-left-out", "du new"),
        slip("change alone", "change-only term-dropped", "new"),
        slip("step added itself", "step-added-itself factor-dropped", "new du"),
        slip("change subtracted", "sign", "new"),
        slip(
            "Jacobian from both sides",
            "both-sides product-reversed transpose-extra transposed-again names-swapped",
            "new du",
        ),
        slip("norm itself", "norm-not-squared root-missing power-dropped", "before after"),
        slip("square of the sum", "square-of-the-sum", "before after"),
        slip("last coordinate left out", "last-left-out term-dropped entry-left-out", "before"),
        slip("minus sign squared to minus", "minus-kept sign", "after"),
        slip("coordinates added", "coordinates-added power-dropped", "before"),
        slip("old one with the new one", "old-with-new names-swapped old-for-new", "after"),
        slip("squares added", "squares-added term-dropped", "after"),
        slip("change squared alone", "names-swapped change-only term-dropped", "after"),
        pen("entry-sign", "u new"),
        pen("permuted", "u"),
    ),
    (("not transposed", "change alone"),),
)


def softmax(given: Given, sheet: Sheet) -> None:
    """diag(p) - pp', and what it makes of a small change."""
    p, d = np.array(given["p"], float), np.array(given["d"], float)
    outer, diagonal = np.outer(p, p), np.diag(p * (1 - p))
    beside = outer - np.diag(p * p)
    J = np.diag(p) - outer
    for name, wrong in (
        ("diagonal alone", diagonal),
        ("plus throughout", np.diag(p) + outer),
        ("plus beside the diagonal", diagonal + beside),
        ("sign of all", -J),
        ("probabilities on the diagonal", np.diag(p) - beside),
        ("minus squares on the diagonal", -outer),
        ("plus squares on the diagonal", np.diag(p * p) - beside),
        ("complement beside the diagonal", diagonal - p[:, None] * (1 - p)[None, :] + np.diag(p * (1 - p))),
        ("factor lost on the diagonal", np.diag(1 - p) - beside),
        ("sum for the product", diagonal - (p[:, None] + p[None, :]) + 2 * np.diag(p)),
    ):
        if sheet(name):
            J = wrong
    J = sheet.write("J", J)
    dp = J @ d
    if sheet("diagonal times change"):
        dp = np.diag(J) * d
    if sheet("p times change"):
        dp = p * d
    if sheet("a product left out"):
        dp[0] -= J[0, 2] * d[2]
    if sheet("sign of a product"):
        dp[0] -= 2 * J[0, 2] * d[2]
    if sheet("sum of each row"):
        dp = J.sum(axis=1) + d
    dp = sheet.write("dp", dp)
    new = p + dp
    if sheet("change of z added"):
        new = p + d
    if sheet("change subtracted"):
        new = p - dp
    if sheet("change alone"):
        new = dp
    if sheet("made to add up to one"):
        new = (p + d) / (p + d).sum()
    sheet.write("new", new)


SOFTMAX = Family(
    "softmax-jacobian",
    softmax,
    (
        slip("diagonal alone", "diagonal-only term-dropped", "J"),
        slip("plus throughout", "plus-sign sign", "J"),
        slip("plus beside the diagonal", "positive-beside sign", "J"),
        slip("sign of all", "sign whole-sign", "J"),
        slip("probabilities on the diagonal", "probabilities-on-the-diagonal term-dropped", "J"),
        slip("minus squares on the diagonal", "squares-on-the-diagonal term-dropped", "J"),
        slip("plus squares on the diagonal", "plus-squares squares-on-the-diagonal sign", "J"),
        slip("complement beside the diagonal", "complement-beside other-convention complement index-off", "J"),
        slip("factor lost on the diagonal", "factor-dropped factor-lost", "J"),
        slip("sum for the product", "sum-beside other-operation", "J"),
        slip("diagonal times change", "entries-multiplied term-dropped elementwise", "dp"),
        slip("p times change", "entries-multiplied term-dropped names-swapped", "dp"),
        slip("a product left out", "term-dropped entry-left-out", "dp"),
        slip("sign of a product", "sign entry-sign", "dp"),
        slip("sum of each row", "wrong-axis other-operation other-quantity factor-dropped", "dp"),
        slip("made to add up to one", "other-operation other-quantity", "new"),
        slip("change of z added", "step-added names-swapped factor-dropped", "new"),
        slip("change subtracted", "sign", "new"),
        slip("change alone", "term-dropped other-blank", "new"),
        pen("entry-sign", "J dp"),
        pen("entry-point", "J dp"),
        pen("permuted", "dp"),
    ),
    (("plus beside the diagonal", "change subtracted"),),
)


def layer(given: Given, sheet: Sheet) -> None:
    """Three gradients of z = Wx + b, or of z = W'x + b."""
    straight = given["layer"] == "straight"
    W, x, b, g = (np.array(given[name], float) for name in "Wxbg")
    M = W if straight else W.T
    z = M @ x + b
    gx = M.T @ g
    if sheet("outputs sent back"):
        gx = M.T @ z
    if sheet("a product left out in gx"):
        gx[0] -= M[-1, 0] * g[-1]
    if sheet("sign of a product in gx"):
        gx[0] -= 2 * M[-1, 0] * g[-1]
    if sheet("b added"):
        gx = gx + b[0]
    if sheet("g left out in gx"):
        gx = M.sum(axis=0)
    if sheet("x multiplied in"):
        gx = gx * x
    if sheet("sign of gx"):
        gx = -gx
    if sheet("g and b mixed up"):
        gx = M.T @ b
    gW = np.outer(g, x)
    if sheet("outputs for derivatives"):
        gW = np.outer(z, x)
    if sheet("weights multiplied in"):
        gW = gW * M
    if sheet("g left out in gW"):
        gW = np.outer(np.ones(len(g)), x)
    if sheet("x left out in gW"):
        gW = np.outer(g, np.ones(len(x)))
    if sheet("gradient by x for x"):
        gW = np.outer(g, gx)
    if sheet("b for g in gW"):
        gW = np.outer(b, x)
    if not straight:
        gW = gW.T
    if sheet("transposed"):
        gW = gW.T
    gb = g.copy()
    if sheet("g times b"):
        gb = g * b
    if sheet("ones"):
        gb = np.ones(len(g))
    if sheet("b itself"):
        gb = b
    if sheet("sign of gb"):
        gb = -g
    if sheet("outputs in gb"):
        gb = z
    sheet.write("gx", gx)
    sheet.write("gW", gW)
    sheet.write("gb", gb)


LAYER = Family(
    "chain-shape-check",
    layer,
    (
        slip("outputs sent back", "other-vector-for-x", "gx"),
        slip("a product left out in gx", "term-dropped entry-left-out", "gx"),
        slip("sign of a product in gx", "sign entry-sign", "gx"),
        slip("g left out in gx", "factor-dropped", "gx"),
        slip("x multiplied in", "term-extra factor-extra", "gx"),
        slip("sign of gx", "sign whole-sign", "gx"),
        slip("g and b mixed up", "names-swapped", "gx"),
        slip("outputs for derivatives", "output-for-derivative names-swapped", "gW"),
        slip("gradient by x for x", "names-swapped other-quantity other-blank", "gW"),
        slip("weights multiplied in", "entrywise-weights", "gW"),
        slip("g left out in gW", "factor-dropped", "gW"),
        slip("x left out in gW", "factor-dropped", "gW"),
        slip("b for g in gW", "names-swapped", "gW"),
        slip("transposed", "transposed-outer transposed transpose-missing rows-for-columns", "gW"),
        slip("g times b", "bias-counted", "gb"),
        slip("ones", "one-for-the-bias", "gb"),
        slip("b itself", "bias-itself names-swapped", "gb"),
        slip("sign of gb", "sign whole-sign", "gb"),
        slip("outputs in gb", "names-swapped output-for-the-bias", "gb"),
        pen("entry-sign", "gx gW"),
    ),
    (("transposed", "g times b"),),
)


def three_maps(given: Given, sheet: Sheet) -> None:
    """y = f(g(k(x))): the value inside, the two inner Jacobians, the product."""
    a, b, c, d, s = (given[name] for name in "abcds")
    x, F = np.array(given["x"], float), np.array(given["F"], float)
    row, value = {
        "product": ([x[1], x[0]], x[0] * x[1]),
        "first": ([2 * x[0], c], x[0] ** 2 + c * x[1]),
        "second": ([c, 2 * x[1]], c * x[0] + x[1] ** 2),
    }[given["inner"]]
    first = a * x[0] + b * x[1]
    if sheet("sign in k"):
        first = a * x[0] - b * x[1]
    if sheet("coordinates swapped in k"):
        first = a * x[1] + b * x[0]
    if given["inner"] != "product" and sheet("square forgotten in k"):
        value = x[0] + c * x[1] if given["inner"] == "first" else c * x[0] + x[1]
    u = sheet.write("u", np.array([first, value]))
    if given["inner"] == "product" and sheet("product differentiated in place"):
        row = [x[0], x[1]]
    if given["inner"] != "product" and sheet("two lost in k"):
        row = [entry / 2 if entry != c else entry for entry in row]
    if given["inner"] != "product" and sheet("square kept in k"):
        row = [2 * x[0] ** 2, c] if given["inner"] == "first" else [c, 2 * x[1] ** 2]
    K = np.array([[a, b], row], float)
    if sheet("k transposed"):
        K = K.T
    if sheet("inputs multiplied in"):
        K[0] = [a * x[0], b * x[1]]
    K = sheet.write("K", K)
    at = x if sheet("g at x") else u
    product = given["outer"] == "product"
    G = np.array([[at[1], at[0]], [s, d]] if product else [[2 * at[0], d], [s, -2 * at[1]]], float)
    if product and sheet("product differentiated in place in g"):
        G[0] = at
    if not product and sheet("two lost in g"):
        G[0, 0] /= 2
    if not product and sheet("minus lost in g"):
        G[1, 1] = -G[1, 1]
    if sheet("g transposed"):
        G = G.T
    G = sheet.write("G", G)
    J = F @ G @ K
    if len(F) == 2 and sheet("order reversed"):
        J = K @ G @ F
    if sheet("inner two swapped"):
        J = F @ K @ G
    if sheet("k left out"):
        J = F @ G
    if sheet("g left out"):
        J = F @ K
    if len(F) == 2 and sheet("f left out"):
        J = G @ K
    if len(F) == 2 and sheet("entry by entry"):
        J = F * G * K
    if sheet("g multiplied transposed"):
        J = F @ G.T @ K
    if len(F) == 2 and sheet("result transposed"):
        J = J.T
    sheet.write("J", J)


MAPS = Family(
    "chain-jacobian-product",
    three_maps,
    (
        slip("sign in k", "sign", "u"),
        slip("coordinates swapped in k", "coordinates-swapped names-swapped permuted index-off", "u"),
        slip("square forgotten in k", "power-dropped", "u"),
        slip("product differentiated in place", "permuted names-swapped index-off", "K"),
        slip("two lost in k", "factor-two factor-dropped", "K"),
        slip("square kept in k", "square-kept power-kept exponent-off", "K"),
        slip("k transposed", "layout k-transposed transposed transpose-missing rows-for-columns", "K"),
        slip("inputs multiplied in", "inputs-multiplied constant-kept factor-extra", "K"),
        slip("g at x", "inner-at-x wrong-point names-swapped", "G"),
        slip("product differentiated in place in g", "permuted names-swapped index-off", "G"),
        slip("two lost in g", "factor-two factor-dropped", "G"),
        slip("minus lost in g", "sign entry-sign", "G"),
        slip("g transposed", "layout g-transposed transposed transpose-missing rows-for-columns", "G"),
        slip("order reversed", "reversed-order product-reversed", "J"),
        slip("inner two swapped", "inner-order product-reversed", "J M"),
        slip("k left out", "k-left-out factor-dropped", "J M"),
        slip("g left out", "g-left-out factor-dropped", "J M"),
        slip("f left out", "f-left-out factor-dropped", "J"),
        slip("entry by entry", "entrywise elementwise", "J"),
        slip("g multiplied transposed", "transpose-extra transpose-missing g-transposed", "J M"),
        slip("result transposed", "layout transposed transpose-missing", "J"),
        pen("entry-sign", "K G J"),
        pen("permuted", "u"),
    ),
    (("k transposed", "g at x"),),
)


def composite(given: Given, sheet: Sheet) -> None:
    """The gradient of f(x1, g(x2, x3)), through the value inside and the derivatives of both functions."""
    a, b, c, x, n = given["a"], given["b"], given["c"], np.array(given["x"], float), int(given["n"])
    outer, inner, last = given["outer"], given["inner"], [b] if n == 4 else []
    size = n
    if sheet("arguments of f counted"):
        size = 2
    if sheet("t counted as well"):
        size = n + 1
    if sheet("x1 not counted"):
        size = n - 1
    sheet.write("size", size)
    t = {"product": x[1] * x[2], "square": x[1] ** 2 + c * x[2], "quotient": x[1] / x[2]}[inner]
    if inner == "square" and sheet("square forgotten inside"):
        t = x[1] + c * x[2]
    if inner == "quotient" and sheet("quotient upside down"):
        t = x[2] / x[1]
    t += b * x[3] if n == 4 and not sheet("last term left out") else 0
    t = sheet.write("t", t)
    s = x[0]
    fs, ft = {
        "product": (a * t, a * s),
        "squares": (2 * s, 2 * a * t),
        "mixed": (2 * a * s * t, a * s**2),
        "logarithm": (a, b / t),
    }[outer]
    for name, only, wrong in (
        ("letter kept in fs", "product", (a * s * t, ft)),
        ("derivatives of f swapped", "product", (ft, fs)),
        ("letter kept in fs", "logarithm", (a * s, ft)),
        ("two lost in ft", "squares", (fs, a * t)),
        ("two lost in fs", "squares", (s, ft)),
        ("two lost in fs", "mixed", (a * s * t, ft)),
        ("square lost in ft", "mixed", (fs, a * s)),
        ("logarithm kept in ft", "logarithm", (fs, b * np.log(abs(t)))),
        ("factor of the logarithm lost", "logarithm", (fs, 1 / t)),
        ("fraction upside down", "logarithm", (fs, t / b)),
        ("other term kept in fs", "squares", (2 * s + a * t**2, ft)),
    ):
        if outer == only and sheet(name):
            fs, ft = wrong
    fs, ft = sheet.write("fs", fs), sheet.write("ft", ft)
    gp = {"product": [x[2], x[1]], "square": [2 * x[1], c], "quotient": [1 / x[2], -x[1] / x[2] ** 2]}[inner]
    for name, only, wrong in (
        ("derivatives of g swapped", "product", [x[1], x[2]]),
        ("two lost in g", "square", [x[1], c]),
        ("letter kept in g", "square", [2 * x[1], c * x[2]]),
        ("square kept in g", "square", [2 * x[1] ** 2, c]),
        ("minus lost in g", "quotient", [1 / x[2], x[1] / x[2] ** 2]),
        ("square below lost in g", "quotient", [1 / x[2], -x[1] / x[2]]),
    ):
        if inner == only and sheet(name):
            gp = wrong
    gp = sheet.write("gp", np.array([*gp, *last], float))
    G = np.array([fs, *(ft * gp)])
    if sheet("derivatives of g left out"):
        G = np.array([fs, *([ft] * (n - 1))])
    if sheet("derivative of f left out"):
        G = np.array([fs, *gp])
    if sheet("fs added to all"):
        G = np.array([fs, *(fs + ft * gp)])
    if sheet("fs for ft"):
        G = np.array([fs, *(fs * gp)])
    if sheet("all multiplied by ft"):
        G = np.array([fs * ft, *(ft * gp)])
    if sheet("derivatives added"):
        G = np.array([fs, *(ft + gp)])
    if sheet("t for ft"):
        G = np.array([fs, *(t * gp)])
    if sheet("fs left out"):
        G = ft * gp
    sheet.write("G", G)


COMPOSITE = Family(
    "grad-composite",
    composite,
    (
        slip("arguments of f counted", "arguments-counted", "size"),
        slip("t counted as well", "one-too-many one-off term-extra", "size"),
        slip("x1 not counted", "first-not-counted one-off arguments-counted", "size"),
        slip("square forgotten inside", "power-dropped", "t"),
        slip("quotient upside down", "inverted reciprocal names-swapped", "t"),
        slip("last term left out", "term-dropped", "t"),
        slip("letter kept in fs", "power-kept factor-extra constant-kept letter-kept function-for-derivative", "fs"),
        slip("derivatives of f swapped", "names-swapped other-blank", "fs ft"),
        slip("two lost in ft", "factor-two factor-dropped", "ft"),
        slip("two lost in fs", "factor-two factor-dropped", "fs"),
        slip("square lost in ft", "power-dropped exponent-off", "ft"),
        slip("logarithm kept in ft", "function-for-derivative table-slip logarithm-kept", "ft"),
        slip("factor of the logarithm lost", "factor-dropped", "ft"),
        slip("fraction upside down", "inverted reciprocal", "ft"),
        slip("other term kept in fs", "constant-kept other-term-kept", "fs"),
        slip("derivatives of g swapped", "permuted names-swapped index-off", "gp"),
        slip("two lost in g", "factor-two factor-dropped", "gp"),
        slip("letter kept in g", "power-kept constant-kept factor-extra letter-kept-inside", "gp"),
        slip("square kept in g", "square-kept-inside power-kept exponent-off", "gp"),
        slip("minus lost in g", "sign entry-sign minus-of-the-quotient-lost", "gp"),
        slip("square below lost in g", "power-dropped exponent-off", "gp"),
        slip("derivatives of g left out", "outer-alone inner-lost factor-dropped", "G"),
        slip("derivative of f left out", "inner-alone factor-dropped", "G"),
        slip("fs added to all", "first-added-to-all", "G"),
        slip("fs for ft", "first-factor names-swapped", "G"),
        slip("all multiplied by ft", "all-multiplied factor-extra", "G"),
        slip("derivatives added", "other-operation", "G"),
        slip("t for ft", "names-swapped function-for-derivative", "G"),
        slip("fs left out", "size line-missing", "G"),
        pen("entry-sign", "gp G"),
    ),
    (("derivatives of g swapped", "fs added to all"),),
)

FAMILIES = (LONGER, SOFTMAX, LAYER, MAPS, COMPOSITE)
