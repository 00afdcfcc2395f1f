"""数据交换: write packages, read packages, choose between values, enrol PCs."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui.page import Page, Panel
from gui.panels.enrolment import EnrolPanel
from gui.panels.read_package import ReadPanel
from gui.panels.settle import SettlePanel
from gui.panels.write_package import WritePanel
from gui.places import Place
from gui.session import Session
from gui.widgets.tabs import Tabs
from models.services.views import Overview


class ExchangePage(Page):
    """Four parts; a long write or read goes on while another part is looked at."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"problem", "petition", "measure", "dispatch", "exchange", "unit", "conflict"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, "数据交换")
        write = "下发" if session.is_county else "报送"
        self.tabs = Tabs((("write", write), ("read", "接收"), ("conflicts", "冲突"), ("enrol", "设备与登记")))
        self.tabs.choose("write")
        self.put_above_notice(self.tabs)
        self.write, self.read = WritePanel(session), ReadPanel(session)
        self.conflicts, self.enrol = SettlePanel(session), EnrolPanel(session)
        self.parts: dict[str, Panel] = {
            "write": self.write, "read": self.read, "conflicts": self.conflicts, "enrol": self.enrol,
        }  # fmt: skip
        self.middle = QStackedWidget()
        for part in self.parts.values():
            self.middle.addWidget(part)
            part.left_for.connect(self.left_for)
        self.put(self.middle, 1)
        self.tabs.chosen.connect(self._choose)
        session.looked.connect(self._looked)

    def enter(self, place: Place) -> None:
        super().enter(place)
        if self.session.overview is not None:
            self._looked(self.session.overview)
        if place.tab == "conflicts" and place.id:
            self.conflicts.want(place.id)
        if place.tab:
            self._choose(place.tab)
        if place.tab == "read" and place.id:
            self.read.look_at([Path(name) for name in place.id.split("\n")])
        elif place.tab == "enrol" and place.id:
            self.enrol.look_at(Path(place.id))

    def refresh(self) -> None:
        here = self.session.here
        if not self.session.is_county:
            self.header.quiet.say(f"与{here.county}" if here.enrolled and here.county else "还没有与县里建立联系")
        self.parts[self.tabs.current].refresh()

    @Slot(str)
    def _choose(self, tab: str) -> None:
        self.tabs.choose(tab)
        self.middle.setCurrentWidget(self.parts[tab])
        self.parts[tab].refresh()

    @Slot(object)
    def _looked(self, overview: Overview) -> None:
        self.tabs.count("conflicts", overview.conflicts or None)
        if self.session.is_county:
            units = sum(1 for one in overview.units if one.unit.isdigit())
            self.header.quiet.say(f"与 {units} 个单位")
