"""What a package says of its writer, remembered: its place among the others, receipts, digest (sync.md laws 6, 8, 9).

Acknowledgements and digest of an older package say nothing; nor does the digest of one that was not written for us.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from models.store import attached, relation
from models.store.relation import Digest
from models.store.schema import device, fork_told, pkg_base, pkg_in, pkg_out
from models.store.sqlite import insert_new
from models.sync.taken import Receiving, Taken


def remember(connection: Connection, taken: Taken, receiving: Receiving) -> None:
    """Keep what this package says of its writer, and mark in `taken` whether it is older or a fork."""
    header, writer = taken.header, bytes.fromhex(taken.header.sender.device)
    package = bytes.fromhex(header.pkg_id)
    row = connection.execute(select(device).where(device.c.id == writer)).one()
    bases = [bytes.fromhex(base) for base in header.bases]
    taken.older = connection.scalar(
        select(pkg_base.c.id).where(pkg_base.c.device == writer, pkg_base.c.id == package)
    ) is not None  # fmt: skip
    taken.fork = not taken.older and row.newest is not None and row.newest not in bases
    insert_new(pkg_base, [{"device": writer, "id": base} for base in bases], connection)
    connection.execute(
        pkg_in.insert().values(
            device=writer, id=package, unit=header.sender.unit, number=header.no,
            sha256=bytes.fromhex(header.payload.sha256),
            older=int(taken.older), fork=int(taken.fork), imported=receiving.now, report="{}",
        )
    )  # fmt: skip
    changes: dict[str, object] = {"heard": relation.packages_from(connection, header.sender.unit)}
    if taken.fork:
        changes["forks"] = row.forks + 1
    if not taken.older:
        changes["newest"] = package
    connection.execute(device.update().where(device.c.id == writer).values(changes))
    forks = _written_to(connection, header.sender.unit, [bytes.fromhex(r.pkg_id) for r in taken.meta.reports if r.fork])
    insert_new(fork_told, [{"package": one} for one in forks], connection)
    if taken.older:
        return
    acks = _written_to(connection, header.sender.unit, taken.meta.acks(receiving.side.device))
    _acknowledge(connection, writer, row.lists_from, acks, receiving.now)
    attached.told(connection, writer, taken.meta.wants, taken.meta.have_not, acks)
    addressed = receiving.side.device.hex() in header.complete_for
    stated = Digest(taken.meta.digest.n, taken.meta.digest.sum)
    taken.resend = addressed and relation.known_digest(connection, writer) != stated
    if taken.resend or taken.fork:
        relation.forget(connection, writer)


def _written_to(connection: Connection, unit: str, packages: Sequence[bytes]) -> list[bytes]:
    """Those of these packages that were written here for a unit: of others it says nothing.

    Their ids are no secret: all packages on a stick show them.
    """
    return list(connection.scalars(select(pkg_out.c.id).where(pkg_out.c.id.in_(packages), pkg_out.c.unit == unit)))


def _acknowledge(
    connection: Connection, writer: bytes, lists_from: int, packages: Sequence[bytes], now: str
) -> None:  # fmt: skip
    relation.has(connection, writer, relation.listed(packages, lists_from))
    first = pkg_out.update().where(pkg_out.c.id.in_(packages), pkg_out.c.acknowledged.is_(None))
    connection.execute(first.values(acknowledged=now))
