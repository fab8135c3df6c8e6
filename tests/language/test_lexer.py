"""Text → tokens: one spelling of every sign and name, and places that stay those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SyntaxFault
from grader.language.characters import FRACTIONS, GREEK, HINTS, LATEX_HINTS, LOOKALIKES, REPLACE, SUPERSCRIPTS
from grader.language.lexer import canonical_name, tokenize
from grader.language.scan import Token
from grader.messages import LANGUAGES, catalogue


@pytest.mark.parametrize(
    ("text", "name"),
    [("x_1", "x1"), ("x₁", "x1"), ("x_{1}", "x1"), ("x1", "x1"), ("α", "alpha"), ("α_1", "alpha1"),
     ("y_{true}", "y_true"),
     ("w_n", "w_n"), ("w_{1,2}", "w12"), ("ϵ", "epsilon"), ("Δw", "Deltaw")],
)  # fmt: skip
def test_one_spelling_of_a_name(text, name):
    assert canonical_name(text) == name


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("2x", "2 x"), ("1.*x", "1 .* x"), ("1.5x", "1.5 x"), ("A.T", "A '"), ("x**2", "x ^ 2"), ("x==y", "x = y"),
        ("x≤y", "x <= y"), ("0,5", "0.5"), ("0, 5", "0 , 5"), ("[0,5]", "[ 0 , 5 ]"), ("max(0,5)", "max ( 0 , 5 )"),
        ("sin(0,5)", "sin ( 0.5 )"), ("1{,}5", "1.5"), ("2e3x", "2e3 x"), ("2ex", "2 ex"), ("1 000", "1000"),
        ("1 00", "1 00"),
        ("x^2 100", "x ^ 2 100"), ("½", "{ 1 / 2 }"), ("2¾", "{ 11 / 4 }"), ("0,(12)", "{ 12 / 99 }"),
        ("x²", "x ^ { 2 }"),
        (r"\left|x\right|", "|< x >|"), (r"\Big|x\Big|", "| x |"), (r"\|x\|", "‖ x ‖"), (r"\lfloor x\rfloor", "⌊ x ⌋"),
        (r"\frac12", "frac 12"), (r"\hat y_1", "yhat_1"), (r"\varepsilon", "epsilon"), (r"a~b\,c\quad d", "a b c d"),
    ],
)  # fmt: skip
def test_tokens(text, tokens):
    assert " ".join(token.text for token in tokenize(text)[:-1]) == tokens


SIGNS = [*"xyπ0123456789+-*/^()[],;. '²½·−×≤√|‖{}", "\\cdot ", "\\frac"]


@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
def test_places_are_those_of_the_text(text):
    try:
        tokens = tokenize(text)
    except SyntaxFault:
        return
    assert tokens[-1] == Token("end", "", len(text), len(text))
    assert all(0 <= token.start <= token.end <= len(text) for token in tokens)
    starts = [token.start for token in tokens]
    assert starts == sorted(starts)


def test_characters_are_replaced_one_for_one():
    assert all(isinstance(sign, str) and len(sign) == 1 for sign in REPLACE.values())
    assert len(GREEK) == 38
    assert set(GREEK.values()) >= {"alpha", "omega", "Sigma"}
    assert SUPERSCRIPTS["⁻"] == "-"
    assert {sign: int(pair[0]) / int(pair[1]) for sign, pair in FRACTIONS.items()}["⅞"] == 0.875
    assert all(not letter.isascii() and latin.isascii() for letter, latin in LOOKALIKES.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hint_has_its_words(language):
    for word in {*HINTS.values(), *LATEX_HINTS.values(), "signs"}:
        assert catalogue(language)[f"syntax-hint-{word}"].startswith(" ")
