"""A county, a township and the packages between them: genuine ones, and bad ones made with genuine keys."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyrage

from models.progress import Silent
from models.sync import package
from models.sync.certificate import Certificate, certify, certify_self
from models.sync.frames import END, META
from models.sync.header import Receiver, Sender
from models.sync.keys import CountyKeys, DeviceKeys, make_county_keys, make_device_keys

COUNTY, TOWN = "361021", "361021101"
META_BYTES = b'{"pkg_id":"' + b"ab" * 16 + b'"}'
OPERATIONS = [(bytes(16), b'{"v":0,"n":1}'), (b"\x01" + b"s" * 15, "{“操作”}".encode()), (bytes(16), b"x" * 300)]


@dataclass(frozen=True)
class Exchange:
    """Both sides of an exchange. The township writes, the county reads, unless a test says otherwise."""

    county: CountyKeys
    town: DeviceKeys
    desk: DeviceKeys  # of the county
    certificate: bytes  # of the township's device
    desk_certificate: bytes

    @property
    def roots(self) -> list[bytes]:
        return [self.county.root_public]

    def certify(self, keys: DeviceKeys, **changes: Any) -> bytes:
        body = Certificate(
            v=1, sign=keys.public.hex(), seal=keys.recipient, unit=TOWN, kind="township", name="甲镇", county="临江县",
            root=self.county.root_public.hex(), made="2024-06-30T08:00:00Z",
        )  # fmt: skip
        return certify(self.county.root, msgspec.structs.replace(body, **changes))

    @classmethod
    def new(cls) -> Exchange:
        county, town, desk = make_county_keys(), make_device_keys(), make_device_keys()
        bare = cls(county, town, desk, b"", b"")
        return cls(
            county, town, desk, bare.certify(town), bare.certify(desk, unit=COUNTY, kind="county", name="临江县环委办")
        )

    def request(self) -> bytes:
        return certify_self(self.town, unit=TOWN, kind="township", name="甲镇", made="2024-06-30T08:00:00Z")

    def draft(self, **changes: Any) -> package.Draft:
        known: dict[str, Any] = {
            "kind": "data", "pkg_id": "ab" * 16, "no": 7, "sender": Sender(TOWN, self.town.id.hex()),
            "to": Receiver(COUNTY, self.county.root_id.hex()), "schema": 1, "made": "2024-06-30T08:00:00Z",
            "program": "0.1", "bases": ("cd" * 16,), "complete_for": (self.desk.id.hex(),),
        }  # fmt: skip
        return package.Draft(**known | changes)

    def write(
        self,
        path: Path,
        operations: Iterable[tuple[bytes, bytes]] = tuple(OPERATIONS),
        attached: Sequence[tuple[bytes, Path]] = (),
        *,
        meta: bytes = META_BYTES,
        **changes: Any,
    ) -> package.WrittenPackage:
        return package.write_package(
            path, self.draft(**changes), self.certificate, self.town, [self.desk.recipient], meta, operations, attached,
            path.parent / "staging", Silent(),
        )  # fmt: skip

    def forge(
        self,
        path: Path,
        plain: bytes = b"",
        *,
        sealed: bytes | None = None,
        certificate: bytes | None = None,
        keys: DeviceKeys | None = None,
        raw_header: bytes | None = None,
        **changes: Any,
    ) -> Path:
        """A package with the genuine signature of the township's device over whatever the test wants."""
        if sealed is None:
            sealed = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(self.desk.recipient)])
        header = {
            "fmt": "hgb", "v": 1, "min_reader": 1, "suite": 1, "kind": "data", "pkg_id": "ab" * 16, "no": 7,
            "bases": [], "from": {"unit": TOWN, "device": self.town.id.hex()},
            "to": {"unit": COUNTY, "root": self.county.root_id.hex()}, "complete_for": [], "schema": 1,
            "made": "2024-06-30T08:00:00Z", "n_ops": 0, "n_files": 0, "program": "0.1",
            "payload": {"len": len(sealed), "sha256": hashlib.sha256(sealed).hexdigest()},
        }  # fmt: skip
        raw = msgspec.json.encode(header | changes) if raw_header is None else raw_header
        path.write_bytes(outside(certificate or self.certificate, raw, keys or self.town) + sealed)
        return path

    def open(self, path: Path, staging: Path | None = None) -> tuple[bytes, list[tuple[bytes, bytes]], list[bytes]]:
        """Read a package to its end: meta, operations, contents of files."""
        trusted = package.trust(package.read_sealed(path), self.roots)
        with trusted.open(self.desk, staging or path.parent / "staging", Silent()) as opened:
            return opened.meta, list(opened.operations()), [b"".join(part.chunks()) for part in opened.files()]


def outside(certificate: bytes, header: bytes, keys: DeviceKeys) -> bytes:
    signature = keys.sign.sign(package.CONTEXT + header)
    lengths = struct.pack(">I", len(certificate)), struct.pack(">I", len(header))
    return package.MAGIC + lengths[0] + certificate + lengths[1] + header + signature


def frame(kind: int, data: bytes, *, length: int | None = None, digest: bytes | None = None) -> bytes:
    return (
        struct.pack(">BQ32s", kind, len(data) if length is None else length, digest or hashlib.sha256(data).digest())
        + data
    )


def stream(
    *frames: bytes, meta: bytes | None = META_BYTES, end: tuple[int, int] | None = None, after: bytes = b""
) -> bytes:
    """Frames with a meta frame before and END behind, right unless the test says otherwise."""
    all_frames = [*([frame(META, meta)] if meta is not None else []), *frames]
    before = b"".join(all_frames)
    return before + frame(END, struct.pack(">QQ", *(end or (len(all_frames), len(before))))) + after


def block(*bodies: bytes) -> bytes:
    return b"".join(bytes(16) + struct.pack(">I", len(body)) + body for body in bodies)
