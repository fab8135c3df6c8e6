"""A student's variant of an item: drawn for a worksheet, recorded in a manifest, found again from its code.

The draw is the record. A manifest line holds the numbers; without it they are drawn again from the code, and a spec
that has changed since is seen by its digest and said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace

from grader.chance.codes import decode, encode
from grader.chance.streams import seed_of
from grader.course.assignment import Item
from grader.draws.by_hand import Refused
from grader.draws.draw import draw
from grader.errors import AuthorError, InputError, Message, StudentError
from grader.plan.group import Group
from grader.plan.record import from_record, record_of
from grader.spec.problem import Problem
from grader.textfile import read_file

MANIFEST = "manifest.jsonl"
MANIFEST_LIMIT = 500_000_000

Record = Mapping[str, object]
"""A line of a manifest."""


class Variant(msgspec.Struct, frozen=True):
    """One student's numbers for one item: a group of one and its code."""

    code: str
    group: Group


class Manifest(msgspec.Struct, frozen=True):
    """Records by code and by student and label."""

    by_code: Mapping[str, Record] = msgspec.field(default_factory=dict)

    def find(self, code: str, student: str, label: str) -> Record | None:
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
    for group in _drawn(problem, item, seeds):
        for member, position in enumerate(group.positions):
            variants[position] = Variant(code_of(seeds[position], item, problem), group.at(member))
    return [variant for variant in variants if variant is not None]


def _drawn(problem: Problem, item: Item, seeds: Sequence[int]) -> list[Group]:
    """The groups of the seeds; what is wrong with numbers that an assignment sets is said with its own line."""
    try:
        return draw(problem, seeds, item.fixed, require=item.require)
    except AuthorError as fault:
        if not item.fixed or not item.file:
            raise
        key = "assignment-set-condition" if isinstance(fault, Refused) and fault.condition else "assignment-set"
        label, reason, where = item.label, fault.message, fault.where
        raise AuthorError(key, file=item.file, line=item.line, label=label, reason=reason, where=where) from fault


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
    records: dict[str, Record] = {}
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


class Resolved(NamedTuple):
    """Groups whose `positions` are those among the claims; by position what cannot be marked and why, and notes."""

    groups: list[Group]
    faults: dict[int, Message]
    notes: dict[int, Message]


def resolve(problem: Problem, claims: Sequence[Claim], manifest: Manifest) -> Resolved:
    """The numbers of the claims: those on record, the others drawn again from their codes."""
    resolved = Resolved([], {}, {})
    to_draw: dict[tuple[bool, tuple[tuple[str, str], ...]], list[tuple[int, int]]] = {}
    for position, claim in enumerate(claims):
        record = manifest.find(_normal(claim.code), claim.student, claim.item.label)
        try:
            if record is None:
                numbers = claim.item.require, tuple(sorted(claim.item.fixed.items()))
                to_draw.setdefault(numbers, []).append((position, _checked(claim, problem)))
                continue
            recorded = from_record(problem, record, decode(str(record["variant"]))[0])
        except (AuthorError, StudentError) as fault:
            resolved.faults[position] = fault.message
            continue
        resolved.groups.append(replace(recorded, positions=np.array([position])))
        if (remark := _remark(problem, claim, record)) is not None:
            resolved.notes[position] = remark
    for (require, fixed), waiting in to_draw.items():
        positions = np.array([position for position, _ in waiting])
        redrawn = draw(problem, [seed for _, seed in waiting], dict(fixed), require=require)
        resolved.groups.extend(replace(group, positions=positions[group.positions]) for group in redrawn)
    return resolved


def _remark(problem: Problem, claim: Claim, record: Record) -> Message | None:
    """What is odd about a record that is marked all the same."""
    if record.get("digest") != problem.digest:
        return Message("variant-changed-recorded", {"problem": problem.id})
    if record.get("student") != claim.student:
        return Message("variant-of-another", {"problem": claim.item.label, "code": claim.code})
    return None


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
