"""Verdicts that can be said: where the words for something fail, it is left out, and what failed is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from grader.course.results import as_dict, verdict_dict
from grader.course.sheet_verdict import Note, SheetVerdict
from grader.errors import InputError, Message
from grader.internal import Internal, contained
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.messages import translate

UNSAID = Message("internal-words")

Said = TypeVar("Said")


def sayable(sheet: SheetVerdict, language: str) -> SheetVerdict:
    """The sheet itself where all its words can be said, in both languages that may be asked for."""
    spoken = dict.fromkeys((language, sheet.language or language))
    failed = [contained(partial(as_dict, replace(sheet, language=""), each)) for each in spoken]
    return without_unsayable(sheet, tuple(spoken)) if any(isinstance(each, Internal) for each in failed) else sheet


def without_unsayable(sheet: SheetVerdict, languages: tuple[str, ...]) -> SheetVerdict:
    """The sheet with a word of apology for what cannot be said; points and verdicts stand."""
    failures: list[Internal] = []

    def says(words: Callable[[str], object]) -> bool:
        failed = [
            each
            for each in (contained(partial(words, language)) for language in languages)
            if isinstance(each, Internal)
        ]
        failures.extend(failed[:1])
        return not failed

    def messages(some: Iterable[Message]) -> tuple[Message, ...]:
        return tuple(each if says(partial(translate, each)) else UNSAID for each in some)

    def notes(some: Iterable[Note]) -> tuple[Note, ...]:
        return tuple(note if says(partial(translate, note.message)) else replace(note, message=UNSAID) for note in some)

    problems = tuple(_problem(problem, messages, languages) for problem in sheet.problems)
    refused = sheet.refused
    if refused is not None and not says(partial(translate, refused.message)):
        refused = InputError("internal-file", file=sheet.file, reason="")
    said = replace(
        sheet,
        problems=problems,
        refused=refused,
        faults=notes(sheet.faults),
        notes=notes(sheet.notes),
        remarks=messages(sheet.remarks),
    )
    return replace(said, internal=(*said.internal, *failures))


def _problem(
    problem: ProblemVerdict, messages: Callable[[Iterable[Message]], tuple[Message, ...]], languages: tuple[str, ...]
) -> ProblemVerdict:
    verdicts = tuple(_verdict(verdict, languages) for verdict in problem.verdicts)
    return replace(problem, verdicts=verdicts, faults=messages(problem.faults))


def _verdict(verdict: Verdict, languages: tuple[str, ...]) -> Verdict:
    for language in languages:
        failure = contained(partial(verdict_dict, verdict, language))
        if isinstance(failure, Internal):
            return replace(verdict, reasons=(UNSAID,), slips=(), echo={}, span=None, internal=failure)
    return verdict
