"""数据交换 → 报送, 下发: check, build, write and read back; and say when the stick may be pulled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout

from gui import saying, theme
from gui.panel import Panel, Work
from gui.panels.exchange.write_card import Done, Holds
from gui.panels.exchange.write_ready import Ready
from gui.places import Place
from gui.session import Session
from gui.sticks import sticks
from gui.widgets.buttons import button
from gui.widgets.empty import Empty
from gui.widgets.frames import Card, Scroller, column
from gui.widgets.outcome import Refusal
from gui.widgets.stages import Stages
from gui.widgets.steps import Steps
from gui.widgets.working import Working
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.views.exchange import Exported, Outlook, Peer
from models.services.views.home import Touched

STEPS = ("检查", "生成", "写盘并校验")
CHECK, BUILD, WRITE = range(len(STEPS))
PARTS = ("检查内容", "生成数据包", "写入 U 盘", "读回来逐字节核对")
# What the work says that it is doing → the step, and the part of it.
DOING = {"写盘": (WRITE, 2), "读回校验": (WRITE, 3)}
BUILDING = "正在生成"  # what the work says then begins so
PATIENCE = 7  # days after which one asks where the receipt is
SAFE = "本机台账没有改动；U 盘上没有写完的文件不会被对方误读。"
TIPS = ("插好后点“再写一次”，不用重新填什么。", "如果再次断开，请换一个 U 盘。")


class Receiver:
    """Listens to the work: for whom it makes a package just now, where it makes several. It writes too fast to tell."""

    def __init__(self) -> None:
        self.now = ""
        self._told: Progress = Silent()

    def over(self, progress: Progress) -> Receiver:
        """Pass on what is reported."""
        self._told = progress
        return self

    def step(self, done: int, total: int, what: str = "") -> None:
        """Hear it, and pass it on."""
        if what.startswith(BUILDING) and what.endswith("）"):  # with its count
            self.now = what.removeprefix(BUILDING)
        self._told.step(done, total, what)


class WritePanel(Panel):
    """One export at a time."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._peer: Peer | None = None  # the county, as a township sees it
        self._called = False  # whether the person put the reminder of the receipt away
        self._answered: tuple[str, ...] = ()  # codes of units that a receipt is written to at once
        self._again: Work | None = None  # what is tried once more after a refusal
        self._receiver = Receiver()

    def build(self) -> Iterator[None]:
        session = self.session
        self.steps = Steps(STEPS)
        head = column(self.steps)
        head.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addLayout(head)
        self.middle = QStackedWidget()
        self._states: dict[str, Scroller] = {}
        self.ready, self.holds = Ready(session), Holds(session)
        self.folder, self.write = self.ready.folder, self.ready.write
        self._side = QHBoxLayout()
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(0)
        self._side.addWidget(self.middle, 1)
        if session.is_county:  # what each unit gets is in the list
            self.holds.setParent(self)
            self.holds.hide()
        else:
            right = column(self.holds, None)
            right.setContentsMargins(0, theme.px(8), theme.px(24), theme.px(16))
            self._side.addLayout(right)
        layout.addLayout(self._side, 1)
        self._side_at = layout.count() - 1
        self._state("ready", self.ready)
        yield
        self.working = Working(
            "正在写入 U 盘，请不要拔出", "取消写入", "取消不会丢数据：本机台账不变，U 盘上没写完的文件会自动删除。"
        )
        self.parts = Stages(PARTS)
        self.working.body.insertWidget(self.working.body.count() - 2, self.parts)
        self._state("working", self.working)
        yield
        self.done = Done()
        self._state("done", self.done)
        yield
        self.other = button("换一个 U 盘", icon="stick")
        self.later = button("以后再说", "quiet")
        self.retry = button("再写一次", "primary", icon="refresh")
        self.refusal = Refusal((self.other, self.later, self.retry))
        self._state("refused", self.refusal)
        yield
        self.enrol = button("去登记", "primary", icon="key")
        text = "先写一个登记申请，用 U 盘交给县环委办；收到县里的欢迎包并读入之后，就能报送了。"
        self.unknown = Empty("key", "还没有与县里建立联系", text, self.enrol)
        layout.addWidget(self.unknown, 1)
        self.unknown.hide()
        self._connect()

    def _state(self, name: str, card: Card) -> None:
        county = self.session.is_county
        scroller = Scroller(margins=(24, 8, 24 if county else 12, 16))
        line = QHBoxLayout()
        fills = card is self.ready and county
        card.setMaximumWidth(theme.px(1200 if fills else 800))
        line.addWidget(card, 1)
        if not fills:
            line.addStretch(0)
            line.setAlignment(card, Qt.AlignmentFlag.AlignTop)
        scroller.body.addLayout(line, 1)
        self.middle.addWidget(scroller)
        self._states[name] = scroller

    def refresh(self) -> None:
        if self._job is None:
            exchange = self.session.office.exchange
            self.ask(lambda _: (exchange.peers(), bool(exchange.lost())), self._show_peers)

    def write_to(self, folder: Path) -> None:
        """Write the packages into a folder."""
        self._answered = ()
        self._export(folder, self.ready.chosen, with_files=not self.ready.without_files.isChecked())

    def answer(self, folder: Path, units: Sequence[str]) -> None:
        """Write back at once to the units whose packages were read, where those lay; the receipts go with it."""
        if self._job is None:
            self._answered = tuple(units)
            self._export(folder, self._answered)

    def _export(self, folder: Path, units: Sequence[str] | None, *, with_files: bool = True) -> None:
        self.session.settings.stick = str(folder)
        exchange = self.session.office.exchange
        self._write(lambda progress: exchange.export(folder, units, progress, with_files=with_files, chosen=True))

    def write_again(self, folder: Path) -> None:
        """Write the packages that were just written to another stick."""
        exported = self.done.exported
        if exported is not None:
            exchange, packages = self.session.office.exchange, exported.packages
            self._write(lambda progress: exchange.again(packages, folder, progress, chosen=True))

    def _write(self, work: Work) -> None:
        if self._job is not None:
            return
        self._again = work
        self._receiver.now = ""
        self.notice.hide()
        self._show("working", BUILD)
        self.working.begin()
        self.parts.go(1)
        self.run(
            lambda progress: work(self._receiver.over(progress)),
            self._show_done,
            refused=self._show_refusal,
            stopped=self._show_cancelled,
            progressed=self._progress,
        )

    @Slot(object, object, str)
    def _progress(self, done: int, total: int, what: str) -> None:
        step, part = DOING.get(what, (BUILD, 1))
        self.steps.go(step)
        self.parts.go(part)
        self.working.report(done, total, what)
        self.working.whose.setText(self._receiver.now if what in DOING else "")

    # ------------------------------------------------------------------------------------- states

    def _show(self, state: str, step: int) -> None:
        self.steps.go(step)
        known = state != "unknown"
        self.unknown.setVisible(not known)
        for part in (self.steps, self.middle):
            part.setVisible(known)
        self.holds.setVisible(known and not self.session.is_county)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretch(self._side_at, int(known))  # else its room would push the empty page down
        if known:
            self.middle.setCurrentWidget(self._states[state])

    @Slot(object)
    def _show_peers(self, found: tuple[tuple[Peer, ...], bool]) -> None:
        peers, lost = found
        if not self.session.is_county and not self.session.here.enrolled:
            self._show("unknown", CHECK)
            return
        if self.middle.isHidden():
            self._show("ready", CHECK)
        self.ready.show_peers(peers)
        self.start_at(self.ready.write if self.ready.write.isEnabled() else self.folder.text)
        self.ask(lambda _: sticks(), self.folder.offer)
        if not self.session.is_county:
            self._peer = next((one for one in peers if one.kind == "county"), None)
            if not lost:  # a line above says more already
                self._ask_for_receipt(self._peer)
            self.ask(lambda _: self.session.office.exchange.outlook(), self._show_outlook)

    @Slot(object)
    def _show_outlook(self, outlook: Outlook) -> None:
        self.holds.show_outlook(outlook, self._peer)
        self.ready.show_outlook(outlook)

    def _ask_for_receipt(self, peer: Peer | None) -> None:
        """A receipt that does not come is worth a telephone call."""
        since = saying.date_of(peer.oldest_out) if peer else None
        days = (self.session.today - since).days if since else 0
        if peer is not None and days >= PATIENCE and not self._called and not self.notice.isVisible():
            self.notice.say(
                "warning",
                f"第 {peer.oldest_out_number} 包已写出 {days} 天，还没有收到县里回执。",
                f"请问问县环委办是否收到；下一包会自动带上这{self._waiting()}，不会漏。",
            )

    def _waiting(self) -> str:
        """How much waits for a receipt, counted as everywhere else in the window."""
        overview = self.session.overview
        return f" {overview.exported} 条" if overview and overview.exported else "些内容"

    @Slot(object)
    def _show_done(self, exported: Exported) -> None:
        self.parts.go(len(PARTS))
        self._show("done", len(STEPS))
        self.done.show_exported(exported, county=self.session.is_county)
        self.holds.show_written(exported.packages)
        self._tell_what_was_not_written(exported)
        self.ready.without_files.setChecked(False)  # it was for this time
        self.done.finish.setFocus()
        self.session.tell(Touched("exchange"))

    def _tell_what_was_not_written(self, exported: Exported) -> None:
        names = {one.unit: one.name for one in self.ready.peers}
        lines = [f"{one.name}：{one.message}{one.way_out}" for one in exported.failed]
        lines += [f"{names.get(unit, unit)}：{why}" for unit, why in exported.skipped]
        more = f"\n另有 {len(lines) - 6} 处。" if len(lines) > 6 else ""
        if exported.failed:
            title = f"{len(exported.failed)} 个单位没有写，其他 {len(exported.packages)} 个已经写好。"
            if {one.unit for one in exported.failed} <= {one.to for one in exported.packages}:
                title = "文字都写好了，照片和文档没有写完。"
            self.notice.say("refusal", title, "\n".join(lines[:6]) + more)
        elif lines or (exported.warnings and self.session.is_county):
            lines += exported.warnings
            self.notice.say("warning", f"有 {len(lines)} 处请您留意。", "\n".join(lines[:6]) + more)

    @Slot(object)
    def _show_refusal(self, error: LedgerError) -> None:
        self._show("refused", WRITE)
        self.refresh()  # the next try has another number
        self.refusal.refuse(error, SAFE, *(TIPS if error.code.startswith("S3") else ()))
        self.retry.setFocus()

    @Slot()
    def _show_cancelled(self) -> None:
        self._show_ready()
        self.notice.say("info", "已取消写入。", "本机台账没有改动，U 盘上没有留下没写完的包。")

    @Slot()
    def _show_ready(self) -> None:
        self.notice.hide()
        self._show("ready", CHECK)
        self.ready.watch()

    # ------------------------------------------------------------------------------------- deeds

    @Slot()
    def _begin(self) -> None:
        if self.folder.path is not None:
            self.write_to(self.folder.path)

    @Slot()
    def _retry(self) -> None:
        if self._again is not None:
            self._write(self._again)

    @Slot()
    def _copy(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择另一个 U 盘", self.session.settings.stick)
        if name:
            self.write_again(Path(name))

    @Slot()
    def _elsewhere(self) -> None:
        """After a refusal: to another stick. For a receipt that was to go at once, only the place is asked for."""
        if not self._answered:
            self._show_ready()
            return
        name = QFileDialog.getExistingDirectory(self, "回执写到哪里", self.session.settings.stick)
        if name:
            self.answer(Path(name), self._answered)

    @Slot()
    def _finish(self) -> None:
        self._show_ready()
        self.refresh()

    @Slot()
    def _put_away(self) -> None:
        self._called = self._called or self.notice.kind == "warning"

    @Slot()
    def _enrol(self) -> None:
        self.go(Place("exchange", tab="enrol"))

    def _connect(self) -> None:
        self.ready.asked.connect(self._begin)
        self.working.stopped.connect(self.stop)
        self.done.again.clicked.connect(self._copy)
        self.done.finish.clicked.connect(self._finish)
        self.retry.clicked.connect(self._retry)
        self.later.clicked.connect(self._finish)
        self.other.clicked.connect(self._elsewhere)
        self.enrol.clicked.connect(self._enrol)
        self.notice.shut.clicked.connect(self._put_away)
