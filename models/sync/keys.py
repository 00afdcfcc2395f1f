"""The keys of a device and of the county: what they sign, open and stamp. Files of keys are keyfile.py's."""

from __future__ import annotations

import hmac
import secrets as random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from models.sync.refusals import NoRootKey

STAMP = 16
NO_STAMP = bytes(STAMP)
SECRETS = 255  # numbers that a secret of the county can have; 0 says that there is no stamp
_DIGITS = 24


@dataclass(frozen=True, eq=False)
class DeviceKeys:
    """The two private keys of one installation. They never leave the home and never show in a repr."""

    sign: Ed25519PrivateKey = field(repr=False)
    seal: pyrage.x25519.Identity = field(repr=False)
    former: tuple[pyrage.x25519.Identity, ...] = field(default=(), repr=False)  # what it opened before its new keys

    @property
    def opens(self) -> list[pyrage.x25519.Identity]:
        """What opens packages that are sealed to it, under any name that it ever had."""
        return [self.seal, *self.former]

    @property
    def public(self) -> bytes:
        """The Ed25519 public key: 32 bytes."""
        return _public_bytes(self.sign)

    @property
    def id(self) -> bytes:
        """What operations and headers call this device by: 16 bytes."""
        return sha256(self.public).digest()[:16]

    @property
    def recipient(self) -> str:
        """To whom others encrypt: age1… in letters."""
        return str(self.seal.to_public())


@dataclass(frozen=True, eq=False)
class CountyKeys:
    """The county's root key, which signs certificates, and the secrets that stamp operations.

    A further PC of the county has the secrets and the public half of the root key; the root key itself only where it
    was typed in from the recovery sheet.
    """

    private_root: Ed25519PrivateKey | None = field(repr=False)
    secrets: dict[int, bytes] = field(repr=False)
    current: int = 1
    others: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)  # made elsewhere under a number used here
    public_root: bytes = b""  # where the private half is not here

    @property
    def has_root(self) -> bool:
        """Whether this home can certify devices."""
        return self.private_root is not None

    @property
    def root(self) -> Ed25519PrivateKey:
        """The root key; refused where only its public half is here."""
        if self.private_root is None:
            raise NoRootKey
        return self.private_root

    @property
    def root_public(self) -> bytes:
        """The Ed25519 public key of the root: 32 bytes."""
        return self.public_root if self.private_root is None else _public_bytes(self.private_root)

    @property
    def all_secrets(self) -> tuple[tuple[int, bytes], ...]:
        """Every secret that ever stamped, with its number."""
        return (*self.secrets.items(), *self.others)

    @property
    def root_id(self) -> bytes:
        """What headers call the county by: 16 bytes."""
        return sha256(self.root_public).digest()[:16]

    def stamp(self, body: bytes) -> bytes:
        """The county's mark beside an operation that it wrote or took in: 16 bytes."""
        return _stamp(self.current, self.secrets[self.current], body)

    def genuine(self, stamp: bytes, body: bytes) -> bool:
        """Whether this county stamped these bytes, under any of its secrets."""
        return len(stamp) == STAMP and any(
            hmac.compare_digest(stamp, _stamp(stamp[0], secret, body)) for secret in self._under(stamp[0])
        )

    def _under(self, number: int) -> list[bytes]:
        """The secrets of a number; one that a disk forgot when it was put back, the root key makes again."""
        there = [secret for n, secret in self.all_secrets if n == number]
        return there or ([_made(self.private_root, number)] if self.private_root and number else [])

    def reached(self, number: int) -> CountyKeys:
        """The keys of a disk that was put back, once it met a genuine stamp of a later number of its own."""
        if number <= self.current or self.private_root is None:
            return self
        again = {n: _made(self.private_root, n) for n in range(self.current + 1, number + 1)}
        return replace(self, secrets=again | self.secrets, current=number)

    def is_old(self, stamp: bytes) -> bool:
        """Whether a genuine stamp was made with a secret that a stopped device may know."""
        return stamp[0] < self.current

    def joined(self, brought: Iterable[tuple[int, bytes]]) -> CountyKeys:
        """The keys with the secrets of another PC of the county; none of either is lost."""
        secrets, others = dict(self.secrets), dict.fromkeys(self.others)
        for number, secret in brought:
            if secrets.setdefault(number, secret) != secret:
                others[number, secret] = None
        return replace(self, secrets=secrets, current=max(secrets), others=tuple(others))

    def with_new_secret(self) -> CountyKeys:
        """The keys after a county device was revoked: stamps are made with a new secret from now on."""
        number = max(self.secrets) + 1
        if number > SECRETS:
            raise OverflowError("all numbers of secrets are used")
        secret = _made(self.private_root, number) if self.private_root else random.token_bytes(32)
        return replace(self, secrets={**self.secrets, number: secret}, current=number)


def make_device_keys() -> DeviceKeys:
    """New keys for this installation."""
    return DeviceKeys(Ed25519PrivateKey.generate(), pyrage.x25519.Identity.generate())


def make_county_keys() -> CountyKeys:
    """New keys for a county that begins."""
    return CountyKeys(Ed25519PrivateKey.generate(), {1: random.token_bytes(32)})


def fingerprint(device_public: bytes, root_public: bytes) -> str:
    """The 24 digits, in groups of four, that two people compare by telephone when a device is enrolled."""
    number = int.from_bytes(sha256(device_public + root_public).digest()) % 10**_DIGITS
    digits = f"{number:0{_DIGITS}d}"
    return " ".join(digits[start : start + 4] for start in range(0, _DIGITS, 4))


def same_fingerprint(typed: str, shown: str) -> bool:
    """Whether somebody typed these digits, with any blanks or dashes between them, full-width or not."""
    typed_digits, shown_digits = (
        "".join(str(int(sign)) for sign in text if sign.isdecimal()) for text in (typed, shown)
    )
    return len(shown_digits) == _DIGITS and hmac.compare_digest(typed_digits, shown_digits)


def private_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 secret bytes of a signing key, for the key file alone."""
    return key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def _public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _made(root: Ed25519PrivateKey, number: int) -> bytes:
    """The secret of a number as the root key makes it: the same again whenever it is asked."""
    return hmac.digest(private_bytes(root), b"hgb-secret-v1\0" + bytes((number,)), "sha256")


def _stamp(number: int, secret: bytes, body: bytes) -> bytes:
    return bytes((number,)) + hmac.digest(secret, body, "sha256")[: STAMP - 1]
