from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from gui import sounds, typed
from gui.widgets.choice import Choice, Offered, Segments
from gui.widgets.form import Form, FormField
from gui.widgets.lacking import SHOWN, Lacking
from models.domain import words
from models.domain.fields import TABLES
from models.domain.limits import FIELD_CHARS

TODAY = date(2026, 11, 23)
FOUND = date(2026, 3, 1)
PROBLEM = TABLES["problem"]


def deadline(text: str) -> typed.Reading:
    return typed.read(PROBLEM["deadline"], text, TODAY, FOUND)


def a_day(text: str) -> typed.Reading:
    return typed.read(PROBLEM["found_on"], text, TODAY)


# ------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("text", "kept", "beside"),
    [
        ("2026-11-23", "2026-11-23", ""),
        ("2026.11.23", "2026-11-23", ""),
        ("20261123", "2026-11-23", ""),
        ("2026年11月23日", "2026-11-23", ""),
        ("11.23", "2026-11-23", "按今年算"),
        ("11月23日", "2026-11-23", "按今年算"),
        ("11月底", "2026年11月底", "2026-11-30，按今年算"),
        ("6月底前", "2026年6月底前", "2026-06-30，按今年算"),
        ("年底前", "2026年底", "2026-12-31，按今年算"),
        ("2026年底前并长期坚持", "2026年底前并长期坚持", "2026-12-31"),
        ("立行立改", "立行立改", ""),
        ("长期坚持", "长期坚持", ""),
        ("30", "30", "2026-03-31"),
        ("", "", ""),
    ],
)
def test_deadlines_are_read_as_offices_write_them(text, kept, beside):
    found = deadline(text)
    assert (found.text, found.beside, found.wrong) == (kept, beside, "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2024.2.30", "2月没有 30 日，最后一天是 2024-02-29。"),
        ("2026-13-01", "没有 13 月。请核对月份。"),
        ("2026年11月中旬", "只写到“中旬”，请写到哪一天，如 2026-11-20。"),
        ("尽快", "看不出到哪一天，请写日期，或写“立行立改”“长期坚持”。"),
    ],
)
def test_what_is_no_deadline_is_said_in_one_sentence_with_the_way_out(text, sentence):
    found = deadline(text)
    assert (found.text, found.wrong) == (text, sentence)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("2026.3.9", "2026-03-09"), ("3.9", "2026-03-09"), ("3月", "2026-03-31"), ("2026年3月9日", "2026-03-09")],
)
def test_dates_are_kept_as_dates(text, kept):
    assert (a_day(text).text, a_day(text).wrong) == (kept, "")


def test_a_date_that_nobody_can_read_keeps_its_letters():
    assert a_day("昨天").text == "昨天"
    assert a_day("昨天").wrong == "看不出是哪一天，请写成 2026-11-23 或 11.23 这样。"
    assert a_day("26.3.4").wrong == "年份只写了两位，请写到哪一天，如 2026-03-04。"


@pytest.mark.parametrize(
    ("text", "kept"), [("11", "2026-11"), ("2026.11", "2026-11"), ("202611", "2026-11"), ("3月", "2026-03")]
)
def test_months(text, kept):
    assert typed.read(TABLES["dispatch"]["month"], text, TODAY).text == kept


def test_a_month_that_is_none():
    assert "请写成 2026-11 这样" in typed.read(TABLES["dispatch"]["month"], "13", TODAY).wrong


@pytest.mark.parametrize("text", ["13812345678", "0796-8440112", "0796-8440112；13812345678", "8440112转3"])
def test_phones_that_are_phones(text):
    assert typed.read(PROBLEM["phone"], text, TODAY) == typed.Reading(text)


@pytest.mark.parametrize("text", ["1380796", "王某", "12"])
def test_a_phone_that_may_be_a_slip_is_doubted_and_stands(text):
    found = typed.read(PROBLEM["phone"], text, TODAY)
    assert (found.text, found.wrong) == (text, "")
    assert "请核对" in found.doubt


def test_numbers_and_places():
    assert typed.read(PROBLEM["longitude"], "１１５．９", TODAY) == typed.Reading("115.9")
    assert "填反" in typed.read(PROBLEM["longitude"], "27.3", TODAY).doubt
    assert typed.read(PROBLEM["latitude"], "北纬", TODAY).wrong == "这里只填数字，如 115.9214。"
    assert typed.read(TABLES["petition"]["orders"], "1.5", TODAY).wrong == "这里填整数，没有就填 0。"


def test_lists_take_the_marks_that_people_type():
    field = PROBLEM["cooperating_units"]
    assert typed.read(field, "县公安局、县城管局，县住建局", TODAY).text == "县公安局；县城管局；县住建局"


def test_too_much_text_is_said_with_the_number():
    assert typed.read(PROBLEM["goal"], "字" * (FIELD_CHARS + 3), TODAY).wrong.startswith("超出 3 字")


# ------------------------------------------------------------------------------------------------- fields


@pytest.fixture
def shown(qtbot, dressed):
    holder = QWidget()
    holder.setLayout(QVBoxLayout())
    holder.resize(700, 500)
    qtbot.addWidget(holder)

    def _show(*widgets):
        for one in widgets:
            holder.layout().addWidget(one)
        holder.show()
        holder.activateWindow()
        qtbot.waitUntil(holder.isActiveWindow)
        return widgets[0]

    return _show


def a_field(name: str, value: str = "", table: str = "problem", **more) -> FormField:
    made = FormField(TABLES[table][name], today=TODAY, **more)
    made.put(value)
    return made


def test_nothing_is_said_while_one_types_but_when_the_field_is_left(shown, qtbot):
    one = a_field("found_on")
    other = a_field("person")
    shown(one, other)
    one.editor.setFocus()
    qtbot.keyClicks(one.editor, "2024.2.30")
    assert one.wrong == ""
    tall = one.height()
    other.editor.setFocus()
    assert one.wrong == "2月没有 30 日，最后一天是 2024-02-29。"
    assert one.hint.text() == one.wrong
    assert one.editor.property("bad") == "1"
    QApplication.processEvents()
    assert one.height() == tall, "the layout does not jump"
    one.editor.setFocus()
    qtbot.keyClick(one.editor, Qt.Key.Key_Backspace)
    assert (one.wrong, one.hint.text()) == ("", "如 2026-11-23、11.23"), "typing again takes the mark away"


def test_what_a_wording_means_stands_beside_it(shown):
    one = a_field("deadline")
    shown(one)
    one.rewrite("11月底")
    one.check()
    assert (one.value, one.beside.text()) == ("2026年11月底", "2026-11-30，按今年算")
    one.put("2026-12-31")
    assert one.beside.text() == ""


def test_a_number_of_days_counts_from_the_day_of_finding(shown):
    form = Form(TODAY)
    shown(form)
    form.add(PROBLEM["found_on"]).put("2026-03-01")
    due = form.add(PROBLEM["deadline"])
    due.rewrite("30天")
    assert form.check() == []
    assert due.beside.text() == "2026-03-31"


def test_what_stood_there_before_is_never_found_wrong(shown):
    one = a_field("found_on", "2024.2.30")
    shown(one)
    assert one.check()
    assert not one.is_changed


def test_a_changed_field_says_so_and_its_letters_are_counted(shown):
    one = a_field("goal", "清场", required=True)
    shown(one)
    assert (one._dot.isVisible(), one.counter.text()) == (False, "2 字")
    one.editor.setPlainText("全部清场")
    assert (one._dot.isVisible(), one.counter.text()) == (True, "4 字")
    one.editor.setPlainText("清场")
    assert not one._dot.isVisible()
    assert [label.text() for label in one.findChildren(QLabel) if label.isVisible() and label.text() == "*"]
    one.lock("由县环委办填写")
    assert not [label.text() for label in one.findChildren(QLabel) if label.isVisible() and label.text() == "*"]


def test_few_choices_stand_side_by_side_and_more_in_a_list(shown):
    assert isinstance(a_field("deadline_kind").editor, Segments)
    assert isinstance(a_field("pace").editor, Choice)
    assert isinstance(a_field("person").editor, Offered)


def test_a_segment_is_chosen_by_hand_and_by_key_and_given_up_again(shown, qtbot):
    one = a_field("deadline_kind", "immediate")
    shown(one)
    buttons = one.editor.buttons
    assert one.value == "immediate"
    qtbot.mouseClick(buttons["long_term"], Qt.MouseButton.LeftButton)
    assert (one.value, one.is_changed) == ("long_term", True)
    qtbot.mouseClick(buttons["long_term"], Qt.MouseButton.LeftButton)
    assert one.value == ""
    buttons["immediate"].setFocus()
    qtbot.keyClick(buttons["immediate"], Qt.Key.Key_Right)
    assert buttons["time_limited"].hasFocus()
    qtbot.keyClick(buttons["time_limited"], Qt.Key.Key_Space)
    assert one.value == "time_limited"
    assert buttons["time_limited"].accessibleName() == f"整改类型 {words.DEADLINE_KIND['time_limited']}"


def test_a_stored_value_that_is_no_choice_is_kept(shown):
    for name in ("closing_stage", "pace"):
        one = a_field(name, "something newer")
        assert (one.value, one.is_changed) == ("something newer", False)


def test_choices_are_found_by_any_part_and_by_sound(shown, qtbot):
    one = a_field("person")
    shown(one)
    one.suggest([(name, sounds.key(name)) for name in ("王秀兰", "李志强", "周海平")])
    line = one.editor
    for text, found in (("秀", "王秀兰"), ("zhp", "周海平"), ("lizhi", "李志强"), ("LZQ", "李志强")):
        line.finder.setCompletionPrefix(text)
        assert line.finder.completionCount() == 1
        assert line.finder.pathFromIndex(line.finder.completionModel().index(0, 0)) == found
    line.finder.setCompletionPrefix("陈")
    assert line.finder.completionCount() == 0
    qtbot.keyClicks(line, "x")
    assert one.value == "x", "anything may be typed"


def test_a_list_is_completed_value_by_value(shown):
    one = a_field("cooperating_units", "县公安局")
    shown(one)
    one.suggest([(name, sounds.key(name)) for name in ("县城管局", "县住建局")])
    line = one.editor
    line.setText("县公安局；xzj")
    line.finder.setCompletionPrefix("县公安局；xzj"[5:])
    assert line.finder.splitPath("县公安局；xzj") == ["xzj"]
    assert line.finder.pathFromIndex(line.finder.completionModel().index(0, 0)) == "县公安局；县住建局"


def test_down_shows_all_that_is_offered(shown, qtbot):
    one = a_field("person")
    shown(one)
    one.suggest(["王秀兰", "李志强"])
    one.editor.setFocus()
    qtbot.keyClick(one.editor, Qt.Key.Key_Down)
    assert one.editor.finder.popup().isVisible()
    assert one.editor.finder.completionCount() == 2
    one.editor.finder.popup().hide()


def test_enter_goes_on_to_the_next_field(shown, qtbot):
    one, other = a_field("person"), a_field("phone")
    shown(one, other)
    one.editor.setFocus()
    qtbot.keyClick(one.editor, Qt.Key.Key_Return)
    assert other.editor.hasFocus()


def test_untouched_a_field_follows_the_ledger_and_touched_it_shows_both(shown, qtbot):
    one = a_field("person", "王秀兰")
    shown(one)
    assert not one.rebase("李志强")
    assert (one.value, one.is_changed) == ("李志强", False)
    one.rewrite("周海平")
    assert one.rebase("陈建国")
    assert (one.value, one.asks) == ("周海平", True)
    assert "台账里这一栏已改为：陈建国" in [label.text() for label in one.findChildren(QLabel)]
    assert one.rebase("陈建国"), "it is asked until somebody chose"
    one._take_meanwhile()
    assert (one.value, one.is_changed, one.asks) == ("陈建国", False, False)
    one.rewrite("周海平")
    assert not one.rebase("周海平"), "both wrote the same"
    assert not one.is_changed


def test_the_list_on_top_names_what_to_mend_and_jumps(qtbot, dressed):
    top = Lacking("带 * 的必填")
    qtbot.addWidget(top)
    tall = top.height()
    fields = [(f"f{number}", f"栏{number}") for number in range(SHOWN + 2)]
    top.show_fields(fields)
    assert top.accessibleName().startswith("还有 7 处要补：栏0、")
    assert top.height() == tall
    jumps = [one for one in top.findChildren(QWidget) if one.objectName() == "" and hasattr(one, "handed")]
    assert len(jumps) == SHOWN
    with qtbot.waitSignal(top.wanted) as wanted:
        jumps[1].click()
    assert wanted.args == ["f1"]
    top.show_fields([])
    assert [label.text() for label in top.findChildren(QLabel) if label.parent() is top] == ["带 * 的必填"]
