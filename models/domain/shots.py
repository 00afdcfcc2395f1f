"""What a photo says against itself: taken at an odd time, or looking like another one. Told softly, never refused."""

from __future__ import annotations

import re
from datetime import date

NEAR = 3  # bits of 64 in which two likenesses of one photo may differ
BANDS = 4  # parts of a likeness: two that are near are equal in at least one of them
_LOOKS = re.compile("[0-9a-f]{16}")
_BAND = 16 // BANDS


def is_looks(text: str) -> bool:
    """Whether a text is a likeness: 64 bits, each whether a spot is brighter than the one beside it, as hex digits."""
    return _LOOKS.fullmatch(text) is not None


def near(one: str, other: str) -> bool:
    """Whether two likenesses are most probably of one photo."""
    return is_looks(one) and is_looks(other) and (int(one, 16) ^ int(other, 16)).bit_count() <= NEAR


def bands(looks: str) -> tuple[str, ...]:
    """A likeness in its parts."""
    return tuple(looks[at : at + _BAND] for at in range(0, 16, _BAND))


def remark(shot_at: str, found_on: str, today: date) -> str:
    """What is odd about the time at which a photo was taken, in words; "" where nothing is, or nobody knows it."""
    day = shot_at[:10]
    if not day:
        return ""
    if day > today.isoformat():
        return "拍摄时间在今天之后，手机或相机的日期可能不准，请核对。"
    if found_on and day < found_on:
        return "拍摄时间早于发现问题的时间，请核对是不是这个问题的照片。"
    return ""
