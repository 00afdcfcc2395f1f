"""A paper as a workbook says what the paper says, and a text that looks like a formula stays text."""

from __future__ import annotations

import openpyxl
import pytest

from models.domain.paper import Book, Paper, Table, Text, facts, printed
from models.services.papers import papers

PAPER = Paper(
    "介质登记簿",
    (
        Text("兹收到："), facts(("包号", "第 7 包")),
        Table((("1", "=1+1", "成"),), (1, 4, 2), ("序号", "文件名", "结果")),
    ),
    line="填报单位：白水镇", foot="填报人：", landscape=True,
)  # fmt: skip


def test_a_workbook_says_what_the_paper_says(tmp_path):
    path = papers.write(PAPER, tmp_path / "登记簿.XLSX", lambda _: b"")
    sheet = openpyxl.load_workbook(path).active
    said = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert said == [
        ["介质登记簿"], ["填报单位：白水镇"], ["兹收到："], ["包号", "第 7 包"], ["序号", "文件名", "结果"],
        ["1", "=1+1", "成"], ["填报人："],
    ]  # fmt: skip
    assert sheet["B6"].data_type == "s"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_a_book_has_a_sheet_for_each_paper_with_numbers_that_add_up_and_bars(tmp_path):
    rows = (("白水镇", "3", "50.0%"), ("青石镇", "-1.5", "=1"), ("合计", "1.5", "—"))
    heads = ("乡镇", "数", "率")
    counted = Table(rows, (2, 1, 1), heads, numbers=frozenset({1, 2}), chart=(1,))
    below = Table((("a", "b"),), (1, 1), ("甲", "乙"))
    book = Book("月报", (Paper("概述", (Text("长" * 200), counted, below), line="截至"), Paper("清单", (below,))))
    made = openpyxl.load_workbook(papers.write(book, tmp_path / "月报.xlsx", lambda _: b""))
    first, listed = made["概述"], made["清单"]
    assert (first["A1"].value, listed["A1"].value) == ("月报（概述）", "月报（清单）")
    assert [first[f"B{row}"].value for row in range(4, 8)] == ["数", 3, -1.5, 1.5]
    assert [first[f"C{row}"].value for row in (5, 6)] == ["50.0%", "=1"]
    assert first["C6"].data_type == "s"
    (bars,) = first._charts
    assert (bars.ser[0].val.numRef.f, bars.ser[0].cat.numRef.f) == ("'概述'!$B$5:$B$6", "'概述'!$A$5:$A$6")
    assert [first[f"A{row}"].value for row in (7, 8, 25, 26, 27)] == ["合计", None, None, "甲", "a"]
    assert first.row_dimensions[3].height > 40
    assert (listed.freeze_panes, listed.print_title_rows, first.freeze_panes) == ("A3", "$2:$2", None)
    paper = papers.write(book, tmp_path / "月报.pdf", lambda one: f"{one.title} {len(printed(one)[0].blocks)}".encode())
    assert paper.read_text(encoding="utf-8") == "月报 6"


def test_a_pdf_comes_from_the_printing_room(tmp_path):
    path = papers.write(PAPER, tmp_path / "回执.pdf", lambda paper: paper.title.encode())
    assert path.read_text(encoding="utf-8") == PAPER.title


@pytest.mark.parametrize("name", ["回执.odt", "回执"])
def test_other_files_are_refused_in_words(tmp_path, name):
    with pytest.raises(papers.NotThisKind) as caught:
        papers.write(PAPER, tmp_path / name, lambda _: b"")
    assert (caught.value.code, name in caught.value.message) == ("X120", True)
    assert list(tmp_path.iterdir()) == []
