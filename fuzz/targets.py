"""THE table of targets: a row here is in every run, in the report and in the tests."""

from __future__ import annotations

from fuzz import files, language, problems, sheets
from fuzz.outcome import Target

TARGETS: dict[str, Target] = {
    target.name: target for target in (*language.TARGETS, *files.TARGETS, *sheets.TARGETS, *problems.TARGETS)
}
