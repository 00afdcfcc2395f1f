"""Names of units: what matches although offices write it differently, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import unit
from models.domain.limits import NAMES
from models.domain.unit import Author, Registry, county_of, derived_id, name_key, split_names, unit_names

UNITS = {
    "361021": "临江县环委办", "361021101": "白水镇人民政府", "361021102": "城关街道办事处",
    "361021103": "临江县工业园区管理委员会", "361021104": "水南乡", "361021901": "临江县住房和城乡建设局",
}  # fmt: skip
WHO = Registry({"d": Author("361021101", "township")}, UNITS, "361021", "临江县环委办")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("白水镇", "361021101"), ("白水镇人民政府", "361021101"), ("临江县白水镇", "361021101"),
        ("临江县白水镇人民政府", "361021101"), ("白水镇 人民政府", "361021101"), ("361021101", "361021101"),
        ("城关街道", "361021102"), ("城关街道办事处", "361021102"), ("临江县城关街道办事处", "361021102"),
        ("工业园区", "361021103"), ("工业园区管委会", "361021103"), ("县工业园区管委会", "361021103"),
        ("水南乡人民政府", "361021104"), ("住房和城乡建设局", "361021901"), ("县住房和城乡建设局", "361021901"),
        ("白水", None), ("白水乡", None), ("白水镇白水村", None), ("人民政府", None), ("", None), (None, None),
        ("361021199", None), ("水南镇", None),
    ],
)  # fmt: skip
def test_a_name_is_a_unit_whatever_offices_put_around_it(written, code):
    assert WHO.resolve(written) == code


def test_a_name_that_is_only_a_suffix_keeps_it():
    assert name_key("人民政府", "临江县") == "人民政府"
    assert name_key("乡人民政府", "临江县") == "乡人民政府"
    assert name_key("临江县", "临江县") == "临江县"


@pytest.mark.parametrize(
    ("office", "county"),
    [
        ("临江县环委办", "临江县"), ("临江县", "临江县"), ("芷江侗族自治县环委办", "芷江侗族自治县"),
        ("市中区生态环境保护委员会办公室", "市中区"), ("环委办", ""), (" 临江县环委办 ", "临江县"),
    ],
)  # fmt: skip
def test_the_countys_own_name_is_read_out_of_its_offices(office, county):
    assert county_of(office) == county


def test_several_names_in_one_field_are_split_as_offices_separate_them():
    assert split_names("住建局、水利局；白水镇，青石镇, 水南乡\n城关街道") == (
        "住建局", "水利局", "白水镇", "青石镇", "水南乡", "城关街道",
    )  # fmt: skip
    assert split_names(" ；、") == ()
    assert WHO.resolve_all(["白水镇", "没有的镇", "城关街道"]) == {"361021101", "361021102"}


def test_of_two_units_with_one_name_the_smaller_code_answers():
    twice = {"2": "白水镇", "1": "白水镇人民政府"}
    assert Registry({}, twice, "", "").resolve("临江县白水镇") is None  # the county's name is not known yet
    assert Registry({}, twice, "", "").resolve("白水镇") == "1"


def test_a_device_is_its_units_by_certificate():
    assert WHO.author("d") == Author("361021101", "township")
    assert WHO.author("e") is None
    assert Author("361021", "county").is_county
    assert not Author("361021", "township").is_county  # the kind decides, not the code


@given(st.text(alphabet="白水镇乡县政府人民街道办事处管委会 临江", max_size=12), st.sampled_from(["临江县", ""]))
def test_a_key_is_its_own_key_or_at_least_found_by_itself(name, county):
    """Whoever writes a unit's name as it is on the list finds it, whatever it is."""
    if not name.strip():
        return
    who = Registry({}, {"1": name}, "0", county)
    assert who.resolve(name) == "1"
    assert who.resolve(f" {name} ") == "1"


def test_derived_ids_do_not_run_into_each_other():
    assert derived_id("dispatch", "ab", "2024-05") != derived_id("dispatch", "a", "b2024-05")
    assert len(derived_id("unit", "361021")) == 32


def test_names_are_understood_alike_whether_there_is_room_to_remember_them_or_not(monkeypatch):
    monkeypatch.setattr(unit, "_REMEMBERED", 1)
    full = Registry({}, UNITS, "361021", "临江县环委办")
    for text in ("白水镇", "城关街道、水南乡", "白水镇", "城关街道、水南乡", "谁也不是"):
        assert full.named(text, one=False) == WHO.named(text, one=False)
    assert full.named("城关街道、水南乡", one=False).codes == {"361021102", "361021104"}


def test_of_very_many_names_in_one_field_the_first_count_and_the_rest_is_text():
    names = [f"单位{at}" for at in range(NAMES)]
    assert unit_names("；".join(names)) == tuple(names)
    found = WHO.named("；".join([*names[1:], "白水镇", "水南乡"]), one=False)
    assert found.codes == {"361021101"}
    assert len(found.keys) == NAMES


def test_long_texts_are_not_remembered():
    for forgets, remembered in ((split_names, unit._split_names), (lambda text: name_key(text, ""), unit._name_key)):
        before = remembered.cache_info().currsize
        forgets("长" * 5_000)
        assert remembered.cache_info().currsize == before
