"""Answers as students type them: a new text every time, so that no cache of texts can help anybody.

A formula is a sum of terms, a term a product of factors, a factor one of several spellings. Order, spelling and
multiplication signs are drawn; a wrong answer has a sign or a coefficient changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

Term = tuple[int, tuple[tuple[str, ...], ...]]
"""A coefficient, and the spellings of every other factor."""

_TIMES = ("*", " * ", "* ", " *")
_PLUS = (" + ", "+", " +", "+ ")
_COSINE = ("cos(x^2)", "cos(x*x)", "cos( x^2 )", "cos(x**2)", "cos(x ^ 2)", "cos((x)^2)")

FORMULAS: tuple[tuple[str, tuple[Term, ...]], ...] = (
    ("2*x*cos(x^2)", ((2, (("x",), _COSINE)),)),
    ("8*x*(x^2 + 1)^3 - sin(x)", (
        (8, (("x",), ("(x^2+1)^3", "(1 + x^2)^3", "(x*x + 1)^3", "(x^2+1)**3"))),
        (-1, (("sin(x)", "sin( x )"),)),
    )),
    ("2*x*cos(x^2)*exp(3*x) + 3*sin(x^2)*exp(3*x)", (  # derivative of sin(x^2) exp(3x)
        (2, (("x",), _COSINE, ("exp(3*x)", "exp(3x)", "exp(2*x + x)"))),
        (3, (("sin(x^2)", "sin(x*x)", "sin( x^2 )"), ("exp(3*x)", "exp(3x)", "exp(x + 2*x)"))),
    )),
    ("3*x^2*ln(1 + x^2) + 2*x^4/(1 + x^2)", (  # of x^3 ln(1 + x^2)
        (3, (("x^2", "x*x"), ("ln(1 + x^2)", "ln(x^2+1)", "ln(1+x*x)", "ln(x*x + 1)"))),
        (2, (("x^4", "x^2*x^2", "x*x^3"), ("(1 + x^2)^(-1)", "(x^2+1)^(-1)", "(1+x*x)^(-1)"))),
    )),
    ("6*x*(x^2 - 5)^2*sqrt(x) + (x^2 - 5)^3/(2*sqrt(x))", (  # of (x^2 - 5)^3 sqrt(x)
        (6, (("x",), ("(x^2-5)^2", "(x*x - 5)^2", "(5 - x^2)^2"), ("sqrt(x)", "x^(1/2)", "x^0.5"))),
        (1, (("(x^2-5)^3", "(x*x - 5)^3"), ("2^(-1)", "0.5", "(1/2)"), ("x^(-1/2)", "x^(-0.5)", "sqrt(x)^(-1)"))),
    )),
)  # fmt: skip

MATRIX_FORMULAS: tuple[tuple[str, tuple[Term, ...]], ...] = (
    ("(A + A')*x", ((1, (("A",), ("x",))), (1, (("A'", "A^T"), ("x",))))),
    ("2*A'*(A*x - y)", ((2, (("A'", "A^T"), ("A",), ("x",))), (-2, (("A'", "A^T"), ("y",))))),
    ("3*A*A'*y - A*x", ((3, (("A",), ("A'", "A^T"), ("y",))), (-1, (("A",), ("x",))))),
)
SHAPES = {"A": [3, 3], "x": [3], "y": [3]}


def right_and_wrong(terms: Sequence[Term], random: Random, wrong: bool, commute: bool) -> str:
    """One way to write the sum; factors change places only where they `commute`."""
    coefficients = [coefficient for coefficient, _ in terms]
    if wrong:
        slip = random.randrange(len(terms))
        coefficients[slip] = random.choice([-coefficients[slip], coefficients[slip] + random.randrange(1, 90)])
    parts = []
    for coefficient, (_, factors) in zip(coefficients, terms, strict=True):
        words = [_number(coefficient, random, commute), *(random.choice(factor) for factor in factors)]
        if commute:
            random.shuffle(words)
        parts.append(words[0] + "".join(random.choice(_TIMES) + word for word in words[1:]))
    random.shuffle(parts)
    return random.choice(_PLUS).join(parts) + " " * random.randrange(6)


def _number(coefficient: int, random: Random, plain: bool) -> str:
    """A coefficient; where order and spelling alone give too few texts, 2 is written as 57 - 55 or 114/57."""
    if plain:
        return str(coefficient) if coefficient >= 0 else f"({coefficient})"
    split = random.randrange(2, 400)
    return random.choice([f"({split + coefficient} - {split})", f"({split * coefficient}/{split})"])


def new_texts(formulas: Sequence[tuple[str, Sequence[Term]]], wrong: bool, commute: bool) -> Iterator[tuple[str, str]]:
    """Pairs of answer and reference for ever, no answer twice."""
    random = Random(f"{wrong} {commute}")
    seen: set[str] = set()
    while True:
        for reference, terms in formulas:
            text = right_and_wrong(terms, random, wrong, commute)
            if text not in seen:
                seen.add(text)
                yield text, reference


def decimals(random: Random) -> str:
    """A number as typed, with the comma of a Russian keyboard now and then."""
    text = f"{random.uniform(-20, 20):.7f}"
    return text.replace(".", ",") if random.random() < 0.2 else text
