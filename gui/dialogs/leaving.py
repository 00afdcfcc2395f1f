"""What is asked when a page is left before its changes are saved, or the window is closed during long work."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.dialogs.question import Question

STAY, LEAVE, SAVE = "", "不保存", "保存后离开"
THEN, STOP = "做完自动关闭", "停下并关闭"
LATER = "先不保存"  # the word of LEAVE where a draft stays: nothing is lost by it


def ask_leaving(parent: QWidget, title: str, *, drafts: bool = False) -> str:
    """Ask whether to save, to leave without saving, or to stay. `drafts`: what is not saved is kept as one."""
    what_then = (
        "先不保存也不会丢：草稿留在本机，下次打开时可以接着填。但没有保存的内容不计入台账，也不随数据包报送。"
        if drafts
        else "不保存，台账就保持原来的样子。"
    )
    short = title if len(title) <= 40 else f"{title[:40]}…"
    answer = Question(
        "先保存再离开？",
        f"“{short}”有改动还没有保存。{what_then}",
        "留在这里",
        (LATER, "") if drafts else (LEAVE, "danger"),
        (SAVE, "primary"),
        parent=parent,
    ).ask()
    return LEAVE if answer == LATER else answer


def ask_closing(parent: QWidget) -> str:
    """Ask whether to go on, to close when the long work is done, or to stop it and close."""
    return Question(
        "还有一件事没有做完，现在关闭？",
        "停下不会丢数据：写到一半的数据包不作数，读到一半的内容不会导入，台账保持原来的样子，下次再做一遍就行。",
        "先不关闭",
        (STOP, ""),
        (THEN, "primary"),
        parent=parent,
    ).ask()
