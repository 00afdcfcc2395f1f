"""What can go wrong on purpose: refusals that say what happened, that nothing was changed, and the way out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class LedgerError(Exception):
    """Something expected went wrong; nothing was changed.

    Anything that is not a LedgerError is a bug, and is shown as one. Every subclass has a code of its own (never
    reused), a title that says what happened, and a way out that names an action and ends in a full stop.
    """

    code = "E000"
    title = "操作没有完成"

    @property
    def message(self) -> str:
        """What happened, in one or two sentences for the person at the desk."""
        return self.title

    @property
    def way_out(self) -> str:
        """What to do now."""
        return "本机数据未改动。请再做一次；若仍不成功，请与县环委办联系。"

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}"
