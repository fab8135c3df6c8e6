"""What is printed as plain text is read back as the same function: of every formula of the bank, and of any tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from families import groups_of, in_depth
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from grader.check.texts import pieces
from grader.course.printing import blank_of
from grader.errors import GraderError, SyntaxFault
from grader.language.boxes import Sign
from grader.language.evaluate import evaluate
from grader.language.lexer import canonical_name, tokenize
from grader.language.nodes import Call, Name, Node, Number, names, transform, walk
from grader.language.parser import parse
from grader.language.plain import plain_maths
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES
from grader.language.signs import RELATIONS
from grader.language.tex import formulas_of, placed
from grader.language.typeset import to_latex
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.worksheet.solution import parts

# ----- The bank --------------------------------------------------------------------------------------------------

PARTING = (RELATIONS | set(",;:.")) - {"⊙"}


def formulas(group: Group, language: str) -> Iterator[str]:
    """Everything between dollars: statements, prompts, options, keys, hints, worked solutions."""
    blanks = [blank_of(ask, group, language, key=True) for ask in group.plan.asks]
    texts = [text for _, text in (*pieces(group, language), *parts(group, language))]
    texts += [text for blank in blanks for text in (blank.prompt, blank.answer, *blank.options)]
    for formula in dict.fromkeys(formula for text in texts for formula in formulas_of(text)):
        yield from _lines(formula)


def _lines(formula: str) -> Iterator[str]:
    """The lines of an aligned formula without their marks, and the sides of each."""
    inner = re.sub(r"\\(?:begin|end)\{aligned\}|&(?=[=\\<>])", "", formula) if "{aligned}" in formula else formula
    for line in re.split(r"\\\\(?= *(?:=|\\approx|<|>))", inner) if inner != formula else [formula]:
        yield from _sides(line)


def _sides(line: str) -> Iterator[str]:
    """What stands between signs of relation, commas and full stops; sides with words are left out."""
    row = [*placed(line), (len(line), Sign("."))]
    ends = [*(place for place, _ in row[1:]), len(line)]
    start = 0
    for (place, box), end in zip(row, ends, strict=True):
        if isinstance(box, Sign) and box.text in PARTING:
            if (side := line[start:place].strip()) and not re.search(r"\\q?quad|\\text", side):
                yield side
            start = end


def letters(latex: str) -> frozenset[str]:
    """The names in a formula that reads as one of our language."""
    found = {canonical_name(token.text) for token in tokenize(latex) if token.kind == "name"}
    return frozenset(found - FUNCTIONS.keys() - CONSTANTS.keys() - {"T"})


def called(latex: str) -> frozenset[str]:
    """Names with arguments, as f in f(x)."""
    found = re.findall(r"(?<!\\)\b([A-Za-z]\w*)\}?'?(?:\\left)?\((?=[a-z]\w*[,;)])", latex)
    return frozenset(found) - FUNCTIONS.keys()


def tree_of(text: str, known: frozenset[str], functions: frozenset[str], *, comma: str = "auto") -> Node:
    return parse(text, known - functions, spec=bool(functions), functions=functions, comma=comma, lists=True)


SHAPES: tuple[Mapping[bool, tuple[int, ...]], ...] = (
    {True: (), False: ()},
    {True: (2, 2), False: ()},
    {True: (2, 2), False: (2,)},
)
"""Of a capital and of a small letter."""


def value_of(tree: Node, shapes: Mapping[bool, tuple[int, ...]]) -> np.ndarray:
    known = {
        name: 0.3 + np.random.default_rng(number).random((3, *shapes[name[0].isupper()]))
        for number, name in enumerate(sorted(names(tree)))
    }
    return evaluate(tree, known)


def by_letters(tree: Node, functions: frozenset[str]) -> Node:
    """f(x) as a letter with the name f(x): whatever f is, what is computed of it stays the same."""

    def letter(node: Node) -> Node:
        return Name(to_latex(node)) if isinstance(node, Call) and node.op in functions else node

    return transform(tree, letter)


def same(tree: Node, again: Node, functions: frozenset[str] = frozenset()) -> bool:
    """The same tree, or the same values wherever the first has any."""
    if tree == again:
        return True
    tree, again = by_letters(tree, functions), by_letters(again, functions)
    for shapes in SHAPES:
        try:
            value = value_of(tree, shapes)
        except (GraderError, KeyError):
            continue
        return names(tree) == names(again) and np.allclose(value, value_of(again, shapes), equal_nan=True)
    return False


def read_back(latex: str, language: str) -> bool | None:
    """Whether plain text and LaTeX are one function; None for what is no formula of our language."""
    try:
        known, functions = letters(latex), called(latex)
        tree = tree_of(latex, known, functions)
    except GraderError:
        return None
    text = plain_maths(latex)
    try:
        again = tree_of(text, known, functions, comma="decimal" if language == "ru" else "auto")
    except SyntaxFault as fault:
        raise AssertionError(f"{latex}  {text}  {fault.message}") from fault
    assert same(tree, again, functions), f"{latex}  {text}"
    return True


@in_depth
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_formula_of_the_bank_is_read_back(family: str, language: str) -> None:
    sides = {side for group in groups_of(family) for side in formulas(group.at(0), language)}
    read = [side for side in sorted(sides) if read_back(side, language)]
    assert len(read) > len(sides) / 2


# ----- By hand: what an author may write -------------------------------------------------------------------------

WRITTEN = r"""
\cot x | \sec 2x | \coth x | \lg x | \log_2(x + 1) | \log_{1/2} x | \sqrt[3]{x}y | \sqrt x^3 | \tfrac12x
\frac12 x^2 | \dfrac1{1+e^{-h}} | e^{-x}y | e^{x_1}y | e^{2x}\sin x | 2^{x+1}y | x^{\frac12} | x^{-\frac{1}{2}}
10^{-3}x | 2\cdot 10^{-3} | \frac{a}{b}^2 | \left(\frac{a}{b}\right)^2 | a/\frac{b}{c} | \frac{a}{b}/\frac{c}{d}
\frac{\frac{a}{b}}{c} | \frac{a}{\frac{b}{c}} | -\frac{a+b}{c} | a - \frac{b}{c} d | a\cdot\frac{b}{c}\cdot d
\frac{1}{-x} | \frac{-x}{y} | \frac{x}{2}y | \frac{x y}{2 z} | \frac{1}{x(y + 1)} | 2(x + 1)(y - 1)
\frac{\sin x}{x} | \frac{x}{\sin x} | \frac{\sin x\cos x}{2} | \frac{1}{\sin 2x} | \frac{\ln x}{x^2} | \sin x\cos y
\sin(x)\cos(y) | \sin^2 x\cos x | \sin^{-1} x | \ln x\cdot x | x\ln x | \ln\left(\lvert x\rvert\right)
\lvert x\rvert y | \operatorname{ctg} x | \operatorname{arctg}(2x) | \exp(-x^2) | \sqrt{\frac{a}{b}}
\frac{1}{\sqrt{x}} | \frac{1}{2\sqrt{x}} | \frac12\sqrt{x} | 3\sqrt{x}\sqrt{y} | \sigma(x)(1 - \sigma(x))
\max(0, x) | A^{-1}B | A^{-\top} | (AB)^\top | -2X^{-\top} | x^\top A x | \operatorname{tr}(A^\top B)
\det(A)A^{-1} | \ln\det X | \lVert x\rVert^2 | \begin{pmatrix} 1 & -2 \\ 0 & 4 \end{pmatrix}
2\begin{pmatrix} 1 & -2 \\ 0 & 4 \end{pmatrix}\begin{pmatrix} 1 \\ 3 \end{pmatrix}
\begin{pmatrix} 1 & 3 \end{pmatrix}\begin{pmatrix} 1 \\ 3 \end{pmatrix}
\begin{pmatrix} 1 & -2 \\ 0 & 4 \end{pmatrix}^{-1} | \det\begin{bmatrix} 1 & x \\ \frac12 & 4 \end{bmatrix} | x_{1}y
x_{12}y | x^{ab} | x^{2a}b | x^{0.5}y | x^{-2}y | 2x_1y_2 | w_{t-1} - \eta g_t | c_{1,2}x | \hat y_1^2 | \bar x_1x_2
\beta_1^2 | m_1/(1 - \beta_1^2) | {x}^{2}
"""


@pytest.mark.parametrize(
    "latex", [piece.strip() for line in WRITTEN.strip().splitlines() for piece in line.split(" | ")]
)
def test_what_an_author_writes_is_read_back(latex: str) -> None:
    assert read_back(latex, "en")
    assert read_back(re.sub(r"\\frac12", "0{,}5", latex), "ru")


# ----- Any tree --------------------------------------------------------------------------------------------------

_LETTERS = ("x", "y", "w", "b", "alpha", "x1", "x_n", "yhat", "mhat1", "w_end", "pi", "e")
_ONE = [name for name, row in PRIMITIVES.items() if row.entrywise and not row.operator and row.arity[0] == 1]
_TWO = ["add", "sub", "mul", "div", "pow", "add", "sub", "mul", "div", "pow", "emul", "ediv", "ln", "max"]
TREES = st.recursive(
    st.sampled_from([*map(Name, _LETTERS), *map(Number, ("2", "0.5", "1", "13", "2e-1"))]),
    lambda inner: st.one_of(
        st.builds(lambda op, a, b: Call(op, (a, b)), st.sampled_from(_TWO), inner, inner),
        st.builds(lambda a: Call("neg", (a,)), inner),
        st.builds(lambda op, a: Call(op, (a,)), st.sampled_from(_ONE), inner),
    ),
    max_leaves=9,
)
VALUES = {name: np.array([0.37 + 0.23 * place]) for place, name in enumerate(_LETTERS) if name not in ("pi", "e")}
STEPS = frozenset(("floor", "ceil", "sign", "step"))


def modest(node: Node) -> bool:
    """Every part has a value that is not too large for sin or exp, and none jumps."""
    jumps = any(isinstance(part, Call) and part.op in STEPS for part in walk(node))
    return not jumps and all(np.abs(evaluate(part, VALUES)).max() < 1e5 for part in walk(node))


@settings(max_examples=400, deadline=None)
@given(TREES, st.sampled_from(LANGUAGES))
@example(Call("pow", (Call("div", (Name("x"), Name("y"))), Number("2"))), "en")
@example(Call("div", (Call("sin", (Name("x"),)), Name("y"))), "en")
def test_any_formula_is_read_back(node: Node, language: str) -> None:
    assume(modest(node))
    latex = to_latex(node, language)
    assume(not re.search(r"log_\{[^}]*[^}\w]", latex))  # which is not read from LaTeX either
    text = plain_maths(latex)
    try:
        again = parse(text, names(node), comma="decimal" if language == "ru" else "list")
    except SyntaxFault as fault:
        raise AssertionError(f"{latex}  {text}  {fault.message}") from fault
    np.testing.assert_allclose(
        evaluate(again, VALUES), evaluate(node, VALUES), rtol=1e-7, atol=1e-12, err_msg=f"{latex}  {text}"
    )
