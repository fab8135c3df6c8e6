"""Worked solutions: small problems line by line, two families of the bank as whole texts, and how lines are broken."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.plan.load import problem_from
from grader.plan.plan import Ask
from grader.plan.record import from_record
from grader.tolerance import Tolerance
from grader.worksheet.solution import solution
from grader.worksheet.solution.layout import DISPLAY, broken, equation, width
from grader.worksheet.solution.rounding import Rounding, shown_in_full

GOLDEN = Path(__file__).parents[1] / "golden"
HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\n"


def worked(spec: str, language: str = "en") -> list[str]:
    """The paragraphs of the solution of a problem that has only one variant."""
    group = draw(problem_from(f"{HEAD}{spec}".encode(), "s.yaml"), [1])[0]
    return solution(group.at(0), language).split("\n\n")


# ----- The steps -------------------------------------------------------------------------------------------------

STEPS = """\
given: {x: 3, y: {choose: [1/2]}, hidden: 2, v: "[1, 3]", A: "[1, 2; 3, 4]", pick: 2}
where:
  loss(w): (y - hidden*w)^2
  F(z): sum(z.*z)
steps:
  first:
    is: x*y
    title: {en: product, ru: произведение}
    remark: {en: "Half of ${{ x }}$.", ru: "Половина ${{ x }}$."}
  third: x/7
  next: third + first
  folded: 2*hidden*(x - 1)
  bare: hidden^2 + 1
  slope: grad(loss, x)
  through: grad(first, x)
  gradient: grad(F, v)
  chosen: if(x > y, x^2, y)
  average: mean(v - x)
  entry2: v[pick]
  both: "[v[1], first]"
  row: v'*A
  scaled: 2*v
ask: {first: {points: 1, decimals: 3}, third: {points: 1, decimals: 2}, row: 1}
text: {en: "$x = {{ x }}$, $y$, $v$", ru: "$x = {{ x }}$, $y$, $v$"}
"""

LINES = [  # the step's line in English
    r"*Product:* $\mathrm{first} = x y = 3 \cdot \frac{1}{2} = 1.500$",
    "Half of $3$.",
    r"$\mathrm{third} = \frac{x}{7} = \frac{3}{7} \approx 0.42857 \approx 0.43$",
    r"$\mathrm{next} = \mathrm{third} + \mathrm{first} \approx 0.42857 + 1.5 \approx 1.92857$",
    r"$\mathrm{folded} = 4(x - 1) = 4(3 - 1) = 8$",
    r"$\mathrm{bare} = 2^2 + 1 = 5$",
    r"$\mathrm{slope} = \nabla_{x} \mathrm{loss} = -4(y - 2x) = -4\left(\frac{1}{2} - 2 \cdot 3\right) = 22$",
    r"$\mathrm{through} = \nabla_{x} \mathrm{first} = 0.5$",
    r"$\mathrm{gradient} = \nabla_{v} F = (2,\ 6)$",
    r"$\mathrm{chosen} = x^2 = 3^2 = 9$ ($3 > \frac{1}{2}$)",
    r"$\mathrm{average} = \operatorname{mean}(v - x) = \frac{1 - 3 + 3 - 3}{2} = -1$",
    r"$\mathrm{entry}_2 = v_{2} = 3$",
    r"$\mathrm{both} = (1,\ 1.5)$",
    r"$\mathrm{row} = v^{\top}A = \begin{pmatrix} 1 & 3 \end{pmatrix}\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    r" = \begin{pmatrix}10 & 14\end{pmatrix}$",
    r"$\mathrm{scaled} = 2v = 2 \cdot (1,\ 3) = (2,\ 6)$",
]


def test_steps_line_by_line() -> None:
    assert worked(STEPS) == LINES


def test_a_remark_in_a_loop_is_told_once_and_with_other_numbers_again() -> None:
    loop = """\
given:
  w[0]: 1
  n: 2
steps:
  for t in 1..2:
    w[t]: {is: "2*w[t-1]", remark: {en: "It doubles.", ru: "Удваивается."}}
  v: {is: "3*w[2]", remark: {en: "Three of $%s$.", ru: "Три."}}
ask: {v: 1}
text: {en: "$n = %s$", ru: "$n = %s$"}
""".replace("%s", "{{ n }}")
    said = worked(loop)
    assert said.count("It doubles.") == 1
    assert said.index("It doubles.") == 1
    assert said[-1] == "Three of $2$."


def test_russian_has_its_comma_and_its_words() -> None:
    lines = worked(STEPS, "ru")
    assert lines[0].startswith(r"*Произведение:* $\mathrm{first} = x y")
    assert lines[0].endswith("= 1{,}500$")
    assert lines[1] == "Половина $3$."
    assert lines[-1].endswith(r"= (2;\ 6)$")


def test_repetition_in_words_and_as_a_table() -> None:
    spec = """\
given: {w0: 8, n: 6}
where:
  half(w): w/2
  small(before, after): abs(after - before) < 0.6
steps:
  k: {is: "count_until(half, w0, small)"}
  w: {is: "w0/2^n", check: "iterate(half, w0, n)"}
ask: {k: 1, w: 1}
text: {en: halves, ru: пополам}
"""
    counted, told, table, last, again, longer = worked(spec)
    assert (counted, told, last) == ("$k = 4$", "The step is repeated 4 times:", r"$w = \frac{8}{2^6} = 0.125$")
    assert table.splitlines() == [
        "| round | $w$ | stopping rule, $< 0.6$ |",
        "| --: | --: | --: |",
        "| 0 | $8$ | – |",
        "| 1 | $4$ | $4$ |",
        "| 2 | $2$ | $2$ |",
        "| 3 | $1$ | $1$ |",
        "| 4 | $0.5$ | $0.5$ |",
    ]
    assert again == "To check, 6 steps done one by one:"
    assert longer.splitlines()[-3:] == ["| … | … |", "| 5 | $0.25$ |", "| 6 | $0.125$ |"]


FUNCTIONS = """\
given: {a: 2, b: 3, p: 1}
where:
  f(x): ln(a*x + b)
  q(x, y): x^2*y
  J(x, y): "[diff(q(x, y), x), diff(q(x, y), y)]"
steps:
  df(x): diff(f(x), x)
  dg(x): 2*df(x)
  value: dg(p)
  at: J(p, b)
ask: {df(x): {domain: {x: [1, 2]}, prompt: {en: "$f'(x) =$", ru: "$f'(x) =$"}}, value: 1, at: 1}
text: {en: "$f(x)$", ru: "$f(x)$"}
"""


def test_rounds_that_confirm_are_told_only_if_they_are_few() -> None:
    spec = """\
given: {a: 2, n: 4}
where: {next(x): x + 1/2}
steps: {b: {is: a + n/2, check: "iterate(next, a, n)"}}
ask: {b: 1}
text: {en: "$a$, $n$", ru: "$a$, $n$"}
"""
    assert "one by one" in "".join(worked(spec))
    assert "one by one" not in "".join(worked(spec.replace("n: 4", "n: 1000000000000")))


def test_derivatives_rule_by_rule_and_entry_by_entry() -> None:
    assert worked(FUNCTIONS) == [
        "$f(x) = \\ln(2x + 3)$\n"
        "- layer: $\\left(\\ln u\\right)'_u = \\frac{1}{u}$, $u = 2x + 3$\n"
        "- term by term: $\\left(2x + 3\\right)' = 2$\n"
        "- layers multiplied: $f'(x) = \\frac{1}{2x + 3} \\cdot 2 = \\frac{2}{2x + 3}$",
        r"$\mathrm{dg}(x) = 2f'(x) = 2 \cdot \frac{2}{2x + 3} = \frac{4}{2x + 3}$",
        r"$\mathrm{value} = \mathrm{dg}(1) = \frac{4}{2 \cdot 1 + 3} = 0.8$",
        r"$q(x,\ y) = x^2y$, $\frac{\partial q}{\partial x} = 2x y$ (power)",
        r"$\frac{\partial q}{\partial y} = x^2$ (power)",
        r"$\mathrm{at}_{1} = \left.\frac{\partial q}{\partial x}\right|_{x = 1,\ y = 3} = 2 \cdot 1 \cdot 3 = 6$",
        r"$\mathrm{at}_{2} = \left.\frac{\partial q}{\partial y}\right|_{x = 1,\ y = 3} = 1^2 = 1$",
        r"$\mathrm{at} = (6,\ 1)$",
    ]


def test_a_question_with_a_formula_of_its_own() -> None:
    spec = """\
given: {a: 2, b: 3}
steps: {s: a + b}
ask: {s: 1, half: {is: s/2, decimals: 1}, third: {is: s/3, decimals: 2}}
text: {en: "$a$, $b$", ru: "$a$, $b$"}
"""
    assert worked(spec) == [
        "$s = a + b = 2 + 3 = 5$",
        r"$\mathrm{half} = \frac{s}{2} = \frac{5}{2} = 2.5$",
        r"$\mathrm{third} = \frac{s}{3} = \frac{5}{3} \approx 1.67$",
    ]


def test_what_lies_in_an_interval_is_written_as_it_is_asked() -> None:
    spec = """\
given: {a: 2, b: 3}
steps: {s: a + b}
ask:
  s: 1
  good: {interval: "(a, s]", exact: true, prompt: {en: "$t_1 \\\\in$", ru: "$t_1 \\\\in$"}}
  other: {interval: "[a, inf)", exact: true}
text: {en: "$a$, $b$", ru: "$a$, $b$"}
"""
    assert worked(spec)[1:] == [r"$t_1 \in (2,\ 5]$", r"$\mathrm{other} = [2,\ \infty)$"]


def test_why_an_option_is_right() -> None:
    spec = """\
given: {a: 2}
steps: {q: 1 - a}
ask:
  kind:
    prompt: {en: "It", ru: "Это"}
    choice:
      up: {when: q > 0, en: grows., ru: растёт.}
      down: {when: q < 0 and q > -2, en: falls., ru: убывает.}
text: {en: "$a$", ru: "$a$"}
"""
    line = worked(spec)[-1]
    assert line.startswith("It ")
    assert line.endswith(r") falls, since $q < 0$, $q > -2$ ($q = -1$).")


def test_the_author_says_why_an_option_is_right_or_wrong() -> None:
    spec = """\
given: {a: 2}
steps: {q: 1 - a}
ask:
  kind:
    prompt: {en: "It", ru: "Это"}
    choices:
      falls: {when: q < 0, en: falls., ru: убывает., why: {en: Look at $q$., ru: Взгляните на $q$.}}
      stays: {when: 0 > 1, en: stays, ru: стоит, why: {en: It moves., ru: Движется.}}
      rises: {when: q > 0, en: rises, ru: растёт}
text: {en: "$a$", ru: "$a$"}
"""
    lines = worked(spec)[-1].splitlines()
    assert sorted(re.sub(r"\d", "N", line) for line in lines) == [
        "- N) falls, since $q < N$ ($q = -N$). Look at $q$.", "- not N) stays. It moves.",
    ]  # fmt: skip
    assert any(line.endswith(") стоит. Движется.") for line in worked(spec, "ru")[-1].splitlines())


def test_a_number_is_said_once() -> None:
    spec = """\
given: {a: 2}
steps: {q: 1 - a}
ask:
  kind:
    prompt: {en: "It", ru: "Это"}
    choice:
      none: {when: q = 0, en: none, ru: нет}
      some: {when: q = -1, en: some, ru: есть}
text: {en: "$a$", ru: "$a$"}
"""
    assert worked(spec)[-1].endswith(") some, since $q = -1$.")


def test_a_derivative_through_another_letter_is_not_by_it() -> None:
    """p'(s) is not what dp(s) means: the derivative by x, written through s."""
    spec = """\
given: {a: 3}
where: {"p(x)": a*x^2}
steps: {"dp(s)": 2*a*s, "half(s)": dp(s)/2}
ask: {"half(s)": 1}
text: {en: "$p(x)$, $a$", ru: "$p(x)$, $a$"}
"""
    assert worked(spec)[0] == r"$\mathrm{dp}(s) = 2a s = 2 \cdot 3s = 6s$"
    assert worked(spec.replace("s)", "x)").replace("a*s", "a*x"))[0].startswith("$p'(x) = ")


def test_a_form_is_no_reason() -> None:
    spec = """\
form: {loop: [on, off]}
given: {a: 2}
steps: {q: 1 - a}
ask:
  kind:
    choice:
      go: {when: loop = on, en: runs, ru: дальше}
      stop: {when: loop = off and q < 0, en: stops, ru: стоп}
      never: {when: q > 0, en: never, ru: никогда}
text: {en: "$a$", ru: "$a$"}
"""
    problem = problem_from(f"{HEAD}{spec}".encode(), "s.yaml")
    groups = [draw(problem, [1], {"loop": loop})[0] for loop in ("on", "off")]
    went, stopped = (solution(group.at(0), "en").split("\n\n")[-1] for group in groups)
    assert went.endswith(") runs")
    assert stopped.endswith(") stops, since $q < 0$ ($q = -1$).")


# ----- Whole texts -----------------------------------------------------------------------------------------------

RECORDS: dict[str, tuple[str, dict[str, Any]]] = {
    "adam-two-steps": (
        "en",
        {
            "form": {"mode": "full"},
            "given": {
                "x": [1, 3],
                "y": [2, 5],
                "eta": 0.1,
                "beta1": 0.9,
                "beta2": 0.99,
                "w[0]": 0,
                "m[0]": 0,
                "v[0]": 0,
            },
        },
    ),
    "deriv-chain-three-layer": (
        "ru",
        {
            "form": {"outer": "logsquare", "middle": "cosine", "inner": "sineroot"},
            "given": {"a": 4, "n": 2, "m": 2, "x0": 0.5},
            "picks": {"x0": 0},
        },
    ),
    "jacobian-at-point": (
        "en",
        {
            "form": {"outputs": "2", "first": "a*x1^3 + b*x2^2", "second": "d*exp(x1 - p1)*x2", "third": "k*x1*x2"},
            "given": {"a": 2, "b": -1, "c": 3, "d": -2, "k": 2, "p1": -1, "p2": 3},
        },
    ),
}


@pytest.mark.parametrize("name", RECORDS)
def test_whole_texts(name: str) -> None:
    """Read by eye when they were written."""
    language, record = RECORDS[name]
    text = solution(from_record(default_bank()[name], record), language)
    assert f"{text}\n" == (GOLDEN / f"solution-{name}-{language}.md").read_text(encoding="utf-8")


# ----- Digits and lines ------------------------------------------------------------------------------------------


def asks(*rules: Tolerance) -> list[Ask]:
    return [Ask("a", "number", 1, None, rule) for rule in rules]


@pytest.mark.parametrize(
    ("rules", "value", "shown", "full"),
    [
        ((Tolerance(decimals=3),), 2 / 3, 0.66667, False),
        ((Tolerance(decimals=3), Tolerance(decimals=1)), 12.3456789, 12.34568, False),
        ((Tolerance(decimals=3),), 0.25, 0.25, True),
        ((Tolerance(decimals=2),), 0.000123456, 0.000123, False),
        ((Tolerance(significant=4),), 1234.56789, 1234.57, False),
        ((Tolerance(),), 1 / 3, 0.3333333, True),  # printed as the fraction
        ((Tolerance(),), 2**0.5, 1.414214, False),
        ((Tolerance(decimals=3),), 0.1 + 0.2, 0.3, True),
    ],
)
def test_digits_of_the_working(rules: tuple[Tolerance, ...], value: float, shown: float, full: bool) -> None:
    rounding = Rounding(asks(*rules))
    assert rounding.rounded(value) == pytest.approx(shown, rel=1e-12)
    assert rounding.keeps(value) is full


@pytest.mark.parametrize(
    ("value", "rule", "full"),
    [
        (0.25, Tolerance(decimals=2), True),
        (0.256, Tolerance(decimals=2), False),
        (2 / 3, Tolerance(), True),
        (2**0.5, Tolerance(relative=1e-6), False),
        (np.array([1.0, 0.5]), Tolerance(decimals=1), True),
    ],
)
def test_is_the_answer_the_whole_value(value: Any, rule: Tolerance, full: bool) -> None:
    assert shown_in_full(value, rule) is full


def test_a_long_equation_is_broken_and_a_short_one_is_not() -> None:
    term = r"\frac{12345}{678} x_{1}"
    long = " + ".join([term] * 12)
    assert equation("y", [("=", "x"), ("=", "2")]) == "$y = x = 2$"
    text = equation("y", [("=", long), (r"\approx", "2")])
    assert text.startswith(r"$$\begin{aligned} y &= ")
    assert text.endswith(r"&\approx 2 \end{aligned}$$")
    pieces = broken(long, DISPLAY)
    assert len(pieces) > 1
    assert all(width(piece) <= DISPLAY for piece in pieces)
    assert " ".join(pieces) == long
    assert all(piece.startswith("+ ") for piece in pieces[1:])


def test_what_says_the_same_is_said_once() -> None:
    assert equation("y", [("=", r"\left(1\right)"), ("=", "(1)"), (r"\approx", "2"), ("=", "3")]) == (
        r"$y = \left(1\right) \approx 2 \approx 3$"
    )
    assert equation("AB", [("=", "A B"), ("=", "1")]) == "$AB = 1$"


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        (r"\frac{1}{2}", "12345"),
        (r"\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}", "123456789012"),
        (r"\left\lvert x \right\rvert", "12345"),
        (r"x_{1234}", "x1234567"),
        ("1.5", r"\mathrm{long name}"),
    ],
)
def test_widths(narrow: str, wide: str) -> None:
    assert 0 < width(narrow) < width(wide)
