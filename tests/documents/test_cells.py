"""What the cells of each kind of column become, and what is said where they contradict each other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.cells import read_fine
from models.documents.contacts import split_contact
from models.documents.headings import meaning
from models.documents.raw import Kind, RawCell
from models.documents.rows import Row
from models.documents.states import CLOSING, COMPLETED, FINISH, PACE, read_state
from models.documents.texts import split_list
from tests.documents.grids import facts, fields, read


def row(headings: list[str], cells: list[object], kind: str = "problems", **more: object) -> Row:
    subject = "反馈问题" if kind == "problems" else "举报主要内容"
    return read([[subject, *headings], ["甲", *cells]], kind=kind, **more).rows[0]


# ------------------------------------------------------------------------------------------------- names and numbers


@pytest.mark.parametrize(
    ("text", "person", "phone"),
    [
        ("刘某\n13918886615", "刘某", "13918886615"),
        ("刘某13918886615", "刘某", "13918886615"),
        ("刘某（139 1888 6615）", "刘某", "13918886615"),
        ("刘某 0796-8440010", "刘某", "0796-8440010"),
        ("王某，电话：0794-7251234转801", "王某", "0794-7251234转801"),
        ("刘某 13918886615、王某 15979401234", "刘某、王某 15979401234", "13918886615"),
        ("陈某 8440010", "陈某", "8440010"),
        ("０７９４－８４４００１０", "", "0794-8440010"),
        ("刘某", "刘某", ""),
        ("361021199001011234", "361021199001011234", ""),
    ],
)
def test_name_and_number_in_one_cell(text: str, person: str, phone: str) -> None:
    assert split_contact(text) == (person, phone)


@given(
    st.sampled_from("刘周杨李"),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["", "\n", " ", "：", "，", "/", "("]),
)
def test_every_mobile_number_is_found(name: str, phone: str, joint: str) -> None:
    assert split_contact(f"{name}某{joint}{phone}") == (f"{name}某", phone)


@given(st.text(alphabet="刘某电话：0123456789-（）/、 \n转", max_size=40))
def test_no_digit_of_a_contact_is_lost(text: str) -> None:
    read_ = split_contact(text)
    assert sorted(c for c in read_.person + read_.phone if c.isdigit()) == sorted(c for c in text if c.isdigit())


def test_a_number_in_its_own_column_wins_and_the_other_stays_with_the_name() -> None:
    got = row(["责任人", "联系电话"], ["刘某13900000000", "0794-7251234"])
    assert (got.values["person"], got.values["phone"]) == ("刘某13900000000", "0794-7251234")
    assert row(["责任人", "联系电话"], ["刘某13900000000", ""]).values["phone"] == "13900000000"
    assert row(["联系电话"], ["刘某 13900000000"]).values["person"] == "刘某"


# ------------------------------------------------------------------------------------------------- numbers of a problem


@pytest.mark.parametrize(
    ("heading", "text", "values"),
    [
        ("问题序号", "序号8（市序号9）", {"city_number": "9"}),
        ("问题编号", "省序号3、市序号12", {"province_number": "3", "city_number": "12"}),
        ("市序号", "抚101", {"city_number": "抚101"}),
        ("县序号", "007", {"county_number": "007"}),
        ("编号", "361021101-2024-0001-AB", {"number": "361021101-2024-0001-AB"}),
    ],
)
def test_numbers_find_their_level(heading: str, text: str, values: dict[str, str]) -> None:
    got = row([heading], [text]).values
    assert {name: got.get(name) for name in values} == values


@pytest.mark.parametrize("heading", ["序号", "编号", "问题编号", "原始排序编码"])
def test_a_count_of_the_rows_is_never_identity(heading: str) -> None:
    got = read([[heading, "反馈问题"], [1, "甲"], [2, "乙"], [3, "丙"]])
    assert fields(got)[heading] is None


# ------------------------------------------------------------------------------------------------- words for states


@pytest.mark.parametrize(
    ("text", "axis", "states", "day"),
    [
        ("是", COMPLETED, {COMPLETED: "completed"}, None),
        ("正在整改", COMPLETED, {COMPLETED: "open"}, None),
        ("2024年3月15日完成整改", COMPLETED, {COMPLETED: "completed"}, date(2024, 3, 15)),
        ("已完成整改，正在销号", COMPLETED, {COMPLETED: "completed", CLOSING: "closing"}, None),
        ("已销号（2024.3.15）", CLOSING, {CLOSING: "closed", COMPLETED: "completed"}, date(2024, 3, 15)),
        ("正在销号中", CLOSING, {CLOSING: "closing", COMPLETED: "completed"}, None),
        ("否", CLOSING, {CLOSING: "none"}, None),
        ("完成交账销号", PACE, {PACE: "closed", CLOSING: "closed", COMPLETED: "completed"}, None),
        ("滞后", PACE, {PACE: "behind"}, None),
        ("阶段性办结", FINISH, {FINISH: "staged"}, None),
        ("已办结，已销号", FINISH, {FINISH: "finished", CLOSING: "closed"}, None),
    ],
)
def test_words_state_what_they_say(text: str, axis: str, states: dict[str, str], day: date | None) -> None:
    got = read_state(text, axis)
    assert got is not None
    assert (got.states, got.day) == (states, day)


@pytest.mark.parametrize(
    "text", ["按方案推进", "2024年6月底前完成", "预计2024年6月完成", "已完成80%", "水", "基本完成", "是，否"]
)
def test_other_words_state_nothing(text: str) -> None:
    assert read_state(text, COMPLETED) is None


def test_completed_with_its_day_and_without() -> None:
    assert facts(row(["是否完成整改", "完成时间"], ["是", "2024.3.9"])) == {
        "completed_on": ("completed", date(2024, 3, 9))
    }
    assert facts(row(["是否完成整改", "完成时间"], ["是", "/"])) == {"completed_on": ("completed", None)}
    assert facts(row(["完成时间"], ["2024年3月"])) == {"completed_on": ("completed", date(2024, 3, 31))}


def test_a_day_beside_no_is_not_taken_and_kept_in_words() -> None:
    got = row(["是否完成整改", "完成时间"], ["否", "2024.3.9"])
    assert facts(got) == {"completed_on": ("open", None)}
    assert "矛盾" in got.rejected[0].why
    assert got.values["remark"] == "完成时间原文：2024.3.9"


def test_closed_beside_not_completed_is_not_taken() -> None:
    got = row(["是否完成整改", "销号情况"], ["否", "已销号"])
    assert facts(got) == {"completed_on": ("open", None)}
    assert got.rejected


def test_what_is_closed_has_been_completed() -> None:
    assert facts(row(["销号情况", "销号时间"], ["已销号", "2024.3.9"])) == {
        "completed_on": ("completed", date(2024, 3, 9)),
        "closing_stage": ("closed", date(2024, 3, 9)),
    }


def test_dates_that_cannot_be_are_said() -> None:
    got = read(
        [
            ["截至2024年4月30日"],
            ["反馈问题", "发现时间", "完成时间", "销号时间"],
            ["甲", "2024.4.1", "2024.3.9", "2024.5.9"],
        ]
    ).rows[0]
    assert {note.cell: note.why[:6] for note in got.flagged} == {"C3": "完成时间早于", "D3": "日期（202"}


def test_a_bad_date_is_rejected_and_its_words_kept() -> None:
    got = row(["完成时间"], ["2024.2.30"])
    assert facts(got) == {}
    assert "不是有效日期" in got.rejected[0].why
    assert got.values["remark"] == "完成时间原文：2024.2.30"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["达到序时进度", "未达到序时进度"], "pace"),
        (["已完成招标，正在施工。", "正在推进，已完成60%。"], "progress"),
        (["是", "否"], "progress"),
    ],
)
def test_one_heading_two_meanings(values: list[str], field: str) -> None:
    got = read([["反馈问题", "完成情况"], *([f"问题{n}", value] for n, value in enumerate(values))])
    assert fields(got)["完成情况"] == field
    if values[0] == "是":
        assert [facts(r)["completed_on"][0] for r in got.rows] == ["completed", "open"]


def test_words_in_a_text_that_claim_completion_are_pointed_out() -> None:
    got = row(["目前进展情况"], ["已完成整改。现场复绿到位，通过验收。"])
    assert "completed_on" not in facts(got)
    assert "已完成" in got.flagged[0].why


# ------------------------------------------------------------------------------------------------- deadlines


def test_a_kind_column_may_hold_the_whole_deadline() -> None:
    got = read(
        [
            ["反馈问题", "整改类型"],
            ["甲", "2025年底前，并长期坚持"],
            ["乙", "限期整改，并长期坚持"],
            ["丙", "长期坚持"],
            ["丁", "看情况"],
        ]
    )
    assert [facts(r).get("deadline_kind") for r in got.rows] == [
        ("time_limited", None),
        ("time_limited", None),
        ("long_term", None),
        None,
    ]
    assert [r.values.get("long_term_too") for r in got.rows] == ["true", "true", None, None]
    assert got.rows[0].values["deadline"] == "2025-12-31"
    assert got.rows[3].values["remark"] == "整改类型原文：看情况"


def test_two_columns_that_contradict_each_other_are_said() -> None:
    got = row(["是否完成整改", "整改完成与否", "完成时间", "实际完成时间"], ["是", "否", "2024.3.1", "2024.4.1"])
    assert facts(got) == {"completed_on": ("completed", date(2024, 3, 1))}
    assert [note.why[:7] for note in got.rejected] == ["与另一列矛盾，", "与另一列的日期"]


def test_a_date_may_stand_in_words_in_a_column_of_dates() -> None:
    got = row(["办结状态", "办结时间"], ["已办结", "已于2024年3月15日办结"], kind="petitions")
    assert facts(got)["finish_state"][0] == "finished"


def test_days_count_from_the_day_of_finding() -> None:
    got = row(["检查时间", "整改期限"], [45354, 30])
    assert (got.values["found_on"], got.values["deadline"], got.values["deadline_text"]) == (
        "2024-03-03",
        "2024-04-02",
        "30天",
    )


def test_kind_and_limit_that_contradict_are_pointed_out() -> None:
    got = row(["整改类型", "整改时限"], ["长期坚持", "2024年底"])
    assert facts(got) == {"deadline_kind": ("long_term", None)}
    assert "请核对" in got.flagged[0].why


def test_a_month_that_excel_made_a_first_of_the_month() -> None:
    assert row(["整改时限"], [RawCell(Kind.MONTH, "2024年6月")]).values["deadline"] == "2024-06-30"
    old = row(["整改时限"], [date(2024, 6, 1)], formats_known=False)
    assert old.values["deadline"] == "2024-06-01"
    assert "当月1日" in old.flagged[0].why
    assert not row(["整改时限"], [date(2024, 6, 1)]).flagged


def test_a_bare_number_of_1904_is_not_guessed() -> None:
    got = row(["整改时限", "发现时间"], [45354, 45354], epoch_1904=True)
    assert not {"deadline", "found_on"} & set(got.values)


def test_a_combined_kind_and_a_long_term_flag() -> None:
    got = row(["整改时限"], ["2025年底前，并长期坚持"])
    assert (got.values["deadline"], got.values["long_term_too"]) == ("2025-12-31", "true")


# ------------------------------------------------------------------------------------------------- the rest


def test_levels_are_no_categories() -> None:
    got = row(["隐患类别"], ["较大"])
    assert ("categories" in got.values, got.values["remark"]) == (False, "隐患类别：较大")
    assert row(["隐患类别"], ["水"]).values["categories"] == "水"


def test_detentions_are_kept_apart_in_words() -> None:
    got = row(["行政拘留（人次）", "刑事拘留（人次）"], [2, 3], kind="petitions")
    assert got.values["remark"] == "行政拘留（人次）：2；刑事拘留（人次）：3"


@pytest.mark.parametrize(
    ("heading", "text", "fine"),
    [
        ("罚款金额（万元）", "5.5", 5.5),
        ("罚款金额（元）", "55,000", 5.5),
        ("罚款", "5.5万元", 5.5),
        ("罚款", "20000元", 2),
        ("罚款（万元）", "20000元", 2),
        ("罚款", "50000", None),
        ("罚款（万元）", "若干", None),
    ],
)
def test_fines_are_in_ten_thousands(heading: str, text: str, fine: float | None) -> None:
    assert read_fine(text, heading) == fine


def test_a_fine_without_a_unit_is_not_guessed() -> None:
    got = row(["罚款金额"], ["50000"], kind="petitions")
    assert "fine_wan" not in got.values
    assert got.values["remark"] == "罚款金额原文：50000"


def test_places_on_the_earth() -> None:
    assert row(["经纬度"], ["116.52,27.58"]).values["longitude"] == 116.52
    assert row(["经度", "纬度"], ["116°31′12″", "27°34′48″"]).values == {
        "description": "甲",
        "longitude": 116.52,
        "latitude": 27.58,
    }
    swapped = row(["经度", "纬度"], ["27.58", "116.52"])
    assert (swapped.values["longitude"], len(swapped.flagged)) == (116.52, 2)
    assert row(["经度"], ["900"]).rejected


def test_a_starred_receipt_number() -> None:
    got = read([["受理编号", "举报主要内容"], [" Ｘ3JX202405160020* ", "甲"]], kind="petitions").rows[0]
    assert got.values["receipt_number"] == "X3JX202405160020"
    assert "重点关注" in str(got.values["remark"])


def test_two_columns_for_one_text_are_both_kept() -> None:
    got = row(["督察期间处理情况", "最新整改情况"], ["责令停产", "已拆除"], kind="petitions")
    assert got.values["handling"] == "督察期间处理情况：责令停产\n最新整改情况：已拆除"


def test_responsible_units_lead_where_nobody_else_does() -> None:
    assert row(["责任单位"], ["河口镇人民政府、县水利局"]).values["lead_unit"] == "河口镇人民政府"
    assert "lead_unit" not in row(["责任单位", "乡镇"], ["县水利局", "河口镇"]).values


def test_long_numbers_that_lost_their_end_are_pointed_out() -> None:
    assert "15 位" in row(["联系方式", "具体地点"], ["", RawCell(Kind.NUMBER, "361021199001011000")]).flagged[0].why


def test_lists_are_cut_at_their_joints_and_not_inside_brackets() -> None:
    assert split_list("县水利局、县城管局（牵头、协调）\n县住建局") == (
        "县水利局",
        "县城管局（牵头、协调）",
        "县住建局",
    )


@pytest.mark.parametrize(
    ("path", "kind", "field"),
    [
        (("反馈\n\n问题\n\n(整改任务)",), "problems", "description"),
        (("*问题描述（必填）",), "problems", "description"),
        (("验收销号", "时间"), "problems", "closed_on"),
        (("罚款金额", "万元"), "petitions", "fine_wan"),
        (("整改任务", "某个没见过的标题"), "problems", None),
        (("督察发现的主要环境问题",), "problems", "description"),
        (("完成情况",), "petitions", "finish_state"),
    ],
)
def test_headings_mean(path: tuple[str, ...], kind: str, field: str | None) -> None:
    found = meaning(path, kind)
    assert (found.field if found else None) == field
