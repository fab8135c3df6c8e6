"""Slips with quantities that are numbered alike: w1, w2, w3 taken for d1, d2, d3, or one of them in every entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.language.nodes import LEAVES, Array, Call, Name, Node, children, names, rebuild, replaced, substitute, walk
from grader.slips.names import Named, NamesAround
from grader.slips.table import Family, row

_SERIES = row(Family.NAMES, "other-quantity", "series")
_EXTRA = row(Family.NAMES, "factor-extra", "entries")
_NUMBERED = re.compile(r"(.*?)\[?(\d+)\]?")
_LARGEST = 4

_Path = tuple[int, ...]


def series_slips(tree: Node, around: NamesAround) -> Iterator[Named]:
    """Every formula with a series for an array or for what stands in the entries of one; or as a factor too many."""
    series = _series(around)
    for array in dict.fromkeys(part for part in walk(tree) if isinstance(part, Array)):
        for put in _in_entries(array, series):
            yield Named(_SERIES, replaced(tree, array, put), None)
    vectors = [name for name in sorted(names(tree)) if len(around.shapes.get(name, ())) == 1]
    for members in series:
        whole = Array(members)
        for name in vectors:
            if around.shapes[name] == (len(members),):
                yield Named(_SERIES, substitute(tree, {name: whole}), None)
                yield Named(_EXTRA, substitute(tree, {name: Call("emul", (whole, Name(name)))}), None)


def _series(around: NamesAround) -> list[tuple[Name, ...]]:
    """Numbers among the names that are numbered from one on without a gap."""
    found: dict[str, dict[int, str]] = {}
    for name, shape in around.shapes.items():
        match = _NUMBERED.fullmatch(name)
        if match and not shape and name not in around.indices:
            found.setdefault(match[1], {})[int(match[2])] = name
    series = []
    for by_number in found.values():
        count = next(number for number in range(1, len(by_number) + 2) if number not in by_number) - 1
        if 1 < count <= _LARGEST:
            series.append(tuple(Name(by_number[number]) for number in range(1, count + 1)))
    return series


def _in_entries(array: Array, series: list[tuple[Name, ...]]) -> Iterator[Node]:
    """The array with other names at one spot of all its entries, where these are alike and more than a name."""
    spots = [dict(_leaves(item, ())) for item in array.items]
    if not 1 < len(spots) <= _LARGEST or any(spot.keys() != spots[0].keys() for spot in spots):
        return
    for path in spots[0]:
        own = tuple(spot[path] for spot in spots)
        others: list[tuple[Node, ...]] = [members for members in series if len(members) == len(own)]
        others += [(leaf,) * len(own) for leaf in dict.fromkeys(own)]
        if path and all(isinstance(leaf, Name) for leaf in own) and len(set(own)) > 1:
            for other in others:
                parts = zip(array.items, other, strict=True)
                yield Array(tuple(_put(item, path, leaf) for item, leaf in parts))


def _leaves(node: Node, path: _Path) -> Iterator[tuple[_Path, Node]]:
    if isinstance(node, LEAVES):
        yield path, node
        return
    for index, part in enumerate(children(node)):
        yield from _leaves(part, (*path, index))


def _put(node: Node, path: _Path, leaf: Node) -> Node:
    if not path:
        return leaf
    parts = children(node)
    return rebuild(node, (*parts[: path[0]], _put(parts[path[0]], path[1:], leaf), *parts[path[0] + 1 :]))
