"""The statement of a problem for one student: the author's text with the student's numbers, as Markdown with maths.

In the text, `{{ x }}` is a given in LaTeX (decimal comma in Russian, lists with `;`), `{{ w[0] }}` one of that name,
`{{ x[1] }}` an entry, `{{ f(x) }}` a drawn function, `{{ n }}` a choice of the form, `{{ t }}` the round of a prompt,
`{{ tex("a*(w - c)^2 + d") }}` any formula with the numbers put in, signs tidied; some names may stay letters:
`{{ tex("k*A", "A") }}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import with_numbers
from grader.errors import Message, StudentError
from grader.facts import fact
from grader.language.construct import tidied
from grader.language.functions import inlined
from grader.language.nodes import Name, Node, Number
from grader.language.primitives import PRIMITIVES
from grader.language.typeset import array_latex, to_latex
from grader.messages import translate
from grader.plan.graph import trees_of
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Ask, Plan


class Shown:
    """A value in a statement: prints itself in LaTeX, has 1-based entries, compares as a number."""

    def __init__(self, value: Floats, language: str, latex: str | None = None) -> None:
        self.value, self.language, self.latex = value, language, latex

    def __str__(self) -> str:
        return self.latex if self.latex is not None else array_latex(self.value, self.language)

    def __getitem__(self, index: int) -> Shown:
        if not 1 <= index <= len(self.value):
            raise IndexError(index)
        return Shown(self.value[index - 1], self.language)

    def __iter__(self) -> Iterator[Shown]:
        return (Shown(entry, self.language) for entry in self.value)

    def __len__(self) -> int:
        return len(self.value)

    def __eq__(self, other: object) -> bool:
        return bool(np.all(self.value == (other.value if isinstance(other, Shown) else other)))

    def __lt__(self, other: float) -> bool:
        return float(self.value) < float(other)

    def __gt__(self, other: float) -> bool:
        return float(self.value) > float(other)

    def __hash__(self) -> int:
        return hash(self.value.tobytes())

    def __int__(self) -> int:
        return int(self.value)

    def __float__(self) -> float:
        return float(self.value)


class _Formula:
    """A function in a statement: `{{ f(x) }}` and `{{ f }}` print its formula."""

    def __init__(self, latex: str) -> None:
        self.latex = latex

    def __str__(self) -> str:
        return self.latex

    def __call__(self, *arguments: object) -> str:
        del arguments
        return self.latex


@cache
def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)


def statement(group: Group, language: str) -> str:
    """The statement for a group of one, the sheet's rounding at its end. Raises AuthorError with the text's line."""
    problem = group.plan.problem
    text = rendered(group, problem.text[language], language, ("text", language)).strip()
    notes = " ".join(translate(note, language) for note in _notes(group.plan))
    return f"{text}\n\n{notes}" if notes else text


def _notes(plan: Plan) -> Iterator[Message]:
    """How to round everywhere, and what cannot be computed on paper."""
    if plan.problem.rounding is not None:
        yield Message("statement-rounding", {"rule": plan.problem.rounding.rule()})
    if functions := by_calculator(plan):
        yield Message("statement-tanh" if "tanh" in functions else "statement-calculator")


@fact(needs=STRUCTURE)
def by_calculator(plan: Plan) -> frozenset[str]:
    """The functions behind numbers to be rounded whose values one has to look up."""
    rounded = [ask for ask in plan.asks if ask.traits.whole or (ask.traits.rounded and ask.tolerance.digits)]
    trees = [tree for ask in rounded for tree in trees_of(ask)]
    passed = plan.graph.behind(plan.names_read(trees)).passed
    read = plan.names_read((*trees, *(plan.step(name).tree for name in passed)))
    return frozenset(name for name in read if name in PRIMITIVES and PRIMITIVES[name].by_calculator)


def rendered(
    group: Group, template: str, language: str, path: tuple[str | int, ...], rounds: Mapping[str, int] | None = None
) -> str:
    """A text of the problem with the student's numbers, and the values of the loops that it stands in."""
    from jinja2 import TemplateError

    if "{{" not in template and "{%" not in template:
        return template
    try:
        return str(_environment().from_string(template).render({**names_of(group, language), **(rounds or {})}))
    except (TemplateError, IndexError, TypeError, ValueError) as error:
        group.plan.problem.source.fail("spec-text-template", path, reason=str(error))
    except StudentError as fault:
        group.plan.problem.source.fail("spec-text-template", path, reason=fault.message)


def names_of(group: Group, language: str) -> dict[str, Any]:
    """Everything a text may mention."""
    plan = group.plan
    names: dict[str, Any] = {
        name: float(text) if re.fullmatch(r"-?[\d.]+", text) else text for name, text in plan.form.items()
    }
    names = {
        name: int(value) if isinstance(value, float) and value == int(value) else value for name, value in names.items()
    }
    for given in plan.givens:
        shown = Shown(group.given[given.name][0], language, option_latex(group, given.name, language))
        base, _, index = given.name.partition("[")
        if index:
            family = names.setdefault(base, {})
            family[int(index.rstrip("]")) if "," not in index else index.rstrip("]")] = shown
        else:
            names[base] = shown
    for name, function in plan.functions.items():
        names[name] = _Formula(formula_latex(function.body, group, language))
    names["tex"] = lambda text, *letters: formula_latex(parsed(text, group), group, language, letters)
    return names


def option_latex(group: Group, name: str, language: str) -> str | None:
    """How a given chosen from a list of formulas prints (`\\ln 2`); None for plain numbers."""
    given = next(given for given in group.plan.givens if given.name == name)
    if name not in group.picks:
        return None
    option = given.options[int(group.picks[name][0])]
    return None if isinstance(option, Number) else to_latex(option, language)


def parsed(text: str, group: Group) -> Node:
    """A formula in a text, in the language of specs."""
    plan = group.plan
    declared = {*(given.name.partition("[")[0] for given in plan.givens), *plan.symbols}
    from grader.language.parser import parse

    return parse(text, declared, spec=True, functions=plan.functions.keys())


def formula_latex(tree: Node, group: Group, language: str, letters: Collection[str] = ()) -> str:
    """A formula with the student's numbers in place of their names, tidied; some names stay `letters`."""
    written = inlined(tree, dict(group.plan.functions))
    return to_latex(tidied(with_numbers(written, group, 0, letters)), language)


def prompt(ask: Ask, group: Group, language: str) -> str:
    """What stands before the blank, as Markdown: the author's words, or the name."""
    if ask.prompt:
        return rendered(group, ask.prompt[language], language, ask.path, ask.rounds)
    head = to_latex(Name(ask.id), language)
    if ask.variables and ask.traits.variables:
        head += "(" + ", ".join(to_latex(Name(name), language) for name in ask.variables) + ")"
    return f"${head} =$"
