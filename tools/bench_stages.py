"""The stages of the benchmark; bench.py runs each as a process: `python tools/bench_stages.py STAGE FOLDER RECORDS`.

A stage measures, and does plain work of the same size beside it: SQLite, zstd, SHA-256, openpyxl or Qt alone. It
imports what it needs itself: the child that reads a workbook starts from this file, which must be as light as main.py.
"""

# ruff: noqa: PLC0415, S608 - imports see above; the statements are our own

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

TOWN = ("白水镇", "361021101")
COUNTY = ("临江县环委办", "361021")
TRIES = 5  # of work that can be done again
DELTAS = 3


class Time(NamedTuple):
    """What one piece of work took."""

    seconds: float  # on the clock of the wall
    cpu: float  # of this process and its children: hardly touched by other work on the machine


class Bench:
    """The folder that stages share, and the figures of this one."""

    def __init__(self, place: Path, records: int) -> None:
        self.place, self.records = place, records
        self.rows: list[dict[str, Any]] = []
        self.peak = 0.0  # MB, after the newest measured work

    def office(self, name: str) -> Any:
        """One of the homes."""
        from models.services.opening import open_office

        return open_office(self.place / name)

    def bodies(self, name: str, last: int | None = None) -> list[bytes]:
        """The operations of a home, or its newest ones: what plain work is done on."""
        with sqlite3.connect(self.place / name / "ledger.db") as connection:
            statement = "SELECT body FROM op ORDER BY pk DESC" + (f" LIMIT {last}" if last else "")
            return [bytes(row[0]) for row in connection.execute(statement)]

    def put(self, what: str, time_: Time, yardstick: str, plain: float, note: str = "") -> None:
        """Keep one figure."""
        figure = {"what": what, **time_._asdict(), "yardstick": yardstick, "plain": plain, "note": note}
        self.rows.append({**figure, "peak_mb": self.peak})

    def took(self, work: Callable[[], Any]) -> tuple[Time, Any]:
        """Time of measured work, and what came out."""
        before = os.times()
        seconds, result = took(work)
        cpu = sum(os.times()[:4]) - sum(before[:4])
        processes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        self.peak = max(resource.getrusage(who).ru_maxrss for who in processes) / 1024
        return Time(seconds, cpu), result

    def best(self, work: Callable[[], object], tries: int = TRIES) -> Time:
        """The quickest of several tries of measured work."""
        return min(self.took(work)[0] for _ in range(tries))

    def scratch(self) -> Path:
        """A file that is not there yet."""
        path = self.place / "scratch"
        path.unlink(missing_ok=True)
        return path


def took(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came out."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def must(holds: bool, what: str) -> None:  # noqa: FBT001
    """Figures of something that went wrong are worth nothing."""
    if not holds:
        raise RuntimeError(f"not so: {what}")


def best(work: Callable[[], object], tries: int = TRIES) -> float:
    """The least seconds of several tries."""
    return min(took(work)[0] for _ in range(tries))


# ------------------------------------------------------------------------------------- plain work


def plain_write(bench: Bench, bodies: list[bytes]) -> float:
    """All bodies compressed by zstd, written to a file and flushed."""
    import zstandard

    def work() -> None:
        with bench.scratch().open("xb") as out:
            out.write(zstandard.ZstdCompressor(3).compress(b"".join(bodies)))
            out.flush()
            os.fsync(out.fileno())

    return best(work)


def plain_insert(bench: Bench, bodies: list[bytes]) -> float:
    """All bodies hashed and inserted into one table with one index, in one flushed transaction."""

    def work() -> None:
        connection = sqlite3.connect(bench.scratch())
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                 "CREATE TABLE o (pk INTEGER PRIMARY KEY, id BLOB UNIQUE, body BLOB)")  # fmt: skip
        with connection:
            connection.executemany("INSERT INTO o (id, body) VALUES (?, ?)", [(sha256(b).digest(), b) for b in bodies])
        connection.close()

    return best(work, 3)


def plain_read(bench: Bench, name: str, statement: str) -> float:
    """One SQL statement, all rows fetched."""
    with sqlite3.connect(bench.place / name / "ledger.db") as connection:
        return best(lambda: connection.execute(statement).fetchall())


# ------------------------------------------------------------------------------------- stages


def fill(bench: Bench) -> None:
    """A township's ledger of so many records, and a county that certified its PC."""
    import demo_county

    from models.services.opening import set_up

    county = set_up(bench.place / "county", "county", *COUNTY)
    county.units.add("township", *TOWN)
    town = set_up(bench.place / "town", "township", *TOWN)
    asked = town.enrolment.request(bench.place / "stick")
    approved = county.enrolment.approve(asked, TOWN[1], bench.place / "stick")
    town.enrolment.accept(approved.path, approved.fingerprint)
    time_, _ = bench.took(lambda: demo_county.fill(town, bench.records))
    bodies = bench.bodies("town", bench.records)
    bench.put("records written and folded", time_, "hash + INSERT", plain_insert(bench, bodies),
              f"{bench.records} records, {sum(map(len, bodies)) // bench.records} bytes each")  # fmt: skip


def export_full(bench: Bench) -> None:
    """The first package: everything."""
    time_, done = bench.took(lambda: bench.office("town").exchange.export(bench.place / "full"))
    package = done.packages[0]
    plain = plain_write(bench, bench.bodies("town"))
    bench.put("full: export", time_, "zstd + write + fsync", plain, _size(package))


def import_full(bench: Bench) -> None:
    """The county takes everything in: verified, decrypted, checked, stamped, folded, reported."""
    county = bench.office("county")
    packages = [bench.place / "full"]
    time_, reports = bench.took(lambda: county.exchange.bring_in(packages))
    must(reports[0].created == bench.records, "every record comes in")
    bench.put("full: verified import", time_, "hash + INSERT", plain_insert(bench, bench.bodies("town")))
    time_, done = bench.took(lambda: county.exchange.export(bench.place / "receipt", [TOWN[1]]))
    bench.office("town").exchange.bring_in([done.packages[0].path])
    bench.put("receipt: export", time_, "all ids read", plain_read(bench, "county", "SELECT sha FROM op"))


def welcome(bench: Bench) -> None:
    """A second PC of the township is enrolled, and gets everything from the county."""
    from models.services.opening import set_up

    county, second = bench.office("county"), set_up(bench.place / "second", "township", *TOWN)
    asked = second.enrolment.request(bench.place / "stick2")
    plain = plain_insert(bench, bench.bodies("town"))
    time_, approved = bench.took(lambda: county.enrolment.approve(asked, TOWN[1], bench.place / "stick2"))
    bench.put("welcome of a second PC: approve", time_, "zstd + write + fsync",
              plain_write(bench, bench.bodies("town")))  # fmt: skip
    time_, _ = bench.took(lambda: second.enrolment.accept(approved.path, approved.fingerprint))
    bench.put("welcome of a second PC: accept", time_, "hash + INSERT", plain)


def delta(bench: Bench) -> None:
    """A busy month goes to the county, several times over; the least of each counts."""
    import demo_county

    town, county = bench.office("town"), bench.office("county")
    edits, new, voids = bench.records // 10, bench.records // 50, bench.records // 200
    found: dict[str, list[Time]] = {}
    package: Any = None
    for number in range(DELTAS):
        time_, _ = bench.took(lambda n=number: demo_county.change(town, edits=edits, new=new, voids=voids, seed=10 + n))
        found.setdefault("written", []).append(time_)
        time_, done = bench.took(lambda n=number: town.exchange.export(bench.place / f"delta{n}"))
        package = done.packages[0]
        for name, work in (
            ("export", None),
            ("preview", lambda p=package.path: county.exchange.preview(p)),
            ("verified import", lambda p=package.path: county.exchange.bring_in([p])[0]),
            ("the same again", lambda p=package.path: county.exchange.bring_in([p])[0]),
        ):
            found.setdefault(name, []).append(bench.took(work)[0] if work else time_)
        back = county.exchange.export(bench.place / f"back{number}", [TOWN[1]]).packages[0]
        town.exchange.bring_in([back.path])
    bodies = bench.bodies("town", package.operations)
    write, insert = plain_write(bench, bodies), plain_insert(bench, bodies)
    bench.put("delta: written and folded", min(found["written"]), "hash + INSERT", insert)
    bench.put("delta: export", min(found["export"]), "zstd + write + fsync", write, _size(package))
    for name in ("preview", "verified import"):
        bench.put(f"delta: {name}", min(found[name]), "hash + INSERT", insert)
    content = package.path.read_bytes()
    bench.put("delta: the same again", min(found["the same again"]), "SHA-256 of the file",
              best(lambda: sha256(content).digest()))  # fmt: skip
    must(county.exchange.digest(TOWN[1]) == town.exchange.digest(), "both sides hold the same")


def lists(bench: Bench) -> None:
    """What a clerk sees within a blink: the first page, a jump to the middle, search as one types."""
    from models.services.views.lists import Query

    records = bench.office("county").records
    plain = plain_read(bench, "county", "SELECT pk FROM problem WHERE void_from IS NULL ORDER BY due_key")
    bench.put("ids of the whole list", bench.best(lambda: records.ids(Query())), "SELECT pk … ORDER BY", plain)
    ids = records.ids(Query())
    few = ",".join(str(n) for n in ids[:100])
    plain_lines = plain_read(bench, "county", f"SELECT * FROM problem WHERE pk IN ({few})")
    bench.put(
        "100 lines of it", bench.best(lambda: records.lines("problem", ids[:100])), "SELECT 100 rows", plain_lines
    )
    bench.put("first page of the list", bench.best(lambda: records.lines("problem", records.ids(Query())[:100])),
              "both SELECTs", plain + plain_lines)  # fmt: skip
    for what, words in (
        ("search, two characters", "拆解"),
        ("search, pinyin initials", "bfqc"),
        ("search, nothing", "qqqqx"),
    ):
        like = f"SELECT pk FROM problem WHERE search_key LIKE '%{words}%'"
        time_ = bench.best(lambda w=words: records.ids(Query(words=w)))
        bench.put(
            what, time_, "LIKE", plain_read(bench, "county", like), f"{len(records.ids(Query(words=words)))} hits"
        )
    one = records.lines("problem", ids[:1])[0].id
    bench.put("one record opened", bench.best(lambda: records.show("problem", one)), "SELECT 100 rows", plain_lines)


def figures(bench: Bench) -> None:
    """The figures of today, of a past day as then known, and the digest."""
    county = bench.office("county")
    today = county.desk.today()
    plain = plain_read(bench, "county", "SELECT unit, deadline_kind, completed_on, closing_stage, pace FROM problem")
    bench.put("overview", bench.best(county.figures.overview, 3), "SELECT the facts", plain)
    bench.put("tally", bench.best(county.figures.tally, 3), "SELECT the facts", plain)
    time_, _ = bench.took(lambda: county.figures.tally(today, today))
    bodies = bench.bodies("county")
    bench.put("tally as known on a day", time_, "json.loads of all operations",
              best(lambda: [json.loads(b) for b in bodies], 1), f"{len(bodies)} operations folded")  # fmt: skip
    bench.put("digest", bench.best(lambda: county.exchange.digest(TOWN[1]), 3), "SHA-256 of all operations",
              best(lambda: [sha256(b).digest() for b in bodies], 3))  # fmt: skip
    time_, found = bench.took(lambda: county.care.check(deep=True))
    must(found.ok, "the ledger is sound")
    bench.put("check --deep", time_, "json.loads of all operations", best(lambda: [json.loads(b) for b in bodies], 1))


def workbook_out(bench: Bench) -> None:
    """The official ledger with every record."""
    from openpyxl import Workbook

    county = bench.office("county")
    path = bench.place / "ledger.xlsx"
    time_, rows = bench.took(lambda: county.records.export("problem", path))
    _, found = county.records.list("problem")
    texts = [[str(v) for v in record.values() if v is not None] for record in found]

    def work() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in texts:
            sheet.append(row)
        book.save(bench.scratch())

    bench.put("workbook out", time_, "openpyxl, bare text", best(work, 1), f"{rows} rows, {_mb(path)}")


def workbook_in(bench: Bench) -> None:
    """The same workbook into an empty county, and once more."""
    from python_calamine import CalamineWorkbook

    from models.services.opening import set_up

    path = bench.place / "ledger.xlsx"
    empty = set_up(bench.place / "empty", "county", *COUNTY)
    plain = best(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(), 1)
    time_, seen = bench.took(lambda: empty.imports.look(path, "problems"))
    bench.put("workbook preview", time_, "calamine, bare", plain, f"{seen.new} new, {seen.refused} refused")
    time_, seen = bench.took(lambda: empty.imports.take(path, "problems"))
    bench.put("workbook in", time_, "calamine, bare", plain, f"{seen.new} new, {seen.refused} refused")
    time_, seen = bench.took(lambda: empty.imports.take(path, "problems"))
    bench.put("the same workbook again", time_, "calamine, bare", plain, f"{seen.same} same, {seen.changed} changed")


_WINDOW = """
import sys, time; sys.path.insert(0, {root!r})
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from gui import settings, theme
from gui.app import Desk, dress
from models.services import office
app = QApplication([])
dress(app, theme.Look())
desk = Desk(app, Path({home!r}), office)
desk.open()
app.processEvents()
print(time.time(), flush=True)
began, gaps = time.perf_counter(), [0.0]
def beat():
    global began
    now = time.perf_counter()
    gaps.append(now - began)
    began = now
heart = QTimer(interval=1)
heart.timeout.connect(beat)
heart.start()
while desk.session is None or desk.session.overview is None:
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
app.processEvents()
print(time.time(), flush=True)
print(max(gaps), flush=True)
desk.window.hide()
desk.close()
"""
_BARE = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
import msgspec, sqlalchemy, filelock, cryptography.hazmat.primitives.asymmetric.ed25519
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("环改台账"))
window.show()
app.processEvents()
print(time.time(), flush=True)
window.hide()
"""


def window(bench: Bench) -> None:
    """From the start of the program to the window, and to the window with its figures."""
    home = bench.place / "county"
    root = str(Path(__file__).resolve().parent.parent)
    shown = [bench.took(lambda: _started(_WINDOW.format(root=root, home=str(home))))[1] for _ in range(3)]
    bare = min(_started(_BARE)[0] for _ in range(3))
    what = "bare QMainWindow, same libraries"
    bench.put("window shown", Time(min(s[0] for s in shown), 0), what, bare)
    bench.put("window to usable", Time(min(s[1] for s in shown), 0), what, bare, "with the figures of today")
    bench.put("longest without an answer", Time(min(s[2] for s in shown), 0), what, bare, "between these two")


def _started(program: str) -> list[float]:
    """Seconds from the start of a process to each moment that it prints; what is no moment is seconds already."""
    began = time.time()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return [value - began if value > began else value for value in map(float, done.stdout.split())]


def _size(package: Any) -> str:
    return f"{package.operations} operations, {package.bytes / 1e6:.2f} MB"


def _mb(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


def main() -> int:
    """Run one stage and say its figures."""
    name, place, records = sys.argv[1:]
    bench = Bench(Path(place), int(records))
    globals()[name](bench)
    print(json.dumps(bench.rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
