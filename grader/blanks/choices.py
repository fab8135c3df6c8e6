"""One option, or several: options are drawn and shuffled per student, the right ones computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.blanks.kind import CORRECT, Judgement, Sample, Typed, one_text, with_numbers, wrong
from grader.chance.streams import stream
from grader.equality.expressions import difference
from grader.errors import Message, SyntaxFault
from grader.language.functions import inlined
from grader.plan.group import Group
from grader.plan.plan import Ask, Option
from grader.plan.solve import value_of


def options_right(ask: Ask, group: Group, member: int) -> list[bool]:
    """Which options of the file are right for a student, in the file's order."""
    one = group.at(member)
    return [_is_right(ask, option, one) for option in ask.options]


def _is_right(ask: Ask, option: Option, group: Group) -> bool:
    """For a group of one."""
    if option.when is not None:
        return bool(np.ravel(value_of(group.plan, option.when, group.values, ask.path))[0] > 0.5)
    functions = dict(group.plan.functions)
    if ask.tree is None or option.tree is None:
        raise KeyError(ask.id)
    answer, reference = (
        with_numbers(inlined(tree, functions), group, 0, ask.variables) for tree in (option.tree, ask.tree)
    )
    return difference(answer, reference, ask.variables, ask.domain) is None


def shown_options(ask: Ask, group: Group, member: int) -> list[tuple[Option, bool]]:
    """The options as a student sees them, and whether each is right: a permutation from the seed, cut to `pick`.

    At least one right option is kept; with several, it takes the place of the last one.
    """
    order = stream(group.seeds[member : member + 1], f"options {ask.id}").permutations(len(ask.options))[0]
    right = options_right(ask, group, member)
    shown = list(order[: ask.pick or len(order)])
    if not any(right[place] for place in shown) and any(right):
        shown[-1] = next(place for place in order if right[place])
        order = stream(group.seeds[member : member + 1], f"options again {ask.id}").permutations(len(shown))[0]
        shown = [shown[place] for place in order]
    return [(ask.options[place], right[place]) for place in shown]


def options_if(ask: Ask, group: Group, world: Group, member: int) -> list[tuple[Option, bool]]:
    """The options as the student sees them, and whether each is right for the values of another group."""
    right = dict(zip((option.name for option in ask.options), options_right(ask, world, member), strict=True))
    return [(option, right[option.name]) for option, _ in shown_options(ask, group, member)]


def _numbers(text: str, most: int) -> tuple[int, ...]:
    found = re.fullmatch(r"[\s\[({]*((?:\d+\s*[).]?\s*[,;\s]?\s*(?:and|и)?\s*)*)[\])}\s]*", text)
    numbers = tuple(int(number) for number in re.findall(r"\d+", text)) if found else ()
    if not numbers:
        raise SyntaxFault("answer-option-number", span=(0, len(text)), most=most)
    for number in numbers:
        if not 1 <= number <= most:
            raise SyntaxFault("answer-option-range", span=(0, len(text)), number=number, most=most)
    return numbers


class ChoiceKind:
    """One option, by its number on the sheet."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The number of the option."""
        text = one_text(typed, ask)
        del member, group
        numbers = _numbers(text, ask.pick or len(ask.options))
        if len(set(numbers)) > 1:
            raise SyntaxFault("answer-one-option", span=(0, len(text)))
        return numbers[0]

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Any]) -> list[Judgement]:
        """By what is right on each student's sheet."""
        return [
            self.judge(shown_options(ask, group, member), answer)
            for member, answer in zip(members, answers, strict=True)
        ]

    def judge(self, shown: list[tuple[Option, bool]], answer: Any) -> Judgement:
        """Right or wrong."""
        return CORRECT if shown[answer - 1][1] else wrong("answer-wrong-option")

    def explain(self, ask: Ask, group: Group, language: str) -> str:
        """The numbers of the right options."""
        del language
        return ", ".join(str(n) for n, (_, right) in enumerate(shown_options(ask, group, 0), 1) if right)

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
        """The options."""
        del ask, group
        return (), Message("answer-write-option")

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """The right number, a wrong one, and one that is not there."""
        shown = shown_options(ask, group, 0)
        numbered = [Sample(str(number), "correct" if right else "wrong") for number, (_, right) in enumerate(shown, 1)]
        return [*numbered, Sample("77", "invalid")]


class ChoicesKind(ChoiceKind):
    """All right options, by their numbers; a wrong one takes back what a right one earns."""

    def read(self, typed: Typed, ask: Ask, group: Group, member: int) -> Any:
        """The set of numbers."""
        del group, member
        return frozenset(_numbers(one_text(typed, ask), ask.pick or len(ask.options)))

    def judge(self, shown: list[tuple[Option, bool]], answer: Any) -> Judgement:
        """Right ones found less wrong ones taken, as a share of the right ones."""
        right = {number for number, (_, truth) in enumerate(shown, 1) if truth}
        if answer == right:
            return CORRECT
        share = max(0.0, (len(answer & right) - len(answer - right)) / max(1, len(right)))
        reasons = []
        if right - answer:
            reasons.append(Message("answer-options-missing", {"count": len(right - answer)}))
        if answer - right:
            reasons.append(Message("answer-options-extra", {"count": len(answer - right)}))
        return Judgement("partly" if share else "wrong", share, tuple(reasons))

    def blank(self, ask: Ask, group: Group) -> tuple[tuple[int, ...], Message]:
        """The options."""
        del ask, group
        return (), Message("answer-write-options")

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """All right ones, all options, and one that is not there."""
        shown = [right for _, right in shown_options(ask, group, 0)]
        right = ", ".join(str(number) for number, truth in enumerate(shown, 1) if truth)
        wrong_ones = [Sample(str(number), "wrong") for number, truth in enumerate(shown, 1) if not truth]
        return [Sample(right, "correct"), Sample(f"[{right}]", "correct"), *wrong_ones, Sample("77", "invalid")]
