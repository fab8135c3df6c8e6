"""The format of `figure:`: the kinds of pictures and what each part may hold. Formulas are texts of the language.

A list of parts may have entries `for t in 1..n: part` where the models have the parts alone.
"""

from __future__ import annotations

import msgspec

from grader.spec.schemes import Formula, Grid, Scalar, Tree, Unrolled, Words


class Ticks(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How far apart the numbers at the axes are; as many as look well where it is left out."""

    x: Scalar | None = None
    y: Scalar | None = None


class Curve(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A function of `in`, drawn where its axis is or `over` an interval."""

    of: Scalar
    in_: Scalar = msgspec.field(name="in", default="x")
    over: Formula | None = None
    dashed: Scalar = False
    label: Words | None = None
    when: Scalar | None = None


class Straight(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A line through two points, or at a point with a slope."""

    through: list[Formula] | None = None
    at: Formula | None = None
    slope: Scalar | None = None
    dashed: Scalar = False
    label: Words | None = None
    when: Scalar | None = None


class Polyline(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A line from point to point, an arrow to each of them or without, with dots or without."""

    through: list[Formula]
    dashed: Scalar = False
    arrow: Scalar = False
    dots: Scalar = False
    label: Words | None = None
    when: Scalar | None = None


class Touching(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The tangent of a function of `in` at a number, or the secant through two."""

    of: Scalar
    at: Formula
    in_: Scalar = msgspec.field(name="in", default="x")
    dashed: Scalar = False
    label: Words | None = None
    when: Scalar | None = None


class Spot(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A point; a `hollow` one does not belong; `drop` draws dashed lines to the axes."""

    at: Formula
    label: Words | None = None
    hollow: Scalar = False
    drop: Scalar = False
    when: Scalar | None = None


class Shaded(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A part of the x-axis with everything above and below it in grey."""

    over: Formula
    label: Words | None = None
    when: Scalar | None = None


class Series(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Values by step, with a line from one to the next; the first is that of step `from`."""

    values: Formula
    from_: Scalar = msgspec.field(name="from", default=0)
    dashed: Scalar = False
    label: Words | None = None
    when: Scalar | None = None


class Plot(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Curves, lines and points between two axes; ranges that are left out fit what is drawn."""

    x: Formula | None = None
    y: Formula | None = None
    axes: list[Words] = []
    ticks: Ticks | None = None
    lattice: Scalar = True
    square: Scalar = False
    curves: list[Curve | Scalar] = []
    lines: list[Straight] = []
    polylines: list[Polyline] = []
    tangents: list[Touching] = []
    secants: list[Touching] = []
    series: list[Series] = []
    shaded: list[Shaded] = []
    points: list[Spot] = []


class Layer(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One layer of a net: the name of its neurons, and what stands below it."""

    name: Scalar | None = None
    nodes: list[Words] = []
    weights: Formula | None = None
    symbols: list[list[Words]] = []
    bias: Formula | None = None
    bias_symbols: list[Words] = msgspec.field(name="bias symbols", default_factory=list)
    below: Words | None = None
    mask: Formula | None = None
    edge_mask: Formula | None = msgspec.field(name="edge mask", default=None)


class Skip(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An edge over layers, from the n-th neuron of one to one of another: `[layer, neuron]`."""

    from_: Formula = msgspec.field(name="from")
    to: Formula
    label: Words | None = None
    weight: Scalar | None = None


class Net(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Layers of neurons from left to right."""

    layers: list[Layer]
    skips: list[Skip] = []


class GraphNode(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A node with its label; `back` is what is to be found there, over an empty box. Else its name alone."""

    name: Scalar
    label: Words | None = None
    back: Words | None = None
    when: Scalar | None = None


class GraphEdge(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An edge with a label; `a -> b` where nothing else is to be said."""

    from_: Scalar = msgspec.field(name="from")
    to: Scalar
    label: Words | None = None
    dashed: Scalar = False
    when: Scalar | None = None


class Graph(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A directed graph without circles; its edges are listed, or are the entries of a matrix that are not 0."""

    nodes: list[GraphNode | Scalar] = []
    edges: list[GraphEdge | Scalar] = []
    matrix: Formula | None = None
    weights: Scalar = False


class Levels(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Level lines of a function of two variables, with points and lines between the axes."""

    of: Scalar
    in_: list[Scalar] = msgspec.field(name="in", default_factory=list)
    x: Formula | None = None
    y: Formula | None = None
    values: Formula | None = None
    through: Formula | None = None
    count: Scalar = 7
    numbers: Scalar = False
    axes: list[Words] = []
    ticks: Ticks | None = None
    lattice: Scalar = False
    square: Scalar = True
    lines: list[Straight] = []
    polylines: list[Polyline] = []
    points: list[Spot] = []


class Group(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Points with one mark: pairs, or the rows of a matrix; with `rows` those whose entry there is above 0."""

    at: Formula
    rows: Formula | None = None
    mark: Scalar | None = None
    names: list[Words] = []
    label: Words | None = None
    when: Scalar | None = None


class Border(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A straight line by an equation, or by an inequality whose side is `shaded` or has an `arrow`."""

    of: Scalar
    side: Scalar | None = None
    dashed: Scalar = False
    label: Words | None = None
    when: Scalar | None = None


class Points(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Points of up to three classes in the plane, with lines between them."""

    classes: list[Group]
    in_: list[Scalar] = msgspec.field(name="in", default_factory=list)
    x: Formula | None = None
    y: Formula | None = None
    axes: list[Words] = []
    ticks: Ticks | None = None
    lattice: Scalar = True
    square: Scalar = True
    lines: list[Border | Scalar] = []
    polylines: list[Polyline] = []
    points: list[Spot] = []


LOOP = r"^for \w+ in .+\.\..+$"
"""A key above a part of a list that is repeated."""


def with_loops(schema: object) -> object:
    """A JSON Schema of these models whose lists may have parts that are repeated."""
    if isinstance(schema, list):
        return [with_loops(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: with_loops(part) for key, part in schema.items()}
    if inner.get("type") != "array" or "items" not in inner:
        return inner
    part = inner["items"]
    loop = {"type": "object", "patternProperties": {LOOP: part}, "additionalProperties": False, "minProperties": 1}
    return {**inner, "items": {"anyOf": [part, loop]}}


PICTURES: dict[str, type[msgspec.Struct]] = {
    "plot": Plot, "levels": Levels, "points": Points, "graph": Graph, "net": Net, "grid": Grid,
    "unrolled": Unrolled, "tree": Tree,
}  # fmt: skip
"""The kinds by the key that says so."""
