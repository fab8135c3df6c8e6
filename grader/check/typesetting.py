"""Do the texts typeset: many problems in one worksheet, and if that fails, which fragment it is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.blanks.kinds import in_key
from grader.check.report import Finding, error
from grader.check.texts import pieces
from grader.errors import AuthorError
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.spec.problem import Problem
from grader.spec.source import Path
from grader.worksheet.document import Exercise, Sheet
from grader.worksheet.formats import render

SAMPLED_GROUPS = 4
SOLVED_GROUPS = 2
"""Forms whose worked solution is typeset too."""
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of Markdown, and where it comes from."""

    problem: Problem
    path: Path
    markdown: str


def fragments_of(problem: Problem, groups: Sequence[Group]) -> Iterator[Fragment]:
    """What is printed for a few variants of different form, the key included; what cannot be filled in is left out."""
    for group in groups[:: math.ceil(len(groups) / SAMPLED_GROUPS) or 1]:
        one = group.at(0)
        for language in LANGUAGES:
            try:
                texts = [*pieces(one, language), *_key(one, language)]
            except AuthorError:
                continue  # already found where the texts are checked
            yield from (Fragment(problem, path, text) for path, text in texts if text)
    for group in groups[:: math.ceil(len(groups) / SOLVED_GROUPS) or 1]:
        for language in LANGUAGES:
            yield from _solution(problem, group.at(0), language)


def _solution(problem: Problem, group: Group, language: str) -> Iterator[Fragment]:
    """The worked solution as one fragment per step."""
    from grader.worksheet.solution import parts

    try:
        yield from [Fragment(problem, path, text) for path, text in parts(group, language)]
    except AuthorError:
        return  # an unreadable remark is found where the texts are checked


def _key(group: Group, language: str) -> Iterator[tuple[Path, str]]:
    for ask in group.plan.asks:
        yield ask.path, in_key(ask, group, language)


def typesetting_findings(fragments: Sequence[Fragment]) -> Iterator[Finding]:
    """Fragments that pandoc or Typst refuses. All travel together; only a failure is narrowed down by halves."""
    reason = _refused(fragments)
    if reason is None:
        return
    if len(fragments) > 1:
        middle = len(fragments) // 2
        yield from typesetting_findings(fragments[:middle])
        yield from typesetting_findings(fragments[middle:])
        return
    (fragment,) = fragments
    shown = fragment.markdown[:SHOWN]
    yield error(fragment.problem, "check-typeset", fragment.path, name=shown, fragment=shown, reason=reason.message)


def _refused(fragments: Sequence[Fragment]) -> AuthorError | None:
    distinct = dict.fromkeys(fragment.markdown for fragment in fragments)
    exercises = tuple(Exercise(number, "", 0, "", text, ()) for number, text in enumerate(distinct, 1))
    try:
        render([Sheet("", "", "en", exercises)], ["pdf"])
    except AuthorError as fault:
        return fault
    return None
