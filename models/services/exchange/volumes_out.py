"""Files out: what a unit lacks and may hold goes beside its package, in as many volumes as it takes (sync.md 5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from models.domain import limits
from models.domain.roles import Deed
from models.progress import Progress
from models.services.base.desk import Desk
from models.services.base.exhibits import lose, put_aside
from models.services.exchange.enrolment import Enrolment
from models.services.views.exchange import Written
from models.store import attached
from models.store.schema import file, pkg_out, volume_out, volume_out_file
from models.sync.export import Sending
from models.sync.refusals import AttachmentDamaged
from models.sync.volumes import Address, Volume, address, grouped, write_volume


@dataclass(frozen=True)
class Shipment:
    """The files that go with one package."""

    package: int  # its row
    sending: Sending
    at: Address
    name: str  # of the unit
    files: tuple[tuple[str, int], ...]  # hash, bytes

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for _, size in self.files)


def shipment(desk: Desk, pkg_id: bytes, code: str, name: str) -> Shipment:
    """What is to be sent to a unit beside the package that was just written."""
    sending = Enrolment(desk).sending()
    with desk.ledger.read() as connection:
        package = connection.execute(select(pkg_out.c.pk, pkg_out.c.number).where(pkg_out.c.id == pkg_id)).one()
        chosen = attached.to_send(connection, desk.side, code)
        at = address(connection, sending, code, package.number)
    return Shipment(package.pk, sending, at, name, tuple(chosen))


def again(desk: Desk, volume: Path, code: str, name: str) -> Shipment | None:
    """The files of a volume that was written before; None where it is not known any more."""
    sending = Enrolment(desk).sending()
    with desk.ledger.read() as connection:
        row = connection.execute(
            select(volume_out.c.pk, volume_out.c.package, pkg_out.c.number)
            .join(pkg_out, pkg_out.c.pk == volume_out.c.package)
            .where(volume_out.c.name == volume.name)
        ).first()
        if row is None:
            return None
        found = connection.execute(
            select(file.c.sha256, file.c.bytes)
            .join(volume_out_file, volume_out_file.c.sha256 == file.c.sha256)
            .where(volume_out_file.c.volume == row.pk, file.c.here == 1)
            .order_by(file.c.pk)
        ).all()
        at = address(connection, sending, code, row.number)
    return Shipment(row.package, sending, at, name, tuple((f.sha256, f.bytes) for f in found))


def write(desk: Desk, goods: Shipment, to: Path, told: Progress) -> Iterator[Written]:
    """Write the volumes of a shipment, one after the other; each counts as soon as it is read back and equal."""
    for group in grouped(goods.files, limits.VOLUME_BYTES):
        volume = _write_one(desk, goods, [sha256 for sha256, _ in group], to, told)
        if volume is not None:
            with desk.ledger.write(deed=Deed.EXCHANGE) as connection:
                _record(connection, goods, volume, desk.wall())
            yield Written(
                volume.path, goods.at.to, goods.name, goods.at.number, 0, len(volume.hashes), volume.size,
                volume.sha256.hex(),
            )  # fmt: skip


def _write_one(desk: Desk, goods: Shipment, hashes: list[str], to: Path, told: Progress) -> Volume | None:
    """One volume of those files that are sound; what is damaged is put aside and asked for, the others go."""
    while True:
        there = [(sha256, desk.blobs.path(sha256)) for sha256 in hashes if desk.blobs.has(sha256)]
        for sha256 in set(hashes) - {sha256 for sha256, _ in there}:
            lose(desk, sha256)
        if not there:
            return None
        try:
            return write_volume(to, goods.sending, goods.at, there, told)
        except AttachmentDamaged as error:
            put_aside(desk, error.sha256.hex())
            hashes = [sha256 for sha256, _ in there if sha256 != error.sha256.hex()]


def _record(connection: Connection, goods: Shipment, volume: Volume, now: str) -> None:
    result = connection.execute(
        volume_out.insert().values(
            id=volume.pkg_id, package=goods.package, name=volume.path.name, bytes=volume.size, copied=now
        )
    )
    key = result.inserted_primary_key
    rows = [{"volume": key[0] if key else 0, "sha256": sha256} for sha256 in volume.hashes]
    connection.execute(volume_out_file.insert(), rows)
