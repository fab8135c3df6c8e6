"""What exactly is said of a wrong answer: the slips, their steps and their words; nothing beside them."""

# ruff: noqa: E501 - a row of a table is one line
from __future__ import annotations

from functools import cache

import pytest

from grader.draws.draw import draw
from grader.marking.mark import mark
from grader.messages import translate
from grader.plan.group import Group
from grader.plan.load import problem_from

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\n"
SPECS = {
    "chain": (
        "a b",
        "given: {a: 3.7, b: 5.3}\nsteps: {u: {is: 2*a + b, title: {en: sum, ru: сумма}}, v: u^2/b, w: v - a*u}\n"
        "ask: {u: {decimals: 4}, v: {decimals: 4}, w: {decimals: 4}}\n",
    ),
    "end": ("a b", "given: {a: 3.7, b: 5.3}\nsteps: {u: 2*a + b, v: u^2/b, w: v - a*u}\nask: {w: {decimals: 4}}\n"),
    "say": (
        "a b",
        "given: {a: 3.7, b: 5.3}\nsteps: {u: 2*a + b, w: u^2 - a}\nask: {u: {decimals: 4}, w: {decimals: 4}}\n"
        "mistakes: {difference: {steps: {u: a - b}, say: {en: The difference was taken., ru: Взята разность.}}}\n",
    ),
    "loop": (
        "a w[0]",
        "given: {a: 1.7, 'w[0]': 5.3}\nask: {'w[3]': {decimals: 5}}\n"
        "steps: {for t in 1..3: {'g[t]': '2*a*w[t-1] + t', 'w[t]': 'w[t-1] - 0.1*g[t]'}}\n",
    ),
    "arrays": (
        "A x",
        'given: {A: [1, 2; 4, 7], x: [3, 8]}\nsteps: {p: A*x, q: "A\'*p", n: norm(q)}\nask: {p: 1, q: 1, n: {decimals: 4}}\n',
    ),
    "curve": (
        "a x0",
        "given: {a: 3, x0: 1.3}\nwhere: {'f(x)': sin(a*x^2)}\nsteps: {'dy(x)': {is: 'diff(f(x), x)'}, value: dy(x0)}\n"
        "ask: {dy: {domain: {x: [1, 2]}}, value: {decimals: 4}}\n",
    ),
    "functions": (
        "a",
        "given: {a: 3}\nsteps: {'df(x)': a*x^2, 'dy(x)': df(x)*x + 1}\nask: {df: {domain: {x: [1, 2]}}, dy: {domain: {x: [1, 2]}}}\n",
    ),
    "sized": (
        "c",
        "given: {c: 2}\nsymbols: {A: n x k, D: k x k, s: k}\nsteps: {G: c*A*D, y: G*s}\nask: {G: 1, y: 1}\n",
    ),
    "formula": ("c", 'given: {c: 2}\nsymbols: {A: n x n, X: n x n}\nsteps: {G: "c*A\'*X"}\nask: {G: 1}\n'),
    "cases": ("a b", "given: {a: 1.7, b: 4.3}\nsteps: {s: 'if(a > 1, 3*a + b, 0)'}\nask: {s: {decimals: 4}}\n"),
    "whole": ("n m", "given: {n: 13, m: 7}\nsteps: {p: (n + 1)*m}\nask: {p: {kind: integer}}\n"),
    "entries": (
        "x y",
        "given: {x: [1.5, 2.25, 4.125], y: [0.5, 7.5, 2.75]}\nsteps: {s: x - y}\nask: {s: {decimals: 4}}\n",
    ),
}


@cache
def group_of(name: str) -> Group:
    shown, spec = SPECS[name]
    text = " ".join(f"{{{{ {given} }}}}" for given in shown.split())
    return draw(problem_from(f"{HEAD}{spec}text: {{en: '{text}', ru: '{text}'}}\n".encode(), f"{name}.yaml"), [1])[0]


ROWS: list[tuple[str, dict[str, str], str, str, list[tuple[str, str, str]]]] = [
    ("chain", {"u": "2.1"}, "u", "wrong", [("sign", "u", "The sign of 5.3 is wrong.")]),
    ("chain", {"u": "9"}, "u", "wrong", [("factor-two", "u", "A factor 2 or 1/2 was lost or added.")]),
    ("chain", {"u": "7.4"}, "u", "wrong", [("term-dropped", "u", "5.3 was left out.")]),
    ("chain", {"u": "5.3"}, "u", "wrong", [("term-dropped", "u", "7.4 was left out.")]),
    ("chain", {"u": "127"}, "u", "wrong", [("power-of-ten", "", "The decimal point is in the wrong place.")]),
    ("chain", {"u": "12.75"}, "u", "wrong", [("one-digit", "", "One digit seems to be wrong: look for a slip in the arithmetic or in copying.")]),
    ("chain", {"v": "2.3962"}, "v", "wrong", [("power-dropped", "v", "The exponent 2 was left out.")]),
    ("chain", {"v": "161.29"}, "v", "wrong", [("divisor-dropped", "v", "The division by 5.3 is missing.")]),
    ("chain", {"u": "10", "v": "1.8868"}, "v", "wrong", [("power-dropped", "v", "The exponent 2 was left out.")]),
    ("chain", {"u": "10", "v": "2"}, "v", "wrong", []),
    ("chain", {"u": "12.7", "v": "30.43", "w": "77.42"}, "w", "wrong", [("sign", "w", "The sign of 3.7u is wrong.")]),
    ("chain", {"w": "17.7321"}, "w", "wrong", [("factor-dropped", "w", "The factor 3.7 is missing.")]),
    ("chain", {"w": "-16.5575"}, "w", "wrong", [("one-digit", "", "One digit seems to be wrong: look for a slip in the arithmetic or in copying.")]),
    ("end", {"w": "-8.5"}, "w", "wrong", []),
    ("end", {"w": "48.5832"}, "w", "wrong", []),
    ("end", {"w": "114.3"}, "w", "wrong", [("divisor-dropped", "v", "The division by 5.3 is missing in the formula for v.")]),
    ("say", {"u": "-1.6"}, "u", "wrong", [("difference", "u", "The difference was taken.")]),
    ("say", {"w": "-1.14"}, "w", "wrong", [("difference", "u", "The difference was taken.")]),
    ("say", {"w": "4.3"}, "w", "wrong", []),
    ("say", {"w": "-9.0"}, "w", "wrong", [("power-dropped+sign", "w", "Two slips at once. The exponent 2 was left out. The sign of u − 3.7 is wrong.")]),
    ("arrays", {"p": "[35, 62]"}, "p", "wrong", [("transpose-extra", "p", "There is one transpose too many.")]),
    ("arrays", {"p": "[19, 16]"}, "p", "partly", []),
    ("arrays", {"p": "[-19, 68]"}, "p", "partly", [("sign", "", "A sign is wrong.")]),
    ("arrays", {"p": "[6, 30]"}, "p", "wrong", []),
    ("arrays", {"q": "[155, 552]"}, "q", "wrong", [("transpose-missing", "q", "A transpose is missing.")]),
    ("arrays", {"n": "1"}, "n", "wrong", []),
    ("arrays", {"n": "356746"}, "n", "wrong", []),
    ("curve", {"dy": "cos(3x^2)"}, "dy", "wrong", [("inner-lost", "dy", "The derivative of the inner function 3x² is missing: (f(g))′ = f′(g)·g′.")]),
    ("curve", {"dy": "-6x cos(3x^2)"}, "dy", "wrong", [("sign", "dy", "The sign of the whole is wrong.")]),
    ("curve", {"dy": "6x sin(3x^2)"}, "dy", "wrong", [("function-for-derivative", "dy", "sin(3x²) stands where its derivative belongs.")]),
    ("curve", {"dy": "6x cos(x)"}, "dy", "wrong", [("outer-at-x", "dy", "The outer derivative was taken at x, not at the inner function: (f(g))′ = f′(g)·g′.")]),
    ("curve", {"value": "0.9"}, "value", "wrong", []),
    ("formula", {"G": "2*A*X"}, "G", "wrong", [("transpose-missing", "G", "A is to be transposed.")]),
    ("formula", {"G": "A'*X"}, "G", "wrong", [("factor-dropped", "G", "The factor 2 is missing.")]),
    ("formula", {"G": "2*A' + X"}, "G", "wrong", [("other-operation", "G", "Another operation was done: mind where to add, multiply or divide.")]),
    ("formula", {"G": "-14*A'*X"}, "G", "wrong", [("constant-factor", "", "Right but for a constant factor.")]),
    ("formula", {"G": "2*X*A'"}, "G", "wrong", [("product-reversed", "G", "The factors of a matrix product stand in the wrong order.")]),
    ("cases", {"s": "0.8"}, "s", "wrong", [("sign", "s", "A bar or another negation was overlooked or read twice.")]),
    ("cases", {"s": "5.1"}, "s", "wrong", [("term-dropped", "s", "A bar or another negation was overlooked or read twice.")]),
    ("cases", {"s": "6.0"}, "s", "wrong", [("factor-dropped", "s", "A bar or another negation was overlooked or read twice.")]),
    ("whole", {"p": "84"}, "p", "wrong", [("sign", "p", "The sign of 1 is wrong.")]),
    ("whole", {"p": "91"}, "p", "wrong", [("term-dropped", "p", "1 was left out.")]),
    ("whole", {"p": "105"}, "p", "wrong", [("one-off", "p", "A count is off by one.")]),
    ("entries", {"s": "[2, 9.75, 6.875]"}, "s", "wrong", [("sign", "s", "A sign is wrong.")]),
    ("entries", {"s": "[-1, 5.25, -1.375]"}, "s", "wrong", [("sign", "s", "A sign is wrong.")]),
    ("entries", {"s": "[1, 9.75, 6.875]"}, "s", "partly", [("sign", "s", "A sign is wrong.")]),
    ("entries", {"s": "[1, 9.75, 1.375]"}, "s", "partly", [("sign", "s", "One of the numbers in the calculation has a wrong sign, or was left out.")]),
    ("entries", {"s": "[-5.25, 1, 1.375]"}, "s", "partly", [("permuted", "", "Check the order of the entries.")]),
    ("end", {"w": "48.583"}, "w", "wrong", [("factor-two+sign", "w", "Two slips at once. A factor 2 or 1/2 was lost or added in the formula for u. The sign of 3.7u is wrong.")]),
    ("chain", {"w": "48.583"}, "w", "wrong", [("factor-two+sign", "w", "Two slips at once. A factor 2 or 1/2 was lost or added in the formula for u. The sign of 3.7u is wrong.")]),
    ("chain", {"u": "9", "w": "48.583"}, "w", "wrong", [("sign", "w", "The sign of 3.7u is wrong.")]),
    ("loop", {"w[3]": "8.9"}, "w[3]", "wrong", []),
    ("loop", {"w[3]": "1.46"}, "w[3]", "wrong", []),
    ("arrays", {"p": "[19, 68]", "q": "[155, 552]"}, "q", "wrong", [("transpose-missing", "q", "A transpose is missing.")]),
    ("arrays", {"p": "[20, 68]", "q": "[156, 556]"}, "q", "wrong", [("transpose-missing", "q", "A transpose is missing.")]),
    ("formula", {"G": "-2*A'*X"}, "G", "wrong", [("sign", "G", "The sign of the whole is wrong.")]),
    ("formula", {"G": "2*X'*A"}, "G", "wrong", [("names-swapped", "G", "Two quantities are mixed up.")]),
    ("curve", {"dy": "5*6x cos(3x^2)"}, "dy", "wrong", [("constant-factor", "", "Right but for a constant factor.")]),
    ("curve", {"dy": "6x cos(3x^2)+1"}, "dy", "wrong", [("constant-term", "", "Right but for a constant term.")]),
    ("curve", {"dy": "cos(3x^2)", "value": "0.35"}, "value", "follows", []),
    ("curve", {"dy": "cos(3x^2)", "value": "0.6996"}, "value", "wrong", []),
    ("entries", {"s": "[10, -52.5, 13.75]"}, "s", "wrong", [("power-of-ten", "", "The decimal point is in the wrong place.")]),
    ("entries", {"s": "[2, 9.75]"}, "s", "wrong", []),
    ("functions", {"dy": "3x*x + 1"}, "dy", "wrong", [("power-dropped", "dy", "The exponent 2 was left out.")]),
    ("functions", {"df": "3x"}, "df", "wrong", [("power-dropped", "df", "The exponent 2 was left out.")]),
    ("functions", {"df": "3x", "dy": "3x^3 + 1"}, "dy", "correct", []),
    ("functions", {"df": "3x", "dy": "3x*x"}, "dy", "wrong", [("term-dropped", "dy", "1 was left out.")]),
    ("functions", {"df": "3x", "dy": "3x^2 - 1"}, "dy", "wrong", [("sign", "dy", "The sign of 1 is wrong.")]),
    ("formula", {"G": "20*A'*X + 0.1*X"}, "G", "wrong", []),
    ("formula", {"G": "-2*A'*X*(1 + 1e-7)"}, "G", "wrong", [("constant-factor", "", "Right but for a constant factor.")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "answers", "ask", "status", "slips"), ROWS, ids=[f"{row[0]} {row[2]} {row[1][row[2]]}" for row in ROWS]
)
def test_what_is_said(
    name: str, answers: dict[str, str], ask: str, status: str, slips: list[tuple[str, str, str]]
) -> None:
    verdict = next(verdict for verdict in mark(group_of(name), [answers])[0] if verdict.ask == ask)
    assert verdict.status == status
    assert [(slip.rule, slip.step, translate(slip.message, "en")) for slip in verdict.slips] == slips


SIZES = [
    ("2A'", "The answer is a matrix of size k×n, but expected is a matrix of size n×k."),
    ("2*A*s", "The answer is a column of n numbers, but expected is a matrix of size n×k."),
    ("[1; 2]", "The answer is a vector with 2 entries, but expected is a matrix of size n×k."),
    ("2*D*A", "The product does not fit: a matrix of size k×k times a matrix of size n×k. The columns of the first have to match the rows of the second; is a transpose missing?"),
    ("2*A*D*[1, 2, 3]", "The answer is a vector with 2 entries, but expected is a matrix of size n×k."),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "said"), SIZES, ids=[answer for answer, _ in SIZES])
def test_sizes_are_said_in_the_letters_of_the_statement(answer: str, said: str) -> None:
    verdict = next(verdict for verdict in mark(group_of("sized"), [{"G": answer}])[0] if verdict.ask == "G")
    assert [translate(reason, "en") for reason in verdict.reasons] == [said]
