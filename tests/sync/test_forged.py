"""Bad packages with good signatures: a faulty or hostile device of our own county. One fault each, one answer each."""

from __future__ import annotations

import hashlib
import struct
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyrage
import pytest
import zstandard

from models.domain.limits import (
    CERTIFICATE_BYTES,
    DOCUMENT_BYTES,
    FRAME_BYTES,
    HEADER_BYTES,
    META_BYTES,
    OPERATION_BYTES,
)
from models.errors import LedgerError
from models.progress import Silent
from models.sync import package
from models.sync.frames import PACKED_BYTES, pack
from models.sync.keys import make_county_keys, make_device_keys
from tests.packages_by_hand import block, frame, stream

zip_ = zstandard.ZstdCompressor().compress
secretive = zstandard.ZstdCompressor(write_content_size=False).compress


def refusal(exchange, path: Path) -> LedgerError:
    staging = path.parent / "staging"
    with pytest.raises(LedgerError) as caught:
        package.trust(package.read_sealed(path), exchange.roots).open(exchange.desk, staging, Silent()).__enter__()
    assert not staging.exists() or not list(staging.iterdir())
    return caught.value


def test_the_forge_itself_makes_good_packages(exchange, tmp_path):
    """Otherwise all that follows would be refused for the wrong reason."""
    path = exchange.forge(
        tmp_path / "a", stream(frame(2, zip_(block(b"a", b"b"))), frame(2, zip_(block(b"c")))), n_ops=3
    )
    assert [body for _, body in exchange.open(path)[1]] == [b"a", b"b", b"c"]
    path = exchange.forge(tmp_path / "f", stream(frame(3, b"photo")), fmt="hgf", kind="files", n_files=1)
    assert exchange.open(path)[2] == [b"photo"]


def lying(packed: bytes) -> bytes:
    """The size in the head of a zstd frame (here: 2 bytes, less 256) made one larger."""
    assert packed[4] >> 6 == 1
    return packed[:5] + struct.pack("<H", struct.unpack_from("<H", packed, 5)[0] + 1) + packed[7:]


ONE = frame(2, zip_(block(b"a")))
SKIP = struct.pack("<II", 0x184D2A50, 10) + bytes(10)
BOMB = zip_(bytes(FRAME_BYTES))
FILES = {"fmt": "hgf", "kind": "files", "n_files": 1}
# name → code of the refusal, frames, what the header says otherwise
# fmt: off
FRAMES: dict[str, tuple[str, bytes, dict[str, Any]]] = {
    "nothing at all": ("S108", b"", {}),
    "END alone": ("S108", stream(meta=None), {}),
    "no END": ("S108", frame(1, b"{}") + ONE, {"n_ops": 1}),
    "no END, half a frame": ("S108", frame(1, b"{}") + ONE[:20], {"n_ops": 1}),
    "no meta frame": ("S108", stream(ONE, meta=None), {"n_ops": 1}),
    "two meta frames": ("S108", stream(frame(1, b"{}"), ONE), {"n_ops": 1}),
    "meta frame at the end": ("S108", stream(ONE, frame(1, b"{}"), meta=None), {"n_ops": 1}),
    "fewer operations than stated": ("S108", stream(ONE), {"n_ops": 2}),
    "more operations than stated": ("S108", stream(ONE, ONE), {"n_ops": 1}),
    "operations, none stated": ("S108", stream(ONE), {"n_ops": 0}),
    "more operations in one frame": ("S108", stream(frame(2, zip_(block(b"a", b"b")))), {"n_ops": 1}),
    "fewer files than stated": ("S108", stream(), FILES),
    "more files than stated": ("S108", stream(frame(3, b"a"), frame(3, b"b")), FILES),
    "a file among operations": ("S108", stream(ONE, frame(3, b"a")), {"n_ops": 1}),
    "operations among files": ("S108", stream(frame(3, b"a"), ONE), FILES),
    "END counts one frame too many": ("S108", stream(ONE, end=(3, len(stream(ONE)) - 57)), {"n_ops": 1}),
    "END counts one byte too many": ("S108", stream(ONE, end=(2, len(stream(ONE)) - 56)), {"n_ops": 1}),
    "END too short": ("S108", frame(1, b"{}") + frame(255, b"x" * 15), {}),
    "END with a wrong hash": ("S108", frame(1, b"{}") + frame(255, struct.pack(">QQ", 1, 43), digest=bytes(32)), {}),
    "END too long": ("S109", frame(1, b"{}") + frame(255, bytes(17)), {}),
    "a byte after END": ("S108", stream(ONE, after=b"\0"), {"n_ops": 1}),
    "a frame after END": ("S108", stream(ONE, after=ONE), {"n_ops": 1}),
    "END twice": ("S108", stream(ONE, after=stream()[-57:]), {"n_ops": 1}),
    "frame of an unknown type": ("S108", stream(frame(4, b"x")), {}),
    "frame of type 0": ("S108", stream(frame(0, b"")), {}),
    "wrong hash of operations": ("S108", stream(frame(2, zip_(block(b"a")), digest=bytes(32))), {"n_ops": 1}),
    "wrong hash of a file": ("S108", stream(frame(3, b"a", digest=bytes(32))), FILES),
    "wrong hash of meta": ("S108", stream(frame(1, b"{}", digest=bytes(32)), meta=None), {}),
    "frame longer than the rest": ("S108", frame(1, b"{}") + frame(2, b"x", length=1000), {"n_ops": 1}),
    "frame of 2^64-1 bytes": ("S109", frame(1, b"{}") + frame(2, b"x", length=2**64 - 1), {"n_ops": 1}),
    "file over the limit": ("S109", frame(1, b"{}") + frame(3, b"x", length=DOCUMENT_BYTES + 1), FILES),
    "meta over the limit": ("S109", frame(1, b"{}", length=META_BYTES + 1), {}),
    "packed frame over the limit": ("S109", frame(1, b"{}") + frame(2, b"x", length=PACKED_BYTES + 1), {"n_ops": 1}),
    "not zstd": ("S108", stream(frame(2, b"not zstd at all")), {"n_ops": 1}),
    "empty data": ("S108", stream(frame(2, b"")), {"n_ops": 1}),
    "no operation in the frame": ("S108", stream(frame(2, zip_(b""))), {"n_ops": 0}),
    "zstd cut off": ("S108", stream(frame(2, zip_(block(b"a"))[:-1])), {"n_ops": 1}),
    "bytes after zstd": ("S108", stream(frame(2, zip_(block(b"a")) + b"x")), {"n_ops": 1}),
    "two zstd frames": ("S108", stream(frame(2, zip_(block(b"a")) * 2)), {"n_ops": 2}),
    "padding alone": ("S108", stream(frame(2, SKIP)), {"n_ops": 0}),
    "padding twice": ("S108", stream(frame(2, SKIP + SKIP + zip_(block(b"a")))), {"n_ops": 1}),
    "padding longer than the frame": ("S108", stream(frame(2, SKIP[:4] + bytes(3) + b"\x7f" + ONE)), {"n_ops": 1}),
    "zstd that hides its size": ("S108", stream(frame(2, secretive(block(b"a")))), {"n_ops": 1}),
    "zstd that lies about its size": ("S108", stream(frame(2, lying(zip_(block(b"a" * 300))))), {"n_ops": 1}),
    "a bomb": ("S109", stream(frame(2, BOMB)), {"n_ops": 1}),
    "a bomb of many bombs": ("S108", stream(frame(2, BOMB * 1000)), {"n_ops": 1}),
    "a bomb over the limit of a frame": ("S109", stream(frame(2, zip_(bytes(FRAME_BYTES + 1)))), {"n_ops": 1}),
    "operation cut off in its head": ("S108", stream(frame(2, zip_(block(b"a") + bytes(19)))), {"n_ops": 1}),
    "operation cut off in its body": ("S108", stream(frame(2, zip_(block(b"abc")[:-1]))), {"n_ops": 1}),
    "operation of no bytes": ("S109", stream(frame(2, zip_(block(b"")))), {"n_ops": 1}),
    "operation over the limit": ("S109", stream(frame(2, pack(block(b"a" * (OPERATION_BYTES + 1))))), {"n_ops": 1}),
    "operation of 4 GB by its word": ("S109", stream(frame(2, zip_(bytes(16) + b"\xff" * 4 + b"a"))), {"n_ops": 1}),
}
# fmt: on


@pytest.mark.parametrize("name", FRAMES)
def test_frames(exchange, tmp_path, name):
    code, plain, changes = FRAMES[name]
    started = time.process_time()
    assert refusal(exchange, exchange.forge(tmp_path / "bad", plain, **changes)).code == code
    assert time.process_time() - started < 2


HEX = "ab" * 16
# fmt: off
HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "of another device":         ("S102", {"from": {"unit": "361021101", "device": HEX}}),
    "of the county, it says":    ("S102", {"from": {"unit": "361021", "device": "SELF"}}),
    "to another county":         ("S102", {"to": {"unit": "361021", "root": HEX}}),
    "to nobody":                 ("S102", {"to": {"unit": "", "root": "ROOT"}}),
    "to no county":              ("S102", {"to": {"unit": "361021", "root": ""}}),
    "unknown suite":             ("S103", {"suite": 2}),
    "国密":                       ("S103", {"suite": 3}),
    "unknown kind":              ("S103", {"kind": "plan"}),
    "min_reader 2":              ("S103", {"min_reader": 2}),
    "version 9, min_reader 2":   ("S103", {"v": 9, "min_reader": 2}),
    "of the trial":              ("S113", {"v": 0, "min_reader": 0}),
    "of the trial, other shape": ("S113", {"v": 0, "min_reader": 0, "n_ops": "many", "from": 5}),
    "no version":                ("S102", {"v": None}),
    "min_reader 2, other shape": ("S103", {"min_reader": 2, "n_ops": "many", "from": 5}),
    "data, not encrypted":       ("S102", {"suite": 0}),
    "files, not encrypted":      ("S102", {"suite": 0, "kind": "files", "fmt": "hgf"}),
    "a request, encrypted":      ("S102", {"kind": "enrol"}),
    "a welcome by a township":   ("S102", {"kind": "welcome"}),
    "data as .hgf":              ("S102", {"fmt": "hgf"}),
    "unknown format":            ("S102", {"fmt": "hgx"}),
    "files with operations":     ("S102", {"fmt": "hgf", "kind": "files", "n_ops": 1}),
    "data with files":           ("S102", {"n_files": 1}),
    "payload said shorter":      ("S108", {"payload": {"len": "-1", "sha256": "TRUE"}}),
    "payload said longer":       ("S106", {"payload": {"len": "+1", "sha256": "TRUE"}}),
    "payload said endless":      ("S106", {"payload": {"len": 2**53 - 1, "sha256": "TRUE"}}),
    "payload below zero":        ("S102", {"payload": {"len": -1, "sha256": "TRUE"}}),
    "payload hash wrong":        ("S108", {"payload": {"len": "+0", "sha256": "00" * 32}}),
    "payload hash no hash":      ("S102", {"payload": {"len": "+0", "sha256": "x" * 64}}),
    "operations below zero":     ("S102", {"n_ops": -1}),
    "operations over the limit": ("S102", {"n_ops": 5_000_001}),
    "operations as a float":     ("S102", {"n_ops": 0.5}),
    "operations as text":        ("S102", {"n_ops": "0"}),
    "65 bases":                  ("S102", {"bases": [HEX] * 65}),
    "a base that is no id":      ("S102", {"bases": ["AB" * 16]}),
    "257 devices":               ("S102", {"complete_for": [HEX] * 257}),
    "an id with a line break":   ("S102", {"pkg_id": HEX + "\n"}),
    "an id with capitals":       ("S102", {"pkg_id": HEX.upper()}),
    "a unit that is a path":     ("S102", {"to": {"unit": "../..", "root": "ROOT"}}),
    "no number":                 ("S102", {"no": None}),
    "number 2^53":               ("S102", {"no": 2**53}),
    "a program of 1 KB":         ("S102", {"program": "x" * 1024}),
}
# fmt: on


def filled_in(exchange, value: Any, length: int, digest: str) -> Any:
    if isinstance(value, dict):
        return {key: filled_in(exchange, inner, length, digest) for key, inner in value.items()}
    said = {
        "SELF": exchange.town.id.hex(), "ROOT": exchange.county.root_id.hex(), "TRUE": digest,
        "-1": length - 1, "+0": length, "+1": length + 1,
    }  # fmt: skip
    return said.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("name", HEADERS)
def test_headers(exchange, tmp_path, name):
    code, changes = HEADERS[name]
    payload = pyrage.encrypt(stream(), [pyrage.x25519.Recipient.from_str(exchange.desk.recipient)])
    changes = filled_in(exchange, changes, len(payload), hashlib.sha256(payload).hexdigest())
    assert refusal(exchange, exchange.forge(tmp_path / "bad", sealed=payload, **changes)).code == code


def test_a_request_is_not_certified_by_the_county(exchange, tmp_path):
    assert refusal(exchange, exchange.forge(tmp_path / "bad", sealed=b"", kind="enrol", suite=0)).code == "S102"


def test_an_unknown_field_of_a_newer_program_is_passed_over(exchange, tmp_path):
    path = exchange.forge(tmp_path / "a", stream(), colour={"deep": [1, 2, {}]}, v=3)
    assert exchange.open(path)[1] == []


RAW_HEADERS = {
    "empty": b"",
    "no JSON": b"hello",
    "a list": b"[]",
    "cut off": b'{"v":1,"min_reader":1,"suite":1',
    "deep": b'{"v":1,"min_reader":1,"suite":1,"kind":"data","x":' + b"[" * 40 + b"]" * 40 + b"}",
    "very deep": b"[" * 60_000,
    "not UTF-8": b'{"v":1,"min_reader":1,"suite":1,"kind":"data\xff"}',
    "byte order mark": b"\xef\xbb\xbf{}",
    "repeated key": b'{"v":1,"min_reader":1,"min_reader":1,"suite":1,"kind":"data"}',
    "NaN": b'{"v":1,"min_reader":NaN,"suite":1,"kind":"data"}',
    "huge integer": b'{"v":1,"min_reader":1,"suite":1,"kind":"data","x":' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("name", RAW_HEADERS)
def test_headers_that_are_none(exchange, tmp_path, name):
    path = exchange.forge(tmp_path / "bad", b"", raw_header=RAW_HEADERS[name])
    assert refusal(exchange, path).code == "S102"


def test_a_repeated_key_in_an_otherwise_good_header_is_refused(exchange, tmp_path):
    good = exchange.forge(tmp_path / "good", stream())
    sealed = package.read_sealed(good)
    payload = good.read_bytes()[sealed.payload_at :]
    raw = sealed.header[:-1] + b',"n_ops":0}'
    assert refusal(exchange, exchange.forge(tmp_path / "bad", sealed=payload, raw_header=raw)).code == "S102"


def test_lengths_over_their_limits_are_refused_before_they_are_read(exchange, tmp_path):
    path = tmp_path / "bad"
    path.write_bytes(package.MAGIC + struct.pack(">I", CERTIFICATE_BYTES + 1) + bytes(CERTIFICATE_BYTES + 100_000))
    assert refusal(exchange, path).code == "S109"
    start = package.MAGIC + struct.pack(">I", len(exchange.certificate)) + exchange.certificate
    path.write_bytes(start + struct.pack(">I", HEADER_BYTES + 1) + bytes(HEADER_BYTES + 100_000))
    assert refusal(exchange, path).code == "S109"


def test_a_header_of_another_device_of_the_same_county(exchange, tmp_path):
    """A genuine certificate in front of a header that another genuine device signed."""
    other = make_device_keys()
    assert refusal(exchange, exchange.forge(tmp_path / "a", stream(), keys=other)).code == "S102"
    own_certificate = exchange.certify(other)
    path = exchange.forge(tmp_path / "b", stream(), keys=other, certificate=own_certificate)
    assert refusal(exchange, path).code == "S102"  # the header still says it is by the first device


def test_a_device_cannot_speak_for_another_unit(exchange, tmp_path):
    moved = exchange.certify(exchange.town, unit="361021102")
    assert refusal(exchange, exchange.forge(tmp_path / "a", stream(), certificate=moved)).code == "S102"


def test_another_county_is_named_and_refused(exchange, tmp_path):
    other = replace(exchange, county=make_county_keys())
    theirs = other.certify(exchange.town, county="远山县\u202e", name="乙镇\n" * 30)
    path = exchange.forge(tmp_path / "a", stream(), certificate=theirs)
    error = refusal(exchange, path)
    assert error.code == "S107"
    assert "远山县" in error.message
    assert not {"\u202e", "\n"} & set(error.message)


def test_a_certificate_that_claims_our_root_without_its_signature(exchange, tmp_path):
    other = make_county_keys()
    forged = bytearray(exchange.certificate)
    forged[:64] = other.root.sign(b"hgb-cert-v1\0" + exchange.certificate[64:])
    assert refusal(exchange, exchange.forge(tmp_path / "a", stream(), certificate=bytes(forged))).code == "S102"


def test_a_request_with_a_payload_is_no_request(exchange, tmp_path):
    path = exchange.forge(tmp_path / "r", sealed=b"x", certificate=exchange.request(), kind="enrol", suite=0)
    with pytest.raises(LedgerError) as refused:
        package.trust_request(package.read_sealed(path))
    assert refused.value.code == "S102"


def test_data_under_a_self_signed_certificate_is_no_data(exchange, tmp_path):
    path = exchange.forge(tmp_path / "r", stream(), certificate=exchange.request())
    assert refusal(exchange, path).code == "S110"
    with pytest.raises(LedgerError) as refused:
        package.trust_request(package.read_sealed(path))
    assert refused.value.code == "S102"


def age_payloads(exchange) -> dict[str, tuple[str, bytes]]:
    desk = pyrage.x25519.Recipient.from_str(exchange.desk.recipient)
    genuine = pyrage.encrypt(b"x" * 70_000, [desk])
    first, rest = genuine.split(b"\n", 1)
    stranger = make_device_keys()
    scrypt = b"-> scrypt bBjlhJVYZeE4aqUdmtRHfw 30\n" + b"A" * 43 + b"\n"
    return {
        "empty": ("S108", b""),
        "no age": ("S108", b"hello"),
        "plain frames": ("S108", bytes(100)),
        "armored": ("S108", pyrage.encrypt(b"x", [desk], armored=True)),
        "passphrase": ("S108", first + b"\n" + scrypt + b"--- " + b"A" * 43 + b"\n" + bytes(100)),
        "passphrase beside X25519": ("S108", first + b"\n" + scrypt + rest),
        "ssh stanza": ("S108", first + b"\n-> ssh-ed25519 xxxx yyyy\n" + b"A" * 43 + b"\n" + rest),
        "stanza without its last line": ("S108", first + b"\n-> a-grease\n" + b"A" * 64 + b"\n" + rest),
        "one more grease stanza (its MAC is wrong)": ("S108", first + b"\n-> a-grease\n\n" + rest),
        "endless header": ("S108", first + b"\n" + b"-> a-grease\n\n" * 20_000),
        "other version": ("S108", b"age-encryption.org/v2\n" + rest),
        "cut inside": ("S108", genuine[:-20]),
        "cut at a chunk": ("S108", genuine[: -(70_000 - 65_536 + 16)]),
        "bytes behind": ("S108", genuine + b"x"),
        "not to us": ("S105", pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(stranger.recipient)])),
    }  # fmt: skip


@pytest.mark.parametrize("name", [
    "empty", "no age", "plain frames", "armored", "passphrase", "passphrase beside X25519", "ssh stanza",
    "stanza without its last line", "one more grease stanza (its MAC is wrong)", "endless header", "other version",
    "cut inside", "cut at a chunk", "bytes behind", "not to us",
])  # fmt: skip
def test_age_payloads(exchange, tmp_path, name):
    payloads = age_payloads(exchange)
    assert len(payloads) == 15
    code, payload = payloads[name]
    path = exchange.forge(tmp_path / "bad", sealed=payload)
    started = time.process_time()
    assert refusal(exchange, path).code == code
    assert time.process_time() - started < 0.5  # a passphrase stanza is not computed
