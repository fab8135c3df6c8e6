"""Facts: computed once, seen only complete, read only where declared, gone with their owner."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import pytest

from grader.facts import Facts, fact


@dataclass
class Thing:
    facts: Facts = field(default_factory=Facts)
    calls: list[str] = field(default_factory=list)


@fact()
def base(thing: Thing) -> int:
    """A number."""
    thing.calls.append("base")
    return 7


@fact(needs=(base,))
def scaled(thing: Thing, factor: int) -> int:
    thing.calls.append(f"scaled {factor}")
    return factor * base(thing)


@fact()
def sly(thing: Thing) -> int:
    return base(thing)


@fact()
def slow(thing: Thing) -> list[int]:
    thing.calls.append("slow")
    time.sleep(0.02)
    return [1, 2]


def test_a_fact_is_computed_once_for_each_key() -> None:
    thing = Thing()
    assert [scaled(thing, 2), scaled(thing, 3), scaled(thing, 2), base(thing)] == [14, 21, 14, 7]
    assert thing.calls == ["scaled 2", "base", "scaled 3"]
    assert len(thing.facts) == 3
    assert base.__doc__ == "A number."


def test_another_owner_has_its_own() -> None:
    one, other = Thing(), Thing()
    assert base(one) == base(other)
    assert other.calls == ["base"]


def test_what_is_not_declared_is_not_read_even_if_it_is_known() -> None:
    for known in (False, True):
        thing = Thing()
        if known:
            base(thing)
        with pytest.raises(LookupError, match="sly reads base"):
            sly(thing)
        assert base(thing) == 7


def test_an_interrupt_leaves_nothing_behind() -> None:
    thing = Thing()
    stop = [True]

    @fact(needs=(base,))
    def fragile(owner: Thing) -> int:
        if stop:
            stop.clear()
            raise KeyboardInterrupt
        return base(owner) + 1

    with pytest.raises(KeyboardInterrupt):
        fragile(thing)
    assert len(thing.facts) == 0
    assert fragile(thing) == 8


def test_threads_wait_for_the_one_that_computes() -> None:
    thing = Thing()
    results: list[list[int]] = []
    threads = [threading.Thread(target=lambda: results.append(slow(thing))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert thing.calls == ["slow"]
    assert len(results) == 8
    assert all(result is results[0] for result in results)
