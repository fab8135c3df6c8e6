"""`grade compare`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from grader.cli.terminal import fail, language_option, spoken
from grader.equality.compare import Comparison, compare
from grader.errors import GraderError, InputError, Message
from grader.messages import translate


@click.command("compare")
@click.argument("student", required=False)
@click.argument("reference", required=False)
@click.option("--in", "variables", metavar="x,y", help="Variables of the expressions.")
@click.option("--shape", "shapes", multiple=True, metavar="A=3x3", help="Shape of a named array; repeatable.")
@click.option(
    "--kind", type=click.Choice(["number", "vector", "matrix", "expression", "latex"]), help="What is compared."
)
@click.option("--rel", type=float, help="Relative tolerance.")
@click.option("--abs", "absolute", type=float, help="Absolute tolerance.")
@click.option("--decimals", type=click.IntRange(0, 15), help="Equal after rounding to so many decimals.")
@click.option("--sigfigs", type=click.IntRange(1, 15), help="Equal after rounding to so many significant figures.")
@click.option("--jsonl", type=click.Path(path_type=Path, dir_okay=False), help="Compare every line of a file.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@language_option
def compare_command(
    student: str | None, reference: str | None, jsonl: Path | None, as_json: bool, language: str | None, **options: Any
) -> None:
    """Compare a student's answer with a reference, or a file of many (--jsonl).

    \b
    Examples:  grade compare '2x cos(x^2)' '2*x*cos(x^2)' --in x
               grade compare "(A + A^T) x" "(A + A')*x" --shape A=3x3 --shape x=3
               grade compare 0,33 1/3 --decimals 2
    """
    told = spoken(language)
    if jsonl is not None:
        for line in _lines(jsonl):
            click.echo(json.dumps(compared_line(line, told), ensure_ascii=False))
        return
    if student is None or reference is None:
        raise click.UsageError(translate(Message("cli-compare-two"), told))
    found = compare(student, reference, **_arguments(options))
    _show(found, as_json, told)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cli-unreadable", file=str(path), reason=str(error)) from error


def compared_line(line: str, language: str) -> dict[str, str]:
    """The verdict on one line of JSON; a line that cannot be used is invalid and says why."""
    try:
        row = json.loads(line)
        found = compare(
            row["student"], row["reference"], row.get("kind", "expression"), row.get("variables"), row.get("options")
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        found = Comparison("invalid", Message("cli-jsonl-line", {"reason": f"{type(error).__name__}: {error}"}))
    except GraderError as error:
        found = Comparison("invalid", error.message)
    return {"verdict": found.verdict, "message": translate(found.message, language)}


def _arguments(options: dict[str, Any]) -> dict[str, Any]:
    shapes = {}
    for text in options["shapes"]:
        name, _, sizes = text.partition("=")
        parts = sizes.replace("×", "x").split("x")
        if not name or not all(part.strip().isdigit() for part in parts):
            fail(InputError("cli-shape", text=text))
        shapes[name.strip()] = [int(part) for part in parts]
    given = {
        "rel": options["rel"],
        "abs": options["absolute"],
        "decimals": options["decimals"],
        "sigfigs": options["sigfigs"],
    }
    chosen = {name: value for name, value in given.items() if value is not None} | (
        {"shapes": shapes} if shapes else {}
    )
    variables = [name.strip() for name in options["variables"].split(",")] if options["variables"] else None
    return {
        "kind": options["kind"] or ("matrix" if shapes else "expression"),
        "variables": variables,
        "options": chosen,
    }


def _show(found: Comparison, as_json: bool, language: str) -> None:
    message = translate(found.message, language)
    if as_json:
        click.echo(
            json.dumps(
                {"verdict": found.verdict, "message": message, "counterexample": dict(found.counterexample)},
                ensure_ascii=False,
            )
        )
        return
    colour = {"correct": "green", "wrong": "red", "invalid": "magenta"}[found.verdict]
    click.echo(click.style(found.verdict, fg=colour, bold=True) + f"  {message}")
