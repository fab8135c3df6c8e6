"""Wrong sheets marked cold: what the worst of many costs, as for a student whose command has just started.

`python -m benchmarks cold [--sheets 10000] [--seed 1] [--families ID ...] [--json]`. Each sheet is another
student's, marked in a process of its own that knows nothing of the problem yet; one blank to all of them are spoiled,
in the ways of `SPOILS`. Times are those of the processor: other work on the machine does not count. What the command
pays before it reads a file, interpreter and imports, is measured once and told beside `import numpy`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import TypeVar, cast

import grader
from benchmarks.answers import CONSTRUCTED, wrong

Made = TypeVar("Made")
ROOT = Path(grader.__file__).parents[1]
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_FUNCTION = re.compile(r"\b(?:sin|cos|tan|exp|ln|sqrt|sigmoid|relu|tanh)\b")
WORST = 10
"""So many of the slowest are told, with all that is needed to mark them again."""


@dataclass(frozen=True, slots=True)
class Cold:
    """A sheet, and the seconds of the processor from reading the problem to the verdicts."""

    family: str
    seed: int
    answers: dict[str, str]
    seconds: float


def other_number(text: str, random: Random) -> str:
    """One number of the text is another one."""
    numbers = list(_DIGITS.finditer(text))
    if not numbers:
        return f"({text})*2"
    match = random.choice(numbers)
    number = float(match[0]) + random.choice((1, -1, 2, 0.5, 7, 0.37))
    return f"{text[: match.start()]}{abs(number):g}{text[match.end() :]}"


def other_sign(text: str, random: Random) -> str:
    """One sign is turned."""
    signs = [match.start() for match in re.finditer(r"[+-]", text)]
    if not signs:
        return f"-({text})" if _FUNCTION.search(text) or not text.startswith("[") else other_number(text, random)
    at = random.choice(signs)
    return text[:at] + {"+": "-", "-": "+" if at else ""}[text[at]] + text[at + 1 :]


def other_function(text: str, random: Random) -> str:
    """One function is another one."""
    functions = list(_FUNCTION.finditer(text))
    if not functions:
        return other_number(text, random)
    match = random.choice(functions)
    other = random.choice([name for name in ("sin", "cos", "exp", "ln", "sqrt", "tanh") if name != match[0]])
    return text[: match.start()] + other + text[match.end() :]


def whole_numbers(text: str, random: Random) -> str:
    """Every number is a small whole one."""
    return _DIGITS.sub(lambda _: str(random.randint(0, 9)), text)


SPOILS: tuple[Callable[[str, Random], str], ...] = (other_number, other_sign, other_function, whole_numbers)


def sheet_of(variant: grader.Variant, random: Random) -> dict[str, str]:
    """Answers of which one, two, half or all are spoiled."""
    asks = [(ask["id"], ask["kind"]) for ask in variant.as_dict()["asks"] if ask["kind"] != CONSTRUCTED]
    answers = {name: variant.right_answer(name) for name, _ in asks}
    count = random.choice((1, 1, 2, max(1, len(asks) // 2), len(asks)))
    for name, kind in random.sample(asks, min(count, len(asks))):
        if not isinstance(answers[name], str):
            continue
        spoil = random.choice(SPOILS)
        answers[name] = wrong(kind, answers[name]) if kind.startswith("choice") else spoil(answers[name], random)
    return answers


def marked_cold(family: str, seed: int, answers: dict[str, str]) -> Cold:
    """One sheet, in a process of its own, which reads, draws and marks."""

    def marked() -> float:
        before = process_time()
        grader.bank(ROOT / "problems")[family].variant(seed).mark(answers)
        return process_time() - before

    return Cold(family, seed, answers, in_a_process(marked))


def spoiled(family: str, seeds: Sequence[int]) -> list[dict[str, str]]:
    """The sheets of a family, made in a process that is not measured."""

    def made() -> list[dict[str, str]]:
        problem = grader.bank(ROOT / "problems")[family]
        return [sheet_of(problem.variant(seed), Random(f"{family} {seed}")) for seed in seeds]

    return in_a_process(made)


def in_a_process(work: Callable[[], Made]) -> Made:
    """What the work gives in a fork of this process; a fault there ends here."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(into, "w") as pipe:
                json.dump(work(), pipe)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    os.close(into)
    with os.fdopen(out) as pipe:
        told = pipe.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit("a sheet could not be marked")
    return cast(Made, json.loads(told))


def processor_of(*code: str) -> float:
    """Seconds of the processor for a whole Python that runs one line, the least of five."""
    return min(_seconds([sys.executable, "-c", *code]) for _ in range(5))


def _seconds(command: Sequence[str]) -> float:
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main(argv: Sequence[str]) -> int:
    """Mark and tell; 1 where the worst, with the start of the command, takes more than is to be reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks cold", description=__doc__)
    parser.add_argument("--sheets", type=int, default=10_000, help="over all families")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", nargs="+", metavar="ID", default=sorted(grader.bank()))
    parser.add_argument("--json", action="store_true", help="print one JSON object, times in seconds")
    options = parser.parse_args(argv)
    grader.bank(ROOT / "problems")[options.families[0]].variant(1).mark({})  # imports what the command itself would
    count = -(-options.sheets // len(options.families))
    seeds = range(options.seed * 1_000_000, options.seed * 1_000_000 + count)
    rows = [
        marked_cold(family, seed, answers)
        for family in options.families
        for seed, answers in zip(seeds, spoiled(family, seeds), strict=True)
    ]
    numpy = processor_of("import numpy")
    start = processor_of("import grader.cli.grading, grader.api, numpy")
    report(rows, numpy, start, options.json)
    return int(max(row.seconds for row in rows) + start > NUMPIES * numpy)


NUMPIES = 1 / 0.115
"""The worst sheet takes at most a second where `import numpy` takes 115 ms."""


def report(rows: Sequence[Cold], numpy: float, start: float, as_json: bool) -> None:
    """The table, or all of it as JSON."""
    slowest = sorted(rows, key=lambda row: row.seconds, reverse=True)
    times = [row.seconds for row in slowest]
    if as_json:
        told = {"sheets": len(rows), "numpy": numpy, "start": start, "median": median(times), "worst": times[0]}
        json.dump({**told, "slowest": [asdict(row) for row in slowest[:WORST]]}, sys.stdout, indent=2)
        return
    print(f"{len(rows)} sheets, import numpy {1000 * numpy:.0f} ms, start of the command {1000 * start:.0f} ms")
    for name, at in (("median", 0.5), ("one in 100", 0.01), ("one in 1000", 0.001), ("worst", 0.0)):
        seconds = times[int(at * len(times))]
        whole = seconds + start
        print(f"{name:<12}{seconds:8.3f} s, with the start {whole:.3f} s = {whole / numpy:.1f} x import numpy")
    for row in slowest[:WORST]:
        print(f"{row.seconds:.3f} s  {row.family}, seed {row.seed}: {json.dumps(row.answers, ensure_ascii=False)}")
