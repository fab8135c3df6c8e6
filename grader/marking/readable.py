"""Which formulas a reader of the sheet can read: with its names and its signs, not with those of the machine."""

from __future__ import annotations

from collections.abc import Iterable

from grader.language.nodes import Array, Call, Name, Node, Number, names, walk
from grader.language.primitives import CONSTANTS
from grader.language.unicode import name_unicode
from grader.plan.plan import Ask, Plan
from grader.plan.seen import met
from grader.plan.sheet_names import sheet_names

_MACHINE = frozenset({
    "emul", "ediv", "epow", "if", "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "sum", "mean", "iterate",
    "count_until", "grad", "hessian", "jacobian", "diff", "argmax", "argmin", "floor", "ceil", "dot",
})  # fmt: skip
"""What no sheet writes so."""


def are_readable(trees: Iterable[Node], plan: Plan, ask: Ask) -> bool:
    """Whether all of them are made of what stands on the sheet."""
    return all(_is_readable(tree, plan, ask) for tree in trees)


def _is_readable(tree: Node, plan: Plan, ask: Ask) -> bool:
    return all(_is_known(part, plan, ask) for part in walk(tree))


def _is_known(part: Node, plan: Plan, ask: Ask) -> bool:
    match part:
        case Array():
            return False
        case Call("entry", (Name(base), *indices)):
            return "[" not in base and all(isinstance(index, Number) for index in indices)
        case Call(op, _):
            return op not in _MACHINE and op != "entry"
        case Name(name):
            return _is_named(name, plan, ask)
    return True


def _is_named(name: str, plan: Plan, ask: Ask) -> bool:
    """A letter of the answer, a constant, or a name that the sheet writes like this."""
    if name in ask.variables or name in CONSTANTS or name in plan.symbols or name in plan.index_names:
        return True
    called = sheet_names(plan).get(name)
    if called is not None:
        return called.sign.get("en") == name_unicode(name)
    return met(plan).has(name) or any(name in step.parameters for step in plan.steps)


def by_cases(tree: Node) -> bool:
    """It is a table of truths or goes by cases: signs and terms in it are nothing that a student has written."""
    return any(isinstance(part, Call) and part.op == "if" for part in walk(tree))


def one_entry(wrong: Node, right: Node) -> bool:
    """Numbers stand beside an array that do not stand in the right formula: one of its entries was changed by them."""
    arrays = {part for part in walk(right) if isinstance(part, Array)}
    return any(
        isinstance(part, Call) and part.op == "emul" and _is_mask(part.args[1]) and part.args[1] not in arrays
        for part in walk(wrong)
    )


def _is_mask(tree: Node) -> bool:
    return isinstance(tree, Array) and not names(tree)
