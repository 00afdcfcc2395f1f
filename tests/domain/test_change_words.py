from __future__ import annotations

from models.domain.change_words import SAME, after, before, month, value


def test_a_change_is_told_as_people_read_it():
    assert (before("updated", "pace", "behind", "problem"), after("updated", "pace", "on_schedule", "problem")) == (
        value("pace", "behind"), value("pace", "on_schedule"),
    )  # fmt: skip
    assert (before("new", "", None, "problem"), after("new", "", None, "problem")) == ("（本机没有）", "整条记录")
    assert (before("updated", "person", "", "problem"), after("updated", "person", "", "problem")) == (
        "（空）",
        "（空）",
    )
    assert (before(SAME, "", None, "problem"), after(SAME, "", None, "problem")) == ("", "与本机一样")


def test_a_void_and_a_month_are_told_as_what_they_are():
    assert (before("updated", "void", None, "problem"), after("updated", "void", "2024-06-15", "problem")) == (
        "有效", "作废（自 2024-06-15）",
    )  # fmt: skip
    assert (before("updated", "void", "2024-06-15", "problem"), after("updated", "void", None, "problem")) == (
        "已作废", "恢复有效",
    )  # fmt: skip
    assert after("updated", "dispatch", "2024-05", "problem") == "填了2024年5月的"
    assert month("汛期") == "汛期"
