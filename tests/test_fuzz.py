"""The fuzz harness: a short run over every target, what was found before, and the harness tried on planted faults."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import planted_targets
import pytest
import yaml
from planted_targets import TARGETS as PLANTED

from fuzz.__main__ import main
from fuzz.guided import Led
from fuzz.outcome import Fault, Limits, Seen, Tally, Target, input_of, look
from fuzz.report import as_json, keep, kept, table
from fuzz.shrink import shrink
from fuzz.targets import TARGETS
from fuzz.watch import Plan, run_target
from fuzz.worker import go_through

INPUTS = 320
PATIENT = Limits(seconds=8.0, megabytes=float("inf"))
"""For processes of the suite, which hold whatever tests ran in them, on machines that do other things as well."""
FOUND = yaml.safe_load((Path(__file__).parent / "tables" / "fuzz_found.yaml").read_text("utf-8"))
PLANTS = f"{planted_targets.__name__}:TARGETS"


def _told(fault: Fault | None) -> str:
    return "" if fault is None else f"{fault.kind}: {fault.where}\n{fault.said}\n{fault.given!r}\n{fault.trace}"


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run_finds_nothing(name: str) -> None:
    target, tally = TARGETS[name], Tally(name)
    for number in range(target.inputs(INPUTS)):
        seen = look(target, input_of(target, 0, number), again=number % 8 == 0, limits=PATIENT)
        assert seen.fault is None, f"number {number}: {_told(seen.fault)}"
        tally.inputs += 1
    assert tally.inputs == max(1, INPUTS // target.dear)


@pytest.mark.parametrize(("name", "given"), [(row[0], row[1]) for row in FOUND])
def test_what_was_found_is_mended(name: str, given: Any) -> None:
    target = TARGETS[name]
    if isinstance(target.make(Random(0)), tuple) and isinstance(given, list):
        given = tuple(given)
    seen = look(target, given, again=True, limits=PATIENT)
    assert seen.fault is None, _told(seen.fault)


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_is_that_of_its_number(name: str) -> None:
    target = TARGETS[name]
    some = [input_of(target, 5, number) for number in range(6)]
    assert [input_of(target, 5, number) for number in reversed(range(6))][::-1] == some
    assert [input_of(target, 6, number) for number in range(6)] != some
    assert any(one != some[0] for one in some)


@pytest.mark.parametrize("name", TARGETS)
def test_bytes_lead_every_target(name: str) -> None:
    some = {repr(TARGETS[name].make(Led(bytes([first, 77, 5]) * 40))) for first in range(0, 256, 16)}
    assert len(some) > 1
    assert TARGETS[name].make(Led(b"")) is not None


# ----- The harness ------------------------------------------------------------------------------------------------

QUICK = Limits(seconds=0.05, megabytes=float("inf"), hangs=0.4)


def _through(name: str, numbers: int) -> tuple[Tally, list[Fault]]:
    tally, told = Tally(name), list[Fault]()
    go_through(PLANTED[name], 1, range(numbers), tally, limits=QUICK, told=told.append)
    return tally, told


@pytest.mark.parametrize(
    ("name", "kind", "least"),
    [
        ("raises", "uncaught", ["ab"]),
        ("breaks", "broken", ["c"]),
        ("burns", "slow", ["d"]),
        ("hangs", "hangs", ["e"]),
        ("twice", "differs", None),
    ],
)
def test_every_kind_of_fault_is_found_and_made_smaller(name: str, kind: str, least: list[str] | None) -> None:
    _, told = _through(name, 8)
    assert {fault.kind for fault in told} == {kind}
    if least is not None:
        assert [fault.least for fault in told if fault.least is not None] == least  # one cause


def test_nothing_is_found_where_nothing_is() -> None:
    tally, told = _through("sound", 40)
    assert not told
    assert (tally.inputs, tally.again) == (40, 5)


def test_much_memory_is_a_fault() -> None:
    seen = look(PLANTED["sound"], "x", limits=Limits(megabytes=1.0))
    assert seen.fault is not None
    assert seen.fault.kind == "memory"


def test_a_process_that_dies_costs_one_input() -> None:
    numbers = [number for number in range(30) if input_of(PLANTED["dies"], 3, number) % 5 == 0]
    tally = run_target(Plan("dies", 3, 30, 60.0, PLANTS))
    ((_, kind, _),) = tally.faults
    assert kind == "died"
    assert [fault.number for faults in tally.faults.values() for fault in faults] == numbers
    assert tally.inputs == 30


def test_another_process_says_the_same() -> None:
    tally = run_target(Plan("elsewhere", 0, 20, 60.0, PLANTS))
    ((_, kind, where),) = tally.faults
    assert (kind, where) == ("differs", "in another process")
    assert not run_target(Plan("sound", 0, 20, 60.0, PLANTS)).faults


@pytest.mark.parametrize(
    ("given", "shows", "least"),
    [
        ("aaaaXbbbbYcccc", lambda text: "X" in text and "Y" in text, "XY"),
        (b"12\x00345", lambda data: b"\x00" in data, b"\x00"),
        (("left", "an X", 5), lambda parts: "X" in parts[1], ("", "X", 5)),
        ({"p": "X", "q": "long"}, lambda entries: "p" in entries, {"p": ""}),
        ("never", lambda text: False, "never"),
        ("qrs", lambda text: len(text) == 3, "xxx"),
    ],
)
def test_the_least_input(given: Any, shows: Any, least: Any) -> None:
    assert shrink(given, shows) == least


def test_what_is_found_can_be_run_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fault = Fault("codes", "uncaught", "ValueError x.py:1 f", "ValueError", 7, "9FBS-53EJ-3H47A", "9FBS")
    path = keep(tmp_path, fault, 0)
    assert kept(path) == fault
    assert main(["--replay", str(path)]) == 0
    assert "nothing" in capsys.readouterr().out
    path.write_text("{}", "utf-8")
    with pytest.raises(ValueError, match="holds no fault"):
        kept(path)


def test_a_run_is_a_table_and_a_record(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally("codes", inputs=1200, longest=0.25)
    tally.add(Fault("codes", "broken", "another code", "said", 3, "given text", "g"))
    tally.add(Fault("codes", "broken", "another code", "said", 4, "given text", None))
    lines = table([tally, Tally("roster", inputs=5)]).splitlines()
    assert lines[2].split()[:5] == ["codes", "1,200", "0", "1", "2"]
    assert lines[5].split()[:2] == ["all", "1,205"]
    assert lines[-1].endswith("'g'")
    record = json.loads(json.dumps(as_json([tally], 9)))
    assert (record["inputs"], record["faults"], record["targets"][0]["causes"][0]["times"]) == (1200, 2, 2)
    assert main(["--inputs", "20", "--target", "codes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["targets"][0]["inputs"] == 20


def test_one_input_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--target", "codes", "--at", "12"]) == 0
    assert repr(input_of(TARGETS["codes"], 0, 12)) in capsys.readouterr().out


def test_seconds_are_those_of_the_first_time() -> None:
    seen: Seen = look(Target("sleepy", str, lambda _: 1), "x", again=True, limits=PATIENT)
    assert seen.fault is None
    assert seen.seconds < 1
