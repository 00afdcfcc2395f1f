"""Which record a row of a workbook speaks of (cli.md rule 1): numbers that identify, words that do, and doubts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.unit import Registry
from models.services.base.matching import Finder, normal, number_key

WHO = Registry({}, {"361021": "临江县环委办", "361021101": "白水镇人民政府"}, "361021", "临江县环委办")
LONG = "白水镇东门村报废汽车拆解场废机油渗漏污染土壤"
OTHER = "青石镇采石场扬尘扰民且未落实湿法作业要求"


def record(n, **values):
    return {"id": bytes([n]) * 16} | values


def found(records, table="problem", **row):
    match = Finder(table, records, WHO).find(row, 1)
    return (match.record["id"][0] if match.record else None), match.doubt


def test_a_receipt_number_is_identity_whatever_the_words():
    records = [record(1, receipt_number="D1JX202404010001", content=LONG), record(2, receipt_number="D2", content=LONG)]
    assert found(records, "petition", receipt_number="D1JX202404010001", content=OTHER) == (1, "")
    assert found(records, "petition", receipt_number="ｄ1jx202404010001 ", content=OTHER) == (1, "")
    assert found(records, "petition", receipt_number="D3", content=LONG) == (
        None,
        "",
    )  # a new one, though it reads alike


def test_two_rows_with_one_receipt_number_are_never_two_records():
    for records in ([], [record(1, receipt_number="D1", content=LONG)]):
        finder = Finder("petition", records, WHO)
        first, second = (finder.find({"receipt_number": n, "content": LONG}, row) for n, row in (("D1", 4), ("d 1", 7)))
        assert (first.record is not None, first.doubt) == (bool(records), "")
        assert second.record is None
        assert second.doubt.startswith("第 4 行已有这个受理编号")


@pytest.mark.parametrize(("one", "other"), [("1-12", "11-2"), ("D2024.1.11", "D2024.11.1"), ("12-3", "1-23")])
def test_numbers_whose_digits_run_together_are_different_numbers(one, other):
    assert found([record(1, receipt_number=one, content=LONG)], "petition", receipt_number=other, content=LONG) == (
        None,
        "",
    )
    numbered = [record(1, county_number=one, source="省督", description=LONG)]
    assert found(numbered, county_number=other, source="省督", description=OTHER, township="x") == (None, "")


def test_our_own_number_is_identity_unless_the_words_are_very_different():
    records = [record(1, number="361021-2024-0001-AB", description=LONG)]
    assert found(records, number="361021-2024-0001-AB", description=LONG + "（已立案）") == (1, "")
    who, doubt = found(records, number="361021-2024-0001-AB", description=OTHER)
    assert who is None
    assert "可能是另一条" in doubt


@pytest.mark.parametrize("name", ["county_number", "city_number", "province_number"])
def test_a_foreign_number_is_identity_with_its_source_alone(name):
    records = [record(1, source="2024年省级督察", description=LONG, **{name: "8"})]
    assert found(records, source="2024年省级督察", description=LONG[:-4], **{name: "8"}) == (1, "")
    assert found(records, source="2023年省级督察", description=OTHER, **{name: "8"}) == (None, "")
    who, doubt = found(records, source="2024年省级督察", description=OTHER, **{name: "8"})
    assert who is None
    assert "可能是另一条" in doubt


def test_numbers_of_different_kinds_do_not_meet():
    records = [record(1, source="省督", county_number="8", description=LONG)]
    assert found(records, source="省督", city_number="8", description=OTHER) == (None, "")


def test_of_two_records_with_one_number_the_more_alike_is_meant():
    records = [
        record(1, source="省督", county_number="8", description=OTHER),
        record(2, source="省督", county_number="8", description=LONG),
    ]
    assert found(records, source="省督", county_number="8", description=LONG + "。") == (2, "")


@pytest.mark.parametrize("written", ["白水镇", "白水镇人民政府", "361021101", "临江县白水镇"])
def test_else_source_township_and_words_are_identity_however_they_are_typed(written):
    records = [record(1, source="自查", township="白水镇", description=LONG)]
    assert found(records, source="自 查", township=written, description=f" {LONG[:6]}　{LONG[6:]}。") == (1, "")
    assert found(records, source="省督", township=written, description=LONG) == (None, "")
    assert found(records, source="自查", township="青石镇", description=LONG) == (None, "")
    assert found(records, source="自查", township=written, description=LONG[:-1]) == (None, "")


def test_a_matching_number_in_the_list_alone_is_never_identity():
    assert found([record(1, source="自查", description=LONG)], source="自查", serial="1", description=OTHER) == (
        None,
        "",
    )


def test_words_do_not_join_what_numbers_tell_apart():
    records = [record(1, source="省督", county_number="8", township="白水镇", description=LONG)]
    assert found(records, source="省督", county_number="9", township="白水镇", description=LONG) == (None, "")
    assert found(records, source="省督", township="白水镇", description=LONG) == (1, "")


def test_two_rows_never_speak_of_one_record():
    finder = Finder(
        "problem", [record(1, source="自查", description=LONG), record(2, source="自查", description=LONG)], WHO
    )
    row = {"source": "自查", "description": LONG}
    matches = [finder.find(row, number) for number in (4, 5, 6)]
    assert {m.record["id"][0] for m in matches[:2] if m.record} == {1, 2}
    assert matches[2].record is None
    assert [m.twin for m in matches] == [0, 4, 4]


def test_rows_that_read_alike_are_told_apart_by_their_other_columns():
    records = [
        record(1, source="自查", description=LONG, place="东门村"),
        record(2, source="自查", description=LONG, place="西门村"),
    ]
    assert found(records, source="自查", description=LONG, place="西门村") == (2, "")


rows = st.fixed_dictionaries(
    {"source": st.sampled_from(["省督", "自查"]), "description": st.sampled_from([LONG, OTHER, "短"])},
    optional={
        "township": st.sampled_from(["白水镇", "青石镇"]),
        "county_number": st.sampled_from(["1", "2", "1-2"]),
        "number": st.sampled_from(["361021-2024-0001-AB", "361021-2024-0002-AB"]),
        "place": st.sampled_from(["东", "西"]),
    },
)


@given(
    st.lists(rows, max_size=8, unique_by=lambda row: row.get("number") or object()), st.randoms(use_true_random=False)
)
def test_the_same_workbook_again_finds_every_row_in_whatever_order(workbook, rng):
    """What was taken in from these rows is found by these rows: no row becomes a second record."""
    records = [record(n, **row) for n, row in enumerate(workbook)]
    again = list(workbook)
    rng.shuffle(again)
    finder = Finder("problem", records, WHO)
    matches = [finder.find(row, number) for number, row in enumerate(again, 1)]
    doubts = sum(bool(m.doubt) for m in matches)
    taken = [m.record["id"] for m in matches if m.record]
    assert len(set(taken)) == len(taken)
    if not any("county_number" in row or "number" in row for row in workbook):
        assert (len(taken), doubts) == (len(workbook), 0)


def test_normal_words_keep_what_people_mean():
    assert normal(" Ａ—b（1）。") == "ab1"
    assert normal(None) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ｄ1—12", "d1-12"), (" D1-12 ", "D1-12"), ("D1JX 2024", "d1jx2024"), ("（2024）12号", "(2024)12号"), ("8.", "8"),
     ("D3JX20240516 0022", "*d3jx202405160022"), ("X3JX-2024-0516-0020", "X3JX202405160020")],
)  # fmt: skip
def test_one_number_as_two_typists_write_it(one, other):
    assert number_key(one) == number_key(other)


def test_a_blank_between_digits_parts_them():
    assert number_key("1 12") != number_key("11 2")
    assert number_key(None) == number_key("/") == ""
