"""Regular expressions that most texts never meet: compiled when they are first used, not when a module is loaded.

A sheet meets a quarter of them. What every sheet needs is compiled where it stands, by `re.compile`.
"""

from __future__ import annotations

import re
from typing import AnyStr, cast

_METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")


class _Uncompiled:
    """Stands for a pattern; once one of its methods is asked for it has them all, so that a call costs what it did."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # a copy or a pickle is asked for before there is a source
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile`, done at the first use."""
    return cast("re.Pattern[AnyStr]", _Uncompiled(source, flags))
