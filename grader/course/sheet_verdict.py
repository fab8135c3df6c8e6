"""What came of an answers file, as data."""

from __future__ import annotations

import msgspec

from grader.chance.codes import SEALED
from grader.course.attempts import Standing
from grader.course.policy import Lateness, Policy
from grader.errors import GraderError, Message
from grader.internal import Internal
from grader.marking.verdict import ProblemVerdict, Verdict


class Note(msgspec.Struct, frozen=True):
    """A remark on a file, with its line; on a problem or a blank of it where these are given, as typed.

    One that is `harmless` needs nobody's eye: it is told elsewhere.
    """

    message: Message
    line: int = 0
    problem: str = ""
    ask: str = ""
    harmless: bool = False


class SheetVerdict(msgspec.Struct, frozen=True):
    """What came of one answers file. `faults` cost answers, `notes` do not; `refused` says why nothing was graded.

    Under a policy, `standings` says per problem which attempt it is and what counts by now, and `late` how late it
    came; a later submission has `superseded` it. `remarks` are for the teacher alone, `owners` the students whose
    variants it has; `internal` is what failed of the program beside what failed at a problem or an answer.
    """

    file: str
    student: str = ""
    assignment: str = ""
    language: str = ""
    problems: tuple[ProblemVerdict, ...] = ()
    faults: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    refused: GraderError | None = None
    policy: Policy | None = None
    standings: tuple[Standing, ...] = ()
    late: Lateness | None = None
    superseded: bool = False
    remarks: tuple[Message, ...] = ()
    owners: tuple[str, ...] = ()
    internal: tuple[Internal, ...] = ()

    @property
    def counts(self) -> tuple[float, ...]:
        """The points that count, per problem: over all attempts where these are known, else those of this file."""
        return tuple(standing.points for standing in self.standings) or tuple(
            problem.points for problem in self.problems
        )

    @property
    def sealed(self) -> bool:
        """Whether there is nothing in it but what is graded where its codes are opened."""
        faults = [fault.key for problem in self.problems for fault in problem.faults]
        return SEALED in faults and not any(problem.verdicts for problem in self.problems)

    @property
    def points(self) -> float:
        """Earned points."""
        return sum(problem.points for problem in self.problems)

    @property
    def of(self) -> float:
        """Points that could be earned."""
        return sum(problem.of for problem in self.problems)


class Failure(msgspec.Struct, frozen=True):
    """Where the program failed on a file: at a problem, at an answer of it, or at the file itself."""

    internal: Internal
    problem: ProblemVerdict | None = None
    verdict: Verdict | None = None


def failures_of(sheet: SheetVerdict) -> tuple[Failure, ...]:
    """Everything at which the program failed."""
    found = [Failure(internal) for internal in sheet.internal]
    for problem in sheet.problems:
        found += [Failure(problem.internal, problem)] if problem.internal is not None else []
        found += [Failure(each.internal, problem, each) for each in problem.verdicts if each.internal is not None]
    return tuple(found)
