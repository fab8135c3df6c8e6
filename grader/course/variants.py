"""A student's variant of an item: drawn for a worksheet, with a code, and recorded in a manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np

from grader.chance.codes import encode, read_code, written
from grader.chance.seal import sealed
from grader.chance.streams import seed_in, seed_of
from grader.course.assignment import Assignment, Item
from grader.course.spelling import folded
from grader.draws.by_hand import Refused
from grader.draws.draw import draw
from grader.errors import AuthorError, Message, StudentError
from grader.plan.group import Group
from grader.plan.record import record_of
from grader.spec.problem import Problem
from grader.textfile import read_file

MANIFEST = "manifest.jsonl"
MANIFEST_LIMIT = 500_000_000
MOST_BROKEN = 5
"""Broken lines of a manifest that are told one by one."""

Record = Mapping[str, object]
"""A line of a manifest."""


class Variant(msgspec.Struct, frozen=True):
    """One student's numbers for one item: a group of one and its code."""

    code: str
    group: Group


class Holder(msgspec.Struct, frozen=True):
    """For whom a variant was printed, in which assignment and under which label; a sheet for nobody has no student."""

    student: str
    assignment: str
    label: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """Records by code, the last of each, and everybody whom the variant of a code was printed for.

    `places` are file and line of the records. `disputed` codes have other numbers in another file. `remarks` are for
    the teacher: what could not be read, and what is disputed.
    """

    by_code: Mapping[str, Record] = msgspec.field(default_factory=dict)
    holders: Mapping[str, tuple[Holder, ...]] = msgspec.field(default_factory=dict)
    places: Mapping[str, tuple[str, int]] = msgspec.field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    remarks: tuple[Message, ...] = ()

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
    places: dict[str, tuple[str, int]] = {}
    disputed: set[str] = set()
    remarks: list[Message] = []
    for manifest in manifests:
        remarks += manifest.remarks
        disputed |= manifest.disputed
        for code, record in manifest.by_code.items():
            if code in by_code and any(by_code[code].get(part) != record.get(part) for part in _NUMBERS):
                disputed.add(code)
                files = [f"{file}:{line}" for file, line in (places[code], manifest.places[code])]
                remarks.append(Message("manifest-disputed", {"code": code, "files": files}))
        by_code.update(manifest.by_code)
        places.update(manifest.places)
        for code, known in manifest.holders.items():
            holders[code] = tuple(dict.fromkeys((*holders.get(code, ()), *known)))
    return Manifest(by_code, holders, places, frozenset(disputed), tuple(remarks))


_NUMBERS = ("problem", "form", "given", "picks")
"""What two records of one code must have in common."""


def code_of(seed: int, item: Item, problem: Problem, seal: str = "") -> str:
    """The variant code printed on the sheet, perhaps sealed under a secret."""
    digest = item.digest(problem)
    return written(sealed(seal, seed, digest)) if seal else encode(seed, digest)


def drawn(problem: Problem, item: Item, seeds: Sequence[int], seal: str = "") -> list[Variant]:
    """Variants for seeds, in their order, their codes perhaps sealed under a secret."""
    variants: list[Variant | None] = [None] * len(seeds)
    for group in _drawn(problem, item, seeds):
        for member, position in enumerate(group.positions):
            variants[position] = Variant(code_of(seeds[position], item, problem, seal), group.at(member))
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


def seeds_for(secret: str, students: Iterable[str], assignment: Assignment, item: Item) -> list[int]:
    """Each student's seed for an item of an assignment."""
    if assignment.same_numbers:
        return [seed_of(secret, student, item.label) for student in students]
    return [seed_in(secret, student, assignment.name, item.label) for student in students]


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


class Wanted(msgspec.Struct, frozen=True):
    """Of which codes and which students records are read; others are passed over."""

    codes: Collection[str]
    students: Collection[str] = ()

    def holds(self, line: bytes) -> bool:
        """Whether a line of a manifest may be one of these; written otherwise than here, it may."""
        code, student = _CODE.search(line), _STUDENT.search(line)
        if code is None or student is None or b"\\" in student[1]:
            return True
        return (
            code[1].decode(errors="replace") in self.codes or folded(student[1].decode(errors="replace")) in self._names
        )

    @property
    def _names(self) -> frozenset[str]:
        return _folded(tuple(self.students))


@lru_cache(maxsize=16)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(folded(name) for name in names)


_CODE, _STUDENT = re.compile(rb'"variant": ?"([^"]*)"'), re.compile(rb'"student": ?"([^"]*)"')


class _Line(msgspec.Struct, frozen=True):
    """What a line of a manifest must have."""

    variant: str
    problem: str
    form: dict[str, str]
    given: dict[str, float | list[object]]
    student: str = ""
    assignment: str = ""
    label: str = ""
    digest: str = ""
    picks: dict[str, int] = {}


def read_manifest(path: Path, wanted: Wanted | None = None) -> Manifest:
    """The records of a manifest, perhaps of some codes and students only; a line that is none costs only itself.

    Raises InputError for a file that cannot be read.
    """
    records: dict[str, Record] = {}
    holders: dict[str, dict[Holder, None]] = {}
    places: dict[str, tuple[str, int]] = {}
    broken: list[int] = []
    for number, line in enumerate(read_file(path, MANIFEST_LIMIT).removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip() or not (wanted is None or wanted.holds(line)):
            continue
        record = _record(line)
        if record is None:
            broken.append(number)
            continue
        code = normal_code(record.variant)
        records[code] = msgspec.structs.asdict(record) | {"variant": code}
        places[code] = (str(path), number)
        holders.setdefault(code, {})[Holder(record.student, record.assignment, record.label)] = None
    told = [Message("manifest-line", {"file": str(path), "line": number}) for number in broken[:MOST_BROKEN]]
    if rest := len(broken) - len(told):
        told.append(Message("manifest-lines", {"file": str(path), "count": rest}))
    return Manifest(records, {code: tuple(each) for code, each in holders.items()}, places, remarks=tuple(told))


def _record(line: bytes) -> _Line | None:
    """The record in a line, if it is one: its numbers are numbers."""
    try:
        record = msgspec.json.decode(line, type=_Line)
        numbers = [np.asarray(value) for value in record.given.values()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        return None
    sound = all(each.dtype.kind in "iuf" and each.size and np.isfinite(each).all() for each in numbers)
    return record if sound and record.variant else None


@lru_cache(maxsize=10_000)
def normal_code(code: str) -> str:
    """A code as it is printed; a text that is no code stays as it is."""
    try:
        return written(read_code(code)) if code else ""
    except StudentError:
        return code
