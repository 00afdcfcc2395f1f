"""Opening a problem again: 反弹 or an approved 申请重启 begins the next round; what the older ones came to stays."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping

from models.domain import cycles, forms
from models.domain.fields import label
from models.domain.reduce import Reduced
from models.domain.roles import Deed
from models.domain.unit import derived_id
from models.services.base import audience, refusals, showing, since
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import find
from models.services.problems import taking_back
from models.services.problems.cycle_refusals import NotDone, NotLater, Unsaid
from models.services.views.lists import Record
from models.store import fold
from models.store.rows import is_application


class Cycles:
    """What the window and the hatch may ask of rounds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self, problem: str, values: Mapping[str, str]) -> Record:
        """Begin the next round of a problem: why, on what grounds, from which day (today if nothing is said)."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        with desk.ledger.write(deed=Deed.JUDGE) as connection:
            row, history = standing(desk, connection, problem)
            said = forms.changes("cycle", {"kind": "relapse", **values}, {}, desk.today(), creating=True)
            pen = Pen(desk, connection)
            write_next(desk, pen, row, history, {name: str(v) for name, v in said.items() if v})
            after = since.length(connection)
            pen.put()
            record = showing.record(desk, connection, "problem", find(connection, "problem", history.top))
            return {**record, "undo": taking_back.token(connection, taking_back.OPEN, after)}


def standing(desk: Desk, connection: Connection, wanted: str) -> tuple[RowMapping, Reduced]:
    """One problem that counts, and its history."""
    row = find(connection, "problem", wanted)
    if row["void_from"]:
        raise refusals.IsVoid
    return row, fold.reduce_one(connection, row["id"], desk.registry(connection))


def write_next(desk: Desk, pen: Pen, row: RowMapping, history: Reduced, said: Mapping[str, str]) -> int:
    """Write the next round with a pen that is put by the caller; its number. The county's alone.

    `said`: kind, reason, basis; opened_on where it is not today.
    """
    for name in ("reason", "basis"):
        if not said.get(name, "").strip():
            raise Unsaid(label("cycle", name))
    now = showing.values_of("problem", row)
    today = desk.today().isoformat()
    applied = [str(one.values.get("applied_on") or "") for one in history.records.values() if is_application(one)]
    day, last = said.get("opened_on") or today, max(cycles.last_day(now), *applied, "")
    if not cycles.is_done(now):
        raise NotDone
    if not last < day <= today and not last == day == today:  # a day that is over keeps its figures
        raise NotLater(day, last)
    earlier = [part.values for part in history.records.values() if part.table == "cycle" and part.void_from is None]
    number = cycles.number_now(earlier) + 1
    aud = audience.of_record(desk, now, pen.registry)
    entry = derived_id("cycle", history.top, str(number))
    fields = {"kind": said["kind"], "reason": said["reason"].strip(), "basis": said["basis"].strip()}
    if entry in history.records:  # it was opened before, and that was taken back
        pen.void(Place("cycle", entry, history), None, aud, fields["reason"])
    pen.set(Place("cycle", entry, history), {"number": str(number), "opened_on": day, **fields}, aud)
    pen.set(Place("problem", history.top, history), cycles.reopening(now, day), aud, fields["reason"])
    return number
