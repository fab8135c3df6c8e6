"""What people put around an answer and do not mean: `ответ: 3`, `≈ 3`, `3 (см. лист)`, `"3"`, `w_1: 3`.

It is looked for where a text cannot be read as it stands. Only words of these lists go: any other word may change the
value (per cent, thousands, "not") and is refused. Everything that is taken away leaves spaces, so that places in the
rest are places in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from grader.language.labels import folded

_LEADS = (
    "(?:the |my |final )*(?:answer|result|value|total|vector|matrix)", "ans", "res", "so", "thus", "hence",
    "then", "therefore",
    "(?:and )?(?:we|i) (?:get|got|have|find|found)", "it(?: i|')s", "is", "equals", "equal to", "after",
    "(?:is )?(?:about|approximately|approx|roughly|around|circa)", "ca",
    "(?:мой |окончательный )*(?:ответ|результат|итог|вектор|матрица)", "отв", "итого", "всего",
    "получаем", "получим", "получа[ею]тся",
    "(?:у меня )?(?:получил(?:о|а|и)?(?:сь|ся)?|вышло|выходит)", "равн[оаы]", "равен", "значит", "следовательно",
    "отсюда", "тогда", "итак", "после", "примерно", "приблизительно", "приближ[её]нно", "около", "прибл", "прим",
)  # fmt: skip
"""Words before an answer."""
_REMARKS = (
    "rounded", "approx", "approximately", "about", "exact(?:ly)?", "by hand",
    r"(?:to |with )?\d+ ?(?:s\.? ?f|sig|signif\w*|d\.? ?p|dec\w*|digits?|places)",
    "округл\\w*", "прибл\\w*", "примерно", "точно", "до (?:цел|десят|сот|тысяч|десяти)\\w*",
    r"(?:до |с )?\d+(?:-х)? (?:знак\w*|цифр\w*)",
)  # fmt: skip
"""Words that begin a remark behind an answer, in brackets or without."""
_ALONE = ("approx", "approximately", "rounded", "примерно", "приблизительно", "приближ[её]нно", "округл[её]нно")
"""Remarks that need no brackets."""

_LEAD = re.compile(
    rf"\s*(?:{'|'.join(_LEADS)})(?![^\W_])\.?\s*(?:[:=≈~,]|:=|=>|->|→|⇒)?(?!\s*[-−–—]\s)\s*", re.IGNORECASE
)
_REMARK = re.compile(
    rf"(?:(?:(?<!\s)\s*|(?<=\s))\(\s*(?:(?:see|cf|см|смотри)(?![^\W_])[^()]*|(?:{'|'.join(_REMARKS)})(?![^\W_])[^()\d]*)\)|(?<!\s)\s+(?:{'|'.join(_ALONE)})\.?)\s*[.!]?\s*",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\s*(?:=>|->|[→⇒⟹≈≅≃≐~∼]|\\(?:approx|simeq|cong|sim|to|Rightarrow|rightarrow)(?![a-zA-Z]))\s*")
_ABOUT = re.compile(r"(?<=[;,\n(\[{])(\s{0,8})[≈≅≃~∼](?=\s*[-+−]?[\d.])|^(\s*)[≈≅≃~∼](?=\s*[-+−]?[\d.(\[{])")
"""An entry that is said to be rounded; the sign alone says nothing that the digits do not."""
_ARROW = re.compile(r"->|=>|[→⇒⟶]|\\(?:to|rightarrow|Rightarrow)(?![a-zA-Z])")
_ENTRY = re.compile(r"\s*[-−]?\d+(?:[.,]\d+)?\s*")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[a-hа-е])\)\s+(?=\S)", re.IGNORECASE)
_TICK = re.compile(r"(?<!\s)\s*[✓✔☑✅]\s*$")
_QUOTES = {'"': '"', "'": "'", "`": "`", "«": "»", "“": "”", "„": "“”", "‘": "’", "*": "*"}
_LABEL = re.compile(
    r"(?P<label>(?:(?<=[;,\n])|^|(?<=\s))[ \t]{0,8}[^\W\d][^;,:\n=]{0,60}?)\s{0,8}"  # any place may begin one
    r"(?P<sign>:(?![:=])|->|→|⟶|=>|⇒|<-|←|⟵|≈|≅|~|\s(?:is|equals|равн[оаы]|равен)(?=\s))"
)


class Bare(NamedTuple):
    """An answer without what stood around it; whether there were words, which its student is told."""

    text: str
    words: bool


def without_arrows(text: str, length: int) -> str | None:
    """An order written with arrows, `7 → 3 → 6`, as a list, everything in its place; None for any other text.

    Two numbers are one where two are wanted; else the second is the first rounded.
    """
    parts = _ARROW.split(text)
    if len(parts) < (2 if length == 2 else 3) or not all(_ENTRY.fullmatch(part) for part in parts):
        return None
    return _ARROW.sub(lambda arrow: ";".ljust(len(arrow[0])), text)


def unframed(text: str) -> Bare | None:
    """The text without words, signs and quotation marks around it; None where none stand there."""
    bare, words = text, False
    for pattern, said in ((_NUMBERED, False), (_LEAD, True), (_SIGNS, False), (_LEAD, True)):
        match = pattern.match(bare)
        if match and match.end() < len(bare):
            bare, words = " " * match.end() + bare[match.end() :], words or said
    bare = _TICK.sub("", bare)
    remark = next((found for found in _REMARK.finditer(bare) if found.end() == len(bare) and found.start()), None)
    if remark:
        bare, words = bare[: remark.start()], True
    bare = _unquoted(without_about(bare))
    return Bare(bare, words) if bare != text and bare.strip() else None


def _unquoted(text: str) -> str:
    """The text without the quotation marks, or the asterisks and backticks of Markdown, around all of it."""
    whole = inner = text.strip()
    while len(inner) > 2 and inner[-1] in _QUOTES.get(inner[0], ""):
        inner = inner[1:-1]
    marks = {*whole[: len(whole) - len(inner)]} & {*_QUOTES}
    if inner == whole or any(mark in inner or _QUOTES[mark] in inner for mark in marks):
        return text
    return " " * text.index(inner) + inner


def without_about(text: str) -> str:
    """The text without the signs that say of an entry that it is rounded, `≈ 0,5; ≈ 1`."""
    return _ABOUT.sub(lambda sign: " " * len(sign[0]), text)


def with_equals(text: str, is_label: Callable[[str], bool]) -> str:
    """`w_1: 3` and `w_1 -> 3` with `=` between a label and what stands behind it, everything in its place.

    `is_label` is asked about folded labels: where a formula is wanted a colon divides as well.
    """

    def equals(match: re.Match[str]) -> str:
        label = match["label"]
        return label + "=".rjust(len(match[0]) - len(label)) if is_label(folded(label)) else match[0]

    return _LABEL.sub(equals, text)


def meant(text: str, is_label: Callable[[str], bool]) -> Iterator[Bare]:
    """What a text that cannot be read as it stands may mean: without its frame, its labels with `=` behind them."""
    bare = unframed(text)
    if bare is not None:
        yield bare
    plain = bare or Bare(text, False)
    labelled = with_equals(plain.text, is_label)
    if labelled != plain.text:
        yield Bare(labelled, plain.words)
