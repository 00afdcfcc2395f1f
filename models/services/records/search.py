"""Search in everything as one types: records, villages and units, the best first, and where the words stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, case, func, select

from models.domain import light, words
from models.domain.fields import label
from models.domain.unit import Registry
from models.services.base import dictionaries, showing
from models.services.base.desk import Desk
from models.services.views.lists import Hit, HitGroup, Hits
from models.store import hearing, pages, search
from models.store.rows import NUMBERS, SPOKEN, TITLE, WRITTEN
from models.store.schema import FOLDED, remark

# The kinds of records, and the fields that are a record's number and its title.
NAMED = {
    "problem": ("number", "description"), "petition": ("receipt_number", "content"), "source": ("number", "name"),
}  # fmt: skip
MOST = 20  # of one kind that are shown
SHOWN = 30  # characters of a title that surely fit: words behind them are shown in an extract
BEFORE, AFTER = 12, 64  # characters of a text around what was found in it


class _Text(NamedTuple):
    """One text of a record: where it stands, what people call that place, and its words."""

    part: str  # number title township; "" where only an extract shows it
    label: str
    text: str


class Search:
    """One question to all lists."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, typed: str, most: int = MOST) -> Hits:
        """Everything that fits all typed words."""
        if not search.words_of(typed):
            return Hits(typed.strip())
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            groups = [self._records(connection, who, table, typed, most) for table in NAMED]
            groups.append(_villages(connection, who, typed, most))
            if self._desk.is_county:
                groups.append(_units(connection, typed, most))
        return Hits(typed.strip(), tuple(group for group in groups if group.count))

    def _records(self, connection: Connection, who: Registry, table: str, typed: str, most: int) -> HitGroup:
        today = self._desk.today()
        rules = dictionaries.thresholds(connection)
        numbers = _ranked(connection, table, typed, today, rules)
        rows = pages.block(connection, table, numbers[:most])
        parts = _parts(connection, table, [row["id"] for row in rows])
        hits: list[Hit] = []
        for row in rows:
            seen = showing.light_of(row, today, rules) if table == "problem" else light.Light("", "")
            texts = _texts(table, row, who)
            number, title, township = (t.text for t in texts[:3])
            hit = Hit(table, row["id"].hex(), number, title, row["pk"], seen.colour, seen.why, township)
            hits.append(_explained(hit, [*texts, *parts.get(row["id"], [])], search.words_of(typed)))
        return HitGroup(table, len(numbers), tuple(hits))


def _ranked(connection: Connection, table: str, typed: str, today: date, rules: light.Thresholds) -> Sequence[int]:
    """The row numbers of the records that fit, the best first; of equal ones the most urgent."""
    source = FOLDED[table]
    order: list[ColumnElement[Any]] = [search.rank(source.c.search_key, typed)]
    if table == "problem":
        urgency = {colour: place for place, colour in enumerate(light.ORDER)}
        order += [case(urgency, value=pages.light_of(source, today, rules), else_=9), source.c.due_key]
    fits = search.conditions(source.c.search_key, typed)
    statement = select(source.c.pk).where(source.c.void_from.is_(None), *fits).order_by(*order, source.c.pk)
    return connection.scalars(statement).all()


# ------------------------------------------------------------------------------------- where it stands


def _texts(table: str, row: RowMapping, who: Registry) -> list[_Text]:
    """The texts of a record in the order in which they are looked through; number, title and township lead."""
    number, title = NAMED[table]
    own = [name for name in (*NUMBERS, *SPOKEN, *WRITTEN) if name in row and name not in (number, *TITLE)]
    return [
        _Text("number", label(table, number), row[number] or ""),
        _Text("title", label(table, title), row[title] or ""),
        _Text("township", label(table, "township"), showing.township(row, who)[1]),
        *(_Text("", label(table, name), str(row[name])) for name in own if row[name]),
    ]


def _parts(connection: Connection, table: str, tops: Sequence[bytes]) -> dict[bytes, list[_Text]]:
    """The texts of measures, dispatches, permits and remarks, by the record they belong to."""
    found: dict[bytes, list[_Text]] = {top: [] for top in tops}
    if table == "source":
        permit = FOLDED["permit"]
        held = select(permit.c.top, permit.c.number).where(permit.c.top.in_(tops), permit.c.void_from.is_(None))
        for top, text in connection.execute(held.order_by(permit.c.pk)):
            found[top] += [_Text("", words.TABLE["permit"], text)] if text else []
    if table == "problem":
        for top, name, text in _of_parts(connection, tops):
            found[top].append(_Text("", name, text))
    told = select(remark.c.top, remark.c.text).where(remark.c.top.in_(tops)).order_by(remark.c.pk)
    for top, text in connection.execute(told):
        found[top].append(_Text("", words.TABLE["remark"], text))
    return found


def _of_parts(connection: Connection, tops: Sequence[bytes]) -> Iterator[tuple[bytes, str, str]]:
    measure, dispatch = FOLDED["measure"], FOLDED["dispatch"]
    measures = select(measure).where(measure.c.top.in_(tops), measure.c.void_from.is_(None)).order_by(measure.c.pk)
    for row in connection.execute(measures).mappings():
        yield from ((row["top"], words.TABLE["measure"], row[n]) for n in ("text", "unit", "person") if row[n])
    months = select(dispatch).where(dispatch.c.top.in_(tops), dispatch.c.void_from.is_(None))
    for row in connection.execute(months.order_by(dispatch.c.month.desc())).mappings():
        for name in ("progress", "difficulties", "next_step"):
            if row[name]:
                year, _, month = (row["month"] or "").partition("-")
                yield row["top"], f"{year}年{month.lstrip('0')}月{words.TABLE['dispatch']}", row[name]


def _explained(hit: Hit, texts: Sequence[_Text], typed: Sequence[str]) -> Hit:
    """The same hit with the places where the words stand: in number, title and township, else in an extract."""
    marks: list[tuple[str, int, int]] = []
    open_ = list(typed)
    for text in texts:
        found = list(_found(text.text, open_))
        if not found:
            continue
        if text.part:
            marks += ((text.part, start, end) for _, start, end in found)
        if not hit.extract and (not text.part or (text.part == "title" and min(f[1] for f in found) >= SHOWN)):
            extract, shift = _cut(text.text, min(start for _, start, _ in found))
            all_ = _found(text.text, typed)
            inside = ((max(s + shift, 0), min(e + shift, len(extract))) for _, s, e in all_)
            marks += (("extract", start, end) for start, end in inside if start < end)
            hit = replace(hit, where=text.label, extract=extract)
        told = {word for word, _, _ in found}
        open_ = [word for word in open_ if word not in told]
        if not open_:
            break
    return replace(hit, marks=tuple(sorted(set(marks))))


def _found(text: str, typed: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """The words that stand in a text, each with its first place."""
    usual, places = _aligned(text)
    for word in typed:
        span = hearing.found_in(usual, word)
        if span is not None and span[1] > span[0]:
            yield word, places[span[0]], places[span[1] - 1] + 1


def _aligned(text: str) -> tuple[str, Sequence[int]]:
    """A text as it is compared, and for each of its characters the place in the text as written."""
    usual = search.usual(text)
    if len(usual) == len(text):
        return usual, range(len(text))
    signs = [(sign, place) for place, written in enumerate(text) for sign in search.usual(written)]
    return "".join(sign for sign, _ in signs), [place for _, place in signs]


def _cut(text: str, at: int) -> tuple[str, int]:
    """The neighbourhood of a place in one line, and how far its characters moved."""
    start = 0 if at <= BEFORE + 2 else at - BEFORE
    end = min(len(text), at + AFTER)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    inner = "".join(" " if sign.isspace() else sign for sign in text[start:end])
    return f"{head}{inner}{tail}", len(head) - start


# ------------------------------------------------------------------------------------- villages, units


def _villages(connection: Connection, who: Registry, typed: str, most: int) -> HitGroup:
    """The villages whose name fits, with the number of their sources; further words may name the township."""
    source = FOLDED["source"]
    counted = (
        select(source.c.unit, source.c.village, func.count())
        .where(source.c.void_from.is_(None), source.c.village.is_not(None))
        .group_by(source.c.unit, source.c.village)
        .order_by(source.c.unit, source.c.village)
    )
    typed_words = search.words_of(typed)
    hits: list[Hit] = []
    for unit, village, count in connection.execute(counted):
        town = who.units.get(unit, "")
        own, both = (search.key((), some, (), ()) for some in ((village,), (village, town)))
        fit = all(search.fits(both, word) for word in typed_words)
        if fit and any(search.fits(own, word) for word in typed_words):
            hit = Hit("village", unit, "", village, township_name=town, extract=f"{count} 个污染源")
            hits.append(_explained(hit, [_Text("title", "", village), _Text("township", "", town)], typed_words))
    return HitGroup("village", len(hits), tuple(hits[:most]))


def _units(connection: Connection, typed: str, most: int) -> HitGroup:
    """The units of the county's list whose name or code fits, with the number of their problems."""
    unit, problem = FOLDED["unit"], FOLDED["problem"]
    listed = connection.execute(
        select(unit.c.code, unit.c.kind, unit.c.name).where(unit.c.void_from.is_(None)).order_by(unit.c.code)
    )
    typed_words = search.words_of(typed)
    hits: list[Hit] = []
    for code, kind, name in listed:
        key = search.key((code,), (name,), (), ())
        if name and all(search.fits(key, word) for word in typed_words):
            hit = Hit("unit", code or "", code or "", name, township_name=words.UNIT_KIND.get(kind or "", ""))
            hits.append(_explained(hit, [_Text("number", "", hit.number), _Text("title", "", name)], typed_words))
    shown = hits[:most]
    counted = select(problem.c.unit, func.count()).where(problem.c.void_from.is_(None)).group_by(problem.c.unit)
    counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(counted)} if shown else {}
    told = (replace(hit, extract=f"{counts.get(hit.id, 0)} 个督察整改问题") for hit in shown)
    return HitGroup("unit", len(hits), tuple(told))
