"""The application where nobody looks: pictures and papers are made without a screen.

Not so on Windows: there the platform without a screen knows no font at all, and every letter would be an empty box. The
platform of Windows itself needs nobody who looks either; what is shown on it for a picture stays off the screen.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication


def application() -> QApplication:
    """The application; if there is none yet, it is made for no screen."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        choose_platform()
        app = QApplication([])
    return app


def choose_platform() -> None:
    """Choose for the application that is made next, unless whoever started the program has chosen."""
    if sys.platform != "win32":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what that platform says of itself
