"""Every entry of a folder is named: read, refused with the cure, or ignored; and whose it is by its name."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.bank import default_bank
from grader.course.batch import mark_folder
from grader.course.handed_in import handed_in
from grader.course.sheets import mark_files
from grader.course.variants import Holder, Manifest
from grader.course.whose import by_file_name, student_in_name
from grader.errors import InputError
from grader.messages import LANGUAGES, translate
from grader.textfile import read_file

READ, REFUSED, IGNORED = "read", "refused", "ignored"
ENTRIES = [
    ("answers-a.yaml", READ), ("answers-a.yml", READ), ("answers-a.YML", READ), ("answers-a.YAML", READ),
    ("answers-a.yaml.txt", READ), ("answers-a.txt", READ), ("answers-a", READ), ("answers-a.download", READ),
    ("answers-a (1).yaml", READ), ("answers-user@uni.edu.json", READ), ("answers-a.yaml.bak", READ),
    ("answers-a.md", READ), ("notes.text", READ), ("Иванова.yaml", READ), ("sub/deep/answers.yaml", READ),
    ("a b/answers.yaml", READ), ("=cmd().yaml", READ), ("README", READ),
    ("answers-a.docx", REFUSED), ("answers-a.ODT", REFUSED), ("scan.pdf", REFUSED), ("photo.jpeg", REFUSED),
    ("photo.HEIC", REFUSED), ("all.zip", REFUSED), ("sub/all.tar.gz", REFUSED), ("marks.xlsx", REFUSED),
    ("marks.csv", REFUSED), ("answers-a.rtf", REFUSED),
    (".DS_Store", IGNORED), ("Thumbs.db", IGNORED), ("desktop.ini", IGNORED), ("~$answers-a.docx", IGNORED),
    (".~lock.answers.odt#", IGNORED), ("._answers-a.yaml", IGNORED), ("manifest.jsonl", IGNORED),
    ("results.jsonl", IGNORED), ("gradebook.csv", IGNORED), ("a/hints.jsonl", IGNORED),
    ("a/20261201T100000.verdict.json", IGNORED), ("a/20261201T100000.yaml", READ),
]  # fmt: skip


SAID = [  # what is in a file that is refused, and its student; the file is answers-b.yaml or work.yaml
    ("student: ivanova\nassignment: w\nanswers:\n", "ivanova"),
    ("student: 'Пётр Петров'\nanswer: [\n  {", "Пётр Петров"),
    ('  "Student" : "kim"  # me\n', "kim"), ("STUDENT: Ivanova\n", "ivanova"), ("assignment: student: x\n", ""),
    ("student:\nivanova\n", ""), ("nothing here", ""), ("student: #\n", ""), ("student: \0x", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "student"), SAID, ids=[repr(row[0]) for row in SAID])
def test_a_file_that_is_refused_is_of_the_student_it_names(tmp_path: Path, text: str, student: str) -> None:
    manifest = Manifest(holders={"C": (Holder("ivanova", "w"),)})
    for name, by_name in (("answers-b.yaml", "b"), ("work.yaml", "")):
        put(tmp_path, name, text.encode())
        (sheet,) = mark_files([tmp_path / name], default_bank(), manifest)
        assert sheet.refused is not None
        assert sheet.student == student
        named = next(sheet for sheet in mark_folder(tmp_path, default_bank()) if sheet.file == name)
        assert named.student.casefold() == (student or by_name).casefold()


def put(folder: Path, name: str, data: bytes = b"answers:\n") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def sorted_of(folder: Path, *spare: Path) -> dict[str, str]:
    found = handed_in(folder, spare)
    assert list(found.refused) == [error.file for error in found.refused.values()]
    return (
        dict.fromkeys(found.files, READ) | dict.fromkeys(found.refused, REFUSED) | dict.fromkeys(found.ignored, IGNORED)
    )


def test_every_entry_is_named(tmp_path: Path) -> None:
    for name, _ in ENTRIES:
        put(tmp_path, name)
    assert sorted_of(tmp_path) == dict(ENTRIES)
    for error in handed_in(tmp_path).refused.values():
        assert all("{" not in translate(error.message, language) for language in LANGUAGES)


def test_a_name_that_is_no_text_can_be_written_down(tmp_path: Path) -> None:
    for folder in (b"caf\xe9", b"plain"):
        try:
            put(tmp_path, os.fsdecode(folder + b"/answers-\xffa.yaml"))
        except OSError:
            pytest.skip("here every name is text")
    found = sorted_of(tmp_path)
    assert found == {"caf\\xe9/answers-\\xffa.yaml": READ, "plain/answers-\\xffa.yaml": READ}
    "".join(found).encode()
    assert all(path.read_bytes() for path in handed_in(tmp_path).files.values())


def test_folders_of_systems_and_empty_ones_are_one_entry_each(tmp_path: Path) -> None:
    put(tmp_path, "answers-a.yaml")
    for name in ("__MACOSX/x/._answers-a.yaml", ".git/config", ".hidden/answers-b.yaml"):
        put(tmp_path, name)
    (tmp_path / "Ivanova_1_assignsubmission_file_").mkdir()
    assert sorted_of(tmp_path) == {
        "answers-a.yaml": READ, "__MACOSX/": IGNORED, ".git/": IGNORED, ".hidden/": IGNORED,
        "Ivanova_1_assignsubmission_file_/": IGNORED,
    }  # fmt: skip


def test_printed_sheets_beside_their_manifest_are_not_handed_in(tmp_path: Path) -> None:
    for name in ("manifest.jsonl", "answers-a.yaml", "a.pdf", "a.md", "key-a.html", "b.pdf", "x/a.pdf"):
        put(tmp_path, name)
    found = sorted_of(tmp_path)
    assert {name for name, state in found.items() if state == IGNORED} == {
        "manifest.jsonl",
        "a.pdf",
        "a.md",
        "key-a.html",
    }
    assert (found["b.pdf"], found["x/a.pdf"]) == (REFUSED, REFUSED)  # a scan, for all we know


def test_what_was_said_of_a_file_lies_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "answers-a.yaml")
    for name, data in (("answers-a.txt", b"a \xc2\xb7 hw\n9 of 9 points\n"), ("answers-b.txt", b"9 of 9 points\n")):
        put(tmp_path, name, data)
    assert sorted_of(tmp_path) == {"answers-a.yaml": READ, "answers-a.txt": IGNORED, "answers-b.txt": READ}
    for text in ("student: a\nanswers:\n  x: {C: 1}\n", "Answers :\n", "  'answers': {}\n", '{"answers": {}}'):
        for encoding in ("utf-8", "utf-16"):  # handed in once more, perhaps after an editor had its way
            put(tmp_path, "answers-a.txt", text.encode(encoding))
            assert sorted_of(tmp_path)["answers-a.txt"] == READ


def test_the_roster_is_no_answer(tmp_path: Path) -> None:
    put(tmp_path, "answers-a.yaml")
    for name, otherwise in (("roster.txt", READ), ("roster.csv", REFUSED)):
        put(tmp_path, name)
        assert sorted_of(tmp_path, tmp_path / "." / name)[name] == IGNORED
        assert sorted_of(tmp_path)[name] == otherwise


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_links_and_special_files(tmp_path: Path) -> None:
    put(tmp_path, "answers-a.yaml")
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nothing")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "answers-a.yaml")
    os.mkfifo(tmp_path / "pipe")
    found = handed_in(tmp_path)
    assert set(found.files) == {"answers-a.yaml", "gone.yaml", "link.yaml", "pipe"}  # what they are is found on reading
    assert {name: error.message.key for name, error in found.refused.items()} == {"circle/": "batch-link"}
    with pytest.raises(InputError) as caught:
        read_file(found.files["gone.yaml"])
    assert caught.value.message.key == "file-missing"  # and not: did you mean gone.yaml


@pytest.mark.skipif(os.geteuid() == 0, reason="everything may be read")
def test_a_folder_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    put(tmp_path, "closed/answers-a.yaml")
    (tmp_path / "closed").chmod(0)
    assert handed_in(tmp_path).refused["closed/"].message.key == "file-permission"


@pytest.mark.parametrize(("name", "key"), [
    ("missing", "batch-missing"), ("a.zip", "batch-archive"), ("a.tar.gz", "batch-archive"),
    ("a.yaml", "batch-not-folder"), ("empty", "batch-nothing"), ("junk", "batch-empty"),
])  # fmt: skip
def test_what_is_no_folder_of_answers_is_refused(tmp_path: Path, name: str, key: str) -> None:
    for file in ("a.zip", "a.tar.gz", "a.yaml", "junk/.DS_Store", "junk/manifest.jsonl"):
        put(tmp_path, file)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as caught:
        handed_in(tmp_path / name)
    assert caught.value.message.key == key
    assert all("{" not in translate(caught.value.message, language) for language in LANGUAGES)


# ----- Names ------------------------------------------------------------------------------------------------------

KNOWN = ["ivanova", "Анна Иванова", "user@uni.edu", "o'brien", "ivanova-2", "photocopy"]
NAMES = [
    ("answers-ivanova.yaml", "ivanova"), ("answers-ivanova.yaml.txt", "ivanova"), ("answers-ivanova", "ivanova"),
    ("answers-ivanova (1).yaml", "ivanova"), ("answers-ivanova(2).YML", "ivanova"), ("Answers-ivanova.txt", "ivanova"),
    ("answers-ivanova - Copy.yaml", "ivanova"), ("answers-ivanova — копия (2).yaml", "ivanova"),
    ("answers-ivanova.docx", "ivanova"), ("answers-ivanova.zip", "ivanova"), ("ivanova.pdf", "ivanova"),
    ("answers-ivanova-week-2.yaml", "ivanova"), ("answers-ivanova-2.yaml", "ivanova-2"),
    ("answers-user@uni.edu.json", "user@uni.edu"), ("answers-photocopy.yaml", "photocopy"),
    (unicodedata.normalize("NFD", "answers-Зайцева-Ёлкина.yaml"), "Зайцева-Ёлкина"),
    ("answers-petrov.yaml", "petrov"), ("answers-petrov-2.yaml", "petrov-2"), ("answers-пётр.yaml", "пётр"),
    ("Иванова Анна_7_assignsubmission_file_answers-ivanova.yaml", "ivanova"),
    ("Иванова Анна_7_assignsubmission_file_/work.yaml", "Иванова Анна"),
    ("ivanovaanna_LATE_7_8_answers-ivanova-1.yaml", "ivanova"),
    ("answers.yaml", ""), ("notes.txt", ""), ("20261201T100000.yaml", ""), ("key-ivanova.pdf", ""),
    ("x/y/z", ""), ("", ""), ("answers-.yaml", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "student"), NAMES)
def test_whose_a_file_is_by_its_name(name: str, student: str) -> None:
    assert student_in_name(name, by_file_name(KNOWN)) == student


@given(st.text(max_size=40))
def test_any_name_is_somebodys_or_nobodys(name: str) -> None:
    assert isinstance(student_in_name(name, by_file_name(KNOWN)), str)
