"""What is asked when a page is left before its changes are saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.dialogs.question import Question

STAY, LEAVE, SAVE = "", "不保存", "保存后离开"


def ask_leaving(parent: QWidget, title: str) -> str:
    """Ask whether to save, to leave without saving, or to stay."""
    return Question(
        "先保存再离开？",
        f"“{title}”有改动还没有保存。不保存，台账就保持原来的样子。",
        "留在这里",
        (LEAVE, "danger"),
        (SAVE, "primary"),
        parent=parent,
    ).ask()
