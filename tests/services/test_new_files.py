"""Files and folders that are to be added: looked at first, the sound ones taken, the others named with the reason."""

from __future__ import annotations

import errno
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from models.errors import LedgerError
from models.progress import Silent
from models.services.base import file_refusals
from models.services.evidence import new_files
from models.services.evidence.photo_facts import PhotoFacts, PhotoRead
from tests.services.test_evidence import JPEG, photo, pipe, problem

HEIC = b"\0\0\0\x18ftypheic" + b"x" * 40
WHY = "这张照片是手机的“高效”格式，多数电脑打不开。"


def test_a_folder_gives_its_photos_and_documents_and_says_what_cannot_be_added(tmp_path, monkeypatch):
    inside = tmp_path / "手机"
    (inside / "七月" / "深").mkdir(parents=True)
    photo(inside, "b.jpg")
    photo(inside, "a.heic", HEIC)
    photo(inside / "七月", "批复.pdf", b"%PDF-1.7")
    photo(inside, ".隐藏.jpg")
    photo(inside, "Thumbs.db", b"x")
    photo(inside, "空.jpg", b"")
    photo(inside, "装.exe", b"MZ")
    (inside / "别处").symlink_to(tmp_path)
    found = new_files.find([inside], Silent())
    assert [(one.path.name, one.media, one.refused[: len(WHY)]) for one in found.files] == [
        ("a.heic", "image/heic", WHY), ("b.jpg", "image/jpeg", ""), ("批复.pdf", "application/pdf", ""),
    ]  # fmt: skip
    assert (found.left, found.packages) == (3, False)
    photo(inside / "七月" / "深", "c.hgb", b"x")
    assert new_files.find([inside], Silent()).packages
    monkeypatch.setattr(new_files, "DEEP", 1)
    assert not new_files.find([inside], Silent()).packages
    monkeypatch.setattr(new_files, "MOST", 1)
    assert len(new_files.find([inside], Silent()).files) == 1


def test_of_a_whole_stick_what_is_thrown_away_is_left_out_and_a_closed_folder_stops_nothing(tmp_path, monkeypatch):
    for name in ("$RECYCLE.BIN", "System Volume Information", "锁", "现场"):
        (tmp_path / name).mkdir()
        photo(tmp_path / name, f"{name}.jpg")
    scandir = os.scandir

    def closed(folder: Path):
        if Path(folder).name in ("System Volume Information", "锁"):
            raise PermissionError(errno.EACCES, "Access is denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", closed)
    found = new_files.find([tmp_path], Silent())
    assert [one.path.name for one in found.files] == ["现场.jpg"]
    assert found.left == 1, "the closed folder is counted among what is left out"


def test_files_that_were_chosen_are_all_shown_each_with_its_reason(tmp_path):
    paths = [photo(tmp_path, "说明.txt", b"x"), photo(tmp_path, "空.jpg", b""), tmp_path / "没有.jpg"]
    why = ["这个文件是空的，里面没有内容", "找不到文件或文件夹"]
    if sys.platform != "win32":  # where no pipe lies in a folder
        paths.append(pipe(tmp_path))
        why.append("这是文件夹，不是照片或文档")
    said = [one.refused for one in new_files.find(paths, Silent()).files]
    assert said[0] == ""
    assert [text.partition("。")[0] for text in said[1:]] == why


def test_of_several_files_the_sound_ones_are_taken_and_the_parts_to_choose_from_are_told(world, tmp_path):
    town, one = world["town"], problem(world)
    measure = town.records.add_measure(one, {"text": "清运", "due": "2026-12-01"})["measures"][0]["id"]
    paths = [photo(tmp_path, "好.jpg"), photo(tmp_path, "高效.heic", HEIC)]
    offered = town.evidence.look("problem", one, paths, Silent())
    assert (offered.parts, [bool(f.refused) for f in offered.files]) == (((measure, "整改措施 清运"),), [False, True])
    done = town.evidence.add("problem", one, paths, {"stage": "before"}, part=measure, partly=True)
    assert [a.name for a in done.added] == ["好.jpg"]
    assert [(r.name, r.why[: len(WHY)]) for r in done.refused] == [("高效.heic", WHY)]
    with pytest.raises(file_refusals.PhotoOfTelephone):
        town.evidence.add("problem", one, paths[1:], {}, partly=True)
    with pytest.raises(LedgerError):
        town.evidence.add("problem", one, [photo(tmp_path, "另.jpg", JPEG + b"2"), paths[1]], {})
    assert len(town.evidence.list("problem", one)) == 1, "without being asked so, all or none"


def test_of_many_photos_the_small_copies_are_not_kept_in_memory(tmp_path):
    """A folder of photos from a telephone is several hundred, each with a copy of half a megabyte."""
    small = b"\xff\xd8\xff\xe0" + bytes(1 << 20)
    paths = [tmp_path / f"{number}.jpg" for number in range(16)]
    for path in paths:
        path.write_bytes(small + path.name.encode() + small)
    (tmp_path / "own").mkdir()

    def reader(*_) -> PhotoRead:
        return PhotoRead(PhotoFacts(shot_at="2024-05-12 09:30:11"), bytes(bytearray(small)))

    tracemalloc.start()
    try:
        sound, _ = new_files.read(paths, tmp_path / "own", Silent(), reader)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [one.copy.size for one in sound] == [len(small)] * 16
    assert {one.facts["shot_at"] for one in sound} == {"2024-05-12 09:30:11"}
    assert held < 3 * len(small)
