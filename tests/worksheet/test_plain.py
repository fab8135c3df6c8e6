"""Markdown with maths as plain text: rows of maths and what they read as."""

from __future__ import annotations

import pytest

from grader.worksheet.plain import plain, plain_maths

ROWS = [
    (r"\frac{m_{1}}{1 - \beta_1^1}", "m_1/(1 - β_1^1)"),
    (r"\frac{a + b}{2}", "(a + b)/2"),
    (r"-\frac{1}{\sqrt{x}}", "-1/√(x)"),
    (r"\frac{1}{2\sqrt{x}}", "1/(2√(x))"),
    (r"\frac{1}{2x}", "1/(2x)"),
    (r"\frac{(a + b)}{(c - d)}", "(a + b)/(c - d)"),
    (r"\dfrac{\partial y_1}{\partial x_2}", "∂y_1/∂x_2"),
    (r"\frac{du}{dx}", "du/dx"),
    (r"x^{2-1}", "x^(2-1)"),
    (r"e^{-\frac{x}{2}}", "e^(-x/2)"),
    (r"W_{1,2}^{\top} + A^{-1}", "W_1,2^T + A^-1"),
    (r"w_{\mathrm{end}}", "w_end"),
    (r"\hat m_{2} = \hat y", "m\u0302_2 = y\u0302"),
    (r"3 \cdot (-2)", "3·(-2)"),
    (r"x \approx 0{,}5", "x ≈ 0,5"),
    (r"1 - 6\lambda = 0", "1 - 6λ = 0"),
    (r"\sin^2 u\cos u", "sin^2 u cos u"),
    (r"\ln 2", "ln 2"),
    (r"\left.\frac{dy}{du}\right|_{u = 2x}", "dy/du|_(u = 2x)"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[ 1 2; 3 4 ]"),
]


@pytest.mark.parametrize(("latex", "text"), ROWS)
def test_maths(latex: str, text: str) -> None:
    assert plain_maths(latex) == text


def test_aligned_lines_stand_below_each_other() -> None:
    matrix = r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    text = plain(rf"*Product:* $$\begin{{aligned}} C &= {matrix} \\ &= 5 \end{{aligned}}$$ and $w^*$")
    assert text == "Product: \n    C = [ 1 2; 3 4 ]\n    = 5 and w^*"
