"""What is refused about filled-in forms of inspections, in words: R711 to R715."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import LedgerError

NOTHING = "没有做任何改动"
NAMED = 5  # rows that are named


@dataclass(eq=False)
class NotAForm(LedgerError):
    """The workbook is no form of this program."""

    code = "R711"
    title = "这个文件不是检查表"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”里没有检查表的表头（编号、是、否、不适用、情况说明），{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "请用一次检查里“打印”写出的 Excel 表来填，表头和编号不要改。"


@dataclass(eq=False)
class NoNumber(LedgerError):
    """It does not say which inspection it is of."""

    code = "R712"
    title = "检查表上没有检查编号"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”上没有检查编号，不知道是哪一次检查，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "空白表没有编号：请先点“新检查”，再把表上的内容逐项填进去。"


@dataclass(eq=False)
class BadForm(LedgerError):
    """Something in it cannot be read."""

    code = "R713"
    title = "检查表里有看不清的地方"
    faults: tuple[str, ...]

    @property
    def message(self) -> str:
        more = f"等 {len(self.faults)} 处" if len(self.faults) > NAMED else ""
        return f"{'；'.join(self.faults[:NAMED])}{more}。整张表都没有读入，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "请每一项只在“是”“否”“不适用”中的一格打勾或填 1，改好保存后再读一次。"


@dataclass(eq=False)
class EmptyForm(LedgerError):
    """Nothing was filled in."""

    code = "R714"
    title = "检查表还没有填"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”里一项都没有打勾，也没有写说明，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "请填好、保存以后再读。"


@dataclass(eq=False)
class AnsweredSince(LedgerError):
    """The form changes answers that were given or changed since it was written."""

    code = "R715"
    title = "写出检查表以后，台账里又改过"
    items: tuple[str, ...]  # questions

    @property
    def message(self) -> str:
        more = f"等 {len(self.items)} 项" if len(self.items) > NAMED else ""
        told = "、".join(f"“{one}”" for one in self.items[:NAMED])
        return f"{told}{more}：表上填的和台账里现在的不一样，台账里的是后来填的。整张表都没有读入，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "请和填表的人核对这几项，以哪个为准就在表上改成哪个；要改台账的，先在这次检查里改好。然后再读一次。"
