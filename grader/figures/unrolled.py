"""A recurrent net unrolled in time: its states step by step, inputs from below, outputs and losses above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from grader.figures.numbers import Numbers
from grader.figures.reading import Formula, Part, Words
from grader.figures.scene import Scene
from grader.figures.timeline import Chain, Timeline, scene
from grader.language.numerals import name_latex
from grader.spec import schemes

MOST_STEPS = 8
ROWS = {"state": "states", "input": "inputs", "output": "outputs", "loss": "losses"}
"""Which row a weight's arrows need."""


class Row(msgspec.Struct, frozen=True):
    """What stands at the steps: a name, which has the step as its index, or a text for each step, nothing for some."""

    part: Part
    name: str
    texts: tuple[Words | None, ...]

    @staticmethod
    def read(part: Part | None) -> Row | None:
        """A row of the file; None where it has none."""
        if part is None:
            return None
        if part.is_list():
            return Row(part, "", tuple(item.words_or_nothing() for item in part.items()))
        return Row(part, part.name(), ())

    def at(self, steps: int, numbers: Numbers) -> list[str]:
        """The text of each step."""
        if self.name:
            return [f"${name_latex(self.name, (str(step),))}$" for step in range(1, steps + 1)]
        return _texts(self.part, self.texts, steps, numbers)


class Marks(msgspec.Struct, frozen=True):
    """What stands on arrows: one text on all of them, or one on each."""

    part: Part
    texts: tuple[Words | None, ...]
    each: bool

    def on(self, count: int, numbers: Numbers) -> list[str]:
        """The text of each of so many arrows."""
        return _texts(self.part, self.texts if self.each else self.texts * count, count, numbers)


class States(msgspec.Struct, frozen=True):
    """A row of states with the one that it begins with, and what stands on its arrows."""

    row: Row
    initial: Words | None
    weights: dict[str, Marks]

    @staticmethod
    def read(part: Part, whole: Part) -> States:
        """The states of a part; inputs, outputs and losses are those of the whole figure."""
        row = Row.read(part.below("states"))
        if row is None:
            raise KeyError("states")
        if None in row.texts:
            row.part.fail("figure-unrolled-state-empty")
        weights = part["weights"]
        marks = {}
        if weights is not None:
            weights.like(schemes.Arrows if part is whole else schemes.BackArrows)
            marks = {key: _marks(each) for key in ROWS if (each := weights[key]) is not None}
        for key in marks:
            if key != "state" and whole[ROWS[key]] is None:
                whole.fail("figure-missing", key=ROWS[key])
        return States(row, part.words_of("initial"), marks)

    def chain(self, steps: int, numbers: Numbers) -> Chain:
        """The states of a student."""
        states = self.row.at(steps, numbers)
        initial = numbers.label(self.initial)
        between = steps if initial else steps - 1
        return Chain(
            states, initial, self.marks("state", between, numbers), self.marks("input", steps, numbers),
            self.marks("output", steps, numbers),
        )  # fmt: skip

    def marks(self, key: str, count: int, numbers: Numbers) -> list[str]:
        """What stands on so many arrows."""
        return self.weights[key].on(count, numbers) if key in self.weights else [""] * count


class Unrolled(msgspec.Struct, frozen=True):
    """The net as the file has it."""

    part: Part
    steps: Formula | None
    forward: States
    backward: States | None
    inputs: Row | None
    outputs: Row | None
    losses: Row | None

    @staticmethod
    def read(part: Part) -> Unrolled:
        """The net of a file."""
        part.like(schemes.Unrolled)
        back = part["backward"]
        if back is not None:
            back.like(schemes.Backward)
        net = Unrolled(
            part,
            part.formula_of("steps"),
            States.read(part, part),
            States.read(back, part) if back is not None else None,
            *(Row.read(part[key]) for key in ("inputs", "outputs", "losses")),
        )
        if net.steps is None and not net.listed():
            part.fail("figure-missing", key="steps")
        return net

    def listed(self) -> list[Row]:
        """The rows that have a text for each step."""
        rows = self.forward.row, self.inputs, self.outputs, self.losses
        return [row for row in rows if row is not None and not row.name]

    def drawn(self, numbers: Numbers) -> tuple[Scene, list[str]]:
        """A student's net, and what is to be said of it."""
        line = self.line(numbers)
        return scene(line), list(_told(line, numbers))

    def line(self, numbers: Numbers) -> Timeline:
        """What stands at each step for a student."""
        steps = numbers.number(self.steps) if self.steps else len(self.listed()[0].texts)
        if steps != int(steps) or not 1 <= steps <= MOST_STEPS:
            path = self.steps.path if self.steps else self.part.path
            numbers.fail("figure-unrolled-steps", path, most=MOST_STEPS)
        count = int(steps)
        chains = [states.chain(count, numbers) for states in (self.forward, self.backward) if states]
        inputs, outputs, losses = (
            row.at(count, numbers) if row else [] for row in (self.inputs, self.outputs, self.losses)
        )
        return Timeline(chains, inputs, outputs, losses, self.forward.marks("loss", count, numbers))


def _marks(part: Part) -> Marks:
    if part.is_list():
        return Marks(part, tuple(item.words_or_nothing() for item in part.items()), True)
    return Marks(part, (part.words(),), False)


def _texts(part: Part, texts: Sequence[Words | None], wanted: int, numbers: Numbers) -> list[str]:
    """The texts, as many as there have to be, each of which can be set in one line."""
    if len(texts) != wanted:
        part.fail("figure-unrolled-count", count=len(texts), wanted=wanted)
    return [numbers.label(words) for words in texts]


# ----- The words ---------------------------------------------------------------------------------------------------


class Said(NamedTuple):
    """How a row of states is told, and what stands on its arrows."""

    states: str
    alone: str
    between: str
    into: str
    out: str


SAID = (
    Said("figure-unrolled-states", "figure-unrolled-alone", "figure-unrolled-on-states", "figure-unrolled-on-inputs",
         "figure-unrolled-on-outputs"),
    Said("figure-unrolled-back", "figure-unrolled-back-alone", "figure-unrolled-on-back",
         "figure-unrolled-on-back-inputs", "figure-unrolled-on-back-outputs"),
)  # fmt: skip


def _told(line: Timeline, numbers: Numbers) -> Iterator[str]:
    """The states step by step, then what leads to them and from them, then what stands on the arrows."""
    yield numbers.say("figure-unrolled", count=len(line.chains[0].states))
    for said, chain, step in zip(SAID, line.chains, (1, -1), strict=False):
        order = [text for text in (chain.initial, *chain.states[::step]) if text]
        yield numbers.say(said.states if len(order) > 1 else said.alone, states=", ".join(order))
        if chain.initial:
            yield numbers.say("figure-unrolled-initial", state=_short(chain.initial))
    names = [[_short(text) for text in chain.states] for chain in line.chains]
    states = names[0]
    if len(names) > 1:
        states = [numbers.say("figure-unrolled-both", one=one, other=other) for one, other in zip(*names, strict=True)]
    below = [_short(output) or state for output, state in zip(line.outputs or states, states, strict=True)]
    yield from _ways("figure-unrolled-inputs", line.inputs, states, numbers)
    yield from _ways("figure-unrolled-outputs", states, line.outputs, numbers)
    yield from _ways("figure-unrolled-losses", below, line.losses, numbers)
    for said, chain in zip(SAID, line.chains, strict=False):
        yield from _marked(said.between, chain.between, numbers)
        yield from _marked(said.into, _there(chain.into, line.inputs), numbers)
        yield from _marked(said.out, _there(chain.out, line.outputs), numbers)
    yield from _marked("figure-unrolled-on-losses", _there(line.to_losses, line.losses), numbers)


def _short(text: str) -> str:
    """A label without its value: `$h_1$` of `$h_1 = 2$`."""
    head = text.split("=")[0].rstrip()
    whole = text.startswith("$") and text.count("$") == 2 and text.endswith("$") and len(head) > 1
    return f"{head}$" if head != text and whole and head.count("{") == head.count("}") else text


def _there(marks: Sequence[str], texts: Sequence[str]) -> list[str]:
    """What stands on the arrows of those steps that have one."""
    return [mark for mark, text in zip(marks, texts, strict=False) if text]


def _ways(key: str, starts: Sequence[str], ends: Sequence[str], numbers: Numbers) -> Iterator[str]:
    """Where arrows lead from step to step; where one of the two is empty there is none."""
    pairs = [(start, end) for start, end in zip(starts, ends, strict=False) if start and end]
    ways = [numbers.say("figure-unrolled-way", start=start, end=end) for start, end in pairs]
    if ways:
        yield numbers.say(key, ways="; ".join(ways))


def _marked(key: str, marks: Sequence[str], numbers: Numbers) -> Iterator[str]:
    """What stands on some arrows: said once where it is the same on all."""
    if any(marks):
        each = marks if len(set(marks)) > 1 else marks[:1]
        yield numbers.say(key, marks="; ".join([mark or numbers.say("figure-unrolled-unmarked") for mark in each]))
