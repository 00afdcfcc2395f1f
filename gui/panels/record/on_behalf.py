"""Below a form at the county: why it fills in (代填) what a unit with a PC of its own does, or moves a deadline."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLineEdit, QWidget

from gui import theme
from gui.counter.base import Units
from gui.panels.record.groups import field_of
from gui.widgets.frames import row
from gui.widgets.labels import label
from models.domain.field import Owner
from models.progress import Progress

ASK = "还没有保存：这些内容由责任单位自己填写，请写一句代填原因。"
ASK_WHY = "写在“代填原因”里，再点一次。填好的都还在。原因会记进变更历史，单位读入后看得到。"
MOVED = "还没有保存：改整改时限要写一句原因。"
MOVED_WHY = "写在“改时限的原因”里，再点一次。填好的都还在。原因会记进变更历史，责任单位读入后看得到。"
DEADLINE = frozenset({"deadline", "deadline_text"})
CHARS = 100  # letters of a reason at most
# What is asked for: its label, and an example.
FOR_THEM = ("代填原因", "例如：镇里电话报来")
FOR_THE_DAY = ("改时限的原因", "例如：县政府 3 号会议纪要同意延期")


def with_devices(units: Units) -> frozenset[str]:
    """The units below the county that have a PC of their own that is enrolled."""
    return frozenset(one.code for one in units.list() if one.kind != "county" and one.devices)


def has_device(units: Units, code: str, _: Progress) -> bool:
    """Whether a unit below the county has a PC of its own that is enrolled."""
    return code in with_devices(units)


class OnBehalf(QWidget):
    """The line for the reason; it is seen only while it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._table = ""  # of the record; "" while nobody else could fill it in
        self._has_deadline = False  # that would be moved
        self.reason = QLineEdit()
        self.reason.setMaxLength(CHARS)
        self.reason.setMinimumWidth(theme.px(200))
        self.name = label("")
        self.name.setBuddy(self.reason)
        self.setLayout(row(self.name, self.reason))
        self._call(FOR_THEM)
        self.hide()

    def _call(self, what: tuple[str, str]) -> None:
        words, example = what
        self.name.setText(words)
        self.reason.setAccessibleName(words)
        self.reason.setPlaceholderText(example)

    def stand(self, table: str) -> None:
        """Begin with something whose unit has a PC of its own; "" with any other. A reason stays while it is asked."""
        if table == self._table:
            return
        self._table = table
        self.reason.clear()
        self.hide()

    def stand_deadline(self, *, there: bool) -> None:
        """Begin with something that has a deadline, which is moved only for a reason; or with any other."""
        if there != self._has_deadline:
            self._has_deadline = there
            self.reason.clear()
            self.hide()

    def asks(self, names: Iterable[str]) -> bool:
        """Whether a reason belongs to a change of these fields."""
        some = set(names)
        return self._moves(some) or self._is_theirs(some)

    def _is_theirs(self, names: Iterable[str]) -> bool:
        """Whether any of the fields is one that the unit fills in itself."""
        return bool(self._table) and any(field_of(self._table, one).owner is Owner.RESPONSIBLE for one in names)

    def _moves(self, names: Iterable[str]) -> bool:
        return self._has_deadline and not DEADLINE.isdisjoint(names)

    def watch(self, names: Iterable[str]) -> None:
        """Show the line if the fields that were changed ask for a reason."""
        some = set(names)
        self._call(FOR_THE_DAY if self._moves(some) else FOR_THEM)
        self.setVisible(self.asks(some))

    def lacking(self, names: Iterable[str]) -> tuple[str, str]:
        """What to say where the reason is not written; "" where none is needed."""
        some = set(names)
        if not self.asks(some) or self.why(some):
            return "", ""
        return (MOVED, MOVED_WHY) if self._moves(some) else (ASK, ASK_WHY)

    def why(self, names: Iterable[str]) -> str:
        """The reason that goes with a change of these fields."""
        return self.reason.text().strip() if self.asks(names) else ""
