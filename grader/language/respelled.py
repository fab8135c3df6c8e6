"""Words that stand for others, replaced before they are read: `xy` is x·y, `X` is x, `I_n` is I, `d(X)` is dX."""

from __future__ import annotations

from grader.language.cursor import Cursor
from grader.language.lexer import canonical_name
from grader.language.primitives import CONSTANTS
from grader.language.scan import Token
from grader.language.words import capital_function, segments
from grader.patterns import pattern

_SIZED_IDENTITY = pattern(r"([IE](?:_(?:\{\w\}|\w)|[₀-₉ₐ-ₜ]))(\w*)")
_TRANSPOSES = {"^", "{", "}", "T", "'", "⊤"}


def respelled(cursor: Cursor) -> bool:
    """Replace the unknown word here by what it stands for, if it stands for something."""
    return _differential(cursor) or _identity(cursor) or expand(cursor) or recased(cursor) or _times(cursor)


def expand(cursor: Cursor) -> bool:
    """Replace the word here by the words it is made of, if it is made of several."""
    token = cursor.tokens[cursor.position]
    if token.end - token.start != len(token.text):  # \hat{x}: one name, however it is spelled
        return False
    words = segments(token.text, cursor.words)
    if words is None or len(words) < 2:
        return False
    start, pieces = token.start, []
    for part in words:
        kind = "number" if part[0].isdigit() else "name"
        pieces.append(Token(kind, part, start, start + len(part)))
        start += len(part)
    cursor.tokens[cursor.position : cursor.position + 1] = pieces
    return True


def recased(cursor: Cursor) -> bool:
    """Replace the name here by the only known one that differs from it in case alone, as a phone begins a line."""
    token = cursor.tokens[cursor.position]
    if capital_function(token.text) is not None:
        return False
    folded = canonical_name(token.text).casefold()
    meant = [name for name in {*cursor.names, *CONSTANTS} if name.casefold() == folded]
    if len(meant) != 1:
        return False
    cursor.tokens[cursor.position] = Token("name", meant[0], token.start, token.end)
    return True


def _times(cursor: Cursor) -> bool:
    """Step over the x of `3.67x10^2` and `16 x 220` where there are no names: it is a sign of multiplication there."""
    token, previous = cursor.tokens[cursor.position], cursor.before()
    following = cursor.tokens[cursor.position + 1]
    if cursor.names or previous is None or not (previous.kind == "number" or previous.text == ")"):
        return False
    digits = token.text[1:]
    if token.text[:1] not in ("x", "X") or not (digits.isdecimal() or (not digits and following.kind == "number")):
        return False
    behind = bool(digits) and following.kind == "number" and following.start == token.end  # the .5 of x0.5
    whole = Token("number", digits + following.text * behind, token.start + 1, (following if behind else token).end)
    cursor.tokens[cursor.position : cursor.position + 1 + behind] = [whole] if digits else []
    return True


def _identity(cursor: Cursor) -> bool:
    """Replace the `I_n` here, or `eye(n)`, by I: its size is the one that fits. In `I_nX` a factor follows."""
    at, tokens = cursor.position, cursor.tokens
    token = tokens[at]
    if "I" not in cursor.words:
        return False
    match tokens[at : at + 4]:
        case [Token(_, "eye"), Token(_, "("), Token("name" | "number"), Token(_, ")") as closing]:
            tokens[at : at + 4] = [Token("name", "I", token.start, closing.end)]
            return True
    sized = _SIZED_IDENTITY.fullmatch(token.text)
    if sized is None or segments(sized[2], cursor.words) is None:
        return False
    end = token.end - len(sized[2])
    rest = [Token("name", sized[2], end, token.end)] if sized[2] else []
    tokens[at : at + 1] = [Token("name", "I", token.start, end), *rest]
    return True


def _differential(cursor: Cursor) -> bool:
    """Replace the upright d of `\\mathrm{d}X`, `d(X)` and `d(X^T)` and its name by the declared name dX."""
    at, tokens = cursor.position, cursor.tokens
    if tokens[at].text != "d":
        return False
    if tokens[at + 1].text == "}" and tokens[at + 2].kind == "name":  # {\rm d}X
        tokens[at + 1 : at + 3] = [tokens[at + 2], tokens[at + 1]]
    here = at + 1 + (tokens[at + 1].text == "(")
    name = canonical_name(f"d{tokens[here].text}")
    if tokens[here].kind != "name" or name not in cursor.names:
        return False
    if here > at + 1:
        end = here + 1
        while tokens[end].text in _TRANSPOSES:
            end += 1
        if tokens[end].text != ")":
            return False
    tokens[here] = Token("name", name, tokens[here].start, tokens[here].end)
    del tokens[at]
    return True
