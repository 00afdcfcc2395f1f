"""What is shown of dictionaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DictionaryView:
    """One dictionary: its content, and whether the county changed it."""

    name: str
    label: str
    content: Any
    own: bool
