"""The ids of all slips that can be named, collected from the tables and the code that yields them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import grader
from grader.slips import derivatives
from grader.slips.rules import RULES

PACKAGE = Path(grader.__file__).parent
YIELDING = ("slips/names.py", "slips/derivatives.py", "suspects/mutants.py", "marking/generic.py", "marking/trees.py")


@cache
def rule_ids() -> frozenset[str]:
    """Rows of the tables; the rest are the words that the modules which yield slips put into them."""
    tables = (derivatives._ROWS, derivatives._ONE_SIDED)
    found = {rule.id for rule in RULES}
    found |= {rule for table in tables for group in table.values() for rule, _ in group}
    for module in YIELDING:
        for node in ast.walk(ast.parse((PACKAGE / module).read_text("utf-8"))):
            found |= set(_yielded(node))
    return frozenset(found)


def _yielded(node: ast.AST) -> list[str]:
    """`yield "rule", …`, `yield Named("rule", …)`, `Match("rule", …)`, and the pairs of a loop `for rule, … in (…)`."""
    parts: list[ast.expr] = []
    if isinstance(node, ast.Yield) and node.value is not None:
        parts = [node.value]
        if isinstance(node.value, ast.Tuple):
            parts = node.value.elts[:1]
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Named", "Match"):
        parts = node.args[:1]
    elif isinstance(node, ast.For) and isinstance(node.target, ast.Tuple) and isinstance(node.iter, ast.Tuple):
        names = [getattr(part, "id", "") for part in node.target.elts]
        if "rule" in names:
            place = names.index("rule")
            parts = [row.elts[place] for row in node.iter.elts if isinstance(row, ast.Tuple)]
    values = [part.body for part in parts if isinstance(part, ast.IfExp)]
    values += [part.orelse for part in parts if isinstance(part, ast.IfExp)]
    return [
        part.value
        for part in (*parts, *values)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
    ]
