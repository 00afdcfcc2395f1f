"""佐证材料: photos and documents of a record; adding, describing, voiding, writing out."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256 as sha256_of
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from models import files
from models.domain import forms, media, owner
from models.domain.fields import TABLES
from models.domain.limits import DOCUMENT_BYTES
from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.domain.unit import Author
from models.progress import Progress, Silent
from models.services import audience, refusals, showing
from models.services.desk import Desk
from models.services.exhibits import entries, file_state, lose, put_aside
from models.services.file_refusals import (
    EmptyFile,
    FileDamaged,
    FileNotHere,
    FileTooLarge,
    IsAProgram,
    NoSuchEvidence,
    NoSuchFile,
    NotAFile,
    NotToBeOpened,
)
from models.services.pen import Pen, Place
from models.services.views.files import Added, AddedFiles, Copy, EvidenceView
from models.services.writing import find
from models.store import attached, fold
from models.store.blobs import Staged, stage
from models.store.schema import evidence, file

NAME_CHARS = 200


@dataclass(frozen=True)
class _Sound:
    """A file that may be added: staged, its kind known, under the name that it had."""

    staged: Staged
    name: str
    media: str


class Evidence:
    """Everything the window and the hatch may ask of photos and documents."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self, table: str, id: str, paths: Sequence[Path], values: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> AddedFiles:  # fmt: skip
        """Add files to a record, all or none. `values`: stage, caption, taken_on, the same for all of them."""
        desk, told = self._desk, progress or Silent()
        changes = forms.changes("evidence", values or {}, {}, desk.today(), creating=True)
        with desk.ledger.locked():
            with desk.ledger.read() as connection:
                self._allowed(connection, table, id, changes)
            with files.scratch(desk.staging) as own:
                sound = list(_read(paths, own, told))
                with desk.ledger.write() as connection:
                    return self._write(connection, table, id, sound, changes)

    def _allowed(
        self, connection: Connection, table: str, id: str, changes: Mapping[str, Value]
    ) -> tuple[RowMapping, Reduced]:
        row = find(connection, table, id)
        if row["void_from"]:
            raise refusals.IsVoid
        reduced = fold.reduce_one(connection, row["id"])
        own = Author(self._desk.side.unit, self._desk.side.kind)
        for name in ("sha256", *changes):
            if not owner.may_write(TABLES["evidence"][name], own, reduced.ties, None):
                raise refusals.NotYours("佐证材料", "责任单位或县环委办")
        return row, reduced

    def _write(
        self, connection: Connection, table: str, id: str, sound: Sequence[_Sound], changes: Mapping[str, Value]
    ) -> AddedFiles:
        row, reduced = self._allowed(connection, table, id, changes)
        there = {
            (r.sha256, r.stage)
            for r in connection.execute(
                select(evidence.c.sha256, evidence.c.stage).where(
                    evidence.c.top == row["id"], evidence.c.void_from.is_(None)
                )
            )
        }
        added: list[Added] = []
        already: list[Added] = []
        elsewhere: list[str] = []
        pen = Pen(self._desk, connection)
        aud = audience.of_record(self._desk, showing.values_of(table, row), pen.registry)
        for one in sound:
            key = (one.staged.sha256, changes.get("stage"))
            shown = Added(one.staged.sha256, one.name, one.staged.size)
            self._desk.blobs.settle(one.staged)  # also where the entry is there and its file was lost
            attached.came(connection, one.staged.sha256, one.staged.size, "")
            if key in there:
                already.append(shown)
                continue
            if _used_by_others(connection, one.staged.sha256, row["id"]):
                elsewhere.append(one.name)
            there.add(key)
            about: dict[str, Value] = {
                "sha256": one.staged.sha256, "name": one.name, "bytes": one.staged.size, "media": one.media,
            }  # fmt: skip
            pen.set(Place("evidence", None, reduced), {**about, **changes}, aud)
            added.append(shown)
        pen.put()
        return AddedFiles(tuple(added), tuple(already), tuple(elsewhere))

    def list(self, table: str, id: str) -> tuple[EvidenceView, ...]:
        """The photos and documents of a record, in the order in which they came."""
        with self._desk.ledger.read() as connection:
            return entries(self._desk, connection, find(connection, table, id)["id"])

    def edit(self, id: str, values: Mapping[str, str]) -> EvidenceView:
        """Change stage, caption or day of an entry."""
        with self._desk.ledger.write() as connection:
            row, table, top = self._entry(connection, id)
            now = {name: row[name] for name in TABLES["evidence"]}
            changes = forms.changes("evidence", values, now, self._desk.today())
            record, reduced = self._allowed(connection, table, top, changes)
            if changes:
                pen = Pen(self._desk, connection)
                aud = audience.of_record(self._desk, showing.values_of(table, record), pen.registry)
                pen.set(Place("evidence", id, reduced), changes, aud)
                pen.put()
            return next(one for one in entries(self._desk, connection, row["top"]) if one.id == id)

    def void(self, id: str, why: str) -> None:
        """Void an entry: by its unit or the county. The file stays, and neither travels nor is asked for any more."""
        if not why.strip():
            raise refusals.NoReason
        with self._desk.ledger.write() as connection:
            row, table, top = self._entry(connection, id)
            own = Author(self._desk.side.unit, self._desk.side.kind)
            if not owner.may_void(own, row["creator"]):
                raise refusals.NotYours("作废", "添加这份材料的单位或县环委办")
            record = find(connection, table, top)
            reduced = fold.reduce_one(connection, row["top"])
            pen = Pen(self._desk, connection)
            aud = audience.of_record(self._desk, showing.values_of(table, record), pen.registry)
            pen.void(Place("evidence", id, reduced), self._desk.today().isoformat(), aud, why.strip())
            pen.put()

    def _entry(self, connection: Connection, id: str) -> tuple[RowMapping, str, str]:
        """An entry that counts, and the record that it is of."""
        row = _by_id(connection, id)
        if row is None:
            raise NoSuchEvidence
        reduced = fold.reduce_one(connection, row["top"])
        return row, reduced.records[reduced.top].table, reduced.top

    # ------------------------------------------------------------------------------------- the files

    def get(self, sha256: str, out: Path, progress: Progress | None = None) -> Copy:
        """Write a file to another place, checked to its last byte."""
        key = sha256.strip().lower()
        with self._desk.ledger.read() as connection:
            name, state = _known_as(connection, key)
        if state != "here" or not self._desk.blobs.has(key):
            if state == "here":
                lose(self._desk, key)
            raise FileNotHere(name, state if state != "here" else "wanted")
        size = self._desk.blobs.size(key)
        files.ensure_space(out.parent, size)
        files.durable_write(out, self._checked(key, name, size, progress or Silent()))
        return Copy(out, key, size)

    def _checked(self, sha256: str, name: str, size: int, progress: Progress) -> Iterator[bytes]:
        """The pieces of a file; at its end a refusal if they are not what its name says."""
        blobs, total, done = self._desk.blobs, sha256_of(), 0
        for piece in files.read_chunks(blobs.path(sha256)):
            total.update(piece)
            progress.step(done, size, "正在写出文件")
            yield piece
            done += len(piece)
        if total.hexdigest() != sha256:
            put_aside(self._desk, sha256)
            raise FileDamaged(name)

    def place(self, sha256: str) -> Path | None:
        """Where a file lies, for a child process that makes a small picture of it; None: not here."""
        blobs = self._desk.blobs
        return blobs.path(sha256) if blobs.has(sha256) else None

    def open_copy(self, id: str) -> Path:
        """A copy that another program may be given: under a name that says what the content is."""
        with self._desk.ledger.read() as connection:
            row = _by_id(connection, id)
        if row is None:
            raise NoSuchEvidence
        suffix = media.suffix_to_open(row["media"] or "", row["name"] or "")
        if suffix is None:
            raise NotToBeOpened(row["name"] or "")
        files.make_folder(self._desk.opened)
        return self.get(row["sha256"], self._desk.opened / f"{row['sha256'][:16]}{suffix}").path


def _read(paths: Sequence[Path], folder: Path, progress: Progress) -> Iterator[_Sound]:
    """Copy files in, each checked before and while it is read."""
    for number, path in enumerate(paths):
        progress.step(number, len(paths), "正在添加文件")
        with files.in_words(path):
            found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotAFile(path)
        if not found.st_size:
            raise EmptyFile(path)
        if found.st_size > DOCUMENT_BYTES:
            raise FileTooLarge(path, found.st_size, DOCUMENT_BYTES)
        files.ensure_space(folder, found.st_size)
        staged = stage(files.read_chunks(path, 0, DOCUMENT_BYTES + 1), folder / str(number))
        kind = media.media_of(staged.head)
        if kind == media.PROGRAM:
            raise IsAProgram(path)
        if staged.size > media.most_bytes(kind):
            raise FileTooLarge(path, staged.size, media.most_bytes(kind))
        yield _Sound(staged, _plain(path.name), kind)


def _plain(name: str) -> str:
    """A file's name as text: nothing that cannot be shown or sent, and not without end."""
    text = name.encode("utf-8", "replace").decode()
    return "".join(sign for sign in text if sign.isprintable())[-NAME_CHARS:] or "未命名"


def _used_by_others(connection: Connection, sha256: str, top: bytes) -> bool:
    other = select(evidence.c.pk).where(
        evidence.c.sha256 == sha256, evidence.c.top != top, evidence.c.void_from.is_(None)
    )
    return connection.scalar(other.limit(1)) is not None


def _by_id(connection: Connection, id: str) -> RowMapping | None:
    try:
        key = bytes.fromhex(id)
    except ValueError:
        return None
    statement = select(evidence).where(
        evidence.c.id == key, evidence.c.void_from.is_(None), evidence.c.sha256.is_not(None)
    )
    return connection.execute(statement).mappings().first()


def _known_as(connection: Connection, sha256: str) -> tuple[str, str]:
    """What a file is called, and where it is: here, wanted or lost."""
    name = connection.scalar(select(evidence.c.name).where(evidence.c.sha256 == sha256).limit(1))
    if name is None and not attached.names(connection, sha256):
        raise NoSuchFile(sha256)
    there = connection.execute(select(file.c.here, file.c.lost).where(file.c.sha256 == sha256)).first()
    return name or sha256[:16], file_state(there.here if there else 0, there.lost if there else 0)
