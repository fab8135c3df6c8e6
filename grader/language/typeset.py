"""Tree → LaTeX, as a good textbook prints it.

One walk with the strength of binding of every piece: brackets appear only where a piece binds too weakly for
its place. What a function looks like stands in its row of the table of primitives; here are the operators.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from grader.language.characters import GREEK
from grader.language.nodes import Array, Call, Index, Name, Node, Number
from grader.language.numerals import (
    array_latex,
    matrix_latex,
    name_latex,
    number_latex,
    number_text,
    scientific,
)
from grader.language.plaintext import to_text
from grader.language.primitives import PRIMITIVES

__all__ = ["array_latex", "name_latex", "number_latex", "number_text", "to_latex", "to_text"]

OR, AND, NOT, RELATION, SUM, SIGN, ENTRYWISE, PRODUCT, FRACTION, POWER, ATOM = range(11)

_BINARY = {"or": OR, "and": AND, **dict.fromkeys(("eq", "ne", "lt", "le", "gt", "ge"), RELATION)}
_TEX_OPERATOR = re.compile(r"\\(arc)?(sinh?|cosh?|tanh?|coth?|sec|csc|ln|log|det)(?![a-z])")
"""Commands of TeX that need no brackets: `\\sin x`, `\\sin^2 x`."""
_TALL = re.compile(r"\^|\\frac|\\begin|\\left|\\sqrt")
_LAYOUTS = {
    "grad": r"\nabla_{{{1}}} {0}",
    "diff": r"\frac{{d}}{{d {1}}} {0}",
    "jacobian": r"\frac{{\partial {0}}}{{\partial {1}}}",
    "hessian": r"\nabla^2_{{{1}}} {0}",
}
_OTHERWISE = {"en": "otherwise", "ru": "иначе"}


class _Piece(NamedTuple):
    """Typeset text; `end` tells how it ends, for what may stand right after it."""

    text: str
    strength: int
    end: str = ""  # "name", "word" (upright), "open" (a function whose argument has no brackets)


def to_latex(
    node: Node,
    language: str = "en",
    values: Mapping[str, ArrayLike] | None = None,
    symbols: Mapping[str, str] | None = None,
) -> str:
    """The tree in LaTeX; names in `values` are replaced by their number or array (without batch axis).

    `symbols` print names and functions of a file otherwise than they are spelled: `dy` as `y'`.
    """
    return _Typesetter(language, values or {}, symbols or {}).piece(node).text


class _Typesetter:
    def __init__(self, language: str, values: Mapping[str, ArrayLike], symbols: Mapping[str, str]) -> None:
        self.language, self.values, self.symbols = language, values, symbols
        self.separator = r";\ " if language == "ru" else r",\ "
        self.operators: dict[str, Callable[..., _Piece]] = {
            "add": self.sum, "sub": self.difference, "neg": self.negative, "mul": self.product,
            "div": self.fraction, "pow": self.power, "transpose": self.transpose, "inv": self.inverse,
            "if": self.choice, "not": self.negation,
            "emul": lambda left, right: self.entrywise(r"\odot", left, right),
            "ediv": lambda left, right: self.entrywise(r"\oslash", left, right),
            "kron": lambda left, right: self.entrywise(r"\otimes", left, right),
            "identity": lambda _: _Piece("I", ATOM, "name"),
            "epow": lambda base, exponent: self.raised(self.piece(base), rf"\circ {self.script(exponent)}"),
        }  # fmt: skip

    def piece(self, node: Node) -> _Piece:
        match node:
            case Number(text):
                return self.number(text)
            case Name(name):
                return self.name(name)
            case Index(base, indices):
                return _Piece(name_latex(base, tuple(self.script(part) for part in indices)), ATOM, "name")
            case Array(items):
                rows = [row.items if isinstance(row, Array) else (row,) for row in items]
                return _Piece(matrix_latex([[self.piece(entry).text for entry in row] for row in rows]), ATOM)
            case Call(op, args):
                if (bare := _without_sign(node)) is not None:
                    return self.negative(bare)
                if op in self.operators:
                    return self.operators[op](*args)
                if op in _BINARY:
                    return self.relation(op, *args)
                return self.function(op, args)
        raise TypeError(node)

    def at(self, node: Node, least: int) -> _Piece:
        """The piece, in brackets if it binds weaker than its place asks."""
        piece = self.piece(node)
        return piece if piece.strength >= least else _Piece(_brackets(piece.text), ATOM)

    # ----- Leaves -------------------------------------------------------------------------------------------

    def number(self, text: str) -> _Piece:
        digits, _, exponent = text.lower().partition("e")
        digits = digits.removesuffix(".")
        power = int(exponent or 0)
        latex = scientific(f"0{digits}" if digits.startswith(".") else digits, power, self.language)
        return _Piece(latex, ATOM if not power else POWER if digits == "1" else PRODUCT)

    def name(self, name: str) -> _Piece:
        if name in self.symbols:
            return _Piece(self.symbols[name], FRACTION if r"\frac" in self.symbols[name] else ATOM, "word")
        if name not in self.values:
            latex = name_latex(name)
            return _Piece(latex, ATOM, "word" if latex.startswith(r"\mathrm") else "name")
        value = np.asarray(self.values[name], dtype=float)
        if value.ndim:
            rows = value if value.ndim == 2 else value[:, None]
            return _Piece(array_latex(rows, self.language), ATOM)
        text = number_latex(float(value), self.language)
        if text.startswith("-"):
            return _Piece(text, SIGN)
        return _Piece(text, PRODUCT if r"\cdot" in text else POWER if "^" in text else ATOM)

    # ----- Sums and products --------------------------------------------------------------------------------

    def sum(self, left: Node, right: Node) -> _Piece:
        last = self.piece(right)
        text = _brackets(last.text) if last.strength < SUM or last.text.startswith("-") else last.text
        return _Piece(f"{self.at(left, SUM).text} + {text}", SUM)

    def difference(self, left: Node, right: Node) -> _Piece:
        return _Piece(f"{self.at(left, SUM).text} - {self.at(right, ENTRYWISE).text}", SUM)

    def negative(self, node: Node) -> _Piece:
        return _Piece(f"-{self.at(node, ENTRYWISE).text}", SIGN)

    def product(self, left: Node, right: Node) -> _Piece:
        first = self.at(left, PRODUCT)
        associative = isinstance(right, Call) and right.op == "mul"  # A(BC) needs no brackets
        second = self.at(right, PRODUCT if associative else FRACTION)
        return _Piece(f"{first.text}{_between(first, second)}{second.text}", PRODUCT, second.end)

    def entrywise(self, sign: str, left: Node, right: Node) -> _Piece:
        return _Piece(f"{self.at(left, ENTRYWISE).text} {sign} {self.at(right, FRACTION).text}", ENTRYWISE)

    def fraction(self, upper: Node, lower: Node) -> _Piece:
        return _Piece(rf"\frac{{{self.piece(upper).text}}}{{{self.piece(lower).text}}}", FRACTION)

    # ----- Powers -------------------------------------------------------------------------------------------

    def power(self, base: Node, exponent: Node) -> _Piece:
        minus_one = exponent == Call("neg", (Number("1"),))
        if minus_one and isinstance(base, Call) and base.op == "transpose":
            return self.inverse(base)
        match base, exponent:
            case Call(op, (argument,)), Number(text) if text.isdigit() and _needs_no_brackets(op):
                return self.applied(f"{self.command(op)}^{_braced(text)}", (argument,), bare=True)
        return self.raised(self.piece(base), self.script(exponent))

    def raised(self, base: _Piece, script: str) -> _Piece:
        text = base.text if base.strength > POWER else _brackets(base.text)
        return _Piece(f"{text}^{_braced(script)}", POWER)

    def transpose(self, node: Node) -> _Piece:
        match node:
            case Call("inv", (inner,)) | Call("pow", (inner, Call("neg", (Number("1"),)))):
                return self.raised(self.piece(inner), r"-\top")
        return self.raised(self.piece(node), r"\top")

    def inverse(self, node: Node) -> _Piece:
        if isinstance(node, Call) and node.op == "transpose":
            return self.raised(self.piece(node.args[0]), r"-\top")
        return self.raised(self.piece(node), "-1")

    def script(self, node: Node) -> str:
        """An exponent or an index: set tightly, short fractions with a slash."""
        match node:
            case Call("div", (Number() | Call("neg", (Number(),)), Number()) as parts):
                return "/".join(self.piece(part).text for part in parts)
            case Call("neg", (Call("div", (Number(), Number())) as inner,)):
                return f"-{self.script(inner)}"
        return re.sub(r" ([-+]) ", r"\1", self.piece(node).text)

    # ----- Functions ----------------------------------------------------------------------------------------

    def command(self, op: str) -> str:
        """The column of the table for this language, or the name of a function of the spec."""
        row = PRIMITIVES.get(op)
        if row is None:
            return self.symbols.get(op) or _LAYOUTS.get(op) or name_latex(op)
        latex = (row.latex_ru if self.language == "ru" else "") or row.latex
        return latex if "{0}" in latex else latex.format()

    def function(self, op: str, args: tuple[Node, ...]) -> _Piece:
        command = self.command(op)
        if "{0}" in command and op not in self.symbols:
            return self.laid_out(command, args)
        if op == "ln" and len(args) == 2:
            base = self.script(args[1])
            return self.applied(rf"\log_{{{base}}}", args[:1], bare=True)
        return self.applied(command, args, bare=_needs_no_brackets(op))

    def laid_out(self, layout: str, args: tuple[Node, ...]) -> _Piece:
        open_slot = layout.endswith("{0}")  # nothing closes the last argument
        least = [FRACTION if open_slot else OR] + [OR] * len(args)
        text = layout.format(*(self.at(*slot).text for slot in zip(args, least, strict=False)))
        if open_slot:
            return _Piece(text, PRODUCT, "open")
        return _Piece(text, ATOM if layout.startswith(r"\left") else POWER if "^" in layout else FRACTION)

    def applied(self, command: str, args: tuple[Node, ...], bare: bool) -> _Piece:
        """`bare`: one symbol or number needs no brackets."""
        pieces = [self.piece(arg) for arg in args]
        alone = len(args) == 1 and isinstance(args[0], Name | Number | Index)
        if bare and alone and pieces[0].strength == ATOM:
            return _Piece(f"{command} {pieces[0].text}", FRACTION, "open")
        if len(args) == 1 and isinstance(args[0], Array) and not _is_letter(command):  # it has brackets of its own
            return _Piece(f"{command} {pieces[0].text}", FRACTION if bare else ATOM)
        text = _brackets(self.separator.join(piece.text for piece in pieces))
        return _Piece(command + text, FRACTION if bare else ATOM)

    # ----- Conditions ---------------------------------------------------------------------------------------

    def relation(self, op: str, left: Node, right: Node) -> _Piece:
        least = _BINARY[op]
        first, second = self.at(left, least), self.at(right, least + 1)
        return _Piece(f"{first.text} {self.command(op)} {second.text}", least)

    def negation(self, node: Node) -> _Piece:
        return _Piece(rf"{self.command('not')} {self.at(node, SUM).text}", NOT)

    def choice(self, condition: Node, then: Node, otherwise: Node) -> _Piece:
        first, test, second = (self.piece(part).text for part in (then, condition, otherwise))
        word = _OTHERWISE[self.language]
        rows = rf"{first}, & {test} \\ {second}, & \text{{{word}}}"
        return _Piece(rf"\begin{{cases}} {rows} \end{{cases}}", FRACTION)


def _is_letter(command: str) -> bool:
    """Is the function named by a Greek letter, which would look like a factor before a matrix."""
    return command.removeprefix("\\") in GREEK.values()


def _needs_no_brackets(op: str) -> bool:
    return op in PRIMITIVES and bool(_TEX_OPERATOR.match(PRIMITIVES[op].latex))


def _without_sign(node: Call) -> Node | None:
    """A product or quotient that begins with a minus, without it: the minus goes before the fraction."""
    if node.op not in ("mul", "div", "emul", "ediv"):
        return None
    head, *rest = node.args
    if isinstance(head, Call):
        inner = head.args[0] if head.op == "neg" else _without_sign(head)
        if inner is not None:
            return Call(node.op, (inner, *rest))
    return None


def _between(left: _Piece, right: _Piece) -> str:
    """What stands between two factors: nothing, a space, or a dot where juxtaposition would be misread."""
    last, first = left.text[-1], right.text[0]
    bracket = right.text.startswith(("(", r"\left("))
    dot = (
        first.isdigit()
        or left.text in ("1", "-1")
        or (last.isdigit() and right.text.startswith(r"\frac"))
        or (bracket and (left.end in ("name", "word") or right.text.startswith(("(-", r"\left(-"))))
        or "word" in (left.end, right.end)
        or (left.end == "open" and not _TEX_OPERATOR.match(right.text))
    )
    if dot:
        return r" \cdot "
    return " " if last.isalpha() and first.isalpha() else ""


def _brackets(text: str) -> str:
    return rf"\left({text}\right)" if _TALL.search(text) else f"({text})"


def _braced(script: str) -> str:
    return script if len(script) == 1 and script.isdigit() else f"{{{script}}}"
