"""Plans: loops unrolled, forms decided, derivatives taken, kinds and tolerances settled."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.blanks.kinds import kind_of
from grader.draws.draw import draw
from grader.language.functions import inlined
from grader.language.graph import Graph
from grader.language.nodes import Call, Name
from grader.language.typeset import to_latex, to_text
from grader.language.unicode import to_unicode
from grader.plan.formulas import split_shape
from grader.plan.load import problem_from
from grader.plan.plan import Plan
from grader.plan.planner import first_form, plan_of
from grader.plan.solve import altered, solve
from grader.spec.problem import Problem
from grader.tolerance import Tolerance

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"


def problem(body: str) -> Problem:
    return problem_from((HEAD + body).encode(), "s.yaml")


def plan(body: str, **form: str) -> Plan:
    made = problem(body)
    return plan_of(made, {**first_form(made), **form})


def step(found: Plan, name: str) -> str:
    return to_text(next(step.tree for step in found.steps if step.name == name))


LOOP = """\
form: {n: 3, mode: [up, down]}
given: {a: 2, 's[0]': 1}
steps:
  for t in 1..n:
    's[t]': if(mode = up, s[t-1]*a, s[t-1]/a)
"""

FORMULAS = [
    (LOOP + "ask: {'s[3]': 1}\n", {}, "s[1]", "s[0]*a"),
    (LOOP + "ask: {'s[3]': 1}\n", {"mode": "down"}, "s[3]", "s[2]/a"),
    ("given: {x: 3}\nsteps: {'f(u)': u^2, 'd(u)': 'diff(f(u), u)', s: d(x)}\nask: {s: 1}\n", {}, "d", "2*u"),
    (
        "given: {'f(x)': {function: [sin, u^3]}}\nsteps: {'d(x)': 'diff(f(x), x)'}\nask: {d: 1}\n",
        {"f": "x^3"},
        "d",
        "3*x^2",
    ),
    ("symbols: {x: n}\nwhere: {f(x): x'*x}\nsteps: {g: 2*x}\nask: {g: 1}\n", {}, "g", "2*x"),
]


@pytest.mark.parametrize(("body", "form", "name", "text"), FORMULAS)
def test_formulas(body: str, form: dict[str, str], name: str, text: str) -> None:
    assert step(plan(body, **form), name) == text


def test_forms_share_the_derivatives_they_have_in_common() -> None:
    made = problem(
        "form: {mode: [up, down]}\ngiven: {'g(x)': {function: [sin(x), x^3]}}\n"
        "steps: {'d(x)': 'diff(g(x), x)', s: 'if(mode = up, d(1), d(2))'}\nask: {s: 1}\n"
    )
    forms = [{"mode": mode, "g": g} for g in ("sin(x)", "x^3") for mode in ("up", "down")]
    up, down, cubed, _ = [plan_of(made, form).derivatives[0].result for form in forms]
    assert up is down
    assert [to_text(tree) for tree in (up, cubed)] == ["cos(x)", "3*x^2"]


def test_steps_are_in_order_and_of_the_form() -> None:
    assert [found.name for found in plan(LOOP + "ask: {'s[3]': 1}\n").steps] == ["s[1]", "s[2]", "s[3]"]
    assert [found.name for found in plan(LOOP + "ask: {'s[1]': 1}\n", n="1").steps] == ["s[1]"]


ASKS: list[tuple[str, str, dict[str, Any]]] = [
    ("b: 3", "number", {"points": 3, "tolerance": Tolerance(relative=1e-6)}),
    ("b: {decimals: 2}", "number", {"tolerance": Tolerance(decimals=2)}),
    ("b: {significant: 3}", "number", {"tolerance": Tolerance(significant=3)}),
    ("b: {relative: 1/100, absolute: 0.5}", "number", {"tolerance": Tolerance(relative=0.01, absolute=0.5)}),
    ("b: {exact: true}", "number", {"tolerance": Tolerance()}),
    ("b: {kind: integer}", "integer", {}),
    ("v: 1", "vector", {}),
    ("M: 1", "matrix", {}),
    ("f: {domain: {x: [1/2, 3]}}", "expression", {"variables": ("x",), "domain": {"x": (0.5, 3.0)}}),
    ("f: {domain: {x: positive}}", "expression", {"domain": {"x": "positive"}}),
    ("G: 1", "matrix expression", {}),
    ("r: {is: b + 1}", "number", {}),
    ("r: {choice: {one: {when: b > 0, en: A, ru: А}}}", "choice", {}),
    ("r: {choices: {one: {when: b > 0, en: A, ru: А}}}", "choices", {}),
    ("r: {fields: [u, w], such that: [{holds: u + w > b}]}", "construct", {"fields": ("u", "w")}),
]
STEPS = """\
symbols: {A: n x n}
given: {a: {ints: [1, 9]}}
steps: {b: a, v: '[a, 1]', M: '[a, 1; 2, 3]', 'f(x)': a*x, G: 2*A}
"""


@pytest.mark.parametrize(("ask", "kind", "parts"), ASKS, ids=[row[0] for row in ASKS])
def test_asks(ask: str, kind: str, parts: dict[str, Any]) -> None:
    group = draw(problem(f"{STEPS}ask: {{{ask}}}\n"), [1])[0]
    (found,) = group.plan.asks
    assert kind_of(found, group).name == kind
    assert {name: getattr(found, name) for name in parts} == parts


def test_the_identity_of_a_formula_has_the_size_of_the_numbers_put_in() -> None:
    body = (
        "symbols: {x: n, N: n x n}\ngiven: {v: '[1, 2]', B: '[1, 2; 3, 4]'}\n"
        "steps: {G: \"x*x' + 2*I\", M: 'G(v, B)'}\nask: {G: 1, M: 1}\n"
    )
    group = draw(problem(body), [1])[0]
    assert group.values["M"][0].tolist() == [[3, 2], [2, 6]]
    assert group.plan.arrays == ("x",)  # N says of which size I is; nobody reads it
    (called,) = (inlined(step.tree, group.plan.functions) for step in group.plan.steps if step.name == "M")
    assert (to_latex(called), to_unicode(called, "en")) == (r"v v^{\top} + 2I", "vvᵀ + 2I")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3", ["3"]),
        ("2x3", ["2", "3"]),
        ("n x m", ["n", "m"]),
        ("n", ["n"]),
        ("2 × 3", ["2", "3"]),
        ("(n+1)x2", ["(n+1)", "2"]),
    ],
)
def test_shapes(text: str, parts: list[str]) -> None:
    assert split_shape(text) == parts


ALTERED = [
    ("{h: x}", {"h": 3.0, "y": 6.0, "g": 2.0}),  # what reads the step follows
    ("{y: 3*h}", {"h": 6.0, "y": 18.0, "g": 3.0}),  # and derivatives through it
    ("{'f(u)': 5*u}", {"h": 15.0, "y": 30.0, "g": 2.0}),  # and calls of a function
]


@pytest.mark.parametrize(("steps", "expected"), ALTERED)
def test_a_mistake_alters_all_that_follows(steps: str, expected: dict[str, float]) -> None:
    body = "given: {x: 3}\nsteps: {'f(u)': 2*u, h: f(x), y: 2*h, g: 'grad(y, h)'}\nask: {y: 1}\n"
    group = draw(problem(body + f"mistakes: {{m: {{steps: {steps}, say: {{en: A, ru: А}}}}}}\n"), [1])[0]
    (mistake,) = group.plan.mistakes
    made = solve(group.plan, group.given, formulas=mistake.steps)
    assert {name: float(value[0]) for name, value in made.items()} == expected
    assert {name: float(value[0]) for name, value in group.solution.items()} == {"h": 6.0, "y": 12.0, "g": 2.0}
    assert altered(group.plan, {}).steps == group.plan.steps


def test_instead_puts_a_value_in() -> None:
    body = "given: {x: 3}\nsteps: {h: 2*x, y: h + 1}\nask: {y: 1}\n"
    group = draw(problem(body), [1, 2])[0]
    made = solve(group.plan, group.given, instead={"h": np.array([10.0, 20.0])})
    assert made["y"].tolist() == [11.0, 21.0]


def test_a_plan_is_made_once() -> None:
    made = problem(LOOP + "ask: {'s[3]': 1}\n")
    assert plan_of(made, first_form(made)) is plan_of(made, first_form(made))


def test_the_graph_says_what_reads_a_name() -> None:
    graph = Graph({"h": frozenset({"x", "W1"}), "o": frozenset({"h"}), "L": frozenset({"o", "y", "h"})})
    assert [graph.read_by(name) for name in ("h", "x", "L")] == [{"o", "L"}, {"h"}, frozenset()]
    assert graph.after({"o"}) == {"o", "L"}
    assert graph.behind({"L"}, {"o"}) == ({"o"}, {"L", "h"})


def test_a_formula_of_named_arrays_that_reads_another_is_called_with_numbers() -> None:
    made = plan("symbols: {A: n x n}\ngiven: {B: '[1, 2; 0, 3]'}\nsteps: {H: A*A, G: H - A, v: G(B)}\nask: {v: 1}\n")
    B = np.array([[1.0, 2.0], [0.0, 3.0]])
    given = {"B": B[None]}
    assert np.allclose(solve(made, given)["v"], B @ B - B)
    own = {"H": Call("transpose", (Name("A"),))}
    assert np.allclose(solve(made, given, formulas=own)["v"], B.T - B)
    late = {"G": Call("mul", (Name("H"), Name("H")))}
    assert np.allclose(solve(made, given, formulas=late)["v"], B @ B @ B @ B)
