"""Choosing what goes into a package, and writing it into the outbox (sync.md 5.4).

Always writes, also with nothing new: acknowledgements and the digest travel in every package. What is chosen is all
that a live device of the receiver lacks of what it may hold; nobody keeps count of what was sent.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Select, func, insert, literal, select

from models.domain import limits
from models.progress import Progress
from models.store import attached, relation
from models.store.relation import Side
from models.store.schema import device, op, pkg_in, pkg_out, pkg_out_op
from models.sync import header as head
from models.sync import meta
from models.sync.certificate import check_certificate, key_id
from models.sync.header import Receiver, Sender
from models.sync.keys import DeviceKeys
from models.sync.package import Draft, WrittenPackage, write_package
from models.sync.stick import package_name

SCHEMA = 1  # of the operations in a package


@dataclass(frozen=True)
class Sending:
    """The home that writes packages."""

    side: Side
    keys: DeviceKeys
    root: bytes
    outbox: Path
    staging: Path
    made: str
    program: str
    secrets: tuple[tuple[int, bytes], ...] = ()  # of the county, for its own PCs alone


@dataclass(frozen=True)
class Built:
    """A package in the outbox, recorded with the list of its operations."""

    path: Path
    pkg_id: bytes
    number: int
    operations: int
    written: WrittenPackage


def build(
    connection: Connection, sending: Sending, to: str, progress: Progress, *, welcome: bytes | None = None
) -> Built:
    """Write the next package to a unit. `welcome`: the new device that is greeted with the unit's whole scope."""
    side = sending.side
    live = relation.live_devices(connection, to, but=side.device, within=limits.LIVE_WITHIN)
    complete_for = [welcome] if welcome else live
    package = (connection.scalar(select(func.max(pkg_out.c.pk))) or 0) + 1
    chosen = _choose(
        connection, package, relation.share(side, to) if welcome else relation.lacking(side, to, complete_for)
    )
    pkg_id = secrets.token_bytes(16)
    number = (connection.scalar(select(func.max(pkg_out.c.number)).where(pkg_out.c.unit == to)) or 0) + 1
    draft = Draft(
        kind=head.WELCOME if welcome else head.DATA,
        pkg_id=pkg_id.hex(),
        no=number,
        bases=_bases(connection, to),
        sender=Sender(side.unit, side.device.hex()),
        to=Receiver(to, key_id(sending.root).hex()),
        complete_for=tuple(d.hex() for d in complete_for),
        schema=SCHEMA,
        made=sending.made,
        program=sending.program,
    )
    path = sending.outbox / package_name(side.unit, to, number, pkg_id.hex())
    written = write_package(
        path,
        draft,
        own_certificate(connection, sending),
        sending.keys,
        recipients(connection, sending, to),
        meta.encode(_meta(connection, sending, draft)),
        _bodies(connection, package),
        (),
        sending.staging,
        progress,
    )
    connection.execute(
        pkg_out.insert().values(
            pk=package, id=pkg_id, unit=to, number=number, name=path.name, sha256=written.sha256, operations=chosen,
            made=sending.made,
        )
    )  # fmt: skip
    return Built(path, pkg_id, number, chosen, written)


def _choose(connection: Connection, package: int, rows: Select[int]) -> int:
    """List the operations of a package that is about to be written. Returns how many there are."""
    chosen = rows.subquery()
    listed = insert(pkg_out_op).from_select(["package", "op"], select(literal(package), chosen.c[0]))
    return connection.execute(listed).rowcount


def _bodies(connection: Connection, package: int) -> Iterator[tuple[bytes, bytes]]:
    statement = select(op.c.stamp, op.c.body).join(pkg_out_op, pkg_out_op.c.op == op.c.pk)
    ordered = statement.where(pkg_out_op.c.package == package).order_by(pkg_out_op.c.op)
    for some in connection.execute(ordered).partitions(500):
        yield from some


def _bases(connection: Connection, to: str) -> tuple[str, ...]:
    """The random ids of the last packages that this disk wrote to this peer, newest first."""
    statement = select(pkg_out.c.id).where(pkg_out.c.unit == to).order_by(pkg_out.c.pk.desc()).limit(limits.BASES)
    return tuple(i.hex() for i in connection.scalars(statement))


def own_certificate(connection: Connection, sending: Sending) -> bytes:
    """The certificate of this device, as it stands in all that it writes."""
    return connection.scalar(select(device.c.certificate).where(device.c.id == sending.side.device)) or b""


def recipients(connection: Connection, sending: Sending, to: str) -> list[str]:
    """Every unrevoked device of the receiving unit, live or not: age recipients. Our own too: it may have a clone."""
    devices = relation.devices_of(connection, to, but=b"")
    statement = select(device.c.certificate).where(device.c.id.in_(devices)).order_by(device.c.id)
    return [check_certificate(raw, sending.root).seal for raw in connection.scalars(statement)]


def _meta(connection: Connection, sending: Sending, draft: Draft) -> meta.Meta:
    to = draft.to.unit
    newest = (
        select(pkg_in.c.device, pkg_in.c.id, pkg_in.c.report)
        .where(pkg_in.c.unit == to)
        .order_by(pkg_in.c.pk.desc())
        .limit(limits.ACKS)
    )
    imported = connection.execute(newest).all()
    digest = relation.digest(connection, relation.share(sending.side, to))
    wants, have_not = attached.asked(connection, sending.side, to, sending.made)
    return meta.Meta(
        pkg_id=draft.pkg_id,
        unit=draft.sender.unit,
        device=draft.sender.device,
        to_unit=to,
        to_root=draft.to.root,
        acknowledged=tuple((row.device + row.id).hex() for row in imported),
        digest=meta.DigestFrame(digest.n, digest.sum),
        wants=wants,
        have_not=have_not,
        reports=meta.summaries(row.report for row in imported),
        secrets=tuple((n, s.hex()) for n, s in sending.secrets) if to == sending.side.unit else (),
    )


def mark_copied(connection: Connection, pkg_id: bytes, at: str) -> None:
    """Keep that a package was read back from its medium: until then its records still wait to be written."""
    connection.execute(pkg_out.update().where(pkg_out.c.id == pkg_id).values(copied=at))
