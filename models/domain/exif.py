"""What a camera wrote into a JPEG: when and where it was taken. Pure, bounded, and never wrong about its own length.

Only two lists of entries beside the first are looked into, each once: a list that points at itself leads nowhere.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import datetime

HEAD = 256 * 1024  # bytes of a file in which the camera's words stand
SEGMENTS = 64  # of a JPEG that are looked at
ENTRIES = 200  # of one list that are looked at

_MARK, _APP1, _SCAN = 0xFF, 0xE1, 0xDA
_INTRODUCED = b"Exif\0\0"
_DETAILS, _PLACE = 0x8769, 0x8825  # entries of the first list that point at the two others
_TAKEN, _DIGITISED = 0x9003, 0x9004
_SOUTH, _LATITUDE, _WEST, _LONGITUDE = 1, 2, 3, 4
_TEXT, _LONG, _RATIO = 2, 4, 5
_WIDTH = {1: 1, _TEXT: 1, 3: 2, _LONG: 4, _RATIO: 8}
_WHEN = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_MOST_BYTES = 64  # of one value

_Entries = dict[int, tuple[int, int, bytes]]  # tag → kind, count, the value or where it stands


@dataclass(frozen=True)
class Shot:
    """When and where a photo was taken, as far as the camera said so."""

    taken: str = ""  # 2024-05-12 09:30:11, by the clock of the camera
    longitude: float | None = None  # degrees, east positive
    latitude: float | None = None  # degrees, north positive


def read(content: bytes) -> Shot:
    """What the head of a JPEG says; nothing of what is no JPEG or makes no sense."""
    try:
        tiff = _tiff(content[:HEAD])
        order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
        return _shot(tiff, order) if order else Shot()
    except (struct.error, ValueError, ZeroDivisionError):
        return Shot()


def _tiff(content: bytes) -> bytes:
    """The camera's part of a JPEG; empty where there is none."""
    at = 2 if content[:2] == b"\xff\xd8" else len(content)
    for _ in range(SEGMENTS):
        if at + 4 > len(content) or content[at] != _MARK or content[at + 1] == _SCAN:
            break
        (length,) = struct.unpack_from(">H", content, at + 2)
        inside = content[at + 4 : at + 2 + length]
        if content[at + 1] == _APP1 and inside.startswith(_INTRODUCED):
            return inside[len(_INTRODUCED) :]
        at += 2 + max(length, 2)
    return b""


def _shot(tiff: bytes, order: str) -> Shot:
    first = _entries(tiff, order, struct.unpack_from(f"{order}I", tiff, 4)[0])
    details, place = _list_of(tiff, order, first, _DETAILS), _list_of(tiff, order, first, _PLACE)
    taken = _when(tiff, order, details, _TAKEN) or _when(tiff, order, details, _DIGITISED)
    latitude = _degrees(tiff, order, place, (_LATITUDE, _SOUTH, b"S"), 90)
    longitude = _degrees(tiff, order, place, (_LONGITUDE, _WEST, b"W"), 180)
    if latitude is None or longitude is None or (not latitude and not longitude):
        return Shot(taken)
    return Shot(taken, longitude, latitude)


def _entries(tiff: bytes, order: str, at: int) -> _Entries:
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    found: _Entries = {}
    for number in range(min(count, ENTRIES)):
        tag, kind, many, value = struct.unpack_from(f"{order}HHI4s", tiff, at + 2 + 12 * number)
        found[tag] = (kind, many, value)
    return found


def _list_of(tiff: bytes, order: str, first: _Entries, tag: int) -> _Entries:
    """The list that an entry of the first one points at."""
    kind, _, value = first.get(tag, (0, 0, b""))
    return _entries(tiff, order, struct.unpack(f"{order}I", value)[0]) if kind == _LONG else {}


def _bytes(tiff: bytes, order: str, entries: _Entries, tag: int, kind: int) -> bytes:
    """The value of an entry, if it is of that kind and short."""
    found, count, value = entries.get(tag, (0, 0, b""))
    length = count * _WIDTH[kind]
    if found != kind or length > _MOST_BYTES:
        return b""
    if length <= len(value):
        return value[:length]
    (at,) = struct.unpack(f"{order}I", value)
    return tiff[at : at + length]


def _when(tiff: bytes, order: str, details: _Entries, tag: int) -> str:
    text = _bytes(tiff, order, details, tag, _TEXT).rstrip(b"\0 ").decode("ascii", "replace")
    found = _WHEN.fullmatch(text)
    if not found:
        return ""
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    return str(datetime(year, month, day, hour, minute, second))  # noqa: DTZ001 - it has no zone


def _degrees(tiff: bytes, order: str, place: _Entries, what: tuple[int, int, bytes], most: int) -> float | None:
    """Degrees, minutes and seconds as one number; `what`: the entry, that of its side, the sign of the negative one."""
    tag, side, negative = what
    raw = _bytes(tiff, order, place, tag, _RATIO)
    if len(raw) != 24:
        return None
    parts = struct.unpack(f"{order}6I", raw)
    value = sum(parts[2 * n] / parts[2 * n + 1] / 60**n for n in range(3))
    if value > most:
        return None
    return round(-value if _bytes(tiff, order, place, side, _TEXT)[:1] == negative else value, 6)
