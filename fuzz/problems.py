"""Targets of problems: files that strangers have changed, and any seed of any family."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from functools import cache
from random import Random
from typing import Any

import numpy as np

import grader
from fuzz.changes import as_bytes, changed_lines
from fuzz.language import in_words
from fuzz.outcome import Broken, Target
from fuzz.sheets import families, right_texts
from grader.chance.codes import decode
from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.errors import GraderError
from grader.marking.mark import mark
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.record import from_record, record_of
from grader.worksheet.solution import solution
from grader.worksheet.statement import statement


@cache
def _sources() -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for _, path in sorted(default_bank().paths.items()))


_PIECES = (
    "{{ x }}", "{{ 1/0 }}", "{{ x.value }}", "{% for i in range(10**9) %}{% endfor %}", "{% if", "[1, 2]", "1/0",
    "x[1]", "sum(x)", "n",
    "for t in 1..3:", "1..99999", "{ints: [1, 5]}", "{choose: []}", "shape: 3", "shape: [2, 2]", "points: -1",
    "points: 1e400", "kind: choice",
    "kind: interval", "decimals: 999", "rel: nan", "is: is", "w[t-1]", "w[t]", "grad(L, w)", "inv(A)", "x = 1",
    "abs(x) > 1e9", "x != x", "if(x > 1, 2, 3)",
    "{en: a, ru: б}", "$\\frac{1}{2}$", "$", "![x](y)", "9^9^9", "exp(exp(99))", "- ", ": ", "~", "|", "#", "''", "{",
    "}", "[", "]", "\t", "é", "\x00",
)  # fmt: skip


def _problem_make(random: Random) -> bytes:
    """A file of the bank that somebody has changed."""
    text = changed_lines(random.choice(_sources()), random, _PIECES)
    return as_bytes(text, random) if random.random() < 0.05 else text.encode("utf-8", "replace")


def _problem(data: bytes) -> Hashable:
    """What can be read is drawn, printed and solved, or told with its file and line."""
    try:
        problem = problem_from(data, "problem.yaml")
        groups = draw(problem, [1, 2])
        first = groups[0].at(0)
        texts = [text(first, language) for text in (statement, solution) for language in LANGUAGES]
        for ask in first.plan.asks:
            right_texts(first, ask)
    except GraderError as fault:
        if not str(fault).strip():
            raise Broken("no words") from fault
        return in_words(fault), getattr(fault, "line", None)
    return texts, repr([record_of(group.at(0)) for group in groups])


def _draw_make(random: Random) -> tuple[str, int]:
    return random.choice(families()), random.getrandbits(40)


def _drawn(given: tuple[str, int]) -> Hashable:
    """Any seed of any family: printed, right answers right, recorded and found again by its code."""
    family, seed = given
    variant = grader.bank()[family].variant(seed)
    group, problem = variant.group, default_bank()[family]
    if decode(variant.code) != (seed, problem.code_digest):
        raise Broken(f"the code is another's | {family} {seed}")
    texts = [text(group, language) for text in (statement, solution) for language in LANGUAGES]
    _right_ones(group, f"{family} {seed}")
    record = json.loads(json.dumps(record_of(group)))
    again = from_record(problem, record, seed)
    if not all(_near(again.solution[name], value) for name, value in group.solution.items()):
        raise Broken(f"a record is solved otherwise | {family} {seed}")
    return texts, record


def _near(one: Any, other: Any) -> bool:
    """Solved alone and in a batch: NumPy's loops may differ by a rounding."""
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True)


def _right_ones(group: Group, name: str) -> None:
    """Every text that a kind proposes as right is right, alone on the sheet."""
    for ask in group.plan.asks:
        for text in right_texts(group, ask):
            typed: Mapping[str, Any] = {ask.id: text}
            (status,) = (verdict.status for verdict in mark(group, [typed])[0] if verdict.ask == ask.id)
            if status != "correct":
                raise Broken(f"a right answer is {status} | {name} {ask.id}: {text!r}")


TARGETS: tuple[Target, ...] = (
    Target("problem files", _problem_make, _problem, 5.0, dear=40),
    Target("draws of the bank", _draw_make, _drawn, 2.0, dear=40),
)
