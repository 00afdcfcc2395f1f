"""Offices in a bad mood: one that does not answer yet, one that refuses whatever it is asked."""

from __future__ import annotations

import threading
from dataclasses import fields

from tests.gui import fakes

SERVICES = tuple(one.name for one in fields(fakes.FakeOffice) if one.name not in {"here", "closed"})


class _Moody:
    """A service with something that happens before each of its verbs."""

    def __init__(self, service, before) -> None:
        self._service, self._before = service, before

    def __getattr__(self, name):
        value = getattr(self._service, name)
        if not callable(value):
            return value

        def asked(*args, **kwargs):
            self._before()
            return value(*args, **kwargs)

        return asked


def _moody(office, before):
    for name in SERVICES:
        setattr(office, name, _Moody(getattr(office, name), before))
    return office


def silent(office):
    """Answers nothing until `office.answer` is set: what a page shows while it waits."""
    office.answer = threading.Event()
    return _moody(office, lambda: office.answer.wait(20))


def refusing(office):
    """Refuses every verb: what a page shows when nothing can be read."""

    def refuse():
        raise fakes.Refused(text="台账文件暂时读不到：磁盘没有响应。本机数据未改动。")

    return _moody(office, refuse)
