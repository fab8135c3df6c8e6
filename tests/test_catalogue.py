"""The catalogue of the bank: every family is in it as it is today, and every item of the sources has families."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from grader.course.bank import Bank

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "bank"
MARK = re.compile(r"^<!-- ([a-z0-9-]+) ([0-9a-f]{12}) -->$", re.MULTILINE)
AGAIN = 5
"""So many samples are made again: those whose files have the lowest digests, others after most changes."""
CURE = "python docs/bank/write.py"


@cache
def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue", FOLDER / "write.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def digests() -> dict[str, str]:
    return {name: writer().digest_of(path) for name, path in Bank(ROOT / "problems").paths.items()}


@cache
def pages() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.md")}


def test_every_family_is_there_as_it_is() -> None:
    marks = [mark for text in pages().values() for mark in MARK.findall(text)]
    assert len(marks) == len(digests())
    assert dict(marks) == digests(), CURE


@pytest.mark.parametrize("position", range(AGAIN))
def test_a_sample_is_what_a_student_sees(position: int) -> None:
    name = sorted(digests(), key=lambda each: digests()[each])[position]
    made = writer().section(name)
    assert made.text in pages()[writer().slug(made.topic)], CURE
    drawn = FOLDER / "figures" / f"{name}.svg"
    assert (drawn.read_text("utf-8").strip() if drawn.exists() else "") == made.svg.strip(), CURE


def test_figures_are_those_of_the_pages() -> None:
    shown = {name for text in pages().values() for name in re.findall(r'src="figures/([a-z0-9-]+)\.svg"', text)}
    assert shown == {path.stem for path in (FOLDER / "figures").iterdir()}, CURE


def test_every_item_of_the_sources_has_families_and_every_family_an_item() -> None:
    known = yaml.safe_load((FOLDER / "sources.yaml").read_text("utf-8"))
    items = [names for source in known["sources"] for names in source["items"].values()]
    items += [each["by"] for each in known["substitutes"]]
    assert all(items)
    assert {name for names in items for name in names} == set(digests())
    topics = {
        name: topic for topic in writer().TOPICS for name, _ in MARK.findall(pages().get(writer().slug(topic), ""))
    }
    assert pages()["coverage"] == writer().coverage(topics), CURE


def test_the_index_counts_right() -> None:
    counted = re.findall(r"^\| \[[^\]]+\]\(([a-z-]+)\.md\) \| (\d+) \|", pages()["README"], re.MULTILINE)
    assert {page: int(count) for page, count in counted} == {
        page: len(MARK.findall(text)) for page, text in pages().items() if MARK.search(text)
    }
    assert f"{len(digests())} families" in pages()["README"]
    assert f"{len(digests())} families" in (ROOT / "README.md").read_text("utf-8")


def test_the_index_has_the_assignments() -> None:
    bank = Bank(ROOT / "problems")
    assert writer().assignments({name: bank[name].minutes for name in bank}) in pages()["README"], CURE
