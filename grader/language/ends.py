"""Where what has no brackets may end: exponents (`e^2x`), denominators (`1/2x`), arguments of functions (`sin x e^x`).

Questions about the tokens that follow. Spaces count: people write together what belongs together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile
from math import gcd

from grader.language.nodes import Call, Name, Node, Number, names, walk
from grader.language.primitives import CONSTANTS
from grader.language.refusals import COMPARISONS
from grader.language.scan import Token

_OPENING = frozenset("(√∛[")
_EXPONENTS = frozenset("nmkp")
"""Letters that stand above in `x^2n`; in `x^2y` nobody means that."""


def begins(token: Token) -> bool:
    """Does a factor begin here that needs no sign before it."""
    return token.kind == "name" or token.text in _OPENING or (token.kind == "form" and token.text != "end")


def adjoining(tokens: Sequence[Token], at: int) -> bool:
    """No space stands before this token."""
    return at > 0 and tokens[at].start == tokens[at - 1].end


def numeric(node: Node) -> bool:
    """A number, or a product of numbers and constants: the coefficient of `2πx`."""
    return all(
        part.op in ("neg", "mul") if isinstance(part, Call) else isinstance(part, Number) or is_constant(part)
        for part in walk(node)
    )


def is_constant(node: Node) -> bool:
    """π or e."""
    return isinstance(node, Name) and node.name in CONSTANTS


# ----- Factors --------------------------------------------------------------------------------------------------------


def begins_a_factor(tokens: Sequence[Token], at: int, left: Node) -> bool:
    """A number behind another factor that is only a beginning: `e^x 2x`, `sin x 2^x`, `x^2 2^x`, `ln x 1/x`."""
    power = isinstance(left, Call) and left.op == "pow"
    if tokens[at - 1].kind == "number" and not power:
        return False
    sign, following = tokens[at + 1], tokens[min(at + 2, len(tokens) - 1)]
    if sign.text == "^":
        return power or following.kind != "number"
    if sign.text == "/":
        return following.kind == "name"
    return begins(sign) and adjoining(tokens, at + 1)


def like_an_index(tokens: Sequence[Token], at: int) -> bool:
    """This square bracket stands right behind its name, without `\\left` and without a comparison inside."""
    if not adjoining(tokens, at) or tokens[at].end - tokens[at].start > 1:
        return False
    inside = takewhile(lambda token: token.text != "]", tokens[at:])
    return not any(token.text in COMPARISONS for token in inside)


def opens_a_product(tokens: Sequence[Token], at: int) -> bool:
    """`<x, y>`, typed for `⟨x, y⟩`: no space within, a comma between the two, and no factor right behind."""
    if tokens[at].text != "<" or not adjoining(tokens, at + 1):
        return False
    depth, parted = 0, False
    for place in range(at + 1, len(tokens)):
        text = tokens[place].text
        depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
        if depth < 0:
            return False
        if depth == 0 and text == ">":
            behind = tokens[place + 1].kind == "number" or begins(tokens[place + 1])
            return parted and adjoining(tokens, place) and not (behind and adjoining(tokens, place + 1))
        parted = parted or (depth == 0 and text in (",", ";"))
    return False


# ----- Roots ----------------------------------------------------------------------------------------------------------


def root_goes_on(tokens: Sequence[Token], at: int, declared: Collection[str]) -> bool:
    """`√2x`, `√xy`, `√2(x+1)`: the factor may be meant below the root; not `√x(x+1)`, `√x√y`, `√xsin(x)`."""
    token, before = tokens[at], tokens[at - 1]
    if not adjoining(tokens, at):
        return False
    if token.kind != "name":
        return token.text == "(" and before.kind == "number"
    return before.kind in ("number", "name") and token.text in declared


# ----- Denominators ---------------------------------------------------------------------------------------------------


def last_factor(left: Node, before: Token | None) -> tuple[Node, ...] | None:
    """Of a product without brackets round it, `A x` before `.*`: all but its last factor, and that one."""
    if isinstance(left, Call) and left.op == "mul" and before is not None and not is_closing(before):
        return left.args
    return None


def goes_on(tokens: Sequence[Token], at: int) -> bool:
    """A further factor without a sign: `y .* A x`."""
    return begins(tokens[at])


def denominator_goes_on(tokens: Sequence[Token], at: int) -> bool:
    """`1/2x`, `1/2√x`, `1/(x+1)(x+2)`: the factor may be meant below the bar."""
    token = tokens[at]
    if token.start > tokens[at - 1].end or not begins(token):
        return False
    return token.text in "([" or tokens[at - 1].text not in (")", "]")


# ----- Exponents ------------------------------------------------------------------------------------------------------


def bracketed_exponent(tokens: Sequence[Token], at: int) -> bool:
    """Its end is clear: round or curly brackets, a small sign above; those of the token ½ nobody wrote."""
    token = tokens[at]
    if token.text not in ("(", "{"):
        return False
    return token.start in (token.end, tokens[at - 1].start) or tokens[at + 1].start > token.start


def is_closing(token: Token) -> bool:
    """A bracket that somebody wrote: of `x^(t')` the exponent is transposed."""
    return token.text in (")", "}") and token.end > token.start


def after_exponent(tokens: Sequence[Token], at: int, base: Node, exponent: Node) -> str:
    """The doubt about what follows an exponent without brackets; "" where it is clear that it has ended."""
    token = tokens[at]
    if token.kind == "end" or not adjoining(tokens, at) or not adjoining(tokens, at + 1):
        return "exponent-product" if adjoining(tokens, at) and _multiplied(token, base, exponent) else ""
    if token.text == "/":
        return "exponent-fraction" if _divided(tokens[at + 1], base, exponent) else ""
    if token.text in ("+", "-"):
        return "exponent-sum" if _counted(tokens, at + 1, exponent) else ""
    return "exponent-product" if _multiplied(token, base, exponent) else ""


def _growing(base: Node) -> bool:
    """A base whose exponents are formulas: e, or a number."""
    return isinstance(base, Number) or base == Name("e")


def _multiplied(token: Token, base: Node, exponent: Node) -> bool:
    """`e^2x`, `e^0.5t`, `2^xy`, `x^2n`; not `x^2y`, `e^x(x+1)`."""
    if not begins(token):
        return False
    if not _growing(base):
        return _whole(exponent) is not None and token.text in _EXPONENTS
    if token.text in "([":
        return numeric(exponent) and not isinstance(base, Number)
    return True


def _divided(below: Token, base: Node, exponent: Node) -> bool:
    """`x^1/2`, `x^-3/2`, `e^-x/2`, `x^n/2`; not `x^2/2`, which is half a square."""
    whole = _whole(exponent)
    if whole is not None:
        parts = int(below.text[:9]) if below.kind == "number" and below.text.isdigit() else 0
        return parts > 1 and gcd(whole, parts) == 1
    if below.kind == "number":
        return bool(names(exponent)) and (_growing(base) or isinstance(exponent, Name))
    return below.kind == "name" and _growing(base) and below.text not in names(exponent)


def _counted(tokens: Sequence[Token], at: int, exponent: Node) -> bool:
    """`x^n-1`, `e^2x+1`: a whole number that ends there."""
    number = tokens[at]
    if number.kind != "number" or not number.text.isdigit() or not names(exponent) - CONSTANTS.keys():
        return False
    following = tokens[at + 1]
    return following.text not in ("^", "/", "√") and not (begins(following) and adjoining(tokens, at + 1))


def _whole(node: Node) -> int | None:
    """The whole number that a literal is, maybe with a minus."""
    if isinstance(node, Call) and node.op == "neg":
        node = node.args[0]
    return int(node.text[:9]) if isinstance(node, Number) and node.text.isdigit() else None


# ----- Arguments ------------------------------------------------------------------------------------------------------


def argument_goes_on(
    tokens: Sequence[Token], at: int, coefficient: bool, repeated: bool
) -> tuple[bool, bool, bool] | None:
    """Whether the next factor belongs to an argument without brackets: at first, at the shortest, at the longest.

    None where no factor follows. `coefficient`: the argument is only a number so far; `repeated`: the factor is a
    variable that it has already.
    """
    token = tokens[at]
    if token.text == "*":
        return (False, False, True) if coefficient and begins(tokens[at + 1]) else None
    if not begins(token) or token.text == "[":
        return None
    apart = not adjoining(tokens, at)
    exponential = token.text == "e" and tokens[at + 1].text == "^"
    if token.kind == "name" and not exponential:
        return not (repeated and apart), not apart, True
    return coefficient and not apart, False, exponential or not apart or coefficient  # cos 4√x, ln 2e^x


# ----- Trees ----------------------------------------------------------------------------------------------------------


def untransposed(exponent: Node) -> tuple[Node, int]:
    """An exponent without the transposes at its end, and how many there were: in `X^-1'` the power is meant."""
    match exponent:
        case Call("transpose", (inner,)):
            inner, count = untransposed(inner)
            return inner, count + 1
        case Call("neg", (inner,), span):
            inner, count = untransposed(inner)
            return (Call("neg", (inner,), span) if count else exponent), count
    return exponent, 0


def mixed_number(whole: Node, part: Node) -> Node | None:
    """`1\\frac12` as a mixed number; None for other factors."""
    match whole, part:
        case Number(text, span), Call("div", (Number(above), Number(below))) if (text + above + below).isdigit():
            return Call("add", (whole, part), (span[0], part.span[1]))
        case Call("neg", (Number() as number,), span), _ if (sum_ := mixed_number(number, part)) is not None:
            return Call("neg", (sum_,), (span[0], part.span[1]))
    return None


def is_matrix(node: Node) -> bool:
    """It looks like one: a capital letter is in it."""
    return any(isinstance(part, Name) and part.name[:1].isupper() for part in walk(node))
