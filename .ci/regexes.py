"""No regular expression of the package goes over a text more often than twice: `python .ci/regexes.py`.

What students and strangers type is bounded in length, so that the square of it is a matter of milliseconds; the third
power, or an exponential, is not. Patterns of modules are looked at as they are compiled, those within functions where
they are written out.
"""

from __future__ import annotations

import ast
import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from regexploit.ast.repeat import FiniteRepeat
from regexploit.ast.sre import SreOpParser
from regexploit.redos import find

import grader
from grader.patterns import pattern

MOST = 2
CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
Found = tuple[str, str, int]


class Parser(SreOpParser):
    """With what Python 3.11 brought: a possessive part gives nothing back, and is as if it stood there once."""

    def from_POSSESSIVE_REPEAT(self, data: tuple[int, int, list[object]]) -> object:  # noqa: N802
        """The part, once."""
        self.use_negative_lookahead()
        inner = self.sequence_or_singleton(data[2])
        return FiniteRepeat(inner, min(data[0], 1), 1) if inner is not None else None

    def from_ATOMIC_GROUP(self, data: list[object]) -> object:  # noqa: N802
        """What is in the group."""
        return self.sequence_or_singleton(data)


def of_modules() -> Iterator[Found]:
    """Where a pattern is, its source, its flags."""
    for _, name, _ in pkgutil.walk_packages(grader.__path__, "grader."):
        if name == "grader.__main__":
            continue
        for variable, value in vars(import_module(name)).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{variable}", _text(value.pattern), value.flags & ~re.UNICODE
            elif type(value) is type(pattern("")):
                yield f"{name}.{variable}", _text(value._source), value._flags


def within_functions() -> Iterator[Found]:
    """Patterns that are an argument, written out."""
    for path in sorted(Path(grader.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(ast.Attribute(ast.Name("re"), name), [ast.Constant(str(source)), *_]) if name in CALLS:
                    yield f"{path}:{node.lineno}", source, 0


def _text(source: str | bytes) -> str:
    return source if isinstance(source, str) else source.decode("latin-1")


def main() -> int:
    """Print what goes over a text too often; 1 where something does."""
    looked, bad = 0, 0
    for place, source, flags in (*of_modules(), *within_functions()):
        looked += 1
        for fault in find(Parser().parse_sre(source, flags)):
            if fault.starriness > MOST:
                bad += 1
                print(f"{place}: the length to the power {fault.starriness}, as for {fault.example()[:40]!a}")
    print(f"{looked} regular expressions, {bad} of them too slow")
    return int(bad > 0 or looked < 300)


if __name__ == "__main__":
    sys.exit(main())
