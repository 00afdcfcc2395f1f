"""What is shown of dictionaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class LaidDown(NamedTuple):
    """One time that the county laid a dictionary down, as the PC stated it that did."""

    at: str  # ISO time with zone
    by: str
    why: str
    default: bool  # it went back to what the program brings


@dataclass(frozen=True)
class DictionaryView:
    """One dictionary: its content, and whether the county changed it."""

    name: str
    label: str
    content: Any
    own: bool
    changes: tuple[LaidDown, ...] = ()  # the newest first; only where one dictionary is shown
