"""Key files: plain with mode 0600, sealed by Windows for its user, or sealed with a passphrase if asked.

A passphrase file is Argon2id + ChaCha20-Poly1305 with fixed costs: 64 MiB, the same on the county's fast PC that
writes it and on the old one that reads it. (An age passphrase file takes what memory the writer has: half a gigabyte
and more.) Costs that a file asks for are limited before anything is computed.
"""

from __future__ import annotations

import base64
import os
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from msgspec import Meta

from models import files
from models.sync import dpapi, strict_json
from models.sync.keys import CountyKeys, DeviceKeys, private_bytes
from models.sync.refusals import KeysOfAnotherMachine, KeysUnreadable, PassphraseNeeded, PassphraseWrong

KEYFILE_BYTES = 256 * 1024
_CONTEXT = b"hgb-keys-v1"
_MEMORY_KIB, _PASSES = 64 * 1024, 3
_Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class _Device(msgspec.Struct, frozen=True, tag="device", tag_field="of"):
    sign: _Key
    seal: str


class _County(msgspec.Struct, frozen=True, tag="county", tag_field="of", omit_defaults=True):
    root: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]  # "" on a further PC of the county
    secrets: Annotated[dict[str, _Key], Meta(min_length=1, max_length=255)]
    current: Annotated[int, Meta(ge=1, le=255)]
    others: tuple[tuple[Annotated[int, Meta(ge=1, le=255)], _Key], ...] = ()
    public: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")] = ""  # of the root, where `root` is ""


class _Keys(msgspec.Struct, frozen=True):
    keys: _Device | _County


class _Passphrase(msgspec.Struct, frozen=True):
    memory_kib: Annotated[int, Meta(ge=1024, le=256 * 1024)]
    passes: Annotated[int, Meta(ge=1, le=10)]
    salt: Annotated[bytes, Meta(min_length=16, max_length=64)]
    nonce: Annotated[bytes, Meta(min_length=12, max_length=12)]


class _File(msgspec.Struct, frozen=True, omit_defaults=True):
    huangai_keys: Literal[0]  # version
    how: Literal["plain", "windows", "passphrase"]
    content: str  # base64 of the keys as JSON, sealed or not
    sha256: str  # of the content's bytes: tells a damaged file from a wrong passphrase
    passphrase: _Passphrase | None = None


def save_keys(path: Path, keys: DeviceKeys | CountyKeys, passphrase: str | None = None) -> None:
    """Write keys for this user alone; with a passphrase only who knows it can use them, on any machine."""
    plain, costs = strict_json.encode(_Keys(_as_struct(keys))), None
    if passphrase:
        costs = _Passphrase(_MEMORY_KIB, _PASSES, salt=os.urandom(16), nonce=os.urandom(12))
        how, content = "passphrase", ChaCha20Poly1305(_derive(passphrase, costs)).encrypt(costs.nonce, plain, _CONTEXT)
    elif dpapi.AVAILABLE:
        how, content = "windows", dpapi.seal(plain)
    else:
        how, content = "plain", plain
    body = _File(0, how, base64.b64encode(content).decode(), sha256(content).hexdigest(), costs)
    files.durable_write(path, msgspec.json.format(strict_json.encode(body), indent=1), mode=0o600)


def load_keys(path: Path, passphrase: str | None = None) -> DeviceKeys | CountyKeys:
    """The keys in a file of either kind."""
    body, content = _read(path)
    if body.how == "passphrase":
        content = _open_with_passphrase(path, body.passphrase, content, passphrase)
    elif body.how == "windows":
        try:
            content = dpapi.unseal(content)
        except OSError:
            raise KeysOfAnotherMachine(path) from None
    try:
        return _as_keys(strict_json.decode(content, _Keys).keys)
    except (ValueError, pyrage.IdentityError):
        raise KeysUnreadable(path) from None  # the cause would show the keys


def load_device_keys(path: Path, passphrase: str | None = None) -> DeviceKeys:
    """The keys of this installation."""
    keys = load_keys(path, passphrase)
    if not isinstance(keys, DeviceKeys):
        raise KeysUnreadable(path)
    return keys


def load_county_keys(path: Path, passphrase: str | None = None) -> CountyKeys:
    """The root key and secrets of the county."""
    keys = load_keys(path, passphrase)
    if not isinstance(keys, CountyKeys):
        raise KeysUnreadable(path)
    return keys


def protected(path: Path) -> bool:
    """Whether who copies this file still cannot use the keys; for `check`."""
    return _read(path)[0].how != "plain"


def has_passphrase(path: Path) -> bool:
    """Whether the keys can only be used by who knows a passphrase."""
    return _read(path)[0].how == "passphrase"


def _read(path: Path) -> tuple[_File, bytes]:
    raw = b""
    for piece in files.read_chunks(path):
        raw += piece
        if len(raw) > KEYFILE_BYTES:
            raise KeysUnreadable(path)
    try:
        body = strict_json.decode(raw, _File)
        content = base64.b64decode(body.content, validate=True)
    except ValueError:
        raise KeysUnreadable(path) from None
    if sha256(content).hexdigest() != body.sha256:
        raise KeysUnreadable(path)
    return body, content


def _open_with_passphrase(path: Path, costs: _Passphrase | None, content: bytes, passphrase: str | None) -> bytes:
    if costs is None:
        raise KeysUnreadable(path)
    if not passphrase:
        raise PassphraseNeeded(path)
    try:
        return ChaCha20Poly1305(_derive(passphrase, costs)).decrypt(costs.nonce, content, _CONTEXT)
    except InvalidTag:
        raise PassphraseWrong(path) from None


def _derive(passphrase: str, costs: _Passphrase) -> bytes:
    kdf = Argon2id(salt=costs.salt, length=32, iterations=costs.passes, lanes=1, memory_cost=costs.memory_kib)
    return kdf.derive(passphrase.encode("utf-8", "surrogatepass"))


def _as_struct(keys: DeviceKeys | CountyKeys) -> _Device | _County:
    if isinstance(keys, DeviceKeys):
        return _Device(private_bytes(keys.sign).hex(), str(keys.seal))
    secrets = {str(number): secret.hex() for number, secret in keys.secrets.items()}
    others = tuple((number, secret.hex()) for number, secret in keys.others)
    root = private_bytes(keys.root).hex() if keys.has_root else ""
    return _County(root, secrets, keys.current, others, keys.public_root.hex())


def _as_keys(found: _Device | _County) -> DeviceKeys | CountyKeys:
    if isinstance(found, _Device):
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(found.sign))
        return DeviceKeys(key, pyrage.x25519.Identity.from_str(found.seal))
    secrets = {int(number): bytes.fromhex(secret) for number, secret in found.secrets.items()}
    if found.current not in secrets or not all(1 <= number <= 255 for number in secrets):
        raise ValueError("numbers of secrets")
    if bool(found.root) == bool(found.public):
        raise ValueError("either the root key or its public half")
    root = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(found.root)) if found.root else None
    others = tuple((number, bytes.fromhex(secret)) for number, secret in found.others)
    return CountyKeys(root, secrets, found.current, others, bytes.fromhex(found.public))
