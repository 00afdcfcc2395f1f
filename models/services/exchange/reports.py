"""What was said of every import: kept whole with the package, sent back to its writer, and taken from what came back.

An import writes no operation (law 7): reports are local rows, and travel in the first frame of the next package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec
import zstandard
from sqlalchemy import Connection, Row, func, select

from models.domain import change_words
from models.domain.paper import Paper, Table, Text, facts
from models.domain.plain import plain
from models.domain.words import CHANGE, TABLE
from models.services.base.desk import Desk
from models.services.views.exchange import Answer, PreviewLine, Report
from models.store.local_schema import pkg_answer, pkg_report
from models.store.schema import FOLDED, pkg_in, pkg_out
from models.store.sqlite import put, put_all
from models.sync import meta
from models.sync.header import Header
from models.sync.taken import Taken

MANY_VOIDS = 10  # records that one package makes void: from here on somebody should say yes twice
MANY = 20  # records that one package changes, where they are
SHARE = 3  # more than one in so many of all that are here

_NAME_CHARS = 40
_SAID_CHARS = 500  # of what the other side wrote; more is not ours to show
_LINES = msgspec.json.Decoder(tuple[PreviewLine, ...])


# ------------------------------------------------------------------------------------------- before it counts


def big_change(connection: Connection, voided: int, updated: int) -> str:
    """Why somebody should look twice before a package is taken in; empty: no reason."""
    if voided >= MANY_VOIDS:
        return f"本包将作废 {voided} 条记录。"
    there = sum(
        connection.scalar(select(func.count()).select_from(FOLDED[table])) or 0 for table in ("problem", "petition")
    )
    if updated >= MANY and updated * SHARE > there:
        return f"本包将更新 {updated} 条记录，超过本机全部记录的三分之一。"
    return ""


# ------------------------------------------------------------------------------------------- keeping


def keep(desk: Desk, connection: Connection, report: Report, taken: Taken, sha256: bytes) -> None:
    """Keep what was said of a package, and what its writer says of ours."""
    header = taken.header
    addressed = desk.settings["device"] in header.complete_for and not taken.older
    said = meta.Summary(
        header.pkg_id, header.no, desk.wall(), report.created, report.updated, report.conflicts, report.held,
        report.message, fork=report.fork, unchanged=report.unchanged, refused=report.refused_operations,
        agrees=not taken.resend if addressed else None, user=desk.user, sha256=sha256.hex(),
    )  # fmt: skip
    mine = _row_of(header)
    connection.execute(pkg_in.update().where(mine).values(report=meta.told(said)))
    lines = zstandard.compress(msgspec.json.encode(report.changes))
    row = connection.scalar(select(pkg_in.c.pk).where(mine))
    put(pkg_report, {"package": row, "sha256": sha256, "lines": lines}, connection)
    _take_answers(desk, connection, header, taken.meta.reports)


def _row_of(header: Header) -> Any:
    package, writer = bytes.fromhex(header.pkg_id), bytes.fromhex(header.sender.device)
    return (pkg_in.c.id == package) & (pkg_in.c.device == writer)


def _take_answers(desk: Desk, connection: Connection, header: Header, reports: Iterable[meta.Summary]) -> None:
    """What the sender says of packages that were written for its unit, and of no others."""
    told = {bytes.fromhex(said.pkg_id): meta.told(_short(said)) for said in reports}
    own = select(pkg_out.c.id, pkg_out.c.pk).where(pkg_out.c.id.in_(list(told)), pkg_out.c.unit == header.sender.unit)
    of = {"device": bytes.fromhex(header.sender.device), "came": desk.wall()}
    put_all(
        pkg_answer,
        [{"package": row.pk, **of, "report": told[row.id]} for row in connection.execute(own).all()],
        connection,
    )


def _short(said: meta.Summary) -> meta.Summary:
    """What the other side wrote, fit to be kept and shown: a report of a megabyte is none of an honest program."""
    return msgspec.structs.replace(
        said, imported=plain(said.imported, _NAME_CHARS), message=plain(said.message, _SAID_CHARS),
        user=plain(said.user, _NAME_CHARS), sha256=plain(said.sha256, 64),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------- looking


def lines(connection: Connection, package: int) -> tuple[PreviewLine, ...]:
    """Every change that was listed when the package of this row came in."""
    kept = connection.scalar(select(pkg_report.c.lines).where(pkg_report.c.package == package))
    return _LINES.decode(zstandard.decompress(kept)) if kept else ()


def answers(connection: Connection, packages: Iterable[int]) -> dict[int, tuple[Answer, ...]]:
    """What devices of the other side said of packages that were written here, by their row."""
    found: dict[int, tuple[Answer, ...]] = {}
    listed = select(pkg_answer).where(pkg_answer.c.package.in_(list(packages)))
    for row in connection.execute(listed.order_by(pkg_answer.c.package, pkg_answer.c.came)):
        found[row.package] = (*found.get(row.package, ()), _answer(row))
    return found


def _answer(row: Row[Any]) -> Answer:
    said: dict[str, Any] = json.loads(row.report)
    return Answer(
        row.device.hex(), row.came, str(said["imported"]), said["created"], said["updated"],
        said.get("unchanged", 0), said["conflicts"], said["held"], said.get("refused", 0), said.get("agrees"),
        str(said.get("user", "")), str(said.get("sha256", "")), str(said["message"]),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------- on paper


def paper(unit: str, sender: str, row: Row[Any], listed: tuple[PreviewLine, ...]) -> Paper:
    """The whole report of one import, for the file or for whoever wrote the package."""
    said: dict[str, Any] = json.loads(row.report)
    body = tuple(
        (str(at), CHANGE[one.what], TABLE.get(one.table, ""), one.number, one.title, one.label,
         change_words.before(one.what, one.field, one.now, one.table),
         change_words.after(one.what, one.field, one.then, one.table), one.why)
        for at, one in enumerate((one for one in listed if one.what != change_words.SAME), 1)
    )  # fmt: skip
    same = int(said.get("unchanged", 0))
    table = Table(
        body, (4, 6, 8, 13, 22, 9, 15, 15, 11),
        ("序号", "变化", "类别", "编号", "哪一条", "栏目", "导入前", "导入后", "说明"), frozenset({0, 1}),
    )  # fmt: skip
    return Paper(
        f"第 {row.number} 包导入报告",
        (
            facts(
                ("来自", f"{sender}（{row.unit}）"), ("导入时间", moment(str(said.get("imported", row.imported)))),
                ("结果", str(said.get("message", ""))),
                *((("无变化", f"{same} 条，没有逐条列出"),) if same else ()),
            ),
            *((table,) if body else (Text("这个包没有改动台账里的内容。"),)),
        ),
        line=f"导入单位：{unit}", landscape=True,
    )  # fmt: skip


def moment(iso: str) -> str:
    """A time on paper, to the minute, as the PC stated it."""
    return iso[:16].replace("T", " ")
