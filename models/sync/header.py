"""The header of a package: who writes what to whom. Parsed only after its signature holds."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from models.domain.limits import BASES, HEADER_BYTES, LAM_MAX, PACKAGE_OPERATIONS
from models.sync import strict_json
from models.sync.certificate import Hex32, Hex64, Moment, Name

V = 1  # of the format; 0 was that of the trial, which no program reads any more
READER = 1  # the highest `min_reader` that this program understands

OPEN = 0  # suite: signed, not encrypted; for requests alone
AGE = 1  # suite: Ed25519 + age X25519. 2 is kept for HPKE, 3 for SM2/SM3/SM4

DATA, FILES, ENROL, WELCOME = "data", "files", "enrol", "welcome"
FORMAT_OF_KIND = {DATA: "hgb", FILES: "hgf", ENROL: "hgb", WELCOME: "hgb"}
SUITE_OF_KIND = {DATA: AGE, FILES: AGE, ENROL: OPEN, WELCOME: AGE}

DEVICES = 256  # of one unit that one package can name or be encrypted to
FILES_IN_PACKAGE = 100_000

_Code = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{0,32}\Z")]
_Root = Annotated[str, Meta(pattern=r"^([0-9a-f]{32})?\Z")]
_Count = Annotated[int, Meta(ge=0, le=LAM_MAX)]


class Sender(msgspec.Struct, frozen=True):
    """The unit that writes, and which of its devices."""

    unit: Annotated[_Code, Meta(min_length=1)]
    device: Hex32


class Receiver(msgspec.Struct, frozen=True):
    """The unit that reads, and the county it belongs to, by the id of its root key. A request knows neither."""

    unit: _Code
    root: _Root


class Payload(msgspec.Struct, frozen=True):
    """What follows the signature: exactly these bytes and nothing after them."""

    len: _Count
    sha256: Hex64


class Header(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """All that a package says before it is opened. Unknown fields are passed over."""

    fmt: str
    v: _Count
    min_reader: _Count
    suite: _Count
    kind: str
    pkg_id: Hex32
    no: _Count
    bases: Annotated[tuple[Hex32, ...], Meta(max_length=BASES)]
    sender: Sender
    to: Receiver
    complete_for: Annotated[tuple[Hex32, ...], Meta(max_length=DEVICES)]
    schema: _Count
    made: Moment
    n_ops: Annotated[int, Meta(ge=0, le=PACKAGE_OPERATIONS)]
    n_files: Annotated[int, Meta(ge=0, le=FILES_IN_PACKAGE)]
    payload: Payload
    program: Name


class _Envelope(msgspec.Struct, frozen=True):
    """The fields that keep their meaning in every version."""

    v: _Count
    min_reader: _Count
    suite: _Count
    kind: str


class Unknown(ValueError):
    """The header is of a newer program. The text says, in Chinese, what is not known here."""


class OfTheTrial(ValueError):
    """The header is of the format before the first release."""


def encode(header: Header) -> bytes:
    """The bytes that are signed and written."""
    raw = strict_json.encode(header)
    decode(raw)  # what is written can be read
    return raw


def decode(raw: bytes) -> Header:
    """The header that these bytes spell. Unknown for a newer program's, OfTheTrial, ValueError for nonsense."""
    if len(raw) > HEADER_BYTES:
        raise ValueError("header too long")
    _check(strict_json.decode(raw, _Envelope))
    header = strict_json.decode(raw, Header)
    if header.suite != SUITE_OF_KIND[header.kind] or header.fmt != FORMAT_OF_KIND[header.kind]:
        raise ValueError("kind, suite and format do not belong together")
    if (header.n_files and header.kind != FILES) or (header.n_ops and header.kind not in {DATA, WELCOME}):
        raise ValueError("operations and files are never mixed, and a request carries neither")
    if header.kind == ENROL:
        if header.payload.len:
            raise ValueError("a request carries no payload")
    elif not header.to.unit or not header.to.root:
        raise ValueError("no receiver")
    return header


def _check(envelope: _Envelope) -> None:
    """Whether this program may read further."""
    if envelope.min_reader > READER:
        raise Unknown(f"需要能读第 {envelope.min_reader} 版数据包的程序")
    if envelope.kind not in SUITE_OF_KIND:
        raise Unknown(f"数据包种类“{envelope.kind[:20]}”")
    if envelope.suite not in {OPEN, AGE}:
        raise Unknown(f"加密方式 {envelope.suite}")
    if envelope.v < V:
        raise OfTheTrial
