"""Enrolment: a township's request, the county's approval, and the 24 digits that two people compare (sync.md 5.7)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from models import files
from models.domain.plain import plain
from models.domain.roles import Deed
from models.domain.unit import COUNTY, DEPARTMENT
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.base import refusals, register
from models.services.base.desk import Desk
from models.services.base.units import BadUnit
from models.services.exchange.devices import AlreadyStopped, issue, stop
from models.services.exchange.intake import take_in
from models.services.views.exchange import PackageCard, Report
from models.store import fold
from models.store.holding import NO_STAMP, stamp_late
from models.store.schema import device, op, setting
from models.store.schema import unit as units
from models.sync import export
from models.sync.certificate import CERTIFICATE_VERSION, Certificate, Kind, certify, certify_self, check_certificate
from models.sync.header import ENROL, Receiver, Sender
from models.sync.keys import CountyKeys, fingerprint, same_fingerprint
from models.sync.package import Draft, Sealed, read_sealed, trust_request, trust_welcome, write_request
from models.sync.refusals import ForeignCounty, NotAnEnrolmentRequest
from models.sync.stick import copy_to_stick
from models.version import PROGRAM

_NAME_CHARS = 40  # of what a stranger calls himself
REQUEST, WELCOME = "登记申请", "欢迎包"  # what the register says of them


@dataclass(eq=False)
class OtherUnit(LedgerError):
    """The request is of another unit than the one that is approved."""

    code = "S210"
    title = "登记申请不是这个单位的"
    stated: str
    wanted: str

    @property
    def message(self) -> str:
        return f"申请里写的单位代码是 {self.stated}，要批准的是 {self.wanted}，没有批准。"

    @property
    def way_out(self) -> str:
        return "请与乡镇核对单位代码；填错的，请乡镇用正确的代码重新建立台账后再申请。"


@dataclass(eq=False)
class UnknownUnit(LedgerError):
    """The county does not deal with such a unit yet."""

    code = "S211"
    title = "单位名单里没有这个代码"
    wanted: str

    @property
    def message(self) -> str:
        return f"单位名单里没有代码 {self.wanted}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请先在“设置”的单位名单里添加这个单位，再做一次。"


@dataclass(eq=False)
class AlreadyEnrolled(LedgerError):
    """This home belongs to a county already."""

    code = "S212"
    title = "这台电脑已经登记过，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "可以直接与县里交换数据；更换县的，请与县环委办联系。"


@dataclass(eq=False)
class FingerprintDiffers(LedgerError):
    """The 24 digits are not those that the county reads out."""

    code = "S213"
    title = "24 位号码不一致，没有登记，本机数据未改动"

    @property
    def way_out(self) -> str:
        return "请打电话与县环委办逐组核对；仍不一致的，请不要使用这个文件，让县里重新批准。"


class Approved(NamedTuple):
    """The county's answer, on the stick."""

    path: Path
    fingerprint: str


@dataclass(frozen=True)
class Accepted:
    """This home after it was taken up by the county."""

    county: str
    fingerprint: str
    operations: int
    report: Report


class Enrolment:
    """How a device becomes one of the county's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def request(self, to: Path) -> Path:
        """Write a request for the county: names and public keys only."""
        desk = self._desk
        if desk.enrolled:
            raise AlreadyEnrolled
        own = desk.settings
        certificate = certify_self(
            desk.keys, unit=own["unit"], kind=own["kind"], name=own["name"], made=desk.wall(), replaces=desk.replaces
        )
        draft = Draft(
            ENROL, secrets.token_hex(16), 0, Sender(own["unit"], own["device"]), Receiver("", ""), export.SCHEMA,
            desk.wall(), PROGRAM,
        )  # fmt: skip
        name = f"hg_{own['unit']}_request_{own['device'][:8]}.hgb".lower()
        write_request(desk.outbox / name, draft, certificate, desk.keys)
        cover = f"登记申请\n单位：{own['name']}（{own['unit']}）\n请交县环委办，在“数据交换”里批准登记。\n"
        path = copy_to_stick(desk.outbox / name, to, name, Silent(), cover=cover)
        with desk.ledger.write(deed=Deed.NOTE) as connection:
            register.enter(
                desk, connection, way=register.OUT, result="written", path=path, sha256=_hash(path), said=REQUEST
            )
        return path

    def look(self, file: Path) -> PackageCard:
        """Who asks, or who answers, before anybody decides: with the 24 digits to compare."""
        sealed = read_sealed(file)
        try:
            claim = trust_request(sealed).certificate
        except NotAnEnrolmentRequest:
            if self._desk.enrolled:
                raise
            return self._look_at_welcome(sealed, file)
        digits = fingerprint(bytes.fromhex(claim.sign), self._desk.root) if self._desk.root else ""
        name = plain(claim.name, _NAME_CHARS)
        return PackageCard(
            file, "enrol", f"{name}（{claim.unit}）申请登记", claim.unit, name, kind=ENROL,
            made=plain(claim.made, 40), bytes=file.stat().st_size, genuine=True, fingerprint=digits,
            replaces=claim.replaces,
        )  # fmt: skip

    def _look_at_welcome(self, sealed: Sealed, file: Path) -> PackageCard:
        answer = trust_welcome(sealed, self._desk.keys)
        about, county = answer.trusted.header, answer.trusted.certificate
        own, name = self._desk.settings, plain(county.name, _NAME_CHARS)
        return PackageCard(
            file, "new", f"{name}的欢迎包", county.unit, name, about.to.unit, own["name"], about.no,
            about.kind, about.made, file.stat().st_size, about.n_ops, genuine=True,
            for_us=about.to.unit == own["unit"], fingerprint=answer.fingerprint,
        )  # fmt: skip

    def approve(self, file: Path, unit: str, to: Path, progress: Progress | None = None) -> Approved:
        """Certify the device and write a welcome with the whole scope of its unit."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        claim = trust_request(read_sealed(file)).certificate
        if claim.unit != unit:
            raise OtherUnit(claim.unit, unit)
        with desk.ledger.write(deed=Deed.MANAGE) as connection:
            row = connection.execute(select(units).where(units.c.code == unit)).first()
            if row is None:
                raise UnknownUnit(unit)
            if row.kind == COUNTY and claim.kind != COUNTY:
                raise BadUnit(f"代码 {unit} 是县里自己的，乡镇和部门不能用它登记")
            if claim.kind == COUNTY and row.kind != COUNTY:
                raise BadUnit(f"那台电脑是按县里的电脑建立的，不能登记给{row.name}")
            kind = claim.kind if claim.kind == COUNTY else "department" if row.kind == DEPARTMENT else "township"
            self._certify(connection, claim, kind, row.name)
            register.enter(
                desk,
                connection,
                way=register.IN,
                result="approved",
                unit=unit,
                path=file,
                sha256=_hash(file),
                said=REQUEST,
            )
            if claim.replaces:
                self._retire(connection, claim)
            sending = self.sending()
            built = export.build(connection, sending, unit, progress or Silent(), welcome=claim.device)
        cover = (
            f"欢迎包\n收件单位：{row.name}（{unit}）\n"
            "请在该单位的电脑上打开“数据交换”读入欢迎包，并打电话核对 24 位号码。\n"
        )
        path = copy_to_stick(built.path, to, built.path.name, progress or Silent(), cover=cover)
        with desk.ledger.write(deed=Deed.MANAGE) as connection:
            export.mark_copied(connection, built.pkg_id, desk.wall())
            register.enter(
                desk,
                connection,
                way=register.OUT,
                result="written",
                unit=unit,
                number=built.number,
                path=path,
                sha256=built.written.sha256,
                said=WELCOME,
            )
        return Approved(path, fingerprint(bytes.fromhex(claim.sign), desk.county_keys.root_public))

    def _must_be_mine(self, connection: Connection) -> None:
        own = connection.scalar(select(device.c.certificate).where(device.c.id == self._desk.side.device))
        if not own:
            raise NotForThisDevice

    def _certify(self, connection: Connection, claim: Certificate, kind: Kind, name: str) -> None:
        desk = self._desk
        there = connection.execute(
            select(device.c.certificate, device.c.revoked).where(device.c.id == claim.device)
        ).first()
        if there is not None:
            known = check_certificate(there.certificate, desk.county_keys.root_public)
            if known.unit != claim.unit:  # a device belongs to one unit for ever
                raise OtherUnit(known.unit, claim.unit)
            if there.revoked:
                raise AlreadyStopped
            return
        body = Certificate(
            CERTIFICATE_VERSION, claim.sign, claim.seal, claim.unit, kind, name,
            desk.settings["name"], desk.county_keys.root_public.hex(), desk.wall(),
        )  # fmt: skip
        issue(desk, connection, certify(desk.county_keys.root, body), body)

    def _retire(self, connection: Connection, claim: Certificate) -> None:
        """Stop the device that the new one was: both are on one disk, or on copies of it."""
        old = bytes.fromhex(claim.replaces)
        row = connection.execute(select(device.c.unit, device.c.revoked).where(device.c.id == old)).first()
        if row is not None and row.unit == claim.unit and not row.revoked:
            stop(self._desk, connection, old)

    def sending(self) -> export.Sending:
        """This home as a writer of packages."""
        desk = self._desk
        if desk.root is None or not desk.enrolled:
            raise NotEnrolled
        secrets = desk.county_keys.all_secrets if desk.has_county_keys else ()
        return export.Sending(desk.side, desk.keys, desk.root, desk.outbox, desk.staging, desk.wall(), PROGRAM, secrets)

    def accept(self, file: Path, digits: str | None = None, progress: Progress | None = None) -> Accepted:
        """Take the county's certificate, keys and scope; with digits only if they agree."""
        desk = self._desk
        if desk.enrolled:
            raise AlreadyEnrolled
        welcome = trust_welcome(read_sealed(file), desk.keys)
        if desk.root not in (None, welcome.root):
            raise ForeignCounty(file)
        if digits is not None and not same_fingerprint(digits, welcome.fingerprint):
            raise FingerprintDiffers
        with desk.ledger.write(deed=Deed.MANAGE) as connection:
            stored = {row.name: row.value for row in connection.execute(select(setting))}
            if stored.get("root") and not stored.get("replaces"):  # by another window
                raise AlreadyEnrolled
            with desk.as_it_was():
                desk.remember(
                    connection, root=welcome.root.hex(), county=welcome.trusted.certificate.county, replaces=""
                )
                report, taken = take_in(desk, connection, welcome.trusted, progress or Silent())
                self._must_be_mine(connection)
                if desk.is_county:
                    join(desk, connection, taken.county)
                name = fold.registry(connection)
                desk.remember(connection, name=name.units.get(desk.side.unit, desk.settings["name"]))
                about = welcome.trusted.header
                register.enter(
                    desk,
                    connection,
                    way=register.IN,
                    result="imported",
                    unit=about.sender.unit,
                    number=about.no,
                    path=file,
                    sha256=_hash(file),
                    said=WELCOME,
                )
        return Accepted(welcome.trusted.certificate.county, welcome.fingerprint, taken.new, report)


@dataclass(eq=False)
class NotEnrolled(LedgerError):
    """Packages are written and read only by devices of a county."""

    code = "S214"
    title = "这台电脑还没有在县里登记，不能写出或读入数据包，本机数据未改动"

    @property
    def way_out(self) -> str:
        return "请先写出登记申请交县环委办；已有县里给的欢迎包的，请先接受登记。登记前可以照常填写台账。"


@dataclass(eq=False)
class NotForThisDevice(LedgerError):
    """The welcome greets another device of the unit."""

    code = "S215"
    title = "这个欢迎包是给另一台电脑的，没有登记，本机数据未改动"

    @property
    def way_out(self) -> str:
        return "请在写出申请的那台电脑上打开，或用本机重新写一份申请。"


def _hash(path: Path) -> bytes:
    """The digest of a file, for the register."""
    total = sha256()
    for chunk in files.read_chunks(path):
        total.update(chunk)
    return total.digest()


def join(desk: Desk, connection: Connection, keys: CountyKeys | None) -> None:
    """Become a further PC of the county: its secrets are kept, and what was written here before gets its stamp."""
    if keys is None:
        raise NotForThisDevice
    desk.keep_county_keys(keys)
    mine = select(op.c.id, op.c.body).where(op.c.unit == desk.side.unit, op.c.travels == 1, op.c.stamp == NO_STAMP)
    stamp_late(connection, [(row.id, keys.stamp(row.body)) for row in connection.execute(mine)])
