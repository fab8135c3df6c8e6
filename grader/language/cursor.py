"""Where the parser stands in the tokens, and how operators bind; the readers of operands are passed in and share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.errors import Message, Span, SyntaxFault
from grader.language.nodes import Array, Call, Node, Number
from grader.language.primitives import PRIMITIVES, SPECIAL_FORMS
from grader.language.scan import Token
from grader.language.words import segments

MAX_NODES = 3_000
MAX_DEPTH = 100
MAX_TREE_DEPTH = 300

OR, AND, NOT, RELATION, SUM, PRODUCT, SIGN, POWER = 1, 2, 4, 5, 10, 20, 25, 30
"""Strength of binding."""

COMPARISONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_INFIX: dict[str, tuple[int, str]] = {
    "+": (SUM, "add"), "-": (SUM, "sub"), "*": (PRODUCT, "mul"), "/": (PRODUCT, "div"), ".*": (PRODUCT, "emul"),
    "./": (PRODUCT, "ediv"), "^": (POWER, "pow"), ".^": (POWER, "epow"),
}  # fmt: skip
_AFTER = {"'", "(", "[", "|", "|<", "{", "√", "∛", "‖", "‖<", "⌊", "⌈", "⟨"}
_CLOSING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}

Reader = Callable[["Cursor", Token], Node]
"""Reads an operand from the token here, which it is given."""


class Cursor:
    """Tokens and the position in them. `readers` read an operand by the kind of its first token, or by its sign."""

    def __init__(
        self,
        tokens: list[Token],
        readers: Mapping[str, Reader],
        names: frozenset[str],
        spec: bool,
        functions: frozenset[str],
    ) -> None:
        self.tokens, self.readers, self.names, self.spec, self.functions = tokens, readers, names, spec, functions
        self.position = self.depth = self.bars = self.nodes = 0

    # ----- Operators ---------------------------------------------------------------------------------------------

    def expression(self, strength: int) -> Node:
        """An expression whose operators bind tighter than `strength`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SyntaxFault("syntax-too-deep", span=self.here(), limit=MAX_DEPTH)
        left = self.operand()
        steps = 0
        while (longer := self.continued(left, strength)) is not None:
            left, steps = longer, steps + 1
            if steps > MAX_TREE_DEPTH:
                raise SyntaxFault("syntax-too-many", span=self.here(), limit=MAX_TREE_DEPTH)
        self.depth -= 1
        return left

    def continued(self, left: Node, strength: int) -> Node | None:
        """`left` with the operator here and its right side; None where none binds tighter than `strength`."""
        token = self.tokens[self.position]
        kind, text = token.kind, token.text
        if kind == "op":
            infix = _INFIX.get(text)
            if infix is not None:
                return self.infix(left, text, infix) if infix[0] > strength else None
            if text in _AFTER:
                return self.after_operand(left, token, strength)
            joins = self.spec and text in COMPARISONS and strength < RELATION
            return self.joined(COMPARISONS[text], left, RELATION) if joins else None
        if kind == "end" or strength >= PRODUCT or (kind == "form" and text == "end"):
            return None
        if self.spec and text in ("and", "or"):
            level = AND if text == "and" else OR
            return self.joined(text, left, level) if strength < level else None
        return self.juxtaposed(left, token)

    def infix(self, left: Node, sign: str, infix: tuple[int, str]) -> Node:
        """The operator here with its right side."""
        self.position += 1
        if sign == "^" and (transposed := self.transposed(left)) is not None:
            return transposed
        # a power is right-associative: its right side may hold another power
        right = self.expression(POWER - 1 if infix[0] == POWER else infix[0])
        return self.binary(infix[1], left, right)

    def joined(self, op: str, left: Node, level: int) -> Node:
        """A comparison, `and`, `or`."""
        self.position += 1
        return self.call(op, (left, self.expression(level)), left.span[0])

    def after_operand(self, left: Node, token: Token, strength: int) -> Node | None:
        """A transpose, or a bracket that multiplies; None where the operator is not ours to take."""
        if token.text == "'":
            self.position += 1
            return Call("transpose", (left,), (left.span[0], token.end))
        if token.text in ("|", "‖") and self.bars:
            return None
        if strength >= PRODUCT:
            return None
        if token.text == "[" and not isinstance(left, Array | Call | Number):
            raise SyntaxFault("syntax-square-bracket", span=(token.start, token.end))
        return self.juxtaposed(left, token)

    def juxtaposed(self, left: Node, token: Token) -> Node:
        """`2x`, `x y`, `(x+1)(x+2)`: a product without a sign; two numbers side by side are refused."""
        previous = self.tokens[self.position - 1]
        if token.kind == "number" and previous.text not in (")", "]", "}"):
            raise SyntaxFault("syntax-missing-operator", span=(previous.start, token.end),
                              left=previous.text, right=token.text)  # fmt: skip
        return self.binary("mul", left, self.expression(PRODUCT))

    def transposed(self, left: Node) -> Node | None:
        """`A^T`, `A^{-T}`, `x^TAx` right after the sign `^`; None where T is a declared name or it is a power."""
        if isinstance(left, Number):
            return None
        signs = self.tokens[self.position : self.position + 4]
        opened = signs[0].text in ("{", "(")
        rest = signs[1:] if opened else signs
        inverse = rest[0].text == "-"
        rest = rest[1:] if inverse else rest
        if not rest or rest[0].text[:1] not in ("T", "⊤", "'") or rest[0].text in self.names:
            return None
        sign = rest[0]
        if len(sign.text) > 1:
            if opened or "T" in self.names or not segments(sign.text[1:], self.names):
                return None
            here = self.position + inverse
            self.tokens[here : here + 1] = [
                Token("name", "T", sign.start, sign.start + 1), Token("name", sign.text[1:], sign.start + 1, sign.end)
            ]  # fmt: skip
        self.position += opened + inverse + 1
        if opened:
            self.close(signs[0])
        span = (left.span[0], sign.end)
        return Call("transpose", (Call("inv", (left,), span) if inverse else left,), span)

    # ----- Operands ----------------------------------------------------------------------------------------------

    def operand(self) -> Node:
        """A number, a name, a bracket, a sign with what it applies to."""
        token = self.tokens[self.position]
        reader = self.readers.get(token.text if token.kind == "op" else token.kind)
        if reader is None:
            raise self.missing_operand(token)
        return reader(self, token)

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
        items = [self.expression(0)]
        while self.tokens[self.position].text in (",", ";"):
            self.position += 1
            items.append(self.expression(0))
        return items

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
        """The span of the next token."""
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
