"""The diary of a month: what falls due on which day and is not done, of problems, places, permits and papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from models.domain import rhythm
from models.services.base import dictionaries, workdays
from models.services.base.desk import Desk
from models.services.figures import agenda
from models.services.inspections import campaign_look
from models.services.problems.months import due_day
from models.services.views.diary import Diary, Entry, diary, span
from models.services.views.lists import Record
from models.store import pages
from models.store.schema import lookback, measure, notice, permit, problem, source


def of_month(desk: Desk, month: date) -> Diary:
    """The sheet of the month that a day lies in, read at once; what is over and not done stands on its day."""
    first, last = span(month)
    with desk.ledger.read() as connection:
        calendar = workdays.calendar(connection)
        entries = [*_dated(desk, connection, first, last), *_campaigns(desk, connection, first, last)]
        entries += [one for one in _of_today(desk, connection) if first.isoformat() <= one.day <= last.isoformat()]
    return diary(month, desk.today(), entries, calendar)


def _dated(desk: Desk, connection: Connection, first: date, last: date) -> Iterator[Entry]:
    """What has a day of its own in the ledger."""
    who = desk.registry(connection).units
    open_ = [problem.c.void_from.is_(None), problem.c.stage == "open"]
    statements: list[tuple[str, Select[str, bytes, str, str]]] = [
        ("deadline", _due(problem.c.due_key, problem, problem.c.description).where(*open_, pages.is_bound(problem))),
        ("measure", _due(measure.c.due, problem, measure.c.text).join(measure, measure.c.top == problem.c.id).where(
            *open_, measure.c.void_from.is_(None), measure.c.done_on.is_(None))),
        ("lookback", _due(lookback.c.due, problem, problem.c.description)
            .join(lookback, lookback.c.top == problem.c.id).where(
            problem.c.void_from.is_(None), lookback.c.void_from.is_(None), lookback.c.looked_on.is_(None))),
        ("permit", _due(permit.c.expires_on, source, source.c.name).join(permit, permit.c.top == source.c.id).where(
            permit.c.void_from.is_(None), source.c.void_from.is_(None))),
        ("notice", _due(notice.c.answer_by, notice, notice.c.title).where(
            notice.c.void_from.is_(None), notice.c.stage == "open")),
    ]  # fmt: skip
    for kind, statement in statements:
        day = statement.selected_columns[0]
        for at, id_, title, unit in connection.execute(
            statement.where(day >= first.isoformat(), day <= last.isoformat())
        ):
            yield Entry(at, kind, id_.hex(), title or "", who.get(unit, unit))


def _due(day: ColumnElement[str], table: Table, title: ColumnElement[str]) -> Select[str, bytes, str, str]:
    return select(day, table.c.id, title, table.c.unit).select_from(table)


def _campaigns(desk: Desk, connection: Connection, first: date, last: date) -> Iterator[Entry]:
    """The last days of campaigns and rounds in which somebody has still to look somewhere."""
    every = campaign_look.every(desk, connection, None)
    waiting = {one["id"] for one in campaign_look.due(every)}
    for one in every:
        if one["kind"] == "visit" or one["state"] == "ended":
            continue
        ends = [one["round"]["last"]] if one["state"] == "coming" or one["id"] in waiting else []
        for day in (*ends, *later_rounds(one, last)):
            if first.isoformat() <= day <= last.isoformat():
                yield Entry(day, "campaign", one["id"], one["title"] or "")


def later_rounds(one: Record, last: date) -> list[str]:
    """The last days of the rounds that follow the present one; of what is looked at every day, none is told ahead."""
    found: list[str] = []
    end = one["round"]["last"]
    while one["repeat"] not in (None, "", "day") and end < last.isoformat():
        next_ = date.fromisoformat(end) + timedelta(days=1)
        end = rhythm.round_of(one["repeat"], one["from_on"] or "", one["until_on"] or "", next_).last
        if end < next_.isoformat():
            break  # the plan ends with the present round
        found.append(end)
    return found


def _of_today(desk: Desk, connection: Connection) -> Iterator[Entry]:
    """What has no day of its own: this month's dispatch, by the county's day of the month; rechecks, from now on."""
    today, rules = desk.today(), dictionaries.monthly(desk, connection)
    if missing := pages.count(connection, pages.Wanted("problem", today, view="no_dispatch", monthly=rules)):
        end = due_day(today.isoformat()[:7], dictionaries.content(connection, "dispatch_rules")["due_day"])
        yield Entry(end, "month", "", f"{today.month}月月调度还有 {missing} 个问题没填")
    if many := agenda.rechecks(connection):
        yield Entry(today.isoformat(), "recheck", "", f"自查发现的问题有 {many} 个整改完了，要去复查")
