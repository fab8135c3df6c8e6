"""Record how wide the characters of figures are: `python tests/record_widths.py` asks Typst for its own fonts.

The record is in thousandths of the type size, by style: `grader/figures/widths.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

from grader.language.signs import SIGNS

RECORD = Path(__file__).parents[1] / "grader" / "figures" / "widths.json"
RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3C9), (0x401, 0x401), (0x410, 0x44F), (0x451, 0x451))
FURTHER = "ϑϕϱςŷ–—‘’“”„…•′″←↑→↓∂∇∈∑−∕√∞∫≈≠≤≥⊙⊤ẏẋŵẑ"
SIZE = 1000
ASKED = """
#set text(font: ("Libertinus Serif", "New Computer Modern Math"), size: {size}pt, style: "{style}")
#set text(kerning: false, ligatures: false)
#context {{
  let widths = (:)
  for character in json(bytes({characters})) {{ widths.insert(character, measure(text(character)).width.pt()) }}
  [#metadata(widths) <widths>]
}}
"""


def characters() -> list[str]:
    """Every character that has a width of its own here."""
    ranged = (chr(code) for first, last in RANGES for code in range(first, last + 1))
    named = (character for sign in SIGNS.values() for character in sign)
    return sorted({c for c in (*ranged, *named, *FURTHER) if c.isprintable()})


def measured(style: str) -> dict[str, int]:
    """The widths that Typst measures."""
    listed = json.dumps(json.dumps(characters(), ensure_ascii=False), ensure_ascii=False)
    source = ASKED.format(size=SIZE, style=style, characters=listed)
    found = json.loads(typst.query(source.encode(), "<widths>", ignore_system_fonts=True))
    return {character: round(width) for character, width in found[0]["value"].items()}


def measured_all() -> dict[str, dict[str, int]]:
    """The whole record."""
    return {"upright": measured("normal"), "italic": measured("italic")}


def main() -> int:
    """Write the record."""
    RECORD.write_text(json.dumps(measured_all(), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
