"""Formulas of a file: parsed with the form put in, indices resolved, derivatives by a symbol taken, names known."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence, Set
from typing import Never

import msgspec
import numpy as np

from grader.equality.sampling import DECLARED, SIGNS, Domain
from grader.errors import AuthorError, GraderError, Message
from grader.facts import fact
from grader.language.evaluate import evaluate
from grader.language.functions import Function, inlined
from grader.language.graph import names_read
from grader.language.lexer import canonical_name
from grader.language.nodes import Array, Call, Index, Name, Node, Number, children, names, substitute, transform, walk
from grader.language.primitives import CONSTANTS, FUNCTION_PLACES, REPETITIONS, SPECIAL_FORMS
from grader.language.suggestions import nearest
from grader.language.typeset import to_text
from grader.language.written import Written
from grader.plan.outline import Outline
from grader.plan.plan import Derivative, Plan
from grader.spec.limits import MOST_DEEP, MOST_DRAWN, MOST_IN_ALL, MOST_PARTS, MOST_SIDE
from grader.spec.problem import Problem
from grader.spec.source import Path, label, whole


class Formulas(Outline):
    """The reader of formulas. `labels` are the names of all givens and steps, `valued` those that are no functions,
    `symbols` the named arrays and `symbolic` the steps in them.
    """

    functions: dict[str, Function] = msgspec.field(default_factory=dict)
    labels: dict[str, Path] = msgspec.field(default_factory=dict)
    valued: set[str] = msgspec.field(default_factory=set)
    symbols: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    symbolic: set[str] = msgspec.field(default_factory=set)
    declared: dict[str, Domain] = msgspec.field(default_factory=dict)
    derivatives: list[Derivative] = msgspec.field(default_factory=list)
    parts: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.written = Written(self.functions)

    def tree(self, text: str, path: Path, local: tuple[str, ...] = ()) -> Node:
        """A formula with loop values and the form put in, indices resolved, decided conditions removed."""
        node = self.source.expression(text, path, self.names | set(local), self.function_names)
        values = {key: value for key, value in {**self.constants, **self.loop_values}.items() if key not in local}
        node = transform(substitute(node, values), lambda part: self.resolve(part, path))
        self.not_too_long(node, path)
        try:
            return self.take_derivatives(node, path, local)
        except GraderError as fault:
            if isinstance(fault, AuthorError) and fault.file:
                raise
            self.source.fail("spec-expression", path, text=text, reason=fault.message)

    def resolve(self, node: Node, path: Path) -> Node:
        """One node after its children: indices become steps or entries, conditions on the form are decided."""
        if isinstance(node, Index):
            return self.indexed(node, path)
        if isinstance(node, Array):
            self.fits_paper([len(node.items)], path)
        if not isinstance(node, Call):
            return node
        if node.op == "if":
            return self.decide(node)
        self.fits(node, path)
        truth = self.truth(node) if node.op in ("eq", "ne") else None
        return node if truth is None else Number("1" if truth else "0", node.span)

    def indexed(self, node: Index, path: Path) -> Node:
        """`w[1]` as the step of that name, or else as an entry of the array `w`."""
        base = canonical_name(node.base)
        indices = [whole(index, {}) for index in node.indices]
        name = label(base, [index or 0 for index in indices])
        if None not in indices and name in self.labels:
            return Name(name, node.span)
        if base not in self.labels and base not in self.names:
            self.source.fail("spec-unknown-name", path, name=base, hint="")
        if base not in self.labels and any(known.startswith(f"{base}[") for known in self.labels):
            self.source.fail("spec-unknown-step", path, name=name)
        return Call("entry", (Name(base, node.span), *node.indices), node.span)

    def fits(self, node: Call, path: Path) -> None:
        """A call of a function of the file has as many arguments as the function."""
        function = self.functions.get(node.op)
        if function and len(function.parameters) != len(node.args):
            wanted, given = len(function.parameters), len(node.args)
            self.source.fail("spec-arguments", path, function=node.op, count=wanted, given=given)

    def decide(self, node: Call) -> Node:
        """`if(mode = sgd, a, b)`: a condition on the form is decided here, one on drawn numbers stays."""
        condition, then, otherwise = node.args
        truth = self.truth(condition)
        return node if truth is None else then if truth else otherwise

    def truth(self, condition: Node) -> bool | None:
        """What the form alone says of a condition; None where it needs drawn numbers."""
        if isinstance(condition, Number):  # decided before
            return condition.value > 0.5
        if not isinstance(condition, Call):
            return None
        if condition.op in ("eq", "ne"):
            left, right = condition.args
            fixed = all(
                isinstance(side, Number) or (isinstance(side, Name) and side.name in self.words)
                for side in (left, right)
            )
            return (left == right) == (condition.op == "eq") if fixed else None
        if condition.op not in ("and", "or"):
            return None
        parts, enough = [self.truth(part) for part in condition.args], condition.op == "or"
        return enough if enough in parts else None if None in parts else not enough

    def take_derivatives(self, node: Node, path: Path, local: tuple[str, ...]) -> Node:
        """`diff(f(x), x)` by the rules; functions are written out first."""

        if not any(isinstance(part, Call) and part.op == "diff" for part in walk(node)):
            return node

        def rule(part: Node) -> Node:
            if not isinstance(part, Call) or part.op != "diff":
                return part
            by = part.args[1]
            if not isinstance(by, Name) or by.name in CONSTANTS.keys() - set(local) - self.labels.keys():
                self.source.fail("spec-derivative-by", path)
            what = inlined(part.args[0], self.functions)
            arrays = {name for name, shape in self.symbols.items() if shape} | self.symbolic
            for name in sorted((names(what) | {by.name}) & arrays - set(local)):
                self.source.fail("spec-diff-arrays", path, name=name)
            result = derivative_of(self.problem, what, by.name)
            self.derivatives.append(Derivative(what, by.name, result, path, local))
            return result

        return transform(node, rule)

    def constant(self, text: str, path: Path) -> float:
        """A number that the form alone decides."""
        tree = self.tree(text, path)
        if isinstance(tree, Number):  # most are
            return tree.value
        for name in sorted(names(tree) - CONSTANTS.keys()):
            drawn = name in self.labels or name in self.symbols
            self.source.fail("spec-not-constant" if drawn else "spec-unknown-name", path, name=name, hint="")
        return float(np.ravel(evaluate(tree, {}))[0])

    def shape(self, text: str, path: Path) -> tuple[int, ...]:
        """The sizes in `2`, `2x3` or `n x 2`."""
        sizes = [self.constant(part, path) for part in split_shape(text)]
        if not 1 <= len(sizes) <= 2 or not all(float(size).is_integer() and size >= 1 for size in sizes):
            self.source.fail("spec-shape", path, text=text)
        self.fits_paper(sizes, path)
        return tuple(int(size) for size in sizes)

    def fits_paper(self, sizes: Sequence[float], path: Path) -> None:
        """Refuse an array that nobody would write down."""
        if math.prod(sizes) > MOST_DRAWN or max(sizes) > MOST_SIDE:
            self.source.fail("spec-large", path, most=MOST_DRAWN, side=MOST_SIDE)

    def define(self, name: str, function: Function, path: Path) -> None:
        """Add a function; one that comes back to itself is refused."""
        self.functions[name] = function
        self.written.forget(name)
        for caller, other in self.functions.items():
            for part in walk(other.body):
                if isinstance(part, Call) and part.op == name:
                    self.fits(part, self.labels.get(caller, ("where", caller)))
        reached, todo = set[str](), [function.body]
        while todo:
            calls = {part.op for part in walk(todo.pop()) if isinstance(part, Call)} & self.functions.keys() - reached
            reached |= calls
            todo += [self.functions[call].body for call in calls]
        if name in reached:
            self.source.fail("spec-function-cycle", path, name=name)
        self.not_too_long(function.body, path)

    def not_too_long(self, tree: Node, path: Path) -> None:
        """Refuse a formula that is too long with the functions of the file written out, and too many in all."""
        parts = self.written.parts(tree)
        self.parts += parts
        if parts > MOST_PARTS:
            self.source.fail("spec-written-out", path, most=MOST_PARTS)
        if self.parts > MOST_IN_ALL:
            self.source.fail("spec-written-in-all", path, most=MOST_IN_ALL)

    def not_too_deep(self, plan: Plan) -> None:
        """Refuse steps that stand on one another so far that nothing could follow them back."""
        depths: dict[str, int] = {}
        written = Written(self.functions)
        for step in plan.steps:
            try:
                depths[step.name] = written.depth(step.tree, depths)
            except RecursionError:
                depths[step.name] = MOST_DEEP + 1
            if depths[step.name] > MOST_DEEP:
                self.source.fail("spec-deep", step.path, most=MOST_DEEP)

    def always_known(self) -> set[str]:
        """Names that every formula of the file may read."""
        return {*CONSTANTS, *self.symbols, *({"I"} if self.symbols else ())}

    def of_values(self, tree: Node, path: Path) -> None:
        """Refuse in a formula in named arrays what is given a function by its name: it has nothing but values."""
        for part in walk(inlined(tree, self.functions)):
            if isinstance(part, Call) and part.op in REPETITIONS:
                self.source.fail("spec-symbolic-form", path, form=part.op)
            if isinstance(part, Call) and part.op in FUNCTION_PLACES:
                what, by = part.args
                if isinstance(what, Name) and what.name in self.functions.keys() - self.symbolic:
                    call = f"{what.name}({to_text(by)})"
                    self.source.fail("spec-symbolic-bare", path, form=part.op, name=what.name, call=call)

    def written_down(self, tree: Node, key: str, path: Path) -> None:
        """Refuse a special form where the formula itself is printed, typed and compared."""
        arguments = tuple(Name(symbol) for symbol in self.symbols)
        called = substitute(tree, {name: Call(name, arguments) for name in self.symbolic})
        for part in walk(inlined(called, self.functions)):
            if isinstance(part, Call) and part.op in SPECIAL_FORMS:
                self.source.fail(key, path, form=part.op)

    def known(self, tree: Node, known: Set[str], path: Path) -> None:
        """Refuse a name that has no value here, and a function with the wrong number of arguments or without any."""
        if isinstance(tree, Name) and tree.name not in known:
            self.without_value(tree.name, known, path)
        form = tree.op if isinstance(tree, Call) else ""
        if isinstance(tree, Call):
            self.fits(tree, path)
        for place, part in enumerate(children(tree)):
            wanted = FUNCTION_PLACES.get(form, {}).get(place)
            if wanted and form in REPETITIONS and not (isinstance(part, Name) and part.name in self.functions):
                self.source.fail("spec-repetition", path)
            if wanted and isinstance(part, Name) and part.name in self.functions and part.name not in known:
                count = len(self.functions[part.name].parameters)
                if count != wanted:
                    self.source.fail("spec-function-of", path, form=form, count=wanted, function=part.name, given=count)
            else:
                self.known(part, known, path)

    def without_value(self, name: str, known: Set[str], path: Path) -> Never:
        """A name that is nothing here, a function without its arguments, or an array without numbers."""
        if name in self.functions.keys() - self.symbolic:
            call = f"{name}({', '.join(self.functions[name].parameters)})"
            self.source.fail("spec-function-bare", path, name=name, call=call)
        if name in {*self.symbols, *self.symbolic}:
            self.source.fail("spec-array-bare", path, name=name)
        meant = nearest(name, known)
        hint: Message | str = Message("syntax-did-you-mean", {"word": meant}) if meant else ""
        self.source.fail("spec-unknown-name", path, name=name, hint=hint)

    def reached(
        self, tree: Node, known: Set[str], path: Path, functions: Mapping[str, Function] | None = None
    ) -> frozenset[str]:
        """What a formula reads, through functions too; a given or a step that comes later is refused."""
        read = names_read((tree,), self.functions if functions is None else functions)
        for name in sorted(read & self.valued - known):
            self.source.fail("spec-read-late", path, name=name)
        return read


@fact()
def derivative_of(_problem: Problem, what: Node, by: str) -> Node:
    """A derivative by the rules: forms of a problem have most of theirs in common."""
    from grader.language.differentiate import differentiate

    return differentiate(what, by)


def split_declared(text: str) -> tuple[str, str]:
    """`n x n symmetric` → the shape, and what the array is declared to be."""
    word = next((word for word in DECLARED if text.rstrip().endswith(f" {word}")), "")
    return text.rstrip().removesuffix(word), word


def may_be(declared: str, parts: Sequence[str]) -> bool:
    """Only a square matrix is symmetric, only a vector is one of signs."""
    return len(parts) == 1 if declared == SIGNS else len(parts) == 2 and parts[0] == parts[1]


def split_shape(text: str) -> list[str]:
    """`2x3` → 2, 3; `n x m` → n, m; `n` → n."""
    return [part for part in re.split(r"(?<=[\d)])\s*[x×]\s*(?=[\d(])|\s+[x×]\s+", text.strip()) if part]
