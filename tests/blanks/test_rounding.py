"""Margins: what honest rounding may lead to is accepted, what it may not is refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
from families import drawn_of, groups_of, in_depth

from grader.arrays import Floats, Truths
from grader.blanks import propagation
from grader.blanks.digits import digits_of, is_rounded
from grader.blanks.intervals import enclosed
from grader.blanks.kinds import kind_of
from grader.blanks.obedient import obedient_values
from grader.blanks.propagation import expected_values, propagated_to
from grader.blanks.rounding import accepts, margin_of
from grader.blanks.written import printed
from grader.check.mistakes import applies, covered, made
from grader.draws.draw import draw
from grader.errors import AuthorError
from grader.language.enclosed import INFINITE
from grader.language.nodes import Name
from grader.marking.mark import mark_ask
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.plan import Ask
from grader.plan.solve import value_of
from grader.tolerance import Tolerance
from grader.worksheet.statement import statement


def numeric_asks(group: Group) -> Iterator[Ask]:
    return (ask for ask in group.plan.asks if kind_of(ask, group).traits.rounded)


def typed(value: Floats, rule: Tolerance) -> str:
    """Written with every digit that the rule asks for."""
    if value.ndim:
        return f"[{', '.join(typed(entry, rule) for entry in value)}]"
    if rule.decimals is not None:
        return f"{float(rule.rounded(value)):.{rule.decimals}f}"
    if rule.significant is not None:
        return f"{float(rule.rounded(value)):#.{rule.significant}g}"
    return repr(float(value))


def in_brackets(text: str, ask: Ask) -> str:
    """An interval with the ends of an array as typed."""
    numbers = iter(text[1:-1].split(", "))
    ends = [
        infinite if side == INFINITE else next(numbers)
        for side, infinite in zip(ask.sides, ("-inf", "inf"), strict=True)
    ]
    return enclosed(ends, ask.sides, ", ")


# ----- Students --------------------------------------------------------------------------------------------------


def worked_by_hand(group: Group, share: float = 1.0, seed: int = 0) -> dict[str, Floats]:
    """Every line computed from the lines written down before it and rounded as told; some students (1 - share) round a
    line only now and then."""
    rules, plan = digits_of(group.plan), group.plan
    hand: dict[str, Any] = dict(group.given)
    pick = np.random.default_rng(seed)
    for given in plan.givens:
        value = hand[given.name]
        if given.name in rules and np.any(np.abs(value - np.round(value, 6)) > 1e-12):
            hand[given.name] = rules[given.name].rounded(value)
    for step in plan.steps:
        if step.has_value:
            value = value_of(plan, step.tree, hand, step.path)
            value = np.broadcast_to(value, (len(group.positions), *value.shape[1:]))
            if step.name in rules:
                rounds = pick.random((len(value),) + (1,) * (value.ndim - 1)) < share
                value = np.where(rounds, rules[step.name].rounded(value), value)
            hand[step.name] = value
    return hand


@in_depth
@pytest.mark.parametrize("share", [1.0, 0.5, 0.0], ids=["rounds every line", "rounds some", "full precision"])
def test_honest_students_are_right(family: str, share: float) -> None:
    for group in groups_of(family):
        hand = worked_by_hand(group, share)
        for ask in numeric_asks(group):
            assert ask.tree is not None
            answers = np.broadcast_to(value_of(group.plan, ask.tree, hand, ask.path), expected_values(ask, group).shape)
            texts = [typed(value, ask.tolerance) for value in answers]
            if ask.sides:  # as these tests write them, an array has the numbers of an interval
                texts = [in_brackets(text, ask) for text in texts]
            refused = [
                (ask.id, text, group.at(place).given)
                for place, (text, verdict) in enumerate(zip(texts, mark_ask(group, ask, texts), strict=True))
                if verdict.status != "correct"
            ]
            assert refused == []


def test_the_plain_rule_refuses_many_of_them() -> None:
    """What all this is for; without it the test above would say nothing."""
    refused = count = 0
    for group in drawn_of("backprop-scalar-chain", 200):
        hand = worked_by_hand(group)
        for ask in numeric_asks(group):
            right = ask.tolerance.accepts(hand[ask.id], group.solution[ask.id]).reshape(len(group.positions), -1)
            refused, count = refused + int((~right.all(axis=1)).sum()), count + len(right)
    assert refused > 0.1 * count


@in_depth
def test_lines_off_by_half_a_unit_each_stay_within_the_margin(family: str) -> None:
    """The worst that rounding can do, in random directions."""
    for seed in range(4):
        pick = np.random.default_rng(seed)
        for group in groups_of(family):
            rules, hand = digits_of(group.plan), dict(group.given)
            for step in group.plan.steps:
                if step.has_value:
                    exact = group.solution[step.name]
                    value = np.broadcast_to(value_of(group.plan, step.tree, hand, step.path), exact.shape)
                    if step.name in rules:
                        rounded = is_rounded(rules[step.name], exact, 0.0)
                        off = rules[step.name].allowance(exact) * pick.choice([-1, 1], size=exact.shape)
                        value = value + np.where(rounded, off, 0)
                    hand[step.name] = value
            for ask in numeric_asks(group):
                if ask.tolerance.digits and isinstance(ask.tree, Name):
                    expected = expected_values(ask, group)
                    gap = np.abs(hand[ask.tree.name] - expected) - 4 * np.spacing(np.abs(expected))  # of doubles
                    assert np.all(gap <= margin_of(ask, group) * (1 + 1e-9)), ask.id


def obeyed(ask: Ask, group: Group, values: Floats) -> Truths:
    """Where a value is what rounding every term leads to."""
    near = [np.abs(values - one) <= 1.001 * ask.tolerance.allowance(one) for one in obedient_values(ask, group)]
    return np.logical_or.reduce(near) if near else np.zeros(values.shape, bool)


@in_depth
def test_three_margins_off_is_refused(family: str) -> None:
    for group, size in product(groups_of(family), (3.0, -3.0)):
        for ask in numeric_asks(group):
            if ask.tolerance.is_exact:
                continue
            expected = expected_values(ask, group)
            margin = margin_of(ask, group)
            wrong = expected + size * margin
            right = accepts(ask, group, np.arange(len(expected)), wrong) & ~obeyed(ask, group, wrong)
            assert not np.any(right & (margin > 1e-9)), ask.id


@in_depth
def test_mistakes_stay_wrong(family: str) -> None:
    """Of the wrong values of the mistakes for which numbers are drawn the margin takes in next to none."""
    for group in groups_of(family):
        for mistake in group.plan.mistakes:
            if mistake.drawn and applies(mistake, group):
                for ask, count in covered(group, made(group, mistake)):
                    assert count <= 0.02 * len(group.positions) + 1, (mistake.name, ask.id)


# ----- Rows ------------------------------------------------------------------------------------------------------

SPEC = """\
id: rounding
title: {en: R, ru: О}
topic: t
text: {en: a, ru: а}
SHEET
given: {x: 7, u: 1/3}
steps:
  p: {is: 1/x, check: x^-1}
  s: p + u
  big: 40*p
  half: x/2
  after: half*10
  count: floor(x/2)
  L: "(p*x)^2"
  slope: grad(s^2, p)
  v: "[p, 10*p, 3]"
  n: iterate(next, 1, 3)
where:
  next(w): w/3
ask:
ASKS
"""


def one(asks: str, sheet: str = "") -> Group:
    text = SPEC.replace("ASKS", "\n".join(f"  {line}" for line in asks.split("; "))).replace("SHEET", sheet)
    return draw(problem_from(text.encode(), "rounding.yaml"), [1, 2])[0]


MARGINS = [
    # asks, rule of the sheet, the ask looked at, its margin in its own units, the lines that add to it
    ("p: {decimals: 2}", "", "p", 0.5, set()),
    ("p: {decimals: 2}; big: {decimals: 2}", "", "big", 0.5 + 20 * 1.05, {"p"}),
    ("p: {decimals: 4}; big: {decimals: 2}", "", "big", 0.5 + 0.2 * 1.05, {"p"}),
    ("big: {decimals: 2}", "", "big", 0.5 + 20 * 1.05, {"p"}),  # p is not asked: as many digits as its first blank
    ("p: {exact: true}; big: {decimals: 2}", "", "big", 0.5, set()),
    ("p: 1; big: {decimals: 2}", "", "big", 0.5, set()),  # no rule: the fraction is expected
    ("big: {decimals: 2}", "rounding: {decimals: 4}", "big", 0.5 + 0.2 * 1.05, {"p"}),
    ("big: 1", "rounding: {decimals: 2}", "big", 0.5 + 20 * 1.05, {"p"}),
    ("big: 1", "rounding: {significant: 3}", "big", 0.5 + 2 * 1.05, {"p"}),  # 0.143 and 5.71
    ("big: {relative: 0.01}", "rounding: {decimals: 3}", "big", 0.5 + 1.05 * 0.02 / (0.02 * 40 / 7), {"p"}),
    ("s: {decimals: 2}", "", "s", 0.5 + 1.05, {"p", "u"}),  # a given that is no short decimal
    ("after: {decimals: 1}", "", "after", 0.5, set()),  # 3.5 is not rounded
    ("after: {decimals: 0}", "rounding: {decimals: 0}", "after", 0.5 + 5 * 1.05, {"half"}),  # it is
    ("v: {decimals: 1}", "", "v", [0.5 + 0.5 * 1.05, 0.5 + 5 * 1.05, 0.5], {"p"}),
    ("slope: {decimals: 2}", "", "slope", 0.5 + 3 * 1.05, {"p", "u", "s"}),  # through the definition of s
    ("n: {decimals: 2}", "", "n", 0.5 + 1.05 * (1 / 18 + 1 / 6), {"n"}),  # the first two of three rounds
]


@pytest.mark.parametrize(("asks", "sheet", "name", "margin", "lines"), MARGINS)
def test_margins(asks: str, sheet: str, name: str, margin: Any, lines: set[str]) -> None:
    group = one(asks, sheet)
    ask = next(ask for ask in group.plan.asks if ask.id == name)
    unit = 2 * ask.tolerance.allowance(expected_values(ask, group))
    assert np.allclose(margin_of(ask, group) / unit, margin, rtol=0.02, atol=1e-6)
    parts = propagated_to(ask, group)
    assert {line for line, part in parts.items() if part.max() > 1e-9} == lines


ANSWERS = [
    # 40/7 = 5.714285..., and 40 * 0.14 = 5.60
    ("5.71", "correct"), ("5.60", "correct"), ("5,60", "correct"), ("5.55", "correct"), ("40/7", "correct"),
    ("28/5", "correct"), ("5.7", "coarse"), ("5.6", "coarse"), ("5.48", "wrong"), ("5.4", "wrong"), ("6.00", "wrong"),
    ("-5.60", "wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), ANSWERS)
def test_verdicts(text: str, status: str) -> None:
    group = one("p: {decimals: 2}; big: {decimals: 2}")
    for count in (1, 2):
        verdicts = mark_ask(group.taking(slice(count)), group.plan.asks[1], [text] * count)
        assert [verdict.status for verdict in verdicts] == [status] * count


def test_many_answers_of_each_member_at_once() -> None:
    group = one("p: {decimals: 2}; big: {decimals: 2}; v: {decimals: 1}")
    _, big, v = group.plan.asks
    table = np.array([[5.71, 5.6], [5.0, 5.71], [np.nan, np.inf]])
    assert accepts(big, group, [0, 1], table).tolist() == [[True, True], [False, True], [False, False]]
    assert accepts(big, group, [1], [5.6]).tolist() == [True]
    arrays = np.array([[[0.1, 1.4, 3.0]] * 2, [[0.5, 1.4, 3.1]] * 2])
    assert accepts(v, group, [0, 1], arrays).tolist() == [[[True] * 3] * 2, [[False, True, False]] * 2]


def test_a_whole_number_is_exact() -> None:
    group = one("count: {is: 4000000*x, kind: integer}")
    (count,) = group.plan.asks
    assert accepts(count, group, [0, 1], [28_000_000, 28_000_001]).tolist() == [True, False]


def test_a_large_batch_is_done_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    group = drawn_of("backprop-scalar-chain", 60)[0]
    whole = [margin_of(ask, group) for ask in group.plan.asks]
    monkeypatch.setattr(propagation, "_ROWS", 100)
    for ask, margin in zip(group.plan.asks, whole, strict=True):
        assert np.allclose(margin_of(ask, group), margin, rtol=1e-12)


# ----- The rule of the sheet -------------------------------------------------------------------------------------


def test_the_sheet_gives_asks_without_a_rule_theirs() -> None:
    group = one(
        "p: 1; big: {decimals: 1}; count: {kind: integer}; s: {exact: true}; v: 1", "rounding: {significant: 3}"
    )
    rules = {ask.id: (ask.tolerance, ask.rule_from) for ask in group.plan.asks}
    sheet = Tolerance(significant=3)
    assert rules["p"] == rules["v"] == (sheet, "problem")
    assert rules["big"] == (Tolerance(decimals=1), "ask")
    assert rules["s"] == (Tolerance(), "ask")
    assert rules["count"][1] == "nobody"
    assert mark_ask(group, group.plan.asks[0], ["0.143", "0.14"])[0].status == "correct"
    assert statement(group.at(0), "en").endswith(
        "Rounding: where a blank says nothing else, round to 3 significant figures, in intermediate results as well."
    )
    assert "значащих цифр, в промежуточных" in statement(group.at(0), "ru")
    alike = one("p: 1; big: {significant: 3}; s: {exact: true}; v: 1", "rounding: {significant: 3}")
    assert "Rounding: round to 3 significant figures, in" in statement(alike.at(0), "en")


@pytest.mark.parametrize(
    "sheet",
    ["3", "{}", "{decimals: 2, significant: 3}", "{decimals: -1}", "{decimals: a}", "{significant: 0}", "{digits: 3}"],
)
def test_what_the_sheet_may_not_say(sheet: str) -> None:
    with pytest.raises(AuthorError) as fault:
        one("p: 1", f"rounding: {sheet}")
    assert fault.value.line == 5


def test_the_sheet_is_part_of_the_digest_like_the_rules_of_the_asks() -> None:
    plain, sheet = one("p: 1").plan.problem, one("p: 1", "rounding: {decimals: 2}").plan.problem
    assert plain.digest != sheet.digest


# ----- What one line adds ----------------------------------------------------------------------------------------

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"


@pytest.mark.parametrize(
    ("given", "formula", "gap"),
    [
        ("1/7", "1/u", abs(1 / (1 / 7 - 0.005) - 7)),  # down is further than up
        ("1/7", "u^3", (1 / 7 + 0.005) ** 3 - (1 / 7) ** 3),  # up is further than down
        ("1/300", "ln(u)", np.log((1 / 300 + 0.005) * 300)),  # down there is no logarithm
        ("-1/300", "ln(-u)", np.log((1 / 300 + 0.005) * 300)),  # nor up here
    ],
)
def test_a_line_is_moved_both_ways_and_the_further_counts(given: str, formula: str, gap: float) -> None:
    spec = f"given: {{a: {given}}}\nsteps: {{u: a, v: {formula}}}\nask: {{u: {{decimals: 2}}, v: {{decimals: 1}}}}\n"
    (group,) = draw(problem_from((HEAD + spec).encode(), "s.yaml"), [1])
    assert propagated_to(group.plan.ask("v"), group)["u"].item() == pytest.approx(gap)


@pytest.mark.parametrize(
    ("function", "start", "times", "far"),
    [
        # Rounds of x → 1/x and x → x³ from 1/7: each goes out by what lies further, half a unit of the last one more.
        ("1/x", "1/7", 2, lambda e: abs(1 / (7 - e) - 1 / 7)),
        ("x^3", "1.1", 2, lambda e: (1.1**3 + e) ** 3 - (1.1**3) ** 3),
    ],
)
def test_rounds_by_hand_are_moved_both_ways(function: str, start: str, times: int, far: Any) -> None:
    spec = (
        f"given: {{x0: {start}}}\nwhere: {{next(x): {function}}}\n"
        f"steps: {{end: 'iterate(next, x0, {times})'}}\nask: {{end: {{decimals: 2}}}}\n"
    )
    (group,) = draw(problem_from((HEAD + spec).encode(), "s.yaml"), [1])
    assert propagated_to(group.plan.ask("end"), group)["end"].item() == pytest.approx(far(0.005))


@pytest.mark.parametrize(
    ("given", "rounded"),
    [("0.125", False), ("0.12345", False), ("0.1234567", False), ("0.12345678", False), ("1/3", True), ("ln(2)", True)],
)
def test_a_given_of_few_digits_is_used_as_it_stands(given: str, rounded: bool) -> None:
    """Nobody rounds 0.12345 before it is used; of 1/3 everybody writes down some digits."""
    spec = f"given: {{a: {given}}}\nsteps: {{v: 100*a}}\nrounding: {{decimals: 2}}\nask: {{v: 1}}\n"
    (group,) = draw(problem_from((HEAD + spec).encode(), "s.yaml"), [1])
    assert (propagated_to(group.plan.ask("v"), group).get("a", np.zeros(1)).item() > 0) is rounded


@pytest.mark.parametrize(
    ("value", "printed_as"),
    [
        (0.0279936, "0.0280"),
        (4.6003e-6, r"4.60 \cdot 10^{-6}"),
        (-0.00199999, "-0.00200"),
        (9.9999e-7, r"1.00 \cdot 10^{-6}"),
        (1.0001, "1.00"),
        (10.04, "10.0"),
        (99.99, "100"),
        (12345.6, "12300"),
        (0.5, "0.5"),  # nothing was rounded off
        (24.0, "24"),
        (0.0, "0"),
    ],
)
def test_a_key_has_the_zeros_of_its_significant_digits(value: float, printed_as: str) -> None:
    assert printed(value, Tolerance(significant=3), "en") == printed_as
    assert printed(value, Tolerance(significant=3), "ru") == printed_as.replace(".", "{,}")


TERMS = """\
id: s
title: {en: S, ru: С}
topic: t
rounding: {decimals: 2}
given: {q: 0.7, W: 9, v: [1, 4]}
steps: {w: (1 - q^3)*W, u: 10*exp(-q)*v/3, k: 10*w}
ask: {w: 1, u: {points: 2, decimals: 2}, k: {exact: true}}
text: {en: "Let $q = {{ q }}$.", ru: "Пусть $q = {{ q }}$."}
"""


@pytest.mark.parametrize(
    ("ask", "typed", "asked_to_round", "not_asked"),
    [
        ("w", "5.91", 1, 1),  # 0.343 carried on
        ("w", "5.94", 1, 0),  # 0.34 carried on
        ("w", "5.93", 0, 0),
        ("w", "5.97", 0, 0),
        ("u", "[1.66, 6.62]", 2, 2),
        ("u", "[1.67, 6.67]", 2, 0),  # exp(-0.7) as 0.50
        ("u", "[1.67, 6.62]", 2, 1),  # entry by entry
        ("u", "[1.63, 6.67]", 1, 0),
    ],
)
def test_terms_are_rounded_as_the_sheet_asks(ask: str, typed: str, asked_to_round: float, not_asked: float) -> None:
    for text, points in ((TERMS, asked_to_round), (TERMS.replace("rounding: {decimals: 2}\n", ""), not_asked)):
        text = text.replace("{w: 1,", "{w: {decimals: 2},")
        group = draw(problem_from(text.encode(), "s.yaml"), [1])[0]
        assert mark_ask(group, group.plan.ask(ask), [typed])[0].points == points, text
