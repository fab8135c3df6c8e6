"""A run as a table and as JSON, and what it found as files that can be run again."""

from __future__ import annotations

import ast
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from fuzz.outcome import MEGABYTES, SECONDS, Fault, Tally

_HEAD = ("target", "inputs", "twice", "causes", "faults", "max s", "max MB", "processes", "seconds")


def table(tallies: Sequence[Tally]) -> str:
    """A line a target, the sums, and below them every cause with the least input that shows it."""
    rows = [_HEAD, *(_row(tally) for tally in tallies), _row(_sum(tallies))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    lines = [
        " ".join(cell.ljust(width) if place == 0 else cell.rjust(width + 1) for place, (cell,
        width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]  # fmt: skip
    lines.insert(1, "-" * len(lines[0]))
    lines.insert(-1, "-" * len(lines[0]))
    return "\n".join([*lines, *_found(tallies)])


def _row(tally: Tally) -> tuple[str, ...]:
    faults = sum(map(len, tally.faults.values()))
    return (
        tally.target, f"{tally.inputs:,}", f"{tally.again:,}", str(len(tally.faults)), f"{faults:,}",
            f"{tally.longest:.2f}",
        f"{tally.megabytes:.0f}", str(tally.processes), f"{tally.spent:.0f}",
    )  # fmt: skip


def _sum(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        "all",
        sum(tally.inputs for tally in tallies),
        sum(tally.again for tally in tallies),
        max((tally.longest for tally in tallies), default=0.0),
        max((tally.megabytes for tally in tallies), default=0.0),
        sum(tally.spent for tally in tallies),
        sum(tally.processes for tally in tallies),
        {cause: faults for tally in tallies for cause, faults in tally.faults.items()},
    )


def _found(tallies: Sequence[Tally]) -> list[str]:
    lines = []
    for tally in tallies:
        for (target, kind, where), faults in tally.faults.items():
            first = faults[0]
            lines += ["", f"{target}: {kind}, {len(faults)} times: {where}", f"    {first.said.strip()[:200]}"]
            lines.append(f"    number {first.number}: {shown(first)}")
    return lines


def shown(fault: Fault, most: int = 300) -> str:
    """The least input that shows a fault."""
    text = repr(fault.given if fault.least is None else fault.least)
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def as_json(tallies: Sequence[Tally], seed: int) -> dict[str, Any]:
    """The record of a run."""
    return {
        "seed": seed,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "platform": platform.platform(),
        "limits": {"seconds": SECONDS, "megabytes": MEGABYTES},
        "inputs": sum(tally.inputs for tally in tallies),
        "faults": sum(len(faults) for tally in tallies for faults in tally.faults.values()),
        "targets": [_target(tally) for tally in tallies],
    }


def _target(tally: Tally) -> dict[str, Any]:
    figures = {name: value for name, value in asdict(tally).items() if name != "faults"}
    causes = [
        {
            "kind": kind,
            "where": where,
            "times": len(faults),
            "said": faults[0].said,
            "number": faults[0].number,
            "least": shown(faults[0]),
        }
        for (_, kind, where), faults in tally.faults.items()
    ]
    return figures | {
        "longest": round(tally.longest, 3),
        "megabytes": round(tally.megabytes),
        "spent": round(tally.spent, 1),
        "causes": causes,
    }


# ----- What was found, as files -----------------------------------------------------------------------------------


def keep(folder: Path, fault: Fault, seed: int) -> Path:
    """A file of a fault, named by its cause: one found again replaces the earlier one."""
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() else "-" for letter in f"{fault.target} {fault.kind}")
    path = folder / f"{name}-{crc32(repr(fault.cause).encode()):08x}.json"
    written = asdict(fault) | {"given": repr(fault.given), "least": repr(fault.least), "seed": seed}
    path.write_text(json.dumps(written, ensure_ascii=True, indent=2) + "\n", "utf-8")
    return path


def kept(path: Path) -> Fault:
    """The fault in a file; raises ValueError for a file that holds none."""
    try:
        written = json.loads(path.read_text("utf-8"))
        written.pop("seed")
        fault = Fault(**written)
        return replace(fault, given=ast.literal_eval(str(fault.given)), least=ast.literal_eval(str(fault.least)))
    except (KeyError, TypeError, SyntaxError, AttributeError) as error:
        raise ValueError(f"{path} holds no fault") from error


def say(text: str) -> None:
    """A line for whoever waits, beside the report."""
    print(text, file=sys.stderr, flush=True)
