"""Simulated students: families of problems worked by hand-written formulas, rightly and with the slips people make.

Nothing here is shared with the marking that is measured by it; the givens of a variant are all that is taken.
"""

from benchmarks.students import (
    backprop,
    chains,
    derivatives,
    descent,
    determinants,
    fourth_numbers,
    further_derivatives,
    further_entries,
    further_matrices,
    further_networks,
    further_numbers,
    gates,
    graphs,
    jacobians,
    logistic,
    losses,
    matrices,
    matrix_calculus,
    momentum,
    networks,
    optimisers,
    parabola,
    points,
    stopping,
    third_derivatives,
    third_matrices,
    zero_weights,
)
from benchmarks.students.sheet import Family

_MODULES = (
    optimisers, momentum, parabola, descent, stopping, points, jacobians, logistic, losses, networks, gates, backprop,
    zero_weights, graphs,
    matrices, matrix_calculus, determinants, derivatives, chains,
    further_matrices, further_derivatives, further_networks, further_numbers, further_entries,
    third_derivatives, third_matrices, fourth_numbers,
)  # fmt: skip
# What is further to a family takes its place.
FAMILIES: dict[str, Family] = {family.problem: family for module in _MODULES for family in module.FAMILIES}
