"""Text → tokens, for everything people type: ASCII maths, Unicode signs, decimal commas and pasted LaTeX.

Spans are places in the text as typed: characters are replaced one by one, never removed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.errors import Message, SyntaxFault
from grader.language.primitives import FUNCTIONS, PRIMITIVES

MAX_LENGTH = 10_000

GREEK = dict(zip(
    "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩςϵϑϕϱ",
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega sigma epsilon theta phi rho".split(),
    strict=True,
))  # fmt: skip
_GREEK_COMMANDS = {*GREEK.values(), "varepsilon", "vartheta", "varphi", "varrho"}

_REPLACE = str.maketrans(
    {
        **dict.fromkeys("−–—‐‑‒―﹣⁃", "-"), **dict.fromkeys("·×⋅∙•∗✕✖⨯", "*"), **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n", " "),
        **dict.fromkeys("′’‘ʹ´`", "'"), **dict.fromkeys("ˆ＾", "^"), **dict.fromkeys("∥", "‖"), "∘": "⊙", "∣": "|",
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, "µ": "μ", "∑": "Σ", "Ω": "Ω",
        "⁢": " ", "\u200b": " ", "\ufeff": " ", "⟂": "⊤", "＝": "=",
    }
)  # fmt: skip

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣᵀ", "0123456789+-()nxT", strict=True))
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_LOOKALIKES = dict(zip("АВЕКМНОРСТХаеорсухіІЈј", "ABEKMHOPCTXaeopcyxiIJj", strict=True))

_TOKEN = re.compile(
    r"""
    (?P<space>[ ]+)
  | (?P<number>(?:[0-9]+(?:\.(?![*/^'T])[0-9]*|\{,\}[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>[A-Za-zͰ-Ͽ][A-Za-zͰ-Ͽ0-9₀-₉]*(?:_(?:[0-9]+|[A-Za-zͰ-Ͽ]+[0-9]*|\{[^{}\\]*\}))?)
  | \\(?P<command>[A-Za-z]+|[,;:!\ \\|{}()\[\]]?)
  | (?P<op>\*\*|\.\*|\./|\.\^|\.T(?![A-Za-z])|[<>!=]=|[-+*/^'()\[\]{},;|‖@⊙√=<>≤≥≠&⊤])
  | (?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣᵀ]+)
    """,
    re.VERBOSE,
)  # fmt: skip

_OPERATORS = {"**": "^", "@": "*", "==": "=", "≤": "<=", "≥": ">=", "≠": "!=", ".T": "'", "⊙": ".*"}

_LATEX_OPERATORS = {
    "cdot": "*", "times": "*", "ast": "*", "bullet": "*", "div": "/", "odot": ".*", "circ": ".*", "vert": "|",
    "lvert": "|<", "rvert": ">|", "mid": "|", "Vert": "‖", "lVert": "‖<", "rVert": ">‖", "|": "‖", "parallel": "‖",
    "top": "⊤", "intercal": "⊤", "prime": "'", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "ne": "!=", "neq": "!=",
    "lbrack": "[", "rbrack": "]", "\\": "\\\\", "lt": "<", "gt": ">",
}  # fmt: skip
_LATEX_SPACE = {*", ; : !".split(), " ", "", "quad", "qquad", "displaystyle", "textstyle", "limits", "thinspace", "(", ")", "[", "]"}
_LATEX_WRAPPERS = {"operatorname", "mathrm", "mathbf", "mathit", "mathsf", "text", "textrm", "boldsymbol", "bm", "vec", "mathcal"}
_LATEX_FORMS = {"frac", "dfrac", "tfrac", "cfrac", "sqrt"}
_LATEX_ACCENTS = {"hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde"}
_SUBSCRIPT = re.compile(r"\s*_\s*([0-9]|[A-Za-z]|\{[^{}]*\})")
_WRAPPED = re.compile(r"\*?\s*(?:\{\s*\\?([A-Za-zͰ-Ͽ0-9]+)\s*\}|([A-Za-z]))")
_ENVIRONMENT = re.compile(r"\s*\{\s*([a-zA-Z]+)\*?\s*\}(?:\s*\{[lcr| ]*\})?")


class Token(NamedTuple):
    """`kind` is number, name, op, form (LaTeX) or end; `text` is normalised."""

    kind: str
    text: str
    start: int
    end: int


def canonical_name(text: str) -> str:
    """One spelling for a name: `x_1`, `x₁`, `x_{1}` → `x1`; Greek letters by name; `y_{true}` → `y_true`."""
    if text.isascii() and "_" not in text:
        return text
    text = text.translate(_SUBSCRIPTS)
    head, _, tail = text.partition("_")
    tail = re.sub(r"[\s{},]", "", tail)
    head = "".join(GREEK.get(letter, letter) for letter in head)
    tail = "".join(GREEK.get(letter, letter) for letter in tail)
    return head + tail if not tail or tail[0].isdigit() else f"{head}_{tail}"


def tokenize(text: str, comma: str = "auto") -> list[Token]:
    """Tokens of the text, with one of kind `end` last; raises SyntaxFault with the place and the cure.

    `comma` between digits without spaces: "decimal", "list", or "auto" (decimal outside square brackets and
    outside the arguments of a function of several arguments).
    """
    if len(text) > MAX_LENGTH:
        raise SyntaxFault("syntax-too-long", length=len(text), limit=MAX_LENGTH)
    source = text.translate(_REPLACE)
    if "$" in source:
        source = source.replace("$", " ")
    return _Lexer(source, comma).run()


class _Lexer:
    def __init__(self, source: str, comma: str) -> None:
        self.source, self.comma = source, comma
        self.tokens: list[Token] = []
        self.brackets: list[str] = []  # "[", "(" grouping, "f" arguments of a function of several

    def run(self) -> list[Token]:
        source, tokens, position, length = self.source, self.tokens, 0, len(self.source)
        match = _TOKEN.match
        while position < length:
            found = match(source, position)
            if found is None:
                raise self.unreadable(position)
            kind, end = found.lastgroup, found.end()
            if kind == "number":
                end = self.number(position, end)
            elif kind == "name":
                tokens.append(Token("name", found[0], position, end))
            elif kind == "op":
                self.operator(_OPERATORS.get(found[0], found[0]), position, end)
            elif kind == "command":
                end = self.command(found["command"], position, end)
            elif kind == "power":
                self.superscript(found[0], position, end)
            position = end
        tokens.append(Token("end", "", length, length))
        return tokens

    def number(self, start: int, end: int) -> int:
        source = self.source
        text = source[start:end].replace("{,}", ".")
        if end < len(source):
            following = source[end]
            if following == "," and text.isdigit() and self.decimal_comma():
                tail = re.match(r"[0-9]+(?:[eE][+-]?[0-9]+)?(?![.,0-9])", source[end + 1 :])
                if tail:
                    text, end = f"{text}.{tail[0]}", end + 1 + tail.end()
                    following = source[end : end + 1]
            if following.isdigit() or (following == "." and source[end : end + 2] not in (".*", "./", ".^", ".T")):
                raise SyntaxFault("syntax-number", span=(start, end + 1), text=source[start : end + 1])
        self.tokens.append(Token("number", text, start, end))
        return end

    def decimal_comma(self) -> bool:
        if self.comma != "auto":
            return self.comma == "decimal"
        return not self.brackets or self.brackets[-1] == "("

    def operator(self, text: str, start: int, end: int) -> None:
        if text in ("(", "["):
            self.brackets.append(self.opening(text))
        elif text in (")", "]") and self.brackets:
            self.brackets.pop()
        self.tokens.append(Token("op", text, start, end))

    def opening(self, text: str) -> str:
        previous = self.tokens[-1] if self.tokens else None
        if text == "(" and previous and previous.kind == "name":
            row = PRIMITIVES.get(FUNCTIONS.get(previous.text, ""))
            return "f" if row and row.arity[1] > 1 else "("
        return text

    def superscript(self, text: str, start: int, end: int) -> None:
        """`x²` is `x^2`; `x⁵⁺³` is `x^(5+3)`; `Aᵀ` is `A^T`."""
        inner = "".join(SUPERSCRIPTS[sign] for sign in text)
        put = self.tokens.append
        put(Token("op", "^", start, start))
        put(Token("op", "{", start, start))
        for found in re.finditer(r"[0-9]+|[nx]|T|[-+()]", inner):
            sign = found[0]
            kind = "number" if sign.isdigit() else "name" if sign.isalpha() else "op"
            put(Token(kind, sign, start + found.start(), start + found.end()))
        put(Token("op", "}", end, end))

    # ----- LaTeX -------------------------------------------------------------------------------------------------

    def command(self, name: str, start: int, end: int) -> int:
        """One backslash command; returns where reading goes on."""
        if not name and end >= len(self.source):
            raise SyntaxFault("syntax-character", span=(start, start + 1), text="\\", hint="")
        put = self.tokens.append
        if name in _LATEX_OPERATORS:
            self.operator(_LATEX_OPERATORS[name], start, end)
        elif name in ("left", "right", "bigl", "bigr", "big", "Big", "Bigl", "Bigr", "bigg", "Bigg"):
            return self.delimiter(name, start, end)
        elif name in _LATEX_WRAPPERS or name in _LATEX_ACCENTS:
            return self.wrapped(name, start, end)
        elif name in ("begin", "end"):
            return self.environment(name, start, end)
        elif name in _LATEX_FORMS:
            put(Token("form", "frac" if name.endswith("frac") else name, start, end))
        elif name in FUNCTIONS or name in _GREEK_COMMANDS:
            return self.letter(name, start, end)
        elif name not in _LATEX_SPACE:
            raise SyntaxFault("syntax-latex", span=(start, end), command=f"\\{name}")
        return end

    def delimiter(self, name: str, start: int, end: int) -> int:
        found = re.compile(r"\s*(\\?[|\[\](){}.‖]|\\[lr]?[vV]ert|\\[lr]brack)").match(self.source, end)
        if found is None:
            raise SyntaxFault("syntax-latex", span=(start, end), command=f"\\{name}")
        sign = found[1].removeprefix("\\")
        sign = {"lvert": "|", "rvert": "|", "vert": "|", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lbrack": "[",
                "rbrack": "]"}.get(sign, "‖" if found[1] == "\\|" else sign)  # fmt: skip
        if sign in "|‖":
            opening = {"left": True, "right": False}.get(name, name.endswith("l"))
            sign = f"{sign}<" if opening else f">{sign}"
        if sign != ".":
            self.operator(sign, start, found.end())
        return found.end()

    def wrapped(self, name: str, start: int, end: int) -> int:
        found = _WRAPPED.match(self.source, end)
        if found is None:
            raise SyntaxFault("syntax-latex", span=(start, end), command=f"\\{name}")
        accent = _LATEX_ACCENTS.get(name, "")
        return self.letter((found[1] or found[2]) + accent, start, found.end())

    def letter(self, name: str, start: int, end: int) -> int:
        """A name given by a command, with the subscript that may follow."""
        name = name.removeprefix("var") if name in _GREEK_COMMANDS else name
        subscript = _SUBSCRIPT.match(self.source, end)
        if subscript:
            name, end = f"{name}_{subscript[1]}", subscript.end()
        self.tokens.append(Token("name", name, start, end))
        return end

    def environment(self, name: str, start: int, end: int) -> int:
        found = _ENVIRONMENT.match(self.source, end)
        if found is None or not (found[1].endswith("matrix") or found[1] == "array"):
            raise SyntaxFault("syntax-latex", span=(start, end), command=f"\\{name}")
        self.tokens.append(Token("form", name, start, found.end()))
        self.brackets.append("[") if name == "begin" else self.brackets and self.brackets.pop()
        return found.end()

    def unreadable(self, position: int) -> SyntaxFault:
        letter = self.source[position]
        span = (position, position + 1)
        latin = _LOOKALIKES.get(letter)
        if latin:
            return SyntaxFault("syntax-cyrillic", span=span, letter=letter, latin=latin)
        if "а" <= letter.lower() <= "я" or letter in "ёЁ":
            word = re.match(r"\w+", self.source[position:])
            return SyntaxFault("syntax-cyrillic-word", span=span, word=word[0] if word else letter)
        hint = Message(f"syntax-hint-{_HINTS[letter]}") if letter in _HINTS else ""
        return SyntaxFault("syntax-character", span=span, text=letter, hint=hint)


_HINTS = {"!": "factorial", "%": "percent", "?": "question", '"': "quotes", "±": "plusminus", "∞": "infinity", ":": "colon",
          "#": "comment", "_": "underscore"}  # fmt: skip
