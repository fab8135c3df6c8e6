"""The bank as a list: what each problem is about, and what it is worth."""

from __future__ import annotations

import msgspec

from grader.course.bank import Bank
from grader.errors import GraderError, Message
from grader.messages import catalogue, translate
from grader.plan.planner import first_form
from grader.plan.worth import worth_of


class Listed(msgspec.Struct, frozen=True):
    """A line of the list, in one language."""

    id: str
    title: str
    topic: str
    level: int
    minutes: int
    points: float
    asks: tuple[str, ...]


def listed(bank: Bank, topic: str | None, language: str) -> tuple[list[Listed], list[GraderError]]:
    """The problems of a topic (None: all), and the faults of files that cannot be listed."""
    lines: list[Listed] = []
    faults: list[GraderError] = []
    for name in bank:
        try:
            problem = bank[name]
            words = topic_name(problem.topic, language)
            if topic is not None and topic.lower() not in (problem.topic + words).lower():
                continue
            blanks = worth_of(problem, first_form(problem))
        except GraderError as error:  # a broken file costs its own line only
            faults.append(error)
            continue
        asks = tuple(name for name, _ in blanks)
        title, points = problem.title[language], sum(worth for _, worth in blanks)
        lines.append(Listed(name, title, words, problem.level, problem.minutes, points, asks))
    return lines, faults


def topic_name(topic: str, language: str) -> str:
    """The topic in words; one that the catalogue does not have stands as its author wrote it."""
    key = f"topic-{topic.replace(' ', '-')}"
    return translate(Message(key), language) if key in catalogue(language) else topic
