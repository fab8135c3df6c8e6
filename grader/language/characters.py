"""Characters people type: what each one stands for, and what to say about the ones that have no meaning here.

What copying from a printed page, a word processor or a browser gives is taken from Unicode's own tables: by them `𝑥`,
`ℎ`, `ﬁ` and `２` are x, h, fi and 2. Small signs above and below, fractions and what means something of its own stay.
"""

from __future__ import annotations

import re
from itertools import chain
from unicodedata import category, decomposition, normalize

GREEK = dict(zip(
    "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩςϵϑϕϱ",
    (  # noqa: SIM905
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
        "omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega sigma epsilon theta phi rho"
    ).split(),
    strict=True,
))  # fmt: skip

DOTTED = "⋄"
"""A dot that may stand between columns (`grader.language.inner`); nobody types it."""

_REPLACED = {
    **dict.fromkeys("−–—‐‑‒―⁃", "-"), **dict.fromkeys("·×⋅∙•∗✕✖⨯⨉", "*"), **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("\t\r\n", " "), "$": " ", **dict.fromkeys("′’‘ʹ´`", "'"), "ˆ": "^", "∥": "‖", "∘": "⊙", "∣": "|",
    "⟂": "⊤", "〈": "⟨", "〉": "⟩", "〖": "{", "〗": "}", "\u2062": " ", "\u2063": " ", "\u2064": "+",
}  # fmt: skip
"""Signs that look like the one meant, though Unicode has them apart; invisible times, comma and plus."""

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱᵏᵐⁿᵗᵘˣʸᵀ", "0123456789+-()ikmntuxyT", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₘₙₜₓ", "0123456789ijkmntx", strict=True))
"""Small signs as we print them."""


def _small(tag: str, shown: dict[str, str]) -> dict[str, str]:
    """All small letters of Unicode, to what they stand for, after the signs that we print."""
    small = {**shown, **({"ᐟ": "/"} if tag == "<super>" else {})}  # as people write x¹ᐟ²
    for code in chain(range(0x2B0, 0x2E5), range(0x1D2C, 0x1DC0), range(0x2070, 0x209D)):
        kind, _, letter = decomposition(chr(code)).partition(" ")
        if kind == tag and " " not in letter and chr(int(letter, 16)) in _LARGE:
            small.setdefault(chr(code), chr(int(letter, 16)))
    return small


_LARGE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzβγδφχρ")
ABOVE, BELOW = _small("<super>", SUPERSCRIPTS), _small("<sub>", SUBSCRIPTS)
"""Every small sign above and below that can be typed."""

ACCENTS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde"}
"""A combining mark to the end of the name: `m̂` is mhat."""
ACCENTED = {
    letter: f"{normalize('NFD', letter)[0]}{ACCENTS[normalize('NFD', letter)[1]]}"
    for letter in "ÂĈÊĜĤÎĴÔŜÛŴŶẐâĉêĝĥîĵôŝûŵŷẑĀĒḠĪŌŪȲāēḡīōūȳÃẼĨÑÕŨṼỸãẽĩñõũṽỹᾱῑῡ"
}
"""The same where letter and mark are one character: `ŷ` is yhat."""

FRACTIONS = {
    chr(code): (above, below)
    for code in (*range(0xBC, 0xBF), 0x2189, *range(0x2150, 0x215F))
    for above, below in [normalize("NFKC", chr(code)).split("⁄")]
}
"""A vulgar fraction to what stands above and below its bar."""

LOOKALIKES = dict(zip("АВЕКМНОРСТУХаеорсухіІЈј", "ABEKMHOPCTYXaeopcyxiIJj", strict=True))
"""Cyrillic letters that look like Latin ones."""
_CYRILLIC = "А-Яа-яЁёІіЈј"
_WORD = re.compile(r"[^\W\d_]+")
_ANY_CYRILLIC = re.compile(f"[{_CYRILLIC}]")
_LATIN = str.maketrans(LOOKALIKES)
_TRANSPOSED = re.compile(r"(\^\s*+[({]?\s*+-?\s*+)т(?![^\W\d_])")


def latin(text: str) -> str:
    """The text with Latin letters where a word is typed with Cyrillic ones that look the same: `соs(х)`, `А^т`.

    A word with any other Cyrillic letter stays: it is a Russian one.
    """
    if text.isascii():
        return text
    text = _TRANSPOSED.sub(r"\1T", text)
    return _WORD.sub(lambda word: _same(word[0]), text) if _ANY_CYRILLIC.search(text) else text


def _same(word: str) -> str:
    read = word.translate(_LATIN)
    return word if _ANY_CYRILLIC.search(read) else read


HINTS = {
    "!": "factorial", "%": "percent", "?": "question", '"': "quotes", "±": "plusminus", "∞": "infinity",
    "#": "comment", "_": "underscore", ".": "point", "\\": "backslash", **dict.fromkeys("°º˚", "degree"),
    **dict.fromkeys("«»“”„", "quotes"), **dict.fromkeys("≈~∼≃≅", "approximately"), **dict.fromkeys("∑∏∫∂∇", "integral"),
    **dict.fromkeys("→⇒⟹↦", "arrow"), "…": "dots",
}  # fmt: skip
"""A character without a meaning, to the last word of the key of its cure (`syntax-hint-…`)."""

_OWN = frozenset(chain(ABOVE, BELOW, FRACTIONS, GREEK, ACCENTED, HINTS))


class _Signs(dict[int, str]):
    """For `str.translate`: what is not in the table is looked up in Unicode; nothing is kept, there are a million."""

    def __missing__(self, code: int) -> str:
        return _plain(chr(code))


def _plain(sign: str) -> str:
    """A character without the differences of print: `𝑥` is x, `ﬁ` fi, a soft hyphen nothing, a narrow space a space."""
    if sign in _OWN:
        return sign
    if sign.isspace():
        return " "
    if category(sign) == "Cf":
        return ""
    if decomposition(sign).startswith(("<super>", "<sub>", "<fraction>", "<circle>")):
        return sign
    return "".join(_REPLACED.get(part, part) for part in normalize("NFKC", sign))


REPLACE: dict[int, str] = _Signs({code: chr(code) for code in range(128)})
REPLACE |= {ord(sign): plain for sign, plain in _REPLACED.items()}
"""Every character to what it is read as, for `str.translate`; ASCII costs nothing."""


_SINGLE = frozenset(chain(map(chr, range(128)), _OWN, _REPLACED, map(chr, range(0x1D400, 0x1D7CC))))
"""Most of what is typed and pasted: one character for one."""


def places_in(text: str) -> list[int] | None:
    """Where each character of the text as read stands in the text as typed, and its end; None where nothing moves."""
    if text.isascii() or _SINGLE.issuperset(text) or all(len(REPLACE[ord(sign)]) == 1 for sign in set(text)):
        return None
    places = [place for place, sign in enumerate(text) for _ in REPLACE[ord(sign)]]
    return [*places, len(text)]


LATEX_HINTS = {
    **dict.fromkeys(("pm", "mp"), "plusminus"), "infty": "infinity",
    **dict.fromkeys(("int", "iint", "oint", "sum", "prod", "lim", "partial", "nabla", "max", "min"), "integral"),
    **dict.fromkeys(("approx", "sim", "simeq", "cong"), "approximately"),
    **dict.fromkeys(("to", "rightarrow", "Rightarrow", "implies", "iff", "mapsto"), "arrow"),
    **dict.fromkeys(("ldots", "cdots", "dots", "vdots", "ddots"), "dots"), "degree": "degree",
}  # fmt: skip
"""The same for LaTeX commands."""
