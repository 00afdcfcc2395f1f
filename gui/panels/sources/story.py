"""A pollution source to read: what is to be looked at, permits, inspections, problems, photos, history; particulars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.panels.record import telling
from gui.panels.record.exhibits import Exhibits
from gui.panels.record.history import History, Remarks
from gui.panels.record.telling import Telling
from gui.panels.sources.about import asks
from gui.panels.sources.permits import Permits
from gui.panels.sources.visits import Problems, Visits
from gui.small_pictures import SmallPictures
from gui.widgets.buttons import carrier
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import label, picture
from models.services.views.sources import LikelyDouble

WIDE, RAIL = 900, 280  # of content from which the particulars stand in a rail; how wide it is


@dataclass(frozen=True)
class Shown(telling.Shown):
    """All that the page of a source shows, read at once."""

    doubles: tuple[LikelyDouble, ...] = ()


class SourceStory(Telling):
    """The middle of the page while it is read. A button asks for edit:field, open:id or apart:id of another source."""

    def __init__(self, pictures: SmallPictures, *, county: bool) -> None:
        """`county`: whether whoever sits here may say of two sources that they are two."""
        super().__init__("source", pictures, WIDE)
        self._county = county

    def build(self) -> Iterator[None]:
        """Make its parts; the window may answer in between."""
        self.now = Card("请看一下", name="ask", pad=20)
        self._asks = QVBoxLayout()
        self._asks.setSpacing(theme.px(6))
        self.now.add(self._asks)
        self._make_facts("修改这个污染源（F2）")
        yield
        self.permits = Permits()
        yield
        self.visits, self.problems = Visits(), Problems()
        self.exhibits = Exhibits()
        yield
        self.remarks, self.history = Remarks(), History()
        yield
        self._make_scroller(
            (self.now, self.permits, self.problems, self.visits, self.exhibits, self.remarks, self.history)
        )
        self._make_rail(RAIL)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(24), theme.px(12), 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(self.scroller, 1)
        line.addWidget(self.rail)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed in a short form that is not saved."""
        return self.permits.is_dirty or self.remarks.is_dirty

    def show_record(self, shown: Shown, today: date) -> None:
        """Show a source: what is seen first at once, the parts below right after."""
        record = shown.record
        live = not record.get("void")
        self._show_asks(shown, live=live)
        self._show_facts(record, editable=live and bool(shown.writable))
        self.permits.show_permits(record, today, writable=live and "person" in shown.writable)
        self._slices.begin(self._show_rest(shown, today, live=live))

    def _show_rest(self, shown: Shown, today: date, *, live: bool) -> Iterator[None]:
        record = shown.record
        self.problems.show_problems(record)
        self.visits.show_visits(record)
        yield
        self._show_exhibits(record, writable=live and "person" in shown.writable)
        yield
        self._show_past(shown, today, live=live)

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
