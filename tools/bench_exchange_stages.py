"""The stages of the exchange's benchmark; bench_exchange.py runs each as a process of its own.

`python tools/bench_exchange_stages.py STAGE FOLDER RECORDS`. What a later stage needs of an earlier one, the plain work
that it is compared with, lies in `notes.json` of the folder.
"""

# ruff: noqa: PLC0415, S608 - a stage imports what it needs, so that its peak is its own; the statements are our own

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bench_exchange_plain as plain
from bench_exchange_parts import Clock
from bench_stages import COUNTY, TOWN, must

MADE, APPLIED = "apsw: made", "apsw: applied"


class Stage:
    """The folder, the size, what is measured."""

    def __init__(self, place: Path, records: int) -> None:
        self.place, self.records = place, records
        self._notes = place / "notes.json"
        self.notes: dict[str, Any] = json.loads(self._notes.read_text()) if self._notes.exists() else {}
        self.figures: list[dict[str, Any]] = []

    def note(self, **facts: Any) -> None:
        """Keep something for later stages."""
        self.notes |= facts
        self._notes.write_text(json.dumps(self.notes))

    def office(self, name: str) -> Any:
        """One of the homes."""
        from models.services.opening import open_office

        return open_office(self.place / name)

    def measured(self, what: str, work: Callable[[], Any], of: int, tries: int = 1) -> Any:
        """Do work, and keep what the quickest try took."""
        clocks: list[Clock] = []
        result: Any = None
        for _ in range(tries):
            clocks.append(Clock())
            with clocks[-1].running():
                result = work()
        self.put(what, min(clocks, key=lambda clock: clock.cpu), of)
        return result

    def put(self, what: str, clock: Clock, of: int) -> None:
        """Keep a figure; `of`: how many records or operations it is of."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.figures.append({
            "what": what, "seconds": clock.seconds, "cpu": clock.cpu, "of": of, "peak_mb": peak, "yardstick": "",
            "plain": 0.0, "plain_cpu": 0.0, "note": "",
        })  # fmt: skip

    def beside(self, yardstick: str, clock: Clock | None, note: str = "") -> None:
        """Name the plain work that the last figure is compared with; None: by an earlier stage."""
        plain = [clock.seconds, clock.cpu] if clock else self.notes[yardstick]
        self.figures[-1] |= {"yardstick": yardstick, "plain": plain[0], "plain_cpu": plain[1], "note": note}


def fill(stage: Stage) -> None:
    """A township's ledger of so many records, and a county that certified its PC."""
    import demo_county

    from models.services.opening import set_up

    county = set_up(stage.place / "county", "county", *COUNTY)
    county.units.add("township", *TOWN)
    town = set_up(stage.place / "town", "township", *TOWN)
    asked = town.enrolment.request(stage.place / "stick")
    approved = county.enrolment.approve(asked, TOWN[1], stage.place / "stick")
    town.enrolment.accept(approved.path, approved.fingerprint)
    stage.measured("records written", lambda: demo_county.fill(town, stage.records), stage.records)
    for name in ("set_a", "set_b"):  # the same records for the change sets, as before the busy month
        plain.records_alone(stage.place / "town", stage.place / f"{name}.db")


def export_full(stage: Stage) -> None:
    """The first package: everything."""
    town = stage.office("town")
    package = stage.measured(
        "full: export", lambda: town.exchange.export(stage.place / "full"), stage.records
    ).packages[0]
    stage.figures[-1]["note"] = _size(package)


def import_full(stage: Stage) -> None:
    """The county takes everything in."""
    report = _import(stage, "full", stage.records)
    must(report.created == stage.records, "every record comes in")
    alone = plain.records_alone(stage.place / "town", stage.place / "alone.db")
    floor = plain.rows_of(stage.place / "county", stage.place / "floor.db")
    stage.beside("the same rows", floor, f"records alone: {alone.seconds:.3f} s, CPU {alone.cpu:.3f} s")


def again(stage: Stage) -> None:
    """The same package once more."""
    _again(stage, "full", stage.records)


def month(stage: Stage) -> None:
    """A busy month at the township, once it has heard that the county has all."""
    import demo_county

    town, county = stage.office("town"), stage.office("county")
    town.exchange.bring_in([county.exchange.export(stage.place / "receipt", [TOWN[1]]).packages[0].path])
    edits, new, voids = stage.records // 10, stage.records // 50, stage.records // 200
    work = lambda: demo_county.change(town, edits=edits, new=new, voids=voids)  # noqa: E731 - three words
    stage.measured("delta: written", work, edits + new + voids)
    stage.note(delta=edits + new + voids)


def sets(stage: Stage) -> None:
    """The same month by SQLite's session extension: the change set made and written, read and applied."""
    import apsw

    made, sent = stage.place / "set_a.db", stage.place / "change.set"
    with closing(apsw.Connection(str(made))) as connection:
        plain.tune(connection)
        connection.execute("ATTACH ? AS ledger", (str(stage.place / "town" / "ledger.db"),))
        session = apsw.Session(connection, "main")
        session.attach("record")
        names = ", ".join(plain.FIELDS)
        with connection:
            connection.execute(
                f"UPDATE record SET ({names}) = (SELECT {names} FROM ledger.problem p WHERE p.id = record.id)"
                f" WHERE EXISTS (SELECT * FROM ledger.problem p WHERE p.id = record.id AND ({names}) IS NOT"
                f" ({', '.join(f'record.{name}' for name in plain.FIELDS)}))"
            )
            connection.execute(f"INSERT OR IGNORE INTO record SELECT id, {names} FROM ledger.problem")
        out = Clock()
        with out.running(), sent.open("xb") as file:
            file.write(session.changeset())
            file.flush()
            os.fsync(file.fileno())
    with closing(apsw.Connection(str(stage.place / "set_b.db"))) as connection:
        plain.tune(connection)
        into = Clock()
        with into.running(), connection:
            apsw.Changeset.apply(sent.read_bytes(), connection)
        count = connection.execute("SELECT count(*) FROM record").fetchone()
    must(count == (stage.records + stage.records // 50,), "the change set brings the new records")
    stage.note(**{MADE: [out.seconds, out.cpu], APPLIED: [into.seconds, into.cpu]})


def export_delta(stage: Stage) -> None:
    """The month is written; as often as one likes, while nobody has acknowledged it."""
    town = stage.office("town")
    work = lambda: town.exchange.export(stage.place / "delta")  # noqa: E731 - three words
    package = stage.measured("delta: export", work, stage.notes["delta"], tries=3).packages[0]
    must(package.operations == stage.notes["delta"], "a delta is what is new")
    stage.beside(MADE, None, _size(package))
    stage.note(package=str(package.path))


def preview_delta(stage: Stage) -> None:
    """What it would change at the county."""
    county = stage.office("county")
    work = lambda: county.exchange.preview(Path(stage.notes["package"]))  # noqa: E731 - three words
    stage.measured("delta: preview", work, stage.notes["delta"], tries=3)
    stage.beside(APPLIED, None)
    _parts(stage, county)


def import_delta(stage: Stage) -> None:
    """It is taken in, and once more."""
    before = stage.place / "before.db"
    shutil.copyfile(stage.place / "county" / "ledger.db", before)
    report = _import(stage, "delta", stage.notes["delta"])
    must(report.updated >= stage.records // 10, "every change comes in")
    stage.beside(APPLIED, None)
    imported = stage.figures[-1]
    _again(stage, "delta", stage.notes["delta"])
    floor = plain.changes_of(stage.place / "county", before)  # last: it holds all rows, and the peak is of the stage
    imported["note"] = f"the same rows and columns: {floor.seconds:.3f} s, CPU {floor.cpu:.3f} s"


# ------------------------------------------------------------------------------------- parts


def _package(stage: Stage, name: str) -> Path:
    return max((stage.place / name).glob("*.hgb"), key=lambda path: path.stat().st_mtime_ns)


def _import(stage: Stage, name: str, of: int) -> Any:
    """Take a package in. The safety copy of the ledger before it is a figure of its own."""
    from models.services.base import backups

    county, copying, whole, copy = stage.office("county"), Clock(), Clock(), backups.before_import

    def timed(*given: Any, **named: Any) -> Path:
        with copying.running():
            return copy(*given, **named)

    backups.before_import = timed
    with whole.running():
        report = county.exchange.bring_in([_package(stage, name)])[0]
    whole.seconds -= copying.seconds
    whole.cpu -= copying.cpu
    stage.put(f"{name}: safety copy before it", copying, of)
    stage.put(f"{name}: import", whole, of)
    return report


def _parts(stage: Stage, county: Any) -> None:
    """Of what a preview consists: an import that is rolled back, so without the flush at its end."""
    from bench_exchange_parts import Parts, of_an_import

    parts = Parts()
    with parts.of(of_an_import()):
        county.exchange.preview(Path(stage.notes["package"]))
    for name, clock in parts.clocks.items():
        stage.put(f"delta: preview: {name}", clock, stage.notes["delta"])


def _again(stage: Stage, name: str, of: int) -> None:
    county = stage.office("county")
    work = lambda: county.exchange.bring_in([_package(stage, name)])[0]  # noqa: E731 - three words
    report = stage.measured(f"{name}: the same again", work, of, tries=3)
    must(report.result == "already", "a package is known by its number")


def _size(package: Any) -> str:
    return f"{package.operations:,} operations, {package.bytes / 1e6:.2f} MB"


def main() -> int:
    """Run one stage and say its figures."""
    name, place, records = sys.argv[1:]
    stage = Stage(Path(place), int(records))
    globals()[name](stage)
    print(json.dumps(stage.figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
