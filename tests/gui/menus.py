"""The menu that is open."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu


def menu_of(page):
    return next(one for one in page.findChildren(QMenu) if one.isVisible())
