"""The language of an author's texts: the grammar is Jinja's, the meaning is ours, and every step is counted.

Jinja reads the text; its tree is walked here and never becomes code. A text may print, choose (`if`), repeat (`for`)
and name (`set`). It computes with numbers, strings, tuples and what `grader/worksheet/shown.py` holds; there are no
methods, no attributes but those of `loop`, no functions but those that `names` brings and `range`. What it does is
bounded by counts, never by the clock, so it is refused on every machine alike or on none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from jinja2 import Environment, TemplateError, nodes

from grader.errors import AuthorError
from grader.language.prose import LONGEST
from grader.language.suggestions import nearest
from grader.messages import Message
from grader.worksheet.filters import FILTERS, TESTS
from grader.worksheet.operations import (
    arithmetic,
    compared,
    contains,
    entry,
    iterated,
    known,
    number,
    printed,
    truth,
    whole,
)
from grader.worksheet.shown import Formula, Function, Loop

MOST_WORK = 20_000
"""Steps that filling in one text may take; the largest of the bank takes some hundreds."""
DEEPEST = 60
"""How deep a text may be nested."""
MOST_ROUNDS = 1000
"""Numbers of a `range`."""
CHARACTERS_A_STEP = 20
GRAMMAR = Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - it reads, and renders nothing

Scope = Mapping[str, object]


def filled(template: str, names: Scope) -> str:
    """The text with everything put in; raises AuthorError, without a place, for whatever it may not do."""
    return Filling().text(tree_of(template), {"range": Function("range", _range), **names})


@lru_cache(maxsize=512)
def tree_of(template: str) -> nodes.Template:
    """The tree of a text; raises AuthorError where it cannot be read."""
    if len(template) > LONGEST:
        raise AuthorError("text-long", most=LONGEST)
    try:
        return GRAMMAR.parse(template)
    except TemplateError as error:
        raise AuthorError("text-syntax", reason=str(error)) from error
    except (RecursionError, ValueError):  # ValueError: a number of thousands of digits
        raise AuthorError("text-deep", most=DEEPEST) from None


class Filling:
    """One text on its way; `work` counts its steps."""

    def __init__(self) -> None:
        self.work = self.depth = 0

    def spend(self, steps: int = 1) -> None:
        """Count steps; raises AuthorError where there are too many."""
        self.work += steps
        if self.work > MOST_WORK:
            raise AuthorError("text-work", most=MOST_WORK)

    def bounded(self, text: str) -> str:
        """A text that was made, its length counted as work; raises AuthorError where it is too long."""
        if len(text) > LONGEST:
            raise AuthorError("text-long", most=LONGEST)
        self.spend(len(text) // CHARACTERS_A_STEP)
        return text

    # ----- Statements ----------------------------------------------------------------------------------------------

    def text(self, tree: nodes.Template, names: Scope) -> str:
        """The whole text."""
        return self.block(tree.body, dict(names))

    def block(self, body: Sequence[nodes.Node], scope: dict[str, object]) -> str:
        """What some statements print; what they name stays in the scope."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise AuthorError("text-deep", most=DEEPEST)
        text = self.bounded("".join([self.statement(part, scope) for part in body]))
        self.depth -= 1
        return text

    def statement(self, node: nodes.Node, scope: dict[str, object]) -> str:
        """What one statement prints."""
        self.spend()
        match node:
            case nodes.TemplateData():
                return node.data
            case nodes.Output():
                return "".join([self._put(part, scope) for part in node.nodes])
            case nodes.If():
                return self._if(node, scope)
            case nodes.For() if not node.recursive:
                return self._for(node, scope)
            case nodes.Assign(target=nodes.Name() as target):
                scope[target.name] = self.value(node.node, scope)
                return ""
            case nodes.AssignBlock(target=nodes.Name() as target) if node.filter is None:
                scope[target.name] = self.block(node.body, dict(scope))
                return ""
        raise _refused(node)

    def _put(self, node: nodes.Node, scope: dict[str, object]) -> str:
        return node.data if isinstance(node, nodes.TemplateData) else self.bounded(printed(self.value(node, scope)))

    def _if(self, node: nodes.If, scope: dict[str, object]) -> str:
        for branch in (node, *node.elif_):
            if truth(self.value(branch.test, scope)):
                return self.block(branch.body, scope)
        return self.block(node.else_, scope)

    def _for(self, node: nodes.For, scope: dict[str, object]) -> str:
        items = iterated(self.value(node.iter, scope))
        self.spend(len(items))
        rounds = [{**scope, **self._named(node.target, item)} for item in items]
        if node.test is not None:
            rounds = [inner for inner in rounds if truth(self.value(node.test, inner))]
        texts = []
        for index, inner in enumerate(rounds, 1):
            texts.append(self.block(node.body, {**inner, "loop": Loop(index, len(rounds))}))
        return self.bounded("".join(texts)) if rounds else self.block(node.else_, scope)

    def _named(self, target: nodes.Node, item: object) -> dict[str, object]:
        """The names of a round: one, or as many as the item has entries."""
        if isinstance(target, nodes.Name):
            return {target.name: item}
        if not isinstance(target, nodes.Tuple):
            raise _refused(target)
        items = iterated(item)
        if len(items) != len(target.items):
            raise AuthorError("text-unpack", count=len(target.items), given=len(items))
        return {
            name: value for part, inner in zip(target.items, items, strict=True)
            for name, value in self._named(part, inner).items()
        }  # fmt: skip

    # ----- Values --------------------------------------------------------------------------------------------------

    def value(self, node: nodes.Node, scope: Scope) -> object:
        """The value of an expression."""
        self.spend()
        self.depth += 1
        if self.depth > DEEPEST:
            raise AuthorError("text-deep", most=DEEPEST)
        value = self._value(node, scope)
        self.depth -= 1
        return self.bounded(value) if isinstance(value, str) else value

    def _value(self, node: nodes.Node, scope: Scope) -> object:
        match node:
            case nodes.Const():
                return known(node.value)
            case nodes.Name():
                return _looked_up(node.name, scope)
            case nodes.Tuple() | nodes.List():
                return tuple([self.value(item, scope) for item in node.items])
            case nodes.Dict():
                return {_key(self.value(pair.key, scope)): self.value(pair.value, scope) for pair in node.items}
            case nodes.Concat():
                return "".join([printed(self.value(part, scope)) for part in node.nodes])
            case nodes.Getitem() if not isinstance(node.arg, nodes.Slice):
                return entry(self.value(node.node, scope), self.value(node.arg, scope))
            case nodes.Getattr():
                return _part(self.value(node.node, scope), node.attr)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Filter() if node.node is not None:
                return self._filtered(node, self.value(node.node, scope), scope)
            case nodes.Test():
                return self._tested(node, scope)
            case nodes.CondExpr():
                chosen = node.expr1 if truth(self.value(node.test, scope)) else node.expr2
                return "" if chosen is None else self.value(chosen, scope)
        return self._operation(node, scope)

    def _operation(self, node: nodes.Node, scope: Scope) -> object:
        match node:
            case nodes.Not():
                return not truth(self.value(node.node, scope))
            case nodes.And() | nodes.Or():
                left = self.value(node.left, scope)
                return left if truth(left) is isinstance(node, nodes.Or) else self.value(node.right, scope)
            case nodes.Neg():
                return arithmetic("-", 0, self.value(node.node, scope))
            case nodes.Pos():
                return number(self.value(node.node, scope))
            case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div() | nodes.FloorDiv() | nodes.Mod():
                return arithmetic(str(node.operator), self.value(node.left, scope), self.value(node.right, scope))
            case nodes.Compare():
                return self._compared(node, scope)
        raise _refused(node)

    def _compared(self, node: nodes.Compare, scope: Scope) -> bool:
        left = self.value(node.expr, scope)
        for operand in node.ops:
            right = self.value(operand.expr, scope)
            if operand.op in ("in", "notin"):
                holds = contains(right, left, self.spend) is (operand.op == "in")
            else:
                holds = compared(operand.op, left, right, self.spend)
            if not holds:
                return False
            left = right
        return True

    def _call(self, node: nodes.Call, scope: Scope) -> object:
        """A formula prints itself whatever stands between its brackets: `f(x)` names the variable."""
        called = self.value(node.node, scope)
        if isinstance(called, Formula):
            return called
        if not isinstance(called, Function) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise AuthorError("text-call")
        self.spend(called.cost)
        result = called.call(tuple([self.value(argument, scope) for argument in node.args]))
        self.spend(len(result) if isinstance(result, tuple) else 0)
        return result

    def _filtered(self, node: nodes.Filter, value: object, scope: Scope) -> object:
        if node.name not in FILTERS or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise AuthorError("text-filter", name=node.name, known=tuple(FILTERS))
        return FILTERS[node.name](value, tuple([self.value(argument, scope) for argument in node.args]))

    def _tested(self, node: nodes.Test, scope: Scope) -> bool:
        if node.name in ("defined", "undefined") and isinstance(node.node, nodes.Name):
            return (node.node.name in scope) is (node.name == "defined")
        if node.name not in TESTS or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise AuthorError("text-test", name=node.name, known=("defined", *TESTS))
        return TESTS[node.name](self.value(node.node, scope), tuple([self.value(part, scope) for part in node.args]))


def _refused(node: nodes.Node) -> AuthorError:
    return AuthorError("text-refused", word=type(node).__name__.lower(), row=node.lineno)


def _looked_up(name: str, scope: Scope) -> object:
    if name in scope:
        return scope[name]
    meant = nearest(name, scope.keys())
    raise AuthorError("text-unknown", name=name, hint=Message("syntax-did-you-mean", {"word": meant}) if meant else "")


def _key(value: object) -> str | int:
    return value if isinstance(value, str) else whole(value)


def _part(value: object, name: str) -> object:
    part = value.part(name) if isinstance(value, Loop) else None
    if part is None:
        raise AuthorError("text-part", name=name)
    return part


def _range(arguments: tuple[object, ...]) -> tuple[int, ...]:
    """The whole numbers of Python's `range`, as many as a text may go through."""
    if not 1 <= len(arguments) <= 3:
        raise AuthorError("text-arguments", name="range")
    bounds = [whole(argument) for argument in arguments]
    if len(bounds) == 3 and bounds[2] == 0:
        raise AuthorError("text-arguments", name="range")
    numbers = range(*bounds)
    if len(numbers) > MOST_ROUNDS:
        raise AuthorError("text-rounds", most=MOST_ROUNDS)
    return tuple(numbers)
