"""The catalogues hold together: every key the code says exists in both languages, with the same slots and plurals."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import grader
from grader.errors import Message
from grader.messages import LANGUAGES, Catalogue, catalogue, distinguishable, number_in_words, plural_form, translate
from grader.slips.table import SLIPS

PACKAGE = Path(grader.__file__).parent
SPEAKERS = re.compile(r"(Message|[A-Z]\w*(Error|Fault)|fail|_fault|fault|_error|wrong|mismatch|say|_say)$")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def said() -> Iterator[tuple[str, str]]:
    """Keys given to anything that speaks, with their file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and SPEAKERS.search(ast.unparse(node.func)):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and KEY.fullmatch(first.value):
                    yield first.value, path.name


def forms(text: Any) -> dict[str, str]:
    return text if isinstance(text, dict) else {"other": text}


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_said_exists(language: str) -> None:
    missing = {(key, file) for key, file in said() if key not in catalogue(language)}
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_parsed_alone_is_that_of_the_whole_file(language: str) -> None:
    whole = yaml.safe_load((PACKAGE / "locale" / f"{language}.yaml").read_text("utf-8"))
    assert dict(catalogue(language)) == whole
    assert "no-such-text" not in catalogue(language)


def test_only_what_is_said_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    load = yaml.load

    def counted(text: str, Loader: Any) -> Any:
        parsed.append(text)
        return load(text, Loader)

    texts = Catalogue('a: "{x}"\nb: {one: 1, other: 2}\n# c: 3\nc: |\n  d: 4\n\n  e\n')
    monkeypatch.setattr(yaml, "load", counted)
    assert list(texts) == ["a", "b", "c"]
    assert (texts["b"], texts["c"], texts["c"]) == ({"one": 1, "other": 2}, "d: 4\n\ne\n", "d: 4\n\ne\n")
    assert len(parsed) == 2


def test_no_text_is_left_over() -> None:
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    templates = PACKAGE.parent / "templates"
    source += "\n".join(path.read_text("utf-8") for path in templates.glob("*.jinja"))
    built = (
        "syntax-hint-",
        "solution-rule-",
        "worksheet-",
        "check-",
        "tolerance-",
        "topic-",
    )  # keys put together from a part
    slips = {kind.key for kind in SLIPS} | {kind.key_with_part for kind in SLIPS if kind.names_part}
    unused = [key for key in catalogue("en") if key not in source and key not in slips and not key.startswith(built)]
    assert not unused


def test_languages_have_the_same_keys() -> None:
    assert catalogue("en").keys() == catalogue("ru").keys()


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_slots_and_plurals(key: str) -> None:
    texts = [catalogue(language)[key] for language in LANGUAGES]
    found = [set().union(*(slots(form) for form in forms(text).values())) - {"count"} for text in texts]
    assert found[0] == found[1]
    if isinstance(texts[1], dict):
        assert {"one", "few", "many"} <= texts[1].keys()
    if isinstance(texts[0], dict):
        assert {"one", "other"} <= texts[0].keys()


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [(1, "one", "one"), (2, "other", "few"), (5, "other", "many"), (11, "other", "many"), (21, "other", "one"),
     (22, "other", "few"), (112, "other", "many"), (0, "other", "many"), (1.5, "other", "few")],
)  # fmt: skip
def test_plural_forms(count: float, english: str, russian: str) -> None:
    assert (plural_form(count, "en"), plural_form(count, "ru")) == (english, russian)


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0.5, "0.5", "0,5"),
        (-2.0, "−2", "−2"),
        (1 / 3, "0.333333", "0,333333"),
        (1e-9, "1·10^-9", "1·10^-9"),
        (3.0, "3", "3"),
    ],
)
def test_numbers_in_words(value: float, english: str, russian: str) -> None:
    assert number_in_words(value, "en") == english.replace("-", "−")
    assert number_in_words(value, "ru") == russian.replace("-", "−")


@pytest.mark.parametrize(
    ("pair", "words"),
    [((1.0, 2.0), ("1", "2")), ((0.123456789, 0.123456788), ("0.123456789", "0.123456788")), ((1.0, 1.0), ("1", "1"))],
)
def test_figures_show_that_they_differ(pair: tuple[float, float], words: tuple[str, str]) -> None:
    told = [translate(Message("answer-whole-wanted", {"value": figure}), "en") for figure in distinguishable(*pair)]
    assert all(f" {word}." in text for word, text in zip(words, told, strict=True))


def test_messages_nest_and_texts_by_language_are_chosen() -> None:
    hint = Message("syntax-did-you-mean", {"word": "sin"})
    assert "sin" in translate(Message("syntax-unknown-name", {"name": "sn", "hint": hint}), "ru")
    assert "да" in translate(Message("answer-condition-fails", {"condition": {"en": "yes", "ru": "да"}}), "ru")
