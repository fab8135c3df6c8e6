"""One command, one table: ours and the peers' times, taken in turns in the same run."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence

from benchmarks.rows import FULL, QUICK, all_rows
from benchmarks.table import as_dict, heading, lines_of
from benchmarks.timing import run


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Times of reading and judging answers, drawing, marking, `grade submit` and typesetting. Peers "
        "that are installed do the same work in turns with ours; see docs/benchmarks.md. "
        "`python -m benchmarks diagnosis` tells how well simulated students' slips are named, "
        "`python -m benchmarks forms` what one form of a family costs, "
        "`python -m benchmarks cold` what the worst of many wrong sheets costs, "
        "`python -m benchmarks ways` what answers can be computed from besides what their formulas name.",
    )
    parser.add_argument("--quick", action="store_true", help="small counts: a look at the table, not a measurement")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument("--only", metavar="WORD", default="", help="only rows whose name contains the word")
    parser.add_argument("--dataset-python", metavar="PATH", default=sys.executable,
                        help="interpreter of a venv with mathematics_dataset, which needs an old SymPy")  # fmt: skip
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the rows and print them; 1 where a figure to reach was missed, which small counts cannot tell."""
    given = sys.argv[1:] if argv is None else list(argv)
    if given[:1] == ["diagnosis"]:
        from benchmarks.diagnosis import main as diagnosis

        return diagnosis(given[1:])
    if given[:1] == ["forms"]:
        from benchmarks.forms import main as forms

        return forms(given[1:])
    if given[:1] == ["cold"]:
        from benchmarks.cold import main as cold

        return cold(given[1:])
    if given[:1] == ["ways"]:
        from benchmarks.ways import main as ways

        return ways(given[1:])
    options = arguments(given)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # one core, for the processes we start as well
    sizes = QUICK if options.quick else FULL
    results = []
    if not options.json:
        print(heading())
    for row in all_rows(sizes, options.dataset_python):
        if options.only in row.work:
            result = run(row, sizes.rounds)
            results.append(result)
            if not options.json:
                print("\n".join(lines_of(result)), flush=True)
    if options.json:
        print(json.dumps({"quick": options.quick, "rows": [as_dict(result) for result in results]}, indent=2))
    return int(not options.quick and any(result.met is False for result in results))


if __name__ == "__main__":
    sys.exit(main())
