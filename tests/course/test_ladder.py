"""The hint ladder: which rungs there are, in which order, and what they cost."""

from __future__ import annotations

import pytest
from families import IN_DEPTH
from msgspec.structs import replace

from grader.blanks.kinds import kind_of
from grader.course.bank import default_bank
from grader.course.history import Hint
from grader.course.ladder import Rung, ladder, needed, next_rung, next_step, price_of, taken_rungs
from grader.course.policy import Policy, Price
from grader.draws.draw import draw
from grader.errors import AuthorError, Message
from grader.marking.mark import mark
from grader.marking.verdict import Slip, Verdict
from grader.messages import LANGUAGES, translate
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.plan import Ask


def group_of(problem: str, seed: int = 1) -> Group:
    return draw(default_bank()[problem], [seed])[0].at(0)


def ask_of(group: Group, name: str) -> Ask:
    return next(ask for ask in group.plan.asks if ask.id == name)


def verdicts(group: Group, *right: str) -> list[Verdict]:
    """A sheet on which these asks are right and the others blank."""
    answers = {}
    for name in right:
        ask = ask_of(group, name)
        answers[name] = next(s.text for s in kind_of(ask, group).samples(ask, group) if s.status == "correct")
    return mark(group, [answers])[0]


STEPS = [
    ("adam-two-steps", "w[2]", [], "g[1]"),
    ("adam-two-steps", "w[2]", ["g[1]"], "m[1]"),
    ("adam-two-steps", "w[2]", ["g[1]", "m[1]"], "v[1]"),
    ("adam-two-steps", "w[2]", ["w[1]"], "g[2]"),  # what went into a right answer was right
    ("adam-two-steps", "w[1]", ["m[1]", "v[1]"], "mhat[1]"),
    ("adam-two-steps", "w[1]", ["w[1]"], None),
    (
        "adam-two-steps",
        "m[1]",
        ["g[2]"],
        "m[1]",
    ),  # that of step 2 stands on w[1], and so on m[1] ... all but m[1]'s use
    ("deriv-chain-two-layer", "dy", [], "df"),
    ("deriv-chain-two-layer", "dy", ["df"], "dg"),
    ("deriv-chain-two-layer", "dy", ["df", "dg"], "dy"),
    ("deriv-chain-two-layer", "value", ["dy"], "value"),
    ("matrix-mul", "C", [], "C"),
    ("logic-gates", "neuronA", [], "a"),
    ("logic-gates", "t", [], "t"),
]


@pytest.mark.parametrize(("problem", "ask", "right", "step"), STEPS)
def test_the_next_step(problem: str, ask: str, right: list[str], step: str | None) -> None:
    group = group_of(problem)
    found = next_step(group.plan, ask_of(group, ask), verdicts(group, *right))
    assert (found.name if found else None) == step


def test_a_step_that_follows_is_done_but_not_what_it_stands_on() -> None:
    group = group_of("adam-two-steps")
    found = [replace(v, status="follows") if v.ask == "m[1]" else v for v in verdicts(group)]
    step = next_step(group.plan, ask_of(group, "m[1]"), found)
    assert step is not None
    assert step.name == "g[1]"


@pytest.mark.parametrize("problem", IN_DEPTH)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_blank_of_the_bank_has_a_ladder(problem: str, language: str) -> None:
    group = group_of(problem)
    for ask in group.plan.asks:
        for rung in ladder(group, ask, verdicts(group), language):
            assert rung.text.strip(), rung.id
            assert "{{" not in rung.text
            assert "None" not in rung.text


@pytest.mark.parametrize("problem", IN_DEPTH)
def test_a_step_is_never_needed_before_it_is_there(problem: str) -> None:
    group = group_of(problem)
    names = [step.name for step in group.plan.steps]
    for ask in group.plan.asks:
        assert needed(group.plan, ask) <= set(names)


def test_the_order_of_the_rungs() -> None:
    group = group_of("adam-two-steps")
    slip = Slip("rates-swapped", "m[1]", Message("answer-wrong"), Message("answer-wrong"))
    found = [replace(v, slips=(slip,)) if v.ask == "w[1]" else v for v in verdicts(group)]
    rungs = ladder(group, ask_of(group, "w[1]"), found, "en")
    assert [rung.id for rung in rungs] == ["problem:1", "ask:1", "ask:2", "slip:rates-swapped@m[1]", "step:g[1]"]
    assert [rung.kind for rung in rungs] == ["authored", "authored", "authored", "slip", "step"]


NEXT = [
    ("deriv-chain-two-layer", "df",
     "f′(u) (derivative of the outer function). Find it by the rules of differentiation."),
    ("deriv-chain-two-layer", "value", "value at the point. It uses y′(x), x₀."),
    ("md-lndet", "G", "∇_X f (gradient). It uses X."),
    ("gd-nd-steps", "g[1]", "partial derivative with respect to x₁. Find it by the rules of differentiation."),
    ("gd-nd-steps", "x[1]", "x₁ (step). It uses η, g₁, x₀."),
    ("softmax-logloss", "q[1]", "exponentials."),
    ("chain-jacobian-mse-linear", "u", "residuals. It uses t, y."),
    ("logreg-gd-step", "p", "z (linear part). $z = w_0x$"),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "ask", "text"), NEXT, ids=[f"{row[0]} {row[1]}" for row in NEXT])
def test_a_step_is_named_and_shown_only_where_nobody_asks_for_it(problem: str, ask: str, text: str) -> None:
    group = group_of(problem)
    blank = ask_of(group, ask)
    before = needed(group.plan, blank) - {ask}
    right = [other.id for other in group.plan.asks if other.id in before]
    assert ladder(group, blank, verdicts(group, *right), "en")[-1].text == f"The next step: {text}"


RUNGS = [
    Rung("problem:1", "authored", "a"),
    Rung("ask:1", "authored", "b"),
    Rung("slip:s", "slip", "c"),
    Rung("step:x", "step", "d"),
]
OFFERS = [
    ({}, (), True, "problem:1", 0.0, ""),
    ({}, ("problem:1", "ask:1"), True, "slip:s", 0.25, ""),
    ({}, ("problem:1", "ask:1", "slip:s"), True, "step:x", 2.0, ""),
    ({}, ("problem:1", "ask:1", "slip:s", "step:x"), True, None, 0.0, "hint-none"),
    ({}, ("problem:1", "ask:1"), False, None, 0.0, "hint-submit-first"),
    ({"slip": None}, ("problem:1", "ask:1"), True, "step:x", 2.0, ""),
    ({"authored": None}, (), True, "slip:s", 0.25, ""),
    (
        {"step": Price(99)},
        ("problem:1", "ask:1", "slip:s"),
        True,
        "step:x",
        4.0,
        "",
    ),  # never more than the blank is worth
    (dict.fromkeys(("authored", "slip", "step")), (), True, None, 0.0, "hint-none"),
]


@pytest.mark.parametrize(("prices", "taken", "judged", "rung", "price", "reason"), OFFERS)
def test_which_rung_comes_next(prices, taken, judged, rung, price, reason) -> None:  # type: ignore[no-untyped-def]
    hints = {"authored": Price(), "slip": Price(0.25), "step": Price(share=0.5)} | prices
    ask = replace(ask_of(group_of("matrix-mul"), "C"), points=4.0)
    offer = next_rung(RUNGS, taken, Policy(hints=hints), ask, judged=judged)
    assert (offer.rung.id if offer.rung else None, offer.price, offer.reason) == (rung, price, reason)


def test_hints_on_the_problem_are_taken_once_and_paid_where_asked() -> None:
    from datetime import UTC, datetime

    def hint(ask: str, rung: str, price: float) -> Hint:
        return Hint(datetime(2026, 12, 1, tzinfo=UTC), "a", "w", "p", ask, rung, price)

    hints = (hint("x", "problem:1", 1), hint("x", "ask:1", 0.5), hint("y", "ask:1", 0.25))
    assert taken_rungs(hints, "p", "y") == {"problem:1": 1, "ask:1": 0.25}
    assert (price_of(hints, "p", "x"), price_of(hints, "p", "y"), price_of(hints, "q", "x")) == (1.5, 0.25, 0)


HEAD = "id: h\ntitle: {en: A, ru: А}\ntopic: t\ntext: {en: A, ru: А}\ngiven: {a: {ints: [1, 9]}}\nsteps: {b: a + 1}\n"
FAULTS = [
    ("ask: {b: {hints: [{en: A}]}}", 7, "spec-language"),
    ("ask: {b: {hints: [{}]}}", 7, "spec-language"),
    ("ask: {b: {hints: [{en: A, ru: А, de: A}]}}", 7, "spec-unknown-key"),
    ("ask: {b: {hints: A}}", 7, "spec-value"),
    ("ask: {b: 1}\nhints: A", 8, "spec-hints"),
    ("ask: {b: 1}\nhints:\n  - {en: A, ru: А}\n  - {ru: А}", 10, "spec-language"),
    ("ask: {b: 1}\nhints: [A]", 8, "spec-language"),
]


@pytest.mark.parametrize(("body", "line", "key"), FAULTS)
def test_hints_are_written_in_both_languages(body: str, line: int, key: str) -> None:
    with pytest.raises(AuthorError) as caught:
        problem_from((HEAD + body).encode(), "h.yaml")
    assert (caught.value.message.key, caught.value.line) == (key, line)
    assert all(translate(caught.value.message, language) for language in LANGUAGES)


def test_hints_change_no_variant_and_may_have_numbers_in_them() -> None:
    plain = problem_from((HEAD + "ask: {b: {points: 1}}").encode(), "h.yaml")
    text = "ask: {b: {points: 1, hints: [{en: 'Add 1 to {{ a }}.', ru: 'Прибавьте 1 к {{ a }}.'}]}}\n"
    text += "hints: [{en: A, ru: А}]"
    hinted = problem_from((HEAD + text).encode(), "h.yaml")
    assert hinted.digest == plain.digest
    group = draw(hinted, [3])[0]
    rungs = ladder(group, group.plan.asks[0], verdicts(group), "ru")
    assert rungs[1].text == f"Прибавьте 1 к {int(group.given['a'][0])}."
