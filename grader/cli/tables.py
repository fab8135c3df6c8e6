"""Tables in the terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.check.report import Finding, Report
from grader.check.slips import slip_of, words
from grader.course.sheets import SheetVerdict
from grader.errors import Message
from grader.language.unicode import name_unicode
from grader.messages import number_in_words, translate
from grader.tolerance import Tolerance

MANY = 60


def say(key: str, language: str, **values: Any) -> str:
    """A text of the catalogue."""
    return translate(Message(key, values), language)


def console() -> Console:
    """The terminal; plain and wide when output goes elsewhere."""
    terminal = Console(highlight=False)
    return terminal if terminal.is_terminal else Console(highlight=False, width=200, color_system=None)


def show_problems(rows: Sequence[dict[str, Any]], language: str) -> None:
    """The bank as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("list-id", "list-title", "list-topic", "list-level", "list-points"):
        table.add_column(
            say(key, language), justify="right" if key in ("list-level", "list-points") else "left", no_wrap=True
        )
    for row in rows:
        table.add_row(
            Text(row["id"], "cyan"),
            row["title"],
            row["topic"],
            str(row["level"]),
            number_in_words(float(row["points"]), language),
        )
    console().print(table)
    click.echo(say("list-count", language, count=len(rows)))


def _worth_showing(sheets: Sequence[SheetVerdict]) -> Sequence[SheetVerdict]:
    """Every file of a small course; of a large one those that somebody must look at."""
    if len(sheets) <= MANY:
        return sheets
    return [sheet for sheet in sheets if sheet.refused or sheet.faults or any(p.faults for p in sheet.problems)]


def show_batch(sheets: Sequence[SheetVerdict], summary: dict[str, Any], language: str) -> None:
    """A line per file and the figures of the run."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("batch-file", "batch-student", "batch-points", "batch-remarks"):
        table.add_column(say(key, language), justify="right" if key == "batch-points" else "left")
    for sheet in _worth_showing(sheets):
        if sheet.refused is not None:
            table.add_row(
                Text(sheet.file), "", Text("–", "red"), Text(translate(sheet.refused.message, language), "red")
            )
            continue
        faults = len(sheet.faults) + sum(len(problem.faults) for problem in sheet.problems)
        points = f"{number_in_words(float(sheet.points), language)}/{number_in_words(float(sheet.of), language)}"
        table.add_row(
            Text(sheet.file), Text(sheet.student), points, say("batch-faults", language, count=faults) if faults else ""
        )
    console().print(table)
    click.echo()
    click.secho(
        say(
            "batch-summary",
            language,
            count=summary["graded"],
            refused=summary["refused"],
            percent=100 * summary["mean_share"],
        ),
        bold=True,
    )
    if summary["slips"]:
        _show_slips(summary["slips"], language)
    click.echo(f"{summary['results']}\n{summary['gradebook']}")


def _show_slips(slips: Sequence[dict[str, Any]], language: str) -> None:
    """Which slips the class makes, the commonest first."""
    click.secho(f"\n{say('batch-slips', language)}", bold=True)
    table = Table(box=None, pad_edge=False, show_header=False, expand=False)
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column()
    for slip in slips:
        place = f"{slip['problem']} {name_unicode(slip['ask'])}"
        table.add_row(Text(str(slip["students"]), "bold"), Text(place, "cyan"), slip["message"])
    console().print(table)
    click.echo()


def show_reports(reports: Sequence[Report], language: str) -> None:
    """A line per problem with its figures, then what was found, with file and line."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in (
        "check-problem",
        "check-forms-column",
        "check-possible",
        "check-rejected",
        "check-telling-column",
        "check-slip-column",
    ):
        table.add_column(say(key, language), justify="left" if key == "check-problem" else "right")
    for report in reports:
        sign = Text("✗ " if report.failed else "✓ ", "red" if report.failed else "green")
        figures = report.figures
        possible = figures.get("possible", "–")
        cells = [
            str(figures.get("forms", "–")),
            f"{possible:.3g}" if possible != "–" and possible > 10**9 else str(possible),
        ]
        shares = [
            figures.get("rejection_rate"),
            figures.get("rejection_telling"),
            figures.get("slips", {}).get("share"),
        ]
        cells += ["–" if share is None else f"{math.floor(100 * share)} %" for share in shares]
        table.add_row(sign.append(report.problem, "default"), *cells)
    console().print(table)
    for report in reports:
        for finding in report.findings:
            _show_finding(finding, language)
    click.echo()
    failed = sum(report.failed for report in reports)
    warnings = sum(finding.severity == "warning" for report in reports for finding in report.findings)
    summary = say("check-summary", language, count=len(reports), failed=failed, warnings=warnings)
    click.secho(summary, bold=True, fg="red" if failed else "green")


def show_tolerances(reports: Sequence[Report], language: str) -> None:
    """For every ask of numbers its rule, who gave it, what honest rounding adds and where."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("check-problem", "check-tolerance-ask", "check-tolerance-rule", "check-tolerance-from",
                "check-tolerance-margin", "check-tolerance-mean", "check-tolerance-step"):  # fmt: skip
        table.add_column(say(key, language), justify="right" if key.endswith(("margin", "mean")) else "left")
    for report in reports:
        for row in report.figures.get("tolerances", ()):
            margins = [
                "–" if units is None else say("check-tolerance-units", language, units=round(units, 1))
                for units in (row["margin"], row["mean"])
            ]
            rule = translate(Tolerance(**row["rule"]).rule(), language)
            given = say(f"check-tolerance-from-{row['from']}", language)
            table.add_row(report.problem, row["ask"], rule, given, *margins, row["step"])
    console().print(table)
    click.echo(f"\n{say('check-tolerance-legend', language)}\n")


def show_slips(reports: Sequence[Report], language: str) -> None:
    """The slips that are not told apart, the most frequent first, then those that never can be."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("check-problem", "check-slip-ask", "check-slip-slip", "check-slip-other", "check-slip-rate"):
        table.add_column(say(key, language), justify="right" if key.endswith("rate") else "left")
    for report in reports:
        slips = report.figures.get("slips", {})
        for row in (*slips.get("pairs", ()), *slips.get("structural", ())):
            names = [translate(words(slip_of(row[side])), language) for side in ("slip", "other")]
            rate = f"{100 * row['rate']:.1f} %" if "rate" in row else say("check-slip-always", language)
            table.add_row(report.problem, row["ask"], *names, rate)
    console().print(table)
    click.echo(f"\n{say('check-slip-legend', language)}\n")


def _show_finding(finding: Finding, language: str) -> None:
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    colour = "red" if finding.severity == "error" else "yellow"
    click.echo(f"\n{click.style(place, bold=True)} {click.style(finding.path, fg='bright_black')}")
    click.echo(click.style(f"  {translate(finding.message, language)}", fg=colour))
