"""Slips in words: what was done and what the step is, in words and formula, without the value."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from grader.blanks.kind import with_numbers
from grader.errors import Message
from grader.language.construct import tidied
from grader.language.functions import inlined
from grader.language.nodes import Call, Name, Node, names, walk
from grader.language.numerals import name_latex
from grader.language.primitives import CONSTANTS
from grader.language.unicode import name_unicode, to_unicode
from grader.marking.match import Match
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan, Step
from grader.suspects.mutants import Mutant

_FRAME = "slip-with-formula"
LONGEST = 40
"""Parts of a formula that are longer are not told."""
LONGEST_FORMULA = 90


def slip_message(group: Group, member: int, ask: Ask, match: Match) -> Message:
    """The message of a slip for one student."""
    mutant = match.mutant
    pair = (mutant, match.second) if match.second is not None else mutant.pair if mutant is not None else ()
    if pair:
        both = [_single(group, member, ask, slip) for slip in pair if slip is not None]
        if mutant is not None and mutant.pair:
            both = [in_words.values["slip"] if in_words.key == _FRAME else in_words for in_words in both]
        told = Message("slip-two", {"first": both[0], "second": both[1]})
        formulas = _formulas(group, member, ask, match) if mutant is not None and mutant.pair else {}
        return Message(_FRAME, {"slip": told, **formulas}) if formulas else told
    if mutant is not None and mutant.say is not None:
        return Message("slip-authored", {"say": mutant.say})
    values: dict[str, Any] = {"where": _where(group.plan, match.step or ask.id, ask)}
    key = f"slip-{match.rule}"
    if mutant is not None and mutant.part is not None and not _has_cases(mutant.part):
        part = _shown(mutant.part, group, member, ask)
        if max(map(len, part.values())) <= LONGEST:
            values["part"] = part
            key += "-part" if match.rule in WITH_PART else ""
    message = Message(key, values)
    formulas = _formulas(group, member, ask, match)
    return Message(_FRAME, {"slip": message, **formulas}) if formulas else message


def _single(group: Group, member: int, ask: Ask, mutant: Mutant) -> Message:
    return slip_message(group, member, ask, Match(mutant.rule, mutant.step, mutant.cost, mutant))


WITH_PART = frozenset({
    "term-dropped", "factor-dropped", "divisor-dropped", "old-for-new", "new-for-old", "wrong-point", "complement",
    "power-dropped", "inner-lost", "table-slip", "activation-missing", "transpose-missing", "inverse-missing",
    "index-off", "rows-for-columns",
})  # fmt: skip
"""Rules whose message names the part; the others have one message."""


_NO_NAMES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\\[dt]?frac|\\(?:left|right|text|cdot|qquad|quad)")


def _where(plan: Plan, name: str, ask: Ask) -> Message | str:
    """The formula that the slip is in, by its name and title."""
    del ask
    step = plan.by_name.get(name)
    if step is None or not step.title:
        return Message("slip-where", {"name": name_unicode(name)})
    return Message("slip-where-titled", {"name": name_unicode(name), "title": dict(step.title)})


def _has_cases(tree: Node) -> bool:
    """It goes by cases, which in a line of words nobody can read."""
    return any(isinstance(part, Call) and part.op == "if" for part in walk(tree))


def _shown(tree: Node, group: Group, member: int, ask: Ask) -> dict[str, str]:
    """A formula by language, with numbers for the names that the sheet does not mention."""
    return _in_languages(_filled(tree, group, member, ask))


def _filled(tree: Node, group: Group, member: int, ask: Ask) -> Node:
    hidden = unmentioned(group.plan)
    if not any(isinstance(part, Name) and part.name in hidden for part in walk(tree)):
        return tree
    keep = {name for name in group.values if name not in hidden} | set(ask.variables)
    return tidied(with_numbers(tree, group, member, keep))


@lru_cache(maxsize=2048)
def _in_languages(tree: Node) -> dict[str, str]:
    return {language: to_unicode(tree, language) for language in LANGUAGES}


@lru_cache(maxsize=1024)
def unmentioned(plan: Plan) -> frozenset[str]:
    """Givens that the statement shows only as numbers: their names mean nothing to a student."""
    text = re.sub(
        r"\{\{.*?\}\}|\{%.*?%\}|\\[dt]?frac|\\(?:left|right|text|cdot|qquad|quad)", " ", plan.problem.text["en"]
    )
    maths = " ".join(re.findall(r"\$\$?(.+?)\$\$?", text, re.DOTALL))
    return frozenset(given.name for given in plan.givens if not _mentioned(given.name, maths))


def _mentioned(name: str, maths: str) -> bool:
    base = re.escape(re.split(r"[_{\[(]", name_latex(name.partition("[")[0], ()))[0].strip())
    return re.search(rf"(?<![A-Za-z\\]){base}(?![A-Za-z])", maths) is not None


def _formulas(group: Group, member: int, ask: Ask, match: Match) -> dict[str, dict[str, str]]:
    """What was done and the step as it is; nothing for expressions, where the formula is the answer."""
    mutant = match.mutant
    step = group.plan.by_name.get(match.step)
    if mutant is None or step is None or step.parameters or step.symbolic or ask.variables:
        return {}
    wrong = mutant.trees.get(step.name)
    if wrong is None or inlined(step.tree, dict(group.plan.functions)) != step.tree or _has_cases(step.tree):
        return {}
    if not names(_filled(step.tree, group, member, ask)) - CONSTANTS.keys():
        return {}  # with nothing but numbers left it would be the answer
    right = _equation(step, step.tree, group, member, ask)
    done = _equation(step, wrong, group, member, ask)
    fits = max(len(text) for texts in (right, done) for text in texts.values()) <= LONGEST_FORMULA
    return {"done": done, "formula": right} if fits else {}


def _equation(step: Step, tree: Node, group: Group, member: int, ask: Ask) -> dict[str, str]:
    texts = _shown(tree, group, member, ask)
    return {language: f"{name_unicode(step.name)} = {text}" for language, text in texts.items()}
