"""What a record shows of its photos and documents, and what becomes of one that is found damaged or gone."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256 as sha256_of

from sqlalchemy import Connection, RowMapping, select

from models import files
from models.domain import shots, words
from models.domain.fields import TABLES, TOPS
from models.domain.roles import Deed
from models.progress import Progress
from models.services.base.desk import Desk
from models.services.base.file_refusals import FileDamaged
from models.services.views.files import EvidenceView
from models.store import attached, operations
from models.store.schema import FOLDED, evidence, file, op

# The parts of a record to which files may belong, and the field by which one tells them from one another.
PARTS_WITH_FILES = {
    "measure": "text", "dispatch": "month", "request": "kind", "self_acceptance": "checked_on", "acceptance": "stage",
    "lookback": "looked_on", "answer": "item",
}  # fmt: skip


def entries(desk: Desk, connection: Connection, top: bytes) -> tuple[EvidenceView, ...]:
    """The entries of one record that count, in the order in which they came."""
    who, said, found_on = desk.registry(connection), PartsSaid(connection, top), _found_on(connection, top)
    small = file.alias("small")
    statement = (
        select(
            evidence, file.c.here, file.c.lost, file.c.want, small.c.here.label("copy_here"), op.c.body, op.c.unit,
        )
        .join(op, op.c.id == evidence.c.id)
        .outerjoin(file, file.c.sha256 == evidence.c.sha256)
        .outerjoin(small, small.c.sha256 == evidence.c.copy_sha256)
        .where(evidence.c.top == top, evidence.c.void_from.is_(None), evidence.c.sha256.is_not(None))
        .order_by(evidence.c.pk)
    )  # fmt: skip
    found: list[EvidenceView] = []
    for row in connection.execute(statement).mappings():
        made = operations.read(row["body"])
        shot = row["shot_at"] or ""
        picture = row["copy_sha256"] if row["copy_here"] else row["sha256"] if row["here"] else ""
        found.append(
            EvidenceView(
                row["id"].hex(), row["sha256"], row["name"] or "", row["bytes"] or 0, row["media"] or "",
                row["stage"] or "", row["caption"] or "", row["taken_on"] or "", _state(row),
                row["unit"], who.units.get(row["unit"], row["unit"]), made.user, made.wall,
                row["part"] or "", said.of(row["part"] or ""), row["paper"] or "", shot,
                _number(row["longitude"]), _number(row["latitude"]), picture,
                shots.remark(shot, found_on, desk.today()),
            )
        )  # fmt: skip
    return tuple(found)


class PartsSaid:
    """The parts of one record to which files may belong, and what each is called; read when first asked."""

    def __init__(self, connection: Connection, top: bytes) -> None:
        self._connection, self._top = connection, top
        self._said: dict[str, str] | None = None

    def of(self, part: str) -> str:
        """What a part is called; "" where there is none of that id."""
        return self.every.get(part, "") if part else ""

    @property
    def every(self) -> dict[str, str]:
        """All parts: id → what it is called."""
        if self._said is None:
            self._said = {one: said for table in PARTS_WITH_FILES for one, said in self._read(table)}
        return self._said

    def _read(self, table: str) -> list[tuple[str, str]]:
        source, name = FOLDED[table], PARTS_WITH_FILES[table]
        rows = self._connection.execute(
            select(source).where(source.c.top == self._top, source.c.void_from.is_(None))
        ).mappings()
        return [(row["id"].hex(), part_said(table, row[name] or "")) for row in rows]


def part_said(table: str, value: str) -> str:
    """What a part is called: its kind, and what tells it from the others."""
    states = TABLES[table][PARTS_WITH_FILES[table]].states
    return " ".join(one for one in (words.TABLE[table], states.get(value, value)) if one)


def _found_on(connection: Connection, top: bytes) -> str:
    """The day on which a problem was found, or a petition received; "" where nobody said."""
    for table in TOPS:
        source = FOLDED[table]
        day = connection.scalar(select(source.c.found_on).where(source.c.id == top))
        if day:
            return day
    return ""


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _state(row: RowMapping) -> str:
    """Where the file of an entry is, and its copy where it has one."""
    if row["here"] or not row["copy_here"]:
        return file_state(row["here"], row["lost"])
    return "only" if row["lost"] else "asked" if row["want"] else "copy"


def file_state(here: int | None, lost: int | None) -> str:
    """Where a file is: here, wanted or lost."""
    return "here" if here else "lost" if lost else "wanted"


def lose(desk: Desk, sha256: str) -> None:
    """A file that lay here does not any more: it is asked for again."""
    with desk.ledger.write(deed=Deed.NOTE) as connection:
        attached.gone(connection, sha256)
        attached.judge(connection, desk.side)


def pieces(desk: Desk, sha256: str, name: str, progress: Progress) -> Iterator[bytes]:
    """The pieces of a file that lies here; at its end a refusal if they are not what its hash says."""
    total, done, size = sha256_of(), 0, desk.blobs.size(sha256)
    for piece in files.read_chunks(desk.blobs.path(sha256)):
        total.update(piece)
        progress.step(done, size, "正在写出文件")
        yield piece
        done += len(piece)
    if total.hexdigest() != sha256:
        put_aside(desk, sha256)
        raise FileDamaged(name)


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
