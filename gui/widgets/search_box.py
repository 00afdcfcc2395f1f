"""The search box of a page: answers while one types, but not to every key; and leads on to the search in everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QMoveEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from gui import icons, keys, theme
from gui.widgets.buttons import GAP

PAUSE = 200  # milliseconds of quiet after which the words are taken
WIDE = 264
SHOWN = 12  # characters of the words that are said again


class SearchBox(QLineEdit):
    """Emits `wanted` with the words after a short pause, at once on Enter; Esc empties it.

    With `everywhere` a line below it offers to look in everything: ↓ Enter, or a click.
    """

    wanted = Signal(str)
    entered = Signal(str)
    everywhere = Signal(str)  # look for these words in everything
    left = Signal()  # Esc where nothing is to be emptied
    stepped = Signal(int)  # ↑ or ↓ while one types: -1 or 1, pages -10 or 10

    def __init__(self, hint: str, *, everywhere: bool = False, pause: int = PAUSE, width: int = WIDE) -> None:
        super().__init__()
        self.setProperty("find", "1")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip(keys.tip("查找", "seek") + "，可以输入拼音首字母")
        self.setFixedWidth(theme.px(width))
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search", "text2", 16), QLineEdit.ActionPosition.LeadingPosition)
        self.offers = everywhere
        self.offer: Offer | None = None  # the line below, once it was needed
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setObjectName("search pause")
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._enter)
        leave = QAction(self)
        leave.setShortcut(QKeySequence("Esc"))
        leave.setShortcutContext(leave.shortcutContext().WidgetShortcut)
        leave.triggered.connect(self._leave)
        self.addAction(leave)

    def put(self, words: str) -> None:
        """Show words without asking for them."""
        self._told = words
        self.setText(words)
        self._pause.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}.get(
            Qt.Key(event.key())
        )
        if step is None:
            super().keyPressEvent(event)
        elif step == 1 and self.offer is not None and self.offer.isVisible():
            self.offer.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.stepped.emit(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.offer is not None:
            self.offer.hide_unless_used()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.show_offer()

    def hideEvent(self, event: QEvent) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        super().hideEvent(event)  # pyright: ignore[reportArgumentType]
        if self.offer is not None:
            self.offer.hide()

    def show_offer(self) -> None:
        """Show or hide the line that leads to the search in everything."""
        words = self.text().strip()
        wanted = self.offers and bool(words) and self.hasFocus()
        if wanted and self.offer is None:
            self.offer = Offer(self)
        if self.offer is not None and wanted:
            self.offer.say(words)
        elif self.offer is not None:
            self.offer.hide_unless_used()

    @Slot(str)
    def _changed(self, _text: str) -> None:
        self._pause.start()
        self.show_offer()

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        words = self.text().strip()
        if words != self._told:
            self._told = words
            self.wanted.emit(words)

    @Slot()
    def _leave(self) -> None:
        if self.text():
            self.clear()
        else:
            self.left.emit()

    @Slot()
    def _enter(self) -> None:
        self._tell()
        self.entered.emit(self.text().strip())


class Offer(QPushButton):
    """The line below a search box: look for the same words in everything."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box.window())
        self._box = box
        self.setObjectName("everywhere")
        self.setProperty("kind", "row")
        self.setIcon(icons.icon("search", "accent", 16))
        self.setToolTip(keys.of("find").keys)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # by ↓ or a click: Tab goes on to the page
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.clicked.connect(self._go)
        self.hide()

    def say(self, words: str) -> None:
        """Offer to look for words, right below the box."""
        shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
        self.setText(f"{GAP}在全部里找 “{shown}”（{keys.of('find').keys}）".replace("&", "&&"))
        self.setAccessibleName(f"在全部里找 “{words}”")
        parent = self.parentWidget()
        if not isinstance(parent, QWidget):
            return
        self.ensurePolished()
        wide, high = max(self._box.width(), self.sizeHint().width()), theme.px(36)
        corner = self._box.mapTo(parent, QPoint(self._box.width() - wide, self._box.height() + theme.px(4)))
        self.setGeometry(corner.x(), corner.y(), wide, high)
        self.show()
        self.raise_()

    def hide_unless_used(self) -> None:
        """Go, but not while it is being pressed."""
        if not self.hasFocus() and not self.isDown():
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Escape}:
            self._box.setFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._box.hasFocus():
            self.hide()

    @Slot()
    def _go(self) -> None:
        self.hide()
        self._box.everywhere.emit(self._box.text().strip())
