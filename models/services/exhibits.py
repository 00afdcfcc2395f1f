"""What a record shows of its photos and documents, and what becomes of one that is found damaged or gone."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.domain.roles import Deed
from models.services.desk import Desk
from models.services.views.files import EvidenceView
from models.store import attached, operations
from models.store.schema import evidence, file, op


def entries(desk: Desk, connection: Connection, top: bytes) -> tuple[EvidenceView, ...]:
    """The entries of one record that count, in the order in which they came."""
    who = desk.registry(connection)
    statement = (
        select(evidence, file.c.here, file.c.lost, op.c.body, op.c.unit)
        .join(op, op.c.id == evidence.c.id)
        .outerjoin(file, file.c.sha256 == evidence.c.sha256)
        .where(evidence.c.top == top, evidence.c.void_from.is_(None), evidence.c.sha256.is_not(None))
        .order_by(evidence.c.pk)
    )
    found: list[EvidenceView] = []
    for row in connection.execute(statement).mappings():
        made = operations.read(row["body"])
        found.append(
            EvidenceView(
                row["id"].hex(), row["sha256"], row["name"] or "", row["bytes"] or 0, row["media"] or "",
                row["stage"] or "", row["caption"] or "", row["taken_on"] or "", file_state(row["here"], row["lost"]),
                row["unit"], who.units.get(row["unit"], row["unit"]), made.user, made.wall,
            )
        )  # fmt: skip
    return tuple(found)


def file_state(here: int | None, lost: int | None) -> str:
    """Where a file is: here, wanted or lost."""
    return "here" if here else "lost" if lost else "wanted"


def lose(desk: Desk, sha256: str) -> None:
    """A file that lay here does not any more: it is asked for again."""
    with desk.ledger.write(deed=Deed.NOTE) as connection:
        attached.gone(connection, sha256)
        attached.judge(connection, desk.side)


def find_again(desk: Desk) -> None:
    """What lies here is not asked for: a restored ledger does not know of the files that came after its copy."""
    with desk.ledger.read() as connection:
        there = [sha256 for sha256 in connection.scalars(attached.missing(desk.side)) if desk.blobs.has(sha256)]
    if there:
        with desk.ledger.write(deed=Deed.NOTE) as connection:
            for sha256 in there:
                if desk.blobs.is_whole(sha256):
                    attached.came(connection, sha256, desk.blobs.size(sha256), "")


def put_aside(desk: Desk, sha256: str) -> None:
    """What lies here under a hash is something else: it is moved out of the way, and asked for again."""
    with desk.ledger.locked():
        desk.blobs.put_aside(sha256)
        lose(desk, sha256)
