"""What the hatch prints: exactly one JSON object for scripts, or short Chinese text for people."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models.errors import LedgerError

DONE, BUG, USAGE, REFUSED = 0, 1, 2, 3


def plain(value: Any) -> Any:
    """A value of the services as JSON can hold it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, Path):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def say(answer: Mapping[str, Any], text: str, *, as_json: bool) -> None:
    """Print the answer of one command."""
    if sys.stdout is None:  # closed by who called: the deed is done, nobody listens
        return
    written = json.dumps(plain(answer), ensure_ascii=False) if as_json else text
    sys.stdout.buffer.write(written.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def refusal(error: LedgerError) -> dict[str, Any]:
    """A refusal as scripts read it."""
    return {"error": {"code": error.code, "message": error.message, "way_out": error.way_out}}


@dataclass(eq=False)
class Stopped(LedgerError):
    """Somebody pressed Ctrl+C. Of several packages the first may be taken in already."""

    code = "H130"
    title = "已取消：正在做的没有写入，之前做完的（如已导入的几个包）都保留"

    @property
    def message(self) -> str:
        return f"{self.title}。"

    @property
    def way_out(self) -> str:
        return "要接着做的，请把同一条命令再做一次：已经导入的包不会重复。"


class Told:
    """Progress on stderr: one line a second at most, and only on a terminal."""

    def __init__(self) -> None:
        self._last = ""

    def step(self, done: int, total: int, what: str = "") -> None:  # noqa: ARG002 - the words are enough here
        """Say what is being done, when that changes."""
        if what and what != self._last and sys.stderr.isatty():
            self._last = what
            sys.stderr.write(f"{what}…\n")
