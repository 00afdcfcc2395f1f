"""回头看: what is to be looked at again and what came of it, one after the other; coverage; at the county the plan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui.handing import HandingPanel
from gui.page import Page
from gui.panels.lookbacks.covering import VIEWS, Covering
from gui.panels.lookbacks.filling import Filling
from gui.panels.lookbacks.lines import Lines, Row, of_closed, of_lookback
from gui.panels.lookbacks.printing import Asked, Printing
from gui.panels.lookbacks.proposing import Proposing
from gui.places import Place
from gui.session import Session
from gui.taking_back import TakingBack
from gui.widgets.buttons import button
from gui.widgets.tabs import Tabs
from models.domain import media, words
from models.domain.lookbacks import WAITING
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lookbacks import Coverage, CoverLine, LookbackSheet

FILL, OPEN, OVERDUE, DONE, COVER, PLAN, BEHIND = "fill", "open", "overdue", "done", "cover", "plan", "behind"
NAMES = {FILL: "逐个登记", OPEN: "待看", OVERDUE: "逾期", DONE: "已看", COVER: "覆盖情况"}
# Why a list has no lines.
NONE = {
    OPEN: ("没有待看的", "县里安排回头看以后排到这里；也可以在一个问题里直接登记。"),
    OVERDUE: ("没有逾期的", "过了应看时间还没有登记的，会排到这里。"),
    DONE: ("还没有看过的", "登记过的回头看会排到这里，最近的在前。"),
    BEHIND: ("没有这样的问题", "换一格看看。"),
}
SEND, GO = "去写数据包", "打开这个问题"


class LookbacksPage(Page, HandingPanel):
    """`Place.view` is one of the views; the county begins with the coverage, a township with its queue."""

    tables: ClassVar[frozenset[str]] = frozenset({"problem", "lookback", "cycle", "unit", "dictionary"})
    notice_margins = (24, 12, 24, 12)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "回头看")
        self._sheet: LookbackSheet | None = None
        self._coverage: Coverage | None = None
        self._behind = ("", "", "closed")  # by, key, view: the list behind a cell
        self._view = COVER if session.is_county else FILL
        self._found = ""  # the problem of the form that was written last

    def build(self) -> Iterator[None]:
        county = self.session.is_county
        names = {COVER: NAMES[COVER], PLAN: "抽取安排"} | NAMES if county else NAMES
        self.tabs = Tabs(names.items())
        self.behind = button("", "quiet", icon="close", size="slim", tip="回到覆盖情况")
        self.behind.hide()
        self.tabs.add(self.behind)
        self.printing = Printing(self)
        self.printing.wanted.connect(self._print)
        self.tabs.add(self.printing.button)
        self.put_above_notice(self.tabs)
        yield
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        self.lines = Lines()
        self.middle.addWidget(self.lines)
        yield
        self.filling = Filling(self.session)
        self.middle.addWidget(self.filling)
        yield
        self.covering = Covering()
        self.middle.addWidget(self.covering)
        if county:
            yield
            self.proposing = Proposing(self.session)
            self.middle.addWidget(self.proposing)
            self.proposing.planned.connect(self._planned)
        self.tabs.choose(self._view)
        self.tabs.chosen.connect(self._choose)
        self.behind.clicked.connect(self._back_to_cover)
        self.lines.opened.connect(self._open)
        self.filling.written.connect(self._written)
        self.covering.wanted.connect(self._open_cell)
        self.notice.acted.connect(self._act)
        self.taking_back = TakingBack(self)

    # ------------------------------------------------------------------------------------- coming and looking

    def enter(self, place: Place) -> None:
        if place.view in self.tabs.buttons:
            self._view = str(place.view)
            self._show_view()
        super().enter(place)
        self._focus()

    def refresh(self) -> None:
        own = None if self.session.is_county else self.session.here.unit
        self.ask(partial(self._load, own), self._show)
        if self._view == PLAN:
            self.proposing.refresh()

    def _load(self, unit: str | None, _: Progress) -> tuple[LookbackSheet, Coverage]:
        lookbacks = self.session.office.lookbacks
        return lookbacks.list(unit), lookbacks.coverage(unit=unit)

    @Slot(object)
    def _show(self, found: tuple[LookbackSheet, Coverage]) -> None:
        self._sheet, self._coverage = found
        total = self._sheet.total
        for key, count in (
            (FILL, total.planned - total.done), (OPEN, total.planned - total.done), (OVERDUE, total.overdue),
            (DONE, total.done),
        ):  # fmt: skip
            self.tabs.count(key, count)
        self.covering.show_coverage(self._coverage)
        self.filling.show_lines(self._sheet.lines)
        self.printing.show_lines(self._sheet.lines)
        if self.session.is_county:
            self.proposing.offer_sources([one.key for one in self._coverage.sources])
        self._show_view()

    def _show_view(self) -> None:
        """Bring the chosen view up to what is known."""
        self.behind.setVisible(self._view == BEHIND)
        if self._view != BEHIND:
            self.tabs.choose(self._view)
        if self._view == FILL:
            self.middle.setCurrentWidget(self.filling)
        elif self._view == COVER:
            self.middle.setCurrentWidget(self.covering)
        elif self._view == PLAN:
            self.middle.setCurrentWidget(self.proposing)
        else:
            self.middle.setCurrentWidget(self.lines)
            self.lines.show_rows(self._rows(), NONE[self._view])

    def _rows(self) -> list[Row]:
        if self._sheet is None or self._coverage is None:
            return []
        if self._view == BEHIND:
            return [of_closed(one) for one in self._coverage.lines if self._is_behind(one)]
        rows = [of_lookback(one) for one in self._sheet.lines]
        if self._view == DONE:
            return sorted((one for one in rows if one.looked_on), key=lambda one: one.looked_on, reverse=True)
        return [one for one in rows if one.state == OVERDUE or (self._view == OPEN and one.state in WAITING)]

    def _is_behind(self, one: CoverLine) -> bool:
        """Whether a closed problem is one of those that the cell counts."""
        by, key, view = self._behind
        mine = {"units": one.unit, "sources": one.source, "years": one.year, "": key}[by] == key
        waits = one.state in WAITING
        counted = {
            "closed": True, "never": not one.state, "waiting": waits, "looked": bool(one.state) and not waits,
        }.get(view, one.state == view)  # fmt: skip
        return mine and counted

    def _focus(self) -> None:
        shown = self.middle.currentWidget()
        if shown is not None:
            shown.setFocus()

    # ------------------------------------------------------------------------------------- being used

    @Slot(str)
    def _choose(self, view: str) -> None:
        self._view = view
        self.notice.hide()
        self._show_view()
        if view == PLAN:
            self.proposing.refresh()
        self._focus()

    @Slot(str, str, str)
    def _open_cell(self, by: str, key: str, view: str) -> None:
        self._behind, self._view = (by, key, view), BEHIND
        coverage = self._coverage
        groups = getattr(coverage, by) if coverage is not None and by else ()
        name = next((one.name for one in groups if one.key == key), "")
        self.behind.setText(f"只看 {name} {VIEWS[view]}".replace("  ", " "))
        self._show_view()
        self._focus()

    @Slot()
    def _back_to_cover(self) -> None:
        self._choose(COVER)

    @Slot(str)
    def _open(self, problem: str) -> None:
        self.go(Place("problem/record", id=problem))

    @Slot(object)
    def _print(self, asked: Asked) -> None:
        name = media.clear_name(f"{words.PROBLEM_FORM['lookback-form']} {asked.plan}")
        self.hand_over(name, partial(self.session.office.problem_papers.lookbacks, asked.plan, waiting=asked.waiting))

    @Slot(object, int)
    def _planned(self, sheet: LookbackSheet, count: int) -> None:
        self.session.done.add(f"安排 {count} 个回头看", sheet.undo)
        told = "会随下一个数据包送到各单位。安排错了的，可以撤销。"
        self.notice.say("success", f"已安排 {count} 个回头看。", told, SEND, *self.taking_back.offer())
        self._tell_all()
        self.proposing.refresh()

    @Slot(str, object)
    def _written(self, problem: str, said: dict[str, str]) -> None:
        self._found, back = problem, self.taking_back.offer()
        if said.get("derived") == "true":
            self.notice.say("warning", "已登记。发现的新问题还没有登记进台账。",
                            "打开这个问题，在回头看那一行点“登记衍生的问题”。", GO, *back)  # fmt: skip
        elif said.get("relapsed") == "true":
            then = "已经另开一轮整改。" if self.session.is_county else "已经向县里申请重启，随下一个数据包报送。"
            self.notice.say("success", f"已登记反弹，{then}", "", GO, *back)
        else:
            acts = () if self.session.is_county else (SEND,)
            self.notice.say("success", "已登记，下面是下一个。", "", *acts, *back)
        self._tell_all()

    def _tell_all(self) -> None:
        self.session.tell(Touched("problem", frozenset({self._found})))

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == SEND:
            self.go(Place("exchange", tab="write"))
        elif word == GO:
            self._open(self._found)

    @property
    def is_dirty(self) -> bool:
        return self.is_built and self.filling.is_dirty

    def save(self) -> None:
        if self._view == FILL:
            self.filling.save()

    def drop(self) -> None:
        self.filling.drop()
