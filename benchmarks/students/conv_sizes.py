"""Sizes through a chain of windows, parameters of a convolution, of one in two parts."""

from __future__ import annotations

from benchmarks.students.further import array
from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen

# ----- Sizes through a chain of windows ----------------------------------------------------------------------------


def chain(given: Given, sheet: Sheet) -> None:
    """Rows and columns after a convolution, a pooling, a dilated convolution; the numbers put out; a padding."""
    S0, k1, p1, s1 = array(given, "S0"), given["k1"], given["p1"], given["s1"]
    m, s2, k3, p3, d = (given[name] for name in ("m", "s2", "k3", "p3", "d"))
    C0, C1, C3 = (float(given[name]) for name in ("C0", "C1", "C3"))
    room = S0 + 2 * p1 - k1
    S1 = sheet.write("S1", chosen(
        sheet, room // s1 + 1,
        ("first place forgotten", room // s1), ("padding once", (room - p1) // s1 + 1),
        ("padding forgotten", (room - 2 * p1) // s1 + 1), ("rounded up", -(-room // s1) + 1),
        ("one inside", (room + 1) // s1), ("stride ignored", room + 1.0), ("window kept", (S0 + 2 * p1) // s1 + 1),
        ("only divided", S0 // s1), ("padding subtracted", (S0 - 2 * p1 - k1) // s1 + 1),
        ("window twice", (room - k1) // s1 + 1), ("stride of the pooling", room // s2 + 1),
        ("divided by the window", (S0 + 2 * p1) // k1), ("not cut", room / s1 + 1),
    ))  # fmt: skip
    S2 = sheet.write("S2", chosen(
        sheet, (S1 - m) // s2 + 1,
        ("pooled by its window", S1 // m), ("first place of the pooling", (S1 - m) // s2),
        ("pooling rounded up", -(-(S1 - m) // s2) + 1), ("pooling by one", S1 - m + 1), ("pooling divides", S1 // s2),
        ("pooling padded", (S1 + 2 * p1 - m) // s2 + 1), ("pooling skipped", S1),
    ))  # fmt: skip
    span = sheet.write("K3", chosen(
        sheet, float(d * (k3 - 1) + 1),
        ("no dilation", float(k3)), ("dilation times window", float(d * k3)), ("wide gaps", float(k3 + d * (k3 - 1))),
        ("dilation added", float(k3 + d)), ("one gap", float(k3 + d - 1)), ("distance", float(d * (k3 - 1))),
        ("gaps alone", float((d - 1) * (k3 - 1))), ("one more than the product", float(d * k3 + 1)),
    ))  # fmt: skip
    S3 = sheet.write("S3", chosen(
        sheet, S2 + 2 * p3 - span + 1,
        ("dilation overlooked", S2 + 2 * p3 - k3 + 1), ("last padding once", S2 + p3 - span + 1),
        ("last padding forgotten", S2 - span + 1), ("last place", S2 + 2 * p3 - span),
        ("dilation as stride", (S2 + 2 * p3 - k3) // d + 1), ("last padding subtracted", S2 - 2 * p3 - span + 1),
    ))  # fmt: skip
    area = float(S3[0] * S3[1])
    sheet.write("N", chosen(
        sheet, C3 * area,
        ("one channel", area), ("channels before", C1 * area), ("channels of the image", C0 * area),
        ("channels multiplied", C1 * C3 * area), ("sides added", C3 * float(S3.sum())),
        ("size before", C3 * float(S2[0] * S2[1])), ("rows alone", C3 * float(S3[0])),
        ("rows squared", C3 * float(S3[0] ** 2)),
    ))  # fmt: skip
    sheet.write("P", chosen(
        sheet, (span - 1) / 2,
        ("both sides", span - 1), ("half of the plain window", (k3 - 1) / 2), ("one too much", (span + 1) / 2),
        ("one side too little", (span - 3) / 2), ("half of the window", span / 2),
    ))  # fmt: skip


CHAIN = Family(
    "conv-output-shape",
    chain,
    (
        slip("first place forgotten", "first-place-forgotten term-dropped one-off", "S1"),
        slip("padding once", "padding-on-one-side factor-two factor-dropped", "S1"),
        slip("padding forgotten", "padding-forgotten term-dropped", "S1"),
        slip("rounded up", "rounded-up other-function one-off", "S1"),
        slip("one inside", "one-added-inside brackets", "S1"),
        slip("stride ignored", "stride-ignored divisor-dropped", "S1"),
        slip("window kept", "window-ignored term-dropped", "S1"),
        slip("only divided", "stride-alone term-dropped", "S1"),
        slip("padding subtracted", "padding-taken-off sign", "S1"),
        slip("window twice", "factor-two constant-factor factor-extra number-off", "S1"),
        slip("stride of the pooling", "names-swapped index-off other-quantity", "S1"),
        slip("divided by the window", "divided-by-window", "S1"),
        slip("not cut", "not-cut activation-missing", "S1"),
        slip("pooled by its window", "divided-by-window", "S2"),
        slip("first place of the pooling", "first-place-forgotten term-dropped one-off", "S2"),
        slip("pooling rounded up", "rounded-up other-function one-off", "S2"),
        slip("pooling by one", "stride-ignored divisor-dropped", "S2"),
        slip("pooling divides", "window-ignored term-dropped", "S2"),
        slip("pooling padded", "padding-in-the-pooling term-extra", "S2"),
        slip("pooling skipped", "other-blank pooling-skipped", "S2"),
        slip("no dilation", "dilation-ignored factor-dropped", "K3"),
        slip("dilation times window", "dilation-times-window brackets", "K3"),
        slip("wide gaps", "gaps-as-wide-as-dilation one-off", "K3"),
        slip("dilation added", "dilation-added other-operation", "K3"),
        slip("one gap", "dilation-less-one-added other-operation", "K3"),
        slip("distance", "distance-for-width term-dropped one-off", "K3"),
        slip("gaps alone", "gaps-alone one-off number-off", "K3"),
        slip("one more than the product", "brackets term-dropped number-off", "K3"),
        slip("dilation overlooked", "dilation-ignored", "S3 K3"),
        slip("last padding once", "padding-on-one-side factor-two factor-dropped", "S3"),
        slip("last padding forgotten", "padding-forgotten term-dropped", "S3"),
        slip("last place", "first-place-forgotten term-dropped one-off", "S3"),
        slip("dilation as stride", "dilation-as-stride", "S3"),
        slip("last padding subtracted", "padding-taken-off sign", "S3"),
        slip("one channel", "one-channel factor-dropped", "N"),
        slip("channels before", "channels-of-the-layer-before names-swapped index-off", "N"),
        slip("channels of the image", "channels-of-the-image names-swapped index-off", "N"),
        slip("channels multiplied", "all-channels-multiplied factor-extra", "N"),
        slip("sides added", "sides-added other-operation", "N"),
        slip("size before", "index-off old-for-new names-swapped other-quantity", "N"),
        slip("rows alone", "factor-dropped", "N"),
        slip("rows squared", "index-off", "N"),
        slip("both sides", "padding-of-both-sides divisor-dropped", "P"),
        slip("half of the plain window", "dilation-ignored", "P K3"),
        slip("one too much", "padding-half-window sign one-off", "P"),
        slip("one side too little", "one-off number-off", "P"),
        slip("half of the window", "window-halved term-dropped", "P"),
        pen("permuted", "S1 S3"),
        pen("digit", "S1 N"),
    ),
    (("padding once", "one channel"), ("rounded up", "no dilation")),
)

# ----- Parameters of a convolution ---------------------------------------------------------------------------------


def filters(given: Given, sheet: Sheet) -> None:
    """Weights of a filter, parameters of two layers, of a fully connected layer in the place of the first."""
    kh, kw, k2, C0, C1, C2, H, W = (float(given[name]) for name in ("kh", "kw", "k2", "C0", "C1", "C2", "H", "W"))
    f = sheet.write("f", chosen(
        sheet, kh * kw * C0,
        ("one channel", kh * kw), ("bias in the filter", kh * kw * C0 + 1), ("sides added", (kh + kw) * C0),
        ("square window", kh * kh * C0), ("filters for channels", kh * kw * C1), ("whole image", H * W * C0),
        ("all filters", kh * kw * C0 * C1), ("channels added", kh * kw + C0),
    ))  # fmt: skip
    sheet.write("N1", chosen(
        sheet, (f + 1) * C1,
        ("no biases", f * C1), ("one bias", f * C1 + 1), ("bias for each channel", (kh * kw + 1) * C0 * C1),
        ("biases by inputs", f * C1 + C0), ("times pixels", (f + 1) * C1 * H * W),
        ("bias for each pixel", f * C1 + C1 * H * W),
        ("one filter", f + 1), ("filters added", f + C1), ("channels of layer 2", (f + 1) * C2),
        ("channels once more", (f + 1) * C0 * C1), ("bias subtracted", (f - 1) * C1),
    ))  # fmt: skip
    plain = given["second"] == "plain"
    bias, w = (0.0 if plain else 1.0), k2 * k2 * C1
    sheet.write("N2", chosen(
        sheet, (w + bias) * C2,
        ("bias the other way", (w + 1 - bias) * C2), ("channels of the image", (k2 * k2 * C0 + bias) * C2),
        ("no channels in", (k2 * k2 + bias) * C2), ("a row of the window", (k2 * C1 + bias) * C2),
        ("sides of the window added", (2 * k2 * C1 + bias) * C2), ("one bias in layer 2", w * C2 + 1),
        ("bias for each channel of layer 2", (k2 * k2 + bias) * C1 * C2),
        ("biases of inputs of layer 2", w * C2 + bias * C1),
        ("window of layer 1", (kh * kw * C1 + bias) * C2), ("image comes in too", (k2 * k2 * (C0 + C1) + bias) * C2),
        ("all channels so far", (k2 * k2 * C0 * C1 + bias) * C2),
        ("filters of layer 2 lost", w + bias), ("channels with themselves", (k2 * k2 * C2 + bias) * C2),
    ))  # fmt: skip
    u = sheet.write("u", chosen(
        sheet, H * W * C1,
        ("one channel out", H * W), ("channels in for out", H * W * C0),
        ("smaller image", (H - kh + 1) * (W - kw + 1) * C1), ("channels multiplied", H * W * C0 * C1),
        ("sides of the image added", (H + W) * C1), ("channels of the last layer", H * W * C2),
    ))  # fmt: skip
    x = H * W * C0
    sheet.write("D", chosen(
        sheet, (x + 1) * u,
        ("no dense biases", x * u), ("neuron for a filter", (x + 1) * C1), ("dense sees one channel", (H * W + 1) * u),
        ("dense one bias", x * u + 1), ("dense biases by filters", x * u + C1), ("dense sizes added", x + u),
        ("dense biases of inputs", x * (u + 1)), ("outputs squared", (u + 1) * u), ("dense sees a window", (f + 1) * u),
    ))  # fmt: skip


FILTERS = Family(
    "conv-param-count",
    filters,
    (
        slip("one channel", "one-channel-in factor-dropped", "f"),
        slip("bias in the filter", "bias-in-the-filter one-off", "f"),
        slip("sides added", "sides-added other-operation", "f"),
        slip("square window", "square-window other-square-window names-swapped", "f"),
        slip("filters for channels", "filters-for-channels names-swapped index-off", "f"),
        slip("whole image", "image-for-window names-swapped", "f"),
        slip("all filters", "factor-extra", "f"),
        slip("channels added", "channels-added other-operation", "f"),
        slip("no biases", "no-biases term-dropped", "N1"),
        slip("one bias", "one-bias-for-all brackets", "N1"),
        slip("bias for each channel", "bias-per-channel", "N1"),
        slip("biases by inputs", "biases-by-inputs", "N1"),
        slip("times pixels", "times-pixels", "N1"),
        slip("bias for each pixel", "bias-per-pixel", "N1"),
        slip("one filter", "one-filter factor-dropped", "N1"),
        slip("filters added", "filters-added other-operation brackets", "N1"),
        slip("channels of layer 2", "names-swapped index-off", "N1"),
        slip("channels once more", "factor-extra", "N1"),
        slip("bias subtracted", "sign", "N1"),
        slip("bias the other way", "no-biases-in-layer-2 bias-counted-in-layer-2 term-dropped", "N2"),
        slip("channels of the image", "channels-of-the-image names-swapped index-off", "N2"),
        slip("no channels in", "one-channel-in factor-dropped", "N2"),
        slip("a row of the window", "window-not-squared power-dropped", "N2"),
        slip("sides of the window added", "sides-added square-doubled", "N2"),
        slip("one bias in layer 2", "one-bias-for-layer-2 one-bias-counted brackets", "N2"),
        slip("bias for each channel of layer 2", "bias-per-channel-in-layer-2", "N2"),
        slip("biases of inputs of layer 2", "biases-by-inputs-in-layer-2", "N2"),
        slip("window of layer 1", "names-swapped window-of-layer-1", "N2"),
        slip("image comes in too", "image-among-the-channels term-extra", "N2"),
        slip("all channels so far", "all-channels-so-far factor-extra", "N2"),
        slip("filters of layer 2 lost", "factor-dropped", "N2"),
        slip("channels with themselves", "names-swapped index-off", "N2"),
        slip("one channel out", "one-channel-out factor-dropped", "u"),
        slip("channels in for out", "channels-in-for-out names-swapped index-off", "u"),
        slip("smaller image", "shrunk-by-the-window", "u"),
        slip("channels multiplied", "all-channels-multiplied factor-extra", "u"),
        slip("sides of the image added", "sides-of-the-image-added other-operation", "u"),
        slip("channels of the last layer", "names-swapped index-off", "u"),
        slip("no dense biases", "no-dense-biases term-dropped", "D"),
        slip("neuron for a filter", "dense-neuron-per-filter", "D"),
        slip("dense sees one channel", "dense-one-channel factor-dropped", "D"),
        slip("dense one bias", "dense-one-bias brackets", "D"),
        slip("dense biases by filters", "dense-biases-by-channels", "D"),
        slip("dense sizes added", "dense-sizes-added other-operation", "D"),
        slip("dense biases of inputs", "dense-biases-by-inputs", "D"),
        slip("outputs squared", "names-swapped other-quantity dense-of-outputs", "D"),
        slip("dense sees a window", "other-quantity dense-of-the-window", "D"),
        pen("digit", "N1 N2 D"),
        pen("digits", "N2 D"),
    ),
    (("one channel", "no dense biases"), ("no biases", "channels of the image")),
)

# ----- A convolution in two parts ----------------------------------------------------------------------------------


def parts(given: Given, sheet: Sheet) -> None:
    """Parameters of a convolution and of its two parts, their share, where the share goes."""
    k, a, b = (float(given[name]) for name in ("k", "C1", "C2"))
    bias = 0.0 if given["kind"] == "plain" else 1.0
    never = sheet("never biases")
    on = 0.0 if never else bias
    S = sheet.write("S", chosen(
        sheet, (k * k * a + on) * b,
        ("bias the other way", (k * k * a + 1 - bias) * b), ("one channel in", (k * k + bias) * b),
        ("one filter", k * k * a + bias), ("a row of the window", (k * a + bias) * b), ("one bias", k * k * a * b + 1),
        ("bias for each window", (k * k + bias) * a * b), ("channels exchanged", (k * k * b + bias) * a),
        ("sides added", (2 * k * a + bias) * b), ("biases by inputs", k * k * a * b + bias * a),
    ))  # fmt: skip
    first = sheet.write("dw", chosen(
        sheet, (k * k + on) * a,
        ("joined with the filters", (k * k * a + bias) * b), ("all channels in each", (k * k * a + bias) * a),
        ("one window", k * k + bias), ("windows by filters", (k * k + bias) * b), ("row of a window", (k + bias) * a),
        ("sides of a window added", (2 * k + bias) * a), ("first bias the other way", (k * k + 1 - bias) * a),
        ("window and channels added", k * k + a + bias), ("biases by filters", k * k * a + bias * b),
    ))  # fmt: skip
    second = sheet.write("pw", chosen(
        sheet, (a + on) * b,
        ("window again", (k * k * a + bias) * b), ("channels added", a + b), ("channels squared", (a + bias) * a),
        ("one weight each", (1 + bias) * b), ("second bias the other way", (a + 1 - bias) * b),
        ("single filter", a + bias), ("second one bias", a * b + 1), ("second biases by inputs", a * b + bias * a),
        ("bias twice", (a + 1 + bias) * b),
    ))  # fmt: skip
    T = sheet.write("T", chosen(
        sheet, first + second, ("parts multiplied", first * second), ("difference", second - first),
        ("first part twice", 2 * first + second),
    ))  # fmt: skip
    sheet.write("r", chosen(
        sheet, T / S,
        ("upside down", S / T), ("saved", 1 - T / S), ("first alone", first / S), ("second alone", second / S),
        ("per cent", 100 * T / S), ("share of both", T / (S + T)),
    ))  # fmt: skip
    sheet.write("L", chosen(
        sheet, (a + on) / (k * k * a + on),
        ("root of it", 1 / k), ("nothing", 0.0), ("channels in", 1 / a),
        ("limit upside down", (k * k * a + bias) / (a + bias)),
        ("filters left", 1 / (k * k) + 1 / b), ("biases vanish", 1 / (k * k)), ("one", 1.0),
        ("first part of it", 1 / b), ("square of channels", 1 / (k * k * a)),
    ))  # fmt: skip


PARTS = Family(
    "separable-conv-params",
    parts,
    (
        slip("never biases", "biases-forgotten limit-without-biases term-dropped", "S dw pw L"),
        slip("bias the other way", "biases-counted biases-forgotten term-dropped", "S"),
        slip("one channel in", "one-channel-in factor-dropped", "S"),
        slip("one filter", "one-filter factor-dropped", "S"),
        slip("a row of the window", "one-row-of-the-window power-dropped", "S"),
        slip("one bias", "one-bias-for-all one-bias-counted brackets term-extra", "S"),
        slip("bias for each window", "bias-for-every-window brackets", "S"),
        slip("channels exchanged", "names-swapped channels-exchanged", "S"),
        slip("sides added", "sides-added square-doubled", "S"),
        slip("biases by inputs", "biases-by-inputs", "S"),
        slip("joined with the filters", "joined-with-all-filters factor-extra other-blank", "dw"),
        slip("all channels in each", "all-channels-in-each-window factor-extra square-doubled", "dw"),
        slip("one window", "one-window factor-dropped", "dw"),
        slip("windows by filters", "windows-by-filters names-swapped index-off", "dw"),
        slip("row of a window", "one-row-of-the-window power-dropped", "dw"),
        slip("sides of a window added", "sides-added square-doubled", "dw"),
        slip("first bias the other way", "biases-counted biases-forgotten term-dropped term-extra", "dw"),
        slip("window and channels added", "other-operation first-part-added", "dw"),
        slip("biases by filters", "biases-by-filters", "dw"),
        slip("window again", "window-again other-blank factor-extra", "pw"),
        slip("channels added", "channels-added other-operation", "pw"),
        slip("channels squared", "channels-with-themselves names-swapped index-off", "pw"),
        slip("one weight each", "one-weight-per-filter factor-dropped", "pw"),
        slip("second bias the other way", "biases-counted biases-forgotten term-dropped", "pw"),
        slip("single filter", "one-filter factor-dropped", "pw"),
        slip("second one bias", "one-bias-for-all one-bias-counted brackets", "pw"),
        slip("second biases by inputs", "biases-by-inputs", "pw"),
        slip("bias twice", "one-off number-off biases-counted", "pw"),
        slip("parts multiplied", "parts-multiplied other-operation", "T"),
        slip("difference", "sign", "T"),
        slip("first part twice", "factor-two", "T"),
        slip("upside down", "share-upside-down inverted reciprocal", "r"),
        slip("saved", "saved-share complement", "r"),
        slip("first alone", "first-part-alone other-quantity term-dropped", "r"),
        slip("second alone", "second-part-alone other-quantity term-dropped", "r"),
        slip("per cent", "in-per-cent power-of-ten", "r"),
        slip("share of both", "term-extra share-of-both", "r"),
        slip("root of it", "window-row-in-the-limit power-dropped", "L"),
        slip("nothing", "limit-zero", "L"),
        slip("channels in", "limit-of-channels", "L"),
        slip("limit upside down", "limit-upside-down inverted reciprocal", "L"),
        slip("filters left", "limit-with-filters other-blank", "L"),
        slip("biases vanish", "limit-without-biases", "L"),
        slip("one", "limit-one", "L"),
        slip("first part of it", "limit-of-filters", "L"),
        slip("square of channels", "factor-extra limit-of-one-filter", "L"),
        pen("digit", "S pw T"),
        pen("rounding", "r"),
    ),
    (("joined with the filters", "saved"), ("one filter", "root of it")),
)

FAMILIES = (CHAIN, FILTERS, PARTS)
