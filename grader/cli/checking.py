"""`grade check`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from grader.cli.progress import with_progress
from grader.cli.screen import show_json
from grader.cli.terminal import course_here, language_option
from grader.course.folder import bank_for


@click.command("check", short_help="Check problem files.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--variants", type=click.IntRange(10, 5000), default=200, help="How many variants to draw.")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="How many processes work at once.")
@click.option("--fast", is_flag=True, help="Skip typesetting.")
@click.option("--tolerances", is_flag=True, help="Explain the tolerance of every ask: rule, margin, causes.")
@click.option("--slips", is_flag=True, help="Show the slips that numbers cannot tell apart, and how often.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@language_option
def check_command(
    paths: tuple[Path, ...],
    variants: int,
    jobs: int,
    fast: bool,
    tolerances: bool,
    slips: bool,
    as_json: bool,
    language: str | None,
) -> None:
    """Check problem files: names, draws, an independent confirmation of every reference, texts, typesetting.

    Without PATHS the whole bank is checked. Exit code 1 when something is wrong.

    \b
    Example:  grade check problems/optimisers/adam-two-steps.yaml
    """
    from grader.check.paths import files_of, reports_of

    course, language = course_here(language)
    files = files_of(paths or tuple(bank_for(course).paths.values()))
    reports = with_progress(reports_of(files, variants, typeset=not fast, jobs=jobs), len(files))
    if as_json:
        show_json([report.as_dict(language) for report in reports])
    else:
        from grader.cli.tables import show_reports, show_slips, show_tolerances

        if tolerances:
            show_tolerances(reports, language)
        if slips:
            show_slips(reports, language)
        show_reports(reports, language)
    if not all(report.ok for report in reports):
        raise SystemExit(1)
