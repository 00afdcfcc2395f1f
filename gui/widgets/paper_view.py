"""A paper on the screen: the words that are printed, in their order; one reads, marks and copies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from gui import theme
from models.domain.paper import Paper, Photos, Text

SPACING = 150  # percent of a line
PLACE = {True: Qt.AlignmentFlag.AlignRight, False: Qt.AlignmentFlag.AlignLeft}


class PaperView(QTextEdit):
    """Shows one paper."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setObjectName("paper")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(theme.px(16))
        self._cursor = self.textCursor()

    def show_paper(self, paper: Paper) -> None:
        """Show another paper from its beginning."""
        self.clear()
        self._cursor = QTextCursor(self.document())
        self._write(paper.title, "h2", Qt.AlignmentFlag.AlignHCenter)
        self._write(paper.line, "small", Qt.AlignmentFlag.AlignHCenter)
        for block in paper.blocks:
            if isinstance(block, Text):
                self._write(block.text, "bold" if block.strong else "body", PLACE[block.right])
            else:
                for cells in (block.told() if isinstance(block, Photos) else block).rows:
                    self._write("：".join(cells), "body")
        self._cursor.deletePreviousChar()  # the empty paragraph behind the last
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, text: str, role: str, across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        form, letters = QTextBlockFormat(), QTextCharFormat()
        form.setAlignment(across)
        form.setLineHeight(SPACING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        font: QFont = theme.font(role)
        letters.setFont(font)
        letters.setForeground(theme.colour("text2" if role == "small" else "text"))
        self._cursor.setBlockFormat(form)
        self._cursor.insertText(text, letters)
        self._cursor.insertBlock()
