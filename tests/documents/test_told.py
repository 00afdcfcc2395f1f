"""What is told of cells besides what they become; likely answers; the sheet as it looks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.grid import Grid, place, rewritten
from models.documents.likely import likely
from models.documents.raw import address
from models.documents.told import converted, day_meant
from tests.documents.grids import book, read, sheet


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024.2.30", "2024-02-29"),
        ("2026年2月30日", "2026-02-28"),
        ("2024/6/31", "2024-06-30"),
        ("2026年11月中旬", "2026-11-20"),
        ("预计2024年6月底", "2024-06-30"),
        ("2024-06-30", ""),
        ("2024年底前", ""),
        ("长期坚持", ""),
        ("尽快", ""),
        ("2024.13.5", ""),
        ("2024.2.0", ""),
        ("", ""),
    ],
)
def test_the_day_that_was_meant(text, meant):
    assert day_meant(text) == meant


def test_only_dates_that_do_not_stand_in_the_cell_are_told():
    rows = [
        ["问题", "发现时间", "整改时限", "完成时间"],
        ["河道有垃圾", "2024.3.5", "30", "2024年4月底"],
        ["沟渠黑臭", date(2024, 3, 5), 45473, "2024-4-1"],
        ["油烟直排", "", "立行立改", "已完成"],
    ]
    assert converted(read(rows).rows) == {"C2": "2024-04-04", "D2": "2024-04-30", "C3": "2024-06-30"}


def test_likely_answers_fit_what_stands_in_the_column():
    states = ["未达序时", "正在整改", "达到序时进度", "已完成"]
    assert likely("progress", "problems", states)[0] == "progress"
    assert set(likely("progress", "problems", states)) >= {"pace", "completed_on", "remark"}
    dates = ["2024-05-01", "2024.6.3"]
    assert likely("completed_on", "problems", dates)[:1] == ("completed_on",)
    assert "deadline" in likely("completed_on", "problems", dates)
    assert "pace" not in likely("completed_on", "problems", dates)
    assert likely("remark", "problems", ["白水镇人民政府", "县水利局"])[-1] == "remark"
    assert "lead_unit" in likely("remark", "problems", ["白水镇人民政府", "县水利局"])
    assert likely(None, "petitions", []) == ("remark",)


def test_the_grid_shows_every_row_at_one_width_without_being_made():
    grid = Grid(sheet([["甲"], [], [" 乙\n丙 ", "丁"]]))
    assert len(grid) == 3
    assert list(grid) == [("甲", ""), ("", ""), ("乙 丙", "丁")]
    assert grid[1:] == (("", ""), ("乙 丙", "丁"))


def test_rewriting_leaves_the_book_and_its_other_sheets_alone():
    first = book(sheet([["甲", "乙"]], name="一"), sheet([["丙"]], name="二"))
    second = rewritten(first, "一", {"B1": "戊", "D1": "己", "A1": "", "A9": "出界", "x": "不是"})
    assert list(Grid(second.sheets[0])) == [("", "戊", "", "己")]
    assert list(Grid(first.sheets[0])) == [("甲", "乙")]
    assert second.sheets[1] is first.sheets[1]
    assert rewritten(first, "一", {}) is first


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_an_address_is_found_again(row, column):
    assert place(address(row, column)) == (row, column)


@given(st.text(max_size=8))
def test_what_is_no_address_is_nowhere(text):
    row, column = place(text)
    assert (row, column) == (-1, -1) or address(row, column) == text.upper().lstrip("0") or row >= 0
