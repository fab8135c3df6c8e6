"""The processes of a run: one at a time for a target, a new one after a hang, a crash or too much kept memory."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from fuzz.outcome import HANGS, MEGABYTES, Fault, Tally
from fuzz.worker import BOARD, TABLE

TWICE = 1000
"""So many first inputs of a target are run in a second process too, under another hash seed."""
_KILLED = 10 * HANGS
"""Seconds on the clock at one input after which its process is killed: what no signal breaks off."""
_HUGE = 4 * MEGABYTES
_ENDLESS = 1 << 39


@dataclass(frozen=True)
class Plan:
    """What a target is to do: so many inputs, or so many seconds on the clock."""

    target: str
    seed: int
    inputs: int | None
    seconds: float
    table: str = TABLE
    module: str = "fuzz.worker"
    twice: int = TWICE


@dataclass
class Watched:
    """What a process has said at its end; `after` is the number to go on with."""

    after: int
    outcomes: Sequence[int] = ()


Told = Callable[[Fault, bool], object]
"""What is to be done with a fault, and with the first one of a cause."""


def run(plans: Sequence[Plan], jobs: int, told: Told = lambda *_: None) -> list[Tally]:
    """Everything that is planned, so many targets at a time."""
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda plan: run_target(plan, told), plans))


def run_target(plan: Plan, told: Told = lambda *_: None) -> Tally:
    """One target; its inputs are numbered from 0, whatever processes they go through."""
    tally, number = Tally(plan.target), 0
    stop = plan.inputs if plan.inputs is not None else _ENDLESS

    def keep(fault: Fault) -> None:
        told(fault, tally.add(fault))

    outcomes: list[int] = []
    while number < stop and (tally.spent < plan.seconds or not number):
        watched = _process(plan, number, stop, keep, tally)
        number = watched.after
        outcomes += watched.outcomes
    _the_same(plan, outcomes, keep)
    tally.inputs = number
    return tally


def run_led(plan: Plan, told: Told = lambda *_: None) -> Tally:
    """One target in one process, which chooses its inputs itself (`guided`)."""
    tally = Tally(plan.target)

    def keep(fault: Fault) -> None:
        told(fault, tally.add(fault))

    tally.inputs = _process(plan, 0, _ENDLESS, keep, tally).after
    return tally


def _the_same(plan: Plan, outcomes: list[int], keep: Callable[[Fault], object]) -> None:
    """The first inputs once more in another process; verdicts may depend on nothing of a process."""
    aside = Tally(plan.target)
    second = _process(replace(plan, seconds=float("inf")), 0, len(outcomes), lambda _: None, aside, hash_seed="777")
    for number, (one, other) in enumerate(zip(outcomes, second.outcomes, strict=False)):
        if one != other:
            keep(Fault(plan.target, "differs", "in another process", f"{one:08x}, {other:08x}", number))


def _process(
    plan: Plan,
    start: int,
    stop: int,
    keep: Callable[[Fault], object],
    tally: Tally,
    hash_seed: str = "0",
) -> Watched:
    """One process from its start to its end."""
    began, left = monotonic(), max(0.5, plan.seconds - tally.spent)
    with tempfile.NamedTemporaryFile() as board, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        board.write(BOARD.pack(start, 0.0, 0.0, 0))
        board.flush()
        command = [
            sys.executable, "-m", plan.module, "--table", plan.table, "--target", plan.target, "--seed", str(plan.seed),
            "--start", str(start), "--stop", str(stop), "--seconds", str(left), "--board", board.name, "--twice",
            str(plan.twice),
        ]  # fmt: skip
        paths = os.pathsep.join(path for path in sys.path if path)  # it finds what this process finds
        environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": hash_seed, "OPENBLAS_NUM_THREADS": "1"}
        with subprocess.Popen(command, stdout=said, stderr=errors, env=environment) as process:
            ended = _watched(process, Path(board.name))
        number, longest, megabytes, again = BOARD.unpack(Path(board.name).read_bytes()[: BOARD.size])
        tally.processes += 1
        tally.longest, tally.megabytes = max(tally.longest, longest), max(tally.megabytes, megabytes)
        tally.again += again
        said.seek(0)
        watched = _heard(said.read(), number, keep)
        tally.spent += monotonic() - began
        if ended is not None or process.returncode:
            errors.seek(0)
            trace = errors.read()[-4000:].decode("utf-8", "replace")
            kind, words = ended or ("died", f"exit code {process.returncode}")
            where = next((line.strip() for line in trace.splitlines() if "/grader/" in line), words)
            keep(Fault(plan.target, kind, where[:200], words, number, trace=trace))
            watched.after = number + 1
        return watched


def _watched(process: subprocess.Popen[bytes], board: Path) -> tuple[str, str] | None:
    """Wait for the end; where the process had to be ended, the kind of fault and words for it."""
    last, since, pause = -1, monotonic(), 0.02
    while process.poll() is None:
        sleep(pause)
        pause = min(0.5, pause * 1.3)
        (number,) = BOARD.unpack(board.read_bytes()[: BOARD.size])[:1]
        if number != last:
            last, since = number, monotonic()
        memory = _memory(process.pid)
        if monotonic() - since > _KILLED or memory > _HUGE:
            process.send_signal(signal.SIGUSR1)  # where is it?
            sleep(0.5)
            process.kill()
            process.wait()
            return ("memory", f"over {_HUGE:g} MB") if memory > _HUGE else ("hangs", f"over {_KILLED:g} s, killed")
    return None


def _memory(pid: int) -> float:
    """Megabytes of a process; 0 where that cannot be told."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _heard(said: bytes, number: int, keep: Callable[[Fault], object]) -> Watched:
    """The lines that a process has written; of a fault that was told twice the second, which is smaller."""
    watched, faults = Watched(number), dict[int, Fault]()
    for line in said.splitlines():
        try:
            heard: dict[str, Any] = json.loads(line)
        except ValueError:
            continue  # cut off with its process, or printed by something else
        if "fault" in heard:
            fault = heard["fault"]
            given, least = ast.literal_eval(fault["given"]), ast.literal_eval(fault["least"])
            faults[fault["number"]] = Fault(**{**fault, "given": given, "least": least})
        elif "done" in heard:
            watched = Watched(heard["done"], heard["outcomes"])
    for fault in faults.values():
        keep(fault)
    return watched
