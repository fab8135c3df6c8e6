"""How steps are called on the sheet: as the question writes them, by a name that the reader has met, by their title."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import normalize

import msgspec

from grader.facts import fact
from grader.language.plain import plain, plain_maths
from grader.language.scripts import subscript
from grader.language.unicode import name_unicode
from grader.plan.plan import STRUCTURE, Ask, Plan, Step
from grader.plan.seen import Seen, met
from grader.spec.problem import Texts

LONGEST = 24
_SIGN = re.compile(r"([^$]*)\$\s*+([^$=]+?)\s*=\s*\$")
_OWN = re.compile(r"\\partial|\\nabla|'")
"""What says what is asked without the words before it."""
_INDEX = re.compile(r"_(\d+)|_([a-z])\b")


class SheetName(msgspec.Struct, frozen=True):
    """A step on the sheet: `sign` is the maths that stands for it, in each language; "" where only `title` does.

    Both are plain text: messages have no maths of their own.
    """

    sign: Texts
    title: Texts

    @property
    def is_shown(self) -> bool:
        """It has a sign of its own."""
        return bool(self.sign)


@fact(needs=(*STRUCTURE, met))
def sheet_names(plan: Plan) -> dict[str, SheetName]:
    """The steps by name."""
    asked = {ask.id: _asked_as(ask) for ask in plan.asks}
    times = Counter(sign for signs in asked.values() for sign in set(signs.values()))
    alone = {name: signs for name, signs in asked.items() if signs and all(times[sign] == 1 for sign in signs.values())}
    seen = met(plan)
    return {step.name: _called(step, plan, alone, seen) for step in plan.steps}


def _called(step: Step, plan: Plan, asked: dict[str, Texts], seen: Seen) -> SheetName:
    title = {language: plain(text) for language, text in step.title.items()}
    if step.name in asked:
        return SheetName(asked[step.name], title)
    ask = plan.asked.get(step.name)
    read = seen.has(step.name) or seen.accents(step.name)
    shown = (ask is not None and not ask.prompt) or (read and not _is_entry(step.name, plan))
    name = name_unicode(step.name)
    return SheetName({"en": name, "ru": name} if shown or not title else {}, title)


def _asked_as(ask: Ask) -> Texts:
    """What stands before `=` in the question; nothing where that has numbers in it or needs the words before it."""
    found: dict[str, str] = {}
    for language, text in ask.prompt.items():
        match = _SIGN.fullmatch(text.strip())
        if match is None or "{{" in text or "{%" in text or (match[1] and not _OWN.search(match[2])):
            return {}
        sign = normalize("NFC", plain_maths(match[2])).replace("'", "′")
        found[language] = _INDEX.sub(lambda index: subscript(index[1] or index[2]) or index[0], sign)
    return found if all(len(sign) <= LONGEST for sign in found.values()) else {}


def _is_entry(name: str, plan: Plan) -> bool:
    """The reader takes x₂ for an entry of x, which is another thing than the step."""
    match = re.fullmatch(r"([a-zA-Z]+)\d", name)
    known = {*plan.by_name, *(given.name for given in plan.givens)}
    return match is not None and match[1] in known
