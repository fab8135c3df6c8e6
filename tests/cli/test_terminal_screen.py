"""Nothing that a stranger wrote moves the teacher's cursor, whatever the command; every output can show a verdict."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import grader
from grader.cli import main
from grader.cli.screen import Screen, guarded, paint
from grader.cli.spelling import shown_in
from grader.messages import LANGUAGES
from grader.printable import json_of, printable, printable_lines

ROOT = Path(__file__).parents[2]
EVIL = "\x1b[2J\x1b]0;PWNED\x07\x9b31m\x1b[32m\u202egpj\u2066\u2028\r\x7f\x08x"
UNWRITTEN = EVIL + "\ud800"  # in a file, by its escape
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066\u2067\ud800-\udfff]")
CODES = r"\x1b\[(?:0|1|2|3[0-7]|9[0-7]|1;3[0-7])m"

# ----- Texts ------------------------------------------------------------------------------------------------------

PRINTABLE = [
    ("plain text", "plain text"),
    ("Анна Ё 李 é ²", "Анна Ё 李 é ²"),
    ("a\nb\tc\r", "a b c "),
    ("\x1b[31mred\x1b[0m", " [31mred [0m"),
    ("\x9b2J", " 2J"),
    ("a\u202eb\u2066c\u2069", "a b c "),
    ("\u2028\u2029\x85", "   "),
    ("\udcff.yaml", "\\xff.yaml"),
    ("\ud800", "\ufffd"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("a\ufeff\u200b\xad\U000e0041", "a    "),
]


@pytest.mark.parametrize(("text", "shown"), PRINTABLE)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable_lines(f"{text}\n{text}") == "\n".join([printable_lines(text)] * 2)


@given(st.text())
def test_json_is_what_it_was_and_may_be_printed(text: str) -> None:
    said = json_of({text: [text]}, indent=1)
    assert json.loads(said) == {text: [text]}
    assert printable_lines(said) == said
    assert json.loads(json_of(text, ascii_only=True)) == text


SPELLED = [
    ("Щёлково, Юля", "ascii", "Shchyolkovo, Yulya"),
    ("✓ ✗ ◐ ≈ · • …", "ascii", "+ x ~ ~ * o ..."),
    ("w₁ = x² − ½·α", "ascii", "w1 = x^2 - 1/2*alpha"),
    ("Прогноз — 3 × 4", "cp866", "Прогноз - 3 x 4"),
    ("Прогноз", "cp1252", "Prognoz"),
    ("é — “x”", "cp1252", "é — “x”"),
    ("Ünï 李", "ascii", "Uni \\u674e"),
    ("∑ Γ(δ)", "latin-1", "sum Gamma(delta)"),
    ("все", "utf-8", "все"),
    ("\u2068אב\u2069", "cp1252", "\\u05d0\\u05d1"),
]


@pytest.mark.parametrize(("text", "encoding", "shown"), SPELLED)
def test_letters_that_an_output_has_not_are_spelled(text: str, encoding: str, shown: str) -> None:
    assert shown_in(text, encoding) == shown


@given(st.text(), st.sampled_from(["ascii", "cp1252", "latin-1", "cp866", "koi8-r", "shift_jis"]))
def test_every_output_takes_every_text(text: str, encoding: str) -> None:
    shown_in(printable_lines(text), encoding).encode(encoding)


# ----- The screen -------------------------------------------------------------------------------------------------


def on_screen(text: str) -> str:
    target = io.StringIO()
    Screen(target).write(text)
    return target.getvalue()


NAMES = [
    ("אבג 3/4", "\u2068אבג\u2069 3/4"),
    ("ann 3/4", "ann 3/4"),
    ("سارا نور  8/9", "\u2068سارا نور\u2069  8/9"),
    ("אב\nגד", "\u2068אב\u2069\n\u2068גד\u2069"),
    ("א\u202eב", "\u2068א ב\u2069"),
]


@pytest.mark.parametrize(("text", "shown"), NAMES)
def test_names_from_right_to_left_turn_nothing_else(text: str, shown: str) -> None:
    assert on_screen(text) == shown


def test_only_our_colours_pass() -> None:
    assert on_screen(paint("good", "green")) == "\x1b[32mgood\x1b[0m"
    assert on_screen(paint("\x1b[31mbad", "green")) == "\x1b[32m [31mbad\x1b[0m"
    assert on_screen(click.style("plain", fg="green")) == "plain"  # safe, and without a colour


def test_whoever_writes_meets_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.stdout
    with guarded():
        print(EVIL)
        click.echo(EVIL, err=True)
        sys.stdout.write(EVIL)
    assert sys.stdout is before
    said = capsys.readouterr()
    assert not HIDDEN.search(said.out + said.err)


def test_a_fault_of_ours_crashes_printably() -> None:
    program = (
        "import grader.cli.problems as problems\nfrom grader.cli import main\n"
        "def listed(*arguments): raise RuntimeError('\\x1b[2J\\x9bx')\n"
        "problems.listed = listed\nmain(['list'])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("RuntimeError:  x\n")


def test_a_full_disk_behind_the_output_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("a system without /dev/full")
    done = grade_process("list", stdout="/dev/full")
    assert (done.returncode, "No space left" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


# ----- Every command ----------------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """For YAML."""
    return json_of(text)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A course in which everything that can have a name has an evil one."""
    root = tmp_path_factory.mktemp("evil") / "c"
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    bank = root / "problems"
    (bank / "assignments" / "week-1.yaml").write_text(
        f"title: {quoted(UNWRITTEN)}\nproblems: [{{problem: matrix-mul, as: {quoted(UNWRITTEN)}}}, evil]\n", "utf-8"
    )
    source = next((ROOT / "problems").rglob("matrix-add.yaml")).read_text("utf-8")
    title = f"title: {{en: {quoted(UNWRITTEN)}, ru: {quoted(UNWRITTEN)}}}"
    evil = re.sub(r"(?m)^title:.*$", lambda _: title, source)
    assert evil != source
    (bank / "evil.yaml").write_text(evil, "utf-8")
    (bank / "broken.yaml").write_text(f"title: {quoted(UNWRITTEN)}\n{quoted(UNWRITTEN)}: 1\n", "utf-8")
    (root / "roster.csv").write_text(
        f"student,name,{EVIL.strip(chr(13))}\nann\x1b[2J,{EVIL},{EVIL}\n".replace("\r", ""), "utf-8"
    )
    code = grader.bank()["matrix-mul"].variant(1).code
    text = (
        f"student: {quoted('ann ' + UNWRITTEN)}\nassignment: {{}}\nlanguage: {{}}\n"
        f"answers:\n  matrix-mul:\n    variant: {code}\n"
        f"    C: {quoted(UNWRITTEN)}\n    {quoted(UNWRITTEN)}: 1\n"
        f"  {quoted(UNWRITTEN)}:\n    variant: {quoted(UNWRITTEN)}\n    C: 1\n"
    )
    handed = root / "handed"
    handed.mkdir()
    for name, assignment, language in (
        ("a", quoted(UNWRITTEN), quoted(UNWRITTEN)),
        ("b", "practice", "ru"),
        (f"answers-{EVIL}", "week-1", "en"),
    ):
        (handed / f"{name}.yaml").write_text(text.format(assignment, language), "utf-8")
    (handed / f"x{EVIL}.png").write_bytes(b"\x89PNG")
    (handed / f".{EVIL}").write_bytes(b"")
    (handed / f"empty{EVIL}").mkdir()
    (root / "lines.jsonl").write_text(
        json.dumps({"student": EVIL, "reference": "x"}) + "\n" + json.dumps({"student": "x", "kind": EVIL}) + "\n{",
        "utf-8",
    )
    here = Path.cwd()
    os.chdir(root)
    yield root
    os.chdir(here)


COMMANDS = [
    ["list"],
    ["list", "--json"],
    ["list", "--topic", EVIL],
    ["show", "evil"],
    ["show", "evil", "--json"],
    ["show", EVIL],
    ["show", "evil", "--set", EVIL],
    ["show", "evil", "--set", f"{EVIL}=1"],
    ["check", "--fast", "--variants", "10", "problems/broken.yaml"],
    ["check", "--fast", "--variants", "10", "problems/evil.yaml", "--slips", "--tolerances"],
    ["check", "--fast", f"{EVIL}.yaml"],
    ["worksheet", "evil", "--student", f"s{EVIL}", "--format", "md", "-o", f"out{EVIL}"],
    ["worksheet", "week-1", "--roster", "roster.csv", "--format", "md", "-o", "out"],
    ["worksheet", "week-1", "--student", "x", "--format", EVIL, "-o", "out"],
    ["worksheet", EVIL, "--student", "x", "-o", "out"],
    ["worksheet", f"{EVIL}.yaml", "--student", "x", "-o", "out"],
    ["submit", "handed/a.yaml"],
    ["submit", "handed/a.yaml", "--json"],
    ["submit", "handed/b.yaml"],
    ["submit", "handed/b.yaml", "--solutions"],
    ["submit", f"handed/answers-{EVIL}.yaml"],
    ["submit", f"handed/x{EVIL}.png"],
    ["submit", f"handed/{EVIL}"],
    ["batch", "handed", "-o", "results"],
    ["batch", "handed", "-o", "results", "--json"],
    ["batch", "handed", "-o", f"results{EVIL}", "--roster", "roster.csv"],
    ["batch", "handed", "-o", "results", "--roster", "roster.csv", "--column", EVIL],
    ["batch", f"handed{EVIL}", "-o", "results"],
    ["batch", "handed", "-o", f"handed/a.yaml/{EVIL}"],
    ["hint", "handed/b.yaml", "matrix-mul", "C", "--yes"],
    ["hint", "handed/b.yaml", EVIL, "C"],
    ["hint", "handed/b.yaml", "matrix-mul", EVIL],
    ["compare", EVIL, "x"],
    ["compare", f"x + {EVIL}", "x", "--json"],
    ["compare", "x", EVIL],
    ["compare", "x", "x", "--shape", EVIL],
    ["compare", "x", "x", "--kind", EVIL],
    ["compare", "--jsonl", "lines.jsonl"],
    ["compare", "--jsonl", EVIL],
    ["schema"],
    ["init", f"new{EVIL}", "--title", EVIL],
    ["init", f"handed/a.yaml/{EVIL}"],
    [EVIL],
    ["submit", "--" + EVIL],
    ["submit", "-l", EVIL, "handed/b.yaml"],
]


@pytest.mark.skipif(os.name == "nt", reason="files there have no such names")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", COMMANDS, ids=[f"{n}-{ascii(each[0])[1:8]}" for n, each in enumerate(COMMANDS)])
def test_no_command_prints_what_moves_a_cursor(
    place: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], language: str
) -> None:
    monkeypatch.setenv("GRADER_LANGUAGE", language)
    colour = (len("".join(arguments)) % 2 == 0) is (language == "en")  # a command in either way, in turns
    done = CliRunner().invoke(main, arguments, color=colour, input="")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in (0, 1, 2)
    plain = re.sub(CODES, "", done.output) if colour else done.output
    assert not (found := HIDDEN.search(plain)), plain[max(0, found.start() - 60) : found.start() + 60]
    assert "\x1b" not in plain
    if "--json" in arguments and done.exit_code == 0:
        json.loads(done.stdout)
    for path in place.rglob("gradebook.csv"):
        assert not HIDDEN.search(path.read_text("utf-8-sig").replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("encoding", "language"), [("cp1252", "ru"), ("latin-1", "en"), ("cp866", "ru"), ("ascii", "ru")]
)
def test_every_command_is_read_on_every_output(
    place: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, language: str
) -> None:
    monkeypatch.setenv("GRADER_LANGUAGE", language)
    for arguments in COMMANDS:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict") for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", io.StringIO())
            with pytest.raises(SystemExit):
                main.main(arguments)
        for stream in (out, err):
            stream.flush()
            said = stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
            assert not HIDDEN.search(said)
        if "--json" in arguments and out.buffer.getvalue():  # type: ignore[attr-defined]
            json.loads(out.buffer.getvalue().decode(encoding))  # type: ignore[attr-defined]


def test_json_loses_no_letter_where_the_output_has_none(place: Path) -> None:
    done = grade_process("show", "matrix-mul", "--json", "-l", "ru", PYTHONIOENCODING="cp1252")
    assert json.loads(done.stdout)["title"] == grader.bank()["matrix-mul"].title["ru"]


def grade_process(*arguments: str, stdout: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", **variables}
    command = [sys.executable, "-m", "grader", *arguments]
    if stdout:
        with open(stdout, "w") as target:
            return subprocess.run(command, env=env, stdout=target, stderr=subprocess.PIPE, text=True, check=False)
    return subprocess.run(command, env=env, capture_output=True, encoding="latin-1", check=False)


PLAIN_C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize("variables", [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "cp866"}, PLAIN_C])
def test_an_attempt_and_its_verdict_are_seen_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "c"), "-l", "ru"]).exit_code == 0
    monkeypatch.chdir(tmp_path / "c")
    sheet = ["worksheet", "matrix-mul", "--student", "s", "--format", "md", "-o", "out"]
    assert CliRunner().invoke(main, sheet).exit_code == 0
    done = grade_process("submit", "out/answers-s.yaml", **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0/4" in done.stdout
    assert len(list((tmp_path / "c" / "submissions" / "s").glob("*.verdict.json"))) == 1


def test_a_name_that_the_system_cannot_write_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = grade_process("worksheet", "matrix-mul", "--student", "Иванова", "--format", "md", "-o", "out", **PLAIN_C)
    assert (done.returncode, "does not take this name" in done.stderr) == (2, True)
