"""The PCs of all units, one line each: in use, silent, stopped; the county stops one after a clear question."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui import saying
from gui.dialogs.question import Question
from gui.jobs import Kind
from gui.panel import Panel
from gui.widgets.buttons import carrier
from gui.widgets.frames import Card, clear, column, row
from gui.widgets.labels import label
from models.progress import Progress
from models.services.views.devices import DeviceView
from models.services.views.home import Touched

STOP = "停用"
MEANING = (
    "停用不能撤回。以后它写的数据包都放在一边，由县里决定要不要；再也不给它写数据包。"
    "它以前写的内容照样有效。那台电脑里已有的内容，停用是抹不掉的。"
)
OF_COUNTY = "停用县里的电脑会换一把盖章密钥，请随后给县里其他电脑写一个数据包，再重新打印密钥恢复单。"


class Pcs(QObject):
    """The card, and stopping a PC."""

    shown = Signal(object)  # tuple[DeviceView, ...]: what was read

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self.devices: tuple[DeviceView, ...] = ()
        self.card = Card("各单位的电脑", pad=20, gap=10)
        self._lines = column(gap=6)
        self.card.add(self._lines)

    def refresh(self) -> None:
        """Read the list again."""
        self._panel.ask(self._read, self._show)

    def _read(self, _: Progress) -> tuple[DeviceView, ...]:
        return tuple(self._session.office.devices.list())

    @Slot(object)
    def _show(self, devices: tuple[DeviceView, ...]) -> None:
        self.devices = devices
        clear(self._lines)
        for _, some in groupby(devices, key=lambda one: one.unit):
            of_unit = list(some)
            self._lines.addWidget(label(of_unit[0].unit_name, "bold"))
            for one in of_unit:
                self._lines.addWidget(self._line(one))
        self.shown.emit(devices)

    def _line(self, one: DeviceView) -> QWidget:
        words, tone = _standing(one)
        parts = [label(one.name), label(words, "small", tone)]
        parts.append(label(_heard(one, county=self._session.is_county), "small"))
        line = row(*parts, None, gap=14)
        if self._session.is_county and not one.this and not one.revoked and self._session.here.enrolled:
            stop = carrier(one, STOP, "danger", size="slim", tip=f"停用{one.unit_name}的电脑 {one.name}")
            stop.handed.connect(self._ask)
            line.addWidget(stop)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot(object)
    def _ask(self, one: DeviceView) -> None:
        text = f"{MEANING}{OF_COUNTY if one.kind == 'county' else ''}"
        title = f"停用{one.unit_name}的电脑 {one.name}？"
        if Question(title, text, "不停用", (STOP, "danger"), parent=self._panel.window()).ask():
            self.stop(one)

    def stop(self, one: DeviceView) -> None:
        """Stop a PC."""
        devices = self._session.office.devices
        self._panel.ask(lambda _: devices.revoke(one.id), self._stopped, kind=Kind.SAVE)

    @Slot(object)
    def _stopped(self, devices: tuple[DeviceView, ...]) -> None:
        self._show(devices)
        self._panel.notice.say(
            "success", "已停用。", "各单位下次读入县里的数据包时就会知道；它写的包从现在起放在一边，由您决定。"
        )
        self._session.tell(Touched("exchange"))


def _standing(one: DeviceView) -> tuple[str, str]:
    """What is said of a PC, and its colour."""
    if one.revoked:
        return "已停用", "red"
    if one.this:
        return "本机", "accent"
    if not one.certified:
        return "没有登记", "orange"
    return ("在用", "green") if one.live else ("很久没有联系", "orange")


def _heard(one: DeviceView, *, county: bool) -> str:
    parts = [f"登记 {saying.moment(one.certified)[:10]}"] if one.certified else []
    if one.heard or (county and not one.this):  # who is no county gets no packages from most of them, ever
        parts.append(f"上次收到它的包 {saying.moment(one.heard)[:10]}" if one.heard else "还没有收到过它的包")
    if one.forks:
        parts.append(f"像是恢复过备份或被复制过 {one.forks} 次")
    return "　".join(parts)
