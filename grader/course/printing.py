"""Worksheets for a roster: sheets, blank answer files and the manifest, as data; writing is left to the shell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.blanks.choices import shown_options
from grader.blanks.kinds import in_key, kind_of
from grader.blanks.tables import row_name
from grader.course.assignment import Assignment
from grader.course.bank import Bank
from grader.course.blank_answers import blank_answers
from grader.course.roster import NOBODY, Student
from grader.course.variants import Variant, drawn, manifest_line, seeds_for
from grader.errors import InputError
from grader.language.plain import plain
from grader.messages import Message, translate
from grader.plan.group import Group
from grader.plan.plan import Ask
from grader.worksheet.document import Blank, Exercise, Sheet
from grader.worksheet.solution import solution
from grader.worksheet.statement import formula_latex, illustrated, prompt, rendered


@dataclass(frozen=True, slots=True)
class Printed:
    """What one student gets: the sheet to typeset, the answers file, and the manifest's lines."""

    student: Student
    sheet: Sheet
    answers: str
    records: tuple[str, ...]


def print_assignment(
    assignment: Assignment,
    students: Sequence[Student],
    bank: Bank,
    secret: str = "",
    seeds: Sequence[int] | None = None,
    language: str = "en",
    key: bool = False,
) -> list[Printed]:
    """A worksheet for every student. `seeds` (one per student) replace the hash of the course secret and the name.

    Raises InputError where codes are to be sealed without a secret.
    """
    if assignment.sealed and not secret:
        raise InputError("secret-no-course")
    names = [student.id for student in students]
    columns = []
    for item in assignment.items:
        problem = bank.find(item.problem)
        own = list(seeds) if seeds is not None else seeds_for(secret, names, assignment, item)
        columns.append(drawn(problem, item, own, secret if assignment.sealed else ""))
    return [
        _printed(assignment, student, [column[position] for column in columns], bank, student.language or language, key)
        for position, student in enumerate(students)
    ]


def _printed(
    assignment: Assignment, student: Student, variants: list[Variant], bank: Bank, language: str, key: bool
) -> Printed:
    exercises, blanks, records = [], [], []
    for number, (item, variant) in enumerate(zip(assignment.items, variants, strict=True), 1):
        problem = bank[item.problem]
        exercise = exercise_of(variant, language, number, key, by_hand=bool(item.fixed))
        exercises.append(exercise)
        blanks.append(
            (item.label, variant.code, exercise.title, [(blank.id, comment_of(blank)) for blank in exercise.blanks])
        )
        whose = "" if student == NOBODY else student.id
        records.append(manifest_line(whose, assignment.name, item, problem, variant))
    title = assignment.title.get(language) or translate(Message("assignment-practice"), language)
    sheet = Sheet(student.name or student.id, title, language, tuple(exercises), key)
    return Printed(student, sheet, blank_answers(student.id, assignment.name, language, blanks), tuple(records))


def exercise_of(
    variant: Variant, language: str, number: int = 1, key: bool = False, *, by_hand: bool = False
) -> Exercise:
    """One problem with a student's numbers."""
    plan = variant.group.plan
    blanks = tuple(blank_of(ask, variant.group, language, key) for ask in plan.asks)
    before, drawn, after = illustrated(variant.group, language, by_hand=by_hand)
    if drawn is None:
        before, after = "\n\n".join(part for part in (before, after) if part), ""
    return Exercise(
        number,
        plan.problem.title[language],
        plan.points,
        variant.code,
        before,
        blanks,
        solution(variant.group, language) if key else "",
        drawn,
        after,
    )


def blank_of(ask: Ask, group: Group, language: str, key: bool = False) -> Blank:
    """One blank of the sheet of a group of one."""
    kind = kind_of(ask, group)
    shape, hint = kind.blank(ask, group)
    answer = in_key(ask, group, language) if key else ""
    return Blank(
        ask.id,
        words_of(ask, group, language),
        kind.name,
        ask.points,
        translate(hint, language),
        options_of(ask, group, language),
        shape,
        answer,
    )


def words_of(ask: Ask, group: Group, language: str) -> str:
    """What stands before the blank; of a table also its rows as a list: name, words, options."""
    words = prompt(ask, group, language)
    rows = [f"- **{row_name(row)}**{_row_words(row, group, language)}" for row in ask.rows]
    return "\n\n".join([words, "\n".join(rows)]) if rows else words


def _row_words(row: Ask, group: Group, language: str) -> str:
    """The words of a row and its options; nothing where its name says all."""
    numbered = [f"{number}) {text}" for number, text in enumerate(options_of(row, group, language), 1)]
    said = [prompt(row, group, language)] if row.prompt else []
    return ": " + " ".join([*said, *numbered]) if said or numbered else ""


def options_of(ask: Ask, group: Group, language: str) -> tuple[str, ...]:
    """The options in the student's order, as Markdown."""
    texts = []
    for option, _ in shown_options(ask, group, 0) if ask.options else ():
        if option.text:
            texts.append(rendered(group, option.text[language], language, ask.path))
        elif option.tree is not None:
            texts.append(f"${formula_latex(option.tree, group, language)}$")
    return tuple(texts)


def comment_of(blank: Blank) -> str:
    """The prompt as a comment of the answers file: the sheet's words without the typesetting."""
    options = "".join(f"\n{number}) {plain(option)}" for number, option in enumerate(blank.options, 1))
    return f"{plain(blank.prompt)}  [{blank.hint}]{options}"
