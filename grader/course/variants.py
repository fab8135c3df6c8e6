"""A student's variant of an item: drawn for a worksheet, recorded in a manifest, found again from its code.

The draw is the record. A manifest line holds the numbers; without it they are drawn again from the code, and a spec
that has changed since is seen by its digest and said.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace

from grader.chance.codes import decode, encode
from grader.chance.streams import seed_of
from grader.course.assignment import Assignment, Item
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


class Holder(msgspec.Struct, frozen=True):
    """For whom a variant was printed, and in which assignment; a sheet for nobody in particular has no student."""

    student: str
    assignment: str


class Manifest(msgspec.Struct, frozen=True):
    """Records by code, the last of each, and everybody whom the variant of a code was printed for."""

    by_code: Mapping[str, Record] = msgspec.field(default_factory=dict)
    holders: Mapping[str, tuple[Holder, ...]] = msgspec.field(default_factory=dict)

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

    def holders_of(self, code: str, student: str, label: str) -> tuple[Holder, ...]:
        """Whom the variant was printed for that a student gives a code of, or is known to have."""
        record = self.find(normal_code(code), student, label)
        return self.holders.get(str(record["variant"]), ()) if record else ()


def together(manifests: Iterable[Manifest]) -> Manifest:
    """Several manifests as one; of records of the same code the later one."""
    by_code: dict[str, Record] = {}
    holders: dict[str, tuple[Holder, ...]] = {}
    for manifest in manifests:
        by_code.update(manifest.by_code)
        for code, known in manifest.holders.items():
            holders[code] = tuple(dict.fromkeys((*holders.get(code, ()), *known)))
    return Manifest(by_code, holders)


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


def read_manifest(path: Path, codes: Collection[str] | None = None) -> Manifest:
    """The records of a manifest, perhaps of some codes only; raises InputError with the line that is no record."""
    records: dict[str, Record] = {}
    holders: dict[str, dict[Holder, None]] = {}
    wanted = None if codes is None else [code.encode() for code in codes]
    for number, line in enumerate(read_file(path, MANIFEST_LIMIT).split(b"\n"), 1):
        if not line.strip() or not (wanted is None or any(code in line for code in wanted)):
            continue
        try:
            record = json.loads(line)
            records[record["variant"]] = record
            holder = Holder(str(record.get("student", "")), str(record.get("assignment", "")))
            holders.setdefault(record["variant"], {})[holder] = None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError("manifest-line", file=str(path), line=number) from error
    return Manifest(records, {code: tuple(each) for code, each in holders.items()})


class Claim(msgspec.Struct, frozen=True):
    """What an answers file says of a variant: whose, which item, which code."""

    student: str
    item: Item
    code: str


def claim_of(assignment: Assignment | None, student: str, label: str, code: str, manifest: Manifest) -> Claim:
    """The claim to a label: to that item of the assignment, to what was printed under it, or to a problem."""
    item = assignment.item(label) if assignment else None
    if item is None:
        record = manifest.find(normal_code(code), student, label) or {}
        item = Item(label, str(record["problem"]) if record.get("label") == label else label)
    return Claim(student, item, code)


class Resolved(NamedTuple):
    """Groups whose `positions` are those among the claims; by position what cannot be marked and why.

    `notes` are on what was marked all the same, `owners` the students whose variant a claim has that is not its own.
    """

    groups: list[Group]
    faults: dict[int, Message]
    notes: dict[int, Message]
    owners: dict[int, tuple[str, ...]]


def resolve(problem: Problem, claims: Sequence[Claim], manifest: Manifest) -> Resolved:
    """The numbers of the claims: those on record, the others drawn again from their codes."""
    resolved = Resolved([], {}, {}, {})
    to_draw: dict[tuple[bool, tuple[tuple[str, str], ...]], list[tuple[int, int]]] = {}
    for position, claim in enumerate(claims):
        record = manifest.find(normal_code(claim.code), claim.student, claim.item.label)
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
        if record.get("digest") != problem.digest:
            resolved.notes[position] = Message("variant-changed-recorded", {"problem": problem.id})
        if owners := _others(claim, manifest.holders.get(str(record["variant"]), ())):
            resolved.owners[position] = owners
    for (require, fixed), waiting in to_draw.items():
        positions = np.array([position for position, _ in waiting])
        redrawn = draw(problem, [seed for _, seed in waiting], dict(fixed), require=require, printed=True)
        resolved.groups.extend(replace(group, positions=positions[group.positions]) for group in redrawn)
    return resolved


def _others(claim: Claim, holders: Iterable[Holder]) -> tuple[str, ...]:
    """Whose variant it is, where it is neither the student's own nor one for nobody in particular."""
    students = tuple(dict.fromkeys(holder.student for holder in holders))
    return () if claim.student in students or "" in students else students


@lru_cache(maxsize=10_000)
def normal_code(code: str) -> str:
    """A code as it is printed; a text that is no code stays as it is."""
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
