"""The options of a comparison: the rule by which numbers are the same, and where variables lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.equality.sampling import Domain
from grader.errors import AuthorError
from grader.language.lexer import canonical_name
from grader.tolerance import Tolerance


def tolerance_of(options: Mapping[str, Any]) -> Tolerance | None:
    """The rule in the options; None where none is given. Raises AuthorError for unknown options and bad values."""
    unknown = set(options) - {"rel", "abs", "decimals", "sigfigs", "domain", "shapes"}
    if unknown:
        raise AuthorError("compare-option", option=sorted(unknown)[0])
    given = {
        "relative": options.get("rel"),
        "absolute": options.get("abs"),
        "decimals": options.get("decimals"),
        "significant": options.get("sigfigs"),
    }
    if all(value is None for value in given.values()):
        return None
    try:
        numbers = {key: None if value is None else float(value) for key, value in given.items()}
    except (TypeError, ValueError) as error:
        raise AuthorError("compare-option-value") from error
    whole = {key: None if numbers[key] is None else int(numbers[key] or 0) for key in ("decimals", "significant")}
    return Tolerance(numbers["relative"], numbers["absolute"], whole["decimals"], whole["significant"])


def domain_of(options: Mapping[str, Any]) -> dict[str, Domain]:
    """The declared domains; raises AuthorError for anything but "positive" and an interval."""
    domain: dict[str, Domain] = {}
    for name, given in (options.get("domain") or {}).items():
        try:
            low, high = (0.0, 1.0) if given == "positive" else map(float, given)
        except (TypeError, ValueError) as error:
            raise AuthorError("compare-option-value") from error
        if not low < high < float("inf") or low == -float("inf"):
            raise AuthorError("compare-option-value")
        domain[canonical_name(name)] = "positive" if given == "positive" else (low, high)
    return domain
