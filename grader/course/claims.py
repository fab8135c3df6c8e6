"""The numbers that a file's codes stand for: those on record, the others drawn again.

The draw is the record. A manifest line holds the numbers; without it they are drawn again from the code, and a spec
that has changed since is seen by its digest and said. So are those of a line that does not fit, or that another file
disputes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from grader.chance.codes import read_code
from grader.course.assignment import Assignment, Item
from grader.course.policy import NO_POLICY
from grader.course.rights import Claim, Rights
from grader.course.variants import Manifest, Record, normal_code
from grader.draws.draw import draw
from grader.errors import AuthorError, Message, StudentError
from grader.plan.group import Group
from grader.plan.record import from_record
from grader.spec.problem import Problem


def claim_of(
    assignment: Assignment | None,
    name: str,
    student: str,
    label: str,
    code: str,
    manifest: Manifest,
    known_as: tuple[str, ...] = (),
) -> Claim:
    """The claim to a label: to that item of the assignment, to what was printed under it, or to a problem."""
    item = assignment.item(label) if assignment else None
    if item is None:
        record = manifest.find(normal_code(code), student, label) or {}
        item = Item(label, str(record["problem"]) if record.get("label") == label else label)
    policy = (assignment.policy if assignment else None) or NO_POLICY
    sealed, same = (assignment.sealed, assignment.same_numbers) if assignment else (False, False)
    return Claim(student, item, code, name, known_as, sealed, same, policy.codes == "refuse")


class Resolved(NamedTuple):
    """Groups whose `positions` are those among the claims; by position what cannot be marked and why.

    `notes` are on what was marked all the same, `remarks` what the teacher alone is told, `owners` the students whose
    variant a claim has that is not its own.
    """

    groups: list[Group]
    faults: dict[int, Message]
    notes: dict[int, Message]
    remarks: dict[int, list[Message]]
    owners: dict[int, tuple[str, ...]]


def resolve(problem: Problem, claims: Sequence[Claim], rights: Rights) -> Resolved:
    """The numbers of the claims, as far as their students have a right to them."""
    resolved = Resolved([], {}, {}, {}, {})
    to_draw: dict[tuple[bool, tuple[tuple[str, str], ...]], list[tuple[int, int]]] = {}
    for position, claim in enumerate(claims):
        try:
            seed = _seed(position, claim, problem, rights, resolved)
        except (AuthorError, StudentError) as fault:
            resolved.faults[position] = fault.message
            continue
        if seed is not None:
            numbers = claim.item.require, tuple(sorted(claim.item.fixed.items()))
            to_draw.setdefault(numbers, []).append((position, seed))
    for (require, fixed), waiting in to_draw.items():
        positions = np.array([position for position, _ in waiting])
        redrawn = draw(problem, [seed for _, seed in waiting], dict(fixed), require=require, printed=True)
        resolved.groups.extend(replace(group, positions=positions[group.positions]) for group in redrawn)
    return resolved


def _seed(position: int, claim: Claim, problem: Problem, rights: Rights, resolved: Resolved) -> int | None:
    """The seed to draw a claim's numbers with; None where they are on record, and resolved."""
    record = rights.manifest.find(normal_code(claim.code), claim.student, claim.item.label)
    if record is not None and not claim.code:
        claim = replace(claim, code=str(record["variant"]))
    seed = rights.seed(claim)
    if owners := rights.owners(claim):
        resolved.owners[position] = owners
    if (foreign := rights.not_given(claim, seed)) is not None:
        if claim.refused:
            raise StudentError(foreign.key, **foreign.values)
        resolved.remarks.setdefault(position, []).append(foreign)
    digest = read_code(claim.code).digest
    fits = digest == claim.item.digest(problem)
    code = normal_code(claim.code)
    if record is not None and not (code in rights.manifest.disputed and fits):
        try:
            _recorded(position, problem, record, seed, resolved)
        except AuthorError as fault:
            if not fits:
                raise
            file, line = rights.manifest.places.get(code, ("", 0))
            unfit = Message("manifest-unfit", {"file": file, "line": line, "reason": fault.message})
            resolved.remarks.setdefault(position, []).append(unfit)
        else:
            return None
    if not fits:
        raise StudentError("variant-changed", problem=claim.item.label, code=claim.code)
    return seed


def _recorded(position: int, problem: Problem, record: Record, seed: int, resolved: Resolved) -> None:
    """The numbers on record."""
    group = from_record(problem, record, seed)
    resolved.groups.append(replace(group, positions=np.array([position])))
    if record.get("digest") != problem.digest:
        resolved.notes[position] = Message("variant-changed-recorded", {"problem": problem.id})
