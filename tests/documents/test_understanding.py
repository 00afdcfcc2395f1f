"""Which sheet, which headings, which rows: the shapes that real ledgers have."""

from __future__ import annotations

from datetime import date

import pytest

from models.documents.raw import Kind, RawCell
from models.documents.refusals import BadMapping, NoSuchSheet, NotUnderstood, WorkbookEmpty
from models.documents.understanding import understand
from tests.documents.grids import book, facts, fields, read, sheet

HEAD = ["序号", "反馈问题", "乡镇", "整改时限"]
ROW = [1, "甲", "河口镇", "2024年底"]


# ------------------------------------------------------------------------------------------------- which sheet


def test_hidden_sheets_and_explanations_are_not_chosen() -> None:
    workbook = book(
        sheet([HEAD, *[ROW] * 9], name="旧表", visible=False),
        sheet([HEAD, ROW], name="填报说明"),
        sheet([HEAD, ROW, ROW], name="台账"),
    )
    assert understand(workbook, "problems").sheet == "台账"
    assert understand(workbook, "problems", sheet="旧表").sheet == "旧表"


def test_a_second_ledger_in_the_workbook_is_told() -> None:
    got = understand(book(sheet([HEAD, ROW], name="限期"), sheet([HEAD, ROW, ROW], name="长期")), "problems")
    assert got.sheet == "长期"
    assert [note.value for note in got.flagged] == ["限期"]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NoSuchSheet) as refused:
        understand(book(sheet([HEAD, ROW])), "problems", sheet="表2")
    assert "台账" in refused.value.way_out


def test_a_sheet_that_nobody_recognises_is_refused_with_its_headings() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read([["姓名", "工资", "部门"], ["甲", 1, "乙"]])
    assert "姓名" in refused.value.message
    assert refused.value.code == "X110"


def test_only_hidden_sheets_are_nothing() -> None:
    with pytest.raises(WorkbookEmpty):
        understand(book(sheet([HEAD, ROW], visible=False)), "problems")


# ------------------------------------------------------------------------------------------------- headings


def test_three_numbers_under_one_heading() -> None:
    got = read(
        [["序号", None, None, "问题"], ["省", "市", "县", None], [1, 2, "03", "污水直排"]], (0, 0, 0, 2), (0, 3, 1, 3)
    )
    assert got.heading_rows == (1, 2)
    assert {n: got.rows[0].values[n] for n in ("province_number", "city_number", "county_number")} == {
        "province_number": "1",
        "city_number": "2",
        "county_number": "03",
    }


def test_headings_without_merges_stand_over_the_first_of_their_columns() -> None:
    got = read(
        [
            ["序号", "问题情况", "", "验收销号", ""],
            ["", "存在问题", "乡镇", "情况", "时间"],
            [1, "甲", "河口镇", "已销号", "2024.3.1"],
        ],
        format="csv",
    )
    assert fields(got) == {
        "序号": None,
        "问题情况 / 存在问题": "description",
        "问题情况 / 乡镇": "township",
        "验收销号 / 情况": "closing_stage",
        "验收销号 / 时间": "closed_on",
    }
    assert facts(got.rows[0])["closing_stage"] == ("closed", date(2024, 3, 1))


def test_the_line_of_the_unit_is_no_heading_and_dates_the_table() -> None:
    got = read(
        [
            ["检查问题销号申请单"],
            ["单位：白水镇人民政府", "", "日期：2024年5月6日"],
            ["序号", "存在隐患或问题", "整改期限"],
            [1, "甲", "长期"],
        ]
    )
    assert (got.heading_rows, got.as_of, got.unit_line, got.title) == (
        (3,),
        date(2024, 5, 6),
        "单位：白水镇人民政府",
        "检查问题销号申请单",
    )


@pytest.mark.parametrize(
    ("above", "day"),
    [
        (["截至2024年4月30日"], date(2024, 4, 30)),
        (["填报单位：县环委办   截止时间：2024年4月"], date(2024, 4, 30)),
        (["整改台账（2024年4月）"], date(2024, 4, 30)),
        (["2024年4月调度表"], date(2024, 4, 30)),
        (["截至日期：", date(2024, 4, 30)], date(2024, 4, 30)),
        (["2021年4月中央生态环境保护督察反馈问题整改台账"], None),
        (["2024年度整改台账"], None),
    ],
)
def test_the_day_as_of_which_a_table_speaks(above: list[object], day: date | None) -> None:
    assert read([above, HEAD, ROW]).as_of == day


def test_two_tables_under_each_other_are_both_read() -> None:
    got = read(
        [
            HEAD,
            ROW,
            [],
            ["长期坚持问题"],
            ["序号", "存在问题", "责任单位", "目前进展", "备注"],
            [1, "乙", "白水镇", "正在推进", "x"],
        ]
    )
    assert [row.values["description"] for row in got.rows] == ["甲", "乙"]
    assert facts(got.rows[1])["deadline_kind"] == ("long_term", None)
    assert "另一种表头" in got.flagged[0].why


def test_columns_that_nobody_knows_are_reported_not_taken() -> None:
    got = read([[*HEAD, "管控分区"], [*ROW, "ZH-01"]])
    assert fields(got)["管控分区"] is None
    assert got.columns[-1].samples == ("ZH-01",)
    assert "ZH-01" not in str(got.rows[0].values)


def test_one_template_has_one_fingerprint() -> None:
    one, other = (
        read([HEAD, ROW]),
        read([["标题"], ["序 号", "反馈\n问题", "乡镇", "整改时限"], [7, "乙", "白水镇", "长期"]]),
    )
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != read([HEAD[::-1], ROW[::-1]]).fingerprint


# ------------------------------------------------------------------------------------------------- mapping


def test_a_person_may_say_what_a_column_is() -> None:
    rows = [[*HEAD, "管控分区"], [*ROW, "ZH-01"]]
    by_heading = read(rows, mapping={"管控分区": "place", "乡镇": ""})
    assert (by_heading.rows[0].values["place"], "township" in by_heading.rows[0].values) == ("ZH-01", False)
    assert read(rows, mapping={"E": "place"}).rows[0].values["place"] == "ZH-01"


def test_a_mapping_makes_a_table_readable_that_was_not() -> None:
    rows = [["随意的标题"], ["甲列", "乙列"], ["污水直排", "河口镇"]]
    got = read(rows, mapping={"甲列": "description", "乙列": "township"})
    assert got.rows[0].values == {"description": "污水直排", "township": "河口镇"}
    assert read(rows, mapping={"A": "description", "B": "township"}).rows[-1].values["township"] == "河口镇"


@pytest.mark.parametrize("mapping", [{"乡镇": "no_such_field"}, {"没有这列": "place"}])
def test_a_mapping_that_fits_nothing_is_refused(mapping: dict[str, str]) -> None:
    with pytest.raises(BadMapping):
        read([HEAD, ROW], mapping=mapping)


# ------------------------------------------------------------------------------------------------- rows


def test_what_is_no_record_is_passed_with_a_word() -> None:
    got = read(
        [
            HEAD,
            ["1", "2", "3", "4"],
            ["示例", "例：某问题", "某镇", "填写到日"],
            ROW,
            [],
            HEAD,
            [2, "乙", "白水镇", "长期坚持"],
            [3],
            ["合计", "共2个", "", ""],
            ["填报人：", "", "审核人：", ""],
            ["注：1.按方案填写"],
            ["2.本表一式两份"],
            ["第1页 共1页"],
        ]
    )
    assert [row.number for row in got.rows] == [4, 7]
    assert dict(got.passed) == {
        2: "栏次",
        3: "示例",
        6: "重复的表头",
        8: "只有序号",
        9: "合计",
        10: "落款或说明",
        11: "落款或说明",
        12: "落款或说明",
        13: "落款或说明",
    }


def test_a_row_without_a_description_is_refused_not_lost() -> None:
    got = read([HEAD, ROW, [2, "", "白水镇", "长期坚持"]])
    assert len(got.rows) == 2
    assert "没有问题描述" in got.rows[1].refused[0].why


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        (["一、第一轮中央生态环境保护督察反馈（2个）"], "source", "第一轮中央生态环境保护督察反馈"),
        (["一", "省生态环境警示片披露"], "source", "省生态环境警示片披露"),
        (["（二）白水镇"], "township", "白水镇"),
        (["问题来源：县纪委工作提示单"], "source", "县纪委工作提示单"),
        (["第三批"], "batch", "第三批"),
    ],
)
def test_a_row_above_others_fills_them(line: list[object], field: str, value: str) -> None:
    got = read([["序号", "反馈问题", "整改时限"], line, [1, "甲", "长期"], [2, "乙", "长期"]])
    assert [row.values[field] for row in got.rows] == [value, value]


def test_a_new_source_ends_the_town_inside_the_old_one() -> None:
    got = read(
        [
            ["序号", "反馈问题"],
            ["一、中央督察反馈"],
            ["白水镇"],
            [1, "甲"],
            ["河口镇"],
            [2, "乙"],
            ["二、省警示片"],
            [3, "丙"],
        ]
    )
    assert [(row.values["source"], row.values.get("township")) for row in got.rows] == [
        ("中央督察反馈", "白水镇"),
        ("中央督察反馈", "河口镇"),
        ("省警示片", None),
    ]


def test_a_group_may_say_the_kind_or_how_far_its_rows_are() -> None:
    got = read(
        [
            ["序号", "反馈问题"],
            ["一、限期整改问题（2个）"],
            ["（一）已完成整改问题"],
            [1, "甲"],
            ["二、长期坚持问题（1个）"],
            [2, "乙"],
        ]
    )
    assert facts(got.rows[0]) == {"deadline_kind": ("time_limited", None), "completed_on": ("completed", None)}
    assert facts(got.rows[1]) == {"deadline_kind": ("long_term", None)}


def test_merged_cells_hold_for_all_their_rows() -> None:
    got = read([["问题来源", "反馈问题"], ["警示片", "甲"], [None, "乙"], [None, "丙"]], (1, 0, 2, 0))
    assert [row.values.get("source") for row in got.rows] == ["警示片", "警示片", None]


def test_a_source_that_is_written_once_is_carried_down_and_said() -> None:
    got = read([["问题来源", "反馈问题"], ["警示片", "甲"], ["", "乙"], ["", "丙"]])
    assert [row.values["source"] for row in got.rows] == ["警示片"] * 3
    assert [len(row.flagged) for row in got.rows] == [0, 1, 1]


def test_one_problem_over_several_rows_is_one_record() -> None:
    got = read(
        [
            ["序号", "反馈问题", "整改措施", "责任单位", "整改时限"],
            [1, "甲", "1.拆除", "河口镇", "2024年3月底"],
            [None, None, "2.复绿", "白水镇", "2024年4月底"],
            [2, "乙", "1.x", "石坪乡", "长期"],
        ],
        (1, 0, 2, 0),
        (1, 1, 2, 1),
    )
    first = got.rows[0]
    assert [row.number for row in got.rows] == [2, 4]
    assert (first.values["measures_text"], first.values["responsible_units"]) == ("1.拆除\n2.复绿", "河口镇；白水镇")
    assert "deadline" not in first.values
    assert "不止一个日期" in first.flagged[0].why


def test_one_text_for_two_towns_is_two_records() -> None:
    got = read([["序号", "反馈问题", "乡镇"], [1, "甲", "河口镇"], [None, None, "白水镇"]], (1, 0, 2, 0), (1, 1, 2, 1))
    assert [(row.values["description"], row.values["township"]) for row in got.rows] == [
        ("甲", "河口镇"),
        ("甲", "白水镇"),
    ]


def test_a_merge_over_the_whole_sheet_does_no_harm() -> None:
    got = read([HEAD, ROW, [2, "乙", "白水镇", "长期"]], (0, 0, 2, 3))
    assert len(got.rows) == 2


# ----------------------------------------------------------------------------------- cells that tell nothing


def test_a_formula_that_nobody_calculated_is_never_zero() -> None:
    formula = RawCell(Kind.FORMULA, "=SUM(A1)")
    got = read(
        [["受理编号", "举报主要内容", "约谈（人次）"], ["X1", "甲", formula], ["X2", formula, 1]], kind="petitions"
    )
    assert "talks" not in got.rows[0].values
    assert "没有计算结果" in got.rows[0].rejected[0].why
    assert "没有计算结果" in got.rows[1].refused[0].why


@pytest.mark.parametrize("nothing", ["/", "无", "—", "-", "／", " ", "——", "暂无"])
def test_strokes_and_dashes_say_nothing(nothing: str) -> None:
    assert set(read([[*HEAD, "备注"], [*ROW[:3], nothing, nothing]]).rows[0].values) == {"description", "township"}


def test_pictures_and_errors_are_said() -> None:
    picture, error = '=DISPIMG("ID_1",1)', RawCell(Kind.ERROR, "#REF!")
    got = read([["反馈问题", "具体地点", "目前进展"], ["甲", picture, error]])
    whys = [note.why for note in got.rows[0].rejected]
    assert whys == ["单元格里是图片，没有文字", "单元格里的公式没有算出来（#REF!）"]


def test_a_text_beyond_the_limit_refuses_the_row() -> None:
    got = read([["反馈问题", "目前进展"], ["甲", "长" * 32_001], ["乙", "长" * 32_000]])
    assert [bool(row.refused) for row in got.rows] == [True, False]


def test_who_complained_is_never_taken() -> None:
    head = ["受理编号", "举报人", "联系电话", "举报主要内容", "联络人", "身份证号"]
    got = read([head, ["X1", "张三丰", "13912345678", "甲", "李某", "361021199001011234"]], kind="petitions")
    assert fields(got) == dict.fromkeys(head) | {
        "受理编号": "receipt_number",
        "举报主要内容": "content",
        "联络人": "person",
    }
    said = str(got.rows) + str([c.samples for c in got.columns])
    assert not [secret for secret in ("张三丰", "13912345678", "361021199001011234") if secret in said]
    assert [note.value for note in got.flagged] == ["举报人", "联系电话", "身份证号"]
