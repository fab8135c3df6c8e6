"""The names of a solution: which the statement has shown to the reader, and how steps are called in print."""

from __future__ import annotations

import re
from functools import cached_property

from grader.language.functions import inlined
from grader.language.nodes import Call, Name, Node, names, walk
from grader.language.numerals import name_latex
from grader.plan.group import Group
from grader.plan.plan import Ask, Step
from grader.plan.seen import Seen, seen_in
from grader.worksheet.statement import prompt, statement

_ASKED = re.compile(r"([^$]*)\$\s*+([^$]+?)\s*=\s*\$")
_OWN_SIGN = re.compile(r"\\partial|\\nabla")
"""Signs that say what is asked even without the words before them."""
_ARGUMENTS = re.compile(r"(.+?)\s*\(([^()]*)\)")


class Names:
    """How names print in the solution of a group of one."""

    def __init__(self, group: Group, language: str) -> None:
        self.group, self.plan, self.language = group, group.plan, language
        self.heads: dict[str, str] = {}
        self.symbols: dict[str, str] = {}
        self.above: set[str] = set()  # loops whose rounds stand above: x^{(1)}
        for step in self.plan.steps:
            self._name(step)

    def _name(self, step: Step) -> None:
        """The author's sign for a step, taken from the question that asks for it, or one that can be read."""
        ask = self.plan.asked.get(step.name)
        sign = self._sign(ask) if ask else ""
        if step.parameters:
            match = _ARGUMENTS.fullmatch(sign)
            self.symbols[step.name] = (match[1] if match else sign) or self._prime(step)
        elif sign and r"\begin" not in sign:  # else it is the formula with its numbers, not a sign
            self.heads[step.name] = sign
            base, _, number = step.name.rstrip("]").partition("[")
            if number and sign == rf"{name_latex(base)}^{{({number})}}":
                self.above.add(base)

    def _sign(self, ask: Ask) -> str:
        """What stands before `=` in a question like `$y'(x) =$`, with words before it only where that is clear."""
        match = _ASKED.fullmatch(prompt(ask, self.group, self.language).strip())
        if match is None or (match[1] and not _OWN_SIGN.search(match[2])):
            return ""
        if match[1] and not ask.variables and self.is_used(ask.id):
            return ""
        sign = match[2].replace(r"\dfrac", r"\frac")
        return re.sub(r"(?<!\\left)\(([^()]*\\frac[^()]*)\)", r"\\left(\1\\right)", sign)

    def _prime(self, step: Step) -> str:
        """`dg(x)` is g' where g(x) is a function of the file; through another letter it is no derivative by it."""
        name = step.name
        function = self.plan.functions.get(name[1:]) if name.startswith("d") else None
        if function is not None and len(function.parameters) == 1 and function.parameters == step.parameters:
            return f"{name_latex(name[1:])}'"
        return name_latex(name)

    # ----- What the statement has shown -------------------------------------------------------------------------

    @cached_property
    def seen(self) -> Seen:
        """The names of the statement and questions."""
        asked = [prompt(ask, self.group, self.language) for ask in self.plan.asks]
        return seen_in([statement(self.group, self.language, by_hand=True), *asked])

    def is_shown(self, name: str) -> bool:
        """Has the reader met the name: a step, or a given that the statement calls so."""
        base = name.partition("[")[0]
        steps = self.plan.by_name
        return name in steps or any(step.partition("[")[0] == base for step in steps) or self.seen.has(name)

    def is_named(self, function: str) -> bool:
        """Is a function called by name: a step, or one of the file that the statement writes as `f(x)`."""
        return function in self.symbols or (function in self.plan.functions and self.seen.calls(function))

    def is_used(self, name: str) -> bool:
        """Does another step or a question read the step."""
        others = [step.tree for step in self.plan.steps if step.name != name]
        others += [function.body for function in self.plan.functions.values()]
        others += [option.when for ask in self.plan.asks for option in ask.options if option.when is not None]
        return any(name in names(tree) or calls(tree, name) for tree in others)

    def function_of(self, body: Node) -> str:
        """The function of the file with this formula; "" where there is none."""
        functions = self.plan.functions
        return next(
            (
                name
                for name, function in functions.items()
                if name not in self.plan.by_name and inlined(function.body, functions) == body
            ),
            "",
        )

    def call(self, function: str, parameters: tuple[str, ...]) -> str:
        """`y'(x)`; the sign alone where it is a fraction, as dy/dx."""
        sign = self.symbols.get(function) or name_latex(function)
        if is_fraction(sign):
            return sign
        separator = r";\ " if self.language == "ru" else r",\ "
        return f"{sign}({separator.join(name_latex(name) for name in parameters)})"

    def of(self, name: str) -> str:
        """A step, a given or an entry: `x[1][2]` is x_{1,2}, or has the round above where the questions have it."""
        base, _, indices = name.partition("[")
        number, _, entry = indices.rstrip("]").partition("][")
        if base not in self.above or not number.isdigit():
            return name_latex(name)
        return rf"{name_latex(base)}^{{({number})}}" + (f"_{{{entry}}}" if entry else "")

    def head(self, step: Step) -> str:
        """What stands before the first `=`."""
        if step.parameters:
            ask = self.plan.asked.get(step.name)
            return self.call(step.name, ask.variables if ask is not None else step.parameters)
        latex, sign = self.of(step.name), self.heads.get(step.name, "")
        if not sign or re.sub(r"[{}\s]", "", sign) == re.sub(r"[{}\s]", "", latex):
            return latex
        return f"{latex} = {sign}" if self.is_used(step.name) else sign


def is_fraction(sign: str) -> bool:
    """A sign like dy/dx, which takes no argument in brackets."""
    return r"\frac" in sign or r"\partial" in sign


def calls(tree: Node, name: str) -> bool:
    """Does the tree call the function."""
    return any(isinstance(part, Call) and part.op == name for part in walk(tree))


def reads(tree: Node) -> list[str]:
    """Names in the order of reading, each once."""
    return list(dict.fromkeys(part.name for part in walk(tree) if isinstance(part, Name)))
