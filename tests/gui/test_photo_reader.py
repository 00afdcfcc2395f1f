"""What is learned of a photo comes from a child with limits: right of a good one, and harmless of a hostile one."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from gui import photo_child
from gui.photo_reader import PhotoReader
from models.domain import shots
from models.progress import Silent
from models.services.evidence.photo_facts import LARGE, PhotoFacts, PhotoRead, pack, unpack
from tests.domain.test_exif import camera
from tests.gui.test_small_pictures import UPRIGHT, bomb


def scene(wide: int = 640, tall: int = 480, seed: int = 1) -> QImage:
    """A picture in which much is to be seen."""
    chance = random.Random(seed)
    image = QImage(wide, tall, QImage.Format.Format_RGB32)
    image.fill(QColor("#6f7f5b"))
    painter = QPainter(image)
    for _ in range(60):
        colour = QColor.fromHsv(chance.randrange(360), chance.randrange(256), chance.randrange(256))
        across, down = chance.randrange(wide), chance.randrange(tall)
        painter.fillRect(across, down, wide // 5, tall // 5, colour)
    painter.end()
    return image


def encoded(image: QImage, quality: int = 90) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", quality)
    return bytes(buffer.data().data())


def with_words(content: bytes, words: bytes) -> bytes:
    """A JPEG into which a camera wrote."""
    return content[:2] + words[2:-2] + content[2:]


def test_hostile_pictures_do_no_harm_and_good_ones_are_read(tmp_path):
    good = encoded(scene())
    files = {
        "good": with_words(good, camera()), "loop": with_words(good, camera(loop=True)), "named.txt": good,
        "bomb": bomb(), "page.jpg": b"<html>", "svg.jpg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "nothing": b"", "cut": good[:60], "huge": b"BM" + bytes(12) + b"\x7f\xff\xff\x7f" * 20,
    }  # fmt: skip
    reader = PhotoReader()
    try:
        found = {}
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
            found[name] = reader.read(tmp_path / name, Silent())
        child = reader._child._child
        large = with_words(encoded(scene(4000, 3000)), camera())
        upright = large[:2] + UPRIGHT + large[2:] + bytes(LARGE)
        (tmp_path / "large").write_bytes(upright)
        copied = reader.read(tmp_path / "large", Silent())
        assert reader._child._child is child, "one child for all of them"
    finally:
        reader.close()
    assert found["good"].facts.shot_at == "2024-05-12 09:30:11"
    assert (found["good"].facts.longitude, found["good"].copy) == (115.9341, b"")
    assert found["loop"].facts.shot_at == ""
    assert shots.near(found["loop"].facts.looks, found["good"].facts.looks)
    assert found["named.txt"] is not None
    assert [found[name] for name in ("bomb", "page.jpg", "svg.jpg", "nothing", "cut", "huge")] == [None] * 6
    assert copied is not None
    small = QImage.fromData(copied.copy)
    assert (small.width(), small.height()) == (1200, 1600), "upright"
    assert b"Exif" not in copied.copy, "where and when stand in fields, not in what travels"
    assert len(copied.copy) * 2 < len(upright)


def test_a_photo_that_was_pressed_smaller_looks_like_itself_and_unlike_others():
    one = scene()
    again = QImage.fromData(encoded(one.scaled(320, 240), 40))
    assert shots.near(photo_child.looks(one), photo_child.looks(again))
    assert not shots.near(photo_child.looks(one), photo_child.looks(scene(seed=2)))
    plain = QImage(100, 100, QImage.Format.Format_RGB32)
    plain.fill(QColor("white"))
    assert photo_child.looks(plain) == "", "a white page is like every other"


@pytest.mark.parametrize(
    "read",
    [
        PhotoRead(PhotoFacts(shot_at="2024-05-12 09:30:11 <b>")), PhotoRead(PhotoFacts(shot_at="2024-13-12 09:30:11")),
        PhotoRead(PhotoFacts(longitude=1.0)), PhotoRead(PhotoFacts(longitude=181.0, latitude=1.0)),
        PhotoRead(PhotoFacts(longitude=1.0, latitude=-91.0)), PhotoRead(PhotoFacts(looks="x" * 16)),
        PhotoRead(PhotoFacts(), b"MZ no picture"),
    ],
)  # fmt: skip
def test_what_a_child_that_was_taken_over_says_is_not_believed(read):
    assert unpack(pack(read)) is None


def test_an_answer_goes_there_and_back_and_a_cut_one_is_none():
    read = PhotoRead(PhotoFacts("2024-05-12 09:30:11", 115.9, 27.5, "0123456789abcdef"), b"\xff\xd8\xff...")
    assert unpack(pack(read)) == read
    assert unpack(b"") is None
    assert unpack(pack(read)[:20]) is None
