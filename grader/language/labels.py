"""What stands before `=`: one spelling for a label however it is typed or typeset, and the labels of a prompt.

    w_1   w₁   w[1]   $w_{1}$                          w1
    ŷ   \\hat y   yhat                                  yhat
    \\dfrac{\\partial L}{\\partial w}   ∂L/∂w   dL/dw     dL/dw
    y'(x)   dy/dx   y'                                 all names of one thing
    A^\\top   A^T   Aᵀ                                  A⊤, and A'

A label is compared and shown, never read as a formula.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from grader.language.characters import ACCENTS, GREEK, REPLACE, latin
from grader.language.enclosed import Piece
from grader.language.signs import ACCENTS as ACCENT_COMMANDS
from grader.language.signs import FONTS, SIGNS, SPACES, TEXTS
from grader.language.tex import formulas_of
from grader.patterns import pattern

HOLE = "\ue000"
"""Stands for what a template puts in."""
NUMBER = "\ue001"
"""Stands for the numbers that it puts into a formula with names left in it: `tex("a*A + b*B", "A", "B")` is 5A - 4B."""

EQUALS = pattern(r"(?<![<>!=:]):?=(?![=<>])|≈|\\approx(?![a-zA-Z])")
"""The sign between a label and its value."""

LONGEST = 300

_TEMPLATE = pattern(r"\{\{.*?\}\}|\{%.*?%\}")
_FORMULA = pattern(r"""tex\(\s*\\?["']([^"'\\]*)\\?["']((?:\s*,\s*\\?["']\w+\\?["'])+)""")
_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_FRACTION = pattern(rf"\\[dtc]?frac\s*{_GROUP}\s*{_GROUP}")
_SHORT_FRACTION = pattern(r"\\[dtc]?frac\s*([0-9a-zA-Z])\s*([0-9a-zA-Z])")
_ACCENT = pattern(
    rf"\\({'|'.join(ACCENT_COMMANDS)})(?![a-zA-Z])\s*(?:\{{\s*(\\?[a-zA-Z]+)\s*\}}|(\\[a-zA-Z]+|[a-zA-Z]))"
)
_COMMAND = pattern(r"\\([a-zA-Z]+|.)")
_SILENT = {*SPACES, *TEXTS, *FONTS, "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "(", ")", "[", "]"}
_TRANSPOSE = pattern(
    r"\^\s*(?:T|\{\s*T\s*\}|\{?\s*\\(?:mathrm|text|mathsf)\s*\{?\s*T\s*\}?\s*\}?)|\.T(?!\w)|ᵀ|\\(?:top|intercal)(?![a-zA-Z])"
)
_GRADIENT = pattern(r"(?<![^\W_])(?:grad|nabla)(?![^\W_])")
_BETWEEN_DIGITS = pattern(r"(?<=\d)[\s\[\]{}()_,;]+(?=\d)")
_UNSEEN = pattern(r"[\s\[\]{}()_^$*@·;|\\]+|,(?!\d)|(?<!\d),")
_MARKS = str.maketrans({**ACCENTS, "∂": "d", **GREEK})

_APPLIED = pattern(r"(.+?)\s*(?:\\left)?\(([^()]*?)(?:\\right)?\)\s*", re.DOTALL)
_PRIMED = pattern(r"(.+?)'(\w+)")
_QUOTIENT = pattern(r"d(\w+)/d(\w+)")
_SEPARATOR = pattern(r"[,;\n]|(?<=\S)\s+(?=\S+\s*$)")
_PARTS = pattern(r"[;\n]|,(?!\d)|(?<!\d),")
"""A separator that is no decimal comma."""
_LETTER_FIRST, _COMPUTED = pattern(r"[\W_]*[^\W\d_]"), pattern(r"[-+*·×−–]|\\(?:cdot|times)")
_NABLA = pattern(r"(?:\\nabla|∇)\s*(?:_\s*\{?\s*(\\?\w+)\s*\}?)?(?:\\[,;:!]|\s)*(.+)", re.DOTALL)


def folded(text: str) -> str:
    """One spelling of a label; two that differ in the way they are written are the same text."""
    if len(text) > LONGEST:  # that is no label
        return text.strip()
    text = _TRANSPOSE.sub("⊤", text)
    text = _ACCENT.sub(lambda match: f" {match[2] or match[3]}{match[1].removeprefix('wide')}", text)
    before = ""
    while before != text:
        before, text = text, _FRACTION.sub(r"\1/\2", text)
    text = _SHORT_FRACTION.sub(r"\1/\2", text)
    text = _COMMAND.sub(lambda match: "" if match[1] in _SILENT else SIGNS.get(match[1], f" {match[1]} "), text)
    text = _GRADIENT.sub("∇", unicodedata.normalize("NFKD", latin(text.translate(REPLACE))))
    return _UNSEEN.sub("", _BETWEEN_DIGITS.sub(",", text.translate(_MARKS)))


def spellings(label: str) -> Iterator[str]:
    """The folded names of what a label names: `y'(x)` is dy/dx and y', `∇_x f` is ∇f."""
    yield folded(label)
    if "⊤" in folded(label):
        yield folded(label).replace("⊤", "'")
    applied = _APPLIED.fullmatch(label)
    if applied:
        yield from spellings(applied[1])
    nabla = _NABLA.fullmatch(label)
    if nabla:
        yield "∇" + folded(nabla[2])
        if nabla[1]:
            yield f"d{folded(nabla[2])}/d{folded(nabla[1])}"
    primed = _PRIMED.fullmatch(folded(label))
    if primed and applied:
        yield f"d{primed[1]}/d{primed[2]}"
        yield f"d/d{primed[2]}{primed[1]}"
    quotient = _QUOTIENT.fullmatch(folded(label))
    if quotient and not applied:
        yield f"{quotient[1]}'{quotient[2]}"
        yield f"d/d{quotient[2]}{quotient[1]}"


def labels_in(markdown: str) -> Iterator[str]:
    """The labels of a prompt: what stands before the `=` that ends a formula; what a template puts in is a hole.

    A prompt of words alone is a label itself, without its colon.
    """
    if "$" not in markdown and "{" not in markdown:
        yield markdown.strip().rstrip(":")
    for formula in formulas_of(_TEMPLATE.sub(_put_in, markdown)):
        *labels, value = formula.split("=")
        if not value.strip():
            yield from (label for label in labels if folded(label).strip(HOLE))


def _put_in(template: re.Match[str]) -> str:
    """What stands for a template: a hole, or the names that stay in a formula with numbers around them."""
    formula = _FORMULA.search(template[0])
    kept = re.findall(r"\w+", formula[2]) if formula else []
    names = [name for name in re.findall(r"\w+", formula[1]) if name in kept] if formula else []
    return NUMBER.join(["", *names, ""]) if names else HOLE


def listed(label: str) -> list[str]:
    """The labels in brackets, of `(w_1, w_2)`; empty for one that is no list."""
    bare = re.sub(r"\\(?:left|right)(?![a-zA-Z])|\\[,;:!\s]", " ", label).strip()
    if not (bare.startswith("(") and bare.endswith(")")):
        return []
    parts, depth, start = [], 0, 1
    for place, letter in enumerate(bare):
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0 and place < len(bare) - 1:
            return []
        if (letter in ",;" and depth == 1) or place == len(bare) - 1:
            parts.append(bare[start:place].strip())
            start = place + 1
    return parts if len(parts) > 1 and all(parts) else []


def equation(text: str) -> list[Piece]:
    """The parts of a text between its signs of equality."""
    parts, start = [], 0
    for sign in EQUALS.finditer(text):
        parts.append(Piece(text[start : sign.start()], start))
        start = sign.end()
    return [*parts, Piece(text[start:], start)]


def assignments(parts: list[Piece]) -> list[tuple[Piece, Piece]]:
    """Labels with their values from the parts of `z1 = -1, z2 = 20`: a label stands behind the last separator.

    `z1 = z2 = 1` is one value for both; of a chain, `z1 = 10 - 12 = -2`, the last part counts.
    """
    labels, pairs = [parts[0]], []
    for part in parts[1:-1]:
        outside = set(_outside_brackets(part.text))
        cut = max((match.start() for match in _SEPARATOR.finditer(part.text) if match.start() in outside), default=-1)
        if not _is_label(part.text[max(cut, 0) :]):  # the next part of a chain: `z1 = 10 - 12 = -2`
            continue
        if cut < 0:
            labels.append(part)
            continue
        value = Piece(_without_and(part.text[:cut]), part.start)
        pairs += [(label, value) for label in labels]
        labels = [Piece(part.text[cut:].lstrip(",; \t\n"), part.start + cut)]
    last = Piece(parts[-1].text.rstrip(",; \t\n"), parts[-1].start)
    return [*pairs, *((label, last) for label in labels)]


def _is_label(text: str) -> bool:
    """It begins with a letter and nothing is computed in it."""
    return _LETTER_FIRST.match(text) is not None and not _COMPUTED.search(text)


def label_behind(part: Piece) -> Piece | None:
    """The label that stands behind the last separator of ` 3, w2 `, between a value and the next; None for a value."""
    outside = set(_outside_brackets(part.text))
    cuts = [match.start() for match in _PARTS.finditer(part.text) if match.start() in outside]
    if not cuts or not re.search(r"[^\W\d]", part.text[cuts[-1] :]):
        return None
    return Piece(part.text[cuts[-1] + 1 :], part.start + cuts[-1] + 1)


def _outside_brackets(text: str) -> Iterator[int]:
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0:
            yield place


def _without_and(text: str) -> str:
    """A value without the separator or the word that leads on to the next one."""
    bare = text.rstrip(",; \t\n")
    return next((bare.removesuffix(word).rstrip(",; \t\n") for word in (" and", " и") if bare.endswith(word)), bare)
