"""Undo in the window, a second yes for big changes, papers, and the register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.question import Question
from gui.panels.exchange.preview import SAME
from gui.panels.exchange.take_back import TAKE_BACK

STICK = Path("/media/u")


@pytest.fixture
def answers(monkeypatch):
    """Questions are answered by the first verb that matches, or by the safe one."""
    asked, take = [], []
    texts = {}

    def ask(self):
        asked.append(self.windowTitle() and next(iter(self.buttons), ""))
        return asked[-1] if take else ""

    monkeypatch.setattr(Question, "ask", ask)
    texts.update(asked=asked, take=take)
    return texts


def read(desk, *paths):
    one = desk()
    one.start()
    page = one.open("exchange", tab="read")
    page.read.look_at([STICK / "a.hgb"] if not paths else list(paths))
    one.settle()
    return one, page.read


def test_right_after_an_import_it_can_be_undone(desk, answers):
    one, panel = read(desk)
    panel._take()
    one.settle()
    assert panel.notice.third.text() == TAKE_BACK
    assert panel.notice.third.isVisible()
    panel._act(TAKE_BACK)
    one.settle()
    assert one.office.exchange.undone == 0
    answers["take"].append(True)
    panel._act(TAKE_BACK)
    one.settle()
    assert one.office.exchange.undone == 1
    assert panel.notice.message.text() == "已撤销：临江县环委办第 30 包的导入。"


def test_a_big_change_is_asked_twice_and_what_nobody_looked_at_waits(desk, answers):
    one, panel = read(desk)
    one.office.exchange.big = "本包将作废 37 条记录。"
    panel.look_at([STICK / "a.hgb"])
    one.settle()
    assert panel.preview.big.isVisible()
    assert "作废 37 条" in panel.preview.title.text()
    panel._take()
    one.settle()
    assert answers["asked"] == ["导入并作废 37 条"]
    assert one.office.exchange.imports == []
    answers["take"].append(True)
    panel._take()
    one.settle()
    assert one.office.exchange.sure == [True]
    panel.look_at([STICK, STICK])
    one.settle()
    panel._take()
    one.settle()
    assert set(one.office.exchange.sure[1:]) == {False}


def test_what_stays_the_same_can_be_looked_at(desk):
    _, panel = read(desk)
    everything = panel.preview._model.rowCount()
    assert everything == 8
    panel.preview._show_group(SAME)
    assert panel.preview._model.rowCount() == 0


@pytest.fixture
def journal(desk):
    one = desk()
    one.start()
    return one, one.open("exchange", tab="journal").journal


def test_the_newest_import_is_undone_from_the_journal(journal, answers):
    one, panel = journal
    panel.table.selectRow(0)
    assert panel.back.isVisible()
    assert panel.back.isEnabled()
    answers["take"].append(True)
    panel.back.click()
    one.settle()
    assert one.office.exchange.undone == 1
    panel.table.selectRow(1)
    assert not panel.back.isVisible()


def test_where_it_is_too_late_the_reason_stands_beside(journal):
    from dataclasses import replace

    one, panel = journal
    one.office.exchange.last = replace(one.office.exchange.last, why_not="导入以后本机又改过台账或写过数据包")
    panel.refresh()
    one.settle()
    panel.table.selectRow(0)
    assert not panel.back.isEnabled()
    assert "恢复旧值" in panel.said.text()


def test_papers_are_written_where_people_want_them(journal, monkeypatch, tmp_path):
    one, panel = journal
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "回执"), "Excel 工作簿 (*.xlsx)"))
    panel.table.selectRow(0)
    panel.receipt.click()
    panel.report.click()
    one.settle()
    panel.table.selectRow(2)
    assert not panel.report.isVisible()
    panel.receipt.click()
    one.settle()
    asked = [word for word in one.office.papers.asked if word[0] in {"receipt", "report"}]
    assert asked == [("receipt", "p30", False), ("report", "p30"), ("receipt", "p5", True)]
    assert ("回执.xlsx", b"%PDF") in one.office.papers.asked
    assert panel.notice.message.text() == "已写出 回执.xlsx。"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    panel.receipt.click()
    one.settle()
    assert len(one.office.papers.asked) == 6


def test_the_other_sides_result_stands_with_our_package(journal):
    _, panel = journal
    panel.table.selectRow(2)
    said = [words.text() for words in panel.facts.findChildren(type(panel.said))]
    assert "新增 3，更新 18，冲突 1" in said
    assert "一致" in said


def test_the_register_lists_and_names_who_carries(desk, monkeypatch, tmp_path):
    one = desk()
    one.start()
    panel = one.open("exchange", tab="register").register
    shown = [panel._model.index(row, 7).data() for row in range(panel._model.rowCount())]
    assert shown == ["已写入并校验", "已撤销", "已导入", "未导入", "没有写成"]
    panel.hand.setText(" 王芳 ")
    panel.hand.editingFinished.emit()
    one.settle()
    assert one.office.exchange.carrier == "王芳"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "登记簿.pdf"), ""))
    panel.out.click()
    one.settle()
    assert one.office.papers.asked == [("register",), ("登记簿.pdf", b"%PDF")]


def test_the_register_is_listed_and_written_out_for_a_time(desk, monkeypatch, tmp_path):
    """It is filed by months; what was filed need not be printed again."""
    one = desk()
    one.start()
    panel = one.open("exchange", tab="register").register
    everything = panel._model.rowCount()
    first = f"{one.session.today:%Y-%m}-01"
    panel.since.setCurrentText("本月")
    panel.since.activated.emit(panel.since.currentIndex())
    one.settle()
    assert panel.first_day == first
    assert panel._model.rowCount() <= everything
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "登记簿.pdf"), ""))
    panel.out.click()
    one.settle()
    assert one.office.papers.asked[0] == ("register", first)
    monkeypatch.setattr(type(one.session), "today", date(2027, 1, 20))
    assert panel.first_day == "2027-01-01"
    panel.since.setCurrentText("上月以来")
    assert panel.first_day == "2026-12-01"
    panel.since.setCurrentText("今年")
    panel.since.activated.emit(panel.since.currentIndex())
    one.settle()
    assert panel.title.text() == "这段时间没有登记"
    assert not panel.out.isEnabled()
    assert panel.empty.isHidden(), "there are lines, of another time"


def test_an_empty_register_says_what_it_is_for(desk):
    from tests.gui import fakes

    one = desk(fakes.township(0, enrolled=False))
    one.start()
    panel = one.open("exchange", tab="register").register
    assert panel.empty.isVisible()
    assert not panel.out.isEnabled()


def test_what_was_taken_back_elsewhere_is_not_offered_any_more(desk, answers):
    """The journal took it back; the result of the import, and its button, would speak of what is not so."""
    from dataclasses import replace

    one, panel = read(desk)
    panel._take()
    one.settle()
    panel.refresh()
    one.settle()
    assert panel.notice.isVisible()
    assert panel.list.items
    one.office.exchange.last = replace(one.office.exchange.last, package="p29", number=29)
    panel.refresh()
    one.settle()
    assert panel.notice.isHidden()
    assert panel.list.items == []
    assert panel._last is None


def test_the_yes_is_for_the_package_that_was_asked_about(desk, answers):
    answers["take"].append(True)
    one, panel = read(desk)
    panel._take()
    one.settle()
    panel._act(TAKE_BACK)
    one.settle()
    journal = one.open("exchange", tab="journal").journal
    journal.table.selectRow(0)
    journal.back.click()
    one.settle()
    assert one.office.exchange.asked_back == ["p30", "p30"]


def test_files_alone_are_no_import_that_is_taken_back(desk, monkeypatch):
    """A .hgf that came late: the button would reach the package before it."""
    from dataclasses import replace

    from tests.gui import fake_exchange

    whole = fake_exchange.report
    monkeypatch.setattr(fake_exchange, "report", lambda path: replace(whole(path), package="", files=7))
    one, panel = read(desk)
    assert panel.preview.title.text() == "这里有照片和文档 7 个，导入后放到各条记录里；台账里的文字不变。"
    assert "撤销" not in panel.reassure.text()
    panel._take()
    one.settle()
    assert panel.notice.isVisible()
    assert TAKE_BACK not in {
        b.text() for b in (panel.notice.first, panel.notice.second, panel.notice.third) if b.isVisible()
    }


def test_what_becomes_void_stands_on_top_and_alone(desk, monkeypatch):
    from dataclasses import replace

    from gui.panels.exchange import preview
    from models.services.views.exchange import PreviewLine
    from tests.gui import fake_exchange

    whole = fake_exchange.report
    void = PreviewLine("updated", "problem", "9", "错登的", "BS-9", "void", "作废", None, "2026-11-22", "重复登记")
    monkeypatch.setattr(
        fake_exchange, "report", lambda path: replace(whole(path), changes=(*whole(path).changes, void), conflicts=0)
    )
    _, panel = read(desk)
    shown = panel.preview._model
    assert [shown.index(row, 0).data() for row in range(4)] == ["冲突", "未应用", "更新", "新增"]
    assert shown.index(2, 4).data() == "作废（自 2026-11-22）"
    assert shown.index(2, 5).data() == "重复登记"
    assert preview._ground(void) == "yellowTint"
    panel.preview._show_group(preview.VOID)
    assert shown.rowCount() == 1
    assert panel.reassure.text().endswith("导入后可以整包撤销。")


def test_a_journal_that_is_left_forgets_what_was_done_there(journal, answers):
    one, panel = journal
    answers["take"].append(True)
    panel.table.selectRow(0)
    panel.back.click()
    one.settle()
    assert panel.notice.isVisible()
    one.open("exchange", tab="register")
    one.open("exchange", tab="journal")
    assert panel.notice.isHidden()
