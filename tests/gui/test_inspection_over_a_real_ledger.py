"""A village clerk fills in an inspection over a real ledger: by keys, with drafts, to problems and to the end."""

from __future__ import annotations

import threading
from dataclasses import replace
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from gui import sounds
from gui.dialogs.paper import Paper
from gui.dialogs.question import Question
from gui.jobs import Job, Kind
from gui.panels.inspections.grid import boxes
from gui.panels.inspections.table import CHOICES, TEXT
from gui.places import Place
from gui.widgets.buttons import words_of
from models.services import opening
from models.services.views.home import Touched
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

    def keep_busy(self):
        """Long work is under way, so whatever saves waits; until this event is set."""
        gate = threading.Event()
        jobs = self.one.session.jobs
        jobs.start(Job(lambda _: gate.wait(30), jobs, Kind.LONG))
        return gate

    def go_on(self, id_):
        """Open another inspection while work is under way."""
        self.one.window._go(Place("inspection/record", id=id_))
        self.qtbot.waitUntil(lambda: self.page.filling.record.get("id") == id_)


@pytest.fixture
def clerk(desk, qtbot):
    with quick_folder() as folder:
        home = folder / "town"
        office = opening.set_up(home, "township", "白水镇", "361021101")
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
    filling.finding.write()
    clerk.qtbot.keyClick(filling.finding.note, K.Key_Escape)
    clerk.one.settle()
    assert (clerk.page, filling.grid.hasFocus()) == (page, True)
    clerk.one.do(page.filling.complete)
    assert f"还有 {count - 3} 项没有答" in filling.notice.message.text()
    clerk.press(*[K.Key_1] * (count - 3), K.Key_Return)
    assert "再按一次" in filling.said.text()
    clerk.press(K.Key_Return)
    clerk.one.settle()
    id_ = page._place.id
    said = clerk.show(id_)
    assert (said["stage"], said["counts"]) == ("finished", {"yes": count - 2, "no": 1, "na": 1, "left": 0})
    assert (said["answers"][1]["note"], said["people"], said["place"]) == ("no licence", "王秀兰", "316 国道旁")
    assert clerk.pressed == count + 5, "one key an answer; Enter, F2 and Enter for a note, Enter twice at the end"
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
    table = clerk.page.part.lines.table.model()
    assert "有没保存的草稿" in [table.index(0, at).data() for at in range(table.columnCount())]
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
    filling._go_to(0)
    clerk.press(K.Key_1)
    assert f"已经登记为问题 {found['number']}" in filling.notice.message.text()
    clerk.press(K.Key_Up, K.Key_2)
    filling._go_to(1)
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


def test_a_pile_of_papers_is_typed_back_from_number_to_number(clerk):
    ids = [clerk.begin(village="白水村") for _ in range(2)]
    clerk.open(ids[0])
    clerk.one.do(lambda: clerk.press(K.Key_1))
    clerk.one.do(clerk.page.save)
    number = clerk.show(ids[1])["number"].split("-")[2]
    clerk.one.do(clerk.page.seek)
    search = clerk.page.part.search
    assert clerk.one.window.focusWidget() is search
    clerk.qtbot.keyClicks(search, f"J{clerk.one.session.today.year}-{number}")
    clerk.one.do(lambda: clerk.press(K.Key_Return))
    assert clerk.page._place.id == ids[1]


def test_a_pile_of_blank_sheets_is_typed_in_sheet_after_sheet_without_the_mouse(clerk):
    for name, village in (("甲拆解厂", "甲村"), ("乙拆解厂", "乙村")):
        clerk.office.records.add("source", {"name": name, "village": village})
    clerk.open(clerk.begin(village="白水村"))
    count = len(clerk.page.filling.answers.lines)
    clerk.press(*[K.Key_1] * count, K.Key_Return)
    clerk.one.do(lambda: clerk.press(K.Key_Return))
    assert clerk.page.notice.way_out.text() == "再按 Enter 接着查下一个。"
    clerk.pressed = 0
    for typed in ("j", "y"):  # how 甲 and 乙 begin to sound
        clerk.one.do(lambda: clerk.press(K.Key_Return))
        source = clerk.page.beginning.form.fields["source"].editor
        assert clerk.one.window.focusWidget() is source
        clerk.qtbot.keyClicks(source, typed)
        popup = source.finder.popup()
        clerk.qtbot.keyClick(popup, K.Key_Down)
        clerk.qtbot.keyClick(popup, K.Key_Return)
        clerk.one.window.activateWindow()  # the platform without a screen does not, when a list closes
        clerk.pressed += 4  # these, and Ctrl+S
        clerk.one.do(clerk.page.save)
        clerk.press(*[K.Key_1] * count, K.Key_Return)
        clerk.one.do(lambda: clerk.press(K.Key_Return))
    assert clerk.pressed == 2 * (count + 7), "beside one key a question: where, and three times Enter"
    made = [clerk.show(one.id) for one in clerk.office.inspections.lines()]
    assert {(one["source_record"]["title"], one["village"]) for one in made if one["source"]} == {
        ("甲拆解厂", "甲村"), ("乙拆解厂", "乙村"),
    }  # fmt: skip
    assert {one["stage"] for one in made} == {"finished"}


def test_the_head_is_mended_photos_are_pasted_and_what_was_wrong_is_voided(clerk, monkeypatch):
    id_ = clerk.begin()
    page = clerk.open(id_)
    monkeypatch.setattr(Paper, "exec", lambda self: self.form.fields["village"].rewrite("白水村") or self.take() or 1)
    clerk.one.do(page.filling.change.click)
    assert "地点：白水村" in page.filling.head.accessibleName()
    assert not page.takes_files
    clerk.press(K.Key_2)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    QGuiApplication.clipboard().setImage(image)
    clerk.one.do(page._paste)
    assert page.filling.finding.count.text() == "照片 1 张"
    page = clerk.one.go(Place("inspection/record", new=True))
    assert not page.takes_files, "no finding stands there"
    page._paste()
    clerk.open(id_)
    monkeypatch.setattr(Question, "ask", lambda self: self.reason.setText("登记错了") or "yes")
    clerk.one.do(page.void.click)
    assert clerk.show(id_)["void"]
    assert (page.void.isHidden(), page.filling.grid.may_answer) == (True, False)
    zero = clerk.office.inspections.zero({"people": "张三"})
    page = clerk.open(zero["id"])
    assert page.middle.currentWidget() is page.nothing
    assert page.out.isHidden()


def test_a_paper_that_was_refused_still_holds_what_was_filled_in(clerk, monkeypatch):
    page, began = clerk.open(clerk.begin()), []

    def fill_in(paper):
        began.append([paper.form.fields[name].value for name in filled])
        for name, value in filled.items():
            paper.form.fields[name].rewrite(value)
        paper.take()
        return 1

    monkeypatch.setattr(Paper, "exec", fill_in)
    filled = {"people": "李四", "inspected_on": "2099-01-01"}
    for _ in range(2):
        clerk.one.do(page.filling.change.click)
        assert "还没有到" in page.notice.message.text()
    assert began[1] == ["李四", "2099-01-01"]
    filled = {"people": "李四", "inspected_on": "2024-01-01"}
    clerk.one.do(page.filling.change.click)
    part = clerk.one.go(Place("inspection", tab="checklists")).part
    filled = {"text": "物料堆在露天"}
    clerk.one.do(part._add)
    filled = {"text": "物料是否已覆盖？"}
    clerk.one.do(part._add)
    clerk.one.do(part._add)
    assert began[3:] == [[""], ["物料堆在露天"], [""]]


def test_an_inspection_of_a_campaign_goes_by_its_checklists_and_waits_as_a_draft(clerk):
    asked = clerk.office.campaigns.add({"title": "秋冬季大气", "checklists": "air"})["id"]
    plant = clerk.office.records.add("source", {"name": "永丰砂石料场", "village": "上坪村"})["id"]
    where = (("campaign", asked), ("source_id", plant))
    form = clerk.one.go(Place("inspection/record", new=True, where=where)).beginning
    assert form.boxes["air"].isChecked()
    assert form.form.fields["source"].value == "永丰砂石料场"
    assert form.form.fields["kind"].value == "campaign"
    form.form.fields["people"].rewrite("李四")
    form.form.fields["people"].left.emit()
    assert clerk.one.session.drafts.all()[0].values["people"] == "李四"
    clerk.one.window._go(Place("inspection"))
    clerk.one.settle()
    form = clerk.one.go(Place("inspection/record", new=True)).beginning
    assert (form.form.fields["people"].value, form.boxes["air"].isChecked()) == ("李四", True)
    clerk.one.do(form.begin.click)
    made = clerk.show(clerk.page._place.id)
    assert (made["campaign"], made["source"], made["village"]) == (asked, plant, "上坪村")


def test_a_draft_of_a_campaign_comes_back_as_it_was_and_only_typing_makes_one(clerk):
    asked = clerk.office.campaigns.add({"title": "秋冬季大气", "checklists": "air"})["id"]
    plant = clerk.office.records.add("source", {"name": "永丰砂石料场"})["id"]
    new = Place("inspection/record", new=True)
    clerk.one.go(replace(new, where=(("campaign", asked), ("source_id", plant))))
    clerk.one.go(Place("inspection"))
    assert clerk.one.session.drafts.all() == (), "nothing was typed"
    form = clerk.one.go(new).beginning
    assert (form.campaign.currentData(), form.form.fields["source"].value) == ("", "")
    form.campaign.setCurrentIndex(form.campaign.findData(asked))
    form.campaign.activated.emit(form.campaign.currentIndex())
    form.boxes["air"].setChecked(False)
    form.boxes["scrap_cars"].setChecked(True)
    form.form.fields["kind"].rewrite("patrol")
    clerk.one.go(Place("inspection"))
    (kept,) = clerk.one.session.drafts.all()
    form = clerk.one.go(new).beginning
    assert (form.boxes["air"].isChecked(), form.boxes["scrap_cars"].isChecked()) == (False, True)
    assert (form.form.fields["kind"].value, form.campaign.currentData()) == ("patrol", asked)
    clerk.one.go(Place("inspection"))
    assert clerk.one.session.drafts.all() == (kept,)


def test_begun_late_it_is_begun_once_and_leads_nobody_away(clerk):
    window, free = clerk.one.window, Event()
    page = clerk.one.go(Place("inspection/record", new=True))
    page.beginning.boxes["scrap_cars"].setChecked(True)
    clerk.one.session.jobs.start(Job(lambda _: free.wait(60), clerk.one.session.jobs, Kind.LONG))
    page.save()
    page.save()
    window.go(Place("inspection"))
    window.go(Place("inspection/record", new=True))
    assert not page.beginning.boxes["scrap_cars"].isChecked(), "what is being begun is no draft any more"
    page.beginning.form.fields["place"].rewrite("另一处")
    page.beginning.typing.now()
    free.set()
    clerk.one.settle()
    assert len(clerk.office.inspections.lines()) == 1
    assert (window.page._place.new, page.beginning.form.fields["place"].value) == (True, "另一处")
    assert [one.values["place"] for one in clerk.one.session.drafts.all()] == ["另一处"]
    assert page.beginning.begin.isEnabled()


def test_sources_of_one_name_are_told_apart_by_their_villages(clerk):
    add = clerk.office.records.add
    _, there, *_ = [add("source", {"name": "砂场", "village": one})["id"] for one in ("甲村", "乙村", "丙村", "丙村")]
    for name, village in (("砂场", "乙村"), ("砂场（乙村）", "")):
        form = clerk.one.go(Place("inspection/record", new=True)).beginning
        form.boxes["scrap_cars"].setChecked(True)
        form.form.fields["source"].rewrite("砂场")
        clerk.one.do(form.save)
        assert "有 4 个同名的" in form.form.fields["source"].wrong
        form.form.fields["source"].rewrite("砂场（丙村）")
        clerk.one.do(form.save)
        assert "有 2 个同名的" in form.form.fields["source"].wrong
        form.form.fields["source"].rewrite(name)
        form.form.fields["village"].rewrite(village)
        clerk.one.do(form.save)
        assert clerk.show(clerk.page._place.id)["source"] == there


def test_a_draft_waits_where_something_else_is_asked_for_and_can_be_let_go(clerk):
    new, drafts = Place("inspection/record", new=True), clerk.one.session.drafts
    form = clerk.one.go(new).beginning
    form.form.fields["place"].rewrite("旧地点")
    form = clerk.one.go(replace(new, where=(("village", "白水村"), ("people", "王秀兰")))).beginning
    assert (form.form.fields["place"].value, form.form.fields["village"].value) == ("", "白水村")
    assert form.unwanted.isHidden()
    form.form.fields["place"].rewrite("又一处")
    form.typing.now()
    assert len(drafts.all()) == 2
    form.form.fields["place"].rewrite("")
    form.typing.now()
    assert [one.values["place"] for one in drafts.all()] == ["旧地点"], "what was cleared again is no draft"
    form = clerk.one.go(replace(new, where=(("people", "李四"),))).beginning
    assert form.form.fields["place"].value == "旧地点"
    clerk.one.do(form.unwanted.click)
    assert (form.form.fields["place"].value, form.form.fields["people"].value) == ("", "李四")
    assert (drafts.all(), form.unwanted.isHidden()) == ((), True)


def test_a_village_that_was_typed_stays_when_a_draft_comes_back_and_a_source_is_chosen(clerk):
    clerk.office.records.add("source", {"name": "甲厂", "village": "东村"})
    new = Place("inspection/record", new=True)
    fields = clerk.one.go(new).beginning.form.fields
    fields["village"].rewrite("北村")
    clerk.one.go(Place("inspection"))
    fields = clerk.one.go(new).beginning.form.fields
    fields["source"].rewrite("甲厂")
    assert fields["village"].value == "北村"
    fields["source"].rewrite("")
    fields["village"].rewrite("")
    fields["source"].rewrite("甲厂")
    assert fields["village"].value == "东村", "where none is typed, that of the source is it"


def test_how_the_choices_sound_is_read_off_the_thread_of_the_window(clerk, monkeypatch):
    clerk.office.records.add("source", {"name": "砂场", "village": "甲村"})
    read = []
    monkeypatch.setattr(sounds, "key", lambda text: read.append((text, current_thread() is main_thread())) or text)
    clerk.one.go(Place("inspection/record", new=True))
    assert read == [("砂场", False), ("甲村", False)]


def test_it_is_answered_by_the_mouse_too(clerk):
    page = clerk.open(clerk.begin())
    filling, grid = page.filling, page.filling.grid
    box = boxes(QRectF(grid.visualRect(grid.table.index(1, CHOICES))))[1].center().toPoint()
    clerk.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert (grid.row, filling.answers.value(1, "answer")) == (1, "no")
    assert filling.finding.isVisible()
    text = grid.visualRect(grid.table.index(0, TEXT)).center()
    clerk.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=text)
    assert (grid.row, filling.answers.value(0, "answer"), filling.finding.isVisible()) == (0, "", False)
    assert "依据：" in grid.table.data(grid.table.index(0, TEXT), Qt.ItemDataRole.ToolTipRole)
    clerk.press(K.Key_Down, K.Key_Delete)
    assert (filling.answers.value(1, "answer"), filling.is_dirty) == ("", False)
    last = filling.answers.groups()[-1]
    filling.themes.table.opened.emit(len(filling.answers.groups()) - 1)
    assert grid.row == last.first


def test_who_goes_on_before_a_save_has_come_about_stays_there_and_loses_nothing(clerk):
    first, second = clerk.begin(place="甲"), clerk.begin(place="乙")
    page = clerk.open(first)
    clerk.press(K.Key_1)
    gate = clerk.keep_busy()
    page.save_then(lambda: clerk.one.window._go(Place("overview")))
    clerk.go_on(second)
    clerk.press(K.Key_2)
    gate.set()
    clerk.one.settle()
    assert clerk.page is page
    assert (page.filling.record["id"], page.filling.answers.value(0, "answer")) == (second, "no")
    assert clerk.show(first)["counts"]["yes"] == 1
    page.filling.typing.now()
    assert [one.record for one in clerk.one.session.drafts.all()] == [second]


def test_what_came_of_an_inspection_that_was_left_is_said_as_that(clerk, tmp_path):
    first, second = clerk.begin(place="甲"), clerk.begin(place="乙")
    photo = tmp_path / "mended.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 mended")
    page = clerk.open(first)
    clerk.press(K.Key_2)
    gate = clerk.keep_busy()
    page.filling.below.add_photos([photo])
    clerk.go_on(second)
    gate.set()
    clerk.one.settle()
    assert page.filling.notice.isHidden()
    assert "刚才那次检查已添加 1 张照片" in page.notice.message.text()
    page = clerk.open(first)
    page.filling._go_to(0)
    gate = clerk.keep_busy()
    page.filling.below.register([photo])
    page.make_new()
    gate.set()
    clerk.one.settle()
    (made,) = clerk.show(first)["problems"]
    assert f"刚才那次检查查出的已登记为问题 {made['number']}" in page.notice.message.text()


def test_what_was_typed_and_what_the_ledger_says_by_now_are_both_seen(clerk):
    id_ = clerk.begin()
    page = clerk.open(id_)
    filling, grid = page.filling, page.filling.grid
    clerk.press(K.Key_1, K.Key_1, K.Key_2)
    first, second, third = (line["item"] for line in filling.answers.lines[:3])
    clerk.office.inspections.answer(id_, {first: "no", second: "yes"}, {first: "东侧未覆盖"})
    clerk.one.do(page.save)  # nobody told the window
    assert clerk.show(id_)["counts"] == {"yes": 1, "no": 1, "na": 0, "left": len(filling.answers.lines) - 2}
    assert filling.notice.message.text() == "有 1 项在台账里也改过，您填的还在。"
    assert (grid.row, filling.answers.value(0, "answer"), filling.is_dirty) == (0, "yes", True)
    assert grid.table.beside(0) == "台账里已改为：否（按 Delete 用台账里的）"
    clerk.press(K.Key_Delete)
    assert (filling.answers.value(0, "answer"), filling.answers.value(0, "note")) == ("no", "东侧未覆盖")
    clerk.press(K.Key_1)
    clerk.office.inspections.answer(id_, {third: "na"})
    clerk.one.do(lambda: clerk.one.session.tell(Touched("*")))  # a package was read meanwhile
    assert (grid.row, grid.table.beside(0), grid.table.beside(2)[:10]) == (2, "", "台账里已改为：不适用")
    clerk.one.do(page.save)
    said = clerk.show(id_)["answers"]
    assert [one["answer"] for one in said[:3]] == ["yes", "yes", "no"], "seen and meant"
    assert (filling.is_dirty, clerk.one.session.drafts.all()) == (False, ())


def test_a_draft_shows_what_the_ledger_says_by_now_beside_it(clerk):
    id_ = clerk.begin()
    page = clerk.open(id_)
    clerk.press(K.Key_1, K.Key_1)
    clerk.one.window._go(Place("overview"))
    clerk.one.settle()
    item = clerk.show(id_)["answers"][0]["item"]
    clerk.office.inspections.answer(id_, {item: "no"}, {item: "东侧未覆盖"})
    page = clerk.open(id_)
    answers, notice = page.filling.answers, page.filling.notice
    assert [answers.value(row, "answer") for row in (0, 1)] == ["yes", "yes"]
    assert (page.filling.grid.row, page.filling.grid.table.beside(0)[:8]) == (0, "台账里已改为：否")
    assert "有 1 项在台账里也改过" in notice.message.text()
    clerk.press(K.Key_Delete)
    clerk.one.do(page.save)
    said = clerk.show(id_)
    assert (said["answers"][0]["note"], said["counts"]["yes"]) == ("东侧未覆盖", 1)
    clerk.open(id_)
    assert clerk.one.session.drafts.all() == ()


def test_what_is_typed_while_a_save_waits_is_no_change_of_somebody_else(clerk):
    page = clerk.open(clerk.begin())
    clerk.press(K.Key_1)
    gate = clerk.keep_busy()
    page.save()
    clerk.press(K.Key_Up, K.Key_2)
    gate.set()
    clerk.one.settle()
    assert (page.filling.answers.value(0, "answer"), page.filling.grid.table.beside(0)) == ("no", "")
    assert page.filling.notice.isHidden()


def test_saves_that_wait_behind_each_other_are_all_of_one_hand(clerk):
    id_ = clerk.begin()
    page = clerk.open(id_)
    filling = page.filling
    first, second = (line["item"] for line in filling.answers.lines[:2])
    gate = clerk.keep_busy()
    filling._go_to(0)
    clerk.press(K.Key_2)
    filling.grid.table.put(0, "note", "油")
    page.save()
    filling.answer_rest()
    filling.grid.table.put(0, "note", "油污")
    filling.grid.table.put(1, "answer", "na")
    page.save()
    gate.set()
    clerk.one.settle()
    assert (filling.notice.isHidden(), filling.is_dirty) == (True, False)
    said = clerk.show(id_)["answers"]
    assert [(one["answer"], one["note"]) for one in said[:3]] == [("no", "油污"), ("na", None), ("yes", None)]
    gate = clerk.keep_busy()
    filling.grid.table.put(0, "note", "")
    page.save()
    clerk.office.inspections.answer(id_, {}, {first: "别人写的", second: "也写了"})
    filling.grid.table.put(0, "note", "油污很多")
    filling.complete()
    gate.set()
    clerk.one.settle()
    assert clerk.show(id_)["stage"] == "open", "what somebody else wrote is no earlier save of this form"
    assert filling.grid.table.beside(0) == "台账里已改为：说明“别人写的”（按 Delete 用台账里的）"


def test_an_inspection_that_is_void_by_now_has_nothing_to_save(clerk):
    here, elsewhere = clerk.begin(), clerk.begin()
    page = clerk.open(elsewhere)
    clerk.press(K.Key_1)
    clerk.one.window._go(Place("inspection/record", id=here))
    clerk.one.settle()
    clerk.press(K.Key_1)
    assert page.is_dirty
    clerk.office.records.void("inspection", elsewhere, "登记错了")
    clerk.one.do(lambda: page._edited(clerk.office.records.void("inspection", here, "登记错了")))
    assert not page.is_dirty
    assert [one.record for one in clerk.one.session.drafts.all()] == [elsewhere]
    page = clerk.open(elsewhere)
    assert (page.is_dirty, clerk.one.session.drafts.all()) == (False, ())
