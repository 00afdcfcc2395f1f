"""The 24 digits that two people compare by telephone: six groups of four, big, in the order in which they are read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

COUNT, GROUP = 24, 4


def plain(text: str) -> str:
    """The digits alone, whatever stands between them."""
    return "".join(sign for sign in text if sign.isdigit())


def lacking(text: str) -> str:
    """What is still wrong with digits that are being typed; "" where they are 24."""
    count, odd = len(plain(text)), any(not sign.isdigit() and not sign.isspace() and sign != "-" for sign in text)
    if odd:
        return "只有数字，没有字母和别的符号，请核对。"
    if count < COUNT:
        return f"还差 {COUNT - count} 位，共 {COUNT} 位，六组，每组四位。" if count else ""
    return f"多了 {count - COUNT} 位，请核对。" if count > COUNT else ""


class Digits(QWidget):
    """Six boxes with four digits each."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The digits in groups."""
        return " ".join(self._groups)

    def show_digits(self, text: str) -> None:
        """Show other digits."""
        digits = plain(text)
        self._groups = [digits[at : at + GROUP] for at in range(0, len(digits), GROUP)]
        # Read aloud one by one, with a rest between the groups.
        self.setAccessibleName("，".join(" ".join(group) for group in self._groups))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = max(len(self._groups), 1)
        return QSize(count * self._wide() + (count - 1) * theme.px(8), theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("title"))
        for at, group in enumerate(self._groups):
            box = QRectF(at * (self._wide() + theme.px(8)), 0, self._wide(), self.height())
            painter.setPen(QPen(theme.colour("tintLine"), 1))
            painter.setBrush(theme.colour("tint"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
            painter.setPen(theme.colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, " ".join(group))

    @staticmethod
    def _wide() -> int:
        return QFontMetrics(theme.font("title")).horizontalAdvance("0 0 0 0") + theme.px(20)
