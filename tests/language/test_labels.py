"""What stands before `=`: one spelling for a label, the labels of a prompt, the parts of an equation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.language.labels import HOLE, NUMBER, assignments, equation, folded, labels_in, listed, spellings

ALIKE = [
    ["w_1", "w1", "w₁", "w[1]", "w_{1}", "$w_1$", "w _ 1", "𝑤1"],
    ["ŷ", "yhat", "y_hat", r"\hat y", r"\hat{y}", r"\widehat{y}", "y\u0302"],
    [r"\dfrac{\partial L}{\partial w_1}", "∂L/∂w_1", "dL/dw1", r"\frac{dL}{dw_1}",
     r"\partial L/\partial w_1", "∂L / ∂w₁"],
    [r"\frac{\partial L}{\partial \hat y}", "dL/dŷ", "∂L/∂yhat", r"\partial L/\partial\hat y"],
    ["y'(x)", "y′(x)", "y’(x)", r"y'\left(x\right)", r"y^{\prime}(x)"],
    [r"\nabla_x\,\ell", "∇_x ℓ", r"\nabla_{x} \ell", "∇ₓℓ"], ["∇f", "grad f", "nabla f", r"\nabla f"],
    ["α", "alpha", r"\alpha"], ["m̂_1", r"\hat m_1", "mhat1", r"\hat{m}_{1}"], [r"\det X", "det X", "det(X)"],
    ["w[1][2]", "w_{1,2}", "w[1,2]", "w_1_2"], ["neuron A", "neuronA"], [r"\tfrac12", "1/2"],
    [r"v^\top A", "v^T A", "vᵀA", "v^⊤ A", "v^{T}A", r"v^{\mathrm{T}} A", r"v^{\top}A", "v.T A", "v⊤A"],
]  # fmt: skip


@pytest.mark.parametrize("spelled", ALIKE, ids=[row[0] for row in ALIKE])
def test_one_label_has_one_spelling(spelled: list[str]) -> None:
    assert {folded(label) for label in spelled} == {folded(spelled[0])}


def test_different_labels_stay_apart() -> None:
    assert len({folded(row[0]) for row in ALIKE}) == len(ALIKE)
    assert len({folded(label) for label in ("w1", "W1", "w", "w2", "w12", "w[1][2]", "w'", "what1", "wbar1")}) == 9


NAMES = [
    ("y'(x)", {"y'x", "y'", "dy/dx", "d/dxy"}), (r"\dfrac{dy}{du}", {"dy/du", "y'u", "d/duy"}),
    ("L(w_2)", {"Lw2", "L"}),
    (r"\nabla_x f", {"∇xf", "∇f", "df/dx"}), (rf"f'({HOLE})", {f"f'{HOLE}", "f'"}), ("w_1", {"w1"}),
    (r"A^\top", {"A⊤", "A'"}), ("A^T C", {"A⊤C", "A'C"}),
    (rf"\nabla f({HOLE},\ {HOLE})", {f"∇f{HOLE}{HOLE}", "∇f"}),
    (r"\dfrac{\partial f}{\partial x}(x, y)", {"df/dxxy", "df/dx", "f'x", "d/dxf"}),
]  # fmt: skip


@pytest.mark.parametrize(("label", "names"), NAMES, ids=[row[0] for row in NAMES])
def test_one_thing_has_several_names(label: str, names: set[str]) -> None:
    assert names <= set(spellings(label)) <= names | {f"df/d{HOLE}", f"d/d{HOLE}f"}


PROMPTS = [
    ("$w_1 =$", ["w_1 "]), ("step 1: $d = \\partial L/\\partial\\hat y =$", ["d ", " \\partial L/\\partial\\hat y "]),
    ("forecast for $x_2 = {{ c }}$: $\\hat y =$", ["\\hat y "]), ("$f'({{ x0 }}) =$", [f"f'({HOLE}) "]),
    ('${{ tex("a*A") }} =$', []), ("derivatives of $\\ell$ by all $y_i$:", []), ("Find $x = 3$.", []),
    ('${{ tex("alpha*A + beta*B", "A", "B") }} =$', [f"{NUMBER}A{NUMBER}B{NUMBER} "]),
    ("Updates made:", ["Updates made"]),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "labels"), PROMPTS, ids=[row[0] for row in PROMPTS])
def test_labels_of_a_prompt(prompt: str, labels: list[str]) -> None:
    assert list(labels_in(prompt)) == labels


@pytest.mark.parametrize(
    ("label", "entries"),
    [("(w_1, w_2)", ["w_1", "w_2"]), (r"\left(\dfrac{a}{b},\ c\right)", [r"\dfrac{a}{b}", "c"]),
     ("(z_1; z_2)", ["z_1", "z_2"]),
     ("(x)", []), ("f(x, y)", []), ("(a)(b, c)", []), ("(a, )", []), ("", [])],
)  # fmt: skip
def test_a_list_of_labels(label: str, entries: list[str]) -> None:
    assert listed(label) == entries


EQUATIONS = [
    ("w1 = 3", ["w1 ", " 3"]), ("w1=2*3=6", ["w1", "2*3", "6"]), ("o ≈ 0.5", ["o ", " 0.5"]), ("o := 1", ["o ", " 1"]),
    (r"o \approx 1", ["o ", " 1"]), ("x <= 3", ["x <= 3"]), ("x >= 3", ["x >= 3"]), ("x != 3", ["x != 3"]),
    ("x == 3", ["x == 3"]),
    ("3", ["3"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), EQUATIONS, ids=[row[0] for row in EQUATIONS])
def test_parts_of_an_equation_have_their_places(text: str, parts: list[str]) -> None:
    found = equation(text)
    assert [part.text for part in found] == parts
    assert all(text[part.start :].startswith(part.text) for part in found)


ASSIGNED = [
    ("z1=-1, z2=20", {"z1": "-1", "z2": "20"}), ("z1 = -1,5; z2 = 3", {"z1": "-1,5", "z2": "3"}),
    ("z1 = 1,5, z2 = 2,5", {"z1": "1,5", "z2": "2,5"}), ("z_1 = 1 and z_2 = 2", {"z_1": "1", "z_2": "2"}),
    ("z_1 = 1 и z_2 = 2", {"z_1": "1", "z_2": "2"}), ("z1=1 z2=2", {"z1": "1", "z2": "2"}),
    ("z1 = 1\nz2 = 2,", {"z1": "1", "z2": "2"}),
    ("a=b=c", {"a": "c", "b": "c"}), ("w1 = w2 = 1; b = -1,5", {"w1": "1", "w2": "1", "b": "-1,5"}),
    ("z1 = [1, 2]; z2 = 3", {"z1": "[1, 2]", "z2": "3"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), ASSIGNED, ids=[row[0] for row in ASSIGNED])
def test_values_by_label(text: str, values: dict[str, str]) -> None:
    assert {label.text.strip(): value.text.strip() for label, value in assignments(equation(text))} == values


@given(st.text("w1_={}[]()\\^',; \n", max_size=25) | st.text(max_size=15))
def test_any_text_has_a_spelling(text: str) -> None:
    label = folded(text)
    assert not set(label) & set(" \t\n[]{}_^$")
    assert folded(f" {text} ") == label
    assert len(equation(text)) == 1 or all(isinstance(pair, tuple) for pair in assignments(equation(text)))
