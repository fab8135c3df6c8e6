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

_STEP = r"(?:(?:at|on|after|на|после|в)\s+)?(?:step|iteration|шаг[еуа]?|итераци[яи])\s*+(?:[№#]|no?\.)?\s*+"
_AT_STEP = re.compile(
    rf"{_STEP}[0-9]+\s*[:,]\s*(?P<behind>\S.*)|(?P<before>.*[^\s,;(])\s*[,;(]\s*{_STEP}[0-9]+\s*\)?\s*\.?\s*",
    re.I | re.DOTALL,
)
"""A value and the step it belongs to."""
_THIS_STEP = re.compile(rf"\s*{_STEP}[:=]?\s*+(?P<number>[0-9]+(?:\.0+)?)\s*\.?\s*", re.I)
"""A number of steps, which `step 28` would be the unit step of."""
_WORDS = r"[^\W\d_]+(?:\s+[^\W\d_]+)*"
_NUMBER = r"[-+−]?[0-9](?:[0-9.,]*[0-9])?(?: [0-9]{3})*"
_WORDS_AND_NUMBER = re.compile(
    rf"(?P<before>\s*(?:{_WORDS}\s*[:=]?(?!\s*[-−–—]\s))?)"
    rf"(?P<number>\s*(?<![^\W\d_]){_NUMBER})(?P<behind>\s+\(?{_WORDS}\)?)?\s*\.?\s*"
)
_BETWEEN = re.compile(r"(;|,(?=\s))")
"""Between the numbers of a list, where it is no decimal comma."""
_COUNTED = re.compile(
    "steps?|iterations?|updates?|times|pcs|pieces|px|пикс|шаг(?:а|е|у|ов|ом)?|итераци[яйиею]|обновлени[яйею]|раза?|шт|штук[аи]?",
    re.I,
)
"""What a whole number counts, where one is asked for: a problem of updates is one of steps as well."""
_FACTOR = re.compile(rf"\s*(?:во?\s+)?(?P<number>{_NUMBER})\s+(?:times|раза?)\s*\.?\s*", re.IGNORECASE)
"""How many times greater; a number of any kind."""
_CHANGING = re.compile(
    "minus|negat|perce|thous|hundr|milli|billi|half|twice|doubl|tripl|squar|root|power|inver|recip|logar|expon|sine|cosin|"
    "минус|отриц|проце|тысяч|сот|десят|милли|полов|дважд|втрое|вдвое|квадр|корен|корн|степе|обрат|логар|экспо|синус|косин",
    re.IGNORECASE,
)
"""How words begin that make another number of it, whatever the problem's text says."""
_SMALL = re.compile("of|the|is|are|at|in|for|на|в|для|по|у", re.IGNORECASE)
"""Short words that may stand before a number; log, ln and not may not."""
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def without_step(text: str, ask: Ask) -> str | None:
    """A number without the step that is named beside it, or the number of that step itself; in its place.

    None for every other text.
    """
    if ask.traits.whole and (this := _THIS_STEP.fullmatch(text)):
        return " " * this.start("number") + this["number"]
    beside = _AT_STEP.fullmatch(text) if not ask.traits.whole else None
    if beside is None:
        return None
    side = "behind" if beside["behind"] is not None else "before"
    return " " * beside.start(side) + beside[side]


def bare_number(text: str, ask: Ask, plan: Plan) -> str | None:
    """The number of a text of a number and words of the problem, in its place; None for every other text."""
    match = _FACTOR.fullmatch(text)
    if match is not None:
        return " " * match.start("number") + match["number"]
    match = _WORDS_AND_NUMBER.fullmatch(text)
    if match is None:
        return None
    known = words_of(plan) | {stem for prompt in ask.prompt.values() for stem in _stems(prompt)}
    before, behind = (
        [word for word in re.findall(r"[^\W\d_]+", match[side] or "") if not _is_counted(word, ask)]
        for side in ("before", "behind")
    )
    plain = (
        match["number"].strip() != text.strip(" .")
        and not any(len(words[0]) < SHORTEST for words in (before, behind) if words)
        and all(_says_nothing(word, known) or _SMALL.fullmatch(word) for word in before)
        and all(_says_nothing(word, known) or len(word) < SHORTEST for word in behind)
    )
    return " " * match.start("number") + match["number"] if plain else None


def bare_entries(text: str, ask: Ask, plan: Plan, count: int) -> str | None:
    """The numbers of a list `200 fits; 199 objects` with words of the problem; None for every other text."""
    parts = _BETWEEN.split(text)
    for at in range(0, len(parts), 2):
        bare = parts[at] if re.fullmatch(rf"\s*{_NUMBER}\s*", parts[at]) else bare_number(parts[at], ask, plan)
        if bare is None:
            return None
        parts[at] = bare
    return "".join(parts) if len(parts) == 2 * count - 1 else None


def _is_counted(word: str, ask: Ask) -> bool:
    return ask.traits.whole and _COUNTED.fullmatch(word) is not None


def _says_nothing(word: str, known: frozenset[str]) -> bool:
    return _stem(word) in known and _CHANGING.match(word) is None


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
