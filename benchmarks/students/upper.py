"""A net of two weights, changed at once or the upper one first."""

from __future__ import annotations

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip


def layers(given: Given, sheet: Sheet) -> None:
    """The upper weight first, or both at once."""
    x, y, p, q, eta = given["x"], given["y"], given["w1"], given["w2"], given["eta"]
    leaky = given["act"] == "leaky"
    slope = given["k"] if leaky else 1.0
    h = p * x
    o = slope * h
    if leaky and sheet("activation left out"):
        o = h
    if leaky and sheet("cut off at 0"):
        o = 0.0
    forecast = q * o
    if sheet("lower weight left out"):
        forecast = q * x
    if sheet("upper weight left out"):
        forecast = o
    forecast = sheet.write("yhat", forecast)
    r = forecast - y
    d2 = r * o
    if sheet("input for the output"):
        d2 = r * x
    if sheet("residual left out"):
        d2 = o
    if sheet("two kept"):
        d2 = 2 * r * o
    if sheet("answer minus forecast"):
        d2 = -r * o
    if sheet("forecast for the output"):
        d2 = r * forecast
    if sheet("upper weight kept in its own derivative"):
        d2 = r * q
    d2 = sheet.write("d2", d2)
    u = q - eta * d2
    if sheet("uphill above"):
        u = q + eta * d2
    if sheet("rate lost above"):
        u = q - d2
    if sheet("old weight lost above"):
        u = -eta * d2
    u = sheet.write("u", u)
    d1 = r * q * slope * x
    if sheet("new weight too early"):
        d1 = r * u * slope * x
    if leaky and sheet("slope left out"):
        d1 = r * q * x
    if sheet("input left out"):
        d1 = r * q * slope
    if sheet("upper weight left out of the chain"):
        d1 = r * slope * x
    if sheet("residual left out of the chain"):
        d1 = q * slope * x
    if sheet("output for the input"):
        d1 = r * q * slope * o
    d1 = sheet.write("d1", d1)
    a = p - eta * d1
    if sheet("uphill below"):
        a = p + eta * d1
    if sheet("rate lost below"):
        a = p - d1
    if sheet("step from the upper weight"):
        a = q - eta * d1
    a = sheet.write("a", a)
    e1 = r * u * slope * x
    if sheet("residual recomputed"):
        e1 = (u * o - y) * u * slope * x
    if sheet("residual alone recomputed"):
        e1 = (u * o - y) * q * slope * x
    if sheet("old weight again"):
        e1 = r * q * slope * x
    if leaky and sheet("slope left out again"):
        e1 = r * u * x
    if sheet("input left out again"):
        e1 = r * u * slope
    e1 = sheet.write("e1", e1)
    base = a if sheet("one step on") else p
    b = base - eta * e1
    if sheet("uphill at last"):
        b = p + eta * e1
    if sheet("derivative of A"):
        b = p - eta * d1
    sheet.write("b", b)


LAYERS = Family(
    "layerwise-update-variant",
    layers,
    (
        slip("activation left out", "activation-missing factor-dropped", "yhat o"),
        slip("cut off at 0", "cut-off other-function", "yhat o"),
        slip("lower weight left out", "factor-dropped", "yhat h"),
        slip("upper weight left out", "factor-dropped", "yhat"),
        slip("input for the output", "input-for-output names-swapped other-quantity", "d2"),
        slip("residual left out", "residual-left-out factor-dropped", "d2"),
        slip("two kept", "factor-two", "d2"),
        slip("answer minus forecast", "answer-minus-forecast sign", "d2"),
        slip("forecast for the output", "names-swapped other-quantity", "d2"),
        slip("upper weight kept in its own derivative", "names-swapped other-quantity", "d2"),
        slip("uphill above", "sign", "u"),
        slip("rate lost above", "factor-dropped", "u"),
        slip("old weight lost above", "term-dropped", "u"),
        slip("new weight too early", "new-weight-too-early new-for-old names-swapped other-blank other-quantity", "d1"),
        slip("slope left out", "slope-left-out factor-dropped inner-lost", "d1"),
        slip("input left out", "factor-dropped inner-lost", "d1"),
        slip("upper weight left out of the chain", "factor-dropped inner-lost", "d1"),
        slip("residual left out of the chain", "factor-dropped", "d1"),
        slip("output for the input", "names-swapped other-quantity", "d1"),
        slip("uphill below", "sign", "a"),
        slip("rate lost below", "factor-dropped", "a"),
        slip("step from the upper weight", "names-swapped", "a"),
        slip("residual recomputed", "residual-recomputed", "e1"),
        slip("residual alone recomputed", "residual-alone-recomputed", "e1"),
        slip("old weight again", "old-weight-again names-swapped other-blank", "e1"),
        slip("slope left out again", "slope-left-out-again factor-dropped", "e1"),
        slip("input left out again", "factor-dropped", "e1"),
        slip("one step on", "steps-on names-swapped", "b"),
        slip("uphill at last", "sign", "b"),
        slip("derivative of A", "names-swapped other-blank other-quantity", "b"),
        pen("digit", "yhat d2 d1 a e1 b"),
        pen("power-of-ten", "d2 d1"),
        pen("digits", "d1 e1"),
    ),
    (("two kept", "uphill below"),),
)

FAMILIES = (LAYERS,)
