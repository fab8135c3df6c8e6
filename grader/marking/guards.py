"""Why an answer that follows may not earn anything: what follows has no value, or leaves nothing to compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from grader.arrays import Floats
from grader.blanks.kind import AnswerKind, Scenario
from grader.errors import Message
from grader.language.nodes import names
from grader.marking.domains import outside
from grader.marking.solved import Solved
from grader.plan.plan import Ask


class Guards:
    """One ask, judged by what follows on some sheets."""

    def __init__(self, sheets: Solved, scenario: Scenario, kind: AnswerKind, ask: Ask) -> None:
        self.sheets, self.scenario, self.kind, self.ask = sheets, scenario, kind, ask

    @cached_property
    def required(self) -> list[Sequence[Any] | Floats | None]:
        """By member what follows, and what is right."""
        return [self.kind.requirement(self.ask, group) for group in (self.scenario.group, self.scenario.right)]

    def fault(self, index: int, sources: Sequence[str]) -> str | None:
        """Why an answer that follows from wrong ones earns nothing: what follows is undefined, trivial or constant.

        Zeros are trivial only after zeros. Where no answer it is computed from is empty itself, somebody has computed
        them: the ReLU of negative sums is zero, and rightly so.
        """
        follows, right = (None if values is None else values[index] for values in self.required)
        if follows is None or right is None:
            return None
        if isinstance(follows, frozenset):  # the variables of an expression
            return "follow-constant" if right and not follows else None
        if not np.isfinite(follows).all():
            return "follow-undefined"
        if not follows.any() and right.any() and any(self.is_empty(source, index) for source in sources):
            return "follow-trivial"
        return "follow-trivial" if self.unchanged(index) else None

    def cause(self, index: int, sources: Sequence[str]) -> Message | None:
        """What is wrong with the value that leaves this one without any; None where that cannot be said."""
        return outside(self.sheets, self.ask, index, sources)

    def is_empty(self, source: str, index: int) -> bool:
        """Zeros stand on the sheet where the right values are none; a function without any of its variables is one."""
        if source in self.sheets.own:
            own, right = self.sheets.own[source][index], self.scenario.right.solution[source][index]
            return not own.any() and bool(right.any())
        function = self.sheets.on_sheet.step(source)
        return not names(function.tree) & {*function.parameters, *self.sheets.plan.symbols}

    def unchanged(self, index: int) -> bool:
        """A zero of the student's makes a step that moves something leave it where it was."""
        sheets, right = self.sheets, self.scenario.right.values
        step = sheets.on_sheet.by_name.get(self.ask.id)
        if step is None or step.name not in sheets.following:
            return False
        own = {**sheets.right.given, **sheets.solved[1], step.name: sheets.following[step.name]}
        base = step.name.partition("[")[0]
        read = [name for name in sorted(names(step.tree)) if name in own]
        starts = [name for name in read if name.partition("[")[0] == base]
        zeros = any(not own[name][index].any() and right[name][index].any() for name in read)

        def same(values: Mapping[str, Floats], name: str) -> bool:
            return np.array_equal(values[name][index], values[step.name][index])

        return zeros and any(same(own, name) and not same(right, name) for name in starts)
