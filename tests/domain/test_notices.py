"""What templates may ask for, how texts are filled in, and which notice a lasting red light asks for."""

from __future__ import annotations

from datetime import date

import pytest

from models.domain import notices
from models.domain.dictionaries import fitting
from models.domain.notices import RULES, TEMPLATES, Sent, month_ends, proposed, red_since

TODAY = date(2024, 6, 15)


def sent(kind="reminder", issued="2024-06-01", answer_by="2024-06-12", stage="replied"):
    return Sent(kind, "环提〔2024〕1号-AB", issued, answer_by, stage)


@pytest.mark.parametrize(
    ("since", "overdue", "before", "asked"),
    [
        (date(2024, 4, 30), 0, [], "reminder"),  # red on the last of April and of May
        (date(2024, 5, 1), 0, [], None),
        (date(2024, 5, 31), 15, [], None),
        (date(2024, 5, 30), 16, [], "reminder"),
        (date(2024, 1, 1), 160, [sent(issued="2024-06-10", answer_by="2024-06-20", stage="open")], None),
        (date(2024, 1, 1), 160, [sent(issued="2024-06-10", answer_by="2024-06-15", stage="open")], None),
        (date(2024, 1, 1), 160, [sent(issued="2024-06-10", answer_by="2024-06-14", stage="open")], "supervision"),
        (date(2024, 1, 1), 160, [sent(issued="2024-06-06")], None),
        (date(2024, 1, 1), 160, [sent(issued="2024-06-05", stage="closed")], "supervision"),
        (date(2024, 1, 1), 160, [sent(), sent("supervision", "2024-06-02", stage="replied")], None),
        (date(2024, 1, 1), 160, [sent(), sent("supervision", "2024-06-02", stage="closed")], "supervision"),
        (date(2024, 1, 1), 160, [sent(), sent("supervision", "2024-06-14", stage="closed")], None),
        (date(2024, 1, 1), 160, [sent(issued="2023-12-31")], "reminder"),  # of an earlier red time
        (date(2024, 1, 1), 160, [sent("assignment", stage="open")], "reminder"),
    ],
)
def test_a_red_light_climbs_the_rungs_and_asks_for_none_twice(since, overdue, before, asked):
    found = proposed(since, overdue, before, TODAY, RULES)
    assert (found[0] if found else None) == asked
    assert found is None or found[1]


@pytest.mark.parametrize(
    ("colours", "before", "asked"),
    [
        ("oo", [], ("reminder", "连续 2 个月末是橙灯")),
        ("oro-o", [], ("reminder", "连续 3 个月末是橙灯或红灯")),
        ("o-o", [], None),
        ("-oo-oo", [], ("reminder", "最近 12 个月末有 4 个是橙灯")),
        ("oo", [sent(issued="2024-04-29")], ("reminder", "连续 2 个月末是橙灯")),  # of an earlier time
        ("oo", [sent(issued="2024-04-30")], ("supervision", "提示单发出后又有 2 个月末是橙灯")),
        ("oo", [sent(issued="2024-05-08")], None),
        ("oo", [sent(issued="2024-06-08", answer_by="2024-06-14", stage="open")],
         ("supervision", "提示单 环提〔2024〕1号-AB 到期没有回复")),
        ("oo", [sent(issued="2024-06-08", answer_by="2024-06-15", stage="open")], None),
        ("---oooo", [sent(issued="2024-01-31")], ("supervision", "提示单发出后又有 2 个月末是橙灯")),
        ("oo", [sent("supervision", "2024-05-08")], None),
        ("ooo", [sent(issued="2024-04-02"), sent("supervision", "2024-05-08", stage="closed")], None),
    ],
)  # fmt: skip
def test_an_orange_light_asks_after_some_month_ends_and_climbs_with_each_more(colours, before, asked):
    names = {"o": "orange", "r": "red", "-": "green"}
    every = [names[one] for one in colours.ljust(12, "-")]
    assert notices.proposed_of_orange(every, before, TODAY, RULES) == asked


def test_month_ends_are_those_that_are_over():
    assert month_ends(date(2024, 6, 30), date(2024, 7, 1)) == 1
    assert month_ends(date(2024, 7, 1), date(2024, 7, 31)) == 0
    assert month_ends(date(2023, 12, 31), date(2024, 2, 1)) == 2
    assert month_ends(TODAY, TODAY) == 0
    ends = notices.last_ends(date(2024, 3, 31))
    assert (ends[0], ends[1], ends[-1], len(ends)) == (date(2024, 2, 29), date(2024, 1, 31), date(2023, 3, 31), 12)


def test_red_begins_the_day_after_the_deadline_or_with_the_relapse():
    assert red_since("2024-05-31", "", "") == date(2024, 6, 1)
    assert red_since("2024-05-31", "2024-05-20", "") == date(2024, 5, 20)
    assert red_since("", "2024-05-20", "2024-05-19") == date(2024, 5, 19)
    assert red_since("", "", "") is None


def test_a_text_is_filled_in_and_a_stranger_in_braces_is_found():
    text = "{单位}：请于\uff5b 回复期限 \uff5d前回复。"
    assert notices.places(text) == ["单位", "回复期限"]
    assert notices.unknown(text) == ""
    assert notices.filled(text, {"单位": "白水镇", "回复期限": "6月20日"}) == "白水镇：请于6月20日前回复。"
    assert notices.filled("{月份}", {"月份": ""}) == "{月份}"
    assert notices.unknown("{单位}{乡镇}") == "{乡镇}"


def test_templates_of_the_program_fit_and_others_are_told_what_is_wrong():
    assert notices.check_templates(TEMPLATES) == ""

    def fault(**changed):
        return notices.check_templates({**TEMPLATES, "reminder": {**TEMPLATES["reminder"], **changed}})

    assert "不认识“{乡镇}”" in fault(text="{乡镇}")
    assert "{单位}" in fault(title="{乡镇}"), "the known ones are named"
    assert fault(word="临环督〔2024〕").startswith("提示单的模板：文号的代字")
    assert "1 到 365" in fault(days=0)
    assert "1 到 365" in fault(days=True)
    assert "标题" in fault(title=" ")
    assert "应写明" in fault(more="")
    assert "应写明" in notices.check_templates({"reminder": TEMPLATES["reminder"]})
    assert "应写明" in notices.check_templates([])
    assert "应写明" in notices.check_templates({**TEMPLATES, "reminder": "好"})


def test_rules_laid_down_before_those_of_orange_go_on_counting():
    earlier = {"month_ends": 3, "overdue": 30, "escalate": 20}
    assert fitting("notice_rules", earlier) == {**RULES, **earlier}
    for wrong in ({"month_ends": 3, "overdue": 30}, {**RULES, "more": 1}, {**earlier, "orange_ends": 0}):
        assert notices.check_rules(wrong)


def test_rules_are_whole_numbers_of_days_and_months():
    assert notices.check_rules(RULES) == ""
    assert "逾期超过几天" in notices.check_rules({**RULES, "overdue": 0})
    assert "应写明" in notices.check_rules({"overdue": 3})
    assert "应写明" in notices.check_rules(3)
