"""Targets with faults of every kind, on which the harness is tried: one that finds nothing in them finds nothing."""

from __future__ import annotations

import os
import signal
from itertools import count
from random import Random
from time import process_time

from fuzz.outcome import Broken, Target

_CALLS = count()


def _text(random: Random) -> str:
    return "".join(random.choice("abcdefgh") for _ in range(12))


def _number(random: Random) -> int:
    return int(random.random() * 1e9)


def _raises(text: str) -> int:
    if "a" in text and "b" in text[text.index("a") :]:
        raise KeyError("planted")
    return len(text)


def _breaks(text: str) -> int:
    if "c" in text:
        raise Broken(f"there is a c | {text}")
    return len(text)


def _burns(text: str) -> int:
    end = process_time() + (0.08 if "d" in text else 0.0)
    while process_time() < end:
        pass
    return len(text)


def _hangs(text: str) -> int:
    while "e" in text:
        pass
    return len(text)


def _dies(number: int) -> int:
    if number % 5 == 0:
        os.kill(os.getpid(), signal.SIGSEGV)
    return number


TARGETS = {
    target.name: target
    for target in (
        Target("sound", _text, len),
        Target("raises", _text, _raises),
        Target("breaks", _text, _breaks),
        Target("burns", _text, _burns),
        Target("hangs", _text, _hangs),
        Target("twice", _text, lambda _: next(_CALLS)),
        Target("elsewhere", _text, hash),
        Target("dies", _number, _dies),
    )
}
