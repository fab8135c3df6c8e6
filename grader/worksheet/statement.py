"""The statement of a problem for one student: the author's text with the student's numbers, as Markdown with maths.

In the text, `{{ x }}` is a given in LaTeX (decimal comma in Russian, lists with `;`), `{{ w[0] }}` one of that name,
`{{ x[1] }}` an entry, `{{ f(x) }}` a drawn function, `{{ n }}` a choice of the form, `{{ t }}` the round of a prompt,
`{{ tex("a*(w - c)^2 + d") }}` any formula with the numbers put in, signs tidied; some names may stay letters:
`{{ tex("k*A", "A") }}`. `{{ figure }}` is where the drawing stands; without it, it follows the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from grader.blanks.kind import with_numbers
from grader.errors import AuthorError, Message, StudentError
from grader.facts import fact
from grader.figures.figure import Drawing, Undrawable, drawing
from grader.language.construct import tidied
from grader.language.functions import inlined
from grader.language.nodes import Call, Index, Name, Node, Number, transform, walk
from grader.language.primitives import PRIMITIVES
from grader.language.prose import fault_of
from grader.language.typeset import to_latex
from grader.messages import translate
from grader.plan.graph import trees_of
from grader.plan.group import Group
from grader.plan.plan import STRUCTURE, Ask, Plan
from grader.spec.source import Path
from grader.worksheet.shown import Formula, Function, Shown

LONGEST_FORMULA = 1000
"""Characters of a formula in a text."""
MOST_PRINTED = 3000
"""Parts of a formula in a text, its functions written out."""
TEX_COST = 100
"""Steps that a formula counts for."""
Names = Callable[[], Mapping[str, object]]
"""What a text may mention: making it costs more than most texts."""
FIGURE = "\ue000"
"""Stands in a text for its drawing."""
_ALONE = re.compile(rf"(?m)^ *{FIGURE} *$")
_WRITTEN_NUMBER = re.compile(r"-?\d{1,15}(\.\d{0,15})?|-?\.\d{1,15}")


class Statement(NamedTuple):
    """What a student reads: Markdown, perhaps a drawing, and what follows it."""

    before: str
    drawing: Drawing | None = None
    after: str = ""


def illustrated(group: Group, language: str, *, by_hand: bool = False) -> Statement:
    """The statement for a group of one, the sheet's rounding at its end. Raises AuthorError with the text's line.

    Numbers set `by_hand` may be such that their figure cannot be drawn, which the statement then says.
    """
    problem = group.plan.problem
    path = ("text", language)
    names = cache(partial(names_of, group, language))
    text = _readable(group, _filled(group, problem.text[language], path, names), path).strip()
    notes = " ".join(translate(note, language) for note in _notes(group.plan))
    before, mark, after = text.partition(FIGURE)
    if mark and (FIGURE in after or not _ALONE.search(text)):
        problem.source.fail("figure-place", path)
    try:
        drawn = drawing(group, language, partial(_label, group, names))
    except Undrawable:
        if not by_hand:
            raise
        drawn, notes = None, f"{translate(Message('figure-undrawn'), language)} {notes}".strip()
    return Statement(before.strip(), drawn, "\n\n".join(part for part in (after.strip(), notes) if part))


def statement(group: Group, language: str, *, by_hand: bool = False) -> str:
    """The statement for a group of one as Markdown alone: a drawing is told in words. Raises AuthorError."""
    before, drawn, after = illustrated(group, language, by_hand=by_hand)
    told = f"*{translate(Message('figure-heading'), language)}.* {drawn.told}" if drawn else ""
    return "\n\n".join(part for part in (before, told, after) if part)


def drawing_of(group: Group, language: str) -> Drawing | None:
    """The drawing of a group of one, if it has one."""
    return drawing(group, language, partial(_label, group, cache(partial(names_of, group, language))))


def _label(group: Group, names: Names, text: str, path: Path, rounds: Mapping[str, int]) -> str:
    """A label of a drawing with the student's numbers."""
    return _readable(group, _filled(group, text, path, names, rounds), path)


def _notes(plan: Plan) -> Iterator[Message]:
    """How to round everywhere, and what cannot be computed on paper."""
    if (everywhere := plan.problem.rounding) is not None:
        others = any(ask.traits.rounded and ask.tolerance.digits and ask.tolerance != everywhere for ask in plan.asks)
        yield Message("statement-rounding-mostly" if others else "statement-rounding", {"rule": everywhere.rule()})
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


def rendered(group: Group, template: str, language: str, path: Path, rounds: Mapping[str, int] | None = None) -> str:
    """A text of the problem with the student's numbers, and the values of the loops that it stands in.

    Raises AuthorError with the line for what cannot be put in, and for what no text may say.
    """
    return _readable(group, _filled(group, template, path, partial(names_of, group, language), rounds), path)


def _readable(group: Group, text: str, path: Path) -> str:
    if fault := fault_of(text):
        group.plan.problem.source.fail(fault.key, path, **fault.values)
    return text


def _is_template(text: str) -> bool:
    return "{{" in text or "{%" in text or "{#" in text


def _filled(group: Group, template: str, path: Path, names: Names, rounds: Mapping[str, int] | None = None) -> str:
    if not _is_template(template):
        return template
    from grader.worksheet.filling import filled

    try:
        return filled(template, {**names(), **(rounds or {})})
    except (StudentError, AuthorError) as fault:
        group.plan.problem.source.fail("spec-text-template", path, reason=fault.message)


def names_of(group: Group, language: str) -> dict[str, object]:
    """Everything a text may mention."""
    plan = group.plan
    names: dict[str, object] = {name: _choice(text) for name, text in plan.form.items()}
    families: dict[str, dict[object, object]] = {}
    for given in plan.givens:
        shown = Shown.of(group.given[given.name][0], language, option_latex(group, given.name, language))
        base, _, index = given.name.partition("[")
        if index:
            index = index.rstrip("]")
            families.setdefault(base, {})[index if "," in index else int(index)] = shown
        else:
            names[base] = shown
    for base, family in families.items():
        names.setdefault(base, family)
    for name, function in plan.functions.items():
        names[name] = Formula(formula_latex(function.body, group, language))
    if "figure" in plan.problem.source.root:
        names["figure"] = Formula(FIGURE)
    names["tex"] = Function("tex", partial(_tex, group, language), TEX_COST)
    return names


def _choice(text: str) -> object:
    """A choice of the form as a text sees it: a number where it is written as one."""
    if not _WRITTEN_NUMBER.fullmatch(text):
        return text
    value = float(text)
    return int(value) if value.is_integer() else value


def _tex(group: Group, language: str, arguments: tuple[object, ...]) -> str:
    """`tex("k*A", "A")`: a formula with the numbers put in, but for some letters."""
    text, *letters = arguments or ("",)
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_FORMULA:
        raise AuthorError("text-tex", most=LONGEST_FORMULA)
    kept = [str(letter) for letter in letters]
    return formula_latex(parsed(text, group, kept), group, language, kept)


def _entry(group: Group, letters: Collection[str], part: Node) -> Node:
    """`n[1]` as the entry of an array that has a value; the name of a step or a given stays one."""
    match part:
        case Index(base, indices) if base in group.values and base not in letters:
            has_entries = group.values[base].ndim == 1 + len(indices)
            return Call("entry", (Name(base), *indices), part.span) if has_entries else part
    return part


def option_latex(group: Group, name: str, language: str) -> str | None:
    """How a given chosen from a list of formulas prints (`\\ln 2`); None for plain numbers."""
    given = next(given for given in group.plan.givens if given.name == name)
    if name not in group.picks:
        return None
    option = given.options[int(group.picks[name][0])]
    return None if isinstance(option, Number) else to_latex(option, language)


def parsed(text: str, group: Group, letters: Collection[str] = ()) -> Node:
    """A formula in a text, in the language of specs; entries of `letters` are letters."""
    plan = group.plan
    declared = {*(given.name.partition("[")[0] for given in plan.givens), *plan.symbols}
    from grader.language.parser import parse
    from grader.language.written import Written

    tree = transform(parse(text, declared, spec=True, functions=plan.functions.keys()), partial(_entry, group, letters))
    for part in walk(tree):
        function = plan.functions.get(part.op) if isinstance(part, Call) else None
        if isinstance(part, Call) and function and len(function.parameters) != len(part.args):
            wanted, given = len(function.parameters), len(part.args)
            raise AuthorError("spec-arguments", function=part.op, count=wanted, given=given)
    if Written(plan.functions).parts(tree) > MOST_PRINTED:
        raise AuthorError("spec-written-out", most=MOST_PRINTED)
    return tree


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
