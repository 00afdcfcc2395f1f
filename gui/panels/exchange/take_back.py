"""撤销导入 in the window: asked right after an import and in 往来记录, in the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gui.dialogs.question import Question
from gui.jobs import Kind
from gui.panel import Panel
from models.services.views.exchange import LastImport
from models.services.views.home import Touched

TAKE_BACK = "撤销这次导入"


def ask_to_take_back(panel: Panel, sender: str, number: int, package: str, done: Callable[[LastImport], Any]) -> None:
    """Ask, and take this import back while it is the last; `done` is a slot of the panel."""
    text = "台账回到导入前的样子。数据包还在 U 盘上，要用时可以再读入一次，不会重复。"
    question = Question(f"撤销{sender}第 {number} 包的导入？", text, "不撤销", ("撤销导入", "danger"), parent=panel)
    if question.ask():
        exchange = panel.session.office.exchange
        panel.ask(lambda progress: exchange.undo(progress, package), done, kind=Kind.LONG)


def tell_undone(panel: Panel, undone: LastImport) -> None:
    """Say what was taken back; all pages look again."""
    sentence = f"已撤销：{undone.sender_name}第 {undone.number} 包的导入。"
    panel.notice.say("success", sentence, "台账与导入前一样，登记簿里记了一笔。")
    panel.session.tell(Touched("*"))
