"""The PCs that a home knows of: listed, stopped by the county, given a new key (sync.md 5.7)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from models.domain.limits import LIVE_WITHIN
from models.domain.operation import CERT, EVERYONE, REVOKE
from models.domain.roles import Deed
from models.domain.unit import COUNTY
from models.errors import LedgerError
from models.services.base import refusals
from models.services.base.desk import Desk
from models.services.base.pen import Pen
from models.services.exchange import undo
from models.services.views.devices import DeviceView
from models.store import fold, relation
from models.store.schema import device, fork_told, pkg_in, pkg_out, revocation, setting
from models.sync import intake
from models.sync.certificate import CERTIFICATE_VERSION, Certificate, certify, read_claim
from models.sync.keyfile import save_keys
from models.sync.keys import DeviceKeys, make_device_keys

_SHORTEST = 4  # digits by which a PC may be called


@dataclass(eq=False)
class NoSuchDevice(LedgerError):
    """No PC, or more than one, is known under this id."""

    code = "S230"
    title = "没有找到这台电脑"
    wanted: str
    found: int

    @property
    def message(self) -> str:
        many = (
            f"有 {self.found} 台电脑的标识以“{self.wanted}”开头" if self.found else f"没有标识为“{self.wanted}”的电脑"
        )
        return f"{many}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请在“设备与登记”的电脑名单里核对标识；写全 32 位最稳妥。"


@dataclass(eq=False)
class AlreadyStopped(LedgerError):
    """The device was revoked before."""

    code = "S231"
    title = "这台电脑早已停用，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "停用不能撤回；要继续使用这台电脑的，请在它上面换新密钥，再重新申请登记。"


@dataclass(eq=False)
class LastOfCounty(LedgerError):
    """The county would have no PC left."""

    code = "S232"
    title = "这是县里唯一在用的电脑，不能停用，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请先登记县里的另一台电脑，再停用这一台。"


@dataclass(eq=False)
class StopsItself(LedgerError):
    """A PC is to be stopped from itself."""

    code = "S233"
    title = "不能在本机上停用本机，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请在县里另一台电脑上停用它；只是密钥可能外泄的，请在本机换新密钥。"


@dataclass(eq=False)
class NotYetEnrolled(LedgerError):
    """There is no certificate that new keys could replace."""

    code = "S235"
    title = "这台电脑还没有在县里登记，不用换密钥，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请直接写登记申请。"


@dataclass(eq=False)
class AlreadyRenewed(LedgerError):
    """The new keys are here, and the county does not know them yet."""

    code = "S236"
    title = "这台电脑已经换了新密钥，正等县里批准，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请写登记申请交县环委办，再读入县里的欢迎包。"


class Devices:
    """The PCs of all units."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[DeviceView, ...]:
        """Every PC that this home knows of: the county's first, then by unit; stopped ones after those in use."""
        desk, side = self._desk, self._desk.side
        with desk.ledger.read() as connection:
            who = desk.registry(connection)
            heard = {
                row.device: (row.last, row.n)
                for row in connection.execute(
                    select(pkg_in.c.device, func.max(pkg_in.c.imported).label("last"), func.count().label("n"))
                    .group_by(pkg_in.c.device)
                )
            }  # fmt: skip
            stopped = {
                row.device: row.wall
                for row in connection.execute(select(revocation.c.device, func.min(revocation.c.wall).label("wall"))
                                              .group_by(revocation.c.device))
            }  # fmt: skip
            rows = connection.execute(select(device)).all()
            live = {
                one
                for unit in {row.unit for row in rows}
                for one in relation.live_devices(connection, unit, but=side.device, within=LIVE_WITHIN)
            }
            own_forks = forks_told(connection)
        found = [
            DeviceView(
                row.id.hex(), row.unit, who.units.get(row.unit, row.unit), row.kind, row.id.hex()[:8].upper(),
                row.id == side.device, read_claim(row.certificate).made if row.certificate else "",
                bool(row.revoked), stopped.get(row.id, ""), not row.revoked and row.id in {*live, side.device},
                *heard.get(row.id, ("", 0)), own_forks if row.id == side.device else row.forks,
            )
            for row in rows
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda d: (d.kind != COUNTY, d.unit, d.revoked, not d.this, d.id)))

    def revoke(self, wanted: str) -> tuple[DeviceView, ...]:
        """Stop a device for ever: what it writes from now on is set aside, and nothing is encrypted to it any more."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        with desk.ledger.write(deed=Deed.MANAGE) as connection:
            one = self._find(connection, wanted)
            if one == desk.side.device:
                raise LastOfCounty if not self._others(connection) else StopsItself
            stop(desk, connection, one)
        return self.list()

    def renew(self) -> tuple[DeviceView, ...]:
        """Give this PC new keys. All data stay, and what it wrote stays valid; the county is asked to know it anew.

        A county's PC that has the root key certifies itself at once, and the device that it was is stopped.
        """
        desk = self._desk
        if desk.root is None:
            raise NotYetEnrolled
        if desk.replaces:
            raise AlreadyRenewed
        keys, old = make_device_keys(), desk.side.device
        save_keys(desk.home / "keys" / f"device-{keys.id.hex()[:16]}.key", keys, desk.same_passphrase())
        with desk.ledger.write(deed=Deed.MANAGE) as connection, desk.as_it_was():
            written = connection.scalar(select(func.max(pkg_out.c.pk))) or 0
            former = f"{desk.settings.get('former', '')} {old.hex()}".strip()
            desk.remember(
                connection, device=keys.id.hex(), public=keys.public.hex(), replaces=old.hex(), former=former,
                forks_from=str(written), **{undo.MARK: ""},
            )  # fmt: skip
            side = desk.side
            connection.execute(device.insert().values(
                id=keys.id, unit=side.unit, kind=side.kind, certificate=b"", revoked=0, heard=0, forks=0, lists_from=0
            ))  # fmt: skip
            if desk.has_county_keys and desk.county_keys.has_root:
                certify_here(desk, connection, keys)
                desk.remember(connection, replaces="")
                stop(desk, connection, old)
        desk.__dict__.pop("keys", None)
        return self.list()

    def fork_seen(self) -> None:
        """Somebody has looked at what was said of this disk: it was restored, nothing else."""
        with self._desk.ledger.write(deed=Deed.MANAGE) as connection:
            written = connection.scalar(select(func.max(pkg_out.c.pk))) or 0
            self._desk.remember(connection, forks_from=str(written))

    def _others(self, connection: Connection) -> Iterable[bytes]:
        side = self._desk.side
        return relation.devices_of(connection, side.unit, but=side.device)

    def _find(self, connection: Connection, wanted: str) -> bytes:
        text = wanted.strip().lower()
        every = connection.scalars(select(device.c.id).where(device.c.certificate != b""))
        found = [one for one in every if one.hex().startswith(text)] if len(text) >= _SHORTEST else []
        if len(found) != 1:
            raise NoSuchDevice(wanted, len(found))
        return found[0]


def stop(desk: Desk, connection: Connection, one: bytes) -> None:
    """Write the revocation of a device. A stopped PC of the county knows the secret: a new one is made first."""
    row = connection.execute(select(device.c.kind, device.c.revoked).where(device.c.id == one)).one()
    if row.revoked:
        raise AlreadyStopped
    if row.kind == COUNTY:  # first: the word itself is under the new number, or it could be set aside for review
        desk.keep_county_keys(desk.county_keys.with_new_secret())
    pen = Pen(desk, connection)
    pen.plain(REVOKE, "certificate", {"device": one.hex()}, (EVERYONE, desk.side.unit))
    pen.put()


def forks_told(connection: Connection) -> int:
    """In how many packages of this disk, as it is now called, somebody else saw that it was restored or copied."""
    since = connection.scalar(select(setting.c.value).where(setting.c.name == "forks_from")) or "0"
    told = select(func.count()).select_from(fork_told).join(pkg_out, pkg_out.c.id == fork_told.c.package)
    return connection.scalar(told.where(pkg_out.c.pk > int(since))) or 0


def certify_here(desk: Desk, connection: Connection, keys: DeviceKeys) -> None:
    """Let the county's root key, which is here, certify the keys of this PC itself."""
    own, root = desk.settings, desk.county_keys.root
    body = Certificate(
        CERTIFICATE_VERSION, keys.public.hex(), keys.recipient, own["unit"], COUNTY, own["name"], own["name"],
        desk.county_keys.root_public.hex(), desk.wall(),
    )  # fmt: skip
    issue(desk, connection, certify(root, body), body)


def issue(desk: Desk, connection: Connection, raw: bytes, body: Certificate) -> None:
    """Put a certificate into the log, for every unit to hold, and learn it."""
    tops = intake.learn(connection, raw, body)
    pen = Pen(desk, connection)
    pen.plain(
        CERT, "certificate", {"certificate": b64encode(raw).decode(), "device": body.device.hex()},
        (EVERYONE, desk.settings["unit"]),
    )  # fmt: skip
    pen.put()
    fold.refold(connection, tops)
