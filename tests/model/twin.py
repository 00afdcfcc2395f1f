"""A real home and its model, step for step: what the program does on a disk, the laws must do to the model of it.

After every step the whole state of both is compared: operations, who is known to have which, what was refused, lists
of packages, forks. A package is opened, and its acknowledgements, bases, digest and operations are those of the model.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter, defaultdict, namedtuple
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from sqlalchemy import select

from models.errors import LedgerError
from models.progress import Silent
from models.services.base.desk import LEDGER
from models.services.exchange.undo import NO_COPY
from models.services.home.restoring import restore
from models.services.office import Office
from models.services.opening import open_office
from models.store import operations, schema
from models.store.holding import NO_STAMP
from models.sync.meta import decode
from models.sync.package import read_sealed, trust
from models.sync.refusals import NotSealedForUs
from tests.model.home import Home
from tests.model.ink import Ink, RealFold, plain, unit_of
from tests.model.laws import (
    COUNTY,
    SET,
    VOID,
    Fold,
    Id,
    Op,
    Value,
)
from tests.model.package import Answer, Package, number_of, stamp_of
from tests.model.truth import promise
from tests.offices import COUNTY as COUNTY_CODE

ANSWERS: Mapping[str, Answer] = MappingProxyType({
    "imported": Answer.IMPORTED, "already": Answer.ALREADY, "S121": Answer.OWN, "S104": Answer.FOREIGN,
    "S105": Answer.SEALED, "S122": Answer.ASIDE,
})  # fmt: skip


class Twin(Home):
    """A real home, driven beside its model."""

    fold_class = RealFold
    office: Office
    folder: Path
    ink: Ink
    _number = 0

    @classmethod
    def of(cls, folder: Path, ink: Ink, clock: object) -> Self:
        """Open a home, and make the model of what lies on its disk."""
        office = open_office(folder, clock=clock)  # pyright: ignore[reportArgumentType]
        side = office.desk.side
        twin = cls(side.device.hex(), unit_of(side.unit), None)  # pyright: ignore[reportArgumentType]
        twin.office, twin.folder, twin.ink = office, folder, ink
        twin.__dict__.update(twin._on_disk())
        for op in sorted(twin.held, key=lambda op: op.sha):
            twin.histories[op.top] = (*twin.histories.get(op.top, ()), op)
        twin.stamps = twin._stamped()
        twin.has_root = office.desk.has_county_keys and office.desk.county_keys.has_root
        return twin

    # ------------------------------------------------------------------------------------- the disk

    def _on_disk(self) -> dict[str, object]:
        """The state of the real home, in the words of the model."""
        with closing(sqlite3.connect(self.folder / LEDGER)) as ledger:  # as it lies there, and quickly
            ask = partial(_ask, ledger)
            ops = {r.pk: self.ink.read(r.body, r.sha) for r in ask("op", "pk", "body", "sha")}
            devices = ask("device", "id", "unit", "certificate", "lists_from", "newest", "heard", "forks")
            packages = ask("pkg_in", "pk", "device", "id", "unit")
            written = ask("pkg_out", "pk", "id", "unit")
            lists = _grouped(ask("pkg_out_op", "package", "op"))
            known = _grouped(ask("known", "device", "op"))
            bases = _grouped(ask("pkg_base", "device", "id"))
            refused = _grouped(ask("refused", "device", "sha"))
            aside = _grouped(ask("aside_op", "package", "sha"))
        return {
            "held": frozenset(ops.values()),
            "units": {r.id.hex(): unit_of(r.unit) for r in devices if r.certificate or r.id.hex() == self.device},
            "known": {d.hex(): frozenset(ops[n] for n in of) for d, of in known.items()},
            "refused": {d.hex(): frozenset(self.ink.read(b"", sha) for sha in of) for d, of in refused.items()},
            "written": {_int(r.id): (unit_of(r.unit), frozenset(ops[n] for n in lists[r.pk])) for r in written},
            "forgotten": {
                r.id.hex(): frozenset(_int(w.id) for w in written if w.pk <= r.lists_from) for r in devices
            },
            "imported": {(r.device.hex(), _int(r.id)): unit_of(r.unit) for r in packages},
            "older": {d.hex(): frozenset(map(_int, of)) for d, of in bases.items()},
            "newest": {r.id.hex(): _int(r.newest) for r in devices if r.newest},
            "heard": {r.id.hex(): r.heard for r in devices},
            "secrets": self._secrets(),
            "aside": {_int(package): frozenset(self.ink.read(b"", sha) for sha in of) for package, of in aside.items()},
            "forks": tuple(r.id.hex() for r in devices for _ in range(r.forks)),
        }  # fmt: skip

    def _secrets(self) -> frozenset[int]:
        desk = self.office.desk
        return frozenset(number for number, _ in desk.county_keys.all_secrets) if desk.has_county_keys else frozenset()

    def _stamped(self) -> dict[Op, int]:
        """The operations that lie here with the county's stamp."""
        with closing(sqlite3.connect(self.folder / LEDGER)) as ledger:
            rows = _ask(ledger, "op", "body", "sha", "stamp")
        ops = {self.ink.read(r.body, r.sha): r.stamp[0] for r in rows if r.stamp != NO_STAMP}
        return {op: stamp_of(op, number) for op, number in ops.items()}

    def agree(self) -> None:
        """The disk and its model are in the same state."""
        for name, real in self._on_disk().items():
            one, other = (self._comparable(name, state) for state in (real, self.__dict__[name]))
            promise(f"model and program: {name}", one == other, (self.device, one, other))

    def _comparable(self, name: str, state: Any) -> object:
        """A part of a state without what makes no difference: nothing, the order of forks, when itself was heard."""
        match name:
            case "forks":
                return Counter(state)
            case "heard":
                return {d: n for d, n in state.items() if n and d not in {self.device, *self.former}}
            case "aside":  # what came by another way since waits no more; the disk notes the first who brought it
                return frozenset().union(*state.values()) - self.held
        return {k: v for k, v in state.items() if v} if isinstance(state, dict) else state

    def written_here(self) -> list[Op]:
        """Operations of this disk's own hand that the model has not been told of, in the order of the log."""
        with closing(sqlite3.connect(self.folder / LEDGER)) as ledger:
            rows = _ask(ledger, "op", "pk", "body", "sha", "device")
        ops = [self.ink.read(r.body, r.sha) for r in rows if r.device.hex() == self.device]
        return [op for op in ops if op not in self.held]

    def check_hand(self, op: Op) -> None:
        """A new operation says of what its writer knew exactly what the laws ask (laws 10, 11, 14)."""
        fold = self.fold(op.top)
        if op.kind in (SET, VOID):
            for name, (_, prev) in op.fields.items():
                heads = fold.prefixes(op.record, name)
                promise("model and program: prev", set(prev) == set(heads), (op, name, prev, heads))
            promise("model and program: lam", op.lam == self.next_lam(fold), (op, fold.lam))
        promise("model and program: after", op.after == fold.after, (op, fold.after))
        judges = op.kind == VOID or (op.kind == SET and fold.verdict in op.fields)
        saw = frozenset(o.prefix for o in self.seen(op.top, op.record)) if judges else None
        promise("model and program: saw", op.saw == saw, (op, saw))
        promise("an audience has its author", not op.aud or self.unit in op.aud, op)

    # ------------------------------------------------------------------------------------- the exchange

    def new_number(self) -> int:
        """What the program drew."""
        return self._number

    def write_package(self, unit: str, stick: Path) -> Path:
        """The real export, which may write operations of its own first: grants that were lacking."""
        code = COUNTY_CODE if unit == COUNTY else unit
        first, *volumes = (written.path for written in self.office.exchange.export(stick, [code]).packages)
        self.ink.volumes[first] = tuple(volumes)
        return first

    def model_package(self, unit: str, path: Path, welcome: str = "") -> Package:
        """What the laws say that the package is that was just written."""
        header = trust(read_sealed(path), [self.office.desk.root or b""]).header
        self._number = int(header.pkg_id, 16)
        package = super().export(unit, welcome)
        self.ink.paths[package] = path
        promise("model and program: bases", {int(b, 16) for b in header.bases} == package.bases, self.device)
        promise("model and program: complete_for", set(header.complete_for) == package.complete_for, self.device)
        self.agree()
        return package

    def bring_in(self, package: Package) -> Answer:
        """Import on the disk and in the model."""
        path = self.ink.paths[package]
        self._compare_content(package, path)
        if package.welcome and not self.office.here.enrolled:
            return self._accept(package, path)
        report = self.office.exchange.bring_in([path])[-1]
        answer = super().bring_in(package)
        real = ANSWERS.get(report.code or report.result)
        promise("model and program: answer", real is answer, (self.device, report.result, report.code, answer))
        if answer in (Answer.IMPORTED, Answer.ALREADY) and self.ink.volumes[path]:
            report = self.office.exchange.bring_in(list(self.ink.volumes[path]))[-1]
            promise("photos are taken in beside their package", report.result in ("imported", "already"), report)
        self.agree()
        return answer

    def _accept(self, package: Package, path: Path) -> Answer:
        """The county has taken this PC up under its new keys."""
        self.office.enrolment.accept(path)
        answer = super().bring_in(package)
        promise("model and program: answer", answer is Answer.IMPORTED, (self.device, answer))
        self.agree()
        return answer

    def _compare_content(self, package: Package, path: Path) -> None:
        desk = self.office.desk
        try:
            trusted = trust(read_sealed(path), [desk.root or b""])
            with trusted.open(desk.keys, desk.staging, Silent()) as opened:
                meta = decode(opened.meta)
                pairs = list(opened.operations())
        except NotSealedForUs:
            return
        inside = [(self.ink.read(body, operations.digest_of(body)), stamp) for stamp, body in pairs]
        digest = (meta.digest.n, int(meta.digest.sum, 16))
        promise("model and program: digest", digest == package.digest, (package.device, digest, package.digest))
        acks = {(ack[:32], int(ack[32:], 16)) for ack in meta.acknowledged}
        promise("model and program: acks", acks == package.acks, package.device)
        promise("model and program: operations", {o for o, _ in inside} == {o for o, _ in package.operations}, package)
        stamped = {o: stamp[0] for o, stamp in inside if stamp != NO_STAMP}
        ours = {o: number_of(s) for o, s in package.operations if s is not None}
        promise("model and program: stamps", ours.items() <= stamped.items(), package)

    @property
    def ledger(self) -> dict[str, object]:
        """Nor the office: it may have been closed and opened since."""
        return {name: state for name, state in super().ledger.items() if name not in {"office", "folder"}}

    def undo(self) -> bool:
        """Take the last import back, on the disk and in the model; the disk keeps the last few copies only."""
        last = self.office.exchange.last_import()
        if last is not None and last.why_not == NO_COPY:
            return False
        try:
            self.office.exchange.undo()
            real = True
        except LedgerError:
            real = False
        at = (self.office, self.folder)
        done = super().undo()
        self.office, self.folder = at
        promise("model and program: undo", real == done, (self.device, last))
        self.agree()
        return done

    def take_aside(self) -> None:
        """The county takes what was set aside, but for whole packages of stopped PCs."""
        for kept in self.office.aside.list():
            if kept.what == "operations" and self.unit == COUNTY:
                self.office.aside.take(kept.id)
        super().take_aside()
        self.agree()

    # ------------------------------------------------------------------------------------- what befalls a disk

    def take_new_keys(self) -> str:
        """What `device renew` does; the name that this PC has now."""
        self.office.devices.renew()
        return self.office.here.device

    def told_forks(self) -> int:
        """In how many of its packages others saw a copied disk, as its own list of PCs shows."""
        return next(one.forks for one in self.office.devices.list() if one.this)

    def put_backup_back(self, image: Self) -> Self:
        """Restore the ledger from a backup, as the program does it: keys and files stay."""
        self.office.close()
        restore(self.folder, image.folder / LEDGER)
        twin = image.copy()
        twin.folder, twin.office = self.folder, open_office(self.folder, clock=self.office.desk._clock)
        twin._before = None  # what was imported before belongs to the ledger that was put aside
        twin.secrets = self.secrets  # the keys stay, and with them the name that this PC has now
        twin._go_on_as(self)
        twin.agree()
        return twin

    def _go_on_as(self, now: Self) -> None:
        """The ledger is of a time when this PC had another name."""
        if self.device != now.device:
            self.renew(now.device)
            self.former = now.former

    def image(self, folder: Path) -> Self:
        """A copy of the disk and of its model, closed; `settle` opens it again."""
        self.office.close()
        shutil.copytree(self.folder, folder)
        self.office = open_office(self.folder, clock=self.office.desk._clock)
        twin = self.copy()
        twin.folder = folder
        return twin

    def settle(self, folder: Path) -> Self:
        """Put a copy of an image at a place and open it."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        twin = self.copy()
        twin.folder = folder
        twin.office = open_office(folder, clock=self.office.desk._clock)
        twin.agree()
        return twin

    # ------------------------------------------------------------------------------------- what is shown

    def photos(self) -> set[str]:
        """The files that lie on this disk."""
        return set(self.office.desk.blobs.all())

    def photos_named(self) -> set[str]:
        """The files that its rows name."""
        with self.office.desk.ledger.read() as connection:
            return set(connection.scalars(select(schema.evidence.c.sha256)))

    def shows_what_the_laws_show(self) -> None:
        """The folded tables of the disk are what the model folds from its operations."""
        with self.office.desk.ledger.read() as connection:
            rows = {
                _int(row["id"]): dict(row)
                for table in ("problem", "measure", "dispatch", "evidence")
                for row in connection.execute(select(schema.FOLDED[table])).mappings()
            }
        for top in self.histories:
            fold = self.fold(top)
            for (record, name), value in fold.shown.items():
                self._compare_field(fold, rows.get(_record(record)), record, name, value)
            row = rows.get(_record(top))
            if row is not None and "review" in row:
                review = fold.under_review(fold.verdict) or fold.under_review(VOID)
                promise("model and program: review", bool(row["review"]) == bool(review), (self.device, fold.flags))

    def _compare_field(self, fold: Fold, row: dict[str, object] | None, record: Id, name: str, value: Value) -> None:
        column = "void_from" if name == VOID else name
        if row is None or column not in row:
            return
        heads = fold.heads[record, name]
        if name == fold.verdict and fold.differ(heads, name):
            promise("model and program: undecided", row["undecided"], (self.device, heads))
        else:
            promise(
                "model and program: shown", plain(row[column]) == value, (self.device, name, row[column], value, heads)
            )


def _ask(ledger: sqlite3.Connection, table: str, *columns: str) -> list[Any]:
    """Columns of a table as named tuples, in the order of the first of them."""
    made = _row(table, columns)
    return [made(*row) for row in ledger.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1")]


@cache
def _row(table: str, columns: tuple[str, ...]) -> Callable[..., Any]:
    return namedtuple(table, columns)  # noqa: PYI024 - the columns are arguments


def _grouped(rows: Iterable[tuple[object, object]]) -> defaultdict[object, list[object]]:
    found: defaultdict[object, list[object]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found


def _int(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _record(record: Id) -> int:
    assert isinstance(record, int)
    return record
