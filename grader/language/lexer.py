"""Text → tokens, for everything people type: ASCII maths, Unicode signs, decimal commas and pasted LaTeX.

Spans are places in the text as read, in which every character has its plain form (`characters.REPLACE`); the parser
turns them into places in the text as typed where these differ.
"""

from __future__ import annotations

import re

from grader.errors import Message, SyntaxFault
from grader.language.characters import ABOVE, ACCENTED, ACCENTS, BELOW, FRACTIONS, GREEK, REPLACE, latin
from grader.language.latex import read_command
from grader.language.literals import MAX_DIGITS, too_many_digits
from grader.language.scan import Scan, Token

MAX_LENGTH = 10_000

_LETTERS = f"A-Za-zͰ-Ͽ{''.join(ACCENTED)}"
_MARKS, _BELOW, _ABOVE = ("".join(signs) for signs in (ACCENTS, BELOW, ABOVE))
_DIGITS_ABOVE = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ ]+|(?<=[^ ])~
      |(?:np|numpy|math|torch|jnp|sp|sympy)\.(?:linalg\.)?(?:(?:float|int)[0-9]+(?=\()|(?=[A-Za-z]{{2}}|e\b)))
  | (?P<number>(?:[0-9]+(?:\.(?![*/^'T])[0-9]*|\{{,\}}[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)
  | (?P<name>[{_LETTERS}][{_LETTERS}{_MARKS}0-9{_BELOW}]*(?:_(?:[0-9]+|[A-Za-zͰ-Ͽ]+[0-9]*|\{{[^{{}}\\]*\}}))?)
  | \\(?P<command>[A-Za-z]+|[,;:!\ \\|{{}}()\[\]]?)
  | (?P<op>-⊤|\.dot(?=\()|\.transpose\(\)
      |\*\*|\.\*|\./|\.\^|\.T(?![A-Za-z])|[<>!=]=|:(?!=)|[-+*/^'()\[\]{{}},;|‖@⊙⊘⊗√∛=<>≤≥≠&⊤⌊⌋⌈⌉⟨⟩⋄])
  | (?P<power>[{_ABOVE}]+(?:(?<=[{_DIGITS_ABOVE}])[*.,][{_DIGITS_ABOVE}]+)?)
  | (?P<fraction>[{''.join(FRACTIONS)}])
  | (?P<below>_[ ]*(?:[A-Za-z0-9]|\{{[^{{}}]*\}})|[{_BELOW}]+)
    """,
    re.VERBOSE,
)  # fmt: skip

_DECIMAL_TAIL = re.compile(r",([0-9]+(?:[eE][+-]?[0-9]+)?)(?![0-9]|\.(?![*/^'T])|,(?! ))")
_GROUPED = re.compile(
    r"[1-9][0-9]{0,2}(?:(?:(?: [0-9]{3})+|(?:\\,[0-9]{3})+)(?![0-9]| [0-9])(?:[.,][0-9]+)?"
    r"|(?:,[0-9]{3}){2,}(?!,?[0-9])(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)(?![.,]?[0-9])"
)
"""`1 000`, `1 000 000,5`, `1,000,000`, `1,000.5`; one comma alone (`1,234`) is a decimal."""
_GROUPED_BY_UNDERSCORE = re.compile(r"(?:_[0-9]+)+")
_MANY_DIGITS = re.compile(rf"[0-9]{{{MAX_DIGITS + 1},}}")
_PERIODIC = re.compile(r"([0-9]{1,15})(?:[.,]|\{,\})([0-9]*)\(([0-9]{1,15})\)")

_OPERATORS = {"**": "^", ":": "/", "@": "*", "==": "=", "≤": "<=", "≥": ">=", "≠": "!=", ".T": "'", ".dot": "*",
              ".transpose()": "'", "⊙": ".*",
              "⊘": "./"}  # fmt: skip
_PLAIN = str.maketrans({**BELOW, **ACCENTS, **ACCENTED})
_LETTERS_BELOW = re.compile(rf"(?<!_)([{_BELOW[10:]}])")
_POWERS = re.compile("⁻ᵀ|ᵀ|(?:(?!⁻?ᵀ).)+")
_CLOSING_BARS = ("|", "‖", ">|", ">‖", "⟩")
_BEFORE_A_TERM = {"+", "-", "(", "{", ";", "=", "<", ">", "<=", ">="}


def canonical_name(text: str) -> str:
    """One spelling for a name: `x_1`, `x₁`, `x_{1}` → `x1`; Greek letters by name; `ŷ` → `yhat`, `xₙ` → `x_n`."""
    if text.isascii() and "_" not in text:
        return text
    text = _LETTERS_BELOW.sub(r"_\1", text, count=1).translate(_PLAIN)
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
    scan = Scan(latin(text.translate(REPLACE)), comma)
    if len(scan.source) > MAX_DIGITS and (digits := _MANY_DIGITS.search(scan.source)):
        raise too_many_digits(digits.span(), len(digits[0]))
    _read(scan)
    return scan.tokens


def _read(scan: Scan) -> None:
    """One pass over the text; LaTeX commands are read by `grader.language.latex`."""
    source, tokens, position, length = scan.source, scan.tokens, 0, len(scan.source)
    next_match = _TOKEN.match
    while position < length:
        match = next_match(source, position)
        if match is None:
            raise scan.unreadable(position)
        kind, end = match.lastgroup, match.end()
        if kind == "number":
            end = _number(scan, position, end)
        elif kind == "name":
            tokens.append(Token("name", match[0], position, end))
        elif kind == "op":
            if match[0] == "-⊤":
                end = _inverse_transpose(scan, position)
            else:
                scan.operator(_OPERATORS.get(match[0], match[0]), position, end)
        elif kind == "command":
            end = read_command(scan, match["command"], position, end)
        elif kind == "power":
            _superscript(scan, match[0], position)
        elif kind == "fraction":
            _fraction(scan, match[0], position, end)
        elif kind == "below":
            _below(scan, match[0], position, end)
        position = end
    tokens.append(Token("end", "", length, length))


# ----- Numbers and powers ---------------------------------------------------------------------------------------------


def _number(scan: Scan, start: int, end: int) -> int:
    """A number from `start`; returns where reading goes on."""
    source = scan.source
    text = source[start:end].replace("{,}", ".")
    following, comma = source[end] if end < len(source) else "", False
    if following in (" ", ",", "\\", "(", "{") and (special := _special_number(scan, start)):
        return special
    if following == "," and text.isdigit() and scan.decimal_comma():
        tail = _DECIMAL_TAIL.match(source, end)
        if tail:
            text, end, comma = f"{text}.{tail[1]}", tail.end(), True
            following = source[end : end + 1]
    if following.isdecimal() or (following == "." and source[end : end + 2] not in (".*", "./", ".^", ".T")):
        raise _bad_number(scan, start, end + 1)
    if following == "_" and (more := _GROUPED_BY_UNDERSCORE.match(source, end)):
        whole = source[start : more.end()]
        raise SyntaxFault("syntax-number-underscore", span=(start, more.end()), text=whole,
                          joined=whole.replace("_", ""))  # fmt: skip
    scan.put("number", text, start, end, comma)
    return end


def _special_number(scan: Scan, start: int) -> int | None:
    """`1 000 000` (digits in groups) and `0.(3)` (a period); None where it is an ordinary number."""
    if not scan.decimal_comma():
        return None
    periodic = _PERIODIC.match(scan.source, start)
    if periodic:
        whole, head, period = periodic.groups()
        if head:  # 0.1(6), or a product
            raise SyntaxFault("syntax-periodic", span=periodic.span(), text=periodic[0])
        below = 10 ** len(period) - 1
        _ratio(scan, str(int(whole) * below + int(period)), str(below), start, periodic.end())
        return periodic.end()
    grouped = _GROUPED.match(scan.source, start)
    if not grouped or (scan.tokens and scan.tokens[-1].text not in _BEFORE_A_TERM):
        return None
    digits = grouped[0].replace("\\,", " ")
    digits = digits.replace(" ", "").replace(",", ".") if " " in digits else digits.replace(",", "")
    scan.put("number", digits, start, grouped.end())
    return grouped.end()


def _bad_number(scan: Scan, start: int, end: int) -> SyntaxFault:
    """The refusal of `1.2.3`, and of `0.33...`."""
    if scan.source.startswith("...", end - 1):
        dots = Message("syntax-hint-dots")
        return SyntaxFault("syntax-character", span=(end - 1, end + 2), text="...", hint=dots)
    return SyntaxFault("syntax-number", span=(start, end), text=scan.source[start:end])


def _fraction(scan: Scan, sign: str, start: int, end: int) -> None:
    """`½`; after a whole number a mixed one: `1½` is 3/2."""
    above, below = FRACTIONS[sign][0], FRACTIONS[sign][1]
    previous = scan.tokens[-1] if scan.tokens else None
    if previous and previous.kind == "number" and previous.end == start and previous.text.isdigit():
        scan.tokens.pop()
        above, start = str(int(previous.text[:15]) * int(below) + int(above)), previous.start
    _ratio(scan, above, below, start, end)


def _ratio(scan: Scan, above: str, below: str, start: int, end: int) -> None:
    """The tokens of one fraction."""
    for kind, text in (("op", "{"), ("number", above), ("op", "/"), ("number", below), ("op", "}")):
        scan.put(kind, text, start, end)


def _superscript(scan: Scan, text: str, start: int) -> None:
    """`x²` is `x^2`; `x⁵⁺³` is `x^(5+3)`, `x¹·⁵` is `x^1.5`; `Aᵀ` is `A^T`, `X⁻¹ᵀ` the transpose of the power."""
    first = start
    for part in _POWERS.findall(text) if "ᵀ" in text and len(text) > 1 else (text,):
        last = first + len(part)
        scan.put("op", "^", first, last)
        scan.put("op", "{", first, last)
        inner = "".join(ABOVE.get(sign, ".") for sign in part)  # the point of x¹·⁵
        for match in re.finditer(r"[0-9]+(?:\.[0-9]+)?|[A-Za-zͰ-Ͽ]|[-+()/]", inner):
            sign = match[0]
            kind = "number" if sign[0].isdigit() else "name" if sign.isalpha() else "op"
            scan.put(kind, sign, first + match.start(), first + match.end())
        scan.put("op", "}", last, last)
        first = last


def _inverse_transpose(scan: Scan, start: int) -> int:
    """`X−⊤` as it is copied from a printed page, where it stands above; returns where reading goes on."""
    if scan.tokens and scan.tokens[-1].text not in ("^", "{", "("):
        scan.put("op", "^", start, start)
    scan.put("op", "-", start, start + 1)
    return start + 1


def _below(scan: Scan, text: str, start: int, end: int) -> None:
    """The index of a norm: `‖A‖_F`, `‖x‖₂`; nothing else has one apart from names."""
    if not scan.tokens or scan.tokens[-1].text not in _CLOSING_BARS or scan.tokens[-1].end != start:
        raise scan.unreadable(start)
    scan.put("below", "".join(BELOW.get(sign, sign) for sign in text).strip("_{} "), start, end)
