"""Targets of marking: blanks of every family with hostile answers, and whole files."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Hashable
from contextlib import redirect_stdout
from datetime import UTC, datetime
from functools import cache, lru_cache
from random import Random
from typing import Any

from fuzz.changes import as_bytes, changed, changed_lines
from fuzz.file_grammar import GROWN
from fuzz.language import in_words
from fuzz.outcome import Broken, Target
from grader.blanks.kinds import kind_of
from grader.chance.codes import decode
from grader.cli.terminal import show_sheet
from grader.course.answers_file import parse_answers
from grader.course.apply_policy import apply_policy
from grader.course.assignment import assignment_of
from grader.course.bank import default_bank
from grader.course.history import History
from grader.course.printing import print_assignment
from grader.course.results import results_jsonl
from grader.course.reveal import revealed
from grader.course.roster import Student
from grader.course.sheets import mark_sheets
from grader.course.variants import Manifest
from grader.draws.draw import draw
from grader.errors import GraderError
from grader.marking.mark import mark
from grader.marking.verdict import STATUSES, Verdict
from grader.messages import LANGUAGES, translate
from grader.plan.group import Group
from grader.plan.record import from_record

Typed = str | dict[str, str]
_NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@cache
def families() -> tuple[str, ...]:
    """The ids of the bank."""
    return tuple(default_bank())


@lru_cache(maxsize=24)
def _variant(family: str, seed: int) -> tuple[Group, dict[str, list[Typed]]]:
    """A student's numbers, and for every blank the texts that must be right."""
    (group,) = draw(default_bank()[family], [seed])
    return group, {ask.id: right_texts(group, ask) for ask in group.plan.asks}


def right_texts(group: Group, ask: Any) -> list[Typed]:
    """The texts that a kind proposes as right for a blank."""
    samples = kind_of(ask, group).samples(ask, group)
    texts = [sample.text for sample in samples if sample.status == "correct"]
    return [text if isinstance(text, str) else dict(text) for text in texts]


_OF_KIND = {
    "number": "number", "integer": "number", "expression": "formula", "matrix expression": "formula",
    "vector": "vector",
    "matrix": "matrix", "choice": "choice", "choices": "choice", "interval": "interval", "set": "set", "table": "table",
}  # fmt: skip


def _hostile(random: Random, kind: str, right: list[Typed]) -> Typed:
    """A wrong, strange or broken answer for a blank of a kind."""
    known = random.choice(right) if right else ""
    if isinstance(known, dict):
        fields = {name: _hostile(random, "number", [text]) for name, text in known.items() if random.random() < 0.9}
        return {name: text for name, text in fields.items() if isinstance(text, str)}
    source = random.random()
    if source < 0.45:
        return changed(known, random)
    if source < 0.7:
        return _another(known, random)
    return GROWN.grow(_OF_KIND.get(kind, "answer") if source < 0.85 else "answer", random, 20)


def _another(text: str, random: Random) -> str:
    """A right answer with other digits: what a student gets who has computed it wrongly."""
    some = str(1 + int(random.random() * 9))
    places = [place for place, letter in enumerate(text) if letter.isdigit()] or [0]
    place = random.choice(places)
    return text[:place] + some + text[place + 1 :]


# ----- Blanks -----------------------------------------------------------------------------------------------------


def _blanks_make(random: Random) -> tuple[str, int, dict[str, Typed]]:
    """Some blanks right, some hostile, of a family of the bank."""
    family, seed = random.choice(families()), int(random.random() * 3)
    group, right = _variant(family, seed)
    spoilt = random.choice((0.15, 0.5, 1.0))
    answers: dict[str, Typed] = {}
    for ask in group.plan.asks:
        texts = right[ask.id]
        if random.random() < spoilt or not texts:
            answers[ask.id] = _hostile(random, ask.kind, texts)
        else:
            answers[ask.id] = random.choice(texts)
    return family, seed, answers


def _marked(given: tuple[str, int, dict[str, Typed]]) -> Hashable:
    """A verdict for every blank, in words; whatever stands beside it, a right answer is right."""
    family, seed, answers = given
    group, right = _variant(family, seed)
    verdicts = mark(group, [answers])[0]
    if [verdict.ask for verdict in verdicts] != [ask.id for ask in group.plan.asks]:
        raise Broken("a blank has no verdict")
    for verdict in verdicts:
        _in_order(verdict)
        if answers.get(verdict.ask) in right[verdict.ask] and verdict.status != "correct":
            raise Broken(f"a right answer is {verdict.status} | {family} {verdict.ask}: {answers[verdict.ask]!r}")
    return tuple((v.ask, v.status, round(v.points, 6), tuple(slip.rule for slip in v.slips)) for v in verdicts)


def _in_order(verdict: Verdict) -> None:
    if verdict.status not in STATUSES:
        raise Broken(f"the status is {verdict.status} | {verdict.ask}: {verdict.typed!r}")
    if not -1e-9 <= verdict.points <= verdict.of + 1e-9:
        raise Broken(f"more points than there are | {verdict.ask}: {verdict.points} of {verdict.of}")
    for language in LANGUAGES:
        for message in (*verdict.reasons, *(slip.message for slip in verdict.slips)):
            translate(message, language)


# ----- Files ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _printed(number: int) -> tuple[str, tuple[str, ...], dict[str, list[Typed]]]:
    """A printed answers file of two or three problems, its records, and right answers by line of the file."""
    some = Random(number)
    problems = tuple(dict.fromkeys(some.choice(families()) for _ in range(3)))
    student = Student("ivanova", "Анна Иванова", some.choice(LANGUAGES))
    (item,) = print_assignment(assignment_of(problems), [student], default_bank(), "secret of a fuzz")
    right: dict[str, list[Typed]] = {}
    for record in map(json.loads, item.records):
        group = from_record(default_bank()[record["problem"]], record, decode(record["variant"])[0])
        right |= {f"{record['problem']} {ask.id}": right_texts(group, ask) for ask in group.plan.asks}
    return item.answers, tuple(item.records), right


def _file_make(random: Random) -> bytes:
    """A printed file that was filled in, and then perhaps damaged."""
    text, _, right = _printed(int(random.random() * 200))
    lines, problem = [], ""
    for line in text.split("\n"):
        name = line.strip().rstrip(":").strip("'\"")
        problem = name if line.startswith("  ") and not line.startswith("   ") else problem
        texts = right.get(f"{problem} {name}")
        lines.append(line if texts is None else f"{line} {_as_yaml(_filled(random, texts), random)}")
    filled = "\n".join(lines)
    return as_bytes(changed_lines(filled, random) if random.random() < 0.5 else filled, random)


def _filled(random: Random, texts: list[Typed]) -> Typed:
    if texts and random.random() < 0.4:
        return random.choice(texts)
    return "" if random.random() < 0.1 else _hostile(random, "", texts)


def _as_yaml(text: Typed, random: Random) -> str:
    """As people put answers into a file: bare, in quotes, as a block."""
    if isinstance(text, dict):
        return "{" + ", ".join(f"{name}: {value}" for name, value in text.items()) + "}"
    if "\n" in text:
        return "|\n" + "\n".join(f"      {line}" for line in text.split("\n"))
    return random.choice((text, text, f"'{text}'", f'"{text}"', json.dumps(text, ensure_ascii=False)))


def _file_marked(data: bytes) -> Hashable:
    """From bytes to what student and teacher see of them, with and without the records."""
    try:
        sheet = parse_answers(data, "answers.yaml")
    except GraderError as fault:
        return in_words(fault)
    (verdict,) = mark_sheets([sheet], ["answers.yaml"], default_bank(), Manifest())
    for problem in verdict.problems:
        for each in problem.verdicts:
            _in_order(each)
    verdict = apply_policy(verdict, History(), _NOW)
    for language in LANGUAGES:
        said = io.StringIO()
        with redirect_stdout(said):
            show_sheet(revealed(verdict, _NOW), language)
        _plain(said.getvalue())
    lines = results_jsonl([verdict], "ru")
    json.loads(lines)
    return lines


def _plain(text: str) -> None:
    """Nothing that moves the cursor or turns the direction of a terminal; colours are ours."""
    for letter in set(text) - {"\n"}:
        if unicodedata.category(letter) == "Cc" and letter != "\x1b":
            raise Broken(f"a control character in the terminal | U+{ord(letter):04X}")
    if "\x1b" in text.replace("\x1b[", ""):
        raise Broken("an escape that is no colour in the terminal")


TARGETS: tuple[Target, ...] = (
    Target("blanks of the bank", _blanks_make, _marked, 9.0, dear=40),
    Target("whole files", _file_make, _file_marked, 5.0, dear=40),
)
