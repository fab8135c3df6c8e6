"""Markdown with LaTeX maths as plain text, for comments of answer files and for the terminal."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_MATHS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True)


def plain(markdown: str) -> str:
    """The text with its maths in Unicode: `$\\frac{\\partial f}{\\partial x_1}$` is ∂f/∂x_1."""
    return _MATHS.sub(lambda found: plain_maths(found[1] or found[2]), markdown)


def plain_maths(latex: str) -> str:
    """One formula, without line breaks."""
    latex = re.sub(r"\\[dt]frac\b", r"\\frac", latex)
    latex = re.sub(r"(\^|_)\{(\w)\}", r"\1\2", latex.replace(r"\top", "T").replace(r"\prime", "'"))
    latex = re.sub(r"\^\{([^{}()]+[-+ _][^{}()]*)\}", r"^{(\1)}", latex)  # the braces go: e^{a - b} is e^(a - b)
    latex = re.sub(r"(\\[a-zA-Z]{2,})\s+(?=[a-zA-Z])", r"\1\\ ", latex)
    text = str(_converter().latex_to_text(latex))
    return re.sub(r"\s+", " ", text).replace("‖ ", "‖").replace(" ‖", "‖").strip()
