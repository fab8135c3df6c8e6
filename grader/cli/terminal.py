"""What the terminal shows: verdicts with colour, one line per answer, a caret under what was not understood."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from grader.cli.screen import paint, secho
from grader.course.ask_names import normal_form
from grader.course.folder import Course, course_of_cwd
from grader.course.sheet_verdict import Failure, Note, SheetVerdict
from grader.course.standing_words import counts_differ, late_message, standing_messages
from grader.errors import AuthorError, GraderError, Message
from grader.language.unicode import name_unicode
from grader.marking.echo import tells_more
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.messages import LANGUAGES, number_in_words, translate
from grader.printable import printable

_SIGNS = {
    "correct": ("✓", "green"),
    "follows": ("✓", "cyan"),
    "partly": ("◐", "yellow"),
    "coarse": ("≈", "yellow"),
    "wrong": ("✗", "red"),
    "invalid": ("!", "magenta"),
    "blank": ("·", "bright_black"),
    "received": ("•", "bright_black"),
    "internal": ("!", "red"),
}
WIDTH = 78
INDENT = " " * 13
Command = TypeVar("Command", bound=Callable[..., object])


LANGUAGE = "grader.language"
"""Where a context keeps the language, for an error that ends the command."""


def _remembered(ctx: click.Context, param: click.Parameter, language: str | None) -> str | None:
    del param
    if language is not None:
        ctx.meta[LANGUAGE] = language
    return language


def language_option(command: Command) -> Command:
    """`--language`, by default that of the course or of the terminal."""
    option = click.option(
        "-l",
        "--language",
        type=click.Choice(LANGUAGES),
        callback=_remembered,
        is_eager=True,
        help="Language of texts and messages.",
    )
    return option(command)


def manifest_option(command: Command) -> Command:
    """`--manifest`, for records that do not lie in the course folder."""
    option = click.option(
        "--manifest",
        "manifests",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="A manifest of yours that is not in the course folder; repeatable.",
    )
    return option(command)


def spoken(language: str | None, *others: str) -> str:
    """The first language that is known: asked for, of the file or course, of the environment, English."""
    environment = os.environ.get("GRADER_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    for candidate in (language or "", *others, environment[:2].lower()):
        if candidate in LANGUAGES:
            return candidate
    return "en"


def course_here(language: str | None) -> tuple[Course | None, str]:
    """The course that the working folder lies in, if any, and the language to speak, in errors too."""
    course = course_of_cwd()
    language = spoken(language, course.language if course else "")
    if (context := click.get_current_context(silent=True)) is not None:
        context.meta[LANGUAGE] = language
    return course, language


def fail(error: GraderError, language: str | None = None) -> NoReturn:
    """Print an error meant for a person and leave with exit code 2."""
    show_error(error, spoken(language))
    sys.exit(2)


def show_error(error: GraderError, language: str) -> None:
    """Print an error meant for a person: where, and what."""
    where = error.where if isinstance(error, AuthorError) else ""
    where, text = printable(where), translate(error.message, language)
    click.echo(paint(where + ": " if where else "", bold=True) + paint(text, fg="red"), err=True)


def show_loudly(message: Message, language: str) -> None:
    """What must not be overlooked, on the stream of errors."""
    secho(f"\n{translate(message, language)}", fg="red", bold=True, err=True)


def show_failures(failures: Sequence[Failure], language: str) -> None:
    """Where the program failed, and whom to tell; on stderr, so that JSON stays JSON."""
    secho(_speaker(language)("submit-internal", count=len(failures)), fg="red", bold=True, err=True)
    for failure in failures:
        problem, verdict = failure.problem, failure.verdict
        place = f"{problem.problem} {verdict.ask if verdict else ''}".strip() if problem else ""
        secho(f"  {printable(': '.join(filter(None, (place, failure.internal.error))))}", fg="red", err=True)


def show_remarks(remarks: Iterable[Message], language: str) -> None:
    """What the teacher should know beside the results."""
    for remark in remarks:
        secho(printable(translate(remark, language)), fg="yellow", err=True)


def show_sheet(sheet: SheetVerdict, language: str, worked: Mapping[str, str] | None = None) -> None:
    """A whole file's verdict; `worked` are solutions that were asked for, to print below their problems."""
    say = _speaker(language)
    heading = " · ".join(printable(part) for part in (sheet.student, sheet.assignment) if part)
    secho(heading or printable(sheet.file), bold=True)
    for note in sheet.notes:
        _remark(note, "bright_black", language)
    if (late := late_message(sheet.late)) is not None:
        _wrapped(translate(late, language), "yellow", "  ")
    for problem, standing in zip_longest(sheet.problems, sheet.standings):
        click.echo()
        show_problem(problem, language, [fault for fault in sheet.faults if fault.problem == problem.problem])
        for message in standing_messages(sheet.policy, standing, problem) if standing else ():
            _wrapped(translate(message, language), "cyan", "  ")
        if worked and problem.problem in worked:
            show_solution(worked[problem.problem], language)
    shown = {problem.problem for problem in sheet.problems}
    others = [fault for fault in sheet.faults if fault.problem not in shown]
    if others:
        click.echo()
    for fault in others:
        _remark(fault, "magenta", language)
    _show_points(sheet, language)
    if worked is not None and not worked:
        click.echo(say("solution-none"))


def _show_points(sheet: SheetVerdict, language: str) -> None:
    """The points of the file, and where others count, those; of a sealed one nothing."""
    say = _speaker(language)
    click.echo()
    if sheet.sealed:
        _wrapped(say("submit-sealed"), "cyan", "")
        return
    total = say("submit-total", points=_number(sheet.points, language), count=sheet.of, of=_number(sheet.of, language))
    secho(total, bold=True)
    if counts_differ(sheet):
        counts = sum(sheet.counts)
        counted = say("submit-counts", points=_number(counts, language), count=sheet.of, of=_number(sheet.of, language))
        secho(counted, bold=True)


def show_problem(problem: ProblemVerdict, language: str, faults: Sequence[Note] = ()) -> None:
    """One problem: a heading with its points, then a line per answer, each with the faults of its line in the file."""
    title = printable(problem.title.get(language, problem.problem))
    earned = f"{_number(problem.points, language)}/{_number(problem.of, language)}" if problem.of else ""
    names = printable(f"{problem.problem}  {problem.variant}".strip())
    if _cells(title) + len(names) + len(earned) + 4 <= WIDTH:
        _line(f"{title}  ", names, earned)
    else:
        _line(title, "", earned)
        secho(names, fg="bright_black")
    for fault in problem.faults:
        _wrapped(translate(fault, language), "magenta", "  ! ")
    blanks = {normal_form(verdict.ask) for verdict in problem.verdicts}
    for note in faults:
        if normal_form(note.ask) not in blanks:
            _remark(note, "magenta", language)
    explained = [tuple(translate(slip.message, language) for slip in verdict.slips) for verdict in problem.verdicts]
    for number, (verdict, slips) in enumerate(zip(problem.verdicts, explained, strict=True)):
        show_verdict(verdict, language, slips if slips not in explained[:number] else ())
        alike = [other.ask for other, same in zip(problem.verdicts, explained, strict=True) if slips and same == slips]
        if alike[:1] == [verdict.ask] and len(alike) > 1:
            others = tuple(map(name_unicode, alike[1:]))
            _wrapped(_speaker(language)("submit-same-slip", names=others), "yellow", INDENT)
        for note in faults:
            if normal_form(note.ask) == normal_form(verdict.ask):
                _remark(note, "magenta", language, INDENT)
    if problem.first_wrong:
        _wrapped(_speaker(language)("submit-first-wrong", name=name_unicode(problem.first_wrong)), "cyan", "  ")


def show_verdict(verdict: Verdict, language: str, slips: Sequence[str]) -> None:
    """One answer: sign, what was typed, points; then the reasons, and which `slips` explain it."""
    sign, colour = _SIGNS[verdict.status]
    typed = (
        verdict.typed if isinstance(verdict.typed, str) else ", ".join(f"{k} = {v}" for k, v in verdict.typed.items())
    )
    typed = printable(typed) or _speaker(language)("submit-blank")
    points = _number(verdict.points, language) if verdict.status != "received" else "?"
    earned = f"{points}/{_number(verdict.of, language)}"
    left = f"  {sign} {printable(verdict.ask):<8} "
    room = WIDTH - len(left) - len(earned) - 2
    shown = typed if len(typed) <= room else typed[: room - 1] + "…"
    gap = " " * max(1, WIDTH - len(left) - _cells(shown) - len(earned))
    click.echo(paint(left, fg=colour) + shown + gap + paint(earned, fg=colour))
    if verdict.span is not None and isinstance(verdict.typed, str):
        _caret(verdict.typed, verdict.span, repeat=shown != typed)
    echo = verdict.echo.get(language, "")
    if echo and tells_more(verdict.typed, echo):
        _wrapped(_speaker(language)("submit-read-as", text=echo), "bright_black", INDENT)
    for reason in verdict.reasons:
        if not (verdict.slips and reason.key in _NOTHING_NEW):
            _wrapped(translate(reason, language), None, INDENT)
    if len(slips) > 1:
        _wrapped(_speaker(language)("slip-tie"), "yellow", INDENT)
    for slip in slips:
        mark = "· " if len(slips) > 1 else ""
        _wrapped(mark + slip, "yellow", INDENT)


_NOTHING_NEW = ("answer-wrong", "answer-matrix-expression", "answer-differs-at", "answer-undefined-at")
"""Reasons that a named slip says better."""


def show_solution(worked: str, language: str) -> None:
    """A worked solution in Markdown, as plain text below its heading."""
    from grader.language.plain import plain

    secho(f"\n{translate(Message('worksheet-solution'), language)}", fg="green", bold=True)
    for line in plain(worked).replace("\n\n", "\n").splitlines():
        click.echo(f"  {printable(line)}")


def _caret(text: str, span: tuple[int, int], repeat: bool) -> None:
    """The span of an error marked under the text, which is repeated around it where the line above was cut."""
    start, end = span
    first = max(0, start - 50) if repeat else 0
    shown = printable(text)[first : first + WIDTH - len(INDENT)]
    if repeat:
        secho(INDENT + shown, fg="bright_black")
    marks = " " * (start - first) + "^" * max(1, min(end, first + len(shown)) - start)
    secho(INDENT + marks, fg="magenta")


def _remark(note: Note, colour: str, language: str, indent: str = "  ") -> None:
    line = _speaker(language)("submit-line", line=note.line) + " " if note.line else ""
    _wrapped(line + translate(note.message, language), colour, indent)


def _line(left: str, middle: str, right: str) -> None:
    gap = " " * max(1, WIDTH - _cells(left) - _cells(middle) - len(right))
    click.echo(paint(left, bold=True) + paint(middle, fg="bright_black") + gap + paint(right, bold=True))


def _wrapped(text: str, colour: str | None, indent: str) -> None:
    wrapped = click.wrap_text(printable(text), WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
    click.echo(paint(wrapped, fg=colour) if colour else wrapped)


def _cells(text: str) -> int:
    return sum(0 if unicodedata.combining(letter) else 1 for letter in text)


def _number(value: float, language: str) -> str:
    return number_in_words(float(round(value, 2)), language)


def _speaker(language: str) -> Callable[..., str]:
    return lambda key, **values: translate(Message(key, values), language)
