"""Squared losses over several objects: of a model with two weights, of one object at random, of a mini-batch."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def model(given: Given, sheet: Sheet) -> None:
    """Predictions, loss, gradient."""
    x, y, theta = (np.array(given[name], float) for name in ("X", "y", "theta"))
    n, mean = len(y), str(given["scale"]) == "average"
    p = x @ theta
    if sheet("weights swapped"):
        p = x @ theta[::-1]
    if sheet("second feature left out"):
        p = x[:, 0] * theta[0]
    if sheet("difference for the sum"):
        p = x[:, 0] * theta[0] - x[:, 1] * theta[1]
    p = np.asarray(sheet.write("p", p), float)
    r = p - y
    share = 1 / n if mean else 1.0
    loss = share * float(r @ r)
    for name, wrong in (
        ("sum and mean confused", loss * n if mean else loss / n),
        ("squares lost", share * r.sum()),
        ("sizes for squares", share * abs(r).sum()),
        ("sum squared", share * r.sum() ** 2),
        ("halved", loss / 2),
        ("root taken", np.sqrt(loss)),
        ("answers added", share * float((p + y) @ (p + y))),
        ("answers forgotten", share * float(p @ p)),
    ):
        loss = wrong if sheet(name) else loss
    sheet.write("loss", loss)
    gradient = 2 * share * x.T @ r
    for name, wrong in (
        ("two lost", gradient / 2),
        ("residual reversed", -gradient),
        ("sum and mean confused in the gradient", gradient * n if mean else gradient / n),
        ("predictions for residuals", 2 * share * x.T @ p),
        ("inputs lost", np.full(2, 2 * share * r.sum())),
        ("answers for residuals", 2 * share * x.T @ y),
        ("features swapped", gradient[::-1]),
        ("residuals squared", 2 * share * x.T @ (r * r)),
        ("answers added in the gradient", 2 * share * x.T @ (p + y)),
    ):
        gradient = wrong if sheet(name) else gradient
    sheet.write("G", gradient)


MODEL = Family(
    "loss-for-parametric-model",
    model,
    (
        slip("weights swapped", "permuted names-swapped index-off", "p"),
        slip("second feature left out", "term-dropped line-missing", "p"),
        slip("difference for the sum", "sign", "p"),
        slip("sum and mean confused", "averaged not-averaged sum-for-mean", "loss"),
        slip("squares lost", "squares-lost power-dropped", "loss"),
        slip("sizes for squares", "sizes-for-squares", "loss"),
        slip("sum squared", "sum-squared", "loss"),
        slip("halved", "factor-two", "loss"),
        slip("root taken", "root-taken", "loss"),
        slip("answers added", "sign", "loss r"),
        slip("answers forgotten", "term-dropped", "loss r"),
        slip("two lost", "factor-two-lost factor-two", "G"),
        slip("residual reversed", "residual-reversed whole-sign sign", "G r"),
        slip("sum and mean confused in the gradient", "averaged not-averaged sum-for-mean divisor-dropped", "G"),
        slip("predictions for residuals", "answers-for-residuals term-dropped", "G r"),
        slip("inputs lost", "inputs-lost factor-dropped", "G"),
        slip("answers for residuals", "names-swapped other-quantity term-dropped", "G r"),
        slip("features swapped", "permuted", "G"),
        slip("residuals squared", "power-kept exponent-off", "G"),
        slip("answers added in the gradient", "sign", "G r"),
        pen("entry-sign", "p G"),
    ),
)


def at_random(given: Given, sheet: Sheet) -> None:
    """Gradients of all objects, their mean and variance."""
    x, y, w, n = np.array(given["x"], float), np.array(given["y"], float), given["w"], int(given["n"])
    g = -2 * x * (y - w * x)
    for name, wrong in (
        ("input lost", -2 * (y - w * x)),
        ("two lost", -x * (y - w * x)),
        ("sign of the gradients", -g),
        ("divided by the objects", g / n),
        ("weight lost", -2 * x * (y - x)),
        ("plus in the residual", -2 * x * (y + w * x)),
        ("weight for the input", -2 * w * (y - w * x)),
        ("residual squared", -2 * x * (y - w * x) ** 2),
    ):
        g = wrong if sheet(name) else g
    g = np.asarray(sheet.write("g", g), float)
    m = g.mean()
    if sheet("sum for the expectation"):
        m = g.sum()
    if sheet("expectation of the sizes"):
        m = abs(g).mean()
    m = sheet.write("m", m)
    variance = ((g - m) ** 2).mean()
    for name, wrong in (
        ("divided by one less", variance * n / (n - 1)),
        ("root of the variance", np.sqrt(variance)),
        ("not centred", (g**2).mean()),
        ("deviations not squared", abs(g - m).mean()),
        ("squares added", variance * n),
        ("square of the mean added", (g**2).mean() + m**2),
        ("mean without its square", (g**2).mean() - m),
    ):
        variance = wrong if sheet(name) else variance
    sheet.write("D", variance)


AT_RANDOM = Family(
    "sgd-unbiasedness",
    at_random,
    (
        slip("input lost", "input-lost factor-dropped", "g"),
        slip("two lost", "factor-two-lost factor-two", "g"),
        slip("sign of the gradients", "whole-sign sign", "g"),
        slip("divided by the objects", "divided-by-objects", "g"),
        slip("weight lost", "factor-dropped", "g r"),
        slip("plus in the residual", "sign", "g r"),
        slip("weight for the input", "weight-for-input names-swapped", "g"),
        slip("residual squared", "power-kept exponent-off", "g"),
        slip("sum for the expectation", "sum-for-expectation sum-for-mean", "m"),
        slip("expectation of the sizes", "sign", "m"),
        slip("divided by one less", "divided-by-one-less", "D"),
        slip("root of the variance", "root-of-variance", "D"),
        slip("not centred", "not-centred term-dropped", "D"),
        slip("deviations not squared", "deviations-not-squared", "D"),
        slip("squares added", "squares-added sum-for-mean", "D"),
        slip("square of the mean added", "sign", "D"),
        slip("mean without its square", "power-dropped", "D"),
        pen("entry-sign", "g"),
        pen("whole-sign", "m"),
    ),
)


def mini_batch(given: Given, sheet: Sheet) -> None:
    """Gradients of the batch, their mean, a step; the updates of an epoch and of all."""
    x, y = np.array(given["x"], float), np.array(given["y"], float)
    w, rate, total, size, epochs = (given[name] for name in ("w", "eta", "total", "B", "epochs"))
    batch = np.array(given["batch"], int) - 1
    if sheet("first objects"):
        batch = np.arange(len(batch))
    xb, yb = x[batch], y[batch]
    g = -2 * xb * (yb - w * xb)
    for name, wrong in (
        ("input lost", -2 * (yb - w * xb)),
        ("two lost", -xb * (yb - w * xb)),
        ("sign of the gradients", -g),
        ("weight lost", -2 * xb * (yb - xb)),
        ("plus in the residual", -2 * xb * (yb + w * xb)),
        ("residual squared", -2 * xb * (yb - w * xb) ** 2),
        ("order of the table", g[np.argsort(batch)]),
    ):
        g = wrong if sheet(name) else g
    g = np.asarray(sheet.write("G", g), float)
    mean = g.mean()
    for name, wrong in (
        ("divided by all", g.sum() / len(x)),
        ("summed", g.sum()),
        ("all objects", (-2 * x * (y - w * x)).mean()),
    ):
        mean = wrong if sheet(name) else mean
    mean = sheet.write("g", mean)
    moved = w - rate * mean
    for name, wrong in (
        ("uphill", w + rate * mean),
        ("rate lost", w - mean),
        ("weight left out", -rate * mean),
        ("divided by the rate", w - mean / rate),
    ):
        moved = wrong if sheet(name) else moved
    sheet.write("w1", moved)
    updates = np.ceil(total / size)
    for name, wrong in (
        ("last batch left out", np.floor(total / size)),
        ("one more than full", np.ceil(total / size) + 1),
        ("objects counted", total),
    ):
        updates = wrong if sheet(name) else updates
    updates = sheet.write("N", updates)
    every = epochs * updates
    for name, wrong in (
        ("batches across epochs", np.ceil(epochs * total / size)),
        ("objects in all epochs", epochs * total),
        ("epochs added", epochs + updates),
    ):
        every = wrong if sheet(name) else every
    sheet.write("M", every)


MINI_BATCH = Family(
    "minibatch-gradient",
    mini_batch,
    (
        slip("first objects", "first-objects", "G u v"),
        slip("input lost", "input-lost factor-dropped", "G"),
        slip("two lost", "factor-two-lost factor-two", "G"),
        slip("sign of the gradients", "whole-sign sign", "G"),
        slip("weight lost", "factor-dropped", "G"),
        slip("plus in the residual", "sign", "G"),
        slip("residual squared", "power-kept exponent-off", "G"),
        slip("order of the table", "order-of-the-table permuted names-swapped", "G"),
        slip("divided by all", "divided-by-all", "g"),
        slip("summed", "summed sum-for-mean", "g"),
        slip("all objects", "all-objects", "g"),
        slip("uphill", "ascent sign", "w1"),
        slip("rate lost", "factor-dropped", "w1"),
        slip("weight left out", "term-dropped", "w1"),
        slip("divided by the rate", "inverted", "w1"),
        slip("last batch left out", "last-batch-left-out one-off", "N"),
        slip("one more than full", "one-more-than-full one-off", "N"),
        slip("objects counted", "objects-counted divisor-dropped", "N"),
        slip("batches across epochs", "batches-across-epochs", "M N"),
        slip("objects in all epochs", "objects-in-all-epochs", "M"),
        slip("epochs added", "epochs-added other-operation", "M"),
        pen("entry-sign", "G"),
        pen("rounding", "g w1"),
    ),
    (("two lost", "uphill"),),
)

FAMILIES = (MODEL, AT_RANDOM, MINI_BATCH)
