"""`grade worksheet` and `grade init`."""

from __future__ import annotations

import os
from pathlib import Path

import click
from msgspec.structs import replace

from grader.cli.problems import set_option
from grader.cli.rosters import column_option, roster_at, roster_option
from grader.cli.screen import show_json
from grader.cli.terminal import course_here, language_option, spoken
from grader.course.assignment import PRACTICE, Assignment, Item, assignment_of, load_assignment
from grader.course.bank import Bank
from grader.course.folder import bank_for, make_course
from grader.course.roster import NOBODY, Student
from grader.errors import InputError, Message
from grader.messages import translate


def format_names(ctx: click.Context, param: click.Parameter, text: str) -> list[str]:
    """`--format pdf,html` as a list."""
    del ctx, param
    return [name.strip().lower() for name in text.split(",")]


def as_text(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """What was typed, where the system takes letters for bytes (`LC_ALL=C`)."""
    del ctx, param
    return None if text is None else os.fsencode(text).decode(errors="replace")


@click.command("worksheet", short_help="Print worksheets and answer files.")
@click.argument("what", nargs=-1, required=True, metavar="ASSIGNMENT.yaml|ID...")
@roster_option
@column_option
@click.option("--student", callback=as_text, help="One student, by name.")
@click.option("--seed", type=click.IntRange(0, 2**40 - 1), help="A variant by number, for nobody in particular.")
@click.option(
    "--format", "formats", default="pdf", callback=format_names, help="pdf, html, tex, md; several with commas."
)
@click.option("--key", is_flag=True, help="Print the answer keys as well.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where files go.")
@click.option("--force", is_flag=True, help="Replace files that are there, answers that were filled in too.")
@click.option("--json", "as_json", is_flag=True, help="Print the list of files as JSON.")
@set_option
@language_option
def worksheet_command(
    what: tuple[str, ...],
    roster: Path | None,
    columns: dict[str, str],
    student: str | None,
    seed: int | None,
    formats: list[str],
    key: bool,
    output: Path,
    force: bool,
    as_json: bool,
    fixed: dict[str, str],
    language: str | None,
) -> None:
    """Print worksheets: for everybody in a roster, one student, or one seed.

    Each student gets a sheet in every format and an answers file to fill in; manifest.jsonl records all numbers.

    \b
    Examples:  grade worksheet adam-two-steps md-quadratic-form --student ivanova -o out
               grade worksheet problems/assignments/week-1.yaml --roster roster.csv --format pdf,html -o out
    """
    from grader.course.secret import check_secret
    from grader.course.writing import Order, write_worksheets

    course, language = course_here(language)
    bank = bank_for(course)
    if [roster, student, seed].count(None) < 2:
        raise InputError("cli-for-whom")
    one = [Student(student, student, "") if student else NOBODY]
    students = one if roster is None else list(roster_at(roster, columns, course, language).students)
    assignment = _assignment(what, bank, fixed, language)
    at_home = course is None and roster is None and assignment.name == PRACTICE
    if assignment.sealed or not (at_home or (roster is None and student is None)):
        check_secret(course.secret if course else "", of_course=course is not None)
    order = Order(assignment, students, bank, language=language, formats=formats, key=key)
    if course:
        order = replace(order, secret=course.secret, templates=course.root / "templates")
    if seed is not None:
        order = replace(order, seeds=[seed])
    files = write_worksheets(order, output, force=force)
    if as_json:
        show_json([str(path) for path in files], indent=None)
    else:
        click.echo(translate(Message("worksheet-written", {"count": len(students), "folder": str(output)}), language))


def _assignment(what: tuple[str, ...], bank: Bank, fixed: dict[str, str], language: str) -> Assignment:
    if len(what) == 1:
        path = Path(what[0])
        known = bank.assignment_path(path.name.removesuffix(".yaml"))
        if path.suffix in (".yaml", ".yml") and (path.exists() or known is None or path.name != what[0]):
            assignment = load_assignment(path, bank.timezone)
            if bank.of_course and bank.assignment_path(assignment.name) is None:
                click.echo(translate(Message("assignment-no-file", {"name": assignment.name}), language), err=True)
            return assignment
        if known is not None and path.name == what[0]:  # by its name, from anywhere in the course
            return load_assignment(known, bank.timezone)
    if fixed and len(what) > 1:
        raise InputError("cli-set-one")
    assignment = assignment_of(what)
    return Assignment(assignment.name, assignment.title, (Item(what[0], what[0], fixed),)) if fixed else assignment


@click.command("init", short_help="Make a course folder.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--title", default="", callback=as_text, help="Title of the course.")
@language_option
def init_command(folder: Path, title: str, language: str | None) -> None:
    """Make a course folder: course.yaml with a secret of its own, an example assignment and roster, how to go on.

    Files that are there already stay as they are.

    \b
    Example:  grade init my-course --title "Machine learning maths" -l ru
    """
    language = spoken(language)
    make_course(folder, title, language)
    click.echo(translate(Message("course-made", {"folder": str(folder)}), language))
