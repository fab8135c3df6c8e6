"""A formula of a step as it is written down: with names, with the student's numbers put in, and its value."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from grader.arrays import Floats
from grader.blanks.arrays import latex_array
from grader.errors import GraderError
from grader.language.construct import tidied
from grader.language.evaluate import evaluate
from grader.language.functions import Function, inlined
from grader.language.nodes import (
    Array,
    Call,
    Name,
    Node,
    names,
    substitute,
    transform,
    walk,
)
from grader.language.primitives import CONSTANTS
from grader.language.typeset import to_latex
from grader.plan.group import Group
from grader.plan.plan import Derivative
from grader.plan.solve import scope_of
from grader.worksheet.solution.arrangement import arranged
from grader.worksheet.solution.names import Names, is_fraction
from grader.worksheet.solution.rounding import Rounding

_DERIVATIVE = "d:"
_NEGATED = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}


class Writing:
    """The formulas of a group of one, ready for print."""

    def __init__(self, group: Group, language: str) -> None:
        self.group, self.plan, self.language = group, group.plan, language
        self.names = Names(group, language)
        self.rounding = Rounding(group.plan.asks)
        self.scope = scope_of(group.plan, group.values)
        self.symbols = dict(self.names.symbols)
        self.derivatives: dict[str, Derivative] = {}
        self.opened: set[str] = set()  # functions whose formula has been shown
        self.functions = self._with_derivatives_named()

    # ----- Derivatives that a function of the file takes --------------------------------------------------------

    def _with_derivatives_named(self) -> dict[str, Function]:
        """The functions of the plan, with `diff(y2(x1, x2), x1)` inside them called by name again."""
        functions = dict(self.plan.functions)
        for derivative in (item for item in self.plan.derivatives if item.path[:1] == ("where",)):
            base = self.names.function_of(derivative.what)
            if not base:
                continue
            parameters = self.plan.functions[base].parameters
            name = f"{_DERIVATIVE}{base}:{derivative.by}"
            call = Call(name, tuple(Name(parameter) for parameter in parameters))
            for key, function in list(functions.items()):
                if str(derivative.path[1]).startswith(f"{key}("):
                    functions[key] = Function(function.parameters, _replaced(function.body, derivative.result, call))
            functions[name] = Function(parameters, derivative.result)
            self.derivatives[name] = derivative
            upper, lower = to_latex(Name(base)), to_latex(Name(derivative.by))
            self.symbols[name] = (
                f"{upper}'" if len(parameters) == 1 else rf"\frac{{\partial {upper}}}{{\partial {lower}}}"
            )
        return functions

    # ----- With names -------------------------------------------------------------------------------------------

    def written(self, tree: Node, parameters: tuple[str, ...] = ()) -> Node:
        """The formula in names that the reader knows: hidden functions written out, cases decided, entries named."""
        tree = self.decided(self.undecided(tree), parameters)
        tree = transform(tree, lambda part: self._entry(part, parameters))
        unknown = {
            given.name: self._number(given.name)
            for given in self.plan.givens
            if given.name not in parameters and not self._is_array(given.name) and not self.names.is_shown(given.name)
        }
        unknown = {name: node for name, node in unknown.items() if name in names(tree)}
        if not unknown:
            return tree
        tree = substitute(tree, unknown)
        tidy = tidied(tree)
        return tidy if names(tidy) - CONSTANTS.keys() else tree  # numbers alone stay as they are worked

    def undecided(self, tree: Node) -> Node:
        """The formula with the functions written out that the statement does not mention."""
        hidden = {name: function for name, function in self.functions.items() if not self._is_named(name)}
        return inlined(tree, hidden)

    def _is_named(self, function: str) -> bool:
        return function.startswith(_DERIVATIVE) or self.names.is_named(function)

    def _is_array(self, name: str) -> bool:
        return np.ndim(self.group.values[name]) > 1

    def _number(self, name: str) -> Node:
        """A given as it was listed, 1/3 or ln 2, and other numbers with the digits of the working."""
        given = next((given for given in self.plan.givens if given.name == name), None)
        if given is not None and name in self.group.picks:
            option = given.options[int(self.group.picks[name][0])]
            if names(option) <= CONSTANTS.keys():
                return option
        return self.rounding.node(self.group.values[name][0])

    def known(self, tree: Node, parameters: tuple[str, ...] = ()) -> Floats | None:
        """The value of a part that reads only numbers of this student; None for others."""
        if any(name.partition("[")[0] in parameters for name in names(tree)):
            return None
        values = {name: self.value(name) for name in names(tree) - self.group.values.keys()}
        entries = {name: np.asarray([value]) for name, value in values.items() if value is not None}
        try:
            return np.asarray(np.asarray(evaluate(tree, self.scope.having(entries)))[0])
        except (KeyError, GraderError):
            return None

    def decided(self, tree: Node, parameters: tuple[str, ...] = ()) -> Node:
        """The branch that was taken, where this student's numbers decide."""

        def rule(part: Node) -> Node:
            if isinstance(part, Call) and part.op == "if":
                truth = self.known(part.args[0], parameters)
                if truth is not None:
                    return part.args[1] if truth > 0.5 else part.args[2]
            return part

        return transform(tree, rule)

    def _entry(self, part: Node, parameters: tuple[str, ...]) -> Node:
        """`entry(x, i)` as the name x_i, the index worked out."""
        if not (isinstance(part, Call) and part.op == "entry" and isinstance(part.args[0], Name)):
            return part
        if part.args[0].name.partition("[")[0] in parameters:
            return part
        indices = [self.known(index, parameters) for index in part.args[1:]]
        known = [str(round(float(index))) for index in indices if index is not None]
        return Name(f"{part.args[0].name}[{','.join(known)}]") if len(known) == len(indices) else part

    # ----- With numbers -----------------------------------------------------------------------------------------

    def with_functions(self, tree: Node, formulas: Mapping[str, Node]) -> Node:
        """Calls of named functions written out, a step's function in the form that its own lines came to."""

        def rule(part: Node) -> Node:
            if not isinstance(part, Call) or part.op not in self.functions:
                return part
            function = self.functions[part.op]
            body = formulas.get(part.op)
            if body is None:
                body = self.with_functions(self.shown_body(function.body, function.parameters), formulas)
            return substitute(body, dict(zip(function.parameters, part.args, strict=True)))

        return transform(tree, rule)

    def shown_body(self, body: Node, parameters: tuple[str, ...]) -> Node:
        """A function's formula with the numbers in place of the givens, tidied."""
        return tidied(self.with_numbers(self.written(body, parameters), parameters))

    def with_numbers(self, tree: Node, parameters: tuple[str, ...] = ()) -> Node:
        """The formula with every known name replaced by its number; sums written out, transposes taken."""

        def put(part: Node) -> Node:
            if isinstance(part, Name) and part.name.partition("[")[0] not in parameters:
                return self._put(part)
            return part

        tree = self.decided(transform(tree, put))
        return transform(tree, arranged)

    def _put(self, name: Name) -> Node:
        if name.name in self.group.values:
            return self._number(name.name)
        entry = self.value(name.name)
        return name if entry is None else self.rounding.node(entry)

    def value(self, name: str) -> Floats | None:
        """The value of a name, also of one like `x[2]` or `p[1][2]` that stands for an entry; None for others."""
        if name in self.group.values:
            return np.asarray(self.group.values[name][0])
        base, _, indices = name.rpartition("[")
        if base not in self.group.values:
            return None
        value = self.group.values[base][0]
        return np.asarray(value[tuple(int(index) - 1 for index in indices.rstrip("]").split(","))])

    def all_exact(self, tree: Node) -> bool:
        """Are all numbers that are put into the formula shown in full."""
        for name in names(tree):
            value = self.value(name)
            if value is not None and name not in self.group.picks and not self.rounding.keeps(value):
                return False
        return True

    # ----- Print ------------------------------------------------------------------------------------------------

    def latex(self, tree: Node) -> str:
        """The formula in LaTeX, functions under the names they have in this solution."""
        symbols = {**self.symbols, "exp@": r"\exp"}  # an array is too tall for an exponent
        symbols |= {name: self.names.of(name) for name in names(tree) if name.partition("[")[0] in self.names.above}

        def sign(part: Node) -> Node:
            if isinstance(part, Call) and part.op == "exp" and isinstance(part.args[0], Array):
                return Call("exp@", part.args)
            if not isinstance(part, Call) or part.op not in symbols or not is_fraction(symbols[part.op]):
                return part
            parameters = self.functions[part.op].parameters
            at = [(Name(name), arg) for name, arg in zip(parameters, part.args, strict=True) if arg != Name(name)]
            if not at:
                return Name(part.op)
            below = ",\\ ".join(f"{to_latex(name)} = {to_latex(arg, self.language)}" for name, arg in at)
            printed = Name(f"{part.op}@{len(symbols)}")
            symbols[printed.name] = rf"\left.{symbols[part.op]}\right|_{{{below}}}"
            return printed

        tree = transform(tree, sign)
        if not _has_product(tree):
            tree = transform(tree, lambda part: self._row(part, symbols))
        return to_latex(tree, self.language, symbols=symbols)

    def _row(self, part: Node, symbols: dict[str, str]) -> Node:
        """A vector as a row between brackets, like an answer, where nothing is multiplied with it."""
        if not isinstance(part, Array):
            return part
        entries = np.array([to_latex(item, self.language, symbols=symbols) for item in part.items], dtype=object)
        printed = Name(f"row@{len(symbols)}")
        latex = latex_array(entries, self.language)
        symbols[printed.name] = rf"\left{latex[:-1]}\right)" if r"\frac" in latex else latex
        return printed

    def condition(self, tree: Node) -> str:
        """A condition that was decided, with its numbers, as it turned out: `2 \\ge 1`, or `1 < 2` where it failed."""
        written = self.with_numbers(self.with_functions(self.written(tree), {}))
        truth = self.known(tree)
        if isinstance(written, Call) and truth is not None and truth < 0.5 and written.op in _NEGATED:
            written = Call(_NEGATED[written.op], written.args)
        return self.latex(written)


def _has_product(tree: Node) -> bool:
    """Has the formula matrices, or products of arrays, in which a vector must stand as a column."""

    def arrays(part: Node) -> bool:
        return any(isinstance(inner, Array) for inner in walk(part))

    return any(
        (isinstance(part, Array) and any(isinstance(item, Array) for item in part.items))
        or (isinstance(part, Call) and part.op == "mul" and all(arrays(arg) for arg in part.args))
        or (isinstance(part, Call) and part.op == "transpose")
        for part in walk(tree)
    )


def _replaced(tree: Node, part: Node, by: Node) -> Node:
    return transform(tree, lambda node: by if node == part else node)
