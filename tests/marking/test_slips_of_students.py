"""Slips that students of the course made, row by row: what is told of them, in a problem of the bank."""

from __future__ import annotations

import numpy as np
import pytest

import grader
from grader.chance.codes import decode

ROWS = [
    ("took A for symmetric", "md-quadratic-form", "JK9P-7W72-2SA1Q", {"g": "-4Ax"}, {"g": "as-symmetric"}),
    ("the transpose of A alone", "md-quadratic-form", "JK9P-7W72-2SA1Q", {"g": "-4A^T x"}, {"g": "symmetric-only"}),
    ("the slope lost its sign", "sigmoid-derivative-form", "ZM5E-9Q56-26Q56", {"through": "5s(1-s)"},
     {"through": "minus-sign"}),
    ("a factor lost", "grad-at-point", "JBVC-RVQX-HDHGJ", {"f2": "-4x2/(x1^2+3x2^2)"}, {"f2": "factor-dropped"}),
    ("a nought that is no evidence", "gd-nd-steps", "SKNM-AWS4-E6HN1", {"g[1]": "(0; -12)"},
     {"g[1]": "activation-missing table-slip names-swapped"}),
    ("coordinates one after the other", "gd-nd-steps", "SKNM-AWS4-E6HN1", {"g[1]": "(12; -3.614)"},
     {"g[1]": "one-by-one"}),
    ("the weight before in every round", "sgd-linreg-steps", "ED1C-ECMS-E0P89",
     {"g[1]": "-12", "w[1]": "0.6", "g[2]": "-18", "w[2]": "1.5", "g[3]": "28.8", "w[3]": "0.06"},
     {"g[3]": "old-for-new"}),
    ("the slope of the sigmoid for that of tanh", "backprop-scalar-chain", "RTZH-2VWW-7CKDD", {"d2": "0.493"},
     {"d2": "other-function"}),
    ("corrected moments carried on", "adam-two-steps", "Z5RV-P9GH-XZFQF", {"m[2]": "-43.5", "v[2]": "2066.3125"},
     {"m[2]": "other-quantity", "v[2]": "other-quantity"}),
    ("too few digits in an array", "md-lndet", "2P15-3VCV-X1GNE", {"G0": "[0.1667, 0; -0.2222, 0.1667]"}, {"G0": None}),
    ("too few digits of what the own sheet gives", "layerwise-update-variant", "0000-0019-MJFGP",
     {"u": "-1.788", "e1": "12.87"}, {"e1": None}),
    ("one digit of what the own sheet gives", "layerwise-update-variant", "0000-0019-MJFGP",
     {"u": "-1.788", "e1": "12.8796"}, {"e1": "one-digit"}),
    ("the other coefficient", "matrix-add", "0000-0001-MHAX6", {"P": "[8, 4, 8; -8, -6, -8; 8, 2, 4]"},
     {"P": "names-swapped"}),
    ("one product left out", "matrix-mul", "0000-0001-3H42M", {"C": "[-14, 5; 10, -5]"}, {"C": "term-dropped"}),
    ("the sign of one product", "matrix-mul", "0000-0001-3H42M", {"C": "[-14, -7; 19, -5]"}, {"C": "sign"}),
    ("a sum off by two", "matrix-mul", "0000-0001-3H42M", {"C": "[-14, 5; 21, -5]"}, {"C": None}),
    ("a sum that is 0 by one", "matrix-mul", "0000-0002-3H4SH", {"C": "[-15, 5; -3, 0]"}, {"C": None}),
    ("a sum with another unit", "matrix-mul", "0000-0001-3H42M", {"C": "[-14.0, 5.0; 18.0, -5.0]"}, {"C": None}),
    ("the distance for the factor", "lr-regime-choice", "0000-0000-ZNFPM", {"q": "7"}, {"q": "distance-for-factor"}),
    ("the rate added", "lr-regime-choice", "0000-0000-ZNFPM", {"q": "-4.8"}, {"q": "rate-added"}),
    ("a factor of −1 lost is a sign", "backprop-scalar-chain", "0000-0000-7CKR3", {"o1": "-0.9640275800758169"},
     {"o1": "sign"}),
    ("the arrow read as and", "logic-gates", "0000-0000-P2MHW", {"t": "(0, 0, 1, 0)"}, {"t": "both-for-arrow"}),
    ("one row of a table", "logic-gates", "0000-0000-P2MHW", {"t": "(0, 1, 1, 0)"}, {"t": None}),
    ("a table of ones", "logic-gates", "0000-0000-P2MHW", {"u": "(1, 1, 1, 1, 1, 1, 1, 1)"}, {"u": None}),
    ("a digit that is no rounding", "backprop-scalar-chain", "RTZH-2VWW-7CKDD", {"o1": "-0.8051"}, {"o1": "one-digit"}),
    ("f'g' in the numbers alone", "product-rule", "0000-0000-68Y3E",
     {"dy": "3 sin x + (3x - 1) cos x", "value": "-1.2484"}, {"value": "product-rule"}),
    ("f'/g' in the numbers alone", "quotient-rule", "0000-0001-9W5ZN", {"dy": "-8/(3x+2)^2", "value": "5/3"},
     {"value": "quotient-rule"}),
    ("the square of g lost in the numbers", "quotient-rule", "0000-0001-9W5ZN",
     {"dy": "-8/(3x+2)^2", "value": "-0.72727"}, {"value": "power-dropped"}),
    ("a diagonal not doubled in the numbers", "md-quadratic-form", "0000-0000-2SAK8", {"g0": "[21, -6]"},
     {"g0": "term-dropped"}),
    ("noughts that the author has words for", "backprop-relu-two-layer", "0000-000Z-YH3C9", {"yhat": "(0, 0)"},
     {"yhat": "relu-over-the-forecast"}),
    ("a decimal root for an exact value", "loo-fold-count", "0000-000B-FFY8H", {"V1": "4.4045"}, {"V1": "root-taken"}),
    ("two digits of it tell nothing", "loo-fold-count", "0000-000B-FFY8H", {"V1": "4.4"}, {"V1": None}),
    ("another decimal near the root", "loo-fold-count", "0000-000B-FFY8H", {"V1": "4.4047"}, {"V1": None}),
    ("a decimal for a whole number", "sample-size-rule", "0000-000C-9TY04", {"M": "1016.67"}, {"M": "not-rounded"}),
    ("few digits, or the biases lost", "separable-conv-params", "0000-000B-E2EHD", {"L": "0.04"},
     {"L": "limit-without-biases"}),
    ("few digits of the right number", "separable-conv-params", "0000-000B-E2EHD", {"L": "0.044"}, {"L": None}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("problem", "code", "answers", "told"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_rows(problem: str, code: str, answers: dict[str, str], told: dict[str, str | None]) -> None:
    verdicts = {found.ask: found for found in grader.bank()[problem].variant(decode(code)[0]).mark(answers)}
    found = {ask: [slip.rule for slip in verdicts[ask].slips] for ask in told}
    assert found == {ask: rule.split() if rule else [] for ask, rule in told.items()}


def test_an_array_with_too_few_digits_is_told_so() -> None:
    variant = grader.bank()["md-lndet"].variant(decode("2P15-3VCV-X1GNE")[0])
    (found,) = (verdict for verdict in variant.mark({"G0": "[0.1667, 0; -0.2222, 0.1667]"}) if verdict.ask == "G0")
    assert (found.status, found.reasons[-1].key) == ("coarse", "answer-coarse-exact")
    (found,) = (verdict for verdict in variant.mark({"G0": "[0.2, 0; -0.2222, 0.5]"}) if verdict.ask == "G0")
    assert found.status == "partly"


def test_a_product_in_the_other_order_has_another_shape() -> None:
    problem = grader.bank()["matrix-mul"]
    variant = next(variant for variant in problem.variants(range(20)) if str(variant.given["inner"]) == "3")
    a, b = (np.array(variant.given[name]) for name in "AB")
    (found,) = variant.mark({"C": str((b @ a).tolist())})
    assert [slip.rule for slip in found.slips] == ["other-order"]
