"""数据交换 → 报送, 下发: choose for whom and where, write with progress, and say when the stick may be pulled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import saying, theme
from gui.page import Panel
from gui.places import Place
from gui.session import Session
from gui.tables.columns import CENTER, RIGHT, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.empty import Empty
from gui.widgets.facts import Facts
from gui.widgets.folder import FolderField
from gui.widgets.frames import Card, Scroller, column, row, rule
from gui.widgets.labels import label, picture
from gui.widgets.outcome import Outcome, Refusal
from gui.widgets.steps import Steps
from gui.widgets.working import Working
from models.domain import words
from models.errors import LedgerError
from models.services.views import Exported, Peer, Touched, Written

STEPS = ("选文件夹", "写盘并校验", "可以拔出")


def check_code(sha256: str) -> str:
    """The first half of a digest in groups that can be read aloud."""
    head = sha256[:16].upper()
    return " ".join(head[at : at + 4] for at in range(0, len(head), 4))


class WritePanel(Panel):
    """One export at a time."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._peers: tuple[Peer, ...] = ()
        self._ticked: set[str] = set()
        self._known: set[str] = set()
        self.steps = Steps(STEPS)
        self._make_ready(county=session.is_county)
        self._make_ends()
        self.middle = QStackedWidget()
        cards = {"ready": self.ready, "working": self.working, "done": self.done, "refused": self.refusal}
        self._states = {name: self._state(card) for name, card in cards.items()}
        self.middle.addWidget(self.unknown)
        head = column(self.steps)
        head.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addLayout(head)
        layout.addWidget(self.middle, 1)
        self._connect()
        self._watch()

    def _make_ready(self, *, county: bool) -> None:
        self.folder = FolderField("写到哪里", "插好 U 盘，选它上面的文件夹。写完会读回来逐字节核对。")
        self.folder.put(self.session.settings.stick)
        self.write = button("写数据包", "primary", icon="write")
        self.reason = label("", "small")
        self.facts = Facts(gap=6, label_width=104)
        self.units = LineView("写给哪些单位", row=34, least=130)
        self._model = PlainTable(self._columns(), self)
        self.units.show_model(self._model)
        self.all = button("全部选上", "quiet", size="slim")

        self.ready = Card("写给哪些单位" if county else "这个包里有", " ", pad=20, gap=12)
        if county:
            self.ready.tools.addWidget(self.all)
            self.ready.body.addWidget(self.units, 1)
            self.units.setMinimumHeight(theme.px(150))
        else:
            self.ready.add(self.facts)
            for icon, text in (("shield", "不含信访人姓名、电话、住址"), ("lock", "已加密，只有县环委办能打开")):
                self.ready.add(row(picture(icon, "green", 18), label(text), None))
        self.ready.add(rule(), self.folder)
        self.ready.add(row(self.reason, None, self.write))

    def _make_ends(self) -> None:
        self.working = Working(
            "正在写入 U 盘，请不要拔出", "取消写入", "取消不会丢数据：本机台账不变，U 盘上没写完的文件会自动删除。"
        )
        self.again = button("再写一份到另一个 U 盘", icon="copy")
        self.finish = button("完成", "primary")
        self.done = Outcome(True, self.again, self.finish)
        self.packages = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self.packages)
        self.packages.setContentsMargins(0, 0, 0, 0)
        self.done.hold(rule(), holder)
        self.other = button("换一个文件夹", icon="folder")
        self.retry = button("再写一次", "primary", icon="refresh")
        self.refusal = Refusal((self.other, self.retry))
        self.enrol = button("去登记", "primary", icon="key")
        text = "先写一个登记申请，用 U 盘交给县环委办；收到县里的欢迎包并读入之后，就能报送了。"
        self.unknown = Empty("key", "还没有与县里建立联系", text, self.enrol)

    def _state(self, card: Card) -> QWidget:
        scroller = Scroller(margins=(24, 8, 24, 16))
        line = QHBoxLayout()
        fills = card is self.ready and self.session.is_county
        line.addWidget(card, 1)
        card.setMaximumWidth(theme.px(1200 if fills else 800))
        if not fills:
            line.addStretch(0)
            line.setAlignment(card, Qt.AlignmentFlag.AlignTop)
        scroller.body.addLayout(line, 1)
        self.middle.addWidget(scroller)
        return scroller

    def refresh(self) -> None:
        if self._job is None:
            self.ask(lambda _: self.session.office.exchange.peers(), self._show_peers)

    def write_to(self, folder: Path) -> None:
        """Write the packages into a folder."""
        units = sorted(self._ticked) if self.session.is_county else None
        self.session.settings.stick = str(folder)
        self.notice.hide()
        self._show("working", 1)
        self.working.begin()
        exchange = self.session.office.exchange
        self.run(
            lambda progress: exchange.export(folder, units, progress),
            self._show_done,
            refused=self._show_refusal,
            stopped=self._show_cancelled,
            progressed=self.working.report,
        )

    # ------------------------------------------------------------------------------------- states

    def _show(self, state: str, step: int) -> None:
        self.steps.go(step)
        self.steps.setVisible(state != "unknown")
        self.middle.setCurrentWidget(self.unknown if state == "unknown" else self._states[state])

    @Slot(object)
    def _show_peers(self, peers: tuple[Peer, ...]) -> None:
        self._peers = peers
        if not self.session.is_county and not self.session.here.enrolled:
            self._show("unknown", 0)
            return
        if self.middle.currentWidget() is self.unknown:
            self._show("ready", 0)
        if self.session.is_county:
            able = {one.unit for one in peers if one.devices}
            self._ticked = (self._ticked & able) | (able - self._known)
            self._known = able
            self._model.show(peers)
            self.units.fit()
        else:
            self._show_facts()
        self._watch()

    def _show_facts(self) -> None:
        county = next((one for one in self._peers if one.kind == "county"), None)
        waiting = county.waiting if county else 0
        unacknowledged = county.unacknowledged if county else 0
        again = f"，另带上还没有回执的 {unacknowledged} 条，不会重复计数" if unacknowledged else ""
        self.facts.show_facts([
            ("接收单位", county.name if county else self.session.here.county or "县环委办"),
            ("新内容", f"{waiting} 条{again}" if waiting else f"没有新内容{again or '，写出的包只带回执'}"),
            ("上一个包", f"第 {county.last_out_number} 包，{saying.moment(county.last_out, self.session.today)}"
             if county and county.last_out else "还没有写过"),
        ])  # fmt: skip

    @Slot(object)
    def _show_done(self, exported: Exported) -> None:
        self._show("done", len(STEPS))
        whole = sum(one.bytes for one in exported.packages)
        count = len(exported.packages)
        self.done.say("可以拔出 U 盘了", f"{count} 个包 {saying.size(whole)} 已写入并读回核对，一个字节不差。")
        self._list_packages(exported)
        if self.session.is_county:
            text = "把 U 盘交给各单位。他们读入后写回的包里带着回执，收到后这里的“待回执”就会归零。"
        else:
            operations = sum(one.operations for one in exported.packages)
            said = words.EXCHANGE["received"]
            text = f"把 U 盘交给县环委办。县里读入后给您回执，下次读入县里的包，这 {operations} 条就会显示“{said}”。"
        self.done.next.say("info", "接下来", text)
        self.done.next.shut.hide()
        if exported.skipped or exported.warnings:
            lines = [f"{self._name(unit)}：{why}" for unit, why in exported.skipped] + list(exported.warnings)
            self.notice.say("warning", f"有 {len(lines)} 处请您留意。", "\n".join(lines[:6]))
        self.finish.setFocus()
        self.session.tell(Touched("exchange"))

    def _list_packages(self, exported: Exported) -> None:
        while (item := self.packages.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if len(exported.packages) == 1:
            one = exported.packages[0]
            facts = Facts(gap=6, label_width=88)
            facts.show_facts([
                ("文件", one.path.name), ("所在位置", str(one.path.parent)), ("接收单位", one.to_name or one.to),
                ("包编号", f"第 {one.number} 包，{one.operations} 条内容"), ("校验码", check_code(one.sha256)),
            ])  # fmt: skip
            self.packages.addWidget(facts)
            return
        view = LineView("写好的包", row=32, least=120)
        view.show_model(PlainTable(PACKAGES, view))
        model = view.model()
        if isinstance(model, PlainTable):
            model.show(exported.packages)
        view.setFixedHeight(theme.px(36 + 32 * min(len(exported.packages), 7)))
        self.packages.addWidget(view)

    @Slot(object)
    def _show_refusal(self, error: LedgerError) -> None:
        self._show("refused", 1)
        self.refusal.refuse(error, "本机台账没有改动；U 盘上没有写完的文件不会被对方误读。")
        self.retry.setFocus()

    @Slot()
    def _show_cancelled(self) -> None:
        self._show_ready()
        self.notice.say("info", "已取消写入。", "本机台账没有改动，U 盘上没有留下没写完的包。")

    @Slot()
    def _show_ready(self) -> None:
        self._show("ready", 0)
        self._watch()

    # ------------------------------------------------------------------------------------- deeds

    @Slot()
    def _begin(self) -> None:
        if self.folder.path is not None:
            self.write_to(self.folder.path)

    @Slot()
    def _finish(self) -> None:
        self.notice.hide()
        self._show_ready()
        self.refresh()

    @Slot()
    def _enrol(self) -> None:
        self.go(Place("exchange", tab="enrol"))

    @Slot()
    def _watch(self) -> None:
        """The button is off only with its reason beside it."""
        county = self.session.is_county
        reason = "还差写到哪里" if self.folder.path is None else "还没有选单位" if county and not self._ticked else ""
        self.reason.setText(reason)
        self.write.setEnabled(not reason)
        self.write.setText(f"\u2002写 {len(self._ticked)} 个数据包" if county and self._ticked else "\u2002写数据包")
        self.ready.quiet.setText(f"已选 {len(self._ticked)} 个" if county else "")
        able = {one.unit for one in self._peers if one.devices}
        self.all.setText("全不选" if able and able <= self._ticked else "全部选上")

    @Slot(int)
    def _tick(self, at: int) -> None:
        one = self._model.line(at)
        if one is not None and one.devices:
            self._ticked ^= {one.unit}
            self.units.viewport().update()
            self._watch()

    @Slot()
    def _tick_all(self) -> None:
        able = {one.unit for one in self._peers if one.devices}
        self._ticked = set() if able <= self._ticked else able
        self.units.viewport().update()
        self._watch()

    def _name(self, unit: str) -> str:
        return next((one.name for one in self._peers if one.unit == unit), unit)

    def _columns(self) -> tuple[Column, ...]:
        today = self.session.today
        # fmt: off
        return (
            Column("tick", "", lambda p: "1" if p.unit in self._ticked else "0" if p.devices else "", 36, "tick"),
            Column("name", "单位", lambda p: p.name),
            Column("waiting", "待下发", lambda p: f"{p.waiting} 条", 76, align=RIGHT,
                   tone=lambda p: "accent" if p.waiting else "hint"),
            Column("unacknowledged", "待回执", lambda p: f"{p.unacknowledged} 条", 76, align=RIGHT,
                   tone=lambda p: "yellow" if p.unacknowledged else "hint"),
            Column("out", "上次写出", lambda p: saying.moment(p.last_out, today), 112, align=CENTER, small=True),
            Column("in", "上次收到", lambda p: saying.moment(p.last_in, today), 112, align=CENTER, small=True),
            Column("devices", "登记的电脑", lambda p: f"{p.devices} 台" if p.devices else "还没有登记", 100,
                   align=CENTER, small=True, tone=lambda p: "" if p.devices else "orange"),
            Column("forks", "提醒", lambda p: f"{p.forks} 次来自恢复的旧数据" if p.forks else "", 150, small=True),
        )
        # fmt: on

    def _connect(self) -> None:
        self.folder.changed.connect(self._watch)
        self.write.clicked.connect(self._begin)
        self.working.stopped.connect(self.stop)
        self.again.clicked.connect(self._show_ready)
        self.finish.clicked.connect(self._finish)
        self.retry.clicked.connect(self._begin)
        self.other.clicked.connect(self._show_ready)
        self.enrol.clicked.connect(self._enrol)
        self.units.opened.connect(self._tick)
        self.units.ticked.connect(self._tick)
        self.all.clicked.connect(self._tick_all)


def _package_name(one: Written) -> str:
    return one.to_name or one.to


# fmt: off
PACKAGES = (
    Column("to", "给", _package_name, 130),
    Column("file", "文件", lambda one: one.path.name, tip=lambda one: str(one.path)),
    Column("number", "编号", lambda one: f"第 {one.number} 包", 76, small=True),
    Column("operations", "内容", lambda one: f"{one.operations} 条", 64, small=True, align=RIGHT),
    Column("bytes", "大小", lambda one: saying.size(one.bytes), 72, small=True, align=RIGHT),
    Column("code", "校验码", lambda one: check_code(one.sha256), 170, small=True),
)
# fmt: on
