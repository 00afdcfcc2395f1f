"""What an exchange costs follows what is exchanged, not what a ledger holds."""

from __future__ import annotations

from sqlalchemy import event, select

from models.store import relation
from models.store.schema import op


def statements(office):
    """The statements of an office from now on, with what they are asked."""
    said: list[tuple[str, object]] = []

    def keep(_connection, _cursor, statement, parameters, _context, _many):
        said.append((statement, parameters))

    event.listen(office.desk.ledger.engine, "before_cursor_execute", keep)
    return said


def test_what_a_package_speaks_of_is_looked_up_and_never_looked_for(world):
    town, county = world["town"].records, world["county"]
    one = town.add("problem", {"description": "坏", "lead_unit": "环保局"})["id"]
    world.send("town", "county")
    town.edit("problem", one, {"progress": "已清运"})
    said = statements(county)
    world.send("town", "county")
    world.send("county", "town")
    asked = {
        statement: parameters
        for statement, parameters in said
        if "wanted" in statement and "temp" not in statement.lower()
    }
    assert len(asked) > 20
    with county.desk.ledger.write(keep=False) as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS wanted (id BLOB PRIMARY KEY) WITHOUT ROWID")
        for statement, parameters in asked.items():
            connection.info["folding"] = True
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert not [step for step in plan if step[3].startswith("SCAN")], statement


def test_one_operation_is_in_a_share_if_the_share_holds_it(world):
    """By their own audience, by everyone's, and by a grant."""
    town, county = world["town"], world["county"]
    shared = town.records.add("problem", {"description": "坏", "lead_unit": "城管局"})["id"]
    town.records.add("problem", {"description": "又坏", "internal_note": "只在本机"})
    county.units.add("department", "城管局", "361021210")
    world.send("town", "county")
    county.records.edit("problem", shared, {"progress": "县里看过"})
    world.written("county")  # grants what came in
    found: set[int] = set()
    for office in (town, county):
        side = office.desk.side
        with office.desk.ledger.read() as connection:
            for to in ("361021", "361021101", "361021210", "361021999"):
                asked = connection.scalars(select(op.c.pk).where(relation.in_share(side, to)))
                share = set(connection.scalars(relation.share(side, to)))
                assert set(asked) == share, (side.unit, to)
                found.add(len(share))
    assert len(found) > 3  # they differ


def test_before_an_export_no_record_is_read_to_warn_and_no_operation_to_sum_up(world):
    """What is asked of a whole ledger is answered by indexes that are narrow."""
    town = world["town"]
    town.records.add("problem", {"description": "坏"})
    said = statements(town)
    assert world.written("town").operations == 1
    assert town.exchange.outlook().warnings == ("有 1 个未完成的问题没有填整改时限。",)
    plans: dict[str, str] = {}
    with town.desk.ledger.read() as connection:
        for statement, parameters in list(said):
            if statement.startswith("SELECT count(*) AS count_1 \nFROM problem") or "op.sha" in statement:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                plans[statement] = " ".join(step[3] for step in plan)
    assert len(plans) == 2
    narrow = ("ix_problem_bare", "COVERING INDEX ix_op_travels_pk_unit_sha")
    assert all(any(one in plan for one in narrow) for plan in plans.values())


def test_what_a_device_has_is_summed_up_from_the_narrow_index(world):
    """By its numbers, so that the county need not go through the work of thirty townships for one of them."""
    world["town"].records.add("problem", {"description": "坏"})
    said = statements(world["county"])
    world.send("town", "county")
    (asked,) = [(s, p) for s, p in said if "op.sha" in s and "known.device" in s]
    with world["county"].desk.ledger.read() as connection:
        steps = [step[3] for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", asked[1])]
    (way,) = [step for step in steps if step.split()[1] == "op"]
    assert way.startswith("SEARCH op USING COVERING INDEX ix_op_travels_pk_unit_sha")
    assert "pk=?" in way


def test_what_the_county_laid_down_is_read_once_however_many_problems_are_looked_at(world):
    """Steps for several and changes of several by hand ask as often for twelve as for two."""
    county = world["county"]
    county.users.add("管平", ("admin", "reviewer"), "1234")
    county.users.sign_in("管平", "1234")
    county.users.add("审二", ("reviewer",), "1234")
    ids = [
        county.records.add(
            "problem", {"description": f"第{n}个", "township": "白水镇", "source": "信访投诉",
                        "completed_on": "2024-06-01", "closing_stage": "closing"},
        )["id"]
        for n in range(12)
    ]  # fmt: skip
    rows = county.workflow.rows(ids)
    said = statements(county)

    def asked(what):
        said.clear()
        what()
        return sum(f"FROM {table}" in statement for statement, _ in said for table in ("dictionary", "user", "device"))

    for what in (
        county.workflow.many,
        lambda some: county.workflow.plan_many(some, "return", {"opinion": "请补照片"}),
        lambda some: county.records.plan_bulk("problem", some, {"closing_stage": "none"}),
    ):
        few = asked(lambda what=what: what(rows[:2]))
        assert 0 < few == asked(lambda what=what: what(rows))
