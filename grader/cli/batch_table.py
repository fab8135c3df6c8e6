"""What `grade batch` prints: a line for everything that was handed in, and the figures of the run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import click
from rich.table import Table
from rich.text import Text

from grader.cli.screen import console, secho
from grader.cli.tables import say
from grader.course.batch import Batch, CommonSlip, Summary
from grader.course.gradebook import Row
from grader.internal import Internal, contained
from grader.language.unicode import name_unicode
from grader.messages import number_in_words, translate
from grader.printable import printable

MANY, MOST = 60, 200
"""Rows that are all shown; rows that are shown at all."""
_IGNORED = 8


def show_batch(batch: Batch, summary: Summary, language: str) -> None:
    """A line per file, and per student without one; then what was ignored, and the figures."""
    rows = batch.rows
    shown = rows if len(rows) <= MANY else [row for row in rows if row.remarks]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("batch-file", "batch-student", "batch-points", "batch-remarks"):
        table.add_column(say(key, language), justify="right" if key == "batch-points" else "left", overflow="fold")
    for row in shown[:MOST]:
        cells = contained(partial(_cells, row, language))
        table.add_row(*_failing(row, cells) if isinstance(cells, Internal) else cells)
    console().print(table)
    if len(shown) > MOST:
        click.echo(say("batch-more", language, count=len(shown) - MOST, file=summary.gradebook))
    click.echo()
    if summary.ignored:
        secho(_ignored(summary.ignored, language), fg="bright_black")
    secho(_figures(summary, language), bold=True)
    if summary.slips:
        _show_class_slips(summary.slips, language)
    click.echo(f"{summary.results}\n{summary.gradebook}")
    if summary.internal:
        _show_internal(summary, language)


def _cells(row: Row, language: str) -> list[Text]:
    colour = "red" if row.refused or not row.file else "yellow" if row.remarks else ""
    points = f"{_number(row.points, language)}/{_number(row.of, language)}" if row.of else "–"
    remarks = [translate(remark, language) for remark in row.remarks]
    remarks = [say("remark-earlier", language), *remarks] if row.superseded else remarks
    return [
        Text(printable(row.file or "–")),
        Text(printable(row.student)),
        Text(points, "red" if row.refused else ""),
        Text("\n".join(map(printable, remarks)), colour),
    ]


def _failing(row: Row, failure: Internal) -> list[Text]:
    """A row that cannot be shown."""
    return [
        Text(printable(row.file)),
        Text(printable(row.student)),
        Text("–"),
        Text(printable(failure.error), "red"),
    ]


def _show_internal(summary: Summary, language: str) -> None:
    """Where the program failed, so that nobody misses it."""
    count = len(summary.internal)
    secho(f"\n{say('batch-internal', language, count=count, file=summary.results)}", fg="red", bold=True, err=True)
    for each in summary.internal[:_IGNORED]:
        place = " · ".join(filter(None, (each.file, each.problem, each.ask)))
        secho(f"  {printable(place)}: {printable(each.error)}", fg="red", err=True)
    if count > _IGNORED:
        secho(f"  {say('remark-more', language, count=count - _IGNORED)}", fg="red", err=True)


def _number(value: float, language: str) -> str:
    return number_in_words(float(round(value, 2)), language)


def _ignored(names: Sequence[str], language: str) -> str:
    """What nobody handed in, in one line."""
    rest = len(names) - _IGNORED
    more = say("batch-ignored-more", language, count=rest) if rest > 0 else ""
    first = ", ".join(map(printable, names[:_IGNORED]))
    return say("batch-ignored", language, count=len(names), names=first, more=more)


def _figures(summary: Summary, language: str) -> str:
    """How many files were graded and refused, who is absent, and the mean."""
    parts = [
        say("batch-graded", language, count=summary.graded),
        say("batch-refused", language, count=summary.refused),
        *([say("batch-absent", language, count=len(summary.absent))] if summary.absent else []),
    ]
    mean = say("batch-mean", language, percent=100 * summary.mean_share) if summary.graded else ""
    return ", ".join(parts) + mean


def _show_class_slips(slips: Sequence[CommonSlip], language: str) -> None:
    """Which slips the class makes, the commonest first."""
    secho(f"\n{say('batch-slips', language)}", bold=True)
    table = Table(box=None, pad_edge=False, show_header=False, expand=False)
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column()
    for slip in slips:
        blank = f"{slip.problem} {name_unicode(slip.ask)}"
        table.add_row(Text(str(slip.students), "bold"), Text(blank, "cyan"), slip.message)
    console().print(table)
    click.echo()
