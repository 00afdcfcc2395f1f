"""Frames: what compresses too well is padded, so that what was written can always be read."""

from __future__ import annotations

import os
import struct

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.limits import EXPANSION, FRAME_BYTES, PACKAGE_OPERATIONS
from models.progress import Silent
from models.sync import frames
from models.sync.frames import BadFrames, FrameReader, FrameWriter, TooLarge, pack, split, unpack
from models.sync.refusals import CannotPack
from tests.packages_by_hand import block


@settings(max_examples=100, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=3000),
        st.builds(bytes.__mul__, st.binary(min_size=1, max_size=3), st.integers(1, FRAME_BYTES // 3)),
    )
)
def test_what_is_packed_is_unpacked_within_the_expansion(data):
    packed = pack(data)
    assert len(data) <= EXPANSION * len(packed)
    assert unpack(packed) == data
    assert len(packed) <= max(len(data) // EXPANSION + 9, len(zstandard.ZstdCompressor(level=3).compress(data)))


def test_padding_is_plain_zstd_to_everybody():
    padded = pack(bytes(FRAME_BYTES))
    assert padded[:4] == b"\x50\x2a\x4d\x18"
    with zstandard.ZstdDecompressor().stream_reader(padded, read_across_frames=True) as reader:
        assert reader.read(FRAME_BYTES + 1) == bytes(FRAME_BYTES)


@pytest.mark.parametrize("lacking", range(12))
def test_padding_at_its_edges(lacking):
    """Blocks whose compressed size is just under, at and over what the expansion allows."""
    size = EXPANSION * (len(zstandard.ZstdCompressor(level=3).compress(bytes(EXPANSION * 20))) + lacking)
    assert unpack(pack(bytes(size))) == bytes(size)


def test_the_expansion_is_limited_whatever_comes_out():
    bomb = zstandard.ZstdCompressor().compress(bytes(EXPANSION * 100))
    enough = -(-EXPANSION * 100 // EXPANSION) - len(bomb) - 8
    skip = struct.pack("<II", 0x184D2A50, enough)
    assert unpack(skip + bytes(enough) + bomb) == bytes(EXPANSION * 100)
    with pytest.raises(TooLarge):
        unpack(struct.pack("<II", 0x184D2A50, enough - 1) + bytes(enough - 1) + bomb)


def test_a_block_is_limited_however_little_it_expands():
    noise = os.urandom(1 << 16) * (FRAME_BYTES >> 16)
    assert unpack(pack(noise)) == noise
    with pytest.raises(TooLarge):
        unpack(pack(noise + b"x"))


def test_a_full_frame_of_noise_is_within_what_a_reader_takes():
    assert len(pack(os.urandom(FRAME_BYTES))) <= frames.PACKED_BYTES


def test_split_gives_stamps_and_bytes():
    assert list(split(block(b"a", b"bc"))) == [(bytes(16), b"a"), (bytes(16), b"bc")]
    assert list(split(b"")) == []
    with pytest.raises(BadFrames):
        list(split(block(b"a")[:-1]))


def test_the_bytes_are_those_of_the_document(tmp_path):
    """docs/package-format.md, spelled out once."""
    whole = b"".join(FrameWriter(b"{}", [(b"S" * 16, b"body")], (), Silent()))
    assert whole[:9] == b"\x01" + struct.pack(">Q", 2)
    assert whole[41:43] == b"{}"
    assert whole[43] == 2
    length = struct.unpack_from(">Q", whole, 44)[0]
    packed = whole[84 : 84 + length]
    assert zstandard.ZstdDecompressor().decompress(packed) == b"S" * 16 + b"\0\0\0\4body"
    assert whole[84 + length :][0] == 255
    assert whole[-16:] == struct.pack(">QQ", 2, 84 + length)
    assert len(whole) == 84 + length + 41 + 16


def test_a_full_block_begins_another_frame():
    body = b"x" * (256 * 1024)
    fits = FRAME_BYTES // (20 + len(body))
    for count, expected in ((fits, 1), (fits + 1, 2)):
        writer = FrameWriter(b"", [(bytes(16), body)] * count, (), Silent())
        assert b"".join(writer)[-16:-8] == struct.pack(">Q", 1 + expected)
        assert writer.n_ops == count


@pytest.mark.parametrize(("spare", "expected"), [(0, 1), (1, 2)])
def test_a_block_is_filled_to_its_last_byte(spare, expected):
    body = b"x" * (256 * 1024)
    count = FRAME_BYTES // (20 + len(body))
    last = FRAME_BYTES - count * (20 + len(body)) - 20 + spare
    operations = [(bytes(16), body)] * count + [(bytes(16), b"x" * last)]
    whole = b"".join(FrameWriter(b"", operations, (), Silent()))
    assert whole[-16:-8] == struct.pack(">Q", 1 + expected)


def test_more_operations_than_a_package_may_have_are_not_written(monkeypatch):
    assert PACKAGE_OPERATIONS == 5_000_000
    monkeypatch.setattr(frames, "PACKAGE_OPERATIONS", 3)
    assert list(FrameWriter(b"", [(bytes(16), b"x")] * 3, (), Silent()))
    with pytest.raises(CannotPack):
        list(FrameWriter(b"", [(bytes(16), b"x")] * 4, (), Silent()))


def test_meta_and_files_over_their_limits_are_not_written(monkeypatch, tmp_path):
    monkeypatch.setattr(frames, "META_BYTES", 3)
    monkeypatch.setattr(frames, "DOCUMENT_BYTES", 3)
    with pytest.raises(CannotPack):
        list(FrameWriter(b"1234", (), (), Silent()))
    (tmp_path / "f").write_bytes(b"1234")
    with pytest.raises(CannotPack):
        list(FrameWriter(b"", (), [(bytes(32), tmp_path / "f")], Silent()))


def test_nothing_is_given_out_unchecked(tmp_path):
    path = tmp_path / "frames"
    path.write_bytes(b"".join(FrameWriter(b"{}", [(bytes(16), b"x")], (), Silent())))
    reader = FrameReader(path, 1, 0)
    assert list(reader.operations()) == []
    with pytest.raises(IndexError):
        reader.meta()
    reader.check(Silent())
    assert list(reader.operations()) == [(bytes(16), b"x")]
