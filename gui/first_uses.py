"""What PySide6 and Qt do once in a process, done before the window is shown.

PySide6 makes the Python side of Qt's classes when they are first needed, and two calls need very many of them at once:
the first that hands out a widget which Qt made itself, and the first whose brush may be a gradient, a picture or a
colour. Together they cost about 30 ms of CPU here; and each font is read when the first letter is measured in it.
Within the first page all that would be one long pass of its loop.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QTableView

from gui import theme


def get_over_with() -> None:
    """Do it now. Needs the application, dressed."""
    QTableView().viewport()
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    painter.fillRect(QRectF(image.rect()), QColor("white"))
    painter.end()
    for role in theme.LETTERS:
        QFontMetrics(theme.font(role)).horizontalAdvance("环 0")
