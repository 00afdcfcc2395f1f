"""Taking in one package, and saying in words what it changed: for a preview, a report and the receipt."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from models.progress import Progress
from models.services.base.conflicts import Conflicts
from models.services.base.desk import Desk
from models.services.exchange import reports, waiting
from models.services.exchange.comparison import Comparison, label_of
from models.services.views.exchange import Lost, Report
from models.store import attached, exchanged
from models.store.schema import held, op
from models.store.sqlite import temporary_ids
from models.sync import intake, meta
from models.sync.ahead import look_ahead
from models.sync.header import Header
from models.sync.package import Trusted
from models.sync.refusals import PackageForOther
from models.sync.taken import Receiving, Taken

IMPORTED = "导入成功："
WOULD_BE = "预览（还没有写入）："  # of one that was only tried


def receiving(desk: Desk) -> Receiving:
    """This home as a reader of packages. It must be enrolled."""
    return Receiving(desk.side, desk.root or b"", desk.county_keys if desk.has_county_keys else None, desk.utc())


@contextmanager
def _no_rings() -> Generator[None]:
    """Let Python's collector rest: it would look for rings of objects a thousand times in an import, and find none.

    In the window it rests anyway (gui/garbage.py), and nothing is done here.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_no_rings()
def take_in(
    desk: Desk,
    connection: Connection,
    trusted: Trusted,
    progress: Progress,
    *,
    decided: bool = False,
    sha256: bytes = b"",
) -> tuple[Report, Taken]:
    """The real transaction, whether it is kept or rolled back afterwards. `decided`: even if its device is stopped.

    `sha256`: of the whole file, for the receipt.
    """
    header = trusted.header
    intake.learn(connection, trusted.raw_certificate, trusted.certificate)
    at = receiving(desk)
    intake.admit(
        connection, header, PackageForOther(trusted.path, f"收件单位代码 {header.to.unit}"), at, decided=decided
    )
    name = trusted.certificate.name
    if (when := intake.seen(connection, header)) is not None:
        return _already(trusted.path, header, name, desk.day_of(when)), Taken(trusted.path, header, _no_meta(header))
    with trusted.open(desk.keys, desk.staging, progress) as opened:
        ahead = look_ahead(opened, at.county)
        compared = Comparison(connection, ahead.last)
        taken = intake.take(connection, opened, ahead, at, compared, progress)
    temporary_ids(connection, list(ahead.last.keys() - taken.tops))
    report = _report(desk, connection, trusted, taken, compared)
    attached.judge(connection, desk.side)
    report = _lacking_files(report, attached.missing_count(connection, desk.side, header.sender.unit))
    reports.keep(desk, connection, report, taken, sha256)
    return report, taken


def _no_meta(header: Header) -> meta.Meta:
    return meta.Meta(
        header.pkg_id, header.sender.unit, header.sender.device, header.to.unit, header.to.root, (),
        meta.DigestFrame(0, "0" * 64),
    )  # fmt: skip


def _already(path: Path, header: Header, name: str, day: str) -> Report:
    text = f"本包已于 {day} 导入过，未作任何改动。"
    return Report(path, "already", text, sender=header.sender.unit, sender_name=name, number=header.no)


def _report(desk: Desk, connection: Connection, trusted: Trusted, taken: Taken, compared: Comparison) -> Report:
    package = bytes.fromhex(taken.header.pkg_id)
    counts = compared.counts(connection)
    lines = list(compared.lines)
    new_conflicts = compared.new_conflicts(connection)
    listed = select(func.count()).select_from(held).join(op, op.c.id == held.c.op)
    waits = connection.scalar(listed.where(op.c.package == package)) or 0
    covered = {(bytes.fromhex(one.record), one.field) for one in lines if one.what == "conflict"}
    lines += waiting.conflict_lines(connection, package, new_conflicts, covered, label_of)
    lines += waiting.held_lines(connection, package, label_of) if waits else []
    lines = [*waiting.with_reasons(connection, package, lines), *compared.quiet]
    lost = exchanged.going_again(connection, desk.side) if taken.resend or taken.fork else {}
    again = lost.get(taken.header.sender.unit, 0)
    report = Report(
        trusted.path, "imported", "", sender=taken.header.sender.unit, sender_name=trusted.certificate.name,
        number=taken.header.no, older=taken.older, fork=taken.fork or taken.clone, created=counts["new"],
        updated=counts["updated"], unchanged=counts["same"], conflicts=len(new_conflicts), held=waits,
        told_conflicts=len(new_conflicts) - Conflicts(desk).settled_here(connection, new_conflicts),
        refused_operations=taken.not_held, aside=taken.aside, voided=compared.voided, going_again=again,
        big_change=reports.big_change(connection, compared.voided, counts["updated"]), changes=tuple(lines),
        package=taken.header.pkg_id,
    )  # fmt: skip
    return _in_words(report)


def _in_words(report: Report) -> Report:
    """The plain sentence first."""
    counted = (
        (report.voided, f"作废 {report.voided} 条"),
        (report.to_choose, f"{report.to_choose} 处需要您选择"),
        (report.told_conflicts, f"{report.told_conflicts} 处由负责的单位选定，您不用选"),
        (report.held, f"{report.held} 处未应用"),
    )
    parts = [f"新增 {report.created} 条，更新 {report.updated} 条", *(said for count, said in counted if count)]
    text = f"{IMPORTED}{'；'.join(parts)}。"
    if not (report.created or report.updated or report.conflicts or report.held):
        text = f"{IMPORTED}没有新内容。"
    if report.older:
        text += "这是较早的包，只补充了本机没有的内容。"
    if report.fork:
        text += f"{report.sender_name}的电脑可能恢复过备份或被复制过，下次交换会自动补齐。"
    if report.going_again:
        text += Lost(report.sender, report.sender_name, report.going_again).said
    if report.refused_operations:
        text += f"其中 {report.refused_operations} 条改动不是该单位有权写的，没有接收，请与对方核实。"
    if report.aside:
        text += f"其中 {report.aside} 条改动要由您决定是否接收，先放在一边，请到“设备与登记”里查看。"
    return replace(report, message=text)


def _lacking_files(report: Report, count: int) -> Report:
    """Say how many photos and documents are not here that the sender may have."""
    told = f"还缺照片和文档 {count} 个：U 盘上有 .hgf 文件的请一起读入，没有的下次交换会自动要。" if count else ""
    return replace(report, missing_files=count, message=report.message + told)
