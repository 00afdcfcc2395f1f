"""Files dragged onto the window: said before they are let go, opened after, answered in words where they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from gui import dropping
from gui.dialogs.adding import Adding

LEFT, NONE, COPY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction


def mime(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(one, *paths):
    data = mime(*paths)
    event = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
    event.ignore()
    one.window.dragEnterEvent(event)
    return event.isAccepted()


def drop(one, *paths):
    data = mime(*paths)
    one.do(lambda: one.window.dropEvent(QDropEvent(QPointF(5, 5), COPY, data, LEFT, NONE)))
    return one.window.page


@pytest.mark.parametrize(
    ("names", "hint", "good"),
    [
        (["a.hgb"], "松开后读入数据包", True),
        (["a.HGB", "b.hgf"], "松开后读入 2 个数据包", True),
        (["台账.xlsx"], "松开后导入 Excel", True),
        (["a.hgb", "台账.xlsx"], "松开后读入数据包", True),
        (["照片.JPG"], "先打开一条记录，再把照片拖进来", False),
        (["程序.exe"], "这种文件这里读不了", False),
    ],
)
def test_the_window_says_what_will_happen(desk, names, hint, good):
    one = desk()
    one.open("problem")
    assert enter(one, *names)
    assert one.window.hint.isVisible()
    assert one.window.hint.said == hint
    assert dropping.sort([Path(name) for name in names]).is_good is good
    assert one.window.hint.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    one.window.dragLeaveEvent(QDragLeaveEvent())
    assert not one.window.hint.isVisible()


def test_words_that_are_dragged_are_none_of_our_business(desk):
    one = desk()
    data = QMimeData()
    data.setText("文字")
    event = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
    event.ignore()
    one.window.dragEnterEvent(event)
    assert not event.isAccepted()
    assert not one.window.hint.isVisible()


def test_several_packages_are_read_together(desk, tmp_path):
    one = desk()
    one.open("problem")
    page = drop(one, tmp_path / "甲.hgb", tmp_path / "乙.hgb")
    assert page.title == "数据交换"
    assert page.tabs.current == "read"
    assert one.window._place.id.split("\n") == [str(tmp_path / "甲.hgb"), str(tmp_path / "乙.hgb")]
    assert not one.window.hint.isVisible()


def test_a_folder_is_a_stick(desk, tmp_path):
    (tmp_path / "2026.11").mkdir()
    assert dropping.sort([tmp_path / "2026.11"]).packages == (tmp_path / "2026.11",)


def test_a_workbook_goes_to_the_list_that_is_shown(desk, tmp_path):
    one = desk()
    one.open("petition")
    assert drop(one, tmp_path / "信访件.XLSX")._table == "petition"
    one.open("source")
    assert drop(one, tmp_path / "污染源.xlsx")._table == "source"
    one.open("exchange")
    assert drop(one, tmp_path / "台账.csv")._table == "problem"


@pytest.mark.parametrize(
    ("names", "said", "why"),
    [
        (
            ["1.jpg", "2.jpg"],
            "照片和文档要添加到一条记录里。",
            "请先打开一条记录，再拖一次；“1.jpg”、“2.jpg”仍在原处，没有改动。",
        ),
        (["通知.exe"], "“通知.exe”读不了，没有改动。", "这里读数据包（.hgb）和 Excel 台账（.xlsx、.xls、.csv）。"),
        (["a.exe", "b.exe", "c.exe", "d.exe"], "“a.exe”、“b.exe”、“c.exe”等 4 个文件读不了，没有改动。", "这里读"),
        (["包.hgb", "台账.xlsx"], "只读了数据包，“台账.xlsx”没有读。", "数据包和别的文件要分开拖：请再拖一次。"),
        (["一.xlsx", "二.xlsx"], "先导入“一.xlsx”，“二.xlsx”没有读。", "一次导入一个工作簿：导完这个，再拖下一个。"),
        (["一.xlsx", "1.png"], "先导入“一.xlsx”，“1.png”没有读。", "这里读"),
        (["包.hgb"], "", ""),
    ],
)
def test_what_was_not_taken_is_said(desk, tmp_path, names, said, why):
    dropped = dropping.sort([Path(name) for name in names])
    assert dropped.left[0] == said
    assert dropped.left[1].startswith(why)
    one = desk()
    one.open("problem")
    page = drop(one, *(tmp_path / name for name in names))
    if said:
        assert page.notice.isVisible()
        assert page.notice.message.text() == said
    if not dropped.is_good:
        assert page.title != "数据交换"


def test_files_of_a_second_start_are_opened_like_dropped_ones(desk, tmp_path):
    one = desk()
    one.start()
    one.do(lambda: one.window.open_files([tmp_path / "包.hgb"]))
    assert one.window.page.title == "数据交换"


def test_a_record_takes_photos_and_documents(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(Adding, "exec", lambda self: self.accept() or self.result())
    one = desk()
    page = one.open("problem/record", id=f"{0:032x}")
    paths = [tmp_path / name for name in ("1.jpg", "批复.pdf", "不要.exe")]
    assert enter(one, *paths[:2])
    assert one.window.hint.said == "松开后把 2 个文件添加到这条记录"
    drop(one, *paths)
    assert one.office.evidence.asked == [("add", "problem", f"{0:032x}", ["1.jpg", "批复.pdf"], {"stage": "before"})]
    assert enter(one, tmp_path)
    assert one.window.hint.said == "松开后把文件夹里的照片和文档添加到这条记录"
    assert (
        dropping.sort([tmp_path, tmp_path / "包.hgb"], on_record=True).left[0]
        == f"只读了数据包，“{tmp_path.name}”没有读。"
    )
    assert dropping.sort([Path("/")], on_record=True).packages == (Path("/"),), "a whole stick"
    page.begin_edit()  # while the form is open nothing is dropped beside it
    assert dropping.sort(paths[:1], on_record=one.window._takes_files).for_record == ()
