"""Recurrent nets: parameters and shapes that are counted."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, slip


def count(given: Given, sheet: Sheet) -> None:
    """Parameters of a window net, of recurrent layers, of LSTM and GRU."""
    p, n, d, m, k, q, T = (given[name] for name in "pndmkqT")
    one = 1 if given["bias"] == "each" else 0
    if sheet("biases the other way"):
        one = 1 - one
    dense = p * n + n + one * (n + 1)
    for name, value in (
        ("output neuron forgotten", p * n + one * n),
        ("output weights forgotten", p * n + one * (n + 1)),
        ("output neuron without a bias", p * n + n + one * n),
        ("one more input", (p + 1) * n + n + one * (n + 1)),
        ("window squared", p * p + p),
    ):
        dense = value if sheet(name) else dense
    sheet.write("A", dense)

    def cells(inputs: float, size: float) -> float:
        if sheet("state weights forgotten"):
            return inputs * size + one * size
        if sheet("own state alone"):
            return inputs * size + size + one * size
        if sheet("two biases"):
            return inputs * size + size**2 + 2 * one * size
        if sheet("one bias"):
            return inputs * size + size**2 + one
        if sheet("inputs squared"):
            return inputs * size + inputs**2 + one * size
        return inputs * size + size**2 + one * size

    first = cells(d, m)
    if sheet("times the length"):
        first *= T
    if sheet("inputs times the length"):
        first = d * m * T + m * m + one * m
    first = sheet.write("R1", first)
    second = cells(m, k)
    for name, value in (
        ("inputs of the net", d * k + k * k + one * k),
        ("inputs of the net as well", (d + m) * k + k * k + one * k),
        ("weights between forgotten", k * k + one * k),
    ):
        second = value if sheet(name) else second
    both = first + second
    if sheet("second alone"):
        both = second
    if sheet("first twice"):
        both = 2 * first
    both = sheet.write("S", both)
    out = k * q + one * q
    for name, value in (
        ("output of the first layer", m * q + one * q),
        ("output of both layers", (m + k) * q + one * q),
        ("output at all times", k * q * T + one * q),
        ("output bias forgotten", k * q),
    ):
        out = value if sheet(name) else out
    whole = sheet.write("N", out if sheet("output alone") else both + out)
    lstm = 4 * both
    for name, value in (
        ("gates alone", 3 * both),
        ("two sets", 2 * both),
        ("output in the gates", 4 * whole),
        ("five sets", 5 * both),
    ):
        lstm = value if sheet(name) else lstm
    sheet.write("M", lstm)
    gru = 3 * both
    for name, value in (
        ("gates of GRU alone", 2 * both),
        ("as LSTM", 4 * both),
        ("output in the gates of GRU", 3 * whole),
    ):
        gru = value if sheet(name) else gru
    sheet.write("G", gru)


COUNT = Family(
    "rnn-params",
    count,
    (
        slip("biases the other way", "biases-the-other-way term-dropped one-off", "A R1 R2 o", every=True),
        slip("output neuron forgotten", "hidden-weights-alone term-dropped", "A"),
        slip("output weights forgotten", "term-dropped", "A"),
        slip("output neuron without a bias", "output-bias-forgotten term-dropped one-off", "A"),
        slip("one more input", "one-more-input one-off", "A"),
        slip("state weights forgotten", "recurrent-weights-forgotten term-dropped", "R1 R2", every=True),
        slip("own state alone", "own-state-alone power-dropped factor-dropped", "R1 R2", every=True),
        slip("two biases", "two-biases factor-two", "R1 R2", every=True),
        slip("one bias", "one-bias factor-dropped", "R1 R2", every=True),
        slip("inputs squared", "inputs-squared names-swapped", "R1 R2", every=True),
        slip("times the length", "times-the-length factor-extra", "R1"),
        slip("inputs times the length", "inputs-times-the-length factor-extra", "R1"),
        slip("inputs of the net", "inputs-of-the-net names-swapped", "R2 S"),
        slip("inputs of the net as well", "inputs-of-the-net-as-well", "R2 S"),
        slip("weights between forgotten", "inputs-of-the-second-forgotten term-dropped", "R2 S"),
        slip("second alone", "second-layer-alone term-dropped", "S"),
        slip("first twice", "first-layer-for-the-second names-swapped", "S"),
        slip("output of the first layer", "output-of-the-first names-swapped", "o N"),
        slip("output of both layers", "output-of-both", "o N"),
        slip("output at all times", "output-times-the-length factor-extra", "o N"),
        slip("output bias forgotten", "term-dropped one-bias biases-the-other-way", "o N"),
        slip("output alone", "output-alone term-dropped", "N"),
        slip("gates alone", "gates-alone number-off", "M"),
        slip("two sets", "two-sets factor-two number-off", "M"),
        slip("five sets", "gates-beside-the-layer number-off", "M"),
        slip("output in the gates", "output-in-gates names-swapped other-quantity", "M"),
        slip("gates of GRU alone", "gates-alone number-off", "G"),
        slip("as LSTM", "cells-confused number-off other-blank", "G"),
        slip("output in the gates of GRU", "output-in-gates names-swapped other-quantity", "G"),
    ),
    (("inputs of the net", "gates alone"),),
)


def shapes(given: Given, sheet: Sheet) -> None:
    """What goes from layer to layer, and the matrices inside."""
    T, d, m, k, B, q = (given[name] for name in "TdmkBq")
    turned = {"columns for times": (d, T), "one time": (1, d), "batch for times": (B, d)}
    second = {"second turned": (m, T), "last state alone": (1, m), "width kept": (T, d), "width of the next": (T, k)}
    third = {"all states": (T, k), "column for row": (k, 1), "output itself": (1, q), "state of layer 1": (1, m)}
    matrix = {"V turned": (m, k), "V of the net's inputs": (k, d), "V of layer 1": (m, d), "V as W": (k, k)}
    square = {"W as V": (k, m), "W of layer 1": (m, m), "W turned": (m, k), "times in W": (T, k)}
    both = {"times doubled": (2 * T, m), "one direction": (T, m), "inputs doubled": (T, 2 * d)}
    for ask, right, wrongs in (
        ("first", (T, d), turned),
        ("second", (T, m), second | {"matrix of weights": (m, k)}),
        ("third", (1, k), third),
        ("V2", (k, m), matrix),
        ("W2", (k, k), square),
        (
            "both",
            (T, 2 * m),
            both | {"widths added": (T, m + k), "both turned": (2 * m, T), "next doubled": (T, 2 * k)},
        ),
    ):
        for name, wrong in wrongs.items():
            right = wrong if sheet(name) else right
        sheet.write(ask, np.array(right, float))
    number = B * T * m
    for name, wrong in (
        ("one sequence", T * m),
        ("one time step", B * m),
        ("inputs counted", B * T * d),
        ("states of layer 2 counted", B * T * k),
        ("both directions counted", 2 * B * T * m),
        ("numbers added", B + T * m),
    ):
        number = wrong if sheet(name) else number
    sheet.write("count", float(number))


SHAPES = Family(
    "rnn-layer-shapes",
    shapes,
    (
        slip("columns for times", "times-for-columns permuted names-swapped rows-for-columns", "first"),
        slip("second turned", "times-for-columns permuted names-swapped rows-for-columns", "second"),
        slip("last state alone", "last-state-alone", "second"),
        slip("width kept", "width-kept other-blank names-swapped", "second"),
        slip("width of the next", "width-of-the-next names-swapped", "second"),
        slip("matrix of weights", "matrix-for-sequence names-swapped", "second"),
        slip("all states", "all-states-passed", "third"),
        slip("column for row", "times-for-columns permuted", "third"),
        slip("output itself", "outputs-for-inputs names-swapped", "third"),
        slip("state of layer 1", "state-before names-swapped", "third"),
        slip("V turned", "matrix-turned permuted names-swapped", "V2"),
        slip("V of the net's inputs", "inputs-of-the-net names-swapped", "V2"),
        slip("V of layer 1", "matrix-of-layer-one names-swapped", "V2"),
        slip("V as W", "recurrent-matrix other-blank names-swapped", "V2"),
        slip("W as V", "between-the-layers other-blank names-swapped", "W2"),
        slip("W of layer 1", "matrix-of-layer-one names-swapped", "W2"),
        slip("W turned", "between-the-layers-turned names-swapped", "W2"),
        slip("times in W", "times-in-the-matrix names-swapped", "W2"),
        slip("times doubled", "times-doubled", "both"),
        slip("one direction", "one-direction factor-two other-blank factor-dropped", "both"),
        slip("inputs doubled", "inputs-doubled names-swapped", "both"),
        slip("widths added", "widths-added", "both"),
        slip("both turned", "times-for-columns permuted", "both"),
        slip("next doubled", "width-of-the-next names-swapped", "both"),
        slip("one sequence", "one-sequence factor-dropped", "count"),
        slip("one time step", "one-time factor-dropped", "count"),
        slip("inputs counted", "numbers-of-the-input names-swapped", "count"),
        slip("states of layer 2 counted", "numbers-of-the-second names-swapped", "count"),
        slip("both directions counted", "numbers-of-both factor-two", "count"),
        slip("numbers added", "other-operation", "count"),
    ),
    (("last state alone", "one sequence"),),
)


FAMILIES = (COUNT, SHAPES)
