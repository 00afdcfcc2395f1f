"""Which homes hold a record and its operations after an exchange, and what never leaves its home."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.store import fold
from models.store.schema import op
from tests.offices import OTHER, TOWN
from tests.services.problems import a_problem, has, seen


def operations(world, name, record):
    """The operations of one history that a home holds: kind and author's unit."""
    with world[name].desk.ledger.read() as connection:
        who = fold.registry(connection)
        _, found = next(fold.load(connection, [bytes.fromhex(record)]))
        return sorted((o.kind, who.author(o.device).unit) for _, o in found.values())


def test_a_record_of_no_unit_stays_at_the_county(world):
    record = a_problem(world, township="没有的镇")
    world.round()
    assert not any(has(world, name, record) for name in ("town", "other", "office"))


def test_each_township_holds_its_own(world):
    ours = a_problem(world)
    theirs = world["other"].records.add("problem", {"description": "青石镇的"})["id"]
    world.round()
    world.round()
    assert has(world, "town", ours)
    assert has(world, "town2", ours)
    assert not has(world, "other", ours)
    assert has(world, "county", theirs)
    assert not has(world, "town", theirs)
    with pytest.raises(Exception, match="R101"):
        seen(world, "town", theirs)
    for name in ("town", "other", "office"):
        here, there = world.digests(name)
        assert here == there


def test_a_record_that_is_handed_over_keeps_with_the_old_township_what_it_had(world):
    record = a_problem(world)
    world.round("town", "other")
    world["town"].records.edit("problem", record, {"progress": "移交前"})
    world.round("town")
    world["county"].records.edit("problem", record, {"township": "青石镇"})
    world.round("town", "other")
    there = seen(world, "other", record)
    assert (there["township"], there["progress"]) == (OTHER, "移交前")  # with its whole history
    assert ("set", TOWN) in operations(world, "other", record)
    world["other"].records.edit("problem", record, {"progress": "移交后"})
    world["county"].records.edit("problem", record, {"goal": "移交后定的目标"})
    world.round("town", "other")
    assert seen(world, "county", record)["progress"] == "移交后"
    old = seen(world, "town", record)
    assert (old["township"], old["progress"], old["goal"]) == (OTHER, "移交前", None)
    assert ("set", OTHER) not in operations(world, "town", record)
    world["town"].records.edit("problem", record, {"remark": "移交手续已办"})
    world.round("town", "other")
    assert [r["text"] for r in seen(world, "county", record)["remarks"]] == ["移交手续已办"]
    assert world.agree("town", "other")
    assert world.sound("county", "town", "other") == []


def test_a_township_hands_its_own_record_over_through_the_county(world):
    record = world["town"].records.add("problem", {"description": "界河垃圾"})["id"]
    world["town"].records.edit("problem", record, {"township": "青石镇"})
    world.round("town")
    assert seen(world, "county", record)["unit"] == OTHER
    world.round("other")
    assert has(world, "other", record)
    world["other"].records.edit("problem", record, {"progress": "接手"})
    world.round("other", "town")
    assert seen(world, "county", record)["progress"] == "接手"
    assert world.agree("town", "other")


def test_a_department_that_works_beside_reads_and_remarks_and_writes_nothing_else(world):
    record = a_problem(world, cooperating_units="县住建局")
    world.round("town", "office")
    office = world["office"].records
    assert office.show("problem", record)["description"] == "坏"
    assert office.writable("problem", record) == {"remark", "internal_note"}
    for field in ("progress", "description", "closing_stage", "completed_on"):
        with pytest.raises(Exception, match="R110"):
            office.edit("problem", record, {field: "closed" if field == "closing_stage" else "2024-06-01"})
    with pytest.raises(Exception, match="R110"):
        office.add_measure(record, {"text": "我们来"})
    with pytest.raises(Exception, match="R110"):
        office.add_dispatch(record, {"month": "2024-05"})
    office.edit("problem", record, {"remark": "已到场"})
    world["town"].records.edit("problem", record, {"progress": "清运"})
    world.round("town", "office")
    world.round("town", "office")
    for name in ("county", "town", "office"):
        assert [r["text"] for r in seen(world, name, record)["remarks"]] == ["已到场"]
        assert seen(world, name, record)["progress"] == "清运"
    assert world.agree("town", "office")


def test_a_department_named_later_gets_the_whole_history(world):
    record = a_problem(world)
    world.round("town", "office")
    world["town"].records.edit("problem", record, {"progress": "清运"})
    world.round("town")
    assert not has(world, "office", record)
    world["county"].records.edit("problem", record, {"cooperating_units": "住建局"})
    world.round("office")
    assert seen(world, "office", record)["progress"] == "清运"
    assert world.agree("office")


# ------------------------------------------------------------------------------------------- what never leaves


def plain_text_of(world, receiver, package):
    """All that stands in a package once it is opened with the receiver's keys."""
    from models.progress import Silent

    desk = world[receiver].desk
    trusted = world[receiver].exchange.read(package.path)
    with trusted.open(desk.keys, desk.staging, Silent()) as opened:
        return b"".join([opened.meta, *(body for _, body in opened.operations())])


def test_internal_notes_never_leave(world):
    record = a_problem(world, internal_note="县里的悄悄话", goal="公开的目标")
    world["county"].records.edit("problem", record, {"internal_note": "县里又一句", "place": "东门村"})
    to_town = world.written("county", "town")
    opened = plain_text_of(world, "town", to_town)
    assert "公开的目标".encode() in opened
    assert "东门村".encode() in opened
    world.taken("town", to_town)
    world["town"].records.edit("problem", record, {"internal_note": "镇里的悄悄话", "progress": "公开的进展"})
    world["town"].records.add("problem", {"description": "自查公开", "internal_note": "镇里又一句"})
    to_county, to_sibling = world.written("town"), world.written("town", "town2")
    for package, receiver in ((to_county, "county"), (to_sibling, "town2")):
        opened = plain_text_of(world, receiver, package)
        assert "公开的进展".encode() in opened
        assert "悄悄话".encode() not in opened
        assert "又一句".encode() not in opened
        assert b"internal_note" not in opened
    assert "县里".encode() not in plain_text_of(world, "town", to_town).replace("临江县".encode(), b"")
    world.taken("county", to_county)
    assert seen(world, "county", record)["internal_note"] == "县里又一句"
    assert seen(world, "town", record)["internal_note"] == "镇里的悄悄话"
    assert world.agree("town")


def test_a_verdict_does_not_even_name_what_never_leaves(world):
    record = a_problem(world, internal_note="县里的悄悄话")
    world["county"].records.edit("problem", record, {"closing_stage": "closed"})
    with world["county"].desk.ledger.read() as connection:
        rows = connection.execute(select(op.c.id, op.c.body, op.c.travels).where(op.c.top == bytes.fromhex(record)))
        every = rows.all()
    alone = [row.id.hex()[:16].encode() for row in every if not row.travels]
    assert len(alone) == 1
    assert not any(name in row.body for row in every if row.travels for name in alone)


def test_a_local_note_is_no_news_for_anybody(world):
    record = a_problem(world)
    world.round("town")
    before = world["town"].exchange.digest()
    world["town"].records.edit("problem", record, {"internal_note": "嘘"})
    assert world["town"].exchange.digest() == before
    assert world.written("town").operations == 0
    assert seen(world, "town", record)["exchange"] == "received"
    assert [c.field for c in world["town"].records.history("problem", record)][-1] == "internal_note"
    assert world.sound("town") == []
