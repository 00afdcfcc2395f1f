"""Undo of an import: every row of every table is as it was before; refused in words as soon as anything rests on it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from models.errors import LedgerError
from models.services.base import backups
from models.services.opening import set_up
from models.store import fold_version, relation
from models.store.schema import setting
from tests.offices import World

LOCAL = {"setting", "mapping"}


def everything(world, name):
    return {table: rows for table, rows in world.dump(name).items() if table not in LOCAL}


def lacking(world, name, code):
    """What the next package to a unit would hold."""
    desk = world[name].desk
    with desk.ledger.read() as connection:
        devices = relation.devices_of(connection, code, but=desk.side.device)
        return sorted(row[0] for row in connection.execute(relation.lacking(desk.side, code, devices)))


def add(world, name, text, **values):
    return world[name].records.add("problem", {"description": text} | values)["id"]


def test_after_an_undo_all_is_as_before_and_the_package_can_be_read_again(world):
    record = add(world, "county", "河道堆放", township="白水镇")
    world.round("town")
    world["town"].records.edit("problem", record, {"progress": "已清运"})
    world["county"].records.edit("problem", record, {"deadline": "2024-12-31"})
    package = world.written("town")
    before, waits = everything(world, "county"), lacking(world, "county", "361021101")
    assert world.taken("county", package).result == "imported"
    done = world["county"].exchange.undo()
    assert (done.sender, done.number, done.why_not) == ("361021101", package.number, "")
    assert everything(world, "county") == before
    assert lacking(world, "county", "361021101") == waits
    assert world.sound("county") == []
    assert world.taken("county", package).result == "imported"
    world.round("town")
    assert world.agree("town")


@pytest.mark.parametrize("seed", range(2))
def test_undo_is_exact_whatever_the_package_did(world, seed):
    """Forks, older packages, conflicts, acknowledgements that come late, digests that differ: nothing of it is left."""
    dice = random.Random(seed)
    records = [add(world, "county", f"第{n}条", township=dice.choice(["白水镇", "青石镇"])) for n in range(3)]
    world.round("town", "other")
    waiting = []
    for turn in range(9):
        name = dice.choice(["town", "town2", "other", "county"])
        away = name if name != "county" else dice.choice(["town", "other"])
        match dice.randrange(4):
            case 0:
                add(world, name, f"新{turn}")
            case 1:
                here = [r for r in records if r in {x["id"] for x in world[name].records.list("problem")[1]}]
                if here:
                    world[name].records.edit("problem", dice.choice(here), {"progress": f"{name}{turn}"})
            case 2:
                with world.restored(away):
                    world[away].records.add("problem", {"description": f"丢{turn}"})
                    waiting.append((away, world.written(away)))
            case _:
                waiting.append((name, world.written(name, away if name == "county" else None)))
        if waiting and dice.random() < 0.7:
            sender, package = waiting.pop(dice.randrange(len(waiting)))
            to = "county" if sender != "county" else next(n for n in ("town", "other") if world.codes[n] == package.to)
            before, digest = everything(world, to), world[to].exchange.digest()
            if world.taken(to, package).result == "imported":
                world[to].exchange.undo()
                assert everything(world, to) == before
                assert world[to].exchange.digest() == digest
                world.taken(to, package)
    assert world.sound("county", "town", "other") == []


def test_undo_goes_back_one_import_after_another(world):
    add(world, "town", "一")
    states = [everything(world, "county")]
    for text in ("二", "三"):
        world.send("town", "county")
        states.append(everything(world, "county"))
        add(world, "town", text)
    world["county"].exchange.undo()
    assert everything(world, "county") == states[1]
    world["county"].exchange.undo()
    assert everything(world, "county") == states[0]


def test_what_is_of_this_home_alone_stays(world):
    world.send("town", "county")
    desk = world["county"].desk
    with desk.ledger.write() as connection:
        desk.remember(connection, reminder="一周")
    world["county"].exchange.undo()
    with desk.ledger.read() as connection:
        kept = {row.name: row.value for row in connection.execute(setting.select())}
    assert kept["reminder"] == "一周"
    assert world["county"].here.name == "临江县环委办"


def test_an_open_look_at_the_ledger_is_not_disturbed(world):
    record = add(world, "town", "看着")
    package = world.written("town")
    before = everything(world, "county")
    with world["county"].desk.ledger.read() as connection:  # so the journal cannot be folded: the copy is made online
        connection.execute(setting.select()).all()
        world.taken("county", package)
        world["county"].exchange.undo()
        assert connection.execute(setting.select()).all()
    assert everything(world, "county") == before
    assert record not in {r["id"] for r in world["county"].records.list("problem")[1]}


def refusal(world, name):
    before = world.dump(name)
    with pytest.raises(LedgerError) as caught:
        world[name].exchange.undo()
    assert world.dump(name) == before
    assert "恢复旧值" in caught.value.way_out
    return caught.value.code


def test_undo_is_refused_in_words_once_something_rests_on_the_import(world):
    record = add(world, "county", "坏", township="白水镇")
    world.send("county", "town")
    assert world["town"].exchange.last_import().why_not == ""
    world["town"].records.edit("problem", record, {"progress": "已清运"})
    assert "改过台账" in world["town"].exchange.last_import().why_not
    assert refusal(world, "town") == "S131"
    world.send("town", "county")
    world.send("county", "town")
    world.written("town")
    assert refusal(world, "town") == "S131"


def test_undo_is_refused_where_nothing_was_taken_in(tmp_path):
    world = World(tmp_path)
    world._open["county"] = set_up(tmp_path / "county", "county", "临江县环委办", "361021")
    assert world["county"].exchange.last_import() is None
    assert refusal(world, "county") == "S130"


def test_undo_is_refused_where_the_copy_is_gone_or_rotten(world):
    add(world, "town", "坏")
    world.send("town", "county")
    copy = next(one for one in world["county"].care.kept() if one.why == backups.IMPORT)
    content = bytearray(copy.path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    copy.path.write_bytes(content)
    assert refusal(world, "county") == "S131"
    copy.path.unlink()
    assert refusal(world, "county") == "S131"


def test_the_welcome_of_a_home_cannot_be_undone(world):
    world.close("town2")
    with world["town2"].desk.ledger.write() as connection:
        connection.execute(setting.delete().where(setting.c.name == "undo"))
    assert refusal(world, "town2") == "S131"


def test_a_preview_a_repetition_and_a_refusal_leave_no_copy(world):
    package = world.written("town")
    world.taken("county", package)
    copies = world["county"].care.kept()
    world["county"].exchange.preview(world.written("town").path)
    assert world.taken("county", package).result == "already"
    assert world.taken("county", world.written("county", "town")).result == "refused"
    assert world["county"].care.kept() == copies


def test_ten_copies_are_kept(world):
    for _ in range(12):
        world.send("town", "county")
    assert len([one for one in world["county"].care.kept() if one.why == backups.IMPORT]) == 10


def test_a_copy_of_a_program_with_other_rules_is_folded_by_those_of_today(world):
    """Between the import and its undo the program may have been exchanged for a newer one."""
    add(world, "town", "坏")
    before = everything(world, "county")
    world.send("town", "county")
    copy = next(one for one in world["county"].care.kept() if one.why == backups.IMPORT)
    with closing(sqlite3.connect(copy.path)) as old:
        old.execute("UPDATE setting SET value = 'other' WHERE name = ?", (fold_version.NAME,))
        old.execute("DELETE FROM problem")
        old.commit()
    world["county"].exchange.undo()
    numbered = {"problem", "named", "remark", "granted", "conflict", "held", "unit"}  # rows told apart by new numbers
    after = everything(world, "county")
    assert {t: rows for t, rows in after.items() if t not in numbered} == {
        t: rows for t, rows in before.items() if t not in numbered
    }
    assert world.sound("county") == []
    with world["county"].desk.ledger.read() as connection:
        assert fold_version.is_current(connection)


def test_only_the_package_that_people_were_asked_about_is_taken_back(world):
    """Undone already, on another page: a second yes must not reach the import before it."""
    first, second = world.send("town", "county"), world.send("town", "county")
    county = world["county"].exchange
    assert county.undo(package=second.package).number == second.number
    before = everything(world, "county")
    with pytest.raises(LedgerError) as caught:
        county.undo(package=second.package)
    assert caught.value.code == "S135"
    assert f"第 {first.number} 包" in caught.value.message
    assert caught.value.way_out
    assert everything(world, "county") == before
    assert county.undo(package=first.package).number == first.number
