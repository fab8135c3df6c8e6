"""The one place where text meets a terminal, whoever writes it: ours, click's, rich's, a traceback.

What comes there is made printable, right-to-left names are kept apart from what stands beside them, and letters that
the output has no code for are spelled. Colours are ours: `paint` marks them with a number that no text can know, and
every other escape sequence is taken out.
"""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, TextIO, cast

import click

from grader.cli.spelling import shown_in
from grader.errors import NotWritten
from grader.printable import json_of, printable_lines

if TYPE_CHECKING:
    from rich.console import Console

_MARK = str(int.from_bytes(os.urandom(8), "big"))
_OURS = re.compile(rf"(\x1b\[){_MARK};([0-9;]*m)")
_COLOURS = re.compile(r"()(\x1b\[[0-9;]*m)")
_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # taken out whole; what is left of others is plain text
_NONE = re.compile(r"(?!)()()")
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_NAME_RTL = re.compile(f"[{_RTL}](?:[{_RTL}\u200c\u200d .,'’_-]*[{_RTL}])?")


class Screen(io.TextIOBase):
    """A stream before the real one. `colours` are the escape sequences that pass; data are not touched for reading."""

    def __init__(self, target: TextIO, colours: re.Pattern[str] = _OURS, *, data: bool = False) -> None:
        self.target, self._colours, self._data = target, colours, data
        self._broken = False

    @property
    def coloured(self) -> TextIO:
        """The same for a library that has made its text printable and paints it itself."""
        return cast(TextIO, Screen(self.target, _COLOURS))

    @property
    def data(self) -> TextIO:
        """The same for programs: nothing is put between the letters."""
        return cast(TextIO, Screen(self.target, _NONE, data=True))

    @property
    def target_encoding(self) -> str:
        """What the real stream can show."""
        return self.target.encoding or "utf-8"

    encoding = cast(str, property(lambda self: "utf-8"))  # whoever writes may write everything
    errors = cast(str, property(lambda self: "strict"))

    def write(self, text: str) -> int:
        """The text as it may be seen."""
        pieces = self._colours.split(text)
        for number in range(0, len(pieces), 3):
            pieces[number] = self._shown(pieces[number])
        self._to_target(partial(self.target.write, "".join(pieces)))
        return len(text)

    def _shown(self, text: str) -> str:
        text = printable_lines(_SEQUENCE.sub("", text))
        if not self._data and not text.isascii():
            text = _NAME_RTL.sub("\u2068\\g<0>\u2069", text)
        return shown_in(text, self.target_encoding)

    def _to_target(self, act: Callable[[], object]) -> None:
        if self._broken:
            return
        try:
            act()
        except OSError as error:
            if error.errno == errno.EPIPE:  # nobody listens any more: click ends the command
                raise
            self._broken = True  # what ends the process flushes once more: into nothing
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.target.fileno())
            raise NotWritten("output-failed", reason=error.strerror or str(error)) from error

    def writable(self) -> bool:
        """It is."""
        return True

    def flush(self) -> None:
        """What was written is seen."""
        if not self.closed:
            self._to_target(self.target.flush)

    def isatty(self) -> bool:
        """Whether somebody looks."""
        return self.target.isatty()

    def fileno(self) -> int:
        """The number of the real stream."""
        return self.target.fileno()


def guard() -> None:
    """From now on nothing reaches the terminal but through a screen."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, Screen):
            setattr(sys, name, Screen(stream))


@contextmanager
def guarded() -> Iterator[None]:
    """A screen for as long as a command runs inside another process."""
    before = sys.stdout, sys.stderr
    guard()
    ours = sys.stdout, sys.stderr
    try:
        yield
    finally:
        if (sys.stdout, sys.stderr) == ours:  # else somebody has put another in its place since
            sys.stdout, sys.stderr = before


def paint(text: str, fg: str | None = None, *, bold: bool | None = None) -> str:
    """The text in a colour; what is coloured in any other way stays plain."""
    return click.style(text.replace("\x1b", " "), fg=fg, bold=bold).replace("\x1b[", f"\x1b[{_MARK};")


def secho(text: str, fg: str | None = None, *, bold: bool | None = None, err: bool = False) -> None:
    """A line in a colour."""
    click.echo(paint(text, fg, bold=bold), err=err)


def show_json(value: object, indent: int | None = 2) -> None:
    """JSON with the letters of every alphabet as they are, where the output has them."""
    stream = sys.stdout
    if not isinstance(stream, Screen):
        click.echo(json_of(value, indent))
        return
    text = json_of(value, indent)
    if shown_in(text, stream.target_encoding) != text:
        text = json_of(value, indent, ascii_only=True)
    click.echo(text, file=stream.data)


def console() -> Console:
    """The terminal for tables; plain and wide when output goes elsewhere. Texts are texts: no markup, no emoji."""
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    class Printing(Console):
        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            for text, style, control in super().render(renderable, options):
                yield Segment(printable_lines(text), style, control)

    file = sys.stdout.coloured if isinstance(sys.stdout, Screen) else None
    made = partial(Printing, file=file, highlight=False, markup=False, emoji=False)
    terminal = made()
    return terminal if terminal.is_terminal else made(width=200, color_system=None)
