"""Record the golden draws: `python tests/record_draws.py` writes tests/golden/draws.json.

A draw is a function of (problem, seed). The file holds a few variants in full and a digest of many, so that a change
of anybody's numbers is seen in the diff; it is recorded anew only where a problem's numbers were changed on purpose.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import grader

FILE = Path(__file__).parent / "golden" / "draws.json"
SHOWN, MANY = 3, 120


def draws_of(problem: grader.Problem) -> dict[str, Any]:
    """The first variants in full, and the digest of codes, forms and givens of many."""
    digest = blake2b(digest_size=12)
    shown = []
    for variant in problem.variants(range(MANY)):
        line = {"code": variant.code, "given": variant.given}
        digest.update(json.dumps(line, ensure_ascii=False).encode())
        if len(shown) < SHOWN:
            shown.append(line)
    return {"digest": digest.hexdigest(), "variants": shown}


def main() -> None:
    """Write the file, a line a variant."""
    bank = grader.bank()
    lines = []
    for name in sorted(bank):
        found = draws_of(bank[name])
        variants = ",\n  ".join(json.dumps(line, ensure_ascii=False) for line in found["variants"])
        lines.append(f'"{name}": {{"digest": "{found["digest"]}", "variants": [\n  {variants}]}}')
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
