"""Exercises in the maths of machine learning: a variant per student, printed, and marked like a patient teacher would.

import grader
p = grader.bank()["adam-two-steps"]      # or grader.load("problems/optimisers/adam-two-steps.yaml")
v = p.variant(seed=7)
v.given, v.solution
v.mark({"w[1]": "0.95"})
p.variants(range(1000))                  # a batch
grader.compare("2x cos(x^2)", "2*x*cos(x^2)", variables=["x"]).verdict
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.api import Comparison, Problem, ProblemBank, Variant, Variants, Verdict, bank, compare, load

__version__ = "0.1.0"
__all__ = ["Comparison", "Problem", "ProblemBank", "Variant", "Variants", "Verdict", "bank", "compare", "load"]


def __getattr__(name: str) -> Any:
    """Public names on first use: `import grader` alone costs nothing."""
    if name in __all__:
        from grader import api

        return getattr(api, name)
    raise AttributeError(f"module 'grader' has no attribute {name!r}")
