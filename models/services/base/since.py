"""What was written since somebody looked; and taking back what one verb wrote to several records, as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, Table, func, select

from models.domain.fields import MUST
from models.domain.operation import SET, Operation
from models.domain.reduce import Reduced, reduce, same
from models.domain.unit import Registry
from models.errors import LedgerError
from models.services.base import audience, refusals, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import put
from models.store import fold, operations
from models.store.schema import FOLDED, op

UNDOING = "撤销"  # how the reason begins that stands beside what was taken back
TITLE = 30  # letters of a record's title that a sentence shows


@dataclass(eq=False)
class WrittenSince(LedgerError):
    """Somebody wrote to one of the records since, or it was not written here at all."""

    code = "R381"
    title = "有记录后来又改过，没有撤销"
    told: str = "其中有记录又改过，或者已经撤销过"  # what came after

    @property
    def message(self) -> str:
        return f"办完以后，{self.told}。什么都没有动，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请打开要改回去的记录，逐条修改；已经验收、销号的，请用“退回整改”。"


class Named(Protocol):
    """A line of a plan."""

    @property
    def id(self) -> str:
        """Of the record: hex."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...


class Span(NamedTuple):
    """What one verb wrote: the operations behind the one row of the log, up to the other."""

    after: int
    last: int


def length(connection: Connection) -> int:
    """How long the log is."""
    return connection.scalar(select(func.max(op.c.pk))) or 0


def untouched(connection: Connection, at: int, lines: Iterable[Named]) -> None:
    """Refuse where anybody wrote to one of these records: a value may have changed and changed back."""
    written = {top.hex() for top in connection.scalars(select(op.c.top).where(op.c.pk > at).distinct())}
    for line in lines:
        if line.id in written:
            raise refusals.ChangedMeanwhile(line.title)


def take_back(desk: Desk, connection: Connection, span: Span, table: str, why: str) -> frozenset[str]:
    """Undo what was written to records of a table, with operations that say so: their ids.

    What was made becomes void, what was changed is again what it would be without it. Nobody may have written since.
    """
    tops = set(connection.scalars(select(op.c.top).where(op.c.pk > span.after, op.c.pk <= span.last)))
    later = set(connection.scalars(select(op.c.top).where(op.c.pk > span.last)))
    if not tops:
        raise WrittenSince
    pen, source = Pen(desk, connection), FOLDED[table]
    if built_on := tops & later:
        raise WrittenSince(_told(connection, span, min(built_on), source, pen.registry))
    for top, found in fold.load(connection, tops):
        written = [one for pk, one in found.values() if span.after < pk and one.kind == SET]
        row = connection.execute(select(source).where(source.c.id == bytes.fromhex(top))).mappings().first()
        if row is None or any(one.device != desk.settings["device"] for one in written):
            raise WrittenSince
        now = reduce(top, (one for _, one in found.values()), pen.registry)
        before = reduce(top, (one for pk, one in found.values() if pk <= span.after), pen.registry)
        aud = audience.of_record(desk, showing.values_of(table, row), pen.registry)
        _undo(pen, now, before, written, aud, desk.today().isoformat(), why)
    put(desk, connection, pen)
    return frozenset(top.hex() for top in tops)


def _told(connection: Connection, span: Span, top: bytes, source: Table, who: Registry) -> str:
    """What was written first to a record since: who, when, to which."""
    body, sha = connection.execute(
        select(op.c.body, op.c.sha).where(op.c.top == top, op.c.pk > span.last).order_by(op.c.pk).limit(1)
    ).one()
    said = operations.read(body, sha)
    title = connection.scalar(select(source.c[MUST[source.name]]).where(source.c.id == top)) or ""
    author = who.author(said.device)
    unit = who.units.get(author.unit, author.unit) if author else ""
    done = "已经撤销过" if said.why.startswith(UNDOING) else "又改过"
    return f"{unit}{said.user} {said.wall[:16].replace('T', ' ')} 把“{title[:TITLE]}”{done}"


def _undo(
    pen: Pen, now: Reduced, before: Reduced, written: list[Operation], aud: tuple[str, ...], day: str, why: str
) -> None:  # fmt: skip
    names: dict[tuple[str, str], dict[str, None]] = {}
    for one in written:
        names.setdefault((one.table, one.record), {}).update(dict.fromkeys(one.fields))
    for (table, record), fields in names.items():
        place, was = Place(table, record, now), before.records.get(record)
        if was is None or was.void_from:
            pen.void(place, day, aud, why)
            continue
        old = {name: was.values.get(name) for name in fields}
        changed = {name: value for name, value in old.items() if not same(value, now.records[record].values.get(name))}
        if changed:
            pen.set(place, changed, aud, why)
