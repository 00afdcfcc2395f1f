"""Photos once over a real home: dragged onto a record, made small by the child, opened, voided."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage

from gui.dialogs.adding import Adding
from gui.dialogs.question import Question
from gui.widgets.thumbnails import AFTER, BEFORE, Thumbnail
from models.services import opening
from tests.gui.test_dropping import drop
from tests.offices import quick_folder


@pytest.fixture
def town(desk):
    with quick_folder() as folder:
        home = opening.set_up(folder / "town", "township", "白水镇", "361021101")
        yield desk(home), home
        home.close()


def test_a_photo_is_dragged_in_seen_opened_and_voided(town, tmp_path, monkeypatch):
    one, home = town
    photo = QImage(900, 600, QImage.Format.Format_RGB32)
    photo.fill(QColor("#306030"))
    photo.save(str(tmp_path / "河边.jpg"))
    id_ = home.records.add("problem", {"description": "河边有垃圾", "township": "白水镇"})["id"]
    page = one.open("problem/record", id=id_)
    (tmp_path / "坏的.heic").write_bytes(b"\0\0\0\x18ftypheic" + b"x" * 40)
    (tmp_path / "说明.ini").write_text("x")
    monkeypatch.setattr(Adding, "exec", lambda self: self.accept() or self.result())
    drop(one, tmp_path)
    assert "已添加 1 个文件" in page.notice.message.text()
    card = page.story.exhibits
    assert [entry["name"] for entry in card.entries] == ["河边.jpg"]
    (box,) = card.strip.pairs
    (shown,) = [half for half in box.halves.values() if isinstance(half, Thumbnail)]
    assert shown is box.halves[BEFORE], "the first photos of an open problem are of before"
    assert shown.photo.image is not None
    assert shown.photo.image.pixelColor(5, 5).green() > 80
    shown.click()
    card.large.click()
    one.settle()
    viewer = page.photos.viewer
    (large,) = viewer.larges.values()
    assert (large.image.width(), large.image.height()) == (900, 600)
    viewer.reject()
    one.settle()
    card.stage.buttons["after"].click()
    one.settle()
    assert isinstance(card.strip.pairs[0].halves[AFTER], Thumbnail)
    assert card.strip.pairs[0].halves[AFTER].photo.image is not None, "made once"
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    card.open.click()
    one.settle()
    assert Path(opened[0].toLocalFile()).read_bytes() == (tmp_path / "河边.jpg").read_bytes()
    monkeypatch.setattr(Question, "ask", lambda self: self.reason.setText("拍错了") or "作废这份材料")
    card.void.click()
    one.settle()
    assert card.entries == ()
    assert [change.why for change in home.records.history("problem", id_) if change.field == "void"] == ["拍错了"]


def test_a_problem_that_was_just_registered_takes_photos(town, tmp_path, monkeypatch):
    one, home = town
    photo = QImage(90, 60, QImage.Format.Format_RGB32)
    photo.fill(QColor("#306030"))
    photo.save(str(tmp_path / "河边.jpg"))
    page = one.open("problem/record", new=True)
    one.settle()
    page.form.field("description").rewrite("河边有垃圾")
    page.save()
    one.settle()
    monkeypatch.setattr(Adding, "exec", lambda self: self.accept() or self.result())
    drop(one, tmp_path)
    assert "已添加 1 个文件" in page.notice.message.text()
    assert [entry["name"] for entry in page.story.exhibits.entries] == ["河边.jpg"]
    assert [entry["name"] for entry in home.records.show("problem", page._place.id)["evidence"]] == ["河边.jpg"]
