"""Bytes as text: what is recognised, what is refused with the cure, and that no bytes break it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import InputError
from grader.messages import LANGUAGES, translate
from grader.textfile import decode, decode_any, encoding_of, kind_of_file

RUSSIAN = "student: Пётр Ёлкин\nlanguage: ru\nanswers: {a: 1}\n"
GERMAN = "student: Jürgen Müller-Lüdenscheidt\nanswers: {a: x² · 3}\n"

READ = [
    # text, how it is saved, what the encoding is told as ("" where nothing is said)
    (RUSSIAN, "utf-8", ""),
    (RUSSIAN, "utf-8-sig", ""),
    (RUSSIAN, "cp1251", "CP1251"),
    (RUSSIAN, "utf-16", "UTF-16"),
    (RUSSIAN, "utf-16-le", "UTF-16"),
    (RUSSIAN, "utf-16-be", "UTF-16"),
    (RUSSIAN, "utf-32", "UTF-32"),
    (GERMAN, "cp1252", "CP1252"),
    (GERMAN, "latin-1", "CP1252"),
    (GERMAN, "utf-16", "UTF-16"),
    ("a: x²", "cp1252", "CP1252"),
    ("student: Анна Müller", "utf-8", ""),
    (RUSSIAN, "koi8-r", "KOI8-R"),
    (RUSSIAN, "cp866", "CP866"),
    ("student: ИВАНОВА", "cp1251", "CP1251"),
    ("student: иванова", "cp1251", "CP1251"),
    ("«Иванова» № 5 — да", "cp1251", "CP1251"),
    ("plain: ASCII", "ascii", ""),
    ("\ufeff\ufeffa: 1", "utf-8", ""),
]


@pytest.mark.parametrize(("text", "encoding", "told"), READ)
def test_text_in_any_encoding(text: str, encoding: str, told: str) -> None:
    found, remark = decode_any(text.encode(encoding), "f")
    assert found == text.lstrip("\ufeff")
    assert (remark.values["encoding"] if remark else "") == told


def test_a_cut_end_costs_only_itself() -> None:
    assert decode_any(RUSSIAN.encode("utf-16")[:-1], "f")[0].startswith(RUSSIAN[:-1])
    text, remark = decode_any(RUSSIAN.encode()[:-2] + b"\xd0\n", "f")
    assert text.startswith(RUSSIAN[:40])
    assert remark is not None
    assert (remark.key, remark.values) == ("file-bytes-lost", {"line": 3})


def test_a_stray_zero_costs_only_its_line() -> None:
    text, remark = decode_any(RUSSIAN.replace("a: 1", "a: 1\0").encode(), "f")
    assert text == RUSSIAN.replace("a: 1", "a: 1\0")
    assert remark is not None
    assert (remark.key, remark.values) == ("file-bytes-lost", {"line": 3})


REFUSED = [
    (b"", "file-empty"),
    (b"\0\1\2", "file-binary"),
    (b"text\0" * 9, "file-binary"),
    (b"\xff\xfe", "file-not-utf8"),  # two stray bytes are no UTF-16
    (b"\xff\xfe\x81", "file-not-utf8"),
    (b"\x00\xff\x00binary", "file-binary"),
    (b"\0" * 1000, "file-binary"),
    (b"\x89\x01\x02\xff" * 30, "file-binary"),
    (bytes(range(256)) * 4, "file-binary"),
    (" \n\t\n".encode("utf-16"), "file-empty"),
    (b"%PDF-1.7", "file-kind"),
    (b"{\\rtf1\\ansi", "file-kind"),
]


@pytest.mark.parametrize(("data", "key"), REFUSED)
def test_what_is_no_text_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(InputError) as caught:
        decode_any(data, "f")
    assert caught.value.message.key == key
    assert all("{" not in translate(caught.value.message, language) for language in LANGUAGES)


def test_a_spec_is_utf_8() -> None:
    """Only what people hand in is guessed at: a problem with other letters would be another problem."""
    for encoding, key in (("cp1251", "file-cp1251"), ("utf-16", "file-utf16"), ("koi8-r", "file-not-utf8")):
        with pytest.raises(InputError) as caught:
            decode(RUSSIAN.encode(encoding), "f")
        assert caught.value.message.key == key


KINDS = [
    ("a.docx", b"", "document"),
    ("a.docx", b"PK\x03\x04", "document"),
    ("a.yaml", b"PK\x03\x04", "archive"),
    ("a.yaml", b"PK\x03\x04 [Content_Types].xml", "document"),
    ("a.yaml", b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text", "document"),
    ("a.yaml", b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", "table"),
    ("a.yaml", b"", ""),
    ("a.yaml", b"answers:", ""),
    ("a.ZIP", b"", "archive"),
    ("a.tar.gz", b"", "archive"),
    ("scan.HEIC", b"", "picture"),
    ("a", b"\xff\xd8\xff\xe0", "picture"),
    ("r.csv", b"student\n", ""),
    ("r.csv", b"PK\x03\x04", "table"),
    ("a.pdf", b"", "pdf"),
    ("answers", b"", ""),
]


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_kinds_by_name_and_by_content(name: str, data: bytes, kind: str) -> None:
    assert kind_of_file(name, data) == (f"file-kind-{kind}" if kind else "")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    assert encoding_of(data) in (
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1251",
        "cp1252",
        "koi8-r",
        "cp866",
        "",
    )
    with contextlib.suppress(InputError):
        text, _ = decode_any(data, "f")
        assert text.strip()


@given(st.text(st.characters(codec="cp1251", exclude_categories=("Cc",)), min_size=1))
def test_what_decodes_strictly_is_never_guessed_at(text: str) -> None:
    with contextlib.suppress(InputError):
        strict = decode(text.encode(), "f")
        assert decode_any(text.encode(), "f") == (strict, None)
