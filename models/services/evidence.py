"""佐证材料: photos and documents of a record; adding, describing, voiding, writing out."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256 as sha256_of
from pathlib import Path

from sqlalchemy import Connection, RowMapping, or_, select

from models import files
from models.domain import forms, media, owner
from models.domain.fields import TABLES
from models.domain.limits import DOCUMENT_BYTES
from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.domain.roles import Deed
from models.domain.unit import Author
from models.progress import Progress, Silent
from models.services import audience, dictionaries, likeness, refusals, showing
from models.services.desk import Desk
from models.services.exhibits import PartsSaid, entries, file_state, lose, put_aside
from models.services.file_refusals import (
    EmptyFile,
    FileDamaged,
    FileNotHere,
    FileTooLarge,
    IsAProgram,
    NoSuchEvidence,
    NoSuchFile,
    NoSuchPaper,
    NoSuchPart,
    NotAFile,
    NotToBeOpened,
    PhotoOfTelephone,
)
from models.services.pen import Pen, Place
from models.services.photo_facts import SAVES, PhotoFacts, PhotoRead, Reader
from models.services.views.files import Added, AddedFiles, Copy, EvidenceView, Twice
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
    read: PhotoRead | None = None  # what its picture says
    copy: Staged | None = None  # a smaller one, which travels first

    @property
    def facts(self) -> dict[str, Value]:
        """What is told of the file once and for all."""
        told: dict[str, Value] = {
            "sha256": self.staged.sha256, "name": self.name, "bytes": self.staged.size, "media": self.media,
        }  # fmt: skip
        if self.copy is not None:
            told["copy_sha256"] = self.copy.sha256
        seen = self.read.facts if self.read else PhotoFacts()
        more = {name: getattr(seen, name) for name in ("shot_at", "longitude", "latitude", "looks")}
        return told | {name: value for name, value in more.items() if value not in ("", None)}


class Evidence:
    """Everything the window and the hatch may ask of photos and documents."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self, table: str, id: str, paths: Sequence[Path], values: Mapping[str, str] | None = None,
        progress: Progress | None = None, *, part: str = "", reader: Reader | None = None,
    ) -> AddedFiles:  # fmt: skip
        """Add files to a record, all or none. `values`: stage, caption, taken_on, paper, the same for all of them.

        `part`: id of the measure, dispatch or stage that they are of. `reader` looks into photos, apart from this
        program; without it nothing but their bytes is known.
        """
        desk, told = self._desk, progress or Silent()
        changes = forms.changes("evidence", values or {}, {}, desk.today(), creating=True)
        with desk.ledger.locked():
            with desk.ledger.read() as connection:
                row, _ = self._allowed(connection, table, id, changes)
                if part and not PartsSaid(connection, row["id"]).of(part):
                    raise NoSuchPart(part)
            if part:
                changes["part"] = part
            with files.scratch(desk.staging) as own:
                sound = list(_read(paths, own, told, reader))
                with desk.ledger.write() as connection:
                    done = self._write(connection, table, id, sound, changes)
        blind = tuple(one.name for one in sound if reader and media.is_photo(one.media) and one.read is None)
        return replace(done, unreadable=blind)

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
        if paper := changes.get("paper"):
            known = tuple(str(one["name"]) for one in dictionaries.content(connection, "papers"))
            if paper not in known:
                raise NoSuchPaper(str(paper), known)
        return row, reduced

    def _write(
        self, connection: Connection, table: str, id: str, sound: Sequence[_Sound], changes: Mapping[str, Value]
    ) -> AddedFiles:
        row, reduced = self._allowed(connection, table, id, changes)
        entry = select(evidence.c.sha256, evidence.c.stage, evidence.c.part)
        mine = entry.where(evidence.c.top == row["id"], evidence.c.void_from.is_(None))
        there = {(r.sha256, r.stage, r.part) for r in connection.execute(mine)}
        added: list[Added] = []
        already: list[Added] = []
        elsewhere: list[str] = []
        pen = Pen(self._desk, connection)
        aud = audience.of_record(self._desk, showing.values_of(table, row), pen.registry)
        for one in sound:
            key = (one.staged.sha256, changes.get("stage"), changes.get("part"))
            shown = Added(one.staged.sha256, one.name, one.staged.size)
            self._desk.blobs.settle(one.staged)  # also where the entry is there and its file was lost
            attached.came(connection, one.staged.sha256, one.staged.size, "")
            if key in there:
                already.append(shown)
                continue
            if _used_by_others(connection, one.staged.sha256, row["id"]):
                elsewhere.append(one.name)
            there.add(key)
            if one.copy is not None:
                self._desk.blobs.settle(one.copy)
                attached.came(connection, one.copy.sha256, one.copy.size, "")
            about = one.facts
            day = str(about.get("shot_at", ""))[:10]
            if day and day <= self._desk.today().isoformat():
                about["taken_on"] = day
            pen.set(Place("evidence", None, reduced), {**about, **changes}, aud)
            added.append(shown)
        pen.put()
        again = likeness.twice(connection, row["id"], [one.sha256 for one in added]) if added else ()
        return AddedFiles(tuple(added), tuple(already), tuple(elsewhere), again)

    def list(self, table: str, id: str) -> tuple[EvidenceView, ...]:
        """The photos and documents of a record, in the order in which they came."""
        with self._desk.ledger.read() as connection:
            return entries(self._desk, connection, find(connection, table, id)["id"])

    def twice(self, table: str, id: str) -> tuple[Twice, ...]:
        """The files of a record that another record has too, or that look like one of another record."""
        with self._desk.ledger.read() as connection:
            return likeness.twice(connection, find(connection, table, id)["id"])

    def want(self, ids: Sequence[str]) -> int:
        """Ask for the files of these entries of which only a copy is here; how many that are."""
        with self._desk.ledger.write(deed=Deed.EXCHANGE) as connection:
            rows = [self._entry(connection, id)[0] for id in ids]
            away = {row["sha256"] for row in rows if _known_as(connection, row["sha256"])[1] != "here"}
            for sha256 in sorted(away):
                attached.want(connection, sha256)
        return len(away)

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
        sha256, copy = row["sha256"], row["copy_sha256"]
        if copy and self._desk.blobs.has(copy) and not self._desk.blobs.has(sha256):
            sha256, suffix = copy, ".jpg"
        else:
            suffix = media.suffix_to_open(row["media"] or "", row["name"] or "")
        if suffix is None:
            raise NotToBeOpened(row["name"] or "")
        files.make_folder(self._desk.opened)
        return self.get(sha256, self._desk.opened / f"{sha256[:16]}{suffix}").path


def _read(paths: Sequence[Path], folder: Path, progress: Progress, reader: Reader | None) -> Iterator[_Sound]:
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
        if kind in media.OF_TELEPHONES:
            raise PhotoOfTelephone(path)
        read = reader(staged.part, progress) if reader and media.is_photo(kind) else None
        copy = None
        if read and read.copy and len(read.copy) * SAVES <= staged.size:
            copy = stage([read.copy], folder / f"{number}.copy")
        yield _Sound(staged, _plain(path.name), kind, read, copy)


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
    either = or_(evidence.c.sha256 == sha256, evidence.c.copy_sha256 == sha256)
    name = connection.scalar(select(evidence.c.name).where(either).limit(1))
    if name is None and not attached.names(connection, sha256):
        raise NoSuchFile(sha256)
    there = connection.execute(select(file.c.here, file.c.lost).where(file.c.sha256 == sha256)).first()
    return name or sha256[:16], file_state(there.here if there else 0, there.lost if there else 0)
