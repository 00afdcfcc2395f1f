"""The record that tests open, a draft on it, and how they look at its page."""

from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtWidgets import QLabel

from gui.drafts import EDIT, Draft
from gui.jobs import Job, Kind
from gui.places import Place

ID = f"{0:032x}"  # of the first problem of the fakes
AT = "2026-11-23T10:42:00+08:00"


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def long_work(one) -> threading.Event:
    """Long work of a desk's window, behind which a save waits until this is set."""
    go_on = threading.Event()
    one.session.jobs.start(Job(lambda _: go_on.wait(30), one.session.jobs, Kind.LONG))
    return go_on


def go_meanwhile(one, kind: str, id_: str):
    """Leave for another record without waiting for what is under way; its page."""
    one.window.page.drop()  # as one answers who is asked: the drafts stay
    one.window.go(Place(kind, id=id_))
    page = one.window.page
    one.qtbot.waitUntil(lambda: page._place.id == id_ and page._shown is not None)
    return page


def field(page, name):
    return page.form.field(name)


def a_draft(**changes) -> Draft:
    made = Draft("problem", ID, EDIT, at=AT, values={"person": "周海平"}, base={"person": "王秀兰"}, title="拆解点")
    return replace(made, **changes)
