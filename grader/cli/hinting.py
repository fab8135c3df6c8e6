"""`grade hint`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click

from grader.cli.screen import secho, show_json
from grader.cli.terminal import fail, language_option, spoken
from grader.course.asked import Asked, asked
from grader.course.attempts import try_of
from grader.course.disk import make_folder, sweep
from grader.course.folder import Course, bank_for, course_of_cwd, is_kept, student_folder
from grader.course.history import Hint, History, record_hint
from grader.course.ladder import Offer, Rung, as_dict, ladder, next_rung, price_of, taken_rungs
from grader.course.locks import held
from grader.course.policy import NO_POLICY
from grader.course.recording import history_of
from grader.course.sheet_verdict import SheetVerdict
from grader.course.sheets import mark_files
from grader.errors import GraderError, InputError, Message
from grader.messages import translate


@click.command("hint", short_help="Give the next hint for a blank.")
@click.argument("answers", type=click.Path(path_type=Path))
@click.argument("problem")
@click.argument("ask")
@click.option("--rung", type=click.IntRange(1), help="Outside a course: which rung of the ladder, from 1.")
@click.option("--yes", is_flag=True, help="Take the hint whatever it costs, without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the hint as JSON.")
@language_option
def hint_command(
    answers: Path, problem: str, ask: str, rung: int | None, yes: bool, as_json: bool, language: str | None
) -> None:
    """Give the next hint for the blank ASK of PROBLEM, as far as the answers in the file go.

    First what the author wrote, then the slip in the answer, then the next step of the solution. In a course folder
    hints are recorded, and the assignment may give them a price in points.

    \b
    Example:  grade hint submissions/samples/answers-petrov.yaml matrix-mul C
    """
    course, now = course_of_cwd(), datetime.now(UTC).replace(microsecond=0)
    blank = asked(answers, problem, ask, bank_for(course), course.root if course else None)
    language = spoken(language, blank.sheet.language, course.language if course else "")
    try:
        if course is not None and not is_kept(course, answers):
            if rung is not None:
                raise InputError("hint-rung-course")
            _take(course, blank, now, language, yes, as_json)
        else:
            _show_rung(blank, rung or 1, language, as_json)
    except GraderError as error:  # the student is answered in the language of the file
        fail(error, language)


def _show_rung(blank: Asked, number: int, language: str, as_json: bool) -> None:
    """Any rung, for nothing: elsewhere nothing is kept."""
    rungs = ladder(blank.group, blank.ask, blank.verdicts, language)
    if not rungs:
        raise InputError("hint-none", ask=blank.ask.id)
    if number > len(rungs):
        raise InputError("hint-rungs", ask=blank.ask.id, count=len(rungs))
    numbers = {"rung": number, "of": len(rungs), "price": 0, "taken": 0, "recorded": False}
    _show(blank, rungs[number - 1], numbers, as_json)
    if number < len(rungs) and not as_json:
        values = {"number": number, "count": len(rungs), "next": number + 1}
        secho(translate(Message("hint-more", values), language), fg="bright_black")


def _take(course: Course, blank: Asked, now: datetime, language: str, yes: bool, as_json: bool) -> None:
    """The next rung by the record, its price agreed to, and recorded."""
    sheet, ask = blank.sheet, blank.ask.id
    if not sheet.student:
        raise InputError("hint-no-student")
    agreed = None if yes else _next(course, blank, language)
    if agreed is not None and agreed.price > 0 and not _agreed(blank, agreed.price, agreed.before, language, as_json):
        return
    folder = student_folder(course, sheet.student)
    make_folder(folder, private=True)
    with held(folder):
        sweep([folder])
        found = _next(course, blank, language)
        if agreed is not None and found != agreed:
            raise InputError("hint-meanwhile", ask=ask)
        record_hint(folder, Hint(now, sheet.student, sheet.assignment, blank.label, ask, found.rung.id, found.price))
    cost = {"price": found.price, "taken": found.before + found.price}
    _show(blank, found.rung, {"rung": found.number, "of": None, **cost, "recorded": True}, as_json)
    if found.price > 0 and yes and not as_json:  # nobody was asked
        paid = Message("hint-cost", {"points": round(found.price, 2), "count": round(found.price, 2), "ask": ask})
        secho(translate(paid, language), fg="cyan")


class _Next(NamedTuple):
    """The next rung of a blank, which it is by the record, its price, and what was paid before."""

    rung: Rung
    number: int
    price: float
    before: float


def _next(course: Course, blank: Asked, language: str) -> _Next:
    """What the record gives now; raises InputError where there is no further hint."""
    sheet, ask = blank.sheet, blank.ask.id

    def marks(path: Path) -> SheetVerdict:
        return mark_files([path], bank_for(course), course=course.root)[0]

    history = history_of(course, sheet.student, sheet.assignment, marks)
    taken = taken_rungs(history.hints, blank.label, ask)
    offer = _offer(blank, history, taken, language)
    if offer.rung is None:
        raise InputError(offer.reason, ask=ask)
    return _Next(offer.rung, len(taken) + 1, offer.price, price_of(history.hints, blank.label, ask))


def _agreed(blank: Asked, price: float, before: float, language: str, as_json: bool) -> bool:
    """Whether the student takes the hint for its price; with JSON nobody is there to be asked."""
    question = Message("hint-confirm", {"points": price, "count": price, "of": blank.ask.points, "before": before})
    if as_json:
        raise InputError("hint-needs-yes", **question.values)
    return click.confirm(translate(question, language))


def _offer(blank: Asked, history: History, taken: Collection[str], language: str) -> Offer:
    policy = blank.policy or NO_POLICY
    key = try_of(blank.problem, None).answers
    seen = {earlier.answers for earlier in history.tries.get(blank.label, ())}
    judged = policy.attempts is None or not key or key in seen
    rungs = ladder(blank.group, blank.ask, blank.verdicts, language)
    return next_rung(rungs, taken, policy, blank.ask, judged=judged)


def _show(blank: Asked, rung: Rung, numbers: Mapping[str, object], as_json: bool) -> None:
    if as_json:
        show_json(as_dict(blank.label, blank.ask.id, rung, numbers))
        return
    from grader.language.plain import plain

    click.echo(plain(rung.text))
