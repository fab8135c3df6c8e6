"""THE table of primitives: everything about a function or an operator stands once, in its row.

To add a function is to add a row: the parser, the evaluator (NumPy and autograd), the high-precision evaluator, the
differentiator, the typesetter and the SymPy exporter look it up here and contain no function names of their own.

Columns
    name         in a tree and, for functions, in text; `aliases` are further spellings (Russian and NumPy's included)
    value        name of a NumPy function, or `f(xp, *arrays)` on batched arrays (see `shapes`)
    arity        least and greatest number of arguments
    derivatives  of an entrywise function by each argument, in the language itself, arguments named a, b;
                 None for array functions (those are differentiated by autograd, or are linear)
    linear       the function commutes with differentiation by a number (sum, tr, transpose)
    latex        a LaTeX command (`\\sin`) or a layout with {0}, {1}; `latex_ru` where Russian print differs
    mp           name of the mpmath function, or `f(mp, *numbers)`
    sympy        name of the SymPy function, or `f(sympy, *arguments)`; of an array function on SymPy matrices
    spec_only    not offered to students
    irrational   an array function whose values are seldom fractions; of an entrywise one its derivative tells
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import msgspec

from grader.arrays import NUMPY, Floats, Numeric, Truths
from grader.errors import ShapeFault
from grader.language import shapes, windows

Operation = Callable[..., Floats]
"""f(xp, *arrays); arrays may be autograd's boxes around them."""
Foreign = str | Callable[..., Any]
"""The name of a function of mpmath or SymPy, or f(library, *its own values)."""


class Primitive(msgspec.Struct, frozen=True):
    """A row; see the head of the module for the columns."""

    name: str
    value: str | Operation
    arity: tuple[int, int] = (1, 1)
    derivatives: tuple[str, ...] | None = None
    linear: bool = False
    latex: str = ""
    latex_ru: str = ""
    mp: Foreign = ""
    sympy: Foreign = ""
    aliases: tuple[str, ...] = ()
    spec_only: bool = False
    operator: bool = False
    irrational: bool = False
    listed: bool = False  # of one vector, whose entries may be typed as arguments

    @property
    def by_calculator(self) -> bool:
        """Are its values seldom fractions: it is made of more than straight pieces and arithmetic."""
        if self.operator or self.derivatives is None:
            return self.irrational
        return not {"0", "sign(a)", "step(a)"}.issuperset(self.derivatives)

    @property
    def entrywise(self) -> bool:
        """Acts on every entry by itself (so its derivatives are given in the language)."""
        return self.derivatives is not None


def _sigmoid(xp: Numeric, a: Floats) -> Floats:
    return 1.0 / (1.0 + xp.exp(-a))


def _relu(xp: Numeric, a: Floats) -> Floats:
    return xp.where(a > 0, a, 0.0 * a)  # where, not maximum: the derivative at 0 is 0 (SYLLABUS section 0)


def _step(xp: Numeric, a: Floats) -> Floats:
    return xp.where(a > 0, 1.0, 0.0) + 0.0 * a


def _softplus(xp: Numeric, a: Floats) -> Floats:
    return xp.log1p(xp.exp(-xp.abs(a))) + xp.where(a > 0, a, 0.0 * a)


def _log(xp: Numeric, a: Floats, *base: Floats) -> Floats:
    if not base:
        return xp.log(a)
    a, b = shapes.align(a, base[0])
    return xp.log(a) / xp.log(b)


def _entrywise(operation: Callable[[Floats, Floats], Floats]) -> Operation:
    return lambda xp, a, b: operation(*shapes.align(a, b))


def _compare(operation: Callable[[Floats, Floats], Truths]) -> Operation:
    def value(xp: Numeric, a: Floats, b: Floats) -> Floats:
        a, b = shapes.align(a, b)
        # Reference values carry rounding noise; a condition of a spec means the numbers, not their last bits.
        noise = 1e-9 * xp.maximum(1.0, xp.maximum(xp.abs(a), xp.abs(b)))
        return shapes.extreme(xp, "min", (xp.where(operation(a - b, noise), 1.0, 0.0),))

    return value


_equal = _compare(lambda d, noise: abs(d) <= noise)


def _truth(name: str) -> Operation:
    return lambda xp, *args: shapes.extreme(xp, name, args)


def _when(xp: Numeric, condition: Floats, a: Floats, b: Floats) -> Floats:
    a, b = shapes.align(a, b)
    if condition.ndim < a.ndim:
        condition = condition.reshape(condition.shape + (1,) * (a.ndim - 1))
    return xp.where(condition > 0.5, a, b)


def _dot(xp: Numeric, a: Floats, b: Floats) -> Floats:
    a, b = shapes.align(a, b)
    return shapes.reduce_sum(xp, a * b)


def _softmax_sympy(sp: Any, a: Any) -> Any:
    rows = [a] if a.cols == 1 else [a.row(number) for number in range(a.rows)]
    done = [row.applyfunc(sp.exp) / sum(row.applyfunc(sp.exp)) for row in rows]
    return done[0] if a.cols == 1 else sp.Matrix.vstack(*done)


def _argmax(xp: Numeric, a: Floats) -> Floats:
    return xp.argmax(a.reshape(a.shape[0], -1), axis=1) + 1.0


def _entry(xp: Numeric, array: Floats, *indices: Floats) -> Floats:
    """Entries by 1-based indices that may differ over the batch, as a masked sum (autograd differentiates that)."""
    if len(indices) > array.ndim - 1:
        raise ShapeFault("shape-entry", shape=shapes.in_words(shapes.shape_of(array)))
    for index in indices:
        if index.ndim > 1:
            raise ShapeFault("shape-index", shape=shapes.in_words(shapes.shape_of(index)))
        mask = (xp.arange(1, array.shape[1] + 1) == xp.round(index)[:, None]) * 1.0
        array = xp.sum(array * mask.reshape(mask.shape + (1,) * (array.ndim - 2)), axis=1)
        beyond = 1.0 - (index >= 1) * (index <= mask.shape[1]) > 0.5  # NaN is beyond as well
        array = array + xp.where(beyond, xp.nan, 0.0).reshape((-1,) + (1,) * (array.ndim - 1))
    return array


def _pool(name: str, xp: Numeric, image: Floats, size: Floats, *stride: Floats) -> Floats:
    return windows.pool(xp, name, image, size, *stride)


_ROWS = (
    # ----- Operators ---------------------------------------------------------------------------------------------
    Primitive("add", _entrywise(lambda a, b: a + b), (2, 2), ("1", "1"), operator=True),
    Primitive("sub", _entrywise(lambda a, b: a - b), (2, 2), ("1", "-1"), operator=True),
    Primitive("mul", shapes.product, (2, 2), operator=True, aliases=("matmul",)),
    Primitive("div", shapes.quotient, (2, 2), ("1/b", "-a/b^2"), operator=True),
    Primitive("pow", shapes.power, (2, 2), ("b*a^(b-1)", "a^b*ln(a)"), operator=True, aliases=("pow",)),
    Primitive("neg", lambda xp, a: -a, (1, 1), ("-1",), operator=True),
    Primitive("emul", _entrywise(lambda a, b: a * b), (2, 2), ("b", "a"), operator=True),
    Primitive("ediv", _entrywise(lambda a, b: a / b), (2, 2), ("1/b", "-a/b^2"), operator=True),
    Primitive("epow", _entrywise(lambda a, b: a**b), (2, 2), ("b*a^(b-1)", "a^b*ln(a)"), operator=True),
    Primitive("transpose", shapes.transpose, linear=True, operator=True, aliases=("transpose",)),
    # ----- Powers and logarithms ---------------------------------------------------------------------------------
    Primitive("exp", "exp", (1, 1), ("exp(a)",), latex="e^{{{0}}}", mp="exp", sympy="exp"),
    Primitive("ln", _log, (1, 2), ("1/(a*ln(b))", "-ln(a)/(b*ln(b)^2)"), latex=r"\ln",
              mp="log", sympy="log", aliases=("log",)),
    Primitive("log2", "log2", (1, 1), ("1/(a*ln(2))",), latex=r"\log_{{2}}", mp=lambda mp, a: mp.log(a, 2),
              sympy=lambda sp, a: sp.log(a, 2)),
    Primitive("log10", "log10", (1, 1), ("1/(a*ln(10))",), latex=r"\log_{{10}}", latex_ru=r"\lg", mp="log10",
              sympy=lambda sp, a: sp.log(a, 10), aliases=("lg",)),
    Primitive("sqrt", "sqrt", (1, 1), ("1/(2*sqrt(a))",), latex=r"\sqrt{{{0}}}", mp="sqrt", sympy="sqrt"),
    Primitive("cbrt", lambda xp, a: xp.sign(a) * xp.abs(a) ** (1 / 3), (1, 1), ("1/(3*cbrt(a)^2)",),
              latex=r"\sqrt[3]{{{0}}}", mp=lambda mp, a: mp.sign(a) * mp.cbrt(abs(a)),
              sympy=lambda sp, a: sp.real_root(a, 3)),
    # ----- Trigonometric and hyperbolic --------------------------------------------------------------------------
    Primitive("sin", "sin", (1, 1), ("cos(a)",), latex=r"\sin", mp="sin", sympy="sin"),
    Primitive("cos", "cos", (1, 1), ("-sin(a)",), latex=r"\cos", mp="cos", sympy="cos"),
    Primitive("tan", "tan", (1, 1), ("1/cos(a)^2",), latex=r"\tan", latex_ru=r"\operatorname{{tg}}",
              mp="tan", sympy="tan", aliases=("tg",)),
    Primitive("cot", lambda xp, a: 1.0 / xp.tan(a), (1, 1), ("-1/sin(a)^2",), latex=r"\cot",
              latex_ru=r"\operatorname{{ctg}}", mp="cot", sympy="cot", aliases=("ctg", "cotg", "cotan")),
    Primitive("sec", lambda xp, a: 1.0 / xp.cos(a), (1, 1), ("sin(a)/cos(a)^2",), latex=r"\sec", mp="sec",
              sympy="sec"),
    Primitive("csc", lambda xp, a: 1.0 / xp.sin(a), (1, 1), ("-cos(a)/sin(a)^2",), latex=r"\csc", mp="csc",
              sympy="csc", aliases=("cosec",)),
    Primitive("arcsin", "arcsin", (1, 1), ("1/sqrt(1-a^2)",), latex=r"\arcsin", mp="asin", sympy="asin",
              aliases=("asin",)),
    Primitive("arccos", "arccos", (1, 1), ("-1/sqrt(1-a^2)",), latex=r"\arccos", mp="acos", sympy="acos",
              aliases=("acos",)),
    Primitive("arctan", "arctan", (1, 1), ("1/(1+a^2)",), latex=r"\arctan", latex_ru=r"\operatorname{{arctg}}",
              mp="atan", sympy="atan", aliases=("atan", "arctg")),
    Primitive("arccot", lambda xp, a: xp.pi / 2 - xp.arctan(a), (1, 1), ("-1/(1+a^2)",),
              latex=r"\operatorname{{arccot}}", latex_ru=r"\operatorname{{arcctg}}",
              mp=lambda mp, a: mp.pi / 2 - mp.atan(a),
              sympy=lambda sp, a: sp.pi / 2 - sp.atan(a), aliases=("acot", "arcctg")),
    Primitive("sinh", "sinh", (1, 1), ("cosh(a)",), latex=r"\sinh", latex_ru=r"\operatorname{{sh}}", mp="sinh",
              sympy="sinh", aliases=("sh",)),
    Primitive("cosh", "cosh", (1, 1), ("sinh(a)",), latex=r"\cosh", latex_ru=r"\operatorname{{ch}}", mp="cosh",
              sympy="cosh", aliases=("ch",)),
    Primitive("tanh", "tanh", (1, 1), ("1-tanh(a)^2",), latex=r"\tanh", latex_ru=r"\operatorname{{th}}", mp="tanh",
              sympy="tanh", aliases=("th",)),
    Primitive("coth", lambda xp, a: 1.0 / xp.tanh(a), (1, 1), ("-1/sinh(a)^2",), latex=r"\coth",
              latex_ru=r"\operatorname{{cth}}", mp="coth", sympy="coth", aliases=("cth",)),
    Primitive("arcsinh", "arcsinh", (1, 1), ("1/sqrt(1+a^2)",), latex=r"\operatorname{{arsinh}}", mp="asinh",
              sympy="asinh", aliases=("asinh", "arsinh")),
    Primitive("arccosh", "arccosh", (1, 1), ("1/(sqrt(a-1)*sqrt(a+1))",), latex=r"\operatorname{{arcosh}}",
              mp="acosh", sympy="acosh", aliases=("acosh", "arcosh")),
    Primitive("arctanh", "arctanh", (1, 1), ("1/(1-a^2)",), latex=r"\operatorname{{artanh}}", mp="atanh",
              sympy="atanh", aliases=("atanh", "artanh")),
    # ----- Pieces and activations --------------------------------------------------------------------------------
    Primitive("abs", "abs", (1, 1), ("sign(a)",), latex=r"\left\lvert {0} \right\rvert",
              mp=lambda mp, a: abs(a), sympy="Abs"),
    Primitive("sign", "sign", (1, 1), ("0",), latex=r"\operatorname{{sign}}", mp="sign", sympy="sign",
              aliases=("sgn",)),
    Primitive("floor", "floor", (1, 1), ("0",), latex=r"\left\lfloor {0} \right\rfloor", mp="floor", sympy="floor"),
    Primitive("ceil", "ceil", (1, 1), ("0",), latex=r"\left\lceil {0} \right\rceil", mp="ceil", sympy="ceiling"),
    Primitive("sigmoid", _sigmoid, (1, 1), ("sigmoid(a)*(1-sigmoid(a))",), latex=r"\sigma",
              mp=lambda mp, a: 1 / (1 + mp.exp(-a)),
              sympy=lambda sp, a: 1 / (1 + sp.exp(-a)), aliases=("sigma", "logistic")),
    Primitive("relu", _relu, (1, 1), ("step(a)",), latex=r"\operatorname{{ReLU}}",
              mp=lambda mp, a: a if a > 0 else 0 * a,
              sympy=lambda sp, a: sp.Max(0, a), aliases=("ReLU", "ReLu")),
    Primitive("step", _step, (1, 1), ("0",), latex=r"\operatorname{{step}}",
              mp=lambda mp, a: mp.mpf(1 if a > 0 else 0), sympy=lambda sp, a: sp.Heaviside(a, 0)),
    Primitive("softplus", _softplus, (1, 1), ("sigmoid(a)",), latex=r"\operatorname{{softplus}}",
              mp=lambda mp, a: mp.log(1 + mp.exp(a)), sympy=lambda sp, a: sp.log(1 + sp.exp(a))),
    # ----- Arrays ------------------------------------------------------------------------------------------------
    Primitive("sum", shapes.reduce_sum, linear=True, listed=True, latex=r"\operatorname{{sum}}",
              sympy=lambda sp, a: sum(a)),
    Primitive("mean", shapes.reduce_mean, linear=True, listed=True, latex=r"\operatorname{{mean}}",
              sympy=lambda sp, a: sum(a) / len(a)),
    Primitive("tr", shapes.trace, linear=True, latex=r"\operatorname{{tr}}", sympy=lambda sp, a: a.trace(),
              aliases=("trace", "Tr")),
    Primitive("det", shapes.determinant, latex=r"\det", sympy=lambda sp, a: a.det()),
    Primitive("inv", shapes.inverse, latex="{0}^{{-1}}", sympy=lambda sp, a: a.inv(), aliases=("inverse",)),
    Primitive("norm", shapes.norm, latex=r"\left\lVert {0} \right\rVert", sympy=lambda sp, a: a.norm(),
              irrational=True, listed=True),
    Primitive("norm2", shapes.vector_norm, latex=r"\operatorname{{norm}}_{{2}}", sympy=lambda sp, a: a.norm(),
              irrational=True),
    Primitive("vec", shapes.vec, linear=True, latex=r"\operatorname{{vec}}", sympy=lambda sp, a: a.vec()),
    Primitive("kron", shapes.kronecker, (2, 2), sympy=lambda sp, a, b: sp.kronecker_product(a, b)),
    Primitive("diag", shapes.diagonal, linear=True, listed=True, latex=r"\operatorname{{diag}}",
              sympy=lambda sp, a: sp.diag(*a) if a.cols == 1 else a.diagonal().T),
    Primitive("softmax", shapes.softmax, latex=r"\operatorname{{softmax}}", sympy=_softmax_sympy,
              irrational=True, listed=True),
    Primitive("dot", _dot, (2, 2), latex=r"\left\langle {0}, {1} \right\rangle",
              sympy=lambda sp, a, b: sum(a.multiply_elementwise(b))),
    Primitive("max", lambda xp, *args: shapes.extreme(xp, "max", args), (1, 9), latex=r"\max", aliases=("maximum",),
              sympy=lambda sp, *args: sp.Max(*[entry for arg in args for entry in arg])),
    Primitive("min", lambda xp, *args: shapes.extreme(xp, "min", args), (1, 9), latex=r"\min", aliases=("minimum",),
              sympy=lambda sp, *args: sp.Min(*[entry for arg in args for entry in arg])),
    Primitive("identity", shapes.identity, sympy=lambda sp, a: sp.eye(a.rows), spec_only=True, operator=True),
    # ----- Specs only: conditions --------------------------------------------------------------------------------
    Primitive("eq", _equal, (2, 2), latex="=", spec_only=True, operator=True),
    Primitive("ne", lambda xp, a, b: 1.0 - _equal(xp, a, b), (2, 2), latex=r"\ne", spec_only=True, operator=True),
    Primitive("lt", _compare(lambda d, noise: d < -noise), (2, 2), latex="<", spec_only=True, operator=True),
    Primitive("le", _compare(lambda d, noise: d <= noise), (2, 2), latex=r"\le", spec_only=True, operator=True),
    Primitive("gt", _compare(lambda d, noise: d > noise), (2, 2), latex=">", spec_only=True, operator=True),
    Primitive("ge", _compare(lambda d, noise: d >= -noise), (2, 2), latex=r"\ge", spec_only=True, operator=True),
    Primitive("and", _truth("min"), (2, 2), latex=r"\wedge", spec_only=True, operator=True),
    Primitive("or", _truth("max"), (2, 2), latex=r"\vee", spec_only=True, operator=True),
    Primitive("not", lambda xp, a: 1.0 - a, latex=r"\neg", spec_only=True, operator=True),
    Primitive("if", _when, (3, 3), spec_only=True),
    Primitive("entry", _entry, (2, 3), spec_only=True),
    Primitive("conv2d", windows.conv2d, (2, 3), spec_only=True, latex=r"\operatorname{{conv}}"),
    Primitive("pad", windows.pad, (2, 2), spec_only=True, latex=r"\operatorname{{pad}}"),
    Primitive("maxpool", partial(_pool, "maxpool"), (2, 3), spec_only=True, latex=r"\operatorname{{maxpool}}"),
    Primitive("avgpool", partial(_pool, "avgpool"), (2, 3), spec_only=True, latex=r"\operatorname{{avgpool}}"),
    Primitive("argmax", _argmax, spec_only=True, latex=r"\operatorname{{argmax}}"),
)  # fmt: skip

PRIMITIVES: dict[str, Primitive] = {row.name: row for row in _ROWS}


@cache
def bound_primitives(xp: Numeric = NUMPY) -> dict[str, Callable[..., Floats]]:
    """Row name → function of the arrays, bound to one NumPy."""
    return {
        name: getattr(xp, row.value) if isinstance(row.value, str) else partial(row.value, xp)
        for name, row in PRIMITIVES.items()
    }


SPECIAL_FORMS = {
    "grad": (2, 2), "jacobian": (2, 2), "hessian": (2, 2), "diff": (2, 3),
    "iterate": (3, 3), "count_until": (3, 3),
}  # fmt: skip
"""Spec-only forms that take functions or names, not values; see `grader.language.evaluate`."""
REPETITIONS = frozenset({"iterate", "count_until"})
FUNCTION_PLACES = {
    "grad": {0: 1}, "jacobian": {0: 1}, "hessian": {0: 1}, "iterate": {0: 1}, "count_until": {0: 1, 2: 2},
}  # fmt: skip
"""Which arguments of a special form may be the bare name of a function, and of how many arguments that is one."""

FUNCTIONS: dict[str, str] = {
    spelling: row.name for row in _ROWS for spelling in (*([] if row.operator else [row.name]), *row.aliases)
}
"""Every spelling of a function in text, to the name of its row; operators have one only where it is an alias."""

CONSTANTS = {"pi": 3.141592653589793, "e": 2.718281828459045}
