"""Follow-through past a derivative: `grad(L, h)` takes the values that stand on the sheet between h and L."""

from __future__ import annotations

import pytest

from grader.draws.draw import draw
from grader.marking.mark import mark
from grader.plan.group import Group
from grader.plan.load import problem_from

SPEC = """
id: s
title: {en: S, ru: С}
topic: t
text: {en: a, ru: а}
given: {x: {ints: [2, 5]}, w1: {ints: [2, 5]}, w2: {ints: [3, 6]}, y: {ints: [1, 9]}}
steps: {h: w1*x, o: h^2/10, yhat: w2*o, L: 1/2*(y - yhat)^2, dh: "grad(L, h)", dw: "grad(L, w2)"}
ask: {o: {decimals: 3}, yhat: {decimals: 3}, dh: {decimals: 3}, dw: {decimals: 3}}
"""


def group_of(seed: int) -> Group:
    (group,) = draw(problem_from(SPEC.encode(), "s.yaml"), [seed])
    return group


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("out", "forecast"), [(1.0, 3.0), (0.7, 0.0), (1.4, -2.5)])
def test_a_gradient_follows_from_own_values_between(seed: int, out: float, forecast: float) -> None:
    group = group_of(seed)
    value = {name: float(table[0]) for name, table in group.values.items()}
    o = out * value["o"]
    yhat = value["w2"] * o + forecast  # a slip of its own, so that no formula gives it
    error = yhat - value["y"]
    typed = {"o": o, "yhat": yhat, "dh": error * value["w2"] * 2 * value["h"] / 10, "dw": error * o}
    verdicts = {v.ask: v for v in mark(group, [{ask: repr(number) for ask, number in typed.items()}])[0]}
    assert verdicts["dh"].status == "follows"
    assert verdicts["dw"].status == "follows"
    assert verdicts["o"].status == ("correct" if out == 1 else "wrong")


def test_a_gradient_of_other_values_does_not_follow() -> None:
    group = group_of(1)
    value = {name: float(table[0]) for name, table in group.values.items()}
    yhat = value["yhat"] + 3
    wrong = (yhat - value["y"]) * value["w2"] * value["h"] / 10  # the 2 of the square is lost
    verdicts = mark(group, [{"yhat": repr(yhat), "dh": repr(wrong)}])[0]
    assert [verdict.status for verdict in verdicts] == ["blank", "wrong", "wrong", "blank"]
