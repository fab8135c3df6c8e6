"""Real answers from other graders' own tests (tests/data): no wrong acceptance; other disagreements are named here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from grader.equality.compare import compare
from grader.errors import StudentError
from grader.language.evaluate import evaluate
from grader.language.parser import parse

DATA = Path(__file__).parents[1] / "data"
CASES = [json.loads(line) for source in ("kas", "mitx", "numbas", "openedx-calc")
         for line in (DATA / f"{source}.jsonl").read_text(encoding="utf-8").splitlines()]  # fmt: skip
VERDICTS = {"accept": "correct", "reject": "wrong", "invalid": "invalid"}
DISAGREEMENTS = {
    "kas-0040": "both sides have no value at any real point: we refuse to compare, the corpus wants a rejection",
}


def is_policy(case):
    """Rows left to policy: differing domains, whole-number variables."""
    return any(tag.startswith("policy:") or tag == "domain" for tag in case["tags"])


def verdict(case):
    """Ours; a text that only has to be readable is evaluated where it is a constant."""
    if case["reference"] is not None and case["kind"] != "parse_error":
        kind = "expression" if case["kind"] == "parse_ok" else case["kind"]
        return compare(case["student"], case["reference"], kind, case["variables"], case["options"]).verdict
    try:
        node = parse(case["student"], case["variables"] or ())
        defined = bool(case["variables"]) or np.isfinite(evaluate(node, {})).all()
    except StudentError:
        return "invalid"
    return "correct" if defined else "invalid"


def agrees(case, ours):
    also = {tag.removesuffix("_also_ok") for tag in case["tags"] if tag.endswith("_also_ok")}
    return ours in {VERDICTS[case["expected"]], *(VERDICTS[word] for word in also)}


@pytest.mark.parametrize("case", [case for case in CASES if not is_policy(case)], ids=lambda case: case["id"])
def test_agreement(case):
    assert agrees(case, verdict(case)) or case["id"] in DISAGREEMENTS


def test_policy():
    """Rows left to policy, reported apart: ours agree with the corpus."""
    assert [case["id"] for case in CASES if is_policy(case) and not agrees(case, verdict(case))] == []


def test_nothing_is_accepted_that_should_not_be():
    assert [case["id"] for case in CASES if case["expected"] != "accept" and verdict(case) == "correct"] == []


def test_the_disagreements_are_still_there():
    left = [case for case in CASES if not agrees(case, verdict(case))]
    assert [case["id"] for case in left] == list(DISAGREEMENTS)
    assert all(verdict(case) == "invalid" for case in left)
