"""佐证材料: photos and documents of a record; adding, describing, voiding, writing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, RowMapping, or_, select

from models import files
from models.domain import forms, media, owner
from models.domain.fields import TABLES
from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.domain.roles import Deed
from models.domain.unit import Author
from models.progress import Progress, Silent
from models.services.base import audience, dictionaries, refusals, showing
from models.services.base.desk import Desk
from models.services.base.exhibits import PartsSaid, entries, file_state, lose, pieces
from models.services.base.file_refusals import (
    FileNotHere,
    NoSuchEvidence,
    NoSuchFile,
    NoSuchPaper,
    NoSuchPart,
    NotToBeOpened,
)
from models.services.base.pen import Pen, Place
from models.services.base.writing import find
from models.services.evidence import likeness, new_files
from models.services.evidence.new_files import Sound
from models.services.evidence.photo_facts import Reader
from models.services.views.files import Added, AddedFiles, Copy, EvidenceView, Offered, Twice
from models.store import attached, fold
from models.store.schema import evidence, file


class Evidence:
    """Everything the window and the hatch may ask of photos and documents."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self, table: str, id: str, paths: Sequence[Path], values: Mapping[str, str] | None = None,
        progress: Progress | None = None, *, part: str = "", reader: Reader | None = None, partly: bool = False,
    ) -> AddedFiles:  # fmt: skip
        """Add files to a record, all or none. `values`: stage, caption, taken_on, paper, the same for all of them.

        `part`: id of the measure, dispatch or stage that they are of. `reader` looks into photos, apart from this
        program; without it nothing but their bytes is known. `partly`: of several, those that are refused are left
        out and named.
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
                sound, refused = new_files.read(paths, own, told, reader, partly=partly)
                with desk.ledger.write() as connection:
                    done = self._write(connection, table, id, sound, changes)
        blind = tuple(one.name for one in sound if reader and media.is_photo(one.media) and one.read is None)
        return replace(done, unreadable=blind, refused=tuple(refused))

    def look(self, table: str, id: str, paths: Sequence[Path], progress: Progress) -> Offered:
        """Files and folders that may be added to a record, and the parts of it to which they may belong."""
        found = new_files.find(paths, progress)
        with self._desk.ledger.read() as connection:
            parts = PartsSaid(connection, find(connection, table, id)["id"]).every
        return Offered(found.files, tuple(parts.items()), found.left, packages=found.packages)

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
        self, connection: Connection, table: str, id: str, sound: Sequence[Sound], changes: Mapping[str, Value]
    ) -> AddedFiles:
        row, reduced = self._allowed(connection, table, id, changes)
        entry = select(evidence.c.sha256, evidence.c.stage, evidence.c.part, evidence.c.paper)
        mine = entry.where(evidence.c.top == row["id"], evidence.c.void_from.is_(None))
        # Whoever names no paper has nothing to add; another paper is another entry, so that both are ticked.
        there = {(r.sha256, r.stage, r.part, paper) for r in connection.execute(mine) for paper in (r.paper, None)}
        added: list[Added] = []
        already: list[Added] = []
        elsewhere: list[str] = []
        pen = Pen(self._desk, connection)
        aud = audience.of_record(self._desk, showing.values_of(table, row), pen.registry)
        for one in sound:
            key = (one.staged.sha256, changes.get("stage"), changes.get("part"), changes.get("paper"))
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
        """Change what an entry is of: stage, caption, day, part, paper."""
        with self._desk.ledger.write() as connection:
            row, table, top = self._entry(connection, id)
            now = {name: row[name] for name in TABLES["evidence"]}
            changes = forms.changes("evidence", values, now, self._desk.today())
            record, reduced = self._allowed(connection, table, top, changes)
            if (part := changes.get("part")) and not PartsSaid(connection, row["top"]).of(str(part)):
                raise NoSuchPart(str(part))
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
        files.durable_write(out, pieces(self._desk, key, name, progress or Silent()))
        return Copy(out, key, size)

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
