"""What is learned of a photo when it is added; the child process that reads it is believed no more than the photo."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from models.domain import media, owner, shots
from models.progress import Progress

MOST_SIDE = 1600  # pixels of the longer side of a copy
LARGE = 1_000_000  # bytes: only a larger photo gets a copy
SAVES = 2  # a copy is kept where the photo has at least that many times its bytes

_LENGTH = struct.Struct(">I")


class PhotoFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a picture shows of itself."""

    shot_at: str = ""  # 2024-05-12 09:30:11, by the clock of the camera
    longitude: float | None = None
    latitude: float | None = None
    looks: str = ""  # its likeness (models/domain/shots.py); "" where it is one plain area


@dataclass(frozen=True)
class PhotoRead:
    """The answer of the child: what it learned, and a smaller copy where the photo is large."""

    facts: PhotoFacts
    copy: bytes = b""  # JPEG, upright, at most MOST_SIDE pixels wide and tall, without the camera's words


Reader = Callable[[Path, Progress], PhotoRead | None]  # None: it cannot be opened as a picture


def pack(read: PhotoRead) -> bytes:
    """An answer as bytes."""
    told = msgspec.json.encode(read.facts)
    return _LENGTH.pack(len(told)) + told + read.copy


def unpack(answer: bytes) -> PhotoRead | None:
    """The answer, if it is one: what does not fit is not believed."""
    if len(answer) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack_from(answer)
    told, copy = answer[_LENGTH.size : _LENGTH.size + length], answer[_LENGTH.size + length :]
    try:
        facts = msgspec.json.decode(told, type=PhotoFacts)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    if not _fit(facts) or (copy and media.media_of(copy) != "image/jpeg"):
        return None
    return PhotoRead(facts, copy)


def _fit(facts: PhotoFacts) -> bool:
    day = facts.shot_at[:10]
    if facts.shot_at and not (len(facts.shot_at) == 19 and owner.is_day(day)):
        return False
    if (facts.longitude is None) != (facts.latitude is None):
        return False
    if facts.longitude is not None and not abs(facts.longitude) <= 180:
        return False
    if facts.latitude is not None and not abs(facts.latitude) <= 90:
        return False
    return not facts.looks or shots.is_looks(facts.looks)
