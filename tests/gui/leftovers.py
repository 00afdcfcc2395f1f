"""What a test may leave behind: nothing. No thread, no timer, no window, no open file of a ledger."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

OF_A_LEDGER = (".db", ".db-wal", ".db-shm", "/lock", ".hgb", ".xlsx", ".csv", ".part")


def see_off() -> None:
    """Let everything go that asked to go: without a running event loop somebody has to see it off."""
    for _ in range(3):  # what goes may send others away
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def threads() -> set[threading.Thread]:
    return set(threading.enumerate())


def windows() -> set[QWidget]:
    """Windows that were ever shown; what belongs to another window goes with it."""
    return {one for one in orphans() if one.testAttribute(Qt.WidgetAttribute.WA_WState_Created)}


def orphans() -> set[QWidget]:
    """Widgets that belong to none, the parts of pages among them that no layout took: those go with their page."""
    return {one for one in QApplication.topLevelWidgets() if isValid(one) and one.parent() is None}


def ticking() -> list[str]:
    """Timers at work in anything that the application or a window owns."""
    owners = [QCoreApplication.instance(), *orphans()]
    return [
        timer.objectName() or f"a timer of {type(timer.parent()).__name__}"
        for owner in owners
        if owner is not None
        for timer in owner.findChildren(QTimer)
        if timer.isActive()
    ]


def files() -> list[str]:
    """Files of homes and sticks that are open in this process."""
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        return []  # only Linux tells
    found = []
    for entry in folder.iterdir():
        try:
            target = os.readlink(entry)  # noqa: PTH115 - a Path would say what it is not
        except OSError:
            continue  # it was the handle of this very look
        if target.removesuffix(" (deleted)").endswith(OF_A_LEDGER):
            found.append(target)
    return sorted(found)


def pooled() -> int:
    return QThreadPool.globalInstance().activeThreadCount()


def named(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.windowTitle() or widget.objectName()}”"
