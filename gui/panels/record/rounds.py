"""第几轮、申请、回头看: what came of a problem beside its measures, oldest first; nothing where nothing did."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import saying, theme
from gui.panels.record.asking import is_lacking
from gui.widgets.buttons import carrier
from gui.widgets.chips import State
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import Prose, label
from models.domain import lookbacks, words
from models.services.views.lists import Record

LOOKBACK_TONE = {
    "planned": "accent", "overdue": "red", "fine": "green", "below": "red", "relapsed": "red", "derived": "yellow",
    "": "accent", "approved": "green", "refused": "grey",
}  # fmt: skip


class Rounds(Card):
    """The card; a request that waits has its button where one may answer it."""

    wanted = Signal(object)  # key of a deed

    def __init__(self) -> None:
        super().__init__("重新整改、申请、回头看")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.add(self._rows)
        self.hide()

    def show_rounds(self, record: Record, today: date, *, county: bool, live: bool) -> None:
        """Show what there is."""
        clear(self._rows)
        now = int(record.get("cycle") or 1)
        for one in record.get("rounds") or () if now > 1 else ():
            self._round(one, now)
        for one in record.get("requests") or ():
            self._request(one, answerable=county and live)
        for one in record.get("lookbacks") or ():
            self._lookback(one, today, live=live)
        self.quiet.setText(f"现在是第 {now} 轮整改" if now > 1 else "")
        self.setVisible(self._rows.count() > 0)

    def _round(self, one: Record, now: int) -> None:
        days = (("opened_on", "重新整改"), ("completed_on", "完成"), ("closed_on", "销号"))
        said = saying.SPACE.join(f"{one[name]} {word}" for name, word in days if one.get(name))
        state = "正在整改" if one["number"] == now else "已结束"
        self._line(f"第 {one['number']} 轮", state, "accent" if one["number"] == now else "grey", said)

    def _request(self, one: Record, *, answerable: bool) -> None:
        decision = str(one.get("decision") or "")
        wanted = f"到 {one['wanted_deadline']}" if one.get("wanted_deadline") else ""
        parts = (one.get("asked_on"), wanted, one.get("reason"), one.get("decided_on"), one.get("opinion"))
        said = saying.SPACE.join(str(part) for part in parts if part)
        deed = carrier(f"decide:{one['id']}", "审批", size="slim") if answerable and not decision else None
        kind = words.REQUEST_KIND.get(str(one.get("kind")), "")
        self._line(kind, words.DECISION.get(decision, "等县里审批"), LOOKBACK_TONE.get(decision, "grey"), said, deed)

    def _lookback(self, one: Record, today: date, *, live: bool) -> None:
        state = lookbacks.state(one, today.isoformat())
        day = one.get("looked_on") or (f"{one['due']} 前看完" if one.get("due") else "")
        said = saying.SPACE.join(
            str(part) for part in (day, one.get("plan"), one.get("people"), one.get("opinion")) if part
        )
        deed = carrier(f"derive:{one['id']}", "登记衍生的问题", size="slim") if live and is_lacking(one) else None
        if live and not one.get("looked_on"):
            deed = carrier("lookback", "登记", size="slim")
        self._line(words.TABLE["lookback"], words.LOOKBACK_STATE[state], LOOKBACK_TONE[state], said, deed)

    def _line(self, name: str, state: str, tone: str, text: str, deed: QWidget | None = None) -> None:
        if deed is not None:
            deed.handed.connect(self._hand)  # pyright: ignore[reportAttributeAccessIssue]
        self._rows.addLayout(row(label(name, "bold"), State(state, tone), None, *([deed] if deed else []), gap=10))
        if text:
            self._rows.addWidget(Prose(text, "text2", "cell"))

    @Slot(object)
    def _hand(self, key: str) -> None:
        self.wanted.emit(key)
