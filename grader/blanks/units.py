"""Plain words behind a number, `467 parameters`: left out where the problem has them, for they add nothing.

Anything else may change the value (per cent, thousands) or be a name, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.facts import fact
from grader.language.tex import split
from grader.plan.plan import Ask, Plan

SHORTEST = 4
"""Letters of a word that is no name."""
STEM = 5
"""So many letters tell a word, whatever its ending: parameter and parameters, параметров and параметра."""

_NUMBER_AND_WORDS = re.compile(r"(\s*[-+−]?[0-9][0-9.,]*(?: [0-9]{3})*)((?:\s+[^\W\d_]+)+)\s*\.?\s*")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def bare_number(text: str, ask: Ask, plan: Plan) -> str | None:
    """The number of a text of a number and words of the problem; None for every other text."""
    match = _NUMBER_AND_WORDS.fullmatch(text)
    if match is None:
        return None
    known = words_of(plan) | {stem for words in ask.prompt.values() for stem in _stems(words)}
    first, *others = match[2].split()
    plain = _stem(first) in known and all(_stem(word) in known or len(word) < SHORTEST for word in others)
    return match[1] if plain else None


@fact()
def words_of(plan: Plan) -> frozenset[str]:
    """The stems of the words in a problem's title and text, those of formulas left out."""
    problem = plan.problem
    return frozenset(stem for text in (*problem.title.values(), *problem.text.values()) for stem in _stems(text))


def _stems(markdown: str) -> Iterator[str]:
    for words in split(_TEMPLATE.sub(" ", markdown))[0]:
        yield from (_stem(word) for word in re.findall(r"[^\W\d_]+", words) if len(word) >= SHORTEST)


def _stem(word: str) -> str:
    return word.casefold()[:STEM]
