from __future__ import annotations

from pathlib import Path

import pytest

from gui.widgets.digits import Digits, lacking
from models.services.views.exchange import PackageCard
from models.services.views.home import UnitView
from tests.gui import fakes

DIGITS = "1203 4418 9027 5561 8840 2219"


def test_a_township_asks_and_accepts_with_the_digits_it_saw(desk):
    one = desk(fakes.township(enrolled=False))
    panel = one.open("exchange", tab="enrol").enrol
    panel.desk.request_to.put("/media/u")
    panel.desk.ask_for.click()
    one.settle()
    assert panel.notice.message.text() == "登记申请已写好，可以拔出 U 盘了。"
    panel.look_at(Path("/media/u/欢迎包.hgb"))
    one.settle()
    assert panel.desk.code.text == DIGITS
    assert panel.desk.code.isVisible()
    assert "打电话" in panel.desk.check.message.text()
    assert one.office.enrolment.accepted == [], "nothing before the person agrees"
    panel.desk.accept.click()
    one.settle()
    assert one.office.enrolment.accepted == [(Path("/media/u/欢迎包.hgb"), DIGITS)]
    assert panel.notice.message.text() == "登记好了，现在可以报送了。"


def test_nothing_is_asked_for_without_a_place(desk):
    one = desk(fakes.township(enrolled=False))
    panel = one.open("exchange", tab="enrol").enrol
    panel.desk.request_to.put("")
    panel.desk.ask_for.click()
    assert panel.notice.message.text() == "还差写到哪里。"


def test_a_forged_welcome_is_refused_in_words(desk):
    one = desk(fakes.township(enrolled=False))
    one.office.enrolment.refusal = fakes.Refused(text="这个欢迎包不是县里写的。")
    panel = one.open("exchange", tab="enrol").enrol
    panel.look_at(Path("/media/u/欢迎包.hgb"))
    one.settle()
    assert panel.notice.message.text() == "这个欢迎包不是县里写的。"
    assert not panel.desk.accept.isVisible()


def test_a_welcome_that_cannot_be_looked_at_needs_the_number_that_is_read_out(desk):
    one = desk(fakes.township(enrolled=False))
    one.office.enrolment.refusal = fakes.Refused(text="这个文件不是登记申请。")
    one.office.enrolment.refusal.code = "S111"
    panel = one.open("exchange", tab="enrol").enrol
    panel.look_at(Path("/media/u/欢迎包.hgb"))
    one.settle()
    assert panel.desk.digits.isVisible()
    panel.desk.digits.setText(DIGITS[:-1])
    assert not panel.desk.accept.isEnabled()
    panel.desk.digits.setText(DIGITS)
    panel.desk.accept.click()
    one.settle()
    assert one.office.enrolment.accepted == [(Path("/media/u/欢迎包.hgb"), DIGITS.replace(" ", ""))]


def test_the_county_approves_for_the_unit_that_asked(desk):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="enrol").enrol
    panel.look_at(Path("/media/u/登记申请.hgb"))
    one.settle()
    assert panel.desk.unit.currentData() == "361021101"
    panel.desk.to.put("/media/u")
    panel.desk.approve.click()
    one.settle()
    assert one.office.enrolment.approved == [(Path("/media/u/登记申请.hgb"), "361021101", Path("/media/u"))]
    assert panel.desk.code.text == DIGITS
    assert "打电话核对" in panel.desk.code_said.text()


def test_an_enrolled_township_sees_who_it_is(desk):
    panel = desk().open("exchange", tab="enrol").enrol
    assert not panel.desk.request.isVisible()
    assert not panel.desk.welcome.isVisible()
    assert panel.here.isVisible()
    assert panel.digits.text == DIGITS


def test_numbers_that_differ_are_no_dead_end(desk):
    one = desk(fakes.township(enrolled=False))
    panel = one.open("exchange", tab="enrol").enrol
    panel.look_at(Path("/media/u/欢迎包.hgb"))
    one.settle()
    panel.desk.differs.click()
    assert one.office.enrolment.accepted == []
    assert panel.notice.message.text() == "号码不一致，没有登记，本机数据未改动。"
    assert panel.desk.look.isVisible()


def test_a_further_pc_of_the_county_is_approved_like_any_other(desk):
    """The list of units has the county in it: nobody is sent to add a unit that is there."""
    one = desk(fakes.county())
    here = one.office.here
    one.office.units.units.insert(0, UnitView(here.unit, "county", here.name))
    panel = one.open("exchange", tab="enrol").enrol
    panel.desk._found(PackageCard(Path("/media/u/a.hgb"), "enrol", "", sender=here.unit, sender_name=here.name))
    assert panel.desk.unit.currentData() == here.unit
    assert panel.desk.approve.isEnabled()
    assert panel.desk.check.message.text() == "这是县里的又一台电脑"


def test_the_answer_goes_back_on_the_stick_that_the_request_came_on(desk):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="enrol").enrol
    panel.desk.to.put("/media/yesterday")
    panel.desk._found(PackageCard(Path("/media/u/a.hgb"), "enrol", "", sender="361021101", sender_name="白水镇"))
    assert panel.desk.to.path == Path("/media/u")


def test_the_county_is_told_when_it_does_not_know_the_unit(desk):
    one = desk(fakes.county())
    one.office.units.units = [unit for unit in one.office.units.units if unit.code != "361021101"]
    panel = one.open("exchange", tab="enrol").enrol
    panel.look_at(Path("/media/u/登记申请.hgb"))
    one.settle()
    assert panel.desk.check.message.text() == "单位名单里还没有“白水镇”。"
    assert not panel.desk.approve.isEnabled()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", ""),
        ("1203", "还差 20 位，共 24 位，六组，每组四位。"),
        (DIGITS, ""),
        (DIGITS.replace(" ", "-"), ""),
        (DIGITS + "7", "多了 1 位，请核对。"),
        (DIGITS.replace("0", "O"), "只有数字，没有字母和别的符号，请核对。"),
    ],
)
def test_typed_digits_are_judged_while_one_types(typed, said):
    assert lacking(typed) == said


def test_the_digits_are_read_aloud_one_by_one(qtbot):
    shown = Digits()
    qtbot.addWidget(shown)
    shown.show_digits(DIGITS)
    assert shown.accessibleName().startswith("1 2 0 3，4 4 1 8，")
    assert shown.sizeHint().width() > 6 * 40


def test_a_further_pc_of_the_county_is_not_told_to_report(desk):
    one = desk(fakes.county())
    one.open("exchange", tab="enrol").enrol.asking._accepted(None)
    one.settle()
    assert one.window.page.enrol.notice.message.text() == "登记好了，这台也是县里的电脑了。"
