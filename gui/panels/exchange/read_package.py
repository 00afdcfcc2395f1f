"""数据交换 → 接收: choose or drop packages, see what they are and what they would change, import, read the result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from gui.dialogs.question import Question
from gui.panels.exchange.read_items import (
    CHOOSE,
    ENROL,
    HELP,
    LOG,
    READING,
    SAY,
    Item,
    after_sentence,
    refused_sentence,
    total_sentence,
)
from gui.panels.exchange.read_states import ReadStates
from gui.panels.exchange.take_back import TAKE_BACK, ask_to_take_back, tell_undone
from gui.places import Place
from gui.session import Session
from gui.sticks import Stick, sticks
from gui.widgets.buttons import GAP, carrier
from gui.widgets.frames import clear
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.exchange import LastImport, PackageCard, Report
from models.services.views.home import Touched

SAFE = "现在还没有改动本机任何内容。导入前自动留一份台账，导入后可以整包撤销。"
FILES = "现在还没有改动本机任何内容。已经有的照片和文档不会重复。"
LATER = "现在还没有改动本机任何内容。冲突可以以后再选，不影响导入。"
CHOOSE_NOW, WRITE_BACK = "去选择", "立即写回执"


class ReadPanel(ReadStates):
    """Nothing is written before the button that says how much it imports."""

    answering = Signal(object, object)  # Path of a folder, codes of units: a package with the receipt is to go back now

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._last: Report | None = None  # that was imported, and may be taken back
        self._folder = Path()  # where the packages lay that were imported just now
        self._senders: list[str] = []  # codes of units whose packages were imported just now: a receipt is due to them
        self._made: list[Report] = []  # of the packages that are being imported: filled while it goes on
        self._connect()

    def refresh(self) -> None:
        if self._job is None:
            self.ask(lambda _: sticks(), self._show_sticks)
        if self._last is not None:
            self.ask(lambda _: self.session.office.exchange.last_import(), self._show_last)
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
        self.start_at(self.folder)

    @Slot(object)
    def _show_last(self, last: LastImport | None) -> None:
        """What was said of an import is true no longer once it was taken back elsewhere."""
        if self._last is not None and self._job is None and (last is None or last.package != self._last.package):
            self._last = None
            self.notice.hide()
            self._to_choose()

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
        self.reassure.setText(FILES if report.files else LATER if report.conflicts else SAFE)
        self.take.setFocus()

    @Slot(object)
    def _show_result(self, reports: tuple[Report, ...]) -> None:
        self.list.end(reports)
        self._show_list()
        refused = [one for one in reports if one.result == "refused" and not self._came_whole(one, reports)]
        imported = [one for one in reports if one.result == "imported"]
        self._last = next((one for one in reversed(imported) if one.package), None)
        self._folder = imported[-1].path.parent if imported else Path()
        self._senders = sorted({one.sender for one in imported if one.sender})
        acts = (CHOOSE_NOW,) if sum(one.to_choose for one in reports) else ()
        acts += (WRITE_BACK,) if self._senders else ()
        acts += (TAKE_BACK,) if self._last is not None else ()
        if refused:
            others = [one for one in reports if one not in refused]
            said = refused_sentence(refused, others, [self._sender_of(one) for one in refused])
            self.notice.say("refusal", *said, *acts)
        else:
            after = after_sentence(reports, county=self.session.is_county)
            if spoilt := sum(1 for one in reports if one.result == "refused"):
                after = f"{spoilt} 个损坏的文件不用管，同一个包已经读入了完好的一份。{after}"
            self.notice.say("success", total_sentence(reports), after, *acts)
        self.session.tell(Touched("*"))

    def _came_whole(self, refused: Report, reports: Sequence[Report]) -> bool:
        """Whether a good copy of this package was read in as well: nobody needs to write it anew."""
        packages = {
            item.card.package for one in reports if one.result != "refused" and (item := self.list.item_of(one.path))
        }
        item = self.list.item_of(refused.path)
        return item is not None and bool(item.card.package) and item.card.package in packages

    def _sender_of(self, report: Report) -> str:
        """Who brought a package, as far as the package itself says it; else the name of the file."""
        item = self.list.item_of(report.path)
        return report.sender_name or (item.card.sender_name if item else "") or report.path.name

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
        return bool(
            Question(
                f"{report.big_change}照样导入？", text, "先不导入", (f"导入并{count}", "danger"), parent=self
            ).ask()
        )

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
            ask_to_take_back(self, self._last.sender_name, self._last.number, self._last.package, self._taken_back)
        elif word == WRITE_BACK:
            self.answering.emit(self._folder, self._senders)
        else:
            self.go(Place("exchange", tab="conflicts"))

    @Slot(object)
    def _taken_back(self, undone: LastImport) -> None:
        self._last = None
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
