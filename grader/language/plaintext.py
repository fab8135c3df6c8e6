"""Tree → text of the language: what the parser reads back as the same tree."""

from __future__ import annotations

from grader.language.nodes import Array, Call, Index, Name, Node, Number
from grader.language.relations import SIGNS

OR, AND, NOT, RELATION, SUM, SIGN, PRODUCT, FACTOR, POWER, ATOM = range(10)

_INFIX = {
    "add": (" + ", SUM, SUM, SIGN), "sub": (" - ", SUM, SUM, SIGN),
    "mul": ("*", PRODUCT, PRODUCT, FACTOR), "div": ("/", PRODUCT, PRODUCT, FACTOR),
    "emul": (" .* ", PRODUCT, PRODUCT, FACTOR), "ediv": (" ./ ", PRODUCT, PRODUCT, FACTOR),
    "pow": ("^", POWER, ATOM, POWER), "epow": (".^", POWER, ATOM, POWER),
    "and": (" and ", AND, AND, NOT), "or": (" or ", OR, OR, AND),
    **{op: (f" {sign} ", RELATION, RELATION, SUM) for op, sign in SIGNS.items()},
}  # fmt: skip
"""Sign, strength of the result, and the least strength of the left and the right side."""


def to_text(node: Node) -> str:
    """The tree as text that parses back to it, up to the place of a minus before a product."""
    return _text(node)[0]


def _text(node: Node) -> tuple[str, int]:
    match node:
        case Number(text) | Name(text):
            return text, ATOM
        case Index(base, indices):
            return f"{base}[{', '.join(map(to_text, indices))}]", ATOM
        case Array(items):
            grouping = len(items) == 1 and not isinstance(items[0], Array)  # [x]*y is read as x*y, ([x])*y is not
            return _array_text(items), OR if grouping else ATOM
        case Call("neg", (inner,)):
            text, strength = _text(inner)
            shown = _bracketed(text, strength, PRODUCT, sign=False)
            return f"-{shown}", SIGN if shown == text and strength < POWER else PRODUCT  # -a*b is (-a)*b
        case Call("not", (inner,)):
            return f"not {_text_at(inner, RELATION)}", NOT
        case Call("transpose", (inner,)):
            return f"{_text_at(inner, ATOM)}'", ATOM
        case Call("pow" | "epow" as op, (left, Call("transpose", (right,)))):  # the prime of x^2' is the power's
            return f"{_text_at(left, ATOM)}{_INFIX[op][0]}transpose({to_text(right)})", POWER
        case Call(op, (left, right)) if op in _INFIX:
            sign, strength, least, least_right = _INFIX[op]
            return f"{_text_at(left, least)}{sign}{_text_at(right, least_right, sign=False)}", strength
        case Call(op, args):
            return f"{op}({', '.join(map(to_text, args))})", ATOM
    raise TypeError(node)


def _text_at(node: Node, least: int, sign: bool = True) -> str:
    return _bracketed(*_text(node), least, sign)


def _bracketed(text: str, strength: int, least: int, sign: bool) -> str:
    """The text; in brackets if it binds weaker than `least`, or begins with a minus where none may stand."""
    return text if strength >= least and (sign or text[0] != "-") else f"({text})"


def _array_text(items: tuple[Node, ...]) -> str:
    rows = [row.items for row in items if isinstance(row, Array)]
    if len(rows) > 1 and len(rows[0]) > 1:
        return f"[{'; '.join(', '.join(map(to_text, row)) for row in rows)}]"
    return f"[{', '.join(map(to_text, items))}]"
