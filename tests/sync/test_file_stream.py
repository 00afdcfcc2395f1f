"""Files read as a stream: the same verdict as of the reader that sees the whole file, whatever is wrong with it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.file_faults import DiskFull, FileGone
from models.progress import Silent
from models.store.relation import Side
from models.sync import package, volumes
from models.sync.export import Sending
from models.sync.file_stream import FileStream
from models.sync.frames import BadFrames, FrameReader, FrameWriter
from models.sync.refusals import AttachmentDamaged, CannotPack
from models.sync.stick import ReadBackDiffers, TakenAway
from tests.offices import quick_folder
from tests.packages_by_hand import Exchange

CONTENTS = (b"first", b"", b"\xff\xd8\xff" + b"x" * 300)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def laid(folder: Path) -> list[tuple[str, Path]]:
    found = []
    for content in CONTENTS:
        path = folder / sha(content)
        path.write_bytes(content)
        found.append((path.name, path))
    return found


def whole(folder: Path) -> bytes:
    attached = [(bytes.fromhex(name), path) for name, path in laid(folder)]
    return b"".join(FrameWriter(b'{"a": 1}', (), attached, Silent()))


def streamed(folder: Path, content: bytes, pieces: list[int], n_files: int) -> tuple[bytes, list[bytes]]:
    """What comes of bytes that arrive in pieces of these lengths."""
    with FileStream(folder, n_files, lambda name, _: name != sha(CONTENTS[0])) as stream:
        at = 0
        while at < len(content):
            length = pieces[at % len(pieces)]
            stream.write(content[at : at + length])
            at += length
        meta = stream.end()
        for one in stream.kept:
            assert (one.sha256, one.size) == (sha(one.part.read_bytes()), one.part.stat().st_size)
        return meta, [one.part.read_bytes() for one in stream.kept]


def read_whole(folder: Path, content: bytes, n_files: int) -> bytes:
    path = folder / "frames"
    path.write_bytes(content)
    reader = FrameReader(path, 0, n_files)
    reader.check(Silent())
    return reader.meta()


def test_a_file_is_on_the_disk_before_anybody_may_name_it(tmp_path, monkeypatch):
    """Whoever took the files in has them named in the ledger while the stream is still open: a power cut may follow."""
    flushed, fsync = set(), os.fsync

    def note(handle):
        flushed.add(os.fstat(handle).st_ino)
        fsync(handle)

    content = whole(tmp_path)
    monkeypatch.setattr(os, "fsync", note)
    (tmp_path / "in").mkdir()
    with FileStream(tmp_path / "in", len(CONTENTS), lambda *_: True) as stream:
        stream.write(content)
        stream.end()
        assert {one.part.stat().st_ino for one in stream.kept} <= flushed
        assert len(stream.kept) == len(CONTENTS)


@settings(max_examples=150)
@given(
    change=st.tuples(st.integers(0, 800), st.integers(0, 255)),
    cut=st.integers(0, 800),
    more=st.binary(max_size=60),
    pieces=st.lists(st.integers(1, 500), min_size=1, max_size=5),
    n_files=st.integers(0, 4),
)
@example(change=(800, 0), cut=0, more=b"", pieces=[1], n_files=3)
@example(change=(800, 0), cut=0, more=b"x", pieces=[500], n_files=3)
@example(change=(800, 0), cut=57, more=b"", pieces=[500], n_files=3)
def test_a_stream_and_a_whole_file_are_judged_alike(change, cut, more, pieces, n_files):
    with quick_folder() as folder:
        content = bytearray(whole(folder))
        if change[0] < len(content):
            content[change[0]] = change[1]
        content = bytes(content[: len(content) - cut] if cut < len(content) else b"") + more
        try:
            expected = read_whole(folder, content, n_files)
        except BadFrames:
            expected = None
        try:
            found = streamed(folder, content, pieces, n_files)
        except BadFrames:
            found = None
        assert (found[0] if found else None) == expected
        if found:
            assert found[1] == [c for c in CONTENTS if c != CONTENTS[0]]


def test_operations_have_no_place_among_files(tmp_path):
    content = b"".join(FrameWriter(b"{}", [(bytes(16), b"x")], (), Silent()))
    with pytest.raises(BadFrames):
        streamed(tmp_path, content, [100], 0)


@pytest.fixture
def sending(tmp_path):
    exchange = Exchange.new()
    side = Side(exchange.draft().sender.unit, "township", exchange.town.id)
    at = volumes.Address(exchange.draft().to.unit, 7, exchange.certificate, (exchange.desk.recipient,))
    made = Sending(side, exchange.town, exchange.roots[0], tmp_path, tmp_path, "2024-06-15T09:00:00+08:00", "1")
    return exchange, made, at


def test_a_volume_is_a_package_like_any_other(tmp_path, sending):
    exchange, made, at = sending
    volume = volumes.write_volume(tmp_path / "stick", made, at, laid(tmp_path), Silent())
    assert (sha(volume.path.read_bytes()), volume.path.stat().st_size) == (volume.sha256.hex(), volume.size)
    assert volume.path.name.startswith("hg_")
    trusted = package.trust(package.read_sealed(volume.path), exchange.roots)
    assert (trusted.header.no, trusted.header.n_files, trusted.header.kind) == (7, 3, "files")
    with trusted.open(exchange.desk, tmp_path / "staging", Silent()) as opened:
        assert [b"".join(part.chunks()) for part in opened.files()] == list(CONTENTS)
    assert [p.suffix for p in (tmp_path / "stick").iterdir()] == [".hgf"]


@pytest.mark.parametrize("fault", ["damaged", "gone", "differs", "start differs", "taken away", "no recipient"])
def test_a_volume_that_fails_leaves_nothing_on_the_stick(tmp_path, sending, fault):
    _, made, at = sending
    attached = laid(tmp_path)
    refusal: type[Exception] = AttachmentDamaged

    def read_back(path: Path):
        content = bytearray(path.read_bytes())
        if fault == "taken away":
            raise FileGone(path)
        content[-1 if fault == "differs" else 9] ^= 1
        yield bytes(content[:100])
        yield bytes(content[100:])

    if fault == "damaged":
        attached[0][1].write_bytes(b"rot!!")
    elif fault == "gone":
        attached[0][1].unlink()
        refusal = FileGone
    elif fault == "no recipient":
        at, refusal = volumes.Address(at.to, at.number, at.certificate, ()), CannotPack
    else:
        refusal = TakenAway if fault == "taken away" else ReadBackDiffers
    more = {"read_back": read_back} if refusal in (TakenAway, ReadBackDiffers) else {}
    with pytest.raises(refusal):
        volumes.write_volume(tmp_path / "stick", made, at, attached, Silent(), **more)
    assert not list((tmp_path / "stick").glob("*"))


def test_groups_hold_all_files_and_none_is_too_large_but_one_alone():
    chosen = [(str(n), size) for n, size in enumerate((5, 5, 1, 20, 1, 1))]
    groups = list(volumes.grouped(chosen, 10))
    assert [pair for group in groups for pair in group] == chosen
    assert [sum(size for _, size in group) for group in groups] == [10, 1, 20, 2]
    assert list(volumes.grouped([], 10)) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_disk_that_fails_while_a_file_comes_in_is_told_in_words_and_nothing_half_is_left(tmp_path, monkeypatch):
    for name in ("out", "in"):
        (tmp_path / name).mkdir()
    content = whole(tmp_path / "out")

    def full(handle: int, mode: str):
        os.close(handle)
        return Path("/dev/full").open(mode, buffering=0)

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(DiskFull), FileStream(tmp_path / "in", len(CONTENTS), lambda *_: True) as stream:
        stream.write(content)
    assert list((tmp_path / "in").iterdir()) == []
