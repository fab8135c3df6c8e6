"""The self-test finds what it is there to find: a sound problem, spoiled in one place per row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.check import check_paths, check_problem, check_problems
from grader.check.report import Report
from grader.check.symbolic import sympy_values
from grader.errors import AuthorError
from grader.language.parser import parse
from grader.messages import LANGUAGES, catalogue
from grader.plan.load import problem_from
from grader.plan.plan import Derivative

SOUND = """\
id: sound
title: {en: A sound problem, ru: Исправная задача}
topic: test
form: {mode: [plus, minus]}
given:
  a: {ints: [2, 9]}
  x: {ints: [2, 9]}
  w[0]: {ints: [11, 99]}
  f(x): {function: [x^3, 2*x^2, sin(x)]}
require:
  - a != x
where:
  L(u): if(mode = plus, (u*x - a)^2, (u*x + a)^2)
steps:
  g: {is: "if(mode = plus, 2*x*(w[0]*x - a), 2*x*(w[0]*x + a))", check: "grad(L, w[0])"}
  w[1]: w[0] - g/100
  slope: {is: "grad(L, w[1])", title: {en: slope, ru: наклон}}
  df(x): diff(f(x), x)
ask:
  g: {points: 1}
  w[1]: {points: 2, decimals: 3}
  df: {domain: {x: [0.2, 3]}}
mistakes:
  factor-lost:
    steps: {g: "if(mode = plus, x*(w[0]*x - a), x*(w[0]*x + a))"}
    say: {en: The factor 2 was lost., ru: Потерян множитель 2.}
text:
  en: Gradient for $x = {{ x }}$, $a = {{ a }}$, $w_0 = {{ w[0] }}$, one step, and $f'(x)$ for $f(x) = {{ f(x) }}$.
  ru: Градиент при $x = {{ x }}$, $a = {{ a }}$, $w_0 = {{ w[0] }}$, один шаг и $f'(x)$, если $f(x) = {{ f(x) }}$.
"""

SPOILED = [
    # what is replaced, by what, key, severity, path
    ("- a != x", "- a*x <= 6", "check-rejections", "error", "require.0"),
    ("- a != x", "- a <= 2", "check-rejections", "warning", "require.0"),
    ("a: {ints: [2, 9]}", "a: {ints: [400000, 500000]}", "check-huge", "warning", "steps.g"),
    ("g: {points: 1}", "g: {points: 'if(mode = plus, 1, 2)'}", "check-points-differ", "error", "ask"),
    ("- a != x", "- mode = plus", "check-form-never", "warning", "form.mode"),
    ("w[0] - g/100", "w[0] - 0*g", "check-unchanged", "warning", "ask.w[1]"),
    ("w[0] - g/100", "0*g", "check-zero", "warning", "ask.w[1]"),
    ("w[0] - g/100", "g", "check-coincide", "warning", "ask.g"),
    ("decimals: 3", "exact: true", None, "", ""),
    ("w[1]: {points: 2, decimals: 3}", "third: {is: 1/3*a, exact: true}", "check-digits", "warning", "ask.third"),
    ("x*(w[0]*x - a), x*(", "2*x*(w[0]*x - a), 2*x*(", "check-mistake-reference", "error", "mistakes.factor-lost"),
    ("x*(w[0]*x - a), x*(w[0]*x + a))\"}\n    say", "2*x*(w[0]*x - a), x*(w[0]*x + a))\"}\n    say", None, "", ""),
    ("$a = {{ a }}$, $w_0 = {{ w[0] }}$, one", "$a = {{ a }}, $w_0 = {{ w[0] }}$, one",
     "check-dollar", "error", "text.en"),
    ("Градиент при $x", "Градиент при x", "check-dollar", "error", "text.ru"),
    ("один шаг", "один шаг за \\$5", None, "", ""),
    ("один шаг", "один $ x $ шаг", "check-dollar", "error", "text.ru"),
    ("  ru: Градиент при $x", "  ru: |\n    Дано\n    | a | b |\n    |:--|--:|\n    | 1 | 2 |\n\n    Градиент при $x",
     "check-table-glued", "error", "text.ru"),
    ("  ru: Градиент при $x", "  ru: |\n    Дано\n\n    | a | b |\n    |:--|--:|\n    | 1 | 2 |\n\n    Градиент при $x",
     None, "", ""),
    ("df: {domain: {x: [0.2, 3]}}", "df: {domain: {x: [0.2, 3]}, prompt: {en: \"1. $y'$\", ru: \"1 $y'$\"}}",
     "check-prompt-list", "error", "ask.df.prompt"),
    ("df: {domain: {x: [0.2, 3]}}", "df: {domain: {x: [0.2, 3]}, prompt: {en: \"$y' = x\", ru: \"$y'$\"}}",
     "check-dollar", "error", "ask.df.prompt"),
    ("df: {domain: {x: [0.2, 3]}}", "df: {domain: {x: [0.2, 3]}, hints: [{en: \"$y'\", ru: \"$y'$\"}]}",
     "check-dollar", "error", "ask.df.hints.0.en"),
    ("ask:\n", "ask:\n  c: {choice: {u: {when: a > x, en: more, ru: да}, v: {when: a < x, en: more, ru: нет}}}\n",
     "check-options-same", "error", "ask.c"),
    ("ask:\n", "ask:\n  c: {equal to: a, choice: {u: {is: a}, v: {is: a + 0}, w: {is: x}}}\n",
     "spec-rejected", "error", "ask"),
    ("x*(w[0]*x - a), x*(w[0]*x + a))\"}\n    say", "2*x*abs(w[0]*x - a), 2*x*abs(w[0]*x + a))\"}\n    say",
     "check-mistake-hides", "error", "mistakes.factor-lost"),
    ("mistakes:\n", "mistakes:\n  half: {steps: {g: 'if(mode = plus, w[0]*x - a, w[0]*x + a)*x'}, "
     "say: {en: A, ru: А}}\n",
     "check-mistake-same", "warning", "mistakes.factor-lost"),
    ("check: \"grad(L, w[0])\"", "check: \"grad(L, w[0])*1.00001\"", "check-differs", "error", "steps.g.check"),
    ("check: \"grad(L, w[0])\"", "check: \"[1, 2]\"", "check-differs", "error", "steps.g.check"),
    ("$a = {{ a }}$, $w_0 = {{ w[0] }}$, one", "$w_0 = {{ w[0] }}$, one", "check-givens-differ", "warning", "text.en"),
    ("one step", "one {{ step }}", "spec-text-template", "error", "text.en"),
    ("один шаг", "один {% if %}", "spec-text-template", "error", "text.ru"),
    ("один шаг", "один {{ x[3] }}", "spec-text-template", "error", "text.ru"),
    ("if(mode = plus, (u*x - a)^2, (u*x + a)^2)", "if(mode = plus, (u*x - a)^2, [1, 2] + [1, 2, 3])",
     "spec-evaluation", "error", None),
    ("df(x): diff(f(x), x)", "df(x): {is: \"diff(f(x), x)\", check: \"f(x)\"}",
     "check-differs", "error", "steps.df(x).check"),
    ("df: {domain: {x: [0.2, 3]}}", "df: {domain: {x: [0.2, 3]}, prompt: {en: \"$\\\\frac{1}$\", ru: \"$y$\"}}",
     "check-typeset", "error", "ask.df.prompt"),
    ("один шаг", "один $\\нет{x}$ шаг", "prose-command", "error", "text.ru"),
    ("один шаг", "один $\\heartsuit x$ шаг", "prose-command", "error", "text.ru"),
]  # fmt: skip


def report(text: str, *, typeset: bool = False) -> Report:
    return check_problem(problem_from(text.encode(), "sound.yaml"), 60, typeset=typeset)


def spoiled(name: str, old: str, new: str) -> str:
    return SOUND.replace("id: sound", f"id: {name}").replace(old, new)


def test_a_sound_problem_has_no_findings() -> None:
    found = report(SOUND, typeset=True)
    assert [finding.as_dict() for finding in found.findings] == []
    assert found.ok
    assert found.figures["variants"] == 60
    assert found.figures["forms"] == 6
    assert found.figures["possible"] > 10_000
    assert 0 < found.figures["rejection_rate"] < 0.3


@pytest.mark.parametrize(("old", "new", "key", "severity", "path"), SPOILED, ids=[row[1][:40] for row in SPOILED])
def test_a_spoiled_problem_is_found_out(old: str, new: str, key: str | None, severity: str, path: str | None) -> None:
    assert SOUND.count(old) == 1 or old.startswith("x*("), old
    found = report(new.join(SOUND.rsplit(old, 1)), typeset=key == "check-typeset")
    findings = {finding.message.key: finding for finding in reversed(found.findings)}
    if key is None:
        assert not findings.keys() - {"check-digits"}
        return
    assert key in findings, findings
    finding = findings[key]
    assert finding.severity == severity
    assert finding.file == "sound.yaml"
    assert finding.line
    assert path is None or finding.path == path
    assert found.ok is (not found.errors)
    for language in LANGUAGES:
        assert finding.as_dict(language)["message"]


FEW = SOUND.replace("{ints: [2, 9]}", "3").replace("{ints: [11, 99]}", "20").replace("  - a != x", "  - a = x")
UNCONFIRMED = """\
id: s
title: {en: S, ru: С}
topic: t
given: {a: {ints: [1, 999]}}
steps: {b: a + 1}
ask: {b: 1}
text: {en: "{{ a }}", ru: "{{ a }}"}
"""
SYMBOLIC = """\
id: s
title: {en: S, ru: С}
topic: t
symbols: {A: n x n, x: n}
given: {c: {ints: [2, 999]}}
where: {f(x): "c*x'*A*x"}
steps: {g: {is: "c*(A + A')*x", check: "grad(f(x), x)"}}
ask: {g: 1}
text: {en: "{{ c }}", ru: "{{ c }}"}
"""

BORDER = UNCONFIRMED.replace("{a: {ints: [1, 999]}}", "{a: {ints: [1, 999]}, k: {ints: [1, 5]}}").replace(
    "b: a + 1",
    "b: {is: 'a*if(k >= 3, 2, 1)', check: 'a*if(k < 3, 1, 2)'}}\n"
    "mistakes: {strict: {steps: {b: 'a*if(k > 3, 2, 1)'}, say: {en: A, ru: А}}",
)

SHADOWED = (
    UNCONFIRMED.replace("{a: {ints: [1, 999]}}", "{g: {ints: [1, 99], shape: 3}}\nwhere: {}")
    .replace("b: a + 1", "'b(g, s)': {is: 2*g*s, check: 'diff(g*s^2, s)'}")
    .replace("a }}", "g[1] }}")
)  # an argument with the name of a given array
VECTOR = UNCONFIRMED.replace("{a: {ints", "{v: {ints: [1, 9], shape: 3}, a: {ints").replace(
    "b: a + 1", "b: {is: 'IS', check: 2*v*a}"
)
SLIPPED = UNCONFIRMED.replace("b: a + 1", "'k(x, y)': a*x, 'b(x, y)': {is: 'k(x, y) + 1', check: '1 + a*x'}").replace(
    "text:", "mistakes: {m: {steps: {'k(x, y)': a*y}, say: {en: A, ru: А}}}\ntext:"
)  # a slip in a function behind the asked one reads what that does not

WHOLE = [
    (BORDER, set()),
    (BORDER.replace("k > 3", "k + 1 > 3.5"), {"check-mistake-hides"}),
    (BORDER.replace("k > 3", "3 <= k"), {"check-mistake-reference"}),
    (FEW, {"check-variants-few"}),
    (UNCONFIRMED, {"check-unconfirmed"}),
    (UNCONFIRMED.replace("b: a + 1", "b: {is: a + 1, check: 1 + a}"), set()),
    (SYMBOLIC, set()),
    (SYMBOLIC.replace("c*(A + A')*x\"", '2*c*A*x"'), {"check-differs-symbolic"}),
    (SYMBOLIC.replace("c*(A + A')*x\"", "c*x'*(A + A')\""), {"spec-evaluation"}),
    (SYMBOLIC.replace("grad(f(x), x)", "grad(f(x), c)"), {"spec-derivative-by"}),
    (UNCONFIRMED.replace("b: a + 1", "h: a - a, b: 'grad(relu(h) + a, h)'"), {"check-derivative"}),
    (SHADOWED, set()),
    (SHADOWED.replace("2*g*s", "g*s"), {"check-differs"}),
    (SHADOWED.replace("where:", "where: {'q(t, g)': 'diff(g*t^2, t)'}\nunused:").replace("diff(g*s^2, s)", "q(s, g)")
     .replace("unused: {}\n", ""), set()),
    (VECTOR.replace("IS", "diff(v*a^2, a)"), {"spec-derivative-array"}),
    (VECTOR.replace("IS", "2*v*a"), set()),
    (VECTOR.replace("b: {is: 'IS'", "f(x): {is: v*x, check: x*v}, b: {is: f(2*a)"), {"check-function-array"}),
    (SLIPPED, set()),
]  # fmt: skip


def test_few_variants_are_a_warning() -> None:
    text = SOUND.replace("a: {ints: [2, 9]}", "a: 3").replace("{ints: [11, 99]}", "{ints: [11, 13]}")
    (finding,) = report(text).findings
    assert (finding.message.key, finding.severity, finding.path) == ("check-variants", "warning", "given")
    assert 100 < finding.message.values["count"] < 150


@pytest.mark.parametrize(("text", "keys"), WHOLE)
def test_whole_problems(text: str, keys: set[str]) -> None:
    assert {finding.message.key for finding in report(text).errors} == keys


def test_typesetting_names_the_fragment_among_many() -> None:
    good = problem_from(SOUND.encode(), "good.yaml")
    bad = problem_from(SOUND.replace("один шаг", "один $\\frac{1}$ шаг").encode(), "bad.yaml")
    reports = check_problems([good, bad], 30)
    assert reports[0].ok
    assert {finding.file for finding in reports[1].errors} == {"bad.yaml"}
    assert "один $\\frac{1}$ шаг" in reports[1].errors[0].message.values["fragment"]


def test_files_that_cannot_be_loaded_are_findings(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(spoiled("good", "", ""), encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(spoiled("bad", "a != x", "a != q"), encoding="utf-8")
    (tmp_path / "worse.yaml").write_bytes(b"\x00\xff")
    paths = [tmp_path / name for name in ("worse.yaml", "good.yaml", "bad.yaml", "none.yaml")]
    reports = check_paths(paths, 30, typeset=False)
    assert [found.ok for found in reports] == [False, True, False, False]
    assert reports[2].findings[0].line == 11
    assert [found.problem for found in check_paths([tmp_path], 30, typeset=False)] == ["bad", "good", "worse"]
    several = check_paths([*paths, tmp_path], 30, typeset=False, jobs=2)
    assert several == [*reports, *check_paths([tmp_path], 30, typeset=False)]
    data = json.loads(json.dumps([found.as_dict("ru") for found in reports]))
    assert data[2]["findings"][0]["key"] == "spec-unknown-name"
    assert data[2]["findings"][0]["file"].endswith("bad.yaml")


@pytest.mark.parametrize(
    ("file", "name", "ok"),
    [
        ("sound.yaml", "sound", True),
        ("sound.yaml", "sound-one", False),
        ("Sound one.yaml", "Sound one", False),
        ("sound_2.yaml", "sound_2", False),
        ("sound-2.yaml", "sound-2", True),
    ],
)
def test_the_id_is_the_name_of_the_file(file: str, name: str, ok: bool, tmp_path: Path) -> None:
    (tmp_path / file).write_text(spoiled(name, "", ""), encoding="utf-8")
    (found,) = check_paths([tmp_path], 30, typeset=False)
    assert found.ok is ok
    assert [(finding.message.key, finding.line, finding.path) for finding in found.findings] == (
        [] if ok else [("check-id", 1, "id")]
    )


@pytest.mark.parametrize(
    ("what", "expected"),
    [("sin(x)^2*k", 2 * 0.479425538604203 * 0.877582561890373 * 3), ("exp(-x)", -0.606530659712633), ("x^x", 0.216978)],
)
def test_sympy_gives_derivatives(what: str, expected: float) -> None:
    tree = parse(what, {"x", "k"})
    assert sympy_values(Derivative(tree, "x", tree), [{"x": 0.5, "k": 3.0}]) == [pytest.approx(expected, rel=1e-5)]


def test_every_key_of_the_check_has_words() -> None:
    import re

    folder = Path(__file__).parents[2] / "grader" / "check"
    keys = {key for path in folder.glob("*.py") for key in re.findall(r'"(check-[a-z-]+)"', path.read_text("utf-8"))}
    assert len(keys) > 15
    assert keys == {key for key in catalogue("en") if key.startswith("check-")} & keys


def test_a_mistake_may_read_an_argument_that_the_formula_of_this_form_does_not_have() -> None:
    text = """\
id: s
title: {en: S, ru: С}
topic: t
form: {k: [one, two]}
given: {a: {ints: [2, 900]}}
steps: {"h(u, v)": "if(k = one, diff(a*u^2/2, u), diff(a*u^2*v/2, u))"}
ask: {h: {domain: {u: [1, 2], v: [1, 2]}}}
mistakes: {other: {steps: {"h(u, v)": "a*v"}, say: {en: A, ru: А}}}
text: {en: "{{ a }}", ru: "{{ a }}"}
"""
    found = report(text, typeset=False)
    assert found.ok, found.findings


PURPOSE = """\
id: s
title: {en: S, ru: С}
topic: t
given: {a: {ints: [2, 900]}, w: 0}
steps: {b: {is: a + 1, check: 1 + a}, z: {is: a - a, check: 0*a}, u: {is: w, check: 2*w}}
ask: {b: 1, z: 1, u: 1}
text: {en: "{{ a }}", ru: "{{ a }}"}
"""


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("", {"check-zero", "check-coincide"}),
        ("on purpose: [z]\n", {"check-zero"}),
        ("on purpose: [z, u]\n", set()),
        ("on purpose: [z, u, x]\n", {"check-on-purpose"}),
    ],
)
def test_what_is_alike_on_purpose_is_no_fault(line: str, keys: set[str]) -> None:
    found = report(line + PURPOSE, typeset=False)
    assert {finding.message.key for finding in found.findings} == keys


@pytest.mark.parametrize("line", ["on purpose: z\n", "on purpose: [{z: 1}]\n"])
def test_on_purpose_is_a_list(line: str) -> None:
    with pytest.raises(AuthorError) as caught:
        problem_from((line + PURPOSE).encode(), "s.yaml")
    assert caught.value.message.key == "spec-on-purpose"
