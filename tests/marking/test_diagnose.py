"""Diagnosis: the slip that gives just this answer is named, in its step; a tie is a tie; chance names nothing."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from families import FAMILIES, SHORT, TURN, VARIANTS, groups_of, in_depth, turned

from grader.blanks.kinds import kind_of
from grader.draws.draw import draw
from grader.language.nodes import Index, Name, Node, transform
from grader.language.parser import parse
from grader.language.typeset import to_text
from grader.marking import generic
from grader.marking.mark import mark
from grader.marking.match import MOST_TOLD, Match, is_usual, simplest
from grader.marking.trees import agree
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.solve import solve
from grader.slips.rank import EVERYWHERE, UNLIKELY, USUAL
from grader.tolerance import Tolerance

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
SPECS = {
    "chain": "given: {a: 3.7, b: 5.3}\nsteps: {u: 2*a + b, v: 'u^2/b', w: 'v - a*u'}\n"
    "ask: {u: {decimals: 4}, v: {decimals: 4}, w: {decimals: 4}}\n",
    "loop": "given: {a: 1.7, 'w[0]': 5.3}\nsteps: {for t in 1..3: {'g[t]': '2*a*w[t-1] + t', 'w[t]': 'w[t-1] - 0.1*g[t]'}}\n"
    "ask: {'w[3]': {decimals: 5}}\n",
    "matrix": 'given: {A: [1, 2; 4, 7], B: [3, 8; 5, 2]}\nsteps: {P: A*B, Q: "A\' + B"}\nask: {P: 1, Q: 1}\n',
    "curve": "given: {a: 3, x0: 1.3}\nwhere: {'f(x)': sin(a*x^2)}\n"
    "steps: {'dy(x)': {is: 'diff(f(x), x)'}, value: dy(x0)}\nask: {dy: {domain: {x: [1, 2]}}, value: {decimals: 4}}\n",
    "formula": 'given: {c: 2}\nsymbols: {A: n x n, X: n x n}\nsteps: {G: "c*A\'*X"}\nask: {G: 1}\n',
    "longer": "given: {c: 2}\nsymbols: {A: n x n, X: n x n}\nsteps: {H: c*A*A*X}\nask: {H: 1}\n",
    "mean": "given: {x: [1.3, 2.9, 4.1]}\nsteps: {m: mean(x), v: 'mean(x^2) - m^2', s: sqrt(v)}\n"
    "ask: {m: {decimals: 4}, v: {decimals: 4}, s: {decimals: 4}}\n",
    "tie": "given: {a: 2, b: 2.5}\nsteps: {s: a^2 + b}\nask: {s: {decimals: 3}}\n",
    "layers": "given: {'W[1]': 0.7, 'W[2]': -1.3, x: 2.1}\n"
    "steps: {h: 'W[1]*x', o: sigmoid(h), y: 'W[2]*o', d: 'W[2]*o*(1 - o)'}\nask: {y: {decimals: 5}, d: {decimals: 5}}\n",
    "whole": "given: {n: 13, m: 7}\nsteps: {p: (n + 1)*m}\nask: {p: {kind: integer}}\n",
    "angle": "given: {a: 0.7}\nsteps: {s: sin(a), p: 'arctan(a)'}\nask: {s: {decimals: 5}, p: {decimals: 5}}\n",
    "carried": "given: {a: 31.4159, b: 5.3}\nsteps: {u: 2*a + b, v: 'u^2/b', w: '[u^2, u*b]'}\n"
    "ask: {u: {decimals: 2}, v: {decimals: 3}, w: {decimals: 3}}\n",
    "terms": "given: {a: 3}\nwhere: {'f(x)': a*x^4 - 5*x^2}\n"
    "steps: {'df(x)': {is: 'diff(f(x), x)'}}\nask: {df: {domain: {x: [1, 2]}}}\n",
    "ends": "given: {a: 2, b: 3}\nsteps: {s: a*b}\nask: {D: {interval: '(a, s)', exact: true}}\n",
    "columns": "given: {x: [0.5, 0.25, 4]}\nsteps: {r: 1/x, n: 3*x}\nask: {r: {decimals: 3}, n: {decimals: 3}}\n",
}


@cache
def group_of(name: str) -> Group:
    return draw(problem_from((HEAD + SPECS[name]).encode(), f"{name}.yaml"), [1])[0]


def marked(name: str, answers: dict[str, str]) -> dict[str, Verdict]:
    return {verdict.ask: verdict for verdict in mark(group_of(name), [answers])[0]}


def named(verdict: Verdict) -> set[tuple[str, str]]:
    return {(slip.rule, slip.step) for slip in verdict.slips}


def done(name: str, formulas: dict[str, str], ask: str) -> str:
    """The answer of somebody who used other formulas for some steps."""
    group = group_of(name)
    trees = {
        step: transform(parse(text, frozenset("aAbBhouvwxW"), spec=True), named_) for step, text in formulas.items()
    }
    value = solve(group.plan, group.given, formulas=trees)[ask][0]
    return str(np.round(value, 5 if name in ("loop", "layers", "angle") else 4).tolist())


def named_(part: Node) -> Node:
    """`w[0]` in the formulas here is always a name."""
    return Name(f"{part.base}[{to_text(part.indices[0])}]") if isinstance(part, Index) else part


# The formulas as they were done, the ask with the answer, and the slip with its step.
DONE: list[tuple[str, dict[str, str], str, tuple[str, str]]] = [
    ("chain", {"u": "2*a - b"}, "u", ("sign", "u")),
    ("chain", {"u": "a + b"}, "u", ("factor-two", "u")),
    ("chain", {"u": "2*a"}, "u", ("term-dropped", "u")),
    ("chain", {"v": "u/b"}, "v", ("power-dropped", "v")),
    ("chain", {"v": "u^2"}, "v", ("divisor-dropped", "v")),
    ("chain", {"v": "u^3/b"}, "v", ("exponent-off", "v")),
    ("chain", {"v": "u^2*b"}, "v", ("inverted", "v")),
    ("chain", {"w": "v + a*u"}, "w", ("sign", "w")),
    ("chain", {"w": "v - u"}, "w", ("factor-dropped", "w")),
    ("chain", {"u": "2*a - b"}, "w", ("sign", "u")),  # nothing is written down for u and v
    ("mean", {"m": "sum(x)"}, "m", ("sum-for-mean", "m")),
    ("mean", {"s": "v"}, "s", ("root-missing", "s")),
    ("loop", {"w[1]": "w[0] + 0.1*g[1]", "w[2]": "w[1] + 0.1*g[2]", "w[3]": "w[2] + 0.1*g[3]"}, "w[3]", ("sign", "w[3]")),
    ("loop", {"g[2]": "2*a*w[1]"}, "w[3]", ("term-dropped", "g[2]")),
    ("loop", {"g[1]": "a*w[0] + 1", "g[2]": "a*w[1] + 2", "g[3]": "a*w[2] + 3"}, "w[3]", ("factor-two", "g[3]")),
    ("loop", {"g[3]": "2*a*w[1] + 3"}, "w[3]", ("old-for-new", "g[3]")),
    ("matrix", {"P": "B*A"}, "P", ("product-reversed", "P")),
    ("matrix", {"P": "A.*B"}, "P", ("elementwise", "P")),
    ("matrix", {"P": "A'*B"}, "P", ("transpose-extra", "P")),
    ("matrix", {"Q": "A + B"}, "Q", ("transpose-missing", "Q")),
    ("layers", {"o": "h"}, "y", ("activation-missing", "y")),
    ("layers", {"d": "W[2]*o"}, "d", ("activation-for-derivative", "d")),
    ("layers", {"d": "W[2]*sigmoid(o)*(1 - sigmoid(o))"}, "d", ("derivative-at-output", "d")),
    ("layers", {"h": "W[2]*x"}, "y", ("index-off", "h")),
    ("angle", {"s": "sin(a*pi/180)"}, "s", ("degrees", "s")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "formulas", "ask", "slip"), DONE, ids=[f"{row[0]} {row[3][0]} {row[2]}" for row in DONE]
)
def test_a_slip_in_a_formula_is_named_with_its_step(
    name: str, formulas: dict[str, str], ask: str, slip: tuple[str, str]
) -> None:
    verdict = marked(name, {ask: done(name, formulas, ask)})[ask]
    assert verdict.status in ("wrong", "partly")
    assert named(verdict) == {slip}


TYPED: list[tuple[str, dict[str, str], str, str]] = [
    ("curve", {"dy": "cos(3*x^2)"}, "dy", "inner-lost"),
    ("curve", {"dy": "cos(6x)"}, "dy", "inner-inside"),
    ("curve", {"dy": "6x cos(x)"}, "dy", "outer-at-x"),
    ("curve", {"dy": "-6x cos(3x^2)"}, "dy", "sign"),
    ("curve", {"dy": "5*6x cos(3x^2)"}, "dy", "constant-factor"),
    ("curve", {"dy": "6x cos(3x^2) + 7"}, "dy", "constant-term"),
    ("curve", {"dy": "1/(6x cos(3x^2))"}, "dy", "reciprocal"),
    ("formula", {"G": "2*A*X"}, "G", "transpose-missing"),
    ("formula", {"G": "2*X*A'"}, "G", "product-reversed"),
    ("formula", {"G": "-2*A'*X"}, "G", "sign"),
    ("formula", {"G": "2*X'*A"}, "G", "names-swapped"),
    ("longer", {"H": "2*X'*A'*A'"}, "H", "transposed"),
    ("formula", {"G": "14*A'*X"}, "G", "constant-factor"),
    ("matrix", {"Q": "[4, 7; 12, 9]"}, "Q", "transposed"),
    ("columns", {"r": "[4, 2, 0.25]"}, "r", "permuted"),
    ("columns", {"n": "[15, 7.5, 120]"}, "n", "power-of-ten"),
    ("chain", {"u": "0.0787"}, "u", "reciprocal"),
    ("chain", {"u": "12.6999"}, "u", "rounding"),
    ("mean", {"m": "2.7666"}, "m", "rounding"),
    ("mean", {"v": "1.1470"}, "v", "other-blank"),
    ("angle", {"p": "34.99202"}, "p", "degrees"),
]


@pytest.mark.parametrize(("name", "answers", "ask", "rule"), TYPED, ids=[f"{row[0]} {row[3]}" for row in TYPED])
def test_a_slip_in_what_was_typed_is_named(name: str, answers: dict[str, str], ask: str, rule: str) -> None:
    verdict = marked(name, answers)[ask]
    assert verdict.status != "correct"
    assert [slip.rule for slip in verdict.slips] == [rule]


def test_a_tie_is_told_as_a_tie() -> None:
    """2 + 2.5: the square of 2 was left out, or it was halved: 2·2 is 2²."""
    rules = {rule for rule, _ in named(marked("tie", {"s": "4.5"})["s"])}
    assert len(rules) <= MOST_TOLD
    matches = [Match("a", "s", USUAL), Match("b", "s", USUAL), Match("a", "s", USUAL), Match("c", "s", EVERYWHERE)]
    assert [match.rule for match in simplest(matches)] == ["a", "b"]
    assert simplest([Match(rule, "s", USUAL) for rule in "abcd"]) == []
    assert simplest([]) == []
    assert is_usual([Match("a", "s", USUAL)])
    assert not is_usual([Match("a", "s", UNLIKELY)])


def test_two_slips_at_once() -> None:
    verdict = marked("chain", {"w": done("chain", {"u": "a + b", "w": "v + a*u"}, "w")})["w"]
    assert named(verdict) == {("factor-two+sign", "w")}
    both = marked("mean", {"s": done("mean", {"m": "sum(x)", "s": "v"}, "s")})["s"]
    assert all("+" in rule for rule, _ in named(both))


def test_the_slip_is_looked_for_after_the_own_values() -> None:
    """With another u, v is not squared: that is the slip, whatever u was."""
    verdict = marked("chain", {"u": "10", "v": "1.8868"})["v"]
    assert named(verdict) == {("power-dropped", "v")}


def test_what_was_rounded_away_does_not_hide_a_slip() -> None:
    verdict = marked("mean", {"m": "2.767", "v": "1.3", "s": "1.30"})["s"]
    assert named(verdict) == {("root-missing", "s")}


@pytest.mark.parametrize(("ask", "text", "rule"), [
    ("v", "{u2:.3f}", "divisor-dropped"), ("v", "{v2:.3f}", "factor-two"),
    ("w", "[{u2:.3f}, {u:.3f}]", "factor-dropped"), ("w", "[{u:.3f}, {ub:.3f}]", "power-dropped"),
])  # fmt: skip
def test_who_carries_on_what_was_not_rounded_has_the_next_slip_named(ask: str, text: str, rule: str) -> None:
    u = 2 * 31.4159 - 5.3  # a slip of its own, written with two decimals
    answer = text.format(u=u, u2=u**2, ub=u * 5.3, v2=2 * u**2 / 5.3)
    verdicts = marked("carried", {"u": f"{u:.2f}", ask: answer})
    assert named(verdicts["u"]) == {("sign", "u")}
    assert {slip.rule for slip in verdicts[ask].slips} == {rule}


def test_own_functions_stand_in_the_steps_after_them() -> None:
    verdicts = marked("curve", {"dy": "cos(3x^2)", "value": str(round(float(np.cos(3 * 1.3**2)) * 2, 4))})
    assert [slip.rule for slip in verdicts["value"].slips] in (["factor-two"], [])
    followed = marked("curve", {"dy": "cos(3x^2)", "value": f"{np.cos(3 * 1.3**2):.4f}"})["value"]
    assert (followed.status, followed.slips) == ("follows", ())


def test_what_does_follow_from_nothing_is_not_diagnosed() -> None:
    spec = "given: {a: 3}\nsteps: {g: 2*a, z: g*(a + 1)}\nask: {g: {decimals: 2}, z: {decimals: 2}}\n"
    group = draw(problem_from((HEAD + spec).encode(), "guard.yaml"), [1])[0]
    z = mark(group, [{"g": "0", "z": "0"}])[0][1]
    assert (z.status, z.slips) == ("wrong", ())
    assert z.follows


# ----- Nothing is named that is not there ------------------------------------------------------------------------


def right_answers(group: Group) -> dict[str, str]:
    return {ask.id: str(next(s.text for s in kind_of(ask, group).samples(ask, group) if s.status == "correct"))
            for ask in group.plan.asks}  # fmt: skip


@in_depth
def test_right_answers_are_never_diagnosed(family: str) -> None:
    for group in groups_of(family):
        for place in range(min(4, len(group.positions))):
            one = group.at(place)
            for verdict in mark(one, [right_answers(one)])[0]:
                assert (verdict.status, verdict.slips) == ("correct", ()), verdict.ask


LEAST_DIGITS, MOST_NAMED = 3, 0.05


@cache
def named_by_chance(name: str) -> tuple[int, int]:
    """How many wrong numbers of the right size with at least three digits got a name, of how many that were marked
    wrong; all other answers are right."""
    chance = np.random.default_rng([3, *name.encode()])
    tried = named = 0
    for group in groups_of(name):
        asks = [a for a in group.plan.asks if kind_of(a, group).name in ("number", "vector") and a.id in group.solution]
        sheets, asked = [], []
        for member in range(len(group.positions)) if asks else ():
            ask = asks[chance.integers(len(asks))]
            value = group.solution[ask.id][member]
            other = value * np.exp(chance.normal(0, 1, value.shape)) * chance.choice([-1, 1], value.shape)
            digits = ask.tolerance.decimals if ask.tolerance.decimals is not None else 3
            other = np.round(other, digits)
            long = [len(f"{abs(x):.{digits}f}".replace(".", "").lstrip("0")) >= LEAST_DIGITS for x in np.ravel(other)]
            right = right_answers(group.at(member))
            sheets.append({**right, ask.id: str(other.tolist())} if all(long) else right)
            asked.append(ask.id)
        for ask_id, row in zip(asked, mark(group, sheets) if sheets else (), strict=True):
            verdict = next(verdict for verdict in row if verdict.ask == ask_id)
            tried += verdict.status == "wrong"
            named += verdict.status == "wrong" and bool(verdict.slips)
    return tried, named


@in_depth
def test_chance_names_next_to_nothing_of_a_family(family: str) -> None:
    tried, named = named_by_chance(family)
    expected = MOST_NAMED * tried
    assert named <= max(4, expected + expected**0.5)  # of so few a deviation more


def test_chance_names_next_to_nothing() -> None:
    """Of all together, of which some thirty families say enough, in a short run fewer."""
    tried, named = np.sum([named_by_chance(name) for name in turned(FAMILIES, 12 if SHORT else 29, TURN)], axis=0)
    assert tried > (25 if SHORT else 400)
    assert named <= max(3, 0.03 * tried)  # of few numbers a single one is more than a share


HOSTILE = ["1e308", "-1e-320", "9" * 300, "[1, 2, 3, 4, 5, 6, 7]", "[[1e300]]", "[0, 0; 0, 0]", "[1; 2]", "ln(-1)", "1/0",
           "nan", "inf", "exp(exp(9))", "x/0", "0*x", "X", "I", "inv(X - X)", "sqrt(-x)", "((((", "{{ 7*7 }}", "\\input{x}"]  # fmt: skip


@in_depth
def test_no_answer_breaks_it(family: str) -> None:
    """Every text in every blank: in the even ones beside right answers, then in the odd ones (a short run: in turns)."""
    for group in groups_of(family)[: max(1, VARIANTS // 50)]:
        right = right_answers(group.at(0))
        sheets = [
            {ask: text if number % 2 == half else answer for number, (ask, answer) in enumerate(right.items())}
            for index, text in enumerate(HOSTILE)
            for half in ((index % 2,) if SHORT else (0, 1))
        ]
        for row in mark(group.taking([0] * len(sheets)), sheets):
            for verdict in row:
                assert verdict.status in ("correct", "wrong", "invalid", "partly", "coarse", "follows"), verdict


def test_whole_numbers_have_few_digits() -> None:
    named_ = [marked("whole", {"p": str(value)})["p"].slips for value in range(60, 140) if value != 98]
    assert sum(map(bool, named_)) < 25
    assert [slip.rule for slip in marked("whole", {"p": "91"})["p"].slips] == ["term-dropped"]


# ----- Small parts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "right", "tolerance", "expected"),
    [(0.666, 0.6667, Tolerance(decimals=3), True), (0.66, 0.6667, Tolerance(decimals=3), False),
     (0.666, 0.6667, Tolerance(relative=1e-3), False), (123.5, 123.56, Tolerance(significant=4), True), (123.4, 123.56, Tolerance(significant=4), False),
     (0.0, 0.001, Tolerance(decimals=3), False)],
)  # fmt: skip
def test_rounded(answer: float, right: float, tolerance: Tolerance, expected: bool) -> None:
    assert generic.rounded(np.array(answer), np.array(right), tolerance) is expected


def test_agreement_of_functions_with_holes() -> None:
    points = np.linspace(1, 2, 20)
    holes = np.where(points < 1.04, np.nan, points)
    many = np.where(points < 1.4, np.nan, points)
    table = np.array([points, holes, many, 2 * points, points])
    assert agree(points, table, 3 * points).tolist() == [True, True, False, False, True]
    assert agree(points, table[[0, 2, 4]], points).tolist() == [False, False, False]


@pytest.mark.parametrize("answers", [{"dy": "[x, x]"}, {"dy": "x/0"}, {"dy": "7"}, {"dy": "[1, 2"}])
def test_expressions_that_are_nothing_like_it(answers: dict[str, str]) -> None:
    assert marked("curve", answers)["dy"].slips == ()


@pytest.mark.parametrize("text", ["A*[1, 2]", "X*X*A", "7", "A + X'"])
def test_matrix_formulas_that_are_nothing_like_it(text: str) -> None:
    assert marked("formula", {"G": text})["G"].slips == ()


def test_an_array_of_another_shape_is_only_ever_transposed() -> None:
    spec = "given: {A: [1, 2, 3; 4, 5, 6]}\nsteps: {P: 2*A}\nask: {P: 1}\n"
    group = draw(problem_from((HEAD + spec).encode(), "shape.yaml"), [1])[0]
    found: list[Any] = [
        mark(group, [{"P": text}])[0][0].slips for text in ("[2, 8; 4, 10; 6, 12]", "[2, 8; 4, 10; 6, 13]", "3")
    ]
    assert [[slip.rule for slip in slips] for slips in found] == [["transposed"], [], []]


def test_a_wrong_sign_in_a_derivative_is_not_told_of_a_term_before_it() -> None:
    (slip,) = marked("terms", {"df": "12x^3 + 10x"})["df"].slips
    assert (slip.rule, slip.message.key) == ("sign", "slip-sign")  # not "the sign of x²", which nobody wrote


def test_an_interval_lacks_no_row() -> None:
    verdict = marked("ends", {"D": "(-inf, 6)"})["D"]
    assert [reason.key for reason in verdict.reasons] == ["answer-interval-left"]
    assert not verdict.slips
