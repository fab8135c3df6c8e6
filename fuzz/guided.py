"""The same targets led by coverage: atheris (libFuzzer) writes bytes, and they decide what the grammars grow.

A Random that takes its numbers from the bytes makes every target one of atheris: a byte more that reaches a new line of
the package is kept and built upon.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

from fuzz.outcome import Fault, Tally, look
from fuzz.report import keep, say, shown, table
from fuzz.watch import Plan, run_led

LEAST = 4
"""Bytes that an input of atheris must have to be taken."""


class Led(Random):
    """Numbers out of bytes; zeros when they are used up, which ends what is grown."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self._data, self._place = data, 0

    def getrandbits(self, k: int) -> int:
        """The next bits."""
        size = (k + 7) // 8
        some = self._data[self._place : self._place + size]
        self._place += size
        return int.from_bytes(some, "little") & (1 << k) - 1

    def random(self) -> float:
        """A number in [0, 1) out of two bytes: enough for every choice in the tables."""
        return self.getrandbits(16) / 65536


def guided(names: Sequence[str], minutes: float, seed: int, found: Path | None) -> int:
    """A run of so many minutes over the targets, one after the other; 2 where atheris is not installed."""
    if find_spec("atheris") is None:
        say("atheris is not installed: pip install -e '.[fuzz]'")
        return 2

    def told(fault: Fault, first: bool) -> None:
        if first:
            say(f"{fault.target}: {fault.kind}, {fault.where}: {shown(fault, 120)}")
            if found:
                keep(found, fault, seed)

    seconds = minutes * 60 / len(names)
    tallies = [run_led(Plan(name, seed, None, seconds, module="fuzz.guided"), told) for name in names]
    print(table(tallies))
    return int(any(tally.faults for tally in tallies))


def main() -> None:
    """The process of one target, as `worker` is one."""
    import atheris  # type: ignore[import-not-found]

    from fuzz.worker import BOARD, arguments, board_at, targets_in

    options = arguments("python -m fuzz.guided")
    with atheris.instrument_imports(include=["grader"]):
        target = targets_in(options.table)[options.target]
    board, tally = board_at(options.board), Tally(target.name)

    def one(data: bytes) -> None:
        if len(data) < LEAST:
            return
        BOARD.pack_into(board, 0, tally.inputs, tally.longest, tally.megabytes, tally.again)
        seen = look(target, target.make(Led(data)))
        tally.inputs += 1
        tally.longest, tally.megabytes = max(tally.longest, seen.seconds), max(tally.megabytes, seen.megabytes)
        if seen.fault is not None and seen.fault.kind != "memory":  # libFuzzer's own corpus grows with the run
            fault = replace(seen.fault, number=tally.inputs)
            if tally.add(fault):
                _say(fault)

    seconds = max(1, int(options.seconds))
    settings = [
        "-timeout=600",
        "-rss_limit_mb=0",
        "-max_len=400",
        f"-max_total_time={seconds}",
        f"-seed={options.seed + 1}",
    ]
    atheris.Setup([sys.argv[0], *settings, "-verbosity=0"], one)
    atheris.Fuzz()


def _say(fault: Fault) -> None:
    said: dict[str, Any] = asdict(fault) | {"given": repr(fault.given), "least": repr(fault.least)}
    print(json.dumps({"fault": said}), flush=True)


if __name__ == "__main__":
    main()
