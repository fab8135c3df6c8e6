"""The shell: `grade COMMAND`. A command parses, calls the library, prints, and maps errors to exit code 2.

Commands live in modules that are imported only when they run: `grade submit` must not pay for typesetting.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click
import numpy  # noqa: F401 - here, not deep in the chain below: across a border of CPython's frame stack it takes 40 ms more

from grader import __version__
from grader.cli.collection import paused, spared_at_exit
from grader.cli.screen import guard, guarded
from grader.cli.terminal import LANGUAGE, fail
from grader.errors import GraderError

_COMMANDS = {
    "list": "problems",
    "show": "problems",
    "check": "checking",
    "schema": "problems",
    "worksheet": "worksheets",
    "init": "worksheets",
    "submit": "grading",
    "batch": "batching",
    "hint": "hinting",
    "compare": "comparing",
}


class LazyGroup(click.Group):
    """Commands by name, each imported on use."""

    def __call__(self, *args: object, **named: object) -> object:
        """The whole process of a command; inside another one it is `main` that is called."""
        spared_at_exit()
        guard()
        return super().__call__(*args, **named)

    def main(self, *args: Any, **named: Any) -> Any:
        """Run a command line, its output guarded."""
        with guarded():
            return super().main(*args, **named)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        with paused():
            command = getattr(import_module(f"grader.cli.{_COMMANDS[cmd_name]}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run; an error meant for a person becomes its message, anything else is our fault and crashes."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # what cannot be written is said here, while somebody can say it
        except GraderError as error:
            fail(error, ctx.meta.get(LANGUAGE))
        return result


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grade")
def main() -> None:
    """Exercises in the maths of machine learning: printed per student, marked like a patient teacher would.

    Start with `grade list`, `grade show ID`, or `grade submit answers.yaml`.
    """
