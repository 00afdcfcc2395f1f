"""What one may do with a whole record, behind the three dots: copy it, make it void, take that back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from gui.dialogs.question import Question
from gui.jobs import Kind
from gui.page import Page
from gui.panels.record import way
from gui.panels.record.asking import Asking
from gui.panels.record.edit import ONE
from gui.panels.record.printing_out import PrintingOut
from gui.widgets.buttons import button
from models.services.views.home import Touched
from models.services.views.lists import Record

VOID, UNVOID = "作废", "恢复"
CHANGE, COPY_NUMBER, COPY_FACTS = "change", "number", "facts"


class RecordActs(QObject):
    """The menu of the record that a page shows, and what it does."""

    change_asked = Signal()

    def __init__(self, page: Page, table: str) -> None:
        super().__init__(page)
        self._page, self._table = page, table
        self._record: Record = {}
        self._writable = False
        self.asking = Asking(page)
        self.printing = PrintingOut(page)
        self.button = button("", icon="more", tip="更多", size="square")
        self.button.clicked.connect(self.ask)

    def stand(self, record: Record, writable: frozenset[str]) -> None:
        """Another record is shown."""
        self._record, self._writable = record, bool(writable)
        self.printing.stand(record)
        self.asking.stand(record, writable if self._table == "problem" else frozenset())

    def menu(self) -> QMenu:
        """What may be done with this record."""
        made = QMenu(self._page)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        void, one = bool(self._record.get("void")), ONE[self._table]
        if self._writable and not void:
            made.addAction(f"修改这个{one}\tF2").setData(CHANGE)
        if offered := self.asking.offered:
            more = made.addMenu("申请和回头看")
            for deed in offered:
                more.addAction(f"{deed.word}…").setData(deed.key)
        if self._table == "problem":
            self.printing.offer(made)
        made.addAction("复制基本情况").setData(COPY_FACTS)
        made.addAction("复制编号").setData(COPY_NUMBER)
        made.addSeparator()
        made.addAction(f"恢复这个{one}" if void else f"作废这个{one}…").setData(UNVOID if void else VOID)
        made.triggered.connect(self._chosen)
        return made

    @Slot()
    def ask(self) -> None:
        """Open the menu."""
        if self._record:
            menu, dots = self.menu(), self.button
            menu.popup(dots.mapToGlobal(QPoint(dots.width() - menu.sizeHint().width(), dots.height() + 2)))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.act(str(action.data()))

    @Slot(str)
    def act(self, deed: str) -> None:
        """Do one of the acts."""
        records, id_ = self._page.session.office.records, str(self._record.get("id") or "")
        if deed == CHANGE:
            self.change_asked.emit()
        elif deed == COPY_NUMBER:
            self._copy(str(self._record.get("number") or self._record.get("receipt_number") or ""))
        elif deed == COPY_FACTS:
            self._copy(way.facts_text(self._table, self._record))
        elif deed == UNVOID:
            self._page.ask(lambda _: records.unvoid(self._table, id_), self._unvoided, kind=Kind.SAVE)
        elif deed == VOID:
            self._ask_void(id_)
        elif self.printing.knows(deed):
            self.printing.act(deed)
        else:
            self.asking.act(deed)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        first = text.partition("\n")[0]
        self._page.notice.say("success", "已复制，可以粘贴到别处。", first if len(first) <= 60 else f"{first[:60]}…")

    def _ask_void(self, id_: str) -> None:
        records, one = self._page.session.office.records, ONE[self._table]
        text = "作废后不再出现在台账和统计里，也会随下一个数据包告诉对方。历史都保留，以后可以在“已作废”里恢复。"
        question = Question(
            f"作废这个{one}？", text, "不作废", (f"作废这个{one}", "danger"),
            reason="作废原因", hint="会写进变更历史，对方也能看到", parent=self._page,
        )  # fmt: skip
        if question.ask():
            why = question.reason.text().strip()
            self._page.ask(lambda _: records.void(self._table, id_, why), self._changed, kind=Kind.SAVE)

    @Slot(object)
    def _changed(self, _: object) -> None:
        self._page.session.tell(Touched(self._table, frozenset({str(self._record.get("id") or "")})))

    @Slot(object)
    def _unvoided(self, _: object) -> None:
        self._page.notice.say("success", "已恢复，重新计入台账和统计。")
        self._changed(None)
