"""Every slip of an author is named, with the file, the line and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from grader.course.bank import default_bank
from grader.draws.draw import draw
from grader.errors import AuthorError
from grader.messages import LANGUAGES, translate
from grader.plan.load import load_problem, problem_from

HEAD = """\
id: sample
title: {en: Sample, ru: Пример}
topic: test
text: {en: Find it., ru: Найдите.}
"""
"""Four lines: bodies below start at line 5."""

GOOD = "given: {a: {ints: [1, 9]}, v: {ints: [1, 5], shape: 3}}\n"
BODY = GOOD + "steps: {b: a + 1}\n"

FILES = [
    # file, line, message key, words of the message
    pytest.param("steps: {b: 1}\nsteps: {c: 1}\nask: {b: 1}\n", 6, "file-duplicate-key", "steps", id="duplicate-part"),
    pytest.param("steps: {b: 1, b: 2}\nask: {b: 1}\n", 5, "file-duplicate-key", "b", id="duplicate-step"),
    pytest.param("steps: {b: 1\nask: {b: 1}\n", 5, "file-bracket", "bracket", id="open-bracket"),
    pytest.param("steps: *x\nask: {b: 1}\n", 5, "file-start", "*", id="alias"),
    pytest.param("stepz: {b: 1}\nask: {b: 1}\n", 5, "spec-unknown-key", "steps", id="did-you-mean"),
    pytest.param("steps: {b: 1}\nqwertyuiop: 1\nask: {b: 1}\n", 6, "spec-unknown-key", "mistakes", id="unknown-key"),
    pytest.param("steps: {b: 1}\n", 1, "spec-missing-key", "ask", id="no-ask"),
    pytest.param("steps: {b: {is: 1, chek: 2}}\nask: {b: 1}\n", 5, "spec-unknown-key", "check", id="step-key"),
    pytest.param(BODY + "ask: {b: {decimal: 2}}\n", 7, "spec-unknown-key", "decimals", id="ask-key"),
    pytest.param(
        "given: {a: {int: [1, 2]}}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-given-kind", "ints", id="given-kind"
    ),
    pytest.param(
        "given: {a: {ints: [1, 2, 3]}}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-value", "length 2", id="three-bounds"
    ),
    pytest.param(
        "given: {a: {ints: [3, 1]}}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "given-range", "3", id="range-reversed"
    ),
    pytest.param(
        "given: {a: {ints: [1, 2], shape: 0}}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-shape", "0", id="shape"
    ),
    pytest.param("given: {a: {choose: []}}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "given-empty", "", id="choose-nothing"),
    pytest.param(
        "given: {f: {function: [sin]}}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-function-key", "f(x)", id="function"
    ),
    pytest.param("given: [a]\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-mapping", "given", id="given-list"),
    pytest.param("form: {m: {}}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-form", "mode", id="form"),
    pytest.param(GOOD + "steps: {a: 1}\nask: {a: 1}\n", 6, "spec-name-twice", "a", id="step-named-as-given"),
    pytest.param(
        "symbols: {A: n x n}\nsteps: {A: 1}\nask: {A: 1}\n", 6, "spec-name-twice", "A", id="step-named-as-symbol"
    ),
    pytest.param("symbols: {A: [n, n]}\nsteps: {b: A}\nask: {b: 1}\n", 5, "spec-shape", "n x m", id="symbol-shape"),
    pytest.param(
        "symbols: {A: n x m symmetric}\nsteps: {b: A}\nask: {b: 1}\n", 5, "spec-shape", "symmetric", id="symbol-oblong"
    ),
    pytest.param(
        "symbols: {y: n x n signs}\nsteps: {b: y}\nask: {b: 1}\n", 5, "spec-shape", "signs", id="symbol-of-signs"
    ),
    pytest.param("steps: {}\nask: {b: 1}\n", 5, "spec-no-steps", "", id="no-steps"),
    pytest.param("steps: {b: 1}\nask: {b: -2}\n", 6, "spec-points", "−2", id="negative-points"),
    pytest.param("steps: {b: 1}\nask: {b: {points: 1 - 3}}\n", 6, "spec-points", "−2", id="points-below-zero"),
    pytest.param("steps: {b: 1}\nask: {b: {points: 1/0}}\n", 6, "spec-points", "", id="points-without-end"),
    pytest.param("steps: {b: 1}\nask: {t: {rows: {b: -1}}}\n", 6, "spec-points", "−1", id="negative-points-of-a-row"),
    pytest.param("steps: {b c: 1}\nask: {b: 1}\n", 5, "spec-key", "b c", id="name-with-space"),
    pytest.param(GOOD + "steps: {b: alpha + 1}\nask: {b: 1}\n", 6, "spec-unknown-name", "alpha", id="unknown-name"),
    pytest.param(GOOD + "steps: {b: c, c: a}\nask: {b: 1}\n", 6, "spec-unknown-name", "c", id="step-too-early"),
    pytest.param(GOOD + "steps: {b: a +}\nask: {b: 1}\n", 6, "spec-expression", "a +", id="syntax"),
    pytest.param("steps: {for t in 1..x: {'b[t]': 1}}\nask: {'b[1]': 1}\n", 5, "spec-loop", "for t", id="loop-bound"),
    pytest.param("steps: {for t in 1..900: {'b[t]': 1}}\nask: {'b[1]': 1}\n", 5, "spec-loop", "200", id="loop-long"),
    pytest.param("steps: {for t in 1..2: 5}\nask: {b: 1}\n", 5, "spec-mapping", "for t", id="loop-without-steps"),
    pytest.param(
        "steps: {for t in 1..2: {'b[t]': 'b[t-1]'}}\nask: {'b[1]': 1}\n", 5, "spec-unknown-step", "b[0]", id="no-start"
    ),
    pytest.param("steps: {'b[k]': 1}\nask: {'b[1]': 1}\n", 5, "spec-index", "b[k]", id="index"),
    pytest.param("where: {f: 1}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-where", "L(w)", id="where-no-arguments"),
    pytest.param("where: {f(x): f(x)}\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-function-cycle", "f", id="recursion"),
    pytest.param(
        "where: {f(x): x}\nsteps: {b: 'f(1, 2)'}\nask: {b: 1}\n", 6, "spec-arguments", "1 argument", id="arity"
    ),
    pytest.param(
        GOOD + "steps: {b: 'diff(a^2, 3)'}\nask: {b: 1}\n", 6, "spec-derivative-by", "", id="derivative-by-number"
    ),
    pytest.param(GOOD + "require: a > 1\nsteps: {b: a}\nask: {b: 1}\n", 6, "spec-sequence", "- ", id="require-no-list"),
    pytest.param(
        GOOD + "require: [q > 1]\nsteps: {b: a}\nask: {b: 1}\n", 6, "spec-unknown-name", "q", id="require-name"
    ),
    pytest.param(BODY + "ask: {c: 1}\n", 7, "spec-ask-unknown", "c", id="ask-without-step"),
    pytest.param(BODY + "ask: {b: {points: a}}\n", 7, "spec-not-constant", "a", id="points-drawn"),
    pytest.param(BODY + "ask: {b: {points: q}}\n", 7, "spec-unknown-name", "q", id="points-unknown"),
    pytest.param(
        BODY + "ask: {b: {decimals: 2, relative: 0.1}}\n", 7, "spec-tolerance", "decimals", id="two-tolerances"
    ),
    pytest.param(BODY + "ask: {b: {kind: numbr}}\n", 7, "spec-unknown-key", "number", id="kind"),
    pytest.param(BODY + "ask: {b: {domain: {x: 3}}}\n", 7, "spec-domain", "positive", id="domain"),
    pytest.param(BODY + "ask: {b: {prompt: {en: b}}}\n", 7, "spec-language", "ru", id="prompt-language"),
    pytest.param(BODY + "ask: {r: {choice: {one: {en: A, ru: А}}}}\n", 7, "spec-option", "when", id="option-neither"),
    pytest.param(
        BODY + "ask: {r: {choice: {one: {when: a > 1, en: A}}}}\n", 7, "spec-language", "ru", id="option-language"
    ),
    pytest.param(
        BODY + "ask: {r: {choice: {one: {when: a > 1, en: A, ru: А, why: {en: '{{ a }}', ru: а}}}}}\n",
        7,
        "spec-not-filled",
        "{{ }}",
        id="reason-with-a-number",
    ),
    pytest.param(
        BODY + "ask: {b: 1}\nmistakes: {m: {steps: {b: a}, say: {en: '{{ a }}', ru: а}}}\n",
        8,
        "spec-not-filled",
        "{{ }}",
        id="mistake-with-a-number",
    ),
    pytest.param(BODY + "ask: {r: {fields: [u]}}\n", 7, "spec-conditions", "such that", id="construct-free"),
    pytest.param(
        BODY + "ask: {b: 1}\nmistakes: {m: {steps: {c: a}, say: {en: A, ru: А}}}\n",
        8,
        "spec-unknown-step",
        "c",
        id="mistake-step",
    ),
    pytest.param(
        BODY + "ask: {b: 1}\nmistakes: {m: {steps: {b: q}, say: {en: A, ru: А}}}\n",
        8,
        "spec-unknown-name",
        "q",
        id="mistake-name",
    ),
    pytest.param(
        BODY + "ask: {b: 1}\nmistakes: {m: {steps: {b: a}, say: {en: A}}}\n",
        8,
        "spec-language",
        "ru",
        id="mistake-language",
    ),
    pytest.param(
        BODY + "ask: {b: 1, c: {choice: {u: {when: b = none, en: u, ru: у}}}}\n",
        7,
        "spec-unknown-name",
        "none",
        id="option",
    ),
    pytest.param("minutes: long\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-minutes", "by hand", id="minutes"),
    pytest.param("level: hard\nsteps: {b: 1}\nask: {b: 1}\n", 5, "spec-level", "1", id="level"),
]

UNREAD = yaml.safe_load((Path(__file__).parents[1] / "tables" / "unread.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("body", "line", "key", "words"), [*FILES, *(pytest.param(*row, id=slip) for slip, *row in UNREAD)]
)
def test_loading_refuses(body: str, line: int, key: str, words: str) -> None:
    with pytest.raises(AuthorError) as caught:
        problem_from((HEAD + body).encode(), "sample.yaml")
    fault = caught.value
    assert (fault.message.key, fault.file, fault.line) == (key, "sample.yaml", line)
    assert words in translate(fault.message, "en")
    assert all(translate(fault.message, language) for language in LANGUAGES)
    assert f"sample.yaml:{line}" in str(fault)


DRAWS = [
    pytest.param(
        GOOD + "require: [a > 0, a > 99]\nsteps: {b: a}\nask: {b: 1}\n", "spec-rejected", "a > 99", id="impossible"
    ),
    pytest.param(GOOD + "steps: {b: ln(-a)}\nask: {b: 1}\n", "spec-rejected", "every step has a value", id="undefined"),
    pytest.param(
        GOOD + "require: [v]\nsteps: {b: a}\nask: {b: 1}\n", "spec-require-shape", "3 entries", id="vector-condition"
    ),
    pytest.param(GOOD + "steps: {b: 'v + [1, 2]'}\nask: {b: 1}\n", "spec-evaluation", "3 entries", id="shapes"),
    pytest.param(
        "given: {c: {choose: [1, '[1, 2]']}}\nsteps: {b: c}\nask: {b: 1}\n", "spec-choose-shapes", "", id="options"
    ),
    pytest.param(GOOD + "steps: {f(s): v*s}\nask: {f(s): 1}\n", "spec-function-array", "3 entries", id="function"),
    pytest.param(
        GOOD + "steps: {f(x): a*x, b: 'iterate(f, a, v)'}\nask: {b: 1}\n", "spec-repetition-times", "n[1]", id="rounds"
    ),
]


@pytest.mark.parametrize(("body", "key", "words"), DRAWS)
def test_drawing_refuses(body: str, key: str, words: str) -> None:
    problem = problem_from((HEAD + body).encode(), "sample.yaml")
    with pytest.raises(AuthorError) as caught:
        draw(problem, range(8))
    fault = caught.value
    assert (fault.message.key, fault.file) == (key, "sample.yaml")
    assert fault.line is not None
    assert words in translate(fault.message, "en")
    assert translate(fault.message, "ru")


@pytest.mark.parametrize("key", ["id", "title", "topic", "text"])
def test_missing_heads(key: str) -> None:
    body = HEAD + "steps: {b: 1}\nask: {b: 1}\n"
    body = "".join(line for line in body.splitlines(keepends=True) if not line.startswith(f"{key}:"))
    with pytest.raises(AuthorError) as caught:
        problem_from(body.encode(), "sample.yaml")
    assert (caught.value.message.key, caught.value.message.values) == ("spec-missing-key", {"key": key})


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [("Find it.", "Find the number.", True), ("b: a + 1", "b: a + 2", False), ("[1, 9]", "[1, 8]", False)],
)
def test_digest_changes_with_the_numbers_only(old: str, new: str, same: bool) -> None:
    text = HEAD + BODY + "ask: {b: 1}\n"
    one, other = (problem_from(part.encode(), "sample.yaml") for part in (text, text.replace(old, new)))
    assert (one.digest == other.digest) is same


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AuthorError) as caught:
        load_problem(tmp_path / "nowhere.yaml")
    assert caught.value.message.key == "file-missing"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("title: {en: gradient, ru: градиент}", "title: {en: slope, ru: наклон}", True),
        ("check: grad(L(w[t-1], t), w[t-1])", "check: 0 + grad(L(w[t-1], t), w[t-1])", True),
        ("The model", "A model", True),
        ("The step divides", "A step divides", True),
        ("eta: {choose: [0.1, 0.2, 0.5]}", "eta: {choose: [0.1, 0.2]}", False),
        ("is: beta1*m[t-1] + (1 - beta1)*g[t]", "is: beta2*m[t-1] + (1 - beta1)*g[t]", False),
        ("decimals: 3\n      hints:", "decimals: 2\n      hints:", False),
        ("The old moment keeps", "Of the old moment remains", True),
        ("hints:\n  - en: Finish", "hints:\n  - {en: Slowly., ru: Не спешите.}\n  - en: Finish", True),
        ("abs(w[2]) > 0.01", "abs(w[2]) > 0.02", False),
    ],
)
def test_the_digest_is_of_numbers_and_not_of_words(old: str, new: str, same: bool) -> None:
    text = default_bank().paths["adam-two-steps"].read_text("utf-8")
    assert old in text
    before, after = (
        problem_from(version.encode(), "adam.yaml").digest for version in (text, text.replace(old, new, 1))
    )
    assert (before == after) is same
