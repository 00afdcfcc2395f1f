"""Whatever a stick does to a package, it is refused in words, and not one byte of it is given out."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.errors import LedgerError
from models.progress import Silent
from models.sync import certificate, package, strict_json
from models.sync.file_stream import FileStream
from models.sync.refusals import Damaged, Incomplete, NotAPackage


@pytest.fixture(scope="module")
def genuine(exchange, tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("genuine") / "a.hgb"
    exchange.write(path)
    return path.read_bytes()


@pytest.fixture
def refused(exchange, tmp_path, staging):
    """Read bytes as a package; the refusal, or a failed test. Nothing may stay in staging."""

    def attempt(content: bytes) -> LedgerError:
        path = tmp_path / "bad.hgb"
        path.write_bytes(content)
        with pytest.raises(LedgerError) as caught:
            package.trust(package.read_sealed(path), exchange.roots).open(exchange.desk, staging, Silent()).__enter__()
        assert not staging.exists() or not list(staging.iterdir())
        assert "本机数据未改动" in caught.value.message
        return caught.value

    return attempt


def payload_at(genuine: bytes) -> int:
    certificate = int.from_bytes(genuine[8:12])
    return 12 + certificate + 4 + int.from_bytes(genuine[12 + certificate : 16 + certificate]) + 64


def test_the_undamaged_one_is_not_refused(exchange, genuine, tmp_path):
    (tmp_path / "a.hgb").write_bytes(genuine)
    assert len(exchange.open(tmp_path / "a.hgb")[1]) == 3


def test_every_bit_before_the_payload_counts(genuine, refused):
    certificate = range(12, 12 + int.from_bytes(genuine[8:12]))  # of which test_certificate takes every bit
    for at in range(payload_at(genuine)):
        for bit in (at % 8,) if at in certificate else range(8):
            bad = bytearray(genuine)
            bad[at] ^= 1 << bit
            refused(bytes(bad))


def test_every_byte_of_the_payload_counts(genuine, refused):
    for at in range(payload_at(genuine), len(genuine)):
        bad = bytearray(genuine)
        bad[at] ^= 1 << (at % 8)
        assert type(refused(bytes(bad))) is Damaged


def test_every_truncation_is_incomplete(genuine, refused):
    start = payload_at(genuine)
    for length in range(1, len(genuine)):
        refusal = refused(genuine[:length])
        assert type(refusal) is Incomplete, length
        assert refusal.missing == (len(genuine) - length if length >= start else None)
    assert type(refused(b"")) is NotAPackage


@pytest.mark.parametrize("more", [b"\0", b"x", None], ids=["zeros", "letters", "a second package"])
def test_whatever_is_appended_is_refused(genuine, refused, more):
    for count in range(1, 65):
        assert type(refused(genuine + (genuine[:count] if more is None else more * count))) is Damaged
    assert type(refused(genuine + genuine)) is Damaged


@pytest.fixture(scope="module")
def large(exchange, tmp_path_factory) -> dict[str, bytes]:
    """A package of operations and one of files, of 20,000 bytes each, too dense to be packed."""
    folder = tmp_path_factory.mktemp("large")
    dense = Random(20241126).randbytes(19_000)
    (folder / "photo").write_bytes(dense)
    written = {
        ".hgb": exchange.write(folder / "a.hgb", [(bytes(16), dense[:9_000]), (bytes(16), dense[9_000:])]).path,
        ".hgf": exchange.write(folder / "a.hgf", [], [(sha256(dense).digest(), folder / "photo")], kind="files").path,
    }
    return {kind: path.read_bytes() for kind, path in written.items()}


@pytest.fixture
def known_signatures(monkeypatch):
    """A signature that held once holds again, and costs nothing: else this module would do little but multiply."""
    held = set()

    class Key:
        def __init__(self, public: bytes) -> None:
            self.public = public

        def verify(self, signature: bytes, message: bytes) -> None:
            if (self.public, signature, message) not in held:
                real.from_public_bytes(self.public).verify(signature, message)
                held.add((self.public, signature, message))

    real = certificate.Ed25519PublicKey
    fake = SimpleNamespace(from_public_bytes=Key)
    monkeypatch.setattr(certificate, "Ed25519PublicKey", fake)


@pytest.fixture
def known_headers(monkeypatch):
    """The same bytes spell the same header: of twenty thousand damages a thousand lie in what is spelled."""
    monkeypatch.setattr(strict_json, "decode", lru_cache(100)(strict_json.decode))


@pytest.mark.parametrize("kind", [".hgb", ".hgf"])
def test_every_byte_and_every_length_of_a_large_package_counts(
    kind, large, exchange, tmp_path, staging, known_signatures, known_headers
):
    content, path = large[kind], tmp_path / f"a{kind}"
    assert 20_000 < len(content) < 22_000
    path.write_bytes(content)
    staging.mkdir()
    kept = tmp_path / "kept"
    kept.mkdir()

    def released() -> None:
        trusted = package.trust(package.read_sealed(path), exchange.roots)
        if kind == ".hgb":
            with trusted.open(exchange.desk, staging, Silent()):
                pass
        else:
            with FileStream(kept, trusted.header.n_files, lambda *_: True) as stream:
                trusted.deliver(exchange.desk, stream, Silent())

    released()
    for one in kept.iterdir():
        one.unlink()
    with path.open("r+b", buffering=0) as file:

        def put(piece: bytes, at: int) -> None:
            file.seek(at)
            file.write(piece)

        for at in range(len(content)):
            put(bytes((content[at] ^ (1 << at % 8),)), at)
            with pytest.raises(LedgerError):
                released()
            put(content[at : at + 1], at)
        for more in range(1, 65):
            put(content[:more], len(content))
            with pytest.raises(Damaged):
                released()
        for length in range(len(content) - 1, -1, -1):
            file.truncate(length)
            with pytest.raises(LedgerError):
                released()
    assert not list(staging.iterdir())
    assert not list(kept.iterdir())


def test_whatever_stands_before_is_refused(genuine, refused):
    assert type(refused(b"\0" + genuine)) is NotAPackage


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_mutation_is_refused(genuine, refused, data):
    bad = bytearray(genuine)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(bad)))
        verb = data.draw(st.sampled_from(["set", "cut", "insert", "copy"]))
        piece = data.draw(st.binary(min_size=1, max_size=40))
        if verb == "set":
            bad[at : at + len(piece)] = piece
        elif verb == "cut":
            del bad[at : at + len(piece)]
        elif verb == "insert":
            bad[at:at] = piece
        else:
            start = data.draw(st.integers(0, len(bad)))
            bad[at : at + 64] = bad[start : start + 64]
    if bytes(bad) != genuine:
        refused(bytes(bad))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rest=st.binary(max_size=600), lengths=st.tuples(st.integers(0, 9000), st.integers(0, 70_000)))
def test_noise_after_the_magic_is_refused(refused, rest, lengths):
    half = len(rest) // 2
    refused(package.MAGIC + lengths[0].to_bytes(4) + rest[:half] + lengths[1].to_bytes(4) + rest[half:])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空文件"),
        (b"PK\x03\x04" + bytes(50), "Excel"),
        (b"\xd0\xcf\x11\xe0" + bytes(50), "旧版"),
        (b"SQLite format 3\0" + bytes(50), "台账或别的程序"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xd8\xff\xe0", "照片"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"hello", "不是数据包"),
    ],
)
def test_a_file_of_another_kind_is_named(refused, content, said):
    refusal = refused(content)
    assert type(refusal) is NotAPackage
    assert said in refusal.message


def test_a_folder_is_no_package(tmp_path):
    with pytest.raises(NotAPackage):
        package.read_sealed(tmp_path)


def test_a_broken_off_copy_says_how_much_is_missing():
    assert "差 312 MB" in Incomplete(Path("a.hgb"), missing=312_400_000).message
