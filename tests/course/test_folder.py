"""The course folder: found from inside, submissions kept whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.course.folder import find_course, keep_submission, make_course, write_whole
from grader.errors import AuthorError, InputError


def test_made_and_found_from_below(tmp_path: Path) -> None:
    make_course(tmp_path / "course", 'Maths: "ML"', "ru")
    below = tmp_path / "course" / "submissions"
    course = find_course(below)
    assert course is not None
    assert (course.root, course.title, course.language) == (tmp_path / "course", 'Maths: "ML"', "ru")
    assert len(course.secret) >= 24
    with pytest.raises(InputError, match="course"):
        make_course(tmp_path / "course", "", "en")


def test_no_course_elsewhere(tmp_path: Path) -> None:
    assert find_course(tmp_path) is None


def test_broken_settings_are_the_authors(tmp_path: Path) -> None:
    make_course(tmp_path, "", "en")
    (tmp_path / "course.yaml").write_text("languag: en\n", "utf-8")
    with pytest.raises(AuthorError) as error:
        find_course(tmp_path)
    assert (error.value.message.key, error.value.line) == ("spec-unknown-key", 1)


def test_submissions_are_verbatim_and_never_overwritten(tmp_path: Path) -> None:
    make_course(tmp_path, "", "en")
    course = find_course(tmp_path)
    assert course is not None
    kept = [keep_submission(course, "../evil", b"answers \xd0\xb0", b"{}") for _ in range(3)]
    assert len(set(kept)) == 3
    assert all(path.read_bytes() == b"answers \xd0\xb0" for path in kept)
    assert all((tmp_path / "submissions") in path.parents for path in kept)
    assert json.loads(kept[0].with_suffix(".verdict.json").read_text()) == {}


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old")
    with pytest.raises(TypeError):
        write_whole(tmp_path / "a", "not bytes")  # type: ignore[arg-type]
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
