"""Slips in words: what was done and what the step is, in words and formula, without the value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from grader.blanks.kind import with_numbers
from grader.errors import Message
from grader.language.construct import tidied
from grader.language.functions import inlined
from grader.language.nodes import Call, Name, Node, names, walk
from grader.language.primitives import CONSTANTS
from grader.language.unicode import name_unicode, to_unicode
from grader.marking.match import Match, of_mutant
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan, Step
from grader.plan.seen import unmentioned
from grader.slips.table import SLIP_KINDS
from grader.suspects.mutants import Mutant

LONGEST = 40
"""Parts of a formula that are longer are not told."""
LONGEST_FORMULA = 90


class Words(NamedTuple):
    """What is said of a slip: `general` without one student's formulas, and the part that it names, as it is shown."""

    message: Message
    general: Message
    part: Node | None = None


def slip_words(group: Group, member: int, ask: Ask, match: Match) -> Words:
    """A slip in words for one student."""
    mutant = match.mutant
    if match.second is not None and mutant is not None:
        return _two(group, member, ask, (mutant, match.second))
    if mutant is not None and mutant.pair:
        in_general = _two(group, member, ask, mutant.pair).general
        return _framed(in_general, _formulas(group, member, ask, match))
    if mutant is not None and mutant.say is not None:
        authored = Message("slip-authored", {"say": mutant.say})
        return Words(authored, authored)
    kind = SLIP_KINDS[match.rule]
    values: dict[str, Message | dict[str, str]] = {"where": _where(group.plan, match.step or ask.id)}
    part = _part(group, member, ask, mutant) if mutant is not None else None
    if part is not None:
        values["part"] = _in_languages(part)
    named = part is not None and kind.names_part
    in_general = Message(kind.key_with_part if named else kind.key, values)
    return _framed(in_general, _formulas(group, member, ask, match), part)


def _framed(in_general: Message, formulas: dict[str, dict[str, str]], part: Node | None = None) -> Words:
    """With what was done and the step as it is, where these can be shown."""
    framed = Message("slip-with-formula", {"slip": in_general, **formulas}) if formulas else in_general
    return Words(framed, in_general, part)


def _two(group: Group, member: int, ask: Ask, slips: Sequence[Mutant]) -> Words:
    """Two slips at once, each in its own words."""
    one, other = (slip_words(group, member, ask, of_mutant(slip)) for slip in slips)
    return Words(
        Message("slip-two", {"first": one.message, "second": other.message}),
        Message("slip-two", {"first": one.general, "second": other.general}),
    )


def _part(group: Group, member: int, ask: Ask, mutant: Mutant) -> Node | None:
    """The part that the slip is about as it is shown; None where nobody could read it."""
    if mutant.part is None or _has_cases(mutant.part):
        return None
    part = _filled(mutant.part, group, member, ask)
    return part if max(map(len, _in_languages(part).values())) <= LONGEST else None


def _where(plan: Plan, name: str) -> Message:
    """The formula that the slip is in, by its name and title."""
    step = plan.by_name.get(name)
    if step is None or not step.title:
        return Message("slip-where", {"name": name_unicode(name)})
    return Message("slip-where-titled", {"name": name_unicode(name), "title": dict(step.title)})


def _has_cases(tree: Node) -> bool:
    """It goes by cases, which in a line of words nobody can read."""
    return any(isinstance(part, Call) and part.op == "if" for part in walk(tree))


def _filled(tree: Node, group: Group, member: int, ask: Ask) -> Node:
    """A formula with numbers for the names that the sheet does not mention."""
    hidden = unmentioned(group.plan)
    if not any(isinstance(part, Name) and part.name in hidden for part in walk(tree)):
        return tree
    keep = {name for name in group.values if name not in hidden} | set(ask.variables)
    return tidied(with_numbers(tree, group, member, keep))


@lru_cache(maxsize=2048)
def _in_languages(tree: Node) -> dict[str, str]:
    return {language: to_unicode(tree, language) for language in LANGUAGES}


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
    texts = _in_languages(_filled(tree, group, member, ask))
    return {language: f"{name_unicode(step.name)} = {text}" for language, text in texts.items()}
