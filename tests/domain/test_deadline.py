"""Dates and deadlines as offices write them: what is certain is read, what is not is never a date in silence."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.deadline import Deadline, from_serial, read_day, read_deadline

FOUND = date(2024, 3, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-30", date(2024, 6, 30)),
        ("2024.6.30", date(2024, 6, 30)),
        ("2024/6/30", date(2024, 6, 30)),
        ("20240630", date(2024, 6, 30)),
        ("2024年6月30日", date(2024, 6, 30)),
        ("2024年6月30号。", date(2024, 6, 30)),
        ("２０２４年６月３０日", date(2024, 6, 30)),
        (" 2024 年 6 月 30 日 前", date(2024, 6, 30)),
        ("2024年6月30日之前", date(2024, 6, 30)),
        ("2024年6月30日以前", date(2024, 6, 30)),
        ("2024-06-30 00:00:00", date(2024, 6, 30)),
        ("2024/6/30 0:00", date(2024, 6, 30)),
        ("2024年6月30日（星期日）", date(2024, 6, 30)),
        ("二〇二四年六月三十日", date(2024, 6, 30)),
        ("于2024年6月底前完成整改", date(2024, 6, 30)),
        ("2024年6月", date(2024, 6, 30)),
        ("2024年6月份", date(2024, 6, 30)),
        ("2024.6", date(2024, 6, 30)),
        ("202406", date(2024, 6, 30)),
        ("2024年2月", date(2024, 2, 29)),
        ("2024年3月底", date(2024, 3, 31)),
        ("2024年底", date(2024, 12, 31)),
        ("2024年底前", date(2024, 12, 31)),
        ("2024年年底", date(2024, 12, 31)),
        ("2024年内", date(2024, 12, 31)),
        ("2024年上半年", date(2024, 6, 30)),
        ("2024年一季度末", date(2024, 3, 31)),
        ("2024年第三季度", date(2024, 9, 30)),
        ("42451", date(2016, 3, 22)),
        ("45354.0", date(2024, 3, 3)),
        ("截至2024年4月30日", date(2024, 4, 30)),
    ],
)
def test_a_certain_date_is_read(text: str, day: date) -> None:
    read = read_day(text)
    assert read is not None
    assert (read.day, read.sure) == (day, True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024.2.30", "不是有效日期"),
        ("2023年2月29日", "不是有效日期"),
        ("2024年13月", "不是有效日期"),
        ("2024年6月31日前", "不是有效日期"),
        ("24.6.30", "年份只写了两位"),
        ("24年6月", "年份只写了两位"),
        ("30/6/2024", "先后"),
        ("2024年6月上旬", "上旬"),
        ("2024年6月中旬", "中旬"),
        ("2024年6月下旬", "下旬"),
        ("2024年6月初", "初"),
        ("2024年", "只写了年份"),
        ("2024年前", "分不清"),
        ("一季度末", "没有写年份"),
        ("6月30日", "没有写年份"),
        ("年底前", "没有写年份"),
        ("2024年1月至6月", "不止一个日期"),
        ("2024.1-2024.6", "不止一个日期"),
        ("预计2024年6月底", "计划"),
        ("1024年6月30日", "1990"),
    ],
)
def test_an_unsure_date_says_why(text: str, why: str) -> None:
    read = read_day(text)
    assert read is not None
    assert not read.sure
    assert why in read.why


@pytest.mark.parametrize(
    "text", ["", "长期坚持", "按方案推进", "1.2", "12345", "13918886615", "361021199001011234", "abc"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_day(text) is None


def test_a_number_cell_may_have_lost_a_zero() -> None:
    assert read_day("2024.1") == read_day("2024年1月")
    for_number = read_day("2024.1", number=True)
    assert for_number is not None
    assert not for_number.sure
    assert read_day("2024.6", number=True) == read_day("2024年6月")


def test_the_year_of_today_makes_only_a_guess() -> None:
    read = read_day("6月底", today_year=2024)
    assert read is not None
    assert (read.day, read.sure) == (date(2024, 6, 30), False)


FORMS = [
    "{y}.{m}.{d}",
    "{y}-{m:02}-{d:02}",
    "{y}年{m}月{d}日",
    "{y}/{m}/{d}",
    "{y}{m:02}{d:02}",
    " {y} 年 {m} 月 {d} 日前",
]


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(FORMS))
def test_every_day_is_read_back_in_every_form(day: date, form: str) -> None:
    read = read_day(form.format(y=day.year, m=day.month, d=day.day))
    assert read is not None
    assert (read.day, read.sure, read.grain) == (day, True, "day")


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_serial_is_read_back(day: date) -> None:
    assert from_serial((day - date(1899, 12, 30)).days) == day


@given(st.integers(1, 12), st.integers(1, 31), st.integers(1990, 2100), st.sampled_from([".", "-", "/"]))
def test_an_impossible_day_is_never_a_date(month: int, day: int, year: int, mark: str) -> None:
    read = read_day(f"{year}{mark}{month}{mark}{day}")
    assert read is not None
    try:
        real = date(year, month, day)
    except ValueError:
        assert (read.day, read.sure) == (None, False)
    else:
        assert read.day == real


@given(st.text(alphabet="0123456789年月日.-/ 底前上下旬初末季度半一二三十至～（）长期坚持立行改天内", max_size=20))
def test_no_words_break_the_reader_and_a_sure_date_lies_in_range(text: str) -> None:
    read = read_day(text)
    if read is not None and read.sure:
        assert read.day is not None
        assert 1990 <= read.day.year <= 2100
    limit = read_deadline(text, found_on=FOUND)
    assert limit.text.strip() or not text.strip()
    if limit.day is not None:
        assert limit.sure


# ------------------------------------------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("text", "kind", "day", "long_term_too"),
    [
        ("立行立改", "immediate", None, False),
        ("立即整改", "immediate", None, False),
        ("立行立改，长期坚持", "immediate", None, True),
        ("立行立改（2024年6月30日前）", "immediate", date(2024, 6, 30), False),
        ("长期坚持", "long_term", None, False),
        ("长期", "long_term", None, False),
        ("持续推进", "long_term", None, False),
        ("2025年底前，并长期坚持", "time_limited", date(2025, 12, 31), True),
        ("2025年底前并长期坚持", "time_limited", date(2025, 12, 31), True),
        ("2024年底前(长期坚持)", "time_limited", date(2024, 12, 31), True),
        ("2024年6月底前完成", "time_limited", date(2024, 6, 30), False),
        ("计划2024年6月底完成", "time_limited", date(2024, 6, 30), False),
        ("30天", "time_limited", date(2024, 4, 1), False),
        ("30日内", "time_limited", date(2024, 4, 1), False),
        ("三十日内", "time_limited", date(2024, 4, 1), False),
        ("自发现之日起30日内", "time_limited", date(2024, 4, 1), False),
        ("两周内", "time_limited", date(2024, 3, 16), False),
        ("一个月内", "time_limited", date(2024, 4, 2), False),
        ("半年内", "time_limited", date(2024, 9, 2), False),
    ],
)
def test_a_deadline_is_read(text: str, kind: str, day: date | None, long_term_too: bool) -> None:
    read = read_deadline(text, found_on=FOUND)
    assert read == Deadline(kind, day, long_term_too, text)


@pytest.mark.parametrize(
    "text",
    [
        "2024.2.30",
        "已完成",
        "2024年3月底；2024年4月底",
        "短期攻坚/中期推进/长期坚持",
        "15个工作日",
        "自交办之日起30日内",
        "30日",
        "限期整改",
        "立即停产，2024年6月前拆除设备",
        "24.6.30",
        "2024年前",
        "长期坚持，2025年12月底前取得阶段性成效",
    ],
)
def test_an_unsure_deadline_keeps_its_words_and_has_no_day(text: str) -> None:
    read = read_deadline(text, found_on=FOUND)
    assert (read.text, read.day, read.sure) == (text, None, False)
    assert read.why


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (30, date(2024, 4, 1)),
        (7.0, date(2024, 3, 9)),
        (45473, date(2024, 6, 30)),
        (20240630, date(2024, 6, 30)),
        (2024.6, date(2024, 6, 30)),
    ],
)
def test_a_number_is_days_or_a_date(number: float, day: date) -> None:
    assert read_deadline(number, found_on=FOUND).day == day


@pytest.mark.parametrize("number", [2024.1, 2024, 0, 30.5, 1e308, float("nan"), float("inf"), -3, 400])
def test_a_number_that_is_neither_is_kept_as_text(number: float) -> None:
    read = read_deadline(number, found_on=FOUND)
    assert (read.day, read.sure) == (None, False)


def test_days_without_a_day_of_finding_are_unsure() -> None:
    read = read_deadline(30, found_on=None)
    assert (read.day, read.sure, read.text) == (None, False, "30天")


def test_a_date_cell_is_taken_as_it_is() -> None:
    assert read_deadline(datetime(2024, 6, 30, 12), found_on=None).day == date(2024, 6, 30)  # noqa: DTZ001


@given(st.dates(date(1995, 1, 1), date(2090, 1, 1)), st.integers(1, 366))
def test_days_count_from_the_day_after_finding(found: date, days: int) -> None:
    assert read_deadline(f"{days}天", found_on=found).day == found + timedelta(days=days)
