"""The tables of slips, row by row: what must be among the wrong formulas, and what must not."""

from __future__ import annotations

from functools import cache, reduce
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from grader.errors import GraderError
from grader.language.differentiate import differentiate
from grader.language.evaluate import evaluate
from grader.language.nodes import Call, Index, Name, Node, Number, names, transform, walk
from grader.language.parser import parse
from grader.language.products import merged
from grader.language.typeset import to_text
from grader.slips import derivatives
from grader.slips.context import Context
from grader.slips.derivatives import broken_derivatives
from grader.slips.names import Named, NamesAround, name_slips
from grader.slips.quantities import far_quantities, quantity_slips
from grader.slips.rank import USUAL
from grader.slips.removes import removed_slips
from grader.slips.rules import RULES, axes_in, rewrites
from grader.slips.series import series_slips

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "slips.yaml").read_text("utf-8"))
LETTERS = frozenset({"x", "y", "h", "o", "p", "g", "m", "n", "w", "v", "a", "b", "c", "d", "A", "B"})


def label(row: Any) -> str:
    return f"{row['rule']}: {row['formula']}"


def each(part: str) -> Any:
    return pytest.mark.parametrize("row", TABLE[part], ids=label)


@cache
def read(text: str, known: frozenset[str] = LETTERS) -> Node:
    """A formula of the table; `x[1]` is an entry where x is a name by itself, and `w[0]` a name where that is one."""
    tree = parse(text, known | LETTERS, spec=True)
    return transform(tree, lambda part: _settled(part, known))


def _settled(part: Node, known: frozenset[str]) -> Node:
    if isinstance(part, Index):
        name = f"{part.base}[{to_text(part.indices[0])}]"
        if name in known:
            return Name(name)
        return Call("entry", (Name(part.base), *part.indices))
    return part


def value_at(tree: Node, shapes: dict[str, list[int]], low: float = 0.3) -> Any:
    values = {
        name: low + np.modf(np.sqrt(2) * np.arange(1 + number, 1 + number + int(np.prod(shape))))[0].reshape(1, *shape)
        for number, (name, shape) in enumerate(sorted(shapes.items()))
    }
    return evaluate(tree, values)


# ----- Rules -----------------------------------------------------------------------------------------------------


def context_of(row: Any, tree: Node) -> Context:
    outputs = {name: read(text) for name, text in row.get("outputs", {}).items()}

    def before(part: Node) -> tuple[str, Node] | None:
        output = outputs.get(part.name) if isinstance(part, Name) else None
        return (output.op, output.args[0]) if isinstance(output, Call) else None

    return Context(axes_in(tree, lambda node: value_at(node, row["names"])), before)


def rewritten(row: Any) -> list[tuple[int, Node]]:
    """The wrong formulas with the number of the row in RULES."""
    tree = read(row["formula"])
    context = context_of(row, tree)
    return [
        (number, made.tree)
        for number, rule in enumerate(RULES)
        if rule.row.rule == row["rule"]
        for made in rewrites(tree, [rule], context)
    ]


@each("rules")
def test_rules(row: Any) -> None:
    found = {tree for _, tree in rewritten(row)}
    missing = [text for text in row["gives"] if read(text) not in found]
    assert not missing, found
    assert not [text for text in row["not"] if read(text) in found]


def test_every_rule_has_a_row() -> None:
    hit = {
        number
        for row in TABLE["rules"]
        for number, other in rewritten(row)
        if other in {read(text) for text in row["gives"]}
    }
    assert [rule for number, rule in enumerate(RULES) if number not in hit] == []


@each("rules")
def test_no_rule_gives_the_formula_itself(row: Any) -> None:
    tree = read(row["formula"])
    context = context_of(row, tree)
    for made in rewrites(tree, RULES, context):
        assert made.tree != tree, made.rule.row.rule
        assert made.put in set(walk(made.tree))


def test_each_neighbour_of_an_entry_is_tried_once() -> None:
    (rule,) = (rule for rule in RULES if rule.row.rule == "index-off")
    tried = [made.put for made in rewrites(read("x[1]"), [rule], Context({}, lambda part: None))]
    assert tried == [read("x[2]")]


def test_axes_of_parts_that_have_no_value_count_as_numbers() -> None:
    tree = read("A*x + p")
    context = Context(axes_in(tree, lambda node: value_at(node, {"A": [2, 2], "x": [2]})), lambda part: None)
    assert context.axes_of(tree) == 0  # p has no value
    assert [context.axes_of(part) for part in tree.args[0].args] == [0, 0]  # nor is anything inside looked at
    whole = read("A*x")
    axes = axes_in(whole, lambda node: value_at(node, {"A": [2, 2], "x": [2]}))
    assert [axes[id(part)] for part in (whole, *whole.args)] == [1, 2, 1]


# ----- Names -----------------------------------------------------------------------------------------------------


def named(row: Any) -> list[Named]:
    around = NamesAround(
        {name: tuple(shape) for name, shape in row["shapes"].items()},
        tuple(row.get("parameters", ())),
        frozenset(row.get("numbers", ())),
        frozenset(row.get("iterates", ())),
        beside={name: frozenset(near) for name, near in row.get("beside", {}).items()},
        farther={name: frozenset(far) for name, far in row.get("farther", {}).items()},
        points=frozenset(row.get("points", ())),
    )
    tree = read(row["formula"], frozenset(row["shapes"]))
    made = [*name_slips(tree, around), *quantity_slips(tree, around), *removed_slips(tree, around)]
    return [*made, *far_quantities(tree, around), *series_slips(tree, around)] if row.get("far") else made


def test_slips_of_names_do_not_depend_on_where_a_formula_stood() -> None:
    def formula(start: int) -> Node:
        entries = (Call("entry", (Name("x", (start + 4 * n, start + 4 * n + 1)), Number(str(n + 1)))) for n in range(3))
        return reduce(lambda left, right: Call("add", (left, right)), entries)

    around = NamesAround({"x": (3,)})
    plain, *moved = [list(name_slips(formula(start), around)) for start in (0, 2, 5, 98)]
    assert moved == [plain] * 3


@each("names")
def test_names(row: Any) -> None:
    """Compared as functions: how a mask is written does not matter."""
    shapes = {**row["shapes"], **{name: [] for name in row.get("parameters", ())}}
    known = frozenset(row["shapes"]) | {"b1", "b2", "beta1", "beta2", "eta", "rho"}

    def print_of(tree: Node) -> Any:
        try:
            return tuple(tuple(np.round(np.ravel(value_at(tree, shapes, low)), 9)) for low in (0.3, -0.6))
        except (GraderError, KeyError):
            return None

    found = {print_of(slip.tree) for slip in named(row) if slip.row.rule == row["rule"]} - {None}
    assert not [text for text in row["gives"] if print_of(read(text, known)) not in found]
    assert not [text for text in row["not"] if print_of(read(text, known)) in found]


@each("names")
def test_a_slip_of_names_stays_in_shape(row: Any) -> None:
    tree = read(row["formula"], frozenset(row["shapes"]))
    shapes = {**row["shapes"], **{name: [] for name in row.get("parameters", ())}}
    right = value_at(tree, shapes)
    for slip in named(row):
        if slip.row.rule not in (
            "index-off",
            "rows-for-columns",
            "factor-extra",
        ):  # what does not fit goes at the trial
            assert value_at(slip.tree, shapes).shape[1:] == right.shape[1:], slip
        assert names(slip.tree) <= shapes.keys() | names(tree)


def test_every_function_of_names_has_a_row() -> None:
    rules = {row["rule"] for row in TABLE["names"] if row["gives"]}
    made = {slip.row.rule for row in TABLE["names"] for slip in named(row)}
    assert made <= rules


def test_names_that_look_alike_are_mixed_up_more_easily() -> None:
    row = {"formula": "b1*m + b2*v", "shapes": {"b1": [], "b2": [], "m": [], "v": []}}
    rows = {slip.tree: slip.row for slip in named(row) if slip.row.rule == "names-swapped"}
    alike, unlike = (rows[read(text, frozenset({"b1", "b2"}))] for text in ("b2*m + b1*v", "m*b1 + b2*v"))
    assert (alike.rank, alike.main) == (USUAL, True)
    assert unlike.rank > alike.rank
    assert not unlike.main


def test_constants_are_not_names() -> None:
    assert all("pi" in names(slip.tree) for slip in named({"formula": "pi*a", "shapes": {"a": [], "pi": []}}))


# ----- Derivatives -----------------------------------------------------------------------------------------------

POINTS = {
    "x": np.array([0.31, 0.47, 0.83, 1.19, 1.37]), "y": np.array([0.59, 1.27, 0.71, 0.43, 0.91]),
    "a": np.array([2.3, 0.7, 1.9, 1.1, 0.4]),
}  # fmt: skip


def curve(tree: Node) -> Any:
    with np.errstate(all="ignore"):
        return np.broadcast_to(evaluate(tree, POINTS), (5,))


def alike(one: Node, other: Node) -> bool:
    return bool(np.allclose(curve(one), curve(other), rtol=1e-9, atol=1e-12, equal_nan=True))


@each("derivatives")
def test_derivatives(row: Any) -> None:
    found = [broken.tree for broken in broken_derivatives(read(row["formula"]), "x") if broken.row.rule == row["rule"]]
    assert not [text for text in row["gives"] if not any(alike(read(text), tree) for tree in found)]
    assert not [text for text in row["not"] if any(alike(read(text), tree) for tree in found)]


@each("derivatives")
def test_a_broken_derivative_is_a_wrong_one(row: Any) -> None:
    tree = read(row["formula"])
    right = differentiate(tree, "x")
    seen = set()
    for broken in broken_derivatives(tree, "x"):
        assert not alike(broken.tree, right), broken
        assert broken.tree not in seen
        seen.add(broken.tree)
    assert merged(right) not in seen


def test_every_row_of_the_tables_of_wrong_derivatives_is_met() -> None:
    met: set[tuple[str, str]] = set()
    for row in TABLE["derivatives"]:
        for part in walk(read(row["formula"])):
            if isinstance(part, Call) and "x" in names(part):
                inner, other = (differentiate(side, "x") for side in (part.args[0], part.args[-1]))
                met.update(derivatives._rows_for(part, inner, other))
    rows = {pair for table in (derivatives._ROWS, derivatives._ONE_SIDED) for group in table.values() for pair in group}
    assert rows == met


def test_a_row_with_a_function_without_a_rule_is_passed_over() -> None:
    assert list(broken_derivatives(read("2*h"), "x")) == []
    assert not any(broken.row.rule == "quotient-rule" for broken in broken_derivatives(read("x/5"), "x"))
