from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QGuiApplication

from gui.faults import FILE, KEEP, FaultDialog, Faults


def bug():
    try:
        return 1 // 0
    except ZeroDivisionError as error:
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
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().startswith("编号 HG-")
    dialog.go_on.click()
    assert faults._open is None


def test_a_bug_on_another_thread_is_told_on_this_one(qtbot, faults):
    thread = threading.Thread(target=lambda: faults.show(bug()))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: isinstance(faults._open, FaultDialog))


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
