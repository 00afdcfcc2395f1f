"""The page 自查自纠: the list narrows and leads on, zero reports take two keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from gui.dialogs.paper import Paper
from gui.places import Place
from tests.gui import fakes


def enter(self):
    """What Enter does in a dialog: its default button is pressed."""
    (default,) = [one for one in self.findChildren(QPushButton) if one.isDefault()]
    default.click()
    return self.result()


def test_a_zero_report_takes_two_keys(desk, qtbot, monkeypatch):
    one = desk()
    one.start()
    page = one.go(Place("inspection"))
    monkeypatch.setattr(Paper, "exec", enter)
    qtbot.keyClick(one.window.focusWidget(), Qt.Key.Key_F7)
    one.settle()
    today = one.session.today.isoformat()
    assert one.office.inspections.calls == [("zero", {"inspected_on": today, "people": "王秀兰、李志强"})]
    assert "零报告已保存" in page.part.notice.message.text()


def test_the_list_is_narrowed_by_what_came_of_inspections_and_by_words(desk):
    one = desk(fakes.county(10))
    one.start()
    part = one.go(Place("inspection")).part
    for view, count in (("", 10), ("open", 2), ("found", 6), ("left", 4), ("zero", 2)):
        part.views.choose(view)
        part._show()
        assert len(part.lines.rows) == count, view
    part.views.choose("")
    part.search.setText("砂石")
    part._show()
    assert [row.place[:4] for row in part.lines.rows] == ["永丰砂石"] * 2
    part.search.setText("没有这样的")
    part._show()
    assert part.lines.currentWidget() is part.lines.empty
