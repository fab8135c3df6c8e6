"""Every way to make a slip comes out of its example under its own name: the table says nothing that is not so."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from grader.blanks.kinds import kind_of
from grader.blanks.numbers import Reading
from grader.draws.draw import draw
from grader.language.evaluate import evaluate
from grader.language.functions import inlined
from grader.language.nodes import Call, Index, Name, Node, Number, transform
from grader.language.parser import parse
from grader.marking.column import Column
from grader.marking.generic import _left_out, generic_slips
from grader.marking.mark import mark
from grader.marking.pens import accidents
from grader.marking.trees import generic_functions
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.load import problem_from
from grader.plan.sample import AS_DRAWN
from grader.slips import derivatives
from grader.slips.context import Context
from grader.slips.derivatives import broken_derivatives
from grader.slips.names import NamesAround, name_slips
from grader.slips.quantities import far_quantities, quantity_slips
from grader.slips.removes import removed_slips
from grader.slips.rules import RULES, axes_in, rewrites
from grader.slips.series import series_slips
from grader.slips.table import SLIP_KINDS, SLIPS, Family, Row, Way, position, row, rows
from grader.suspects.mutants import mutants_of
from grader.tolerance import Tolerance

VALUES = {"A": [[1.0, 2.0], [4.0, 7.0]], "B": [[3.0, 8.0], [5.0, 2.0]], "x": [1.3, 2.9], "y": [0.7, 4.1]}
NUMBERS = [*"abcdghkmnopvw", "b1", "b2", "eta", "rho", "h[1]", "h[2]", "w[0]", "w[1]", "w[2]"]
ALL: dict[str, Any] = {**VALUES, **{name: 0.37 + 0.61 * number for number, name in enumerate(NUMBERS)}}
GIVEN = {name: np.array([value]) for name, value in ALL.items()}
HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
FUNCTIONS = "where: {'g(x)': x^2 + 1, 'df(x)': cos(x), 'dg(x)': 2*x}\n"


def read(text: str) -> Node:
    """A formula of the table; `w[0]` is a name, `x[1]` an entry."""
    return transform(parse(text, frozenset({*ALL, "df"}), spec=True, functions=frozenset({"df"})), settled)


def settled(part: Node) -> Node:
    if not isinstance(part, Index) or not isinstance(part.indices[0], Number):
        return part
    name = f"{part.base}[{part.indices[0].text}]"
    return Name(name) if name in ALL else Call("entry", (Name(part.base), *part.indices))


def ways(*families: Family) -> Any:
    chosen = [(slip, way) for slip, way in rows() if way.family in families]
    assert chosen
    return pytest.mark.parametrize(
        ("slip", "way"), chosen, ids=[f"{slip.rule} {way.of}".strip() for slip, way in chosen]
    )


@ways(Family.NODE)
def test_at_a_node(slip: Row, way: Way) -> None:
    right = read(way.right)
    context = Context(axes_in(right, lambda node: evaluate(node, GIVEN)), output_of)
    (rule,) = (rule for rule in RULES if rule.row == slip and rule.rewrite is way.rewrite)
    assert read(way.wrong) in [made.tree for made in rewrites(right, [rule], context)]


def output_of(part: Node) -> tuple[str, Node] | None:
    return ("sigmoid", Name("h")) if part == Name("o") else None


@ways(Family.NAMES)
def test_in_the_names(slip: Row, way: Way) -> None:
    shapes = {name: value.shape[1:] for name, value in GIVEN.items()}
    around = NamesAround(
        shapes,
        (),
        frozenset({"eta", "rho"}),
        frozenset({"w"}),
        beside={"m": frozenset({"n"})},
        farther={"m": frozenset({"k"})},
        points=frozenset("p"),
    )
    right = read(way.right)
    near = (*name_slips(right, around), *quantity_slips(right, around), *removed_slips(right, around))
    every = (*near, *far_quantities(right, around), *series_slips(right, around))
    made = [named for named in every if named.row is row(way.family, slip.rule, way.of)]
    assert read(way.wrong) in [named.tree for named in made]


@ways(Family.STEPS)
def test_of_steps_computed_from_one_another(slip: Row, way: Way) -> None:
    steps = (
        f"given: {{'x[0]': [1.3, 2.9], eta: 0.3}}\nwhere: {{'slope(z)': '{way.right.replace('x', 'z')}'}}\n"
        "steps:\n  for t in 1..1:\n    g[t]: slope(x[t-1])\n    x[t]: x[t-1] - eta*g[t]\nask: {'g[1]': 1, 'x[1]': 1}\n"
    )
    group = one(steps)
    x, eta = group.given["x[0]"], group.given["eta"]
    wrong = evaluate(transform(parse(way.wrong, frozenset({"x", "eta"}), spec=True), settled), {"x": x, "eta": eta})[0]
    for asked, value in (("g[1]", wrong), ("x[1]", x[0] - eta[0] * wrong)):
        said = mark(group, [{asked: str(value.tolist())}])[0][["g[1]", "x[1]"].index(asked)].slips
        assert [(named.rule, named.step) for named in said] == [(slip.rule, asked)]


SLOPES = """
given: {x: 0.71, eta: 0.3, rho: 0.6, 'p[0]': 1.9, 'v[0]': 0.4}
steps:
  u: x^2
  y: u^3
  z: sin(y)
  g: {is: 6*x^5, check: 'grad(y, x)'}
  for t in 1..1:
    s[t]: 2*p[t-1]
    v[t]: rho*v[t-1] + s[t]
    p[t]: p[t-1] - eta*v[t]
ask: {y: 1, g: 1, 's[1]': 1, 'p[1]': 1}
"""


@ways(Family.SLOPE)
def test_of_slopes(slip: Row, way: Way) -> None:
    group = one(SLOPES)
    names = {"x", "eta", "rho", "p", "v"}
    solution = {**group.given, **group.solution}
    here = {**solution, "p": solution["p[0]"], "v": solution["v[0]"]}
    wrong = evaluate(parse(way.wrong, frozenset(names)), here)
    made = [
        mutant for step in ("y", "g", "s[1]") for mutant in mutants_of(group.plan, step, AS_DRAWN, slip.rank.tier).each
    ]
    assert any(
        Row(mutant.rule, mutant.rank, mutant.main) == slip
        and np.allclose(evaluate(mutant.trees[mutant.step], solution), wrong, rtol=1e-12)
        for mutant in made
    )


@ways(Family.WHOLE)
def test_of_a_whole_formula(slip: Row, way: Way) -> None:
    step, ask = ("s", "{decimals: 3}") if "[" in way.right else ("s(x)", "{kind: expression}")
    group = one(f"given: {{a: 3.7, b: 5.3}}\n{FUNCTIONS}steps: {{'{step}': '{way.right}'}}\nask: {{s: {ask}}}\n")
    functions = dict(group.plan.functions)
    wrong = inlined(parse(way.wrong, frozenset("abx"), spec=True, functions=frozenset({"df", "dg", "g"})), functions)
    made = mutants_of(group.plan, "s", AS_DRAWN, slip.rank.tier).each
    assert slip in [Row(mutant.rule, mutant.rank, mutant.main) for mutant in made if mutant.trees["s"] == wrong]


@ways(Family.DERIVATIVE)
def test_of_a_derivative(slip: Row, way: Way) -> None:
    points = {"x": np.array([0.31, 0.47, 0.83, 1.19]), "y": np.array([0.59, 1.37, 0.71, 0.43])}
    right, wrong = parse(way.right, frozenset("xy")), evaluate(parse(way.wrong, frozenset("xy")), points)
    made = [broken.tree for broken in broken_derivatives(right, "x") if broken.row == slip]
    assert any(np.allclose(np.broadcast_to(evaluate(tree, points), wrong.shape), wrong, rtol=1e-9) for tree in made)


@ways(Family.VALUE)
def test_of_a_value(slip: Row, way: Way) -> None:
    given = "given: {a: 3.7, b: 5.3, A: [1, 2; 4, 7], x: [1.3, 2.9]}\n"
    kind_of_ask = "kind: integer" if way.of == "whole" else "decimals: 3"
    group = one(f"{given}steps: {{s: '{way.right}', t: a + b}}\nask: {{s: {{{kind_of_ask}}}, t: 1}}\n")
    ask = group.plan.asks[0]
    wrong = transform(parse(way.wrong, frozenset("abAx"), spec=True), settled)
    answer = evaluate(wrong, group.given)[0]
    kind = kind_of(ask, group)
    column = Column(
        ask, kind, [Reading(way.wrong, answer)], [Verdict("s", kind.name, "wrong", 0, 1, str(answer.tolist()))]
    )
    found = generic_slips(group, column, 0) or accidents(group, column, 0)
    assert [(match.rule, match.rank) for match in found] == [slip[:2]]


@pytest.mark.parametrize(
    ("right", "typed", "said"),
    [
        ([3.7, 5.3], [0.0, 5.3], True),
        ([3.7, 5.3, 2.9], [0.0, 5.3, 0.0], True),
        ([3.7, 5.3, 2.9], [0.0, 5.3, 2.8], False),  # another entry is wrong otherwise
        ([3.7, 5.3], [0.0, 0.0], False),  # nothing beside it is right
        ([3.7, 0.0], [0.0, 0.0], False),
        ([1.0, 0.0, 1.0], [0.0, 0.0, 1.0], False),  # truths
        ([3.7, 5.3], [3.7, 5.3], False),
    ],
)
def test_an_entry_left_out(right: list[float], typed: list[float], said: bool) -> None:
    assert _left_out(np.array(typed), np.array(right), Tolerance(decimals=1)) is said


@ways(Family.FUNCTION)
def test_of_a_function(slip: Row, way: Way) -> None:
    if "A" in way.right:
        group = one(f"symbols: {{A: n x n, B: n x n}}\nsteps: {{s: '{way.right}'}}\nask: {{s: 1}}\n")
        assert [said.rule for said in mark(group, [{"s": way.wrong}])[0][0].slips] == [slip.rule]
        return
    points = {"x": np.linspace(0.3, 2.7, 20)}
    right, wrong = (evaluate(parse(text, frozenset("x")), points) for text in (way.right, way.wrong))
    others = [wrong] if slip.rule == "other-blank" else []
    assert [(match.rule, match.rank) for match in generic_functions(wrong, right, others)] == [slip[:2]]


@cache
def one(spec: str) -> Group:
    return draw(problem_from((HEAD + spec).encode(), "example.yaml"), [1])[0]


# ----- The table itself ------------------------------------------------------------------------------------------


def test_each_id_has_one_row_and_each_way_a_key() -> None:
    assert len(SLIP_KINDS) == len(SLIPS)
    keys = [(way.family, slip.rule, way.of) for slip, way in rows()]
    assert len(set(keys)) == len(keys)
    assert all(row(*key) == slip for key, (slip, _) in zip(keys, rows(), strict=True))
    assert all(kind.ways for kind in SLIPS)


def test_every_rule_of_differentiation_that_can_be_broken_has_a_row() -> None:
    tables = (derivatives._ROWS, derivatives._ONE_SIDED)
    for rule in {rule for table in tables for group in table.values() for rule, _ in group}:
        assert row(Family.DERIVATIVE, rule).main


def test_the_more_telling_rows_come_first() -> None:
    assert position("activation-for-derivative") < position("factor-two") < position("factor-dropped")
    assert position("an author's own") == 0 < min(map(position, SLIP_KINDS))


def test_there_is_no_slip_without_a_row() -> None:
    with pytest.raises(KeyError):
        row(Family.NAMES, "sgin")
