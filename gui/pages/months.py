"""月调度: a month of all problems, filled in by keyboard; at the county who has reported, and the judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui import saying, theme
from gui.drafts import NOTICE
from gui.page import Page
from gui.panels.months.filling import SEND, Filling
from gui.panels.months.judging import Judging
from gui.panels.months.table import VIEWS
from gui.panels.months.units import Units
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.tabs import Tabs
from models.domain import words
from models.progress import Progress
from models.services.views.months import MonthSheet, Saved

MONTHS = 13  # that are offered: a year back, and the next one
# The views of the list, with what they are called; at the county the units and the queue stand before them.
NAMES = {"": "全部", "missing": "还没填", "returned": "退回的"}
MORE = {
    "waiting": "待评定", "accepted": "已认可", "late": "迟报", "zero": "零报告", "reported": "已报",
}  # fmt: skip


def months(today: date, count: int = MONTHS) -> list[str]:
    """The months that are offered, the newest first: the next one, this one, those before."""
    at = today.year * 12 + today.month  # the next month, counted from 0
    return [f"{(at - back) // 12}-{(at - back) % 12 + 1:02}" for back in range(count)]


class MonthsPage(Page):
    """One month; `Place.view` is a view of its list, `Place.where` may name a month ("" this one) and a unit."""

    tables: ClassVar[frozenset[str]] = frozenset({"problem", "dispatch", "unit", "dictionary"})
    notice_margins = (24, 12, 24, 12)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "月调度")
        self._sheet: MonthSheet | None = None
        self._month = ""
        self._unit, self._view = "", ""
        self._after: Callable[[], Any] | None = None

    def build(self) -> Iterator[None]:
        county = self.session.is_county
        self.month = Choice()
        self.month.setAccessibleName("月份")
        self.month.setFixedWidth(theme.px(132))
        self.header.add(self.month)
        ways = {"units": "各单位", "judge": "逐条评定"} if county else {}
        self.tabs = Tabs((ways | NAMES | MORE).items())
        self.clear = button("", "quiet", icon="close", size="slim", tip="看全部单位的")
        self.clear.hide()
        self.tabs.add(self.clear)
        self.put_above_notice(self.tabs)
        for key in MORE:
            self.tabs.buttons[key].hide()
        yield
        self.filling = Filling(self.session)
        yield
        self.middle = QStackedWidget()
        self.middle.addWidget(self.filling)
        self.put(self.middle, 1)
        if county:
            self.units = Units()
            self.units.wanted.connect(self._open_list)
            self.units.urged.connect(self._urge)
            self.middle.addWidget(self.units)
            yield
            self.judging = Judging(self.session)
            self.middle.addWidget(self.judging)
            self._view = "units"
        self.tabs.choose(self._view)
        self.filling.saved.connect(self._saved)
        self.filling.left_for.connect(self.left_for)
        self.tabs.chosen.connect(self._choose)
        self.month.activated.connect(self._choose_month)
        self.clear.clicked.connect(self._all_units)
        self.notice.acted.connect(self._act)

    # ------------------------------------------------------------------------------------- coming and looking

    def enter(self, place: Place) -> None:
        """Show what a place asks for: a view, a month, a unit."""
        where = dict(place.where)
        if not self._month or "month" in where:
            self._offer_months(where.get("month", ""))
        if "unit" in where:
            self._unit = where["unit"]
        if place.view is not None and (place.view in VIEWS or place.view in self.tabs.buttons):
            self._view = place.view
        if place.view is not None or where:
            self._stale = True
        super().enter(place)
        self._focus()

    def _offer_months(self, wanted: str = "") -> None:
        offered = months(self.session.today)
        self._month = wanted or offered[1]
        self.month.clear()
        for one in sorted({*offered, self._month}, reverse=True):
            self.month.addItem(saying.month(one), one)
        self.month.setCurrentIndex(self.month.findData(self._month))

    def refresh(self) -> None:
        self.ask(partial(self._load, self._month), self._show)

    def _load(self, month: str, _: Progress) -> MonthSheet:
        return self.session.office.months.sheet(month)

    @Slot(object)
    def _show(self, sheet: MonthSheet) -> None:
        if sheet.month != self._month:
            return  # another one is on its way
        first = self._sheet is None or self._sheet.month != sheet.month
        if not first and self._sheet is not None:
            sheet = _in_order_of(self._sheet, sheet)
        self._sheet = sheet
        total = sheet.total
        self.header.quiet.say(_due(sheet))
        for key, count in (
            ("", total.expected), ("missing", total.missing), ("returned", total.returned), ("judge", total.waiting),
            ("units", len(sheet.units)),
        ):  # fmt: skip
            if key in self.tabs.buttons:
                self.tabs.count(key, count)
        self._show_view()
        if first and self.filling.is_dirty:
            cells = self.filling.table.typed.cells
            self.notice.say("info", f"上次没有保存的 {cells} 格已经带回来，接着填就行。", "保存以后才计入台账。")

    def _show_view(self) -> None:
        """Bring the chosen view up to what is known."""
        if self._sheet is None:
            return
        self.tabs.choose(self._view)
        for key in MORE:
            self.tabs.buttons[key].setVisible(key == self._view)
        name = next((one.name for one in self._sheet.units if one.unit == self._unit), self._unit)
        self.clear.setText(f"只看 {name}")
        self.clear.setVisible(bool(self._unit) and self._view != "units")
        if self._view == "units":
            self.units.show_sheet(self._sheet)
            self.middle.setCurrentWidget(self.units)
        elif self._view == "judge":
            self.judging.show_sheet(self._sheet, self._unit)
            self.middle.setCurrentWidget(self.judging)
        else:
            self.middle.setCurrentWidget(self.filling)
        self.filling.show_sheet(self._sheet, self._unit, self._view if self._view in VIEWS else "")

    def _focus(self) -> None:
        if self._view == "units":
            self.units.table.setFocus()
        elif self._view == "judge":
            self.judging.setFocus()
        else:
            self.filling.grid.setFocus()

    # ------------------------------------------------------------------------------------- being used

    @Slot(str)
    def _choose(self, view: str) -> None:
        self._view = view
        self.notice.hide()
        self._show_view()
        self._focus()

    @Slot(str, str)
    def _open_list(self, unit: str, view: str) -> None:
        self._unit = unit
        self._choose("judge" if view == "waiting" else view)

    @Slot(object)
    def _urge(self, units: list[str]) -> None:
        """A draft of a notice to those who have not reported; it is issued on its own page."""
        values = {"kind": "month_request", "month": self._month, "township": "；".join(units)}
        draft = self.session.drafts.begin(NOTICE, NOTICE, values, words.TABLE["notice"])
        self.go(Place("notice", id=draft.name, view="write"))

    @Slot()
    def _all_units(self) -> None:
        self._unit = ""
        self._choose(self._view)

    @Slot(int)
    def _choose_month(self, at: int) -> None:
        self.filling.let_go()
        self._month = str(self.month.itemData(at))
        self.notice.hide()
        self.refresh()

    @property
    def keeps_drafts(self) -> bool:
        return True

    @property
    def is_dirty(self) -> bool:
        return self.is_built and self.filling.is_dirty

    def save(self) -> None:
        self.filling.save()

    def save_then(self, after: Callable[[], Any]) -> None:
        self._after = after
        self.filling.save()

    def drop(self) -> None:
        """Leave without saving: what is typed waits as a draft, and is here again when one comes back."""
        self.filling.let_go()
        self._stale, self._sheet = True, None

    @Slot(object)
    def _saved(self, saved: Saved) -> None:
        kept = len(self.filling.table.typed.values) - len(saved.written)
        month = int(saved.month[5:])
        rest = f"另有 {kept} 个没填完，留作草稿。" if kept > 0 else ""
        sent = "" if self.session.is_county else "会随下一个数据包带给县里。"
        acts = () if self.session.is_county else (SEND,)
        self.notice.say("success", f"已保存 {len(saved.written)} 个问题的 {month}月调度。", f"{rest}{sent}", *acts)
        after, self._after = self._after, None
        if after is not None:
            after()

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == SEND:
            self.go(Place("exchange", tab="write"))


def _in_order_of(before: MonthSheet, now: MonthSheet) -> MonthSheet:
    """The rows stay where they were while somebody works on them, although what is saved changes their lights."""
    places = {one.id: at for at, one in enumerate(before.lines)}
    new = len(places)
    return replace(now, lines=tuple(sorted(now.lines, key=lambda one: places.get(one.id, new))))


def _due(sheet: MonthSheet) -> str:
    """Until when it is to be reported, and how long that is; nobody is urged where nothing is missing."""
    if not sheet.total.missing:
        return "都填好了" if sheet.total.expected else ""
    due, today = date.fromisoformat(sheet.due), date.fromisoformat(sheet.today)
    left = (due - today).days
    said = f"还有 {left} 天" if left > 0 else "今天截止" if not left else f"已过 {-left} 天"
    return f"请于 {saying.day(due, today)}前报送，{said}"
