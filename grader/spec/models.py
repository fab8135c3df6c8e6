"""The format of a problem file: what each part may hold, and the JSON Schema that editors use.

Scalars arrive as the text typed (`Scalar`); the loader reads them with the project's own parser. msgspec validates
the leaves with paths in its errors; maps with free keys (`given`, `steps`, `ask`) are walked by the loader.
"""

from __future__ import annotations

from typing import Any

import msgspec

from grader.spec.pictures import PICTURES, with_loops

Scalar = str | int | float | bool
Texts = dict[str, str]


class Integers(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Whole numbers from low to high."""

    ints: tuple[Scalar, Scalar]
    shape: Scalar | None = None
    exclude: list[Scalar] = []
    distinct: Scalar = False


class Reals(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Decimals on a grid from low to high."""

    reals: tuple[Scalar, Scalar]
    step: Scalar
    shape: Scalar | None = None
    exclude: list[Scalar] = []
    distinct: Scalar = False


class Choose(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One of the listed expressions."""

    choose: list[Scalar]


class Matrix(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A matrix with properties."""

    matrix: Scalar
    entries: tuple[Scalar, Scalar]
    step: Scalar = 1
    properties: list[str] = []


class Permutation(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The numbers 1..n in random order."""

    permutation: Scalar


class Graph(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A random directed acyclic graph, as an adjacency matrix."""

    graph: dict[str, Scalar]


class Function(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A function composed of one option from each slot, outermost first; a list is one slot."""

    function: dict[str, list[Scalar]] | list[Scalar]


GIVEN_MODELS: dict[str, type[msgspec.Struct]] = {
    "ints": Integers, "reals": Reals, "choose": Choose, "matrix": Matrix, "permutation": Permutation, "graph": Graph,
    "function": Function,
}  # fmt: skip


class StepModel(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A step with more than its formula."""

    is_: Scalar = msgspec.field(name="is")
    check: Scalar | None = None
    title: Texts = {}
    remark: Texts = {}


class Option(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """An option of a choice: right when the condition holds, or when the expression equals the ask's `equal to`.

    `why` it is right or wrong, in words.
    """

    when: Scalar | None = None
    is_: Scalar | None = msgspec.field(name="is", default=None)
    en: str = ""
    ru: str = ""
    why: Texts = {}


class Condition(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A condition on a constructed answer: it must hold, for every row of a table if one is named.

    `subject` says in words what the side with the student's fields is: “your neuron”.
    """

    holds: Scalar
    for_: str | None = msgspec.field(name="for", default=None)
    name: Texts = {}
    subject: Texts = {}
    share: Scalar = 1


class AskModel(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the student fills in."""

    points: Scalar | None = None
    kind: str | None = None
    is_: Scalar | None = msgspec.field(name="is", default=None)
    prompt: Texts = {}
    decimals: Scalar | None = None
    significant: Scalar | None = None
    relative: Scalar | None = None
    absolute: Scalar | None = None
    exact: Scalar | None = None
    domain: dict[str, str | list[Scalar]] = {}
    choice: dict[str, Option] | None = None
    choices: dict[str, Option] | None = None
    equal_to: Scalar | None = msgspec.field(name="equal to", default=None)
    pick: Scalar | None = None
    fields: list[str] | None = None
    such_that: list[Condition] | None = msgspec.field(name="such that", default=None)
    written_as: Scalar | dict[str, Scalar] | None = msgspec.field(name="written as", default=None)
    interval: Scalar | None = None
    rows: dict[str, AskModel | Scalar] | None = None
    layout: str | None = None
    hints: list[Texts] = []


class Rounding(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How the statement asks to round: every result, the intermediate ones too, where an ask has no rule of its own."""

    decimals: Scalar | None = None
    significant: Scalar | None = None


class MistakeModel(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A slip with a name: the steps as the student does them, and what to say; `when` limits it to some forms.

    Not `drawn`: it is named where it fits, and numbers are not drawn for it.
    """

    steps: dict[str, Scalar]
    say: Texts
    when: Scalar | None = None
    drawn: Scalar = True


TOP_KEYS = ("id", "title", "topic", "source", "level", "minutes", "form", "given", "require", "where", "symbols",
            "steps", "rounding", "ask", "mistakes", "on purpose", "hints", "figure", "text")  # fmt: skip
REQUIRED_KEYS = ("id", "title", "topic", "steps", "ask", "text")


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a problem file, for completion and checks in editors."""
    models = [*GIVEN_MODELS.values(), StepModel, Option, Condition, AskModel, MistakeModel, Rounding]
    _, components = msgspec.json.schema_components(models, ref_template="#/$defs/{name}")
    drawn = msgspec.json.schema_components([*PICTURES.values()], ref_template="#/$defs/{name}")[1]
    components |= {name: with_loops(schema) for name, schema in drawn.items()}
    pictures = {key: {"$ref": f"#/$defs/{model.__name__}"} for key, model in PICTURES.items()}
    scalar = {"type": ["string", "number", "boolean"]}
    texts = {
        "type": "object",
        "required": ["en", "ru"],
        "properties": {"en": {"type": "string"}, "ru": {"type": "string"}},
    }

    def mapped(*models: str, nested: bool = False) -> dict[str, Any]:
        value: dict[str, Any] = {"anyOf": [scalar, *({"$ref": f"#/$defs/{model}"} for model in models)]}
        schema: dict[str, Any] = {"type": "object", "additionalProperties": value}
        if nested:
            schema["patternProperties"] = {r"^for \w+ in .+\.\..+$": schema | {"patternProperties": {}}}
        return schema

    caption = {"anyOf": [{"type": "string"}, texts]}
    picture = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"when": scalar, "caption": caption, "sign": caption, **pictures},
    }
    properties = {
        "id": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "title": texts, "topic": {"type": "string"},
        "source": {"type": "string"}, "level": {"type": ["integer", "string"]},
        "minutes": {"type": ["integer", "string"]},
        "form": {"type": "object", "additionalProperties": {"anyOf": [scalar, {"type": "array", "items": scalar}]}},
        "given": mapped(*(model.__name__ for model in GIVEN_MODELS.values()), nested=True),
        "require": {"type": "array", "items": scalar}, "where": mapped(nested=True), "symbols": mapped(),
        "steps": mapped("StepModel", nested=True), "rounding": {"$ref": "#/$defs/Rounding"},
        "ask": mapped("AskModel", nested=True),
        "mistakes": {"type": "object", "additionalProperties": {"$ref": "#/$defs/MistakeModel"}},
        "on purpose": {"type": "array", "items": {"type": "string"}},
        "hints": {"type": "array", "items": texts}, "text": texts,
        "figure": {"anyOf": [picture, with_loops({"type": "array", "items": picture})]},
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A problem of grader", "type": "object",
        "required": list(REQUIRED_KEYS), "additionalProperties": False, "properties": properties, "$defs": components,
    }  # fmt: skip
