"""`grade compare`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.cli.screen import paint, show_json
from grader.cli.terminal import language_option, spoken
from grader.equality.compare import Comparison, compare
from grader.errors import GraderError, InputError, Message
from grader.messages import translate


def shapes_of(ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]) -> dict[str, list[int]]:
    """`--shape A=3x3` as a mapping."""
    del ctx, param
    shapes = {}
    for text in texts:
        name, _, sizes = text.partition("=")
        parts = sizes.replace("×", "x").split("x")
        if not name or not all(part.strip().isdecimal() and len(part) < 10 for part in parts):
            raise InputError("cli-shape", text=text)
        shapes[name.strip()] = [int(part) for part in parts]
    return shapes


@click.command("compare", short_help="Compare an answer with a reference.")
@click.argument("student", required=False)
@click.argument("reference", required=False)
@click.option("--in", "variables", metavar="x,y", help="Variables of the expressions.")
@click.option(
    "--shape", "shapes", multiple=True, callback=shapes_of, metavar="A=3x3", help="Shape of a named array; repeatable."
)
@click.option(
    "--kind", type=click.Choice(["number", "vector", "matrix", "expression", "latex"]), help="What is compared."
)
@click.option("--rel", type=float, help="Relative tolerance.")
@click.option("--abs", "abs", type=float, help="Absolute tolerance.")
@click.option("--decimals", type=click.IntRange(0, 15), help="Equal after rounding to so many decimals.")
@click.option("--sigfigs", type=click.IntRange(1, 15), help="Equal after rounding to so many significant figures.")
@click.option("--jsonl", type=click.Path(path_type=Path, dir_okay=False), help="Compare every line of a file.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@language_option
def compare_command(
    student: str | None,
    reference: str | None,
    variables: str | None,
    shapes: dict[str, list[int]],
    kind: str | None,
    jsonl: Path | None,
    as_json: bool,
    language: str | None,
    **rule: float | None,
) -> None:
    """Compare a student's answer with a reference, or a file of many (--jsonl).

    \b
    Examples:  grade compare '2x cos(x^2)' '2*x*cos(x^2)' --in x
               grade compare "(A + A^T) x" "(A + A')*x" --shape A=3x3 --shape x=3
               grade compare 0,33 1/3 --decimals 2
    """
    language = spoken(language)
    if jsonl is not None:
        for line in _lines(jsonl):
            show_json(compared_line(line, language), indent=None)
        return
    if student is None or reference is None:
        raise click.UsageError(translate(Message("cli-compare-two"), language))
    options: dict[str, object] = {name: value for name, value in rule.items() if value is not None}
    if shapes:
        options["shapes"] = shapes
    names = [name.strip() for name in variables.split(",")] if variables else None
    kind = kind or ("matrix" if shapes else "expression")
    _show(compare(student, reference, kind, names, options), as_json, language)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cli-unreadable", file=str(path), reason=str(error)) from error


def compared_line(line: str, language: str) -> dict[str, str]:
    """The verdict on one line of JSON; a line that cannot be used is invalid and says why."""
    try:
        row = json.loads(line)
        result = compare(
            row["student"], row["reference"], row.get("kind", "expression"), row.get("variables"), row.get("options")
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        result = Comparison("invalid", Message("cli-jsonl-line", {"reason": f"{type(error).__name__}: {error}"}))
    except GraderError as error:
        result = Comparison("invalid", error.message)
    return {"verdict": result.verdict, "message": translate(result.message, language)}


def _show(result: Comparison, as_json: bool, language: str) -> None:
    message = translate(result.message, language)
    if as_json:
        counterexample = dict(result.counterexample)
        show_json({"verdict": result.verdict, "message": message, "counterexample": counterexample}, indent=None)
        return
    colour = {"correct": "green", "wrong": "red", "invalid": "magenta"}[result.verdict]
    click.echo(paint(result.verdict, fg=colour, bold=True) + f"  {message}")
