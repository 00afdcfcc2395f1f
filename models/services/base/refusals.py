"""What the services refuse, in words: R1xx records."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import LedgerError


@dataclass(eq=False)
class NoSuchRecord(LedgerError):
    """Nothing is found under this id or number."""

    code = "R101"
    title = "没有找到这条记录"
    wanted: str

    @property
    def message(self) -> str:
        return f"没有找到编号或标识为“{self.wanted}”的记录，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请在列表里核对编号后再试。"


@dataclass(eq=False)
class SeveralRecords(LedgerError):
    """A number fits more than one record."""

    code = "R108"
    title = "有几条记录用了这个编号"
    wanted: str
    found: tuple[tuple[str, str], ...]  # id, title

    @property
    def message(self) -> str:
        listed = "；".join(f"{i} {title[:20]}" for i, title in self.found[:10])
        return f"编号“{self.wanted}”对应 {len(self.found)} 条记录：{listed}。没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请改用每条记录前面的标识来指定。"


@dataclass(eq=False)
class NothingWritten(LedgerError):
    """A new record says nothing."""

    code = "R109"
    title = "还没有写内容，没有登记"
    label: str

    @property
    def message(self) -> str:
        return f"还没有填“{self.label}”，没有登记。"

    @property
    def way_out(self) -> str:
        return f"请先填写“{self.label}”，其余栏目可以以后再补。"


@dataclass(eq=False)
class NotYours(LedgerError):
    """The field, or the step, is another unit's."""

    code = "R110"
    title = "这一栏由别的单位填写"
    label: str
    whose: str

    @property
    def message(self) -> str:
        return f"“{self.label}”由{self.whose}填写，没有保存任何内容。"

    @property
    def way_out(self) -> str:
        return "需要改动的，请写进备注报给对方，或当面提出。"


@dataclass(eq=False)
class IsVoid(LedgerError):
    """The record was voided."""

    code = "R111"
    title = "这条记录已作废，没有保存任何内容"

    @property
    def way_out(self) -> str:
        return "需要继续使用的，请先恢复这条记录。"


@dataclass(eq=False)
class NoReason(LedgerError):
    """A step that needs a reason was given none."""

    code = "R112"
    title = "还没有写原因，没有作废"

    @property
    def way_out(self) -> str:
        return "请写明作废原因后再作废；历史和照片都会保留。"


@dataclass(eq=False)
class NoSuchConflict(LedgerError):
    """The conflict is settled, or never was."""

    code = "R113"
    title = "没有这一处冲突，可能已经选定，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请重新打开冲突列表查看。"


@dataclass(eq=False)
class NoSuchHead(LedgerError):
    """The choice names no value that stands there."""

    code = "R114"
    title = "没有这个选项，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请从列出的几个值里选一个，或直接写明合并后的文字。"


@dataclass(eq=False)
class NoRoomForBoth(LedgerError):
    """Of this field there can be only one value."""

    code = "R118"
    title = "这一栏只能有一个值，没有做任何改动"
    label: str

    @property
    def message(self) -> str:
        return f"“{self.label}”不能两者都留，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请从列出的几个值里选一个；能写成一段的文字，可以直接写明合并后的内容。"


@dataclass(eq=False)
class CannotMerge(LedgerError):
    """These two cannot become one."""

    code = "R119"
    title = "这两条现在不能合并，没有做任何改动"
    why: str

    @property
    def message(self) -> str:
        return f"{self.why}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请刷新后再看一遍这两条；已作废的要先恢复。"


@dataclass(eq=False)
class CountyOnly(LedgerError):
    """Only the county's desk does this."""

    code = "R115"
    title = "这一步只能在县环委办的电脑上做，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请与县环委办联系。"


@dataclass(eq=False)
class NotForMany(LedgerError):
    """The field says something that each record says for itself."""

    code = "R116"
    title = "这一栏不能一次改几条"
    label: str

    @property
    def message(self) -> str:
        return f"“{self.label}”每条记录各有各的内容，不能一次改几条，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请打开每一条记录分别修改。"


@dataclass(eq=False)
class ChangedMeanwhile(LedgerError):
    """What would be written is no longer what was looked at."""

    code = "R117"
    title = "预览之后有记录又改过，没有做任何改动"
    title_of_one: str

    @property
    def message(self) -> str:
        shown = self.title_of_one if len(self.title_of_one) <= 30 else f"{self.title_of_one[:30]}…"
        return f"预览之后，“{shown}”又改过。这一次一条也没有修改，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请重新看一遍预览，再修改。"


@dataclass(eq=False)
class NotAWorkbook(LedgerError):
    """Ledgers are written as .xlsx only."""

    code = "R445"
    title = "台账只能写成 Excel 工作簿"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”的结尾不是 .xlsx，没有写出文件，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请把文件名的结尾改成 .xlsx 再导出；要打印的，请写报表（.pdf）。"


@dataclass(eq=False)
class NoSuchColumn(LedgerError):
    """Records show no field of this name."""

    code = "R449"
    title = "没有这一栏"
    name: str
    known: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"记录里没有“{self.name}”这一栏，没有查找，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return f"请使用这些栏目名：{'、'.join(self.known)}。"


@dataclass(eq=False)
class NotAChoice(LedgerError):
    """A field never has the value that was asked for."""

    code = "R460"
    title = "这一栏没有这个选项"
    name: str
    value: str
    known: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"“{self.name}”没有“{self.value}”这个选项，没有查找，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return f"请从这些里选一个：{'、'.join(self.known)}。"
