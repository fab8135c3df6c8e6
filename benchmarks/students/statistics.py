"""Batch normalisation on the way back and in use: derivatives of a batch, statistics that are kept for later."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen


def normalised_back(given: Given, sheet: Sheet) -> None:
    """The normalised batch, derivatives by shift and scale, gradients by the normalised batch and by the batch."""
    x, g, gamma, beta = np.array(given["x"], float), np.array(given["g"], float), given["gamma"], given["beta"]
    d = x - x.mean()
    sd = float(np.sqrt((d**2).mean()))
    z = chosen(
        sheet, d / sd,
        ("three below", d / np.sqrt((d**2).sum() / 3)), ("variance below", d / sd**2), ("mean kept", x / sd),
        ("turned", -d / sd),
    )  # fmt: skip
    z = sheet.write("z", z)
    sheet.write("dbeta", chosen(
        sheet, float(g.sum()), ("averaged", float(g.mean())), ("shift counted", beta * float(g.sum())),
        ("sizes", float(np.abs(g).sum())),
    ))  # fmt: skip
    sheet.write("dgamma", chosen(
        sheet, float(g @ z),
        ("inputs", float(g @ x)), ("averaged scale", float((g * z).mean())), ("outputs", float(g @ (gamma * z + beta))),
        ("deviations", float(g @ d)), ("gradient left out", float(z.sum())), ("scale counted", gamma * float(g @ z)),
    ))  # fmt: skip
    u = chosen(
        sheet, gamma * g,
        ("divided by scale", g / gamma), ("normalised in", g * z), ("scale forgotten", 1.0 * g),
        ("shift added", gamma * g + beta),
    )  # fmt: skip
    u = sheet.write("u", u)
    mean, share = u.mean(), (u * z).mean()
    dx = chosen(
        sheet, (u - mean - z * share) / sd,
        ("statistics fixed", u / sd), ("deviation fixed", (u - mean) / sd), ("mean fixed", (u - z * share) / sd),
        ("sums", (u - u.sum() - z * (u * z).sum()) / sd), ("plus deviation", (u - mean + z * share) / sd),
        ("plus mean", (u + mean - z * share) / sd), ("not divided", u - mean - z * share),
        ("divided by variance", (u - mean - z * share) / sd**2), ("normalised lost", (u - mean - share) / sd),
        ("scale lost", (g - g.mean() - z * (g * z).mean()) / sd), ("scale twice", gamma * (u - mean - z * share) / sd),
        ("multiplied", (u - mean - z * share) * sd), ("sign", -(u - mean - z * share) / sd),
    )  # fmt: skip
    sheet.write("dx", dx)


NORMALISED_BACK = Family(
    "batchnorm-backward",
    normalised_back,
    (
        slip("three below", "unbiased one-off", "z"),
        slip("variance below", "variance-forward root-missing square-doubled exponent-off", "z"),
        slip("mean kept", "term-dropped other-quantity", "z"),
        slip("turned", "sign whole-sign", "z"),
        slip("averaged", "mean-for-the-shift sum-for-mean", "dbeta"),
        slip("shift counted", "shift-counted factor-extra", "dbeta"),
        slip("sizes", "signs-lost sign", "dbeta"),
        slip("inputs", "inputs-for-normalised other-quantity", "dgamma"),
        slip("averaged scale", "mean-for-the-scale sum-for-mean", "dgamma"),
        slip("outputs", "outputs-for-normalised", "dgamma"),
        slip("deviations", "deviations-for-normalised divisor-dropped", "dgamma"),
        slip("scale counted", "scale-counted factor-extra", "dgamma"),
        slip("divided by scale", "divided-by-the-scale inverted other-operation", "u"),
        slip("normalised in", "normalised-multiplied-in other-quantity", "u"),
        slip("scale forgotten", "factor-dropped", "u"),
        slip("statistics fixed", "statistics-fixed term-dropped", "dx"),
        slip("deviation fixed", "deviation-fixed term-dropped", "dx"),
        slip("mean fixed", "mean-fixed term-dropped", "dx"),
        slip("sums", "sums-for-means sum-for-mean", "dx"),
        slip("plus deviation", "way-through-deviation-added sign", "dx"),
        slip("plus mean", "way-through-mean-added sign", "dx"),
        slip("not divided", "not-divided divisor-dropped", "dx"),
        slip("divided by variance", "variance-below root-missing square-doubled exponent-off", "dx"),
        slip("normalised lost", "normalised-for-mean factor-dropped", "dx"),
        slip("scale lost", "scale-lost factor-dropped other-quantity", "dx"),
        slip("scale twice", "scale-again factor-extra", "dx"),
        slip("multiplied", "inverted other-operation", "dx sd"),
        slip("sign", "sign whole-sign", "dx"),
        pen("entry-sign", "z u dx"),
        pen("permuted", "z u"),
        pen("digit", "dgamma"),
        pen("entry-point", "z dx"),
    ),
    (("averaged", "statistics fixed"), ("three below", "mean fixed")),
)


def kept(given: Given, sheet: Sheet) -> None:
    """Running statistics of two batches, the output in use, one layer in place of two."""
    m, gamma, beta, b = given["m"], given["gamma"], given["beta"], given["b"]
    w, u = np.array(given["w"], float), np.array(given["u"], float)
    r, s = 0.0, 1.0
    for t in (1, 2):
        mu, v = given[f"mu[{t}]"], given[f"v[{t}]"]
        swapped, half = sheet("roles swapped", t, 2), sheet("plain average", t, 2)
        before = (r, s)
        if swapped or sheet("roles always swapped", t):
            r, s = m * r + (1 - m) * mu, m * s + (1 - m) * v
        elif half:
            r, s = (r + mu) / 2, (s + v) / 2
        else:
            r, s = (1 - m) * r + m * mu, (1 - m) * s + m * v
        if sheet("batch for running", t, 2):
            r, s = mu, v
        if sheet("old value in full", t, 2):
            r, s = before[0] + m * mu, before[1] + m * v
        if sheet("old value lost", t, 2):
            r, s = m * mu, m * v
        r, s = sheet.write(f"r[{t}]", r), sheet.write(f"s[{t}]", s)
    sd, h = np.sqrt(s), float(w @ u) + b
    y = chosen(
        sheet, gamma * (h - r) / sd + beta,
        ("last batch", gamma * (h - given["mu[2]"]) / np.sqrt(given["v[2]"]) + beta),
        ("variance below", gamma * (h - r) / s + beta), ("not centred", gamma * h / sd + beta),
        ("shift scaled", gamma * ((h - r) / sd + beta)), ("swapped", beta * (h - r) / sd + gamma),
        ("layer alone", h), ("bias of the layer lost", gamma * (h - b - r) / sd + beta),
        ("shift lost", gamma * (h - r) / sd), ("scale lost", (h - r) / sd + beta),
    )  # fmt: skip
    sheet.write("y", y)
    sheet.write("wf", chosen(
        sheet, gamma * w / sd,
        ("old weights", 1.0 * w), ("multiplied", gamma * w * sd), ("weights by the variance", gamma * w / s),
        ("no scale in weights", w / sd), ("not divided", gamma * w), ("mean in the weights", gamma * (w - r) / sd),
    ))  # fmt: skip
    sheet.write("bf", chosen(
        sheet, gamma * (b - r) / sd + beta,
        ("only stretched", gamma * b / sd), ("old bias lost", beta - gamma * r / sd), ("biases added", b + beta),
        ("mean lost", gamma * b / sd + beta), ("bias not scaled", b - gamma * r / sd + beta),
        ("mean not scaled", gamma * b / sd - r + beta), ("shift alone", beta), ("no shift", gamma * (b - r) / sd),
        ("no scale in the bias", (b - r) / sd + beta), ("mean added", gamma * (b + r) / sd + beta),
    ))  # fmt: skip


KEPT = Family(
    "batchnorm-inference",
    kept,
    (
        slip("roles swapped", "roles-swapped complement names-swapped", "r s"),
        slip("roles always swapped", "roles-swapped complement names-swapped", "r s", every=True),
        slip("plain average", "plain-average", "r s"),
        slip("batch for running", "batch-for-running term-dropped factor-dropped", "r s"),
        slip("old value in full", "added-in-full factor-dropped", "r s"),
        slip("old value lost", "start-forgotten term-dropped", "r s"),
        slip("last batch", "last-batch-in-use other-quantity", "y"),
        slip("variance below", "variance-below root-missing", "y sd"),
        slip("not centred", "not-centred term-dropped", "y"),
        slip("shift scaled", "shift-scaled brackets", "y"),
        slip("swapped", "scale-and-shift-swapped names-swapped", "y"),
        slip("layer alone", "layer-alone", "y"),
        slip("bias of the layer lost", "term-dropped", "y h"),
        slip("shift lost", "term-dropped", "y"),
        slip("scale lost", "factor-dropped", "y"),
        slip("old weights", "old-weights factor-dropped", "wf"),
        slip("multiplied", "multiplied-by-deviation inverted other-operation", "wf"),
        slip("weights by the variance", "variance-below root-missing", "wf sd"),
        slip("no scale in weights", "factor-dropped", "wf"),
        slip("not divided", "divisor-dropped", "wf"),
        slip("only stretched", "bias-as-weights term-dropped", "bf"),
        slip("old bias lost", "old-bias-lost term-dropped", "bf"),
        slip("biases added", "biases-added", "bf"),
        slip("mean lost", "mean-lost term-dropped", "bf"),
        slip("bias not scaled", "bias-not-scaled brackets factor-dropped", "bf"),
        slip("mean not scaled", "mean-not-scaled brackets", "bf"),
        slip("shift alone", "shift-alone term-dropped", "bf"),
        slip("no shift", "term-dropped", "bf"),
        slip("no scale in the bias", "factor-dropped", "bf"),
        slip("mean added", "sign", "bf"),
        pen("digit", "r s y"),
        pen("entry-sign", "wf"),
        pen("permuted", "wf"),
        pen("whole-sign", "y bf"),
    ),
    (("roles swapped", "old bias lost"), ("plain average", "shift scaled")),
)

FAMILIES = (NORMALISED_BACK, KEPT)
