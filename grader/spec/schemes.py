"""The format of pictures without axes: grids of cells, recurrent nets unrolled in time, trees."""

from __future__ import annotations

import msgspec

Scalar = str | int | float | bool
Formula = Scalar | list[Scalar | list[Scalar]]
"""A formula; a vector may be a YAML list."""
Words = str | dict[str, str]
"""The same in every language, or a text for each."""


class Window(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A part of a grid in a thick frame, from the cell `at`: its `size` is one cell unless it says more; with a
    `stride` it is wherever it fits in, with a `dilation` its cells are that far apart.
    """

    at: Formula
    size: Formula | None = None
    stride: Formula | None = None
    dilation: Formula | None = None
    dashed: Scalar = False
    shaded: Scalar = False
    when: Scalar | None = None


class Grid(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Cells with the numbers of a matrix, with `symbols`, or empty ones, so many rows and columns."""

    values: Formula | None = None
    symbols: list[list[Words]] = []
    size: Formula | None = None
    padding: Formula | None = None
    windows: list[Window] = []
    rows: list[Words] = []
    columns: list[Words] = []


class BackArrows(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What stands on the arrows from state to state, from inputs and to outputs: on all alike, or a list."""

    state: Words | list[Words] | None = None
    input: Words | list[Words] | None = None
    output: Words | list[Words] | None = None


class Arrows(BackArrows, forbid_unknown_fields=True, frozen=True):
    """The same with those to the losses."""

    loss: Words | list[Words] | None = None


class Backward(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A second row of states, from the last step to the first."""

    states: Scalar | list[Words]
    initial: Words | None = None
    weights: BackArrows | None = None


class Unrolled(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A recurrent net unrolled in time; a row is a name with the step as its index, or a text for each step."""

    states: Scalar | list[Words]
    steps: Scalar | None = None
    initial: Words | None = None
    inputs: Scalar | list[Words] | None = None
    outputs: Scalar | list[Words] | None = None
    losses: Scalar | list[Words] | None = None
    weights: Arrows | None = None
    backward: Backward | None = None


class Tree(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A node with its branches, from the root down."""

    node: Words
    branches: list[Branch] = []
    dashed: Scalar = False


class Branch(Tree, forbid_unknown_fields=True, frozen=True):
    """A node below another; `label` stands on the way to it."""

    label: Words | None = None
    when: Scalar | None = None
