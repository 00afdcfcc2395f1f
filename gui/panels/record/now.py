"""现在请您做: what a record asks for now; the first deed as a blue button, the others beside what they mend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from gui import icons, saying, theme
from gui.panels.record import way
from gui.widgets.buttons import Carrier, carrier
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import label, picture, retone
from gui.widgets.steps import Station

ICONS = {"dispatch": "calendar", "measure": "plus", "conflicts": "exchange", "edit": "edit", "step": "clipboard"}


class Now(Card):
    """The card that stands first."""

    asked = Signal(str)  # what a step's button does: dispatch measure conflicts …

    def __init__(self) -> None:
        super().__init__("现在请您做", name="ask", pad=20)
        self._first: Carrier | None = None  # what is asked for first: its button is blue
        self.offers: frozenset[str] = frozenset()  # steps of the way that have a button here
        self._station = label("", "small")
        self.tools.addWidget(self._station)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(theme.px(6))
        self.add(self._steps)

    def say_station(self, stations: Sequence[Station]) -> None:
        """Say how far on its way the record is."""
        at = next((number for number, one in enumerate(stations, 1) if one.state == "now"), 0)
        self._station.setText(f"第 {at} 步{saying.SPACE}{stations[at - 1].name}" if at else "")

    def show_steps(self, steps: Sequence[way.Step], writable: frozenset[str], *, county: bool) -> None:
        """Show what is asked for; without a step there is nothing to show."""
        clear(self._steps)
        self._first = None
        said = (one.what.partition(":") for one in steps if one.deed and one.may(writable))
        self.offers = frozenset(step for kind, _, step in said if kind == "step")
        self.heading.setText(way.heading(steps, writable, county=county))
        self.setVisible(bool(steps))
        for one in steps:
            mark = picture("check" if one.done else "circle", "green" if one.done else "control", 16)
            said = label(one.text, "quiet" if one.done else "", wrap=False)
            if not one.deed or not one.may(writable):
                self._steps.addLayout(row(mark, said, None, gap=10))
                continue
            if self._first is not None:
                deed = carrier(one.what, one.deed, "quiet", size="slim")
                self._steps.addLayout(row(mark, said, deed, None, gap=10))
            else:
                deed = carrier(one.what, one.deed, "primary", icon=ICONS.get(_kind(one.what), ""))
                self._first = deed
                self._steps.addLayout(row(mark, said, None, gap=10))
            deed.handed.connect(self._press)
        if self._first is not None:
            self._steps.addSpacing(theme.px(6))
            self._steps.addLayout(row(self._first, None))

    @Slot(bool)
    def calm(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        """While a short form is open its own button is the blue one."""
        if self._first is not None:
            retone(self._first, kind="" if opened else "primary")
            name = ICONS.get(_kind(str(self._first.value)), "plus")
            self._first.setIcon(icons.icon(name, "text2" if opened else "onAccent", 16))

    @Slot(object)
    def _press(self, what: str) -> None:
        self.asked.emit(what)


def _kind(what: str) -> str:
    return what.partition(":")[0]
