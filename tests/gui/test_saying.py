from __future__ import annotations

from datetime import date

import pytest

from gui import saying
from gui.widgets.form import tidy_date
from models.domain import words
from models.domain.limits import FIELD_CHARS
from tests.gui.fakes import line

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 字节"), (999, "999 字节"), (2_140_000, "2.1 MB"), (214_000_000, "214 MB"), (11_200_000_000, "11 GB")],
)
def test_sizes_have_units(count, said):
    assert saying.size(count) == said


@pytest.mark.parametrize(
    ("days", "stage", "said"),
    [
        (-8, "open", "逾期 8 天"),
        (0, "open", "今天到期"),
        (6, "open", "还有 6 天"),
        (None, "open", "—"),
        (6, "closed", "已销号"),
    ],
)
def test_days_left_in_words(days, stage, said):
    assert saying.left(line(0)._replace(days_left=days, stage=stage)) == said


def test_a_long_term_deadline_is_said_in_the_countys_words():
    assert saying.deadline(line(0)._replace(deadline_kind="long_term", deadline_text="")) == "长期坚持"
    both = line(0)._replace(deadline_kind="long_term", deadline_text="2025年底前，并长期坚持")
    assert saying.deadline(both) == "2025年底前，并长期坚持"
    assert saying.deadline(line(0)._replace(deadline=None, deadline_kind="", deadline_text="")) == "—"


@pytest.mark.parametrize(
    ("field", "stored", "said"),
    [
        ("pace", "behind", "未达到序时进度"),
        ("closing_stage", [["", "closing"], ["2024-05-12", "closed"]], "销号中；已销号（2024-05-12）"),
        ("categories", ["水", "土壤"], "水；土壤"),
        ("fine_wan", 0, "0"),
        ("person", None, ""),
        ("review", True, "是"),
    ],
)
def test_values_are_said_in_chinese(field, stored, said):
    assert saying.value(field, stored) == said


def test_dates_as_offices_write_them():
    assert saying.today_line(TODAY) == "截至 2026年11月23日\u2003星期一"
    assert saying.day(TODAY, TODAY) == "11月23日"
    assert saying.month("2026-01") == "2026年1月"
    assert saying.moment(None) == "—"
    assert saying.moment("不是时间") == "不是时间"
    assert saying.date_of("不是时间") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026.11.23", "2026-11-23"), ("20261123", "2026-11-23"), ("2026/1/2", "2026-01-02"),
        ("2026年3月9日", "2026-03-09"),
        ("2026.13.1", "2026.13.1"), ("立行立改", "立行立改"), ("2026年底前", "2026年底前"),
        ("2026113", "2026113"), ("", ""),
    ],
)  # fmt: skip
def test_only_dates_beyond_doubt_are_tidied(typed, kept):
    assert tidy_date(typed) == kept


@pytest.mark.parametrize(
    ("field", "stored", "table", "said"),
    [
        ("answer", "no", "answer", "否"),
        ("permit.kind", "mining", "source", "采矿许可"),
        ("kind", "industry", "source", "工业企业"),
        ("kind", "of a newer program", "source", "of a newer program"),
        ("problem", "ab" * 16, "answer", "另一条记录"),
        ("problem", "x", "answer", "x"),
        ("longitude", 116.5, "source", "116.5"),
        ("pace", "behind", "problem", "未达到序时进度"),
    ],
)
def test_one_name_means_what_it_means_in_its_table(field, stored, table, said):
    assert saying.value(field, stored, table) == said


def test_nobody_who_was_signed_in_is_not_taken_for_this_pc():
    assert saying.author("白水镇", words.NO_USER) == "白水镇"
    assert saying.author("白水镇", "李志强") == "白水镇\u2003李志强"


@pytest.mark.parametrize(
    ("count", "said"), [(0, ""), (36, "36 字"), (FIELD_CHARS // 2 + 1, f"{FIELD_CHARS // 2 + 1} / {FIELD_CHARS} 字")]
)
def test_the_most_that_a_field_takes_is_told_to_who_comes_near(count, said):
    assert saying.length(count) == said
