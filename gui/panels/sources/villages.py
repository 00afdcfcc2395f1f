"""The villages of a township with the number of their sources; at the county below their townships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui import theme
from models.services.views.sources import SourceLine

WIDE = 176
NOWHERE = "没有写村名"
_ROLE = Qt.ItemDataRole.UserRole


class Spot(NamedTuple):
    """All sources, those of a township, or of one village of it."""

    unit: str = ""
    village: str | None = None

    def holds(self, one: SourceLine) -> bool:
        """Whether a source lies there."""
        return self.unit in ("", one.unit) and self.village in (None, one.village)


class Villages(QListWidget):
    """Every spot that has sources; the one that is chosen narrows the list beside it."""

    chosen = Signal(object)  # Spot

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chapters")
        self.setAccessibleName("村（社区）")
        self.setFixedWidth(theme.px(WIDE))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.currentItemChanged.connect(self._tell)

    @property
    def spot(self) -> Spot:
        """The one that is chosen."""
        item = self.currentItem()
        return item.data(_ROLE) if item is not None else Spot()

    def show_spots(self, lines: Sequence[SourceLine], *, county: bool) -> None:
        """Show where these sources lie; the chosen spot stays if it is still there, without telling anybody."""
        before = self.spot
        self.currentItemChanged.disconnect(self._tell)
        self.clear()
        for spot, name, count in spots(lines, county=county):
            indent = "\u2003" if county and spot.village is not None else ""
            item = QListWidgetItem(f"{indent}{name}\u2002{count}")
            item.setData(_ROLE, spot)
            item.setToolTip(name)
            self.addItem(item)
        self.put(before)
        self.currentItemChanged.connect(self._tell)

    def put(self, spot: Spot) -> None:
        """Choose a spot; all of them where it is not there."""
        found = (at for at in range(self.count()) if self.item(at).data(_ROLE) == spot)
        self.setCurrentRow(next(found, 0))

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.spot)


def spots(lines: Iterable[SourceLine], *, county: bool) -> Iterator[tuple[Spot, str, int]]:
    """All, and then each township (at the county) and village with its name and number."""
    some = list(lines)
    yield Spot(), "全部", len(some)
    towns, villages = Counter(one.unit for one in some), Counter((one.unit, one.village) for one in some)
    names = {one.unit: one.unit_name for one in some}
    for unit in sorted(towns):
        if county:
            yield Spot(unit), names[unit] or "没有写乡镇", towns[unit]
        for of, village in sorted(villages):
            if of == unit:
                yield Spot(unit, village), village or NOWHERE, villages[of, village]
