"""Draw the pictures of the README anew, from the sample, a sheet and families: `python docs/images/draw.py`."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import typst
from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = "submissions/samples/answers-smith.yaml"
SHEET = ("relu-forward-picture", "table-derivative")
CARDS = ("conv2d-by-hand", "rnn-bptt", "md-ridge-gradient")
CARD = "#set page(width: 150mm, height: 145mm, margin: (x: 8mm, top: 2mm, bottom: 6mm))\n"


def terminal() -> bytes:
    """What `grade submit` prints of the sample, as a window."""
    command = ["grade", "submit", SAMPLE]
    ours, theirs = pty.openpty()  # in colours, which only a terminal gets
    subprocess.run(
        [sys.executable, "-c", "import sys; from grader.cli import main; sys.exit(main())", *command[1:]],
        cwd=ROOT, env={**os.environ, "COLUMNS": "80", "TERM": "xterm"}, stdout=theirs, check=False,
    )  # fmt: skip
    os.close(theirs)
    printed = os.read(ours, 1_000_000).decode().replace("\r", "")
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"$ {' '.join(command)}\n{printed}"))
    drawing = console.export_svg(title="grade submit")
    drawing = re.sub(r"@font-face \{.*?\}", "", drawing, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    return picture("image(bytes(sys.inputs.svg))", 120, svg=drawing)


def picture(body: str, dots: int, **inputs: str) -> bytes:
    """A page as large as what stands on it, as PNG."""
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n#{body}"
    return typst.compile(source.encode(), format="png", ppi=dots, sys_inputs=inputs)


def page() -> bytes:
    """The first page of a sheet."""
    return first_page(SHEET, lambda source: source, 80)


def card(name: str) -> bytes:
    """A family as it stands on a sheet, without what is printed around it."""

    def cut(source: str) -> str:
        source = re.sub(r"#set page\(\n.*?\n\)\n", CARD, source, count=1, flags=re.DOTALL)
        return re.sub(r"#text\(size: 19pt.*?0\.9pt \+ ink\)\n", "", source, count=1, flags=re.DOTALL)

    return first_page((name,), cut, 110)


def first_page(names: Sequence[str], changed: Callable[[str], str], dots: int) -> bytes:
    """The first page of a worksheet, its Typst source changed."""
    import dataclasses

    from grader.worksheet import formats

    pages: list[bytes] = []

    def finish(source: str, folder: Path) -> bytes:
        compiler = typst.Compiler(root=folder, ignore_system_fonts=True)
        made = compiler.compile(changed(source).encode(), format="png", ppi=dots)
        pages.append(made[0] if isinstance(made, list) else made)
        return b""

    formats.FORMATS["pdf"] = dataclasses.replace(formats.FORMATS["pdf"], finish=finish)
    from grader.cli import main

    with tempfile.TemporaryDirectory() as folder:
        main(["worksheet", *names, "--student", "Ada Lovelace", "--format", "pdf", "-o", folder], standalone_mode=False)
    return pages[0]


if __name__ == "__main__":
    os.chdir(ROOT)
    (HERE / "submit.png").write_bytes(terminal())
    (HERE / "worksheet.png").write_bytes(page())
    for name in CARDS:
        (HERE / f"{name}.png").write_bytes(card(name))
