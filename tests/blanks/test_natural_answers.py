"""What students typed for sheets of the bank and meant rightly, with wrong answers of the same looks beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import grader
from grader.chance.codes import decode
from grader.marking.verdict import Verdict
from grader.messages import LANGUAGES, translate

# problem, variant, blank, right texts, wrong ones, unread ones; R is the right answer as the bank writes it
ROWS: list[tuple[str, str, str, list[str], list[str], list[str]]] = [
    ("md-quadratic-form", "JK9P-7W72-2SA1Q", "g0",  # [-12, 12]
     ["(-12; 12)^T", "[-12,12]'", "[[-12],[12]]", r"\begin{pmatrix}-12&12\end{pmatrix}", "(-12;12).", "(−12,12)ᵀ",
      r"\begin{pmatrix}-12\\12\end{pmatrix}", "⟨-12, 12⟩", "-12 12", "[-12. 12. ]", "6*(-2,2)^T", "2*(-6, 6)'",
      "[[-12, 12]]^T", "g0 = (-12; 12)", "-12, 12", "[-12,12,]", "-12\n12", "[-12 12]", "-24/2 12", "(-12  12)^T"],
     ["(12; -12)^T", "[[12],[-12]]", "12 -12", "[-12 - 12]", "-12", "0", "[-12, 12, 0]", "6*(-2,2)^T*2", "[-12 -12]"],
     ["-12 12 0", "[-12, 12", "-12 and 12 or so", "(-12, 12)^Q", "-12,1,2", "x = (-12; 12)", "g = (-12; 12)"]),
    ("md-tr-axb", "SRJW-TWN1-SDEXB", "G0",  # [-10, -8; 3, -3]
     ["-10, -8; 3, -3", "(-10, -8; 3, -3)", "{-10, -8; 3, -3}", "[-10 -8; 3 -3]", "-10 -8\n3 -3", "[[-10,-8]\n[3,-3]]",
      r"\left(-10, -8; 3, -3\right)", "[-10,-8;3,-3;]", "[[-10 -8] [3 -3]]", "-10 -8; 3 -3", "G0 = [[-10,-8],[3,-3]]",
      "[-10; -8]\n[3; -3]", r"-10 & -8 \\ 3 & -3", "[[-10. -8.]\n [ 3. -3.]]", "[-10 3; -8 -3]^T", "-10 -8, 3 -3",
      "1/2 [-20 -16; 6 -6]", "2·[-5 -4; 3/2 -3/2]"],
     ["[-10 3; -8 -3]", "1/2 [-10 -8; 3 -3]", "-10, 3; -8, -3", "0", "[-10 - 8; 3 - 3]", "-10", "[-10 -8; 3 -3]^T"],
     ["[-10 -8 3 -3]", "[-10,-8,3,-3]", "-10 -8; 3", "[-10 -8; 3 -3", "G = [[-10,-8],[3,-3]]"]),
    ("jacobian-at-point", "Y5SZ-1MWP-61MP6", "J",  # [-48, 16; -6, 4; -4, -3]
     ["-48, 16\n-6, 4\n-4, -3", "-48 16\n-6 4\n-4 -3", "-48; 16\n-6; 4\n-4; -3", "-48, 16 -6, 4 -4, -3",
      "J = [[-48,16],[-6,4],[-4,-3]]", "[-48 16; -6 4; -4 -3]", "J(-2; 1) = R"],
     ["[-48 16; -6 4; -4 3]", "-48, 16"],
     ["-48 16 -6 4 -4 -3", "-48, 16 -6, 4 -4", "-48, -6, -4\n16, 4, -3"]),
    ("graph-path-sum", "APTZ-KY1J-TA87A", "px", ["[12 -4 -78]", "12 -4 -78", "px = (12; -4; -78)", "12\n-4\n-78"],
     ["12 -4 78", "12 - 4 - 78", "-70"], ["12 -4", "py = [12 -4 -78]"]),
    ("gd-nd-steps", "SKNM-AWS4-E6HN1", "g[1]", ["12 -12", "g_1 = [12, -12]", "(12 -12)"], ["-12 12", "12 - 12"],
     ["x_1 = [12, -12]", "12 -12 0"]),
    ("gd-1d-steps", "", "w[1]", ["Rx10^2x10^-2", "Rx10:10", "R x 1", "(R)х1", "R × 2x0.5"],
     ["Rx10", "R x 2"], ["x10", "Rx", "R+x1"]),
    ("logic-gates", "0000-000C-P2M5K", "neuronA",
     ["-0.5,-1,1", "(-0.5,-1,1)", "-5,-10,10", "-0,5,-1,1", "-0.5 -1 1", "b=-0,5, w_1=-1, w₂=1",
     "neuronA = (-0,5; -1; 1)"],
     ["0.5,-1,1", "1,1,-0,5", "-0,5,-1"], ["b = -0,5; w_1 = -1", "b = 1; w_1 = 2; w_2 = 3; w_3 = 4", "-1,1,1,1"]),
    ("logic-gates", "GQPJ-PV35-P2MYB", "neuronA",
     ["-1,1,1", "b = -3/2; w_1 = 1; w_2 = 1", "w1=1, w2=1, b=-1,5", "[-1.5 1 1]", "{b: -1,5; w_1: 1; w_2: 1}",
     "b=-1.5 w1=1 w2=1"],
     ["1,1,1"], ["-1,1", "b = -3/2; w_1 = x; w_2 = 1"]),
    ("backprop-zero-init-two-steps", "TCJF-S6KD-ACM5J", "W2[1]", ["0", "0.0", "[0,0;0,0]", "W_2 = 0",
     "0 0\n0 0"], ["1", "0 1\n0 0"],
     ["W_3 = 0"]),
    ("adam-two-steps", "", "m[1]", ["m1 = R", "m_1=R", "m₁ = R", "$m_1$ = R", "m[1] ≈ R", "m_1 = 0,1*g = R", "[R]"],
     ["m1 = 100", "[100]"], ["v1 = R", "x1 = R", "g_1 = R", "m1 = 2*3 = 7", "m1 = R = ", "m1"]),
    ("backprop-scalar-chain", "RTZH-2VWW-7CKDD", "d3", ["∂L/∂ŷ = R", r"\partial L/\partial\hat y = R", "d3 = R",
     "dL/dy_hat = R"],
     ["∂L/∂ŷ = 100"], ["∂L/∂h_2 = R", "y = R"]),
    ("backprop-scalar-chain", "RTZH-2VWW-7CKDD", "yhat", ["ŷ = R", r"\hat y = R",
     "y_hat = R"], ["ŷ = 100"], ["y = R", "o_1 = R"]),
    ("adam-two-steps", "", "v[2]", ["= R", "≈ R", "R.", "R;", "R...", "R…", "R + 1 - 1 = R", "=0+R=R"], [],
     ["R..", "k = R", "1 = 1; R = R"]),
    ("table-derivative", "0000-0001-9GD33", "df", ["= R", "R.", "R;", "R + x - x = R", "y' = R", "dy/dx=R"], [],
     ["x = R", "R..", "R!", "y = R"]),
    ("quotient-rule", "0000-0001-9W5ZN", "value", ["-8/121", "-8:121 = -0,07", "y'(3) = -8/121 ≈ -0,066"], [], []),
    ("gd-nd-steps", "0000-0001-E6HZA", "x[1]", ["x1 = -1.875, x2 = 1", "x_1=0-1,875=-1,875; x_2=1",
     "x1 = -1,875\nx2 = 1"],
     ["x1 = 1; x2 = -1,875"], ["x1 = 2, x3 = 1"]),
    ("matrix-mul", "0000-0001-3H42M", "C", ["c11 = -14, c12 = 5, c21 = 19, c22 = -5",
     "c_{11}=-14\nc_{12}=5\nc_{21}=19\nc_{22}=-5"],
     ["c11 = 5, c12 = -14, c21 = 19, c22 = 5"], ["c11 = -14"]),
    ("logic-gates", "0000-0001-P2M8W", "t", ["1101", "t = 1101", " 1101 "], ["1011", "11010", "110"], []),
    ("sigmoid-derivative-form", "0000-0001-26Q27", "forms", ["2346", "6432"], ["2345"], ["2347", "2234"]),
    ("relu-forward-picture", "", "z", ["z = R", "(z_1, z_2) = R"], ["z1=-1, z2=200", "z_2 = 1; z_1 = 2"],
     ["z1 = -1", "z1=-1, z2=20, z3=1", "h = R", "h1=0, h2=1"]),
    ("deriv-chain-two-layer", "", "dy", ["y'(x) = R", "dy/dx = R", "y' = R", "dy = R",
     "y'(x) = f'(g(x))·g'(x) = R"], ["y' = x = 1 + R"],
     ["f'(u) = R", "x = R", "u = R"]),
    ("md-gaussian-mle-sigma", "0000-000C-G9JJC", "M", ["K = n S^-1", r"\hat K = nS^{-1}", "K̂ = R", "(S/n)^-1"],
     ["K = S/n"],
     ["S = n K", "H = n S^-1"]),
    ("md-logreg-l2", "0000-000B-J0WMZ", "G",
     ["R", "-3X^T (y ⊙ σ(-y ⊙ Xw)) + 2λw", r"-3X^\top\left(y\odot\frac{1}{1+e^{y\odot Xw}}\right)+2\lambda w",
      "2λw - 3X'y .* sigmoid(-y .* X w)"],
     ["-3X^T (y ⊙ σ(y ⊙ Xw)) + 2λw", "-3X'y .* sigmoid(-y .* X w) - 2λw"], []),
    ("md-gaussian-mle-mu", "0000-000C-76VX2", "D", ["n(Σ^-1(a-μ), h)", "n <Σ^{-1}(a-μ), h>", "n<h, Σ⁻¹(a−μ)>"],
     ["(Σ^-1(a-μ), h)", "n<Σ(a-μ), h>"], ["n <Σ^{-1}(a-μ), h"]),
    ("md-lndet", "", "G", ["∇_X f = R", "G = R", "∇f = R"], ["G = 2*R"], ["X = R", "det X = R"]),
    ("matrix-add", "", "P", ["3A = R", "P = R", "-0,5A = R", "A*3 = R"], ["3A = 2*R"],
     ["3A - 4B = R", "3B = R", "x = R"]),
    ("matrix-add", "", "C", ["3A - 4B = R", "A + B = R"], ["3A + 2B = 2*R"], ["3A = R", "P = R", "3B = R"]),
    ("dense-param-count", "", "N", ["N = R", "R parameters", "R параметров", "N = R parameters of the net.",
     "[R]"], ["467 parameters"],
     ["R percent", "R thousand", "R%", "R x", "W = R"]),
    ("lr-regime-choice", "", "q", ["q = R", "q=R", "[R]", "[[R]]", "np.float64(R)"],
     ["q = 35 1/2", "35 1/2", "np.float64(35)"], ["35 1/2 1", "1,747%"]),
    ("gd-1d-stop-loss-change", "", "updates", ["R updates", "R обновлений", "updates = R",
     "Updates made = R"], ["1000 updates"],
     ["q = R"]),
]  # fmt: skip
TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "natural_answers.yaml").read_text("utf-8"))
ROWS += [
    (row["problem"], row.get("variant", ""), row["ask"], row["right"], row["wrong"], row["unread"]) for row in TABLE
]


@cache
def variant(problem: str, code: str) -> grader.api.Variant:
    return grader.bank()[problem].variant(decode(code)[0] if code else 5)


def verdict(problem: str, code: str, ask: str, text: str | dict[str, str]) -> Verdict:
    asked = variant(problem, code)
    typed = text.replace("R", asked.right_answer(ask)) if isinstance(text, str) and "R" in text else text
    return next(found for found in asked.mark({ask: typed}) if found.ask == ask)


def flat(status: str) -> list[Any]:
    place = {"correct": 3, "wrong": 4, "invalid": 5}[status]
    return [pytest.param(*row[:3], text, id=f"{row[0]}-{row[2]}-{text}") for row in ROWS for text in row[place]]


@pytest.mark.parametrize(("problem", "code", "ask", "text"), flat("correct"))
def test_what_was_meant_rightly_is_right(problem: str, code: str, ask: str, text: str) -> None:
    found = verdict(problem, code, ask, text)
    assert (found.status, found.points) == ("correct", found.of), [translate(reason, "en") for reason in found.reasons]


@pytest.mark.parametrize(("problem", "code", "ask", "text"), flat("wrong"))
def test_what_was_meant_wrongly_stays_wrong(problem: str, code: str, ask: str, text: str) -> None:
    found = verdict(problem, code, ask, text)
    assert found.status in ("wrong", "partly")
    assert found.points < found.of
    assert found.reasons or found.slips


@pytest.mark.parametrize(("problem", "code", "ask", "text"), flat("invalid"))
def test_what_could_mean_anything_is_not_read_and_costs_nothing(problem: str, code: str, ask: str, text: str) -> None:
    found = verdict(problem, code, ask, text)
    assert found.status == "invalid"
    assert all(translate(reason, language) for reason in found.reasons for language in LANGUAGES)


ECHOES = [
    ("md-quadratic-form", "JK9P-7W72-2SA1Q", "g0", "-12 12", "[−12, 12]"),
    ("md-tr-axb", "SRJW-TWN1-SDEXB", "G0", "-10 -8\n3 -3", "[−10, −8; 3, −3]"),
    ("logic-gates", "0000-000C-P2M5K", "neuronA", "-0,5,-1,1", "b = −0.5, w₁ = −1, w₂ = 1"),
    ("logic-gates", "GQPJ-PV35-P2MYB", "neuronA", "x1 + 2x2 < 1,5", "b = 1.5, w₁ = −1, w₂ = −2"),
    ("dense-param-count", "", "N", "467 parameters", "467"), ("lr-regime-choice", "", "q", "35 1/2", "35 + 1/2 = 35.5"),
    ("md-quadratic-form", "JK9P-7W72-2SA1Q", "g0", "[-12, 12]", ""), ("adam-two-steps", "", "m[1]", "m1 = 3", ""),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "code", "ask", "text", "echo"), ECHOES, ids=[row[3] for row in ECHOES])
def test_the_echo_shows_the_reading_that_counted(problem: str, code: str, ask: str, text: str, echo: str) -> None:
    assert verdict(problem, code, ask, text).echo.get("en", "") == echo


SAID = [
    ("dense-param-count", "N", "R parameters", "reading-words"), ("lr-regime-choice", "q", "-9/10", ""),
    ("adam-two-steps", "m[1]", "v1 = 3", "answer-other-blank"),
    ("adam-two-steps", "m[1]", "m1 = 2*3 = 7", "answer-chain"),
    ("adam-two-steps", "m[1]", "m1 = 3, v1 = 4", "answer-other-blank"),
    ("adam-two-steps", "m[1]", "m1 = 3; beta = 4", "answer-two-values"),
    ("adam-two-steps", "m[1]", "m1 = (1 - 0,9)*(-36) = -0,5 - 3,1 = R", ""),
    ("relu-forward-picture", "z", "z1 = 3", "answer-fields-missing"),
    ("logic-gates", "neuronB", "b = 1, w1 = 1, w2 = 1, w3 = 1, h = 2", "answer-fields-unknown"),
    ("logic-gates", "neuronB", "b = 1, w1 = 1, h = 1", "answer-fields"),
    ("logic-gates", "neuronB", "b = 1, w1 = 1, w2 = 1, w3 = 1, b = 2", "answer-fields-twice"),
    ("relu-forward-picture", "z", "1 2 3", "answer-array-numbers"),
    ("relu-forward-picture", "z", "1,2,3", "syntax-commas"), ("relu-forward-picture", "z", "0", "answer-not-zero"),
    ("relu-forward-picture", "z", "[1 -2; 3 -4]", "syntax-spaced-sign"),
    ("relu-forward-picture", "z", "[1, 2, 3]", "answer-like-vector"),
    ("matrix-mul", "C", "[1, 2]", "answer-like-matrix"), ("matrix-mul", "C", "[1, 2, 3, 4]", "answer-matrix-flat"),
    ("matrix-mul", "C", "1 2 3 4", "answer-matrix-flat"), ("matrix-mul", "C", "1 2 3", "answer-array-numbers"),
    ("quotient-rule", "dg", "𝑒𝑥", "copied-flat"), ("quotient-rule", "dg", "𝑒^𝑥", ""),
    ("quotient-rule", "dg", "ex", "!copied-flat"),
    ("deriv-chain-two-layer", "df", "1 cos2 𝑢", "copied-flat"),
    ("grad-at-point", "f1", "6𝑥1 𝑥2 1 + 5𝑥2 2", "copied-flat"),
    ("deriv-chain-two-layer", "dg", "cos 𝑥", ""), ("adam-two-steps", "m[2]", "ответ: R", "reading-words"),
    ("adam-two-steps", "m[2]", "R (rounded)", "reading-words"),
    ("adam-two-steps", "m[2]", "≈ R", ""), ("adam-two-steps", "m[2]", "m2: R", ""),
    ("optimizer-2d-step", "p[2]", "[-3.66, 4.66]", "answer-entries-coarse"),
    ("optimizer-2d-step", "p[2]", "[-3.66, 4.66]", "!answer-entries"),
    ("optimizer-2d-step", "p[2]", "[-3.66, 5.3]", "answer-entries"),
    ("logic-gates", "neuronA", "x1 >= 1", "answer-written-strict"),
    ("logic-gates", "neuronA", "x1 = 1", "answer-written-sign"),
    ("logic-gates", "neuronA", "x1*x2 > 1", "answer-written-linear"),
    ("logic-gates", "neuronA", "0 < x1 < 1", "answer-written-signs"),
    ("logic-gates", "neuronB", "x1 + x2 + x3 ≤ 1", "answer-written-strict"),
    ("adam-two-steps", "m[2]", "v2: 3", "answer-other-blank"), ("adam-two-steps", "m[2]", "ответ: 2+", "syntax-end"),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "ask", "text", "key"), SAID, ids=[row[2] for row in SAID])
def test_what_is_said(problem: str, ask: str, text: str, key: str) -> None:
    said = [reason.key for reason in verdict(problem, "", ask, text).reasons]
    assert (key[1:] not in said if key.startswith("!") else key in said) if key else not said
