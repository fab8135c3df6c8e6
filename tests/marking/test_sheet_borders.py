"""A sheet on its way through marking: digits written, own values, the better verdict, students beside each other."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import grader
from grader.blanks.kind import CORRECT, Judgement
from grader.draws.draw import draw
from grader.errors import ValueFault
from grader.marking.column import half_unit, nudged
from grader.marking.echo import tells_more
from grader.marking.follow import better
from grader.marking.mark import first_slip, judged, mark, mark_ask
from grader.marking.match import Match, simplest
from grader.marking.verdict import Shares, Verdict
from grader.messages import Message
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.slips.rank import USUAL

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
SPECS = {
    "chain": "given: {a: {ints: [2, 9]}, b: {ints: [2, 9]}}\nsteps: {u: a/7, v: u*b, w: v^2 - u}\n"
    "ask: {u: {decimals: 3}, v: {decimals: 3}, w: {points: 2, decimals: 3}}\n",
    "fixed": "given: {a: 3, b: 5}\nsteps: {u: a/7, v: u*b, w: v^2 - u}\n"
    "ask: {u: {decimals: 3}, v: {decimals: 3}, w: {points: 2, decimals: 3}}\n",
    "curve": "given: {a: {ints: [2, 9]}, x0: 2}\nsteps: {'df(x)': a*x^2, 'dy(x)': df(x)*x + 1, value: dy(x0)}\n"
    "ask: {df: {domain: {x: [1, 2]}}, dy: {points: 2, domain: {x: [1, 2]}}, value: {decimals: 2}}\n",
    "pair": "given: {a: 3, b: 4}\nsteps: {u: '[a/7, b/7]', s: 'u[1] + 2*u[2]', t: 10*s}\n"
    "ask: {u: {decimals: 2}, s: {decimals: 2}, t: {decimals: 1}}\n",
    "short": "given: {a: 5, b: 8}\nsteps: {u: a/b, v: u*a, a2: a^2, w: a2*2.5, t: a/3, x: 5*t}\n"
    "ask: {u: {decimals: 4}, v: {decimals: 4}, a2: {decimals: 1}, w: {decimals: 4}, t: {decimals: 4}, "
    "x: {decimals: 4}}\n",
    "four": "given: {a: 3}\nsteps: {u: a + 1, v: u*2, w: v - 5, z: w*3}\nask: {u: 1, v: 1, w: 1, z: 1}\n",
}


def group_of(name: str, size: int = 1) -> Group:
    return draw(problem_from((HEAD + SPECS[name]).encode(), f"{name}.yaml"), range(size))[0]


fixed = cache(group_of)


# ----- Digits ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "half"),
    [
        ("7", 0.5), ("-7", 0.5), ("−7.0", 0.05), ("7.25", 0.005), ("7,25", 0.005), ("1 000", 0.5),
        ("[1.5, 2.25]", 0.005),
        ("[1.5, 2]", 0.05), ("1,5; 2,125", 0.0005), ("1, 25", 0.5), ("1,25", 0.005), ("{1.5}", 0.05),
        ("(0.5; 1)", 0.05), ("+1.50", 0.005),
        ("1/4", 0), ("0.25*2", 0), ("1e-3", 0), ("x", 0), ("0.25 m", 0), (None, 0), ({"a": "0.5"}, 0), (0.5, 0),
    ],
)  # fmt: skip
def test_half_a_unit(typed: Any, half: float) -> None:
    assert half_unit(typed) == pytest.approx(half, rel=1e-12)


def test_every_member_is_moved_by_units_of_its_own() -> None:
    values = {"n": np.array([3.0, 4]), "u": np.array([[1.0, 2], [5, 6]])}
    values |= {"M": np.zeros((2, 2, 3)), "W": np.ones((2, 7))}
    halves = {"n": [0.1, 0], "u": [0.5, 0.25], "M": [0, 0.5], "W": [0.01, 0.02]}
    units = {name: np.array(each, dtype=float) for name, each in halves.items()}
    moves = list(nudged(values, units))
    assert len(moves) == 1 + 2 + 6 + 1
    assert [sorted(move) for move in moves] == [["M", "W", "n", "u"]] * 10
    assert moves[0]["n"].tolist() == [3.1, 4]
    assert moves[1]["u"].tolist() == [[1.5, 2], [5.25, 6]]
    assert moves[2]["u"].tolist() == [[1, 2.5], [5, 6.25]]
    for move, entry in zip(moves[3:9], np.ndindex(2, 3), strict=True):
        assert not move["M"][0].any()
        assert (move["M"][1][entry], move["M"].sum()) == (0.5, 0.5)
    np.testing.assert_allclose(moves[9]["W"], [[1.01] * 7, [1.02] * 7])
    assert values["n"].tolist() == [3, 4]


@pytest.mark.parametrize(
    ("answers", "statuses"),
    [
        # u = 3/7 is written to three decimals: v = 5u is known to five halves of its last digit, and half of its own
        ({"u": "0.429", "v": "2.148"}, ("correct", "correct")), ({"u": "0.429", "v": "2.149"}, ("correct", "wrong")),
        ({"u": "0.429", "v": "2.140"}, ("correct", "correct")), ({"u": "0.429", "v": "2.139"}, ("correct", "wrong")),
        ({"u": "0.428571", "v": "2.145"}, ("correct", "correct")),
        ({"u": "0.428571", "v": "2.146"}, ("correct", "wrong")),
        ({"v": "2.145"}, ("blank", "correct")), ({"v": "2.146"}, ("blank", "wrong")),
        ({"u": "0.429"}, ("correct", "blank")),
        ({"u": "3/7", "v": "2.145"}, ("correct", "correct")), ({"u": "3/7", "v": "2.146"}, ("correct", "wrong")),
        # and so may what follows from a wrong value
        ({"u": "0.529", "v": "2.648"}, ("wrong", "follows")), ({"u": "0.529", "v": "2.649"}, ("wrong", "wrong")),
        ({"u": "0.529", "v": "2.642"}, ("wrong", "follows")), ({"u": "0.529", "v": "2.641"}, ("wrong", "wrong")),
    ],
)  # fmt: skip
def test_what_was_rounded_away(answers: dict[str, str], statuses: tuple[str, ...]) -> None:
    verdicts = mark(fixed("fixed"), [answers])[0]
    assert tuple(verdict.status for verdict in verdicts[:2]) == statuses


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"u": "[0.43, 0.57]", "s": "1.57"}, "correct"), ({"u": "[0.43, 0.57]", "s": "1.59"}, "correct"),
        ({"u": "[0.43, 0.57]", "s": "1.60"}, "wrong"), ({"u": "[0.43, 0.57]", "t": "15.9"}, "correct"),
        ({"u": "[0.43, 0.57]", "t": "16.0"}, "wrong"), ({"u": "[0.43, 0.57]", "s": "1.58", "t": "15.8"}, "correct"),
        ({"s": "1.57", "t": "15.7"}, "correct"), ({"s": "1.57", "t": "16.0"}, "wrong"),
        # what stands there was carried on, whatever was rounded before it
        ({"s": "1.58", "t": "15.8"}, "correct"), ({"s": "1.58", "t": "15.9"}, "correct"),
        ({"s": "1.58", "t": "16.0"}, "wrong"),
        ({"s": "1.56", "t": "15.5"}, "correct"), ({"s": "1.56", "t": "15.4"}, "wrong"),
        ({"u": "[0.43, 0.57]", "s": "1.58", "t": "16.0"}, "wrong"), ({"s": "1.7", "t": "17"}, "follows"),
        ({"s": "1.72", "t": "17.3"}, "follows"), ({"s": "1.72", "t": "17.4"}, "wrong"),
        ({"u": "[0.4, 0.57]", "s": "1.54"}, "follows"),
        ({"u": "[0.43, 0.5]", "s": "1.43"}, "follows"), ({"u": "[0.43, 0.5]", "s": "1.5"}, "wrong"),
    ],
)  # fmt: skip
def test_every_entry_may_have_been_rounded(answers: dict[str, str], status: str) -> None:
    verdicts = {verdict.ask: verdict for verdict in mark(fixed("pair"), [answers])[0]}
    assert verdicts["t" if "t" in answers else "s"].status == status


@pytest.mark.parametrize(
    ("answers", "ask", "status"),
    [
        ({"v": "3.1250"}, "v", "correct"), ({"v": "3.1260"}, "v", "wrong"),
        ({"u": "0.625", "v": "3.1260"}, "v", "wrong"),
        ({"u": "0.6250", "v": "3.1260"}, "v", "wrong"), ({"u": "5/8", "v": "3.1260"}, "v", "wrong"),
        ({"u": "0.625", "v": "3.1251"}, "v", "wrong"), ({"u": "0.63", "v": "3.1500"}, "v", "follows"),
        ({"a2": "25", "w": "62.5001"}, "w", "wrong"), ({"a2": "25.0", "w": "62.5001"}, "w", "wrong"),
        ({"a2": "25.0", "w": "62.5000"}, "w", "correct"),
        # a third has more digits than are written
        ({"t": "1.6667", "x": "8.3335"}, "x", "correct"), ({"t": "1.6667", "x": "8.3340"}, "x", "wrong"),
        ({"t": "1.66666666666667", "x": "8.3335"}, "x", "correct"),
    ],
)  # fmt: skip
def test_an_exact_value_was_not_rounded(answers: dict[str, str], ask: str, status: str) -> None:
    verdicts = {verdict.ask: verdict for verdict in mark(fixed("short"), [answers])[0]}
    assert verdicts[ask].status == status


def test_exact_lines_before_it_do_not_widen_a_margin() -> None:
    """Adam's v₂ a few units off is wrong, alone and with all the lines before it."""
    variant = grader.bank()["adam-two-steps"].variant(1)
    right = {ask: variant.right_answer(ask) for ask in ("g[1]", "m[1]", "v[1]", "w[1]", "g[2]", "m[2]", "v[2]")}
    off = {**right, "v[2]": f"{float(variant.solution['v[2]']) + 0.002:.4f}"}
    for answers in ({"v[2]": off["v[2]"]}, {"g[2]": right["g[2]"], "v[2]": off["v[2]"]}, off):
        assert {verdict.ask: verdict.status for verdict in variant.mark(answers)}["v[2]"] == "wrong"
    assert {verdict.status for verdict in variant.mark(right)} == {"correct", "blank"}


# ----- The better verdict ----------------------------------------------------------------------------------------

WRONG = Verdict("v", "number", "wrong", 0, 4, reasons=(Message("compare-wrong"),))
HALF, NOTHING = Judgement("partly", 0.5, (Message("x"),)), Judgement("wrong", 0)
PARTLY = Verdict("v", "vector", "partly", 1, 4)


@pytest.mark.parametrize(
    ("now", "follows", "sources", "fault", "share", "expected"),
    [
        (WRONG, CORRECT, ("u",), None, 1, ("follows", 4, ("u",), ["follow-correct"], False)),
        (WRONG, CORRECT, ("u",), None, 0.5, ("follows", 2, ("u",), ["follow-correct"], False)),
        (WRONG, CORRECT, ("u",), None, 0, ("wrong", 0, (), ["compare-wrong"], False)),
        (WRONG, HALF, ("u",), None, 1, ("partly", 2, ("u",), ["x"], False)),
        (WRONG, HALF, ("u",), None, 0.5, ("partly", 1, ("u",), ["x"], False)),
        (PARTLY, HALF, ("u",), None, 0.5, ("partly", 1, (), [], False)),
        (PARTLY, HALF, ("u",), None, 0.6, ("partly", 1.2, ("u",), ["x"], False)),
        (PARTLY, CORRECT, ("u",), None, 0.25, ("partly", 1, (), [], False)),
        (PARTLY, CORRECT, (), None, 0.25, ("correct", 4, (), [], False)),
        (WRONG, HALF, (), None, 1, ("wrong", 0, (), ["compare-wrong"], False)),
        (WRONG, NOTHING, (), None, 1, ("wrong", 0, (), ["compare-wrong"], False)),
        (WRONG, NOTHING, ("u",), None, 1, ("wrong", 0, (), ["compare-wrong"], False)),
        # what leaves nothing to compute earns nothing; it is said where that would have been right, or nothing could be
        (WRONG, CORRECT, ("u",), "follow-trivial", 1, ("wrong", 0, ("u",), ["compare-wrong", "follow-trivial"], True)),
        (WRONG, HALF, ("u",), "follow-trivial", 1, ("wrong", 0, (), ["compare-wrong"], False)),
        (WRONG, NOTHING, ("u",), "follow-undefined", 1,
         ("wrong", 0, ("u",), ["compare-wrong", "follow-undefined"], True)),
        (WRONG, CORRECT, ("u", "w"), "follow-constant", 0.5,
         ("wrong", 0, ("u", "w"), ["compare-wrong", "follow-constant"], True)),
    ],
)  # fmt: skip
def test_the_better_verdict(
    now: Verdict,
    follows: Judgement,
    sources: tuple[str, ...],
    fault: str | None,
    share: float,
    expected: tuple[Any, ...],
) -> None:
    verdict = better(now, follows, sources, fault, share)
    told = [reason.key for reason in verdict.reasons]
    assert (verdict.status, verdict.points, verdict.follows, told, verdict.guarded) == expected
    assert verdict.of == 4
    if told and told[-1].startswith("follow"):
        assert verdict.reasons[-1].values == {"names": sources}


# ----- Students beside each other --------------------------------------------------------------------------------


def sheets(group: Group) -> list[dict[str, str]]:
    """For each member another sheet: right, blank, one slip carried on, two, rounded early, unreadable."""
    made = []
    for member in range(len(group.positions)):
        a, b = (float(group.given[name][member]) for name in "ab")
        u = [a / 7, a / 7, a / 7 + 0.25, a / 7 + 0.25, round(a / 7, 3), a / 7][member % 6]
        v = [u * b, u * b, u * b, u * b + 1, u * b, u * b][member % 6]
        w = [v**2 - u, v**2 - u, v**2 - u, v**2 - u, v**2 - u, v**2 + u][member % 6]
        texts = {"u": f"{u:.3f}", "v": f"{v:.3f}", "w": f"{w:.3f}"}
        made.append([texts, {}, texts, {**texts, "u": ""}, texts, {**texts, "v": "2 +"}][member % 6])
    return made


STATUSES = [("correct",) * 3, ("blank",) * 3, ("wrong", "follows", "follows"), ("blank", "wrong", None),
("correct",) * 3,
            ("correct", "invalid", "wrong")]  # fmt: skip


def test_each_is_marked_as_if_alone() -> None:
    group = group_of("chain", 40)
    answers = sheets(group)
    together = mark(group, answers, Shares(0.5))
    assert len(together) == len(answers) > 12
    for member, verdicts in enumerate(together):
        expected = STATUSES[member % 6]
        assert [status or verdict.status for status, verdict in zip(expected, verdicts, strict=True)] == [
            verdict.status for verdict in verdicts
        ]
        assert verdicts == mark(group.at(member), [answers[member]], Shares(0.5))[0]


OWN = [["correct"] * 3, ["wrong", "follows", "follows"], ["wrong", "correct", "blank"], ["blank", "wrong", "follows"]]


def test_own_functions_are_each_members_own() -> None:
    group = group_of("curve", 12)
    answers = []
    for member in range(len(group.positions)):
        a = int(group.given["a"][member])
        right = {"df": f"{a}x^2", "dy": f"{a}x^3 + 1", "value": str(8 * a + 1)}
        own = {"df": f"{a + 1}x", "dy": f"{a + 1}x^2 + 1", "value": str((a + 1) * 4 + 1)}
        half = {"df": f"{a}x", "dy": right["dy"]}
        answers.append([right, own, half, {"dy": "2x", "value": "4"}][member % 4])
    together = mark(group, answers)
    for member, verdicts in enumerate(together):
        assert [verdict.status for verdict in verdicts] == OWN[member % 4]
        assert verdicts == mark(group.at(member), [answers[member]])[0]


# ----- One ask, and the lines of a sheet -------------------------------------------------------------------------


def test_a_verdict_has_what_was_typed_and_its_points() -> None:
    group = fixed("fixed")
    ask = group.plan.ask("w")
    right, wrong, unread, blank = (mark_ask(group, ask, [text])[0] for text in ("4.163", "5", "5 +", " "))
    assert (right.ask, right.kind, right.status, right.points, right.typed) == ("w", "number", "correct", 2, "4.163")
    assert (wrong.status, wrong.points, wrong.typed, wrong.span) == ("wrong", 0, "5", None)
    assert (unread.status, unread.points, unread.typed, len(unread.reasons)) == ("invalid", 0, "5 +", 1)
    assert unread.span is not None
    assert (blank.status, blank.points, blank.reasons) == ("blank", 0, ())
    assert [verdict.of for verdict in (right, wrong, unread, blank)] == [2] * 4


@pytest.mark.parametrize(
    ("statuses", "first"),
    [
        (("correct", "wrong", "follows", "follows"), "v"), (("correct", "correct", "wrong", "follows"), "w"),
        (("correct", "correct", "correct", "wrong"), ""), (("wrong", "correct", "correct", "wrong"), "u"),
        (("wrong", "correct", "correct", "correct"), ""), (("partly", "blank", "coarse", "correct"), "u"),
        (("coarse", "partly", "wrong", "correct"), "v"), (("coarse", "coarse", "follows", "correct"), ""),
        (("wrong", "follows"), ""),
        (("wrong", "follows", "correct"), "u"), (("blank", "invalid", "wrong", "follows"), "w"),
    ],
)  # fmt: skip
def test_the_first_wrong_line_of_several(statuses: tuple[str, ...], first: str) -> None:
    verdicts = [Verdict(ask, "number", status, 0, 1) for ask, status in zip("uvwz", statuses, strict=False)]
    plan = fixed("four").plan
    assert first_slip(plan, verdicts) == first
    assert first_slip(plan, [Verdict("other", "choice", "wrong", 0, 1), *verdicts[::-1]]) == first


@pytest.mark.parametrize(
    ("typed", "echo", "more"),
    [
        ("2*x", "2x", False), ("2 x", "2x", False), ("x**2", "x²", False), ("x^2", "x²", False),
        ("x^{10}", "x¹⁰", True), ("x^-1", "x⁻¹", False),
        ("x^(-12)", "x⁻¹²", False), ("x_1", "x₁", False), ("alpha*x", "αx", False), ("A'", "Aᵀ", False),
        ("A^T*x", "Aᵀx", False),
        ("[1; 2]", "(1, 2)", False), ("0,5", "0.5", False), ("x − 1", "x - 1", False), ("x·y", "x*y", False),
        ("2*(x+1)", "2(x + 1)", False),
        ("(x+1)*y", "(x + 1)y", False), ("A .* B", "A ⊙ B", False), ("x^-y", "x^(-y)", False), ("x^(2)", "x²", False),
        ("x^(y)", "x^y", False),
        ("x(y+1)", "x*(y + 1)", True), ("1/2x", "(1/2)x", True), ("x^-12", "x^(-1)2", True), ("x", "y", True),
        ("x^2y", "x^(2y)", True),
        ("1,5", "1; 5", False), ("2)*3", "2)3", False),
        ("x*3", "x3", False),
        ({"a": "1"}, "1", False),
    ],
)  # fmt: skip
def test_an_echo_that_says_more(typed: Any, echo: str, more: bool) -> None:
    assert tells_more(typed, echo) is more


@pytest.mark.parametrize(("rules", "told"), [("a", 1), ("ab", 2), ("abc", 3), ("abcd", 0), ("abca", 3)])
def test_three_explanations_are_told_and_more_are_none(rules: str, told: int) -> None:
    assert len(simplest([Match(rule, "s", USUAL) for rule in rules])) == told


class Picky:
    """A kind that cannot compare some answers."""

    def compare(self, ask: Any, group: Group, members: list[int], answers: list[str]) -> list[Judgement]:
        if "bad" in answers:
            raise ValueFault("value-undefined")
        return [
            Judgement("wrong", 0.25 * member) if answer == "half" else CORRECT
            for member, answer in zip(members, answers, strict=True)
        ]


def test_an_answer_that_cannot_be_compared_costs_only_itself() -> None:
    group = fixed("four")
    blank: Any = SimpleNamespace(kind=Picky(), ask=group.plan.ask("u"))
    assert judged(group, blank, [0, 2], ["good", "half"]) == [CORRECT, Judgement("wrong", 0.5)]
    refused = Judgement("invalid", 0.0, (Message("value-undefined"),))
    assert judged(group, blank, [0, 1, 2], ["good", "bad", "half"]) == [CORRECT, refused, Judgement("wrong", 0.5)]
