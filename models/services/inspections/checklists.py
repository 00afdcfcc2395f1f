"""Checklists: those that the program carries along, those that the county issues, and what a township adds."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from models.domain import checklists, forms, words
from models.domain.checklists import COUNTY, Checklist
from models.domain.limits import FIELD_CHARS
from models.domain.operation import EVERYONE
from models.domain.roles import Deed
from models.domain.unit import derived_id
from models.services.base import audience, refusals
from models.services.base.checklist_refusals import NotAChecklist, NotAnItem
from models.services.base.checklist_versions import item_of, local_items, named, theme_of, versions
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import find, put, void
from models.services.views.lists import Record
from models.store import fold


class Checklists:
    """Everything the window and the hatch may ask of checklists."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> builtins.list[Record]:
        """The newest version of every theme."""
        with self._desk.ledger.read() as connection:
            return [_about(versions(connection, theme)[-1]) for theme in words.THEME]

    def show(self, name: str) -> Record:
        """One version with its questions, its elder ones by code, and what units added to its theme."""
        with self._desk.ledger.read() as connection:
            return _shown(connection, named(connection, name))

    def issue(self, theme: str, content: Any) -> Record:
        """Issue the next version, whole, to everybody. The county's alone."""
        return self._issue(theme, lambda _: content)

    def set(self, theme: str, item: str, values: Mapping[str, Any]) -> Record:
        """Issue the next version with one question altered, or added where there is none of this id."""

        def altered(items: builtins.list[dict[str, Any]]) -> builtins.list[dict[str, Any]]:
            now = next((one for one in items if one["id"] == item), None)
            if now is None:
                return [*items, {"id": item, "severity": "general", **values}]
            said: dict[str, Any] = {"basis_default": False, **values} if "basis" in values else dict(values)
            return [one | said if one is now else one for one in items]

        return self._issue(theme, altered)

    def retire(self, theme: str, item: str) -> Record:
        """Issue the next version without a question."""
        return self._issue(theme, lambda items: [one for one in items if one["id"] != item])

    def _issue(self, theme: str, change: Callable[[builtins.list[dict[str, Any]]], Any]) -> Record:
        if not self._desk.is_county:
            raise refusals.CountyOnly
        theme = theme_of(theme)
        with self._desk.ledger.write(deed=Deed.MANAGE) as connection:
            every = versions(connection, theme)
            newest = every[-1]
            content = change(newest.content())
            why = checklists.fault(content) or checklists.reused(every, content)
            text = "" if why else json.dumps(content, ensure_ascii=False, separators=(",", ":"))
            if why or len(text) > FIELD_CHARS:
                raise NotAChecklist(words.THEME[theme], why or f"内容太长，最多 {FIELD_CHARS} 字")
            code = f"{theme}-{COUNTY}-{newest.version + 1 if newest.maker == COUNTY else 1}"
            if (made := checklists.of(code, content)) is None or made.items == newest.items:
                return _shown(connection, newest)
            record = derived_id("checklist", code)
            history = fold.reduce_one(connection, bytes.fromhex(record))
            pen = Pen(self._desk, connection)
            aud = (EVERYONE, self._desk.settings["unit"])
            pen.set(Place("checklist", record, history), {"code": code, "content": text}, aud)
            pen.put()
            return _shown(connection, named(connection, code))

    def add_item(self, theme: str, values: Mapping[str, str]) -> Record:
        """Add a question of this unit's own to a theme. It is never altered: another one is another item."""
        desk = self._desk
        said = forms.changes(
            "local_item", {"severity": "general", **values, "theme": theme_of(theme)}, {}, desk.today(), creating=True
        )
        if why := checklists.asks(str(said.get("text") or "")):
            raise NotAnItem(why)
        with desk.ledger.write() as connection:
            if not desk.is_county:
                said["township"] = desk.side.unit
            pen = Pen(desk, connection)
            made = pen.set(Place("local_item"), said, audience.of_record(desk, dict(said), pen.registry))
            put(desk, connection, pen)
            return item_of(find(connection, "local_item", made))

    def retire_item(self, id: str, why: str) -> Record:
        """Ask a question of one's own no more; what was answered stays."""
        if not why.strip():
            raise refusals.NoReason
        return void(self._desk, "local_item", id, self._desk.today().isoformat(), why.strip())


def _about(one: Checklist) -> Record:
    return {
        "code": one.code, "theme": one.theme, "title": one.title, "version": one.version, "maker": one.maker,
        "count": len(one.items),
    }  # fmt: skip


def _shown(connection: Connection, one: Checklist) -> Record:
    every = versions(connection, one.theme)
    local = [item for item in local_items(connection, one.theme) if item["void"] is None]
    retired = sorted({item.id for v in every for item in v.items} - {item.id for item in every[-1].items})
    versions_ = [v.code for v in every]
    return {**_about(one), "versions": versions_, "retired": retired, "items": one.content(), "local": local}
