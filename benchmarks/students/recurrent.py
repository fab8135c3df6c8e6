"""Recurrent nets: forward passes in one direction and in both, and the way back through time."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, slip


def relu(h: float) -> float:
    """max(0, h)."""
    return max(0.0, h)


def series(given: Given, sheet: Sheet) -> None:
    """A cell that reads a series and forecasts it."""
    v, w, u = given["v"], given["w"], given["u"]
    y = [given[f"y[{t}]"] for t in range(4)]
    h = a = last = 0.0
    states = [h]

    def total(read: float, state: float, t: int) -> float:
        if sheet("no recurrence", t - 1, 2):
            return v * read
        if sheet("weights crossed", t, 3):
            return w * read + v * state
        if sheet("forecast sent back", t - 1, 2):
            return v * read + w * u * state
        if sheet("minus before the state", t - 1, 2):
            return v * read - w * state
        if sheet("state not weighted", t - 1, 2):
            return v * read + state
        if sheet("value not weighted", t, 3):
            return read + w * state
        return v * read + w * state

    for t in (1, 2, 3):
        read = (
            y[t] if sheet("value to be forecast", t, 3) else y[0] if sheet("first value again", t - 1, 2) else y[t - 1]
        )
        read = u * h if sheet("own forecast fed back", t - 1, 2) else read
        a = sheet.write(f"a[{t}]", total(read, a if sheet("sum carried on", t - 1, 2) else h, t))
        h = a if sheet("no ReLU", t, 3) else abs(a) if sheet("absolute value", t, 3) else relu(a)
        states.append(h)
    forecasts = u * np.array(states[1:])
    for name, wrong in (
        ("states for forecasts", states[1:]),
        ("states before", u * np.array(states[:3])),
        ("w for u", w * np.array(states[1:])),
        ("v for u", v * np.array(states[1:])),
        ("ReLU over the forecasts", np.maximum(forecasts, 0)),
    ):
        forecasts = np.array(wrong) if sheet(name) else forecasts
    forecasts = sheet.write("yhat", forecasts)
    r = forecasts - np.array(y[1:])
    loss = np.mean(r**2)
    for name, value in (
        ("compared with what was read", np.mean((forecasts - np.array(y[:3])) ** 2)),
        ("divided by four", np.sum(r**2) / 4),
        ("not divided", np.sum(r**2)),
        ("halved", np.sum(r**2) / 2),
        ("not squared", np.mean(np.abs(r))),
        ("root taken", np.sqrt(np.mean(r**2))),
        ("squared after adding", np.sum(r) ** 2 / 3),
        ("squared after averaging", np.mean(r) ** 2),
        ("plus in the errors", np.mean((forecasts + np.array(y[1:])) ** 2)),
    ):
        loss = value if sheet(name) else loss
    sheet.write("L", float(loss))
    read = y[3]
    if sheet("own forecast read"):
        read = forecasts[2]
    if sheet("third value read again"):
        read = y[2]
    last = u * relu(v * read + w * h)
    for name, value in (
        ("no new state", u * h),
        ("last one without recurrence", u * relu(v * read)),
        ("last state alone", relu(v * read + w * h)),
        ("last one crossed", u * relu(w * read + v * h)),
    ):
        last = value if sheet(name) else last
    sheet.write("last", last)


SERIES = Family(
    "rnn-forward",
    series,
    (
        slip("value to be forecast", "value-to-be-forecast index-off names-swapped", "a"),
        slip("no recurrence", "nothing-remembered term-dropped", "a"),
        slip("no ReLU", "relu-left-out activation-missing", "a yhat"),
        slip("absolute value", "sign-taken-off other-function sign", "a yhat"),
        slip("weights crossed", "weights-crossed names-swapped", "a"),
        slip("forecast sent back", "forecast-remembered factor-extra other-quantity", "a"),
        slip("sum carried on", "activation-missing relu-left-out", "a"),
        slip("minus before the state", "sign", "a"),
        slip("state not weighted", "factor-dropped", "a"),
        slip("value not weighted", "factor-dropped", "a"),
        slip("first value again", "value-read-again index-off names-swapped wrong-point old-for-new", "a"),
        slip("own forecast fed back", "own-forecast-fed-back", "a"),
        slip("states for forecasts", "states-for-forecasts factor-dropped", "yhat"),
        slip("states before", "state-too-old old-for-new index-off", "yhat"),
        slip("w for u", "recurrent-weight-for-the-forecast names-swapped", "yhat"),
        slip("v for u", "input-weight-for-the-forecast names-swapped", "yhat"),
        slip("ReLU over the forecasts", "relu-over-the-forecast", "yhat"),
        slip("compared with what was read", "compared-with-the-input index-off", "L"),
        slip("divided by four", "all-values-counted", "L"),
        slip("not divided", "sum-for-mean", "L"),
        slip("halved", "halved number-off sum-for-mean other-convention", "L"),
        slip("not squared", "loss-not-squared power-dropped", "L"),
        slip("root taken", "root-taken", "L"),
        slip("squared after adding", "errors-squared-together", "L"),
        slip("squared after averaging", "mean-squared", "L"),
        slip("plus in the errors", "sign", "L r"),
        slip("own forecast read", "own-forecast-read", "last"),
        slip("third value read again", "last-value-read-again index-off old-for-new", "last"),
        slip("no new state", "no-new-state old-for-new", "last"),
        slip("last one without recurrence", "nothing-remembered term-dropped", "last"),
        slip("last state alone", "states-for-forecasts factor-dropped", "last"),
        slip("last one crossed", "weights-crossed names-swapped", "last"),
    ),
    (("value to be forecast", "not divided"), ("no ReLU", "compared with what was read")),
)


def back_through_time(given: Given, sheet: Sheet) -> None:
    """Three times back, the same weights at each."""
    u, v, w, c, eta = (given[name] for name in ("u", "v", "w", "c", "eta"))
    x = np.array([given[f"x[{t}]"] for t in (1, 2, 3)])
    y = np.array([given[f"y[{t}]"] for t in (1, 2, 3)])
    sums = np.array([given[f"a[{t}]"] for t in (1, 2, 3)])
    h = np.array([given[f"h[{t}]"] for t in (0, 1, 2, 3)])
    forecasts = u * h[1:]
    d = 2 / 3 * (forecasts - y)
    for name, wrong in (
        ("no third", 2 * (forecasts - y)),
        ("no two", (forecasts - y) / 3),
        ("plain errors", forecasts - y),
        ("sign of the error", 2 / 3 * (y - forecasts)),
        ("states compared", 2 / 3 * (h[1:] - y)),
        ("squares kept", (forecasts - y) ** 2 / 3),
    ):
        d = np.array(wrong) if sheet(name) else d
    d = sheet.write("d", d)
    k = np.where(sums > 0, 1.0, c)
    if sheet("slopes forgotten"):
        k = np.ones(3)
    if sheet("slopes of the sums before"):
        k = np.array([1.0, k[0], k[1]])
    if sheet("slope everywhere"):
        k = np.full(3, c)
    if sheet("plain ReLU"):
        k = np.where(sums > 0, 1.0, 0.0)
    if sheet("slopes turned round"):
        k = np.where(sums > 0, c, 1.0)
    s3 = u * d[2] * k[2]
    if sheet("no weight u at the end"):
        s3 = d[2] * k[2]

    def state(t: int, following: float) -> float:
        if sheet("later times forgotten", 3 - t, 2):
            return u * d[t - 1]
        if sheet("own forecast forgotten", 3 - t, 2):
            return w * following
        if sheet("v on the way", 3 - t, 2):
            return u * d[t - 1] + v * following
        if sheet("no weight on the way", 3 - t, 2):
            return u * d[t - 1] + following
        if sheet("u lost", 3 - t, 2):
            return d[t - 1] + w * following
        if sheet("forecasts on the way", 3 - t, 2):
            return u * d[t - 1] + w * d[t]
        if sheet("minus on the way", 3 - t, 2):
            return u * d[t - 1] - w * following
        if sheet("next error", 3 - t, 2):
            return u * d[t] + w * following
        return u * d[t - 1] + w * following

    q2 = sheet.write("q2", state(2, s3))
    s2 = q2 * k[1]
    q1 = sheet.write("q1", state(1, s2))
    s = np.array([q1 * k[0], s2, s3])
    q = np.array([q1, q2, u * d[2]])
    by_u, by_v, by_w = d @ h[1:], s @ x, s @ h[:3]
    for name, value in (
        ("u of the last time", d[2] * h[3]),
        ("u of sums", d @ sums),
        ("u averaged", d @ h[1:] / 3),
        ("u of the states before", d @ h[:3]),
        ("u of forecasts", d @ forecasts),
    ):
        by_u = value if sheet(name) else by_u
    by_u = sheet.write("du", float(by_u))
    for name, value in (
        ("v of the last time", s[2] * x[2]),
        ("v of answers", s @ y),
        ("v of states' derivatives", q @ x),
        ("v of errors", d @ x),
        ("v of values alone", s.sum()),
        ("v of states", s @ h[1:]),
    ):
        by_v = value if sheet(name) else by_v
    by_v = sheet.write("dv", float(by_v))
    for name, value in (
        ("w of the last time", s[2] * h[2]),
        ("w of the same time", s @ h[1:]),
        ("w without the start", s[1:] @ h[1:3]),
        ("w of states' derivatives", q @ h[:3]),
        ("w of errors", d @ h[:3]),
        ("w averaged", s @ h[:3] / 3),
    ):
        by_w = value if sheet(name) else by_w
    by_w = sheet.write("dw", float(by_w))
    weights, gradient = np.array([u, v, w]), np.array([by_u, by_v, by_w])
    new = weights - eta * gradient
    for name, wrong in (
        ("uphill", weights + eta * gradient),
        ("rate lost", weights - gradient),
        ("step alone", -eta * gradient),
        ("in another order", (weights - eta * gradient)[[1, 2, 0]]),
    ):
        new = wrong if sheet(name) else new
    sheet.write("new", new)


BACK = Family(
    "rnn-bptt",
    back_through_time,
    (
        slip("no third", "not-averaged sum-for-mean divisor-dropped constant-factor", "d"),
        slip("no two", "two-lost factor-two", "d"),
        slip("plain errors", "constant-factor factor-dropped", "d"),
        slip("sign of the error", "sign-of-the-error sign whole-sign names-swapped", "d"),
        slip("states compared", "states-for-forecasts names-swapped factor-dropped", "d"),
        slip("squares kept", "function-for-derivative squares-kept", "d"),
        slip("slopes forgotten", "slopes-forgotten factor-dropped", "k3 k2 k1 q2 q1 dv dw"),
        slip(
            "slopes of the sums before",
            "slopes-at-the-state-before index-off old-for-new factor-two",
            "k3 k2 k1 q2 q1 dv dw",
        ),
        slip("slope everywhere", "slope-for-all", "k3 k2 k1 q2 q1 dv dw"),
        slip("plain ReLU", "plain-relu term-dropped", "k3 k2 k1 q2 q1 dv dw"),
        slip("slopes turned round", "slopes-turned-round", "k3 k2 k1 q2 q1 dv dw"),
        slip(
            "no weight u at the end", "last-weight-lost factor-dropped read-out-weight-lost factor-two", "q3 q2 dv dw"
        ),
        slip("later times forgotten", "later-times-forgotten term-dropped", "q2 q1"),
        slip("own forecast forgotten", "own-forecast-forgotten term-dropped", "q2 q1"),
        slip("v on the way", "input-weight-on-the-way-back names-swapped", "q2 q1"),
        slip("no weight on the way", "weight-lost-on-the-way-back factor-dropped", "q2 q1"),
        slip("u lost", "read-out-weight-lost factor-dropped", "q2 q1"),
        slip("forecasts on the way", "forecasts-on-the-way names-swapped", "q2 q1"),
        slip("minus on the way", "sign", "q2 q1"),
        slip("next error", "index-off names-swapped", "q2 q1"),
        slip("u of the last time", "last-time-alone term-dropped", "du"),
        slip("u of sums", "sums-for-states", "du"),
        slip("u averaged", "averaged-once-more", "du"),
        slip("u of the states before", "index-off old-for-new states-before", "du"),
        slip("u of forecasts", "forecasts-for-states names-swapped factor-extra", "du"),
        slip("v of the last time", "last-time-alone term-dropped", "dv"),
        slip("v of answers", "targets-for-inputs names-swapped", "dv"),
        slip("v of states' derivatives", "states-derivatives-taken slopes-forgotten factor-dropped", "dv"),
        slip("v of errors", "forecasts-derivatives-taken names-swapped", "dv"),
        slip("v of values alone", "inputs-left-out factor-dropped", "dv"),
        slip("v of states", "states-for-inputs names-swapped", "dv"),
        slip("w of the last time", "last-time-alone term-dropped", "dw"),
        slip("w of the same time", "states-of-the-same-time index-off new-for-old", "dw"),
        slip("w without the start", "start-forgotten term-dropped", "dw"),
        slip("w of states' derivatives", "states-derivatives-taken slopes-forgotten factor-dropped", "dw"),
        slip("w of errors", "forecasts-derivatives-taken names-swapped", "dw"),
        slip("w averaged", "averaged-once-more", "dw"),
        slip("uphill", "step-uphill sign", "new"),
        slip("rate lost", "factor-dropped", "new"),
        slip("step alone", "term-dropped", "new"),
        slip("in another order", "permuted names-swapped", "new"),
    ),
    (("no third", "w of the same time"), ("later times forgotten", "u of sums")),
)

FAMILIES = (SERIES, BACK)
