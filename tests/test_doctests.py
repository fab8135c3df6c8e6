"""The examples in docstrings run."""

from __future__ import annotations

import doctest

import pytest

import grader.api
import grader.equality.compare


@pytest.mark.parametrize("module", [grader.api, grader.equality.compare], ids=lambda module: module.__name__)
def test_examples(module) -> None:  # type: ignore[no-untyped-def]
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
