"""The parser's part for names and functions: `x_1`, `w[t-1]`, `sin 2x cos x`, `sin^-1 x`, `log_2(x)`."""

from __future__ import annotations

import re

from grader.errors import SyntaxFault
from grader.language.cursor import SIGN, Cursor
from grader.language.lexer import canonical_name
from grader.language.nodes import Call, Index, Name, Node, Number
from grader.language.primitives import CONSTANTS, FUNCTIONS, PRIMITIVES, SPECIAL_FORMS
from grader.language.scan import Token
from grader.language.suggestions import unknown_function, unknown_name
from grader.language.words import also_a_product, segments

_INVERSES = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "cot": "arccot", "sinh": "arcsinh", "cosh": "arccosh",
             "tanh": "arctanh"}  # fmt: skip
_ARGUMENT_SIGNS = {"|", "|<", "-", "√", "∛", "{", "‖", "‖<", "⌊", "⌈", "⟨"}
_BASE = re.compile(r"log_?\{?(?:([0-9₀-₉]+(?:[.,][0-9]+)?)(?:/([0-9]+))?|([^{}]*))\}?")


class NameReader(Cursor):
    """Reads what begins with a word."""

    def named(self, token: Token) -> Node:
        """The token just passed, with the index or the argument that follows."""
        text, span = token.text, (token.start, token.end)
        name = canonical_name(text)
        self.count(token)
        following = self.tokens[self.position]
        if following.text == "[" and following.start == token.end:
            indexed = self.index(text, token) if self.spec else self.indexed_name(name, token)
            if indexed is not None:
                return indexed
        if self.spec and text in self.functions and following.text == "(" and following.start == token.end:
            return self.arguments(text, token)
        if name in self.names:
            return Name(name, span)
        if name in CONSTANTS:
            return Name(name, span)
        if self.spec and (text in SPECIAL_FORMS or text in self.functions) and following.text == "(":
            return self.arguments(text, token)
        row = FUNCTIONS.get(name) or FUNCTIONS.get(text)
        if row is not None and (self.spec or not PRIMITIVES[row].spec_only):
            return self.function(row, token)
        if text.startswith(("log_", "log₁", "log₂", "log₃", "log₄", "log₅")):
            return self.logarithm(token)
        if self.spec:
            return self.call("not", (self.expression(4),), token.start) if text == "not" else Name(name, span)
        return self.run_together(token)

    def run_together(self, token: Token) -> Node:
        """`xy` for x·y, `2pix`, `sinx`: an unknown word made of known ones is their product."""
        self.position -= 1
        if self.expand():
            return self.operand()
        following = self.tokens[self.position + 1]
        if following.text == "(":
            raise unknown_function(token.text, (token.start, token.end))
        raise unknown_name(token.text, (token.start, token.end), self.names)

    def expand(self) -> bool:
        """Replace the word here by the words it is made of, if it is made of several."""
        token = self.tokens[self.position]
        if token.end - token.start != len(token.text):  # \hat{x}: one name, however it is spelled
            return False
        words = segments(token.text, self.names)
        if words is None or len(words) < 2:
            return False
        place, pieces = token.start, []
        for word in words:
            kind = "number" if word[0].isdigit() else "name"
            pieces.append(Token(kind, word, place, place + len(word)))
            place += len(word)
        self.tokens[self.position : self.position + 1] = pieces
        return True

    # ----- Indices -----------------------------------------------------------------------------------------------

    def indexed_name(self, name: str, token: Token) -> Node | None:
        """`x[1]` for the declared name x1."""
        match self.tokens[self.position + 1 : self.position + 3]:
            case [Token("number", number), Token("op", "]") as closing] if name + number in self.names:
                self.position += 3
                return Name(name + number, (token.start, closing.end))
        return None

    def index(self, base: str, token: Token) -> Node:
        """`w[t-1]` in a spec."""
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

    # ----- Functions ---------------------------------------------------------------------------------------------

    def function(self, row: str, token: Token) -> Node:
        """`sin(x)`, `sin x`, `sin 2x`, `sin^2 x`, `sin^-1 x`."""
        letters = not self.spec and token.end - token.start == len(token.text)
        product = also_a_product(token.text, self.names) if letters else None
        if product:
            raise SyntaxFault("syntax-ambiguous-name", span=(token.start, token.end), name=token.text, function=row,
                              product="*".join(product))  # fmt: skip
        exponent = None
        if self.tokens[self.position].text == "^":
            self.position += 1
            exponent = self.exponent()
        node = self.applied(row, token, exponent is None)
        if exponent is None:
            return node
        if exponent == Call("neg", (Number("1"),)) and row in _INVERSES and isinstance(node, Call):
            return Call(_INVERSES[row], node.args, node.span)
        return self.binary("pow", node, exponent)

    def applied(self, row: str, token: Token, plain: bool) -> Node:
        """The function with its argument; `plain` without an exponent before it."""
        following = self.tokens[self.position]
        if following.text == "(":
            return self.arguments(row, token)
        if following.text == "{" and plain:
            return self.call(row, (self.group(following),), token.start)
        if following.kind in ("number", "name", "form") or following.text in _ARGUMENT_SIGNS:
            return self.call(row, (self.bare_argument(token),), token.start)
        if following.text == "[":
            raise SyntaxFault("syntax-square-bracket", span=(following.start, following.end))
        key = "syntax-prime" if following.text == "'" else "syntax-argument"
        raise SyntaxFault(key, span=(token.start, token.end), function=token.text)

    def exponent(self) -> Node:
        """The exponent right after a function's name: a number, a name or a group, with a sign."""
        token = self.tokens[self.position]
        if token.text == "-":
            self.position += 1
            return self.call("neg", (self.nested(self.exponent),), token.start)
        if token.kind == "number" and token.text.isdigit():
            self.position += 1
            return Number(token.text, (token.start, token.end))
        if token.text in ("{", "("):
            return self.group(token)
        if token.kind == "name":
            self.position += 1
            return self.nested(lambda: self.named(token))
        raise self.missing_operand(token)

    def bare_argument(self, function: Token) -> Node:
        """The argument of `sin 2x cos x`: factors side by side, up to the next sign, bracket or function."""
        node = self.expression(SIGN)
        while True:
            token = self.tokens[self.position]
            if token.kind != "name" or (self.spec and token.text in ("and", "or")):
                break
            name = canonical_name(token.text)
            if name not in self.names and name not in CONSTANTS:
                if self.spec or not self.expand():
                    break
                continue
            node = self.binary("mul", node, self.expression(SIGN))
        previous = self.tokens[self.position - 1]
        if token.text == "(" and previous.kind == "number":  # sin 2(x+1): the bracket may be meant inside or outside
            raise SyntaxFault("syntax-bare-argument", span=(function.start, token.end), function=function.text,
                              number=previous.text)  # fmt: skip
        return node

    def arguments(self, function: str, token: Token) -> Node:
        """A function with its arguments in brackets."""
        opening = self.tokens[self.position]
        self.position += 1
        bars, self.bars = self.bars, 0
        items = [] if self.tokens[self.position].text == ")" else self.items()
        self.close(opening)
        self.bars = bars
        return self.call(function, tuple(items), token.start)

    def logarithm(self, token: Token) -> Node:
        """`log_2(x)`, `log₃ x`, `log_a x`, `\\log_{1/2} x`."""
        base = self.base(token)
        node = self.function("ln", token)

        def with_base(part: Node) -> Node:
            match part:
                case Call("ln", (argument,), span):
                    return Call("ln", (argument, base), span)
                case Call("pow", (logarithm, exponent), span):  # log_2^3 x
                    return Call("pow", (with_base(logarithm), exponent), span)
            return part

        return with_base(node)

    def base(self, token: Token) -> Node:
        """The base written below the sign of a logarithm."""
        place = (token.start, token.end)
        found = _BASE.fullmatch(token.text)
        above, below, name = found.groups() if found else (None, None, token.text)
        if above:
            number = Number(canonical_name(above).replace(",", "."), place)
            return Call("div", (number, Number(below, place)), place) if below else number
        canonical = canonical_name(name)
        if canonical in self.names or canonical in CONSTANTS or self.spec:
            return Name(canonical, place)
        raise unknown_name(name, place, self.names)
