"""`grade batch`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from msgspec import to_builtins

from grader.cli.rosters import column_option, roster_at, roster_option
from grader.cli.screen import show_json
from grader.cli.terminal import course_here, language_option, manifest_option, show_remarks
from grader.course.batch import mark_batch, write_results
from grader.course.folder import bank_for


@click.command("batch", short_help="Grade a folder of answer files.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where results go."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@roster_option
@manifest_option
@column_option
@language_option
def batch_command(
    folder: Path,
    output: Path,
    as_json: bool,
    roster: Path | None,
    manifests: tuple[Path, ...],
    columns: dict[str, str],
    language: str | None,
) -> None:
    """Grade a folder of answer files: OUTPUT/results.jsonl and OUTPUT/gradebook.csv.

    Students are marked together; a file that cannot be read costs only itself. Everything in the folder is named with
    what became of it; with a roster, so is everybody who handed in nothing. Exit code 1: something was refused, or
    the program failed at an answer, which is told at the end.

    \b
    Example:  grade batch submissions/samples -o out
    """
    course, language = course_here(language)
    everybody = roster_at(roster, columns, course, language)
    spare = [roster] if roster else []
    batch = mark_batch(folder, bank_for(course), everybody, spare, course.root if course else None, manifests)
    summary = write_results(batch, output, language)
    if as_json:
        show_json(to_builtins(summary), indent=None)
    else:
        from grader.cli.batch_table import show_batch

        show_batch(batch, summary, language)
        show_remarks(batch.remarks, language)
    if summary.refused or summary.internal:
        sys.exit(1)
