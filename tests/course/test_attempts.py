"""Attempts are counted from what a student handed in: tables of tries and where they leave the student."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.attempts import Standing, Try, answers_key, standing, standings, unread_of
from grader.course.history import Hint, read_hints, read_history, record_hint, stamp_of
from grader.course.policy import Late, Policy
from grader.course.sheet_verdict import SheetVerdict
from grader.course.standing_words import late_message, standing_messages
from grader.marking.verdict import ProblemVerdict, Verdict
from grader.messages import LANGUAGES, translate

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
THREE = Policy(attempts=3)
DUE = Policy(due=NOON, late=Late(0.1, closed_after=3 * DAY))
ROWS: list[tuple[Policy, str, str, list[int], list[float]]] = [
    # policy, tries "answers:points@days after the due date", statuses, attempts used, points that count
    (Policy(), "a:1 b:3 c:2", "counted counted counted", [1, 2, 3], [1, 3, 3]),
    (Policy(counts="last"), "a:1 b:3 c:2", "counted counted counted", [1, 2, 3], [1, 3, 2]),
    (THREE, "a:1 b:2 c:3 d:4", "counted counted counted over", [1, 2, 3, 3], [1, 2, 3, 3]),
    (THREE, "-:0 a:1 -:0 b:2", "unread counted unread counted", [0, 1, 1, 2], [0, 1, 1, 2]),
    (THREE, "a:1 a:1 b:2 a:1", "counted same counted same", [1, 1, 2, 2], [1, 1, 2, 2]),
    (Policy(attempts=2, counts="last"), "a:1 b:2 a:1 c:3", "counted counted same over", [1, 2, 2, 2], [1, 2, 1, 1]),
    (Policy(attempts=1), "a:4 a:4 b:5", "counted same over", [1, 1, 1], [4, 4, 4]),
    (DUE, "a:10@-1 b:10@1 c:10@2", "counted counted counted", [1, 2, 3], [10, 10, 10]),
    (DUE, "a:5@-1 b:10@1 c:10@4", "counted counted closed", [1, 2, 2], [5, 9, 9]),
    (DUE, "a:10@4", "closed", [0], [0]),
    (
        Policy(counts="last", due=NOON, late=Late(0.5)),
        "a:10@0 b:10@1 a:10@2",
        "counted counted same",
        [1, 2, 2],
        [10, 5, 10],
    ),
]


def tries(text: str) -> list[Try]:
    found = []
    for number, item in enumerate(text.split()):
        answers, _, rest = item.partition(":")
        points, _, days = rest.partition("@")
        time = NOON + (float(days) if days else -9 + number / 10) * DAY
        found.append(Try(time, float(points), answers.strip("-")))
    return found


@pytest.mark.parametrize(("policy", "text", "statuses", "used", "points"), ROWS)
def test_attempts(policy: Policy, text: str, statuses: str, used: list[int], points: list[float]) -> None:
    found = standings(policy, tries(text))
    assert [item.status for item in found] == statuses.split()
    assert [item.used for item in found] == used
    assert [item.points for item in found] == pytest.approx(points)
    limit = policy.attempts
    assert [item.left for item in found] == [None if limit is None else limit - number for number in used]


def sheet(points: float, days: float = -1, **answers: str) -> Try:
    """A try from answers by blank; one that ends in `?` could not be read."""
    typed = [(ask, "invalid" if text.endswith("?") else "wrong", text) for ask, text in answers.items()]
    return Try(NOON + days * DAY, points, answers_key("K", typed), unread_of((ask, status) for ask, status, _ in typed))


ONE = Policy(attempts=1)
LAST = Policy(attempts=2, counts="last")
COMPLETED = [
    # policy, tries, statuses, attempts used, points that count
    (ONE, [sheet(1, a="1", b="x?"), sheet(3, a="1", b="2")], "counted completed", [1, 1], [1, 3]),
    (ONE, [sheet(1, a="1", b="x?"), sheet(1, a="1", b="y?")], "counted same", [1, 1], [1, 1]),
    (ONE, [sheet(1, a="1", b="x?"), sheet(1, a="1", b="y?"), sheet(2, a="1", b="2")],
     "counted same completed", [1, 1, 1], [1, 1, 2]),
    (ONE, [sheet(1, a="1", b="x?"), sheet(3, a="7", b="2")], "counted over", [1, 1], [1, 1]),  # another answer too
    (ONE, [sheet(1, a="1", b="x?"), sheet(3, b="2")], "counted over", [1, 1], [1, 1]),  # one taken back
    (ONE, [sheet(1, a="1"), sheet(3, a="1", b="2")], "counted over", [1, 1], [1, 1]),  # b was empty, not unread
    (ONE, [sheet(1, a="1", b="x?", c="y?"), sheet(2, a="1", b="2", c="z?"), sheet(3, a="1", b="2", c="3")],
     "counted completed completed", [1, 1, 1], [1, 2, 3]),
    (ONE, [sheet(1, a="1", b="x?"), sheet(2, a="1", b="2"), sheet(3, a="1", b="3")],
     "counted completed over", [1, 1, 1], [1, 2, 2]),  # once it was read it is given
    (ONE, [sheet(1, a="1", b="x?"), sheet(2, a="1", b="2"), sheet(1, a="1", b="x?")],
     "counted completed same", [1, 1, 1], [1, 2, 2]),
    (ONE, [sheet(2, a="1", b="x?"), sheet(1, a="1", b="2")], "counted completed", [1, 1], [2, 2]),
    (LAST, [sheet(2, a="1", b="x?"), sheet(1, a="1", b="2")], "counted completed", [1, 1], [2, 1]),
    (LAST, [sheet(2, a="1", b="x?"), sheet(1, a="2", b="2"), sheet(5, a="1", b="9")],
     "counted counted completed", [1, 2, 2], [2, 1, 5]),
    (DUE, [sheet(10, -1, a="1", b="x?"), sheet(10.5, 1, a="1", b="2")], "counted completed", [1, 1], [10, 10]),
    (DUE, [sheet(5, -1, a="1", b="x?"), sheet(10, 4, a="1", b="2")], "counted closed", [1, 1], [5, 5]),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "given", "statuses", "used", "points"), COMPLETED)
def test_what_could_not_be_read_may_be_given_again(
    policy: Policy, given: list[Try], statuses: str, used: list[int], points: list[float]
) -> None:
    found = standings(policy, given)
    assert [item.status for item in found] == statuses.split()
    assert [item.used for item in found] == used
    assert [item.points for item in found] == pytest.approx(points)


def test_what_is_not_kept_changes_nothing() -> None:
    earlier = tries("a:1 b:2")
    assert standing(THREE, earlier, tries("c:3")[0], kept=False) == Standing("unkept", 2, 1, 2)
    assert standing(THREE, [], tries("c:3")[0], kept=False) == Standing("unkept", 0, 3, 0)
    assert standing(THREE, earlier, tries("c:3")[0]) == Standing("counted", 3, 0, 3)


ANSWERS = st.lists(st.tuples(st.sampled_from(["", "a", "b", "c", "d"]), st.integers(0, 9)), max_size=9)


@given(ANSWERS, st.integers(1, 4), st.sampled_from(["best", "last"]))
def test_attempts_never_pass_the_limit_and_best_never_falls(
    rows: list[tuple[str, int]], limit: int, counts: str
) -> None:
    worth = dict(rows)
    policy = Policy(attempts=limit, counts=counts)  # type: ignore[arg-type]
    found = standings(policy, [Try(NOON, worth[answers], answers) for answers, _ in rows])
    assert all(0 <= item.used <= limit and item.left == limit - item.used for item in found)
    assert [item.used for item in found] == sorted(item.used for item in found)
    if counts == "best":
        assert [item.points for item in found] == sorted(item.points for item in found)
    counted = [answers for (answers, _), item in zip(rows, found, strict=True) if item.status == "counted"]
    assert sorted(counted) == sorted(set(counted) - {""})


KEYS = [
    ("K7Q2-M4", [("w", "wrong", "1")], "k7q2m4", [("w", "correct", " 1 ")], True),
    ("K", [("w", "wrong", "1"), ("v", "blank", "")], "K", [("v", "invalid", "x+"), ("w", "wrong", "1")], True),
    ("K", [("w", "wrong", "1")], "K", [("w", "wrong", "1.0")], False),
    ("K", [("w", "wrong", "1")], "L", [("w", "wrong", "1")], False),
    ("K", [("n", "wrong", {"b": "1", "w": "2"})], "K", [("n", "wrong", {"w": " 2", "b": "1"})], True),
]


@pytest.mark.parametrize(("one_code", "one", "other_code", "other", "same"), KEYS)
def test_the_same_answers(one_code, one, other_code, other, same) -> None:  # type: ignore[no-untyped-def]
    assert (answers_key(one_code, one) == answers_key(other_code, other)) is same


def test_nothing_readable_has_no_key() -> None:
    assert answers_key("K", [("w", "invalid", "x+"), ("v", "blank", "")]) == answers_key("K", []) == ""


# ----- From the folder --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("20261201T120000.yaml", (NOON, 1)),
        ("20261201T120000-12.verdict.json", (NOON, 12)),
        ("20261301T120000.yaml", None),
        ("20261201T120000-0.yaml", None),
        ("answers-ivanova.yaml", None),
        ("20261201T1200001.yaml", None),
    ],
)
def test_stamps(name: str, found: object) -> None:
    assert stamp_of(name) == found


def kept(folder: Path, stamp: str, points: float, typed: str, student: str = "ivanova", assignment: str = "w") -> None:
    asks = [{"id": "C", "status": "wrong", "typed": typed}]
    problems = [{"problem": "matrix-mul", "variant": "K", "points": points, "of": 4, "asks": asks}]
    verdict = {"student": student, "assignment": assignment, "problems": problems}
    (folder / f"{stamp}.yaml").write_text("answers: {}")
    (folder / f"{stamp}.verdict.json").write_text(json.dumps(verdict))


def test_history_is_in_order_and_ones_own(tmp_path: Path) -> None:
    for stamp, points in (("20261201T120000-10", 3), ("20261201T120000-2", 2), ("20261201T120000", 1)):
        kept(tmp_path, stamp, points, f"{points}")
    kept(tmp_path, "20261201T130000", 4, "x", student="Ivanova")  # one folder where case does not matter
    kept(tmp_path, "20261201T130001", 4, "x", assignment="other")
    history = read_history(tmp_path, "ivanova", "w")
    assert [item.points for item in history.tries["matrix-mul"]] == [1, 2, 3]
    assert history.notes == ()


def test_history_remembers_what_could_not_be_read(tmp_path: Path) -> None:
    statuses = {"a": "wrong", "b": "invalid", "c": "blank"}
    asks = [
        {"id": ask, "status": status, "typed": "" if status == "blank" else "1"} for ask, status in statuses.items()
    ]
    problems = [{"problem": "p", "variant": "K", "points": 0, "of": 4, "asks": asks}]
    verdict = {"student": "ivanova", "assignment": "w", "problems": problems}
    (tmp_path / "20261201T120000.yaml").write_text("answers: {}")
    (tmp_path / "20261201T120000.verdict.json").write_text(json.dumps(verdict))
    (kept_try,) = read_history(tmp_path, "ivanova", "w").tries["p"]
    assert kept_try.unread == {"b"}
    again = sheet(4, a="1", b="2")
    assert standing(ONE, [kept_try], again) == Standing("completed", 1, 0, 4)


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("20261201T120000.verdict.json", b"{}", "history-foreign"),  # nothing was handed in
        ("mine.verdict.json", b"{}", "history-foreign"),
        ("20261201T120001.yaml", b"answers: {}", "history-broken"),  # its verdict is missing, nobody marks it again
        ("notes.txt", b"", "history-foreign"),
        ("hints.jsonl", b'{"price": 1}\n', "history-hint-broken"),
        ("hints.jsonl", b"\x00", "history-hint-broken"),
    ],
)
def test_what_is_broken_or_foreign_is_skipped_with_a_note(tmp_path: Path, name: str, content: bytes, key: str) -> None:
    kept(tmp_path, "20261130T120000", 2, "2")
    (tmp_path / name).write_bytes(content)
    history = read_history(tmp_path, "ivanova", "w")
    assert [item.points for item in history.tries["matrix-mul"]] == [2]
    assert [note.key for note in history.notes] == [key]
    assert all(translate(note, language) for note in history.notes for language in LANGUAGES)


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"student": 1}'])
def test_a_file_that_lost_its_verdict_is_marked_again_and_counts(tmp_path: Path, content: bytes | None) -> None:
    kept(tmp_path, "20261130T120000", 2, "2")
    (tmp_path / "20261201T120000.yaml").write_text("answers: {}")
    if content is not None:
        (tmp_path / "20261201T120000.verdict.json").write_bytes(content)
    answer = Verdict("C", "matrix", "wrong", 1.0, 4.0, typed="7")
    marked = SheetVerdict("f", "ivanova", "w", problems=(ProblemVerdict("matrix-mul", "K", (answer,), 4.0),))
    asked: list[tuple[str, datetime]] = []

    def again(path: Path, time: datetime) -> SheetVerdict:
        asked.append((path.name, time))
        return marked

    history = read_history(tmp_path, "ivanova", "w", again)
    assert asked == [("20261201T120000.yaml", NOON)]
    assert [(item.time, item.points) for item in history.tries["matrix-mul"]] == [(NOON - DAY, 2), (NOON, 1)]
    assert [note.key for note in history.notes] == ["history-again"]
    assert read_history(tmp_path, "petrov", "w", again).tries == {}
    unread = read_history(tmp_path, "ivanova", "w", lambda path, time: None)
    assert (len(unread.tries["matrix-mul"]), [note.key for note in unread.notes]) == (1, ["history-broken"])


def test_a_folder_in_place_of_a_verdict_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "20261201T120000.verdict.json").mkdir()
    (tmp_path / ".DS_Store").write_bytes(b"")
    assert [note.key for note in read_history(tmp_path, "a", "w").notes] == ["history-foreign"]
    assert read_history(tmp_path / "none", "a", "w").notes == ()


def test_hints_are_added_line_by_line(tmp_path: Path) -> None:
    folder = tmp_path / "ivanova"
    first, second = (Hint(NOON, "ivanova", "w", "matrix-mul", "C", f"ask:{n}", 0.5) for n in (1, 2))
    record_hint(folder, first)
    (folder / "hints.jsonl").write_bytes((folder / "hints.jsonl").read_bytes() + b"broken")  # no line end
    record_hint(folder, second)
    assert read_hints(folder)[0] == (first, second)
    assert [note.key for note in read_hints(folder)[1]] == ["history-hint-broken"]
    assert read_history(folder, "petrov", "w").hints == ()


# ----- In words ---------------------------------------------------------------------------------------------------

SAID = [
    (THREE, Standing("counted", 1, 2, 2.0), 2.0, ["Attempt 1 of 3; 2 are left."], ["Попытка 1 из 3; остались 2."]),
    (THREE, Standing("counted", 3, 0, 2.0), 2.0, ["Attempt 3 of 3, the last one."], ["Попытка 3 из 3, последняя."]),
    (THREE, Standing("over", 3, 0, 2.0), 4.0,
     ["All 3 attempts are used. This was kept but does not count.",
      "What counts so far, the best attempt: 2 of 4 points."],
     ["Все 3 попытки использованы. Файл сохранён, но в зачёт не идёт.",
      "В зачёте пока лучшая попытка: 2 из 4 баллов."]),
    (Policy(), Standing("counted", 5, None, 1.5), 1.5, [], []),
    (Policy(counts="last"), Standing("same", 5, None, 1.5), 2.0,
     ["What counts so far, the last attempt: 1.5 of 4 points."], ["В зачёте пока последняя попытка: 1,5 из 4 баллов."]),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "found", "points", "english", "russian"), SAID)
def test_standings_in_words(policy, found, points, english, russian) -> None:  # type: ignore[no-untyped-def]
    problem = ProblemVerdict("p", "K", (), 4.0, total=points)
    messages = list(standing_messages(policy, found, problem))
    assert [translate(message, "en") for message in messages] == english
    assert [translate(message, "ru") for message in messages] == russian


@pytest.mark.parametrize("status", ["counted", "unread", "same", "completed", "over", "closed", "unkept"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_standing_has_words(status: str, language: str) -> None:
    problem = ProblemVerdict("p", "K", (), 4.0, total=1.0)
    for left in range(4):
        (message,) = standing_messages(THREE, Standing(status, 3 - left, left, 1.0), problem)
        assert translate(message, language)


def test_lateness_in_words() -> None:
    from grader.course.policy import Lateness

    by = timedelta(days=1, hours=2, minutes=5)
    assert late_message(None) is None
    for late, words in (
        (Lateness(by, 0.85), "Late by 1 d 2 h 5 min: 85 % of the points count."),
        (Lateness(by), "Late by 1 d 2 h 5 min; this costs nothing."),
        (
            Lateness(by, 0, closed=True),
            "Late by 1 d 2 h 5 min: work is no longer taken. This was kept but does not count.",
        ),
    ):
        message = late_message(late)
        assert message is not None
        assert translate(message, "en") == words
        assert translate(message, "ru")
