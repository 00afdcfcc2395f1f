"""How an import ended: how much, what was left out, and a list of it to mend the ledger by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from gui.panels.workbook.words import note_said, together
from gui.widgets.buttons import button
from gui.widgets.outcome import Outcome
from models.services.views.workbooks import CellNote, WorkbookView

FEW = 12  # cells that are named in the sentence
FILLED = "已有的只补空着的，要改的在台账里改"  # sources: an altered cell is told and not taken


class Done(Outcome):
    """The result with its counts."""

    def __init__(self, list_name: str) -> None:
        self.again = button("再导入一个")
        self.copy = button("复制清单", icon="copy", tip="复制没有导入的格子：地址、内容、原因")
        self.save = button("存成清单…", icon="sheet", tip="存成表格，照着改原来的台账")
        self.to_list = button(f"去看{list_name}", "primary", icon="forward")
        super().__init__(True, self.again, self.copy, self.save, self.to_list)
        self.book: WorkbookView | None = None
        self.copy.clicked.connect(self._copy)

    def show_book(self, book: WorkbookView) -> None:
        """Show the result."""
        self.book = book
        told = [f"无变化 {book.same} 条"] if book.same else []
        told += [f"{book.refused} 条未导入，原表里的格子没有动"] if book.refused else []
        more = f"{'；'.join(told)}。" if told else "表里的每一条都在台账里了。"
        self.say(f"导入成功：新增 {book.new} 条，更新 {book.changed} 条。", more)
        notes = (*book.rejected, *book.flagged)
        for one in (self.copy, self.save):
            one.setVisible(bool(notes))
        if notes:
            kept = f"{FILLED}；别的" if book.kind == "sources" else ""
            way = f"{_where(notes)}{kept}改好原来的表格再导入一次，不会重复。"
            self.next.say("warning", f"有 {len(notes)} 个格子没有采用，或者请您再看一眼", way)
        else:
            altered = FILLED if book.kind == "sources" else "表里改过的，会当作更新"
            self.next.say("info", "接下来", f"同一张表再导入一次不会重复；{altered}。")
        self.next.shut.hide()

    @Slot()
    def _copy(self) -> None:
        if self.book is not None:
            lines = [note_said(one) for one in (*self.book.rejected, *self.book.flagged)]
            QGuiApplication.clipboard().setText("\n".join(lines))
            self.copy.setText("\u2002已复制")


def _where(notes: Sequence[CellNote]) -> str:
    """Which cells, and what is the matter where it is the same in many of them."""
    groups = together(notes)
    said = [f"{one[0].cell} 起 {len(one)} 格：{one[0].why}" for one in groups if len(one) > 1]
    alone = [one[0].cell for one in groups if len(one) == 1 and one[0].cell]
    more = f"等 {len(alone)} 处" if len(alone) > FEW else ""
    said += [f"{'另有' if said else '在'} {'、'.join(alone[:FEW])}{more}"] if alone else []
    return f"{'；'.join(said)}。" if said else ""
