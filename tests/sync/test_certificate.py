"""Certificates: one key vouches for another, for one unit, for ever."""

from __future__ import annotations

import json

import msgspec
import pytest

from models.domain.limits import CERTIFICATE_BYTES
from models.sync.certificate import CONTEXT, certify, certify_self, check_certificate, key_id
from models.sync.keys import make_county_keys, make_device_keys
from models.sync.refusals import NotACertificate


def test_a_certificate_says_whose_device_it_is(exchange):
    found = check_certificate(exchange.certificate, exchange.county.root_public)
    assert (found.unit, found.kind, found.name, found.county) == ("361021101", "township", "甲镇", "临江县")
    assert found.device == exchange.town.id == key_id(exchange.town.public)
    assert found.seal == exchange.town.recipient
    assert not found.is_request


def test_a_request_vouches_for_itself_alone(exchange):
    found = check_certificate(exchange.request(), None)
    assert found.is_request
    assert found.device == exchange.town.id
    with pytest.raises(NotACertificate):
        check_certificate(exchange.request(), exchange.county.root_public)
    with pytest.raises(NotACertificate):
        check_certificate(exchange.request(), exchange.town.public)  # not even under its own key as a root
    with pytest.raises(NotACertificate):
        check_certificate(exchange.certificate, None)


def test_every_bit_counts(exchange):
    for raw, root in ((exchange.certificate, exchange.county.root_public), (exchange.request(), None)):
        for at in range(len(raw) * 8):
            bad = bytearray(raw)
            bad[at // 8] ^= 1 << at % 8
            with pytest.raises(NotACertificate):
                check_certificate(bytes(bad), root)


def test_every_length_counts(exchange):
    raw = exchange.certificate
    for length in range(len(raw)):
        with pytest.raises(NotACertificate):
            check_certificate(raw[:length], exchange.county.root_public)
    with pytest.raises(NotACertificate):
        check_certificate(raw + b" ", exchange.county.root_public)


def test_only_the_root_that_signed_counts(exchange):
    with pytest.raises(NotACertificate):
        check_certificate(exchange.certificate, make_county_keys().root_public)
    with pytest.raises(NotACertificate):
        check_certificate(exchange.certificate, b"short")


def signed(key, body: bytes) -> bytes:
    return key.sign(CONTEXT + body) + body


# fmt: off
WRONG = {
    "another root":       {"root": "00" * 32},
    "no root":            {"root": ""},
    "unknown kind":       {"kind": "city"},
    "unit that is a path": {"unit": "../x"},
    "no unit":            {"unit": ""},
    "unit with a break":  {"unit": "361021\n"},
    "key too short":      {"sign": "00"},
    "key in capitals":    {"sign": "AB" * 32},
    "no age recipient":   {"seal": "age1" + "q" * 58},
    "age identity":       {"seal": "AGE-SECRET-KEY-1"},
    "name of a book":     {"name": "x" * 201},
    "number as a name":   {"name": 5},
}
# fmt: on


@pytest.mark.parametrize("name", WRONG)
def test_what_the_root_signed_by_mistake_is_refused(exchange, name):
    good = json.loads(exchange.certificate[64:])
    assert check_certificate(signed(exchange.county.root, json.dumps(good).encode()), exchange.county.root_public)
    raw = signed(exchange.county.root, json.dumps(good | WRONG[name]).encode())
    with pytest.raises(NotACertificate):
        check_certificate(raw, exchange.county.root_public)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"x", b"\xff", b"[" * 5000, b'{"v":0,"v":0}', b" " * CERTIFICATE_BYTES]
)
def test_nonsense_under_a_good_signature(exchange, body):
    with pytest.raises(NotACertificate):
        check_certificate(signed(exchange.county.root, body), exchange.county.root_public)


def test_a_root_that_certifies_itself_is_no_request(exchange):
    root = exchange.county.root
    body = json.loads(exchange.certificate[64:]) | {"sign": exchange.county.root_public.hex()}
    raw = signed(root, json.dumps(body).encode())
    assert check_certificate(raw, exchange.county.root_public)
    with pytest.raises(NotACertificate):
        check_certificate(raw, None)


def test_the_limit_of_a_certificate(exchange):
    body = exchange.certificate[64:]
    fits = signed(exchange.county.root, body + b" " * (CERTIFICATE_BYTES - len(exchange.certificate)))
    assert check_certificate(fits, exchange.county.root_public)
    over = signed(exchange.county.root, fits[64:] + b" ")
    with pytest.raises(NotACertificate):
        check_certificate(over, exchange.county.root_public)


def test_fields_of_a_newer_program_are_passed_over(exchange):
    body = json.dumps(json.loads(exchange.certificate[64:]) | {"v": 2, "until": "2030"}).encode()
    assert check_certificate(signed(exchange.county.root, body), exchange.county.root_public).v == 2


def test_nobody_certifies_what_cannot_be_read(exchange):
    good = check_certificate(exchange.certificate, exchange.county.root_public)
    with pytest.raises(NotACertificate):
        certify(exchange.county.root, msgspec.structs.replace(good, unit="甲"))
    with pytest.raises(ValueError, match="another root"):
        certify(make_county_keys().root, good)
    with pytest.raises(ValueError, match="unit"):
        certify_self(make_device_keys(), unit="甲", kind="township", name="甲镇", made="")
