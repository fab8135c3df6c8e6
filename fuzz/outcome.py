"""One input of one target, looked at: did it raise, take too long, take too much, say another thing the second time?"""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Any
from zlib import crc32

from grader.internal import CRASH

SECONDS, MEGABYTES = 2.0, 300
"""What one input may take of a processor, and a process that has begun with less than RENEWED of memory."""
HANGS = 20.0
"""Seconds after which an input is broken off."""
_HOUSE = Path(__file__).parent.parent
os.environ[CRASH] = "1"  # what is contained for a class is looked for here


class Broken(Exception):
    """Something that has to hold does not; nothing was raised by the package itself."""


class Hangs(BaseException):
    """An input was broken off; no `except Exception` may take it for something else."""


@dataclass(frozen=True)
class Target:
    """`make` grows an input, `run` looks at it and returns what came of it, the same for the same input.

    `run` lets through what must not be raised, and raises Broken. `share` is that of the time of a run; where a number
    of inputs is asked for, a `dear` target has so many times fewer.
    """

    name: str
    make: Callable[[Random], Any]
    run: Callable[[Any], Hashable]
    share: float = 1.0
    dear: int = 1

    def inputs(self, asked: int) -> int:
        """How many inputs where so many are asked for."""
        return max(1, asked // self.dear)


@dataclass(frozen=True)
class Fault:
    """`kind` is uncaught, broken, differs, slow, hangs, memory or died; `where` tells faults of one cause together."""

    target: str
    kind: str
    where: str
    said: str
    number: int = -1
    given: Any = None
    least: Any = None
    trace: str = ""

    @property
    def cause(self) -> tuple[str, str, str]:
        """What faults with the same cause have in common."""
        return self.target, self.kind, self.where


@dataclass
class Seen:
    """What became of an input: the fault if there is one, its cost, and what came out twice, as a number."""

    fault: Fault | None = None
    seconds: float = 0.0
    megabytes: float = 0.0
    outcome: int = 0


@dataclass(frozen=True)
class Limits:
    """From where on an input costs too much."""

    seconds: float = SECONDS
    megabytes: float = MEGABYTES
    hangs: float = HANGS


LIMITS = Limits()


def input_of(target: Target, seed: int, number: int) -> Any:
    """The input of a number: of nothing else, so that each can be made again alone."""
    return target.make(Random(seed << 72 | crc32(target.name.encode()) << 40 | number))


def peak() -> float:
    """Megabytes that this process has had at most."""
    most = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    if most > MEGABYTES:  # perhaps those of the process that started it, which Linux counts as well
        with suppress(OSError):
            status = Path("/proc/self/status").read_text("ascii")
            most = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), most)
    return most


def look(target: Target, given: Any, *, again: bool = False, limits: Limits = LIMITS) -> Seen:
    """Run a target on an input, a second time if `again`."""
    seen, before = Seen(), process_time()
    _armed()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limits.hangs)
        try:
            outcome = target.run(given)
            seen.seconds = process_time() - before
            if again:
                seen.outcome = crc32(repr(outcome).encode("utf-8", "surrogatepass"))
                second = target.run(given)
                if second != outcome:
                    seen.fault = Fault(target.name, "differs", "the second time", f"{outcome!r} then {second!r}"[:600])
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever it is, it is what we look for
        seen.fault = _fault_of(target.name, error)
    seen.seconds = seen.seconds or process_time() - before
    seen.megabytes = peak()
    if seen.fault is None and seen.seconds > limits.seconds:
        seen.fault = Fault(target.name, "slow", f"over {limits.seconds:g} s", f"{seen.seconds:.1f} s")
    if seen.fault is None and seen.megabytes > limits.megabytes:
        seen.fault = Fault(target.name, "memory", f"over {limits.megabytes:g} MB", f"{seen.megabytes:.0f} MB")
    if seen.fault is not None:
        seen.fault = replace(seen.fault, given=given)
    return seen


def _fault_of(target: str, error: BaseException) -> Fault:
    kind = "hangs" if isinstance(error, Hangs) else "broken" if isinstance(error, Broken) else "uncaught"
    said = f"{type(error).__name__}: {error}"[:600]
    where = str(error).partition("|")[0].strip() if kind == "broken" else f"{type(error).__name__} {_place(error)}"
    trace = "".join(traceback.format_exception(error, limit=-12))[-4000:]
    return Fault(target, kind, "over 20 s" if kind == "hangs" else where, said, trace=trace)


def _place(error: BaseException) -> str:
    """The innermost line of the package that the error came through."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_HOUSE / "grader"):
            place = f"{path.relative_to(_HOUSE)}:{line} {frame.f_code.co_name}"
    return place


@cache
def _armed() -> None:
    """From now on the timer of this process raises Hangs; only its main thread may ask for that."""

    def give_up(*_: object) -> None:
        raise Hangs("broken off")

    signal.signal(signal.SIGVTALRM, give_up)


@dataclass
class Tally:
    """What a target has come to so far."""

    target: str
    inputs: int = 0
    again: int = 0
    longest: float = 0.0
    megabytes: float = 0.0
    spent: float = 0.0
    processes: int = 0
    faults: dict[tuple[str, str, str], list[Fault]] = field(default_factory=dict)

    def add(self, fault: Fault) -> bool:
        """Keep a fault; whether it is the first of its cause."""
        known = self.faults.setdefault(fault.cause, [])
        known.append(fault)
        return len(known) == 1
