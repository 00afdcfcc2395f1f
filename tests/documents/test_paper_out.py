"""A paper as a workbook says what the paper says, and a text that looks like a formula stays text."""

from __future__ import annotations

import openpyxl
import pytest

from models.domain.paper import Paper, Table, Text, facts
from models.services import papers

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


def test_a_pdf_comes_from_the_printing_room(tmp_path):
    path = papers.write(PAPER, tmp_path / "回执.pdf", lambda paper: paper.title.encode())
    assert path.read_text(encoding="utf-8") == PAPER.title


@pytest.mark.parametrize("name", ["回执.docx", "回执"])
def test_other_files_are_refused_in_words(tmp_path, name):
    with pytest.raises(papers.NotThisKind) as caught:
        papers.write(PAPER, tmp_path / name, lambda _: b"")
    assert (caught.value.code, name in caught.value.message) == ("X120", True)
    assert list(tmp_path.iterdir()) == []
