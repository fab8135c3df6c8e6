"""Sums over the paths of a graph."""

from __future__ import annotations

import numpy as np

from benchmarks.students.sheet import Family, Given, Sheet, pen, slip
from benchmarks.students.texts import put


def paths(given: Given, sheet: Sheet) -> None:
    """Products along the paths, their sums, the derivatives as formulas."""
    p, q, r, s, x, y, m = (given[name] for name in ("p", "q", "r", "s", "x0", "y0", "m"))
    m = int(m)
    c = r * x + s * y
    if sheet("minus in c"):
        c = r * x - s * y
    de = m * c ** (m - 1)
    if sheet("factor of the power lost"):
        de = c ** (m - 1)
    if sheet("exponent kept"):
        de = m * c**m
    de = sheet.write("de", de)
    via = [2 * p * x, q * y, r * de]
    if sheet("two lost in the first path"):
        via[0] = p * x
    if sheet("x squared kept"):
        via[0] = 2 * p * x**2
    letters = sheet("wrong letter on the edges into b")
    if letters:
        via[1] = q * x
    skipped = sheet("edge into c skipped")
    if skipped:
        via[2] = de
    if sheet("sum along the path for the product"):
        via[2] = r + de
    if sheet("value of e for its derivative"):
        via[2] = r * c**m
    if sheet("nodes for the edges"):
        via[0] = p * x**2
    if sheet("node b for the edge"):
        via[1] = q * x * y
    if sheet("number on the edge into a lost"):
        via[0] = 2 * x
    if sheet("number on the edge into b lost"):
        via[1] = y
    if sheet("paths in another order"):
        via = via[1:] + via[:1]
    if sheet("input as a factor on the edge into c"):
        via[2] = r * x * de
    if sheet("edge of y on the path from x"):
        via[2] = s * de
    px = sheet.write("px", np.array(via))
    other = [q * x, s * de]
    if sheet("number on the edge from y into b lost"):
        other[0] = x
    if sheet("input as a factor on the edge from y into c"):
        other[1] = s * y * de
    if letters:
        other[0] = q * y
    if skipped:
        other[1] = de
    if sheet("weight of the other edge"):
        other[1] = r * de
    py = sheet.write("py", np.array(other))
    by_x, by_y = px.sum(), py.sum()
    b, c_missed = sheet("path through b missed"), sheet("path through c missed")
    if b:
        by_x, by_y = px[0] + px[2], py[1]
    if c_missed:
        by_x, by_y = px[0] + px[1], py[0]
    if sheet("last path subtracted"):
        by_x = px[0] + px[1] - px[2]
    if sheet("paths multiplied"):
        by_x, by_y = px.prod(), py.prod()
    if sheet("path through a missed"):
        by_x = px[1] + px[2]
    if sheet("mean of the paths"):
        by_x, by_y = px.mean(), py.mean()
    if sheet("all paths together"):
        by_x = px.sum() + py.sum()
    if sheet("path from y subtracted"):
        by_y = py[0] - py[1]
    sheet.write("dfdx", float(by_x))
    sheet.write("dfdy", float(by_y))
    formulas(sheet, {"p": p, "q": q, "r": r, "s": s, "m": m, "n": m - 1})


def formulas(sheet: Sheet, numbers: dict[str, float]) -> None:
    """Both derivatives in x and y."""
    fx, fy = ["2*p*x", "q*y", "m*r*(r*x + s*y)^n"], ["q*x", "m*s*(r*x + s*y)^n"]
    if sheet("path through b missed") or sheet("b left out of the formula"):
        fx[1], fy[0] = "0", "0"
    if sheet("path through c missed"):
        fx[2], fy[1] = "0", "0"
    if sheet("factor of the power lost") or sheet("factor of the power lost in the formula"):
        fx[2], fy[1] = "r*(r*x + s*y)^n", "s*(r*x + s*y)^n"
    if sheet("edge into c skipped") or sheet("inner derivative lost in the formula"):
        fx[2], fy[1] = "m*(r*x + s*y)^n", "m*(r*x + s*y)^n"
    if sheet("wrong letter on the edges into b"):
        fx[1], fy[0] = "q*x", "q*y"
    if sheet("exponent kept in the formula"):
        fx[2] = "m*r*(r*x + s*y)^m"
    if sheet("sign in the formula"):
        fy[1] = "m*(-s)*(r*x + s*y)^n"
    if sheet("two lost in the formula"):
        fx[0] = "p*x"
    if sheet("path through a left out of the formula"):
        fx[0] = "0"
    if sheet("square kept in the formula"):
        fx[0] = "2*p*x^2"
    if sheet("term of y alone kept in the formula"):
        fx[2] = "m*r*(r*x)^n"
    if sheet("edges into c swapped in the formula"):
        fx[2], fy[1] = "m*s*(r*x + s*y)^n", "m*r*(r*x + s*y)^n"
    if sheet("both inner derivatives in the formula"):
        fx[2] = "m*(r + s)*(r*x + s*y)^n"
    if sheet("other derivative in the formula"):
        fx, fy = fy, fx
    if sheet("product kept whole in the formula"):
        fx[1] = "q*x*y"
    if sheet("number of the product lost in the formula"):
        fx[1], fy[0] = "y", "x"
    if sheet("letter inside the brackets left out of the formula"):
        fy[1] = "m*s*(r*x + y)^n"
    sheet.write("fx", put(" + ".join(fx), **numbers))
    sheet.write("fy", put(" + ".join(fy), **numbers))


PATHS = Family(
    "graph-path-sum",
    paths,
    (
        slip("minus in c", "sign", "c"),
        slip("factor of the power lost", "power-factor-lost factor-dropped factor-two", "de fx fy", every=True),
        slip("exponent kept", "power-kept exponent-off", "de"),
        slip("two lost in the first path", "factor-two factor-dropped", "ax px"),
        slip("x squared kept", "power-kept exponent-off", "ax px"),
        slip("wrong letter on the edges into b", "wrong-letter-in-product names-swapped", "bx by px fx fy", every=True),
        slip("edge into c skipped", "edge-into-c-skipped inner-lost factor-dropped", "px py fx fy", every=True),
        slip("weight of the other edge", "names-swapped index-off other-edge", "py cy"),
        slip("path through b missed", "path-through-b-missed term-dropped", "dfdx dfdy fx fy", every=True),
        slip("path through c missed", "path-through-c-missed term-dropped", "dfdx dfdy fx fy", every=True),
        slip("last path subtracted", "sign", "dfdx"),
        slip("b left out of the formula", "path-through-b-missed term-dropped", "fx fy"),
        slip("factor of the power lost in the formula", "power-factor-lost factor-dropped factor-two", "fx fy"),
        slip("inner derivative lost in the formula", "edge-into-c-skipped inner-lost factor-dropped", "fx fy"),
        slip("exponent kept in the formula", "power-kept exponent-off", "fx"),
        slip("sign in the formula", "sign", "fy"),
        slip("two lost in the formula", "factor-two factor-dropped", "fx"),
        slip("sum along the path for the product", "other-convention edges-added", "px"),
        slip("value of e for its derivative", "function-for-derivative exponent-off names-swapped", "px de"),
        slip("nodes for the edges", "function-for-derivative names-swapped exponent-off", "px ax"),
        slip("node b for the edge", "function-for-derivative names-swapped", "px bx"),
        slip("number on the edge into a lost", "factor-dropped", "ax px"),
        slip("number on the edge into b lost", "factor-dropped", "bx px"),
        slip("paths in another order", "permuted", "px"),
        slip("input as a factor on the edge into c", "constant-kept other-convention input-kept", "cx px"),
        slip("edge of y on the path from x", "names-swapped index-off other-edge", "px cx"),
        slip("number on the edge from y into b lost", "factor-dropped", "by py"),
        slip("input as a factor on the edge from y into c", "constant-kept other-convention input-kept", "cy py"),
        slip("paths multiplied", "other-convention paths-multiplied", "dfdx dfdy", every=True),
        slip("path through a missed", "term-dropped", "dfdx"),
        slip("mean of the paths", "sum-for-mean factor-two", "dfdx dfdy", every=True),
        slip("all paths together", "other-convention term-extra", "dfdx"),
        slip("path from y subtracted", "sign", "dfdy"),
        slip("path through a left out of the formula", "term-dropped", "fx"),
        slip("square kept in the formula", "power-kept exponent-off", "fx"),
        slip("term of y alone kept in the formula", "term-dropped", "fx"),
        slip("edges into c swapped in the formula", "names-swapped index-off other-edge", "fx fy"),
        slip("both inner derivatives in the formula", "other-variable other-convention", "fx"),
        slip("other derivative in the formula", "names-swapped", "fx fy", every=True),
        slip("product kept whole in the formula", "constant-kept power-kept function-for-derivative", "fx"),
        slip("number of the product lost in the formula", "factor-dropped", "fx fy"),
        slip("letter inside the brackets left out of the formula", "factor-dropped", "fy"),
        pen("digit", "de px py dfdx dfdy fx fy", "constant-factor constant-term exponent-off"),
        pen("digits", "de dfdx dfdy px"),
        pen("entry-sign", "px py"),
        pen("whole-sign", "de dfdx dfdy"),
        pen("permuted", "px py"),
        pen("other-blank", "dfdx dfdy"),
    ),
    (("exponent kept", "last path subtracted"), ("two lost in the first path", "exponent kept in the formula")),
)

FAMILIES = (PATHS,)
