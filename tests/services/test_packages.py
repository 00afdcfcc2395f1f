"""What a home does with each package it is given: takes it in once, or leaves it alone and says why."""

from __future__ import annotations

import shutil

import pytest

from models.services.exchange.enrolment import NotEnrolled
from models.services.exchange.outgoing import NoSuchPeer
from models.services.opening import set_up
from tests.offices import COUNTY, OFFICE, OTHER, TOWN
from tests.services.problems import a_problem, seen


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


def test_the_day_on_which_a_package_came_is_the_day_here_also_before_eight_in_the_morning(world):
    a_problem(world)
    world.clock.jump(days=0.9)  # 06:36 on the 16th, in UTC still the 15th
    package = world.written("county", "town")
    world.taken("town", package)
    assert world.taken("town", package).message == "本包已于 2024-06-16 导入过，未作任何改动。"
    assert world["town"].exchange.inspect(package.path).message == "已于 2024-06-16 导入过。"


def test_the_same_package_twice_changes_nothing_and_says_when_it_came(world):
    a_problem(world)
    package = world.written("county", "town")
    assert world.taken("town", package).result == "imported"
    before = world.dump("town")
    world.clock.jump(days=3)
    again = world.taken("town", package)
    assert (again.result, again.created, again.updated) == ("already", 0, 0)
    assert again.message == "本包已于 2024-06-15 导入过，未作任何改动。"
    assert world["town"].exchange.inspect(package.path).message == "已于 2024-06-15 导入过。"
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


def test_what_an_older_package_says_of_its_writer_counts_no_more(world):
    """Neither its digest, which would have everything sent again, nor its receipts."""
    world["other"].records.add("problem", {"description": "一"})
    late = world.written("other")
    world["other"].records.add("problem", {"description": "二"})
    assert not world.taken("county", world.written("other")).older
    assert world.written("county", "other").operations == 0
    assert world.taken("county", late).older
    assert world.written("county", "other").operations == 0


def test_a_preview_is_the_import_rolled_back(world):
    record = a_problem(world)
    package = world.written("county", "town")
    before = world.dump("town")
    preview = world["town"].exchange.preview(package.path)
    assert world.dump("town") == before
    assert (preview.result, preview.created) == ("imported", 1)
    assert [(line.what, line.record, line.title) for line in preview.changes] == [("new", record, "坏")]
    report = world.taken("town", package)
    assert (report.created, report.changes) == (preview.created, preview.changes)
    said = (preview.message, report.message)
    assert said == ("预览（还没有写入）：新增 1 条，更新 0 条。", "导入成功：新增 1 条，更新 0 条。")


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
    assert "读入" in report.message  # nothing was to be written
    assert "欢迎包" in report.way_out
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
    with pytest.raises(NoSuchPeer) as refused:
        world["county"].exchange.export(world.stick(), [COUNTY])
    assert f"代码 {COUNTY} 没有可以收包的其他电脑" in refused.value.message  # it has this one


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


def test_a_pc_that_waits_for_its_welcome_knows_it_among_other_files(world, tmp_path):
    """Its clerk looks where packages are read in: there it must be told which file is the one."""
    alone = set_up(tmp_path / "alone", "township", "白水镇", TOWN, clock=world.clock)
    stick = tmp_path / "U"
    request = alone.enrolment.request(stick)
    other = set_up(tmp_path / "other", "township", "青石镇", OTHER, clock=world.clock)
    county = world["county"]
    welcome = county.enrolment.approve(request, TOWN, stick).path
    foreign = county.enrolment.approve(other.enrolment.request(tmp_path / "V"), OTHER, stick).path
    data = world.written("county", "town").path
    told = {one.path: (one.state, one.kind, one.message) for one in alone.exchange.cards([stick, data])}
    assert told == {
        request: ("other", "enrol", "登记申请，请交给县环委办登记。"),
        welcome: ("new", "welcome", "县里的欢迎包：核对 24 位号码以后登记。"),
        foreign: ("other", "welcome", f"收件单位代码 {OTHER}，不是给本单位的。"),
        data: ("unknown", "", NotEnrolled().message),
    }
    assert county.exchange.cards([request])[0].state == "enrol"
    assert world["town"].exchange.cards([request])[0].state == "other", "it was approved at the county only"
