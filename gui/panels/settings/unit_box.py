"""A box for many units at once: paste lines of name and code, and see at once what was recognised."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui import theme, unit_lines
from gui.unit_lines import UnitLine
from gui.widgets.labels import label

EXAMPLE = "例如：\n白水镇 361021101\n云岭乡 361021201\n县水利局 361021901"
HINT = "一行一个单位：名称、空格、代码。可以从 Excel 里复制两列，粘贴到这里。"


class UnitBox(QWidget):
    """The lines, what was recognised in them, and what is to be mended."""

    changed = Signal()

    def __init__(self, name: str = "单位名单", *, rows: int = 6) -> None:
        super().__init__()
        self._taken: dict[str, str] = {}
        self._own = ""
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("单位名称和代码")
        self.text.setPlaceholderText(EXAMPLE)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(16 + 21 * rows))
        self.found = label("", "bold", "green")
        self.renamed = label("", "", "yellow", wrap=True)
        self.wrong = label("", "", "red", wrap=True)
        words = label(name)
        words.setBuddy(self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        for part in (words, self.text, label(HINT, "small", wrap=True), self.found, self.renamed,
                     self.wrong):  # fmt: skip
            layout.addWidget(part)
        self.text.textChanged.connect(self._read)
        self._read()

    @property
    def lines(self) -> list[UnitLine]:
        """What was recognised, wrong lines too."""
        return unit_lines.read(self.text.toPlainText(), self._taken, own=self._own)

    @property
    def good(self) -> list[UnitLine]:
        """The lines that can be added."""
        return [one for one in self.lines if not one.wrong]

    def know(self, taken: Mapping[str, str], own: str) -> None:
        """Learn which units are there already, by code."""
        self._taken, self._own = dict(taken), own
        self._read()

    @Slot()
    def _read(self) -> None:
        lines = self.lines
        said, wrong = unit_lines.said(lines), unit_lines.complaints(lines)
        for part, text in ((self.found, said), (self.renamed, unit_lines.renamed(lines)), (self.wrong, wrong)):
            part.setText(text)
            part.setVisible(bool(text))
        self.changed.emit()
