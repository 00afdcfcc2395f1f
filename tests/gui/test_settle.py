from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from gui.differences import joined, marks
from gui.panels.exchange import settle_rules as rules
from gui.panels.exchange.settle_parts import whose
from gui.widgets.buttons import words_of
from models.services.views.exchange import Conflict, Head
from tests.gui import fakes


def settling(desk, office=None):
    one = desk(office)
    return one, one.open("exchange", tab="conflicts").conflicts


def test_values_stand_side_by_side_with_who_and_when(desk):
    _, panel = settling(desk)
    assert panel.list.count.text() == "冲突 3 处"
    assert [one.text() for one in panel.choices] == ["用本机的", "用临江县环委办的"]
    assert panel.merge_choice.isChecked(), "for texts the joined one is preset"
    assert "180 米围网" in panel.text.toPlainText()
    assert "县水利局" in panel.text.toPlainText()
    assert panel.where.text() == "第 1 处，共 3 处"


def test_two_pcs_of_one_unit_are_told_apart():
    here = fakes.county().here
    head = Head("一", "本机", "361021101", "白水镇", "e5cff058" * 8, "2026-11-20T16:32:00+08:00")
    assert whose(head, here) == "用白水镇的"
    assert whose(head, here, alone=False) == "用白水镇电脑 E5CFF058 的"


def test_a_merged_text_is_settled_and_the_next_one_shown(desk):
    one, panel = settling(desk)
    panel.text.setPlainText("两边都对。")
    panel.keep.click()
    one.settle()
    assert one.office.conflicts.settled == [("c1", None, "两边都对。")]
    assert panel._id == "c2"
    assert panel.notice.message.text() == "已选定。"


def test_a_short_value_has_no_preset_choice(desk):
    one, panel = settling(desk)
    panel._go("c2")
    assert not panel.keep.isEnabled()
    panel.choices[1].click()
    assert panel.keep.isEnabled()
    panel.keep.click()
    one.settle()
    assert one.office.conflicts.settled == [("c2", 1, None)]


def test_what_the_other_side_settles_cannot_be_settled_here(desk):
    _, panel = settling(desk)
    panel._go("c3")
    assert not any(one.isEnabled() for one in panel.choices)
    assert not panel.keep.isEnabled()
    assert not panel.merge.isVisible()
    assert "由对方填写" in panel.other.text()


def test_later_goes_on_without_settling(desk):
    one, panel = settling(desk)
    for _ in range(3):
        panel.later.click()
        one.settle()
    assert one.office.conflicts.settled == []
    assert one.window.page.tabs.current == "read"


def test_each_value_says_on_which_computer_it_was_written(desk):
    _, panel = settling(desk)
    said = [card.who.accessibleName() for card in panel._cards]
    assert said[0].endswith("本机")
    assert said[1].endswith("电脑 D0")
    assert panel.said.text().endswith("请您选一个。不同的字已标出。")
    assert panel.before.text.startswith("组织挖机和车辆")


def test_both_are_kept_where_the_field_has_room_for_both(desk):
    one, panel = settling(desk)
    assert panel.both.isVisible()
    assert panel.both.words.text == panel._current.both
    panel.both.choice.click()
    panel.keep.click()
    one.settle()
    assert one.office.conflicts.settled == [("c1", "both")]
    assert not panel.both.isVisible(), "a name can be only one"


def test_several_are_settled_at_once_after_a_look_at_each(desk):
    one, panel = settling(desk)
    assert not panel.several.isEnabled()
    assert set(panel.list.boxes) == {"c1", "c2"}, "the third is not ours to settle"
    panel.list.all.click()
    assert panel.several.text() == "一次选定 2 处…"
    panel.several.click()
    assert not panel.foot.isVisible()
    assert not panel.many.do.isEnabled()
    panel.many.rule.buttons["theirs"].click()
    assert [(p.conflict.id, p.head.unit) for p in panel.many.model.lines] == [("c1", "361021"), ("c2", "361021")]
    panel.many.rule.buttons["ours"].click()
    assert words_of(panel.many.do) == "选定 2 处"
    assert [panel.many.model.index(1, at).data() for at in (1, 2, 4)] == ["责任人", "王秀兰", "周海平"]
    panel.many.do.click()
    one.settle()
    assert one.office.conflicts.settled == [("c1", "c1-0"), ("c2", "c2-0")]
    assert panel.notice.message.text() == "2 处已选定。"
    assert not panel.many.isVisible()
    assert not panel.several.isVisible(), "the one that is left is not ours to settle"


def test_several_can_be_left_without_settling(desk, qtbot):
    one, panel = settling(desk)
    for box in panel.list.boxes.values():
        box.click()
    assert panel.list.all.isChecked()
    panel.list.boxes["c2"].click()
    assert panel.list.all.checkState() is Qt.CheckState.PartiallyChecked
    panel.list.all.click()
    panel.several.click()
    qtbot.keyClick(panel.many.rule.buttons["ours"], Qt.Key.Key_Escape)
    assert panel.foot.isVisible()
    assert panel.list.chosen == {"c1", "c2"}
    panel.list.all.click()
    assert not panel.list.chosen
    assert one.office.conflicts.settled == []


# ------------------------------------------------------------------------------------- rules


def a_conflict(*heads):
    made = tuple(Head(value, "", unit, unit, "d", at, value) for value, unit, at in heads)
    return Conflict("c", "problem", "1", "1", "题", "", "person", "责任人", made, mine=True)


EARLY, LATE = "2026-11-20T16:32:00+08:00", "2026-11-20T17:31:00+09:30"  # the second is earlier by the sun


def test_a_rule_takes_one_value_of_each_conflict():
    one = a_conflict(("甲", "town", EARLY), ("乙", "county", LATE))
    assert [rules.pick(one, rule, "town").head.value for rule in ("ours", "theirs", "newer")] == ["甲", "乙", "甲"]


@pytest.mark.parametrize(
    ("heads", "rule", "why"),
    [
        ((("甲", "town", EARLY), ("乙", "town", LATE)), "ours", rules.TWO_OF_OURS),
        ((("甲", "town", EARLY), ("乙", "town", LATE)), "theirs", rules.TWO_OF_OURS),
        ((("甲", "a", EARLY), ("乙", "b", LATE)), "ours", rules.NONE_OF_OURS),
        ((("甲", "a", EARLY), ("乙", "b", LATE)), "theirs", rules.SEVERAL_OF_THEIRS),
        ((("甲", "town", EARLY), ("乙", "b", EARLY)), "newer", rules.SAME_TIME),
        ((("甲", "town", ""), ("乙", "b", "九点")), "newer", rules.SAME_TIME),
    ],
)
def test_what_a_rule_does_not_decide_waits(heads, rule, why):
    undecided, decided = a_conflict(*heads), a_conflict(("甲", "town", EARLY), ("乙", "b", LATE))
    found = rules.picks([decided, undecided], rule, "town")
    assert [(one.conflict, one.head is None, one.why) for one in found] == [
        (undecided, True, why), (decided, False, ""),
    ]  # fmt: skip


def test_what_was_typed_is_not_overwritten_when_the_comparison_comes(desk):
    _, panel = settling(desk)
    panel.text.setFocus()
    panel.text.insertPlainText("我自己写的")
    panel._show_compared(panel._compared)
    assert "我自己写的" in panel.text.toPlainText()
    panel.again.click()
    assert "我自己写的" not in panel.text.toPlainText()


def test_nothing_to_choose_says_so(desk):
    _, panel = settling(desk, fakes.township(0))
    assert panel.empty.isVisible()
    assert not panel.foot.isVisible()


def test_a_conflict_of_a_record_is_shown_first(desk):
    one = desk()
    panel = one.open("exchange", tab="conflicts", id="5").conflicts
    assert panel._id == "c3"


@given(st.text("甲乙丙丁，。", min_size=12, max_size=40), st.text("甲乙丙丁，。", min_size=12, max_size=40))
def test_what_is_not_marked_is_common_to_both(first, second):
    def rest(text, passages):
        kept, at = [], 0
        for start, length in passages:
            kept.append(text[at:start])
            at = start + length
        return "".join([*kept, text[at:]])

    assert rest(first, marks(first, second)) == rest(second, marks(second, first)) or len(first) + len(second) > 0


@given(st.text("甲乙丙丁，。", max_size=40), st.text("甲乙丙丁，。", max_size=40))
def test_a_joined_text_loses_no_letter_of_either(first, second):
    from collections import Counter

    both = Counter(joined(first, second))
    assert not Counter(first) - both
    assert not Counter(second) - both


def test_the_same_text_joined_is_itself():
    assert joined("由下洲村网格员每日巡查。", "由下洲村网格员每日巡查。") == "由下洲村网格员每日巡查。"
    assert joined("", "甲") == "甲"


def test_marks_do_not_fray_into_single_letters():
    ours = "于 12月5日前将堆放点清运；沿支渠设置 180 米围网和警示牌 3 块，每日巡查。"
    theirs = "于 12月10日前将堆放点清运；请县水利局核实管理范围后再设围网，每日巡查。"
    passages = [ours[start : start + length] for start, length in marks(ours, theirs)]
    assert passages == ["12月5日", "沿支渠设置 180 米围网和警示牌 3 块"]


def test_only_what_has_a_page_is_opened_from_here(desk):
    one, panel = settling(desk)
    assert panel.open.isVisible()
    panel._show((replace(panel._current, kind="source"),))
    assert not panel.open.isVisible()
    panel._show((replace(panel._current, kind="petition"),))
    assert panel.open.isVisible()
    assert one.office.conflicts.settled == []
