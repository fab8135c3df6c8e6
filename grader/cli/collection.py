"""When Python's collector of cyclic garbage has nothing to find: in loading, in marking one sheet, at a process's end.

What is made then stays until the end, and at the end the system takes everything back at once; looking through it all
for garbage costs `grade submit` an eighth of its time.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No collection while there is little to collect; afterwards it is as it was."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def spared_at_exit() -> None:
    """The interpreter's last collection skips what is there by then; files are closed, exit functions run as ever."""
    atexit.register(gc.freeze)
