"""The modules of the window are read in on its own thread, a few at a time (docs/adr/0018).

A class of Qt's that is defined on another thread changes tables that Qt reads meanwhile without Python's lock: now and
then the program died of it at its start.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

FOLDERS = ("gui.widgets", "gui.tables", "gui.dialogs", "gui.panels", "gui.pages")  # none needs one behind it


def read(names: Iterable[str]) -> Iterator[None]:
    """Read in one after the other; the window answers in between."""
    for name in names:
        if name not in sys.modules:
            import_module(name)
            yield


@cache
def every() -> tuple[str, ...]:
    """The modules of all pages, in an order in which none has much left to read in."""
    return tuple(name for folder in FOLDERS for name in _in(folder))


def _in(folder: str) -> Iterator[str]:
    for module in iter_modules(import_module(folder).__path__, f"{folder}."):
        if module.ispkg:
            yield from _in(module.name)
        else:
            yield module.name
