"""Small pictures are made by a child process with limits: turned upright, and harmless whatever the file is."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage

from gui import shrink
from gui.small_pictures import REMEMBERED, SmallPictures
from models.progress import Cancelled, Silent
from models.services.evidence.apart import Apart

UPRIGHT = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"  # turn right


def jpeg(wide: int = 800, tall: int = 600, exif: bytes = b"") -> bytes:
    image = QImage(wide, tall, QImage.Format.Format_RGB32)
    image.fill(QColor("#204080"))
    for x in range(wide // 2):
        for y in range(0, tall, 50):
            image.setPixelColor(x, y, Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    content = bytes(buffer.data().data())
    return content[:2] + exif + content[2:]


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    about = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", about) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


class Places:
    def __init__(self, folder: Path, *contents: bytes) -> None:
        self.folder = folder
        for number, content in enumerate(contents):
            (folder / str(number)).write_bytes(content)

    def place(self, sha256: str) -> Path | None:
        path = self.folder / sha256
        return path if path.exists() else None


def test_a_photo_becomes_small_and_upright_and_what_is_none_becomes_nothing(tmp_path):
    pictures = SmallPictures()
    try:
        places = Places(tmp_path, jpeg(), jpeg(exif=UPRIGHT), bomb(), b"<svg/>", jpeg()[:400], b"")
        made = pictures.make(places, [*map(str, range(6)), "not here"], Silent())
        assert made["0"] is not None
        assert made["1"] is not None
        assert (made["0"].width(), made["0"].height()) == (376, 282)
        assert (made["1"].width(), made["1"].height()) == (282, 376)
        assert made["0"].pixelColor(370, 270).blue() > 100
        assert [made[str(number)] for number in (2, 3, 5)] == [None, None, None]
        assert set(made) == set(map(str, range(6)))
        assert pictures.known(["0", "x"]) == {"0": made["0"]}
        pictures.remember({f"old{number}": None for number in range(REMEMBERED)})
        assert pictures.known(["0"]) == {}
    finally:
        pictures.close()


def sleeps(question: str) -> bytes:
    if question == "sleep":
        time.sleep(600)
    if question == "die":
        raise SystemExit
    if question == "eat":
        return bytes(2_000_000_000)
    if question == "break":
        raise ValueError
    return question.encode()


asked: list[str] = []  # in the child


def dies_of_old_age(question: str) -> bytes:
    asked.append(question)
    if len(asked) > 2:
        raise SystemExit
    return question.encode()


class Stopping:
    def step(self, done: int, total: int, what: str = "") -> None:
        raise Cancelled


def test_a_child_that_dies_hangs_or_breaks_is_replaced(monkeypatch):
    monkeypatch.setattr("models.documents.answers.START_SECONDS", 60)
    child = Apart(sleeps, 60)
    try:
        assert child.ask("first", Silent()) == b"first"
        first = child._child
        assert child.ask("break", Silent()) == b""
        assert child.ask("eat", Silent()) == b""
        assert child.ask("again", Silent()) == b"again"
        assert child._child is first
        assert child.ask("die", Silent()) == b""
        assert child.ask("second", Silent()) == b"second"
        child._seconds = 0.2
        assert child.ask("sleep", Silent()) == b""
        child._seconds = 60
        assert child.ask("third", Silent()) == b"third"
        with pytest.raises(Cancelled):
            child.ask("sleep", Stopping())
        assert child._child is None
    finally:
        child.close()


def test_a_child_that_dies_of_what_it_did_before_takes_no_photo_with_it():
    """Its limit of processor time is one of its whole life, however many photos that are."""
    child = Apart(dies_of_old_age, 60)
    try:
        assert [child.ask(name, Silent()) for name in "abcd"] == [b"a", b"b", b"c", b"d"]
    finally:
        child.close()


@pytest.mark.parametrize("answer", [b"", b"\0", shrink.SIZE.pack(0, 5), shrink.SIZE.pack(2, 2) + b"x" * 11,
                                    shrink.SIZE.pack(5000, 1) + b"x" * 15000])  # fmt: skip
def test_only_plain_pixels_of_the_right_size_are_believed(answer):
    assert shrink.unpack(answer) is None


def test_pixels_go_there_and_back():
    image = QImage(5, 3, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    back = shrink.unpack(shrink.pack(image))
    assert back is not None
    assert back.pixelColor(4, 2) == QColor("#123456")
