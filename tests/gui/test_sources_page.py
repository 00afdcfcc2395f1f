"""The pages of pollution sources: what narrows the list; one of them is read, changed, given permits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton

from gui.panels.sources import about
from gui.panels.sources.lines import VIEWS, shown_in
from gui.panels.sources.villages import Spot, spots
from gui.places import BACK, Place
from models.services import opening
from models.services.views.workbooks import CellNote
from tests.gui import fakes
from tests.gui.fake_sources import FakeSources
from tests.gui.one_record import ID, go_meanwhile, long_work, texts
from tests.offices import quick_folder

ONE = Place("source/record", id=ID, rows=tuple(range(22)), at=0)


def test_every_source_stands_in_all_or_among_the_void_ones():
    lines = FakeSources(22).list()
    counts = {one.key: len(shown_in(one.key, lines)) for one in VIEWS}
    assert counts == {
        "": 21, "expiry": 9, "doubt": 3, "problem": 14, "repeated": 1, "double": 2, "never": 6, "void": 1,
    }  # fmt: skip
    told = list(spots(lines, county=True))
    assert [(name, count) for _, name, count in told][:3] == [("全部", 22), ("白水镇", 22), ("没有写村名", 5)]
    assert all(sum(spot.holds(one) for one in lines) == count for spot, _, count in told)
    assert [spot.village for spot, _, _ in spots(lines, county=False)][:2] == [None, ""]


def test_views_villages_filters_and_words_narrow_the_list(desk):
    one = desk(fakes.county(99))
    one.start()
    page = one.go(Place("source"))
    assert page.header.quiet.text() == "共 98 个\u2003许可要到期 39"
    assert not page.tabs.buttons["repeated"].isHidden()
    one.do(page.tabs.buttons["expiry"].click)
    assert {line.expiry for line in page.list.lines} == {"ended", "soon"}
    one.do(lambda: page.villages.put(Spot("361021101", "下洲村")))
    assert {line.village for line in page.list.lines} == {"下洲村"}
    one.do(lambda: page._filter((("kind", "yard"),)))
    assert {line.kind for line in page.list.lines} <= {"yard"}
    one.do(page._clear)
    assert (len(page.list.lines), page.villages.spot) == (98, Spot())
    one.do(lambda: page._search("水泥"))
    assert one.office.sources.asked[-1] == "水泥"
    assert {"水泥" in line.name for line in page.list.lines} == {True}
    one.do(lambda: page._search("没有这样的"))
    assert page.list.currentWidget() is page.list.nothing
    one.do(page._clear)
    one.do(lambda: page._open(3))
    assert one.window.page.title == page.list.lines[3].name
    one.window.page.neighbours.go_on()
    one.settle()
    assert one.window.page.title == page.list.lines[4].name


def test_the_list_is_written_as_a_workbook_all_of_it_or_what_is_shown(desk, monkeypatch, tmp_path):
    one = desk()
    one.start()
    page = one.go(Place("source"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(tmp_path / Path(asked[2]).stem), ""))
    one.do(page.write_out.click)
    (wrote,) = one.office.records.written
    path = tmp_path / f"白水镇污染源台账_{one.session.today:%Y%m%d}.xlsx"
    assert wrote == ("export", "source", path)
    assert page.notice.message.text().startswith("已导出")
    one.do(lambda: page.tabs.chosen.emit("problem"))
    one.do(page.write_out.click)
    rows = tuple(line.row for line in page.list.lines)
    assert one.office.records.written[-1] == ("export", "source", path, rows)
    assert 0 < len(rows) < 21


def test_a_source_says_what_is_to_be_looked_at(desk):
    one = desk()
    one.start()
    page = one.go(ONE)
    said = texts(page.story.now)
    assert next(text for text in said[1:] if text) == "屡查屡犯：“露天堆放的砂石、渣土全部覆盖”查出 3 次"
    assert "可能和“白水水泥有限公司”是同一个：名称相同，在白水村" in said
    assert not page.story.visits.all.isHidden()
    one.do(page.story.visits.all.click)
    assert sum(text.startswith("2026-") for text in texts(page.story.visits)) == 9
    one.do(lambda: page.story.visits.opened.emit(f"{0:032x}"))
    assert one.window._place == Place("inspection/record", id=f"{0:032x}")
    page = one.go(ONE)
    one.do(lambda: page._do("edit:credit_code"))
    code = page.form.field("credit_code")
    code.rewrite("91361021MA35KXQ22X")
    page.form._left()
    assert code.hint.text() == "统一社会信用代码的校验位不对，可能抄错了一位"
    one.do(page.save)
    assert one.office.records.written[-1] == ("edit", "source", ID, {"credit_code": "91361021MA35KXQ22X"})
    assert page.form is None
    one.do(lambda: page._do(f"open:{5:032x}"))
    assert page.title == FakeSources().line(5).name


def test_many_problems_of_a_source_are_listed_where_they_are_asked_for(desk):
    one = desk()
    one.start()
    card = one.go(ONE).story.problems
    many = [{"id": f"{n:032x}", "number": f"N-{n}", "title": f"题{n}", "stage": "open"} for n in range(40)]
    one.do(lambda: card.show_problems({"problems": many}))
    assert (titles(card), card.all.isHidden()) == (6, False)
    one.do(card.all.click)
    assert (titles(card), card.all.isHidden()) == (40, True)
    card.all.click()
    one.do(lambda: card.show_problems({"problems": many[:2]}))
    assert titles(card) == 2, "rows that were still to come are of before"


def titles(card):
    return sum(text.startswith("题") for text in texts(card))


def test_what_is_lacking_is_asked_for_and_an_empty_source_has_no_facts():
    (ask,) = about.asks({"name": "料场", "kind": "yard"}, ())
    assert (ask.text, ask.what) == ("还没有写村（社区）、负责人", "edit:village")
    assert about.asks({"kind": "yard", "village": "石村", "person": "王五"}, ()) == []
    assert [name for name, *_ in about.facts({"number": "W1", "longitude": 116.0, "latitude": 28.0})] == [
        "编号", "经度、纬度（坐标系）",
    ]  # fmt: skip


def test_permits_are_added_changed_and_voided(desk, monkeypatch):
    one = desk()
    one.start()
    page, calls = one.go(ONE), one.office.sources.calls
    permits = page.story.permits
    one.do(permits.begin)
    permits.form.fields["expires_on"].rewrite("2027-01-31")
    one.do(page.save)
    assert (calls, page.is_dirty) == ([], True), "what it is was not said"
    permits.form.fields["kind"].rewrite("waste")
    one.do(page.save)
    assert calls == [("add_permit", ID, {"kind": "waste", "expires_on": "2027-01-31"})]
    assert page.notice.message.text() == "许可证已保存到本机。"
    one.do(lambda: permits._edit(permits._permits[0]))
    permits.form.fields["expires_on"].rewrite("2031-10-31")
    one.do(permits.save.click)
    assert calls[1] == ("edit_permit", ID, "e1" * 16, {"expires_on": "2031-10-31"})
    one.office.sources.refusal = fakes.Refused()
    one.do(lambda: permits._edit(permits._permits[1]))
    permits.form.fields["number"].rewrite("W-2")
    one.do(permits.save.click)
    assert (page.notice.kind, page.is_dirty) == ("refusal", True)
    one.office.sources.refusal = None
    monkeypatch.setattr("gui.panels.sources.parts.Question.ask", lambda asked: asked.reason.setText("写错了") or True)
    one.do(permits.void.click)
    assert calls[-1] == ("void_permit", ID, "e2" * 16, "写错了")
    assert permits.form is None


def test_a_remark_is_written_and_a_draft_of_a_permit_is_offered_again(desk):
    one = desk()
    one.start()
    page = one.go(ONE)
    page.story.remarks.text.setText("电话核实过")
    one.do(page.story.remarks.write.click)
    assert one.office.records.written[-1] == ("edit", "source", ID, {"remark": "电话核实过"})
    one.do(page.story.permits.begin)
    page.story.permits.form.fields["number"].rewrite("P-7")
    one.do(page._escape)
    assert page.story.permits.form is None
    assert "新的许可证：证号" in page.offer.way_out.text()
    one.do(page.offer.first.click)
    assert page.story.permits.form.fields["number"].value == "P-7"


def test_a_permit_that_comes_late_leaves_the_next_source_alone_and_is_saved_once(desk, tmp_path):
    one, other = desk(home=tmp_path), f"{2:032x}"
    one.start()
    page, go_on = one.go(ONE), long_work(one)
    permits, remarks = page.story.permits, page.story.remarks
    permits.begin()
    permits.form.fields["kind"].rewrite("waste")
    remarks.text.setText("电话核实过")
    for _ in range(2):
        permits.save.click()
        remarks.write.click()
    assert [draft.record for draft in one.session.drafts.all()] == [ID], "it waits, and is kept"
    page = go_meanwhile(one, "source/record", other)
    permits.begin()
    permits.form.fields["number"].rewrite("P-7")
    permits.left.emit()
    remarks.text.setText("还没有写完")
    told = []
    one.session.touched.connect(told.append)
    go_on.set()
    one.settle()
    assert one.office.sources.calls == [("add_permit", ID, {"kind": "waste"})]
    assert one.office.records.written == [("edit", "source", ID, {"remark": "电话核实过"})]
    assert (permits.form.fields["number"].value, remarks.text.text()) == ("P-7", "还没有写完")
    assert [(draft.record, draft.values) for draft in one.session.drafts.all()] == [(other, {"number": "P-7"})]
    assert [touched.ids for touched in told] == [{ID}, {ID}]
    assert not page.notice.isVisible()


def test_a_permit_that_is_refused_late_marks_nothing_of_the_next_source(desk, tmp_path):
    one = desk(home=tmp_path)
    one.start()
    page, go_on = one.go(ONE), long_work(one)
    permits = page.story.permits
    permits.begin()
    permits.form.fields["kind"].rewrite("waste")
    permits.save.click()
    one.office.sources.refusal = fakes.Refused(field="expires_on")
    page = go_meanwhile(one, "source/record", f"{2:032x}")
    permits.begin()
    go_on.set()
    one.settle()
    assert [name for name, field in permits.form.fields.items() if field.wrong] == []
    assert page.notice.message.text().startswith("刚才离开的那一条没有保存：")


def test_one_is_led_on_when_all_is_saved_and_never_later(desk, tmp_path):
    one, led = desk(home=tmp_path), []
    one.start()
    page = one.go(ONE)
    permits, remarks = page.story.permits, page.story.remarks
    one.do(permits.begin)
    permits.form.fields["number"].rewrite("P-7")
    remarks.text.setText("电话核实过")
    one.do(lambda: page.save_then(lambda: led.append("lacking")))
    permits.form.fields["kind"].rewrite("waste")
    one.office.sources.refusal = fakes.Refused()
    one.do(lambda: page.save_then(lambda: led.append("refused")))
    one.office.sources.refusal = None
    one.do(remarks.write.click)
    assert (led, page.is_dirty) == ([], True)
    remarks.text.setText("再核实一次")
    one.do(lambda: page.save_then(lambda: led.append("all saved")))
    assert (led, page.is_dirty) == (["all saved"], False)
    assert one.office.records.written[-1] == ("edit", "source", ID, {"remark": "再核实一次"})


def test_what_is_typed_while_a_permit_is_saved_stays(desk, tmp_path):
    one = desk(home=tmp_path)
    one.start()
    page, go_on = one.go(ONE), long_work(one)
    permits = page.story.permits
    permits._edit(permits._permits[0])
    permits.form.fields["number"].rewrite("P-7")
    permits.save.click()
    permits.form.fields["expires_on"].rewrite("2031-10-31")
    go_on.set()
    one.settle()
    assert permits.form.fields["expires_on"].value == "2031-10-31"
    assert permits.is_dirty


def test_over_a_real_ledger_one_is_registered_and_found_again(desk):
    with quick_folder() as folder:
        home = opening.set_up(folder / "town", "township", "白水镇", "361021101")
        one = desk(home)
        one.start()
        page = one.go(Place("source"))
        assert page.middle.currentWidget() is page.empty
        page = one.go(Place("source/record", new=True))
        for name, value in {"name": "白水水泥厂", "kind": "industry", "village": "白水村"}.items():
            page.form.field(name).rewrite(value)
        one.do(page.save)
        assert page.title == "白水水泥厂"
        one.go(Place("help"))
        page = one.go(BACK)
        assert (page.title, page.form) == ("白水水泥厂", None), "not another empty form"
        assert "还没有写负责人" in texts(page.story.now)
        listed = one.go(Place("source"))
        assert [line.village for line in listed.list.lines] == ["白水村"]
        one.close()
        home.close()


def test_the_county_says_that_two_are_not_one_and_may_take_it_back(desk):
    one = desk(fakes.county())
    one.start()
    page = one.go(Place("source/record", id=f"{0:032x}", rows=(0, 1), at=0))
    pair = (f"{0:032x}", f"{5:032x}")

    def button(words):
        return next(b for b in page.story.now.findChildren(QPushButton) if b.text() == words)

    one.do(button("不是同一件").click)
    assert one.office.doubles.done == [("tell_apart", *pair)]
    assert page.notice.message.text() == "以后不再提示这一对。"
    one.do(page.notice.first.click)
    assert one.office.doubles.done[1:] == [("ask_again", *pair)]
    assert not page.notice.isVisible()
    one.do(button("看另一个").click)
    assert one.window._place.id == pair[1]
    town = desk()
    town.start()
    there = town.go(Place("source/record", id=pair[0], rows=(0, 1), at=0))
    assert "不是同一件" not in {b.text() for b in there.story.now.findChildren(QPushButton)}


LIST = """白水镇污染源名单,,,,
企业,类型,所在村,许可证号,有效期
甲砖厂,企业,白水村,P-1,2030-01-01
乙料场,料场,石村,,
甲砖厂,企业,白水村,,
合计,,,,
"""


def test_a_list_in_a_workbook_is_mapped_looked_at_and_taken(desk, tmp_path):
    path = tmp_path / "污染源.csv"
    path.write_text(LIST, encoding="utf-8")
    with quick_folder() as folder:
        office = opening.set_up(folder / "town", "township", "白水镇", "361021101")
        one = desk(office)
        one.start()
        page = one.go(Place("source"))
        one.do(page.fill.click)
        page = one.window.page
        assert (page.title, page.back.accessibleName()) == ("导入 Excel", "污染源")
        one.do(lambda: page.look_at(path))
        assert page.sheet.ask.isVisible(), "no column is called 名称: a person points at the headings"
        one.do(lambda: page._choose_heading(2))
        assert page.reason.text() == "还没有说哪一栏是“名称”"
        assert not page.next_step.isEnabled()
        one.do(lambda: page._map("企业", "name"))
        assert [column.label for column in page._book.columns] == ["名称", "类别", "村（社区）", "证号", "有效期至"]
        one.do(page.next_step.click)
        assert page.take.text().strip() == "导入 2 条"
        rows = {line.number: (line.state, line.title) for line in page._book.rows}
        assert rows == {3: ("new", "甲砖厂"), 4: ("new", "乙料场"), 5: ("refused", "甲砖厂")}
        assert page._book.passed == ((6, "合计"),)
        one.do(lambda: page._rewrite("A5", "丙砖厂"))
        assert page.take.text().strip() == "导入 3 条"
        one.do(page.take.click)
        assert page.done.to_list.text().strip() == "去看污染源"
        for notes in ((), (CellNote("B3", "砖厂", "台账里的类别是“工业企业”，没有改"),)):
            page.done.show_book(replace(page.done.book, flagged=notes))
            assert "已有的只补空着的，要改的在台账里改" in page.done.next.way_out.text()
            assert "当作更新" not in page.done.next.way_out.text()
        one.do(page.done.to_list.click)
        lines = one.window.page.list.lines
        assert {(line.name, line.village, line.expires_on) for line in lines} == {
            ("甲砖厂", "白水村", "2030-01-01"), ("乙料场", "石村", ""), ("丙砖厂", "白水村", ""),
        }  # fmt: skip
        again = office.imports.look(path, "sources", heading=2, mapping={"企业": "name"})
        assert (again.new, again.changed, again.same, again.refused) == (0, 0, 2, 1)
        one.close()
        office.close()
