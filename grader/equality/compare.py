"""`grade compare` and `grader.compare`: a student's text against a reference text, with the verdict and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from grader.arrays import Floats, Shape
from grader.equality.arrays import array_difference
from grader.equality.expressions import EQUAL, Difference, difference
from grader.equality.options import domain_of, tolerance_of
from grader.equality.sampling import Domain
from grader.errors import AuthorError, Message, NotScalar, StudentError, Undecided, ValueFault, WrongShape
from grader.internal import Internal, contained
from grader.language.characters import GREEK
from grader.language.evaluate import evaluate
from grader.language.lexer import canonical_name
from grader.language.natural import Formula, advice, formula_of, read_formula
from grader.language.nodes import Array, Name, Node, names, walk
from grader.language.parser import parse
from grader.language.primitives import CONSTANTS
from grader.language.reading import array_readings, array_shape, is_numeral, plain_value, second_reading
from grader.language.scripts import name_unicode
from grader.language.unicode import to_unicode
from grader.language.words import function_row
from grader.messages import LANGUAGES, distinguishable, number_in_words
from grader.tolerance import Tolerance


class Wanted(msgspec.Struct, frozen=True):
    """What a kind of comparison takes: `lists` without brackets where the reference is an array; named arrays."""

    lists: bool = True
    arrays: bool = True


KINDS = {
    "number": Wanted(lists=False, arrays=False),
    "vector": Wanted(),
    "matrix": Wanted(),
    "expression": Wanted(lists=False),
    "latex": Wanted(),
}
_WORD = re.compile(r"([A-Za-zͰ-Ͽ]\w*)\s*(\(?)")
_ONE_NAME = re.compile(rf"(?:[A-Za-z]|{'|'.join(GREEK.values())})[0-9]*")
_TRANSPOSE = re.compile(r"\^\s*[({]?-?T\b|\.T\b")


class Comparison(msgspec.Struct, frozen=True):
    """`verdict` is correct, wrong or invalid, `message` says why; `counterexample` is a point of difference."""

    verdict: str
    message: Message
    counterexample: Mapping[str, object] = msgspec.field(default_factory=dict)


def compare(
    student: str,
    reference: str,
    kind: str = "expression",
    variables: Sequence[str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Comparison:
    """Compare two texts of the language (`latex`: the student's is LaTeX).

    `variables` are the declared names (None: those of the reference); `options` has rel, abs, decimals, sigfigs, domain
    and shapes. Raises AuthorError where the reference or an option cannot be used; any text of a student has a verdict.

    >>> compare("2x cos(x^2)", "2*x*cos(x^2)", variables=["x"]).verdict
    'correct'
    >>> compare("0,33", "1/3", kind="number", options={"decimals": 2}).verdict
    'correct'
    """
    options = options or {}
    tolerance, domain = tolerance_of(options), domain_of(options)
    shapes: dict[str, Shape] = {
        canonical_name(name): tuple(map(int, shape)) for name, shape in options.get("shapes", {}).items()
    }
    if not isinstance(student, str) or not isinstance(reference, str):
        raise TypeError("student and reference are texts")

    def settled() -> Comparison | AuthorError:
        try:
            return _settled(student, reference, KINDS.get(kind, Wanted()), variables, shapes, domain, tolerance)
        except AuthorError as error:  # of the reference
            return error

    found = contained(settled)
    if isinstance(found, AuthorError):
        raise found
    if isinstance(found, Internal):
        return Comparison("invalid", Message("internal-compare", {"error": found.error}))
    return found


def _settled(
    student: str,
    reference: str,
    wanted: Wanted,
    variables: Sequence[str] | None,
    shapes: dict[str, Shape],
    domain: Mapping[str, Domain],
    tolerance: Tolerance | None,
) -> Comparison:
    if not wanted.arrays or not shapes:
        quick = _numerals(student, reference, tolerance)
        if quick is not None and (quick is _CORRECT or not second_reading(student)):
            return quick
    expected = _reference(reference, _declared(variables, shapes, reference))
    declared = _names_of(expected, shapes) if variables is None else tuple(map(canonical_name, variables))
    for name in declared:
        shapes.setdefault(name, ())
    names_ = frozenset(declared) | ({"I"} if any(shapes.values()) else frozenset())
    first: Comparison | None = None
    try:
        for answer, settled in _readings(student, names_, shapes, wanted, expected):
            verdict = _verdict(answer, expected, declared, shapes, domain, tolerance)
            if verdict.verdict == "correct":
                return _in_words(answer, settled) if settled else verdict
            first = first or verdict
    except StudentError as fault:  # of the text itself
        first = first or Comparison("invalid", fault.message)
    assert first is not None  # noqa: S101  (there is a first reading, or a fault)
    return first


def _in_words(answer: Node, settled: Set[str]) -> Comparison:
    """Correct in another reading than the first: which, and how to write it safely."""
    shown = {language: to_unicode(answer, language) for language in LANGUAGES}
    return Comparison("correct", Message("compare-read-as", {"text": shown, "advice": advice(settled)[0]}))


def _numerals(student: str, reference: str, tolerance: Tolerance | None) -> Comparison | None:
    """The verdict on plain decimals and on lists of them, which most answers are; None for anything else."""
    expected = _numeral_value(reference)
    if expected is None:
        return None
    answer = plain_value(student, np.ndim(expected))
    if answer is None or np.shape(answer) != np.shape(expected):
        return None
    rule = tolerance or EQUAL
    if isinstance(answer, float):
        right = rule.accepts_number(answer, float(expected))
        return _CORRECT if right else Comparison("wrong", Message("compare-wrong"))
    mask = rule.accepts(answer, expected, np.abs(expected).max())
    return _CORRECT if mask.all() else Comparison("wrong", Message("compare-entries", {"count": int((~mask).sum())}))


_CORRECT = Comparison("correct", Message("compare-correct"))


@lru_cache(maxsize=1024)
def _numeral_value(text: str) -> float | Floats | None:
    rank = len(text) - len(text.lstrip(" ["))
    return plain_value(text.strip(), min(rank, 2))


def _declared(variables: Sequence[str] | None, shapes: Mapping[str, Shape], reference: str) -> tuple[str, ...]:
    identity = ("I",) if any(shapes.values()) else ()
    if variables is not None:
        return (*variables, *shapes, *identity)
    text = _TRANSPOSE.sub("", reference) if shapes else reference
    occurring = [name for word, bracket in _WORD.findall(text) for name in _names_in(word, bracket)]
    return (*shapes, *identity, *occurring)


def _names_in(word: str, bracket: str) -> Sequence[str]:
    """The names that a word of an undeclared reference stands for: `x`, `w_1`, `α`; the letters of `xy`."""
    name = canonical_name(word)
    if name in CONSTANTS or (function_row(word) and (bracket or len(word) > 1)):
        return ()
    if _ONE_NAME.fullmatch(name):
        return (name,)
    return [letter for letter in word if letter not in CONSTANTS] if len(word) == 2 and word.isalpha() else ()


@lru_cache(maxsize=512)
def _reference(text: str, declared: tuple[str, ...]) -> Node:
    try:
        return parse(text, declared)
    except StudentError as fault:
        raise AuthorError("compare-reference", text=text, reason=fault.message) from fault


def _names_of(node: Node, shapes: Mapping[str, Shape]) -> tuple[str, ...]:
    return tuple(sorted((names(node) | set(shapes)) - CONSTANTS.keys() - {"I"}))


def _readings(
    text: str, declared: frozenset[str], shapes: Mapping[str, Shape], wanted: Wanted, expected: Node
) -> Iterator[tuple[Node, Set[str]]]:
    """The answer's trees, the first reading first; where an array is wanted, also lists without brackets.

    Raises StudentError where the first cannot be read.
    """
    if isinstance(expected, Array) and wanted.lists:
        yield from ((tree, frozenset()) for tree in array_readings(text, declared, array_shape(expected)))
    else:
        read = read_formula(text, declared, {name: shape for name, shape in shapes.items() if shape})
        yield formula_of(read), frozenset()
        for other in read.others() if isinstance(read, Formula) else ():
            yield other.tree, other.settled
    if second := second_reading(text):
        yield parse(second, declared), frozenset(("thousands" if is_numeral(second) else "mixed",))


def _verdict(
    answer: Node,
    expected: Node,
    declared: tuple[str, ...],
    shapes: Mapping[str, Shape],
    domain: Mapping[str, Domain],
    tolerance: Tolerance | None,
) -> Comparison:
    """The verdict on one reading; what it is not fit for is never an error of the reference."""
    try:
        return _compared(answer, expected, declared, shapes, domain, tolerance)
    except WrongShape as fault:
        return Comparison("wrong", fault.message)
    except (StudentError, Undecided, NotScalar) as fault:
        return Comparison("invalid", fault.message)


def _compared(
    answer: Node,
    expected: Node,
    declared: tuple[str, ...],
    shapes: Mapping[str, Shape],
    domain: Mapping[str, Domain],
    tolerance: Tolerance | None,
) -> Comparison:
    array = isinstance(expected, Array) or isinstance(answer, Array) or any(shapes.values())
    if array:
        apart = array_difference(answer, expected, {name: shapes[name] for name in sorted(shapes)}, domain, tolerance)
        if apart is None:
            return _CORRECT
        count = int(np.sum(apart.wrong))
        where = {name: value.tolist() for name, value in apart.instance.items()}
        return Comparison("wrong", Message("compare-entries", {"count": count}), where)
    if all(part.name in CONSTANTS for part in walk(answer) if isinstance(part, Name)):
        _has_value(answer)
    point = difference(answer, expected, declared, domain, tolerance or EQUAL)
    if point is None:
        return _CORRECT
    return Comparison("wrong", explain_difference(point), point.point)


def _has_value(answer: Node) -> None:
    """A constant that has no value is not an answer; one that is only too large for doubles is."""
    with np.errstate(all="ignore"):
        value = evaluate(answer, {})
    if np.isfinite(value).all() or value.ndim > 1:
        return
    from grader.equality.precise import TooLarge, Undefined, precise_value

    try:
        precise_value(answer, {})
    except Undefined as error:
        raise ValueFault("value-undefined") from error
    except TooLarge as error:
        raise ValueFault("value-too-large") from error


def explain_difference(apart: Difference) -> Message:
    """The counterexample in words: never the reference's formula, only values at a point."""
    if not apart.point:
        return Message("compare-wrong")
    point = _place(apart.point)
    if apart.answer is None:
        return Message("compare-undefined-at", {"place": point, "expected": apart.expected})
    answer, expected = distinguishable(apart.answer, apart.expected)
    return Message("compare-differs", {"place": point, "answer": answer, "expected": expected})


def where_it_differs(apart: Difference) -> Message:
    """The counterexample without the right value: the place, and what the answer gives there."""
    if not apart.point:
        return Message("compare-wrong")
    point = _place(apart.point)
    if apart.answer is None:
        return Message("answer-undefined-at", {"place": point})
    return Message("answer-differs-at", {"place": point, "answer": apart.answer})


def _place(point: Mapping[str, float]) -> dict[str, str]:
    """`x = 1.5, y = −2`, as each language writes numbers."""
    told = {
        each: [f"{name_unicode(n)} = {number_in_words(x, each, 4)}" for n, x in point.items()] for each in LANGUAGES
    }
    return {language: ("; " if language == "ru" else ", ").join(parts) for language, parts in told.items()}
