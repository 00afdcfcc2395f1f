"""数据交换 → 接收 as it looks: choosing, the list, the changes of one package, working, refused."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.panel import Panel
from gui.panels.exchange.preview import Preview
from gui.panels.exchange.read_list import ReadList
from gui.panels.exchange.read_rail import ReadRail
from gui.session import Session
from gui.widgets.buttons import GAP, button
from gui.widgets.drop import Drop
from gui.widgets.frames import Foot, Scroller, column
from gui.widgets.labels import label, picture
from gui.widgets.outcome import Refusal
from gui.widgets.working import Working
from models.errors import LedgerError
from models.services.views.exchange import PackageCard, Peer, Report

NARROW = 1050  # below this width the list needs all the room


class ReadStates(Panel):
    """The parts, and which of them is seen. What is done with packages is the panel's: `read_package.py`."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._peers: tuple[Peer, ...] = ()
        self._previewed: Path | None = None
        self._looked_at: Report | None = None
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
        county = self.session.is_county
        self._middle.setContentsMargins(0, 0, theme.px(24) if county else 0, 0)
        self._middle.setSpacing(theme.px(12) if county else 0)
        self._middle.addWidget(self.middle, 1)
        rail = column(self.rail)
        rail.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        self._middle.addLayout(rail)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.foot)
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
        right = 0 if self.session.is_county else 24  # there the rail, and the edge behind it, are beside
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
    def _show_peers(self, peers: tuple[Peer, ...]) -> None:
        self._peers = peers
        self.rail.show_peers(peers, self.list.cards, self.session.today)

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
        self.reassure.setText(self._reassurance(ready=bool(ready), busy=busy))

    def _reassurance(self, *, ready: bool, busy: bool) -> str:
        if busy:
            return "读完一个就导入一个；停下来，没有读的包不动。"
        if not ready:
            return "同一个包再导入一次也不会重复。"
        some = any(one.report is not None for one in self.list.items)
        return "没有导入的包还没有动。" if some else "现在还没有改动本机任何内容。"

    def _show_changes(self, report: Report, card: PackageCard | None) -> None:
        self._looked_at = report
        self.preview.show_report(report, card)
        self._show("preview")
        self.leave.setEnabled(True)

    @Slot(object)
    def _show_refusal(self, error: LedgerError) -> None:
        self.refusal.refuse(error)
        self._show("refused")

    @Slot()
    def _to_list(self) -> None:
        self._show_list()

    @Slot()
    def _to_choose(self) -> None:
        self._previewed = None
        self.list.put(())
        self._show("choose")
        self.folder.setFocus()
