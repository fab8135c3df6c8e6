"""A directed graph without circles in columns from left to right: Sugiyama's way, for a few nodes.

A node stands in the column after the last of those that lead to it. An edge that passes columns has a place of its own
in each of them; the order within a column is by the middle of the neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

SWEEPS = 6

Edge = tuple[int, int]


class Layout(NamedTuple):
    """Columns of slots from above, each a node or where an edge goes through; and the slots on every edge's way."""

    columns: tuple[tuple[int, ...], ...]
    ways: tuple[tuple[int, ...], ...]


def columns_of(count: int, edges: Sequence[Edge]) -> list[int] | None:
    """The column of every node; None where the edges go in a circle."""
    column = [0] * count
    for _ in range(count):
        moved = False
        for start, end in edges:
            if column[end] <= column[start]:
                column[end], moved = column[start] + 1, True
        if not moved:
            return column
    return None if edges else column


@lru_cache(maxsize=256)
def layered(count: int, edges: tuple[Edge, ...]) -> Layout | None:
    """The layout of a graph of so many nodes; None where its edges go in a circle."""
    column = columns_of(count, edges)
    if column is None:
        return None
    slots = [[node for node in range(count) if column[node] == place] for place in range(max(column, default=0) + 1)]
    ways, free = [], count
    for start, end in edges:
        between = list(range(free, free + column[end] - column[start] - 1))
        free += len(between)
        for place, slot in enumerate(between, column[start] + 1):
            slots[place].append(slot)
        ways.append((start, *between, end))
    _ordered(slots, ways)
    return Layout(tuple(map(tuple, slots)), tuple(ways))


def _ordered(slots: list[list[int]], ways: Sequence[tuple[int, ...]]) -> None:
    """Order the columns, forth and back, each by the middle of its neighbours in the one before; the best is kept."""
    links = [link for way in ways for link in pairwise(way)]
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for start, end in links:
        after.setdefault(start, []).append(end)
        before.setdefault(end, []).append(start)
    best, fewest = [list(column) for column in slots], _crossings(slots, links)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for column in slots[1:] if forth else slots[-2::-1]:
            place = {slot: _height(rank, slots, slot) for row in slots for rank, slot in enumerate(row)}
            neighbours = before if forth else after
            column.sort(key=lambda slot: _middle(neighbours.get(slot, []), place, slot))
        crossings = _crossings(slots, links)
        if crossings < fewest:
            best, fewest = [list(column) for column in slots], crossings
    slots[:] = best


def _height(rank: int, slots: Sequence[Sequence[int]], slot: int) -> float:
    size = next(len(column) for column in slots if slot in column)
    return rank - (size - 1) / 2


def _middle(neighbours: Sequence[int], place: dict[int, float], slot: int) -> float:
    return sum(place[each] for each in neighbours) / len(neighbours) if neighbours else place[slot]


def _crossings(slots: Sequence[Sequence[int]], links: Sequence[Edge]) -> int:
    """How many pairs of links between two columns cross."""
    rank = {slot: place for column in slots for place, slot in enumerate(column)}
    where = {slot: place for place, column in enumerate(slots) for slot in column}
    return sum(
        where[a] == where[c] and (rank[a] - rank[c]) * (rank[b] - rank[d]) < 0
        for number, (a, b) in enumerate(links) for c, d in links[:number]
    )  # fmt: skip
