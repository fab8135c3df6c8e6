"""What a match must be to be told: near enough, not met by chance, and not what one slip alone gives."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from grader.draws.draw import draw
from grader.language.nodes import Call, Name, Number
from grader.language.parser import parse
from grader.marking.diagnose import distinct, likeliest
from grader.marking.judged import CHANCE, Judged, crowded
from grader.marking.mark import mark
from grader.marking.match import Match, simplest
from grader.marking.pairs import WrongAnswer, pair_matches
from grader.marking.wording import Words
from grader.messages import Message
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.solve import solve
from grader.slips.rank import (
    ACCIDENT,
    AUTHORED,
    EVERYWHERE,
    FAR,
    KNOWN,
    RARE,
    UNLIKELY,
    USUAL,
    Detour,
    Fit,
    Level,
    Rank,
)
from grader.suspects.mutants import Mutant

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"


@cache
def one(spec: str) -> Group:
    return draw(problem_from((HEAD + spec).encode(), "limits.yaml"), [1])[0]


# ----- Near enough -----------------------------------------------------------------------------------------------

SQUARE = "given: {a: 3.7, b: 5.3}\nsteps: {v: '(2*a + b)^2/b'}\nask: {v: {decimals: 4}}\n"


@pytest.mark.parametrize(
    ("typed", "named"),
    [("2.3962", True), ("2.396", True), ("2.40", False), ("2.3972", False)],
    ids=["all digits", "a digit short", "two digits short", "wrong in the last but one"],
)
def test_a_digit_may_be_missing(typed: str, named: bool) -> None:
    """(2a + b)/b = 2.396226: the square was left out."""
    slips = mark(one(SQUARE), [{"v": typed}])[0][0].slips
    assert ([slip.rule for slip in slips] == ["power-dropped"]) is named


@pytest.mark.parametrize(
    ("moved", "off", "loose"),
    [(0.02, 0.019, True), (0.02, 0.03, False), (0.04, 0.039, False)],
    ids=["explained", "too far off", "too much to have been rounded away"],
)
def test_what_may_have_been_rounded_away(moved: float, off: float, loose: bool) -> None:
    """One mutant, 1 on the sheet as typed, by `moved` more when an answer before it moves; the right value is 2.

    The rule of the ask is half a unit of the third decimal, of which fifty are 0.025.
    """
    ask = one("given: {a: 2}\nsteps: {s: a + 0}\nask: {s: {decimals: 3}}\n").plan.asks[0]
    table = np.array([[1.0, 1.0, 1.0 + moved]])
    judged = Judged(ask, np.array([1.0 + off]), np.array([2.0, 2.0, 2.0]), table, np.array([0.0005]))
    (mutant,) = mutants = [Mutant("sign", "s", {})]
    assert [match.rank for match in judged.matches(0, mutants, False)] == ([mutant.rank.loosely()] if loose else [])


_IN_ONE = Rank(Level.PARTLY, parts=(USUAL,))


@pytest.mark.parametrize(
    ("answer", "telling", "of", "told"),
    [
        ([1.0, -2.0, -3.0], False, USUAL, USUAL.partly()),
        ([1.0, 2.0, -3.0], False, USUAL, None),
        ([1.0, 2.0, -3.0], True, USUAL, _IN_ONE),
        ([1.0, 2.0, -3.0], True, AUTHORED, None),
        ([1.0, 2.0, -3.0], True, RARE, None),
        ([1.0, -2.0, -4.0], True, USUAL, None),
    ],
    ids=["in all wrong entries", "in one only", "which tells", "an author's", "a rare one", "in one of two"],
)
def test_a_slip_in_the_wrong_entries_only(answer: list[float], telling: bool, of: Rank, told: Rank | None) -> None:
    ask = one("given: {a: [1, 2, 3]}\nsteps: {s: a + 0}\nask: {s: {decimals: 3}}\n").plan.asks[0]
    right = np.array([[1.0, 2.0, 3.0]] * 2)
    judged = Judged(ask, np.array([answer]), right, -right[None], np.array([0.0005]))
    matches = judged.matches(0, [Mutant("sign", "s", {}, of)], telling)
    assert [match.rank for match in matches] == ([] if told is None else [told])


# ----- Not by chance ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "by_chance"), [(5, False), (8, True), (20, True)])
def test_candidates_that_lie_close_together(count: int, by_chance: bool) -> None:
    """Whole numbers within 10 of 10: of twenty a third may be taken."""
    table = np.arange(count, dtype=float)[:, None] + 1
    assert crowded(np.array([10.0]), table, np.array([0.5]), CHANCE["usual"]).tolist() == [by_chance]


@pytest.mark.parametrize(("count", "by_chance"), [(3, False), (5, True)])
def test_pairs_that_lie_close_together(count: int, by_chance: bool) -> None:
    """An answer of 10 to one decimal: each pair meets one of two hundred."""
    group = one("given: {a: 2}\nsteps: {s: a + 0}\nask: {s: {decimals: 1}}\n")
    wrong = WrongAnswer(np.array(10.0), group.plan.asks[0].tolerance, 0.05, 0.05)
    assert wrong.by_chance(np.linspace(0.1, 9.9, count)[:, None]) is by_chance


@pytest.mark.parametrize(
    ("answer", "right", "partly"),
    [([0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 1.0, 1.0], False), ([0.0, 0.0, 0.0, 7.0], [3.0, 0.0, 5.0, 7.0], True)],
    ids=["truths", "numbers"],
)
def test_of_truths_any_slip_gives_some(answer: list[float], right: list[float], partly: bool) -> None:
    """The slip gives the two wrong entries; another one of its own is right on the sheet."""
    ask = one("given: {a: [1, 2, 3, 4]}\nsteps: {s: a + 0}\nask: {s: {decimals: 3}}\n").plan.asks[0]
    table = np.array([[[0.0, 1.0, 0.0, answer[3]]] * 2])
    judged = Judged(ask, np.array([answer]), np.array([right] * 2), table, np.array([0.0005]))
    assert bool(list(judged.matches(0, [Mutant("sign", "s", {})], telling=False))) is partly


# ----- What is no more likely for being simpler ------------------------------------------------------------------

MATCHES = {
    "authored": ("own words", "s", AUTHORED),
    "sign": ("sign", "s", USUAL),
    "index": ("index-off", "h", Rank(Level.USUAL, Detour.BEFORE)),
    "sign before": ("sign", "h", Rank(Level.USUAL, Detour.BEFORE)),
    "pattern": ("activation-for-derivative", "h", Rank(Level.USUAL, Detour.BEFORE, plain=False)),
    "once": ("old-for-new", "h", Rank(Level.USUAL, Detour.ONE_ROUND)),
    "third": ("term-dropped", "s", USUAL),
    "fourth": ("inverted", "s", USUAL),
    "two": ("factor-two", "s", EVERYWHERE),
    "two before": ("factor-two", "h", Rank(Level.EVERYWHERE, Detour.BEFORE)),
    "square": ("square-doubled", "s", KNOWN),
    "loose": ("square-doubled", "s", Rank(Level.KNOWN, fit=Fit.LOOSE)),
    "exponent": ("exponent-off", "s", RARE),
    "names": ("names-swapped", "s", UNLIKELY),
    "far": ("term-extra", "s", FAR),
    "digit": ("one-digit", "", ACCIDENT),
}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ("authored, sign, two", "authored"),
        ("index, sign", "sign, index"),
        ("once, sign", "sign"),
        ("pattern, index", "pattern"),
        ("two before, two, pattern", "pattern, two"),
        ("two, sign", "sign"),
        ("names, exponent, square, two", "two, square"),
        ("sign, sign before", "sign"),
        ("loose, two", "two"),
        ("digit, far", "far, digit"),
        ("digit, names", "names, digit"),
        ("digit, exponent", "exponent"),
        ("sign, index, third, fourth", ""),
    ],
)
def test_rivals_are_told_beside_the_simplest(found: str, told: str) -> None:
    matches = [Match(*MATCHES[name]) for name in found.split(", ")]
    names = {MATCHES[name][:2] for name in filter(None, told.split(", "))}
    assert {(match.rule, match.step) for match in simplest(matches)} == names


def test_of_a_tie_what_explains_another_line_is_told() -> None:
    tie = [Match("sign", "s", USUAL), Match("index-off", "s", USUAL)]
    told = likeliest({"one": tie, "two": [Match("index-off", "s", USUAL)]})
    assert [match.rule for match in told["one"]] == ["index-off"]
    assert [match.rule for match in likeliest({"one": tie})["one"]] == ["sign", "index-off"]


@pytest.mark.parametrize(
    ("right", "typed", "rule"),
    [
        ("[5, 12, 14]", "[6, 12, 14]", None),  # any number of one digit is one digit off
        ("[5, 12, 14]", "[5, 17, 14]", None),  # nor is a sum of whole numbers
        ("[0.5, 1.2, 1.4]", "[0.5, 1.7, 1.4]", "one-digit"),
        ("[5, 12, 14]", "[5, 1, 14]", None),
        ("[5, 123, 14]", "[5, 13, 14]", "digit-missed"),
        ("[5, 3012, 14]", "[5, 312, 14]", "digit-missed"),  # no two digits swapped: nobody writes 0312
        ("[0, 1, 1]", "[0, 3, 1]", "one-digit"),
        ("[0, 1, 5]", "[0, 3, 5]", None),
    ],
)
def test_a_digit_off_says_little_of_a_short_number(right: str, typed: str, rule: str | None) -> None:
    group = one(f"given: {{a: {right}}}\nsteps: {{s: a + 0}}\nask: {{s: {{exact: true}}}}\n")
    assert [slip.rule for slip in mark(group, [{"s": typed}])[0][0].slips] == ([rule] if rule else [])


# ----- Not alone -------------------------------------------------------------------------------------------------

UNDONE = "given: {a: 3, b: 5.3}\nsteps: {u: 2*a + b, w: u + 7*b}\nask: {w: {exact: true}}\n"
IDLE = "given: {a: 1, b: 5.3}\nsteps: {u: 2*a + b, w: a*u + 7*b}\nask: {w: {decimals: 4}}\n"


@pytest.mark.parametrize("formula", ["a + b", "b", "2*a"])
def test_a_second_slip_that_does_not_show_is_no_pair(formula: str) -> None:
    """a is 1: that it was left out of a·u does not show beside the slip in u."""
    group = one(IDLE)
    answer = solve(group.plan, group.given, formulas={"u": parse(formula, frozenset("ab"))})["w"][0]
    ask = group.plan.asks[0]
    wrong = WrongAnswer(answer, ask.tolerance, 5e-5, 5e-5)
    assert pair_matches(group, ask, frozenset(), group.given, [wrong]) == [[]]


@pytest.mark.parametrize("off", [0, 4e-5])
def test_two_slips_that_undo_each_other_are_no_pair(off: float) -> None:
    """A sign lost in u and once more in w: there is no slip in what they give, however it was rounded."""
    group = one(UNDONE)
    ask = group.plan.asks[0]
    wrong = WrongAnswer(solve(group.plan, group.given)["w"][0] + off, ask.tolerance, 5e-5, 5e-5)
    assert pair_matches(group, ask, frozenset(), group.given, [wrong]) == [[]]


# ----- Not twice -------------------------------------------------------------------------------------------------

HALF = Call("div", (Number("1"), Number("2")))


@pytest.mark.parametrize(
    ("lost", "told"),
    [(Number("2"), ["factor-dropped"]), (HALF, ["factor-dropped"]), (Name("a"), ["factor-dropped", "factor-two"]),
     (Number("3"), ["factor-dropped", "factor-two"]), (None, ["factor-dropped", "factor-two"])],
)  # fmt: skip
def test_a_lost_factor_that_is_two_is_told_once(lost: Name | Number | Call | None, told: list[str]) -> None:
    words = [Words(*[Message("slip-sign")] * 3, part) for part in (lost, None)]
    pairs = [
        (Match(rule, "s", USUAL), said) for rule, said in zip(("factor-dropped", "factor-two"), words, strict=True)
    ]
    assert [match.rule for match, _ in distinct(pairs)] == told


def test_a_generic_slip_is_looked_for_in_each_students_own_value() -> None:
    """A batch of students with different numbers, each ten times too large."""
    spec = (
        "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
        "given: {a: {ints: [3, 19]}, b: {ints: [23, 41]}}\nsteps: {s: a + b^2}\nask: {s: {decimals: 1}}\n"
    )
    (group,) = draw(problem_from(spec.encode(), "s.yaml"), range(8))
    assert len(set(group.solution["s"].tolist())) > 4
    sheets = [{"s": str(10 * value)} for value in group.solution["s"].tolist()]
    assert [[slip.rule for slip in row[0].slips] for row in mark(group, sheets)] == [["power-of-ten"]] * 8
