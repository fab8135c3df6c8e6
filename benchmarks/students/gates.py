"""Truth tables of gates; the neurons beside them are left to students who find them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip

Gate = Callable[[int, int], int]
GATES: dict[str, Gate] = {
    "AND": lambda x, y: x & y, "OR": lambda x, y: x | y, "NAND": lambda x, y: 1 - (x & y),
    "NOR": lambda x, y: 1 - (x | y), "IMPLIES": lambda x, y: (1 - x) | y, "CONVERSE": lambda x, y: x | (1 - y),
}  # fmt: skip
OTHER = {"AND": "OR", "OR": "AND", "NAND": "NOR", "NOR": "NAND", "IMPLIES": "CONVERSE", "CONVERSE": "IMPLIES"}
NEGATED = {"AND": "NAND", "NAND": "AND", "OR": "NOR", "NOR": "OR"}
PAIRS = [(x, y) for x in (0, 1) for y in (0, 1)]
TRIPLES = [(x, y, z) for x, y in PAIRS for z in (0, 1)]


def barred(sheet: Sheet, given: Given, table: str, number: int) -> bool:
    """Whether the student sees a bar over this input."""
    there = given["s" if table == "A" else "r"][number] == 1
    if (
        sheet("bars overlooked")
        or sheet(f"bars overlooked in {table}")
        or sheet(f"bar {number + 1} overlooked in {table}")
    ):
        return False
    return True if sheet(f"bars everywhere in {table}") else not there if sheet(f"bars turned in {table}") else there


def tables(given: Given, sheet: Sheet) -> None:
    """Both tables."""
    gate = str(given["gate"])
    plain = GATES[gate]
    if sheet("the other gate"):
        plain = GATES[OTHER[gate]]
    if gate in NEGATED and sheet("bar over the whole"):
        plain = GATES[NEGATED[gate]]
    if gate in ("IMPLIES", "CONVERSE") and sheet("both for the arrow"):
        plain = GATES["AND"]
    if gate in ("IMPLIES", "CONVERSE") and sheet("equal for the arrow"):
        plain = _equal
    if gate in ("OR", "NOR") and sheet("either but not both"):
        plain = _odd if gate == "OR" else _equal
    if gate in ("AND", "NAND") and sheet("first input alone"):
        plain = _first
    if gate in ("AND", "OR") and sheet("second input alone"):
        plain = _second
    if gate in ("IMPLIES", "CONVERSE") and sheet("or for the arrow"):
        plain = GATES["OR"]
    signs = [barred(sheet, given, "A", number) for number in range(2)]
    if sheet("bar on the other input in A"):
        signs = signs[::-1]
    whole = all(signs) and sheet("bars as one over both")
    signs = [False, False] if whole else signs
    rows = [plain(x ^ signs[0], y ^ signs[1]) ^ whole for x, y in PAIRS]
    if sheet("minus one for nought"):
        rows = [2 * row - 1 for row in rows]
    if sheet("rows in the order 00, 10, 01, 11"):
        rows = [rows[0], rows[2], rows[1], rows[3]]
    if sheet("rows from below in A"):
        rows = rows[::-1]
    if signs[0] != signs[1] and sheet("bars at the wrong inputs"):
        rows = [plain(x ^ signs[1], y ^ signs[0]) for x, y in PAIRS]
    if signs[0] and sheet("first bar over the whole"):
        rows = [1 - plain(x, y ^ signs[1]) for x, y in PAIRS]
    if sheet("nought for one throughout"):
        rows = [1 - row for row in rows]
    sheet.write("t", np.array(rows, float))
    k = int(given["k"])
    signs = [barred(sheet, given, "B", number) for number in range(3)]
    if sheet("bars on the neighbours in B"):
        signs = [signs[2], *signs[:2]]
    counts = [sum(value ^ sign for value, sign in zip(row, signs, strict=True)) for row in TRIPLES]
    found = [int(count >= k) for count in counts]
    for name, wrong in (
        ("exactly so many", [int(count == k) for count in counts]),
        ("more than so many", [int(count > k) for count in counts]),
        ("at most so many", [int(count <= k) for count in counts]),
        ("fewer than so many", [int(count < k) for count in counts]),
        ("all of them", [int(count == 3) for count in counts]),
        ("first two alone", [int(sum(value ^ sign for value, sign in zip(row[:2], signs, strict=False)) >= k)
                             for row in TRIPLES]),
        ("one fewer", [int(count >= k - 1) for count in counts]),
        ("last two alone", [int(sum(value ^ sign for value, sign in zip(row[1:], signs[1:], strict=True)) >= k)
                            for row in TRIPLES]),
        ("inputs read backwards in B", [found[4 * z + 2 * y + x] for x, y, z in TRIPLES]),
        ("counts for values", counts),
        ("rows from below in B", found[::-1]),
        ("barred inputs left out of the count",
         [int(sum(value for value, sign in zip(row, signs, strict=True) if not sign) >= k) for row in TRIPLES]),
        ("last input first in the order", [found[4 * z + 2 * y + x] for x, y, z in TRIPLES]),
        ("an odd number of them", [count % 2 for count in counts]),
        ("bars at the wrong inputs of B",
         [int(sum(value ^ sign for value, sign in zip(row, signs[::-1], strict=True)) >= k) for row in TRIPLES]),
        ("none of them in B", [int(count == 0) for count in counts]),
    ):  # fmt: skip
        found = wrong if sheet(name) else found
    sheet.write("u", np.array(found, float))


def _equal(x: int, y: int) -> int:
    return int(x == y)


def _odd(x: int, y: int) -> int:
    return int(x != y)


def _first(x: int, _: int) -> int:
    return x


def _second(_: int, y: int) -> int:
    return y


_BARS = "bars-overlooked complement index-off"

TABLES = Family(
    "logic-gates",
    tables,
    (
        slip("bars overlooked", "bars-overlooked", "t u", every=True),
        slip("bars overlooked in A", "bars-overlooked", "t"),
        slip("bars overlooked in B", "bars-overlooked", "u"),
        *(slip(f"bar {number} overlooked in A", _BARS, "t") for number in (1, 2)),
        *(slip(f"bar {number} overlooked in B", _BARS, "u") for number in (1, 2, 3)),
        slip("bars everywhere in A", _BARS, "t"),
        slip("bars everywhere in B", _BARS, "u"),
        slip("bars turned in A", _BARS, "t"),
        slip("bars turned in B", f"{_BARS} noughts-counted", "u"),
        slip("the other gate", "other-gate", "t"),
        slip("bar over the whole", "complement whole-sign bars-overlooked sign whole-bar", "t"),
        slip("both for the arrow", "other-gate other-function both-for-arrow", "t"),
        slip("equal for the arrow", "other-gate other-function equal-for-arrow", "t"),
        slip("either but not both", "other-gate other-function either-not-both neither-or-both", "t"),
        slip("first input alone", "term-dropped other-function", "t"),
        slip("rows in the order 00, 10, 01, 11", "permuted index-off", "t"),
        slip("rows from below in A", "permuted", "t"),
        slip("exactly so many", "exactly-k", "u"),
        slip("more than so many", "more-than-k", "u"),
        slip("at most so many", "sign inverted other-convention at-most-k", "u"),
        slip("fewer than so many", "sign inverted complement fewer-than-k", "u"),
        slip("all of them", "other-function more-than-k other-convention all-three", "u"),
        slip("first two alone", "term-dropped third-input-left-out", "u"),
        slip("one fewer", "one-off any-of-them", "u"),
        slip("second input alone", "term-dropped other-function", "t"),
        slip("or for the arrow", "other-gate other-function", "t"),
        slip("bar on the other input in A", f"{_BARS} names-swapped", "t"),
        slip("bars as one over both", f"{_BARS} other-gate", "t"),
        slip("minus one for nought", "other-function other-convention minus-one-for-zero", "t"),
        slip("bars on the neighbours in B", f"{_BARS} names-swapped", "u"),
        slip("last two alone", "term-dropped first-input-left-out", "u"),
        slip("inputs read backwards in B", "permuted index-off", "u"),
        slip("counts for values", "activation-missing", "u"),
        slip("rows from below in B", "permuted", "u"),
        slip("bars at the wrong inputs", _BARS, "t"),
        slip("first bar over the whole", "complement whole-sign bars-overlooked sign", "t"),
        slip("nought for one throughout", "complement whole-sign sign whole-bar", "t"),
        slip("barred inputs left out of the count", "term-dropped barred-inputs-left-out", "u"),
        slip("last input first in the order", "permuted index-off", "u"),
        slip("an odd number of them", "other-function odd-count", "u"),
        slip("bars at the wrong inputs of B", _BARS, "u"),
        slip("none of them in B", "other-function other-convention none-of-them", "u"),
        pen("digit", "t u"),
        pen("permuted", "t u"),
    ),
)

FAMILIES = (TABLES,)
