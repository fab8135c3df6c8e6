"""Stationary points of a function of two variables and what they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.sigmoids import chosen
from benchmarks.students.texts import put

# fx and fy of each kind; then both with a slip, "" where it cannot be made.
SURFACES: dict[str, dict[str, tuple[str, str]]] = {
    "cubic": {
        "right": ("3*k*x^2 - 3*k*a^2", "2*m*y - 2*m*b"),
        "exponent kept": ("3*k*x^3 - 3*k*a^2", "2*m*y^2 - 2*m*b"), "factor lost": ("k*x^2 - 3*k*a^2", "m*y - 2*m*b"),
        "other letter kept": ("3*k*x^2 - 3*k*a^2 + m*y^2 - 2*m*b*y", "2*m*y - 2*m*b + k*x^3 - 3*k*a^2*x"),
        "linear term lost": ("3*k*x^2", "2*m*y"), "letter kept": ("3*k*x^2 - 3*k*a^2*x", "2*m*y - 2*m*b*y"),
        "sign": ("3*k*x^2 + 3*k*a^2", "2*m*y + 2*m*b"),
    },
    "double": {
        "right": ("3*k*x^2 - 3*k*a^2", "3*m*y^2 - 3*m*b^2"),
        "exponent kept": ("3*k*x^3 - 3*k*a^2", "3*m*y^3 - 3*m*b^2"), "factor lost": ("k*x^2 - 3*k*a^2",
        "m*y^2 - 3*m*b^2"),
        "other letter kept": ("3*k*x^2 - 3*k*a^2 + m*y^3 - 3*m*b^2*y", "3*m*y^2 - 3*m*b^2 + k*x^3 - 3*k*a^2*x"),
        "linear term lost": ("3*k*x^2", "3*m*y^2"), "letter kept": ("3*k*x^2 - 3*k*a^2*x", "3*m*y^2 - 3*m*b^2*y"),
        "sign": ("3*k*x^2 + 3*k*a^2", "3*m*y^2 + 3*m*b^2"),
    },
    "quartic": {
        "right": ("4*k*x^3 - 4*k*t*a^2*y", "4*k*y^3 - 4*k*t*a^2*x"),
        "exponent kept": ("4*k*x^4 - 4*k*t*a^2*y", "4*k*y^4 - 4*k*t*a^2*x"), "factor lost": ("k*x^3 - 4*k*t*a^2*y",
        "k*y^3 - 4*k*t*a^2*x"),
        "other letter kept": ("4*k*x^3 - 4*k*t*a^2*y + k*y^4", "4*k*y^3 - 4*k*t*a^2*x + k*x^4"),
        "linear term lost": ("4*k*x^3", "4*k*y^3"), "wrong letter": ("4*k*x^3 - 4*k*t*a^2*x", "4*k*y^3 - 4*k*t*a^2*y"),
        "sign": ("4*k*x^3 + 4*k*t*a^2*y", "4*k*y^3 + 4*k*t*a^2*x"),
        "other letter lost": ("4*k*x^3 - 4*k*t*a^2", "4*k*y^3 - 4*k*t*a^2"),
    },
    "quadratic": {
        "right": ("2*u*x + s*y - (2*u*a + s*b)", "s*x + 2*w*y - (s*a + 2*w*b)"),
        "exponent kept": ("2*u*x^2 + s*y - (2*u*a + s*b)", "s*x + 2*w*y^2 - (s*a + 2*w*b)"),
        "factor lost": ("u*x + s*y - (2*u*a + s*b)", "s*x + w*y - (s*a + 2*w*b)"),
        "linear term lost": ("2*u*x + s*y", "s*x + 2*w*y"), "wrong letter": ("2*u*x + s*x - (2*u*a + s*b)",
        "s*y + 2*w*y - (s*a + 2*w*b)"),
        "letter kept": ("2*u*x + s*y - (2*u*a + s*b)*x", "s*x + 2*w*y - (s*a + 2*w*b)*y"),
        "other letter lost": ("2*u*x + s - (2*u*a + s*b)", "s + 2*w*y - (s*a + 2*w*b)"),
        "mixed term lost": ("2*u*x - (2*u*a + s*b)", "2*w*y - (s*a + 2*w*b)"),
    },
}  # fmt: skip


def surface(given: Given, sheet: Sheet) -> None:
    """Both derivatives, the stationary points, the Hessian at one of them and its determinant."""
    kind = str(given["kind"])
    k, m, a, b, t, u, s, w = (float(given[name]) for name in "kmabtusw")
    numbers = {"k": k, "m": m, "a": a, "b": b, "t": t, "u": u, "s": s, "w": w}
    fx, fy = SURFACES[kind]["right"]
    for name, (by_x, by_y) in SURFACES[kind].items():
        fx = by_x if name != "right" and sheet(f"{name} by x") else fx
        fy = by_y if name != "right" and sheet(f"{name} by y") else fy
    if sheet("derivatives swapped"):
        fx, fy = fy, fx
    sheet.write("fx", put(fx, **numbers))
    sheet.write("fy", put(fy, **numbers))
    points = np.array({
        "cubic": [[a, b], [-a, b]], "double": [[a, b], [a, -b], [-a, b], [-a, -b]],
        "quartic": [[0, 0], [a, t * a], [-a, -t * a]], "quadratic": [[a, b]],
    }[kind], float)  # fmt: skip
    if kind in ("cubic", "double") and sheet("positive roots alone"):
        points = np.array([[a, abs(b) if kind == "double" else b]])
    if kind == "double" and sheet("roots paired"):
        points = np.array([[a, b], [-a, -b]])
    if kind == "quartic" and sheet("origin overlooked"):
        points = points[1:]
    if kind == "quartic" and sheet("origin alone"):
        points = points[:1]
    if kind == "quartic" and sheet("negative point lost"):
        points = points[:2]
    if kind != "quartic" and sheet("coordinates swapped"):
        points = points[:, ::-1]
    if kind in ("cubic", "quadratic") and sheet("sign of y"):
        points = points * [1, -1]
    if kind in ("cubic", "double") and sheet("square not rooted"):
        points = np.sign(points) * np.abs(points) ** (2 if kind == "double" else np.array([2, 1]))
    sheet.write("S", points)
    x, y = {"double": (a, abs(b)), "quartic": (a, t * a)}.get(kind, (a, b))
    xx, xy, yy = {
        "cubic": (6 * k * x, 0.0, 2 * m), "double": (6 * k * x, 0.0, 6 * m * y),
        "quartic": (12 * k * x**2, -4 * k * t * a**2, 12 * k * y**2), "quadratic": (2 * u, s, 2 * w),
    }[kind]  # fmt: skip
    hessian: Any = np.array([[xx, xy], [xy, yy]])
    first = np.array([xx, yy])
    if kind in ("quartic", "quadratic") and sheet("mixed left out"):
        hessian = np.diag(first)
    if sheet("diagonal swapped"):
        hessian = np.array([[yy, xy], [xy, xx]])
    if kind in ("quartic", "quadratic") and sheet("sign of the mixed"):
        hessian = np.array([[xx, -xy], [-xy, yy]])
    if kind in ("quartic", "quadratic") and sheet("mixed on the diagonal"):
        hessian = np.array([[xy, xx], [yy, xy]])
    if kind in ("cubic", "double") and sheet("sign of the first"):
        hessian = np.array([[-xx, xy], [xy, yy]])
    if kind != "quartic" and sheet("factor two lost in the first"):
        hessian = np.array([[xx / 2, xy], [xy, yy]])
    if kind in ("cubic", "double", "quartic") and sheet("letter not put in"):
        hessian = np.array([[xx / x, xy], [xy, yy]])
    hessian = sheet.write("H", hessian)
    (p, q), (r, z) = hessian
    d = chosen(
        sheet, p * z - q * r,
        ("diagonals added", p * z + q * r), ("mixed not squared", p * z - q), ("trace", p + z),
        ("main diagonal alone", p * z),
        ("sign of the determinant", q * r - p * z), ("half of the determinant", (p * z - q * r) / 2),
        ("sum of all", p + z + 2 * q),
        ("difference of the diagonal", p - z), ("mixed twice", p * z - 2 * q),
    )  # fmt: skip
    sheet.write("D", d)


LETTERS = {
    "exponent kept": "power-kept exponent-off", "factor lost": "factor-dropped factor-two",
    "linear term lost": "term-dropped",
    "other letter kept": "other-function-kept constant-kept function-for-derivative power-kept",
    "letter kept": "power-kept exponent-off constant-kept function-for-derivative",
    "sign": "sign", "wrong letter": "names-swapped other-variable", "other letter lost": "factor-dropped",
    "mixed term lost": "term-dropped",
}  # fmt: skip
POINTS = "entry-left-out line-missing"
SURFACE = Family(
    "critical-point-classify",
    surface,
    (
        *(slip(f"{name} by {letter}", rules, f"f{letter}") for name, rules in LETTERS.items() for letter in "xy"),
        slip("derivatives swapped", "names-swapped other-variable other-blank", "fx fy", every=True),
        slip("positive roots alone", f"{POINTS} positive-alone", "S"),
        slip("roots paired", f"{POINTS} roots-paired", "S"),
        slip("origin overlooked", f"{POINTS} origin-overlooked", "S"),
        slip("origin alone", f"{POINTS} origin-alone", "S"),
        slip("negative point lost", f"{POINTS} negative-lost", "S"),
        slip("coordinates swapped", "coordinates-swapped names-swapped permuted transposed", "S"),
        slip("sign of y", "sign-of-y sign", "S"),
        slip("square not rooted", "square-not-rooted exponent-off", "S"),
        slip("mixed left out", "mixed-left-out term-dropped", "H"),
        slip("diagonal swapped", "diagonal-swapped names-swapped permuted index-off", "H"),
        slip("sign of the mixed", "sign", "H f_xy"),
        slip("mixed on the diagonal", "names-swapped permuted rows-for-columns", "H"),
        slip("sign of the first", "sign", "H f_xx P"),
        slip("factor two lost in the first", "factor-two factor-dropped", "H f_xx"),
        slip("letter not put in", "factor-dropped power-dropped", "H f_xx"),
        slip("diagonals added", "diagonals-added sign", "D"),
        slip("mixed not squared", "square-forgotten power-dropped factor-dropped", "D"),
        slip("trace", "trace other-operation", "D"),
        slip("main diagonal alone", "term-dropped", "D"),
        slip("sign of the determinant", "whole-sign sign", "D"),
        slip("half of the determinant", "factor-two", "D"),
        slip("mixed twice", "mixed-twice square-doubled factor-dropped", "D"),
        pen("digit", "D H"),
        pen("entry-sign", "H f_xx f_yy f_xy"),
        pen("power-of-ten", "D"),
    ),
    (("exponent kept by x", "trace"),),
)  # fmt: skip

FAMILIES = (SURFACE,)
