"""The sample ledgers against a second reading of them, which shares no line with the importer."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from models.documents.reading import read_workbook
from models.documents.rows import Row, Understood
from models.documents.understanding import understand
from models.progress import Silent

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


@dataclass(frozen=True)
class Sample:
    """A sample as the importer understands it, and the cells of its rows as openpyxl gives them."""

    read: Understood
    cells: list[dict[str, object]]


def sample(name: str, kind: str, first: int, last: int) -> Sample:
    path = SAMPLES / f"{name}.xlsx"
    sheet = openpyxl.load_workbook(path).active
    rows = [{c.column_letter: c.value for c in row if c.value is not None} for row in sheet.iter_rows(first, last)]
    return Sample(understand(read_workbook(path, progress=Silent()), kind), rows)


@pytest.fixture(scope="module")
def problems() -> Sample:
    return sample("county_problems", "problems", 5, 103)


@pytest.fixture(scope="module")
def petitions() -> Sample:
    return sample("county_petitions", "petitions", 4, 105)


@pytest.fixture(scope="module")
def town() -> Sample:
    return sample("township_problems", "problems", 4, 27)


def plain_date(value: object) -> str | None:
    """A second reader of dates, for the few forms that the samples use."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = str(value or "")
    if found := re.fullmatch(r"(\d{4})[.年](\d+)[.月](\d+)日?", text):
        return date(*map(int, found.groups())).isoformat()
    if found := re.fullmatch(r"(\d{4})年(\d+)月底", text):
        year, month = map(int, found.groups())
        return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1).isoformat()
    found = re.fullmatch(r"(\d{4})年底前(，并长期坚持)?", text)
    return f"{found[1]}-12-31" if found else None


def fact(row: Row, name: str) -> tuple[str, str | None] | None:
    return next(((f.state, f.day.isoformat() if f.day else None) for f in row.facts if f.field == name), None)


def count(read: Understood, name: str, state: str) -> int:
    return sum(any((f.field, f.state) == (name, state) for f in row.facts) for row in read.rows)


def test_the_county_ledger_gives_the_figures_of_the_speech(problems: Sample) -> None:
    read = problems.read
    assert len(read.rows) == 99
    assert (count(read, "deadline_kind", "time_limited"), count(read, "deadline_kind", "long_term")) == (64, 35)
    assert count(read, "completed_on", "completed") == 50
    assert (count(read, "closing_stage", "closed"), count(read, "closing_stage", "closing")) == (46, 4)
    assert read.as_of == date(2024, 4, 30)
    assert read.heading_rows == (3, 4)
    assert dict(read.passed) == {104: "合计", 106: "落款或说明"}
    assert not any(row.refused or row.rejected or row.flagged for row in read.rows)


def test_every_cell_of_the_county_ledger_is_where_it_belongs(problems: Sample) -> None:
    texts = {
        "B": "city_number", "C": "source", "D": "round", "E": "description", "F": "categories", "G": "township",
        "H": "goal", "I": "measures_text", "L": "lead_unit", "O": "supervising_unit", "Q": "progress",
    }  # fmt: skip
    kinds = {"限期整改": "time_limited", "长期坚持": "long_term"}
    paces = {"达到序时进度": "on_schedule", "完成交账销号": "closed", "完成整改": "completed"}
    stages = {"已销号": "closed", "销号中": "closing", "未销号": "none"}
    for row, cells in zip(problems.read.rows, problems.cells, strict=True):
        for column, name in texts.items():
            assert row.values[name] == cells[column], (row.number, name)
        assert str(row.values["cooperating_units"]).split("；") == str(cells["M"]).split("、")
        assert f"{row.values['person']}\n{row.values['phone']}" == cells["N"]
        assert row.values.get("deadline") == plain_date(cells["K"])
        assert row.values["long_term_too"] == ("true" if "并长期坚持" in str(cells["K"]) else "false")
        assert fact(row, "deadline_kind") == (kinds[str(cells["J"])], None)
        assert fact(row, "pace") == (paces[str(cells["P"])], None)
        done = {"是": "completed", "否": "open"}[str(cells["R"])]
        assert fact(row, "completed_on") == (done, plain_date(cells["S"]))
        assert fact(row, "closing_stage") == (stages[str(cells["T"])], plain_date(cells["U"]))


def test_every_cell_of_the_petitions_is_where_it_belongs(petitions: Sample) -> None:
    read = petitions.read
    assert len(read.rows) == 102
    assert (count(read, "finish_state", "finished"), count(read, "closing_stage", "closed")) == (102, 101)
    assert dict(read.passed) == {106: "合计"}
    truths = {"属实": "true", "基本属实": "mostly", "部分属实": "partly", "不属实": "false"}
    for row, cells in zip(read.rows, petitions.cells, strict=True):
        assert [row.values[n] for n in ("receipt_number", "content", "township", "investigation", "handling")] == [
            cells[c] for c in "BCDFH"
        ]
        assert str(row.values["pollution_kinds"]).split("；") == str(cells["E"]).split("、")
        assert row.values["verified"] == truths[str(cells["G"])]
        assert row.values.get("fine_wan") == (None if cells["K"] == "/" else cells["K"])
        assert (row.values["orders"], row.values["talks"]) == (cells["J"], cells["L"])
        assert row.values["duplicate"] == {"是": "true", "否": "false"}[str(cells["M"])]


def test_every_cell_of_the_township_book_is_where_it_belongs(town: Sample) -> None:
    read = town.read
    assert len(read.rows) == 24
    assert read.as_of == date(2024, 4, 30)
    assert "白水镇人民政府" in read.unit_line
    assert Counter(fact(row, "completed_on") is not None for row in read.rows) == {True: 24}
    assert (count(read, "completed_on", "completed"), count(read, "completed_on", "open")) == (17, 7)
    for row, cells in zip(read.rows, town.cells, strict=True):
        found = cells["B"]
        serial = date.fromordinal(date(1899, 12, 30).toordinal() + found) if isinstance(found, int) else None
        day = serial.isoformat() if serial else plain_date(found)
        assert row.values["found_on"] == day
        assert [row.values[n] for n in ("place", "description", "measures_text", "person", "progress")] == [
            cells[c] for c in "DFGIJ"
        ]
        limit = cells["H"]
        if isinstance(limit, int):
            due = date.fromordinal(date.fromisoformat(str(day)).toordinal() + limit).isoformat()
            assert (row.values["deadline"], fact(row, "deadline_kind")) == (due, ("time_limited", None))
        else:
            assert limit == "立行立改"
            assert ("deadline" in row.values, fact(row, "deadline_kind")) == (False, ("immediate", None))
        assert f"隐患类别：{cells['E']}" in str(row.values["remark"])
        assert "categories" not in row.values
        assert fact(row, "completed_on") == (
            ("completed", plain_date(cells["K"])) if cells["J"] == "已完成整改" else ("open", None)
        )
