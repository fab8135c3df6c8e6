"""Questions without a step of their own: options, and answers with a property."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from grader.arrays import Floats
from grader.blanks.choices import shown_options
from grader.blanks.kind import expected_value
from grader.blanks.kinds import in_latex, kind_of
from grader.errors import Message
from grader.language.nodes import Call, Name, Node
from grader.messages import translate
from grader.plan.plan import Ask, Option
from grader.plan.solve import value_of
from grader.worksheet.solution.functions import result_of
from grader.worksheet.solution.layout import equation
from grader.worksheet.solution.names import reads
from grader.worksheet.solution.rounding import shown_in_full
from grader.worksheet.solution.steps import latex_of, working
from grader.worksheet.solution.writing import Writing
from grader.worksheet.statement import formula_latex, prompt, rendered

_MEMBER = re.compile(r"\$\s*+([^$]+?)\s*\\in\s*\$")
"""A question for an interval or a set: `$x \\in$`."""


def ask_lines(ask: Ask, writing: Writing) -> Iterator[str]:
    """The paragraphs of a question that no step answers by itself."""
    traits = kind_of(ask, writing.group).traits
    if ask.rows:
        for row in ask.rows:
            yield from ask_lines(row, writing)
    elif traits.options:
        yield from _chosen(ask, writing)
    elif ask.fields:
        yield from _example(ask, writing)
    elif ask.tree is not None and writing.plan.asked_step(ask) is None:
        yield _formula(ask, writing)


def _formula(ask: Ask, writing: Writing) -> str:
    """A question with a formula of its own."""
    explained = in_latex(ask, writing.group, writing.language)
    head = writing.latex(Name(ask.id))
    member = _MEMBER.fullmatch(_asked(ask, writing))
    if member:
        return equation(member[1], [(r"\in", explained)])
    if ask.variables or ask.tree is None or kind_of(ask, writing.group).traits.enclosed:
        return equation(head, [("=", explained)])
    value = expected_value(ask, writing.group)[0]
    sign = "=" if shown_in_full(value, ask.tolerance) else r"\approx"
    return equation(head, [*working(writing.written(ask.tree), writing, {}), (sign, explained)])


# ----- Options ---------------------------------------------------------------------------------------------------


def _chosen(ask: Ask, writing: Writing) -> Iterator[str]:
    """The right options by number, each with the reason, and the wrong ones of which the author says why."""
    right_ones, wrong_ones = [], []
    for number, (option, right) in enumerate(shown_options(ask, writing.group, 0), 1):
        text = f"{number}) {_text(ask, option, writing)}".rstrip(".;")
        why = option.why.get(writing.language, "")
        if right:
            reason = _reason(option, writing)
            right_ones.append(f"{text}{reason or '.'} {why}" if why else text + reason)
        elif why:
            wrong_ones.append(_say("solution-not", writing, option=text, why=why))
    asked = _asked(ask, writing)
    step = next((step for step in writing.plan.steps if ask.tree is not None and _calls(ask.tree, step.name)), None)
    if step is not None:
        asked += f" ($= {writing.latex(result_of(step, writing))}$)"
    if len(right_ones) == 1 and not wrong_ones:
        yield f"{asked} {right_ones[0]}"
    else:
        yield "\n".join([asked, "", *(f"- {line}" for line in (*right_ones, *wrong_ones))])


def _asked(ask: Ask, writing: Writing) -> str:
    """The words of the question, or its name."""
    return prompt(ask, writing.group, writing.language).strip() if ask.prompt else f"{ask.id}:"


def _text(ask: Ask, option: Option, writing: Writing) -> str:
    if option.text:
        return rendered(writing.group, option.text[writing.language], writing.language, ask.path).strip()
    return f"${formula_latex(option.tree, writing.group, writing.language)}$" if option.tree is not None else ""


def _reason(option: Option, writing: Writing) -> str:
    """The condition with the numbers it was decided by; nothing where the form decided."""
    if option.when is None:
        return ""
    written = writing.written(option.when)
    conditions = [f"${writing.latex(part)}$" for part in _all_of(written) if reads(part)]
    if not conditions:
        return ""
    values = [(name, writing.value(name)) for name in reads(written)]
    numbers = [f"${writing.latex(Name(name))} {_value(value, writing)}$" for name, value in values if value is not None]
    numbers = [number for number in dict.fromkeys(numbers) if number not in conditions]
    said = _say("solution-since", writing, conditions=tuple(conditions))
    return f", {said} ({', '.join(numbers)})." if numbers else f", {said}."


def _calls(tree: Node, name: str) -> bool:
    return isinstance(tree, Call) and tree.op == name


def _all_of(condition: Node) -> list[Node]:
    """The parts of `a and b`."""
    if isinstance(condition, Call) and condition.op == "and":
        return [*_all_of(condition.args[0]), *_all_of(condition.args[1])]
    return [condition]


def _value(value: Floats, writing: Writing) -> str:
    sign = "=" if writing.rounding.keeps(value) else r"\approx"
    return f"{sign} {latex_of(value, writing)}"


# ----- Examples --------------------------------------------------------------------------------------------------


def _example(ask: Ask, writing: Writing) -> Iterator[str]:
    """The author's example, field by field."""
    if ask.tree is None:
        return
    value = np.ravel(value_of(writing.plan, ask.tree, writing.group.values, ask.path)[0])
    fields = [
        f"${writing.latex(Name(field))} = {latex_of(number, writing)}$"
        for field, number in zip(ask.fields, value, strict=True)
    ]
    yield f"{_asked(ask, writing).rstrip(':')}: {_say('solution-example', writing, fields=', '.join(fields))}"


def _say(key: str, writing: Writing, **values: object) -> str:
    return translate(Message(key, values), writing.language)
