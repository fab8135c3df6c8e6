"""The commands of LaTeX maths that we know, and the sign that each is in plain text."""

from __future__ import annotations

from grader.language.characters import GREEK

_GREEK = {name: letter for letter, name in reversed(GREEK.items())}

RELATIONS = frozenset("=≈≠≡∼≃≅∝<>≤≥≪≫→←↔⇒⇐⇔↦∈∉⊂⊆∣⊙")
"""Signs that stand between two spaces."""
TIGHT = frozenset("·×")
"""Signs that stand between none."""
BESIDE = frozenset("∂")
"""Signs that what follows stands close to."""

SIGNS = {
    **_GREEK, "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varrho": "ρ", "varsigma": "ς", "omicron": "ο",
    "Upsilon": "Υ", "ell": "ℓ", "hbar": "ℏ", "partial": "∂", "nabla": "∇", "infty": "∞", "emptyset": "∅",
    "varnothing": "∅", "forall": "∀", "exists": "∃", "Re": "ℜ", "Im": "ℑ",
    "cdot": "·", "times": "×", "ast": "*", "star": "⋆", "div": "÷", "pm": "±", "mp": "∓", "odot": "⊙", "oslash": "⊘",
    "otimes": "⊗", "oplus": "⊕", "circ": "∘", "bullet": "•", "cap": "∩", "cup": "∪", "setminus": "∖", "wedge": "∧",
    "land": "∧", "vee": "∨", "lor": "∨", "neg": "¬", "lnot": "¬",
    "sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮",
    "approx": "≈", "ne": "≠", "neq": "≠", "equiv": "≡", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝",
    "lt": "<", "gt": ">", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ll": "≪",
    "gg": "≫", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "to": "→", "rightarrow": "→",
    "longrightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "implies": "⇒",
    "Leftarrow": "⇐", "Leftrightarrow": "⇔", "iff": "⇔", "mapsto": "↦", "uparrow": "↑", "downarrow": "↓",
    "dots": "…", "ldots": "…", "cdots": "…", "dotsc": "…", "dotsb": "…", "vdots": "⋮", "ddots": "⋱",
    "top": "⊤", "intercal": "⊤", "bot": "⊥", "perp": "⊥", "prime": "'", "dagger": "†", "mid": "∣", "vert": "|",
    "Vert": "‖", "|": "‖", "parallel": "∥", "degree": "°", "colon": ":", "backslash": "\\", "lvert": "|", "rvert": "|",
    "lVert": "‖", "rVert": "‖", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨",
    "rangle": "⟩", "lbrack": "[", "rbrack": "]", "lbrace": "{", "rbrace": "}", "{": "{", "}": "}", "%": "%", "#": "#",
    "&": "&", "_": "_",
}  # fmt: skip

_NAMED = (
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp ln log lg det max min sup inf lim arg dim "
    "ker deg gcd Pr"
)
FUNCTIONS = {name: name for name in _NAMED.split()}

SPACES = {
    **dict.fromkeys((",", ":", ">", ";", " ", "quad", "qquad", "thinspace", "\\", "\n"), True),
    **dict.fromkeys(("!", "displaystyle", "textstyle", "limits", "nolimits"), False),
}
"""Commands that leave a space, or nothing."""

OPENING = frozenset(("(", "[", "{", "lvert", "lVert", "lfloor", "lceil", "langle", "lbrack", "lbrace"))
CLOSING = frozenset((")", "]", "}", "rvert", "rVert", "rfloor", "rceil", "rangle", "rbrack", "rbrace"))
"""Brackets by their character or the name of their command."""

FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac"))
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
}  # fmt: skip
"""A combining mark by its command."""
TEXTS = frozenset(("text", "textrm", "textbf", "textit", "mbox"))
FONTS = frozenset(("mathrm", "mathbf", "mathit", "mathsf", "mathcal", "mathbb", "boldsymbol", "bm", "operatorname"))
MATRIX = ("[", "]")
GRIDS = {
    **dict.fromkeys(("matrix", "pmatrix", "bmatrix", "array"), MATRIX),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "cases": ("{", "}"),
}
"""Environments that print as a table between these brackets."""
LINES = frozenset(("aligned", "align", "align*", "gathered", "split"))
"""Environments of lines one below the other."""
