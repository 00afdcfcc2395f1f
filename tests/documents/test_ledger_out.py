"""The official ledger: printed as offices want it, and read back as the same records."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from models.documents import ledger_out
from models.documents.child import read_content
from models.documents.ledger_out import CELL_CHARS, safe_text, write_ledger
from models.documents.refusals import TooLongForASheet
from models.documents.rows import Row, Understood
from models.documents.take_values import CUT
from models.documents.texts import says_nothing
from models.documents.understanding import understand
from models.progress import Cancelled

AS_OF = date(2024, 4, 30)
NUMBER = "361021101-2024-{:04}-AB"

PROBLEM: dict[str, Any] = {
    "id": "00",
    "number": NUMBER.format(1),
    "county_number": "3",
    "city_number": "抚101",
    "province_number": None,
    "source": "警示片",
    "round": "2024年",
    "batch": "第一批",
    "description": "=1+1\n第二行",
    "goal": "目标",
    "measures_text": "1.甲；\n2.乙；",
    "categories": "水；大气",
    "trade": "矿山",
    "township": "361021101",
    "township_name": "白水镇",
    "place": "山口村",
    "longitude": 116.52,
    "latitude": 27,
    "lead_unit": "白水镇人民政府",
    "responsible_units": "县水利局；县城管局（牵头、协调）",
    "cooperating_units": "县住建局、县林业局",
    "supervising_unit": "县生态环境局",
    "leader": "王某",
    "person": "刘某 13900000000",
    "phone": None,
    "found_on": "2024-03-02",
    "deadline_kind": "time_limited",
    "deadline": "2024-06-30",
    "deadline_text": "2024年6月底",
    "long_term_too": "true",
    "pace": "behind",
    "progress": "+进展",
    "completed": False,
    "completed_on": None,
    "closing_stage": "none",
    "closed_on": None,
    "circular": "ended",
    "circular_on": "2024-05-12",
    "circular_by": "省环委办〔2024〕5号",
    "circular_ended_on": "2024-07-01",
    "remark": "@备注",
    "internal_note": "不得外传",
}


def exported(tmp_path: Path, records: list[dict[str, Any]], kind: str = "problems") -> bytes:
    path = tmp_path / "out.xlsx"
    count = write_ledger(path, kind, iter(records), unit_name="临江县环委办", as_of=AS_OF, title="整改台账")
    assert count == len(records)
    return path.read_bytes()


def read_back(content: bytes, kind: str = "problems") -> Understood:
    return understand(read_content(content), kind)


def facts(row: Row) -> dict[str, tuple[str, str | None]]:
    return {f.field: (f.state, f.day.isoformat() if f.day else None) for f in row.facts}


def test_every_field_comes_back(tmp_path: Path) -> None:
    read = read_back(exported(tmp_path, [PROBLEM]))
    row = read.rows[0]
    wanted = {
        n: v
        for n, v in PROBLEM.items()
        if v is not None
        and n
        not in {
            "id",
            "township_name",
            "deadline_kind",
            "pace",
            "completed",
            "closing_stage",
            "internal_note",
            "circular",
            "circular_on",
            "circular_ended_on",
        }
    }
    assert row.values == wanted | {"township": "白水镇"}
    assert facts(row) == {
        "deadline_kind": ("time_limited", None),
        "pace": ("behind", None),
        "completed_on": ("open", None),
        "closing_stage": ("none", None),
        "circular": ("ended", "2024-07-01"),
    }
    assert [(f.state, str(f.day)) for f in row.facts if f.field == "circular"] == [
        ("named", "2024-05-12"),
        ("ended", "2024-07-01"),
    ]
    assert not (row.refused)
    assert not (row.rejected)
    assert not (row.flagged)
    assert (read.as_of, read.title) == (AS_OF, "整改台账")
    assert [why for _, why in read.passed] == ["落款或说明"]


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        ({"completed": True, "completed_on": "2024-05-01"}, {"completed_on": ("completed", "2024-05-01")}),
        ({"completed": True, "completed_on": None}, {"completed_on": ("completed", None)}),
        (
            {"completed": False, "closing_stage": "closing"},
            {"completed_on": ("completed", None), "closing_stage": ("closing", None)},
        ),
        (
            {"completed": True, "closing_stage": "closed", "closed_on": "2024-06-01"},
            {"closing_stage": ("closed", "2024-06-01")},
        ),
        (
            {"deadline_kind": "long_term", "deadline": None, "deadline_text": None},
            {"deadline_kind": ("long_term", None)},
        ),
        (
            {"deadline_kind": "immediate", "deadline": "2024-06-30", "deadline_text": ""},
            {"deadline_kind": ("immediate", None)},
        ),
        ({"closing_stage": None, "undecided": True}, {"completed_on": ("open", None)}),
    ],
)
def test_facts_come_back(tmp_path: Path, record: dict[str, Any], wanted: dict[str, Any]) -> None:
    row = read_back(exported(tmp_path, [PROBLEM | record])).rows[0]
    assert wanted.items() <= facts(row).items()
    assert row.values.get("deadline") == (PROBLEM | record)["deadline"]
    assert row.values.get("deadline_text", "") == ((PROBLEM | record)["deadline_text"] or "")
    if record.get("closing_stage", "") is None:
        assert "closing_stage" not in facts(row)


def test_words_that_no_longer_fit_the_date_do_not_hide_it(tmp_path: Path) -> None:
    """The county moved the date and left the words: the date is shown, the words are kept."""
    row = read_back(exported(tmp_path, [PROBLEM | {"deadline": "2024-09-30"}])).rows[0]
    assert (row.values["deadline"], row.values["deadline_text"]) == ("2024-09-30", "2024年6月底")


def test_petitions_come_back(tmp_path: Path) -> None:
    record: dict[str, Any] = {
        "receipt_number": "*X3JX202405160020",
        "batch": None,
        "content": "来信反映",
        "township": "河口镇",
        "township_name": "河口镇",
        "pollution_kinds": "水；其他污染",
        "investigation": "属实",
        "verified": "mostly",
        "handling": "已处理",
        "found_on": "2024-05-16",
        "finish_state": "finished",
        "finished_on": "2024-05-20",
        "closing_stage": "closed",
        "closed_on": None,
        "orders": 0,
        "fine_wan": 5.5,
        "cases": None,
        "talks": 2,
        "accountability": 1,
        "duplicate": "false",
        "lead_unit": None,
        "person": None,
        "phone": "0794-7251234",
    }
    row = read_back(exported(tmp_path, [record], "petitions"), "petitions").rows[0]
    hidden = {"township_name", "finish_state", "finished_on", "closing_stage"}
    assert row.values == {n: v for n, v in record.items() if v is not None and n not in hidden}
    assert facts(row) == {"finish_state": ("finished", "2024-05-20"), "closing_stage": ("closed", None)}


TEXT = st.one_of(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t"),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(
        [
            "=SUM(A1)",
            "+86",
            "-1",
            "@x",
            "\t=1",
            "＝1",
            "007",
            "1E5",
            "361021199001011234",
            "'单引号",
            "_x0041_",
            "_x005F_",
            "<&>\"'",
            " 前后 ",
            "\n\n",
            "2024.2.30",
            "合计",
            "填报人：某",
            "一、中央督察",
            "是",
            "示例",
            "45354",
            "𠀀😀",
        ]
    ),
)
TEXT_FIELDS = (
    "description",
    "goal",
    "measures_text",
    "progress",
    "source",
    "round",
    "place",
    "lead_unit",
    "person",
    "phone",
    "leader",
    "city_number",
    "county_number",
    "trade",
    "township_name",
    "remark",
    "batch",
)


@settings(max_examples=60)
@given(
    st.lists(
        st.fixed_dictionaries({"description": TEXT}, optional=dict.fromkeys(TEXT_FIELDS[1:], TEXT)),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, str]]) -> None:
    made = [{"number": NUMBER.format(n)} | record for n, record in enumerate(records)]
    content = exported(tmp_path_factory.mktemp("out"), made)
    rows = read_back(content).rows
    assert len(rows) == len(made)
    for row, record in zip(rows, made, strict=True):
        for name, text in record.items():
            wanted = safe_text(text).replace("_x005F_", "_") if "_x" not in text else text
            if not says_nothing(text):
                assert row.values["township" if name == "township_name" else name] == wanted
        assert bool(row.refused) == says_nothing(record["description"])
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        assert b"<f>" not in box.read("xl/worksheets/sheet1.xml")


def test_what_xml_cannot_hold_is_shown_and_what_is_too_long_is_marked() -> None:
    assert safe_text("a\x00b\x1fc\ud800d\r\ne") == "a�b�c�d\ne"
    long = safe_text("𠀀" * CELL_CHARS)
    assert len(long.encode("utf-16-le")) // 2 <= CELL_CHARS
    assert long.endswith(CUT)


def test_a_remark_that_was_cut_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    row = read_back(exported(tmp_path, [PROBLEM | {"remark": "很长" * 20_000}])).rows[0]
    assert "remark" not in row.values


def test_the_sheet_prints_on_a3_with_headings_on_every_page(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported(tmp_path, [PROBLEM] * 3))).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) in {(8, "landscape"), ("8", "landscape")}
    assert (
        sheet.page_setup.fitToWidth,
        sheet.page_setup.fitToHeight,
        sheet.sheet_properties.pageSetUpPr.fitToPage,
    ) == (1, 0, True)
    assert sheet.print_title_rows in {"3:4", "$3:$4"}
    assert sheet["A1"].value == "整改台账"
    assert str(sheet["A2"].value).startswith("填报单位：临江县环委办        截至日期：2024年4月30日")
    cell = next(c for c in sheet[5] if c.value == "=1+1\n第二行")
    assert (cell.data_type, cell.quotePrefix, cell.alignment.wrap_text, cell.border.left.style) == (
        "s",
        True,
        True,
        "thin",
    )
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A1:{get_column_letter(sheet.max_column)}1", "A3:A4"} <= merged
    foot = sheet.cell(sheet.max_row, 1).value
    assert all(
        word in str(foot)
        for word in ("填报单位（盖章）：临江县环委办", "填报人：", "审核人：", "联系电话：", "填报日期：")
    )
    assert "不得外传" not in str([c.value for row in sheet for c in row])


def test_columns_that_say_nothing_are_left_out(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(exported(tmp_path, [{"number": NUMBER.format(1), "description": "甲"}]))
    ).active
    headings = {c.value for row in sheet.iter_rows(3, 4) for c in row}
    assert {"反馈问题", "整改时限", "编号"} <= headings
    assert not {"经度", "行业", "省序号", "时限原文"} & headings


def test_an_empty_ledger_is_a_ledger(tmp_path: Path) -> None:
    assert read_back(exported(tmp_path, [])).rows == ()


def test_more_rows_than_a_sheet_can_hold_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_out, "_ROWS", 2)
    with pytest.raises(TooLongForASheet):
        exported(tmp_path, [PROBLEM] * 3)
    assert not list(tmp_path.iterdir())


def test_cancel_leaves_no_file(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_ledger(
            tmp_path / "a.xlsx",
            "problems",
            [PROBLEM] * 600,
            unit_name="x",
            as_of=AS_OF,
            title="t",
            progress=Impatient(),
        )
    assert not list(tmp_path.iterdir())
