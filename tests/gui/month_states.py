"""What somebody has done on the page 月调度 before it is looked at."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def typing(page):
    """Two rows filled in, the third begun."""
    grid = page.filling.grid
    grid.table.put([(1, 3, "3"), (1, 4, "围挡 240 米，已验收"), (1, 5, "无"), (2, 3, "1")])
    grid.stand(2, 4)


def pasted(page):
    """A column came from a workbook, and one of its cells is no pace."""
    grid = page.filling.grid
    grid.stand(0, 3)
    QGuiApplication.clipboard().setText('达到序时进度\t"清运 30 吨，\n余 12 吨"\n飞快\t还没动工\n')
    grid.paste()


def saved(page):
    """Saved, with one row that lacks something."""
    typing(page)
    page.save()
