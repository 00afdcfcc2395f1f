"""放在一边的: packages of stopped PCs and doubtful changes; anybody looks, the county takes in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui import saying
from gui.dialogs.question import Question
from gui.jobs import Kind
from gui.panel import Panel
from gui.widgets.buttons import button, carrier
from gui.widgets.frames import Card, clear, column, row
from gui.widgets.labels import Elided, label
from models.progress import Progress
from models.services.views.devices import Decided, Kept, Late
from models.services.views.exchange import Report
from models.services.views.home import Touched

LISTED = 20  # lines of late work: more is counted
WHY = {
    "package": "已停用的电脑写的数据包，整包没有导入。",
    "operations": "只有旧盖章密钥作证的改动，没有采用：停用过县里的电脑，旧密钥可能在别人手里。",
}
LATE = "已停用的电脑写的改动，经别的电脑送到，已经采用。请看一看是不是都对："

_Found = tuple[tuple[Kept, ...], tuple[Late, ...]]


class Aside(QObject):
    """The card, which is seen only where something waits."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self.card = Card("放在一边的", "没有导入，也没有丢掉", pad=20, gap=10)
        self._lines = column(gap=10)
        self.late_said = label(LATE, wrap=True)
        self._late_lines = column(gap=4)
        self.seen = button("都看过了", size="slim")
        self.card.add(self._lines, self.late_said, self._late_lines, row(self.seen, None))
        self.card.hide()
        self.seen.clicked.connect(self._see)

    def refresh(self) -> None:
        """Look at what waits."""
        self._panel.ask(self._read, self._show)

    def _read(self, _: Progress) -> _Found:
        aside = self._session.office.aside
        return tuple(aside.list()), tuple(aside.late())

    @Slot(object)
    def _show(self, found: _Found) -> None:
        kept, late = found
        clear(self._lines)
        clear(self._late_lines)
        for one in kept:
            self._lines.addWidget(self._line(one))
        for work in late[:LISTED]:
            title = work.title or work.record[:8]
            self._late_lines.addWidget(Elided(f"{work.unit_name} {work.operations} 条改动：{title}", "small"))
        if len(late) > LISTED:
            self._late_lines.addWidget(label(f"还有 {len(late) - LISTED} 条记录。", "small"))
        for part in (self.late_said, self.seen):
            part.setVisible(bool(late))
        self.card.setVisible(bool(kept or late))

    def _line(self, one: Kept) -> QWidget:
        number = f"第 {one.number} 包，" if one.number else ""
        what = f"{one.unit_name}：{number}{one.operations} 条改动，{saying.moment(one.at)}"
        look = carrier(one, "看会改什么", size="slim")
        look.handed.connect(self._look)
        line = row(look, gap=8)
        if self._session.is_county:
            take = carrier(one, "接收…", size="slim")
            take.handed.connect(self._ask)
            line.addWidget(take)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(column(Elided(what, "bold"), label(WHY[one.what], "small", wrap=True), line, gap=4))
        return holder

    @Slot(object)
    def _look(self, one: Kept) -> None:
        aside = self._session.office.aside
        self._panel.ask(lambda step: aside.look(one.id, step), self._looked, kind=Kind.LONG)

    @Slot(object)
    def _looked(self, report: Report) -> None:
        changes = [f"{line.title[:24]} {line.label}：{line.then}" for line in report.changes[:8]]
        counts = f"接收后新增 {report.created} 条，更新 {report.updated} 条。"
        self._panel.notice.say("info", "还没有接收，只是看一看。", "\n".join([counts, *changes]))

    @Slot(object)
    def _ask(self, one: Kept) -> None:
        text = "接收以后就和别的改动一样：计入台账，也送到有关单位。请先与该单位核实；接收不能撤回，只能再改回去。"
        if Question(f"接收{one.unit_name}的 {one.operations} 条改动？", text, "不接收", ("接收", "primary"),
                    parent=self._panel.window()).ask():  # fmt: skip
            self.take(one)

    def take(self, one: Kept) -> None:
        """Take one in."""
        aside = self._session.office.aside
        self._panel.ask(lambda step: aside.take(one.id, step), self._taken, kind=Kind.LONG)

    @Slot(object)
    def _taken(self, done: Decided) -> None:
        self._panel.notice.say("success", "已接收。", done.message)
        self.refresh()
        self._session.tell(Touched("*"))

    @Slot()
    def _see(self) -> None:
        aside = self._session.office.aside
        self._panel.ask(lambda _: aside.seen(), self._saw, kind=Kind.SAVE)

    @Slot(object)
    def _saw(self, _: object) -> None:
        self.refresh()
