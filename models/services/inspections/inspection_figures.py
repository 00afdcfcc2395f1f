"""What the county adds up of inspections: coverage by unit and theme, findings, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from models.domain import inspected, words
from models.domain.inspected import Said, Visit
from models.domain.unit import Registry
from models.services.base import checklist_versions, counting
from models.services.base.desk import Desk
from models.services.base.writing import find
from models.services.views.lists import Record
from models.store import visits
from models.store.schema import local_item, unit


def figures(
    desk: Desk, connection: Connection, *, as_of: date | None = None, known_by: date | None = None,
    since: date | None = None, campaign: str = "",
) -> Record:  # fmt: skip
    """As of a day; `known_by`: from what had arrived here by its end; `since`: of inspections from a day on."""
    day = (as_of or desk.today()).isoformat()
    counted = counting.read(desk, connection, as_of, known_by)
    every = known(desk, connection, known_by, counted.who)
    id_ = find(connection, "campaign", campaign)["id"].hex() if campaign else ""
    some = [
        one for one in every
        if one.counts(day, since.isoformat() if since else "") and id_ in ("", one.campaign)
    ]  # fmt: skip
    problems = {item.id: item for item in counted.items["problem"]}
    cells = inspected.matrix(some, themes(connection), problems, day)
    names = counted.who.units
    told = inspected.said([*townships(desk, connection), *sorted({one.unit for one in some})], some)
    return {
        "as_of": day, "known_by": known_by.isoformat() if known_by else None,
        "since": since.isoformat() if since else None, "campaign": id_ or None,
        "units": [about(one, names) for one in told],
        "themes": [
            {"theme": theme, "name": words.THEME.get(theme, "不清楚"), **cell.as_dict()}
            for theme, cell in sorted(inspected.by_theme(cells).items(), key=lambda one: _order(one[0]))
        ],
        "matrix": [
            {"unit": code, "unit_name": names.get(code, code), "theme": theme, **cell.as_dict()}
            for (code, theme), cell in sorted(cells.items(), key=lambda one: (one[0][0], _order(one[0][1])))
        ],
    }  # fmt: skip


def known(desk: Desk, connection: Connection, known_by: date | None, who: Registry) -> list[Visit]:
    """Every inspection, as known now or at the end of a day."""
    return visits.then(connection, desk.end_of_day(known_by), who) if known_by else visits.now(connection, who)


def about(one: Said, names: Any) -> Record:
    """What a unit said, with its name and in words."""
    return {**one._asdict(), "name": names.get(one.unit, one.unit), "said": words.SAID[one.state]}


def townships(desk: Desk, connection: Connection) -> list[str]:
    """The units of which inspections are expected, as far as this home sees them."""
    if not desk.is_county:
        return [desk.side.unit]
    every = select(unit.c.code).where(unit.c.kind == "township", unit.c.void_from.is_(None)).order_by(unit.c.code)
    return list(connection.scalars(every))


def themes(connection: Connection) -> dict[str, str]:
    """Of every question of every version here, and of units' own ones, the theme."""
    own = connection.execute(select(local_item.c.id, local_item.c.theme))
    found = {row.id.hex(): row.theme or "" for row in own}
    for theme in words.THEME:
        found |= _of(theme, checklist_versions.versions(connection, theme))
    return found


def _of(theme: str, versions: Iterable[Any]) -> dict[str, str]:
    return {item.id: theme for one in versions for item in one.items}


def _order(theme: str) -> int:
    known_ = list(words.THEME)
    return known_.index(theme) if theme in known_ else len(known_)
