"""Simulated students: families of problems worked by hand-written formulas, rightly and with the slips people make.

Nothing here is shared with the marking that is measured by it; the givens of a variant are all that is taken.
"""

from benchmarks.students import (
    backprop,
    derivatives,
    descent,
    losses,
    matrices,
    matrix_calculus,
    networks,
    optimisers,
    points,
)
from benchmarks.students.sheet import Family

_MODULES = (optimisers, descent, points, losses, networks, backprop, matrices, matrix_calculus, derivatives)
FAMILIES: dict[str, Family] = {family.problem: family for module in _MODULES for family in module.FAMILIES}
