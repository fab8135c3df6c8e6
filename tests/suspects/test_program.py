"""Programs: the right value and every mutant's, the same numbers as the solver with other formulas gives."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from families import IN_DEPTH, SHORT, VARIANTS, groups_of, in_depth
from msgspec.structs import replace

from grader.blanks.kinds import kind_of
from grader.course.bank import default_bank
from grader.draws.discriminating import answers_of, asked_programs
from grader.draws.draw import draw
from grader.language.nodes import Name, Number, names
from grader.language.parser import parse
from grader.plan.graph import segment
from grader.plan.group import Group
from grader.plan.load import load_problem, problem_from
from grader.plan.plan import Ask, Plan
from grader.plan.sample import AS_DRAWN, exemplar, sample_of, unusual_in
from grader.plan.solve import altered, solve, value_of
from grader.plan.symbols import symbol_values
from grader.slips.rank import AUTHORED, RARE, USUAL
from grader.suspects import mutants
from grader.suspects.alike import Alike
from grader.suspects.looks import program_for, slot, step_ask
from grader.suspects.mutants import Mutant, authored, mutants_of
from grader.suspects.places import TIERS, preactivation
from grader.suspects.program import NOTHING, Program
from grader.suspects.trial import drawn_scenarios, fingerprints, scattered, scenarios, signed_scenarios, ten_digits

STRIDE = 8 if SHORT else 1
"""A short run solves every eighth mutant anew."""
SHARING = ("jacobian-at-point", "deriv-chain-two-layer", "adam-two-steps", "md-lndet", "backprop-scalar-chain")
ROWS = 16
"""Of other numbers; with fewer a sum behind a corner may have one sign in all of them."""
HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"


def groups(family: str) -> list[Group]:
    return groups_of(family)[: max(1, VARIANTS // 32)]


def numeric(family: str) -> Iterator[tuple[Group, Ask]]:
    for group in groups(family):
        for ask in group.plan.asks:
            if ask.tree is not None and kind_of(ask, group).traits.numbers:
                yield group, ask


def one(spec: str, seeds: Any = (1, 2, 3), head: str = HEAD) -> Group:
    return draw(problem_from((head + spec).encode(), "s.yaml"), list(seeds))[0]


def on_the_way(plan: Plan, ask: Ask, mutant: Mutant) -> Plan:
    """The plan with nothing but what the ask needs: a slip may have no value somewhere else."""
    needed = set(segment(plan, ask.id, frozenset()))
    for name in set().union(*map(names, mutant.trees.values())) & {step.name for step in plan.steps}:
        needed |= {name, *segment(plan, name, frozenset())}
    return replace(plan, steps=tuple(step for step in plan.steps if step.name in needed or not step.has_value))


def solved(group: Group, ask: Ask, mutant: Mutant) -> Any:
    """The oracle: the reference solver with the mutant's formulas."""
    plan = altered(on_the_way(group.plan, ask, mutant), mutant.trees)
    solution = solve(plan, group.given)
    found = next(other for other in plan.asks if other.id == ask.id)
    assert found.tree is not None
    return value_of(plan, found.tree, {**group.given, **solution}, ())


# ----- The same numbers as the solver ----------------------------------------------------------------------------


@in_depth
def test_the_right_value_is_the_solvers(family: str) -> None:
    for group, ask in numeric(family):
        right, _ = program_for(group, ask, frozenset()).run(group.values, len(group.positions))
        assert ask.tree is not None
        expected = value_of(group.plan, ask.tree, group.values, ())
        assert np.allclose(right, expected, rtol=1e-12, atol=1e-12)


@in_depth
@pytest.mark.parametrize("which", ["usual", "rare"])
def test_a_mutants_value_is_the_solvers_with_its_formulas(family: str, which: str) -> None:
    compared = skipped = 0
    for group, ask in numeric(family):
        program = program_for(group, ask, frozenset(), which)
        _, table = program.run(group.values, len(group.positions))
        stride = STRIDE if which == "usual" else 3 * STRIDE
        for mutant, values in list(zip(program.mutants, table, strict=True))[::stride]:
            try:
                expected = solved(group, ask, mutant)
            except KeyError:  # a name that stands later in the file
                skipped += 1
                continue
            with np.errstate(all="ignore"):
                same = np.isclose(values, expected, rtol=1e-9, atol=1e-12, equal_nan=True)
                same |= ~np.isfinite(values) & ~np.isfinite(expected)
            assert same.all(), (ask.id, mutant.rule, mutant.step)
            compared += 1
    assert skipped <= max(12, 0.5 * compared)


@in_depth
def test_many_together_are_each_alone(family: str) -> None:
    for group, ask in numeric(family):
        program = program_for(group, ask, frozenset())
        right, table = program.run(group.values, len(group.positions))
        for place in (0, len(group.positions) - 1):
            mine, others = program.run(group.at(place).values, 1)
            assert np.allclose(mine[0], right[place], rtol=1e-13, atol=0)  # the last bit may depend on the length
            assert np.allclose(others[:, 0], table[:, place], rtol=1e-11, atol=1e-13, equal_nan=True)


@pytest.mark.parametrize("family", [family for family in IN_DEPTH if not family.startswith("logic-gates")])
def test_no_mutant_is_the_right_formula_or_another_mutant(family: str) -> None:
    """At other numbers than those the programs are thinned out on; the steps of gates would take more than eight."""
    chance = np.random.default_rng(5)
    for group, ask in numeric(family):
        program = program_for(group, ask, frozenset())
        one_ = group.at(0).values
        near = 4 if drawn_scenarios(program.registers) > 1 else 0  # rounds are counted where a repetition ends
        spread = {name: np.broadcast_to(one_[name], (ROWS + near, *one_[name].shape[1:])) for name in program.leaves}
        for name, value in spread.items():
            if name not in group.plan.index_names:
                rates = chance.uniform(0.05, 0.95, value[:4].shape)
                others = chance.uniform(-1.5, 2.5, value[4:ROWS].shape)
                drawn = value[ROWS:] * chance.uniform(0.7, 1.3, value[ROWS:].shape)
                spread[name] = np.concatenate([rates, others, drawn])
        right, table = program.run(spread, ROWS + near)
        found = [right, *table]
        prints = [tuple(np.nan_to_num(np.round(value.ravel(), 9), nan=1e99) + 0.0) for value in found]
        seen = [print_ for print_, value in zip(prints, found, strict=True) if np.isfinite(value[:4]).all()]
        few = 4 if near else 50  # what converges forgets where it started; the last of ten digits may be noise
        assert len(seen) - len(set(seen)) <= max(3, len(seen) // few)


@pytest.mark.parametrize("family", ["adam-two-steps", "backprop-scalar-chain", "gd-nd-steps", "softmax-logloss"])
def test_what_a_student_wrote_is_an_input(family: str) -> None:
    for group in groups(family):
        for ask, stop in ((group.plan.asks[place], group.plan.asks[place - 1].id) for place in (1, -1)):
            if group.plan.asked_step(ask) is None or stop not in group.solution:
                continue
            program = program_for(group, ask, frozenset({stop}))
            own = {**group.values, stop: 1.7 * group.values[stop] + 0.3}
            right, _ = program.run(own, len(group.positions))
            expected = solve(group.plan, group.given, instead={stop: own[stop]})[ask.id]
            assert np.allclose(right, expected, rtol=1e-12)


# ----- Forms of their own ----------------------------------------------------------------------------------------

DERIVATIVES = [
    ("u: a*p^2, s: u*b, d: 'grad(s, p)'", "d", "2*a*p*b"),
    ("u: a*p^2, s: u*b, d: 'grad(s^2, p)'", "d", "4*a^2*p^3*b^2"),
    ("u: a*p^2, s: u*b, d: 'grad(s, u)'", "d", "b"),
    ("d: 'grad(a*p^3, p)'", "d", "3*a*p^2"),
    ("'f(z)': a*z^2, d: 'grad(f(p), p)'", "d", "2*a*p"),
    ("'f(z)': a*z^2, 'g(z)': 'diff(f(z), z)', d: g(b)", "d", "2*a*b"),
    ("J: 'jacobian([p*b, a*p], p)', d: 'J[1] + J[2]'", "d", "a + b"),
    ("H: 'hessian(a*p^3, p)', d: H", "d", "6*a*p"),
    ("n: 'iterate(halved, a, 3)', d: n + b", "d", "a/8 + b"),
    ("n: 'count_until(halved, 8, small)', d: n*b", "d", "4*b"),
]


@pytest.mark.parametrize(("steps", "name", "formula"), DERIVATIVES, ids=[row[0] for row in DERIVATIVES])
def test_special_forms(steps: str, name: str, formula: str) -> None:
    group = one(
        "given: {a: {ints: [2, 9]}, b: {ints: [2, 7]}, p: {ints: [2, 5]}}\n"
        "where: {'halved(w)': w/2, 'small(w, v)': v < 1}\n"
        f"steps: {{{steps}}}\nask: {{{name}: 1}}\n"
    )
    ask = group.plan.asks[0]
    program = program_for(group, ask, frozenset())
    right, table = program.run(group.values, len(group.positions))
    expected = value_of(group.plan, parse(formula, frozenset({"a", "b", "p"})), group.given, ())
    assert np.allclose(right, expected)
    for mutant, values in zip(program.mutants, table, strict=True):
        with np.errstate(all="ignore"):
            assert np.allclose(values, solved(group, ask, mutant), equal_nan=True), (mutant.rule, mutant.step)


def test_a_slip_between_changes_the_derivative_through_it() -> None:
    group = one("given: {a: {ints: [2, 9]}, p: {ints: [2, 5]}}\nsteps: {s: a*p^2, d: 'grad(s, p)'}\nask: {d: 1}\n")
    program = program_for(group, group.plan.asks[0], frozenset())
    _, table = program.run(group.values, 3)
    values = {(m.rule, m.step): row for m, row in zip(program.mutants, table, strict=True)}
    assert np.allclose(values["power-dropped", "s"], group.given["a"])


# ----- What is left out ------------------------------------------------------------------------------------------


def program_of(group: Group, *trees: str | Any, step: str = "s") -> Program:
    plan = group.plan
    program = Program(plan, Name(step), frozenset(given.name for given in plan.givens))
    for place, text in enumerate(trees):
        tree = parse(text, frozenset(group.values)) if isinstance(text, str) else text
        program.add(Mutant(f"rule-{place}", step, {step: tree}, 1 + place / 10))
    return program


NUMBERS = (
    "given: {a: {ints: [2, 9]}, b: {ints: [2, 7]}, v: {ints: [1, 5], shape: 2}}\nsteps: {s: 2*a + b}\nask: {s: 1}\n"
)


@pytest.mark.parametrize(
    ("trees", "left"),
    [
        (["2*a - b", "a + b"], ["rule-0", "rule-1"]),
        (["2*a + b"], []),  # the same operations
        (["b + 2*a", "a + a + b"], []),  # the same function
        (["a - b", "a - b"], ["rule-0"]),
        (["a - b", "-b + a"], ["rule-0"]),
        (["v + a", "[1, 2]*a"], []),  # another shape
        (["v*v*v", "a*b"], ["rule-1"]),  # sizes that do not fit
        (["sqrt(-a) + b", "sqrt(-a) - b"], ["rule-0", "rule-1"]),  # no values to tell them apart by
    ],
)
def test_what_changes_nothing_is_left_out(trees: list[str], left: list[str]) -> None:
    group = one(NUMBERS)
    program = program_of(group, *trees)
    program.trial({name: value[:1] for name, value in group.given.items()})
    assert [mutant.rule for mutant in program.mutants] == left
    right, table = program.run(group.given, 3)
    assert right.shape == (3,)
    assert table.shape == (len(left), 3)


def test_of_two_that_are_one_the_simpler_is_kept() -> None:
    group = one(NUMBERS)
    for ranks, kept in (((RARE, USUAL), USUAL), ((USUAL, RARE), USUAL)):
        for texts in (("a - b", "a - b"), ("a - b", "-b + a")):
            program = Program(group.plan, Name("s"), frozenset("abv"))
            for rank, text in zip(ranks, texts, strict=True):
                program.add(Mutant("r", "s", {"s": parse(text, frozenset("ab"))}, rank))
            program.trial({name: value[:1] for name, value in group.given.items()})
            assert [mutant.rank for mutant in program.mutants] == [kept]


def count(program: Program) -> int:
    """How many operations are done."""
    return sum(len(some) for stage in program.stages for some in (stage.in_order, *stage.together))


def test_some_of_the_variants() -> None:
    group = one(NUMBERS)
    program = program_of(group, "a - b", "a + b", "a*b")
    program.trial({name: value[:1] for name, value in group.given.items()})
    part = program.only([2, 0])
    _, table = program.run(group.given, 3)
    right, some = part.run(group.given, 3)
    assert [mutant.rule for mutant in part.mutants] == ["rule-2", "rule-0"]
    assert np.array_equal(some, table[[2, 0]])
    assert np.array_equal(right, group.solution["s"])
    assert count(part) < count(program)
    assert [mutant.rule for mutant in program.mutants] == ["rule-0", "rule-1", "rule-2"]


ROUNDS = """\
given: {w: {choose: [8]}, q: {choose: [0.5]}, e: {choose: [0.3]}, n: {choose: [7]}}
where:
  next(x): x*q
  small(before, after): after < e
  flat(before, after): before - after < e
  half(before, after): after < 2*e
steps: {N: "count_until(next, w, small)", x: "iterate(next, w, n)"}
ask: {N: {kind: integer}, x: 1}
mistakes:
  change: {steps: {N: "count_until(next, w, flat)"}, say: {en: no, ru: нет}, drawn: false}
  wider: {steps: {N: "count_until(next, w, half)"}, say: {en: no, ru: нет}, drawn: false}
  fewer: {steps: {x: "iterate(next, w, n - 1)"}, say: {en: no, ru: нет}}
"""


def test_numbers_of_rounds_are_told_apart() -> None:
    """Nobody's numbers end in the same round; and for this student the change and the wider tolerance agree."""
    group = one(ROUNDS)
    told = [{mutant.rule for mutant in program_for(group, ask, frozenset()).mutants} for ask in group.plan.asks]
    assert {"change", "wider"} <= told[0]
    assert "fewer" in told[1]


CORNER = """\
given: {w1: {choose: ["[5, 2]"]}, M: {choose: ["[3, 5, 2; 5, 3, -2]"]}}
steps: {"h(x1, x2)": "max(0, w1[1]*x1 + w1[2]*x2 + M[1,1])"}
ask: {"h(x1, x2)": {domain: {x1: [-4, 4], x2: [-4, 4]}}}
mistakes:
  lost: {steps: {"h(x1, x2)": "w1[1]*x1 + w1[2]*x2 + M[1,1]"}, say: {en: no, ru: нет}, drawn: false}
  outside: {steps: {"h(x1, x2)": "max(0, w1[1]*x1 + w1[2]*x2) + M[1,1]"}, say: {en: no, ru: нет}, drawn: false}
"""


def test_both_sides_of_a_corner_are_seen() -> None:
    """Where numbers of one sign leave a neuron on one side, its ReLU lost is not the right formula."""
    group = one(CORNER)
    (ask,) = group.plan.asks
    assert {"lost", "outside"} <= {mutant.rule for mutant in program_for(group, ask, frozenset()).mutants}


LEAKY = """\
given: {a: {choose: [2]}, b: {choose: [3]}, f: {choose: [-0.5]}, r: {choose: [4]}, c: {choose: [0.2]}}
steps:
  g: a*b + f*r
  s: "max(g, c*g)"
ask: {s: 1}
mistakes:
  plain: {steps: {s: "relu(g)"}, say: {en: no, ru: нет}, drawn: false}
"""


def test_a_sum_of_two_products_is_negative_somewhere() -> None:
    """Whatever its four names are, a weighted sum shows both sides of a corner."""
    group = one(LEAKY)
    (ask,) = group.plan.asks
    assert "plain" in {mutant.rule for mutant in program_for(group, ask, frozenset()).mutants}
    number = np.array([1.0])
    tried = scenarios(dict.fromkeys("abcdefghklmnpqrstuvwxyz", number), (), signed=signed_scenarios({("max", (0, 1))}))
    for first, second in combinations(combinations(tried, 2), 2):
        total = tried[first[0]] * tried[first[1]] + tried[second[0]] * tried[second[1]]
        assert set(np.sign(total)) == {-1.0, 1.0}, (first, second)


def test_an_index_has_no_value() -> None:
    from grader.language.nodes import Index

    with pytest.raises(KeyError):
        program_of(one(NUMBERS), Index("w", (Number("1"),)))


@pytest.mark.parametrize(
    ("values", "same"),
    [(([1.0], [2.0]), True), (([1.0 + 1e-13], [2.0]), True), (([1.0 + 1e-9], [2.0]), False), (([1.0], [np.nan]), False),
     (([-0.0 + 1.0], [2.0]), True)],
)  # fmt: skip
def test_fingerprints(values: tuple[list[float], list[float]], same: bool) -> None:
    one_, other = fingerprints([np.array([[1.0]] * 2 + [[2.0]] * 2), np.array([[*values[0]]] * 2 + [[*values[1]]] * 2)])
    assert (one_ == other) is same


def test_no_fingerprint_without_a_number() -> None:
    nothing, no_first, zero, minus = fingerprints([NOTHING, *map(np.array, ([[np.nan]], [[0.0]], [[-0.0]]))])
    assert nothing is no_first is None
    assert zero == minus != None  # noqa: E711 - each of them is told


def test_ten_digits_are_those_that_are_printed() -> None:
    chance = np.random.default_rng(3)
    values = chance.normal(size=4000) * 10.0 ** chance.integers(-250, 250, 4000)
    values = np.concatenate([values, [0.0, 1.0, -1.0, 999.99999999999, 9.99999999949, 1e-5, 123456789012.0]])
    for (digits, power), value in zip(ten_digits(values), values, strict=True):
        assert f"{digits / 1e9:.9f}e{int(power):+03d}" == f"{value:.9e}"
    odd = ten_digits(np.array([np.nan, -np.nan, np.inf, -np.inf]))
    assert odd[0].tobytes() == odd[1].tobytes() != odd[2].tobytes() != odd[3].tobytes()


def test_scattered_numbers_differ_by_name() -> None:
    """Also where their letters add up to the same, or to one more: v₂ for w₁ is a slip like any other."""
    found = [scattered(name, np.zeros((1, 3, 3)), 0.6) for name in ("a", "b", "v[2]", "w[1]", "ab", "ba", "W1", "W2")]
    assert len(np.unique(np.round(found, 10))) == 8 * 9
    assert found[0].shape == (1, 3, 3)


# ----- Mutants ---------------------------------------------------------------------------------------------------


@in_depth
def test_mutants_are_made_once_and_each_formula_once(family: str) -> None:
    """In all looks together: a formula that a simpler slip gives is not looked at again."""
    group = groups(family)[0]
    for step in group.plan.steps:
        seen = {step.tree}
        for tier in TIERS:
            made = mutants_of(group.plan, step.name, AS_DRAWN, tier)
            assert mutants_of(group.plan, step.name, AS_DRAWN, tier) is made
            trees = {mutant.trees[step.name] for mutant in made.each}
            assert len(trees) == len(made.each) <= (mutants.MOST_FAR if tier == "far" else mutants.MOST)
            assert trees.isdisjoint(seen)
            seen |= trees


def test_a_plan_of_a_students_own_keeps_its_facts_to_itself() -> None:
    group = one(NUMBERS)
    plan = altered(group.plan, {"s": parse("a*b", frozenset("ab"))})
    own = replace(group, plan=plan)
    first = program_for(own, plan.asks[0], frozenset())
    assert program_for(own, plan.asks[0], frozenset()) is first
    assert program_for(group, group.plan.asks[0], frozenset()) is not first
    again = weakref.ref(plan.facts)
    del plan, own, first
    gc.collect()
    assert again() is None


def test_degrees_in_the_place_of_radians() -> None:
    group = one("given: {a: {ints: [2, 9]}}\nsteps: {s: sin(a) + 1}\nask: {s: 1}\n")
    found = {mutant.rule: mutant.trees["s"] for mutant in mutants_of(group.plan, "s", AS_DRAWN, "usual").each}
    value = value_of(group.plan, found["degrees"], group.given, ())
    assert np.allclose(value, np.sin(np.radians(group.given["a"])) + 1)


def test_a_slip_in_the_second_formula_of_a_step() -> None:
    group = one(
        "given: {M: {matrix: 2x2, entries: [1, 9]}}\n"
        "steps: {D: {is: det(M), check: 'M[1,1]*M[2,2] - M[1,2]*M[2,1]'}}\nask: {D: 1}\n"
    )
    program = program_for(group, group.plan.asks[0], frozenset(), "rare")
    _, table = program.run(group.values, 3)
    matrix = group.given["M"]
    permanent = matrix[:, 0, 0] * matrix[:, 1, 1] + matrix[:, 0, 1] * matrix[:, 1, 0]
    assert any(np.allclose(row, permanent) for row in table)
    assert not any(mutant.rank.is_usual for mutant in program.mutants)


def test_a_slip_in_all_rounds_is_simpler_than_in_one() -> None:
    group = one("given: {a: {ints: [2, 9]}, 'w[0]': {ints: [1, 4]}}\nsteps: {for t in 1..3: {'w[t]': 'w[t-1] - a*t'}}\n"
                "ask: {'w[3]': 1}\n")  # fmt: skip
    program = program_for(group, group.plan.asks[0], frozenset())
    signs = [mutant for mutant in program.mutants if mutant.rule == "sign" and mutant.step == "w[3]"]
    every, single = (min(m.rank for m in signs if len(m.trees) == count) for count in (3, 1))
    assert every < single


def test_authored_mistakes_come_first() -> None:
    group = one(NUMBERS + "mistakes: {own: {steps: {s: a - b}, say: {en: no, ru: нет}}}\n")
    (mistake,) = authored(group.plan)
    assert (mistake.rule, mistake.step, mistake.rank) == ("own", "s", AUTHORED)
    program = program_for(group, group.plan.asks[0], frozenset())
    assert program.mutants[0].say == {"en": "no", "ru": "нет"}


@pytest.mark.parametrize(
    ("formula", "found"),
    [("sigmoid(a)", "sigmoid"), ("1/(1 + exp(-a))", "sigmoid"), ("relu(a)", "relu"), ("a^2", None), ("b", None)],
)
def test_what_stands_before_an_activation(formula: str, found: str | None) -> None:
    group = one(f"given: {{a: {{ints: [1, 9]}}, b: 1}}\nsteps: {{o: {formula}, s: o*2}}\nask: {{s: 1}}\n")
    before = preactivation(Name("o"), group.plan)
    assert (before and before[0]) == found
    assert preactivation(parse(formula, frozenset("ab")), group.plan) == before
    assert preactivation(Name("nobody"), group.plan) is None


def test_named_arrays_have_instances_and_an_identity() -> None:
    matrices = one("symbols: {A: n x n, x: n}\nsteps: {g: (A + A')*x}\nask: {g: 1}\n", (1,))
    values = symbol_values(matrices.plan)
    assert values["I"].shape == (1, *values["A"].shape[1:])
    assert exemplar(matrices.plan, AS_DRAWN)["A"].shape == (1, *values["A"].shape[1:])


def test_the_identity_of_named_arrays_is_no_number() -> None:
    """It is 2 x 2 here, as B is; nobody has it among the numbers."""
    group = one(
        "symbols: {X: n x p, A: p x p}\ngiven: {B: {ints: [2, 9], shape: 2x2}}\n"
        "steps: {g: X*A, C: 3*B .* (1 - B)}\nask: {g: 1, C: 1}\n"
    )
    assert symbol_values(group.plan)["I"].shape == (1, 2, 2)
    for which in ("usual", "rare", "far"):
        program = program_for(group, group.plan.asks[1], frozenset(), which)
        assert program.mutants
        assert not any("I" in names(tree) for mutant in program.mutants for tree in mutant.trees.values())


def test_givens_set_by_hand_to_another_shape_have_programs_of_their_own() -> None:
    found = problem_from(
        (HEAD + "given: {x: {ints: [2, 9], shape: 2}}\nsteps: {s: 2*x}\nask: {s: 1}\n").encode(), "s.yaml"
    )
    usual, (three,) = draw(found, range(3)), draw(found, [1], {"x": "[4, 5, 7]"})
    assert three.plan is usual[0].plan
    assert unusual_in(usual[0]) == AS_DRAWN
    assert unusual_in(three) == (("x", (3,)),)
    for group, shape in ((three, (3,)), (usual[0], (2,))):
        right, table = program_for(group, group.plan.asks[0], frozenset()).run(group.values, len(group.positions))
        assert right.shape[1:] == table.shape[2:] == shape


def test_a_step_on_the_way_has_a_program_too() -> None:
    group = one("given: {a: {ints: [2, 9]}}\nsteps: {u: 3*a, s: u^2}\nask: {s: 1}\n")
    program = program_for(group, step_ask("u", group.plan.asks[0]), frozenset(), "hasty")
    right, _ = program.run(group.values, 3)
    assert np.array_equal(right, group.solution["u"])
    assert {mutant.rule for mutant in program.mutants} >= {"factor-dropped"}


def test_the_argument_of_a_function_is_nobodys_name() -> None:
    group = one("given: {a: {ints: [2, 9]}, x: 3}\nsteps: {'f(x)': a*x^2}\nask: {f: {domain: {x: [1, 2]}}}\n")
    program = program_for(group, group.plan.asks[0], frozenset())
    points = np.array([1.0, 2.0])
    right, _ = program.run({**group.at(0).values, slot("x"): points}, 2)
    assert np.allclose(right, group.given["a"][0] * points**2)


FUNCTIONS = (
    "given: {'f(x)': {function: {outer: [sin, exp], inner: ['u^2', 'u + 1']}}, 'g(x)': {function: [cos, ln]}, "
    "a: {ints: [2, 9]}}\n"
    "steps: {df(x): 'diff(f(x), x)', dg(x): 'diff(g(x), x)', p: a*df(a)}\n"
    "ask: {df: {domain: {x: [1, 2]}}, dg: {domain: {x: [1, 2]}}, p: 1}\n"
)


def test_forms_share_what_they_say_alike() -> None:
    """g does not care which f was drawn: one program for each g; no two forms with another f share one of f."""
    problem = problem_from((HEAD + FUNCTIONS).encode(), "s.yaml")
    forms = draw(problem, range(60))
    assert len(forms) == 8
    programs = {
        name: {id(program_for(group, group.plan.ask(name), frozenset())) for group in forms}
        for name in ("df", "dg", "p")
    }
    assert {name: len(made) for name, made in programs.items()} == {"df": 4, "dg": 2, "p": 4}


@pytest.mark.parametrize("family", SHARING)
def test_a_shared_program_is_what_the_form_would_have_made(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(shared: bool) -> list[tuple[Any, ...]]:
        with monkeypatch.context() as patched:
            if not shared:
                patched.setattr(Alike, "shared_by", lambda self, plan: self.make())
            programs = []
            for group in draw(load_problem(default_bank().paths[family]), range(VARIANTS)):
                sample = sample_of(group.plan)
                for ask, program in asked_programs(sample):
                    right, table = answers_of(program, ask, sample)
                    slips = [(mutant.rule, mutant.step, mutant.trees) for mutant in program.mutants]
                    programs.append((dict(group.plan.form), ask.id, slips, right.tobytes(), table.tobytes()))
            return programs

    assert made(shared=True) == made(shared=False)


def test_a_given_may_have_the_name_of_a_constant() -> None:
    """The program reads the given, and not the number of Euler."""
    group = one("given: {e: {ints: [4, 9]}, a: {ints: [2, 3]}}\nsteps: {x: a*e}\nask: {x: 1}\n")
    (ask,) = group.plan.asks
    right, _ = program_for(group, ask, frozenset(), "usual").run(dict(group.given), 3)
    assert right.tolist() == group.values["x"].tolist() == (group.given["a"] * group.given["e"]).tolist()
