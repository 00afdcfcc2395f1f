"""Photos: a copy travels first and the file on request; used twice; of a part; which paper; odd times."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.services.base import file_refusals
from models.services.evidence.photo_facts import PhotoFacts, PhotoRead
from models.store.schema import evidence
from tests.services.test_evidence import photo, problem
from tests.services.test_volumes import here, packages, sha, texts, volumes

LARGE = b"\xff\xd8\xff" + b"L" * 400
COPY = b"\xff\xd8\xff" + b"c" * 100
LOOKS = "00ff00ff00ff00ff"


class Child:
    """Stands for the child process: what it would learn of a photo."""

    def __init__(self, copy: bytes = COPY, **facts) -> None:
        self.read = PhotoRead(PhotoFacts(**facts), copy)

    def __call__(self, path, progress):
        return self.read if path.read_bytes().startswith(b"\xff\xd8\xffL") else None


def add(world, record, folder, *, child=None, name="town", content=LARGE, values=None, **more):
    paths = [photo(folder, f"{sha(content)[:6]}.jpg", content)]
    return world[name].evidence.add("problem", record, paths, values or {}, reader=child or Child(), **more)


def entry(world, name, record):
    (found,) = world[name].evidence.list("problem", record)
    return found


def test_a_copy_travels_first_and_the_file_when_it_is_asked_for(world, tmp_path):
    record = problem(world)
    add(world, record, tmp_path)
    assert here(world, "town") == {sha(LARGE), sha(COPY)}
    assert entry(world, "town", record).state == "here"
    text, volume = packages(world, "town")
    assert volume.files == 1
    world["county"].exchange.bring_in([text.path, volume.path])
    assert here(world, "county") == {sha(COPY)}
    shown = entry(world, "county", record)
    assert (shown.state, shown.picture, shown.sha256) == ("copy", sha(COPY), sha(LARGE))
    assert world["county"].evidence.open_copy(shown.id).read_bytes() == COPY
    assert world.send("county", "town").missing_files == 0
    assert volumes(packages(world, "town")) == [], "nobody asked for it"
    assert world["county"].evidence.want([shown.id]) == 1
    assert entry(world, "county", record).state == "asked"
    world.send("county", "town")
    found = packages(world, "town")
    assert [v.name[-4:] for v in volumes(found)] == [".hgf"]
    world["county"].exchange.bring_in(volumes(found))
    assert entry(world, "county", record).state == "here"
    out = tmp_path / "out.jpg"
    world["county"].evidence.get(sha(LARGE), out)
    assert out.read_bytes() == LARGE
    assert world["county"].evidence.want([shown.id]) == 0
    world.round("town")
    assert world.agree("town", "county")
    assert world.sound("town", "county") == []


def test_where_the_copy_is_not_to_be_had_the_file_is_asked_for_by_itself(world, tmp_path):
    record = world["other"].records.add("problem", {"description": "河边有垃圾", "township": "青石镇"})["id"]
    add(world, record, tmp_path, name="other")
    world["other"].desk.blobs.drop(sha(COPY))
    world.taken("county", *texts(packages(world, "other")))
    assert entry(world, "county", record).state == "wanted"
    for _ in range(3):
        world.send("county", "other")
        world["county"].exchange.bring_in([p.path for p in packages(world, "other")])
    assert entry(world, "county", record).state == "here"


def test_an_older_county_that_knows_no_copies_gets_the_file_itself(world, tmp_path):
    """It lists the file among what it lacks, as it does with every file that an entry names."""
    record = problem(world)
    add(world, record, tmp_path)
    text, _ = packages(world, "town")
    world["county"].exchange.bring_in([text.path])
    world["county"].evidence.want([entry(world, "county", record).id])
    world.send("county", "town")
    (volume,) = volumes(packages(world, "town"))
    assert world["county"].exchange.inspect(volume).files == 2


def test_a_copy_that_saves_little_is_none(world, tmp_path):
    record = problem(world)
    add(world, record, tmp_path, child=Child(COPY + b"c" * 120))
    assert here(world, "town") == {sha(LARGE)}


def test_what_the_camera_wrote_is_told_and_an_odd_time_remarked(world, tmp_path):
    record = world["town"].records.add(
        "problem", {"description": "河边", "township": "白水镇", "found_on": "2024-05-01"}
    )["id"]
    add(world, record, tmp_path, child=Child(shot_at="2024-05-12 09:30:11", longitude=115.9341, latitude=27.5522))
    shown = entry(world, "town", record)
    assert (shown.shot_at, shown.longitude, shown.latitude, shown.taken_on, shown.remark) == (
        "2024-05-12 09:30:11", 115.9341, 27.5522, "2024-05-12", "",
    )  # fmt: skip
    world["town"].evidence.void(shown.id, "重拍")
    add(world, record, tmp_path, child=Child(shot_at="2030-01-01 00:00:00"))
    late = entry(world, "town", record)
    assert (late.taken_on, "今天之后" in late.remark) == ("", True)


def test_one_photo_used_twice_is_flagged_with_the_other_record(world, tmp_path):
    first, second = problem(world), problem(world, text="山上有烟")
    add(world, first, tmp_path, child=Child(looks=LOOKS))
    same = add(world, second, tmp_path, child=Child(looks=LOOKS))
    assert [(t.record, t.title, t.near) for t in same.twice] == [(first, "河边有垃圾", False)]
    third = problem(world, text="路边焚烧")
    alike = add(world, third, tmp_path, child=Child(looks="00ff00ff00ff00fe"), content=LARGE + b"!")
    assert {(t.record, t.near) for t in alike.twice} == {(first, True), (second, True)}
    assert {t.record for t in world["town"].evidence.twice("problem", first)} == {second, third}
    unlike = problem(world, text="别处")
    assert add(world, unlike, tmp_path, child=Child(looks="0f0f0f0f0f0f0f0f"), content=LARGE + b"?").twice == ()
    both = problem(world, text="前后一样")
    add(world, both, tmp_path, content=LARGE + b"b", values={"stage": "before"})
    again = add(world, both, tmp_path, content=LARGE + b"b", values={"stage": "after"})
    assert [t.record for t in again.twice] == [both]


def test_a_photo_belongs_to_a_part_and_is_another_entry_there(world, tmp_path):
    record = problem(world)
    at = world["town"].records
    measure = at.add_measure(record, {"text": "清运垃圾"})["measures"][0]["id"]
    month = at.add_dispatch(record, {"month": "2024-05", "progress": "已清运"})["dispatches"][0]["id"]
    add(world, record, tmp_path, part=measure)
    add(world, record, tmp_path, part=month)
    again = add(world, record, tmp_path, part=month)
    assert (len(again.added), len(again.already)) == (0, 1)
    assert [(e.part, e.part_said) for e in world["town"].evidence.list("problem", record)] == [
        (measure, "整改措施 清运垃圾"), (month, "月调度 2024-05"),
    ]  # fmt: skip
    world.send("town", "county")
    assert [e.part for e in world["county"].evidence.list("problem", record)] == [measure, month]
    for wrong in ("0" * 32, "x", problem(world)):
        with pytest.raises(file_refusals.NoSuchPart) as refused:
            add(world, record, tmp_path, part=wrong)
        assert refused.value.code == "F120"


def test_a_paper_is_chosen_and_ticked_and_words_speak_where_nobody_chose(world, tmp_path):
    record = problem(world)

    def ticked() -> set[str]:
        return {paper.name for paper in world["town"].workflow.steps(record).papers if paper.here}

    add(world, record, tmp_path, values={"paper": "销号申请表", "caption": "整改后"})
    assert ticked() == {"销号申请表"}, "who says what it is, is believed"
    shown = entry(world, "town", record)
    assert shown.paper == "销号申请表"
    world["town"].evidence.edit(shown.id, {"paper": "群众回访记录"})
    assert ticked() == {"群众回访记录"}
    world["town"].evidence.edit(shown.id, {"paper": ""})
    assert ticked() == {"整改后照片"}
    with pytest.raises(file_refusals.NoSuchPaper) as refused:
        world["town"].evidence.edit(shown.id, {"paper": "没有这种"})
    assert refused.value.code == "F121"
    assert "销号申请表" in refused.value.way_out


def test_photos_that_cannot_be_opened_are_told_and_those_of_telephones_refused_with_the_way(world, tmp_path):
    record = problem(world)
    done = add(world, record, tmp_path, content=b"\xff\xd8\xffbroken")
    assert (len(done.added), len(done.unreadable)) == (1, 1)
    with pytest.raises(file_refusals.PhotoOfTelephone) as refused:
        add(world, record, tmp_path, content=b"\0\0\0\x18ftypheic")
    assert refused.value.code == "F122"
    assert "兼容性最佳" in refused.value.way_out
    with world["town"].desk.ledger.read() as connection:
        assert len(connection.execute(select(evidence)).all()) == 1
