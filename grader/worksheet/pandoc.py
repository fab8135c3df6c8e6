"""Authors' Markdown in another notation, by pandoc: many fragments, one process.

Starting pandoc costs more than ten statements, so fragments travel together, with a seam between them: a
paragraph named by a digest of them all, which therefore none of them contains. The reader knows only what is
listed here: no raw HTML, no raw TeX, no macros, so a text cannot bring code into a page.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.errors import AuthorError
from grader.language.prose import COMMANDS

READER = "+".join(
    (
        "markdown_strict-raw_html",
        "tex_math_dollars",
        "pipe_tables",
        "smart",
        "startnum",
        "all_symbols_escapable",
        "intraword_underscores",
        "escaped_line_breaks",
        "backtick_code_blocks",
        "lists_without_preceding_blankline",
    )
)
OPTIONS = ("--mathml", "--sandbox", "--wrap=none", "--fail-if-warnings")
GUARD = Path(__file__).with_name("guard.lua")
REFUSED = re.compile(r"REFUSED (?P<what>\w+) (?P<text>.*)")
REFUSALS = {
    "link": "prose-link",
    "picture": "prose-picture",
    "command": "prose-command",
    "sign": "prose-sign",
    "raw": "prose-raw",
}
"""What the guard says, and its words."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What pandoc typesets badly, put right in the Markdown before it and in its output after it."""

    before: re.Pattern[str] | None = None
    instead: str = ""
    after: re.Pattern[str] | None = None
    printed: str = ""


DECIMAL_COMMA = re.compile(r"(?<=\d)\{,\}(?=\d)")
PRINTED_COMMA = re.compile(re.escape(' upright(",") '))
INTRODUCTION = re.compile(r"^([^\n#=].*:)\n\n(?=#figure\()", re.MULTILINE)
SIZED_BRACKET = re.compile(r"\\[bB]igg?[lrm]?(?![a-zA-Z])")
TALL_FRACTION = re.compile(r"(?<![$\\])\$(?!\$)([^$]*\\dfrac[^$]*)\$(?!\$)")
PRINTED_TALL = re.compile(r'\$(?:upright\()?"tall-fraction"\)? ([^$]*)\$')
DOUBLE_BAR = re.compile(r"\\(?:left|right)\\([lr]Vert)")
LEFT_BAR, RIGHT_BAR = (re.compile(rf"(?<!\\left)(?<!\\right)\\{side}vert(?![a-zA-Z])") for side in "lr")
RULE = re.compile(r"^#horizontalrule$", re.MULTILINE)
SIZE = re.compile(r"\$(\w+ times \w+)\$")
REPAIRS = {
    "typst": (
        Repair(DECIMAL_COMMA, r"\\text{,}", PRINTED_COMMA, 'class("normal", ",")'),
        Repair(SIZED_BRACKET),
        Repair(DOUBLE_BAR, r"\\\1"),
        Repair(LEFT_BAR, r"\\left\\lvert"),
        Repair(RIGHT_BAR, r"\\right\\rvert"),
        Repair(TALL_FRACTION, r"$\\text{tall-fraction}\1$", PRINTED_TALL, r"#tall[$\1$];"),
        Repair(after=RULE, printed="#line(length: 100%, stroke: 0.5pt)"),
        Repair(after=SIZE, printed=r"#box[$\1$];"),
        Repair(after=INTRODUCTION, printed=r"#block(sticky: true, spacing: 1.1em)[\1]\n\n"),
    ),
    "html": (Repair(DECIMAL_COMMA, r"\\text{,}"),),
}
"""`0{,}5` would be a list of two numbers, a bracket of a given size an ornament with space around it, the bars of a
norm that grow and those of a modulus that do not would be relations, with gaps and with the exponent above them,
`\\dfrac` in a line an ordinary small fraction (`tall` is a function of the worksheet's template), and a rule calls a
function of pandoc's own template; a table stays with the line before it that ends in a colon, and no line ends inside
the size of a matrix.
"""


def convert(markdown: Iterable[str], notation: str) -> dict[str, str]:
    """Each distinct fragment in a notation (`typst`, `html`, `latex`); AuthorError if one is faulty."""
    distinct = sorted({text for text in markdown if text.strip()})
    if not distinct:
        return {}
    seam = "seam" + hashlib.sha256("\0".join(distinct).encode()).hexdigest()
    source = f"\n\n{seam}\n\n".join(distinct)
    for repair in REPAIRS.get(notation, ()):
        source = repair.before.sub(repair.instead, source) if repair.before else source
    printed = _pandoc(source, notation)
    for repair in REPAIRS.get(notation, ()):
        printed = repair.after.sub(repair.printed, printed) if repair.after else printed
    pieces = re.split(rf"^(?:<p>)?{seam}(?:</p>)?$", printed, flags=re.MULTILINE)
    return {text: piece.strip() for text, piece in zip(distinct, pieces, strict=True)}


def _pandoc(markdown: str, notation: str) -> str:
    import pypandoc

    guard = {**os.environ, "GRADER_COMMANDS": " ".join(sorted(name for name in COMMANDS if name.strip()))}
    command = [pypandoc.get_pandoc_path(), f"--from={READER}", f"--to={notation}", f"--lua-filter={GUARD}", *OPTIONS]
    patience = 20 + len(markdown) / 10_000  # seconds; a hundred times what pandoc needs
    text = markdown.encode()
    try:
        done = subprocess.run(command, input=text, capture_output=True, timeout=patience, check=True, env=guard)
    except subprocess.TimeoutExpired as late:
        raise AuthorError("worksheet-pandoc-slow", seconds=patience) from late
    except subprocess.CalledProcessError as failure:
        reason = failure.stderr.decode(errors="replace").strip()
        if refused := REFUSED.search(reason):
            said = refused["text"]
            raise AuthorError(REFUSALS[refused["what"]], link=said, command=said, sign=said, raw=said) from failure
        raise AuthorError("worksheet-pandoc", reason=reason) from failure
    return done.stdout.decode()
