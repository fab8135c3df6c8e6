"""Text → tree: a Pratt parser with spans. Every refusal says where, what was understood, and what to write.

Strength of binding, weakest first: or · and · not · comparison · + − · * / and juxtaposition · unary − · ^ · postfix '.
Juxtaposition binds as `*` does: `1/2x` is (1/2)·x. `x(t+1)` is a product when x is a declared name.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from grader.errors import Span, SyntaxFault
from grader.language.calls import NameReader
from grader.language.cursor import COMPARISONS, MAX_DEPTH, POWER, PRODUCT, SIGN, SUM
from grader.language.lexer import canonical_name, tokenize
from grader.language.nodes import Array, Call, Node, Number, depth
from grader.language.scan import Token
from grader.language.words import segments

MAX_TREE_DEPTH = 300
MAX_BARS = 6
SAFE_TOKENS = 200  # fewer tokens cannot make a tree too deep to walk

_INFIX: dict[str, tuple[int, str]] = {
    "+": (SUM, "add"), "-": (SUM, "sub"), "*": (PRODUCT, "mul"), "/": (PRODUCT, "div"), ".*": (PRODUCT, "emul"),
    "./": (PRODUCT, "ediv"), "^": (POWER, "pow"), ".^": (POWER, "epow"),
}  # fmt: skip
_AFTER = {"'", "(", "[", "|", "|<", "{", "√", "∛", "‖", "‖<", "⌊", "⌈", "⟨"}
_ROUNDED = {"⌊": "floor", "⌈": "ceil"}
_ROOTS = {"√": "sqrt", "∛": "cbrt"}


def parse(text: str, names: Collection[str] = (), *, spec: bool = False, comma: str = "auto", lists: bool = False,
          functions: Collection[str] = ()) -> Node:  # fmt: skip
    """The tree of a text in which `names` are declared; raises SyntaxFault.

    `spec` adds indices, comparisons, conditions and special forms, and leaves names to be checked later;
    `functions` are user functions callable in a spec; `lists` allows a list without brackets (`1; 2; 3`).
    """
    known = names if isinstance(names, frozenset) else _canonical(tuple(names))
    return _Parser(tokenize(text, comma), known, spec, frozenset(functions)).whole(lists)


@lru_cache(maxsize=256)
def _canonical(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(canonical_name(name) for name in names)


class _Parser(NameReader):
    def whole(self, lists: bool) -> Node:
        if self.tokens[0].kind == "end":
            raise SyntaxFault("syntax-empty", span=(0, 0))
        node = self.expression(0)
        token = self.tokens[self.position]
        if lists and token.text in (",", ";"):
            self.position += 1
            items = (node, *self.items())
            node = Array(items, (items[0].span[0], items[-1].span[1]))
            token = self.tokens[self.position]
        if token.kind != "end":
            raise self.unexpected(token)
        if len(self.tokens) > SAFE_TOKENS and depth(node) > MAX_TREE_DEPTH:
            raise SyntaxFault("syntax-too-deep", span=(0, token.end), limit=MAX_TREE_DEPTH)
        return node

    def expression(self, strength: int) -> Node:
        """An expression whose operators bind tighter than `strength`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SyntaxFault("syntax-too-deep", span=self.here(), limit=MAX_DEPTH)
        left = self.operand()
        tokens, steps = self.tokens, 0
        while True:
            token = tokens[self.position]
            kind, text = token.kind, token.text
            if kind == "op":
                infix = _INFIX.get(text)
                if infix is not None:
                    if infix[0] <= strength:
                        break
                    left = self.infix(left, text, infix)
                elif text in _AFTER:
                    following = self.after_operand(left, token, strength)
                    if following is None:
                        break
                    left = following
                elif self.spec and text in COMPARISONS and strength < 5:
                    left = self.joined(COMPARISONS[text], left, 5)
                else:
                    break
            elif kind == "end" or strength >= PRODUCT or (kind == "form" and text == "end"):
                break
            elif self.spec and text in ("and", "or"):
                level = 2 if text == "and" else 1
                if strength >= level:
                    break
                left = self.joined(text, left, level)
            else:
                left = self.juxtaposed(left, token)
            steps += 1
            if steps > MAX_TREE_DEPTH:
                raise SyntaxFault("syntax-too-many", span=self.here(), limit=MAX_TREE_DEPTH)
        self.depth -= 1
        return left

    def infix(self, left: Node, sign: str, infix: tuple[int, str]) -> Node:
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

    # ----- Operands ----------------------------------------------------------------------------------------------

    def operand(self) -> Node:
        """A number, a name, a bracket, a sign with what it applies to."""
        token = self.tokens[self.position]
        kind = token.kind
        if kind == "number":
            self.position += 1
            self.count(token)
            return Number(token.text, (token.start, token.end))
        if kind == "name":
            self.position += 1
            return self.named(token)
        if kind == "op":
            return self.prefix(token)
        if kind == "form":
            return self.nested(lambda: self.latex_form(token))
        raise self.missing_operand(token)

    def prefix(self, token: Token) -> Node:
        text = token.text
        if text in ("-", "+"):
            self.position += 1
            inner = self.expression(SIGN)
            return inner if text == "+" else self.call("neg", (inner,), token.start)
        if text in ("(", "{"):
            return self.parentheses(token)
        if text == "[":
            return self.bracketed(token)
        if text in ("|", "|<", "‖", "‖<"):
            return self.bar(token)
        if text in _ROUNDED:
            return self.call(_ROUNDED[text], (self.group(token),), token.start)
        if text == "⟨":
            return self.inner_product(token)
        if text in _ROOTS:
            self.position += 1
            return self.call(_ROOTS[text], (self.nested(self.operand),), token.start)
        raise self.missing_operand(token)

    def parentheses(self, token: Token) -> Node:
        """A group, or a vector written (1; 2) or {1; 2}."""
        self.position += 1
        bars, self.bars = self.bars, 0
        items = self.items()
        inner = items[0] if len(items) == 1 else Array(tuple(items), (token.start, self.tokens[self.position].end))
        self.close(token)
        self.bars = bars
        return inner

    def bracketed(self, token: Token) -> Node:
        """`[1, 2]` a vector, `[1, 2; 3, 4]` or `[[1, 2], [3, 4]]` a matrix, `[1; 2]` a column."""
        self.position += 1
        bars, self.bars = self.bars, 0
        if self.tokens[self.position].text == "]":
            raise SyntaxFault("syntax-empty-list", span=(token.start, self.tokens[self.position].end))
        rows: list[list[Node]] = [[self.expression(0)]]
        while self.tokens[self.position].text in (",", ";"):
            if self.tokens[self.position].text == ";":
                rows.append([])
            self.position += 1
            rows[-1].append(self.expression(0))
        self.close(token)
        self.bars = bars
        return _array(rows, (token.start, self.tokens[self.position - 1].end))

    def inner_product(self, token: Token) -> Node:
        """`⟨x, y⟩`, also with a bar between."""
        self.position += 1
        self.bars += 1  # a bar here divides
        left = self.expression(0)
        self.bars -= 1
        if self.tokens[self.position].text not in (",", ";", "|"):
            raise self.unexpected(self.tokens[self.position])
        self.position += 1
        right = self.expression(0)
        self.close(token)
        return self.call("dot", (left, right), token.start)

    def bar(self, token: Token) -> Node:
        """`|x|` or `‖x‖`; `||x||` is a norm where it closes as one."""
        following = self.tokens[self.position + 1]
        if token.text == "|" and following.text == "|" and following.start == token.end:
            start, depth, nodes = self.position, self.depth, self.nodes
            try:
                self.position += 1
                return self.between_bars(self.tokens[self.position], "norm", 2)
            except SyntaxFault:
                self.position, self.depth, self.nodes = start, depth, nodes
        return self.between_bars(token, "abs" if token.text.startswith("|") else "norm", 1)

    def between_bars(self, token: Token, function: str, count: int) -> Node:
        self.position += 1
        self.bars += 1
        if self.bars > MAX_BARS:
            raise SyntaxFault("syntax-too-deep", span=(token.start, token.end), limit=MAX_BARS)
        try:
            inner = self.expression(0)
            for _ in range(count):
                closing = self.tokens[self.position]
                if closing.text.lstrip(">") != token.text.rstrip("<"):
                    raise SyntaxFault("syntax-unclosed", span=(token.start, token.end), bracket=token.text[0],
                                      closing=token.text[0])  # fmt: skip
                self.position += 1
        finally:
            self.bars -= 1
        matrix = isinstance(inner, Array) and isinstance(inner.items[0], Array)
        return self.call("det" if matrix and function == "abs" else function, (inner,), token.start)

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
            place = self.position + inverse
            self.tokens[place : place + 1] = [
                Token("name", "T", sign.start, sign.start + 1), Token("name", sign.text[1:], sign.start + 1, sign.end)
            ]  # fmt: skip
        self.position += opened + inverse + 1
        if opened:
            self.close(signs[0])
        span = (left.span[0], sign.end)
        return Call("transpose", (Call("inv", (left,), span) if inverse else left,), span)

    # ----- LaTeX -------------------------------------------------------------------------------------------------

    def latex_form(self, token: Token) -> Node:
        """A fraction, a root or a matrix."""
        self.position += 1
        if token.text == "frac":
            top = self.latex_group()
            return self.binary("div", top, self.latex_group())
        if token.text == "sqrt":
            return self.root(token)
        if token.text == "end":
            raise self.missing_operand(token)
        inner = self.environment(token)
        return inner if token.text == "begin" else self.call(token.text, (inner,), token.start)

    def latex_group(self) -> Node:
        """The argument of a command: a group in braces, one digit, or one letter."""
        token = self.tokens[self.position]
        if token.text == "{":
            return self.group(token)
        if token.kind in ("number", "name") and len(token.text) > 1 and token.end - token.start == len(token.text):
            first = Token(token.kind, token.text[0], token.start, token.start + 1)
            rest = Token("number" if token.text[1].isdigit() else "name", token.text[1:], token.start + 1, token.end)
            self.tokens[self.position : self.position + 1] = [first, rest]
        if token.kind in ("number", "name", "form"):
            return self.operand()
        raise SyntaxFault("syntax-latex-braces", span=(token.start, token.end))

    def root(self, token: Token) -> Node:
        """`\\sqrt{x}`, `\\sqrt3`, `\\sqrt[3]{x}`; `\\sqrt(2)` is not LaTeX and is refused."""
        opening = self.tokens[self.position]
        degree = self.group(opening) if opening.text == "[" else Number("2")
        inner = self.latex_group()
        if degree == Number("2"):
            return self.call("sqrt", (inner,), token.start)
        if degree == Number("3"):
            return self.call("cbrt", (inner,), token.start)
        exponent = Call("div", (Number("1", degree.span), degree), degree.span)
        return Call("pow", (inner, exponent), (token.start, inner.span[1]))

    def environment(self, token: Token) -> Node:
        """The rows up to `\\end`."""
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self.expression(0))
            sign = self.tokens[self.position]
            self.position += 1
            if sign.text == "\\\\":
                if self.tokens[self.position].text == "end":
                    self.position += 1
                    break
                rows.append([])
            elif sign.kind == "form" and sign.text == "end":
                break
            elif sign.kind == "end":
                raise SyntaxFault("syntax-latex-end", span=(token.start, token.end))
            elif sign.text != "&":
                raise self.unexpected(sign)
        span = (token.start, self.tokens[self.position - 1].end)
        if len(rows) == 1:
            return Array((Array(tuple(rows[0]), span),), span) if len(rows[0]) > 1 else rows[0][0]
        return _array(rows, span)


def _array(rows: list[list[Node]], span: Span) -> Node:
    if len(rows) == 1:
        only = rows[0][0]
        if len(rows[0]) == 1 and isinstance(only, Array) and isinstance(only.items[0], Array):
            return only  # a matrix in one more pair of brackets: LaTeX's [array]
        return Array(tuple(rows[0]), span)
    if all(len(row) == 1 for row in rows):
        return Array(tuple(row[0] for row in rows), span)
    return Array(tuple(Array(tuple(row), (row[0].span[0], row[-1].span[1])) for row in rows), span)
