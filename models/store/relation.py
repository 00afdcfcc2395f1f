"""Who may hold what, who has what, and what is lacking: scope, known, digest (sync.md 5.0 laws 5, 6, 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    SelectBase,
    and_,
    delete,
    except_,
    exists,
    func,
    insert,
    intersect,
    literal,
    or_,
    select,
    union,
    union_all,
)

from models.domain.operation import EVERYONE
from models.domain.unit import COUNTY
from models.store.schema import device, granted, known, op, op_aud, pkg_in, pkg_out, pkg_out_op, refused
from models.store.sqlite import end_to_end

MODULUS = 1 << 256
_HASH = 32  # bytes
_HASHES = Struct(f"{_HASH}s" * 1_000)  # added up together


@dataclass(frozen=True)
class Digest:
    """A set of operations as one value: how many, and the sum of their hashes."""

    n: int
    sum: str  # 64 hex digits

    @property
    def text(self) -> str:
        """For people and scripts."""
        return f"{self.n}-{self.sum}"


@dataclass(frozen=True)
class Side:
    """Who is asking: this home's unit and device."""

    unit: str
    kind: str
    device: bytes

    @property
    def is_county(self) -> bool:
        """Whether this home is the county's."""
        return self.kind == COUNTY


def scope(unit: str) -> Select[int]:
    """Row numbers of the operations that a unit may hold: of its own audience, of everyone's, or granted."""
    mine = select(op_aud.c.op).where(op_aud.c.unit.in_((unit, EVERYONE)))
    given = (
        select(op_aud.c.op)
        .select_from(granted)
        .join(op, op.c.top == granted.c.top)
        .join(op_aud, and_(op_aud.c.op == op.c.pk, op_aud.c.unit == granted.c.of_unit))
        .where(granted.c.unit == unit)
    )
    both = union(mine, given).subquery()
    return select(op.c.pk).where(op.c.pk.in_(select(both.c.op)))


def share(side: Side, to: str) -> Select[int]:
    """Row numbers of what a complete package from this home to a unit holds."""
    narrow = side.is_county and to != side.unit  # then what it may hold is found, not looked for
    return scope(to) if narrow else select(op.c.pk).where(in_share(side, to))


def in_share(side: Side, to: str) -> ColumnElement[bool]:
    """Whether one operation is in that share: asked of few operations."""
    if to == side.unit and not side.is_county:
        return and_(op.c.unit == side.unit, op.c.travels == 1)
    if side.is_county and to != side.unit:
        mine = exists().where(op_aud.c.op == op.c.pk, op_aud.c.unit.in_((to, EVERYONE)))
        of = and_(op_aud.c.op == op.c.pk, op_aud.c.unit == granted.c.of_unit)
        return or_(mine, exists().where(of, granted.c.top == op.c.top, granted.c.unit == to))
    return op.c.travels == 1


def digest(connection: Connection, rows: Select[int]) -> Digest:
    """The digest of the operations with these row numbers, which `scope` or `share` says."""
    return _sum(connection, rows.with_only_columns(op.c.sha))


def _sum(connection: Connection, hashes: SelectBase) -> Digest:
    """The digest of operations by a statement that gives their hashes."""
    whole = end_to_end(connection, hashes)
    even = whole.ljust(-(-len(whole) // _HASHES.size) * _HASHES.size, b"\0")  # zeros add nothing
    total = sum(sum(map(int.from_bytes, some)) for some in _HASHES.iter_unpack(even))  # the first byte is the greatest
    return Digest(len(whole) // _HASH, f"{total % MODULUS:064x}")


def known_digest(connection: Connection, peer: bytes) -> Digest:
    """The digest of what a device is known to have, with what was refused from it."""
    has_them = op.c.pk.in_(select(known.c.op).where(known.c.device == peer))
    no = select(refused.c.sha).where(refused.c.device == peer)
    have = select(op.c.sha).where(op.c.travels == 1, has_them)  # only such are known: said so that the index is used
    return _sum(connection, union_all(no, have.where(op.c.sha.not_in(no))))


def lacking(side: Side, to: str, peers: list[bytes]) -> Select[int]:
    """Row numbers of what at least one of these devices lacks of its share."""
    rows = share(side, to)
    if not peers:
        return rows
    of_each = [select(known.c.op).where(known.c.device == peer) for peer in peers]
    all_have = of_each[0] if len(of_each) == 1 else select(intersect(*of_each).subquery().c[0])
    lacks = except_(rows, all_have)
    in_order = lacks.order_by(lacks.selected_columns[0])  # both lie in order: then they are passed along once
    return select(in_order.subquery().c[0])


def has(connection: Connection, peer: bytes, rows: Select[int]) -> None:
    """Note that a device has these operations."""
    there = exists().where(known.c.device == peer, known.c.op == op.c.pk)
    new = select(literal(peer), op.c.pk).where(op.c.pk.in_(rows), ~there)
    connection.execute(insert(known).from_select(["device", "op"], new))


def forget(connection: Connection, peer: bytes) -> None:
    """What a device has is no longer believed, nor the lists of packages written so far (law 6).

    Nor that it has what was refused from it: a restored disk may have lost its forgeries, and could never agree.
    """
    connection.execute(delete(known).where(known.c.device == peer))
    connection.execute(delete(refused).where(refused.c.device == peer))
    last = connection.scalar(select(func.max(pkg_out.c.pk))) or 0
    connection.execute(device.update().where(device.c.id == peer).values(lists_from=last))


def listed(packages: Sequence[bytes], after: int) -> Select[int]:
    """Row numbers of the operations in those of these packages that were written after the lists were last dropped."""
    return (
        select(pkg_out_op.c.op)
        .join(pkg_out, pkg_out.c.pk == pkg_out_op.c.package)
        .where(pkg_out.c.id.in_(packages), pkg_out.c.pk > after)
    )


def still_listed() -> ColumnElement[bool]:
    """Whether a written package may still be acknowledged: some device of its unit has dropped no lists since."""
    return exists().where(device.c.unit == pkg_out.c.unit, device.c.lists_from < pkg_out.c.pk)


def devices_of(connection: Connection, unit: str, *, but: bytes) -> list[bytes]:
    """The unrevoked devices of a unit besides this one."""
    statement = select(device.c.id).where(
        device.c.unit == unit, device.c.id != but, device.c.revoked == 0, device.c.certificate != b""
    )
    return list(connection.scalars(statement.order_by(device.c.id)))


def live_devices(connection: Connection, unit: str, *, but: bytes, within: int) -> list[bytes]:
    """Those devices of a unit that are not silent, and whichever was heard last (sync.md 5.4).

    A device is silent once one of its siblings alone has brought `within` packages since it was heard or learned of:
    however many siblings it has, it may come once while each of them comes four times.
    """
    all_of = devices_of(connection, unit, but=but)
    counts = connection.execute(select(device.c.id, device.c.heard).where(device.c.unit == unit))
    heard = {row.id: row.heard for row in counts}
    last = max((heard[d] for d in all_of), default=0)
    return [d for d in all_of if heard[d] == last or _silence(connection, unit, heard[d], within) < within]


def _silence(connection: Connection, unit: str, since: int, enough: int) -> int:
    """How many packages the most diligent device of a unit brought after the first so many of that unit."""
    if packages_from(connection, unit) - since < enough:
        return 0
    later = (
        select(pkg_in.c.device).where(pkg_in.c.unit == unit).order_by(pkg_in.c.pk).limit(-1).offset(since).subquery()
    )
    counts = select(func.count()).select_from(later).group_by(later.c.device).order_by(func.count().desc()).limit(1)
    return connection.scalar(counts) or 0


def packages_from(connection: Connection, unit: str) -> int:
    """How many packages of a unit were imported here."""
    return connection.scalar(select(func.count()).select_from(pkg_in).where(pkg_in.c.unit == unit)) or 0
