"""Packages out: built in the outbox, written to a stick and read back from it (sync.md 5.4)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from models import files
from models.domain.roles import Deed
from models.errors import LedgerError
from models.file_faults import FileGone
from models.progress import Cancelled, Progress, Silent
from models.services.base import audience, exhibits, register
from models.services.base.desk import Desk
from models.services.exchange import outlook, volumes_out
from models.services.exchange.enrolment import Enrolment, NotEnrolled
from models.services.views.exchange import Exported, NotWritten, Written
from models.store.schema import device, op, pkg_out, setting
from models.sync import export
from models.sync.stick import copy_to_stick

BUILDING = "正在生成"  # begins what is said while a package is built


@dataclass(eq=False)
class NoSuchPeer(LedgerError):
    """There is nobody to write to under this code."""

    code = "S123"
    title = "没有可以报送的对象"
    wanted: str

    @property
    def message(self) -> str:
        return f"代码 {self.wanted} 没有可以收包的其他电脑，没有生成数据包。"

    @property
    def way_out(self) -> str:
        return "请核对单位代码；该单位的电脑还没有登记、或者都已停用的，请先完成登记。"


@dataclass(eq=False)
class NoLongerKept(LedgerError):
    """The package is no longer in the outbox: a newer one took its place."""

    code = "S125"
    title = "这个包已经有更新的代替，没有再写，本机数据未改动"
    number: int

    @property
    def way_out(self) -> str:
        return "请重新写一个数据包：里面会带上还没有回执的全部内容，不会重复计数。"


class Outgoing:
    """Writing packages to sticks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def export(
        self, to: Path, units: Sequence[str] | None = None, progress: Progress | None = None, *,
        with_files: bool = True, chosen: bool = False,
    ) -> Exported:  # fmt: skip
        """Write packages: the county to these units (none: to all), a township to the county or to its other PCs.

        Photos and documents go beside each package, in volumes of their own; where they do not fit, the text is there.
        `chosen`: somebody saw the folder on a screen. Where it is gone the stick was pulled out, and it is not made:
        else the package would lie on the disk of this PC, below the name of the stick.
        """
        desk, told = self._desk, progress or Silent()
        if not desk.enrolled:
            raise NotEnrolled
        exhibits.find_again(desk)
        skipped: list[tuple[str, str]] = []
        receivers = self._receivers(units, skipped, told)
        written: list[Written] = []
        failed: list[NotWritten] = []
        first: LedgerError | None = None
        for at, (code, name) in enumerate(receivers):
            count = f"（{at + 1}/{len(receivers)}）" if len(receivers) > 1 else ""
            try:
                told.step(at, 0, f"{BUILDING}给{name}的数据包{count}")
                _need(to, chosen=chosen or bool(written))
                self._write_one(code, name, to, told, written, with_files=with_files)
            except Cancelled:
                if not written:
                    raise
                failed += [_stopped(c, n, written) for c, n in receivers[at:]]
                break
            except LedgerError as error:
                first = first or error
                self._enter_failed(code, to, error)
                failed.append(_not_written(code, name, error, written))
                if not _is_there(to):  # the stick is gone: the others need not be built to learn that
                    failed += [NotWritten(c, n, error.message, error.way_out) for c, n in receivers[at + 1 :]]
                    break
        if first is not None and not written:
            raise first
        with desk.ledger.read() as connection:
            warnings = tuple(outlook.warnings(connection))
        return Exported(tuple(written), tuple(skipped), warnings, tuple(failed))

    def _write_one(
        self, code: str, name: str, to: Path, told: Progress, written: list[Written], *, with_files: bool
    ) -> None:
        """One package and its files: built, written, read back; each is in `written` as soon as it is."""
        desk = self._desk
        with desk.ledger.write(deed=Deed.EXCHANGE) as connection:
            built = export.build(connection, Enrolment(desk).sending(), code, told)
        goods = volumes_out.shipment(desk, built.pkg_id, code, name) if with_files else None
        count = len(goods.files) if goods else 0
        cover = self._cover(name, code, built.number, built.operations, built.written.size, built.written.sha256, count)
        path = copy_to_stick(built.path, to, built.path.name, told, expected=built.written.sha256, cover=cover)
        with desk.ledger.write(deed=Deed.EXCHANGE) as connection:
            export.mark_copied(connection, built.pkg_id, desk.wall())
            self._sweep_outbox(connection, code, built.path)
            register.enter(
                desk, connection, way=register.OUT, result="written", unit=code, number=built.number, path=path,
                sha256=built.written.sha256,
            )  # fmt: skip
        sha256 = built.written.sha256.hex()
        written.append(Written(path, code, name, built.number, built.operations, 0, built.written.size, sha256))
        if goods is not None and goods.files:
            for volume in volumes_out.write(desk, goods, to, told):
                self._enter(volume, "written")
                written.append(volume)

    def again(
        self, packages: Sequence[Written], to: Path, progress: Progress | None = None, *, chosen: bool = False
    ) -> Exported:
        """Write the same packages once more, to another stick; nothing is built anew."""
        desk, told = self._desk, progress or Silent()
        _need(to, chosen=chosen)
        written: list[Written] = []
        for one in packages:
            if one.files:
                written += self._volume_again(one, to, told)
                continue
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
            self._enter(written[-1], "again")
        return Exported(tuple(written), (), ())

    def _volume_again(self, one: Written, to: Path, told: Progress) -> list[Written]:
        """The same files once more, sealed anew: volumes are not kept in the outbox."""
        goods = volumes_out.again(self._desk, one.path, one.to, one.to_name)
        if goods is None:
            raise NoLongerKept(one.number)
        return list(volumes_out.write(self._desk, goods, to, told))

    def _enter(self, one: Written, result: str) -> None:
        """The register of media says that this lies on a stick."""
        with self._desk.ledger.write(deed=Deed.NOTE) as connection:
            register.enter(
                self._desk, connection, way=register.OUT, result=result, unit=one.to, number=one.number, path=one.path,
                sha256=one.sha256,
            )  # fmt: skip

    def _enter_failed(self, unit: str, to: Path, error: LedgerError) -> None:
        """Something was tried on the medium: the register says so, unless the home itself is the trouble."""
        with suppress(LedgerError), self._desk.ledger.write(deed=Deed.NOTE) as connection:
            register.enter(
                self._desk, connection, way=register.OUT, result="failed", unit=unit, folder=to, said=error.message
            )

    def _receivers(
        self, units: Sequence[str] | None, skipped: list[tuple[str, str]], progress: Progress
    ) -> list[tuple[str, str]]:
        desk, side = self._desk, self._desk.side
        with desk.ledger.write(deed=Deed.EXCHANGE) as connection:
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
            wanted = list(units) if units else sorted((set(who.units) - {side.unit}) | (with_device & {side.unit}))
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

    def _cover(
        self, name: str, code: str, number: int, operations: int, size: int, sha256: bytes, count: int = 0
    ) -> str:
        own = self._desk.settings
        beside = f"照片和文档：{count} 个，在同一文件夹的 .hgf 文件里，请一起读入\n" if count else ""
        return (
            "环改台账 数据包\n"
            f"发件单位：{own['name']}（{own['unit']}）\n收件单位：{name}（{code}）\n"
            f"编号：第 {number} 包\n改动条数：{operations}\n大小：{files.size_text(size)}\n{beside}"
            f"生成时间：{self._desk.wall()}\n校验值（SHA-256）：{sha256.hex()}\n"
            "请在收件单位的电脑上打开“环改台账”，在“数据交换”里读入。本文件不含涉密信息。\n"
        )

    def _sweep_outbox(self, connection: Connection, to: str, newest: Path) -> None:
        """The outbox keeps the newest package per peer: 再写一个 U 盘."""
        names = connection.scalars(select(pkg_out.c.name).where(pkg_out.c.unit == to, pkg_out.c.name != newest.name))
        for name in names:
            if (self._desk.outbox / name).exists():
                files.remove(self._desk.outbox / name)


def _stopped(code: str, name: str, written: Sequence[Written]) -> NotWritten:
    """What is said of a unit that was not, or not wholly, written to when somebody cancelled."""
    if any(one.to == code for one in written):
        return NotWritten(code, name, "数据包已写好；您取消了，照片和文档没有写完。", "下次写数据包时会接着写。")
    return NotWritten(code, name, "您取消了，没有写。", "需要时再写一次。")


def _not_written(code: str, name: str, error: LedgerError, written: Sequence[Written]) -> NotWritten:
    """The same where the stick or the disk would not."""
    if any(one.to == code for one in written):
        return NotWritten(
            code,
            name,
            f"数据包已写好；照片和文档没有写完：{error.message}",
            f"{error.way_out}再写一个数据包，照片和文档就接着写，文字不会重复。",
        )
    return NotWritten(code, name, error.message, error.way_out)


def _need(folder: Path, *, chosen: bool) -> None:
    """A folder that somebody chose, or that was written to just now, must be there still."""
    if chosen and not _is_there(folder):
        raise FileGone(folder)


def _is_there(folder: Path) -> bool:
    """Whether a folder can still be looked at."""
    try:
        return folder.is_dir()
    except OSError:
        return False
