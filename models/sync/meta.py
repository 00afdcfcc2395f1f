"""The first frame of a package: what its writer has of ours, what it holds, what it asks for (sync.md 5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from models.domain.limits import ACKS, LAM_MAX, META_BYTES, WANTS
from models.sync.header import Header
from models.sync.refusals import Damaged

_Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
_Hex64 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Files = Annotated[tuple[_Hex64, ...], msgspec.Meta(max_length=WANTS)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=LAM_MAX)]
_Number = Annotated[int, msgspec.Meta(ge=1, le=255)]
SECRETS = 1_000  # of the county, in a package between its own PCs


class DigestFrame(msgspec.Struct, frozen=True):
    """The set of operations that a complete package to this receiver would hold."""

    n: _Count
    sum: _Hex64


class Summary(msgspec.Struct, frozen=True):
    """What became of one package that was taken in: sent back to its writer. The last ones may be absent."""

    pkg_id: _Hex32
    no: _Count
    imported: str
    created: _Count
    updated: _Count
    conflicts: _Count
    held: _Count
    message: str
    fork: bool = False  # the disk that wrote it looks restored or copied: its people should know
    unchanged: _Count = 0
    refused: _Count = 0  # operations not held because their author cannot be believed
    agrees: bool | None = None  # whether both sides held the same afterwards; None: the package does not say
    user: str = ""
    sha256: str = ""  # of the whole file


class Meta(msgspec.Struct, frozen=True, omit_defaults=True, rename={"acknowledged": "acks"}):
    """The content of frame 1. Ids repeat the header, so that a payload cannot be put behind another header."""

    pkg_id: _Hex32
    unit: str
    device: _Hex32
    to_unit: str
    to_root: str
    acknowledged: Annotated[tuple[_Hex64, ...], msgspec.Meta(max_length=ACKS)]  # each a device, then a package of it
    digest: DigestFrame
    wants: _Files = ()
    have_not: _Files = ()
    reports: Annotated[tuple[Summary, ...], msgspec.Meta(max_length=ACKS)] = ()
    secrets: Annotated[tuple[tuple[_Number, _Hex64], ...], msgspec.Meta(max_length=SECRETS)] = ()  # county to county

    def acks(self, device: bytes) -> tuple[bytes, ...]:
        """The ids of those packages of a device that its writer had taken in; nobody else's count for it (law 8)."""
        found = [bytes.fromhex(one) for one in self.acknowledged]
        return tuple(one[16:] for one in found if one[:16] == device)


def encode(meta: Meta) -> bytes:
    """The bytes of frame 1."""
    return msgspec.json.encode(meta)


def decode(raw: bytes) -> Meta:
    """Frame 1, strictly typed and within limits."""
    if len(raw) > META_BYTES:
        raise Damaged
    try:
        return msgspec.json.decode(raw, type=Meta)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Damaged from error


def is_of(meta: Meta, header: Header) -> bool:
    """Whether frame 1 is of this header: nobody can put what another packed behind a header of his own."""
    said = (meta.pkg_id, meta.unit, meta.device, meta.to_unit, meta.to_root)
    return said == (header.pkg_id, header.sender.unit, header.sender.device, header.to.unit, header.to.root)


def told(summary: Summary) -> str:
    """The report of one imported package as it is kept and sent back."""
    return msgspec.json.encode(summary).decode()


def summaries(kept: Iterable[str]) -> tuple[Summary, ...]:
    """The reports that go back with the next package; a report that is not readable any more is left out."""
    found: list[Summary] = []
    for text in kept:
        try:
            found.append(msgspec.json.decode(text, type=Summary))
        except msgspec.DecodeError:
            continue
    return tuple(found)
