"""Trees: no label lies on another or on a branch, nodes do not meet, a parent is over the middle of its branches."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.figures.overlaps import overlaps
from grader.figures.tree import GAP, HIGH, Grown, _count, _laid, _placed, _scene

TEXTS = st.sampled_from(["$a$", "$x_1 > -0{,}25$", "$+$", "wide words"])
LABELS = st.sampled_from(["", "yes", "$w_1 = 2$"])


def node(branches: list[Grown], text: str, label: str) -> Grown:
    return Grown(text, label, False, branches)


LEAVES = st.builds(node, st.just([]), TEXTS, LABELS)
TREES = st.recursive(
    LEAVES, lambda below: st.builds(node, st.lists(below, min_size=1, max_size=3), TEXTS, LABELS), max_leaves=8
)


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_trees_can_be_read(root: Grown) -> None:
    assert list(overlaps(_scene(root))) == []
    placed = list(_placed(_laid(root, 0.0), 0.0, 0.0, 50.0))
    assert len(placed) == _count(root)
    for (_, one, _), (_, other, _) in combinations(placed, 2):
        assert one.y != other.y or abs(one.x - other.x) >= one.across + other.across + GAP - 1e-9
        assert one.y == other.y or abs(one.y - other.y) > HIGH
    for each, oval, _ in placed:
        xs = [child.x for _, child, parent in placed if parent is oval]
        assert len(xs) == len(each.branches)
        assert not xs or abs((xs[0] + xs[-1]) / 2 - oval.x) < 1e-9
        assert xs == sorted(xs)
