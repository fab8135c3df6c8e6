"""Expressions in variables, and in named matrices: compared as functions, never by form."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.arrays import Shape, Truths
from grader.blanks.kind import CORRECT, Answer, AnswerKind, Blank, Judgement, Sample, Typed, one_text, with_numbers
from grader.equality.arrays import array_difference, evaluate_sized
from grader.equality.compare import where_it_differs
from grader.equality.expressions import EQUAL, difference
from grader.errors import AuthorError, Message, NotScalar, ShapeFault, StudentError
from grader.language.construct import tidied
from grader.language.evaluate import evaluate
from grader.language.functions import inlined
from grader.language.natural import Formula, advice, formula_of, read_formula
from grader.language.nodes import Array, Call, Node, names, substitute, walk
from grader.language.products import merged
from grader.language.typeset import to_latex, to_text
from grader.language.unicode import to_unicode
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan, sized
from grader.plan.rules import DEFAULT
from grader.plan.solve import altered, solve
from grader.plan.symbols import in_letters, sizes, symbol_instances

WRONG = Judgement("wrong", 0.0)
COMPARED = 5
"""Members of a group whose formulas are compared with those of another group: their numbers differ, not their form."""


def reference_tree(ask: Ask, group: Group, member: int) -> Node:
    """The reference as a formula with the student's own numbers, functions written out."""
    if ask.tree is None:
        raise KeyError(ask.id)
    return with_numbers(written_out(ask.tree, group.plan), group, member, ask.variables)


def shown_reference(ask: Ask, group: Group) -> Node:
    """The reference of a group of one as a textbook prints it."""
    tidy = tidied if ask.traits.arrays else merged
    return tidy(reference_tree(ask, group, 0))


def written_out(tree: Node, plan: Plan) -> Node:
    """The formula without the file's own names: functions and steps without a value are put in."""
    functions = dict(plan.functions)
    formulas: dict[str, Node] = {}
    for step in plan.steps:
        if step.symbolic and not step.parameters:
            formulas[step.name] = substitute(inlined(step.tree, functions), formulas)
    return substitute(inlined(tree, functions), formulas)


class FormulaKind(AnswerKind):
    """A formula: what is read and what is right are trees; a text with several readings is kept to ask for them."""

    def read(self, typed: Typed, blank: Blank) -> Node | Formula:
        """The tree of the text; names out of the vocabulary are refused."""
        read = read_formula(one_text(typed, blank.ask), blank.names, blank.arrays)
        return formula_of(read) if blank.strict else read

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """Sampled comparison, one student at a time: the texts differ anyway."""
        return [self.judged(ask, group, member, answer) for member, answer in zip(members, answers, strict=True)]

    def judged(self, ask: Ask, group: Group, member: int, answer: Node | Formula) -> Judgement:
        """The judgement of the first reading; another one counts where that is not right and the other is."""
        if not isinstance(answer, Formula):
            return self.judge(ask, group, member, answer)
        fault: StudentError | None = None
        first = WRONG
        try:
            first = self.judge(ask, group, member, answer.tree)
        except StudentError as error:
            fault = error
        if fault is None and first.status == "correct":
            return first
        for other in answer.others():
            try:
                right = self.judge(ask, group, member, other.tree).status == "correct"
            except StudentError:
                continue
            if right:
                return Judgement("correct", 1.0, advice(other.settled), other)
        if fault is not None:
            raise fault
        return first

    @abstractmethod
    def judge(self, ask: Ask, group: Group, member: int, answer: Node) -> Judgement:
        """The judgement of one reading."""

    def echo(self, answer: Node | Formula, language: str) -> str:
        """The tree as it was understood."""
        return to_unicode(formula_of(answer), language)

    def explain(self, ask: Ask, group: Group) -> Node:
        """The reference formula."""
        return shown_reference(ask, group)

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """As a textbook prints it."""
        del ask
        return to_latex(value, language)

    def export(self, ask: Ask, group: Group) -> str:
        """The reference as text of the language."""
        return to_text(shown_reference(ask, group))

    def agrees(self, ask: Ask, group: Group, other_ask: Ask, other: Group) -> Truths:
        """The first few members are compared; for the rest the last of them speaks."""
        size = len(group.positions)
        same = []
        for member in range(min(COMPARED, size)):
            answer, reference = reference_tree(other_ask, other, member), reference_tree(ask, group, member)
            try:
                same.append(self.is_same(answer, reference, ask, group))
            except (ShapeFault, AuthorError):
                same.append(False)
        return np.array(same + [same[-1]] * (size - len(same)))

    @abstractmethod
    def is_same(self, answer: Node, reference: Node, ask: Ask, group: Group) -> bool:
        """Whether two formulas mean the same; raises ShapeFault or AuthorError where they cannot be compared."""

    def notations(self, ask: Ask, group: Group, most: int) -> Iterator[list[Typed]]:
        """The references as text."""
        yield [to_text(reference_tree(ask, group, member)) for member in range(min(most, len(group.positions)))]


class ExpressionKind(FormulaKind):
    """An expression in the ask's variables."""

    def vocabulary(self, ask: Ask, group: Group) -> Collection[str]:
        """The variables."""
        del group
        return ask.variables

    def judge(self, ask: Ask, group: Group, member: int, answer: Node) -> Judgement:
        """Correct, or wrong with a point of difference."""
        reference = reference_tree(ask, group, member)
        tolerance = EQUAL if ask.tolerance == DEFAULT else ask.tolerance
        try:
            point = difference(answer, reference, ask.variables, ask.domain, tolerance)
        except ShapeFault as fault:
            return Judgement("wrong", 0.0, (fault.message,))
        except NotScalar:
            return Judgement("wrong", 0.0, (Message("answer-expression-wanted"),))
        return CORRECT if point is None else Judgement("wrong", 0.0, (where_it_differs(point),))

    def is_same(self, answer: Node, reference: Node, ask: Ask, group: Group) -> bool:
        """As functions."""
        del group
        return difference(answer, reference, ask.variables, ask.domain) is None

    def fits(self, answer: Node, step: str, ask: Ask, group: Group) -> bool:
        """It is a number where the variables are."""
        del step, group
        return bool(evaluate(answer, dict.fromkeys(ask.variables, np.ones(1))).ndim == 1)

    def requirement(self, ask: Ask, group: Group) -> Sequence[Any] | None:
        """The variables that the reference depends on."""
        variables = set(ask.variables)
        return [frozenset(names(reference_tree(ask, group, n)) & variables) for n in range(len(group.positions))]

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """A line, with the variables to use."""
        del group
        return (), Message("answer-write-expression", {"count": len(ask.variables), "variables": ask.variables})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The reference, something near it, and an unknown name."""
        text = to_text(reference_tree(ask, group, 0))
        near = f"{text} + 0.001*(1 + ({text})^2)"  # differs whatever the reference is, constants included
        return [Sample(text, "correct"), Sample(near, "wrong"), Sample("qwerty+1", "invalid")]


class MatrixExpressionKind(FormulaKind):
    """An expression in the problem's named matrices and vectors, compared at two sizes."""

    def vocabulary(self, ask: Ask, group: Group) -> Collection[str]:
        """The named arrays; `I` is the identity."""
        del ask
        return frozenset({*group.plan.arrays, "I"})

    def arrays(self, ask: Ask, group: Group) -> Mapping[str, Shape]:
        """The vectors and matrices among them."""
        del ask
        return {name: shape for name, shape in next(iter(sizes(group.plan))).items() if shape}

    def transposed(self, answer: Node | Formula) -> Node:
        """The transpose of the formula as it was read first."""
        return Call("transpose", (formula_of(answer),))

    def judge(self, ask: Ask, group: Group, member: int, answer: Node) -> Judgement:
        """Correct on instances without symmetry; wrong by shape; or wrong."""
        reference = reference_tree(ask, group, member)
        reason = Message("answer-matrix-expression")
        try:
            if same_at_sizes(answer, reference, group):
                return CORRECT
        except ShapeFault as fault:
            reason = fault.message
        return Judgement("wrong", 0.0, (reason,))

    def is_same(self, answer: Node, reference: Node, ask: Ask, group: Group) -> bool:
        """At both sizes."""
        del ask
        return same_at_sizes(answer, reference, group)

    def fits(self, answer: Node, step: str, ask: Ask, group: Group) -> bool:
        """It has the rank of the right one at every size, and so has what follows (a transposed one goes on)."""
        put_in = sized(answer, group.plan.symbols)
        solution = solve(altered(group.plan, {step: put_in}), group.at(0).given)
        if any(value.shape[1:] != group.solution[name].shape[1:] for name, value in solution.items()):
            return False
        reference = reference_tree(ask, group, 0)
        return all(
            evaluate_sized(answer, instances, None).ndim == evaluate_sized(reference, instances, None).ndim
            for instances in symbol_instances(group.plan)
        )

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """A line, with the names to use."""
        del ask
        return (), Message("answer-write-matrix-expression", {"names": group.plan.arrays})

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The reference, a multiple of it, and an unknown name."""
        text = to_text(reference_tree(ask, group, 0))
        return [Sample(text, "correct"), Sample(f"1.001*({text})", "wrong"), Sample("QQ+1", "invalid")]


def same_at_sizes(answer: Node, reference: Node, group: Group) -> bool:
    """Agreement at both sizes; raises ShapeFault, in the letters of the sizes, where the answer does not fit."""
    for shapes in sizes(group.plan):
        try:
            if array_difference(answer, reference, shapes, group.plan.declared) is not None:
                return False
        except ShapeFault as fault:
            own_sizes = any(isinstance(part, Array) for part in walk(answer))  # those of the reference are not
            told = in_letters(fault.message, group.plan, shapes, {"expected"} if own_sizes else fault.message.values)
            raise type(fault)(told.key, span=fault.span, **told.values) from fault
    return True
