"""Whose numbers: which codes were given to a student, on record or by the secret of the course, and what a code hides.

In a course, where the secret or the teacher's manifest is at hand, a code counts for the student it was given to. On
record is whom it was printed for; of what is not on record the seed must be that of the student, under today's rule or
that of sheets printed earlier. Practice that is not on record is free, and so is everything at home, where nothing is
known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from grader.chance.codes import SEALED, read_code
from grader.chance.seal import unsealed
from grader.chance.streams import seed_in, seed_of
from grader.course.assignment import PRACTICE, Item
from grader.course.bank import Bank
from grader.course.spelling import folded
from grader.course.variants import Manifest, normal_code
from grader.errors import Message, StudentError

NOT_YOURS = "variant-not-yours"
"""What the student is told where a code was given to somebody else, or to nobody."""


class Claim(msgspec.Struct, frozen=True):
    """What an answers file says of a variant: whose, which item, which code, in which assignment.

    `known_as` are other names of the student. Codes of a `sealed` assignment are sealed; a code that was not given to
    the student is `refused`, or remarked.
    """

    student: str
    item: Item
    code: str
    assignment: str = ""
    known_as: tuple[str, ...] = ()
    sealed: bool = False
    same_numbers: bool = False
    refused: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the student is called."""
        return (self.student, *self.known_as)


class Rights:
    """The codes on record and the secrets of a course; both may be missing."""

    def __init__(self, manifest: Manifest, bank: Bank) -> None:
        self.manifest, self.secrets, self.opens = manifest, bank.secrets, bank.opens
        self.at_hand = bool(any(self.secrets) or manifest.by_code)
        self.on_record: dict[tuple[str, str], set[str]] = defaultdict(set)
        for holders in manifest.holders.values():
            for holder in holders:
                self.on_record[holder.assignment, holder.label].add(folded(holder.student))

    def seed(self, claim: Claim) -> int:
        """The seed behind the code of a claim; raises StudentError where there is none, or it must not be told."""
        if not claim.code:
            raise StudentError("variant-missing", problem=claim.item.label)
        code = read_code(claim.code)
        if code.tag is None:
            return code.seed
        if not self.opens:
            raise StudentError(SEALED)
        for secret in filter(None, self.secrets):
            if (seed := unsealed(secret, code)) is not None:
                return seed
        raise StudentError("code-sealed-elsewhere")

    def not_given(self, claim: Claim, seed: int) -> Message | None:
        """What is to be said where the code of a claim was not given to its student."""
        if not self.at_hand or self._given(claim, seed):
            return None
        values = {"problem": claim.item.label, "code": claim.code, "student": claim.student}
        return Message(NOT_YOURS if claim.refused else "variant-not-given", values)

    def _given(self, claim: Claim, seed: int) -> bool:
        label, code = claim.item.label, normal_code(claim.code)
        names = {folded(name) for name in claim.names if name}
        for holder in self.manifest.holders.get(code, ()):
            there = holder.assignment in ("", claim.assignment) and holder.label in ("", label)
            if there and (not holder.student or folded(holder.student) in names):
                return True
        sealed = read_code(code).tag is not None
        known = self.on_record.get((claim.assignment, label), set()) - {""}
        if claim.assignment in ("", PRACTICE) and not known and not sealed:
            return True
        if claim.sealed and not sealed:
            return False
        return seed in self._own(claim, earlier=claim.same_numbers or (known.isdisjoint(names) and not sealed))

    def _own(self, claim: Claim, *, earlier: bool) -> Iterator[int]:
        """The seeds that the course draws the student's numbers with; those of `earlier` sheets stood in any."""
        for secret in self.secrets:
            for name in _spellings(claim.names):
                yield seed_in(secret, name, claim.assignment, claim.item.label)
                if earlier:
                    yield seed_of(secret, name, claim.item.label)

    def owners(self, claim: Claim) -> tuple[str, ...]:
        """Whose variant it is on record, where it is neither the student's own nor one for nobody in particular."""
        record = self.manifest.find(normal_code(claim.code), claim.student, claim.item.label)
        holders = self.manifest.holders.get(str(record["variant"]), ()) if record else ()
        students = tuple(dict.fromkeys(holder.student for holder in holders))
        names = {folded(name) for name in claim.names}
        return () if "" in students or any(folded(student) in names for student in students) else students


def _spellings(names: Iterable[str]) -> list[str]:
    """The ways a name may have been written when its sheet was printed; without one there is nobody."""
    ways = (name for each in names if each for name in (each, *_cases(" ".join(each.split()))))
    return list(dict.fromkeys(ways))


def _cases(name: str) -> tuple[str, ...]:
    return name, name.lower(), name.upper(), name.title(), name.capitalize()
