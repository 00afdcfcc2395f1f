"""Which notices the lights propose: problems that stay red or orange, and what was sent about them already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, RowMapping, func, select

from models.domain import breakdown, notices, tally, words
from models.domain.breakdown import Sight
from models.domain.light import Light, Thresholds
from models.domain.notices import Sent
from models.domain.tally import Item
from models.domain.unit import Registry, split_names
from models.services.base import dictionaries, showing
from models.services.base.desk import Desk
from models.services.views.notices import Proposal
from models.store import figures, pages
from models.store.pages import Wanted
from models.store.schema import cycle, notice
from models.store.sqlite import among, temporary_ids


def proposals(desk: Desk, connection: Connection) -> tuple[Proposal, ...]:
    """All of them, the higher rung first, then in the order of urgency."""
    today, who = desk.today(), desk.registry(connection)
    lights = dictionaries.thresholds(connection)
    rules = dictionaries.content(connection, "notice_rules")
    red = pages.rows(connection, Wanted("problem", today, where=(("light", "red"),), rules=lights))
    rows = [row for row in pages.block(connection, "problem", red) if row["unit"] not in ("", desk.side.unit)]
    relapsed = _relapses(connection, [row["id"] for row in rows if row["relapsed"]])
    sent = _sent(connection)
    found = _of_orange(connection, desk.side.unit, who, sent, Sight(today, lights), rules)
    for row in rows:
        overdue_from = _overdue_from(row, today, lights)
        relapse = relapsed.get(row["id"], "") if "relapsed" in lights else ""
        named = row["circular_day"] or "" if "circular" in lights else ""
        since = notices.red_since(overdue_from, relapse, named)
        if since is None:
            continue
        overdue = (today - date.fromisoformat(overdue_from)).days if overdue_from else 0
        asked = notices.proposed(since, overdue, sent[row["id"].hex()], today, rules)
        if asked:
            found.append(_proposal(row, who, *asked, showing.light_of(row, today, lights)))
    order = list(words.NOTICE_KIND)
    return tuple(sorted(found, key=lambda one: (-order.index(one.kind), one.light != "red")))


def _of_orange(
    connection: Connection, own: str, who: Registry, sent: Mapping[str, list[Sent]], sight: Sight,
    rules: Mapping[str, int],
) -> list[Proposal]:  # fmt: skip
    """Of the problems that are orange today, those that were for long, or again and again."""
    wanted = Wanted("problem", sight.day, where=(("light", "orange"),), rules=sight.rules)
    orange = pages.block(connection, "problem", pages.rows(connection, wanted))
    rows = {row["id"].hex(): row for row in orange if row["unit"] not in ("", own)}
    items = figures.items(connection, "problem", whole=True, only=[row["id"] for row in rows.values()])
    by_id, ends = {one.id: one for one in items}, notices.last_ends(sight.day)
    found: list[Proposal] = []
    for id_, row in rows.items():
        colours = [_colour(by_id[id_], sight._replace(day=day)) for day in ends]
        if asked := notices.proposed_of_orange(colours, sent[id_], sight.day, rules):
            found.append(_proposal(row, who, *asked, showing.light_of(row, sight.day, sight.rules)))
    return found


def _colour(item: Item, sight: Sight) -> str:
    """The light of a problem on a day that is over; "" where there was no such problem."""
    as_of = sight.day.isoformat()
    return breakdown.light_of(item, tally.standing(item, as_of), sight) if item.counts(as_of) else ""


def _overdue_from(row: RowMapping, today: date, lights: Thresholds) -> str:
    """The deadline that is over, where that makes the light red; else ""."""
    deadline = row["deadline"] or ""
    binds = row["kind_now"] != "long_term" or row["long_term_too"] == "true"
    return deadline if "overdue" in lights and binds and deadline < today.isoformat() else ""


def _proposal(row: RowMapping, who: Registry, kind: str, why: str, seen: Light) -> Proposal:
    return Proposal(
        kind, row["id"].hex(), row["number"] or "", row["description"] or "", row["unit"],
        who.units.get(row["unit"], row["unit"]), seen.colour, seen.why, why,
    )  # fmt: skip


def _relapses(connection: Connection, tops: Iterable[bytes]) -> dict[bytes, str]:
    """When the newest round of each of these problems was opened by a relapse."""
    temporary_ids(connection, list(tops))
    newest = select(cycle.c.top, func.max(cycle.c.opened_on)).where(
        cycle.c.kind == "relapse", cycle.c.void_from.is_(None), among(cycle.c.top)
    )
    return {row[0]: row[1] for row in connection.execute(newest.group_by(cycle.c.top)) if row[1]}


def _sent(connection: Connection) -> defaultdict[str, list[Sent]]:
    """The notices that count, by the id of each problem that they speak of."""
    found: defaultdict[str, list[Sent]] = defaultdict(list)
    listed = select(notice).where(notice.c.void_from.is_(None), notice.c.problems.is_not(None))
    for row in connection.execute(listed).mappings():
        one = Sent(row["kind"] or "", row["number"] or "", row["issued_on"] or "", row["answer_by"] or "", row["stage"])
        for problem in split_names(row["problems"]):
            found[problem].append(one)
    return found
