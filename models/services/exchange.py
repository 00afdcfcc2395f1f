"""The exchange: packages out to a stick, packages in from anywhere, and how far each peer is (sync.md 5.4 to 5.6)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from models import files
from models.domain.unit import COUNTY
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services import audience
from models.services.desk import Desk
from models.services.enrolment import Enrolment, NotEnrolled
from models.services.intake import take_in
from models.services.views import Exported, PackageCard, Peer, Report, Written
from models.store import relation
from models.store.schema import device, op, pkg_in, pkg_out, pkg_out_op, problem, setting, unit
from models.sync import export, header
from models.sync.intake import OwnPackage
from models.sync.package import Sealed, Trusted, read_sealed, trust
from models.sync.refusals import (
    ForeignCounty,
    IsEnrolmentRequest,
    NeedsNewerProgram,
    PackageForOther,
    PackageRefused,
)
from models.sync.stick import copy_to_inbox, copy_to_stick, find_packages


@dataclass(eq=False)
class NoSuchPeer(LedgerError):
    """There is nobody to write to under this code."""

    code = "S123"
    title = "没有可以报送的对象"
    wanted: str

    @property
    def message(self) -> str:
        return f"代码 {self.wanted} 没有已登记的电脑，没有生成数据包。"

    @property
    def way_out(self) -> str:
        return "请核对单位代码；该单位还没有登记的，请先完成登记。"


@dataclass(eq=False)
class NothingThere(LedgerError):
    """There is no package at this place."""

    code = "S124"
    title = "没有找到数据包"
    where: Path

    @property
    def message(self) -> str:
        return f"在“{self.where}”里没有找到数据包，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请确认U盘已插好，并选择存放数据包的文件夹。"


class Exchange:
    """Everything the window and the hatch may ask of the exchange."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------------------------- out

    def export(self, to: Path, units: Sequence[str] | None = None, progress: Progress | None = None) -> Exported:
        """Write packages: the county to these units (none: to all), a township to the county or to its other PCs."""
        desk, told = self._desk, progress or Silent()
        if desk.root is None:
            raise NotEnrolled
        written: list[Written] = []
        skipped: list[tuple[str, str]] = []
        for code, name in self._receivers(units, skipped):
            told.step(len(written), 0, f"正在生成给{name}的数据包")
            with desk.ledger.write() as connection:
                built = export.build(connection, Enrolment(desk).sending(), code, told)
            path = copy_to_stick(
                built.path,
                to,
                built.path.name,
                told,
                expected=built.written.sha256,
                cover=self._cover(name, code, built),
            )
            with desk.ledger.write() as connection:
                connection.execute(pkg_out.update().where(pkg_out.c.id == built.pkg_id).values(copied=desk.wall()))
                self._sweep_outbox(connection, code, built.path)
            written.append(
                Written(
                    path, code, name, built.number, built.operations, 0, built.written.size, built.written.sha256.hex()
                )
            )
        return Exported(tuple(written), tuple(skipped), tuple(self._warnings()))

    def _receivers(self, units: Sequence[str] | None, skipped: list[tuple[str, str]]) -> list[tuple[str, str]]:
        desk, side = self._desk, self._desk.side
        with desk.ledger.write() as connection:
            if desk.is_county:
                self._link_new(connection)
            who = desk.registry(connection)
            with_device = {
                row.unit
                for row in connection.execute(
                    select(device.c.unit).where(
                        device.c.revoked == 0, device.c.id != side.device, device.c.certificate != b""
                    )
                )
            }
        if not desk.is_county:
            wanted = list(units) if units else [who.county]
        else:
            wanted = list(units) if units else sorted(set(who.units) - {side.unit})
        found: list[tuple[str, str]] = []
        for code in wanted:
            allowed = desk.is_county or code in (who.county, side.unit)
            if code in with_device and allowed:
                found.append((code, who.units.get(code, code)))
            elif units:
                raise NoSuchPeer(code)
            else:
                skipped.append((code, f"{who.units.get(code, code)}还没有登记的电脑"))
        return found

    def _link_new(self, connection: Connection) -> None:
        """The county grants what came in from townships to the units that it names: never while importing (law 7)."""
        told = select(setting.c.value).where(setting.c.name == "linked_through")
        last = int(connection.scalar(told) or "0")  # not as remembered: a transaction that failed remembered nothing
        tops = set(connection.scalars(select(op.c.top).where(op.c.pk > last, op.c.is_data == 1).distinct()))
        audience.link(self._desk, connection, tops)
        newest = connection.scalar(select(func.max(op.c.pk))) or 0
        self._desk.remember(connection, linked_through=str(newest))

    def _cover(self, name: str, code: str, built: export.Built) -> str:
        own = self._desk.settings
        return (
            "环改台账 数据包\n"
            f"发件单位：{own['name']}（{own['unit']}）\n收件单位：{name}（{code}）\n"
            f"编号：第 {built.number} 包\n改动条数：{built.operations}\n大小：{files.size_text(built.written.size)}\n"
            f"生成时间：{self._desk.wall()}\n校验值（SHA-256）：{built.written.sha256.hex()}\n"
            "请在收件单位的电脑上打开“环改台账”，在“数据交换”里读入。本文件不含涉密信息。\n"
        )

    def _sweep_outbox(self, connection: Connection, to: str, newest: Path) -> None:
        """The outbox keeps the newest package per peer: 再写一个U盘."""
        names = connection.scalars(select(pkg_out.c.name).where(pkg_out.c.unit == to, pkg_out.c.name != newest.name))
        for name in names:
            if (self._desk.outbox / name).exists():
                files.remove(self._desk.outbox / name)

    def _warnings(self) -> list[str]:
        """校核: what a person should know before the stick leaves; nothing is refused for it."""
        with self._desk.ledger.read() as connection:
            bare = connection.scalar(
                select(func.count()).select_from(problem).where(
                    problem.c.void_from.is_(None), problem.c.stage == "open", problem.c.deadline.is_(None),
                    problem.c.deadline_text.is_(None), problem.c.kind_now != "long_term",
                )
            )  # fmt: skip
        return [f"有 {bare} 个未完成的问题没有填整改时限。"] if bare else []

    # ------------------------------------------------------------------------------------- in

    def bring_in(
        self, paths: Sequence[Path], progress: Progress | None = None, *, keep: bool = True
    ) -> tuple[Report, ...]:
        """Take packages in: files or folders, one transaction each; a bad one does not stop the others."""
        told = progress or Silent()
        reports: list[Report] = []
        for path in paths:
            try:
                with files.in_words(path):
                    alone = not path.is_dir()
                found = [path] if alone else self._in_folder(path)
            except LedgerError as error:
                reports.append(self._refusal(path, error, alone=True))
                continue
            for number, file in enumerate(found):
                told.step(number, len(found), f"正在读入 {file.name}")
                reports.append(self._bring_in_one(file, told, alone=alone, keep=keep))
        return tuple(reports)

    def _in_folder(self, folder: Path) -> list[Path]:
        """The packages in a folder, oldest number of each sender first."""
        found = find_packages(folder)
        if not found:
            raise NothingThere(folder)
        cards = [(self._number(path), path) for path in found]
        return [path for _, path in sorted(cards, key=lambda pair: (pair[0], pair[1].name))]

    def _number(self, path: Path) -> int:
        try:
            return self.read(path).header.no
        except LedgerError:
            return 0

    def preview(self, path: Path, progress: Progress | None = None) -> Report:
        """What taking in a package would do: the real transaction, rolled back."""
        return self._bring_in_one(path, progress or Silent(), alone=True, keep=False)

    def _bring_in_one(self, path: Path, progress: Progress, *, alone: bool, keep: bool) -> Report:
        desk = self._desk
        copy: Path | None = None
        try:
            trusted = self.read(path)
            if self._wrote(trusted.header):
                raise OwnPackage
            if trusted.header.to.unit != desk.side.unit:
                raise PackageForOther(path, f"收件单位代码 {trusted.header.to.unit}")
            copy, _ = copy_to_inbox(path, desk.inbox, progress)
            trusted = self.read(copy)
            with desk.ledger.write(keep=keep) as connection:
                report, _ = take_in(desk, connection, trusted, progress)
            return replace(report, path=path)
        except LedgerError as error:
            return self._refusal(path, error, alone=alone)
        finally:
            if copy is not None:
                files.remove(copy)

    def _wrote(self, about: header.Header) -> bool:
        """Whether this home wrote a package itself: it is called so, whomever it is for."""
        with self._desk.ledger.read() as connection:
            own = select(pkg_out.c.pk).where(pkg_out.c.id == bytes.fromhex(about.pkg_id))
            return connection.scalar(own) is not None

    def _refusal(self, path: Path, error: LedgerError, *, alone: bool) -> Report:
        if isinstance(error, PackageRefused):
            error.path = path  # people know the file by its name on the stick, not by that of our copy
        not_ours = isinstance(error, PackageForOther | IsEnrolmentRequest) or error.code == "S121"
        result = "skipped" if not_ours and not alone else "refused"
        return Report(path, result, error.message, error.code, error.way_out)

    def read(self, path: Path) -> Trusted:
        """A package that is genuine and complete on the outside; every other is refused, with the reason."""
        sealed: Sealed = read_sealed(path)
        root = self._desk.root
        if root is None:
            raise NotEnrolled
        return trust(sealed, [root])

    # ------------------------------------------------------------------------------------- looking

    def cards(self, paths: Sequence[Path]) -> tuple[PackageCard, ...]:
        """What can be said of packages without taking them in."""
        every = [f for path in paths for f in (find_packages(path) if path.is_dir() else [path])]
        return tuple(self.inspect(path) for path in every)

    def inspect(self, path: Path) -> PackageCard:
        """One package: whose, for whom, genuine or not, taken in before or not."""
        try:
            trusted = self.read(path)
        except IsEnrolmentRequest:
            return Enrolment(self._desk).look(path)
        except LedgerError as error:
            newer, unknown = isinstance(error, NeedsNewerProgram), isinstance(error, ForeignCounty | NotEnrolled)
            size = 0
            with suppress(OSError):  # what cannot even be looked at has been said already
                size = path.stat().st_size
            state = "newer" if newer else "unknown" if unknown else "damaged"
            return PackageCard(path, state, error.message, bytes=size)
        return self._card(trusted)

    def _card(self, trusted: Trusted) -> PackageCard:
        desk, about = self._desk, trusted.header
        package, writer = bytes.fromhex(about.pkg_id), bytes.fromhex(about.sender.device)
        for_us = about.to.unit == desk.side.unit
        with desk.ledger.read() as connection:
            who = desk.registry(connection)
            when = connection.scalar(select(pkg_in.c.imported).where(pkg_in.c.id == package, pkg_in.c.device == writer))
        state, text = "new", "新的数据包，可以导入。"
        if self._wrote(about):
            state, text = "own", "这是本单位导出的包。"
        elif not for_us:
            state, text = "other", f"收件单位是{who.units.get(about.to.unit, about.to.unit)}，不是给本单位的。"
        elif when:
            state, text = "already", f"已于 {when[:10]} 导入过。"
        elif about.kind == header.WELCOME:
            text = "县里的登记回复，可以导入。"
        return PackageCard(
            trusted.path, state, text, about.sender.unit, trusted.certificate.name, about.to.unit,
            who.units.get(about.to.unit, about.to.unit), about.no, about.kind, about.made,
            trusted.path.stat().st_size, about.n_ops, genuine=True, for_us=for_us,
        )  # fmt: skip

    def digest(self, unit: str | None = None) -> dict[str, str | int]:
        """The scope of a unit as one value: equal on two homes exactly when they hold the same operations of it."""
        side = self._desk.side
        with self._desk.ledger.read() as connection:
            if unit is None and side.is_county:
                rows, name = select(op.c.pk).where(op.c.travels == 1), side.unit
            else:
                name = unit or side.unit
                rows = relation.scope(name)
            found = relation.digest(connection, rows)
        return {"scope": name, "operations": found.n, "digest": found.text}

    def peers(self) -> tuple[Peer, ...]:
        """Every unit that this home exchanges with."""
        desk, side = self._desk, self._desk.side
        with desk.ledger.read() as connection:
            rows = connection.execute(select(unit.c.code, unit.c.name, unit.c.kind).order_by(unit.c.code)).all()
            own_others = relation.devices_of(connection, side.unit, but=side.device)
            return tuple(
                self._peer(connection, row.code, row.name, row.kind)
                for row in rows
                if (row.code != side.unit if desk.is_county else row.kind == COUNTY)
                or (row.code == side.unit and own_others)
            )

    def _peer(self, connection: Connection, code: str, name: str, kind: str) -> Peer:
        side = self._desk.side
        devices = relation.devices_of(connection, code, but=side.device)
        lacks = relation.lacking(side, code, devices).subquery()
        in_package = (
            select(pkg_out_op.c.op)
            .join(pkg_out, pkg_out.c.pk == pkg_out_op.c.package)
            .where(pkg_out.c.unit == code, relation.still_listed())
        )
        everything = connection.scalar(select(func.count()).select_from(lacks)) or 0
        sent = connection.scalar(select(func.count()).select_from(lacks).where(lacks.c[0].in_(in_package))) or 0
        out = connection.execute(
            select(pkg_out.c.made, pkg_out.c.number).where(pkg_out.c.unit == code).order_by(pkg_out.c.pk.desc())
        ).first()
        came = connection.execute(
            select(pkg_in.c.imported, pkg_in.c.number).where(pkg_in.c.unit == code).order_by(pkg_in.c.pk.desc())
        ).first()
        forks = connection.scalar(select(func.sum(device.c.forks)).where(device.c.unit == code)) or 0
        return Peer(
            code, name, kind, everything - sent, sent, len(devices), out.made if out else None,
            out.number if out else None, came.imported if came else None, came.number if came else None, forks,
        )  # fmt: skip
