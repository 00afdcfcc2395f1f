"""A filled form: ticks are read however they are made, what is unclear is a reason with its row."""

from __future__ import annotations

import pytest

from models.domain import inspection_form
from models.domain.inspection_form import HEADINGS

KNOWN = {"A1-1", "A1-2"}
OWN = {"f" * 32: "池塘水是否清澈？", "d" * 32: "是否干净\n整齐？", "a" * 32: "井盖在吗？", "b" * 32: "井盖在吗？"}
HEAD = [["大气"], ["检查编号", "", "J-7"], [*HEADINGS]]


def read(*rows):
    return inspection_form.read([*HEAD, *map(list, rows)], KNOWN, OWN)


@pytest.mark.parametrize("mark", ["√", "✔", "1", "V", "对", "□√", "有"])
def test_a_tick_is_a_tick_however_it_is_made(mark):
    filled = read(("A1-1", "问", "", mark, "□", " 没盖 "), ("A1-2", "问", "□", "□", "□", ""), ("",))
    assert filled == ("J-7", {"A1-1": "no"}, {"A1-1": "没盖"}, ())


def test_a_question_of_ones_own_is_known_by_its_text():
    assert read(("本地", "池塘水是否清澈？\n看一看", "1")).answers == {"f" * 32: "yes"}
    assert read(("本地", "是否干净\n整齐？\n看一看", "1")).answers == {"d" * 32: "yes"}, "its first line is enough"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("A1-1", "问", "√", "√", "", ""), "第 4 行：打了 2 个勾"),
        (("A1-1", "问", "×", "√", "", ""), "第 4 行：“×”看不出是不是打勾"),
        (("Z9", "问", "√", "", "", ""), "第 4 行：这次检查没有“Z9”这一项"),
        (("本地", "别的？", "√", "", "", ""), "第 4 行：这次检查没有“本地”这一项"),
        (
            ("本地", "井盖在吗？", "√", "", "", ""),
            "第 4 行：有 2 个本地检查项都是“井盖在吗？”，分不清，请清空这一行，在程序里填",
        ),
    ],
)
def test_what_is_unclear_is_said_with_its_row(row, why):
    assert read(row).faults == (why,)
    assert read(("Z9", "问", "□", "", "", "")).faults == (), "what is not ticked says nothing"


def test_a_question_that_is_filled_in_twice_is_said_with_both_rows():
    filled = read(("A1-1", "问", "√", "", "", ""), ("A1-1", "问", "", "√", "", ""), ("A1-1", "问", "", "", "", ""))
    assert filled.faults == ("第 5 行：和第 4 行是同一项，填了两次",)


def test_what_is_no_form_is_known_by_its_headings():
    assert inspection_form.find_head([["编号", "是", "否"]]) == -1
    assert inspection_form.find_head(HEAD) == 2
    assert inspection_form.number_of([["检查编号"]]) == ""
    assert inspection_form.number_of([]) == ""


def test_what_differs_from_what_was_written_is_news_unless_something_else_was_said_since():
    written = {"a": ("yes", "好"), "b": ("no", "")}
    filled = inspection_form.Filled("", {"a": "no", "b": "no", "c": "na"}, {"a": "好 ", "b": "油"}, ())
    assert inspection_form.news(filled, written, written) == ({"a": "no", "c": "na"}, {"b": "油"}, ())
    since = {"a": ("na", "好"), "b": ("yes", "油"), "c": ("na", "")}
    assert inspection_form.news(filled, written, since) == ({"a": "no"}, {}, ("a",))
    assert inspection_form.news(filled, {}, since)[2] == ("a", "b"), "without a stamp nothing that is answered changes"


def test_a_stamp_fits_the_answers_it_was_made_of_alone():
    known = {"a": ("yes", "")}
    rows = [["核对码", inspection_form.stamp(12, known)]]
    assert (inspection_form.written_at(rows), inspection_form.is_stamped(rows, 12, known)) == (12, True)
    assert not inspection_form.is_stamped(rows, 12, {"a": ("no", "")})
    assert inspection_form.written_at([["核对码", "改过"]]) == inspection_form.written_at([]) == 0
