"""设备与登记: the PCs of all units, stopping one, what was set aside, new keys, and the recovery sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from gui.panels.exchange import kept, pcs, sheet
from gui.panels.overview import reminder
from gui.places import Place
from gui.widgets.buttons import words_of
from models.services.views.devices import DeviceView
from models.services.views.home import Touched
from tests.gui import fakes


def words(part) -> list[str]:
    return [words_of(one) for one in part.findChildren(QPushButton) if one.isVisible()]


def press(part, word) -> None:
    next(one for one in part.findChildren(QPushButton) if words_of(one) == word and one.isVisible()).click()


@pytest.fixture
def answered(monkeypatch):
    """Questions are answered, and their words are kept."""
    said: list[tuple[str, str]] = []

    class Answering:
        def __init__(self, title, text, safe, *others, parent=None):
            said.append((title, text))
            self.word = others[0][0]

        def ask(self):
            return self.word

    for module in (pcs, kept, sheet):
        monkeypatch.setattr(module, "Question", Answering)
    return said


def test_the_county_stops_a_pc_after_a_clear_question(desk, answered):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="enrol").enrol
    one.settle()
    assert words(panel.pcs.card).count("停用") == 3, "not this one, not the one that is stopped"
    press(panel.pcs.card, "停用")
    one.settle()
    ((title, text),) = answered
    assert title == "停用白水镇的电脑 A1A1A1A1？"
    assert "不能撤回" in text
    assert "盖章密钥" not in text
    assert one.office.devices.revoked == ["a1" * 16]
    assert panel.notice.message.text() == "已停用。"
    assert words(panel.pcs.card).count("停用") == 2


def test_a_township_sees_the_list_and_stops_nobody(desk):
    one = desk(fakes.township())
    panel = one.open("exchange", tab="enrol").enrol
    one.settle()
    assert panel.pcs.card.isVisible()
    assert "停用" not in words(panel.pcs.card)
    assert not panel.sheet.card.isVisible()


def test_what_was_set_aside_is_looked_at_and_taken_in(desk, answered):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="enrol").enrol
    one.settle()
    assert not panel.aside.card.isVisible()
    one.office.aside.fill()
    panel.refresh()
    one.settle()
    assert panel.aside.card.isVisible()
    press(panel.aside.card, "看会改什么")
    one.settle()
    assert panel.notice.message.text() == "还没有接收，只是看一看。"
    assert "进展：二" in panel.notice.way_out.text()
    assert one.office.aside.taken == []
    press(panel.aside.card, "接收…")
    one.settle()
    assert answered[-1][0] == "接收青石镇的 12 条改动？"
    assert one.office.aside.taken == ["aa" * 16]
    press(panel.aside.card, "都看过了")
    one.settle()
    assert "都看过了" not in words(panel.aside.card)


def test_a_township_only_looks_at_what_was_set_aside(desk):
    one = desk(fakes.township())
    one.office.aside.fill()
    panel = one.open("exchange", tab="enrol").enrol
    one.settle()
    assert "看会改什么" in words(panel.aside.card)
    assert "接收…" not in words(panel.aside.card)


@pytest.mark.parametrize("word", [sheet.RENEW, sheet.RESTORED])
def test_new_keys_are_offered_where_a_fork_was_seen(desk, answered, word):
    one = desk(fakes.township())
    devices = one.office.devices
    panel = one.open("exchange", tab="enrol").enrol
    one.settle()
    assert not panel.renewal.notice.isVisible()
    devices.devices = [replace(d, forks=int(d.this)) for d in devices.devices]
    panel.refresh()
    one.settle()
    assert panel.renewal.notice.message.text() == sheet.FORKED
    press(panel.renewal.notice, word)
    one.settle()
    assert (devices.renewed, devices.looked) == ((1, 0) if word == sheet.RENEW else (0, 1))
    assert len(answered) == devices.renewed


def test_the_sheet_is_asked_for_until_it_was_written(desk, monkeypatch, tmp_path):
    one = desk(fakes.county())
    one.office.recovery.due = True
    panel = one.open("exchange", tab="enrol").enrol
    one.settle()
    assert panel.sheet.due.message.text() == sheet.DUE
    monkeypatch.setattr(sheet.QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "单子"), ""))
    panel.sheet.print.click()
    one.settle()
    assert (tmp_path / "单子.pdf").read_bytes().startswith(b"%PDF")
    assert "删除这个文件" in panel.notice.message.text()
    assert not panel.sheet.due.isVisible()


@pytest.mark.parametrize("page", ["overview", "settings"])
def test_a_yellow_line_reminds_the_county(desk, page):
    one = desk(fakes.county())
    one.office.recovery.due = True
    found = one.start() if page == "overview" else one.open(page)
    one.settle()
    assert found.reminder.notice.message.text() == "县里的密钥还没有写成恢复单。"
    went: list[Place] = []
    found.left_for.connect(went.append)
    press(found.reminder, reminder.SheetReminder.word)
    assert went == [Place("exchange", tab="enrol")]


def test_a_further_pc_of_the_county_asks_or_is_restored_from_the_sheet(desk):
    office = fakes.county()
    office.here = replace(office.here, enrolled=False, fingerprint="")
    one = desk(office)
    panel = one.open("exchange", tab="enrol").enrol
    one.settle()
    assert panel.desk is panel.asking
    assert panel.asking.request.isVisible()
    assert not panel.approval.approval.isVisible()
    panel.sheet.typed.setPlainText("01  ABCD")
    panel.sheet.restore.click()
    one.settle()
    assert office.recovery.typed == ["01  ABCD"]
    assert "密钥已恢复" in panel.notice.message.text()


def test_without_a_backup_the_pcs_of_the_units_are_met_again_by_what_they_wrote_before(desk, monkeypatch, tmp_path):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="enrol").enrol
    assert panel.sheet.meet.isHidden(), "the units are known"
    one.office.units.units = [replace(unit, devices=0) for unit in one.office.units.units]
    one.session.tell(Touched("exchange"))
    one.settle()
    assert panel.sheet.meet.isVisible()
    monkeypatch.setattr(sheet.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    one.do(panel.sheet.meet.click)
    assert one.office.recovery.met == [tmp_path]
    assert panel.notice.message.text() == "认出 2 个单位的电脑：白水镇、青石镇。"


def test_what_was_done_is_said_where_it_is_seen_from_every_card(desk, answered):
    """The recovery sheet is written from the foot of the page; that it must be printed stands above what scrolls."""
    one = desk(fakes.county())
    panel = one.open("exchange", tab="enrol").enrol
    bar = panel.scroller.verticalScrollBar()
    bar.setValue(bar.maximum())
    panel.notice.say("success", "恢复单已写好，请打印两份，然后删除这个文件。")
    one.settle()
    assert not panel.scroller.isAncestorOf(panel.notice)
    assert panel.notice.visibleRegion().boundingRect() == panel.notice.rect()


def test_only_the_county_waits_for_packages_of_everybody():
    one = DeviceView("a" * 32, "361021102", "青石镇", "township", "AAAAAAAA", False, "2026-11-01T10:00:00+08:00",
                     False, "", True, "", 0, 0)  # fmt: skip
    assert "还没有收到过它的包" in pcs._heard(one, county=True)
    assert pcs._heard(one, county=False) == "登记 2026-11-01"
