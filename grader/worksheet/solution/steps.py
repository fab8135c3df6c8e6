"""Steps with a value: name, formula, numbers put in, value; arrays entry by entry where that is clearer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from grader.arrays import Floats
from grader.blanks.arrays import latex_array
from grader.blanks.kinds import in_latex, kind_of
from grader.language.nodes import Array, Call, Name, Node, children, names, walk
from grader.language.primitives import CONSTANTS, REPETITIONS, SPECIAL_FORMS
from grader.plan.plan import Ask, Step
from grader.worksheet.solution.gradients import with_gradients
from grader.worksheet.solution.layout import DISPLAY, Part, bare, equation, width
from grader.worksheet.solution.rounding import shown_in_full
from grader.worksheet.solution.writing import Writing

"""Forms that are told in words; derivatives that the rules do not reach are printed as such."""
MOST_ENTRIES = 9
"""Longer arrays are not worked entry by entry."""


def value_lines(step: Step, writing: Writing, shown: Mapping[str, Node], room: float) -> Iterator[str]:
    """The equations of a step that has a value; `shown` are the formulas that earlier lines came to, by function."""
    head = writing.names.head(step)
    taken, gradient = with_gradients(step.tree, writing)
    written = writing.written(taken)
    final = value_parts(step, writing)
    if gradient:
        yield equation(head, [("=", gradient), *working(written, writing, shown), *final], room)
        return
    if any(isinstance(part, Call) and part.op in SPECIAL_FORMS for part in walk(written)):
        form = not any(isinstance(part, Call) and part.op in REPETITIONS for part in walk(step.tree))
        yield equation(head, [*([("=", writing.latex(step.tree))] if form else []), *final], room)
        return
    if isinstance(written, Array) and worth_entries(step, written, writing, shown):
        yield from entry_lines(step, written, writing, shown)
        yield equation(head, final, room)
        return
    condition = branch(step.tree, writing)
    parts = [*working(written, writing, shown), *final]
    if bare(writing.latex(writing.with_numbers(written))) == bare(head):  # y'(2) = y'(x_0) says nothing
        parts = parts[1:]
    yield equation(head, parts, room) + condition


def working(written: Node, writing: Writing, shown: Mapping[str, Node]) -> list[Part]:
    """The formula, and the numbers put in, each only if it says something."""
    parts: list[Part] = []
    if isinstance(written, Array) and not any(isinstance(part, Call) for part in walk(written)):
        return parts  # worked out before, here only put together
    if _says_something(written, writing):
        parts.append(("=", writing.latex(written)))
    numbers = writing.with_numbers(writing.with_functions(written, shown))
    if any(_is_worked(part) for part in _leaves(numbers)):
        parts.append(("=" if writing.all_exact(written) else r"\approx", writing.latex(numbers)))
    return parts


def _says_something(tree: Node, writing: Writing) -> bool:
    """Does it read a name, or call a function."""
    return bool(names(tree) - CONSTANTS.keys()) or any(
        isinstance(part, Call) and part.op in writing.functions for part in walk(tree)
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


def value_parts(step: Step, writing: Writing) -> list[Part]:
    """The value with the digits of the working, and as asked."""
    group = writing.group
    value = group.solution[step.name][0]
    ask = asked(step, writing)
    parts: list[Part] = []
    full = writing.rounding.keeps(value)
    said = ask is not None and shown_in_full(value, ask.tolerance)
    if ask is None or (not said and np.ndim(value) == 0 and writing.names.is_used(step.name)):
        parts.append(("=" if full else r"\approx", latex_of(value, writing)))
    if ask is not None:
        explained = in_latex(ask, group, writing.language)
        parts.append(("=" if said else r"\approx", explained))
    return parts


def asked(step: Step, writing: Writing) -> Ask | None:
    """The question whose answer is the step itself."""
    for ask in writing.plan.asks:
        if ask.tree == Name(step.name) and kind_of(ask, writing.group).traits.numbers:
            return ask
    return None


def latex_of(value: Floats, writing: Writing) -> str:
    """A value with the digits of the working; a vector as a row between brackets, as answers are printed."""
    if np.ndim(value) == 0:
        return writing.latex(writing.rounding.node(value))
    clean = np.where(np.abs(value) < 1e-12 * np.abs(value).max(), 0.0, value)
    entries = np.vectorize(lambda entry: writing.latex(writing.rounding.node(float(entry))), otypes=[object])(clean)
    return latex_array(entries, writing.language).replace(r"\frac", r"\tfrac")


# ----- Entry by entry --------------------------------------------------------------------------------------------


def worth_entries(step: Step, tree: Array, writing: Writing, shown: Mapping[str, Node]) -> bool:
    """Are the entries worked: derivatives, decided cases, or too long for one line."""
    entries = list(_leaves(tree))
    if len(entries) > MOST_ENTRIES:
        return False
    if any(cases(step, indices, writing) for indices, _ in flat(tree)):
        return True
    if not any(map(_is_worked, entries)):
        return False
    called = any(isinstance(part, Call) and part.op in writing.functions for part in walk(tree))
    return called or width(writing.latex(writing.with_numbers(writing.with_functions(tree, shown)))) > DISPLAY / 2


def cases(step: Step, indices: str, writing: Writing) -> str:
    """The conditions that decided an entry."""
    tree = writing.undecided(step.tree)
    return branch(dict(flat(tree))[indices], writing) if isinstance(tree, Array) else ""


def flat(tree: Array) -> Iterator[tuple[str, Node]]:
    """Entries with their indices, `2,1`."""
    for row, item in enumerate(tree.items, 1):
        if isinstance(item, Array):
            yield from ((f"{row},{column}", entry) for column, entry in enumerate(item.items, 1))
        else:
            yield str(row), item


def entry_lines(step: Step, tree: Array, writing: Writing, shown: Mapping[str, Node]) -> Iterator[str]:
    """A line for every entry: its formula, the numbers, the value."""
    value = writing.group.solution[step.name][0]
    for indices, entry in flat(tree):
        number = value[tuple(int(index) - 1 for index in indices.split(","))]
        sign = "=" if writing.rounding.keeps(number) else r"\approx"
        parts = [*working(entry, writing, shown), (sign, latex_of(number, writing))]
        yield equation(writing.names.of(f"{step.name}[{indices}]"), parts) + cases(step, indices, writing)


# ----- Cases -----------------------------------------------------------------------------------------------------


def branch(tree: Node, writing: Writing) -> str:
    """Why this case was taken, where the step as a whole is a choice of cases by drawn numbers."""
    conditions = []
    while isinstance(tree, Call) and tree.op == "if":
        truth = writing.known(tree.args[0])
        if truth is None:
            break
        conditions.append(f"${writing.condition(tree.args[0])}$")
        tree = tree.args[1] if truth > 0.5 else tree.args[2]
    return f" ({', '.join(conditions)})" if conditions else ""
