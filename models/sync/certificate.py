"""Certificates: which unit a device belongs to, said by the county root key, in bytes that are never written anew."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Annotated, Literal

import msgspec
import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Meta

from models.domain.limits import CERTIFICATE_BYTES
from models.sync import strict_json
from models.sync.keys import DeviceKeys
from models.sync.refusals import NotACertificate

CONTEXT = b"hgb-cert-v1\0"
CERTIFICATE_VERSION = 1  # those of version 0 say the same, and are in ledgers of the trial
SIGNATURE = 64
ID = 16  # bytes of a device id and of a root key id

Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Hex64 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
UnitCode = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{1,32}\Z")]
Name = Annotated[str, Meta(max_length=200)]
Kind = Literal["county", "township", "department"]
Moment = Annotated[str, Meta(max_length=40)]


class Certificate(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the county root (or, in a request, the device itself) says of one device."""

    v: Annotated[int, Meta(ge=0)]
    sign: Hex64  # Ed25519 public key of the device
    seal: Annotated[str, Meta(pattern=r"^age1[02-9ac-hj-np-z]{58}\Z")]
    unit: UnitCode
    kind: Kind
    name: Name  # of the unit
    county: Name
    root: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]  # Ed25519 public key of the root; "" in a request
    made: Moment
    replaces: Annotated[str, Meta(pattern=r"^([0-9a-f]{32})?\Z")] = ""  # in a request: the device that this one was

    @property
    def device(self) -> bytes:
        """The id of the device: what operations and headers call it by."""
        return key_id(bytes.fromhex(self.sign))

    @property
    def public(self) -> Ed25519PublicKey:
        """The key that signs the packages of the device."""
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.sign))

    @property
    def is_request(self) -> bool:
        """Whether only the device itself says so."""
        return not self.root


def key_id(public: bytes) -> bytes:
    """The short name of a public key."""
    return sha256(public).digest()[:ID]


def certify(root: Ed25519PrivateKey, body: Certificate) -> bytes:
    """Sign a device's certificate with the county root key."""
    if body.root != _public_bytes(root).hex():
        raise ValueError("the certificate names another root")
    return _signed(root, body)


def certify_self(
    keys: DeviceKeys, *, unit: str, kind: str, name: str, made: str, county: str = "", replaces: str = ""
) -> bytes:
    """What a device says of itself, for a request that only a person will look at."""
    body = strict_json.encode(
        {
            "v": CERTIFICATE_VERSION, "sign": keys.public.hex(), "seal": keys.recipient, "unit": unit,
            "kind": kind, "name": name, "county": county, "root": "", "made": made,
            **({"replaces": replaces} if replaces else {}),
        }
    )  # fmt: skip
    return _signed(keys.sign, strict_json.decode(body, Certificate))


@lru_cache(1_000)  # the same few certificates are shown with every package
def check_certificate(raw: bytes, root_public: bytes | None) -> Certificate:
    """The certificate, if `root_public` signed it; None: if it is a request signed by its own key."""
    if root_public is None:
        claimed = read_claim(raw)
        if not claimed.is_request:
            raise NotACertificate
        root_public = bytes.fromhex(claimed.sign)
        _verify(raw, root_public)
        return claimed
    _verify(raw, root_public)
    genuine = read_claim(raw)
    if genuine.root != root_public.hex():
        raise NotACertificate
    return genuine


def read_claim(raw: bytes) -> Certificate:
    """What the certificate says, verified by nobody yet."""
    if not SIGNATURE < len(raw) <= CERTIFICATE_BYTES:
        raise NotACertificate
    try:
        claim = strict_json.decode(raw[SIGNATURE:], Certificate)
        pyrage.x25519.Recipient.from_str(claim.seal)
    except (ValueError, pyrage.RecipientError):
        raise NotACertificate from None
    return claim


def _verify(raw: bytes, public: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(raw[:SIGNATURE], CONTEXT + raw[SIGNATURE:])
    except (InvalidSignature, ValueError):
        raise NotACertificate from None


def _signed(key: Ed25519PrivateKey, body: Certificate) -> bytes:
    encoded = strict_json.encode(body)
    raw = key.sign(CONTEXT + encoded) + encoded
    read_claim(raw)  # what is written can be read
    return raw


def _public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
