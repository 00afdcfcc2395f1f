"""Figures: of any day, as known on any day; and the overview of today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from models.domain import breakdown, tally
from models.domain import meaning as meanings
from models.domain.breakdown import Seen, Way
from models.domain.light import ORDER
from models.domain.meaning import Meaning
from models.domain.tally import Item
from models.services.base import counting, dictionaries, showing
from models.services.base.counting import Counted
from models.services.base.desk import Desk
from models.services.figures import breakdowns
from models.services.figures.agenda import agenda
from models.services.figures.county_agenda import awaiting
from models.services.figures.diary import of_month
from models.services.views.agenda import Agenda, Awaiting
from models.services.views.breakdowns import Asked, FigureLine, FigureTable
from models.services.views.diary import Diary
from models.services.views.figures import Asks, DayFigures, Overview, UnitFigures
from models.services.views.lists import Line
from models.store import exchanged, figures, pages
from models.store.pages import Wanted
from models.store.schema import conflict, pkg_in, problem

USUAL = Meaning()
_URGENT = 8


class Figures:
    """What the county is asked for at noon and must have in the afternoon."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def tally(
        self, as_of: date | None = None, known_by: date | None = None, *, unit: str | None = None,
        sources: Collection[str] | None = None, meaning: Meaning = USUAL,
    ) -> dict[str, Any]:  # fmt: skip
        """The figures of a day from dated facts; with `known_by` only from what had arrived here by that day.

        `sources`: of the records of these sources; None of all.
        """
        with self._desk.ledger.read() as connection:
            whole = counting.read(self._desk, connection, as_of, known_by)
        problems = whole.seen("problem", unit=unit, sources=sources)
        petitions = whole.seen("petition", unit=unit, sources=sources, merged_once=meaning.merged_once)
        counted, heard = breakdown.problems(problems), breakdown.petitions(petitions, whole.day)
        rates = meanings.problem_rates(counted, meaning), meanings.petition_rates(heard, meaning)
        return {
            "as_of": whole.day,
            "known_by": known_by.isoformat() if known_by else None,
            **headline(whole, problems, petitions),
            **{f"by_{way.name}": _broken_down(whole, way, problems) for way in breakdown.PROBLEMS},
            **{f"petitions_by_{way.name}": _broken_down(whole, way, petitions) for way in breakdown.PETITIONS},
            "rates": {
                kind: {name: rate.share for name, rate in some.items()}
                for kind, some in zip(("problems", "petitions"), rates, strict=True)
            },
        }

    def breakdown(self, asked: Asked) -> FigureTable:
        """One breakdown with its total."""
        with self._desk.ledger.read() as connection:
            whole = counting.read(self._desk, connection, asked.as_of, asked.known_by)
        return breakdowns.table(whole, asked)

    def behind(
        self, asked: Asked, key: str | None, figure: str, column: Sequence[str] = ()
    ) -> tuple[FigureLine, ...]:  # fmt: skip
        """The records that one number of a breakdown counts; `key`: None for the total, `column`: its values across."""
        with self._desk.ledger.read() as connection:
            whole = counting.read(self._desk, connection, asked.as_of, asked.known_by)
        return breakdowns.behind(whole, asked, key, figure, column)

    def course(self, days: Sequence[date]) -> tuple[DayFigures, ...]:
        """How far everything had come on each of these days, as known now."""
        with self._desk.ledger.read() as connection:
            items = figures.items(connection, "problem")
        groups = _grouped(items, lambda i: i.unit)
        made: list[DayFigures] = []
        for one in days:
            day = one.isoformat()
            all_of = tally.problems(items, day)
            by_unit = {unit: tally.problems(some, day) for unit, some in groups}
            units = {unit: (n.total, n.completed + n.long_term_completed) for unit, n in by_unit.items() if n.total}
            made.append(
                DayFigures(one, all_of.total, all_of.time_limited, all_of.completed, all_of.closed, units)
            )  # fmt: skip
        return tuple(made)

    def agenda(self) -> Agenda:
        """What is to be done today beside what the overview says."""
        return agenda(self._desk)

    def awaiting(self) -> tuple[Awaiting, ...]:
        """What waits for the county itself; nothing at a unit."""
        return awaiting(self._desk)

    def diary(self, month: date) -> Diary:
        """What falls due on each day of the month that a day lies in, and is not done."""
        return of_month(self._desk, month)

    def overview(self) -> Overview:
        """The first page: today, as known now."""
        desk, today = self._desk, self._desk.today()
        with desk.ledger.read() as connection:
            every = {table: figures.items(connection, table) for table in ("problem", "petition")}
            rules = dictionaries.thresholds(connection)
            lights = dict.fromkeys(ORDER, 0) | dict(
                pages.facets(connection, Wanted("problem", today, rules=rules), "light")
            )
            ways = exchanged.Ways.all(connection, desk.side)
            monthly = dictionaries.monthly(desk, connection)
            views = {v: pages.count(connection, Wanted("problem", today, view=v, monthly=monthly))
                     for v in ("overdue", "due_7", "due_30", "no_dispatch")}  # fmt: skip
            conflicts = connection.scalar(
                select(func.count()).select_from(select(conflict.c.record, conflict.c.field).distinct().subquery())
            )
            urgent = self._urgent(connection, ways)
            asks = figures.asks(connection, [bytes.fromhex(one.id) for one in urgent], today.isoformat())
            coming = self._next_due(connection, ways)
            units = self._units(connection)
            closed = pages.count(connection, Wanted("problem", today, view="closed"))
            notices = figures.notices(connection, today.isoformat())
            letters, unfinished = (pages.count(connection, Wanted("petition", today, view=v)) for v in ("", "open"))
        day = today.isoformat()
        counted = tally.problems(every["problem"], day)
        heard = tally.petitions(every["petition"], day)
        return Overview(
            today, lights, counted.total, counted.time_limited, counted.long_term, counted.completed, counted.closing,
            counted.closed, heard.total, heard.completed, views["overdue"], views["due_7"], views["due_30"],
            views["no_dispatch"], len(ways.unreported), len(ways.exported), conflicts or 0, urgent, units,
            tally.paragraph(counted, heard, day), sum(lights.values()), closed, letters,
            unfinished, {top.hex(): Asks(*some) for top, some in asks.items()}, coming, notices,
        )  # fmt: skip

    def _urgent(self, connection: Connection, ways: exchanged.Ways) -> tuple[Line, ...]:
        today, rules = self._desk.today(), dictionaries.thresholds(connection)
        query = Wanted(
            "problem", today, where=(("light", "red"), ("light", "orange"), ("light", "yellow")), rules=rules
        )
        first = pages.rows(connection, query)[:_URGENT]
        who = self._desk.registry(connection)
        return tuple(
            showing.line("problem", row, who, ways, today, rules) for row in pages.block(connection, "problem", first)
        )

    def _next_due(self, connection: Connection, ways: exchanged.Ways) -> Line | None:
        """The open problem whose day comes next, today included."""
        today, who = self._desk.today(), self._desk.registry(connection)
        rules = dictionaries.thresholds(connection)
        rows = pages.block(connection, "problem", figures.next_due(connection, today.isoformat()))
        return next((showing.line("problem", row, who, ways, today, rules) for row in rows), None)

    def _units(self, connection: Connection) -> tuple[UnitFigures, ...]:
        """A row for every unit that has problems, and for every unit of the county's list."""
        today = self._desk.today()
        who = self._desk.registry(connection)
        colour = pages.light_of(problem, today, dictionaries.thresholds(connection))
        key = func.coalesce(func.nullif(problem.c.unit, ""), problem.c.township, "")
        asked = pages.told_monthly(dictionaries.monthly(self._desk, connection))
        is_told = problem.c.last_month >= today.isoformat()[:7]
        statement = (
            select(key, colour, problem.c.stage, asked, is_told, func.count())
            .where(problem.c.void_from.is_(None))
            .group_by(key, colour, problem.c.stage, asked, is_told)
        )
        table: dict[str, UnitFigures] = {}
        for unit, light, stage, monthly, told, n in connection.execute(statement):
            row = table.get(unit) or _empty(unit, who.units.get(unit, unit))
            table[unit] = replace(
                row,
                lights={**row.lights, light: row.lights[light] + n},
                total=row.total + n,
                completed=row.completed + n * (stage != "open"),
                closed=row.closed + n * (stage == "closed"),
                no_dispatch=row.no_dispatch + n * (monthly and not told),
                told_monthly=row.told_monthly + n * monthly,
            )
        if self._desk.is_county:
            for code in sorted(set(who.units) - {who.county} - set(table)):
                table[code] = _empty(code, who.units[code])
        newest = {row[0]: row[1] for row in connection.execute(
            select(pkg_in.c.unit, func.max(pkg_in.c.imported)).group_by(pkg_in.c.unit))}  # fmt: skip
        return tuple(replace(row, last_in=newest.get(code)) for code, row in sorted(table.items()))


def headline(whole: Counted, problems: Sequence[Seen], petitions: Sequence[Seen]) -> dict[str, Any]:
    """The figures themselves, the sentence with all of them, and what punishments add up to."""
    counted, heard = breakdown.problems(problems), breakdown.petitions(petitions, whole.day)
    return {
        "problems": _flat(counted),
        "petitions": _flat(heard),
        "paragraph": tally.paragraph(counted, heard, whole.day),
        "penalties": breakdown.penalties(petitions, meanings.PENALTIES),
    }


def _empty(unit: str, name: str) -> UnitFigures:
    return UnitFigures(unit, name, dict.fromkeys(ORDER, 0), 0, 0, 0, 0, None)


def _grouped(items: Iterable[Item], by: Callable[[Item], str]) -> list[tuple[str, list[Item]]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(by(item), []).append(item)
    return sorted(groups.items())


def _broken_down(whole: Counted, way: Way, some: Sequence[Seen]) -> list[dict[str, Any]]:
    """A breakdown as rows; a unit is told by its code and by its name."""
    rows: list[dict[str, Any]] = []
    for key, few in breakdown.groups(way, some, whole.sight).items():
        named = {way.key: key, "name": whole.name(way, key)} if way.key == "unit" else {way.key: key}
        rows.append(named | _flat(breakdown.counted(way.table, few, whole.day)))
    return rows


def _flat(counts: breakdown.Counts) -> dict[str, Any]:
    flat = asdict(counts)
    if isinstance(counts, tally.ProblemCounts):
        flat["pace"] = dict(counts.pace)
    return flat
