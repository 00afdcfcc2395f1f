"""Notices: papers from the county to one unit (交办单 提示单 督办函 月调度通知), and what that unit answers."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.domain import forms, words
from models.domain.fields import label
from models.domain.unit import Registry, split_names
from models.errors import LedgerError
from models.services import audience, dictionaries, refusals, showing
from models.services.desk import Desk
from models.services.pen import Pen, Place
from models.services.views.lists import Record
from models.services.writing import allow, find, write_changes
from models.store import exchanged, fold
from models.store.number import letters
from models.store.schema import notice

ANSWER = ("reply", "replied_on", "replied_by")


@dataclass(eq=False)
class NoReceiver(LedgerError):
    """A notice goes to one unit of the county's list."""

    code = "R160"
    title = "通知单没有保存"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”不是单位名单里的一个单位，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请写单位名单里一个单位的名称或代码；发给几个单位，就各发一份。"


class Notices:
    """Everything the window and the hatch may ask of notices."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[Record, ...]:
        """All that count, those that wait for an answer first, the earliest day first."""
        with self._desk.ledger.read() as connection:
            valid = select(notice).where(notice.c.void_from.is_(None)).order_by(notice.c.pk)
            found = [self._shown(connection, row) for row in connection.execute(valid).mappings()]
        return tuple(sorted(found, key=lambda one: (one["stage"] == "replied", one["answer_by"] or "9999")))

    def show(self, id: str) -> Record:
        """One of them, found by id or number."""
        with self._desk.ledger.read() as connection:
            return self._shown(connection, find(connection, "notice", id))

    def add(self, values: Mapping[str, str]) -> Record:
        """Issue one. The county's alone; number and, where nothing is said, day of issue are the program's."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        with desk.ledger.write() as connection:
            said = {n: v for n, v in forms.changes("notice", values, {}, desk.today(), creating=True).items() if v}
            for name in ("kind", "title"):
                if name not in said:
                    raise refusals.NothingWritten(label("notice", name))
            refuse = next((name for name in ANSWER if name in said), "")
            if refuse:
                raise refusals.NotYours(label("notice", refuse), "接收单位")
            pen = Pen(desk, connection)
            said["township"] = _receiver(pen.registry, str(said.get("township") or ""), desk.side.unit)
            if "problems" in said:
                rows = [find(connection, "problem", one) for one in split_names(str(said["problems"]))]
                said["problems"] = "；".join(row["id"].hex() for row in rows)
            said.setdefault("issued_on", desk.today().isoformat())
            number = self._number(connection, str(said["kind"]), str(said["issued_on"])[:4])
            made = pen.set(
                Place("notice"), {**said, "number": number}, audience.of_record(desk, dict(said), pen.registry)
            )
            audience.link(desk, connection, pen.put())
            return self._shown(connection, find(connection, "notice", made))

    def reply(self, id: str, values: Mapping[str, str]) -> Record:
        """Answer one; the day is today unless it is said. By its receiver, or the county for it."""
        desk = self._desk
        with desk.ledger.write() as connection:
            row = find(connection, "notice", id)
            if row["void_from"]:
                raise refusals.IsVoid
            defaults = {"replied_on": desk.today().isoformat(), "replied_by": row["replied_by"] or desk.user}
            given = {**defaults, **values}
            changes = forms.changes("notice", given, showing.values_of("notice", row), desk.today())
            if not str(values.get("reply") or "").strip():
                raise refusals.NothingWritten(label("notice", "reply"))
            history = fold.reduce_one(connection, row["id"], desk.registry(connection))
            issued = next((name for name in changes if name not in ANSWER), "")
            if issued:
                raise refusals.NotYours(label("notice", issued), "发出通知的县环委办，发出以后不再改")
            allow(desk, "notice", changes, history, row["creator"], "接收单位或县环委办")
            if changes:
                write_changes(desk, connection, "notice", row, history, changes)
            return self._shown(connection, find(connection, "notice", row["id"].hex()))

    def _number(self, connection: Connection, kind: str, year: str) -> str:
        """The next number of a kind in a year: unique without a network, for it ends with letters of this PC."""
        desk = self._desk
        head, tail = f"{words.NOTICE_KIND[kind]}〔{year}〕", f"号-{letters(desk.settings['device'])}"
        own = select(notice.c.number).where(notice.c.creator == desk.side.unit, notice.c.number.startswith(head))
        numbers: builtins.list[str] = [n.removeprefix(head).removesuffix(tail) for n in connection.scalars(own)]
        last = max((int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 9), default=0)
        return f"{head}{last + 1}{tail}"

    def _shown(self, connection: Connection, row: RowMapping) -> Record:
        desk = self._desk
        ways = exchanged.Ways.of_one(connection, desk.side, row["id"])
        rules = dictionaries.thresholds(connection)
        shown: dict[str, Any] = showing.brief("notice", row, desk.registry(connection), ways, desk.today(), rules)
        due = row["answer_by"] or ""
        shown["overdue"] = bool(due) and (row["replied_on"] or desk.today().isoformat()) > due
        return shown


def _receiver(registry: Registry, name: str, own: str) -> str:
    code = registry.resolve(name)
    if not code or code == own:
        raise NoReceiver(name)
    return code
