"""Steps that are functions: derivatives rule by rule, compositions with the functions they call put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.blanks.expressions import shown_reference
from grader.blanks.kind import with_numbers
from grader.errors import AuthorError, Message
from grader.language.construct import tidied
from grader.language.derivation import Line, derivation
from grader.language.nodes import Call, Node, walk
from grader.language.typeset import name_latex
from grader.messages import translate
from grader.plan.plan import Ask, Derivative, Step
from grader.spec.kinds import following
from grader.tolerance import Tolerance
from grader.worksheet.solution.layout import Part, distinct, equation, text_width, width
from grader.worksheet.solution.writing import Writing

AT_SIGHT = ("table", "power", "sum", "constant-multiple", "constant", "whole")
"""A derivative of one line by such a rule needs no list."""
FORMULAS = {"product": "(fg)' = f'g + fg'", "quotient": r"\left(\frac fg\right)' = \frac{f'g - fg'}{g^2}"}


def result_of(step: Step, writing: Writing) -> Node:
    """The formula that the step comes to, with the student's numbers, as the key prints it."""
    ask = writing.plan.asked.get(step.name)
    if ask is None or ask.tree != step.tree:
        kind = following((), "symbolic" if step.symbolic else "function")
        ask = Ask(step.name, kind, 0, step.tree, Tolerance(), variables=step.parameters)
    return shown_reference(ask, writing.group)


def function_lines(step: Step, writing: Writing, shown: Mapping[str, Node], room: float) -> list[str]:
    """The lines of a step with arguments, or of a formula in named arrays: the first beside the title, a list below."""
    head = writing.names.head(step)
    final: Part = ("=", writing.latex(result_of(step, writing)))
    derivative = None if step.symbolic else _derivative(step, writing)
    if derivative is not None:
        return derivative_lines(derivative, step.parameters, head, final, writing, room)
    written = writing.written(step.tree, step.parameters)
    numbers = writing.with_numbers(writing.with_functions(written, shown), step.parameters)
    parts = [("=", writing.latex(written)), ("=", writing.latex(numbers)), final]
    return [equation(head, parts, room)]


def _derivative(step: Step, writing: Writing) -> Derivative | None:
    """The derivative that the step takes, or that its opaque formula is checked against."""
    composed = any(isinstance(part, Call) and writing.names.is_named(part.op) for part in walk(step.tree))
    for derivative in writing.plan.derivatives:
        if derivative.path == step.path and derivative.result == step.tree:
            return derivative
        if derivative.path == (*step.path, "check") and step.check == derivative.result and not composed:
            return derivative
    return None


def derivative_lines(
    derivative: Derivative, parameters: tuple[str, ...], head: str, final: Part, writing: Writing, room: float
) -> list[str]:
    """The function, its derivative rule by rule, and the derivative."""
    what = tidied(with_numbers(derivative.what, writing.group, 0, parameters))
    base = writing.names.function_of(derivative.what)
    name = writing.names.call(base, parameters) if base else ""
    opening = f"${name} = {writing.latex(what)}$" if name else ""
    try:
        lines = derivation(what, derivative.by, writing.names.seen.letters)
    except AuthorError:
        return [equation(head, [final], room)]
    if len(lines) == 1 and lines[0].rule in AT_SIGHT:
        said = [] if base in writing.opened or not opening else [opening]
        writing.opened.add(base)
        start = head if name else f"{head} = {_prime(what, derivative.by, parameters, writing)}"
        rule = _say(f"solution-rule-{lines[0].rule}", writing)
        short = equation(start, [("=", writing.latex(lines[0].derivative)), final])
        fits = sum(width(part.strip("$")) for part in (*said, short)) + text_width(rule) + 2 <= room
        return [f"{', '.join([*said, short])} ({rule})"] if fits else [*said, f"{short} ({rule})"]
    listed = list(_listed(lines, head, final, parameters, writing))
    return [opening or f"${writing.latex(what)}$", *listed]


def _listed(
    lines: tuple[Line, ...], head: str, final: Part, parameters: tuple[str, ...], writing: Writing
) -> Iterator[str]:
    """A list item per line; the tidy form goes to the line before it, and the last line names the derivative."""
    last = len(lines) - (2 if lines[-1].rule == "tidy" and len(lines) > 1 else 1)
    for number, line in enumerate(lines[: last + 1]):
        parts = [("=", writing.latex(line.derivative))]
        if number == last:
            left = head
            parts += [("=", writing.latex(line.derivative)) for line in lines[last + 1 :]] + [final]
        else:
            left = _prime(line.what, line.by, parameters, writing)
        yield f"- {_rule(line, writing)}{equation(left, distinct(parts))}{_meaning(line, writing)}"


def _rule(line: Line, writing: Writing) -> str:
    """The rule in words, and what its letters stand for."""
    words = _say(f"solution-rule-{line.rule}", writing)
    if line.rule not in FORMULAS:
        return f"{words}: " if words else ""
    pieces = ", ".join(f"${name} = {writing.latex(part)}$" for name, part in line.parts)
    return f"{words} ${FORMULAS[line.rule]}$, {pieces}: "


def _meaning(line: Line, writing: Writing) -> str:
    """What the letter of a layer stands for."""
    if line.rule != "layer":
        return ""
    return ", " + ", ".join(f"${name} = {writing.latex(part)}$" for name, part in line.parts)


def _prime(what: Node, by: str, parameters: tuple[str, ...], writing: Writing) -> str:
    """`(sin u)'`; with several variables by one of them, `∂/∂x (...)`."""
    latex = writing.latex(what)
    inner = rf"\left({latex}\right)"
    if by in parameters and len(parameters) > 1:
        return rf"\frac{{\partial}}{{\partial {name_latex(by)}}}{inner}"
    return f"{inner}'" if by in parameters else f"{inner}'_{name_latex(by)}"


def _say(key: str, writing: Writing) -> str:
    return translate(Message(key), writing.language)


def inner_derivatives(tree: Node, writing: Writing) -> Iterator[tuple[str, Derivative]]:
    """Derivatives inside functions of the file that a formula calls, by the names given to them, in order."""
    seen: set[str] = set()
    todo = [tree]
    while todo:
        for part in walk(todo.pop(0)):
            if not isinstance(part, Call) or part.op in seen or part.op not in writing.functions:
                continue
            seen.add(part.op)
            if part.op in writing.derivatives:
                yield part.op, writing.derivatives[part.op]
            else:
                todo.append(writing.decided(writing.functions[part.op].body))
