"""The foot below the look at a workbook: that nothing is written yet, what is lacking, and where to go from here."""

from __future__ import annotations

from gui.panels.workbook.words import lacking
from gui.widgets.buttons import GAP, button
from gui.widgets.frames import Foot
from gui.widgets.labels import label, picture
from models.services.views.workbooks import WorkbookView


class LookFoot(Foot):
    """Columns: on to the next step, or another file. Check: back, or take it in."""

    def __init__(self, table: str) -> None:
        self._table = table
        self.reassure = label("", "quiet")
        self.reason = label("", "small")
        self.other = button("换一个文件", "quiet", icon="folder")
        self.back_step = button("上一步")
        self.next_step = button("下一步", "primary", icon="forward")
        self.take = button("导入", "primary", icon="read")
        super().__init__(
            picture("shield", "green", 18), self.reassure, None, self.reason, self.other, self.back_step,
            self.next_step, self.take,
        )  # fmt: skip

    def wait(self) -> None:
        """It is being looked at: nothing can be decided meanwhile."""
        for one in (self.take, self.next_step):
            one.setEnabled(False)

    def say_progress(self, done: int, total: int, what: str) -> None:
        """Say how far the look is."""
        self.reassure.setText(f"{what} {done} / {total}" if total else f"{what}…")

    def show_book(self, book: WorkbookView, *, checking: bool) -> None:
        """Say what can be done with what was looked at; `checking`: its columns are settled."""
        count = book.new + book.changed
        self.take.setVisible(checking)
        self.next_step.setVisible(not checking)
        self.other.setVisible(not checking)
        self.back_step.setVisible(checking)
        self.take.setText(f"{GAP}导入 {count} 条" if count else f"{GAP}没有要导入的")
        self.take.setEnabled(bool(count))
        lacks = lacking(book, self._table)
        self.next_step.setEnabled(not lacks)
        self.reason.setText("" if checking else lacks)
        self.reassure.setText(
            "还没有写入台账。看好了再导入。" if checking else "还没有写入台账。对好栏目、看过问题后才会导入。"
        )
