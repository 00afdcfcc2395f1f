"""Photos and documents of a record: added whole, kept once, checked when written out, refused in words."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from models.domain import limits, media
from models.errors import LedgerError
from models.file_faults import FileGone, FileTrouble
from models.services.base import file_refusals, refusals
from models.store.schema import evidence, file
from tests.offices import TOWN, World

JPEG = b"\xff\xd8\xff\xe0" + b"photo"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def photo(folder: Path, name: str = "河边.jpg", content: bytes = JPEG) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def pipe(folder: Path) -> Path:
    if sys.platform == "win32":  # where pipes lie in no folder: a folder is no file either
        (folder / "pipe").mkdir()
    else:
        os.mkfifo(folder / "pipe")
    return folder / "pipe"


def sha(content: bytes = JPEG) -> str:
    return hashlib.sha256(content).hexdigest()


def problem(world: World, name: str = "town", text: str = "河边有垃圾") -> str:
    return world[name].records.add("problem", {"description": text, "township": "白水镇"})["id"]


def stored(world: World, name: str = "town") -> list[str]:
    return list(world[name].desk.blobs.all())


def test_a_photo_lies_under_its_hash_and_the_record_names_it(world, folder):
    one = problem(world)
    done = world["town"].evidence.add("problem", one, [photo(folder)], {"stage": "before", "caption": "河边"})
    assert [(a.sha256, a.name, a.bytes) for a in done.added] == [(sha(), "河边.jpg", len(JPEG))]
    assert (world.home("town") / "files" / sha()[:2] / sha()[2:]).read_bytes() == JPEG
    (shown,) = world["town"].records.show("problem", one)["evidence"]
    assert (shown["sha256"], shown["stage"], shown["caption"], shown["media"], shown["state"], shown["unit"]) == (
        sha(), "before", "河边", "image/jpeg", "here", TOWN,
    )  # fmt: skip
    said = [(c.field, c.new) for c in world["town"].records.history("problem", one) if c.table == "evidence"]
    assert said == [("name", "河边.jpg"), ("stage", "before"), ("caption", "河边")]
    out = folder / "out.jpg"
    world["town"].evidence.get(sha().upper(), out)
    assert out.read_bytes() == JPEG
    assert not list(world["town"].desk.staging.iterdir())


def test_one_photo_in_many_records_is_one_file_and_is_told(world, folder):
    first, second = problem(world), problem(world, text="山上有烟")
    at = world["town"].evidence
    assert at.add("problem", first, [photo(folder)]).elsewhere == ()
    told = at.add("problem", second, [photo(folder, "山上.jpg")])
    assert told.elsewhere == ("山上.jpg",)
    again = at.add("problem", second, [photo(folder)])
    assert (len(again.added), len(again.already)) == (0, 1)
    assert stored(world) == [sha()]
    assert len(world.dump("town")["evidence"]) == 2


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda at: at / "nothing.jpg", FileGone),
        (lambda at: at, file_refusals.NotAFile),
        (lambda at: photo(at, "empty.jpg", b""), file_refusals.EmptyFile),
        (lambda at: photo(at, "照片.jpg", b"MZ\x90\0program"), file_refusals.IsAProgram),
        (pipe, file_refusals.NotAFile),
    ],
)
def test_what_is_no_photo_or_document_is_refused_with_all_that_came_with_it(world, folder, make, refusal):
    one = problem(world)
    before = world.dump("town")
    with pytest.raises(refusal) as refused:
        world["town"].evidence.add("problem", one, [photo(folder, "good.jpg"), make(folder)])
    assert refused.value.way_out.endswith("。")
    assert world.dump("town") == before
    assert stored(world) == []
    assert not list(world["town"].desk.staging.iterdir())


def test_the_limit_is_that_of_what_the_content_is_whatever_the_name_says(world, folder, monkeypatch):
    monkeypatch.setattr(media, "PHOTO_BYTES", 100)
    monkeypatch.setattr(media, "DOCUMENT_BYTES", 200)
    one, at = problem(world), world["town"].evidence
    with pytest.raises(file_refusals.FileTooLarge) as refused:
        at.add("problem", one, [photo(folder, "说是文档.pdf", JPEG + bytes(150))])
    assert "最多 100 字节" in refused.value.message
    at.add("problem", one, [photo(folder, "文档.pdf", b"%PDF-1.7" + bytes(150))])
    monkeypatch.setattr("models.services.evidence.new_files.DOCUMENT_BYTES", 200)
    with pytest.raises(file_refusals.FileTooLarge):
        at.add("problem", one, [photo(folder, "大.pdf", b"%PDF-1.7" + bytes(250))])


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (JPEG, "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heic"), (b"\0\0\0\x18ftypmp42", "video/mp4"), (b"PK\x03\x04", "application/zip"),
        (b"\x7fELF", media.PROGRAM), ("文字".encode(), media.OTHER), (b"", media.OTHER),
    ],
)  # fmt: skip
def test_a_file_is_what_its_first_bytes_say(head, kind):
    assert media.media_of(head) == kind


@pytest.mark.parametrize(
    ("kind", "name", "suffix"),
    [
        ("image/jpeg", "a.jpg.exe", ".jpg"), ("image/png", "没有后缀", ".png"), ("application/zip", "表.xlsx", ".xlsx"),
        ("application/zip", "表.jar", None), ("application/x-cfb", "a.msi", None), (media.OTHER, "a.bat", None),
        (media.OTHER, "a.TXT", ".txt"), (media.PROGRAM, "a.jpg", None),
    ],
)  # fmt: skip
def test_another_program_is_given_only_what_is_what_its_suffix_says(kind, name, suffix):
    assert media.suffix_to_open(kind, name) == suffix


def test_opening_gives_a_copy_under_the_suffix_of_its_content(world, folder):
    one, at = problem(world), world["town"].evidence
    at.add("problem", one, [photo(folder, "照片.exe"), photo(folder, "说明.bat", b"echo")])
    pictured, script = at.list("problem", one)
    copy = at.open_copy(pictured.id)
    assert copy.suffix == ".jpg"
    assert copy.read_bytes() == JPEG
    with pytest.raises(file_refusals.NotToBeOpened):
        at.open_copy(script.id)
    world.close("town")
    assert world["town"].here.unit == TOWN  # opened anew
    assert not copy.exists()
    with pytest.raises(file_refusals.NoSuchEvidence):
        at.open_copy("0" * 32)


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_name_that_is_no_text_is_shown_as_one(world, folder):
    one = problem(world)
    bad = folder / os.fsdecode(b"\xff\xfe\x01a.jpg")
    bad.write_bytes(JPEG)
    world["town"].evidence.add("problem", one, [bad])
    (shown,) = world["town"].evidence.list("problem", one)
    assert shown.name == "??a.jpg"


def test_a_name_that_is_too_long_is_cut(world, folder):
    one = problem(world)
    long = photo(folder, "长" * 80 + ".jpg", JPEG + b"1")
    assert len(world["town"].evidence.add("problem", one, [long]).added[0].name) <= 200


def test_who_is_not_responsible_adds_nothing_and_a_void_record_takes_nothing(world, folder):
    values = {"description": "给青石镇", "township": "青石镇", "cooperating_units": "县住建局"}
    one = world["county"].records.add("problem", values)["id"]
    for name in ("other", "office"):
        world.send("county", name)
    world["other"].evidence.add("problem", one, [photo(folder)])
    with pytest.raises(refusals.NotYours):
        world["office"].evidence.add("problem", one, [photo(folder)])
    world["county"].records.void("problem", one, "重复")
    with pytest.raises(refusals.IsVoid):
        world["county"].evidence.add("problem", one, [photo(folder)])


def test_a_voided_entry_counts_no_more_and_its_file_stays(world, folder):
    one, at = problem(world), world["town"].evidence
    at.add("problem", one, [photo(folder)])
    (entry,) = at.list("problem", one)
    with pytest.raises(refusals.NoReason):
        at.void(entry.id, " ")
    world.round("town")
    world["county"].records.edit("problem", one, {"cooperating_units": "青石镇"})
    world.send("county", "other")
    with pytest.raises(refusals.NotYours):
        world["other"].evidence.void(entry.id, "不是我的")
    at.void(entry.id, "拍错了")
    assert at.list("problem", one) == ()
    assert world["town"].records.show("problem", one)["evidence"] == []
    assert stored(world) == [sha()]
    for act in (
        lambda: at.void(entry.id, "再作废"),
        lambda: at.edit(entry.id, {"caption": "x"}),
        lambda: at.void("zz", "x"),
    ):
        with pytest.raises(file_refusals.NoSuchEvidence):
            act()
    assert at.add("problem", one, [photo(folder)]).added  # the same photo may be added again


def test_stage_and_words_may_change_the_file_may_not(world, folder):
    one, at = problem(world), world["town"].evidence
    at.add("problem", one, [photo(folder)])
    (entry,) = at.list("problem", one)
    changed = at.edit(entry.id, {"stage": "整改后", "caption": "清理完", "taken_on": "2024-06-01"})
    assert (changed.stage, changed.caption, changed.taken_on) == ("after", "清理完", "2024-06-01")
    assert at.edit(entry.id, {"stage": "after"}) == changed
    with pytest.raises(LedgerError):
        at.edit(entry.id, {"sha256": "0" * 64})


def test_a_photo_goes_to_another_part_and_paper_and_both_sides_and_the_history_know_it(world, folder):
    one, town = problem(world), world["town"]
    measure = town.records.add_measure(one, {"text": "清运"})["measures"][0]["id"]
    town.evidence.add("problem", one, [photo(folder)])
    (entry,) = town.evidence.list("problem", one)
    changed = town.evidence.edit(entry.id, {"part": measure, "paper": "整改方案"})
    assert (changed.part, changed.part_said, changed.paper) == (measure, "整改措施 清运", "整改方案")
    for wrong, refused in (
        ({"part": "0" * 32}, file_refusals.NoSuchPart),
        ({"paper": "没有"}, file_refusals.NoSuchPaper),
    ):
        with pytest.raises(refused):
            town.evidence.edit(entry.id, wrong)
    world.send("town", "county")
    (there,) = world["county"].evidence.list("problem", one)
    assert (there.part_said, there.paper) == ("整改措施 清运", "整改方案")
    told = [(c.old, c.new) for c in world["county"].records.history("problem", one) if c.field == "part"]
    assert told == [(None, "整改措施 清运")]
    assert town.evidence.edit(entry.id, {"part": "", "paper": ""}).part_said == ""
    assert town.care.check(deep=True).ok


def test_a_file_that_is_gone_or_damaged_is_said_to_be_and_asked_for(world, folder):
    one, at = problem(world), world["town"].evidence
    at.add("problem", one, [photo(folder), photo(folder, "b.jpg", JPEG + b"2")])
    place = world["town"].desk.blobs.path(sha())
    place.write_bytes(JPEG[:-1] + b"x")
    with pytest.raises(file_refusals.FileDamaged):
        at.get(sha(), folder / "out.jpg")
    assert not (folder / "out.jpg").exists()
    assert [p.name[:64] for p in (world.home("town") / "files" / "damaged").iterdir()] == [sha()]
    world["town"].desk.blobs.path(sha(JPEG + b"2")).unlink()
    with pytest.raises(file_refusals.FileNotHere):
        at.get(sha(JPEG + b"2"), folder / "out.jpg")
    assert [e.state for e in at.list("problem", one)] == ["wanted", "wanted"]
    with pytest.raises(file_refusals.NoSuchFile):
        at.get("0" * 64, folder / "out.jpg")
    again = at.add("problem", one, [photo(folder)])  # who still has the original adds it again
    assert (again.added, [e.state for e in at.list("problem", one)]) == ((), ["here", "wanted"])
    with pytest.raises(FileTrouble):
        at.get(sha(), folder)


def test_what_is_told_of_a_file_is_told_once(world, folder):
    """Whoever could change the hash of an entry could have a file sent to those who may not have it."""
    one = problem(world)
    world["town"].evidence.add("problem", one, [photo(folder)])
    (entry,) = world["town"].evidence.list("problem", one)
    from models.services.base.pen import Pen, Place
    from models.store import fold

    with world["town"].desk.ledger.write() as connection:
        history = fold.reduce_one(connection, bytes.fromhex(one))
        pen = Pen(world["town"].desk, connection)
        pen.set(Place("evidence", entry.id, history), {"sha256": "0" * 64, "caption": "换了"}, [TOWN])
        pen.put()
        row = connection.execute(evidence.select()).mappings().one()
        assert (row["sha256"], row["caption"]) == (sha(), "换了")
        assert connection.execute(file.select()).mappings().one()["sha256"] == sha()
    assert limits.DOCUMENT_BYTES == 100_000_000
