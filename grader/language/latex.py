"""LaTeX commands → the tokens they stand for."""

from __future__ import annotations

from msgspec.structs import replace

from grader.errors import Message, SyntaxFault
from grader.language.characters import GREEK, LATEX_HINTS
from grader.language.primitives import FUNCTIONS
from grader.language.scan import Scan
from grader.patterns import pattern

_OPERATORS = {
    "cdot": "*", "times": "*", "ast": "*", "bullet": "*", "div": "/", "odot": ".*", "circ": ".*",
    "oslash": "./", "otimes": "⊗",
    "vert": "|", "lvert": "|<", "rvert": ">|", "mid": "|", "Vert": "‖", "lVert": "‖<", "rVert": ">‖", "|": "‖",
    "parallel": "‖", "top": "⊤", "intercal": "⊤", "prime": "'",
    "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "ne": "!=", "neq": "!=",
    "lbrack": "[", "rbrack": "]", "lbrace": "(", "rbrace": ")", "{": "(", "}": ")", "\\": "\\\\", "lt": "<", "gt": ">",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨", "rangle": "⟩",
}  # fmt: skip
_NOTHING = {
    *",;:! ()[]", "quad", "qquad", "thinspace", "displaystyle", "textstyle", "limits",
    "boxed", "mathop", "rm", "bf", "it",
}  # fmt: skip
_TEXT = {"text", "textrm", "textbf", "textit", "textsf", "mbox"}
_FONTS = {"mathbb", "mathrm", "mathbf", "mathit", "mathsf", "mathcal", "boldsymbol", "bm", "pmb"}
_WRAPPERS = _TEXT | _FONTS | {"operatorname", "vec"}
_FORMS = {"frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "sqrt"}
_ACCENTS = {"hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde",
            "widetilde": "tilde"}  # fmt: skip
_LETTERS = {*GREEK.values(), "varepsilon", "vartheta", "varphi", "varrho"}
_ENVIRONMENTS = {"vmatrix": "det", "Vmatrix": "norm"}

_SIZE = pattern(r"left|right|middle|[bB]igg?[lrm]?")
_DELIMITER = pattern(r"\s*(?:\\(left|right|l|r)?(vert|Vert|brack|brace|floor|ceil|angle)|\\?([|\[\](){}.‖⌊⌋⌈⌉⟨⟩]))")
_SUBSCRIPT = pattern(r"\s*_\s*([0-9]|[A-Za-z]|\{(?:[^{}]|\{,\})*\})")
_WRAPPED = pattern(r"\*?\s*(?:\{\s*\\?([A-Za-zͰ-Ͽ0-9]+)\s*\}|([A-Za-z]))")
_ENVIRONMENT = pattern(r"\s*\{\s*([a-zA-Z]+)\*?\s*\}(?:\s*\{[lcr| ]*\})?")


def read_command(scan: Scan, name: str, start: int, end: int) -> int:
    """Put the tokens of one backslash command; returns where reading goes on. Raises SyntaxFault."""
    if not name:
        raise scan.unreadable(end if scan.source[end : end + 1] == "%" else start)
    if name == "circ" and [token.text for token in scan.tokens[-2:]] == ["^", "{"]:
        scan.tokens[-2] = replace(scan.tokens[-2], text=".^")  # A^{\circ 2}, the power of every entry
    elif name in _OPERATORS:
        scan.operator(_OPERATORS[name], start, end)
    elif name in _WRAPPERS or name in _ACCENTS:
        return _wrapped(scan, name, start, end)
    elif name in ("begin", "end"):
        return _environment(scan, name, start, end)
    elif name in _FORMS:
        scan.put("form", _FORMS[name], start, end)
    elif name in FUNCTIONS or name in _LETTERS:
        return _letter(scan, name, start, end)
    elif name not in _NOTHING:
        if not _SIZE.fullmatch(name):
            raise _unknown(name, start, end)
        return _sized(scan, name, start, end)
    return end


def _unknown(name: str, start: int, end: int) -> SyntaxFault:
    hint = Message(f"syntax-hint-{LATEX_HINTS.get(name, 'signs')}")
    return SyntaxFault("syntax-latex", span=(start, end), command=f"\\{name}", hint=hint)


def _sized(scan: Scan, size: str, start: int, end: int) -> int:
    """`\\left(`, `\\right\\rvert`, `\\Bigl|`: the bracket without its size; a bar keeps its side."""
    match = _DELIMITER.match(scan.source, end)
    if match is None:
        raise _unknown(size, start, end)
    side, word, sign = match.groups()
    closes = size == "right" or size.endswith("r")
    if word in ("vert", "Vert"):
        sign = "|" if word == "vert" else "‖"
    elif word:
        sign = _OPERATORS.get(f"{side or 'l'}{word}", "")
        if not sign:  # \leftceil
            raise _unknown(f"{side}{word}", start, match.end())
    elif match[0].endswith(("\\{", "\\}", "\\|")):
        sign = _OPERATORS[sign]
    if sign in ("|", "‖") and size != "middle" and (closes or size == "left" or size.endswith("l")):
        sign = f">{sign}" if closes else f"{sign}<"
    if sign != ".":
        scan.operator(sign, start, match.end())
    return match.end()


def _wrapped(scan: Scan, name: str, start: int, end: int) -> int:
    """`\\operatorname{tr}`, `\\mathbf{x}`, `\\hat{y}`: the name inside."""
    match = _WRAPPED.match(scan.source, end)
    if match is None:
        if name in _TEXT:
            raise SyntaxFault("syntax-latex-text", span=(start, end))
        raise _unknown(name, start, end)
    return _letter(scan, (match[1] or match[2]) + _ACCENTS.get(name, ""), start, match.end())


def _letter(scan: Scan, name: str, start: int, end: int) -> int:
    """A name given by a command, with the subscript that may follow."""
    name = name.removeprefix("var") if name in _LETTERS else name
    subscript = _SUBSCRIPT.match(scan.source, end)
    if subscript:
        if name in ("sum", "max", "min"):
            raise _unknown(name, start, end)
        below = subscript[1].replace("{,}", ",")  # \log_{0{,}5}
        name, end = f"{name}_{below}", subscript.end()
    scan.put("number" if name.isdecimal() else "name", name, start, end)
    return end


def _environment(scan: Scan, name: str, start: int, end: int) -> int:
    match = _ENVIRONMENT.match(scan.source, end)
    if match is None or not (match[1].endswith("matrix") or match[1] == "array"):
        raise _unknown(name, start, end)
    scan.put("form", _ENVIRONMENTS.get(match[1], name) if name == "begin" else name, start, match.end())
    if name == "begin":
        scan.brackets.append("[")
    elif scan.brackets:
        scan.brackets.pop()
    return match.end()
