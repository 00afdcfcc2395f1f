"""督察整改 and 信访件: a list of any length with views, filters, search, sorting and chosen columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QStackedWidget

from gui import saying, theme
from gui.jobs import Job
from gui.page import Page
from gui.places import Place
from gui.session import Session
from gui.tables.columns import LISTS
from gui.tables.kinds import KINDS
from gui.tables.paged import PagedTable
from gui.tables.view import LineView
from gui.widgets.buttons import GAP, button
from gui.widgets.empty import Empty
from gui.widgets.filter_button import FilterButton
from gui.widgets.frames import row
from gui.widgets.search_box import SearchBox
from gui.widgets.tabs import Tabs
from models.domain import words
from models.progress import Progress
from models.services.views import Facet, Line, Query

# Views that are shown only while they hold something: most people never meet them.
RARE = ("conflict", "review", "void")
# Content widths below which columns of the classes leave (window.md §2).
NARROW = ((820, 4), (900, 3), (1000, 2), (1050, 1))


class RecordsPage(Page):
    """One list. The model holds the order of all rows; lines are fetched in blocks as they are looked at."""

    def __init__(self, session: Session, table: str) -> None:
        kind = KINDS[table]
        super().__init__(session, kind.title)
        self.tables = frozenset({table, "measure", "dispatch", "conflict", "exchange"})  # pyright: ignore[reportAttributeAccessIssue]
        self._table, self._kind = table, kind
        self._query = Query(table)
        self._looking: Job | None = None
        self._keep: int | None = None  # the row that stays current
        self._fetching: tuple[int, ...] = ()  # rows that are on their way
        self._next: tuple[int, ...] = ()  # rows that are wanted after them
        self._counts_due = False
        self._all: int | None = None  # how many records there are without any filter

        self.search = SearchBox(kind.hint)
        self.header.add(self.search)
        self.tabs = Tabs(kind.views)
        self.tabs.choose("")
        self.filters = {field: FilterButton(field, name) for field, name in kind.filters}
        if not session.is_county:
            self.filters.pop("township", None)
        self.unfilter = button("清除筛选", "quiet", size="slim")
        self.columns = button("列", icon="columns", size="slim", tip="显示哪些列")
        self.take_in = button("导入 Excel", icon="sheet", size="slim", tip="从 Excel 台账导入")
        self.write_out = button("导出 Excel", icon="write", size="slim", tip="导出成 Excel 台账")
        self.new = button(f"新增{kind.one}", "primary", icon="plus", size="slim", key="Ctrl+N")
        bar = QFrame()
        bar.setFixedHeight(theme.px(52))
        bar.setMinimumWidth(theme.px(400))  # it fits itself to the room there is
        line = row(*self.filters.values(), self.unfilter, None, self.columns, self.take_in, self.write_out, self.new)
        line.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        bar.setLayout(line)
        self.filter_bar = bar
        self.put_above_notice(self.tabs)
        self.put_above_notice(bar)

        self.model = PagedTable(LISTS[table], self)
        self.view = LineView(kind.title, many=True, edge=24)
        self.view.show_model(self.model, session.settings.widths.get(table))
        self.fill = button("导入 Excel 台账", "primary", icon="sheet")
        self.by_hand = button(f"登记一个{kind.one}", "quiet", icon="plus")
        self.empty = Empty(*kind.empty, self.fill, self.by_hand)
        self.unfilter_all = button("清除筛选")
        self.nothing = Empty(
            "search", f"没有符合筛选的{kind.one}", "换几个字，或者把筛选条件清掉再看。", self.unfilter_all
        )
        self.middle = QStackedWidget()
        for part in (self.view, self.empty, self.nothing):
            self.middle.addWidget(part)
        self.put(self.middle, 1)
        self._connect()
        self._show_filters()

    # ------------------------------------------------------------------------------------- being shown

    def enter(self, place: Place) -> None:
        """Show the list; a place with a view, filters or words sets them, and drops the others."""
        if place.view is not None or place.where or place.words:
            self._query = Query(self._table, place.words, place.where, place.view or "")
            self.search.put(place.words)
            self._stale = True
        super().enter(place)
        self.view.setFocus()

    def refresh(self) -> None:
        self._counts_due = True
        self._look()

    def seek(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def make_new(self) -> None:
        self.go(Place(f"{self._table}/record", new=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._fit_bar()

    # ------------------------------------------------------------------------------------- asking

    def _look(self) -> None:
        """Have the order of all rows found; an older look that is still under way is not waited for."""
        if self._looking is not None:
            self._looking.cancel()
        query = self._query
        self._looking = self.ask(lambda _: (query, self.session.office.records.ids(query)), self._show_rows)
        self._show_filters()

    @Slot(object)
    def _show_rows(self, found: tuple[Query, tuple[int, ...]]) -> None:
        query, rows = found
        if query != self._query:
            return
        self._looking = None
        current = self.model.line(self.view.currentIndex().row())
        keep = current.row if current is not None else self._keep
        top = self.view.verticalScrollBar().value()
        same = rows == self.model.rows
        self.model.show(rows)
        self.view.sort_mark(query.sort, descending=query.descending)
        filtered = bool(query.words or query.where or query.view)
        self.middle.setCurrentWidget(self.view if rows else self.nothing if filtered else self.empty)
        self.filter_bar.setVisible(self.middle.currentWidget() is not self.empty)
        if not same and keep is not None and (at := self.model.place(keep)) >= 0:
            self.view.selectionModel().setCurrentIndex(
                self.model.index(at, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        if not same:
            self.view.verticalScrollBar().setValue(top)
        if not rows:
            self._count_views()
        self._say_how_many()

    @Slot(object)
    def _fetch(self, rows: tuple[int, ...]) -> None:
        """Fetch lines, one block after the other.

        While one is on its way only the newest wish counts: whoever drags the scroll bar through the list is not
        interested in what lay between.
        """
        if self._fetching:
            self.model.drop(self._next)
            self._next = rows
            return
        self._fetching, self._next = rows, ()
        records = self.session.office.records
        self.ask(lambda _: (rows, records.lines(self._table, rows)), self._take_lines, ended=self._fetched)

    @Slot(object)
    def _take_lines(self, found: tuple[Sequence[int], Sequence[Line]]) -> None:
        self.model.take(*found)
        self._count_views()

    @Slot()
    def _fetched(self) -> None:
        # Refused lines stay "on their way" until the list is read anew: asked again, they would be refused again.
        self._fetching = ()
        if self._next:
            self._fetch(self._next)
        self.view.viewport().update()  # what was dropped and is still looked at is missed again

    def _count_views(self) -> None:
        """Count the views after the first lines are here: they are what people wait for."""
        if self._counts_due:
            self._counts_due = False
            self.ask(self._count, self._show_counts)

    def _count(self, progress: Progress) -> dict[str, int]:
        counts: dict[str, int] = {}
        for number, (view, _) in enumerate(self._kind.views):
            progress.step(number, len(self._kind.views))
            counts[view] = self.session.office.records.count(Query(self._table, view=view))
        return counts

    @Slot(object)
    def _show_counts(self, counts: dict[str, int]) -> None:
        for view, count in counts.items():
            self.tabs.count(view, count)
            if view in RARE:
                self.tabs.buttons[view].setVisible(bool(count) or self._query.view == view)
        if "no_dispatch" in counts:
            month = f"{self.session.today.month}月"
            self.tabs.buttons["no_dispatch"].setText(f"未填 {month}调度 {counts['no_dispatch']}")
        self._all = counts.get("", 0)
        self._say_how_many()

    def _say_how_many(self) -> None:
        all_ = self._all
        shown = len(self.model.rows)
        self.header.quiet.say(f"共 {shown} 个" if all_ is None or shown == all_ else f"显示 {shown} 个，共 {all_} 个")

    # ------------------------------------------------------------------------------------- narrowing

    @Slot(str)
    def _search(self, text: str) -> None:
        self._query = replace(self._query, words=text)
        self._look()

    @Slot()
    def _to_list(self) -> None:
        self.view.setFocus()

    @Slot(str)
    def _choose_view(self, view: str) -> None:
        self._query = replace(self._query, view=view)
        self._look()

    @Slot(str)
    def _offer(self, field: str) -> None:
        records = self.session.office.records
        self.ask(lambda _: (field, records.facets(self._table, field)), self._show_facets)

    @Slot(object)
    def _show_facets(self, found: tuple[str, tuple[Facet, ...]]) -> None:
        field, facets = found
        self.filters[field].offer([replace(one, label=self._label(field, one.value, one.label)) for one in facets])

    @Slot(str, object)
    def _filter(self, field: str, values: tuple[str, ...]) -> None:
        others = tuple(pair for pair in self._query.where if pair[0] != field)
        self._query = replace(self._query, where=(*others, *((field, value) for value in values)))
        self._look()

    @Slot()
    def _unfilter(self) -> None:
        self.search.put("")
        self._query = Query(self._table, sort=self._query.sort, descending=self._query.descending)
        self._look()

    @Slot(str, bool)
    def _sort(self, field: str, descending: bool) -> None:  # noqa: FBT001 - a slot
        self._query = replace(self._query, sort=field, descending=descending)
        self._look()

    def _label(self, field: str, value: str, given: str = "") -> str:
        if field == "stage":
            return saying.STAGE[self._table].get(value, given or value)
        if field == "light" and value == "done":
            return words.COMPLETION["completed"]
        if field == "deadline_year" and value:
            return "没有时限" if value == "9999" else f"{value}年"
        return given or words.say(field, value)

    def _show_filters(self) -> None:
        """Show the query in force on tabs and buttons."""
        self.tabs.choose(self._query.view)
        for field, one in self.filters.items():
            values = [value for name, value in self._query.where if name == field]
            one.name({value: self._label(field, value, self._unit_name(field, value)) for value in values})
            one.put(values)
        self.unfilter.setVisible(bool(self._query.where or self._query.words))
        self._fit_bar()

    def _unit_name(self, field: str, value: str) -> str:
        overview = self.session.overview
        if field != "township" or overview is None:
            return ""
        return next((one.name for one in overview.units if one.unit == value), "")

    # ------------------------------------------------------------------------------------- columns

    def _fit_columns(self) -> None:
        """Hide what the user does not want, and what a narrow window has no room for."""
        wide = self.width() / (theme.px(100) / 100)
        leaving = {number for width, number in NARROW if wide < width}
        hidden = set(self.session.settings.hidden.get(self._table, []))
        for at, one in enumerate(self.model.columns):
            alone = one.key == "township_name" and self._table == "problem" and not self.session.is_county
            self.view.setColumnHidden(at, one.key in hidden or one.leaves in leaving or alone)
        self.view.fit()

    def _fit_bar(self) -> None:
        """Where the row of filters is too long, tools keep their icons alone, then the last idle filters leave."""
        layout = self.filter_bar.layout()
        tools = {self.columns: "列", self.take_in: "导入 Excel", self.write_out: "导出 Excel"}
        idle = [one for one in reversed(list(self.filters.values())) if not one.values]
        for one in idle:
            one.show()
        for tool, word in tools.items():
            tool.setText(f"{GAP}{word}")
        if layout is None:
            return
        if layout.minimumSize().width() > self.width():
            for tool in tools:
                tool.setText("")
        while layout.minimumSize().width() > self.width() and idle:
            idle.pop(0).hide()

    @Slot()
    def _ask_columns(self) -> None:
        self._column_menu(self.columns.mapToGlobal(QPoint(0, self.columns.height() + 2)))

    @Slot(QPoint)
    def _column_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        hidden = self.session.settings.hidden.get(self._table, [])
        for one in self.model.columns:
            if one.key in {"light", "title"}:
                continue  # a list without them is no list
            action = QAction(one.heading, menu)
            action.setCheckable(True)
            action.setChecked(one.key not in hidden)
            action.setData(one.key)
            menu.addAction(action)
        menu.triggered.connect(self._toggle_column)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    @Slot(QAction)
    def _toggle_column(self, action: QAction) -> None:
        hidden = set(self.session.settings.hidden.get(self._table, []))
        hidden ^= {str(action.data())}
        self.session.settings.hidden[self._table] = sorted(hidden)
        self.session.keep_settings()
        self._fit_columns()

    @Slot(int, int, int)
    def _keep_width(self, section: int, _old: int, new: int) -> None:
        column = self.model.columns[section]
        pressed = self.view.headings.is_dragged
        if column.width and new and pressed:
            self.session.settings.widths.setdefault(self._table, {})[column.key] = new

    # ------------------------------------------------------------------------------------- deeds

    @Slot(int)
    def _open(self, at: int) -> None:
        line = self.model.line(at)
        if line is not None:
            self._keep = line.row
            self.go(Place(f"{self._table}/record", id=line.id, rows=self.model.rows, at=at))

    @Slot()
    def _take_in(self) -> None:
        self.go(Place(f"{self._table}/excel"))

    @Slot()
    def _new(self) -> None:
        self.make_new()

    @Slot()
    def _write_out(self) -> None:
        today = f"{self.session.today:%Y%m%d}"
        suggested = f"{self.session.here.name}{self._kind.title}台账_{today}.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "导出台账到", suggested, "Excel 工作簿 (*.xlsx)")
        if name:
            self.write_to(Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx"))

    def write_to(self, path: Path) -> None:
        """Write the official ledger."""
        records = self.session.office.records
        self.write_out.setEnabled(False)
        self.ask(lambda progress: (path, records.export(self._table, path, progress)), self._written, ended=self._wrote)

    @Slot(object)
    def _written(self, found: tuple[Path, int]) -> None:
        path, rows = found
        self.notice.say("success", f"已导出 {rows} 条。", f"文件在 {path}")

    @Slot()
    def _wrote(self) -> None:
        self.write_out.setEnabled(True)

    def _connect(self) -> None:
        self.search.wanted.connect(self._search)
        self.search.entered.connect(self._to_list)
        self.tabs.chosen.connect(self._choose_view)
        for one in self.filters.values():
            one.opened.connect(self._offer)
            one.changed.connect(self._filter)
        for one in (self.unfilter, self.unfilter_all):
            one.clicked.connect(self._unfilter)
        self.columns.clicked.connect(self._ask_columns)
        self.take_in.clicked.connect(self._take_in)
        self.fill.clicked.connect(self._take_in)
        self.by_hand.clicked.connect(self._new)
        self.new.clicked.connect(self._new)
        self.write_out.clicked.connect(self._write_out)
        self.model.wanted.connect(self._fetch)
        self.view.opened.connect(self._open)
        self.view.sorted_by.connect(self._sort)
        self.view.headings.asked.connect(self._column_menu)
        self.view.headings.sectionResized.connect(self._keep_width)
