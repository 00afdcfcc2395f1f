"""What is refused of photos and documents, in words: F1xx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.domain import words
from models.errors import LedgerError
from models.files import size_text


@dataclass(eq=False)
class FileRefused(LedgerError):
    """A file was not added."""

    code = "F100"
    title = "这个文件没有添加"
    advice = "请换一个文件后重试。"
    path: Path

    @property
    def message(self) -> str:
        """Which file, and that nothing was changed."""
        return f"{self.title}：{self.path.name or self.path}。这一次一个文件也没有添加，本机数据未改动。"

    @property
    def way_out(self) -> str:
        """What to do instead."""
        return self.advice


@dataclass(eq=False)
class NotAFile(FileRefused):
    """A folder, or something that is no file."""

    code = "F101"
    title = "这是文件夹，不是照片或文档"
    advice = "请打开文件夹，选里面的照片或文档。"


@dataclass(eq=False)
class EmptyFile(FileRefused):
    """There is nothing in it."""

    code = "F102"
    title = "这个文件是空的，里面没有内容"
    advice = "可能没有复制完整，请从手机或相机重新复制一次。"


@dataclass(eq=False)
class FileTooLarge(FileRefused):
    """The file is over the limit of its kind."""

    code = "F103"
    title = "这个文件太大"
    advice = "照片请压缩或换成普通画质；文档请拆成几份，或只留需要的几页。"
    size: int = 0
    most: int = 0

    @property
    def message(self) -> str:
        """How large it is, and how large it may be."""
        return (
            f"“{self.path.name}”有 {size_text(self.size)}，最多 {size_text(self.most)}。"
            "这一次一个文件也没有添加，本机数据未改动。"
        )


@dataclass(eq=False)
class IsAProgram(FileRefused):
    """A program, or a link to one: it proves nothing and may do harm."""

    code = "F104"
    title = "这是程序文件或快捷方式，不能作为佐证材料"
    advice = "请选照片、PDF、Word 或 Excel 文件；快捷方式请打开它指向的原文件。"


@dataclass(eq=False)
class NoSuchFile(LedgerError):
    """No record names a file with this hash."""

    code = "F105"
    title = "没有找到这个文件"
    wanted: str

    @property
    def message(self) -> str:
        return f"没有哪条记录有校验值为“{self.wanted[:70]}”的照片或文档，没有写出任何文件。"

    @property
    def way_out(self) -> str:
        return "请在记录的“佐证材料”里核对文件。"


@dataclass(eq=False)
class FileNotHere(LedgerError):
    """The file has not arrived yet, or is lost."""

    code = "F106"
    title = "这个文件不在本机"
    name: str
    state: str

    @property
    def message(self) -> str:
        return f"“{self.name}”不在本机（{words.FILE_STATE.get(self.state, self.state)}），没有写出任何文件。"

    @property
    def way_out(self) -> str:
        if self.state == "lost":
            return "各单位都没有这个文件了，请重新拍照或补一份，再添加到记录里。"
        return "下次交换时会自动向对方要；急用的，请对方再写一个数据包送来。"


@dataclass(eq=False)
class FileDamaged(LedgerError):
    """What lies here is not what the record names."""

    code = "F107"
    title = "本机保存的这个文件已损坏"
    name: str

    @property
    def message(self) -> str:
        return f"本机保存的“{self.name}”已损坏，已移到一边，没有写出任何文件。"

    @property
    def way_out(self) -> str:
        return "下次交换时会自动向对方要一份完好的；对方也没有的，请重新拍照或补一份。"


@dataclass(eq=False)
class NoSuchEvidence(LedgerError):
    """The record has no such entry, or it was voided."""

    code = "F108"
    title = "没有这一条佐证材料，可能已经作废，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请重新打开这条记录查看。"


@dataclass(eq=False)
class NotToBeOpened(LedgerError):
    """Nobody can say that it is harmless to hand this file to another program."""

    code = "F109"
    title = "不能直接打开这类文件"
    name: str

    @property
    def message(self) -> str:
        return f"“{self.name}”的内容和名称不一致，或不是照片和办公文档，没有打开。"

    @property
    def way_out(self) -> str:
        return "确实需要的，请另存到别处，用杀毒软件检查后再打开。"


@dataclass(eq=False)
class NoSuchPart(LedgerError):
    """The record has no such measure, dispatch or stage to which a file could belong."""

    code = "F120"
    title = "没有找到这份材料要归入的环节"
    wanted: str

    @property
    def message(self) -> str:
        return f"这条记录里没有代号为“{self.wanted[:70]}”的措施、月调度、验收或回头看，没有添加文件，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请重新打开这条记录，从列出的环节里选。"


@dataclass(eq=False)
class NoSuchPaper(LedgerError):
    """The county's list of papers has no such one."""

    code = "F121"
    title = "一问题一档里没有这种材料"
    wanted: str
    known: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"县里的一问题一档材料清单里没有“{self.wanted[:70]}”，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请从这些里选：{'、'.join(self.known)}。"


@dataclass(eq=False)
class PhotoOfTelephone(FileRefused):
    """HEIC or AVIF: most PCs cannot open it, so the other side would see nothing."""

    code = "F122"
    title = "这张照片是手机的“高效”格式，多数电脑打不开"
    advice = (
        "请在手机上改好设置再拍：苹果手机在“设置、相机、格式”里选“兼容性最佳”，安卓手机在相机设置里关掉“高效图片”。"
        "已经拍好的，用微信传到电脑就会变成普通照片。"
    )
