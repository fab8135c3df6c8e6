"""The collector of garbage pauses while modules are loaded, and at the end of a process of ours: nowhere else."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import grader
from grader.cli import main
from grader.cli.collection import paused


@pytest.mark.parametrize("running", [True, False])
def test_it_goes_on_as_before(running: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        with paused():
            assert not gc.isenabled()
        assert gc.isenabled() is running
        with pytest.raises(KeyError), paused():
            raise KeyError
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()


def test_a_command_inside_another_process_leaves_it_alone() -> None:
    assert CliRunner().invoke(main, ["compare", "1/2", "0.5", "--kind", "number"]).exit_code == 0
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)


def test_a_process_of_ours_ends_without_a_last_search() -> None:
    code = (
        "import atexit, gc, os, sys\n"
        "atexit.register(lambda: os.write(1, str(gc.get_freeze_count()).encode()))\n"  # runs after what comes later
        "from grader.cli import main\n"
        "sys.argv = ['grade', 'compare', '1/2', '0.5', '--kind', 'number']\nmain()"
    )
    path = {**os.environ, "PYTHONPATH": str(Path(grader.__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=path)
    assert int(done.stdout.splitlines()[-1]) > 10_000
