"""Notices: papers from the county to one unit (交办单 提示单 督办函 月调度通知), and what that unit answers."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.domain import forms, words
from models.domain.fields import label
from models.domain.operation import VOID, Value
from models.domain.paper import Paper
from models.domain.unit import Registry, split_names
from models.errors import LedgerError
from models.services.base import audience, dictionaries, refusals, showing, workdays
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow, find, is_id, write_changes
from models.services.problems import notice_texts
from models.services.problems.notice_proposals import proposals
from models.services.problems.notice_texts import Letter
from models.services.views.lists import Record
from models.services.views.notices import Draft, Proposal
from models.store import exchanged, fold
from models.store.number import letters
from models.store.schema import notice, problem
from models.store.sqlite import among, temporary_ids

ANSWER = ("reply", "replied_on", "replied_by")
END = ("ended_on", "opinion")
_ORDER = list(words.NOTICE_STATE)
_WAITING = ("overdue", "open")


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
        return "请写单位名单里一个单位的名称或代码；发给几个单位，就用“；”隔开，每个单位各得一份。"


class Notices:
    """Everything the window and the hatch may ask of notices."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[Record, ...]:
        """All of them: those that wait for an answer first, the earliest day first; withdrawn ones last."""
        with self._desk.ledger.read() as connection:
            every = select(notice).order_by(notice.c.pk.desc())
            found = self._shown(connection, connection.execute(every).mappings().all())
        return tuple(sorted(found, key=_urgency))

    def show(self, id: str) -> Record:
        """One of them, found by id or number."""
        with self._desk.ledger.read() as connection:
            return self._one(connection, id)

    def paper(self, id: str) -> Paper:
        """One of them as it is printed, with its answer."""
        with self._desk.ledger.read() as connection:
            row = find(connection, "notice", id)
            who = self._desk.registry(connection)
            return notice_texts.paper(showing.values_of("notice", row), who.units.get(row["creator"], row["creator"]))

    # ------------------------------------------------------------------------------------- the county issues

    def draft(self, kind: str) -> Draft:
        """What a notice of a kind says by the county's template; the day to answer by, in working days from today."""
        known = forms.changes("notice", {"kind": kind}, {}, self._desk.today()).get("kind")
        if not isinstance(known, str):
            raise refusals.NothingWritten(label("notice", "kind"))
        with self._desk.ledger.read() as connection:
            one = dictionaries.content(connection, "notice_templates")[known]
            tomorrow = self._desk.today() + timedelta(days=1)
            last = workdays.calendar(connection).end_of(tomorrow, one["days"], "working")
            return Draft(known, one["title"], one["text"], last.isoformat())

    def proposals(self) -> tuple[Proposal, ...]:
        """What lasting red lights ask for; the county's alone, elsewhere nothing."""
        if not self._desk.is_county:
            return ()
        with self._desk.ledger.read() as connection:
            return proposals(self._desk, connection)

    def preview(self, values: Mapping[str, str]) -> tuple[Paper, ...]:
        """What would be issued, as it will be printed: one paper for each receiver. Nothing is written."""
        with self._desk.ledger.read() as connection:
            sender = self._desk.here().name
            return tuple(notice_texts.paper(said, sender) for said in self._made(connection, values))

    def add(self, values: Mapping[str, str]) -> Record:
        """Issue one to one unit. The county's alone; number and, where nothing is said, day of issue are given here."""
        name = str(values.get("township") or "")
        if len(split_names(name)) > 1:
            raise NoReceiver(name)
        return self.issue(values)[0]

    def issue(self, values: Mapping[str, str]) -> tuple[Record, ...]:
        """Issue one to each unit named in `township`, in one transaction; each says only what concerns its unit."""
        desk = self._desk
        with desk.ledger.write() as connection:
            made: builtins.list[str] = []
            for said in self._made(connection, values):
                pen = Pen(desk, connection)
                number = self._number(connection, str(said["kind"]), str(said["issued_on"])[:4])
                who = audience.of_record(desk, dict(said), pen.registry)
                made.append(pen.set(Place("notice"), {**said, "number": number}, who))
                audience.link(desk, connection, pen.put())
            return tuple(self._shown(connection, [find(connection, "notice", one) for one in made]))

    def void(self, id: str, why: str) -> Record:
        """Withdraw one: it counts nowhere any more, and its receiver sees that by the next package."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        if not why.strip():
            raise refusals.NoReason
        with desk.ledger.write() as connection:
            row = _counting(connection, id)
            pen = Pen(desk, connection)
            who = audience.of_record(desk, showing.values_of("notice", row), pen.registry)
            place = Place("notice", row["id"].hex(), fold.reduce_one(connection, row["id"]))
            pen.void(place, desk.today().isoformat(), who, why.strip())
            pen.put()
            return self._one(connection, row["id"].hex())

    def close(self, id: str, opinion: str) -> Record:
        """End one with an opinion, answered or not: it is waited for no more. The county's alone."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        if not opinion.strip():
            raise refusals.NothingWritten(label("notice", "opinion"))
        values = {"ended_on": desk.today().isoformat(), "opinion": opinion.strip()}
        return self._change(id, values, END, "县环委办")

    def reply(self, id: str, values: Mapping[str, str]) -> Record:
        """Answer one; the day is today unless it is said. By its receiver, or the county for it."""
        desk = self._desk
        if not str(values.get("reply") or "").strip():
            raise refusals.NothingWritten(label("notice", "reply"))
        with desk.ledger.read() as connection:
            by = find(connection, "notice", id)["replied_by"] or desk.user
        defaults = {"replied_on": desk.today().isoformat(), "replied_by": by}
        return self._change(id, {**defaults, **values}, ANSWER, "接收单位或县环委办")

    # ------------------------------------------------------------------------------------- behind it

    def _change(self, id: str, values: Mapping[str, str], names: Sequence[str], whose: str) -> Record:
        """Write fields of one that counts; what was issued is never changed."""
        desk = self._desk
        with desk.ledger.write() as connection:
            row = _counting(connection, id)
            changes = forms.changes("notice", values, showing.values_of("notice", row), desk.today())
            other = next((name for name in changes if name not in names), "")
            if other:
                raise refusals.NotYours(label("notice", other), "发出通知的县环委办，发出以后不再改")
            history = fold.reduce_one(connection, row["id"], desk.registry(connection))
            allow(desk, "notice", changes, history, row["creator"], whose)
            if changes:
                write_changes(desk, connection, "notice", row, history, changes)
            return self._one(connection, row["id"].hex())

    def _made(self, connection: Connection, values: Mapping[str, str]) -> builtins.list[dict[str, Value]]:
        """The values of what would be issued, one for each receiver, texts filled in; numbers are not given yet."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        given = forms.changes("notice", values, {}, desk.today(), creating=True)
        said = {name: str(value) for name, value in given.items() if value}
        for name in ("kind", "title"):
            if name not in said:
                raise refusals.NothingWritten(label("notice", name))
        refuse = next((name for name in (*ANSWER, *END) if name in said), "")
        if refuse:
            raise refusals.NotYours(
                label("notice", refuse), "接收单位" if refuse in ANSWER else "办结的时候写，县环委办"
            )
        said.setdefault("issued_on", desk.today().isoformat())
        registry = desk.registry(connection)
        named = split_names(said.pop("township", "")) or [""]
        units = list(dict.fromkeys(_receiver(registry, one, desk.side.unit) for one in named))
        rows = [find(connection, "problem", one) for one in split_names(said.pop("problems", ""))]
        made: builtins.list[dict[str, Value]] = []
        for unit in units:
            own = [row for row in rows if row["unit"] == unit or row["unit"] not in units]
            texts = notice_texts.filled(said, Letter(unit, registry.units[unit], own), desk.here().name)
            about = "；".join(row["id"].hex() for row in own)
            one = {**said, **texts, "township": unit} | ({"problems": about} if about else {})
            made.append(forms.changes("notice", one, {}, desk.today(), creating=True))
        return made

    def _number(self, connection: Connection, kind: str, year: str) -> str:
        """The next number of a kind in a year: unique without a network, for it ends with letters of this PC."""
        desk = self._desk
        word = dictionaries.content(connection, "notice_templates")[kind]["word"].strip()
        head, tail = f"{word}〔{year}〕", f"号-{letters(desk.settings['device'])}"
        own = select(notice.c.number).where(notice.c.creator == desk.side.unit, notice.c.number.startswith(head))
        numbers: builtins.list[str] = [n.removeprefix(head).removesuffix(tail) for n in connection.scalars(own)]
        last = max((int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 9), default=0)
        return f"{head}{last + 1}{tail}"

    def _one(self, connection: Connection, id: str) -> Record:
        return self._shown(connection, [find(connection, "notice", id)])[0]

    def _shown(self, connection: Connection, rows: Sequence[RowMapping]) -> builtins.list[Record]:
        desk, today = self._desk, self._desk.today().isoformat()
        ways = exchanged.Ways.of_some(connection, desk.side, [row["id"] for row in rows])
        registry, rules = desk.registry(connection), dictionaries.thresholds(connection)
        about = _about(connection, rows)
        why = _withdrawn(connection, registry, [row["id"] for row in rows if row["void_from"]])
        found: builtins.list[Record] = []
        for row in rows:
            shown: dict[str, Any] = showing.brief("notice", row, registry, ways, desk.today(), rules)
            due = row["answer_by"] or ""
            shown["overdue"] = bool(due) and (row["replied_on"] or row["ended_on"] or today) > due
            shown["state"] = state(row, today)
            shown["void_on"], shown["void_why"] = row["void_from"], why.get(row["id"].hex())
            shown["about"] = [about[one] for one in split_names(row["problems"] or "") if one in about]
            found.append(shown)
        return found


def state(row: RowMapping | Mapping[str, Any], today: str) -> str:
    """How far a notice is: one of words.NOTICE_STATE. `today`: ISO text."""
    if row["void_from"]:
        return "void"
    return "overdue" if row["stage"] == "open" and (row["answer_by"] or today) < today else str(row["stage"])


def _urgency(one: Record) -> tuple[int, str]:
    if one["state"] in _WAITING:
        return 0, one["answer_by"] or "9999"
    return _ORDER.index(one["state"]), ""


def _counting(connection: Connection, id: str) -> RowMapping:
    row = find(connection, "notice", id)
    if row["void_from"]:
        raise refusals.IsVoid
    return row


def _withdrawn(connection: Connection, registry: Registry, tops: Sequence[bytes]) -> dict[str, str]:
    """Why notices were withdrawn, by their ids: what the county's newest operation says that did it."""
    found: dict[str, str] = {}
    for top, history in fold.load(connection, tops):
        voids = [one for _, one in history.values() if one.kind == VOID and one.record == top]
        ours = [one for one in voids if (by := registry.author(one.device)) and by.is_county]
        found[top] = max(ours, key=lambda one: (one.lam, one.id)).why if ours else ""
    return found


def _about(connection: Connection, rows: Sequence[RowMapping]) -> dict[str, Record]:
    """The problems that notices speak of and that are here, by id: id, number and title."""
    ids = {one for row in rows for one in split_names(row["problems"] or "") if is_id(one)}
    temporary_ids(connection, [bytes.fromhex(one) for one in sorted(ids)])
    listed = select(problem.c.id, problem.c.number, problem.c.description).where(among(problem.c.id))
    return {
        row.id.hex(): {"id": row.id.hex(), "number": row.number, "title": row.description or ""}
        for row in connection.execute(listed)
    }


def _receiver(registry: Registry, name: str, own: str) -> str:
    code = registry.resolve(name)
    if not code or code == own:
        raise NoReceiver(name)
    return code
