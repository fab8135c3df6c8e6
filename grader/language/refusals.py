"""What is said where a text breaks off or goes on with something that does not belong there."""

from __future__ import annotations

from grader.errors import Message, SyntaxFault
from grader.language.scan import Token

COMPARISONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
CLOSING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}


def missing_operand(token: Token, before: Token | None) -> SyntaxFault:
    """The refusal of `token` where a number, a name or a bracket should be."""
    span = (token.start, token.end)
    if token.kind == "end":
        return SyntaxFault("syntax-end", span=span, before=shown(before) if before else "")
    if token.text == "'" and before is None:
        hint = Message("syntax-hint-quotes")
        return SyntaxFault("syntax-character", span=span, text="'", hint=hint)
    if before and CLOSING.get(before.text) == token.text:
        return SyntaxFault("syntax-empty-brackets", span=(before.start, token.end))
    if token.text in CLOSING.values() and not before:
        return SyntaxFault("syntax-unopened", span=span, bracket=token.text)
    if token.text in COMPARISONS:
        return SyntaxFault("syntax-equation", span=span, found=token.text)
    return SyntaxFault("syntax-operand", span=span, found=shown(token))


def unexpected(token: Token, before: Token | None) -> SyntaxFault:
    """The refusal of a token where the expression should end or go on with an operator."""
    span = (token.start, token.end)
    if token.kind == "end":
        return missing_operand(token, before)
    if token.kind == "below":
        return SyntaxFault("syntax-norm-index", span=span, index=token.text)
    if token.text in CLOSING.values():
        return SyntaxFault("syntax-unopened", span=span, bracket=token.text)
    if token.text in COMPARISONS:
        return SyntaxFault("syntax-equation", span=span, found=token.text)
    if token.text in (",", ";"):
        return SyntaxFault("syntax-list", span=span, sign=token.text)
    return SyntaxFault("syntax-unexpected", span=span, found=shown(token))


def not_closed(opening: Token, token: Token) -> SyntaxFault | None:
    """The refusal of `token` where the bracket `opening` should be closed; None where it is no bracket."""
    wanted = CLOSING[opening.text]
    if token.kind == "end":
        return SyntaxFault("syntax-unclosed", span=(opening.start, opening.end), bracket=opening.text, closing=wanted)
    if token.text in CLOSING.values():
        return SyntaxFault("syntax-wrong-bracket", span=(token.start, token.end), opened=opening.text,
                           closed=token.text, wanted=wanted)  # fmt: skip
    return None


def shown(token: Token) -> str:
    """A token as it may be quoted to its author."""
    if token.kind == "form":
        return "\\" + {"det": "begin", "norm": "begin"}.get(token.text, token.text)
    return {"|<": "|", ">|": "|", "‖<": "‖", ">‖": "‖"}.get(token.text, token.text)
