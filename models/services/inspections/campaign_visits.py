"""督导来访、暗访: what a visit from outside left is registered as problems, with no checklist between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from models.domain import forms, words
from models.domain.fields import label
from models.domain.operation import Value
from models.domain.unit import Registry, unit_names
from models.errors import LedgerError
from models.services.base import audience, refusals
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import find, put
from models.store.number import Numbers
from models.store.schema import inspection


@dataclass(eq=False)
class NotAVisit(LedgerError):
    """Problems without a checklist are left by visits alone."""

    code = "R720"
    title = "这不是督导来访、暗访，没有登记问题"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”是本县自己的排查，它查出的问题从检查项登记，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请在它的一次检查里把查到的一项答“否”，再登记为问题；上级来查的，请另登记一次督导来访、暗访。"


@dataclass(eq=False)
class WhoseProblem(LedgerError):
    """A visit went to several units, or the name is that of none."""

    code = "R721"
    title = "没有写明是哪个乡镇的问题，没有登记"
    name: str

    @property
    def message(self) -> str:
        said = f"“{self.name}”不在本县的单位里" if self.name else "这次来访去了几个单位"
        return f"{said}，不知道问题该归谁，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请在“乡镇”里写一个本县的乡镇，再登记一次。"


def leave(desk: Desk, connection: Connection, id: str, values: Mapping[str, str]) -> str:
    """Write the problem, and where it is the first one of its unit the inspection that it belongs to; its id."""
    row = find(connection, "campaign", id)
    if row["void_from"]:
        raise refusals.IsVoid
    if row["kind"] != "visit":
        raise NotAVisit(row["title"] or row["number"] or "")
    today, who = desk.today(), desk.registry(connection)
    day = min(row["from_on"] or today.isoformat(), today.isoformat())
    said = {"found_on": day, "source": words.INSPECTION_KIND["visit"], **values}
    said["township"] = _township(values, row, who) if desk.is_county else desk.side.unit
    changes = {n: v for n, v in forms.changes("problem", said, {}, today, creating=True).items() if v}
    if not changes.get("description"):
        raise refusals.NothingWritten(label("problem", "description"))
    pen = Pen(desk, connection)
    own, numbers = desk.settings, (desk.settings["unit"], desk.settings["device"], today.year)
    unit = who.resolve(str(changes.get("township") or "")) or ""
    at = _there(connection, row, unit)
    if not at:
        made: dict[str, Value] = {
            "number": Numbers(connection, *numbers, "inspection").next(), "kind": "visit", "campaign": row["id"].hex(),
            "township": changes.get("township"), "inspected_on": day, "finished_on": day, "people": row["people"],
        }  # fmt: skip
        said_ = {name: value for name, value in made.items() if value}
        at = pen.set(Place("inspection"), said_, audience.of_record(desk, dict(said_), pen.registry))
    changes |= {"number": Numbers(connection, own["unit"], own["device"], today.year).next(), "inspection": at}
    new = pen.set(Place("problem"), changes, audience.of_record(desk, dict(changes), pen.registry))
    put(desk, connection, pen)
    return new


def _township(values: Mapping[str, str], row: RowMapping, who: Registry) -> str:
    """Whose problem it is: what was said, or the only unit that was visited."""
    visited = unit_names(row["township"] or "") or unit_names(row["responsible_units"] or "")
    said = values.get("township") or (visited[0] if len(visited) == 1 else "")
    if who.resolve(said) is None:
        raise WhoseProblem(said)
    return said


def _there(connection: Connection, row: RowMapping, unit: str) -> str:
    """The inspection under which this visit's problems of a unit stand; "" where there is none yet."""
    mine = select(inspection.c.id).where(
        inspection.c.campaign == row["id"].hex(), inspection.c.unit == unit, inspection.c.void_from.is_(None),
        inspection.c.zero.is_distinct_from("true"),
    )  # fmt: skip
    found = connection.scalar(mine.order_by(inspection.c.pk).limit(1))
    return found.hex() if found else ""
