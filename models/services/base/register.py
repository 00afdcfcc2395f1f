"""介质登记簿: every package that was written to a medium or read from one. Local, never travels, never shortened."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from models import files
from models.domain import words
from models.domain.paper import Paper, Table
from models.services.base.desk import Desk
from models.services.views.exchange import Entry, Register
from models.store.local_schema import register
from models.sync.medium import medium_of

PAGE = 200
OUT, IN, UNDO = "out", "in", "undo"
_HAND = "hand"  # setting: who carried the last one


def enter(
    desk: Desk, connection: Connection, *, way: str, result: str, unit: str = "", number: int = 0,
    path: Path | None = None, folder: Path | None = None, sha256: bytes | str = b"", said: str = "",
) -> None:  # fmt: skip
    """Write one line: now, by this user. `path`: the file on its medium, or `folder` where there is none."""
    size = 0
    with suppress(OSError):  # a stick that is gone has been said already
        size = path.stat().st_size if path else 0
    place = path.parent if path else folder
    connection.execute(
        insert(register).values(
            at=desk.wall(), way=way, unit=unit, number=number, file=_plain(path.name) if path else "", bytes=size,
            sha256=sha256 if isinstance(sha256, str) else sha256.hex(),
            medium=_plain(medium_of(place).said(place)) if place else "", user=desk.user,
            hand=desk.settings.get(_HAND, ""), result=result, said=_plain(said),
        )
    )  # fmt: skip


def _plain(text: str) -> str:
    """A name may hold bytes that are no text."""
    return text.encode("utf-8", "replace").decode()


def hand(desk: Desk, connection: Connection, name: str) -> None:
    """Who carries packages from now on: stands on every line until another is named."""
    desk.remember(connection, **{_HAND: name.strip()[:40]})


def page(desk: Desk, connection: Connection, skip: int, most: int | None, since: str = "") -> Register:
    """Lines of the register, newest first. `since`: the first day (ISO) of what is asked for, as this PC stated it."""
    names = desk.registry(connection).units
    asked = register.c.at >= since
    total = connection.scalar(select(func.count()).select_from(register).where(asked)) or 0
    rows = connection.execute(select(register).where(asked).order_by(register.c.pk.desc()).offset(skip).limit(most))
    return Register(tuple(_entry(row, names) for row in rows), total, desk.settings.get(_HAND, ""))


def _entry(row: Any, names: Mapping[str, str]) -> Entry:
    return Entry(
        row.pk, row.at, row.way, row.unit, names.get(row.unit, row.unit), row.number, row.file, row.bytes, row.sha256,
        row.medium, row.user, row.hand, row.result, row.said,
    )  # fmt: skip


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def paper(desk: Desk, connection: Connection, since: str = "") -> Paper:
    """The register from a day on, oldest line first, as it is filed; no day: the whole of it."""
    lines = page(desk, connection, 0, None, since).lines[::-1]
    here, day = desk.here().name, desk.today()
    begins = f"起始日期：{_said(date.fromisoformat(since))}    " if since else ""
    rows = tuple(
        (
            str(at), one.at[:16].replace("T", " "), words.WAY[one.way], one.unit_name,
            f"第 {one.number} 包" if one.number else "", one.file, files.size_text(one.bytes) if one.bytes else "",
            one.sha256, one.medium, "；".join(part for part in (one.user, one.hand) if part), words.DONE[one.result],
        )
        for at, one in enumerate(lines, 1)
    )  # fmt: skip
    headings = (
        "序号",
        "时间",
        "方向",
        "对方单位",
        "包号",
        "文件名",
        "大小",
        "校验值（SHA-256）",
        "介质",
        "经手",
        "结果",
    )
    return Paper(
        "移动存储介质数据交换登记簿",
        (Table(rows, (4, 9, 5, 10, 6, 15, 7, 17, 11, 7, 9), headings, frozenset({0, 1, 2, 4, 6})),),
        line=f"填报单位：{here}    {begins}截至日期：{_said(day)}",
        foot=f"填报单位（盖章）：{here}        填报人：            审核人：            填报日期：    年  月  日",
        landscape=True,
    )
