"""A whole convolutional net, what an output sees, what a kernel does."""

from __future__ import annotations

from math import ceil

import numpy as np

from benchmarks.students.further import array
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen

# ----- A whole convolutional net -----------------------------------------------------------------------------------


def net(given: Given, sheet: Sheet) -> None:
    """Sizes after two convolutions and two poolings, numbers that are flattened, parameters by layer."""
    n, C0, k1, f1, k2, f2, d1, d2 = (int(given[name]) for name in ("n", "C0", "k1", "f1", "k2", "f2", "d1", "d2"))
    mode = given["mode"]
    p1, p2 = (0, 0) if mode == "valid" else ((k1 - 1) // 2, (k2 - 1) // 2)
    s = 2 if mode == "strided" else 1
    size = n
    sizes = []
    for t, (k, p) in enumerate(((k1, p1), (k2, p2)), 1):
        c = (size + 2 * p - k) // s + 1
        for name, wrong in (
            ("size kept", size), ("padding overlooked", (size - k) // s + 1), ("padding once", (size + p - k) // s + 1),
            ("first place forgotten", (size + 2 * p - k) // s), ("halved and cut", size // 2 if s == 2 else c),
            ("half a window", size - (k - 1) // 2 if mode == "valid" else c),
            ("both sides", ((size + 2 * p - k) // s + 1) ** 2),
            *((("places rounded up", -(-(size + 2 * p - k) // s) + 1),) if s == 2 else ()),
        ):  # fmt: skip
            c = wrong if sheet(name, t, 2) else c
        c = int(sheet.write(f"c{t}", float(c)))
        half = c // 2
        for name, wrong in (
            ("rounded up", -(-c // 2)), ("pooling by one", c - 1), ("pixels divided", c // 4), ("pooling skipped", c),
            ("two taken off", c - 2), ("both sides of the pooled", (c // 2) ** 2),
        ):  # fmt: skip
            half = wrong if sheet(name, t, 2) else half
        size = int(sheet.write(f"s{t}", float(half)))
        sizes.append((c, size))
    c2, s2 = sizes[1]
    F = float(sheet.write("F", chosen(
        sheet, float(f2 * s2 * s2),
        ("one channel flattened", float(s2 * s2)), ("before the pooling", float(f2 * c2 * c2)),
        ("a row of pixels", float(f2 * s2)), ("sides doubled", float(2 * f2 * s2)),
        ("channels of layer 1", float(f1 * s2 * s2)), ("channels of both", float(f1 * f2 * s2 * s2)),
        ("channels squared too", float((f2 * s2) ** 2)),
    )))  # fmt: skip
    w1, w2 = k1 * k1 * C0, k2 * k2 * f1
    P = sheet.write("P", chosen(
        sheet, np.array([(w1 + 1) * f1, (w2 + 1) * f2], float),
        ("one channel into layer 3", np.array([(w1 + 1) * f1, (k2 * k2 + 1) * f2], float)),
        ("one channel into both", np.array([(k1 * k1 + 1) * f1, (k2 * k2 + 1) * f2], float)),
        ("image into layer 3", np.array([(w1 + 1) * f1, (k2 * k2 * C0 + 1) * f2], float)),
        ("no biases of filters", np.array([w1 * f1, w2 * f2], float)),
        ("one bias for a convolution", np.array([w1 * f1 + 1, w2 * f2 + 1], float)),
        ("bias for each channel", np.array([(k1 * k1 + 1) * C0 * f1, (k2 * k2 + 1) * f1 * f2], float)),
        ("row of the window", np.array([(k1 * C0 + 1) * f1, (k2 * f1 + 1) * f2], float)),
        ("weights at every pixel", np.array([(w1 + 1) * f1 * sizes[0][0] ** 2, (w2 + 1) * f2 * c2**2], float)),
        ("no bias in layer 3", np.array([(w1 + 1) * f1, w2 * f2], float)),
        ("windows exchanged", np.array([(k2 * k2 * C0 + 1) * f1, (k1 * k1 * f1 + 1) * f2], float)),
    ))  # fmt: skip
    D = sheet.write("D", chosen(
        sheet, np.array([(F + 1) * d1, (d1 + 1) * d2, (d2 + 1) * 10], float),
        ("no biases of neurons", np.array([F * d1, d1 * d2, d2 * 10], float)),
        ("one bias for a dense layer", np.array([F * d1 + 1, d1 * d2 + 1, d2 * 10 + 1], float)),
        ("biases of inputs", np.array([F * (d1 + 1), d1 * (d2 + 1), d2 * 11], float)),
        ("channels into layer 5", np.array([(f2 + 1) * d1, (d1 + 1) * d2, (d2 + 1) * 10], float)),
        ("one channel into layer 5", np.array([(s2 * s2 + 1) * d1, (d1 + 1) * d2, (d2 + 1) * 10], float)),
        ("no biases at the output", np.array([(F + 1) * d1, (d1 + 1) * d2, d2 * 10], float)),
    ))  # fmt: skip
    sheet.write("N", chosen(
        sheet, float(P.sum() + D.sum()),
        ("convolutions left out", float(D.sum())), ("output left out", float(P.sum() + D[:2].sum())),
        ("layer 5 left out", float(P.sum() + D[1:].sum())), ("dense layers left out", float(P.sum())),
        ("layer 3 left out", float(P[0] + D.sum())), ("flattened numbers counted", float(P.sum() + D.sum() + F)),
    ))  # fmt: skip


NET = Family(
    "lenet-shapes-params",
    net,
    (
        slip("size kept", "padding-kept-the-size stride-overlooked term-dropped divisor-dropped", "c1 c2"),
        slip("padding overlooked", "padding-overlooked term-dropped", "c1 c2"),
        slip("padding once", "padding-on-one-side factor-two factor-dropped", "c1 c2"),
        slip("first place forgotten", "first-place-forgotten term-dropped one-off", "c1 c2"),
        slip("halved and cut", "halved-and-cut", "c1 c2"),
        slip("half a window", "half-window factor-two one-off", "c1 c2"),
        slip("places rounded up", "places-rounded-up other-function one-off", "c1 c2"),
        slip("both sides", "side-by-side", "c1 c2"),
        slip("both sides of the pooled", "side-by-side", "s1 s2"),
        slip("rounded up", "rounded-up other-function one-off", "s1 s2"),
        slip("pooling by one", "pooling-by-one other-operation", "s1 s2"),
        slip("pixels divided", "pooling-by-four factor-two number-off square-doubled", "s1 s2"),
        slip("pooling skipped", "pooling-skipped divisor-dropped other-blank", "s1 s2"),
        slip("two taken off", "two-taken-off other-operation", "s1 s2"),
        slip("one channel flattened", "one-channel-flattened factor-dropped", "F"),
        slip("before the pooling", "flattened-before-the-pooling old-for-new names-swapped index-off", "F"),
        slip("a row of pixels", "side-not-squared power-dropped", "F"),
        slip("sides doubled", "side-doubled square-doubled", "F"),
        slip("channels of layer 1", "channels-of-layer-1 names-swapped index-off", "F"),
        slip("channels of both", "channels-of-both-layers factor-extra", "F"),
        slip("channels squared too", "channels-squared-too brackets factor-extra square-doubled", "F"),
        slip("one channel into layer 3", "one-channel-into-layer-3 factor-dropped", "P"),
        slip("one channel into both", "one-channel-into-both", "P"),
        slip("image into layer 3", "image-into-layer-3 names-swapped index-off", "P"),
        slip("no biases of filters", "filters-without-biases term-dropped", "P"),
        slip("one bias for a convolution", "one-bias-per-convolution", "P"),
        slip("bias for each channel", "bias-per-channel", "P"),
        slip("row of the window", "window-not-squared power-dropped", "P"),
        slip("weights at every pixel", "weights-at-every-pixel", "P"),
        slip("no bias in layer 3", "term-dropped", "P"),
        slip("windows exchanged", "windows-exchanged names-swapped", "P"),
        slip("no biases of neurons", "neurons-without-biases", "D"),
        slip("one bias for a dense layer", "one-bias-per-dense-layer", "D"),
        slip("biases of inputs", "biases-by-inputs", "D"),
        slip("channels into layer 5", "channels-into-layer-5 other-quantity", "D"),
        slip("one channel into layer 5", "one-channel-into-layer-5 one-channel-flattened factor-dropped", "D F"),
        slip("no biases at the output", "term-dropped no-output-biases number-off one-off", "D"),
        slip("convolutions left out", "convolutions-left-out term-dropped", "N"),
        slip("output left out", "output-left-out term-dropped", "N"),
        slip("layer 5 left out", "first-dense-layer-left-out term-dropped", "N"),
        slip("dense layers left out", "term-dropped", "N"),
        slip("layer 3 left out", "term-dropped layer-3-left-out", "N"),
        slip("flattened numbers counted", "term-extra flattened-numbers-counted", "N"),
        pen("digit", "F N"),
        pen("digits", "N"),
    ),
    (("rounded up", "one channel into layer 3"), ("one channel flattened", "convolutions left out")),
)

# ----- What an output sees -----------------------------------------------------------------------------------------


def views(given: Given, sheet: Sheet) -> None:
    """What outputs of two blocks see, a shift, the block that sees enough, what strided convolutions see."""
    k, m, T, q, s = (int(given[name]) for name in ("k", "m", "T", "q", "s"))
    r1 = sheet.write("r[1]", chosen(
        sheet, float(k + m - 1),
        ("convolution alone", float(k)), ("windows multiplied", float(k * m)), ("windows added", float(k + m)),
        ("pooling shifts itself", float(k + (m - 1) * m)), ("one off at both", float(k + m - 2)),
    ))  # fmt: skip
    c2 = sheet.write("c[2]", chosen(
        sheet, r1 + (k - 1) * m,
        ("shift ignored", r1 + k - 1), ("no poolings", float(1 + 2 * (k - 1))), ("whole window", r1 + k * m),
        ("shift too large", r1 + (k - 1) * m * m), ("views multiplied", r1 * k), ("window times shift", float(k * m)),
        ("without the first block", float(k + (k - 1) * m)), ("shift of the window", r1 + (k - 1) * k),
    ))  # fmt: skip
    r2 = sheet.write("r[2]", chosen(
        sheet, c2 + (m - 1) * m,
        ("second pooling adds nothing", c2), ("second shift ignored", c2 + m - 1),
        ("shift too early", c2 + (m - 1) * m * m), ("whole pooling window", c2 + m * m),
        ("second view multiplied", c2 * m), ("twice the first", 2 * r1), ("first squared", r1 * r1),
        ("window added", c2 + m),
    ))  # fmt: skip
    sheet.write("j[3]", chosen(
        sheet, float(m**3),
        ("shifts added", float(3 * m)), ("two poolings", float(m**2)), ("four poolings", float(m**4)),
        ("one pooling", float(m)), ("windows too", float((k * m) ** 3)), ("convolution windows", float(k**3)),
        ("view for shift", r2), ("power turned", float(3**m) if m != 3 else float(3 * m)),
    ))  # fmt: skip
    seen, block = c2, 2
    while seen < T and m * seen + k - 1 > seen:
        seen, block = m * seen + k - 1, block + 1
    sheet.write("B", chosen(
        sheet, float(block),
        ("one early", float(block - 1)), ("one late", float(block + 1)),
        ("no poolings at all", float(ceil((T - 1) / (k - 1)))),
        ("no shifts at all", float(1 + ceil((T - k) / (k + m - 2)))),
    ))  # fmt: skip
    sheet.write("Q", chosen(
        sheet, float(q + (q - 1) * s + (q - 1) * s * s),
        ("no strides", float(1 + 3 * (q - 1))), ("stride at once", float(1 + (q - 1) * (s + s**2 + s**3))),
        ("stride once", float(q + 2 * (q - 1) * s)), ("strides added", float(q + (q - 1) * s + (q - 1) * 2 * s)),
        ("whole windows", float(q + q * s + q * s * s)), ("cube", float(q**3)), ("two layers", float(q + (q - 1) * s)),
        ("four layers", float(q + (q - 1) * (s + s**2 + s**3))), ("one lost", float((q - 1) * (1 + s + s * s))),
        ("first window forgotten", float(1 + (q - 1) * (s + s * s))),
    ))  # fmt: skip


VIEWS = Family(
    "receptive-field",
    views,
    (
        slip("convolution alone", "pooling-sees-nothing-more first-pooling-alone term-dropped", "r"),
        slip("windows multiplied", "windows-multiplied first-views-multiplied other-operation", "r"),
        slip("windows added", "whole-window-added first-whole-window term-dropped one-off", "r"),
        slip("pooling shifts itself", "shift-changed-too-early first-shift-too-early factor-extra", "r"),
        slip("one off at both", "one-off number-off", "r"),
        slip("shift ignored", "shifts-ignored factor-dropped", "c"),
        slip("no poolings", "pooling-left-out", "c"),
        slip("whole window", "whole-window-of-the-convolution term-dropped one-off", "c"),
        slip("shift too large", "shift-too-large factor-extra", "c"),
        slip("views multiplied", "fields-multiplied", "c"),
        slip("window times shift", "view-without-the-rest term-dropped", "c"),
        slip("without the first block", "first-pooling-left-out other-quantity", "c"),
        slip("shift of the window", "names-swapped index-off other-quantity", "c"),
        slip("second pooling adds nothing", "pooling-sees-nothing-more term-dropped other-blank", "r"),
        slip("second shift ignored", "shifts-ignored factor-dropped", "r"),
        slip("shift too early", "shift-changed-too-early factor-extra new-for-old", "r"),
        slip("whole pooling window", "whole-window-added first-whole-window term-dropped one-off", "r"),
        slip("second view multiplied", "windows-multiplied other-operation", "r"),
        slip("twice the first", "twice-the-first factor-two", "r"),
        slip("first squared", "first-squared power-dropped", "r"),
        slip("window added", "window-added whole-window-added factor-dropped", "r"),
        slip("shifts added", "shifts-added other-operation", "j"),
        slip("two poolings", "one-pooling-less old-for-new exponent-off", "j"),
        slip("four poolings", "one-pooling-more factor-extra exponent-off", "j"),
        slip("one pooling", "shift-of-one-pooling", "j"),
        slip("windows too", "windows-for-shift", "j"),
        slip("convolution windows", "shift-of-the-convolutions", "j"),
        slip("view for shift", "other-blank", "j"),
        slip("power turned", "power-turned shifts-added", "j"),
        slip("one early", "one-block-early one-off number-off", "B"),
        slip("one late", "one-off number-off one-block-late", "B"),
        slip("no poolings at all", "pooling-left-out", "B c"),
        slip("no shifts at all", "shifts-ignored-to-the-end", "B"),
        slip("no strides", "windows-of-net-2-added factor-dropped", "Q"),
        slip("stride at once", "stride-counted-at-once", "Q"),
        slip("stride once", "stride-once power-dropped", "Q"),
        slip("strides added", "strides-added square-doubled", "Q"),
        slip("whole windows", "whole-windows", "Q"),
        slip("cube", "cube", "Q"),
        slip("two layers", "two-layers-only term-dropped", "Q"),
        slip("four layers", "four-layers term-extra", "Q"),
        slip("one lost", "one-pixel-lost one-off", "Q"),
        slip("first window forgotten", "first-window-forgotten one-off number-off", "Q"),
    ),
    (("convolution alone", "no strides"), ("shift ignored", "whole windows")),
)

# ----- What a kernel does ------------------------------------------------------------------------------------------


def kernels(given: Given, sheet: Sheet) -> None:
    """Values of three kernels at the middle of a window and in an even area."""
    K = np.array([array(given, name) / given[f"n{name}"] for name in "abc"])
    raw = np.array([array(given, name) for name in "abc"])
    x, beta = array(given, "x"), float(given["beta"])
    X = x.reshape(3, 3)
    y = K @ x
    at = sheet.position % 3
    one = y.copy()
    one[at] = -one[at]
    neighbour = y.copy()
    neighbour[at] -= K[at][5] * x[5]
    sheet.write("y", chosen(
        sheet, y,
        ("flipped", K[:, ::-1] @ x), ("transposed window", K @ X.T.ravel()), ("factor lost", raw @ x),
        ("minuses lost", np.abs(K) @ x), ("absolute", np.abs(y)), ("cut at zero", np.maximum(y, 0)),
        ("matrix product", np.array([(row.reshape(3, 3) @ X).sum() for row in K])), ("mean", y / 9),
        ("middle left out", y - K[:, 4] * x[4]), ("middle alone", K[:, 4] * x[4]), ("one sign", one),
        ("all signs", -y), ("one product lost", neighbour),
    ))  # fmt: skip
    t = K.sum(axis=1)
    sheet.write("u", chosen(
        sheet, beta * t,
        ("sum alone", t), ("area kept", np.full(3, beta)), ("nine times", 9 * beta * t), ("brightness added", beta + t),
        ("factor lost in the area", beta * raw.sum(axis=1)), ("middle for the sum", beta * K[:, 4]),
        ("minuses lost in the area", beta * np.abs(K).sum(axis=1)),
    ))  # fmt: skip


KERNELS = Family(
    "kernel-identify",
    kernels,
    (
        slip("flipped", "kernel-flipped", "y"),
        slip("transposed window", "rows-for-columns transpose-extra transpose-missing", "y"),
        slip("factor lost", "factor-before-the-kernel-left-out divisor-dropped", "y"),
        slip("minuses lost", "minuses-lost", "y"),
        slip("absolute", "absolute-values", "y"),
        slip("cut at zero", "cut-at-zero", "y"),
        slip("matrix product", "matrix-product elementwise", "y"),
        slip("mean", "mean-for-sum sum-for-mean", "y"),
        slip("middle left out", "middle-left-out", "y"),
        slip("middle alone", "middle-alone", "y"),
        slip("one sign", "entry-sign sign", "y"),
        slip("all signs", "whole-sign sign", "y"),
        slip("one product lost", "term-dropped entry-left-out", "y"),
        slip("sum alone", "brightness-forgotten factor-dropped", "u"),
        slip("area kept", "brightness-kept factor-dropped", "u"),
        slip("nine times", "brightness-times-nine", "u"),
        slip("brightness added", "brightness-added other-operation", "u"),
        slip("factor lost in the area", "factor-before-the-kernel-left-out", "u"),
        slip("middle for the sum", "middle-alone", "u"),
        slip("minuses lost in the area", "minuses-lost", "u"),
        pen("permuted", "y u"),
    ),
    (("flipped", "sum alone"),),
)

FAMILIES = (NET, VIEWS, KERNELS)
