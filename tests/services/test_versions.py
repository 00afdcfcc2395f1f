"""Two versions of the program exchange: what the older does not know it holds, passes on, and applies once upgraded."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import select

from models.domain import owner
from models.domain import reduce as reduction
from models.domain.fields import TABLES
from models.services.opening import open_office
from models.store import fold_version
from models.store.schema import FOLDED, held, op
from tests.offices import OTHER, TOWN, Clock, lived_in

LATER = (
    "completed_on",
    "goal",
)  # fields of a problem that the older program does not know yet, and a table, and a kind


@contextmanager
def older_program():
    """This program before those came: what it understands of operations, and by which rules it folds."""
    tables = {table: dict(fields) for table, fields in TABLES.items() if table != "measure"}
    for name in LATER:
        del tables["problem"][name]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reduction, "TABLES", tables)
        patch.setattr(owner, "TABLES", tables)
        patch.setattr(fold_version, "TABLES", tables)
        patch.setattr(reduction, "REMARK", "not known yet")
        patch.setattr(fold_version, "KINDS", tuple(kind for kind in fold_version.KINDS if kind != "remark"))
        owner.fields_of.cache_clear()
        yield
    owner.fields_of.cache_clear()


def _tell(world):
    """A problem of a township with all that the older program does not know, in a package to the county."""
    record = world["town"].records.add(
        "problem", {"description": "坏", "township": "白水镇", "cooperating_units": "青石镇", "deadline": "2024-12-31"}
    )["id"]
    world.round("town", "town2", "other")
    town = world["town"].records
    town.edit("problem", record, {"progress": "一半", "goal": "拆除"})
    town.edit("problem", record, {"completed_on": "2024-06-01"})
    town.add_measure(record, {"text": "措施"})
    town.edit("problem", record, {"remark": "镇里备注"})
    return record, world.written("town")


@pytest.fixture(scope="module")
def lived(county_folder):
    with lived_in(county_folder, _tell) as world:
        yield world


@pytest.fixture
def newer(lived, world):
    world.record, world.package = lived.told
    return world


def bodies(office, unit=None):
    with office.desk.ledger.read() as connection:
        statement = select(op.c.body).where(op.c.travels == 1)
        return set(connection.scalars(statement if unit is None else statement.where(op.c.unit == unit)))


def folded(world, name):
    return {table: found for table, found in world.dump(name).items() if table in FOLDED}


def figures(office):
    days = [date(2024, 5, 31), date(2024, 6, 1), date(2024, 6, 15), date(2024, 7, 31)]
    return [office.figures.tally(as_of, known_by) for as_of in days for known_by in (None, *days)]


def test_what_is_not_known_yet_is_held_passed_on_and_applied_by_the_upgrade(newer):
    world, record = newer, newer.record
    shutil.copytree(world.home("county"), world.home("always new"))
    world.codes["always new"] = world.codes["county"]
    now = world.clock.now
    with older_program():
        report = world.taken("county", world.package)
        shown = world["county"].records.show("problem", record)
        assert report.held == 4
        assert shown["progress"] == "一半"
        assert not any(shown[name] for name in (*LATER, "measures", "remark"))
        assert world["county"].figures.tally()["problems"]["completed"] == 0
        passed = world.written("county", "town2")
        shared = world.written("county", "other")
        seen = world["county"].exchange.digest(TOWN)
        world.close("county")
    assert world["town"].exchange.digest() == seen, "held is held, whatever is understood of it"

    world.taken("town2", passed)
    third = world["town2"].records.show("problem", record)
    assert (third["goal"], third["completed_on"], third["remark"]) == ("拆除", "2024-06-01", "镇里备注")
    assert [m["text"] for m in third["measures"]] == ["措施"]
    assert bodies(world["town2"], TOWN) == bodies(world["town"], TOWN)
    world.taken("other", shared)
    assert world["other"].exchange.digest() == world["county"].exchange.digest(OTHER)

    world.clock = Clock(now)
    report = world.taken("always new", world.package)
    assert report.held == 0
    assert folded(world, "county") == folded(world, "always new"), "the upgrade folds all anew, by itself"
    assert figures(world["county"]) == figures(world["always new"])
    assert world["county"].figures.tally()["problems"]["completed"] == 1
    assert world.sound("county", "town", "town2") == []


def test_what_is_written_by_an_older_program_stands_beside_what_it_did_not_know(newer):
    world, record = newer, newer.record
    with older_program():
        world.taken("county", world.package)
        world["county"].records.edit("problem", record, {"progress": "县里改的", "leader": "张三"})
        back = world.written("county", "town")
        world.close("county")
    world.taken("town", back)
    for name in ("town", "county"):
        shown = world[name].records.show("problem", record)
        assert (shown["progress"], shown["leader"]) == ("县里改的", "张三")
        assert (shown["goal"], shown["completed_on"], shown["remark"]) == ("拆除", "2024-06-01", "镇里备注")
        assert shown["conflicts"] == []
    world.round("town", "town2")
    assert world.agree("town", "town2")


class Told:
    def __init__(self):
        self.words = []

    def step(self, done, total, what=""):
        self.words.append(what)


def test_a_ledger_is_folded_anew_once_and_that_is_told(newer):
    with older_program():
        world = newer
        world.taken("county", world.package)
        world.close()
    told = Told()
    for expected in (True, False):
        office = open_office(world.home("county"), clock=world.clock, progress=told)
        assert ("正在更新台账" in told.words) is expected
        with office.desk.ledger.read() as connection:
            assert connection.scalars(select(held.c.why)).all() == []
            assert fold_version.is_current(connection)
        office.close()
        told.words.clear()


def test_folding_anew_that_breaks_off_leaves_the_rows_as_they_were(newer):
    world = newer
    with older_program():
        world.taken("county", world.package)
        before = world.dump("county")
        world.close()

    class Cut(Told):
        def step(self, done, total, what=""):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_office(world.home("county"), clock=world.clock, progress=Cut())
    with older_program():
        assert world.dump("county") == before


def test_a_new_ledger_need_not_be_folded(world):
    with world["other"].desk.ledger.read() as connection:
        assert fold_version.is_current(connection)
        with older_program():
            assert not fold_version.is_current(connection)
    assert fold_version.current() == fold_version.current()
