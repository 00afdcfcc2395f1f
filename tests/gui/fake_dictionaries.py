"""Dictionaries that live in memory."""

from __future__ import annotations

from models.domain.dictionaries import DICTIONARIES
from models.services.base.dictionaries import BadContent
from models.services.views.dictionaries import DictionaryView, LaidDown


class FakeDictionaries:
    """Each has its default until it is set."""

    def __init__(self) -> None:
        self.said: dict[str, object] = {}
        self.changes: dict[str, tuple[LaidDown, ...]] = {}
        self.refuses = False

    def show(self, name):
        known, own = DICTIONARIES[name], self.said.get(name)
        content = known.default if own is None else own
        return DictionaryView(name, known.label, content, own is not None, self.changes.get(name, ()))

    def set(self, name, content, why=""):
        if self.refuses:
            raise BadContent(DICTIONARIES[name].label, "内容太长")
        self.said[name] = content
        line = LaidDown("2026-11-23T09:00:00+08:00", "本机", why, content is None)
        self.changes[name] = (line, *self.changes.get(name, ()))
        return self.show(name)
