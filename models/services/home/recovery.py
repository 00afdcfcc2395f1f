"""The recovery sheet: the county's keys on paper, and a county that comes back from it (sync.md 5.7.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models import file_faults, files
from models.domain.paper import Paper, Text
from models.domain.roles import Deed
from models.domain.unit import COUNTY
from models.errors import LedgerError
from models.services.base import refusals, units
from models.services.base.desk import Desk
from models.services.exchange.devices import certify_here
from models.services.exchange.enrolment import join
from models.services.exchange.incoming import NothingThere
from models.services.papers.papers import ToPdf
from models.sync import intake, recovery
from models.sync.package import read_sealed, trust
from models.sync.refusals import SheetOfOther
from models.sync.stick import find_packages

_PRINTED = "sheet_printed"  # setting: the secrets that stood on the newest sheet, as how many
_SHEET_BYTES = 1_000_000
_WHAT = "单子上是县里的根密钥和盖章密钥。电脑坏了、丢了，凭它可以在新电脑上恢复；谁拿到它，谁就能冒充县里。"
_KEEPING = (
    "请像保管公章一样保管：",
    "一、打印两份，分别装进信封密封，在封口签字，存放在两个保险柜里，不要和电脑放在一起。",
    "二、不要拍照、扫描、复印、用手机或网络传送，打印以后请删除电脑里的这个文件。",
    "三、停用过县里的电脑以后，盖章密钥会变，请重新打印，旧单子用碎纸机销毁。",
    "四、恢复时：在新电脑上建立台账，选“县里的又一台电脑”，在“数据交换”的“设备与登记”里用恢复单恢复，照下面逐行录入。",
    "五、每行最后一组是核对码，抄错了程序会指出在哪一行哪一组。",
)


@dataclass(eq=False)
class OnlyPaper(LedgerError):
    """The sheet is for paper."""

    code = "S240"
    title = "恢复单只能写成 .pdf 或 .txt 文件，没有写出"

    @property
    def way_out(self) -> str:
        return "请把文件名的结尾改成 .pdf，打印后删除这个文件。"


@dataclass(eq=False)
class OtherCode(LedgerError):
    """The units wrote to a county of another code: this home was founded with a wrong one."""

    code = "S241"
    title = "本机的单位代码与各单位写的不同，没有做任何改动"
    here: str
    theirs: str

    @property
    def message(self) -> str:
        return f"这些包是写给代码 {self.theirs} 的，本机建台账时填的代码是 {self.here}。没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请换一个数据文件夹，用代码 {self.theirs} 和原来的名称重新建台账，再照恢复单恢复密钥。"


@dataclass(eq=False)
class PrintedSheet(LedgerError):
    """The file is the sheet as it is printed: its letters are a picture to a program."""

    code = "S242"
    title = "这个文件是打印用的 PDF，没有恢复，本机数据未改动"
    path: Path

    @property
    def way_out(self) -> str:
        return "请照恢复单逐行录入（命令后面不写文件），或抄成 .txt 文件再用。"


class Recovery:
    """The county's keys to paper and back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def possible(self) -> bool:
        """Whether the root key is here; where it is locked, nobody is asked for the passphrase only to be told."""
        desk = self._desk
        if not (desk.has_county_keys and desk.enrolled) or desk.locked:
            return False
        return desk.county_keys.has_root

    @property
    def due(self) -> bool:
        """Whether the county has keys that stand on no sheet yet."""
        desk = self._desk
        return self.possible and desk.settings.get(_PRINTED, "") != str(len(desk.county_keys.all_secrets))

    def paper(self) -> Paper:
        """The sheet. Refused where the root key is not here."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        own = desk.settings
        lines = recovery.lines(desk.county_keys)
        return Paper(
            "县密钥恢复单",
            (
                Text(_WHAT, strong=True),
                *map(Text, _KEEPING),
                *(Text(line, typed=True) for line in lines),
            ),
            line=f"{own['name']}（{own['unit']}）　共 {len(lines)} 行",
            foot=f"电脑：{own['device'][:8].upper()}　打印时间：{desk.wall()[:16].replace('T', ' ')}　保管人：",
        )

    def write(self, path: Path, to_pdf: ToPdf) -> Path:
        """Write the sheet for the printer, for this user's eyes alone."""
        paper = self.paper()
        match path.suffix.lower():
            case ".pdf":
                content = to_pdf(paper)
            case ".txt":
                texts = (paper.title, paper.line, *(b.text for b in paper.blocks if isinstance(b, Text)), paper.foot)
                content = "\r\n".join(texts).encode("utf-8-sig")
            case _:
                raise OnlyPaper
        files.durable_write(path, content, 0o600)
        desk = self._desk
        with desk.ledger.write(deed=Deed.MANAGE) as connection:
            desk.remember(connection, **{_PRINTED: str(len(desk.county_keys.all_secrets))})
        return path

    def restore(self, text: str) -> None:
        """Take the keys from what was typed: a new PC becomes one of the county; one that is gets what it lacks."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        keys = recovery.read(text)
        if desk.root not in (None, keys.root_public):
            raise SheetOfOther
        if desk.has_county_keys:
            keys = keys.joined(desk.county_keys.all_secrets)
        with desk.ledger.write(deed=Deed.MANAGE) as connection, desk.as_it_was():
            if desk.enrolled:
                desk.keep_county_keys(keys)
                return
            own = desk.settings
            desk.remember(connection, root=keys.root_public.hex(), county=own["name"], replaces="")
            join(desk, connection, keys)
            certify_here(desk, connection, desk.keys)
            units.write(desk, connection, COUNTY, own["name"], own["unit"])

    def restore_from(self, path: Path) -> None:
        """The same from a file of text."""
        with file_faults.in_words(path), path.open("rb") as source:
            content = source.read(_SHEET_BYTES)
        if content.startswith(b"%PDF"):
            raise PrintedSheet(path)
        self.restore(content.decode("utf-8-sig", "replace"))

    def meet(self, paths: Sequence[Path]) -> tuple[str, ...]:
        """Learn PCs and units from the covers of packages that they wrote to the county before: to write to them again.

        What is inside was encrypted to the PC that is gone, and stays closed. Returns the names of the units.
        """
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        names: dict[str, str] = {}
        with desk.ledger.write(deed=Deed.MANAGE) as connection:
            known = desk.registry(connection).units
            for path in [one for p in paths for one in (find_packages(p) if p.is_dir() else [p])]:
                try:
                    package = trust(read_sealed(path), [desk.root or b""])
                except LedgerError:
                    continue
                one, to = package.certificate, package.header.to.unit
                if one.kind == COUNTY:
                    continue
                if to not in (desk.side.unit, one.unit):
                    raise OtherCode(desk.side.unit, to)
                if one.unit not in known:
                    units.write(desk, connection, one.kind, one.name, one.unit)
                    known = desk.registry(connection).units
                intake.learn(connection, package.raw_certificate, one)
                names[one.unit] = one.name
        if not names:
            raise NothingThere(paths[0] if paths else Path())
        return tuple(names.values())
