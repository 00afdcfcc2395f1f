from __future__ import annotations

import random
import threading
import time

import pytest
from PySide6.QtCore import QObject, Slot

from gui.jobs import Job, Jobs, Kind
from tests.gui import fakes
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


def start(jobs, page, work, kind=Kind.SAVE):
    job = Job(work, jobs, kind)
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


@pytest.mark.parametrize("kind", Kind)
def test_work_of_one_kind_runs_on_one_other_thread_in_order(qtbot, jobs, kind):
    page, ran = Page(), []
    for number in range(20):
        start(jobs, page, lambda _, n=number: ran.append((n, threading.current_thread())), kind)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [number for number, _ in ran] == list(range(20))
    (worker,) = {thread for _, thread in ran}
    assert worker is not threading.current_thread()
    names = {Kind.READ: "ledger-read", Kind.COUNT: "ledger-count", Kind.COPY: "ledger-copy"}
    assert worker.name.startswith(names.get(kind, "ledger-write"))


@pytest.fixture
def gate():
    """Something that long work waits for, so that the test says when it ends."""
    opened = threading.Event()
    yield opened
    opened.set()


def test_reading_does_not_wait_for_long_work(qtbot, jobs, gate):
    page = Page()
    start(jobs, page, lambda _: gate.wait(30), Kind.LONG)
    start(jobs, page, lambda _: "list", Kind.READ)
    qtbot.waitUntil(lambda: ("done", "list") in page.said)
    assert jobs.busy_long
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [value for _, value in page.said] == ["list", True]
    assert not jobs.busy_long


def test_nobody_waits_for_figures(qtbot, jobs, gate):
    page = Page()
    start(jobs, page, lambda _: gate.wait(30), Kind.COUNT)
    start(jobs, page, lambda _: "list", Kind.READ)
    start(jobs, page, lambda _: "save", Kind.SAVE)
    qtbot.waitUntil(lambda: [value for _, value in page.said] == ["list", "save"])


def test_figures_count_the_saves_before_them(qtbot, jobs):
    page, ledger = Page(), []
    start(jobs, page, lambda _: (time.sleep(0.05), ledger.append(1)), Kind.SAVE)
    start(jobs, page, lambda _: len(ledger), Kind.COUNT)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert page.said[-1] == ("done", 1)


def test_short_work_keeps_its_order_over_both_threads(qtbot, jobs):
    page, ran, dice = Page(), [], random.Random(7)
    kinds = [dice.choice((Kind.READ, Kind.SAVE)) for _ in range(60)]
    assert set(kinds) == {Kind.READ, Kind.SAVE}
    for number, kind in enumerate(kinds):

        def work(_, n=number):
            time.sleep(0.002 * (n % 3))
            ran.append(n)
            return n

        start(jobs, page, work, kind)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ran == list(range(60)), "a read sees the saves before it, a save follows the reads before it"
    assert [value for _, value in page.said] == ran, "and so do their results arrive"


def test_a_save_behind_long_work_is_not_waited_for(qtbot, jobs, gate):
    page, ledger = Page(), []
    start(jobs, page, lambda _: ledger.append("before"), Kind.SAVE)
    start(jobs, page, lambda _: gate.wait(30), Kind.LONG)
    start(jobs, page, lambda _: ledger.append("behind"), Kind.SAVE)
    start(jobs, page, lambda _: tuple(ledger), Kind.READ)
    qtbot.waitUntil(lambda: ("done", ("before",)) in page.said)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ledger == ["before", "behind"]


def test_long_work_does_not_begin_before_what_was_looked_at(qtbot, jobs, gate):
    page, ran = Page(), []
    start(jobs, page, lambda _: (gate.wait(30), ran.append("read")), Kind.READ)
    start(jobs, page, lambda _: ran.append("long"), Kind.LONG)
    qtbot.wait(30)
    assert ran == []
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ran == ["read", "long"]


def test_what_is_cancelled_while_it_waits_is_never_begun(qtbot, jobs, gate):
    page, ran = Page(), []
    start(jobs, page, lambda _: gate.wait(30), Kind.SAVE)
    job = start(jobs, page, lambda _: ran.append(1), Kind.READ)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ran == []
    assert ("cancelled", None) in page.said


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
    start(jobs, page, lambda _: (go_on.wait(30), ended.append(1)))
    page.deleteLater()
    qtbot.wait(20)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ended == [1]


def endless(begun):
    def work(progress):
        begun.set()
        while True:
            progress.step(0, 0)

    return work


def test_closing_stops_what_is_long_and_carries_out_every_save(qtbot):
    jobs, page, ran = Jobs(), Page(), []
    begun = threading.Event()
    start(jobs, page, endless(begun), Kind.LONG)
    for number in range(3):
        start(jobs, page, lambda _, n=number: ran.append(n), Kind.SAVE)
    start(jobs, page, lambda _: ran.append("long"), Kind.LONG)
    assert begun.wait(30)
    jobs.close()
    assert ran == [0, 1, 2], "a save that was asked is never lost; long work that did not begin never does"
    assert not [one for one in threading.enumerate() if one.name.startswith("ledger")]
    assert not jobs.busy


def test_winding_up_does_not_hold_up_the_window(qtbot, gate):
    jobs, page, begun, ran = Jobs(), Page(), threading.Event(), []
    start(jobs, page, endless(begun), Kind.LONG)
    start(jobs, page, lambda _: (gate.wait(30), ran.append("saved")), Kind.SAVE)
    assert begun.wait(30)
    with qtbot.waitSignal(jobs.busied) as told:
        jobs.wind_up()
        assert ran == [], "it came back before the save was done"
        gate.set()
    assert told.args == [False]
    assert ran == ["saved"]
    jobs.close()


def test_closing_while_each_thread_waits_for_the_other_comes_to_an_end(qtbot, gate):
    jobs, page = Jobs(), Page()
    for _ in range(3):
        start(jobs, page, lambda _: gate.wait(0.05), Kind.READ)
        start(jobs, page, lambda _: gate.wait(0.05), Kind.SAVE)
        start(jobs, page, lambda _: gate.wait(0.05), Kind.LONG)
    jobs.close()
    assert not [one for one in threading.enumerate() if one.name.startswith("ledger")]


def test_nothing_starts_after_closing(qtbot):
    jobs, page = Jobs(), Page()
    jobs.close()
    start(jobs, page, lambda _: 1)
    qtbot.wait(20)
    assert page.said == []


def test_a_save_on_the_reading_thread_is_seen(qtbot, jobs):
    """The check that guards all other tests of the window: tests/gui/lanes.py."""
    page, records = Page(), fakes.FakeRecords()
    start(jobs, page, lambda _: records.add("problem", {}), Kind.READ)
    start(jobs, page, lambda _: records.add("problem", {}), Kind.SAVE)
    qtbot.waitUntil(lambda: not jobs.busy)
    (broken, why), (done, _) = page.said
    assert (broken, done) == ("broken", "done")
    assert "Kind.SAVE" in why
