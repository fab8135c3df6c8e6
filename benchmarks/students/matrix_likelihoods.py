"""Matrix derivatives of likelihoods: logistic loss, mean, covariance and value for normal vectors."""

from __future__ import annotations

import numpy as np

from benchmarks.students.matrix_statistics import arrays
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put

SIGN = "sign whole-sign"

# ----- Logistic loss -------------------------------------------------------------------------------------------------


def logistic(given: Given, sheet: Sheet) -> None:
    """Gradient and Hessian of c Σ ln(1 + exp(-y xᵀw)) + λ wᵀw; sigmoids and gradient in numbers."""
    c = given["c"]
    s, back = "sigmoid(-y .* (X*w))", "sigmoid(y .* (X*w))"

    def own(text: str) -> str:
        return put(text.replace("SIGMA", s), c=c)

    sheet.write("G", chosen(
        sheet, own("-c*X'*(y .* SIGMA) + 2*λ*w"),
        ("sigmoid turned", own(f"-c*X'*(y .* {back}) + 2*λ*w")), ("labels lost", own("-c*X'*SIGMA + 2*λ*w")),
        ("minus lost", own("c*X'*(y .* SIGMA) + 2*λ*w")), ("penalty not doubled", own("-c*X'*(y .* SIGMA) + λ*w")),
        ("penalty forgotten", own("-c*X'*(y .* SIGMA)")), ("penalty of ones", own("-c*X'*(y .* SIGMA) + 2*λ")),
        ("labels lost inside", own("-c*X'*(y .* sigmoid(-X*w)) + 2*λ*w")),
        ("labels lost everywhere", own("-c*X'*sigmoid(-X*w) + 2*λ*w")),
        ("X not transposed", own("-c*X*(y .* SIGMA) + 2*λ*w")),
        ("penalty with a minus", own("-c*X'*(y .* SIGMA) - 2*λ*w")),
        ("denominator lost", own("-c*X'*(y .* exp(-y .* (X*w))) + 2*λ*w")),
        ("exponential lost", own(f"-c*X'*(y .* {back}) + 2*λ*w")), ("X lost", own("-c*(y .* SIGMA) + 2*λ*w")),
        ("derivative of the sigmoid", own("-c*X'*(y .* SIGMA .* (1 - SIGMA)) + 2*λ*w")),
        ("number lost", own("-X'*(y .* SIGMA) + 2*λ*w")),
    ))  # fmt: skip
    sheet.write("H", chosen(
        sheet, own("c*X'*diag(SIGMA .* (1 - SIGMA))*X + 2*λ*I"),
        ("slope forgotten", own("c*X'*diag(SIGMA)*X + 2*λ*I")),
        ("square of the sigmoid", own("c*X'*diag(SIGMA .* SIGMA)*X + 2*λ*I")),
        ("labels kept", own("c*X'*diag(y .* SIGMA .* (1 - SIGMA))*X + 2*λ*I")),
        ("minus in the Hessian", own("-c*X'*diag(SIGMA .* (1 - SIGMA))*X + 2*λ*I")),
        ("penalty not doubled in the Hessian", own("c*X'*diag(SIGMA .* (1 - SIGMA))*X + λ*I")),
        ("penalty lost in the Hessian", own("c*X'*diag(SIGMA .* (1 - SIGMA))*X")),
        ("plus in the slope", own("c*X'*diag(SIGMA .* (1 + SIGMA))*X + 2*λ*I")),
        ("middle left out", own("c*X'*X + 2*λ*I")),
        ("number lost in the Hessian", own("X'*diag(SIGMA .* (1 - SIGMA))*X + 2*λ*I")),
    ))  # fmt: skip
    X, y, w = arrays(given, "X0", "y0", "w0")
    lam = given["lambda0"]
    u = y * (X @ w)
    right = 1 / (1 + np.exp(u))
    q = sheet.write("s0", chosen(
        sheet, right,
        ("margins turned", 1 - right), ("labels lost in numbers", 1 / (1 + np.exp(X @ w))),
        ("exponentials alone", np.exp(-u)),
        ("slope for the sigmoid", right * (1 - right)), ("tanh for the sigmoid", np.tanh(-u)),
        ("margins themselves", -u),
        ("logarithms left out", 1 / (1 + np.exp(y * (X @ np.exp(w))))),
        ("weights crossed", 1 / (1 + np.exp(y * (X @ w[::-1])))),
        ("minus below", 1 / (1 - np.exp(u))), ("turned over", 1 + np.exp(u)),
    ))  # fmt: skip
    g = -c * X.T @ (y * q) + 2 * lam * w
    sheet.write("g0", chosen(
        sheet, g,
        ("minus lost in numbers", c * X.T @ (y * q) + 2 * lam * w),
        ("labels lost at the end", -c * X.T @ q + 2 * lam * w),
        ("penalty lost in numbers", -c * X.T @ (y * q)),
        ("penalty not doubled in numbers", -c * X.T @ (y * q) + lam * w),
        ("penalty with a minus in numbers", -c * X.T @ (y * q) - 2 * lam * w),
        ("logarithms left out of the penalty", -c * X.T @ (y * q) + 2 * lam * np.exp(w)),
        ("last object left out", -c * X[:2].T @ (y * q)[:2] + 2 * lam * w),
        ("mean for the sum", -c * X.T @ (y * q) / 3 + 2 * lam * w),
        ("penalty of ones in numbers", -c * X.T @ (y * q) + 2 * lam),
        ("slopes for the sigmoids", -c * X.T @ (y * q * (1 - q)) + 2 * lam * w),
        ("minus of the whole", -g),
    ))  # fmt: skip


LOGISTIC = Family(
    "md-logreg-l2",
    logistic,
    (
        slip("sigmoid turned", "sigmoid-turned sign", "G"),
        slip("labels lost", "labels-lost factor-dropped", "G"),
        slip("minus lost", f"minus-lost {SIGN}", "G"),
        slip("penalty not doubled", "penalty-not-doubled factor-two factor-dropped", "G"),
        slip("penalty forgotten", "penalty-forgotten term-dropped", "G"),
        slip("penalty of ones", "penalty-of-ones factor-dropped", "G"),
        slip("labels lost inside", "labels-lost-inside factor-dropped", "G"),
        slip("labels lost everywhere", "labels-lost-everywhere", "G"),
        slip("X not transposed", "transpose-missing", "G"),
        slip("penalty with a minus", "sign", "G"),
        slip("denominator lost", "denominator-lost divisor-dropped", "G"),
        slip("exponential lost", "exponential-lost sigmoid-turned sign", "G"),
        slip("X lost", "factor-dropped inner-lost", "G"),
        slip("derivative of the sigmoid", "derivative-for-function other-function derivative-of-the-sigmoid", "G"),
        slip("number lost", "factor-dropped factor-two constant-factor", "G"),
        slip("slope forgotten", "slope-forgotten factor-dropped other-function", "H"),
        slip("square of the sigmoid", "square-of-the-sigmoid", "H"),
        slip("labels kept", "labels-kept factor-extra", "H"),
        slip("minus in the Hessian", "hessian-with-minus sign", "H"),
        slip("penalty not doubled in the Hessian", "penalty-not-doubled factor-two factor-dropped", "H"),
        slip("penalty lost in the Hessian", "penalty-forgotten term-dropped", "H"),
        slip("plus in the slope", "sign", "H"),
        slip("middle left out", "factor-dropped", "H"),
        slip("number lost in the Hessian", "factor-dropped factor-two", "H"),
        slip("margins turned", "margins-turned sign complement", "s0"),
        slip("labels lost in numbers", "labels-lost-inside factor-dropped", "s0 u"),
        slip("exponentials alone", "divisor-dropped other-function term-dropped exponentials-alone", "s0"),
        slip("slope for the sigmoid", "derivative-for-function other-function", "s0"),
        slip("tanh for the sigmoid", "other-function", "s0"),
        slip("margins themselves", "activation-missing", "s0"),
        slip("logarithms left out", "logarithm-left-out activation-missing names-swapped log-base", "s0 u"),
        slip("weights crossed", "permuted names-swapped", "s0 u"),
        slip("minus below", "sign", "s0"),
        slip("turned over", "reciprocal", "s0"),
        slip("minus lost in numbers", f"minus-lost {SIGN}", "g0"),
        slip("labels lost at the end", "labels-lost factor-dropped", "g0"),
        slip("penalty lost in numbers", "penalty-forgotten term-dropped", "g0"),
        slip("penalty not doubled in numbers", "penalty-not-doubled factor-two factor-dropped", "g0"),
        slip("penalty with a minus in numbers", "sign", "g0"),
        slip("logarithms left out of the penalty", "weights-unpenalised-by-logarithm names-swapped", "g0"),
        slip("last object left out", "term-dropped", "g0"),
        slip("mean for the sum", "sum-for-mean factor-dropped", "g0"),
        slip("penalty of ones in numbers", "penalty-of-ones factor-dropped", "g0"),
        slip("slopes for the sigmoids", "derivative-for-function factor-extra derivative-of-the-sigmoid", "g0"),
        slip("minus of the whole", SIGN, "g0"),
        pen("digit", "s0 g0"),
        pen("entry-sign", "g0"),
        pen("permuted", "g0 s0"),
        pen("rounding", "s0 g0"),
    ),
    (("labels lost", "slope forgotten"), ("margins turned", "minus lost in numbers")),
)


# ----- The mean of normal vectors ------------------------------------------------------------------------------------


def normal_mean(given: Given, sheet: Sheet) -> None:
    """Gradient of one logarithm; differential, gradient, Hessian for the sample; mean and gradient in numbers."""
    spread = given["known"] == "covariance"
    K, other = ("inv(Sigma)", "Sigma") if spread else ("K", "inv(K)")
    sheet.write("g", chosen(
        sheet, f"{K}*(x - mu)",
        ("turned round", f"{K}*(mu - x)"), ("half kept", f"1/2*{K}*(x - mu)"), ("matrix lost", "x - mu"),
        ("other matrix", f"{other}*(x - mu)"),
        ("two kept", f"2*{K}*(x - mu)"), ("row for a column", f"(x - mu)'*{K}"), ("plus between", f"{K}*(x + mu)"),
        ("exponent itself", f"-1/2*(x - mu)'*{K}*(x - mu)"), ("mean lost", f"{K}*x"),
        ("order turned", f"(x - mu)*{K}"),
    ))  # fmt: skip
    sheet.write("D", chosen(
        sheet, f"n*(a - mu)'*{K}*h",
        ("number lost in the differential", f"(a - mu)'*{K}*h"),
        ("other matrix in the differential", f"n*(a - mu)'*{other}*h"),
        ("minus in the differential", f"-n*(a - mu)'*{K}*h"), ("half in the differential", f"n/2*(a - mu)'*{K}*h"),
        ("matrix lost in the differential", "n*(a - mu)'*h"),
        ("n at the mean alone", f"(n*a - mu)'*{K}*h"),
    ))  # fmt: skip
    sheet.write("G", chosen(
        sheet, f"n*{K}*(a - mu)",
        ("number lost", f"{K}*(a - mu)"), ("turned round in the sum", f"n*{K}*(mu - a)"),
        ("n at the mean", f"{K}*(n*a - mu)"), ("half kept in the sum", f"n/2*{K}*(a - mu)"),
        ("matrix lost in the sum", "n*(a - mu)"), ("other matrix in the sum", f"n*{other}*(a - mu)"),
        ("divided by n", f"{K}*(a - mu)/n"),
        ("row for a column in the sum", f"n*(a - mu)'*{K}"), ("plus in the sum", f"n*{K}*(a + mu)"),
    ))  # fmt: skip
    sheet.write("Q", chosen(
        sheet, f"-n*{K}",
        ("plus in the Hessian", f"n*{K}"), ("number lost in the Hessian", f"-{K}"),
        ("other matrix in the Hessian", f"-n*{other}"),
        ("two in the Hessian", f"-2*n*{K}"), ("half in the Hessian", f"-n/2*{K}"),
    ))  # fmt: skip
    X, mu, C = arrays(given, "X0", "mu0", "C0")
    inverse, D = np.linalg.inv(C), np.linalg.det(C)
    m = sheet.write("m", chosen(
        sheet, X.mean(axis=0),
        ("medians", np.median(X, axis=0)), ("sums", X.sum(axis=0)), ("one less below", X.sum(axis=0) / 2),
        ("sizes averaged", np.abs(X).mean(axis=0)), ("middle of the range", (X.max(axis=0) + X.min(axis=0)) / 2),
        ("means of the rows", X.mean(axis=1)[:2]), ("last left out", X[:2].mean(axis=0)),
        ("sum of two", X[:2].sum(axis=0) / 3),
    ))  # fmt: skip
    k, wrong = (inverse, C) if spread else (C, inverse)
    t = m - mu
    flip = np.array([[C[1, 1], C[0, 1]], [C[0, 1], C[0, 0]]]) / D if spread else C * [[1, -1], [-1, 1]]
    plain = C * [[1, -1], [-1, 1]] / D if spread else C[::-1, ::-1]
    sheet.write("g0", chosen(
        sheet, 3 * k @ t,
        ("turned round in numbers", -3 * k @ t), ("number lost in numbers", k @ t), ("matrix lost in numbers", 3 * t),
        ("other matrix in numbers", 3 * wrong @ t),
        ("half in numbers", 1.5 * k @ t), ("not divided", 3 * D * k @ t if spread else 3 * C @ t / D),
        ("signs of the inverse", 3 * flip @ t),
        ("diagonal not swapped", 3 * plain @ t),
        ("diagonals alone", 3 * t / np.diag(C) if spread else 3 * t * np.diag(C)),
        ("plus between in numbers", 3 * k @ (m + mu)), ("differences swapped", 3 * k @ t[::-1]),
        ("mean alone", 3 * k @ m), ("three at the mean", k @ (3 * m - mu)),
    ))  # fmt: skip


MEAN = Family(
    "md-gaussian-mle-mu",
    normal_mean,
    (
        slip("turned round", f"turned-round {SIGN} product-reversed", "g"),
        slip("half kept", "half-kept factor-two", "g"),
        slip("matrix lost", "matrix-lost factor-dropped", "g"),
        slip("other matrix", "other-matrix inverse-missing inverted", "g"),
        slip("two kept", "factor-two", "g"),
        slip("row for a column", "layout transposed", "g"),
        slip("plus between", "sign", "g"),
        slip("exponent itself", "function-for-derivative", "g"),
        slip("mean lost", "term-dropped", "g"),
        slip("order turned", "product-reversed", "g"),
        slip("number lost in the differential", "number-lost factor-dropped", "D"),
        slip("other matrix in the differential", "other-matrix inverse-missing column-in-front inverted", "D"),
        slip("minus in the differential", SIGN, "D"),
        slip("half in the differential", "half-kept factor-two", "D"),
        slip("matrix lost in the differential", "matrix-lost factor-dropped", "D"),
        slip("n at the mean alone", "mean-subtracted-once brackets", "D"),
        slip("number lost", "number-lost factor-dropped", "G"),
        slip("turned round in the sum", f"turned-round {SIGN} product-reversed", "G"),
        slip("n at the mean", "mean-subtracted-once brackets", "G"),
        slip("half kept in the sum", "half-kept factor-two", "G"),
        slip("matrix lost in the sum", "matrix-lost factor-dropped", "G"),
        slip("other matrix in the sum", "other-matrix inverse-missing inverted", "G"),
        slip("divided by n", "inverted other-operation", "G"),
        slip("row for a column in the sum", "layout transposed", "G"),
        slip("plus in the sum", "sign", "G"),
        slip("plus in the Hessian", f"hessian-with-plus {SIGN}", "Q"),
        slip("number lost in the Hessian", "number-lost-in-hessian factor-dropped", "Q"),
        slip("other matrix in the Hessian", "other-matrix-in-hessian inverse-missing inverted", "Q"),
        slip("two in the Hessian", "factor-two", "Q"),
        slip("half in the Hessian", "factor-two", "Q"),
        slip("medians", "medians", "m"),
        slip("sums", "sum-for-mean factor-dropped", "m"),
        slip("one less below", "one-less one-off", "m"),
        slip("sizes averaged", "sign sizes-averaged", "m"),
        slip("middle of the range", "middle-of-the-range", "m"),
        slip("means of the rows", "wrong-axis row-means", "m"),
        slip("last left out", "last-left-out term-dropped", "m"),
        slip("sum of two", "term-dropped", "m"),
        slip("turned round in numbers", f"turned-round {SIGN} product-reversed", "g0"),
        slip("number lost in numbers", "number-lost factor-dropped", "g0"),
        slip("matrix lost in numbers", "matrix-lost factor-dropped", "g0"),
        slip("other matrix in numbers", "other-matrix inverse-missing inverted", "g0"),
        slip("half in numbers", "half-kept factor-two", "g0"),
        slip("not divided", "not-divided divisor-dropped", "g0"),
        slip("signs of the inverse", "minus-of-the-inverse sign", "g0"),
        slip("diagonal not swapped", "diagonal-not-swapped permuted", "g0"),
        slip("diagonals alone", "entries-divided elementwise", "g0"),
        slip("plus between in numbers", "sign", "g0"),
        slip("differences swapped", "permuted", "g0"),
        slip("mean alone", "term-dropped", "g0"),
        slip("three at the mean", "mean-subtracted-once brackets", "g0"),
        pen("entry-sign", "m g0"),
        pen("permuted", "m g0"),
    ),
    (("half kept", "number lost"), ("medians", "matrix lost in numbers")),
)


# ----- The covariance of normal vectors ------------------------------------------------------------------------------


def normal_spread(given: Given, sheet: Sheet) -> None:
    """Differential, gradient, estimate as formulas; mean, matrix S, estimate in numbers."""
    spread = given["by"] == "covariance"
    K = "inv(Sigma)" if spread else "inv(K)"
    one = "n/2*tr(inv(Sigma)*H)" if spread else "n/2*tr(inv(K)*H)"
    two = "1/2*tr(S*inv(Sigma)*H*inv(Sigma))" if spread else "1/2*tr(S*H)"
    right = f"{two} - {one}" if spread else f"{one} - {two}"
    sheet.write("D", chosen(
        sheet, right,
        ("both signs alike", f"-{one} - {two}" if spread else f"{one} + {two}"),
        ("first sign turned", f"{one} + {two}" if spread else f"-{one} - {two}"),
        ("number lost in the differential", right.replace("n/2", "1/2")),
        ("halves lost", right.replace("n/2", "n").replace("1/2*", "")),
        ("determinant alone", f"-{one}" if spread else one), ("S alone", two if spread else f"-{two}"),
        ("all turned", f"{one} - {two}" if spread else f"{two} - {one}"),
        ("inverses together", f"1/2*tr(S*inv(Sigma)*inv(Sigma)*H) - {one}" if spread else right),
        ("inverse lost", right.replace(f"tr({K}*H)", "tr(Sigma*H)" if spread else "tr(K*H)")),
        ("one inverse in the differential", f"1/2*tr(S*inv(Sigma)*H) - {one}" if spread else right),
    ))  # fmt: skip
    first, second = f"n/2*{K}", "1/2*inv(Sigma)*S*inv(Sigma)" if spread else "1/2*S"
    exact = f"{second} - {first}" if spread else f"{first} - {second}"
    sheet.write("G", chosen(
        sheet, exact,
        ("both signs alike in the gradient", f"-{first} - {second}" if spread else f"{first} + {second}"),
        ("first sign turned in the gradient", f"{first} + {second}" if spread else f"-{first} - {second}"),
        ("inverses together in the gradient", f"1/2*S*inv(Sigma)*inv(Sigma) - {first}" if spread else exact),
        ("one inverse in the gradient", f"1/2*inv(Sigma)*S - {first}" if spread else exact),
        ("inverse not differentiated", f"1/2*S*inv(Sigma) - {first}" if spread else f"{first} - 1/2*S*K"),
        ("determinant not inverted", f"{second} - n/2*Sigma" if spread else f"n/2*K - {second}"),
        ("number lost in the gradient", exact.replace("n/2", "1/2")),
        ("first half lost", exact.replace("n/2", "n")),
        ("both halves lost", exact.replace("n/2", "n").replace("1/2*", "")),
        ("only the determinant", f"-{first}" if spread else first),
        ("only S", second if spread else f"-{second}"),
        ("all turned in the gradient", f"{first} - {second}" if spread else f"{second} - {first}"),
        ("determinant below", f"{second} - n/(2*det(Sigma))*I" if spread else f"n/(2*det(K))*I - {second}"),
        ("second half lost", exact.replace("1/2*", "")),
        ("entries of a symmetric matrix", f"2*({exact}) - diag(diag({exact}))"),
    ))  # fmt: skip
    sheet.write("M", chosen(
        sheet, "S/n" if spread else "n*inv(S)",
        ("the other matrix", "n*inv(S)" if spread else "S/n"),
        ("one less", "S/(n - 1)" if spread else "(n - 1)*inv(S)"), ("n left out", "S" if spread else "inv(S)"),
        ("n on the wrong side", "n*S" if spread else "inv(S)/n"),
        ("half kept at the end", "S/(2*n)" if spread else "2*n*inv(S)"),
        ("minus at the end", "-S/n" if spread else "-n*inv(S)"),
        ("inverse left out", "S/n" if spread else "n*S"), ("two at the end", "2*S/n" if spread else "n*inv(S)/2"),
    ))  # fmt: skip
    X = arrays(given, "X0")[0]
    m = sheet.write("m", chosen(
        sheet, X.mean(axis=0),
        ("sums", X.sum(axis=0)), ("medians", np.median(X, axis=0)), ("sizes averaged", np.abs(X).mean(axis=0)),
        ("one less below", X.sum(axis=0) / 2),
    ))  # fmt: skip
    Z = X - m
    S = X.T @ X - 3 * np.outer(m, m)
    off = 1 - np.eye(2)
    S = sheet.write("S0", chosen(
        sheet, S,
        ("mean not subtracted", X.T @ X), ("mean subtracted once", X.T @ X - np.outer(m, m)),
        ("mixed products left out", S * np.eye(2)), ("last left out", Z[:2].T @ Z[:2]),
        ("signs lost beside the diagonal", np.abs(Z).T @ np.abs(Z)),
        ("sums multiplied", X.T @ X - 3 * np.outer(m, m) + off * (X[:, 0].sum() * X[:, 1].sum())),
        ("minus beside the diagonal", S * (1 - 2 * off)),
        ("divided at once", S / 3), ("mean added", (X + m).T @ (X + m)), ("halved", S / 2),
        ("diagonal swapped", S[::-1, ::-1]),
    ))  # fmt: skip
    sheet.write("V0", chosen(
        sheet, S / 3,
        ("one less below at the end", S / 2), ("not divided", S), ("roots taken", np.sqrt(np.abs(S / 3))),
        ("halved at the end", S / 6), ("inverse", 3 * np.linalg.inv(S)), ("one more below", S / 4),
    ))  # fmt: skip


SPREAD = Family(
    "md-gaussian-mle-sigma",
    normal_spread,
    (
        slip("both signs alike", "inverse-with-plus sign", "D"),
        slip("first sign turned", "sign first-sign-turned", "D"),
        slip("number lost in the differential", "number-lost factor-dropped", "D"),
        slip("halves lost", "factor-two halves-lost constant-factor factor-dropped", "D"),
        slip("determinant alone", "term-dropped only-the-determinant", "D"),
        slip("S alone", "term-dropped", "D"),
        slip("all turned", SIGN, "D"),
        slip("inverses together", "inverse-squared product-reversed", "D"),
        slip("inverse lost", "determinant-not-inverted inverse-missing", "D"),
        slip("one inverse in the differential", "factor-dropped one-inverse", "D"),
        slip("both signs alike in the gradient", "inverse-with-plus sign", "G"),
        slip("first sign turned in the gradient", "first-sign-turned sign", "G"),
        slip("inverses together in the gradient", "inverse-squared product-reversed", "G"),
        slip("one inverse in the gradient", "one-inverse factor-dropped", "G"),
        slip("inverse not differentiated", "inverse-not-differentiated factor-dropped factor-extra one-inverse", "G"),
        slip("determinant not inverted", "determinant-not-inverted inverse-missing", "G"),
        slip("number lost in the gradient", "number-lost factor-dropped", "G"),
        slip("first half lost", "half-lost factor-two divisor-dropped", "G"),
        slip("both halves lost", "halves-lost factor-two constant-factor factor-dropped", "G"),
        slip("only the determinant", "only-the-determinant term-dropped", "G"),
        slip("only S", "term-dropped", "G"),
        slip("all turned in the gradient", SIGN, "G"),
        slip("determinant below", "determinant-below", "G"),
        slip("second half lost", "factor-two factor-dropped divisor-dropped", "G"),
        slip("entries of a symmetric matrix", "symmetric-derivative", "G"),
        slip("the other matrix", "other-matrix-estimated inverted inverse-missing", "M"),
        slip("one less", "one-less-in-the-formula one-off term-extra", "M"),
        slip("n left out", "not-divided-by-n factor-dropped divisor-dropped", "M"),
        slip("n on the wrong side", "number-not-inverted inverted other-operation", "M"),
        slip("half kept at the end", "factor-two constant-factor", "M"),
        slip("minus at the end", SIGN, "M"),
        slip("inverse left out", "inverse-missing", "M"),
        slip("two at the end", "factor-two constant-factor", "M"),
        slip("sums", "sum-for-mean factor-dropped", "m"),
        slip("medians", "medians", "m"),
        slip("sizes averaged", "sign sizes-averaged", "m"),
        slip("one less below", "one-less-in-the-mean one-off", "m"),
        slip("mean not subtracted", "mean-not-subtracted term-dropped", "S0"),
        slip("mean subtracted once", "mean-subtracted-once factor-dropped", "S0"),
        slip("mixed products left out", "beside-the-diagonal-lost", "S0"),
        slip("last left out", "last-left-out term-dropped", "S0"),
        slip("signs lost beside the diagonal", "sign sizes-multiplied", "S0"),
        slip("sums multiplied", "products-of-sums", "S0"),
        slip("minus beside the diagonal", "sign", "S0"),
        slip("divided at once", "divided-at-once other-blank factor-extra sum-for-mean", "S0"),
        slip("mean added", "sign", "S0"),
        slip("halved", "factor-two", "S0"),
        slip("diagonal swapped", "permuted", "S0"),
        slip("one less below at the end", "one-less one-off", "V0"),
        slip("not divided", "divisor-dropped other-blank sum-for-mean", "V0"),
        slip("roots taken", "other-function roots-taken", "V0"),
        slip("halved at the end", "factor-two", "V0"),
        slip("inverse", "inverted reciprocal inverse-taken", "V0"),
        slip("one more below", "one-off number-off", "V0"),
        pen("entry-sign", "m S0"),
        pen("permuted", "m"),
        pen("rounding", "V0"),
    ),
    (("both signs alike", "the other matrix"), ("sums", "one less below at the end")),
)


# ----- Value of the log-likelihood -----------------------------------------------------------------------------------


def log_likelihood(given: Given, sheet: Sheet) -> None:
    """Determinant, quadratic forms, log-likelihood, most probable row, change for a larger covariance."""
    p, k = int(given["p"]), given["k"]
    X, mu, C = arrays(given, "X", "mu", "Sigma")
    v = np.diag(C)
    mixed = 2 * C[0, 1] ** 2 * (v[2] if p == 3 else 1)
    D = float(np.linalg.det(C))
    D = sheet.write("delta", chosen(
        sheet, D,
        ("plus in the determinant", D + mixed), ("diagonal multiplied", float(np.prod(v))),
        ("last factor left out", D / v[-1]), ("trace", v.sum()),
        ("root of the determinant", np.sqrt(D)), ("squares of the variances", D**2),
    ))  # fmt: skip
    Q = np.linalg.inv(C)
    Z = X - mu
    forms = np.einsum("ij,jk,ik->i", Z, Q, Z)
    turned = Q * (2 * np.eye(p) - 1)
    own = []
    for row in range(3):
        z, right = Z[row], forms[row]
        now = row + 1
        for name, wrong in (
            ("matrix not inverted", z @ C @ z), ("diagonal only", (z**2 / v).sum()),
            ("mixed term turned", z @ turned @ z), ("mean not subtracted", X[row] @ Q @ X[row]),
            ("variances squared", z @ Q @ Q @ z), ("not squared", (Q @ z).sum()),
            ("matrix left out", z @ z),
            ("half already", right / 2),
            ("not divided by the determinant", right * np.linalg.det(C)),
            ("mean added", (X[row] + mu) @ Q @ (X[row] + mu)), ("root taken", np.sqrt(right)),
            ("sizes added", (np.abs(z) / v).sum()),
        ):  # fmt: skip
            right = wrong if sheet(name, now, of=3) else right
        own.append(sheet.write(f"q[{now}]", right))
    s = sum(own)
    with np.errstate(all="ignore"):
        log, two = np.log(D), np.log(2 * np.pi)
    sheet.write("l", chosen(
        sheet, -1.5 * p * two - 1.5 * log - s / 2,
        ("determinant not halved", -1.5 * p * two - 3 * log - s / 2), ("two pi once", -1.5 * two - 1.5 * log - s / 2),
        ("two pi not halved", -3 * p * two - 1.5 * log - s / 2),
        ("one observation", -p / 2 * two - log / 2 - s / 2),
        ("forms with a plus", -1.5 * p * two - 1.5 * log + s / 2),
        ("forms not halved", -1.5 * p * two - 1.5 * log - s),
        ("two pi left out", -1.5 * log - s / 2), ("determinant left out", -1.5 * p * two - s / 2),
        ("forms left out", -1.5 * p * two - 1.5 * log), ("first form alone", -1.5 * p * two - 1.5 * log - own[0] / 2),
        ("decimal logarithm", (-1.5 * p * two - 1.5 * log) / np.log(10) - s / 2),
        ("determinant with a plus", -1.5 * p * two + 1.5 * log - s / 2),
        ("minus of the whole", 1.5 * p * two + 1.5 * log + s / 2),
        ("determinant not under the logarithm", -1.5 * p * two - 1.5 * D - s / 2),
        ("coordinates lost", -1.5 * two - 0.5 * log - s / 2),
        ("determinant once", -1.5 * p * two - 0.5 * log - s / 2),
    ))  # fmt: skip
    sheet.write("d", chosen(
        sheet, -1.5 * p * np.log(k) + (1 - 1 / k) * s / 2,
        ("power of the determinant lost", -1.5 * np.log(k) + (1 - 1 / k) * s / 2),
        ("exponents not changed", -1.5 * p * np.log(k)), ("determinant not changed", (1 - 1 / k) * s / 2),
        ("inverse times k", -1.5 * p * np.log(k) + (1 - k) * s / 2),
        ("new value of the forms", -1.5 * p * np.log(k) - s / (2 * k)),
        ("plus before the logarithm", 1.5 * p * np.log(k) + (1 - 1 / k) * s / 2),
        ("old minus new", 1.5 * p * np.log(k) - (1 - 1 / k) * s / 2),
        ("half lost at the end", -3 * p * np.log(k) + (1 - 1 / k) * s / 2),
        ("half of the forms lost", -1.5 * p * np.log(k) + (1 - 1 / k) * s),
        ("one observation at the end", -p / 2 * np.log(k) + (1 - 1 / k) * s / 2),
        ("forms with a minus at the end", -1.5 * p * np.log(k) - (1 - 1 / k) * s / 2),
    ))  # fmt: skip


LOGLIK = Family(
    "md-gaussian-loglik",
    log_likelihood,
    (
        slip("plus in the determinant", "sign", "delta"),
        slip("diagonal multiplied", "diagonal-multiplied term-dropped diagonal-only", "delta"),
        slip("last factor left out", "factor-dropped last-factor-left-out", "delta"),
        slip("trace", "trace-taken other-operation other-function", "delta"),
        slip("root of the determinant", "other-function root-of-the-determinant", "delta"),
        slip("squares of the variances", "square-doubled exponent-off variances-squared", "delta"),
        slip("matrix not inverted", "matrix-not-inverted inverse-missing", "q"),
        slip("diagonal only", "diagonal-only", "q"),
        slip("mixed term turned", "mixed-term-turned sign", "q"),
        slip("mean not subtracted", "mean-not-subtracted term-dropped", "q"),
        slip("variances squared", "variances-squared", "q"),
        slip("not squared", "not-squared power-dropped factor-dropped", "q"),
        slip("matrix left out", "factor-dropped", "q"),
        slip("half already", "factor-two", "q"),
        slip("not divided by the determinant", "divisor-dropped not-divided", "q"),
        slip("mean added", "sign", "q"),
        slip("root taken", "other-function root-of-the-form", "q"),
        slip("sizes added", "not-squared power-dropped sizes-added", "q"),
        slip("determinant not halved", "determinant-not-halved factor-two factor-dropped", "l"),
        slip("two pi once", "two-pi-once factor-dropped", "l"),
        slip("two pi not halved", "two-pi-not-halved factor-two", "l"),
        slip("one observation", "one-observation", "l"),
        slip("forms with a plus", "forms-with-plus sign", "l"),
        slip("forms not halved", "forms-not-halved factor-two factor-dropped", "l"),
        slip("two pi left out", "two-pi-left-out term-dropped", "l"),
        slip("determinant left out", "determinant-left-out term-dropped", "l"),
        slip("forms left out", "forms-left-out term-dropped", "l"),
        slip("first form alone", "first-form-alone term-dropped", "l s"),
        slip("decimal logarithm", "decimal-logarithm log-base", "l"),
        slip("determinant with a plus", "determinant-with-plus sign", "l"),
        slip("minus of the whole", SIGN, "l"),
        slip("determinant not under the logarithm", "activation-missing other-function logarithm-lost", "l"),
        slip("coordinates lost", "coordinates-lost", "l"),
        slip("determinant once", "determinant-once", "l"),
        slip("power of the determinant lost", "power-of-the-determinant-lost factor-dropped", "d"),
        slip("exponents not changed", "exponents-not-changed term-dropped", "d"),
        slip("determinant not changed", "determinant-not-changed term-dropped", "d"),
        slip("inverse times k", "inverse-times-k inverted other-operation", "d"),
        slip("new value of the forms", "new-value-of-the-forms", "d"),
        slip("plus before the logarithm", "sign", "d"),
        slip("old minus new", SIGN, "d"),
        slip("half lost at the end", "factor-two", "d"),
        slip("half of the forms lost", "factor-two factor-dropped divisor-dropped", "d"),
        slip("one observation at the end", "one-observation-at-the-end factor-dropped", "d"),
        slip("forms with a minus at the end", "sign", "d"),
        pen("digit", "l d"),
        pen("rounding", "l d"),
        pen("whole-sign", "l d"),
    ),
    (("matrix not inverted", "determinant not halved"), ("diagonal only", "exponents not changed")),
)

FAMILIES = (LOGISTIC, MEAN, SPREAD, LOGLIK)
