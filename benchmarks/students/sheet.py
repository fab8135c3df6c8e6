"""A simulated student's sheet: the slips that are made, what is written into the blanks, what is carried on.

A family works through a problem with its own formulas, `work(given, sheet)`. It asks the sheet whether a slip is made
here, `sheet("step uphill", t, of=2)`, and writes every asked value down, `w = sheet.write("w[1]", value)`; what comes
back is what the student goes on with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.students.texts import Digits, Value

Given = Mapping[str, Any]

_RULES = """
    sign term-dropped factor-dropped divisor-dropped factor-two sum-for-mean old-for-new new-for-old names-swapped
    transpose-missing product-reversed elementwise power-dropped root-missing log-base inverse-missing inverted
    wrong-point exponent-off index-off activation-for-derivative derivative-at-output activation-missing inner-lost
    product-rule quotient-sign quotient-square power-kept table-slip whole-sign reciprocal power-of-ten degrees
    rounding permuted transposed other-blank transpose-extra complement inner-inside outer-at-x product-sign
    quotient-rule constant-kept constant-factor constant-term rows-for-columns one-off
"""
# What a marker may call slips for which there was no name when these students were written.
_NEWER = """
    other-function other-loss moving-average simultaneous wrong-axis as-symmetric argument-kept sum-of-derivatives
    square-doubled corrected-carried function-for-derivative rate-inside size one-digit digits-swapped digit-missed
    entry-sign entry-point other-convention other-variable entry-left-out constant-taken
    layout derivative-for-function sign+sign factor-two+extra-sigmoid-derivative term-extra line-missing
"""
# Names that say the same of an answer as the older ones: what a row allows by the one it allows by the other.
_SINCE = {
    "other-convention": "factor-extra other-operation brackets all-objects taken-apart moving-average one-by-one "
    "other-quantity quotient-numerator quotient-denominator term-extra other-function product-sign",
    "simultaneous": "one-by-one",
    "corrected-carried": "other-quantity",
    "rate-inside": "factor-extra",
    "other-loss": "other-function",
    "size": "sign line-missing",
    "digit-missed": "one-digit",
    "entry-sign": "sign",
    "entry-point": "power-of-ten",
    "exponent-off": "factor-extra square-doubled quotient-denominator",
    "power-kept": "function-for-derivative",
    "power-dropped": "other-operation",
    "names-swapped": "other-quantity other-blank quotient-numerator quotient-denominator",
    "index-off": "other-quantity entry-repeated",
    "complement": "complement-taken",
    "permuted": "names-swapped",
    "transpose-missing": "as-symmetric",
    "as-symmetric": "transpose-missing",
    "quotient-square": "quotient-denominator",
    "quotient-rule": "quotient-numerator",
    "quotient-sign": "quotient-numerator",
    "inverted": "other-operation",
    "other-function": "activation-for-derivative table-slip",
    "activation-missing": "other-quantity other-function",
    "constant-kept": "function-for-derivative",
    "function-for-derivative": "other-quantity quotient-numerator",
    "sum-for-mean": "all-objects number-off",
    "divided-by-objects": "sum-for-mean",
    "one-off": "number-off term-extra",
    "factor-two": "number-off",
    "old-for-new": "other-quantity",
    "factor-dropped": "brackets",
    "constant-factor": "factor-two number-off factor-dropped sign",
    "product-rule": "outer-at-x",
    "wrong-point": "factor-dropped",
    "inner-inside": "outer-at-x",
    "bars-overlooked": "sign term-dropped factor-dropped",  # of truths these are told as a bar overlooked
}
RULES = frozenset((_RULES + _NEWER + " ".join(_SINCE.values())).split())
"""Names of slips that are not written in a problem file."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip in words, the names that a marker may give it, and the steps it is made in.

    `rules` has names of `RULES` and of the family's authored mistakes; `at` names steps, `g` for any round of `g[t]`.
    In a problem of several rounds it is made in one of them, unless `every`. A slip of the `pen` is made in writing an
    answer down, in one of the blanks `at`; the student goes on with the right value.
    """

    name: str
    rules: frozenset[str]
    at: tuple[str, ...] = ()
    every: bool = False
    pen: str = ""


def slip(name: str, rules: str, at: str = "", every: bool = False) -> Slip:
    """A row of a table of slips, words apart by spaces."""
    return Slip(name, _with_newer(rules), tuple(at.split()), every)


def _with_newer(rules: str) -> frozenset[str]:
    own = rules.split()
    return frozenset([*own, *(newer for rule in own for newer in _SINCE.get(rule, "").split())])


PENS = {
    "whole-sign": ("sign lost in copying", "whole-sign sign"),
    "power-of-ten": ("decimal point misplaced", "power-of-ten"),
    "reciprocal": ("upside down", "reciprocal inverted"),
    "permuted": ("entries in another order", "permuted names-swapped"),
    "transposed": ("rows for columns", "transposed transpose-missing rows-for-columns"),
    "rounding": ("cut instead of rounded", "rounding"),
    "other-blank": ("answer of another blank", "other-blank"),
    "digit": ("one digit wrong", "one-digit"),
    "digits": ("two digits swapped", "digits-swapped"),
    "missed": ("a digit left out", "digit-missed one-digit"),
    "entry-sign": ("sign of one entry", "entry-sign sign"),
    "entry-point": ("point lost in one entry", "entry-point power-of-ten"),
}
OF_DIGITS = frozenset({"digit", "digits", "missed", "entry-sign", "entry-point"})


def pen(kind: str, at: str, rules: str = "") -> Slip:
    """A slip in copying; `rules` are further names for it."""
    name, own = PENS[kind]
    return Slip(f"{name}: {at}", _with_newer(f"{own} {rules}"), tuple(at.split()), pen=kind)


@dataclass
class Sheet:
    """The paper of one student. `own` puts the student's values in for those worked out: what follows?"""

    digits: Mapping[str, Digits]
    made: Sequence[Slip] = ()
    position: int = 0
    carry_typed: bool = False
    own: Mapping[str, Value] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    carried: dict[str, Value] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)

    def __call__(self, name: str, number: int = 1, of: int = 1) -> bool:
        """Whether the slip is made here, in round `number` of those `of` in which it could be."""
        for made in self.made:
            if made.name == name and not made.pen and number >= 1 and (made.every or number <= of):
                self.met.add(name)
                return made.every or number == 1 + self.position % of
        return False

    def write(self, ask: str, value: Value) -> Value:
        """Put an answer into its blank; the value to go on with."""
        self.values[ask] = value
        if ask in self.own:
            return self.own[ask]
        self.carried[ask] = self.digits[ask].rounded(value) if self.carry_typed else value
        return self.carried[ask]


Work = Callable[[Given, Sheet], None]


@dataclass(frozen=True, slots=True)
class Family:
    """A problem of the bank, worked by hand-written formulas, and the slips that its students make.

    `pairs` are two slips of one student, in different steps.
    """

    problem: str
    work: Work
    slips: tuple[Slip, ...]
    pairs: tuple[tuple[str, str], ...] = ()
