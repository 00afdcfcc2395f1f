"""Keys as letters on paper: what is printed can be typed back, and what is copied wrongly is found where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sync import recovery
from models.sync.keys import CountyKeys, make_county_keys, make_device_keys, private_bytes
from models.sync.refusals import NoRootKey, NotASheet, SheetMistyped

KEYS = make_county_keys().with_new_secret().joined([(2, b"\x07" * 32), (3, b"\x08" * 32)])
LINES = recovery.lines(KEYS)
SPOTS = [at for at in range(4, len(LINES[0])) if LINES[0][at] != " "]


def same(one: CountyKeys, other: CountyKeys) -> bool:
    return (private_bytes(one.root), set(one.all_secrets), one.current) == (
        private_bytes(other.root), set(other.all_secrets), other.current
    )  # fmt: skip


def places(text: str) -> tuple[str, ...]:
    with pytest.raises(SheetMistyped) as refused:
        recovery.read(text)
    assert "本机数据未改动" in refused.value.message
    return refused.value.places


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=12, unique=True))
def test_what_is_printed_can_be_typed_back(secrets):
    keys = CountyKeys(make_device_keys().sign, {}).joined((n // 2 + 1, s) for n, s in enumerate(secrets))
    assert same(recovery.read("\n".join(recovery.lines(keys))), keys)


@pytest.mark.parametrize(
    "copied",
    [
        lambda line: line.lower(), lambda line: line[4:].replace(" ", ""), lambda line: line.replace(" ", "-"),
        lambda line: line.replace("0", "O").replace("1", "l"), lambda line: line[4:], lambda line: f"  {line}\r",
        lambda line: "".join(chr(ord(sign) + 0xFEE0) if sign != " " else "　" for sign in line),
        lambda line: f"环改台账 密钥恢复单\n{line}\n\n",
    ],
)  # fmt: skip
def test_people_may_write_it_in_their_way(copied):
    assert same(recovery.read("\n".join(map(copied, LINES))), KEYS)


@given(st.integers(0, len(LINES) - 1), st.sampled_from(SPOTS), st.sampled_from(recovery.LETTERS))
def test_one_wrong_letter_is_found_in_its_group(row, at, sign):
    line = LINES[row]
    typed = line[:at] + sign + line[at + 1 :]
    text = "\n".join([*LINES[:row], typed, *LINES[row + 1 :]])
    if typed == line:
        assert same(recovery.read(text), KEYS)
        return
    group = line[:at].count(" ") - 1
    assert places(text)[0] in (f"第 {row + 1} 行第 {group} 组", f"第 {row + 1} 行")


def test_most_wrong_letters_are_found_in_their_very_group():
    named = 0
    for at in SPOTS:
        typed = LINES[2][:at] + ("7" if LINES[2][at] != "7" else "8") + LINES[2][at + 1 :]
        named += "组" in places("\n".join([*LINES[:2], typed, *LINES[3:]]))[0]
    assert named >= len(SPOTS) - 1


def test_lines_that_lack_or_changed_places_are_named():
    assert places("\n".join([*LINES[:3], *LINES[4:]])) == ("第 4 行（没有写）",)
    swapped = [LINES[0], LINES[2][4:], LINES[1][4:], *LINES[3:]]
    assert {p[:5] for p in places("\n".join(swapped))} == {"第 2 行", "第 3 行"}
    assert "写了 19 个" in places("\n".join([LINES[0], LINES[1][:-1], *LINES[2:]]))[0]
    assert places("\n".join([LINES[0], LINES[1][:-1] + "U", *LINES[2:]])) == ("第 2 行第 5 组",)


@pytest.mark.parametrize("text", ["", "\n\n", "密钥恢复单\n打印日期"])
def test_what_is_no_sheet_is_said(text):
    with pytest.raises(NotASheet):
        recovery.read(text)


def test_lines_of_two_sheets_make_none():
    other = recovery.lines(CountyKeys(make_device_keys().sign, {}).joined(KEYS.all_secrets))
    with pytest.raises(NotASheet):
        recovery.read("\n".join([*LINES[:2], *other[2:]]))


def test_without_the_root_key_there_is_no_sheet():
    with pytest.raises(NoRootKey):
        recovery.lines(CountyKeys(None, {1: b"x" * 32}, public_root=KEYS.root_public))
