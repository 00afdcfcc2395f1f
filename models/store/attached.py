"""Which files are named by records, which of them lie here, who lacks which, and what is to be sent (ADR 0013).

A file is named by the operation that made its evidence entry: whoever may hold that operation may hold the file. Voided
entries keep what lies here, and ask for and send nothing. An entry of a large photo also names a smaller copy: the copy
goes by itself, the photo only to who asks for it (ADR 0021).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Select, bindparam, func, literal, or_, select, union_all

from models.domain import limits
from models.store import relation
from models.store.relation import Side
from models.store.schema import (
    device,
    evidence,
    file,
    file_heard,
    file_lack,
    known,
    op,
    pkg_out,
    volume_out,
    volume_out_file,
)
from models.store.sqlite import insert_new, put

_HERE = select(file.c.sha256).where(file.c.here == 1)
_WANTED = select(file.c.sha256).where(file.c.want == 1)
_LOST = select(file.c.sha256).where(file.c.lost == 1, file.c.here == 0)
# Every file that an entry names, void or not. `first`: it goes by itself; else only to who asks for it.
NAMED = union_all(
    select(
        evidence.c.id, evidence.c.void_from, evidence.c.sha256, evidence.c.copy_sha256.is_(None).label("first"),
        evidence.c.copy_sha256.label("copy"),
    ).where(evidence.c.sha256.is_not(None)),
    select(
        evidence.c.id, evidence.c.void_from, evidence.c.copy_sha256, literal(1), literal(None),
    ).where(evidence.c.copy_sha256.is_not(None)),
).subquery("named")  # fmt: skip


def missing(side: Side, to: str | None = None) -> Select[str]:
    """The hashes of files that are to be here and are not; `to`: only those that a unit may hold too.

    A file of which there is a copy is to be here where somebody asked for it, or where the copy is not to be had.
    """
    found = select(NAMED.c.sha256).where(
        NAMED.c.void_from.is_(None), NAMED.c.sha256.not_in(_HERE),
        or_(NAMED.c.first == 1, NAMED.c.sha256.in_(_WANTED), NAMED.c.copy.in_(_LOST)),
    )  # fmt: skip
    if to is not None:
        found = found.join(op, op.c.id == NAMED.c.id).where(relation.in_share(side, to))
    return found.distinct()


def missing_count(connection: Connection, side: Side, to: str | None = None) -> int:
    """How many files are not here."""
    return connection.scalar(select(func.count()).select_from(missing(side, to).subquery())) or 0


def names(connection: Connection, sha256: str) -> bool:
    """Whether any record names a file, or ever named it."""
    either = or_(evidence.c.sha256 == sha256, evidence.c.copy_sha256 == sha256)
    return connection.scalar(select(evidence.c.pk).where(either).limit(1)) is not None


def want(connection: Connection, sha256: str) -> None:
    """Ask for a file although a copy of it is here, until it comes or is given up."""
    _note(connection, [sha256])
    connection.execute(file.update().where(file.c.sha256 == sha256).values(want=1))


def came(connection: Connection, sha256: str, size: int, unit: str) -> None:
    """A file lies here now. `unit`: that brought it; "" where it was added here."""
    there = file.update().where(file.c.sha256 == sha256)
    insert_new(file, [{"sha256": sha256, "bytes": size, "here": 1, "unit": unit, "lost": 0}], connection)
    connection.execute(there.values(here=1, bytes=size, lost=0, asked=None))


def gone(connection: Connection, sha256: str) -> None:
    """A file does not lie here any more: it is asked for again if a record names it."""
    connection.execute(file.update().where(file.c.sha256 == sha256).values(here=0))


# ------------------------------------------------------------------------------------- what others say


def told(
    connection: Connection, writer: bytes, wants: Iterable[str], has_not: Iterable[str], acks: Iterable[bytes]
) -> None:
    """The newest package of a device says what it lacks: that takes the place of all that it said before."""
    said: dict[str, dict[str, object]] = {}
    for name, hashes in (("wants", wants), ("has_not", has_not)):
        for sha256 in hashes:
            row = said.setdefault(sha256, {"device": writer, "sha256": sha256, "wants": 0, "has_not": 0})
            row[name] = 1
    connection.execute(file_lack.delete().where(file_lack.c.device == writer))
    insert_new(file_lack, list(said.values()), connection)
    newest = connection.scalar(select(func.max(pkg_out.c.pk)).where(pkg_out.c.id.in_(list(acks)))) or 0
    put(file_heard, {"device": writer, "package": newest}, connection)


def judge(connection: Connection, side: Side) -> None:
    """Give up what all who may have it say they have not, and take that back where one of them says so no more.

    The county asks everybody who may have a file; a township asks the county, which answers when it has given up.
    """
    lacking = set(connection.scalars(missing(side)))
    _note(connection, lacking)
    answers = _answers(connection)
    lost = set(lacking)
    for unit in _asked_units(connection, side) if lacking else ():
        peers = relation.live_devices(connection, unit, but=side.device, within=limits.LIVE_WITHIN)
        may_have = set(connection.scalars(missing(side, unit))) if peers else set[str]()
        lost -= {sha256 for sha256 in may_have if not set(peers) <= answers.get(sha256, set())}
    connection.execute(file.update().where(file.c.lost == 1).values(lost=0))
    if lost:
        one = file.update().where(file.c.sha256 == bindparam("of")).values(lost=1)
        connection.execute(one, [{"of": sha256} for sha256 in lost])


def _note(connection: Connection, hashes: Iterable[str]) -> None:
    """Have a row for each of these files, which are not here."""
    rows = [{"sha256": s, "bytes": 0, "here": 0, "unit": "", "lost": 0} for s in sorted(hashes)]
    insert_new(file, rows, connection)


def asked(connection: Connection, side: Side, to: str, now: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the next package to a unit says: files that are asked for, and files that are not to be had here.

    What the receiver asks for and is not here is not to be had; from the county a township learns that only when all
    others who may have it have said so too.
    """
    lacking = list(connection.scalars(missing(side, to)))
    no = set(connection.scalars(select(file.c.sha256).where(file.c.lost == 1)))
    wants = [sha256 for sha256 in lacking if sha256 not in no]
    if not side.is_county or to == side.unit:
        of_unit = select(device.c.id).where(device.c.unit == to)
        no |= set(
            connection.scalars(
                select(file_lack.c.sha256).where(file_lack.c.wants == 1, file_lack.c.device.in_(of_unit))
            )
        )
    first = file.update().where(file.c.asked.is_(None), file.c.here == 0, file.c.lost == 0)
    connection.execute(first.where(file.c.sha256.in_(missing(side, to))).values(asked=now))
    return tuple(wants[: limits.WANTS]), tuple(sha256 for sha256 in lacking if sha256 in no)[: limits.WANTS]


def _answers(connection: Connection) -> defaultdict[str, set[bytes]]:
    """For each file the devices that say they have it not."""
    found: defaultdict[str, set[bytes]] = defaultdict(set)
    for row in connection.execute(select(file_lack).where(file_lack.c.has_not == 1)):
        found[row.sha256].add(row.device)
    return found


def _asked_units(connection: Connection, side: Side) -> list[str]:
    """The units whose answer counts: for the county all, for the others the county."""
    units = select(device.c.unit).where(device.c.revoked == 0, device.c.certificate != b"").distinct()
    if not side.is_county:
        units = units.where(device.c.kind == "county")
    return list(connection.scalars(units))


# ------------------------------------------------------------------------------------- what is to be sent


def to_send(connection: Connection, side: Side, to: str) -> list[tuple[str, int]]:
    """The files that go to a unit with the next package: hash and size, in the order in which they came.

    Those that a live device of it lacks: it says so, or no operation that names them is known to be there. What lies
    in a volume that may still be under way to it is not sent again. A file of which there is a copy is sent to who
    says that he lacks it, and to nobody else.
    """
    mine = (
        select(file.c.pk, file.c.sha256, file.c.bytes, op.c.pk.label("op"), NAMED.c.first)
        .join(NAMED, NAMED.c.sha256 == file.c.sha256)
        .join(op, op.c.id == NAMED.c.id)
        .where(file.c.here == 1, NAMED.c.void_from.is_(None), relation.in_share(side, to))
        .order_by(file.c.pk)
    )
    named: dict[tuple[str, int], set[int]] = {}
    first: set[str] = set()
    for row in connection.execute(mine):
        named.setdefault((row.sha256, row.bytes), set()).add(row.op)
        if row.first:
            first.add(row.sha256)
    sent = _sent(connection, to)
    chosen: set[str] = set()
    for peer in relation.live_devices(connection, to, but=side.device, within=limits.LIVE_WITHIN):
        lacks = set(connection.scalars(select(file_lack.c.sha256).where(file_lack.c.device == peer)))
        heard = connection.scalar(select(file_heard.c.package).where(file_heard.c.device == peer)) or 0
        has = set(connection.scalars(select(known.c.op).where(known.c.device == peer, known.c.op.in_(_named_ops()))))
        for (sha256, _), operations in named.items():
            if sha256 in lacks:
                there = sent.get(sha256, 0) > heard
            else:
                there = sha256 not in first or sha256 in sent or bool(operations & has)
            if not there:
                chosen.add(sha256)
    return [pair for pair in named if pair[0] in chosen]


def _named_ops() -> Select[int]:
    return select(op.c.pk).join(evidence, evidence.c.id == op.c.id)


def _sent(connection: Connection, to: str) -> dict[str, int]:
    """For each file that was written to a unit: the newest package beside which it was."""
    statement = (
        select(volume_out_file.c.sha256, func.max(volume_out.c.package))
        .join(volume_out, volume_out.c.pk == volume_out_file.c.volume)
        .join(pkg_out, pkg_out.c.pk == volume_out.c.package)
        .where(pkg_out.c.unit == to)
        .group_by(volume_out_file.c.sha256)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def unnamed(connection: Connection, unit: str) -> list[tuple[str, int]]:
    """Files of a unit that no record names: hash and size, the oldest first."""
    statement = (
        select(file.c.sha256, file.c.bytes)
        .where(file.c.here == 1, file.c.unit == unit, file.c.sha256.not_in(_every_name()))
        .order_by(file.c.pk)
    )
    return [(row.sha256, row.bytes) for row in connection.execute(statement)]


def _every_name() -> Select[str]:
    return select(NAMED.c.sha256)
