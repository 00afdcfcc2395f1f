"""Back-planning in the window once over a real home: proposed, edited, kept as measures, shown on the line, undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QDialog

from gui.panels.record.backplanning import TAKE_BACK, BackplanPaper
from models.services import opening
from tests.offices import quick_folder


@pytest.fixture
def town(desk):
    with quick_folder() as folder:
        home = opening.set_up(folder / "town", "township", "白水镇", "361021101")
        yield desk(home), home
        home.close()


def test_milestones_are_proposed_edited_kept_shown_and_taken_back(town, monkeypatch, qtbot):
    one, home = town
    today = one.session.today
    deadline = (today + timedelta(days=100)).isoformat()
    said = {"description": "河边有垃圾", "township": "白水镇", "deadline": deadline, "deadline_kind": "限期整改"}
    id_ = home.records.add("problem", said)["id"]
    page = one.open("problem/record", id=id_)
    papers: list[BackplanPaper] = []

    def _edit(self):
        papers.append(self)
        assert self.template.currentText() == "一般整改"
        self.template.setCurrentText("一个月以内")
        self._show_plan()
        assert [x.tick.text() for x in self.lines][-1] == "申请验收"
        first, second = self.lines[:2]
        first.tick.setChecked(False)
        second.day.setText("某天")
        self.take()
        assert self.result() != QDialog.DialogCode.Accepted
        assert "日子没有写对" in self.wrong.text()
        second.day.setText((date.fromisoformat(deadline) + timedelta(days=3)).strftime("%Y.%m.%d"))
        self._look()
        assert "晚于整改时限" in self.doubts.text()
        second.day.setText(deadline.replace("-", "."))
        self.take()
        return self.result()

    monkeypatch.setattr(BackplanPaper, "exec", _edit)
    one.do(page.story.measures.plan.click)
    one.settle()
    kept = home.records.show("problem", id_)["measures"]
    assert [(m["text"], m["kind"]) for m in kept] == [
        (line.tick.text(), "milestone") for line in papers[0].lines[1:]
    ]  # fmt: skip
    assert kept[0]["due"] == deadline
    shown = page.story.measures.timeline
    assert [row.text for row in shown.rows] == [m["text"] for m in kept]
    assert all(row.milestone for row in shown.rows)
    assert "时限" in shown.accessibleName()
    page.notice.acted.emit(TAKE_BACK)
    one.settle()
    assert home.records.show("problem", id_)["measures"] == []
    assert not page.backplanning.can_be_taken_back
