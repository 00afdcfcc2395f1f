from __future__ import annotations

import sys
import threading
import zipfile

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from gui import diagnosis
from gui.faults import FILE, KEEP, FaultDialog, Faults
from tests.gui.looks import cut_off, nameless, primaries
from tests.gui.test_looks import keep

PRIVATE = ("王秀兰", "13907962231", "白水镇下洲村", "报废汽车")


def bug():
    try:
        return 1 // 0
    except ZeroDivisionError as error:
        return error


def bug_with_a_record():
    """As a database tells of one: with the values that somebody typed."""
    try:
        try:
            raise KeyError("王秀兰")  # noqa: TRY301
        except KeyError as first:
            raise ValueError(
                "near 'xu wen': syntax error 白水镇下洲村 at 13907962231 [parameters: ('报废汽车', 'li')]"
            ) from first
    except ValueError as error:
        return error


@pytest.fixture
def faults(qtbot, dressed, tmp_path):
    made = Faults(tmp_path)
    yield made
    if made._open is not None:
        made._open.accept()
    made.deleteLater()


def test_a_bug_is_written_down_and_told_once_in_calm_words(qtbot, faults, tmp_path):
    faults.show(bug())
    qtbot.waitUntil(lambda: faults._open is not None)
    dialog = faults._open
    faults.show(bug())
    qtbot.wait(20)
    assert faults._open is dialog, "one dialog is enough"
    written = (tmp_path / FILE).read_text()
    assert written.count("ZeroDivisionError: ") == 2
    assert not dialog.text.isVisible()
    dialog.more.click()
    assert dialog.text.isVisible()
    assert "ZeroDivisionError" in dialog.text.toPlainText()
    assert "tests/gui/test_faults.py" in dialog.text.toPlainText()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().startswith("编号 HG-")
    dialog.go_on.click()
    assert faults._open is None


def test_the_dialog_can_be_read_and_has_one_way_on(qtbot, faults):
    faults.show(bug())
    qtbot.waitUntil(lambda: faults._open is not None)
    for folded in (True, False):
        if not folded:
            faults._open.more.click()
        qtbot.wait(20)
        keep(faults._open, f"fault-{'folded' if folded else 'open'}")
        assert cut_off(faults._open) == []
        assert nameless(faults._open) == []
        assert primaries(faults._open) == ["继续使用"]


def test_a_bug_on_another_thread_is_told_on_this_one(qtbot, faults):
    thread = threading.Thread(target=lambda: faults.show(bug()))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: isinstance(faults._open, FaultDialog))


def test_what_nobody_caught_on_any_thread_reaches_the_dialog(qtbot, faults, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    faults.install()
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: faults._open is not None)
    assert "ZeroDivisionError" in faults._open.text.toPlainText()


def test_a_bug_in_any_work_of_a_page_reaches_the_dialog_and_the_page_goes_on(desk, qtbot, tmp_path):
    one = desk(home=tmp_path)
    one.session.faults.__dict__.pop("show")  # the desk of tests keeps bugs for itself
    page = one.open("problem")

    def broken(*_):
        raise RuntimeError("白水镇 13907962231")

    one.office.records.ids = broken
    page.refresh()
    qtbot.waitUntil(lambda: one.session.faults._open is not None)
    dialog = one.session.faults._open
    assert "RuntimeError" in dialog.text.toPlainText()
    assert not any(word in dialog.text.toPlainText() for word in PRIVATE)
    dialog.go_on.click()
    del one.office.records.ids
    page.refresh()
    one.settle()
    assert page.model.rowCount() == 22


def test_nothing_that_somebody_typed_is_told(faults, tmp_path):
    told = diagnosis.told(bug_with_a_record())
    assert not any(word in told for word in PRIVATE)
    assert "builtins.KeyError" in told
    assert "builtins.ValueError: near ‘…’: syntax error … at …" in told
    faults.show(bug_with_a_record())
    assert not any(word in (tmp_path / FILE).read_text(encoding="utf-8") for word in PRIVATE)


def test_a_fault_inside_a_fault_does_not_hide_it():
    class Unspeakable(Exception):
        def __str__(self):
            raise ValueError

    assert diagnosis.told(Unspeakable()).endswith("Unspeakable: ")


def test_places_in_the_program_are_named_without_the_folders_of_a_user():
    assert diagnosis.place(str(diagnosis.ROOT / "gui" / "page.py")) == "gui/page.py"
    assert diagnosis.place("/home/wangxiulan/python3.11/lib/json/decoder.py") == "json/decoder.py"


def test_the_bundle_holds_what_technical_people_need_and_nothing_of_a_ledger(qtbot, faults, tmp_path, monkeypatch):
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox" / "hg_361021101_361021_7_abcd.hgb").write_bytes(b"x")
    (tmp_path / "ledger.db").write_bytes("王秀兰".encode())
    faults.show(bug_with_a_record())
    qtbot.waitUntil(lambda: faults._open is not None)
    to = tmp_path / "U盘" / "诊断包.zip"
    to.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(to), "")))
    faults._open.more.click()
    faults._open.keep.click()
    assert "存好了" in faults._open.kept.text()
    with zipfile.ZipFile(to) as packed:
        texts = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    assert set(texts) == {"说明.txt", "电脑.txt", "故障.txt"}
    assert "ValueError" in texts["故障.txt"]
    assert "outbox 里有 1 个文件" in texts["电脑.txt"]
    for secret in (*PRIVATE, "361021101", str(tmp_path), tmp_path.name):
        assert not any(secret in text for text in texts.values()), secret


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(qtbot, faults, tmp_path, monkeypatch):
    faults.show(bug())
    qtbot.waitUntil(lambda: faults._open is not None)
    to = tmp_path / "nowhere" / "诊断包.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(to), "")))
    faults._open.keep.click()
    assert "没有存成" in faults._open.kept.text()
    assert not to.parent.exists()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    faults._open.kept.setText("")
    faults._open.keep.click()
    assert faults._open.kept.text() == "", "nobody chose a place"


def test_the_file_of_faults_does_not_grow_without_end(qtbot, faults, tmp_path):
    (tmp_path / FILE).write_text("x" * (KEEP + 1))
    faults._write_down("new\n")
    assert (tmp_path / FILE).read_text() == "new\n"


def test_a_home_that_is_gone_does_not_make_a_second_bug(qtbot, dressed, tmp_path):
    faults = Faults(tmp_path / "nowhere")
    faults._write_down("x")
    assert not (tmp_path / "nowhere").exists()


def test_the_hook_lets_ctrl_c_through(faults, capsys):
    faults.hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert faults._open is None
    assert "KeyboardInterrupt" in capsys.readouterr().err
