"""A second implementation of reading, from docs/package-format.md alone: nothing of the program is used here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
from dataclasses import dataclass
from typing import Any

import pyrage
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Bad(Exception):
    """Not a package that one may read."""


@dataclass(frozen=True)
class Package:
    """A package that was read to its end. Operations come with their stamps."""

    certificate: dict[str, Any]
    header: dict[str, Any]
    meta: dict[str, Any]
    operations: list[tuple[bytes, bytes]]
    files: list[bytes]


@dataclass(frozen=True)
class Said:
    """What an operation says, as far as every version can tell."""

    id: str
    record: str
    root: str
    kind: str
    table: str
    fields: dict[str, tuple[Any, list[str]]]
    whole: dict[str, Any]


def must(holds: object, why: str) -> None:
    if not holds:
        raise Bad(why)


def read(file: bytes, root: bytes | None, identity: pyrage.x25519.Identity | None) -> Package:
    """A package, seen by who has this root public key (None: believe the one inside) and this secret key."""
    must(file[:8] == bytes.fromhex("89 48 47 42 0D 0A 1A 0A"), "magic")
    certificate, at = _block(file, 8)
    head, at = _block(file, at)
    signature, payload = file[at : at + 64], file[at + 64 :]
    said = json.loads(certificate[64:])
    signer = bytes.fromhex(said["root"] or said["sign"])
    must(root is None or signer == root, "another county")
    Ed25519PublicKey.from_public_bytes(signer).verify(certificate[:64], b"hgb-cert-v1\0" + certificate[64:])
    key = bytes.fromhex(said["sign"])
    Ed25519PublicKey.from_public_bytes(key).verify(signature, b"hgb-v1\0" + head)
    stated = json.loads(head)
    must(stated["from"] == {"unit": said["unit"], "device": id_of_key(key)}, "from")
    must(stated["payload"] == {"len": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}, "payload")
    if stated["suite"] == 0:
        must(stated["kind"] == "enrol" and not payload and not said["root"], "request")
        return Package(said, stated, {}, [], [])
    must(stated["suite"] == 1 and stated["to"]["root"] == id_of_key(signer), "receiver")
    meta, operations, files = _frames(pyrage.decrypt(payload, [identity]))
    must((len(operations), len(files)) == (stated["n_ops"], stated["n_files"]), "counts")
    return Package(said, stated, meta, operations, files)


def _block(file: bytes, at: int) -> tuple[bytes, int]:
    (count,) = struct.unpack_from(">I", file, at)
    return file[at + 4 : at + 4 + count], at + 4 + count


def _frames(plain: bytes) -> tuple[dict[str, Any], list[tuple[bytes, bytes]], list[bytes]]:
    at, number, found = 0, 0, {}
    operations: list[tuple[bytes, bytes]] = []
    files: list[bytes] = []
    while True:
        kind, length, digest = struct.unpack_from(">BQ32s", plain, at)
        data = plain[at + 41 : at + 41 + length]
        must(hashlib.sha256(data).digest() == digest, "hash of a frame")
        if kind == 255:
            must(struct.unpack(">QQ", data) == (number, at) and at + 41 + length == len(plain), "end")
            return found, operations, files
        if kind == 1:
            must(number == 0, "meta first")
            found = json.loads(data)
        elif kind == 2:
            operations += _operations(data)
        else:
            must(kind == 3, "type of a frame")
            files.append(data)
        at, number = at + 41 + length, number + 1


def _operations(data: bytes) -> list[tuple[bytes, bytes]]:
    if data[:4] == bytes.fromhex("50 2A 4D 18"):
        data = data[8 + struct.unpack_from("<I", data, 4)[0] :]
    block, found = zstandard.decompress(data), []
    while block:
        stamp, length = struct.unpack_from(">16sI", block)
        found.append((stamp, block[20 : 20 + length]))
        block = block[20 + length :]
    return found


def id_of_key(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:32]


def id_of(operation: bytes) -> str:
    return hashlib.sha256(operation).hexdigest()[:32]


def digest_of(operations: list[bytes]) -> str:
    total = sum(int.from_bytes(hashlib.sha256(one).digest(), "big") for one in operations)
    return f"{len(operations)}-{total % 2**256:064x}"


def stamp_of(number: int, secret: bytes, operation: bytes) -> bytes:
    return bytes([number]) + hmac.digest(secret, operation, "sha256")[:15]


def natural_id(*parts: str) -> str:
    return hashlib.sha256(b"\0".join(part.encode() for part in ("huangai", *parts))).hexdigest()[:32]


def understand(operation: bytes) -> Said:
    """What an operation says."""
    one = json.loads(operation)
    for name, kind in (("v", int), ("k", str), ("t", str), ("aud", list), ("lam", int), ("dev", str), ("n", int)):
        must(type(one[name]) is kind, name)
    record = one.get("r") or id_of(operation)
    fields = {name: (value, before) for name, (value, before) in one["f"].items()}
    return Said(id_of(operation), record, one.get("root") or record, one["k"], one["t"], fields, one)


def certificate_in(said: Said) -> dict[str, Any]:
    """The certificate that an operation of kind `cert` brings."""
    return json.loads(base64.b64decode(said.fields["certificate"][0])[64:])
