"""What is on the disk after commands that met, were killed, or found no room: counted right, nothing lost."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.course import disk, locks
from grader.course.stamps import free_names, stamp_of, time_behind

SET = "{inner: 2, A: '[1, 2; 1, 0]', B: '[2, -2; 1, -1]'}"
POLICY = "{attempts: 3, hints: {authored: 0.5, slip: 0.5, step: 0.5}}"
ASSIGNMENT = f"title: A\nproblems: [{{problem: matrix-mul, require: no, set: {SET}}}]\npolicy: {POLICY}\n"
ROOT = Path(__file__).parents[2]


def grade(*arguments: str, code: int | None = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert code is None or result.exit_code == code, result.output
    return result


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    root = tmp_path / "course"
    grade("init", str(root))
    monkeypatch.chdir(root)
    (root / "problems" / "assignments" / "week.yaml").write_text(ASSIGNMENT, "utf-8")
    grade("worksheet", "week", "--student", "s0", "--format", "md", "-o", "out")
    return root


def answers(root: Path, answer: str, name: str = "a.yaml") -> str:
    text = (root / "out" / "answers-s0.yaml").read_text("utf-8")
    (root / name).write_text(re.sub(r"(?m)^    C:.*$", f"    C: '{answer}'", text), "utf-8")
    return name


def submit(root: Path, answer: str, code: int = 0) -> dict[str, Any]:
    done = grade("submit", answers(root, answer), "--json", code=code)
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def standing(data: dict[str, Any]) -> tuple[str, int]:
    (problem,) = data["problems"]
    return problem["attempt_status"], problem["attempt"]


def batch(root: Path) -> list[dict[str, Any]]:
    grade("batch", "submissions", "-o", "results")
    rows = [json.loads(line) for line in (root / "results" / "results.jsonl").read_text("utf-8").splitlines()]
    return sorted(rows, key=lambda row: stamp_of(Path(row["file"]).name) or ())


def process(*arguments: str, cwd: Path, program: str = "") -> subprocess.Popen[str]:
    """A command, or a program, in a process of its own."""
    program = program or f"from grader.cli import main\nmain({list(arguments)!r})"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", program], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


# ----- At once ----------------------------------------------------------------------------------------------------


def test_six_at_once_are_counted_one_by_one(course: Path) -> None:
    names = [answers(course, f"[{number}, 1; 1, 1]", f"a{number}.yaml") for number in range(6)]
    running = [process("submit", name, "--json", cwd=course) for name in names]
    said = [json.loads(each.communicate(timeout=120)[0]) for each in running]
    told = sorted(standing(data) for data in said)
    assert told == [("counted", 1), ("counted", 2), ("counted", 3), ("over", 3), ("over", 3), ("over", 3)]
    assert sorted(standing(row) for row in batch(course)) == told
    assert len(list((course / "submissions" / "s0").glob("*.verdict.json"))) == 6


def test_two_hints_at_once_are_both_paid(course: Path) -> None:
    submit(course, "[1, 1; 1, 1]")
    running = [process("hint", "a.yaml", "matrix-mul", "C", "--yes", "--json", cwd=course) for _ in range(3)]
    said = [json.loads(each.communicate(timeout=120)[0]) for each in running]
    lines = (course / "submissions" / "s0" / "hints.jsonl").read_text("utf-8").splitlines()
    assert sorted(data["rung"] for data in said) == [1, 2, 3]
    assert len({json.loads(line)["rung"] for line in lines}) == len(lines) == 3
    assert sorted(data["taken"] for data in said) == [0.5, 1.0, 1.5]


def test_who_waits_too_long_is_told_and_sees_the_verdict(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submit(course, "[1, 1; 1, 1]")
    monkeypatch.setattr(locks, "PATIENCE", 0.0)
    with locks.held(course / "submissions" / "s0"):
        done = grade("submit", answers(course, "[4, -4; 2, -2]"), "--json", code=1)
        assert standing(json.loads(done.stdout)) == ("unkept", 1)
        assert "NOT HANDED IN" in done.stderr
        refused = grade("hint", "a.yaml", "matrix-mul", "C", "--yes", code=2)
        assert "Another command" in refused.stderr
    assert len(batch(course)) == 1
    assert standing(submit(course, "[4, -4; 2, -2]")) == ("counted", 2)


def test_a_lock_ends_with_its_process(course: Path) -> None:
    held = (
        "import os\nfrom pathlib import Path\nfrom grader.course.locks import held\n"
        "with held(Path('submissions')):\n    os.kill(os.getpid(), 9)"
    )
    process(cwd=course, program=held).communicate(timeout=60)
    with locks.held(course / "submissions", 0.0):
        pass


def test_a_slower_one_stays_behind(course: Path) -> None:
    """One that began earlier and waited is later in the folder too."""
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    rows = [("20261201T120000", 0, "20261201T120000-2"), ("20261201T120001-4", 0, "20261201T120001-5"),
            ("20261201T115959", 0, "20261201T120000"), ("20301201T120000", 0, "20261201T120000"),
            ("20261201T120000", 300, "20261201T120500")]  # fmt: skip
    for last, seconds, name in rows:
        path = Path(f"{last}.yaml")
        moment = time_behind(path, now + timedelta(seconds=seconds))
        assert next(free_names(path, moment)) == name


# ----- Killed -----------------------------------------------------------------------------------------------------

KILLER = """
import os, sys
from grader.cli import main
WATCHED = {"os.mkdir", "os.rename", "os.remove", "os.link", "os.chmod", "fcntl.flock"}
def killed_at(last, arguments):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count = 0
    def hook(event, found):
        nonlocal count
        writes = event == "open" and isinstance(found[2], int) and found[2] & (os.O_WRONLY | os.O_RDWR)
        if writes or event in WATCHED:
            count += 1
            if count == last:
                os._exit(77)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.addaudithook(hook)
    try:
        main(arguments)
    except SystemExit as end:
        os._exit(end.code or 0)
kept = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
main(sys.argv[1:], standalone_mode=False)  # everything is loaded
os.dup2(kept, 1)
for line in sys.stdin:
    print(killed_at(int(line), sys.argv[1:]), flush=True)
"""


@contextmanager
def killer(*arguments: str, cwd: Path) -> Iterator[Callable[[int], int]]:
    """Runs a command that dies at the operation of a number on the disk; 0 where it came to its end before."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", KILLER, *arguments], cwd=cwd, env=env, stdin=pipe, stdout=pipe, text=True
    ) as runner:
        assert runner.stdin is not None
        assert runner.stdout is not None

        def at(point: int) -> int:
            print(point, file=runner.stdin, flush=True)
            return int(runner.stdout.readline())  # type: ignore[union-attr]

        yield at
        runner.stdin.close()


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that dies is made by fork")


@needs_fork
def test_killed_at_every_step_submit_and_batch_count_alike(course: Path) -> None:
    """Before the copy is there nothing was handed in; as soon as it is, it counts for both."""
    name, codes, counts = answers(course, "[1, 1; 1, 1]", "first.yaml"), [], Counter[int]()
    with killer("submit", name, cwd=course) as at:
        while 0 not in codes:
            shutil.rmtree(course / "submissions" / "s0", ignore_errors=True)
            codes.append(at(len(codes) + 1))
            rows = batch(course) if list((course / "submissions").glob("*/*.yaml")) else []
            attempts = [standing(row)[1] for row in rows]
            told = standing(submit(course, "[4, -4; 2, -2]"))
            assert told == ("counted", len(attempts) + 1), codes
            assert [standing(row)[1] for row in batch(course)] == [*attempts, told[1]]
            counts[len(attempts)] += 1
    assert set(codes) == {77, 0}
    assert counts[0] >= 4
    assert counts[1] >= 3


def test_the_same_answers_after_a_kill_cost_no_attempt_and_show_the_verdict(course: Path) -> None:
    submit(course, "[1, 1; 1, 1]")
    (verdict,) = (course / "submissions" / "s0").glob("*.verdict.json")
    verdict.unlink()
    data = submit(course, "[1, 1; 1, 1]")
    assert standing(data) == ("same", 1)
    assert ["marked again" in note["message"] for note in data["notes"]] == [True]


@needs_fork
@pytest.mark.parametrize("command", ["batch", "worksheet", "hint"])
def test_killed_at_every_step_a_run_can_be_repeated(course: Path, command: str) -> None:
    submit(course, "[1, 1; 1, 1]")
    arguments, out = {
        "batch": (["batch", "submissions", "-o", "results"], course / "results"),
        "worksheet": (["worksheet", "week", "--student", "s1", "--format", "md", "--key", "-o", "new"], course / "new"),
        "hint": (["hint", "a.yaml", "matrix-mul", "C", "--yes"], course / "submissions" / "s0"),
    }[command]
    before = {path.name: path.read_bytes() for path in out.glob("*")}
    grade(*arguments)
    good = {path.name: path.read_bytes() for path in out.iterdir()}
    codes: list[int] = []
    with killer(*arguments, cwd=course) as at:
        while 0 not in codes:
            shutil.rmtree(out)
            out.mkdir()
            for name, data in before.items():
                (out / name).write_bytes(data)
            codes.append(at(len(codes) + 1))
            whole = {path.name: path.read_bytes() for path in out.iterdir() if path.suffix != ".part"}
            for name, data in whole.items():
                assert data in (before.get(name), good[name]) or (name == "hints.jsonl" and data.count(b"\n") == 1), (
                    name
                )
    assert set(codes) == {77, 0}
    assert len(codes) > 4


# ----- No room, no rights, something in the way -------------------------------------------------------------------


def refuse(monkeypatch: pytest.MonkeyPatch, number: int, what: str, inside: str) -> None:
    """The system refuses an operation below a folder."""
    real = getattr(os, what)

    def refused(*arguments: Any, **named: Any) -> Any:
        if what == "fsync" or inside in str(arguments[0]):
            raise OSError(number, os.strerror(number))
        return real(*arguments, **named)

    monkeypatch.setattr(os, what, refused)


REFUSED = [
    (errno.ENOSPC, "fsync", "no room"),
    (errno.EDQUOT, "fsync", "no room"),
    (errno.EROFS, "mkdir", "Change its permissions"),
    (errno.EACCES, "replace", "Change its permissions"),
    (errno.EIO, "fsync", "Input/output error"),
]


@pytest.mark.parametrize(("number", "what", "said"), REFUSED)
def test_without_room_there_is_a_verdict_and_nothing_is_lost(
    course: Path, monkeypatch: pytest.MonkeyPatch, number: int, what: str, said: str
) -> None:
    name = answers(course, "[1, 1; 1, 1]")
    if what == "replace":
        submit(course, "[2, 2; 2, 2]")
    before = {path: path.read_bytes() for path in (course / "submissions").rglob("*.*")}
    with monkeypatch.context() as patch:
        refuse(patch, number, what, "results" if what == "replace" else "")
        for language, loud in (("en", "NOT HANDED IN"), ("ru", "РАБОТА НЕ СДАНА")):
            if what == "replace":
                break
            done = grade("submit", name, "-l", language, code=1)
            assert "0" in done.stdout
            assert loud in done.stderr
            assert language == "ru" or said in done.stderr
        grade("batch", "out", "-o", "results", code=2)
        if what != "replace":
            failed = grade("worksheet", "week", "--student", "new", "--format", "md", "-o", "new", code=2)
            assert said in failed.stderr
            assert said in grade("init", "other", code=2).stderr
    assert {path: path.read_bytes() for path in (course / "submissions").rglob("*.*") if path.name != ".lock"} == {
        path: data for path, data in before.items() if path.name != ".lock"
    }
    assert not list(course.rglob(".grader-*"))
    assert standing(submit(course, "[1, 1; 1, 1]")) == ("counted", 1 + bool(before))


def file_at(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")


def folder_at(path: Path) -> None:
    (path / "mine").mkdir(parents=True)


def link_at(path: Path) -> None:
    outside = path.parents[2] / "outside"
    outside.mkdir()
    path.symlink_to(outside)


PRINT = ["worksheet", "week", "--student", "x", "--format", "md", "-o", "new"]
HINT = ["hint", "a.yaml", "matrix-mul", "C", "--yes"]
IN_THE_WAY = [
    (file_at, "submissions/s0", ["submit", "a.yaml"], 1, "something else is in its place"),
    (link_at, "submissions/s0", ["submit", "a.yaml"], 1, "This is a link"),
    (link_at, "submissions/s0", HINT, 2, "This is a link"),
    (file_at, "submissions/s0", HINT, 2, "in its place"),
    (folder_at, "results/results.jsonl", ["batch", "out", "-o", "results"], 2, "a folder is in its place"),
    (folder_at, "results/gradebook.csv", ["batch", "out", "-o", "results"], 2, "a folder is in its place"),
    (file_at, "results", ["batch", "out", "-o", "results/deep"], 2, "something else is in its place"),
    (file_at, "results", ["batch", "out", "-o", "results"], 2, "is a file"),
    (file_at, "new", [*PRINT[:-1], "new/a/b"], 2, "in its place"),
    (folder_at, "new/x.md", PRINT, 2, "not the same sheet"),
    (folder_at, "new/x.md", [*PRINT, "--force"], 2, "in its"),
    (folder_at, "new/manifest.jsonl", PRINT, 2, "in its"),
    (file_at, "new/problems", ["init", "new"], 2, "something else is in its place"),
]  # fmt: skip


@pytest.mark.parametrize(("lay", "where", "arguments", "code", "said"), IN_THE_WAY)
def test_something_in_the_way_is_said(
    course: Path, lay: Any, where: str, arguments: list[str], code: int, said: str
) -> None:
    answers(course, "[1, 1; 1, 1]")
    lay(course / where)
    before = sorted(path for path in course.parent.rglob("*") if not path.name.startswith("."))
    done = grade(*arguments, code=code)
    assert said in " ".join(done.stderr.split())
    if arguments[0] == "submit":
        assert "matrix-mul" in done.stdout
    if arguments[0] != "init" and "new/x.md" not in where:
        after = sorted(path for path in course.parent.rglob("*") if not path.name.startswith("."))
        assert after == before


@pytest.mark.parametrize("folder", ["problems", "problems/assignments", "problems/deep"])
@pytest.mark.parametrize("arguments", [["list"], ["submit", "a.yaml"], ["batch", "out", "-o", "results"], HINT, PRINT])
def test_problems_that_may_not_be_read_are_not_passed_over(
    course: Path, monkeypatch: pytest.MonkeyPatch, folder: str, arguments: list[str]
) -> None:
    answers(course, "[1, 1; 1, 1]")
    (course / folder).mkdir(exist_ok=True)
    real = os.scandir

    def refused(path: Any = ".") -> Any:
        if Path(path) == course / folder:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refused)
    done = grade(*arguments, code=2)
    assert "This folder of problems may not be read" in done.stderr
    assert not list((course / "submissions").iterdir())


def test_a_working_folder_that_is_gone_is_said(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = course / answers(course, "[1, 1; 1, 1]")
    gone = course / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    try:
        for arguments in (["submit", str(name)], ["submit", "a.yaml"], ["list"], ["batch", "out", "-o", "r"]):
            assert "is not there any more" in grade(*arguments, code=2).stderr
    finally:
        os.chdir(course)


def test_a_name_that_is_too_long_is_said(course: Path) -> None:
    done = grade("batch", "out", "-o", "x" * 300, code=2)
    assert "does not take this name" in done.stderr


# ----- Rights -----------------------------------------------------------------------------------------------------


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing there")
@pytest.mark.parametrize(("mask", "public"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_what_holds_secrets_is_for_the_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: int, public: int
) -> None:
    before = os.umask(mask)
    try:
        grade("init", str(tmp_path / "c"))
        monkeypatch.chdir(tmp_path / "c")
        grade("worksheet", "week-1", "--roster", "roster.csv", "--format", "md", "--key", "-o", "sheets")
        grade("submit", "sheets/answers-ivanova.yaml")
        grade("batch", "sheets", "-o", "results")
    finally:
        os.umask(before)
    found = {
        str(path.relative_to(tmp_path / "c")): rights(path) for path in (tmp_path / "c").rglob("*") if path.is_file()
    }
    private = {"course.yaml", "roster.csv", "sheets/manifest.jsonl", "sheets/key-ivanova.md", "sheets/key-smith.md"}
    for name, mode in found.items():
        secret = name in private or name.startswith(("submissions/", "results/"))
        assert mode == (0o600 if secret else public), name
    assert private < found.keys()
    for name in ("submissions", "submissions/ivanova", "results"):
        assert rights(tmp_path / "c" / name) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing there")
@pytest.mark.parametrize("mode", [0o640, 0o444, 0o600, 0o666])
def test_a_file_keeps_its_rights(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(mode)
    disk.write_whole(path, b"new", private=mode == 0o640)
    assert (path.read_bytes(), rights(path)) == (b"new", mode)


# ----- Litter -----------------------------------------------------------------------------------------------------

LITTER = [".grader-0123456789abcdef.part", ".a1_b2c3d.part", ".20261201T120000.yaml.4711.part"]
OTHERS = ["mine.part", ".mine.part", ".vimrc", "answers.yaml.part", ".lock"]


@pytest.mark.parametrize("command", ["submit", "batch", "batch all", "worksheet", "init"])
def test_old_litter_is_swept_and_nothing_else(course: Path, command: str) -> None:
    answers(course, "[1, 1; 1, 1]")
    arguments, folder = {
        "submit": (["submit", "a.yaml"], "submissions/s0"),
        "batch": (["batch", "out", "-o", "results"], "results"),
        "batch all": (["batch", "submissions", "-o", "results"], "submissions/gone"),
        "worksheet": (["worksheet", "week", "--student", "b", "--format", "md", "-o", "new"], "new"),
        "init": (["init", "other"], "other"),
    }[command]
    (course / folder).mkdir(parents=True)
    for name in [*LITTER, *OTHERS]:
        (course / folder / name).write_text("x")
        os.utime(course / folder / name, (1, 1))
    young = course / folder / ".grader-fedcba9876543210.part"
    young.write_text("somebody is writing")
    (course / folder / ".grader-0000000000000000.part").mkdir()
    grade(*arguments, code=1 if command == "batch all" else 0)  # foreign files are refused
    names = {path.name for path in (course / folder).iterdir()}
    assert not names & set(LITTER)
    assert {*OTHERS, young.name, ".grader-0000000000000000.part"} <= names
