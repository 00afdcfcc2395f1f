"""What a person would see at once: words that are cut off, lights without a name, two blue buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QRadioButton, QWidget

from gui.widgets.chips import Light
from gui.widgets.counts import CountButton
from gui.widgets.labels import Elided, Prose


def cut_off(root: QWidget) -> list[str]:
    """Visible labels and buttons that are narrower or lower than their words."""
    found = []
    for one in root.findChildren(QWidget):
        if not one.isVisible():
            continue
        said = ""
        if isinstance(one, Prose):
            said = one.text if one.height() < one.heightForWidth(one.width()) else ""
        elif isinstance(one, QLabel) and not isinstance(one, Elided) and one.text():
            if one.wordWrap():
                said = one.text() if one.height() < one.heightForWidth(one.width()) else ""
            else:
                said = one.text() if one.width() < one.sizeHint().width() else ""
        elif isinstance(one, QPushButton) and not isinstance(one, CountButton) and one.text():
            said = one.text() if one.width() < one.sizeHint().width() else ""
        if said:
            found.append(f"{type(one).__name__} {said!r} {one.width()}x{one.height()} needs {one.sizeHint()}")
    return found


def nameless(root: QWidget) -> list[str]:
    """Visible lights and buttons that say nothing to somebody who cannot see them."""
    return [
        type(one).__name__
        for one in root.findChildren(QWidget)
        if one.isVisible()
        and isinstance(one, Light | QPushButton | QCheckBox | QRadioButton)
        and not one.accessibleName()
        and not _text(one)
    ]


def _text(one: QWidget) -> str:
    return one.text() if isinstance(one, QAbstractButton) else ""


def primaries(root: QWidget) -> list[str]:
    """The blue buttons on the screen."""
    return [
        one.text().strip()
        for one in root.findChildren(QPushButton)
        if one.isVisible() and one.isEnabled() and one.property("kind") == "primary"
    ]
