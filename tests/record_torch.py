"""Record what PyTorch says of backward passes and optimisers: `python tests/record_torch.py [ID ...]`.

It needs PyTorch, which no test does, and may have an environment of its own with the project beside it. The families of
`tests/torch_nets.py`, `tests/torch_recurrent.py`, `tests/torch_windows.py` and `tests/torch_optimisers.py` are recorded
in tests/golden/torch/, the first SEEDS variants, ten digits a number, a line a step; those whose problem is not in the
bank yet wait. A family whose numbers change on purpose is recorded anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from torch_nets import NETS, Net
from torch_optimisers import OPTIMISERS
from torch_recurrent import RECURRENT
from torch_windows import WINDOWS

import grader

FOLDER = Path(__file__).parent / "golden" / "torch"
SEEDS = 200
ORACLES = NETS | OPTIMISERS | RECURRENT | WINDOWS


def recorded(problem: grader.Problem, net: Net) -> dict[str, list[Any]]:
    """By steps, the values of the variants one after the other, arrays row by row."""
    found = [net(variant.given) for variant in problem.variants(range(SEEDS))]
    return {step: [_digits(values[step]) for values in found] for step in found[0]}


def _digits(value: Any) -> Any:
    """Ten digits of a number, of every entry of an array."""
    entries = np.asarray(value.detach() if hasattr(value, "detach") else value, dtype=float)
    digits = [float(f"{entry:.9e}") for entry in entries.ravel().tolist()]
    short = [int(entry) if entry == int(entry) else entry for entry in digits]
    return short if entries.ndim else short[0]


def main(names: Sequence[str]) -> None:
    """Record the families named, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    bank = grader.bank()
    for name in names or [name for name in sorted(ORACLES) if name in bank]:
        steps = recorded(bank[name], ORACLES[name])
        lines = [f"{json.dumps(step)}: {json.dumps(values, separators=(',', ':'))}" for step, values in steps.items()]
        (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
