"""A village clerk fills in an inspection over a real ledger: by keys, with drafts, to problems and to the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.question import Question
from gui.places import Place
from gui.widgets.buttons import words_of
from models.services import office as counter
from tests.offices import quick_folder

K = Qt.Key


class Clerk:
    """Keys, counted."""

    def __init__(self, one, office, qtbot):
        self.one, self.office, self.qtbot, self.pressed = one, office, qtbot, 0

    @property
    def page(self):
        return self.one.window.page

    def press(self, *keys):
        for key in keys:
            self.pressed += 1
            self.qtbot.keyClick(self.one.window.focusWidget(), key)

    def open(self, id_):
        return self.one.go(Place("inspection/record", id=id_))

    def begin(self, **values):
        return self.office.inspections.add({"checklists": "scrap_cars", "people": "张三", **values})["id"]

    def show(self, id_):
        return self.office.records.show("inspection", id_)


@pytest.fixture
def clerk(desk, qtbot):
    with quick_folder() as folder:
        home = folder / "town"
        office = counter.set_up(home, "township", "白水镇", "361021101")
        yield Clerk(desk(office, home), office, qtbot)
        office.close()


def test_it_is_begun_answered_by_one_key_a_question_and_completed(clerk):
    page = clerk.one.go(Place("inspection/record", new=True, where=(("people", "王秀兰"),)))
    clerk.one.do(page.beginning.begin.click)
    assert "还没有选检查表" in page.beginning.notice.message.text()
    page.beginning.boxes["scrap_cars"].setChecked(True)
    page.beginning.form.fields["place"].rewrite("316 国道旁")
    page.beginning.form.fields["source"].rewrite("没有这样的厂")
    clerk.one.do(page.save)
    assert "没有这个污染源" in page.beginning.form.fields["source"].wrong
    page.beginning.form.fields["source"].rewrite("")
    clerk.one.do(page.save)
    filling = page.filling
    count = len(filling.answers.lines)
    assert filling.hasFocus() or filling.grid.hasFocus()
    clerk.pressed = 0
    clerk.press(K.Key_1, K.Key_2, K.Key_3, K.Key_Return)  # Enter after an answer does not pass the next question by
    assert (filling.grid.row, filling.answers.value(1, "answer")) == (3, "no")
    clerk.press(K.Key_F2)
    clerk.qtbot.keyClicks(clerk.one.window.focusWidget(), "no licence")
    clerk.press(K.Key_Return)
    assert filling.grid.hasFocus()
    clerk.one.do(page.filling.complete)
    assert f"还有 {count - 3} 项没有答" in filling.notice.message.text()
    clerk.press(*[K.Key_1] * (count - 3))
    clerk.one.do(filling.complete)
    id_ = page._place.id
    said = clerk.show(id_)
    assert (said["stage"], said["counts"]) == ("finished", {"yes": count - 2, "no": 1, "na": 1, "left": 0})
    assert (said["answers"][1]["note"], said["people"], said["place"]) == ("no licence", "王秀兰", "316 国道旁")
    assert clerk.pressed == count + 3, "one key an answer; Enter, F2 and Enter beside them"
    assert (clerk.one.session.drafts.all(), page.is_dirty) == ((), False)
    clerk.one.do(page.following.click)
    assert page.beginning.boxes["scrap_cars"].isChecked()
    assert page.beginning.form.fields["people"].value == "王秀兰"


def test_what_is_not_saved_is_there_again_and_is_no_operation(clerk):
    id_ = clerk.begin()
    page = clerk.open(id_)
    clerk.press(K.Key_1, K.Key_2)
    page.filling.typing._soon.setInterval(10)
    with clerk.qtbot.waitSignal(clerk.one.session.drafts.written):
        clerk.press(K.Key_3)
    assert clerk.show(id_)["counts"]["yes"] == 0, "a draft counts nowhere"
    clerk.one.window._go(Place("inspection"))
    clerk.one.settle()
    page = clerk.open(id_)
    assert page.filling.answers.count("") == len(page.filling.answers.lines) - 3
    assert "3 项已经带回来" in page.notice.message.text()
    clerk.one.do(page.save)
    assert clerk.show(id_)["counts"] == {"yes": 1, "no": 1, "na": 1, "left": len(page.filling.answers.lines) - 3}
    assert clerk.one.session.drafts.all() == ()


def test_a_finding_becomes_a_problem_and_both_lead_to_each_other(clerk, tmp_path, monkeypatch):
    plant = clerk.office.records.add("source", {"name": "白水拆解厂"})["id"]
    before = clerk.begin(source=plant, inspected_on="2024-01-10")
    item = clerk.show(before)["answers"][0]["item"]
    clerk.office.inspections.answer(before, {item: "no"})
    id_ = clerk.begin(source=plant)
    page = clerk.open(id_)
    filling = page.filling
    clerk.press(K.Key_2)
    assert filling.finding.again.text() == "以前查出 1 次，上次 2024-01-10"
    photo = tmp_path / "before.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 photo")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(photo)], ""))
    clerk.one.do(filling.finding.add.click)
    assert filling.finding.count.text() == "照片 1 张"
    clerk.one.do(filling.finding.register.click)
    (found,) = clerk.show(id_)["problems"]
    problem = clerk.office.records.show("problem", found["id"])
    assert [one["name"] for one in problem["evidence"]] == ["before.jpg"]
    assert problem["inspection_record"]["id"] == id_
    assert words_of(filling.finding.problem) == f"已登记 {found['number']}"
    assert filling.finding.register.isHidden()
    filling.grid.setFocus()
    clerk.press(K.Key_2)
    photo.write_bytes(b"\xff\xd8\xff\xe0 mended")
    clerk.one.do(filling.finding.fixed.click)
    mended = clerk.office.records.show("problem", clerk.show(id_)["problems"][1]["id"])
    assert (mended["stage"], mended["evidence"][0]["stage"]) == ("completed", "after")
    monkeypatch.setattr(Question, "ask", lambda _: "yes")
    clerk.one.do(filling.rest.click)
    said = clerk.show(id_)
    assert (said["counts"]["left"], said["answers"][2]["in_bulk"]) == (0, "true")
    clerk.one.do(filling.finding.problem.click)
    assert clerk.one.window.page._place.id == mended["id"]
    page = clerk.one.window.page
    page.story.finish()
    clerk.one.do(page.story.origin.click)
    assert clerk.page._place == Place("inspection/record", id=id_)
