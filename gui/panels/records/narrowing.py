"""Which records of a list are wanted: views, filters, words and order, as one query; and how many each view has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from gui.jobs import Kind
from gui.panels.records.filter_bar import FilterBar, Where
from gui.panels.records.own_views import MARK, OwnViews
from gui.panels.records.ways import FIELD, WayCounts
from gui.places import Place
from gui.session import Session
from gui.tables.columns import LISTS
from gui.tables.feed import Ask
from gui.tables.kinds import FOLDED, KINDS, RARE
from gui.widgets.search_box import SearchBox
from gui.widgets.view_tabs import ViewTabs
from models.progress import Progress
from models.services.views.lists import Facet, Query


class Narrowing(QObject):
    """Owns the search box, the tabs and the filters of a list page, and tells when another query is in force."""

    changed = Signal()
    counted = Signal()

    def __init__(
        self, window: QWidget, session: Session, table: str, ask: Ask, tools: Sequence[QPushButton],
        primary: QPushButton,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._session, self._table, self._ask = session, table, ask
        self._kind = KINDS[table]
        self.all: int | None = None  # how many records there are without any filter
        self.query = self._plain()
        self.search = SearchBox(self._kind.hint, everywhere=True)
        self.tabs = ViewTabs(self._kind.views, FOLDED)
        for view in RARE:
            self.tabs.offer(view, on=False)
        self.ways = WayCounts(county=session.is_county)
        self.tabs.beside(self.ways)
        self.own = OwnViews(self.tabs, session, table, window)
        fields = [one for one in self._kind.filters if session.is_county or one[0] != "township"]
        self.bar = FilterBar(table, fields, tools, primary)
        self.search.wanted.connect(self._search)
        self.tabs.chosen.connect(self._choose)
        self.tabs.kept.connect(self._keep)
        self.own.kept.connect(self._kept)
        self.own.dropped.connect(self.show_query)
        self.ways.chosen.connect(self._filter)
        self.bar.opened.connect(self._offer)
        self.bar.changed.connect(self._filter)
        self.bar.cleared.connect(self.clear)
        self.show_query()

    @property
    def is_filtered(self) -> bool:
        """Whether the list shows less than everything."""
        return bool(self.query.words or self.query.where or self.query.view)

    def go(self, place: Place) -> None:
        """Want what another page asks for, and nothing of what was wanted before."""
        self.query = replace(self._plain(), words=place.words, where=place.where, view=place.view or "")
        self.search.put(place.words)
        self.show_query()

    @Slot()
    def clear(self) -> None:
        """Want everything."""
        self.search.put("")
        self._want(self._plain())

    @Slot(str, bool)
    def sort(self, field: str, descending: bool) -> None:  # noqa: FBT001 - a slot
        """Want another order, and remember it."""
        self._session.settings.sorts[self._table] = (field, descending)
        self._session.keep_settings()
        self._want(replace(self.query, sort=field, descending=descending))

    @Slot()
    def show_query(self) -> None:
        """Show the query in force on tabs and filters."""
        query = self.query
        own, whole = self.own.match(query)
        self.tabs.choose(own or query.view)
        self.tabs.offer_keeping(on=bool(query.words or query.where or query.sort) and not whole)
        self.ways.say(query.where)
        self.bar.say(query.where, self._name, filtered=bool(query.where or query.words))

    def count(self) -> None:
        """Have the records of each view and of each way counted; `counted` tells when they are."""
        queries = {view: Query(self._table, view=view) for view, _ in self._kind.views} | self.own.queries()
        records, table = self._session.office.records, self._table

        def work(progress: Progress) -> tuple[dict[str, int], tuple[Facet, ...]]:
            counts: dict[str, int] = {}
            for number, (view, query) in enumerate(queries.items()):
                progress.step(number, len(queries))
                counts[view] = records.count(query)
            return counts, records.facets(table, FIELD)

        self._ask(work, self._show_counts, kind=Kind.COUNT)

    @Slot(object)
    def _show_counts(self, found: tuple[dict[str, int], tuple[Facet, ...]]) -> None:
        counts, ways = found
        self.ways.count(ways)
        if "no_dispatch" in self.tabs.buttons:
            verb = "未收" if self._session.is_county else "未填"
            self.tabs.rename("no_dispatch", f"{verb} {self._session.today.month}月调度")
        for view, count in counts.items():
            if view in self.tabs.buttons:
                self.tabs.count(view, count)
            if view in RARE:
                self.tabs.offer(view, on=bool(count))
        self.all = counts.get("", 0)
        self.counted.emit()

    # ------------------------------------------------------------------------------------- what is wanted

    def _plain(self) -> Query:
        """The list without any filter, in the order of last time."""
        field, descending = self._session.settings.sorts.get(self._table, ("", False))
        return Query(self._table, sort=field, descending=descending)

    def _want(self, query: Query) -> None:
        self.query = query
        self.show_query()
        self.changed.emit()

    @Slot(str)
    def _search(self, text: str) -> None:
        self._want(replace(self.query, words=text))

    @Slot(object)
    def _filter(self, where: Where) -> None:
        self._want(replace(self.query, where=where))

    @Slot(str)
    def _choose(self, view: str) -> None:
        """A view of one's own brings its filters; going on from it leaves them behind."""
        if view.startswith(MARK):
            query = self.own.queries()[view]
        else:
            own, _ = self.own.match(self.query)
            query = replace(self._plain() if own else self.query, view=view)
        self.search.put(query.words)
        self._want(query)

    @Slot()
    def _keep(self) -> None:
        query = self.query
        view = next((name for key, name in self._kind.views if key and key == query.view), "")
        said = "、".join(part for part in (view, self.bar.in_words(), query.words) if part)
        heading = next((one.heading for one in LISTS[self._table] if one.sort and one.sort == query.sort), "")
        self.own.keep(query, said or f"按{heading}排列")

    @Slot()
    def _kept(self) -> None:
        self.show_query()
        self.count()

    # ------------------------------------------------------------------------------------- values of filters

    def _name(self, field: str, value: str) -> str:
        overview = self._session.overview
        if field != "township" or overview is None:
            return self.ways.name(field, value)
        return next((one.name for one in overview.units if one.unit == value), "")

    @Slot(str)
    def _offer(self, field: str) -> None:
        records, table = self._session.office.records, self._table
        self._ask(lambda _: (field, records.facets(table, field)), self._show_facets)

    @Slot(object)
    def _show_facets(self, found: tuple[str, tuple[Facet, ...]]) -> None:
        self.bar.offer(*found)
