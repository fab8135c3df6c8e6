"""`--roster` and `--column`: who is in the course, and which column of the file is what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from grader.course.folder import Course
from grader.course.roster import ROSTER_LIMIT, Roster, roster_of
from grader.errors import InputError
from grader.messages import translate
from grader.textfile import read_file

Command = TypeVar("Command", bound=Callable[..., object])


def named_columns(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`--column student=SID` as a mapping."""
    del ctx, param
    pairs = [value.partition("=") for value in values]
    for field, sign, header in pairs:
        if not sign or not header.strip():
            raise InputError("cli-column", text=field)
    return {field.strip(): header.strip() for field, _, header in pairs}


def roster_option(command: Command) -> Command:
    """`--roster`."""
    words = "CSV of the course: student, name, language, or an export of Canvas or Moodle."
    return click.option("--roster", type=click.Path(path_type=Path), help=words)(command)


def column_option(command: Command) -> Command:
    """`--column`."""
    words = "Which column of the roster is the student, the name, the language, e.g. --column student=SID; repeatable."
    option = click.option(
        "--column", "columns", multiple=True, callback=named_columns, metavar="FIELD=HEADER", help=words
    )
    return option(command)


def roster_at(path: Path | None, columns: dict[str, str], course: Course | None, language: str) -> Roster:
    """The roster in a file; nobody where there is none. What the command says goes before what the course says."""
    if path is None:
        return Roster()
    roster = roster_of(read_file(path, ROSTER_LIMIT), str(path), columns, course.roster if course else None)
    for remark in roster.remarks:
        click.echo(translate(remark, language), err=True)
    return roster
