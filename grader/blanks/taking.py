"""How the text of an answer is taken: as it stands, without its own name, or without what people put around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from grader.arrays import Shape
from grader.blanks.framing import meant, without_about, without_arrows
from grader.blanks.labels import is_labelled, is_rule, unnamed_chain, values_of, without_end
from grader.blanks.units import bare_entries, bare_number, without_step
from grader.errors import NotItsBlank, StudentError, SyntaxFault
from grader.plan.plan import Ask, Plan

Read = TypeVar("Read")


class Taking(NamedTuple):
    """The blank a text stands in: what it asks for, the shape of its value, and whether that is one number.

    An ask that leaves its kind to the shape does not tell by itself that it is one number.
    """

    ask: Ask
    plan: Plan
    shape: Shape
    single: bool

    def take(self, text: str, read: Callable[[Sequence[str]], Read], without_words: Callable[[Read], Read]) -> Read:
        """What `read` makes of the text, or of the parts of a chain in it; raises StudentError.

        What was read from a part of the text is passed through `without_words`.
        """
        text = without_about(text) if self.ask.traits.numbers else text
        text = self._listed(text) if self.shape else text
        try:
            return self._plain(text, read, without_words)
        except NotItsBlank:
            raise
        except SyntaxFault as fault:
            told = fault
        for bare in meant(text, self._is_label):
            try:
                answer = self._plain(bare.text, read, without_words)
            except SyntaxFault as fault:
                told = fault
            else:
                return without_words(answer) if bare.words else answer
        raise told

    def _plain(self, text: str, read: Callable[[Sequence[str]], Read], without_words: Callable[[Read], Read]) -> Read:
        """The same for a text with nothing around its value but the blank's own name, plain words and a full stop."""
        values: Sequence[str] = (text,)
        if "=" in text or "≈" in text or "\\approx" in text:
            values = values_of(text, self.ask, self.plan, self.shape)
            values = [*values[:-1], self._listed(values[-1])]
        at_step = without_step(text, self.ask) if self.ask.traits.numbers and not self.shape else None
        if at_step is not None:
            return without_words(self._plain(at_step, read, without_words))
        try:
            return read(values)
        except SyntaxFault:
            bare = self._bare(values[-1])
            if bare is not None:
                return without_words(read((bare,)))
            ended = without_end(values[-1], self.ask)
            chain = unnamed_chain(ended, self.ask) if len(values) == 1 else []
            if chain and (_can_be_read(chain[0], read) or is_rule(chain[0], self.ask)):
                return read(chain)
            if ended == values[-1] or not _can_be_read(ended, read):
                raise
            return read((*values[:-1], ended))

    def _listed(self, text: str) -> str:
        """An order of numbers with arrows as a list, where one is wanted."""
        wanted = self.ask.traits.numbers and len(self.shape) == 1
        return (without_arrows(text, self.shape[0]) if wanted else None) or text

    def _bare(self, text: str) -> str | None:
        """The number, or the numbers of a list, of a text with words of the problem."""
        if self.single:
            return bare_number(text, self.ask, self.plan)
        is_list = self.ask.traits.numbers and len(self.shape) == 1
        return bare_entries(text, self.ask, self.plan, self.shape[0]) if is_list else None

    def _is_label(self, label: str) -> bool:
        """Where numbers are wanted every name is one; a formula has names of its own."""
        return self.ask.traits.numbers or is_labelled(label, self.plan)


def _can_be_read(text: str, read: Callable[[Sequence[str]], Read]) -> bool:
    try:
        read((text,))
    except StudentError:
        return False
    return True
