"""What is refused about inspections, in words: N104 to N112, R410."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import LedgerError

NOTHING = "没有做任何改动"


@dataclass(eq=False)
class OneTheme(LedgerError):
    """An inspection goes by one version of a theme."""

    code = "N104"
    title = "一次检查里一个主题只用一份检查表"
    theme: str

    @property
    def message(self) -> str:
        return f"“{self.theme}”写了两份检查表，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "请每个主题只写一份；不写版本就用最新的一版。"


@dataclass(eq=False)
class NoSuchItem(LedgerError):
    """The inspection does not ask this."""

    code = "N105"
    title = "这次检查没有这一项"
    item: str

    @property
    def message(self) -> str:
        return f"这次检查的检查表里没有“{self.item}”这一项，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "请对照这次检查用的检查表填写；它用的是开始时的那一版，以后改过的不影响它。"


@dataclass(eq=False)
class NothingFound(LedgerError):
    """A zero report has no answers."""

    code = "N106"
    title = "零报告里不填检查项"

    @property
    def message(self) -> str:
        return f"这是一份零报告，不填检查项，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "发现了问题的，请作废这份零报告，另登记一次检查。"


@dataclass(eq=False)
class Unanswered(LedgerError):
    """Something was not looked at."""

    code = "N107"
    title = "还有检查项没有填"
    count: int
    first: str

    @property
    def message(self) -> str:
        return f"还有 {self.count} 项没有填，第一项是“{self.first}”，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "请逐项填“是”“否”或“不适用”；其余都一样的，可以一次填完。"


@dataclass(eq=False)
class NoFinding(LedgerError):
    """Only 否 is a finding."""

    code = "N108"
    title = "这一项没有查出问题"
    item: str

    @property
    def message(self) -> str:
        return f"“{self.item}”的结果不是“否”，没有登记问题。"

    @property
    def way_out(self) -> str:
        return "查出问题的，请先把这一项的结果填成“否”。"


@dataclass(eq=False)
class Registered(LedgerError):
    """A finding becomes one problem."""

    code = "N109"
    title = "这一项已经登记过问题"
    number: str

    @property
    def message(self) -> str:
        return f"这一项已经登记为问题 {self.number}，没有再登记一次。"

    @property
    def way_out(self) -> str:
        return "请打开那个问题继续填；登记错了的，先作废它再登记。"


@dataclass(eq=False)
class BoundToIt(LedgerError):
    """What was answered was answered to this version."""

    code = "N110"
    title = "检查表不能再换"

    @property
    def message(self) -> str:
        return f"这次检查已经填过检查项，检查表不能再换，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "要用别的检查表，请另登记一次检查。"


@dataclass(eq=False)
class NotYet(LedgerError):
    """Nobody inspected on a day that is still to come."""

    code = "N111"
    title = "检查日期还没有到"
    day: str

    @property
    def message(self) -> str:
        return f"检查日期 {self.day} 还没有到，{NOTHING}。"

    @property
    def way_out(self) -> str:
        return "请写实际检查的日期。"


@dataclass(eq=False)
class AnsweredMeanwhile(LedgerError):
    """Somebody else answered the same questions since they were looked at."""

    code = "R410"
    title = "有的检查项在台账里也改过"
    count: int

    @property
    def message(self) -> str:
        return f"有 {self.count} 项刚才在台账里也改过，{NOTHING}，您填的还在。"

    @property
    def way_out(self) -> str:
        return "两个结果都列在那一项，请看一眼：再点一次保存就用您填的，按 Delete 就用台账里的。"
