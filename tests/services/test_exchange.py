"""The exchange between real homes over folders as sticks: what arrives, what is said, what never changes anything."""

from __future__ import annotations

import shutil

import pytest

from models.errors import LedgerError
from models.services.enrolment import NotEnrolled
from models.services.office import set_up
from models.services.outgoing import NoSuchPeer
from models.store import fold
from tests.offices import COUNTY, OFFICE, OTHER, TOWN


def a_problem(world, **values):
    """A problem of 白水镇, made by the county."""
    return world["county"].records.add("problem", {"description": "坏", "township": "白水镇"} | values)["id"]


def seen(world, name, record):
    return world[name].records.show("problem", record)


def has(world, name, record):
    _, found = world[name].records.list("problem")
    return record in {r["id"] for r in found}


def operations(world, name, record):
    """The operations of one history that a home holds: kind and author's unit."""
    with world[name].desk.ledger.read() as connection:
        who = fold.registry(connection)
        _, found = next(fold.load(connection, [bytes.fromhex(record)]))
        return sorted((o.kind, who.author(o.device).unit) for _, o in found.values())


# ------------------------------------------------------------------------------------------- there and back


def test_a_package_that_never_reached_its_stick_was_not_written(world):
    """The stick was pulled out, or somebody cancelled: nobody waits for a receipt of what lies in the outbox."""
    record = world["town"].records.add("problem", {"description": "坏"})["id"]
    gone = world.stick() / "gone"
    gone.parent.mkdir(parents=True, exist_ok=True)
    gone.write_text("no folder")
    with pytest.raises(LedgerError):
        world["town"].exchange.export(gone)
    assert seen(world, "town", record)["exchange"] == "unreported"
    world.send("town", "county")
    assert seen(world, "county", record)["description"] == "坏"


def test_a_problem_goes_out_progress_comes_back_and_a_verdict_goes_out_again(world):
    record = a_problem(world, deadline="2024年底前")
    world.send("county", "town")
    town = world["town"].records
    assert town.show("problem", record)["deadline"] == "2024-12-31"
    town.add_dispatch(record, {"month": "2024-05", "progress": "已清运", "pace": "ahead"})
    measure = town.add_measure(record, {"text": "拆除", "person": "张三"})["measures"][0]["id"]
    town.edit_measure(record, measure, {"done_on": "2024-06-01"})
    town.edit("problem", record, {"completed_on": "2024-06-01", "remark": "请验收"})
    report = world.send("town", "county")
    assert (report.result, report.created, report.updated, report.conflicts, report.held) == ("imported", 0, 1, 0, 0)
    there = seen(world, "county", record)
    assert (there["pace"], there["progress"], there["completed_on"]) == ("ahead", "已清运", "2024-06-01")
    assert there["measures"] == [
        {"text": "拆除", "unit": None, "person": "张三", "due": None, "done_on": "2024-06-01", "id": measure}
    ]
    assert [(d["month"], d["progress"]) for d in there["dispatches"]] == [("2024-05", "已清运")]
    assert [(r["text"], r["unit"]) for r in there["remarks"]] == [("请验收", TOWN)]
    world["county"].records.edit("problem", record, {"closing_stage": "closed", "closed_on": "2024-06-10"})
    world.send("county", "town")
    assert (seen(world, "town", record)["closing_stage"], seen(world, "town", record)["closed_on"]) == (
        "closed", "2024-06-10",
    )  # fmt: skip
    assert not seen(world, "town", record)["review"]
    assert world.agree("town")
    assert world.sound("county", "town") == []


def test_the_record_tells_how_far_it_is_reported(world):
    record = world["town"].records.add("problem", {"description": "自查"})["id"]

    def state(name="town"):
        return seen(world, name, record)["exchange"]

    assert state() == "unreported"
    package = world.written("town")
    assert state() == "exported"
    world.taken("county", package)
    assert state() == "exported"
    assert state("county") == "received"  # nothing of it was written there
    world.send("county", "town")
    assert state() == "received"
    world["town"].records.edit("problem", record, {"progress": "清运"})
    assert state() == "unreported"
    assert [p.waiting for p in world["town"].exchange.peers() if p.unit == COUNTY] == [1]
    world["town"].records.edit("problem", record, {"internal_note": "只给自己"})
    world.round("town")
    assert state() == "received"


def test_status_counts_what_waits_and_what_is_under_way(world):
    world.round("town")
    world["town"].records.add("problem", {"description": "一"})
    (peer,) = [p for p in world["town"].exchange.peers() if p.unit == COUNTY]
    assert (peer.waiting, peer.unacknowledged) == (1, 0)
    written = world.written("town")
    (peer,) = [p for p in world["town"].exchange.peers() if p.unit == COUNTY]
    assert (peer.waiting, peer.unacknowledged, peer.last_out_number) == (0, 1, written.number)
    world.taken("county", written)
    world.send("county", "town")
    (peer,) = [p for p in world["town"].exchange.peers() if p.unit == COUNTY]
    assert (peer.waiting, peer.unacknowledged) == (0, 0)
    of_county = {p.unit: p for p in world["county"].exchange.peers()}
    assert set(of_county) == {TOWN, OTHER, OFFICE}
    assert of_county[TOWN].devices == 2
    assert of_county[TOWN].last_in_number == written.number


# ------------------------------------------------------------------------------------------- packages


def test_a_package_is_written_also_when_there_is_nothing_new(world):
    world.round("town")
    one, other = world.written("town"), world.written("town")
    assert (one.operations, other.operations) == (0, 0)
    assert other.number == one.number + 1
    assert one.path.read_bytes() != other.path.read_bytes()
    assert world.taken("county", one).message == "导入成功：没有新内容。"
    assert one.path.with_suffix(".txt").read_text(encoding="utf-8-sig").startswith("环改台账")


def test_what_was_not_acknowledged_is_sent_again_and_what_was_is_not(world):
    world.round("town")
    world["town"].records.add("problem", {"description": "一"})
    assert world.written("town").operations == 1  # lost
    world["town"].records.add("problem", {"description": "二"})
    assert world.written("town").operations == 2
    again = world.written("town")
    assert again.operations == 2
    world.taken("county", again)
    assert world.written("town").operations == 2  # the receipt is still on its way
    world.send("county", "town")
    assert world.written("town").operations == 0
    assert world.agree("town")


def test_the_same_package_twice_changes_nothing_and_says_when_it_came(world):
    a_problem(world)
    package = world.written("county", "town")
    assert world.taken("town", package).result == "imported"
    before = world.dump("town")
    world.clock.jump(days=3)
    again = world.taken("town", package)
    assert (again.result, again.created, again.updated) == ("already", 0, 0)
    assert again.message == "本包已于 2024-06-15 导入过，未作任何改动。"
    copy = package.path.with_name("改名 (1).vir")
    shutil.copyfile(package.path, copy)
    assert world.taken("town", copy).result == "already"
    assert world.dump("town") == before


def test_an_older_package_adds_what_is_lacking_and_reverts_nothing(world):
    record = a_problem(world)
    world.send("county", "town")
    town = world["town"].records
    town.edit("problem", record, {"progress": "一"})
    old = world.written("town")
    town.edit("problem", record, {"progress": "二"})
    world.taken("county", world.written("town"))
    before = world["county"].exchange.digest()
    report = world.taken("county", old)
    assert (report.result, report.older, report.fork) == ("imported", True, False)
    assert "较早" in report.message
    assert seen(world, "county", record)["progress"] == "二"
    assert world["county"].exchange.digest() == before


def test_a_preview_is_the_import_rolled_back(world):
    record = a_problem(world)
    package = world.written("county", "town")
    before = world.dump("town")
    preview = world["town"].exchange.preview(package.path)
    assert world.dump("town") == before
    assert (preview.result, preview.created) == ("imported", 1)
    assert [(line.what, line.record, line.title) for line in preview.changes] == [("new", record, "坏")]
    report = world.taken("town", package)
    assert (report.created, report.changes, report.message) == (preview.created, preview.changes, preview.message)


@pytest.mark.parametrize(
    ("receiver", "result", "code"),
    [
        ("other", "refused", "S104"),
        ("office", "refused", "S104"),
        ("county", "refused", "S121"),
        ("town2", "imported", ""),
    ],
)
def test_a_package_for_somebody_else_is_left_alone(world, receiver, result, code):
    a_problem(world)
    package = world.written("county", "town")
    before = world.dump(receiver)
    report = world.taken(receiver, package)
    assert (report.result, report.code) == (result, code)
    assert (world.dump(receiver) == before) == (result == "refused")
    if code:
        assert "本机数据未改动" in report.message


def test_the_own_package_is_called_so(world):
    report = world.taken("town", world.written("town"))
    assert (report.result, report.code) == ("refused", "S121")
    assert "本单位导出的包" in report.message


def test_in_a_folder_what_is_not_ours_is_passed_over(world):
    a_problem(world)
    stick = world.stick()
    world["county"].exchange.export(stick)
    world["town"].exchange.export(stick)
    new = set_up(world.folder / "new", "township", "新塘乡", "361021150", clock=world.clock)
    new.enrolment.request(stick)
    new.close()
    (stick / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    by_result = {}
    for report in world["town"].exchange.bring_in([stick]):
        by_result.setdefault(report.result, []).append(report.code)
    assert by_result.pop("imported") == [""]
    assert sorted(by_result.pop("skipped")) == ["S104", "S104", "S110", "S121"]
    assert not by_result
    assert [r.result for r in world["town"].exchange.bring_in([stick])].count("already") == 1


def test_many_sticks_at_once_and_a_bad_one_stops_no_other(world, tmp_path):
    for name in ("town", "other"):
        world[name].records.add("problem", {"description": name})
    good = [world.written(name) for name in ("town", "other")]
    damaged = tmp_path / "坏.hgb"
    raw = bytearray(good[1].path.read_bytes())
    raw[-20] ^= 1
    damaged.write_bytes(raw)
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    gone = tmp_path / "没有.hgb"
    reports = world["county"].exchange.bring_in([good[0].path, empty, damaged, gone, good[1].path])
    assert [r.result for r in reports] == ["imported", "refused", "refused", "refused", "imported"]
    assert [r.code for r in reports[1:4]] == ["S124", "S108", "S304"]
    assert all(r.way_out.endswith("。") for r in reports[1:4])
    assert world.taken("county", damaged).result == "already"  # which package it is, it still says
    assert world["county"].figures.tally()["problems"]["total"] == 2


@pytest.mark.parametrize("at", [3, 40, 700, -300, -5])
def test_a_damaged_package_changes_nothing(world, at):
    world["town"].records.add("problem", {"description": "一"})
    package = world.written("town")
    raw = bytearray(package.path.read_bytes())
    raw[at] ^= 0x55
    package.path.write_bytes(raw)
    before = world.dump("county")
    report = world.taken("county", package)
    assert report.result == "refused"
    assert report.code.startswith("S1")
    assert "未改动" in report.message or "没有导入" in report.message
    assert world.dump("county") == before
    assert not list(world["county"].desk.inbox.iterdir())


@pytest.mark.parametrize("cut", [0, 5, 100, 600, -1])
def test_a_package_that_was_cut_or_extended_changes_nothing(world, cut):
    world["town"].records.add("problem", {"description": "一"})
    package = world.written("town")
    raw = package.path.read_bytes()
    before = world.dump("county")
    for wrong in (raw[:cut], raw + b"x"):
        package.path.write_bytes(wrong)
        assert world.taken("county", package).result == "refused"
    assert world.dump("county") == before
    package.path.write_bytes(raw)
    assert world.taken("county", package).result == "imported"


def test_who_is_not_enrolled_neither_writes_nor_reads(world, tmp_path):
    alone = set_up(tmp_path / "alone", "township", "新塘乡", "361021150", clock=world.clock)
    with pytest.raises(NotEnrolled):
        alone.exchange.export(tmp_path)
    report = alone.exchange.bring_in([world.written("county", "town").path])[0]
    assert (report.result, report.code) == ("refused", "S214")
    alone.close()


def test_nobody_to_write_to_is_said(world):
    world["county"].units.add("township", "新塘乡", "361021150")
    done = world["county"].exchange.export(world.stick())
    assert [p.to for p in done.packages] == [TOWN, OTHER, OFFICE]
    assert [code for code, _ in done.skipped] == ["361021150"]
    for code in ("361021150", "999", COUNTY):
        with pytest.raises(NoSuchPeer) as refused:
            world["county"].exchange.export(world.stick(), [code])
        assert code in refused.value.message
    with pytest.raises(NoSuchPeer):
        world["town"].exchange.export(world.stick(), [OTHER])


def test_another_county_is_refused(world, tmp_path):
    foreign = set_up(tmp_path / "c", "county", "望江县环委办", COUNTY, clock=world.clock)
    foreign.units.add("township", "白水镇", TOWN)
    town = set_up(tmp_path / "t", "township", "白水镇", TOWN, clock=world.clock)
    answer = foreign.enrolment.approve(town.enrolment.request(tmp_path / "s"), TOWN, tmp_path / "s")
    town.enrolment.accept(answer.path)
    package = foreign.exchange.export(tmp_path / "s").packages[0]
    assert world.taken("town", package).code == "S107"
    assert world.taken("county", town.exchange.export(tmp_path / "s").packages[0]).code == "S107"
    foreign.close()
    town.close()


# ------------------------------------------------------------------------------------------- two PCs of one unit


def test_two_pcs_of_one_township_meet_through_the_county(world):
    record = a_problem(world)
    world.round("town", "town2")
    world["town"].records.edit("problem", record, {"progress": "甲说"})
    world["town2"].records.edit("problem", record, {"progress": "乙说", "pace": "ahead"})
    reports = world.round("town", "town2") + world.round("town", "town2")
    assert [r.conflicts for r in reports] == [0, 1, 1, 1, 0, 0, 0, 0]  # at the county, then at each of them, once
    for name in ("town", "town2", "county"):
        (conflict,) = world[name].conflicts.list()
        assert (conflict.record, conflict.field) == (record, "progress")
        assert sorted(h.value for h in conflict.heads) == ["乙说", "甲说"]
        assert seen(world, name, record)["pace"] == "ahead"
    world["town"].conflicts.settle(conflict.id, value="合并")
    world.round("town", "town2")
    for name in ("town", "town2", "county"):
        assert world[name].conflicts.list() == ()
        assert seen(world, name, record)["progress"] == "合并"
    assert world.agree("town", "town2")


def test_a_package_goes_straight_to_the_other_pc(world):
    record = world["town"].records.add("problem", {"description": "一"})["id"]
    package = world.written("town", "town2")
    assert package.to == TOWN
    assert world.taken("town2", package).created == 1
    assert has(world, "town2", record)
    assert world.written("town2").operations == 1  # it will bring it to the county, too
    assert world.taken("other", package).code == "S104"
    assert world.taken("county", package).code == "S104"


def test_the_same_value_from_both_is_no_conflict(world):
    record = a_problem(world)
    world.round("town", "town2")
    for name in ("town", "town2"):
        world[name].records.edit("problem", record, {"progress": "已清运"})
    world.round("town", "town2")
    world.round("town", "town2")
    assert world["county"].conflicts.list() == world["town"].conflicts.list() == ()


# ------------------------------------------------------------------------------------------- who holds what


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


def test_a_verdict_on_older_progress_is_flagged_on_all_sides(world):
    record = a_problem(world)
    world.round("town")
    world["town"].records.edit("problem", record, {"progress": "又堆了"})
    world["county"].records.edit("problem", record, {"closing_stage": "closed"})
    world.round("town")
    assert seen(world, "county", record)["review"]
    assert seen(world, "town", record)["review"]
    world["county"].records.edit("problem", record, {"closing_stage": "none"})
    world.round("town")
    assert not seen(world, "county", record)["review"]


def test_a_voided_record_keeps_the_work_and_is_listed_for_review(world):
    record = a_problem(world)
    world.round("town")
    world["town"].records.edit("problem", record, {"progress": "刚写的"})
    world["county"].records.void("problem", record, "重复")
    world.round("town")
    for name in ("county", "town"):
        there = seen(world, name, record)
        assert there["void"] == "2024-06-15"
        assert there["progress"] == "刚写的"
        assert there["review"]
        assert not has(world, name, record)


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


def test_importing_writes_no_operation(world):
    """Law 7: else every exchange makes work for the next, and digests never meet."""
    a_problem(world, cooperating_units="住建局")
    world.round()
    world.round()
    for name in ("county", "town", "town2", "other", "office"):
        before = world[name].exchange.digest()
        written = world.written(name, "town" if name == "county" else None)
        assert (written.operations, world[name].exchange.digest()) == (0, before)


def test_a_pc_that_is_silent_for_long_waits_and_catches_up_when_it_speaks(world):
    """Live is who was heard within the last five packages of its siblings; others open it and ignore its digest."""
    record = a_problem(world)
    world.send("county", "town")
    for n in range(6):
        world["town"].records.edit("problem", record, {"progress": str(n)})
        world.round("town")
    package = world.written("county", "town")
    addressed = world["town"].exchange.read(package.path).header.complete_for
    assert addressed == (world["town"].desk.settings["device"],)
    report = world.taken("town2", package)
    assert (report.result, report.fork) == ("imported", False)
    assert world.written("town2").operations == 0  # what it knows of the county, it still believes
    assert not has(world, "town2", record)  # for it, the record went by in packages that it never saw
    world.send("town2", "county")
    package = world.written("county", "town")
    assert len(world["town"].exchange.read(package.path).header.complete_for) == 2
    world.taken("town2", package)
    assert seen(world, "town2", record)["progress"] == "5"
    assert world.agree("town2")
