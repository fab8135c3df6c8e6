"""Targets of the language and of comparison: texts to trees, trees to print and back, texts against texts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

import grader
from fuzz.changes import changed
from fuzz.grammar import grow
from fuzz.outcome import Broken, Target
from grader.errors import AuthorError, GraderError, StudentError
from grader.language.differentiate import differentiate
from grader.language.natural import Formula, advice, formula_of, read_formula
from grader.language.nodes import Call, Node, transform
from grader.language.parser import parse
from grader.language.plaintext import to_text
from grader.language.typeset import to_latex
from grader.language.unicode import to_unicode
from grader.messages import LANGUAGES, translate

DECLARED = ("x", "y", "z", "t", "a", "b", "n", "w", "A", "B", "x1", "alpha")
_NAMES = frozenset(DECLARED)
ARRAYS = {"A": (3, 3), "B": (3, 3), "x": (3,), "y": (3,)}
_TABLES = Path(__file__).parent.parent / "tests" / "tables"


@cache
def known_texts() -> tuple[str, ...]:
    """What the tables of tests have people type, to be changed; the package alone has no tables."""
    texts = ["x^2 + 2*x*y", "sin(2*x)/(1 + e^-x)", r"\frac{x}{\sqrt{2}}", "[[1, 2], [3, 4]]", "2,5e3"]
    for path in (_TABLES / "parser.yaml", _TABLES / "equal.yaml", _TABLES / "readings.yaml"):
        if path.is_file():
            texts += _texts_in(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))
    return tuple(dict.fromkeys(texts))


def _texts_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, Mapping) else value if isinstance(value, Sequence) else ()
    return [text for child in children for text in _texts_in(child)]


def typed(rule: str, budget: int = 25) -> Callable[[Random], str]:
    """Texts of a rule, known ones, and either changed."""

    def make(random: Random) -> str:
        source = random.random()
        text = random.choice(known_texts()) if source < 0.3 else grow(rule, random, 2 + int(random.random() * budget))
        return changed(text, random) if random.random() < 0.45 else text

    return make


def in_words(fault: GraderError) -> str:
    """A fault as both languages say it; that must never fail either."""
    for language in LANGUAGES:
        if not translate(fault.message, language).strip():
            raise Broken(f"no words for {fault.message.key}")
    span = getattr(fault, "span", None)
    if span is not None and not 0 <= span[0] <= span[1]:
        raise Broken(f"no such place | {span}")
    return fault.message.key


# ----- Reading ----------------------------------------------------------------------------------------------------


def _reads(text: str, **options: Any) -> Hashable:
    try:
        return parse(text, _NAMES, **options)
    except StudentError as fault:
        return in_words(fault)


def _read_by_author(text: str) -> Hashable:
    return _reads(text, spec=True)


def _read_as_list(text: str) -> Hashable:
    return tuple(_reads(text, comma=comma, lists=True) for comma in ("auto", "decimal", "list"))


def _read_by_student(text: str) -> Hashable:
    """All readings, and the advice that goes with each."""
    try:
        first = read_formula(text, _NAMES, ARRAYS if "A" in text else {})
        if not isinstance(first, Formula):
            return first
        others = tuple(first.others())
    except StudentError as fault:
        return in_words(fault)
    if len(others) > 5:
        raise Broken(f"more than five readings | {len(others)}")
    told = tuple(message.key for other in others for message in advice(other.settled))
    return formula_of(first), tuple(other.tree for other in others), told


# ----- Print ------------------------------------------------------------------------------------------------------


def _printed(text: str) -> Hashable:
    """What was read, printed and read again is the same tree; every notation has it."""
    try:
        tree = parse(text, _NAMES)
    except StudentError:
        return None
    printed = to_text(tree)
    _reads_back(printed, tree)
    for language in LANGUAGES:
        to_unicode(tree, language)
        _latex_reads_back(to_latex(tree, language), text)
    return printed


def _reads_back(printed: str, tree: Node) -> None:
    """The printed tree is read as it, unless it nests deeper than what is read: brackets do, a derivative may."""
    try:
        again = parse(printed, _NAMES)
    except StudentError as fault:
        if fault.message.key.startswith("syntax-too-"):
            return
        raise Broken(f"what is printed cannot be read: {fault.message.key} | {printed!r}") from fault
    if again != tree and _minus_first(again) != _minus_first(tree):  # the place of a minus before a product is free
        raise Broken(f"what is printed is read as something else | {printed!r}, then {to_text(again)!r}")


def _minus_first(tree: Node) -> Node:
    """The tree with every minus before its whole product."""

    def rule(part: Node) -> Node:
        match part:
            case Call("mul" | "div" | "emul" | "ediv" as op, (Call("neg", (left,)), right)):
                return Call("neg", (Call(op, (left, right)),))
        return part

    return transform(tree, rule)


def _latex_reads_back(latex: str, text: str) -> None:
    if r"\log_{" in latex:  # a base that is a formula is printed, not read
        return
    try:
        parse(latex, _NAMES)
    except StudentError as fault:
        if fault.message.key.startswith("syntax-too-"):  # braces nest deeper than the signs did, or are longer: a limit
            return
        raise Broken(f"the LaTeX cannot be read: {fault.message.key} | {text!r}: {latex!r}") from fault


def _derived(text: str) -> Hashable:
    """The derivative is a formula that can be printed and read."""
    try:
        tree = differentiate(parse(text, _NAMES), "x")
    except GraderError as fault:
        return in_words(fault)
    printed = to_text(tree)
    _reads_back(printed, tree)
    return printed


# ----- Comparison -------------------------------------------------------------------------------------------------


class Compared:
    """`grader.compare` of one kind: `references` are usable ones, so that whatever is typed there is a verdict."""

    def __init__(self, kind: str, rule: str, references: Sequence[str], **options: Any) -> None:
        self.kind, self.rule, self.references, self.options = kind, rule, references, options
        self._typed = typed(rule)

    def make(self, random: Random) -> tuple[str, str]:
        """A text and a reference; sometimes the reference a little changed."""
        reference = random.choice(self.references)
        source = random.random()
        text = (
            grow("answer", random)
            if source < 0.1
            else self._typed(random)
            if source < 0.8
            else changed(reference, random)
        )
        return text, reference

    def run(self, given: tuple[str, str]) -> Hashable:
        """The verdict, whatever was typed."""
        text, reference = given
        verdict = grader.compare(text, reference, self.kind, options=self.options)
        if verdict.verdict not in ("correct", "wrong", "invalid"):
            raise Broken(f"no such verdict | {verdict.verdict}")
        for language in LANGUAGES:
            translate(verdict.message, language)
        if text == reference and verdict.verdict != "correct":
            raise Broken(f"a text is not equal to itself | {text!r}")
        return verdict.verdict, verdict.message.key


def _equal_to_itself(text: str) -> Hashable:
    """Any formula as its own reference, printed: correct where it has a value at all."""
    try:
        printed = to_text(parse(text, ("x", "y")))
        verdict = grader.compare(text, printed, variables=("x", "y")).verdict
    except (AuthorError, StudentError) as fault:
        return in_words(fault)
    if verdict == "wrong" and "[" not in printed:  # brackets around one formula are a list to authors only
        raise Broken(f"a formula is not what is printed of it | {text!r}: {printed!r}")
    return verdict


_COMPARED = {
    "compare number": Compared("number", "number", ("1/3", "0.25", "-2", "0", "1e-9", "22/7", "1200"), rel=1e-3),
    "compare vector": Compared("vector", "vector", ("[1, 2]", "[0.5, -1, 0]", "[1/3, 2/3]", "[0, 0]")),
    "compare matrix": Compared("matrix", "matrix", ("[1, 2; 3, 4]", "[[1, 0.5]]", "[[1], [2], [3]]", "[0, 0; 0, 0]")),
    "compare expression": Compared("expression", "formula", ("2*x*cos(x^2)", "x/(1+x^2)", "ln(x)", "sqrt(x)*y", "x")),
    "compare latex": Compared("latex", "latex", ("x/2", "sqrt(x)/(2*x)", "[1, 2; 3, 4]", "x^2*y")),
    "compare shapes": Compared(
        "expression", "formula", ("x'*A*x", "A*x", "2*A'*(A*x - y)", "A^-1", "tr(A*B)", "A .* B"),
        shapes={**ARRAYS, "I": (3, 3)},
    ),
}  # fmt: skip

TARGETS: tuple[Target, ...] = (
    Target("author's formula", typed("formula"), _read_by_author, 2.0),
    Target("student's formula", typed("formula"), _read_by_student, 3.0),
    Target("latex", typed("latex"), _read_by_student, 2.5),
    Target("lists", typed("matrix"), _read_as_list, 2.0),
    Target("print", typed("formula", 40), _printed, 2.0),
    Target("derivative", typed("formula"), _derived, 1.0),
    *(Target(name, compared.make, compared.run, 1.5) for name, compared in _COMPARED.items()),
    Target("equal to itself", typed("formula"), _equal_to_itself, 1.0),
)
