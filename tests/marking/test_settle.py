"""What follows from guesses does not pay, and an accident costs its own line."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import grader
from grader.blanks.kinds import blank_of
from grader.chance.codes import decode
from grader.draws.draw import draw
from grader.marking.column import Column
from grader.marking.mark import mark
from grader.marking.settle import stands_on, telling
from grader.marking.verdict import UNEXPLAINED, Shares, Verdict
from grader.plan.group import Group
from grader.plan.load import problem_from

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
EXACT = "{exact: true}"
SPECS = {
    "chain": "given: {a: 137, b: 5}\nsteps: {u: 2*a, v: u + b, w: v*b, z: w - u, q: 3*z, r: q + 1}\n"
    f"ask: {{u: {EXACT}, v: {EXACT}, w: {EXACT}, z: {EXACT}, q: {EXACT}, r: {EXACT}}}\n",
    "table": "given: {a: 137, b: 5}\nsteps: {u: 2*a, v: u + b, w: v*b, s: u + w}\n"
    "ask:\n  T: {prompt: {en: t, ru: т}, rows: {u: {exact: true}, v: {exact: true}, w: {exact: true}}}\n  s: {points: 5, exact: true}\n",
}


@cache
def group_of(name: str) -> Group:
    return draw(problem_from((HEAD + SPECS[name]).encode(), f"{name}.yaml"), [1])[0]


def easy_adam() -> int:
    """A variant in which m₁ = v₁ = 0.1 and w₁ = −0.1 follow from g₁ = 1."""
    variants = grader.bank()["adam-two-steps"].variants(range(60))
    return next(v.seed for v in variants if (v.given["beta1"], v.given["beta2"], v.given["eta"]) == (0.9, 0.8, 0.1))


def plain_product() -> int:
    variants = grader.bank()["product-rule"].variants(range(60))
    return next(v.seed for v in variants if (v.given["f"], v.given["g"]) == ("exp(x)", "ln(x)"))


NONSENSE: list[tuple[str, Any, dict[str, str], float]] = [
    ("backprop-scalar-chain", "RTZH-2VWW-7CKDD",
     {"o1": "1", "o2": "1", "yhat": "3", "d3": "4", "d2": "1", "d1": "1", "g": "(3;1;4)", "wnew": "(-1,1; 0,3; 2,2)"}, 7 / 3),
    ("dense-param-count", "42MM-DBSP-NME23", {"p[1]": "1", "p[2]": "1", "N": "2", "W": "440"}, 1 + 4 / 3),
    ("product-rule", plain_product, {"df": "1", "dg": "1", "dy": "ln x+e^x"}, 2 / 3),
    ("adam-two-steps", easy_adam, {"g[1]": "1", "m[1]": "0.1", "v[1]": "0.2", "w[1]": "-0.1"}, 4 / 3),
]  # fmt: skip


@pytest.mark.parametrize(("family", "which", "answers", "points"), NONSENSE, ids=[row[0] for row in NONSENSE])
def test_easy_guesses_and_what_follows_from_them(
    family: str, which: Any, answers: dict[str, str], points: float
) -> None:
    variant = grader.bank()[family].variant(decode(which)[0] if isinstance(which, str) else which())
    found = variant.mark(answers)
    assert sum(verdict.points for verdict in found) == pytest.approx(points)
    assert sum(verdict.points for verdict in found if verdict.follows) <= sum(verdict.of for verdict in found) / 3
    for verdict in found:
        if verdict.status == "follows":
            assert verdict.points == pytest.approx(verdict.of / 3)
            assert [reason.key for reason in verdict.reasons] == ["follow-correct", "follow-unexplained"]
            assert verdict.reasons[1].values == {"percent": 33}


# u = 274, v = 279, w = 1395, z = 1121, q = 3363, r = 3364; what is written, and the share of its points each line earns
CHAIN: list[tuple[str, str, str]] = [
    ("an accident in the first line", "431 436 2180 1749 5247 5248", "0 1 1 1 1 1"),
    ("an easy accident in the first line", "1 6 30 29 87 88", "0 1 1 1 1 1"),
    ("an accident in the middle", "274 279 811 537 1611 1612", "1 1 0 1 1 1"),
    ("an accident and a few blanks", "431 436 2180 - - 1750", "0 1 1 - - 0"),
    ("two accidents and four lines that follow", "431 436 917 486 1458 1459", "0 1 0 1 1 1"),
    ("three guesses and three that follow", "1 2 3 2 6 7", "0 0 0 t t t"),
    ("three accidents and three that follow", "431 517 911 480 1440 1441", "0 0 0 t t t"),
    ("a guess, and nothing but what follows from it", "1 6 30 - - -", "0 1 1 - - -"),
    ("a guess, and a little more than a third", "1 6 - 29 - -", "0 1 - 1 - -"),
    ("guesses, of which one is near", "300 2 10 -290 -870 -869", "0 0 1 1 1 1"),
    ("a slip that has a name explains two lines", "137 142 28 -109 -327 -326", "0 1 0 1 1 1"),
]


@pytest.mark.parametrize(("typed", "earned"), [row[1:] for row in CHAIN], ids=[row[0] for row in CHAIN])
def test_lines_of_a_chain(typed: str, earned: str) -> None:
    sheet = {ask: text for ask, text in zip("uvwzqr", typed.split(), strict=True) if text != "-"}
    found = mark(group_of("chain"), [sheet])[0]
    shares = {"0": 0.0, "1": 1.0, "t": UNEXPLAINED, "-": 0.0}
    assert [verdict.points for verdict in found] == pytest.approx([shares[share] for share in earned.split()])


GUESSES = {"u": "1", "v": "2", "w": "3", "z": "2", "q": "6", "r": "7"}


@pytest.mark.parametrize(
    ("follow", "unexplained", "each"),
    [(1, 1 / 3, 1 / 3), (1, 0, 0), (1, 1, 1), (0.5, 1 / 3, 0.5), (0.5, 0.2, 0.2), (0.2, 1 / 3, 0.2), (0, 1 / 3, 0)],
)
def test_the_share_is_the_assignments(follow: float, unexplained: float, each: float) -> None:
    found = mark(group_of("chain"), [GUESSES], Shares(follow, unexplained))[0]
    assert [verdict.points for verdict in found] == pytest.approx([0, 0, 0, each, each, each])


def test_each_is_settled_as_if_alone() -> None:
    group = group_of("chain")
    pair = group.taking([0, 0, 0])
    honest = dict(zip("uvwzqr", ["431", "436", "2180", "1749", "5247", "5248"], strict=True))
    together = mark(pair, [GUESSES, honest, GUESSES])
    assert together[1] == mark(group, [honest])[0]
    assert together[0] == together[2] == mark(group, [GUESSES])[0]


def test_an_answer_keeps_what_it_earned_by_itself() -> None:
    """Two of three paths are right whatever the edge is; the third follows from a guess."""
    variant = grader.bank()["graph-path-sum"].variant(7)
    right = variant.solution["px"]
    own = [float(right[0]), float(right[1]), 4.0 * float(variant.given["r"])]
    sheet = {"de": "4", "px": str(own), "py": "[1, 1]", "dfdx": str(sum(own)), "dfdy": "2", "fx": "1", "fy": "1"}
    found = {verdict.ask: verdict for verdict in variant.mark(sheet)}
    assert found["px"].status == "follows"
    assert found["px"].points == pytest.approx(found["px"].of * 2 / 3)
    assert found["dfdx"].points == pytest.approx(1 / 3)


def test_the_rows_of_a_table_are_one_line() -> None:
    """A table of guesses, and a sum of it: one line is wrong, one follows."""
    found = mark(group_of("table"), [{"T": {"u": "1", "v": "2", "w": "3"}, "s": "4"}])[0]
    assert [verdict.points for verdict in found] == [0, 5]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1", 0), ("0", 0), ("-1", 0), ("1.000", 0), ("10", 0), ("2", 1), ("0.5", 1), ("2.000", 1), ("-36", 2), ("25.50", 3),
        ("1,5", 2), ("0.0123", 3), ("440", 2), ("1/3", 3), ("2*3", 3), ("sqrt(2)", 3), ("[1, 1]", 0), ("[4, 4]", 1), ("[4, -4]", 1),
        ("[3, 25]", 3), ("(1,5; 2)", 3), ("[[0, 5], [0, 7]]", 2),
    ],
)  # fmt: skip
def test_what_a_number_tells(typed: str, told: int) -> None:
    group = group_of("chain")
    ask = group.plan.ask("u")
    column = Column(ask, blank_of(ask, group).kind, [None], [Verdict("u", "number", "wrong", 0, 1, typed)])
    assert telling(group, column, 0) == told


@pytest.mark.parametrize(
    ("typed", "told"), [("1", 0), ("7", 0), ("x", 1), ("2x", 2), ("x^2", 2), ("25x + 3", 4), ("sin(x)", 1)]
)
def test_what_a_formula_tells(typed: str, told: int) -> None:
    variant = grader.bank()["product-rule"].variant(plain_product())
    ask = variant.group.plan.ask("df")
    blank = blank_of(ask, variant.group)
    column = Column(ask, blank.kind, [blank.read(typed)], [Verdict("df", "expression", "wrong", 0, 1, typed)])
    assert telling(variant.group, column, 0) == told


def test_what_an_answer_stands_on() -> None:
    follows = {"a": (), "b": ("a",), "c": ("b", "x"), "d": ("e",), "e": ("d",)}
    verdicts = {ask: Verdict(ask, "number", "follows", 1, 1, follows=read) for ask, read in follows.items()}
    assert stands_on(verdicts, "c", frozenset("a"))
    assert stands_on(verdicts, "c", frozenset("x"))
    assert not stands_on(verdicts, "c", frozenset("c"))
    assert not stands_on(verdicts, "d", frozenset("a"))
