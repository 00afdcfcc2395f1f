"""自查自纠: inspections, what campaigns ask for, and what both go by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui.page import Page
from gui.panels.campaigns.tab import Campaigns
from gui.panels.inspections.checklists import Checklists
from gui.panels.inspections.checks import Checks
from gui.panels.inspections.tab import CHECKS, SEEK, Tab
from gui.places import Place
from gui.session import Session
from gui.widgets.tabs import Tabs

CAMPAIGNS = "campaigns"
# The tabs in their order: what they are called, and the part that is made when one is first seen.
PARTS: dict[str, tuple[str, Callable[[Session], Tab]]] = {
    CHECKS: ("检查", Checks),
    CAMPAIGNS: ("专项", Campaigns),
    "checklists": ("检查表", Checklists),
}


class InspectionsPage(Page):
    """Its parts are tabs (`Place.tab`); each looks at the ledger when it is seen and something has changed."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"inspection", "answer", "campaign", "checklist", "local_item", "source", "problem", "unit"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, "自查自纠")
        self.parts: dict[str, Tab] = {}
        self._tab = CHECKS
        self._seen: set[str] = set()  # parts that are up to date

    def build(self) -> Iterator[None]:
        self.tabs = Tabs((key, name) for key, (name, _) in PARTS.items())
        self.tabs.choose(self._tab)
        self.put_above_notice(self.tabs)
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        yield
        yield from self._grow(self._tab)
        self.tabs.chosen.connect(self._choose)

    def _grow(self, tab: str) -> Iterator[None]:
        if tab not in self.parts:
            made = PARTS[tab][1](self.session)
            yield
            yield from made.build()
            made.left_for.connect(self.left_for)
            self.middle.addWidget(made)
            for one in made.tools:
                self.header.add(one)
            self.parts[tab] = made
            yield

    @property
    def part(self) -> Tab:
        """What is seen."""
        return self.parts[self._tab]

    def come(self, place: Place) -> None:
        self._tab = place.tab if place.tab in PARTS else self._tab
        super().come(place)

    def enter(self, place: Place) -> None:
        if self._tab not in self.parts:
            self.build_more(self._grow(self._tab))
            self.when_built(partial(self.enter, place))
            return
        self.tabs.choose(self._tab)
        self.middle.setCurrentWidget(self.part)
        for tab, part in self.parts.items():
            for one in part.tools:
                one.setVisible(tab == self._tab)
        super().enter(place)
        self._look()
        self.part.reach(place)
        if place.view == SEEK:
            self.part.seek()
        else:
            self.part.setFocus()

    def refresh(self) -> None:
        self._seen.clear()
        self._look()

    def _look(self) -> None:
        if self._tab in self.parts and self._tab not in self._seen:
            self._seen.add(self._tab)
            self.part.refresh()

    @Slot(str)
    def _choose(self, tab: str) -> None:
        self.come(Place("inspection", tab=tab))

    @property
    def is_dirty(self) -> bool:
        return any(one.is_dirty for one in self.parts.values())

    @property
    def keeps_drafts(self) -> bool:
        return True

    def drop(self) -> None:
        """Leave without saving: what is typed in any of the parts waits as a draft."""
        for one in self.parts.values():
            one.drop()

    def save_then(self, after: Callable[[], Any]) -> None:
        """One part after the other, each seen while it is saved: what is refused stands there."""
        for tab, one in self.parts.items():
            if one.is_dirty:
                if tab != self._tab:
                    self._choose(tab)
                one.save_then(partial(self.save_then, after))
                return
        after()

    def seek(self) -> None:
        self.part.seek()

    def make_new(self) -> None:
        self.part.make_new()

    def save(self) -> None:
        self.part.save()
