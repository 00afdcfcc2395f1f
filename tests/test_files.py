"""Files: old or new and whole, whatever fails; and every failure in words."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from models import file_faults, files
from models.file_faults import DiskFull, FileGone, FileHeld, FileTrouble, NotWritable, PathTooLong, in_words
from models.files import (
    clear_folder,
    durable_write,
    ensure_space,
    new_file,
    read_chunks,
    remove,
    rename_new,
    scratch,
    size_text,
    sync_folder,
)
from models.uncached import read_uncached


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_written_anew(tmp_path):
    path = tmp_path / "账本 设置.json"
    durable_write(path, b"old")
    durable_write(path, iter([b"new", b"er"]))
    assert path.read_bytes() == b"newer"
    assert names(tmp_path) == [path.name]


def test_write_flush_rename_flush_folder_in_this_order(tmp_path, monkeypatch):
    order = []
    real_sync, real_replace = os.fsync, files._replace

    def sync(handle: int) -> None:
        order.append("folder" if Path(f"/proc/self/fd/{handle}").is_dir() else "file")
        real_sync(handle)

    def replace(source: Path, target: Path) -> None:
        order.append("rename")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(files, "_replace", replace)
    durable_write(tmp_path / "a", b"x")
    assert order == ["file", "rename", *(() if sys.platform == "win32" else ("folder",))]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_the_mode_is_there_from_the_first_moment(tmp_path):
    seen = []

    def content():
        seen.append(next(tmp_path.iterdir()).stat().st_mode & 0o777)
        yield b"secret"

    durable_write(tmp_path / "k", content(), mode=0o600)
    assert [*seen, (tmp_path / "k").stat().st_mode & 0o777] == [0o600, 0o600]


class Boom(Exception):
    pass


def breaking():
    yield b"half"
    raise Boom


def test_what_fails_half_way_leaves_the_old_file(tmp_path):
    durable_write(tmp_path / "a", b"old")
    with pytest.raises(Boom):
        durable_write(tmp_path / "a", breaking())
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("call", ["fsync", "_replace"])
@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        (errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EACCES, NotWritable), (errno.EROFS, NotWritable),
        (errno.EIO, FileTrouble), (errno.ENOENT, FileGone),
    ],
)  # fmt: skip
def test_every_failing_call_is_a_refusal_and_the_old_file_stays(tmp_path, monkeypatch, call, number, refusal):
    durable_write(tmp_path / "a", b"old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync") if call == "fsync" else (files, "_replace")), fail)
        with pytest.raises(FileTrouble) as refused:
            durable_write(tmp_path / "a", b"new")
    assert type(refused.value) is refusal
    assert "本机数据未改动" in refused.value.message
    assert refused.value.way_out.endswith("。")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]
    durable_write(tmp_path / "a", b"new")  # and works once the fault is gone
    assert (tmp_path / "a").read_bytes() == b"new"


def test_an_unfinished_file_is_named_by_its_folder(tmp_path):
    with pytest.raises(FileGone) as refused:
        durable_write(tmp_path / "gone" / "a", b"x")
    assert refused.value.path == tmp_path / "gone"
    assert ".part" not in refused.value.message


def test_a_name_that_no_system_takes_is_said_to_be_too_long(tmp_path):
    with pytest.raises(PathTooLong):
        durable_write(tmp_path / ("长" * 100), b"x")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("depth", "told", "refusal"), [(1, None, FileGone), (30, None, PathTooLong), (1, 206, PathTooLong)]
)
def test_what_windows_does_not_find_behind_a_long_path_is_said_to_be_too_long(
    tmp_path, monkeypatch, depth, told, refusal
):
    monkeypatch.setattr(file_faults, "sys", SimpleNamespace(platform="win32"))
    error = FileNotFoundError(errno.ENOENT, "No such file or directory")
    error.winerror = told
    with pytest.raises(FileTrouble) as refused, in_words(tmp_path.joinpath(*["整改材料照片"] * depth, "a.jpg")):
        raise error
    assert type(refused.value) is refusal


def test_a_failed_flush_is_not_tried_again(tmp_path, monkeypatch):
    calls = []

    def fail(handle: int) -> None:
        calls.append(handle)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileTrouble):
        durable_write(tmp_path / "a", b"x")
    assert len(calls) == 1


def held(times: int, code: int):
    """An action that another program blocks a few times, as Windows reports it."""
    tried = []

    def act(source: Path, target: Path) -> None:
        tried.append(1)
        if len(tried) <= times:
            error = OSError(errno.EACCES, "held")
            error.winerror = code
            raise error
        source.replace(target)

    return act, tried


@pytest.mark.parametrize("code", [5, 32, 33, 145])
def test_a_file_held_for_a_moment_is_waited_for(tmp_path, monkeypatch, code):
    act, tried = held(4, code)
    monkeypatch.setattr(files, "_replace", act)
    durable_write(tmp_path / "a", b"x")
    assert len(tried) == 5
    assert (tmp_path / "a").read_bytes() == b"x"


def test_a_file_held_too_long_is_named(tmp_path, monkeypatch):
    act, tried = held(10**6, 32)
    monkeypatch.setattr(files, "_replace", act)
    now = [0.0]
    clock = SimpleNamespace(monotonic=lambda: now[0], sleep=lambda seconds: now.append(now.pop() + seconds))
    monkeypatch.setattr(files, "time", clock)
    with pytest.raises(FileHeld) as refused:
        durable_write(tmp_path / "名册", b"x")
    assert "名册" in refused.value.message
    assert files.HELD_SECONDS - 0.5 < now[0] <= files.HELD_SECONDS
    assert len(tried) > 10
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("code", "refusal"), [(112, DiskFull), (39, DiskFull), (19, NotWritable), (21, FileGone), (1167, FileGone)]
)
def test_other_errors_of_windows_are_not_waited_for(tmp_path, monkeypatch, code, refusal):
    act, tried = held(10**6, code)
    monkeypatch.setattr(files, "_replace", act)
    with pytest.raises(refusal):
        durable_write(tmp_path / "a", b"x")
    assert len(tried) == 1


@pytest.mark.parametrize(
    ("number", "told", "refusal"),
    [
        (errno.EACCES, 32, FileHeld), (errno.EACCES, 21, FileGone), (errno.EACCES, 5, NotWritable),
        (errno.EACCES, 2, NotWritable), (errno.EINVAL, 3, FileGone),
        (errno.EACCES, None, NotWritable), (errno.EINVAL, None, FileTrouble),
    ],
)  # fmt: skip
def test_what_opening_does_not_tell_is_asked_of_windows(tmp_path, monkeypatch, number, told, refusal):
    """`open` and `write` say the same of a file that WPS holds, of a pulled stick and of a place that is protected."""

    @contextmanager
    def opened(path: Path, flags: int):
        if told is not None:
            error = OSError(errno.EACCES, "told")
            error.winerror = told
            raise error
        yield

    monkeypatch.setattr(file_faults.windows, "opened", opened)
    monkeypatch.setattr(file_faults, "sys", SimpleNamespace(platform="win32"))
    with pytest.raises(FileTrouble) as refused, in_words(tmp_path / "台账.xlsx"):
        raise OSError(number, "Permission denied")
    assert type(refused.value) is refusal
    assert not any("a" <= letter <= "z" for letter in refused.value.reason)


@pytest.mark.skipif(sys.platform != "win32", reason="nobody else holds a file")
def test_a_file_that_another_program_holds_is_said_to_be_held(tmp_path):
    import ctypes

    (tmp_path / "台账.xlsx").write_bytes(b"PK")
    nobody_else, existing = 0, 3
    create = ctypes.windll.kernel32.CreateFileW
    create.restype = ctypes.c_void_p
    handle = create(str(tmp_path / "台账.xlsx"), 0x80000000, nobody_else, None, existing, 0, None)
    try:
        with pytest.raises(FileHeld):
            list(read_chunks(tmp_path / "台账.xlsx"))
    finally:
        ctypes.windll.kernel32.CloseHandle(ctypes.c_void_p(handle))


def test_a_folder_that_is_held_for_a_moment_is_cleared_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "work-1").mkdir()
    (tmp_path / "work-1" / "frames").write_bytes(b"secret")
    real, tried = shutil.rmtree, []

    def held_once(path: Path) -> None:
        tried.append(path)
        if len(tried) == 1:
            error = OSError(errno.EACCES, "held")
            error.winerror = 32
            raise error
        real(path)

    monkeypatch.setattr(files.shutil, "rmtree", held_once)
    clear_folder(tmp_path)
    assert names(tmp_path) == []


def test_a_new_file_is_new_or_not_at_all(tmp_path):
    with new_file(tmp_path / "a") as out:
        out.write(b"first")
    with pytest.raises(FileTrouble), new_file(tmp_path / "a") as out:
        pytest.fail("opened")
    assert (tmp_path / "a").read_bytes() == b"first"
    with pytest.raises(Boom), new_file(tmp_path / "b"):
        raise Boom
    assert names(tmp_path) == ["a"]


def test_a_name_on_a_stick_is_given_once(tmp_path):
    for name in ("part", "taken"):
        (tmp_path / name).write_bytes(name.encode())
    with pytest.raises(FileTrouble):
        rename_new(tmp_path / "part", tmp_path / "taken")
    assert (tmp_path / "taken").read_bytes() == b"taken"
    rename_new(tmp_path / "part", tmp_path / "new")
    assert names(tmp_path) == ["new", "taken"]


def test_removing_what_is_gone_is_no_fault(tmp_path):
    (tmp_path / "a").touch()
    remove(tmp_path / "a")
    remove(tmp_path / "a")
    assert names(tmp_path) == []


def test_scratch_is_private_and_gone_afterwards(tmp_path):
    def work() -> None:
        with scratch(tmp_path / "staging") as own:
            (own / "plain").write_bytes(b"secret")
            assert sys.platform == "win32" or own.stat().st_mode & 0o777 == 0o700
            raise Boom

    with pytest.raises(Boom):
        work()
    assert names(tmp_path / "staging") == []


def test_what_a_crash_left_is_cleared(tmp_path):
    staging = tmp_path / "staging"
    clear_folder(staging)
    (staging / "work-1").mkdir()
    (staging / "work-1" / "frames").write_bytes(b"secret")
    (staging / "loose").write_bytes(b"secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    (staging / "link").symlink_to(tmp_path / "elsewhere")
    clear_folder(staging)
    assert names(staging) == []
    assert names(tmp_path / "elsewhere") == ["kept"]


@pytest.mark.parametrize(
    "size", [0, 1, 511, 4096, files.CHUNK - 1, files.CHUNK, files.CHUNK + 1, 3 * files.CHUNK + 777]
)
def test_reading_from_the_medium_gives_what_was_written(tmp_path, size):
    content = os.urandom(size)
    durable_write(tmp_path / "a", content)
    assert b"".join(read_uncached(tmp_path / "a")) == content
    assert b"".join(read_chunks(tmp_path / "a")) == content


@pytest.mark.skipif(sys.platform == "win32", reason="O_DIRECT is POSIX's")
@pytest.mark.parametrize("refuse", ["fcntl", "readv"])
def test_without_direct_reading_the_file_is_forgotten_and_read(tmp_path, monkeypatch, refuse):
    import fcntl

    (tmp_path / "a").write_bytes(b"content")
    forgotten = []
    real_fcntl, real_readv, real_advise = fcntl.fcntl, os.readv, os.posix_fadvise
    calls = []

    def no_direct(handle: int, command: int, flags: int = 0) -> int:
        if flags & os.O_DIRECT:
            raise OSError(errno.EINVAL, "Invalid argument")
        return real_fcntl(handle, command, flags)

    def no_read(handle, rooms):
        calls.append(handle)
        if len(calls) == 1:
            raise OSError(errno.EINVAL, "Invalid argument")
        return real_readv(handle, rooms)

    def advise(*args: int) -> None:
        forgotten.append(args[-1])
        real_advise(*args)

    monkeypatch.setattr(os, "posix_fadvise", advise)
    monkeypatch.setattr(*((fcntl, "fcntl", no_direct) if refuse == "fcntl" else (os, "readv", no_read)))
    assert b"".join(read_uncached(tmp_path / "a")) == b"content"
    assert forgotten == [os.POSIX_FADV_DONTNEED]


@pytest.mark.skipif(sys.platform == "win32", reason="needs mincore")
def test_reading_from_the_medium_does_not_come_from_memory(tmp_path):
    """What was written is in the system's memory before, and a direct read neither needs nor fills it."""
    fincore = Path("/usr/bin/fincore")
    if not fincore.exists():
        pytest.skip("NOT PROVEN HERE: no fincore (util-linux)")

    def cached(path: Path) -> int:
        return int(subprocess.check_output([fincore, "--bytes", "--noheadings", "--output", "RES", path]))

    durable_write(tmp_path / "a", os.urandom(4 * files.CHUNK))
    if not cached(tmp_path / "a"):
        pytest.skip("NOT PROVEN HERE: this file system does not keep what was written")
    assert len(b"".join(read_uncached(tmp_path / "a"))) == 4 * files.CHUNK
    assert cached(tmp_path / "a") == 0


def test_part_of_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"0123456789")
    assert b"".join(read_chunks(tmp_path / "a", 3, 4)) == b"3456"
    assert b"".join(read_chunks(tmp_path / "a", 8, 10)) == b"89"
    assert b"".join(read_chunks(tmp_path / "a", 3, 0)) == b""


def test_reading_what_is_not_there_or_no_file(tmp_path):
    for reader in (read_chunks, read_uncached):
        with pytest.raises(FileGone):
            list(reader(tmp_path / "gone"))
        with pytest.raises(FileTrouble) as refused:
            list(reader(tmp_path))
        assert "文件夹" in refused.value.message or sys.platform == "win32"  # which says that one may not read it


def test_space_is_asked_for_with_a_tenth_more(tmp_path, monkeypatch):
    class Usage:
        free = 1100

    monkeypatch.setattr(files.shutil, "disk_usage", lambda _: Usage)
    ensure_space(tmp_path, 1000)
    with pytest.raises(DiskFull) as refused:
        ensure_space(tmp_path, 1010)
    assert "还差约 11 字节" in refused.value.message


def test_on_windows_a_file_is_flushed_under_its_new_name_too_since_a_stick_journals_no_names(tmp_path, monkeypatch):
    flushed, of, fsync = [], set(), os.fsync

    def note(handle: int) -> None:
        flushed.append(names(tmp_path))
        of.add(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    durable_write(tmp_path / "台账.hgb", b"x")
    assert flushed[-1] == ["台账.hgb"]
    assert len(flushed) == 2
    assert of == {(tmp_path / "台账.hgb").stat().st_ino}, "both times the file"


def test_on_windows_a_photo_of_the_home_is_flushed_once_since_its_disk_journals_names(tmp_path, monkeypatch):
    (tmp_path / "part").write_bytes(b"x")
    flushed = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    files.replace(tmp_path / "part", tmp_path / "photo")
    assert (names(tmp_path), flushed) == (["photo"], [])


def test_on_windows_a_file_that_cannot_be_opened_under_its_new_name_is_written_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    files.rename_new(tmp_path / "a", tmp_path / "b")
    assert names(tmp_path) == ["b"]


@pytest.mark.skipif(sys.platform == "win32", reason="no folder can be opened there")
def test_flushing_a_folder(tmp_path, monkeypatch):
    sync_folder(tmp_path)
    with pytest.raises(FileGone):
        sync_folder(tmp_path / "gone")

    def fail(number: int):
        def sync(_handle: int) -> None:
            raise OSError(number, os.strerror(number))

        return sync

    monkeypatch.setattr(os, "fsync", fail(errno.EINVAL))
    sync_folder(tmp_path)  # a file system that cannot do it
    monkeypatch.setattr(os, "fsync", fail(errno.EIO))
    with pytest.raises(FileTrouble):
        sync_folder(tmp_path)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 字节"), (999, "999 字节"), (1_000, "1.0 KB"), (312_400_000, "312 MB"), (1_730_000, "1.7 MB"),
        (4_200_000_000, "4.2 GB"), (5_000_000_000_000, "5000 GB"),
    ],
)  # fmt: skip
def test_sizes_as_people_say_them(count, text):
    assert size_text(count) == text
