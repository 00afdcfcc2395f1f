"""数据交换 → 接收: choose or drop packages, see what they are and what they would change, import, read the result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.dialogs.question import Question
from gui.page import Panel
from gui.panels.exchange.preview import Preview
from gui.panels.exchange.read_items import (
    CHOOSE,
    ENROL,
    HELP,
    LOG,
    READING,
    SAY,
    Item,
    after_sentence,
    total_sentence,
)
from gui.panels.exchange.read_list import ReadList
from gui.panels.exchange.read_rail import ReadRail
from gui.panels.exchange.take_back import TAKE_BACK, ask_to_take_back, tell_undone
from gui.places import Place
from gui.session import Session
from gui.sticks import Stick, sticks
from gui.widgets.buttons import GAP, button, carrier
from gui.widgets.drop import Drop
from gui.widgets.frames import Foot, Scroller, clear, column
from gui.widgets.labels import label, picture
from gui.widgets.outcome import Refusal
from gui.widgets.working import Working
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.exchange import LastImport, PackageCard, Peer, Report
from models.services.views.home import Touched

CHOOSE_NOW, WRITE_BACK = "去选择", "去写回执"
NARROW = 1050  # below this width the list needs all the room


class ReadPanel(Panel):
    """Nothing is written before the button that says how much it imports."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._peers: tuple[Peer, ...] = ()
        self._previewed: Path | None = None
        self._looked_at: Report | None = None
        self._last: Report | None = None  # that was imported, and may be taken back
        self._made: list[Report] = []  # of the packages that are being imported: filled while it goes on
        self.files = button("选择数据包…", icon="file")
        self.folder = button("选择 U 盘或文件夹…", "primary", icon="folder")
        text = "把数据包或整个文件夹拖到这里也可以。先看变化，再决定导入；导入前不改动本机任何内容。"
        self.drop_here = Drop("read", "插好 U 盘，选择里面的数据包", text, (self.files, self.folder))
        self._sticks = QVBoxLayout()
        self.list, self.rail = ReadList(), ReadRail()
        self.reassure = label("", "quiet")
        self.leave = button("先不导入")
        self.take = button("导入", "primary", icon="read")
        self.foot = Foot(picture("shield", "green", 18), self.reassure, None, self.leave, self.take)
        self.middle = QStackedWidget()
        self.middle.setMinimumHeight(theme.px(240))
        self._states: dict[str, QWidget] = {}
        choose = QWidget()
        choose.setLayout(column(self.drop_here, self._sticks))
        for name, part in (("choose", choose), ("list", self.list)):
            self._state_of(name, part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        self._middle = QHBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addWidget(self.middle, 1)
        rail = column(self.rail)
        rail.setContentsMargins(0, theme.px(12), theme.px(24), theme.px(12))
        self._middle.addLayout(rail)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.foot)
        self._connect()
        self._show("choose")

    # What is not shown at first is made when it is needed: all at once would keep people waiting.

    @cached_property
    def preview(self) -> Preview:
        """The changes of one package."""
        made = Preview()
        self._state_of("preview", made)
        return made

    @cached_property
    def working(self) -> Working:
        """Looking into packages."""
        meaning = "取消不会丢数据：没有读完的包等于没有导入。"
        made = Working("正在读入，请不要拔出", "取消读入", meaning, verb="已读", unit="条")
        made.stopped.connect(self.stop)
        self._state_of("working", made)
        return made

    @cached_property
    def refusal(self) -> Refusal:
        """What cannot even be looked at."""
        retry = button("再选一次", "primary", icon="refresh")
        retry.clicked.connect(self._to_choose)
        made = Refusal((retry,))
        self._state_of("refused", made)
        return made

    def _state_of(self, name: str, part: QWidget) -> None:
        right = 12 if self.session.is_county and name in {"list", "choose"} else 24
        if name in {"list", "preview"}:
            made = QWidget()
            made.setObjectName("page")
            inner = column(part)
            inner.setContentsMargins(theme.px(24), theme.px(12), theme.px(right), theme.px(12))
            made.setLayout(inner)
        else:
            made = Scroller(margins=(24, 12, right, 16))
            made.body.addWidget(part)
            made.body.addStretch(1)
            if name != "choose":
                part.setMaximumWidth(theme.px(800))
        self.middle.addWidget(made)
        self._states[name] = made

    def refresh(self) -> None:
        if self._job is None:
            self.ask(lambda _: sticks(), self._show_sticks)
        if self.session.is_county:
            self.ask(lambda _: self.session.office.exchange.peers(), self._show_peers)

    def look_at(self, paths: Sequence[Path]) -> None:
        """Say what files are; nothing is imported."""
        if self._job is not None or not paths:
            return
        self.notice.hide()
        folder = paths[0] if paths[0].is_dir() else paths[0].parent
        self.session.settings.stick = str(folder)
        exchange = self.session.office.exchange
        self._begin("正在查看数据包")
        self.run(
            lambda _: exchange.cards(list(paths)),
            self._show_cards,
            refused=self._show_refusal,
            stopped=self._to_choose,
        )

    # ------------------------------------------------------------------------------------- states

    def _show(self, state: str) -> None:
        self.middle.setCurrentWidget(self._states[state])
        self.foot.setVisible(state in {"list", "preview"})
        self._show_rail()

    def _show_rail(self) -> None:
        """The rail leaves first where there is little room; it is there before packages are listed, and after."""
        now = self.middle.currentWidget()
        roomy = self.width() >= theme.px(NARROW)
        shown = now is self._states["choose"] or (now is self._states["list"] and roomy)
        self.rail.setVisible(self.session.is_county and shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_rail()

    def _begin(self, title: str) -> None:
        working = self.working
        self._show("working")
        working.begin(title)

    @Slot(object)
    def _show_sticks(self, found: Sequence[Stick]) -> None:
        clear(self._sticks)
        for one in found[:6]:
            made = carrier([one.path], f"看看这个 U 盘：{one.said}", icon="stick")
            made.handed.connect(self.look_at)
            line = QHBoxLayout()
            line.addWidget(made)
            line.addStretch(1)
            self._sticks.addLayout(line)

    @Slot(object)
    def _show_peers(self, peers: tuple[Peer, ...]) -> None:
        self._peers = peers
        self.rail.show_peers(peers, self.list.cards, self.session.today)

    @Slot(object)
    def _show_cards(self, cards: tuple[PackageCard, ...]) -> None:
        self.list.put(cards)
        self._previewed = None
        if not cards:
            self._show("choose")
            self.notice.say("info", "这里没有数据包。", "请看看是不是选错了文件夹；数据包的文件名以 .hgb 结尾。")
            return
        self._show_list()
        if len(cards) == 1 and self.list.ready:
            self._preview(self.list.ready[0])

    def _show_list(self) -> None:
        self._previewed = None
        self.list.show_items()
        self._show("list")
        self.rail.show_peers(self._peers, self.list.cards, self.session.today)
        ready, busy = self.list.ready, self.list.is_busy
        done = all(one.report is not None for one in self.list.items if one.card.state in {"new", "older"})
        self.take.setEnabled(bool(ready) and not busy)
        self.take.setVisible(bool(ready) or not done)
        self.take.setText(f"{GAP}导入 {len(ready)} 个数据包" if ready else f"{GAP}没有要导入的包")
        self.leave.setText("先不导入" if ready else "换一批")
        self.leave.setEnabled(not busy)
        self.reassure.setText("现在还没有改动本机任何内容。" if ready else "同一个包再导入一次也不会重复。")

    @Slot(object)
    def _show_preview(self, report: Report) -> None:
        item = self.list.item_of(report.path)
        if report.result == "refused":
            self._show_list()
            self.notice.say("refusal", report.message, report.way_out)
            return
        self._show_changes(report, item.card if item else None)
        count = report.created + report.updated
        self.take.setVisible(True)
        self.take.setEnabled(True)
        self.take.setText(f"{GAP}导入 {count} 条" if count else f"{GAP}导入")
        self.leave.setText("先不导入")
        self.reassure.setText("现在还没有改动本机任何内容。冲突可以以后再选，不影响导入。")
        self.take.setFocus()

    def _show_changes(self, report: Report, card: PackageCard | None) -> None:
        self._looked_at = report
        self.preview.show_report(report, card)
        self._show("preview")
        self.leave.setEnabled(True)

    @Slot(object)
    def _show_result(self, reports: tuple[Report, ...]) -> None:
        self.list.end(reports)
        self._show_list()
        refused = [one for one in reports if one.result == "refused"]
        acts = (CHOOSE_NOW,) if sum(one.conflicts for one in reports) else (WRITE_BACK,)
        imported = [one for one in reports if one.result == "imported"]
        self._last = imported[-1] if imported else None
        acts += (TAKE_BACK,) if imported else ()
        if refused:
            first = refused[0]
            more = f"另有 {len(reports) - len(refused)} 个已导入。" if len(refused) < len(reports) else ""
            self.notice.say("refusal", f"{len(refused)} 个包没有导入：{first.message}", f"{first.way_out}{more}", *acts)
        else:
            after = after_sentence(reports, county=self.session.is_county)
            self.notice.say("success", total_sentence(reports), after, *acts)
        self.session.tell(Touched("*"))

    @Slot(object)
    def _show_refusal(self, error: LedgerError) -> None:
        self.refusal.refuse(error)
        self._show("refused")

    # ------------------------------------------------------------------------------------- deeds

    @Slot(object)
    def _act_on(self, item: Item) -> None:
        """The one act of a row."""
        if self._job is not None:
            return
        places = {
            ENROL: Place("exchange", tab="enrol", id=str(item.card.path)),
            CHOOSE: Place("exchange", tab="conflicts"),
            LOG: Place("exchange", tab="journal", id=item.card.sender),
        }
        if item.act in places:
            self.go(places[item.act])
        elif item.act == SAY:
            self.notice.say("info", item.card.message, "这个文件没有动，不用管它。")
        elif item.act == HELP:
            self._help(item)
        elif item.report is None:
            self._preview(item.card.path)
        else:
            self._show_changes(item.report, item.card)
            self.take.hide()
            self.leave.setText("回到列表")
            self.reassure.setText("已经导入，这是当时的变化。")

    def _help(self, item: Item) -> None:
        """What to do about a package that cannot be read: its refusal says it."""
        if item.report is not None:
            self.notice.say("refusal", item.report.message, item.report.way_out)
        elif item.card.state == "unknown" and self.session.is_county:
            self.notice.say(
                "warning", item.card.message, "如果是本县的新电脑，请对方带登记申请来，在“设备与登记”里登记后再读。"
            )
        else:
            self._preview(item.card.path)

    def _preview(self, path: Path) -> None:
        self._previewed = path
        self.notice.hide()
        exchange = self.session.office.exchange
        self._begin("正在查看变化，请不要拔出")
        self.run(
            lambda progress: exchange.preview(path, progress),
            self._show_preview,
            refused=self._refuse_one,
            stopped=self._to_list,
            progressed=self.working.report,
        )

    @Slot()
    def _take(self) -> None:
        paths = [self._previewed] if self._previewed else self.list.ready
        if not paths or self._job is not None:
            return
        looked = self._looked_at if self._previewed else None
        if looked is not None and looked.big_change and not self._second_yes(looked):
            return
        exchange, made, sure = self.session.office.exchange, [], looked is not None
        self._made = made

        def work(progress: Progress) -> tuple[Report, ...]:
            for number, path in enumerate(paths):
                progress.step(number, len(paths), f"{READING} {path.name}")
                made.extend(exchange.bring_in([path], progress, sure=sure))
            return tuple(made)

        self.notice.hide()
        self.list.begin(paths)
        self._show_list()
        self.run(work, self._show_result, refused=self._refuse_one, stopped=self._stopped, progressed=self._progress)

    def _second_yes(self, report: Report) -> bool:
        """Ask once more, with the number, before very much is changed."""
        count = f"作废 {report.voided} 条" if report.voided else f"更新 {report.updated} 条"
        text = "导入前的台账会留一份，导入后可以整包撤销。拿不准的，请先打电话与对方核实。"
        return bool(Question(report.big_change, text, "先不导入", (f"导入并{count}", "danger"), parent=self).ask())

    @Slot(object, object, str)
    def _progress(self, done: int, total: int, what: str) -> None:
        self.list.report(done, total, what, self._made)

    @Slot()
    def _stopped(self) -> None:
        """Cancelled, or met a bug: what was imported before stays."""
        done = len(self._made)
        self.list.end(self._made)
        self._show_list()
        if done:
            self.notice.say("info", f"停下了：前 {done} 个包已经导入，其余没有动。", "需要时再点导入，不会重复。")
            self.session.tell(Touched("*"))
        else:
            self.notice.say("info", "已停下，没有导入。", "本机台账没有改动。")

    @Slot(object)
    def _refuse_one(self, error: LedgerError) -> None:
        self.list.end(self._made)
        self._show_list()
        self.notice.refuse(error)

    @Slot()
    def _to_list(self) -> None:
        self._show_list()

    @Slot()
    def _to_choose(self) -> None:
        self._previewed = None
        self.list.put(())
        self._show("choose")

    @Slot()
    def _leave(self) -> None:
        previewing = self.middle.currentWidget() is self._states.get("preview")
        if previewing and (len(self.list.items) > 1 or self._previewed is None):
            self._show_list()
        else:
            self.notice.hide()
            self._to_choose()

    @Slot(object)
    def _dropped(self, paths: list[Path]) -> None:
        self.look_at(paths)

    @Slot()
    def _choose_files(self) -> None:
        start = self.session.settings.stick
        names, _ = QFileDialog.getOpenFileNames(self, "选择数据包", start, "数据包 (*.hgb);;所有文件 (*)")
        self.look_at([Path(name) for name in names])

    @Slot()
    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择 U 盘或文件夹", self.session.settings.stick)
        if name:
            self.look_at([Path(name)])

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == TAKE_BACK and self._last is not None:
            ask_to_take_back(self, self._last.sender_name, self._last.number, self._taken_back)
        else:
            self.go(Place("exchange", tab="write" if word == WRITE_BACK else "conflicts"))

    @Slot(object)
    def _taken_back(self, undone: LastImport) -> None:
        self._to_choose()
        tell_undone(self, undone)

    def _connect(self) -> None:
        self.files.clicked.connect(self._choose_files)
        self.folder.clicked.connect(self._choose_folder)
        self.drop_here.dropped.connect(self._dropped)
        self.list.acted.connect(self._act_on)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self._leave)
        self.list.stopped.connect(self.stop)
        self.notice.acted.connect(self._act)
