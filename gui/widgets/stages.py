"""The parts of something long, one below the other: done, under way, still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import icons, theme
from gui.widgets.frames import row
from gui.widgets.labels import label, picture, retone

_MARK = {"done": ("check", "green"), "now": ("refresh", "accent"), "open": ("circle", "control")}
_SAID = {"done": "完成", "now": "进行中", "open": "还没有开始"}


class Stages(QWidget):
    """Lines with a mark before and a word behind."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._marks: list[QLabel] = []
        self._words: list[QLabel] = []
        self._notes: list[QLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        for name in names:
            mark, word, note = picture("circle", "control", 18), label(name), label("", "small")
            self._marks.append(mark)
            self._words.append(word)
            self._notes.append(note)
            layout.addLayout(row(mark, word, None, note))
        self.go(0)

    def go(self, at: int, note: str = "") -> None:
        """Go to a part; `note` is said of it. Past the last one all are done."""
        for number in range(len(self._names)):
            state = "done" if number < at else "now" if number == at else "open"
            icon, tone = _MARK[state]
            self._marks[number].setPixmap(icons.pixmap(icon, tone, 18, 2))
            self._notes[number].setText(note if state == "now" and note else _SAID[state])
            retone(self._words[number], tone="quiet" if state == "open" else "")
        now = self._names[at] if at < len(self._names) else "全部完成"
        self.setAccessibleName(f"共 {len(self._names)} 步，现在：{now}")
