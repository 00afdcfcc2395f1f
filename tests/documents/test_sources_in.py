"""A workbook of pollution sources: headings under many names, kinds, places and permits as people write them."""

from __future__ import annotations

import pytest

from models.documents.raw import Area, Kind, RawBook, RawCell, RawSheet
from models.documents.refusals import BadMapping, NoSuchSheet, WorkbookEmpty
from models.documents.sources_in import NoNames, read_sources


def sheet(*rows, name="台账", visible=True, merges=()):
    cells = [[None if text is None else RawCell(Kind.TEXT, text) for text in row] for row in rows]
    return RawSheet(name, visible, cells, list(merges))


def read(*rows, mapping=None, merges=()):
    return read_sources(RawBook("xlsx", [sheet(*rows, merges=merges)], "污染源"), None, mapping)


def test_headings_are_known_under_many_names_and_what_is_not_known_is_left_out():
    table = read(
        ["白水镇污染源台账"], ["序号", "企业名称*", "所在村", "负责人", "排污许可证编号", "有效期至", "备注", "名称"],
        ["1", "白水 水泥厂", "白水村", "李四", "P-1", "2027年6月30日", "好", "另名"], ["合计", "合计"], [None, None],
    )  # fmt: skip
    assert [one.field for one in table.columns] == [
        "", "name", "village", "person", "permit.number", "permit.expires_on", "", "",
    ]  # fmt: skip
    (row,) = table.rows
    assert row.values == {"name": "白水 水泥厂", "village": "白水村", "person": "李四"}
    assert row.permit == {"kind": "discharge", "number": "P-1", "expires_on": "2027-06-30"}
    assert (row.number, row.note("name", "为什么").cell, row.rejected, row.flagged) == (3, "B3", [], [])


def test_what_a_cell_cannot_mean_is_refused_by_its_address_and_the_rest_stands():
    table = read(
        ["名称", "类别", "经度", "纬度", "坐标系", "许可种类", "有效期至"],
        ["甲", "洗沙厂", "116.1", "在河边", "cgcs2000", "采矿许可", "长期"],
        ["乙", "花店", "116.1,27.9", None, "不知道", "登记表", None],
        ["丙", "矿山", None, None, None, None, "#N/A"],
    )
    first, second, third = table.rows
    assert (first.values["kind"], first.values["longitude"], first.values["datum"]) == ("industry", "116.1", "cgcs2000")
    assert [(note.cell, note.value) for note in first.rejected] == [("D2", "在河边"), ("G2", "长期")]
    assert [(note.cell, note.why) for note in first.flagged] == [("B2", "按“工业企业”登记，请核对")]
    assert (second.values["longitude"], second.values["latitude"]) == ("116.1", "27.9")
    assert [note.cell for note in second.rejected] == ["B3", "E3"]
    assert [note.why for note in second.flagged] == ["按“其他许可”登记，请核对"]
    assert (third.values["kind"], third.permit) == ("mine", {}), "a day that cannot be read makes no permit"


def test_a_village_that_is_merged_stands_for_all_its_rows():
    rows = [["村", "名称"], ["石村", "甲"], [None, "乙"]]
    table = read(*rows, merges=[Area(1, 0, 2, 0)])
    assert [row.values.get("village") for row in table.rows] == ["石村", "石村"]


def test_a_person_says_what_a_column_means():
    table = read(["点位", "啥类型"], ["甲", "矿山"], mapping={"点位": "name", "B": "kind"})
    assert table.rows[0].values == {"name": "甲", "kind": "mine"}
    with pytest.raises(BadMapping):
        read(["名称", "类别"], mapping={"名称": "light"})


def test_books_without_names_are_refused():
    empty, other = sheet(name="空"), sheet(["名称"], ["甲"], name="只有名称")
    good = sheet(["名称", "类别"], ["甲", "矿山"], name="三")
    assert read_sources(RawBook("xlsx", [empty, other, good], "x")).sheet == "三"
    assert read_sources(RawBook("xlsx", [other, good], "x"), "三").sheet == "三"
    with pytest.raises(NoNames) as refused:
        read_sources(RawBook("xlsx", [other, sheet(["名称", "类别"], visible=False)], "x"))
    assert (refused.value.code, "名称" in refused.value.message) == ("R700", True)
    with pytest.raises(NoSuchSheet):
        read_sources(RawBook("xlsx", [good], "x"), "四")
    with pytest.raises(WorkbookEmpty):
        read_sources(RawBook("xlsx", [empty], "x"))
