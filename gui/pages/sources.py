"""污染源: all of them by village, what of them is to be looked at, and the way to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from gui import saying
from gui.page import Page
from gui.panels.records.filter_bar import FilterBar, Where
from gui.panels.records.writing_out import WritingOut
from gui.panels.sources.lines import VIEWS, VOID, Lines, shown_in
from gui.panels.sources.villages import Spot, Villages
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.empty import Empty
from gui.widgets.search_box import SearchBox
from gui.widgets.view_tabs import ViewTabs
from models.domain import words
from models.progress import Progress
from models.services.views.lists import Facet
from models.services.views.sources import SourceLine

NONE_YET = (
    "把企业、工地、养殖场、排污口的名单导进来，或者一个一个登记："
    "许可什么时候到期、谁负责、查过几次、有没有问题，都在一处看得到。"
)


class SourcesPage(Page):
    """`Place.view` is one of the views, `words` what is looked for, `where` filters: kind; unit and village."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"source", "permit", "problem", "inspection", "answer", "unit", "dictionary", "exchange"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, "污染源")
        self._lines: tuple[SourceLine, ...] = ()
        self._view = ""
        self._where: Where = ()
        self._words = ""
        self._spot: Spot | None = None  # that is to be chosen as soon as it is there

    def build(self) -> Iterator[None]:
        county = self.session.is_county
        self.search = SearchBox("在污染源中查找，可用拼音首字母", everywhere=True)
        self.header.add(self.search)
        self.tabs = ViewTabs([(one.key, one.words) for one in VIEWS], (VOID,))
        self.put_above_notice(self.tabs)
        yield
        self.new = button("登记污染源", "primary", icon="plus", size="slim", key="Ctrl+N")
        self.take_in = button("导入 Excel", icon="sheet", size="slim", tip="从 Excel 名单导入")
        self.write_out = button(
            "导出 Excel", icon="write", size="slim", tip="把列表里的都导出成 Excel 台账，许可证也在里面"
        )
        self.writing_out = WritingOut(self, "source", "污染源", self.write_out)
        self.bar = FilterBar("source", (("kind", "类别"),), (self.take_in, self.write_out), self.new)
        self.put_above_notice(self.bar)
        yield
        self.villages = Villages()
        self.list = Lines(county=county)
        self.beside = QWidget()
        line = QHBoxLayout(self.beside)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.villages)
        line.addWidget(self.list, 1)
        yield
        self.fill = button("导入 Excel 名单", "primary", icon="sheet")
        self.by_hand = button("登记一个污染源", "quiet", icon="plus")
        self.empty = Empty("shield", "还没有登记污染源", NONE_YET, self.fill, self.by_hand)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.beside)
        self.middle.addWidget(self.empty)
        self.put(self.middle, 1)
        self._connect()
        self._show_where()

    def _connect(self) -> None:
        self.search.wanted.connect(self._search)
        self.search.entered.connect(self._to_list)
        self.tabs.chosen.connect(self._choose)
        self.bar.opened.connect(self._offer)
        self.bar.changed.connect(self._filter)
        self.bar.cleared.connect(self._clear)
        self.list.unfilter.clicked.connect(self._clear)
        self.villages.chosen.connect(self._show_lines)
        self.list.opened.connect(self._open)
        for one in (self.new, self.by_hand):
            one.clicked.connect(self._new)
        for one in (self.take_in, self.fill):
            one.clicked.connect(self._take_in)
        self.write_out.clicked.connect(self._write_out)

    # ------------------------------------------------------------------------------------- coming and looking

    def enter(self, place: Place) -> None:
        if place.view is not None or place.where or place.words:
            self._view, self._words = place.view or "", place.words
            self._where = tuple(pair for pair in place.where if pair[0] == "kind")
            found = dict(place.where)
            self._spot = Spot(found.get("unit", ""), found.get("village"))
            self.search.put(place.words)
            self._stale = True
        super().enter(place)
        self.list.setFocus()

    def refresh(self) -> None:
        self.ask(partial(self._load, self._words), self._show)

    def _load(self, words_: str, _: Progress) -> tuple[str, tuple[SourceLine, ...]]:
        return words_, self.session.office.sources.list(words_)

    @Slot(object)
    def _show(self, found: tuple[str, tuple[SourceLine, ...]]) -> None:
        if found[0] != self._words:
            return  # something else was typed meanwhile
        self._lines = found[1]
        empty = not self._lines and not self._words
        self.middle.setCurrentWidget(self.empty if empty else self.beside)
        self.bar.setVisible(not empty)
        for one in VIEWS:
            count = len(shown_in(one.key, self._lines))
            self.tabs.count(one.key, count)
            self.tabs.offer(one.key, on=bool(count) or not one.key)
        self._show_where()
        if self._spot is not None:
            self.villages.put(self._spot)
            self._spot = None

    def _show_where(self) -> None:
        """Bring tabs, filters, villages and the list up to what is wanted."""
        self.tabs.choose(self._view)
        self.tabs.say(f"截至 {self.session.today}")
        self.bar.say(self._where, _said, filtered=bool(self._where or self._words))
        self.villages.show_spots(self._narrowed(), county=self.session.is_county)
        self._show_lines()

    def _narrowed(self) -> list[SourceLine]:
        """What the view and the filters leave, in all villages."""
        kinds = {value for _, value in self._where}
        return [one for one in shown_in(self._view, self._lines) if not kinds or one.kind in kinds]

    @Slot()
    def _show_lines(self) -> None:
        spot = self.villages.spot
        shown = [one for one in self._narrowed() if spot.holds(one)]
        self.list.show_lines(shown)
        total, due = (len(shown_in(view, self._lines)) for view in ("", "expiry"))
        said = f"共 {total} 个" if len(shown) == total else f"显示 {len(shown)} 个，共 {total} 个"
        self.header.quiet.say(saying.SPACE.join([said, *([f"许可要到期 {due}"] if due else [])]))

    # ------------------------------------------------------------------------------------- what is wanted

    @Slot(str)
    def _search(self, text: str) -> None:
        self._words = text
        self.refresh()

    @Slot(str)
    def _choose(self, view: str) -> None:
        self._view = view
        self._show_where()

    @Slot(object)
    def _filter(self, where: Where) -> None:
        self._where = where
        self._show_where()

    @Slot(str)
    def _offer(self, field: str) -> None:
        counts = Counter(one.kind for one in shown_in(self._view, self._lines))
        self.bar.offer(field, [Facet(kind, _said(field, kind), count) for kind, count in counts.most_common()])

    @Slot()
    def _clear(self) -> None:
        self._where, self._view = (), ""
        self.villages.put(Spot())
        self.search.put("")
        self._search("")

    @Slot()
    def _to_list(self) -> None:
        self.list.setFocus()

    def seek(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # ------------------------------------------------------------------------------------- deeds

    @Slot(int)
    def _open(self, at: int) -> None:
        lines = self.list.lines
        self.go(Place("source/record", id=lines[at].id, rows=tuple(one.row for one in lines), at=at))

    @Slot()
    def _new(self) -> None:
        self.make_new()

    @Slot()
    def _take_in(self) -> None:
        self.go(Place("source/excel"))

    @Slot()
    def _write_out(self) -> None:
        """What the list shows; all that counts, where nothing narrows it."""
        is_narrowed = bool(self._view or self._words or self._where) or self.villages.spot != Spot()
        self.writing_out.ask_where("台账", [one.row for one in self.list.lines] if is_narrowed else None)

    def make_new(self) -> None:
        self.go(Place("source/record", new=True))


def _said(_field: str, kind: str) -> str:
    return words.SOURCE_KIND.get(kind, "")
