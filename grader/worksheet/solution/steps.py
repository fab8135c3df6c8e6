"""Steps with a value: name, formula, numbers put in, value; arrays entry by entry where that is clearer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from grader.blanks.arrays import latex_array
from grader.blanks.kinds import in_latex, kind_of
from grader.language.nodes import Array, Call, Name, Node, children, names, walk
from grader.language.numerals import name_latex
from grader.language.primitives import CONSTANTS, SPECIAL_FORMS
from grader.plan.plan import Ask, Step
from grader.worksheet.solution.formulas import Formulas
from grader.worksheet.solution.gradients import with_gradients
from grader.worksheet.solution.layout import DISPLAY, Part, bare, equation, width
from grader.worksheet.solution.rounding import shown_in_full

REPEATED = ("iterate", "count_until")
"""Forms that are told in words; derivatives that the rules do not reach are printed as such."""
MOST_ENTRIES = 9
"""Longer arrays are not worked entry by entry."""


def value_lines(step: Step, formulas: Formulas, shown: Mapping[str, Node], room: float) -> Iterator[str]:
    """The equations of a step that has a value; `shown` are the formulas that earlier lines came to, by function."""
    head = formulas.names.head(step)
    taken, gradient = with_gradients(step.tree, formulas)
    written = formulas.written(taken)
    final = value_parts(step, formulas)
    if gradient:
        yield equation(head, [("=", gradient), *working(written, formulas, shown), *final], room)
        return
    if any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(written)):
        form = not any(isinstance(part, Call) and part.op in REPEATED for part in walk(step.tree))
        yield equation(head, [*([("=", formulas.latex(step.tree))] if form else []), *final], room)
        return
    if isinstance(written, Array) and worth_entries(step, written, formulas, shown):
        yield from entry_lines(step, written, formulas, shown)
        yield equation(head, final, room)
        return
    condition = branch(step.tree, formulas)
    parts = [*working(written, formulas, shown), *final]
    if bare(formulas.latex(formulas.with_numbers(written))) == bare(head):  # y'(2) = y'(x_0) says nothing
        parts = parts[1:]
    yield equation(head, parts, room) + condition


def working(written: Node, formulas: Formulas, shown: Mapping[str, Node]) -> list[Part]:
    """The formula, and the numbers put in, each only if it says something."""
    parts: list[Part] = []
    if isinstance(written, Array) and not any(isinstance(part, Call) for part in walk(written)):
        return parts  # found before, here only put together
    if _says_something(written, formulas):
        parts.append(("=", formulas.latex(written)))
    numbers = formulas.with_numbers(formulas.with_functions(written, shown))
    if any(_is_worked(part) for part in _leaves(numbers)):
        parts.append(("=" if formulas.all_exact(written) else r"\approx", formulas.latex(numbers)))
    return parts


def _says_something(tree: Node, formulas: Formulas) -> bool:
    """Does it read a name, or call a function."""
    return bool(names(tree) - CONSTANTS.keys()) or any(
        isinstance(part, Call) and part.op in formulas.functions for part in walk(tree)
    )


def _is_worked(tree: Node) -> bool:
    """Is there something to work out: no name, no literal, no literal with a minus."""
    return isinstance(tree, Call) and not (tree.op == "neg" and not children(tree.args[0]))


def _leaves(tree: Node) -> Iterator[Node]:
    """The entries of an array, or the formula itself."""
    if isinstance(tree, Array):
        yield from (entry for _, entry in flat(tree))
    else:
        yield tree


def value_parts(step: Step, formulas: Formulas) -> list[Part]:
    """The value with the digits of the working, and as asked."""
    group = formulas.group
    value = group.solution[step.name][0]
    ask = asked(step, formulas)
    parts: list[Part] = []
    full = formulas.rounding.keeps(value)
    said = ask is not None and shown_in_full(value, ask.tolerance)
    if ask is None or (not said and np.ndim(value) == 0 and formulas.names.is_used(step.name)):
        parts.append(("=" if full else r"\approx", latex_of(value, formulas)))
    if ask is not None:
        explained = in_latex(ask, group, formulas.language)
        parts.append(("=" if said else r"\approx", explained))
    return parts


def asked(step: Step, formulas: Formulas) -> Ask | None:
    """The question whose answer is the step itself."""
    for ask in formulas.plan.asks:
        if ask.tree == Name(step.name) and kind_of(ask, formulas.group).traits.numbers:
            return ask
    return None


def latex_of(value: np.ndarray, formulas: Formulas) -> str:
    """A value with the digits of the working; a vector as a row between brackets, as answers are printed."""
    if np.ndim(value) == 0:
        return formulas.latex(formulas.rounding.node(value))
    clean = np.where(np.abs(value) < 1e-12 * np.abs(value).max(), 0.0, value)
    entries = np.vectorize(lambda entry: formulas.latex(formulas.rounding.node(float(entry))), otypes=[object])(clean)
    return latex_array(entries, formulas.language).replace(r"\frac", r"\tfrac")


# ----- Entry by entry --------------------------------------------------------------------------------------------


def worth_entries(step: Step, tree: Array, formulas: Formulas, shown: Mapping[str, Node]) -> bool:
    """Are the entries worked: derivatives, decided cases, or too long for one line."""
    entries = list(_leaves(tree))
    if len(entries) > MOST_ENTRIES:
        return False
    if any(cases(step, place, formulas) for place, _ in flat(tree)):
        return True
    if not any(map(_is_worked, entries)):
        return False
    called = any(isinstance(part, Call) and part.op in formulas.functions for part in walk(tree))
    return called or width(formulas.latex(formulas.with_numbers(formulas.with_functions(tree, shown)))) > DISPLAY / 2


def cases(step: Step, place: str, formulas: Formulas) -> str:
    """The conditions that decided an entry."""
    tree = formulas.undecided(step.tree)
    return branch(dict(flat(tree))[place], formulas) if isinstance(tree, Array) else ""


def flat(tree: Array) -> Iterator[tuple[str, Node]]:
    """Entries with their indices, `2,1`."""
    for row, item in enumerate(tree.items, 1):
        if isinstance(item, Array):
            yield from ((f"{row},{column}", entry) for column, entry in enumerate(item.items, 1))
        else:
            yield str(row), item


def entry_lines(step: Step, tree: Array, formulas: Formulas, shown: Mapping[str, Node]) -> Iterator[str]:
    """A line for every entry: its formula, the numbers, the value."""
    value = formulas.group.solution[step.name][0]
    for place, entry in flat(tree):
        number = value[tuple(int(index) - 1 for index in place.split(","))]
        sign = "=" if formulas.rounding.keeps(number) else r"\approx"
        parts = [*working(entry, formulas, shown), (sign, latex_of(number, formulas))]
        yield equation(name_latex(f"{step.name}[{place}]"), parts) + cases(step, place, formulas)


# ----- Cases -----------------------------------------------------------------------------------------------------


def branch(tree: Node, formulas: Formulas) -> str:
    """Why this case was taken, where the step as a whole is a choice of cases by drawn numbers."""
    conditions = []
    while isinstance(tree, Call) and tree.op == "if":
        truth = formulas.known(tree.args[0])
        if truth is None:
            break
        conditions.append(f"${formulas.condition(tree.args[0])}$")
        tree = tree.args[1] if truth > 0.5 else tree.args[2]
    return f" ({', '.join(conditions)})" if conditions else ""
