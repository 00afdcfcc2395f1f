"""Which rows of a sheet are records, and what all the other rows are: nothing is passed without a word.

Titles, headings on every page, hints and examples, 合计, signatures, group rows, and rows that carry on the one above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from models.documents.dictionary import ASIDE, COUNTER, NUMBERS
from models.documents.groups import Group, Groups, looks_like_a_group, read_group
from models.documents.head import Head, another_head, heading_rows, repeats
from models.documents.raw import Kind
from models.documents.table import Table
from models.documents.texts import says_nothing, squash
from models.progress import Progress

_TOTAL = re.compile(
    r"^(本页|全县|全镇|全市|全部|各乡镇)?(合计|小计|总计|累计|共计|汇总)(\(.*\)|[:：]?(共?\d+.{0,6})?)$"
    r"|^总数$|^共计?\d+[个件项条]"
)
_FOOT_WORDS = """
    " 填报人 填表人 制表人 制表 审核人 审核 审批人 复核人 经办人 联系人 联系电话 电话 填报日期 填报时间 填表日期
    日期 单位负责人 负责人 主要领导 分管领导 整改单位负责人 主管部门负责人 整改责任人 检查人员 检查人 验收人员
    填报单位 填表单位 单位 制表单位 报送单位 注 备注 说明 填表说明 填报说明 填写说明 注意事项 附 附注 附件 签字 签名
    盖章 领导签字 主要负责人 单位名称 报送人 签发人 主管领导 乡镇主要领导 党委书记 镇长 乡长 报送时间 报送日期
    制表日期 制表时间 截至日期 截至时间 截止日期 截止时间
"""
_FOOT = re.compile(
    rf"^({'|'.join(_FOOT_WORDS.split())})"
    r"(\((盖章|签字|签名|公章|签章|签字盖章|签字并盖章|加盖公章)\)|签字|签名|盖章|签章)?[:：]"
)
_NOTE_GOES_ON = re.compile(r"^[（(]?\d{1,2}[)）、.．]")
_PAGE = re.compile(r"^第\d+页(,|，)?共\d+页$|^-?\d+/\d+-?$")
_TITLE = re.compile(
    r"台账|汇总表|一览表|统计表|明细表|登记表|公示表|调度表|情况表|进展表|清单表|申请[单表]|记录表|\(续\)|续表|附件\d*$|附表"
)
_COLUMN_NUMBER = re.compile(r"^\(?(\d{1,2}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛])\)?(=.*)?$")
_HINT = re.compile(
    r"填写|选填|必填|格式|下拉|例如|如[:：]|限\d+字|请填|请选|按.{1,8}填|填.{1,6}名称|^\(.*(如|例|填|写|选).*\)$|年/月/日|(?i:yyyy)"
)
_EXAMPLE = re.compile(r"^\(?(示例|样例|例|举例|填写示例|范例|例子|模板示例)[::)]?\d?\)?$")
_RANK = re.compile(r"^[（(]?[一二三四五六七八九十百\u2160-\u216bA-Z]+[)）、.．]?$")
_ONLY_COUNT = re.compile(r"^共?\d+[个件项条处]?(问题)?$")
_TEXT_KEYS = frozenset({"description", "content"})
_OWN_KEYS = frozenset(
    {"receipt_number", "township", "county_number", "city_number", "province_number", NUMBERS, COUNTER}
)


@dataclass(frozen=True)
class Record:
    """The sheet rows of one record: the first, and those that carry it on; and the groups above."""

    rows: tuple[int, ...]
    groups: tuple[Group, ...]


@dataclass
class Block:
    """A table inside a sheet: headings, and the records under them."""

    head: Head
    records: list[Record] = field(default_factory=list[Record])


class Blocks:
    """One walk down a sheet."""

    def __init__(self, table: Table, head: Head, kind: str, progress: Progress, *, merges_lost: bool) -> None:
        """`merges_lost`: a text file, where the cells under a merged one are simply empty."""
        self._table, self._kind, self._merges_lost = table, kind, merges_lost
        self.passed: list[tuple[int, str]] = []
        self.blocks: list[Block] = []
        self._groups = Groups()
        self._foot = False
        self._open(head)
        row = head.below
        while row < table.height:
            progress.step(row, table.height, "正在认每一行")
            row = self._take(row)

    def _open(self, head: Head) -> None:
        self._block = Block(head)
        self.blocks.append(self._block)
        self._head, self._headings = head, heading_rows(self._table, head)
        self._fields = {column: m.field for column, m in head.meanings.items()}
        self._subject = next((c for c, name in self._fields.items() if name in _TEXT_KEYS), None)
        self._counter = next((c for c, name in self._fields.items() if name == COUNTER), None)

    def _take(self, row: int) -> int:
        """Deal with one row; the number of the next."""
        texts = self._table.texts(row)
        what = self._what(row, texts)
        if what is not None:
            if what:
                self.passed.append((row + 1, what))
            self._foot = what == "落款或说明"
            return row + 1
        head = another_head(self._table, self._kind, row, self._head)
        if head is not None:
            self.passed.extend((number + 1, "另一张表的表头") for number in range(head.top, head.below))
            self._open(head)
            return head.below
        self._foot = False
        group = self._group(row, texts)
        if group is not None:
            self._groups.enter(group)
            self.passed.append((row + 1, f"分组：{group.value}"))
        elif self._carries_on(row, texts):
            last = self._block.records[-1]
            self._block.records[-1] = Record((*last.rows, row), last.groups)
            self.passed.append((row + 1, f"与第 {last.rows[0] + 1} 行是同一条"))
        elif all(column == self._counter for column in texts) and not self._subject_text(row):
            self.passed.append((row + 1, "只有序号"))
        else:
            self._block.records.append(Record((row,), self._groups.now()))
        return row + 1

    # ------------------------------------------------------------------------------------------ what is no record

    def _what(self, row: int, texts: dict[int, str]) -> str | None:
        """Why a row is no record and no group; "" for a blank row, None where it may be one."""
        if not texts:
            return "" if not self._subject_text(row) or not self._block.records else None
        keys = [squash(text) for text in texts.values()]
        if repeats(texts, self._headings):
            return "重复的表头"
        if row < self._head.below + 3 and not self._block.records and (hint := self._hint(row, keys)):
            return hint
        if _TOTAL.match(keys[0]):
            return "合计"
        if self._is_foot(texts, keys):
            return "落款或说明"
        if len(set(keys)) == 1 and self._is_title(row, texts, keys[0]):
            return "标题"
        return None

    def _hint(self, row: int, keys: list[str]) -> str:
        if len(keys) >= 3 and all(_COLUMN_NUMBER.match(key) for key in keys) and self._counts_up(row, keys):
            return "栏次"
        if self._counter is not None and self._table.text(row, self._counter).isdigit():
            return ""  # a numbered row is a record, whatever its words
        if _EXAMPLE.match(keys[0]) or (len(keys) > 1 and _EXAMPLE.match(keys[1])):
            return "示例"
        hints = sum(1 for key in keys if _HINT.search(key) and len(key) <= 40)
        return "填写提示" if hints and hints * 2 >= len(keys) and row == self._head.below else ""

    def _counts_up(self, row: int, keys: list[str]) -> bool:
        numbers = [int(m[1]) for key in keys if (m := _COLUMN_NUMBER.match(key)) and m[1].isdigit()]
        if numbers[:1] != [1] or len(numbers) < 3 or Kind.DATE in self._table.kinds(row):
            return False
        return len(keys) * 2 > len(self._head.paths) and all(b - a == 1 for a, b in pairwise(numbers))

    def _is_foot(self, texts: dict[int, str], keys: list[str]) -> bool:
        first_column = min(texts)
        if _FOOT.match(keys[0]) or _PAGE.match(keys[0]):
            subject = texts.get(self._subject, "") if self._subject is not None else ""
            return first_column == self._subject or len(subject) < 15 or bool(_FOOT.match(squash(subject)))
        if all(_FOOT.match(key) for key in keys):
            return True
        return self._foot and len(texts) == 1 and bool(_NOTE_GOES_ON.match(keys[0]))

    def _is_title(self, row: int, texts: dict[int, str], key: str) -> bool:
        column = min(texts)
        wide = self._table.span(row, column) * 2 > self._table.width or column < min(self._head.paths, default=0) + 1
        above = {squash(self._table.text(r, c)) for r in range(self._head.top) for c in self._table.texts(r)}
        return key in above or (wide and len(key) <= 60 and bool(_TITLE.search(key)) and column != self._subject)

    # ------------------------------------------------------------------------------------------ groups

    def _group(self, row: int, texts: dict[int, str]) -> Group | None:
        if any(table_area.top < row for column in texts if (table_area := self._table.area(row, column))):
            return None
        columns = sorted(texts)
        if len(columns) == 1:
            return self._lone(row, columns[0], texts[columns[0]])
        if len(columns) == 2 and not self._subject_merged(row):
            first, second = (texts[column] for column in columns)
            if _RANK.match(squash(first)) and not first.isdigit() and len(second) <= 60:
                return read_group(second, row, columns[1], self._kind)
            if _ONLY_COUNT.match(squash(second)) and columns[0] != self._subject:
                group = read_group(first, row, columns[0], self._kind)
                return group if group.field != ASIDE and self._fields.get(columns[0]) != group.field else None
        return None

    def _lone(self, row: int, column: int, text: str) -> Group | None:
        """A row with one cell: merged across, in front, or in the column of the field that it names."""
        if self._subject_merged(row):
            return None
        group = read_group(text, row, column, self._kind)
        if self._table.span(row, column) >= max(3, self._table.width // 2):
            return group if len(text) <= 120 else None
        if column == self._subject:
            return group if looks_like_a_group(text) else None
        front = column <= min(self._head.paths, default=0) or column == self._counter
        if squash(text).isdigit():
            return None
        return group if (front and len(text) <= 60) or self._fields.get(column) == group.field else None

    # ------------------------------------------------------------------------------------------ rows that carry on

    def _subject_text(self, row: int) -> str:
        cell = self._table.filled(row, self._subject) if self._subject is not None else None
        return cell.text if cell else ""

    def _subject_merged(self, row: int) -> bool:
        """Whether the description of the row is that of a row above."""
        area = self._table.area(row, self._subject) if self._subject is not None else None
        return bool(area and area.top < row)

    def _carries_on(self, row: int, texts: dict[int, str]) -> bool:
        """One problem over several rows: its description and its numbers are merged downwards, its measures not."""
        if not self._block.records or self._subject is None:
            return False
        above = set(self._block.records[-1].rows)
        if self._subject_merged(row):
            area = self._table.area(row, self._subject)
            if area is None or area.top not in above:
                return False
            keys = [column for column, name in self._fields.items() if name in _OWN_KEYS]
            return all(self._merged_or_blank(row, column, above) for column in keys)
        if not self._merges_lost or self._counter is None:
            return False
        return (
            self._subject not in texts
            and self._counter not in texts
            and not any(name in _OWN_KEYS and column in texts for column, name in self._fields.items())
        )

    def _merged_or_blank(self, row: int, column: int, above: set[int]) -> bool:
        area = self._table.area(row, column)
        if area and area.top < row:
            return area.top in above
        return says_nothing(self._table.text(row, column))
