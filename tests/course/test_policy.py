"""The policy of an assignment: what may be written, what it means, and what happens when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.assignment import load_assignment
from grader.course.policy import (
    LEVELS,
    MOMENTS,
    RUNGS,
    Late,
    Policy,
    Price,
    closing,
    lateness,
    revealed_level,
    solutions_allowed,
)
from grader.course.policy_file import LATE_WORDS, PolicyModel
from grader.course.zones import zone_of
from grader.errors import AuthorError
from grader.messages import LANGUAGES, translate

HEAD = "title: {en: A, ru: А}\nproblems: [matrix-mul]\n"
MOSCOW = zone_of("Europe/Moscow")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def policy(text: str, tmp_path: Path, timezone: str = "Europe/Moscow") -> Policy:
    path = tmp_path / "week.yaml"
    path.write_text(HEAD + "policy:\n" + "".join(f"  {line}\n" for line in text.splitlines()), "utf-8")
    found = load_assignment(path, timezone).policy
    assert found is not None
    return found


DUE = "due: 2026-12-01 23:59\n"
WRITTEN: list[tuple[str, str, Any]] = [
    ("attempts: 3", "attempts", 3),
    ("attempts: unlimited", "attempts", None),
    ("counts: last", "counts", "last"),
    ("follow: 50 %", "follow", 0.5),
    ("follow: 0.5", "follow", 0.5),
    ("follow: 0,5", "follow", 0.5),
    ("follow: 1/2", "follow", 0.5),
    ("follow: none", "follow", 0),
    ("follow: 50 %", "unexplained", 1 / 3),
    ("layout: 50 %", "layout", 0.5),
    ("layout: none", "layout", 0.0),
    ("codes: remark", "layout", 0.0),
    ("follow: {share: 50 %}", "follow", 0.5),
    ("follow: {share: 50 %}", "unexplained", 1 / 3),
    ("follow: {unexplained: 1/4}", "unexplained", 0.25),
    ("follow: {unexplained: full}", "unexplained", 1),
    ("follow: {unexplained: none}", "follow", 1),
    ("reveal: verdicts", "reveal", {"at once": "verdicts"}),
    ("attempts: 2\nreveal: solutions-after-last-attempt", "reveal",
     {"at once": "slips", "after last attempt": "solutions"}),
    (DUE + "reveal: solutions after due", "reveal", {"at once": "slips", "after due": "solutions"}),
    (DUE + "reveal: {at once: points, after due: slips}", "reveal", {"at once": "points", "after due": "slips"}),
    ("hints: {slip: 1}", "reveal", {"at once": "verdicts"}),
    (DUE, "due", datetime(2026, 12, 1, 23, 59, tzinfo=MOSCOW)),
    ("due: 2026-12-01", "due", datetime(2026, 12, 1, 23, 59, tzinfo=MOSCOW)),
    ("due: 2026-12-01T9:30+05:00", "due", datetime(2026, 12, 1, 4, 30, tzinfo=UTC)),
    ("due: 2026-12-01 09:30 Z", "due", datetime(2026, 12, 1, 9, 30, tzinfo=UTC)),
    ("due: 2026-12-01 09:30 Asia/Novosibirsk", "due", datetime(2026, 12, 1, 2, 30, tzinfo=UTC)),
    (DUE + "late: 10 % per day", "late", Late(0.1)),
    (DUE + "late: 1 % per hour", "late", Late(0.01, HOUR)),
    (DUE + "late: closed", "late", Late(closed_after=timedelta())),
    (DUE + "late: free", "late", Late()),
    (DUE + "late: {per day: 10 %, at most: 1/2, grace: 15 min, closed after: 1 week}", "late",
     Late(0.1, DAY, 0.5, 15 * MINUTE, 7 * DAY)),
    (DUE + "late: {grace: 1.5 h, closed after: 2 days}", "late", Late(0, DAY, 1, 90 * MINUTE, 2 * DAY)),
    ("attempts: 1", "hints", {"authored": Price(), "slip": Price(), "step": Price()}),
    ("hints: no", "hints", {"authored": None, "slip": None, "step": None}),
    ("hints: {step: 20 %}", "hints", {"authored": Price(), "slip": Price(), "step": Price(share=0.2)}),
    ("hints: 0.5", "hints", dict.fromkeys(("authored", "slip", "step"), Price(0.5))),
    ("hints: {authored: no}\nreveal: points", "hints", {"authored": None, "slip": None, "step": None}),
    ("hints: {slip: 0.25}\nreveal: points", "hints", {"authored": Price(), "slip": Price(0.25), "step": None}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field", "value"), WRITTEN)
def test_what_is_written_is_what_is_meant(text: str, field: str, value: Any, tmp_path: Path) -> None:
    assert getattr(policy(text, tmp_path), field) == value


def test_without_a_policy_everything_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "week.yaml"
    path.write_text(HEAD, "utf-8")
    assert load_assignment(path).policy == Policy()


REFUSED = [
    ("attempts: 0", 4, "policy-attempts"),
    ("attempts: three", 4, "policy-attempts"),
    ("attempts: -1", 4, "policy-attempts"),
    ("attemps: 3", 4, "spec-unknown-key"),
    ("attempts: [3]", 4, "spec-value"),
    ("counts: mean", 4, "policy-choice"),
    ("follow: 50", 4, "policy-share"),
    ("layout: rows", 4, "policy-share"),
    ("follow: 120 %", 4, "policy-share"),
    ("follow: 1/0", 4, "policy-share"),
    ("follow: half", 4, "policy-share"),
    ("follow: {share: half}", 4, "policy-share"),
    ("follow: {unexplained: 4}", 4, "policy-share"),
    ("follow: {unexplaned: 1/3}", 4, "spec-unknown-key"),
    ("reveal: everything", 4, "policy-choice"),
    ("attempts: 3\nreveal: solutions after due", 5, "policy-moment"),
    ("reveal: {after last attempt: solutions}", 4, "policy-moment"),
    ("reveal: {at onec: slips}", 4, "spec-unknown-key"),
    ("due: tomorrow", 4, "policy-due"),
    ("due: 2026-13-01", 4, "policy-due"),
    ("due: 2026-12-01 25:00", 4, "policy-due"),
    ("due: 0001-01-01", 4, "policy-due"),
    ("due: 2026-12-01 10:00 Mars/Base", 4, "policy-zone"),
    ("due: 2026-12-01 10:00 ../../etc", 4, "policy-zone"),
    ("late: closed", 4, "policy-late-no-due"),
    (DUE + "late: sometimes", 5, "policy-late"),
    (DUE + "late: 10 % per year", 5, "policy-late"),
    (DUE + "late: 10 per day", 5, "policy-share"),
    (DUE + "late: {per day: 1 %, per hour: 1 %}", 5, "policy-rates"),
    (DUE + "late:\n  per day: 10 %\n  grace: soon", 7, "policy-duration"),
    (DUE + "late: {closed after: 99999999 weeks}", 5, "policy-duration"),
    ("hints: {slip: cheap}", 4, "policy-price"),
    ("hints: {slip: -1}", 4, "policy-price"),
    ("hints: {slip: 1/0}", 4, "policy-price"),
    ("hints: {step: 200 %}", 4, "policy-share"),
    ("hints: {solution: 1}", 4, "spec-unknown-key"),
    ("reveal: slips\nhints: {slip: 0.25}", 5, "policy-slip-sold"),
]


@pytest.mark.parametrize(("text", "line", "key"), REFUSED)
def test_faults_name_line_and_cure(text: str, line: int, key: str, tmp_path: Path) -> None:
    with pytest.raises(AuthorError) as caught:
        policy(text, tmp_path)
    assert (caught.value.message.key, caught.value.line) == (key, line)
    assert all(translate(caught.value.message, language) for language in LANGUAGES)


def test_a_due_date_needs_a_zone(tmp_path: Path) -> None:
    with pytest.raises(AuthorError) as caught:
        policy(DUE, tmp_path, timezone="")
    assert caught.value.message.key == "policy-no-zone"


NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
STRICT = Late(0.1, DAY, 0.5, 15 * MINUTE, 7 * DAY)
LATE: list[tuple[Late, timedelta, float | None]] = [
    (STRICT, -DAY, None),
    (STRICT, timedelta(seconds=59), None),
    (STRICT, 15 * MINUTE, None),
    (STRICT, 16 * MINUTE, 0.9),
    (STRICT, DAY, 0.9),
    (STRICT, DAY + MINUTE, 0.8),
    (STRICT, 6 * DAY, 0.5),
    (STRICT, 7 * DAY, 0.5),
    (STRICT, 7 * DAY + MINUTE, 0),
    (Late(), 300 * DAY, 1),
    (Late(0.3), 5 * DAY, 0),
    (Late(closed_after=timedelta()), MINUTE, 0),
    (Late(closed_after=timedelta(), grace=HOUR), HOUR, None),
    (Late(closed_after=timedelta(), grace=HOUR), HOUR + MINUTE, 0),
    (Late(0.01, HOUR), 3 * HOUR, 0.97),
]


@pytest.mark.parametrize(("late", "by", "share"), LATE)
def test_late_work(late: Late, by: timedelta, share: float | None) -> None:
    found = lateness(Policy(due=NOON, late=late), NOON + by)
    assert (found.share if found else None) == (pytest.approx(share) if share is not None else None)
    assert (found.closed if found else False) == (share == 0 and late.closed_after is not None)


NEW_YORK = "America/New_York"
CLOCKS: list[tuple[str, str, str, Late, float, str]] = [
    # zone, due, handed in, what is taken, the share that stays, how late it is called
    (NEW_YORK, "2026-10-31 20:00", "2026-11-01 19:30", Late(0.1), 0.9, "23:30:00"),  # a day of 25 hours
    (NEW_YORK, "2026-10-31 20:00", "2026-11-01 20:00", Late(0.1), 0.9, "1 day, 0:00:00"),
    (NEW_YORK, "2026-10-31 20:00", "2026-11-01 20:01", Late(0.1), 0.8, "1 day, 0:01:00"),
    (NEW_YORK, "2026-10-31 23:59", "2026-11-01 23:30", Late(0.1), 0.9, "23:31:00"),
    (NEW_YORK, "2026-10-31 20:00", "2026-11-01 19:30", Late(closed_after=DAY), 1, "23:30:00"),
    (NEW_YORK, "2026-10-31 20:00", "2026-11-01 20:01", Late(closed_after=DAY), 0, "1 day, 0:01:00"),
    (NEW_YORK, "2026-10-31 20:00", "2026-11-07 19:59", Late(0.1, 7 * DAY), 0.9, "6 days, 23:59:00"),
    (NEW_YORK, "2026-10-31 20:00", "2026-11-07 20:01", Late(0.1, 7 * DAY), 0.8, "7 days, 0:01:00"),
    (NEW_YORK, "2026-10-31 20:00", "2026-11-14 20:00", Late(0.1, 7 * DAY), 0.8, "14 days, 0:00:00"),
    (NEW_YORK, "2026-10-31 20:00", "2026-11-01 19:30", Late(0.01, HOUR), 0.75, "23:30:00"),  # hours are hours
    (NEW_YORK, "2026-03-07 20:00", "2026-03-08 20:00", Late(0.1), 0.9, "1 day, 0:00:00"),  # a day of 23 hours
    (NEW_YORK, "2026-03-07 20:00", "2026-03-08 20:01", Late(0.1), 0.8, "1 day, 0:01:00"),
    (NEW_YORK, "2026-03-07 20:00", "2026-03-08 20:00", Late(closed_after=DAY), 1, "1 day, 0:00:00"),
    (NEW_YORK, "2026-03-07 20:00", "2026-03-08 19:00", Late(0.01, HOUR), 0.78, "22:00:00"),
    ("Europe/Berlin", "2026-10-24 18:00", "2026-10-26 17:59", Late(0.1), 0.8, "1 day, 23:59:00"),
    ("Europe/Moscow", "2026-10-24 18:00", "2026-10-25 18:01", Late(0.1), 0.8, "1 day, 0:01:00"),
    ("Australia/Lord_Howe", "2026-04-04 20:00", "2026-04-05 19:45", Late(0.1), 0.9, "23:45:00"),  # half an hour
    ("+03:00", "2026-10-31 20:00", "2026-11-01 20:01", Late(0.1), 0.8, "1 day, 0:01:00"),
]


@pytest.mark.parametrize(("zone", "due", "time", "late", "share", "by"), CLOCKS)
def test_days_are_days_of_the_calendar_where_it_is_due(
    zone: str, due: str, time: str, late: Late, share: float, by: str
) -> None:
    there = zone_of(zone)
    rule = Policy(due=datetime.fromisoformat(due).replace(tzinfo=there), late=late)
    found = lateness(rule, datetime.fromisoformat(time).replace(tzinfo=there).astimezone(UTC))
    assert found is not None
    assert (found.share, str(found.by)) == (pytest.approx(share), by)
    end = closing(rule)
    assert end is not None
    assert found.closed is (late.closed_after is not None and share == 0)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 20),
    st.sampled_from([NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe", "UTC"]),
)  # fmt: skip
def test_the_same_hour_some_days_later_is_so_many_days_late(due: datetime, days: int, zone: str) -> None:
    there = zone_of(zone)
    rule = Policy(due=due.replace(second=0, microsecond=0, tzinfo=there), late=Late(0.01))
    assert rule.due is not None
    time = rule.due + timedelta(days)
    found = lateness(rule, time.astimezone(UTC))
    assert (found.share if found else 1) == pytest.approx(1 - 0.01 * days)


def test_nothing_is_late_where_the_time_or_the_due_date_is_not_known() -> None:
    assert lateness(Policy(due=NOON), None) is None
    assert lateness(Policy(), NOON) is None


@given(
    st.builds(
        Late, st.floats(0, 1), st.sampled_from([HOUR, DAY]), st.floats(0, 1), st.timedeltas(timedelta(), 9 * DAY)
    ),
    st.lists(st.timedeltas(-9 * DAY, 99 * DAY), min_size=2, max_size=2),
    st.sampled_from([NOON, datetime(2026, 10, 31, 20, tzinfo=zone_of(NEW_YORK)),
                     datetime(2026, 3, 8, 1, 30, tzinfo=zone_of(NEW_YORK))]),
)  # fmt: skip
def test_later_is_never_better(late: Late, by: list[timedelta], due: datetime) -> None:
    rule = Policy(due=due, late=late)
    found = [lateness(rule, due.astimezone(UTC) + delay) for delay in sorted(by)]
    shares = [each.share if each else 1.0 for each in found]
    assert 1 >= shares[0] >= shares[1] >= 0
    assert all(each.by > timedelta() for each in found if each)


def staged(**reveal: str) -> Policy:
    moments = {name.replace("_", " "): level for name, level in reveal.items()}
    return Policy(attempts=2, due=NOON, late=Late(0.1, closed_after=DAY), reveal=moments)  # type: ignore[arg-type]


REVEALED = [
    (Policy(), 0, NOON, "slips"),
    (staged(at_once="points"), 9, NOON + 9 * DAY, "points"),
    (staged(at_once="slips", after_due="solutions"), 9, NOON + HOUR, "slips"),  # late work is still taken
    (staged(at_once="slips", after_due="solutions"), 0, NOON + DAY + MINUTE, "solutions"),
    (staged(at_once="points", after_last_attempt="slips"), 1, NOON, "points"),
    (staged(at_once="points", after_last_attempt="slips"), 2, NOON, "slips"),
    (staged(at_once="points", after_last_attempt="slips", after_due="verdicts"), 2, NOON + 2 * DAY, "slips"),
    (staged(after_due="solutions"), 0, NOON, "points"),
]


@pytest.mark.parametrize(("rule", "used", "now", "level"), REVEALED)
def test_what_a_student_sees_by_now(rule: Policy, used: int, now: datetime, level: str) -> None:
    assert revealed_level(rule, used, now) == level
    assert solutions_allowed(rule, used, now) is (level == "solutions")
    assert level in LEVELS


def test_practice_shows_solutions() -> None:
    assert solutions_allowed(None, 0, NOON)


def test_work_is_closed_when_late_work_is() -> None:
    assert closing(Policy()) is None
    assert closing(Policy(due=NOON)) == NOON
    assert closing(Policy(due=NOON, late=STRICT)) == NOON + 7 * DAY


@pytest.mark.parametrize(
    ("name", "hours"),
    [("UTC", 0), ("+03:00", 3), ("UTC+5", 5), ("-0330", -3.5), ("Europe/Moscow", 3), ("+99", None), ("Moscow", None),
     ("", None), ("/etc/passwd", None), ("Europe", None), ("x\0y", None)],
)  # fmt: skip
def test_zones(name: str, hours: float | None) -> None:
    zone = zone_of(name)
    assert (zone.utcoffset(datetime(2026, 1, 1)) if zone else None) == (hours if hours is None else hours * HOUR)


DOCS = Path(__file__).parents[2] / "docs" / "assignments.md"


def test_the_assignment_of_the_documents_is_a_sound_one(tmp_path: Path) -> None:
    (block,) = re.findall(r"```yaml\n(# assignment\n.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    (tmp_path / "week-3.yaml").write_text(block, "utf-8")
    found = load_assignment(tmp_path / "week-3.yaml", "Europe/Moscow").policy
    assert found == Policy(
        3, "best", 0.5, {"at once": "verdicts", "after due": "solutions"},
        datetime(2026, 12, 1, 23, 59, tzinfo=MOSCOW), Late(0.1, DAY, 0.5, 15 * MINUTE, 7 * DAY),
        {"authored": Price(), "slip": Price(0.25), "step": Price(share=0.2)}, layout=0.5,
    )  # fmt: skip


def test_every_word_of_the_policy_is_documented() -> None:
    text = DOCS.read_text("utf-8")
    words = {*PolicyModel.__struct_fields__, *LATE_WORDS, *LEVELS, *MOMENTS, *RUNGS}
    assert {word for word in words if word not in text} == set()
