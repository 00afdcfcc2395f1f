"""A workbook is opened in a child process: what is honest comes back whole, what is hostile ends as a refusal."""

from __future__ import annotations

import io
import multiprocessing
import time
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents import answers, child, reading
from models.documents.magic import format_of
from models.documents.ole import BrokenContainer, Container
from models.documents.prescan import scan, shows_month
from models.documents.raw import Kind, RawBook, address, letter
from models.documents.reading import read_workbook
from models.documents.refusals import WorkbookRefused
from models.errors import LedgerError
from models.progress import Cancelled, Silent
from tests.documents import hostile


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes) -> RawBook:
    return child.read_content(content)


def read_unless_it_panics(content: bytes) -> RawBook | None:
    """The reader may panic with a BaseException, which costs the child; any other exception would be a bug of ours."""
    try:
        return read(content)
    except WorkbookRefused:
        return None
    except BaseException as panic:
        if type(panic).__name__ == "PanicException":
            return None
        raise


def refusal(content: bytes) -> WorkbookRefused:
    with pytest.raises(WorkbookRefused) as refused:
        read(content)
    return refused.value


# ------------------------------------------------------------------------------------------------- through the child


def test_a_workbook_comes_back_from_the_child_as_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "台账 2024.xlsx"
    path.write_bytes(hostile.workbook([["序号", "问题"], [1, "甲\n乙"], [2, None]]))
    book = read_workbook(path, progress=Silent())
    assert book.name == "台账 2024"
    assert book.sheets == read(path.read_bytes()).sheets
    assert not multiprocessing.active_children()


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as refused:
        read_workbook(tmp_path / "没有.xlsx", progress=Silent())
    assert "找不到" in refused.value.message


def test_a_file_beyond_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(LedgerError) as refused:
        read_workbook(path, progress=Silent())
    assert refused.value.code == "X104"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (hostile.far_cell, "X104"),
        (hostile.wide_cell, "X104"),
        (hostile.many_merges, "X104"),
        (hostile.bomb, "X104"),
        (lambda: hostile.dtd("xl/workbook.xml"), "X105"),
        (lambda: hostile.dtd("xl/sharedStrings.xml"), "X105"),
        (lambda: hostile.dtd("xl/worksheets/sheet1.xml"), "X105"),
        (lambda: hostile.dtd("docProps/core.xml"), "X105"),
        (lambda: hostile.container("EncryptedPackage", "EncryptionInfo"), "X103"),
        (lambda: hostile.container("WordDocument"), "X101"),
        (hostile.biting_its_tail, "X102"),
        (hostile.echo, "X106"),
    ],
    ids=[
        "far",
        "wide",
        "merges",
        "bomb",
        "dtd-book",
        "dtd-strings",
        "dtd-sheet",
        "dtd-props",
        "password",
        "doc",
        "tail",
        "echo",
    ],
)
def test_a_hostile_file_costs_only_the_child(tmp_path: Path, content: object, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content())  # type: ignore[operator]
    begun = time.monotonic()
    with pytest.raises(LedgerError) as refused:
        read_workbook(path, progress=Silent())
    assert refused.value.code == code
    assert refused.value.way_out.endswith("。")
    assert time.monotonic() - begun < 60
    assert not multiprocessing.active_children()


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "START_SECONDS", 0)
    monkeypatch.setattr(answers, "_LOOK_EVERY", 0.0)
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.workbook())
    with pytest.raises(LedgerError) as refused:
        read_workbook(path, progress=Silent(), seconds=0)
    assert refused.value.code == "X106"
    assert not multiprocessing.active_children()


def test_a_child_that_cannot_be_started_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", start)
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.workbook())
    with pytest.raises(LedgerError) as refused:
        read_workbook(path, progress=Silent())
    assert refused.value.code == "R530"


def test_cancel_kills_the_child(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled

    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.echo())
    with pytest.raises(Cancelled):
        read_workbook(path, progress=Impatient())
    assert not multiprocessing.active_children()


def test_what_comes_from_the_child_is_never_more_than_a_code_and_a_few_words() -> None:
    refused = reading._refusal("X104", "第\x1b[31m9\n行" + "长" * 500, "a.xlsx")
    assert refused.code == "X104"
    assert len(refused.detail) <= 60
    assert refused.detail.isprintable()
    assert reading._refusal("X999", "", "a.xlsx").code == "X102"


# ------------------------------------------------------------------------------------------------- what a file is


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"  <html><body><table><tr><td>1</td></tr></table></body></html>", "网页"),
        ("\ufeff<!DOCTYPE html><html>".encode("utf-16"), "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b"MZ\x90\x00", "程序"),
    ],
)
def test_a_renamed_file_is_called_by_its_real_name(content: bytes, words: str) -> None:
    refused = refusal(content)
    assert refused.code == "X101"
    assert words in refused.message


def test_a_word_document_is_called_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("word/document.xml", "<x/>")
    assert "Word" in refusal(out.getvalue()).message


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"  \r\n"])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert refusal(content).code == "X107"


def test_a_zip_with_a_password_is_called_locked() -> None:
    content = bytearray(hostile.workbook())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refusal(bytes(content)).code == "X103"


def test_the_suffix_proves_nothing() -> None:
    old = xlwt.Workbook(encoding="utf-8")
    old.add_sheet("a").write(0, 0, "x")
    assert format_of(saved(old)) == "xls"
    assert format_of(hostile.workbook()) == "xlsx"
    assert format_of("序号,问题\n1,甲".encode("gbk")) == "csv"


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_random_bytes_are_a_table_or_a_refusal(content: bytes) -> None:
    try:
        book = read(content)
    except WorkbookRefused:
        return
    assert book.format == "csv"


@settings(max_examples=80)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused(where: int, to: int) -> None:
    content = bytearray(hostile.workbook())
    content[where % len(content)] = to
    book = read_unless_it_panics(bytes(content))
    assert book is None or book.sheets


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(share: float) -> None:
    content = hostile.workbook([["序号", "问题"], *([n, "甲" * 20] for n in range(500))])
    assert refusal(content[: int(len(content) * share)]).code == "X102"


def test_a_container_with_nonsense_in_it_is_broken_not_a_bug() -> None:
    with pytest.raises(BrokenContainer):
        Container(hostile.biting_its_tail())
    with pytest.raises(BrokenContainer):
        Container(bytes.fromhex("D0CF11E0A1B11AE1") + b"\xff" * 600)
    assert Container(hostile.container("EncryptedPackage")).names == {"EncryptedPackage"}


# ------------------------------------------------------------------------------------------------- what cells hold


def test_texts_lose_no_character() -> None:
    said = ["361021199001011234", "007", "1E5", "0796-8440010", " 前后 ", "=1+1", "𠀀😀", "a\nb", "2024年3月底"]
    book = openpyxl.Workbook()
    for place, text in enumerate(said, start=1):
        cell = book.active.cell(1, place, text)
        cell.data_type = "s"
    row = read(saved(book)).sheets[0].rows[0]
    assert [cell.text for cell in row if cell] == said
    assert {cell.kind for cell in row if cell} == {Kind.TEXT}


def test_numbers_dates_and_truth_keep_their_kind() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        [
            1,
            5.5,
            13918886615,
            True,
            datetime.fromisoformat("2024-06-30"),
            datetime.fromisoformat("2024-06-30 08:30"),
            0.85,
            "#N/A",
            "=A1+1",
        ]
    )
    sheet["G1"].number_format = "0%"
    row = read(saved(book)).sheets[0].rows[0]
    assert [(c.kind, c.text) for c in row if c] == [
        (Kind.NUMBER, "1"),
        (Kind.NUMBER, "5.5"),
        (Kind.NUMBER, "13918886615"),
        (Kind.BOOL, "是"),
        (Kind.DATE, "2024-06-30"),
        (Kind.DATE, "2024-06-30T08:30:00"),
        (Kind.TEXT, "85%"),
        (Kind.ERROR, "#N/A"),
        (Kind.FORMULA, "=A1+1"),
    ]


def test_a_date_that_shows_only_its_month_is_a_month() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = datetime.fromisoformat("2024-06-01")
    book.active["A1"].number_format = 'yyyy"年"m"月"'
    cell = read(saved(book)).sheets[0].rows[0][0]
    assert cell == (Kind.MONTH, "2024年6月")


@pytest.mark.parametrize(
    ("code", "month"),
    [
        ('yyyy"年"m"月"', True),
        ("yyyy/mm", True),
        ("yyyy.m;@", True),
        ('[$-804]yyyy"年"m"月"', True),
        ('yyyy"年"', True),
        ('yyyy"年"m"月"d"日"', False),
        ("yyyy-mm-dd", False),
        ("General", False),
        ("0.00", False),
        ('m"月"d"日"', False),
    ],
)
def test_which_formats_show_a_month(code: str, month: bool) -> None:
    assert shows_month("164", code) is month


def test_long_numbers_keep_the_digits_that_the_file_has() -> None:
    content = hostile.with_sheet('<row r="1"><c r="A1"><v>361021199001011234</v></c></row>')
    assert read(content).sheets[0].rows[0][0] == (Kind.NUMBER, "361021199001011234")


def test_rows_and_columns_stand_where_they_stand_in_the_sheet() -> None:
    book = openpyxl.Workbook()
    book.active["C4"], book.active["E6"] = "x", "y"
    rows = read(saved(book)).sheets[0].rows
    assert [address(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell] == ["C4", "E6"]
    assert [letter(n) for n in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_hidden_sheets_are_known_and_merges_are_clipped_to_the_data() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active.merge_cells("A1:Z900")
    book.create_sheet("藏").sheet_state = "hidden"
    book.create_sheet("深藏").sheet_state = "veryHidden"
    read_back = read(saved(book))
    assert [(s.name, s.visible) for s in read_back.sheets] == [("Sheet", True), ("藏", False), ("深藏", False)]
    assert read_back.sheets[0].merges == [(0, 0, 0, 0)]


def test_styled_empty_columns_to_the_end_of_the_sheet_do_no_harm() -> None:
    cells = "".join(f'<c r="{letter(n)}1" s="0"/>' for n in range(1, 16_384))
    begun = time.process_time()
    book = read(hostile.with_sheet(f'<row r="1"><c r="A1"><v>1</v></c>{cells}</row>'))
    assert book.sheets[0].rows == [[(Kind.NUMBER, "1")]]
    assert time.process_time() - begun < 2


def test_an_old_workbook_reads_like_a_new_one() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    sheet.write_merge(0, 0, 0, 2, "标题")
    sheet.write(1, 0, "007")
    sheet.write(1, 1, datetime.fromisoformat("2024-06-30"), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(1, 2, 5.5)
    book.add_sheet("藏").visibility = 1
    read_back = read(saved(book))
    assert read_back.format == "xls"
    assert [(c.kind, c.text) for c in read_back.sheets[0].rows[1] if c] == [
        (Kind.TEXT, "007"),
        (Kind.DATE, "2024-06-30"),
        (Kind.NUMBER, "5.5"),
    ]
    assert read_back.sheets[0].merges == [(0, 0, 0, 2)]
    assert [s.visible for s in read_back.sheets] == [True, False]


def test_a_workbook_of_1904_is_known() -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"<workbookPr ", b'<workbookPr date1904="1" ') if name == "xl/workbook.xml" else content

    assert scan(hostile.changed(change)).epoch_1904
    assert not scan(hostile.workbook()).epoch_1904


def test_parts_that_are_missing_are_a_refusal() -> None:
    for gone in ("xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"):
        content = hostile.changed(lambda name, content, gone=gone: None if name == gone else content)
        assert refusal(content).code in {"X102", "X107"}


def test_an_open_document_reads_too_and_is_looked_through() -> None:
    book = read(hostile.open_document())
    assert book.format == "ods"
    assert book.sheets[0].rows == [[(Kind.TEXT, "反馈问题"), (Kind.DATE, "2024-06-30")]]
    assert refusal(hostile.open_document("<!DOCTYPE x>")).code == "X105"


def test_macros_are_known_and_left_alone() -> None:
    content = hostile.changed(lambda _, content: content, vbaProject=b"x")
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(name.replace("vbaProject.xml", "vbaProject.bin"), old.read(name))
    assert read(out.getvalue()).macros
