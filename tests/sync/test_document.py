"""A second implementation, written from docs/package-format.md alone, and the document held to the code."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from pathlib import Path

import msgspec
import pyrage
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from models.domain import limits
from models.sync import age, frames, header, meta
from models.sync.certificate import Certificate
from models.sync.frames import pack
from models.sync.header import Header, Payload, Receiver, Sender

DOCUMENT = (Path(__file__).parents[2] / "docs" / "package-format.md").read_text(encoding="utf-8")


def read_as_documented(file: bytes, root: bytes, identity: pyrage.x25519.Identity) -> tuple[dict, list, list]:
    """meta, operations, files. Nothing of models/ is used here."""
    assert file[:8] == bytes.fromhex("89 48 47 42 0D 0A 1A 0A")
    (count,) = struct.unpack_from(">I", file, 8)
    certificate, at = file[12 : 12 + count], 12 + count
    (count,) = struct.unpack_from(">I", file, at)
    head, at = file[at + 4 : at + 4 + count], at + 4 + count
    signature, payload = file[at : at + 64], file[at + 64 :]
    Ed25519PublicKey.from_public_bytes(root).verify(certificate[:64], b"hgb-cert-v1\0" + certificate[64:])
    said = json.loads(certificate[64:])
    assert bytes.fromhex(said["root"]) == root
    key = bytes.fromhex(said["sign"])
    Ed25519PublicKey.from_public_bytes(key).verify(signature, b"hgb-v1\0" + head)
    stated = json.loads(head)
    assert stated["from"] == {"unit": said["unit"], "device": hashlib.sha256(key).hexdigest()[:32]}
    assert stated["to"]["root"] == hashlib.sha256(root).hexdigest()[:32]
    assert stated["payload"] == {"len": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}
    plain = pyrage.decrypt(payload, [identity])
    at, number, found, operations, files = 0, 0, {}, [], []
    while True:
        kind, length, digest = struct.unpack_from(">BQ32s", plain, at)
        data = plain[at + 41 : at + 41 + length]
        assert hashlib.sha256(data).digest() == digest
        if kind == 255:
            assert struct.unpack(">QQ", data) == (number, at)
            assert at + 41 + length == len(plain)
            break
        if kind == 1:
            assert number == 0
            found = json.loads(data)
        elif kind == 2:
            operations += operations_as_documented(data)
        else:
            assert kind == 3
            files.append(data)
        at, number = at + 41 + length, number + 1
    assert (len(operations), len(files)) == (stated["n_ops"], stated["n_files"])
    return found, operations, files


def operations_as_documented(data: bytes) -> list[tuple[bytes, bytes]]:
    if data[:4] == bytes.fromhex("50 2A 4D 18"):
        data = data[8 + struct.unpack_from("<I", data, 4)[0] :]
    block, found = zstandard.decompress(data), []
    while block:
        stamp, length = struct.unpack_from(">16sI", block)
        found.append((stamp, block[20 : 20 + length]))
        block = block[20 + length :]
    return found


def test_a_second_implementation_reads_what_we_write(exchange, tmp_path):
    operations = [(b"\1" * 16, b"a"), (bytes(16), b"x" * 200_000), (bytes(16), b"c" * 262_144)]
    path = exchange.write(tmp_path / "a.hgb", operations).path
    found = read_as_documented(path.read_bytes(), exchange.county.root_public, exchange.desk.seal)
    assert found == ({"pkg_id": "ab" * 16}, operations, [])
    (tmp_path / "photo").write_bytes(b"photo")
    attached = [(hashlib.sha256(b"photo").digest(), tmp_path / "photo")]
    path = exchange.write(tmp_path / "a.hgf", [], attached, kind="files").path
    found = read_as_documented(path.read_bytes(), exchange.county.root_public, exchange.desk.seal)
    assert found == ({"pkg_id": "ab" * 16}, [], [b"photo"])
    assert pack(b"x" * 200_000)[:4] == bytes.fromhex("50 2A 4D 18")  # so the padding was among what it read


def fields_of(kind: type) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(kind)}


@pytest.mark.parametrize(
    ("section", "kinds"),
    [
        ("## 2 Certificate", (Certificate,)),
        ("## 3 Header", (Header, Sender, Receiver, Payload)),
        ("## 6 Meta", (meta.Meta, meta.DigestFrame, meta.Summary)),
    ],
)
def test_the_document_names_every_field_and_no_other(section, kinds):
    text = DOCUMENT.split(section)[1].split("\n## ")[0]
    table = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    for kind in kinds:
        for name in fields_of(kind):
            assert f"`{name}`" in table or f'"{name}"' in table, name
    named = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named - {"Field"} <= fields_of(kinds[0])


def test_the_document_states_the_limits_that_hold():
    table = DOCUMENT.split("## 8 Limits")[1]
    stated = {
        "| certificate | 8 KiB": limits.CERTIFICATE_BYTES == 8 << 10,
        "| header | 64 KiB": limits.HEADER_BYTES == 64 << 10,
        "| header of the age file | 64 KiB, 256 recipients": (age.HEADER_BYTES, age.RECIPIENTS) == (64 << 10, 256),
        "| data of a meta frame | 64 MiB": limits.META_BYTES == 64 << 20,
        "| one operation | 1 byte to 256 KiB": limits.OPERATION_BYTES == 256 << 10,
        "| unpacked block of operations | 8 MiB": limits.FRAME_BYTES == 8 << 20,
        "and 200 times the data of its frame": limits.EXPANSION == 200,
        "| data of an operations frame | 8 MiB + 128 KiB": frames.PACKED_BYTES == (8 << 20) + (128 << 10),
        "| one file | 100,000,000 bytes": limits.DOCUMENT_BYTES == 100_000_000,
        "| operations in a package | 5,000,000": limits.PACKAGE_OPERATIONS == 5_000_000,
        "| files in a package | 100,000": header.FILES_IN_PACKAGE == 100_000,
    }
    assert all(stated.values())
    for line in stated:
        assert line in table, line
    assert len(stated) - 1 == sum(line.startswith("|") for line in table.splitlines()) - 2
    assert f"at most {limits.BASES}" in DOCUMENT
    assert f"at most {header.DEVICES}" in DOCUMENT


def test_the_document_has_the_vectors_of_the_tests():
    tests = (Path(__file__).parent / "test_keys.py").read_text(encoding="utf-8")
    for vector in ("8362 7999 6971 4305 1482 6915", "0265d3479fac09298ada21f8d30bd948"):
        assert vector in DOCUMENT
        assert vector in tests
