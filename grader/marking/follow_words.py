"""What follows from which answers, in words: these are called as the sheet calls them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from grader.errors import Message
from grader.internal import looking_at
from grader.language.unicode import name_unicode
from grader.marking.column import Column
from grader.marking.verdict import Verdict
from grader.plan.group import Group
from grader.plan.plan import Plan
from grader.plan.sheet_names import sheet_names
from grader.spec.problem import Texts


def in_sheet_names(group: Group, columns: Sequence[Column]) -> None:
    """The reasons of verdicts that follow, with the names of the sheet."""
    for column in columns:
        for member, verdict in enumerate(column.verdicts if column.told else ()):
            if verdict.follows and verdict.reasons:
                with looking_at(column.ask.id):
                    column.verdicts[member] = replace(verdict, reasons=_renamed(group.plan, verdict))


def _renamed(plan: Plan, verdict: Verdict) -> tuple[Message, ...]:
    called = {name_unicode(source): _called(plan, source) for source in verdict.follows}
    return tuple(_with(reason, called) for reason in verdict.reasons)


def _with(reason: Message, called: dict[str, Texts | str]) -> Message:
    if not reason.key.startswith("follow-"):
        return reason
    values = dict(reason.values)
    if "names" in values:
        values["names"] = tuple(called.get(name, name) for name in values["names"])
    if "name" in values:
        values["name"] = called.get(values["name"], values["name"])
    return Message(reason.key, values)


def _called(plan: Plan, step: str) -> Texts | str:
    """Its sign, its title, or the name that it has here."""
    found = sheet_names(plan).get(step)
    return dict((found and (found.sign or found.title)) or {}) or name_unicode(step)
