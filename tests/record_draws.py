"""Record the golden draws: `python tests/record_draws.py` writes tests/golden/draws.json.

A draw is a function of (problem, seed). The file holds a few variants in full and digests of many, a block of seeds
each, so that a change of anybody's numbers is seen in the diff and a run may look at fewer; it is recorded anew only
where a problem's numbers were changed on purpose.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import grader

FILE = Path(__file__).parent / "golden" / "draws.json"
SHOWN, BLOCK, BLOCKS = 3, 24, 5


def draws_of(problem: grader.Problem, blocks: int = BLOCKS) -> dict[str, Any]:
    """The first variants in full, and a digest of codes, forms and givens of every block."""
    lines = [line_of(variant) for variant in problem.variants(range(BLOCK * blocks))]
    return {
        "digests": [_digest(lines[BLOCK * number : BLOCK * (number + 1)]) for number in range(blocks)],
        "variants": lines[:SHOWN],
    }


def line_of(variant: grader.Variant) -> dict[str, Any]:
    """What is on record of a variant."""
    return {"code": variant.code, "given": variant.given}


def _digest(lines: list[dict[str, Any]]) -> str:
    digest = blake2b(digest_size=12)
    for line in lines:
        digest.update(json.dumps(line, ensure_ascii=False).encode())
    return digest.hexdigest()


def main() -> None:
    """Write the file, a line a variant."""
    bank = grader.bank()
    lines = []
    for name in sorted(bank):
        record = draws_of(bank[name])
        variants = ",\n  ".join(json.dumps(line, ensure_ascii=False) for line in record["variants"])
        lines.append(f'"{name}": {{"digests": {json.dumps(record["digests"])}, "variants": [\n  {variants}]}}')
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
