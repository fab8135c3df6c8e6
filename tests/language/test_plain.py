"""Markdown with maths as plain text: rows of maths and what they read as."""

from __future__ import annotations

import pytest

from grader.language.plain import plain, plain_maths

ROWS = [
    (r"A^{\circ 2} + x^{\circ -1}", "A.^2 + x.^-1"),
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
    (r"W_{1,2}^{\top} + A^{-1}", "W_{1,2}^T + A^-1"),
    (r"w_{\mathrm{end}}", "w_end"),
    (r"\hat m_{2} = \hat y", "m\u0302_2 = y\u0302"),
    (r"3 \cdot (-2)", "3·(-2)"),
    (r"x \approx 0{,}5", "x ≈ 0,5"),
    (r"1 - 6\lambda = 0", "1 - 6λ = 0"),
    (r"\sin^2 u\cos u", "sin^2 u cos u"),
    (r"\ln 2", "ln 2"),
    (r"\left.\frac{dy}{du}\right|_{u = 2x}", "dy/du|_(u = 2x)"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[1, 2; 3, 4]"),
    (r"\ln\det X = \ln(\det X)", "ln det X = ln(det X)"),
    (r"2\operatorname{tr}(A)", "2 tr(A)"),
    (r"\frac12(y - \hat y)^2", "(1/2)(y - y\u0302)^2"),
    (r"\frac12 \cdot x", "1/2·x"),
    (r"\frac{x}{2}\,dx", "(x/2) dx"),
    (r"\dfrac{\partial f}{\partial x}(x, y)", "∂f/∂x(x, y)"),
    (r"\dfrac1{1 + e^{-h}}", "1/(1 + e^-h)"),
    (r"\frac{f(x)}{g(x)}", "f(x)/g(x)"),
    (r"\frac{1}{x(y + 1)}", "1/(x(y + 1))"),
    (r"\frac{1}{\cos^2(2x)}", "1/cos^2(2x)"),
    (r"x^{\top}A_{ir}B", "x^T A_ir B"),
    (r"x^{(t-1)} + x^{x_1}", "x^(t-1) + x^(x_1)"),
    (r"\overline{x \vee y} \Leftarrow \bar x_1", "overline(x ∨ y) ⇐ x\u0304_1"),
    (r"\left\lvert q \right\rvert \le \lVert v\rVert", "|q| ≤ ‖v‖"),
    (r"n\times m", "n×m"),
    (r"f'(x) = f^{\prime}(x)", "f'(x) = f'(x)"),
    (r"\sqrt[3]{x} + \sqrt[n]{x}", "∛(x) + [n]√(x)"),
    (r"\begin{cases} 1, & x > 0 \\ 0 \end{cases}", "{ 1, x > 0; 0 }"),
    (r"1 \text{ for } h > 0", "1 for h > 0"),
    (r"\foo x", r"\foo x"),
    (r"f(x) = \cot x", "f(x) = cot x"),
    (r"\sec x + \csc x - \coth 2x", "sec x + csc x - coth 2x"),
    (r"\lg x = \log_{10} x", "lg x = log_10 x"),
    (r"\log_{1/2} x + \log_{x_1} y", "log_{1/2} x + log_{x_1} y"),
    (r"\tfrac12 x", "(1/2) x"),
    (r"a \ne b", "a ≠ b"),
    (r"\|x\|_2^2", "‖x‖_2^2"),
    (r"D_{KL}(P\|Q)", "D_KL(P‖Q)"),
    (r"\dfrac1{1+e^{-h}}", "1/(1+e^-h)"),
    (r"-\ln\det(X^\top X)", "-ln det(X^T X)"),
    (r"\det \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "det([1, 2; 3, 4])"),
    (r"\begin{pmatrix} 0{,}5 & 1 \\ 2 & -3 \end{pmatrix}", "[[0,5; 1]; [2; -3]]"),
    (r"\begin{pmatrix} 0{,}5 \\ 2 \end{pmatrix}", "[0,5; 2]"),
    (r"\begin{pmatrix} 1 & 2 \end{pmatrix}", "[[1, 2]]"),
    (r"\begin{pmatrix} 0{,}5 & 2 \end{pmatrix}", "[[0,5; 2]]"),
    (r"\begin{pmatrix}\tfrac13 & -\tfrac23 \\ x_1 & a - b\end{pmatrix}", "[1/3, -2/3; x_1, a - b]"),
    (r"w_{t-1} - \eta\,g_{t - 1}", "w_{t-1} - η g_{t-1}"),
    (r"x_{ij} + x_{1,2} + w_{\mathrm{end}}", "x_ij + x_{1,2} + w_end"),
    (r"\frac{a}{b}^2 + \left(\frac{a}{b}\right)^2", "(a/b)^2 + (a/b)^2"),
    (r"\left.y\right|_{u = 2x,\ v = 1}", "y|_(u = 2x, v = 1)"),
]


@pytest.mark.parametrize(("latex", "text"), ROWS)
def test_maths(latex: str, text: str) -> None:
    assert plain_maths(latex) == text


def test_words_in_italics_keep_their_formulas() -> None:
    assert plain("*Derivative by $w_3$:* $2*3$, 2 * 3 * 4") == "Derivative by w_3: 2*3, 2 * 3 * 4"


def test_aligned_lines_stand_below_each_other() -> None:
    matrix = r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    text = plain(rf"*Product:* $$\begin{{aligned}} C &= {matrix} \\ &= 5 \end{{aligned}}$$ and $w^*$")
    assert text == "Product: \n    C = [1, 2; 3, 4]\n    = 5 and w^*"
