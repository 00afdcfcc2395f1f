"""逐件审核: one after the other, by keyboard, and nothing that was typed is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.places import Place
from gui.turn import Turn
from models.domain.forms import BadValue
from models.services import opening
from tests.gui import fakes
from tests.gui.fake_queue import REQUEST, waiting
from tests.gui.one_record import texts
from tests.offices import quick_folder


def opened(desk, office):
    one = desk(office)
    one.start()
    page = one.go(Place("deciding"))
    return one, page, page.deciding


def test_a_place_in_a_queue_stays_while_the_queue_changes_around_it():
    turn = Turn[int](lambda one: one, "件")
    assert (turn.now, turn.put([1, 2, 3]), turn.now) == (None, True, 1)
    turn.step(1)
    assert (turn.put([5, 1, 2, 3]), turn.now, turn.said) == (True, 2, "第 3 件，共 4 件")
    assert (turn.put([5, 1, 3]), turn.now) == (False, 3), "the one that was shown is gone: the next one"
    turn.step(1)
    assert turn.now == 5
    turn.step(-1)
    turn.take([3])
    assert turn.now == 1
    assert (turn.put([7, 1], anew=True), turn.now) == (True, 7)
    turn.take([7, 1])
    turn.step(1)
    assert (turn.now, turn.put([])) == (None, True)


def test_the_first_page_says_how_many_wait_and_leads_there(desk):
    one = desk(waiting(fakes.county()))
    one.start()
    reminder = one.window.page.waiting
    assert reminder.notice.message.text() == "有 5 件等您审核：县级验收 3 件、申请延期 2 件。"
    one.do(reminder.notice.first.click)
    assert one.window.page.title == "逐件审核"
    assert one.window.page.deciding.place.text() == "第 1 件，共 5 件"


def test_agreeing_takes_the_step_and_keeps_who_took_part_for_the_next_one(desk, qtbot):
    one, page, deciding = opened(desk, waiting(fakes.county()))
    assert deciding.agree.text() == "同意县级验收"
    page.save()
    assert deciding.asking.form.fields["unit"].wrong == "还差“验收单位”。"
    deciding.asking.form.fields["unit"].rewrite("县住建局")
    one.office.workflow.refusal = BadValue("actual_on", "实际时间", "2026-10-01", "早于完成整改的 2026-11-01")
    one.do(page.save)
    assert "早于完成整改" in deciding.asking.form.fields["actual_on"].wrong
    one.office.workflow.refusal = None
    deciding.asking.form.fields["actual_on"].rewrite("2026-11-22")
    first = one.office.queue.lines.pop(0)
    one.do(page.save)
    said = {"actual_on": "2026-11-22", "unit": "县住建局", "stage": "county"}
    assert one.office.workflow.taken == [(first.problem, "accept", said)]
    assert page.notice.message.text() == "县级验收：已同意。"
    assert page.notice.first.text() == "撤销"
    assert (deciding.line.label, deciding.place.text()) == ("申请延期", "第 1 件，共 4 件")
    qtbot.keyClick(deciding.opinion, Qt.Key.Key_PageDown)
    one.settle()
    assert deciding.place.text() == "第 2 件，共 4 件"
    assert deciding.asking.form.fields["unit"].value == "县住建局", "never typed twice"
    assert not page.is_dirty


def test_a_return_says_why_and_what_is_typed_is_not_left_behind(desk, qtbot):
    one, page, deciding = opened(desk, waiting(fakes.county()))
    one.do(deciding.refusing.click)
    assert deciding.notice.message.text() == "还没有写原因。"
    deciding.opinion.setText("请附现场照片")
    qtbot.keyClick(deciding.opinion, Qt.Key.Key_PageDown)
    assert deciding.notice.message.text() == "这一件填了还没有办。"
    first = one.office.queue.lines.pop(0)
    qtbot.keyClick(deciding.opinion, Qt.Key.Key_Return)
    one.settle()
    assert one.office.workflow.taken == [(first.problem, "return", {"opinion": "请附现场照片"})]
    second = one.office.queue.lines[0]
    assert deciding.refusing.text() == "不同意"
    deciding.opinion.setText("时间太长")
    one.office.queue.lines.pop(0)
    one.do(deciding.refusing.click)
    assert one.office.requests.answered == [(second.problem, REQUEST, {"decision": "refused", "opinion": "时间太长"})]
    assert page.notice.message.text() == "申请延期：不同意。"


def test_a_request_is_granted_with_one_key(desk):
    one, page, deciding = opened(desk, waiting(fakes.county()))
    one.do(deciding.skip.click)
    assert deciding.line.request == REQUEST
    one.do(page.save)
    assert one.office.requests.answered[0][2] == {"decision": "approved"}


def test_who_may_not_decide_reads_why_the_queue_is_empty(desk):
    office = fakes.county()
    office.queue.role = False
    _, page, deciding = opened(desk, office)
    assert deciding.empty.isVisible()
    assert any("您现在的角色只办理" in line for line in texts(page))
    office.queue.role, office.queue.others = True, 2
    page.refresh()


def test_over_a_real_ledger(desk):
    with quick_folder() as folder:
        home = opening.set_up(folder / "county", "county", "临江县环委办", "361021")
        ids = [
            home.records.add("problem", {
                "description": f"第{n}个", "township": "白水镇", "deadline_kind": "immediate", "source": "县级交办",
                "progress": "已清", "completed_on": f"2024-06-0{n + 1}",
            })["id"]
            for n in range(3)
        ]  # fmt: skip
        one, page, deciding = opened(desk, home)
        assert deciding.place.text() == "第 1 件，共 3 件"
        one.do(page.save)
        assert home.records.show("problem", ids[0])["closing_stage"] == "closed"
        assert deciding.place.text() == "第 1 件，共 2 件"
        deciding.opinion.setText("没有清完")
        one.do(deciding.refusing.click)
        assert home.records.show("problem", ids[1])["completed_on"] is None
        assert deciding.line.problem == ids[2]
        one.do(page.notice.first.click)
        assert page.notice.message.text() == "已撤销“销号：已退回整改”，和办以前一样。"
        assert (deciding.line.problem, home.records.show("problem", ids[1])["completed_on"]) == (ids[1], "2024-06-02")
        assert page.notice.first.text() == "再撤销更早的“销号：已同意”"
        home.records.edit("problem", ids[0], {"remark": "别人又写了"})
        one.do(page.notice.first.click)
        assert "又改过" in page.notice.message.text()
        assert home.records.show("problem", ids[0])["closing_stage"] == "closed"
        one.session.jobs.close()
        home.close()
