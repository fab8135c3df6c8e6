"""Draws: numbers for every student, from the hash, redrawn until the conditions hold.

Choices that fix the structure come first and split the students into groups; the rest of a group is drawn and solved
as arrays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthorError, Message, StudentError
from grader.language.evaluate import Floats, evaluate
from grader.language.nodes import Node
from grader.language.parser import parse
from grader.language.shapes import in_words
from grader.problem.group import Group, merged
from grader.problem.plan import composed, plan_of
from grader.problem.problem import Form, FormChoice, Plan, Problem
from grader.problem.solve import Values, defined, solve, value_of
from grader.problem.source import Path
from grader.problem.streams import stream
from grader.problem.telling import PATIENCE, SAMPLE, is_known, learn, telling
from grader.yamltext import Items, Text

MAX_TRIES = 200
SAMPLE_KEYS = 2**41
"""Beyond every student's seed."""


@dataclass
class Tally:
    """How often drafts were rejected, and why (path of the condition, or "undefined")."""

    drawn: int = 0
    rejected: Counter[str] | None = None

    def count(self, why: str, number: int) -> None:
        """Note rejections."""
        self.rejected = self.rejected or Counter()
        self.rejected[why] += number

    @property
    def rate(self) -> float:
        """Share of drafts rejected."""
        return sum((self.rejected or {}).values()) / max(1, self.drawn)


def draw(
    problem: Problem,
    seeds: Sequence[int] | NDArray[Any],
    fixed: Mapping[str, str] | None = None,
    tally: Tally | None = None,
) -> list[Group]:
    """Groups that together hold every seed. `fixed` sets givens and form by text (`{"x": "[1, 2]"}`).

    Raises AuthorError when the conditions cannot be met within the bound, with the one that failed most.
    """
    keys = np.asarray(seeds, dtype=np.uint64)
    fixed, tally = fixed or {}, tally if tally is not None else Tally()
    _refuse_unknown(problem, fixed)
    waiting = np.arange(len(keys))
    forms_of = np.zeros(len(keys), np.int64)  # the try that decided each student's form
    parts: list[Group] = []
    for retry in range(MAX_TRIES):
        if not len(waiting):
            break
        left = []
        for decided in np.unique(forms_of[waiting]):
            some = waiting[forms_of[waiting] == decided]
            for form, members in _forms(problem, keys[some], int(decided), fixed):
                group, unfit, unclear = _draft(problem, form, some[members], keys, retry, fixed, tally)
                if len(group.places):
                    parts.append(group)
                forms_of[unfit] = retry + 1  # numbers that hide a slip keep their form, or some forms would be rare
                left += [unfit, unclear]
        waiting = np.sort(np.concatenate(left))
    if len(waiting):
        _give_up(problem, tally)
    return merged(parts)


def _give_up(problem: Problem, tally: Tally) -> None:
    why, _ = (tally.rejected or Counter({"undefined": 1})).most_common(1)[0]
    path, condition = condition_of(problem, why)
    problem.source.fail("spec-rejected", path, tries=MAX_TRIES, percent=100 * tally.rate, condition=condition)


def condition_of(problem: Problem, why: str) -> tuple[Path, str | Message]:
    """The place and the words of what a tally calls `why`."""
    if not why.isdigit():
        if why == "given":
            return ("given",), Message("spec-rejected-given")
        return ("steps",), Message("spec-rejected-undefined")
    require = problem.source.root.get("require")
    item = require.items[int(why)] if isinstance(require, Items) else None
    return ("require", int(why)), item.value if isinstance(item, Text) else ""


def _refuse_unknown(problem: Problem, fixed: Mapping[str, str]) -> None:
    if not fixed:
        return
    from grader.problem.plan import first_form

    form = first_form(problem)
    plan = plan_of(problem, {**form, **{name: text for name, text in fixed.items() if name in form}})
    known = {*form, *(given.name for given in plan.givens)}
    for name in fixed:
        if name not in known:
            raise AuthorError("spec-set-unknown", file=problem.source.file, name=name, known=tuple(sorted(known)))


def _forms(
    problem: Problem, keys: NDArray[Any], retry: int, fixed: Mapping[str, str]
) -> Iterator[tuple[dict[str, str], NDArray[np.int64]]]:
    """Each form that occurs, with the members (places in `keys`) that drew it."""
    texts = [_form_texts(problem, choice, keys, retry, fixed) for choice in problem.form]
    if not texts:
        yield {}, np.arange(len(keys))
        return
    codes, tables = np.zeros((len(keys), len(texts)), np.int64), []
    for column, (indices, table) in enumerate(texts):
        codes[:, column] = indices
        tables.append(table)
    kinds, inverse = np.unique(codes, axis=0, return_inverse=True)
    for number, row in enumerate(kinds):
        form = {choice.name: table[code] for choice, table, code in zip(problem.form, tables, row, strict=True)}
        yield form, np.flatnonzero(inverse.ravel() == number)


def _form_texts(
    problem: Problem, choice: FormChoice, keys: NDArray[Any], retry: int, fixed: Mapping[str, str]
) -> tuple[NDArray[np.int64], dict[int, str]]:
    """For each key a code, and what text each code stands for."""
    if choice.name in fixed:
        return np.zeros(len(keys), np.int64), {0: fixed[choice.name]}
    if choice.options:
        picked = stream(keys, f"form {choice.name}", retry).integers(len(choice.options), 1)[:, 0]
        return picked, dict(enumerate(choice.options))
    sizes = [len(slot) for slot in choice.slots]
    columns = [
        stream(keys, f"{choice.name} {place}", retry).integers(size, 1)[:, 0] for place, size in enumerate(sizes)
    ]
    codes = np.ravel_multi_index(tuple(columns), tuple(sizes))
    table = {
        int(code): composed(problem, choice.name, [int(i) for i in np.unravel_index(code, sizes)])
        for code in np.unique(codes)
    }
    return codes.astype(np.int64), table


def _draft(
    problem: Problem,
    form: Form,
    places: NDArray[np.int64],
    keys: NDArray[Any],
    retry: int,
    fixed: Mapping[str, str],
    tally: Tally,
) -> tuple[Group, NDArray[np.int64], NDArray[np.int64]]:
    """One try for the members of a form: the accepted as a group, the places of the unfit, and of those not telling."""
    plan = plan_of(problem, form)
    given, picks, good = _givens(plan, keys[places], retry, fixed)
    tally.drawn += len(places)
    tally.count("given", int((~good).sum()))
    there = np.resize(defined(given), len(places)) if given else good
    tally.count("given", int((good & ~there).sum()))
    good = good & there
    solution = {name: _spread(value, len(places)) for name, value in solve(plan, given).items()}
    there = _spread(defined(solution), len(places))
    tally.count("undefined", int((good & ~there).sum()))
    good = good & there
    for number, (tree, path) in enumerate(plan.require):
        truth = _truth(plan, tree, path, {**given, **solution}, len(places))
        tally.count(str(number), int((good & ~truth).sum()))
        good &= truth
    if fixed and not good.all() and not _random(plan, fixed):
        good[:] = True  # numbers set by hand are taken as they are
    whole = Group(plan, places, keys[places], given, solution, picks)
    kept = np.flatnonzero(good)
    if retry < PATIENCE and len(kept) and not fixed:
        if not is_known(plan):
            learn(sample_of(problem, form))
        clear = telling(whole.taking(kept))
        tally.count("telling", int((~clear).sum()))
        return whole.taking(kept[clear]), places[~good], places[kept[~clear]]
    return whole.taking(kept), places[~good], places[:0]


def sample_of(problem: Problem, form: Form) -> Group:
    """Drafts of a form that belong to nobody, on which its list of slips to keep apart is made."""
    keys = np.arange(SAMPLE_KEYS, SAMPLE_KEYS + 6 * SAMPLE, dtype=np.uint64)
    group, *_ = _draft(problem, form, np.arange(len(keys)), keys, PATIENCE, {}, Tally())
    return group.taking(slice(SAMPLE))


def _spread(value: Any, size: int) -> Any:
    """A value that all share, for each of them."""
    return value if len(value) == size else np.broadcast_to(value, (size, *value.shape[1:]))


def _truth(plan: Plan, tree: Node, path: Path, values: Values, size: int) -> Any:
    """A condition for each student; one per entry of an array is the author's slip."""
    truth = value_of(plan, tree, values, path) > 0.5
    if truth.ndim > 1:
        plan.problem.source.fail("spec-require-shape", path, shape=in_words(truth.shape[1:]))
    return _spread(truth, size)


def _random(plan: Plan, fixed: Mapping[str, str]) -> bool:
    return any(given.draw is not None and given.name not in fixed for given in plan.givens)


def _givens(
    plan: Plan, keys: NDArray[Any], retry: int, fixed: Mapping[str, str]
) -> tuple[Values, dict[str, NDArray[np.int64]], NDArray[np.bool_]]:
    values: Values = {}
    picks: dict[str, NDArray[np.int64]] = {}
    good = np.ones(len(keys), bool)
    for given in plan.givens:
        if given.name in fixed:
            value = fixed_value(plan, given.name, fixed[given.name])
        elif given.draw is None and given.tree is not None:
            value = value_of(plan, given.tree, values, given.path)
        elif given.draw is not None:
            value, valid = given.draw.draw(stream(keys, given.name, retry), len(keys))
            if given.options:
                picks[given.name] = value.astype(np.int64).ravel()
                options = [value_of(plan, option, values, given.path) for option in given.options]
                if len({option.shape[1:] for option in options}) > 1:
                    plan.problem.source.fail("spec-choose-shapes", given.path)
                value = _chosen(options, picks[given.name], len(keys))
            if valid is not None:
                good &= valid
        values[given.name] = np.asarray(np.broadcast_to(value, (len(keys), *np.shape(value)[1:])), dtype=float)
    return values, picks, good


def _chosen(options: list[Floats], picks: NDArray[np.int64], size: int) -> Floats:
    table = np.stack([np.broadcast_to(option, (size, *option.shape[1:])) for option in options])
    return np.asarray(table[picks, np.arange(size)], dtype=float)


def fixed_value(plan: Plan, name: str, text: str) -> Floats:
    """A given set by text; raises AuthorError naming it where the text cannot be read."""
    try:
        return np.asarray(evaluate(parse(text, (), spec=True), {}), dtype=float)
    except (StudentError, KeyError) as fault:
        reason: Any = fault.message if isinstance(fault, StudentError) else str(fault)
        raise AuthorError(
            "spec-set-value", file=plan.problem.source.file, name=name, text=text, reason=reason
        ) from fault
