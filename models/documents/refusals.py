"""Why a workbook is not taken: every reason has a number, a sentence and a way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.errors import LedgerError

_SAVE_AS = "请用 WPS 或 Excel 打开该文件，另存为“Excel 工作簿（*.xlsx）”后再导入。"


@dataclass(eq=False)
class WorkbookRefused(LedgerError):
    """Something about a workbook that should be read."""

    code = "X100"
    title = "没有读入这个工作簿"
    remedy: ClassVar[str] = _SAVE_AS
    name: str = ""
    detail: str = ""

    @property
    def message(self) -> str:
        """Which file, and what is the matter with it."""
        shown = f"“{self.name}”" if self.name else "该文件"
        return f"{shown}：{self.title}{f'（{self.detail}）' if self.detail else ''}。本机数据未改动。"

    @property
    def way_out(self) -> str:
        """What to do about it."""
        return self.remedy


@dataclass(eq=False)
class NotAWorkbook(WorkbookRefused):
    """By its first bytes the file is something else; `detail` says what."""

    code = "X101"
    title = "不是可以导入的工作簿"
    remedy = "请选择 .xlsx、.xls 或 .csv 台账；若内容确是表格，请用 WPS 或 Excel 另存为“Excel 工作簿（*.xlsx）”。"


@dataclass(eq=False)
class WorkbookDamaged(WorkbookRefused):
    """The file breaks off, or its parts contradict each other."""

    code = "X102"
    title = "文件已损坏，读不完整"
    remedy = "请向填报单位重新索取该文件；若能用 WPS 或 Excel 打开，另存为新的 .xlsx 后再导入。"


@dataclass(eq=False)
class WorkbookLocked(WorkbookRefused):
    """The file is encrypted."""

    code = "X103"
    title = "工作簿有密码，读不出内容"
    remedy = "请用 WPS 或 Excel 输入密码打开，取消密码后另存，再导入。"


@dataclass(eq=False)
class WorkbookTooLarge(WorkbookRefused):
    """The file is beyond the limits (models.domain.limits)."""

    code = "X104"
    title = "工作簿过大，超出可以读取的范围"
    remedy = "请新建工作簿，只复制有内容的表格区域过去，另存为 .xlsx 后再导入。"


@dataclass(eq=False)
class WorkbookUnsafe(WorkbookRefused):
    """The file holds what no office program writes."""

    code = "X105"
    title = "文件内容不安全，没有打开"
    remedy = "请不要使用该文件，向填报单位核实来源并重新索取。"


@dataclass(eq=False)
class WorkbookTooHard(WorkbookRefused):
    """Reading took too long, or needed too much memory."""

    code = "X106"
    title = "读取工作簿时超出了时间或内存限制，已中止"
    remedy = "请新建工作簿，只复制有内容的表格区域过去，另存为 .xlsx 后再导入。"


@dataclass(eq=False)
class ReaderNotStarted(WorkbookRefused):
    """The system gives us no second process: memory is short, or a virus scanner forbids it."""

    code = "R530"
    title = "读取工作簿的程序没有启动起来，文件还没有读"
    remedy = "请关闭暂时不用的程序，或在杀毒软件里把本软件所在的文件夹设为信任，然后重试；仍不行请重新启动电脑。"


@dataclass(eq=False)
class WorkbookEmpty(WorkbookRefused):
    """No sheet holds anything."""

    code = "X107"
    title = "工作簿里没有内容"
    remedy = "请确认选对了文件，打开核对内容并保存后再导入。"


@dataclass(eq=False)
class TextNotReadable(WorkbookRefused):
    """A csv file in no encoding that we know, or with a quotation mark that never closes."""

    code = "X108"
    title = "文本表格读不出来"


@dataclass(eq=False)
class NoSuchSheet(WorkbookRefused):
    """The sheet that was asked for is not there."""

    code = "X109"
    title = "没有这张工作表"
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """Which sheet is missing."""
        return f"“{self.name}”中没有名为“{self.sheet}”的工作表。本机数据未改动。"

    @property
    def way_out(self) -> str:
        """The sheets that are there."""
        return f"请从这些工作表中选择：{'、'.join(self.sheets)}。"


@dataclass(eq=False)
class NotUnderstood(WorkbookRefused):
    """No sheet has headings that look like those of a ledger."""

    code = "X110"
    title = "认不出台账的表头"
    remedy = "请确认选对了文件和工作表；若表头写法特殊，请在导入窗口中指定各列对应的内容。"
    headings: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """What was read where headings should stand."""
        seen = f"看到的文字有：{'、'.join(self.headings)}" if self.headings else "没有看到像表头的一行"
        return f"“{self.name}”中没有认出台账的表头，{seen}。本机数据未改动。"


@dataclass(eq=False)
class BadMapping(WorkbookRefused):
    """A mapping names a field or a column that is not there."""

    code = "X111"
    title = "列的对应关系有误"
    remedy = "请改正对应关系中的表头或栏目名称后重试。"


@dataclass(eq=False)
class WorkbookChanged(WorkbookRefused):
    """Somebody saved the workbook between looking at it and taking it in."""

    code = "X113"
    title = "看过之后，这个表格又被改动并保存过，没有导入"
    remedy = "请重新看一遍改动后的表格，再点导入。"


@dataclass(eq=False)
class TooLongForASheet(WorkbookRefused):
    """A ledger has more rows than a sheet can hold."""

    code = "X112"
    title = "记录太多，一张工作表放不下"
    remedy = "请先筛选，分几次导出。"
