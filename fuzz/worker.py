"""A process that goes through the inputs of one target; `watch` starts it and listens.

It writes a line of JSON for every fault, another for the first one of a cause when it was made smaller, and one at its
end. Where it is stands on the board, a file in memory that outlives it.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import json
import mmap
import os
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

from fuzz.outcome import LIMITS, Fault, Limits, Seen, Tally, Target, input_of, look
from fuzz.shrink import shrink

TABLE = "fuzz.targets:TARGETS"
AGAIN = 8
"""Every so manieth input is run twice."""
RENEWED = 200.0
"""Megabytes from where on a new process goes on: what is kept of forms that were planned is no fault of an input."""
BOARD = struct.Struct("qddq")
"""The number of the input at work, the longest time, the largest memory, how many ran twice."""
_SLOW = ("slow", "hangs", "memory")


def targets_in(table: str) -> Mapping[str, Target]:
    """The table of targets called `module:NAME`."""
    module, _, name = table.partition(":")
    return getattr(import_module(module), name)  # type: ignore[no-any-return]


def go_through(
    target: Target,
    seed: int,
    numbers: range,
    tally: Tally,
    seconds: float = float("inf"),
    limits: Limits = LIMITS,
    at: Callable[[int], object] = lambda _: None,
    told: Callable[[Fault], object] = lambda _: None,
    outcomes: list[int] | None = None,
    twice: int = 0,
    renewed: float = float("inf"),
) -> int:
    """Look at the inputs of these numbers until the time or the memory is spent; the next number."""
    end = monotonic() + seconds
    for number in numbers:
        at(number)
        given = input_of(target, seed, number)
        again = number % AGAIN == 0 or number < twice
        seen = look(target, given, again=again, limits=limits)
        _count(tally, seen, again)
        if outcomes is not None and number < twice:
            outcomes.append(seen.outcome)
        if seen.fault is not None:
            fault = replace(seen.fault, number=number)
            told(fault)
            if tally.add(fault):  # made smaller only once a cause, and told again: that may take long, or never end
                told(replace(fault, least=_least(target, fault, limits)))
        if monotonic() > end or seen.megabytes > renewed:
            return number + 1
    return numbers.stop


def _count(tally: Tally, seen: Seen, again: bool) -> None:
    tally.inputs += 1
    tally.again += again
    tally.longest = max(tally.longest, seen.seconds)
    tally.megabytes = max(tally.megabytes, seen.megabytes)


def _least(target: Target, fault: Fault, limits: Limits) -> Any:
    """The fault's input made smaller. A peak of memory is seen once in a process: that input stays as it is."""
    if fault.kind == "memory":
        return fault.given
    slow = fault.kind in _SLOW
    limits = replace(limits, hangs=limits.seconds * 1.05) if slow else limits

    def shows(candidate: Any) -> bool:
        other = look(target, candidate, again=fault.kind == "differs", limits=limits).fault
        return other is not None and (other.kind in _SLOW if slow else other.cause == fault.cause)

    return shrink(fault.given, shows, patience=30.0 if slow else 15.0)


def main() -> None:
    """The process."""
    options = arguments()
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    target = targets_in(options.table)[options.target]
    gc.freeze()
    tally, outcomes = Tally(target.name), list[int]()
    board = board_at(options.board)

    def at(number: int) -> None:
        BOARD.pack_into(board, 0, number, tally.longest, tally.megabytes, tally.again)

    def told(fault: Fault) -> None:
        said = asdict(fault) | {"given": repr(fault.given), "least": repr(fault.least)}
        print(json.dumps({"fault": said}), flush=True)

    numbers = range(options.start, options.stop)
    after = go_through(
        target, options.seed, numbers, tally, options.seconds, at=at, told=told, outcomes=outcomes, twice=options.twice,
        renewed=RENEWED,
    )  # fmt: skip
    at(after)
    print(json.dumps({"done": after, "outcomes": outcomes}), flush=True)


def board_at(path: str) -> mmap.mmap:
    """The board in a file, as memory."""
    handle = os.open(path, os.O_RDWR)
    try:
        return mmap.mmap(handle, BOARD.size)
    finally:
        os.close(handle)


def arguments(program: str = "python -m fuzz.worker") -> argparse.Namespace:
    """What `watch` has a process do."""
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--table", default=TABLE)
    parser.add_argument("--target", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--stop", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--board", type=str, required=True)
    parser.add_argument("--twice", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main()
