"""Restored and cloned disks heal by exchanging as usual: in three rounds all hold all, and people are told."""

from __future__ import annotations

import pytest

from models.domain import limits


def texts(world, name):
    """The problems of a home by their description, with what is known of them."""
    _, found = world[name].records.list("problem")
    return {r["description"]: r["progress"] for r in found}


def add(world, name, text):
    return world[name].records.add("problem", {"description": text})["id"]


def until_they_agree(world, *names, most=3):
    """Exchange as usual; how many rounds it took."""
    for done in range(1, most + 1):
        world.round(*names)
        if world.agree(*names):
            return done
    pytest.fail(f"not healed after {most} rounds: {[world.digests(n) for n in names]}")


def forks(world, name):
    return sum(p.forks for p in world[name].exchange.peers())


def test_a_restored_township_gets_back_what_only_the_county_has(world):
    add(world, "town", "旧")
    world.round("town")
    with world.restored("town"):
        lost = add(world, "town", "恢复前已报送")
        world["town"].records.edit("problem", lost, {"progress": "一"})
        world.round("town")
        never = add(world, "town", "恢复前没有报送")
    assert texts(world, "town") == {"旧": None}
    add(world, "town", "恢复后新写的")
    reports = [world.send("town", "county")]
    assert reports[0].fork
    assert "恢复过备份" in reports[0].message
    assert until_they_agree(world, "town") <= 3
    expected = {"旧": None, "恢复前已报送": "一", "恢复后新写的": None}
    assert texts(world, "town") == texts(world, "county") == expected
    assert forks(world, "county") == 1
    assert never not in {r["id"] for r in world["county"].records.list("problem")[1]}
    assert world.sound("town", "county") == []


def test_a_restored_township_that_wrote_nothing_since_heals_too(world):
    with world.restored("town"):
        add(world, "town", "恢复前已报送")
        world.round("town")
    assert until_they_agree(world, "town") <= 3
    assert texts(world, "town") == {"恢复前已报送": None}


def test_a_restored_county_gets_everything_back_from_everybody(world):
    for name in ("town", "other"):
        add(world, name, f"{name}旧")
    world.round("town", "other")
    with world.restored("county"):
        record = add(world, "town", "恢复前报送的")
        world["county"].records.add("problem", {"description": "县里交办的", "township": "青石镇"})
        world.round("town", "other")
        world["county"].records.edit("problem", record, {"closing_stage": "closed"})
        world.round("town", "other")
        full = texts(world, "county")
    assert texts(world, "county") == {"town旧": None, "other旧": None}
    add(world, "other", "恢复后新写的")
    assert until_they_agree(world, "town", "other") <= 3
    assert texts(world, "county") == full | {"恢复后新写的": None}
    assert world["county"].records.show("problem", record)["closing_stage"] == "closed"
    assert forks(world, "town") == forks(world, "other") == 1
    assert world.sound("county", "town", "other") == []


def test_a_record_that_the_other_side_lost_is_to_be_reported_again(world):
    record = add(world, "town", "报送过的")
    world.round("town")
    with world.restored("county"):
        pass
    world["town"].records.edit("problem", record, {"progress": "一"})
    with world.restored("county"):
        world.round("town")
        world.round("town")
        assert world["town"].records.show("problem", record)["exchange"] == "received"
    world.send("county", "town")  # the county forgot: its digest says so
    assert world["town"].records.show("problem", record)["exchange"] == "unreported"
    (peer,) = [p for p in world["town"].exchange.peers() if p.kind == "county"]
    assert peer.waiting >= 1
    assert until_they_agree(world, "town") <= 3
    world.round("town")
    assert world["town"].records.show("problem", record)["exchange"] == "received"


def test_both_sides_restored_at_once_lose_only_what_nobody_holds(world):
    add(world, "town", "一")
    world.round("town", "town2")
    with world.restored("county"), world.restored("town"):
        add(world, "town", "二")
        world.round("town", "town2")
    add(world, "town", "三")
    world["county"].records.add("problem", {"description": "四", "township": "白水镇"})
    assert until_they_agree(world, "town", "town2") <= 3
    for name in ("county", "town", "town2"):
        assert set(texts(world, name)) == {"一", "二", "三", "四"}  # the second PC had kept it


def test_a_cloned_disk_is_noticed_and_both_go_on(world):
    record = add(world, "town", "共同的")
    world.round("town")
    world.clone("town", "copy")
    add(world, "town", "甲盘写的")
    add(world, "copy", "乙盘写的")
    world["town"].records.edit("problem", record, {"progress": "甲"})
    world["copy"].records.edit("problem", record, {"progress": "乙"})
    reports = [r for _ in range(2) for r in world.round("town", "copy")]
    assert any(r.fork for r in reports)
    assert until_they_agree(world, "town", "copy") == 1
    for name in ("town", "copy", "county"):
        assert set(texts(world, name)) == {"共同的", "甲盘写的", "乙盘写的"}
        (conflict,) = world[name].conflicts.list()
        assert sorted(h.value for h in conflict.heads) == ["乙", "甲"]
    assert forks(world, "county") >= 1
    assert world.sound("town", "copy", "county") == []


def test_clones_may_go_on_for_long(world):
    world.clone("town", "copy")
    for n in range(4):
        add(world, "town", f"甲{n}")
        add(world, "copy", f"乙{n}")
        world.round("copy", "town") if n % 2 else world.round("town", "copy")
    assert until_they_agree(world, "town", "copy") <= 3
    assert len(texts(world, "county")) == 8
    assert texts(world, "town") == texts(world, "copy") == texts(world, "county")


def test_numbers_of_clones_meet_and_are_asked_about(world):
    """A number is unique as long as a disk is: two records of clones carry one, and the program asks which is meant."""
    world.clone("town", "copy")
    number = world["town"].records.show("problem", add(world, "town", "甲"))["number"]
    assert world["copy"].records.show("problem", add(world, "copy", "乙"))["number"] == number
    world.round("town", "copy")
    with pytest.raises(Exception, match="R108") as refused:
        world["county"].records.show("problem", number)
    for text in ("甲", "乙"):
        assert text in refused.value.message


def test_a_package_of_the_own_clone_is_taken_in_and_said(world):
    """It bears our own key, but we did not write it."""
    world.clone("town", "copy")
    add(world, "copy", "乙")
    package = world["copy"].exchange.export(world.stick(), [world.codes["town"]]).packages[0]
    report = world.taken("town", package)
    assert (report.result, report.fork) == ("imported", True)
    assert texts(world, "town") == {"乙": None}


def test_everything_that_was_ever_lost_comes_with_the_next_package(world):
    """Ten packages go missing, and the eleventh carries all (cumulative since acknowledged)."""
    for n in range(10):
        add(world, "town", str(n))
        world.written("town")
    report = world.send("town", "county")
    assert (report.created, report.fork) == (10, False)
    assert world.agree("town") or until_they_agree(world, "town") == 1


def test_sticks_in_any_order_lead_to_the_same(world):
    packages = []
    record = add(world, "town", "一")
    for n in range(4):
        world["town"].records.edit("problem", record, {"progress": str(n)})
        packages.append(world.written("town"))
    for n in (2, 0, 3, 1, 3, 0):
        world.taken("county", packages[n])
    assert texts(world, "county") == {"一": "3"}
    assert forks(world, "county") == 0
    assert until_they_agree(world, "town") == 1


def test_an_older_package_hides_no_restore(world):
    """What came last is not what was written last: the disk that forgot the newest is noticed all the same."""
    late = world.written("town")
    with world.restored("town"):
        newest = world.written("town")
    assert world.taken("county", newest, late).older
    assert world.send("town", "county").fork


def test_a_fork_is_said_once_for_one_restore(world):
    with world.restored("town"):
        world.round("town")
    first = world.send("town", "county")
    second = world.send("town", "county")
    assert (first.fork, second.fork) == (True, False)
    world.send("county", "town")
    assert world.send("town", "county").fork is False


def test_packages_to_others_crowd_out_neither_bases_nor_receipts(world, monkeypatch):
    """Each peer is told of the last packages of its own; the county writes to and hears from very many.

    Of a unit with one PC: nothing comes back to it but the receipt.
    """
    monkeypatch.setattr(limits, "BASES", 2)
    monkeypatch.setattr(limits, "ACKS", 2)
    add(world, "other", "一")
    reported = [add(world, "other", text) for text in ("二", "三")]
    world.round("other")
    for _ in range(3):
        world.round("town")
    last = add(world, "other", "四")
    world.send("other", "county")
    for _ in range(3):
        world.send("town", "county")
    answer = world.send("county", "other")
    assert (answer.result, answer.fork) == ("imported", False)
    for record in (*reported, last):
        assert world["other"].records.show("problem", record)["exchange"] == "received"


def test_of_very_many_packages_the_newest_are_acknowledged(world, monkeypatch):
    monkeypatch.setattr(limits, "ACKS", 2)
    for _ in range(3):
        world.send("other", "county")
    record = add(world, "other", "最新的")
    world.send("other", "county")
    world.send("county", "other")
    assert world["other"].records.show("problem", record)["exchange"] == "received"
