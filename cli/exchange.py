"""The exchange by command: export, inspect, import, status."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli import home
from cli.output import DONE, REFUSED, USAGE, Told, say
from models.domain.words import DONE as ENDED
from models.domain.words import WAY
from models.services.views.exchange import Report


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    verbs = commands.add_parser("exchange", parents=[common], help="数据交换").add_subparsers(
        dest="verb", required=True
    )
    out = verbs.add_parser("export", parents=[common], help="写出数据包")
    out.add_argument("--to", type=Path, required=True)
    to_whom = out.add_mutually_exclusive_group()
    to_whom.add_argument("--unit")
    to_whom.add_argument("--all", action="store_true")
    out.add_argument("--without-files", action="store_true", help="不带照片和附件")
    out.set_defaults(act=_export)
    look = verbs.add_parser("inspect", parents=[common], help="查看数据包，不导入")
    look.add_argument("file", type=Path)
    look.set_defaults(act=_inspect)
    taken = verbs.add_parser("import", parents=[common], help="读入数据包")
    taken.add_argument("path", type=Path, nargs="+")
    taken.add_argument("--preview", action="store_true", help="只看会改什么，不写入")
    taken.set_defaults(act=_import)
    book = verbs.add_parser("register", parents=[common], help="介质登记簿")
    book.add_argument("--hand", help="以后由谁经手，写进登记簿")
    book.add_argument("--limit", type=int, default=200)
    book.set_defaults(act=_register)
    verbs.add_parser("undo", parents=[common], help="撤销最近一次读入").set_defaults(act=_undo)
    verbs.add_parser("status", parents=[common], help="与各单位交换到哪里了").set_defaults(act=_status)


def _export(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user)
    if at.here.kind == "county" and not (given.unit or given.all):
        sys.stderr.write("县里写数据包要指定 --unit 代码，或 --all 写给所有单位。\n")
        return USAGE
    units = [given.unit] if given.unit else None
    done = at.exchange.export(given.to, units, Told(), with_files=not given.without_files)
    answer: dict[str, Any] = {
        "packages": [
            {"path": p.path, "to": p.to, "number": p.number, "operations": p.operations, "files": p.files,
             "bytes": p.bytes, "sha256": p.sha256}
            for p in done.packages
        ],
        "skipped": [{"unit": code, "why": why} for code, why in done.skipped],
        "failed": [{"unit": f.unit, "message": f.message, "way_out": f.way_out} for f in done.failed],
        "warnings": done.warnings,
    }  # fmt: skip
    lines = [
        f"第 {p.number} 包 → {p.to_name}：{f'照片和文档 {p.files} 个' if p.files else f'{p.operations} 条改动'}，"
        f"已写入并校验 {p.path}"
        for p in done.packages
    ]
    lines += [f"{f.name}：{f.message}{f.way_out}" for f in done.failed]
    lines += [f"没有写：{why}" for _, why in done.skipped] + [f"提醒：{w}" for w in done.warnings]
    say(answer, "\n".join(lines) or "没有可以写的单位。", as_json=given.json)
    return DONE


def _inspect(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).exchange
    card = at.inspect(given.file)
    if card.state in ("damaged", "newer", "trial", "unknown"):
        at.read(given.file)  # says why, as a refusal
    answer = {
        "from": card.sender, "from_name": card.sender_name, "to": card.to, "to_name": card.to_name,
        "number": card.number, "kind": card.kind, "genuine": card.genuine, "for_us": card.for_us,
        "operations": card.operations, "files": card.files, "bytes": card.bytes, "made": card.made, "state": card.state,
        "message": card.message, "fingerprint": card.fingerprint,
    }  # fmt: skip
    say(answer, f"{card.sender_name or card.sender} → {card.to_name or card.to}  {card.message}", as_json=given.json)
    return DONE


def _import(given: argparse.Namespace) -> int:
    reports = home.opened(given.home, given.user).exchange.bring_in(given.path, Told(), keep=not given.preview)
    answer: dict[str, Any] = {"packages": [_report(r) for r in reports], "total": _total(reports)}
    all_refused = bool(reports) and all(r.result == "refused" for r in reports)
    if all_refused:
        first = reports[0]
        answer["error"] = {"code": first.code, "message": first.message, "way_out": first.way_out}
    text = "\n".join(f"{r.path.name}：{r.message}{r.way_out}" for r in reports)
    if len(reports) > 1:
        done = answer["total"]
        text += f"\n共 {len(reports)} 个包：已导入 {done['imported']} 个，"
        text += f"新增 {done['created']} 条，更新 {done['updated']} 条。"
    say(answer, text, as_json=given.json)
    return REFUSED if all_refused else DONE


def _total(reports: Sequence[Report]) -> dict[str, int]:
    """What several packages did together: how many ended how, and the sums of what they brought."""
    ends = Counter(one.result for one in reports)
    found = {result: ends[result] for result in ("imported", "already", "skipped", "refused")}
    return found | {
        name: sum(getattr(one, name) for one in reports)
        for name in ("created", "updated", "unchanged", "conflicts", "held")
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "path": report.path, "result": report.result, "older": report.older, "fork": report.fork, "code": report.code,
        "from": report.sender, "number": report.number, "created": report.created, "updated": report.updated,
        "unchanged": report.unchanged, "conflicts": report.conflicts, "held": report.held,
        "refused_operations": report.refused_operations,
        "voided": report.voided, "going_again": report.going_again, "big_change": report.big_change,
        "aside": report.aside, "files": report.files,
        "missing_files": report.missing_files, "message": report.message, "way_out": report.way_out,
    }  # fmt: skip


def _register(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).exchange
    if given.hand is not None:
        at.hand(given.hand)
    found = at.register(most=max(given.limit, 0))
    text = "\n".join(
        "  ".join((one.at[:16].replace("T", " "), WAY[one.way], one.unit_name, ENDED[one.result], one.file, one.medium))
        for one in found.lines
    )
    answer = {"lines": found.lines, "total": found.total, "hand": found.hand}
    say(answer, text or "还没有写出或读入过。", as_json=given.json)
    return DONE


def _undo(given: argparse.Namespace) -> int:
    done = home.opened(given.home, given.user).exchange.undo(Told())
    undone = {"from": done.sender, "from_name": done.sender_name, "number": done.number, "imported": done.imported}
    text = f"已撤销：{done.sender_name}第 {done.number} 包的导入。台账与导入前一样；要用时可以再读入一次。"
    say({"undone": undone}, text, as_json=given.json)
    return DONE


def _status(given: argparse.Namespace) -> int:
    peers = home.opened(given.home, given.user).exchange.peers()
    text = "\n".join(
        f"{p.name}：待报送 {p.waiting} 条，已导出待回执 {p.unacknowledged} 条，上次收到 {(p.last_in or '—')[:10]}"
        + (f"，缺照片 {p.missing_files} 张" if p.missing_files else "")
        for p in peers
    )
    say({"peers": peers}, text or "还没有可以交换的单位。", as_json=given.json)
    return DONE
