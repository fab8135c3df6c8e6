"""Texts grown from rules: `<name>` in an option is replaced by a text of that rule, until a budget is spent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

_PART = re.compile(r"<([a-z ]+)>")

_NAMES = ("x", "y", "z", "t", "a", "b", "n", "w", "A", "B", "x1", "alpha", "x_1", "x₁", "α", "W", "e", "pi", "I", "T")
_FUNCTIONS = (
    "sin", "cos", "tg", "tan", "ln", "log", "lg", "exp", "sqrt", "cbrt", "abs", "sigmoid", "relu", "max", "min", "sum",
    "dot", "norm", "inv", "det", "tr", "diag", "transpose", "softmax", "argmax", "floor", "ceil", "step", "sign",
    "mean",
    "log_2", "log10", "pow", "kron", "vec", "outer", "arcsin", "np.exp", "math.log", "norm2", "erf", "gamma", "f",
    "Sin",
)  # fmt: skip
_COMMANDS = (
    "frac", "dfrac", "sqrt", "cdot", "times", "left", "right", "ln", "sin", "exp", "log", "alpha", "sigma", "pi", "top",
    "mathrm", "mathbf", "operatorname", "text", "begin", "end", "lfloor", "rfloor", "lceil", "rceil", "langle",
    "rangle",
    "lvert", "rvert", "lVert", "rVert", "odot", "otimes", "max", "displaystyle", "boxed", "prime", "quad", "Big",
    "bigl",
    "partial", "infty", "input", "binom", "sum", "int", "over", "limits", "circ", "mathbb", "hat", "vec", "tilde", "|",
    "{", "}", "[", "]", "(", ")", ",", ";", "!", " ", "\\",
)  # fmt: skip

RULES: dict[str, tuple[str, ...]] = {
    "digit": tuple("0123456789"),
    "digits": ("<digit>", "<digit><digit>", "<digit><digits>", "0", "1", "2"),
    "number": (
        "<digits>", "<digits>", "<digits>.<digits>", "<digits>,<digits>", "-<digits>", ".<digits>", "<digits>.",
        "1e<digits>",
        "<digits>e-<digits>", "1e400", "1e-400", "0", "-0", "0.<digits>(<digits>)", "<digits> <digits>",
        "<digits>_<digits>",
        "<digits>/<digits>", "½", "<digits>¾", "１２", "𝟐𝟓", "٣", "<digits>\u00a0<digits>", "1,<digits>", "−<digits>",
        "1/0", ".0",
        "<digits>·10^<digits>", "<digits>x10^-<digits>", "inf", "nan", "∞", "0x1F", "1E+<digits>", "<digits>%",
        ".<digits>_<digits>",
    ),
    "name": _NAMES,
    "function": _FUNCTIONS,
    "sign": ("+", "-", "*", "/", "^", "·", "×", "−", "**", ".*", "./", "@", "⊙", "⊗", ":", " ", "", "", "÷", ".^", "=",
        "<", "≤"),
    "exponent": ("²", "³", "⁻¹", "^2", "^-1", "^(<formula>)", "^<atom>", "ᵀ", "^T", "'", "ˣ", "^{-1}", "^½", "!", "₁",
        "^1/2"),
    "atom": (
        "<name>", "<name>", "<number>", "(<formula>)", "<function>(<formula>)", "<function>(<formula>, <formula>)",
        "<function> <atom>", "|<formula>|", "‖<formula>‖", "||<formula>||", "[<formula>]", "√<atom>", "√(<formula>)",
        "⌊<formula>⌋",
        "<atom><exponent>", "<vector>", "⟨<formula>, <formula>⟩", "<function><exponent> <atom>", "<name>[<formula>]",
        "{<formula>}",
        "<latex atom>", "-<atom>", "[<formula> > <formula>]", "∛<atom>", "e^<atom>",
    ),
    "formula": (
        "<atom>", "<atom>", "<atom><sign><atom>", "<atom> <sign> <formula>", "<atom><sign><formula>", "<atom><formula>",
        "<atom>/<atom>", "<atom> - <formula>",
    ),
    "comma": (", ", ",", "; ", ";", " ", "\n", "\t", " & ", ",, "),
    "row": ("<formula>", "<number><comma><number>", "<formula><comma><row>", "<number>, <number>, <number>"),
    "vector": ("[<row>]", "(<row>)", "{<row>}", "[<row>; <row>]", "<row>", "[<row>]'", "[]", "[[<row>]]",
        "|<row>|\n|<row>|"),
    "matrix": (
        "[[<row>], [<row>]]", "[<row>; <row>]", "[[<row>], [<row>], [<row>]]", "<row>\n<row>", "[<row>\n<row>]",
        "<vector>",
        r"\begin{pmatrix}<latex row> \\ <latex row>\end{pmatrix}", "| <row> |\n|---|\n| <row> |", "((<row>), (<row>))",
            "I", "<formula>",
    ),
    "command": tuple(f"\\{name}" for name in _COMMANDS),
    "latex atom": (
        r"\frac{<latex>}{<latex>}", r"\frac<digit><digit>", r"\frac <name><digit>", r"\frac.<digit>",
            r"\sqrt{<latex>}", r"\sqrt[<latex>]{<latex>}",
        r"\left(<latex>\right)", r"\left|<latex>\right|", r"\<function>", r"\ln <latex atom>", r"\mathrm{<name>}",
            r"\operatorname{<function>}",
        "<command>", "<name>_{<latex>}", "<name>^{<latex>}", "{<latex>}", "<number>", "<name>", "<name>",
        r"\begin{bmatrix}<latex row>\end{bmatrix}",
        r"\left\lfloor <latex>\right\rfloor", r"\left<command><latex>\right<command>", r"\log_<atom> <latex atom>",
            r"\text{<name>}", "~", "$<latex>$",
        r"\lVert <latex>\rVert_2^2", r"\max\{<latex>, <latex>\}", r"\begin{<name>}<latex row>\end{<name>}",
            r"\left\<function>",
    ),
    "latex": ("<latex atom>", "<latex atom><latex>", r"<latex atom> \cdot <latex>", "<latex atom> + <latex>",
        "<latex atom>-<latex>", "<latex atom>^<latex atom>"),
    "latex row": ("<latex>", "<latex> & <latex>", r"<latex> \\ <latex>", r"<latex row> & <latex> \\ <latex row>"),
    # What the other kinds of answers take.
    "end": ("<number>", "-inf", "inf", "∞", "-∞", "<formula>", r"+\infty", "oo"),
    "interval": ("(<end>, <end>)", "[<end>; <end>)", "]<end>; <end>[", "<end>..<end>", "<name> > <end>",
        "<interval> ∪ <interval>", "ℝ", "R", "[<end>, <end>]", "<end> < <name> <= <end>"),
    "set": ("{<row>}", "<row>", "±<number>", "∅", "{}", "{(<row>), (<row>)}",
        "<name> = <number> или <name> = <number>", "<set>, <set>", "нет", "none"),
    "table": ("{<name>: <formula>, <name>: <formula>}", "<name>: <number>\n<name>: <number>",
        "<name> = <number>; <name> = <number>", "{<row>}", "type: <digit>", "<name>,<number>"),
    "choice": ("<digit>", "<digit>, <digit>", "<digit>-<digit>", "a)", "б", "a, c)", "все", "none", "<digit>;<digit>;",
        "(<digit>)", "да", "True", "<digits>"),
    "chain": ("<formula> = <formula>", "<formula> = <formula> = <number>", "<formula> ≈ <number>",
        "<name> = <formula>", "ответ: <formula>", "(<number> см. лист)", "<number> шагов"),
    "strange": ("", " ", "?", "не знаю", "-", "—", "None", "null", "...", "\x00", "\x1f<number>", "\u202e<formula>",
        "\ufeff<number>", "𝕏", "💥", "'; DROP TABLE", "__import__('os')",
                "{{ 7*7 }}", "$(id)", "<script>", "\x1b[2J<number>", "e\u0301", "ﬁ", "{b: <number>, w1: <number>}",
                "NaN", "-.", "\r\n<number>", "\u2028", "х", "соs(х)", "<digits>²", "%s%n"),
    "answer": ("<number>", "<number>", "<formula>", "<formula>", "<vector>", "<matrix>", "<latex>", "<interval>",
        "<set>", "<table>", "<choice>", "<chain>", "<strange>", "$<latex>$"),
}  # fmt: skip
"""THE table of what is grown: what people have typed, or nearly; nothing in it has to be right."""


def _compiled(options: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Options as parts, texts and names of rules in turns."""
    return tuple(tuple(_PART.split(option)) for option in options)


class Grammar:
    """Rules, compiled; names that are no rules stand for themselves."""

    def __init__(self, rules: dict[str, tuple[str, ...]]) -> None:
        self._rules = {name: _compiled(options) for name, options in rules.items()}
        self._short = {
            name: tuple(option for option in options if len(option) == min(map(len, options)))
            for name, options in self._rules.items()
        }

    def grow(self, rule: str, random: Random, budget: int = 40) -> str:
        """A text of a rule. When so many rules were applied only the shortest options are taken."""
        parts: list[str] = []
        waiting: list[tuple[str, bool]] = [(rule, True)]
        chance = random.random
        while waiting:
            text, is_rule = waiting.pop()
            if not is_rule:
                parts.append(text)
                continue
            if text not in self._rules:
                parts.append(f"<{text}>")
                continue
            budget -= 1
            options = (self._rules if budget > 0 else self._short)[text]
            option = options[int(chance() * len(options))]
            waiting += [(option[place], place % 2 == 1) for place in range(len(option) - 1, -1, -1) if option[place]]
        return "".join(parts)


GRAMMAR = Grammar(RULES)
grow = GRAMMAR.grow
