"""What the stories of one record share: cards below each other, shown one after the other; particulars beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.panels.record import way
from gui.panels.record.exhibits import Exhibits
from gui.panels.record.former import formers
from gui.panels.record.history import History, Remarks
from gui.slices import Slices
from gui.small_pictures import SmallPictures
from gui.widgets.buttons import button
from gui.widgets.chips import EXCHANGE_TONE, State
from gui.widgets.facts import Particulars
from gui.widgets.frames import Card, Scroller
from models.services.views.lists import Change, Record


@dataclass(frozen=True)
class Shown:
    """What the page of any record shows, read at once."""

    record: Record
    history: tuple[Change, ...]
    writable: frozenset[str]


class Telling(QWidget):
    """The middle of the page of a record while it is read. Each story makes its own cards, and these three."""

    exhibits: Exhibits
    remarks: Remarks
    history: History

    asked = Signal(str)  # what a button does
    edit_asked = Signal()
    complete = Signal()  # all parts of the record are shown
    exhibits_shown = Signal()  # photos and documents are shown; small pictures may be lacking

    def __init__(self, table: str, pictures: SmallPictures, wide: int) -> None:
        """`wide`: of content, from which the particulars stand in a rail; narrower they are a section."""
        super().__init__()
        self._table, self._pictures = table, pictures
        self._least, self._is_wide = wide, True
        self._slices = Slices(f"next part of the {table}", self)
        self._slices.done.connect(self.complete)

    # ------------------------------------------------------------------------------------- parts

    def _make_facts(self, tip: str) -> None:
        """The particulars; `tip`: of the button that changes them."""
        self.facts = Card("基本情况", pad=16)
        self.state = State()
        self.edit = button("修改", "quiet", icon="edit", size="slim", tip=tip)
        self.facts.tools.addWidget(self.edit)
        self.facts.top.insertWidget(1, self.state)
        self.particulars = Particulars()
        self.facts.add(self.particulars)
        self.edit.clicked.connect(self.edit_asked)

    def _make_scroller(self, cards: Iterable[QWidget], *, top: int = 0) -> None:
        """The cards below each other, `top` below the edge."""
        self.scroller = Scroller(margins=(0, top, 24, 16))
        for card in cards:
            self.scroller.body.addWidget(card)
        self.scroller.body.addStretch(1)

    def _make_rail(self, width: int) -> None:
        """The place of the particulars, which scrolls by itself."""
        self.rail = Scroller(margins=(0, 0, 24, 12))
        self.rail.body.addWidget(self.facts)
        self.rail.body.addStretch(1)
        self.rail.setFixedWidth(theme.px(width + 24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.px(self._least)
        if wide != self._is_wide:
            self._is_wide = wide
            self._place_facts(wide=wide)

    def _place_facts(self, *, wide: bool) -> None:
        """The particulars in the rail, or a section of the story where the window is narrow."""
        if wide:
            self.rail.body.insertWidget(0, self.facts)
        else:
            self.scroller.body.insertWidget(1, self.facts)
        self.rail.setVisible(wide)

    # ------------------------------------------------------------------------------------- showing

    def _show_facts(self, record: Record, *, editable: bool) -> None:
        exchange = str(record.get("exchange") or "")
        self.state.say(str(record.get("exchange_said") or ""), EXCHANGE_TONE.get(exchange, "grey"))
        self.edit.setVisible(editable)
        self.particulars.show_facts(way.facts(self._table, record))

    def _show_exhibits(self, record: Record, *, writable: bool) -> None:
        known = self._pictures.known(one["picture"] for one in record.get("evidence") or ())
        self.exhibits.show_entries(record, known, writable=writable)
        self.exhibits_shown.emit()

    def _show_past(self, shown: Shown, today: date, *, live: bool) -> None:
        """Remarks, and the history with values of before that may be put back."""
        self.remarks.show_remarks(shown.record, today, writable=live and "remark" in shown.writable)
        self.history.show_history(shown.history, today)
        self.history.offer(formers(self._table, shown.history, shown.record, shown.writable if live else frozenset()))

    def finish(self) -> None:
        """Show all parts that are still to come, now."""
        self._slices.finish()
