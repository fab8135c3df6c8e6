"""Draws: numbers for every student, from the hash, redrawn until the conditions hold.

Choices that fix the structure come first and split the students into groups; the rest of a group is drawn and solved
as arrays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, NoReturn

import msgspec
import numpy as np
from msgspec.structs import replace

from grader.arrays import Indices, Seeds, Truths
from grader.chance.streams import stream
from grader.draws.by_hand import condition_text, decided, refuse_unfit, refuse_unknown
from grader.draws.fitting import fitting
from grader.draws.tries import MAX_TRIES, Tries, tries_of
from grader.errors import AuthorError, Message
from grader.plan.candidates import UNDEFINED
from grader.plan.group import Group, merged
from grader.plan.planner import composed, plan_of
from grader.spec.problem import FormChoice, Problem
from grader.spec.source import Path
from grader.yamltext import line_of

ROWS, MOST_AHEAD = 4096, 16
"""Where few students are waiting, several tries of each are made at once; which ones changes nothing."""


class Tally(msgspec.Struct):
    """How often candidates were rejected, and why (the number of the condition, or a word)."""

    drawn: int = 0
    rejected: Counter[str] | None = None

    def count(self, why: str, number: int) -> None:
        """Note rejections."""
        self.rejected = self.rejected or Counter()
        self.rejected[why] += number

    @property
    def rate(self) -> float:
        """Share of candidates rejected."""
        return sum((self.rejected or {}).values()) / max(1, self.drawn)

    @property
    def worst_condition(self) -> str:
        """What an author wrote that rejects most; "" where nothing does."""
        counts = {why: number for why, number in (self.rejected or {}).items() if number and why != "telling"}
        return max(counts, key=lambda why: counts[why], default="")

    @property
    def telling_rate(self) -> float:
        """Share of candidates rejected because their numbers hide or confuse slips."""
        return (self.rejected or Counter())["telling"] / max(1, self.drawn)


def draw(
    problem: Problem,
    seeds: Sequence[int] | Seeds,
    fixed: Mapping[str, str] | None = None,
    tally: Tally | None = None,
    *,
    require: bool = False,
    printed: bool = False,
) -> list[Group]:
    """Groups that together hold every seed. `fixed` sets givens and form by text (`{"x": "[1, 2]"}`).

    Raises AuthorError when the conditions cannot be met within the bound, with the one that failed most. Numbers that
    are all set by hand have to be answerable, and with `require` to meet the conditions of the problem as well; with a
    code of theirs they were `printed`, which nothing is before that was tried.
    """
    keys = np.asarray(seeds, dtype=np.uint64)
    fixed, tally = fixed or {}, tally if tally is not None else Tally()
    refuse_unknown(problem, fixed)
    waiting = np.arange(len(keys))
    tries = np.zeros(len(keys), np.int64)  # where each student is
    deciding = np.zeros(len(keys), np.int64)  # the try that decided the student's form
    parts: list[Group] = []
    while len(waiting):
        ahead = min(max(ROWS // len(waiting), 1), MOST_AHEAD)
        for form, some in _forms(problem, keys[waiting], deciding[waiting], fixed):
            members = waiting[some]
            plan = plan_of(problem, form)
            fitting(plan)
            by_hand = bool(fixed) and decided(plan, fixed)
            drawn = tries_of(plan, keys[members], tries[members], ahead, fixed, require=require or not by_hand)
            if by_hand:
                refuse_unfit(drawn, fixed, printed=printed)
            settled = _settled(drawn, bool(problem.form), tally)
            parts.append(_taken(drawn, members, settled))
            tries[members] = np.where(settled.accepted, -1, tries[members] + settled.used)
            deciding[members] = np.where(settled.unfit, tries[members], deciding[members])
        waiting = waiting[tries[waiting] >= 0]
        if len(waiting) and tries[waiting].max() >= MAX_TRIES:
            _give_up(problem, tally)
    return merged([part for part in parts if len(part.positions)])


_WORDS = {
    "given": ("given", "spec-rejected-given"),
    "answer": ("ask", "spec-rejected-answer"),
    "options": ("ask", "spec-rejected-options"),
}
"""What is not met by what a tally calls it: where in the file, and in words."""


class AllRejected(AuthorError):
    """No draft of so many met the conditions; says which one failed most."""


class _Settled(NamedTuple):
    """For each student the tries used up, and whether the last one was accepted, or unfit and of another form."""

    used: Indices
    accepted: Truths
    unfit: Truths


def _settled(drawn: Tries, has_forms: bool, tally: Tally) -> _Settled:
    """Go through each student's tries up to the first that is accepted, or after which the form is another one.

    Numbers that hide a slip keep their form, or some forms would be rare.
    """
    accepted = drawn.taken.reshape(-1, drawn.ahead)
    unfit = ~drawn.fit.reshape(-1, drawn.ahead) if has_forms else np.zeros_like(accepted)
    ends = accepted | unfit
    used = np.where(ends.any(axis=1), ends.argmax(axis=1) + 1, drawn.ahead)
    looked_at = (np.arange(drawn.ahead) < used[:, None]).ravel()
    tally.drawn += int(used.sum())
    for why, rejected in drawn.causes.items():
        tally.count(why, int((rejected & looked_at).sum()))
    last = (np.arange(len(used)), used - 1)
    return _Settled(used, accepted[last], unfit[last])


def _taken(drawn: Tries, members: Indices, settled: _Settled) -> Group:
    """The accepted tries, with the places of their students."""
    who = np.flatnonzero(settled.accepted)
    return replace(drawn.group.taking(who * drawn.ahead + settled.used[who] - 1), positions=members[who])


def _give_up(problem: Problem, tally: Tally) -> NoReturn:
    path, condition = condition_of(problem, tally.worst_condition)
    source = problem.source
    raise AllRejected(
        "spec-rejected",
        file=source.file,
        line=line_of(source.root, path),
        path=".".join(map(str, path)),
        tries=MAX_TRIES,
        percent=100 * tally.rate,
        condition=condition,
    )


def condition_of(problem: Problem, why: str) -> tuple[Path, str | Message]:
    """The place and the words of what a tally calls `why`."""
    if why.isdigit():
        return ("require", int(why)), condition_text(problem, int(why))
    if why.startswith(UNDEFINED):
        name = why.removeprefix(UNDEFINED)
        return ("steps", name), Message("spec-rejected-undefined", {"name": name})
    part, key = _WORDS[why]
    return (part,), Message(key)


def _forms(
    problem: Problem, keys: Seeds, tries: Indices, fixed: Mapping[str, str]
) -> Iterator[tuple[dict[str, str], Indices]]:
    """Each form that occurs, with the members (places in `keys`) that drew it."""
    texts = [_form_texts(problem, choice, keys, tries, fixed) for choice in problem.form]
    if not texts:
        yield {}, np.arange(len(keys))
        return
    codes, tables = np.zeros((len(keys), len(texts)), np.int64), []
    for column, (indices, table) in enumerate(texts):
        codes[:, column] = indices
        tables.append(table)
    kinds, inverse = np.unique(codes, axis=0, return_inverse=True)
    for number, row in enumerate(kinds):
        form = {choice.name: table[code] for choice, table, code in zip(problem.form, tables, row, strict=True)}
        yield form, np.flatnonzero(inverse.ravel() == number)


def _form_texts(
    problem: Problem, choice: FormChoice, keys: Seeds, tries: Indices, fixed: Mapping[str, str]
) -> tuple[Indices, dict[int, str]]:
    """For each key a code, and what text each code stands for."""
    if choice.name in fixed:
        return np.zeros(len(keys), np.int64), {0: fixed[choice.name]}
    if choice.options:
        picked = stream(keys, f"form {choice.name}", tries).integers(len(choice.options), 1)[:, 0]
        return picked, dict(enumerate(choice.options))
    sizes = [len(slot) for slot in choice.slots]
    columns = [
        stream(keys, f"{choice.name} {place}", tries).integers(size, 1)[:, 0] for place, size in enumerate(sizes)
    ]
    codes = np.ravel_multi_index(tuple(columns), tuple(sizes))
    table = {
        int(code): composed(problem, choice.name, [int(i) for i in np.unravel_index(code, sizes)])
        for code in np.unique(codes)
    }
    return codes.astype(np.int64), table
