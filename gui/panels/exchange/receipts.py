"""数据交换 → 往来记录: every package that left or came, whose receipt is waited for, and what was said of each."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gui import saying, theme
from gui.handing import HandingPanel
from gui.panels.exchange.came_in import CameIn
from gui.panels.exchange.read_items import counts
from gui.panels.exchange.take_back import TAKE_BACK, ask_to_take_back, tell_undone
from gui.session import Session
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.empty import Empty
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, column, row
from gui.widgets.labels import label
from models.domain import words
from models.services.views.exchange import Journal, LastImport, Passage, Peer, PreviewLine

PAGE = 200
WIDTH = 300
NARROW = 1050
EVERYBODY = ""


def state(line: Passage, *, county: bool) -> tuple[str, str]:
    """What became of a package, and its tone."""
    if line.way == "in":
        return (words.PACKAGE["older"], "grey") if line.state == "older" else (words.RESULT["imported"], "green")
    if line.state == "written":
        return words.DONE["written"], "grey"
    if line.state == "exported":
        return words.EXCHANGE["exported"], "yellow"
    if line.state == "nothing":
        return "只带回执", "grey"
    return ("已接收" if county else words.EXCHANGE["received"]), "grey"


def held_in(line: Passage) -> str:
    """What a package held, as a line of a list."""
    if line.is_of_files:
        return f"照片和文档 {line.files} 个" if line.files else "照片和文档，本机都已经有了"
    if line.way == "in":
        return counts(line.created, line.updated, line.conflicts, line.held)
    return f"{line.operations} 处改动" if line.operations else "没有新内容"


class JournalPanel(HandingPanel):
    """Read only."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._unit = EVERYBODY
        self._lines: list[Passage] = []
        self._total = 0
        self.title = label("", "h2")
        self.unit: QComboBox = Choice()
        self.unit.setAccessibleName("哪个单位")
        self.unit.addItem("全部单位", EVERYBODY)
        if not session.is_county:
            self.unit.hide()
        self.table = LineView("往来记录", row=37)
        self._model = PlainTable(self._columns(), self)
        self.table.show_model(self._model)
        self.more = button("再往前看", "quiet", size="slim")
        self.detail = Card("这个包", gap=8)
        self.detail.setFixedWidth(theme.px(WIDTH))
        self.facts = Facts(gap=6, label_width=72)
        self.said = label("", "", wrap=True, selectable=True)
        self.changes = button("看变化", size="slim")
        self.report = button("写出导入报告…", size="slim")
        self.receipt = button("打印回执…", size="slim")
        self.back = button(TAKE_BACK, "danger", size="slim")
        self._last: LastImport | None = None
        reading = row(self.changes, self.report)
        reading.setStretch(1, 1)
        self.detail.add(self.facts, self.said, reading, self.receipt, self.back)
        self.detail.body.addStretch(1)
        holder = Card(pad=1)
        holder.body.addWidget(self.table, 1)
        holder.add(row(None, self.more, None))
        text = "写出或读入数据包之后，每一个包都会记在这里：什么时候、给谁、收到回执没有。"
        self.empty = Empty("exchange", "还没有往来", text)
        self._list = QWidget()
        self._middle = QVBoxLayout(self._list)
        self._middle.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        self._middle.setSpacing(theme.px(10))
        self._middle.addLayout(row(self.title, None, self.unit))
        self._parts = QHBoxLayout()
        self._parts.setSpacing(theme.px(12))
        self._parts.addWidget(holder, 1)
        self._parts.addWidget(self.detail)
        self._middle.addLayout(self._parts, 1)
        self._holder = holder
        self._whole = column(self.notice, self._list, self.empty, gap=0)
        self._whole.setStretch(1, 1)
        self._whole.setStretch(2, 1)
        self.setLayout(self._whole)
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_one)
        self.unit.activated.connect(self._choose)
        self.more.clicked.connect(self._read_on)
        self.changes.clicked.connect(self._look)
        self.report.clicked.connect(self._write_report)
        self.receipt.clicked.connect(self._write_receipt)
        self.back.clicked.connect(self._take_back)

    @cached_property
    def came_in(self) -> CameIn:
        """What a package had changed; made when somebody first asks."""
        made = CameIn()
        self._whole.addWidget(made, 1)
        made.left.connect(self._to_list)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, what is told of one package stands below the list."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        way = QBoxLayout.Direction
        self._parts.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self.detail.setMinimumWidth(0 if narrow else theme.px(WIDTH))
        self.detail.setMaximumWidth(self.width() if narrow else theme.px(WIDTH))

    def hideEvent(self, event: QHideEvent) -> None:
        """What was done here is old news when somebody comes back."""
        super().hideEvent(event)
        if not event.spontaneous() and self.notice.kind == "success":
            self.notice.hide()

    def want(self, unit: str) -> None:
        """Show the packages of one unit."""
        self._unit = unit if self.session.is_county else EVERYBODY

    def refresh(self) -> None:
        self.ask(lambda _: self.session.office.exchange.peers(), self._show_peers)
        self.ask(lambda _: self.session.office.exchange.last_import(), self._show_last)
        self._lines = []
        self._read_on()

    @Slot()
    def _read_on(self) -> None:
        exchange, unit, skip = self.session.office.exchange, self._unit or None, len(self._lines)
        self.ask(lambda _: exchange.journal(unit, skip=skip, most=PAGE), self._show)

    @Slot(object)
    def _show_peers(self, peers: tuple[Peer, ...]) -> None:
        self.unit.clear()
        self.unit.addItem("全部单位", EVERYBODY)
        for one in peers:
            self.unit.addItem(one.name, one.unit)
        self.unit.setCurrentIndex(max(self.unit.findData(self._unit), 0))
        self._sum_up(peers)

    def _sum_up(self, peers: tuple[Peer, ...]) -> None:
        """Whose receipt is waited for, and for how long."""
        waiting = [one for one in peers if one.unacknowledged and one.kind != self.session.here.kind]
        if not waiting:
            self.title.setText("写出的包都有回执了" if peers else "")
            return
        word = words.EXCHANGE["exported"]
        if self.session.is_county:
            self.title.setText(f"{word}：{len(waiting)} 个单位")
            return
        since = saying.date_of(waiting[0].oldest_out)
        days = f"（{(self.session.today - since).days} 天）" if since else ""
        overview = self.session.overview
        count = f" {overview.exported} 条" if overview and overview.exported else ""
        self.title.setText(f"{word}{count}{days}")

    @Slot(object)
    def _show(self, journal: Journal) -> None:
        at = self.table.currentIndex().row()
        self._lines += journal.lines
        self._total = journal.total
        self._model.show(self._lines)
        self.table.fit()
        self.more.setVisible(len(self._lines) < self._total)
        self.more.setText(f"再往前看（已列 {len(self._lines)}，共 {self._total}）")
        there = bool(self._lines) or bool(self._unit)
        self.empty.setVisible(not there)
        for part in (self._holder, self.detail):
            part.setVisible(there)
        if self._lines:
            self.table.selectRow(min(max(at, 0), len(self._lines) - 1))
        self._show_one()

    @Slot()
    def _show_one(self) -> None:
        line: Passage | None = self._model.line(self.table.currentIndex().row())
        self.facts.setVisible(line is not None)
        self._offer(line)
        if line is None:
            self.said.setText("这个单位还没有往来。")
            return
        word, tone = state(line, county=self.session.is_county)
        when = "写出" if line.way == "out" else "读入"
        facts: list[tuple[str, str] | tuple[str, str, str]] = [
            ("方向", f"给 {line.name}" if line.way == "out" else f"来自 {line.name}"),
            ("编号", f"第 {line.number} 包"), (f"{when}时间", saying.moment(line.at)), ("内容", held_in(line)),
            ("状态", word, tone if tone != "grey" else ""),
        ]  # fmt: skip
        if line.answered:
            facts.append(("回执", saying.moment(line.answered)))
        if line.answers:
            answer = line.answers[-1]
            facts.append(("对方结果", counts(answer.created, answer.updated, answer.conflicts, answer.held)))
            if answer.agrees is not None:
                facts.append(("两边核对", "一致" if answer.agrees else "不一致，下次自动补齐"))
        if line.file:
            facts.append(("文件", saying.breakable(line.file)))
        self.facts.show_facts(facts)
        self.said.setText(self._explain(line))

    def _offer(self, line: Passage | None) -> None:
        """What can be done with a package: its papers; the newest import can be taken back."""
        came = line is not None and line.way == "in" and not line.is_of_files
        newest = line is not None and self._last is not None and self._last.package == line.package
        self.changes.setVisible(came)
        self.report.setVisible(came)
        self.receipt.setVisible(came or (line is not None and bool(line.answers)))
        self.back.setVisible(came and newest)
        self.back.setEnabled(self._last is not None and not self._last.why_not)

    def _explain(self, line: Passage) -> str:
        if line.is_of_files:
            return "与同一编号的包一起交给对方。少了、坏了的，下次交换会自动补，没有单独的回执。"
        if line.way == "in":
            told = f"当时的结果：{line.message}" if line.message else ""
            last = self._last
            if last is not None and last.package == line.package and last.why_not:
                told += f"\n{last.why_not}，不能再整包撤销；要改回去的，请在记录的变更历史里点“恢复旧值”。"
            return told
        if line.state == "written":
            return "交给本单位另一台电脑读入。它不另写回执，读过的内容以后从县里的包里看得出来。"
        if line.state == "exported":
            other = "县环委办" if not self.session.is_county else line.name
            return f"还没有收到{other}的回执。下一个包会自动带上这些内容，不会漏，也不会重复计数。"
        if line.state == "received" and not line.answered:
            return "这一包的内容已由后面的包带到，不用再等它的回执。"
        return ""

    @Slot(object)
    def _show_last(self, last: LastImport | None) -> None:
        self._last = last
        self._show_one()

    def _chosen(self) -> Passage | None:
        return self._model.line(self.table.currentIndex().row())

    @Slot()
    def _look(self) -> None:
        if (line := self._chosen()) is not None:
            exchange = self.session.office.exchange
            self.ask(lambda _: (line, exchange.changes(line.package)), self._show_changes)

    @Slot(object)
    def _show_changes(self, found: tuple[Passage, tuple[PreviewLine, ...]]) -> None:
        self.notice.hide()
        self._list.hide()
        self.came_in.show_changes(*found)
        self.came_in.show()

    @Slot()
    def _to_list(self) -> None:
        self.came_in.hide()
        self._list.show()
        self.changes.setFocus()

    @Slot()
    def _write_report(self) -> None:
        if (line := self._chosen()) is not None:
            papers, package = self.session.office.papers, line.package
            self.hand_over(f"{line.name}第 {line.number} 包导入报告", lambda: papers.report(package))

    @Slot()
    def _write_receipt(self) -> None:
        if (line := self._chosen()) is not None:
            papers, package, got = self.session.office.papers, line.package, line.way == "out"
            self.hand_over(f"{line.name}第 {line.number} 包回执", lambda: papers.receipt(package, got=got))

    @Slot()
    def _take_back(self) -> None:
        if (line := self._chosen()) is not None:
            ask_to_take_back(self, line.name, line.number, line.package, self._taken_back)

    @Slot(object)
    def _taken_back(self, undone: LastImport) -> None:
        tell_undone(self, undone)

    @Slot()
    def _choose(self) -> None:
        self._unit = str(self.unit.currentData() or EVERYBODY)
        self._lines = []
        self._read_on()

    def _columns(self) -> tuple[Column, ...]:
        county, today = self.session.is_county, self.session.today
        # fmt: off
        return (
            Column("way", "", lambda p: "写出" if p.way == "out" else "读入", 60,
                   tone=lambda p: "" if p.way == "out" else "accent"),
            Column("at", "时间", lambda p: saying.moment(p.at, today), 128, small=True),
            Column("name", "单位", lambda p: p.name, 140),
            Column("number", "编号", lambda p: f"第 {p.number} 包", 80, small=True),
            Column("what", "内容", held_in),
            Column("state", "状态", lambda p: state(p, county=county)[0], 118, "state",
                   tone=lambda p: state(p, county=county)[1]),
            Column("answered", "回执", lambda p: saying.moment(p.answered, today) if p.answered else saying.MISSING,
                   128, small=True),
        )
        # fmt: on
