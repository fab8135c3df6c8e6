"""Questions without a step of their own: options, and answers with a property."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.blanks.choices import shown_options
from grader.blanks.kind import expected_value
from grader.blanks.kinds import in_latex, kind_of
from grader.errors import Message
from grader.language.nodes import Call, Name, Node
from grader.language.primitives import CONSTANTS
from grader.messages import translate
from grader.plan.plan import Ask, Option
from grader.plan.solve import value_of
from grader.worksheet.solution.formulas import Formulas
from grader.worksheet.solution.functions import result_of
from grader.worksheet.solution.layout import equation
from grader.worksheet.solution.names import reads
from grader.worksheet.solution.rounding import shown_in_full
from grader.worksheet.solution.steps import latex_of, working
from grader.worksheet.statement import formula_latex, prompt, rendered


def ask_lines(ask: Ask, formulas: Formulas) -> Iterator[str]:
    """The paragraphs of a question that no step answers by itself."""
    traits = kind_of(ask, formulas.group).traits
    if ask.rows:
        for row in ask.rows:
            yield from ask_lines(row, formulas)
    elif traits.options:
        yield from _chosen(ask, formulas)
    elif ask.fields:
        yield from _example(ask, formulas)
    elif ask.tree is not None and not any(
        step.name == ask.id and ask.tree in (step.tree, Name(step.name)) for step in formulas.plan.steps
    ):
        yield _formula(ask, formulas)


def _formula(ask: Ask, formulas: Formulas) -> str:
    """A question with a formula of its own."""
    explained = in_latex(ask, formulas.group, formulas.language)
    head = formulas.latex(Name(ask.id))
    if ask.variables or ask.tree is None or kind_of(ask, formulas.group).traits.enclosed:
        return equation(head, [("=", explained)])
    value = expected_value(ask, formulas.group)[0]
    sign = "=" if shown_in_full(value, ask.tolerance) else r"\approx"
    return equation(head, [*working(formulas.written(ask.tree), formulas, {}), (sign, explained)])


# ----- Options ---------------------------------------------------------------------------------------------------


def _chosen(ask: Ask, formulas: Formulas) -> Iterator[str]:
    """The right options by number, each with the reason."""
    right_ones = []
    for number, (option, right) in enumerate(shown_options(ask, formulas.group, 0), 1):
        if right:
            text = f"{number}) {_text(ask, option, formulas)}"
            right_ones.append(text.rstrip(".;") + _reason(option, formulas))
    asked = _asked(ask, formulas)
    step = next((step for step in formulas.plan.steps if ask.tree is not None and _calls(ask.tree, step.name)), None)
    if step is not None:
        asked += f" ($= {formulas.latex(result_of(step, formulas))}$)"
    if len(right_ones) == 1:
        yield f"{asked} {right_ones[0]}"
    else:
        yield "\n".join([asked, "", *(f"- {line}" for line in right_ones)])


def _asked(ask: Ask, formulas: Formulas) -> str:
    """The words of the question, or its name."""
    return prompt(ask, formulas.group, formulas.language).strip() if ask.prompt else f"{ask.id}:"


def _text(ask: Ask, option: Option, formulas: Formulas) -> str:
    if option.text:
        return rendered(formulas.group, option.text[formulas.language], formulas.language, ask.path).strip()
    return f"${formula_latex(option.tree, formulas.group, formulas.language)}$" if option.tree is not None else ""


def _reason(option: Option, formulas: Formulas) -> str:
    """The condition with the numbers it was decided by."""
    if option.when is None:
        return ""
    written = formulas.written(option.when)
    conditions = [f"${formulas.latex(part)}$" for part in _all_of(written)]
    numbers = [
        f"${formulas.latex(Name(name))} {_value(name, formulas)}$" for name in reads(written) if name not in CONSTANTS
    ]
    said = _say("solution-since", formulas, conditions=tuple(conditions))
    return f", {said} ({', '.join(dict.fromkeys(numbers))})." if numbers else f", {said}."


def _calls(tree: Node, name: str) -> bool:
    return isinstance(tree, Call) and tree.op == name


def _all_of(condition: Node) -> list[Node]:
    """The parts of `a and b`."""
    if isinstance(condition, Call) and condition.op == "and":
        return [*_all_of(condition.args[0]), *_all_of(condition.args[1])]
    return [condition]


def _value(name: str, formulas: Formulas) -> str:
    value = formulas.group.values.get(name)
    number = formulas.entry_value(name) if value is None else value[0]
    sign = "=" if formulas.rounding.keeps(number) else r"\approx"
    return f"{sign} {latex_of(np.asarray(number), formulas)}"


# ----- Examples --------------------------------------------------------------------------------------------------


def _example(ask: Ask, formulas: Formulas) -> Iterator[str]:
    """The author's example, field by field."""
    if ask.tree is None:
        return
    value = np.ravel(value_of(formulas.plan, ask.tree, formulas.group.values, ask.path)[0])
    fields = [
        f"${formulas.latex(Name(field))} = {latex_of(number, formulas)}$"
        for field, number in zip(ask.fields, value, strict=True)
    ]
    yield f"{_asked(ask, formulas).rstrip(':')}: {_say('solution-example', formulas, fields=', '.join(fields))}"


def _say(key: str, formulas: Formulas, **values: object) -> str:
    return translate(Message(key, values), formulas.language)
