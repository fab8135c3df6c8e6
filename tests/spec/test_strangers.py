"""Problem files from strangers: refused with file and line, or safe and small. Rows of tables/strangers.yaml."""

from __future__ import annotations

import html
import json
import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.check import check_paths, check_problem
from grader.course.bank import Bank
from grader.course.printing import exercise_of
from grader.course.variants import Variant
from grader.draws.draw import draw
from grader.errors import AuthorError, InputError, Message
from grader.language.prose import fault_of
from grader.messages import LANGUAGES, translate
from grader.plan.load import problem_from
from grader.spec.problem import Problem
from grader.worksheet.document import Exercise, Sheet
from grader.worksheet.filling import filled
from grader.worksheet.formats import render
from grader.worksheet.shown import Formula, Function, Shown
from grader.worksheet.statement import statement

_REPEATED = re.compile("«([0-9]+)\\*([^»]*)»")
ROWS = yaml.safe_load((Path(__file__).parents[1] / "tables/strangers.yaml").read_text("utf-8"))
HEAD = "id: s\ntitle: {en: S, ru: С}\ntopic: t\n"
BODY = """\
form: {m: [x]}
given: {a: 3, v: '[1, 2, 3]', 'w[0]': 4, 'w[1]': 5}
where: {f(x): 2*x, g(x): x*x}
steps: {c: a + 1}
ask: {c: 1}
text:
  en: {text}
  ru: Найдите.
"""
LINE = HEAD.count("\n") + BODY[: BODY.index("en: {text}")].count("\n") + 1
SECONDS = 5
"""Of processor time, far above what any row takes."""


def long(text: str) -> str:
    """`«3*x#»` is x0x1x2."""
    return _REPEATED.sub(lambda found: "".join(found[2].replace("#", str(n)) for n in range(int(found[1]))), text)


def with_text(text: str) -> Problem:
    return problem_from((HEAD + BODY.replace("{text}", json.dumps(long(text)))).encode(), "s.yaml")


def printed(problem: Problem) -> Exercise:
    """All that is printed for one student, the key included."""
    (group,) = draw(problem, [1])
    return exercise_of(Variant("CODE", group.at(0)), "en", key=True)


def said_well(fault: AuthorError) -> None:
    """It says where, and has words in both languages that fit on a screen."""
    assert fault.file == "s.yaml"
    assert fault.line
    for language in LANGUAGES:
        assert 0 < len(translate(fault.message, language)) < 12_000
    assert isinstance(str(fault), str)


@pytest.mark.parametrize(("text", "reason"), ROWS["fills"])
def test_a_text_does_nothing_but_print(text: str, reason: str | None, tmp_path: Path) -> None:
    started, here = time.process_time(), set(tmp_path.iterdir())
    with pytest.raises(AuthorError) as caught:
        printed(with_text(text))
    said_well(caught.value)
    assert (caught.value.line, caught.value.path) == (LINE, "text.en")
    if reason is not None and caught.value.message.key != "prose-long":
        assert caught.value.message.key == "spec-text-template"
        found = caught.value.message.values["reason"]
        assert isinstance(found, Message)
        assert found.key == reason
    assert time.process_time() - started < SECONDS
    assert set(tmp_path.iterdir()) == here


@pytest.mark.parametrize(("text", "expected"), ROWS["prints"])
def test_a_text_prints(text: str, expected: str) -> None:
    (group,) = draw(with_text(text + "."), [1])
    assert statement(group.at(0), "en") == expected + "."


@pytest.mark.parametrize(("text", "key"), ROWS["says"])
def test_what_a_text_may_say(text: str, key: str | None) -> None:
    fault = fault_of(long(text))
    assert (fault.key if fault else None) == key
    if key is None:
        assert printed(with_text(text)).statement
        return
    with pytest.raises(AuthorError) as caught:
        printed(with_text(text))
    said_well(caught.value)
    assert (caught.value.message.key, caught.value.line, caught.value.path) == (key, LINE, "text.en")
    if key == "prose-long":
        return
    with pytest.raises(AuthorError) as caught:  # what a filled-in value brings is asked too
        printed(with_text("{{ a }}\n\n" + text))
    assert (caught.value.message.key, caught.value.path) == (key, "text.en")


PAST_US = [
    ("\\\\$\\input{x}$", "prose-command"),
    ("![x](a.png)", "prose-picture"),
    ("[x](java\tscript:1)", "prose-link"),
    ("$a`$ $\\input{x}$ $`b$", "prose-command"),
    ("[x](&#106;avascript:1)", "prose-link"),
    ("[a]: /x\n\n[a]", "prose-link"),
    ("[a](..%2F..%2Fx)", "prose-link"),
    ("$x^^5c$", "prose-sign"),
]


@pytest.mark.parametrize(("text", "key"), PAST_US)
@pytest.mark.parametrize("name", ["html", "tex", "pdf"])
def test_what_pandoc_read_is_asked_again(text: str, key: str, name: str) -> None:
    with pytest.raises(AuthorError) as caught:
        render([Sheet("", "", "en", (Exercise(1, "", 1, "", text, ()),))], [name])
    assert caught.value.message.key == key


PLACES = {
    "title": "title: {en: X, ru: Y}",
    "topic": "topic: X",
    "source": "source: X",
    "step title": "steps: {c: {is: a + 1, title: {en: X, ru: Y}}}",
    "step remark": "steps: {c: {is: a + 1, remark: {en: X, ru: Y}}}",
    "prompt": "ask: {c: {points: 1, prompt: {en: X, ru: Y}}}",
    "hint": "ask: {c: {points: 1, hints: [{en: X, ru: Y}]}}",
    "hints": "hints: [{en: X, ru: Y}]",
    "option": "ask: {c: {choice: {o: {when: a > 0, en: X, ru: Y}, p: {when: a < 0, en: Z, ru: Z}}}}",
    "say": "mistakes: {m: {steps: {c: a - 1}, say: {en: X, ru: Y}}}",
    "condition": "ask: {c: {fields: [u], such that: [{holds: u > a, name: {en: X, ru: Y}, subject: {en: Z, ru: Z}}]}}",
    "subject": "ask: {c: {fields: [u], such that: [{holds: u > a, subject: {en: X, ru: Y}}]}}",
    "row": "ask: {d: {rows: {c: {points: 1, prompt: {en: X, ru: Y}}}}}",
}
HOSTILE = {
    "[x](javascript:alert(1))": "prose-link",
    "$\\input{/etc/passwd}$": "prose-command",
    "![x](a.png)": "prose-picture",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_of_a_file_is_asked(place: str, text: str) -> None:
    part = PLACES[place].replace("X", json.dumps(text)).replace("Y", json.dumps("да"))
    parts = {"id": "id: s", "title": "title: {en: S, ru: С}", "topic": "topic: t", "given": "given: {a: 3}",
             "steps": "steps: {c: a + 1}", "ask": "ask: {c: 1}", "text": "text: {en: F, ru: Н}"}  # fmt: skip
    parts[part.partition(":")[0]] = part
    with pytest.raises(AuthorError) as caught:
        printed(problem_from("\n".join(parts.values()).encode(), "s.yaml"))
    said_well(caught.value)
    assert caught.value.message.key == HOSTILE[text]
    assert caught.value.line == list(parts).index(part.partition(":")[0]) + 1


def test_whatever_an_author_may_write_is_typeset() -> None:
    """All of it in one worksheet a format: nothing fails, and each has what it should."""
    exercises = tuple(Exercise(n, "T", 1, "C", row["text"], ()) for n, row in enumerate(ROWS["typesets"], 1))
    for row in ROWS["typesets"]:
        assert fault_of(row["text"]) is None
    (files,) = render([Sheet("", "", "en", exercises)], ["html", "tex", "md", "pdf"])
    assert files["pdf"].startswith(b"%PDF")
    for name in ("html", "tex", "md"):
        text = files[name].decode()
        for row in ROWS["typesets"]:
            wanted = row.get(name, "")
            assert wanted in text or wanted in html.unescape(text), (name, row)
    for word in ("Shaded", "Highlighting", 'onclick="', "<script"):
        assert word not in files["tex"].decode() + files["html"].decode()


@pytest.mark.parametrize(("body", "key", "line"), ROWS["files"])
def test_a_file_asks_for_what_fits(body: str, key: str, line: int) -> None:
    started = time.process_time()
    text = f"{HEAD}{long(body)}\ntext: {{en: Find it., ru: Найдите.}}\n"
    with pytest.raises(AuthorError) as caught:
        draw(problem_from(text.encode(), "s.yaml"), range(20))
    said_well(caught.value)
    assert (caught.value.message.key, caught.value.line) == (key, line)
    assert time.process_time() - started < SECONDS
    assert isinstance(caught.value, InputError) or caught.value.path


def linked_out(folder: Path, outside: Path) -> list[Path]:
    """A link to a file, a link to a folder, one that climbs; and one that stays inside, which is fine."""
    folder.mkdir()
    (folder / "own").mkdir()
    links = [folder / "file.yaml", folder / "folder", folder / "own" / "again.yaml"]
    links[0].symlink_to(outside / "s.yaml")
    links[1].symlink_to(outside)
    links[2].symlink_to(Path("..") / ".." / "outside" / "s.yaml")
    (folder / "own" / "real.yaml").write_text((outside / "s.yaml").read_text("utf-8"), "utf-8")
    (folder / "inside.yaml").symlink_to(folder / "own" / "real.yaml")
    return links


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "s.yaml").write_text(HEAD + BODY.replace("{text}", "F"), "utf-8")
    return folder


def test_a_link_out_of_the_problems_is_refused(tmp_path: Path, outside: Path) -> None:
    linked_out(tmp_path / "problems", outside)
    bank = Bank(tmp_path / "problems")
    for name in ("file", "again"):
        with pytest.raises(InputError) as caught:
            bank[name]
        assert caught.value.message.key == "file-outside"
    assert bank["inside"].id == bank["real"].id == "s"
    (tmp_path / "elsewhere").symlink_to(tmp_path / "problems")
    assert Bank(tmp_path / "elsewhere")["real"].id == "s"
    found = {Path(item.file).stem: {finding.message.key for finding in item.findings}
             for item in check_paths([tmp_path / "problems"], 20, typeset=False)}  # fmt: skip
    assert found["file"] == found["again"] == {"file-outside"}
    assert "file-outside" not in found["inside"] | found["real"]


@pytest.mark.parametrize("kept", range(3))
def test_a_link_out_of_the_templates_is_refused(tmp_path: Path, outside: Path, kept: int) -> None:
    sheets = [Sheet("", "", "en", (Exercise(1, "", 1, "", "x", ()),))]
    folder = tmp_path / "templates"
    links = linked_out(folder, outside)
    for number, link in enumerate(links):
        if number != kept:
            link.unlink()
    with pytest.raises(InputError) as caught:
        render(sheets, ["md"], folder)
    assert caught.value.message.key == "file-outside"
    links[kept].unlink()
    assert render(sheets, ["md"], folder)


@pytest.mark.parametrize("body", ROWS["odd"])
def test_an_odd_file_is_checked(body: str) -> None:
    problem = problem_from(f"{HEAD}{body}\ntext: {{en: Find it., ru: Найдите.}}\n".encode(), "s.yaml")
    assert printed(problem).blanks
    assert check_problem(problem, 20, typeset=False).measured is not None


PIECES = st.sampled_from([
    "a", "v", "w", "f", "m", "tex", "range", "i", "x", "1", "0", "2.5", "'s'", "(", ")", "[", "]", ",", "|", "~", "+",
    "-", "*", "/", "%", "**", " not ", " and ", " or ", " in ", " is ", " if ", " else ", "length", "join", "odd",
    "loop", ".index", ".x", "none", "{", "}", ":", "==",
])  # fmt: skip
NAMES = {
    "a": Shown(3.0, "en"),
    "v": Shown((1.0, 2.0), "ru"),
    "w": {0: Shown(1.5, "ru")},
    "f": Formula("x"),
    "m": "x",
    "tex": Function("tex", lambda arguments: str(len(arguments))),
}


@given(expression=st.lists(PIECES, min_size=1, max_size=8).map("".join), loop=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text_prints_or_is_refused(expression: str, loop: bool) -> None:
    template = f"{{% for i in v %}}{{{{ {expression} }}}}{{% endfor %}}" if loop else f"{{{{ {expression} }}}}"
    try:
        said = filled(template, NAMES)
    except AuthorError as fault:
        said = translate(fault.message, "ru")
    assert isinstance(said, str)
