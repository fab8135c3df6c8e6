"""Where the parser stands in the tokens: steps, checks and refusals that every part of it shares."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from grader.errors import Message, Span, SyntaxFault
from grader.language.nodes import Call, Node
from grader.language.primitives import PRIMITIVES, SPECIAL_FORMS
from grader.language.scan import Token

MAX_NODES = 3_000
MAX_DEPTH = 100

SUM, PRODUCT, SIGN, POWER = 10, 20, 25, 30
"""Strength of binding."""

COMPARISONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_CLOSING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}


class Cursor(ABC):
    """Tokens and the place in them; `expression` and `operand` are the parser's."""

    def __init__(self, tokens: list[Token], names: frozenset[str], spec: bool, functions: frozenset[str]) -> None:
        self.tokens, self.names, self.spec, self.functions = tokens, names, spec, functions
        self.position = self.depth = self.bars = self.nodes = 0

    @abstractmethod
    def expression(self, strength: int) -> Node:
        """An expression whose operators bind tighter than `strength`."""

    @abstractmethod
    def operand(self) -> Node:
        """A number, a name, a bracket, a sign with what it applies to."""

    def nested(self, read: Callable[[], Node]) -> Node:
        """What `read` reads, one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SyntaxFault("syntax-too-deep", span=self.here(), limit=MAX_DEPTH)
        node = read()
        self.depth -= 1
        return node

    # ----- Steps -------------------------------------------------------------------------------------------------

    def items(self) -> list[Node]:
        """Expressions with `,` or `;` between them."""
        found = [self.expression(0)]
        while self.tokens[self.position].text in (",", ";"):
            self.position += 1
            found.append(self.expression(0))
        return found

    def close(self, opening: Token) -> None:
        """Step over the bracket that closes `opening`; raises SyntaxFault where there is none."""
        token = self.tokens[self.position]
        wanted = _CLOSING[opening.text]
        if token.text != wanted:
            if token.kind == "end":
                raise SyntaxFault("syntax-unclosed", span=(opening.start, opening.end), bracket=opening.text,
                                  closing=wanted)  # fmt: skip
            if token.text in _CLOSING.values():
                raise SyntaxFault("syntax-wrong-bracket", span=(token.start, token.end), opened=opening.text,
                                  closed=token.text, wanted=wanted)  # fmt: skip
            raise self.unexpected(token)
        self.position += 1

    def group(self, opening: Token) -> Node:
        """One expression up to the bracket that closes `opening`, the token here."""
        self.position += 1
        bars, self.bars = self.bars, 0
        inner = self.expression(0)
        self.close(opening)
        self.bars = bars
        return inner

    def count(self, token: Token) -> None:
        """One more leaf."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise SyntaxFault("syntax-too-many", span=(token.start, token.end), limit=MAX_NODES)

    def binary(self, op: str, left: Node, right: Node) -> Node:
        """An operator between two trees."""
        return Call(op, (left, right), (left.span[0], right.span[1]))

    def call(self, function: str, args: tuple[Node, ...], start: int) -> Node:
        """A function applied, from `start` to the last token read; raises SyntaxFault for too few or many arguments."""
        span = (start, self.tokens[self.position - 1].end)
        row = PRIMITIVES.get(function)
        least, most = row.arity if row else SPECIAL_FORMS.get(function, (0, 99))
        if least <= len(args) <= most:
            return Call(function, args, span)
        if least == most:
            raise SyntaxFault("syntax-arity", span=span, function=function, count=most, given=len(args))
        raise SyntaxFault("syntax-arity-range", span=span, function=function, least=least, most=most, given=len(args))

    # ----- Refusals ----------------------------------------------------------------------------------------------

    def here(self) -> Span:
        """The place of the next token."""
        token = self.tokens[self.position]
        return token.start, token.end

    def missing_operand(self, token: Token) -> SyntaxFault:
        """The refusal where a number, a name or a bracket should be."""
        span = (token.start, token.end)
        before = self.tokens[self.position - 1] if self.position else None
        if token.kind == "end":
            return SyntaxFault("syntax-end", span=span, before=shown(before) if before else "")
        if token.text == "'" and before is None:
            return self.quotes(token)
        if before and _CLOSING.get(before.text) == token.text:
            return SyntaxFault("syntax-empty-brackets", span=(before.start, token.end))
        if token.text in _CLOSING.values() and not before:
            return SyntaxFault("syntax-unopened", span=span, bracket=token.text)
        if token.text in COMPARISONS:
            return SyntaxFault("syntax-equation", span=span, found=token.text)
        return SyntaxFault("syntax-operand", span=span, found=shown(token))

    def unexpected(self, token: Token) -> SyntaxFault:
        """The refusal of a token where the expression should end or go on with an operator."""
        span = (token.start, token.end)
        if token.kind == "end":
            return self.missing_operand(token)
        if token.text in _CLOSING.values():
            return SyntaxFault("syntax-unopened", span=span, bracket=token.text)
        if token.text in COMPARISONS:
            return SyntaxFault("syntax-equation", span=span, found=token.text)
        if token.text in (",", ";"):
            return SyntaxFault("syntax-list", span=span, sign=token.text)
        return SyntaxFault("syntax-unexpected", span=span, found=shown(token))

    def quotes(self, token: Token) -> SyntaxFault:
        """The refusal of a text in quotation marks."""
        hint = Message("syntax-hint-quotes")
        return SyntaxFault("syntax-character", span=(token.start, token.end), text="'", hint=hint)


def shown(token: Token) -> str:
    """A token as it may be quoted to its author."""
    if token.kind == "form":
        return "\\" + {"det": "begin", "norm": "begin"}.get(token.text, token.text)
    return {"|<": "|", ">|": "|", "‖<": "‖", ">‖": "‖"}.get(token.text, token.text)
