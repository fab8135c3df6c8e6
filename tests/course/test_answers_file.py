from __future__ import annotations

import contextlib

import pytest
import yaml
from counted import calls
from hypothesis import given
from hypothesis import strategies as st

from grader import yamltext
from grader.course.answers_file import ANSWER_LIMIT, Answer, AnswersFile, parse_answers
from grader.course.ask_names import normal_form
from grader.course.blank_answers import blank_answers
from grader.errors import InputError
from grader.messages import translate

HEAD = "student: ivanova\nassignment: week-3\nanswers:\n  adam:\n    variant: K7Q2\n"


def parse(body: str) -> AnswersFile:
    """A file with these lines as the answers to one problem, between two answers that must survive."""
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return parse_answers(f"{HEAD}    first: 1\n{lines}    last: 2\n".encode(), "a.yaml")


def answers(file: AnswersFile) -> dict[str, object]:
    """The texts of the first problem, without the two around them, which are checked."""
    texts = {ask: answer.text for ask, answer in file.problems[0].answers.items()}
    assert (texts.pop("first"), texts.pop("last")) == ("1", "2")
    return texts


def faults(file: AnswersFile) -> list[tuple[str, str, int]]:
    return [(fault.message.key, fault.ask, fault.line) for fault in file.faults]


# ----- One answer -----------------------------------------------------------------------------------------

AS_TYPED = [
    *[(text, text) for text in ("0,5", "no", "010", "1e-3", "1:30", "-5", "A'*x", "x#y", "2x cos(x^2)", "~")],
    ("", ""),
    ('""', ""),
    ("1 # half", "1"),
    ("[1, 2; 3]", "[1, 2; 3]"),
    ("[0,5; 1,5]", "[0,5; 1,5]"),
    ("[[1,2],[3,4]]", "[[1,2],[3,4]]"),
    ("\n  - [1, 2]\n  - [3, 4]", "[[1, 2], [3, 4]]"),
    ("\n- [1, 2]\n- [3, 4]", "[[1, 2], [3, 4]]"),
    ("[[1, 2],\n    [3, 4]]", "[[1, 2], [3, 4]]"),
    ("(1, [2", "(1, [2"),
    ("{x^2 + 1}", "{x^2 + 1}"),
    (r"\frac{2x}{\cos^2 x^2}", r"\frac{2x}{\cos^2 x^2}"),
    (r'"\frac{1}{2}"', r"\frac{1}{2}"),
    (r'"\\frac{1}{2}"', r"\frac{1}{2}"),
    (r"'\frac{1}{2}'", r"\frac{1}{2}"),
    ("|\n  x +\n  y", "x +\ny"),
    ("x +\n  y", "x +\ny"),
    ("|\n  -48, 16\n  -6, 4", "-48, 16\n-6, 4"),
    ("-48, 16\n    -6, 4", "-48, 16\n-6, 4"),
    (">\n  1 2\n  3 4", "1 2 3 4"),
]


@pytest.mark.parametrize(("typed", "text"), AS_TYPED)
def test_an_answer_is_the_text_as_typed(typed, text):
    file = parse(f"y: {typed}")
    assert (answers(file), file.faults, file.notes) == ({"y": text}, (), ())
    assert file.problems[0].answers["y"].line == 7


REPAIRED = [
    ("dy: -tan(x): x", "-tan(x): x"),
    ("dy: *x", "*x"),
    ("dy: *0.5", "*0.5"),
    ("dy: [*x]", "[*x]"),
    ("dy: &x", "&x"),
    ("dy: !x", "!x"),
    ("dy: %x", "%x"),
    ("dy: @x", "@x"),
    ("dy: `x`", "`x`"),
    ("dy: |x|", "|x|"),
    ("dy: ||x||^2", "||x||^2"),
    ("dy: > 0", "> 0"),
    ("dy: ]", "]"),
    ("dy: - 5", "- 5"),
    ("dy: [1, 2", "[1, 2"),
    ("dy: {b: 1", "{b: 1"),
    ('dy: "abc', "abc"),
    ("dy: 'abc", "abc"),
    ("dy: '0.5' * x", "'0.5' * x"),
    ("dy: [1, 2] + [3, 4]", "[1, 2] + [3, 4]"),
    ("dy: {x}^2 # mine", "{x}^2"),
    (r'dy: "\sin x"', r"\sin x"),
    (r"dy: {\frac{1}{2}}", r"{\frac{1}{2}}"),
    ("dy: it's: 'x'", "it's: 'x'"),
    ("dy:0.5", "0.5"),
    ("\tdy: 0.5", "0.5"),
    ("  dy: 0.5", "0.5"),
    (" dy: 0.5", "0.5"),
    ("dy:\n  - *x\n  - 2", "[*x, 2]"),
    ("dy: [[-2; 2]; [6; -1]]", "[[-2; 2]; [6; -1]]"),
    ("dy: [[-2; 2];\n  [6; -1]]", "[[-2; 2]; [6; -1]]"),
    ("dy: [[-2; 2];\n[6; -1]]", "[[-2; 2]; [6; -1]]"),
    ("dy: [[0,5; 1]; [2; -3]]", "[[0,5; 1]; [2; -3]]"),
    ("dy: [e^x(5x+7) - 5e^x]/(5x+7)^2", "[e^x(5x+7) - 5e^x]/(5x+7)^2"),
    ("dy: [1; 2]^T", "[1; 2]^T"),
    ("dy: [1, 2; 3, 4]'", "[1, 2; 3, 4]'"),
    (
        "dy: \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} % a: b",
        "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} % a: b",
    ),
]


@pytest.mark.parametrize(("body", "text"), REPAIRED)
def test_what_is_no_yaml_is_read_as_it_stands_and_nothing_is_said(body, text):
    file = parse(body)
    assert answers(file) == {"dy": text}
    assert (file.faults, file.notes) == ((), ())


@pytest.mark.parametrize(
    ("body", "kept", "lost"),
    [
        ("dy: 1\x072", {"dy": "1\ufffd2"}, []),
        ("dy: 1\x072\ny: *x", {"dy": "1\ufffd2", "y": "*x"}, []),
        ("0.5\nc: 3", {"c": "3"}, [7]),
        ("c: 3\nb 0.5\nd: *x", {"c": "3", "d": "*x"}, [8]),
    ],
)
def test_what_is_lost_is_said(body, kept, lost):
    file = parse(body)
    assert answers(file) == kept
    assert [fault.line for fault in file.faults] == lost
    assert [note.message.key for note in file.notes] == ["answers-as-text"]


@pytest.mark.parametrize(("body", "expected"), [
    ("a: *x\nb: [1, 2\nc: `x\nd: 0,5", {"a": "*x", "b": "[1, 2", "c": "`x", "d": "0,5"}),
    ("a: *x\nb: |x|\nA: [[1, 2],\n    [3, 4]]", {"a": "*x", "b": "|x|", "A": "[[1, 2], [3, 4]]"}),
    ("a: *x\nb: |x|\nA: [[1, 2],\n[3, 4]]", {"a": "*x", "b": "|x|", "A": "[[1, 2], [3, 4]]"}),
    ("a: *x\nb: |x|\nA:\n  - [1, 2]\n  - [3, 4]", {"a": "*x", "b": "|x|", "A": "[[1, 2], [3, 4]]"}),
    ("a: *x\nb: |x|\nc: {b: 1, w1: 0,5}", {"a": "*x", "b": "|x|", "c": {"b": "1", "w1": "0,5"}}),
    ("a: *x\nb: |x|\nc:\n  b: 1\n  w1: 2", {"a": "*x", "b": "|x|", "c": {"b": "1", "w1": "2"}}),
    ("a: *x\nb: |x|\nc: |\n  x: 1\n  y", {"a": "*x", "b": "|x|", "c": "x: 1\ny"}),
    ("a: *x\nb: |x|\nc: 'it''s'\nd: x + # half\n  y", {"a": "*x", "b": "|x|", "c": "it's", "d": "x + y"}),
    ("a: *x\nb: |x|\n'c d': 1\n\"e\": 2", {"a": "*x", "b": "|x|", "c d": "1", "e": "2"}),
    ("a: *x\n  b: |x|\n c: 1", {"a": "*x", "b": "|x|", "c": "1"}),
    ("a: *x\nb: |x|\nc: {b: 1,\n    w1: 2}", {"a": "*x", "b": "|x|", "c": {"b": "1", "w1": "2"}}),
])  # fmt: skip
def test_several_bad_lines(body, expected):
    file = parse(body)
    assert (answers(file), file.faults) == (expected, ())


@pytest.mark.parametrize("indent", range(1, 9))
def test_a_line_that_does_not_line_up_belongs_to_the_problem_above(indent):
    text = f"{HEAD}    a: *x\n{' ' * indent}b: 2\n    c: 3\n  sgd:\n    d: 4\n"
    file = parse_answers(text.encode(), "a.yaml")
    assert list(file.problems[0].answers) == (["a", "b", "c"] if indent > 2 else ["a"])
    assert file.problems[-1].answers["d"].text == "4"


def test_a_line_without_a_colon_is_left_out_and_said():
    file = parse("a: *x\nb 0.5\nc: 3")
    assert answers(file) == {"a": "*x", "c": "3"}
    assert faults(file) == [("answers-no-colon", "", 8)]


@pytest.mark.parametrize(("typed", "fields"), [
    ("{b: 1, w1: -2}", {"b": "1", "w1": "-2"}),
    ("{b: 0,5, w1: 1,5}", {"b": "0,5", "w1": "1,5"}),
    ("{b: , w1: }", {"b": "", "w1": ""}),
    ("{b: [0,5; 1], c: {d: 1}}", {"b": "[0,5; 1]", "c": "{d: 1}"}),
    ("\n  b: 1\n  w1: no", {"b": "1", "w1": "no"}),
])  # fmt: skip
def test_fields_of_a_construct(typed, fields):
    assert answers(parse(f"neuron: {typed}")) == {"neuron": fields}


@pytest.mark.parametrize(("body", "fault"), [
    ("w1: 1\nw1: 2", ("answers-twice", "w1", 8)),
    ("w1: 1\nw[1]: 2", ("answers-twice", "w1", 8)),
    ("w₁: 1\nx: 3\nw_1: 1\nw 1: 5", ("answers-twice", "w₁", 9)),
    ("y: {b: 1, b: 2}", ("answers-field-twice", "y", 7)),
    (f"y: {'1' * (ANSWER_LIMIT + 1)}", ("answers-long", "y", 7)),
    (f"y: {'[' * (ANSWER_LIMIT + 1)}", ("answers-long", "y", 7)),
    (f"y: {{a: {'1' * ANSWER_LIMIT}, b: 2}}", ("answers-long", "y", 7)),
])  # fmt: skip
def test_a_fault_costs_its_answer_only(body, fault):
    file = parse(body)
    assert set(answers(file)) <= {"x"}
    assert faults(file) == [fault]
    assert file.faults[0].problem == "adam"


def test_both_lines_of_a_duplicate_are_named():
    message = parse("w1: 1\nw[1]: 2").faults[0].message
    assert (message.values["first"], message.values["second"]) == (7, 8)


def test_a_blank_left_in_place_is_no_second_answer():
    file = parse("w[1]:\nw1: 3")
    assert (answers(file), file.faults) == ({"w1": "3"}, ())


def test_ten_thousand_brackets_are_an_answer_like_any_other():
    assert answers(parse("y: " + "[" * ANSWER_LIMIT)) == {"y": "[" * ANSWER_LIMIT}


# ----- The file -------------------------------------------------------------------------------------------


def test_the_parts_of_a_file():
    text = HEAD + "    w[1]: 0,5\n  sgd:\n    w1: 2\nlanguage: RU\n"
    file = parse_answers(text.encode(), "a.yaml")
    assert (file.student, file.assignment, file.language) == ("ivanova", "week-3", "ru")
    assert [(p.problem, p.variant, p.line) for p in file.problems] == [("adam", "K7Q2", 4), ("sgd", "", 7)]
    assert file.problems[0].answers == {"w[1]": Answer("0,5", 6)}
    assert (file.faults, file.notes) == ((), ())


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n").encode(), lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.replace("\n", "\r").encode(), lambda text: b"---\n" + text.encode() + b"...\n",
])  # fmt: skip
def test_line_ends_and_byte_order_mark_do_not_matter(change):
    file = parse_answers(change(HEAD + "    y: *x\n    z: [1,\n      2]\n"), "a.yaml")
    assert {ask: answer.text for ask, answer in file.problems[0].answers.items()} == {
        "y": "*x",
        "z": "[1, 2]",
    }


@pytest.mark.parametrize(("text", "key", "line"), [
    ("", "file-empty", None),
    ("answers", "file-root", 1),
    ("- answers", "file-root", 1),
    ("student: x\nanswers: []", "answers-shape", 2),
    ("student: x\nanswers: yes", "answers-shape", 2),
    ("student: x\nanswers:", "answers-none", 2),
    ("student: x\nanswers: {}", "answers-none", 2),
    ("student: x", "answers-missing", 1),
    ("student: x\nanswrs: {p: {a: 1}}", "answers-missing", 1),
    ("answers: {p: {a: 1}}\nanswers: {q: {a: 1}}", "file-duplicate-key", 2),
    (HEAD + "---\n" + HEAD, "file-duplicate-key", 7),
    ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "answers-missing", 1),
    ("a: 1\n" * 200_001, "file-too-large", None),
    ("x: " + "[" * 10_000, "answers-missing", 1),
    ("[" * 10_000, "file-depth", 1),
])  # fmt: skip
def test_a_file_without_answers_is_refused(text, key, line):
    with pytest.raises(InputError) as caught:
        parse_answers(text.encode(), "a.yaml")
    assert (caught.value.message.key, caught.value.line, caught.value.file) == (key, line, "a.yaml")


@pytest.mark.parametrize(("data", "key"), [
    (b"\xff\xfe\x81", "file-not-utf8"), (b"\0" * 1000, "file-binary"), (b"PK\x03\x04", "file-kind"),
])  # fmt: skip
def test_a_file_that_is_no_text_is_refused(data, key):
    with pytest.raises(InputError) as caught:
        parse_answers(data, "a.yaml")
    assert caught.value.message.key == key


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1251", "utf-32"])
def test_other_encodings_are_read_and_said(encoding):
    file = parse_answers((HEAD.replace("ivanova", "Иванова") + "    a: 1\n").encode(encoding), "a.yaml")
    assert (file.student, file.problems[0].answers["a"].text) == ("Иванова", "1")
    assert file.faults == ()
    assert [(note.message.key, note.line) for note in file.notes] == [("file-read-as", 0)] * (encoding != "utf-8")


# ----- Tabs -----------------------------------------------------------------------------------------------

WHOLE = """student: ann
assignment: hw
answers:

  # title
  lndet:
    variant: K7Q2
    # prompt
    A: 1
    B: [[1, 2],
        [3, 4]]
    N:
      b: 1
      w: 2

  adam:
    variant: K8Q2
    C: 1
    D: |
        x +
        y
"""


def tabbed(line: str, width: int) -> str:
    """The line as an editor saves it that puts a tab for so many spaces."""
    spaces = len(line) - len(line.lstrip(" "))
    return "\t" * (spaces // width) + " " * (spaces % width) + line[spaces:]


def texts(text: str) -> object:
    file = parse_answers(text.encode(), "a.yaml")
    assert file.faults == ()
    return [(p.problem, p.variant, {ask: one_line(a.text) for ask, a in p.answers.items()}) for p in file.problems]


def one_line(text: str | dict[str, str]) -> object:
    return " ".join(text.split()) if isinstance(text, str) else text


@pytest.mark.parametrize("width", [2, 4, 8])
def test_a_file_whose_spaces_became_tabs_loses_nothing(width):
    lines = WHOLE.split("\n")
    assert texts("\n".join(tabbed(line, width) for line in lines)) == texts(WHOLE)


@pytest.mark.parametrize("width", [2, 4, 8])
@pytest.mark.parametrize("number", [n for n, line in enumerate(WHOLE.split("\n")) if line.startswith("  ")])
def test_a_line_with_a_tab_loses_nothing(number, width):
    lines = WHOLE.split("\n")
    lines[number] = tabbed(lines[number], width)
    assert texts("\n".join(lines)) == texts(WHOLE)


@given(st.sets(st.integers(0, WHOLE.count("\n"))), st.sampled_from([4, 8]))
def test_any_lines_with_tabs_lose_nothing(numbers, width):
    lines = [tabbed(line, width) if n in numbers else line for n, line in enumerate(WHOLE.split("\n"))]
    assert texts("\n".join(lines)) == texts(WHOLE)


@pytest.mark.parametrize("indent", ["", "  ", "\t"])
def test_a_file_that_lost_its_indentation_loses_nothing(indent):
    plain = WHOLE.replace("    N:\n      b: 1\n      w: 2\n", "").replace(
        "D: |\n        x +\n        y\n", "D: x + y\n"
    )
    head, body = plain.split("answers:\n")
    flat = "".join(f"{indent}{line.strip()}\n" if line.strip() else "\n" for line in body.split("\n"))
    assert texts(f"{head}answers:\n{flat}") == texts(plain)
    assert texts(f"{head}answers:\n{flat}".replace("C: 1", "C: *x")) == texts(plain.replace("C: 1", "C: '*x'"))


def test_tabs_beside_lines_that_are_no_yaml():
    broken = "\n".join(tabbed(line, 4) for line in WHOLE.split("\n")).replace("A: 1", "A: *x").replace("C: 1", "C: |x|")
    assert texts(broken) == texts(WHOLE.replace("A: 1", "A: '*x'").replace("C: 1", "C: '|x|'"))


@pytest.mark.parametrize(("text", "expected"), [
    ("answers: {p: {a: 1}}", [("answers-word", 1), ("answers-word", 1)]),
    ("student: [x]\nassignment:\nanswers: {p: {a: 1}}", [("answers-word", 1), ("answers-word", 2)]),
    ("student: x\nassignment: y\nlanguage: de\nanswers: {p: {a: 1}}", [("answers-language", 3)]),
    ("student: x\nassignment: y\nlanguag: de\nanswers: {p: {a: 1}}", [("answers-unknown-near", 3)]),
    ("student: x\nassignment: y\n<<: {b: 1}\nanswers: {p: {a: 1}}", [("answers-unknown", 3)]),
    ("student: x\nassignment: y\nколлеги: 1\nanswers: {p: {a: 1}}", [("answers-unknown", 3)]),
    ("student: x\nassignment: y\nanswers: {p: {a: 1}, q: 5, r: }", [("answers-problem-shape", 3)]),
    ("student: x\nassignment: y\nanswers:\n  p: {a: 1, variant: A}\n  q: {variant: A, variant: B, c: 1}",
     [("answers-variants", 5)]),
])  # fmt: skip
def test_faults_of_the_file_cost_nothing_else(text, expected):
    file = parse_answers(text.encode(), "a.yaml")
    assert [(fault.message.key, fault.line) for fault in file.faults] == expected
    assert file.problems[0].answers["a"].text == "1"
    assert all(problem.answers == {} for problem in file.problems[1:])


def test_blocks_of_one_problem_are_put_together():
    file = parse_answers((HEAD + "    a: 1\n  adam:\n    variant: K7Q2\n    a: 2\n    b: 3\n").encode(), "a.yaml")
    assert [(p.problem, p.variant, set(p.answers)) for p in file.problems] == [("adam", "K7Q2", {"b"})]
    assert faults(file) == [("answers-twice", "a", 9)]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("text", [
    HEAD + "    a: *x\n    b 1\n    c: 1\n    c: 2\n    d: " + "1" * 20_000,
    "answers: {p: 5, q: {variant: 1, variant: 2}}",
    "answers: {p: {y: {a: 1, a: 2}}}\nlanguag: x\nlanguage: x\nzzz: 1",
])  # fmt: skip
def test_every_message_has_its_words(text, language):
    file = parse_answers(text.encode(), "a.yaml")
    assert file.faults
    for fault in file.faults + file.notes:
        assert "{" not in translate(fault.message, language)


# ----- Names of asks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "right", "same"), [
    ("w1", "w[1]", True), ("w_1", "w₁", True), ("w [ 1 ]", "w_{1}", True), ("$w_1$", "w1", True),
    ("w[1][2]", "w_12", False), ("w[1,2]", "w[1][2]", True), ("w[1;2]", "w_1_2", True),
    ("w[11]", "w[1][1]", False),
    ("w1", "w2", False), ("w", "W", False), ("dy(x)", "dy", False), ("é", "e\u0301", True),
])  # fmt: skip
def test_spellings_of_one_ask(left, right, same):
    assert (normal_form(left) == normal_form(right)) is same


@given(st.text(max_size=20))
def test_the_normal_form_is_settled(ask):
    assert normal_form(normal_form(ask)) == normal_form(ask)


# ----- The file to fill in --------------------------------------------------------------------------------

NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20).filter(str.strip)
PROMPTS = st.text("ab#:\n\r\u2028\x85\x0b'\"[ ", max_size=20)
ASKS = st.lists(
    st.tuples(NAMES.filter(lambda ask: ask.strip().lower() != "variant"), PROMPTS),
    max_size=4, unique_by=lambda ask: normal_form(ask[0]),
)  # fmt: skip
PROBLEMS = st.lists(st.tuples(NAMES, NAMES, PROMPTS, ASKS), min_size=1, max_size=3, unique_by=lambda p: p[0])


@given(NAMES, NAMES, st.sampled_from(["en", "ru"]), PROBLEMS)
def test_a_blank_file_reads_back(student, assignment, language, problems):
    file = parse_answers(blank_answers(student, assignment, language, problems).encode(), "a.yaml")
    assert (file.student, file.assignment, file.language) == (student.strip(), assignment.strip(), language)
    assert (file.faults, file.notes) == ((), ())
    assert [(p.problem, p.variant, list(p.answers)) for p in file.problems] == [
        (problem, variant.strip(), [ask for ask, _ in asks]) for problem, variant, _, asks in problems
    ]
    assert all(answer.text == "" for p in file.problems for answer in p.answers.values())


def test_a_blank_file_is_pleasant_to_fill_in():
    asks = [("w[1]", "the weight after\nstep 1: 3 decimals"), ("dy", "")]
    problem = ("adam-two-steps", "K7Q2-M4", "Two steps of Adam", asks)
    text = blank_answers("Анна Иванова", "week-3", "en", [problem])
    assert text.split("\n", 1)[1] == (
        "student: Анна Иванова\nassignment: week-3\nlanguage: en\nanswers:\n\n"
        "  # Two steps of Adam\n  adam-two-steps:\n    variant: K7Q2-M4\n"
        "    # the weight after\n    # step 1: 3 decimals\n    w[1]:\n    dy:\n"
    )
    assert text.startswith("# ")


def test_an_unknown_language_falls_back_to_english():
    assert "language: en\n" in blank_answers("x", "y", "de", [])


# ----- Anything -------------------------------------------------------------------------------------------

LINES = st.lists(
    st.tuples(
        st.sampled_from(["", " ", "  ", "    ", "      ", "\t"]),
        st.text("ab1:-[]{}'\"|>&*!#%@` \t,?\\(", max_size=12),
    ).map("".join),
    max_size=12,
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), LINES.map(lambda lines: (HEAD + "\n".join(lines)).encode())))
def test_any_bytes_are_answers_or_an_input_error(data):
    with contextlib.suppress(InputError):
        assert isinstance(parse_answers(data, "a.yaml"), AnswersFile)


@given(st.text("ab1:-[]{}'\"|>&*!#%@`,?\\( ;^", max_size=25))
def test_any_answer_costs_only_itself(typed):
    file = parse("y: " + typed)
    answers(file)


HOSTILE = [
    "y: " + "[" * 150_000,
    "y: " + "{" * 150_000,
    "y: " + "a" * 150_000,
    "y: [" + "1," * 75_000,
    "y: *x" + " " * 150_000,
    "y: *x\n" + "z: [\n" * 4_166,
    "y: [\n" + "      a\n" * 10_000,
    "y: *x\n    z: |x|\n" + "k: {a: 1}\n    " * 1_000,
    "y: {" + "a, " * 50_000 + "}",
    "y: {a: 1" + ", 1" * 6_666 + "}",
    "y: " + "'" * 150_000,
    'y: "' + "\\" * 150_000,
    'y: "' + "\\\\" * 66_666 + '"',
    "y: *x\n" + " \n" * 25_000,
    "y: {" + ", ".join(f"k{i}: 1" for i in range(6_666)) + "}",
    "y: *x\n    z: |x|\n" + "- a\n    " * 11_666,
    "y: *x" + " #" * 66_666,
    "y: *x\n" + "b\n" * 10_000,
    "y: *x\n    z: *x\n" + "".join(" " * (i % 900) + "a:\n" for i in range(1_900)),
    "y:" + " :" * 66_666,
    "\n".join(f"y{i}: 1\n    y[{i}]: 2" if i % 2 else f"    z{i}: 1" for i in range(1_666)),
]


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: body[:16])
def test_nothing_takes_more_than_its_length(body):
    def reads_or_refuses():
        with contextlib.suppress(InputError):
            parse(body)

    assert calls(reads_or_refuses) < 30 * len(body)


def test_without_the_loader_in_c(monkeypatch):
    monkeypatch.setattr(yamltext, "_LOADER", yaml.SafeLoader)
    assert answers(parse("a: *x\nb: |x|\nc: [1, 2")) == {"a": "*x", "b": "|x|", "c": "[1, 2"}
