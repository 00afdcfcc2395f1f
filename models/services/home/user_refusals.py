"""What is refused to users, each with its way out."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import LedgerError


class NobodySignedIn(LedgerError):
    """This PC has users, and nobody said who he is."""

    code = "U101"
    title = "这台电脑设了用户，请先登录，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请选择用户并输入口令；用命令的，写明用户和口令。"


@dataclass(eq=False)
class NoSuchUser(LedgerError):
    """There is no user of that name."""

    code = "U102"
    title = "没有这个用户"
    name: str

    @property
    def message(self) -> str:
        return f"这台电脑上没有叫“{self.name}”的用户，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请核对姓名，或请管理员添加。"


@dataclass(eq=False)
class WrongSecret(LedgerError):
    """The secret is not his."""

    code = "U103"
    title = "口令不对"
    name: str
    left: int

    @property
    def message(self) -> str:
        more = f"还可以试 {self.left} 次" if self.left else "再试要先等一会儿"
        return f"“{self.name}”的口令不对，没有登录，{more}。"

    @property
    def way_out(self) -> str:
        return "请看看大小写和输入法；忘了口令，请管理员重设，管理员用恢复码。"


@dataclass(eq=False)
class MustWait(LedgerError):
    """Too many wrong secrets."""

    code = "U104"
    title = "口令错得太多"
    name: str
    seconds: int

    @property
    def message(self) -> str:
        return f"“{self.name}”的口令连续输错，没有登录，{self.seconds} 秒以后才能再试。"

    @property
    def way_out(self) -> str:
        return f"请过 {self.seconds} 秒再输；忘了口令，请管理员重设，管理员用恢复码。"


@dataclass(eq=False)
class NotYourRole(LedgerError):
    """The user may not do that."""

    code = "U105"
    title = "您没有这项权限"
    roles: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"这一步要由{'或'.join(self.roles)}来做，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请有权限的同事登录后再做，或请管理员调整角色。"


@dataclass(eq=False)
class BadName(LedgerError):
    """Nobody can be called that."""

    code = "U106"
    title = "用户没有添加"
    name: str

    @property
    def message(self) -> str:
        return f"姓名“{self.name}”应为 1 到 20 字，不带空格，也不能是“本机”，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请填真实姓名，它会写进修改历史。"


@dataclass(eq=False)
class NameTaken(LedgerError):
    """There is such a user already."""

    code = "U107"
    title = "用户没有添加"
    name: str

    @property
    def message(self) -> str:
        return f"这台电脑上已经有叫“{self.name}”的用户，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "同名的两个人，请在姓名后面加上科室或数字。"


@dataclass(eq=False)
class NoRole(LedgerError):
    """A user must be something."""

    code = "U108"
    title = "没有保存"
    name: str

    @property
    def message(self) -> str:
        return f"没有给“{self.name}”选角色，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请至少选一个角色：经办、审核、领导、管理员。"


@dataclass(eq=False)
class NoSuchRole(LedgerError):
    """There is no such role."""

    code = "U109"
    title = "没有这个角色"
    roles: tuple[str, ...]

    @property
    def message(self) -> str:
        return "没有这个角色，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请从这些里选：{'、'.join(self.roles)}。"


@dataclass(eq=False)
class LastAdmin(LedgerError):
    """Then nobody could manage users any more."""

    code = "U110"
    title = "至少要留一个管理员"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”是最后一个管理员，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请先让另一个用户当管理员。"


@dataclass(eq=False)
class BadSecret(LedgerError):
    """The secret is too short or too long."""

    code = "U111"
    title = "口令没有设"
    least: int
    most: int

    @property
    def message(self) -> str:
        return f"口令应为 {self.least} 到 {self.most} 个字，不能全是空格，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请换一个口令；四位数字也可以，但不要用生日。"


class WrongCode(LedgerError):
    """The recovery code is not this PC's."""

    code = "U120"
    title = "恢复码不对，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请照纸上逐组核对；用过一次的、换过的恢复码不再有用，请找最新的那一张。"


@dataclass(eq=False)
class NotAnAdmin(LedgerError):
    """The recovery code gives secrets to admins alone."""

    code = "U121"
    title = "恢复码只用来重设管理员的口令"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”不是管理员，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请选一个管理员；管理员登录以后，别的人的口令都能重设。"
