"""A figure of a file, part by part: formulas are parsed once for a plan; faults have file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NoReturn

import msgspec

from grader.errors import Message
from grader.language.nodes import Node, Number
from grader.language.primitives import CONSTANTS
from grader.language.suggestions import nearest
from grader.messages import LANGUAGES
from grader.plan.formulas import Formulas
from grader.plan.plan import Plan
from grader.spec.limits import MOST_LISTED
from grader.spec.problem import Texts
from grader.spec.source import Path, whole
from grader.yamltext import Entries, Items, Text
from grader.yamltext import Node as YamlNode

_APART = re.compile(r"\$[^$]*\$|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
"""Words, which have a language; outside of maths and of what is filled in."""


class Formula(msgspec.Struct, frozen=True):
    """A formula in its place."""

    tree: Node
    path: Path


class Words(msgspec.Struct, frozen=True):
    """A text in every language, in its place; `rounds` are the values of the loops around."""

    texts: Texts
    path: Path
    rounds: Mapping[str, int] = msgspec.field(default_factory=dict)


class Reader:
    """What every part of one figure is read with."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.source = plan, plan.problem.source
        self.formulas = Formulas(plan.problem, dict(plan.form), functions=dict(plan.functions))
        labels = {given.name: given.path for given in plan.givens}
        self.formulas.labels = labels | {step.name: step.path for step in plan.steps if step.has_value}
        self.known = {*CONSTANTS, *self.formulas.labels}

    def part(self) -> Part:
        """The whole figure of a file that has one."""
        node = self.source.root.get("figure")
        if node is None:
            raise KeyError("figure")
        return Part(self, node, ("figure",), {})


class Part:
    """A place in a figure; `rounds` are the values of the loops that it stands in."""

    def __init__(self, reader: Reader, node: YamlNode, path: Path, rounds: Mapping[str, int]) -> None:
        self.reader, self.node, self.path, self.rounds = reader, node, path, rounds

    def fail(self, key: str, /, **values: object) -> NoReturn:
        """Raise an AuthorError at this place."""
        self.reader.source.fail(key, self.path, **values)

    def has(self, *keys: str, of: Collection[str]) -> None:
        """Refuse what is no mapping of keys `of` the format, and one without these keys."""
        if not isinstance(self.node, Entries):
            self.reader.source.fail("figure-mapping", self.path, keys=tuple(of))
        for key in [name.value for name, _ in self.node.entries]:
            if key not in of:
                self.reader.source.unknown_key(key, of, (*self.path, key))
        for key in keys:
            if key not in self.node:
                self.reader.source.fail("figure-missing", self.path, key=key)

    def is_text(self) -> bool:
        """Whether the file has a single text here."""
        return isinstance(self.node, Text)

    def is_list(self) -> bool:
        """Whether the file has a list here."""
        return isinstance(self.node, Items)

    def is_mapping(self) -> bool:
        """Whether the file has lines `name: value` here."""
        return isinstance(self.node, Entries)

    def like(self, model: type[msgspec.Struct]) -> None:
        """Refuse a mapping with other keys than the model's, or without those it needs."""
        fields = msgspec.structs.fields(model)
        self.has(*(field.encode_name for field in fields if field.required), of=[field.encode_name for field in fields])

    def __getitem__(self, key: str) -> Part | None:
        """A part below; None where the file does not say."""
        node = self.node.get(key) if isinstance(self.node, Entries) else None
        return Part(self.reader, node, (*self.path, key), self.rounds) if node is not None else None

    def below(self, key: str) -> Part:
        """A part that is there, as `like` has seen."""
        part = self[key]
        if part is None:
            raise KeyError(key)
        return part

    def listed(self, key: str) -> list[Part]:
        """The parts of a list below, loops unrolled; none where the file does not say."""
        part = self[key]
        return part.items() if part is not None else []

    def items(self) -> list[Part]:
        """The parts of the list that this is, loops unrolled."""
        if not isinstance(self.node, Items):
            self.reader.source.fail("figure-list", self.path)
        items = list(self._unrolled(self.node))
        if len(items) > MOST_LISTED:
            self.reader.source.fail("spec-many-unrolled", self.path, key=str(self.path[-1]), most=MOST_LISTED)
        return items

    def _unrolled(self, node: Items) -> Iterator[Part]:
        for place, item in enumerate(node.items):
            path = (*self.path, place)
            first = item.entries[0] if isinstance(item, Entries) and len(item.entries) == 1 else None
            loop = self.reader.source.loop(first[0].value, path) if first else None
            if first is None or loop is None:
                yield Part(self.reader, item, path, self.rounds)
                continue
            values = {**self.reader.formulas.constants, **_trees(self.rounds)}
            start, stop = whole(loop.first, values), whole(loop.last, values)
            if start is None or stop is None or stop - start > MOST_LISTED:
                self.reader.source.fail("spec-loop", path, key=first[0].value)
            for number in range(start, stop + 1):
                yield Part(self.reader, first[1], (*path, first[0].value), {**self.rounds, loop.name: number})

    def formula(self, *local: str) -> Formula:
        """The formula here, which may read what the student has, and `local` names."""
        if isinstance(self.node, Entries):
            self.reader.source.fail("figure-formula", self.path)
        formulas = self.reader.formulas
        formulas.loop_values = _trees(self.rounds)
        tree = formulas.tree(self.text(), self.path, local)
        formulas.known(tree, self.reader.known | {*local}, self.path)
        return Formula(tree, self.path)

    def name(self) -> str:
        """The name of a variable."""
        text = self.node.value.strip() if isinstance(self.node, Text) else ""
        if not text.isidentifier():
            self.reader.source.fail("figure-variable", self.path, text=text)
        return text

    def text(self) -> str:
        """The text as typed."""
        return self.node.value if isinstance(self.node, Text) else self.node.source

    def label(self, text: str | None = None) -> str:
        """The name of a node, `h[t]` with its index put in: this text, or one in it."""
        self.reader.formulas.loop_values = _trees(self.rounds)
        return self.reader.formulas.name(self.text() if text is None else text, self.path)

    def flag(self) -> bool:
        """Yes or no."""
        text = self.node.value.lower() if isinstance(self.node, Text) else ""
        if text not in ("true", "false", "yes", "no"):
            self.reader.source.fail("figure-flag", self.path)
        return text in ("true", "yes")

    def words(self) -> Words:
        """A text: one for each language, or the same."""
        source = self.reader.source
        if isinstance(self.node, Text):
            text = self.node.value
            if _WORD.search(_APART.sub(" ", text)):
                source.fail("figure-words-language", self.path, text=text)
            source.all_texts(dict.fromkeys(LANGUAGES, text), self.path, template=True)
            return Words(dict.fromkeys(LANGUAGES, text), self.path, self.rounds)
        if not isinstance(self.node, Entries) or not all(isinstance(node, Text) for _, node in self.node.entries):
            source.fail("figure-words", self.path)
        texts = {key.value: node.value for key, node in self.node.entries if isinstance(node, Text)}
        source.all_texts(texts, self.path, template=True)
        return Words(texts, self.path, self.rounds)

    def words_or_nothing(self) -> Words | None:
        """A text; None where the file has an empty one."""
        return None if isinstance(self.node, Text) and not self.node.value.strip() else self.words()

    # ----- What may be left out ------------------------------------------------------------------------------------

    def formula_of(self, key: str, *local: str) -> Formula | None:
        """The formula of a key, if it is there."""
        part = self[key]
        return part.formula(*local) if part is not None else None

    def words_of(self, key: str) -> Words | None:
        """The text of a key, if it is there."""
        part = self[key]
        return part.words() if part is not None else None

    def flag_of(self, key: str, default: bool = False) -> bool:
        """Whether a key says yes."""
        part = self[key]
        return part.flag() if part is not None else default

    def name_of(self, key: str, default: str) -> str:
        """The variable that a key names."""
        part = self[key]
        return part.name() if part is not None else default


def _trees(rounds: Mapping[str, int]) -> dict[str, Node]:
    return {name: Number(str(number)) for name, number in rounds.items()}


def unknown(part: Part, name: str, known: Collection[str]) -> None:
    """Refuse a name that is none of these, with the likeliest one."""
    meant = nearest(name, known)
    hint: Message | str = Message("syntax-did-you-mean", {"word": meant}) if meant else ""
    part.fail("figure-unknown", name=name, known=tuple(known), hint=hint)
