"""Every door through which bytes from a stick come in, as functions of bytes: for fuzz_package.py and its tests.

An input is one byte that chooses the door, then what is pushed through it. Keys are genuine wherever a fuzzer could
only guess at them: the header door signs what it is given, the frames door seals and hashes it. What a door raises on
purpose is listed beside it; anything else is a find.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import zstandard

from models.domain.fields import TABLES
from models.domain.operation import EVERYONE, GRANT, REMARK, REVOKE, SET, VOID, Operation
from models.domain.reduce import reduce
from models.domain.unit import Author, Registry
from models.errors import LedgerError
from models.progress import Silent
from models.store import operations, rows
from models.sync import age, header, meta, package, strict_json
from models.sync.certificate import CONTEXT, Certificate, check_certificate, read_claim
from models.sync.frames import FILE, OPERATIONS, pack
from tests.packages_by_hand import COUNTY, TOWN, Exchange, block, frame, outside, stream

MOST = 64 * 1024  # bytes of one input that are looked at
_CUT = b"\xff\x00\xff"  # between the pieces of one input
_DEVICE, _DESK, _TOP = "aa" * 16, "cc" * 16, "dd" * 16
REGISTRY = Registry(
    {_DEVICE: Author(TOWN, "township"), _DESK: Author(COUNTY, "county")}, {TOWN: "甲镇", COUNTY: "县环委办"}, COUNTY,
    "县环委办", [],
)  # fmt: skip


@dataclass(frozen=True)
class Doors:
    """A county, a township and a folder to put packages into."""

    exchange: Exchange
    folder: Path

    def outside(self, data: bytes) -> None:
        """A file as it lies on the stick."""
        path = self.folder / "any.hgb"
        path.write_bytes(data)
        sealed = package.read_sealed(path)
        for look in (
            lambda: self._open(path),
            lambda: package.trust_request(sealed),
            lambda: package.trust_welcome(sealed, self.exchange.town),
        ):
            try:
                look()
            except LedgerError:
                continue

    def header(self, data: bytes) -> None:
        """A header under a genuine signature, and what is to follow it."""
        path, (head, *rest) = self.folder / "header.hgb", data.split(_CUT, 1)
        path.write_bytes(outside(self.exchange.certificate, head, self.exchange.town) + b"".join(rest))
        self._open(path)

    def payload(self, data: bytes) -> None:
        """A payload under a genuine header, which promises as many operations as the first byte says."""
        self._open(self.exchange.forge(self.folder / "payload.hgb", sealed=data[1:], n_ops=sum(data[:1])))

    def frames(self, data: bytes) -> None:
        """Frames as they are, sealed to us; the header promises as many operations as the first byte says."""
        self._open(self.exchange.forge(self.folder / "frames.hgb", data[1:], n_ops=sum(data[:1])))

    def blocks(self, data: bytes) -> None:
        """Frames with a right head, of any content: packed operations, bytes that should be, meta, files."""
        first, *pieces = data.split(_CUT)
        kinds: tuple[Callable[[bytes], bytes], ...] = (
            lambda piece: frame(OPERATIONS, pack(piece)),
            lambda piece: frame(OPERATIONS, piece),
            lambda piece: frame(OPERATIONS, zstandard.compress(piece)),
            lambda piece: frame(OPERATIONS, pack(block(*filter(None, piece.split(b"\n"))))),
            lambda piece: frame(FILE, piece),
            lambda piece: frame(piece[0] if piece else 7, piece),
        )
        made = [kinds[piece[0] % len(kinds)](piece[1:]) for piece in pieces if piece]
        plain = stream(*made, meta=first[1:])
        is_file = bool(first[:1] > b"\x80")
        promised = {"n_files" if is_file else "n_ops": sum(first[:1]) & 0x7F}
        kind = {"kind": "files", "fmt": "hgf"} if is_file else {}
        self._open(self.exchange.forge(self.folder / "blocks.hgb", plain, **promised, **kind))

    def operations(self, data: bytes) -> None:
        """Operations, one a line, folded as one history (law 4: folding never fails)."""
        found: dict[str, tuple[int, Operation]] = {}
        for number, body in enumerate(data.split(b"\n")):
            operations.top_of(body)
            try:
                operation = operations.read(body)
            except (operations.Unreadable, operations.OverLimit):
                continue
            found[operation.id] = (number, operation)
        for top in sorted({operation.top for _, operation in found.values()}):
            own = {i: pair for i, pair in found.items() if pair[1].top == top}
            reduced = reduce(top, [operation for _, operation in own.values()], REGISTRY)
            for row in (row for table in rows.of(reduced, own, REGISTRY).values() for row in table):
                for value in row.values():  # what the driver can store
                    if isinstance(value, str):
                        value.encode()
                    elif isinstance(value, int):
                        value.to_bytes(8, signed=True)
                    elif value is not None and not isinstance(value, bytes | float):
                        raise TypeError(type(value))

    def meta(self, data: bytes) -> None:
        """The first frame."""
        meta.encode(meta.decode(data))

    def certificate(self, data: bytes) -> None:
        """A certificate that the county's root has signed."""
        raw = self.exchange.county.root.sign(CONTEXT + data) + data
        read_claim(raw)
        check_certificate(raw, self.exchange.county.root_public)

    def json(self, data: bytes) -> None:
        """Strict JSON, and a header without its signature."""
        for read in (lambda: strict_json.decode(data, Certificate), lambda: header.decode(data)):
            try:
                read()
            except ValueError:
                continue

    def age(self, data: bytes) -> None:
        """The head of a payload, before the library sees it."""
        try:
            age.check_header(data)
        except age.BadAge:
            return

    def try_one(self, data: bytes) -> None:
        """Push one input through its door; only what is raised on purpose is passed over."""
        doors = self.all()
        try:
            doors[sum(data[:1]) % len(doors)](data[1:MOST])
        except LedgerError as error:
            if not (error.code and error.message and error.way_out):
                raise TypeError("a refusal without words") from error

    def all(self) -> tuple[Callable[[bytes], None], ...]:
        """The doors in the order of their bytes: new ones come last, or kept inputs go through another door."""
        return (
            self.outside, self.header, self.payload, self.frames, self.blocks, self.operations, self.meta,
            self.certificate, self.json, self.age,
        )  # fmt: skip

    def _open(self, path: Path) -> None:
        trusted = package.trust(package.read_sealed(path), self.exchange.roots)
        with trusted.open(self.exchange.desk, self.folder / "staging", Silent()) as opened:
            meta.decode(opened.meta)
            for _, body in opened.operations():
                operations.top_of(body)
            for part in opened.files():
                assert hashlib.sha256(b"".join(part.chunks())).digest() == part.sha256

    # ------------------------------------------------------------------------------------- where to begin

    def beginnings(self) -> dict[str, bytes]:
        """One good input for each door: what a fuzzer grows from."""
        exchange, folder = self.exchange, self.folder
        good_meta = msgspec.json.encode({
            "pkg_id": "ab" * 16, "unit": TOWN, "device": exchange.town.id.hex(), "to_unit": COUNTY,
            "to_root": exchange.county.root_id.hex(), "acks": ["cd" * 32], "digest": {"n": 3, "sum": "0" * 64},
        })  # fmt: skip
        bodies = _bodies()
        exchange.write(folder / "good.hgb", meta=good_meta)
        sealed = package.read_sealed(folder / "good.hgb")
        whole = (folder / "good.hgb").read_bytes()
        package.write_request(
            folder / "request.hgb", exchange.draft(kind="enrol", to=header.Receiver("", "")), exchange.request(),
            exchange.town,
        )  # fmt: skip
        inputs = {
            "outside": whole,
            "header": sealed.header + _CUT + whole[sealed.payload_at :],
            "payload": bytes([3]) + whole[sealed.payload_at :],
            "frames": bytes([3]) + stream(frame(OPERATIONS, pack(block(*bodies))), meta=good_meta),
            "blocks": _CUT.join((bytes([6]) + good_meta, b"\x03" + b"\n".join(bodies), b"\x00" + block(*bodies))),
            "operations": b"\n".join(bodies),
            "meta": good_meta,
            "certificate": exchange.certificate[64:],
            "json": sealed.header,
            "age": whole[sealed.payload_at :][:400],
        }
        names = [door.__name__ for door in self.all()]
        found = {name: bytes([names.index(name)]) + data for name, data in inputs.items()}
        found["every field"] = bytes([names.index("operations")]) + b"\n".join(_every_field())
        found["a file"] = bytes([names.index("blocks")]) + _CUT.join((b"\x81" + good_meta, b"\x04" + b"photo"))
        found["a request"] = bytes([names.index("outside")]) + (folder / "request.hgb").read_bytes()
        return found


def _bodies() -> list[bytes]:
    """Three operations on one record: made, edited by its unit, judged by the county."""
    made = operations.make(
        kind="set", table="problem", fields={"description": ("河道垃圾", ()), "deadline": ("2024-12-31", ())},
        aud=(TOWN,), lam=1, device=_DEVICE, nonce=1, user="本机", wall="2024-06-15T09:00:00+08:00",
    )  # fmt: skip
    top, prefix = operations.digest_of(made)[:16].hex(), operations.digest_of(made)[:8].hex()
    edited = operations.make(
        kind="set", table="problem", fields={"pace": ([["2024-05-01", "behind"]], ()), "deadline": (None, (prefix,))},
        aud=(TOWN,), lam=2, device=_DEVICE, nonce=2, user="", wall="", record=top, after=(prefix,),
    )  # fmt: skip
    judged = operations.make(
        kind="set", table="problem", fields={"closing_stage": ([["2024-05-02", "closed"]], ())}, aud=(COUNTY, TOWN),
        lam=3, device=_DESK, nonce=3, user="", wall="", record=top, saw=(prefix,), why="已核实",
    )  # fmt: skip
    return [made, edited, judged]


def _every_field() -> list[bytes]:
    """An operation of every kind, and one with all fields for every table: by the county and by the township."""
    kinds = [
        operations.make(
            kind=kind, table=table, fields={name: (value, ()) for name, value in fields.items()}, aud=(EVERYONE,), lam=4,
            device=_DESK, nonce=4, user="", wall="", record=record, top=_TOP,
        )
        for kind, table, record, fields in (
            (VOID, "problem", _TOP, {"void_from": "2024-06-01"}),
            (REMARK, "problem", None, {"text": "备注"}),
            (GRANT, "problem", None, {"unit": TOWN, "of": [COUNTY]}),
            (REVOKE, "device", None, {"device": _DEVICE}),
        )
    ]  # fmt: skip
    return kinds + [
        operations.make(
            kind=SET, table=table, fields=dict.fromkeys(fields, ("2024-05-01", ())), aud=(COUNTY, TOWN), lam=5,
            device=device, nonce=5, user="", wall="", record="ee" * 16, top=_TOP,
        )
        for table, fields in TABLES.items()
        for device in (_DEVICE, _DESK)
    ]  # fmt: skip
