"""From the plain grid of a workbook of pollution sources to rows: which heading is which field, what each row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from models.documents import cells
from models.documents.cells import Place, Source
from models.documents.headings import heading_key
from models.documents.raw import RawBook, RawSheet, letter
from models.documents.refusals import BadMapping, NoSuchSheet, WorkbookEmpty, WorkbookRefused
from models.documents.rows import Note
from models.documents.table import Table
from models.documents.texts import says_nothing, squash
from models.domain import words
from models.domain.field import Type
from models.domain.fields import TABLES

HEADINGS = {
    "name": "名称 企业名称 单位名称 污染源名称 污染源 点位名称 企业（单位）名称 项目名称 场所名称 养殖场名称",
    "kind": "类别 类型 污染源类别 污染源类型 企业类型 行业类别 种类",
    "credit_code": "统一社会信用代码 社会信用代码 信用代码 统一信用代码 组织机构代码 营业执照号",
    "township": "乡镇 所在乡镇 乡镇（街道） 镇街 街道 所属乡镇 属地",
    "village": "村 村（社区） 所在村 行政村 村居 村名 所属村 社区 村（居）",
    "place": "地址 详细地址 所在地 位置 具体位置 企业地址 地点",
    "longitude": "经度 东经 经纬度 坐标 中心经度",
    "latitude": "纬度 北纬 中心纬度",
    "datum": "坐标系",
    "person": "负责人 法人 法定代表人 企业负责人 联系人 环保负责人 责任人",
    "phone": "电话 联系电话 联系方式 手机 手机号 负责人电话",
    "control": "管控方式 管控措施 管理措施 监管方式 管控要求",
    "control_person": "管控联系人 监管责任人 包保责任人 监管人员 网格员",
    "permit.kind": "许可种类 许可证种类 许可类型",
    "permit.number": "证号 许可证号 排污许可证号 排污许可证编号 许可证编号 排污许可编号",
    "permit.issued_on": "发证日期 许可证发证日期",
    "permit.expires_on": "有效期至 许可证有效期 许可证有效期至 有效期 到期日期 许可到期 许可证到期日期",
}
_KNOWN = {heading_key(word): name for name, some in HEADINGS.items() for word in some.split()}
_IN_HEAD = 30  # rows in which the headings are looked for
# What a kind may be called besides its own words; taken with a doubt. The first that stands in the cell counts.
_CALLED = (
    ("scrap", "拆解"), ("outfall", "排污口"), ("sewage", "污水"), ("water", "水源"), ("livestock", "养殖"),
    ("station", "加油"), ("catering", "餐"), ("catering", "饭店"), ("dump", "垃圾"), ("yard", "砂石"), ("yard", "料场"),
    ("yard", "搅拌"), ("site", "工地"), ("site", "施工"), ("mine", "矿"), ("industry", "企业"), ("industry", "厂"),
)  # fmt: skip
_DISCHARGE = "discharge"  # a permit whose kind no column says
_TOTAL = ("合计", "总计", "小计")


@dataclass(eq=False)
class NoNames(WorkbookRefused):
    """No sheet has a column of names."""

    code = "R700"
    title = "没有认出污染源的表头：至少要有“名称”一列，还要有另外一列"
    remedy = "请把表头那一行写成“名称”“类别”“村”这样的字，另存后再导入。"


class SourceColumn(NamedTuple):
    """One column: where it is, its heading, the field that it becomes ("" where it is left out)."""

    letter: str
    heading: str
    field: str


@dataclass
class SourceRow:
    """One row as the workbook states it; an empty cell says nothing."""

    number: int  # of the sheet, from 1
    values: dict[str, str] = field(default_factory=dict[str, str])
    permit: dict[str, str] = field(default_factory=dict[str, str])
    cells: dict[str, str] = field(default_factory=dict[str, str])  # field → address
    rejected: list[Note] = field(default_factory=list[Note])
    flagged: list[Note] = field(default_factory=list[Note])

    def note(self, name: str, why: str) -> Note:
        """A word about one cell of it, or about the row."""
        at = self.cells.get(name, f"第 {self.number} 行")
        return Note(at, self.permit.get(name.removeprefix("permit."), "") or self.values.get(name, ""), why)


class SourceTable(NamedTuple):
    """A sheet that was understood."""

    sheet: str
    columns: tuple[SourceColumn, ...]
    rows: tuple[SourceRow, ...]
    heading: int  # the row of the headings, 1-based
    passed: tuple[tuple[int, str], ...]  # rows that are no sources, and what they are


def read_sources(
    book: RawBook, sheet: str | None = None, mapping: Mapping[str, str] | None = None, heading: int | None = None
) -> SourceTable:
    """The rows of the sheet that is named, else of the first with names. `mapping`: heading or letter → field.

    `heading`: the sheet row, 1-based, that a person called the headings; then any field will do.
    """
    if sheet is not None and sheet not in [one.name for one in book.sheets]:
        raise NoSuchSheet(book.name, sheet=sheet, sheets=tuple(one.name for one in book.sheets))
    some = [one for one in book.sheets if one.rows and (one.name == sheet if sheet else one.visible)]
    if not some:
        raise WorkbookEmpty(book.name)
    unknown = set((mapping or {}).values()) - {*HEADINGS, ""}
    if unknown:
        raise BadMapping(book.name, f"没有“{'”“'.join(sorted(unknown))}”这一栏")
    for one in some:
        table, source = Table(one), Source(book.epoch_1904, book.formats_known)
        if heading is not None and 0 < heading <= table.height:
            return _rows(one, table, heading - 1, _columns(table, heading - 1, mapping), source)
        head = max(range(min(table.height, _IN_HEAD)), key=lambda row: _worth(table, row, mapping), default=0)
        if _worth(table, head, mapping) >= 2:
            return _rows(one, table, head, _columns(table, head, mapping), source)
    raise NoNames(book.name)


def _columns(table: Table, row: int, mapping: Mapping[str, str] | None) -> dict[int, str]:
    """The field of each column that has a heading in this row; a field stands once: where a person said, else first."""
    by_hand, texts = mapping or {}, table.texts(row)
    said = {at: by_hand.get(text, by_hand.get(letter(at))) for at, text in texts.items()}
    found: dict[int, str] = {}
    for column, text in texts.items():
        hand = said[column]
        name = _KNOWN.get(heading_key(text), "") if hand is None else hand
        taken = found.values() if hand is not None else (*found.values(), *said.values())
        found[column] = "" if name in taken else name
    return found


def _worth(table: Table, row: int, mapping: Mapping[str, str] | None) -> int:
    fields = [name for name in _columns(table, row, mapping).values() if name]
    return len(fields) if "name" in fields else 0


def _rows(sheet: RawSheet, table: Table, head: int, columns: dict[int, str], source: Source) -> SourceTable:
    shown = tuple(SourceColumn(letter(at), table.texts(head)[at], name) for at, name in columns.items())
    rows: list[SourceRow] = []
    passed: list[tuple[int, str]] = []
    for at in range(head + 1, table.height):
        made = SourceRow(at + 1)
        for column, name in columns.items():
            cell = table.filled(at, column)
            if name and cell is not None and not says_nothing(cell.text):
                _take(made, name, Place(f"{letter(column)}{at + 1}", cell.text.strip(), cell.kind), source)
        if squash(made.values.get("name", "")) in _TOTAL:
            passed.append((made.number, "合计"))
        elif made.values or made.permit:
            rows.append(made)
    return SourceTable(sheet.name, shown, tuple(rows), head + 1, tuple(passed))


def _take(row: SourceRow, name: str, place: Place, source: Source) -> None:
    row.cells[name] = place.address
    if place.trouble:
        row.rejected.append(Note(place.address, place.text, place.trouble))
    elif name in ("longitude", "latitude"):
        _take_degrees(row, name, place)
    elif name.startswith("permit."):
        _take_permit(row, name.removeprefix("permit."), place, source)
    elif TABLES["source"][name].type is Type.CHOICE:
        _take_choice(row, name, place)
    else:
        row.values[name] = " ".join(place.text.split())


def _take_degrees(row: SourceRow, name: str, place: Place) -> None:
    if pair := cells.read_pair(place.text):
        row.values |= {"longitude": str(pair[0]), "latitude": str(pair[1])}
    elif (value := cells.read_degrees(place.text)) is not None:
        row.values[name] = str(value)
    else:
        row.rejected.append(Note(place.address, place.text, "不是经纬度"))


def _take_permit(row: SourceRow, name: str, place: Place, source: Source) -> None:
    if name == "kind":
        stored = {word: value for value, word in words.PERMIT_KIND.items()}.get(place.text, "")
        row.permit["kind"] = stored or "other"
        if not stored:
            row.flagged.append(Note(place.address, place.text, f"按“{words.PERMIT_KIND['other']}”登记，请核对"))
        return
    if name == "number":
        text = place.text
    else:
        read = cells.read_date(place, source)
        if read.day is None or not read.sure:
            row.rejected.append(Note(place.address, place.text, read.why))
            return
        text = read.day.isoformat()
    row.permit |= {"kind": row.permit.get("kind", _DISCHARGE), name: text}


def _take_choice(row: SourceRow, name: str, place: Place) -> None:
    states = TABLES["source"][name].states
    text = squash(place.text)
    stored = next((value for value, word in states.items() if squash(word).lower() == text.lower()), "")
    if stored:
        row.values[name] = stored
        return
    called = next((value for value, part in _CALLED if part in text), "") if name == "kind" else ""
    if called:
        row.values[name] = called
        row.flagged.append(Note(place.address, place.text, f"按“{states[called]}”登记，请核对"))
    else:
        row.rejected.append(Note(place.address, place.text, f"不在可选范围内：{'、'.join(states.values())}"))
