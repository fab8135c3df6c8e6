"""The samples: what `grade submit` says of each answers file, read by eye once and kept as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.course.answers_file import parse_answers

SAMPLES = Path(__file__).parent.parent / "submissions" / "samples"
FILES = sorted(SAMPLES.glob("answers-*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_submit_says_what_it_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLES.parent.parent)
    monkeypatch.delenv("GRADER_LANGUAGE", raising=False)
    result = CliRunner().invoke(main, ["submit", os.fspath(path)])
    assert result.exit_code == 0
    assert result.output == path.with_suffix(".txt").read_text("utf-8")


def test_samples_hold_every_kind_of_verdict() -> None:
    said = "".join(path.with_suffix(".txt").read_text("utf-8") for path in FILES)
    assert all(sign in said for sign in "✓✗≈!◐·")
    assert {parse_answers(path.read_bytes(), path.name).language for path in FILES} == {"en", "ru"}
