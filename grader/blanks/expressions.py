"""Expressions in variables, and in named matrices: compared as functions, never by form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.blanks.kind import CORRECT, Judgement, Sample, Typed, one_text, with_numbers
from grader.equality.arrays import array_difference
from grader.equality.compare import explain_difference
from grader.equality.expressions import EQUAL, difference
from grader.errors import Message, NotScalar, ShapeFault
from grader.language.construct import tidied
from grader.language.functions import inlined
from grader.language.nodes import Call, Node, substitute
from grader.language.parser import parse
from grader.language.products import merged
from grader.language.typeset import to_latex, to_text
from grader.plan.asks import DEFAULT
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan
from grader.plan.symbols import sizes


def reference_tree(ask: Ask, group: Group, member: int) -> Node:
    """The reference as a formula with the student's own numbers, functions written out."""
    if ask.tree is None:
        raise KeyError(ask.id)
    return with_numbers(written_out(ask.tree, group.plan), group, member, ask.variables)


def shown_reference(ask: Ask, group: Group) -> Node:
    """The reference of a group of one as a textbook prints it."""
    tidy = merged if ask.kind == "expression" else tidied
    return tidy(reference_tree(ask, group, 0))


def written_out(tree: Node, plan: Plan) -> Node:
    """The formula without the file's own names: functions and steps without a value are put in."""
    functions = dict(plan.functions)
    formulas: dict[str, Node] = {}
    for step in plan.steps:
        if step.symbolic and not step.parameters:
            formulas[step.name] = substitute(inlined(step.tree, functions), formulas)
    return substitute(inlined(tree, functions), formulas)


class ExpressionKind:
    """An expression in the ask's variables."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The tree of the text; names other than the variables are refused."""
        del group, member
        return parse(one_text(typed, ask), ask.variables)

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Any]) -> list[Judgement]:
        """Sampled comparison, one student at a time: the texts differ anyway."""
        return [
            self.judge(ask, reference_tree(ask, group, member), answer)
            for member, answer in zip(members, answers, strict=True)
        ]

    def judge(self, ask: Ask, reference: Node, answer: Node) -> Judgement:
        """Correct, or wrong with a point of difference."""
        tolerance = EQUAL if ask.tolerance == DEFAULT else ask.tolerance
        try:
            found = difference(answer, reference, ask.variables, ask.domain, tolerance)
        except ShapeFault as fault:
            return Judgement("wrong", 0.0, (fault.message,))
        except NotScalar:
            return Judgement("wrong", 0.0, (Message("answer-expression-wanted"),))
        return CORRECT if found is None else Judgement("wrong", 0.0, (explain_difference(found),))

    def explain(self, ask: Ask, group: Group, language: str) -> str:
        """The reference formula."""
        return f"${to_latex(shown_reference(ask, group), language)}$"

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
        """A line, with the variables to use."""
        del group
        return (), Message("answer-write-expression", {"count": len(ask.variables), "variables": ask.variables})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The reference, something near it, and an unknown name."""
        text = to_text(reference_tree(ask, group, 0))
        near = f"{text} + 0.001*(1 + ({text})^2)"  # differs whatever the reference is, constants included
        return [Sample(text, "correct"), Sample(near, "wrong"), Sample("qwerty+1", "invalid")]


class MatrixExpressionKind:
    """An expression in the problem's named matrices and vectors, compared at two sizes."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The tree of the text; `I` is the identity."""
        del member
        return parse(one_text(typed, ask), frozenset({*group.plan.symbols, "I"}))

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Any]) -> list[Judgement]:
        """Sampled comparison on instances without symmetry."""
        return [self.judge(ask, group, member, answer) for member, answer in zip(members, answers, strict=True)]

    def judge(self, ask: Ask, group: Group, member: int, answer: Node) -> Judgement:
        """Correct; wrong by shape; wrong by layout (the transpose of the right one); or wrong."""
        reference = reference_tree(ask, group, member)
        reason = Message("answer-matrix-expression")
        try:
            if same_at_sizes(answer, reference, group):
                return CORRECT
        except ShapeFault as fault:
            reason = fault.message
        layout = self.is_transposed(answer, reference, group)
        return Judgement("wrong", 0.0, (Message("answer-layout") if layout else reason,))

    def is_transposed(self, answer: Node, reference: Node, group: Group) -> bool:
        """Is the answer the transpose of the reference."""
        try:
            return same_at_sizes(answer, Call("transpose", (reference,)), group)
        except ShapeFault:
            return False

    def explain(self, ask: Ask, group: Group, language: str) -> str:
        """The reference formula."""
        return f"${to_latex(shown_reference(ask, group), language)}$"

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
        """A line, with the names to use."""
        del ask
        return (), Message("answer-write-matrix-expression", {"names": tuple(group.plan.symbols)})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The reference, a multiple of it, and an unknown name."""
        text = to_text(reference_tree(ask, group, 0))
        return [Sample(text, "correct"), Sample(f"1.001*({text})", "wrong"), Sample("QQ+1", "invalid")]


def same_at_sizes(answer: Node, reference: Node, group: Group) -> bool:
    """Agreement at both sizes; raises ShapeFault where the answer does not fit."""
    return all(array_difference(answer, reference, shapes) is None for shapes in sizes(group.plan))
