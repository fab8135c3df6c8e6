"""A fault of ours, planted in every layer of marking, costs the answer that brings it about, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from grader.blanks.kind import Blank, Typed
from grader.blanks.kinds import blank_of, kind_of
from grader.draws.draw import draw
from grader.internal import CRASH
from grader.marking import column, diagnose, follow, follow_words, mark, rows, settle
from grader.marking.contain import mark_class
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.load import problem_from

HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\ntext: {en: a, ru: а}\n"
REGIMES = "{small: {when: q < 3, en: s, ru: м}, large: {when: q >= 3, en: l, ru: б}}"
SPECS = {
    "numbers": "given: {a: {ints: [3, 9]}, b: {ints: [11, 19]}}\nsteps: {u: a/7, v: u*b, n: 2*a*b, w: v^2 - u}\n"
    "ask: {u: {decimals: 3}, v: {decimals: 3}, n: {kind: integer}, w: {points: 2, decimals: 3}}\n",
    "arrays": "given: {a: {ints: [3, 9]}, A: {ints: [1, 5], shape: 2x2}}\n"
    "steps: {x: '[a, 2*a]', y: A*x, s: sum(y)}\nask: {x: {points: 2}, y: {points: 2}, s: 1}\n",
    "functions": "given: {a: {ints: [3, 9]}, x0: {ints: [2, 4]}}\n"
    "steps: {'df(x)': a*x^2, 'dy(x)': df(x)*x + 1, value: dy(x0)}\n"
    "ask: {df: {domain: {x: [1, 2]}}, dy: {points: 2, domain: {x: [1, 2]}}, value: {decimals: 2}}\n",
    "matrices": "given: {c: {ints: [2, 9]}, A0: [1, 2; 3, 4]}\nsymbols: {A: n x n}\n"
    "steps: {G: \"c*A'\", G0: 'G(A0)'}\nask: {G: {points: 2}, G0: {points: 2}}\n",
    "options": f"given: {{a: {{ints: [1, 9]}}}}\nsteps: {{q: 2*a}}\n"
    f"ask: {{q: {{exact: true}}, r: {{points: 2, choice: {REGIMES}}}}}\n",
    "enclosed": "given: {k: {ints: [4, 9]}, c: {ints: [1, 3]}}\n"
    "steps: {b: c/k, x0: k + c, f0: x0^2 - k, roots: '[-b, k]'}\n"
    "ask:\n  b: {decimals: 2}\n  D: {interval: '[-b, x0)', decimals: 2, points: 4}\n"
    "  roots: {kind: set, decimals: 2, points: 4}\n"
    "  T: {rows: {x0: {decimals: 1}, f0: {decimals: 1}, where: {interval: '(c, x0]'}}}\n",
}
# What the guilty one writes: not right, and nobody else writes it.
ANYBODY = ("options", "r", " 2 ")
"""Others take that option, too."""
GUILTY: list[tuple[str, str, Typed]] = [
    ("numbers", "u", "17.125"), ("numbers", "v", "-3.5"), ("numbers", "n", "1001"), ("numbers", "w", "0.77"),
    ("arrays", "x", "[8.5, 1.5]"), ("arrays", "y", "[8.5; 77]"), ("arrays", "s", "1234.5"),
    ("functions", "df", "17*x^3"), ("functions", "dy", "17*x + 2x^2"), ("functions", "value", "0.125"),
    ("matrices", "G", "17*A*A'"), ("matrices", "G0", "[8, 9; 9, 8.5]"),
    ("options", "q", "0.125"), ANYBODY,
    ("enclosed", "D", "[-17, 17)"), ("enclosed", "roots", "{17, 19}"),
    ("enclosed", "T", {"x0": "17.5", "f0": "1.5", "where": "(1, 17]"}),
]  # fmt: skip
SIZE, WHO = 6, 3
"""Students, and the guilty one."""


def room(spec: str) -> Group:
    groups = draw(problem_from((HEAD + SPECS[spec]).encode(), "s.yaml"), range(SIZE))
    return max(groups, key=lambda group: len(group.positions))


def right(group: Group, member: int) -> dict[str, Typed]:
    one = group.at(member)
    return {
        ask.id: next(s.text for s in kind_of(ask, one).samples(ask, one) if s.status == "correct")
        for ask in group.plan.asks
    }


def sheets_of(group: Group) -> list[dict[str, Typed]]:
    """Everybody else: right, a wrong first line, the answers of the neighbour, one unreadable, nothing."""
    rights = [right(group, member) for member in range(len(group.positions))]
    first, last = next(iter(rights[0])), next(reversed(rights[0]))
    sheets = [
        rights[0],
        rights[1] | {first: rights[2][first]},
        rights[1],
        rights[3] | {first: rights[2][first]},
        rights[4] | {last: "2*(3"},
        {},
    ]
    return sheets[: len(rights)]


class Plant:
    """A function that fails where it meets the guilty answer, and how often it did."""

    def __init__(self, patch: pytest.MonkeyPatch, owner: Any, name: str, meets: Callable[..., bool]) -> None:
        self.hits = 0
        real = getattr(owner, name)

        def planted(*args: Any, **named: Any) -> Any:
            if meets(*args, **named):
                self.hits += 1
                raise ZeroDivisionError("planted")
            return real(*args, **named)

        patch.setattr(owner, name, planted)


Meets = Callable[[Any, Group, str, Typed], tuple[Any, str, Callable[..., bool]]]


def _reading(group: Group, ask: str, text: Typed) -> tuple[Any, str, Callable[..., bool]]:
    return Blank, "read", lambda self, typed: typed == text


def _comparing(group: Group, ask: str, text: Typed) -> tuple[Any, str, Callable[..., bool]]:
    blank = blank_of(group.plan.ask(ask), group)
    answer = repr(blank.read(text))
    kind = type(blank.kind)
    return kind, "compare", lambda self, asked, group, members, answers: answer in map(repr, answers)


def _echoing(group: Group, ask: str, text: Typed) -> tuple[Any, str, Callable[..., bool]]:
    answer = repr(blank_of(group.plan.ask(ask), group).read(text))
    return mark, "echo_of", lambda kind, read: repr(read) == answer


def _scoring(group: Group, ask: str, text: Typed) -> tuple[Any, str, Callable[..., bool]]:
    return mark, "scored", lambda asked, kind, typed, judgement, echo: typed == text


def _following(group: Group, ask: str, text: Typed) -> tuple[Any, str, Callable[..., bool]]:
    def meets(self: Any, column: Any, sheets: Any, guards: Any, index: int, *rest: Any) -> bool:
        return bool(column.verdicts[self.members[index]].typed == text)

    return follow._Following, "weigh", meets


def _carrying(group: Group, ask: str, text: Typed) -> tuple[Any, str, Callable[..., bool]]:
    return column.Column, "aligned", lambda self, member, like: self.verdicts[member].typed == text


def _explaining(group: Group, ask: str, text: Typed) -> tuple[Any, str, Callable[..., bool]]:
    def meets(self: Any, column: Any, members: list[int]) -> bool:
        return any(column.verdicts[member].typed == text for member in members)

    return diagnose.Sheets, "explained", meets


def _folding(group: Group, ask: str, text: Typed) -> tuple[Any, str, Callable[..., bool]]:
    return rows, "folded", lambda table, verdict, rows: verdict.typed == text


LOSES = {"reading": _reading, "comparing": _comparing, "scoring": _scoring, "following": _following,
         "carrying": _carrying, "folding": _folding}  # fmt: skip
KEEPS = {"echoing": _echoing, "explaining": _explaining}
"""Layers in which a fault costs the verdict, and those in which it costs only what is told beside it."""


@pytest.fixture(autouse=True)
def contained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CRASH)


def without(group: Group, sheets: list[dict[str, Typed]], ask: str) -> list[list[Verdict]]:
    """What everybody gets where the guilty one leaves that answer out."""
    return mark.mark(group, [sheet | {ask: ""} if member == WHO else sheet for member, sheet in enumerate(sheets)])


def test_without_a_fault_it_is_marking() -> None:
    for spec in SPECS:
        group = room(spec)
        assert mark_class(group, sheets_of(group)) == mark.mark(group, sheets_of(group))


@pytest.mark.parametrize("layer", LOSES)
def test_a_fault_costs_its_answer_and_nothing_else(layer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    met = 0
    for spec, ask, text in GUILTY:
        group = room(spec)
        sheets = sheets_of(group)
        sheets[WHO][ask] = text
        if layer == "comparing" and (spec, ask, text) == ANYBODY:
            continue
        expected = without(group, sheets, ask)
        with monkeypatch.context() as patch:
            plant = Plant(patch, *LOSES[layer](group, ask, text))
            found = mark_class(group, sheets)
        if not plant.hits:  # nothing to follow from, no table
            continue
        met += 1
        (guilty,) = [verdict for verdict in found[WHO] if verdict.ask == ask]
        if layer == "carrying" and guilty.internal and guilty.status != "internal":
            continue  # nobody carries it on: it is looked at again where slips are sought
        assert (guilty.status, guilty.points, guilty.typed) == ("internal", 0, text), (layer, ask)
        assert [reason.key for reason in guilty.reasons] == ["internal-answer"]
        assert guilty.internal is not None
        assert guilty.internal.error == "ZeroDivisionError: planted"
        assert "in planted" in guilty.internal.traceback
        for row, wanted in zip(found, expected, strict=True):
            assert [v for v in row if v is not guilty] == [v for v in wanted if row is not found[WHO] or v.ask != ask]
    assert met >= (1 if layer == "folding" else 3)


@pytest.mark.parametrize("layer", KEEPS)
def test_a_verdict_outlives_what_is_told_beside_it(layer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    met = 0
    for spec, ask, text in GUILTY:
        group = room(spec)
        sheets = sheets_of(group)
        sheets[WHO][ask] = text
        if layer == "echoing" and (spec, ask, text) == ANYBODY:
            continue
        expected = mark.mark(group, sheets)
        with monkeypatch.context() as patch:
            plant = Plant(patch, *KEEPS[layer](group, ask, text))
            found = mark_class(group, sheets)
        met += bool(plant.hits)
        for member, (row, wanted) in enumerate(zip(found, expected, strict=True)):
            for verdict, other in zip(row, wanted, strict=True):
                if (member, verdict.ask) == (WHO, ask) and plant.hits:
                    assert verdict.internal is not None
                    bare = replace(other, slips=(), echo={}) if verdict.status == other.status else None
                    assert replace(verdict, internal=None, slips=(), echo={}) == bare, (layer, ask)
                else:
                    assert verdict == other, (layer, ask)
    assert met >= 3


def test_what_follows_from_guesses_is_settled_without_the_guilty_line(monkeypatch: pytest.MonkeyPatch) -> None:
    group = room("numbers").at(0)
    b = float(group.given["b"][0])
    sheet = {"u": "17", "v": f"{17 * b:.3f}", "n": "1001", "w": f"{(17 * b) ** 2 - 17:.3f}"}
    (expected,) = mark.mark(group, [sheet | {"n": ""}])
    assert [verdict.status for verdict in expected] == ["wrong", "follows", "blank", "follows"]
    Plant(monkeypatch, settle, "telling", lambda group, column, member: column.verdicts[member].typed == "1001")
    (row,) = mark_class(group, [sheet])
    assert [verdict.status for verdict in row] == ["wrong", "follows", "internal", "follows"]
    assert [row[number] for number in (0, 1, 3)] == [expected[number] for number in (0, 1, 3)]


def test_a_name_that_is_not_found_is_no_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points for what follows are not cut for a wrong line that may well have a name."""
    group = room("numbers").at(0)
    b = float(group.given["b"][0])
    sheet = {"u": "17", "v": f"{17 * b:.3f}", "n": "5", "w": f"{(17 * b) ** 2 - 17:.3f}"}
    (guessed,) = mark.mark(group, [sheet])
    assert 0 < guessed[1].points < guessed[1].of
    Plant(monkeypatch, diagnose.Sheets, "explained", lambda self, column, members: True)
    (row,) = mark_class(group, [sheet])
    assert row[1].points == row[1].of
    assert [verdict.internal is None for verdict in row] == [False, True, False, True]


@pytest.mark.parametrize(("spec", "ask", "kept", "owner", "name", "meets"), [
    ("numbers", "n", "wrong", diagnose, "slip_words", lambda group, member, ask, match: ask.id == "n"),
    ("numbers", "v", "follows", follow_words, "_renamed", lambda plan, verdict: verdict.ask == "v"),
])  # fmt: skip
def test_the_words_for_a_slip(spec: str, ask: str, kept: str, owner: Any, name: str, meets: Callable[..., bool],
                              monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    group = room(spec)
    a, b = (float(group.given[given][0]) for given in "ab")
    sheet = right(group, 0) | {"u": f"{a / 7 + 0.5:.3f}", "v": f"{(a / 7 + 0.5) * b:.3f}", "n": f"{-2 * a * b:.0f}"}
    (whole,) = mark.mark(group.at(0), [sheet])
    Plant(monkeypatch, owner, name, meets)
    (row,) = mark_class(group.at(0), [sheet])
    for verdict, other in zip(row, whole, strict=True):
        assert (verdict.status, verdict.points) == (other.status, other.points)
        assert (verdict.internal is None) == (verdict.ask != ask)
        assert verdict.status == kept or verdict.ask != ask
        assert verdict.slips == (() if verdict.ask == ask else other.slips)


def test_two_guilty_answers_of_one_and_another_of_someone_else(monkeypatch: pytest.MonkeyPatch) -> None:
    group = room("numbers")
    sheets = sheets_of(group)
    sheets[WHO] |= {"u": "17.125", "n": "17.125"}
    sheets[1] |= {"w": "17.125"}
    bare = [dict(sheet) for sheet in sheets]
    bare[WHO] |= {"u": "", "n": ""}
    bare[1]["w"] = ""
    expected = mark.mark(group, bare)
    Plant(monkeypatch, Blank, "read", lambda self, typed: typed == "17.125")
    found = mark_class(group, sheets)
    internal = [(member, v.ask) for member, row in enumerate(found) for v in row if v.status == "internal"]
    assert internal == [(1, "w"), (WHO, "u"), (WHO, "n")]
    for row, wanted in zip(found, expected, strict=True):
        assert all(v == other for v, other in zip(row, wanted, strict=True) if v.status != "internal")


def test_a_fault_whatever_is_answered_costs_its_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    group = room("numbers")
    Plant(monkeypatch, mark, "blank_of", lambda ask, group, strict=False: ask.id == "v")
    for row in mark_class(group, sheets_of(group)):
        assert [verdict.ask for verdict in row if verdict.status == "internal"] == ["v"]


@pytest.mark.parametrize("error", [RecursionError, MemoryError, AssertionError, KeyError])
def test_any_exception_is_contained(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    group = room("numbers").at(0)

    def fail(*args: Any) -> Any:
        raise error("x" * 100_000)

    monkeypatch.setattr(mark, "scored", fail)
    (row,) = mark_class(group, [right(group, 0)])
    assert {verdict.status for verdict in row} == {"internal"}
    assert all(len(verdict.internal.traceback) < 21_000 for verdict in row if verdict.internal)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_is_no_fault(error: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    group = room("numbers").at(0)

    def fail(*args: Any) -> Any:
        raise error

    monkeypatch.setattr(mark, "scored", fail)
    with pytest.raises(error):
        mark_class(group, [right(group, 0)])


def test_under_test_it_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CRASH, "1")
    group = room("numbers").at(0)
    Plant(monkeypatch, Blank, "read", lambda self, typed: True)
    with pytest.raises(ZeroDivisionError):
        mark_class(group, [right(group, 0)])
