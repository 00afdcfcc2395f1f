"""The only writer of folded tables: for a saved form and for a package alike (sync.md law 3).

A history is folded whole from all operations that this disk holds of it, by the pure function `domain.reduce`; its
rows are then replaced, by `replacing.py`. So a fold has no state of its own, and `check --deep` can do it again and
compare.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, event, exists, select

from models.domain.operation import Operation
from models.domain.reduce import Reduced, reduce
from models.domain.unit import COUNTY, Author, Registry
from models.progress import STEP, Progress, Silent
from models.store import operations, replacing, rows
from models.store.schema import FOLDED, device, named, op, revocation, setting, unit
from models.store.sqlite import among, temporary_ids

_History = tuple[str, dict[str, tuple[int, Operation]]]  # id of the top; id → (row number in the log, operation)
_Listed = Row[bytes, int, bytes, bytes]  # top, number, bytes and hash of an operation
Decoded = Mapping[bytes, Operation]  # by their whole hash

_AT_ONCE = 2_000  # histories folded together: bounds memory, keeps statements set-based
_BYTES_AT_ONCE = 8 * 1024 * 1024  # and of how long operations; one history alone may be longer

# Anywhere in the statement: it may begin with a comment, or with WITH.
_WRITES = re.compile(
    r"\b(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+"
    r"(?:[\"`\[]?main[\"`\]]?\s*\.\s*)?[\"`\[]?(\w+)",
    re.IGNORECASE,
)

# Asked at every fold, and made once: making a statement takes longer than answering it.
_UNITS = select(unit.c.code, unit.c.kind, unit.c.name, unit.c.names).order_by(unit.c.id)
_DEVICES = select(device.c.id, device.c.unit, device.c.kind)
_OWN = select(setting).where(setting.c.name.in_(("unit", "kind", "name")))
_STOPPED = exists().where(revocation.c.device == device.c.id)
_STOPPING = tuple(
    device.update().where(device.c.revoked == now, said).values(revoked=1 - now)
    for now, said in ((0, _STOPPED), (1, ~_STOPPED))
)


class SecondWriter(Exception):
    """A bug: something other than the fold tried to write a folded table."""


def guard(engine: Engine) -> None:
    """Refuse every INSERT, UPDATE or DELETE on a folded table that does not come from the fold."""

    @event.listens_for(engine, "before_cursor_execute")
    def _refuse(  # pyright: ignore[reportUnusedFunction]
        connection: Connection, _cursor: object, statement: str, *_rest: object
    ) -> None:
        if not connection.info.get("folding") and (name := _folded_table(statement)):
            raise SecondWriter(name)


@lru_cache(1_000)
def _folded_table(statement: str) -> str:
    """The folded table that a statement would write; empty where it writes none."""
    return next((name for name in _WRITES.findall(statement) if name.lower() in FOLDED), "")


@contextmanager
def _pen(connection: Connection) -> Generator[None]:
    connection.info["folding"] = True
    try:
        yield
    finally:
        connection.info["folding"] = False


def registry(connection: Connection) -> Registry:
    """Who is who, as this home knows it now."""
    found = connection.execute(_UNITS)
    return _registry(connection, [(row.code, row.kind, row.name, row.names) for row in found])


def registry_then(connection: Connection, until: str) -> Registry:
    """Who was who, as this home knew it then: a unit added or renamed later regroups no figure of that day."""
    histories: defaultdict[str, dict[str, tuple[int, Operation]]] = defaultdict(dict)
    statement = select(op.c.top, op.c.pk, op.c.body, op.c.sha).where(op.c.arrived <= until, op.c.is_data == 0)
    for top, pk, body, sha in connection.execute(statement):
        operation = operations.read(body, sha)
        histories[top.hex()][operation.id] = (pk, operation)
    now = registry(connection)
    folded: list[dict[str, Any]] = []
    for top, found in histories.items():
        reduced = reduce(top, (operation for _, operation in found.values()), now)
        folded += rows.of(reduced, found, now).get("unit", [])
    return _registry(connection, [(row["code"], row["kind"], row["name"], row["names"]) for row in folded])


def _registry(connection: Connection, listed: list[tuple[str | None, str | None, str | None, str]]) -> Registry:
    """`listed`: code, kind, name and former names (JSON) of the units on the county's list."""
    devices = {row.id.hex(): Author(row.unit, row.kind) for row in connection.execute(_DEVICES)}
    units = {code: (kind or "", name) for code, kind, name, _ in listed if code and name}
    former = [(name, code) for code, _, _, names in listed if code for name in json.loads(names)]
    own = {row.name: row.value for row in connection.execute(_OWN)}
    if own and own["unit"] not in units:  # a home that no county has put on its list yet still knows itself
        units[own["unit"]] = (own["kind"], own["name"])
    certified = sorted(author.unit for author in devices.values() if author.is_county)
    county = next((c for c in (*certified, *sorted(units)) if units.get(c, ("", ""))[0] == COUNTY), "")
    name = units[county][1] if county else ""
    return Registry(devices, {code: n for code, (_, n) in units.items()}, county, name, former)


def load(connection: Connection, tops: Iterable[bytes], decoded: Decoded | None = None) -> Iterator[_History]:
    """The operations of histories: id of the top record, and id → (row number, operation)."""
    return chain.from_iterable(_load_some(connection, tops, decoded))


def _load_some(
    connection: Connection, tops: Iterable[bytes], decoded: Decoded | None = None
) -> Iterator[list[_History]]:
    """The same, a batch at a time; until the next is asked for, its tops stand in `wanted`."""
    there = decoded or {}
    every = sorted(set(tops))
    parts = [every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE)][::-1]
    statement = select(op.c.top, op.c.pk, op.c.body, op.c.sha).where(among(op.c.top))
    while parts:
        part = parts.pop()
        temporary_ids(connection, part)
        with closing(connection.execute(statement)) as listed:
            some = listed.all() if len(part) == 1 else _if_short(listed)
        if some is None:
            half = len(part) // 2
            parts += [part[half:], part[:half]]
            continue
        found: dict[bytes, dict[str, tuple[int, Operation]]] = {top: {} for top in part}
        for top, pk, body, sha in some:
            operation = there.get(sha) or operations.read(body, sha)
            found[top][operation.id] = (pk, operation)
        yield [(top.hex(), history) for top, history in found.items()]


def _if_short(listed: Iterable[_Listed]) -> list[_Listed] | None:
    """Operations as they are listed; None as soon as they are longer than may be in memory together."""
    some: list[_Listed] = []
    size = 0
    for row in listed:
        some.append(row)
        size += len(row.body)
        if size > _BYTES_AT_ONCE:
            return None
    return some


def reduce_one(connection: Connection, top: bytes, known: Registry | None = None) -> Reduced:
    """One history folded in memory: what a form or a conflict page needs beyond the rows."""
    who = known or registry(connection)
    _, found = next(load(connection, [top]))
    return reduce(top.hex(), (operation for _, operation in found.values()), who)


def reduce_many(connection: Connection, tops: Iterable[bytes], who: Registry) -> Iterator[tuple[bytes, Reduced]]:
    """Many histories folded in memory."""
    for top, found in load(connection, tops):
        yield bytes.fromhex(top), reduce(top, (operation for _, operation in found.values()), who)


class Watch(Protocol):
    """Who is told what a fold changes, a batch of histories at a time."""

    def before(self, rows: rows.Rows) -> None:
        """They are about to be folded; these are their rows."""

    def after(self, rows: rows.Rows, who: Registry) -> None:
        """These are their rows now."""


def refold(
    connection: Connection, tops: Iterable[bytes], progress: Progress | None = None, watch: Watch | None = None,
    decoded: Decoded | None = None,
) -> None:  # fmt: skip
    """Fold these histories again, and those that a change of units touches. `decoded`: operations read already."""
    told = progress or Silent()
    todo = set(tops)
    while todo:
        before = registry(connection)
        done, units = 0, False
        for found in _load_some(connection, todo, decoded):
            units |= _write(connection, _counted(found, done, len(todo), told), before, watch)
            done += len(found)
        todo = _renamed(connection, before) if units else set[bytes]()
    mark_stopped(connection)


def mark_stopped(connection: Connection) -> None:
    """Let `device.revoked` say what the operations say: by them alone a device is stopped, and by nothing revived."""
    for statement in _STOPPING:
        connection.execute(statement)


def _counted(found: list[_History], done: int, total: int, progress: Progress) -> Iterator[_History]:
    for number, history in enumerate(found, done):
        if number % STEP == 0:
            progress.step(number, total, "正在更新台账")
        yield history


def everything(connection: Connection) -> list[bytes]:
    """The top of every history that this disk holds an operation of."""
    return list(connection.scalars(select(op.c.top).distinct()))


def rebuild(connection: Connection, progress: Progress | None = None) -> None:
    """Fold everything anew, as if no folded table had ever been written: units first, since names depend on them."""
    with _pen(connection):
        for table in FOLDED.values():
            connection.execute(table.delete())
    for kind in (0, 1):
        tops = connection.scalars(select(op.c.top).where(op.c.is_data == kind).distinct()).all()
        refold(connection, tops, progress)


def _write(connection: Connection, found: Iterable[_History], who: Registry, watch: Watch | None) -> bool:
    """Replace the rows of these histories, whose tops stand in `wanted`.

    Returns whether units are among them: then others may mean something new.
    """
    new: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for top, all_operations in found:
        reduced = reduce(top, (operation for _, operation in all_operations.values()), who)
        for table, some in rows.of(reduced, all_operations, who).items():
            new[table].extend(some)
    old = replacing.there(connection)
    if watch:
        watch.before(old)
    with _pen(connection):
        replacing.replace(connection, old, new)
    if watch:
        watch.after(new, who)
    return bool(old["unit"] or new["unit"])


def _renamed(connection: Connection, before: Registry) -> set[bytes]:
    """The histories that name a unit which is new, renamed, or newly understood."""
    now = registry(connection)
    if now.units == before.units and now.county_name == before.county_name:
        return set()
    if now.county_name != before.county_name:
        return set(connection.scalars(select(named.c.top).distinct()))
    changed = {who.key(written) for who in (before, now) for unit in who.units.items() for written in unit
               if before.units.get(unit[0]) != now.units.get(unit[0])}  # fmt: skip
    return set(connection.scalars(select(named.c.top).where(named.c.name_key.in_(changed)).distinct()))


def held_ids(connection: Connection, top: bytes, most: int) -> list[bytes]:
    """The ids of the operations of one history that may travel, at most the newest so many: what a verdict has seen."""
    newest = select(op.c.id).where(op.c.top == top, op.c.travels == 1).order_by(op.c.pk.desc()).limit(most)
    return list(connection.scalars(newest))
