"""Which notices the lights propose: problems that stay red, and what was sent about them already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, RowMapping, func, select

from models.domain import notices, words
from models.domain.light import Thresholds
from models.domain.notices import Sent
from models.domain.unit import Registry, split_names
from models.services import dictionaries, showing
from models.services.desk import Desk
from models.services.views.notices import Proposal
from models.store import pages
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
    found: list[Proposal] = []
    for row in rows:
        overdue_from = _overdue_from(row, today, lights)
        since = notices.red_since(overdue_from, relapsed.get(row["id"], "") if "relapsed" in lights else "")
        if since is None:
            continue
        overdue = (today - date.fromisoformat(overdue_from)).days if overdue_from else 0
        asked = notices.proposed(since, overdue, sent[row["id"].hex()], today, rules)
        if asked:
            found.append(_proposal(row, who, *asked, showing.light_of(row, today, lights).why))
    order = list(words.NOTICE_KIND)
    return tuple(sorted(found, key=lambda one: -order.index(one.kind)))


def _overdue_from(row: RowMapping, today: date, lights: Thresholds) -> str:
    """The deadline that is over, where that makes the light red; else ""."""
    deadline = row["deadline"] or ""
    binds = row["kind_now"] != "long_term" or row["long_term_too"] == "true"
    return deadline if "overdue" in lights and binds and deadline < today.isoformat() else ""


def _proposal(row: RowMapping, who: Registry, kind: str, why: str, light_why: str) -> Proposal:
    return Proposal(
        kind, row["id"].hex(), row["number"] or "", row["description"] or "", row["unit"],
        who.units.get(row["unit"], row["unit"]), light_why, why,
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
