"""The JSON Schema for editors: it accepts the whole bank and points at what the loader refuses."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from families import FAMILIES
from jsonschema import Draft202012Validator

from grader.course.bank import default_bank
from grader.spec.models import json_schema

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
ADAM: dict[str, Any] = yaml.safe_load(default_bank().paths["adam-two-steps"].read_text("utf-8"))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_problem_of_the_bank_is_accepted(name: str) -> None:
    data = yaml.safe_load(default_bank().paths[name].read_text("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize(
    "figure",
    [row[0] for row in yaml.safe_load((Path(__file__).parent / "tables" / "figures.yaml").read_text("utf-8"))["told"]],
)
def test_every_figure_that_is_drawn_is_accepted(figure: str) -> None:
    data = {**copy.deepcopy(ADAM), "figure": yaml.safe_load(figure)}
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("tittle",), "x"),
        (("title",), {"en": "only English"}),
        (("given", "x"), {"ints": [1, 2], "shap": 2}),
        (("given", "x"), {"ints": [1]}),
        (("ask", "q"), {"points": 1, "decimal": 2}),
        (("mistakes", "slip"), {"say": {"en": "a", "ru": "б"}}),
        (("require",), "a != b"),
        (("text",), "a text"),
        (("rounding",), {"digits": 3}),
        (("figure",), {"plt": {}}),
        (("figure",), {"plot": {"curves": [{"off": "x"}]}}),
        (("figure",), {"plot": {"points": [{"for t in 1..3": {"att": "[t, t]"}}]}}),
        (("figure",), {"net": {"layers": [{"name": "x"}], "layer": 1}}),
    ],
)
def test_what_the_loader_refuses_is_refused(path: tuple[str, ...], value: Any) -> None:
    data = copy.deepcopy(ADAM)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert list(VALIDATOR.iter_errors(data))
