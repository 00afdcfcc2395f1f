"""The users of this PC: who signs in, with what secret, and what each may do. All of it stays on this PC.

A secret is kept as Argon2id with a salt (RFC 9106; memory and passes as OWASP advises for weak machines). After a few
wrong ones in a row every further try has to wait, longer each time. The first admin gets a recovery code for paper: it
gives an admin whose secret is forgotten a new one, once (ADR 0019).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import Connection, RowMapping, func, select

from models.domain import words
from models.domain.roles import Deed, Role, may, who_may
from models.services.base.desk import USER, Desk, nobody
from models.services.home import user_refusals as refusals
from models.services.views.users import Person, UserView
from models.store.local_schema import user
from models.sync.recovery import GROUP, LETTERS, meant

LEAST, MOST = 4, 64  # characters of a secret
LONGEST = 20  # characters of a name
FREE_TRIES = 5
FIRST_WAIT = 30  # seconds; doubled with every further wrong one
LONGEST_WAIT = 3_600
GROUPS = 5  # of a recovery code: a hundred bits, so that nobody need be made to wait who tries
_CODE = "recovery_code"  # setting: its hash
_MEMORY, _PASSES, _LANES = 19 * 1024, 2, 1  # KiB
_EVERYBODY = select(func.count()).select_from(user)


class Users:
    """Everything the window and the hatch may ask of users."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._fresh = ""

    # ------------------------------------------------------------------------------------- looking

    def list(self) -> tuple[UserView, ...]:
        """All of them, by name."""
        with self._desk.ledger.read() as connection:
            rows = connection.execute(select(user).order_by(user.c.name)).mappings().all()
        return tuple(_view(row) for row in rows)

    @property
    def are_there(self) -> bool:
        """Whether anybody has to sign in here."""
        with self._desk.ledger.read() as connection:
            return _count(connection) > 0

    @property
    def me(self) -> str:
        """Who is signed in; "" for nobody."""
        return self._desk.person.name if self._desk.person else ""

    @property
    def person(self) -> Person | None:
        """The same with his roles."""
        return self._desk.person

    @property
    def have_code(self) -> bool:
        """Whether there is a recovery code for this PC, on some paper."""
        return _CODE in self._desk.settings

    def take_code(self) -> str:
        """The recovery code that the last verb made, "" if it made none; it is told once and kept nowhere."""
        code, self._fresh = self._fresh, ""
        return code

    # ------------------------------------------------------------------------------------- signing in

    def sign_in(self, name: str, secret: str) -> Person:
        """Be this user from now on. Raises where the name or the secret is wrong, or it has to wait."""
        with self._desk.ledger.read() as connection:
            row = _find(connection, name)
        now = self._now()
        left = datetime.fromisoformat(row["wait_until"]) - now if row["wait_until"] else timedelta()
        if timedelta() < left <= timedelta(seconds=LONGEST_WAIT):  # longer: somebody has set the clock back
            raise refusals.MustWait(row["name"], int(left.total_seconds()) + 1)
        good = _fits(row["secret"], secret)
        wrong = 0 if good else row["wrong"] + 1
        if wrong != row["wrong"]:
            wait = "" if wrong < FREE_TRIES else (now + timedelta(seconds=_wait(wrong))).isoformat()
            with self._desk.ledger.write(deed=Deed.NOTE) as connection:
                connection.execute(user.update().where(user.c.name == row["name"]).values(wrong=wrong, wait_until=wait))
        if not good:
            raise refusals.WrongSecret(row["name"], max(FREE_TRIES - wrong, 0))
        self._desk.person = Person(row["name"], frozenset(row["roles"].split()))
        return self._desk.person

    def sign_out(self) -> None:
        """Nobody sits here."""
        self._desk.person = None

    # ------------------------------------------------------------------------------------- keeping them

    def add(self, name: str, roles: Collection[str], secret: str) -> tuple[UserView, ...]:
        """A new user. The first one manages the others, whatever else he is."""
        name = name.strip()
        wanted = _roles(roles)
        if not name or len(name) > LONGEST or name == USER or any(sign.isspace() for sign in name):
            raise refusals.BadName(name)
        _check_secret(secret)
        with self._desk.ledger.write(deed=Deed.MANAGE) as connection:
            if connection.scalar(select(user.c.name).where(user.c.name == name)):
                raise refusals.NameTaken(name)
            if not _count(connection):
                wanted |= {Role.ADMIN}
                self._make_code(connection)
            elif not wanted:
                raise refusals.NoRole(name)
            connection.execute(
                user.insert().values(
                    name=name, roles=" ".join(sorted(wanted)), secret=_hashed(secret), wrong=0, wait_until="",
                    since=self._desk.wall(),
                )
            )  # fmt: skip
        return self.list()

    def set_secret(self, name: str, secret: str) -> tuple[UserView, ...]:
        """Another secret: everybody may give himself one, and who manages users may give one to all."""
        _check_secret(secret)
        own = self._desk.person is not None and self._desk.person.name == name.strip()
        with self._desk.ledger.write(deed=Deed.NOTE if own else Deed.MANAGE) as connection:
            row = _find(connection, name)
            _keep_secret(connection, row["name"], secret)
        return self.list()

    def new_code(self) -> None:
        """Another recovery code, because the paper is lost or was seen; the former one is good for nothing."""
        with self._desk.ledger.write(deed=Deed.MANAGE) as connection:
            self._make_code(connection)

    def recover(self, code: str, name: str, secret: str) -> tuple[UserView, ...]:
        """Give an admin a new secret by the recovery code. The code is used up by it, and another one made."""
        _check_secret(secret)
        given = "".join(meant(code))
        if not _fits(self._desk.settings.get(_CODE, ""), given):
            raise refusals.WrongCode
        with self._desk.ledger.write(deed=Deed.NOTE) as connection:
            row = _find(connection, name)
            if Role.ADMIN not in row["roles"].split():
                raise refusals.NotAnAdmin(row["name"])
            _keep_secret(connection, row["name"], secret)
            self._make_code(connection)
        return self.list()

    def _make_code(self, connection: Connection) -> None:
        code = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP))
        self._desk.remember(connection, **{_CODE: _hashed(code)})
        self._fresh = "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))

    def set_roles(self, name: str, roles: Collection[str]) -> tuple[UserView, ...]:
        """What somebody is from now on; the last who manages users stays that."""
        wanted = _roles(roles)
        with self._desk.ledger.write(deed=Deed.MANAGE) as connection:
            row = _find(connection, name)
            if not wanted:
                raise refusals.NoRole(row["name"])
            if Role.ADMIN not in wanted:
                _keep_an_admin(connection, row["name"])
            connection.execute(user.update().where(user.c.name == row["name"]).values(roles=" ".join(sorted(wanted))))
        if self._desk.person is not None and self._desk.person.name == row["name"]:
            self._desk.person = Person(row["name"], frozenset(wanted))
        return self.list()

    def remove(self, name: str) -> tuple[UserView, ...]:
        """Somebody does not work here any more; what he wrote stays under his name."""
        with self._desk.ledger.write(deed=Deed.MANAGE) as connection:
            row = _find(connection, name)
            if _count(connection) > 1:
                _keep_an_admin(connection, row["name"])
            connection.execute(user.delete().where(user.c.name == row["name"]))
        if self._desk.person is not None and self._desk.person.name == row["name"]:
            self._desk.person = None
        return self.list()

    def _now(self) -> datetime:
        return datetime.fromisoformat(self._desk.utc())


def greet(desk: Desk, deed: Deed) -> None:
    """Have him sign in who is named, where this PC has users. A wrong secret is counted in a transaction of its own."""
    if deed is Deed.NOTE or desk.person is not None or desk.identify is nobody:
        return
    with desk.ledger.read() as connection:
        if not _count(connection):
            return
    if given := desk.identify():
        Users(desk).sign_in(*given)


def gate(desk: Desk, deed: Deed, connection: Connection) -> None:
    """Refuse what nobody, or not this user, may do; called before anything is written, in the same transaction."""
    if deed is Deed.NOTE or not _count(connection):
        return
    if desk.person is None:
        raise refusals.NobodySignedIn
    if not may(desk.person.roles, deed):
        raise refusals.NotYourRole(tuple(words.ROLE[role] for role in who_may(deed)))


def _view(row: RowMapping) -> UserView:
    return UserView(row["name"], tuple(row["roles"].split()), row["since"])


def _count(connection: Connection) -> int:
    return connection.scalar(_EVERYBODY) or 0


def _find(connection: Connection, name: str) -> RowMapping:
    row = connection.execute(select(user).where(user.c.name == name.strip())).mappings().first()
    if row is None:
        raise refusals.NoSuchUser(name)
    return row


def _keep_secret(connection: Connection, name: str, secret: str) -> None:
    kept = user.update().where(user.c.name == name)
    connection.execute(kept.values(secret=_hashed(secret), wrong=0, wait_until=""))


def _keep_an_admin(connection: Connection, but: str) -> None:
    others = connection.scalars(select(user.c.roles).where(user.c.name != but))
    if not any(Role.ADMIN in roles.split() for roles in others):
        raise refusals.LastAdmin(but)


def _roles(given: Collection[str]) -> set[Role]:
    try:
        return {Role(one) for one in given}
    except ValueError as error:
        raise refusals.NoSuchRole(tuple(words.ROLE.values())) from error


def _check_secret(secret: str) -> None:
    if not LEAST <= len(secret) <= MOST or not secret.strip():
        raise refusals.BadSecret(LEAST, MOST)


def _hashed(secret: str) -> str:
    made = Argon2id(salt=os.urandom(16), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY)
    return made.derive_phc_encoded(secret.encode())


def _fits(kept: str, secret: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(secret.encode("utf-8", "replace"), kept)
    except (InvalidKey, ValueError):
        return False
    return True


def _wait(wrong: int) -> int:
    return min(FIRST_WAIT * 2 ** min(wrong - FREE_TRIES, 10), LONGEST_WAIT)
