"""What is refused to whoever takes a step, each with its way out."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import LedgerError


@dataclass(eq=False)
class NoSuchStep(LedgerError):
    """The table has no such step, or the route of this problem has none."""

    code = "R180"
    title = "没有这一步"
    wanted: str
    known: tuple[tuple[str, str], ...]  # verb, label

    @property
    def short(self) -> str:
        """The same beside one of many problems."""
        return "不用办这一步"

    @property
    def message(self) -> str:
        return f"这个问题的办理里没有“{self.wanted}”这一步，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请从这些里选：{'、'.join(f'{verb}（{name}）' for verb, name in self.known)}。"


@dataclass(eq=False)
class StepNotYours(LedgerError):
    """The step is somebody else's."""

    code = "R181"
    title = "这一步由别的单位办理"
    label: str
    whose: str

    @property
    def short(self) -> str:
        """The same beside one of many problems."""
        return f"由{self.whose}办理"

    @property
    def message(self) -> str:
        return f"“{self.label}”由{self.whose}办理，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "需要催办或说明的，请写进备注报给对方。"


@dataclass(eq=False)
class StepLacks(LedgerError):
    """Something must be there before."""

    code = "R182"
    title = "还缺材料或前面的步骤，没有办理"
    label: str
    missing: tuple[str, ...]

    @property
    def short(self) -> str:
        """The same beside one of many problems."""
        return f"还缺：{'、'.join(self.missing)}"

    @property
    def message(self) -> str:
        return f"“{self.label}”还缺：{'、'.join(self.missing)}。没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请先补齐，再办这一步；平常的保存不受影响。"


@dataclass(eq=False)
class StepDone(LedgerError):
    """It was taken already."""

    code = "R183"
    title = "这一步已经办过了"
    label: str
    day: str

    @property
    def short(self) -> str:
        """The same beside one of many problems."""
        return f"{self.day} 已办过".lstrip()

    @property
    def message(self) -> str:
        return f"“{self.label}”{f'已于 {self.day} ' if self.day else '已经'}办过，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "日期或内容要改的，请在记录里修改；验收不通过的，请由县里退回整改。"


@dataclass(eq=False)
class NotAsked(LedgerError):
    """The step does not ask for this field."""

    code = "R184"
    title = "这一步没有这一栏"
    label: str
    field: str
    known: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"“{self.label}”没有“{self.field}”这一栏，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"这一步可以填：{'、'.join(self.known)}。"


@dataclass(eq=False)
class OwnWork(LedgerError):
    """Who took a step does not judge it himself, where the route says so and there is somebody else."""

    code = "R360"
    title = "这一步要换一位用户来办"
    label: str
    own: str

    @property
    def short(self) -> str:
        """The same beside one of many problems."""
        return f"要另一位用户来办（“{self.own}”是您自己办的）"

    @property
    def message(self) -> str:
        return f"这条路线上，“{self.label}”不能由办“{self.own}”的人自己来办，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请另一位有审核权限的同事登录后办理；没有这样的同事，请管理员给一位加上审核角色。"


@dataclass(eq=False)
class NobodyCan(LedgerError):
    """Of several problems none can take the step."""

    code = "R380"
    title = "选中的问题里没有一个能办这一步"
    label: str
    why: str

    @property
    def message(self) -> str:
        return f"选中的问题里没有一个能办“{self.label}”，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"原因：{self.why}。请先补齐，或另选问题。"


@dataclass(eq=False)
class NoSuchToken(LedgerError):
    """Nothing was written under that token, or not in this ledger."""

    code = "R382"
    title = "没有这个撤销编号"
    token: str

    @property
    def message(self) -> str:
        return f"这份台账里没有“{self.token}”这个撤销编号：写错了，或者台账后来换回过备份。没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请照办完时说的编号原样填写；台账换回过备份的，请打开那条记录，逐栏修改。"
