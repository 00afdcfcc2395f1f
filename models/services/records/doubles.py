"""Likely doubles at the county: found, told apart, merged, and taken apart again.

Merging is two operations of the kinds that every home understands: the one that goes says into which record it was
merged (`merged_into`, a field of the county), and is void from today. Its history stays whole, and stands beside that
of the one that stays. Taking the void back takes the merging back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping

from models.domain.doubles import Told, likely, pair_key
from models.domain.field import Owner
from models.domain.fields import FOREIGN_NUMBERS, TABLES, label
from models.domain.unit import Registry, derived_id
from models.progress import Progress, Silent
from models.services.base import audience, refusals, showing
from models.services.base.desk import Desk
from models.services.base.matching import normal, number_key
from models.services.base.pen import Pen, Place
from models.services.base.writing import MUST, find
from models.services.records.records import Records
from models.services.views.doubles import Compared, Double, Doubles, Side
from models.services.views.lists import Record
from models.store import doubles, fold

LISTED = 200  # pairs: more is counted, not listed
CREATOR = "登记单位"


class DoublesAtCounty:
    """What looks like one thing told twice. The county alone merges."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, table: str, progress: Progress | None = None) -> Doubles:
        """The likely doubles of a table, the surest first, without those that were told apart."""
        told = progress or Silent()
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            told.step(0, 0, "正在读取台账")
            rows = {row["id"].hex(): row for row in doubles.live(connection, table)}
            apart = doubles.told_apart(connection)
        found = likely([_told(table, row) for row in rows.values()], apart, told)
        pairs = tuple(
            Double(
                table, _side(table, rows[pair.one], who), _side(table, rows[pair.other], who), pair.number,
                label(table, pair.number) if pair.number else "", round(pair.alike * 100),
            )
            for pair in found[:LISTED]
        )  # fmt: skip
        return Doubles(len(found), pairs)

    def compare(self, table: str, one: str, other: str) -> Compared:
        """Two records beside each other."""
        with self._desk.ledger.read() as connection:
            rows = [find(connection, table, id_) for id_ in (one, other)]
            shown = [showing.record(self._desk, connection, table, row) for row in rows]
        told = _shown(table)
        fields = tuple(
            (name, CREATOR if name == "created_by" else label(table, name), one, other)
            for name in shown[0] if name in told
            for one, other in [(_value(shown[0], name), _value(shown[1], name))] if one or other
        )  # fmt: skip
        return Compared(table, shown[0], shown[1], fields)

    def merge(self, table: str, keep: str, gone: str, why: str = "") -> Record:
        """Let one record stand for both: the other is void from today, and says into which it was merged."""
        with self._desk.ledger.write() as connection:
            self._county_only()
            kept, lost = find(connection, table, keep), find(connection, table, gone)
            if kept["id"] == lost["id"]:
                raise refusals.CannotMerge("两次选的是同一条")
            if kept["void_from"] or lost["void_from"]:
                raise refusals.CannotMerge("其中一条已经作废")
            number = kept["number"] if table == "problem" else kept["receipt_number"]
            pen = Pen(self._desk, connection)
            place = Place(table, lost["id"].hex(), fold.reduce_one(connection, lost["id"]))
            aud = audience.of_record(self._desk, showing.values_of(table, lost), pen.registry)
            pen.set(place, {"merged_into": kept["id"].hex()}, aud)
            pen.void(
                place, self._desk.today().isoformat(), aud, why.strip() or f"与 {number or '另一条'} 是同一件，并入"
            )
            pen.put()
            return showing.record(self._desk, connection, table, find(connection, table, kept["id"].hex()))

    def unmerge(self, table: str, gone: str) -> Record:
        """Take a merging back: the record counts again, with all that it was."""
        self._county_only()
        with self._desk.ledger.read() as connection:
            lost = find(connection, table, gone)
            if not lost["merged_into"] or not lost["void_from"]:
                raise refusals.CannotMerge("这一条没有并入别的记录")
        return Records(self._desk).unvoid(table, lost["id"].hex())

    def tell_apart(self, table: str, one: str, other: str) -> None:
        """不是同一件: this pair is not asked again, on no PC of the county."""
        self._say(table, one, other, apart=True)

    def ask_again(self, table: str, one: str, other: str) -> None:
        """Take back that somebody told these two apart."""
        self._say(table, one, other, apart=False)

    def _say(self, table: str, one: str, other: str, *, apart: bool) -> None:
        """Say of a pair whether it is two: a record of its own, which nobody grants.

        To the PCs of the county alone; of two sources of one unit, which looks for doubles itself, to that unit too.
        """
        with self._desk.ledger.write() as connection:
            self._county_only()
            rows = [find(connection, table, id_) for id_ in (one, other)]
            first, second = pair_key(*(row["id"].hex() for row in rows))
            if ((first, second) in doubles.told_apart(connection)) is apart:
                return
            pair = f"{first}-{second}"
            record = derived_id("apart", pair)
            pen = Pen(self._desk, connection)
            place = Place("apart", record, fold.reduce_one(connection, bytes.fromhex(record)))
            pen.set(place, {"pair": pair, "apart": "true" if apart else "false"}, self._audience(table, rows))
            pen.put()

    def _audience(self, table: str, rows: list[RowMapping]) -> tuple[str, ...]:
        units = {row["unit"] for row in rows} if table == "source" else set[str]()
        return tuple(sorted({self._desk.side.unit, *(units if len(units) == 1 else ())} - {""}))

    def _county_only(self) -> None:
        if not self._desk.is_county:
            raise refusals.CountyOnly


def _told(table: str, row: RowMapping) -> Told:
    source = normal(row["source"]) if table == "problem" else ""
    names = FOREIGN_NUMBERS if table == "problem" else ("receipt_number",)
    numbers = tuple((name, number_key(row[name]), source) for name in names if row[name])
    town = row["unit"] or normal(row["township"])
    return Told(row["id"].hex(), town, normal(row[MUST[table]]), numbers)


def _side(table: str, row: RowMapping, who: Registry) -> Side:
    number = row["number"] if table == "problem" else row["receipt_number"]
    return Side(row["id"].hex(), number or "", row[MUST[table]] or "", showing.township(row, who)[1])


def _shown(table: str) -> set[str]:
    """The fields that people compare: those that travel, and that a verb of its own does not write."""
    return {name for name, one in TABLES[table].items() if one.owner is not Owner.LOCAL and not one.by_verb} | {
        "closed_on", "finished_on", "remark", "created_by"
    }  # fmt: skip


def _value(record: Record, name: str) -> Any:
    if name in ("township", "created_by"):
        return record.get(f"{name}_name") or record.get(name)
    return record.get(name)
