"""What is proved once per change of a file: golden/proofs.json has the files in which `grade check` found no error.

A file is known by its content without its name. CI proves all of them anew, with today's code.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).parent / "golden" / "proofs.json"


def digest_of(path: Path) -> str:
    """Of what a problem file says, whatever it is called."""
    return blake2b(path.read_text("utf-8").replace(path.stem, "").encode(), digest_size=12).hexdigest()


def proved() -> frozenset[str]:
    """The digests on record."""
    record: dict[str, str] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return frozenset(record.values())
