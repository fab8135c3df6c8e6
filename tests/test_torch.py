"""PyTorch and our reference solutions agree on backward passes and optimisers, in 200 variants of each family, and on
formulas in named matrices, in 12 variants at two sizes.

What PyTorch says is on record (`tests/record_torch.py`); it is no dependency of the tests.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.blanks.expressions import reference_tree
from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.equality.arrays import evaluate_sized

FOLDER = Path(__file__).parent / "golden" / "torch"
FAMILIES = sorted(path.stem for path in FOLDER.glob("*.json"))
OF_FORMULAS = FOLDER.with_name("torch_formulas")
FORMULAS = sorted(path.stem for path in OF_FORMULAS.glob("*.json"))
SEEDS, RELATIVE, FEWEST, FEWEST_FORMULAS = 200, 1e-8, 42, 27


def differing(steps: dict[str, list[Any]], solved: dict[str, list[Any]]) -> list[tuple[str, int]]:
    """Steps and variants in which the values are not the same, to within so much of the largest entry."""
    return [
        (step, seed)
        for step, values in steps.items()
        for seed, (theirs, ours) in enumerate(zip(values, solved[step], strict=True))
        if not near(np.ravel(theirs), np.ravel(ours))
    ]


def near(theirs: Any, ours: Any) -> bool:
    if theirs.shape != ours.shape:
        return False
    return bool(np.all(np.abs(theirs - ours) <= RELATIVE * max(1e-6, float(np.abs(theirs).max()))))


def solved(family: str, steps: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Our values of these steps, by seeds."""
    found: dict[str, list[Any]] = {step: [None] * SEEDS for step in steps}
    for group in draw(default_bank()[family], range(SEEDS)):
        for step, values in found.items():
            for member, position in enumerate(group.positions):
                values[position] = group.values[step][member]
    return found


@pytest.mark.parametrize("family", FAMILIES)
def test_autograd_gives_what_the_reference_does(family: str) -> None:
    steps = json.loads((FOLDER / f"{family}.json").read_text("utf-8"))
    assert steps
    assert all(len(values) == SEEDS for values in steps.values())
    assert differing(steps, solved(family, steps)) == []


def formula_of(family: str, seed: int, ask: str, arrays: dict[str, Any]) -> Any:
    """What the reference of a blank gives for these arrays."""
    (group,) = draw(default_bank()[family], [seed])
    tree = reference_tree(group.plan.ask(ask), group, 0)
    return evaluate_sized(tree, {name: np.array([value]) for name, value in arrays.items()}, None)[0]


@pytest.mark.parametrize("family", FORMULAS)
def test_autograd_gives_what_the_formula_does(family: str) -> None:
    records = json.loads((OF_FORMULAS / f"{family}.json").read_text("utf-8"))
    assert len({str({name: np.shape(value) for name, value in record["arrays"].items()}) for record in records}) > 1
    for record in records:
        assert record["asks"]
        for ask, theirs in record["asks"].items():
            ours = formula_of(family, record["seed"], ask, record["arrays"])
            assert near(np.array(theirs), ours), (record["seed"], ask)


def test_enough_families_are_on_record() -> None:
    assert len(FAMILIES) >= FEWEST
    assert len(FORMULAS) >= FEWEST_FORMULAS


def test_a_wrong_gradient_is_found() -> None:
    steps = {"g": [[1.0, -2.0], [3.0, 0.0]]}
    assert differing(steps, {"g": [np.array([1.0, -2.0]), np.array([3.0, 1e-9])]}) == []
    assert differing(steps, {"g": [np.array([1.0, 2.0]), np.array([3.0, 1e-7])]}) == [("g", 0), ("g", 1)]
    assert differing(steps, {"g": [np.array([1.0, -2.0]), np.array([3.0])]}) == [("g", 1)]
