"""What was set aside waits here: packages of stopped PCs whole, operations of an old secret one by one (sync.md 5.7.7).

Anybody may look. Only the county takes in, and then it is held like anything else. Nothing is ever thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from models import files
from models.domain.fields import TABLES
from models.domain.roles import Deed
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.base import refusals
from models.services.base.desk import Desk
from models.services.base.writing import MUST
from models.services.exchange.comparison import Comparison
from models.services.exchange.intake import IMPORTED, WOULD_BE, take_in
from models.services.views.devices import Decided, Kept, Late
from models.services.views.exchange import Report
from models.store import fold, operations
from models.store.holding import Incoming, hold, numbers_of
from models.store.schema import FOLDED, aside_op, known, op, pkg_in, refused, revocation, setting
from models.store.sqlite import insert_new, temporary_ids
from models.sync.package import Trusted, read_sealed, trust

_SEEN = "late_seen"  # setting: what came up to here of stopped PCs, somebody has looked at


@dataclass(eq=False)
class NotAside(LedgerError):
    """Nothing is set aside under this id."""

    code = "S234"
    title = "没有放在一边的这一项"
    wanted: str

    @property
    def message(self) -> str:
        return f"放在一边的内容里没有“{self.wanted}”，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请重新打开“设备与登记”查看；已经接收的不再列出。"


def keep(desk: Desk, package: Trusted) -> None:
    """Keep the package of a stopped device as it came; twice the same is kept once."""
    target = desk.aside / f"{package.header.sender.device[:8]}-{package.header.pkg_id}.hgb"
    if not target.exists():
        files.durable_write(target, files.read_chunks(package.path), 0o600)


class Aside:
    """What waits for a decision of the county."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------------------------- looking

    def list(self) -> tuple[Kept, ...]:
        """All that was set aside and not taken in since, newest first."""
        packages = [self._package(one) for one in self._packages().values()]
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            groups = connection.execute(
                select(
                    aside_op.c.package, aside_op.c.unit, func.max(aside_op.c.at).label("at"), func.count().label("n"),
                    func.sum(func.length(aside_op.c.body)).label("size"),
                )
                .where(_waits()).group_by(aside_op.c.package, aside_op.c.unit)
            ).all()  # fmt: skip
            numbers = {g.package: _number(connection, g.package) for g in groups}
        loose = [
            Kept(g.package.hex(), "operations", g.unit, who.units.get(g.unit, g.unit), "", numbers[g.package], g.at,
                 g.size, g.n)
            for g in groups
        ]  # fmt: skip
        return tuple(sorted([*packages, *loose], key=lambda k: k.at, reverse=True))

    def _packages(self) -> dict[str, Trusted]:
        """The packages in the folder, by id; what is no package of ours any more is passed over."""
        found: dict[str, Trusted] = {}
        for path in sorted(self._desk.aside.glob("*.hgb")):
            try:
                one = trust(read_sealed(path), [self._desk.root or b""])
            except LedgerError:
                continue
            found[one.header.pkg_id] = one
        return found

    def _package(self, one: Trusted) -> Kept:
        about = one.header
        return Kept(
            about.pkg_id, "package", about.sender.unit, one.certificate.name, about.sender.device, about.no, about.made,
            one.path.stat().st_size, about.n_ops,
        )  # fmt: skip

    def look(self, wanted: str, progress: Progress | None = None) -> Report:
        """What taking it in would change: the real transaction, rolled back."""
        report = self._decide(self._find(wanted), progress or Silent(), keep=False)
        return replace(report, message=report.message.replace(IMPORTED, WOULD_BE, 1))

    def late(self) -> tuple[Late, ...]:
        """Work of stopped PCs that came through others since somebody last looked: applied, and listed here."""
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            rows = connection.execute(
                select(op.c.top, op.c.device, op.c.unit, func.count().label("n"), func.max(op.c.arrived).label("at"))
                .where(_came_late(), op.c.pk > _seen(connection)).group_by(op.c.top, op.c.device, op.c.unit)
            ).all()  # fmt: skip
            titles = {row.top: _title(connection, row.top) for row in rows}
        found = [Late(*titles[r.top], r.unit, who.units.get(r.unit, r.unit), r.device.hex(), r.n, r.at) for r in rows]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def seen(self) -> None:
        """Somebody has looked at what came late."""
        with self._desk.ledger.write(deed=Deed.NOTE) as connection:
            newest = connection.scalar(select(func.max(op.c.pk))) or 0
            self._desk.remember(connection, **{_SEEN: str(newest)})

    # ------------------------------------------------------------------------------------- deciding

    def take(self, wanted: str, progress: Progress | None = None) -> Decided:
        """Take one in, by a decision of the county: its operations are then held like any other."""
        if not self._desk.is_county:
            raise refusals.CountyOnly
        found = self._find(wanted)
        report = self._decide(found, progress or Silent(), keep=True)
        if isinstance(found, Trusted):
            files.remove(found.path)
        return Decided(report.created + report.updated + report.unchanged, report.message)

    def _find(self, wanted: str) -> Trusted | bytes:
        text = wanted.strip().lower()
        packages = self._packages()
        with self._desk.ledger.read() as connection:
            loose = {i.hex(): i for i in connection.scalars(select(aside_op.c.package).where(_waits()).distinct())}
        matches = [one for id_, one in (*packages.items(), *loose.items()) if text and id_.startswith(text)]
        if len(matches) != 1:
            raise NotAside(wanted)
        return matches[0]

    def _decide(self, found: Trusted | bytes, progress: Progress, *, keep: bool) -> Report:
        desk = self._desk
        with desk.ledger.write(keep=keep, deed=Deed.MANAGE) as connection:
            if isinstance(found, Trusted):
                return take_in(desk, connection, found, progress, decided=True)[0]
            return self._hold(connection, found, progress)

    def _hold(self, connection: Connection, package: bytes, progress: Progress) -> Report:
        desk = self._desk
        rows = connection.execute(select(aside_op).where(_waits(), aside_op.c.package == package)).all()
        county = desk.county_keys
        incoming = [Incoming(operations.read(r.body, r.sha), r.body, r.sha, county.stamp(r.body)) for r in rows]
        tops = hold(connection, incoming, desk.registry(connection), desk.utc(), package)
        numbers = numbers_of(connection, [r.sha[:16] for r in rows])
        for row in rows:
            of = connection.scalars(select(refused.c.device).where(refused.c.sha == row.sha)).all()
            insert_new(known, [{"device": one, "op": numbers[row.sha[:16]]} for one in of], connection)
            connection.execute(refused.delete().where(refused.c.sha == row.sha))
        connection.execute(aside_op.delete().where(aside_op.c.package == package))
        compared = Comparison(connection, tops)
        fold.refold(connection, tops, progress, compared)
        temporary_ids(connection, [])
        counts = compared.counts(connection)
        text = f"{IMPORTED}接收 {len(rows)} 条改动，新增 {counts['new']} 条，更新 {counts['updated']} 条。"
        return Report(
            Path(package.hex()), "imported", text, created=counts["new"], updated=counts["updated"],
            unchanged=counts["same"], conflicts=len(compared.new_conflicts(connection)), voided=compared.voided,
            changes=(*compared.lines, *compared.quiet),
        )  # fmt: skip


def _waits() -> ColumnElement[bool]:
    """Of an operation set aside: not held by another way since."""
    return ~exists().where(op.c.id == func.substr(aside_op.c.sha, 1, 16))


def _came_late() -> ColumnElement[bool]:
    """Of an operation: a stopped device wrote it, and others brought it after the first word that it is stopped."""
    word = op.alias("word")
    first = (
        select(func.min(word.c.pk))
        .join(revocation, revocation.c.top == word.c.id)
        .where(revocation.c.device == op.c.device)
        .scalar_subquery()
    )
    by_itself = exists().where(pkg_in.c.id == op.c.package, pkg_in.c.device == op.c.device)
    stopped = op.c.device.in_(select(revocation.c.device))
    return and_(stopped, op.c.is_data == 1, op.c.package.is_not(None), op.c.pk > first, ~by_itself)


def _seen(connection: Connection) -> int:
    return int(connection.scalar(select(setting.c.value).where(setting.c.name == _SEEN)) or "0")


def _number(connection: Connection, package: bytes) -> int:
    return connection.scalar(select(pkg_in.c.number).where(pkg_in.c.id == package)) or 0


def _title(connection: Connection, top: bytes) -> tuple[str, str, str, str]:
    """Table, id, title and number of a record, as people know it; of what is not shown only the id."""
    for table in MUST:
        source = FOLDED[table]
        row = connection.execute(select(source).where(source.c.id == top)).mappings().first()
        if row is not None:
            number = next((str(row[n]) for n in ("number", "receipt_number") if n in TABLES[table] and row[n]), "")
            return table, top.hex(), str(row[MUST[table]] or ""), number
    return "", top.hex(), "", ""
