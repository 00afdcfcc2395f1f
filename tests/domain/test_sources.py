"""Doubts about a pollution source, each with the case beside it that is none; and which sources may be one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import sources

TODAY = date(2024, 6, 15)
HERE = sources.bounds({"west": "115.5", "east": "116.5", "south": "27.5", "north": "28.5"})
# Published examples: Huawei, Tencent; and one with the digit X.
REAL = ("914403001922038216", "9144030071526726XG")


@pytest.mark.parametrize("code", [*REAL, " 9144030071526726xg ", "", "361021600012345"])
def test_a_code_that_may_be_right(code):
    assert sources.credit_code_fault(code) == ""


@pytest.mark.parametrize(
    ("code", "why"),
    [("91440300192203821", "17 位"), ("91440300192203821O", "不会用到"), ("914403001922038217", "校验位"),
     ("914403001922083216", "校验位")],
)  # fmt: skip
def test_a_code_that_cannot_be_right(code, why):
    assert why in sources.credit_code_fault(code)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 16), st.data())
def test_one_wrong_sign_is_always_found(body, at, data):
    code = body + sources.check_digit(body)
    assert sources.credit_code_fault(code) == ""
    other = data.draw(st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY").filter(lambda sign: sign != body[at]))
    assert "校验位" in sources.credit_code_fault(code[:at] + other + code[at + 1 :])


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ((None, None, None), []),
        ((116, 28, "cgcs2000"), []),
        ((116, None, "cgcs2000"), ["只填了一个"]),
        ((None, 28, "cgcs2000"), ["只填了一个"]),
        ((28.0, 116.0, "wgs84"), ["写反"]),
        ((117, 28, "wgs84"), ["不在本县"]),
        ((116, 28, None), ["坐标系"]),
        ((116, 28, "unknown"), ["坐标系"]),
        ((116, 28, "gcj02"), ["手机地图"]),
        ((28, 116, "gcj02"), ["写反", "手机地图"]),
    ],
)
def test_doubts_about_a_place(place, said):
    found = sources.coordinate_faults(*place, HERE)
    assert len(found) == len(said)
    assert all(word in fault for word, fault in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("day", "said"),
    [(None, ""), ("2024-06-14", "已于"), ("2024-06-15", "将于"), ("2024-08-14", "将于"), ("2024-08-15", "")],
)
def test_a_permit_that_ends(day, said):
    found = sources.permit_faults(day, TODAY)
    assert found.startswith(said)
    assert bool(found) == bool(said)


def test_all_doubts_of_one_source():
    one = {"credit_code": "1", "longitude": 116, "latitude": 28, "datum": "wgs84",
           "permits": [{"kind": "discharge", "expires_on": "2024-01-01"}, {"kind": None, "expires_on": "2024-01-02"},
                       {"kind": "mining", "expires_on": "2034-01-01"}]}  # fmt: skip
    assert sources.doubts(one, HERE, TODAY) == [
        "统一社会信用代码应是 18 位，这里是 1 位", "排污许可证：已于 2024-01-01 到期", "许可证：已于 2024-01-02 到期",
    ]  # fmt: skip
    assert sources.doubts({}, HERE, TODAY) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [({"west": 115}, "最西"), ({"north": "九十"}, "最北"), ({"east": "115"}, "小于"), ({"north": "91"}, "小于"),
     ({"more": "1"}, "应写明")],
)  # fmt: skip
def test_what_says_not_where_the_county_lies(change, why):
    good = {"west": "115.5", "east": "116.5", "south": "27.5", "north": "28.5"}
    assert sources.bounds_fault(good) == sources.bounds_fault(sources.EVERYWHERE) == ""
    assert why in sources.bounds_fault(good | change)
    assert "应写明" in sources.bounds_fault([])


def a_source(id_, **more):
    return {"id": id_, "unit": "101", "kind": "industry", "name": id_, "credit_code": None, "longitude": None,
            "latitude": None, "datum": None} | more  # fmt: skip


def place(east, north):
    return {"longitude": east, "latitude": north}


def test_which_sources_may_be_one():
    some = [
        a_source("a", credit_code="914403001922038216", **place(116.0, 28.0)),
        a_source("b", credit_code=" 914403001922038216", name="a", **place(116.0, 28.0)),
        a_source("c", name="白水 水泥厂"), a_source("d", name="白水水泥厂"),
        a_source("e", name="白水水泥厂", unit="102"),
        a_source("f", name="", **place(116.0004, 28.0)), a_source("g", name="", **place(116.0, 28.0004)),
        a_source("h", kind="mine", **place(116.0, 28.0)), a_source("i", datum="wgs84", **place(116.0, 28.0)),
        a_source("j", latitude=28.0), a_source("k", **place(116.001, 28.0)),
    ]  # fmt: skip
    found = sources.likely_doubles(some)
    told = {(pair.one, pair.other): pair.why for pair in found}
    assert told.pop(("a", "b")) == "统一社会信用代码相同"
    assert told.pop(("c", "d")) == "名称相同"
    assert told == dict.fromkeys((("a", "f"), ("b", "f")), "同类，相距约 39 米") | dict.fromkeys(
        (("a", "g"), ("b", "g")), "同类，相距约 45 米"
    )
    assert len(found) == 6


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8))
def test_no_near_pair_is_missed(grid):
    some = [a_source(str(n), name="", **place(116 + x * 0.0003, 28 + y * 0.0003)) for n, (x, y) in enumerate(grid)]
    wanted = {
        (one["id"], other["id"])
        for at, one in enumerate(some)
        for other in some[at + 1 :]
        if (metres := sources.apart(one, other)) is not None and metres <= sources.NEAR
    }
    assert {(pair.one, pair.other) for pair in sources.likely_doubles(some)} == wanted


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ({"kind": "mining", "number": "K1"}, [0]),
        ({"kind": "mining", "number": "K2"}, []),
        ({"kind": "mining"}, [0]),
        ({"kind": "discharge", "number": "P2", "expires_on": "2030-01-01"}, [2]),
        ({"kind": "discharge", "number": "P3"}, [3]),
        ({"kind": "discharge", "expires_on": "2027-01-01"}, [1]),
        ({"kind": "discharge", "expires_on": "2031-01-01"}, [1, 2, 3]),
        ({"kind": "discharge"}, [1, 2, 3]),
        ({"kind": "forest", "number": "P1"}, []),
    ],
)
def test_a_permit_is_known_by_its_number_or_else_by_its_kind(said, which):
    held = [
        {"kind": "mining", "number": "K1", "expires_on": None},
        {"kind": "discharge", "number": "P1", "expires_on": "2027-01-01"},
        {"kind": "discharge", "number": "P2", "expires_on": "2028-01-01"},
        {"kind": "discharge", "number": None, "expires_on": None},
    ]
    assert sources.same_permits(said, held) == [held[at] for at in which]
