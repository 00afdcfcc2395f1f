"""The findings behind a number of the county's matrix: each with its question, its place and what became of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from models.domain import inspected, words
from models.domain.inspected import Found
from models.services.base import checklist_versions, counting
from models.services.base.desk import Desk
from models.services.base.writing import find
from models.services.inspections import inspection_figures
from models.services.views.campaigns import Wanted
from models.services.views.lists import Record
from models.store.schema import answer, inspection, local_item, problem, source


def findings(desk: Desk, connection: Connection, wanted: Wanted) -> list[Record]:
    """The newest first. What was found and what became of it is that of the day; its words are those of now."""
    day = (wanted.as_of or desk.today()).isoformat()
    counted = counting.read(desk, connection, wanted.as_of, wanted.known_by)
    unit = (counted.who.resolve(wanted.unit) or wanted.unit) if wanted.unit else ""
    id_ = find(connection, "campaign", wanted.campaign)["id"].hex() if wanted.campaign else ""
    since = wanted.since.isoformat() if wanted.since else ""
    some = [
        one for one in inspection_figures.known(desk, connection, wanted.known_by, counted.who)
        if one.counts(day, since) and id_ in ("", one.campaign) and unit in ("", one.unit)
    ]  # fmt: skip
    problems = {item.id: item for item in counted.items["problem"]}
    every = inspected.found(some, inspection_figures.themes(connection), problems, day)
    mine = [one for one in every if wanted.theme in (None, one.theme) and wanted.fate in ("", one.fate)]
    mine.sort(key=lambda one: one.visit.day, reverse=True)
    return _told(connection, mine, counted.who.units)


def _told(connection: Connection, some: list[Found], names: Any) -> list[Record]:
    texts = _texts(connection, {one.theme for one in some})
    tops = [bytes.fromhex(one.visit.id) for one in some]
    visits = {row.id: row for row in connection.execute(select(inspection).where(inspection.c.id.in_(tops)))}
    notes = {
        (row.top, row.item): row.note
        for row in connection.execute(select(answer.c.top, answer.c.item, answer.c.note).where(answer.c.top.in_(tops)))
    }
    places = {row.id: row.name for row in connection.execute(select(source.c.id, source.c.name))}
    made = select(problem.c.id, problem.c.number).where(
        problem.c.id.in_([bytes.fromhex(one.problem) for one in some if one.problem])
    )
    numbers = {row.id: row.number for row in connection.execute(made)}
    lines: list[Record] = []
    for one, top in zip(some, tops, strict=True):
        row, visit = visits.get(top), one.visit
        at = places.get(bytes.fromhex(visit.source), "") if visit.source else ""
        lines.append({
            "inspection": visit.id, "inspection_number": row.number if row else None, "inspected_on": visit.day,
            "unit": visit.unit, "unit_name": names.get(visit.unit, visit.unit), "village": visit.village,
            "place": at or (row.place if row else "") or visit.village, "theme": one.theme,
            "theme_name": words.THEME.get(one.theme, "不清楚"), "item": one.item, "text": texts.get(one.item, one.item),
            "note": notes.get((top, one.item)), "problem": one.problem or None,
            "problem_number": numbers.get(bytes.fromhex(one.problem)) if one.problem else None,
            "fate": one.fate, "fate_said": words.FATE[one.fate],
        })  # fmt: skip
    return lines


def _texts(connection: Connection, themes: set[str]) -> dict[str, str]:
    """What the questions of these themes ask, by their newest version here."""
    own = connection.execute(select(local_item.c.id, local_item.c.text).where(local_item.c.theme.in_(themes)))
    found = {row.id.hex(): row.text or "" for row in own}
    for theme in themes - {""}:
        for version in checklist_versions.versions(connection, theme):
            found |= {item.id: item.text for item in version.items}
    return found
