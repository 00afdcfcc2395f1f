"""Work under way above a list that stays in sight: one sentence, a thin bar, cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from gui.widgets.buttons import button
from gui.widgets.frames import Card, row
from gui.widgets.labels import Elided, label, picture
from gui.widgets.working import OF_BYTES


class Strip(Card):
    """A slim card that is there only while something is under way."""

    stopped = Signal()

    def __init__(self, stop: str) -> None:
        super().__init__(pad=12, gap=8)
        self.title = label("", "bold")
        self.what = Elided("", "quiet")
        self.stop = button(stop, icon="close", size="slim")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        line = row(picture("refresh", "accent", 18), self.title, self.what, self.stop)
        line.setStretch(2, 1)
        self.add(line, self.bar)
        self.stop.clicked.connect(self._stop)
        self.hide()

    def begin(self, title: str) -> None:
        """Start over."""
        self.title.setText(title)
        self.bar.setAccessibleName(title)
        self.what.say("")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()
        self.stop.setFocus()

    def report(self, done: int, total: int, what: str) -> None:
        """Show how far it is."""
        self.what.say(OF_BYTES.get(what, what))
        self.bar.setRange(0, 1000 if total > 0 else 0)
        if total > 0:
            self.bar.setValue(round(1000 * min(done / total, 1)))

    @Slot()
    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.what.say("正在停下…")
        self.stopped.emit()
