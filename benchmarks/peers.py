"""The peers: other tools that read and judge an answer, each as its own documentation shows. All are optional.

math-verify           parse + verify of LaTeX, in which it reads best
SymPy                 parse_expr + simplify(a - b) == 0; explicit matrices, expanded entry by entry
mathematics_dataset   its generator of derivatives; it needs an old SymPy, hence an interpreter of its own
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

from benchmarks.texts import SHAPES
from benchmarks.timing import Entrant, looped

Pairs = Callable[[int], Sequence[tuple[str, str]]]
"""For the number of a round: answers with their references."""


def judges(pairs: Pairs, wanted: bool, notation: str) -> tuple[Entrant, ...]:
    """The peers that judge an answer of a kind: "formula", "matrices", "number" or "array"."""
    entrants = []
    if notation in ("formula", "number"):
        entrants.append(_entrant("math-verify", "math_verify", pairs, wanted, _math_verify))
    work = {"formula": _sympy, "matrices": _sympy_matrices, "number": _sympy_number, "array": _sympy_array}[notation]
    entrants.append(_entrant("SymPy", "sympy", pairs, wanted, work))
    return tuple(entrants)


def _entrant(name: str, module: str, pairs: Pairs, wanted: bool, make: Callable[[], Any]) -> Entrant:
    return looped(name, pairs, make(), wanted) if find_spec(module) else Entrant(name, None)


def _math_verify() -> Callable[[tuple[str, str]], bool]:
    from math_verify import parse, verify

    reference = cache(lambda text: parse(as_latex(text)))  # references are fixed: they are read once, as ours are
    return lambda pair: bool(verify(reference(pair[1]), parse(as_latex(pair[0])), float_rounding=3))


def as_latex(text: str) -> str:
    """The answer in the notation that math-verify expects."""
    text = re.sub(r"\bsqrt\(x\)", r"\\sqrt{x}", text.replace(",", ".").replace("**", "^"))
    text = re.sub(r"\b(cos|sin|exp|ln)\b", r"\\\1", text)
    text = re.sub(r"\^\(([^()]*)\)", r"^{\1}", text)
    return "$" + text.replace("*", r" \cdot ") + "$"


def _sympy() -> Callable[[tuple[str, str]], bool]:
    from sympy import simplify

    read = _reader({})
    reference = cache(read)
    return lambda pair: bool(simplify(read(pair[0]) - reference(pair[1])) == 0)


def _sympy_matrices() -> Callable[[tuple[str, str]], bool]:
    from sympy import Matrix, Symbol, expand

    names: dict[str, Any] = {}
    for name, shape in SHAPES.items():
        rows, columns = (*shape, 1)[:2]
        names[name] = Matrix(rows, columns, lambda i, j, name=name: Symbol(f"{name}{i}{j}"))
    parse = _reader(names)

    def read(text: str) -> Any:
        return parse(text.replace("A'", "A.T").replace("A^T", "A.T"))

    reference = cache(read)
    return lambda pair: bool((read(pair[0]) - reference(pair[1])).applyfunc(expand).is_zero_matrix)


def _sympy_number() -> Callable[[tuple[str, str]], bool]:
    read = _reader({})
    return lambda pair: bool(abs(read(pair[0].replace(",", ".")) - read(pair[1])) <= 0.5e-3)


def _sympy_array() -> Callable[[tuple[str, str]], bool]:
    from sympy import Matrix

    read = _reader({})

    def work(pair: tuple[str, str]) -> bool:
        gap = Matrix(read(pair[0])) - Matrix(read(pair[1]))
        return all(abs(entry) <= 1e-9 for entry in gap)

    return work


def _reader(names: dict[str, Any]) -> Callable[[str], Any]:
    from sympy.parsing.sympy_parser import (
        convert_xor,
        implicit_multiplication,
        parse_expr,
        standard_transformations,
    )

    rules = (*standard_transformations, convert_xor, implicit_multiplication)
    return lambda text: parse_expr(text, local_dict=dict(names), transformations=rules)


# ----- mathematics_dataset ---------------------------------------------------------------------------------------


def dataset(python: str, count: int) -> Entrant:
    """Problems with an answer from mathematics_dataset, timed by its own process in an interpreter that has it."""
    name = "mathematics_dataset"
    command = [python, "-W", "ignore", str(Path(__file__).with_name("dataset_peer.py"))]

    def one_round(_: int) -> float:
        return float(subprocess.run([*command, str(count)], capture_output=True, check=True, text=True).stdout)

    installed = which(python) and subprocess.run([*command, "1"], capture_output=True, check=False).returncode == 0
    return Entrant(name, one_round if installed else None)
