"""Files in: a volume (.hgf) is checked to its last byte, then each of its files gets its place (sync.md 5.5).

A volume may come before the package whose operations name its files, after it, late, twice, or not at all. What no
record names yet is kept up to a limit for each unit that sends, the newest first: nobody fills a disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from models import files
from models.domain import limits
from models.domain.roles import Deed
from models.progress import Progress
from models.services.base.desk import Desk
from models.services.exchange.intake import receiving
from models.services.views.exchange import Report
from models.store import attached
from models.store.blobs import Blobs, Staged
from models.store.schema import file, volume_in, volume_out
from models.store.sqlite import insert_new
from models.sync import intake, meta
from models.sync.file_stream import FileStream
from models.sync.header import Header
from models.sync.package import Trusted
from models.sync.refusals import Damaged, PackageForOther


def wrote(connection: Connection, pkg_id: bytes) -> bool:
    """Whether this home wrote a volume itself."""
    return connection.scalar(select(volume_out.c.pk).where(volume_out.c.id == pkg_id)) is not None


def when_taken(connection: Connection, header: Header) -> str | None:
    """When a volume was taken in here before; None: never."""
    return connection.scalar(
        select(volume_in.c.imported).where(
            volume_in.c.device == bytes.fromhex(header.sender.device), volume_in.c.id == bytes.fromhex(header.pkg_id)
        )
    )


def take_in(desk: Desk, trusted: Trusted, progress: Progress, *, keep: bool) -> Report:
    """Take a volume in. With `keep=False` nothing is decrypted: its header says how many files there are."""
    header, name = trusted.header, trusted.certificate.name
    with desk.ledger.locked():
        with desk.ledger.write(keep=keep, deed=Deed.EXCHANGE) as connection:
            intake.learn(connection, trusted.raw_certificate, trusted.certificate)
            at = receiving(desk)
            intake.admit(connection, header, PackageForOther(trusted.path, f"收件单位代码 {header.to.unit}"), at)
            before = when_taken(connection, header)
            lacks = attached.missing_count(connection, desk.side)
            choice = _Choice.made(connection, desk.blobs)
        if not keep:
            text = f"里面有照片和文档 {header.n_files} 个。"
            return _report(trusted.path, header, name, "already" if before else "imported", text, header.n_files)
        if before and not lacks:
            text = f"这些照片和文档已于 {desk.day_of(before)} 导入过，未作任何改动。"
            return _report(trusted.path, header, name, "already", text)
        with files.scratch(desk.staging) as own:
            files.ensure_space(own, header.payload.len)
            with FileStream(own, header.n_files, choice.wants) as stream:
                delivered = trusted.deliver(desk.keys, stream, progress)
                if not meta.is_of(meta.decode(delivered.meta), header):
                    raise Damaged(trusted.path)
                return _settle(desk, trusted, stream.kept, before)


@dataclass
class _Choice:
    """Which files of a volume are worth their bytes: not those that are here, nor too many that nobody names."""

    named: set[str]
    here: set[str]
    blobs: Blobs
    room: int = limits.UNNAMED_BYTES

    @classmethod
    def made(cls, connection: Connection, blobs: Blobs) -> _Choice:
        """What the ledger says now."""
        named = set(connection.scalars(select(attached.NAMED.c.sha256).distinct()))
        here = set(connection.scalars(select(file.c.sha256).where(file.c.here == 1)))
        return cls(named, here, blobs)

    def wants(self, sha256: str, size: int) -> bool:
        """Whether a file is to be kept that is about to come."""
        if sha256 in self.here and self.blobs.has(sha256):
            return False
        if sha256 not in self.named:
            self.room -= size
        return sha256 in self.named or self.room >= 0


def _settle(desk: Desk, trusted: Trusted, kept: list[Staged], before: str | None) -> Report:
    header, name = trusted.header, trusted.certificate.name
    with desk.ledger.write(deed=Deed.EXCHANGE) as connection:
        for staged in kept:
            desk.blobs.settle(staged)
            attached.came(connection, staged.sha256, staged.size, header.sender.unit)
        row = {
            "device": bytes.fromhex(header.sender.device), "id": bytes.fromhex(header.pkg_id),
            "unit": header.sender.unit, "number": header.no, "files": len(kept), "imported": desk.utc(),
        }  # fmt: skip
        insert_new(volume_in, [row], connection)
        too_many = surplus(connection, header.sender.unit)
        left = attached.missing_count(connection, desk.side, header.sender.unit)
    for sha256 in too_many:
        desk.blobs.drop(sha256)
    if before and not kept:
        text = f"这些照片和文档已于 {desk.day_of(before)} 导入过，未作任何改动。"
        return _report(trusted.path, header, name, "already", text, missing=left)
    text = f"收到照片和文档 {len(kept)} 个{f'，还缺 {left} 个，下次交换会自动要' if left else ''}。"
    return _report(trusted.path, header, name, "imported", text, len(kept), left)


def surplus(connection: Connection, unit: str) -> list[str]:
    """Forget the oldest files of a unit that nobody names, beyond the limit: the hashes of what is to be removed."""
    found = attached.unnamed(connection, unit)
    over = sum(size for _, size in found) - limits.UNNAMED_BYTES
    dropped: list[str] = []
    for sha256, size in found:
        if over <= 0:
            break
        attached.gone(connection, sha256)
        dropped.append(sha256)
        over -= size
    return dropped


def _report(path: Path, header: Header, name: str, result: str, text: str, count: int = 0, missing: int = 0) -> Report:
    return Report(
        path, result, text, sender=header.sender.unit, sender_name=name, number=header.no, files=count,
        missing_files=missing,
    )  # fmt: skip
