"""Text → tree: a Pratt parser with spans. Every refusal says where, what was understood, and what to write.

Strength of binding, weakest first: or · and · not · comparison · + − · * / and juxtaposition · unary − · ^ · postfix '.
Juxtaposition binds as `*` does: `1/2x` is (1/2)·x. `x(t+1)` is a product when x is a declared name.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from grader.errors import Span, SyntaxFault
from grader.language.lexer import Token, canonical_name, tokenize
from grader.language.nodes import Array, Call, Index, Name, Node, Number, depth
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES, SPECIAL_FORMS
from grader.language.suggestions import unknown_function, unknown_name

MAX_DEPTH = 100
MAX_TREE_DEPTH = 300
MAX_NODES = 3_000
SAFE_TOKENS = 200  # fewer tokens cannot make a tree too deep to walk

SUM, PRODUCT, SIGN, POWER = 10, 20, 25, 30
_INFIX: dict[str, tuple[int, str]] = {
    "+": (SUM, "add"), "-": (SUM, "sub"), "*": (PRODUCT, "mul"), "/": (PRODUCT, "div"), ".*": (PRODUCT, "emul"),
    "./": (PRODUCT, "ediv"), "^": (POWER, "pow"), ".^": (POWER, "epow"),
}  # fmt: skip
_COMPARISONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_INVERSES = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "cot": "arccot", "sinh": "arcsinh", "cosh": "arccosh",
             "tanh": "arctanh"}  # fmt: skip


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


class _Parser:
    def __init__(self, tokens: list[Token], names: frozenset[str], spec: bool, functions: frozenset[str]) -> None:
        self.tokens, self.names, self.spec, self.functions = tokens, names, spec, functions
        self.position = self.depth = self.bars = self.nodes = 0

    # ----- Entry -------------------------------------------------------------------------------------------------

    def whole(self, lists: bool) -> Node:
        if self.tokens[0].kind == "end":
            raise SyntaxFault("syntax-empty", span=(0, 0))
        node = self.expression(0)
        token = self.tokens[self.position]
        if lists and token.text in (",", ";"):
            items = [node]
            while self.tokens[self.position].text in (",", ";"):
                self.position += 1
                items.append(self.expression(0))
            node = Array(tuple(items), (items[0].span[0], items[-1].span[1]))
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
            if token.kind == "op":
                infix = _INFIX.get(token.text)
                if infix is not None:
                    if infix[0] <= strength:
                        break
                    self.position += 1
                    if token.text == "^" and (transposed := self.transposed(left)) is not None:
                        left = transposed
                        continue
                    # a power is right-associative: its right side may hold another power
                    right = self.expression(POWER - 1 if infix[0] == POWER else infix[0])
                    left = self.binary(infix[1], left, right)
                elif token.text in ("'", "(", "[", "|", "|<", "{", "√", "‖", "‖<"):
                    following = self.after_operand(left, token, strength)
                    if following is None:
                        break
                    left = following
                elif self.spec and token.text in _COMPARISONS:
                    if strength >= 5:
                        break
                    self.position += 1
                    left = self.call(_COMPARISONS[token.text], (left, self.expression(5)), left.span[0])
                else:
                    break
            elif token.kind == "end" or strength >= PRODUCT:
                break
            elif self.spec and token.text in ("and", "or"):
                level = 2 if token.text == "and" else 1
                if strength >= level:
                    break
                self.position += 1
                left = self.call(token.text, (left, self.expression(level)), left.span[0])
            elif token.kind == "form" and token.text == "end":
                break
            else:
                left = self.juxtaposed(left, token)
            steps += 1
            if steps > MAX_TREE_DEPTH:
                raise SyntaxFault("syntax-too-many", span=self.here(), limit=MAX_TREE_DEPTH)
        self.depth -= 1
        return left

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
            raise SyntaxFault("syntax-missing-operator", span=(left.span[0], token.end),
                              left=previous.text, right=token.text)  # fmt: skip
        right = self.expression(PRODUCT)
        return self.binary("mul", left, right)

    # ----- Operands ----------------------------------------------------------------------------------------------

    def operand(self) -> Node:
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
            return self.latex_form(token)
        raise self.missing_operand(token)

    def prefix(self, token: Token) -> Node:
        text = token.text
        if text in ("-", "+"):
            self.position += 1
            inner = self.expression(SIGN)
            return inner if text == "+" else self.call("neg", (inner,), token.start)
        if text == "(":
            return self.parentheses(token)
        if text == "[":
            return self.bracketed(token)
        if text == "{":
            self.position += 1
            inner = self.expression(0)
            self.close(token)
            return inner
        if text in ("|", "|<", "‖", "‖<"):
            return self.bar(token)
        if text == "√":
            self.position += 1
            return self.call("sqrt", (self.operand(),), token.start)
        raise self.missing_operand(token)

    def parentheses(self, token: Token) -> Node:
        self.position += 1
        bars, self.bars = self.bars, 0
        inner = self.expression(0)
        if self.tokens[self.position].text in (",", ";"):  # a vector written (1; 2)
            items = [inner]
            while self.tokens[self.position].text in (",", ";"):
                self.position += 1
                items.append(self.expression(0))
            inner = Array(tuple(items), (token.start, self.tokens[self.position].end))
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
        return self.array(rows, (token.start, self.tokens[self.position - 1].end))

    def array(self, rows: list[list[Node]], span: Span) -> Node:
        if len(rows) == 1:
            only = rows[0][0]
            if len(rows[0]) == 1 and isinstance(only, Array) and isinstance(only.items[0], Array):
                return only  # a matrix in one more pair of brackets: LaTeX's [array]
            return Array(tuple(rows[0]), span)
        if all(len(row) == 1 for row in rows):
            return Array(tuple(row[0] for row in rows), span)
        return Array(tuple(Array(tuple(row), (row[0].span[0], row[-1].span[1])) for row in rows), span)

    def close(self, opening: Token) -> None:
        token = self.tokens[self.position]
        wanted = _CLOSING[opening.text]
        if token.text != wanted:
            if token.kind == "end":
                raise SyntaxFault("syntax-unclosed", span=(opening.start, opening.end), bracket=opening.text,
                                  closing=wanted)  # fmt: skip
            if token.text in (")", "]", "}"):
                raise SyntaxFault("syntax-wrong-bracket", span=(token.start, token.end), opened=opening.text,
                                  closed=token.text, wanted=wanted)  # fmt: skip
            raise self.unexpected(token)
        self.position += 1

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
        if self.bars > 6:
            raise SyntaxFault("syntax-too-deep", span=(token.start, token.end), limit=6)
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
        return self.call(function, (inner,), token.start)

    # ----- Names and functions -----------------------------------------------------------------------------------

    def named(self, token: Token) -> Node:
        text, span = token.text, (token.start, token.end)
        name = canonical_name(text)
        self.count(token)
        following = self.tokens[self.position]
        if name in self.names:
            if self.spec and following.text == "[" and following.start == token.end:
                return self.index(text, token)
            return Name(name, span)
        if following.text == "[" and following.start == token.end:
            if self.spec:
                return self.index(text, token)
            indexed = self.indexed_name(name, token)
            if indexed is not None:
                return indexed
        if name in CONSTANTS:
            return Name(name, span)
        if self.spec and (text in SPECIAL_FORMS or text in self.functions) and following.text == "(":
            return self.arguments(text, token)
        row = FUNCTIONS.get(name) or FUNCTIONS.get(text)
        if row is not None and (self.spec or not PRIMITIVES[row].spec_only):
            return self.function(row, token)
        if text.startswith("log_"):
            return self.logarithm(text[4:].strip("{}"), token)
        if self.spec and text == "not":
            return self.call("not", (self.expression(4),), token.start)
        if self.spec:
            return Name(name, span)
        return self.split(token)

    def split(self, token: Token) -> Node:
        """`xy` for x·y, `2pix`, `sinx`: an unknown word made of known ones is their product."""
        words = _segments(token.text, self.names)
        if words is None:
            following = self.tokens[self.position]
            fault = unknown_function if following.text == "(" else unknown_name
            raise fault(token.text, (token.start, token.end), self.names)
        place, pieces = token.start, []
        for word in words:
            kind = "number" if word[0].isdigit() else "name"
            pieces.append(Token(kind, word, place, place + len(word)))
            place += len(word)
        self.tokens[self.position - 1 : self.position] = pieces
        self.position -= 1
        return self.operand()

    def indexed_name(self, name: str, token: Token) -> Node | None:
        """`x[1]` for the declared name x1."""
        number, closing = self.tokens[self.position + 1 : self.position + 3][:2]
        if number.kind == "number" and closing.text == "]" and name + number.text in self.names:
            self.position += 3
            return Name(name + number.text, (token.start, closing.end))
        return None

    def index(self, base: str, token: Token) -> Node:
        self.position += 1
        indices = [self.expression(0)]
        while self.tokens[self.position].text == ",":
            self.position += 1
            indices.append(self.expression(0))
        closing = self.tokens[self.position]
        if closing.text != "]":
            raise SyntaxFault("syntax-unclosed", span=(token.start, token.end), bracket="[", closing="]")
        self.position += 1
        node = Index(base, tuple(indices), (token.start, closing.end))
        if base in self.functions and self.tokens[self.position].text == "(":
            raise self.unexpected(self.tokens[self.position])
        return node

    def function(self, row: str, token: Token) -> Node:
        """`sin(x)`, `sin x`, `sin 2x`, `sin^2 x`, `sin^-1 x`."""
        exponent = None
        if self.tokens[self.position].text == "^":
            self.position += 1
            exponent = self.exponent()
        following = self.tokens[self.position]
        if following.text == "(":
            node = self.arguments(row, token)
        elif following.text == "{" and exponent is None:
            self.position += 1
            node = self.call(row, (self.expression(0),), token.start)
            self.close(following)
        elif following.kind in ("number", "name", "form") or following.text in ("|", "|<", "-", "√", "{", "‖", "‖<"):
            node = self.call(row, (self.bare_argument(),), token.start)
        else:
            raise SyntaxFault("syntax-argument", span=(token.start, token.end), function=token.text)
        if exponent is None:
            return node
        if exponent == Call("neg", (Number("1"),)) and row in _INVERSES and isinstance(node, Call):
            return Call(_INVERSES[row], node.args, node.span)
        return self.binary("pow", node, exponent)

    def exponent(self) -> Node:
        """The exponent right after a function's name: a number, a name or a group, with a sign."""
        token = self.tokens[self.position]
        if token.text == "-":
            self.position += 1
            return self.call("neg", (self.exponent(),), token.start)
        if token.kind == "number" and token.text.isdigit():
            self.position += 1
            return Number(token.text, (token.start, token.end))
        if token.text in ("{", "("):
            self.position += 1
            inner = self.expression(0)
            self.close(token)
            return inner
        if token.kind == "name":
            self.position += 1
            return self.named(token)
        raise self.missing_operand(token)

    def bare_argument(self) -> Node:
        """The argument of `sin 2x cos x`: factors side by side, up to the next sign, bracket or function."""
        node = self.expression(SIGN)
        while True:
            token = self.tokens[self.position]
            name = canonical_name(token.text)
            free = token.kind == "name" and (name in self.names or name in CONSTANTS)
            if not free or (self.spec and token.text in ("and", "or")):
                return node
            node = self.binary("mul", node, self.expression(SIGN))

    def arguments(self, function: str, token: Token) -> Node:
        opening = self.tokens[self.position]
        self.position += 1
        bars, self.bars = self.bars, 0
        items: list[Node] = []
        if self.tokens[self.position].text != ")":
            items.append(self.expression(0))
            while self.tokens[self.position].text in (",", ";"):
                self.position += 1
                items.append(self.expression(0))
        self.close(opening)
        self.bars = bars
        return self.call(function, tuple(items), token.start)

    def logarithm(self, base: str, token: Token) -> Node:
        """`log_2(x)`, `log_a x`."""
        place = (token.start, token.end)
        if base.isdigit():
            tree: Node = Number(base, place)
        elif canonical_name(base) in self.names or base in CONSTANTS or self.spec:
            tree = Name(canonical_name(base), place)
        else:
            raise unknown_name(base, place, self.names)
        node = self.function("ln", token)
        if isinstance(node, Call) and node.op == "ln":
            return Call("ln", (*node.args, tree), node.span)
        assert isinstance(node, Call)  # noqa: S101  (a power of the logarithm: log_2^3 x)
        inner = node.args[0]
        assert isinstance(inner, Call)  # noqa: S101
        return Call(node.op, (Call("ln", (*inner.args, tree), inner.span), *node.args[1:]), node.span)

    # ----- LaTeX -------------------------------------------------------------------------------------------------

    def latex_form(self, token: Token) -> Node:
        self.position += 1
        if token.text == "frac":
            top = self.latex_group()
            return self.binary("div", top, self.latex_group())
        if token.text == "sqrt":
            return self.root(token)
        if token.text == "begin":
            return self.environment(token)
        raise self.missing_operand(token)

    def latex_group(self) -> Node:
        """The argument of a command: a group in braces, one digit, or one letter."""
        token = self.tokens[self.position]
        if token.text == "{":
            self.position += 1
            inner = self.expression(0)
            self.close(token)
            return inner
        if token.kind in ("number", "name") and len(token.text) > 1 and token.end - token.start == len(token.text):
            first = Token(token.kind, token.text[0], token.start, token.start + 1)
            rest = Token("number" if token.text[1].isdigit() else "name", token.text[1:], token.start + 1, token.end)
            self.tokens[self.position : self.position + 1] = [first, rest]
        if token.kind in ("number", "name", "form"):
            return self.operand()
        raise SyntaxFault("syntax-latex-braces", span=(token.start, token.end))

    def root(self, token: Token) -> Node:
        """`\\sqrt{x}`, `\\sqrt3`, `\\sqrt[3]{x}`; `\\sqrt(2)` is not LaTeX and is refused."""
        degree: Node | None = None
        if self.tokens[self.position].text == "[":
            opening = self.tokens[self.position]
            self.position += 1
            degree = self.expression(0)
            self.close(opening)
        inner = self.latex_group()
        if degree is None or degree == Number("2"):
            return self.call("sqrt", (inner,), token.start)
        if degree == Number("3"):
            return self.call("cbrt", (inner,), token.start)
        return self.binary("pow", inner, self.binary("div", Number("1"), degree))

    def environment(self, token: Token) -> Node:
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
            elif sign.text == "end":
                break
            elif sign.text != "&":
                raise self.unexpected(sign)
        span = (token.start, self.tokens[self.position - 1].end)
        if len(rows) == 1:
            return Array((Array(tuple(rows[0]), span),), span) if len(rows[0]) > 1 else rows[0][0]
        return self.array(rows, span)

    # ----- Building ----------------------------------------------------------------------------------------------

    def count(self, token: Token) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise SyntaxFault("syntax-too-many", span=(token.start, token.end), limit=MAX_NODES)

    def binary(self, op: str, left: Node, right: Node) -> Node:
        return Call(op, (left, right), (left.span[0], right.span[1]))

    def transposed(self, left: Node) -> Node | None:
        """`A^T`, `A^⊤`, `A^{-T}` right after the sign `^`; None where T is a declared name or it is a power."""
        signs = self.tokens[self.position : self.position + 4]
        opened = signs[0].text in ("{", "(")
        rest = signs[1:] if opened else signs
        inverse = rest[0].text == "-"
        rest = rest[1:] if inverse else rest
        if not rest or rest[0].text not in ("T", "⊤") or rest[0].text in self.names:
            return None
        self.position += opened + inverse + 1
        if opened:
            self.close(signs[0])
        span = (left.span[0], rest[0].end)
        return Call("transpose", (Call("inv", (left,), span) if inverse else left,), span)

    def call(self, function: str, args: tuple[Node, ...], start: int) -> Node:
        span = (start, self.tokens[self.position - 1].end)
        row = PRIMITIVES.get(function)
        least, most = row.arity if row else SPECIAL_FORMS.get(function, (0, 99))
        if not least <= len(args) <= most:
            raise SyntaxFault("syntax-arity", span=span, function=function, count=most, given=len(args))
        return Call(function, args, span)

    # ----- Refusals ----------------------------------------------------------------------------------------------

    def here(self) -> Span:
        token = self.tokens[self.position]
        return token.start, token.end

    def missing_operand(self, token: Token) -> SyntaxFault:
        before = self.tokens[self.position - 1].text if self.position else ""
        if token.kind == "end":
            return SyntaxFault("syntax-end", span=(token.start, token.end), before=before)
        if token.text in (")", "]", "}") and not before:
            return SyntaxFault("syntax-unopened", span=(token.start, token.end), bracket=token.text)
        if token.text in _COMPARISONS:
            return SyntaxFault("syntax-equation", span=(token.start, token.end))
        return SyntaxFault("syntax-operand", span=(token.start, token.end), found=token.text, before=before)

    def unexpected(self, token: Token) -> SyntaxFault:
        span = (token.start, token.end)
        if token.kind == "end":
            return self.missing_operand(token)
        if token.text in (")", "]", "}"):
            return SyntaxFault("syntax-unopened", span=span, bracket=token.text)
        if token.text in _COMPARISONS:
            return SyntaxFault("syntax-equation", span=span)
        if token.text in (",", ";"):
            return SyntaxFault("syntax-list", span=span, sign=token.text)
        return SyntaxFault("syntax-unexpected", span=span, found=token.text)


@lru_cache(maxsize=4096)
def _segments(word: str, names: frozenset[str]) -> tuple[str, ...] | None:
    """A word as known names, constants and functions (a function may be followed by digits); None if it is not."""
    if len(word) > 40 or not word.replace("_", "").isalnum():
        return None
    if not word:
        return ()
    for length in range(len(word), 0, -1):
        head, tail = word[:length], word[length:]
        known = canonical_name(head) in names or head in CONSTANTS
        if head in FUNCTIONS and tail and len(head) > 1 and not PRIMITIVES[FUNCTIONS[head]].spec_only:
            digits = len(tail) - len(tail.lstrip("0123456789"))
            rest = _segments(tail[digits:], names)
            if rest is not None and (digits or rest):
                return (head, tail[:digits], *rest) if digits else (head, *rest)
        if head in FUNCTIONS and not tail and len(head) > 1:
            return (head,)
        if known and length < len(word):
            rest = _segments(tail, names)
            if rest is not None:
                return (head, *rest)
        elif known:
            return (head,)
    return None
