"""The documents hold: every problem in docs/problem-format.md is a sound one."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from grader.check import check_problem
from grader.plan.load import problem_from
from grader.spec import kinds, models
from grader.spec.pictures import PICTURES

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = re.findall(r"```yaml\n(# problem\n.*?)```", (DOCS / "problem-format.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: re.search(r"id: (\S+)", block)[1])
def test_a_problem_of_the_documents_passes_the_check(block: str) -> None:
    report = check_problem(problem_from(block.encode(), "docs/problem-format.md"), 60)
    assert [finding.as_dict() for finding in report.findings] == []


def test_there_are_problems_and_all_words_are_explained() -> None:
    text = (DOCS / "problem-format.md").read_text("utf-8")
    assert len(BLOCKS) == 4
    asked = {
        "decimals",
        "significant",
        "relative",
        "absolute",
        "exact",
        "domain",
        "prompt",
        "pick",
        "such that",
        "subject",
    }
    drawn = {field.encode_name for model in PICTURES.values() for field in msgspec.structs.fields(model)}
    words = {*models.TOP_KEYS, *PICTURES, *drawn, *models.GIVEN_MODELS, *kinds.NAMES, *asked}
    assert {word for word in words if word not in text} == set()


def test_the_python_of_checking_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "checking.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(DOCS.parent)
    exec(compile(code, "checking.md", "exec"), {})
    assert capsys.readouterr().out.startswith("True 0.")
