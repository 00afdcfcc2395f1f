"""Strict reading of JSON: one meaning for every text, or none."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.limits import JSON_DEPTH, LAM_MAX
from models.sync.strict_json import decode, encode


class Pair(msgspec.Struct):
    a: int
    b: str = ""


@given(number=st.integers(-LAM_MAX, LAM_MAX), text=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encoded_is_decoded(number, text):
    assert decode(encode(Pair(number, text)), Pair) == Pair(number, text)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b" ", b"{}", b"[]", b'{"a":1', b'{"a":1}x', b'{"a":"1"}', b'{"a":1.5}', b'{"a":NaN}', b'{"a":Infinity}',
        b'{"a":1,"a":1}', b'{"a":1,"x":{"y":1,"y":2}}', b'\xef\xbb\xbf{"a":1}', b'{"a":1,"b":"\xff"}',
        b'{"a":1,"b":"\\ud800"}', b'{"a":1,"b":"\n"}', b'{"a":9007199254740992}', b'{"a":-9007199254740992}',
        b'{"a":1,"x":[[9007199254740992]]}', b'{"a":' + b"9" * 5000 + b"}", b"[" * 100_000,
        b'{"a":1,"x":' + b"[" * 100_000, b'{"a":1,"x":' + b"[" * JSON_DEPTH + b"]" * JSON_DEPTH + b"}",
        '{"a":1}'.encode("utf-16"), b"{'a':1}", b'{"a":01}',
    ],
    ids=range(26),
)  # fmt: skip
def test_the_rest_is_refused(raw):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the reason
        decode(raw, Pair)


def test_depth_up_to_the_limit_is_read():
    inner = JSON_DEPTH - 1
    assert decode(b'{"a":1,"x":' + b"[" * inner + b"]" * inner + b"}", Pair) == Pair(1)


@given(raw=st.binary(max_size=100))
def test_noise_is_a_value_or_a_plain_value_error(raw):
    try:
        found: object = decode(raw, Pair)
    except ValueError as error:
        found = error
    assert type(found) in {Pair, ValueError}
