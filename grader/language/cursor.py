"""Where the parser stands in the tokens, and how operators bind; the readers of operands are passed in and share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.errors import Span, SyntaxFault
from grader.language import ends
from grader.language.doubts import DOUBTS
from grader.language.nodes import Call, Name, Node, names, outer
from grader.language.primitives import PRIMITIVES, SPECIAL_FORMS
from grader.language.refusals import CLOSING, COMPARISONS, missing_operand, not_closed, unexpected
from grader.language.scan import Token
from grader.language.words import segments

MAX_NODES = 3_000
MAX_DEPTH = 100
MAX_TREE_DEPTH = 150  # what walks a tree takes up to three calls a level, of the thousand that Python allows
MAX_FACTORS = 20  # of an exponent without brackets

OR, AND, NOT, RELATION, SUM, PRODUCT, SIGN, POWER = 1, 2, 4, 5, 10, 20, 25, 30
"""Strength of binding."""

_INFIX: dict[str, tuple[int, str]] = {
    "+": (SUM, "add"), "-": (SUM, "sub"), "*": (PRODUCT, "mul"), ".*": (PRODUCT, "emul"), "⋄": (PRODUCT, "inner"),
    "/": (PRODUCT, "div"), "./": (PRODUCT, "ediv"), "^": (POWER, "pow"), ".^": (POWER, "epow"), "⊗": (PRODUCT, "kron"),
}  # fmt: skip
_AFTER = {"'", "⊤", "(", "[", "|", "|<", "{", "√", "∛", "‖", "‖<", "⌊", "⌈", "⟨"}

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
        settled: frozenset[str] = frozenset(),
    ) -> None:
        self.tokens, self.readers, self.names, self.spec, self.functions = tokens, readers, names, spec, functions
        self.words = names | {"E"} if not spec and "I" in names else names  # many books call the identity E
        self.position = self.depth = self.bars = self.nodes = 0
        self.raised = 0  # exponents without brackets that we are in
        self.settled, self.doubts = settled, frozenset[str]()
        self.transposes: tuple[Node, ...] = ()
        self.no_norms: set[int] = set()  # where two bars were tried as those of a norm

    def otherwise(self, doubt: str) -> bool:
        """Note a doubt; is it to be settled the other way."""
        self.doubts |= {doubt}
        return doubt in self.settled

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
            if (infix := _INFIX.get(text)) is not None:
                return self.infix(left, text, infix) if infix[0] > strength else None
            if text in _AFTER or (text == "<" and ends.opens_a_product(self.tokens, self.position)):
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
        before = self.before()
        self.position += 1
        if sign == "^":
            return self.transposed(left) or self.power(left)
        if sign == "/":
            return self.binary("div", left, self.denominator())
        # a power is right-associative: its right side may hold another power
        right = self.expression(POWER - 1 if infix[0] == POWER else infix[0])
        if sign in (".*", "./"):
            right = self.together(right, "entrywise-after", ends.goes_on)
            if (parts := ends.last_factor(left, before)) and not self.spec and self.otherwise("entrywise-before"):
                return self.binary("mul", parts[0], self.binary(infix[1], parts[1], right))
        if sign == "⊗" and not self.spec and self.otherwise("outer"):
            return outer(left, right)
        return self.binary(infix[1], left, right)

    def denominator(self) -> Node:
        """What stands below: one factor, or all that are written together with it."""
        return self.together(self.expression(PRODUCT), "denominator", ends.denominator_goes_on)

    def together(self, node: Node, doubt: str, goes_on: Callable[[list[Token], int], bool]) -> Node:
        """One factor, or the product of all that may be meant together."""
        while not self.spec and goes_on(self.tokens, self.position) and self.otherwise(doubt):
            node = self.binary("mul", node, self.expression(PRODUCT))
        return node

    def power(self, base: Node) -> Node:
        """A power; a transpose after its exponent is one of the whole."""
        bracket, noted = ends.bracketed_exponent(self.tokens, self.position), len(self.transposes)
        self.raised += 1
        exponent = self.expression(POWER - 1)
        self.raised -= 1
        if len(self.transposes) > noted:
            inner, count = ends.untransposed(exponent)
            if count and not (names(inner) and ends.is_closing(self.tokens[self.position - 1])):
                exponent = inner
                self.transposes = self.transposes[:noted]
                node = self.binary("pow", base, exponent)
                for _ in range(count):
                    node = self.transpose(node)
                return node
        token = self.tokens[self.position]
        if token.start == self.tokens[self.position - 1].end and not (bracket or self.raised or self.spec):
            exponent = self.longer_exponent(base, exponent)
        return self.binary("pow", base, exponent)

    def transpose(self, node: Node) -> Call:
        """The transpose of a tree, noted: that of a number is refused by who knows which names are numbers."""
        self.transposes += (call := Call("transpose", (node,), (node.span[0], self.tokens[self.position - 1].end)),)
        return call

    def longer_exponent(self, base: Node, exponent: Node) -> Node:
        """The exponent with what may be meant above as well: `e^2x`, `x^1/2`, `x^n-1`."""
        for _ in range(MAX_FACTORS):
            doubt = ends.after_exponent(self.tokens, self.position, base, exponent)
            if not doubt:
                break
            settled = self.otherwise(doubt)
            if doubt == "exponent-product":
                if not any(DOUBTS[other].family == DOUBTS[doubt].family for other in self.settled):
                    break
                exponent = self.binary("mul", exponent, self.expression(PRODUCT))
                continue
            if settled:
                op = _INFIX[self.tokens[self.position].text][1]
                self.position += 1
                formula = op == "div" and not ends.numeric(exponent)  # of x^3/2x only 3/2 is above
                exponent = self.binary(op, exponent, self.denominator() if formula else self.operand())
            break
        return exponent

    def joined(self, op: str, left: Node, level: int) -> Node:
        """A comparison, `and`, `or`."""
        self.position += 1
        return self.call(op, (left, self.expression(level)), left.span[0])

    def after_operand(self, left: Node, token: Token, strength: int) -> Node | None:
        """A transpose, or a bracket that multiplies; None where the operator is not ours to take."""
        if token.text in ("'", "⊤"):
            self.position += 1
            return self.transpose(left)
        if token.text in ("|", "‖") and self.bars:
            return None
        if strength >= PRODUCT:
            return None
        if token.text == "[" and isinstance(left, Name) and ends.like_an_index(self.tokens, self.position):
            raise SyntaxFault("syntax-square-bracket", span=(token.start, token.end))
        return self.juxtaposed(left, token)

    def juxtaposed(self, left: Node, token: Token) -> Node:
        """`2x`, `x y`, `(x+1)(x+2)`: a product without a sign; two numbers side by side are refused."""
        previous = self.tokens[self.position - 1]
        apart = token.kind != "number" or previous.text in (")", "]", "}")
        if not apart and not ends.begins_a_factor(self.tokens, self.position, left):
            raise SyntaxFault("syntax-missing-operator", span=(previous.start, token.end),
                              left=previous.text, right=token.text)  # fmt: skip
        right = self.expression(PRODUCT)
        if (
            token.text == "frac"
            and not self.spec
            and (mixed := ends.mixed_number(left, right))
            and self.otherwise("mixed")
        ):
            return mixed
        return self.binary("mul", left, right)

    def transposed(self, left: Node) -> Node | None:
        """`A^T`, `A^{-T}`, `x^TAx` right after the sign `^`; None where T is a declared name or it is a power."""
        signs = self.tokens[self.position : self.position + 4]
        opened = signs[0].text in ("{", "(")
        rest = signs[1:] if opened else signs
        inverse = rest[0].text == "-"
        rest = rest[1:] if inverse else rest
        if not rest or rest[0].text in self.names:
            return None
        if rest[0].text[:1] not in ("T", "⊤", "'") and not (rest[0].text == "t" and ends.is_matrix(left)):
            return None
        sign = rest[0]
        if len(sign.text) > 1:
            if opened or "T" in self.names or not segments(sign.text[1:], self.words):
                return None
            here = self.position + inverse
            self.tokens[here : here + 1] = [
                Token("name", "T", sign.start, sign.start + 1), Token("name", sign.text[1:], sign.start + 1, sign.end)
            ]  # fmt: skip
        self.position += opened + inverse + 1
        if opened:
            self.close(signs[0])
        return self.transpose(Call("inv", (left,), (left.span[0], sign.end)) if inverse else left)

    # ----- Operands ----------------------------------------------------------------------------------------------

    def operand(self) -> Node:
        """A number, a name, a bracket, a sign with what it applies to."""
        token = self.tokens[self.position]
        if (reader := self.readers.get(token.text if token.kind == "op" else token.kind)) is None:
            raise missing_operand(token, self.before())
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

    def close(self, opening: Token, outside: tuple[int, int] | None = None) -> None:
        """Step over the bracket that closes `opening`; raises SyntaxFault where there is none."""
        if (token := self.tokens[self.position]).text != CLOSING[opening.text]:
            raise not_closed(opening, token) or unexpected(token, self.before())
        self.position += 1
        if outside is not None:
            self.bars, self.raised = outside

    def group(self, opening: Token) -> Node:
        """One expression up to the bracket that closes `opening`, the token here."""
        outside = self.step_in()
        inner = self.expression(0)
        self.close(opening, outside)
        return inner

    def step_in(self) -> tuple[int, int]:
        """Step over an opening bracket. What is open outside means nothing within; it is returned for `close`."""
        self.position += 1
        outside = self.bars, self.raised
        self.bars = self.raised = 0
        return outside

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

    def here(self) -> Span:
        """The span of the next token."""
        token = self.tokens[self.position]
        return token.start, token.end

    def before(self) -> Token | None:
        """The last token that was read."""
        return self.tokens[self.position - 1] if self.position else None
