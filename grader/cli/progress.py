"""Long work says how far it is."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TypeVar

import click

from grader.cli.screen import Screen

Item = TypeVar("Item")


def with_progress(items: Iterable[Item], count: int) -> list[Item]:
    """All items; on a terminal a bar of numbers tells how many there are and how long the rest will take."""
    stream = sys.stderr.target if isinstance(sys.stderr, Screen) else sys.stderr
    if count < 2 or not stream.isatty():
        return list(items)
    with click.progressbar(items, length=count, file=stream, show_pos=True) as bar:
        return list(bar)
