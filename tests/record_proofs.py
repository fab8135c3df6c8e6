"""Record the proofs: `python tests/record_proofs.py` proves every file that has none and writes those that hold.

A file holds if `grade check` finds no error and the tests of its family, in depth, pass; its draws and verdicts are
recorded before. Until a changed file is recorded, the suite checks it in every run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from proofs import FILE, digest_of, proved

from grader.check import check_paths
from grader.course.bank import default_bank

QUIETLY = ("-q", "--no-header", "-p", "no:cacheprovider")


def tests_pass(names: Sequence[str]) -> bool:
    """Of these families, and of those whose names begin alike; what is not on record is taken in depth."""
    command = [sys.executable, "-m", "pytest", *QUIETLY, "-m", "xdist_group", "-k", " or ".join(names)]
    return subprocess.run(command, cwd=Path(__file__).parent.parent, check=False).returncode == 0


def main() -> int:
    """Write the file, a line a family; 1 where something does not hold."""
    paths, known = default_bank().paths, proved()
    digests = {name: digest_of(paths[name]) for name in sorted(paths)}
    unproved = [name for name, digest in digests.items() if digest not in known]
    reports = check_paths([paths[name] for name in unproved], jobs=os.cpu_count() or 1)
    failed = {name for name, report in zip(unproved, reports, strict=True) if not report.ok}
    found = [name for name in unproved if name not in failed]
    if found and not tests_pass(found):
        failed.update(found)
    lines = [f"{json.dumps(name)}: {json.dumps(digest)}" for name, digest in digests.items() if name not in failed]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
