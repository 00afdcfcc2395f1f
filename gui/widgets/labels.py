"""Labels: always plain text, so that nothing that somebody wrote is ever interpreted."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui import icons, theme


def label(text: str = "", role: str = "", tone: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label of a role (title h2 bold cell small quiet) and a tone."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    if wrap:
        policy = made.sizePolicy()  # its height depends on its width: that must stay
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        made.setSizePolicy(policy)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return made


def one_line(text: str) -> str:
    """A text of several lines in one; spaces that set facts apart stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def retone(widget: QWidget, **properties: str) -> None:
    """Set dynamic properties and dress the widget again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def picture(icon: str, tone: str = "text2", size: int = 20) -> QLabel:
    """An icon that stands by itself; decorative, so it has no name."""
    made = QLabel()
    made.setPixmap(icons.pixmap(icon, tone, size, 2))
    made.setFixedSize(theme.px(size), theme.px(size))
    return made


class Elided(QLabel):
    """One line that ends in an ellipsis where it does not fit; the tool tip then holds all of it."""

    def __init__(self, text: str = "", role: str = "", tone: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._whole = ""
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = one_line(text)
        self.setAccessibleName(self._whole)
        self.setText(self._whole)
        self._tip()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _tip(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self._whole) > self.width()
        self.setToolTip(self._whole if cut else "")


class TwoLines(QWidget):
    """A text in at most two lines; what does not fit ends in an ellipsis, and the tool tip then holds all of it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._whole = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = one_line(text)
        self.setAccessibleName(self._whole)
        self._fit()
        self.updateGeometry()
        self.update()

    def lines(self, width: int) -> list[str]:
        """The lines as they are painted at a width."""
        metrics = QFontMetrics(theme.font())
        layout = QTextLayout(self._whole, theme.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        first = layout.createLine()
        if not first.isValid():
            return []
        first.setLineWidth(max(width, 1))
        at = first.textLength()
        layout.endLayout()
        rest = self._whole[at:].strip()
        if not rest:
            return [self._whole]
        return [self._whole[:at].strip(), metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return QFontMetrics(theme.font()).height() * max(len(self.lines(width)), 1)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), self.heightForWidth(max(self.width(), theme.px(120))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), QFontMetrics(theme.font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.lines(self.width())
        self.setToolTip(self._whole if len(shown) > 1 and shown[1].endswith("…") else "")
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font())
        tall = QFontMetrics(theme.font()).height()
        for number, text in enumerate(self.lines(self.width())):
            box = QRectF(0, number * tall, self.width(), tall)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class Prose(QWidget):
    """Running text with the line height of the design (1.6 em), plain, wrapped, with passages marked on request."""

    def __init__(self, text: str = "", tone: str = "text", role: str = "body") -> None:
        super().__init__()
        self._text = text
        self._tone, self._role = tone, role
        self._marks: list[tuple[int, int]] = []
        self._ground = "mine"
        self._heights: dict[int, int] = {}  # width → height: layouts ask for the same width many times over
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def say(self, text: str, marks: list[tuple[int, int]] | None = None, ground: str = "mine") -> None:
        """Show another text; `marks` are (start, length) of passages on a ground of their own."""
        self._text, self._marks, self._ground = text, marks or [], ground
        self._heights.clear()
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay_out(width)[1]
        return self._heights[width]

    def sizeHint(self) -> QSize:
        wide = theme.px(420)
        return QSize(wide, self.heightForWidth(max(self.width(), theme.px(120)) if self.isVisible() else wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour(self._tone))
        layouts, _ = self._lay_out(self.width())
        for layout in layouts:
            layout.draw(painter, layout.position() * 0)

    def _line(self) -> int:
        return round(theme.LETTERS[self._role][0] * 1.6 * (theme.px(100) / 100))

    def _lay_out(self, width: int) -> tuple[list[QTextLayout], int]:
        font = theme.font(self._role)
        metrics = QFontMetrics(font)
        step, y, start = self._line(), 0.0, 0
        layouts: list[QTextLayout] = []
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        for paragraph in self._text.split("\n"):
            layout = QTextLayout(paragraph, font)
            layout.setTextOption(option)
            layout.setFormats(self._formats(start, len(paragraph)))
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width, 1))
                line.setPosition(QRectF(0, y + (step - metrics.height()) / 2, 0, 0).topLeft())
                y += step
            layout.endLayout()
            layouts.append(layout)
            start += len(paragraph) + 1
        return layouts, round(y)

    def _formats(self, start: int, length: int) -> list[QTextLayout.FormatRange]:
        made: list[QTextLayout.FormatRange] = []
        for first, count in self._marks:
            begin, end = max(first - start, 0), min(first + count - start, length)
            if begin < end:
                one = QTextLayout.FormatRange()
                one.start, one.length = begin, end - begin  # pyright: ignore[reportAttributeAccessIssue]
                form = one.format  # pyright: ignore[reportAttributeAccessIssue]
                form.setBackground(theme.colour(self._ground))
                one.format = form  # pyright: ignore[reportAttributeAccessIssue]
                made.append(one)
        return made
