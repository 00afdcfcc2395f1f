"""The desk: one opened home with its ledger, keys, clock and user. Every service works at a desk."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, select

from models import file_faults
from models.domain import words
from models.domain.unit import COUNTY, Registry
from models.errors import LedgerError
from models.services.views.home import Here
from models.services.views.users import Person
from models.store import fold
from models.store.blobs import Blobs
from models.store.ledger import Ledger
from models.store.relation import Side
from models.store.schema import setting
from models.store.sqlite import put
from models.sync.keyfile import has_passphrase, load_county_keys, load_device_keys, save_keys
from models.sync.keys import CountyKeys, DeviceKeys, fingerprint

Clock = Callable[[], datetime]
Passphrase = Callable[[], str | None]  # asked only when keys are needed that are sealed with one
Identify = Callable[[], tuple[str, str] | None]  # name and secret, asked only when a user must sign in
LEDGER = "ledger.db"
USER = words.NO_USER


def system_clock() -> datetime:
    """The time that this PC states, with its zone. Shown and stored, never believed."""
    return datetime.now(UTC).astimezone()


def no_passphrase() -> str | None:
    """Nobody is there to give one."""
    return None


def nobody() -> None:
    """Nobody is there to say who he is."""


@dataclass(eq=False)
class NoHome(LedgerError):
    """There is no ledger in this folder yet."""

    code = "H101"
    title = "这个数据文件夹里还没有台账"
    home: Path

    @property
    def message(self) -> str:
        return f"数据文件夹“{self.home}”里还没有台账，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请先建立台账（打开程序按提示填写单位，或用 setup 命令），或换一个数据文件夹。"


@dataclass(eq=False)
class LedgerGone(LedgerError):
    """Keys lie here and no ledger: it was moved, or a set-up broke off."""

    code = "H117"
    title = "台账文件不见了，密钥还在"
    home: Path

    @property
    def message(self) -> str:
        return f"数据文件夹“{self.home}”里有这台电脑的密钥，却没有台账，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "有备份的，请用备份恢复；以前没有建成台账的，请重新建立，原来的密钥另留一份。"


class Desk:
    """What every service needs: where, who, when."""

    def __init__(
        self, home: Path, ledger: Ledger, *, clock: Clock = system_clock, passphrase: Passphrase = no_passphrase,
        user: str = USER, identify: Identify = nobody,
    ) -> None:  # fmt: skip
        self.home = home
        self.ledger = ledger
        self.person: Person | None = None
        self.identify = identify
        self._named = user
        self._clock = clock
        self._passphrase = passphrase

    # ------------------------------------------------------------------------------------- where

    @property
    def inbox(self) -> Path:
        """Local copies of what came on sticks."""
        return self._folder("inbox")

    @property
    def outbox(self) -> Path:
        """Packages as they were built, before they go to a stick."""
        return self._folder("outbox")

    @property
    def aside(self) -> Path:
        """Packages of stopped devices, as they came."""
        return self._folder("aside")

    @property
    def staging(self) -> Path:
        """Where packages are opened and built; emptied at every start."""
        return self._folder("staging")

    @property
    def backups(self) -> Path:
        """Copies of the ledger."""
        return self._folder("backups")

    @property
    def templates(self) -> Path:
        """Templates of papers that this office edited."""
        return self._folder("templates")

    @property
    def opened(self) -> Path:
        """Copies of photos and documents that other programs were given to show."""
        return self.home / "opened"

    @property
    def blobs(self) -> Blobs:
        """Photos and documents."""
        return Blobs(self._folder("files"))

    def _folder(self, name: str) -> Path:
        folder = self.home / name
        with file_faults.in_words(folder):
            folder.mkdir(exist_ok=True)
        return folder

    # ------------------------------------------------------------------------------------- who

    @property
    def user(self) -> str:
        """The name that stands beside a change."""
        return self.person.name if self.person else self._named

    @cached_property
    def settings(self) -> dict[str, str]:
        """What this home knows of itself."""
        with self.ledger.read() as connection:
            return {row.name: row.value for row in connection.execute(select(setting))}

    def remember(self, connection: Connection, **values: str) -> None:
        """Keep facts about this home itself; they are local and never travel."""
        for name, value in values.items():
            put(setting, {"name": name, "value": value}, connection)
        self.settings.update(values)

    @property
    def side(self) -> Side:
        """Whose home this is."""
        return Side(self.settings["unit"], self.settings["kind"], bytes.fromhex(self.settings["device"]))

    @property
    def is_county(self) -> bool:
        """Whether this is the county's desk."""
        return self.settings["kind"] == COUNTY

    @property
    def root(self) -> bytes | None:
        """The county's public root key; None while this home is not enrolled."""
        return bytes.fromhex(text) if (text := self.settings.get("root", "")) else None

    @property
    def enrolled(self) -> bool:
        """Whether this PC, with the keys that it has now, is one of the county's."""
        return self.root is not None and not self.replaces

    @property
    def replaces(self) -> str:
        """The id of the device that this PC was before it took new keys that wait for the county; "" otherwise."""
        return self.settings.get("replaces", "")

    @contextmanager
    def as_it_was(self) -> Generator[None]:
        """Forget what was remembered inside if it fails: the ledger forgets it too."""
        try:
            yield
        except BaseException:
            self.__dict__.pop("settings", None)
            raise

    @cached_property
    def keys(self) -> DeviceKeys:
        """The keys of this device. Raises where a passphrase is needed and was not given.

        With what it opened under former keys: whoever has not heard of the new ones seals to those.
        """
        phrase = self._passphrase()
        keys = load_device_keys(self.device_file, phrase)
        former: list[DeviceKeys] = []
        for path in sorted(self.device_file.parent.glob("device*.key")):
            with suppress(LedgerError):  # a file that cannot be read any more costs a round, as if there had been none
                former += [load_device_keys(path, phrase)] if path != self.device_file else []
        return replace(keys, former=tuple(one.seal for one in former))

    @cached_property
    def county_keys(self) -> CountyKeys:
        """The county's root key and secrets; only a county's home has them."""
        return load_county_keys(self.county_file, self._passphrase())

    @property
    def has_county_keys(self) -> bool:
        """Whether the county's keys are here: on a PC of the county from the day it was taken up."""
        return self.is_county and ("county_keys" in self.__dict__ or self.county_file.exists())

    @property
    def locked(self) -> bool:
        """Whether the county's keys are under a passphrase that nobody has given yet."""
        return "county_keys" not in self.__dict__ and has_passphrase(self.county_file)

    def keep_county_keys(self, keys: CountyKeys) -> None:
        """Put the county's keys in the place of those that are here, under the same passphrase if there is one."""
        save_keys(self.county_file, keys, self.same_passphrase())
        self.__dict__["county_keys"] = keys

    def same_passphrase(self) -> str | None:
        """The passphrase that the keys here are under, tried on them; None where there is none."""
        if not has_passphrase(self.device_file):
            return None
        phrase = self._passphrase()
        load_device_keys(self.device_file, phrase)
        return phrase

    @property
    def device_file(self) -> Path:
        """Where the keys of this device lie: a device that was renewed has a file of its own."""
        renewed = self.home / "keys" / f"device-{self.settings['device'][:16]}.key"
        return renewed if renewed.exists() else self.home / "keys" / "device.key"

    @property
    def county_file(self) -> Path:
        """Where the county's keys lie."""
        return self.home / "keys" / "county.key"

    def here(self) -> Here:
        """Who this home is, for people."""
        own = self.settings
        with self.ledger.read() as connection:
            names = fold.registry(connection)
        shown = ""
        if self.root and not self.is_county:
            shown = fingerprint(bytes.fromhex(own["public"]), self.root)
        return Here(
            own["unit"], names.units.get(own["unit"], own["name"]), own["kind"], own["device"],
            names.units.get(names.county, own.get("county", "")), self.enrolled, shown,
        )  # fmt: skip

    def registry(self, connection: Connection) -> Registry:
        """Who is who, as this home knows it in this transaction."""
        return fold.registry(connection)

    # ------------------------------------------------------------------------------------- when

    def wall(self) -> str:
        """Now, as this PC states it, with its zone."""
        return self._clock().isoformat(timespec="seconds")

    def utc(self) -> str:
        """Now in UTC: sorts as text."""
        return self._clock().astimezone(UTC).isoformat(timespec="microseconds")

    def today(self) -> date:
        """The local day."""
        return self._clock().date()

    def day_of(self, utc: str) -> str:
        """The local day of a moment that is kept in UTC: before eight in the morning that is another."""
        return datetime.fromisoformat(utc).astimezone(self._clock().tzinfo).date().isoformat()

    def end_of_day(self, day: date) -> str:
        """The last moment of a local day, in UTC."""
        local = datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=self._clock().tzinfo)
        return local.astimezone(UTC).isoformat(timespec="microseconds")

    def close(self) -> None:
        """Leave."""
        self.ledger.close()
