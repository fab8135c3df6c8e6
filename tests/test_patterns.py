"""Patterns compiled at their first use are those of `re.compile`, and none of the package's is broken."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import pytest

import grader
from grader.patterns import pattern

MODULES = [name for _, name, _ in pkgutil.walk_packages(grader.__path__, "grader.") if name != "grader.__main__"]


def rare() -> dict[str, re.Pattern[str]]:
    return {
        f"{module}.{name}": value
        for module in MODULES
        for name, value in vars(import_module(module)).items()
        if type(value) is type(pattern(""))
    }


def test_every_pattern_of_the_package_compiles() -> None:
    found = rare()
    assert len(found) > 50
    for name, value in found.items():
        assert isinstance(value.pattern, str | bytes), name


@pytest.mark.parametrize("text", ["", "a1 B22", "b333"])
def test_it_does_what_a_compiled_one_does(text: str) -> None:
    late, early = (make(r"(?P<letter>[ab])(\d+)", re.IGNORECASE) for make in (pattern, re.compile))
    assert str(late.match(text)) == str(early.match(text))
    assert str(late.search(text, 1)) == str(early.search(text, 1))
    assert [late.findall(text), late.split(text), late.sub(r"\2", text)] == [
        early.findall(text),
        early.split(text),
        early.sub(r"\2", text),
    ]
    assert [found.span("letter") for found in late.finditer(text)] == [
        found.span("letter") for found in early.finditer(text)
    ]
    assert (late.groups, late.flags, late.pattern) == (early.groups, early.flags, early.pattern)


def test_it_is_compiled_once_and_only_when_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def counted(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return compile_(source, flags)

    monkeypatch.setattr(re, "compile", counted)
    late = pattern("x+")
    assert not compiled
    assert late.search("axx")
    assert late.fullmatch("xx")
    assert compiled == ["x+"]


def test_a_broken_one_says_so_when_used() -> None:
    with pytest.raises(re.error):
        pattern("(").match("")
