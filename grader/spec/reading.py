"""Problem file → Problem: keys, languages and the parts' shapes are checked here, formulas when a plan is made."""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import Any

import msgspec

from grader.messages import LANGUAGES
from grader.spec.limits import refuse_forms, refuse_many
from grader.spec.models import GIVEN_MODELS, REQUIRED_KEYS, TOP_KEYS, MistakeModel, Rounding
from grader.spec.models import Function as FunctionModel
from grader.spec.problem import FormChoice, Problem
from grader.spec.source import Source
from grader.tolerance import Tolerance
from grader.yamltext import Entries, Items, Node, Text, plain, read

_COUNT = re.compile("[0-9]{1,2}")
_DIGESTED = ("id", "form", "given", "require", "where", "symbols", "steps", "rounding", "ask")
"""Parts that decide numbers; a corrected sentence does not change anybody's variant."""


def read_problem(data: bytes, name: str) -> Problem:
    """The problem in the bytes of a file called `name`; its formulas are read when a form is planned.

    Raises InputError for the file, AuthorError with line and cure for its content.
    """
    source = Source(name, read(data, name))
    refuse_many(source)
    root = source.root
    given = root.keys()
    for key in given:
        if key not in TOP_KEYS:
            source.unknown_key(key, TOP_KEYS, (key,))
    for key in REQUIRED_KEYS:
        if key not in root:
            source.fail("spec-missing-key", (), key=key)
    choices = (*_form(source), *_functions(source))
    refuse_forms(source, choices)
    return Problem(
        id=_text(source, "id"),
        title=_texts(source, ("title",)),
        topic=_text(source, "topic"),
        origin=_text(source, "source") if "source" in root else "",
        level=_whole(source, "level", "spec-level", 1),
        minutes=_whole(source, "minutes", "spec-minutes", 0),
        text=_texts(source, ("text",), template=True),
        form=choices,
        digest=_digest(root),
        source=source,
        mistakes=_mistakes(source),
        rounding=_rounding(source),
        hints=_hints(source),
        on_purpose=_on_purpose(source),
    )


def _text(source: Source, key: str) -> str:
    node = source.root.get(key)
    if not isinstance(node, Text) or not node.value.strip():
        source.fail("spec-text", (key,), key=key)
    source.prose(node.value, (key,))
    return node.value.strip()


def _whole(source: Source, key: str, fault: str, default: int) -> int:
    node = source.root.get(key)
    if node is None:
        return default
    if not isinstance(node, Text) or not _COUNT.fullmatch(node.value):
        source.fail(fault, (key,))
    return int(node.value)


def _texts(
    source: Source, path: tuple[str | int, ...], node: Node | None = None, *, template: bool = False
) -> dict[str, str]:
    """A text in every language; a missing language is refused."""
    node = node or source.root.get(str(path[0]))
    for key, value in node.entries if isinstance(node, Entries) else ():
        if not isinstance(value, Text):
            source.fail("spec-words", (*path, key.value), key=key.value)
    texts = plain(node) if isinstance(node, Entries) else {}
    assert isinstance(texts, dict)  # noqa: S101
    source.all_texts(texts, path, template=template)
    return texts


def _form(source: Source) -> list[FormChoice]:
    node = source.root.get("form")
    choices = []
    for key, value in _entries(source, node, "form"):
        if isinstance(value, Text):
            choices.append(FormChoice(key, (value.value,)))
        elif isinstance(value, Items) and value.items and all(isinstance(item, Text) for item in value.items):
            choices.append(FormChoice(key, tuple(item.value for item in value.items if isinstance(item, Text))))
        else:
            source.fail("spec-form", ("form", key))
    return choices


def _functions(source: Source) -> list[FormChoice]:
    """Functions drawn from a grammar: they decide the structure as much as a form does."""
    choices = []
    for key, value in _entries(source, source.root.get("given"), "given"):
        if isinstance(value, Entries) and "function" in value:
            parsed = source.key(key, ("given", key))
            if len(parsed.parameters) != 1:
                source.fail("spec-function-key", ("given", key), key=key)
            model = source.model(value, FunctionModel, ("given", key))
            slots = model.function if isinstance(model.function, dict) else {"": model.function}
            texts = tuple(tuple(str(option) for option in options) for options in slots.values())
            choices.append(FormChoice(parsed.base, (), texts, parsed.parameters[0]))
    return choices


def _entries(source: Source, node: Node | None, path: str) -> list[tuple[str, Node]]:
    if node is None:
        return []
    if not isinstance(node, Entries):
        source.fail("spec-mapping", (path,), key=path)
    return [(key.value, value) for key, value in node.entries]


def _mistakes(source: Source) -> dict[str, MistakeModel]:
    mistakes = {}
    for name, node in _entries(source, source.root.get("mistakes"), "mistakes"):
        model = source.model(node, MistakeModel, ("mistakes", name))
        _texts(source, ("mistakes", name, "say"), node.get("say") if isinstance(node, Entries) else None)
        mistakes[name] = model
    return mistakes


def _rounding(source: Source) -> Tolerance | None:
    """The rule of the whole sheet, if the file has one."""
    node = source.root.get("rounding")
    if node is None:
        return None
    if not isinstance(node, Entries):
        source.fail("spec-rounding", ("rounding",))
    model = source.model(node, Rounding, ("rounding",))
    rule = model.decimals if model.decimals is not None else model.significant
    both = model.decimals is not None and model.significant is not None
    if both or not _COUNT.fullmatch(str(rule)) or (model.decimals is None and int(str(rule)) == 0):
        source.fail("spec-rounding", ("rounding",))
    digits = int(str(rule))
    return Tolerance(decimals=digits) if model.decimals is not None else Tolerance(significant=digits)


def _hints(source: Source) -> tuple[dict[str, str], ...]:
    node = source.root.get("hints")
    if node is None:
        return ()
    if not isinstance(node, Items):
        source.fail("spec-hints", ("hints",))
    return tuple(_texts(source, ("hints", place), item, template=True) for place, item in enumerate(node.items))


def _on_purpose(source: Source) -> frozenset[str]:
    node = source.root.get("on purpose")
    items = node.items if isinstance(node, Items) else ()
    blanks = [item.value for item in items if isinstance(item, Text)]
    if node is not None and (not isinstance(node, Items) or len(blanks) < len(items)):
        source.fail("spec-on-purpose", ("on purpose",))
    return frozenset(blanks)


def _digest(root: Entries) -> str:
    parts: dict[str, Any] = {key: _bare(plain(node)) for key in _DIGESTED if (node := root.get(key)) is not None}
    text = json.dumps(parts, sort_keys=False, ensure_ascii=False)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _bare(part: Any) -> Any:
    """A part without its wording (texts by language) and what changes no numbers: `check` beside `is`, which
    confirms them, and `written as` beside `fields`, a way of typing them.
    """
    if isinstance(part, list):
        return [_bare(item) for item in part]
    if not isinstance(part, dict):
        return part
    quiet = {key for key, beside in (("check", "is"), ("written as", "fields"), ("layout", "points")) if beside in part}
    kept = {key: value for key, value in part.items() if key not in LANGUAGES and key not in quiet}
    return {key: _bare(value) for key, value in kept.items() if not _wording(value)}


def _wording(value: Any) -> bool:
    """A text by language, or a list of such texts."""
    if isinstance(value, list):
        return bool(value) and all(map(_wording, value))
    return isinstance(value, dict) and bool(value) and value.keys() <= set(LANGUAGES)


def given_model(source: Source, node: Entries, path: tuple[str | int, ...]) -> msgspec.Struct:
    """The model of a drawn given, chosen by its one leading word (`ints`, `choose`, ...)."""
    found = [word for word in GIVEN_MODELS if word in node]
    if len(found) != 1:
        source.fail("spec-given-kind", path, kinds=tuple(GIVEN_MODELS))
    return source.model(node, GIVEN_MODELS[found[0]], path)
