"""`grade list`, `grade show` and `grade schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from grader.cli.screen import paint, secho, show_json
from grader.cli.terminal import course_here, language_option, show_error, show_solution
from grader.course.folder import bank_for
from grader.course.listing import listed
from grader.errors import InputError

if TYPE_CHECKING:  # `grade list` need not pay for it
    from grader.api import Variant


def fixed_values(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`--set x=[1,2]` as a mapping."""
    del ctx, param
    pairs = [value.partition("=") for value in values]
    for name, sign, _ in pairs:
        if not sign or not name.strip():
            raise InputError("cli-set", text=name)
    return {name.strip(): text.strip() for name, _, text in pairs}


set_option = click.option(
    "--set",
    "fixed",
    multiple=True,
    callback=fixed_values,
    metavar="NAME=VALUE",
    help="Fix a given or a choice, e.g. --set 'x=[1, 2]'; repeatable.",
)


@click.command("list")
@click.option("--topic", help="Only problems of this topic.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@language_option
def list_command(topic: str | None, as_json: bool, language: str | None) -> None:
    """List the problems of the bank.

    \b
    Example:  grade list --topic optimisers
    """
    course, language = course_here(language)
    rows, faults = listed(bank_for(course), topic, language)
    for fault in faults:
        show_error(fault, language)
    if as_json:
        show_json(msgspec.to_builtins(rows))
    else:
        from grader.cli.tables import show_problems

        show_problems(rows, language)


@click.command("show", short_help="Show one variant of a problem.")
@click.argument("problem")
@click.option("--seed", type=click.IntRange(0, 2**40 - 1), default=0, help="Which variant.")
@click.option("--key", is_flag=True, help="Show the solution too.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--figure", type=click.Path(path_type=Path, dir_okay=False), help="Write the figure to a file (SVG).")
@set_option
@language_option
def show_command(
    problem: str,
    seed: int,
    key: bool,
    as_json: bool,
    figure: Path | None,
    fixed: dict[str, str],
    language: str | None,
) -> None:
    """Show one variant of a problem: its statement, its blanks, and with --key its solution.

    PROBLEM is an id of the bank or a YAML file.

    \b
    Examples:  grade show adam-two-steps --seed 7 --key
               grade show relu-forward-picture --figure net.svg
    """
    from grader.api import Problem, load

    course, language = course_here(language)
    named = load(problem) if problem.endswith((".yaml", ".yml")) else Problem(bank_for(course).find(problem))
    variant = named.variant(seed, fixed)
    if figure:
        write_figure(variant, language, figure)
    if as_json:
        show_json(variant.as_dict(language, key))
    else:
        _show(variant, language, key)


def write_figure(variant: Variant, language: str, path: Path) -> None:
    """The figure of a variant as a file; raises InputError where it has none."""
    from grader.course.disk import write_whole

    drawing = variant.figure(language)
    if drawing is None:
        raise InputError("figure-none", problem=variant.problem.id)
    write_whole(path, f"{drawing.svg()}\n".encode())


def _show(variant: Variant, language: str, key: bool) -> None:
    from grader.language.plain import plain

    statement, blanks = variant.statement(language), variant.blanks(language)
    worked = variant.worked(language) if key else ""
    secho(variant.problem.title[language], bold=True)
    secho(f"{variant.problem.id} · {variant.code}", fg="bright_black")
    click.echo(f"\n{plain(statement)}\n")
    for blank in blanks:
        click.echo(
            paint(f"  {blank.id:<10}", fg="cyan")
            + f"{plain(blank.prompt)}  "
            + paint(f"[{blank.hint}; {blank.points:g}]", fg="bright_black")
        )
        for number, option in enumerate(blank.options, 1):
            click.echo(f"      {number}) {plain(option)}")
    if key:
        show_solution(worked, language)


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of problem files, for editors.

    \b
    Example:  grade schema > problem.schema.json
    """
    from grader.spec.models import json_schema

    click.echo(json.dumps(json_schema(), indent=2))
