"""Draw the pictures of the README anew, from the sample and from a sheet of the bank: `python docs/images/draw.py`."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import typst
from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = "submissions/samples/answers-smith.yaml"
SHEET = ("relu-forward-picture", "table-derivative")


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
    import dataclasses

    from grader.worksheet import formats

    pages: list[bytes] = []

    def finish(source: str, folder: Path) -> bytes:
        made = typst.Compiler(root=folder, ignore_system_fonts=True).compile(source.encode(), format="png", ppi=80)
        pages.append(made[0] if isinstance(made, list) else made)
        return b""

    formats.FORMATS["pdf"] = dataclasses.replace(formats.FORMATS["pdf"], finish=finish)
    from grader.cli import main

    with tempfile.TemporaryDirectory() as folder:
        main(["worksheet", *SHEET, "--student", "Ada Lovelace", "--format", "pdf", "-o", folder], standalone_mode=False)
    return pages[0]


if __name__ == "__main__":
    os.chdir(ROOT)
    (HERE / "submit.png").write_bytes(terminal())
    (HERE / "worksheet.png").write_bytes(page())
