"""Which families a run takes, and what is on record of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from families import DEPTH, turned, with_turn
from proofs import digest_of, proved

from grader.course.bank import default_bank

NAMES = [f"family-{number}" for number in range(40)]


@pytest.mark.parametrize(("most", "taken"), [(40, 40), (300, 40), (29, 29), (1, 1)])
def test_so_many_are_taken_in_their_order(most: int, taken: int) -> None:
    found = turned(NAMES, most, "a turn")
    assert len(found) == len(set(found)) == taken
    assert list(found) == sorted(found)
    assert turned(reversed(NAMES), most, "a turn") == found


def test_every_family_has_its_turn() -> None:
    turns = [turned(NAMES, 10, str(commit)) for commit in range(40)]
    assert len(set(turns)) > 30
    assert set().union(*turns) == set(NAMES)


def test_what_has_changed_is_taken_in_depth_whoevers_turn_it_is() -> None:
    names = [f"family-{number}" for number in range(300)]
    others = with_turn(names, frozenset(), "a turn")
    assert len(others) == DEPTH
    late = frozenset({name for name in names if name not in others}) - {"family-7"}
    assert set(with_turn(names, late, "a turn")) == {*others, *late}
    assert with_turn(names[:DEPTH], frozenset(), "a turn") == tuple(sorted(names[:DEPTH]))
    assert with_turn(names, frozenset({"of no bank"}), "a turn") == others
    assert set().union(*(with_turn(names, frozenset(), str(code)) for code in range(1000))) == set(names)


def test_a_proof_is_of_the_content_under_any_name(tmp_path: Path) -> None:
    original = default_bank().paths["matrix-mul"]
    text = original.read_text("utf-8")
    copies = {"matrix-mul-2": text.replace("matrix-mul", "matrix-mul-2"), "other": f"{text}# a word\n"}
    for name, content in copies.items():
        (tmp_path / f"{name}.yaml").write_text(content, "utf-8")
    same, changed = (digest_of(tmp_path / f"{name}.yaml") for name in copies)
    assert same == digest_of(original) in proved()
    assert changed not in proved()
