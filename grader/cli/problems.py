"""`grade list`, `grade show` and `grade schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from grader.cli.terminal import language_option, show_solution, spoken
from grader.course.bank import Bank
from grader.course.folder import bank_for, find_course
from grader.errors import GraderError, InputError, Message
from grader.messages import catalogue, translate
from grader.plan.planner import first_form, plan_of


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


def topic_name(topic: str, language: str) -> str:
    """The topic in words; one that the catalogue does not have stands as its author wrote it."""
    key = f"topic-{topic.replace(' ', '-')}"
    return translate(Message(key), language) if key in catalogue(language) else topic


def _rows(bank: Bank, topic: str | None, language: str) -> list[dict[str, Any]]:
    rows = []
    for name in bank:
        try:
            problem = bank[name]
            plan = plan_of(problem, first_form(problem))
        except GraderError as error:  # a broken file costs its own line only
            click.echo(str(error), err=True)
            continue
        if topic is None or topic.lower() in (problem.topic + topic_name(problem.topic, language)).lower():
            rows.append(
                {
                    "id": name,
                    "title": problem.title[language],
                    "topic": topic_name(problem.topic, language),
                    "level": problem.level,
                    "points": plan.points,
                    "asks": [ask.id for ask in plan.asks],
                }
            )
    return rows


@click.command("list")
@click.option("--topic", help="Only problems of this topic.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@language_option
def list_command(topic: str | None, as_json: bool, language: str | None) -> None:
    """List the problems of the bank.

    \b
    Example:  grade list --topic optimisers
    """
    course = find_course(Path.cwd())
    told = spoken(language, course.language if course else "")
    rows = _rows(bank_for(course), topic, told)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        from grader.cli.tables import show_problems

        show_problems(rows, told)


@click.command("show")
@click.argument("problem")
@click.option("--seed", type=click.IntRange(0, 2**40 - 1), default=0, help="Which variant.")
@click.option("--key", is_flag=True, help="Show the solution too.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@set_option
@language_option
def show_command(
    problem: str, seed: int, key: bool, as_json: bool, fixed: dict[str, str], language: str | None
) -> None:
    """Show one variant of a problem: its statement, its blanks, and with --key its solution.

    PROBLEM is an id of the bank or a YAML file.

    \b
    Example:  grade show adam-two-steps --seed 7 --key
    """
    from grader.api import Problem, load

    course = find_course(Path.cwd())
    told = spoken(language, course.language if course else "")
    found = load(problem) if problem.endswith((".yaml", ".yml")) else Problem(bank_for(course).find(problem))
    shown = found.variant(seed, fixed).as_dict(told, key)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _show(shown)


def _show(shown: dict[str, Any]) -> None:
    from grader.worksheet.plain import plain

    click.secho(f"{shown['title']}", bold=True)
    click.secho(f"{shown['problem']} · {shown['variant']}", fg="bright_black")
    click.echo(f"\n{plain(shown['statement'])}\n")
    for ask in shown["asks"]:
        click.echo(
            click.style(f"  {ask['id']:<10}", fg="cyan")
            + f"{plain(ask['prompt'])}  "
            + click.style(f"[{ask['hint']}; {ask['points']:g}]", fg="bright_black")
        )
        for number, option in enumerate(ask.get("options", ()), 1):
            click.echo(f"      {number}) {plain(option)}")
    if "worked" in shown:
        show_solution(shown["worked"], shown["language"])


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of problem files, for editors.

    \b
    Example:  grade schema > problem.schema.json
    """
    from grader.spec.models import json_schema

    click.echo(json.dumps(json_schema(), indent=2))
