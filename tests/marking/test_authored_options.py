"""An author's words about a wrong option: said to who takes it, and to nobody else."""

from __future__ import annotations

import pytest

from grader.blanks.choices import shown_options
from grader.draws.draw import draw
from grader.marking.mark import mark
from grader.marking.verdict import Verdict
from grader.messages import translate
from grader.plan.load import problem_from

SPEC = """\
id: s
title: {en: S, ru: С}
topic: t
given: {a: 2}
steps: {q: 1 - a}
ask:
  one:
    choice:
      falls: {when: q < 0, en: falls, ru: убывает, why: {en: Look at q., ru: Взгляните на q.}}
      rises: {when: q > 0, en: rises, ru: растёт, why: {en: $q < 0$ here., ru: Здесь $q < 0$.}}
      stays: {when: q = 0, en: stays, ru: стоит}
  all:
    choices:
      less: {when: q < 0, en: less, ru: меньше}
      more: {when: q > 0, en: more, ru: больше, why: {en: Not more., ru: Не больше.}}
      none: {when: q = 0, en: none, ru: ноль, why: {en: Not none., ru: Не ноль.}}
text: {en: "$a$", ru: "$a$"}
"""
GROUP = draw(problem_from(SPEC.encode(), "s.yaml"), [5])[0]


def typed(ask: str, names: str) -> str:
    """The numbers of options on the sheet, or their words."""
    shown = [option.name for option, _ in shown_options(GROUP.plan.ask(ask), GROUP, 0)]
    return ", ".join(str(shown.index(name) + 1) if name in shown else name for name in names.split())


def verdict(ask: str, names: str) -> Verdict:
    return {one.ask: one for one in mark(GROUP, [{ask: typed(ask, names)}])[0]}[ask]


@pytest.mark.parametrize(
    ("ask", "names", "rule", "said"),
    [
        ("one", "rises", "rises", "q < 0 here."),
        ("one", "растёт", "rises", "q < 0 here."),
        ("one", "stays", "", ""),
        ("one", "falls", "", ""),
        ("all", "less more", "more", "Not more."),
        ("all", "none", "none", "Not none."),
        ("all", "less", "", ""),
        ("all", "77", "", ""),
    ],
)
def test_who_takes_a_wrong_option_is_told_why(ask: str, names: str, rule: str, said: str) -> None:
    slips = verdict(ask, names).slips
    assert [(slip.rule, translate(slip.message, "en")) for slip in slips] == ([(rule, said)] if rule else [])


def test_of_several_one_is_told() -> None:
    assert len(verdict("all", "less more none").slips) == 1


def test_the_words_change_nobodys_numbers() -> None:
    without = SPEC.replace(", why: {en: Not none., ru: Не ноль.}", "")
    assert problem_from(without.encode(), "s.yaml").digest == GROUP.plan.problem.digest
