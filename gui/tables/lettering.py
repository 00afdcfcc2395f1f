"""Letters in cells: laid out once for each text, font and width, since a list paints the same words again and again."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText

from gui import theme
from gui.tables.columns import LEFT
from gui.widgets.chips import tone_colour
from gui.widgets.labels import one_line

KEPT = 4_000  # texts whose layout is kept


class Lettering:
    """Belongs to one view, and lives as long as its look: the window is built anew when letters change."""

    def __init__(self) -> None:
        self._fonts: dict[str, tuple[QFont, QFontMetrics]] = {}
        self._colours: dict[str, QColor] = {}
        self._texts: dict[tuple[str, str, int], QStaticText] = {}

    def colour(self, token: str) -> QColor:
        """A colour token as a colour."""
        if token not in self._colours:
            self._colours[token] = theme.colour(token)
        return self._colours[token]

    def draw(
        self, painter: QPainter, box: QRectF, text: str, tone: str, role: str, align: Qt.AlignmentFlag
    ) -> None:  # fmt: skip
        """Write one line into a box; what does not fit ends in an ellipsis."""
        if not text:
            return
        font, metrics = self._font(role)
        static = self._laid_out(text, role, int(box.width()), metrics)
        size = static.size()
        x = box.x()
        if align is not LEFT and align & Qt.AlignmentFlag.AlignRight:
            x = box.right() - size.width()
        elif align is not LEFT and align & Qt.AlignmentFlag.AlignHCenter:
            x = box.center().x() - size.width() / 2
        painter.setFont(font)
        painter.setPen(self._tone(tone))
        painter.drawStaticText(QPointF(x, box.center().y() - size.height() / 2), static)

    def _laid_out(self, text: str, role: str, width: int, metrics: QFontMetrics) -> QStaticText:
        key = (text, role, width)
        made = self._texts.get(key)
        if made is None:
            if len(self._texts) > KEPT:
                self._texts.clear()
            shown = metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, width)
            made = QStaticText(shown)
            made.setTextFormat(Qt.TextFormat.PlainText)
            self._texts[key] = made
        return made

    def _font(self, role: str) -> tuple[QFont, QFontMetrics]:
        if role not in self._fonts:
            font = theme.font(role)
            self._fonts[role] = font, QFontMetrics(font)
        return self._fonts[role]

    def _tone(self, tone: str) -> QColor:
        key = f"tone {tone}"
        if key not in self._colours:
            self._colours[key] = tone_colour(tone)
        return self._colours[key]
