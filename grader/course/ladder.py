"""The hint ladder of a blank: what the author wrote, then the slip in the answer, then the next step to take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from grader.course.history import Hint
from grader.course.policy import Policy
from grader.errors import Message
from grader.language.functions import inlined
from grader.language.nodes import Name, names
from grader.language.typeset import to_latex
from grader.language.unicode import name_unicode
from grader.marking.readable import are_readable
from grader.marking.verdict import Verdict
from grader.messages import translate
from grader.plan.graph import trees_of
from grader.plan.group import Group
from grader.plan.plan import Ask, Plan, Step
from grader.plan.seen import met
from grader.plan.sheet_names import sheet_names


class Rung(msgspec.Struct, frozen=True):
    """A hint: its name in the record, `kind` (authored, slip or step) and its words as Markdown."""

    id: str
    kind: str
    text: str


def ladder(group: Group, ask: Ask, verdicts: Sequence[Verdict], language: str) -> list[Rung]:
    """The rungs for a blank of a group of one, given the verdicts on its problem, from the bottom."""
    rungs = list(_authored(group, ask, language))
    own = next((verdict for verdict in verdicts if verdict.ask == ask.id), None)
    if own is not None and own.slips:
        name = ",".join(f"{slip.rule}@{slip.step}" for slip in own.slips)
        rungs.append(Rung(f"slip:{name}", "slip", "\n".join(translate(slip.message, language) for slip in own.slips)))
    step = next_step(group.plan, ask, verdicts)
    if step is not None:
        rungs.append(Rung(f"step:{step.name}", "step", step_text(group.plan, ask, step, language)))
    return rungs


def _authored(group: Group, ask: Ask, language: str) -> Iterator[Rung]:
    """Those of the problem, then those of the blank."""
    from grader.worksheet.statement import rendered

    for name, hints, path in (("problem", group.plan.problem.hints, ()), ("ask", ask.hints, ask.path)):
        for number, hint in enumerate(hints, 1):
            text = rendered(group, hint[language], language, (*path, "hints", number - 1))
            yield Rung(f"{name}:{number}", "authored", text.strip())


# ----- The next step ----------------------------------------------------------------------------------------------


def next_step(plan: Plan, ask: Ask, verdicts: Sequence[Verdict]) -> Step | None:
    """The first step that a blank needs and that no right answer shows to be done; None where all are."""
    done: set[str] = set()
    for verdict in verdicts:
        if verdict.status == "correct":
            done |= needed(plan, plan.ask(verdict.ask))
        elif verdict.status == "follows":  # the step is right, the numbers that went into it are not
            done.add(verdict.ask)
    if not any(verdict.ask == ask.id and verdict.status in ("correct", "follows") for verdict in verdicts):
        done.discard(ask.id)  # its own step is open, whatever was computed from it elsewhere
    wanted = needed(plan, ask)
    return next((step for step in plan.steps if step.name in wanted - done), None)


def needed(plan: Plan, ask: Ask) -> frozenset[str]:
    """The names of all steps that go into a blank; of one with a formula, its conditions only judge the answer."""
    formulas = trees_of(ask) if ask.tree is None else trees_of(replace(ask, conditions=()))
    return plan.graph.behind({ask.id, *plan.names_read(formulas)}).passed


def step_text(plan: Plan, ask: Ask, step: Step, language: str) -> str:
    """What to do next, as Markdown: the step by its name and title, and its formula or what goes into it.

    Never a formula that is asked for, nor one with names or signs that are not on the sheet.
    """
    called = sheet_names(plan)[step.name]
    sign, title = called.sign.get(language, ""), called.title.get(language, "")
    words = Message("hint-step", {"step": f"{sign} ({title})" if sign and title else sign or title or step.name})
    return " ".join([translate(words, language), *_how(plan, ask, step, language)])


def _how(plan: Plan, ask: Ask, step: Step, language: str) -> Iterator[str]:
    if any(item.path == step.path for item in plan.derivatives):
        yield translate(Message("hint-differentiate"), language)
    elif _may_be_shown(plan, ask, step):
        yield f"${to_latex(Name(step.name), language)} = {to_latex(step.tree, language)}$"
    elif known := tuple(_read_by(plan, step, language)):
        yield translate(Message("hint-computed-from", {"names": known}), language)


def _may_be_shown(plan: Plan, ask: Ask, step: Step) -> bool:
    """No blank asks for it, and everything in it stands on the sheet."""
    asked = {name for other in plan.asks if other.tree is not None for name in names(other.tree)} | plan.asked.keys()
    plain = not step.parameters and not step.symbolic and inlined(step.tree, dict(plan.functions)) == step.tree
    return plain and step.name not in asked and are_readable((Name(step.name), step.tree), plan, ask)


def _read_by(plan: Plan, step: Step, language: str) -> Iterator[str]:
    """What goes into a step: steps, and what the sheet has a name for."""
    called, seen = sheet_names(plan), met(plan)
    for name in sorted(plan.names_read([step.tree]) - set(step.parameters)):
        if name in called:
            yield called[name].sign.get(language) or called[name].title[language]
        elif seen.has(name) or name in plan.symbols:
            yield name_unicode(name)


# ----- Which rung is next -----------------------------------------------------------------------------------------


class Offer(msgspec.Struct, frozen=True):
    """The next hint and its price in points; without one, why there is none."""

    rung: Rung | None
    price: float = 0.0
    reason: str = ""


def next_rung(rungs: Iterable[Rung], taken: Collection[str], policy: Policy, ask: Ask, *, judged: bool) -> Offer:
    """The lowest rung that is not taken and that the policy gives.

    Rungs that look at the answer are there only if it was `judged` already: a hint must not test answers for nothing.
    """
    for rung in rungs:
        price = policy.hints.get(rung.kind)
        if rung.id in taken or price is None:
            continue
        if rung.kind != "authored" and not judged:
            return Offer(None, reason="hint-submit-first")
        return Offer(rung, price.of(ask.points))
    return Offer(None, reason="hint-none")


def taken_rungs(hints: Iterable[Hint], problem: str, ask: str) -> dict[str, float]:
    """The rungs taken for a blank with their prices; hints on the whole problem count for all its blanks."""
    return {
        hint.rung: hint.price
        for hint in hints
        if hint.problem == problem and (hint.ask == ask or hint.rung.startswith("problem:"))
    }


def price_of(hints: Iterable[Hint], problem: str, ask: str) -> float:
    """What the hints on a blank cost so far."""
    return sum(hint.price for hint in hints if (hint.problem, hint.ask) == (problem, ask))


def as_dict(problem: str, ask: str, rung: Rung, numbers: Mapping[str, object]) -> dict[str, object]:
    """What `grade hint --json` prints."""
    return {"problem": problem, "ask": ask, "kind": rung.kind, "text": rung.text, **numbers}
