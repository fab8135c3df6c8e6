"""`grade hint`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from grader.cli.terminal import fail, language_option, spoken
from grader.course.asked import Asked, asked
from grader.course.attempts import try_of
from grader.course.folder import Course, bank_for, find_course, student_folder
from grader.course.history import Hint, History, read_history, record_hint
from grader.course.ladder import Offer, as_dict, ladder, next_rung, price_of, taken_rungs
from grader.course.policy import NO_POLICY
from grader.errors import GraderError, InputError, Message
from grader.messages import translate


@click.command("hint")
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
    Example:  grade hint submissions/samples/answers-ivanova.yaml adam-two-steps w1
    """
    course, now = find_course(Path.cwd()), datetime.now(UTC).replace(microsecond=0)
    found = asked(answers, problem, ask, bank_for(course))
    told = spoken(language, found.sheet.language, course.language if course else "")
    try:
        if course is not None and (course.root / "submissions") not in answers.absolute().parents:
            if rung is not None:
                raise InputError("hint-rung-course")
            _take(course, found, now, told, yes, as_json)
        else:
            _show_rung(found, rung or 1, told, as_json)
    except GraderError as error:  # the student is answered in the language of the file
        fail(error, told)


def _show_rung(found: Asked, number: int, language: str, as_json: bool) -> None:
    """Any rung, for nothing: elsewhere nothing is kept."""
    rungs = ladder(found.group, found.ask, found.verdicts, language)
    if not rungs:
        raise InputError("hint-none", ask=found.ask.id)
    if number > len(rungs):
        raise InputError("hint-rungs", ask=found.ask.id, count=len(rungs))
    rung = rungs[number - 1]
    numbers = {"rung": number, "of": len(rungs), "price": 0, "taken": 0, "recorded": False}
    if as_json:
        click.echo(json.dumps(as_dict(found.label, found.ask.id, rung, numbers), ensure_ascii=False, indent=2))
        return
    _say(rung.text)
    if number < len(rungs):
        values = {"number": number, "count": len(rungs), "next": number + 1}
        click.secho(translate(Message("hint-more", values), language), fg="bright_black")


def _take(course: Course, found: Asked, now: datetime, language: str, yes: bool, as_json: bool) -> None:
    """The next rung by the record, its price agreed to, and recorded."""
    if not found.sheet.student:
        raise InputError("hint-no-student")
    folder = student_folder(course, found.sheet.student)
    history = read_history(folder, found.sheet.student, found.sheet.assignment)
    taken = taken_rungs(history.hints, found.label, found.ask.id)
    offer = _offer(found, history, taken, language)
    if offer.rung is None:
        raise InputError(offer.reason, ask=found.ask.id)
    before = price_of(history.hints, found.label, found.ask.id)
    if offer.price > 0 and not yes:
        values: dict[str, Any] = {"points": offer.price, "count": offer.price, "of": found.ask.points, "before": before}
        if as_json:
            raise InputError("hint-needs-yes", **values)
        if not click.confirm(translate(Message("hint-confirm", values), language)):
            return
    sheet = found.sheet
    record_hint(
        folder, Hint(now, sheet.student, sheet.assignment, found.label, found.ask.id, offer.rung.id, offer.price)
    )
    numbers = {
        "rung": len(taken) + 1,
        "of": None,
        "price": offer.price,
        "taken": before + offer.price,
        "recorded": True,
    }
    if as_json:
        click.echo(json.dumps(as_dict(found.label, found.ask.id, offer.rung, numbers), ensure_ascii=False, indent=2))
    else:
        _say(offer.rung.text)


def _offer(found: Asked, history: History, taken: dict[str, float], language: str) -> Offer:
    policy = found.policy or NO_POLICY
    key = try_of(found.problem, None).answers
    seen = {item.answers for item in history.tries.get(found.label, ())}
    judged = policy.attempts is None or not key or key in seen
    rungs = ladder(found.group, found.ask, found.verdicts, language)
    return next_rung(rungs, taken, policy, found.ask, judged=judged)


def _say(text: str) -> None:
    from grader.worksheet.plain import plain

    click.echo(plain(text))
