"""Headers as values; what bad ones lead to is in test_forged."""

from __future__ import annotations

import msgspec
import pytest

from models.domain.limits import HEADER_BYTES
from models.sync import header
from models.sync.header import Payload, Receiver


def test_a_header_keeps_its_words(exchange):
    value = exchange.draft().header(Payload(5, "00" * 32), n_ops=3)
    raw = header.encode(value)
    assert header.decode(raw) == value
    said = msgspec.json.decode(raw)
    assert (said["from"], said["kind"], said["suite"], said["fmt"], said["n_ops"]) == (
        {"unit": "361021101", "device": exchange.town.id.hex()}, "data", 1, "hgb", 3,
    )  # fmt: skip


def test_the_largest_header_fits(exchange):
    value = exchange.draft(
        bases=("cd" * 16,) * 64, complete_for=("ab" * 16,) * header.DEVICES, program="程" * 200, made="x" * 40
    ).header(Payload(2**53 - 1, "00" * 32), n_ops=5_000_000)
    assert len(header.encode(value)) < HEADER_BYTES


def test_a_header_over_its_limit_is_not_looked_into(exchange):
    raw = header.encode(exchange.draft().header(Payload(0, "00" * 32)))
    assert header.decode(raw + b" " * (HEADER_BYTES - len(raw)))
    with pytest.raises(ValueError, match="too long"):
        header.decode(raw + b" " * (HEADER_BYTES - len(raw) + 1))


def test_the_words_for_what_is_not_known_are_chinese(exchange):
    raw = header.encode(exchange.draft().header(Payload(0, "00" * 32)))
    for old, new, said in (
        (b'"min_reader":1', b'"min_reader":4', "第 4 版"),
        (b'"suite":1', b'"suite":3', "加密方式 3"),
        (b'"kind":"data"', '"kind":"计划"'.encode(), "种类“计划”"),
    ):
        assert raw.count(old) == 1
        with pytest.raises(header.Unknown, match=said):
            header.decode(raw.replace(old, new))


@pytest.mark.parametrize("to", [Receiver("", "ab" * 16), Receiver("361021", ""), Receiver("", "")])
def test_only_a_request_has_no_receiver(exchange, to):
    with pytest.raises(ValueError, match="no receiver"):
        header.encode(exchange.draft(to=to).header(Payload(0, "00" * 32)))
    assert header.encode(exchange.draft(kind="enrol", to=to).header(Payload(0, "00" * 32)))
