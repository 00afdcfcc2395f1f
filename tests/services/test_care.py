"""Checks and copies: what was changed behind the program's back is found, and a backup is one that was tried."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date

import pytest

from models.services.opening import NotALedgerFile, open_office, set_up
from models.store import sqlite
from models.store.ledger import DiskTrouble, NotALedger
from models.store.schema import FOLDED
from models.version import RELEASED
from tests.offices import lived_in

OF_THE_COUNTY = ("apart",)  # no township holds it


@pytest.fixture(scope="module")
def lived(county_folder):
    """A county whose township has something of every kind."""
    with lived_in(county_folder, _works) as world:
        yield world


@pytest.fixture
def town(lived, world):
    """A township with something of every kind in it."""
    return world["town"]


def _works(world):
    """A problem with all its parts, a petition, a PC that is stopped."""
    record = world["county"].records.add(
        "problem", {"description": "坏", "township": "白水镇", "cooperating_units": "住建局", "remark": "县里备注"}
    )["id"]
    world.round("town", "town2")
    for name in ("town", "town2"):
        world[name].records.edit("problem", record, {"progress": name})
        world[name].records.add_dispatch(record, {"month": "2024-05", "difficulties": "无"})
    world["town"].records.add_measure(record, {"text": "拆除"})
    world["town"].records.add("petition", {"content": "臭"})
    told = world.folder / "说明.txt"
    told.write_text("说明", encoding="utf-8")
    world["town"].evidence.add("problem", record, [told])
    world["county"].records.edit("problem", record, {"township": "青石镇"})
    world.round("town", "town2")
    world["county"].devices.revoke(world["office"].here.device)
    world.round("town", "town2")
    _lives(world, record)
    with world["town"].desk.ledger.read() as connection:
        empty = [
            n for n, t in FOLDED.items() if not connection.exec_driver_sql(f"SELECT count(*) FROM {t.name}").scalar()
        ]
    assert set(empty) == {"held", *OF_THE_COUNTY}


def _lives(world, record):
    """The papers of a rectification's life: asked, accepted, closed, opened again, looked back at."""
    county, town = world["county"], world["town"]
    town.requests.ask(record, {"kind": "extension", "wanted_deadline": "2024-12-31", "reason": "汛期"})
    county.dictionaries.set("trades", ["矿山"])
    county.notices.add({"kind": "reminder", "township": "白水镇", "title": "提示", "text": "请加快"})
    plant = town.records.add("source", {"name": "砖厂"})["id"]
    town.sources.add_permit(plant, {"kind": "mining"})
    own = town.checklists.add_item("air", {"text": "烟囱是否无黑烟？"})["id"]
    county.checklists.retire("air", "A1-1")
    town.campaigns.add({"title": "垃圾"})
    town.inspections.answer(town.inspections.add({"checklists": "air"})["id"], {own: "yes"})
    closed = town.records.add("problem", {"description": "焚烧", "deadline_kind": "immediate"})["id"]
    town.workflow.step(closed, "complete", {"progress": "扑灭"})
    second = county.records.add("problem", {"description": "二", "township": "白水镇", "measures_text": "清运"})["id"]
    county.workflow.step(second, "assign", {})
    world.round("town")
    county.workflow.step(closed, "close", {})
    world.clock.jump(days=2)
    county.cycles.open(closed, {"kind": "relapse", "reason": "又烧", "basis": "巡查"})
    world.round("town")
    town.lookbacks.add(closed, {"looked_on": "2024-06-17", "up_to_standard": "true"})
    for verb, said in (
        ("claim", {}),
        ("plan", {}),
        ("complete", {"progress": "清完"}),
        ("self-accept", {"people": "张三", "standards": "整改效果符合"}),
    ):
        town.workflow.step(second, verb, said)


def by_hand(office, statement, *values):
    """What somebody does to the file with another tool."""
    office.close()
    with closing(sqlite3.connect(office.desk.ledger.path)) as file:
        done = file.execute(statement, values)
        assert done.rowcount != 0
        file.commit()


def damage(office):
    result = office.care.check(deep=True)
    texts = [f.text for f in result.findings if f.level == "damage"]
    assert result.ok == (not texts)
    return texts


def said(office, *levels):
    return [f.text for f in office.care.check().findings if f.level in (levels or ("note", "warning", "damage"))]


@pytest.fixture
def today(world):
    """A PC whose date can be right."""
    world.clock.jump(days=(date.fromisoformat(RELEASED) - world.clock.now.date()).days)


def test_a_sound_ledger_is_sound_and_keys_without_passphrase_are_said(town, today):
    result = town.care.check(deep=True)
    assert result.ok
    assert [f.level for f in result.findings] == ["note"]
    assert "口令" in result.findings[0].text
    assert town.care.check().ok


def test_keys_that_are_gone_or_damaged_are_found_in_words(world, today):
    county = world["county"]
    assert ["本机密钥" in text for text in said(county)] == [True, False]
    county.desk.county_file.write_text("{}")
    county.desk.device_file.unlink()
    lines = said(county, "damage")
    assert [text[:5] for text in lines] == ["本机密钥不", "县里的密钥"]
    assert all("请" in text for text in lines)
    assert not county.care.check().ok


def test_a_clock_that_cannot_be_right_is_a_warning_and_no_fault(world, town, today):
    assert said(town, "warning") == []
    world.clock.jump(days=-1)
    assert "比程序的发布日期" in said(town, "warning")[0]
    world.clock.jump(days=3)
    town.records.add("petition", {"content": "后天"})
    world.clock.jump(days=-1)
    assert "比台账里最后一次登记" in said(town, "warning")[0]
    assert town.care.check().ok


def test_what_broken_off_work_left_behind_is_named(town, today):
    (town.desk.inbox / "x.hgb").write_bytes(b"x" * 1_500)
    (town.desk.staging / "work-1").mkdir()
    (town.desk.staging / "work-1" / "payload").write_bytes(b"x")
    (town.desk.outbox / ".hg_1.hgb.ab.part").write_bytes(b"x")
    lines = said(town, "note")[1:]
    assert [text[: text.index("时")] for text in lines] == ["读取数据包中断", "打开或生成数据包中断", "写文件中断"]
    assert "1 个文件（1.5 KB）" in lines[0]
    assert town.care.check().ok
    with town.desk.ledger.locked(), ThreadPoolExecutor(1) as other:
        busy = other.submit(lambda: open_office(town.desk.home).care.check().findings).result()
        assert not any("中断" in f.text for f in busy), "another program is at work: it is no leftover"


def test_a_ledger_that_no_longer_knows_whose_it_is_is_damaged(town, today):
    by_hand(town, "DELETE FROM setting WHERE name IN ('root', 'public')")
    assert "2 项" in said(town, "damage")[0]
    by_hand(town, "DELETE FROM setting")
    assert "6 项" in said(open_office(town.desk.home, clock=town.desk._clock), "damage")[0]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE problem SET progress='改' WHERE 1", "problem"),
        ("UPDATE problem SET search_key='x'", "problem"),
        ("DELETE FROM measure", "measure"),
        ("DELETE FROM conflict WHERE pk=(SELECT max(pk) FROM conflict)", "conflict"),
        ("UPDATE granted SET unit='361021102'", "granted"),
        ("UPDATE unit SET name='别的'", "unit"),
        ("UPDATE remark SET text='改'", "remark"),
        ("INSERT INTO held (top, op, field, why) SELECT top, id, 'x', 'y' FROM op LIMIT 1", "held"),
        ("INSERT INTO remark (id, top, text, by, unit, wall) VALUES (x'00', x'00', '', '', '', '')", "remark"),
        ("INSERT INTO named (top, name_key, leads) SELECT top, name_key, leads FROM named LIMIT 1", "named"),
        ("UPDATE dispatch SET month='2024-06'", "dispatch"), ("DELETE FROM petition", "petition"),
    ],
)  # fmt: skip
def test_a_table_that_was_changed_by_hand_is_found(town, statement, named):
    by_hand(town, statement)
    assert any(f"“{named}”" in text for text in damage(town))


def test_an_operation_that_was_changed_by_hand_is_found(town):
    by_hand(
        town,
        "UPDATE op SET body = CAST(replace(CAST(body AS TEXT), '拆除', '保留') AS BLOB) "
        "WHERE CAST(body AS TEXT) LIKE '%拆除%'",
    )
    assert "内容被改动过" in damage(town)[0]


def test_operations_that_are_gone_are_found(town):
    by_hand(town, "DELETE FROM op WHERE pk = (SELECT max(pk) FROM op)")
    assert damage(town) != []


def test_a_check_changes_nothing(world, town):
    before = world.dump("town")
    town.care.check(deep=True)
    assert world.dump("town") == before
    assert list(town.desk.staging.iterdir()) == []


def test_a_backup_is_a_ledger_that_opens(world, town, tmp_path):
    path = town.care.backup(tmp_path / "备份")
    assert path.name.startswith("huangai-361021101-2024-06-17-")
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("SELECT count(*) FROM problem").fetchone() == (3,)
    assert list(town.desk.staging.iterdir()) == []


def test_a_backup_of_a_damaged_ledger_is_no_backup(town, tmp_path):
    by_hand(town, "DELETE FROM op WHERE pk = (SELECT max(pk) FROM op)")
    with pytest.raises(Exception, match=r"\[H1"):
        town.care.backup(tmp_path / "备份")
    assert not list(tmp_path.glob("备份/*.db"))


# ------------------------------------------------------------------------------------------- files that are none


@pytest.mark.parametrize("content", [b"", b"x" * 5000, b"SQLite format 3\0" + bytes(4000), b"PK\x03\x04"])
def test_what_is_no_ledger_is_not_opened(home, content):
    home.mkdir()
    (home / "ledger.db").write_bytes(content)
    with pytest.raises(NotALedgerFile) as refused:
        open_office(home)
    assert (home / "ledger.db").read_bytes() == content
    assert refused.value.code == "H108"


@pytest.mark.parametrize(("at", "length"), [(100, 4000), (4096, 4096), (4096 * 2, 4096), (4096 * 4, 4096 * 3)])
def test_a_damaged_ledger_is_refused_in_words_or_found(world, at, length):
    path = world.home("town") / "ledger.db"
    raw = bytearray(path.read_bytes())
    raw[at : at + length] = b"\xa5" * length
    path.write_bytes(raw)
    with pytest.raises(NotALedger) as refused:  # noqa: PT012 - where it is noticed depends on what was damaged
        office = open_office(world.home("town"))
        try:
            if not office.care.check().ok:
                raise NotALedger
        finally:
            office.close()
    assert "备份" in refused.value.way_out


def test_a_ledger_that_was_cut_short_is_refused_in_words_or_found(world):
    path = world.home("town") / "ledger.db"
    path.write_bytes(path.read_bytes()[: 4096 * 5])
    with pytest.raises(NotALedger):  # noqa: PT012 - where it is noticed depends on what was cut
        office = open_office(world.home("town"))
        try:
            if not office.care.check().ok:
                raise NotALedger
        finally:
            office.close()


def test_a_home_is_set_up_once(home):
    set_up(home, "township", "新塘乡", "361021150").close()
    before = sorted((p.relative_to(home), p.read_bytes()) for p in home.rglob("*") if p.is_file())
    with pytest.raises(Exception, match="H107"):
        set_up(home, "county", "临江县", "361021")
    assert sorted((p.relative_to(home), p.read_bytes()) for p in home.rglob("*") if p.is_file()) == before


def test_a_set_up_on_a_disk_that_fails_at_its_last_write_is_told_in_words_and_can_be_done_again(home, monkeypatch):
    def refuse(_engine):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    with monkeypatch.context() as failing:
        failing.setattr(sqlite, "fold_journal", refuse)
        with pytest.raises(DiskTrouble):
            set_up(home, "township", "新塘乡", "361021150")
    assert not (home / "ledger.db").exists()
    with closing(set_up(home, "township", "新塘乡", "361021150")) as office:
        assert office.care.check().ok


def test_keys_are_for_this_user_alone(home):
    set_up(home, "county", "临江县环委办", "361021").close()
    assert [oct(p.stat().st_mode & 0o777) for p in sorted((home / "keys").iterdir())] == ["0o600", "0o600"]
