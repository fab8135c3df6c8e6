"""What a constructed answer is told: the first condition it breaks, at which row, what came out and what must."""

from __future__ import annotations

import pytest

from grader.draws.draw import draw
from grader.marking.mark import mark_ask
from grader.messages import translate
from grader.plan.load import problem_from

SPEC = """
id: lines
title: {en: A, ru: А}
topic: t
text: {en: A, ru: А}
given: {a: 2}
steps: {s: a}
ask:
  r:
    fields: [b, w1, w2]
    such that:
"""
NEURON = "{for: '[x1, x2, t] in [0, 0, 0; 1, 0, 1; 0, 1, 1]', holds: 'if(b + w1*x1 + w2*x2 > 0, 1, 0) = t'}"
NAMED = "{holds: b + w1*a >= 1/2, name: {en: it lies above, ru: она выше}, subject: {en: the line, ru: прямая}}"
BOTH = (
    "{holds: b + w1*a = 0 and abs(w1) + abs(w2) > 0, name: {en: '0 at a, not both 0', ru: '0 в a, не оба 0'}, "
    "subject: {en: the sum, ru: сумма}}"
)
ROWS = [
    (NEURON, "1, 1, 1", "For x = (0, 0) your answer gives 1 and must give 0.",
     "При x = (0; 0) ваш ответ даёт 1, а нужно 0."),
    (NEURON, "-0.5, 0, 1", "For x = (1, 0) your answer gives 0 and must give 1.",
     "При x = (1; 0) ваш ответ даёт 0, а нужно 1."),
    ("{for: '[u, v] in [1, 2; 3, 4]', holds: v = b + w1*u}", "1.5, 1, 0",
     "For u = 1 your answer gives 2.5 and must give 2.", "При u = 1 ваш ответ даёт 2,5, а нужно 2."),
    ("{for: '[u] in [1; 2]', holds: b + w1*u > 0}", "1.5, -1, 0",
     "For u = 2 your answer gives −0.5 and must give more than 0.", "При u = 2 ваш ответ даёт −0,5, а нужно больше 0."),
    ("{for: '[u] in [1; 2]', holds: 0 < b + w1*u}", "1.5, -1, 0",
     "For u = 2 your answer gives −0.5 and must give more than 0.", "При u = 2 ваш ответ даёт −0,5, а нужно больше 0."),
    (NAMED, "0, 0.1, 0", "Does not hold: it lies above. Here the line gives 0.2 and must give at least 0.5.",
     "Не выполнено: она выше. Здесь прямая даёт 0,2, а нужно не меньше 0,5."),
    (BOTH, "1, 1, 0", "Does not hold: 0 at a, not both 0. Here the sum gives 3 and must give 0.",
     "Не выполнено: 0 в a, не оба 0. Здесь сумма даёт 3, а нужно 0."),
    (BOTH, "0, 0, 0", "Does not hold: 0 at a, not both 0.", "Не выполнено: 0 в a, не оба 0."),
    ("{holds: abs(b) <= 1}", "3, 0, 0", "Here your answer gives 3 and must give at most 1.",
     "Здесь ваш ответ даёт 3, а нужно не больше 1."),
    ("{for: '[u, v] in [1, 2; 3, 4]', holds: abs(b + w1*u - v) < 1/1000}", "1.5, 1, 0",
     "For u = 1 your answer gives 2.5 and must give 2.", "При u = 1 ваш ответ даёт 2,5, а нужно 2."),
    ("{holds: abs(2 - w1) <= 1/100}", "3, 2.011, 0", "Here your answer gives 2.011 and must give 2.",
     "Здесь ваш ответ даёт 2,011, а нужно 2."),
    ("{for: '[u] in [1; 2]', holds: abs(b + w1*u) <= abs(w1)/1000000 and w1 != 0}", "1.5, -1, 0",
     "For u = 1 your answer gives 0.5 and must give 0.", "При u = 1 ваш ответ даёт 0,5, а нужно 0."),
    ("{holds: abs(b) < 1/50}", "3, 0, 0", "Here your answer gives 3 and must give less than 0.02.",
     "Здесь ваш ответ даёт 3, а нужно меньше 0,02."),
    ("{holds: w1 != 0}", "3, 0, 0", "Here your answer gives 0 and must give something other than 0.",
     "Здесь ваш ответ даёт 0, а нужно что-нибудь другое, только не 0."),
    ("{holds: w1 < 0}", "3, 0, 0", "Here your answer gives 0 and must give less than 0.",
     "Здесь ваш ответ даёт 0, а нужно меньше 0."),
    ("{holds: b > 0 and w1 = 1}", "3, 0.25, 0", "Here your answer gives 0.25 and must give 1.",
     "Здесь ваш ответ даёт 0,25, а нужно 1."),
    ("{holds: b > 0 and w1 = 1}", "-1, 0.25, 0", "Here your answer gives −1 and must give more than 0.",
     "Здесь ваш ответ даёт −1, а нужно больше 0."),
    ("{for: '[u] in [1; 2]', holds: b*u > 5 or w1*u > 5}", "0, 0, 0",
     "Does not hold: the condition, for example for u = 1.",
     "Не выполнено: условие, например при u = 1."),
    ("{for: '[x1, x2, z1, z2] in [0, 1, 2, 3; 4, 5, 6, 7]', holds: b*x1 > 5 or w1*z1 > 5}", "0, 0, 0",
     "Does not hold: the condition, for example for x = (0, 1), z = (2, 3).",
     "Не выполнено: условие, например при x = (0; 1), z = (2; 3)."),
    ("{for: '[x1, y1, x2, y2] in [0, 1, 2, 3; 4, 5, 6, 7]', holds: b*x1 > 5 or w1*y2 > 5}", "0, 0, 0",
     "Does not hold: the condition, for example for (x, y) = (0, 1), (2, 3).",
     "Не выполнено: условие, например при (x; y) = (0; 1), (2; 3)."),
    ("{for: '[x1, x2, z2] in [0, 1, 2; 3, 4, 5]', holds: b*x1 > 5 or w1*z2 > 5}", "0, 0, 0",
     "Does not hold: the condition, for example for x1 = 0, x2 = 1, z2 = 2.",
     "Не выполнено: условие, например при x1 = 0, x2 = 1, z2 = 2."),
    ("{holds: '[b, w1] = [1, 2]'}", "1, 3, 0", "Does not hold: the condition.", "Не выполнено: условие."),
    ("{holds: w1 = 1}", "3, 1.0000001, 0", "Here your answer gives 1.0000001 and must give 1.",
     "Здесь ваш ответ даёт 1,0000001, а нужно 1."),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "typed", "english", "russian"), ROWS)
def test_the_violated_condition_in_words(condition: str, typed: str, english: str, russian: str) -> None:
    group = draw(problem_from(f"{SPEC}      - {condition}\n".encode(), "lines.yaml"), [1])[0]
    verdict = mark_ask(group, group.plan.asks[0], [f"[{typed}]"])[0]
    assert verdict.status == "wrong"
    assert [translate(reason, "en") for reason in verdict.reasons] == [english]
    assert [translate(reason, "ru") for reason in verdict.reasons] == [russian]


def test_only_the_first_violated_condition_is_named_and_the_others_still_count() -> None:
    conditions = "".join(
        f"      - {{holds: {name} = 1, share: {share}}}\n" for name, share in (("b", 1), ("w1", 2), ("w2", 1))
    )
    group = draw(problem_from((SPEC + conditions).encode(), "lines.yaml"), [1])[0]
    for typed, share, said in (("1, 1, 1", 1, []), ("1, 5, 6", 1 / 4, ["5"]), ("2, 1, 3", 1 / 2, ["2"])):
        verdict = mark_ask(group, group.plan.asks[0], [f"[{typed}]"])[0]
        assert verdict.points == pytest.approx(share)
        words = [translate(reason, "en") for reason in verdict.reasons]
        assert words == [f"Here your answer gives {value} and must give 1." for value in said]
