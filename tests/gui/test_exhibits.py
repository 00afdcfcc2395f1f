"""Photos and documents on the page of a record: added, chosen, opened, described, voided; what is missing says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.question import Question
from gui.widgets.thumbnails import AFTER, BEFORE, Thumbnail
from models.domain import words
from models.services.file_refusals import FileTooLarge
from models.services.views.files import Added, AddedFiles, Twice
from tests.gui import record_states
from tests.gui.one_record import ID


@pytest.fixture
def shown(desk):
    one = desk()
    one.office.records.evidence = record_states.exhibits("here", "here", "lost", "here", "wanted")
    page = one.open("problem/record", id=ID)
    return one, page, page.story.exhibits


def test_photos_stand_in_pairs_of_one_caption_and_the_others_beside(shown):
    _, page, card = shown
    first, second, third = card.strip.pairs
    assert [type(first.halves[half]) for half in (BEFORE, AFTER)] == [Thumbnail, Thumbnail]
    assert second.halves[AFTER].accessibleName() == "2 号点位，下洲村 316 国道旁：添加整改后照片"
    assert [half.accessibleName() for half in third.halves.values()] == ["整改中照片，挖机进场.jpg"]
    assert card.quiet.text().split() == ["照片", "4", "张", "文档", "1", "份", "缺", "2", "个"]
    assert page.story.tabs.buttons["exhibits"].text() == "佐证 5"


def test_the_chosen_one_says_what_it_is_and_what_to_do(shown):
    _, _, card = shown
    assert card.line.isHidden()
    card.strip.pairs[1].halves[BEFORE].click()
    assert card.name.text() == "油污.jpg"
    assert card.hint.text() == words.FILE_WAY["lost"]
    assert not card.open.isEnabled()
    card.strip.pairs[0].halves[BEFORE].click()
    assert card.hint.isHidden()
    assert card.open.isEnabled()
    assert (card.stage.value, card.caption.text()) == ("before", "1 号点位")


def test_the_camera_and_doubts_are_told_and_the_photo_behind_a_copy_can_be_asked_for(desk):
    one = desk()
    entries = record_states.exhibits("copy")
    entries[0]["remark"] = "拍摄时间早于发现问题的时间，请核对。"
    one.office.records.evidence = entries
    one.office.evidence.used_twice = (
        Twice("拆解点东侧.jpg", "problem", "f" * 32, "LJ-2026-014", "河边", near=True),
        Twice("拆解点东侧.jpg", "problem", ID, "", "", near=False),
    )
    page = one.open("problem/record", id=ID)
    one.settle()
    card = page.story.exhibits
    card.strip.pairs[0].halves[BEFORE].click()
    assert card.shot.text().split() == [
        "拍摄时间", "2026-03-12", "10:05", "拍摄位置", "东经", "115.9341°", "北纬", "27.5522°",
    ]  # fmt: skip
    for said in (
        "早于发现问题",
        "看上去和LJ-2026-014里的一张一样",
        "这条记录的另一个阶段也用了",
        words.FILE_WAY["copy"],
    ):
        assert said in card.hint.text()
    assert (card.open.isEnabled(), card.save.isEnabled()) == (True, False)
    card.want.click()
    one.settle()
    assert one.office.evidence.asked == [("want", entries[0]["id"])]
    assert "要原图" in page.notice.message.text()
    card.strip.pairs[1].halves[BEFORE].click()
    assert card.want.isHidden()
    assert card.shot.isHidden()


def test_what_is_chosen_is_opened_described_saved_and_voided(shown, monkeypatch, tmp_path):
    one, page, card = shown
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or len(opened) == 1)
    card.strip.pairs[0].halves[BEFORE].click()
    card.open.click()
    one.settle()
    assert opened == [QUrl.fromLocalFile(str(one.office.evidence.opens))]
    card.open.click()
    one.settle()
    assert page.notice.message.text() == "电脑上没有能打开它的程序。"
    card.stage.buttons["during"].click()
    one.settle()
    card.caption.setText(" 东侧 ")
    card.caption.editingFinished.emit()
    one.settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.jpg"), ""))
    card.save.click()
    one.settle()
    monkeypatch.setattr(Question, "ask", lambda self: self.reason.setText(" 拍错了 ") or "作废这份材料")
    card.void.click()
    one.settle()
    entry = card.entries[0]
    assert one.office.evidence.asked == [
        ("open", entry["id"]), ("open", entry["id"]), ("edit", entry["id"], {"stage": "during"}),
        ("edit", entry["id"], {"caption": "东侧"}), ("get", entry["sha256"]), ("void", entry["id"], "拍错了"),
    ]  # fmt: skip


def test_nothing_changed_is_nothing_written_and_no_is_no(shown, monkeypatch):
    one, _, card = shown
    card.strip.pairs[0].halves[BEFORE].click()
    card.caption.editingFinished.emit()
    card.stage.buttons["before"].setChecked(True)
    card.stage.changed.emit()
    monkeypatch.setattr(Question, "ask", lambda _: "")
    card.void.click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    card.save.click()
    one.settle()
    assert one.office.evidence.asked == []


def test_the_missing_half_asks_for_photos_of_its_stage_and_place(shown, monkeypatch):
    one, page, card = shown
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/手机/清场.jpg"], ""))
    card.strip.pairs[1].halves[AFTER].click()
    one.settle()
    told = {"stage": "after", "caption": "2 号点位，下洲村 316 国道旁"}
    assert one.office.evidence.asked == [("add", "problem", ID, ["清场.jpg"], told)]
    assert "已添加 1 个文件" in page.notice.message.text()
    assert card.waiting.isHidden()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    card.add_one.click()
    assert len(one.office.evidence.asked) == 1


def test_what_is_refused_or_there_already_is_said(shown):
    one, page, card = shown
    one.office.evidence.answer = AddedFiles((), (Added("a" * 64, "河边.jpg", 5),))
    page.take_files([Path("河边.jpg")])
    one.settle()
    assert "已经有了" in page.notice.message.text()
    one.office.evidence.answer = AddedFiles((Added("a" * 64, "x", 5),), (Added("b" * 64, "y", 5),), ("山上.jpg",))
    page.take_files([Path("x")])
    one.settle()
    assert "山上.jpg" in page.notice.way_out.text()
    one.office.evidence.refusal = FileTooLarge(Path("全景.jpg"), 41_000_000, 30_000_000)
    page.take_files([Path("全景.jpg")])
    one.settle()
    assert "41 MB" in page.notice.message.text()
    assert card.add_one.isEnabled()


def test_adding_can_be_stopped(shown):
    one, page, card = shown
    page.photos._begin(_endless, 3)
    assert card.busy.text() == "正在添加 3 个文件…"
    page.photos.add([Path("another.jpg")])  # one after the other
    card.stop.click()
    one.settle()
    assert page.notice.message.text() == "已停下，一个文件也没有添加。"
    assert one.office.evidence.asked == []
    assert card.waiting.isHidden()


def _endless(progress):
    import time

    while True:
        progress.step(0, 0)
        time.sleep(0.01)


def test_what_was_copied_elsewhere_is_pasted(shown, qtbot):
    one, page, _ = shown
    board = QGuiApplication.clipboard()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/手机/1.jpg"), QUrl.fromLocalFile("/手机/2.jpg")])
    board.setMimeData(data)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    one.settle()
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(0)
    board.setImage(image)
    page._paste()
    one.settle()
    board.setText("文字")
    page._paste()
    one.settle()
    assert [what[3] for what in one.office.evidence.asked] == [["1.jpg", "2.jpg"], ["粘贴的图片.png"]]
    board.clear()


def test_who_may_not_write_sees_and_opens_only(desk):
    one = desk()
    one.office.records.evidence = record_states.exhibits()
    one.office.records.may = frozenset({"remark"})
    page = one.open("problem/record", id=ID)
    card = page.story.exhibits
    assert card.add_one.isHidden()
    assert AFTER not in card.strip.pairs[1].halves
    card.strip.pairs[0].halves[BEFORE].click()
    assert card.void.isHidden()
    assert card.caption.isReadOnly()
    assert not page.takes_files


def test_small_pictures_come_a_few_at_a_time_and_are_remembered(desk, monkeypatch):
    one = desk()
    one.office.records.evidence = [
        {**record_states.exhibits()[0], "id": f"{n:032x}", "sha256": f"{n:064x}", "picture": f"{n:064x}"}
        for n in range(9)
    ]
    asked: list[list[str]] = []
    picture = record_states._picture(0)

    def make(places, hashes, progress):
        asked.append(list(hashes))
        made = dict.fromkeys(hashes, picture)
        one.session.pictures.remember(made)
        return made

    monkeypatch.setattr(one.session.pictures, "make", make)
    page = one.open("problem/record", id=ID)
    one.settle()
    assert [len(some) for some in asked] == [4, 4, 1]
    page.refresh()
    one.settle()
    assert len(asked) == 3
