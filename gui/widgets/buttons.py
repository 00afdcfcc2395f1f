"""Buttons of the four kinds: primary, secondary, quiet, danger; and small ones for views and filters."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from gui import icons, theme

GAP = "\u2002"  # QSS cannot set the gap between icon and word

# kind → colour of its icon
_INK = {"": "text2", "primary": "onAccent", "quiet": "accent", "danger": "redText", "filter": "text2"}


class Carrier(QPushButton):
    """A button that carries a value and hands it over when it is pressed: one slot serves a row of them."""

    handed = Signal(object)

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value
        self.clicked.connect(self._hand)

    @Slot()
    def _hand(self) -> None:
        self.handed.emit(self.value)


class CountRow(Carrier):
    """A line in a column of choices or of ways; its count stands at the right."""

    def __init__(self, value: object, text: str, count: int, *, checkable: bool = True) -> None:
        super().__init__(value)
        self.setProperty("kind", "row")
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_count(value, text, count)

    def show_count(self, value: object, text: str, count: int) -> None:
        """Carry another value, with its words and its count."""
        self.value = value
        self._count = str(count)
        self.setText(text)
        self.setAccessibleName(f"{text} {count}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(theme.font("bold" if self.isChecked() else "body"))
        painter.setPen(theme.colour("accent" if self.isChecked() else "text2" if self.isEnabled() else "hint"))
        box = self.rect().adjusted(0, 0, -theme.px(10), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._count)


def button(text: str, kind: str = "", *, icon: str = "", tip: str = "", size: str = "", key: str = "") -> QPushButton:
    """A button: words are verb + object. `key` is its shortcut, which the window owns and the tip tells."""
    return _dress(QPushButton(), text, kind, icon, tip, size, key)


def carrier(value: object, text: str, kind: str = "", *, icon: str = "", tip: str = "", size: str = "") -> Carrier:
    """A button that carries a value."""
    made = Carrier(value)
    _dress(made, text, kind, icon, tip, size, "")
    return made


def _dress(made: QPushButton, text: str, kind: str, icon: str, tip: str, size: str, key: str) -> QPushButton:
    made.setText(f"{GAP}{text}" if icon and text else text)
    if kind:
        made.setProperty("kind", kind)
    if size:
        made.setProperty("sz", size)
    if icon:
        made.setIcon(icons.icon(icon, _INK.get(kind, "text2"), 16))
        made.setIconSize(QSize(theme.px(16), theme.px(16)))
    made.setAccessibleName(text or tip)
    if key:
        tip = f"{tip or text}（{key}）"
    if tip:
        made.setToolTip(tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made


def words_of(made: QPushButton) -> str:
    """What a button says, without the gap before it."""
    return made.text().replace(GAP, "").replace("&&", "&")
