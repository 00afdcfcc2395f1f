"""数据交换: write packages, read packages, choose between values, look at what went to and fro, enrol PCs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget

from gui.jobs import Job, Kind
from gui.page import Page
from gui.panel import Panel
from gui.panels.exchange.doubles import DoublesPanel
from gui.panels.exchange.doubles_parts import KINDS
from gui.panels.exchange.enrolment import EnrolPanel
from gui.panels.exchange.read_package import ReadPanel
from gui.panels.exchange.receipts import JournalPanel
from gui.panels.exchange.register import RegisterPanel
from gui.panels.exchange.settle import SettlePanel
from gui.panels.exchange.write_package import WritePanel
from gui.panels.overview.reminder import LostLine
from gui.places import Place
from gui.session import Session
from gui.widgets.tabs import Tabs
from models.progress import Progress
from models.services.views.figures import Overview

PARTS: dict[str, Callable[[Session], Panel]] = {
    "write": WritePanel, "read": ReadPanel, "conflicts": SettlePanel, "doubles": DoublesPanel,
    "journal": JournalPanel, "register": RegisterPanel, "enrol": EnrolPanel,
}  # fmt: skip
AT_THE_COUNTY = frozenset({"doubles"})  # parts that nobody else has


class ExchangePage(Page):
    """Its parts are tabs; a long write or read goes on while another part is looked at."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"problem", "petition", "measure", "dispatch", "exchange", "unit", "conflict", "apart"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, "数据交换")
        self.parts: dict[str, Any] = {}
        self._first = "write"  # the part that is seen first
        self._doubles: dict[str, int] = {}  # table → pairs that may be one, as far as that is known
        self._counting: Job | None = None

    def build(self) -> Iterator[None]:
        session = self.session
        write = "下发" if session.is_county else "报送"
        tabs = (
            ("write", write), ("read", "接收"), ("conflicts", "冲突"), ("doubles", "疑似重复"),
            ("journal", "往来记录"), ("register", "登记簿"), ("enrol", "设备与登记"),
        )  # fmt: skip
        self.tabs = Tabs(one for one in tabs if session.is_county or one[0] not in AT_THE_COUNTY)
        self.tabs.choose("write")
        self.put_above_notice(self.tabs)
        self.lost = LostLine(session)
        self.lost.left_for.connect(self.left_for)
        self.put(self.lost)
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        yield
        yield from self._grow(self._first)
        self.tabs.chosen.connect(self._choose)
        session.looked.connect(self._looked)

    @property
    def write(self) -> WritePanel:
        """报送, 下发."""
        return self._part("write")

    @property
    def read(self) -> ReadPanel:
        """接收."""
        return self._part("read")

    @property
    def conflicts(self) -> SettlePanel:
        """冲突."""
        return self._part("conflicts")

    @property
    def journal(self) -> JournalPanel:
        """往来记录."""
        return self._part("journal")

    @property
    def register(self) -> RegisterPanel:
        """登记簿."""
        return self._part("register")

    @property
    def enrol(self) -> EnrolPanel:
        """设备与登记."""
        return self._part("enrol")

    def _part(self, tab: str) -> Any:
        self._slices.finish()
        for _ in self._grow(tab):
            pass
        return self.parts[tab]

    def _grow(self, tab: str) -> Iterator[None]:
        """A part is made when it is first seen: all at once would keep people waiting."""
        if tab not in self.parts:
            made = PARTS[tab](self.session)
            yield
            yield from made.build()
            made.left_for.connect(self.left_for)
            if isinstance(made, ReadPanel):
                made.answering.connect(self._answer)
            if isinstance(made, DoublesPanel):
                made.counted.connect(self._count_one)
                made.list.say_counts(self._doubles)
            self.middle.addWidget(made)
            self.parts[tab] = made
            yield

    def _needs(self, tab: str, then: Callable[[], object]) -> bool:
        """Whether a part is still to be made; it is made then, and the deed is done after that."""
        if tab in self.parts:
            return False
        self.build_more(self._grow(tab))
        self.when_built(then)
        return True

    def come(self, place: Place) -> None:
        self._first = place.tab or "write"
        super().come(place)

    def enter(self, place: Place) -> None:
        if place.tab:
            self.tabs.choose(place.tab)
        if self._needs(self.tabs.current, partial(self.enter, place)):
            return
        if place.tab == "conflicts" and place.id:
            self.conflicts.want(place.id)
        elif place.tab == "journal" and place.id:
            self.journal.want(place.id)
        self._show()
        looks_again = self._stale
        super().enter(place)
        if self.session.overview is not None:
            self._looked(self.session.overview)
        if place.tab and not looks_again:
            self.parts[place.tab].refresh()
        if place.tab == "read" and place.id:
            self.read.look_at([Path(name) for name in place.id.split("\n")])
        elif place.tab == "enrol" and place.id:
            self.enrol.look_at(Path(place.id))

    def refresh(self) -> None:
        here = self.session.here
        if not self.session.is_county:
            self.header.quiet.say(f"与{here.county}" if here.enrolled and here.county else "还没有与县里建立联系")
        self._part(self.tabs.current).refresh()
        self._count_doubles()

    def _count_doubles(self) -> None:
        """Count the likely doubles aside, for their tab; it takes seconds, and ends when the page is left."""
        if not self.session.is_county:
            return
        self._stop_counting()
        doubles, shown = self.session.office.doubles, self.parts.get("doubles")
        listed = shown.list.kind if shown is not None and self.tabs.current == "doubles" else ""
        wanted = [table for table in KINDS if table != listed]  # the part says itself what it lists

        def count(progress: Progress) -> dict[str, int]:
            return {table: doubles.list(table, progress).count for table in wanted}

        self._counting = self.ask(count, self._show_doubles, ended=self._counted, kind=Kind.COUNT)

    def _stop_counting(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    @Slot()
    def _counted(self) -> None:
        if self.sender() is self._counting:
            self._counting = None

    @Slot(object)
    def _show_doubles(self, found: dict[str, int]) -> None:
        self._doubles |= found
        self.tabs.count("doubles", sum(self._doubles.values()) or None)
        if "doubles" in self.parts:
            self.parts["doubles"].list.say_counts(self._doubles)

    @Slot(str, int)
    def _count_one(self, table: str, pairs: int) -> None:
        self._show_doubles({table: pairs})

    def hideEvent(self, event: QHideEvent) -> None:
        if self._counting is not None and not event.spontaneous():
            self._stop_counting()
            self._stale = True  # it is counted when the page is seen again
        super().hideEvent(event)

    def _show(self) -> None:
        self.middle.setCurrentWidget(self._part(self.tabs.current))

    @Slot(str)
    def _choose(self, tab: str) -> None:
        self.tabs.choose(tab)
        if self._needs(tab, partial(self._choose, tab)):
            return
        self._show()
        self.parts[tab].refresh()

    @Slot(object, object)
    def _answer(self, folder: Path, units: Sequence[str]) -> None:
        """A receipt goes back at once, with all that is to be seen of writing."""
        if self._needs("write", partial(self._answer, folder, units)):
            return
        self.tabs.choose("write")
        self._show()
        self.write.answer(folder, units)

    @Slot(object)
    def _looked(self, overview: Overview) -> None:
        self.lost.refresh()
        self.tabs.count("conflicts", overview.conflicts or None)
        if self.session.is_county:
            units = sum(1 for one in overview.units if one.unit.isdigit())
            self.header.quiet.say(f"与 {units} 个单位")
