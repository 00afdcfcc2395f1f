"""Photos in pairs: before at the left, a missing half is the button that adds it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage

from gui import theme
from gui.widgets.thumbnails import AFTER, BEFORE, Missing, Pair, Photo, Thumbnail, Thumbnails, _middle


def _image(colour: str, wide: int = 400, tall: int = 300) -> QImage:
    made = QImage(wide, tall, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


@pytest.fixture
def strip(qtbot, dressed):
    made = Thumbnails()
    qtbot.addWidget(made)
    made.resize(700, made.height())
    made.show_pairs(
        [
            Pair("1 号点位", Photo("a", _image("#808080"), "2026-03-12 09:41 下洲村"), None, "缺整改后", "yellow"),
            Pair("2 号点位"),
        ]
    )
    made.show()
    return made


def test_halves_are_of_one_size_and_before_is_left(strip):
    first = strip.pairs[0]
    assert isinstance(first.halves[BEFORE], Thumbnail)
    assert isinstance(first.halves[AFTER], Missing)
    assert first.halves[BEFORE].x() < first.halves[AFTER].x()
    assert {(half.width(), half.height()) for pair in strip.pairs for half in pair.halves.values()} == {(188, 122)}


def test_everything_has_a_name(strip):
    names = [half.accessibleName() for pair in strip.pairs for half in pair.halves.values()]
    assert names == [
        "整改前照片，2026-03-12 09:41 下洲村", "1 号点位：添加整改后照片",
        "2 号点位：添加整改前照片", "2 号点位：添加整改后照片",
    ]  # fmt: skip


def test_a_photo_is_opened_and_a_missing_one_asked_for(strip, qtbot):
    opened, wanted = [], []
    strip.opened.connect(opened.append)
    strip.wanted.connect(lambda *what: wanted.append(what))
    qtbot.mouseClick(strip.pairs[0].halves[BEFORE], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(strip.pairs[0].halves[AFTER], Qt.MouseButton.LeftButton)
    strip.pairs[1].halves[BEFORE].setFocus()
    qtbot.keyClick(strip.pairs[1].halves[BEFORE], Qt.Key.Key_Space)
    assert [one.key for one in opened] == ["a"]
    assert wanted == [("1 号点位", AFTER), ("2 号点位", BEFORE)]


def test_time_and_place_stand_on_a_dark_strip(strip):
    drawn = strip.pairs[0].halves[BEFORE].grab().toImage()
    assert drawn.pixelColor(94, 20) == QColor("#808080")
    assert drawn.pixelColor(178, 112).lightness() < 80
    assert max(drawn.pixelColor(x, 112).lightness() for x in range(4, 120)) > 200, "light letters"


def test_other_photos_take_their_place(strip):
    strip.show_pairs([Pair("9 号点位")])
    assert [half.accessibleName() for half in strip.pairs[0].halves.values()] == [
        "9 号点位：添加整改前照片", "9 号点位：添加整改后照片",
    ]  # fmt: skip


@pytest.mark.parametrize(("wide", "tall"), [(4000, 300), (300, 4000), (188, 122)])
def test_a_picture_of_any_shape_fills_its_place(wide, tall):
    part = _middle(_image("#000000", wide, tall), QRectF(0, 0, 188, 122))
    assert part.width() / part.height() == pytest.approx(188 / 122)
    assert 0 <= part.x() <= part.right() <= wide + 0.001
    assert 0 <= part.y() <= part.bottom() <= tall + 0.001


def test_large_letters_make_large_photos(qtbot, qapp):
    from gui.app import dress

    dress(qapp, theme.Look(large=True))
    try:
        made = Thumbnails()
        qtbot.addWidget(made)
        made.show_pairs([Pair("1 号点位")])
        made.show()
        assert made.pairs[0].halves[BEFORE].width() == 235
    finally:
        dress(qapp, theme.Look())
