"""Many records at once: what is done is exactly what was looked at, or nothing at all is."""

from __future__ import annotations

import openpyxl
import pytest

from models.domain.fields import TABLES
from models.domain.forms import BadValue
from models.errors import LedgerError
from models.progress import Cancelled
from models.services.base.refusals import ChangedMeanwhile, NotForMany
from models.services.records.bulk import AT_ONCE
from models.services.views.lists import Query
from models.store import operations
from models.store.schema import op
from tests.offices import COUNTY, OTHER, TOWN


def log(office, record):
    from sqlalchemy import select

    with office.desk.ledger.read() as connection:
        bodies = connection.scalars(select(op.c.body).where(op.c.top == bytes.fromhex(record)).order_by(op.c.pk))
        return [operations.read(body) for body in bodies]


@pytest.fixture
def county(world):
    return world["county"]


@pytest.fixture
def town(world):
    return world["town"]


def some(office, count, **values):
    """Records, oldest first: their ids, and their rows in a list."""
    ids = [
        office.records.add("problem", {"description": f"第{n}个", "township": "白水镇", **values})["id"]
        for n in range(count)
    ]
    return ids, rows_of(office, ids)


def rows_of(office, ids):
    every = office.records.ids(Query())
    lines = {line.id: line.row for line in office.records.lines("problem", every)}
    return [lines[one] for one in ids]


class Stops:
    """Progress of somebody who has had enough after so many steps."""

    def __init__(self, after=10**9):
        self.after, self.told = after, []

    def step(self, done, total, what=""):
        self.told.append((done, total))
        if len(self.told) > self.after:
            raise Cancelled


# ------------------------------------------------------------------------------------------- looking


def test_a_plan_says_of_every_record_what_would_become_of_it_and_writes_nothing(world, county):
    ids, rows = some(county, 3, person="张三")
    county.records.edit("problem", ids[1], {"person": "李四"})
    county.records.void("problem", ids[2], "重复")
    before = world.dump("county")
    plan = county.records.plan_bulk("problem", [*rows, 10**6], {"person": "李四"})
    assert world.dump("county") == before
    assert [(line.state, line.changes, line.why) for line in plan.lines] == [
        ("change", (("person", "张三", "李四"),), ""),
        ("same", (("person", "李四", "李四"),), ""),
        ("refused", (("person", "张三", "张三"),), "这条记录已作废"),
        ("refused", (), "这条记录已经不在了"),
    ]
    assert (plan.changed, plan.same, plan.refused) == (1, 1, 2)
    assert [line.row for line in plan.lines] == [*rows, 10**6]
    assert plan.lines[0].title == "第0个"
    assert plan.lines[0].number.startswith("361021-2024-")


def test_a_deadline_in_words_shows_all_that_it_changes(county):
    _, rows = some(county, 1)
    (line,) = county.records.plan_bulk("problem", rows, {"deadline": "2024年底前，并长期坚持"}).lines
    assert {name: then for name, _, then in line.changes} == {
        "deadline": "2024-12-31", "deadline_text": "2024年底前，并长期坚持", "long_term_too": "true",
        "deadline_kind": "time_limited",
    }  # fmt: skip


def test_a_unit_by_its_code_and_by_its_name_is_one_unit(county):
    _, rows = some(county, 1)
    plan = county.records.plan_bulk("problem", rows, {"township": TOWN})
    assert plan.lines[0].state == "same"
    plan = county.records.plan_bulk("problem", rows, {"township": OTHER})
    assert plan.lines[0].changes == (("township", "白水镇", "青石镇"),)


def test_a_value_that_nobody_could_read_is_the_values_fault(county):
    ids, rows = some(county, 2)
    county.records.void("problem", ids[1], "重复")
    with pytest.raises(BadValue) as refused:
        county.records.plan_bulk("problem", rows, {"found_on": "2024.2.30"})
    assert refused.value.field == "found_on"


def test_a_value_that_one_record_can_read_is_refused_for_the_others_alone(county):
    (one,), _ = some(county, 1, found_on="2024-01-10")
    (other,), _ = some(county, 1)
    plan = county.records.plan_bulk("problem", rows_of(county, [one, other]), {"deadline": "30天"})
    assert [line.state for line in plan.lines] == ["change", "refused"]
    assert plan.lines[0].changes[0] == ("deadline", None, "2024-02-09")
    assert "没有发现时间" in plan.lines[1].why


def test_a_conflict_is_not_settled_by_the_way(world, county, town):
    (record,), _ = some(county, 1)
    world.round("town")
    county.records.edit("problem", record, {"pace": "ahead"})
    town.records.edit("problem", record, {"pace": "behind"})
    world.round("town")
    (row,) = rows_of(county, [record])
    (line,) = county.records.plan_bulk("problem", [row], {"pace": "on_schedule"}).lines
    assert (line.state, "选定" in line.why) == ("refused", True)
    (line,) = county.records.plan_bulk("problem", [row], {"person": "李四"}).lines
    assert line.state == "change"


# ------------------------------------------------------------------------------------------- who may


def test_what_is_each_records_own_is_not_for_many(county, town):
    for name in ("description", "number", "place", "progress", "longitude", "county_number", "remark", "internal_note"):
        assert name not in county.records.bulk_fields("problem")
        with pytest.raises(NotForMany):
            county.records.plan_bulk("problem", [], {name: "x"})
    assert {"person", "deadline", "closing_stage", "closed_on"} <= set(county.records.bulk_fields("problem"))
    assert not {"closing_stage", "closed_on"} & set(town.records.bulk_fields("problem"))
    assert "finished_on" in town.records.bulk_fields("petition")


def typed(name):
    known = TABLES["problem"].get(name)
    if name.endswith("_on"):
        return "2024-05-01"
    return list(known.states)[-1] if known.states else "2024-12-31" if name == "deadline" else "改了"


def test_a_plan_allows_what_a_single_form_allows(world, county, town):
    (theirs,), _ = some(county, 1)
    world.round("town")
    (own,), _ = some(town, 1)
    rows = rows_of(town, [theirs, own])
    allowed = 0
    for name in town.records.bulk_fields("problem"):
        plan = town.records.plan_bulk("problem", rows, {name: typed(name)})
        for line in plan.lines:
            assert (line.state == "change") is (name in town.records.writable("problem", line.id)), (name, line)
            assert line.state == "change" or line.why.startswith("这一栏由"), (name, line)
            allowed += line.state == "change"
    assert allowed > len(town.records.bulk_fields("problem")), "its own records a township may change"
    assert allowed < 2 * len(town.records.bulk_fields("problem")), "the county's only where it is responsible"


# ------------------------------------------------------------------------------------------- doing


def test_each_record_gets_one_operation_as_if_its_form_had_been_saved(county):
    ids, rows = some(county, 3, person="张三")
    plan = county.records.plan_bulk("problem", rows, {"person": "李四", "leader": "刘"})
    assert county.records.edit_many(plan, "换了人") == 3
    for one in ids:
        made, edited = log(county, one)
        assert set(edited.fields) == {"person", "leader"}
        assert edited.fields["person"] == ("李四", (made.prefix,))
        assert (edited.why, edited.lam, edited.aud) == ("换了人", 2, (COUNTY, TOWN))
        assert county.records.show("problem", one)["person"] == "李四"
    assert county.care.check(deep=True).ok


def test_records_that_stay_as_they_are_get_no_operation(county):
    ids, rows = some(county, 2, person="张三")
    county.records.edit("problem", ids[0], {"person": "李四"})
    county.records.void("problem", ids[1], "重复")
    before = [len(log(county, one)) for one in ids]
    assert county.records.edit_many(county.records.plan_bulk("problem", rows, {"person": "李四"})) == 0
    assert [len(log(county, one)) for one in ids] == before


def test_another_township_gets_the_records_that_are_given_to_it(world, county):
    ids, rows = some(county, 2)
    world.round("town", "other")
    county.records.edit_many(county.records.plan_bulk("problem", rows, {"township": "青石镇"}))
    world.round("town", "other")
    assert {r["id"] for r in world["other"].records.list("problem")[1]} == set(ids)
    assert {r["township"] for r in world["town"].records.list("problem")[1]} == {OTHER}


@pytest.mark.parametrize("back", [False, True])
def test_a_record_that_somebody_wrote_to_since_stops_all_of_it(world, county, back):
    ids, rows = some(county, 3, person="张三")
    plan = county.records.plan_bulk("problem", rows, {"phone": "0796"})
    county.records.edit("problem", ids[1], {"person": "李四"})
    if back:
        county.records.edit("problem", ids[1], {"person": "张三"})
    before = world.dump("county")
    with pytest.raises(ChangedMeanwhile) as refused:
        county.records.edit_many(plan)
    assert "第1个" in refused.value.message
    assert world.dump("county") == before


def test_a_new_record_does_not_stop_it(county):
    _, rows = some(county, 1)
    plan = county.records.plan_bulk("problem", rows, {"person": "李四"})
    some(county, 1)
    assert county.records.edit_many(plan) == 1


def test_what_would_be_written_otherwise_than_looked_at_is_not_written(world, county):
    _, rows = some(county, 1)
    plan = county.records.plan_bulk("problem", rows, {"closing_stage": "closed"})
    before = world.dump("county")
    world.clock.jump(days=1)  # the same words would now mean another day
    with pytest.raises(ChangedMeanwhile):
        county.records.edit_many(plan)
    assert world.dump("county") == before


def test_stopping_in_the_middle_leaves_nothing_behind(world, county):
    pages = 3
    some(county, 1)
    with county.desk.ledger.write() as connection:
        from models.services.base import audience
        from models.services.base.pen import Pen, Place

        pen = Pen(county.desk, connection)
        for n in range(pages * AT_ONCE - 1):
            values = {"description": f"很多之{n}", "township": "白水镇"}
            pen.set(Place("problem"), values, audience.of_record(county.desk, values, pen.registry))
        pen.put()
    rows = county.records.ids(Query())
    stops = Stops()
    plan = county.records.plan_bulk("problem", rows, {"person": "李四"}, stops)
    assert stops.told == [(n * AT_ONCE, pages * AT_ONCE) for n in range(pages)]
    with pytest.raises(Cancelled):
        county.records.plan_bulk("problem", rows, {"person": "李四"}, Stops(1))
    before = world.dump("county")
    with pytest.raises(Cancelled):
        county.records.edit_many(plan, "", Stops(2))
    assert world.dump("county") == before
    assert county.records.edit_many(plan, "", Stops()) == pages * AT_ONCE


def test_a_township_reports_what_it_changed_in_bulk(world, county, town):
    ids, _ = some(county, 2)
    world.round("town")
    plan = town.records.plan_bulk("problem", rows_of(town, ids), {"pace": "behind"})
    assert town.records.edit_many(plan) == 2
    assert town.records.count(Query(view="unreported")) == 2
    world.round("town")
    assert {county.records.show("problem", one)["pace"] for one in ids} == {"behind"}


def test_petitions_too(county):
    made = county.records.add("petition", {"content": "来信", "township": "白水镇"})
    (row,) = county.records.ids(Query("petition"))
    plan = county.records.plan_bulk("petition", [row], {"finish_state": "finished", "finished_on": "2024-06-01"})
    assert county.records.edit_many(plan) == 1
    assert county.records.show("petition", made["id"])["finished_on"] == "2024-06-01"


def test_a_refused_write_leaves_nothing_behind(world, county):
    _, rows = some(county, 2)
    plan = county.records.plan_bulk("problem", rows, {"person": "半个\ud800"})
    before = world.dump("county")
    with pytest.raises(LedgerError):
        county.records.edit_many(plan)
    assert world.dump("county") == before


# ------------------------------------------------------------------------------------------- some of a list


def test_only_the_rows_that_were_chosen_are_exported(county, tmp_path):
    _, rows = some(county, 3)
    path = tmp_path / "台账.xlsx"
    assert county.records.export("problem", path, rows=[rows[2], rows[0]]) == 2
    cells = [str(cell) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) for cell in row]
    assert [cell for cell in cells if cell in {"第0个", "第1个", "第2个"}] == ["第2个", "第0个"]
    assert county.records.export("problem", path, rows=[]) == 0


def test_due_this_month_is_the_whole_calendar_month(county):
    for day in ("2024-05-31", "2024-06-01", "2024-06-30", "2024-07-01"):  # today is the middle of June
        county.records.add("problem", {"description": day, "deadline": day})
    county.records.add("problem", {"description": "长期", "deadline": "长期坚持"})
    rows = county.records.ids(Query(view="due_month"))
    assert {line.title for line in county.records.lines("problem", rows)} == {"2024-06-01", "2024-06-30"}
