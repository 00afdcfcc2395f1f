"""数据交换 → 登记簿: what left on a medium and what came from one, who carried it; to be printed and filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from gui import saying, theme
from gui.handing import HandingPanel
from gui.jobs import Kind
from gui.session import Session
from gui.tables.columns import RIGHT, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.empty import Empty
from gui.widgets.frames import Card, column, row
from gui.widgets.labels import label
from models.domain import words
from models.progress import Progress
from models.services.views.exchange import Entry, Register

PAGE = 200
# What is listed, and written out → the first day of it, from the first of this month.
SINCE: dict[str, Callable[[date], date] | None] = {
    "全部时间": None,
    "今年": lambda first: first.replace(month=1),
    "上月以来": lambda first: (first - timedelta(days=1)).replace(day=1),
    "本月": lambda first: first,
}
TONE = {
    "failed": "red",
    "refused": "red",
    "undone": "yellow",
    "written": "green",
    "again": "green",
    "imported": "green",
    "approved": "green",
}


def carried_by(line: Entry) -> str:
    """Who did it and who carried it."""
    return saying.SPACE.join(part for part in (line.user, line.hand) if part)


def details(line: Entry) -> str:
    """All that a line says of its file."""
    return "\n".join(part for part in (line.file, f"校验值 {line.sha256}" if line.sha256 else "", line.said) if part)


# fmt: off
COLUMNS = (
    Column("at", "时间", lambda e: saying.moment(e.at), 128, small=True),
    Column("way", "方向", lambda e: words.WAY[e.way], 76),
    Column("unit", "对方单位", lambda e: e.unit_name or saying.MISSING, 140),
    Column("number", "编号", lambda e: f"第 {e.number} 包" if e.number else saying.MISSING, 76, small=True),
    Column("file", "文件", lambda e: e.file or saying.MISSING, tip=details, below=lambda e: e.medium),
    Column("size", "大小", lambda e: saying.size(e.bytes) if e.bytes else "", 76, small=True, align=RIGHT),
    Column("by", "经手", carried_by, 110, small=True),
    Column("result", "结果", lambda e: words.DONE[e.result], 132, "state", tone=lambda e: TONE.get(e.result, "grey")),
)
# fmt: on


class RegisterPanel(HandingPanel):
    """Read only, but for who carries."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._lines: list[Entry] = []
        self.title = label("", "h2")
        self.hand = QLineEdit()
        self.hand.setAccessibleName("经手人")
        self.hand.setPlaceholderText("谁送 U 盘，写在这里")
        self.hand.setMaxLength(40)
        self.hand.setFixedWidth(theme.px(180))
        name = label("经手人")
        name.setBuddy(self.hand)
        self.since = Choice()
        self.since.setAccessibleName("哪段时间")
        for word in SINCE:
            self.since.addItem(word)
        self.out = button("写出登记簿…", icon="file")
        self.table = LineView("登记簿", row=45)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self.more = button("再往前看", "quiet", size="slim")
        self.holder = Card(pad=1)
        self.holder.body.addWidget(self.table, 1)
        self.holder.add(row(None, self.more, None))
        text = "写出或读入数据包之后，每一次都会记在这里：时间、单位、文件、U 盘、谁经手。可以打印存档。"
        self.empty = Empty("file", "还没有登记", text)
        head = row(self.title, None, self.since, name, self.hand, self.out)
        middle = column(head, self.holder, gap=10)
        middle.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        middle.setStretch(1, 1)
        layout = column(self.notice, middle, self.empty, gap=0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.empty.hide()
        self.hand.editingFinished.connect(self._name_hand)
        self.since.activated.connect(self.refresh)
        self.out.clicked.connect(self._write)
        self.more.clicked.connect(self._read_on)

    @property
    def first_day(self) -> str:
        """The first day of what is asked for; empty: all of it."""
        begin = SINCE[self.since.currentText()]
        return begin(self.session.today.replace(day=1)).isoformat() if begin else ""

    @Slot()
    def refresh(self) -> None:
        self._lines = []
        self._read_on()

    @Slot()
    def _read_on(self) -> None:
        exchange, skip, since = self.session.office.exchange, len(self._lines), self.first_day
        self.ask(lambda _: exchange.register(skip=skip, most=PAGE, since=since), self._show)

    @Slot(object)
    def _show(self, register: Register) -> None:
        self._lines += register.lines
        self._model.show(self._lines)
        self.table.fit()
        nothing = "这段时间没有登记" if self.first_day else ""
        self.title.setText(f"共 {register.total} 次" if register.total else nothing)
        if not self.hand.hasFocus():
            self.hand.setText(register.hand)
        self.more.setVisible(len(self._lines) < register.total)
        self.more.setText(f"再往前看（已列 {len(self._lines)}，共 {register.total}）")
        some = bool(self._lines) or bool(self.first_day)
        self.holder.setVisible(some)
        self.out.setEnabled(bool(self._lines))
        self.empty.setVisible(not some)

    @Slot()
    def _name_hand(self) -> None:
        exchange, name = self.session.office.exchange, self.hand.text().strip()

        def work(_: Progress) -> str:
            exchange.hand(name)
            return name

        self.ask(work, self._named, kind=Kind.SAVE)

    @Slot(object)
    def _named(self, name: str) -> None:
        self.notice.say("info", f"以后的登记里，经手人写“{name}”。" if name else "以后的登记里不写经手人。")

    @Slot()
    def _write(self) -> None:
        papers, since = self.session.office.papers, self.first_day
        self.hand_over(f"介质登记簿{self.session.today:%Y%m%d}", lambda: papers.register(since))
