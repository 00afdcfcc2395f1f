"""The monthly dispatch: the sheet of a month, saving many rows at once, zero reports, the county's judgement."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, RowMapping

from models.domain import forms
from models.domain.fields import TABLES
from models.domain.light import Thresholds
from models.domain.reduce import Reduced
from models.domain.roles import Deed
from models.domain.unit import Registry, derived_id
from models.errors import LedgerError
from models.services.base import dictionaries, refusals, showing
from models.services.base.desk import Desk
from models.services.base.writing import find
from models.services.problems import dispatching
from models.services.views.months import Entry, MonthLine, MonthSheet, MonthUnit, Saved
from models.store import fold, months

_OF_THE_UNIT = ("pace", "progress", "difficulties", "next_step", "zero")


@dataclass(eq=False)
class NotReported(LedgerError):
    """There is nothing to judge."""

    code = "R140"
    title = "这个月还没有填报，没有评定"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name[:30]}”这个月还没有填报，没有做任何评定。"

    @property
    def way_out(self) -> str:
        return "请等乡镇报来，或请乡镇补报后再评定。"


@dataclass(eq=False)
class NoOpinion(LedgerError):
    """What is returned without a word helps nobody."""

    code = "R141"
    title = "还没有写退回的原因，没有退回"

    @property
    def way_out(self) -> str:
        return "请写明哪里要补、要改，再退回。"


class Months:
    """Everything the window and the hatch may ask of the monthly dispatch."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self, month: str, unit: str | None = None) -> MonthSheet:
        """The problems that are to be told of in a month; `unit`: only those of one unit, by code or as written."""
        month = _checked(self._desk, month)
        with self._desk.ledger.read() as connection:
            return self._sheet(connection, month, unit)

    def save(self, month: str, rows: Mapping[str, Mapping[str, str]]) -> Saved:
        """Write what was typed, by problem; one transaction, and only what changed makes operations."""
        month = _checked(self._desk, month)
        with self._desk.ledger.write() as connection:
            said = [dispatching.Said(find(connection, "problem", one), values) for one, values in rows.items()]
            return self._written(connection, month, said)

    def zero(self, month: str, problems: Sequence[str] | None = None) -> Saved:
        """Report that nothing moved, for these problems, or for all of this unit of which nothing is said yet."""
        month = _checked(self._desk, month)
        with self._desk.ledger.write() as connection:
            lines = self._sheet(connection, month, self._desk.side.unit).lines if problems is None else ()
            ids = [one.id for one in lines if not one.is_told] if problems is None else list(problems)
            said = [dispatching.Said(find(connection, "problem", one), {"zero": "true"}) for one in ids]
            told = _told(connection, said, month)
            new = [one for one in said if one.row["id"] not in told]
            saved = self._written(connection, month, new)
            return replace(saved, same=len(said) - len(saved.written))

    def judge(self, month: str, problems: Sequence[str], judgement: str, opinion: str = "") -> Saved:
        """Accept what was reported, or return it with what is lacking. The county's alone."""
        if not self._desk.is_county:
            raise refusals.CountyOnly
        month = _checked(self._desk, month)
        given = {"judgement": judgement, "opinion": opinion}
        if not judgement.strip() and opinion.strip():
            raise refusals.NothingWritten(TABLES["dispatch"]["judgement"].label)
        meant = forms.changes("dispatch", given, {}, self._desk.today()).get("judgement")
        if meant == "returned" and not opinion.strip():
            raise NoOpinion
        with self._desk.ledger.write(deed=Deed.JUDGE) as connection:
            said = [dispatching.Said(find(connection, "problem", one), given, again=("judgement",)) for one in problems]
            told = _told(connection, said, month)
            for one in said:
                if one.row["id"] not in told:
                    raise NotReported(one.row["description"] or "")
            return self._written(connection, month, said)

    # ------------------------------------------------------------------------------------- behind it

    def _written(self, connection: Connection, month: str, said: list[dispatching.Said]) -> Saved:
        written = dispatching.write(self._desk, connection, month, said)
        return Saved(month, tuple(written), len(said) - len(written))

    def _sheet(self, connection: Connection, month: str, unit: str | None) -> MonthSheet:
        desk = self._desk
        rules = dictionaries.content(connection, "dispatch_rules")
        lights = dictionaries.thresholds(connection)
        due = due_day(month, rules["due_day"])
        who = desk.registry(connection)
        rows = months.lines(connection, month, dictionaries.monthly(desk, connection), desk.today(), lights)
        returned = [row["id"] for row in rows if row["now_judgement"] == "returned"]
        again = {top for top, history in fold.reduce_many(connection, returned, who) if _is_newer(history, month)}
        lines = [self._line(row, who, due, lights, again=row["id"] in again) for row in rows]
        if unit is not None:
            wanted = who.resolve(unit) or unit
            lines = [one for one in lines if one.unit == wanted]
        phrases = dictionaries.content(connection, "phrases")
        return MonthSheet(month, due, desk.today().isoformat(), tuple(lines), _units(lines), phrases)

    def _line(self, row: RowMapping, who: Registry, due: str, lights: Thresholds, *, again: bool) -> MonthLine:
        now, last = _entry(row, "now"), _entry(row, "last")
        light = showing.light_of(row, self._desk.today(), lights)
        late = (now.reported_on > due) if now else self._desk.today().isoformat() > due
        state = "missing" if now is None else "again" if again else now.judgement or "reported"
        return MonthLine(
            row["pk"], row["id"].hex(), row["number"] or "", row["description"] or "", light.colour, light.why,
            row["whose"], who.units.get(row["whose"], row["whose"]), row["deadline"] or "", last, now, state, late,
        )  # fmt: skip


def _told(connection: Connection, said: Sequence[dispatching.Said], month: str) -> set[bytes]:
    return months.told(connection, [one.row["id"] for one in said], month)


def _checked(desk: Desk, month: str) -> str:
    read = forms.changes("dispatch", {"month": month}, {}, desk.today()).get("month")
    if not isinstance(read, str):
        raise refusals.NothingWritten(TABLES["dispatch"]["month"].label)
    return read


def due_day(month: str, day: int) -> str:
    """The day of a month by which its dispatch is to be told, ISO: `day`, or the last one of a shorter month."""
    last = monthrange(int(month[:4]), int(month[5:]))[1]
    return f"{month}-{min(day, last):02}"


def _entry(row: RowMapping, which: str) -> Entry | None:
    if row[f"{which}_id"] is None:
        return None
    said: dict[str, Any] = {name: row[f"{which}_{name}"] or "" for name in months.SAID}
    return Entry(**{**said, "zero": said["zero"] == "true"})


def _is_newer(history: Reduced, month: str) -> bool:
    """Whether the unit wrote to the entry knowing that the county had returned it."""
    heads = history.records[derived_id("dispatch", history.top, month)].heads
    judged = max(head.lam for head in heads["judgement"])
    return any(head.lam > judged for name in _OF_THE_UNIT for head in heads.get(name, ()))


def _units(lines: Iterable[MonthLine]) -> tuple[MonthUnit, ...]:
    found: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for one in lines:
        names[one.unit] = one.unit_name
        count = found.setdefault(one.unit, {f.name: 0 for f in fields(MonthUnit) if f.name not in ("unit", "name")})
        count["expected"] += 1
        count["reported" if one.is_told else "missing"] += 1
        count["zero"] += bool(one.now and one.now.zero)
        count["late"] += one.late
        count["waiting"] += one.state in ("reported", "again")
        count["returned"] += one.state == "returned"
        count["accepted"] += one.state == "accepted"
    return tuple(replace(MonthUnit(unit, names[unit]), **found[unit]) for unit in sorted(found))
