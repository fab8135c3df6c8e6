"""The parts of a problem file in order, for one form: loops unrolled, keys named."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from grader.facts import fact
from grader.language.lexer import canonical_name
from grader.language.nodes import Node, Number
from grader.spec.limits import MOST_LISTED
from grader.spec.problem import Form, Problem
from grader.spec.source import Key, Path, label, whole
from grader.yamltext import Entries
from grader.yamltext import Node as YamlNode

MAX_UNROLLED = 200
"""Rounds of a loop."""


@fact()
def bases(problem: Problem) -> frozenset[str]:
    """Names that a formula may use, loops included: what the parser must take for names and not for products."""
    source, bases = problem.source, set[str]()

    def collect(node: YamlNode | None, path: Path) -> None:
        for key, value in node.entries if isinstance(node, Entries) else ():
            below = (*path, key.value)
            loop = source.loop(key.value, below)
            if loop:
                bases.add(loop.name)
                collect(value, below)
                continue
            parsed = source.key(key.value, below)
            bases.update(parsed.parameters)
            if not parsed.parameters:
                bases.add(canonical_name(parsed.base))

    for part in ("form", "given", "where", "symbols", "steps"):
        collect(source.root.get(part), (part,))
    return frozenset(bases)


class Outline(msgspec.Struct, dict=True):
    """A walk through the file. `constants` are the choices of the form, `loop_values` those of the loops around."""

    problem: Problem
    form: Form
    constants: dict[str, Node] = msgspec.field(default_factory=dict)
    loop_values: dict[str, Node] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = self.problem.source
        self.names = bases(self.problem)
        words = [choice for choice in self.problem.form if choice.options]
        for choice in words:
            text = self.form[choice.name]
            tree = self.source.expression(text, ("form", choice.name), (), ())
            self.constants[canonical_name(choice.name)] = tree
        self.words = {option for choice in words for option in choice.options if not re.fullmatch(r"[-\d.]+", option)}
        self.function_names = {key.base for key in self.keys() if key.parameters}
        if "symbols" in self.source.root:
            self.function_names |= {self.source.key(text, path).base for text, _, path in self.unrolled("steps")}

    def keys(self) -> Iterator[Key]:
        """The keys of givens, functions and steps."""
        for part in ("given", "where", "steps"):
            for text, _, path in self.unrolled(part):
                yield self.source.key(text, path)

    def unrolled(self, part: str) -> Iterator[tuple[str, YamlNode, Path]]:
        """Entries of a part in order, loops unrolled; the loop's name is put into the texts' trees later."""
        node = self.source.root.get(part)
        if node is None:
            return
        if not isinstance(node, Entries):
            self.source.fail("spec-mapping", (part,), key=part)
        for count, entry in enumerate(self.block(node, (part,), {}, [0])):
            if count >= MOST_LISTED:
                self.source.fail("spec-many-unrolled", (part,), key=part, most=MOST_LISTED)
            yield entry

    def block(
        self, node: Entries, path: Path, values: dict[str, Node], rounds: list[int]
    ) -> Iterator[tuple[str, YamlNode, Path]]:
        """The entries of a block, those of a loop once for each round; `rounds` counts them all."""
        for key, value in node.entries:
            place = (*path, key.value)
            loop = self.source.loop(key.value, place)
            if loop is None:
                self.loop_values = dict(values)
                yield key.value, value, place
                continue
            if not isinstance(value, Entries):
                self.source.fail("spec-mapping", place, key=key.value)
            known = {**self.constants, **values}
            first, last = whole(loop.first, known), whole(loop.last, known)
            if first is None or last is None or last - first >= MAX_UNROLLED:
                self.source.fail("spec-loop", place, key=key.value)
            for number in range(first, last + 1):
                rounds[0] += 1
                if rounds[0] > MOST_LISTED:
                    self.source.fail("spec-many-unrolled", place, key=key.value, most=MOST_LISTED)
                yield from self.block(value, place, {**values, loop.name: Number(str(number))}, rounds)

    def name(self, text: str, path: Path) -> str:
        """The unrolled name of a key: `m[t]` at t = 2 is `m[2]`."""
        key = self.source.key(text, path)
        indices = [whole(index, {**self.constants, **self.loop_values}) for index in key.indices]
        if any(index is None for index in indices):
            self.source.fail("spec-index", path, name=text)
        base = canonical_name(key.base)
        return label(base, [index for index in indices if index is not None])
