"""What lies around the ledger, for `check`: its keys, what broken-off work left behind, the clock of the PC."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, func, select

from models import file_faults, files
from models.errors import LedgerError
from models.services.base.desk import Desk
from models.services.views.home import Finding
from models.store.schema import op, setting
from models.sync.keyfile import protected
from models.version import RELEASED

_MUST = ("unit", "kind", "name", "device", "public", "root")  # what a home knows of itself
_UNFINISHED = (".part", ".upgrade", ".new")


def own_facts(connection: Connection) -> Iterator[Finding]:
    """Whether the ledger still says whose it is."""
    there = set(connection.scalars(select(setting.c.name)))
    if lacking := [name for name in _MUST if name not in there]:
        text = f"台账里缺少本单位的信息（{len(lacking)} 项），不能继续使用。请用最近的备份恢复。"
        yield Finding("damage", text)


def keys(desk: Desk) -> Iterator[Finding]:
    """Whether the keys are there, can be read, and are protected."""
    taken_up = desk.is_county and desk.root  # a further PC of the county has its keys from its welcome
    for path in (desk.device_file, *([desk.county_file] if taken_up else [])):
        whose = "县里的密钥" if path == desk.county_file else "本机密钥"
        try:
            if not protected(path):
                text = f"{whose}没有设口令，只靠系统的文件权限保护：不要把数据文件夹放在别人能打开的地方。"
                yield Finding("note", text)
        except LedgerError as error:
            yield Finding("damage", f"{whose}不能用：{error.message}{error.way_out}")


def leftovers(desk: Desk) -> Iterator[Finding]:
    """What work that broke off left behind. While another program is at work here nobody can tell."""
    if not desk.ledger.alone():
        return
    try:
        for folder, what in ((desk.inbox, "读取数据包"), (desk.staging, "打开或生成数据包")):
            if found := list(_files(folder)):
                yield _left(what, folder, found)
        found = [path for folder in (desk.home, desk.outbox, desk.backups) for path in _unfinished(folder)]
        if found:
            yield _left("写文件", desk.home, found)
    finally:
        desk.ledger.let_go()


def clock(desk: Desk, connection: Connection) -> Iterator[Finding]:
    """Whether this PC's date can be right. Nothing depends on it but what is shown, and deadlines."""
    today = desk.today().isoformat()
    newest = connection.scalar(select(func.max(op.c.arrived)).where(op.c.is_data == 1)) or ""
    if today < RELEASED:
        text = f"这台电脑的日期是 {today}，比程序的发布日期 {RELEASED} 还早。请把日期调对：红黄绿灯和期限按它计算。"
        yield Finding("warning", text)
    elif desk.utc() < newest:
        text = f"这台电脑的日期是 {today}，比台账里最后一次登记（{desk.day_of(newest)}）还早。请核对日期。"
        yield Finding("warning", text)


def _left(what: str, folder: Path, found: list[Path]) -> Finding:
    with file_faults.in_words(folder):
        size = files.size_text(sum(path.stat().st_size for path in found))
    text = f"{what}中断时留下了 {len(found)} 个文件（{size}），在“{folder}”里。台账不受影响，可以删去。"
    return Finding("note", text)


def _files(folder: Path) -> Iterator[Path]:
    with file_faults.in_words(folder):
        yield from (path for path in folder.rglob("*") if path.is_file())


def _unfinished(folder: Path) -> Iterator[Path]:
    with file_faults.in_words(folder):
        yield from (path for path in folder.iterdir() if path.suffix in _UNFINISHED and path.is_file())
