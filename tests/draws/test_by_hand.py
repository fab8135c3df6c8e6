"""Numbers set by hand are asked what drawn ones are asked: conditions, values, answers; options are never alike."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from families import in_depth
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import grader
from grader.cli import main
from grader.course.bank import default_bank
from grader.draws.answerable import lawless
from grader.draws.draw import AllRejected, Tally, draw
from grader.errors import AuthorError
from grader.language.construct import tidied
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Name, Node, Number
from grader.language.parser import parse
from grader.language.primitives import PRIMITIVES
from grader.messages import LANGUAGES, translate
from grader.plan.load import problem_from
from grader.spec.problem import Problem

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"


def problem(spec: str) -> Problem:
    return problem_from((HEAD + spec).encode(), "s.yaml")


def numbers(family: str, seed: int = 1, **other: str) -> dict[str, str]:
    """All numbers of a variant, with some of them put in another's place."""
    given = default_variant(family, seed)
    return {**given, **other}


def default_variant(family: str, seed: int) -> dict[str, str]:
    return {name: str(value) for name, value in grader.bank()[family].variant(seed).given.items()}


# ----- Refused ---------------------------------------------------------------------------------------------------

OWN = {
    "quotient": "given: {a: {ints: [1, 9]}, b: {ints: [1, 9]}}\nsteps: {q: a/b}\nask: {q: 1}\n",
    "unasked": "given: {a: {ints: [1, 9]}}\nsteps: {q: 2*a}\nask: {q: 1, r: {is: 1/(a - 2)}}\n",
    "ends": "given: {a: {ints: [1, 9]}}\nsteps: {q: 2*a}\nask: {q: 1, i: {interval: '[1/(a - 2), 9)'}}\n",
    "example": "given: {a: {ints: [1, 9]}}\nsteps: {q: 2*a}\n"
    "ask: {q: 1, n: {fields: [u], is: '[a]', such that: [{holds: u > 3}]}}\n",
    "choice": "given: {a: {ints: [1, 9]}, b: {ints: [1, 9]}}\nsteps: {q: a*b}\n"
    "ask: {q: 1, c: {equal to: a*b, choice: {one: {is: a*b}, two: {is: 2*a}, three: {is: a + b + 1}}}}\n",
    "none": "given: {a: {ints: [1, 9]}}\nsteps: {q: 2*a}\n"
    "ask: {q: 1, c: {choice: {one: {when: a > 5, en: x, ru: х}, two: {when: a < 5, en: y, ru: у}}}}\n",
    "condition": "given: {a: {ints: [1, 9]}, b: {ints: [1, 9]}, k: 2*a}\nrequire: [b != 3, k + b < 12]\n"
    "steps: {q: k*b}\nask: {q: 1}\n",
}
REFUSED = [
    ("quotient", {"a": "1", "b": "0"}, "spec-set-step", "steps.q", ("a = 1", "b = 0"), "a/b"),
    ("quotient", {"a": "1/0", "b": "1"}, "spec-set-given", "given.a", ("a = 1/0",), "a"),
    ("unasked", {"a": "2"}, "spec-set-answer", "ask.r", ("a = 2",), "r"),
    ("ends", {"a": "2"}, "spec-set-answer", "ask.i", ("a = 2",), "i"),
    ("example", {"a": "3"}, "spec-set-answer", "ask.n", ("a = 3",), "n"),
    ("choice", {"a": "3", "b": "2"}, "spec-set-options", "ask.c", ("a = 3", "b = 2"), "c"),
    ("none", {"a": "5"}, "spec-set-options", "ask.c", ("a = 5",), "c"),
    ("condition", {"a": "1", "b": "3"}, "spec-set-condition", "require.0", ("b = 3",), "b != 3"),
    ("condition", {"a": "5", "b": "2"}, "spec-set-condition", "require.1", ("a = 5", "b = 2"), "k + b < 12"),
    (
        "condition",
        {"a": "5", "b": "2", "k": "11"},
        "spec-set-condition",
        "require.1",
        ("b = 2", "k = 11"),
        "k + b < 12",
    ),
]


@pytest.mark.parametrize(("name", "fixed", "reason", "path", "named", "word"), REFUSED)
def test_what_is_wrong_is_said_with_its_place(
    name: str, fixed: dict[str, str], reason: str, path: str, named: tuple[str, ...], word: str
) -> None:
    with pytest.raises(AuthorError) as caught:
        draw(problem(OWN[name]), [1, 2], fixed, require=True)
    fault = caught.value
    assert (fault.message.key, fault.message.values["reason"].key) == ("spec-set-unfit", reason)
    assert (fault.file, fault.path, fault.message.values["numbers"]) == ("s.yaml", path, named)
    assert fault.line
    assert all(word in translate(fault.message, language) for language in LANGUAGES)


@pytest.mark.parametrize(("name", "fixed", "reason"), [row[:3] for row in REFUSED])
def test_what_was_printed_is_tried_like_drawn_numbers(name: str, fixed: dict[str, str], reason: str) -> None:
    if name == "example":  # what is shown of a right answer, which no verdict comes from
        assert draw(problem(OWN[name]), [1, 2], fixed, require=True, printed=True)
        return
    with pytest.raises(AuthorError) as caught:
        draw(problem(OWN[name]), [1, 2], fixed, require=True, printed=True)
    assert caught.value.message.values["reason"].key == reason


BANK = [
    ("md-lndet", {"inside": "plain", "c": "1", "X0": "[1,2;2,4]"}, "spec-set-step", "V"),
    ("adam-two-steps", {"x": "[0, 0]"}, "spec-set-", ""),
    ("gd-1d-stop-loss-change", {"lambda": "1"}, "spec-set-", ""),
    ("gd-1d-stop-loss-change", {"a": "1", "lambda": "1"}, "spec-set-step", "i"),
    ("lr-regime-choice", {"c": "-1", "w0": "-1"}, "spec-set-condition", "abs(w0 - c) >= 1"),
]


@pytest.mark.parametrize(("family", "other", "reason", "word"), BANK)
def test_numbers_of_the_bank(family: str, other: dict[str, str], reason: str, word: str) -> None:
    with pytest.raises(AuthorError) as caught:
        grader.bank()[family].variant(3, numbers(family, **other), require=True)
    assert caught.value.message.values["reason"].key.startswith(reason)
    assert word in str(caught.value)
    assert Path(caught.value.file).stem == family


def test_of_what_is_set_and_left_to_draw_nothing_fits() -> None:
    with pytest.raises(AllRejected):
        draw(problem(OWN["condition"]), [1], {"b": "3"}, require=True)


def test_an_assignment_names_its_own_line_and_nobody_gets_a_sheet(tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_text(
        "title: Week\nproblems:\n  - matrix-add\n  - problem: lr-regime-choice\n"
        "    set: {p: 1, a: 5, c: -4, d: -7, w0: -4}\n"
    )
    command = ["worksheet", str(file), "--student", "ann", "--format", "md", "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert f"{file}:5" in result.output
    assert "abs(w0 - c) >= 1" in result.output
    assert "require: no" in result.output
    assert not (tmp_path / "out").exists()
    file.write_text(file.read_text().replace("    set:", "    require: no\n    set:"))
    assert CliRunner().invoke(main, command).exit_code == 0  # every step has a value: the teacher has the last word


# ----- Taken -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("require", [True, False])
def test_numbers_that_fit_are_taken_as_they_are(require: bool) -> None:
    (group,) = draw(problem(OWN["condition"]), range(5), {"a": "2", "b": "7"}, require=require)
    assert {(a, b, k) for a, b, k in zip(*(group.given[name] for name in "abk"), strict=True)} == {(2.0, 7.0, 4.0)}


def test_without_require_only_what_cannot_be_answered_is_refused() -> None:
    (group,) = draw(problem(OWN["condition"]), [1], {"a": "5", "b": "3"}, require=False)
    assert group.solution["q"].tolist() == [30.0]
    with pytest.raises(AuthorError):
        draw(problem(OWN["quotient"]), [1], {"a": "1", "b": "0"}, require=False)


def test_what_is_left_to_draw_is_asked_for_all_conditions() -> None:
    (group,) = draw(problem(OWN["condition"]), range(40), {"b": "4"}, require=False)
    assert (group.given["k"] + 4 < 12).all()


ODD = ("0", "1/0", "[0, 0]", "-1", "[1, 2; 2, 4]", "ln(-1)", "x", "1e400", "", "2.5", "[1, 2, 3]", "10^9")


@in_depth
def test_whatever_is_set_is_answered_or_refused(family: str) -> None:
    """One given after the other is set to something odd beside the numbers of a variant."""
    known = default_variant(family, 1)
    for number, name in enumerate(known):
        for text in (ODD[number % len(ODD)], ODD[(5 * number + 3) % len(ODD)]):
            try:
                variant = grader.bank()[family].variant(1, {**known, name: text})
            except AuthorError:
                continue
            said = [variant.statement("ru"), variant.worked("ru"), *map(variant.right_answer, variant.asks)]
            told = "".join(said).replace(r"\to +\infty", "").replace(r"\to -\infty", "")  # a limit may go there
            told = told.replace(r"_\infty", "")  # and has a name
            assert not re.search(r"nan|infty|—\}|\bNone\b", told), (name, text)


# ----- Options ---------------------------------------------------------------------------------------------------


def with_options(numbers: str, options: dict[str, str], ask: str = "choice", variables: str = "") -> Problem:
    listed = ", ".join(f"{name}: {{is: '{text}'}}" for name, text in options.items())
    first = next(iter(options.values()))
    return problem(
        f"given: {{{numbers}}}\nsteps: {{q: a}}\n"
        f"ask: {{q: 1, c{variables}: {{equal to: '{first}', {ask}: {{{listed}}}}}}}\n"
    )


WIDE = "a: {ints: [1, 20]}, b: {ints: [1, 20]}"
REDRAWN = [
    (WIDE, {"u": "a*b", "v": "2*a", "w": "a + b"}, "choice", ""),
    (WIDE, {"u": "a*x^b", "v": "a*x^2", "w": "b*x^a"}, "choice", "(x)"),
    (WIDE, {"u": "a*x^b", "v": "a*x^2", "w": "b*x^a"}, "choices", "(x)"),
    (WIDE, {"u": "sin(a*x)", "v": "sin(2*x)", "w": "cos(b*x)"}, "choices", "(x)"),
    ("a: {ints: [1, 4]}, b: {ints: [0, 3]}", {"u": "a + b", "v": "a", "w": "a - b"}, "choice", ""),
]


@pytest.mark.parametrize(("numbers", "options", "ask", "variables"), REDRAWN)
def test_draws_with_two_options_alike_are_drawn_again(
    numbers: str, options: dict[str, str], ask: str, variables: str
) -> None:
    """Nobody has two that print the same, and such draws are there to be drawn again."""
    tally = Tally()
    groups = draw(with_options(numbers, options, ask, variables), range(300), tally=tally)
    assert (tally.rejected or {})["options"] > 0
    for group in groups:
        for a, b in zip(group.given["a"], group.given["b"], strict=True):
            names = {"a": np.array([a]), "b": np.array([b])}
            values = [value_at(text, names) for text in options.values()]
            assert len(set(values)) == len(values), (a, b)


def value_at(text: str, names: dict[str, np.ndarray]) -> float:
    return round(float(evaluate(parse(text, ("a", "b", "x"), spec=True), {**names, "x": np.array([0.73])})[0]), 9)


NEVER = [
    (WIDE, {"u": "a + b", "v": "b + a", "w": "a - b"}, "choice", ""),
    (WIDE, {"u": "a*b*x^(b-1)", "v": "b*a*x^(b-1)", "w": "x"}, "choice", "(x)"),
    (WIDE, {"u": "a*b*x^(b-1)", "v": "b*a*x^(b-1)", "w": "x"}, "choices", "(x)"),
    ("a: {ints: [2, 9]}, b: a", {"u": "a*b", "v": "a^2", "w": "1"}, "choice", ""),
]


@pytest.mark.parametrize(("numbers", "options", "ask", "variables"), NEVER)
def test_options_that_are_always_alike_are_an_error(
    numbers: str, options: dict[str, str], ask: str, variables: str
) -> None:
    with pytest.raises(AllRejected) as caught:
        draw(with_options(numbers, options, ask, variables), [1, 2, 3])
    assert caught.value.path == "ask"
    assert "no two are the same" in str(caught.value)


def test_formulas_of_one_value_are_different_options_where_several_are_right() -> None:
    options = {"u": "a*x*(1 - x)", "v": "a*(x - x^2)", "w": "a*x"}
    assert draw(with_options(WIDE, options, "choices", "(x)"), range(50))
    with pytest.raises(AllRejected):
        draw(with_options(WIDE, options, "choice", "(x)"), [1])


def test_choices_of_the_bank_were_clear_before() -> None:
    for family in ("lr-regime-choice", "sigmoid-derivative-form"):
        tally = Tally()
        draw(default_bank()[family], range(200), tally=tally)
        assert not (tally.rejected or {}).get("options")


_ONE = [name for name, row in PRIMITIVES.items() if row.entrywise and not row.operator and row.arity == (1, 1)]
_TWO = ["add", "sub", "mul", "div", "pow"]
TREES = st.recursive(
    st.sampled_from([*map(Name, ("x", "y", "e")), *map(Number, ("0", "1", "2", "0.5"))]),
    lambda inner: st.one_of(
        st.builds(
            lambda op, a, b: Call(op, (a, b)), st.sampled_from(["add", "sub", "mul", "div", "pow"]), inner, inner
        ),
        st.builds(lambda op, a: Call(op, (a,)), st.sampled_from(["neg", "exp", "ln", *_ONE]), inner),
    ),
    max_leaves=7,
)
AT = {"x": np.array([0.37, 1.9]), "y": np.array([2.3, 0.61])}


@settings(max_examples=300, deadline=None)
@given(TREES)
@example(Call("exp", (Call("mul", (Number("0"), Name("x"))),)))
@example(Call("ln", (Name("e"),)))
def test_what_prints_the_same_is_the_same_without_the_laws_of_functions(tree: Node) -> None:
    """So formulas that differ without them need not be printed to see that they do."""
    one, other = (evaluate(lawless(part), AT) for part in (tree, tidied(tree)))
    assume(np.isfinite(one).all() and np.abs(one).max() < 1e9)
    np.testing.assert_allclose(np.broadcast_to(other, one.shape), one, rtol=1e-7, atol=1e-9)
