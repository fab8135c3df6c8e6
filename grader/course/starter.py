"""What a new course folder begins with, so that its first commands work: an assignment, a roster, how to go on."""

from __future__ import annotations

from grader.messages import Message, translate

_WEEK = """\
title: {en: Week 1, ru: Неделя 1}
problems:
  - matrix-mul
  - product-rule
# policy:
#   attempts: 3
#   due: 2026-12-01 23:59 +03:00
#   late: 10 % per day
"""
_ROSTER = "student,name,language\nivanova,Анна Иванова,ru\nsmith,Bob Smith,en\n"
PRIVATE = ("course.yaml", "roster.csv", "submissions/", "sheets/", "results/")
"""What holds the secret, or belongs to students."""


def starter_files(title: str, language: str) -> dict[str, str]:
    """Texts by their paths in the folder."""
    heading = title or translate(Message("course-untitled"), language)
    private = translate(Message("course-private"), language)
    return {
        "problems/assignments/week-1.yaml": _WEEK,
        "roster.csv": _ROSTER,
        "README.md": translate(Message("course-readme", {"title": heading}), language),
        ".gitignore": "".join(f"{line}\n" for line in (f"# {private}", *PRIVATE)),
    }
