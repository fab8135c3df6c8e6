"""The Python API: problems, variants and marks without files.

>>> import grader
>>> p = grader.bank()["matrix-mul"]
>>> v = p.variant(seed=7)
>>> [verdict.status for verdict in v.mark({ask: v.right_answer(ask) for ask in v.asks})] == ["correct"] * len(v.asks)
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.blanks.kind import Typed
from grader.blanks.kinds import kind_of
from grader.course.ask_names import by_spelling, normal_form
from grader.course.assignment import Item
from grader.course.bank import Bank, default_bank
from grader.course.variants import code_of
from grader.draws.draw import draw
from grader.equality.compare import Comparison, compare
from grader.errors import AuthorError
from grader.figures.figure import Drawing, Undrawable
from grader.language.functions import inlined
from grader.language.typeset import to_text
from grader.marking.mark import mark
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.load import load_problem
from grader.plan.plan import Ask
from grader.spec.problem import Problem as ProblemSpec
from grader.worksheet.document import Blank

__all__ = ["Comparison", "Problem", "ProblemBank", "Variant", "Variants", "Verdict", "bank", "compare", "load"]


def load(path: str | Path) -> Problem:
    """The problem in a YAML file; raises AuthorError with file, line and cure."""
    return Problem(load_problem(Path(path)))


def bank(folder: str | Path | None = None) -> ProblemBank:
    """The bank of the package, or that of a folder on top of it."""
    return ProblemBank(Bank(Path(folder)) if folder is not None else default_bank())


class ProblemBank(Mapping[str, "Problem"]):
    """Problems by id."""

    def __init__(self, problems: Bank) -> None:
        self._bank = problems

    def __getitem__(self, problem: str) -> Problem:
        return Problem(self._bank[problem])

    def __iter__(self) -> Iterator[str]:
        return iter(self._bank)

    def __len__(self) -> int:
        return len(self._bank)


class Problem:
    """A problem of the bank."""

    def __init__(self, spec: ProblemSpec) -> None:
        self.spec = spec

    @property
    def id(self) -> str:
        """The id."""
        return self.spec.id

    @property
    def title(self) -> Mapping[str, str]:
        """The title in every language."""
        return self.spec.title

    def variant(self, seed: int = 0, fixed: Mapping[str, str] | None = None, *, require: bool = False) -> Variant:
        """One student's variant. `fixed` sets givens by text: `{"x": "[1, 2]"}`.

        Numbers that are all set have to be answerable, and with `require` to meet the problem's conditions as well.
        """
        return next(iter(self.variants([seed], fixed, require=require)))

    def variants(
        self, seeds: Sequence[int], fixed: Mapping[str, str] | None = None, *, require: bool = False
    ) -> Variants:
        """A batch, drawn and solved together; seeds are 0..2^40-1."""
        return Variants(self, seeds, fixed or {}, require=require)


class Variants:
    """A batch of variants in the order of their seeds."""

    def __init__(
        self, problem: Problem, seeds: Sequence[int], fixed: Mapping[str, str], *, require: bool = False
    ) -> None:
        self.problem, self.seeds, self.fixed = problem, seeds, fixed
        self.groups = draw(problem.spec, seeds, fixed, require=require)

    def __len__(self) -> int:
        return len(self.seeds)

    def __iter__(self) -> Iterator[Variant]:
        return (self[position] for position in range(len(self)))

    def __getitem__(self, position: int) -> Variant:
        group, member = self._members[position]
        return Variant(self.problem, int(self.seeds[position]), group.at(member), self.fixed)

    @cached_property
    def _members(self) -> dict[int, tuple[Group, int]]:
        """By position in the batch, the group of a student and the member of it."""
        return {
            int(position): (group, member) for group in self.groups for member, position in enumerate(group.positions)
        }

    def mark(self, answers: Sequence[Mapping[str, Typed]]) -> list[list[Verdict]]:
        """Verdicts for each student's answers (by ask id), marked together."""
        verdicts: list[list[Verdict]] = [[] for _ in answers]
        for group in self.groups:
            typed = [_by_ask(group, answers[position]) for position in group.positions]
            for position, marked in zip(group.positions, mark(group, typed), strict=True):
                verdicts[position] = marked
        return verdicts


def _by_ask(group: Group, answers: Mapping[str, Typed]) -> dict[str, Typed]:
    asks = by_spelling(group.plan.asks)
    unknown = [name for name in answers if normal_form(name) not in asks]
    if unknown:
        raise AuthorError("answers-unknown-ask", problem=group.plan.problem.id, ask=unknown[0], hint="")
    return {asks[normal_form(name)].id: text for name, text in answers.items()}


class Variant:
    """One student's numbers for one problem."""

    def __init__(self, problem: Problem, seed: int, group: Group, fixed: Mapping[str, str]) -> None:
        self.problem, self.seed, self.group, self.fixed = problem, seed, group, fixed

    @property
    def code(self) -> str:
        """The variant code printed on the worksheet."""
        return code_of(self.seed, Item(self.problem.id, self.problem.id, self.fixed), self.problem.spec)

    @property
    def asks(self) -> tuple[str, ...]:
        """Ids of the blanks, in order."""
        return tuple(ask.id for ask in self.group.plan.asks)

    @property
    def given(self) -> dict[str, Any]:
        """The choices of the form and the givens: numbers, lists, texts of functions."""
        values = {name: value[0].tolist() for name, value in self.group.given.items()}
        return {**self.group.plan.form, **values}

    @property
    def solution(self) -> dict[str, Any]:
        """Every step: numbers unrounded, arrays as lists, functions and matrix expressions as text."""
        solution: dict[str, Any] = {}
        for step in self.group.plan.steps:
            if step.has_value:
                solution[step.name] = self.group.solution[step.name][0].tolist()
            else:
                solution[step.name] = to_text(inlined(step.tree, dict(self.group.plan.functions)))
        return solution

    def right_answer(self, ask: str) -> str:
        """A text that is marked correct."""
        asked = self.group.plan.ask(ask)
        return next(
            str(sample.text)
            for sample in kind_of(asked, self.group).samples(asked, self.group)
            if sample.status == "correct"
        )

    def statement(self, language: str = "en") -> str:
        """The statement, Markdown with LaTeX maths."""
        from grader.worksheet.statement import statement

        return statement(self.group, language, by_hand=bool(self.fixed))

    def figure(self, language: str = "en") -> Drawing | None:
        """The drawing, if the problem has one: a scene, and the same in words."""
        from grader.worksheet.statement import drawing_of

        return drawing_of(self.group, language)

    def worked(self, language: str = "en") -> str:
        """The worked solution from the steps, Markdown with LaTeX maths."""
        from grader.worksheet.solution import solution

        return solution(self.group, language)

    def mark(self, answers: Mapping[str, Typed]) -> list[Verdict]:
        """A verdict per ask; `w1` and `w[1]` are the same."""
        return mark(self.group, [_by_ask(self.group, answers)])[0]

    def blanks(self, language: str = "en") -> tuple[Blank, ...]:
        """What is to be filled in, as it stands on the sheet."""
        from grader.course.printing import blank_of

        return tuple(blank_of(ask, self.group, language) for ask in self.group.plan.asks)

    def as_dict(self, language: str = "en", key: bool = False) -> dict[str, object]:
        """What `grade show --json` prints."""
        asks = zip(self.blanks(language), self.group.plan.asks, strict=True)
        shown: dict[str, object] = {
            "problem": self.problem.id,
            "seed": self.seed,
            "variant": self.code,
            "language": language,
            "given": self.given,
            "title": self.problem.title[language],
            "statement": self.statement(language),
            "asks": [_shown(blank, ask) for blank, ask in asks],
        }
        if drawing := self._shown_figure(language):
            shown["figure"] = {"kinds": list(drawing.kinds), "alt": drawing.alternative, "svg": drawing.svg()}
        return {**shown, "solution": self._key(), "worked": self.worked(language)} if key else shown

    def _shown_figure(self, language: str) -> Drawing | None:
        """The drawing; none where numbers set by hand cannot be drawn."""
        try:
            return self.figure(language)
        except Undrawable:
            if not self.fixed:
                raise
            return None

    def _key(self) -> dict[str, Any]:
        """The solution with the student's numbers put into expressions."""
        solution = self.solution
        for ask in self.group.plan.asks:
            kind = kind_of(ask, self.group)
            if kind.traits.formula and ask.tree is not None:
                solution[ask.id] = kind.export(ask, self.group)
        return solution


def _shown(blank: Blank, ask: Ask) -> dict[str, object]:
    """A blank as JSON, with its options if it has any."""
    shown = {
        "id": blank.id,
        "kind": blank.kind,
        "points": blank.points,
        "prompt": blank.prompt,
        "tolerance": tolerance_dict(ask),
        "hint": blank.hint,
    }
    return {**shown, "options": list(blank.options)} if blank.options else shown


def tolerance_dict(ask: Ask) -> dict[str, float]:
    """The rule by the names that `grade compare` uses; empty for exact."""
    names = {
        "rel": ask.tolerance.relative,
        "abs": ask.tolerance.absolute,
        "decimals": ask.tolerance.decimals,
        "sigfigs": ask.tolerance.significant,
    }
    return {name: value for name, value in names.items() if value is not None}
