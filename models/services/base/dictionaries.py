"""The county's dictionaries: read by everybody, changed by the county, and carried to all by the next packages."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from models.domain import light
from models.domain.dictionaries import DICTIONARIES, fitting, laid_down
from models.domain.limits import FIELD_CHARS
from models.domain.operation import EVERYONE
from models.domain.roles import Deed
from models.domain.unit import derived_id
from models.errors import LedgerError
from models.services.base import refusals
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.views.dictionaries import DictionaryView, LaidDown
from models.store import fold
from models.store.pages import Monthly
from models.store.schema import dictionary

NEWEST = 5  # changes that are told of a dictionary


@dataclass(eq=False)
class NoDictionary(LedgerError):
    """No such dictionary."""

    code = "S321"
    title = "没有这个字典"
    name: str

    @property
    def message(self) -> str:
        return f"没有叫“{self.name}”的字典，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请从这些里选一个：{'、'.join(f'{one.name}（{one.label}）' for one in DICTIONARIES.values())}。"


@dataclass(eq=False)
class BadContent(LedgerError):
    """What somebody wanted to lay down does not fit."""

    code = "S322"
    title = "字典没有保存"
    label: str
    why: str

    @property
    def message(self) -> str:
        return f"“{self.label}”：{self.why}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请改正后再保存；原来的内容仍然有效。"


def content(connection: Connection, name: str) -> Any:
    """What counts in this home."""
    return fitting(name, _stored(connection, name))


def thresholds(connection: Connection) -> light.Thresholds:
    """The rules of the lights that count in this home."""
    return light.thresholds(content(connection, "thresholds"))


def monthly(desk: Desk, connection: Connection) -> Monthly:
    """Which problems this home tells of month by month."""
    kinds = tuple(content(connection, "dispatch_rules")["kinds"])
    return Monthly(kinds, None if desk.is_county else desk.side.unit)


def _stored(connection: Connection, name: str) -> Any:
    text = connection.scalar(select(dictionary.c.content).where(dictionary.c.name == name))
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


class Dictionaries:
    """Everything the window and the hatch may ask of dictionaries."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[DictionaryView, ...]:
        """All of them."""
        with self._desk.ledger.read() as connection:
            return tuple(_view(connection, name) for name in DICTIONARIES)

    def show(self, name: str) -> DictionaryView:
        """One of them."""
        if name not in DICTIONARIES:
            raise NoDictionary(name)
        with self._desk.ledger.read() as connection:
            return replace(_view(connection, name), changes=_changes(connection, name))

    def set(self, name: str, content: Any, why: str = "") -> DictionaryView:
        """Lay it down for everybody; None goes back to the default."""
        if not self._desk.is_county:
            raise refusals.CountyOnly
        if name not in DICTIONARIES:
            raise NoDictionary(name)
        known = DICTIONARIES[name]
        fault = "" if content is None else known.check(content)
        content = content if fault else laid_down(name, content)
        text = None if content is None else json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        if fault or (text and len(text) > FIELD_CHARS):
            raise BadContent(known.label, fault or f"内容太长，最多 {FIELD_CHARS} 字")
        with self._desk.ledger.write(deed=Deed.MANAGE) as connection:
            if content != _stored(connection, name):
                record = derived_id("dictionary", name)
                history = fold.reduce_one(connection, bytes.fromhex(record))
                pen = Pen(self._desk, connection)
                aud = (EVERYONE, self._desk.settings["unit"])
                pen.set(Place("dictionary", record, history), {"name": name, "content": text}, aud, why)
                pen.put()
            return _view(connection, name)


def _changes(connection: Connection, name: str) -> tuple[LaidDown, ...]:
    _, found = next(fold.load(connection, [bytes.fromhex(derived_id("dictionary", name))]))
    every = sorted((one for _, one in found.values()), key=lambda one: (one.lam, one.id), reverse=True)
    return tuple(LaidDown(one.wall, one.user, one.why, one.fields["content"][0] is None)
                 for one in every[:NEWEST] if "content" in one.fields)  # fmt: skip


def _view(connection: Connection, name: str) -> DictionaryView:
    stored = _stored(connection, name)
    known = DICTIONARIES[name]
    return DictionaryView(name, known.label, fitting(name, stored), stored is not None and not known.check(stored))
