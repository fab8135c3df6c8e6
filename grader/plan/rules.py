"""The rules of a blank: how exactly an answer is wanted, where expressions are compared, which layout it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.equality.sampling import Domain
from grader.plan.formulas import Formulas
from grader.plan.plan import LAYOUTS
from grader.spec import kinds, models
from grader.spec.source import Path
from grader.tolerance import Tolerance

DEFAULT = Tolerance(relative=1e-6)
"""For asks of numbers that state no rule: exact input, so six figures are expected."""

LARGEST = 1e9
"""Beyond which no domain reaches."""
RULES = {"decimals": (0, 15), "significant": (1, 15), "relative": (0, 1e15), "absolute": (0, 1e15)}
"""Within which bounds the number of a rule lies; a double has fifteen digits."""


def tolerance_of(planner: Formulas, model: models.AskModel, kind: str, path: Path) -> tuple[Tolerance, str]:
    """The rule, and who gave it: the ask; the sheet, for numbers that have none; or nobody."""
    stated = _stated(planner, model, path)
    if stated is not None:
        return stated, "ask"
    sheet = planner.problem.rounding
    return (sheet, "problem") if sheet is not None and kinds.TRAITS[kind].rounded else (DEFAULT, "nobody")


def _stated(planner: Formulas, model: models.AskModel, path: Path) -> Tolerance | None:
    given = {name: getattr(model, name) for name in ("decimals", "significant", "relative", "absolute", "exact")}
    stated = {name: value for name, value in given.items() if value is not None}
    if not stated:
        return None
    if len(stated) > 1 and set(stated) != {"relative", "absolute"}:
        planner.source.fail("spec-tolerance", path, rules=tuple(stated))
    if "exact" in stated:
        return Tolerance()
    numbers: dict[str, Any] = {name: planner.constant(str(value), (*path, name)) for name, value in stated.items()}
    for name, number in numbers.items():
        least, most = RULES[name]
        if not least <= number <= most or (name in ("decimals", "significant") and number != int(number)):
            planner.source.fail("spec-digits", (*path, name), name=name, least=least, most=most)
    for name in ("decimals", "significant"):
        if name in numbers:
            numbers[name] = int(numbers[name])
    return Tolerance(**numbers)


def domain_of(planner: Formulas, domain: Mapping[str, object], path: Path) -> dict[str, Domain]:
    """Where expressions are compared, by variable: an interval, or all positive numbers."""
    result: dict[str, Domain] = {}
    for name, value in domain.items():
        if value == "positive":
            result[name] = "positive"
        elif isinstance(value, list) and len(value) == 2:
            low, high = (planner.constant(str(bound), (*path, "domain", name)) for bound in value)
            if not -LARGEST < low < high < LARGEST:
                planner.source.fail("spec-domain", (*path, "domain", name))
            result[name] = (low, high)
        else:
            planner.source.fail("spec-domain", (*path, "domain", name))
    return result


def layout_of(planner: Formulas, model: models.AskModel, kind: str, path: Path) -> str:
    """What kind of derivative is asked for; it has another layout only if it is an array or a formula in arrays."""
    if model.layout is None:
        return ""
    traits = kinds.TRAITS[kind]
    if model.layout not in LAYOUTS:
        planner.source.unknown_key(model.layout, LAYOUTS, (*path, "layout"))
    if traits.single or traits.enclosed or not (traits.numbers or traits.arrays):
        planner.source.fail("spec-layout", (*path, "layout"))
    return model.layout
