"""What is refused about checklists, in words: N100 to N103."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain import words
from models.errors import LedgerError


@dataclass(eq=False)
class NoChecklist(LedgerError):
    """No such theme, or no such version of it."""

    code = "N100"
    title = "没有这份检查表"
    name: str

    @property
    def message(self) -> str:
        return f"没有“{self.name}”这份检查表，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请从这些主题里选：{'；'.join(words.THEME.values())}。"


@dataclass(eq=False)
class NotAChecklist(LedgerError):
    """What the county wanted to issue does not fit."""

    code = "N101"
    title = "检查表没有下发"
    theme: str  # as people call it
    why: str

    @property
    def message(self) -> str:
        return f"“{self.theme}”检查表：{self.why}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请改正后再下发；原来的版本仍然有效。"


@dataclass(eq=False)
class NotAnItem(LedgerError):
    """What a unit wanted to add for itself is no question."""

    code = "N102"
    title = "检查项没有添加"
    why: str

    @property
    def message(self) -> str:
        return f"{self.why}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请写成“是否……？”，让“否”表示有问题，例如“垃圾桶是否每天清运？”。"
