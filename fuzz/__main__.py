"""`python -m fuzz`: a run over all targets, or what one found run again."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fuzz.outcome import MEGABYTES, Fault, Limits, Target, input_of, look, peak
from fuzz.report import as_json, keep, kept, say, shown, table
from fuzz.targets import TARGETS
from fuzz.watch import TWICE, Plan, run


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m fuzz",
        description="Throw grown and changed texts and files at everything that reads them; see "
        "docs/fuzzing.md. The exit code is 1 where something was found.",
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, default=5.0, help="how long, on the clock (5)")
    length.add_argument("--inputs", type=int, help="so many inputs a target instead, of dear ones fewer")
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="one target, or several; else all")
    parser.add_argument("--seed", type=int, default=0, help="other inputs with every number (0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time (one a core)")
    parser.add_argument("--found", type=Path, metavar="FOLDER", help="write a file a cause there")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument(
        "--guided",
        action="store_true",
        help="led by coverage, with atheris",
    )
    parser.add_argument("--at", type=int, metavar="NUMBER", help="look at one input of the one --target again")
    parser.add_argument("--replay", type=Path, nargs="+", metavar="FILE", help="look at what was found before")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run, replay, or look at one input; 1 where something is found."""
    options = arguments(argv)
    names = options.target or list(TARGETS)
    if options.replay:
        return max(_replayed(path) for path in options.replay)
    if options.at is not None:
        return _looked_at(TARGETS[names[0]], input_of(TARGETS[names[0]], options.seed, options.at))
    if options.guided:
        from fuzz.guided import guided

        return guided(names, options.minutes, options.seed, options.found)

    def told(fault: Fault, first: bool) -> None:
        if first:
            say(f"{fault.target}: {fault.kind}, {fault.where}: {shown(fault, 120)}")
            if options.found:
                keep(options.found, fault, options.seed)

    tallies = run(_plans(names, options), options.jobs, told)
    print(json.dumps(as_json(tallies, options.seed), indent=2) if options.json else table(tallies))
    return int(any(tally.faults for tally in tallies))


def _plans(names: Sequence[str], options: argparse.Namespace) -> list[Plan]:
    """So many inputs each, or the time by the shares of the targets, the longest first so that all end together."""
    some = [TARGETS[name] for name in names]
    if options.inputs:
        return [_plan(target, options.seed, target.inputs(options.inputs), float("inf")) for target in some]
    seconds = options.minutes * 60 * min(options.jobs, len(names)) / sum(target.share for target in some)
    some.sort(key=lambda target: -target.share)
    return [_plan(target, options.seed, None, seconds * target.share) for target in some]


def _plan(target: Target, seed: int, inputs: int | None, seconds: float) -> Plan:
    return Plan(target.name, seed, inputs, seconds, twice=target.inputs(TWICE))


def _replayed(path: Path) -> int:
    fault = kept(path)
    return max(_looked_at(TARGETS[fault.target], given) for given in (fault.given, fault.least) if given is not None)


def _looked_at(target: Target, given: object) -> int:
    seen = look(target, given, again=True, limits=Limits(megabytes=peak() + MEGABYTES))  # more than there are already
    print(f"{target.name}: {given!r}"[:600])
    if seen.fault is None:
        print(f"    nothing, {seen.seconds:.3f} s, {seen.megabytes:.0f} MB")
        return 0
    print(f"    {seen.fault.kind}: {seen.fault.where}\n    {seen.fault.said}\n{seen.fault.trace}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
