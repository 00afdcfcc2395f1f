"""Inspections on paper, and a form that was filled in a workbook read back."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from models.domain.inspection_form import HEADINGS
from models.services.inspections.form_refusals import AnsweredSince, BadForm, EmptyForm, NoNumber, NotAForm
from models.services.inspections.inspection_refusals import NothingFound


def fill(path, **cells):
    book = load_workbook(path)
    sheet = book.active
    for address, value in cells.items():
        sheet[address] = value
    book.save(path)
    return sheet


def test_a_form_is_filled_in_a_workbook_and_read_back(world, tmp_path):
    town, path = world["town"], tmp_path / "表.xlsx"
    made = town.inspections.add({"checklists": "scrap_cars", "village": "白水村", "people": "张三"})
    town.checklists.add_item("scrap_cars", {"text": "池塘水\n是否清澈？"})
    first, second = (line["item"] for line in made["answers"][:2])
    town.inspections.answer(made["id"], {first: "yes"})
    town.papers.write(town.papers.inspection(made["number"]), path, lambda _: b"")
    sheet = load_workbook(path).active
    head = next(row for row in sheet.iter_rows() if row[0].value == HEADINGS[0])[0].row
    assert [cell.value for cell in sheet[head + 1]][:5:2] == [first, "√", "□"]
    own = next(row[0].row for row in sheet.iter_rows() if row[0].value == "本地")
    fill(path, **{f"C{head + 2}": "√", f"D{head + 2}": "√"})
    with pytest.raises(BadForm) as bad:
        town.inspections.read_form(path)
    assert bad.value.faults == (f"第 {head + 2} 行：打了 2 个勾",)
    fill(path, **{f"C{head + 2}": "□", f"D{head + 2}": 1, f"F{head + 2}": "没有棚", f"E{own}": "√"})
    told = town.inspections.read_form(path)
    assert (told["counts"]["yes"], told["counts"]["no"], told["counts"]["na"]) == (1, 1, 1)
    line = next(one for one in told["answers"] if one["item"] == second)
    assert (line["answer"], line["note"]) == ("no", "没有棚")


def test_only_what_was_filled_in_counts_and_never_over_what_was_answered_since(world, tmp_path):
    town, path = world["town"], tmp_path / "表.xlsx"
    begun = town.inspections.add({"checklists": "scrap_cars"})
    first, second, third = (line["item"] for line in begun["answers"][:3])
    made = begun["id"]
    town.inspections.answer(made, {first: "yes", second: "yes"}, {first: "很好\n真的"})
    town.papers.write(town.papers.inspection(made), path, lambda _: b"")
    head = next(row[0].row for row in load_workbook(path).active.iter_rows() if row[0].value == HEADINGS[0])
    town.inspections.answer(made, {first: "no", third: "no"}, {first: "有油"})
    fill(path, **{f"C{head + 2}": "□", f"D{head + 2}": "√"})

    def told():
        lines = {line["item"]: line for line in town.inspections.read_form(path)["answers"]}
        return [(lines[item]["answer"], lines[item]["note"]) for item in (first, second, third)]

    assert told() == [("no", "有油"), ("no", None), ("no", None)], "what was written on it is no answer given since"
    assert told() == [("no", "有油"), ("no", None), ("no", None)], "read again"
    fill(path, **{f"E{head + 3}": "√"})
    with pytest.raises(AnsweredSince) as refused:
        town.inspections.read_form(path)
    assert len(refused.value.items) == 1
    assert refused.value.items[0] in refused.value.message


def test_other_workbooks_and_blank_forms_are_refused_with_their_reason(world, tmp_path):
    town, path = world["town"], tmp_path / "表.xlsx"
    town.papers.write(town.papers.checklist("scrap_cars"), path, lambda _: b"")
    with pytest.raises(NoNumber):
        town.inspections.read_form(path)
    made = town.inspections.add({"checklists": "scrap_cars"})
    town.papers.write(town.papers.inspection(made["id"]), path, lambda _: b"")
    with pytest.raises(EmptyForm):
        town.inspections.read_form(path)
    town.papers.write(town.papers.patrols(), path, lambda _: b"")
    with pytest.raises(NotAForm):
        town.inspections.read_form(path)
    with pytest.raises(NothingFound):
        town.papers.inspection(town.inspections.zero()["id"])


def test_the_sheet_of_a_month_has_a_row_for_every_day_and_what_the_ledger_knows(world):
    town = world["town"]
    town.inspections.zero({"inspected_on": "2024-06-03", "people": "李四"})
    town.inspections.add({"checklists": "air", "inspected_on": "2024-06-03", "village": "白水村"})
    table = town.papers.patrols().blocks[1]
    assert len(table.rows) == 31
    assert table.rows[2] == ("3", "全部地方", "李四", "无", "", "")
    assert table.rows[3] == ("3", "白水村", "", "", "大气：四尘三烟三气", "")
    assert table.rows[-1] == ("30", "", "", "", "", "")
