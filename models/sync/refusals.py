"""Why a package or a key is refused, in words: S1xx packages, S2xx keys and enrolment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.errors import LedgerError
from models.files import size_text

_UNCHANGED = "本机数据未改动。"


@dataclass(eq=False)
class PackageRefused(LedgerError):
    """A package was not taken in, as a whole."""

    code = "S100"
    title = "数据包没有导入"
    advice = "请让对方重新导出一次，再重新复制到 U 盘。"
    path: Path | None = None
    reason: str = ""

    @property
    def message(self) -> str:
        """What is wrong with which file, and that nothing was changed."""
        return f"{self.title}{self._name}{f'（{self.reason}）' if self.reason else ''}。{_UNCHANGED}"

    @property
    def _name(self) -> str:
        return f"：{self.path.name}" if self.path else ""

    @property
    def way_out(self) -> str:
        """What the clerk or the sender does now."""
        return self.advice


@dataclass(eq=False)
class NotAPackage(PackageRefused):
    """The file is of another kind, whatever it is called."""

    code = "S101"
    title = "这个文件不是数据包"
    advice = "请选择由本程序写出的数据包（.hgb 或 .hgf 文件）。"


@dataclass(eq=False)
class NotGenuine(PackageRefused):
    """Certificate, signature and header do not belong together: damaged or forged."""

    code = "S102"
    title = "数据包的签名不对，没有导入任何内容"
    advice = "请重新复制这个文件；若仍如此，请让对方重新导出，并当面核对来源。"


@dataclass(eq=False)
class FromTheTrial(PackageRefused):
    """The package was written before the first release, in a format that no program reads any more."""

    code = "S113"
    title = "这个数据包由试用版程序写成，本机程序不读，没有导入任何内容"
    advice = "请对方升级程序后重新写一个数据包：内容都还在对方电脑里，不会缺少。"


@dataclass(eq=False)
class NeedsNewerProgram(PackageRefused):
    """The package was written in a way that this version of the program does not know."""

    code = "S103"
    title = "这个数据包由更新版本的程序写成，本机程序读不了"
    advice = "请先把本机程序升级到最新版本，再导入这个数据包。"


@dataclass(eq=False)
class PackageForOther(PackageRefused):
    """The package is addressed to another unit."""

    code = "S104"
    title = "这个数据包不是给本单位的"
    advice = "请核对 U 盘上的文件，选择收件单位为本单位的数据包。"


@dataclass(eq=False)
class NotSealedForUs(PackageRefused):
    """The payload is encrypted to other devices, not to this one."""

    code = "S105"
    title = "这个数据包没有加密给本机，打不开"
    advice = (
        "请先问对方这台电脑有没有被停用：没有的，先给对方写一个包，对方读入后再写来；停用了或换过密钥的，请重新登记。"
    )


@dataclass(eq=False)
class Incomplete(PackageRefused):
    """The file ends too early: a copy that was broken off."""

    code = "S106"
    title = "数据包不完整"
    advice = "请重新复制这个文件，复制完成后再拔 U 盘。"
    missing: int | None = None

    @property
    def message(self) -> str:
        """How much is missing, where the header tells."""
        short = "没有复制完" if self.missing is None else f"差 {size_text(self.missing)}"
        return f"数据包不完整，{short}{self._name}。{_UNCHANGED}"


@dataclass(eq=False)
class ForeignCounty(PackageRefused):
    """The certificate is not one of our county's."""

    code = "S107"
    title = "这个数据包来自别的县或没有登记的电脑"
    advice = "请核对来源；本县的电脑须先由县环委办批准登记，再导出数据包。"


@dataclass(eq=False)
class Damaged(PackageRefused):
    """The payload is not what the header promises, or its frames do not hold."""

    code = "S108"
    title = "数据包内容已损坏，没有导入任何内容"
    advice = "请重新复制；若仍如此，请让对方从“再写一个 U 盘”重新写出。"


@dataclass(eq=False)
class OverLimit(PackageRefused):
    """Something in the package is larger than any genuine program writes."""

    code = "S109"
    title = "数据包内容超出允许的大小，没有导入任何内容"
    advice = "请让对方用最新版本的程序重新导出；若仍如此，请与县环委办联系。"


@dataclass(eq=False)
class IsEnrolmentRequest(PackageRefused):
    """The file asks for enrolment; it carries no data."""

    code = "S110"
    title = "这是一份登记申请，不是数据包"
    advice = "请由县环委办在“数据交换”的“设备与登记”中打开这个文件。"


@dataclass(eq=False)
class NotAnEnrolmentRequest(PackageRefused):
    """A request for enrolment was expected."""

    code = "S111"
    title = "这个文件不是登记申请"
    advice = "请选择由乡镇或部门电脑写出的登记申请文件。"


@dataclass(eq=False)
class NotAWelcome(PackageRefused):
    """The county's answer to a request for enrolment was expected."""

    code = "S112"
    title = "这个文件不是县里写的欢迎包"
    advice = "请选择县环委办批准登记后写出的文件。"


@dataclass(eq=False)
class CannotPack(LedgerError):
    """What should be written breaks a limit, or changed while it was being packed."""

    code = "S120"
    title = "数据包没有生成"
    reason: str

    @property
    def message(self) -> str:
        """What stood in the way."""
        return f"数据包没有生成：{self.reason}。{_UNCHANGED}"

    @property
    def way_out(self) -> str:
        """Check, then try again."""
        return "请在“设置—检查”中检查本机数据后重新导出。"


@dataclass(eq=False)
class AttachmentDamaged(CannotPack):
    """A file is no longer what its name says."""

    code = "F110"
    sha256: bytes = b""


@dataclass(eq=False)
class KeysRefused(LedgerError):
    """A key file cannot be used."""

    code = "S200"
    title = "密钥文件不能使用"
    advice = "请从备份恢复密钥文件，或重新登记本机。"
    path: Path

    @property
    def message(self) -> str:
        """Which file, and that nothing was changed."""
        return f"{self.title}：{self.path.name}。{_UNCHANGED}"

    @property
    def way_out(self) -> str:
        """How to get at the keys again."""
        return self.advice


@dataclass(eq=False)
class PassphraseNeeded(KeysRefused):
    """The keys are sealed with a passphrase, and none was given."""

    code = "S201"
    title = "本机密钥设有口令，需要先输入口令"
    advice = "请输入建立台账时设定的密钥口令（脚本可用环境变量 HUANGAI_PASSPHRASE）后重试。"


@dataclass(eq=False)
class PassphraseWrong(KeysRefused):
    """The passphrase does not open the keys."""

    code = "S202"
    title = "密钥口令不对"
    advice = "请检查大小写和输入法后重新输入；忘记口令时只能重新登记本机。"


@dataclass(eq=False)
class KeysUnreadable(KeysRefused):
    """The key file is damaged, or no key file."""

    code = "S203"
    title = "密钥文件已损坏或不是密钥文件"


@dataclass(eq=False)
class KeysOfAnotherMachine(KeysRefused):
    """Windows sealed the keys for another user or another machine."""

    code = "S204"
    title = "密钥由另一台电脑或另一个 Windows 用户保护，本机打不开"
    advice = "请在原来的电脑和用户下使用；已更换电脑的，请在本机重新登记。"


@dataclass(eq=False)
class NotACertificate(LedgerError):
    """The certificate is damaged, or nobody of our county signed it."""

    code = "S205"
    title = "这台电脑的登记证书不能用"

    @property
    def message(self) -> str:
        """That the certificate does not count."""
        return f"这台电脑的登记证书已损坏，或不是本县签发的。{_UNCHANGED}"

    @property
    def way_out(self) -> str:
        """Enrol again."""
        return "请让该电脑重新提交登记申请，由县环委办批准。"


@dataclass(eq=False)
class NoRootKey(LedgerError):
    """Devices are certified only where the county's root key is."""

    code = "S206"
    title = "县里的根密钥不在这台电脑上，没有做任何改动"

    @property
    def way_out(self) -> str:
        """Where the root key is."""
        return "请在县里第一台电脑上办理；那台电脑坏了的，先在本机用密钥恢复单恢复根密钥。"


@dataclass(eq=False)
class NotASheet(LedgerError):
    """What was typed is no recovery sheet, or its lines come from two."""

    code = "S207"
    title = "这不是一张完整的密钥恢复单，没有恢复，本机数据未改动"

    @property
    def way_out(self) -> str:
        """Copy one sheet from the first line to the last."""
        return "请照同一张恢复单，从第 1 行抄到最后一行，每行连同最后一组都要抄。"


@dataclass(eq=False)
class SheetMistyped(LedgerError):
    """Some lines are not as they were printed."""

    code = "S208"
    title = "恢复单有的地方没有抄对"
    places: tuple[str, ...]

    @property
    def message(self) -> str:
        """Which lines, and which groups of them."""
        return f"和恢复单对不上的是：{'；'.join(self.places)}。没有恢复，{_UNCHANGED}"

    @property
    def way_out(self) -> str:
        """Look at these places again."""
        return "请只核对这几处，其余各行已经对上。看着像零和一的，都是数字零和一，不是字母。"


@dataclass(eq=False)
class SheetOfOther(LedgerError):
    """The sheet is another county's."""

    code = "S209"
    title = "这张恢复单不是本县的，没有恢复，本机数据未改动"

    @property
    def way_out(self) -> str:
        """Which sheet it must be."""
        return "请找本县打印的恢复单；单子上写着县名和打印日期。"
