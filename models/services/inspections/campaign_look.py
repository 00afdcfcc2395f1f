"""What a campaign shows: who has looked where in its round, who was silent, what was missed, what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from models.domain import inspected, inspections, rhythm, words
from models.domain.checklists import parts_of
from models.domain.inspected import Visit
from models.domain.unit import split_names, unit_names
from models.services.base import showing
from models.services.base.desk import Desk
from models.services.base.writing import find
from models.services.inspections import inspection_figures
from models.services.views.lists import Record
from models.store import figures
from models.store.schema import campaign, problem, source

_SAID = ("number", "title", "kind", "repeat", "visitor", "people", "from_on", "until_on")


def every(desk: Desk, connection: Connection, as_of: date | None) -> list[Record]:
    """Every campaign that counts, the newest first."""
    live = select(campaign).where(campaign.c.void_from.is_(None)).order_by(campaign.c.pk.desc())
    made = inspection_figures.known(desk, connection, None, desk.registry(connection))
    by_campaign: dict[str, list[Visit]] = {}
    for one in made:
        by_campaign.setdefault(one.campaign, []).append(one)
    places = _live_sources(connection)
    return [
        _about(desk, connection, row, by_campaign.get(row["id"].hex(), []), places, as_of)
        for row in connection.execute(live).mappings().all()
    ]


def show(desk: Desk, connection: Connection, id: str, as_of: date | None) -> Record:
    """One of them: its fields, its coverage, and the problems that came of it."""
    row = find(connection, "campaign", id)
    made = inspection_figures.known(desk, connection, None, desk.registry(connection))
    mine = [one for one in made if one.campaign == row["id"].hex()]
    shown = showing.record(desk, connection, "campaign", row)
    about = _about(desk, connection, row, mine, _live_sources(connection), as_of)
    counting = [one for one in mine if one.counts(about["as_of"], about["round"]["first"] if row["repeat"] else "")]
    return shown | about | {"problems": _problems(desk, connection, counting, about["as_of"])}


def due(every_: Iterable[Record]) -> list[Record]:
    """The running ones with a last day of which a unit was silent, or a village or a source was not looked at."""
    waiting = [
        one
        for one in every_
        if one["state"] == "running" and one["kind"] != "visit" and one["round"]["last"] and any(one["missed"].values())
    ]
    return sorted(waiting, key=lambda one: (one["round"]["last"], one["number"] or ""))


def _about(
    desk: Desk, connection: Connection, row: RowMapping, made: Iterable[Visit], places: dict[str, Record],
    as_of: date | None,
) -> Record:  # fmt: skip
    """Who said what by a day, where was looked, and what was missed; at a unit, of itself. Of a plan: in its round.

    One that a unit began is asked of nobody else, whomever it names: only the county's is handed on.
    """
    who, day = desk.registry(connection), as_of or desk.today()
    now = rhythm.round_of(row["repeat"] or "", row["from_on"] or "", row["until_on"] or "", day)
    since = now.first if row["repeat"] else ""
    some = [one for one in made if one.counts(day.isoformat(), since)]
    own = row["creator"] not in (None, who.county)
    named = [*unit_names(row["responsible_units"] or ""), row["township"] or ""]
    units = [row["creator"]] if own else sorted(who.resolve_all(named))
    if not desk.is_county:
        units = [desk.side.unit]
    told = [inspection_figures.about(one, who.units) for one in inspected.said(units, some)]
    scope = {id_: places[id_] for id_ in split_names(row["sources"] or "") if id_ in places}
    villages = inspections.coverage(split_names(row["villages"] or ""), {one.village for one in some})
    at = inspections.coverage(scope, {one.source for one in some})
    state = inspections.campaign_state(row["from_on"], row["until_on"], day)
    codes = [parts_of(code) for code in split_names(row["checklists"] or "")]
    return {
        "id": row["id"].hex(), **{name: row[name] for name in _SAID}, "state": state, "created_by": row["creator"],
        "said": words.CAMPAIGN_STATE[state], "as_of": day.isoformat(), "round": now._asdict(),
        "days_left": now.days_left(day), "themes": [one[0] for one in codes if one], "units": told,
        "begun_by": who.units.get(row["creator"], row["creator"]) if own else "",
        "inspections": sum(one["inspections"] for one in told), "findings": sum(one["findings"] for one in told),
        "looked_by": sorted({name for one in some for name in split_names(one.people)}),
        "villages_done": list(villages.done), "sources_done": [scope[one] for one in at.done],
        "missed": {
            "villages": list(villages.missed), "sources": [scope[one] for one in at.missed],
            "units": [one["unit"] for one in told if one["state"] == "silent"],
        },
    }  # fmt: skip


def _live_sources(connection: Connection) -> dict[str, Record]:
    """By id those that are here and count: a unit sees its own."""
    live = select(source).where(source.c.void_from.is_(None))
    return {
        (id_ := row["id"].hex()): {"id": id_, **{name: row[name] for name in ("number", "name", "unit", "village")}}
        for row in connection.execute(live).mappings()
    }


def _problems(desk: Desk, connection: Connection, made: Iterable[Visit], day: str) -> list[Record]:
    """What was found and registered in these inspections, and what became of it by that day."""
    ids = {one.id for one in made}
    rows = connection.execute(
        select(problem.c.id, problem.c.number, problem.c.description, problem.c.unit, problem.c.inspection)
        .where(problem.c.inspection.in_(ids), problem.c.void_from.is_(None))
        .order_by(problem.c.pk)
    ).all()
    if not rows:
        return []
    items, names = {one.id: one for one in figures.items(connection, "problem")}, desk.registry(connection).units
    return [
        {
            "id": row.id.hex(), "number": row.number, "title": row.description or "", "unit": row.unit,
            "unit_name": names.get(row.unit, row.unit), "fate": (fate := inspected.fate(items.get(row.id.hex()), day)),
            "fate_said": words.FATE[fate],
        }
        for row in rows
    ]  # fmt: skip
