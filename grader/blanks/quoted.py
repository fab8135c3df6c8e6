"""Options as students name them: by number, in whatever words that stand around it, or by quoting what is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from grader.blanks.kind import with_numbers
from grader.errors import StudentError, SyntaxFault
from grader.language.construct import tidied
from grader.language.functions import inlined
from grader.language.nodes import Node
from grader.language.parser import parse
from grader.language.typeset import to_latex
from grader.plan.group import Group
from grader.plan.plan import Ask, Option

_OPTION = re.compile(
    r"(?:(?:options?|answers?|choices?|variants?|numbers?|no\.?|вариант\w*|ответ\w*|номер\w*|пункт\w*)(?!\w)|[№#]+)[\s:.]*",
    re.IGNORECASE,
)
"""Words that say no more than that a number follows."""
_LIST = re.compile(r"[\s\[({]*+(?:\d++\s*+[).]?+\s*+[,;&]?+\s*+(?:and|и)?+\s*+)*+[\])}\s]*+")
_ORDINAL = re.compile(r"(?<=\d)(?:-?(?:ый|ий|ой|й|ая|я|ое|е)|st|nd|rd|th)(?![^\W_])", re.IGNORECASE)
_FIGURE = re.compile(r"[(\[](\d+)[)\]]")
_RANGE = re.compile(r"(?:с\s+|from\s+)?(?<!\d)(\d{1,4})\s{0,8}(?:[-–—−‒:…]|\.{2,3}|to|по|до)\s*(\d+)")
_BULLET = re.compile(r"^\s*[-–—•*]\s+", re.MULTILINE)
_LISTED = re.compile(r"[\d\s,;()\[\]{}.|&+•]*|(?:[^\W\d_](?![^\W\d_])|[\s,;().])*")
_AND = re.compile(r"(?<=[\s\d)])(?:and|и)(?=[\s\d(])")
_MARKS = re.compile(r"\d+|(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрст")
_NUMBERED = re.compile(r"\s*(\d+)(?:\s*[).:(–—-]|\s+(?=[^\W\d_]))")
_TYPED = {r"\top": "T", r"\cdot": "*", r"\,": "", "'": "^T", "ᵀ": "^T"}
"""How the signs of a formula in an option are typed."""
_SIGN = re.compile(r"\\[a-zA-Z]+|\\.|['ᵀ]")
_FRAMES = frozenset({r"\frac", r"\dfrac", r"\sqrt", r"\left", r"\right"})
"""Commands that no letter stands for when a formula is typed."""
_INSERTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
FEWEST_WORDS = 2
"""So many first words quote an option that no other begins with."""


def option_numbers(text: str, most: int) -> tuple[int, ...]:
    """The numbers of options in a text of nothing else: `1, 3`, `option 4`, `4) и 5)`, `135`; empty for words."""
    text = _ORDINAL.sub("", _FIGURE.sub(r" \1 ", _OPTION.sub(" ", text)))
    match = _LIST.fullmatch(" ".join(text.split()))
    numbers = tuple(map(_number, re.findall(r"\d+", text))) if match else ()
    if len(numbers) == 1 and numbers[0] > most:
        digits = tuple(map(int, str(numbers[0])))
        if len(set(digits)) == len(digits) and all(1 <= digit <= most for digit in digits):
            return digits
    for number in numbers:
        if not 1 <= number <= most:
            raise SyntaxFault("answer-option-range", span=(0, len(text)), number=number, most=most)
    return numbers


def marked_numbers(text: str, most: int) -> tuple[int, ...]:
    """The numbers of options marked otherwise: `2-4, 6`, `1 + 3`, `- 1⏎- 3`, `a), c)`; empty where one is not there.

    What quotes an option is no such list, so that this is asked last.
    """
    text = _RANGE.sub(_spelled_out, _BULLET.sub(",", _ORDINAL.sub("", _OPTION.sub(" ", text).casefold())))
    text = _AND.sub(",", text)
    if not _LISTED.fullmatch(text):
        return ()
    marks = _MARKS.findall(text)
    alphabet = next((each for each in _ALPHABETS if all(mark.isdecimal() or mark in each for mark in marks)), "")
    numbers = [_number(mark) if mark.isdecimal() else alphabet.find(mark) + 1 for mark in marks]
    return tuple(numbers) if all(1 <= number <= most for number in numbers) else ()


def _number(digits: str) -> int:
    """A number, which beyond nine digits is no option's whatever it is."""
    return int(digits.lstrip("0")[:10] or 0)


def _spelled_out(ends: re.Match[str]) -> str:
    """`2-4` as 2, 3, 4; nothing that could be read where it goes down."""
    return ", ".join(map(str, range(int(ends[1][:3]), int(ends[2][:3]) + 1))) or "?"


class Quoted(NamedTuple):
    """An option in its own words: which one it is, depends on what stands on the student's sheet."""

    text: str


def quoted_number(text: str, shown: Sequence[Option], ask: Ask, group: Group, member: int) -> int | None:
    """The number on the sheet of the one option that a text quotes, `4) ...` or without its number; None for no one."""
    quoted = _quoted(text, shown, ask, group, member)
    numbered = _NUMBERED.match(text)
    if quoted is None and numbered:  # `1 - x` may be an option, and `1 - up` be one with its number
        number, words = int(numbered[1][:3]), text[numbered.end() :]
        quoted = _quoted(words, shown, ask, group, member)
        if quoted is None and 1 <= number <= len(shown):
            option = shown[number - 1]
            copied = ")" in numbered[0] and _has_letters(words, option)  # from the list in the answers file
            return number if copied or _begins(words, option) else None
        return quoted if number == quoted else None
    return quoted


def _quoted(text: str, shown: Sequence[Option], ask: Ask, group: Group, member: int) -> int | None:
    """The number of the one option that a text quotes; one that it is as a whole goes before one that it begins."""
    quoted = [index for index, option in enumerate(shown, 1) if _quotes(text, option, ask, group, member)]
    exact = [index for index in quoted if _is_whole(text, shown[index - 1])]
    found = exact or quoted
    return found[0] if len(found) == 1 else None


def _quotes(text: str, option: Option, ask: Ask, group: Group, member: int) -> bool:
    """Whether a text is an option: its words, two of its first words at least, or its formula."""
    if option.tree is not None and not option.text:
        return _tidy(option.tree, ask, group, member) == _typed(text, ask)
    given = _words(text)
    return any(
        given == words or (len(given) >= FEWEST_WORDS and given == words[: len(given)])
        for words in map(_words, option.text.values())
    ) or _is_formula(text, option)


def _begins(text: str, option: Option) -> bool:
    """Whether words are the first of an option's, one at least: beside its number that is enough."""
    given = _words(text)
    return bool(given) and any(given == words[: len(given)] for words in map(_words, option.text.values()))


def _is_formula(text: str, option: Option) -> bool:
    """Whether a text is an option's formula, as `W^T g`, `W^T*g` and `W'g` are all $W^\top g$."""
    return any(
        _squeezed(text) == _squeezed(formula) and not _INSERTED.search(formula) and _TYPED.keys() >= _signs(formula)
        for formula in _formulas(option)
    )


def _has_letters(text: str, option: Option) -> bool:
    """Whether a text has the letters of an option's formula, whose numbers are each student's own."""
    letters = _letters(text)
    return bool(letters) and any(
        letters == _letters(formula) and _TYPED.keys() | _FRAMES >= _signs(formula)
        for formula in (_INSERTED.sub("", formula) for formula in _formulas(option))
    )


def _formulas(option: Option) -> list[str]:
    """The texts of an option that are one formula."""
    return [words[1:-1] for words in map(str.strip, option.text.values()) if re.fullmatch(r"\$[^$]+\$", words)]


def _signs(formula: str) -> set[str]:
    return set(_SIGN.findall(formula))


def _squeezed(formula: str) -> str:
    return re.sub(r"[\s{}*·$]", "", _SIGN.sub(lambda sign: _TYPED.get(sign[0], ""), formula))


def _letters(formula: str) -> str:
    return re.sub(r"sqrt|[\W\d_]", "", _squeezed(formula))


def _is_whole(text: str, option: Option) -> bool:
    return any(_words(text) == _words(words) for words in option.text.values())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _tidy(tree: Node, ask: Ask, group: Group, member: int) -> str:
    tree = with_numbers(inlined(tree, dict(group.plan.functions)), group, member, ask.variables)
    return to_latex(tidied(tree)).replace(" ", "")


def _typed(text: str, ask: Ask) -> str | None:
    try:
        return to_latex(tidied(parse(text, ask.variables))).replace(" ", "")
    except StudentError:
        return None
