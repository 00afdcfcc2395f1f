from __future__ import annotations

from pathlib import Path

from tests.gui import fakes

DIGITS = "1203 4418 9027 5561 8840 2219"


def test_a_township_asks_and_accepts_with_the_digits_it_saw(desk):
    one = desk(fakes.township(enrolled=False))
    panel = one.open("exchange", tab="enrol").enrol
    panel.request_to.put("/media/u")
    panel.ask_for.click()
    one.settle()
    assert panel.notice.message.text() == "登记申请已写好，可以拔出 U 盘了。"
    panel.look_at(Path("/media/u/欢迎包.hgb"))
    one.settle()
    assert panel.code.text() == DIGITS
    assert panel.code.isVisible()
    assert "打电话" in panel.check.message.text()
    assert one.office.enrolment.accepted == [], "nothing before the person agrees"
    panel.accept.click()
    one.settle()
    assert one.office.enrolment.accepted == [(Path("/media/u/欢迎包.hgb"), DIGITS)]
    assert panel.notice.message.text() == "登记好了，现在可以报送了。"


def test_nothing_is_asked_for_without_a_place(desk):
    one = desk(fakes.township(enrolled=False))
    panel = one.open("exchange", tab="enrol").enrol
    panel.request_to.put("")
    panel.ask_for.click()
    assert panel.notice.message.text() == "还差写到哪里。"


def test_a_forged_welcome_is_refused_in_words(desk):
    one = desk(fakes.township(enrolled=False))
    one.office.enrolment.refusal = fakes.Refused(text="这个欢迎包不是县里写的。")
    panel = one.open("exchange", tab="enrol").enrol
    panel.look_at(Path("/media/u/欢迎包.hgb"))
    one.settle()
    assert panel.notice.message.text() == "这个欢迎包不是县里写的。"
    assert not panel.accept.isVisible()


def test_a_welcome_that_cannot_be_looked_at_needs_the_number_that_is_read_out(desk):
    one = desk(fakes.township(enrolled=False))
    one.office.enrolment.refusal = fakes.Refused(text="这个文件不是登记申请。")
    one.office.enrolment.refusal.code = "S111"
    panel = one.open("exchange", tab="enrol").enrol
    panel.look_at(Path("/media/u/欢迎包.hgb"))
    one.settle()
    assert panel.digits.isVisible()
    panel.digits.setText(DIGITS[:-1])
    assert not panel.accept.isEnabled()
    panel.digits.setText(DIGITS)
    panel.accept.click()
    one.settle()
    assert one.office.enrolment.accepted == [(Path("/media/u/欢迎包.hgb"), DIGITS)]


def test_the_county_approves_for_the_unit_that_asked(desk):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="enrol").enrol
    panel.look_at(Path("/media/u/登记申请.hgb"))
    one.settle()
    assert panel.unit.currentData() == "361021101"
    panel.to.put("/media/u")
    panel.approve.click()
    one.settle()
    assert one.office.enrolment.approved == [(Path("/media/u/登记申请.hgb"), "361021101", Path("/media/u"))]
    assert panel.code.text() == DIGITS
    assert "打电话核对" in panel.code_said.text()


def test_an_enrolled_township_sees_who_it_is(desk):
    panel = desk().open("exchange", tab="enrol").enrol
    assert not panel.request.isVisible()
    assert not panel.welcome.isVisible()
    assert panel.here.isVisible()
