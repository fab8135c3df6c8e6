"""The whole list of slips in a formula: nothing is missing, nothing twice, each about the part it should name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_tables import context_of, read

from grader.language.nodes import Node
from grader.language.parser import parse
from grader.language.typeset import to_text
from grader.slips.derivatives import broken_derivatives
from grader.slips.names import NamesAround, name_slips
from grader.slips.rules import rewrites, rules_of

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "slips_whole.yaml").read_text("utf-8"))


def each(part: str) -> Any:
    return pytest.mark.parametrize("row", TABLE[part], ids=lambda row: row["formula"])


def text_of(part: Node | None) -> str | None:
    return None if part is None else to_text(part)


@each("nodes")
def test_at_the_nodes(row: Any) -> None:
    tree = read(row["formula"])
    context = context_of(row, tree)
    near = rules_of("usual", "rare")
    slips = [[made.rule.row.rule, to_text(made.tree), text_of(made.part)] for made in rewrites(tree, near, context)]
    assert slips == row["slips"]


@each("names")
def test_in_the_names(row: Any) -> None:
    parameters = tuple(row.get("parameters", ()))
    numbers, iterates, indices = (frozenset(row.get(key, ())) for key in ("numbers", "iterates", "indices"))
    shapes = {name: tuple(shape) for name, shape in row["shapes"].items()}
    around = NamesAround(shapes, parameters, numbers, iterates, indices)
    made = [
        [slip.row.rule, to_text(slip.tree), text_of(slip.part), slip.row.rank.level.name.lower()]
        for slip in name_slips(read(row["formula"], frozenset({*shapes, *parameters})), around)
    ]
    assert made == row["slips"]


@each("derivatives")
def test_in_the_derivative(row: Any) -> None:
    made = [
        [broken.row.rule, to_text(broken.tree), text_of(broken.part)]
        for broken in broken_derivatives(parse(row["formula"], frozenset("xaby")), "x")
    ]
    assert made == row["slips"]
