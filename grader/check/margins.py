"""The margins of the asks of numbers, as measured."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.plan.plan import Ask


@dataclass
class Margin:
    """One ask over all its variants; margins in units of its last digit (for other rules: in twice what they allow)."""

    ask: Ask
    widest: float = 0.5
    mean: float = 0.5
    parts: dict[str, float] = field(default_factory=dict)
    variants: int = 0
    undefined: int = 0
    long: int = 0

    @property
    def step(self) -> str:
        """The line whose rounding adds most; "" where nothing does."""
        return max(self.parts, key=lambda name: self.parts[name], default="")

    @property
    def in_units(self) -> bool:
        """Whether there is anything to say in units: a rule without digits has no last one."""
        return bool(self.ask.tolerance.digits or self.parts)

    def as_dict(self) -> dict[str, object]:
        """As JSON."""
        names = {"decimals", "significant", "relative", "absolute"}
        rule = {name: value for name in sorted(names) if (value := getattr(self.ask.tolerance, name)) is not None}
        parts = {name: round(part, 3) for name, part in sorted(self.parts.items(), key=lambda item: -item[1])}
        return {
            "ask": self.ask.id,
            "rule": rule,
            "from": self.ask.rule_from,
            "margin": round(self.widest, 3) if self.in_units else None,
            "mean": round(self.mean, 3) if self.in_units else None,
            "step": self.step,
            "parts": parts,
        }
