"""The data of a problem: what its file says, read and validated."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.facts import Facts
from grader.spec.models import MistakeModel
from grader.spec.source import Source
from grader.tolerance import Tolerance

Texts = Mapping[str, str]
Form = Mapping[str, str]
"""The choices that fix a structure, by name: a word, a number, or a function's text."""


class FormChoice(msgspec.Struct, frozen=True):
    """A choice that fixes the structure: texts to choose from, or the slots of a function to compose."""

    name: str
    options: tuple[str, ...] = ()
    slots: tuple[tuple[str, ...], ...] = ()
    variable: str = ""


class Problem(msgspec.Struct, frozen=True, eq=False):
    """A problem file, read and validated; `grader.plan.planner.plan_of` unrolls it for a form.

    Its facts are the plans of its forms, and what these have in common.
    """

    id: str
    title: Texts
    topic: str
    origin: str
    level: int
    minutes: int  # by hand; 0 where the file does not say
    text: Texts
    form: tuple[FormChoice, ...]
    digest: str
    source: Source
    mistakes: Mapping[str, MistakeModel]
    rounding: Tolerance | None = None
    hints: tuple[Texts, ...] = ()
    on_purpose: frozenset[str] = frozenset()  # blanks that are 0 or alike for everybody, which the problem is about
    facts: Facts = msgspec.field(default_factory=Facts)

    @property
    def code_digest(self) -> int:
        """15 bits of the digest, for the variant code."""
        return int(self.digest[:8], 16) & 0x7FFF
