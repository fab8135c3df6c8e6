"""Follow-through: what is right for the student's own earlier values earns its points, and nothing else does."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

import random
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grader
from grader.blanks.kind import CORRECT, Judgement
from grader.blanks.kinds import kind_of
from grader.draws.draw import draw
from grader.errors import Message
from grader.marking.column import half_unit, nudged
from grader.marking.follow import better
from grader.marking.mark import first_slip, mark
from grader.marking.verdict import Shares, Verdict
from grader.messages import translate
from grader.plan.group import Group
from grader.plan.load import problem_from

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
REGIMES = "{small: {when: 'q < 1', en: s, ru: м}, large: {when: 'q >= 1', en: l, ru: б}}"
SPECS = {
    "numbers": "given: {a: 3, b: 5}\nsteps: {u: a/7, v: u*b, w: v^2 - u}\n"
    "ask: {u: {decimals: 3}, v: {decimals: 3}, w: {points: 2, decimals: 3}}\n",
    "set": "given: {a: 1}\nsteps: {u: a/3, S: '[u, 2*u]'}\nask: {u: {decimals: 2}, S: {kind: set, points: 2, decimals: 2}}\n",
    "vectors": "given: {a: [1, 2], b: 4}\nsteps: {u: b*a, v: 'u + [10, 20]', n: sum(v)}\n"
    "ask: {u: {points: 2}, v: {points: 2}, n: 1}\n",
    "functions": "given: {a: 3, x0: 2}\n"
    "steps: {'df(x)': a*x^2, 'dy(x)': df(x)*x + 1, value: dy(x0)}\n"
    "ask: {df: {domain: {x: [1, 2]}}, dy: {points: 2, domain: {x: [1, 2]}}, value: {decimals: 2}}\n",
    "matrices": "given: {c: 2, A0: [1, 2; 3, 4]}\nsymbols: {A: n x n}\n"
    "steps: {G: \"c*A'\", G0: 'G(A0)'}\nask: {G: {points: 2}, G0: {points: 2}}\n",
    "choices": f"given: {{a: 0.4}}\nsteps: {{q: 2*a}}\nask: {{q: {{exact: true}}, r: {{points: 2, choice: {REGIMES}}}}}\n",
    "guards": "given: {a: 3, 'w[0]': 5}\nsteps: {g: 2*a, 'w[1]': 'w[0] - 0.1*g', r: '1/(g - 1)', z: g*(a + 1)}\n"
    "ask: {g: {decimals: 2}, 'w[1]': {points: 2, decimals: 2}, r: {decimals: 3}, z: {decimals: 2}}\n",
    "exact": "given: {a: 0.5}\nsteps: {q: a - 0.1, s: 3*q}\nask: {q: {exact: true}, s: {exact: true}}\n",
    "whole": "given: {a: 3}\nsteps: {n: 2*a, m: n + 1}\nask: {n: {kind: integer}, m: {kind: integer}}\n",
    "zero": "given: {a: 3}\nsteps: {x: a + 3, w: x/3, z: (w - 2)*(3*w - 7)}\n"
    "ask: {x: {exact: true}, w: {decimals: 2}, z: {points: 2, decimals: 3}}\n",
    "still": "given: {a: 3, 'w[0]': 5}\n"
    "steps: {g: 2*a, x: a + 3, h: x/3 - 2, 'w[1]': 'w[0] - g*h + (3*h - 1)*h'}\n"
    "ask: {g: {exact: true}, x: {exact: true}, h: {decimals: 2}, 'w[1]': {points: 2, decimals: 3}}\n",
    "steep": "given: {a: 3}\nsteps: {u: a/7, v: 1/(u - 0.35)}\nask: {u: {decimals: 1}, v: {decimals: 3}}\n",
    "carried": "given: {a: 3}\nsteps: {u: a/7, v: 5*u}\nask: {u: {decimals: 2}, v: {decimals: 3}}\n",
    "dead": 'given: {x: [1, 2], w: [1, 3], b: -2}\nsteps: {z: 2*x, h: relu(z), k: 3*h, s: "w\'*h + b", r: relu(s), q: 5*r}\n'
    "ask: {z: {points: 2}, h: {points: 2}, k: {points: 2}, s: 1, r: 1, q: 1}\n",
    "equal": "given: {a: 3, y: 7}\nsteps: {p: 2*a, d: p - y, g: a*d}\nask: {p: 1, d: 1, g: 1}\n",
    "entropy": "given: {z: 0.7}\nsteps: {p: sigmoid(z), l: '-1*ln(p) - 0*ln(1 - p)', d: p - 1}\n"
    "ask: {p: {decimals: 4}, l: {decimals: 3}, d: {decimals: 4}}\n",
    "domains": "given: {a: 3, b: 2}\nsteps: {u: a + 1, v: b + 4, half: u/2, r: sqrt(half - 1), c: ln(4 - v/2), t: ln(u*v), k: ln(u - v + 5)}\n"
    "ask: {u: {decimals: 3}, v: {decimals: 3}, r: {decimals: 3}, c: {decimals: 3}, t: {decimals: 3}, k: {decimals: 3}}\n",
    "points": "given: {a: 3}\nsteps: {u: 2*a, v: '[u, u + 1]'}\nask: {u: 1, v: {points: 4}}\n",
}


@cache
def group_of(name: str) -> Group:
    return draw(problem_from((HEAD + SPECS[name]).encode(), f"{name}.yaml"), [1])[0]


def marked(name: str, answers: dict[str, str], share: float = 1.0) -> dict[str, Verdict]:
    return {verdict.ask: verdict for verdict in mark(group_of(name), [answers], Shares(share))[0]}


def option(name: str, ask: str, wanted: str) -> str:
    """The number of an option on the sheet."""
    from grader.blanks.choices import shown_options

    group = group_of(name)
    found = next(item for item in group.plan.asks if item.id == ask)
    return str(1 + [shown.name for shown, _ in shown_options(found, group, 0)].index(wanted))


# By ask: status, points and the sources; asks that are not named are correct or blank.
ROWS: list[tuple[str, str, dict[str, str], dict[str, tuple[Any, ...]]]] = [
    ("all right", "numbers", {"u": "0.429", "v": "2.143", "w": "4.163"}, {}),
    ("own value carried on", "numbers", {"u": "0.5", "v": "2.5", "w": "5.75"},
     {"u": ("wrong", 0, ()), "v": ("follows", 1, ("u",)), "w": ("follows", 2, ("u", "v"))}),
    ("second slip", "numbers", {"u": "0.5", "v": "2.6", "w": "6.26"},
     {"u": ("wrong", 0, ()), "v": ("wrong", 0, ()), "w": ("follows", 2, ("u", "v"))}),
    ("a blank between", "numbers", {"u": "0.5", "w": "5.75"}, {"u": ("wrong", 0, ()), "w": ("follows", 2, ("u",))}),
    ("an unreadable one between", "numbers", {"u": "0.5", "v": "(", "w": "5.75"},
     {"u": ("wrong", 0, ()), "v": ("invalid", 0, ()), "w": ("follows", 2, ("u",))}),
    ("right although an earlier one is wrong", "numbers", {"u": "0.5", "v": "2.143", "w": "4.163"}, {"u": ("wrong", 0, ())}),
    ("too few digits of what follows", "numbers", {"u": "0.529", "v": "2.6", "w": "6.4670"},
     {"u": ("wrong", 0, ()), "v": ("coarse", 0, ()), "w": ("follows", 2, ("u",))}),
    ("a fraction rounded that follows", "exact", {"q": "0.211111111", "s": "0.63"},
     {"q": ("wrong", 0, ()), "s": ("coarse", 0, ())}),
    ("coarse, carried on", "numbers", {"u": "0.43", "v": "2.15", "w": "4.193"},
     {"u": ("coarse", 0, ()), "v": ("follows", 1, ("u",)), "w": ("follows", 2, ("u", "v"))}),
    ("honest rounding carried on", "numbers", {"u": "0.429", "v": "2.145", "w": "4.172"}, {}),
    ("more than honest rounding", "numbers", {"u": "0.429", "v": "2.155", "w": "4.163"}, {"v": ("wrong", 0, ())}),
    ("a set from the rounded value", "set", {"u": "0.33", "S": "{0.66, 0.33}"}, {}),
    ("and an element too many", "set", {"u": "0.33", "S": "{0.66, 0.33, 5}"}, {"S": ("partly", 4 / 3, ())}),
    ("a whole vector", "vectors", {"u": "[5, 6]", "v": "[15, 26]", "n": "41"},
     {"u": ("wrong", 0, ()), "v": ("follows", 2, ("u",)), "n": ("follows", 1, ("v",))}),
    ("one entry", "vectors", {"u": "[4, 9]", "v": "[14, 29]", "n": "43"},
     {"u": ("partly", 1, ()), "v": ("follows", 2, ("u",)), "n": ("follows", 1, ("v",))}),
    ("one entry, then one entry", "vectors", {"u": "[4, 9]", "v": "[14, 30]", "n": "44"},
     {"u": ("partly", 1, ()), "v": ("partly", 1, ()), "n": ("follows", 1, ("v",))}),
    ("partly right for the own", "vectors", {"u": "[5, 9]", "v": "[15, 30]"},
     {"u": ("wrong", 0, ()), "v": ("partly", 1, ("u",))}),
    ("another shape", "vectors", {"u": "[1, 2, 3]", "v": "[14, 28]"}, {"u": ("wrong", 0, ())}),
    ("own derivative", "functions", {"df": "a*x", "dy": "x^3 + 1", "value": "9"}, {"df": ("invalid", 0, ()), "dy": ("wrong", 0, ()),
     "value": ("follows", 1, ("dy",))}),
    ("own derivative carried on", "functions", {"df": "2x", "dy": "2x^2 + 1", "value": "9"},
     {"df": ("wrong", 0, ()), "dy": ("follows", 2, ("df",)), "value": ("follows", 1, ("dy",))}),
    ("own derivative, value at once", "functions", {"df": "2x", "value": "9"},
     {"df": ("wrong", 0, ()), "value": ("follows", 1, ("df",))}),
    ("a vector for a function", "functions", {"df": "[x, 1]", "dy": "3x^3 + 1", "value": "25"}, {"df": ("wrong", 0, ())}),
    ("own matrix formula", "matrices", {"G": "2*A", "G0": "[2, 4; 6, 8]"}, {"G": ("wrong", 0, ()), "G0": ("follows", 2, ("G",))}),
    ("own matrix formula with I", "matrices", {"G": "2*A + I", "G0": "[3, 4; 6, 9]"},
     {"G": ("wrong", 0, ()), "G0": ("follows", 2, ("G",))}),
    ("a number for a matrix", "matrices", {"G": "2", "G0": "[2, 6; 4, 8]"}, {"G": ("wrong", 0, ())}),
    ("a small matrix for a matrix", "matrices", {"G": "[[7]]", "G0": "[2, 6; 4, 9]"},
     {"G": ("wrong", 0, ()), "G0": ("partly", 1.5, ())}),
    ("an exact value is not loosened", "exact", {"q": "0.5", "s": "1.55"}, {"q": ("wrong", 0, ()), "s": ("wrong", 0, ())}),
    ("an exact value carried on", "exact", {"q": "0.5", "s": "1.5"}, {"q": ("wrong", 0, ()), "s": ("follows", 1, ("q",))}),
    ("whole numbers", "whole", {"n": "8", "m": "9"}, {"n": ("wrong", 0, ()), "m": ("follows", 1, ("n",))}),
    ("whole numbers beside", "whole", {"n": "8", "m": "10"}, {"n": ("wrong", 0, ()), "m": ("wrong", 0, ())}),
    ("a zero that leaves the step where it was", "guards", {"g": "0", "w[1]": "5"}, {"g": ("wrong", 0, ()), "w[1]": ("wrong", 0, ("g",))}),
    ("a zero that makes it zero", "guards", {"g": "0", "z": "0"}, {"g": ("wrong", 0, ()), "z": ("wrong", 0, ("g",))}),
    ("no zero", "guards", {"g": "0.1", "w[1]": "4.99"}, {"g": ("wrong", 0, ()), "w[1]": ("follows", 2, ("g",))}),
    ("a pole", "guards", {"g": "1", "r": "0.5"}, {"g": ("wrong", 0, ()), "r": ("wrong", 0, ("g",))}),
    ("a value beyond all size", "guards", {"g": "1e308", "z": "4"}, {"g": ("wrong", 0, ()), "z": ("wrong", 0, ("g",))}),
    ("zero where the right one is zero too", "zero", {"x": "7", "z": "-0.003"},
     {"x": ("wrong", 0, ()), "z": ("follows", 2, ("x",))}),
    ("unmoved where the right one is unmoved too", "still", {"g": "0", "x": "7", "w[1]": "4.997"},
     {"g": ("wrong", 0, ()), "x": ("wrong", 0, ()), "w[1]": ("follows", 2, ("g", "x"))}),
    ("rounded away, but more than a tenth of the value", "steep", {"u": "0.4", "v": "10"}, {"v": ("wrong", 0, ())}),
    # zeros that were computed, and zeros after them
    ("the ReLU of own negative sums", "dead", {"z": "[-1, -4]", "h": "[0, 0]"}, {"z": ("wrong", 0, ()), "h": ("follows", 2, ("z",))}),
    ("and what is left of it", "dead", {"z": "[-1, -4]", "h": "[0, 0]", "s": "-2", "r": "0"},
     {"z": ("wrong", 0, ()), "h": ("follows", 2, ("z",)), "s": ("follows", 1, ("h",)), "r": ("follows", 1, ("s",))}),
    ("zeros after zeros", "dead", {"z": "[-1, -4]", "h": "[0, 0]", "k": "[0, 0]"},
     {"z": ("wrong", 0, ()), "h": ("follows", 2, ("z",)), "k": ("wrong", 0, ("h",))}),
    ("a zero after a zero", "dead", {"s": "-3", "r": "0", "q": "0"},
     {"s": ("wrong", 0, ()), "r": ("follows", 1, ("s",)), "q": ("wrong", 0, ("r",))}),
    ("zeros from nothing", "dead", {"z": "[0, 0]", "h": "[0, 0]"}, {"z": ("wrong", 0, ()), "h": ("wrong", 0, ("z",))}),
    ("not the ReLU of own sums", "dead", {"z": "[-1, 5]", "h": "[0, 0]"}, {"z": ("wrong", 0, ()), "h": ("partly", 1, ("z",))}),
    ("a difference that is zero", "equal", {"p": "7", "d": "0"}, {"p": ("wrong", 0, ()), "d": ("follows", 1, ("p",))}),
    ("and the product after it", "equal", {"p": "7", "d": "0", "g": "0"},
     {"p": ("wrong", 0, ()), "d": ("follows", 1, ("p",)), "g": ("wrong", 0, ("d",))}),
    ("within what was rounded away", "carried", {"u": "0.43", "v": "2.17"}, {}),
    ("twice what was rounded away", "carried", {"u": "0.43", "v": "2.2"}, {"v": ("wrong", 0, ())}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answers", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_rows(name: str, answers: dict[str, str], expected: dict[str, tuple[Any, ...]]) -> None:
    found = marked(name, answers)
    for ask, verdict in found.items():
        wanted = expected.get(ask)
        if wanted is None:
            full = ("correct", verdict.of) if ask in answers else ("blank", 0)
            assert (verdict.status, verdict.points) == full, ask
        else:
            assert (verdict.status, verdict.points, verdict.follows) == wanted, ask


@pytest.mark.parametrize(
    ("answers", "ask", "key"),
    [({"g": "0", "w[1]": "5"}, "w[1]", "follow-trivial"), ({"g": "0", "z": "0"}, "z", "follow-trivial"),
     ({"g": "1", "r": "0.5"}, "r", "follow-undefined"), ({"g": "7", "w[1]": "4.3"}, "w[1]", "follow-correct")],
)  # fmt: skip
def test_it_is_said_why(answers: dict[str, str], ask: str, key: str) -> None:
    assert [reason.key for reason in marked("guards", answers)[ask].reasons if reason.key.startswith("follow")] == [key]


@pytest.mark.parametrize(
    ("name", "answers", "ask", "named", "bound"),
    [
        ("entropy", {"p": "1.3", "l": "-0.262"}, "l", ("p", 1.3), ("bound-between", {"low": 0, "high": 1})),
        ("entropy", {"p": "-0.2", "l": "1.609"}, "l", ("p", -0.2), ("bound-between", {"low": 0, "high": 1})),
        ("domains", {"u": "1", "r": "0.5"}, "r", ("u", 1), ("bound-from", {"at": 2})),
        ("domains", {"v": "9", "c": "0.5"}, "c", ("v", 9), ("bound-below", {"at": 8})),
        ("domains", {"v": "8", "c": "2"}, "c", ("v", 8), ("bound-below", {"at": 8})),
        ("domains", {"u": "-1", "t": "1"}, "t", ("u", -1), ("bound-above", {"at": 0})),
        ("domains", {"u": "0", "k": "2"}, "k", ("u", 0), ("bound-above", {"at": 1})),
        ("domains", {"u": "1.5", "v": "7", "k": "2"}, "k", ("u", 1.5), ("bound-above", {"at": 2})),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_value_is_said(
    name: str, answers: dict[str, str], ask: str, named: tuple[str, float], bound: tuple[str, dict[str, float]]
) -> None:
    found = marked(name, answers)[ask]
    (said,) = [reason for reason in found.reasons if reason.key.startswith("follow")]
    assert (said.key, said.values["value"]) == ("follow-outside", named[1])
    assert said.values["bound"] == Message(*bound)
    assert (found.status, found.points) == ("wrong", 0)
    assert translate(said, "en").startswith(f"Your {named[0]} = ")


def test_a_pole_is_no_bound() -> None:
    assert [reason.key for reason in marked("guards", {"g": "1", "r": "0.5"})["r"].reasons][1:] == ["follow-undefined"]


def test_a_function_without_its_variable_earns_nothing_further() -> None:
    spec = "steps: {'df(x)': 2*x, 'dy(x)': 3*df(x)}\nask: {df: {domain: {x: [1, 2]}}, dy: {points: 2, domain: {x: [1, 2]}}}\n"
    group = draw(problem_from((HEAD + spec).encode(), "constant.yaml"), [1])[0]
    df, dy = mark(group, [{"df": "4", "dy": "12"}])[0]
    assert (df.status, dy.status, dy.points) == ("wrong", "wrong", 0)
    assert "follow-constant" in [reason.key for reason in dy.reasons]


def test_the_choice_that_is_right_for_the_own_number() -> None:
    large, small = (option("choices", "r", name) for name in ("large", "small"))
    assert marked("choices", {"q": "0.8", "r": small})["r"].status == "correct"
    found = marked("choices", {"q": "1.6", "r": large})["r"]
    assert (found.status, found.points, found.follows) == ("follows", 2, ("q",))
    assert marked("choices", {"q": "0.9", "r": large})["r"].status == "wrong"


def test_a_share_of_the_points() -> None:
    found = marked("numbers", {"u": "0.5", "v": "2.5", "w": "5.75"}, 0.5)
    assert [(verdict.status, verdict.points) for verdict in found.values()] == [
        ("wrong", 0),
        ("follows", 0.5),
        ("follows", 1),
    ]


def test_the_better_of_the_two_is_kept() -> None:
    """Half right for the reference is more than all right for the own value at a quarter of the points."""
    found = marked("points", {"u": "7", "v": "[6, 8]"})["v"]
    assert (found.status, found.points) == ("partly", 2)
    assert marked("points", {"u": "7", "v": "[7, 8]"}, 0.25)["v"].points == 1
    assert marked("points", {"u": "6.5", "v": "[6, 7.5]"}, 0.25)["v"].points == 2


def test_right_for_nothing_but_rounding_is_right() -> None:
    now = Verdict("v", "number", "wrong", 0, 2)
    assert better(now, CORRECT, (), None, 0.5) == Verdict("v", "number", "correct", 2, 2)
    half = Judgement("partly", 0.5)
    assert better(now, half, (), None, 1) is now
    assert better(now, half, ("u",), None, 1).points == 1
    assert better(now, Judgement("wrong", 0), ("u",), "follow-trivial", 1) is now
    told = better(now, CORRECT, ("u",), "follow-trivial", 1)
    assert [reason.key for reason in told.reasons] == ["follow-trivial"]
    assert better(told, CORRECT, ("u",), "follow-trivial", 1) is told


# ----- Found while testing ---------------------------------------------------------------------------------------


def test_an_own_value_is_no_rounding() -> None:
    """The distance of an own value from the right one must not widen what counts as right after it."""
    variant = grader.bank()["backprop-scalar-chain"].variant(1)
    right = {ask: float(variant.solution[ask]) for ask in ("o1", "o2", "yhat", "d3", "d2")}
    sheet = {ask: f"{value:.4f}" for ask, value in right.items()}
    scale = right["d2"] / right["d3"]
    for off, status in ((0.0, "follows"), (0.03, "wrong"), (-0.04, "wrong")):
        own = {**sheet, "d3": f"{right['d3'] + 0.3:.4f}", "d2": f"{(right['d3'] + 0.3) * scale + off:.3f}"}
        found = {verdict.ask: verdict.status for verdict in variant.mark(own)}
        assert (found["d3"], found["d2"]) == ("wrong", status), off


def test_what_others_left_blank_does_not_matter() -> None:
    """One leaves out v, the other not: each is judged by the nearest answers on the own sheet."""
    group = group_of("numbers")
    pair = Group(group.plan, np.arange(2), group.seeds.repeat(2), *(
        {name: value.repeat(2, axis=0) for name, value in table.items()} for table in (group.given, group.solution)), {})  # fmt: skip
    one, other = {"u": "0.5", "w": "5.7512"}, {"u": "0.5", "v": "2.5", "w": "5.7512"}
    together = mark(pair, [one, other])
    assert together[0] == mark(group, [one])[0]
    assert together[1] == mark(group, [other])[0]


def test_an_identity_of_no_size_is_not_carried_on() -> None:
    variant = grader.bank()["md-tr-axb"].variant(1116)
    assert variant.problem.spec.id == "md-tr-axb"
    assert variant.mark({"G": "I", "G0": "[0, 0; 0, 0]"})[0].points == 0


# ----- Properties ------------------------------------------------------------------------------------------------

FAMILIES = ["adam-two-steps", "backprop-scalar-chain", "gd-nd-steps", "product-rule", "md-lndet", "lr-regime-choice",
            "softmax-logloss", "gd-1d-stop-loss-change", "sgd-linreg-steps"]  # fmt: skip
ODD = ["", "1e308", "-1e-320", "9" * 400, "nan", "[0, 0; 0, 0]", "[1; 2; 3]", "(", "x", "X", "I", "0", "1", "-1", "0/0",
       "ln(-1)", "[[1e300]]", "inv(X)", "2", "0.5", "[1, 2]", "1/0", "\\frac{1}{0}"]  # fmt: skip


@cache
def groups(name: str) -> list[Group]:
    return draw(grader.bank()[name].spec, range(700, 704))


def sheet_for(group: Group, place: int, rnd: random.Random) -> dict[str, str]:
    one, sheet = group.at(place), {}
    for ask in group.plan.asks:
        kind = rnd.random()
        samples = [sample.text for sample in kind_of(ask, one).samples(ask, one)]
        if kind < 0.45 and ask.id in one.solution:
            value = one.solution[ask.id][0] * rnd.choice([1, -1, 2, 0.5, 0, 1.001, 1.3]) + rnd.choice([0, 0, 1, 0.21])
            sheet[ask.id] = str(np.round(value, rnd.choice([0, 2, 3, 6])).tolist())
        else:
            sheet[ask.id] = str(rnd.choice(samples if kind < 0.75 else ODD))
    return sheet


@pytest.mark.parametrize("name", FAMILIES)
@settings(max_examples=2)
@given(seed=st.integers(0, 10**6))
def test_a_batch_is_marked_like_each_alone_and_nothing_breaks_it(name: str, seed: int) -> None:
    rnd = random.Random(seed)
    for group in groups(name):
        sheets = [sheet_for(group, place, rnd) for place in range(len(group.positions))]
        together = mark(group, sheets, Shares(0.5))
        for place, sheet in enumerate(sheets):
            assert together[place] == mark(group.at(place), [sheet], Shares(0.5))[0], sheet
            for verdict in together[place]:
                assert 0 <= verdict.points <= verdict.of
                assert not (verdict.slips and verdict.status in ("correct", "follows"))


@pytest.mark.parametrize("name", FAMILIES)
def test_right_sheets_are_left_alone(name: str) -> None:
    for group in groups(name):
        one = group.at(0)
        right = {ask.id: str(next(s.text for s in kind_of(ask, one).samples(ask, one) if s.status == "correct"))
                 for ask in one.plan.asks}  # fmt: skip
        assert {(v.status, v.points == v.of, v.follows, v.slips) for v in mark(one, [right])[0]} == {
            ("correct", True, (), ())
        }


# ----- Small parts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "half"),
    [("0.25", 0.005), ("3", 0.5), ("-1,5", 0.05), ("[0.1, 0.25]", 0.005), ("1/3", 0), ("sqrt(2)", 0), ("[1; 2]", 0.5),
     ("w1 = 0.25", 0.005), ("∂L/∂w_1 = -0,5", 0.05), ("z1=0.5, z2=20.25", 0.005), ("f(1, 2) = 3.5", 0.05), ("w1 = 2*3 = 6", 0.5),
     ("o ≈ 0.5", 0.05), ("w1 = 1/3", 0), ("0.25 units", 0.005), ("2 pi", 0), ("(0.25; 1)^T", 0.005), ("[0.5 -0.25]", 0.005),
     ("-0,464,0,379", 0.0005), ("x = 3 = y", 0), ("= 0.5", 0.05), ({"a": "1"}, 0)],
)  # fmt: skip
def test_half_a_unit_of_the_last_digit_written(typed: Any, half: float) -> None:
    assert half_unit(typed) == pytest.approx(half)


def test_nudged_moves_one_entry_at_a_time() -> None:
    values = {"u": np.array([[1.0, 2.0]]), "n": np.array([3.0]), "M": np.zeros((1, 3, 3)), "e": np.array([7.0])}
    units = {"u": np.array([0.5]), "n": np.array([0.1]), "M": np.array([0.01]), "e": np.array([0.0])}
    found = [{name: world[name].tolist() for name in "un"} | {"M": world["M"].sum()} for world in nudged(values, units)]
    assert found == [
        {"u": [[1.5, 2.0]], "n": [3.0], "M": 0},
        {"u": [[1.0, 2.5]], "n": [3.0], "M": 0},
        {"u": [[1.0, 2.0]], "n": [3.1], "M": 0},
        {"u": [[1.0, 2.0]], "n": [3.0], "M": pytest.approx(0.09)},  # as a whole
    ]


def lines(*statuses: str) -> list[Verdict]:
    return [Verdict(ask, "number", status, 0, 1) for ask, status in zip("uvw", statuses, strict=False)]


@pytest.mark.parametrize(
    ("statuses", "first"),
    [(("wrong", "follows", "wrong"), "u"), (("correct", "wrong", "follows"), "v"), (("wrong", "correct", "correct"), ""),
     (("correct", "correct", "wrong"), ""), (("correct", "correct", "correct"), ""), (("wrong", "follows"), ""),
     (("coarse", "blank", "follows"), "")],
)  # fmt: skip
def test_the_first_wrong_line(statuses: tuple[str, ...], first: str) -> None:
    assert first_slip(group_of("numbers").plan, lines(*statuses)) == first


def test_the_first_wrong_line_goes_by_the_order_of_the_steps() -> None:
    assert first_slip(group_of("numbers").plan, lines("wrong", "wrong", "follows")[::-1]) == "u"
    assert Message("follow-correct", {"names": ("u",)}).key == "follow-correct"
