"""数据交换 → 疑似重复, at the county: pairs that may be one, side by side; merged, told apart, or left for later."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme
from gui.jobs import Job, Kind
from gui.panel import Panel
from gui.panels.exchange.doubles_parts import Beside, PairList, Row, reason, rows_of
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import GAP, button
from gui.widgets.empty import Empty
from gui.widgets.frames import Foot, Scroller, column, row
from gui.widgets.labels import label, picture
from models.progress import Progress
from models.services.views.doubles import Double, Doubles
from models.services.views.home import Touched
from models.services.views.lists import Record

SAFE = "合并后另一条作废，两条的历史都留着，可以撤销。"
TAKE_BACK, ASK_AGAIN = "撤销合并", "还是可能重复"


class DoublesPanel(Panel):
    """One pair at a time; nothing is blocked by leaving."""

    notice_margins = (24, 12, 24, 0)
    counted = Signal(str, int)  # table, pairs in it

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._found: Doubles | None = None
        self._comparing: Job | None = None
        self._undo: tuple[str, str, str] = ("", "", "")  # table, and the two ids of what was done last
        self.list = PairList()
        self.beside = Beside()
        self.title = label("这两条可能是同一件", "h2")
        self.why = label("", "quiet")
        self.open_one = button("打开左边的", "quiet", icon="forward", size="slim")
        self.open_other = button("打开右边的", "quiet", icon="forward", size="slim")
        story = Scroller(margins=(0, 0, 0, 12))
        story.body.addLayout(row(self.title, self.why, None, self.open_one, self.open_other))
        story.body.addWidget(self.beside)
        story.body.addStretch(1)
        self._middle = QWidget()
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(theme.px(24), theme.px(16), theme.px(12), theme.px(12))
        middle.setSpacing(theme.px(16))
        middle.addWidget(self.list)
        self._story = story
        middle.addWidget(story, 1)
        self.none = Empty("done", "没有疑似重复", "序号相同的，或者同一乡镇里文字相近的两条，会列在这里。")
        middle.addWidget(self.none, 1)
        self.wait = Empty("search", "正在比对", "两万条也只要几秒。可以先做别的，比好了就列在这里。")
        self.later = button("以后再看")
        self.apart = button("不是同一件", tip="以后不再提示这一对")
        self.merge = button("合并", "primary", icon="check")
        self.foot = Foot(picture("shield", "green", 18), label(SAFE, "quiet"), None, self.later, self.apart, self.merge)
        layout = column(self.notice, self._middle, self.wait, self.foot, gap=0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        for part in (self._middle, self.foot, self.none):
            part.hide()  # until it is known whether there are any
        self._connect()

    def _connect(self) -> None:
        self.list.wanted.connect(self._show_pair)
        self.list.switched.connect(self._switch)
        self.beside.chosen.connect(self._say_which)
        self.open_one.clicked.connect(self._open_one)
        self.open_other.clicked.connect(self._open_other)
        self.later.clicked.connect(self._skip)
        self.apart.clicked.connect(self._tell_apart)
        self.merge.clicked.connect(self._merge)
        self.notice.acted.connect(self._act)

    # ------------------------------------------------------------------------------------- looking

    def refresh(self) -> None:
        if self._comparing is not None:
            self._comparing.cancel()
        table = self.list.kind
        self._comparing = self.ask(partial(self._read, table), self._show, ended=self._compared, kind=Kind.COUNT)

    def _read(self, table: str, progress: Progress) -> tuple[str, Doubles]:
        return table, self.session.office.doubles.list(table, progress)

    @Slot()
    def _compared(self) -> None:
        if self.sender() is self._comparing:
            self._comparing = None

    @Slot(object)
    def _show(self, answer: tuple[str, Doubles]) -> None:
        table, found = answer
        if table == self.list.kind:
            now, self._found = self.list.current, found
            self._show_state()
            self.list.show_pairs(found, now)
            self.counted.emit(table, found.count)

    def _show_state(self) -> None:
        found = self._found
        self._middle.setVisible(found is not None)
        self.wait.setVisible(found is None)
        for part in (self._story, self.foot):
            part.setVisible(found is not None and bool(found.pairs))
        self.none.setVisible(found is not None and not found.pairs)

    @Slot(str)
    def _switch(self, _table: str) -> None:
        self._found = None
        self._show_state()
        self.refresh()

    @Slot(object)
    def _show_pair(self, pair: Double) -> None:
        self.why.setText(reason(pair))
        self.beside.show_heads(pair)
        self._say_which()
        doubles = self.session.office.doubles
        self.ask(lambda _: (pair, rows_of(doubles.compare(pair.table, pair.one.id, pair.other.id))), self._show_rows)

    @Slot(object)
    def _show_rows(self, answer: tuple[Double, tuple[Row, ...]]) -> None:
        pair, rows = answer
        if pair == self.list.current:
            self.beside.show_rows(rows)

    @Slot()
    def _say_which(self) -> None:
        self.merge.setText(f"{GAP}合并，留下{'左' if self.beside.keep_one.isChecked() else '右'}边的")

    # ------------------------------------------------------------------------------------- doing

    @Slot()
    def _skip(self) -> None:
        at = self.list.table.currentIndex().row() + 1
        self.list.table.selectRow(at if at < self.list.model.rowCount() else 0)

    @Slot()
    def _tell_apart(self) -> None:
        pair = self.list.current
        if pair is None:
            return
        doubles, ids = self.session.office.doubles, (pair.one.id, pair.other.id)
        self._undo = (pair.table, *ids)
        self.ask(lambda _: doubles.tell_apart(pair.table, *ids), self._told_apart, kind=Kind.SAVE)

    @Slot(object)
    def _told_apart(self, _: object) -> None:
        self.notice.say("success", "记下了：这两条不是同一件，以后不再提示。", "", ASK_AGAIN)
        self.refresh()

    @Slot()
    def _merge(self) -> None:
        pair = self.list.current
        if pair is None:
            return
        sides = (pair.one, pair.other) if self.beside.keep_one.isChecked() else (pair.other, pair.one)
        keep, gone = (side.id for side in sides)
        doubles = self.session.office.doubles
        self._undo = (pair.table, keep, gone)
        self.list.table.setFocus()  # a button that is off hands its focus to whatever stands first in the window
        self.merge.setEnabled(False)
        self.ask(
            lambda _: doubles.merge(pair.table, keep, gone), self._merged, ended=self._ended, kind=Kind.SAVE
        )  # fmt: skip

    @Slot(object)
    def _merged(self, record: Record) -> None:
        number = record.get("number") or record.get("receipt_number") or ""
        self.notice.say(
            "success", f"已合并，留下的是 {number}。" if number else "已合并。",
            "另一条已作废，历史在留下的那一条里看得到；会随下一个数据包带给乡镇。", TAKE_BACK,
        )  # fmt: skip
        self.session.tell(Touched(self._undo[0], frozenset(self._undo[1:])))

    @Slot()
    def _ended(self) -> None:
        self.merge.setEnabled(True)

    @Slot(str)
    def _act(self, word: str) -> None:
        table, one, other = self._undo
        doubles = self.session.office.doubles
        self.notice.hide()
        if word == TAKE_BACK:
            self.ask(lambda _: doubles.unmerge(table, other), self._taken_back, kind=Kind.SAVE)
        elif word == ASK_AGAIN:
            self.ask(lambda _: doubles.ask_again(table, one, other), self._asked_again, kind=Kind.SAVE)

    @Slot(object)
    def _taken_back(self, _: object) -> None:
        self.notice.say("success", "合并已撤销，两条都恢复原样。", "")
        self.session.tell(Touched(self._undo[0], frozenset(self._undo[1:])))

    @Slot(object)
    def _asked_again(self, _: object) -> None:
        self.refresh()

    @Slot()
    def _open_one(self) -> None:
        if (pair := self.list.current) is not None:
            self.go(Place(f"{pair.table}/record", id=pair.one.id))

    @Slot()
    def _open_other(self) -> None:
        if (pair := self.list.current) is not None:
            self.go(Place(f"{pair.table}/record", id=pair.other.id))
