"""Record what PyTorch says of backward passes and optimisers: `python tests/record_torch.py [ID ...]`.

It needs PyTorch, which no test does, and may have an environment of its own with the project beside it. The families
of `tests/torch_nets.py`, `tests/torch_recurrent.py`, `tests/torch_windows.py` and `tests/torch_optimisers.py` are
recorded in tests/golden/torch/, the first SEEDS variants, ten digits a number, a line a step; those of
`tests/torch_formulas.py`, `tests/torch_gradients.py`, `tests/torch_vectors.py` and `tests/torch_likelihoods.py`, whose
answers are formulas in named matrices, in tests/golden/torch_formulas/, at two sizes of arrays for the first
FORMULA_SEEDS. Those whose problem is not in the bank yet wait. A family whose numbers change on purpose is recorded
anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch_formulas import FORMULAS as WRITTEN
from torch_formulas import Formula
from torch_gradients import GRADIENTS
from torch_likelihoods import LIKELIHOODS
from torch_nets import NETS, Net
from torch_optimisers import OPTIMISERS
from torch_recurrent import RECURRENT
from torch_vectors import VECTORS
from torch_windows import WINDOWS

import grader
from grader.plan.symbols import symbol_instances

FOLDER = Path(__file__).parent / "golden" / "torch"
OF_FORMULAS = FOLDER.with_name("torch_formulas")
SEEDS, FORMULA_SEEDS = 200, 12
FORMULAS = WRITTEN | GRADIENTS | VECTORS | LIKELIHOODS
ORACLES = NETS | OPTIMISERS | RECURRENT | WINDOWS


def recorded(problem: grader.Problem, net: Net) -> dict[str, list[Any]]:
    """By steps, the values of the variants one after the other, arrays row by row."""
    found = [net(variant.given) for variant in problem.variants(range(SEEDS))]
    return {step: [_digits(values[step]) for values in found] for step in found[0]}


def recorded_formulas(problem: grader.Problem, formula: Formula) -> list[dict[str, Any]]:
    """By variants and sizes the arrays that were put in, and what came out for each blank."""
    records = []
    for seed in range(FORMULA_SEEDS):
        variant = problem.variant(seed)
        for instances in symbol_instances(variant.group.plan):
            arrays = {name: np.round(values[0], 3) for name, values in instances.items() if name != "I"}
            tensors = {name: torch.as_tensor(value, dtype=torch.float64) for name, value in arrays.items()}
            found = {ask: _digits_of(value) for ask, value in formula(variant.given, tensors).items()}
            records.append({"seed": seed, "arrays": {n: a.tolist() for n, a in arrays.items()}, "asks": found})
    return records


def _digits_of(value: Any) -> Any:
    """Twelve digits of every entry, in the shape it has."""
    entries = np.asarray(value.detach(), dtype=float)
    return np.vectorize(lambda entry: float(f"{entry:.11e}"), otypes=[float])(entries).tolist()


def _digits(value: Any) -> Any:
    """Ten digits of a number, of every entry of an array."""
    entries = np.asarray(value.detach() if hasattr(value, "detach") else value, dtype=float)
    digits = [float(f"{entry:.9e}") for entry in entries.ravel().tolist()]
    short = [int(entry) if entry == int(entry) else entry for entry in digits]
    return short if entries.ndim else short[0]


def main(names: Sequence[str]) -> None:
    """Record the families named, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    OF_FORMULAS.mkdir(exist_ok=True)
    bank = grader.bank()
    for name in names or [name for name in sorted(FORMULAS) if name in bank]:
        if name in FORMULAS:
            lines = [
                json.dumps(record, separators=(",", ":")) for record in recorded_formulas(bank[name], FORMULAS[name])
            ]
            (OF_FORMULAS / f"{name}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")
    for name in names or [name for name in sorted(ORACLES) if name in bank]:
        if name not in ORACLES:
            continue
        steps = recorded(bank[name], ORACLES[name])
        lines = [f"{json.dumps(step)}: {json.dumps(values, separators=(',', ':'))}" for step, values in steps.items()]
        (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
