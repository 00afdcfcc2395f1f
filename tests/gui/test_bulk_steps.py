"""办理 of several problems: which step, what it asks for once, who goes and who stays, undone as one."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.pages.records import SEND
from gui.panels.records.at_once import PAUSE
from gui.places import Place
from models.services import opening
from models.services.base.since import WrittenSince
from tests.gui import fakes
from tests.gui.test_bulk import lines
from tests.offices import quick_folder


def handling(one, rows=(0, 1, 2, 3)):
    page = one.open("problem")
    page.ticks.put(rows)
    one.do(page.bulk.handle.click)
    return page, page.bulk_steps


def choose(one, steps, verb):
    every = [steps.which.itemData(at) for at in range(steps.which.count())]
    at = next(at for at, step in enumerate(every) if step is not None and step.verb == verb)
    one.do(lambda: steps.which.setCurrentIndex(at))


def test_a_step_is_taken_for_those_that_can_and_undone_as_one(desk):
    one = desk(fakes.county())
    one.office.workflow.said |= {"assigned_on": "", "claimed_on": "", "measures": False, "progress": False}
    page, steps = handling(one)
    assert steps.title.text() == "一次办理 4 个问题"
    assert steps.which.currentText() == "交办（3 个能办）", "the only step is chosen"
    assert list(steps.asking.form.fields) == ["assigned_on"]
    assert steps.preview.summary.text() == "能办 3 条\u2003不能办 1 条"
    assert lines(steps, "why")[0] == "还缺：认领", "who stays is read first"
    assert one.office.workflow.taken == []
    assert steps.change.text() == "交办 3 条"
    one.do(steps.change.click)
    ((ids, verb, values),) = one.office.workflow.taken
    assert (len(ids), verb, values) == (3, "assign", {"assigned_on": "2026-11-23"})
    assert (page.under_way, page.ticks.rows) == (None, ())
    assert page.notice.message.text() == "交办：已办 3 条，另 1 条没有办。"
    assert page.notice.first.text() == "撤销"
    assert "会随下一个数据包送到各单位" in page.notice.way_out.text()
    one.do(page.notice.first.click)
    assert one.office.workflow.taken_back == ["assign-100-103"]
    assert page.notice.message.text() == "已撤销“交办” 3 条，和办以前一样。"


def test_what_a_step_must_say_is_marked_and_a_phrase_is_a_press(desk, qtbot):
    one = desk(fakes.county())
    one.office.workflow.said |= {"completed": True, "completed_on": "2026-11-01", "planned_on": "2026-11-01"}
    _, steps = handling(one)
    choose(one, steps, "return")
    assert steps.reassure.text() == "还没有一个能办：缺什么逐条写在上面。"
    assert not steps.change.isEnabled()
    one.do(steps.asking.phrases[0].click)
    qtbot.wait(PAUSE + 100)
    one.settle()
    assert steps.change.text() == "退回整改 3 条"
    steps.asking.form.fields["actual_on"].rewrite("")
    steps.look()
    one.settle()
    one.do(steps.change.click)
    assert one.office.workflow.taken == []
    assert steps.asking.form.fields["actual_on"].wrong == "还差“实际时间”。"


def test_where_nothing_can_be_done_it_says_where_to_look(desk, qtbot):
    one = desk(fakes.county())
    page, steps = handling(one)
    assert steps.notice.message.text().startswith("选中的问题现在没有能一起办的步骤")
    qtbot.keyClick(steps.which, Qt.Key.Key_Escape)
    assert page.under_way is None
    assert page.ticks.rows == (0, 1, 2, 3)


def test_over_a_real_ledger_many_are_assigned_and_taken_back(desk, qtbot):
    with quick_folder() as folder:
        home = opening.set_up(folder / "county", "county", "临江县环委办", "361021")
        home.units.add("township", "白水镇", "361021101")
        ids = [
            home.records.add("problem", {"description": f"第{n}个", "township": "白水镇" if n else ""})["id"]
            for n in range(3)
        ]
        one = desk(home)
        page = one.open("problem")
        qtbot.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        one.do(page.bulk.handle.click)
        steps = page.bulk_steps
        choose(one, steps, "assign")
        assert lines(steps, "why") == ["还缺：责任单位", "", ""]
        one.do(steps.change.click)
        day = home.desk.today().isoformat()
        assert [home.records.show("problem", one_)["assigned_on"] for one_ in ids] == [None, day, day]
        one.do(page.notice.first.click)
        assert page.notice.message.text() == "已撤销“交办” 2 条，和办以前一样。"
        assert [home.records.show("problem", one_)["assigned_on"] for one_ in ids] == [None, None, None]
        one.session.jobs.close()
        home.close()


def test_what_cannot_be_undone_any_more_says_so(desk):
    one = desk(fakes.county())
    one.office.workflow.said |= {"assigned_on": "", "claimed_on": "", "measures": False, "progress": False}
    page, steps = handling(one)
    one.do(steps.change.click)
    one.office.workflow.back_refusal = WrittenSince()
    one.do(page.notice.first.click)
    assert page.notice.message.text() == WrittenSince().message


def test_after_many_were_assigned_the_way_to_the_package_is_offered(desk):
    one = desk(fakes.county())
    one.start()
    page = one.go(Place("problem"))
    page._steps_taken("交办：已办 3 条。")
    page.notice.acted.emit(SEND)
    one.settle()
    assert one.window._place == Place("exchange", tab="write")
