from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, Slot

from gui.jobs import Job, Jobs
from tests.gui.fakes import Refused


class Page(QObject):
    """Collects what a job says, and on which thread it was told."""

    def __init__(self):
        super().__init__()
        self.said: list[tuple[str, object]] = []
        self.threads: set[threading.Thread] = set()

    def _take(self, what, value=None):
        self.said.append((what, value))
        self.threads.add(threading.current_thread())

    @Slot(object)
    def done(self, value):
        self._take("done", value)

    @Slot(object)
    def refused(self, error):
        self._take("refused", error.code)

    @Slot(object)
    def broken(self, bug):
        self._take("broken", str(bug))

    @Slot()
    def cancelled(self):
        self._take("cancelled")

    @Slot(object, object, str)
    def progressed(self, done, total, what):
        self._take("progressed", (done, total, what))


def start(jobs, page, work):
    job = Job(work, jobs)
    for name in ("done", "refused", "broken", "cancelled", "progressed"):
        getattr(job, name).connect(getattr(page, name))
    return jobs.start(job)


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    made.close()


def boom(_):
    raise ZeroDivisionError("a bug")


def refuse(_):
    raise Refused


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda _: 7, ("done", 7)),
        (refuse, ("refused", "R199")),
        (boom, ("broken", "a bug")),
    ],
)
def test_every_end_is_told_once_on_the_thread_of_the_window(qtbot, jobs, work, said):
    page = Page()
    start(jobs, page, work)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert page.said == [said]
    assert page.threads == {threading.current_thread()}


def test_work_runs_on_one_other_thread_in_order(qtbot, jobs):
    page, ran = Page(), []
    for number in range(20):
        start(jobs, page, lambda _, n=number: ran.append((n, threading.current_thread())))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [number for number, _ in ran] == list(range(20))
    (worker,) = {thread for _, thread in ran}
    assert worker is not threading.current_thread()


def test_cancel_stops_at_the_next_step(qtbot, jobs):
    page, steps = Page(), []

    def endless(progress):
        while True:
            steps.append(1)
            progress.step(len(steps), 0, "数")

    job = start(jobs, page, endless)
    qtbot.waitUntil(lambda: len(steps) > 3)
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert page.said[-1] == ("cancelled", None)
    assert ("progressed", (1, 0, "数")) in page.said


def test_bytes_beyond_two_billion_are_reported(qtbot, jobs):
    page = Page()
    start(jobs, page, lambda progress: progress.step(5_000_000_000, 5_000_000_000, "写"))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ("progressed", (5_000_000_000, 5_000_000_000, "写")) in page.said


def test_a_page_may_be_gone_before_its_work_ends(qtbot, jobs):
    page, go_on, ended = Page(), threading.Event(), []
    start(jobs, page, lambda _: (go_on.wait(5), ended.append(1)))
    page.deleteLater()
    qtbot.wait(20)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ended == [1]


def test_closing_waits_for_the_work_under_way_and_drops_the_rest(qtbot):
    jobs, page, ran = Jobs(), Page(), []
    begun = threading.Event()

    def long(progress):
        begun.set()
        while True:
            progress.step(0, 0)

    start(jobs, page, long)
    for number in range(3):
        start(jobs, page, lambda _, n=number: ran.append(n))
    assert begun.wait(5)
    jobs.close()
    assert ran == []
    assert not [one for one in threading.enumerate() if one.name.startswith("ledger")]


def test_nothing_starts_after_closing(qtbot):
    jobs, page = Jobs(), Page()
    jobs.close()
    start(jobs, page, lambda _: 1)
    qtbot.wait(20)
    assert page.said == []
