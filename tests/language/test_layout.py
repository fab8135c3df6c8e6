"""Arrays as people lay them out: which entries a text has where a shape is asked, and what has none."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import StudentError, SyntaxFault
from grader.language.evaluate import evaluate
from grader.language.layout import layouts, loose_entries, may_be_spaced, spaced_table
from grader.language.reading import array_readings
from grader.language.typeset import to_text

# text, shape, readings in their order
READ = [
    # rows and columns are the vector
    ("(1, 2)^T", (2,), ["[1, 2]"]), ("[-12,12]'", (2,), ["[-12, 12]"]), ("(−10,−2)ᵀ", (2,), ["[-10, -2]"]),
    ("[[1],[2]]", (2,), ["[1, 2]"]), ("[[1, 2]]", (2,), ["[1, 2]"]), ("[[-10,-2]]^T", (2,), ["[-10, -2]"]),
    ("⟨1, 2⟩", (2,), ["[1, 2]"]), (r"(1; 2)^{\top}", (2,), ["[1, 2]"]), (r"(1; 2)^\mathrm{T}", (2,), ["[1, 2]"]),
    ("[1; 2].T", (2,), ["[1, 2]"]), ("1\n2\n3", (3,), ["[1, 2, 3]"]), ("[[1]; [2]]", (2,), ["[1, 2]"]),
    ("(-12;12).", (2,), ["[-12, 12]"]), ("7", (1,), ["[7]"]), ("[[1, 2, 3]]", (1, 3), ["[[1, 2, 3]]"]),
    ("<1, 2>", (2,), ["[1, 2]"]), (r"\langle 1, 2\rangle", (2,), ["[1, 2]"]), ("(1; 2)^Т", (2,), ["[1, 2]"]),
    ("(1; 2)^t", (2,), ["[1, 2]"]), ("[1, 2]⊤", (2,), ["[1, 2]"]), (r"(1; 2)^{\mathsf T}", (2,), ["[1, 2]"]),
    ("1 and -2", (2,), ["[1, -2]"]), ("0,5 и 1,5", (2,), ["[0.5, 1.5]"]), ("1\t2", (2,), ["[1, 2]"]),
    ("−12\u00a012", (2,), ["[-12, 12]"]), ("-12\u200b 12", (2,), ["[-12, 12]"]), ("（−12，12）", (2,), ["[-12, 12]"]),
    ("[[−𝟏𝟐],[𝟏𝟐]]", (2,), ["[-12, 12]"]), ("1\u00ad2 3", (2,), ["[12, 3]"]),
    # rows of a matrix
    (r"\begin{pmatrix}1, 2 \\ 3, 4\end{pmatrix}", (2, 2), ["[1, 2; 3, 4]"]), ("1\t2\n3\t4", (2, 2), ["[1, 2; 3, 4]"]),
    (r"\begin{bmatrix}1 2 \\ 3 4\end{bmatrix}^T", (2, 2), ["[1, 3; 2, 4]"]),
    (r"\left[\begin{array}{cc}1 & 2 \\ 3 & 4\end{array}\right]", (2, 2), ["[1, 2; 3, 4]"]),
    ("(1, 2; 3, 4)", (2, 2), ["[1, 2; 3, 4]"]), ("{1, 2; 3, 4}", (2, 2), ["[1, 2; 3, 4]"]),
    ("1, 2; 3, 4", (2, 2), ["[1, 2; 3, 4]"]), (r"\left(1, 2; 3, 4\right)", (2, 2), ["[1, 2; 3, 4]"]),
    ("-48, 16\n-6, 4\n-4, -3", (3, 2), ["[-48, 16; -6, 4; -4, -3]"]),
    ("-48, 16 -6, 4 -4, -3", (3, 2), ["[-48, 16; -6, 4; -4, -3]"]),
    ("1; 2\n3; 4", (2, 2), ["[1, 2; 3, 4]"]), ("1, 2;\n3, 4;", (2, 2), ["[1, 2; 3, 4]"]),
    ("[[-6,-5]\n[-9,1]]", (2, 2), ["[-6, -5; -9, 1]"]), ("[1,2][3,4]", (2, 2), ["[1, 2; 3, 4]"]),
    (r"1 & 2 \\ 3 & 4", (2, 2), ["[1, 2; 3, 4]"]), ("[[1,2;3,4]]", (2, 2), ["[1, 2; 3, 4]"]),
    ("[[1, 2], [3, 4]]^T", (2, 2), ["[1, 3; 2, 4]"]), ("[1 2; 3 4]'", (2, 2), ["[1, 3; 2, 4]"]),
    # spaces for commas
    ("[1 -2; 3 -4]", (2, 2), ["[1, -2; 3, -4]"]), ("3 -7", (2,), ["[3, -7]"]), ("[-10. -2. ]", (2,), ["[-10, -2]"]),
    ("[1 2]", (2,), ["[1, 2]"]), ("[[1 2] [3 4]]", (2, 2), ["[1, 2; 3, 4]"]),
    ("-2 2\n6 -1", (2, 2), ["[-2, 2; 6, -1]"]), ("[12 -4 -78]", (3,), ["[12, -4, -78]"]),
    ("1/2 -3/4", (2,), ["[1/2, -3/4]"]), ("[2/3 -1]", (2,), ["[2/3, -1]"]),
    ("√2 -√3", (2,), ["[sqrt(2), -sqrt(3)]"]), ("[[ 1.  -2.5]\n [ 0.   4. ]]", (2, 2), ["[1, -2.5; 0, 4]"]),
    ("1 2, 3 4", (2, 2), ["[1, 2; 3, 4]"]), ("1, 2 3", (3,), ["[1, 2, 3]"]), ("0,5 -1,5", (2,), ["[0.5, -1.5]"]),
    ("[2 pi]", (2,), ["[2, pi]"]), ("(1+2) (3)", (2,), ["[1 + 2, 3]"]),
    ("array([-10.,  -2.])", (2,), ["[-10, -2]"]), ("np.array([[1, 2], [3, 4]])", (2, 2), ["[1, 2; 3, 4]"]),
    ("[np.float64(1.5), np.float64(-2.0)]", (2,), ["[1.5, -2.0]"]), ("Matrix([[1], [2]])", (2,), ["[1, 2]"]),
    ("tensor([[1., 2.],\n        [3., 4.]], dtype=torch.float64)", (2, 2), ["[1, 2; 3, 4]"]),
    # sizes
    ("4×2", (2,), ["[4, 2]"]), ("4 x 2", (2,), ["[4, 2]"]), ("(4*2)", (2,), ["[4, 2]"]), ("4х2", (2,), ["[4, 2]"]),
    (r"4 \times 2", (2,), ["[4, 2]"]), ("4 by 2", (2,), ["[4, 2]"]), ("4 на 2", (2,), ["[4, 2]"]),
    ("28×28×3", (3,), ["[28, 28, 3]"]),
    # separators at the end
    ("[1,2;3,4;]", (2, 2), ["[1, 2; 3, 4]"]), ("[1,2,]", (2,), ["[1, 2]"]),
    ("[[1,2],[3,4],]", (2, 2), ["[1, 2; 3, 4]"]),
    # commas of decimals
    ("-0,464,0,379,2,977", (3,), ["[-0.464, 0.379, 2.977]"]),
    ("[-0,464, 0,379, 2,977]", (3,), ["[-0.464, 0.379, 2.977]"]),
    ("-0,5,-1,1", (3,), ["[-0.5, -1, 1]"]), ("0,5,1", (2,), ["[0.5, 1]"]),
    ("0,1,0,2;0,3,0,4", (2, 2), ["[0.1, 0.2; 0.3, 0.4]"]),
    (",".join(f"{n},{n}" for n in range(1, 12)), (11,), ["[" + ", ".join(f"{n}.{n}" for n in range(1, 12)) + "]"]),
    ("0.5,1,5", (2,), ["[0.5, 1.5]"]), ("max(1,2), 3", (2,), ["[max(1, 2), 3]"]),
    # what the parser reads, and the other reading where a space may part
    ("[0,5; 1,5]", (2,), ["[0.5, 1.5]"]), ("[0,5; 1,5]", (2, 2), ["[0, 5; 1, 5]"]),
    ("[1 - 2, 3]", (2,), ["[1 - 2, 3]"]),
    ("[5 -2, 1]", (2,), ["[5 - 2, 1]"]), ("[1 -2]", (1,), ["[1 - 2]"]), ("[0,5 -3]", (2,), ["[0, 5 - 3]", "[0.5, -3]"]),
    ("[2 pi, 3 pi]", (2,), ["[2*pi, 3*pi]"]), ("[1 - 2; 3 - 4]", (2,), ["[1 - 2, 3 - 4]"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shape", "trees"), READ, ids=[f"{row[0]}-{row[1]}" for row in READ])
def test_the_shape_that_is_asked_says_how_a_text_is_laid_out(
    text: str, shape: tuple[int, ...], trees: list[str]
) -> None:
    assert [to_text(tree) for tree in array_readings(text, frozenset(), shape)] == trees


# a text laid out in no way of the shape: the fault, or what it is instead
OTHERWISE = [
    ("[1 -2; 3 -4]", (2,), "syntax-spaced-sign"), ("[[1 -2], [3 -4]]", (2,), "syntax-spaced-sign"),
    ("[5 -2, 3 -1]", (2,), "syntax-spaced-sign"), ("5 -2\n3 +1", (2,), "syntax-spaced-sign"),
    ("1,5,2", (2,), "syntax-commas"), ("(1,1,1,1)", (3,), "syntax-commas"), ("3,5,7,9", (3,), "syntax-commas"),
    ("[1 2 3]", (2,), "syntax-missing-operator"), ("[1 2; 3]", (2, 2), "syntax-missing-operator"),
    ("[[1,2]", (2,), "syntax-unclosed"), ("(1, 2]", (2,), "syntax-wrong-bracket"), ("", (2,), "syntax-empty"),
    ("a b", (2,), "syntax-unknown-name"), ("[1 2] x", (2,), "syntax-missing-operator"),
    ("12 -4", (3,), "syntax-spaced-sign"), ("-10 -8; 3", (2, 2), "syntax-spaced-sign"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shape", "key"), OTHERWISE, ids=[row[0] for row in OTHERWISE])
def test_what_fits_in_no_way_or_in_several_is_refused(text: str, shape: tuple[int, ...], key: str) -> None:
    with pytest.raises(SyntaxFault) as fault:
        array_readings(text, frozenset(), shape)
    assert fault.value.message.key == key


@pytest.mark.parametrize(
    ("text", "shape", "tree"),
    [("(1)(2)", (2,), "1*2"), ("[1, 2, 3, 4]", (2, 2), "[1, 2, 3, 4]"), ("[1, 2; 3, 4]", (4,), "[1, 2; 3, 4]"),
     ("[1, 2]", (3,), "[1, 2]"), ("0", (2, 2), "0"), ("1, 2", (2, 1), "[1, 2]"), ("[1, 2, 3]", (1, 3), "[1, 2, 3]")],
)  # fmt: skip
def test_another_shape_stays_what_it_is(text: str, shape: tuple[int, ...], tree: str) -> None:
    assert to_text(array_readings(text, frozenset(), shape)[0]) == tree


@pytest.mark.parametrize("text", ["[x 2x]", "(x, y)^T", "x y", "[x -y]", "x -y; y -x"])
def test_where_names_are_declared_a_space_parts_nothing(text: str) -> None:
    """The shape of a formula stays strict."""
    try:
        trees = array_readings(text, frozenset("xy"), (2,))
    except SyntaxFault:
        return
    assert len(trees) == 1
    assert to_text(trees[0]) in {"[x*2*x]", "[x, y]'", "x*y", "[x - y]", "[x - y, y - x]"}


@pytest.mark.parametrize(
    ("text", "may", "table"),
    [("[1 -2; 3 -4]", True, True), ("[1 - 2; 3 - 4]", False, False), ("[1, -2]", False, False),
     ("[1 -2, 3]", True, False),
     ("[1 -2]", True, False), ("[2 pi, 3 pi]", False, False),
     ("1 –2; 3 –4", False, True), ("[1 -x; 2 +x]", True, True)],
)  # fmt: skip
def test_a_space_before_a_sign_may_part(text: str, may: bool, table: bool) -> None:
    assert (may_be_spaced(text), spaced_table(text)) == (may, table)


def test_loose_entries_are_what_stands_between_any_separators() -> None:
    assert [piece.text for piece in loose_entries("[[1 2], 3; -4]\n0,5")] == ["1", "2", "3", "-4", "0", "5"]


def test_a_fault_in_an_entry_has_its_place_in_the_whole_text() -> None:
    tree = array_readings("(10 20; 30 4/5)", frozenset(), (2, 2))[0]
    last = tree.items[1].items[1]  # type: ignore[union-attr]
    assert "(10 20; 30 4/5)"[slice(*last.span)] == "4/5"


PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")
TABLE = PAGE.split("<!-- layouts -->")[1].split("<!-- end")[0]
IN_PAGE = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+) \|$", TABLE, re.MULTILINE)


@pytest.mark.parametrize(("text", "asked", "said"), IN_PAGE, ids=[f"{row[0]}-{row[1]}" for row in IN_PAGE])
def test_the_page_says_how_lists_are_read(text: str, asked: str, said: str) -> None:
    shape = tuple(map(int, re.findall(r"\d+", asked)))
    text = text.replace("⏎", "\n")
    if said.startswith("refused"):
        with pytest.raises(SyntaxFault):
            array_readings(text, frozenset(), shape)
    else:
        assert [f"`{to_text(tree)}`" for tree in array_readings(text, frozenset(), shape)] == said.split(" or ")


# ----- For all arrays ------------------------------------------------------------------------------------------------

WHOLE = st.integers(-99, 99).map(str)
POINT = st.decimals(-9, 9, places=2).map(str)
STYLES = {  # how rows and entries are written
    "json": ("[[{}]]", "], [", ", "), "matlab": ("[{}]", "; ", " "), "matlab commas": ("[{}]", ";", ","),
    "numpy": ("[[{}]]", "]\n [", "  "), "lines": ("{}", "\n", " "), "lines with commas": ("{}", "\n", ", "),
    "sheet": ("({})", "; ", ", "), "russian": ("[[{}]]", "]; [", "; "), "bare": ("{}", "; ", ", "),
    "latex": ("{}", r" \\ ", " & "),
    "tuples": ("(({}))", "), (", ", "), "braces": ("{{{}}}", ";", ", "),
}  # fmt: skip


@given(st.sampled_from([(2, 2), (2, 3), (3, 2), (4, 4)]), st.sampled_from(sorted(STYLES)), st.booleans(), st.data())
def test_every_matrix_reads_back_in_every_style(
    shape: tuple[int, int], style: str, whole: bool, data: st.DataObject
) -> None:
    rows, columns = shape
    entries = [[data.draw(WHOLE if whole else POINT) for _ in range(columns)] for _ in range(rows)]
    around, between_rows, between = STYLES[style]
    text = around.format(between_rows.join(between.join(row) for row in entries))
    (tree,) = array_readings(text, frozenset(), (rows, columns))
    assert evaluate(tree, {})[0].tolist() == np.array(entries, dtype=float).tolist()


VECTORS = [
    "[{}]|, ",
    "({})|; ",
    "[{}]^T|, ",
    "({})'|, ",
    "[[{}]]|], [",
    "{}| ",
    "[{}]| ",
    "{}|\n",
    "⟨{}⟩|, ",
    "{}|; ",
    "[{},]|, ",
]


@given(st.lists(st.one_of(WHOLE, POINT), min_size=2, max_size=6), st.sampled_from(VECTORS), st.booleans())
def test_every_vector_reads_back_in_every_style(entries: list[str], style: str, comma: bool) -> None:
    around, between = style.split("|")
    decimal = comma and between in ("; ", " ", "\n", "], [")
    text = around.format(between.join(entry.replace(".", ",") if decimal else entry for entry in entries))
    trees = array_readings(text, frozenset(), (len(entries),))
    assert [float(entry) for entry in entries] in [evaluate(tree, {})[0].tolist() for tree in trees]


@given(st.text("12.,;-+ \n[](){}'T^\\&x/", max_size=30), st.sampled_from([(2,), (3,), (2, 2), (1, 2), (1, 1)]))
def test_any_text_is_read_or_refused(text: str, shape: tuple[int, ...]) -> None:
    try:
        trees = array_readings(text, frozenset(), shape)
    except StudentError:
        return
    assert trees
    for grid in layouts(text, shape):
        assert len(grid) * len(grid[0]) == np.prod(shape)
        assert all(text[piece.start : piece.start + len(piece.text)].strip() for row in grid for piece in row)
