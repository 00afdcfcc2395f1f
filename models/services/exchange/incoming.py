"""Packages in: looked at, tried out, taken in, from anywhere; nothing is ever worked on where it lies (sync.md 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from models import file_faults, files
from models.domain.roles import Deed
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.base import register
from models.services.base.desk import Desk
from models.services.exchange import aside, undo, volumes_in
from models.services.exchange.enrolment import Enrolment, NotEnrolled
from models.services.exchange.intake import IMPORTED, WOULD_BE, take_in
from models.services.views.exchange import LastImport, PackageCard, Report
from models.store.schema import device, pkg_base, pkg_in, pkg_out
from models.sync import header
from models.sync.intake import DeviceRevoked, FilesOfRevoked, OwnPackage
from models.sync.package import Sealed, Trusted, read_sealed, trust
from models.sync.refusals import (
    ForeignCounty,
    FromTheTrial,
    IsEnrolmentRequest,
    NeedsNewerProgram,
    NotAWelcome,
    PackageForOther,
    PackageRefused,
)
from models.sync.stick import copy_to_inbox, find_packages

# What keeps a package closed → its state on a card; all else is damage.
_CLOSED: dict[type[LedgerError], str] = {
    NeedsNewerProgram: "newer", FromTheTrial: "trial", ForeignCounty: "unknown", NotEnrolled: "unknown",
}  # fmt: skip
READING = "正在读入 "  # stands before the name of the file that is taken in


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
class BigChange(LedgerError):
    """The package would change very much, and nobody has looked at it."""

    code = "S133"
    title = "这个包改动很大，没有导入"
    what: str

    @property
    def message(self) -> str:
        return f"{self.what}没有导入，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请点“看变化”，看过以后再导入；导入以后也可以整包撤销。"


class Incoming:
    """Reading packages from sticks and folders."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def bring_in(
        self, paths: Sequence[Path], progress: Progress | None = None, *, keep: bool = True, sure: bool = True
    ) -> tuple[Report, ...]:
        """Take packages in: files or folders, one transaction each; a bad one does not stop the others.

        Unless people are `sure`, one that changes very much waits until they have looked at it.
        """
        told = progress or Silent()
        reports: list[Report] = []
        for at, path in enumerate(paths):
            try:
                with file_faults.in_words(path):
                    alone = not path.is_dir()
                found = [path] if alone else self._in_folder(path)
            except LedgerError as error:
                reports.append(self._refusal(path, error, alone=True))
                continue
            for number, file in enumerate(found):
                done, total = (at, len(paths)) if alone else (number, len(found))
                told.step(done, total, f"{READING}{file.name}")
                reports.append(self._bring_in_one(file, told, alone=alone, keep=keep, sure=sure))
        return tuple(reports)

    def _in_folder(self, folder: Path) -> list[Path]:
        """The packages in a folder, oldest number of each sender first, files after the text that names them."""
        found = find_packages(folder)
        if not found:
            raise NothingThere(folder)
        return sorted(found, key=lambda path: (*self._place(path), path.name))

    def _place(self, path: Path) -> tuple[int, bool]:
        try:
            about = self.read(path).header
        except LedgerError:
            return 0, False
        return about.no, about.kind == header.FILES

    def last_import(self) -> LastImport | None:
        """The package that was taken in last, and whether that can be undone; None: there was none."""
        with self._desk.ledger.read() as connection:
            return undo.last(self._desk, connection)

    def undo(self, progress: Progress | None = None, package: str = "") -> LastImport:
        """Take back the last import: the ledger is as it was before it. Refused once something was written since.

        `package`: the one that people were asked about; refused where another one is the last by now.
        """
        return undo.take_back(self._desk, progress or Silent(), package)

    def preview(self, path: Path, progress: Progress | None = None) -> Report:
        """What taking in a package would do: the real transaction, rolled back."""
        return self._bring_in_one(path, progress or Silent(), alone=True, keep=False, sure=True)

    def _bring_in_one(self, path: Path, progress: Progress, *, alone: bool, keep: bool, sure: bool) -> Report:
        desk = self._desk
        try:
            trusted = self.read(path)
            if self._wrote(trusted.header):
                raise OwnPackage
            if trusted.header.to.unit != desk.side.unit:
                raise PackageForOther(path, f"收件单位代码 {trusted.header.to.unit}")
            if trusted.header.kind == header.FILES:  # read where it lies: a copy would be written only to be read once
                return self._bring_in_files(trusted, progress, keep=keep)
            return self._bring_in_operations(path, progress, keep=keep, sure=sure)
        except LedgerError as error:
            refusal = self._refusal(path, error, alone=alone)
            if keep and refusal.result == "refused":
                self._enter_refused(path, refusal)
            return refusal

    def _bring_in_files(self, trusted: Trusted, progress: Progress, *, keep: bool) -> Report:
        try:
            return self._entered(volumes_in.take_in(self._desk, trusted, progress, keep=keep), keep=keep)
        except DeviceRevoked:
            raise FilesOfRevoked from None

    def _bring_in_operations(self, path: Path, progress: Progress, *, keep: bool, sure: bool) -> Report:
        """One package of operations, from a copy in the home. A copy of the ledger without it stays, for undo."""
        desk = self._desk
        copy, sha256 = copy_to_inbox(path, desk.inbox, progress)
        try:
            trusted = self.read(copy)
            try:
                writing = desk.ledger.write(keep=keep, deed=Deed.EXCHANGE)
                with undo.ready(desk, keep=keep) as settled, writing as connection:
                    report, taken = take_in(desk, connection, trusted, progress, sha256=sha256)
                    if report.big_change and not sure:
                        raise BigChange(report.big_change)
                    if keep and report.result == "imported":
                        undo.keep_before(desk, connection, taken.header, plain=settled)
                    register.enter(
                        desk, connection, way=register.IN, result=report.result, unit=report.sender,
                        number=report.number, path=path, sha256=sha256,
                    )  # fmt: skip
            except DeviceRevoked:
                if keep:
                    aside.keep(desk, trusted)
                raise
            if keep and taken.county is not None and taken.county.all_secrets != desk.county_keys.all_secrets:
                desk.keep_county_keys(taken.county)
            said = report.message if keep else report.message.replace(IMPORTED, WOULD_BE, 1)
            return replace(report, path=path, message=said)
        finally:
            files.remove(copy)

    def _entered(self, report: Report, *, keep: bool) -> Report:
        """A package of files that was read: the register says so."""
        if keep:
            with self._desk.ledger.write(deed=Deed.NOTE) as connection:
                register.enter(
                    self._desk, connection, way=register.IN, result=report.result, unit=report.sender,
                    number=report.number, path=report.path,
                )  # fmt: skip
        return report

    def _enter_refused(self, path: Path, refusal: Report) -> None:
        """The register says that it was tried, unless the home itself is the trouble."""
        with suppress(LedgerError), self._desk.ledger.write(deed=Deed.NOTE) as connection:
            register.enter(self._desk, connection, way=register.IN, result="refused", path=path, said=refusal.message)

    def _wrote(self, about: header.Header) -> bool:
        """Whether this home wrote a package itself: it is called so, whomever it is for."""
        package = bytes.fromhex(about.pkg_id)
        with self._desk.ledger.read() as connection:
            own = select(pkg_out.c.pk).where(pkg_out.c.id == package)
            return connection.scalar(own) is not None or volumes_in.wrote(connection, package)

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

    def cards(self, paths: Sequence[Path]) -> tuple[PackageCard, ...]:
        """What can be said of packages without taking them in."""
        every = [f for path in paths for f in (find_packages(path) if path.is_dir() else [path])]
        return tuple(self.inspect(path) for path in every)

    def inspect(self, path: Path) -> PackageCard:
        """One package: whose, for whom, genuine or not, taken in before or not."""
        try:
            if self._desk.root is None:
                return self._before_enrolment(path)
            return self._card(self.read(path))
        except IsEnrolmentRequest:
            return self._request(path)
        except LedgerError as error:
            state = next((state for kind, state in _CLOSED.items() if isinstance(error, kind)), "damaged")
            size = 0
            with suppress(OSError):  # what cannot even be looked at has been said already
                size = path.stat().st_size
            return PackageCard(path, state, error.message, bytes=size)

    def _before_enrolment(self, path: Path) -> PackageCard:
        """A PC that the county does not know yet waits for one package: its welcome."""
        try:
            found = Enrolment(self._desk).look(path)
        except NotAWelcome:
            raise NotEnrolled from None
        if found.kind == header.ENROL:
            return self._request(path)
        if not found.for_us:
            return replace(found, state="other", message=f"收件单位代码 {found.to}，不是给本单位的。")
        return replace(found, message="县里的欢迎包：核对 24 位号码以后登记。")

    def _request(self, path: Path) -> PackageCard:
        """A request for enrolment is for a PC of the county; the one that wrote it must not look for it here."""
        found = Enrolment(self._desk).look(path)
        if self._desk.is_county and self._desk.enrolled:
            return found
        return replace(found, state="other", message="登记申请，请交给县环委办登记。")

    def _card(self, trusted: Trusted) -> PackageCard:
        desk, about = self._desk, trusted.header
        package, writer = bytes.fromhex(about.pkg_id), bytes.fromhex(about.sender.device)
        for_us = about.to.unit == desk.side.unit
        with desk.ledger.read() as connection:
            who = desk.registry(connection)
            mine = select(pkg_in.c.imported).where(pkg_in.c.id == package, pkg_in.c.device == writer)
            when = connection.scalar(mine) or volumes_in.when_taken(connection, about)
            older = select(pkg_base.c.id).where(pkg_base.c.device == writer, pkg_base.c.id == package)
            is_older = connection.scalar(older) is not None
            stopped = connection.scalar(select(device.c.revoked).where(device.c.id == writer))
        state, text = "new", "新的数据包，可以导入。"
        if self._wrote(about):
            state, text = "own", "这是本单位导出的包。"
        elif not for_us:
            state, text = "other", f"收件单位是{who.units.get(about.to.unit, about.to.unit)}，不是给本单位的。"
        elif when:
            state, text = "already", f"已于 {desk.day_of(when)} 导入过。"
        elif is_older:
            state, text = "older", "比已导入的包早，只会补充本机没有的内容，不会倒退。"
        elif stopped:
            text = "写这个包的电脑已停用：读入时整包放在一边，由县里决定要不要。"
        elif about.kind == header.WELCOME:
            text = "县里的欢迎包，可以读入。"
        elif about.kind == header.FILES:
            text = f"照片和文档 {about.n_files} 个，可以导入。"
        return PackageCard(
            trusted.path, state, text, about.sender.unit, trusted.certificate.name, about.to.unit,
            who.units.get(about.to.unit, about.to.unit), about.no, about.kind, about.made,
            trusted.path.stat().st_size, about.n_ops, genuine=True, for_us=for_us, files=about.n_files,
            package=about.pkg_id,
        )  # fmt: skip
