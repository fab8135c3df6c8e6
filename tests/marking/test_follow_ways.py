"""Follow-through by other quantities: a line computed from what stands on the sheet otherwise than its formula says."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

from functools import cache
from math import cos, exp, sqrt, tan, tanh
from typing import Any

import numpy as np
import pytest

import grader
from grader.chance.codes import decode
from grader.draws.draw import draw
from grader.marking.mark import mark
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.ways import ways_to

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"


def sigmoid(h: float) -> float:
    return 1 / (1 + exp(-h))


D4 = "{decimals: 4}"
SPECS = {
    "sigmoid": f"given: {{x: 2, w: 0.4, e: 3}}\nsteps: {{h: w*x, o: sigmoid(h), d: e*sigmoid(h)*(1 - sigmoid(h)), z: 2*d}}\nask: {{o: {D4}, d: {D4}, z: {D4}}}\n",
    "spelled": f"given: {{x: 2, w: 0.4, e: 3}}\nsteps: {{h: w*x, o: 1/(1 + exp(-h)), d: e*exp(-h)/(1 + exp(-h))^2}}\nask: {{o: {D4}, d: {D4}}}\n",
    "inlined": f"given: {{x: 2, w: 0.4, e: 3}}\nwhere: {{'f(t)': tanh(t), 'df(t)': 1 - f(t)^2}}\nsteps: {{o: f(w*x), h: x*w + 0*x, d: e*df(w*x)}}\nask: {{o: {D4}, d: {D4}}}\n",
    "grad": f"given: {{x: 2, w: 0.4, y: 3}}\nsteps: {{h: w*x, o: tanh(h), L: (o - y)^2, d: 'grad(L, h)'}}\nask: {{o: {D4}, d: {D4}}}\n",
    "relu": "given: {x: 2, w: 3, e: 5}\nsteps: {h: w*x, o: relu(h), d: e*step(h)}\nask: {o: {exact: true}, d: {exact: true}}\n",
    "exp": f"given: {{x: 2}}\nsteps: {{u: exp(x/3), d: exp(x/3)/3 + exp(-x/3)}}\nask: {{u: {D4}, d: {D4}}}\n",
    "sqrt": f"given: {{x: 2, y: 3}}\nsteps: {{r: sqrt(x^2 + y^2), d: x/sqrt(x^2 + y^2), q: 1/(x^2 + y^2)}}\nask: {{r: {D4}, d: {D4}, q: {D4}}}\n",
    "tan": f"given: {{x: 0.7}}\nsteps: {{t: tan(x), d: 1/cos(x)^2}}\nask: {{t: {D4}, d: {D4}}}\n",
    "inverse": "given: {M: [2, 1; 1, 3]}\nsteps: {D: det(M), V: inv(M), s: sum(V)}\nask: {D: {exact: true}, V: {points: 2}, s: {exact: true}}\n",
    "mean": "given: {a: [1, 2, 6]}\nsteps: {s: sum(a), m: mean(a)}\nask: {s: {exact: true}, m: {exact: true}}\n",
    "check": "given: {a: 3, b: 5}\nsteps: {u: a + 1, v: b + 2, s: {is: a + b + 3, check: u + v}}\nask: {u: {exact: true}, v: {exact: true}, s: {exact: true}}\n",
    "asked first": "given: {a: 3, b: 5}\nsteps: {T: 4*a + b, W: {is: 4*a, check: T - b}, N: {is: T, check: W + b}}\nask: {N: {points: 3, exact: true}, W: {exact: true}}\n",
    "entries": f"given: {{x: [1, 2], w: 0.3}}\nsteps: {{a: 'w*x[1]', b: 'w*x[2]', o1: tanh(a), o2: tanh(b), o: '[o1, o2]', s: 2*o1 + o2, d: 1 - tanh(b)^2}}\nask: {{o: {{points: 2, decimals: 4}}, s: {D4}, d: {D4}}}\n",
    "past": "given: {a: 3, b: 5}\nsteps: {u: 2*a, v: u + b, w: v*b}\nask: {u: {exact: true}, v: {exact: true}, w: {points: 2, exact: true}}\n",
    "given": "given: {a: 3, b: 5}\nsteps: {u: a, v: a + b}\nask: {u: {exact: true}, v: {exact: true}}\n",
    "functions": "given: {a: 3, b: 2}\nsteps: {'u(x)': a*x^2 + b, 'dy(x)': 2*(a*x^2 + b)*a*x}\nask: {u: {domain: {x: [1, 2]}}, dy: {points: 2, domain: {x: [1, 2]}}}\n",
    "function by its check": "given: {a: 3}\nsteps: {'u(h)': a*(2 + h)^2 - 4*a, 'q(h)': {is: 4*a + a*h, check: u(h)/h}, s: q(0)}\nask: {u: {domain: {h: [0.1, 1]}}, q: {domain: {h: [0.1, 1]}}, s: {exact: true}}\n",
    "value by its check": "given: {a: 3, p: 5, s: 2}\nsteps: {'u(h, k)': 2*a*h*k, 'm(h)': 2*a*h, D: {is: m(p)*s, check: 'u(p, s)'}}\nask: {u: {domain: {h: [1, 2], k: [1, 2]}}, D: {exact: true}}\n",
    "printed": "given: {a: 3}\nwhere: {'g(x)': exp(x)}\nsteps: {'dg(x)': exp(x), 'dy(x)': a*g(x)*dg(x)}\nask: {dg: {domain: {x: [1, 2]}}, dy: {points: 2, domain: {x: [1, 2]}}}\n",
}


@cache
def group_of(name: str) -> Group:
    return draw(problem_from((HEAD + SPECS[name]).encode(), f"{name}.yaml"), [1])[0]


def marked(name: str, answers: dict[str, str]) -> dict[str, Verdict]:
    return {verdict.ask: verdict for verdict in mark(group_of(name), [answers])[0]}


S, T = sigmoid(0.8), tanh(0.8)
O = 0.5512  # somebody's own output # noqa: E741
ROWS: list[tuple[str, str, dict[str, Any], str, str, tuple[str, ...]]] = [
    ("the derivative through the own output", "sigmoid", {"o": O, "d": 3 * O * (1 - O)}, "d", "follows", ("o",)),
    ("or through the sum, which is right", "sigmoid", {"o": O, "d": 3 * S * (1 - S)}, "d", "correct", ()),
    ("the blank before it, though its step comes later", "asked first", {"N": 19, "W": 14}, "W", "follows", ("N",)),
    ("a value by the own function that its check reads", "value by its check", {"u": "3*h*k", "D": 30}, "D", "follows", ("u",)),
    ("a value that does not follow from it", "value by its check", {"u": "3*h*k", "D": 35}, "D", "wrong", ()),
    ("the right value beside a wrong function", "value by its check", {"u": "3*h*k", "D": 60}, "D", "correct", ()),
    ("and not from the blank behind it", "asked first", {"N": 19, "W": 14}, "N", "wrong", ()),
    ("one factor of each is neither", "sigmoid", {"o": O, "d": 3 * O * (1 - S)}, "d", "wrong", ()),
    ("a factor lost", "sigmoid", {"o": O, "d": O * (1 - O)}, "d", "wrong", ()),
    ("and goes on from there", "sigmoid", {"o": O, "d": 3 * O * (1 - O), "z": 6 * O * (1 - O)}, "z", "follows", ("d",)),
    ("past a blank", "sigmoid", {"o": O, "z": 6 * O * (1 - O)}, "z", "follows", ("o",)),
    ("a sigmoid spelled out", "spelled", {"o": O, "d": 3 * O * (1 - O)}, "d", "follows", ("o",)),
    ("through functions of the file", "inlined", {"o": O, "d": 3 * (1 - O**2)}, "d", "follows", ("o",)),
    ("a derivative through the steps", "grad", {"o": O, "d": 2 * (O - 3) * (1 - O**2)}, "d", "follows", ("o",)),
    ("the same, the activation at the sum", "grad", {"o": O, "d": 2 * (O - 3) * (1 - T**2)}, "d", "follows", ("o",)),
    ("the same, all at the sum", "grad", {"o": O, "d": 2 * (T - 3) * (1 - T**2)}, "d", "correct", ()),
    ("a dead neuron has no slope", "relu", {"o": 0, "d": 0}, "d", "wrong", ()),  # nothing is left to compute
    ("the exponential is its own derivative", "exp", {"u": 2.5, "d": 2.5 / 3 + 0.4}, "d", "follows", ("u",)),
    ("a root below the line", "sqrt", {"r": 4.5, "d": 2 / 4.5}, "d", "follows", ("r",)),
    ("the square of the root", "sqrt", {"r": 4.5, "q": 1 / 4.5**2}, "q", "follows", ("r",)),
    ("the slope of the tangent", "tan", {"t": 0.9, "d": 1 + 0.81}, "d", "follows", ("t",)),
    ("the inverse by the determinant", "inverse", {"D": 4, "V": "[3/4, -1/4; -1/4, 2/4]"}, "V", "follows", ("D",)),
    ("the inverse by the determinant, one entry off", "inverse", {"D": 4, "V": "[3/4, 1/4; -1/4, 2/4]"}, "V", "partly", ("D",)),
    ("the inverse past a blank", "inverse", {"D": 4, "s": "3/4"}, "s", "follows", ("D",)),
    ("the mean from the sum", "mean", {"s": 12, "m": 4}, "m", "follows", ("s",)),
    ("as the check does it", "check", {"u": 5, "s": 12}, "s", "follows", ("u",)),
    ("as the check does it, both", "check", {"u": 5, "v": 8, "s": 13}, "s", "follows", ("u", "v")),
    ("an entry of a vector that was asked", "entries", {"o": f"[0.2913, {O}]", "s": 2 * 0.2913 + O}, "s", "follows", ("o",)),
    ("its derivative", "entries", {"o": f"[0.2913, {O}]", "d": 1 - O**2}, "d", "follows", ("o",)),
    ("past a line that is wrong of itself", "past", {"u": 6.6, "v": 20, "w": 58}, "w", "follows", ("u",)),
    ("not past two", "past", {"u": 6.6, "v": 20, "w": 59}, "w", "wrong", ()),
    ("what the statement gives is from no blank", "given", {"u": 4, "v": 9}, "v", "wrong", ()),
    ("an own function inside another", "functions", {"u": "3x^2 + 5", "dy": "6x*(3x^2 + 5)"}, "dy", "follows", ("u",)),
    ("a function as its check does it", "function by its check", {"u": "6h + 3h^2", "q": "6 + 3h"}, "q", "follows", ("u",)),
    ("and the value of that", "function by its check", {"u": "6h + 3h^2", "q": "6 + 3h", "s": 6}, "s", "follows", ("q",)),
    ("but not another function", "function by its check", {"u": "6h + 3h^2", "q": "6 + 4h"}, "q", "wrong", ()),
    ("a function that the statement prints", "printed", {"dg": "x", "dy": "3x^2"}, "dy", "wrong", ()),
    ("though its own derivative goes on", "printed", {"dg": "x", "dy": "3x e^x"}, "dy", "follows", ("dg",)),
]  # fmt: skip


def text(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:.4f}".rstrip("0").rstrip(".")


@pytest.mark.parametrize(
    ("name", "answers", "ask", "status", "sources"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_rows(name: str, answers: dict[str, Any], ask: str, status: str, sources: tuple[str, ...]) -> None:
    found = marked(name, {key: text(value) for key, value in answers.items()})[ask]
    assert (found.status, found.follows) == (status, sources)
    if status == "follows":
        assert found.points == found.of
        assert [called["en"] for called in found.reasons[0].values["names"]] == list(sources)


@pytest.mark.parametrize("name", SPECS)
def test_ways_lead_where_the_formulas_lead(name: str) -> None:
    """With right values on the sheet nothing follows, whatever is left blank."""
    group = group_of(name)
    right = {ask.id: group.solution[ask.id][0] for ask in group.plan.asks if ask.id in group.solution}
    sheet = {ask: str(np.round(value, 4).tolist()) for ask, value in right.items()}
    for left_out in ("", *sheet):
        found = mark(group, [{ask: "" if ask == left_out else typed for ask, typed in sheet.items()}])[0]
        assert {verdict.status for verdict in found if verdict.ask in right} <= {"correct", "blank", "coarse"}
        assert not any(verdict.follows for verdict in found)


def test_few_ways_are_looked_at() -> None:
    """A formula and its check; no step is its own way."""
    for name in SPECS:
        plan = group_of(name).plan
        for ask in plan.asks:
            ways = ways_to(plan, ask.id)
            assert len(ways) <= 2
            assert all(ask.id not in way.graph.behind(way.graph.reads[ask.id]).passed for way in ways)


def test_each_member_may_go_another_way() -> None:
    """One by the sum, one by the own output, one past a wrong line, one wrong: together as alone."""
    group = group_of("past")
    sheets = [{"u": "6.6", "v": "20", "w": "58"}, {"u": "6.6", "v": "11.6", "w": "58"}, {"u": "6.6", "v": "20", "w": "100"},
              {"u": "6.6", "v": "20", "w": "59"}, {"u": "6.6", "w": "58"}]  # fmt: skip
    together = mark(group.taking([0] * len(sheets)), sheets)
    assert [verdicts[2].status for verdicts in together] == ["follows", "follows", "follows", "wrong", "follows"]
    assert [verdicts[2].follows for verdicts in together] == [("u",), ("v",), ("v",), (), ("u",)]
    assert together == [mark(group, [sheet])[0] for sheet in sheets]


# ----- Sheets of the bank ----------------------------------------------------------------------------------------

BACKPROP = "backprop-scalar-chain"
SHEETS: list[tuple[str, str, dict[str, str], dict[str, tuple[str, ...]]]] = [
    (BACKPROP, "RTZH-2VWW-7CKDD",
     {"o1": "-0.8051", "o2": "-0.3821", "yhat": "-1.146", "d3": "-0.146", "d2": "-0.375", "d1": "-0.066"},
     {"o1": (), "o2": ("o1",), "yhat": ("o2",), "d3": ("yhat",), "d2": ("o1", "d3"), "d1": ("o1", "d2")}),
    (BACKPROP, "RTZH-2VWW-7CKDD", {"o2": "-0.4420", "yhat": "-1.326", "d3": "-0.326", "d2": "-0.787"},
     {"o2": (), "yhat": ("o2",), "d3": ("yhat",), "d2": ("o2", "d3")}),
    (BACKPROP, "0000-000C-7CKBT",
     {"o1": "0.8088", "o2": "0.2291", "yhat": "-0.573", "d3": "-3.573", "d2": "1.578", "d1": "-0.366"},
     {"o1": (), "o2": ("o1",), "yhat": ("o2",), "d3": ("yhat",), "d2": ("o1", "d3"), "d1": ("o1", "d2")}),
    ("md-lndet", "2P15-3VCV-X1GNE", {"D": "5", "G0": "[3/10,0;-2/5,3/10]"}, {"D": (), "G0": ("D",)}),
]  # fmt: skip


@pytest.mark.parametrize(("family", "code", "answers", "sources"), SHEETS)
def test_sheets_of_students(
    family: str, code: str, answers: dict[str, str], sources: dict[str, tuple[str, ...]]
) -> None:
    verdicts = grader.bank()[family].variant(decode(code)[0]).mark(answers)
    found = {verdict.ask: verdict for verdict in verdicts if verdict.status != "blank"}
    assert {ask: verdict.follows for ask, verdict in found.items()} == sources
    assert [verdict.points == verdict.of for verdict in found.values()] == [bool(read) for read in sources.values()]


def test_own_formula_and_own_determinant() -> None:
    """The layout of the formula is wrong, and the determinant: the value follows from both."""
    variant = grader.bank()["md-lndet"].variant(decode("2P15-3VCV-X1GNE")[0])
    right = np.array(variant.solution["G0"])
    own = (right.T * float(variant.solution["D"]) / 5).tolist()
    formula = variant.right_answer("G").replace("'", "")
    found = {verdict.ask: verdict for verdict in variant.mark({"G": formula, "D": "5", "G0": str(own)})}
    assert found["G"].status == "wrong"
    assert (found["G0"].status, found["G0"].follows) == ("follows", ("G", "D"))


@pytest.mark.parametrize("carried", [True, False])
@pytest.mark.parametrize("left_out", [(), ("o1", "o2"), ("o1", "o2", "yhat", "d3", "d2"), ("d2", "d1")])
def test_a_textbook_student_loses_nothing(left_out: tuple[str, ...], carried: bool) -> None:
    """Derivatives by o(1 − o) and 1 − o², each line rounded and carried on, or written down rounded."""
    variants = grader.bank()[BACKPROP].variants(range(196, 270, 2 if carried else 7))
    sheets = [{ask: typed for ask, typed in textbook(variant.given, carried).items() if ask not in left_out}
              for variant in variants]  # fmt: skip
    for verdicts in variants.mark(sheets):
        assert {verdict.status for verdict in verdicts} <= {"correct", "blank"}


def textbook(given: Any, carried: bool) -> dict[str, str]:
    """A right sheet by other formulas than ours."""
    x, y, eta, *w = (float(given[name]) for name in ("x", "y", "eta", "w[1]", "w[2]", "w[3]"))
    logistic = given["act"] == "logsig"
    f = sigmoid if logistic else tanh
    written: dict[str, str] = {}

    def line(name: str, value: float, decimals: int) -> float:
        written[name] = f"{round(value + 0.0, decimals):.{decimals}f}"
        return float(written[name]) if carried else value

    def slope(o: float) -> float:
        return o * (1 - o) if logistic else 1 - o**2

    o1 = line("o1", f(w[0] * x), 4)
    o2 = line("o2", f(w[1] * o1), 4)
    d3 = line("d3", line("yhat", w[2] * o2, 3) - y, 3)
    d2 = line("d2", d3 * w[2] * slope(o2), 3)
    d1 = line("d1", d2 * w[1] * slope(o1), 3)
    g = [line(f"g{place}", value, 3) for place, value in enumerate((d1 * x, d2 * o1, d3 * o2))]
    new = [line(f"n{place}", weight - eta * slope_, 3) for place, (weight, slope_) in enumerate(zip(w, g, strict=True))]
    del new
    arrays = {
        "g": [written.pop(f"g{place}") for place in range(3)],
        "wnew": [written.pop(f"n{place}") for place in range(3)],
    }
    return {**written, **{name: f"({'; '.join(entries)})" for name, entries in arrays.items()}}


def test_other_functions_are_not_confused() -> None:
    """cos² from tan, √ from its square: the rows above are no accident of numbers."""
    assert marked("tan", {"t": "0.9", "d": text(1 / cos(0.7) ** 2)})["d"].status == "correct"
    assert marked("tan", {"t": "0.9", "d": text(1 - 0.81)})["d"].status == "wrong"
    assert marked("sqrt", {"r": "4.5", "d": text(sqrt(13) / 4.5)})["d"].status == "wrong"
    assert tan(0.7) == pytest.approx(0.8423, abs=1e-4)
