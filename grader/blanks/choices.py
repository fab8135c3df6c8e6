"""One option, or several: options are drawn and shuffled per student, the right ones computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from grader.arrays import Shape, Truths
from grader.blanks.kind import (
    CORRECT,
    Answer,
    AnswerKind,
    Blank,
    Judgement,
    Sample,
    Scenario,
    Typed,
    one_text,
    with_numbers,
    wrong,
)
from grader.blanks.quoted import Quoted, marked_numbers, option_numbers, quoted_number
from grader.chance.streams import stream
from grader.equality.expressions import difference
from grader.errors import Message, SyntaxFault
from grader.language.functions import inlined
from grader.language.plain import plain
from grader.plan.group import Group
from grader.plan.plan import Ask, Option
from grader.plan.solve import value_of
from grader.spec.problem import Texts

COMPARED = 20
"""Members of a group whose options are compared with those of another group."""


def options_right(ask: Ask, group: Group, members: Sequence[int]) -> list[list[bool]]:
    """Which options of the file are right for each of some students, in the file's order."""
    columns = [_right(ask, option, group, members) for option in ask.options]
    return [list(row) for row in zip(*columns, strict=True)]


def _right(ask: Ask, option: Option, group: Group, members: Sequence[int]) -> list[bool]:
    """For whom an option is right: its condition holds, or it is the same formula as the reference."""
    if option.when is not None:
        held = np.ravel(value_of(group.plan, option.when, group.values, ask.path)) > 0.5
        return [bool(held[member if len(held) > 1 else 0]) for member in members]
    functions = dict(group.plan.functions)
    if ask.tree is None or option.tree is None:
        raise KeyError(ask.id)
    both = [inlined(tree, functions) for tree in (option.tree, ask.tree)]
    pairs = ([with_numbers(tree, group, member, ask.variables) for tree in both] for member in members)
    return [difference(answer, reference, ask.variables, ask.domain) is None for answer, reference in pairs]


Shown = list[tuple[Option, bool]]
"""The options on a student's sheet, and whether each is right."""


def shown_options(ask: Ask, group: Group, member: int) -> Shown:
    """The options as a student sees them."""
    return shown_to(ask, group, [member])[0]


def shown_to(ask: Ask, group: Group, members: Sequence[int]) -> list[Shown]:
    """The options as each of some students sees them: a permutation from the seed, cut to `pick`.

    At least one right option is kept; with several, it takes the place of the last one.
    """
    orders = stream(group.seeds[list(members)], f"options {ask.id}").permutations(len(ask.options))
    return [
        _shown(ask, group, member, [int(index) for index in order], right)
        for member, order, right in zip(members, orders, options_right(ask, group, members), strict=True)
    ]


def _shown(ask: Ask, group: Group, member: int, order: list[int], right: list[bool]) -> Shown:
    shown = order[: ask.pick or len(order)]
    if not any(right[index] for index in shown) and any(right):
        shown[-1] = next(index for index in order if right[index])
        again = stream(group.seeds[member : member + 1], f"options again {ask.id}").permutations(len(shown))[0]
        shown = [shown[index] for index in again]
    return [(ask.options[index], right[index]) for index in shown]


def shown_if(ask: Ask, scenario: Scenario, members: Sequence[int]) -> list[Shown]:
    """The options as the students see them, and whether each is right in a scenario."""
    rights = options_right(ask, scenario.group, members)
    named = [dict(zip((option.name for option in ask.options), right, strict=True)) for right in rights]
    sheets = shown_to(ask, scenario.right, members)
    return [[(option, right[option.name]) for option, _ in shown] for shown, right in zip(sheets, named, strict=True)]


def right_numbers(ask: Ask, group: Group, member: int) -> list[int]:
    """The numbers of the right options on a student's sheet."""
    return numbers_right(shown_options(ask, group, member))


def numbers_right(shown: Shown) -> list[int]:
    """The numbers of the right ones among the options on a sheet."""
    return [number for number, (_, right) in enumerate(shown, 1) if right]


def on_sheet(ask: Ask) -> int:
    """How many options are printed."""
    return ask.pick or len(ask.options)


class ChoiceKind(AnswerKind):
    """One option, by its number on the sheet or in its own words."""

    def read(self, typed: Typed, blank: Blank) -> Answer:
        """The number of the option, or its words."""
        text = one_text(typed, blank.ask)
        numbers = option_numbers(text, on_sheet(blank.ask))
        if len(set(numbers)) > 1:
            raise SyntaxFault("answer-one-option", span=(0, len(text)))
        return numbers[0] if numbers else Quoted(text)

    def compare(self, ask: Ask, group: Group, members: Sequence[int], answers: Sequence[Answer]) -> list[Judgement]:
        """By what is right on each student's sheet."""
        return [
            self.judged(shown, answer, ask, group, member)
            for shown, member, answer in zip(shown_to(ask, group, members), members, answers, strict=True)
        ]

    def compare_in(
        self, scenario: Scenario, ask: Ask, members: Sequence[int], answers: Sequence[Answer]
    ) -> list[Judgement]:
        """The sheet has the options that were drawn for the right values; what is right on it follows."""
        return [
            self.judged(shown, answer, ask, scenario.right, member)
            for shown, member, answer in zip(shown_if(ask, scenario, members), members, answers, strict=True)
        ]

    def judged(self, shown: Shown, answer: Answer, ask: Ask, group: Group, member: int) -> Judgement:
        """The judgement of numbers, or of words that quote options on this sheet; other words are not read."""
        if isinstance(answer, Quoted):
            answer = self.taken_by([option for option, _ in shown], answer.text, ask, group, member)
        if answer is None:
            return Judgement("invalid", 0.0, (Message("answer-option-number", {"most": len(shown)}),))
        return self.judge(shown, answer)

    def taken_by(self, shown: Sequence[Option], text: str, ask: Ask, group: Group, member: int) -> Answer:
        """The option that a text quotes, or marks with a letter; None for none."""
        quoted = quoted_number(text, shown, ask, group, member)
        marked = marked_numbers(text, len(shown)) if quoted is None else ()
        return marked[0] if len(marked) == 1 else quoted

    def authored(self, answer: Answer, ask: Ask, group: Group, member: int) -> list[tuple[str, Texts]]:
        """Why the wrong options that were taken are none, in plain text."""
        shown = shown_options(ask, group, member)
        if isinstance(answer, Quoted):
            answer = self.taken_by([option for option, _ in shown], answer.text, ask, group, member)
        numbers = sorted(answer) if isinstance(answer, frozenset) else [answer or 0]
        taken = (shown[number - 1] for number in numbers if 0 < number <= len(shown))
        wrong_ones = [option for option, right in taken if option.why and not right]
        return [(option.name, {language: plain(why) for language, why in option.why.items()}) for option in wrong_ones]

    def judge(self, shown: Shown, answer: Answer) -> Judgement:
        """Right or wrong."""
        return CORRECT if shown[answer - 1][1] else wrong("answer-wrong-option")

    def explain(self, ask: Ask, group: Group) -> list[int]:
        """The numbers of the right options."""
        return right_numbers(ask, group, 0)

    def latex(self, value: Answer, ask: Ask, language: str) -> str:
        """The numbers."""
        del ask, language
        return ", ".join(map(str, value))

    def markdown(self, value: Answer, ask: Ask, language: str) -> str:
        """The numbers, which are no maths."""
        return self.latex(value, ask, language)

    def export(self, ask: Ask, group: Group) -> list[int]:
        """The numbers of the right options on this sheet."""
        return right_numbers(ask, group, 0)

    def agrees(self, ask: Ask, group: Group, other_ask: Ask, other: Group) -> Truths:
        """Options are compared one student at a time, so the first ones speak for the others."""
        size = len(group.positions)
        first = range(min(COMPARED, size))
        pairs = zip(options_right(ask, group, first), options_right(other_ask, other, first), strict=True)
        return np.resize([one == two for one, two in pairs], size)

    def notations(self, ask: Ask, group: Group, most: int) -> Iterator[list[Typed]]:
        """The numbers."""
        sheets = shown_to(ask, group, range(min(most, len(group.positions))))
        yield [self.taken(numbers_right(shown)) for shown in sheets]

    def taken(self, right: Sequence[int]) -> str:
        """What to write where these options are right: one of them."""
        return ", ".join(map(str, right[:1]))

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
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

    def read(self, typed: Typed, blank: Blank) -> Answer:
        """The set of numbers, or words."""
        text = one_text(typed, blank.ask)
        return frozenset(option_numbers(text, on_sheet(blank.ask))) or Quoted(text)

    def taken_by(self, shown: Sequence[Option], text: str, ask: Ask, group: Group, member: int) -> Answer:
        """The options that the parts of a text quote (at `;` or line ends) or that it lists; None for none."""
        parts = [part for part in re.split(r"[;\n]", text) if part.strip()]
        numbers = [quoted_number(part, shown, ask, group, member) for part in parts]
        return frozenset(numbers if numbers and None not in numbers else marked_numbers(text, len(shown))) or None

    def taken(self, right: Sequence[int]) -> str:
        """All of them."""
        return ", ".join(map(str, right))

    def judge(self, shown: Shown, answer: Answer) -> Judgement:
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

    def blank(self, ask: Ask, group: Group) -> tuple[Shape, Message]:
        """The options."""
        del ask, group
        return (), Message("answer-write-options")

    def samples(self, ask: Ask, group: Group) -> list[Sample]:
        """All right ones, all options, and one that is not there."""
        shown = [right for _, right in shown_options(ask, group, 0)]
        right = ", ".join(str(number) for number, truth in enumerate(shown, 1) if truth)
        wrong_ones = [Sample(str(number), "wrong") for number, truth in enumerate(shown, 1) if not truth]
        return [Sample(right, "correct"), Sample(f"[{right}]", "correct"), *wrong_ones, Sample("77", "invalid")]
