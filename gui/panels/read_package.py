"""数据交换 → 接收: choose or drop packages, see what they are and what they would change, import, read the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from gui import saying, theme
from gui.page import Panel
from gui.panels.preview import Preview
from gui.places import Place
from gui.session import Session
from gui.tables.columns import RIGHT, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.drop import Drop
from gui.widgets.frames import Card, Foot, Scroller, column
from gui.widgets.labels import label, picture
from gui.widgets.outcome import Refusal
from gui.widgets.working import Working
from models.domain import words
from models.errors import LedgerError
from models.services.views import PackageCard, Report, Touched

# fmt: off
# State of a file → word, tone. Only these words are used (sync.md §5.11).
STATE = {
    "new": ("新", "accent"), "already": ("已导入过", "grey"), "older": ("较早", "grey"),
    "other": ("不是给本单位", "grey"),
    "damaged": ("损坏", "red"), "newer": ("需新版本", "yellow"), "unknown": ("未登记设备", "yellow"),
    "enrol": ("登记申请", "yellow"), "own": ("本单位写的", "grey"),
}
RESULT_TONE = {"imported": "green", "already": "grey", "skipped": "grey", "refused": "red"}
TAKEN = {"new", "older", "already"}
# fmt: on


@dataclass(frozen=True)
class Item:
    """A package of the list, and what became of it."""

    card: PackageCard
    report: Report | None = None


def _state(item: Item) -> str:
    if item.report is not None:
        return words.RESULT.get(item.report.result, item.report.result)
    if item.card.kind == "welcome" and item.card.state in TAKEN:
        return "欢迎包"
    return STATE.get(item.card.state, (item.card.state, ""))[0]


def _tone(item: Item) -> str:
    if item.report is not None:
        return RESULT_TONE.get(item.report.result, "grey")
    return STATE.get(item.card.state, ("", "grey"))[1]


def _said(item: Item) -> str:
    if item.report is not None:
        return item.report.message
    return item.card.message


# fmt: off
COLUMNS = (
    Column("from", "来自", lambda i: i.card.sender_name or i.card.sender or saying.MISSING, 150, bold=lambda _: True),
    Column("number", "包编号", lambda i: f"第 {i.card.number} 包" if i.card.number else saying.MISSING, 84, small=True),
    Column("made", "生成时间", lambda i: saying.moment(i.card.made), 130, small=True),
    Column("size", "大小", lambda i: saying.size(i.card.bytes), 76, small=True, align=RIGHT),
    Column("state", "状态", _state, 108, "state", tone=_tone),
    Column("said", "说明", _said, tip=lambda i: f"{_said(i)}\n{i.card.path}",
           below=lambda i: saying.shorter(i.card.path)),
)
# fmt: on


class ReadPanel(Panel):
    """Nothing is written before the button that says how much it imports."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._items: list[Item] = []
        self._previewed: Path | None = None
        self.files = button("选择数据包…", icon="file")
        self.folder = button("选择 U 盘或文件夹…", "primary", icon="folder")
        text = "把数据包或整个文件夹拖到这里也可以。先看变化，再决定导入；导入前不改动本机任何内容。"
        self.drop_here = Drop("read", "插好 U 盘，选择里面的数据包", text, (self.files, self.folder))
        self.table = LineView("数据包", row=45)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self.preview = Preview()
        self.working = Working(
            "正在读入，请不要拔出", "取消读入", "取消不会丢数据：没有读完的包等于没有导入。", verb="已读"
        )
        self.retry = button("再选一次", "primary", icon="refresh")
        self.refusal = Refusal((self.retry,))
        self.reassure = label("", "quiet")
        self.leave = button("先不导入")
        self.look = button("看变化", icon="search")
        self.take = button("导入", "primary", icon="read")
        self.foot = Foot(picture("shield", "green", 18), self.reassure, None, self.leave, self.look, self.take)
        self.middle = QStackedWidget()
        listing = Card(pad=1)
        listing.add(self.table)
        self._states: dict[str, QWidget] = {}
        for name, part in (
            ("choose", self.drop_here), ("list", listing), ("preview", self.preview), ("working", self.working),
            ("refused", self.refusal),
        ):  # fmt: skip
            self._states[name] = self._state_of(name, part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.foot)
        self._connect()
        self._show("choose")

    def _state_of(self, name: str, part: QWidget) -> QWidget:
        if name in {"list", "preview"}:
            made = QWidget()
            made.setObjectName("page")
            inner = column(part)
            inner.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
            made.setLayout(inner)
        else:
            made = Scroller(margins=(24, 16, 24, 16))
            made.body.addWidget(part)
            made.body.addStretch(1)
            if name != "choose":
                part.setMaximumWidth(theme.px(800))
        self.middle.addWidget(made)
        return made

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
        self.look.setVisible(state == "list")

    def _begin(self, title: str) -> None:
        self._show("working")
        self.working.begin(title)

    @Slot(object)
    def _show_cards(self, cards: tuple[PackageCard, ...]) -> None:
        self._items = [Item(card) for card in cards]
        self._previewed = None
        if not cards:
            self._show("choose")
            self.notice.say("info", "这里没有数据包。", "请看看是不是选错了文件夹；数据包的文件名以 .hgb 结尾。")
            return
        self._show_list()
        ready = self._ready()
        if len(cards) == 1 and ready:
            self._preview(ready[0].card.path)

    def _show_list(self) -> None:
        self._model.show(self._items)
        self.table.fit()
        self._show("list")
        if self._items and not self.table.currentIndex().isValid():
            self.table.selectRow(next((at for at, one in enumerate(self._items) if one in self._ready()), 0))
        self._watch()

    def _ready(self) -> list[Item]:
        return [
            one for one in self._items
            if one.report is None and one.card.state in {"new", "older"} and one.card.kind != "welcome"
        ]  # fmt: skip

    @Slot()
    def _watch(self) -> None:
        ready, item = self._ready(), self._current()
        done = bool(self._items) and all(
            one.report is not None for one in self._items if one.card.state in {"new", "older"}
        )
        self.take.setEnabled(bool(ready))
        self.take.setVisible(bool(ready) or not done)
        self.take.setText(f"\u2002导入 {len(ready)} 个数据包" if ready else "\u2002没有要导入的包")
        self.leave.setText("先不导入" if ready else "换一批")
        self.reassure.setText("现在还没有改动本机任何内容。" if ready else "同一个包再导入一次也不会重复。")
        special = item is not None and (item.card.kind == "welcome" or item.card.state == "enrol")
        self.look.setText("\u2002去登记" if special else "\u2002看变化")
        self.look.setEnabled(special or (item is not None and item.report is None and item.card.state in TAKEN))

    @Slot(object)
    def _show_preview(self, report: Report) -> None:
        item = next((one for one in self._items if one.card.path == report.path), None)
        if report.result == "refused":
            self._show_list()
            self.notice.say("refusal", report.message, report.way_out)
            return
        self.preview.show_report(report, item.card if item else None)
        self._show("preview")
        count = report.created + report.updated
        self.take.setVisible(True)
        self.take.setEnabled(True)
        self.take.setText(f"\u2002导入 {count} 条" if count else "\u2002导入")
        self.leave.setText("先不导入")
        self.reassure.setText("现在还没有改动本机任何内容。冲突可以以后再选，不影响导入。")
        self.take.setFocus()

    @Slot(object)
    def _show_result(self, reports: tuple[Report, ...]) -> None:
        by_path = {one.path: one for one in reports}
        self._items = [Item(one.card, by_path.get(one.card.path, one.report)) for one in self._items]
        self._previewed = None
        self._show_list()
        refused = [one for one in reports if one.result == "refused"]
        conflicts = sum(one.conflicts for one in reports)
        acts = ("去选择",) if conflicts else ()
        if refused:
            first = refused[0]
            more = f"另有 {len(reports) - len(refused)} 个已导入。" if len(refused) < len(reports) else ""
            self.notice.say("refusal", f"{len(refused)} 个包没有导入：{first.message}", f"{first.way_out}{more}", *acts)
        else:
            self.notice.say("success", total_sentence(reports), _after(reports, county=self.session.is_county), *acts)
        self.session.tell(Touched("*"))

    @Slot(object)
    def _show_refusal(self, error: LedgerError) -> None:
        self._show("refused")
        self.refusal.refuse(error)

    # ------------------------------------------------------------------------------------- deeds

    def _current(self) -> Item | None:
        return self._model.line(self.table.currentIndex().row())

    @Slot()
    def _look(self) -> None:
        item = self._current()
        if item is None or item.report is not None:
            return
        if item.card.kind == "welcome" or item.card.state == "enrol":
            self.go(Place("exchange", tab="enrol", id=str(item.card.path)))
        elif item.card.state in TAKEN:
            self._preview(item.card.path)

    def _preview(self, path: Path) -> None:
        self._previewed = path
        self.notice.hide()
        exchange = self.session.office.exchange
        self._begin("正在读入，请不要拔出")
        self.run(
            lambda progress: exchange.preview(path, progress),
            self._show_preview,
            refused=self._refuse_one,
            stopped=self._to_list,
            progressed=self.working.report,
        )

    @Slot()
    def _take(self) -> None:
        paths = [self._previewed] if self._previewed else [one.card.path for one in self._ready()]
        if not paths or self._job is not None:
            return
        exchange = self.session.office.exchange
        self._begin("正在导入，请不要拔出")
        self.run(
            lambda progress: exchange.bring_in(paths, progress),
            self._show_result,
            refused=self._refuse_one,
            stopped=self._to_list,
            progressed=self.working.report,
        )

    @Slot(object)
    def _refuse_one(self, error: LedgerError) -> None:
        self._to_list()
        self.notice.refuse(error)

    @Slot()
    def _to_list(self) -> None:
        self._previewed = None
        self._show_list()

    @Slot()
    def _to_choose(self) -> None:
        self._items = []
        self._previewed = None
        self._show("choose")

    @Slot()
    def _leave(self) -> None:
        if self._previewed is not None and len(self._items) > 1:
            self._to_list()
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
    def _act(self, _word: str) -> None:
        self.go(Place("exchange", tab="conflicts"))

    def _connect(self) -> None:
        self.files.clicked.connect(self._choose_files)
        self.folder.clicked.connect(self._choose_folder)
        self.drop_here.dropped.connect(self._dropped)
        self.table.opened.connect(self._look)
        self.table.selectionModel().currentRowChanged.connect(self._watch)
        self.look.clicked.connect(self._look)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self._leave)
        self.working.stopped.connect(self.stop)
        self.retry.clicked.connect(self._to_choose)
        self.notice.acted.connect(self._act)


def total_sentence(reports: Sequence[Report]) -> str:
    """What several packages did together; the words of the one where it is one."""
    if len(reports) == 1:
        return reports[0].message
    created, updated = sum(one.created for one in reports), sum(one.updated for one in reports)
    conflicts = sum(one.conflicts for one in reports)
    choose = f"；{conflicts} 处需要您选择" if conflicts else ""
    return f"{len(reports)} 个包都已处理：新增 {created} 条，更新 {updated} 条{choose}。"


def _after(reports: Sequence[Report], *, county: bool) -> str:
    held = sum(one.held for one in reports)
    parts = [f"{held} 条暂不能应用，已留存；缺少的前文到了会自动补上。"] if held else []
    parts.append(
        "可以拔出 U 盘了。" + ("给各单位写包时，回执会一起带去。" if county else "下次报送时，回执会一起带去。")
    )
    return "".join(parts)
