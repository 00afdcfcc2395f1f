"""Every long job over 20,000 records stops within a second of being asked, and leaves the ledger as it was.

The second is of the worker's processor time: from one chance to stop to the next, and from the stop to the end. How
long it waits for its turn is not the program's.
"""

from __future__ import annotations

import sqlite3
import time

import pytest

from gui.jobs import Job, Jobs, Kind
from gui.session import Session
from models.services import opening
from tests.gui import big
from tests.gui.watch import slowness

WITHIN = 1.0  # second of work
KIND = "problems"  # of the tables in the sheets


# fmt: off
# name → whose home, the phase in which it is stopped (as the clerk reads it), and what is done
LONG_WORK = {
    "export":       ("town",   "写盘",           lambda o, f, p: o.exchange.export(f / "u", None, p)),
    "preview":      ("county", "正在核对内容",   lambda o, f, p: o.exchange.preview(*(f / "stick").glob("*.hgb"), p)),
    "import":       ("county", "正在更新台账",   lambda o, f, p: o.exchange.bring_in([f / "stick"], p)),
    "workbook out": ("town",   "正在写出台账",   lambda o, f, p: o.records.export("problem", f / "u" / "台账.xlsx", p)),
    "look":         ("town",   "正在与台账比对", lambda o, f, p: o.imports.look(f / "台账.csv", KIND, progress=p)),
    "take":         ("county", "正在登记",       lambda o, f, p: o.imports.take(f / "小.csv", KIND, progress=p)),
    "deep check":   ("town",   "正在更新台账",   lambda o, f, p: o.care.check(deep=True, progress=p)),
    "backup":       ("town",   "正在写入备份",   lambda o, f, p: o.care.backup(f / "u", p)),
}
# fmt: on


@pytest.fixture(scope="module")
def homes(big_homes):
    with big.copied(big_homes) as folder:
        (folder / "u").mkdir()
        yield folder


@pytest.fixture
def opened(homes, qtbot):
    """Open one of the homes."""
    open_ = []

    def _open(name):
        open_.append(opening.open_office(homes / name))
        return open_[-1]

    yield _open
    for one in open_:
        one.close()


def rows(home):
    """How many rows every table of a home has."""
    connection = sqlite3.connect(home / "ledger.db")
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*), max(rowid) FROM "{name}"').fetchone() for name in names
                if "WITHOUT ROWID" not in connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,))
                .fetchone()[0].upper()}  # fmt: skip
    finally:
        connection.close()


def changed(home):
    """What work may not change that is stopped. A package that was built stays in the outbox."""
    folders = (home / name for name in ("staging", "inbox"))
    files = sorted(path.name for folder in folders if folder.is_dir() for path in folder.iterdir())
    return files, {name: many for name, many in rows(home).items() if not name.startswith("pkg_out")}


class Ends:
    """To which end a job came."""

    def __init__(self, job):
        self.how = ""
        job.cancelled.connect(lambda: self._end("cancelled"))
        job.done.connect(lambda _: self._end("done"))
        job.refused.connect(lambda error: self._end(str(error)))
        job.broken.connect(lambda bug: self._end(repr(bug)))

    def _end(self, how):
        self.how = how


class Stretches:
    """What a thread works from one moment to the next, in seconds, and what it was at. Asked on that thread alone."""

    def __init__(self):
        self.all, self._last, self._at = [], time.thread_time(), "begin"

    def next(self, at):
        now = time.thread_time()
        self.all.append((now - self._last, f"{self._at} → {at}"))
        self._last, self._at = now, at


@pytest.mark.parametrize("name", LONG_WORK)
def test_long_work_stops_within_a_second_and_leaves_no_trace(qtbot, opened, homes, name):
    whose, phase, work = LONG_WORK[name]
    office, home = opened(whose), homes / whose
    before = changed(home)
    stretches, asked, said = [], [], []
    jobs = Jobs()

    class Noted:
        """Passes reports on, and asks to stop in the middle of a phase."""

        def step(self, done, total, what=""):
            said.append((done, total, what))
            stretches[0].next(what)
            if what == phase and (done * 8 >= total or not total) and not asked:
                asked.append(what)
                job.cancel()
                return  # the worst moment: just after the job looked whether it should stop
            job.step(done, total, what)

    def timed(_):
        stretches.append(Stretches())
        try:
            return work(office, homes, Noted())
        finally:
            stretches[0].next("end")

    job = Job(timed, jobs, Kind.LONG)
    ends = Ends(job)
    jobs.start(job)
    qtbot.waitUntil(lambda: not jobs.busy, timeout=120_000)
    jobs.close()
    assert asked, f"it never said “{phase}”"
    assert ends.how == "cancelled"
    assert max(stretches[0].all)[0] < WITHIN * slowness(), max(stretches[0].all)
    assert all(what for _, _, what in said), "every report says what is being done"
    assert all(0 <= done <= total for done, total, _ in said if total), "and of how much, so that the rest can be told"
    assert all(total for _, total, what in said if what == phase)
    assert changed(home) == before
    assert list((homes / "u").iterdir()) == []


@pytest.mark.parametrize("name", ["export", "import", "take"])
@pytest.mark.parametrize("moment", [0.15, 1.0])
def test_closing_in_the_middle_ends_whole_or_not_at_all(qtbot, big_homes, name, moment):
    with big.copied(big_homes) as folder:
        (folder / "u").mkdir()
        whose, _, work = LONG_WORK[name]
        office, home = opening.open_office(folder / whose), folder / whose
        before = changed(home)
        session = Session(office)
        job = Job(lambda progress: work(office, folder, progress), session.jobs, Kind.LONG)
        ends = Ends(job)
        session.jobs.start(job)
        qtbot.wait(int(moment * 1000))
        spent = time.process_time()
        session.close()
        assert time.process_time() - spent < WITHIN * slowness()
        qtbot.wait(1)
        office.close()
        session.deleteLater()
        assert ends.how in {"cancelled", "done"}
        if ends.how == "cancelled":
            assert changed(home) == before
            assert list((folder / "u").iterdir()) == []
        again = opening.open_office(home)
        assert again.care.check().ok
        assert not (home / "staging").exists() or list((home / "staging").iterdir()) == []
        again.close()


def test_a_save_asked_before_closing_is_carried_out(qtbot, big_homes):
    with big.copied(big_homes) as folder:
        office = opening.open_office(folder / "town")
        session = Session(office)
        long_ = Job(lambda progress: office.care.check(deep=True, progress=progress), session.jobs, Kind.LONG)
        session.jobs.start(long_)
        save = Job(lambda _: office.records.add("problem", {"description": "关窗之前存的"}), session.jobs, Kind.SAVE)
        session.jobs.start(save)
        qtbot.wait(200)
        session.close()
        office.close()
        session.deleteLater()
        again = opening.open_office(folder / "town")
        assert len(again.records.list("problem", words="关窗之前存的")[1]) == 1
        again.close()
