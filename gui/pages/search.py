"""查找: everything that fits what is typed, while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui.page import Page
from gui.panels.search.results import HEADS, Results, Row
from gui.places import Place
from gui.session import Session
from gui.widgets.empty import Empty
from gui.widgets.search_box import SearchBox
from models.progress import Progress
from models.services.views.lists import Hits

PAUSE = 100  # milliseconds: the answer comes within two tenths of a second, so it need not wait for a word's end
WIDE = 440


class SearchPage(Page):
    """One box and one list. The box keeps the focus: ↑ ↓ and Enter go to the list."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"problem", "petition", "measure", "dispatch", "source", "permit", "unit"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, "查找", back="返回")
        self._entered: Place | None = None
        self._words = ""  # what is wanted now
        self._asking = False
        self._asked = ""
        self.hits = Hits("")

    def build(self) -> Iterator[None]:
        kinds = "问题、信访件、污染源、村" + ("、单位" if self.session.is_county else "")
        self.search = SearchBox(f"查找{kinds}，如 bfqc", pause=PAUSE, width=WIDE)
        self.header.add(self.search)
        yield
        self.results = Results()
        self.hint = Empty("search", "要找什么，直接打字", _HOW)
        self.nothing = Empty("search", "", _OTHERWISE)
        self.middle = QStackedWidget()
        for part in (self.hint, self.results, self.nothing):
            self.middle.addWidget(part)
        self.put(self.middle, 1)
        self.search.wanted.connect(self._want)
        self.search.entered.connect(self._enter_pressed)
        self.search.stepped.connect(self.results.step)
        self.search.left.connect(self._go_back)
        self.results.opened.connect(self._open)

    def enter(self, place: Place) -> None:
        """Look for the words of the place; whoever comes back finds everything as it was."""
        if place is not self._entered:
            self._entered = place
            if place.words:
                self.search.put(place.words)
                self._words, self._stale = place.words, True
        super().enter(place)
        self.search.setFocus()
        if not place.words:
            self.search.selectAll()

    def refresh(self) -> None:
        self._ask()

    def seek(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(str)
    def _want(self, words: str) -> None:
        self._words = words
        self._ask()

    def _ask(self) -> None:
        """Ask for what is wanted; while an answer is on its way only the newest words wait."""
        if self._asking:
            return
        if not self._words:
            self._show(Hits(""))
            return
        self._asking, self._asked = True, self._words
        self.ask(partial(self._find, self._words), self._came, ended=self._ended)

    def _find(self, words: str, _: Progress) -> Hits:
        return self.session.office.search.find(words)

    @Slot(object)
    def _came(self, hits: Hits) -> None:
        if self._words:
            self._show(hits)

    @Slot()
    def _ended(self) -> None:
        self._asking = False
        if self._words != self._asked:  # not those that came: what was refused would be asked for ever
            self._ask()

    def _show(self, hits: Hits) -> None:
        same = hits.words == self.hits.words and hits.groups
        kept = self.results.currentIndex().row() if same else -1
        self.hits = hits
        self.header.quiet.say(f"找到 {hits.count} 条" if hits.words else "")
        if hits.words and not hits.groups:
            self.nothing.say(f"没有找到“{hits.words[:20]}”", _OTHERWISE)
        self.middle.setCurrentWidget(self.results if hits.groups else self.nothing if hits.words else self.hint)
        self.results.put(hits)
        if 0 < kept < len(self.results.found.rows):
            self.results.setCurrentIndex(self.results.found.index(kept))

    @Slot(str)
    def _enter_pressed(self, words: str) -> None:
        if words and words == self.hits.words:
            self.results.open_current()

    @Slot(object)
    def _open(self, row: Row) -> None:
        if row.hit is None:
            self.go(Place(row.group.table, words=self.hits.words, view=""))
        elif row.hit.table == "unit":
            self.go(Place("problem", where=(("township", row.hit.id),), view=""))
        elif row.hit.table == "village":
            self.go(Place("source", where=(("unit", row.hit.id), ("village", row.hit.title)), view=""))
        else:
            rows = tuple(hit.row for hit in row.group.hits)
            self.go(Place(f"{row.hit.table}/record", id=row.hit.id, rows=rows, at=row.group.hits.index(row.hit)))


_HOW = (
    "问题、信访件、污染源里的任何文字都能找：描述、名称、编号、单位、村、责任人、措施、月调度、备注。"
    "拼音首字母（如 bfqc）和全拼都行；几个词用空格隔开，就要都有。"
)
_OTHERWISE = "可以少打几个字，或换个说法再试；编号可以不打 0 和横线。已作废的不在这里，请到列表的“已作废”里看。"
assert set(HEADS) == {"problem", "petition", "source", "village", "unit"}  # noqa: S101 - a kind without a name could not be shown
