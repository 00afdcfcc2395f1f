"""Frames: cards, rules, the header and the foot bar; type and space make order, boxes do not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.widgets.labels import Elided, label


def rule() -> QFrame:
    """A thin line between two rows."""
    made = QFrame()
    made.setObjectName("rule")
    return made


def upright() -> QFrame:
    """A thin line between two columns."""
    made = QFrame()
    made.setObjectName("upright")
    return made


def row(*parts: QWidget | int | None, gap: int = 8) -> QHBoxLayout:
    """Widgets in a row: None stretches, a number is a space."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(gap))
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, int):
            made.addSpacing(theme.px(part))
        else:
            made.addWidget(part)
    return made


def column(*parts: QWidget | QLayout | int | None, gap: int = 8) -> QVBoxLayout:
    """Widgets and layouts below each other: None stretches, a number is a space."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(gap))
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, int):
            made.addSpacing(theme.px(part))
        elif isinstance(part, QLayout):
            made.addLayout(part)
        else:
            made.addWidget(part)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Card(QFrame):
    """A white card with an optional heading, a quiet word beside it and buttons at the right of it."""

    def __init__(self, title: str = "", quiet: str = "", *, name: str = "card", pad: int = 16, gap: int = 8) -> None:
        super().__init__()
        self.setObjectName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.px(pad), theme.px(12 if title else pad), theme.px(pad), theme.px(pad))
        self.body.setSpacing(theme.px(gap))
        self.heading = label(title, "h2")
        self.quiet = label(quiet, "quiet")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(theme.px(8))
        self.top = QHBoxLayout()
        if title:
            self.body.addLayout(self.top)
            self.top.setSpacing(theme.px(8))
            self.top.addWidget(self.heading)
            self.top.addWidget(self.quiet)
            self.top.addStretch(1)
            self.top.addLayout(self.tools)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Add widgets and layouts below."""
        for part in parts:
            if isinstance(part, QLayout):
                self.body.addLayout(part)
            else:
                self.body.addWidget(part)


class Header(QFrame):
    """The white bar on top of a page: way back, title, one quiet line; tools at the right."""

    def __init__(self, title: str, back: QPushButton | None = None) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(theme.px(56))
        self.title = Elided(title, "title")
        self.quiet = Elided("", "quiet")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(theme.px(16 if back else 24), 0, theme.px(24), 0)
        self.line.setSpacing(theme.px(12))
        if back is not None:
            self.line.addWidget(back)
        self.line.addWidget(self.title)
        self.line.addWidget(self.quiet)
        self.line.addStretch(1)

    def lead(self, widget: QWidget) -> None:
        """Put a mark before the title."""
        self.line.insertWidget(self.line.indexOf(self.title), widget)

    def add(self, *widgets: QWidget) -> None:
        """Add tools at the right."""
        for widget in widgets:
            self.line.addWidget(widget)


class Foot(QFrame):
    """The bar below an assistant: reassurance at the left, buttons at the right, the primary one last."""

    def __init__(self, *widgets: QWidget | None) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setFixedHeight(theme.px(54))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        line.setSpacing(theme.px(10))
        for widget in widgets:
            if widget is None:
                line.addStretch(1)
            else:
                line.addWidget(widget)


BAR = 12  # width of a scroll bar in the style sheet


class Scroller(QScrollArea):
    """The one scroller of a page whose middle is a story; it never scrolls sideways.

    Its bar always has its room, in the margin where there is one, and is seen only where there is something to scroll.
    A bar that comes and goes changes the width, wrapped words then change the height, and with some words on some
    screens Qt goes from one to the other until its stack is full and the program gone.
    """

    def __init__(self, *, margins: tuple[int, int, int, int] = (24, 12, 24, 16), gap: int = 12) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setObjectName("body")
        self.body = QVBoxLayout(inner)
        left, top, right, bottom = (theme.px(part) for part in margins)
        self.body.setContentsMargins(left, top, max(right - theme.px(BAR), 0), bottom)
        self.body.setSpacing(theme.px(gap))
        self.setWidget(inner)
        self.verticalScrollBar().rangeChanged.connect(self._show_bar)
        self._show_bar(0, 0)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    @Slot(int, int)
    def _show_bar(self, least: int, most: int) -> None:
        self.verticalScrollBar().setEnabled(most > least)  # disabled it is not drawn
