"""Who rounds everything on the way as the sheet tells is right, also where the solution goes on unrounded."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

import grader

SEEDS = range(30)
Given = dict[str, Any]
Student = Callable[[Given, int], dict[str, str]]


def decimals(value: float, digits: int) -> str:
    return f"{value:.{digits}f}"


def significant(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def stopped_early(given: Given, kept: int) -> dict[str, str]:
    """The power is rounded before it is used."""
    curve, W = given["lambda"], given["W"]
    left = round((1 - given["eta"] * curve) ** given["tau"], kept)
    return {"w": decimals(W * (1 - left), 3), "alpha": decimals(curve * left / (1 - left), 3)}


def normalised_in_use(given: Given, kept: int) -> dict[str, str]:
    """The scale by the root is one number, rounded."""
    m, w, u = given["m"], given["w"], given["u"]
    r = (1 - m) * m * given["mu[1]"] + m * given["mu[2]"]
    s = (1 - m) * (1 - m + m * given["v[1]"]) + m * given["v[2]"]
    scale = round(given["gamma"] / round(math.sqrt(s), kept), kept)
    y = scale * (w[0] * u[0] + w[1] * u[1] + given["b"] - r) + given["beta"]
    weights = f"[{decimals(scale * w[0], 2)}, {decimals(scale * w[1], 2)}]"
    return {"y": decimals(y, 2), "wf": weights, "bf": decimals(scale * (given["b"] - r) + given["beta"], 2)}


def layer_off(given: Given, kept: int) -> dict[str, str]:
    """Each probability and each product is rounded."""
    off = [significant(given["p0"] ** given[f"n[{k}]"], kept) for k in (1, 2, 3)]
    on = [significant(1 - one, kept) for one in off]
    none = significant(significant(on[0] * on[1], kept) * on[2], kept)
    single = [significant(off[k] * on[k - 1] * on[k - 2], kept) for k in range(3)]
    return {"some": decimals(1 - none, 4), "one": decimals(sum(single), 4)}


@pytest.mark.parametrize(
    ("family", "student", "kept"),
    [
        ("early-stop-l2", stopped_early, 5),
        ("batchnorm-inference", normalised_in_use, 4),
        ("dropout-layer-off", layer_off, 4),
    ],
)
def test_rounding_as_told_costs_nothing(family: str, student: Student, kept: int) -> None:
    for seed in SEEDS:
        variant = grader.bank()[family].variant(seed)
        assert str(kept) in variant.statement("en").partition("Rounding")[2].partition(".")[0]
        typed = student(dict(variant.given), kept)
        verdicts = {verdict.ask: verdict.status for verdict in variant.mark(typed)}
        assert {ask: verdicts[ask] for ask in typed} == dict.fromkeys(typed, "correct"), (seed, typed)
