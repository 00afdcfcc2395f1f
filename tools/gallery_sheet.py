"""What a sheet of the gallery is made of: a ground, cards, and parts that pose."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.widgets.frames import Card

WIDE = 760  # of a sheet, in sizes of the design
POSED = "posed"  # property of a part that is to be drawn as if it had the mouse or the focus
HOVER, FOCUS = "hover", "focus"
POSES = {"": "平常", HOVER: "鼠标在上", FOCUS: "得到焦点", "down": "按下", "off": "不可用"}


def pose(part: QWidget, how: str) -> QWidget:
    """Bring a part into a state."""
    match how:
        case "hover" | "focus":
            part.setProperty(POSED, how)
        case "down" if isinstance(part, QPushButton):
            part.setDown(True)
        case "off":
            part.setEnabled(False)
        case _:
            pass
    return part


def sheet(*parts: QWidget, wide: int = WIDE) -> QWidget:
    """Parts on the ground of a page."""
    made = QWidget()
    made.setObjectName("page")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setFixedWidth(theme.px(wide))
    layout = QVBoxLayout(made)
    layout.setContentsMargins(*(theme.px(24),) * 4)
    layout.setSpacing(theme.px(12))
    for part in parts:
        layout.addWidget(part)
    return made


def card(title: str, *parts: QWidget | QHBoxLayout | QVBoxLayout | QGridLayout, quiet: str = "") -> Card:
    """A card with parts below each other."""
    made = Card(title, quiet, gap=12)
    made.add(*parts)
    return made


def framed(title: str, part: QWidget) -> QFrame:
    """A card that a list fills from edge to edge."""
    made = card(title, part)
    made.body.setContentsMargins(theme.px(1), theme.px(12), theme.px(1), theme.px(1))
    made.top.setContentsMargins(theme.px(15), 0, 0, 0)
    return made
