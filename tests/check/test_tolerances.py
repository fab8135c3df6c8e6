"""Tolerances are explained: the rule, who gave it, the margin, the line that adds most; and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.check import check_problem
from grader.check.report import Report
from grader.cli import main
from grader.plan.load import problem_from

SPEC = """\
id: margins
title: {en: M, ru: М}
topic: t
given: {x: {ints: [11, 97]}, k: {ints: [100, 900]}}
require: [abs(x/3 - floor(x/3)) > 0.1, abs(x/7 - floor(x/7)) > 0.1]
steps:
  p: {is: 3/x, check: "3*x^-1"}
  big: k*p
  root: {is: "sqrt(p - 3/97 + 1/1000)", check: "(p - 3/97 + 1/1000)^(1/2)"}
ask:
  p: {decimals: 5}
  big: {decimals: 2}
mistakes:
  nearly: {steps: {big: k*p*1.001}, say: {en: a, ru: а}}
text: {en: "$x = {{ x }}$, $k = {{ k }}$", ru: "$x = {{ x }}$, $k = {{ k }}$"}
"""


def report_of(*changes: tuple[str, str]) -> Report:
    text = SPEC
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return check_problem(problem_from(text.encode(), "margins.yaml"), 200, typeset=False)


ROWS = [
    # changes, then key and path of what is found
    ((), None, ""),
    ((("p: {decimals: 5}", "p: {decimals: 3}"),), "check-margin-wide", "ask.big"),
    ((("p: {decimals: 5}", "p: {decimals: 3}"),), "check-margin-hides", "ask.big"),
    ((("  big: {decimals: 2}", "  root: {decimals: 2}"), ("big: k*p*1.001", "root: p"), ("decimals: 5", "decimals: 2"),
      ("p - 3/97 + 1/1000", "1/10^6 - (p - 3/x)^2")), "check-margin-undefined", "ask.root"),
    ((("p: {decimals: 5}", "p: 1"),), None, ""),  # 3/x is a short fraction
    ((("p: {decimals: 5}\n  big: {decimals: 2}", "root: 1"), ("big: k*p*1.001", "root: p")),
     "check-rule-missing", "ask.root"),
    ((("p: {decimals: 5}\n  big: {decimals: 2}", "root: 1"), ("big: k*p*1.001", "root: p"),
      ("ask:", "rounding: {significant: 6}\nask:")), None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "key", "path"), ROWS)
def test_findings(changes: tuple[tuple[str, str], ...], key: str | None, path: str) -> None:
    found = {(finding.message.key, finding.path) for finding in report_of(*changes).findings}
    assert (key, path) in found if key else not {name for name, _ in found if "margin" in name or "rule" in name}


def test_figures_explain_each_ask() -> None:
    rows = report_of(("big: {decimals: 2}", "big: 1"), ("ask:", "rounding: {decimals: 2}\nask:")).figures["tolerances"]
    assert [(row["ask"], row["rule"], row["from"], row["step"]) for row in rows] == [
        ("p", {"decimals": 5}, "ask", ""),
        ("big", {"decimals": 2}, "problem", "p"),
    ]
    assert (rows[0]["margin"], rows[0]["mean"]) == (0.5, 0.5)
    assert 0.5 < rows[1]["mean"] < rows[1]["margin"] < 0.5 + 1.05 * 900 * 0.5e-5 / 0.01 + 1e-9
    assert rows[1]["parts"] == {"p": pytest.approx((rows[1]["margin"] - 0.5) / 1.05, abs=2e-3)}


@pytest.mark.parametrize(("language", "words"), [("en", "most of it from"), ("ru", "больше всего даёт")])
def test_the_command_shows_it(tmp_path: Path, language: str, words: str) -> None:
    path = tmp_path / "margins.yaml"
    path.write_text(SPEC, "utf-8")
    result = CliRunner().invoke(main, ["check", "--fast", "--tolerances", "--language", language, str(path)])
    assert result.exit_code == 0, result.output
    assert words in result.output
    data = json.loads(CliRunner().invoke(main, ["check", "--fast", "--json", str(path)]).output)
    assert [row["ask"] for row in data[0]["figures"]["tolerances"]] == ["p", "big"]
