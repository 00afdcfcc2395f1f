"""A scene with genuine keys on both sides, and packages written by hand with them: what a bad insider can do."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pyrage
from sqlalchemy import select

from models.domain.unit import derived_id
from models.services.exchange.enrolment import Enrolment
from models.store import relation
from models.store.schema import device, held, op
from models.sync.certificate import check_certificate
from models.sync.frames import OPERATION_HEAD, OPERATIONS, pack
from tests.offices import COUNTY, HOMES, TOWN, World
from tests.packages_by_hand import frame, outside, stream

NO_STAMP = bytes(16)


@dataclass(frozen=True)
class Raw:
    """A JSON text that no JSON writer writes: 1e400, NaN, half a character."""

    text: str


def as_json(value: Any) -> str:
    """JSON text, with Raw pieces as they are."""
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{as_json(k)}:{as_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(as_json(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


@dataclass
class Scene:
    """Three records that have travelled: the county's (in the township), the township's own, another township's."""

    world: World
    given: str  # made by the county, for the township
    own: str  # made by the township
    strange: str  # made by the other township
    measure: str  # of `given`
    devices: dict[str, str] = field(default_factory=dict)

    @classmethod
    def new(cls, folder: Path) -> Scene:
        world = World.new(folder)
        given = world["county"].records.add(
            "problem",
            {"description": "畜禽养殖粪污直排", "township": "白水镇", "source": "中央督察", "deadline": "2024-12-31"},
        )
        measure = world["county"].records.add_measure(given["id"], {"text": "建三级沉淀池"})["measures"][0]["id"]
        world.round("town", "town2", "other")
        own = world["town"].records.add("problem", {"description": "河道垃圾未清", "progress": "已清一半"})
        world["town"].records.add("petition", {"content": "群众反映扬尘扰民", "receipt_number": "X36-001"})
        strange = world["other"].records.add("problem", {"description": "青石镇采石场复绿不到位"})
        for _ in range(2):
            world.round("town", "town2", "other")
        devices = {name: world[name].desk.settings["device"] for name in HOMES}
        world.close()
        return cls(world, given["id"], own["id"], strange["id"], measure, devices)

    def copied(self, folder: Path) -> Scene:
        """The same once more, on disks of its own."""
        shutil.copytree(self.world.folder, folder)
        world = World(folder, type(self.world.clock)(self.world.clock.now))
        return Scene(world, self.given, self.own, self.strange, self.measure, self.devices)

    # ------------------------------------------------------------------------------------- writing

    def op(self, fields: Any = None, *, by: str = "town", **changes: Any) -> bytes:
        """The bytes of an operation; everything may be changed, a Raw may stand anywhere."""
        unit = HOMES[by][0] if by in HOMES else TOWN
        values = {name: [value, []] for name, value in fields.items()} if isinstance(fields, dict) else fields
        wire: dict[str, Any] = {
            "v": 1, "k": "set", "t": "problem", "f": values if values is not None else {},
            "aud": ["*", COUNTY] if by == "county" else [unit], "lam": 3, "dev": self.devices.get(by, by),
            "n": secrets.randbits(62), "user": "本机", "wall": "2024-06-15T09:00:00+08:00",
        }  # fmt: skip
        wire |= changes
        return as_json({k: v for k, v in wire.items() if v is not ...}).encode("utf-8", "surrogatepass")

    def package(
        self, bodies: Sequence[bytes | tuple[bytes, bytes]], sender: str = "town", receiver: str = "county", *,
        name: str = "poison.hgb", raw_frames: Sequence[bytes] | None = None, meta: bytes | dict[str, Any] | None = None,
        **header: Any,
    ) -> Path:  # fmt: skip
        """A package genuinely signed by a device and sealed for a unit, with any bytes as operations.

        `meta`: what the first frame says otherwise, or its bytes.
        """
        at = self.world[sender]
        keys, side, root = at.desk.keys, at.desk.side, at.desk.root or b""
        to = HOMES[receiver][0]
        pairs = [pair if isinstance(pair, tuple) else (NO_STAMP, pair) for pair in bodies]
        with at.desk.ledger.read() as connection:
            devices = relation.devices_of(connection, to, but=side.device)
            rows = connection.execute(select(device.c.id, device.c.certificate)).all()
            own = next(row.certificate for row in rows if row.id == side.device)
            seals = [check_certificate(r.certificate, root).seal for r in rows if r.id in devices]
            digest = relation.digest(connection, relation.share(side, to))
        package_id = secrets.token_hex(16)
        sending = Enrolment(at.desk).sending()
        to_root = hashlib.sha256(sending.root).digest()[:16].hex()
        first = {
            "pkg_id": package_id, "unit": side.unit, "device": side.device.hex(), "to_unit": to, "to_root": to_root,
            "acks": [], "digest": {"n": digest.n, "sum": digest.sum},
        }  # fmt: skip
        frames = [frame(OPERATIONS, pack(block)) for block in _blocks(pairs)] if raw_frames is None else raw_frames
        first = meta if isinstance(meta, bytes) else as_json(first | (meta or {})).encode("utf-8", "surrogatepass")
        plain = stream(*frames, meta=first)
        sealed = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(seal) for seal in seals])
        about = {
            "fmt": "hgb", "v": 1, "min_reader": 1, "suite": 1, "kind": "data", "pkg_id": package_id, "no": 99,
            "bases": self._bases(sender, to), "from": {"unit": side.unit, "device": side.device.hex()},
            "to": {"unit": to, "root": to_root}, "complete_for": [d.hex() for d in devices], "schema": 1,
            "made": "2024-06-30T08:00:00Z", "n_ops": len(pairs), "n_files": 0, "program": "0.1",
            "payload": {"len": len(sealed), "sha256": hashlib.sha256(sealed).hexdigest()},
        }  # fmt: skip
        path = self.world.folder / name
        path.write_bytes(outside(own, msgspec.json.encode(about | header), keys) + sealed)
        return path

    def _bases(self, sender: str, to: str) -> list[str]:
        from models.store.schema import pkg_out

        with self.world[sender].desk.ledger.read() as connection:
            found = connection.scalars(select(pkg_out.c.id).where(pkg_out.c.unit == to).order_by(pkg_out.c.pk.desc()))
            return [i.hex() for i in list(found)[:63]]

    # ------------------------------------------------------------------------------------- asking

    def is_held(self, name: str, body: bytes) -> bool:
        """Whether the log of a home has an operation."""
        with self.world[name].desk.ledger.read() as connection:
            found = connection.scalar(select(op.c.pk).where(op.c.id == hashlib.sha256(body).digest()[:16]))
        return found is not None

    def listed(self, name: str, body: bytes) -> set[str]:
        """The fields of an operation that a home lists as held and not applied; "" for the whole."""
        with self.world[name].desk.ledger.read() as connection:
            rows = connection.scalars(select(held.c.field).where(held.c.op == hashlib.sha256(body).digest()[:16]))
            return set(rows)

    def month(self, problem: str, month: str) -> str:
        """The id that a monthly dispatch must have."""
        return derived_id("dispatch", problem, month)

    def unit(self, code: str) -> str:
        """The id that a unit must have."""
        return derived_id("unit", code)

    def prefixes(self, name: str, top: str) -> list[str]:
        """How operations on a record are named by others."""
        with self.world[name].desk.ledger.read() as connection:
            return [i.hex()[:16] for i in connection.scalars(select(op.c.id).where(op.c.top == bytes.fromhex(top)))]


def _blocks(pairs: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
    blocks, block = [], bytearray()
    for stamp, body in pairs:
        if len(block) + len(body) > 4_000_000:
            blocks.append(bytes(block))
            block.clear()
        block += OPERATION_HEAD.pack(stamp, len(body)) + body
    return [*blocks, bytes(block)] if block else blocks
