"""What the Markdown of an author may not say: the text may come from a stranger, and goes into pages and into LaTeX.

Links lead to `https:` addresses or to files beside the problem; maths has the commands that we know the sign of, and
nothing that would end it, comment it out or begin another language in it. Raw HTML and raw TeX are text everywhere and
need no rule. The same is asked again of what pandoc read, in `grader/worksheet/guard.lua`: no trick with brackets,
backticks or dollars gets past both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from grader.errors import Message
from grader.language.signs import (
    ACCENTS,
    CLOSING,
    FONTS,
    FRACTIONS,
    FUNCTIONS,
    GRIDS,
    LINES,
    OPENING,
    SIGNS,
    SPACES,
    TEXTS,
)
from grader.language.tex import formulas_of
from grader.patterns import pattern

_SIZES = ("left", "right", "middle", *(f"{big}{side}" for big in ("big", "Big", "bigg", "Bigg") for side in " lrm"))
COMMANDS = (
    frozenset((*SIGNS, *FUNCTIONS, *SPACES, *FRACTIONS, *ACCENTS, *TEXTS, *FONTS, *map(str.strip, _SIZES)))
    | {name for name in OPENING | CLOSING if name.isalpha()}
    | {"sqrt", "begin", "end"}
)
"""The commands of maths, without their backslash."""
ENVIRONMENTS = frozenset((*GRIDS, *LINES))
LONGEST = 20_000
"""Characters of a text; the longest of the bank has some thousands."""
SHOWN = 100
"""Characters of a link in a message."""

_CODE = pattern(r"(?<![`\\])(`+)(?!`)([^\n]+?)(?<!`)\1(?!`)")
"""Code within one line: of all else different readers think differently, so it is looked into."""
_COMMAND = pattern(r"(?s)\\([^\W\d_]+|.)")
_ENVIRONMENT = pattern(r"\\(begin|end)\s*\{([^{}]*)\}")
_ALIGNED = pattern(r"(?s)\\begin\{.*\\end\{[^{}]*\}")
_INLINE_LINK = pattern(r"\]\(\s*(<[^<>\n]*>|[^()\s]*)([^()]*)")
_TITLE = pattern(r"\s*(?:\s\"[^\"]*\"|\s'[^']*')?\s*")
_DEFINITION = pattern(r"(?m)^[\s>*+\-\d.)]*\[[^\]\n]+\]:\s*(<[^<>\n]*>|\S*)")
_AUTOLINK = pattern(r"(?i)<\s*([a-z][a-z0-9+.\-]*\s*:[^<>]*|[^\s<>]+@[^\s<>]+)>")
_SCHEME = pattern(r"(?i)\]\(\s*<?\s*([a-z][\w+.\-]*\s*:[^)]*)")
_PICTURE = pattern(r"(?<!\\)!\[")
_ADDRESS = pattern(r"(?i)https://[\w.-]+(?::\d+)?(?:[/?#][^\s<>\"\\]*)?")
_BESIDE = pattern(r"(?!.*\.\.)[\w-][\w./-]*(?:#[\w-]*)?")
_UNSEEN = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, and those that turn the writing round."""
_TAG = pattern(r"<(?=[A-Za-z/!?])(?!https://)")


@lru_cache(maxsize=2048)
def fault_of(markdown: str) -> Message | None:
    """The first thing in a text that it may not say; None where all is well."""
    if len(markdown) > LONGEST:
        return Message("prose-long", {"most": LONGEST})
    if odd := _UNSEEN.search(markdown):
        return Message("prose-unseen", {"code": f"U+{ord(odd[0]):04X}"})
    if not any(sign in markdown for sign in "\\$[<"):
        return None
    return next(_faults(markdown), None)


def _faults(markdown: str) -> Iterator[Message]:
    said, words = _CODE.sub("", markdown), markdown
    for formula in formulas_of(markdown):
        if "`" in formula:
            yield Message("prose-sign", {"sign": "`"})
        yield from (Message("prose-link", {"link": link[:SHOWN]}) for link in _SCHEME.findall(formula))
        if formula == formula.strip() and "\n\n" not in formula:  # else it is no maths to pandoc
            words = words.replace(f"${formula}$", "", 1)
    for formula in formulas_of(said):
        yield from _of_maths(formula)
    yield from (_unknown(name) for name in _COMMAND.findall(said) if name[0].isalpha() and name not in COMMANDS)
    if _PICTURE.search(words):
        yield Message("prose-picture")
    yield from (Message("prose-link", {"link": link[:SHOWN]}) for link in _links(words) if not allowed(link))


def _links(words: str) -> Iterator[str]:
    """Where links lead; what is no address, as it stands."""
    for address, title in _INLINE_LINK.findall(words):
        yield address.strip("<>") if _TITLE.fullmatch(title) else address + title
    for found in (_DEFINITION, _AUTOLINK):
        yield from (address.strip("<>") for address in found.findall(words))


def allowed(address: str) -> bool:
    """Whether a link may lead there: an `https:` address, or a file beside the problem."""
    return not address or bool(_ADDRESS.fullmatch(address) or _BESIDE.fullmatch(address))


def without_tags(markdown: str) -> str:
    """The text for readers that know HTML in Markdown: what looks like a tag is text."""
    kept = [found[0] for found in _CODE.finditer(markdown)]
    kept += formulas_of(_CODE.sub("", markdown))
    if not kept:
        return _TAG.sub(r"\\<", markdown)
    apart = "|".join(map(re.escape, sorted(set(kept), key=len, reverse=True)))
    pieces = re.split(f"({apart})", markdown)
    return "".join(piece if piece in kept else _TAG.sub(r"\\<", piece) for piece in pieces)


def _unknown(name: str) -> Message:
    return Message("prose-command", {"command": f"\\{name}"})


def _of_maths(formula: str) -> Iterator[Message]:
    """What one formula may not have."""
    yield from (_unknown(name) for name in _COMMAND.findall(formula) if name not in COMMANDS)
    bare = _COMMAND.sub(lambda found: found[0] if found[1].isalpha() else "", formula)
    if "^^" in bare:
        yield Message("prose-sign", {"sign": "^^"})
    for sign in "%#":
        if sign in bare:
            yield Message("prose-sign-bare", {"sign": sign})
    if "&" in _ALIGNED.sub("", bare):
        yield Message("prose-sign-bare", {"sign": "&"})
    if not _closed(bare):
        yield Message("prose-braces")
    opened: list[str] = []
    for word, name in _ENVIRONMENT.findall(bare):
        if name not in ENVIRONMENTS:
            yield _unknown(f"begin{{{name[:40]}}}")
        if word == "begin":
            opened.append(name)
        elif not opened or opened.pop() != name:
            yield Message("prose-environment", {"name": name})
    if opened:
        yield Message("prose-environment", {"name": opened[-1]})
    if len(_ENVIRONMENT.findall(bare)) != sum(name in ("begin", "end") for name in _COMMAND.findall(bare)):
        yield Message("prose-environment", {"name": ""})


def _closed(formula: str) -> bool:
    """Whether every brace has its partner."""
    depth = 0
    for character in formula:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return not depth
