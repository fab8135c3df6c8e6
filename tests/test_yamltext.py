from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
import yaml
from counted import calls, peak
from hypothesis import given
from hypothesis import strategies as st

from grader import yamltext
from grader.errors import InputError
from grader.textfile import SIZE_LIMIT
from grader.yamltext import Entries, Items, Text, line_of, plain, read, read_file

SCALARS = [
    "no",
    "yes",
    "010",
    "1e-3",
    "0,5",
    "1:30",
    "null",
    "~",
    "0x1F",
    "2024-01-01",
    ".5",
    "1_000",
    "=",
    "A'",
]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request, monkeypatch):
    """Both loaders: the one in C, and the one in Python where there is no wheel."""
    monkeypatch.setattr(yamltext, "_LOADER", getattr(yaml, request.param))


@pytest.mark.parametrize("typed", SCALARS)
def test_a_scalar_stays_the_text_that_was_typed(typed, loader):
    node = read(f"a: {typed}\n".encode(), "f").get("a")
    assert node == Text(typed, line=1, column=4, plain=True, source=typed)


@pytest.mark.parametrize(("typed", "value", "is_plain"), [
    ("", "", True),
    ("''", "", False),
    ("'no'", "no", False),
    ('"a\\tb"', "a\tb", False),
    ("1 # half", "1", True),
    ("|\n  x\n  y\n", "x\ny\n", False),
])  # fmt: skip
def test_scalars_in_other_styles(typed, value, is_plain, loader):
    node = read(f"a: {typed}\n".encode(), "f").get("a")
    assert (node.value, node.plain) == (value, is_plain)


@pytest.mark.parametrize(("typed", "source"), [
    ("[1, 2; 3]", "[1, 2; 3]"),
    ("[0,5; 1,5]", "[0,5; 1,5]"),
    ("[[1,2],[3,4]]", "[[1,2],[3,4]]"),
    ("[[1, 2],  # first row\n   [3, 4]]", "[[1, 2], [3, 4]]"),
    ("\n- [1, 2]\n- [3, 4]", "[[1, 2], [3, 4]]"),
    ("\n- 1\n- 2", "[1, 2]"),
    ("\n- 0,5\n- 1,5", "[0,5; 1,5]"),
    ("\n- 1, 2\n- 3, 4", "[1, 2; 3, 4]"),
    ("['A', \"B\"]", "[A, B]"),
    ("[[1, '2'], [3, 4]]", "[[1, 2], [3, 4]]"),
    ("{x^2 + 1}", "{x^2 + 1}"),
    ("{b: 1}", "{b: 1}"),
    ("\n  b: 1\n  c: [2]", "{b: 1, c: [2]}"),
    ("[😀, ж; я]", "[😀, ж; я]"),
    ("[]", "[]"),
])  # fmt: skip
def test_the_source_is_recovered(typed, source, loader):
    assert read(f"ж: 😀\na: {typed}\n".encode(), "f").get("a").source == source


FAULTS = [
    ("", "file-empty", None),
    (" \n\n", "file-empty", None),
    ("- a", "file-root", 1),
    ("a", "file-root", 1),
    ("# only a comment", "file-root", 1),
    ("a: 1\nb: *x", "file-start", 2),
    ("a: 1\nb: *0.5", "file-start", 2),
    ("a: &x 1", "file-start", 1),
    ("a: &x [1]", "file-start", 1),
    ("a: !x", "file-start", 1),
    ("a: !!int 3", "file-start", 1),
    ("a: !!python/object/apply:os.system [ls]", "file-start", 1),
    ("a: |x|", "file-start", 1),
    ("a: > 0", "file-start", 1),
    ("a: %x", "file-start", 1),
    ("a: @x", "file-start", 1),
    ("a: `x`", "file-start", 1),
    ("a: ]", "file-start", 1),
    ("a: - b", "file-start", 1),
    ("a: ? b", "file-start", 1),
    ("a: 1\n<<: {b: 2}", "file-merge", 2),
    ("a: 1\n---\nb: 2", "file-documents", 2),
    ("? [a]\n: 1", "file-key", 1),
    ("{a: 1}: 2", "file-key", 1),
    ("a: 1\nb: 2\na: 3", "file-duplicate-key", 3),
    ("a: 1\nb: [1, 2\nc: 3", "file-bracket", 2),
    ("a: 1\nb: {c: 1\n", "file-bracket", 2),
    ('a: 1\nb: "abc\nc: 3', "file-quote", 2),
    ('a: "\\sin"', "file-escape", 1),
    ("a: 1\nb: x: y", "file-colon", 2),
    ("a: 1\n  b: 2", "file-indent", 2),
    ("a:\n    b: 1\n  c: 2", "file-indent", 3),
    ("a: 'x' + 1", "file-trailing", 1),
    ("a: [1] + [2]", "file-trailing", 1),
    ("a: 1\nb 2\nc: 3", "file-no-colon", 2),
    ("a:\n\t- 1", "file-tab", 2),
    ("\ta: 1", "file-tab", 1),
    ("a: 1\nb: \x07", "file-control", 2),
    ("a: " + "[" * 31 + "]" * 31, "file-depth", 1),
    ("a: " + "[" * 10_000, "file-depth", 1),
    ("a: [" + "1," * 100_001 + "]", "file-nodes", 1),
    ("a: 1\n" * 200_001, "file-too-large", None),
]


@pytest.mark.parametrize(("text", "key", "line"), FAULTS, ids=[row[0][:20] for row in FAULTS])
def test_a_fault_names_its_line_and_its_cause(text, key, line, loader):
    with pytest.raises(InputError) as caught:
        read(text.encode(), "f.yaml")
    assert (caught.value.message.key, caught.value.line, caught.value.file) == (key, line, "f.yaml")


@pytest.mark.parametrize(("text", "character"), [("a: *x", "*"), ("a: |x|", "|"), ("a: `x`", "`"), ("a:\n  - %", "%")])
def test_the_character_to_quote_is_named(text, character, loader):
    with pytest.raises(InputError) as caught:
        read(text.encode(), "f")
    assert caught.value.message.values["character"] == character


@pytest.mark.parametrize(("data", "key", "line"), [
    ("a: x\nb: ответ".encode("cp1251"), "file-cp1251", 2),
    ("a: 1".encode("utf-16"), "file-utf16", None),
    ("a: 1".encode("utf-16-le"), "file-utf16", None),
    (b"a: 1\n\xff\xfe\x81", "file-not-utf8", 2),
    (bytes(range(256)), "file-binary", None),
    (b"\0" * 50, "file-binary", None),
    (b"%PDF-1.7\n...", "file-kind", None),
    (b"PK\x03\x04...", "file-kind", None),
])  # fmt: skip
def test_what_is_not_utf8_text_is_named(data, key, line):
    with pytest.raises(InputError) as caught:
        read(data, "f")
    assert (caught.value.message.key, caught.value.line) == (key, line)


@pytest.mark.parametrize("data", [
    b"a: 1\nb: [2]\n",
    b"a: 1\r\nb: [2]\r\n", b"a: 1\rb: [2]", b"\xef\xbb\xbfa: 1\nb: [2]", b"---\na: 1\nb: [2]\n...\n",
    "a: 1\u2028\nb: [2]".encode(),
])  # fmt: skip
def test_line_ends_and_byte_order_mark_do_not_matter(data):
    root = read(data, "f")
    assert plain(root) == {"a": "1", "b": ["2"]}
    assert root.get("b").line == (3 if data.startswith(b"---") else 2)


def test_entries_look_up_keep_order_and_repeat_where_told():
    root = read(b"b: 1\na: 2\nb: 3", "f", duplicates="keep")
    assert root.keys() == ("b", "a", "b")
    assert root.get("b").value == "1"
    assert root.get("c") is None
    assert ("a" in root, "c" in root) == (True, False)


@pytest.mark.parametrize(("path", "line"), [
    ([], 1), (["ask"], 2), (["ask", "w[1]"], 3), (["ask", "w[1]", "kind"], 5), (["ask", "w[1]", "gone"], 3),
    (["rows", 1], 8), (["rows", 1, 0], 8), (["rows", 7], 6), (["rows", "x"], 6), (["gone"], 1),
])  # fmt: skip
def test_line_of(path, line):
    text = b"id: x\nask:\n  w[1]:\n    points: 1\n    kind: number\nrows:\n  - [1]\n  - [2]\n"
    assert line_of(read(text, "f"), path) == line


def test_a_hand_made_tree_is_as_good():
    tree = Entries(((Text("a", 1), Items((Text("1", 2), Text("2", 3)), 2)),), 1)
    assert plain(tree) == {"a": ["1", "2"]}
    assert tree.source == "{a: [1, 2]}"


# ----- The disk -------------------------------------------------------------------------------------------


def disk(folder: Path) -> dict[str, Path]:
    (folder / "answers.yaml").write_text("a: 1")
    with (folder / "large").open("wb") as file:
        file.truncate(100_000_000)
    os.mkfifo(folder / "pipe")
    names = ("answers.yaml", "large", "pipe", "anwsers.yml", "zzz", "no/zzz", "x" * 300)
    return {name: folder / name for name in names}


@pytest.mark.parametrize(("name", "key"), [
    ("large", "file-too-large"), ("pipe", "file-special"), ("anwsers.yml", "file-missing-near"),
    ("zzz", "file-missing"),
    ("no/zzz", "file-missing"), ("x" * 300, "file-unreadable"),
])  # fmt: skip
def test_read_file_refuses(name, key, tmp_path):
    files = disk(tmp_path)
    with pytest.raises(InputError) as caught:
        read_file(files[name])
    assert caught.value.message.key == key


def test_of_a_large_file_no_more_than_the_limit_is_held(tmp_path):
    large = disk(tmp_path)["large"]

    def refused():
        with pytest.raises(InputError):
            read_file(large)

    assert peak(refused) < 3 * SIZE_LIMIT


@pytest.mark.parametrize(("name", "key"), [
    (".", "file-directory"), ("/dev/zero", "file-special"), ("a\0b", "file-unreadable"),
    ("/dev/null/x", "file-unreadable"),
])  # fmt: skip
def test_read_file_refuses_what_is_no_file(name, key):
    with pytest.raises(InputError) as caught:
        read_file(name)
    assert caught.value.message.key == key


def test_read_file_reads_and_proposes(tmp_path):
    files = disk(tmp_path)
    assert read_file(files["answers.yaml"]) == b"a: 1"
    with pytest.raises(InputError) as caught:
        read_file(files["anwsers.yml"])
    assert caught.value.message.values["near"] == ["answers.yaml"]


# ----- Anything -------------------------------------------------------------------------------------------


@given(st.one_of(st.binary(max_size=200), st.text("ab:-[]{}'\"|>&*!#%@` \t\n,?0.\\", max_size=60).map(str.encode)))
def test_any_bytes_are_a_mapping_or_an_input_error(data):
    with contextlib.suppress(InputError):
        assert isinstance(read(data, "f"), Entries)


HOSTILE = [
    "a: " + "[" * 150_000, "a: " + "{" * 150_000, "[" * 150_000, "a: " + " " * 150_000 + "x",
    "a: '" + "'" * 150_000,
    "? " * 66_666, "- " * 66_666, "a: " + "{a: " * 33_333, "a: [" + "1," * 450_000,
    "a:\n" + " \n" * 66_666, "\t" * 150_000,
    "#" * 150_000,
    "a: [" + " # x\n" * 33_333 + "]",
    ": " * 66_666, "a: \"" + "\\" * 150_000, "&a " * 50_000, "a" * 150_000,
    "a: " + "- " * 66_666, "".join(f"k{i}: {i}\n" for i in range(8_166)),
    "%x\n" * 50_000, "---\n" * 33_333,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_nothing_takes_more_than_its_length(text):
    def reads_or_refuses():
        with contextlib.suppress(InputError):
            plain(read(text.encode(), "f"))

    assert calls(reads_or_refuses) < 5 * len(text)


@pytest.mark.parametrize("text", ["a: " + "[" * 5000, "a: " + "{a: " * 5000, "- " * 5000, "? " * 5000, "[" * 5000])
def test_both_loaders_refuse_what_is_too_deep(text, loader):
    """libyaml has a limit of its own since PyYAML 6.0.4, and looks ahead so far that it may come to it first."""
    with pytest.raises(InputError) as caught:
        read(text.encode(), "f")
    assert (caught.value.message.key, caught.value.line) == ("file-depth", 1)
    assert caught.value.message.values["limit"] == yamltext.DEPTH_LIMIT
