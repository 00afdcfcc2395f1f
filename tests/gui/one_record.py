"""The record that tests open, and how they look at its page."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

ID = f"{0:032x}"  # of the first problem of the fakes


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def field(page, name):
    return page.form.field(name)
