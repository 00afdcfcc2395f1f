"""Rows of one height that scroll across by pixels: what every table of the window has."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui import theme


def fix_rows(view: QTableView, height: int) -> None:
    """Give a table such rows; `height` in pixels at the usual letters. Tab goes on to the next control."""
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    upright = view.verticalHeader()
    upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    upright.setDefaultSectionSize(theme.px(height))
