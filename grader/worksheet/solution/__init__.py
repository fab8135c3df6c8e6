"""The worked solution of one student's variant, from the steps: Markdown with maths.

Every step in order: its title, then the name, the formula, the numbers put in and the value, rounded as asked;
derivatives rule by rule, arrays entry by entry, repetitions as a table; a remark once, not in every round of a loop;
then why an option is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.language.nodes import Node
from grader.language.numerals import name_latex
from grader.plan.group import Group
from grader.plan.plan import Step
from grader.spec.source import Path
from grader.worksheet.solution.choices import ask_lines
from grader.worksheet.solution.functions import derivative_lines, function_lines, inner_derivatives, result_of
from grader.worksheet.solution.layout import WIDTH, text_width
from grader.worksheet.solution.repetition import count_of, process, repeated, rounds
from grader.worksheet.solution.steps import value_lines
from grader.worksheet.solution.writing import Writing
from grader.worksheet.statement import rendered

_INDEXED = re.compile(r"(\w)([₀-₉]+)")
_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

__all__ = ["parts", "solution"]


def solution(group: Group, language: str) -> str:
    """The worked solution for a group of one."""
    return "\n\n".join(text for _, text in parts(group, language))


def parts(group: Group, language: str) -> Iterator[tuple[Path, str]]:
    """The paragraphs of a solution, each with the path in the file that it comes from."""
    writing = Writing(group, language)
    shown: dict[str, Node] = {}
    repetitions: dict[str, int] = {}
    told: set[str] = set()
    for step in group.plan.steps:
        yield from ((step.path, text) for text in _paragraphs(step, writing, shown))
        if step.remark and (remark := _remark(step, writing)) not in told:
            told.add(remark)
            yield step.path, remark
        tree = repeated(step, writing)
        if tree is not None and (count := count_of(tree, step, writing)) > repetitions.get(process(tree), 0):
            repetitions[process(tree)] = count
            yield step.path, rounds(tree, step, writing)
    for ask in group.plan.asks:
        yield from ((ask.path, text) for text in ask_lines(ask, writing))


def _paragraphs(step: Step, writing: Writing, shown: dict[str, Node]) -> Iterator[str]:
    """The paragraphs of a step: derivatives it uses for the first time, then its own lines beside the title."""
    title = _INDEXED.sub(_as_maths, step.title.get(writing.language, ""))
    title = f"*{title[:1].upper()}{title[1:]}:* " if title else ""
    room = WIDTH - text_width(title)
    if step.has_value:
        yield from _derivatives(step, writing, shown)
        first, *rest = value_lines(step, writing, shown, room)
    else:
        first, *rest = function_lines(step, writing, shown, room)
        shown[step.name] = result_of(step, writing)
    yield _joined([title + first, *rest])


def _remark(step: Step, writing: Writing) -> str:
    return rendered(writing.group, step.remark[writing.language], writing.language, step.path).strip()


def _joined(lines: list[str]) -> str:
    """List items right below what they belong to, other lines as paragraphs."""
    text = lines[0]
    for line in lines[1:]:
        text += ("\n" if line.startswith("- ") else "\n\n") + line
    return text


def _derivatives(step: Step, writing: Writing, shown: dict[str, Node]) -> Iterator[str]:
    """Derivatives that only a function of the file takes, before the step that needs them."""
    for name, derivative in inner_derivatives(writing.written(step.tree), writing):
        if name not in shown:
            parameters = writing.functions[name].parameters
            shown[name] = writing.shown_body(derivative.result, parameters)
            head = writing.names.call(name, parameters) if name in writing.names.symbols else writing.symbols[name]
            final = ("=", writing.latex(shown[name]))
            yield _joined(derivative_lines(derivative, parameters, head, final, writing, WIDTH))


def _as_maths(match: re.Match[str]) -> str:
    """`W₃` in a title as maths: few fonts have the sign."""
    return f"${name_latex(f'{match[1]}{match[2].translate(_DIGITS)}')}$"
