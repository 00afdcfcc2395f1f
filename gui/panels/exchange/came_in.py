"""What a package that came in had changed, looked at again later: the same page as its preview, and a way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import shortcuts, theme
from gui.panels.exchange.preview import Preview
from gui.widgets.buttons import button
from gui.widgets.frames import Foot, column
from gui.widgets.labels import label, picture
from models.domain.change_words import SAME
from models.services.views.exchange import Passage, PreviewLine, Report

TOLD = "已经导入，这是当时的变化。"


class CameIn(QWidget):
    """Read only."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.preview = Preview()
        self.leave = button("回到往来记录", tip="Esc")
        inner = column(self.preview)
        inner.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inner, 1)
        layout.addWidget(Foot(picture("shield", "green", 18), label(TOLD, "quiet"), None, self.leave))
        self.leave.clicked.connect(self.left)
        shortcuts.within(self, {"Esc": self.left.emit})

    def show_changes(self, line: Passage, changes: tuple[PreviewLine, ...]) -> None:
        """Show what was listed when this package came in."""
        report = Report(
            Path(), "imported", line.message, sender=line.unit, sender_name=line.name, number=line.number,
            created=line.created, updated=line.updated, conflicts=line.conflicts, held=line.held,
            older=line.state == "older", unchanged=sum(one.what == SAME for one in changes), changes=changes,
        )  # fmt: skip
        self.preview.show_report(report, None)
        self.preview.title.setText(line.message)
        self.leave.setFocus()
