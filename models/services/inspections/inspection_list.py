"""The list of inspections, with what was answered and found in each; what one begins with. Read only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, RowMapping, case, func, select

from models.domain import checklists, inspections, words
from models.services.base import checklist_versions
from models.services.base.desk import Desk
from models.services.views.inspections import Asked, InspectionChoices, InspectionLine, Place, Themed
from models.store.schema import answer, campaign, inspection, source


def lines(desk: Desk, connection: Connection, since: date | None) -> tuple[InspectionLine, ...]:
    """Every inspection that counts, of all units that are here, the newest first; `since`: made on that day or later.

    One without a day is always listed: somebody is to write it.
    """
    wanted = select(inspection).where(inspection.c.void_from.is_(None))
    if since is not None:
        wanted = wanted.where(func.coalesce(inspection.c.inspected_on, "9") >= since.isoformat())
    names = desk.registry(connection).units
    sources = {row.id.hex(): row.name or "" for row in connection.execute(select(source.c.id, source.c.name))}
    titles = {row.id.hex(): row.title or "" for row in connection.execute(select(campaign.c.id, campaign.c.title))}
    counts = _counts(connection)
    newest = wanted.order_by(func.coalesce(inspection.c.inspected_on, "9").desc(), inspection.c.pk.desc())
    return tuple(
        _line(row, names, sources, titles, counts.get(row["id"], (0, 0, 0)))
        for row in connection.execute(newest).mappings()
    )


def _counts(connection: Connection) -> dict[bytes, tuple[int, int, int]]:
    """By inspection: how many questions are answered, how many 否, how many of those became problems."""
    no = answer.c.answer == "no"
    counted = (
        select(
            answer.c.top,
            func.count(answer.c.answer),
            func.sum(case((no, 1), else_=0)),
            func.sum(case((no & answer.c.problem.is_not(None), 1), else_=0)),
        )
        .where(answer.c.void_from.is_(None))
        .group_by(answer.c.top)
    )
    return {top: (told, found or 0, made or 0) for top, told, found, made in connection.execute(counted)}


def _line(
    row: RowMapping,
    names: Mapping[str, str],
    sources: dict[str, str],
    titles: dict[str, str],
    counts: tuple[int, int, int],
) -> InspectionLine:
    unit = row["unit"] or row["creator"] or ""
    parts = dict.fromkeys((sources.get(row["source"] or "", ""), row["village"] or "", row["place"] or ""))
    return InspectionLine(
        row["id"].hex(), row["number"] or "", row["inspected_on"] or "", row["kind"] or "", row["stage"],
        themes(row["checklists"]), " ".join(part for part in parts if part), names.get(unit, unit),
        row["people"] or "", titles.get(row["campaign"] or "", ""), *counts,
    )  # fmt: skip


def themes(codes: str | None) -> str:
    """The themes of checklists by their codes, in words."""
    found = [checklists.parts_of(code) for code in (codes or "").split("；") if code]
    return "、".join(words.THEME[one[0]] if one else "检查表" for one in found)


def choices(desk: Desk, connection: Connection) -> InspectionChoices:
    """What an inspection may go by, and where it may be made: as this home knows it."""
    newest = (checklist_versions.versions(connection, theme)[-1] for theme in words.THEME)
    places = connection.execute(
        select(source.c.id, source.c.name, source.c.village).where(source.c.void_from.is_(None)).order_by(source.c.pk)
    )
    every = connection.execute(
        select(campaign).where(campaign.c.void_from.is_(None)).order_by(campaign.c.pk.desc())
    ).mappings()
    known = select(inspection.c.village).union(select(source.c.village))
    return InspectionChoices(
        tuple(Themed(one.theme, one.title, len(one.items)) for one in newest),
        tuple(Place(row.id.hex(), row.name or "", row.village or "") for row in places),
        tuple(
            Asked(row["id"].hex(), row["title"] or "", row["checklists"] or "")
            for row in every
            if inspections.campaign_state(row["from_on"], row["until_on"], desk.today()) != "ended"
        ),
        tuple(sorted(village for village in connection.scalars(known) if village)),
    )
