"""Whether photos and documents are where the ledger says, and are what their names say."""

from __future__ import annotations

from sqlalchemy import func, select

from models.domain.roles import Deed
from models.progress import Progress
from models.services.base import exhibits
from models.services.base.desk import Desk
from models.services.exchange.volumes_in import surplus
from models.services.views.home import Finding
from models.store import attached
from models.store.blobs import Blobs
from models.store.schema import evidence, file

NAMED = 20  # damaged or missing files that are named one by one: of more, how many


def check(desk: Desk, progress: Progress, *, deep: bool) -> list[Finding]:
    """Look at every file; `deep` reads each to its end. What is gone or damaged is asked for again.

    Files that lie here without the ledger knowing (a crash, a restored ledger) are taken up again.
    """
    with desk.ledger.read() as connection:
        told = {row.sha256: row.bytes for row in connection.execute(select(file).where(file.c.here == 1))}
        called = select(evidence.c.sha256, evidence.c.copy_sha256, evidence.c.name)
        names = {hash_: row.name for row in connection.execute(called) for hash_ in (row.sha256, row.copy_sha256)}
        wanted = attached.missing_count(connection, desk.side)
        lost = connection.scalar(select(func.count()).select_from(file).where(file.c.lost == 1)) or 0
    blobs = desk.blobs
    gone, damaged = _looked_at(blobs, told, progress, deep=deep)
    strays = sorted(set(blobs.all()) - told.keys())
    if gone or damaged or strays:
        with desk.ledger.locked():
            for sha256 in damaged:
                exhibits.put_aside(desk, sha256)
            for sha256 in gone:
                exhibits.lose(desk, sha256)
            _take_up(desk, strays)
    lines = [f"{names.get(s) or s[:16]}（文件不见了）" for s in gone]
    lines += [f"{names.get(s) or s[:16]}（内容已损坏，已移到一边）" for s in damaged]
    found = [Finding("damage", f"照片或文档有问题：{line}，下次交换时会自动要一份。") for line in lines[:NAMED]]
    if len(lines) > NAMED:
        found.append(Finding("damage", f"另有 {len(lines) - NAMED} 个照片或文档也是这样。"))
    if wanted > lost:
        found.append(Finding("note", f"有 {wanted - lost} 个照片或文档还没有收到，下次交换时会自动要。"))
    if lost:
        found.append(Finding("note", f"有 {lost} 个照片或文档各单位都没有了，需要重新拍照或补一份。"))
    return found


def _looked_at(blobs: Blobs, told: dict[str, int], progress: Progress, *, deep: bool) -> tuple[list[str], list[str]]:
    """The files that are gone, and those that are not what they are called."""
    gone: list[str] = []
    damaged: list[str] = []
    for done, (sha256, size) in enumerate(told.items()):
        progress.step(done, len(told), "正在检查照片和文档")
        if not blobs.has(sha256):
            gone.append(sha256)
        elif blobs.size(sha256) != size or (deep and not blobs.is_whole(sha256)):
            damaged.append(sha256)
    return gone, damaged


def _take_up(desk: Desk, strays: list[str]) -> None:
    """Files that nobody told of: those that are whole count again; too many that no record names are removed."""
    blobs = desk.blobs
    for sha256 in strays:
        if not blobs.is_whole(sha256):
            blobs.put_aside(sha256)
    with desk.ledger.write(deed=Deed.NOTE) as connection:
        for sha256 in strays:
            if blobs.has(sha256):
                attached.came(connection, sha256, blobs.size(sha256), "")
        too_many = surplus(connection, "")
    for sha256 in too_many:
        blobs.drop(sha256)
