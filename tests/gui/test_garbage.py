"""What holds parts of the window is taken apart by the window's thread, whichever thread made the garbage."""

import gc
import threading
import time
import weakref

import pytest
from PySide6.QtCore import QObject

from gui.garbage import Garbage
from gui.jobs import Job, Jobs, Kind


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self, part: QObject | None = None) -> None:
        self.me, self.part = self, part


def made_on_another_thread(ends: list[str], count: int) -> None:
    """Rings with parts of the window in them, made here; then much garbage on another thread."""
    for _ in range(20):
        ring = Ring(QObject())
        weakref.finalize(ring, lambda: ends.append(threading.current_thread().name))
        del ring
    thread = threading.Thread(target=lambda: [Ring() for _ in range(count)], name="another")
    thread.start()
    thread.join()


def test_another_thread_collects_nothing_while_the_window_is_there(qtbot):
    gc.collect()
    garbage = Garbage()
    ends: list[str] = []
    try:
        made_on_another_thread(ends, 50_000)
        assert ends == []
        qtbot.waitUntil(lambda: len(ends) == 20)
    finally:
        garbage.close()
    assert set(ends) == {"MainThread"}


def test_without_it_python_collects_where_it_stands(qtbot):
    """Else the test above would say nothing."""
    gc.collect()
    ends: list[str] = []
    made_on_another_thread(ends, 50_000)
    assert "another" in ends


def test_old_garbage_goes_too(qtbot):
    garbage = Garbage()
    ends: list[str] = []
    ring = Ring()
    weakref.finalize(ring, lambda: ends.append(threading.current_thread().name))
    gc.collect(0)
    gc.collect(1)  # it is of the oldest generation now, and only a full collection finds it
    del ring
    try:
        for _ in range(gc.get_threshold()[2] + 1):
            gc.collect(1)
        assert ends == []
        garbage.look()
    finally:
        garbage.close()
    assert ends == ["MainThread"]


def test_a_full_collection_is_not_repeated_at_once(qtbot, monkeypatch):
    garbage = Garbage()
    asked: list[int] = []
    monkeypatch.setattr("gui.garbage.gc.get_count", lambda: (701, 11, 11))
    monkeypatch.setattr("gui.garbage.gc.collect", lambda generation=2: asked.append(generation))
    clock = iter([0.0, 0.0, 0.03, 1.0, 4.0, 4.0, 4.02])
    monkeypatch.setattr("gui.garbage.time.monotonic", lambda: next(clock))
    try:
        for _ in range(3):
            garbage.look()
    finally:
        garbage.close()
    assert asked == [2, 1, 2]


def test_the_last_to_close_gives_it_back_to_python(qtbot):
    one, other = Garbage(), Garbage()
    one.close()
    one.close()
    assert not gc.isenabled()
    other.close()
    assert gc.isenabled()


@pytest.mark.parametrize("kind", [Kind.READ, Kind.SAVE])
def test_a_job_is_let_go_by_the_thread_of_the_window(qtbot, monkeypatch, kind):
    """What a job's work knows may be parts of the window: its thread, however late, is never the last to know them."""
    run = Job.run
    monkeypatch.setattr(Job, "run", lambda job: (run(job), time.sleep(0.01))[0])
    jobs, ends = Jobs(), []
    try:
        for _ in range(20):
            part = QObject()
            weakref.finalize(part, lambda: ends.append(threading.current_thread().name))
            job = Job(lambda _, part=part: part is None, jobs, kind)
            with qtbot.waitSignal(job.ended):
                jobs.start(job)
                del job, part
        qtbot.waitUntil(lambda: len(ends) >= 19)
    finally:
        jobs.close()
    assert set(ends) == {"MainThread"}
