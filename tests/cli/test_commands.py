"""Every command: help with an example, JSON where it prints data, exit codes, no traceback for bad input."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from counted import peak

import grader
from grader.check.report import Finding, Report
from grader.cli import main
from grader.cli.tables import show_reports
from grader.course.bank import default_bank
from grader.errors import Message

COMMANDS = sorted(main.list_commands(click.Context(main)))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Commands run outside any course, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    return tmp_path


def grade(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    result = grade(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output


def test_the_list_of_commands_has_whole_sentences() -> None:
    lines = grade("--help").output.split("Commands:")[1].strip().splitlines()
    assert len(lines) == len(COMMANDS)
    assert [line for line in lines if not line.endswith(".") or line.endswith("...")] == []


@pytest.mark.parametrize(("warnings", "english", "russian"), [
    (0, "0 warnings", "0 предупреждений"), (1, "1 warning", "1 предупреждение"), (2, "2 warnings", "2 предупреждения"),
])  # fmt: skip
def test_warnings_are_counted_in_words(
    warnings: int, english: str, russian: str, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = Finding("warning", Message("check-zero", {"ask": "x", "percent": 1}))
    for language, words in (("en", english), ("ru", russian)):
        show_reports([Report("p", "p.yaml", (finding,) * warnings)], language)
        assert capsys.readouterr().out.rstrip().endswith(f", {words}")


def test_list() -> None:
    rows = json.loads(grade("list", "--json").output)
    assert [row["id"] for row in rows] == list(default_bank())
    assert "adam-two-steps" in grade("list").output
    assert "adam-two-steps" not in grade("list", "--topic", "matrix").output


def test_show_json_has_the_fixed_fields() -> None:
    shown = json.loads(grade("show", "adam-two-steps", "--seed", "7", "--json", "--key").output)
    fields = {"problem", "seed", "variant", "language", "given", "statement", "asks", "solution"}
    assert fields <= shown.keys()
    assert {"id", "kind", "points", "prompt", "tolerance"} <= shown["asks"][0].keys()
    assert shown["solution"]["w[1]"] == pytest.approx(shown["solution"]["w[1]"])
    assert shown["worked"].startswith("*Gradient:* $")
    assert not {"solution", "worked"} & json.loads(grade("show", "adam-two-steps", "--json").output).keys()


def test_show_writes_a_figure_and_says_it_in_json(tmp_path: Path) -> None:
    shown = json.loads(grade("show", "relu-forward-picture", "--json", "--figure", str(tmp_path / "net.svg")).output)
    assert shown["figure"]["kinds"] == ["net"]
    assert shown["figure"]["svg"] == (tmp_path / "net.svg").read_text("utf-8").strip()
    assert shown["figure"]["alt"].startswith("A network from left to right")
    refused = grade("show", "matrix-mul", "--figure", str(tmp_path / "none.svg"))
    assert refused.exit_code == 2
    assert "has no figure" in refused.output
    assert not (tmp_path / "none.svg").exists()
    nowhere = grade("show", "relu-forward-picture", "--figure", str(tmp_path / "no" / "net.svg"))
    assert nowhere.exit_code == 2


def test_show_prints_the_worked_solution_below_the_statement() -> None:
    text = grade("show", "deriv-chain-two-layer", "--seed", "3", "--key", "-l", "ru").output
    assert text.index("Решение") > text.index("Найдите")
    assert "Правило сложной функции: y'(x) = f'(g(x))g'(x) = " in text.replace("\n", "")
    assert not any(sign in text for sign in ("$", "\\", "*"))


def test_submit_shows_solutions_below_their_problems(tmp_path: Path) -> None:
    grade("worksheet", "matrix-mul", "adam-two-steps", "--student", "ivanova", "--format", "md", "-o", "out")
    file = "out/answers-ivanova.yaml"
    plainly, told = grade("submit", file).output, grade("submit", file, "--solutions").output
    assert "Solution" not in plainly
    first, second = told.index("Product: AB = "), told.index("First moment: m_1 = β_1m_0 + (1 - β_1)g_1 = ")
    assert told.index("matrix-mul") < first < told.index("adam-two-steps") < second
    problems = json.loads(grade("submit", file, "--solutions", "--json").output)["problems"]
    assert problems[0]["worked"].startswith("*Product:* $AB = ")
    Path(file).write_text(Path(file).read_text("utf-8").replace("adam-two-steps:", "nothing-here:"), "utf-8")
    assert "First moment" not in grade("submit", file, "--solutions").output


def test_show_is_the_same_for_the_same_seed_and_takes_set() -> None:
    one, again, other = (grade("show", "adam-two-steps", "--json", "--seed", seed).output for seed in ("3", "3", "4"))
    assert one == again != other
    fixed = json.loads(grade("show", "adam-two-steps", "--json", "--set", "x=[7, 9]").output)
    assert fixed["given"]["x"] == [7, 9]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "adam-two-step"], "adam-two-steps"),
        (["show", "adam-two-steps", "--set", "q=1"], "q"),
        (["show", "adam-two-steps", "--set", "x=[1"], "bracket"),
        (["show", "missing.yaml"], "missing.yaml"),
        (["submit", "missing.yaml"], "missing.yaml"),
        (["submit", "."], "folder"),
        (["batch", "missing", "-o", "out"], "folder"),
        (["worksheet", "nothing-here", "-o", "out"], "nothing-here"),
        (["worksheet", "adam-two-steps", "--format", "doc", "-o", "out"], "doc"),
        (["compare", "x", "y+", "--in", "x,y"], "y+"),
        (["compare", "x", "x", "--shape", "A=axb"], "A=axb"),
    ],
)
def test_bad_arguments_are_said_with_exit_code_2(arguments: list[str], said: str) -> None:
    result = grade(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("arguments", [
    ["batch", "missing", "-o", "out"], ["worksheet", "nothing-here", "-o", "out"], ["show", "adam-two-step"],
    ["submit", "missing.yaml"], ["worksheet", "matrix-mul", "--set", "x", "-o", "out"],
])  # fmt: skip
def test_an_error_is_said_in_the_language_asked_for(arguments: list[str]) -> None:
    english, russian = (grade(*arguments, "-l", language).output for language in ("en", "ru"))
    assert not re.search("[а-я]", english)
    assert re.search("[а-я]", russian)


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (["2x cos(x^2)", "2*x*cos(x^2)", "--in", "x"], "correct"),
        (["(A + A^T) x", "(A + A')*x", "--shape", "A=3x3", "--shape", "x=3"], "correct"),
        (["2 A x", "(A + A')*x", "--shape", "A=3x3", "--shape", "x=3"], "wrong"),
        (["0,33", "1/3", "--decimals", "2"], "correct"),
        (["1.02", "1", "--rel", "1e-2"], "wrong"),
        (["x+", "x", "--in", "x"], "invalid"),
    ],
)
def test_compare(arguments: list[str], verdict: str) -> None:
    assert grade("compare", *arguments).output.startswith(verdict)
    assert json.loads(grade("compare", *arguments, "--json").output)["verdict"] == verdict


def test_compare_many_lines_keeps_order_and_survives_bad_ones(tmp_path: Path) -> None:
    rows = [
        {"student": "2x", "reference": "x+x", "kind": "expression", "variables": ["x"], "options": {}},
        "not json",
        {"student": "1", "reference": "2", "kind": "number", "variables": None, "options": {"rel": 0.1}},
        {"reference": "2"},
        {"student": r"\frac{1}{2}", "reference": "1/2", "kind": "latex", "variables": [], "options": {}},
        {"student": "__import__('os')", "reference": "1", "kind": "number", "variables": [], "options": {"nope": 1}},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    lines = [json.loads(line) for line in grade("compare", "--jsonl", str(path)).output.splitlines()]
    assert [line["verdict"] for line in lines] == ["correct", "invalid", "wrong", "invalid", "correct", "invalid"]
    assert all(line["message"] for line in lines)


def test_worksheet_then_submit_then_batch(tmp_path: Path) -> None:
    assert grade("init").exit_code == 0
    (tmp_path / "roster.csv").write_text("student,name,language\nivanova,Анна,ru\nsmith,Bob,en\n", "utf-8")
    made = grade(
        "worksheet",
        "matrix-mul",
        "adam-two-steps",
        "--roster",
        "roster.csv",
        "--format",
        "md,html",
        "--key",
        "-o",
        "out",
        "--json",
    )
    names = {Path(path).name for path in json.loads(made.output)}
    assert {"ivanova.md", "smith.html", "key-smith.md", "answers-ivanova.yaml", "manifest.jsonl"} <= names
    single = grade("submit", "out/answers-smith.yaml", "--json")
    assert single.exit_code == 0
    assert json.loads(single.output)["of"] > 0
    summary = json.loads(grade("batch", "out", "-o", "results", "--json").output)
    assert (summary["files"], summary["refused"]) == (2, 0)
    assert len((tmp_path / "results" / "results.jsonl").read_text("utf-8").splitlines()) == 2
    assert "ivanova" in (tmp_path / "results" / "gradebook.csv").read_text("utf-8-sig")


def test_submit_keeps_a_copy_in_a_course_folder_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert grade("init", "course").exit_code == 0
    monkeypatch.chdir(tmp_path / "course")
    grade("worksheet", "matrix-mul", "--student", "ivanova", "--format", "md", "-o", "out")
    assert grade("submit", "out/answers-ivanova.yaml").exit_code == 0
    kept = list((tmp_path / "course" / "submissions" / "ivanova").glob("*.yaml"))
    assert [path.read_bytes() for path in kept] == [(tmp_path / "course" / "out" / "answers-ivanova.yaml").read_bytes()]


def test_schema_describes_the_bank() -> None:
    schema = json.loads(grade("schema").output)
    assert schema["required"] == ["id", "title", "topic", "steps", "ask", "text"]
    assert "AskModel" in schema["$defs"]


HOSTILE = [
    "9^9^9^9",
    "(" * 10_000,
    "__import__('os').system('x')",
    "NaN",
    "inf",
    "[[1, 2], [3]]",
    "[1, 2, 3]",
    "х",
    "0x10",
    "1e999",
    "\\input{/etc/passwd}",
    "{{ 7*7 }}",
    "=cmd|' /C calc'!A0",
    "'" + "9" * 9_000,
    "!!python/object:os.system",
    "*x",
    "&a 1",
    "5^(5^(5^(5^5)))",
    "sin(7^(exp(exp(exp(10e))))+1)",
    "|" * 3_000,
    "\u202e1",
    "None",
    "true",
    "1;2;3",
    "[" * 500,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_answers_cost_only_themselves(tmp_path: Path, number: int) -> None:
    grade(
        "worksheet",
        "adam-two-steps",
        "matrix-mul",
        "md-quadratic-form",
        "--student",
        "a",
        "--format",
        "md",
        "-o",
        "out",
    )
    path = tmp_path / "out" / "answers-a.yaml"
    text = path.read_text("utf-8")
    quoted = "'" + HOSTILE[number].replace("'", "''") + "'"
    answer = [f"{key} {quoted}" for key in ("    w[1]:", "    AB:", "    g:")]
    for key, line in zip(("    w[1]:\n", "    AB:\n", "    g:\n"), answer, strict=True):
        text = text.replace(key, line + "\n")
    path.write_text(text.replace("    m[1]:\n", "    m[1]: 1.5\n"), "utf-8")
    result = grade("submit", str(path), "--json")
    asks = {ask["id"]: ask for problem in json.loads(result.output)["problems"] for ask in problem["asks"]}
    assert asks["w[1]"]["status"] in ("invalid", "wrong")
    assert asks["w[1]"]["messages"]
    assert asks["m[1]"]["status"] in ("correct", "wrong", "coarse")


BAD_FILES = [
    (b"", "empty"),
    (b"\x00\xff\x00binary", "not a text"),
    (b"answers: [", "answers"),
    (b"student: a\nassignment: b\n", "answers"),
    (b"\xff\xfea\x00", "key: value"),
    (b"- 1\n- 2\n", "answers"),
    (b"answers: &a\n  x: *a\n", ""),
]


@pytest.mark.parametrize(("data", "said"), BAD_FILES)
def test_bad_files_are_refused_with_a_cure(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "answers.yaml"
    path.write_bytes(data)
    result = grade("submit", str(path))
    assert "Traceback" not in result.output
    assert result.exit_code in (0, 2)
    assert said.lower() in result.output.lower()


def test_a_huge_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    codes: list[int] = []
    assert peak(lambda: codes.append(grade("submit", str(path)).exit_code)) < 20_000_000
    assert codes == [2]


def test_marking_never_loads_the_heavy_libraries(tmp_path: Path) -> None:
    grade("worksheet", "adam-two-steps", "md-quadratic-form", "--student", "a", "--format", "md", "-o", "out")
    code = (
        "import sys\nfrom grader.cli import main\n"
        "try:\n    main(['submit', 'out/answers-a.yaml'])\nexcept SystemExit: pass\n"
        "print(sorted({'sympy', 'pypandoc', 'typst', 'jinja2', 'rich', 'matplotlib', 'mpmath'} & set(sys.modules)))"
    )
    path = {**os.environ, "PYTHONPATH": str(Path(grader.__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True, env=path
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_ports_of_the_terminal_are_safe(tmp_path: Path) -> None:
    grade("worksheet", "adam-two-steps", "--student", "a", "--format", "md", "-o", "out")
    path = tmp_path / "out" / "answers-a.yaml"
    path.write_text(path.read_text("utf-8").replace("    w[1]:\n", '    w[1]: "\\e[2J1"\n'), "utf-8")
    assert "\x1b[2J" not in grade("submit", str(path)).output


def test_a_courses_own_template_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grade("init", "course")
    monkeypatch.chdir(tmp_path / "course")
    (tmp_path / "course" / "templates" / "worksheet.md.jinja").write_text("Our own sheet\n", "utf-8")
    grade("worksheet", "matrix-mul", "--student", "a", "--format", "md,html", "-o", "out")
    assert (tmp_path / "course" / "out" / "a.md").read_text("utf-8").startswith("Our own sheet")
    assert "<html" in (tmp_path / "course" / "out" / "a.html").read_text("utf-8")
