from __future__ import annotations

import contextlib
import json
import re
import unicodedata
from functools import partial

import pytest
from counted import calls
from hypothesis import given
from hypothesis import strategies as st

from grader.course.assignment import assignment_of
from grader.course.cells import safe_cell, text_of_cell
from grader.course.free_names import names_of
from grader.course.roster import Student, encoding_of, read_roster, roster_of, safe_filename
from grader.errors import InputError
from grader.messages import translate
from grader.printable import printable

ANNA = Student("ivanova", "Анна Иванова", "ru")
BEN = Student("ben", "ben", "")


@pytest.mark.parametrize("text", [
    "student,name,language\nivanova,Анна Иванова,ru\nben,,\n",
    "student;name;language\nivanova;Анна Иванова;ru\nben;;\n",
    "student\tname\tlanguage\nivanova\tАнна Иванова\tru\nben\t\t\n",
    "sep=;\nID;Name;Lang\nivanova;Анна Иванова;RU\nben\n",
    "студент;фио;язык\nivanova;Анна Иванова;русский\nben;;-\n",
    "  логин , имя,язык,группа\nivanova,  Анна   Иванова ,rus,7\n\n,,,\nben,,,8",
    "name,email,language\n\"Анна\nИванова\",ivanova,ru\n,ben,\n",
    "student,name,language\r\nivanova,\"Анна Иванова\",Russian\r\nben\r\n",
])  # fmt: skip
def test_a_roster_from_any_spreadsheet(text):
    assert read_roster(text.encode(), "r.csv") == [ANNA, BEN]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_the_encoding_is_found_and_can_be_said(encoding):
    data = "студент;имя;язык\nivanova;Анна Иванова;ru\nben;;\n".encode(encoding)
    assert read_roster(data, "r.csv") == [ANNA, BEN]
    assert encoding_of(data) == encoding.removesuffix("-sig")


def test_names_serve_as_ids_where_there_is_no_other():
    assert read_roster("ФИО\nАнна Иванова\n".encode(), "r.csv") == [Student("Анна Иванова", "Анна Иванова", "")]


@pytest.mark.parametrize(("text", "key", "line"), [
    ("", "file-empty", None),
    ("student,name\n", "roster-empty", 1),
    ("group,mark\n1,2\n", "roster-header", 1),
    ("\n\nivanova,Анна\n", "roster-header", 3),
    ("student,name\nx,X\n,Y\n", "roster-no-id", 3),
    ("student,name\n\nx,X\ny,Y\nX,Z\n", "roster-twice", 5),
    ('student,name\nx,"A\nB"\n,Y\n', "roster-no-id", 4),
    ("student,name\ne\u0301,X\né,Z\n", "roster-twice", 3),
    ("student,name\nx,Ivanov, Ivan\n", "roster-columns", 2),
    ("student,lang\nx,ru\ny,de\n", "roster-language", 3),
    ('student,name\nx,"X\ny,Y\n', "roster-quote", 2),
    ('student,name\nx,"X"Y"\n', "roster-quote", 2),
    ("student\n" + "x" * 200_000, "roster-cell", 2),
    ("student\nx\0", "file-binary", None),
    ("PK\x03\x04", "file-kind", None),
])  # fmt: skip
def test_a_fault_names_its_line(text, key, line):
    with pytest.raises(InputError) as caught:
        read_roster(text.encode(), "r.csv")
    assert (caught.value.message.key, caught.value.line, caught.value.file) == (key, line, "r.csv")
    for language in ("en", "ru"):
        assert "{" not in translate(caught.value.message, language)


# ----- Columns --------------------------------------------------------------------------------------------

HEADERS = [
    # header, a row, the student's id, the name, the other columns
    ("Student ID,Full Name,Email", "1001,Ann,a@x", "1001", "Ann", ["Email"]),
    ("Name,SID,Email", "Ann,1001,a@x", "1001", "Ann", ["Email"]),
    ("username,name", "ann,Ann Lee", "ann", "Ann Lee", []),
    ("User Name,Full_Name,Group", "ann,Ann Lee,7", "ann", "Ann Lee", ["Group"]),
    ("student,name,email,group", "ann,Ann,a@x,7", "ann", "Ann", ["email", "group"]),
    ("student,email", "ann,a@x", "ann", "ann", ["email"]),
    ("Student,ID,SIS Login ID", "'Lee, Ann',17,alee", "17", "Lee, Ann", ["SIS Login ID"]),
    ("Student,SIS Login ID,Section", "'Lee, Ann',alee,S1", "alee", "Lee, Ann", ["Section"]),
    ("First name,Surname,ID number,Email address", "Ann,Lee,1001,a@x", "1001", "Ann Lee", ["Email address"]),
    ("First name,Surname,ID number,Email address", "Ann,Lee,,a@x", "a@x", "Ann Lee", ["ID number"]),
    ("First name,Last name,Username,Email address", "Ann,Lee,alee,a@x", "alee", "Ann Lee", ["Email address"]),
    ("First name,Surname", "Ann,Lee", "Ann Lee", "Ann Lee", []),
    ("Имя,Фамилия,Адрес электронной почты", "Анна,Ли,a@x", "a@x", "Анна Ли", []),
    ("Имя,Фамилия,Индивидуальный номер,Адрес электронной почты", "Анна,Ли,7,a@x", "7", "Анна Ли",
     ["Адрес электронной почты"]),
    ("Фамилия,Имя,Отчество,Логин", "Ли,Анна,Петровна,ali", "ali", "Ли Анна Петровна", []),
    ("№ зачётной книжки;ФИО", "7;Ли", "7", "Ли", []),
    ("Номер зачётной книжки;ФИО;Группа", "7;Ли;БПМИ", "7", "Ли", ["Группа"]),
    ("Студент;Логин;Группа", "Ли Анна;ali;7", "ali", "Ли Анна", ["Группа"]),
    ("Студент;Почта", "ali;a@x", "ali", "ali", ["Почта"]),
    ("E-Mail,Name", "a@x,Ann", "a@x", "Ann", []),
    ("OrgDefinedId,Username,Last Name,First Name", "17,alee,Lee,Ann", "17", "Lee Ann", ["Username"]),
]  # fmt: skip


@pytest.mark.parametrize(("header", "row", "student", "name", "extra"), HEADERS)
def test_headers_of_other_systems(header, row, student, name, extra):
    roster = roster_of(f"{header}\n{row}\n".replace("'", '"').encode(), "r.csv")
    assert roster.students == (Student(student, name, ""),)
    assert list(roster.extra) == extra
    assert len(roster.cells[student]) == len(extra)


CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Week 1 (77)
,,,,,Manual Posting
"    Points Possible",,,,,10
"Lee, Ann",17,s17,alee,S1,9
"Student, Test",99,,abc,S1,
"Ито, Юки",18,s18,yito,S2,
"""


def test_a_gradebook_of_canvas_has_its_students_and_keeps_its_columns():
    roster = roster_of(CANVAS.encode("utf-8-sig"), "r.csv")
    assert [(student.id, student.name) for student in roster.students] == [("17", "Lee, Ann"), ("18", "Ито, Юки")]
    assert roster.extra == ("SIS User ID", "SIS Login ID", "Section", "Week 1 (77)")
    assert roster.cells["17"] == ("s17", "alee", "S1", "9")


@pytest.mark.parametrize(("header", "field", "columns"), [
    ("Username,Login,Name", "student", ["Username", "Login"]),
    ("ID,ID,Name", "student", ["ID", "ID"]),
    ("Student ID,SID", "student", ["Student ID", "SID"]),
    ("login,Name,Full name", "name", ["Name", "Full name"]),
    ("login,Language,Язык", "language", ["Language", "Язык"]),
])  # fmt: skip
def test_a_header_with_two_meanings_is_asked_about(header, field, columns):
    text = f"{header}\n{','.join('ru' if 'Язык' in header else f'x{n}' for n in range(header.count(',') + 1))}\n"
    with pytest.raises(InputError) as caught:
        roster_of(text.encode(), "r.csv")
    error = caught.value
    assert (error.message.key, error.line) == ("roster-ambiguous", 1)
    assert (error.message.values["field"], error.message.values["columns"]) == (field, columns)
    assert f'--column "{field}={columns[0]}"' in translate(error.message, "en")
    said = roster_of(text.encode(), "r.csv", {field: columns[0]})
    assert said.students


@pytest.mark.parametrize(("header", "said"), [
    ("Matrikel,Name", True), ("ФИО;Группа", True), ("First name,Surname,Zip", True), ("Name", False),
    ("login,Name,Group", False), ("Email,Name", False),
])  # fmt: skip
def test_that_names_serve_as_ids_is_said_where_another_column_might(header, said):
    row = ";".join("abcd"[: header.count(";") + 1]) if ";" in header else ",".join("abcd"[: header.count(",") + 1])
    roster = roster_of(f"{header}\n{row}\n".encode(), "r.csv")
    assert [remark.key for remark in roster.remarks] == ["roster-by-name"] * said


def test_an_empty_column_is_no_rival():
    assert roster_of(b"Username,Login,Name\n,ann,Ann\n", "r.csv").students == (Student("ann", "Ann", ""),)


@pytest.mark.parametrize(("columns", "key"), [
    ({"student": "Cod"}, "roster-no-column"), ({"pupil": "Code"}, "roster-field"),
])  # fmt: skip
def test_a_column_that_is_not_there_is_said(columns, key):
    with pytest.raises(InputError) as caught:
        roster_of(b"Code,Who\n7,Ann\n", "r.csv", columns)
    assert caught.value.message.key == key
    assert all("{" not in translate(caught.value.message, language) for language in ("en", "ru"))


def test_a_teacher_may_say_which_column_is_which():
    roster = roster_of(b"Code,Who,Email\n7,Ann,a@x\n", "r.csv", {"student": "code", "name": "Who"})
    assert roster.students == (Student("7", "Ann", ""),)
    assert roster.extra == ("Email",)


@given(st.text("='+-@|%\t\x1b\u2028 aБ1", max_size=8))
def test_a_cell_reads_back_as_the_text_it_was_made_of(text):
    assert text_of_cell(safe_cell(text)) == printable(text)
    assert not re.match(r"\s*[=+\-@|%]", safe_cell(text))


def test_an_id_that_looks_like_a_formula_stays_itself():
    (student,) = read_roster(b"student,name\n'=cmd(),Bob\n", "r.csv")
    assert student.id == "=cmd()"
    assert read_roster(f"student\n{safe_cell(student.id)}\n".encode(), "r.csv")[0].id == "=cmd()"


def test_both_lines_of_a_duplicate_are_named():
    with pytest.raises(InputError) as caught:
        read_roster(b"student\nx\ny\nX\n", "r.csv")
    assert (caught.value.message.values["first"], caught.value.message.values["second"]) == (2, 4)


@given(st.one_of(st.binary(max_size=200), st.text("studentid,;\t\n\"' x").map(lambda text: ("id;x\n" + text).encode())))
def test_any_bytes_are_a_roster_or_an_input_error(data):
    with contextlib.suppress(InputError):
        students = read_roster(data, "r.csv")
        assert len({student.id.casefold() for student in students}) == len(students) > 0


def of_many(count):
    return ("student,name\n" + "".join(f"s{number},Студент {number}\n" for number in range(count))).encode()


def test_a_hundred_thousand_students_are_read():
    assert len(read_roster(of_many(100_000), "r.csv")) == 100_000


def test_a_student_of_many_costs_what_one_of_few_does():
    few, many = (calls(partial(read_roster, of_many(count), "r.csv")) for count in (1000, 4000))
    assert many < 4.2 * few
    assert few < 40 * 1000


# ----- Names of files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("student", ["ivanova", "Иванова", "a.b-c_d@e.ru", "ивановъ-Ё", "7", "李"])
def test_ordinary_ids_stay(student):
    assert safe_filename(student) == student


@pytest.mark.parametrize(("student", "start"), [
    ("../../etc/passwd", "etc_passwd-"), ("Анна Иванова", "Анна_Иванова-"), ("CON", "_CON-"),
    ("nul.txt", "_nul.txt-"),
    ("com1", "_com1-"), ("LPT¹", "_LPT¹-"),
    (".hidden", "hidden-"), ("-rf", "rf-"), ("name.", "name-"), ("..", "student-"),
    ("", "student-"),
    ("a\0b", "a_b-"), ("a/b", "a_b-"), ("a\\b", "a_b-"), ("C:\\x", "C__x-"), ("x" * 500, "x" * 120 + "-"),
    ("я" * 500, "я" * 60 + "-"), ("a\u202eb", "a_b-"), ("a_b-0123abcd", "a_b-0123abcd-"),
    ("\ud800", "student-"),
])  # fmt: skip
def test_tricks_are_taken_out(student, start):
    name = safe_filename(student)
    assert name.startswith(start)
    assert len(name) == len(start) + 8


IDS = st.text("aБ./\\ _-:\0CONcon1", max_size=6).map(lambda text: unicodedata.normalize("NFC", text))


@given(st.lists(IDS, unique=True))
def test_two_students_have_two_files(students):
    assert len({safe_filename(student) for student in students}) == len(students)


ALIKE = ["a", "A", "key-a", "a-w", "a-w-w", "Á", "é", "e\u0301", "con"]
OWNERS = st.tuples(st.sampled_from(ALIKE), st.sampled_from(["w", "w-w", "W"]))


@given(st.lists(OWNERS, unique_by=lambda owner: unicodedata.normalize("NFC", "/".join(owner)), min_size=2, max_size=8))
def test_two_sheets_have_two_files_whatever_was_printed_before(owners):
    records, given = [], {}
    for student, assignment in owners:
        (name,) = names_of([Student(student, student, "")], assignment_of((), assignment), records)
        given[student, assignment] = name
        records.append(json.dumps({"student": student, "assignment": assignment}))
    files = [f"{prefix}{name}" for name in given.values() for prefix in ("", "key-")]
    assert len({unicodedata.normalize("NFD", file).casefold() for file in files}) == len(files)
    for (student, assignment), name in given.items():  # printed again
        assert names_of([Student(student, student, "")], assignment_of((), assignment), records) == [name]


@given(st.text())
def test_every_name_is_safe(student):
    name = safe_filename(student)
    assert 0 < len(name.encode()) < 140
    assert not set(name) & set('/\\:*?"<>| \0\n')
    assert name[0] not in ".-"
    assert name[-1] not in ". "
