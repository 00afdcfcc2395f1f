"""The bar below: what is saved, what is under way, what waits to be exchanged."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui import saying, theme
from gui.session import Session
from gui.widgets.labels import label, picture
from models.domain import words
from models.services.views import Overview

PATIENCE = 500  # milliseconds before work under way is mentioned


class StatusBar(QFrame):
    """Facts of 12 px."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(theme.px(28))
        self._session = session
        self.saved = label("数据都在本机", "small")
        self.busy = label("", "small", "accent")
        self.waiting = label("", "small")
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        line.setSpacing(theme.px(8))
        line.addWidget(picture("done", "green", 14))
        line.addWidget(self.saved)
        line.addSpacing(theme.px(16))
        line.addWidget(self.busy)
        line.addStretch(1)
        line.addWidget(self.waiting)
        self._patience = QTimer(self)
        self._patience.setObjectName("patience of the status bar")
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._mention)
        session.jobs.busied.connect(self._busied)
        session.touched.connect(self._saved)
        session.looked.connect(self._looked)

    @Slot(bool)
    def _busied(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self.busy.setText("")

    @Slot()
    def _mention(self) -> None:
        self.busy.setText("正在处理…")

    @Slot(object)
    def _saved(self, _touched: object) -> None:
        if self._session.saved_at:
            self.saved.setText(f"已保存到本机 {self._session.saved_at:%H:%M}")

    @Slot(object)
    def _looked(self, overview: Overview) -> None:
        if self._session.is_county:
            units = [one for one in overview.units if one.unit.isdigit()]
            came = [one for one in units if _this_month(one.last_in, overview)]
            facts = [f"本月已收 {len(came)} 个单位", f"未报送 {len(units) - len(came)} 个单位"]
        else:
            said = words.EXCHANGE
            facts = [f"{said['unreported']} {overview.unreported} 条", f"{said['exported']} {overview.exported} 条"]
        if overview.conflicts:
            facts.append(f"冲突 {overview.conflicts} 处")
        self.waiting.setText(saying.SPACE.join(facts))


def _this_month(at: str | None, overview: Overview) -> bool:
    day = saying.date_of(at)
    return day is not None and (day.year, day.month) == (overview.today.year, overview.today.month)
