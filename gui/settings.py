"""What the window remembers on this PC: letters, contrast, place on the screen, columns of lists."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from gui.whole import whole

FILE = "window.json"


@dataclass(frozen=True)
class SavedView:
    """A way of looking at a list that somebody keeps under a name of their own."""

    name: str
    words: str = ""
    where: tuple[tuple[str, str], ...] = ()
    view: str = ""
    sort: str = ""
    descending: bool = False


@dataclass
class Settings:
    """Every setting and its default."""

    large: bool = False
    contrast: bool = False
    geometry: list[int] = field(default_factory=list[int])  # x, y, width, height
    maximised: bool = True
    hidden: dict[str, list[str]] = field(default_factory=dict[str, list[str]])  # list → columns not shown
    widths: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])  # list → column → width
    order: dict[str, list[str]] = field(default_factory=dict[str, list[str]])  # list → columns from left to right
    sorts: dict[str, tuple[str, bool]] = field(default_factory=dict[str, tuple[str, bool]])  # list → column, down
    views: dict[str, list[SavedView]] = field(default_factory=dict[str, list[SavedView]])  # list → kept views
    peek: int = 0  # width of the preview beside a list; 0 the usual one
    backup: str = ""  # the folder of the last backup
    backed_up: str = ""  # when it was made, as ISO time
    lock_after: int = 10  # minutes without a key or a click after which users must sign in again; 0 never
    stick: str = ""  # where packages were written or read last


def load(home: Path | None) -> Settings:
    """The saved settings; defaults where the file is missing or unreadable."""
    if home is None:
        return Settings()
    try:
        found: Any = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    # One odd value must not cost the others: each is taken only if it is what it should be.
    good: dict[str, Any] = {}
    for name, kind in get_type_hints(Settings).items():
        try:
            good[name] = msgspec.convert(found[name], kind)
        except (KeyError, msgspec.ValidationError):
            continue
    return Settings(**good)


def save(home: Path | None, settings: Settings) -> None:
    """Keep the settings: whole or not at all. That they cannot be kept is no reason to disturb anybody."""
    if home is None or not home.is_dir():
        return
    with suppress(OSError), whole(home / FILE) as new:
        new.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
