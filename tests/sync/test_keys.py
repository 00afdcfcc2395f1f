"""Keys, stamps, the digits that are compared, and the files that keep keys."""

from __future__ import annotations

import base64
import json
import os
import sys
from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from models.sync import dpapi, keyfile
from models.sync.keyfile import KEYFILE_BYTES, load_county_keys, load_device_keys, load_keys, protected, save_keys
from models.sync.keys import (
    NO_STAMP,
    CountyKeys,
    fingerprint,
    make_county_keys,
    make_device_keys,
    private_bytes,
    same_fingerprint,
)
from models.sync.refusals import KeysOfAnotherMachine, KeysUnreadable, PassphraseNeeded, PassphraseWrong

COUNTY = make_county_keys()


def fixed_county() -> CountyKeys:
    return CountyKeys(Ed25519PrivateKey.from_private_bytes(bytes(range(32))), {1: b"\1" * 32, 2: b"\2" * 32}, 2)


def test_vectors_that_another_implementation_must_meet():
    county = fixed_county()
    assert county.root_public.hex() == "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    assert county.root_id.hex() == sha256(county.root_public).hexdigest()[:32]
    assert county.stamp(b"operation").hex() == "0265d3479fac09298ada21f8d30bd948"
    assert fingerprint(bytes(32), county.root_public) == "8362 7999 6971 4305 1482 6915"


@given(body=st.binary(max_size=300))
def test_a_stamp_is_genuine_for_its_bytes_alone(body):
    stamp = COUNTY.stamp(body)
    assert len(stamp) == 16
    assert stamp[0] == COUNTY.current
    assert COUNTY.genuine(stamp, body)
    assert not COUNTY.genuine(stamp, body + b"x")
    assert not COUNTY.genuine(NO_STAMP, body)
    assert not make_county_keys().genuine(stamp, body)


def test_every_bit_of_a_stamp_counts():
    stamp = COUNTY.stamp(b"body")
    for at in range(128):
        bad = bytearray(stamp)
        bad[at // 8] ^= 1 << at % 8
        assert not COUNTY.genuine(bytes(bad), b"body")
    for wrong in (b"", stamp[:-1], stamp + b"x", b"\x09" + stamp[1:]):
        assert not COUNTY.genuine(wrong, b"body")


def test_a_new_secret_stamps_and_the_old_ones_still_count():
    renewed = COUNTY.with_new_secret()
    assert renewed.current == 2
    assert renewed.stamp(b"x")[0] == 2
    assert renewed.genuine(COUNTY.stamp(b"x"), b"x")
    assert renewed.root_id == COUNTY.root_id


def test_secrets_end_at_their_last_number():
    last = CountyKeys(COUNTY.root, {255: b"x" * 32}, 255)
    assert last.genuine(last.stamp(b"x"), b"x")
    with pytest.raises(OverflowError):
        last.with_new_secret()


@given(device=st.binary(min_size=32, max_size=32), root=st.binary(min_size=32, max_size=32))
def test_a_fingerprint_is_24_digits_in_six_groups(device, root):
    shown = fingerprint(device, root)
    groups = shown.split(" ")
    assert [len(group) for group in groups] == [4] * 6
    assert all(group.isascii() and group.isdigit() for group in groups)
    assert same_fingerprint(shown, shown)
    if device != root:
        assert shown != fingerprint(root, device)


def test_digits_are_compared_however_they_are_typed():
    shown = "0123 4567 8901 2345 6789 0123"
    for typed in ("012345678901234567890123", "0123-4567-8901-2345-6789-0123", "０１２３ 4567 8901 2345 6789 0123"):
        assert same_fingerprint(typed, shown)
    for typed in ("", "0123", "0123 4567 8901 2345 6789 0124", "0123 4567 8901 2345 6789 01230"):
        assert not same_fingerprint(typed, shown)
    assert not same_fingerprint("", "")


def test_keys_never_show():
    device = make_device_keys()
    shown = f"{device!r} {device} {COUNTY!r} {COUNTY}"
    for secret in (private_bytes(device.sign).hex(), str(device.seal), COUNTY.secrets[1].hex(), "AGE-SECRET"):
        assert secret not in shown


@pytest.mark.parametrize("passphrase", [None, "口令 ok"])
def test_keys_are_kept(tmp_path, passphrase):
    device, county = make_device_keys(), COUNTY.with_new_secret()
    save_keys(tmp_path / "device", device, passphrase)
    save_keys(tmp_path / "county", county, passphrase)
    assert load_device_keys(tmp_path / "device", passphrase).id == device.id
    assert load_device_keys(tmp_path / "device", passphrase).recipient == device.recipient
    kept = load_county_keys(tmp_path / "county", passphrase)
    assert (kept.root_id, kept.secrets, kept.current) == (county.root_id, county.secrets, 2)
    assert protected(tmp_path / "device") == (passphrase is not None or sys.platform == "win32")
    with pytest.raises(KeysUnreadable):
        load_county_keys(tmp_path / "device", passphrase)
    with pytest.raises(KeysUnreadable):
        load_device_keys(tmp_path / "county", passphrase)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_only_this_user_reads_key_files(tmp_path):
    os.umask(0o022)
    save_keys(tmp_path / "k", make_device_keys())
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o600


def test_without_the_passphrase_nothing_opens_and_nothing_shows(tmp_path):
    device = make_device_keys()
    save_keys(tmp_path / "k", device, "secret")
    for missing in (None, ""):
        with pytest.raises(PassphraseNeeded):
            load_keys(tmp_path / "k", missing)
    with pytest.raises(PassphraseWrong):
        load_keys(tmp_path / "k", "Secret")
    content = (tmp_path / "k").read_bytes()
    for secret in (private_bytes(device.sign), str(device.seal).encode()):
        assert secret not in content
        assert base64.b64encode(secret)[4:-8] not in content
        assert secret.hex().encode() not in content


def test_a_damaged_key_file_is_told_from_a_wrong_passphrase(tmp_path):
    save_keys(tmp_path / "k", make_device_keys(), "secret")
    body = json.loads((tmp_path / "k").read_text())
    body["content"] = base64.b64encode(b"x" + base64.b64decode(body["content"])[1:]).decode()
    (tmp_path / "k").write_text(json.dumps(body))
    with pytest.raises(KeysUnreadable):
        load_keys(tmp_path / "k", "secret")


@pytest.mark.parametrize(
    "costs",
    [
        {"memory_kib": 2**32},
        {"memory_kib": 256 * 1024 + 1},
        {"passes": 1000},
        {"memory_kib": -1},
        {"salt": "", "passes": 1},
    ],
)
def test_costs_over_the_limit_are_refused_before_they_are_paid(tmp_path, costs, monkeypatch):
    save_keys(tmp_path / "k", make_device_keys(), "secret")
    body = json.loads((tmp_path / "k").read_text())
    body["passphrase"] |= costs
    (tmp_path / "k").write_text(json.dumps(body))
    monkeypatch.setattr(keyfile, "_derive", lambda *_: pytest.fail("they were paid"))
    with pytest.raises(KeysUnreadable):
        load_keys(tmp_path / "k", "secret")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"x", b"\xff" * 100, b"[" * 100_000, b"x" * 300_000,
        b'{"huangai_keys":1,"how":"plain","content":"","sha256":""}',
        b'{"huangai_keys":0,"how":"plain","content":"?","sha256":""}',
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_key_file_is_refused(tmp_path, content):
    (tmp_path / "k").write_bytes(content)
    for verb in (load_keys, protected):
        with pytest.raises(KeysUnreadable) as refused:
            verb(tmp_path / "k")
        assert refused.value.code == "S203"


def written(tmp_path, keys: object, how: str = "plain"):
    content = json.dumps({"keys": keys}).encode()
    coded, digest = base64.b64encode(content).decode(), sha256(content).hexdigest()
    body = {"huangai_keys": 0, "how": how, "content": coded, "sha256": digest}
    (tmp_path / "k").write_text(json.dumps(body))
    return tmp_path / "k"


GOOD = {"of": "county", "root": "00" * 32, "secrets": {"1": "11" * 32}, "current": 1}


def test_key_files_whose_content_is_nonsense(tmp_path):
    assert load_county_keys(written(tmp_path, GOOD)).current == 1
    for wrong in (
        {"current": 2}, {"secrets": {"0": "11" * 32}}, {"secrets": {"256": "11" * 32}}, {"secrets": {"x": "11" * 32}},
        {"secrets": {}}, {"root": "00"}, {"root": "x" * 64}, {"of": "city"},
        {"of": "device", "sign": "00" * 32, "seal": "AGE-SECRET-KEY-1X"},
    ):  # fmt: skip
        with pytest.raises(KeysUnreadable):
            load_keys(written(tmp_path, GOOD | wrong))
    with pytest.raises(KeysUnreadable):
        load_keys(written(tmp_path, GOOD, how="passphrase"))  # and no costs


def test_a_key_file_has_a_limit(tmp_path):
    path = written(tmp_path, GOOD)
    path.write_bytes(path.read_bytes().ljust(KEYFILE_BYTES))
    assert load_county_keys(path).current == 1
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(KeysUnreadable):
        load_keys(path)


def test_keys_that_windows_sealed(tmp_path, monkeypatch):
    """The route through DPAPI, with a stand-in for Windows."""
    monkeypatch.setattr(dpapi, "seal", lambda content: b"sealed" + content[::-1])
    monkeypatch.setattr(dpapi, "unseal", lambda content: content[6:][::-1])
    monkeypatch.setattr(dpapi, "AVAILABLE", True)
    device = make_device_keys()
    save_keys(tmp_path / "k", device)
    assert protected(tmp_path / "k")
    assert b"AGE-SECRET" not in base64.b64decode(json.loads((tmp_path / "k").read_text())["content"])
    assert load_device_keys(tmp_path / "k").id == device.id

    def refuse(_content: bytes) -> bytes:
        raise OSError

    monkeypatch.setattr(dpapi, "unseal", refuse)
    with pytest.raises(KeysOfAnotherMachine):
        load_keys(tmp_path / "k")


@pytest.mark.skipif(sys.platform == "win32", reason="there it works")
def test_a_key_file_from_windows_is_refused_elsewhere(tmp_path):
    with pytest.raises(KeysOfAnotherMachine):
        load_keys(written(tmp_path, GOOD, how="windows"))
    with pytest.raises(OSError, match="Windows"):
        dpapi.seal(b"x")


def test_a_county_whose_disk_was_put_back_makes_its_later_secrets_again():
    before = make_county_keys()
    later = before.with_new_secret().with_new_secret()
    stamp = later.stamp(b"operation")
    assert stamp[0] == 3
    assert before.genuine(stamp, b"operation")
    assert not before.genuine(stamp, b"another")
    assert before.reached(3).secrets == later.secrets
    assert before.reached(3).current == 3
    assert later.reached(2) is later
    without_root = replace(before, private_root=None, public_root=before.root_public)
    assert not without_root.genuine(stamp, b"operation")
    assert without_root.reached(3) is without_root
    assert not make_county_keys().genuine(stamp, b"operation")


def test_two_secrets_that_were_made_under_one_number_both_go_on_to_vouch():
    """Two PCs of the county stopped one each, and met afterwards."""
    here, there = make_county_keys(), make_county_keys()
    both = here.joined(there.all_secrets)
    for keys in (here, there):
        assert both.genuine(keys.stamp(b"op"), b"op")
