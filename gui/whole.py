"""Small files of the window, written whole or not at all.

On Windows nobody renames or removes a file that a virus scanner reads just now, and it reads what was just written:
that is worth another try where nobody waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

TRIES = 30  # for whoever may wait: three seconds
PAUSE = 0.1  # seconds between two tries


@contextmanager
def whole(target: Path, *, tries: int = 1) -> Generator[Path]:
    """A path to write to, which takes the place of `target` at the end; nothing of it is left where it cannot."""
    new = target.with_name(f"{target.name}.new")
    try:
        yield new
        patiently(lambda: new.replace(target), tries)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def patiently(act: Callable[[], object], tries: int) -> None:
    """Do `act`, again and again while it is not permitted, `tries` times in all."""
    for left in reversed(range(tries)):
        try:
            act()
        except PermissionError:
            if not left:
                raise
            time.sleep(PAUSE)
        else:
            return
