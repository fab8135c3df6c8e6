"""Property tests draw the same examples every time; HYPOTHESIS_PROFILE=explore looks for new ones.

The tests of a family meet in one process, where what is drawn and planned for one of them is there for the others.
"""

from __future__ import annotations

import faulthandler
import gc
import os
from time import monotonic

os.environ["GRADER_CRASH"] = "1"  # a fault of ours stops a test, wherever it is
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy; a process of the suite has one core

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key  # the one that is not captured
from families import FAMILIES
from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

gc.set_threshold(50_000, 20, 100)  # what is planned once stays; looking at it again and again took a tenth of the time


HANGS = 300.0
"""Seconds after which a test that hangs says where: the watch is set anew with the first test of every half minute."""


class Watch:
    """Says where a test hangs; the plugin of pytest sets a watch for every test, which costs more than most tests."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.since = config, -HANGS

    def pytest_runtest_logstart(self) -> None:
        if monotonic() - self.since > HANGS / 10:
            self.since = monotonic()
            faulthandler.dump_traceback_later(HANGS, file=self.config.stash[fault_handler_stderr_fd_key])

    def pytest_unconfigure(self) -> None:
        faulthandler.cancel_dump_traceback_later()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Watch(config))


def family_of(item: pytest.Item) -> str | None:
    """The family a test was given, as an id or as a file."""
    callspec = getattr(item, "callspec", None)
    given = callspec.params.values() if callspec else ()
    names = (getattr(value, "stem", value) for value in given)
    return next((name for name in names if isinstance(name, str) and name in FAMILIES), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if family := family_of(item):
            item.add_marker(pytest.mark.xdist_group(family))
