"""Requests, rounds and look-backs on the page of a record, over a real ledger: papers are filled in and shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from gui.dialogs.paper import Paper
from gui.widgets.buttons import Carrier
from models.services import opening
from tests.gui.one_record import texts
from tests.offices import quick_folder


@pytest.fixture
def county(desk):
    with quick_folder() as folder:
        office = opening.set_up(folder / "county", "county", "临江县环委办", "361021")
        yield desk(office)
        office.close()


def make(one, **values):
    return one.office.records.add("problem", {"description": "废料堆放", **values})["id"]


def fill(monkeypatch, **values):
    """The next papers are filled in with these values."""

    def run(self):
        for name, value in values.items():
            self.form.fields[name].rewrite(value)
        self.take()
        return self.result()

    monkeypatch.setattr(Paper, "exec", run)


def words_of(page):
    menu = page.acts.menu()
    inner = next((act.menu() for act in menu.actions() if act.menu()), None)
    said = [act.text() for act in inner.actions()] if inner else []
    menu.deleteLater()
    return said


def test_an_extension_is_asked_for_and_answered(county, monkeypatch):
    id_ = make(county, deadline="2020-06-30")
    page = county.open("problem/record", id=id_)
    assert words_of(page) == ["申请延期…", "申请转为长期坚持…"]
    assert page.story.rounds.isHidden()
    fill(monkeypatch, wanted_deadline="2020-06-01", reason="下雨")
    page.acts.act("extension")
    county.settle()
    assert page.notice.kind == "refusal"  # earlier than now
    assert county.office.requests.list() == ()
    fill(monkeypatch, wanted_deadline="2099年底前")
    page.acts.act("extension")
    county.settle()
    (request,) = county.office.requests.list()
    assert (request.wanted_deadline, request.reason) == ("2099-12-31", "下雨")  # what was typed is there again
    page.story.finish()
    assert {"申请延期", "等县里审批"} <= set(texts(page.story.rounds))
    assert words_of(page) == ["申请转为长期坚持…", "审批：申请延期…"]
    fill(monkeypatch, decision="approved", opinion="同意")
    page.story.rounds.findChild(Carrier).click()
    county.settle()
    assert county.office.records.show("problem", id_)["deadline"] == "2099-12-31"
    page.story.finish()
    assert "同意" in texts(page.story.rounds)


def test_a_lookback_is_registered_and_what_relapsed_is_in_its_second_round(county, monkeypatch):
    id_ = make(county, completed_on="2020-05-01", closed_on="2020-05-10")
    page = county.open("problem/record", id=id_)
    assert words_of(page) == ["登记回头看…", "重新整改…"]
    fill(monkeypatch, up_to_standard="true", relapsed="false", derived="true", looked_on="2020-06-01")
    page.acts.act("lookback")
    county.settle()
    fill(monkeypatch, description="下游新排口")
    page.story.finish()
    page.story.rounds.findChild(Carrier).click()
    county.settle()
    (row,) = county.office.records.show("problem", id_)["lookbacks"]
    assert county.office.records.show("problem", row["derived_problem"])["description"] == "下游新排口"
    fill(
        monkeypatch, up_to_standard="false", relapsed="true", derived="false", looked_on="2020-07-01", opinion="又堆了"
    )
    page.acts.act("lookback")
    county.settle()
    page.story.finish()
    said = texts(page.story.rounds)
    assert words_of(page) == ["申请延期…", "申请转为长期坚持…"]  # no look-back is planned, and nothing is done
    county.office.lookbacks.add(id_, {"plan": "专项", "due": "2099-01-01"})
    page.refresh()
    county.settle()
    assert words_of(page)[0] == "登记回头看…"
    assert page.story.rounds.quiet.text() == "现在是第 2 轮整改"
    assert {"第 1 轮", "已结束", "第 2 轮", "正在整改", "反弹"} <= set(said)


def test_a_paper_is_not_done_before_it_is_whole(county):
    paper = Paper("申请", "说明", ("request", ("wanted_deadline", "reason")), ("reason",), "提交", values={},
                  today=county.session.today)  # fmt: skip
    paper.take()
    assert paper.result() == QDialog.DialogCode.Rejected
    assert paper.form.fields["reason"].wrong == "还没有填“理由”。"
    paper.form.fields["reason"].rewrite("下雨")
    paper.take()
    assert (paper.result(), paper.values) == (QDialog.DialogCode.Accepted, {"reason": "下雨"})
    paper.deleteLater()
