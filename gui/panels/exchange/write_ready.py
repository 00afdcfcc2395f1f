"""Before a package is written: what a person should know, for whom, and where to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from gui import saying, theme
from gui.session import Session
from gui.tables.columns import CENTER, RIGHT, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import GAP, button
from gui.widgets.folder import FolderField
from gui.widgets.frames import Card, clear, row, rule
from gui.widgets.labels import label, picture
from models.services.views.exchange import Outlook, Peer


class Ready(Card):
    """Checks, the folder, the button; the button is off only with its reason beside it."""

    asked = Signal()  # to write

    def __init__(self, session: Session) -> None:
        super().__init__("写给哪些单位" if session.is_county else "先检查一遍", " ", pad=20, gap=12)
        self._session = session
        self._county = session.is_county
        self.peers: tuple[Peer, ...] = ()
        self._known: set[str] = set()
        self.ticked: set[str] = set()
        self.folder = FolderField("写到哪里", "插好 U 盘，选它上面的文件夹。写完会读回来逐字节核对。")
        self.folder.put(session.settings.stick)
        self.without_files = QCheckBox("这次不带照片和附件（文字先到，照片以后再送）")
        self.without_files.setVisible(False)
        self.write = button("写数据包", "primary", icon="write")
        self.reason = label("", "small")
        self._checks = QVBoxLayout()
        self._checks.setSpacing(theme.px(8))
        self.units = LineView("写给哪些单位", row=34, least=130)
        self._model = PlainTable(self._columns(), self)
        self.units.show_model(self._model)
        self.all = button("全部选上", "quiet", size="slim")
        if self._county:
            self.tools.addWidget(self.all)
            self.body.addWidget(self.units, 1)
            self.units.setMinimumHeight(theme.px(150))
        else:
            self.units.setParent(self)
            self.units.hide()
        self.add(self._checks, rule(), self.folder, self.without_files, row(None, self.reason, self.write))
        self.folder.changed.connect(self.watch)
        self.write.clicked.connect(self.asked)
        self.units.opened.connect(self._tick)
        self.units.ticked.connect(self._tick)
        self.all.clicked.connect(self._tick_all)

    def show_peers(self, peers: tuple[Peer, ...]) -> None:
        """Show the units that a package can be written to."""
        self.peers = peers
        if self._county:
            able = {one.unit for one in peers if one.devices}
            self.ticked = (self.ticked & able) | (able - self._known)
            self._known = able
            self._model.show(peers)
            self.units.fit()
            self._offer_without_files(offered=bool(able))  # what each of them lacks is found only while it is written
        self.watch()

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what was found by the check; nothing is refused for it."""
        clear(self._checks)
        self._offer_without_files(offered=bool(outlook.files))
        if outlook.warnings:
            for text in outlook.warnings:
                line = row(picture("warning", "yellowText", 18), label(text, wrap=True))
                line.setStretch(1, 1)
                self._checks.addLayout(line)
            self._checks.addWidget(label("可以照样报送，以后再补。", "small"))
        else:
            self._checks.addLayout(row(picture("check", "green", 18), label("检查过了，没有要提醒的。"), None))
        if outlook.files:
            size = saying.size(outlook.file_bytes)
            told = f"照片和文档 {outlook.files} 个（{size}），装在单独的文件里，和包写在一起。"
            self._checks.addLayout(row(picture("photo", "accent", 18), label(told), None))
        if outlook.wanted:
            told = f"缺照片 {outlook.wanted} 张，这个包会向对方要。"
            self._checks.addLayout(row(picture("photo", "yellowText", 18), label(told), None))
        if not (outlook.new or outlook.again):
            text = "没有新内容。照样可以写一个包，把回执带给对方。"
            self._checks.addLayout(row(picture("info", "accent", 18), label(text), None))

    def _offer_without_files(self, *, offered: bool) -> None:
        self.without_files.setVisible(offered)
        if not offered:
            self.without_files.setChecked(False)

    @Slot()
    def watch(self) -> None:
        """Say what is still lacking."""
        no_place, nobody = self.folder.path is None, self._county and not self.ticked
        reason = "还没有选单位" if nobody else "还差写到哪里" if no_place else ""
        self.reason.setText(reason)
        self.write.setEnabled(not reason)
        self.write.setText(f"{GAP}写 {len(self.ticked)} 个数据包" if self.ticked else f"{GAP}写数据包")
        self.quiet.setText(f"已选 {len(self.ticked)} 个" if self._county else "")
        able = {one.unit for one in self.peers if one.devices}
        self.all.setText("全不选" if able and able <= self.ticked else "全部选上")

    @property
    def chosen(self) -> Sequence[str] | None:
        """The units that are ticked; None for the one that a township writes to."""
        return sorted(self.ticked) if self._county else None

    @Slot(int)
    def _tick(self, at: int) -> None:
        one = self._model.line(at)
        if one is not None and one.devices:
            self.ticked ^= {one.unit}
            self.units.viewport().update()
            self.watch()

    @Slot()
    def _tick_all(self) -> None:
        able = {one.unit for one in self.peers if one.devices}
        self.ticked = set() if able <= self.ticked else able
        self.units.viewport().update()
        self.watch()

    def _columns(self) -> tuple[Column, ...]:
        today = self._session.today
        # fmt: off
        return (
            Column("tick", "", lambda p: "1" if p.unit in self.ticked else "0" if p.devices else "", 36, "tick"),
            Column("name", "单位", lambda p: p.name),
            Column("waiting", "待下发", lambda p: f"{p.waiting} 条", 76, align=RIGHT,
                   tone=lambda p: "accent" if p.waiting else "hint"),
            Column("unacknowledged", "待回执", lambda p: f"{p.unacknowledged} 条", 76, align=RIGHT,
                   tone=lambda p: "yellow" if p.unacknowledged else "hint"),
            Column("out", "上次写出", lambda p: saying.moment(p.last_out, today), 128, align=CENTER, small=True),
            Column("in", "上次收到", lambda p: saying.moment(p.last_in, today), 128, align=CENTER, small=True),
            Column("devices", "登记的电脑", lambda p: f"{p.devices} 台" if p.devices else "还没有登记", 100,
                   align=CENTER, small=True, tone=lambda p: "" if p.devices else "orange"),
            Column("forks", "提醒", lambda p: f"{p.forks} 次来自恢复的旧数据" if p.forks else "", 150, small=True),
        )
        # fmt: on
