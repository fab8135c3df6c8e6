"""Record the golden verdicts: `python tests/record_verdicts.py [--again] [ID ...]` writes tests/golden/verdicts/.

A file is recorded anew where a verdict was changed on purpose: `--again` marks the texts on record, without it the
sheets are made anew, as for a new family.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the students of the benchmarks stand beside the tests

from classroom import sheets_of
from golden_verdicts import FOLDER, marked, recorded, sheet_of, write

import grader


def main(arguments: Sequence[str]) -> None:
    """Record the families named, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    bank, again = grader.bank(), "--again" in arguments
    for name in [name for name in arguments if name != "--again"] or sorted(bank):
        sheets = [sheet_of(record) for record in recorded(name)] if again else sheets_of(bank[name])
        write(name, list(marked(bank[name], sheets)))


if __name__ == "__main__":
    main(sys.argv[1:])
