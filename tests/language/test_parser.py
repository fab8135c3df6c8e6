"""Text → tree: the rows of tables/parser.yaml (docs/language.md shows them), limits, and arbitrary text."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import yaml
from counted import calls
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import Message, SyntaxFault
from grader.language.cursor import MAX_DEPTH
from grader.language.doubts import DOUBTS
from grader.language.evaluate import evaluate
from grader.language.lexer import MAX_LENGTH
from grader.language.nodes import Call, Name, Number, walk
from grader.language.parser import parse
from grader.language.plaintext import to_text
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES
from grader.messages import LANGUAGES, translate

ROOT = Path(__file__).parents[2]
TABLE = yaml.safe_load((ROOT / "tests" / "tables" / "parser.yaml").read_text(encoding="utf-8"))
NAMES = frozenset(("x", "y", "z", "t", "a", "b", "n", "w", "A", "B", "x1", "alpha"))
READS = [row for rows in TABLE["reads"].values() for row in rows]


@pytest.mark.parametrize(("typed", "meaning"), READS, ids=[row[0] for row in READS])
def test_reads(typed, meaning):
    node = parse(typed, NAMES)
    assert to_text(node) == meaning
    for part in walk(node):
        assert 0 <= part.span[0] <= part.span[1] <= len(typed)


@pytest.mark.parametrize(("marked", "key"), TABLE["refuses"], ids=[row[0] for row in TABLE["refuses"]])
def test_refuses_with_the_place_and_the_cure(marked, key):
    text, span = marked.replace("«", "").replace("»", ""), (marked.index("«"), marked.index("»") - 1)
    with pytest.raises(SyntaxFault) as caught:
        parse(text, NAMES)
    assert (caught.value.message.key, caught.value.span) == (key, span)
    for language in LANGUAGES:
        said = translate(caught.value.message, language)
        assert said.endswith((".", "?"))
        assert "  " not in said
        assert not re.search(r"(?<!sqrt)\{[a-z]+\}", said), "an empty slot"


@pytest.mark.parametrize(
    ("text", "names", "key", "hint"),
    [
        ("SiN(x)", "x", "syntax-unknown-function", Message("syntax-did-you-mean", {"word": "sin"})),
        ("pii", "", "syntax-unknown-name", Message("syntax-did-you-mean", {"word": "pi"})),
        ("trans(A)", "A", "syntax-unknown-function", Message("syntax-did-you-mean", {"word": "A'"})),
        ("5 cm", "", "syntax-unknown-name", Message("syntax-no-names")),
        ("Q", "ab", "syntax-unknown-name", Message("syntax-names", {"names": ("a", "b")})),
        ("5%", "", "syntax-character", Message("syntax-hint-percent")),
        (r"\mp", "", "syntax-latex", Message("syntax-hint-plusminus")),
        (r"\color", "", "syntax-latex", Message("syntax-hint-signs")),
    ],
)
def test_cures(text, names, key, hint):
    with pytest.raises(SyntaxFault) as caught:
        parse(text, names)
    assert caught.value.message.key == key
    assert caught.value.message.values["hint"] == hint


# ----- What is declared decides ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names", "meaning"),
    [
        ("AT", ["AT"], "AT"),
        ("A^T", ["A", "T"], "A^T"),
        ("A^t B", ["A", "B"], "A'*B"),
        ("(A B)^{t}", ["A", "B"], "(A*B)'"),
        ("x^t", ["x", "t"], "x^t"),
        ("A^t", ["A", "t"], "A^t"),
        ("A^-1T", ["A", "T"], "A^(-1)*T"),
        ("sp x", ["s", "p", "x"], "s*p*x"),
        ("np.exp(n)", ["n", "p"], "exp(n)"),
        ("vec x", ["v", "e", "c", "x", "vec"], "vec*x"),
        ("Ln", ["Ln"], "Ln"),
        ("LN", ["L", "N"], "L*N"),
        ("t(x)", ["t", "x"], "t*x"),
        ("sigma", ["sigma"], "sigma"),
        ("sigma(x)", ["x"], "sigmoid(x)"),
        ("th x", ["x"], "tanh(x)"),
        ("asin(x)", ["x"], "arcsin(x)"),
        ("a sin(x)", ["a", "x"], "a*sin(x)"),
        ("e", [], "e"),
        ("x1y", ["x1", "y"], "x1*y"),
        (r"\hat{y} - y", ["yhat", "y"], "yhat - y"),
        ("w_{true}", ["w_true"], "w_true"),
        ("I A", ["I", "A"], "I*A"),
    ],
)
def test_declared_names(text, names, meaning):
    assert to_text(parse(text, names)) == meaning


@pytest.mark.parametrize(
    ("text", "comma", "meaning"),
    [
        ("[0,5; 1,5]", "auto", "[0, 5; 1, 5]"),
        ("[0,5; 1,5]", "decimal", "[0.5, 1.5]"),
        ("(0,5; 1,5)", "list", "[0, 5, 1, 5]"),
        ("max(1,5)", "auto", "max(1, 5)"),
        ("max(1,5; 2)", "decimal", "max(1.5, 2)"),
    ],
)
def test_comma(text, comma, meaning):
    assert to_text(parse(text, comma=comma)) == meaning


def test_a_list_needs_no_brackets_where_one_is_expected():
    assert to_text(parse("1; 2; 3", lists=True)) == "[1, 2, 3]"
    assert to_text(parse("0,5; 1", lists=True)) == "[0.5, 1]"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("w[t-1] - eta*g[t]", "w[t - 1] - eta*g[t]"),
        ("q > 0 and q < 1", "q > 0 and q < 1"),
        ("not q = 0 or x", "not q = 0 or x"),
        ("a + b <= c*d", "a + b <= c*d"),
        ("grad(L, w[1])", "grad(L, w[1])"),
        ("L(w) + 1", "L(w) + 1"),
        ("W[1, 2]'", "W[1, 2]'"),
    ],
)
def test_specs_have_a_little_more(text, meaning):
    assert to_text(parse(text, spec=True, functions=["L"])) == meaning


# ----- Limits ----------------------------------------------------------------------------------------------------

HUGE = {
    "length": ("x" * (MAX_LENGTH + 1), "syntax-too-long"),
    "digits": ("2x + " + "1" * 1001, "syntax-too-long"),
    "digits in groups": ("1" + " 000" * 400, "syntax-too-long"),
    "digits of an exponent": ("1e" + "9" * 5000, "syntax-too-long"),
    "digits above": ("x" + "²" * 1001, "syntax-too-long"),
    "digits below": ("log" + "₂" * 1001 + " x", "syntax-too-long"),
    "wide digits": ("２" * 1001, "syntax-too-long"),
    "digits of a base": ("log_" + "9" * 5000 + " x", "syntax-too-long"),
    "brackets": ("(" * 5000 + "x" + ")" * 4999, "syntax-too-deep"),
    "just too deep": ("(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH, "syntax-too-deep"),
    "powers": ("^".join("x" * 4000), "syntax-too-deep"),
    "signs": ("-" * 9000 + "x", "syntax-too-deep"),
    "terms": ("+".join("x" * 4000), "syntax-too-many"),
    "entries": (f"[{','.join('1' * 4900)}]", "syntax-too-many"),
    "bars": ("|" * 9000, "syntax-too-deep"),
    "bars and names": ("|x" * 4000, None),
    "bars and brackets": ("x" + "||||||(" * 1400, None),
    "word": ("x" * 9000, "syntax-unknown-name"),
    "roots": (r"\sqrt" * 1500, "syntax-too-deep"),
    "fractions": (r"\frac" * 1500 + "1", "syntax-too-deep"),
    "environments": (r"\begin{matrix}" * 600, "syntax-too-deep"),
    "transposes": ("x" + "'" * 9000, "syntax-too-many"),
    "root signs": ("√" * 9000, "syntax-too-deep"),
    "exponents of functions": ("sin^" * 2000 + "x", "syntax-too-deep"),
    "signs of an exponent": ("sin^" + "-" * 3000 + "1", "syntax-too-deep"),
    "functions": ("sin " * 2000 + "x", "syntax-too-deep"),
    "factors of an argument": ("sin" + " x y" * 1200, "syntax-too-many"),
    "constants of an argument": ("sin" + " pi" * 2400, "syntax-too-many"),
    "factors of an exponent": ("e^2" + "√2" * 2400, "syntax-too-many"),
    "factors of a denominator": ("1/2" + "√2" * 2400, "syntax-too-many"),
    "brackets behind names": ("x[x" * 2000, "syntax-square-bracket"),
    "indicators": ("[x>" * 2000, "syntax-too-deep"),
    "numerals": (("9" * 999 + "+") * 9 + "!", "syntax-character"),
}


@pytest.mark.parametrize("name", HUGE)
def test_limits(name):
    text, key = HUGE[name]
    refusals = []

    def refused():
        with pytest.raises(SyntaxFault) as caught:
            parse(text, NAMES)
        refusals.append(caught.value.message.key)

    assert calls(refused) < 20 * len(text) + 500
    assert key in (None, refusals[0])


# ----- Properties ------------------------------------------------------------------------------------------------

PIECES = [*"xyzAB0123456789+-*/^'()[]{}|,;. \\_=<>!%√²½≤‖⌊⌋⟨⟩~$&@αхж", "\\frac", "\\sqrt", "\\left", "\\right",
          "sin", "log_",
          "\\begin{pmatrix}", "\\end{pmatrix}", "\\\\", "\\|", "{,}", "e", "pi", "1e", "**", ".*", "^T",
          "0.("]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)),
    st.booleans(),
    st.booleans(),
)
def test_any_text_gives_a_tree_or_a_syntax_fault(text, spec, lists):
    try:
        node = parse(text, NAMES, spec=spec, lists=lists)
        spans = [part.span for part in walk(node)]
    except SyntaxFault as fault:
        spans = [fault.span] if fault.span else []
        for language in LANGUAGES:
            translate(fault.message, language)
    assert all(0 <= start <= end <= len(text) for start, end in spans)


LEAVES = st.one_of(
    st.sampled_from([Name("x"), Name("y"), Name("x1"), Name("alpha"), Name("pi")]),
    st.integers(0, 20).map(lambda n: Number(str(n))),
    st.sampled_from(["0.5", "1e-3", "2.25"]).map(Number),
)
ENTRYWISE = [name for name, row in PRIMITIVES.items() if row.entrywise and row.arity == (1, 1) and not row.operator]
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(
            lambda op, a, b: Call(op, (a, b)), st.sampled_from(["add", "sub", "mul", "div", "pow"]), inner, inner
        ),
        st.builds(lambda op, a: Call(op, (a,)), st.sampled_from([*ENTRYWISE, "neg"]), inner),
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(TREES)
def test_a_tree_written_out_and_read_back_has_the_same_value(tree):
    values = {name: np.array([0.3, 1.7, -2.2]) + k for k, name in enumerate(("x", "y", "x1", "alpha"))}
    again = parse(to_text(tree), NAMES)
    np.testing.assert_allclose(evaluate(again, values), evaluate(tree, values), rtol=1e-12)


# ----- The documentation -----------------------------------------------------------------------------------------


def documented_rows() -> str:
    """The tables of docs/language.md that come from parser.yaml, as Markdown."""
    lines: list[str] = []
    for group, rows in TABLE["reads"].items():
        lines += ["", f"### {group}", "", "| typed | understood as |", "| --- | --- |"]
        lines += [f"| {_code(typed)} | {_code(meaning)} |" for typed, meaning in rows]
    return "\n".join(lines).strip()


def documented_refusals() -> str:
    lines = ["| typed | what is said |", "| --- | --- |"]
    for marked, _ in TABLE["refuses"]:
        text = marked.replace("«", "").replace("»", "")
        with pytest.raises(SyntaxFault) as caught:
            parse(text, NAMES)
        lines.append(f"| {_code(text)} | {translate(caught.value.message, 'en').replace('|', chr(92) + '|')} |")
    return "\n".join(lines)


def documented_functions() -> str:
    lines = ["| function | also written | arguments |", "| --- | --- | --- |"]
    for name, row in PRIMITIVES.items():
        if row.spec_only or (row.operator and not row.aliases):
            continue
        named, *further = row.aliases if row.operator else (name, *row.aliases)
        others = ", ".join(f"`{alias}`" for alias in further)
        least, most = row.arity
        lines.append(f"| `{named}` | {others} | {least if least == most else f'{least} to {most}'} |")
    return "\n".join(lines)


def documented_readings() -> str:
    lines = ["| typed | read at first | may mean as well; clear like this |", "| --- | --- | --- |"]
    lines += [f"| {_code(row.example)} | {_code(row.first)} | {_code(row.other)} |" for row in DOUBTS.values()]
    return "\n".join(lines)


def _code(text: str) -> str:
    inner = (text.replace("|", "\\|") or " ").replace("\n", " ")
    return f"`` {inner} ``" if "`" in inner else f"`{inner}`"


BLOCKS = {"reads": documented_rows, "refuses": documented_refusals, "functions": documented_functions,
          "readings": documented_readings}  # fmt: skip
DOCS = ROOT / "docs" / "language.md"


def with_blocks(text: str) -> str:
    """The page with every generated block filled in."""
    for name, block in BLOCKS.items():
        opening, closing = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
        head, _, rest = text.partition(opening)
        text = head + opening + block() + closing + rest.partition(closing)[2]
    return text


def test_the_documentation_shows_these_rows():
    text = DOCS.read_text(encoding="utf-8")
    assert all(f"<!-- {name} -->" in text for name in BLOCKS)
    assert with_blocks(text) == text, "run: PYTHONPATH=tests python tests/language/test_parser.py"


def test_every_function_and_constant_can_be_typed():
    for spelling, row in FUNCTIONS.items():
        if not PRIMITIVES[row].spec_only:
            arguments = ", ".join("xy"[: PRIMITIVES[row].arity[0]])
            assert parse(f"{spelling}({arguments})", "xy") == Call(row, tuple(map(Name, arguments.split(", "))))
    assert all(parse(name) == Name(name) for name in CONSTANTS)


if __name__ == "__main__":
    DOCS.write_text(with_blocks(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
