"""Slips in words: a line that says what went wrong, and where it fits on it the step as it is and as it was done.

What is named is named as the sheet does, and nothing that is said is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from grader.blanks.kind import expected_value, with_numbers
from grader.blanks.kinds import kind_of
from grader.errors import GraderError, Message
from grader.language.construct import tidied
from grader.language.evaluate import evaluate
from grader.language.functions import inlined
from grader.language.nodes import Call, Name, Node, Number, names, walk
from grader.language.primitives import CONSTANTS
from grader.language.unicode import name_unicode, to_unicode
from grader.marking.match import Match, of_mutant
from grader.marking.readable import are_readable, by_cases, one_entry
from grader.messages import LANGUAGES
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan, Step
from grader.plan.seen import unmentioned
from grader.plan.sheet_names import sheet_names
from grader.slips.table import SLIP_KINDS
from grader.suspects.mutants import Mutant

LONGEST = 20
"""Parts of a formula that are longer are not told."""
LONGEST_FORMULAS = 64
"""Both formulas together, so that they fit on a line."""
COMPLEMENTS = frozenset({"complement", "complement-taken"})
"""Slips of which the number itself and what is left of it to 1 are both told."""
TRUTHS = frozenset({"sign", *COMPLEMENTS, "term-dropped", "factor-dropped"})
"""What would be said of the numbers 0 and 1 where they are truths."""

_CLEAR = frozenset({"slip-sign-whole", "slip-negation", "slip-one-entry"})
"""Texts that a formula would only make longer."""


class Words(NamedTuple):
    """What is said of a slip: `bare` without the formulas, `general` to a class; and the part that is named."""

    message: Message
    bare: Message
    general: Message
    part: Node | None = None


def slip_words(group: Group, member: int, ask: Ask, match: Match) -> Words:
    """A slip in words for one student."""
    mutant = match.mutant
    if match.second is not None and mutant is not None:
        return _two(group, member, ask, (mutant, match.second))
    if mutant is not None and mutant.pair:
        return _two(group, member, ask, mutant.pair)
    if mutant is not None and mutant.say is not None:
        authored = Message("slip-authored", {"say": mutant.say})
        return Words(authored, authored, authored)
    general = _where(group.plan, match.step or ask.id)
    own = general if match.step not in ("", ask.id) else ""  # it is said beside the blank itself
    key, part = _key(group, member, ask, match)
    values = {} if part is None else {"part": _in_languages(part)}
    message = Message(key, {"where": own, **values})
    formulas = {} if part is not None or key in _CLEAR else _formulas(group, member, ask, match)
    framed = Message("slip-with-formula", {"slip": message, **formulas}) if formulas else message
    if mutant is not None and part != mutant.part:  # numbers of this student stand in it
        key, values = SLIP_KINDS[match.rule].key if part is not None else key, {}
    return Words(framed, message, Message(key, {"where": general, **values}), part)


def _two(group: Group, member: int, ask: Ask, slips: Sequence[Mutant]) -> Words:
    """Two slips at once, each in its own words, without the formulas."""
    one, other = (slip_words(group, member, ask, of_mutant(slip)) for slip in slips)
    said = _both(one.bare, other.bare)
    return Words(said, said, _both(one.general, other.general))


def _both(one: Message, other: Message) -> Message:
    if one == other:
        return Message("slip-twice", {"slip": one})
    return Message("slip-two", {"first": one, "second": other})


# ----- The text --------------------------------------------------------------------------------------------------


def _key(group: Group, member: int, ask: Ask, match: Match) -> tuple[str, Node | None]:
    """The key of the text, and the part of the formula that is put into it."""
    kind, mutant = SLIP_KINDS[match.rule], match.mutant
    if mutant is None:
        return (_whole(ask, group) if match.rule == "sign" else kind.key), None
    step = group.plan.by_name.get(mutant.step)
    right = inlined(step.tree, dict(group.plan.functions)) if step is not None else None
    wrong = mutant.trees.get(mutant.step)
    if right is not None and wrong is not None:
        if match.rule in TRUTHS and by_cases(right):
            return "slip-negation", None
        if match.rule == "sign" and wrong == Call("neg", (right,)):
            return _whole(ask, group), None
        if one_entry(wrong, right):
            return "slip-one-entry", None
    part = _part(group, member, ask, mutant) if kind.names_part else None
    return (kind.key_with_part if part is not None else kind.key), part


def _whole(ask: Ask, group: Group) -> str:
    """Of an array some entries may be right."""
    some = ask.traits.numbers and expected_value(ask, group).ndim > 1
    return "slip-sign" if some else "slip-sign-whole"


def _part(group: Group, member: int, ask: Ask, mutant: Mutant) -> Node | None:
    """The part that the slip is about as it is shown; None where nobody could read it."""
    if mutant.part is None or (isinstance(mutant.part, Name) and mutant.part.name in group.plan.index_names):
        return None  # the number of an object is nothing that was put in
    part = _filled(mutant.part, group, member, ask)
    tells = _is_answer if ask.traits.formula else _is_value
    said = [part, Call("sub", (Number("1"), part))] if mutant.rule in COMPLEMENTS else [part]
    if not are_readable((part,), group.plan, ask) or any(tells(each, group, member, ask) for each in said):
        return None
    return part if max(map(len, _in_languages(part).values())) <= LONGEST else None


def _is_answer(part: Node, group: Group, member: int, ask: Ask) -> bool:
    """It is the right formula of the blank itself."""
    known = with_numbers(part, group, member, {*ask.variables, *group.plan.symbols})
    try:
        return kind_of(ask, group).compare(ask, group, [member], [known])[0].status == "correct"
    except (GraderError, KeyError):  # a vector, or a name without a value: no answer at all
        return False


def _is_value(part: Node, group: Group, member: int, ask: Ask) -> bool:
    """It is a number, and the one that is asked for, but perhaps for its sign."""
    right = expected_value(ask, group)
    if right.ndim > 1 or names(part) - _constants(group):
        return False
    value = np.ravel(evaluate(part, {}))
    return bool(ask.tolerance.accepts(np.abs(value), np.abs(right[[member if len(right) > 1 else 0]])).all())


def _constants(group: Group) -> Set[str]:
    """Euler's number and π, unless the file calls something else so."""
    return CONSTANTS.keys() - group.values.keys()


def _where(plan: Plan, name: str) -> Message:
    """The formula that the slip is in, by its sign on the sheet or by its title."""
    called = sheet_names(plan).get(name)
    if called is None:
        return Message("slip-where", {"name": name_unicode(name)})
    if called.is_shown:
        return Message("slip-where", {"name": dict(called.sign)})
    return Message("slip-where-step", {"title": dict(called.title)})


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


# ----- The formulas ----------------------------------------------------------------------------------------------


def _formulas(group: Group, member: int, ask: Ask, match: Match) -> dict[str, dict[str, str]]:
    """The step as it is and what was done; nothing for expressions, where the formula is the answer."""
    mutant = match.mutant
    step = group.plan.by_name.get(match.step)
    if mutant is None or step is None or step.parameters or step.symbolic or ask.variables:
        return {}
    wrong = mutant.trees.get(step.name)
    if wrong is None or inlined(step.tree, dict(group.plan.functions)) != step.tree:
        return {}
    right, done = (_filled(tree, group, member, ask) for tree in (step.tree, wrong))
    if not names(right) - _constants(group) or not are_readable((Name(step.name), right, done), group.plan, ask):
        return {}  # with nothing but numbers left it would be the answer
    texts = _equation(step, right), _in_languages(done)
    fits = max(len(one) + len(other) for one, other in zip(*(text.values() for text in texts), strict=True))
    return {"formula": texts[0], "done": texts[1]} if fits <= LONGEST_FORMULAS else {}


def _equation(step: Step, tree: Node) -> dict[str, str]:
    return {language: f"{name_unicode(step.name)} = {text}" for language, text in _in_languages(tree).items()}
