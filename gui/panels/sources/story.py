"""A pollution source to read: what is to be looked at, permits, inspections, problems, photos, history; particulars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.dialogs.former import formers
from gui.panels.record.exhibits import Exhibits
from gui.panels.record.history import History, Remarks
from gui.panels.sources.about import asks, facts
from gui.panels.sources.permits import Permits
from gui.panels.sources.visits import Problems, Visits
from gui.slices import Slices
from gui.small_pictures import SmallPictures
from gui.widgets.buttons import button, carrier
from gui.widgets.chips import EXCHANGE_TONE, State
from gui.widgets.facts import Particulars
from gui.widgets.frames import Card, Scroller, clear, row
from gui.widgets.labels import label, picture
from models.services.views.lists import Change, Record
from models.services.views.sources import LikelyDouble

WIDE, RAIL = 900, 280  # of content from which the particulars stand in a rail; how wide it is


@dataclass(frozen=True)
class Shown:
    """All that the page of a source shows, read at once."""

    record: Record
    history: tuple[Change, ...]
    writable: frozenset[str]
    doubles: tuple[LikelyDouble, ...] = ()


class SourceStory(QWidget):
    """The middle of the page while it is read."""

    asked = Signal(str)  # what a button does: edit:field, open:id or apart:id of another source
    edit_asked = Signal()
    complete = Signal()  # all parts are shown
    exhibits_shown = Signal()  # photos and documents are shown; small pictures may be lacking

    def __init__(self, pictures: SmallPictures, *, county: bool) -> None:
        """`county`: whether whoever sits here may say of two sources that they are two."""
        super().__init__()
        self._pictures = pictures
        self._county = county
        self._slices = Slices("next part of the source", self)
        self._slices.done.connect(self.complete)

    def build(self) -> Iterator[None]:
        """Make its parts; the window may answer in between."""
        self.now = Card("请看一下", name="ask", pad=20)
        self._asks = QVBoxLayout()
        self._asks.setSpacing(theme.px(6))
        self.now.add(self._asks)
        self._make_facts()
        yield
        self.permits = Permits()
        yield
        self.visits, self.problems = Visits(), Problems()
        self.exhibits = Exhibits()
        yield
        self.remarks, self.history = Remarks(), History()
        yield
        self.scroller = Scroller(margins=(0, 0, 12, 16))
        for card in (self.now, self.permits, self.problems, self.visits, self.exhibits, self.remarks, self.history):
            self.scroller.body.addWidget(card)
        self.scroller.body.addStretch(1)
        self.rail = Scroller(margins=(0, 0, 24, 12))
        self.rail.body.addWidget(self.facts)
        self.rail.body.addStretch(1)
        self.rail.setFixedWidth(theme.px(RAIL + 24))
        self._is_wide = True
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(24), theme.px(12), 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(self.scroller, 1)
        line.addWidget(self.rail)
        self.edit.clicked.connect(self.edit_asked)

    def _make_facts(self) -> None:
        self.facts = Card("基本情况", pad=16)
        self.state = State()
        self.edit = button("修改", "quiet", icon="edit", size="slim", tip="修改这个污染源（F2）")
        self.facts.tools.addWidget(self.edit)
        self.facts.top.insertWidget(1, self.state)
        self.particulars = Particulars()
        self.facts.add(self.particulars)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.px(WIDE)
        if wide != self._is_wide:
            self._is_wide = wide
            if wide:
                self.rail.body.insertWidget(0, self.facts)
            else:
                self.scroller.body.insertWidget(1, self.facts)
            self.rail.setVisible(wide)
        side = 12 if wide else 24 - 12
        self.scroller.body.setContentsMargins(0, 0, theme.px(side), theme.px(16))

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed in a short form that is not saved."""
        return self.permits.is_dirty or self.remarks.is_dirty

    def show_record(self, shown: Shown, today: date) -> None:
        """Show a source: what is seen first at once, the parts below right after."""
        record = shown.record
        live = not record.get("void")
        self._show_asks(shown, live=live)
        exchange = str(record.get("exchange") or "")
        self.state.say(str(record.get("exchange_said") or ""), EXCHANGE_TONE.get(exchange, "grey"))
        self.edit.setVisible(live and bool(shown.writable))
        self.particulars.show_facts(facts(record))
        self.permits.show_permits(record, today, writable=live and "person" in shown.writable)
        self._slices.begin(self._show_rest(shown, today, live=live))

    def _show_rest(self, shown: Shown, today: date, *, live: bool) -> Iterator[None]:
        record = shown.record
        self.problems.show_problems(record)
        self.visits.show_visits(record)
        yield
        self.exhibits.show_entries(record, self._known(record), writable=live and "person" in shown.writable)
        self.exhibits_shown.emit()
        yield
        self.remarks.show_remarks(record, today, writable=live and "remark" in shown.writable)
        self.history.show_history(shown.history, today)
        self.history.offer(formers("source", shown.history, record, shown.writable if live else frozenset()))

    def _known(self, record: Record) -> dict[str, QImage | None]:
        return self._pictures.known(one["picture"] for one in record.get("evidence") or ())

    def _show_asks(self, shown: Shown, *, live: bool) -> None:
        some = asks(shown.record, shown.doubles) if live else []
        clear(self._asks)
        self.now.setVisible(bool(some))
        for one in some:
            mark = picture("warning" if one.tone else "circle", f"{one.tone}Text" if one.tone else "control", 16)
            parts: list[QWidget | None] = [mark, label(one.text, "", wrap=True)]
            kind, _, name = one.what.partition(":")
            if one.deed and (kind == "open" or name in shown.writable):
                deed = carrier(one.what, one.deed, "quiet", size="slim")
                deed.handed.connect(self._press)
                parts.append(deed)
            if one.apart and self._county:
                two = carrier(f"apart:{one.apart}", "不是同一件", "quiet", size="slim", tip="以后不再提示这一对")
                two.handed.connect(self._press)
                parts.append(two)
            line = row(*parts, gap=10)
            line.setStretch(1, 1)
            self._asks.addLayout(line)

    def finish(self) -> None:
        """Show all parts that are still to come, now."""
        self._slices.finish()

    def to_top(self) -> None:
        """Begin at the top again."""
        self.scroller.verticalScrollBar().setValue(0)

    def show_exhibits(self) -> None:
        """Scroll to the photos."""
        QTimer.singleShot(0, self, self._scroll)  # after what was just opened has its size

    @Slot()
    def _scroll(self) -> None:
        self.scroller.verticalScrollBar().setValue(self.exhibits.y() - theme.px(8))

    @Slot(object)
    def _press(self, what: str) -> None:
        self.asked.emit(what)
