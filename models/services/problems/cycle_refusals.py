"""What is refused of rounds, requests and look-backs: R22x, R344."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import LedgerError


@dataclass(eq=False)
class NotDone(LedgerError):
    """Only what was completed can be opened again."""

    code = "R220"
    title = "这个问题还没有完成整改，没有重新整改"

    @property
    def way_out(self) -> str:
        return "还在整改中的，请直接填写进展；完成或销号以后反弹的，才另开一轮整改。"


@dataclass(eq=False)
class NotLater(LedgerError):
    """A new round would change what older ones came to."""

    code = "R221"
    title = "重新整改的时间不对，没有做任何改动"
    day: str
    last: str

    @property
    def message(self) -> str:
        return (
            f"重新整改的时间 {self.day} 应晚于上一轮最后的记录（{self.last or '无'}），也不能晚于今天。没有做任何改动。"
        )

    @property
    def way_out(self) -> str:
        return "请核对日期；上一轮的日期要保持原样，已报出的数字才不会变。"


@dataclass(eq=False)
class Unsaid(LedgerError):
    """A step that must be accounted for was given no words."""

    code = "R222"
    title = "还有一栏没有写，没有保存任何内容"
    label: str

    @property
    def message(self) -> str:
        return f"还没有写“{self.label}”，没有保存任何内容。"

    @property
    def way_out(self) -> str:
        return f"请写明“{self.label}”再继续。"


@dataclass(eq=False)
class Waiting(LedgerError):
    """The same was asked already."""

    code = "R223"
    title = "已经有一份同样的申请在等县里审批，没有再次提交"

    @property
    def way_out(self) -> str:
        return "请等县里审批；需要催办的，请写一条备注。"


@dataclass(eq=False)
class Decided(LedgerError):
    """A decision is given once."""

    code = "R224"
    title = "这份申请已经审批过，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "情况有变的，请由申请单位另提一份申请。"


@dataclass(eq=False)
class NothingToGain(LedgerError):
    """What is asked for is so already."""

    code = "R225"
    title = "申请的内容和现在一样，没有提交"
    now: str

    @property
    def message(self) -> str:
        return f"现在就是“{self.now}”，申请没有提交。"

    @property
    def way_out(self) -> str:
        return "申请延期的，请写一个晚于现在时限的日期。"


@dataclass(eq=False)
class DerivedAlready(LedgerError):
    """A look-back leads to one new problem."""

    code = "R226"
    title = "这次回头看衍生的问题已经登记，没有再次登记"

    @property
    def way_out(self) -> str:
        return "另有新问题的，请在督察整改里新增。"


@dataclass(eq=False)
class NotARule(LedgerError):
    """By this no problems can be drawn."""

    code = "R344"
    title = "回头看的范围写得不对，没有安排"
    why: str

    @property
    def message(self) -> str:
        return f"{self.why}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请改好近几个月、来源、抽多少，再提出一次。"
