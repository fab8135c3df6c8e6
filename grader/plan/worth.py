"""What a problem asks for and what that is worth, without its formulas: for a list of many problems."""

from __future__ import annotations

from collections.abc import Iterator

from grader.plan.formulas import Formulas
from grader.spec.problem import Form, Problem
from grader.spec.source import Path
from grader.yamltext import Entries, Text
from grader.yamltext import Node as YamlNode


def worth_of(problem: Problem, form: Form) -> list[tuple[str, float]]:
    """The ids of the blanks with their points, in order; raises AuthorError for points that are no number."""
    return list(_blanks(Formulas(problem, dict(form))))


def _blanks(reader: Formulas) -> Iterator[tuple[str, float]]:
    for text, node, path in reader.unrolled("ask"):
        yield reader.name(text, path), points_of(reader, node, path)


def points_of(reader: Formulas, node: YamlNode, path: Path) -> float:
    """What a blank is worth: as stated, the sum of the rows of a table, or 1."""
    stated = node.get("points") if isinstance(node, Entries) else node
    rows = node.get("rows") if isinstance(node, Entries) else None
    if stated is None and isinstance(rows, Entries):
        return sum(points_of(reader, row, (*path, "rows", key.value)) for key, row in rows.entries)
    if stated is None:
        return 1.0
    return reader.constant(stated.value if isinstance(stated, Text) else stated.source, path)
