"""What the pages of the exchange tell: the next package, the journal, many units, the same package again."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from models.errors import LedgerError
from models.progress import Cancelled
from models.services.exchange.enrolment import NotEnrolled
from models.services.exchange.outgoing import NoLongerKept
from models.services.opening import set_up
from models.store.schema import pkg_out
from tests.offices import OFFICE, OTHER, TOWN


@pytest.fixture
def town(world):
    world.clock.jump(days=1)  # the clock of a test starts anew with each copy of the county
    return world["town"]


def problem(office, **values):
    return office.records.add("problem", {"description": "报废汽车拆解点未清场", "township": "白水镇", **values})["id"]


# ------------------------------------------------------------------------------------- the next package


def test_the_next_package_is_counted_by_what_people_know(town):
    ids = [problem(town), problem(town)]
    town.records.add_dispatch(ids[0], {"month": "2024-06", "progress": "正在清"})
    town.records.add_measure(ids[0], {"text": "清场"})
    town.records.edit("problem", ids[0], {"person": "王某"})
    seen = town.exchange.outlook()
    assert dict(seen.counts) == {"problem": 2, "dispatch": 1, "measure": 1}
    assert seen.name == "临江县环委办"
    assert seen.again == 0
    before = seen.number
    assert any("没有填整改时限" in text for text in seen.warnings)
    world_written = town.exchange.export(town.desk.home / "stick").packages[0]
    assert world_written.number == before
    assert world_written.operations == seen.new
    after = town.exchange.outlook()
    assert (after.new, after.again, after.number) == (0, seen.new, before + 1)


def test_a_pc_that_is_not_enrolled_has_no_next_package(world):
    alone = set_up(world.folder / "alone", "township", "石坪乡", "361021177")
    with pytest.raises(NotEnrolled):
        alone.exchange.outlook()
    assert alone.exchange.journal().lines == ()
    alone.close()


# ------------------------------------------------------------------------------------- how long one waits


def test_the_oldest_package_that_waits_for_its_receipt_is_told(world, town):
    world.round("town", "town2")
    (peer,) = [p for p in town.exchange.peers() if p.kind == "county"]
    assert peer.oldest_out is None
    problem(town)
    first = world.written("town")
    world.clock.jump(days=9)
    world.written("town")
    (peer,) = [p for p in town.exchange.peers() if p.kind == "county"]
    assert peer.oldest_out_number == first.number
    assert (world.clock().date() - datetime.fromisoformat(peer.oldest_out).date()).days == 9


# ------------------------------------------------------------------------------------- the journal


def test_the_journal_tells_what_left_and_what_became_of_it(world, town):
    world.round("town", "town2")
    problem(town)
    before = town.exchange.journal().total
    sent = world.written("town")
    line = town.exchange.journal().lines[0]
    assert (line.way, line.number, line.file, line.state) == ("out", sent.number, sent.path.name, "exported")
    assert line.operations == sent.operations
    world.taken("county", sent)
    there = world["county"].exchange.journal(TOWN).lines[0]
    assert (there.way, there.number, there.created) == ("in", sent.number, 1)
    assert there.message.startswith("导入成功：新增 1 条")
    assert {one.unit for one in world["county"].exchange.journal(TOWN).lines} == {TOWN}
    world.send("county", "town")
    lines = town.exchange.journal().lines
    assert town.exchange.journal().total == before + 2
    assert lines[0].way == "in"
    answered = next(one for one in lines if one.way == "out" and one.number == sent.number)
    assert answered.state == "received"
    assert answered.answered


def test_a_package_that_a_later_one_made_needless_waits_no_more(world, town):
    world.round("town", "town2")
    problem(town)
    lost = world.written("town")
    world.send("town", "county")
    world.send("county", "town")
    line = next(one for one in town.exchange.journal().lines if one.way == "out" and one.number == lost.number)
    assert (line.state, line.answered) == ("received", "")


def test_a_package_of_receipts_alone_waits_for_nothing(world, town):
    for _ in range(2):
        world.round("town", "town2")
    sent = world.written("town")
    assert sent.operations == 0
    assert town.exchange.journal().lines[0].state == "nothing"


def test_the_journal_is_read_by_pages_newest_first(world, town):
    world.round("town", "town2")
    whole = world["county"].exchange.journal()
    times = [datetime.fromisoformat(one.at) for one in whole.lines]
    assert times == sorted(times, reverse=True)
    part = world["county"].exchange.journal(skip=1, most=2)
    assert part.lines == whole.lines[1:3]
    assert part.total == whole.total == len(whole.lines)


# ------------------------------------------------------------------------------------- to many units


class Breaks:
    """Lets writing fail, or be cancelled, from the n-th package on."""

    def __init__(self, at, error):
        self.at, self.error, self.count = at, error, 0

    def step(self, done, total, what=""):
        if what.startswith("正在生成"):
            self.count += 1
            if self.count == self.at:
                raise self.error


def test_one_unit_that_cannot_be_written_does_not_stop_the_others(world, monkeypatch):
    county = world["county"]
    done = county.exchange.export(world.stick(), None, Breaks(2, NoLongerKept(1)))
    assert [one.to for one in done.packages] == [TOWN, OFFICE]
    (failed,) = done.failed
    assert failed.unit == OTHER
    assert failed.message.startswith("这个包已经有更新的代替")
    assert failed.way_out.endswith("。")


def test_what_was_written_before_a_cancel_is_kept_and_told(world):
    county = world["county"]
    done = county.exchange.export(world.stick(), None, Breaks(2, Cancelled()))
    assert [one.to for one in done.packages] == [TOWN]
    assert [one.unit for one in done.failed] == [OTHER, OFFICE]
    with pytest.raises(Cancelled):
        county.exchange.export(world.stick(), None, Breaks(1, Cancelled()))


def test_a_stick_that_is_gone_is_told_once_and_for_all(world, tmp_path):
    county, stick = world["county"], tmp_path / "file"
    stick.write_text("no folder")
    with pytest.raises(Exception, match="S3"):
        county.exchange.export(stick)
    with county.desk.ledger.read() as connection:
        made = connection.scalars(select(pkg_out.c.unit).where(pkg_out.c.copied.is_(None))).all()
    assert made.count(OTHER) == made.count(OFFICE)


# ------------------------------------------------------------------------------------- once more


def test_no_folder_is_made_in_place_of_a_stick_that_was_pulled_out(world, tmp_path):
    """Else the package would lie on the disk of the PC, and the stick might be pulled, it would be said."""
    gone = tmp_path / "U"
    exchange = world["town"].exchange
    before = exchange.journal()
    for deed in (lambda: exchange.export(gone, chosen=True), lambda: exchange.again((), gone, chosen=True)):
        with pytest.raises(LedgerError) as caught:
            deed()
        assert caught.value.code == "S304"
        assert not gone.exists()
    assert exchange.journal() == before, "nor is a number lost"


def test_a_stick_that_is_pulled_between_two_packages_is_not_made_anew(world, tmp_path, monkeypatch):
    world.round("town", "other")
    stick = tmp_path / "U"
    county = world["county"].exchange
    real = type(county)._write_one

    def write(self, code, name, to, *rest, **more):
        real(self, code, name, to, *rest, **more)
        to.rename(tmp_path / "pulled")

    monkeypatch.setattr(type(county), "_write_one", write)
    done = county.export(stick)
    assert len(done.packages) == 1
    assert done.failed
    assert all("找不到" in one.message for one in done.failed)
    assert not stick.exists()


def test_another_pc_of_the_unit_sends_no_receipt_and_none_is_waited_for(world):
    world["town"].records.add("problem", {"description": "自查的"})
    sent = world.written("town", "town2")
    (line,) = (one for one in world["town"].exchange.journal().lines if one.file == sent.path.name)
    assert (line.unit, line.state) == (world.codes["town"], "written")


def test_the_same_package_goes_to_a_second_stick(world, town):
    problem(town)
    done = town.exchange.export(world.stick())
    again = town.exchange.again(done.packages, world.stick())
    (one,), (other,) = done.packages, again.packages
    assert other.path != one.path
    assert other.path.read_bytes() == one.path.read_bytes()
    assert (other.number, other.sha256) == (one.number, one.sha256)
    assert town.exchange.journal().lines[0].number == one.number, "no new package"
    report = world.taken("county", other)
    assert report.result == "imported"
    assert world.taken("county", one).result == "already"


def test_a_package_that_a_newer_one_replaced_is_not_written_again(world, town):
    first = town.exchange.export(world.stick()).packages
    town.exchange.export(world.stick())
    with pytest.raises(NoLongerKept):
        town.exchange.again(first, world.stick())


def test_a_newer_package_takes_the_place_of_none_for_another_unit(world):
    kept = world["county"].exchange.export(world.stick(), [OTHER]).packages
    world.written("county", "town")
    assert len(world["county"].exchange.again(kept, world.stick()).packages) == len(kept)


# ------------------------------------------------------------------------------------- older


def test_an_older_package_is_called_so_before_it_is_read(world, town):
    problem(town)
    first = world.written("town")
    problem(town, description="另一条")
    second = world.written("town")
    world.taken("county", second)
    card = world["county"].exchange.cards([first.path])[0]
    assert card.state == "older"
    assert world.taken("county", first).older


# ------------------------------------------------------------------------------------- conflicts


def test_a_conflict_tells_what_stood_there_when_both_sides_agreed(world, town):
    one = problem(town, person="李某", progress="原样")
    for _ in range(2):
        world.round("town", "town2")
    town.records.edit("problem", one, {"person": "王某"})
    town.records.edit("problem", one, {"person": "王二"})
    world["county"].records.edit("problem", one, {"person": "周某"})
    world.send("town", "county")
    (conflict,) = world["county"].conflicts.list()
    assert conflict.before == "李某"
    assert {head.value for head in conflict.heads} == {"王二", "周某"}


# ------------------------------------------------------------------------------------- the preview


def test_a_conflict_in_which_our_value_stays_is_listed_all_the_same(world, town):
    one = problem(town, person="李某")
    for _ in range(2):
        world.round("town", "town2")
    town.records.edit("problem", one, {"person": "王某"})
    county = world["county"]
    for name in ("周某", "周二"):
        county.records.edit("problem", one, {"person": name})
    seen = county.exchange.preview(world.written("town").path)
    assert {line.why for line in seen.changes if line.what == "conflict"} == {"两边都改过"}
    assert seen.conflicts == 1
    (line,) = [line for line in seen.changes if line.what == "conflict"]
    assert (line.now, line.then, line.label) == ("周二", "王某", "责任人")
    assert line.title == "报废汽车拆解点未清场"


def test_what_is_not_applied_is_listed_with_its_reason(world, town):
    one = problem(world["county"], person="李某")
    for _ in range(2):
        world.round("town", "town2")
    record = town.records.show("problem", one)
    assert record["person"] == "李某"
    from models.services.base.pen import Pen, Place
    from models.store import fold

    with town.desk.ledger.write() as connection:  # a program that does not ask who may write what
        pen = Pen(town.desk, connection)
        history = fold.reduce_one(connection, bytes.fromhex(one))
        pen.set(Place("problem", one, history), {"person": "不该改的"}, (TOWN, "361021"))
        pen.put()
    seen = world["county"].exchange.preview(world.written("town").path)
    assert seen.held == 1
    (line,) = [line for line in seen.changes if line.what == "held"]
    assert (line.then, line.label, line.title) == ("不该改的", "责任人", "报废汽车拆解点未清场")
    assert line.why
