"""A second start brings the first window to front: real processes, a dead first one, a deaf one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gui import first_window
from gui.first_window import FirstWindow, address_of, hand_over

ROOT = Path(__file__).parents[2]

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gui.first_window import FirstWindow
sys.stdout.reconfigure(encoding="utf-8")
app = QCoreApplication([])
first = FirstWindow(Path(sys.argv[1]))
first.asked.connect(lambda paths: print(*[path.name for path in paths] or ["front"], flush=True))
assert first.listen()
print("ready", flush=True)
app.exec()
"""


AGES = 30.0  # seconds: nobody is held up so long, on however busy a machine


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Who answers is given the time for it; what is bounded by PATIENCE is tried with less of it."""
    assert first_window.PATIENCE <= 1, "a second start holds nobody up"
    monkeypatch.setattr(first_window, "PATIENCE", AGES)


@pytest.fixture
def another(tmp_path):
    """A first window in a process of its own."""
    started = []

    def _start():
        process = subprocess.Popen(
            [sys.executable, "-c", FIRST, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        started.append(process)
        assert process.stdout.readline().strip() == "ready"
        return process

    yield _start
    for process in started:
        process.kill()
        process.stdout.close()
        process.wait()
    if sys.platform != "win32":
        Path(address_of(tmp_path)).unlink(missing_ok=True)


def test_the_second_start_hands_its_files_over(another, tmp_path):
    first = another()
    assert hand_over(tmp_path, [])
    assert hand_over(tmp_path, [Path("a.hgb"), Path("整改 台账.xlsx")])
    assert first.stdout.readline().strip() == "front"
    assert first.stdout.readline().strip() == "a.hgb 整改 台账.xlsx"


def test_a_second_start_without_files_says_something_since_windows_may_lose_a_message_of_no_bytes(
    tmp_path, monkeypatch, qtbot
):
    first = FirstWindow(tmp_path)
    assert first.listen()
    sent = []
    line_of_any_system = Connection.__base__
    send = line_of_any_system.send_bytes
    monkeypatch.setattr(line_of_any_system, "send_bytes", lambda line, said: (sent.append(said), send(line, said)))
    try:
        with qtbot.waitSignal(first.asked) as asked:
            assert hand_over(tmp_path, [])
        assert asked.args == [[]]
    finally:
        first.close()
    assert all(sent)


def test_another_home_has_another_window(another, tmp_path):
    another()
    other = tmp_path / "other"
    other.mkdir()
    assert address_of(other) != address_of(tmp_path)
    assert not hand_over(other, [])


def test_a_first_window_that_died_is_followed_by_a_new_one(another, tmp_path, qtbot):
    dead = another()
    dead.kill()
    dead.wait()
    assert not hand_over(tmp_path, [])
    first = FirstWindow(tmp_path)
    assert first.listen(), "what the dead one left lying is no obstacle"
    try:
        with qtbot.waitSignal(first.asked) as asked:
            assert hand_over(tmp_path, [tmp_path / "a.hgb"])
        assert asked.args == [[tmp_path / "a.hgb"]]
    finally:
        first.close()
    assert not hand_over(tmp_path, []), "a closed window hears nobody"


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stopping a process is done in another way here")
def test_a_first_window_that_hangs_holds_nobody_up(another, tmp_path, monkeypatch):
    first = another()
    os.kill(first.pid, signal.SIGSTOP)
    monkeypatch.setattr(first_window, "PATIENCE", 0.2)
    began = time.monotonic()
    assert not hand_over(tmp_path, [])
    assert time.monotonic() - began < AGES
    os.kill(first.pid, signal.SIGCONT)


def test_a_stranger_without_the_key_is_not_heard(tmp_path, qtbot):
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    first = FirstWindow(tmp_path)
    heard = []
    first.asked.connect(heard.append)
    assert first.listen()
    try:
        with pytest.raises((AuthenticationError, EOFError, OSError)), Client(address_of(tmp_path), authkey=b"guess"):
            pass
        qtbot.wait(50)
        assert heard == []
        assert hand_over(tmp_path, []), "and it still hears who knows the key"
        qtbot.waitUntil(lambda: heard == [[]])
    finally:
        first.close()


def test_a_window_closes_while_its_thread_still_hands_files_on(tmp_path):
    first = FirstWindow(tmp_path)
    first.asked.connect(lambda _paths: time.sleep(0.3), Qt.ConnectionType.DirectConnection)
    assert first.listen()
    assert hand_over(tmp_path, [])
    began = time.monotonic()
    first.close()
    assert time.monotonic() - began < AGES
    assert not hand_over(tmp_path, [])


@pytest.mark.skipif(sys.platform == "win32", reason="a socket in a folder")
def test_a_stranger_who_never_speaks_does_not_keep_the_window_from_closing(tmp_path, monkeypatch):
    import socket

    first = FirstWindow(tmp_path)
    assert first.listen()
    monkeypatch.setattr(first_window, "PATIENCE", 0.2)
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(address_of(tmp_path))
        began = time.monotonic()
        first.close()
        assert time.monotonic() - began < AGES
    assert not hand_over(tmp_path, [])


def test_where_nothing_can_be_written_the_window_opens_all_the_same(tmp_path):
    first = FirstWindow(tmp_path / "missing")
    assert not first.listen()
    first.close()
    assert not hand_over(tmp_path / "missing", [])
