"""Characters people type: what each one stands for, and what to say about the ones that have no meaning here."""

from __future__ import annotations

from unicodedata import normalize

GREEK = dict(zip(
    "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩςϵϑϕϱ",
    (  # noqa: SIM905
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
        "omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega sigma epsilon theta phi rho"
    ).split(),
    strict=True,
))  # fmt: skip

REPLACE = str.maketrans(
    {
        **dict.fromkeys("−–—‐‑‒―﹣⁃", "-"), **dict.fromkeys("·×⋅∙•∗✕✖⨯", "*"), **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
        **dict.fromkeys("\u202f\u205f\u3000", " "),
        **dict.fromkeys("\t\r\n", " "),
        **dict.fromkeys("′’‘ʹ´`", "'"), **dict.fromkeys("ˆ＾", "^"), **dict.fromkeys("∥", "‖"), "∘": "⊙", "∣": "|",
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, "µ": "μ", "Ω": "Ω",
        "⁢": " ", "\u200b": " ", "\ufeff": " ", "⟂": "⊤", "＝": "=", "〈": "⟨", "〉": "⟩", "$": " ",
    }
)  # fmt: skip
"""One character for one, so that places in the text stay what they are."""

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱᵏᵐⁿᵗᵘˣʸᵀ", "0123456789+-()ikmntuxyT", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₘₙₜₓ", "0123456789ijkmntx", strict=True))

ACCENTS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde"}
"""A combining mark to the end of the name: `m̂` is mhat."""
ACCENTED = {
    letter: f"{normalize('NFD', letter)[0]}{ACCENTS[normalize('NFD', letter)[1]]}"
    for letter in "ÂĈÊĜĤÎĴÔŜÛŴŶẐâĉêĝĥîĵôŝûŵŷẑĀĒḠĪŌŪȲāēḡīōūȳÃẼĨÑÕŨṼỸãẽĩñõũṽỹᾱῑῡ"
}
"""The same where letter and mark are one character: `ŷ` is yhat."""

FRACTIONS = dict(zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", "12 13 23 14 34 15 25 35 45 16 56 18 38 58 78".split(), strict=True))  # noqa: SIM905
"""A vulgar fraction to its two digits."""

LOOKALIKES = dict(zip("АВЕКМНОРСТХаеорсухіІЈј", "ABEKMHOPCTXaeopcyxiIJj", strict=True))
"""Cyrillic letters that look like Latin ones."""

HINTS = {
    "!": "factorial", "%": "percent", "?": "question", '"': "quotes", "±": "plusminus", "∞": "infinity", ":": "colon",
    "#": "comment", "_": "underscore", ".": "point", "\\": "backslash", "°": "degree",
    **dict.fromkeys("«»“”„", "quotes"), **dict.fromkeys("≈~≃≅", "approximately"), **dict.fromkeys("∑∏∫∂∇", "integral"),
    **dict.fromkeys("→⇒⟹↦", "arrow"), "…": "dots",
}  # fmt: skip
"""A character without a meaning, to the last word of the key of its cure (`syntax-hint-…`)."""

LATEX_HINTS = {
    **dict.fromkeys(("pm", "mp"), "plusminus"), "infty": "infinity",
    **dict.fromkeys(("int", "iint", "oint", "sum", "prod", "lim", "partial", "nabla", "max", "min"), "integral"),
    **dict.fromkeys(("approx", "sim", "simeq", "cong"), "approximately"),
    **dict.fromkeys(("to", "rightarrow", "Rightarrow", "implies", "iff", "mapsto"), "arrow"),
    **dict.fromkeys(("ldots", "cdots", "dots", "vdots", "ddots"), "dots"), "degree": "degree",
}  # fmt: skip
"""The same for LaTeX commands."""
