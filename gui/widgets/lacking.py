"""还有 2 处要补: the line above a form that names what is still to mend and jumps to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui import theme
from gui.widgets.buttons import carrier
from gui.widgets.frames import clear
from gui.widgets.labels import label, picture

SHOWN = 5  # fields that are named; more are counted


class Lacking(QFrame):
    """One line of fixed height, so that nothing below it jumps; calm while there is nothing to mend."""

    wanted = Signal(str)  # name of the field to go to

    def __init__(self, calm: str) -> None:
        super().__init__()
        self._calm = calm
        self._named: tuple[object, ...] | None = None
        self.setFixedHeight(theme.px(40))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        self._line.setSpacing(theme.px(4))
        self.show_fields(())

    def calm(self, text: str) -> None:
        """What it says while there is nothing to mend."""
        self._calm, self._named = text, None
        self.show_fields(())

    def show_fields(self, fields: Sequence[tuple[str, str]], word: str = "要补") -> None:
        """Name the fields to mend: each by its name and label."""
        if self._named == (*fields, word):
            return
        self._named = (*fields, word)
        clear(self._line)
        if not fields:
            self._line.addWidget(label(self._calm, "quiet"))
            self._line.addStretch(1)
            self.setAccessibleName("")
            return
        self._line.addWidget(picture("warning", "yellowText", 16))
        said = f"还有 {len(fields)} 处{word}："
        self._line.addWidget(label(said, "bold"))
        for name, words in fields[:SHOWN]:
            one = carrier(name, words, "quiet", size="slim", tip=f"到“{words}”这一栏")
            one.handed.connect(self._go)
            self._line.addWidget(one)
        if len(fields) > SHOWN:
            self._line.addWidget(label(f"等 {len(fields)} 处", "quiet"))
        self._line.addStretch(1)
        self.setAccessibleName(said + "、".join(words for _, words in fields))

    @Slot(object)
    def _go(self, name: object) -> None:
        self.wanted.emit(str(name))
