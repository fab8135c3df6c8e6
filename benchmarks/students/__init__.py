"""Simulated students: 25 families of problems worked by hand-written formulas, rightly and with the slips people make.

Nothing here is shared with the marking that is measured by it; the givens of a variant are all that is taken.
"""

from benchmarks.students import descent, optimisers
from benchmarks.students.sheet import Family

FAMILIES: dict[str, Family] = {family.problem: family for module in (optimisers, descent) for family in module.FAMILIES}
