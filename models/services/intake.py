"""Taking in one package, and saying in words what it changed: for a preview, a report and the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from models.domain import words
from models.domain.fields import PARTS, TABLES, Field, Type, label
from models.domain.unit import Registry
from models.progress import Progress
from models.services import showing, waiting
from models.services.conflicts import shown
from models.services.desk import Desk
from models.services.views.exchange import PreviewLine, Report
from models.services.writing import MUST
from models.store import fold
from models.store.rows import loaded
from models.store.schema import FOLDED, conflict, held, op, pkg_in
from models.store.sqlite import temporary_ids, wanted
from models.sync import intake, meta
from models.sync.header import Header
from models.sync.intake import Receiving, Taken
from models.sync.package import Trusted
from models.sync.refusals import PackageForOther

LINES_MOST = 2_000  # of a preview: more is counted, not listed

_COMPARED = ("id", "top", "unit", "void_from", "remark")  # beside the fields; the long search key is left out

_Rows = dict[str, dict[bytes, RowMapping]]


def receiving(desk: Desk) -> Receiving:
    """This home as a reader of packages. It must be enrolled."""
    return Receiving(desk.side, desk.root or b"", desk.county_keys if desk.has_county_keys else None, desk.utc())


def take_in(
    desk: Desk, connection: Connection, trusted: Trusted, progress: Progress, *, decided: bool = False
) -> tuple[Report, Taken]:
    """The real transaction, whether it is kept or rolled back afterwards. `decided`: even if its device is stopped."""
    header = trusted.header
    intake.learn(connection, trusted.raw_certificate, trusted.certificate)
    at = receiving(desk)
    intake.admit(
        connection, header, PackageForOther(trusted.path, f"收件单位代码 {header.to.unit}"), at, decided=decided
    )
    name = trusted.certificate.name
    if (when := intake.seen(connection, header)) is not None:
        return _already(trusted.path, header, name, when), Taken(trusted.path, header, _no_meta(header))
    with trusted.open(desk.keys, desk.staging, progress) as opened:
        tops = intake.tops_of(opened)
        before = _snapshot(connection, tops)
        conflicts = _conflicts(connection)
        taken = intake.take(connection, opened, at, progress)
    after = _snapshot(connection, tops | taken.tops)
    report = _report(connection, trusted, taken, (before, after), conflicts, progress)
    kept = meta.summary(
        pkg_id=header.pkg_id, no=header.no, imported=desk.wall(), created=report.created, updated=report.updated,
        conflicts=report.conflicts, held=report.held, message=report.message, fork=report.fork,
    )  # fmt: skip
    connection.execute(
        pkg_in.update()
        .where(pkg_in.c.id == bytes.fromhex(header.pkg_id), pkg_in.c.device == bytes.fromhex(header.sender.device))
        .values(report=kept)
    )
    return report, taken


def _no_meta(header: Header) -> meta.Meta:
    return meta.Meta(
        header.pkg_id, header.sender.unit, header.sender.device, header.to.unit, header.to.root, (),
        meta.DigestFrame(0, "0" * 64),
    )  # fmt: skip


def _already(path: Path, header: Header, name: str, when: str) -> Report:
    text = f"本包已于 {when[:10]} 导入过，未作任何改动。"
    return Report(path, "already", text, sender=header.sender.unit, sender_name=name, number=header.no)


def _snapshot(connection: Connection, tops: Iterable[bytes]) -> _Rows:
    """The rows of these histories as they are now."""
    found: _Rows = {}
    temporary_ids(connection, list(tops))
    for table in TABLES:
        source = FOLDED[table]
        columns = [c for c in source.c if c.name in _COMPARED or c.name in TABLES[table]]
        statement = select(*columns).join(wanted, source.c.top == wanted.c.id)
        found[table] = {row["id"]: row for row in connection.execute(statement).mappings()}
    return found


def _conflicts(connection: Connection) -> set[tuple[bytes, str]]:
    return {(r.record, r.field) for r in connection.execute(select(conflict.c.record, conflict.c.field).distinct())}


def _report(
    connection: Connection, trusted: Trusted, taken: Taken, compared: tuple[_Rows, _Rows],
    had: set[tuple[bytes, str]], progress: Progress,
) -> Report:  # fmt: skip
    before, after = compared
    lines: list[PreviewLine] = []
    created = updated = unchanged = 0
    new_conflicts = _conflicts(connection) - had
    parts = _part_changes(before, after)
    who = fold.registry(connection)
    for table in MUST:
        for done, (id_, row) in enumerate(after[table].items()):
            progress.step(done, len(after[table]), "正在比对改动")
            old = before[table].get(id_)
            changes = _changes(table, old, row) + parts.get(id_, [])
            created += old is None
            updated += old is not None and bool(changes)
            unchanged += old is not None and not changes
            if len(lines) < LINES_MOST:
                lines += _lines(table, row, old, changes, new_conflicts, who)
    package = bytes.fromhex(taken.header.pkg_id)
    listed = select(func.count()).select_from(held).join(op, op.c.id == held.c.op)
    waits = connection.scalar(listed.where(op.c.package == package)) or 0
    covered = {(bytes.fromhex(one.record), one.field) for one in lines if one.what == "conflict"}
    lines += waiting.conflict_lines(connection, package, new_conflicts, covered, _label)
    lines += waiting.held_lines(connection, package, _label) if waits else []
    report = Report(
        trusted.path, "imported", "", sender=taken.header.sender.unit, sender_name=trusted.certificate.name,
        number=taken.header.no, older=taken.older, fork=taken.fork or taken.clone, created=created, updated=updated,
        unchanged=unchanged, conflicts=len(new_conflicts), held=waits, refused_operations=taken.not_held,
        aside=taken.aside, changes=tuple(lines),
    )  # fmt: skip
    return _in_words(report)


def _in_words(report: Report) -> Report:
    """The plain sentence first."""
    parts = [f"新增 {report.created} 条，更新 {report.updated} 条"]
    if report.conflicts:
        parts.append(f"{report.conflicts} 处需要您选择")
    if report.held:
        parts.append(f"{report.held} 处未应用")
    text = f"导入成功：{'；'.join(parts)}。"
    if not (report.created or report.updated or report.conflicts or report.held):
        text = "导入成功：没有新内容。"
    if report.older:
        text += "这是较早的包，只补充了本机没有的内容。"
    if report.fork:
        text += f"{report.sender_name}的电脑可能恢复过备份或被复制过，下次交换会自动补齐。"
    if report.refused_operations:
        text += f"其中 {report.refused_operations} 条改动不是该单位有权写的，没有接收，请与对方核实。"
    if report.aside:
        text += f"其中 {report.aside} 条改动要由您决定是否接收，先放在一边，请到“设备与登记”里查看。"
    return replace(report, message=text)


def _changes(table: str, old: RowMapping | None, new: RowMapping) -> list[tuple[str, Any, Any]]:
    if old is None:
        return []
    found = [
        (name, shown(table, name, _value(field, old)), shown(table, name, _value(field, new)))
        for name, field in TABLES[table].items()
        if old[name] != new[name]
    ]
    for name, word in (("remark", "remark"), ("void_from", "void")):
        if name in new and old[name] != new[name]:
            found.append((word, old[name], new[name]))
    return found


def _value(field: Field, row: RowMapping) -> Any:
    return loaded(row[field.name]) if field.type in (Type.FACTS, Type.NUMBER) else row[field.name]


def _part_changes(before: _Rows, after: _Rows) -> dict[bytes, list[tuple[str, Any, Any]]]:
    """What changed in measures, dispatches and evidence, by the record that they are parts of."""
    found: dict[bytes, list[tuple[str, Any, Any]]] = {}
    for table, key in (("measure", "text"), ("dispatch", "month"), ("evidence", "name")):
        for id_, row in after[table].items():
            old = before[table].get(id_)
            if old is None:
                found.setdefault(row["top"], []).append((table, None, row[key]))
            elif changed := _changes(table, old, row):
                found.setdefault(row["top"], []).extend((f"{table}.{n}", was, now) for n, was, now in changed)
    return found


def _lines(
    table: str, row: RowMapping, old: RowMapping | None, changes: list[tuple[str, Any, Any]],
    conflicts: set[tuple[bytes, str]], who: Registry,
) -> list[PreviewLine]:  # fmt: skip
    id_, title = row["id"].hex(), row[MUST[table]] or ""
    number = (row["number"] if table == "problem" else row["receipt_number"]) or ""
    if old is None:
        return [PreviewLine("new", table, id_, title, number, "", "整条", None, _in_short(table, row, who))]
    return [
        PreviewLine(
            "conflict" if (row["id"], name) in conflicts else "updated", table, id_, title, number, name,
            _label(table, name), now, then,
        )
        for name, now, then in changes
    ]  # fmt: skip


def _in_short(table: str, row: RowMapping, who: Registry) -> str:
    """What a person wants to know first of a new record."""
    due = row["deadline_text"] or row["deadline"] if table == "problem" else ""
    parts = [f"时限 {due}" if due else "", showing.township(row, who)[1], row["person"] or ""]
    return "，".join(part for part in parts if part) or "整条记录"


def _label(table: str, name: str) -> str:
    part, _, field = name.partition(".")
    if part in PARTS:
        heading = words.TABLE[part]
        return f"{heading} {label(part, field)}" if field else heading
    return label(table, name)
