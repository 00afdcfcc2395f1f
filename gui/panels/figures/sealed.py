"""与封账时相比: seal a month, and see what became otherwise since: figures, records, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from gui import theme, typed
from gui.handing import HandingPanel
from gui.jobs import Kind
from gui.session import Session
from gui.tables.columns import CENTER, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.empty import Empty
from gui.widgets.frames import Card, column, row, rule
from gui.widgets.labels import Elided, label, retone
from models.domain import words
from models.domain.field import Field, Type
from models.domain.seal import month_end
from models.progress import Progress
from models.services.views.seals import ChangedRecord, Difference, Seal, SealChanges

AS_OF = Field("as_of", "截至日期", Type.DATE)
TONE = {"new": "green", "gone": "red", "changed": "yellow"}
NONE = "月底把报出去的数字封账；以后谁迟报、谁改过，数字差多少，都在这里看得出来。"
MORE = "选一行，这里写全变了什么、为什么；按 Enter 打开这条记录。"
SAME = "和封账时一样，数字和记录都没有变。"


def _what(one: ChangedRecord) -> str:
    return words.SEAL_SAID.get(one.what, "") or "，".join(
        f"{part.label}：{part.old} → {part.new}" for part in one.fields
    )


# fmt: off
FIGURES = (
    Column("heading", "指标", lambda d: d.heading, below=lambda d: words.TABLE[d.table]),
    Column("then", "封账时", lambda d: str(d.then), 70, align=CENTER),
    Column("now", "现在", lambda d: str(d.now), 60, align=CENTER),
    Column("moved", "增减", lambda d: f"{d.now - d.then:+}", 60, align=CENTER, bold=lambda _: True),
)
RECORDS = (
    Column("what", "变化", lambda r: words.SEAL_WHAT[r.what], 92, "state", tone=lambda r: TONE[r.what]),
    Column("title", "记录", lambda r: r.title, tip=lambda r: f"{r.number}\n{r.title}", below=lambda r: r.number),
    Column("unit_name", "乡镇", lambda r: r.unit_name, 100, leaves=1),
    Column("fields", "变了什么", _what, 200, tip=_what),
    Column("why", "为什么", lambda r: r.why, 230, small=True, tip=lambda r: r.why),
)
# fmt: on


class Sealed(HandingPanel):
    """The seal that is chosen, beside what is known now."""

    opened = Signal(str, str)  # table, id
    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._seals: tuple[Seal, ...] = ()
        self.which = Choice()
        self.which.setAccessibleName("哪一次封账")
        self.which.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.out = button("写出当时的月报…", icon="file")
        self.said = Elided("", "quiet")
        look = row(self.which, self.said, self.out)
        look.setStretch(1, 1)
        self.middle = QStackedWidget()
        self.empty = Empty("calendar", "还没有封过账", NONE)
        layout = column(self._make_sealing(), look, self.middle, gap=10)
        self.middle.addWidget(self._make_lists())
        self.middle.addWidget(self.empty)
        layout.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        layout.setStretch(2, 1)
        whole = column(self.notice, gap=0)
        whole.addLayout(layout, 1)
        self.setLayout(whole)
        self.which.activated.connect(self._choose)
        self.out.clicked.connect(self._write)
        self.setFocusProxy(self.as_of)

    def _make_sealing(self) -> QHBoxLayout:
        self.as_of, self.note = QLineEdit(), QLineEdit()
        self.as_of.setAccessibleName(AS_OF.label)
        self.as_of.setFixedWidth(theme.px(120))
        self.as_of.setText(month_end(self.session.today).isoformat())
        self.note.setAccessibleName("备注")
        self.note.setPlaceholderText("备注，可以不写")
        self.note.setMaxLength(60)
        self.note.setFixedWidth(theme.px(240))
        self.do = button("封账", "primary", tip="把这一天的数字按现在知道的留下来；封过的账谁也改不了")
        self.do.clicked.connect(self._seal)
        day = label("截至")
        day.setBuddy(self.as_of)
        return row(day, self.as_of, self.note, self.do, None)

    def _make_lists(self) -> QWidget:
        self.figures = LineView("数字的变化", row=45, least=90)
        self.records = LineView("记录的变化", row=45, least=150)
        self._figures, self._records = PlainTable(FIGURES, self), PlainTable(RECORDS, self)
        self.figures.show_model(self._figures)
        self.records.show_model(self._records)
        self.detail = label("", wrap=True, selectable=True)
        left, right = Card(pad=1), Card(pad=1)
        left.setFixedWidth(theme.px(320))
        left.body.addWidget(self.figures, 1)
        right.body.addWidget(self.records, 1)
        below = row(self.detail)
        below.setContentsMargins(*(theme.px(10),) * 4)
        right.add(rule(), below)
        self.lists = QWidget()
        line = row(left, right, gap=12)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(1, 1)
        self.lists.setLayout(line)
        self.records.opened.connect(self._open)
        self.records.selectionModel().currentRowChanged.connect(self._say_more)
        return self.lists

    @property
    def chosen(self) -> int | None:
        """The number of the seal that is looked at."""
        return self.which.currentData()

    def refresh(self) -> None:
        self.ask(partial(self._load, self.chosen), self._show, kind=Kind.COUNT)

    def _load(self, number: int | None, _: Progress) -> tuple[tuple[Seal, ...], SealChanges | None]:
        seals = self.session.office.seals
        found = seals.list()
        return found, seals.changes(number) if found else None

    @Slot(object)
    def _show(self, found: tuple[tuple[Seal, ...], SealChanges | None]) -> None:
        self._seals, changes = found
        self.which.clear()
        for one in self._seals:
            self.which.addItem(f"第 {one.number} 次  截至 {one.as_of}", one.number)
        for part in (self.which, self.out, self.said):
            part.setVisible(bool(self._seals))
        self.middle.setCurrentWidget(self.empty if changes is None else self.lists)
        if changes is not None:
            self._show_changes(changes)

    def _show_changes(self, changes: SealChanges) -> None:
        one = changes.seal
        self.which.setCurrentIndex(self.which.findData(one.number))
        moved: Sequence[Difference] = [d for d in changes.figures if d.then != d.now]
        self._figures.show(moved)
        self._records.show(changes.records)
        note = f"，{one.note}" if one.note else ""
        came = f"以后有 {len(changes.records)} 条记录变了。" if changes.records else SAME
        self.said.say(f"{one.user} 在 {one.known_by} 封账{note}；{came}")
        for view in (self.figures, self.records):
            view.fit()
        self.detail.setText(MORE if changes.records else "")

    @Slot(QModelIndex)
    def _say_more(self, index: QModelIndex) -> None:
        """What the columns have no room for."""
        line = self._records.line(index.row())
        if isinstance(line, ChangedRecord):
            self.detail.setText(f"{line.title}\n{_what(line)}\n{line.why}")

    @Slot()
    def _choose(self) -> None:
        self.refresh()

    # ------------------------------------------------------------------------------------- sealing

    @Slot()
    def _seal(self) -> None:
        reading = typed.read(AS_OF, self.as_of.text(), self.session.today)
        self.as_of.setText(reading.text)
        wrong = reading.wrong or ("" if reading.text else "还没有写截至哪一天。")
        retone(self.as_of, bad="1" if wrong else "0")
        if wrong:
            self.notice.say("warning", wrong, "改好截至日期，再点一次“封账”。")
            self.as_of.setFocus()
            return
        self.do.setEnabled(False)
        work = partial(self._add, date.fromisoformat(reading.text), self.note.text())
        self.ask(work, self._sealed, ended=self._rested, kind=Kind.LONG)

    def _add(self, as_of: date, note: str, _: Progress) -> Seal:
        return self.session.office.seals.add(as_of, note)

    @Slot(object)
    def _sealed(self, made: Seal) -> None:
        self.note.clear()
        self.which.clear()
        self.notice.say("success", f"已封账：第 {made.number} 次，截至 {made.as_of}。", "以后变了什么，都在这里看。")
        self.refresh()

    @Slot()
    def _rested(self) -> None:
        self.do.setEnabled(True)

    # ------------------------------------------------------------------------------------- beside it

    @Slot(int)
    def _open(self, at: int) -> None:
        line = self._records.line(at)
        if isinstance(line, ChangedRecord):
            self.opened.emit(line.table, line.id)

    @Slot()
    def _write(self) -> None:
        one = next((seal for seal in self._seals if seal.number == self.chosen), None)
        if one is not None:
            papers = self.session.office.papers
            self.hand_over(f"月报{one.as_of.replace('-', '')}（封账{one.number}）",
                           partial(papers.monthly, seal=one.number), ".xlsx")  # fmt: skip
