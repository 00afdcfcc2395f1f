"""The application where nobody looks: pictures and papers are made without a screen."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QApplication


def application() -> QApplication:
    """The application, made for no screen if there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what that platform says of itself
        app = QApplication([])
    return app
