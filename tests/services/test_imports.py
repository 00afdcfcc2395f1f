"""What the assistant asks of a workbook: headings and sheets pointed at, cells rewritten, layouts remembered."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import openpyxl
import pytest

from models.documents.refusals import NotUnderstood, WorkbookChanged
from models.progress import Cancelled

ROWS = [
    ["白水镇生态环境问题整改台账"],
    ["序号", "反馈问题", "乡镇", "整改时限", "完成情况"],
    [1, "报废汽车拆解点未按期清场，油污渗入沟渠", "白水镇", "2024.2.30", "已完成整改"],
    [2, "下洲村生活污水直排，管网未应收尽收", "白水镇", "2024年11月中旬", "正在推进整改工作"],
    [3, "石灰窑砂石堆场未覆盖、未设喷淋", "白水镇", 45473, "长期坚持"],
    [None, "合计 3 件"],
]


@pytest.fixture
def town(world):
    return world["town"]


def save(folder, sheets, name="台账.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / name
    book.save(path)
    return path


@pytest.fixture
def ledger(tmp_path):
    return save(tmp_path, {"台账": ROWS})


def column(book, heading):
    return next(one for one in book.columns if one.heading == heading)


def row(book, number):
    return next(one for one in book.rows if one.number == number)


# ------------------------------------------------------------------------------------- what is told


def test_all_rows_of_the_sheet_are_there_and_those_that_are_no_records_are_told(town, ledger):
    book = town.imports.look(ledger, "problems")
    assert len(book.grid) == len(ROWS)
    assert book.grid[5][1] == "合计 3 件"
    assert book.passed == ((6, "合计"),)
    assert book.heading_rows == (2,)


def test_a_worked_out_date_and_the_day_that_was_meant_are_told_with_their_cells(town, ledger):
    book = town.imports.look(ledger, "problems")
    assert book.converted == {"D5": "2024-06-30"}
    notes = {one.cell: one for one in (*book.rejected, *book.flagged)}
    assert notes["D3"].suggestion == "2024-02-29"
    assert notes["D4"].suggestion == "2024-11-20"
    assert "D3" in [one.cell for one in row(book, 3).notes]
    assert "D4" not in [one.cell for one in row(book, 3).notes]
    assert row(book, 5).cells["deadline"] == "D5"


def test_a_doubtful_column_comes_with_likely_answers(town, ledger):
    doubtful = [one for one in town.imports.look(ledger, "problems").columns if not one.sure]
    assert [one.heading for one in doubtful] == ["完成情况"] or doubtful == []
    for one in doubtful:
        names = [name for name, _ in one.likely]
        assert 2 <= len(names) <= 4
        assert names[-1] == "remark"


# ------------------------------------------------------------------------------------- cells


def test_a_rewritten_cell_is_taken_and_the_words_of_the_sheet_stand_beside_it(town, ledger):
    cells = {"D3": "2024-02-29", "D4": "2024-11-20"}
    book = town.imports.look(ledger, "problems", sheet="台账", mapping={}, cells=cells)
    assert not [one for one in (*book.rejected, *book.flagged) if one.cell in cells]
    assert book.grid[2][3] == "2024.2.30", "the sheet is shown as it is"
    town.imports.take(ledger, "problems", sheet="台账", mapping={}, cells=cells)
    found = {r["description"][:2]: (r["deadline"], r["deadline_text"]) for r in records(town)}
    assert found["报废"] == ("2024-02-29", "2024.2.30")
    assert found["下洲"] == ("2024-11-20", "2024年11月中旬")


def test_an_emptied_cell_says_nothing(town, ledger):
    town.imports.take(ledger, "problems", sheet="台账", mapping={}, cells={"D3": ""})
    found = next(r for r in records(town) if r["description"].startswith("报废"))
    assert found["deadline"] is None
    assert found["deadline_text"] is None


def test_the_same_workbook_again_changes_nothing_though_a_cell_was_rewritten(town, ledger):
    town.imports.take(ledger, "problems", sheet="台账", mapping={}, cells={"D3": "2024-02-29"})
    again = town.imports.look(ledger, "problems")
    assert (again.new, again.changed, again.refused) == (0, 0, 0)
    assert row(again, 3).changes == ()


def records(office):
    from models.services.views.lists import Query

    lines = office.records.lines("problem", office.records.ids(Query("problem")))
    return [office.records.show("problem", one.id) for one in lines]


# ------------------------------------------------------------------------------------- headings and sheets

ODD = [
    ["某某表"],
    ["甲", "乙", "丙"],
    ["一", "河道有垃圾堆放，长约三百米", "白水镇"],
    ["二", "沟渠黑臭，水面有油污", "白水镇"],
]


def test_headings_that_nobody_knows_are_pointed_at(town, tmp_path):
    path = save(tmp_path, {"某": ODD})
    with pytest.raises(NotUnderstood):
        town.imports.look(path, "problems")
    bare = town.imports.bare(path, "problems")
    assert bare.grid[1] == ("甲", "乙", "丙")
    assert bare.heading_rows == ()
    assert bare.rows == ()
    book = town.imports.look(path, "problems", sheet="某", heading=2, mapping={"乙": "description", "丙": "township"})
    assert book.heading_rows == (2,)
    assert book.new == 2


def test_what_was_pointed_at_is_remembered_and_can_be_forgotten(town, tmp_path):
    path = save(tmp_path, {"某": ODD})
    said = {"乙": "description", "丙": "township"}
    town.imports.take(path, "problems", sheet="某", heading=2, mapping=said)
    more = [*ODD, ["三", "餐饮店油烟直排，群众反映强烈", "白水镇"]]
    book = town.imports.look(save(tmp_path, {"某": more}, "下月.xlsx"), "problems")
    assert book.remembered
    assert book.heading == 2
    assert book.mapping == said
    assert (book.new, book.same) == (1, 2)
    town.imports.forget(book.layout)
    with pytest.raises(NotUnderstood):
        town.imports.look(path, "problems")


def test_an_empty_row_is_no_heading(town, tmp_path):
    path = save(tmp_path, {"某": [["甲", "乙"], [], ["一", "二"]]})
    with pytest.raises(NotUnderstood):
        town.imports.look(path, "problems", heading=2)


def test_a_mapping_is_remembered_by_the_headings_unless_one_does_not_want_it(town, ledger, tmp_path):
    town.imports.take(ledger, "problems", mapping={"完成情况": "remark"}, remember=False)
    assert not town.imports.look(ledger, "problems").remembered
    town.imports.take(ledger, "problems", mapping={"完成情况": "remark"})
    other = save(tmp_path, {"另一张": ROWS}, "另一个.xlsx")
    book = town.imports.look(other, "problems")
    assert book.remembered
    assert column(book, "完成情况").field == "remark"
    assert not town.imports.look(other, "problems", mapping={}).remembered
    town.imports.forget(book.layout)
    assert not town.imports.look(other, "problems").remembered


def test_the_other_sheet_is_remembered_while_it_keeps_its_headings(town, tmp_path):
    small = [["序号", "反馈问题", "乡镇"], [1, "河道有垃圾", "白水镇"]]
    path = save(tmp_path, {"甲": ROWS, "乙": small})
    first = town.imports.look(path, "problems")
    other = {"甲": "乙", "乙": "甲"}[first.sheet]
    town.imports.take(path, "problems", sheet=other, mapping={})
    assert town.imports.look(path, "problems").sheet == other
    changed = save(tmp_path, {"甲": ROWS, "乙": [["序号", "问题描述", "责任人"], [1, "别的", "王某"]]}, "换了.xlsx")
    assert town.imports.look(changed, "problems").sheet != other
    town.imports.forget(town.imports.look(path, "problems").layout)
    assert town.imports.look(path, "problems").sheet == first.sheet


# ------------------------------------------------------------------------------------- around it


def test_a_workbook_saved_between_looking_and_taking_is_not_taken(town, ledger, tmp_path):
    town.imports.look(ledger, "problems")
    save(tmp_path, {"台账": [*ROWS[:-1], [4, "新来的一条", "白水镇"]]})
    os.utime(ledger, (1, 1))
    with pytest.raises(WorkbookChanged):
        town.imports.take(ledger, "problems", mapping={})
    assert records(town) == []
    assert town.imports.look(ledger, "problems").new == 4


def test_looking_again_does_not_read_the_file_again(town, ledger, monkeypatch):
    town.imports.look(ledger, "problems")
    monkeypatch.setattr("models.services.workbooks.imports.read_workbook", None)
    assert town.imports.look(ledger, "problems", mapping={"完成情况": "remark"}).new == 3


def test_the_list_of_what_was_left_out_names_cell_record_value_and_reason(town, ledger, tmp_path):
    book = town.imports.look(ledger, "problems")
    to = tmp_path / "清单.xlsx"
    count = town.imports.write_notes(book, to)
    assert count == len(book.rejected) + len(book.flagged)
    lines = list(openpyxl.load_workbook(to).active.iter_rows(values_only=True))
    assert lines[1] == ("单元格", "哪一条", "表里写的", "为什么")
    found = {line[0]: line for line in lines[2:]}
    assert found["D3"][2] == "2024.2.30"
    assert found["D3"][1].startswith("报废汽车")


@dataclass
class Stopped:
    """Stops the work at a step with this name."""

    at: str
    seen: list[str] = field(default_factory=list)

    def step(self, done, total, what=""):
        self.seen.append(what)
        if what == self.at:
            raise Cancelled


@pytest.mark.parametrize("at", ["正在读取工作簿", "正在认每一行", "正在认内容", "正在与台账比对", "正在登记"])
def test_every_part_can_be_cancelled_and_leaves_nothing(town, ledger, at):
    stop = Stopped(at)
    with pytest.raises(Cancelled):
        town.imports.take(ledger, "problems", progress=stop)
    assert stop.seen[-1] == at
    assert records(town) == []


def test_what_happened_later_than_today_is_not_believed_and_the_row_is_taken(world, tmp_path, monkeypatch):
    monkeypatch.setattr("models.services.workbooks.imports.RELEASED", "2024-06-01")
    path = save(tmp_path, {"台账": [
        ["反馈问题", "乡镇", "发现时间", "是否完成整改", "完成时间", "销号时间"],
        ["砖厂粉尘外溢，未建喷淋设施", "白水镇", "2054.5.1", None, "2024.7.1", None],
        ["养殖场粪污直排下游水塘", "白水镇", "2024.5.1", "是", "2024年6月", "2054.6.1"],
    ]})  # fmt: skip
    county = world["county"]
    for book in (county.imports.take(path, "problems"), again := county.imports.take(path, "problems")):
        assert [(note.cell, note.why.partition("，")[0]) for note in book.rejected] == [
            ("C2", "日期（2054-05-01）还没有到"), ("E2", "日期（2024-07-01）还没有到"),
            ("F3", "日期（2054-06-01）还没有到"),
        ]  # fmt: skip
    assert again.same == 2
    days = ("found_on", "completed_on", "closed_on")
    shown = {one["description"][:2]: tuple(one[day] for day in days) for one in county.records.list("problem")[1]}
    assert shown == {"砖厂": (None, None, None), "养殖": ("2024-05-01", "2024-06-30", None)}
    assert county.figures.tally()["problems"]["total"] == 2


def test_a_clock_that_fell_back_does_not_make_a_whole_ledger_look_too_late(world, tmp_path):
    path = save(tmp_path, {"台账": [
        ["反馈问题", "乡镇", "是否完成整改", "完成时间"], ["砖厂粉尘外溢，未建喷淋设施", "白水镇", "是", "2024.5.1"],
    ]})  # fmt: skip
    world.clock.jump(days=-5_000)
    assert not world["county"].imports.take(path, "problems").rejected
    assert [one["completed_on"] for one in world["county"].records.list("problem")[1]] == ["2024-05-01"]


def test_a_paper_without_a_day_says_when_it_changed_nothing_and_two_rows_of_one_number_are_told(world, tmp_path):
    county, head = world["county"], ["省序号", "问题来源", "反馈问题", "乡镇", "是否完成整改", "完成时间"]

    def told(*ends):
        rows = [["7", "省督", "砖厂粉尘外溢，未建喷淋设施", "白水镇", *end] for end in ends]
        book = county.imports.take(save(tmp_path, {"台账": [head, *rows]}), "problems")
        return [(note.cell, note.why) for note in book.flagged]

    assert told(["是", "2024.5.1"]) == []
    assert told(["否", None]) == [("E2", "“完成时间”台账里是“2024-05-01”，表里没有写截至哪天，没有采用")]
    assert county.records.list("problem")[1][0]["completed_on"] == "2024-05-01"
    assert told(["是", "2024.5.1"], ["是", "2024.5.1"]) == [("C3", "与第 2 行内容相同，按两条登记，请核对")]


# ------------------------------------------------------------------------------------- 上级通报


def test_the_days_of_a_circular_come_from_a_workbook_of_the_county_and_not_from_a_townships(world, tmp_path):
    county, town = world["county"], world["town"]
    path = save(tmp_path, {"台账": [
        ["反馈问题", "乡镇", "被通报时间", "通报解除时间", "通报单位和文号"],
        ["砖厂粉尘外溢，未建喷淋设施", "白水镇", "2024.5.12", "2024年6月1日", "省环委办〔2024〕5号"],
        ["养殖场粪污直排下游水塘", "白水镇", "是", "2024年7月1日", None],
        ["河道内弃置建筑垃圾多处", "白水镇", "大概", None, None],
        ["秸秆露天焚烧冒烟", "白水镇", "否", "2024.6.1", None],
    ]})  # fmt: skip
    for book in (county.imports.take(path, "problems"), again := county.imports.take(path, "problems")):
        assert [(note.cell, note.why) for note in book.rejected] == [
            ("D3", "还没有到，没有采用"), ("C4", "不是日期，原文记入备注"), ("D5", "还没有被通报时间，没有采用"),
        ]  # fmt: skip
    assert again.same == 4
    shown = {one["description"][:2]: one for one in county.records.list("problem")[1]}
    one, two, three = (shown[name] for name in ("砖厂", "养殖", "河道"))
    assert (one["circular"], one["circular_on"], one["circular_ended_on"]) == ("ended", "2024-05-12", "2024-06-01")
    assert one["circular_by"] == "省环委办〔2024〕5号"
    assert (two["circular"], two["circular_on"], two["light_why"]) == ("named", "", "被上级通报")
    assert (three["circular"], three["remark"]) == (None, "被通报时间原文：大概")
    taken = town.imports.take(path, "problems")
    assert {one["circular"] for one in town.records.list("problem")[1]} == {None}
    assert sum("由县环委办填写" in note.why for note in taken.flagged) == 3
