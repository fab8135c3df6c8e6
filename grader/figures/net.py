"""A net: layers of neurons from left to right, a weight in a gap of every edge, biases as edges from a constant 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from grader.figures.canvas import Canvas
from grader.figures.discs import bow, straight
from grader.figures.lettering import lettered
from grader.figures.masks import switched_off
from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import DASHES, Disc, Scene
from grader.language.numerals import name_latex
from grader.spec import pictures

MOST_NEURONS = 40
MOST_LABELS = 120
"""Edges with a weight that one can still read."""
WIDEST = 440.0
APART, BELOW = 124.0, 46.0
"""From layer to layer and from neuron to neuron."""
CROWDED, FURTHER = 12, 4.0
"""Edges between two layers that need no more room, and how much further each of those beyond puts the layers apart."""
RADIUS, CONSTANT = 12.5, 8.5
SHARES, OF_ONE = (
    tuple(sorted((step / 100 for step in range(16, 85, 2)), key=lambda share: abs(share - best))) for best in (0.3, 0.5)
)
"""Where a weight may stand on its edge, the best first: before the edges cross, or in the middle where none does."""

Place = tuple[int, int]
"""A layer and a neuron of it, from 0; the constant of a layer is its last."""


class Layer(msgspec.Struct, frozen=True):
    """A layer as the file has it."""

    part: Part
    name: str
    nodes: tuple[Words, ...]
    weights: Formula | None
    symbols: tuple[tuple[Words, ...], ...]
    bias: Formula | None
    bias_symbols: tuple[Words, ...]
    below: Words | None
    mask: Formula | None
    edge_mask: Formula | None


class Skip(msgspec.Struct, frozen=True):
    """An edge over layers."""

    start: Formula
    end: Formula
    label: Words | None
    weight: Formula | None


class Edge(NamedTuple):
    """From which neuron to which, with what on it."""

    start: Place
    end: Place
    label: str
    over: bool = False
    dashed: bool = False


class Wiring(NamedTuple):
    """A student's net: the neurons' names, what stands below a layer, where a constant is beside it, who is off."""

    neurons: list[list[str]]
    below: list[str]
    constants: set[int]
    edges: list[Edge]
    off: frozenset[Place] = frozenset()


class Net(msgspec.Struct, frozen=True):
    """A net as the file has it."""

    part: Part
    layers: tuple[Layer, ...]
    skips: tuple[Skip, ...]

    @staticmethod
    def read(part: Part) -> Net:
        """The net of a file."""
        part.like(pictures.Net)
        layers = tuple(_layer(item) for item in part.listed("layers"))
        if len(layers) < 2:
            part.below("layers").fail("figure-layers")
        for layer in layers:
            if not layer.nodes and not layer.name:
                layer.part.fail("figure-missing", key="name")
        return Net(part, layers, tuple(_skip(item) for item in part.listed("skips")))

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's net, and what is to be said of it."""
        wiring = self.wired(numbers)
        return _scene(wiring), list(_told(wiring, numbers))

    def wired(self, numbers: Numbers) -> Wiring:
        """The neurons and edges of a student."""
        tables = [self._table(layer, numbers) for layer in self.layers]
        neurons = [self._neurons(place, tables, numbers) for place in range(len(self.layers))]
        if sum(map(len, neurons)) > MOST_NEURONS:
            self.part.fail("figure-neurons", most=MOST_NEURONS)
        edges: list[Edge] = []
        constants = set()
        for place, layer in enumerate(self.layers[1:], 1):
            sizes = len(neurons[place]), len(neurons[place - 1])
            table = tables[place] or [[""] * sizes[1] for _ in range(sizes[0])]
            if (len(table), len(table[0])) != sizes:
                said = {"rows": len(table), "columns": len(table[0]), "to": sizes[0], "from_": sizes[1]}
                layer.part.fail("figure-weights", **said)
            off = switched_off(layer.part, layer.edge_mask, sizes[0] * sizes[1], numbers)
            edges += [
                Edge((place - 1, i), (place, j), text, dashed=off[j * sizes[1] + i])
                for j, row in enumerate(table)
                for i, text in enumerate(row)
            ]
            biases = self._biases(layer, sizes[0], numbers)
            constants |= {place - 1} if biases else set()
            edges += [Edge((place - 1, sizes[1]), (place, j), text) for j, text in enumerate(biases)]
        edges += [self._over(skip, neurons, numbers) for skip in self.skips]
        if sum(bool(edge.label) for edge in edges) > MOST_LABELS:
            self.part.fail("figure-edges", most=MOST_LABELS)
        below = [numbers.text(layer.below) if layer.below else "" for layer in self.layers]
        masks = [switched_off(layer.part, layer.mask, len(neurons[k]), numbers) for k, layer in enumerate(self.layers)]
        gone = frozenset((place, k) for place, mask in enumerate(masks) for k, off in enumerate(mask) if off)
        edges = [edge for edge in edges if gone.isdisjoint((edge.start, edge.end))]
        return Wiring(neurons, below, constants, edges, gone)

    def _table(self, layer: Layer, numbers: Numbers) -> list[list[str]]:
        """What stands on the edges into a layer, a row a neuron; empty where nothing does."""
        if layer.symbols:
            return [[numbers.text(words) for words in row] for row in layer.symbols]
        if layer.weights is None:
            return []
        value = numbers.array(layer.weights)
        if value.size > MOST_LABELS:
            self.part.fail("figure-edges", most=MOST_LABELS)
        rows = value if value.ndim == 2 else value.reshape(1, -1)
        if value.ndim == 1 and len(layer.nodes) == len(value) > 1:
            rows = value.reshape(-1, 1)
        return [[numbers.figure(float(weight)) for weight in row] for row in rows]

    def _neurons(self, place: int, tables: Sequence[list[list[str]]], numbers: Numbers) -> list[str]:
        layer = self.layers[place]
        if layer.nodes:
            return [numbers.text(words) for words in layer.nodes]
        following = tables[place + 1] if place + 1 < len(tables) else []
        size = len(tables[place]) or (len(following[0]) if following else 1)
        if size == 1:
            return [f"${name_latex(layer.name)}$"]
        return [f"${name_latex(layer.name, (str(number),))}$" for number in range(1, size + 1)]

    def _biases(self, layer: Layer, size: int, numbers: Numbers) -> list[str]:
        texts = [numbers.text(words) for words in layer.bias_symbols]
        if layer.bias is not None:
            texts = [numbers.figure(float(bias)) for bias in numbers.array(layer.bias).ravel()]
        if texts and len(texts) != size:
            layer.part.fail("figure-biases", count=len(texts), neurons=size)
        return texts

    def _over(self, skip: Skip, neurons: list[list[str]], numbers: Numbers) -> Edge:
        """An edge over layers; its ends have to be there."""
        ends: list[Place] = []
        for formula in (skip.start, skip.end):
            layer, neuron = numbers.pair(formula)
            there = 1 <= layer <= len(neurons) and layer == int(layer) and neuron == int(neuron)
            if not there or not 1 <= neuron <= len(neurons[int(layer) - 1]):
                numbers.fail("figure-neuron", formula.path, layer=int(layer), neuron=int(neuron), layers=len(neurons))
            ends.append((int(layer) - 1, int(neuron) - 1))
        label = numbers.text(skip.label) if skip.label else ""
        if skip.weight is not None:
            label = numbers.figure(numbers.number(skip.weight))
        return Edge(ends[0], ends[1], label, over=True)


def _layer(part: Part) -> Layer:
    part.like(pictures.Layer)
    rows = part.listed("symbols")
    return Layer(
        part,
        part.name_of("name", ""),
        tuple(item.words() for item in part.listed("nodes")),
        part.formula_of("weights"),
        tuple(tuple(item.words() for item in row.items()) for row in rows),
        part.formula_of("bias"),
        tuple(item.words() for item in part.listed("bias symbols")),
        part.words_of("below"),
        part.formula_of("mask"),
        part.formula_of("edge mask"),
    )


def _skip(part: Part) -> Skip:
    part.like(pictures.Skip)
    return Skip(
        part.below("from").formula(), part.below("to").formula(), part.words_of("label"), part.formula_of("weight")
    )


# ----- The picture -------------------------------------------------------------------------------------------------


def _scene(wiring: Wiring) -> Scene:
    canvas = Canvas()
    discs = _discs(wiring)
    top = min(disc.y for disc in discs.values())
    for edge in sorted(wiring.edges, key=lambda edge: edge.over):
        start, end = discs[edge.start], discs[edge.end]
        line = bow(start, end, top - 4.5 * RADIUS) if edge.over else straight(start, end, edge.dashed)
        ends = [len(wiring.neurons[layer]) for layer, _ in (edge.start, edge.end)]
        canvas.edge(line, lettered(edge.label), OF_ONE if 1 in ends else SHARES)
    canvas.draw(*discs.values())
    for layer, names in enumerate(wiring.neurons):
        for neuron, name in enumerate((*names, "$1$") if layer in wiring.constants else names):
            disc = discs[layer, neuron]
            canvas.write(lettered(name), disc.x, disc.y)
    deepest = max(disc.y for disc in discs.values()) + RADIUS
    for layer, text in enumerate(wiring.below):
        canvas.write(lettered(text, 9.0), discs[layer, 0].x, deepest + 11.0)
    return canvas.finished()


def _discs(wiring: Wiring) -> dict[Place, Disc]:
    """All neurons, every layer halfway up; a constant stands below its layer."""
    between = Counter(edge.end[0] for edge in wiring.edges if not edge.over)
    crowded = max(0, max(between.values(), default=0) - CROWDED)
    apart = min(APART + FURTHER * crowded, (WIDEST - 2 * RADIUS) / (len(wiring.neurons) - 1))
    discs = {}
    for layer, names in enumerate(wiring.neurons):
        top = -BELOW * (len(names) - 1) / 2
        for neuron in range(len(names)):
            dash = DASHES if (layer, neuron) in wiring.off else ()
            discs[layer, neuron] = Disc(layer * apart, top + neuron * BELOW, RADIUS, dash=dash)
    for layer in wiring.constants:
        count = len(wiring.neurons[layer])
        discs[layer, count] = Disc(layer * apart, discs[layer, count - 1].y + BELOW, CONSTANT, dash=DASHES)
    return discs


# ----- The words ---------------------------------------------------------------------------------------------------


def _told(wiring: Wiring, numbers: Numbers) -> Iterator[str]:
    """What the picture says, neuron by neuron."""
    layers = " → ".join(", ".join(names) for names in wiring.neurons)
    weighted = any(edge.label for edge in wiring.edges)
    yield numbers.say("figure-net" if weighted else "figure-net-bare", layers=layers)
    into = []
    for layer, names in enumerate(wiring.neurons):
        for neuron, name in enumerate(names):
            edges = [_edge_told(edge, wiring, numbers) for edge in wiring.edges if edge.end == (layer, neuron)]
            if edges:
                into.append(numbers.say("figure-net-into", neuron=name, edges=", ".join(edges)))
    yield "; ".join(into) + "."
    if wiring.off:
        yield numbers.say("figure-net-off", neurons=", ".join(wiring.neurons[k][i] for k, i in sorted(wiring.off)))
    for names, text in zip(wiring.neurons, wiring.below, strict=True):
        if text:
            yield numbers.say("figure-net-below", neurons=", ".join(names), text=text)


def _edge_told(edge: Edge, wiring: Wiring, numbers: Numbers) -> str:
    """An edge with what stands on it."""
    layer, neuron = edge.start
    names = wiring.neurons[layer]
    start = names[neuron] if neuron < len(names) else numbers.say("figure-net-constant")
    key = "figure-net-edge" if edge.label else "figure-net-bare-edge"
    said = numbers.say(key, start=start, label=edge.label)
    return numbers.say("figure-net-off-edge", edge=said) if edge.dashed else said
