"""Slips with quantities at one remove more: what the right one's source was computed from, and an older one added."""

from __future__ import annotations

from collections.abc import Iterator

from grader.language.nodes import Call, Name, Node, names, substitute
from grader.slips.names import STEP, Named, NamesAround
from grader.slips.table import Family, row

_FARTHER, _OLDER = row(Family.NAMES, "other-quantity", "farther"), row(Family.NAMES, "term-extra", "older")


def removed_slips(tree: Node, around: NamesAround) -> Iterator[Named]:
    """Every formula with a quantity from two removes before, or with the one of the round before added."""
    for name in sorted(names(tree) & around.shapes.keys()):
        for other in sorted(around.farther.get(name, ())):
            if around.shapes.get(other) == around.shapes[name]:
                yield Named(_FARTHER, substitute(tree, {name: Name(other)}), Name(other))
        match = STEP.fullmatch(name)
        older = f"{match[1]}[{int(match[2]) - 1}]" if match and match[1] in around.iterates else ""
        if older and around.shapes.get(older) == around.shapes[name]:
            yield Named(_OLDER, substitute(tree, {name: Call("add", (Name(name), Name(older)))}), Name(older))
