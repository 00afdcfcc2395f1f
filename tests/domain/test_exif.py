"""When and where a photo was taken is read from any bytes: right where they are, nothing where they are not."""

from __future__ import annotations

import struct
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain import exif, shots
from models.domain.exif import Shot


def camera(
    order: str = ">",
    taken: bytes = b"2024:05:12 09:30:11\0",
    *,
    south: bool = False,
    below: int = 1,
    loop: bool = False,
) -> bytes:
    """A JPEG with the words of a camera: three lists of entries, and their values behind them."""
    head = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}I", 8)
    details, place, values = 8 + 30, 8 + 30 + 18, 8 + 30 + 18 + 54

    def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
        return struct.pack(f"{order}HHI", tag, kind, count) + value.ljust(4, b"\0")

    def at(offset: int) -> bytes:
        return struct.pack(f"{order}I", offset)

    def entries(*some: bytes) -> bytes:
        return struct.pack(f"{order}H", len(some)) + b"".join(some) + at(8 if loop else 0)

    first = entries(entry(0x8769, 4, 1, at(8 if loop else details)), entry(0x8825, 4, 1, at(8 if loop else place)))
    second = entries(entry(0x9003, 2, len(taken), at(values)))
    third = entries(
        entry(1, 2, 2, b"S\0" if south else b"N\0"), entry(2, 5, 3, at(values + 64)), entry(3, 2, 2, b"E\0"),
        entry(4, 5, 3, at(values + 88)),
    )  # fmt: skip
    degrees = struct.pack(f"{order}6I", 27, 1, 33, below, 792, 100) + struct.pack(f"{order}6I", 115, 1, 56, 1, 276, 100)
    tiff = head + first + second + third + taken.ljust(64, b"\0") + degrees
    inside = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", 2 + len(inside)) + inside + b"\xff\xda"


@pytest.mark.parametrize("order", ["<", ">"])
def test_time_and_place_are_read_in_both_byte_orders(order):
    assert exif.read(camera(order)) == Shot("2024-05-12 09:30:11", 115.9341, 27.5522)
    assert exif.read(camera(order, south=True)).latitude == -27.5522


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1\0\x08Exif\0\0", b"\xff\xd8" + b"\xff\xe1\0\0" * 100,
        camera(loop=True), camera(taken=b"0000:00:00 00:00:00\0", below=0), camera(taken=b"9" * 20, below=0),
    ],
)  # fmt: skip
def test_what_makes_no_sense_says_nothing(content):
    assert exif.read(content) == Shot()


def test_without_a_place_the_time_is_kept_and_the_other_way_round():
    assert exif.read(camera(below=0)) == Shot()  # a broken number: nothing of it is believed
    assert exif.read(camera(taken=b"2024:02:31 09:30:11\0")) == Shot()
    assert exif.read(camera(taken=b"    :  :     :  :  \0")) == Shot("", 115.9341, 27.5522)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_makes_it_fail(data):
    content = bytearray(camera(data.draw(st.sampled_from("<>"))))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = exif.read(bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert abs(found.longitude or 0) <= 180
    assert abs(found.latitude or 0) <= 90


def test_an_odd_time_is_remarked_and_no_time_is_not():
    today = date(2024, 6, 15)
    assert shots.remark("", "2024-03-01", today) == ""
    assert shots.remark("2024-05-12 09:30:11", "2024-03-01", today) == ""
    assert "今天之后" in shots.remark("2024-06-16 00:00:00", "", today)
    assert "早于发现问题" in shots.remark("2024-02-29 10:00:00", "2024-03-01", today)


def test_photos_that_differ_by_a_few_spots_are_near():
    assert shots.near("00ff00ff00ff00ff", "00ff00ff00ff00f8")
    assert not shots.near("00ff00ff00ff00ff", "00ff00ff00ff00f0")
    assert not shots.near("", "")
    assert shots.bands("0123456789abcdef") == ("0123", "4567", "89ab", "cdef")
