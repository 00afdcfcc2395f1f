from __future__ import annotations

from gui.panels.exchange.receipts import held_in, state
from models.services.views.exchange import Passage
from tests.gui import fakes


def journal(desk, office=None, **where):
    one = desk(office)
    one.start()  # the day is that of the figures
    return one, one.open("exchange", tab="journal", **where).journal


def test_a_township_sees_what_waits_for_its_receipt_and_since_when(desk):
    _, panel = journal(desk)
    assert panel.title.text() == "已导出待回执 5 条（9 天）"
    assert not panel.unit.isVisible()
    shown = [panel._model.index(row, 5).data() for row in range(panel._model.rowCount())]
    assert shown == ["已导入", "已导出待回执", "县已接收", "只带回执", "已写入并校验"]


def test_each_package_tells_what_became_of_it(desk):
    _, panel = journal(desk)
    assert panel.said.text().startswith("当时的结果：导入成功：新增 3 条")
    panel.table.selectRow(1)
    assert panel.said.text().startswith("还没有收到县环委办的回执。")
    panel.table.selectRow(2)
    assert panel.said.text() == ""


def test_the_county_looks_at_one_unit(desk):
    one, panel = journal(desk, fakes.county())
    assert panel.title.text() == "已导出待回执：8 个单位"
    everything = panel._model.rowCount()
    panel.unit.setCurrentIndex(panel.unit.findText("河口镇"))
    panel.unit.activated.emit(panel.unit.currentIndex())
    one.settle()
    assert 0 < panel._model.rowCount() < everything
    assert {line.name for line in panel._model.lines} == {"河口镇"}


def test_one_is_led_here_from_a_package_of_a_unit(desk):
    _, panel = journal(desk, fakes.county(), id="361021102")
    assert {line.name for line in panel._model.lines} == {"青山镇"}
    assert panel.unit.currentText() == "青山镇"


def test_a_long_journal_is_read_on(desk, monkeypatch):
    one, panel = journal(desk, fakes.county())
    monkeypatch.setattr("gui.panels.exchange.receipts.PAGE", 5)
    panel.refresh()
    one.settle()
    assert panel._model.rowCount() == 5
    assert panel.more.isVisible()
    assert panel.more.text() == "再往前看（已列 5，共 22）"
    panel.more.click()
    one.settle()
    assert panel._model.rowCount() == 10


def test_an_empty_journal_says_what_it_is_for(desk, monkeypatch):
    monkeypatch.setattr("tests.gui.fake_exchange.passages", lambda county: [])
    _, panel = journal(desk)
    assert panel.empty.isVisible()
    assert not panel.table.isVisible()


def test_words_of_the_journal():
    line = Passage("out", "1", "白水镇", 3, "2026-11-14T10:00:00+08:00", operations=0, state="received")
    assert state(line, county=True) == ("已接收", "grey")
    assert state(line, county=False) == ("县已接收", "grey")
    assert held_in(line) == "没有新内容"
    older = Passage("in", "1", "白水镇", 3, "2026-11-14T10:00:00+08:00", state="older", created=2)
    assert state(older, county=True) == ("较早", "grey")
    assert held_in(older) == "新增 2"


def test_files_stand_beside_their_package_and_have_no_receipt(desk):
    one, panel = journal(desk)
    at = next(at for at, line in enumerate(panel._lines) if line.is_of_files)
    panel.table.selectRow(at)
    one.settle()
    assert panel._model.index(at, 4).data() == "照片和文档 7 个"
    assert panel._model.index(at, 5).data() == "已写入并校验"
    assert "没有单独的回执" in panel.said.text()
    assert panel.report.isHidden()
    assert panel.receipt.isHidden()


def test_what_a_package_had_changed_is_looked_at_again_later(desk):
    one, panel = journal(desk)
    panel.table.selectRow(1)
    assert panel.changes.isHidden(), "it went out"
    panel.table.selectRow(0)
    panel.changes.click()
    one.settle()
    shown = panel.came_in
    assert shown.isVisible()
    assert panel.table.isHidden() or not panel.table.isVisible()
    assert shown.preview.title.text().startswith("导入成功：新增 3 条")
    assert shown.preview._model.rowCount() == 8
    shown.leave.click()
    assert panel.table.isVisible()
    assert not shown.isVisible()
