"""Tables in the terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence

import click
from rich.table import Table
from rich.text import Text

from grader.check.confusions import Measured, words
from grader.check.report import Figures, Finding, Report
from grader.cli.screen import console, paint, secho
from grader.course.listing import Listed
from grader.errors import Message
from grader.messages import number_in_words, translate


def say(key: str, language: str, **values: object) -> str:
    """A text of the catalogue."""
    return translate(Message(key, values), language)


def show_problems(rows: Sequence[Listed], language: str) -> None:
    """The bank as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("list-id", "list-title", "list-topic"):
        table.add_column(say(key, language), no_wrap=True)
    for key in ("list-level", "list-minutes", "list-points"):
        table.add_column(say(key, language), justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            Text(row.id, "cyan"),
            row.title,
            row.topic,
            str(row.level),
            str(row.minutes or ""),
            number_in_words(float(row.points), language),
        )
    console().print(table)
    click.echo(say("list-count", language, count=len(rows)))


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
        sign = Text("✓ " if report.ok else "✗ ", "green" if report.ok else "red")
        table.add_row(sign.append(report.problem, "default"), *_figures(report.measured))
    console().print(table)
    for report in reports:
        for finding in report.findings:
            _show_finding(finding, language)
    click.echo()
    failed = sum(not report.ok for report in reports)
    warnings = sum(finding.severity == "warning" for report in reports for finding in report.findings)
    told = Message("check-warnings", {"count": warnings})
    summary = say("check-summary", language, count=len(reports), failed=failed, warnings=told)
    secho(summary, bold=True, fg="red" if failed else "green")


def _figures(figures: Figures | None) -> list[str]:
    """The cells of a report, a dash for what was not measured."""
    if figures is None:
        return ["–"] * 5
    possible = f"{figures.possible:.3g}" if figures.possible > 10**9 else str(figures.possible)
    shares = [figures.rejection_rate, figures.rejection_telling, figures.slips.share]
    return [
        str(figures.forms),
        possible,
        *("–" if share is None else f"{math.floor(100 * round(share, 4))} %" for share in shares),
    ]


def show_tolerances(reports: Sequence[Report], language: str) -> None:
    """For every ask of numbers its rule, who gave it, what honest rounding adds and where."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("check-problem", "check-tolerance-ask", "check-tolerance-rule", "check-tolerance-from",
                "check-tolerance-margin", "check-tolerance-mean", "check-tolerance-step"):  # fmt: skip
        table.add_column(say(key, language), justify="right" if key.endswith(("margin", "mean")) else "left")
    for report in reports:
        for margin in report.measured.margins if report.measured else ():
            units = [
                say("check-tolerance-units", language, units=round(each, 1)) if margin.in_units else "–"
                for each in (margin.widest, margin.mean)
            ]
            rule = translate(margin.ask.tolerance.rule(), language)
            given = say(f"check-tolerance-from-{margin.ask.rule_from}", language)
            table.add_row(report.problem, margin.ask.id, rule, given, *units, margin.step)
    console().print(table)
    click.echo(f"\n{say('check-tolerance-legend', language)}\n")


def show_slips(reports: Sequence[Report], language: str) -> None:
    """The slips that are not told apart, the most frequent first, then those that never can be."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("check-problem", "check-slip-ask", "check-slip-slip", "check-slip-other", "check-slip-rate"):
        table.add_column(say(key, language), justify="right" if key.endswith("rate") else "left")
    for report in reports:
        slips = report.measured.slips if report.measured else Measured()
        rates = [(pair, f"{100 * slips.rate(pair):.1f} %") for pair in slips.worst()]
        rates += [(pair, say("check-slip-always", language)) for pair in slips.inseparable()]
        for pair, rate in rates:
            names = [translate(words(slip), language) for slip in (pair.slip, pair.other)]
            table.add_row(report.problem, pair.ask, *names, rate)
    console().print(table)
    click.echo(f"\n{say('check-slip-legend', language)}\n")


def _show_finding(finding: Finding, language: str) -> None:
    where = f"{finding.file}:{finding.line}" if finding.line else finding.file
    colour = "red" if finding.severity == "error" else "yellow"
    click.echo(f"\n{paint(where, bold=True)} {paint(finding.path, fg='bright_black')}")
    click.echo(paint(f"  {translate(finding.message, language)}", fg=colour))
