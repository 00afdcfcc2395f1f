"""What the window remembers on this PC: letters, contrast, place on the screen, columns of lists."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

FILE = "window.json"


@dataclass
class Settings:
    """Every setting and its default."""

    large: bool = False
    contrast: bool = False
    geometry: list[int] = field(default_factory=list[int])  # x, y, width, height
    maximised: bool = True
    hidden: dict[str, list[str]] = field(default_factory=dict[str, list[str]])  # list → columns not shown
    widths: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])  # list → column → width
    stick: str = ""  # where packages were written or read last


def load(home: Path | None) -> Settings:
    """The saved settings; defaults where the file is missing or unreadable."""
    if home is None:
        return Settings()
    try:
        found: Any = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    defaults = Settings()
    if not isinstance(found, dict):
        return defaults
    # One odd value must not cost the others: each is taken only if it has the type of its default.
    good = {
        one.name: found[one.name]
        for one in fields(Settings)
        if type(found.get(one.name)) is type(getattr(defaults, one.name))
    }
    return Settings(**good)


def save(home: Path | None, settings: Settings) -> None:
    """Keep the settings: whole or not at all. That they cannot be kept is no reason to disturb anybody."""
    if home is None or not home.is_dir():
        return
    new = home / f"{FILE}.new"
    try:
        new.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
        new.replace(home / FILE)
    except OSError:
        new.unlink(missing_ok=True)
