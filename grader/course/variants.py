"""A student's variant of an item: drawn for a worksheet, recorded in a manifest, found again from its code.

The draw is the record. A manifest line holds the numbers; without it they are drawn again from the code, and a spec
that has changed since is seen by its digest and said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader.chance.codes import decode, encode
from grader.chance.streams import seed_of
from grader.course.assignment import Item
from grader.draws.draw import draw
from grader.errors import AuthorError, InputError, Message, StudentError
from grader.plan.group import Group
from grader.plan.record import from_record, record_of
from grader.spec.problem import Problem
from grader.textfile import read_file

MANIFEST = "manifest.jsonl"
MANIFEST_LIMIT = 500_000_000


class Variant(msgspec.Struct, frozen=True):
    """One student's numbers for one item: a group of one and its code."""

    code: str
    group: Group


class Manifest(msgspec.Struct, frozen=True):
    """Records by code and by student and label."""

    by_code: Mapping[str, Mapping[str, Any]] = msgspec.field(default_factory=dict)

    def find(self, code: str, student: str, label: str) -> Mapping[str, Any] | None:
        """The record of a code; without a code the student's only record of that item."""
        if code:
            return self.by_code.get(code)
        own = [
            record
            for record in self.by_code.values()
            if (record.get("student"), record.get("label")) == (student, label)
        ]
        return own[0] if len(own) == 1 else None


def code_of(seed: int, item: Item, problem: Problem) -> str:
    """The variant code printed on the sheet."""
    return encode(seed, item.digest(problem))


def drawn(problem: Problem, item: Item, seeds: Sequence[int]) -> list[Variant]:
    """Variants for seeds, in their order."""
    variants: list[Variant | None] = [None] * len(seeds)
    for group in draw(problem, seeds, item.fixed):
        for member, place in enumerate(group.places):
            variants[place] = Variant(code_of(seeds[place], item, problem), group.at(member))
    return [variant for variant in variants if variant is not None]


def seeds_for(secret: str, students: Iterable[str], item: Item) -> list[int]:
    """Each student's seed for an item."""
    return [seed_of(secret, student, item.label) for student in students]


def manifest_line(student: str, assignment: str, item: Item, problem: Problem, variant: Variant) -> str:
    """The record of a variant as a line of JSON."""
    record = {
        "student": student,
        "assignment": assignment,
        "label": item.label,
        "problem": problem.id,
        "variant": variant.code,
        "digest": problem.digest,
        **record_of(variant.group),
    }
    return json.dumps(record, ensure_ascii=False)


def read_manifest(path: Path) -> Manifest:
    """The records of a manifest; raises InputError with the line that is no record."""
    records: dict[str, Mapping[str, Any]] = {}
    for number, line in enumerate(read_file(path, MANIFEST_LIMIT).decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            records[record["variant"]] = record
        except (ValueError, KeyError, TypeError) as error:
            raise InputError("manifest-line", file=str(path), line=number) from error
    return Manifest(records)


class Claim(msgspec.Struct, frozen=True):
    """What an answers file says of a variant: whose, which item, which code."""

    student: str
    item: Item
    code: str


Messages = dict[int, Message]


def resolve(problem: Problem, claims: Sequence[Claim], manifest: Manifest) -> tuple[list[Group], Messages, Messages]:
    """Groups whose `places` are those of the claims; by place, why one cannot be marked, and notes on others."""
    groups: list[Group] = []
    faults: Messages = {}
    notes: Messages = {}
    to_draw: dict[tuple[tuple[str, str], ...], list[tuple[int, int]]] = {}
    for place, claim in enumerate(claims):
        record = manifest.find(_normal(claim.code), claim.student, claim.item.label)
        if record is not None:
            try:
                seed = decode(str(record["variant"]))[0]
                groups.append(_placed(from_record(problem, record, seed), [place]))
            except (AuthorError, StudentError) as fault:
                faults[place] = fault.message
                continue
            if record.get("digest") != problem.digest:
                notes[place] = Message("variant-changed-recorded", {"problem": problem.id})
            elif record.get("student") != claim.student:
                notes[place] = Message("variant-of-another", {"problem": claim.item.label, "code": claim.code})
            continue
        try:
            seed = _checked(claim, problem)
        except StudentError as fault:
            faults[place] = fault.message
            continue
        to_draw.setdefault(tuple(sorted(claim.item.fixed.items())), []).append((place, seed))
    for fixed, waiting in to_draw.items():
        places = np.array([place for place, _ in waiting])
        redrawn = draw(problem, [seed for _, seed in waiting], dict(fixed))
        groups += [_placed(group, places[group.places]) for group in redrawn]
    return groups, faults, notes


def _normal(code: str) -> str:
    try:
        return encode(*decode(code)) if code else ""
    except StudentError:
        return code


def _checked(claim: Claim, problem: Problem) -> int:
    """The seed in a code; raises StudentError for a missing, mistyped or outdated one."""
    if not claim.code:
        raise StudentError("variant-missing", problem=claim.item.label)
    seed, digest = decode(claim.code)
    if digest != claim.item.digest(problem):
        raise StudentError("variant-changed", problem=claim.item.label, code=claim.code)
    return seed


def _placed(group: Group, places: Any) -> Group:
    return Group(group.plan, np.asarray(places), group.seeds, group.given, group.solution, group.picks)
