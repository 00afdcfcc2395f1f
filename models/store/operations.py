"""An operation as bytes: made once, hashed, stored and carried verbatim. One constructor knows the limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, cast

import msgspec

from models.domain.fields import label
from models.domain.limits import (
    FIELD_CHARS,
    JSON_DEPTH,
    LAM_MAX,
    LISTS,
    OPERATION_BYTES,
    USER_CHARS,
    WALL_CHARS,
    WHY_CHARS,
)
from models.domain.operation import Operation, Value
from models.domain.plain import plain, plain_lines
from models.errors import LedgerError
from models.store import slim

VERSION = 1

_Lam = Annotated[int, msgspec.Meta(ge=0, le=LAM_MAX)]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
_Short = Annotated[str, msgspec.Meta(max_length=64)]
_Aud = Annotated[tuple[_Short, ...], msgspec.Meta(max_length=1000)]
_PREFIXES = re.compile("(?:[0-9a-f]{16},)*+")
_PREFIX_CHARS = 17  # with the comma
_TEXTS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
_NESTING = (dict, list)
_BYTES_DEPTH = 100  # of a whole operation, also where nobody looks; far from where the stack would end


@dataclass(eq=False)
class FieldTooLong(LedgerError):
    """A text is longer than one field may hold."""

    code = "R105"
    title = "这一栏的文字太长"
    label: str
    length: int

    @property
    def message(self) -> str:
        return f"“{self.label}”有 {self.length} 字，一栏最多 {FIELD_CHARS} 字，没有保存。"

    @property
    def way_out(self) -> str:
        return "请缩短文字，或把长材料存成附件。"


@dataclass(eq=False)
class FormTooLarge(LedgerError):
    """All fields of one form together are longer than one operation may be."""

    code = "R106"
    title = "这一次保存的文字太多，没有保存"

    @property
    def way_out(self) -> str:
        return "请分两次保存：先保存一部分栏目，再保存其余的。"


@dataclass(eq=False)
class UnsendableText(LedgerError):
    """A text holds half a character (a lone surrogate), which no file can carry."""

    code = "R107"
    title = "文字里有不完整的字符，没有保存"

    @property
    def way_out(self) -> str:
        return "请把这段文字粘贴到记事本里再复制一次，或重新录入。"


class _Envelope(msgspec.Struct, frozen=True):
    """What keeps its meaning in every version."""

    v: Annotated[int, msgspec.Meta(ge=1)]
    k: _Short
    t: _Short
    aud: _Aud
    lam: _Lam
    dev: _Id
    n: int
    r: _Id | None = None
    root: _Id | None = None


class _Place(msgspec.Struct, frozen=True):
    """Which record the bytes speak of."""

    r: _Id | None = None
    root: _Id | None = None


class _Wire(msgspec.Struct, frozen=True, omit_defaults=True):
    """The bytes of version 1, in the order of their keys."""

    v: int
    k: _Short
    t: _Short
    f: dict[_Short, tuple[Any, tuple[str, ...]]]
    aud: _Aud
    lam: _Lam
    dev: _Id
    n: int
    r: _Id | None = None
    root: _Id | None = None
    user: str = ""
    wall: str = ""
    why: str = ""
    after: tuple[str, ...] = ()
    saw: tuple[str, ...] | None = None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Wire).decode
_decode_place = msgspec.json.Decoder(_Place).decode
_decode_envelope = msgspec.json.Decoder(_Envelope).decode


class Unreadable(Exception):
    """Bytes that are no operation: not held."""


class OverLimit(Exception):
    """An operation over the limits: the package that carries it is refused whole."""


def make(
    *,
    kind: str,
    table: str,
    fields: Mapping[str, tuple[Value, tuple[str, ...]]],
    aud: tuple[str, ...],
    lam: int,
    device: str,
    nonce: int,
    user: str,
    wall: str,
    why: str = "",
    record: str | None = None,
    top: str | None = None,
    after: tuple[str, ...] = (),
    saw: tuple[str, ...] | None = None,
) -> bytes:
    """The bytes of a new operation, within every limit that a reader will hold it to."""
    for name, (value, _) in fields.items():
        if isinstance(value, str) and len(value) > FIELD_CHARS:
            raise FieldTooLong(label(table, name), len(value))
    wire = _Wire(
        VERSION, kind, table, dict(fields), tuple(sorted(aud)), lam, device, nonce, record,
        top if top != record else None, user[:USER_CHARS], wall, why[:WHY_CHARS], tuple(sorted(after)), saw,
    )  # fmt: skip
    try:
        body = _encode(wire)
    except (UnicodeEncodeError, msgspec.EncodeError) as error:
        raise UnsendableText from error
    if len(body) > OPERATION_BYTES or (body.count(b"[") > LISTS and _nesting(body)[1] > LISTS):
        raise FormTooLarge
    return body


def digest_of(body: bytes) -> bytes:
    """SHA-256 of the bytes; its first half is the operation's id."""
    return sha256(body).digest()


def read(body: bytes, sha: bytes | None = None) -> Operation:
    """An operation from its bytes. Raises Unreadable or OverLimit; content of a newer program is kept unread."""
    if len(body) > OPERATION_BYTES:
        raise OverLimit
    own = (sha or sha256(body).digest())[:16].hex()
    brackets = body.count(b"[") + body.count(b"{")
    if brackets > _BYTES_DEPTH:  # seldom
        _weigh(body)
    try:
        wire = _decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return _read_envelope(body, own)
    if wire.v != VERSION or not _prefixes(wire):
        return _read_envelope(body, own)
    spare = brackets - 2 * len(wire.f)  # without those around the fields
    for value, _ in wire.f.values():
        if isinstance(value, str):
            if len(value) > FIELD_CHARS:
                raise OverLimit
        elif spare > JSON_DEPTH and _deeper_than(JSON_DEPTH, value):
            raise Unreadable
    said, after, saw = wire.f, wire.after, wire.saw
    if len(body) > slim.LONG:
        said, after, saw = slim.fields(said), slim.names(after), saw and slim.names(saw)
    record = wire.r or own
    return Operation(
        own, wire.k, wire.t, record, wire.root or record, wire.r is None, said, wire.aud, wire.lam, wire.dev,
        plain(wire.user, USER_CHARS), plain(wire.wall, WALL_CHARS), plain_lines(wire.why, WHY_CHARS), after,
        None if saw is None else frozenset(saw),
    )  # fmt: skip


def top_of(body: bytes) -> bytes | None:
    """Which history the bytes speak of, read as quickly as can be; None where they are no operation."""
    try:
        place = _decode_place(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    written = place.root or place.r
    return bytes.fromhex(written) if written else sha256(body).digest()[:16]


def _deeper_than(most: int, value: object) -> bool:
    """Whether a value nests deeper than so many levels."""
    if not isinstance(value, _NESTING):
        return False
    if most == 0:
        return True
    inner = cast("Iterable[object]", value.values() if isinstance(value, dict) else value)
    return any(_deeper_than(most - 1, one) for one in inner)


def _weigh(body: bytes) -> None:
    """Refuse what nests so deep that the stack of the day would decide if it can be read, or holds too many lists."""
    deep, lists = _nesting(body)
    if deep > _BYTES_DEPTH:
        raise Unreadable
    if lists > LISTS:
        raise OverLimit


def _nesting(body: bytes) -> tuple[int, int]:
    """How deep bytes nest, whatever they mean, and how many lists and objects they hold; at least, where too much."""
    depth = deep = lists = 0
    for bracket in _BRACKETS.finditer(_TEXTS.sub(b"", body)):
        if bracket[0] in b"[{":
            depth, lists = depth + 1, lists + 1
            deep = max(deep, depth)
        else:
            depth -= 1
        if deep > _BYTES_DEPTH or lists > LISTS:
            break
    return deep, lists


def _prefixes(wire: _Wire) -> bool:
    """Whether all that names other operations has the shape of a name."""
    names = [*wire.after, *(wire.saw or ())]
    for _, before in wire.f.values():
        if before:
            names += before
    joined = "".join(f"{name}," for name in names)
    return len(joined) == len(names) * _PREFIX_CHARS and _PREFIXES.fullmatch(joined) is not None


def _read_envelope(body: bytes, own: str) -> Operation:
    try:
        wire = _decode_envelope(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable from error
    record = wire.r or own
    return Operation(
        own, wire.k, wire.t, record, wire.root or record, wire.r is None, {}, wire.aud, wire.lam, wire.dev,
        readable=False,
    )  # fmt: skip
