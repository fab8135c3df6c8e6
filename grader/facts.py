"""Facts about a thing that stays as it is: computed when first asked for, kept by their owner, seen once complete.

    @fact()
    def graph(plan: Plan) -> Graph: ...

    @fact(needs=(graph,))
    def index_names(plan: Plan) -> frozenset[str]: ...

    index_names(plan)        # computed once for this plan, whoever asks first, and gone with it

A fact is a function of its owner and of the arguments it is asked with. It declares the other facts of the owner that
it reads; reading one that is not declared is refused, so the declarations are true and never go round a circle. It is
published once it is complete: another thread waits for it, and an interrupt leaves nothing half made behind.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock, get_ident
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

Key = ParamSpec("Key")
Value = TypeVar("Value")


class Facts:
    """What is known of one owner; complete values only are in the table, so reading one takes no lock."""

    def __init__(self) -> None:
        self.complete: dict[Hashable, Any] = {}
        self._lock = RLock()
        self.computing: list[Fact[..., Any, Any]] = []
        self._thread = 0

    def __len__(self) -> int:
        return len(self.complete)

    def of(self, fact: Fact[..., Any, Value], owner: Any, key: tuple[Hashable, ...]) -> Value:
        """The value of a fact, computed under the lock where nobody knows it yet."""
        if self.computing and self._thread == get_ident():
            self.computing[-1].refuse_undeclared(fact)
        name = (fact, key)
        try:
            known: Value = self.complete[name]
        except KeyError:
            return self._computed(fact, owner, name)
        return known

    def known(self, fact: Fact[..., Any, Value], key: tuple[Hashable, ...]) -> Value | None:
        """The value of a fact if it is known."""
        value: Value | None = self.complete.get((fact, key))
        return value

    def _computed(self, fact: Fact[..., Any, Value], owner: Any, name: tuple[Hashable, tuple[Hashable, ...]]) -> Value:
        with self._lock:
            if name not in self.complete:
                before, self._thread = self._thread, get_ident()
                self.computing.append(fact)
                try:
                    self.complete[name] = fact.compute(owner, *name[1])
                finally:
                    self.computing.pop()
                    self._thread = before
            value: Value = self.complete[name]
            return value


class Owner(Protocol):
    """Whatever has facts."""

    @property
    def facts(self) -> Facts:
        """What is known of it."""


Of = TypeVar("Of", bound=Owner)


class Fact(Generic[Key, Of, Value]):
    """A function of an owner (and hashable arguments) whose values the owner keeps; called like the function."""

    def __init__(self, compute: Callable[Concatenate[Of, Key], Value], needs: tuple[Fact[..., Any, Any], ...]) -> None:
        self.compute, self.needs = compute, frozenset(needs)
        self.__doc__, self.__name__ = compute.__doc__, compute.__name__

    def __call__(self, owner: Of, /, *key: Key.args, **named: Key.kwargs) -> Value:
        """The value for an owner; arguments are given by position."""
        assert not named  # noqa: S101 - one way to write a key, or a fact would be computed twice
        facts = owner.facts
        if not facts.computing and (name := (self, key)) in facts.complete:  # nearly always: spare it a call
            value: Value = facts.complete[name]
            return value
        return facts.of(self, owner, key)

    def known(self, owner: Of, /, *key: Key.args, **named: Key.kwargs) -> Value | None:
        """The value if somebody has asked for it before."""
        del named
        value: Value | None = owner.facts.known(self, key)
        return value

    def refuse_undeclared(self, other: Fact[..., Any, Any]) -> None:
        """Raise where this fact reads one that it does not declare."""
        if other not in self.needs and other is not self:
            raise LookupError(f"the fact {self.__name__} reads {other.__name__}, which it does not declare")


def fact(
    needs: tuple[Fact[..., Any, Any], ...] = (),
) -> Callable[[Callable[Concatenate[Of, Key], Value]], Fact[Key, Of, Value]]:
    """Make a fact of a function; `needs` are the facts of the same owner that it reads."""

    def made(compute: Callable[Concatenate[Of, Key], Value]) -> Fact[Key, Of, Value]:
        return Fact(compute, needs)

    return made
