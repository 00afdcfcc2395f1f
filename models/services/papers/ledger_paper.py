"""The ledger of problems as a list on A4, for whoever reads it on paper: with lights, and not every column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.domain import words
from models.domain.fields import label
from models.domain.paper import Paper, Table
from models.services.views.lists import Record

# A column, and its part of the width.
_COLUMNS = (
    ("number", 12), ("description", 27), ("source", 11), ("township_name", 9), ("responsible_units", 9), ("person", 7),
    ("deadline", 12), ("light", 7), ("pace", 9), ("progress", 22), ("completed_on", 12), ("closing_stage", 7),
)  # fmt: skip
_SHORT = frozenset({0, 4, 6, 7, 8, 9, 11, 12})  # the first column counts


def paper(records: Sequence[Record], unit: str, day: date, known: str = "") -> Paper:
    """All these problems, one in each row, as of a day; `known`: until when things were known, of a past day."""
    rows = tuple((str(at), *(_said(name, one) for name, _ in _COLUMNS)) for at, one in enumerate(records, 1))
    headings = ("序号", *(label("problem", name) for name, _ in _COLUMNS))
    table = Table(rows, (4, *(width for _, width in _COLUMNS)), headings, _SHORT)
    said = f"    已知截至：{known}" if known else ""
    line = f"填报单位：{unit}    截至日期：{day.isoformat()}{said}    共 {len(records)} 条"
    foot = f"填报单位（盖章）：{unit}        填报人：            审核人：            填报日期：    年  月  日"
    return Paper("生态环境问题整改工作台账", (table,), line, foot, landscape=True)


def _said(name: str, record: Record) -> str:
    value = record.get(name)
    if name == "light":
        return (
            words.LIGHT.get(str(value), "") if value else words.COMPLETION["completed"] if record["completed"] else ""
        )
    if name == "deadline":
        return str(record["deadline_text"] or value or "")
    return words.say(name, value)
