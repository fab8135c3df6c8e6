"""`grade submit` and `grade batch`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.cli.terminal import fail, language_option, show_sheet, spoken
from grader.course.folder import bank_for, find_course, keep_submission
from grader.course.results import as_dict
from grader.course.sheets import mark_files, nearby_manifest
from grader.errors import Message
from grader.messages import translate


@click.command("submit")
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--solutions", is_flag=True, help="Show worked solutions too, where the teacher allows it.")
@click.option("--no-keep", is_flag=True, help="Do not keep a copy in the course folder.")
@language_option
def submit_command(answers: Path, as_json: bool, solutions: bool, no_keep: bool, language: str | None) -> None:
    """Grade an answers file and say at once what is right.

    In a course folder (course.yaml and submissions/) a copy and the verdict are kept under submissions/STUDENT/.

    \b
    Example:  grade submit submissions/samples/answers-ivanova.yaml
    """
    course = find_course(Path.cwd())
    bank = bank_for(course)
    sheet = mark_files([answers], bank)[0]
    told = spoken(language, sheet.language, course.language if course else "")
    if sheet.refused is not None:
        fail(sheet.refused, told)
    shown = as_dict(sheet, told)
    verdict = json.dumps(shown, ensure_ascii=False, indent=2)
    if course and not no_keep and (course.root / "submissions") not in answers.absolute().parents:
        keep_submission(course, sheet.student, answers.read_bytes(), verdict.encode())
    worked: dict[str, str] = {}
    if solutions:
        from grader.course.solutions import solutions_for

        worked = solutions_for(sheet, bank, nearby_manifest([answers]), told)
    if as_json:
        problems = [{**problem, "worked": worked.get(problem["problem"], "")} for problem in shown["problems"]]
        shown = {**shown, "problems": problems} if solutions else shown
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        show_sheet(sheet, told, worked)
        if solutions and not worked:
            click.echo(translate(Message("solution-none"), told))


@click.command("batch")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where results go."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@language_option
def batch_command(folder: Path, output: Path, as_json: bool, language: str | None) -> None:
    """Grade a folder of answer files: OUTPUT/results.jsonl and OUTPUT/gradebook.csv.

    Students are marked together; a file that cannot be read costs only itself.

    \b
    Example:  grade batch submissions/samples -o out
    """
    from grader.course.batch import mark_folder, write_results

    course = find_course(Path.cwd())
    told = spoken(language, course.language if course else "")
    sheets = mark_folder(folder, bank_for(course))
    summary = write_results(sheets, output, told)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
    else:
        from grader.cli.tables import show_batch

        show_batch(sheets, summary, told)
