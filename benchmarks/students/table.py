"""The table of derivatives, and what people write instead of its rows."""

from __future__ import annotations

from benchmarks.students.sheet import Sheet, Slip, slip

# The table: the derivative of each function that occurs, and what people write instead.
TABLE = {
    "a*x + b": ("a", {"constant kept": "a + b", "letter kept": "a*x", "constant for the slope": "b"}),
    "c*x + d": ("c", {"constant kept": "c + d", "letter kept": "c*x", "constant for the slope": "d"}),
    "a*x^2 + b": ("2*a*x", {"exponent kept": "2*a*x^2", "factor lost": "a*x", "constant kept": "2*a*x + b",
                            "number lost": "2*x", "letter lost": "2*a"}),
    "x^2 + d": ("2*x", {"exponent kept": "2*x^2", "factor lost": "x", "constant kept": "2*x + d", "letter lost": "2"}),
    "x^n": ("n*x^(n-1)", {"exponent kept": "n*x^n", "factor lost": "x^(n-1)", "exponent raised": "n*x^(n+1)",
                          "integrated": "x^(n+1)/(n+1)", "lowered factor": "(n-1)*x^(n-1)"}),
    "x^m": ("m*x^(m-1)", {"exponent kept": "m*x^m", "factor lost": "x^(m-1)", "exponent raised": "m*x^(m+1)",
                          "integrated": "x^(m+1)/(m+1)", "lowered factor": "(m-1)*x^(m-1)"}),
    "x^m + b": ("m*x^(m-1)", {"exponent kept": "m*x^m", "factor lost": "x^(m-1)", "constant kept": "m*x^(m-1) + b",
                              "exponent raised": "m*x^(m+1)", "lowered factor": "(m-1)*x^(m-1)"}),
    "exp(x)": ("exp(x)", {"wrong row": "x*exp(x - 1)", "letter as a factor": "x*exp(x)"}),
    "exp(x) + b": ("exp(x)", {"wrong row": "x*exp(x - 1)", "constant kept": "exp(x) + b",
                              "letter as a factor": "x*exp(x)"}),
    "a^x": ("a^x*ln(a)", {"wrong row": "x*a^(x-1)", "factor lost": "a^x", "upside down": "a^x/ln(a)",
                          "other logarithm": "a^x*log10(a)"}),
    "ln(x)": ("1/x", {"sign": "-1/x", "square below": "1/x^2", "function kept": "ln(x)"}),
    "log_a(x)": ("1/(x*ln(a))", {"wrong row": "1/x", "upside down": "ln(a)/x", "letter lost": "1/ln(a)",
                                 "other logarithm": "1/(x*log10(a))"}),
    "sqrt(x)": ("1/(2*sqrt(x))", {"wrong row": "1/sqrt(x)", "root lost": "1/(2*x)", "upside down": "2*sqrt(x)",
                                  "root above": "sqrt(x)/2", "sign": "-1/(2*sqrt(x))"}),
    "sin(x)": ("cos(x)", {"wrong row": "-cos(x)", "other function": "-sin(x)", "function kept": "sin(x)"}),
    "cos(x)": ("-sin(x)", {"wrong row": "sin(x)", "other function": "-cos(x)", "function kept": "cos(x)"}),
    "tan(x)": ("1/cos(x)^2", {"wrong row": "1/cos(x)", "other function": "1/sin(x)^2", "sign": "-1/cos(x)^2",
                              "rule of arctan": "1/(1 + x^2)", "square kept above": "cos(x)^2"}),
}  # fmt: skip
SLIPS = {
    "exponent kept": "power-kept exponent-off",
    "factor lost": "factor-dropped factor-two table-slip",
    "constant kept": "constant-kept",
    "wrong row": "table-slip sign whole-sign power-dropped factor-two factor-dropped power-kept exponent-off",
    "upside down": "inverted table-slip",
    "root lost": "root-missing table-slip",
    "letter kept": "constant-kept power-kept exponent-off function-for-derivative term-dropped",
    "constant for the slope": "names-swapped term-dropped",
    "number lost": "factor-dropped factor-two",
    "letter lost": "factor-dropped exponent-off power-dropped table-slip",
    "exponent raised": "exponent-off sign",
    "integrated": "inverted other-function table-slip function-for-derivative",
    "lowered factor": "one-off exponent-off table-slip",
    "letter as a factor": "table-slip power-kept other-function",
    "other logarithm": "log-base",
    "sign": "sign whole-sign table-slip",
    "square below": "exponent-off table-slip",
    "function kept": "function-for-derivative table-slip",
    "root above": "inverted table-slip",
    "other function": "table-slip other-function",
    "rule of arctan": "table-slip other-function",
    "square kept above": "inverted table-slip reciprocal",
}


def table_rows(name: str, words: str, kinds: str, authored: str = "") -> tuple[Slip, ...]:
    """A row for each kind of slip in the derivative called `name`."""
    return tuple(slip(f"{kind} in {words}", f"{SLIPS[kind]} {authored}", name) for kind in kinds.split(", "))


def derivative(function: str, words: str, sheet: Sheet) -> str:
    """The row of the table, or what is written instead."""
    text, wrong = TABLE[function]
    for kind, other in wrong.items():
        text = other if sheet(f"{kind} in {words}") else text
    return text
