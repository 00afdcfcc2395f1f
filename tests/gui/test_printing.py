"""Papers on pages: nothing is lost, headings stand on every page, no row is torn, and text is text."""

from __future__ import annotations

import os
import re
import sys

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

from gui import offscreen, printing
from models.domain.paper import Book, Paper, Photo, Photos, Table, Text, facts

WIDE = ("序号", "文件名", "结果")


def laid_out(paper: Paper) -> printing.Sheets:
    """On a picture of a page at 96 dots an inch."""
    picture = QImage(10, 10, QImage.Format.Format_RGB32)
    picture.setDotsPerMeterX(round(96 / 0.0254))
    picture.setDotsPerMeterY(round(96 / 0.0254))
    size = QSizeF(printing.page_layout(paper).paintRectPixels(96).size())
    return printing.lay_out(paper, picture, QRectF(0, 0, size.width(), size.height()))


def said(page) -> str:
    return "\n".join("".join(words.lines) for words in page)


@pytest.fixture
def long() -> Paper:
    rows = tuple((f"行{n}", f"hg_{n}.hgb " * 9, "已写入并校验") for n in range(120))
    return Paper("介质登记簿", (Table(rows, (2, 8, 3), WIDE, frozenset({0})),), landscape=True)


def test_every_page_has_the_headings_and_no_row_is_torn_or_lost(qapp, long):
    sheets = laid_out(long)
    assert len(sheets.pages) > 3
    for page in sheets.pages:
        assert all(heading in said(page) for heading in WIDE)
        assert all(words.box.bottom() <= sheets._bottom for words in page)
        rows = {words.box.top() for words in page if words.framed}
        assert len([words for words in page if words.framed]) == 3 * len(rows)
    told = [name for page in sheets.pages for name in re.findall("行[0-9]+", said(page))]
    assert told == [f"行{n}" for n in range(120)]


def test_what_is_longer_than_a_page_goes_on_upon_the_next(qapp):
    text = "".join(chr(0x4E00 + n) for n in range(9000))
    sheets = laid_out(Paper("一条", (Table((("甲", text),), (1, 5), ("栏", "内容")), Text(text))))
    whole = "".join(line for page in sheets.pages for words in page for line in words.lines)
    assert whole.count(text[:40]) == 2
    assert len(whole.replace("栏", "").replace("内容", "")) >= 2 * len(text)
    assert all(words.box.bottom() <= sheets._bottom + 0.5 for page in sheets.pages for words in page)


def test_boxes_are_large_enough_to_be_ticked_and_the_days_of_a_month_stand_on_one_page(qapp):
    form = Table((("A1-1", "问", "□"),), (2, 6, 2), ("编号", "检查内容", "是"), large=frozenset({2}))
    sheets = laid_out(Paper("检查表", (form,)))
    boxes = [words for words in sheets.pages[0] if words.lines == ("□",)]
    assert [round(words.box.height() / sheets.mm(1), 1) for words in boxes] == [printing.TICKED]
    assert boxes[0].font.pixelSize() > 1.8 * sheets.pages[0][-2].font.pixelSize()
    days = tuple((str(day), "") for day in range(1, 32))
    month = laid_out(Paper("巡查表", (Text("没有发现问题的也要填。"), Table(days, (1, 9), ("日", "情况"), tall=True)),
                           line="白水镇"))  # fmt: skip
    assert len(month.pages) == 1


def test_a_text_is_a_text_and_a_word_without_end_is_broken(qapp):
    sheets = laid_out(Paper("回执", (Text("<b>白水镇</b> & \U0001f6e2油桶"), facts(("校验值", "ab" * 200)))))
    lines = [line for words in sheets.pages[0] for line in words.lines]
    assert "<b>白水镇</b> & \U0001f6e2油桶" in lines
    broken = [line for line in lines if set(line) == set("ab")]
    assert len(broken) > 1
    assert "".join(broken) == "ab" * 200


def test_a_pdf_of_a_paper_has_its_pages_on_a4(qapp, long):
    content = printing.pdf(long)
    assert content.startswith(b"%PDF-")
    assert b"/FontFile" in content, "letters are drawn with a font, not as empty boxes"
    assert content.count(b"/Type /Page\n") == len(laid_out(long).pages)
    (box,) = set(re.findall(rb"/MediaBox \[(.*?)\]", content))
    assert [round(float(side)) for side in box.split()] == [0, 0, 842, 595]


def test_papers_apart_begin_on_pages_of_their_own_size_and_number_them_from_one(qapp, long, monkeypatch):
    drawn: list[tuple[int, int]] = []
    monkeypatch.setattr(printing.Sheets, "draw", lambda sheets, number, *_: drawn.append((number, len(sheets.pages))))
    content = printing.pdf(Book("两张", (Paper("登记表", (Text("甲"),)), long), apart=True))
    many = len(laid_out(long).pages)
    assert drawn == [(0, 1), *((number, many) for number in range(many))]
    boxes = re.findall(rb"/MediaBox \[(.*?)\]", content)
    assert [round(float(box.split()[2])) for box in boxes] == [595] + [842] * many


@pytest.mark.parametrize(("system", "platform"), [("linux", "offscreen"), ("win32", None)])
def test_papers_without_a_window_are_made_on_a_platform_that_has_letters(monkeypatch, system, platform):
    for name in ("QT_QPA_PLATFORM", "QT_LOGGING_RULES"):
        monkeypatch.setenv(name, "taken back after the test")
        monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "platform", system)
    offscreen.choose_platform()
    assert os.environ.get("QT_QPA_PLATFORM") == platform


def test_photos_stand_side_by_side_in_rows_that_are_never_torn_and_each_is_asked_for_where_it_is_drawn(qapp):
    rows = tuple(
        (Photo(f"{n}", (f"{n} 号点位", "拍摄时间：2024-05-12")), Photo("", ("照片未到",)), None) for n in range(30)
    )
    paper = Paper("照片", (Photos(("整改前", "整改中", "整改后"), rows, ("", "", "缺整改后照片")),))
    sheets = laid_out(paper)
    assert len(sheets.pages) == 8
    for page in sheets.pages:
        assert all(heading in said(page) for heading in ("整改前", "缺整改后照片", "照片不在本机"))
        assert all(words.box.bottom() <= sheets._bottom for words in page)
    asked: list[str] = []
    green = QImage(1600, 1200, QImage.Format.Format_RGB32)
    green.fill(0x00FF00)

    def pictures(sha256: str) -> QImage | None:
        asked.append(sha256)
        return None if sha256 == "7" else green

    content = printing.pdf(paper, pictures)
    assert asked == [str(n) for n in range(30)]
    assert content.count(b"/Subtype /Image") == 29
    assert len(content) < 1_000_000, "a photo is no sharper than it is printed"


def test_a_heading_never_stands_alone_at_the_end_of_a_page(qapp):
    table = Table((("甲" * 400,),), (1,), ("栏",))
    for lines in range(20, 34):
        pages = laid_out(Paper("一条", (*(Text("行") for _ in range(lines)), Text("标题", strong=True), table))).pages
        assert ["标题" in said(page) for page in pages] == ["甲" * 30 in said(page) for page in pages]
