"""The exchange: packages out to a stick, packages in from anywhere, and how far each peer is (sync.md 5.4 to 5.6)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from models import files
from models.errors import LedgerError
from models.progress import Cancelled, Progress, Silent
from models.services import audience, journal, outlook, peers
from models.services.desk import Desk
from models.services.enrolment import Enrolment, NotEnrolled
from models.services.intake import take_in
from models.services.views.exchange import Exported, Journal, NotWritten, Outlook, PackageCard, Peer, Report, Written
from models.store import relation
from models.store.schema import device, op, pkg_base, pkg_in, pkg_out, problem, setting
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

READING = "正在读入 "  # stands before the name of the file that is taken in
BUILDING = "正在生成"  # begins what is said while a package is built


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
        return "请确认 U 盘已插好，并选择存放数据包的文件夹。"


@dataclass(eq=False)
class NoLongerKept(LedgerError):
    """The package is no longer in the outbox: a newer one took its place."""

    code = "S125"
    title = "这个包已经有更新的代替，没有再写，本机数据未改动"
    number: int

    @property
    def way_out(self) -> str:
        return "请重新写一个数据包：里面会带上还没有回执的全部内容，不会重复计数。"


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
        skipped: list[tuple[str, str]] = []
        receivers = self._receivers(units, skipped, told)
        written: list[Written] = []
        failed: list[NotWritten] = []
        first: LedgerError | None = None
        for at, (code, name) in enumerate(receivers):
            count = f"（{at + 1}/{len(receivers)}）" if len(receivers) > 1 else ""
            try:
                told.step(at, 0, f"{BUILDING}给{name}的数据包{count}")
                written.append(self._write_one(code, name, to, told))
            except Cancelled:
                if not written:
                    raise
                failed += [NotWritten(c, n, "您取消了，没有写。", "需要时再写一次。") for c, n in receivers[at:]]
                break
            except LedgerError as error:
                first = first or error
                failed.append(NotWritten(code, name, error.message, error.way_out))
                if not _is_there(to):  # the stick is gone: the others need not be built to learn that
                    failed += [NotWritten(c, n, error.message, error.way_out) for c, n in receivers[at + 1 :]]
                    break
        if first is not None and not written:
            raise first
        return Exported(tuple(written), tuple(skipped), tuple(self._warnings()), tuple(failed))

    def _write_one(self, code: str, name: str, to: Path, told: Progress) -> Written:
        """One package: built, written, read back."""
        desk = self._desk
        with desk.ledger.write() as connection:
            built = export.build(connection, Enrolment(desk).sending(), code, told)
        cover = self._cover(name, code, built.number, built.operations, built.written.size, built.written.sha256)
        path = copy_to_stick(built.path, to, built.path.name, told, expected=built.written.sha256, cover=cover)
        with desk.ledger.write() as connection:
            export.mark_copied(connection, built.pkg_id, desk.wall())
            self._sweep_outbox(connection, code, built.path)
        sha256 = built.written.sha256.hex()
        return Written(path, code, name, built.number, built.operations, 0, built.written.size, sha256)

    def again(self, packages: Sequence[Written], to: Path, progress: Progress | None = None) -> Exported:
        """Write the same packages once more, to another stick; nothing is built anew."""
        desk, told = self._desk, progress or Silent()
        written: list[Written] = []
        for one in packages:
            with desk.ledger.read() as connection:
                row = connection.execute(
                    select(pkg_out.c.name, pkg_out.c.sha256).where(
                        pkg_out.c.unit == one.to, pkg_out.c.number == one.number
                    )
                ).first()
            source = desk.outbox / row.name if row else desk.outbox / one.path.name
            if row is None or not source.exists():
                raise NoLongerKept(one.number)
            cover = self._cover(one.to_name, one.to, one.number, one.operations, one.bytes, row.sha256)
            path = copy_to_stick(source, to, row.name, told, expected=row.sha256, cover=cover)
            written.append(replace(one, path=path))
        return Exported(tuple(written), (), ())

    def _receivers(
        self, units: Sequence[str] | None, skipped: list[tuple[str, str]], progress: Progress
    ) -> list[tuple[str, str]]:
        desk, side = self._desk, self._desk.side
        with desk.ledger.write() as connection:
            if desk.is_county:
                self._link_new(connection, progress)
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

    def _link_new(self, connection: Connection, progress: Progress) -> None:
        """The county grants what came in from townships to the units that it names: never while importing (law 7)."""
        told = select(setting.c.value).where(setting.c.name == "linked_through")
        last = int(connection.scalar(told) or "0")  # not as remembered: a transaction that failed remembered nothing
        tops = set(connection.scalars(select(op.c.top).where(op.c.pk > last, op.c.is_data == 1).distinct()))
        audience.link(self._desk, connection, tops, progress)
        newest = connection.scalar(select(func.max(op.c.pk))) or 0
        self._desk.remember(connection, linked_through=str(newest))

    def _cover(self, name: str, code: str, number: int, operations: int, size: int, sha256: bytes) -> str:
        own = self._desk.settings
        return (
            "环改台账 数据包\n"
            f"发件单位：{own['name']}（{own['unit']}）\n收件单位：{name}（{code}）\n"
            f"编号：第 {number} 包\n改动条数：{operations}\n大小：{files.size_text(size)}\n"
            f"生成时间：{self._desk.wall()}\n校验值（SHA-256）：{sha256.hex()}\n"
            "请在收件单位的电脑上打开“环改台账”，在“数据交换”里读入。本文件不含涉密信息。\n"
        )

    def _sweep_outbox(self, connection: Connection, to: str, newest: Path) -> None:
        """The outbox keeps the newest package per peer: 再写一个 U 盘."""
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
        for at, path in enumerate(paths):
            try:
                with files.in_words(path):
                    alone = not path.is_dir()
                found = [path] if alone else self._in_folder(path)
            except LedgerError as error:
                reports.append(self._refusal(path, error, alone=True))
                continue
            for number, file in enumerate(found):
                done, total = (at, len(paths)) if alone else (number, len(found))
                told.step(done, total, f"{READING}{file.name}")
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
            older = select(pkg_base.c.id).where(pkg_base.c.device == writer, pkg_base.c.id == package)
            is_older = connection.scalar(older) is not None
        state, text = "new", "新的数据包，可以导入。"
        if self._wrote(about):
            state, text = "own", "这是本单位导出的包。"
        elif not for_us:
            state, text = "other", f"收件单位是{who.units.get(about.to.unit, about.to.unit)}，不是给本单位的。"
        elif when:
            state, text = "already", f"已于 {when[:10]} 导入过。"
        elif is_older:
            state, text = "older", "比已导入的包早，只会补充本机没有的内容，不会倒退。"
        elif about.kind == header.WELCOME:
            text = "县里的欢迎包，可以读入。"
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

    def outlook(self, unit: str | None = None) -> Outlook:
        """What the next package to a unit (none: to the county) would hold."""
        desk = self._desk
        if desk.root is None:
            raise NotEnrolled
        with desk.ledger.read() as connection:
            code = unit or desk.registry(connection).county
            return outlook.outlook(desk, connection, code, tuple(self._warnings()))

    def journal(self, unit: str | None = None, *, skip: int = 0, most: int = journal.PAGE) -> Journal:
        """The packages that left and came, newest first."""
        with self._desk.ledger.read() as connection:
            return journal.journal(self._desk, connection, unit, skip, most)

    def peers(self) -> tuple[Peer, ...]:
        """Every unit that this home exchanges with."""
        with self._desk.ledger.read() as connection:
            return peers.peers(self._desk, connection)


def _is_there(folder: Path) -> bool:
    """Whether a folder can still be looked at."""
    try:
        return folder.is_dir()
    except OSError:
        return False
