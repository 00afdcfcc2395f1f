"""The record that tests open, a draft on it, and how they look at its page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from gui.drafts import EDIT, Draft

ID = f"{0:032x}"  # of the first problem of the fakes
AT = "2026-11-23T10:42:00+08:00"


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def field(page, name):
    return page.form.field(name)


def a_draft(**changes) -> Draft:
    made = Draft("problem", ID, EDIT, at=AT, values={"person": "周海平"}, base={"person": "王秀兰"}, title="拆解点")
    return replace(made, **changes)
