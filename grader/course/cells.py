"""Cells of a CSV that no spreadsheet takes for a formula, and the texts they stand for."""

from __future__ import annotations

import re

from grader.printable import printable

_FORMULA = re.compile(r"'*\s*[=+\-@|%＝＋－＠]")


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what could begin one.

    In one line and without control characters, which a table has no use for and a terminal obeys.
    """
    text = printable(text)
    return f"'{text}" if _FORMULA.match(text) else text


def text_of_cell(cell: str) -> str:
    """The text that `safe_cell` made a cell of, so that what we wrote reads back as it was."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
