"""Why a template of an office is not taken in: what is the matter with it, and how it is mended in Word or WPS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.errors import LedgerError

_NAMED = 8  # unknown places that are named
_KEPT = "没有放进来，原来的模板没有改动。"


@dataclass(eq=False)
class TemplateRefused(LedgerError):
    """Something about a template that should be used from now on."""

    code = "R511"
    title = "这个文件不能作模板"
    remedy: ClassVar[str] = "请先“写出模板”，在写出的文件上改，存成 .docx 再放回来。"
    detail: str = ""

    @property
    def message(self) -> str:
        return f"{self.title}：{self.detail}。{_KEPT}"

    @property
    def way_out(self) -> str:
        return self.remedy


@dataclass(eq=False)
class NotATemplate(TemplateRefused):
    """It is no .docx, or one without any place to fill in."""

    code = "R512"


@dataclass(eq=False)
class TemplateDamaged(TemplateRefused):
    """It breaks off, or is beyond the limits."""

    code = "R513"
    title = "模板文件已损坏，或者大得不正常"
    remedy = "请用 WPS 或 Word 打开它，另存为新的 .docx 再试；还不行的，重新“写出模板”再改。"


@dataclass(eq=False)
class TemplateUnsafe(TemplateRefused):
    """It holds what runs, or is fetched, when it is opened."""

    code = "R514"
    title = "模板里有不安全的内容"
    remedy = "请先“写出模板”，把要的文字、表格和图片复制到写出的文件里，存成 .docx 再放回来。"


@dataclass(eq=False)
class PlacesUnknown(LedgerError):
    """It asks for what nobody can fill in."""

    code = "R515"
    title = "模板里有不认识的占位"
    places: tuple[str, ...]

    @property
    def message(self) -> str:
        named = "、".join(f"“{one}”" for one in self.places[:_NAMED])
        more = f"等 {len(self.places)} 处" if len(self.places) > _NAMED else ""
        return f"不知道{named}{more}要换成什么。{_KEPT}"

    @property
    def way_out(self) -> str:
        return "请照“写出模板”里的写法改，一个字都不能差；不是要填的地方，请把【】换成〔〕。"


@dataclass(eq=False)
class PlacesMisplaced(LedgerError):
    """A place stands where it cannot be filled in."""

    code = "R516"
    title = "模板里有占位放错了地方"
    place: str
    why: str

    @property
    def message(self) -> str:
        return f"“{self.place}”放错了地方。{_KEPT}"

    @property
    def way_out(self) -> str:
        return f"{self.why}。请改好再放回来。"
