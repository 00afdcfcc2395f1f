"""Records: one verb is one operation for each audience, only what changed is written, and who may not is told so."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.domain.field import Owner
from models.domain.fields import DATE_OF_STATE, TABLES
from models.errors import LedgerError
from models.services.base.refusals import IsVoid, NothingWritten, NotYours
from models.services.views.lists import VIEWS, Query
from models.store import operations
from models.store.schema import op
from tests.offices import COUNTY, OTHER, TOWN

BY_VERB = {name for name, field in TABLES["problem"].items() if field.by_verb}


def log(office, record):
    """The operations of one history, in the order in which they were written."""
    with office.desk.ledger.read() as connection:
        bodies = connection.scalars(select(op.c.body).where(op.c.top == bytes.fromhex(record)).order_by(op.c.pk))
        return [operations.read(body) for body in bodies]


@pytest.fixture
def county(world):
    return world["county"]


@pytest.fixture
def town(world):
    return world["town"]


# ------------------------------------------------------------------------------------------- operations


def test_a_saved_form_is_one_operation_of_its_changed_fields(county):
    record = county.records.add("problem", {"description": "坏", "person": "张三", "township": "白水镇"})["id"]
    (made,) = log(county, record)
    assert made.creates
    assert made.id == record
    assert set(made.fields) == {"description", "person", "township", "number"}
    assert made.aud == (COUNTY, TOWN)
    county.records.edit("problem", record, {"person": "李四", "description": "坏", "phone": ""}, "换了人")
    _, edited = log(county, record)
    assert set(edited.fields) == {"person"}
    assert edited.fields["person"] == ("李四", (made.prefix,))
    assert (edited.why, edited.lam, edited.aud) == ("换了人", 2, (COUNTY, TOWN))


def test_a_form_with_an_internal_note_makes_two(county):
    record = county.records.add("problem", {"description": "坏", "internal_note": "内部", "remark": "公开"})["id"]
    kinds = [(o.kind, o.travels, set(o.fields)) for o in log(county, record)]
    assert kinds == [
        ("set", True, {"description", "number"}),
        ("set", False, {"internal_note"}),
        ("remark", True, {"text"}),
    ]
    county.records.edit("problem", record, {"internal_note": "改", "goal": "清运"})
    assert [set(o.fields) for o in log(county, record)[3:]] == [{"goal"}, {"internal_note"}]


def test_a_record_of_no_unit_is_the_countys_alone(county):
    record = county.records.add("problem", {"description": "坏", "township": "没有的镇"})["id"]
    assert log(county, record)[0].aud == (COUNTY,)


def test_a_township_speaks_for_itself_alone(town):
    record = town.records.add("problem", {"description": "坏", "cooperating_units": "县住建局"})
    assert [o.aud for o in log(town, record["id"])] == [(TOWN,)]
    assert (record["township"], record["created_by"], record["unit"]) == (TOWN, TOWN, TOWN)


def test_a_verdict_says_what_it_saw_and_everything_after_says_that_it_knew(world, county, town):
    record = county.records.add("problem", {"description": "坏", "township": "白水镇"})["id"]
    world.round("town")
    town.records.edit("problem", record, {"progress": "清运"})
    world.round("town")
    held = {o.prefix for o in log(county, record) if o.travels}
    county.records.edit("problem", record, {"closing_stage": "closed", "internal_note": "不算"})
    verdict = next(o for o in log(county, record) if "closing_stage" in o.fields)
    assert verdict.saw == held
    assert all(o.saw is None for o in log(county, record) if o.id != verdict.id)
    county.records.edit("problem", record, {"goal": "巩固"})
    assert log(county, record)[-1].after == (verdict.prefix,)
    county.records.void("problem", record, "重复")
    void = log(county, record)[-1]
    assert (void.kind, verdict.prefix in void.saw) == ("void", True)
    county.records.unvoid("problem", record)
    last = log(county, record)[-1]
    assert last.fields["void"] == (None, (void.prefix,))
    assert set(last.after) == {verdict.prefix, void.prefix}


def test_nothing_changed_is_nothing_written(county):
    record = county.records.add("problem", {"description": "坏", "deadline": "2024年底前"})["id"]
    before = county.exchange.digest()
    county.records.edit("problem", record, {"description": "坏", "deadline": "2024年底前", "person": ""})
    county.records.unvoid("problem", record)
    assert county.exchange.digest() == before


def test_a_verb_that_is_refused_writes_nothing(world, county):
    before = world.dump("county")
    for table, values in (
        ("problem", {"description": " "}), ("problem", {"person": "张三"}), ("petition", {"description": "x"}),
        ("problem", {"description": "坏", "found_on": "昨天"}), ("problem", {"description": "坏\ud800"}),
        ("problem", dict.fromkeys(("description", "goal", "measures_text", "progress"), "长" * 32_000)),
    ):  # fmt: skip
        with pytest.raises(LedgerError) as refused:
            county.records.add(table, values)
        assert "没有" in refused.value.message
    assert world.dump("county") == before


# ------------------------------------------------------------------------------------------- who may


def test_what_a_township_may_write_of_the_countys_record(world, county, town):
    record = county.records.add("problem", {"description": "坏", "township": "白水镇"})["id"]
    world.round("town")
    allowed = town.records.writable("problem", record)
    assert allowed == {"pace", "progress", "completed_on", "claimed_on", "planned_on", "internal_note", "remark"}
    for name in sorted(set(TABLES["problem"]) - allowed - {"number", "longitude", "latitude", *BY_VERB}):
        value = {
            "deadline_kind": "immediate",
            "closing_stage": "closing",
            "long_term_too": "true",
            "circular": "named",
        }.get(name, "2024-06-01")
        with pytest.raises(NotYours) as refused:
            town.records.edit("problem", record, {name: value})
        assert TABLES["problem"][name].label in refused.value.message
    with pytest.raises(NotYours):
        town.records.edit("problem", record, {"closed_on": "2024-06-01"})
    with pytest.raises(NotYours):
        town.records.void("problem", record, "不是我们的")
    with pytest.raises(NotYours):  # nothing is saved of a form of which one field is not ours
        town.records.edit("problem", record, {"progress": "清运", "person": "张三"})
    assert town.records.show("problem", record)["progress"] is None


def test_what_a_township_may_write_of_its_own(town):
    record = town.records.add("problem", {"description": "坏"})["id"]
    countys = {n for n, f in TABLES["problem"].items() if f.owner is Owner.COUNTY}
    countys |= {view for view, (field, _) in DATE_OF_STATE.items() if field in countys}
    views = {v for v, (f, _) in DATE_OF_STATE.items() if f in TABLES["problem"]}
    expected = (set(TABLES["problem"]) | views | {"remark"}) - countys - {"number", *BY_VERB}
    assert town.records.writable("problem", record) == town.records.writable("problem", None) == expected
    assert town.records.void("problem", record, "误报")["void"] == "2024-06-15"
    assert town.records.unvoid("problem", record)["void"] is None


def test_the_county_may_write_all(county):
    writable = county.records.writable("problem", None)
    views = {view for view, (field, _) in DATE_OF_STATE.items() if field in TABLES["problem"]}
    assert writable == (set(TABLES["problem"]) | views | {"remark"}) - {"number", *BY_VERB}


# ------------------------------------------------------------------------------------------- views of facts


def test_closing_and_completion_are_seen_as_states_and_days(county):
    record = county.records.add("problem", {"description": "坏"})
    assert (record["closing_stage"], record["closed_on"], record["completed_on"], record["stage"]) == (
        "none", None, None, "open",
    )  # fmt: skip
    record = county.records.edit("problem", record["id"], {"completed_on": "2024-05-20"})
    assert (record["completed_on"], record["stage"], record["closing_stage"]) == ("2024-05-20", "completed", "none")
    record = county.records.edit("problem", record["id"], {"closing_stage": "closing"})
    assert (record["closing_stage"], record["closed_on"]) == ("closing", None)
    record = county.records.edit("problem", record["id"], {"closed_on": "2024-06-01"})
    assert (record["closing_stage"], record["closed_on"], record["stage"]) == ("closed", "2024-06-01", "closed")
    record = county.records.edit("problem", record["id"], {"closing_stage": "none"})
    assert (record["closing_stage"], record["closed_on"], record["stage"]) == ("none", None, "completed")


def test_petitions_have_their_own_stages(county):
    record = county.records.add("petition", {"content": "臭", "receipt_number": "D1"})
    assert (record["finish_state"], record["finished_on"], record["closing_stage"]) == ("open", None, "none")
    record = county.records.edit("petition", "D1", {"finished_on": "2024-05-20", "orders": "2", "verified": "属实"})
    assert (record["finish_state"], record["finished_on"], record["orders"], record["verified"]) == (
        "finished", "2024-05-20", 2, "true",
    )  # fmt: skip
    assert "measures" not in record
    assert "light" not in record


def test_two_verdicts_that_differ_are_shown_as_undecided(world, county, town):
    """Two disks of the county; the second is a clone of the first here."""
    record = county.records.add("problem", {"description": "坏", "township": "白水镇"})["id"]
    world.round("town")
    world.clone("county", "county2")
    world["county"].records.edit("problem", record, {"closed_on": "2024-06-01"})
    world["county2"].records.edit("problem", record, {"closing_stage": "closing"})
    for name in ("county", "county2"):
        world.taken("town", world[name].exchange.export(world.stick(), [TOWN]).packages[0])
    shown = world["town"].records.show("problem", record)
    assert (shown["closing_stage"], shown["undecided"]) == (None, True)
    assert world["town"].figures.tally()["problems"]["closed"] == 0
    (conflict,) = world["town"].conflicts.list()
    assert not conflict.mine  # the county's to settle
    with pytest.raises(NotYours):
        world["town"].conflicts.settle(conflict.id, head=0)


def test_a_remark_is_an_entry_and_never_a_conflict(world, county):
    record = county.records.add("problem", {"description": "坏", "township": "白水镇", "remark": "一"})["id"]
    world.round("town")
    world["town"].records.edit("problem", record, {"remark": "二"})
    world["county"].records.edit("problem", record, {"remark": "三"})
    world.round("town")
    for name in ("county", "town"):
        shown = world[name].records.show("problem", record)
        assert {r["text"] for r in shown["remarks"]} == {"一", "二", "三"}
        assert shown["conflicts"] == []


# ------------------------------------------------------------------------------------------- history


def test_the_history_tells_who_changed_what_when_and_from_what(world, county):
    record = county.records.add("problem", {"description": "坏", "township": "白水镇"})["id"]
    world.round("town")
    town = world["town"].records
    town.edit("problem", record, {"completed_on": "2024-06-01", "progress": "清运"}, "现场看过")
    measure = town.add_measure(record, {"text": "拆除"})["measures"][0]["id"]
    town.edit_measure(record, measure, {"text": "拆除并复绿"})
    county.records.edit("problem", record, {"remark": "好"})
    world.round("town")
    for name in ("county", "town"):
        changes = world[name].records.history("problem", record)
        told = [(c.unit, c.table, c.field, c.old, c.new) for c in changes]
        assert (COUNTY, "problem", "description", None, "坏") in told
        assert (TOWN, "problem", "completed_on", None, "2024-06-01") in told
        assert (TOWN, "measure", "text", "拆除", "拆除并复绿") in told
        assert (COUNTY, "remark", "remark", None, "好") in told
        assert all(c.applied and c.at and c.by == "本机" and len(c.device) == 32 for c in changes)
        assert next(c.why for c in changes if c.field == "progress") == "现场看过"
        assert next(c.unit_name for c in changes if c.unit == TOWN) == "白水镇人民政府"


# ------------------------------------------------------------------------------------------- lists


def test_lists_counts_and_lines_agree(world, county):
    for n in range(5):
        county.records.add("problem", {"description": f"第{n}个", "township": "白水镇" if n % 2 else "青石镇"})
    for view in ("", *VIEWS):
        ids = county.records.ids(Query(view=view))
        assert county.records.count(Query(view=view)) == len(ids)
        assert [line.row for line in county.records.lines("problem", ids)] == list(ids)
    assert county.records.count(Query(where=(("township", TOWN),))) == 2
    assert county.records.count(Query(where=(("township", "青石镇人民政府"),))) == 3
    assert county.records.count(Query(where=(("township", TOWN), ("township", OTHER)))) == 5
    assert county.records.count(Query(where=(("exchange", "unreported"),))) == 5
    assert county.records.count(Query(where=(("exchange", "received"),))) == 0
    assert county.records.count(Query(view="unreported", words="第3")) == 1
    facets = {f.value: f.count for f in county.records.facets("problem", "unit")}
    assert facets == {TOWN: 2, OTHER: 3}


def test_a_field_has_the_words_that_the_county_lists_for_it(county):
    county.dictionaries.set("trades", ["工业", "矿山", "文旅"])
    assert county.records.listed("trade") == ("工业", "矿山", "文旅")
    assert "大气" in county.records.listed("categories")
    assert county.records.listed("person") == ()


def test_the_lists_of_the_exchange_follow_the_packages(world, town):
    for n in range(3):
        town.records.add("problem", {"description": str(n)})
    package = world.written("town")
    town.records.add("problem", {"description": "新的"})

    def counted():
        return [town.records.count(Query(where=(("exchange", s),))) for s in ("unreported", "exported", "received")]

    assert counted() == [1, 3, 0]
    assert [(f.label, f.count) for f in town.records.facets("problem", "exchange")] == [
        ("待报送", 1), ("已导出待回执", 3), ("县已接收", 0),
    ]  # fmt: skip
    world.taken("county", package)
    world.send("county", "town")
    assert counted() == [1, 0, 3]
    _, listed = town.records.list("problem")
    assert sorted(r["exchange"] for r in listed) == ["received"] * 3 + ["unreported"]


def test_the_county_sees_the_same_of_what_it_wrote_itself_in_its_own_words(world, county, town):
    problem = county.records.add("problem", {"description": "县里交办", "township": TOWN})["id"]
    county.records.add("problem", {"description": "另一个", "township": TOWN})

    def counted():
        return [(f.label, f.count) for f in county.records.facets("problem", "exchange")]

    assert counted() == [("待下发", 2), ("已导出待回执", 0), ("单位已接收", 0)]
    world.send("county", "town")
    assert counted() == [("待下发", 0), ("已导出待回执", 2), ("单位已接收", 0)]
    world.send("town", "county")
    assert counted() == [("待下发", 0), ("已导出待回执", 0), ("单位已接收", 2)]
    town.records.add_dispatch(problem, {"month": "2024-05", "pace": "on_schedule"})
    world.send("town", "county")
    assert counted()[0] == ("待下发", 0), "what others wrote is nothing to be handed down"
    (line,) = county.records.lines("problem", county.records.ids(Query(words="县里交办")))
    assert (line.exchange, line.exchange_said) == ("received", "单位已接收")
    assert county.records.count(Query(where=(("exchange", "received"),))) == 2


def test_numbers_are_unique_without_a_network(world):
    numbers = [world[name].records.add("problem", {"description": "坏"})["number"]
               for name in ("town", "town2", "county") for _ in range(3)]  # fmt: skip
    assert len(set(numbers)) == 9
    assert [n.split("-")[2] for n in numbers[:3]] == ["0001", "0002", "0003"]
    assert {n[:15] for n in numbers[:6]} == {"361021101-2024-"}
    world.round("town", "town2")
    assert world["town"].records.add("problem", {"description": "坏"})["number"].split("-")[2] == "0004"
    world.clock.jump(days=300)
    assert world["town"].records.add("problem", {"description": "坏"})["number"].split("-")[1:3] == ["2025", "0001"]


def test_parts_of_a_void_record_are_not_written(county):
    record = county.records.add("problem", {"description": "坏"})["id"]
    county.records.void("problem", record, "误报")
    for verb in (
        lambda: county.records.edit("problem", record, {"person": "张三"}),
        lambda: county.records.add_measure(record, {"text": "拆"}),
        lambda: county.records.add_dispatch(record, {"month": "2024-05"}),
        lambda: county.records.edit("problem", record, {"remark": "x"}),
    ):
        with pytest.raises(IsVoid):
            verb()
    with pytest.raises(NothingWritten):
        county.records.add_measure(county.records.add("problem", {"description": "二"})["id"], {"person": "张三"})


def test_the_reason_why_the_county_fills_in_stands_in_the_history(world, county):
    problem = county.records.add("problem", {"description": "甲", "township": TOWN})["id"]
    (measure,) = county.records.add_measure(problem, {"text": "清运"}, "电话一")["measures"]
    county.records.edit_measure(problem, measure["id"], {"person": "王"}, "电话二")
    county.records.add_dispatch(problem, {"month": "2024-05", "pace": "behind", "progress": "两车"}, "电话三")
    whys = {(c.table, c.field): c.why for c in county.records.history("problem", problem)}
    assert whys["measure", "text"] == "电话一"
    assert whys["measure", "person"] == "电话二"
    assert {whys["dispatch", "progress"], whys["problem", "pace"], whys["problem", "progress"]} == {"电话三"}
