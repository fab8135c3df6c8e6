"""Markdown with LaTeX maths as plain text, for comments of answer files and for the terminal."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_MATHS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_ALIGNED = re.compile(r"\\begin\{aligned\}(.*)\\end\{aligned\}", re.DOTALL)
_BREAK = re.compile(r"\\begin\{|\\end\{|\\\\|&")
_EMPHASIS = re.compile(r"\*([^*\n]+)\*")


_SIMPLE = re.compile(r"[\w,']+|-?\\?\w+|\\mathrm\{\w+\}")
"""A script that can be read without brackets: `t`, `1,2`, `-1`, `\\top`."""
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    def fraction(node: Any, l2tobj: Any) -> str:
        upper, lower = (l2tobj.nodelist_to_text([argument]).strip() for argument in node.nodeargd.argnlist)
        return f"{_operand(upper)}/{_operand(lower, below=True)}"

    def accent(sign: str) -> Any:
        return lambda node, l2tobj: l2tobj.nodelist_to_text(node.nodeargd.argnlist[:1]).strip() + sign

    context = get_default_latex_context_db()
    specs = [MacroTextSpec("frac", simplify_repl=fraction)]
    specs += [MacroTextSpec(name, simplify_repl=accent(sign)) for name, sign in _ACCENTS.items()]
    context.add_context_category("maths", macros=specs, prepend=True)
    return LatexNodes2Text(math_mode="text", keep_comments=True, latex_context=context)


def _operand(text: str, *, below: bool = False) -> str:
    """A numerator or denominator, in brackets where the stroke would cut it in two."""
    if re.fullmatch(r"[d∂] ?\w+", text):  # dx
        return text
    inner = text
    while (bare := re.sub(r"\([^()]*\)", "", inner)) != inner:
        inner = bare
    joined = r"(?<=.)\s*[-+±⊙=]|/" + (r"|[·∑∏]|(?<=[\w)])\s*(?=[^\W_](?!\w*\()|√)" if below else "")
    return f"({text})" if re.search(joined, inner.strip()) else text


def plain(markdown: str) -> str:
    """The text with its maths in Unicode: `$\\frac{\\partial f}{\\partial x_1}$` is ∂f/∂x_1."""
    pieces, end = [], 0
    for found in _MATHS.finditer(markdown):
        pieces += [_EMPHASIS.sub(r"\1", markdown[end : found.start()]), _maths(found[1] or found[2])]
        end = found.end()
    return "".join([*pieces, _EMPHASIS.sub(r"\1", markdown[end:])])


def _maths(latex: str) -> str:
    """A formula; aligned lines one below the other."""
    aligned = _ALIGNED.search(latex)
    if aligned is None:
        return plain_maths(latex)
    return "".join(f"\n    {plain_maths(row)}" for row in _rows(aligned[1]))


def _rows(latex: str) -> list[str]:
    """The lines of an aligned formula without their marks; those of matrices inside stay."""
    rows, depth, end = [""], 0, 0
    for found in _BREAK.finditer(latex):
        depth += (found[0] == r"\begin{") - (found[0] == r"\end{")
        if depth == 0 and found[0] in (r"\\", "&"):
            rows[-1] += latex[end : found.start()]
            rows += [""] if found[0] == r"\\" else []
            end = found.end()
    rows[-1] += latex[end:]
    return rows


def plain_maths(latex: str) -> str:
    """One formula, without line breaks."""
    latex = re.sub(r"\\[dt]frac\b", r"\\frac", latex)
    latex = re.sub(r"\\left\.(.*?)\\right\|", r"\1\\vert ", latex)
    latex = latex.replace(r"\top", "T").replace(r"\prime", "'")
    latex = re.sub(r"(\^|_)\{(\w)\}", r"\1\2", _scripts(latex))
    latex = re.sub(r"(\\(?!hat|bar|tilde)[a-zA-Z]{2,})\s+(?=[a-zA-Z0-9<>])", r"\1\\ ", latex)
    latex = re.sub(r"(?<=[\w)}])(?=\\(?:arc)?(?:sin|cos|tan|cot|ln|log|det)h?(?![a-z]))", r"\\ ", latex)
    text = str(_converter().latex_to_text(latex))
    text = re.sub(r"\s*·\s*", "·", text.replace("∂ ", "∂"))
    text = re.sub(r"\s*([=≈⊙])\s*", r" \1 ", text)
    text = re.sub(r"([⌊⌈])\s+|\s+([⌋⌉])", r"\1\2", text)
    text = re.sub(r"([⌋⌉])(?=[-+])", r"\1 ", text)
    return re.sub(r"\s+", " ", text).replace("‖ ", "‖").replace(" ‖", "‖").strip()


def _scripts(latex: str) -> str:
    """Indices and exponents of several signs between brackets, which keep them together."""
    found = re.search(r"[\^_]\{", latex)
    if found is None:
        return latex
    depth, end = 1, found.end()
    while depth and end < len(latex):
        depth += (latex[end] == "{") - (latex[end] == "}")
        end += 1
    inner = latex[found.end() : end - 1]
    simple = _SIMPLE.fullmatch(inner) and not (found[0][0] == "^" and "_" in inner)  # e^(x_1)y, for e^x_1y is anything
    kept = inner if simple else f"({_scripts(inner)})"
    return f"{latex[: found.end()]}{kept}}}{_scripts(latex[end:])}"
