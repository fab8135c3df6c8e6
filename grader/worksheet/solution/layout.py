"""Lines of maths that fit a page: how wide LaTeX prints, and where an equation is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

WIDTH = 78
"""Characters of maths and title that fit a line of A4; one is 5.4 to 6.4 pt wide."""
DISPLAY = 74
"""Characters that fit a line of their own."""

Part = tuple[str, str]
"""A relation and what stands after it: `("=", "2x")`."""

_ENVIRONMENT = re.compile(r"\\begin\{(\w+)\}((?:(?!\\begin|\\end).)*)\\end\{\1\}", re.DOTALL)
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_WORD = re.compile(r"\\(?:mathrm|operatorname|text)\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_WIDE = {"ln", "cos", "sin", "tan", "det", "log", "cot", "max", "min", "cosh", "sinh", "tanh", "arctan"}
_NOTHING = {"left", "right", "displaystyle"}


def width(latex: str) -> float:
    """About how many characters wide it prints; a matrix counts its columns, a fraction its longer side."""
    latex = _WORD.sub(lambda found: "m" * len(found[1]), latex)
    before = ""
    while before != latex:
        before = latex
        latex = _FRACTION.sub(lambda found: max(found[1], found[2], key=width), latex)
        latex = re.sub(r"([_^])\{([^{}]*)\}", lambda found: "i" * len(re.sub(r"\\[a-z]+", "i", found[2])), latex)
        latex = re.sub(r"\\sqrt\{([^{}]*)\}", r"m\1", latex)
        latex = _ENVIRONMENT.sub(lambda found: "m" * round(_table_width(found[2])), latex)
        latex = re.sub(r"\{([^{}\\]*)\}", r"\1", latex)
    latex = _COMMAND.sub(_command_width, latex)
    latex = re.sub(r"\\.|[{}]", "", latex)
    narrow = len(re.findall(r"[i,;.' ]", latex))
    return len(latex) - 0.5 * narrow


def text_width(markdown: str) -> float:
    """The same for words, which are set narrower than maths."""
    return 0.85 * width(re.sub(r"[*$]", "", markdown))


def _command_width(found: re.Match[str]) -> str:
    name = found[1]
    return "" if name in _NOTHING else "m" * len(name) if name in _WIDE else "m"


def _table_width(body: str) -> float:
    rows = [row.split("&") for row in body.split(r"\\")]
    columns = max(map(len, rows))
    return 2 + sum(1.5 + max(width(row[place].strip()) for row in rows if place < len(row)) for place in range(columns))


def equation(head: str, parts: Sequence[Part], room: float = WIDTH) -> str:
    """`head = a = b` in the text where there is room, otherwise displayed over several aligned lines."""
    parts = honest(distinct(parts))
    if len(parts) > 1 and bare(parts[0][1]) == bare(head.rpartition(" = ")[2]):
        parts = parts[1:]
    line = " ".join([head, *(f"{sign} {latex}" for sign, latex in parts)])
    if width(line) <= room or not parts:
        return f"${line}$"
    rows: list[str] = []
    used = DISPLAY + 1.0
    for sign, latex in parts:
        first, *rest = broken(latex, DISPLAY - width(head) - 3)
        size = 3 + width(first)
        if rows and used + size <= DISPLAY - width(head) and not rest:
            rows[-1] += f" {sign} {first}"
            used += size
        else:
            rows.append(f"&{sign} {first}")
            used = size
        if rest:
            rows += [rf"&\quad {piece}" for piece in rest]
            used = DISPLAY + 1.0
    if len(rows) == 1:
        return f"$${line}$$"
    body = r" \\ ".join([f"{head} {rows[0]}", *rows[1:]])
    return rf"$$\begin{{aligned}} {body} \end{{aligned}}$$"


def honest(parts: Sequence[Part]) -> list[Part]:
    """Whatever follows an approximate part is near it, not equal to it."""
    rounded = next((place for place, (sign, _) in enumerate(parts) if sign != "="), len(parts))
    return [(r"\approx" if place > rounded else sign, latex) for place, (sign, latex) in enumerate(parts)]


def distinct(parts: Sequence[Part]) -> list[Part]:
    """The parts without one that prints the same as the next; the relation of the first of equals counts."""
    kept: list[Part] = []
    for sign, latex in parts:
        if kept and bare(kept[-1][1]) == bare(latex):
            continue
        kept.append((sign, latex))
    return kept


def bare(latex: str) -> str:
    """The LaTeX without what changes only the look."""
    return re.sub(r"\\left|\\right|\s", "", latex)


def broken(latex: str, room: float) -> list[str]:
    """Pieces of a long sum, each within the room where that can be; they begin with their sign."""
    if width(latex) <= room:
        return [latex]
    lines = [""]
    for term in _terms(latex):
        if lines[-1] and width(lines[-1] + term) > room:
            lines.append("")
        lines[-1] += term
    return [line.strip() for line in lines if line.strip()]


def _terms(latex: str) -> Iterator[str]:
    """Top-level terms with the sign before them."""
    depth, start = 0, 0
    for found in re.finditer(r"\\left\b|\\right\b|\\begin|\\end|[{}()]| [-+] ", latex):
        sign = found[0]
        if sign in ("{", "(", r"\begin"):
            depth += 1
        elif sign in ("}", ")", r"\end"):
            depth -= 1
        elif sign.strip() in ("+", "-") and depth == 0:
            yield latex[start : found.start()]
            start = found.start()
    yield latex[start:]
