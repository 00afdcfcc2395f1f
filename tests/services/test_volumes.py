"""Files between homes: once, by hash, after or before their text; asked for until they come or all have given up."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import select

from models.domain import limits
from models.services.exchange.volumes_in import _Choice
from models.services.home.restoring import restore
from models.services.views.exchange import Written
from models.store.schema import evidence, file, file_lack
from tests.offices import OTHER, TOWN, World, quick_folder

JPEG = b"\xff\xd8\xff\xe0"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def add(world: World, name: str, record: str, *contents: bytes) -> list[str]:
    folder = world.folder / "photos"
    folder.mkdir(exist_ok=True)
    paths = []
    for content in contents:
        path = folder / f"{sha(content)[:8]}.jpg"
        path.write_bytes(content)
        paths.append(path)
    return [one.sha256 for one in world[name].evidence.add("problem", record, paths).added]


def problem(world: World, name: str = "town", **values: str) -> str:
    return world[name].records.add("problem", {"description": "河边有垃圾", "township": "白水镇", **values})["id"]


def packages(world: World, sender: str, receiver: str | None = None, **more: bool) -> list[Written]:
    units = [world.codes[receiver]] if receiver else None
    return list(world[sender].exchange.export(world.stick(), units, **more).packages)


def texts(found: Iterable[Written]) -> list[Path]:
    return [p.path for p in found if p.path.suffix == ".hgb"]


def volumes(found: Iterable[Written]) -> list[Path]:
    return [p.path for p in found if p.path.suffix == ".hgf"]


def here(world: World, name: str) -> set[str]:
    return set(world[name].desk.blobs.all())


def states(world: World, name: str, record: str) -> list[str]:
    return [one.state for one in world[name].evidence.list("problem", record)]


def asked(world: World, name: str) -> set[tuple[str, int, int]]:
    """What this home was told that others lack: hash, wants, has not."""
    return {(r[1], r[2], r[3]) for r in world.dump(name)[file_lack.name]}


# ------------------------------------------------------------------------------------- once, and what it looks like


def test_files_go_beside_the_text_once(world):
    record = problem(world)
    add(world, "town", record, JPEG + b"1", JPEG + b"2")
    text, volume = packages(world, "town")
    assert (text.path.suffix, text.files, volume.path.suffix, volume.files, volume.operations) == (
        ".hgb", 0, ".hgf", 2, 0,
    )  # fmt: skip
    assert volume.number == text.number
    assert hashlib.sha256(volume.path.read_bytes()).hexdigest() == volume.sha256
    assert volume.bytes == volume.path.stat().st_size
    assert "照片和文档：2 个" in text.path.with_suffix(".txt").read_text(encoding="utf-8-sig")
    assert len(packages(world, "town")) == 1  # nothing new: not a second time, receipt or not
    first, second = world["county"].exchange.bring_in([text.path.parent])
    assert (first.path, first.missing_files, second.path, second.files, second.missing_files) == (
        text.path, 2, volume.path, 2, 0,
    )  # fmt: skip
    assert here(world, "county") == here(world, "town")
    assert states(world, "county", record) == ["here", "here"]
    assert world.send("county", "town").missing_files == 0
    assert len(packages(world, "town")) == 1
    assert world["county"].exchange.bring_in([volume.path])[0].result == "already"


def test_a_volume_can_be_looked_at_and_is_for_one_unit(world):
    add(world, "town", problem(world), JPEG)
    _, volume = packages(world, "town")
    card = world["county"].exchange.inspect(volume.path)
    assert (card.state, card.kind, card.files, card.operations) == ("new", "files", 1, 0)
    assert world["county"].exchange.preview(volume.path).files == 1
    assert here(world, "county") == set()
    assert world["town"].exchange.inspect(volume.path).state == "own"
    assert world["town"].exchange.bring_in([volume.path])[0].code == "S121"
    assert world["other"].exchange.bring_in([volume.path])[0].code == "S104"
    world["county"].exchange.bring_in([volume.path])
    assert world["county"].exchange.inspect(volume.path).state == "already"


def test_many_files_go_in_as_many_volumes_as_it_takes(world, monkeypatch):
    monkeypatch.setattr(limits, "VOLUME_BYTES", 25)
    record = problem(world)
    add(world, "town", record, *(JPEG + bytes([n]) * 6 for n in range(5)))  # 10 bytes each
    found = packages(world, "town")
    assert [p.files for p in found] == [0, 2, 2, 1]
    first, second, third = volumes(found)
    damaged = bytearray(second.read_bytes())
    damaged[-5] ^= 1
    second.write_bytes(damaged)
    reports = world["county"].exchange.bring_in([first.parent])
    assert sorted(r.result for r in reports) == ["imported", "imported", "imported", "refused"]
    assert states(world, "county", record).count("here") == 3
    again = world["town"].exchange.again([p for p in found if p.path == second], world.stick()).packages
    assert world["county"].exchange.bring_in([p.path for p in again])[0].files == 2
    assert first.exists()
    assert third.exists()


def test_the_text_is_there_when_the_files_do_not_fit(world, monkeypatch):
    record = problem(world)
    add(world, "town", record, JPEG + b"1")
    monkeypatch.setattr("models.services.exchange.volumes_out.write_volume", _no_room)
    done = world["town"].exchange.export(world.stick())
    assert [p.path.suffix for p in done.packages] == [".hgb"]
    assert "数据包已写好；照片和文档没有写完" in done.failed[0].message
    assert done.failed[0].way_out.endswith("再写一个数据包，照片和文档就接着写，文字不会重复。")
    monkeypatch.undo()
    assert [p.files for p in packages(world, "town")] == [0, 1]  # what was not read back was not sent


def _no_room(folder: Path, *_: object) -> None:
    from models.files import DiskFull

    raise DiskFull(folder)


def test_without_files_is_later_asked_for(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    text = packages(world, "town", with_files=False)
    assert volumes(text) == []
    report = world.taken("county", *text)
    assert (report.missing_files, states(world, "county", record)) == (1, ["wanted"])
    assert "还缺照片和文档 1 个" in report.message
    assert {p.unit: p.missing_files for p in world["county"].exchange.peers()}[TOWN] == 1
    assert len(volumes(packages(world, "town"))) == 1


# ------------------------------------------------------------------------------------- lost, late, twice, before


def test_a_lost_volume_is_asked_for_and_comes_again(world):
    record = problem(world)
    add(world, "town", record, JPEG + b"1", JPEG + b"2")
    found = packages(world, "town")
    world.taken("county", *texts(found))
    world.send("county", "town")
    assert asked(world, "town") == {(sha(JPEG + b"1"), 1, 0), (sha(JPEG + b"2"), 1, 0)}
    again = packages(world, "town")
    assert [p.files for p in again] == [0, 2]
    assert world.taken("county", *volumes(again)).files == 2
    assert world.taken("county", *volumes(found)).files == 0  # late, and not needed any more
    world.send("county", "town")
    assert asked(world, "town") == set()
    assert volumes(packages(world, "town")) == []


def test_a_lost_stick_with_text_and_files_costs_two_rounds(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    packages(world, "town")
    for _ in range(2):
        world["county"].exchange.bring_in([p.path for p in packages(world, "town")])
        world.send("county", "town")
    world["county"].exchange.bring_in([p.path for p in packages(world, "town")])
    assert states(world, "county", record) == ["here"]


def test_a_volume_may_come_before_its_text(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    found = packages(world, "town")
    assert world.taken("county", *volumes(found)).files == 1
    assert world.taken("county", *texts(found)).missing_files == 0
    assert states(world, "county", record) == ["here"]


def test_what_nobody_names_is_kept_up_to_a_limit(world, monkeypatch):
    monkeypatch.setattr(limits, "UNNAMED_BYTES", 25)
    monkeypatch.setattr("models.services.exchange.volumes_in._Choice.room", 25)
    for number in range(4):
        add(world, "town", problem(world), JPEG + bytes([number]) * 6)
        world.taken("county", *volumes(packages(world, "town")))
    assert len(here(world, "county")) == 2
    assert sum(row[3] for row in world.dump("county")[file.name]) == 2
    for name in ("town", "county") * 3:
        for package in packages(world, name, "town" if name == "county" else None):
            world.taken("county" if name == "town" else "town", package)
    assert len(here(world, "county")) == 4


def test_the_limit_may_be_used_up_to_its_last_byte(world, monkeypatch):
    monkeypatch.setattr(limits, "UNNAMED_BYTES", 20)
    for number in range(3):
        add(world, "town", problem(world), JPEG + bytes([number]) * 6)
        world.taken("county", *volumes(packages(world, "town")))
    assert len(here(world, "county")) == 2


def test_what_nobody_names_is_not_even_written_beyond_the_limit(world):
    choice = _Choice({"n"}, set(), world["county"].desk.blobs, room=10)
    assert [choice.wants(sha256, 6) for sha256 in ("a", "b", "n")] == [True, False, True]


def test_a_volume_brings_back_what_was_lost_since(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    found = packages(world, "town")
    world["county"].exchange.bring_in([p.path for p in found])
    world["county"].desk.blobs.path(sha(JPEG)).unlink()
    assert not world["county"].care.check().ok
    assert states(world, "county", record) == ["wanted"]
    assert world.taken("county", *volumes(found)).files == 1
    assert world["county"].care.check().ok


def test_a_restored_disk_does_not_ask_for_what_lies_on_it(world):
    record = problem(world)
    backup = world["town"].care.backup(world.folder / "backups")
    add(world, "town", record, JPEG)
    for package in packages(world, "town"):
        world.taken("county", package)
    world.close("town")
    restore(world.home("town"), backup)
    world.send("county", "town")
    assert states(world, "town", record) == ["wanted"]
    packages(world, "town")
    assert states(world, "town", record) == ["here"]


def test_what_lies_here_unknown_is_taken_up_by_a_check_and_rubbish_put_aside(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    blobs = world["town"].desk.blobs
    stray = blobs.path(sha(b"stray"))
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"stray")
    blobs.path(sha(JPEG)).with_name("0" * 62).write_bytes(b"not what it is called")
    assert world["town"].care.check(deep=True).ok
    assert here(world, "town") == {sha(JPEG), sha(b"stray")}
    assert {row[1] for row in world.dump("town")["file"]} == {sha(JPEG), sha(b"stray")}
    blobs.path(sha(JPEG)).write_bytes(JPEG[::-1])
    assert world["town"].care.check().ok  # of the same size: only a deep look finds it
    found = world["town"].care.check(deep=True)
    assert [f.text for f in found.findings if f.level == "damage"] == [
        f"照片或文档有问题：{sha(JPEG)[:8]}.jpg（内容已损坏，已移到一边），下次交换时会自动要一份。"
    ]
    assert states(world, "town", record) == ["wanted"]


def test_undoing_an_import_keeps_what_is_known_of_files(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    found = packages(world, "town")
    world.taken("county", *volumes(found), *texts(found))
    world["county"].exchange.undo()
    assert here(world, "county") == {sha(JPEG)}
    world.taken("county", *texts(found))
    assert states(world, "county", record) == ["here"]


# ------------------------------------------------------------------------------------- who may have what


def test_the_county_passes_files_on_to_those_who_are_granted_the_record(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    for package in packages(world, "town"):
        world.taken("county", package)
    assert volumes(packages(world, "county", "other")) == []
    world["county"].records.edit("problem", record, {"cooperating_units": "青石镇"})
    for package in packages(world, "county", "other"):
        world.taken("other", package)
    assert states(world, "other", record) == ["here"]
    assert here(world, "office") == set()


def test_a_voided_photo_travels_no_more(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    entry = world["town"].evidence.list("problem", record)[0]
    world["town"].evidence.void(entry.id, "拍错了")
    found = packages(world, "town")
    assert volumes(found) == []
    assert world.taken("county", *found).missing_files == 0


def lost_everywhere(world):
    """A problem of the other township whose photo reached nobody before its disk lost it."""
    record = problem(world, "other", township="青石镇")
    add(world, "other", record, JPEG)
    world.taken("county", *texts(packages(world, "other")))
    world["other"].desk.blobs.path(sha(JPEG)).unlink()
    world["other"].care.check()
    world.round("other")
    world.round("other")
    return record


def test_what_all_have_lost_is_given_up_and_said(world):
    record = lost_everywhere(world)
    assert states(world, "other", record) == states(world, "county", record) == ["lost"]
    assert asked(world, "other") == {(sha(JPEG), 0, 1)}
    assert asked(world, "county") == {(sha(JPEG), 1, 1)}  # as it was before it had heard that
    # One who finds it again gives it to all who gave it up.
    add(world, "other", record, JPEG)
    for package in packages(world, "other"):
        world.taken("county", package)
    assert states(world, "county", record) == ["here"]


def test_what_was_given_up_is_asked_for_again_once_somebody_has_it(world):
    record = lost_everywhere(world)
    assert states(world, "county", record) == ["lost"]
    add(world, "other", record, JPEG)
    world.taken("county", *texts(packages(world, "other")))  # what lay beside it got lost
    assert states(world, "county", record) == ["wanted"]
    world.send("county", "other")
    for package in packages(world, "other"):
        world.taken("county", package)
    assert states(world, "county", record) == ["here"]


def test_what_one_pc_of_a_unit_has_lost_is_asked_of_the_other(world):
    record = problem(world)
    add(world, "town", record, JPEG)
    for package in packages(world, "town", "town2"):
        world.taken("town2", package)
    world.taken("county", *texts(packages(world, "town")))
    world["town"].desk.blobs.path(sha(JPEG)).unlink()
    world["town"].care.check()
    world.round("town")
    world.round("town")
    assert states(world, "county", record) == ["wanted"], "one PC alone gives nothing up for both"
    world.send("county", "town2")
    for package in packages(world, "town2"):
        world.taken("county", package)
    assert states(world, "county", record) == ["here"]


def test_what_may_still_be_under_way_is_not_sent_again(world):
    record = problem(world, "county", township="青石镇")
    add(world, "county", record, JPEG)
    world.taken("other", *texts(packages(world, "county", "other")))
    world.send("other", "county")  # and asks for what was beside it
    sent = packages(world, "county", "other")
    assert [p.files for p in sent] == [0, 1]
    world.send("other", "county")  # asks again, before those have come
    assert volumes(packages(world, "county", "other")) == []
    assert world.taken("other", *volumes(sent)).files == 1


def test_a_damaged_file_is_put_aside_and_the_others_go(world):
    record = problem(world)
    add(world, "town", record, JPEG + b"1", JPEG + b"2", JPEG + b"3")
    world["town"].desk.blobs.path(sha(JPEG + b"1")).write_bytes(b"rot")
    world["town"].desk.blobs.path(sha(JPEG + b"2")).unlink()
    found = packages(world, "town")
    assert [p.files for p in found] == [0, 1]
    assert states(world, "town", record) == ["wanted", "wanted", "here"]
    assert len(list((world.home("town") / "files" / "damaged").iterdir())) == 1


# ------------------------------------------------------------------------------------- any split, order, loss

SOME = ("town", "town2", "other")  # a unit with two PCs, and one beside it


def in_three_rounds(county: Path, seed: int) -> None:
    chance = random.Random(seed)
    with quick_folder() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "VOLUME_BYTES", chance.choice((1, 30, 1 << 30)))
        world = World(county).copied(folder / "homes")
        history(world, chance)
        for _ in range(3):
            exchange(world, chance, loss=0.0)
        everybody_has_what_there_is(world)
        world.close()


@pytest.mark.parametrize("seed", [3, 11])
def test_in_three_rounds_every_unit_has_every_file_that_some_home_holds(county_folder, seed):
    in_three_rounds(county_folder, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_histories_of_files(county_folder, seed):
    in_three_rounds(county_folder, seed)


def history(world: World, chance: random.Random) -> None:
    """Photos everywhere, sticks that are lost, read twice and in any order, disks that lose files."""
    records = {
        "town": problem(world),
        "other": problem(world, "other", township="青石镇"),
        "county": problem(world, "county", cooperating_units="青石镇"),
    }
    for step in range(3):
        for name, record in records.items():
            contents = [JPEG + bytes([step, *name.encode(), n]) for n in range(chance.randint(0, 2))]
            if contents:
                add(world, name, record, *contents)
        if step == 1 and knows(world, "county", records["town"]):
            world["county"].records.edit("problem", records["town"], {"cooperating_units": "青石镇"})
        name = chance.choice((*SOME, "county"))
        for one in sorted(here(world, name))[: chance.randint(0, 2)]:
            world[name].desk.blobs.path(one).unlink()
        world[name].care.check()
        exchange(world, chance, loss=0.5)


def knows(world: World, name: str, record: str) -> bool:
    return record in {r["id"] for r in world[name].records.list("problem")[1]}


def exchange(world: World, chance: random.Random, *, loss: float) -> None:
    for name in SOME:
        carry(world, packages(world, name), ["county"], chance, loss)
    for code in (TOWN, OTHER):
        found = list(world["county"].exchange.export(world.stick(), [code]).packages)
        carry(world, found, [n for n in SOME if world.codes[n] == code], chance, loss)


def carry(world: World, found: list[Written], to: list[str], chance: random.Random, loss: float) -> None:
    paths = [p.path for p in found if chance.random() >= loss]
    chance.shuffle(paths)
    for name in to:
        for path in [*paths, *(p for p in paths if chance.random() < loss)]:
            report = world.taken(name, path)
            assert report.result in ("imported", "already"), report


def everybody_has_what_there_is(world: World) -> None:
    homes = ("county", *SOME)
    anywhere = set().union(*(here(world, name) for name in homes))
    assert anywhere
    for name in homes:
        with world[name].desk.ledger.read() as connection:
            named = set(connection.scalars(select(evidence.c.sha256)))
        assert named & anywhere <= here(world, name), name
        assert here(world, name) <= named, f"{name} holds what is not its own"
        lost = {one.sha256 for record in world[name].records.list("problem")[1]
                for one in world[name].evidence.list("problem", record["id"]) if one.state == "lost"}  # fmt: skip
        assert lost == named - anywhere, name


def test_the_journal_and_the_register_say_that_files_left_and_came(world):
    add(world, "town", problem(world), JPEG + b"1", JPEG + b"2")
    sent = packages(world, "town")
    world["county"].exchange.bring_in([p.path for p in sent])
    left, came = (
        [one for one in world[name].exchange.journal().lines if one.is_of_files] for name in ("town", "county")
    )
    (volume,) = volumes(sent)
    assert [(one.way, one.file, one.files, one.number, one.state) for one in left] == [
        ("out", volume.name, 2, sent[0].number, "written"),
    ]  # fmt: skip
    assert [(one.way, one.unit, one.files, one.state) for one in came] == [("in", TOWN, 2, "imported")]
    assert world["town"].exchange.journal(OTHER).lines == ()
    assert [one.file for one in world["county"].exchange.register().lines if one.file.endswith(".hgf")] == [volume.name]
