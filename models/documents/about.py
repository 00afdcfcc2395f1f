"""What stands around a table: its title, who filled it in, and the day as of which it speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from models.documents.raw import Kind, RawBook
from models.documents.table import Table
from models.documents.texts import squash
from models.domain.deadline import read_day

_DATE = r"(?P<date>\d{4}[年.\-/]\d{1,2}(?:[月.\-/]\d{1,2}日?|月底|月末|月份|月)?|\d{8})"
_AS_OF = re.compile(rf"(?:截至|截止|截止到|截至到|统计截至|统计截止)(?:日期|时间|到)?[:：]?{_DATE}")
_FILLED_ON = re.compile(rf"(?:填报|填表|制表|报送|统计)?(?:日期|时间)[:：]{_DATE}")
# A month in a title dates the table only where the title is about the table: not 2021年4月中央督察反馈….
_TITLE_MONTH = re.compile(r"(\d{4}年\d{1,2}月(?:\d{1,2}日|底|末|份)?)(?:\)|$|月报|调度|[^\d年]{0,24}(?:调度表|月报表))")
_UNIT_LINE = re.compile(r"(填报单位|填表单位|报送单位|制表单位|单位|乡镇|填报乡镇)(\(盖章\)|\(公章\)|\(签章\))?[:：]")


@dataclass(frozen=True)
class About:
    """Title, unit line and day of a table."""

    title: str
    unit_line: str
    as_of: date | None


def about(table: Table, top: int, below: int, book: RawBook) -> About:
    """Read the rows above the headings, then those under the table, then the names of sheet and file."""
    above = [text for row in range(top) for text in _line(table, row)]
    under = [text for row in range(below, table.height) for text in _line(table, row)]
    title = next((t for t in above if not _UNIT_LINE.match(squash(t)) and not squash(t).startswith("附件")), "")
    unit_line = next((t for t in (*above, *under) if _UNIT_LINE.match(squash(t))), "")
    return About(" ".join(title.split()), unit_line, _as_of(table, above, under, book))


def _line(table: Table, row: int) -> list[str]:
    """The words of a row; a date in a cell of its own belongs to the words before it."""
    words: list[str] = []
    for column in table.texts(row):
        cell = table.own(row, column)
        text = table.text(row, column)
        if cell and cell.kind in {Kind.DATE, Kind.MONTH} and words:
            words[-1] += text[:10]
        elif words and squash(words[-1]).endswith((":", "：")) and read_day(text):
            words[-1] += text
        else:
            words.append(text)
    return words


def _as_of(table: Table, above: list[str], under: list[str], book: RawBook) -> date | None:
    for pattern, texts in ((_AS_OF, (*above, *under)), (_FILLED_ON, above), (_FILLED_ON, under)):
        for text in texts:
            found = pattern.search(squash(text))
            if found and (day := _certain(found["date"])):
                return day
    for text in (*above, table.sheet.name, book.name):
        found = _TITLE_MONTH.search(squash(text))
        if found and (day := _certain(found[1])):
            return day
    return None


def _certain(text: str) -> date | None:
    read = read_day(text)
    return read.day if read and read.sure else None
