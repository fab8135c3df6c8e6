"""A net in matrices and entry by entry."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import number


def matrices(given: Given, sheet: Sheet) -> None:
    """The sizes in a net of two hidden layers."""
    p, a, b, k = (float(size) for size in given["dims"])
    n, rows, what = given["n"], given["layout"] == "rows", int(given["what"])

    def size(name: str, right: tuple[float, float], *slips: tuple[str, tuple[float, float]]) -> None:
        value = chosen(sheet, right, *slips)
        value = value if rows else value[::-1]
        sheet.write(name, np.array(value))

    turned = sheet("weights turned")
    size("W1", (a, p) if turned else (p, a), ("objects in the weights", (n, a)), ("W1 by the next layer", (p, b)))
    size("W2", (b, a) if turned else (a, b), ("W2 from the inputs", (p, b)))
    size(
        "O2", (n, b),
        ("outputs turned", (b, n)), ("layer before", (n, a)), ("layer after", (n, k)),
        ("size of the weights", (a, b)), ("one object alone", (1, b)),
    )  # fmt: skip
    size("dW3", (b, k), ("gradient turned", (k, b)), ("as large as the outputs", (n, k)), ("square", (k, b * k)))
    size("dH1", (n, a), ("sums turned", (a, n)), ("inputs for sums", (n, p)), ("weights for sums", (p, a)))
    count = p * a + a * b + b * k
    sheet.write("N", chosen(
        sheet, count,
        ("biases counted", count + a + b + k), ("widths added", p + a + b + k), ("output forgotten", p * a + a * b),
        ("first matrix forgotten", a * b + b * k), ("all multiplied", p * a * b * k),
    ))  # fmt: skip
    before, after = (p, b) if what == 1 else (a, k)
    sheet.write("more", chosen(
        sheet, before + after,
        ("incoming alone", before), ("outgoing alone", after), ("sides multiplied", before * after),
        ("bias with it", before + after + 1), ("itself", before + after - 1),
    ))  # fmt: skip


MATRICES = Family(
    "net-matrix-form",
    matrices,
    (
        slip("weights turned", "weights-turned permuted names-swapped", "W1 W2", every=True),
        slip("objects in the weights", "objects-in-the-weights names-swapped", "W1"),
        slip("W1 by the next layer", "not-the-neighbours names-swapped", "W1"),
        slip("W2 from the inputs", "not-the-neighbours names-swapped", "W2 W1"),
        slip("outputs turned", "outputs-turned permuted", "O2"),
        slip("layer before", "layer-before names-swapped", "O2"),
        slip("layer after", "layer-after names-swapped", "O2"),
        slip("size of the weights", "size-of-the-matrix names-swapped other-blank", "O2"),
        slip("one object alone", "names-swapped one-object", "O2"),
        slip("gradient turned", "gradient-turned permuted", "dW3"),
        slip("as large as the outputs", "objects-in-the-weights names-swapped", "dW3"),
        slip("square", "square-jacobian", "dW3"),
        slip("sums turned", "outputs-turned permuted", "dH1"),
        slip("inputs for sums", "layer-before names-swapped", "dH1"),
        slip("weights for sums", "size-of-the-matrix names-swapped other-blank", "dH1"),
        slip("biases counted", "biases-counted", "N"),
        slip("widths added", "sizes-added other-operation", "N"),
        slip("output forgotten", "output-forgotten term-dropped", "N"),
        slip("first matrix forgotten", "inputs-forgotten term-dropped", "N"),
        slip("all multiplied", "all-multiplied other-operation", "N"),
        slip("incoming alone", "one-side-alone term-dropped", "more"),
        slip("outgoing alone", "other-side-alone term-dropped", "more"),
        slip("sides multiplied", "sides-multiplied other-operation", "more"),
        slip("bias with it", "one-off number-off bias-with-it", "more"),
    ),
    (("outputs turned", "biases counted"),),
)


def entries(given: Given, sheet: Sheet) -> None:
    """A sum in letters, a sum and the forecast with numbers."""
    rows = given["layout"] == "rows"
    j, i = int(given["j"]), int(given["i"])
    U, V, w = np.array(given["U"], float), np.array(given["V"], float), np.array(given["w"], float)
    if rows:
        U, V = U.T, V.T  # a column is a neuron
    turned = sheet("indices turned")
    name = (lambda k, to: f"v{to}{k}") if rows != turned else (lambda k, to: f"v{k}{to}")
    other = 3 - j if sheet("other neuron") else j
    first, second = ("o2", "o1") if sheet("outputs crossed") else ("o1", "o2")
    h = f"{name(1, other)}*{first} + {name(2, other)}*{second}"
    h = chosen(
        sheet, h,
        ("one output for all", f"({name(1, j)} + {name(2, j)})*o{j}"),
        ("all weights", "(v11 + v12)*o1 + (v21 + v22)*o2"),
        ("minus between", f"{name(1, j)}*o1 - {name(2, j)}*o2"),
        ("one term alone", f"{name(1, j)}*o1"),
        ("sigmoid of the sum", f"1/(1 + exp(-({h})))"),
    )  # fmt: skip
    sheet.write("h", h)
    column = U[:, 2 - i if sheet("other neuron of the first layer") else i - 1]
    terms = [f"{number(weight)}*x{k}" for k, weight in enumerate(column, 1)]
    if sheet("sign lost"):
        terms[1] = f"{number(-column[1])}*x2"
    if sheet("input missed"):
        terms = terms[:2]
    if sheet("weights in another order"):
        terms = [f"{number(weight)}*x{k}" for k, weight in zip((2, 3, 1), column, strict=True)]
    z = " + ".join(terms)
    sheet.write("z", f"1/(1 + exp(-({z})))" if sheet("sigmoid of the first sum") else z)
    sheet.write("e", float(chosen(
        sheet, V[i - 1, j - 1],
        ("index turned", V[j - 1, i - 1]), ("weight of the other neuron", V[i - 1, 2 - j]),
        ("weight of the other output", V[2 - i, j - 1]), ("output weight as well", V[i - 1, j - 1] * w[j - 1]),
    )))  # fmt: skip
    out = np.array(given["out"], float)
    weights = V[:, j - 1]
    value = float(weights @ out)
    value = chosen(
        sheet, value,
        ("row for the column in the value", float(V[j - 1] @ out)),
        ("value of the other neuron", float(V[:, 2 - j] @ out)),
        ("outputs crossed in the value", float(weights @ out[::-1])),
        ("sigmoid of the value", 1 / (1 + np.exp(-value))), ("sign lost in the value", value - 2 * weights[0] * out[0]),
        ("one product alone", weights[0] * out[0]),
    )  # fmt: skip
    sheet.write("value", value)
    if sheet("matrix turned"):
        V = V.T
    sums = [f"({number(V[0, k])}*o1 + {number(V[1, k])}*o2)" for k in (0, 1)]
    if sheet("sigmoids of outputs"):
        sums = [total.replace("o1", "1/(1 + exp(-o1))").replace("o2", "1/(1 + exp(-o2))") for total in sums]
    if sheet("sign inside lost"):
        sums[0] = f"({number(V[0, 0])}*o1 + {number(-V[1, 0])}*o2)"
    first, second = (number(weight) for weight in (w[::-1] if sheet("last weights crossed") else w))
    outs = [f"1/(1 + exp(-{total}))" for total in sums]
    y = f"{first}*{outs[0]} + {second}*{outs[1]}"
    y = chosen(
        sheet, y,
        ("sigmoid left out", f"{first}*{sums[0]} + {second}*{sums[1]}"),
        ("sigmoid over all", f"1/(1 + exp(-({first}*{sums[0]} + {second}*{sums[1]})))"),
        ("sigmoid at the output too", f"1/(1 + exp(-({y})))"),
        ("last weights inside", f"1/(1 + exp(-{first}*{sums[0]})) + 1/(1 + exp(-{second}*{sums[1]}))"),
        ("last weights lost", " + ".join(outs)), ("minus in the forecast", f"{first}*{outs[0]} - {second}*{outs[1]}"),
        ("one neuron alone", f"{first}*{outs[0]}"),
    )  # fmt: skip
    sheet.write("y", y)


ENTRIES = Family(
    "net-entry-formula",
    entries,
    (
        slip("indices turned", "indices-turned names-swapped", "h"),
        slip("other neuron", "other-neuron names-swapped", "h"),
        slip("outputs crossed", "outputs-crossed names-swapped", "h"),
        slip("one output for all", "one-output-for-all names-swapped", "h"),
        slip("all weights", "all-weights term-extra", "h"),
        slip("minus between", "sign", "h"),
        slip("one term alone", "term-dropped", "h"),
        slip("sigmoid of the sum", "sigmoid-in-the-sum other-function", "h"),
        slip("other neuron of the first layer", "other-neuron index-off", "z"),
        slip("sign lost", "sign", "z"),
        slip("input missed", "term-dropped", "z"),
        slip("weights in another order", "index-off names-swapped", "z"),
        slip("sigmoid of the first sum", "sigmoid-in-the-sum other-function", "z"),
        slip("index turned", "indices-turned transposed index-off", "e"),
        slip("weight of the other neuron", "other-neuron index-off", "e"),
        slip("weight of the other output", "weight-of-the-other-output index-off", "e"),
        slip("output weight as well", "factor-extra weight-of-the-output", "e"),
        slip("row for the column in the value", "indices-turned transposed index-off transpose-missing", "value"),
        slip("value of the other neuron", "other-neuron index-off", "value"),
        slip("outputs crossed in the value", "outputs-crossed index-off names-swapped", "value"),
        slip("sigmoid of the value", "sigmoid-in-the-sum other-function", "value"),
        slip("sign lost in the value", "sign", "value"),
        slip("one product alone", "term-dropped", "value"),
        slip("matrix turned", "indices-turned index-off", "y"),
        slip("sigmoids of outputs", "sigmoids-of-outputs", "y"),
        slip("sign inside lost", "sign", "y"),
        slip("last weights crossed", "last-weights-crossed index-off", "y"),
        slip("sigmoid left out", "sigmoid-left-out activation-missing", "y"),
        slip("sigmoid over all", "sigmoid-over-all", "y"),
        slip("sigmoid at the output too", "activation-at-the-output-too", "y"),
        slip("last weights inside", "last-weights-inside", "y"),
        slip("last weights lost", "factor-dropped last-weights-lost", "y"),
        slip("minus in the forecast", "sign", "y"),
        slip("one neuron alone", "term-dropped", "y"),
    ),
    (("indices turned", "sigmoid left out"),),
)

FAMILIES = (MATRICES, ENTRIES)
