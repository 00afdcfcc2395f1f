"""The window once over real homes: a township enrols, writes, the county reads, both change the same, and choose."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from gui.main_window import PAGES
from models.services import opening
from models.services.views.lists import Query
from tests.offices import quick_folder


@pytest.fixture
def homes(desk):
    with quick_folder() as folder:
        county = opening.set_up(folder / "county", "county", "临江县环委办", "361021")
        town = opening.set_up(folder / "town", "township", "白水镇", "361021101")
        (folder / "stick").mkdir()
        yield desk(county), desk(town), folder / "stick"
        county.close()
        town.close()


def table(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["白水镇生态环境问题整改台账"])
    sheet.append(["序号", "反馈问题", "乡镇", "整改时限", "责任人"])
    sheet.append([1, "白水镇报废汽车拆解点未按期清场", "白水镇", "2024.6.30", "王秀兰"])
    sheet.append([2, "白水镇下洲村生活污水直排", "白水镇", "2024.2.30", "李志强"])
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def test_from_the_first_unit_to_a_settled_conflict(homes, tmp_path):
    county, town, stick = homes

    # The county adds the unit, the township asks, the county approves, the township accepts.
    page = county.open("settings")
    page.units.box.text.setPlainText("白水镇 361021101")
    page.units.add.click()
    county.settle()
    panel = town.open("exchange", tab="enrol").enrol
    enrol = panel.desk
    enrol.request_to.put(stick)
    enrol.ask_for.click()
    town.settle()
    (request,) = stick.glob("*.hgb")
    desk = county.open("exchange", tab="enrol").enrol.desk
    desk.look_at(request)
    county.settle()
    assert desk.unit.currentData() == "361021101"
    desk.to.put(stick)
    desk.approve.click()
    county.settle()
    (welcome,) = set(stick.glob("*.hgb")) - {request}
    enrol.look_at(welcome)
    town.settle()
    if enrol.digits.isVisible():  # a welcome that cannot be looked at is accepted by the number that is read out
        enrol.digits.setText("0" * 24)
        enrol.accept.click()
        town.settle()
        assert panel.notice.kind == "refusal"
        assert not town.session.here.enrolled
        enrol.digits.setText(desk.code.text)
    else:
        assert enrol.code.text == desk.code.text
    enrol.accept.click()
    town.settle()
    assert town.session.here.enrolled

    # The township takes in a workbook; a date that does not exist is shown with its address.
    excel = town.open("problem/excel", id=str(table(tmp_path)))
    assert [one.cell for one in (*excel._book.rejected, *excel._book.flagged)] == ["D4"]
    excel.next_step.click()
    excel.take.click()
    town.settle()
    listed = town.open("problem")
    assert listed.model.rowCount() == 2
    assert {listed.model.line(at).person for at in range(2)} == {"王秀兰", "李志强"}
    listed.search.setText("bfqc")
    listed.search.returnPressed.emit()
    town.settle()
    assert listed.model.rowCount() == 1

    # It writes a package; the county looks first, then imports.
    write = town.open("exchange", tab="write").write
    write.write_to(stick)
    town.settle()
    assert write.done.title.text() == "可以拔出 U 盘了"
    read = county.open("exchange", tab="read").read
    read.look_at([stick])
    county.settle()
    words = {read.list.model.index(row, 4).data() for row in range(read.list.model.rowCount())}
    assert "新" in words
    assert county.office.records.count(Query("problem")) == 0, "looking writes nothing"
    read.take.click()
    county.settle()
    assert county.office.records.count(Query("problem")) == 2
    assert county.open("problem").model.rowCount() == 2

    # Both change the same field; the values stand side by side and one is chosen.
    for one, person in ((county, "周海平"), (town, "陈建国")):
        rows = one.office.records.ids(Query("problem", words="拆解"))
        line = one.office.records.lines("problem", rows)[0]
        record = one.open("problem/record", id=line.id)
        record.begin_edit()
        one.settle()
        field = record.form.field("person")
        field.rewrite(person)
        record.save()
        one.settle()
        assert record.notice.message.text() == "已保存到本机。", record.notice.way_out.text()
    again = town.open("exchange", tab="write").write
    again.write_to(stick)
    town.settle()
    newest = max(stick.glob("hg_361021101_361021_*.hgb"), key=lambda path: path.stat().st_mtime_ns)
    read = county.open("exchange", tab="read").read
    read._to_choose()
    read.look_at([newest])
    county.settle()
    assert "1 处冲突" in read.preview.title.text()
    read.take.click()
    county.settle()
    settle = county.open("exchange", tab="conflicts").conflicts
    assert settle.list.count.text() == "冲突 1 处"
    assert {card.text() for card in settle.choices} == {"用本机的", "用白水镇的"}
    theirs = next(card for card in settle.choices if card.text() == "用白水镇的")
    theirs.click()
    settle.keep.click()
    county.settle()
    assert settle.empty.isVisible()
    rows = county.office.records.ids(Query("problem", words="陈建国"))
    assert len(rows) == 1


def test_the_check_of_a_real_home_is_said_in_words(homes, tmp_path):
    county, _, _ = homes
    page = county.open("settings")
    page.care.deep.click()
    county.settle()
    from PySide6.QtWidgets import QLabel

    said = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "检查完了，台账完好。" in said
    page.care.backup_to.put(tmp_path)
    page.care.backup.click()
    county.settle()
    assert page.care.notice.message.text() == "备份好了，并且试着恢复过一次。"


def test_a_wrong_date_is_refused_beside_its_field(homes, qtbot):
    _, town, _ = homes
    page = town.open("problem/record", new=True)
    page.form.finish()
    fields = {one.field.name: one for one in page.form.fields()}
    fields["description"].rewrite("河道有垃圾")
    fields["deadline"].rewrite("2024.2.30")
    page.save()
    town.settle()
    assert page.form is not None
    assert page.notice.isVisible()
    assert fields["deadline"].editor.property("bad") == "1", page.notice.message.text()
    fields["deadline"].rewrite("2024-02-29")
    page.save()
    town.settle()
    assert page.form is None
    assert town.office.records.count(Query("problem")) == 1
    qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_every_page_and_part_shows_a_real_ledger_without_a_refusal(homes, tmp_path):
    """Whatever stands in the table of pages: a new page is opened here without being named."""
    county, town, _ = homes
    for one in (county, town):
        made = one.office.records.add("problem", {"description": "河道有垃圾", "deadline": "2024-06-30"})
        letter = one.office.records.add("petition", {"content": "夜间施工噪声扰民", "receipt_number": "X2JX1"})
        rows = one.office.records.ids(Query("problem"))
        ids = {"problem/record": made["id"], "petition/record": letter["id"], "problem/excel": str(table(tmp_path))}
        for key in PAGES:
            page = one.open(key, id=ids.get(key, ""), rows=rows, at=0, words="河道" if key == "search" else "")
            assert page is one.window._pages[key]
            assert page.notice.kind != "refusal" or not page.notice.isVisible(), (key, page.notice.message.text())
        exchange = one.window._pages["exchange"]
        for tab in exchange.tabs.buttons:
            one.open("exchange", tab=tab)
            part = exchange.parts[tab]
            assert part.notice.kind != "refusal" or not part.notice.isVisible(), (tab, part.notice.message.text())
        assert one.open("search", words="河道").hits.count >= 1
        assert one.open("problem").model.rowCount() == 1
