"""Simulated students: families of problems worked by hand-written formulas, rightly and with the slips people make.

Nothing here is shared with the marking that is measured by it; the givens of a variant are all that is taken.
"""

from benchmarks.students import (
    adaptive,
    backprop,
    chains,
    derivatives,
    descent,
    determinants,
    extremes,
    forecast,
    fourth_numbers,
    full_batch,
    further_derivatives,
    further_entries,
    further_matrices,
    further_networks,
    further_numbers,
    gates,
    graphs,
    jacobians,
    logistic,
    lookahead,
    losses,
    matrices,
    matrix_calculus,
    momentum,
    networks,
    optimisers,
    parabola,
    points,
    products,
    pushes,
    saddles,
    shapes,
    sigmoid_rules,
    sigmoids,
    slopes,
    steady,
    stopping,
    third_derivatives,
    third_matrices,
    traces,
    uneven,
    upper,
    vector_chains,
    zero_weights,
)
from benchmarks.students.sheet import Family

_MODULES = (
    optimisers, momentum, parabola, descent, stopping, points, jacobians, logistic, losses, networks, gates, backprop,
    zero_weights, graphs,
    matrices, matrix_calculus, determinants, derivatives, chains,
    further_matrices, further_derivatives, further_networks, further_numbers, further_entries,
    third_derivatives, third_matrices, fourth_numbers,
    vector_chains, full_batch, shapes,
    lookahead, adaptive, pushes, steady, uneven, upper,
    products, traces,
    sigmoids, sigmoid_rules, slopes, forecast, extremes, saddles,
)  # fmt: skip
# What is further to a family takes its place.
FAMILIES: dict[str, Family] = {family.problem: family for module in _MODULES for family in module.FAMILIES}
