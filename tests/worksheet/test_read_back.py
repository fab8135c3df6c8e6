"""What is printed as plain text is read back as the same function: of every formula of the bank, and of any tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from families import each_family, groups_of
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from grader.check.texts import pieces
from grader.course.printing import blank_of
from grader.errors import GraderError, SyntaxFault
from grader.language.boxes import Sign
from grader.language.evaluate import evaluate
from grader.language.lexer import canonical_name, tokenize
from grader.language.nodes import Call, Name, Node, Number, names, walk
from grader.language.parser import parse
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES
from grader.language.signs import RELATIONS
from grader.language.tex import formulas_of, placed
from grader.language.typeset import to_latex
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.worksheet.plain import plain_maths
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
    return frozenset(re.findall(r"([A-Za-z]\w*|(?<=mathrm\{)[a-z]+)\}?'?(?:\\left)?\((?=[a-z]\w*[,;)])", latex))


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


def same(tree: Node, again: Node) -> bool:
    """The same tree, or the same values wherever the first has any."""
    if tree == again:
        return True
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
    assert same(tree, again), f"{latex}  {text}"
    return True


@each_family
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_formula_of_the_bank_is_read_back(family: str, language: str) -> None:
    sides = {side for group in groups_of(family) for side in formulas(group.at(0), language)}
    read = [side for side in sorted(sides) if read_back(side, language)]
    assert len(read) > len(sides) / 2


# ----- Any tree --------------------------------------------------------------------------------------------------

_LETTERS = ("x", "y", "t", "h", "c", "alpha", "x1", "x_n", "yhat", "mhat1", "w_end", "pi", "e")
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
    text = plain_maths(latex)
    try:
        again = parse(text, names(node), comma="decimal" if language == "ru" else "list")
    except SyntaxFault as fault:
        raise AssertionError(f"{latex}  {text}  {fault.message}") from fault
    np.testing.assert_allclose(
        evaluate(again, VALUES), evaluate(node, VALUES), rtol=1e-7, atol=1e-12, err_msg=f"{latex}  {text}"
    )
